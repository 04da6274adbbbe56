/* SPDX-License-Identifier: MIT
 * Do the charts hold what was read: lines that keep their extremes when thinned, bars that add up, the bursts
 * that were chosen and the poolsnaps around them? */
#include "tests/report_case.h"

#include "analysis/chart.h"

/* ---- thinning ---- */

static uint64_t chance(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 33;
}

static struct chart_line made_line(struct arena *a, size_t n, uint64_t seed)
{
	struct snapshot *s = arena_alloc(a, (n + 1) * sizeof *s);
	struct chart_line l = { arena_alloc(a, (n + 1) * sizeof(const struct snapshot *)),
		arena_alloc(a, (n + 1) * sizeof(int64_t)), n };

	for (size_t i = 0; i < n; i++) {
		s[i].at = case_time(CASE_START) + (when_us)i * WHEN_MINUTE;
		l.at[i] = &s[i];
		l.bytes[i] = (int64_t)(chance(&seed) % 1000000);
	}
	return l;
}

static bool has_point(const struct series *s, when_us at, int64_t bytes)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->points[i].time == at && s->points[i].value == (double)bytes)
			return true;
	return false;
}

static void check_thinned(size_t n, size_t most, const char *words)
{
	struct report *r = report_open();
	struct chart *c = chart_new(r, "c", "C", T_BYTES);
	struct chart_line l = made_line(r->arena, n, n);
	struct series *s = chart_line_add(c, &l, "MmSt", true, most);
	size_t low = 0, high = 0, backwards = 0, foreign = 0;

	for (size_t i = 0; i < n; i++) {
		low = l.bytes[i] < l.bytes[low] ? i : low;
		high = l.bytes[i] > l.bytes[high] ? i : high;
	}
	CHECK(s->count <= most && s->count <= n);
	CHECK(n > most || s->count == n);
	CHECK(n <= most || s->count > most / 3);
	CHECK(has_point(s, l.at[low]->at, l.bytes[low]));
	CHECK(has_point(s, l.at[high]->at, l.bytes[high]));
	CHECK(has_point(s, l.at[0]->at, l.bytes[0]));
	CHECK(has_point(s, l.at[n - 1]->at, l.bytes[n - 1]));
	for (size_t i = 0; i < s->count; i++) {
		size_t from = (size_t)((s->points[i].time - l.at[0]->at) / WHEN_MINUTE);

		backwards += i && s->points[i].time <= s->points[i - 1].time;
		foreign += s->points[i].value != (double)l.bytes[from];
	}
	CHECK_INT(backwards, 0);
	CHECK_INT(foreign, 0);
	CHECK_TEXT(c->thinned, words);
	report_close(r);
}

static void test_thinning(void)
{
	check_thinned(1, 600, NULL);
	check_thinned(2, 600, NULL);
	check_thinned(599, 600, NULL);
	check_thinned(600, 600, NULL);
	check_thinned(601, 600,
		"601 poolsnaps are drawn as at most 600 points a line: the first, the last, and the smallest and largest of"
		" every 3 between them.");
	check_thinned(2016, 600,
		"2,016 poolsnaps are drawn as at most 600 points a line: the first, the last, and the smallest and largest"
		" of every 7 between them.");
	check_thinned(1234567, 600,
		"1,234,567 poolsnaps are drawn as at most 600 points a line: the first, the last, and the smallest and"
		" largest of every 4129 between them.");
	check_thinned(101, 100,
		"101 poolsnaps are drawn as at most 100 points a line: the first, the last, and the smallest and largest of"
		" every 3 between them.");
}

/* ---- what is in a report ---- */

static const struct chart *chart_of(const struct report *r, const char *name, size_t nth)
{
	for (const struct block *b = r->servers[0].parts[PART_CHART]; b; b = b->next)
		if (b->kind == BLOCK_CHART && strncmp(b->chart->name, name, strlen(name)) == 0 && !nth--)
			return b->chart;
	return NULL;
}

static size_t charts_of(const struct report *r, const char *name)
{
	size_t n = 0;

	while (chart_of(r, name, n))
		n++;
	return n;
}

