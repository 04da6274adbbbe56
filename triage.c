/* SPDX-License-Identifier: MIT
 * The main job: bundles in, report out. */
#include "commands.h"

#include "analysis/analysis.h"
#include "core/os.h"
#include "core/text.h"
#include "ingest.h"
#include "output.h"
#include "reports/format.h"
#include "store/store.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void say_note(void *to, const char *source, uint64_t line, const char *text)
{
	const struct options *o = to;

	if (!o->quiet)
		say(source, line, text);
}

static int fail(const struct err *e)
{
	say(NULL, 0, e->text);
	return EXIT_NOTHING;
}

/* ---- facts ---- */

static int tell_server(const struct options *o, struct store *store, const char *server, struct err *e)
{
	struct arena *a = arena_open();
	int status = 0;
	char offset[WHEN_TEXT];

	when_print_offset(o->utc_offset.minutes, offset);
	if (o->utc_offset.given)
		status |= store_tell(store, server, FACT_UTC_OFFSET, offset, o->utc_offset.minutes, e);
	if (o->os)
		status |= store_tell(store, server, FACT_OS, o->os, 0, e);
	if (o->arch)
		status |= store_tell(store, server, FACT_ARCH, o->arch, 0, e);
	if (o->ram)
		status |= store_tell(
			store, server, FACT_RAM, arena_printf(a, "%" PRId64 " bytes", o->ram), o->ram, e);
	if (o->paged_pool_max)
		status |= store_tell(store, server, FACT_PAGED_MAX,
			arena_printf(a, "%" PRId64 " bytes", o->paged_pool_max), o->paged_pool_max, e);
	for (size_t i = 0; i < o->switches.count && status == 0; i++)
		status |= store_tell(store, server, FACT_SWITCH, o->switches.items[i], 0, e);
	arena_close(a);
	return status;
}

/* ---- outputs ---- */

static bool wants_color(const struct options *o)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (o->color && strcmp(o->color, "auto") != 0)
		return strcmp(o->color, "always") == 0;
	return os_is_terminal(1) && !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0);
}

/* format: reg or undo, which is also the name of the block that is its text. */
static int write_registry(const struct options *o, const struct report *r, const char *format,
	const char *path, const struct style *style, struct err *e)
{
	const struct block *none;

	if (!path)
		return 0;
	none = block_named(r, "undo-none");
	if (block_named(r, format)) {
		if (output_report(r, format, path, style, e) != 0)
			return -1;
		if (!o->quiet && strcmp(path, "-") != 0)
			say(NULL, 0, arena_printf(r->arena, "%s file written to %s", format, path));
		return 0;
	}
	say(NULL, 0,
		strcmp(format, "reg") == 0 ? "no value is recommended: no .reg file was written"
		: none                     ? none->text
					   : "no value is recommended: no undo file was written");
	return 0;
}

/* What --reg and --undo cannot do with what was read: EXIT_USAGE, and said. */
static int check_registry(const struct options *o, const struct report *r)
{
	const struct block *open;

	if ((o->reg || o->undo) && r->server_count != 1)
		return usage_error("%s is for exactly one server; %zu were read", o->reg ? "--reg" : "--undo",
			r->server_count);
	open = o->undo ? block_named(r, "undo-open") : NULL;
	return open ? usage_error("--undo: %s", open->text) : EXIT_FINE;
}

static int write_csv(const struct options *o, const struct report *r, struct arena *a, struct err *e)
{
	if (output_folder(r, "csv", o->csv, e) != 0)
		return -1;
	if (!o->quiet)
		say(NULL, 0, arena_printf(a, "csv tables written into %s", o->csv));
	return 0;
}

