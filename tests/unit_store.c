/* SPDX-License-Identifier: MIT
 * Does the store keep each thing once, whatever the order, and refuse what is not its own? */
#include "tests/check.h"
#include "tests/store_case.h"
#include "tests/store_dump.h"

#include <inttypes.h>

static int64_t rows_of(struct store *s, const char *table)
{
	char sql[64];

	snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
	return query_one(s, sql, -1);
}

static void run_sql(struct store *s, const char *sql)
{
	struct query *q = query_open(s, sql);

	while (query_next(q))
		;
	query_close(q);
}

/* ---- files ---- */

static const char *file_path(const char *name)
{
	static char path[2][256];
	static int turn;
	const char *build = getenv("BUILD");

	turn = !turn;
	snprintf(path[turn], sizeof path[turn], "%s/unit_store-%s", build && *build ? build : "build", name);
	return path[turn];
}

static void file_write(const char *path, const char *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0) {
		printf("cannot write %s\n", path);
		abort();
	}
}

/* An SQLite file made with the store's own connection: `sql` runs with the file attached as x. */
static const char *sqlite_write(const char *name, const char *const *sql)
{
	const char *path = file_path(name);
	struct store *s = case_open(NULL);
	struct query *q;

	remove(path);
	q = query_open(s, "ATTACH :path AS x");
	query_text(q, ":path", path);
	query_next(q);
	query_close(q);
	for (; *sql; sql++)
		run_sql(s, *sql);
	store_close(s);
	return path;
}

static void check_refused(const char *file, int line, const char *path, const char *word)
{
	struct err e = { "" };
	struct store *s = store_open(path, &e);

	if (!check_count(!s && strstr(e.text, word) && strstr(e.text, path), file, line))
		printf("%s is not refused with \"%s\": \"%s\"\n", path, word, s ? "(opened)" : e.text);
	store_close(s);
}
#define CHECK_REFUSED(path, word) check_refused(__FILE__, __LINE__, path, word)

static void test_refusal(void)
{
	static const char *const foreign[] = { "CREATE TABLE x.bookmarks(url TEXT)",
		"INSERT INTO x.bookmarks VALUES ('u')", NULL };
	static const char *const foreign_empty[] = { "CREATE TABLE x.t(a)", "DROP TABLE x.t",
		"PRAGMA x.application_id = 77", NULL };
	char newer_version[64];
	const char *const newer[] = { "CREATE TABLE x.meta(key)", "PRAGMA x.application_id = 1886351212",
		newer_version, NULL };
	static const char *const older[] = { "CREATE TABLE x.meta(key)",
		"PRAGMA x.application_id = 1886351212", "PRAGMA x.user_version = 1", NULL };
	static const char *const far_newer[] = { "CREATE TABLE x.meta(key)",
		"PRAGMA x.application_id = 1886351212", "PRAGMA x.user_version = 2000000000", NULL };
	static const char *const half[] = { "CREATE TABLE x.meta(key)",
		"PRAGMA x.application_id = 1886351212", NULL };
	const char *path;
	struct store *s;

	CHECK_INT(STORE_APPLICATION_ID, 1886351212);
	snprintf(newer_version, sizeof newer_version, "PRAGMA x.user_version = %d", STORE_SCHEMA + 1);
	path = sqlite_write("foreign.db", foreign);
	CHECK_REFUSED(path, "no pooltriage store");
	/* Nothing was done to it. */
	s = case_open(NULL);
	struct query *q = query_open(s, "ATTACH :path AS x");
	query_text(q, ":path", path);
	query_next(q);
	query_close(q);
	CHECK_INT(query_one(s, "SELECT count(*) FROM x.sqlite_master", -1), 1);
	CHECK_INT(query_one(s, "SELECT count(*) FROM x.bookmarks WHERE url = 'u'", -1), 1);
	store_close(s);
	remove(path);

	path = sqlite_write("foreign_empty.db", foreign_empty);
	CHECK_REFUSED(path, "no pooltriage store");
	remove(path);
	path = sqlite_write("older.db", older);
	CHECK_REFUSED(path, "older");
	remove(path);
	path = sqlite_write("newer.db", newer);
	CHECK_REFUSED(path, "newer");
	remove(path);
	path = sqlite_write("far_newer.db", far_newer);
	CHECK_REFUSED(path, "newer");
	remove(path);
	path = sqlite_write("half.db", half);
	CHECK_REFUSED(path, "no pooltriage store");
	remove(path);

	path = file_path("text.db");
	file_write(path, "Tag  Type     Allocs\n MmSt Paged  1\n", 37);
	CHECK_REFUSED(path, "");
	remove(path);
	CHECK_REFUSED("tests", "");
	CHECK_REFUSED("no/such/folder/x.db", "");
}

/* An empty file is as good as none; a store that exists is opened with what it holds. */
static void test_files(void)
{
	const char *path = file_path("kept.db");
	struct store *s;

	file_write(path, "", 0);
	s = case_open(path);
	case_begin(s, "a.txt", "poolmon", "FS01", "bytes");
	SNAPSHOT(s, .local = "2009-10-14T14:00:00", .paged = 5000);
	case_row(s, "MmSt", "paged", 10, 4000);
	case_end(s);
	store_close(s);
	s = case_open(path);
	CHECK_INT(rows_of(s, "pool"), 1);
	case_begin(s, "a.txt", "poolmon", "FS01", "bytes");
	CHECK_INT(case_end(s).outcome, STORE_KNOWN);
	CHECK_INT(rows_of(s, "pool"), 1);
	store_close(s);
	remove(path);
}

