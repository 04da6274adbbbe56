/* SPDX-License-Identifier: MIT
 * Which values follow from a verdict: the step that the measured burst needs, and every guard before it is
 * printed. */
#include "tests/judge_case.h"

#include "analysis/analysis.h"
#include "core/report.h"

/* ---- a judgement put together by hand: two captures an hour apart ---- */

struct measured {
	double maximum; /* MiB; 0: not known */
	int64_t burst;  /* bytes; -1: only one capture */
	double floor;   /* MiB */
	int64_t set;    /* PoolUsageMaximum in force; -1 absent */
	bool switch_3gb;
};

static int step_of(const struct measured *m, bool *fits)
{
	struct snapshot s[2] = { { .at = case_hours(0) }, { .at = case_hours(1) } };
	struct evidence e = {
		.thresholds = &thresholds_default, .snapshots = s, .snapshot_count = 2, .dated_count = 2
	};
	struct judgement j = { .e = &e };
	struct arena *a = arena_open();
	int step;

	s[1].paged = case_mib(1000);
	s[1].mmst = s[1].paged - case_mib(m->floor);
	s[1].largest = "MmSt";
	s[0].paged = s[1].paged - (m->burst > 0 ? m->burst : 0);
	e.peak = &s[1];
	if (m->burst < 0)
		e.dated_count = 1;
	e.machine.switch_3gb = m->switch_3gb;
	if (m->set >= 0)
		e.pool_usage_maximum = (struct setting){ .state = SETTING_NUMBER, .number = m->set };
	e.limit = (struct pool_limit){ case_mib(m->maximum), case_mib(m->maximum), m->maximum > 0, "hand" };
	judge_measure(&j, a);
	step = judge_step(&j, case_mib(m->maximum), fits);
	arena_close(a);
	return step;
}

/* The printed table: the room above 80, 60, 50, 40 percent of each maximum, and the largest burst that each
 * step takes. */
static const struct {
	double maximum, room[4], burst[3];
} table[] = {
	{ 160, { 32.0, 64.0, 80.0, 96.0 }, { 51.2, 64.0, 76.8 } },
	{ 168, { 33.6, 67.2, 84.0, 100.8 }, { 53.8, 67.2, 80.6 } },
	{ 192, { 38.4, 76.8, 96.0, 115.2 }, { 61.4, 76.8, 92.2 } },
	{ 343, { 68.6, 137.2, 171.5, 205.8 }, { 109.8, 137.2, 164.6 } },
	{ 352, { 70.4, 140.8, 176.0, 211.2 }, { 112.6, 140.8, 169.0 } },
	{ 530, { 106.0, 212.0, 265.0, 318.0 }, { 169.6, 212.0, 254.4 } },
};

static void test_table(void)
{
	static const int percents[] = { 60, 50, 40 };

	CHECK_INT(STEPS, 4);
	for (int i = 0; i < STEPS; i++)
		CHECK_INT(steps[i], i ? percents[i - 1] : 80);
	CHECK_NEAR(0.8 * 343, 274.4, 1e-12);
	for (size_t i = 0; i < LEN(table); i++)
		for (int k = 0; k < 3; k++) {
			double room = (100 - percents[k]) / 100.0 * table[i].maximum;
			int64_t most =
				(int64_t)(room / 1.25 *
					  (double)MIB); /* the largest burst that fits, in whole bytes */
			struct measured m = { table[i].maximum, most, 10, -1, false };
			bool fits;

			CHECK_NEAR(room, table[i].room[k + 1], 1e-3);
			CHECK(fabs(room / 1.25 - table[i].burst[k]) <= 0.0501);
			CHECK_INT(step_of(&m, &fits), percents[k]);
			CHECK(fits);
			m.burst = most + 1;
			CHECK_INT(step_of(&m, &fits), k < 2 ? percents[k + 1] : 40);
			CHECK(fits == (k < 2));
		}
	/* Exactly as much as fits: 200 MB leave 80 above 60 %, 64 times 1.25. */
	struct measured m = { 200, case_mib(64), 10, -1, false };
	bool fits;

	CHECK_INT(step_of(&m, &fits), 60);
	m.burst++;
	CHECK_INT(step_of(&m, &fits), 50);
}

