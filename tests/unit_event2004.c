/* SPDX-License-Identifier: MIT
 * Event 2004 of the Resource-Exhaustion-Detector as a small poolsnap: what the parser states, that the store
 * counts it once in whatever dialect it comes, and what the judge concludes from three tags and what not. */
#include "tests/gather.h"
#include "tests/judge_case.h"

#define DETECTOR "Microsoft-Windows-Resource-Exhaustion-Detector"
#define NS       "http://schemas.microsoft.com/win/2004/08/events/event"

extern const struct parser parser_events;

/* ---- what is stated ---- */

#define HEAD(provider, id) \
	"<Event xmlns='" NS "'><System><Provider Name='" provider "'/><EventID>" id \
	"</EventID><TimeCreated " \
	"SystemTime='2023-05-04T06:07:08.1234567Z'/><Computer>FS09</Computer></System>"
#define TAG(n, name, used) "<Tag_" n "><Name>" name "</Name><PoolUsed>" used "</PoolUsed></Tag_" n ">"
#define INFO(system, paged, nonpaged) \
	"<UserData><MemoryExhaustionInfo xmlns='http://www.microsoft.com/Windows/Resource/Exhaustion/Detector/Events'>" \
	"<SystemInfo>" system "</SystemInfo><PagedPoolInfo>" paged \
	"</PagedPoolInfo><NonPagedPoolInfo>" nonpaged \
	"</NonPagedPoolInfo></MemoryExhaustionInfo></UserData></Event>\n"
#define SYSTEM \
	"<SystemCommitLimit>9000</SystemCommitLimit><SystemCommitCharge>8000</SystemCommitCharge>" \
	"<ProcessCommitCharge>1</ProcessCommitCharge><PagedPoolUsage>700</PagedPoolUsage>" \
	"<PhysicalMemorySize>4000</PhysicalMemorySize><NonPagedPoolUsage>300</NonPagedPoolUsage>"
#define SNAPSHOT_OF(numbers) \
	"1 snapshot time=1683180428123456 time_text=2023-05-04T06:07:08.1234567Z time_source=event computer=FS09" \
	" scope=system view=event tool=event 2004" numbers "\n"
#define TOTALS \
	" physical_bytes=4000 commit_bytes=8000 commit_limit_bytes=9000 pool_nonpaged_bytes=300 pool_paged_bytes=700"
#define POOL(tag, pool, bytes) "1 pool tag=" tag " pool=" pool " bytes=" bytes "\n"
#define ODD(n) \
	"1 note " n " with pool tags or sizes that make no sense; these were left out of its poolsnap\n"

static const struct {
	const char *name, *bytes, *want; /* what follows the event's own line */
} stated[] = {
	{ "totals and three tags of each pool",
		HEAD(DETECTOR, "2004") INFO(SYSTEM,
			TAG("1", "MmSt", "500") TAG("2", "Io", "100") TAG("3", "A&lt;&amp;\xC3\xA9", "9"),
			TAG("1", "MmSt", "20") TAG("2", " Se ", "10") TAG("3", "ConT", "0")),
		SNAPSHOT_OF(TOTALS) POOL("MmSt", "paged", "500") POOL("Io  ", "paged", "100")
			POOL("A<&\\xE9", "paged", "9") POOL("MmSt", "nonpaged", "20")
				POOL(" Se ", "nonpaged", "10") POOL("ConT", "nonpaged", "0") },
	{ "totals alone", HEAD(DETECTOR, "2004") INFO(SYSTEM, "", ""), SNAPSHOT_OF(TOTALS) },
	{ "tags alone", HEAD(DETECTOR, "2004") INFO("", TAG("3", "MmSt", "5"), ""),
		SNAPSHOT_OF("") POOL("MmSt", "paged", "5") },
	{ "case of the provider",
		HEAD("microsoft-windows-resource-exhaustion-DETECTOR", "2004") INFO(SYSTEM, "", ""),
		SNAPSHOT_OF(TOTALS) },
	{ "nothing of use", HEAD(DETECTOR, "2004") INFO("", "", ""), "" },
	{ "no user data", HEAD(DETECTOR, "2004") "</Event>", "" },
	{ "another id", HEAD(DETECTOR, "2005") INFO(SYSTEM, "", ""), "" },
	{ "Srv 2004 is a thread that could not be made", HEAD("Srv", "2004") INFO(SYSTEM, "", ""), "" },
	{ "no numbers, a tag twice, a tag without a size, what is no tag, no byte, no size",
		HEAD(DETECTOR, "2004")
			INFO("<PagedPoolUsage>0</PagedPoolUsage><NonPagedPoolUsage>1e9</NonPagedPoolUsage>"
			     "<SystemCommitLimit/>",
				TAG("1", "MmSt", "5") TAG("2", "MmSt", "4") TAG("3", "Ntff", ""),
				TAG("1", "five5", "7") TAG("2", "\xCF\x80", "7") TAG("3", "AAAA", "-1")),
		SNAPSHOT_OF("") POOL("MmSt", "paged", "5") ODD("1 event") },
};

