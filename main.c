/* SPDX-License-Identifier: MIT
 * pooltriage: reads a server's exported logs and poolsnaps and says what exhausted the paged pool. The verbs,
 * their options, and the way from the command line to one of them. */
#include "commands.h"

#include "analysis/analysis.h"
#include "core/os.h"
#include "core/reader.h"
#include "core/text.h"
#include "parsers/foreign.h"
#include "parsers/lines.h"
#include "parsers/parser.h"
#include "parsers/xml.h"
#include "reports/format.h"
#include "store/store.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT(member) offsetof(struct options, member)
const struct opt option_table[] = {
	{ "text", OPT_TEXT, AT(text), "FILE",
		"write the text report there; - is standard output, the default when no other is asked for",
		VERB_TRIAGE },
	{ "html", OPT_TEXT, AT(html), "FILE", "write the report as one self-contained HTML page",
		VERB_TRIAGE },
	{ "markdown", OPT_TEXT, AT(markdown), "FILE",
		"write the report as GitHub-flavoured Markdown, for trackers that render it", VERB_TRIAGE },
	{ "csv", OPT_TEXT, AT(csv), "DIR",
		"write the data as a folder of CSV files, one for each table; the folder is made if need be",
		VERB_TRIAGE },
	{ "json", OPT_TEXT, AT(json), "FILE", "write the report as JSON", VERB_TRIAGE },
	{ "ticket", OPT_FLAG, AT(ticket), NULL,
		"print 10 to 15 lines to paste into a ticket, on standard output", VERB_TRIAGE },
	{ "reg", OPT_TEXT, AT(reg), "FILE",
		"write the primary recommendation of the one server as a .reg file", VERB_TRIAGE },
	{ "undo", OPT_TEXT, AT(undo), "FILE",
		"write a .reg file that restores what the export of the key showed, for the one server",
		VERB_TRIAGE },
	{ "store", OPT_TEXT, AT(store), "FILE",
		"keep what was read in this SQLite file; without it nothing is kept", VERB_TRIAGE },
	{ "server", OPT_TEXT, AT(server), "NAME", "told: whose captures these are", VERB_TRIAGE },
	{ "utc-offset", OPT_OFFSET, AT(utc_offset), "+HH:MM",
		"told: the poolsnaps' clock; UTC = local - offset, New York is -05:00, in summer -04:00",
		VERB_TRIAGE },
	{ "os", OPT_TEXT, AT(os), "TEXT", "told: the Windows version, such as \"Server 2003\" or 5.2.3790",
		VERB_TRIAGE },
	{ "arch", OPT_CHOICE, AT(arch), "x86|x64", "told: the server's architecture", VERB_TRIAGE },
	{ "ram", OPT_SIZE, AT(ram), "SIZE", "told: RAM, such as 4G", VERB_TRIAGE },
	{ "paged-pool-max", OPT_SIZE, AT(paged_pool_max), "SIZE",
		"told: the true maximum of the paged pool (!vm shows it), such as 343M", VERB_TRIAGE },
	{ "switch", OPT_LIST, AT(switches), "/SWITCH", "told: a boot switch such as /3GB; may be repeated",
		VERB_TRIAGE },
	{ "case", OPT_TEXT, AT(case_name), "TEXT", "the case this report belongs to", VERB_TRIAGE },
	{ "encoding", OPT_TEXT, AT(encoding), "NAME",
		"the code page of what is not Unicode, such as cp850, windows-1250, shift_jis or cp949 (windows-1252);"
		" utf-8, utf-16le or utf-16be: read every input as that instead of looking",
		VERB_TRIAGE | VERB_DUMP },
	{ "jobs", OPT_INT, AT(jobs), "N",
		"files to read at the same time (one per processor); changes nothing in the report",
		VERB_TRIAGE },
	{ "config", OPT_TEXT, AT(config), "FILE",
		"thresholds that are ours, one \"name = number\" a line; pooltriage explain names them",
		VERB_TRIAGE | VERB_EXPLAIN },
	{ "fail-on", OPT_CHOICE, AT(fail_on), "error|warning",
		"exit with 1 when a verdict is that severe or more", VERB_TRIAGE },
	{ "strict", OPT_FLAG, AT(strict), NULL, "stop at the first input that is not perfectly read",
		VERB_TRIAGE },
	{ "width", OPT_INT, AT(width), "N",
		"columns of the text report (100) and of the ticket (100 at most)", VERB_TRIAGE },
	{ "ascii", OPT_FLAG, AT(ascii), NULL,
		"no character beyond ASCII in the text, the Markdown and the ticket", VERB_TRIAGE },
	{ "color", OPT_CHOICE, AT(color), "auto|always|never",
		"colours in a text report on a terminal (auto; NO_COLOR is honoured)", VERB_TRIAGE },
	{ "quiet", OPT_FLAG, AT(quiet), NULL, "only errors on standard error", VERB_TRIAGE },
};
const size_t option_count = LEN(option_table);

