/* SPDX-License-Identifier: MIT
 * Are bundles of files brought into the store under the right server, in any order the same, and once? */
#include "tests/check.h"
#include "tests/store_case.h"
#include "tests/store_dump.h"

#include "analysis/analysis.h"
#include "analysis/evidence.h"
#include "ingest.h"

/* What was said to the terminal. */
struct said {
	char text[4096];
	size_t n, lines;
};

static void say(void *to, const char *source, uint64_t line, const char *text)
{
	struct said *said = to;
	int n = snprintf(said->text + said->n, sizeof said->text - said->n, "%s:%llu: %s\n",
		source ? source : "", (unsigned long long)line, text);

	said->lines++;
	said->n += n > 0 && (size_t)n < sizeof said->text - said->n ? (size_t)n : 0;
}

struct run {
	struct ingest in;
	struct said said;
};

static void take(
	struct run *r, struct store *s, struct arena *a, const char *server, const struct list *paths)
{
	struct err e;

	memset(r, 0, sizeof *r);
	r->in = (struct ingest){ .store = s,
		.server = server,
		.encoding = -1,
		.jobs = 2,
		.relevant = evidence_uses,
		.say = say,
		.to = &r->said,
		.arena = a };
	CHECK_INT(ingest_paths(&r->in, paths, &e), 0);
	case_settle(s);
}

#define PATHS(...) (&(struct list){ (const char *[]){ __VA_ARGS__ }, LEN(((const char *[]){ __VA_ARGS__ })) })

static int64_t count_where(struct store *s, struct arena *a, const char *what)
{
	return query_one(s, arena_printf(a, "SELECT count(*) FROM %s", what), -1);
}

static const char *told_text(struct store *s, struct arena *a, const char *sql)
{
	struct query *q = query_open(s, sql);
	const char *text = query_next(q) ? arena_text(a, query_span(q, 0)) : "(nothing)";

	query_close(q);
	return text;
}

/* Two bundles in one run, in two runs, in either order, and twice: one content. */
static void test_orders(void)
{
	struct arena *a = arena_open();
	struct store *s = case_open(NULL);
	struct run *r = arena_alloc(a, sizeof *r);
	const char *want;

	take(r, s, a, NULL, PATHS("samples/mmst-tune", "samples/toke-leak"));
	want = store_dump(s, a);
	CHECK_INT(r->in.known, 0);
	CHECK_INT(r->in.servers.count, 2);
	CHECK(r->in.files > 20);
	CHECK(!r->in.trouble);
	CHECK_INT(r->in.usable, r->in.files - r->in.unrecognised);
	take(r, s, a, NULL, PATHS("samples/toke-leak", "samples/mmst-tune"));
	CHECK_INT(r->in.known, r->in.usable);
	CHECK_DUMP("both again, the other way round", store_dump(s, a), want);
	store_close(s);

	s = case_open(NULL);
	take(r, s, a, NULL, PATHS("samples/toke-leak/"));
	CHECK_INT(r->in.known, 0);
	take(r, s, a, NULL, PATHS("samples/mmst-tune"));
	CHECK_INT(r->in.known, 0);
	CHECK_DUMP("one after the other", store_dump(s, a), want);
	store_close(s);
	arena_close(a);
}

/* Does a line of "not checked" hold these words? */
static bool not_checked(const struct server_report *server, const char *words)
{
	for (size_t i = 0; i < server->data_count; i++)
		for (size_t k = 0;
			strcmp(server->data[i]->name, "not_checked") == 0 && k < server->data[i]->row_count;
			k++)
			if (strstr(table_cell(server->data[i], k, "text")->text, words))
				return true;
	return false;
}

static int64_t reported(struct store *s)
{
	struct report *report = report_open();
	int64_t n;

	analysis_store(report, s, NULL, &thresholds_default);
	n = (int64_t)report->server_count;
	report_close(report);
	return n;
}