static void test_stated(void)
{
	for (size_t i = 0; i < LEN(stated); i++) {
		struct gathered *g = gather(&parser_events, span_of(stated[i].bytes));
		const char *rest = strchr(g->text, '\n');
		int failed = check_failed;

		CHECK(text_starts(span_of(g->text), "1 event "));
		CHECK_TEXT(rest ? rest + 1 : NULL, stated[i].want);
		if (check_failed > failed)
			printf("  in \"%s\"\n", stated[i].name);
		free(g);
	}
}

/* An event that is cut off or broken is no poolsnap. */
static void test_broken(void)
{
	const char *bytes = HEAD(DETECTOR, "2004") INFO(SYSTEM, TAG("1", "MmSt", "500"), "");
	struct gathered *g = gather(&parser_events, text_head(span_of(bytes), strlen(bytes) - 4));

	CHECK_INT(g->records, 0);
	free(g);
	g = gather(&parser_events, SPAN(HEAD(DETECTOR, "2004") "<UserData><a></b></UserData></Event>"));
	CHECK_INT(g->records, 1);
	free(g);
}

/* ---- the store ---- */

struct into {
	struct sink sink;
	struct store *store;
};

static void into_record(struct sink *s, const struct record *r)
{
	struct into *into = (struct into *)(void *)s;

	store_put(into->store, r, true);
}

static void into_note(struct sink *s, uint64_t line, const char *text)
{
	(void)s, (void)line, (void)text;
}

static void log_of(struct judge_case *c, const char *server, const char *bytes)
{
	struct into into = { { into_record, into_note, false }, c->store };
	const char *name = arena_printf(c->arena, "log-%d", ++c->sources);
	struct reader *r = reader_open_span(span_of(bytes), -1);
	struct source source = { name };

	case_begin(c->store, name, "events", server, bytes);
	parser_events.parse(&source, r, &into.sink);
	reader_close(r);
	case_end(c->store);
}

/* python-evtx: its own time, its own layout, the same event. */
static const char twin[] =
	"<Event xmlns=\"" NS "\"><System><Provider Name=\"" DETECTOR
	"\"></Provider>\n<EventID Qualifiers=\"\">2004"
	"</EventID>\n<TimeCreated SystemTime=\"2023-05-04 06:07:08.123459\"></TimeCreated>\n<Computer>FS09</Computer>\n"
	"</System>\n<UserData><MemoryExhaustionInfo><SystemInfo><SystemCommitLimit>9000</SystemCommitLimit>\n"
	"<SystemCommitCharge>8000</SystemCommitCharge>\n<PagedPoolUsage>700</PagedPoolUsage>\n<PhysicalMemorySize>4000"
	"</PhysicalMemorySize>\n<NonPagedPoolUsage>300</NonPagedPoolUsage>\n</SystemInfo>\n<PagedPoolInfo><Tag_1>\n"
	"<Name>MmSt</Name>\n<PoolUsed>500</PoolUsed>\n</Tag_1>\n</PagedPoolInfo>\n</MemoryExhaustionInfo>\n</UserData>\n"
	"</Event>\n";

