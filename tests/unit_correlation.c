/* SPDX-License-Identifier: MIT
 * Is each burst tied to the right poolsnap, and does the rate of bursts say what the captures show and no
 * more? */
#include "tests/report_case.h"

struct reported {
	struct report *report;
	const struct table *correlation, *bursts;
	struct judge_case *c;
};

static struct reported reported(struct judge_case *c)
{
	struct reported r = { case_report(c), NULL, NULL, c };

	r.correlation = report_table(r.report, "correlation");
	r.bursts = report_table(r.report, "burst_snapshots");
	return r;
}

static void reported_close(struct reported *r)
{
	report_close(r->report);
	judge_case_close(r->c);
}

static const struct cell *cell(const struct reported *r, const char *field)
{
	return table_cell(r->correlation, 0, field);
}

static int64_t count_of(const struct reported *r, const char *field)
{
	const struct cell *c = cell(r, field);

	return c->state == CELL_KNOWN ? c->number : -1;
}

static const char *statement(const struct reported *r)
{
	return cell(r, "statement")->text;
}

static void check_says(const char *file, int line, const struct reported *r, const char *words)
{
	if (!check_count(strstr(statement(r), words) != NULL, file, line))
		printf("\"%s\" lacks \"%s\"\n", statement(r), words);
}
#define CHECK_SAYS(r, words) check_says(__FILE__, __LINE__, r, words)

static bool unknown(const struct cell *c)
{
	return c->state == CELL_UNKNOWN;
}

#define NONE INT64_MIN /* a cell that is not known */

static int64_t burst_int(const struct reported *r, size_t row, const char *field)
{
	const struct cell *c = table_cell(r->bursts, row, field);

	return c->state == CELL_KNOWN ? c->number : NONE;
}

/* ---- the table ---- */

/* Two boots, captures every half hour; the last of each burst's own boot counts, and what grew up to it. */
static void test_before(void)
{
	struct judge_case *c = judge_case_2003();
	struct reported r;

	for (int i = 0; i < 8; i++)
		SNAP(c, .hours = 0.5 * i, .mmst = 100 + 10 * i, .rest = 90 + i);
	case_2020(c, 3.7); /* 12 minutes after the last of the boot */
	case_2020(c, 4.1); /* the same burst */
	case_logged(c, 5, "EventLog", 6005, "");
	case_2020(c, 5.1); /* an hour after the last, but another boot, without a capture yet */
	SNAP(c, .hours = 5.5, .mmst = 30, .rest = 90, .allocs = 1000);
	case_2020(c, 8);   /* one capture before it: nothing to grow from */
	case_2020(c, 8.5); /* the same burst */
	case_2020(c, 9.6); /* more than an hour later: another one */
	r = reported(c);
	CHECK_INT(r.bursts->row_count, 4);

	CHECK_INT(burst_int(&r, 0, "first"), case_hours(3.7));
	CHECK_INT(burst_int(&r, 0, "last"), case_hours(4.1));
	CHECK_TEXT(table_cell(r.bursts, 0, "event")->text, "2020");
	CHECK_INT(burst_int(&r, 0, "events"), 2);
	CHECK_INT(burst_int(&r, 0, "snapshot"), case_hours(3.5));
	CHECK_NEAR(table_cell(r.bursts, 0, "minutes_before")->real, 12, 1e-9);
	CHECK_INT(burst_int(&r, 0, "paged_bytes"), case_mib(170 + 97));
	CHECK_INT(burst_int(&r, 0, "mmst_bytes"), case_mib(170));
	CHECK_NEAR(table_cell(r.bursts, 0, "mmst_share")->real, 100.0 * 170 / 267, 1e-9);
	CHECK_INT(burst_int(&r, 0, "mmst_rank"), 1);
	/* from 1.5 h on, which is two hours before the capture and not before the event */
	CHECK_NEAR(table_cell(r.bursts, 0, "growth_minutes")->real, 120, 1e-9);
	CHECK_INT(burst_int(&r, 0, "paged_growth_bytes"), case_mib(44));
	CHECK_INT(burst_int(&r, 0, "mmst_growth_bytes"), case_mib(40));
	CHECK_TEXT(table_cell(r.bursts, 0, "clock")->text, "exact");

	CHECK_INT(burst_int(&r, 1, "first"), case_hours(5.1));
	CHECK_INT(burst_int(&r, 1, "snapshot"), NONE);
	CHECK_INT(burst_int(&r, 1, "mmst_bytes"), NONE);
	CHECK(unknown(table_cell(r.bursts, 1, "clock")));
	CHECK_TEXT(table_cell(r.bursts, 1, "mmst_then")->text, "not covered");

	CHECK_INT(burst_int(&r, 2, "events"), 2);
	CHECK_INT(burst_int(&r, 2, "snapshot"), case_hours(5.5));
	CHECK_NEAR(table_cell(r.bursts, 2, "minutes_before")->real, 150, 1e-9);
	CHECK_INT(burst_int(&r, 2, "mmst_rank"), 1);
	CHECK(unknown(table_cell(r.bursts, 2, "growth_minutes")));
	CHECK_INT(burst_int(&r, 2, "paged_growth_bytes"), NONE);
	CHECK_INT(burst_int(&r, 2, "mmst_growth_bytes"), NONE);
	CHECK_INT(burst_int(&r, 3, "first"), case_hours(9.6));
	reported_close(&r);
}

