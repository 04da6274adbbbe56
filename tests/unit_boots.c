/* SPDX-License-Identifier: MIT
 * Where does one boot end and the next begin, which boot is judged, and what is tied to what within it? */
#include "tests/judge_case.h"

/* The starts that were found, in hours of the case; "-" for one before everything. */
static const char *starts(struct judge_case *c, const struct evidence *e)
{
	const char *text = "";

	for (size_t i = 0; i < e->boot_count; i++)
		text = e->boots[i].start == WHEN_NONE
			       ? arena_printf(c->arena, "%s -", text)
			       : arena_printf(c->arena, "%s %g", text,
					 (double)(e->boots[i].start - case_hours(0)) / (double)WHEN_HOUR);
	return text;
}

/* ---- what shows a start ---- */

struct logged {
	double hours;
	const char *provider;
	int id;
	const char *strings;
};

#define UPTIME(seconds) "||||" seconds "|60|300 Eastern Standard Time"

static const struct {
	const char *what;
	struct logged events[6];
	const char *starts;
} logs[] = {
	{ "nothing", { { 1, "Srv", 2020, NULL } }, " -" },
	{ "6005", { { 1, "EventLog", 6005, NULL } }, " 1" },
	{ "6009", { { 1, "EventLog", 6009, "5.02.|3790|Service Pack 2" } }, " 1" },
	{ "Kernel-General 12", { { 1, "Microsoft-Windows-Kernel-General", 12, NULL } }, " 1" },
	{ "providers in other letters", { { 1, "eventlog", 6005, NULL } }, " 1" },
	{ "the same ids of others", { { 1, "Other", 6005, NULL }, { 2, "EventLog", 12, NULL } }, " -" },
	{ "6009, 6005 and 12 of one start",
		{ { 1, "Microsoft-Windows-Kernel-General", 12, NULL }, { 1.01, "EventLog", 6009, NULL },
			{ 1.02, "EventLog", 6005, NULL } },
		" 1" },
	{ "6008 is written at the next start",
		{ { 1, "EventLog", 6009, NULL }, { 1.001, "EventLog", 6008, NULL } }, " 1" },
	{ "before the first start something was running",
		{ { 0.5, "Srv", 2020, NULL }, { 1, "EventLog", 6005, NULL } }, " - 1" },
	{ "a stop before the first start", { { 0.9, "EventLog", 6006, NULL }, { 1, "EventLog", 6005, NULL } },
		" - 1" },
	{ "two starts within minutes, with a stop between",
		{ { 1, "EventLog", 6005, NULL }, { 1.05, "EventLog", 6006, NULL },
			{ 1.1, "EventLog", 6005, NULL } },
		" 1 1.1" },
	{ "two starts hours apart, no stop between: a crash",
		{ { 1, "EventLog", 6005, NULL }, { 5, "EventLog", 6005, NULL } }, " 1 5" },
	{ "6008 alone: the events of the start itself are gone", { { 1, "EventLog", 6008, NULL } }, " 1" },
	{ "Kernel-Power 41 alone", { { 1, "Microsoft-Windows-Kernel-Power", 41, NULL } }, " 1" },
	{ "41 of another provider", { { 1, "disk", 41, NULL } }, " -" },
	{ "a planned restart within minutes of a start",
		{ { 1, "EventLog", 6005, NULL }, { 1.05, "USER32", 1074, NULL },
			{ 1.1, "EventLog", 6009, NULL } },
		" 1 1.1" },
	{ "a shutdown that was called off",
		{ { 1, "EventLog", 6005, NULL }, { 1.05, "USER32", 1074, NULL }, { 5, "Srv", 2020, NULL } },
		" 1" },
	{ "uptime", { { 10, "EventLog", 6013, UPTIME("18000") } }, " 5" },
	{ "uptime of a start that is known",
		{ { 5, "EventLog", 6005, NULL }, { 10, "EventLog", 6013, UPTIME("18030") } }, " 5" },
	{ "uptime of many days", { { 10, "EventLog", 6013, UPTIME("864000") } }, " -230" },
	{ "two uptimes of one boot, ten seconds apart",
		{ { 10, "EventLog", 6013, UPTIME("18000") }, { 34, "EventLog", 6013, UPTIME("104410") } },
		" 4.99722" },
	/* python-evtx: "089" is the tail of an uptime, "1039089" one that lost its place; neither is
	 * believed */
	{ "uptime in a damaged list",
		{ { 10, "EventLog", 6013, "1039089|089|60|300 Eastern Standard Time" } }, " -" },
	{ "a damaged list of five, with a number in the fifth place",
		{ { 10, "EventLog", 6013, "8|||8|60|300 Eastern Standard Time" } }, " -" },
	{ "a list of eight", { { 10, "EventLog", 6013, "||||18000|60|300 Eastern Standard Time|" } }, " -" },
	{ "uptime that is no number", { { 10, "EventLog", 6013, UPTIME("5 h") } }, " -" },
	{ "uptime below zero", { { 10, "EventLog", 6013, UPTIME("-5") } }, " -" },
	{ "uptime of a thousand years", { { 10, "EventLog", 6013, UPTIME("31557600000") } }, " -" },
};

