/* SPDX-License-Identifier: MIT
 * What is to be done, step by step, with the registry text to copy and the way back (the article's order:
 * back up the key as KB 322756 describes, set, restart, watch). */
#include "analysis/action.h"
#include "analysis/steps.h"

#include "core/text.h"

#include <inttypes.h>
#include <string.h>

#define REG_HEAD "Windows Registry Editor Version 5.00\n\n"
#define REG_KEY \
	"[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management]\n"

/* A computer's name as far as it can stand in a comment of a .reg file: a line break in it would end the
 * comment. */
static const char *plain_name(struct arena *a, const char *name)
{
	char *copy = arena_text(a, text_head_whole(span_of(name), 64));

	for (char *p = copy; *p; p++)
		if (!(text_is_letter(*p) || text_is_digit(*p) || *p == '.' || *p == '-' || *p == '_'))
			*p = '?';
	return copy;
}

static const char *undo_words(struct arena *a, const struct setting *s)
{
	switch (s->state) {
	case SETTING_ABSENT: return "delete the value, restart";
	case SETTING_NUMBER:
		return arena_printf(a, "set it to %" PRId64 " (0x%" PRIX64 ") again, restart", s->number,
			(uint64_t)s->number);
	case SETTING_OTHER:
	case SETTING_UNREAD: break;
	}
	return "import the export made before the change, restart";
}

/* What a value costs (PT-P01, PT-P05). */
static const char *side_effects(const struct prescription *p)
{
	if (strcmp(p->value, "PoolUsageMaximum") == 0 && p->rule != RULE_P06)
		return rules[RULE_P01].advice;
	return p->rule == RULE_P05 ? rules[RULE_P05].advice : "none is documented";
}

/* "PoolUsageMaximum to 60 (decimal) and, if its condition holds, PagedPoolSize to 0xFFFFFFFF" */
static const char *values_words(struct arena *a, const struct judgement *j)
{
	const char *all = "";

	for (size_t i = 0; i < j->prescription_count; i++) {
		const struct prescription *p = &j->prescriptions[i];

		if (!p->recommended || !p->primary)
			continue;
		all = arena_printf(a,
			p->data > INT32_MAX ? "%s%s%s to 0x%" PRIX32 : "%s%s%s to %" PRIu32 " (decimal)", all,
			!*all          ? ""
			: p->condition ? " and, if its condition holds, "
				       : " and ",
			p->value, p->data);
	}
	return all;
}

const char *action_words(struct arena *a, const struct judgement *j)
{
	const char *advice = threshold_fill(j->e->thresholds, rules[j->rule].advice, a),
		   *values = values_words(a, j);
	bool says_all = j->rule == RULE_V09 || j->rule == RULE_V12;

	if (j->rule == RULE_V06)
		advice = arena_printf(a, "Find the owner of %s and repair or update it. Set no value.",
			j->e->peak->largest);
	/* Of what stopped the start, and of Windows NT 4.0, the advice names the value itself. */
	if (!*values || j->rule == RULE_V01 || j->rule == RULE_V02)
		return advice;
	return arena_printf(a, "%s%sSet %s. Back up the key first, restart afterwards.",
		says_all ? "" : advice, says_all ? "" : " ", values);
}

/* ---- tables ---- */

static struct table *recommendations(struct report *r, const struct judgement *j)
{
	static const struct field fields[] = {
		{ "key", "Key", T_TEXT, FOR_MACHINES },
		{ "value", "Value", T_TEXT, FOR_ALL },
		{ "type", "Type", T_TEXT, FOR_MACHINES },
		{ "data", "Set to", T_DWORD, FOR_ALL },
		{ "data_hex", "Hexadecimal", T_TEXT, FOR_MACHINES },
		{ "current", "Now", T_DWORD, FOR_ALL },
		{ "condition", "Condition", T_TEXT, FOR_ALL },
		{ "primary", "Primary", T_BOOL, FOR_MACHINES },
		{ "reason", "Why this number", T_TEXT, FOR_ALL },
		{ "side_effects", "Side effects", T_TEXT, FOR_ALL },
		{ "undo", "To undo", T_TEXT, FOR_MACHINES },
		{ "rule", "Rule", T_TEXT, FOR_ALL },
		{ "source", "Source", T_TEXT, FOR_ALL },
	};
	bool primary = judge_recommends(j, true);
	struct table *t = table_new(r, "recommendations",
		primary ? "Values to set"
			: "Values that are documented, but not recommended here (secondary)",
		TABLE_ROWS, fields, LEN(fields));

	t->about = primary ? "REG_DWORD values of " REGISTRY_KEY
			     ". They are read at start only: a restart is needed."
			   : "REG_DWORD values of " REGISTRY_KEY ".";
	for (size_t i = 0; i < j->prescription_count; i++) {
		const struct prescription *p = &j->prescriptions[i];

		if (!p->recommended)
			continue;
		table_add(t);
		table_text(t, "key", REGISTRY_KEY);
		table_text(t, "value", p->value);
		table_text(t, "type", "REG_DWORD");
		table_int(t, "data", p->data);
		table_text(t, "data_hex", arena_printf(r->arena, "0x%08" PRIX32, p->data));
		if (p->current->state == SETTING_NUMBER)
			table_int(t, "current", p->current->number);
		else if (p->current->state == SETTING_ABSENT)
			table_word(t, "current", "absent");
		table_text(t, "condition", p->condition ? p->condition : "");
		table_int(t, "primary", p->primary);
		table_text(t, "reason", p->reason);
		table_text(t, "side_effects", side_effects(p));
		table_text(t, "undo", undo_words(r->arena, p->current));
		table_text(t, "rule", rules[p->rule].id);
		table_link(t, "rule", rules[p->rule].id);
		table_text(t, "source", rules[p->rule].source);
	}
	return t;
}

