/* SPDX-License-Identifier: MIT
 * Which rule holds: the conditions of the verdicts in the order of the rule table, tried at both ends of the
 * maximum. */
#include "analysis/judge.h"

#include "analysis/values.h"
#include "core/text.h"

#include <string.h>

const int steps[STEPS] = { 80, 60, 50, 40 };

bool is_dynamic(const struct evidence *e)
{
	/* No Windows before Vista logs an Event 2004 of this source. */
	return e->machine.family >= OS_VISTA || (e->machine.family == OS_UNKNOWN && e->top_count);
}

bool is_article_system(const struct evidence *e)
{
	enum os_family f = e->machine.family;

	/* Windows 2000 reads the value from Service Pack 2 on. */
	if (f == OS_2000 && e->service_pack >= 0 && e->service_pack < 2)
		return false;
	return (f == OS_UNKNOWN || f == OS_2000 || f == OS_2003) && e->machine.arch != ARCH_X64 &&
	       !is_dynamic(e);
}

int64_t percent_set(const struct evidence *e)
{
	return e->pool_usage_maximum.state == SETTING_NUMBER ? e->pool_usage_maximum.number : -1;
}

/* ---- what the conditions ask ---- */

struct view { /* the evidence, seen with one maximum in mind */
	const struct judgement *j;
	const struct evidence *e;
	int64_t maximum; /* 0: unknown */
};

static double use_of(const struct view *v)
{
	return v->maximum && v->e->peak ? 100.0 * (double)v->e->peak->paged / (double)v->maximum : -1;
}

static bool exhausted(const struct view *v)
{
	return v->e->exhaustion_count || v->e->text_count || use_of(v) >= TRIM_DEFAULT;
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

/* Is a poolsnap of the same boot within 4 hours of any 2020, before or after it? */
#define NEAR_ENOUGH (4 * WHEN_HOUR)
static bool seen_near(const struct evidence *e)
{
	for (size_t i = 0; i < e->shortage_count; i++)
		if (e->shortages[i]->apart != WHEN_NONE && e->shortages[i]->apart <= NEAR_ENOUGH)
			return true;
	return false;
}

/* ---- the conditions ---- */

/* WER writes "0x0000003f (0x…, …)" as its first string, Save Dump the same in its only one. The code is in
 * front: the same number among the parameters of another stop is no 0x3F. */
static bool stop_3f(struct span strings)
{
	struct span name, value;

	while (strings_next(&strings, &name, &value))
		if (text_starts_nocase(text_trim(value), "0x0000003f"))
			return true;
	return false;
}

#define RAN_ON (7 * WHEN_DAY)
static bool v01(const struct view *v)
{
	struct query *q;
	bool found = false;

	if (v->e->paged_pool_size.state != SETTING_NUMBER || v->e->paged_pool_size.number == 0)
		return false;
	q = query_open(v->e->store,
		"SELECT e.strings, e.time FROM event e LEFT JOIN name p ON p.id = e.provider LEFT JOIN name o ON o.id = e.source_name"
		" WHERE e.server IN (SELECT id FROM server WHERE coalesce(same_as, id) = :server) AND e.event_id = 1001"
		" AND (p.text COLLATE NOCASE IN ('BugCheck', 'Save Dump', 'Microsoft-Windows-WER-SystemErrorReporting')"
		" OR o.text = 'BugCheck' COLLATE NOCASE) AND e.strings IS NOT NULL");
	query_int(q, ":server", v->e->server);
	/* A server that ran on for a week with the value in place was not kept from starting by it. */
	while (!found && query_next(q))
		found = stop_3f(query_span(q, 0)) && query_known(q, 1) &&
			v->e->last - query_integer(q, 1) < RAN_ON;
	query_close(q);
	return found;
}

static bool v02(const struct view *v)
{
	return v->e->machine.family == OS_NT4;
}

static bool v04(const struct view *v)
{
	return !v->e->peak;
}

static bool v05(const struct view *v)
{
	if (v->e->count_2019 && !v->e->count_2020)
		return true;
	/* Where 2020 was logged the paged pool did run out, whatever else grows beside it. */
	return exhausted(v) && !v->e->count_2020 && !any_grows(v->e, "paged") && any_grows(v->e, "nonpaged");
}

/* What ran out is the nonpaged pool: V5 says so of a dynamic system too. */
static bool v03(const struct view *v)
{
	return is_dynamic(v->e) && exhausted(v) && mmst_largest(v) && !v05(v);
}

static bool v06(const struct view *v)
{
	return !mmst_largest(v) && (exhausted(v) || use_of(v) >= USE_WATCH);
}

static bool v07(const struct view *v)
{
	int64_t set = percent_set(v->e);
	/* The highest target that may still be set; where none is left, the highest there is. */
	int most = v->e->machine.switch_3gb || (set > 40 && set <= 50) ? 40 : set > 50 && set <= 60 ? 50 : 60;

	if (!mmst_in_trouble(v))
		return false;
	/* No allowed target can be reached: the rest of the pool is above even the highest of them. */
	if (v->maximum && v->j->floor >= 0 && v->j->floor * 100 >= most * v->maximum)
		return true;
	return v->j->rival != NULL;
}

static bool v08(const struct view *v)
{
	int64_t p = percent_set(v->e);

	return article_in_trouble(v) && v->e->shortage_count && p >= 1 && p <= 40;
}

static bool v09(const struct view *v)
{
	int64_t p = percent_set(v->e);

	return article_in_trouble(v) && v->e->shortage_count && p > 40 && p <= 60;
}

/* How much of the time between two moments falls into 22:00 to 06:00 of the server's clock. */
static when_us night_between(when_us from, when_us to)
{
	when_us night = 0;

	for (when_us day = from - from % WHEN_DAY - WHEN_DAY; day < to; day += WHEN_DAY) {
		when_us dusk = day + 22 * WHEN_HOUR, dawn = day + 30 * WHEN_HOUR;
		when_us a = dusk > from ? dusk : from, b = dawn < to ? dawn : to;

		night += b > a ? b - a : 0;
	}
	return night;
}

static bool v10(const struct view *v)
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
	return n >= 4 && night_between(first, last) >= 2 * WHEN_HOUR;
}