/* What shrank is told as such; what a screen does not show is not known. */
static void test_before_odd(void)
{
	struct judge_case *c = judge_case_2003();
	struct reported r;

	SNAP(c, .hours = 0, .mmst = 200, .rest = 90);
	SNAP(c, .hours = 1, .mmst = 120, .rest = 100);
	case_2020(c, 1.5);
	SNAP(c, .hours = 3, .mmst = 0, .rest = 90, .live = true, .printed = 300);
	case_2020(c, 3.5);
	r = reported(c);
	CHECK_INT(r.bursts->row_count, 2);
	CHECK_INT(burst_int(&r, 0, "paged_growth_bytes"), case_mib(-70));
	CHECK_INT(burst_int(&r, 0, "mmst_growth_bytes"), case_mib(-80));
	CHECK_NEAR(table_cell(r.bursts, 0, "growth_minutes")->real, 60, 1e-9);
	CHECK_INT(burst_int(&r, 1, "paged_bytes"), case_mib(300));
	CHECK_INT(burst_int(&r, 1, "mmst_bytes"), NONE);
	CHECK(unknown(table_cell(r.bursts, 1, "mmst_share")));
	CHECK_INT(burst_int(&r, 1, "mmst_rank"), NONE);
	CHECK_INT(burst_int(&r, 1, "paged_growth_bytes"), case_mib(80));
	CHECK_INT(burst_int(&r, 1, "mmst_growth_bytes"), NONE);
	reported_close(&r);
}

/* ---- the rate ---- */

/* A day of hourly captures from `from` on, MmSt at 200 in those hours and at 100, or a little above, in all
 * others; one more ends the last hour. */
static void case_day(struct judge_case *c, double from, const char *high)
{
	for (int h = 0; h <= 24; h++)
		SNAP(c, .hours = from + h, .mmst = h < 24 && high[h] == 'H' ? 200 : 100 + h / 10.0,
			.rest = 90);
}
/* no shift of this by less than a day lays more than three of its hours on one another */
#define SIX_HOURS "--H-H---------H----H-HH-"

