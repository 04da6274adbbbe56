/* SPDX-License-Identifier: MIT
 * The numbers that the articles themselves print, and the examples worked out from them, to the byte where a
 * byte decides: KB 312362 (80 % of 343 MB), KB 304101 (160 MB, 80 MB), the room above each trim start. */
#include "tests/judge_case.h"

#include "analysis/analysis.h"

static struct judge_case *with_maximum(double mib)
{
	struct judge_case *c = judge_case_open();

	case_machine(c, "5.2.3790 Service Pack 2", "x86", 2);
	case_maximum(c, mib);
	case_key(c);
	return c;
}

static double room_of(const struct report *r, const char *name)
{
	const struct server_report *s = &r->servers[0];

	for (size_t i = 0; i < s->data_count; i++)
		if (strcmp(s->data[i]->name, "burst") == 0)
			return (double)table_cell(s->data[i], 0, name)->number / (double)MIB;
	return -1;
}

/* What the report prints beside the measured burst, to a tenth of a MB as in the facts' table. */
static void test_room(void)
{
	static const char *const names[STEPS] = { "headroom.80", "headroom.60", "headroom.50",
		"headroom.40" };
	static const struct {
		double maximum, room[STEPS];
	} table[] = {
		{ 160, { 32.0, 64.0, 80.0, 96.0 } },
		{ 168, { 33.6, 67.2, 84.0, 100.8 } },
		{ 192, { 38.4, 76.8, 96.0, 115.2 } },
		{ 343, { 68.6, 137.2, 171.5, 205.8 } },
		{ 352, { 70.4, 140.8, 176.0, 211.2 } },
		{ 530, { 106.0, 212.0, 265.0, 318.0 } },
	};

	for (size_t i = 0; i < LEN(table); i++) {
		struct judge_case *c = with_maximum(table[i].maximum);
		struct report *r = report_open();

		SNAP(c, .hours = 1, .mmst = 60, .rest = 40);
		case_settle(c->store);
		analysis_store(r, c->store, NULL, &thresholds_default);
		for (int k = 0; k < STEPS; k++)
			CHECK(fabs(room_of(r, names[k]) - table[i].room[k]) < 0.001);
		report_close(r);
		judge_case_close(c);
	}
}

/* By default trimming starts at 80 % of 343 MB: the article prints 274. One KiB below it, nothing is
 * offered. */
static void test_trim_start(void)
{
	const double start = 274.4, kib = 1 / 1024.0;
	struct judge_case *c = with_maximum(343);

	SNAP(c, .hours = 1, .mmst = start + kib - 90, .rest = 90);
	CHECK_RULE("274.4 of 343 MB", case_judge(c), "PT-V14");
	judge_case_close(c);
	c = with_maximum(343);
	SNAP(c, .hours = 1, .mmst = start - kib - 90, .rest = 90);
	CHECK_RULE("a KiB less", case_judge(c), "PT-V15");
	judge_case_close(c);
}

/* KB 304101: systems whose pool ends near 160 MB fail with MmSt above 80 MB. Windows 2000 gives 160 to
 * 340. */
static void test_backup_article(void)
{
	struct judge_case *c = judge_case_open();
	struct judgement *j;

	case_machine(c, "5.0.2195 Service Pack 4", "x86", 0);
	case_key(c);
	SNAP(c, .hours = 1, .mmst = 80, .rest = 75);
	case_2020(c, 1.2);
	j = case_judge(c);
	CHECK_RULE("Windows 2000", j, "PT-V12");
	CHECK_INT(j->e->limit.low, case_mib(160));
	CHECK(list_has(&j->reasons, "80 MB or more (PT-C05)"));
	CHECK_INT(prescribed_first(j, "PoolUsageMaximum"), 60);
	judge_case_close(c);

	c = judge_case_open();
	case_machine(c, "5.0.2195 Service Pack 4", "x86", 0);
	SNAP(c, .hours = 1, .mmst = 80 - 1 / 1024.0, .rest = 75);
	case_2020(c, 1.2);
	j = case_judge(c);
	CHECK(!list_has(&j->reasons, "80 MB or more (PT-C05)"));
	judge_case_close(c);
}

/* 343 MB, 200 in use at 10:00, the event at 10:20: both values are said, and why. */
static void test_both_are_said(void)
{
	struct judge_case *c = with_maximum(343);
	const struct prescription *p;

	SNAP(c, .hours = 2, .mmst = 120, .rest = 80);
	case_2020(c, 2 + 1 / 3.0);
	p = prescription_of(case_judge(c), "PoolUsageMaximum");
	CHECK(p && p->data == 40);
	CHECK(p && strstr(p->reason, "the article starts with 60, this server's bursts argue for 40"));
	CHECK(p && strstr(p->reason, "1.25 times the burst of 143 MiB"));
	judge_case_close(c);

	/* an hour and a minute before the event nothing is measured: the article's own value */
	c = with_maximum(343);
	SNAP(c, .hours = 2, .mmst = 120, .rest = 80);
	case_2020(c, 3 + 1 / 60.0);
	p = prescription_of(case_judge(c), "PoolUsageMaximum");
	CHECK(p && p->data == 60);
	CHECK(p && strstr(p->reason, "no burst was measured"));
	judge_case_close(c);
}

int main(void)
{
	test_room();
	test_trim_start();
	test_backup_article();
	test_both_are_said();
	return check_end();
}
