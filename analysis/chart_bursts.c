/* SPDX-License-Identifier: MIT
 * The hours around each burst of Event 2020: what did the pool hold before the first event, and then? */
#include "analysis/chart.h"

#include "analysis/watched.h"

#include <string.h>

#define CHARTS_MOST  6
#define SMALL_POINTS 80
#define BEFORE       (2 * WHEN_HOUR)
#define AFTER        WHEN_HOUR
#define REACH        (12 * WHEN_HOUR) /* where the hours around it hold less than two poolsnaps */
#define LEVELS_NEAR  2                /* levels higher than so many times what was in use are not near */
#define BLIND_MOST   6                /* bursts without poolsnaps that are named */

/* A burst and the poolsnaps around it, as places in evidence.snapshots; only those of its boot count. */
struct scene {
	const struct onset *burst;
	size_t number; /* from 1 */
	size_t first, end;
	bool seen, drawn;
};

/* ---- which poolsnaps ---- */

static size_t place_of(const struct evidence *e, when_us at)
{
	size_t low = 0, high = e->dated_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (e->snapshots[middle].at < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool counts(const struct scene *s, const struct snapshot *c)
{
	return c->boot == s->burst->first->boot && c->paged >= 0;
}

/* The hours around the burst, and where they hold less than two poolsnaps, the next before and after. */
static void look_around(struct scene *s, const struct evidence *e)
{
	when_us from = s->burst->first->at, to = s->burst->last;
	size_t n = 0;

	s->first = place_of(e, from - BEFORE);
	s->end = place_of(e, to + AFTER + 1);
	for (size_t i = s->first; i < s->end; i++)
		n += counts(s, &e->snapshots[i]);
	for (size_t i = s->first; n < 2 && i-- > 0 && e->snapshots[i].at >= from - REACH;) {
		if (!counts(s, &e->snapshots[i]))
			continue;
		s->first = i;
		n++;
	}
	for (size_t i = s->end; n < 2 && i < e->dated_count && e->snapshots[i].at <= to + REACH; i++) {
		if (!counts(s, &e->snapshots[i]))
			continue;
		s->end = i + 1;
		n++;
	}
	s->seen = n > 0;
}

/* ---- which bursts ---- */

/* The first, the last, and of the others those with most events. */
static size_t choose(struct scene *s, size_t n)
{
	size_t drawn = 0;
	struct scene *last = NULL;

	for (size_t i = 0; i < n; i++) {
		if (!s[i].seen)
			continue;
		drawn += !last;
		s[i].drawn = !last;
		last = &s[i];
	}
	if (last && !last->drawn) {
		last->drawn = true;
		drawn++;
	}
	for (; drawn < CHARTS_MOST; drawn++) {
		struct scene *most = NULL;

		for (size_t i = 0; i < n; i++)
			if (s[i].seen && !s[i].drawn && (!most || s[i].burst->events > most->burst->events))
				most = &s[i];
		if (!most)
			break;
		most->drawn = true;
	}
	return drawn;
}

/* ---- one chart ---- */

static const char *title_of(const struct scene *s, size_t bursts, struct arena *a)
{
	return arena_printf(a, "Burst %s of %s, %s: %s event%s", chart_count(a, s->number),
		chart_count(a, bursts), chart_times(a, s->burst->first->at, s->burst->last),
		chart_count(a, s->burst->events), s->burst->events == 1 ? "" : "s");
}

static const char *signed_words(struct arena *a, int64_t bytes)
{
	return bytes < 0 ? arena_printf(a, "-%s", mib_words(a, -bytes))
			 : arena_printf(a, "+%s", mib_words(a, bytes));
}

static const char *growth_words(const struct evidence *e, const struct snapshot *to, struct arena *a)
{
	const struct snapshot *from = growth_from(e, to);
	bool mmst = from && from->mmst >= 0 && to->mmst >= 0;

	if (!from)
		return "";
	return arena_printf(a, " In the %s before that: %s paged%s%s.", chart_span(a, to->at - from->at),
		signed_words(a, to->paged - from->paged), mmst ? ", MmSt " : "",
		mmst ? signed_words(a, to->mmst - from->mmst) : "");
}

static const char *clock_note(const struct scene *s, const struct evidence *e, struct arena *a)
{
	int worst = 0;

	for (size_t i = s->first; i < s->end; i++)
		if (counts(s, &e->snapshots[i]) && e->snapshots[i].quality > worst)
			worst = e->snapshots[i].quality;
	return worst ? arena_printf(a, " Clock of the poolsnaps: %s.", clock_words(worst)) : "";
}

static const char *about(const struct scene *s, const struct evidence *e, struct arena *a)
{
	const struct snapshot *c = s->burst->first->before;
	const char *held;

	if (!c || c->at < e->snapshots[s->first].at)
		return arena_printf(a,
			"No poolsnap of that boot was taken in the %s before the first event.%s",
			chart_span(a, BEFORE), clock_note(s, e, a));
	held = c->mmst < 0 ? ""
			   : arena_printf(a, ", MmSt %s%s", mib_words(a, c->mmst),
				     c->paged > 0 ? arena_printf(a, " (%.0f %%)",
							    100.0 * (double)c->mmst / (double)c->paged)
						  : "");
	return arena_printf(a, "%s the first event: %s paged%s.%s%s",
		s->burst->first->at - c->at < WHEN_MINUTE
			? "At"
			: arena_printf(a, "%s before", chart_span(a, s->burst->first->at - c->at)),
		mib_words(a, c->paged), held, growth_words(e, c, a), clock_note(s, e, a));
}

static int64_t most_in_use(const struct chart_line *l)
{
	int64_t most = 0;

	for (size_t i = 0; i < l->count; i++)
		most = l->bytes[i] > most ? l->bytes[i] : most;
	return most;
}

static struct chart *scene_chart(
	struct report *r, const struct judgement *j, const struct scene *s, size_t bursts)
{
	const struct evidence *e = j->e;
	size_t boot = s->burst->first->boot;
	struct chart *c = chart_new(r, arena_printf(r->arena, "burst-hours-%zu", s->number),
		title_of(s, bursts, r->arena), T_BYTES);
	struct chart_line total = chart_total(e, s->first, s->end, boot, r->arena),
			  mmst = chart_mmst(e, s->first, s->end, boot, r->arena);

	c->small = true;
	c->from = s->burst->first->at - BEFORE;
	c->to = s->burst->last + AFTER;
	chart_line_add(c, &total, "all paged", false, SMALL_POINTS)->kind = SERIES_TOTAL;
	/* The tag that the verdict names comes first: it has the accent. */
	if (j->rule == RULE_V06 && j->leader && j->leader != e->mmst) {
		struct chart_line l = chart_tag(j->leader, e, s->first, s->end, r->arena);

		if (l.count)
			chart_line_add(c, &l, j->leader->tag, true, SMALL_POINTS);
	}
	if (mmst.count)
		chart_line_add(c, &mmst, "MmSt", true, SMALL_POINTS);
	chart_events(c, e, c->from, c->to);
	chart_boots(c, e, c->from, c->to);
	if (e->limit.known && e->limit.high <= LEVELS_NEAR * most_in_use(&total))
		chart_levels(c, j, true);
	c->about = about(s, e, r->arena);
	return c;
}

/* ---- what is not drawn ---- */

static void blind_bursts(struct server_report *out, const struct scene *s, size_t n, struct arena *a)
{
	const char *named = "";
	size_t blind = 0;

	for (size_t i = 0; i < n; i++) {
		if (s[i].seen)
			continue;
		if (blind++ < BLIND_MOST)
			named = arena_printf(a, "%s%s %s (%s)", named, blind > 1 ? "," : "",
				chart_count(a, s[i].number),
				chart_times(a, s[i].burst->first->at, s[i].burst->last));
	}
	if (blind)
		block_text(out, PART_CHART,
			"Not drawn: burst%s%s%s. No poolsnap of the same boot with a total lies within %s of %s.",
			blind == 1 ? "" : "s", named,
			blind > BLIND_MOST
				? arena_printf(a, " and %s more", chart_count(a, blind - BLIND_MOST))
				: "",
			chart_span(a, REACH), blind == 1 ? "it" : "them");
}

static void heading(struct server_report *out, size_t drawn, size_t bursts, struct arena *a)
{
	struct block *b;

	if (drawn == bursts)
		b = block_text(out, PART_CHART,
			"From %s before the first event to %s after the last, poolsnaps of the same boot only.",
			chart_span(a, BEFORE), chart_span(a, AFTER));
	else
		b = block_text(out, PART_CHART,
			"From %s before the first event to %s after the last, poolsnaps of the same boot only. Showing %zu of %s"
			" bursts; all in the table of bursts and in CSV.",
			chart_span(a, BEFORE), chart_span(a, AFTER), drawn, chart_count(a, bursts));
	b->title = "The hours around each burst of Event 2020";
}

static void run(struct report *r, struct server_report *out, const struct judgement *j)
{
	struct watched w = watched_of(j->e, r->arena);
	size_t n = w.event && strcmp(w.event, "2020") == 0 ? w.burst_count : 0, drawn;
	struct scene *s = arena_alloc(r->arena, (n + 1) * sizeof *s);

	for (size_t i = 0; i < n; i++) {
		s[i] = (struct scene){ .burst = &w.bursts[i], .number = i + 1 };
		look_around(&s[i], j->e);
	}
	drawn = choose(s, n);
	if (drawn)
		heading(out, drawn, n, r->arena);
	for (size_t i = 0; i < n; i++)
		if (s[i].drawn)
			chart_show(out, scene_chart(r, j, &s[i], n));
	if (j->e->snapshot_count)
		blind_bursts(out, s, n, r->arena);
}

const struct analysis analysis_chart_bursts = { "chart-bursts",
	"the paged pool in the hours around each burst of events 2020", 0, run, NULL };
