/* SPDX-License-Identifier: MIT
 * Is each verdict reached where its rule says so, and another one where something small is different? */
#include "tests/judge_case.h"

/* Closes the case. */
static void expect(const char *what, struct judge_case *c, const char *rule)
{
	CHECK_RULE(what, case_judge(c), rule);
	judge_case_close(c);
}

static struct judge_case *with_percent(int64_t percent)
{
	struct judge_case *c = judge_case_open();

	case_machine(c, "5.2.3790 Service Pack 2", "x86", 2);
	case_set(c, "PoolUsageMaximum", percent);
	return c;
}

static struct judge_case *with_os(const char *os, const char *arch)
{
	struct judge_case *c = judge_case_open();

	case_machine(c, os, arch, 2);
	case_key(c);
	return c;
}

/* Five captures in an hour; the rise decides whether a tag trends (p = 2/120 when all five rise). */
static void case_series(
	struct judge_case *c, double mmst, double mmst_rise, const char *tag, double from, double rise)
{
	for (int i = 0; i < 5; i++)
		SNAP(c, .hours = 0.25 * i, .mmst = mmst + mmst_rise * i / 4, .rest = 90, .tag = tag,
			.tag_mib = from + rise * i / 4);
}

/* ---- V1, V2 ---- */

static const struct {
	const char *what, *provider;
	int id;
	const char *strings;
	int64_t size;
	const char *rule;
} stops[] = {
	{ "STOP 0x3F", "BugCheck", 1001,
		"0x0000003f (0x00000000, 0x00000f00, 0x00001234, 0x00000002)|c:\\memory.dmp", 0x20000000,
		"PT-V01" },
	{ "in capital letters", "BUGCHECK", 1001, "0x0000003F (0x00000000)", PAGED_POOL_SIZE_MAXIMUM,
		"PT-V01" },
	{ "the older source", "Save Dump", 1001, "0x0000003f (0x00000000, 0x1, 0x2, 0x3)", 0x20000000,
		"PT-V01" },
	{ "the newer source", "Microsoft-Windows-WER-SystemErrorReporting", 1001,
		"0x0000003f (0x0, 0x1, 0x2, 0x3)", 0x20000000, "PT-V01" },
	{ "a named string", "Microsoft-Windows-WER-SystemErrorReporting", 1001,
		"param1\x1e"
		"0x0000003f (0x0)|param2\x1e"
		"c:\\m.dmp",
		0x20000000, "PT-V01" },
	{ "64-bit spelling", "BugCheck", 1001, "0x0000003f (0x0000000000000000)", 0x20000000, "PT-V01" },
	{ "another stop", "BugCheck", 1001, "0x0000004d (0x00000000)", 0x20000000, "PT-V12" },
	{ "another stop with 0x3F among its parameters", "BugCheck", 1001,
		"0x0000000a (0x0000003f, 0x00000002, 0x0, 0x0)", 0x20000000, "PT-V12" },
	{ "PagedPoolSize is automatic", "BugCheck", 1001, "0x0000003f (0x00000000)", 0, "PT-V12" },
	{ "PagedPoolSize is absent", "BugCheck", 1001, "0x0000003f (0x00000000)", -1, "PT-V12" },
	{ "no stop", "Other", 1001, "0x0000003f (0x00000000)", 0x20000000, "PT-V12" },
};

static void test_revert(void)
{
	for (size_t i = 0; i < LEN(stops); i++) {
		struct judge_case *c = judge_case_2003();

		/* 512 MB were asked for: enough is used to be full */
		case_maximum(c, 352);
		case_full(c);
		case_2020(c, 1.2);
		if (stops[i].size >= 0)
			case_set(c, "PagedPoolSize", stops[i].size);
		case_logged(c, 2, stops[i].provider, stops[i].id, stops[i].strings);
		expect(stops[i].what, c, stops[i].rule);
	}
	/* It comes before everything, also without a poolsnap. */
	struct judge_case *c = judge_case_2003();

	case_set(c, "PagedPoolSize", 0x30000000);
	case_logged(c, 2, "BugCheck", 1001, "0x0000003f (0x00000000)");
	expect("no poolsnap", c, "PT-V01");
}

static void test_nt4(void)
{
	struct judge_case *c = with_os("4.0.1381", NULL);

	expect("NT 4.0 without a poolsnap", c, "PT-V02");
	c = with_os("4.0.1381", NULL);
	case_full(c);
	case_2020(c, 1.2);
	expect("NT 4.0, MmSt and 2020", c, "PT-V02");
	c = with_os("5.0.2195 Service Pack 4", NULL);
	case_full(c);
	case_2020(c, 1.2);
	expect("2000", c, "PT-V12");
}

/* ---- V3 and what it does not swallow ---- */

