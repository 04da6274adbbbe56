/* SPDX-License-Identifier: MIT
 * Which registry values follow from the verdict, and which are withheld and why. */
#include "analysis/judge.h"

#include "core/text.h"

#include <inttypes.h>
#include <string.h>

bool judge_recommends(const struct judgement *j, bool primary)
{
	for (size_t i = 0; i < j->prescription_count; i++)
		if (j->prescriptions[i].recommended && j->prescriptions[i].primary == primary)
			return true;
	return false;
}

const struct prescription *judge_value(const struct judgement *j, const char *value)
{
	for (size_t i = 0; i < j->prescription_count; i++) {
		const struct prescription *p = &j->prescriptions[i];

		if (p->recommended && p->primary && strcmp(p->value, value) == 0)
			return p;
	}
	return NULL;
}

/* A recommendation outside 60, 50, 40 would be a fault of this program. */
static uint32_t checked_step(int step)
{
	if (step != 60 && step != 50 && step != 40)
		die("PoolUsageMaximum %d would have been recommended", step);
	return (uint32_t)step;
}

/* As an export shows it; one that is never read for the rest. */
static const struct setting *setting_of(const struct evidence *e, const char *value)
{
	static const struct setting unread;

	return strcmp(value, "PoolUsageMaximum") == 0 ? &e->pool_usage_maximum
	       : strcmp(value, "PagedPoolSize") == 0  ? &e->paged_pool_size
						      : &unread;
}

static struct prescription *add(struct judgement *j, const char *value, const struct setting *current)
{
	struct prescription *p = &j->prescriptions[j->prescription_count++];

	*p = (struct prescription){ .value = value, .current = current, .primary = true };
	return p;
}

static const char *mib(struct arena *a, double bytes)
{
	return arena_printf(a, "%.0f MiB", bytes / (double)MIB);
}

/* A burst is seen between captures, or concluded from the room that an event used up. */
static const char *burst_words(const struct judgement *j)
{
	return j->burst.from ? "measured between poolsnaps"
			     : "concluded: the room that was left before an Event 2020, at most";
}

/* Why this step and not the one before: the room it leaves against the measured burst. */
static const char *step_reason(struct judgement *j, enum rule_id *rule, struct arena *a)
{
	const struct evidence *e = j->e;
	const char *text, *also = "", *safety = threshold_words(e->thresholds, THRESHOLD_BURST_SAFETY, a);

	*rule = e->limit.low > 0 && j->burst.known            ? (j->step_fits ? RULE_P03 : RULE_P04)
		: percent_set(e) > 40 && percent_set(e) <= 60 ? RULE_P09
		: e->machine.switch_3gb                       ? RULE_P02
							      : RULE_P01;
	if (*rule != RULE_P03 && *rule != RULE_P04)
		text = arena_printf(a,
			"%d is the article's %s value; %s, so no burst was measured against it", j->step,
			percent_set(e) > 40 && percent_set(e) <= 60 ? "next"
			: e->machine.switch_3gb                     ? "first (with /3GB)"
								    : "first",
			e->limit.low > 0 ? arena_printf(a, "no two poolsnaps of one boot are within %s",
						   threshold_words(e->thresholds, THRESHOLD_BURST_WINDOW, a))
					 : "the pool's maximum is not known");
	else if (j->step_fits)
		text = arena_printf(a,
			"%d leaves %s above the trim start, at least %s the burst of %s (%s); what trimming cannot free (%s) is"
			" below %d %% of the maximum",
			j->step, mib(a, (double)(100 - j->step) / 100 * (double)e->limit.low), safety,
			mib(a, (double)j->burst.bytes), burst_words(j), mib(a, (double)j->floor), j->step);
	else
		text = arena_printf(a,
			"no allowed step both leaves %s the burst of %s (%s) and is above what trimming cannot free (%s); %d is"
			" the lowest that trimming can reach: reduce demand as well (fewer open files, smaller volumes)",
			safety, mib(a, (double)j->burst.bytes), burst_words(j), mib(a, (double)j->floor),
			j->step);
	if (j->step_high && j->step_high != j->step)
		also = arena_printf(
			a, "; at the high end of the assumed maximum it would be %d", j->step_high);
	if (j->step < 60 && percent_set(e) <= 0 && !e->machine.switch_3gb)
		also = arena_printf(a, "%s; the article starts with 60, this server's bursts argue for %d",
			also, j->step);
	if (e->machine.switch_3gb)
		also = arena_printf(a, "%s; with /3GB the start is 40 (KB 304101)", also);
	return arena_printf(a, "%s%s", text, also);
}

