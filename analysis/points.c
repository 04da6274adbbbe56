/* SPDX-License-Identifier: MIT
 * The points of a verdict that is judged by points (V9, V12): what was seen for and against it. */
#include "analysis/analysis.h"

#include <inttypes.h>

static void count(struct judgement *j, struct arena *a, enum rule_id rule, const char *text)
{
	j->score += rules[rule].points;
	judge_because(j, a, rule, arena_printf(a, "%+d: %s", rules[rule].points, text));
}

/* The 2020 that a capture of the same boot is nearest to, before or after it; NULL when there is none. */
static const struct exhaustion *nearest(const struct evidence *e)
{
	const struct exhaustion *best = NULL;

	for (size_t i = 0; i < e->shortage_count; i++) {
		const struct exhaustion *x = e->shortages[i];

		if (x->apart != WHEN_NONE && (!best || x->apart < best->apart))
			best = x;
	}
	return best;
}

static const char *near_words(const struct evidence *e, struct arena *a)
{
	return threshold_words(e->thresholds, THRESHOLD_NEAR, a);
}

static void count_events(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	const char *what = shortage_words(e);
	const struct exhaustion *near = nearest(e);
	char length[WHEN_TEXT];

	if (near && near->apart <= threshold_time(e->thresholds, THRESHOLD_NEAR)) {
		when_print_span(near->apart, length);
		count(j, a, RULE_C01,
			arena_printf(a, "a poolsnap of the same boot lies %s from %s (%s)", length, what,
				time_words(a, near->at)));
		judge_shown(j, a, &near->place);
	} else if (e->shortage_count) {
		count(j, a, RULE_C02,
			arena_printf(a, "%s was logged, but no poolsnap of the same boot is within %s of it",
				what, near_words(e, a)));
	}
	if (e->count_2019)
		count(j, a, RULE_C11, "Event 2019 was logged as well: the nonpaged pool ran out too");
}

static void burst_seen(struct judgement *j, struct arena *a)
{
	const struct snapshot *to = j->rise_to;

	count(j, a, RULE_C06,
		arena_printf(a,
			"a burst is visible: total paged bytes rose by %.1f MiB within %s, to %.1f MiB at %s",
			(double)j->rise / (double)MIB,
			threshold_words(j->e->thresholds, THRESHOLD_BURST_WINDOW, a),
			(double)to->paged / (double)MIB, time_words(a, to->at)));
	judge_shown(j, a, &to->place);
}

static void count_mmst(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	const struct snapshot *p = e->peak;
	double share = p->paged > 0 ? 100.0 * (double)p->mmst / (double)p->paged : 0;

	if (share >= threshold(e, THRESHOLD_SHARE_STRONG))
		count(j, a, RULE_C03,
			arena_printf(a, "MmSt is the largest paged tag and holds %.0f %% of the paged pool",
				share));
	else
		count(j, a, RULE_C04,
			arena_printf(a,
				"MmSt is the largest paged tag, and holds %.1f %% of the paged pool, less than %s",
				share, threshold_words(e->thresholds, THRESHOLD_SHARE_STRONG, a)));
	if (p->mmst >= threshold_bytes(e->thresholds, THRESHOLD_MMST_NOTABLE))
		count(j, a, RULE_C05,
			arena_printf(a, "MmSt holds %s or more",
				threshold_words(e->thresholds, THRESHOLD_MMST_NOTABLE, a)));
	if (j->rise > 0 &&
		100.0 * (double)j->rise >= threshold(e, THRESHOLD_BURST_VISIBLE) * (double)p->paged)
		burst_seen(j, a);
	else if (j->use_low >= threshold(e, THRESHOLD_USE_FULL))
		count(j, a, RULE_C06, arena_printf(a, "the pool was %.0f %% used", j->use_low));
}

/* "Application Popup 26 (2 times), Userenv 1505 (once)": all that lie close to an Event 2020. */
static const char *companions_near(const struct evidence *e, enum companion_effect effect, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < e->companion_count; i++) {
		const struct companion *c = &e->companions[i];

		if (c->kind && c->kind->effect == effect && c->near)
			all = arena_printf(
				a, "%s%s%s %d (%zu)", all, *all ? ", " : "", c->provider, c->id, c->near);
	}
	return all;
}

/* BugChecks of the pools: MUST_SUCCEED_POOL_EMPTY, NO_PAGES_AVAILABLE, POOL_CORRUPTION_IN_FILE_AREA. */
static const char *pool_stop(const struct evidence *e, struct arena *a)
{
	for (size_t i = 0; i < e->stop_count; i++)
		if (e->stops[i].code == 0x41 || e->stops[i].code == 0x4D || e->stops[i].code == 0xDE)
			return arena_printf(a, "BugCheck 0x%" PRIX32, e->stops[i].code);
	return "";
}

/* Many weak signs count as one: repeating them proves nothing. */
static void count_companions(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	const char *pro = companions_near(e, COMPANION_FOR, a),
		   *contra = companions_near(e, COMPANION_AGAINST, a), *stop = pool_stop(e, a);
	char length[WHEN_TEXT];

	if (e->texts_near)
		pro = arena_printf(a, "errors 1450, 1130 or C000009A of other programs (%zu)%s%s",
			e->texts_near, *pro ? ", " : "", pro);
	if (*pro)
		count(j, a, RULE_C07,
			arena_printf(a, "within %s of %s others ran out of resources too: %s",
				near_words(e, a), shortage_words(e), pro));
	if (e->hang.after != WHEN_NONE) {
		when_print_span(e->hang.after, length);
		count(j, a, RULE_C08,
			arena_printf(a, "%s after %s the server %s (Event %d)", length, shortage_words(e),
				e->hang.id == 1074 ? "was restarted by somebody"
						   : "had stopped without a shutdown",
				e->hang.id));
	}
	if (*contra || *stop)
		count(j, a, RULE_C09,
			arena_printf(a, "another limit or fault was logged: %s%s%s", contra,
				*contra && *stop ? ", " : "", stop));
}

static enum confidence of_score(const struct evidence *e, int score)
{
	return score >= threshold(e, THRESHOLD_POINTS_HIGH)     ? CONFIDENCE_HIGH
	       : score >= threshold(e, THRESHOLD_POINTS_MEDIUM) ? CONFIDENCE_MEDIUM
								: CONFIDENCE_LOW;
}

void judge_points(struct judgement *j, struct arena *a)
{
	count_events(j, a);
	count_mmst(j, a);
	count_companions(j, a);
	j->confidence = of_score(j->e, j->score);
}