static void test_dynamic(void)
{
	static const struct {
		const char *os, *arch;
	} systems[] = { { "6.3.9600", "x64" }, { "6.2.9200", "x64" }, { "6.1.7601", "x64" },
		{ "6.0.6002", "x64" }, { "6.0.6002", "x86" }, { "10.0.17763", "x64" },
		{ "Windows Server 2022", NULL }, { "Windows Server 2012 R2", NULL } };
	struct judge_case *c;
	struct judgement *j;

	for (size_t i = 0; i < LEN(systems); i++) {
		c = with_os(systems[i].os, systems[i].arch);
		case_full(c);
		case_2020(c, 1.2);
		expect(systems[i].os, c, "PT-V03");
	}

	c = with_os("6.3.9600", "x64");
	case_set(c, "PoolUsageMaximum", 60);
	case_full(c);
	case_2020(c, 1.2);
	expect("whatever value is set", c, "PT-V03");

	c = with_os("6.3.9600", "x64");
	case_2020(c, 1.2);
	expect("no poolsnap", c, "PT-V04");

	c = with_os("6.3.9600", "x64");
	SNAP(c, .hours = 1, .mmst = 100, .rest = 90, .tag = "Toke", .tag_mib = 300);
	case_2020(c, 1.2);
	expect("another tag leads", c, "PT-V06");

	c = with_os("6.3.9600", "x64");
	case_full(c);
	case_2019(c, 1.2);
	expect("only 2019", c, "PT-V05");

	/* no exhaustion signal: a dynamic pool has no maximum but the commit limit */
	c = with_os("6.3.9600", "x64");
	SNAP(c, .hours = 1, .mmst = 600, .rest = 400);
	expect("1,000 MiB, limit not known", c, "PT-V16");
	c = with_os("6.3.9600", "x64");
	SNAP(c, .hours = 1, .mmst = 700, .rest = 400);
	expect("1,100 MiB, limit not known", c, "PT-V17");
	c = with_os("6.0.6002", "x86");
	SNAP(c, .hours = 1, .mmst = 600, .rest = 400);
	expect("32-bit 2008, 1,000 MiB", c, "PT-V16");
	c = with_os("10.0.17763", "x64");
	SNAP(c, .hours = 1, .mmst = 700, .rest = 400);
	expect("2019, 1,100 MiB", c, "PT-V17");

	c = with_os("6.3.9600", "x64");
	SNAP(c, .hours = 1, .mmst = 3000, .rest = 1000, .commit_limit = 8000);
	expect("half the commit limit", c, "PT-V16");
	c = with_os("6.3.9600", "x64");
	SNAP(c, .hours = 1, .mmst = 4000, .rest = 1000, .commit_limit = 8000);
	expect("62 % of the commit limit", c, "PT-V15");
	c = with_os("6.3.9600", "x64");
	SNAP(c, .hours = 1, .mmst = 5000, .rest = 1500, .commit_limit = 8000);
	expect("81 % of the commit limit", c, "PT-V03");
	c = with_os("6.3.9600", "x64");
	SNAP(c, .hours = 1, .mmst = 900, .rest = 1000, .tag = "Toke", .tag_mib = 3000, .commit_limit = 8000);
	expect("61 % of the commit limit, another tag", c, "PT-V06");

	/* a size that is asked for there is no maximum */
	c = with_os("6.3.9600", "x64");
	case_set(c, "PagedPoolSize", 0x0A000000);
	SNAP(c, .hours = 1, .mmst = 100, .rest = 50);
	j = case_judge(c);
	CHECK_RULE("PagedPoolSize on 2012 R2", j, "PT-V16");
	CHECK(!j->other);
	CHECK(j->e->limit.high > 100 * GIB);
	judge_case_close(c);
}

/* ---- V4 ---- */

static void test_insufficient(void)
{
	struct judge_case *c = judge_case_2003();

	case_2020(c, 1.2);
	expect("no poolsnap", c, "PT-V04");
	c = judge_case_2003();
	case_2019(c, 1.2);
	expect("no poolsnap, 2019", c, "PT-V04");
	c = judge_case_2003();
	expect("nothing at all", c, "PT-V04");
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 100, .rest = 40, .printed = 290, .live = true);
	case_2020(c, 1.2);
	expect("a screen on which something larger may be missing", c, "PT-V04");
	c = judge_case_2003();
	SNAP(c, .hours = 1, .rest = 40, .tag = "Toke", .tag_mib = 100, .printed = 290, .live = true);
	case_2020(c, 1.2);
	expect("a screen never decides against MmSt", c, "PT-V04");
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 200, .rest = 80, .printed = 290, .live = true);
	case_2020(c, 1.2);
	expect("a screen on which nothing larger can be missing", c, "PT-V12");
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 200, .rest = 90, .scope = "session 1");
	case_2020(c, 1.2);
	expect("only session pool", c, "PT-V04");
}

/* ---- V5 ---- */

static void test_nonpaged(void)
{
	struct judge_case *c = judge_case_2003();

	case_full(c);
	case_2019(c, 1.2);
	expect("2019 alone", c, "PT-V05");
	c = judge_case_2003();
	case_full(c);
	case_2019(c, 1.2);
	case_2020(c, 1.3);
	expect("2019 and 2020", c, "PT-V12");

	/* 40 of 80 MiB more nonpaged; paged stands at 82 % */
	for (int kind = 0; kind < 5; kind++) {
		static const char *const what[] = { "only a nonpaged tag grows",
			"it grows by less than a tenth", "a paged tag grows too", "no exhaustion signal",
			"the paged pool ran out beside it" };
		static const char *const want[] = { "PT-V05", "PT-V14", "PT-V14", "PT-V16", "PT-V12" };

		c = judge_case_2003();
		for (int i = 0; i < 5; i++)
			SNAP(c, .hours = 0.25 * i,
				.mmst = kind == 3   ? 40
					: kind == 2 ? 160 + 10 * i
						    : 200,
				.rest = 90, .nonpaged_tag = "Leak",
				.nonpaged_mib = 20 + (kind == 1 ? 1 : 10) * i, .nonpaged_rest = 40);
		if (kind == 4)
			case_2020(c, 1.1);
		expect(what[kind], c, want[kind]);
	}
}

/* ---- V6 ---- */

static void test_other(void)
{
	struct judge_case *c = judge_case_2003();
	struct judgement *j;

	SNAP(c, .hours = 1, .mmst = 60, .rest = 80, .tag = "Toke", .tag_mib = 150);
	case_2020(c, 1.2);
	j = case_judge(c);
	CHECK_RULE("Toke holds 52 %", j, "PT-V06");
	CHECK_INT(j->confidence, CONFIDENCE_HIGH);
	CHECK_TEXT(j->e->peak->largest, "Toke");
	judge_case_close(c);

	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 90, .rest = 100, .tag = "Toke", .tag_mib = 100);
	case_2020(c, 1.2);
	j = case_judge(c);
	CHECK_RULE("Toke holds 34 %, no trend", j, "PT-V06");
	CHECK_INT(j->confidence, CONFIDENCE_MEDIUM);
	judge_case_close(c);

	c = judge_case_2003();
	case_series(c, 90, 0, "Toke", 96, 4);
	case_2020(c, 1.2);
	j = case_judge(c);
	CHECK_RULE("Toke holds 36 % and rises", j, "PT-V06");
	CHECK_INT(j->confidence, CONFIDENCE_HIGH);
	judge_case_close(c);

	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 100.1, .rest = 90, .tag = "Toke", .tag_mib = 100);
	case_2020(c, 1.2);
	expect("MmSt is larger by a little", c, "PT-V12");
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 50, .rest = 65, .tag = "CM31", .tag_mib = 100);
	expect("no signal, 61 % used", c, "PT-V06");
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 50, .rest = 58, .tag = "CM31", .tag_mib = 100);
	expect("no signal, 59 % used", c, "PT-V16");
	c = with_percent(40);
	SNAP(c, .hours = 1, .mmst = 90, .rest = 100, .tag = "Toke", .tag_mib = 100);
	case_2020(c, 1.2);
	expect("whatever value is set", c, "PT-V06");
	/* the peak decides, not the last capture */
	c = judge_case_2003();
	SNAP(c, .hours = 0, .mmst = 200, .rest = 90, .tag = "Toke", .tag_mib = 50);
	SNAP(c, .hours = 1, .mmst = 40, .rest = 90, .tag = "Toke", .tag_mib = 50);
	case_2020(c, 1.2);
	expect("MmSt at the peak, Toke later", c, "PT-V12");
}

