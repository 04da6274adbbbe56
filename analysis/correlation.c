/* SPDX-License-Identifier: MIT
 * Do bursts of Event 2020 begin more often while MmSt is high? Counted over the time that poolsnaps cover. */
#include "analysis/analysis.h"

#include "analysis/watched.h"

#include <math.h>
#include <string.h>

struct study {
	const struct evidence *e;
	struct watched w;
	struct ratio ratio;
	size_t least_bursts;
	double least_time;
	bool rated; /* enough for a rate */
};

static struct study study_of(const struct evidence *e, struct arena *a)
{
	struct study s = { .e = e, .w = watched_of(e, a) };

	ratio_measure(s.w.stretches, s.w.stretch_count, s.w.begun, s.w.burst_count, &s.ratio);
	s.least_bursts = (size_t)threshold(e, THRESHOLD_RATE_BURSTS);
	s.least_time = (double)threshold_time(e->thresholds, THRESHOLD_RATE_HOURS);
	s.rated = s.ratio.high + s.ratio.low >= s.least_bursts && s.ratio.time_high >= s.least_time &&
		  s.ratio.time_low >= s.least_time;
	return s;
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

/* MmSt cannot be the cause of what Event 2019 tells; the caveats say why. */
static const char *conclusion(const struct study *s)
{
	const struct ratio *r = &s->ratio;

	if (p_of(r) >= threshold(s->e, THRESHOLD_CLAIM_P))
		return "This does not show that bursts come more often, or less often, while MmSt is high.";
	if (strcmp(s->w.event, "2019") == 0)
		return "They go together, which proves no cause.";
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
		r->low ? "" : "All ", r->high, r->low ? "" : "the ", seen, s->w.of,
		mib_words(a, s->w.threshold),
		percent < 1 ? "less than 1 %" : arena_printf(a, "%.0f %%", percent), hours_words(a, all),
		often_words(a, r), method_of(r), p_words(a, p_of(r)), conclusion(s));
}

static const char *unrated_words(const struct study *s, struct arena *a)
{
	const struct ratio *r = &s->ratio;
	size_t seen = r->high + r->low;

	if (!s->w.stretch_count)
		return s->w.uncertain
			       ? "The clock of the poolsnaps is not certain, so no rate of bursts is given"
				 " (--utc-offset tells it)."
			       : arena_printf(a,
					 "No two complete poolsnaps of one boot lie within %s of each other: no rate of bursts is given.",
					 threshold_words(s->e->thresholds, THRESHOLD_WATCH_GAP, a));
	if (seen < s->least_bursts)
		return arena_printf(a, "%s %s began in the %s that poolsnaps cover: too few for a rate.",
			seen ? count_words(a, seen, "burst") : "No burst", s->w.of,
			hours_words(a, r->time_high + r->time_low));
	return arena_printf(a,
		"MmSt was in its top quarter (%s or more) for %s of the %s that poolsnaps cover: too %s to compare with the"
		" rest.",
		mib_words(a, s->w.threshold), hours_words(a, r->time_high),
		hours_words(a, r->time_high + r->time_low), r->time_high < s->least_time ? "little" : "much");
}

/* What the rate leaves out, or cannot mean. */
static const char *caveats(const struct study *s, struct arena *a)
{
	const char *text = "";
	bool seen = s->ratio.high || s->ratio.low;

	if (s->w.stretch_count && s->ratio.unseen)
		text = arena_printf(a, " %s began outside that time and %s not counted.",
			count_words(a, s->ratio.unseen, seen ? "further burst" : "burst"),
			s->ratio.unseen == 1 ? "is" : "are");
	if (s->w.stretch_count && s->w.uncertain)
		text = arena_printf(a, "%s %s of uncertain clock %s left out.", text,
			count_words(a, s->w.uncertain, "poolsnap"), s->w.uncertain == 1 ? "is" : "are");
	if (s->rated && s->w.high > (s->w.captures + 3) / 4)
		text = arena_printf(a, "%s Equal values count as high: %zu of %zu poolsnaps.", text,
			s->w.high, s->w.captures);
	if (strcmp(s->w.event, "2019") == 0)
		text = arena_printf(
			a, "%s Event 2019 speaks of the nonpaged pool, and MmSt is in the paged pool.", text);
	return text;
}