static void test_log(void)
{
	for (size_t i = 0; i < LEN(logs); i++) {
		struct judge_case *c = judge_case_open();
		const char *found;

		for (size_t k = 0; k < LEN(logs[i].events) && logs[i].events[k].provider; k++) {
			const struct logged *l = &logs[i].events[k];

			case_logged(c, l->hours, l->provider, l->id, l->strings);
		}
		found = starts(c, case_evidence(c));
		if (!check_count(strcmp(found, logs[i].starts) == 0, __FILE__, __LINE__))
			printf("%s: starts at%s, not%s\n", logs[i].what, found, logs[i].starts);
		judge_case_close(c);
	}
}

static void test_ends(void)
{
	struct judge_case *c = judge_case_open();
	struct evidence *e;

	case_logged(c, 1, "EventLog", 6005, NULL);
	case_logged(c, 5, "EventLog", 6006, NULL);
	case_logged(c, 6, "EventLog", 6005, NULL);
	case_logged(c, 20, "EventLog", 6005, NULL);
	e = case_evidence(c);
	CHECK_INT(e->boot_count, 3);
	CHECK_INT(e->boots[0].end, case_hours(5));
	CHECK_INT(e->boots[1].end, WHEN_NONE); /* not stopped cleanly */
	CHECK_INT(e->boots[2].end, WHEN_NONE); /* not stopped */
	judge_case_close(c);

	/* A planned stop counts where a start follows soon and nothing says it better. */
	c = judge_case_open();
	case_logged(c, 1, "EventLog", 6005, NULL);
	case_logged(c, 5, "USER32", 1074, NULL);
	case_logged(c, 5.2, "EventLog", 6005, NULL);
	case_logged(c, 8, "USER32", 1074, NULL);
	case_logged(c, 20, "EventLog", 6005, NULL);
	case_logged(c, 21, "USER32", 1074, NULL);
	case_logged(c, 21.1, "EventLog", 6006, NULL);
	e = case_evidence(c);
	CHECK_INT(e->boot_count, 3);
	CHECK_INT(e->boots[0].end, case_hours(5));
	CHECK_INT(e->boots[1].end, WHEN_NONE);
	CHECK_INT(e->boots[2].end, case_hours(21.1));
	judge_case_close(c);
}

/* ---- counters ---- */

/* Two captures with these counters of each tag: is there a start between them? */
struct counter {
	const char *tag;
	int64_t allocs[2], bytes[2];
};

static const struct {
	const char *what;
	struct counter rows[6];
	bool start;
} counters[] = {
	{ "all rise",
		{ { "MmSt", { 1000, 2000 }, { 5000, 6000 } }, { "Ntff", { 1000, 1500 }, { 500, 600 } },
			{ "CM31", { 100, 100 }, { 50, 50 } } },
		false },
	{ "all fall",
		{ { "MmSt", { 5000, 2000 }, { 5000, 6000 } }, { "Ntff", { 3000, 1500 }, { 500, 600 } },
			{ "CM31", { 500, 100 }, { 50, 50 } } },
		true },
	{ "most fall, one has caught up",
		{ { "MmSt", { 900000, 2000 }, { 5000, 6000 } }, { "Ntff", { 300000, 1500 }, { 500, 600 } },
			{ "CM31", { 50000, 1000 }, { 50, 50 } }, { "Toke", { 500, 600 }, { 50, 50 } } },
		true },
	{ "few fall, but all together are far less: the busy ones start anew",
		{ { "MmSt", { 900000, 2000 }, { 5000, 6000 } }, { "Ntff", { 300, 1500 }, { 500, 600 } },
			{ "CM31", { 500, 1000 }, { 50, 50 } }, { "Toke", { 500, 600 }, { 50, 50 } } },
		true },
	/* Allocs is 32 bits wide: a busy tag passes 2^32 within days */
	{ "one wraps",
		{ { "MmSt", { 4294960000, 4000 }, { 5000, 5100 } }, { "Ntff", { 1000, 1500 }, { 500, 600 } },
			{ "CM31", { 100, 100 }, { 50, 50 } } },
		false },
	{ "one wraps and goes far",
		{ { "MmSt", { 3200000000, 1400000000 }, { 5000, 5100 } },
			{ "Ntff", { 1000, 1500 }, { 500, 600 } }, { "CM31", { 100, 100 }, { 50, 50 } } },
		false },
	{ "one of four wraps, the rest stands",
		{ { "Irp ", { 4294967295, 0 }, { 5000, 5000 } }, { "Ntff", { 1000, 1000 }, { 500, 500 } },
			{ "CM31", { 100, 100 }, { 50, 50 } }, { "Toke", { 100, 100 }, { 50, 50 } } },
		false },
	{ "MmSt is all but gone and its count smaller",
		{ { "MmSt", { 500000, 400000 }, { 200000000, 9000000 } },
			{ "Ntff", { 1000, 500000 }, { 500, 600 } }, { "CM31", { 100, 90000 }, { 50, 50 } } },
		true },
	{ "MmSt is trimmed: its bytes fall, its count does not",
		{ { "MmSt", { 400000, 500000 }, { 200000000, 9000000 } },
			{ "Ntff", { 1000, 1500 }, { 500, 600 } }, { "CM31", { 100, 110 }, { 50, 50 } } },
		false },
};