/* ---- V7 ---- */

static void test_mixed(void)
{
	static const struct {
		const char *what;
		double mmst, rest;
		int64_t percent; /* set; -1: none */
		bool switch_3gb;
		const char *rule;
	} floors[] = {
		/* of 352 MB: 60 % are 211.2, 50 % 176, 40 % 140.8; of 158: 40 % are 63.2 */
		{ "the rest is above 60 %", 72, 212, -1, false, "PT-V07" },
		{ "the rest is at 60 % of the lower end", 72, 211.3, -1, false, "PT-V07" },
		{ "the rest is below 60 %", 72, 211, -1, false, "PT-V12" },
		{ "/3GB allows only 40: the rest is above", 60, 64, -1, true, "PT-V07" },
		{ "/3GB, the rest is below 40 %", 60, 62, -1, true, "PT-V12" },
		{ "60 is set: 50 and 40 are left, the rest is above both", 100, 180, 60, false, "PT-V07" },
		{ "60 is set: the rest is below 50 %", 110, 174, 60, false, "PT-V09" },
		{ "50 is set: only 40 is left, the rest is above", 100, 150, 50, false, "PT-V07" },
		{ "50 is set: the rest is below 40 %", 150, 136, 50, false, "PT-V09" },
		{ "40 is set: no step is left, the rest is above 60 %", 72, 212, 40, false, "PT-V07" },
		{ "40 is set: the rest is below 60 %", 100, 180, 40, false, "PT-V08" },
	};
	struct judge_case *c;

	for (size_t i = 0; i < LEN(floors); i++) {
		c = floors[i].percent >= 0 ? with_percent(floors[i].percent) : judge_case_2003();
		if (floors[i].switch_3gb)
			case_switch(c, "/3GB");
		SNAP(c, .hours = 1, .mmst = floors[i].mmst, .rest = floors[i].rest);
		case_2020(c, 1.2);
		expect(floors[i].what, c, floors[i].rule);
	}

	/* 60 % to the byte: what cannot be freed is not below the target */
	c = judge_case_2003();
	case_maximum(c, 300);
	SNAP(c, .hours = 1, .mmst = 72, .rest = 180);
	case_2020(c, 1.2);
	expect("the rest is at 60 % of 300", c, "PT-V07");
	c = judge_case_2003();
	case_maximum(c, 300);
	SNAP(c, .hours = 1, .mmst = 72, .rest = 179.99);
	case_2020(c, 1.2);
	expect("the rest is just below 60 % of 300", c, "PT-V12");

	/* MmSt rises by 80 in five captures: a quarter of that is 20 */
	c = judge_case_2003();
	case_series(c, 100, 80, "Toke", 20, 21);
	case_2020(c, 1.2);
	expect("Toke rises by 26 % of MmSt's rise", c, "PT-V07");
	c = judge_case_2003();
	case_series(c, 100, 80, "Toke", 20, 19);
	case_2020(c, 1.2);
	expect("Toke rises by 24 % of MmSt's rise", c, "PT-V12");
	c = judge_case_2003();
	for (int i = 0; i < 4; i++)
		SNAP(c, .hours = 0.25 * i, .mmst = 100 + 20 * i, .rest = 90, .tag = "Toke",
			.tag_mib = 20 + 10 * i);
	case_2020(c, 1.2);
	expect("four captures show no two-sided trend", c, "PT-V12");
	c = judge_case_2003();
	case_series(c, 180, 0, "Toke", 20, 40);
	case_2020(c, 1.2);
	expect("MmSt stands, Toke grows by a tenth of the pool", c, "PT-V07");
	c = judge_case_2003();
	case_series(c, 180, 0, "Toke", 20, 10);
	case_2020(c, 1.2);
	expect("MmSt stands, Toke grows by less", c, "PT-V12");
	/* what is kept for each file comes with MmSt: only more than MmSt itself is another consumer */
	c = judge_case_2003();
	case_series(c, 100, 80, "NtFs", 20, 79);
	case_2020(c, 1.2);
	expect("NtFs rises almost as much as MmSt", c, "PT-V12");
	c = judge_case_2003();
	case_series(c, 100, 60, "NtFs", 20, 61);
	case_2020(c, 1.2);
	expect("NtFs rises more than MmSt", c, "PT-V07");
	/* a rival of another boot is none */
	c = judge_case_2003();
	case_series(c, 20, 0, "Toke", 10, 9);
	case_logged(c, 2, "EventLog", 6005, NULL);
	for (int i = 0; i < 3; i++)
		SNAP(c, .hours = 3 + 0.25 * i, .mmst = 150 + 25 * i, .rest = 90, .tag = "Toke", .tag_mib = 10,
			.allocs = 5000 + i);
	case_2020(c, 4);
	expect("Toke rose before the restart", c, "PT-V12");
}

/* ---- a value that was not in force, or is shown to have been ---- */