/* Whose captures they are is found out from what lies beside them, or told. */
static void test_servers(void)
{
	static const char reason[] =
		"SELECT server || ': ' || server_reason FROM v_source WHERE parser = 'poolmon'";
	struct arena *a = arena_open();
	struct run *r = arena_alloc(a, sizeof *r);
	struct store *s = case_open(NULL);

	take(r, s, a, NULL, PATHS("samples/mmst-tune"));
	CHECK_INT(count_where(s, a, "v_source WHERE server <> 'FS01'"), 0);
	CHECK_TEXT(told_text(s, a, reason), "FS01: the host name in systeminfo or the like beside it");
	store_close(s);

	/* single files are one bundle */
	s = case_open(NULL);
	take(r, s, a, NULL, PATHS("samples/healthy/pool-snap-01.txt", "samples/mmst-tune/System.xml"));
	CHECK_TEXT(told_text(s, a, reason), "FS01: the only computer in the logs beside it");
	CHECK_INT(
		count_where(s, a, "snapshot WHERE server <> (SELECT id FROM server WHERE name = 'FS01')"), 0);
	store_close(s);

	s = case_open(NULL);
	take(r, s, a, NULL, PATHS("samples/healthy/pool-snap-01.txt"));
	CHECK_INT(count_where(s, a, "v_snapshot WHERE server = '" STORE_UNNAMED "'"), 1);
	store_close(s);

	/* a folder is called the same however it is written */
	static const char *const written[] = { "samples/dialects/windbg", "samples/dialects/windbg/",
		"samples/dialects/windbg//", "samples/dialects/windbg/.", "samples/dialects/windbg/./" };

	for (size_t i = 0; i < LEN(written); i++) {
		s = case_open(NULL);
		take(r, s, a, NULL, PATHS(written[i]));
		CHECK(count_where(s, a, "v_snapshot WHERE server = 'windbg'") > 0);
		store_close(s);
	}

	/* a bundle that names nobody belongs to the run's only server, but not to one of two */
	s = case_open(NULL);
	take(r, s, a, NULL, PATHS("samples/healthy/pool-snap-01.txt", "samples/mmst-tune"));
	CHECK_INT(count_where(s, a, "v_source WHERE server = 'FS01' AND name = 'pool-snap-01.txt'"), 1);
	store_close(s);
	s = case_open(NULL);
	take(r, s, a, NULL,
		PATHS("samples/healthy/pool-snap-01.txt", "samples/mmst-tune", "samples/toke-leak"));
	CHECK_INT(count_where(
			  s, a, "v_source WHERE server = '" STORE_UNNAMED "' AND name = 'pool-snap-01.txt'"),
		1);
	store_close(s);

	/* told: captures and registry are that server's; an event keeps the computer it names */
	s = case_open(NULL);
	take(r, s, a, "OTHER", PATHS("samples/mmst-tune"));
	CHECK_INT(count_where(s, a, "v_snapshot WHERE server <> 'OTHER'"), 0);
	CHECK_INT(count_where(s, a, "v_event WHERE server = 'OTHER'"), 0);
	CHECK(count_where(s, a, "v_event WHERE server = 'FS01'") > 0);
	CHECK_TEXT(told_text(s, a, reason), "OTHER: told");
	store_close(s);
	arena_close(a);
}

/* Counters name machines, and so whose the captures beside them are; those that name none are the
 * bundle's. */
static void test_counters(void)
{
	struct arena *a = arena_open();
	struct run *r = arena_alloc(a, sizeof *r);
	struct store *s = case_open(NULL);

	take(r, s, a, NULL,
		PATHS("samples/dialects/csv/poolmonx-1.csv", "samples/dialects/csv/counters-relog.csv"));
	CHECK_INT(count_where(s, a, "v_snapshot WHERE server = 'FS01'"), 1);
	CHECK_INT(count_where(s, a, "v_counter WHERE server = 'FS01'"), 3);
	CHECK_INT(count_where(s, a,
			  "v_source WHERE parser = 'poolmonx' AND"
			  " server_reason = 'the only computer in the counters beside it'"),
		1);
	store_close(s);
	s = case_open(NULL);
	take(r, s, a, NULL,
		PATHS("samples/dialects/csv/counters-relog.csv",
			"samples/dialects/csv/counters-no-machine.csv"));
	CHECK_INT(count_where(s, a, "v_counter WHERE server = 'FS01'"), 4);
	store_close(s);
	/* of two machines: each its own, and what lies beside them nobody's */
	s = case_open(NULL);
	take(r, s, a, NULL,
		PATHS("samples/dialects/csv/poolmonx-1.csv", "samples/dialects/csv/counters-relog.tsv"));
	CHECK_INT(count_where(s, a, "v_snapshot WHERE server = '" STORE_UNNAMED "'"), 1);
	CHECK_INT(count_where(s, a, "v_counter WHERE server = 'fs02' COLLATE NOCASE"), 1);
	CHECK_INT(count_where(s, a, "v_counter WHERE server = 'FS03'"), 2);
	CHECK_INT(count_where(s, a, "v_counter"), 3);
	store_close(s);
	arena_close(a);
}