static void test_once(void)
{
	struct judge_case *c = judge_case_open_untold();
	const char *of_server = HEAD(DETECTOR, "2004") INFO(SYSTEM, TAG("1", "MmSt", "500"), "");

	log_of(c, NULL, of_server);
	log_of(c, "COLLECTOR", twin); /* the event says whose it is */
	log_of(c, NULL,
		"<Event><System><Provider Name='x'/><EventID>1</EventID><TimeCreated "
		"SystemTime='2024-01-01T00:00:00Z'/><Computer>FS09</Computer></System></Event>");
	case_settle(c->store);
	CHECK_INT(query_one(c->store, "SELECT count(*) FROM snapshot", -1), 1);
	CHECK_INT(query_one(c->store, "SELECT count(*) FROM pool", -1), 1);
	CHECK_INT(query_one(c->store, "SELECT time_rank FROM snapshot", -1), 0);
	CHECK_INT(query_one(c->store, "SELECT at FROM snapshot", -1), 1683180428123456);
	CHECK_INT(
		query_one(c->store,
			"SELECT count(*) FROM snapshot t JOIN server s ON s.id = t.server WHERE s.name = 'FS09'",
			-1),
		1);
	store_close(c->store);
	arena_close(c->arena);
}

/* A log's times and its number of records are those of its events, not those of the one poolsnap in it. */
static void test_log_times(void)
{
	struct judge_case *c = judge_case_open_untold();

	log_of(c, NULL,
		"<Event><System><Provider Name='x'/><EventID>1</EventID><TimeCreated SystemTime='2022-01-01T00:00:00Z'/>"
		"<Computer>FS09</Computer></System></Event>\n" HEAD(DETECTOR, "2004")
			INFO(SYSTEM, TAG("1", "MmSt", "5"), ""));
	case_settle(c->store);
	CHECK_INT(query_one(c->store, "SELECT first FROM source", -1), case_time("2022-01-01T00:00:00Z"));
	CHECK_INT(query_one(c->store, "SELECT records FROM source", -1), 2); /* events, not what one says */
	CHECK_INT(query_one(c->store, "SELECT captures FROM source", -1), 1);
	store_close(c->store);
	arena_close(c->arena);
}

/* ---- the judge ---- */

struct top {
	double hours, paged; /* MiB */
	const char *tag[3];
	double mib[3];
};

static void case_top(struct judge_case *c, struct top t)
{
	char time[WHEN_TEXT];
	const char *rows = "";

	when_print(case_hours(t.hours), time);
	for (int i = 0; i < 3 && t.tag[i]; i++)
		rows = arena_printf(c->arena,
			"%s<Tag_%d><Name>%s</Name><PoolUsed>%" PRId64 "</PoolUsed></Tag_%d>", rows, i + 1,
			t.tag[i], case_mib(t.mib[i]), i + 1);
	log_of(c, CASE_SERVER,
		arena_printf(c->arena,
			"<Event><System><Provider Name='" DETECTOR "'/><EventID>2004</EventID><TimeCreated "
			"SystemTime='%s'/><EventRecordID>%" PRId64 "</EventRecordID><Computer>" CASE_SERVER
			"</Computer></System><UserData><I><SystemInfo><PagedPoolUsage>%" PRId64
			"</PagedPoolUsage></SystemInfo><PagedPoolInfo>%s</PagedPoolInfo></I></UserData></Event>",
			time, ++c->record, case_mib(t.paged), rows));
}
#define TOP(c, ...) case_top(c, (struct top){ __VA_ARGS__ })

static void test_decides(void)
{
	struct judge_case *c = judge_case_open();
	struct judgement *j;

	/* The version is told by nobody; but the event is one of Vista and later. */
	TOP(c, .hours = 1, .paged = 600, .tag = { "Gpbm", "FMfn", "Ntff" }, .mib = { 70, 40, 30 });
	case_2020(c, 2);
	j = case_judge(c);
	CHECK_RULE("the largest is known", j, "PT-V06");
	CHECK(is_dynamic(j->e) && !is_article_system(j->e));
	CHECK_INT(j->e->snapshots[0].mmst, -1);
	CHECK_INT(j->e->snapshots[0].mmst_rank, 0);
	CHECK(!j->e->snapshots[0].whole && j->e->snapshots[0].decides);
	CHECK_TEXT(j->e->peak->largest, "Gpbm");
	CHECK_INT(j->floor, -1);
	CHECK_INT(prescribed(j, "PoolUsageMaximum"), -1);
	CHECK_INT(prescribed(j, "PagedPoolSize"), -1);
	judge_case_close(c);

	c = judge_case_open();
	TOP(c, .hours = 1, .paged = 600, .tag = { "MmSt", "FMfn", "Ntff" }, .mib = { 300, 40, 30 });
	case_2020(c, 2);
	j = case_judge(c);
	CHECK_RULE("MmSt on a system that sizes its pool", j, "PT-V03");
	CHECK_INT(prescribed_first(j, "PoolUsageMaximum"), -1);
	CHECK_INT(prescribed_first(j, "PagedPoolSize"), -1);
	judge_case_close(c);

	c = judge_case_open();
	TOP(c, .hours = 1, .paged = 600);
	case_2020(c, 2);
	CHECK_RULE("totals without tags", case_judge(c), "PT-V04");
	judge_case_close(c);

	c = judge_case_open();
	TOP(c, .hours = 1, .paged = 600, .tag = { "MmSt" }, .mib = { 300 });
	j = case_judge(c);
	CHECK_RULE("nothing failed", j, "PT-V16");
	CHECK(list_has(&j->reasons, "Event 2004 was logged"));
	judge_case_close(c);
}

