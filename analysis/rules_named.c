/* SPDX-License-Identifier: MIT
 * Every rule that the report names, the thresholds in its words and where its sources can be read: nothing
 * must be taken on trust. */
#include "analysis/analysis.h"

#include "analysis/sources.h"

#include "core/text.h"

#include <string.h>

struct named {
	bool rule[RULE_COUNT];
	bool explained[RULE_COUNT]; /* by a block of the findings */
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
			n->explained[rule_find(span_of(b->id)) - rules] = true;
}

static struct table *rules_table(struct report *r, const struct named *n, const struct thresholds *in_force)
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

	t->about = "pooltriage explain RULE says more of each.";
	for (int i = 0; i < RULE_COUNT; i++) {
		if (!n->rule[i] || n->explained[i])
			continue;
		table_add(t);
		table_id(t, rules[i].id);
		table_text(t, "rule", rules[i].id);
		if (rules[i].points)
			table_int(t, "points", rules[i].points);
		table_text(t, "title", rules[i].title);
		table_text(t, "when", threshold_fill(in_force, rules[i].when, r->arena));
		table_text(t, "source", rules[i].source);
	}
	return t;
}

/* ---- thresholds ---- */

static const struct field threshold_fields[] = {
	{ "name", "Threshold", T_TEXT, FOR_ALL },
	{ "value", "Value", T_TEXT, FOR_ALL },
	{ "about", "What it is for", T_TEXT, FOR_ALL },
	{ "source", "Source", T_TEXT, FOR_ALL },
};

static void threshold_row(struct table *t, const struct thresholds *in_force, enum threshold_id id)
{
	const struct threshold *row = &threshold_table[id];

	table_add(t);
	table_text(t, "name", row->name);
	table_text(t, "value", threshold_words(in_force, id, t->arena));
	table_text(t, "about", row->about);
	table_text(t, "source", in_force->origin[id] ? in_force->origin[id] : row->source);
}

static bool in_words_of(const struct named *n, enum threshold_id id)
{
	for (int i = 0; i < RULE_COUNT; i++)
		if (n->rule[i] && rule_uses(&rules[i], id))
			return true;
	return false;
}

/* All for programs; people see those in the words of the rules that are named, and those that were set by
 * hand. */
static void thresholds_tables(
	struct report *r, struct server_report *s, const struct named *n, const struct thresholds *in_force)
{
	struct table *all = table_new(
		r, "thresholds", "Thresholds in force", TABLE_ROWS, threshold_fields, LEN(threshold_fields));
	struct table *shown =
		table_new(r, "thresholds", all->title, TABLE_ROWS, threshold_fields, LEN(threshold_fields));

	for (int i = 0; i < THRESHOLD_COUNT; i++) {
		enum threshold_id id = (enum threshold_id)i;

		threshold_row(all, in_force, id);
		if (in_force->origin[id] || in_words_of(n, id))
			threshold_row(shown, in_force, id);
	}
	shown->about = arena_printf(r->arena,
		"Those in the words of the rules that this report names, and any that were set with --config: %zu of %zu; all are"
		" in CSV and JSON.",
		shown->row_count, all->row_count);
	report_data(s, all);
	block_table(s, PART_PROVENANCE, shown);
}

/* ---- sources ---- */

static void see_source(bool *seen, const char *text)
{
	struct span rest = span_of(text), part;
	const struct source *source;

	while (sources_next(&rest, &part, &source))
		if (source)
			seen[source - sources] = true;
}

static struct table *sources_table(struct report *r, const struct named *n)
{
	static const struct field fields[] = {
		{ "name", "Source", T_TEXT, FOR_ALL },
		{ "title", "What it is", T_TEXT, FOR_ALL },
		{ "where", "Read it at", T_TEXT, FOR_ALL },
	};
	struct table *t = table_new(r, "sources", "Sources", TABLE_ROWS, fields, LEN(fields));
	bool *seen = arena_alloc(r->arena, sources_count * sizeof *seen);

	t->about =
		"Of the rules and thresholds above. \"Ours\" is what no published text gives. Many of these pages have moved;"
		" archives keep them.";
	for (int i = 0; i < RULE_COUNT; i++)
		if (n->rule[i])
			see_source(seen, rules[i].source);
	for (int i = 0; i < THRESHOLD_COUNT; i++)
		if (in_words_of(n, (enum threshold_id)i))
			see_source(seen, threshold_table[i].source);
	for (size_t i = 0; i < sources_count; i++) {
		if (!seen[i])
			continue;
		table_add(t);
		table_text(t, "name", sources[i].name);
		table_text(t, "title", sources[i].title);
		table_text(t, "where", sources[i].where);
	}
	return t;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct named named = { { false }, { false } };
	struct table *t, *read;

	see_blocks(&named, s);
	t = rules_table(r, &named, j->e->thresholds);
	read = sources_table(r, &named);
	report_data(s, t);
	report_data(s, read);
	if (t->row_count)
		block_table(s, PART_PROVENANCE, t);
	thresholds_tables(r, s, &named, j->e->thresholds);
	if (read->row_count)
		block_table(s, PART_PROVENANCE, read);
}

const struct analysis analysis_rules_named = { "rules_named",
	"the rules that the report names, with their thresholds and sources", 0, run, NULL };
