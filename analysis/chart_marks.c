/* SPDX-License-Identifier: MIT
 * What stands in a chart beside its lines: events, restarts, times at which nobody looked, and levels. */
#include "analysis/chart.h"

#include <stdlib.h>

/* ---- events and restarts ---- */

static void events_of(struct chart *c, const struct evidence *e, int id, when_us from, when_us to)
{
	when_us drawn = WHEN_NONE,
		apart = e->exhaustion_count > CHART_POINTS ? (to - from) / CHART_POINTS : 0;

	for (size_t i = 0; i < e->exhaustion_count; i++) {
		const struct exhaustion *x = &e->exhaustions[i];

		if (x->id != id || x->at < from || x->at > to)
			continue;
		if (drawn != WHEN_NONE && apart && x->at - drawn < apart) {
			c->marks[c->mark_count - 1].times += x->times;
			continue;
		}
		drawn = x->at;
		chart_mark(c, x->at, id == 2020 ? MARK_2020 : MARK_2019,
			id == 2020 ? "Event 2020" : "Event 2019");
		c->marks[c->mark_count - 1].times = x->times;
	}
}

void chart_events(struct chart *c, const struct evidence *e, when_us from, when_us to)
{
	events_of(c, e, 2020, from, to);
	events_of(c, e, 2019, from, to);
}

void chart_boots(struct chart *c, const struct evidence *e, when_us from, when_us to)
{
	for (size_t i = 0; i < e->boot_count; i++)
		if (e->boots[i].start != WHEN_NONE && e->boots[i].start > from && e->boots[i].start <= to)
			chart_mark(c, e->boots[i].start, MARK_BOOT, "restart");
}

/* ---- gaps ---- */

#define GAP_TIMES 8 /* so many times the usual distance; ours */

/* The usual time from one poolsnap to the next of its boot; 0: too few to say. */
static when_us usual_distance(const struct evidence *e, struct arena *a)
{
	when_us *apart = arena_alloc(a, (e->dated_count + 1) * sizeof *apart);
	size_t n = 0;

	for (size_t i = 1; i < e->dated_count; i++)
		if (e->snapshots[i].boot == e->snapshots[i - 1].boot)
			apart[n++] = e->snapshots[i].at - e->snapshots[i - 1].at;
	if (n < 3)
		return 0;
	qsort(apart, n, sizeof *apart, when_compare);
	return apart[n / 2];
}

const char *chart_gaps(struct chart *c, const struct evidence *e)
{
	when_us usual = usual_distance(e, c->arena), longest = 0,
		most = threshold_time(e->thresholds, THRESHOLD_WATCH_GAP);
	size_t gaps = 0;

	most = GAP_TIMES * usual > most ? GAP_TIMES * usual : most;
	for (size_t i = 1; usual && i < e->dated_count; i++) {
		const struct snapshot *s = &e->snapshots[i];
		when_us apart = s->at - s[-1].at;

		if (s->boot != s[-1].boot || apart <= most)
			continue;
		chart_mark(c, s->at, MARK_GAP, "no poolsnaps");
		longest = apart > longest ? apart : longest;
		gaps++;
	}
	if (!gaps)
		return NULL;
	return arena_printf(c->arena,
		"No line is drawn where no poolsnap was taken for more than %s: %s gap%s, the longest of %s.",
		chart_span(c->arena, most), chart_count(c->arena, gaps), gaps == 1 ? "" : "s",
		chart_span(c->arena, longest));
}

/* ---- levels ---- */

void chart_levels(struct chart *c, const struct judgement *j, bool small)
{
	const struct pool_limit *m = &j->e->limit;
	struct arena *a = c->arena;
	int trim = (int)trim_start(j->e);
	bool set = trim != (int)threshold(j->e, THRESHOLD_TRIM_DEFAULT);

	if (!m->known || m->low <= 0)
		return;
	chart_level(c, LEVEL_MAXIMUM, (double)m->low, (double)m->high, "maximum");
	chart_level(c, LEVEL_TRIM_DEFAULT, (double)m->low * trim / 100, (double)m->high * trim / 100,
		arena_printf(a,
			small ? "%d %%"
			: set ? "%d %%: trim start as set"
			      : "%d %%: default trim start",
			trim));
	if (j->step)
		chart_level(c, LEVEL_TRIM_RECOMMENDED, (double)m->low * j->step / 100,
			(double)m->high * j->step / 100,
			arena_printf(a, small ? "%d %%" : "%d %%: recommended", j->step));
}

void chart_show(struct server_report *s, const struct chart *c)
{
	block_add(s, PART_CHART, BLOCK_CHART, c->title)->chart = c;
}