static void prescribe_percent(struct judgement *j, struct arena *a, const char *condition, bool primary)
{
	struct prescription *p = add(j, "PoolUsageMaximum", &j->e->pool_usage_maximum);

	p->recommended = true;
	p->primary = primary;
	p->data = checked_step(j->step);
	p->condition = condition;
	p->reason = step_reason(j, &p->rule, a);
}

static void withhold(struct judgement *j, const char *value, enum rule_id rule, const char *why)
{
	struct prescription *p = add(j, value, setting_of(j->e, value));

	p->rule = rule;
	p->reason = why;
}

/* only_unset: an explicit size that somebody has chosen is left alone. */
static void prescribe_size(struct judgement *j, struct arena *a, bool only_unset)
{
	const struct evidence *e = j->e;
	const char *why;
	enum rule_id guard = guard_size(e, &why, a);
	struct prescription *p;

	if (guard == RULE_COUNT && only_unset && e->paged_pool_size.state == SETTING_NUMBER &&
		e->paged_pool_size.number != 0) {
		guard = RULE_G06;
		why = "an explicit size is set already; one change at a time";
	}
	if (guard != RULE_COUNT) {
		withhold(j, "PagedPoolSize", guard, why);
		return;
	}
	p = add(j, "PagedPoolSize", &e->paged_pool_size);
	p->recommended = true;
	p->data = (uint32_t)PAGED_POOL_SIZE_MAXIMUM;
	p->condition = guard_condition(e, a);
	p->reason =
		"the paged pool gets the largest size this configuration allows, at the cost of other kernel memory";
	if (e->free_ptes)
		p->reason = arena_printf(a, "%s; %" PRId64 " system page table entries were free (%s)",
			p->reason, e->free_ptes, e->free_ptes_source);
	p->rule = RULE_P05;
}

static void withhold_set(struct judgement *j, struct arena *a)
{
	withhold(j, "PoolUsageMaximum", RULE_G01,
		arena_printf(a, "it is %d already, no later than the article's first value",
			(int)percent_set(j->e)));
}

static void prescribe_literal(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;

	if (percent_set(e) >= 1 && percent_set(e) <= 60)
		withhold_set(j, a);
	else
		*add(j, "PoolUsageMaximum", NULL) = (struct prescription){ "PoolUsageMaximum", true, false,
			60,
			"secondary: the article's page names Windows Server 2012 R2, but little is expected of it on this Windows",
			"the article's literal value; the paged pool of this Windows has no fixed maximum to trim against",
			RULE_P06, &e->pool_usage_maximum };
	if (setting_is(&e->paged_pool_size, PAGED_POOL_SIZE_MAXIMUM))
		withhold(j, "PagedPoolSize", RULE_G01, "it is 0xFFFFFFFF already");
	else
		*add(j, "PagedPoolSize", NULL) = (struct prescription){ "PagedPoolSize", true, false,
			(uint32_t)PAGED_POOL_SIZE_MAXIMUM,
			"secondary: as above; it is for 32-bit systems with a fixed pool",
			"the article's literal value; this Windows sizes the pool by itself", RULE_P06,
			&e->paged_pool_size };
}

/* The article's first value, whatever was measured; a value of the article that is in force stays. */
static void prescribe_first(
	struct judgement *j, struct arena *a, const char *condition, bool primary, const char *reason)
{
	const struct evidence *e = j->e;
	int64_t set = percent_set(e);
	int first = e->machine.switch_3gb ? 40 : 60;

	if (set >= 1 && set <= first) {
		withhold_set(j, a);
		return;
	}
	j->step = first;
	j->step_fits = false;
	j->step_high = j->step;
	prescribe_percent(j, a, condition, primary);
	j->prescriptions[j->prescription_count - 1].reason = reason;
	j->prescriptions[j->prescription_count - 1].rule = e->machine.switch_3gb ? RULE_P02 : RULE_P01;
}

static void prescribe_other(struct judgement *j, const char *value, enum rule_id rule, uint32_t data,
	const char *condition, const char *reason)
{
	struct prescription *p = add(j, value, setting_of(j->e, value));

	p->recommended = true;
	p->data = data;
	p->condition = condition;
	p->reason = reason;
	p->rule = rule;
}

static void withhold_both(struct judgement *j, const char *why)
{
	withhold(j, "PoolUsageMaximum", j->rule, why);
	withhold(j, "PagedPoolSize", j->rule, why);
}