static const struct {
	const char *what;
	struct measured m;
	int step;
	bool fits;
} choices[] = {
	{ "nothing is known", { 0, -1, 100, -1, false }, 60, false },
	{ "no maximum", { 0, 50 * MIB, 100, -1, false }, 60, false },
	{ "no burst was measured", { 343, -1, 100, -1, false }, 60, false },
	{ "the pool did not rise", { 343, 0, 100, -1, false }, 60, true },
	{ "a small burst", { 343, 50 * MIB, 100, -1, false }, 60, true },
	{ "a burst for 50", { 343, 120 * MIB, 100, -1, false }, 50, true },
	{ "a burst for 40", { 343, 150 * MIB, 100, -1, false }, 40, true },
	/* with 343: 40 % are 137.2, 50 % 171.5, 60 % 205.8 */
	{ "a small burst, a floor between 50 and 60", { 343, 50 * MIB, 180, -1, false }, 60, true },
	{ "no step has the room: the lowest above the floor", { 343, 250 * MIB, 100, -1, false }, 40, false },
	{ "no room, the floor is above 40", { 343, 250 * MIB, 150, -1, false }, 50, false },
	{ "no room, the floor is above 50", { 343, 250 * MIB, 190, -1, false }, 60, false },
	{ "40 has the room but not the floor: the lowest above the floor", { 343, 150 * MIB, 140, -1, false },
		50, false },
	{ "50 has the room and the floor", { 343, 130 * MIB, 140, -1, false }, 50, true },
	{ "the floor is just below 40", { 343, 150 * MIB, 137.1, -1, false }, 40, true },
	{ "/3GB starts at 40", { 158, -1, 50, -1, true }, 40, false },
	{ "/3GB, a small burst", { 158, 10 * MIB, 50, -1, true }, 40, true },
	{ "/3GB, 60 is set", { 158, 10 * MIB, 50, 60, true }, 40, true },
	{ "60 is set, nothing measured", { 343, -1, 100, 60, false }, 50, false },
	{ "60 is set, a small burst: the largest of the rest", { 343, 50 * MIB, 100, 60, false }, 50, true },
	{ "60 is set, a burst for 40", { 343, 150 * MIB, 100, 60, false }, 40, true },
	{ "60 is set, no room at all", { 343, 250 * MIB, 100, 60, false }, 40, false },
	{ "60 is set, no room, the floor is above 40", { 343, 250 * MIB, 150, 60, false }, 50, false },
	{ "55 is set", { 343, 50 * MIB, 100, 55, false }, 50, true },
	{ "50 is set", { 343, 50 * MIB, 100, 50, false }, 40, true },
	{ "41 is set", { 343, 50 * MIB, 100, 41, false }, 40, true },
	{ "80 is the default", { 343, 50 * MIB, 100, 80, false }, 60, true },
	{ "96 is no step", { 343, 50 * MIB, 100, 96, false }, 60, true },
};

static void test_choices(void)
{
	for (size_t i = 0; i < LEN(choices); i++) {
		bool fits;
		int step = step_of(&choices[i].m, &fits);

		if (!check_count(step == choices[i].step && fits == choices[i].fits, __FILE__, __LINE__))
			printf("%s: %d%s, not %d%s\n", choices[i].what, step, fits ? " fits" : "",
				choices[i].step, choices[i].fits ? " fits" : "");
	}
}

/* ---- what a burst is ---- */

static void check_burst(const char *file, int line, const char *what, struct judge_case *c, double mib)
{
	struct judgement *j = case_judge(c);
	int64_t bytes = j->burst.known ? j->burst.bytes : -1;

	if (!check_count(
		    mib < 0 ? !j->burst.known : llabs((long long)(bytes - case_mib(mib))) < 16, file, line))
		printf("%s: %.3f MiB, not %g\n", what, (double)bytes / (double)MIB, mib);
	if (mib >= 0)
		CHECK(j->burst.source && *j->burst.source);
	judge_case_close(c);
}
#define CHECK_BURST(what, c, mib) check_burst(__FILE__, __LINE__, what, c, mib)

static struct judge_case *captures(size_t n, const double (*at)[2])
{
	struct judge_case *c = judge_case_open();

	case_machine(c, "5.2.3790", "x86", 2);
	case_maximum(c, 343);
	for (size_t i = 0; i < n; i++)
		SNAP(c, .hours = at[i][0], .mmst = at[i][1] - 50, .rest = 50);
	return c;
}
#define CAPTURES(...) \
	captures(sizeof(const double[][2]){ __VA_ARGS__ } / sizeof(double[2]), \
		(const double[][2]){ __VA_ARGS__ })

static void test_bursts(void)
{
	struct judge_case *c;

	CHECK_BURST("one capture", CAPTURES({ 0, 100 }), -1);
	CHECK_BURST("two", CAPTURES({ 0, 100 }, { 1, 130 }), 30);
	CHECK_BURST("to any later one, not only the next",
		CAPTURES({ 0, 100 }, { 0.5, 110 }, { 1, 105 }, { 1.5, 160 }), 60);
	CHECK_BURST("2 h", CAPTURES({ 0, 100 }, { 2, 130 }), 30);
	CHECK_BURST("more than 2 h", CAPTURES({ 0, 100 }, { 2.01, 130 }), -1);
	CHECK_BURST("more than 2 h in all, less each", CAPTURES({ 0, 100 }, { 1.5, 120 }, { 3, 150 }), 30);
	CHECK_BURST("falling", CAPTURES({ 0, 130 }, { 1, 100 }), 0);
	c = CAPTURES({ 0, 100 });
	case_logged(c, 0.5, "EventLog", 6005, NULL);
	SNAP(c, .hours = 1, .mmst = 200, .rest = 50);
	CHECK_BURST("another boot", c, -1);
	c = CAPTURES({ 1, 260 });
	SNAP(c, .hours = 0.5, .mmst = 40, .rest = 10, .printed = -1, .live = true);
	CHECK_BURST("the rows on a screen are no total", c, -1);

	/* the room that was left before an event: M - U, when U is at most 1 h old and of the same boot */
	c = CAPTURES({ 0, 200 });
	case_2020(c, 1.0 / 3);
	CHECK_BURST("2020 20 minutes later", c, 143);
	c = CAPTURES({ 0, 200 });
	case_2020(c, 1);
	CHECK_BURST("an hour later", c, 143);
	c = CAPTURES({ 0, 200 });
	case_2020(c, 1.01);
	CHECK_BURST("more than an hour later", c, -1);
	c = CAPTURES({ 0, 200 });
	case_2020(c, -0.2);
	CHECK_BURST("before it", c, -1);
	c = CAPTURES({ 0, 200 });
	case_2019(c, 0.2);
	CHECK_BURST("2019 fills another pool", c, -1);
	c = CAPTURES({ 0, 200 });
	case_logged(c, 0.1, "EventLog", 6005, NULL);
	case_2020(c, 0.3);
	CHECK_BURST("a restart between", c, -1);
	c = CAPTURES({ 0, 200 }, { 0.5, 280 });
	case_2020(c, 0.6);
	CHECK_BURST("the rise is larger than the room", c, 80);
	c = CAPTURES({ 0, 200 }, { 0.5, 230 });
	case_2020(c, 0.6);
	CHECK_BURST("the room is larger than the rise", c, 113);
	c = CAPTURES({ 0, 200 }, { 0.5, 230 });
	case_2020(c, 0.3);
	case_2020(c, 0.6);
	CHECK_BURST("the largest room of several events", c, 143);
}