const struct command commands[] = {
	{ "triage", VERB_TRIAGE, "triage PATH... [options]",
		"read bundles (files, folders, - for standard input), judge, write the report", run_triage },
	{ "decode", VERB_DECODE, "decode [WORDS... | -]",
		"say what the data words of an event mean, in whatever form they were copied", run_decode },
	{ "dump", VERB_DUMP, "dump FILE",
		"print the records and notes that the parser sees, as tab-separated lines", run_dump },
	{ "explain", VERB_EXPLAIN, "explain [RULE | TAG | all]",
		"what a rule or a pool tag means and who says so; all: every rule in full", run_explain },
	{ "list", VERB_LIST, "list", "the parsers, analyses and formats there are", run_list },
	{ "help", VERB_HELP, "help [VERB]", "this help, or that of a verb", run_help },
};
const size_t command_count = LEN(commands);

/* ---- messages ---- */

static bool write_stream(void *to, const void *bytes, size_t n)
{
	return fwrite(bytes, 1, n, to) == n;
}

void put_visible(FILE *to, struct span text)
{
	struct out *o = out_open(write_stream, to);

	out_put(o, ESC_TEXT, text);
	out_close(o);
}

void say(const char *source, uint64_t line, const char *text)
{
	fputs("pooltriage: ", stderr);
	if (source) {
		put_visible(stderr, span_of(source));
		if (line)
			fprintf(stderr, ":%" PRIu64, line);
		fputs(": ", stderr);
	}
	put_visible(stderr, span_of(text));
	fputc('\n', stderr);
}

void print_line(const char *format, ...)
{
	struct arena *a = arena_open();
	va_list args;

	va_start(args, format);
	put_visible(stdout, span_of(arena_vprintf(a, format, args)));
	va_end(args);
	putchar('\n');
	arena_close(a);
}

int usage_error(const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	say(NULL, 0, text);
	fputs("Try: pooltriage help\n", stderr);
	return EXIT_USAGE;
}

int encoding_told(const struct options *o, int *forced, struct page **page)
{
	*forced = o->encoding ? encoding_of_name(span_of(o->encoding)) : -1;
	*page = o->encoding && *forced < 0 ? page_open(o->encoding) : NULL;
	if (o->encoding && *forced < 0 && !*page)
		return usage_error(
			"--encoding: neither an encoding nor a code page that is known here is called"
			" \"%s\"; say utf-8, utf-16le, utf-16be, or a page such as cp850 or cp949",
			o->encoding);
	return EXIT_FINE;
}

int thresholds_told(const struct options *o, struct thresholds *t, struct arena *a)
{
	struct os_file *file;
	struct reader *r;
	struct err e;
	int wrong;

	*t = thresholds_default;
	if (!o->config)
		return EXIT_FINE;
	file = os_open(o->config, &e);
	if (!file)
		return usage_error("--config: %s", e.text);
	r = reader_open(os_read, file, -1);
	wrong = thresholds_read(t, r, o->config, a, &e);
	if (wrong == 0)
		wrong = os_failed(file, &e);
	reader_close(r);
	os_close(file);
	return wrong ? usage_error("--config: %s", e.text) : EXIT_FINE;
}

/* ---- the small verbs ---- */

int run_list(const struct options *o, struct arena *a)
{
	(void)o;
	(void)a;
	puts("parsers");
	for (size_t i = 0; i < parsers_count; i++)
		print_line("  %-14s %s", parsers[i]->name, parsers[i]->about);
	puts("recognised, not read (dump says what to do instead)");
	for (size_t i = 0; i < foreigns_count; i++)
		print_line("  %-16s %s", foreigns[i].name, foreigns[i].about);
	puts("analyses");
	for (size_t i = 0; i < analyses_count; i++)
		print_line("  %-14s %s", analyses[i]->name, analyses[i]->about);
	puts("formats");
	for (size_t i = 0; i < formats_count; i++)
		print_line("  %-14s %s", formats[i]->name, formats[i]->about);
	return EXIT_FINE;
}