/* A tag list says whom tags belong to, anywhere: alone it makes no server and needs none. */
static void test_tag_list(void)
{
	static const char list[] = "samples/dialects/context/pooltag.txt";
	struct arena *a = arena_open();
	struct run *r = arena_alloc(a, sizeof *r);
	struct store *s = case_open(NULL);

	take(r, s, a, NULL, PATHS(list));
	CHECK_INT(r->in.usable, 1);
	CHECK_INT(r->in.tag_lists, 1);
	CHECK(strstr(r->said.text, "nothing beside it") == NULL);
	CHECK_INT(reported(s), 0);
	take(r, s, a, NULL, PATHS(list, "samples/mmst-tune", "samples/toke-leak"));
	CHECK_INT(reported(s), 2);
	CHECK_INT(r->in.tag_lists, 1);
	CHECK_INT(count_where(s, a, "v_source WHERE server = '" STORE_UNNAMED "' AND parser = 'pooltag'"), 1);
	store_close(s);

	/* beside one server it is that server's */
	s = case_open(NULL);
	take(r, s, a, NULL, PATHS(list, "samples/mmst-tune"));
	CHECK_INT(reported(s), 1);
	CHECK_INT(count_where(s, a, "v_source WHERE server = 'FS01' AND parser = 'pooltag'"), 1);
	store_close(s);

	/* msinfo32 says whose it is */
	s = case_open(NULL);
	take(r, s, a, NULL,
		PATHS("samples/dialects/context/msinfo-2003.txt", "samples/dialects/context/boot.ini"));
	CHECK_TEXT(told_text(s, a,
			   "SELECT server || ': ' || server_reason FROM v_source WHERE parser = 'bootini'"),
		"FS31: the host name in systeminfo or the like beside it");
	CHECK_INT(count_where(s, a, "v_host WHERE server = 'FS31' AND name = 'switch'"), 4);
	store_close(s);
	arena_close(a);
}

/* What cannot be read is said and kept as a source; it only counts as trouble when it was named. */
static void test_unread(void)
{
	struct arena *a = arena_open();
	struct run *r = arena_alloc(a, sizeof *r);
	struct store *s = case_open(NULL);

	take(r, s, a, NULL, PATHS("samples/README.md", "samples/no-such-file", "samples/healthy"));
	CHECK(r->in.trouble);
	CHECK_INT(r->in.unrecognised, 1);
	CHECK_INT(r->in.failed, 1);
	CHECK_INT(count_where(s, a,
			  "v_source WHERE status = 'unrecognised' AND name = 'README.md' AND parser IS NULL"),
		1);
	CHECK_INT(count_where(s, a, "v_source WHERE status = 'unreadable' AND name = 'no-such-file'"), 1);
	CHECK_INT(count_where(s, a, "v_note WHERE source IN ('README.md', 'no-such-file')"), 2);
	CHECK(strstr(r->said.text, "no known format") != NULL);
	store_close(s);

	/* met in a folder: listed, no trouble */
	s = case_open(NULL);
	take(r, s, a, NULL, PATHS("docs"));
	CHECK(!r->in.trouble);
	CHECK_INT(count_where(s, a, "v_source WHERE status = 'unrecognised' AND name = 'design.md'"), 1);
	CHECK_INT(reported(s), 0);
	store_close(s);

	/* Beside two servers it makes no third, and both reports list it. */
	s = case_open(NULL);
	take(r, s, a, NULL, PATHS("docs", "samples/mmst-tune", "samples/toke-leak"));
	CHECK_INT(reported(s), 2);
	store_close(s);

	/* nor does what nobody's folder could not show, and both say that it was not checked */
	s = case_open(NULL);
	take(r, s, a, NULL,
		PATHS("samples/no-such-file", "samples/dialects/foreign/boot.etl", "samples/mmst-tune",
			"samples/toke-leak"));
	struct report *report = report_open();

	analysis_store(report, s, NULL, &thresholds_default);
	CHECK_INT(report->server_count, 2);
	for (size_t i = 0; i < report->server_count; i++) {
		CHECK(not_checked(&report->servers[i], "no-such-file could not be read"));
		CHECK(not_checked(&report->servers[i], "boot.etl"));
	}
	report_close(report);
	store_close(s);
	arena_close(a);
}