/* Their names tell them apart where nothing else does, as in a file of points. */
static void check_names(const struct report *r)
{
	for (const struct block *b = r->servers[0].parts[PART_CHART]; b; b = b->next)
		for (const struct block *o = b->next; b->chart && o; o = o->next)
			CHECK(!o->chart || strcmp(b->chart->name, o->chart->name) != 0);
}

/* All that is said in the part in plain text. */
static bool part_says(const struct report *r, const char *words)
{
	for (const struct block *b = r->servers[0].parts[PART_CHART]; b; b = b->next)
		if (b->kind == BLOCK_TEXT && strstr(b->text, words))
			return true;
	return false;
}

static size_t marks_of(const struct chart *c, enum mark_kind kind)
{
	size_t n = 0;

	for (size_t i = 0; i < c->mark_count; i++)
		n += c->marks[i].kind == kind ? c->marks[i].times : 0;
	return n;
}

static void done(struct judge_case *c, struct report *r)
{
	report_close(r);
	judge_case_close(c);
}

/* ---- lines over time ---- */

static void test_lines(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	const struct chart *k;

	case_full(c);
	case_2020(c, 1.2);
	case_2019(c, 0.7);
	r = case_report(c);
	k = chart_of(r, "paged-over-time", 0);
	CHECK(k && k->kind == CHART_LINES && !k->small);
	CHECK_INT(k->series_count, 8);
	CHECK_TEXT(k->series[0].label, "all paged");
	CHECK(k->series[0].kind == SERIES_TOTAL && !k->series[0].emphasised);
	CHECK_TEXT(k->series[1].label, "MmSt");
	CHECK(k->series[1].emphasised && k->series[1].kind == SERIES_TAG && !k->series[2].emphasised);
	CHECK_INT(marks_of(k, MARK_2020), 1);
	CHECK_INT(marks_of(k, MARK_2019), 1);
	CHECK_INT(k->level_count, 3);
	CHECK(k->levels[0].high > k->levels[0].low);
	CHECK_NEAR(k->levels[1].low, k->levels[0].low * 0.8, 1e-9);
	CHECK_NEAR(k->levels[1].high, k->levels[0].high * 0.8, 1e-9);
	CHECK_TEXT(k->levels[1].label, "80 %: default trim start");
	CHECK(!k->thinned);
	CHECK(strstr(k->about, "All paged: 210.0 MiB at first, 290.0 MiB at last, 290.0 MiB at most"));
	CHECK(strstr(k->about, "MmSt: 120.0 MiB at first, 200.0 MiB at last"));
	CHECK(strstr(k->about, "Event 2020: 1, in 1 burst.") &&
		strstr(k->about, "Event 2019: 1, in 1 burst."));
	CHECK(strstr(k->note, "known as a range only"));
	CHECK_INT(report_table(r, "paged_over_time")->row_count, 8);
	CHECK_INT(table_cell(report_table(r, "paged_over_time"), 1, "points")->table->row_count, 3);
	CHECK_INT(table_cell(table_cell(report_table(r, "paged_over_time"), 1, "points")->table, 2, "bytes")
			  ->number,
		case_mib(200));
	done(c, r);
}

/* A line between poolsnaps that lie days apart would be invented; one across a restart as well. */
static void test_gaps(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	const struct chart *k;

	for (int day = 0; day < 3; day++)
		for (int i = 0; i < 10; i++)
			SNAP(c, .hours = 24 * (day == 2 ? 5 : day) + i * 0.5, .mmst = 100 + i, .rest = 90);
	r = case_report(c);
	k = chart_of(r, "paged-over-time", 0);
	CHECK_INT(marks_of(k, MARK_GAP), 2);
	CHECK(strstr(k->note,
		"No line is drawn where no poolsnap was taken for more than 4 h: 2 gaps, the longest of"
		" 3 d 19 h."));
	done(c, r);

	/* Once a day is no gap where it is the custom. */
	c = judge_case_2003();
	for (int day = 0; day < 9; day++)
		SNAP(c, .hours = 24 * day, .mmst = 100, .rest = 90);
	r = case_report(c);
	CHECK_INT(marks_of(chart_of(r, "paged-over-time", 0), MARK_GAP), 0);
	done(c, r);
}

