/* SPDX-License-Identifier: MIT
 * How sure is the verdict? What it starts from and what lowers it, each with its reason and its rule; what is
 * missing never raises it. */
#include "analysis/analysis.h"
#include "analysis/conditions.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void judge_raise(struct judgement *j, struct arena *a, const char *text)
{
	text = threshold_fill(j->e->thresholds, text, a);
	for (size_t i = 0; i < j->raise.count; i++)
		if (strcmp(j->raise.items[i], text) == 0)
			return;
	list_add(a, &j->raise, text);
}

void judge_because(struct judgement *j, struct arena *a, enum rule_id rule, const char *text)
{
	size_t n = strlen(text);

	/* A rule's own words end in a full stop. */
	n -= n && text[n - 1] == '.';
	list_add(a, &j->reasons, arena_printf(a, "%.*s (%s)", (int)n, text, rules[rule].id));
	list_add(a, &j->shown, rules[rule].shown);
	if (!rules[rule].holds && rules[rule].collect &&
		!(j->e->log.read && (rule == RULE_C15 || rule == RULE_C23)))
		judge_raise(j, a, rules[rule].collect);
}

void judge_shown(struct judgement *j, struct arena *a, const struct place *p)
{
	const char **last = &j->shown.items[j->shown.count - 1];

	*last = arena_printf(a, "%s\n%s", place_id(a, p), *last);
}

const char *shortage_words(const struct evidence *e)
{
	return e->count_2020 ? "Event 2020" : "error 1450 or its like";
}

int64_t failures_counted(const struct evidence *e)
{
	const struct counter_span *c = &e->counters[COUNTER_SERVER_PAGED_FAILURES];

	return c->samples && c->highest > 0 ? c->highest : 0;
}

/* ---- levels ---- */

void judge_lower(struct judgement *j, struct arena *a, enum rule_id rule, const char *why)
{
	bool lowest = j->confidence <= CONFIDENCE_LOW;

	j->confidence -= !lowest;
	judge_because(j, a, rule,
		arena_printf(a, "%s: %s", lowest ? "lower still if it could be" : "one level lower", why));
}

void judge_cap(struct judgement *j, struct arena *a, enum rule_id rule, const char *why)
{
	if (j->confidence > CONFIDENCE_MEDIUM)
		j->confidence = CONFIDENCE_MEDIUM;
	if (j->confidence == CONFIDENCE_MEDIUM)
		judge_because(j, a, rule, arena_printf(a, "medium at most: %s", why));
	else
		judge_raise(j, a, rules[rule].collect);
}

static void start_other_consumer(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	double share =
		e->peak->paged > 0 ? 100.0 * (double)e->peak->largest_bytes / (double)e->peak->paged : 0;
	const struct trend *t = j->leader ? &j->leader->trend : NULL;
	bool trends = j->leader && tag_rises(e, j->leader);

	j->confidence =
		trends || share > threshold(e, THRESHOLD_SHARE_STRONG) ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM;
	judge_because(j, a, RULE_V06,
		arena_printf(a, "%s is the largest paged tag and holds %.0f %% of the paged pool",
			e->peak->largest, share));
	if (trends)
		judge_because(j, a, RULE_V06,
			arena_printf(a, "%s rises steadily (Mann-Kendall p = %.2g over %zu poolsnaps)",
				e->peak->largest, t->p, t->n));
	else
		judge_raise(j, a, "more poolsnaps of one boot: at least 5, to show whether the tag rises");
}

/* The verdicts whose confidence is counted, and what the others start from. */
static void start(struct judgement *j, struct arena *a)
{
	switch (j->rule) {
	case RULE_V09:
	case RULE_V12: judge_points(j, a); break;
	case RULE_V06: start_other_consumer(j, a); break;
	case RULE_V04: j->confidence = CONFIDENCE_NONE; break;
	case RULE_V17:
	case RULE_V11: j->confidence = CONFIDENCE_LOW; break;
	case RULE_V07:
	case RULE_V10:
	case RULE_V13:
	case RULE_V14:
	case RULE_V15: j->confidence = CONFIDENCE_MEDIUM; break;
	default: j->confidence = CONFIDENCE_HIGH; break;
	}
}

/* ---- what holds for any verdict ---- */

static bool stands_on_2020(enum rule_id rule)
{
	return rule == RULE_V08 || rule == RULE_V09 || rule == RULE_V11 || rule == RULE_V12 ||
	       rule == RULE_V13;
}

static void level_clock(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	bool qualities[5] = { false };

	if (!e->shortage_count || (j->rule != RULE_V09 && j->rule != RULE_V12))
		return;
	for (size_t i = 0; i < e->dated_count; i++)
		qualities[e->snapshots[i].quality] = true;
	if (qualities[3]) {
		judge_lower(j, a, RULE_C13,
			"some poolsnaps have no time but that of their file, which copying changes");
		judge_raise(j, a, "poolsnaps with the time in the file or its name");
	}
	if (qualities[2]) {
		judge_lower(j, a, RULE_C13,
			"the poolsnaps' times are taken as UTC, because nothing says their offset");
		judge_raise(j, a, "the offset: --utc-offset");
	} else if (qualities[1]) {
		judge_because(j, a, RULE_C13,
			"the poolsnaps' times may be an hour off (daylight saving time is not known)");
	}
}