/* The facts' own example: 343 MB, 200 in use at 10:00, 2020 at 10:20. 143 times 1.25 is 178.75: 40 leaves
 * 205.8. */
static void test_example(void)
{
	struct judge_case *c = CAPTURES({ 2, 200 });
	const struct prescription *p;
	struct judgement *j;

	case_key(c);
	case_2020(c, 2 + 1.0 / 3);
	j = case_judge(c);
	CHECK_RULE("example", j, "PT-V12");
	CHECK_INT(j->burst.bytes, case_mib(143));
	CHECK(j->burst.from == NULL);
	CHECK(strstr(j->burst.source, "20 min") != NULL);
	CHECK_INT(j->step, 40);
	CHECK(j->step_fits);
	p = prescription_of(j, "PoolUsageMaximum");
	CHECK(p && p->recommended && p->primary && p->data == 40);
	/* both are printed: what the article says and what the burst argues for */
	CHECK(p && strstr(p->reason, "60") && strstr(p->reason, "40") && strstr(p->reason, "206 MiB"));
	CHECK(p && !strstr(p->reason, "no burst"));
	judge_case_close(c);
}

/* Chosen on the low end, the high end is mentioned. */
static void test_interval(void)
{
	struct judge_case *c = judge_case_open();
	const struct prescription *p;
	struct judgement *j;

	case_machine(c, "5.2.3790", "x86", 0); /* 168 to 354 */
	case_key(c);
	SNAP(c, .hours = 0, .mmst = 30, .rest = 55);
	SNAP(c, .hours = 1, .mmst = 100, .rest = 55);
	case_2020(c, 3.5);
	j = case_judge(c);
	CHECK_RULE("interval", j, "PT-V12");
	/* 70 times 1.25 is 87.5: of 168, 40 % leaves 100.8, 50 % 84; of 354, 60 % leaves 141.6 */
	CHECK_INT(j->step, 40);
	CHECK_INT(j->step_high, 60);
	p = prescription_of(j, "PoolUsageMaximum");
	CHECK(p && p->data == 40 && strstr(p->reason, "60") != NULL);
	judge_case_close(c);
}

static void test_no_burst_is_said(void)
{
	struct judge_case *c = CAPTURES({ 0, 200 }, { 3, 280 });
	const struct prescription *p;

	case_key(c);
	case_2020(c, 5);
	p = prescription_of(case_judge(c), "PoolUsageMaximum");
	CHECK(p && p->data == 60 && strstr(p->reason, "no burst"));
	judge_case_close(c);
}

/* ---- what each verdict prints ---- */

struct server {
	const char *os, *arch;
	double ram;
	int64_t percent, size; /* set in an export; -1 absent, -2 no export */
	const char *switches[2];
};

static struct judge_case *open_server(struct server v)
{
	struct judge_case *c = judge_case_open();

	case_machine(c, v.os, v.arch, v.ram);
	if (v.percent != -2 || v.size >= 0)
		case_export(c, v.percent, v.size);
	for (int i = 0; i < 2; i++)
		if (v.switches[i])
			case_switch(c, v.switches[i]);
	return c;
}

#define FF      PAGED_POOL_SIZE_MAXIMUM
#define S2003   "5.2.3790 Service Pack 2", "x86", 4
#define GUARDED -1

