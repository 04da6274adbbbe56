/* SPDX-License-Identifier: MIT
 * Do the bursts of Event 2020 come while MmSt is high? The poolsnap before each burst, and over all of them
 * how often bursts begin in the time that poolsnaps cover, with MmSt in its top quarter and otherwise. */
#include "analysis/analysis.h"

#include "analysis/ratio.h"

#include <math.h>
#include <string.h>

/* Captures further apart do not say what lay between them; ours, as V11's. */
#define WATCH_GAP     (4 * WHEN_HOUR)
/* Growth is told over this time before the poolsnap; the decision on B in the rules, ours. */
#define GROWTH_BEFORE (2 * WHEN_HOUR)
/* Below these there is no rate: two bursts reach no p that means anything, an hour holds no second burst;
 * ours. */
#define BURSTS_LEAST  3
#define WATCHED_LEAST WHEN_HOUR
#define SHOWN_P       0.05 /* convention */

/* A burst, by its first event. */
struct onset {
	const struct exhaustion *first;
	when_us last;
	size_t events;
};

struct study {
	const struct evidence *e;
	const char *event; /* which events: "2020" */
	const char *of;    /* "of Event 2020" */
	struct onset *bursts;
	size_t burst_count;
	struct stretch *stretches; /* boots as in evidence; high: MmSt in its top quarter */
	size_t stretch_count;
	/* captures that say what MmSt held; those that would but for their clock */
	size_t captures, uncertain;
	size_t high;       /* captures in the top quarter, equal ones included */
	int64_t threshold; /* bytes of MmSt; -1: no capture */
	struct ratio ratio;
	bool rated; /* enough for a rate */
};

/* ---- which bursts ---- */

/* The same rule as for struct burst, for events of any kind: a gap or a restart ends it. */
static void bursts_of(struct study *s, const struct exhaustion *events, size_t n, int id, struct arena *a)
{
	struct onset *b = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct exhaustion *x = &events[i];

		if (id && x->id != id)
			continue;
		if (!b || x->boot != b->first->boot || x->at - b->last > BURST_GAP) {
			s->bursts = arena_grow(a, s->bursts, s->burst_count, sizeof *s->bursts);
			b = &s->bursts[s->burst_count++];
			*b = (struct onset){ x, x->at, 0 };
		}
		b->events += x->times;
		b->last = x->at;
	}
}

static void bursts_choose(struct study *s, struct arena *a)
{
	const struct evidence *e = s->e;

	if (e->count_2020) {
		s->event = "2020";
		s->of = "of Event 2020";
		bursts_of(s, e->exhaustions, e->exhaustion_count, 2020, a);
	} else if (e->count_2019) {
		s->event = "2019";
		s->of = "of Event 2019";
		bursts_of(s, e->exhaustions, e->exhaustion_count, 2019, a);
	} else if (e->text_count) {
		s->event = "1450, 1130 or C000009A in a text";
		s->of = "of errors 1450, 1130 or C000009A in the Application log";
		bursts_of(s, e->texts, e->text_count, 0, a);
	}
}

/* ---- which time is covered ---- */

/* Whole ones only: a screen or an Event 2004 shows MmSt where it is large and says nothing where it is not,
 * which would make it look large at all times. */
static bool tells_mmst(const struct snapshot *c)
{
	return c->whole && c->decides && c->mmst >= 0;
}

/* An hour that may be wrong puts a burst into the wrong interval: only clocks that are known count. */
static bool is_certain(const struct snapshot *c)
{
	return c->quality == 0;
}