static bool v11(const struct view *v)
{
	return article_in_trouble(v) && v->e->shortage_count && !seen_near(v->e);
}

static bool v12(const struct view *v)
{
	return article_in_trouble(v) && v->e->shortage_count;
}

static bool v13(const struct view *v)
{
	return mmst_in_trouble(v) && v->e->shortage_count && v->e->machine.arch == ARCH_X64 &&
	       (v->e->machine.family == OS_2003 || v->e->machine.family == OS_XP);
}

static bool nothing_failed(const struct view *v)
{
	return !v->e->exhaustion_count && !v->e->text_count;
}

static bool v14(const struct view *v)
{
	int64_t p = percent_set(v->e);

	/* With a value of 60 or less in force there is nothing to offer before it has failed. */
	return mmst_largest(v) && nothing_failed(v) && use_of(v) >= TRIM_DEFAULT && (p <= 0 || p > 60);
}

static bool v15(const struct view *v)
{
	return mmst_largest(v) && nothing_failed(v) && use_of(v) >= USE_WATCH;
}

/* Below 60 % of the maximum; where a modern system's limit is not known, below 1 GiB. Normal is only what is
 * so in every boot, and by every total, though a screen may not show which tags make it up. */
static bool v16(const struct view *v)
{
	if (!nothing_failed(v) || !v->e->peak || use_of(v) >= USE_WATCH)
		return false;
	if (v->maximum)
		return 100.0 * (double)v->e->most_in_use < USE_WATCH * (double)v->maximum;
	return is_dynamic(v->e) && v->e->peak->paged < GIB && v->e->most_in_use < GIB;
}

static bool v17(const struct view *v)
{
	(void)v;
	return true;
}

static bool (*const conditions[RULE_VERDICTS])(const struct view *) = { v01, v02, v03, v04, v05, v06, v07,
	v08, v09, v10, v11, v12, v13, v14, v15, v16, v17 };

static enum rule_id rule_at(const struct judgement *j, int64_t maximum)
{
	struct view v = { j, j->e, maximum };
	int rule = 0;

	while (!conditions[rule](&v))
		rule++;
	return (enum rule_id)rule;
}

/* ---- severity and headline ---- */

/* Which tags held the pool is not seen, or against which limit; but how much was in use may be. With less of
 * it in use, or seen, the server would be called normal: that must not come of reading less. */
static enum severity severity_undecided(const struct evidence *e)
{
	double most = 100.0 * (double)e->most_in_use;

	if (e->peak && e->limit.known && most >= TRIM_DEFAULT * (double)e->limit.high)
		return SEVERITY_WARNING;
	if (e->peak && (is_dynamic(e) || (e->limit.low > 0 && most >= USE_WATCH * (double)e->limit.low)))
		return SEVERITY_INFO;
	return SEVERITY_NOT_ASSESSED;
}

static enum severity severity_of(const struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	bool full = e->limit_from >= LIMIT_MEASURED && e->peak && e->peak->paged >= e->limit.high;
	bool odd = percent_fault(&e->pool_usage_maximum, a) ||
		   size_fault(&e->paged_pool_size, e->machine.switch_3gb, a);
	/* Programs that ran out of resources are something to judge by, whatever held the pool. */
	enum severity least = odd || e->text_count ? SEVERITY_WARNING : SEVERITY_OK, own;

	/* An assumed maximum that was reached is refuted rather than met. */
	if (e->exhaustion_count || full || j->rule == RULE_V01)
		return SEVERITY_ERROR;
	switch (j->rule) {
	case RULE_V16: own = SEVERITY_OK; break;
	case RULE_V15: own = j->use_low >= TRIM_DEFAULT ? SEVERITY_WARNING : SEVERITY_INFO; break;
	case RULE_V04: own = SEVERITY_NOT_ASSESSED; break;
	case RULE_V17: own = severity_undecided(e); break;
	case RULE_V02: own = j->use_low >= TRIM_DEFAULT ? SEVERITY_WARNING : SEVERITY_INFO; break;
	default: own = SEVERITY_WARNING; break;
	}
	return own > least ? own : least;
}