static void test_in_force(void)
{
	/* boots at 0 and at 30 h; Event 2020 at 2 h, or at 32 h as well */
	static const struct {
		const char *what;
		int64_t percent;
		double written;
		bool restarted, again; /* again: Event 2020 in the second boot */
		const char *rule;
		enum confidence confidence;
		const char *says; /* of the value that is withheld; NULL: the next step is recommended */
	} rows[] = {
		{ "written before the boot", 60, -50, false, false, "PT-V09", CONFIDENCE_HIGH, NULL },
		{ "within the hour that the clock may be off", 60, -0.5, false, false, "PT-V09",
			CONFIDENCE_MEDIUM, NULL },
		{ "written after it, no start since", 60, 5, false, false, "PT-V12", CONFIDENCE_MEDIUM,
			"restart" },
		{ "50, no start since", 50, 5, false, false, "PT-V12", CONFIDENCE_MEDIUM, "restart" },
		{ "40, no start since", 40, 5, false, false, "PT-V12", CONFIDENCE_MEDIUM, "restart" },
		{ "written after it, started since", 60, 5, true, false, "PT-V12", CONFIDENCE_MEDIUM,
			"has started since" },
		{ "it came again with the value in force", 60, 5, true, true, "PT-V09", CONFIDENCE_HIGH,
			NULL },
		{ "96 is no value to wait for", 96, 5, false, false, "PT-V12", CONFIDENCE_HIGH, NULL },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct judge_case *c = judge_case_open();
		const struct prescription *p;
		struct judgement *j;

		case_machine(c, "5.2.3790 Service Pack 2", "x86", 2);
		case_set_written(c, "PoolUsageMaximum", rows[i].percent, rows[i].written);
		case_logged(c, 0, "EventLog", 6005, NULL);
		SNAP(c, .hours = 0.5, .mmst = 120, .rest = 90);
		SNAP(c, .hours = 1.5, .mmst = 200, .rest = 90);
		case_2020(c, 2);
		if (rows[i].restarted) {
			case_logged(c, 29.9, "USER32", 1074, NULL);
			case_logged(c, 30, "EventLog", 6005, NULL);
		}
		if (rows[i].again) {
			SNAP(c, .hours = 30.5, .mmst = 120, .rest = 90, .allocs = 5000);
			SNAP(c, .hours = 31.5, .mmst = 200, .rest = 90, .allocs = 6000);
			case_2020(c, 32);
		}
		j = case_judge(c);
		CHECK_RULE(rows[i].what, j, rows[i].rule);
		if (!check_count(j->confidence == rows[i].confidence, __FILE__, __LINE__))
			printf("%s: confidence %s\n", rows[i].what, confidence_name(j->confidence));
		p = prescription_of(j, "PoolUsageMaximum");
		if (!check_count(p && p->recommended == !rows[i].says &&
					 (!rows[i].says || strstr(p->reason, rows[i].says)),
			    __FILE__, __LINE__))
			printf("%s: %s\n", rows[i].what, p ? p->reason : "nothing is said");
		judge_case_close(c);
	}
}

/* A month of log after the restart without another Event 2020: the value that is set has held. */
static void test_held_since(void)
{
	static const struct {
		int64_t percent;
		double until; /* days of log after the restart */
		int64_t next;
		bool size, gap; /* gap: most of the log's records are in no input */
	} rows[] = { { 60, 29, 50, true, false }, { 60, 30.1, -1, false, false }, { 60, 44, 50, true, true },
		{ 50, 44, -1, false, false }, { 40, 29, -1, true, false }, { 40, 44, -1, false, false } };

	for (size_t i = 0; i < LEN(rows); i++) {
		struct judge_case *c = with_percent(rows[i].percent);
		struct judgement *j;

		case_quiet_log(c, -25);
		case_full(c);
		case_2020(c, 1.2);
		case_logged(c, 2, "USER32", 1074, NULL);
		case_logged(c, 2.1, "EventLog", 6005, NULL);
		c->record += rows[i].gap ? 1000 : 0;
		case_logged(c, 2.1 + 24 * rows[i].until, "EventLog", 6013, NULL);
		j = case_judge(c);
		CHECK_RULE("a restart after it", j, rows[i].percent > 40 ? "PT-V09" : "PT-V08");
		CHECK_INT(prescribed(j, "PoolUsageMaximum"), rows[i].next);
		CHECK_INT(prescribed(j, "PagedPoolSize") > 0, rows[i].size);
		CHECK(j->confidence == CONFIDENCE_LOW || rows[i].percent == 40);
		judge_case_close(c);
	}
}

/* ---- V8, V9 ---- */