/* ---- the schema ---- */

static void test_schema(void)
{
	static const char *const views[] = { "v_event", "v_exhaustion", "v_snapshot", "v_counter", "v_pool",
		"v_host", "v_source", "v_note" };
	static const char *const pool[] = { "server", "time", "tag", "pool", "allocs", "frees", "diff",
		"bytes" };
	struct store *s = case_open(NULL);
	struct arena *a = arena_open();

	CHECK_INT(query_one(s, "PRAGMA application_id", 0), STORE_APPLICATION_ID);
	CHECK_INT(query_one(s, "PRAGMA user_version", 0), STORE_SCHEMA);
	CHECK(query_one(s, "SELECT count(*) FROM sqlite_master WHERE type = 'table'", 0) >= 9);
	CHECK_INT(
		query_one(s,
			"SELECT count(*) FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND NOT strict"
			" AND name NOT LIKE 'sqlite_%'",
			-1),
		0);
	CHECK_INT(query_one(s,
			  "SELECT count(*) FROM meta WHERE key IN ('format', 'schema', 'readable_by_schema')",
			  -1),
		3);
	for (size_t i = 0; i < LEN(views); i++)
		CHECK_INT(rows_of(s, views[i]), 0);
	for (size_t i = 0; i < LEN(pool); i++)
		CHECK_INT(
			query_one(s,
				arena_printf(a,
					"SELECT count(*) FROM pragma_table_info('v_pool') WHERE name = '%s'",
					pool[i]),
				-1),
			1);
	/* Every column of every kind of record is one of its table. */
	for (int kind = 0; kind < RECORD_KINDS; kind++)
		for (size_t c = 0; c < record_types[kind].count; c++)
			CHECK_INT(
				query_one(s,
					arena_printf(a,
						"SELECT count(*) FROM pragma_table_info('%s') WHERE name = '%s'",
						record_types[kind].name, record_types[kind].columns[c].name),
					-1),
				1);
	arena_close(a);
	store_close(s);
}

/* Times in microseconds beside their text, data words as they are, numbers of 64 bits, NULs inside. */
static void test_values(void)
{
	static const unsigned char words[] = { 0, 0, 4, 0, 1, 0, 0x54, 0, 0xE4, 0x07, 0, 0xC0, 0 };
	struct store *s = case_open(NULL);
	struct query *q;

	case_begin(s, "System.xml", "events", NULL, "log");
	EVENT(s, .time = "2009-10-14T16:00:00.123456789Z", .computer = "FS01", .channel = "System",
		.record = 7695892690, .provider = "Srv", .id = 2020, .strings = "\\Device\\LanmanServer|x",
		.data = words, .data_n = sizeof words);
	case_end(s);
	q = query_open(s, "SELECT time, time_text, record_id, binary, typeof(binary), source FROM v_event");
	CHECK(query_next(q));
	CHECK_INT(query_integer(q, 0), case_time("2009-10-14T16:00:00Z") + 123456);
	CHECK(span_equal(query_span(q, 1), SPAN("2009-10-14T16:00:00.123456789Z")));
	CHECK(query_integer(q, 2) == 7695892690);
	CHECK(span_equal(query_span(q, 3), (struct span){ (const char *)words, sizeof words }));
	CHECK(span_equal(query_span(q, 4), SPAN("blob")));
	CHECK(span_equal(query_span(q, 5), SPAN("System.xml")));
	query_close(q);

	case_begin(s, "a.txt", "poolmon", "FS01", "snap");
	SNAPSHOT(s, .local = "2009-10-14T14:00:00", .paged = INT64_C(15) << 40);
	case_row(s, "MmSt", "paged", 4294967295, INT64_C(14) << 40);
	case_end(s);
	CHECK(query_one(s, "SELECT bytes FROM v_pool", 0) == INT64_C(14) << 40);
	CHECK(query_one(s, "SELECT allocs FROM v_pool", 0) == 4294967295);
	store_close(s);

	/* A name is its bytes, all of them. */
	s = case_open(NULL);
	case_begin(s, "System.xml", "events", NULL, "log");
	for (int i = 0; i < 2; i++) {
		struct record r;

		record_start(&r, RECORD_EVENT, 1);
		record_text(&r, EVENT_PROVIDER, i ? SPAN("Srv\0x") : SPAN("Srv\0y"));
		record_number(&r, EVENT_EVENT_ID, 2020);
		record_number(&r, EVENT_RECORD_ID, 1);
		store_put(s, &r, true);
	}
	case_end(s);
	CHECK_INT(rows_of(s, "event"), 2);
	store_close(s);
}

/* ---- once ---- */

static void put_log(struct store *s, const char *name, const char *bytes)
{
	case_begin(s, name, "events", NULL, bytes);
	EVENT(s, .time = "2009-10-14T16:00:00.0000000Z", .computer = "FS01", .channel = "System", .record = 1,
		.provider = "Srv", .id = 2020, .strings = "a", .line = 3);
	EVENT(s, .time = "2009-10-14T16:00:01.0000000Z", .computer = "FS01", .channel = "System", .record = 2,
		.provider = "Srv", .id = 2013, .not_kept = true, .line = 4);
}