/* MmSt leads and Event 2020 was logged: what of the two values is to be set? -1: withheld. */
static const struct {
	const char *what;
	struct server server;
	const char *rule;
	int64_t percent, size;
} tunings[] = {
	{ "nothing set", { S2003, -1, -1, { NULL } }, "PT-V12", 60, FF },
	{ "nothing known", { S2003, -2, -1, { NULL } }, "PT-V12", 60, FF },
	{ "defaults set", { S2003, 80, 0, { NULL } }, "PT-V12", 60, FF },
	{ "96", { S2003, 96, 0, { NULL } }, "PT-V12", 60, FF },
	{ "/3GB", { S2003, -1, -1, { "/3GB" } }, "PT-V12", 40, FF },
	{ "/3gb in small letters, with a switch that follows it",
		{ S2003, -1, -1, { "/3gb /noexecute=optin" } }, "PT-V12", 40, FF },
	{ "/PAE alone", { S2003, -1, -1, { "/PAE" } }, "PT-V12", 60, FF },
	{ "/3GB and /PAE", { S2003, -1, -1, { "/3GB", "/PAE" } }, "PT-V12", 40, GUARDED },
	{ "/3GB and /pae", { S2003, -1, -1, { "/pae", "/3GB" } }, "PT-V12", 40, GUARDED },
	{ "64 GB", { "5.2.3790", "x86", 64, -1, -1, { NULL } }, "PT-V12", 60, GUARDED },
	{ "64 GB as systeminfo prints it", { "5.2.3790", "x86", 63.999, -1, -1, { NULL } }, "PT-V12", 60,
		GUARDED },
	{ "60 GB", { "5.2.3790", "x86", 60, -1, -1, { NULL } }, "PT-V12", 60, GUARDED },
	{ "59.9 GB", { "5.2.3790", "x86", 59.9, -1, -1, { NULL } }, "PT-V12", 60, FF },
	{ "64 GB, architecture not known", { "5.2.3790", NULL, 64, -1, -1, { NULL } }, "PT-V12", 60,
		GUARDED },
	{ "64 GB, Windows not known", { NULL, "x86", 64, -1, -1, { NULL } }, "PT-V12", 60, GUARDED },
	{ "32 GB of Windows 2000", { "5.0.2195 Service Pack 4", "x86", 32, -1, -1, { NULL } }, "PT-V12", 60,
		FF },
	{ "already the largest", { S2003, -1, FF, { NULL } }, "PT-V12", 60, GUARDED },
	{ "an explicit size", { S2003, -1, 0x14000000, { NULL } }, "PT-V12", 60, FF },
	/* The article is for 32-bit systems, whichever Windows it is. */
	{ "64-bit, Windows not known", { NULL, "x64", 8, -1, -1, { NULL } }, "PT-V17", -1, GUARDED },
	{ "60 set", { S2003, 60, -1, { NULL } }, "PT-V09", 50, FF },
	{ "60 set, size automatic", { S2003, 60, 0, { NULL } }, "PT-V09", 50, FF },
	{ "60 set, an explicit size", { S2003, 60, 0x14000000, { NULL } }, "PT-V09", 50, GUARDED },
	{ "60 and the largest set", { S2003, 60, FF, { NULL } }, "PT-V09", 50, GUARDED },
	{ "60 set, /3GB", { S2003, 60, -1, { "/3GB" } }, "PT-V09", 40, FF },
	{ "50 set", { S2003, 50, -1, { NULL } }, "PT-V09", 40, FF },
	{ "40 set", { S2003, 40, -1, { NULL } }, "PT-V08", -1, FF },
	{ "40 set, size automatic", { S2003, 40, 0, { NULL } }, "PT-V08", -1, FF },
	{ "40 set, an explicit size", { S2003, 40, 0x14000000, { NULL } }, "PT-V08", -1, GUARDED },
	{ "40 and the largest set", { S2003, 40, FF, { NULL } }, "PT-V08", -1, GUARDED },
	{ "40 set, /3GB and /PAE", { S2003, 40, -1, { "/3GB", "/PAE" } }, "PT-V08", -1, GUARDED },
	{ "10 set", { S2003, 10, -1, { NULL } }, "PT-V08", -1, FF },
	{ "2003 x64", { "5.2.3790", "x64", 8, -1, -1, { NULL } }, "PT-V13", -1, GUARDED },
	{ "2003 x64, 60 set", { "5.2.3790", "x64", 8, 60, -1, { NULL } }, "PT-V13", -1, GUARDED },
	{ "XP, 60 set", { "5.1.2600", "x86", 1, 60, -1, { NULL } }, "PT-V17", -1, GUARDED },
	{ "2012 R2", { "6.3.9600", "x64", 8, -1, -1, { NULL } }, "PT-V03", -1, GUARDED },
	{ "2008 x86", { "6.0.6002", "x86", 4, -1, -1, { NULL } }, "PT-V03", -1, GUARDED },
	{ "NT 4.0", { "4.0.1381", NULL, 1, -1, -1, { NULL } }, "PT-V02", -1, GUARDED },
};

static void test_tunings(void)
{
	for (size_t i = 0; i < LEN(tunings); i++) {
		struct judge_case *c = open_server(tunings[i].server);
		const struct prescription *p;
		struct judgement *j;
		bool small = strcmp(tunings[i].rule, "PT-V12") != 0 || tunings[i].server.switches[0];

		/* small enough a floor for every step */
		SNAP(c, .hours = 0, .mmst = 100, .rest = 40);
		SNAP(c, .hours = 1, .mmst = small ? 104 : 120, .rest = 40);
		case_2020(c, 2.5);
		j = case_judge(c);
		CHECK_RULE(tunings[i].what, j, tunings[i].rule);
		if (!check_count(prescribed_first(j, "PoolUsageMaximum") == tunings[i].percent, __FILE__,
			    __LINE__))
			printf("%s: PoolUsageMaximum %lld, not %lld\n", tunings[i].what,
				(long long)prescribed_first(j, "PoolUsageMaximum"),
				(long long)tunings[i].percent);
		if (!check_count(prescribed_first(j, "PagedPoolSize") == tunings[i].size, __FILE__, __LINE__))
			printf("%s: PagedPoolSize %lld, not %lld\n", tunings[i].what,
				(long long)prescribed_first(j, "PagedPoolSize"), (long long)tunings[i].size);
		/* Free System PTEs are in no input here: the size always depends on them. */
		p = prescription_of(j, "PagedPoolSize");
		if (tunings[i].size == FF)
			CHECK(p && p->condition && strstr(p->condition, "40,000"));
		else
			CHECK(p && (p->recommended ? !p->primary : p->reason && *p->reason));
		judge_case_close(c);
	}
}