static int write_all(const struct options *o, const struct report *r, struct arena *a, struct err *e)
{
	const struct style style = { .width = o->width < 40 ? 40 : o->width, .ascii = o->ascii };
	const struct {
		const char *format, *path;
	} outputs[] = { { "text", o->text }, { "html", o->html }, { "markdown", o->markdown },
		{ "json", o->json }, { "ticket", o->ticket ? "-" : NULL } };
	bool any = o->reg || o->undo || o->csv;

	for (size_t i = 0; i < LEN(outputs); i++) {
		if (!outputs[i].path)
			continue;
		any = true;
		if (output_report(r, outputs[i].format, outputs[i].path, &style, e) != 0)
			return -1;
		if (!o->quiet && strcmp(outputs[i].path, "-") != 0)
			say(NULL, 0,
				arena_printf(
					a, "%s report written to %s", outputs[i].format, outputs[i].path));
	}
	if (o->csv && write_csv(o, r, a, e) != 0)
		return -1;
	if (write_registry(o, r, "reg", o->reg, &style, e) != 0 ||
		write_registry(o, r, "undo", o->undo, &style, e) != 0)
		return -1;
	if (!any) {
		struct style terminal = style;

		terminal.color = wants_color(o);
		return output_report(r, "text", "-", &terminal, e);
	}
	return 0;
}

/* ---- the verb ---- */

#define OUTPUTS(o) (o)->text, (o)->html, (o)->markdown, (o)->json, (o)->reg, (o)->undo

/* The same file by name, there or not yet. */
static bool same_path(const char *a, const char *b)
{
	while (a[0] == '.' && os_is_separator(a[1]))
		a += 2;
	while (b[0] == '.' && os_is_separator(b[1]))
		b += 2;
	return (strcmp(a, b) == 0 && os_kind(a) != OS_OTHER) || os_same_file(a, b);
}

/* What an output would replace that is no report; NULL when nothing. */
static const char *would_replace(const struct options *o, const char *output)
{
	for (size_t k = 0; k < o->paths.count; k++) {
		if (strcmp(output, o->paths.items[k]) == 0)
			return "a report would overwrite an input";
		if (strcmp(o->paths.items[k], "-") == 0 && os_is_input(output))
			return "a report would overwrite the file that standard input is read from";
	}
	if (o->store && same_path(output, o->store))
		return "a report would overwrite the store";
	return o->config && same_path(output, o->config) ? "a report would overwrite the configuration"
							 : NULL;
}

/* What is wrong with the folder of tables; NULL when nothing is. */
static const char *folder_wrong(const struct options *o)
{
	if (o->csv && strcmp(o->csv, "-") == 0)
		return "--csv takes a folder: it is one file for each table";
	for (size_t k = 0; o->csv && k < o->paths.count; k++)
		if (strcmp(o->csv, o->paths.items[k]) == 0 || os_same_folder(o->csv, o->paths.items[k]))
			return "--csv: that folder is an input; its tables need one of their own";
	return NULL;
}

/* What is wrong with the outputs asked for; NULL when nothing is. */
static const char *outputs_wrong(const struct options *o)
{
	const char *const outputs[] = { OUTPUTS(o) };
	const char *wrong = folder_wrong(o);
	int standard = o->ticket;

	for (size_t i = 0; i < LEN(outputs) && !wrong; i++) {
		if (!outputs[i])
			continue;
		if (strcmp(outputs[i], "-") == 0) {
			standard++;
			continue;
		}
		wrong = would_replace(o, outputs[i]);
		for (size_t k = 0; k < i && !wrong; k++)
			if (outputs[k] && strcmp(outputs[k], "-") != 0 && same_path(outputs[i], outputs[k]))
				wrong = "two reports would go to one file";
	}
	return wrong ? wrong : standard > 1 ? "only one report can go to standard output" : NULL;
}

/* The switches that change what the pool may become (KB 304101). */
static bool switch_known(struct span s)
{
	return span_equal_nocase(s, SPAN("/3GB")) || span_equal_nocase(s, SPAN("/PAE")) ||
	       span_equal_nocase(s, SPAN("/NOPAE")) || text_starts_nocase(s, "/userva=");
}

#define JOBS_MOST 256

static int check_usage(const struct options *o)
{
	const char *wrong = outputs_wrong(o);

	if (!o->paths.count)
		return usage_error("triage needs at least one PATH");
	for (size_t i = 0; i < o->paths.count; i++)
		if (strcmp(o->paths.items[i], "-") == 0 && os_is_terminal(0))
			return usage_error("- reads standard input, but that is a terminal");
	if (wrong)
		return usage_error("%s", wrong);
	if (o->jobs < 0 || o->jobs > JOBS_MOST)
		return usage_error("--jobs takes 1 to %d, or 0: one per processor", JOBS_MOST);
	if (o->os && os_family_of(span_of(o->os)) == OS_UNKNOWN)
		return usage_error("--os: no Windows known as \"%s\"; say 2003, 2008 R2 or 5.2.3790", o->os);
	for (size_t i = 0; i < o->switches.count; i++)
		if (!switch_known(span_of(o->switches.items[i])))
			return usage_error(
				"--switch takes /3GB, /USERVA=N, /PAE or /NOPAE; the others do not matter here");
	return EXIT_FINE;
}

