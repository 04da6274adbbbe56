/* SPDX-License-Identifier: MIT
 * What the judgement is measured by: the burst, the floor beneath MmSt, rivals, and the step that follows
 * from them. */
#include "analysis/judge.h"

#include "analysis/window.h"

#include <string.h>

bool tag_rises(const struct evidence *e, const struct tag_series *t)
{
	return t->trend.has_slope && t->trend.slope > 0 && t->trend.p < threshold(e, THRESHOLD_CLAIM_P);
}

bool tag_grows(const struct evidence *e, const struct tag_series *t)
{
	const struct snapshot *peak = e->peak;
	int64_t pool = !peak ? 0 : strcmp(t->pool, "paged") == 0 ? peak->paged : peak->nonpaged;

	return tag_rises(e, t) && pool > 0 &&
	       t->rise >= threshold(e, THRESHOLD_GROWS_SHARE) / 100 * (double)pool;
}

/* Another paged tag that rises significantly, by a good part of what MmSt rises. What is kept for each file
 * rises with MmSt anyway: it must rise more. */
static const struct tag_series *rival_of(const struct evidence *e)
{
	const struct tag_series *best = NULL;
	double mmst = e->mmst && e->mmst->rise > 0 ? e->mmst->rise / 100 : 0;

	for (size_t i = 0; i < e->tag_count; i++) {
		const struct tag_series *t = &e->tags[i];
		double least = mmst * threshold(e, tag_is_kin(span_of(t->tag)) ? THRESHOLD_RIVAL_KIN
									       : THRESHOLD_RIVAL_SHARE);

		if (t == e->mmst || strcmp(t->pool, "paged") != 0 || !tag_rises(e, t))
			continue;
		/* Where MmSt does not rise, any growth that counts as growth is a rival. */
		if ((least > 0 ? t->rise >= least : tag_grows(e, t)) && (!best || t->rise > best->rise))
			best = t;
	}
	return best;
}

/* The largest rise of total paged bytes from one capture to a later one of the same boot, soon after it. */
static void burst_of_captures(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	when_us window = threshold_time(e->thresholds, THRESHOLD_BURST_WINDOW);
	const struct snapshot **with = arena_alloc(a, (e->dated_count + 1) * sizeof *with);
	when_us *at = arena_alloc(a, (e->dated_count + 1) * sizeof *at);
	int64_t *paged = arena_alloc(a, (e->dated_count + 1) * sizeof *paged);
	char length[WHEN_TEXT];

	for (size_t i = 0, next; i < e->dated_count; i = next) {
		struct rise rise;
		size_t n = 0;

		for (next = i; next < e->dated_count && e->snapshots[next].boot == e->snapshots[i].boot;
			next++) {
			if (e->snapshots[next].paged < 0)
				continue;
			with[n] = &e->snapshots[next];
			at[n] = with[n]->at;
			paged[n] = with[n]->paged;
			n++;
		}
		if (rise_within(at, paged, n, window, &rise) &&
			(!j->burst.known || rise.bytes > j->burst.bytes))
			j->burst = (struct measured_burst){ true, rise.bytes, NULL, with[rise.from],
				with[rise.to] };
	}
	if (!j->burst.known)
		return;
	if (j->burst.bytes < 0)
		j->burst.bytes = 0;
	when_print_span(j->burst.to->at - j->burst.from->at, length);
	j->burst.source = arena_printf(a,
		"largest rise of total paged bytes between two poolsnaps of one boot at most %s apart"
		" (%s)",
		threshold_words(e->thresholds, THRESHOLD_BURST_WINDOW, a), length);
}

/* The room that a burst used up: the maximum less the last total before a 2020, when that is fresh.
 * It says too much if the failed request was one very large block. */
static int64_t burst_of_events(const struct evidence *e, int64_t maximum, const struct exhaustion **event)
{
	when_us soon = threshold_time(e->thresholds, THRESHOLD_BURST_EVENT);
	int64_t most = -1;

	for (size_t i = 0; i < e->shortage_count && maximum; i++) {
		const struct exhaustion *x = e->shortages[i];

		/* Of a 2020 only, and only where the clock is sure: an hour decides here. */
		if (x->id == 2020 && x->before && x->before->quality == 0 && x->at - x->before->at <= soon &&
			maximum - x->before->paged > most) {
			most = maximum - x->before->paged;
			*event = x;
		}
	}
	return most;
}

static void burst_before_event(struct judgement *j, struct arena *a)
{
	const struct exhaustion *x = NULL;
	int64_t room = burst_of_events(j->e, j->e->limit.low, &x);
	char length[WHEN_TEXT];

	if (room < 0 || (j->burst.known && room <= j->burst.bytes))
		return;
	when_print_span(x->at - x->before->at, length);
	j->burst = (struct measured_burst){ true, room,
		arena_printf(a,
			"the room that was left %s before an Event 2020: the low end of the maximum less the total in the"
			" poolsnap (too much if the failed request was one very large block)",
			length),
		NULL, NULL };
}

void judge_measure(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	const struct snapshot *peak = e->peak;

	j->use_low = j->use_high = -1;
	j->floor = peak && peak->mmst >= 0 ? peak->paged - peak->mmst : -1;
	if (peak && e->limit.known && e->limit.low > 0)
		j->use_high = 100.0 * (double)peak->paged / (double)e->limit.low;
	if (peak && e->limit.known && e->limit.high < INT64_MAX)
		j->use_low = 100.0 * (double)peak->paged / (double)e->limit.high;
	j->rival = rival_of(e);
	for (size_t i = 0; peak && i < e->tag_count && !j->leader; i++)
		if (strcmp(e->tags[i].tag, peak->largest) == 0 && strcmp(e->tags[i].pool, "paged") == 0)
			j->leader = &e->tags[i];
	burst_of_captures(j, a);
	j->rise = j->burst.known ? j->burst.bytes : -1;
	j->rise_to = j->burst.known ? j->burst.to : NULL;
	burst_before_event(j, a);
}

/* The largest step below the one in force that leaves some more than the measured burst above the trim start
 * and is above what trimming cannot free. Where none does both: the lowest that is above the floor; where
 * nothing was measured: the article's own order. */
int judge_step(const struct judgement *j, int64_t maximum, bool *fits)
{
	const struct evidence *e = j->e;
	const struct exhaustion *event = NULL;
	int64_t set = percent_set(e), before_event = burst_of_events(e, maximum, &event);
	int64_t burst = before_event > j->burst.bytes || !j->burst.known ? before_event : j->burst.bytes;
	bool below_set = set > 40 && set <= 60, measured = maximum && burst >= 0 && j->floor >= 0;
	int first = 0, lowest = 0;

	*fits = false;
	for (int i = 1; i < STEPS; i++) {
		int p = steps[i];

		if ((below_set && p >= set) || (e->machine.switch_3gb && p > 40))
			continue;
		first = first ? first : p;
		if (!measured || 100.0 * (double)j->floor >= (double)p * (double)maximum)
			continue;
		lowest = p;
		if ((double)(100 - p) / 100 * (double)maximum >=
			threshold(e, THRESHOLD_BURST_SAFETY) * (double)burst) {
			*fits = true;
			return p;
		}
	}
	return measured && lowest ? lowest : first;
}