/* Which tag held most before the events, over the events themselves. */
static const char *near_words(const struct evidence *e, struct arena *a)
{
	when_us before = threshold_time(e->thresholds, THRESHOLD_GROWTH_BEFORE);
	const char *words = threshold_words(e->thresholds, THRESHOLD_GROWTH_BEFORE, a);
	size_t near = 0, on_top = 0;

	for (size_t i = 0; i < e->exhaustion_count; i++) {
		const struct exhaustion *x = &e->exhaustions[i];

		if (!x->before || x->at - x->before->at > before)
			continue;
		near += x->times;
		on_top += x->before->decides && x->before->mmst_rank == 1 ? x->times : 0;
	}
	if (!e->exhaustion_count)
		return e->logs ? "No Event 2020 or 2019 of source Srv is in the logs."
			       : "No event log was read.";
	if (!near)
		return arena_printf(a,
			"No poolsnap of the same boot was taken within %s before any of the events: what held the pool then was"
			" not seen.",
			words);
	return arena_printf(a,
		"%zu of %zu events have a poolsnap of the same boot within %s before them; MmSt was the largest paged tag in"
		" %s.",
		near, e->count_2020 + e->count_2019, words,
		on_top == near ? "all of those" : arena_printf(a, "%zu of those", on_top));
}

/* ---- the tables ---- */

static void rate_cells(struct table *t, const struct study *s, struct arena *a)
{
	const struct ratio *r = &s->ratio;

	table_text(t, "burst_event", s->w.event);
	table_int(t, "n_bursts", (int64_t)s->w.burst_count);
	table_int(t, "bursts_high", (int64_t)r->high);
	table_int(t, "bursts_low", (int64_t)r->low);
	table_int(t, "bursts_unseen", (int64_t)r->unseen);
	table_real(t, "hours_high", r->time_high / (double)WHEN_HOUR);
	table_real(t, "hours_low", r->time_low / (double)WHEN_HOUR);
	if (s->w.threshold >= 0)
		table_int(t, "threshold_bytes", s->w.threshold);
	table_int(t, "snapshots_used", (int64_t)s->w.captures);
	table_int(t, "snapshots_uncertain", (int64_t)s->w.uncertain);
	if (!s->rated)
		return;
	table_real(t, "rate_ratio", r->rate);
	table_real(t, "p", p_of(r));
	table_text(t, "method", method_of(r));
	table_real(t, "p_binomial", r->p_binomial);
	table_real(t, "p_shift", r->p_shift);
	t->about = arena_printf(a,
		"Covered is the time between two complete poolsnaps of one boot, of certain clock and at most %s apart; the"
		" first of them says whether MmSt is high. A rate counts bursts, not events. p is the larger of two: each"
		" burst by itself (exact binomial), and all bursts of a boot moved together along its covered time"
		" (circular shifts, at most %d,%03d, evenly spread, no seed). PT-T01.",
		threshold_words(s->e->thresholds, THRESHOLD_WATCH_GAP, a), RATIO_SHIFTS / 1000,
		RATIO_SHIFTS % 1000);
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

	if (s->w.burst_count && e->snapshot_count)
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

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct study of = study_of(j->e, r->arena);
	struct table *t = correlation_table(r, &of);

	report_data(s, t);
	block_table(s, PART_EVIDENCE, t);
}

const struct analysis analysis_correlation = { "correlation",
	"whether bursts of Event 2020 begin more often while MmSt is high", 0, run, NULL };