static void snap_counters(struct judge_case *c, double hours, const struct counter *rows, size_t n, int turn)
{
	judge_case_begin(c, "poolmon");
	SNAPSHOT(c->store, .local_at = case_hours(hours), .paged = 1000000000);
	for (size_t i = 0; i < n && rows[i].tag; i++)
		case_row(c->store, rows[i].tag, "paged", rows[i].allocs[turn], rows[i].bytes[turn]);
	case_end(c->store);
}

static void test_counters(void)
{
	for (size_t i = 0; i < LEN(counters); i++) {
		struct judge_case *c = judge_case_open();
		struct evidence *e;

		snap_counters(c, 0, counters[i].rows, LEN(counters[i].rows), 0);
		snap_counters(c, 1, counters[i].rows, LEN(counters[i].rows), 1);
		e = case_evidence(c);
		if (!check_count((e->snapshots[0].boot != e->snapshots[1].boot) == counters[i].start,
			    __FILE__, __LINE__))
			printf("%s: starts at%s\n", counters[i].what, starts(c, e));
		judge_case_close(c);
	}
}

/* ---- what lies in which boot ---- */

/* Trends, bursts and the capture before an event never reach over a start. */
static void test_never_joined(void)
{
	struct judge_case *c = judge_case_open();
	struct judgement *j;
	const struct evidence *e;

	case_machine(c, "5.2.3790 Service Pack 2", "x86", 4);
	for (int i = 0; i < 4; i++)
		SNAP(c, .hours = 0.1 * i, .mmst = 10, .rest = 60);
	case_logged(c, 0.5, "EventLog", 6005, NULL);
	for (int i = 0; i < 5; i++)
		SNAP(c, .hours = 0.6 + 0.1 * i, .mmst = 200 + i, .rest = 60, .allocs = 1000 + 10 * i);
	case_logged(c, 1.5, "EventLog", 6005, NULL);
	case_2020(c, 1.6);
	j = case_judge(c);
	e = j->e;
	CHECK_INT(e->boot_count, 3);
	CHECK_INT(e->boots[0].snapshots, 4);
	CHECK_INT(e->boots[1].snapshots, 5);
	CHECK_INT(e->boots[2].snapshots, 0);
	/* Nothing was captured in the boot of the event: the boot with most captures is judged. */
	CHECK_INT(e->judged_boot, 1);
	CHECK(e->exhaustions[0].before == NULL);
	CHECK_INT(e->exhaustions[0].boot, 2);
	CHECK_INT(j->burst.bytes, case_mib(4));
	CHECK_INT(e->mmst->trend.n, 5);
	CHECK_INT(e->mmst->trend.s, 10);
	CHECK_NEAR(e->mmst->trend.slope, 10.0 * (double)MIB, 1e-9);
	judge_case_close(c);
}