static void stretches_of(struct study *s, struct arena *a)
{
	const struct evidence *e = s->e;
	int64_t *mmst = arena_alloc(a, (e->dated_count + 1) * sizeof *mmst);
	const struct snapshot *last = NULL;

	s->stretches = arena_alloc(a, (e->dated_count + 1) * sizeof *s->stretches);
	s->threshold = -1;
	for (size_t i = 0; i < e->dated_count; i++) {
		const struct snapshot *c = &e->snapshots[i];

		if (!tells_mmst(c))
			continue;
		if (is_certain(c))
			mmst[s->captures++] = c->mmst;
		else
			s->uncertain++;
	}
	if (!s->captures)
		return;
	s->threshold = ratio_top_quarter(mmst, s->captures);
	for (size_t i = 0; i < e->dated_count; i++) {
		const struct snapshot *c = &e->snapshots[i];

		if (!tells_mmst(c) || !is_certain(c))
			continue;
		s->high += c->mmst >= s->threshold;
		if (last && last->boot == c->boot && c->at > last->at && c->at - last->at <= WATCH_GAP)
			s->stretches[s->stretch_count++] =
				(struct stretch){ c->boot, last->at, c->at, last->mmst >= s->threshold };
		last = c;
	}
}

static struct happening onset_at(const struct onset *b)
{
	return (struct happening){ b->first->boot, b->first->at };
}

static void study(struct study *s, const struct evidence *e, struct arena *a)
{
	struct happening *events;

	*s = (struct study){ .e = e };
	bursts_choose(s, a);
	stretches_of(s, a);
	events = arena_alloc(a, (s->burst_count + 1) * sizeof *events);
	for (size_t i = 0; i < s->burst_count; i++)
		events[i] = onset_at(&s->bursts[i]);
	ratio_measure(s->stretches, s->stretch_count, events, s->burst_count, &s->ratio);
	s->rated = s->ratio.high + s->ratio.low >= BURSTS_LEAST &&
		   s->ratio.time_high >= (double)WATCHED_LEAST && s->ratio.time_low >= (double)WATCHED_LEAST;
}

/* ---- in words ---- */

static const char *count_words(struct arena *a, size_t n, const char *noun)
{
	return arena_printf(a, "%zu %s%s", n, noun, n == 1 ? "" : "s");
}

static const char *hours_words(struct arena *a, double us)
{
	double hours = us / (double)WHEN_HOUR;

	return arena_printf(a, hours < 10 ? "%.1f h" : "%.0f h", hours);
}

/* Bursts come in clusters and MmSt moves slowly, so that the binomial test may make too much of them; the
 * shift test may be lucky where they lie far apart. The larger of the two is no less careful than the better
 * one. */
static double p_of(const struct ratio *r)
{
	return fmax(r->p_binomial, r->p_shift);
}

static const char *method_of(const struct ratio *r)
{
	return r->p_shift > r->p_binomial ? "circular shift within each boot, two-sided"
					  : "exact binomial, two-sided";
}

static const char *p_words(struct arena *a, double p)
{
	return p < 0.0001 ? "p < 0.0001" : arena_printf(a, "p = %.2g", p);
}

static const char *often_words(struct arena *a, const struct ratio *r)
{
	if (!r->low)
		return "none began otherwise";
	if (!r->high)
		return "none began then";
	return arena_printf(a,
		r->rate >= 10  ? "%.0f times as often per hour as otherwise"
		: r->rate >= 1 ? "%.1f times as often per hour as otherwise"
			       : "%.2f times as often per hour as otherwise",
		r->rate);
}

static const char *conclusion(const struct ratio *r)
{
	if (p_of(r) >= SHOWN_P)
		return "This does not show that bursts come more often, or less often, while MmSt is high.";
	if (r->rate < 1)
		return "Bursts were rarer while MmSt was high: this does not support that MmSt is the cause.";
	return "Bursts come in clusters, and both may follow the load: this supports, but does not prove, that MmSt is"
	       " the cause.";
}

static const char *rated_words(const struct study *s, struct arena *a)
{
	const struct ratio *r = &s->ratio;
	size_t seen = r->high + r->low;
	double all = r->time_high + r->time_low, percent = 100 * r->time_high / all;

	return arena_printf(a,
		"%s%zu of %s%zu bursts %s began while MmSt was in its top quarter (%s or more), which is %s of the %s that"
		" poolsnaps cover: %s (%s, %s). %s",
		r->low ? "" : "All ", r->high, r->low ? "" : "the ", seen, s->of, mib_words(a, s->threshold),
		percent < 1 ? "less than 1 %" : arena_printf(a, "%.0f %%", percent), hours_words(a, all),
		often_words(a, r), method_of(r), p_words(a, p_of(r)), conclusion(r));
}