/* Free System PTEs: what !vm showed, the fewest of all; -1: not shown. More than 40,000 must be free (KB
 * 304101). */
static const struct {
	int64_t seen[2];
	double ram;
	bool set;
	const char *words; /* of the condition, or of the reason; NULL: no condition */
} free_ptes[] = {
	{ { -1, -1 }, 4, true, "40,000" }, { { 40001, -1 }, 4, true, NULL },
	{ { 40001, -1 }, 0, true, "64 GB" },
	{ { 40000, -1 }, 4, false, "40000 system page table entries were free (!vm)" },
	{ { 18344, 200000 }, 4, false, "only 18344" }, { { 200000, 18344 }, 4, false, "only 18344" },
	{ { 0, -1 }, 4, true, "40,000" }, /* no system runs with none */
};

static void test_free_ptes(void)
{
	for (size_t i = 0; i < LEN(free_ptes); i++) {
		struct judge_case *c = open_server((struct server){
			"5.2.3790 Service Pack 2", "x86", free_ptes[i].ram, -1, -1, { NULL } });
		const struct prescription *p;

		for (int k = 0; k < 2; k++)
			if (free_ptes[i].seen[k] >= 0)
				case_vm(c, FACT_FREE_PTES, free_ptes[i].seen[k]);
		SNAP(c, .hours = 0, .mmst = 100, .rest = 40);
		SNAP(c, .hours = 1, .mmst = 120, .rest = 40);
		case_2020(c, 2.5);
		p = prescription_of(case_judge(c), "PagedPoolSize");
		CHECK(p != NULL);
		if (p) {
			const char *said = p->recommended ? p->condition : p->reason;

			CHECK(p->recommended == free_ptes[i].set);
			CHECK(free_ptes[i].words ? said && strstr(said, free_ptes[i].words) : !said);
		}
		judge_case_close(c);
	}
}

static const char *block_of(const struct server_report *s, const char *name)
{
	for (const struct block *b = s->parts[PART_ACTION]; b; b = b->next)
		if (b->kind == BLOCK_CODE && b->name && strcmp(b->name, name) == 0)
			return b->text;
	return "";
}

/* "Set PagedPoolSize … Now", and what is not checked, in the report of a server whose PTEs are known or
 * not. */
static void test_free_ptes_report(void)
{
	for (int known = 0; known < 2; known++) {
		struct judge_case *c = open_server((struct server){ S2003, -1, -1, { NULL } });
		struct report *r = report_open();
		size_t said = 0, tables = 0;

		if (known) {
			case_vm(c, FACT_FREE_PTES, 200000);
			case_vm(c, FACT_PAGED_MAX, case_mib(352));
		}
		SNAP(c, .hours = 0, .mmst = 100, .rest = 40);
		SNAP(c, .hours = 1, .mmst = 120, .rest = 40);
		case_2020(c, 2.5);
		case_settle(c->store);
		analysis_store(r, c->store, NULL, &thresholds_default);
		for (size_t i = 0; i < r->servers[0].data_count; i++) {
			const struct table *t = r->servers[0].data[i];

			for (size_t k = 0; strcmp(t->name, "not_checked") == 0 && k < t->row_count; k++) {
				const char *text = table_cell(t, k, "text")->text;

				said += strstr(text, "Page Table Entries") != NULL;
				tables += strstr(text, "published tables") != NULL;
			}
		}
		CHECK_INT(said, !known);
		CHECK_INT(tables, !known);
		CHECK(strstr(block_of(&r->servers[0], "reg"), "\"PagedPoolSize\"=dword:ffffffff") != NULL);
		report_close(r);
		judge_case_close(c);
	}
}

static void test_secondary(void)
{
	struct judge_case *c = open_server((struct server){ "6.3.9600", "x64", 8, -1, -1, { NULL } });
	struct judgement *j;

	case_full(c);
	case_2020(c, 1.2);
	j = case_judge(c);
	CHECK_INT(prescribed(j, "PoolUsageMaximum"), 60);
	CHECK_INT(prescribed(j, "PagedPoolSize"), FF);
	CHECK(!prescription_of(j, "PoolUsageMaximum")->primary &&
		!prescription_of(j, "PagedPoolSize")->primary);
	CHECK(strstr(prescription_of(j, "PoolUsageMaximum")->condition, "2012 R2") != NULL);
	judge_case_close(c);

	/* What is set already is not recommended, not even as secondary. */
	c = open_server((struct server){ "6.3.9600", "x64", 8, 60, FF, { NULL } });
	case_full(c);
	case_2020(c, 1.2);
	j = case_judge(c);
	CHECK_RULE("both set", j, "PT-V03");
	CHECK_INT(prescribed(j, "PoolUsageMaximum"), -1);
	CHECK_INT(prescribed(j, "PagedPoolSize"), -1);
	judge_case_close(c);

	c = open_server((struct server){ "5.2.3790", "x64", 8, -1, -1, { NULL } });
	case_full(c);
	case_2020(c, 1.2);
	j = case_judge(c);
	CHECK_RULE("2003 x64", j, "PT-V13");
	CHECK_INT(prescribed(j, "PoolUsageMaximum"), 60);
	CHECK(!prescription_of(j, "PoolUsageMaximum")->primary);
	CHECK_INT(prescribed(j, "PagedPoolSize"), -1);
	judge_case_close(c);
}

