/* SPDX-License-Identifier: MIT
 * Paged bytes of the largest tags over time, with the events and the trim lines. */
#include "analysis/analysis.h"

#include <string.h>

#define CHART_SERIES 6
#define CHART_POINTS 600

/* Thinned to the smallest and largest of each stretch, so that no peak is lost. */
static void series_fill(struct chart *c, const struct tag_series *t, const char *label, bool emphasised)
{
	struct series *s = chart_series(c, label, emphasised);
	size_t dated = 0, stretch, at = 0;

	while (dated < t->count && t->at[dated]->at != WHEN_NONE)
		dated++;
	stretch = dated > CHART_POINTS ? (dated + CHART_POINTS / 2 - 1) / (CHART_POINTS / 2) : 1;
	if (stretch > 1)
		c->thinned = "Points were thinned to the smallest and largest of each stretch.";
	for (; at < dated; at += stretch) {
		size_t low = at, high = at, end = at + stretch < dated ? at + stretch : dated;

		for (size_t i = at; i < end; i++) {
			low = t->bytes[i] < t->bytes[low] ? i : low;
			high = t->bytes[i] > t->bytes[high] ? i : high;
		}
		size_t first = low < high ? low : high, second = low < high ? high : low;

		series_point(c, s, t->at[first]->at, (double)t->bytes[first]);
		if (second != first)
			series_point(c, s, t->at[second]->at, (double)t->bytes[second]);
	}
}

/* A tick for each event, but no more ticks than a chart can show: then one stands for all within a 600th of
 * it. */
static void event_marks(struct chart *c, const struct evidence *e, int id, when_us first, when_us last)
{
	when_us drawn = WHEN_NONE,
		apart = e->exhaustion_count > CHART_POINTS ? (last - first) / CHART_POINTS : 0;

	for (size_t i = 0; i < e->exhaustion_count; i++) {
		const struct exhaustion *x = &e->exhaustions[i];

		if (x->id != id || x->at < first - 2 * WHEN_HOUR || x->at > last + 2 * WHEN_HOUR)
			continue;
		if (drawn != WHEN_NONE && apart && x->at - drawn < apart)
			continue;
		drawn = x->at;
		chart_mark(c, x->at, id == 2020 ? MARK_2020 : MARK_2019,
			id == 2020 ? "Event 2020" : "Event 2019");
	}
}

static void marks(struct chart *c, const struct evidence *e)
{
	when_us first = e->snapshots[0].at, last = e->snapshots[e->dated_count - 1].at;

	event_marks(c, e, 2020, first, last);
	event_marks(c, e, 2019, first, last);
	for (size_t i = 0; i < e->boot_count; i++)
		if (e->boots[i].start != WHEN_NONE && e->boots[i].start > first && e->boots[i].start <= last)
			chart_mark(c, e->boots[i].start, MARK_BOOT, "restart");
	if (e->exhaustion_count > CHART_POINTS && !c->thinned)
		c->thinned = "Ticks stand for several events where they are close.";
}

static void levels(struct chart *c, const struct judgement *j)
{
	const struct pool_limit *m = &j->e->limit;
	struct arena *a = c->arena;
	int trim = (int)trim_start(j->e);

	/* A maximum of many gigabytes would press all lines to the floor; it stands in the text then. */
	if (!m->known || m->low <= 0 || m->high > 8 * (j->e->peak ? j->e->peak->paged : 0))
		return;
	chart_level(c, LEVEL_MAXIMUM, (double)m->low, (double)m->high, "maximum");
	chart_level(c, LEVEL_TRIM_DEFAULT, (double)m->low * trim / 100, (double)m->high * trim / 100,
		trim == (int)threshold(j->e, THRESHOLD_TRIM_DEFAULT)
			? "80 %: trimming starts by default"
			: arena_printf(a, "%d %%: trimming starts, as it is set", trim));
	if (j->step)
		chart_level(c, LEVEL_TRIM_RECOMMENDED, (double)m->low * j->step / 100,
			(double)m->high * j->step / 100, arena_printf(a, "%d %%: recommended", j->step));
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	const struct evidence *e = j->e;
	struct chart *c = chart_new(r, "paged-over-time", "Paged bytes of the largest tags", T_BYTES);
	struct tag_series total = { .count = 0 };
	size_t drawn = 0;

	if (!e->dated_count) {
		block_text(s, PART_CHART, "No chart: no poolsnap with a time was read.");
		return;
	}
	total.at = arena_alloc(r->arena, e->dated_count * sizeof *total.at);
	total.bytes = arena_alloc(r->arena, e->dated_count * sizeof *total.bytes);
	for (size_t i = 0; i < e->dated_count; i++)
		if (e->snapshots[i].paged >= 0) {
			total.at[total.count] = &e->snapshots[i];
			total.bytes[total.count++] = e->snapshots[i].paged;
		}
	series_fill(c, &total, "all paged", false);
	for (size_t i = 0; i < e->tag_count; i++) {
		const struct tag_series *t = &e->tags[i];

		if (strcmp(t->pool, "paged") != 0 || (drawn >= CHART_SERIES && t != e->mmst))
			continue;
		/* MmSt, and the tag that the verdict names instead. */
		series_fill(c, t, t->tag, t == e->mmst || (j->rule == RULE_V06 && t == j->leader));
		drawn++;
	}
	marks(c, e);
	levels(c, j);
	c->about = arena_printf(r->arena,
		"%s The chart shows %zu poolsnaps from %s to %s, %zu Event 2020 and %zu Event 2019.",
		j->headline, e->dated_count, time_words(r->arena, e->snapshots[0].at),
		time_words(r->arena, e->snapshots[e->dated_count - 1].at), e->count_2020, e->count_2019);
	block_add(s, PART_CHART, BLOCK_CHART, c->title)->chart = c;
}

const struct analysis analysis_chart = { "chart", "paged bytes of the largest tags over time", 0, run, NULL };