static void test_high(void)
{
	static const int hours[] = { 2, 4, 14, 19, 21, 8 };
	struct judge_case *c = judge_case_2003();
	struct reported r;

	case_day(c, 0, SIX_HOURS);
	for (size_t i = 0; i < LEN(hours); i++)
		case_2020(c, hours[i] + 0.5);
	case_2020(c, 30); /* after the last capture */
	r = reported(c);
	CHECK_INT(count_of(&r, "n_events"), 7);
	CHECK_INT(count_of(&r, "n_snapshots"), 25);
	CHECK_INT(count_of(&r, "n_bursts"), 7);
	CHECK_TEXT(cell(&r, "burst_event")->text, "2020");
	/* the top quarter of 25 are seven: the threshold is the highest of the others */
	CHECK_INT(count_of(&r, "threshold_bytes"), case_mib(102.4));
	CHECK_INT(count_of(&r, "bursts_high"), 5);
	CHECK_INT(count_of(&r, "bursts_low"), 1);
	CHECK_INT(count_of(&r, "bursts_unseen"), 1);
	CHECK_NEAR(cell(&r, "hours_high")->real, 6, 1e-9);
	CHECK_NEAR(cell(&r, "hours_low")->real, 18, 1e-9);
	CHECK_NEAR(cell(&r, "rate_ratio")->real, 15, 1e-9);
	CHECK_NEAR(cell(&r, "p_binomial")->real, 0.004638671875, 1e-9);
	CHECK_NEAR(cell(&r, "p")->real, fmax(cell(&r, "p_binomial")->real, cell(&r, "p_shift")->real), 0);
	/* only at the hour itself do five of six lie on the high ones: one place of 24 */
	CHECK_NEAR(cell(&r, "p_shift")->real, 1.0 / 24, 0.01);
	CHECK_TEXT(cell(&r, "method")->text, "circular shift within each boot, two-sided");
	CHECK_SAYS(&r,
		"5 of 6 bursts of Event 2020 began while MmSt was in its top quarter (102.4 MiB or more), which"
		" is 25 % of the 24 h that poolsnaps cover: 15 times as often per hour as otherwise (circular"
		" shift within each boot, two-sided, p = 0.042).");
	CHECK_SAYS(&r, "supports, but does not prove");
	CHECK_SAYS(&r, " 1 further burst began outside that time and is not counted.");
	CHECK_TEXT(table_cell(r.bursts, 0, "mmst_then")->text, "in its top quarter");
	CHECK_TEXT(table_cell(r.bursts, 2, "mmst_then")->text, "below its top quarter");
	CHECK_TEXT(table_cell(r.bursts, 6, "mmst_then")->text, "not covered");
	reported_close(&r);
}

/* The other way round: what speaks against MmSt is said as well. */
static void test_rarer(void)
{
	struct judge_case *c = judge_case_2003();
	struct reported r;

	for (int h = 0; h <= 96; h++)
		SNAP(c, .hours = h, .mmst = h < 24 ? 200 : 100 + h / 10.0, .rest = 90);
	for (int i = 0; i < 36; i++)
		case_2020(c, 25.1 + 1.95 * i);
	r = reported(c);
	CHECK_INT(count_of(&r, "bursts_high"), 0);
	CHECK_NEAR(cell(&r, "rate_ratio")->real, 0, 0);
	CHECK(cell(&r, "p")->real < 0.05);
	CHECK_SAYS(
		&r, "Bursts were rarer while MmSt was high: this does not support that MmSt is the cause.");
	reported_close(&r);
}

static void test_all_high(void)
{
	static const int hours[] = { 2, 4, 14, 19, 21, 22 };
	struct judge_case *c = judge_case_2003();
	struct reported r;

	case_day(c, 0, SIX_HOURS);
	for (size_t i = 0; i < LEN(hours); i++)
		case_2020(c, hours[i] + 0.5);
	r = reported(c);
	/* 21:30 and 22:30 are an hour apart and no more: one burst */
	CHECK_INT(count_of(&r, "n_bursts"), 5);
	CHECK_INT(count_of(&r, "bursts_high"), 5);
	CHECK(unknown(cell(&r, "rate_ratio")));
	CHECK(!unknown(cell(&r, "p")));
	CHECK_SAYS(&r, "All 5 of the 5 bursts of Event 2020 began while MmSt was in its top quarter");
	CHECK_SAYS(&r, "none began otherwise");
	reported_close(&r);
}

/* What is not there must not be claimed: bursts anywhere, bursts only while MmSt is low. */
static void test_no_connection(void)
{
	struct judge_case *c = judge_case_2003();
	struct reported r;

	case_day(c, 0, SIX_HOURS);
	for (int h = 0; h < 24; h += 4)
		case_2020(c, h + 0.5);
	r = reported(c);
	CHECK_INT(count_of(&r, "bursts_high") + count_of(&r, "bursts_low"), 6);
	CHECK(cell(&r, "p")->real > 0.05);
	CHECK_SAYS(&r, "does not show that bursts come more often, or less often,");
	CHECK(!strstr(statement(&r), "supports"));
	reported_close(&r);

	c = judge_case_2003();
	case_day(c, 0, SIX_HOURS);
	for (int h = 5; h < 13; h += 2)
		case_2020(c, h + 0.5);
	r = reported(c);
	CHECK_INT(count_of(&r, "bursts_low"), 4);
	CHECK_NEAR(cell(&r, "rate_ratio")->real, 0, 0);
	CHECK_SAYS(&r, "0 of 4 bursts");
	CHECK_SAYS(&r, "none began then");
	CHECK(!strstr(statement(&r), "supports"));
	reported_close(&r);
}

