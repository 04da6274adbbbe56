/* SPDX-License-Identifier: MIT
 * Paged bytes of the largest tags over time, with the events, restarts and trim lines. */
#include "analysis/chart.h"

#include <string.h>

#define CHART_TAGS 7 /* and the total: eight lines are as many as can be told apart */

static bool is_emphasised(const struct judgement *j, const struct tag_series *t)
{
	/* MmSt, and the tag that the verdict names instead. */
	return t == j->e->mmst || (j->rule == RULE_V06 && t == j->leader);
}

/* The largest; MmSt and what the verdict names are among them whatever their rank. */
static void tag_lines(struct chart *c, const struct judgement *j)
{
	const struct evidence *e = j->e;
	size_t left = CHART_TAGS, owed = 0;

	for (size_t i = 0; i < e->tag_count; i++)
		owed += is_emphasised(j, &e->tags[i]);
	for (size_t i = 0; i < e->tag_count && left; i++) {
		const struct tag_series *t = &e->tags[i];
		struct chart_line l;

		if (strcmp(t->pool, "paged") != 0 || (!is_emphasised(j, t) && left <= owed))
			continue;
		l = chart_tag(t, e, 0, e->dated_count, c->arena);
		if (l.count)
			chart_line_add(c, &l, t->tag, is_emphasised(j, t), CHART_POINTS);
		left -= l.count > 0;
		owed -= is_emphasised(j, t);
	}
}

/* ---- in words ---- */

static const char *line_words(struct arena *a, const struct chart_line *l, const char *name)
{
	size_t peak = 0;

	if (!l->count)
		return "";
	for (size_t i = 1; i < l->count; i++)
		peak = l->bytes[i] > l->bytes[peak] ? i : peak;
	if (l->count == 1)
		return arena_printf(a, " %s: %s.", name, mib_words(a, l->bytes[0]));
	return arena_printf(a, " %s: %s at first, %s at last, %s at most (%s).", name,
		mib_words(a, l->bytes[0]), mib_words(a, l->bytes[l->count - 1]), mib_words(a, l->bytes[peak]),
		chart_time(a, l->at[peak]->at));
}

static const char *events_words(struct arena *a, const struct evidence *e, int id, size_t count)
{
	size_t bursts = 0;

	for (size_t i = 0; i < e->burst_count; i++)
		bursts += e->bursts[i].id == id;
	if (!count)
		return arena_printf(a, " No Event %d was read.", id);
	return arena_printf(a, " Event %d: %s, in %s burst%s.", id, chart_count(a, count),
		chart_count(a, bursts), bursts == 1 ? "" : "s");
}

static const char *maximum_words(const struct pool_limit *m)
{
	if (!m->known || m->low <= 0)
		return " The maximum of the paged pool is not known, so there are no trim lines.";
	return m->high > m->low ? " The maximum is known as a range only, and so is where trimming starts."
				: "";
}

static const char *levels_words(const struct chart *c)
{
	const char *text = "";

	for (size_t i = 0; i < c->level_count; i++) {
		const struct level *v = &c->levels[i];

		text = arena_printf(
			c->arena, "%s %s: %s", text, v->label, mib_words(c->arena, bytes_of(v->low)));
		if (v->high > v->low)
			text = arena_printf(
				c->arena, "%s to %s", text, mib_words(c->arena, bytes_of(v->high)));
		text = arena_printf(c->arena, "%s.", text);
	}
	return text;
}

/* One tick may stand for several events, and some of them all lie far from the poolsnaps. */
static void ticks_told(struct chart *c, size_t count)
{
	size_t ticks = 0, events = 0;

	for (size_t i = 0; i < c->mark_count; i++) {
		ticks += c->marks[i].kind < MARK_BOOT;
		events += c->marks[i].kind < MARK_BOOT ? c->marks[i].times : 0;
	}
	c->beyond = count > events ? count - events : 0;
	if (events > ticks)
		c->thinned = arena_printf(c->arena, "%s%s%s events are drawn as %s ticks.",
			c->thinned ? c->thinned : "", c->thinned ? " " : "", chart_count(c->arena, events),
			chart_count(c->arena, ticks));
}

static const char *poolsnaps_words(struct arena *a, const struct evidence *e)
{
	return arena_printf(a, "%s poolsnap%s, %s.", chart_count(a, e->dated_count),
		e->dated_count == 1 ? "" : "s",
		chart_times(a, e->snapshots[0].at, e->snapshots[e->dated_count - 1].at));
}

static void words(struct chart *c, const struct judgement *j, const struct chart_line *total)
{
	const struct evidence *e = j->e;
	struct arena *a = c->arena;
	const char *lines = line_words(a, total, "All paged"), *gaps = chart_gaps(c, e),
		   *rest = arena_printf(
			   a, "%s%s%s", maximum_words(&e->limit), gaps ? " " : "", gaps ? gaps : "");

	for (size_t i = 0; i < e->tag_count; i++) {
		struct chart_line l;

		if (!is_emphasised(j, &e->tags[i]))
			continue;
		l = chart_tag(&e->tags[i], e, 0, e->dated_count, a);
		lines = arena_printf(a, "%s%s", lines, line_words(a, &l, e->tags[i].tag));
	}
	c->about = arena_printf(a, "%s%s%s%s%s%s", poolsnaps_words(a, e), lines,
		events_words(a, e, 2020, e->count_2020), events_words(a, e, 2019, e->count_2019),
		levels_words(c), rest);
	c->note = arena_printf(a, "%s%s", poolsnaps_words(a, e), rest);
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	const struct evidence *e = j->e;
	struct chart *c = chart_new(r, "paged-over-time", "Paged bytes of the largest tags", T_BYTES);
	struct chart_line total = chart_total(e, 0, e->dated_count, BOOT_NONE, r->arena);

	if (total.count)
		chart_line_add(c, &total, "all paged", false, CHART_POINTS)->kind = SERIES_TOTAL;
	tag_lines(c, j);
	if (c->series_count) {
		when_us first = e->snapshots[0].at, last = e->snapshots[e->dated_count - 1].at;

		chart_events(c, e, first - 2 * WHEN_HOUR, last + 2 * WHEN_HOUR);
		chart_boots(c, e, first, last);
		ticks_told(c, e->count_2020 + e->count_2019);
		chart_levels(c, j, false);
		words(c, j, &total);
		chart_show(s, c);
	} else {
		block_text(s, PART_CHART,
			e->snapshot_count
				? "No lines over time are drawn: no poolsnap that was read has a time."
				: "Nothing is drawn: no poolsnap was read.");
	}
	report_data(s, chart_table(r, c, "paged_over_time"));
}

const struct analysis analysis_chart = { "chart", "paged bytes of the largest tags over time", 0, run, NULL };