/* Its time is UTC, whatever the server's clock shows. */
static void test_clock(void)
{
	struct judge_case *c = judge_case_open_untold();

	TOP(c, .hours = 1, .paged = 600, .tag = { "MmSt" }, .mib = { 300 });
	CHECK_INT(case_evidence(c)->dated_count, 1);
	CHECK(!case_evidence(c)->offset_known);
	judge_case_close(c);
	c = judge_case_open();
	TOP(c, .hours = 1, .paged = 600, .tag = { "MmSt" }, .mib = { 300 });
	CHECK(case_evidence(c)->offset_known);
	judge_case_close(c);
}

static const struct tag_series *series_of(const struct evidence *e, const char *tag)
{
	for (size_t i = 0; i < e->tag_count; i++)
		if (strcmp(e->tags[i].tag, tag) == 0)
			return &e->tags[i];
	return NULL;
}

/* Poolsnaps and events in turn: what an event does not name is not gone. */
static void test_mixed(void)
{
	struct judge_case *c = judge_case_open();
	const struct tag_series *t;
	struct evidence *e;

	case_machine(c, "6.1.7601 Service Pack 1", "x64", 8);
	for (int i = 0; i < 6; i++) {
		SNAP(c, .hours = 2 * i, .mmst = 100 + 5 * i, .rest = 90, .tag = "Leak", .tag_mib = 10 + i);
		TOP(c, .hours = 2 * i + 1, .paged = 230 + 5 * i, .tag = { "MmSt", "Big1", "Big0" },
			.mib = { 103 + 5 * i, 14, 12 });
	}
	e = case_evidence(c);
	CHECK_INT(e->snapshot_count, 12);
	CHECK_INT(e->top_count, 6);
	CHECK_INT(e->boot_count, 1);
	CHECK_INT(e->mmst->count, 12);
	CHECK_INT(e->mmst->first, case_mib(100));
	t = series_of(e, "Leak");
	CHECK_INT(t->count, 6);
	for (size_t i = 0; i < t->count; i++)
		CHECK(t->bytes[i] == case_mib(10 + (double)i) && t->at[i]->whole);
	/* A poolsnap without it shows that it holds nothing; six of them and six events. */
	t = series_of(e, "Big0");
	CHECK_INT(t->count, 12);
	CHECK_INT(t->peak_diff, -1);
	judge_case_close(c);
}

/* An event between two poolsnaps does not hide that the counters began anew. */
static void test_restart(void)
{
	struct judge_case *c = judge_case_open();
	struct evidence *e;

	SNAP(c, .hours = 1, .mmst = 100, .rest = 90, .allocs = 900000);
	TOP(c, .hours = 1.5, .paged = 200, .tag = { "MmSt", "Fil0", "Fil1" }, .mib = { 101, 12, 11 });
	SNAP(c, .hours = 2, .mmst = 5, .rest = 80, .allocs = 5000);
	e = case_evidence(c);
	CHECK_INT(e->boot_count, 2);
	judge_case_close(c);
}

int main(void)
{
	test_stated();
	test_broken();
	test_once();
	test_log_times();
	test_decides();
	test_mixed();
	test_restart();
	test_clock();
	return check_end();
}