static void test_nothing(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;

	case_2020(c, 1);
	r = case_report(c);
	CHECK(part_says(r, "Nothing is drawn: no poolsnap was read."));
	CHECK(!chart_of(r, "paged-over-time", 0) && !chart_of(r, "peak-shares", 0));
	CHECK_INT(report_table(r, "peak_shares")->row_count, 0);
	CHECK_INT(report_table(r, "paged_over_time")->row_count, 0);
	done(c, r);

	c = judge_case_2003();
	SNAP(c, .undated = true, .mmst = 150, .rest = 90);
	r = case_report(c);
	CHECK(part_says(r, "no poolsnap that was read has a time"));
	CHECK_TEXT(chart_of(r, "peak-shares", 0)->title, "The paged pool by tag at its peak");
	CHECK(strncmp(chart_of(r, "peak-shares", 0)->note, "The poolsnap (", 14) == 0);
	CHECK_INT(table_cell(report_table(r, "peak_shares"), 0, "snapshot")->state, CELL_UNKNOWN);
	done(c, r);
}

/* A flood of events is as many ticks as can be told apart, and every event is counted. */
static void test_flood(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	const struct chart *k;

	case_full(c);
	judge_case_begin(c, "events");
	for (int i = 0; i < 700; i++)
		EVENT(c->store, .at = case_hours(0.2) + i * WHEN_SECOND * 3, .computer = CASE_SERVER,
			.channel = "System", .record = 5000 + i, .provider = "Srv", .id = 2020,
			.strings = "x");
	case_end(c->store);
	r = case_report(c);
	k = chart_of(r, "paged-over-time", 0);
	CHECK_INT(marks_of(k, MARK_2020), 700);
	CHECK(k->mark_count < 300);
	CHECK(k->thinned && strncmp(k->thinned, "700 events are drawn as ", 24) == 0);
	CHECK_TEXT(chart_of(r, "burst-hours", 0)->title,
		"Burst 1 of 1, 2009-10-14 08:12 to 08:46 UTC: 700 events");
	done(c, r);
}

/* Events far from the poolsnaps have no tick, and are counted. */
static void test_beyond(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;

	case_full(c);
	case_2020(c, -50);
	case_2020(c, -49);
	case_2020(c, 1.2);
	r = case_report(c);
	CHECK_INT(marks_of(chart_of(r, "paged-over-time", 0), MARK_2020), 1);
	CHECK_INT(chart_of(r, "paged-over-time", 0)->beyond, 2);
	CHECK_INT(chart_of(r, "burst-hours", 0)->beyond, 0);
	done(c, r);
}

/* ---- shares ---- */

static double shares_sum(const struct table *t)
{
	double sum = 0;

	for (size_t i = 0; i < t->row_count; i++)
		sum += table_cell(t, i, "share")->real;
	return sum;
}

static double bars_sum(const struct chart *k)
{
	double sum = 0;

	for (size_t i = 0; i < k->series_count; i++)
		sum += k->series[i].points[0].value;
	return sum;
}