/* Without a log nobody knows whether anything failed, and without a maximum nobody knows how near it is. */
static const char *nothing_seen(const struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;

	return arena_printf(a, "%s, and %s",
		failures_counted(e)
			? "no Event 2020 or 2019 is known of, though the file server counted failures"
		: evidence_log_weak(e) ? arena_printf(a, "no failure is known (%s)", evidence_log_weak(e))
				       : "no Event 2020 or 2019 was logged",
		j->rule == RULE_V15 ? "the pool is below 80 % of its maximum"
		: j->use_high >= 0  ? "the pool is below 60 % of its maximum"
				    : arena_printf(a, "the paged pool held less than %s",
					      threshold_words(e->thresholds, THRESHOLD_MODERN_NORMAL, a)));
}

/* What was set is not judged before it was in force. */
static void withhold_awaited(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;

	withhold(j, "PoolUsageMaximum", RULE_G08,
		arena_printf(a, "it is %d, and its key was last written %s: %s", (int)percent_set(e),
			e->key_written_text,
			in_force(e) == IN_FORCE_PENDING
				? "no start since then is known, so it may not be in force; restart the server and watch"
				: "the server has started since, and no failure was logged with it in force; watch before the next"
				  " step"));
	withhold(j, "PagedPoolSize", RULE_G06, "one change at a time: what was set comes first");
}

/* A log that lacks records, or was cleared since, does not show that nothing was logged. */
static bool has_held(const struct evidence *e)
{
	when_us quiet = quiet_since(e);

	if (quiet == WHEN_NONE || evidence_log_weak(e) ||
		(e->log.cleared && e->log.cleared_at > e->shortages[e->shortage_count - 1]->at))
		return false;
	return quiet >= threshold_time(e->thresholds, THRESHOLD_HELD_SINCE);
}

static void withhold_held(struct judgement *j, struct arena *a)
{
	withhold(j, "PoolUsageMaximum", RULE_G10,
		arena_printf(a,
			"it is %d, and the log of the %d days since the last restart shows no failure: keep it",
			(int)percent_set(j->e), (int)(quiet_since(j->e) / WHEN_DAY)));
	withhold(j, "PagedPoolSize", RULE_G10, "nothing has failed since the last restart");
}