static const char *unrated_words(const struct study *s, struct arena *a)
{
	const struct ratio *r = &s->ratio;
	size_t seen = r->high + r->low;

	if (!s->stretch_count)
		return s->uncertain
			       ? "The clock of the poolsnaps is not certain, so no rate of bursts is given"
				 " (--utc-offset tells it)."
			       : "No two complete poolsnaps of one boot lie within 4 h of each other: no rate of"
				 " bursts is given.";
	if (seen < BURSTS_LEAST)
		return arena_printf(a, "%s %s began in the %s that poolsnaps cover: too few for a rate.",
			seen ? count_words(a, seen, "burst") : "No burst", s->of,
			hours_words(a, r->time_high + r->time_low));
	return arena_printf(a,
		"MmSt was in its top quarter (%s or more) for %s of the %s that poolsnaps cover: too %s to compare with the"
		" rest.",
		mib_words(a, s->threshold), hours_words(a, r->time_high),
		hours_words(a, r->time_high + r->time_low),
		r->time_high < (double)WATCHED_LEAST ? "little" : "much");
}

/* What the rate leaves out, or cannot mean. */
static const char *caveats(const struct study *s, struct arena *a)
{
	const char *text = "";

	if (s->stretch_count && s->ratio.unseen)
		text = arena_printf(a, " %s began in no time that poolsnaps cover and %s not counted.",
			count_words(
				a, s->ratio.unseen, s->ratio.high + s->ratio.low ? "further burst" : "burst"),
			s->ratio.unseen == 1 ? "is" : "are");
	if (s->stretch_count && s->uncertain)
		text = arena_printf(a, "%s %s of uncertain clock %s left out.", text,
			count_words(a, s->uncertain, "poolsnap"), s->uncertain == 1 ? "is" : "are");
	if (s->rated && s->high > (s->captures + 3) / 4)
		text = arena_printf(a, "%s Equal values count as high: %zu of %zu poolsnaps.", text, s->high,
			s->captures);
	if (strcmp(s->event, "2019") == 0)
		text = arena_printf(
			a, "%s Event 2019 speaks of the nonpaged pool, and MmSt is in the paged pool.", text);
	return text;
}

/* Which tag held most before the events, over the events themselves. */
static const char *near_words(const struct evidence *e, struct arena *a)
{
	size_t near = 0, on_top = 0;

	for (size_t i = 0; i < e->exhaustion_count; i++) {
		const struct exhaustion *x = &e->exhaustions[i];

		if (!x->before || x->at - x->before->at > GROWTH_BEFORE)
			continue;
		near += x->times;
		on_top += x->before->decides && x->before->mmst_rank == 1 ? x->times : 0;
	}
	if (!e->exhaustion_count)
		return e->logs ? "No Event 2020 or 2019 of source Srv is in the logs."
			       : "No event log was read.";
	if (!near)
		return "No poolsnap of the same boot was taken within 2 h before any of the events: what held the pool"
		       " then was not seen.";
	return arena_printf(a,
		"%zu of %zu events have a poolsnap of the same boot within 2 h before them; MmSt was the largest paged tag in"
		" %s.",
		near, e->count_2020 + e->count_2019,
		on_top == near ? "all of those" : arena_printf(a, "%zu of those", on_top));
}

/* ---- the tables ---- */