/* The poolsnap that shows all tags and has the highest total; MmSt whatever its rank. */
static void test_shares(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	const struct chart *k;
	const struct table *t;

	SNAP(c, .hours = -1, .mmst = 50, .rest = 80, .printed = 220, .live = true);
	SNAP(c, .hours = 0, .mmst = 5, .rest = 80, .tag = "Toke", .tag_mib = 20);
	SNAP(c, .hours = 1, .mmst = 6, .rest = 160, .tag = "Toke", .tag_mib = 40, .printed = 210);
	SNAP(c, .hours = 2, .mmst = 7, .rest = 80, .tag = "Toke", .tag_mib = 30);
	SNAP(c, .hours = 3, .mmst = 50, .rest = 80, .printed = 230, .live = true);
	r = case_report(c);
	k = chart_of(r, "peak-shares", 0);
	t = report_table(r, "peak_shares");
	CHECK(k && k->kind == CHART_BARS);
	CHECK_TEXT(k->title, "The paged pool by tag, 2009-10-14 09:00 UTC");
	CHECK_INT(k->series_count, 10);
	CHECK_TEXT(k->series[0].label, "Toke");
	CHECK_TEXT(k->series[1].label, "Fil0");
	CHECK_TEXT(k->series[7].label, "MmSt");
	CHECK(k->series[7].emphasised && k->series[7].kind == SERIES_TAG);
	CHECK_TEXT(k->series[8].label, "2 other tags");
	CHECK(k->series[8].kind == SERIES_REST && k->series[8].points[0].value == 40 * (double)MIB);
	CHECK_TEXT(k->series[9].label, "in no row");
	CHECK_NEAR(bars_sum(k), k->whole, 1e-12);
	CHECK_NEAR(k->whole, 210 * (double)MIB, 1e-12);
	CHECK_INT(t->row_count, 10);
	CHECK_NEAR(shares_sum(t), 100, 1e-9);
	CHECK_INT(table_cell(t, 8, "tags")->number, 2);
	CHECK_INT(table_cell(t, 8, "tag")->state, CELL_UNKNOWN);
	CHECK_TEXT(table_cell(t, 9, "what")->text, "not in its rows");
	CHECK(strstr(k->about, "210.0 MiB are 100 %. Toke 40.0 MiB (19.0 %), Fil0 20.0 MiB (9.5 %),"));
	CHECK(strstr(k->about,
		"MmSt 6.0 MiB (2.9 %), 2 other tags 40.0 MiB (19.0 %), in no row 4.0 MiB (1.9 %)."));
	CHECK(strstr(k->note,
		"More was in use, 230.0 MiB, in the poolsnap of 2009-10-14 11:00:00 UTC, which does not"
		" show all paged tags."));
	done(c, r);
}

/* Only a copy of the screen: what its rows do not show is not known. */
static void test_partial(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	const struct chart *k;

	SNAP(c, .hours = 1, .mmst = 60, .rest = 40, .printed = 200, .live = true);
	r = case_report(c);
	k = chart_of(r, "peak-shares", 0);
	CHECK_TEXT(k->title, "The paged pool by tag at its peak, 2009-10-14 09:00 UTC");
	CHECK(strstr(k->note, "has the highest total: 200.0 MiB are 100 %."));
	CHECK_INT(k->series_count, 10);
	CHECK_TEXT(k->series[8].label, "Fil7"); /* one more has its bar: "1 other tag" would say less */
	CHECK(k->series[8].kind == SERIES_TAG);
	CHECK_TEXT(k->series[9].label, "not shown");
	CHECK_NEAR(k->series[9].points[0].value, 100 * (double)MIB, 1e-12);
	CHECK_NEAR(shares_sum(report_table(r, "peak_shares")), 100, 1e-9);
	CHECK(strstr(k->note,
		"It is a copy of the screen: who holds the bytes that its 9 paged rows do not show is not"
		" known."));
	done(c, r);

	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 60, .rest = 40, .printed = -1, .live = true);
	r = case_report(c);
	k = chart_of(r, "peak-shares", 0);
	CHECK(k->whole == 0 && k->series_count == 9);
	CHECK_TEXT(k->series[8].label, "Fil7");
	CHECK(strstr(k->note, "has the most paged bytes. It is a copy of the screen without a total"));
	CHECK(strstr(k->note, "their share of the pool is not known"));
	CHECK_INT(table_cell(report_table(r, "peak_shares"), 0, "share")->state, CELL_UNKNOWN);
	done(c, r);
}

/* ---- bursts ---- */