static const char *mib(struct arena *a, int64_t bytes)
{
	return arena_printf(a, "%.1f MiB", (double)bytes / (double)MIB);
}

static const char *growth(const struct evidence *e, const struct tag_series *t, struct arena *a)
{
	char length[WHEN_TEXT];
	const struct snapshot *from = NULL, *to = NULL;
	int64_t first = 0, last = 0, most = 0;

	/* In the judged boot only, as all that is said beside it. */
	for (size_t i = 0; t && i < t->count; i++) {
		if (t->at[i]->boot != e->judged_boot)
			continue;
		most = t->bytes[i] > most ? t->bytes[i] : most;
		if (t->at[i]->at == WHEN_NONE)
			continue;
		first = from ? first : t->bytes[i];
		from = from ? from : t->at[i];
		last = t->bytes[i];
		to = t->at[i];
	}
	if (!from || from == to)
		return arena_printf(a, "%s holds %s", t ? t->tag : "MmSt", mib(a, most));
	when_print_span(to->at - from->at, length);
	return arena_printf(a, "%s went from %s to %s in %s (largest: %s)", t->tag, mib(a, first),
		mib(a, last), length, mib(a, most));
}

static const char *times(struct arena *a, size_t n)
{
	return n == 1 ? "once" : arena_printf(a, "%zu times", n);
}

static const char *events_words(const struct evidence *e, struct arena *a)
{
	size_t bursts[2] = { 0, 0 };

	for (size_t i = 0; i < e->burst_count; i++)
		bursts[e->bursts[i].id == 2019]++;
	if (e->count_2020 && e->count_2019)
		return arena_printf(a, "Event 2020 was logged %s and Event 2019 %s", times(a, e->count_2020),
			times(a, e->count_2019));
	if (e->count_2020)
		return arena_printf(a, "Event 2020 was logged %s in %zu burst%s", times(a, e->count_2020),
			bursts[0], bursts[0] == 1 ? "" : "s");
	if (e->count_2019)
		return arena_printf(a, "Event 2019 was logged %s in %zu burst%s", times(a, e->count_2019),
			bursts[1], bursts[1] == 1 ? "" : "s");
	if (e->text_count)
		return arena_printf(a,
			"no Event 2020 was logged, but other programs ran out of system resources %s",
			times(a, e->text_count));
	return e->logs ? "no Event 2020 or 2019 was logged" : "no event log was read";
}

/* The same words at the start of a sentence. */
static const char *sentence(struct arena *a, const char *words)
{
	char *copy = arena_text(a, span_of(words));

	if (copy[0] >= 'a' && copy[0] <= 'z')
		copy[0] = (char)(copy[0] - 32);
	return copy;
}

static const char *headline_of(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	const char *title = rules[j->rule].title, *events = events_words(e, a);
	const struct tag_series *t = j->rule == RULE_V06 ? j->leader : e->mmst;

	switch (j->rule) {
	case RULE_V04:
	case RULE_V05:
	case RULE_V17:
	case RULE_V01:
	case RULE_V02: return arena_printf(a, "%s. %s.", title, sentence(a, events));
	case RULE_V06:
		return arena_printf(a, "%s. %s, %.0f %% of the paged pool at its peak; %s.", title,
			growth(e, t, a),
			e->peak && e->peak->paged > 0
				? 100.0 * (double)e->peak->largest_bytes / (double)e->peak->paged
				: 0,
			events);
	case RULE_V16:
		if (j->use_high < 0)
			return arena_printf(a, "%s. At most %s of paged pool was in use; %s.", title,
				mib(a, e->most_in_use), events);
		return arena_printf(a, "%s. At most %s of paged pool was in use, %.0f %% of the maximum; %s.",
			title, mib(a, e->most_in_use), 100.0 * (double)e->most_in_use / (double)e->limit.low,
			events);
	default:
		return arena_printf(a, "%s. %s, %.0f %% of the paged pool at its peak; %s.", title,
			growth(e, t, a),
			e->peak && e->peak->paged > 0 ? 100.0 * (double)e->peak->mmst / (double)e->peak->paged
						      : 0,
			events);
	}
}

struct judgement *judge(const struct evidence *e, struct arena *a)
{
	struct judgement *j = arena_alloc(a, sizeof *j);
	int64_t low = e->limit.known ? e->limit.low : 0, high = e->limit.known ? e->limit.high : 0;
	enum rule_id at_high;

	j->e = e;
	judge_measure(j, a);
	j->rule = rule_at(j, low);
	at_high = rule_at(j, high);
	j->other = at_high != j->rule ? &rules[at_high] : NULL;
	j->severity = severity_of(j, a);
	j->headline = headline_of(j, a);
	judge_prescribe(j, a);
	judge_confidence(j, j->other != NULL, a);
	return j;
}