static void rate_cells(struct table *t, const struct study *s, struct arena *a)
{
	const struct ratio *r = &s->ratio;

	table_text(t, "burst_event", s->event);
	table_int(t, "n_bursts", (int64_t)s->burst_count);
	table_int(t, "bursts_high", (int64_t)r->high);
	table_int(t, "bursts_low", (int64_t)r->low);
	table_int(t, "bursts_unseen", (int64_t)r->unseen);
	table_real(t, "hours_high", r->time_high / (double)WHEN_HOUR);
	table_real(t, "hours_low", r->time_low / (double)WHEN_HOUR);
	if (s->threshold >= 0)
		table_int(t, "threshold_bytes", s->threshold);
	table_int(t, "snapshots_used", (int64_t)s->captures);
	table_int(t, "snapshots_uncertain", (int64_t)s->uncertain);
	if (!s->rated)
		return;
	table_real(t, "rate_ratio", r->rate);
	table_real(t, "p", p_of(r));
	table_text(t, "method", method_of(r));
	table_real(t, "p_binomial", r->p_binomial);
	table_real(t, "p_shift", r->p_shift);
	t->about = arena_printf(a,
		"Covered is the time between two complete poolsnaps of one boot, of certain clock and at most 4 h apart; the"
		" first of them says whether MmSt is high. A rate counts bursts, not events. p is the larger of two: each"
		" burst by itself (exact binomial), and all bursts of a boot moved together along its covered time"
		" (circular shifts, at most %d, evenly spread, no seed).",
		RATIO_SHIFTS);
}

static struct table *correlation_table(struct report *r, const struct study *s)
{
	static const struct field columns[] = {
		{ "statement", "What it shows", T_TEXT, FOR_ALL },
		{ "n_events", "Events", T_INT, FOR_ALL },
		{ "n_snapshots", "Poolsnaps", T_INT, FOR_ALL },
		{ "rate_ratio", "Rate ratio", T_REAL, FOR_MACHINES },
		{ "p", "p", T_REAL, FOR_MACHINES },
		{ "method", "Method", T_TEXT, FOR_MACHINES },
		{ "p_binomial", "p, binomial", T_REAL, FOR_MACHINES },
		{ "p_shift", "p, shift", T_REAL, FOR_MACHINES },
		{ "burst_event", "Bursts of", T_TEXT, FOR_MACHINES },
		{ "n_bursts", "Bursts", T_INT, FOR_MACHINES },
		{ "bursts_high", "Bursts, high", T_INT, FOR_MACHINES },
		{ "bursts_low", "Bursts, low", T_INT, FOR_MACHINES },
		{ "bursts_unseen", "Bursts, not seen", T_INT, FOR_MACHINES },
		{ "hours_high", "Hours, high", T_REAL, FOR_MACHINES },
		{ "hours_low", "Hours, low", T_REAL, FOR_MACHINES },
		{ "threshold_bytes", "Top quarter from", T_BYTES, FOR_MACHINES },
		{ "snapshots_used", "Poolsnaps used", T_INT, FOR_MACHINES },
		{ "snapshots_uncertain", "Poolsnaps left out", T_INT, FOR_MACHINES },
	};
	struct table *t = table_new(
		r, "correlation", "Poolsnaps and events together", TABLE_SINGLE, columns, LEN(columns));
	const struct evidence *e = s->e;
	const char *text = near_words(e, r->arena);

	if (s->burst_count && e->snapshot_count)
		text = arena_printf(r->arena, "%s %s%s", text,
			s->rated ? rated_words(s, r->arena) : unrated_words(s, r->arena),
			caveats(s, r->arena));
	table_add(t);
	table_text(t, "statement", text);
	table_int(t, "n_events", (int64_t)(e->count_2020 + e->count_2019));
	table_int(t, "n_snapshots", (int64_t)e->snapshot_count);
	rate_cells(t, s, r->arena);
	return t;
}

/* The earliest capture of the same boot at most two hours before that has a total; NULL: none. */
static const struct snapshot *growth_from(const struct evidence *e, const struct snapshot *to)
{
	size_t low = 0, high = (size_t)(to - e->snapshots);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (e->snapshots[middle].at < to->at - GROWTH_BEFORE)
			low = middle + 1;
		else
			high = middle;
	}
	for (; e->snapshots[low].at < to->at; low++)
		if (e->snapshots[low].boot == to->boot && e->snapshots[low].paged >= 0)
			return &e->snapshots[low];
	return NULL;
}

static double minutes(when_us us)
{
	return (double)(us / WHEN_SECOND / 6) / 10;
}