/* The article's first value, whatever burst was measured. */
static void test_first_values(void)
{
	for (int gb3 = 0; gb3 < 2; gb3++) {
		struct server server = { S2003, -1, -1, { gb3 ? "/3GB" : NULL } };
		int64_t first = gb3 ? 40 : 60;
		struct judge_case *c = open_server(server);
		struct judgement *j;

		/* V10: a burst of 110 would ask for 40 */
		case_maximum(c, 352);
		SNAP(c, .hours = 10, .mmst = 90, .rest = 40);
		SNAP(c, .hours = 11, .mmst = 200, .rest = 40);
		SNAP(c, .hours = 15, .mmst = 240, .rest = 40);
		SNAP(c, .hours = 19, .mmst = 245, .rest = 40);
		j = case_judge(c);
		CHECK_RULE("held", j, "PT-V10");
		CHECK_INT(prescribed_first(j, "PoolUsageMaximum"), first);
		CHECK_INT(prescribed(j, "PagedPoolSize"), -1);
		judge_case_close(c);

		c = open_server(server);
		case_maximum(c, 352);
		SNAP(c, .hours = 0, .mmst = 90, .rest = 40);
		SNAP(c, .hours = 1, .mmst = 230, .rest = 40);
		case_2020(c, 10);
		j = case_judge(c);
		CHECK_RULE("unproven", j, "PT-V11");
		CHECK_INT(prescribed_first(j, "PoolUsageMaximum"), first);
		CHECK_INT(prescribed(j, "PagedPoolSize"), -1);
		judge_case_close(c);

		c = open_server(server);
		case_maximum(c, 352);
		SNAP(c, .hours = 0, .mmst = 90, .rest = 40);
		SNAP(c, .hours = 1, .mmst = 260, .rest = 40);
		j = case_judge(c);
		CHECK_RULE("no failure yet", j, "PT-V14");
		CHECK_INT(prescribed_first(j, "PoolUsageMaximum"), first);
		CHECK(prescription_of(j, "PoolUsageMaximum")->condition &&
			strstr(prescription_of(j, "PoolUsageMaximum")->condition, "optional"));
		CHECK_INT(prescribed(j, "PagedPoolSize"), -1);
		judge_case_close(c);
	}

	/* Held, without an event, while a value of the article is in force: it is not set again, nor
	 * raised. */
	for (int64_t set = 40; set <= 60; set += 10) {
		struct judge_case *c = open_server((struct server){ S2003, set, -1, { NULL } });
		struct judgement *j;

		for (int k = 0; k < 4; k++)
			SNAP(c, .hours = 10 + 3 * k, .mmst = 240 + k, .rest = 50);
		j = case_judge(c);
		CHECK_RULE("held, a value in force", j, "PT-V10");
		CHECK_INT(prescribed(j, "PoolUsageMaximum"), -1);
		judge_case_close(c);
	}
}

/* Nothing to set: both are withheld, each with a reason. */
static void test_withheld(void)
{
	for (int kind = 0; kind < 7; kind++) {
		static const char *const rules_of[] = { "PT-V04", "PT-V05", "PT-V06", "PT-V07", "PT-V15",
			"PT-V16", "PT-V17" };
		struct judge_case *c = open_server(
			(struct server){ kind == 6 ? "5.1.2600" : "5.2.3790", "x86", 4, -1, -1, { NULL } });
		struct judgement *j;

		if (kind)
			SNAP(c, .hours = 1,
				.mmst = kind == 3   ? 75
					: kind == 5 ? 40
						    : 150,
				.rest = kind == 3 ? 215 : 80, .tag = kind == 2 ? "Toke" : NULL,
				.tag_mib = 160);
		if (kind != 1 && kind < 4)
			case_2020(c, 1.2);
		else if (kind == 1)
			case_2019(c, 1.2);
		else if (kind == 6)
			case_2020(c, 1.2);
		j = case_judge(c);
		CHECK_RULE("withheld", j, rules_of[kind]);
		CHECK_INT(prescribed(j, "PoolUsageMaximum"), -1);
		CHECK_INT(prescribed(j, "PagedPoolSize"), -1);
		for (size_t i = 0; i < j->prescription_count; i++)
			CHECK(j->prescriptions[i].reason && *j->prescriptions[i].reason);
		CHECK_INT(j->step, 0);
		judge_case_close(c);
	}
}

static void test_others(void)
{
	for (int gb3 = 0; gb3 < 2; gb3++) {
		struct judge_case *c =
			open_server((struct server){ "4.0.1381", NULL, 1, -1, -1, { gb3 ? "/3GB" : NULL } });
		struct judgement *j = case_judge(c);

		CHECK_INT(prescribed(j, "UnusedFileCache"), gb3 ? 5 : 15);
		CHECK_INT(prescribed(j, "PoolUsageMaximum"), -1);
		judge_case_close(c);
	}
	/* a poolsnap that shows another cause, or none */
	for (int failed = 0; failed < 2; failed++) {
		struct judge_case *c = open_server((struct server){ "4.0.1381", NULL, 1, -1, -1, { NULL } });
		struct judgement *j;

		SNAP(c, .hours = 1, .mmst = 30, .rest = 20, .tag = failed ? "Toke" : NULL, .tag_mib = 60);
		if (failed)
			case_2020(c, 1.2);
		j = case_judge(c);
		CHECK_RULE("NT 4.0", j, "PT-V02");
		CHECK_INT(prescribed(j, "UnusedFileCache"), -1);
		judge_case_close(c);
	}
	struct judge_case *c = open_server((struct server){ S2003, -1, 0x20000000, { NULL } });
	struct judgement *j;

	case_logged(c, 1, "BugCheck", 1001, "0x0000003f (0x0)");
	j = case_judge(c);
	CHECK_INT(prescribed_first(j, "PagedPoolSize"), 0);
	CHECK_INT(prescribed(j, "PoolUsageMaximum"), -2);
	judge_case_close(c);
}

