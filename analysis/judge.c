/* SPDX-License-Identifier: MIT
 * The verdict: the first rule that holds, tried at both ends of the maximum; how severe it is, in one
 * sentence. */
#include "analysis/conditions.h"

#include "analysis/values.h"
#include "core/text.h"

#include <string.h>

const int steps[STEPS] = { 80, 60, 50, 40 };

static enum rule_id rule_at(const struct judgement *j, int64_t maximum)
{
	struct view v = { j, j->e, maximum };
	int rule = 0;

	while (!rules[rule].holds(&v))
		rule++;
	return (enum rule_id)rule;
}

/* ---- severity and headline ---- */

/* Which tags held the pool is not seen, or against which limit; but how much was in use may be. With less of
 * it in use, or seen, the server would be called normal: that must not come of reading less. */
static enum severity severity_undecided(const struct evidence *e)
{
	double most = 100.0 * (double)e->most_in_use;

	if (e->peak && e->limit.known && most >= threshold(e, THRESHOLD_USE_FULL) * (double)e->limit.high)
		return SEVERITY_WARNING;
	if (e->peak && (is_dynamic(e) || (e->limit.low > 0 && most >= threshold(e, THRESHOLD_USE_WATCH) *
									      (double)e->limit.low)))
		return SEVERITY_INFO;
	return SEVERITY_NOT_ASSESSED;
}

/* Nothing failed as far as was seen: is that health, or was it not looked at? */
static enum severity severity_normal(const struct evidence *e)
{
	if (e->top_count)
		return SEVERITY_INFO; /* Event 2004: the system ran low on virtual memory */
	return e->unread || evidence_log_weak(e) ? SEVERITY_NOT_ASSESSED : SEVERITY_OK;
}

static enum severity severity_of(const struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	bool full = e->limit_from >= LIMIT_MEASURED && e->peak && e->peak->paged >= e->limit.high;
	bool odd = e->machine.family != OS_NT4 &&
		   (percent_fault(&e->pool_usage_maximum, a) ||
			   size_fault(&e->paged_pool_size, e->machine.switch_3gb, a));
	/* Programs that ran out of resources, and a limit that was met or set by hand, are something to judge
	 * by, whatever held the pool. */
	bool limited = e->own_limit_count || e->own_limits_met;
	enum severity least = odd || limited || e->text_count || failures_counted(e) ? SEVERITY_WARNING
										     : SEVERITY_OK,
		      own;

	/* An assumed maximum that was reached is refuted rather than met. */
	if (e->exhaustion_count || full || j->rule == RULE_V01)
		return SEVERITY_ERROR;
	switch (j->rule) {
	case RULE_V16: own = severity_normal(e); break;
	case RULE_V04: own = SEVERITY_NOT_ASSESSED; break;
	case RULE_V17: own = severity_undecided(e); break;
	case RULE_V02:
	case RULE_V15:
		own = j->use_low >= threshold(e, THRESHOLD_USE_FULL) ? SEVERITY_WARNING : SEVERITY_INFO;
		break;
	default: own = SEVERITY_WARNING; break;
	}
	return own > least ? own : least;
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
		return arena_printf(a, "%s holds %s", t ? t->tag : "MmSt", mib_words(a, most));
	when_print_span(to->at - from->at, length);
	return arena_printf(a, "%s went from %s to %s in %s (largest: %s)", t->tag, mib_words(a, first),
		mib_words(a, last), length, mib_words(a, most));
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
				mib_words(a, e->most_in_use), events);
		return arena_printf(a, "%s. At most %s of paged pool was in use, %.1f %% of the maximum; %s.",
			title, mib_words(a, e->most_in_use),
			100.0 * (double)e->most_in_use / (double)e->limit.low, events);
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
	judge_confidence(j, a);
	return j;
}
