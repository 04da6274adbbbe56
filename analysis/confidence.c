/* SPDX-License-Identifier: MIT
 * How sure is the verdict? Points for what was seen, each with its reason and its rule; what is missing never
 * raises it. */
#include "analysis/conditions.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What would raise the confidence, each said once. */
static void raise(struct judgement *j, struct arena *a, const char *text)
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
	if (!rules[rule].holds && rules[rule].collect &&
		!(j->e->log.read && (rule == RULE_C15 || rule == RULE_C23)))
		raise(j, a, rules[rule].collect);
}

int64_t failures_counted(const struct evidence *e)
{
	const struct counter_span *c = &e->counters[COUNTER_SERVER_PAGED_FAILURES];

	return c->samples && c->highest > 0 ? c->highest : 0;
}

/* ---- levels ---- */

static void lower(struct judgement *j, struct arena *a, enum rule_id rule, const char *why)
{
	bool lowest = j->confidence <= CONFIDENCE_LOW;

	j->confidence -= !lowest;
	judge_because(j, a, rule,
		arena_printf(a, "%s: %s", lowest ? "lower still if it could be" : "one level lower", why));
}

static void cap(struct judgement *j, struct arena *a, enum rule_id rule, const char *why)
{
	if (j->confidence > CONFIDENCE_MEDIUM)
		j->confidence = CONFIDENCE_MEDIUM;
	if (j->confidence == CONFIDENCE_MEDIUM)
		judge_because(j, a, rule, arena_printf(a, "medium at most: %s", why));
	else
		raise(j, a, rules[rule].collect);
}