/* ---- the text to copy: hexadecimal, where 60 is 3c ---- */

static void test_text(void)
{
	static const struct {
		int64_t percent;
		double rise;
		const char *set, *undo;
	} rows[] = {
		{ -1, 20, "\"PoolUsageMaximum\"=dword:0000003c\n\"PagedPoolSize\"=dword:ffffffff\n",
			"\"PoolUsageMaximum\"=-\n\"PagedPoolSize\"=-\n" },
		{ 96, 20, "\"PoolUsageMaximum\"=dword:0000003c\n\"PagedPoolSize\"=dword:ffffffff\n",
			"\"PoolUsageMaximum\"=dword:00000060\n\"PagedPoolSize\"=-\n" },
		{ 60, 20, "\"PoolUsageMaximum\"=dword:00000032\n\"PagedPoolSize\"=dword:ffffffff\n",
			"\"PoolUsageMaximum\"=dword:0000003c\n\"PagedPoolSize\"=-\n" },
		{ 50, 20, "\"PoolUsageMaximum\"=dword:00000028\n\"PagedPoolSize\"=dword:ffffffff\n",
			"\"PoolUsageMaximum\"=dword:00000032\n\"PagedPoolSize\"=-\n" },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct judge_case *c = open_server((struct server){ S2003, rows[i].percent, -1, { NULL } });
		struct report *r = report_open();

		SNAP(c, .hours = 0, .mmst = 100, .rest = 40);
		SNAP(c, .hours = 1, .mmst = 100 + rows[i].rise, .rest = 40);
		case_2020(c, 2.5);
		case_settle(c->store);
		analysis_store(r, c->store, NULL, &thresholds_default);
		CHECK_INT(r->server_count, 1);
		CHECK(strstr(block_of(&r->servers[0], "reg"), rows[i].set) != NULL);
		CHECK(strstr(block_of(&r->servers[0], "undo"), rows[i].undo) != NULL);
		CHECK(strstr(block_of(&r->servers[0], "reg"), "Windows Registry Editor Version 5.00\n\n") ==
			block_of(&r->servers[0], "reg"));
		report_close(r);
		judge_case_close(c);
	}
}

/* ---- whatever was seen ---- */

static uint32_t dice_state = 2020;
static int dice(int sides)
{
	dice_state = dice_state * 1664525u + 1013904223u;
	return (int)((dice_state >> 8) % (uint32_t)sides);
}

struct drawn {
	struct snapshot snapshots[6];
	struct exhaustion events[2];
	const struct exhaustion *shortages[2];
	struct boot boots[1];
	const char *switches[2];
	struct tag_series mmst;
	const struct snapshot *at[6];
	int64_t bytes[6];
};

/* A server out of the blue: most are no real one, all must be judged within the rules. */
static void draw(struct evidence *e, struct drawn *d, struct store *store)
{
	static const int64_t percents[] = { 0, 1, 39, 40, 41, 50, 55, 60, 61, 79, 80, 96, 100, 101,
		4294967295 };
	static const int64_t sizes[] = { 0, 0xC0, 0x0A000000, 0x14000000, 0x20000000, 0x20000001,
		0xFFFFFFFF };
	static const char *const tags[] = { "MmSt", "MmSt", "MmSt", "Toke" };
	static const int64_t ptes[6] = { 0, 0, 0, 18344, 40000, 40001 };

	memset(d, 0, sizeof *d);
	*e = (struct evidence){ .store = store,
		.server = 1,
		.name = "X",
		.thresholds = &thresholds_default,
		.snapshots = d->snapshots,
		.boots = d->boots,
		.boot_count = 1,
		.exhaustions = d->events,
		.hang = { .after = WHEN_NONE },
		.key_written = WHEN_NONE,
		.shortages = d->shortages,
		.logs = 1,
		.service_pack = dice(6) - 1,
		.free_ptes = ptes[dice(6)],
		.free_ptes_source = "!vm" };
	e->machine = (struct machine){ (enum os_family)dice(OS_10 + 1), (enum arch)dice(3),
		dice(3) ? (int64_t)dice(70) * GIB : -1, -1, dice(3) == 0, 0, -1 };
	if (e->machine.switch_3gb)
		d->switches[e->switches.count++] = "/3GB";
	if (dice(3) == 0)
		d->switches[e->switches.count++] = "/PAE";
	e->switches.items = d->switches;
	e->key_read = dice(4) != 0;
	if (e->key_read && dice(4))
		e->pool_usage_maximum =
			(struct setting){ .state = SETTING_NUMBER, .number = percents[dice(LEN(percents))] };
	else if (e->key_read)
		e->pool_usage_maximum = (struct setting){
			.state = dice(2) ? SETTING_ABSENT : SETTING_OTHER, .type = "REG_SZ", .text = "60"
		};
	if (e->key_read && dice(2)) {
		e->paged_pool_size =
			(struct setting){ .state = SETTING_NUMBER, .number = sizes[dice(LEN(sizes))] };
		e->machine.paged_pool_size = e->paged_pool_size.number;
	}
	for (int i = dice(6); i > 0; i--) {
		struct snapshot *s = &d->snapshots[e->snapshot_count];

		*s = (struct snapshot){ .at = case_hours(dice(5) + 5.0 * (double)e->snapshot_count),
			.whole = true,
			.decides = true,
			.largest = tags[dice(LEN(tags))],
			.paged = case_mib(20 + dice(400)),
			.quality = dice(3),
			.commit_limit = -1 };
		s->mmst = s->paged / (1 + dice(4));
		s->largest_bytes = s->mmst;
		d->at[e->snapshot_count] = s;
		d->bytes[e->snapshot_count++] = s->mmst;
		if (!e->peak || s->paged >= e->peak->paged)
			e->peak = s;
	}
	e->dated_count = e->snapshot_count;
	d->mmst = (struct tag_series){
		.tag = "MmSt", .pool = "paged", .at = d->at, .bytes = d->bytes, .count = e->snapshot_count
	};
	e->tags = &d->mmst;
	e->tag_count = e->snapshot_count ? 1 : 0;
	e->mmst = e->snapshot_count ? &d->mmst : NULL;
	e->limit = limit_of_table(&e->machine);
	for (int i = dice(3); i > 0; i--) {
		struct exhaustion *x = &d->events[e->exhaustion_count++];

		*x = (struct exhaustion){ .id = dice(3) ? 2020 : 2019,
			.at = case_hours(dice(30)),
			.apart = dice(2) ? WHEN_HOUR : WHEN_NONE };
		x->before = e->snapshot_count && x->apart != WHEN_NONE
				    ? &d->snapshots[dice((int)e->snapshot_count)]
				    : NULL;
		*(x->id == 2020 ? &e->count_2020 : &e->count_2019) += 1;
		if (x->id == 2020)
			d->shortages[e->shortage_count++] = x;
	}
}