/* What is recognised and not read is named with its format; in a folder it is no trouble. */
static void test_foreign(void)
{
	struct arena *a = arena_open();
	struct run *r = arena_alloc(a, sizeof *r);
	struct store *s = case_open(NULL);

	take(r, s, a, NULL, PATHS("samples/dialects/foreign/System.evtx", "samples/mmst-tune"));
	CHECK(r->in.trouble);
	CHECK_INT(r->in.unrecognised, 1);
	CHECK_INT(
		count_where(s, a,
			"v_source WHERE status = 'unrecognised' AND name = 'System.evtx' AND parser = 'evtx' "
			"AND records = 0"),
		1);
	CHECK_INT(count_where(s, a,
			  "v_note WHERE source = 'System.evtx' AND text LIKE '%wevtutil qe System.evtx %'"),
		1);
	store_close(s);

	s = case_open(NULL);
	take(r, s, a, NULL, PATHS("samples/dialects/foreign"));
	CHECK(!r->in.trouble);
	CHECK_INT(r->in.usable, 0);
	CHECK_INT(count_where(s, a, "v_source WHERE status <> 'unrecognised'"), 0);
	CHECK_INT(count_where(s, a, "v_source WHERE parser = 'evtx'"), 4);
	/* words that are known by name or by halves only have no format */
	CHECK_INT(count_where(s, a,
			  "v_source WHERE name IN ('counters.blg', 'not-a-log.evtx') AND parser IS NULL"),
		2);
	CHECK_INT(count_where(s, a, "v_source WHERE name LIKE 'near-%' AND parser IS NOT NULL"), 0);
	store_close(s);
	arena_close(a);
}

/* Two formats in one file: one is read, and what the other is gets said. */
static void test_also(void)
{
	struct arena *a = arena_open();
	struct run *r = arena_alloc(a, sizeof *r);
	struct store *s = case_open(NULL);

	take(r, s, a, NULL, PATHS("samples/dialects/memsnap/a-both.log"));
	CHECK_INT(count_where(s, a, "v_source WHERE parser = 'poolmon' AND status = 'read'"), 1);
	CHECK(strstr(r->said.text,
		      "there is more in it: process snapshots of memsnap /m (no pool tags), which memsnap reads; "
		      "only what poolmon reads was taken") != NULL);
	store_close(s);
	s = case_open(NULL);
	take(r, s, a, NULL, PATHS("samples/dialects/memsnap/p-tags.log"));
	CHECK(strstr(r->said.text, "there is more in it") == NULL);
	store_close(s);
	arena_close(a);
}

/* The first thing that is not perfect ends a strict run. */
static void test_strict(void)
{
	struct arena *a = arena_open();
	struct run *r = arena_alloc(a, sizeof *r);
	struct store *s = case_open(NULL);
	struct err e;

	r->in = (struct ingest){ .store = s,
		.encoding = -1,
		.jobs = 2,
		.strict = true,
		.relevant = evidence_uses,
		.say = say,
		.to = &r->said,
		.arena = a };
	CHECK_INT(ingest_paths(&r->in, PATHS("samples/hostile"), &e), 0);
	CHECK(r->in.stopped);
	memset(r, 0, sizeof *r);
	r->in = (struct ingest){ .store = s,
		.encoding = -1,
		.jobs = 2,
		.strict = true,
		.relevant = evidence_uses,
		.say = say,
		.to = &r->said,
		.arena = a };
	CHECK_INT(ingest_paths(&r->in, PATHS("samples/mmst-tune/System.xml"), &e), 0);
	CHECK(!r->in.stopped);
	CHECK_INT(r->said.lines, 0);
	store_close(s);
	arena_close(a);
}

/* A report that would replace what is read is found before anything is kept, however it is spelled; an older
 * report that lies in its bundle is none of that. */
static void test_overwritten(void)
{
	struct arena *a = arena_open();
	struct run *r = arena_alloc(a, sizeof *r);
	struct store *s = case_open(NULL);
	struct err e;

	r->in = (struct ingest){ .store = s,
		.encoding = -1,
		.jobs = 2,
		.relevant = evidence_uses,
		.say = say,
		.to = &r->said,
		.arena = a };
	list_add(a, &r->in.outputs, "docs/design.md");
	list_add(a, &r->in.outputs, "samples/../samples/healthy/System.xml");
	CHECK_INT(ingest_paths(&r->in, PATHS("samples/healthy"), &e), 0);
	CHECK_TEXT(r->in.overwritten, "samples/../samples/healthy/System.xml");
	CHECK_INT(count_where(s, a, "v_source"), 0);
	r->in.overwritten = NULL;
	CHECK_INT(ingest_paths(&r->in, PATHS("docs"), &e), 0);
	CHECK(r->in.overwritten == NULL);
	CHECK_INT(ingest_paths(&r->in, PATHS("docs/design.md"), &e), 0);
	CHECK_TEXT(r->in.overwritten, "docs/design.md");
	store_close(s);
	arena_close(a);
}

int main(void)
{
	test_orders();
	test_servers();
	test_counters();
	test_tag_list();
	test_unread();
	test_foreign();
	test_also();
	test_strict();
	test_overwritten();
	return check_end();
}