static void test_percent(void)
{
	static const struct {
		int64_t percent;
		const char *with_2020, *without; /* without a 2020, at 82 % */
	} rows[] = {
		{ 1, "PT-V08", "PT-V15" },
		{ 39, "PT-V08", "PT-V15" },
		{ 40, "PT-V08", "PT-V15" },
		{ 41, "PT-V09", "PT-V15" },
		{ 50, "PT-V09", "PT-V15" },
		{ 60, "PT-V09", "PT-V15" },
		{ 61, "PT-V12", "PT-V14" },
		{ 79, "PT-V12", "PT-V14" },
		{ 80, "PT-V12", "PT-V14" },
		{ 96, "PT-V12", "PT-V14" },
		{ 100, "PT-V12", "PT-V14" },
		{ 0, "PT-V12", "PT-V14" }, /* 0 is the default, as if absent */
		{ 4294967295, "PT-V12", "PT-V14" },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		for (int with = 0; with < 2; with++) {
			struct judge_case *c = with_percent(rows[i].percent);

			case_full(c);
			if (with)
				case_2020(c, 1.2);
			expect(arena_printf(c->arena, "PoolUsageMaximum %lld %s 2020",
				       (long long)rows[i].percent, with ? "with" : "without"),
				c, with ? rows[i].with_2020 : rows[i].without);
		}

	/* A string is no percentage; a key that was not exported says nothing. */
	struct judge_case *c = judge_case_2003();

	judge_case_begin(c, "regfile");
	case_value(c->store, KEY_MEMORY_MANAGEMENT, "PoolUsageMaximum", "REG_SZ", 0, "40");
	case_end(c->store);
	case_full(c);
	case_2020(c, 1.2);
	expect("REG_SZ", c, "PT-V12");
	c = judge_case_open();
	case_machine(c, "5.2.3790", "x86", 2);
	case_full(c);
	expect("not exported, no 2020", c, "PT-V14");
}

/* ---- V10 ---- */

/* Hours count from 08:00: 14 is 22:00, 22 is 06:00. */
static void test_held(void)
{
	static const struct {
		const char *what;
		double hours[5], mmst[5];
		const char *rule;
	} series[] = {
		{ "18:00 to 03:00, never falling", { 10, 13, 16, 19 }, { 160, 170, 190, 200 }, "PT-V10" },
		{ "it stands", { 10, 13, 16, 19 }, { 200, 200, 200, 200 }, "PT-V10" },
		{ "it falls once", { 10, 13, 16, 19 }, { 160, 190, 189, 200 }, "PT-V12" },
		{ "three captures", { 10, 13, 19 }, { 160, 190, 200 }, "PT-V12" },
		{ "by day", { 1, 4, 7, 10 }, { 160, 170, 190, 200 }, "PT-V12" },
		{ "until 23:54", { 10, 12, 14, 15.9 }, { 160, 170, 190, 200 }, "PT-V12" },
		{ "until 00:06", { 10, 12, 14, 16.1 }, { 160, 170, 190, 200 }, "PT-V10" },
		{ "from 03:54", { 19.9, 21, 23, 25 }, { 160, 170, 190, 200 }, "PT-V10" },
		{ "from 04:06", { 20.1, 21, 23, 25 }, { 160, 170, 190, 200 }, "PT-V12" },
		{ "before and after the night", { 8, 9, 24, 25 }, { 160, 170, 190, 200 }, "PT-V10" },
		{ "a tail end after it falls", { 10, 13, 16, 19, 21 }, { 160, 170, 190, 200, 150 },
			"PT-V12" },
	};
	struct judge_case *c;

	for (size_t i = 0; i < LEN(series); i++) {
		double last = 0;

		c = judge_case_2003();
		for (int k = 0; k < 5 && series[i].hours[k] > 0; k++) {
			SNAP(c, .hours = series[i].hours[k], .mmst = series[i].mmst[k], .rest = 90);
			last = series[i].hours[k];
		}
		case_2020(c, last + 0.2);
		expect(series[i].what, c, series[i].rule);
	}

	/* The night is the server's: 08:00 by a clock that nobody knows may be midnight. */
	c = judge_case_open_untold();
	case_machine(c, "5.2.3790 Service Pack 2", "x86", 2);
	case_key(c);
	for (int k = 0; k < 4; k++)
		SNAP(c, .hours = 10 + 3 * k, .mmst = 160 + 10 * k, .rest = 90);
	case_2020(c, 19.2);
	expect("offset not known", c, "PT-V12");

	/* Another boot's captures do not count. */
	c = judge_case_2003();
	SNAP(c, .hours = 10, .mmst = 160, .rest = 90);
	case_logged(c, 11, "EventLog", 6005, NULL);
	for (int k = 0; k < 3; k++)
		SNAP(c, .hours = 13 + 3 * k, .mmst = 170 + 10 * k, .rest = 90, .allocs = 5000 + k);
	case_2020(c, 19.2);
	expect("three in this boot", c, "PT-V12");

	/* By use alone, without an event. */
	c = judge_case_2003();
	for (int k = 0; k < 4; k++)
		SNAP(c, .hours = 10 + 3 * k, .mmst = 190 + 5 * k, .rest = 90);
	expect("82 % used, no event", c, "PT-V10");
}

/* ---- V11 ---- */

static void test_unproven(void)
{
	static const struct {
		const char *what;
		double event;
		const char *rule;
	} events[] = {
		{ "4 h 6 min after the last capture", 5.1, "PT-V11" },
		{ "3 h 54 min after", 4.9, "PT-V12" },
		{ "4 h 6 min before the first capture", -4.1, "PT-V11" },
		{ "3 h 54 min before", -3.9, "PT-V12" },
	};
	struct judge_case *c;

	for (size_t i = 0; i < LEN(events); i++) {
		c = judge_case_2003();
		case_full(c);
		case_2020(c, events[i].event);
		expect(events[i].what, c, events[i].rule);
	}
	c = judge_case_2003();
	case_full(c);
	case_logged(c, 1.1, "EventLog", 6005, NULL);
	case_2020(c, 1.2);
	expect("in another boot", c, "PT-V11");
	c = judge_case_2003();
	case_2020(c, -0.5);
	case_logged(c, -0.2, "EventLog", 6005, NULL);
	case_full(c);
	expect("captured only after the restart", c, "PT-V11");
	c = judge_case_2003();
	case_full(c);
	case_2020(c, 100);
	case_2020(c, 1.3);
	expect("one of two is near", c, "PT-V12");
	c = judge_case_2003();
	SNAP(c, .mmst = 200, .rest = 90, .undated = true);
	case_2020(c, 1.2);
	expect("captures without a time", c, "PT-V11");
	c = with_percent(40);
	case_full(c);
	case_2020(c, 100);
	expect("40 is set: V8 comes first", c, "PT-V08");
}

/* ---- V12, V13 ---- */

static void test_tune(void)
{
	static const struct {
		const char *os, *arch, *rule;
	} systems[] = {
		{ "5.2.3790 Service Pack 2", "x86", "PT-V12" }, { "5.2.3790", "x86", "PT-V12" },
		{ "5.0.2195 Service Pack 4", "x86", "PT-V12" },
		{ "5.0.2195 Service Pack 2", "x86", "PT-V12" },
		{ "Windows 2000", NULL, "PT-V12" },             /* which service pack is not known */
		{ "5.0.2195 Service Pack 1", "x86", "PT-V17" }, /* the value is read from SP2 on */
		{ "5.2.3790 Service Pack 2", NULL, "PT-V12" }, { NULL, "x86", "PT-V12" },
		{ NULL, NULL, "PT-V12" }, { "5.2.3790 Service Pack 2", "x64", "PT-V13" },
		{ "Windows XP Professional x64 Edition", "x64", "PT-V13" },
		{ "5.1.2600 Service Pack 3", "x86", "PT-V17" }, /* XP is not in the article */
	};
	struct judge_case *c;

	for (size_t i = 0; i < LEN(systems); i++) {
		c = with_os(systems[i].os, systems[i].arch);
		case_full(c);
		case_2020(c, 1.2);
		expect(arena_printf(c->arena, "%s %s", systems[i].os ? systems[i].os : "?",
			       systems[i].arch ? systems[i].arch : "?"),
			c, systems[i].rule);
	}

	/* What the log says of the system: version and service pack of event 6009. */
	static const struct {
		const char *strings, *rule;
	} logged[] = {
		{ "5.00.|2195|Service Pack 4|Uniprocessor Free", "PT-V12" },
		{ "5.00.|2195|Service Pack 1|Uniprocessor Free", "PT-V17" },
		{ "5.00.|2195||Uniprocessor Free", "PT-V17" },
		{ "5.02.|3790||Multiprocessor Free", "PT-V12" },
		{ "5.00., 2195, Service Pack 1, Uniprocessor Free", "PT-V17" }, /* EvtxECmd */
		{ "5.00., 2195, Service Pack 4, Uniprocessor Free", "PT-V12" },
		{ "5.00., 2195, , Uniprocessor Free", "PT-V17" },
		{ "4.00.|1381|Service Pack 6|Uniprocessor Free", "PT-V02" },
		{ "6.03.|9600||Multiprocessor Free|17415", "PT-V03" },
	};

	for (size_t i = 0; i < LEN(logged); i++) {
		c = judge_case_open();
		case_key(c);
		case_logged(c, -20, "EventLog", 6009, logged[i].strings);
		case_full(c);
		case_2020(c, 1.2);
		expect(logged[i].strings, c, logged[i].rule);
	}
}

/* ---- V14, V15, V16, V17 ---- */

static void test_levels(void)
{
	/* of a told maximum of 300 MB */
	static const struct {
		double mmst, rest;
		const char *os, *arch, *rule;
	} rows[] = {
		{ 150, 90, "5.2.3790", "x86", "PT-V14" },
		{ 149, 90, "5.2.3790", "x86", "PT-V15" },
		{ 90, 90, "5.2.3790", "x86", "PT-V15" },
		{ 89, 90, "5.2.3790", "x86", "PT-V16" },
		{ 10, 90, "5.2.3790", "x86", "PT-V16" }, /* whichever tag is the largest */
		{ 10, 190, "5.2.3790", "x86", "PT-V06" },
		{ 150, 90, "5.2.3790", "x64", "PT-V14" },
		{ 150, 90, NULL, NULL, "PT-V14" },
		{ 90, 90, NULL, NULL, "PT-V15" },
		{ 80, 90, NULL, NULL, "PT-V16" },
		{ 150, 90, "5.1.2600", "x86", "PT-V14" },
		{ 80, 90, "5.1.2600", "x86", "PT-V16" },
	};
	struct judge_case *c;

	for (size_t i = 0; i < LEN(rows); i++) {
		c = judge_case_open();
		case_machine(c, rows[i].os, rows[i].arch, 0);
		case_maximum(c, 300);
		case_key(c);
		SNAP(c, .hours = 1, .mmst = rows[i].mmst, .rest = rows[i].rest);
		expect(arena_printf(c->arena, "%g + %g MiB of 300 on %s", rows[i].mmst, rows[i].rest,
			       rows[i].os ? rows[i].os : "?"),
			c, rows[i].rule);
	}

	c = judge_case_open();
	SNAP(c, .hours = 1, .mmst = 100, .rest = 90);
	expect("nothing is known of the system and nothing happened", c, "PT-V17");
	c = with_os("5.1.2600", "x86");
	SNAP(c, .hours = 1, .mmst = 30, .rest = 30);
	expect("XP: only an upper end is published", c, "PT-V17");
}

/* A value is withheld for what is known: not for a failure that no log could show, nor a maximum nobody
 * knows. */
static void test_withheld_words(void)
{
	static const struct {
		double mmst;
		bool logged, limit;
		const char *rule, *want;
	} rows[] = {
		{ 149, false, true, "PT-V15",
			"no failure is known (no event log was read), and the pool is below 80 % of its maximum" },
		{ 10, true, true, "PT-V16",
			"no Event 2020 or 2019 was logged, and the pool is below 60 % of its maximum" },
		{ 10, true, false, "PT-V16",
			"no Event 2020 or 2019 was logged, and the paged pool held less than 1 GB" },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct judge_case *c = judge_case_open();
		struct judgement *j;

		if (rows[i].limit)
			case_maximum(c, 300);
		else
			case_machine(c, "6.1.7601", NULL, 0);
		if (rows[i].logged)
			case_quiet_log(c, 0);
		SNAP(c, .hours = 1, .mmst = rows[i].mmst, .rest = 90);
		j = case_judge(c);
		CHECK_RULE(rows[i].want, j, rows[i].rule);
		CHECK_TEXT(prescription_of(j, "PoolUsageMaximum")->reason, rows[i].want);
		judge_case_close(c);
	}
}

/* Captures without a time are in no order: no first and no last of them is stated. */
static void test_undated(void)
{
	struct judge_case *c = judge_case_open();
	const struct tag_series *t;

	SNAP(c, .mmst = 150, .rest = 90, .undated = true);
	t = case_evidence(c)->mmst;
	CHECK(t->ordered && t->first == t->last && t->first == t->peak);
	SNAP(c, .mmst = 100, .rest = 90, .undated = true);
	t = case_evidence(c)->mmst;
	CHECK(!t->ordered && t->peak == case_mib(150));
	SNAP(c, .hours = 1, .mmst = 20, .rest = 90);
	SNAP(c, .hours = 2, .mmst = 30, .rest = 90);
	t = case_evidence(c)->mmst;
	CHECK(t->ordered && t->first == case_mib(20) && t->last == case_mib(30) && t->peak == case_mib(150));
	judge_case_close(c);
}

/* ---- the maximum ---- */

static void test_maximum(void)
{
	struct judge_case *c;
	struct judgement *j;

	/* RAM not known: 168 to 354. 120 MiB are 71 % of the one and 34 % of the other. */
	c = judge_case_open();
	case_machine(c, "5.2.3790", "x86", 0);
	case_key(c);
	SNAP(c, .hours = 1, .mmst = 70, .rest = 50);
	j = case_judge(c);
	CHECK_RULE("the ends differ", j, "PT-V15");
	CHECK(j->other == &rules[RULE_V16]);
	CHECK_INT(j->confidence, CONFIDENCE_LOW);
	CHECK(list_has(&j->reasons, "PT-V16"));
	CHECK(list_has(&j->raise, "!vm"));
	CHECK_NEAR(j->use_high, 100.0 * 120 / 168, 1e-9);
	CHECK_NEAR(j->use_low, 100.0 * 120 / 354, 1e-9);
	judge_case_close(c);

	/* What was in use was possible. */
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 300, .rest = 90);
	j = case_judge(c);
	CHECK_INT(j->e->limit.low, case_mib(390));
	CHECK_INT(j->e->limit.high, case_mib(390));
	judge_case_close(c);
	c = judge_case_open();
	case_machine(c, "5.2.3790", "x86", 0);
	SNAP(c, .hours = 1, .mmst = 100, .rest = 90);
	j = case_judge(c);
	CHECK_INT(j->e->limit.low, case_mib(190));
	CHECK_INT(j->e->limit.high, case_mib(354));
	judge_case_close(c);

	/* A size that was asked for is an upper end; RAM may give less. */
	static const struct {
		int64_t size;
		double used, low, high;
	} sizes[] = {
		{ 0x0A000000, 100, 160, 160 },
		{ 0x14000000, 100, 320, 320 },
		{ 0x20000000, 100, 352, 512 },
		{ 0xC0, 100, 352, 354 },       /* 192 bytes are no pool */
		{ 0x0A000000, 200, 352, 354 }, /* 200 MiB in use: the request does not hold */
		{ 0x20000001, 100, 352, 354 }, /* out of the documented range */
		{ PAGED_POOL_SIZE_MAXIMUM, 100, 460, 530 },
		{ 0, 100, 352, 354 },
	};

	for (size_t i = 0; i < LEN(sizes); i++) {
		c = judge_case_2003();
		case_set(c, "PagedPoolSize", sizes[i].size);
		SNAP(c, .hours = 1, .mmst = sizes[i].used / 2, .rest = sizes[i].used / 2);
		j = case_judge(c);
		if (!check_count(j->e->limit.low == case_mib(sizes[i].low) &&
					 j->e->limit.high == case_mib(sizes[i].high),
			    __FILE__, __LINE__))
			printf("PagedPoolSize 0x%llx with %g MiB in use: %lld to %lld MiB\n",
				(long long)sizes[i].size, sizes[i].used, (long long)(j->e->limit.low / MIB),
				(long long)(j->e->limit.high / MIB));
		judge_case_close(c);
	}

	/* Told comes before everything, but what was seen in use was possible. */
	c = judge_case_2003();
	case_set(c, "PagedPoolSize", 0x0A000000);
	case_maximum(c, 343);
	SNAP(c, .hours = 1, .mmst = 60, .rest = 60);
	j = case_judge(c);
	CHECK_INT(j->e->limit.low, case_mib(343));
	CHECK_INT(j->e->limit.high, case_mib(343));
	CHECK_INT(j->e->limit_from, LIMIT_TOLD);
	judge_case_close(c);

	/* What !vm measured comes before PagedPoolSize and the tables, not before what was told. */
	c = judge_case_2003();
	case_set(c, "PagedPoolSize", 0x0A000000);
	case_vm(c, FACT_PAGED_MAX, case_mib(344));
	SNAP(c, .hours = 1, .mmst = 60, .rest = 60);
	j = case_judge(c);
	CHECK_INT(j->e->limit.low, case_mib(344));
	CHECK_INT(j->e->limit.high, case_mib(344));
	CHECK_INT(j->e->limit_from, LIMIT_MEASURED);
	CHECK_TEXT(j->e->limit.source, "measured by !vm");
	case_maximum(c, 343);
	CHECK_INT(case_judge(c)->e->limit.high, case_mib(343));
	judge_case_close(c);

	/* Less than what was in use is not believed, told or measured; a measured maximum that is reached is
	 * met. */
	c = judge_case_2003();
	case_maximum(c, 100);
	case_vm(c, FACT_PAGED_MAX, case_mib(344));
	SNAP(c, .hours = 1, .mmst = 300, .rest = 44);
	j = case_judge(c);
	CHECK(j->e->told_implausible && !j->e->measured_implausible);
	CHECK_INT(j->e->limit.high, case_mib(344));
	CHECK_INT(j->severity, SEVERITY_ERROR);
	judge_case_close(c);
	c = judge_case_2003();
	case_vm(c, FACT_PAGED_MAX, case_mib(100));
	SNAP(c, .hours = 1, .mmst = 300, .rest = 44);
	j = case_judge(c);
	CHECK(j->e->measured_implausible);
	CHECK_INT(j->e->limit_from, LIMIT_TABLE);
	CHECK_INT(j->e->limit.high, case_mib(354));
	judge_case_close(c);

	/* Where the pool is dynamic, address space is no limit that is met first. */
	for (int commit = 0; commit < 2; commit++) {
		c = judge_case_open();
		case_machine(c, "6.1.7601 Service Pack 1", "x64", 32);
		case_vm(c, FACT_PAGED_MAX, 128 * GIB);
		SNAP(c, .hours = 1, .mmst = 60, .rest = 60, .commit_limit = commit ? 36000 : 0);
		j = case_judge(c);
		CHECK_INT(j->e->limit.high, commit ? case_mib(36000) : 128 * GIB);
		judge_case_close(c);
	}

	/* RAM of a poolsnap's own header. */
	c = judge_case_open();
	case_machine(c, "5.2.3790", "x86", 0);
	SNAP(c, .hours = 1, .mmst = 60, .rest = 60, .physical = 1023);
	j = case_judge(c);
	CHECK_INT(j->e->limit.high, case_mib(184));
	judge_case_close(c);
}