/* One cluster is one: five bursts in one rise say little, however small the binomial p is. */
static void test_cluster(void)
{
	struct judge_case *c = judge_case_2003();
	struct reported r;

	case_day(c, 0, "------------------HHHHHH");
	for (int i = 0; i < 5; i++)
		case_2020(c, 18.2 + 1.1 * i);
	r = reported(c);
	CHECK_INT(count_of(&r, "bursts_high"), 5);
	CHECK(cell(&r, "p_binomial")->real < 0.002);
	/* 4.4 h long, and 6 h are high: 1.6 of 24 places */
	CHECK_NEAR(cell(&r, "p_shift")->real, 1.6 / 24, 0.01);
	CHECK_SAYS(&r, "does not show");
	reported_close(&r);
}

static void test_too_few(void)
{
	struct judge_case *c = judge_case_2003();
	struct reported r;

	case_day(c, 0, SIX_HOURS);
	case_2020(c, 2.5);
	case_2020(c, 4.5);
	r = reported(c);
	CHECK_INT(count_of(&r, "bursts_high"), 2);
	CHECK(unknown(cell(&r, "rate_ratio")) && unknown(cell(&r, "p")) && unknown(cell(&r, "method")));
	CHECK_SAYS(&r, "2 bursts of Event 2020 began in the 24 h that poolsnaps cover: too few for a rate.");
	reported_close(&r);

	c = judge_case_2003();
	case_day(c, 0, SIX_HOURS);
	case_2020(c, 2.5);
	r = reported(c);
	CHECK_SAYS(&r, "1 burst of Event 2020 began in the 24 h");
	reported_close(&r);

	c = judge_case_2003();
	case_day(c, 0, SIX_HOURS);
	for (int i = 0; i < 4; i++)
		case_2020(c, 30 + 2 * i);
	r = reported(c);
	CHECK_SAYS(&r, "No burst of Event 2020 began in the 24 h that poolsnaps cover: too few for a rate.");
	CHECK_SAYS(&r, " 4 bursts began outside that time and are not counted.");
	reported_close(&r);
}

/* Equal values are all high: where that is always, there is nothing to compare with. */
static void test_ties(void)
{
	struct judge_case *c = judge_case_2003();
	struct reported r;

	for (int h = 0; h <= 12; h++)
		SNAP(c, .hours = h, .mmst = 150, .rest = 90);
	for (int i = 0; i < 4; i++)
		case_2020(c, 0.5 + 3 * i);
	r = reported(c);
	CHECK_INT(count_of(&r, "bursts_high"), 4);
	CHECK_NEAR(cell(&r, "hours_low")->real, 0, 0);
	CHECK(unknown(cell(&r, "rate_ratio")) && unknown(cell(&r, "p")));
	CHECK_SAYS(&r,
		"MmSt was in its top quarter (150.0 MiB or more) for 12 h of the 12 h that poolsnaps cover: too"
		" much to compare with the rest.");
	reported_close(&r);

	/* half of them equal */
	c = judge_case_2003();
	for (int h = 0; h <= 12; h++)
		SNAP(c, .hours = h, .mmst = h < 6 ? 100 : 150, .rest = 90);
	for (int i = 0; i < 4; i++)
		case_2020(c, 0.5 + 3 * i);
	r = reported(c);
	CHECK_NEAR(cell(&r, "hours_high")->real, 6, 0);
	CHECK_SAYS(&r, "Equal values count as high: 7 of 13 poolsnaps.");
	reported_close(&r);

	/* high for less than an hour */
	c = judge_case_2003();
	for (int i = 0; i < 16; i++)
		SNAP(c, .hours = i < 5 ? 0.15 * i : i - 4, .mmst = i < 4 ? 150 : 100 - i, .rest = 90);
	for (int i = 0; i < 4; i++)
		case_2020(c, 0.3 + 2 * i);
	r = reported(c);
	CHECK_NEAR(cell(&r, "hours_high")->real, 0.6, 1e-9);
	CHECK(unknown(cell(&r, "p")));
	CHECK_SAYS(&r, "too little to compare with the rest.");
	reported_close(&r);
}

/* ---- what is covered ---- */