static void test_known(void)
{
	struct store *s = case_open(NULL);
	struct arena *a = arena_open();
	struct source_result first, again;
	const char *before;

	put_log(s, "System.xml", "bytes");
	store_note(s, 5, "something");
	first = case_end(s);
	CHECK_INT(first.outcome, STORE_NEW);
	CHECK_INT(first.records, 2);
	CHECK_INT(first.notes, 1);
	before = store_dump(s, a);
	/* An event that is not kept is counted and timed. */
	CHECK_INT(rows_of(s, "event"), 1);
	CHECK_INT(query_one(s, "SELECT records FROM source", 0), 2);
	CHECK_INT(query_one(s, "SELECT last FROM source", 0), case_time("2009-10-14T16:00:01Z"));

	put_log(s, "System.xml", "bytes");
	store_note(s, 5, "something");
	again = case_end(s);
	CHECK_INT(again.outcome, STORE_KNOWN);
	CHECK_INT(again.id, first.id);
	CHECK_DUMP("the same source again", store_dump(s, a), before);
	put_log(s, "copy of System.xml", "bytes");
	CHECK_INT(case_end(s).outcome, STORE_KNOWN);
	CHECK_DUMP("under another name", store_dump(s, a), before);
	/* Other bytes, the same events: a new source, no new event. */
	put_log(s, "System.xml", "other bytes");
	CHECK_INT(case_end(s).outcome, STORE_NEW);
	CHECK_INT(rows_of(s, "event"), 1);
	CHECK_INT(rows_of(s, "source"), 2);
	/* As many bytes, but others. */
	put_log(s, "System.xml", "setyb");
	CHECK_INT(case_end(s).outcome, STORE_NEW);
	arena_close(a);
	store_close(s);
}

/* Equal bytes in two servers' bundles are two sources: captures and registry files name no server. */
static void test_two_servers(void)
{
	static const char *const servers[] = { "FS01", "FS02", "fs01" };
	static const enum store_outcome outcomes[] = { STORE_NEW, STORE_NEW, STORE_KNOWN };
	struct store *s = case_open(NULL);

	for (size_t i = 0; i < LEN(servers); i++) {
		case_begin(s, "memory-management.reg", "regfile", servers[i], "the same export");
		case_value(s, KEY_MEMORY_MANAGEMENT, "PoolUsageMaximum", "REG_DWORD", 60, "");
		CHECK_INT(case_end(s).outcome, outcomes[i]);
		case_begin(s, "poolsnap.txt", "poolmon", servers[i], "the same capture");
		SNAPSHOT(s, .local = "2009-10-14T14:00:00", .paged = 5000);
		case_row(s, "MmSt", "paged", 10, 4000);
		CHECK_INT(case_end(s).outcome, outcomes[i]);
	}
	CHECK_INT(rows_of(s, "source"), 4);
	CHECK_INT(rows_of(s, "snapshot"), 2);
	CHECK_INT(rows_of(s, "registry"), 2);
	CHECK_INT(rows_of(s, "server"), 2);
	store_close(s);
}

/* A log whose server nobody names is of the computer that most of its events name. */
static void test_most_named(void)
{
	struct store *s = case_open(NULL);

	case_begin(s, "forwarded.xml", "events", NULL, "log");
	for (int i = 1; i <= 5; i++)
		EVENT(s, .time = "2009-10-14T16:00:00Z", .computer = i <= 2 ? "FS01" : "FS02",
			.channel = "System", .record = i, .provider = "Srv", .id = 2020);
	case_end(s);
	CHECK_INT(query_one(s, "SELECT count(*) FROM v_source WHERE server = 'FS02'", 0), 1);
	CHECK_INT(query_one(s, "SELECT count(*) FROM v_event WHERE server = 'FS01'", 0), 2);
	CHECK_INT(query_one(s, "SELECT count(*) FROM v_exhaustion", 0), 5);
	case_begin(s, "nobody.txt", "poolmon", NULL, "snap");
	SNAPSHOT(s, .local = "2009-10-14T14:00:00");
	case_row(s, "MmSt", "paged", 10, 4000);
	case_end(s);
	CHECK_INT(query_one(s, "SELECT count(*) FROM v_snapshot WHERE server = '" STORE_UNNAMED "'", 0), 1);
	store_close(s);
}

/* ---- two dialects of one log ---- */

static const unsigned char data[] = { 0, 0, 4, 0, 1, 0, 0x54, 0 };