/* ---- exhaustion told by other programs ---- */

/* 1450, 1130 and C000009A in the words of backup and copy jobs: backups fail without a 2020 (KB 304101). */
static const struct {
	const char *what, *provider;
	int id;
	const char *strings;
	bool counts;
} texts[] = {
	{ "error 1450", "NTBackup", 8019, "The operation failed. Error 1450: Insufficient system resources",
		true },
	{ "1450 alone", "Backup Exec", 57476, "E:\\data|1450", false }, /* it may count anything */
	{ "an uptime of 1450 seconds", "EventLog", 6013, "||||1450|60|300 Eastern Standard Time", false },
	{ "1130 in another language", "Backup", 1, "Fehlercode=1130", true },
	{ "a message number", "Service Control Manager", 7000, "Backup Agent|%%1450", true },
	{ "1130", "NetBackup", 1000, "copy failed with error 1130", true },
	{ "the status", "Copy", 1, "open returned 0xC000009A", true },
	{ "the status without 0x", "Copy", 1, "STATUS c000009a on \\\\FS01\\share", true },
	{ "as a result code", "Copy", 1, "hr = 0x800705AA", true },
	{ "as 1130's result code", "Copy", 1, "hr = 0x8007046a", true },
	{ "by name", "Copy", 1, "ERROR_NO_SYSTEM_RESOURCES", true },
	{ "by words", "Userenv", 1508,
		"Insufficient system resources exist to complete the requested service.", true },
	{ "a count", "NTBackup", 8019, "1450 files were copied", false },
	{ "a count in the middle", "NTBackup", 8019, "copied 1450 files (1130)", false },
	{ "a longer number", "NTBackup", 8019, "Error 14501", false },
	{ "a number that ends so", "NTBackup", 8019, "|21450", false },
	{ "a longer status", "Copy", 1, "0xC000009A1", false },
	{ "another error", "NTBackup", 8019, "Error 5: Access is denied", false },
	{ "no strings", "NTBackup", 1450, NULL, false },
};

