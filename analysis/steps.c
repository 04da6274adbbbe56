/* SPDX-License-Identifier: MIT
 * Why this step and not another: each value of PoolUsageMaximum against the measured burst and against what
 * trimming cannot free. */
#include "analysis/steps.h"

static const struct field fields[] = {
	{ "percent", "Trimming starts at", T_TEXT, FOR_ALL },
	{ "start_bytes", "Of the maximum", T_BYTES, FOR_ALL },
	{ "room_bytes", "Room above", T_BYTES, FOR_ALL },
	{ "needed_bytes", "Needed", T_BYTES, FOR_ALL },
	{ "rest_bytes", "Not freed by trimming", T_BYTES, FOR_ALL },
	{ "result", "Result", T_TEXT, FOR_ALL },
};

/* The step that is recommended need not fit: the article's first value is taken where the verdict asks for
 * it. */
static const char *result_of(const struct judgement *j, int p, int64_t start, double room, double needed)
{
	const struct evidence *e = j->e;
	int64_t set = percent_set(e);

	if (p == j->step)
		return !j->burst.known || j->floor < 0 ? "recommended"
		       : j->floor >= start             ? "recommended, though too much is not freed"
		       : needed > room                 ? "recommended, though there is too little room"
						       : "recommended: it fits";
	if (p == set)
		return "in force now";
	if (p == 80)
		return set <= 0 ? "in force now (the default)" : "the default";
	if (set >= 1 && set <= 60 && p > set)
		return "later than what is in force";
	if (e->machine.switch_3gb && p > 40)
		return "not with /3GB";
	if (j->floor >= 0 && j->floor >= start)
		return "cannot be reached: too much is not freed";
	if (needed > room)
		return "too little room";
	return j->step && p < j->step && j->step_fits ? "earlier than needed" : "would fit";
}

struct table *steps_table(struct report *r, const struct judgement *j)
{
	const struct evidence *e = j->e;
	struct table *t =
		table_new(r, "steps", "The steps against the largest burst", TABLE_ROWS, fields, LEN(fields));
	double needed = threshold(e, THRESHOLD_BURST_SAFETY) * (double)j->burst.bytes;

	t->about = arena_printf(r->arena,
		"For %s of maximum, the low end; another PagedPoolSize changes it, and with it these numbers. Needed is %s the largest burst: %s. Trimming frees only MmSt; the rest of the pool at"
		" its peak must lie below the start.",
		mib_words(r->arena, e->limit.low),
		threshold_words(e->thresholds, THRESHOLD_BURST_SAFETY, r->arena),
		j->burst.known ? j->burst.source : "none was measured");
	for (int i = 0; e->limit.low > 0 && i < STEPS; i++) {
		int64_t start = e->limit.low / 100 * steps[i];
		double room = (double)(e->limit.low - start);

		table_add(t);
		table_text(t, "percent", arena_printf(r->arena, "%d %%", steps[i]));
		table_int(t, "start_bytes", start);
		table_int(t, "room_bytes", e->limit.low - start);
		if (j->burst.known)
			table_int(t, "needed_bytes", (int64_t)needed);
		if (j->floor >= 0)
			table_int(t, "rest_bytes", j->floor);
		table_text(t, "result", result_of(j, steps[i], start, room, j->burst.known ? needed : 0));
	}
	return t;
}