/* What the second copy of an event says, and whether it is the same event. */
static const struct {
	const char *what;
	struct case_event other;
	bool same;
} copies[] = {
	{ "2.6 microseconds later, no zone",
		{ .time = "2009-10-14 16:00:00.123459",
			.computer = "FS01",
			.channel = "System",
			.record = 77,
			.provider = "Srv",
			.id = 2020,
			.strings = "a",
			.data = data,
			.data_n = sizeof data },
		true },
	{ "2.6 microseconds earlier",
		{ .time = "2009-10-14 16:00:00.123454",
			.computer = "FS01",
			.channel = "System",
			.record = 77,
			.provider = "Srv",
			.id = 2020,
			.strings = "a",
			.data = data,
			.data_n = sizeof data },
		true },
	{ "10 microseconds",
		{ .time = "2009-10-14T16:00:00.123466Z",
			.computer = "FS01",
			.channel = "System",
			.record = 77,
			.provider = "Srv",
			.id = 2020 },
		true },
	{ "11 microseconds",
		{ .time = "2009-10-14T16:00:00.123467Z",
			.computer = "FS01",
			.channel = "System",
			.record = 77,
			.provider = "Srv",
			.id = 2020 },
		false },
	{ "the very same in another file",
		{ .time = "2009-10-14T16:00:00.123456789Z",
			.computer = "FS01",
			.channel = "System",
			.record = 77,
			.provider = "Srv",
			.id = 2020,
			.strings = "a",
			.data = data,
			.data_n = sizeof data },
		true },
	{ "a computer in other letters",
		{ .time = "2009-10-14T16:00:00.123456Z",
			.computer = "fs01",
			.channel = "System",
			.record = 77,
			.provider = "Srv",
			.id = 2020 },
		true },
	/* after a log was cleared, or from a forwarded log, the same number may come again */
	{ "another record",
		{ .time = "2009-10-14T16:00:00.123456Z",
			.computer = "FS01",
			.channel = "System",
			.record = 78,
			.provider = "Srv",
			.id = 2020 },
		false },
	{ "another id",
		{ .time = "2009-10-14T16:00:00.123456Z",
			.computer = "FS01",
			.channel = "System",
			.record = 77,
			.provider = "Srv",
			.id = 2019 },
		false },
	{ "another provider",
		{ .time = "2009-10-14T16:00:00.123456Z",
			.computer = "FS01",
			.channel = "System",
			.record = 77,
			.provider = "Other",
			.id = 2020 },
		false },
	{ "another channel",
		{ .time = "2009-10-14T16:00:00.123456Z",
			.computer = "FS01",
			.channel = "Application",
			.record = 77,
			.provider = "Srv",
			.id = 2020 },
		false },
	{ "another computer",
		{ .time = "2009-10-14T16:00:00.123456Z",
			.computer = "FS02",
			.channel = "System",
			.record = 77,
			.provider = "Srv",
			.id = 2020 },
		false },
	{ "another second",
		{ .time = "2009-10-14T16:00:01.123456Z",
			.computer = "FS01",
			.channel = "System",
			.record = 77,
			.provider = "Srv",
			.id = 2020 },
		false },
};

static void test_dialects(void)
{
	static const struct case_event first = { .time = "2009-10-14T16:00:00.123456789Z",
		.computer = "FS01",
		.channel = "System",
		.record = 77,
		.provider = "Srv",
		.id = 2020,
		.strings = "a",
		.data = data,
		.data_n = sizeof data };
	struct arena *a = arena_open();

	for (size_t i = 0; i < LEN(copies); i++) {
		const char *dumps[2];

		for (int turn = 0; turn < 2; turn++) {
			struct store *s = case_open(NULL);

			case_begin(s, turn ? "B.xml" : "A.xml", "events", NULL, turn ? "B" : "A");
			case_event(s, turn ? copies[i].other : first);
			case_end(s);
			case_begin(s, turn ? "A.xml" : "B.xml", "events", NULL, turn ? "A" : "B");
			case_event(s, turn ? first : copies[i].other);
			case_end(s);
			if (!check_count(rows_of(s, "event") == (copies[i].same ? 1 : 2), __FILE__, __LINE__))
				printf("%s: %" PRId64 " events\n", copies[i].what, rows_of(s, "event"));
			dumps[turn] = store_dump(s, a);
			store_close(s);
		}
		CHECK_DUMP(copies[i].what, dumps[1], dumps[0]);
	}
	arena_close(a);
}

/* Of two copies the one that can say more is kept: data words first (python-evtx drops them), then finer
 * times. */
static void test_better_copy(void)
{
	static const struct case_event bare = { .time = "2009-10-14T16:00:00.123456789Z",
		.computer = "FS01",
		.channel = "System",
		.record = 77,
		.provider = "Srv",
		.id = 2020,
		.strings = "a" };
	static const struct case_event words = { .time = "2009-10-14 16:00:00",
		.computer = "FS01",
		.channel = "System",
		.record = 77,
		.provider = "Srv",
		.id = 2020,
		.strings = "a",
		.data = data,
		.data_n = sizeof data };
	static const struct case_event fine = { .time = "2009-10-14T16:00:00.000000100Z",
		.computer = "FS01",
		.channel = "System",
		.record = 77,
		.provider = "Srv",
		.id = 2020,
		.strings = "a",
		.data = data,
		.data_n = sizeof data };
	struct case_event early = bare;

	early.time = "2009-10-14T16:00:00.000000100Z";
	for (int turn = 0; turn < 2; turn++) {
		struct store *s = case_open(NULL);

		for (int i = 0; i < 2; i++) {
			case_begin(s, "x.xml", "events", NULL, i ? "1" : "0");
			case_event(s, i == turn ? early : words);
			case_end(s);
		}
		CHECK_INT(query_one(s, "SELECT length(binary) FROM event", -1), sizeof data);
		for (int i = 0; i < 2; i++) {
			case_begin(s, "y.xml", "events", NULL, i ? "3" : "2");
			case_event(s, i == turn ? fine : words);
			case_end(s);
		}
		CHECK_INT(rows_of(s, "event"), 1);
		CHECK_INT(query_one(s, "SELECT length(time_text) FROM event", -1), 30);
		CHECK_INT(query_one(s, "SELECT length(binary) FROM event", -1), sizeof data);
		store_close(s);
	}
}

/* ---- captures ---- */

static void put_capture(struct store *s, const char *name, const char *source, const char *local,
	bool other_order, int change)
{
	case_begin(s, name, "poolmon", "FS01", name);
	SNAPSHOT(s, .local = local, .time_source = source, .paged = change == 1 ? 9999 : 9000,
		.nonpaged = 100, .scope = change == 2 ? "session 1" : "system");
	if (other_order)
		case_row(s, "Ntff", "paged", 20, 3000);
	case_row(s, "MmSt", change == 3 ? "nonpaged" : "paged", 10, change == 4 ? 4001 : 4000);
	if (!other_order)
		case_row(s, "Ntff", "paged", change == 5 ? 21 : 20, 3000);
	if (change == 6)
		case_row(s, "Toke", "paged", 1, 1);
	case_end(s);
}

