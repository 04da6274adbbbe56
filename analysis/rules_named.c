/* SPDX-License-Identifier: MIT
 * Every rule that the report names and has not explained yet, with its source: nothing must be taken on
 * trust. */
#include "analysis/analysis.h"

#include "core/text.h"

#include <string.h>

struct named {
	bool rule[RULE_COUNT];
};

static void see_text(struct named *n, const char *text)
{
	for (const char *at = text; at && (at = strstr(at, "PT-")) != NULL; at += 3) {
		const struct rule *rule = rule_find(text_head(span_of(at), 6));

		if (rule)
			n->rule[rule - rules] = true;
	}
}

static void see_list(struct named *n, const struct list *l)
{
	for (size_t i = 0; i < l->count; i++)
		see_text(n, l->items[i]);
}

static void see_table(struct named *n, const struct table *t)
{
	see_text(n, t->about);
	for (size_t i = 0; i < t->row_count; i++)
		for (size_t k = 0; k < t->field_count; k++) {
			const struct cell *c = &t->rows[i].cells[k];

			see_text(n, c->text);
			see_list(n, &c->list);
			if (c->table)
				see_table(n, c->table);
		}
}

/* What stands in a block that explains a rule is explained there. */
static void see_blocks(struct named *n, const struct server_report *s)
{
	for (int part = 0; part < PART_COUNT; part++)
		for (const struct block *b = s->parts[part]; b; b = b->next) {
			see_text(n, b->text);
			see_list(n, &b->items);
			if (b->table)
				see_table(n, b->table);
			if (b->chart)
				see_text(n, b->chart->about);
		}
	for (const struct block *b = s->parts[PART_FINDINGS]; b; b = b->next)
		if (b->kind == BLOCK_RULE && rule_find(span_of(b->id)))
			n->rule[rule_find(span_of(b->id)) - rules] = false;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	static const struct field fields[] = {
		{ "rule", "Rule", T_TEXT, FOR_ALL },
		{ "points", "Points", T_INT, FOR_MACHINES },
		{ "title", "About", T_TEXT, FOR_ALL },
		{ "when", "When", T_TEXT, FOR_ALL },
		{ "source", "Source", T_TEXT, FOR_ALL },
	};
	struct table *t = table_new(
		r, "rules_named", "Other rules that this report names", TABLE_ROWS, fields, LEN(fields));
	struct named named = { { false } };

	t->about = "pooltriage explain RULE says more, also what each source is and where to read it.";
	see_blocks(&named, s);
	for (int i = 0; i < RULE_COUNT; i++) {
		if (!named.rule[i])
			continue;
		table_add(t);
		table_id(t, rules[i].id);
		table_text(t, "rule", rules[i].id);
		if (rules[i].points)
			table_int(t, "points", rules[i].points);
		table_text(t, "title", rules[i].title);
		table_text(t, "when", threshold_fill(j->e->thresholds, rules[i].when, r->arena));
		table_text(t, "source", rules[i].source);
	}
	report_data(s, t);
	if (t->row_count)
		block_table(s, PART_FINDINGS, t);
}

const struct analysis analysis_rules_named = { "rules_named",
	"the rules that the report names, with their sources", 0, run, NULL };