/* Five hours apart nobody knows what lay between; four hours are covered. */
static void test_gaps(void)
{
	struct judge_case *c = judge_case_2003();
	struct reported r;

	for (int i = 0; i < 10; i++)
		SNAP(c, .hours = 5 * i, .mmst = i % 3 ? 100 : 200, .rest = 90);
	for (int i = 0; i < 9; i++)
		case_2020(c, 5 * i + 0.1);
	r = reported(c);
	CHECK_INT(count_of(&r, "n_bursts"), 9);
	CHECK_INT(count_of(&r, "bursts_unseen"), 9);
	CHECK_NEAR(cell(&r, "hours_high")->real + cell(&r, "hours_low")->real, 0, 0);
	CHECK(unknown(cell(&r, "p")));
	CHECK_SAYS(&r,
		"No two complete poolsnaps of one boot lie within 4 h of each other: no rate of bursts is given.");
	reported_close(&r);

	c = judge_case_2003();
	for (int i = 0; i < 10; i++)
		SNAP(c, .hours = 4 * i, .mmst = i % 3 ? 100 + i : 200, .rest = 90);
	for (int i = 0; i < 9; i++)
		case_2020(c, 4 * i + 0.1);
	r = reported(c);
	CHECK_INT(count_of(&r, "bursts_unseen"), 0);
	CHECK_NEAR(cell(&r, "hours_high")->real + cell(&r, "hours_low")->real, 36, 1e-9);
	reported_close(&r);
}

/* A restart ends what is covered; a screen that shows no MmSt, or only a large one, covers nothing. */
static void test_boots_and_screens(void)
{
	struct judge_case *c = judge_case_2003();
	struct reported r;

	SNAP(c, .hours = 0, .mmst = 200, .rest = 90);
	SNAP(c, .hours = 1, .mmst = 100, .rest = 90);
	case_logged(c, 2, "EventLog", 6005, "");
	SNAP(c, .hours = 3, .mmst = 40, .rest = 90, .allocs = 1000);
	SNAP(c, .hours = 5, .mmst = 50, .rest = 90, .allocs = 2000);
	SNAP(c, .hours = 6, .mmst = 250, .rest = 90, .live = true, .allocs = 3000, .printed = 350);
	SNAP(c, .hours = 8, .mmst = 60, .rest = 90, .allocs = 4000);
	case_2020(c, 1.5);
	r = reported(c);
	CHECK_INT(count_of(&r, "snapshots_used"), 5);
	CHECK_NEAR(cell(&r, "hours_high")->real, 1, 1e-9);
	CHECK_NEAR(cell(&r, "hours_low")->real, 5, 1e-9);
	CHECK_INT(count_of(&r, "bursts_unseen"), 1);
	CHECK_TEXT(table_cell(r.bursts, 0, "mmst_then")->text, "not covered");
	reported_close(&r);
}

/* Whichever capture is missing, not more is covered. */
static void test_missing_captures(void)
{
	for (int out = 0; out <= 24; out++) {
		struct judge_case *c = judge_case_2003();
		struct reported r;

		for (int i = 0; i <= 24; i++)
			if (i != out)
				SNAP(c, .hours = 2.5 * i, .mmst = 100 + (i * 37) % 100, .rest = 90);
		case_2020(c, 5.1);
		r = reported(c);
		CHECK_NEAR(cell(&r, "hours_high")->real + cell(&r, "hours_low")->real,
			out == 0 || out == 24 ? 57.5 : 55, 1e-9);
		reported_close(&r);
	}
}

/* A clock that nobody told: marked, and no rate. */
static void test_clock(void)
{
	struct judge_case *c = judge_case_open_untold();
	struct reported r;

	case_machine(c, "5.2.3790 Service Pack 2", "x86", 2);
	case_day(c, 0, SIX_HOURS);
	for (int h = 0; h < 24; h += 4)
		case_2020(c, h + 0.5);
	r = reported(c);
	CHECK_INT(count_of(&r, "snapshots_used"), 0);
	CHECK_INT(count_of(&r, "snapshots_uncertain"), 25);
	CHECK(unknown(cell(&r, "p")) && unknown(cell(&r, "threshold_bytes")));
	CHECK_SAYS(&r,
		"The clock of the poolsnaps is not certain, so no rate of bursts is given (--utc-offset tells it).");
	CHECK_INT(burst_int(&r, 1, "snapshot"), case_hours(4));
	CHECK_TEXT(table_cell(r.bursts, 1, "clock")->text, "assumed: nothing says the offset");
	reported_close(&r);
}