static void choose(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	bool high_fits;

	j->step = judge_step(j, e->limit.known ? e->limit.low : 0, &j->step_fits);
	j->step_high = judge_step(j, e->limit.known ? e->limit.high : 0, &high_fits);
	switch (j->rule) {
	case RULE_V12:
	case RULE_V09:
		if (is_awaited(e)) {
			withhold_awaited(j, a);
		} else if (j->rule == RULE_V09 && has_held(e)) {
			withhold_held(j, a);
		} else {
			prescribe_percent(j, a, NULL, true);
			prescribe_size(j, a, j->rule == RULE_V09);
		}
		break;
	case RULE_V14:
		/* Where the article does not go, its value must not end up in a file to import. */
		prescribe_first(j, a,
			!is_article_system(e)
				? "secondary: the article is for 32-bit Windows 2000 (from Service Pack 2 on) and Server 2003"
			: failures_counted(e) ? "the file server counted allocations that failed"
			: e->log.read         ? "optional: no Event 2020 was logged yet"
					      : "optional: no failure is known (no System log was read)",
			is_article_system(e), "the article's first value");
		if (e->machine.arch == ARCH_X64)
			withhold(j, "PagedPoolSize", RULE_G02,
				"it is for 32-bit Windows 2000 and Server 2003 only");
		else
			withhold(j, "PagedPoolSize", RULE_G06,
				"earlier trimming comes first; one change at a time");
		break;
	case RULE_V10:
		prescribe_first(j, a, "a stop-gap until the holder of the files is found", true,
			"the article's first value");
		withhold(j, "PagedPoolSize", RULE_V10, "a larger pool would only be held as well");
		break;
	case RULE_V11:
		prescribe_first(j, a, "provisional: what held the pool when it ran out was not seen", true,
			"the article's first value");
		withhold(j, "PagedPoolSize", RULE_G06, "the timing is not proven; one change at a time");
		break;
	case RULE_V13:
		prescribe_first(j, a, "secondary: look for a leak first", false,
			"the article's first value; a leak is more likely on 64-bit Server 2003");
		withhold(j, "PagedPoolSize", RULE_G02, "it is for 32-bit systems only");
		break;
	case RULE_V08:
		withhold(j, "PoolUsageMaximum", RULE_G07,
			arena_printf(a,
				"it is %d already, and 40 is the lowest documented value: lower ones are guesses",
				(int)percent_set(e)));
		if (has_held(e))
			withhold(j, "PagedPoolSize", RULE_G10, "nothing has failed since the last restart");
		else
			prescribe_size(j, a, true);
		break;
	case RULE_V03: prescribe_literal(j, a); break;
	case RULE_V01:
		prescribe_other(j, "PagedPoolSize", RULE_P07, 0, NULL,
			"0 lets the system choose; the value that is set stopped the start");
		break;
	case RULE_V02:
		/* Not where a poolsnap shows another cause or none. Its registry editor takes another kind of
		 * file, and the value is an option: nothing to import blindly. */
		if (!e->peak || (strcmp(e->peak->largest, "MmSt") == 0 &&
					(e->exhaustion_count || e->text_count ||
						j->use_low >= threshold(e, THRESHOLD_USE_FULL)))) {
			prescribe_other(j, "UnusedFileCache", RULE_P08, e->machine.switch_3gb ? 5 : 15,
				"needs Service Pack 6a; optional",
				"the value of Windows NT 4.0 for the same purpose");
			j->prescriptions[0].primary = false;
		} else {
			withhold(j, "UnusedFileCache", RULE_V02,
				"it frees unused file segments, and nothing shows that the pool is short of them");
		}
		withhold(j, "PoolUsageMaximum", RULE_G02, "Windows NT 4.0 does not read it");
		withhold(j, "PagedPoolSize", RULE_G02, "the article is not for Windows NT 4.0");
		break;
	case RULE_V04:
		withhold_both(j,
			e->count_2019 && !e->count_2020
				? "no poolsnap was read, and Event 2019 speaks of the nonpaged pool, which no value of the article"
				  " governs"
				: "no poolsnap shows that MmSt is the largest paged tag; a leak logs the same events");
		break;
	case RULE_V05:
		withhold_both(j, "it governs the paged pool; the nonpaged pool is what ran out");
		break;
	case RULE_V06:
		withhold(j, "PoolUsageMaximum", j->rule,
			arena_printf(a,
				"MmSt is not the largest paged tag: %s is. Trimming frees only MmSt, so the value would"
				" hide the fault at best",
				e->peak->largest));
		withhold(j, "PagedPoolSize", j->rule,
			"a larger pool would only be filled later by the same tag");
		break;
	case RULE_V07:
		withhold(j, "PoolUsageMaximum", j->rule,
			"MmSt is not alone: as long as the other consumer stays, trimming runs without reaching its target");
		withhold(j, "PagedPoolSize", j->rule,
			"a larger pool would only be filled later by the other consumer");
		break;
	case RULE_V15:
		withhold_both(j, j->use_high >= threshold(e, THRESHOLD_USE_FULL)
					 ? "no failure is known of; wait for what the next peak shows"
					 : nothing_seen(j, a));
		break;
	case RULE_V16: withhold_both(j, nothing_seen(j, a)); break;
	default: withhold_both(j, "no rule supports it with what was read"); break;
	}
}

/* Which value is in force is not known, and with it neither what to set nor what to set back. */
static void withhold_disputed(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;

	for (size_t i = 0; i < j->prescription_count; i++) {
		struct prescription *p = &j->prescriptions[i];

		bool quotes = p->rule == RULE_G01 || p->rule == RULE_G07 || p->rule == RULE_G08 ||
			      p->rule == RULE_G10;

		/* What is recommended, and what is refused for the value that is said to be set. */
		if (j->rule == RULE_V01 || !(p->recommended ? p->primary : quotes))
			continue;
		*p = (struct prescription){ .value = p->value,
			.rule = RULE_G09,
			.current = p->current,
			.reason = arena_printf(a,
				"several exports of the key were read and differ%s%s%s%s; export it again today",
				e->pool_usage_maximum.disputed ? ", PoolUsageMaximum " : "",
				e->pool_usage_maximum.disputed ? e->pool_usage_maximum.disputed : "",
				e->paged_pool_size.disputed ? ", PagedPoolSize " : "",
				e->paged_pool_size.disputed ? e->paged_pool_size.disputed : "") };
	}
}

void judge_prescribe(struct judgement *j, struct arena *a)
{
	choose(j, a);
	if (exports_disagree(j->e))
		withhold_disputed(j, a);
	if (!judge_value(j, "PoolUsageMaximum"))
		j->step = 0;
}
