/* SPDX-License-Identifier: MIT
 * How far did the performance counters that speak of the pools go, and when? */
#include "analysis/analysis.h"

#include <inttypes.h>

static const char *amount(struct arena *a, enum type type, int64_t n)
{
	return type == T_BYTES ? mib_words(a, n) : arena_printf(a, "%" PRId64, n);
}

static void counter_row(
	struct table *t, struct arena *a, const struct column *column, const struct counter_span *c)
{
	table_add(t);
	table_text(t, "counter", column->name);
	table_text(t, "path", column->about);
	table_text(t, "unit", column->type == T_BYTES ? "bytes" : "count");
	table_int(t, "samples", (int64_t)c->samples);
	if (c->first != WHEN_NONE) {
		table_int(t, "first", c->first);
		table_int(t, "last", c->last);
	}
	table_int(t, "lowest", c->lowest);
	table_int(t, "highest", c->highest);
	table_text(t, "lowest_words", amount(a, column->type, c->lowest));
	table_text(t, "highest_words", amount(a, column->type, c->highest));
	if (c->lowest_at != WHEN_NONE)
		table_int(t, "lowest_at", c->lowest_at);
	if (c->highest_at != WHEN_NONE)
		table_int(t, "highest_at", c->highest_at);
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	static const struct field fields[] = {
		{ "counter", "Counter", T_TEXT, FOR_MACHINES },
		{ "path", "Counter", T_TEXT, FOR_PEOPLE },
		{ "unit", "Unit", T_TEXT, FOR_MACHINES },
		{ "lowest", "Lowest", T_INT, FOR_MACHINES },
		{ "lowest_words", "Lowest", T_TEXT, FOR_PEOPLE },
		{ "lowest_at", "Lowest at", T_TIME, FOR_MACHINES },
		{ "highest", "Highest", T_INT, FOR_MACHINES },
		{ "highest_words", "Highest", T_TEXT, FOR_PEOPLE },
		{ "highest_at", "Highest at", T_TIME, FOR_ALL },
		/* Last, where a narrow page cuts them off: what was reached counts. */
		{ "samples", "Samples", T_INT, FOR_ALL },
		{ "first", "First", T_TIME, FOR_ALL },
		{ "last", "Last", T_TIME, FOR_ALL },
	};
	const struct evidence *e = j->e;
	struct table *t;

	if (!e->counter_samples)
		return;
	t = table_new(r, "counters", "Performance counters", TABLE_ROWS, fields, LEN(fields));
	t->about = e->counters_undated
			   ? "Samples without a time count for lowest and highest only."
			   : "The highest paged total counts as in use when the pool's maximum is estimated.";
	for (int i = COUNTER_PAGED; i < COUNTER_COLUMNS; i++)
		if (e->counters[i].samples)
			counter_row(t, r->arena, &record_types[RECORD_COUNTER].columns[i], &e->counters[i]);
	report_data(s, t);
	block_table(s, PART_EVIDENCE, t);
}

const struct analysis analysis_counters = { "counters",
	"lowest and highest of the performance counters that speak of the pools", 0, run, NULL };