/* ---- which events ---- */

static void test_other_events(void)
{
	struct judge_case *c = judge_case_2003();
	struct reported r;

	case_day(c, 0, SIX_HOURS);
	for (int h = 0; h < 24; h += 4) {
		case_2019(c, h + 0.5);
		case_logged(c, h + 2.5, "NTBackup", 8001, "error 1450 while reading");
	}
	r = reported(c);
	CHECK_TEXT(cell(&r, "burst_event")->text, "2019");
	CHECK_INT(count_of(&r, "n_bursts"), 6);
	CHECK_SAYS(&r, "of 6 bursts of Event 2019 began");
	CHECK_SAYS(&r, "Event 2019 speaks of the nonpaged pool");
	CHECK_TEXT(table_cell(r.bursts, 0, "event")->text, "2019");
	reported_close(&r);

	/* MmSt is no cause of theirs, whatever goes together */
	c = judge_case_2003();
	case_day(c, 0, SIX_HOURS);
	for (size_t i = 0; i < 24; i++)
		if (SIX_HOURS[i] == 'H' && i != 22)
			case_2019(c, (double)i + 0.5);
	r = reported(c);
	CHECK(cell(&r, "p")->real < 0.05);
	CHECK_SAYS(&r, "They go together, which proves no cause. Event 2019 speaks of the nonpaged pool");
	CHECK(!strstr(statement(&r), "supports"));
	reported_close(&r);

	/* one 2020, and the 2019s are not looked at */
	c = judge_case_2003();
	case_day(c, 0, SIX_HOURS);
	for (int h = 0; h < 24; h += 4)
		case_2019(c, h + 0.5);
	case_2020(c, 3);
	r = reported(c);
	CHECK_TEXT(cell(&r, "burst_event")->text, "2020");
	CHECK_INT(count_of(&r, "n_bursts"), 1);
	CHECK_INT(count_of(&r, "n_events"), 7);
	CHECK_INT(r.bursts->row_count, 1);
	reported_close(&r);

	c = judge_case_2003();
	case_day(c, 0, SIX_HOURS);
	for (int h = 0; h < 24; h += 4)
		for (int i = 0; i < 3; i++)
			case_logged(c, h + 0.2 + i / 10.0, "NTBackup", 8001, "error 1450 while reading");
	r = reported(c);
	CHECK_INT(count_of(&r, "n_bursts"), 6);
	CHECK_INT(burst_int(&r, 0, "events"), 3);
	CHECK_SAYS(&r, "No Event 2020 or 2019 of source Srv is in the logs.");
	CHECK_SAYS(&r, "of 6 bursts of errors 1450, 1130 or C000009A in the Application log began");
	reported_close(&r);
}

static void test_nothing(void)
{
	struct judge_case *c = judge_case_2003();
	struct reported r;

	case_day(c, 0, SIX_HOURS);
	r = reported(c);
	CHECK_TEXT(statement(&r), "No event log was read.");
	CHECK_INT(count_of(&r, "n_bursts"), 0);
	CHECK(unknown(cell(&r, "burst_event")));
	CHECK(unknown(cell(&r, "rate_ratio")) && unknown(cell(&r, "p")));
	CHECK_INT(r.bursts->row_count, 0);
	reported_close(&r);

	c = judge_case_2003();
	for (int i = 0; i < 4; i++)
		case_2020(c, 2 * i);
	r = reported(c);
	CHECK_INT(count_of(&r, "n_bursts"), 4);
	CHECK(unknown(cell(&r, "threshold_bytes")));
	CHECK(!strstr(statement(&r), "rate"));
	CHECK_INT(r.bursts->row_count, 4);
	CHECK_TEXT(table_cell(r.bursts, 0, "mmst_then")->text, "not covered");
	reported_close(&r);
}

int main(void)
{
	test_before();
	test_before_odd();
	test_high();
	test_rarer();
	test_all_high();
	test_no_connection();
	test_cluster();
	test_too_few();
	test_ties();
	test_gaps();
	test_boots_and_screens();
	test_missing_captures();
	test_clock();
	test_other_events();
	test_nothing();
	return check_end();
}