/* One capture in two files, sorted by other columns: one capture. Anything else that differs makes two. */
static void test_captures(void)
{
	for (int change = 0; change <= 6; change++) {
		struct store *s = case_open(NULL);

		put_capture(s, "a.txt", "marker", "2009-10-14T14:00:00", false, 0);
		put_capture(s, "b.txt", "marker", "2009-10-14T14:00:00", change == 0, change);
		if (!check_count(rows_of(s, "snapshot") == (change ? 2 : 1), __FILE__, __LINE__))
			printf("change %d: %" PRId64 " captures\n", change, rows_of(s, "snapshot"));
		CHECK_INT(query_one(s,
				  "SELECT count(*) FROM pool WHERE snapshot NOT IN (SELECT id FROM snapshot)",
				  -1),
			0);
		CHECK_INT(rows_of(s, "pool"), change == 0 ? 2 : change == 6 ? 5 : 4);
		store_close(s);
	}
}

/* Blocks of one file with equal rows: a quiet server, or a block that stands twice. */
static void test_quiet_blocks(void)
{
	static const char *const stamps[] = { "2009-10-14T14:00:00", "2009-10-14T15:00:00",
		"2009-10-14T16:00:00", "2009-10-14T16:00:00" };
	struct store *s = case_open(NULL);

	for (int again = 0; again < 2; again++) {
		case_begin(s, again ? "b.log" : "a.log", "poolmon", "FS01", again ? "grown" : "first");
		for (size_t i = 0; i < LEN(stamps); i++) {
			SNAPSHOT(s, .local = stamps[i], .line = 10 * i + 1);
			case_row(s, "MmSt", "paged", 10, 4000);
		}
		case_end(s);
		CHECK_INT(rows_of(s, "snapshot"), 3);
		CHECK_INT(query_one(s, "SELECT count(DISTINCT local) FROM snapshot", -1), 3);
		CHECK_INT(rows_of(s, "pool"), 3);
	}
	store_close(s);
}

/* A capture of no stated scope is one of its own kind, and once as well. */
static void test_no_scope(void)
{
	struct store *s = case_open(NULL);

	for (int i = 0; i < 3; i++) {
		case_begin(s, "a.txt", "poolmon", "FS01", i ? i == 1 ? "one" : "two" : "zero");
		SNAPSHOT(s, .local = "2009-10-14T14:00:00", .paged = 9000, .no_scope = i > 0);
		case_row(s, "MmSt", "paged", 10, 4000);
		case_end(s);
	}
	CHECK_INT(rows_of(s, "snapshot"), 2);
	CHECK_INT(rows_of(s, "pool"), 2);
	store_close(s);
}

/* The best-ranked time wins in either order, with its own reading of day and month. */
static void test_ranked_times(void)
{
	/* best first; "!" : day and month may be swapped */
	static const char *const ranked[] = { "zoned stamp", "marker", "date line", "!marker", "file name",
		"none" };
	struct arena *a = arena_open();

	for (size_t better = 0; better < LEN(ranked); better++)
		for (size_t worse = better + 1; worse < LEN(ranked); worse++) {
			const char *dumps[2];

			for (int turn = 0; turn < 2; turn++) {
				struct store *s = case_open(NULL);

				for (int i = 0; i < 2; i++) {
					const char *source = ranked[i == turn ? better : worse];
					bool open = *source == '!';

					case_begin(s, i == turn ? "good.txt" : "bad.txt", "poolmon", "FS01",
						source);
					SNAPSHOT(s,
						.local = i == turn ? "2009-10-04T14:00:00"
								   : "2009-08-08T10:00:00",
						.other = open ? "2009-04-10T14:00:00" : NULL,
						.time_source = source + open, .paged = 9000);
					case_row(s, "MmSt", "paged", 10, 4000);
					case_end(s);
				}
				CHECK_INT(rows_of(s, "snapshot"), 1);
				if (!check_count(query_one(s, "SELECT local FROM snapshot", 0) ==
							 case_time("2009-10-04T14:00:00"),
					    __FILE__, __LINE__))
					printf("%s does not win over %s (turn %d)\n", ranked[better],
						ranked[worse], turn);
				CHECK_INT(query_one(s, "SELECT local_other IS NOT NULL FROM snapshot", -1),
					*ranked[better] == '!');
				dumps[turn] = store_dump(s, a);
				store_close(s);
			}
			CHECK_DUMP(ranked[better], dumps[1], dumps[0]);
		}
	arena_close(a);
}

/* ---- any order ---- */

static void piece_fine_log(struct store *s)
{
	case_begin(s, "System.xml", "events", NULL, "fine log");
	for (int i = 1; i <= 3; i++)
		EVENT(s, .time = "2009-10-14T16:00:00.123456700Z", .computer = "fs01.corp.example",
			.channel = "System", .record = i, .provider = "Srv", .id = 2020, .strings = "a|b",
			.data = data, .data_n = sizeof data, .line = (uint64_t)i);
	store_note(s, 9, "one note");
	case_end(s);
}

static void piece_other_dialect(struct store *s)
{
	case_begin(s, "converted.xml", "events", NULL, "converted log");
	for (int i = 1; i <= 4; i++)
		EVENT(s, .time = "2009-10-14 16:00:00.123459", .computer = "FS01.corp.example",
			.channel = "System", .record = i, .provider = "Srv", .id = 2020, .strings = "a",
			.line = (uint64_t)i * 10);
	case_end(s);
}