static const struct command *command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(name, commands[i].name) == 0)
			return &commands[i];
	return NULL;
}

static const char *command_near(const char *name)
{
	const char *names[LEN(commands)];

	for (size_t i = 0; i < command_count; i++)
		names[i] = commands[i].name;
	return opt_nearest(span_of(name), names, command_count);
}

static int unknown_verb(const char *name)
{
	const char *near = command_near(name);

	return near ? usage_error("no verb %.60s; did you mean %s?", name, near)
		    : usage_error("no verb %.60s", name);
}

int run_help(const struct options *o, struct arena *a)
{
	const struct command *c = o->paths.count ? command_find(o->paths.items[0]) : NULL;

	if (o->paths.count && !c)
		return unknown_verb(o->paths.items[0]);
	if (c) {
		const char *options = opt_help(option_table, option_count, c->verb, a);

		printf("pooltriage %s\n\n  %s\n", c->usage, c->about);
		if (*options)
			printf("\nOptions\n%s", options);
		return EXIT_FINE;
	}
	puts("pooltriage: what exhausted the paged pool of a Windows server, and which registry values help\n\n"
	     "  pooltriage triage bundle/                         report on standard output\n"
	     "  pooltriage triage bundle/ --html report.html      the same as a page\n"
	     "  pooltriage triage System.xml poolsnap*.txt --paged-pool-max 343M\n\n"
	     "Verbs");
	for (size_t i = 0; i < command_count; i++)
		printf("  %-30s %s\n", commands[i].usage, commands[i].about);
	printf("\nOptions of triage\n%s", opt_help(option_table, option_count, VERB_TRIAGE, a));
	puts("\nExit codes\n"
	     "  0  every input was read, findings or not     3  a named file is no known format, or one was unreadable or cut\n"
	     "  1  with --fail-on: a verdict that severe     4  nothing usable was read, or an output was not written\n"
	     "  2  wrong usage                               70 an internal fault\n\n"
	     "Nothing is ever sent anywhere: there is no network access.");
	return EXIT_FINE;
}

static void print_version(void)
{
	printf("pooltriage %s\nrules %s, store schema %d\nSQLite %s, libxml2 %s, PCRE2 %s, xxHash %s\n",
		POOLTRIAGE_VERSION, RULES_VERSION, STORE_SCHEMA, store_library(), xml_version(),
		lines_library(), store_hash_library());
}

/* ---- the command line ---- */

/* A folder dragged onto the program: its report is written beside it. */
static bool dragged(int argc, char **argv, struct options *o, struct arena *a)
{
	const char *path = argc > 1 ? argv[1] : "";
	size_t n = strlen(path);
	bool separator = false;

	for (size_t i = 0; i < n; i++)
		separator |= os_is_separator(path[i]);
	if (argc != 2 || !separator || command_find(path) || os_kind(path) == OS_NOTHING)
		return false;
	while (n > 1 && os_is_separator(path[n - 1]))
		n--;
	o->html = arena_printf(a, "%.*s-pooltriage.html", (int)n, path);
	list_add(a, &o->paths, path);
	return true;
}

static int dispatch(int argc, char **argv, struct arena *a)
{
	struct options o = { .width = 100 };
	const struct command *c;
	struct err e;

	if (dragged(argc, argv, &o, a))
		return run_triage(&o, a);
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			if (command_find(argv[1]))
				list_add(a, &o.paths, argv[1]);
			return run_help(&o, a);
		}
	if (argc < 2) {
		run_help(&o, a);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		print_version();
		return EXIT_FINE;
	}
	c = command_find(argv[1]);
	if (!c)
		return unknown_verb(argv[1]);
	if (opt_parse(option_table, option_count, c->verb, argc - 2, argv + 2, &o, &o.paths, a, &e) != 0)
		return usage_error("%s", e.text);
	return c->run(&o, a);
}

int main(int argc, char **argv)
{
	struct arena *a = arena_open();
	int code;

	os_start(&argc, &argv);
	code = dispatch(argc, argv, a);
	arena_close(a);
	if (fflush(stdout) != 0 && code == EXIT_FINE)
		code = EXIT_NOTHING;
	return code;
}
