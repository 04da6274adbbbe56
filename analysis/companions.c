/* SPDX-License-Identifier: MIT
 * Which events that speak for or against the verdict are in the log, how often and in how many bursts. */
#include "analysis/analysis.h"

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	static const struct field fields[] = {
		{ "provider", "Source", T_TEXT, FOR_ALL },
		{ "id", "Event", T_INT, FOR_ALL },
		{ "count", "Count", T_INT, FOR_ALL },
		{ "bursts", "Bursts", T_INT, FOR_ALL },
		{ "first", "First", T_TIME, FOR_ALL },
		{ "last", "Last", T_TIME, FOR_ALL },
	};
	struct table *t =
		table_new(r, "events", "Events that the analyses use", TABLE_ROWS, fields, LEN(fields));

	t->about =
		"All other events are counted among the inputs only. A burst ends where a gap of more than an hour begins.";
	t->people_rows = 40;
	for (size_t i = 0; i < j->e->companion_count; i++) {
		const struct companion *c = &j->e->companions[i];

		table_add(t);
		table_text(t, "provider", c->provider);
		table_int(t, "id", c->id);
		table_int(t, "count", (int64_t)c->count);
		table_int(t, "bursts", (int64_t)c->bursts);
		if (c->first != WHEN_NONE) {
			table_int(t, "first", c->first);
			table_int(t, "last", c->last);
		}
	}
	report_data(s, t);
	if (t->row_count)
		block_table(s, PART_EVIDENCE, t);
}

const struct analysis analysis_companions = { "companions",
	"counts and bursts of the events that the analyses use", 0, run, NULL };