/* The same log exported later: the same spelling, other lines. */
static void piece_later_log(struct store *s)
{
	case_begin(s, "System-later.xml", "events", NULL, "later log");
	for (int i = 3; i <= 5; i++)
		EVENT(s, .time = "2009-10-14T16:00:00.123456700Z", .computer = "FS01.CORP.example",
			.channel = "System", .record = i, .provider = "Srv", .id = 2020, .strings = "a|b",
			.data = data, .data_n = sizeof data, .line = (uint64_t)i - 2);
	case_end(s);
}

static void piece_captures(struct store *s)
{
	case_begin(s, "series.txt", "poolmon", "FS01", "series");
	for (int i = 0; i < 3; i++) {
		SNAPSHOT(s, .local = "2009-10-14T14:00:00", .time_source = "date line", .paged = 9000 + i,
			.line = 10 * (uint64_t)i + 1);
		case_row(s, "MmSt", "paged", 10 + i, 4000 + i);
		case_row(s, "Ntff", "paged", 10, 400);
	}
	case_end(s);
}

/* One of them again, by itself, under an equally good but later stamp. */
static void piece_capture(struct store *s)
{
	case_begin(s, "one.txt", "poolmon", "fs01", "one");
	SNAPSHOT(s, .local = "2009-10-14T15:00:00", .time_source = "date line", .paged = 9001, .line = 5);
	case_row(s, "Ntff", "paged", 10, 400);
	case_row(s, "MmSt", "paged", 11, 4001);
	store_note(s, 5, "a note");
	case_end(s);
}

/* The same log exported twice, word for word on the same lines; the second goes on. Only their bytes tell
 * which of the two holds the events. */
static void tied_log(struct store *s, const char *name, const char *bytes, int last)
{
	case_begin(s, name, "events", NULL, bytes);
	for (int i = 11; i <= last; i++)
		EVENT(s, .time = "2009-10-14T18:00:00.123456700Z", .computer = "FS01.corp.example",
			.channel = "System", .record = i, .provider = "Srv", .id = 2020, .strings = "a|b",
			.data = data, .data_n = sizeof data, .line = (uint64_t)i);
	case_end(s);
}

static void piece_tied_log(struct store *s)
{
	tied_log(s, "m.xml", "log, tied", 12);
}

static void piece_tied_longer(struct store *s)
{
	tied_log(s, "n.xml", "log, tied, longer", 13);
}

/* One capture in two files that differ elsewhere, its rows in another order. */
static void tied_capture(struct store *s, const char *name, const char *bytes, bool other_order)
{
	case_begin(s, name, "poolmon", "FS01", bytes);
	SNAPSHOT(s, .local = "2009-10-15T15:00:00", .time_source = "date line", .paged = 777, .line = 5);
	if (other_order)
		case_row(s, "Ntff", "paged", 10, 400);
	case_row(s, "MmSt", "paged", 11, 300);
	if (!other_order)
		case_row(s, "Ntff", "paged", 10, 400);
	case_end(s);
}

static void piece_tied_capture(struct store *s)
{
	tied_capture(s, "p.txt", "capture, tied", false);
}

static void piece_tied_other(struct store *s)
{
	tied_capture(s, "o.txt", "capture, tied, sorted", true);
}

/* The same bytes under names of which one tells the time. */
static void named_capture(struct store *s, const char *name, const char *local)
{
	case_begin(s, name, "poolmon", "FS01", "named by time");
	SNAPSHOT(s, .local = local, .time_source = local ? "file name" : "none", .paged = 555, .line = 1);
	case_row(s, "MmSt", "paged", 11, 300);
	case_host(s, FACT_RAM, "1 GB", 1 << 30);
	if (!local)
		store_note(s, 0, "no time");
	case_end(s);
}

static void piece_undated(struct store *s)
{
	named_capture(s, "a.txt", NULL);
}

static void piece_dated(struct store *s)
{
	named_capture(s, "snap_0900.txt", "2009-10-15T09:00:00");
}

static void piece_dated_later(struct store *s)
{
	named_capture(s, "a_1000.txt", "2009-10-15T10:00:00");
}

static void piece_dated_again(struct store *s)
{
	named_capture(s, "b_0900.txt", "2009-10-15T09:00:00");
}

static void piece_registry(struct store *s)
{
	case_begin(s, "mm.reg", "regfile", "FS01", "registry");
	case_host(s, FACT_KEY_READ, KEY_MEMORY_MANAGEMENT, 0);
	case_value(s, KEY_MEMORY_MANAGEMENT, "PoolUsageMaximum", "REG_DWORD", 60, "");
	case_end(s);
}

typedef void piece(struct store *s);
#define PIECES 5
struct set {
	piece *pieces[PIECES];
	size_t count;
	int events, snapshots, sources;
};

static void check_order(const struct set *set, const int *order, struct arena *a, const char *want)
{
	struct store *s = case_open(NULL);
	char what[64] = "order";

	for (size_t i = 0; i < set->count; i++) {
		set->pieces[order[i]](s);
		snprintf(what + 5 + 2 * i, sizeof what - 5 - 2 * i, " %d", order[i]);
	}
	case_settle(s);
	CHECK_DUMP(what, store_dump(s, a), want);
	/* And once more from the start: everything is known. */
	for (size_t i = 0; i < set->count; i++)
		set->pieces[i](s);
	case_settle(s);
	CHECK_DUMP("all again", store_dump(s, a), want);
	store_close(s);
}

