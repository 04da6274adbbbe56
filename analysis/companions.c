/* SPDX-License-Identifier: MIT
 * Which events that speak for or against the verdict are in the log, how often and in how many bursts. */
#include "analysis/analysis.h"

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	static const struct field fields[] = {
		{ "provider", "Source", T_TEXT, FOR_ALL },
		{ "id", "Event", T_ID, FOR_ALL },
		{ "count", "Count", T_INT, FOR_ALL },
		{ "bursts", "Bursts", T_INT, FOR_ALL },
		{ "near", "Near 2020", T_INT, FOR_ALL },
		{ "speaks", "Speaks", T_TEXT, FOR_ALL },
		{ "first", "First", T_TIME, FOR_ALL },
		{ "last", "Last", T_TIME, FOR_ALL },
		{ "meaning", "Meaning", T_TEXT, FOR_ALL },
		{ "source", "Source", T_TEXT, FOR_MACHINES },
	};
	struct table *t =
		table_new(r, "events", "Events that the analyses use", TABLE_ROWS, fields, LEN(fields));

	t->about = arena_printf(r->arena,
		"All other events are counted among the inputs only. A burst ends where a gap of more than %s begins. \"Near\" are"
		" those within %s of an Event 2020 or what stands for it; only these speak for or against MmSt, however many of them"
		" as one (PT-C07, PT-C09).",
		threshold_words(j->e->thresholds, THRESHOLD_BURST_GAP, r->arena),
		threshold_words(j->e->thresholds, THRESHOLD_NEAR, r->arena));
	t->people_rows = 40;
	for (size_t i = 0; i < j->e->companion_count; i++) {
		const struct companion *c = &j->e->companions[i];

		table_add(t);
		table_text(t, "provider", c->provider);
		table_int(t, "id", c->id);
		table_int(t, "count", (int64_t)c->count);
		table_int(t, "bursts", (int64_t)c->bursts);
		table_int(t, "near", (int64_t)c->near);
		/* Only what is close to an Event 2020 says anything of it. */
		table_text(t, "speaks",
			c->kind && c->near && c->kind->effect != COMPANION_NONE
				? companion_effect_name(c->kind->effect)
				: "no");
		table_text(t, "meaning",
			c->kind ? c->kind->meaning : "says that resources ran out, or carries such a status");
		table_text(t, "source", c->kind && *c->kind->source ? c->kind->source : NULL);
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