static void test_texts(void)
{
	struct judge_case *c;

	for (size_t i = 0; i < LEN(texts); i++) {
		struct record r;
		char strings[256] = "";
		struct judgement *j;

		c = judge_case_2003();
		SNAP(c, .hours = 1, .mmst = 130, .rest = 90);
		case_logged(c, 1.2, texts[i].provider, texts[i].id, texts[i].strings);
		j = case_judge(c);
		CHECK_RULE(texts[i].what, j, texts[i].counts ? "PT-V12" : "PT-V15");
		judge_case_close(c);

		/* And it is kept when a log is read, whoever wrote it. */
		record_start(&r, RECORD_EVENT, 1);
		record_text(&r, EVENT_PROVIDER, SPAN("Whoever"));
		record_number(&r, EVENT_EVENT_ID, 1);
		for (size_t k = 0; texts[i].strings && texts[i].strings[k]; k++)
			strings[k] =
				(char)(texts[i].strings[k] == '|' ? STRINGS_BETWEEN : texts[i].strings[k]);
		if (texts[i].strings)
			record_text(&r, EVENT_STRINGS, span_of(strings));
		if (!check_count(evidence_uses(&r) == texts[i].counts, __FILE__, __LINE__))
			printf("%s: %s\n", texts[i].what, texts[i].counts ? "not kept" : "kept");
	}

	/* A driver's packet that ended in C000009A is no such text: such records stand in the logs of healthy
	 * systems. */
	static const unsigned char packet[44] = { 0, 0, 4, 0, 1, 0, 0x32, 0, 0, 0, 0, 0, 0x33, 0, 4, 0x80, 0,
		0, 0, 0, 0x9A, 0, 0, 0xC0 };

	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 130, .rest = 90);
	judge_case_begin(c, "events");
	EVENT(c->store, .at = case_hours(1.2), .computer = CASE_SERVER, .channel = "System", .record = 1,
		.provider = "Disk", .id = 51, .data = packet, .data_n = sizeof packet);
	case_end(c->store);
	expect("a packet of Disk 51", c, "PT-V15");

	/* They stand for 2020 in the other rules too, one level less sure; 2019 without a 2020 stays what it
	 * is. */
	c = with_percent(40);
	case_full(c);
	case_logged(c, 1.2, "NTBackup", 8019, "Error 1450");
	expect("40 is set", c, "PT-V08");
	c = judge_case_2003();
	case_full(c);
	case_logged(c, 9, "NTBackup", 8019, "Error 1450");
	expect("not near a capture", c, "PT-V11");
	c = judge_case_2003();
	case_full(c);
	case_2019(c, 1.2);
	case_logged(c, 1.3, "NTBackup", 8019, "Error 1450");
	expect("2019 and a text", c, "PT-V05");
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 40, .rest = 90, .tag = "Toke", .tag_mib = 50);
	case_logged(c, 1.3, "NTBackup", 8019, "Error 1450");
	expect("another tag leads", c, "PT-V06");
}