static struct table *withheld(struct report *r, const struct judgement *j)
{
	static const struct field fields[] = {
		{ "value", "Value", T_TEXT, FOR_ALL },
		{ "reason", "Why it is not recommended", T_TEXT, FOR_ALL },
		{ "rule", "Rule", T_TEXT, FOR_ALL },
		{ "source", "Source", T_TEXT, FOR_MACHINES },
	};
	struct table *t = table_new(r, "withheld", "Values not to set", TABLE_ROWS, fields, LEN(fields));

	for (size_t i = 0; i < j->prescription_count; i++) {
		if (j->prescriptions[i].recommended)
			continue;
		table_add(t);
		table_text(t, "value", j->prescriptions[i].value);
		table_text(t, "reason", j->prescriptions[i].reason);
		table_text(t, "rule", rules[j->prescriptions[i].rule].id);
		table_link(t, "rule", rules[j->prescriptions[i].rule].id);
		table_text(t, "source", rules[j->prescriptions[i].rule].source);
	}
	return t;
}

/* ---- text to copy ---- */

static void code(struct server_report *s, const char *name, const char *title, const char *text)
{
	struct block *b = block_add(s, PART_ACTION, BLOCK_CODE, title);

	b->name = name;
	b->text = text;
}

/* What may stand between quotes of a .reg file as it is. */
static bool plain_text(const char *text)
{
	size_t n = strspn(text, "0123456789abcdefABCDEFxX ");

	return n && n < 32 && !text[n];
}

/* The line that brings a value back to what an export showed. */
static const char *undo_line(struct arena *a, const struct prescription *p)
{
	if (p->current->state == SETTING_ABSENT)
		return arena_printf(a, "\"%s\"=-\n", p->value);
	if (p->current->state == SETTING_NUMBER)
		return arena_printf(
			a, "\"%s\"=dword:%08" PRIx32 "\n", p->value, (uint32_t)p->current->number);
	if (p->current->state == SETTING_OTHER && strcmp(p->current->type, "REG_SZ") == 0 &&
		plain_text(p->current->text))
		return arena_printf(a, "\"%s\"=\"%s\"\n", p->value, p->current->text);
	if (p->current->state == SETTING_OTHER)
		return arena_printf(a,
			"; %s was no REG_DWORD: take it from the export made before the change\n", p->value);
	return arena_printf(a,
		"; %s: what it was is not known; take it from the export made before the change\n", p->value);
}

static void code_blocks(struct server_report *s, const struct judgement *j, bool primary)
{
	struct arena *a = s->arena;
	bool exported = j->e->key_read;
	const char *set = "", *add = "", *undo = "",
		   *mark = primary ? "" : "; SECONDARY: read the verdict first\n";

	for (size_t i = 0; i < j->prescription_count; i++) {
		const struct prescription *p = &j->prescriptions[i];

		if (!p->recommended || p->primary != primary)
			continue;
		set = arena_printf(a, "%s\"%s\"=dword:%08" PRIx32 "\n", set, p->value, p->data);
		/* Decimal where people say the number so: the trap of the hexadecimal 60 is not laid here. */
		add = arena_printf(a,
			p->data > INT32_MAX ? "%sreg add \"%s\" /v %s /t REG_DWORD /d 0x%" PRIx32 " /f\n"
					    : "%sreg add \"%s\" /v %s /t REG_DWORD /d %" PRIu32 " /f\n",
			add, REGISTRY_KEY, p->value, p->data);
		undo = arena_printf(a, "%s%s", undo, undo_line(a, p));
	}
	/* Windows NT 4.0 imports another kind of file. */
	if (!*set || j->rule == RULE_V02)
		return;
	code(s, primary ? "reg" : "reg-secondary",
		primary ? "As a .reg file (numbers are hexadecimal there)"
			: "The article's literal values as a .reg file (secondary)",
		arena_printf(a,
			REG_HEAD
			"; server %s, verdict %s (%s)\n; export the key before importing this; restart afterwards\n%s" REG_KEY
			"%s",
			plain_name(a, s->name), rules[j->rule].id, rules[j->rule].code, mark, set));
	if (!primary)
		return;
	code(s, "commands", "Or as commands", add);
	if (j->rule == RULE_V01)
		return; /* nobody wants back what stopped the start */
	code(s, "undo", "To undo, as a .reg file",
		arena_printf(a, REG_HEAD "; server %s: %s; restart afterwards\n" REG_KEY "%s",
			plain_name(a, s->name),
			exported ? "back to what the export showed" : "as far as it is known what was there",
			undo));
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct table *set = recommendations(r, j), *not_set = withheld(r, j), *room = steps_table(r, j);
	bool primary = judge_recommends(j, true);

	if (primary) {
		block_text(s, PART_ACTION, "%s",
			threshold_fill(j->e->thresholds, rules[j->rule].meaning, r->arena));
		action_values(s, j);
	} else {
		action_no_values(s, j);
	}
	if (set->row_count)
		block_table(s, PART_ACTION, set);
	if (not_set->row_count)
		block_table(s, PART_ACTION, not_set);
	if (j->step && room->row_count)
		block_table(s, PART_ACTION, room);
	/* Setting back what stopped the start needs no second thought. */
	if (primary && j->rule != RULE_V01)
		action_cautions(s, j);
	code_blocks(s, j, true);
	code_blocks(s, j, false);
	report_data(s, set);
	report_data(s, not_set);
	report_data(s, room);
}

const struct analysis analysis_action = { "action", "registry values to set or to leave, with the way back",
	0, run, NULL };
