/* SPDX-License-Identifier: MIT
 * When does a verdict hold? One function for each row of the rule table, in its order. */
#include "analysis/conditions.h"

#include "analysis/night.h"

#include <string.h>

bool is_dynamic(const struct evidence *e)
{
	/* No Windows before Vista logs an Event 2004 of this source. */
	return e->machine.family >= OS_VISTA || (e->machine.family == OS_UNKNOWN && e->top_count);
}

bool is_old_2000(const struct evidence *e)
{
	return e->machine.family == OS_2000 && e->service_pack >= 0 && e->service_pack < 2;
}

bool is_article_system(const struct evidence *e)
{
	enum os_family f = e->machine.family;

	return !is_old_2000(e) && (f == OS_UNKNOWN || f == OS_2000 || f == OS_2003) &&
	       e->machine.arch != ARCH_X64 && !is_dynamic(e);
}

int64_t percent_set(const struct evidence *e)
{
	return e->pool_usage_maximum.state == SETTING_NUMBER ? e->pool_usage_maximum.number : -1;
}

bool setting_is(const struct setting *s, int64_t number)
{
	return s->state == SETTING_NUMBER && s->number == number;
}

bool exports_disagree(const struct evidence *e)
{
	return e->pool_usage_maximum.disputed || e->paged_pool_size.disputed;
}

double trim_start(const struct evidence *e)
{
	int64_t set = percent_set(e);

	return set >= 1 && set <= 100 ? (double)set : threshold(e, THRESHOLD_TRIM_DEFAULT);
}

#define OFFSET_WIDEST (14 * WHEN_HOUR) /* of all zones there are */

enum in_force in_force(const struct evidence *e)
{
	const struct exhaustion *last = e->shortage_count ? e->shortages[e->shortage_count - 1] : NULL;
	when_us start, written, slack, newest;

	if (!last || e->key_written == WHEN_NONE)
		return IN_FORCE_ASSUMED;
	start = e->boots[last->boot].start;
	newest = e->boots[e->boot_count - 1].start;
	/* An hour for daylight saving time, which regedit applies by the day on which it exports. */
	slack = e->offset_known ? WHEN_HOUR : OFFSET_WIDEST;
	written = e->key_written - (e->offset_known ? e->offset * WHEN_MINUTE : 0);
	if (start != WHEN_NONE && written + slack < start)
		return IN_FORCE_SHOWN;
	if (written - slack <= (start != WHEN_NONE ? start : last->at))
		return IN_FORCE_ASSUMED;
	if (newest != WHEN_NONE && newest > written + slack)
		return IN_FORCE_LATER;
	return newest == WHEN_NONE || newest < written - slack ? IN_FORCE_PENDING : IN_FORCE_ASSUMED;
}

when_us quiet_since(const struct evidence *e)
{
	when_us start = e->boot_count ? e->boots[e->boot_count - 1].start : WHEN_NONE;

	if (!e->shortage_count || start == WHEN_NONE || start <= e->shortages[e->shortage_count - 1]->at)
		return WHEN_NONE;
	return e->log.last != WHEN_NONE && e->log.last > start ? e->log.last - start : 0;
}

bool is_awaited(const struct evidence *e)
{
	int64_t p = percent_set(e);

	return p >= 1 && p <= 60 && in_force(e) >= IN_FORCE_LATER;
}

/* ---- what the conditions ask ---- */

static double use_of(const struct view *v)
{
	return v->maximum && v->e->peak ? 100.0 * (double)v->e->peak->paged / (double)v->maximum : -1;
}

static bool exhausted(const struct view *v)
{
	return v->e->exhaustion_count || v->e->text_count || use_of(v) >= threshold(v->e, THRESHOLD_USE_FULL);
}

static bool mmst_largest(const struct view *v)
{
	return v->e->peak && strcmp(v->e->peak->largest, "MmSt") == 0;
}

/* MmSt is on top, something ran out, and the article's mechanism is in question at all. */
static bool mmst_in_trouble(const struct view *v)
{
	return mmst_largest(v) && exhausted(v) && !is_dynamic(v->e);
}

/* The same on a system that the article is for: only there does the value stand for anything. */
static bool article_in_trouble(const struct view *v)
{
	return mmst_in_trouble(v) && is_article_system(v->e);
}

static bool any_grows(const struct evidence *e, const char *pool)
{
	for (size_t i = 0; i < e->tag_count; i++)
		if (strcmp(e->tags[i].pool, pool) == 0 && tag_grows(e, &e->tags[i]))
			return true;
	return false;
}

/* Is a poolsnap of the same boot close enough to any 2020, before or after it, to prove something? */
static bool seen_near(const struct evidence *e)
{
	when_us most = threshold_time(e->thresholds, THRESHOLD_NEAR_MOST);

	for (size_t i = 0; i < e->shortage_count; i++)
		if (e->shortages[i]->apart != WHEN_NONE && e->shortages[i]->apart <= most)
			return true;
	return false;
}

/* ---- the conditions ---- */

static bool ran_on(const struct evidence *e, when_us stop)
{
	return e->last - stop >= threshold_time(e->thresholds, THRESHOLD_RAN_ON);
}

bool boot_loop(const struct evidence *e)
{
	return (double)e->loop_starts >= threshold(e, THRESHOLD_LOOP_STARTS) && !ran_on(e, e->loop_end);
}

/* The key was written, the server started afterwards and ran for long, and only then it stopped. */
static bool started_well(const struct evidence *e, when_us stop)
{
	for (size_t i = 0; e->key_written != WHEN_NONE && i < e->boot_count; i++)
		if (e->boots[i].start != WHEN_NONE && e->boots[i].start > e->key_written + OFFSET_WIDEST &&
			stop - e->boots[i].start >= threshold_time(e->thresholds, THRESHOLD_RAN_ON))
			return true;
	return false;
}