static void start_other_consumer(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	double share =
		e->peak->paged > 0 ? 100.0 * (double)e->peak->largest_bytes / (double)e->peak->paged : 0;
	const struct trend *t = j->leader ? &j->leader->trend : NULL;
	bool trends = t && t->has_slope && t->slope > 0 && t->p < threshold(e, THRESHOLD_CLAIM_P);

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
		raise(j, a, "more poolsnaps of one boot: at least 5, to show whether the tag rises");
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

/* ---- what single verdicts rest on ---- */

static void level_revert(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	bool stopped = false;

	for (size_t i = 0; i < e->stop_count; i++)
		stopped |= e->stops[i].code == STOP_NO_PTES;
	judge_because(j, a, RULE_V01,
		stopped ? "a BugCheck 0x3F is in the log"
			: arena_printf(a, "%zu starts in a row without a clean stop are in the log",
				  e->loop_starts));
	lower(j, a, RULE_C22, "whether the value was set before that stop is not known");
	if (!stopped)
		lower(j, a, RULE_C22, "so many starts may have another reason");
}

static void level_value_in_force(struct judgement *j, struct arena *a)
{
	if (in_force(j->e) == IN_FORCE_SHOWN) {
		judge_because(j, a, RULE_C26,
			arena_printf(a,
				"the key was last written %s, before the boot of the last Event 2020: the value was in force",
				j->e->key_written_text));
		return;
	}
	if (quiet_since(j->e) != WHEN_NONE)
		lower(j, a, RULE_C19,
			"the server was restarted after the last Event 2020: the value may be in force only since then, and"
			" would have to be watched before the next step");
	lower(j, a, RULE_C14,
		j->e->key_written_text
			? arena_printf(a,
				  "the key was last written %s, which does not show for sure that the value was in force in the"
				  " boot of the last Event 2020: this is assumed",
				  j->e->key_written_text)
			: "an export carries no time: the value is assumed to be active since the boot of the last Event 2020");
}

/* "Nothing was logged" is worth what was read. */
static void level_normal(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	const char *fault = evidence_log_weak(e);

	if (fault)
		lower(j, a, RULE_C20,
			arena_printf(a, "%s, so nothing shows that Event 2020 was not logged", fault));
	if (!e->peak->whole)
		lower(j, a, RULE_C21,
			e->peak->top
				? "the highest total is that of an Event 2004, which names three tags of each pool"
				: "the only capture is a copy of the screen");
	if (e->unread)
		lower(j, a, RULE_C25,
			arena_printf(
				a, "%zu file%s could not be read", e->unread, e->unread == 1 ? "" : "s"));
	if (e->top_count)
		judge_because(j, a, RULE_C24,
			"Event 2004 was logged: the system ran low on virtual memory, which is another limit than the"
			" paged pool's");
}

/* What would have to be known for any other rule to hold, or to be ruled out. */
static void raise_undecided(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	const char *fault = evidence_log_weak(e);

	if (fault)
		raise(j, a, arena_printf(a, "the whole System log of the days of the poolsnaps (%s)", fault));
	if (e->snapshot_count < 4)
		raise(j, a, "at least 4 poolsnaps of one boot, 30 minutes apart, across a peak");
	if (!e->key_read)
		raise(j, a, rules[RULE_C17].collect);
}

static bool old_2000(const struct evidence *e)
{
	return e->machine.family == OS_2000 && e->service_pack >= 0 && e->service_pack < 2;
}

static void reasons_undecided(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;

	if (e->shortage_count && !is_article_system(e))
		judge_because(j, a, RULE_V17,
			arena_printf(a,
				"Event 2020 or its like was logged, but the article is for 32-bit Windows 2000 (from Service Pack 2"
				" on) and Server 2003, and this is %s%s%s",
				os_family_name(e->machine.family),
				e->machine.arch == ARCH_X64 ? " (64-bit)" : "",
				old_2000(e) ? arena_printf(a, " with Service Pack %d", e->service_pack)
					    : ""));
	if (old_2000(e)) {
		judge_because(j, a, RULE_V17, "Windows 2000 reads PoolUsageMaximum from Service Pack 2 on");
		raise(j, a, "Service Pack 4 for Windows 2000, and this again on a log from then on");
	}
	if (e->peak && e->limit.low > 0 && e->most_in_use > e->peak->paged)
		judge_because(j, a, RULE_V17,
			arena_printf(a,
				"at another time %.1f MiB of paged pool were in use, %.0f %% of the maximum, but nothing shows which"
				" tags held them, or it was in another boot than the one that was judged",
				(double)e->most_in_use / (double)MIB,
				100.0 * (double)e->most_in_use / (double)e->limit.low));
	if (!e->limit.known)
		judge_because(
			j, a, RULE_V17, "the pool's maximum is not known: no share of it could be judged");
	raise_undecided(j, a);
}

static void reasons_mixed(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;

	if (j->rival)
		judge_because(j, a, RULE_V07,
			arena_printf(a, "%s rises as well, by %.1f MiB in the boot that was judged",
				j->rival->tag, j->rival->rise / (double)MIB));
	if (j->floor >= 0 && e->limit.low > 0)
		judge_because(j, a, RULE_V07,
			arena_printf(a,
				"what trimming cannot free is %.1f MiB, %.0f %% of the maximum's low end; 60, 50 and 40 %% of it are"
				" %.1f, %.1f and %.1f MiB%s",
				(double)j->floor / (double)MIB,
				100.0 * (double)j->floor / (double)e->limit.low,
				0.6 * (double)e->limit.low / (double)MIB,
				0.5 * (double)e->limit.low / (double)MIB,
				0.4 * (double)e->limit.low / (double)MIB,
				e->machine.switch_3gb ? ", and /3GB leaves only 40" : ""));
}

/* Were the nights that the verdict rests on above the start of trimming, as far as the maximum is known? */
static void level_held(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	int64_t set = percent_set(e);
	double start = set >= 1 && set <= 100 ? (double)set : threshold_table[THRESHOLD_TRIM_DEFAULT].value;
	bool above = false;

	for (size_t i = 0; e->limit.low > 0 && i < e->dated_count; i++) {
		const struct snapshot *s = &e->snapshots[i];
		when_us hour = ((s->at + s->offset * WHEN_MINUTE) % WHEN_DAY + WHEN_DAY) % WHEN_DAY;

		above |= s->boot == e->judged_boot && (hour >= 22 * WHEN_HOUR || hour <= 6 * WHEN_HOUR) &&
			 100.0 * (double)s->paged >= start * (double)e->limit.low;
	}
	if (!above)
		lower(j, a, RULE_C28,
			arena_printf(a,
				"no poolsnap of the night shows the pool above the start of trimming (%.0f %% of the maximum): below"
				" it unused segments stay as well",
				start));
}

/* An event of Srv with this id is in the log. */
static bool companion_logged(const struct evidence *e, int id)
{
	for (size_t i = 0; i < e->companion_count; i++)
		if (e->companions[i].id == id && e->companions[i].kind &&
			strcmp(e->companions[i].kind->provider, "Srv") == 0)
			return true;
	return false;
}

static void reasons_of_rule(struct judgement *j, struct arena *a)
{
	switch (j->rule) {
	case RULE_V01: level_revert(j, a); break;
	case RULE_V02:
		if (j->e->count_2019 && companion_logged(j->e, 2022))
			judge_because(j, a, RULE_V05,
				"Events 2019 and 2022 together, at about 4,094 connections, are no exhaustion on Windows NT 4.0"
				" (Q272194)");
		break;
	case RULE_V07: reasons_mixed(j, a); break;
	case RULE_V10: level_held(j, a); break;
	case RULE_V14:
	case RULE_V15:
		if (evidence_log_weak(j->e))
			raise(j, a, rules[RULE_C20].collect);
		break;
	case RULE_V08:
	case RULE_V09: level_value_in_force(j, a); break;
	case RULE_V12:
		if (is_awaited(j->e))
			cap(j, a, RULE_C27,
				arena_printf(a,
					"the key was last written %s, after the boot of the last Event 2020 had begun: the value may"
					" not have been in force",
					j->e->key_written_text));
		break;
	case RULE_V16: level_normal(j, a); break;
	case RULE_V17: reasons_undecided(j, a); break;
	default: break;
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
		lower(j, a, RULE_C13,
			"some poolsnaps have no time but that of their file, which copying changes");
		raise(j, a, "poolsnaps with the time in the file or its name");
	}
	if (qualities[2]) {
		lower(j, a, RULE_C13,
			"the poolsnaps' times are taken as UTC, because nothing says their offset");
		raise(j, a, "the offset: --utc-offset");
	} else if (qualities[1]) {
		judge_because(j, a, RULE_C13,
			"the poolsnaps' times may be an hour off (daylight saving time is not known)");
	}
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
		lower(j, a, RULE_C23, text);
	else if (failures)
		judge_because(j, a, RULE_C23, text);
}

static void level_of_any(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;

	if ((e->pool_usage_maximum.disputed || e->paged_pool_size.disputed) && j->rule != RULE_V16) {
		j->confidence = CONFIDENCE_LOW;
		judge_because(j, a, RULE_C18,
			"low at most: several registry exports were read and differ, and none says which is of today");
	}
	if (j->other)
		lower(j, a, RULE_C12,
			arena_printf(a,
				"at the other end of the assumed maximum the verdict would be %s (%s)",
				j->other->id, j->other->code));
	level_clock(j, a);
	/* Errors told by other programs stand for 2020 where there is none, one level less sure. */
	if (stands_on_2020(j->rule) && e->shortage_count && !e->count_2020)
		lower(j, a, RULE_C15, "no Event 2020 was logged, only errors of other programs");
	if (e->machine.family == OS_UNKNOWN || e->machine.arch == ARCH_UNKNOWN)
		cap(j, a, RULE_C16, "Windows version or architecture is not known");
	if (j->rule == RULE_V12 && e->pool_usage_maximum.state == SETTING_UNREAD)
		cap(j, a, RULE_C17, "the present value of PoolUsageMaximum is not known");
	if ((j->rule == RULE_V12 || j->rule == RULE_V09) && (e->own_limit_count || e->own_limits_met))
		cap(j, a, RULE_C29, "a limit that was set by hand may be the whole cause (PT-F04)");
	if (j->rule == RULE_V12 && e->limit_from == LIMIT_TABLE && e->limit.low > 0 &&
		j->use_high < threshold(e, THRESHOLD_USE_WATCH))
		lower(j, a, RULE_C30,
			arena_printf(a,
				"no poolsnap shows more than %.0f %% of the assumed maximum in use: it may be lower in truth, or one"
				" large request failed",
				j->use_high));
	if (e->limit.low <= 0 && e->peak)
		raise(j, a,
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
		raise(j, a, rules[j->rule].collect);
}

void judge_confidence(struct judgement *j, struct arena *a)
{
	judge_because(j, a, j->rule,
		j->rule == RULE_V12 || j->rule == RULE_V09
			? what_holds(j, a)
			: threshold_fill(j->e->thresholds, rules[j->rule].when, a));
	start(j, a);
	if (j->confidence == CONFIDENCE_NONE) {
		level_failures(j, a);
		raise(j, a, rules[j->rule].collect);
		return;
	}
	level_failures(j, a);
	reasons_of_rule(j, a);
	level_of_any(j, a);
	raise_finish(j, a);
}