static void test_judged_boot(void)
{
	struct judge_case *c = judge_case_open();
	struct evidence *e;

	for (int i = 0; i < 5; i++)
		SNAP(c, .hours = i, .mmst = 100, .rest = 60);
	case_logged(c, 10, "EventLog", 6005, NULL);
	SNAP(c, .hours = 11, .mmst = 50, .rest = 60, .allocs = 100);
	SNAP(c, .hours = 12, .mmst = 60, .rest = 60, .allocs = 200);
	case_logged(c, 20, "EventLog", 6005, NULL);
	SNAP(c, .hours = 21, .mmst = 55, .rest = 60, .allocs = 100);
	e = case_evidence(c);
	CHECK_INT(e->judged_boot, 0); /* most captures */
	CHECK_INT(e->peak->paged, case_mib(160));
	CHECK_INT(e->peak->at, case_hours(4)); /* a tie: the latest */
	/* The boot of the last event, where it holds captures. */
	case_2020(c, 3.5);
	case_2020(c, 12.5);
	e = case_evidence(c);
	CHECK_INT(e->judged_boot, 1);
	CHECK_INT(e->peak->paged, case_mib(120));
	CHECK_INT(e->exhaustions[0].boot, 0);
	CHECK(e->exhaustions[1].before && e->exhaustions[1].before->at == case_hours(12));
	judge_case_close(c);
}

/* Events less than an hour apart are one burst; a start ends it. */
static void test_bursts(void)
{
	struct judge_case *c = judge_case_open();
	struct evidence *e;

	case_2020(c, 1);
	case_2020(c, 1.5);
	case_2020(c, 2.5); /* an hour after: still the same */
	case_2020(c, 3.6);
	case_2019(c, 3.7);
	case_logged(c, 4, "EventLog", 6005, NULL);
	case_2020(c, 4.1);
	e = case_evidence(c);
	CHECK_INT(e->count_2020, 5);
	CHECK_INT(e->count_2019, 1);
	CHECK_INT(e->burst_count, 4);
	judge_case_close(c);
}

/* Only Srv's own events are exhaustion, by either of its names. */
static void test_srv_only(void)
{
	struct judge_case *c = judge_case_open();
	struct evidence *e;

	case_logged(c, 1, "Microsoft-Windows-SMBServer", 2020, NULL);
	case_logged(c, 1, "Other", 2020, NULL);
	e = case_evidence(c);
	CHECK_INT(e->exhaustion_count, 0);
	case_logged(c, 1, "SRV", 2020, NULL);
	judge_case_begin(c, "events");
	EVENT(c->store, .at = case_hours(2), .computer = CASE_SERVER, .channel = "System", .record = 99,
		.provider = "Microsoft-Windows-Srv", .source_name = "srv", .id = 2020);
	case_end(c->store);
	e = case_evidence(c);
	CHECK_INT(e->exhaustion_count, 2);
	judge_case_close(c);
}

/* ---- captures ---- */

static void test_totals(void)
{
	struct judge_case *c = judge_case_open();
	struct evidence *e;

	SNAP(c, .hours = 0, .mmst = 100, .rest = 40, .printed = 150);
	SNAP(c, .hours = 1, .mmst = 100, .rest = 40, .printed = -1);
	/* The visible rows of a screen are no total. */
	SNAP(c, .hours = 2, .mmst = 100, .rest = 40, .printed = -1, .live = true);
	SNAP(c, .hours = 3, .mmst = 100, .rest = 40, .printed = 150, .live = true);
	SNAP(c, .hours = 4, .mmst = 100, .rest = 40, .printed = 250, .live = true);
	SNAP(c, .hours = 5, .rest = 40);
	SNAP(c, .hours = 6, .rest = 40, .live = true);
	SNAP(c, .hours = 7, .mmst = 5, .scope = "session 1");
	e = case_evidence(c);
	CHECK_INT(e->snapshot_count, 7);
	CHECK_INT(e->session_captures, 1);
	CHECK_INT(e->snapshots[0].paged, case_mib(150));
	CHECK_INT(e->snapshots[1].paged, case_mib(140));
	CHECK_INT(e->snapshots[2].paged, -1);
	CHECK_INT(e->snapshots[1].nonpaged, case_mib(20));
	CHECK_INT(e->snapshots[2].nonpaged, -1);
	CHECK_INT(e->snapshots[3].paged, case_mib(150));
	/* 100 of 150, and what is not on the screen is 10: MmSt leads. Of 250 something unseen may be
	 * larger. */
	CHECK(e->snapshots[0].decides && e->snapshots[1].decides && !e->snapshots[2].decides &&
		e->snapshots[3].decides && !e->snapshots[4].decides && e->snapshots[5].decides &&
		!e->snapshots[6].decides);
	/* Not there in a whole capture: nothing; not on a screen: unknown. */
	CHECK_INT(e->snapshots[5].mmst, 0);
	CHECK_INT(e->snapshots[6].mmst, -1);
	judge_case_close(c);
}

int main(void)
{
	test_log();
	test_ends();
	test_counters();
	test_never_joined();
	test_judged_boot();
	test_bursts();
	test_srv_only();
	test_totals();
	return check_end();
}