/* A server that ran on for long with the value in place was not kept from starting by it. */
bool holds_revert(const struct view *v)
{
	const struct evidence *e = v->e;

	if (e->paged_pool_size.state != SETTING_NUMBER || e->paged_pool_size.number == 0)
		return false;
	for (size_t i = 0; i < e->stop_count; i++)
		if (e->stops[i].code == STOP_NO_PTES && !ran_on(e, e->stops[i].at) &&
			!started_well(e, e->stops[i].at))
			return true;
	return boot_loop(e) && !started_well(e, e->loop_end);
}

bool holds_nt4(const struct view *v)
{
	return v->e->machine.family == OS_NT4;
}

bool holds_insufficient_data(const struct view *v)
{
	return !v->e->peak;
}

bool holds_nonpaged(const struct view *v)
{
	if (v->e->count_2019 && !v->e->count_2020)
		return true;
	/* Where 2020 was logged the paged pool did run out, whatever else grows beside it. */
	return exhausted(v) && !v->e->count_2020 && !any_grows(v->e, "paged") && any_grows(v->e, "nonpaged");
}

/* What ran out is the nonpaged pool: V5 says so of a dynamic system too. */
bool holds_dynamic_pool(const struct view *v)
{
	return is_dynamic(v->e) && exhausted(v) && mmst_largest(v) && !holds_nonpaged(v);
}

bool holds_other_consumer(const struct view *v)
{
	return !mmst_largest(v) && (exhausted(v) || use_of(v) >= threshold(v->e, THRESHOLD_USE_WATCH));
}

bool holds_mixed(const struct view *v)
{
	int64_t set = percent_set(v->e);
	/* The highest target that may still be set; where none is left, the highest there is. */
	int most = v->e->machine.switch_3gb || (set > 40 && set <= 50) ? 40 : set > 50 && set <= 60 ? 50 : 60;

	if (!mmst_in_trouble(v))
		return false;
	/* No allowed target can be reached: the rest of the pool is above even the highest of them. */
	if (v->maximum && v->j->floor >= 0 &&
		100.0 * (double)v->j->floor >= (double)most * (double)v->maximum)
		return true;
	return v->j->rival != NULL;
}

bool holds_capacity(const struct view *v)
{
	int64_t p = percent_set(v->e);

	return article_in_trouble(v) && v->e->shortage_count && p >= 1 && p <= 40 && !is_awaited(v->e);
}

bool holds_lower(const struct view *v)
{
	int64_t p = percent_set(v->e);

	return article_in_trouble(v) && v->e->shortage_count && p > 40 && p <= 60 && !is_awaited(v->e);
}

bool holds_held(const struct view *v)
{
	const struct tag_series *t = v->e->mmst;
	when_us first = WHEN_NONE, last = WHEN_NONE;
	int64_t before = -1;
	size_t n = 0;

	if (!article_in_trouble(v) || !t || v->e->judged_boot == BOOT_NONE)
		return false;
	for (size_t i = 0; i < t->count; i++) {
		const struct snapshot *s = t->at[i];

		if (s->boot != v->e->judged_boot || s->at == WHEN_NONE)
			continue;
		if (s->quality > 1 || !s->offset_known || t->bytes[i] < before)
			return false;
		before = t->bytes[i];
		last = s->at + s->offset * WHEN_MINUTE;
		first = n++ ? first : last;
	}
	return (double)n >= threshold(v->e, THRESHOLD_HELD_SNAPSHOTS) &&
	       night_between(first, last) >= threshold_time(v->e->thresholds, THRESHOLD_HELD_NIGHT);
}

bool holds_unproven(const struct view *v)
{
	return article_in_trouble(v) && v->e->shortage_count && !seen_near(v->e) && !is_awaited(v->e);
}

bool holds_tune(const struct view *v)
{
	return article_in_trouble(v) && v->e->shortage_count;
}

bool holds_x64_2003(const struct view *v)
{
	return mmst_in_trouble(v) && v->e->shortage_count && v->e->machine.arch == ARCH_X64 &&
	       (v->e->machine.family == OS_2003 || v->e->machine.family == OS_XP);
}

static bool nothing_failed(const struct view *v)
{
	return !v->e->exhaustion_count && !v->e->text_count;
}

bool holds_preemptive(const struct view *v)
{
	int64_t p = percent_set(v->e);

	/* With a value of 60 or less in force there is nothing to offer before it has failed. */
	return mmst_largest(v) && nothing_failed(v) && use_of(v) >= threshold(v->e, THRESHOLD_USE_FULL) &&
	       (p <= 0 || p > 60);
}

bool holds_watch(const struct view *v)
{
	return mmst_largest(v) && nothing_failed(v) && use_of(v) >= threshold(v->e, THRESHOLD_USE_WATCH);
}

/* Normal is only what is so in every boot, and by every total, though a screen may not show which tags make
 * it up. */
bool holds_normal(const struct view *v)
{
	double watch = threshold(v->e, THRESHOLD_USE_WATCH);
	int64_t modern = threshold_bytes(v->e->thresholds, THRESHOLD_MODERN_NORMAL);

	if (!nothing_failed(v) || !v->e->peak || use_of(v) >= watch)
		return false;
	if (v->maximum)
		return 100.0 * (double)v->e->most_in_use < watch * (double)v->maximum;
	return is_dynamic(v->e) && v->e->peak->paged < modern && v->e->most_in_use < modern;
}

bool holds_undecided(const struct view *v)
{
	(void)v;
	return true;
}