/* Eight bursts, two hours apart, of 3 4 1 6 2 5 9 1 events; poolsnaps every half hour. */
static void test_chosen(void)
{
	static const int events[] = { 3, 4, 1, 6, 2, 5, 9, 1 }, chosen[] = { 1, 2, 4, 6, 7, 8 };
	struct judge_case *c = judge_case_2003();
	struct report *r;

	for (int i = 0; i < 40; i++)
		SNAP(c, .hours = i * 0.5, .mmst = 120 + i, .rest = 90);
	for (size_t b = 0; b < LEN(events); b++)
		for (int i = 0; i < events[b]; i++)
			case_2020(c, 2.1 + 2 * (double)b + 0.01 * i);
	r = case_report(c);
	CHECK_INT(charts_of(r, "burst-hours-"), 6);
	check_names(r);
	CHECK(part_says(r, "Showing 6 of 8 bursts; all in the table of bursts and in CSV."));
	CHECK(!part_says(r, "Not drawn"));
	for (size_t i = 0; i < LEN(chosen); i++) {
		const struct chart *k = chart_of(r, "burst-hours", i);
		char begin[40];

		snprintf(begin, sizeof begin, "Burst %d of 8, 2009-10-1", chosen[i]);
		CHECK(k && k->small && strncmp(k->title, begin, strlen(begin)) == 0);
		CHECK_INT((k->to - k->from + WHEN_SECOND / 2) / WHEN_SECOND,
			(events[chosen[i] - 1] - 1) * 36 + 3 * 3600);
		CHECK_TEXT(k->series[0].label, "all paged");
		CHECK_TEXT(k->series[1].label, "MmSt");
		CHECK_INT(k->series[1].count, 6);
		for (size_t p = 0; p < k->series[0].count; p++)
			CHECK(k->series[0].points[p].time >= k->from && k->series[0].points[p].time <= k->to);
	}
	CHECK_TEXT(chart_of(r, "burst-hours", 0)->title,
		"Burst 1 of 8, 2009-10-14 10:06 to 10:07 UTC: 3 events");
	CHECK_TEXT(chart_of(r, "burst-hours", 0)->about,
		"6 min before the first event: 214.0 MiB paged, MmSt 124.0 MiB (58 %). In the 2 h before that: +4.0 MiB"
		" paged, MmSt +4.0 MiB.");
	CHECK_INT(marks_of(chart_of(r, "burst-hours", 0), MARK_2020), 3);
	done(c, r);
}

/* Poolsnaps far apart: the next ones before and after are taken; of another boot none is. */
static void test_reach(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	const struct chart *k;

	case_logged(c, -20, "EventLog", 6005, NULL);
	SNAP(c, .hours = -5, .mmst = 100, .rest = 90);
	case_2020(c, 0);
	SNAP(c, .hours = 6, .mmst = 150, .rest = 90);
	case_logged(c, 30, "EventLog", 6005, NULL);
	case_2020(c, 31);
	case_logged(c, 32, "EventLog", 6005, NULL);
	SNAP(c, .hours = 32.5, .mmst = 90, .rest = 90);
	r = case_report(c);
	CHECK_INT(charts_of(r, "burst-hours"), 1);
	k = chart_of(r, "burst-hours", 0);
	CHECK_INT(k->series[0].count, 2);
	CHECK_INT(k->series[0].points[0].time, case_hours(-5));
	CHECK_INT(k->series[0].points[1].time, case_hours(6));
	CHECK(strncmp(k->about, "5 h before the first event: 190.0 MiB paged", 43) == 0);
	CHECK(part_says(r, "Showing 1 of 2 bursts"));
	CHECK(part_says(r,
		"Not drawn: burst 2 (2009-10-15 15:00 UTC). No poolsnap of the same boot with a total lies"
		" within 12 h of it."));
	done(c, r);
}

/* A poolsnap after the first event is no poolsnap before it. */
static void test_after(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;

	case_2020(c, 0);
	SNAP(c, .hours = 0.5, .mmst = 100, .rest = 90);
	r = case_report(c);
	CHECK_TEXT(chart_of(r, "burst-hours", 0)->about,
		"No poolsnap of that boot was taken in the 2 h before the first event.");
	done(c, r);
}

int main(void)
{
	test_thinning();
	test_lines();
	test_gaps();
	test_nothing();
	test_flood();
	test_beyond();
	test_shares();
	test_partial();
	test_chosen();
	test_reach();
	test_after();
	return check_end();
}