static void say_store(const struct options *o, const struct ingest *in, struct arena *a)
{
	if (o->store && !o->quiet)
		say(NULL, 0,
			arena_printf(a,
				"store %s: %" PRId64 " files new, %" PRId64 " already known, %" PRId64
				" failed",
				o->store, in->usable - in->known, in->known, in->failed + in->unrecognised));
}

static int exit_of(const struct options *o, const struct ingest *in, const struct report *r)
{
	enum severity least =
		o->fail_on && strcmp(o->fail_on, "warning") == 0 ? SEVERITY_WARNING : SEVERITY_ERROR;

	if (in->trouble)
		return EXIT_INPUT;
	for (size_t i = 0; o->fail_on && i < r->server_count; i++)
		if (r->servers[i].severity >= least)
			return EXIT_FINDING;
	return EXIT_FINE;
}

static int triage_into(const struct options *o, struct store *store, int encoding, const struct page *page,
	const struct thresholds *thresholds, struct report *r, struct arena *a)
{
	struct ingest in = { .store = store,
		.server = o->server,
		.encoding = encoding,
		.page = page ? page_name(page) : NULL,
		.jobs = o->jobs > 0 ? o->jobs : os_processors(),
		.strict = o->strict,
		.relevant = evidence_uses,
		.say = say_note,
		.to = (void *)(uintptr_t)o,
		.arena = a };
	const char *const outputs[] = { OUTPUTS(o) };
	struct err e;

	for (size_t i = 0; i < LEN(outputs); i++)
		if (outputs[i])
			list_add(a, &in.outputs, outputs[i]);
	in.output_folder = o->csv;
	if (ingest_paths(&in, &o->paths, &e) != 0)
		return fail(&e);
	if (in.overwritten)
		return usage_error("%s: a report would overwrite this input", in.overwritten);
	if (in.stopped) {
		say(NULL, 0,
			"stopped at the first input that was not perfectly read (--strict); no report was written");
		return EXIT_INPUT;
	}
	if (!in.files) {
		say(NULL, 0, "nothing usable: there is no file in what was named");
		return EXIT_NOTHING;
	}
	if (in.usable == in.tag_lists) {
		say(NULL, 0,
			arena_printf(a,
				"nothing usable: of %" PRId64 " files, %" PRId64
				" are in no format that is read and %" PRId64 " could not be read%s",
				in.files, in.unrecognised, in.failed,
				in.tag_lists ? "; whom tags belong to tells of no server" : ""));
		return EXIT_NOTHING;
	}
	for (size_t i = 0; i < in.servers.count; i++)
		if (tell_server(o, store, in.servers.items[i], &e) != 0)
			return fail(&e);
	if (store_settle(store, &e) != 0)
		return fail(&e);
	analysis_store(r, store, o->store ? &in.servers : NULL, thresholds);
	say_store(o, &in, a);
	if (check_registry(o, r) != EXIT_FINE)
		return EXIT_USAGE;
	if (write_all(o, r, a, &e) != 0)
		return fail(&e);
	return exit_of(o, &in, r);
}

int run_triage(const struct options *o, struct arena *a)
{
	struct report *r;
	struct store *store;
	struct page *page = NULL;
	struct thresholds thresholds;
	int encoding = -1, code = check_usage(o);
	struct err e;

	if (code == EXIT_FINE)
		code = thresholds_told(o, &thresholds, a);
	if (code == EXIT_FINE)
		code = encoding_told(o, &encoding, &page);
	if (code != EXIT_FINE)
		return code;
	store = store_open(o->store, &e);
	if (!store) {
		page_close(page);
		return fail(&e);
	}
	r = report_open();
	r->version = POOLTRIAGE_VERSION;
	r->rules = RULES_VERSION;
	r->generated = when_now();
	r->case_name = o->case_name;
	code = triage_into(o, store, encoding, page, &thresholds, r, a);
	report_close(r);
	store_close(store);
	page_close(page);
	return code;
}