static void check_percent(const struct evidence *e, const struct judgement *j, const struct prescription *p)
{
	bool known = e->pool_usage_maximum.state == SETTING_NUMBER;

	CHECK(p->data == 60 || p->data == 50 || p->data == 40);
	CHECK(!known || (int64_t)p->data != e->pool_usage_maximum.number);
	/* never upwards from a value of the article */
	CHECK(!known || e->pool_usage_maximum.number < 1 || e->pool_usage_maximum.number > 60 ||
		!p->primary || (int64_t)p->data < e->pool_usage_maximum.number);
	CHECK(!e->machine.switch_3gb || p->data == 40 || !p->primary);
	CHECK(!p->primary || !(is_dynamic(e) || e->machine.family == OS_NT4));
	CHECK_INT(j->step, p->primary ? (int)p->data : 0);
}

static void check_size(const struct evidence *e, const struct judgement *j, const struct prescription *p)
{
	bool pae = false;

	for (size_t i = 0; i < e->switches.count; i++)
		pae |= strcmp(e->switches.items[i], "/PAE") == 0;
	CHECK(e->paged_pool_size.state != SETTING_NUMBER || e->paged_pool_size.number != (int64_t)p->data);
	if (j->rule == RULE_V01)
		return;
	CHECK(p->data == FF);
	if (!p->primary)
		return;
	CHECK(!e->free_ptes || e->free_ptes > 40000);
	CHECK((p->condition && strstr(p->condition, "40,000")) == !e->free_ptes);
	CHECK(e->machine.arch != ARCH_X64 && !is_dynamic(e) && e->machine.family != OS_NT4);
	CHECK(e->machine.ram < 60 * GIB || e->machine.family == OS_2000 || e->machine.family == OS_XP);
	CHECK(!(e->machine.switch_3gb && pae));
}

static void test_any(void)
{
	struct store *store = case_open(NULL);
	size_t seen[RULE_VERDICTS] = { 0 };

	for (int turn = 0; turn < 30000; turn++) {
		struct arena *a = arena_open();
		struct evidence e;
		struct drawn d;
		struct judgement *j;

		draw(&e, &d, store);
		j = judge(&e, a);
		seen[j->rule]++;
		for (size_t i = 0; i < j->prescription_count; i++) {
			const struct prescription *p = &j->prescriptions[i];

			CHECK(p->reason && *p->reason);
			if (p->recommended && strcmp(p->value, "PoolUsageMaximum") == 0)
				check_percent(&e, j, p);
			else if (p->recommended && strcmp(p->value, "PagedPoolSize") == 0)
				check_size(&e, j, p);
		}
		CHECK(j->headline && *j->headline);
		CHECK(j->severity != SEVERITY_OK || (j->rule == RULE_V16 && !e.exhaustion_count));
		arena_close(a);
	}
	/* The dice do not roll trends, nights or bug checks; everything else comes up. */
	for (int i = 0; i < RULE_VERDICTS; i++)
		if (!check_count(seen[i] > 0 || i == RULE_V01 || i == RULE_V10, __FILE__, __LINE__))
			printf("%s never came up\n", rules[i].id);
	store_close(store);
}

int main(void)
{
	test_table();
	test_choices();
	test_bursts();
	test_example();
	test_interval();
	test_no_burst_is_said();
	test_tunings();
	test_free_ptes();
	test_free_ptes_report();
	test_secondary();
	test_first_values();
	test_withheld();
	test_others();
	test_text();
	test_any();
	return check_end();
}