static const char *use_words(const struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;

	return arena_printf(a, "no exhaustion is known of; of the paged pool at most %s was in use%s",
		mib_words(a, e->most_in_use),
		j->use_high >= 0 ? arena_printf(a, ", %.0f %% of the maximum's low end",
					   100.0 * (double)e->most_in_use / (double)e->limit.low)
				 : "");
}

/* The facts behind a prescription, in place of the rule's general words. */
static const char *what_holds(const struct judgement *j, struct arena *a)
{
	static const char *const archs[] = {
		[ARCH_UNKNOWN] = "32-bit or 64-bit is not known", [ARCH_X86] = "32-bit", [ARCH_X64] = "64-bit"
	};
	const struct evidence *e = j->e;
	const struct setting *s = &e->pool_usage_maximum;
	const char *now = s->state == SETTING_ABSENT   ? "absent, so that trimming starts at 80 %"
			  : s->state == SETTING_NUMBER ? arena_printf(a, "%lld", (long long)s->number)
			  : s->state == SETTING_OTHER  ? arena_printf(a, "a %s", s->type)
						       : "not known";

	return arena_printf(a,
		"the system is %s (%s), MmSt is the largest paged tag, and PoolUsageMaximum is %s",
		os_family_name(e->machine.family), archs[e->machine.arch], now);
}

/* What the file server counted itself must be read beside every verdict. */
static void level_failures(struct judgement *j, struct arena *a)
{
	int64_t failures = failures_counted(j->e);
	const char *text = arena_printf(a,
		"the file server counted %" PRId64
		" failed allocations from the paged pool since a boot (Server\\Pool Paged Failures)",
		failures);

	if (failures && j->rule == RULE_V16)
		judge_lower(j, a, RULE_C23, text);
	else if (failures)
		judge_because(j, a, RULE_C23, text);
}

static bool rests_on_values(enum rule_id rule)
{
	return rule == RULE_V01 || (rule >= RULE_V07 && rule <= RULE_V12) || rule == RULE_V14 ||
	       rule == RULE_V15;
}

static void level_of_any(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;

	if (exports_disagree(e) && rests_on_values(j->rule)) {
		j->confidence = CONFIDENCE_LOW;
		judge_because(j, a, RULE_C18,
			"low at most: several registry exports were read and differ, and none says which is of today");
	}
	if (j->other)
		judge_lower(j, a, RULE_C12,
			arena_printf(a,
				"at the other end of the assumed maximum the verdict would be %s (%s)",
				j->other->id, j->other->code));
	level_clock(j, a);
	/* Errors told by other programs stand for 2020 where there is none, one level less sure. */
	if (stands_on_2020(j->rule) && e->shortage_count && !e->count_2020)
		judge_lower(j, a, RULE_C15, "no Event 2020 was logged, only errors of other programs");
	if (e->machine.family == OS_UNKNOWN || e->machine.arch == ARCH_UNKNOWN)
		judge_cap(j, a, RULE_C16, "Windows version or architecture is not known");
	if (j->rule == RULE_V12 && e->pool_usage_maximum.state == SETTING_UNREAD)
		judge_cap(j, a, RULE_C17, "the present value of PoolUsageMaximum is not known");
	if ((j->rule == RULE_V12 || j->rule == RULE_V09) && (e->own_limit_count || e->own_limits_met))
		judge_cap(j, a, RULE_C29, "a limit that was set by hand may be the whole cause (PT-F04)");
	if (j->rule == RULE_V12 && e->limit_from == LIMIT_TABLE && e->limit.low > 0 &&
		100.0 * (double)e->most_in_use < threshold(e, THRESHOLD_USE_WATCH) * (double)e->limit.low)
		judge_lower(j, a, RULE_C30,
			arena_printf(a,
				"no poolsnap shows more than %.0f %% of the assumed maximum in use: it may be lower in truth, or one"
				" large request failed",
				100.0 * (double)e->most_in_use / (double)e->limit.low));
	if (e->limit.low <= 0 && e->peak)
		judge_raise(j, a,
			e->machine.family == OS_UNKNOWN || e->machine.arch == ARCH_UNKNOWN
				? "the pool's maximum: Windows version, architecture and RAM (systeminfo), or --paged-pool-max"
				: rules[RULE_C12].collect);
}

/* What is asked for must be worth asking: nothing at high, and below it what the verdict itself calls for. */
static void raise_finish(struct judgement *j, struct arena *a)
{
	if (j->confidence == CONFIDENCE_HIGH)
		j->raise.count = 0;
	else if (j->rule != RULE_V17 && j->rule != RULE_V12 && j->rule != RULE_V16)
		judge_raise(j, a, rules[j->rule].collect);
}

void judge_confidence(struct judgement *j, struct arena *a)
{
	judge_because(j, a, j->rule,
		j->rule == RULE_V12 || j->rule == RULE_V09 ? what_holds(j, a)
		: j->rule == RULE_V16                      ? use_words(j, a)
				      : threshold_fill(j->e->thresholds, rules[j->rule].when, a));
	start(j, a);
	level_failures(j, a);
	if (j->confidence != CONFIDENCE_NONE) {
		judge_reasons(j, a);
		level_of_any(j, a);
	}
	raise_finish(j, a);
}