/* ---- what a review found ---- */

/* Two boots: what the headline says of MmSt is of the one that is judged. */
static void test_headline_of_boot(void)
{
	struct judge_case *c = judge_case_2003();
	struct judgement *j;

	SNAP(c, .hours = 1, .mmst = 230, .rest = 90);
	SNAP(c, .hours = 2, .mmst = 225, .rest = 90);
	case_logged(c, 3, "EventLog", 6005, NULL);
	SNAP(c, .hours = 4, .mmst = 150, .rest = 90, .allocs = 5000);
	SNAP(c, .hours = 5, .mmst = 175, .rest = 90, .allocs = 6000);
	case_2020(c, 5.1);
	j = case_judge(c);
	CHECK(strstr(j->headline, "175.0 MiB") != NULL);
	CHECK(strstr(j->headline, "230") == NULL);
	judge_case_close(c);
}

static bool has_reason(const struct judgement *j, const char *words)
{
	for (size_t i = 0; i < j->reasons.count; i++)
		if (strstr(j->reasons.items[i], words))
			return true;
	return false;
}

/* 60 is set, and the server was restarted after the last 2020: it may be in force only since then. */
static void test_restarted_since(void)
{
	for (int again = 0; again < 2; again++) {
		struct judge_case *c = judge_case_2003();
		struct judgement *j;

		case_set(c, "PoolUsageMaximum", 60);
		case_full(c);
		case_2020(c, 1.2);
		if (again)
			case_logged(c, 9, "EventLog", 6005, NULL);
		j = case_judge(c);
		CHECK_RULE("60 set", j, "PT-V09");
		CHECK(has_reason(j, "restarted after the last Event 2020") == (again != 0));
		judge_case_close(c);
	}
}

/* More events than can be listed: all are counted, one a minute is looked at. */
static void test_flood(void)
{
	struct judge_case *c = judge_case_2003();
	const struct evidence *e;

	case_full(c);
	judge_case_begin(c, "events");
	for (int i = 0; i < 20100; i++)
		EVENT(c->store, .at = case_hours(1.2) + i * WHEN_SECOND, .computer = CASE_SERVER,
			.channel = "System", .record = ++c->record, .provider = "Srv", .id = 2020);
	case_end(c->store);
	e = case_judge(c)->e;
	CHECK_INT(e->count_2020, 20100);
	CHECK(e->exhaustion_count >= 335 && e->exhaustion_count <= 337);
	CHECK_INT(e->burst_count, 1);
	CHECK_INT(e->bursts[0].count, 20100);
	judge_case_close(c);
}

int main(void)
{
	test_revert();
	test_nt4();
	test_dynamic();
	test_insufficient();
	test_nonpaged();
	test_other();
	test_mixed();
	test_in_force();
	test_held_since();
	test_percent();
	test_held();
	test_unproven();
	test_tune();
	test_levels();
	test_withheld_words();
	test_undated();
	test_maximum();
	test_texts();
	test_headline_of_boot();
	test_restarted_since();
	test_flood();
	return check_end();
}