static void before_cells(struct table *t, const struct evidence *e, const struct exhaustion *x)
{
	const struct snapshot *s = x->before, *from;

	if (!s)
		return;
	from = growth_from(e, s);
	table_int(t, "snapshot", s->at);
	table_real(t, "minutes_before", minutes(x->at - s->at));
	table_text(t, "clock", clock_words(from && from->quality > s->quality ? from->quality : s->quality));
	table_int(t, "paged_bytes", s->paged);
	if (s->mmst >= 0) {
		table_int(t, "mmst_bytes", s->mmst);
		if (s->paged > 0)
			table_real(t, "mmst_share", 100.0 * (double)s->mmst / (double)s->paged);
	}
	if (s->mmst_rank)
		table_int(t, "mmst_rank", s->mmst_rank);
	if (!from)
		return;
	table_real(t, "growth_minutes", minutes(s->at - from->at));
	table_int(t, "paged_growth_bytes", s->paged - from->paged);
	if (s->mmst >= 0 && from->mmst >= 0)
		table_int(t, "mmst_growth_bytes", s->mmst - from->mmst);
}

static struct table *bursts_table(struct report *r, const struct study *s)
{
	static const struct field columns[] = {
		{ "first", "Burst began", T_TIME, FOR_ALL },
		{ "last", "Ended", T_TIME, FOR_MACHINES },
		{ "event", "Event", T_TEXT, FOR_MACHINES },
		{ "events", "Events", T_INT, FOR_MACHINES },
		{ "boot", "Boot", T_INT, FOR_MACHINES },
		{ "snapshot", "Poolsnap", T_TIME, FOR_MACHINES },
		{ "minutes_before", "Min. before", T_REAL, FOR_ALL },
		{ "paged_bytes", "Paged pool", T_BYTES, FOR_ALL },
		{ "mmst_bytes", "MmSt", T_BYTES, FOR_ALL },
		{ "mmst_share", "MmSt share", T_PERCENT, FOR_ALL },
		{ "mmst_rank", "MmSt rank", T_INT, FOR_ALL },
		{ "paged_growth_bytes", "Pool growth", T_BYTES, FOR_ALL },
		{ "mmst_growth_bytes", "MmSt growth", T_BYTES, FOR_ALL },
		{ "growth_minutes", "Over min.", T_REAL, FOR_ALL },
		{ "mmst_then", "MmSt then", T_TEXT, FOR_ALL },
		{ "clock", "Clock", T_TEXT, FOR_ALL },
	};
	static const char *const then[] = { "not covered", "below its top quarter", "in its top quarter" };
	struct table *t = table_new(r, "burst_snapshots", "The last poolsnap before each burst", TABLE_ROWS,
		columns, LEN(columns));

	t->about = arena_printf(r->arena,
		"Bursts %s; a gap of more than an hour or a restart begins a new one. The poolsnap is the last of the same boot"
		" before the first event; growth is told up to it, since the earliest poolsnap of that boot at most 2 h"
		" before it. \"Not covered\": no complete poolsnaps of certain clock lie around it within 4 h of each other.",
		s->of ? s->of : "of Event 2020");
	t->people_rows = 20;
	for (size_t i = 0; i < s->burst_count; i++) {
		const struct onset *b = &s->bursts[i];

		table_add(t);
		table_int(t, "first", b->first->at);
		table_int(t, "last", b->last);
		table_text(t, "event", s->event);
		table_int(t, "events", (int64_t)b->events);
		table_int(t, "boot", (int64_t)b->first->boot);
		table_text(t, "mmst_then", then[ratio_level(s->stretches, s->stretch_count, onset_at(b))]);
		before_cells(t, s->e, b->first);
	}
	return t;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct study of;
	struct table *correlation, *bursts;

	study(&of, j->e, r->arena);
	correlation = correlation_table(r, &of);
	bursts = bursts_table(r, &of);
	report_data(s, correlation);
	report_data(s, bursts);
	block_table(s, PART_EVIDENCE, correlation);
	if (bursts->row_count)
		block_table(s, PART_EVIDENCE, bursts);
}

const struct analysis analysis_correlation = { "correlation",
	"whether bursts of Event 2020 come while MmSt is high, and the poolsnap before each", 0, run, NULL };