/* All orders of some sources that overlap give one content. */
static void test_set(const struct set *set)
{
	struct arena *a = arena_open();
	struct store *s = case_open(NULL);
	int order[PIECES], turns[PIECES] = { 0 };
	const char *want;

	for (size_t i = 0; i < set->count; i++) {
		set->pieces[i](s);
		order[i] = (int)i;
	}
	case_settle(s);
	want = store_dump(s, a);
	CHECK_INT(rows_of(s, "event"), set->events);
	CHECK_INT(rows_of(s, "snapshot"), set->snapshots);
	CHECK_INT(rows_of(s, "source"), set->sources);
	CHECK_INT(query_one(s, "SELECT count(*) FROM snapshot WHERE hash IS NULL OR at IS NULL", -1), 0);
	CHECK_INT(query_one(s, "SELECT count(*) FROM event WHERE binary IS NOT NULL", 0), set->events);
	CHECK_INT(
		query_one(s, "SELECT count(*) FROM pool WHERE snapshot NOT IN (SELECT id FROM snapshot)", -1),
		0);
	store_close(s);
	/* Heap's algorithm. */
	for (size_t i = 0; i < set->count;) {
		if (turns[i] < (int)i) {
			size_t k = i % 2 ? (size_t)turns[i] : 0;
			int swap = order[k];
			struct arena *b = arena_open();

			order[k] = order[i];
			order[i] = swap;
			check_order(set, order, b, want);
			arena_close(b);
			turns[i]++;
			i = 0;
		} else {
			turns[i++] = 0;
		}
	}
	arena_close(a);
}

static void test_orders(void)
{
	static const struct set sets[] = {
		{ { piece_fine_log, piece_other_dialect, piece_later_log, piece_captures, piece_capture }, 5,
			5, 3, 5 },
		{ { piece_tied_log, piece_tied_longer, piece_tied_capture, piece_tied_other }, 4, 3, 1, 4 },
		{ { piece_undated, piece_dated, piece_dated_later, piece_dated_again }, 4, 0, 1, 1 },
	};
	struct store *s;

	for (size_t i = 0; i < LEN(sets); i++)
		test_set(&sets[i]);
	/* The better time wins, whole: not the one that was read last. */
	s = case_open(NULL);
	piece_captures(s);
	piece_capture(s);
	case_settle(s);
	CHECK_INT(query_one(s, "SELECT max(local) FROM snapshot", 0), case_time("2009-10-14T14:00:00"));
	store_close(s);
	s = case_open(NULL);
	piece_undated(s);
	piece_dated_later(s);
	piece_dated(s);
	piece_dated_again(s);
	CHECK_INT(query_one(s, "SELECT local FROM snapshot", 0), case_time("2009-10-15T09:00:00"));
	CHECK_INT(query_one(s, "SELECT count(*) FROM source WHERE name = 'b_0900.txt'", 0), 1);
	CHECK_INT(rows_of(s, "host"), 1);
	store_close(s);
}

/* ---- notes, giving up ---- */

static void test_notes(void)
{
	struct store *s = case_open(NULL);
	struct source_result result;

	case_begin(s, "a.txt", "poolmon", "FS01", "bytes");
	for (uint64_t i = 1; i <= 25; i++)
		store_note(s, i, "broken; skipped");
	result = case_end(s);
	CHECK_INT(STORE_NOTES, 20);
	CHECK_INT(result.notes, 25);
	CHECK_INT(rows_of(s, "note"), 20);
	CHECK_INT(query_one(s, "SELECT max(line) FROM note", 0), 20);
	CHECK_INT(query_one(s, "SELECT notes FROM source", 0), 25);
	store_close(s);
}

/* What was begun and given up leaves nothing, not even names, and what follows is not disturbed. */
static void test_cancel(void)
{
	struct store *s = case_open(NULL);
	struct arena *a = arena_open();
	const char *before;

	piece_registry(s);
	before = store_dump(s, a);
	case_begin(s, "b.txt", "poolmon", "FS09", "bytes");
	SNAPSHOT(s, .local = "2009-10-14T14:00:00", .scope = "a scope that is not there yet");
	case_row(s, "Abcd", "paged", 1, 2);
	EVENT(s, .time = "2009-10-14T16:00:00Z", .computer = "FS08", .provider = "new provider", .id = 1);
	store_note(s, 1, "a note");
	store_cancel(s);
	digest_close(case_bytes);
	CHECK_DUMP("after a cancel", store_dump(s, a), before);
	CHECK_INT(query_one(s, "SELECT count(*) FROM name WHERE text IN ('Abcd', 'new provider')", -1), 0);
	store_cancel(s); /* nothing to give up: nothing happens */

	case_begin(s, "c.txt", "poolmon", "FS01", "more bytes");
	SNAPSHOT(s, .local = "2009-10-14T14:00:00");
	case_row(s, "Abcd", "paged", 1, 2);
	CHECK_INT(case_end(s).outcome, STORE_NEW);
	CHECK_INT(
		query_one(s,
			"SELECT count(*) FROM v_pool WHERE tag = 'Abcd' AND pool = 'paged' AND server = 'FS01'",
			-1),
		1);
	arena_close(a);
	store_close(s);
}

/* More names than the store keeps at hand. */
static void test_many_names(void)
{
	struct store *s = case_open(NULL);
	char tag[16];

	for (int turn = 0; turn < 2; turn++) {
		case_begin(s, "a.txt", "poolmon", "FS01", turn ? "second" : "first");
		SNAPSHOT(s, .local = "2009-10-14T14:00:00", .paged = turn);
		for (int i = 0; i < 20000; i++) {
			snprintf(tag, sizeof tag, "T%d", i);
			case_row(s, tag, "paged", 1, i);
		}
		CHECK_INT(case_end(s).outcome, STORE_NEW);
	}
	CHECK_INT(rows_of(s, "pool"), 40000);
	CHECK_INT(query_one(s, "SELECT count(*) FROM v_pool WHERE tag = 'T' || bytes", 0), 40000);
	CHECK_INT(query_one(s, "SELECT count(*) FROM name WHERE text LIKE 'T%'", 0), 20000);
	store_close(s);
}

/* ---- servers ---- */

static const struct {
	const char *what, *names[4]; /* the first is asked about */
	const char *same_as;
} aliases[] = {
	{ "one domain", { "FS01", "FS01.corp.example" }, "FS01.corp.example" },
	{ "other letters", { "fs01", "FS01.CORP.example" }, "FS01.CORP.example" },
	{ "two domains: it may be either", { "FS01", "FS01.corp.example", "FS01.lab.example" }, NULL },
	{ "a name that only begins alike", { "FS01", "FS011.corp.example", "FS0.corp.example" }, NULL },
	{ "a full name is no other's short one", { "FS01.corp", "FS01.corp.example" }, NULL },
	{ "signs that are wild cards elsewhere", { "FS_1", "FS01.corp.example", "FS%1.corp.example" }, NULL },
	{ "such signs in both", { "FS_1", "FS_1.corp.example" }, "FS_1.corp.example" },
	{ "alone", { "FS01" }, NULL },
};

static void test_aliases(void)
{
	for (size_t i = 0; i < LEN(aliases); i++)
		for (int turn = 0; turn < 2; turn++) {
			struct store *s = case_open(NULL);
			struct query *q;

			for (size_t k = 0; k < 4; k++) {
				const char *name = aliases[i].names[turn ? 3 - k : k];

				if (!name)
					continue;
				case_begin(s, "a.reg", "regfile", name, name);
				case_end(s);
			}
			case_settle(s);
			q = query_open(s,
				"SELECT f.name FROM server s LEFT JOIN server f ON f.id = s.same_as WHERE s.name = :name");
			query_text(q, ":name", aliases[i].names[0]);
			CHECK(query_next(q));
			if (!check_count(span_equal(query_span(q, 0),
						 span_of(aliases[i].same_as ? aliases[i].same_as : "")),
				    __FILE__, __LINE__))
				printf("%s: the same as \"%.*s\"\n", aliases[i].what, (int)query_span(q, 0).n,
					query_span(q, 0).p);
			query_close(q);
			store_close(s);
		}

	/* A second domain that comes later undoes it. */
	struct store *s = case_open(NULL);

	case_begin(s, "a", "regfile", "FS01", "a");
	case_end(s);
	case_begin(s, "b", "regfile", "FS01.corp.example", "b");
	case_end(s);
	case_settle(s);
	CHECK_INT(query_one(s, "SELECT count(*) FROM server WHERE same_as IS NOT NULL", -1), 1);
	case_begin(s, "c", "regfile", "FS01.lab.example", "c");
	case_end(s);
	case_settle(s);
	CHECK_INT(query_one(s, "SELECT count(*) FROM server WHERE same_as IS NOT NULL", -1), 0);
	store_close(s);
}

/* ---- told ---- */

static int64_t told_count(struct store *s, const char *name)
{
	struct query *q =
		query_open(s, "SELECT count(*) FROM v_host WHERE name = :name AND source = '(told)'");
	int64_t n;

	query_text(q, ":name", name);
	n = query_next(q) ? query_integer(q, 0) : -1;
	query_close(q);
	return n;
}

static void test_told(void)
{
	struct store *s = case_open(NULL);

	case_tell(s, "FS01", FACT_RAM, "2G", INT64_C(2) << 30);
	case_tell(s, "FS01", FACT_RAM, "4G", INT64_C(4) << 30);
	CHECK_INT(told_count(s, FACT_RAM), 1);
	CHECK(query_one(s, "SELECT number FROM v_host WHERE name = 'ram_bytes'", 0) == INT64_C(4) << 30);
	case_tell(s, "FS01", FACT_SWITCH, "/3GB", 0);
	case_tell(s, "fs01", FACT_SWITCH, "/PAE", 0);
	CHECK_INT(told_count(s, FACT_SWITCH), 2);
	/* Said twice it is still one switch. */
	case_tell(s, "FS01", FACT_SWITCH, "/3GB", 0);
	CHECK_INT(told_count(s, FACT_SWITCH), 2);
	/* Of another server: its own. */
	case_tell(s, "FS02", FACT_RAM, "1G", INT64_C(1) << 30);
	CHECK_INT(told_count(s, FACT_RAM), 2);
	CHECK_INT(query_one(s, "SELECT count(*) FROM v_source WHERE name = '(told)'", 0), 2);
	store_close(s);
}

int main(void)
{
	test_refusal();
	test_files();
	test_schema();
	test_values();
	test_known();
	test_two_servers();
	test_most_named();
	test_dialects();
	test_better_copy();
	test_captures();
	test_quiet_blocks();
	test_no_scope();
	test_ranked_times();
	test_orders();
	test_notes();
	test_cancel();
	test_many_names();
	test_aliases();
	test_told();
	return check_end();
}
