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

static const char *undo_words(struct arena *a, const struct prescription *p)
{
	const struct setting *s = p->current;

	switch (s->state) {
	case SETTING_ABSENT: return "delete the value, restart";
	case SETTING_NUMBER:
		return arena_printf(a, "set it to %" PRId64 " (0x%" PRIX64 ") again, restart", s->number,
			(uint64_t)s->number);
	case SETTING_OTHER:
		if (undo_line(a, p))
			return arena_printf(
				a, "import the undo text, which has the %s that was there, restart", s->type);
		break;
	case SETTING_UNREAD: break;
	}
	return "import the export made before the change, delete what was absent before, restart";
}

/* What a value costs (PT-P01, PT-P05). */
static const char *side_effects(const struct prescription *p)
{
	if (strcmp(p->value, "PoolUsageMaximum") == 0 && p->rule != RULE_P06)
		return rules[RULE_P01].advice;
	return p->rule == RULE_P05 ? rules[RULE_P05].advice : "none is documented";
}

/* The maximum is a range, and its ends ask for different steps. */
static const char *other_step(struct arena *a, const struct judgement *j)
{
	return j->step_high && j->step_high != j->step
		       ? arena_printf(
				 a, "; %d if the maximum is the high end of what is assumed", j->step_high)
		       : "";
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
			p->data > INT32_MAX ? "%s%s%s to 0x%" PRIX32 : "%s%s%s to %" PRIu32 " (decimal%s)",
			all,
			!*all          ? ""
			: p->condition ? " and, if its condition holds, "
				       : " and ",
			p->value, p->data, (int)p->data == j->step ? other_step(a, j) : "");
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
		table_text(t, "undo", undo_words(r->arena, p));
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

/* ---- remarks of a .reg file ---- */

#define REMARK_MOST 88 /* columns */

/* A computer's name as far as it can stand in a remark. */
static const char *plain_name(struct arena *a, const char *name)
{
	char *copy = arena_text(a, text_head_whole(span_of(name), 64));

	for (char *p = copy; *p; p++)
		if (!(text_is_letter(*p) || text_is_digit(*p) || *p == '.' || *p == '-' || *p == '_'))
			*p = '?';
	return copy;
}

/* Plain ASCII in lines that begin with a semicolon: a line break in a remark would end it, and what follows
 * would be registry script. */
static const char *remark(struct arena *a, const char *before, const char *text)
{
	char *plain = arena_text(a, span_of(text));
	const char *line = ";";
	struct span rest = span_of(plain), word;

	for (char *p = plain; *p; p++)
		if (*p < ' ' || *p > '~')
			*p = '?';
	while (text_cut(&rest, ' ', &word)) {
		if (strlen(line) > 3 && strlen(line) + 1 + word.n > REMARK_MOST) {
			before = arena_printf(a, "%s%s\n", before, line);
			line = ";  ";
		}
		line = arena_printf(a, "%s %.*s", line, (int)word.n, word.p);
	}
	return arena_printf(a, "%s%s\n", before, line);
}

static const char *number_words(struct arena *a, int64_t number)
{
	return number == UINT32_MAX ? "0xFFFFFFFF (the largest size possible)"
				    : arena_printf(a, "%" PRId64 "%s", number, number > 9 ? " decimal" : "");
}

static const char *before_words(struct arena *a, const struct setting *s)
{
	switch (s->state) {
	case SETTING_ABSENT: return "absent";
	case SETTING_NUMBER: return number_words(a, s->number);
	case SETTING_OTHER: return arena_printf(a, "a %s", plain_name(a, s->type));
	case SETTING_UNREAD: break;
	}
	return "not known, no export was read";
}

/* Such a file is found again when nobody remembers it: it says whose it is, what asked for it, what its
 * hexadecimal numbers mean, and what was there before. */
static const char *set_remarks(struct arena *a, const struct judgement *j, const char *name, bool primary)
{
	const struct rule *v = &rules[j->rule];
	const char *text = remark(a, "",
		arena_printf(
			a, "Server %s. Verdict %s (%s): %s.", plain_name(a, name), v->id, v->code, v->title));

	if (!primary)
		text = remark(a, text, "SECONDARY: read the verdict first.");
	for (size_t i = 0; i < j->prescription_count; i++) {
		const struct prescription *p = &j->prescriptions[i];

		if (p->recommended && p->primary == primary)
			text = remark(a, text,
				arena_printf(a, "%s: from %s to %s%s%s.", p->value,
					before_words(a, p->current), number_words(a, p->data),
					p->condition ? ", " : "", p->condition ? p->condition : ""));
	}
	/* to copy: in one line */
	text = arena_printf(a, "%s; First export the key:\n;   " REG_EXPORT "\n", text);
	text = remark(a, text, "Then import this file and restart: the values are read at the start only.");
	return j->rule == RULE_V01
		       ? text
		       : remark(a, text,
				 primary && !undo_open(a, j)
					 ? "To undo: import the undo file; or import that export and delete what was"
					   " absent before. Restart."
					 : "To undo: import that export, delete what was absent before, and restart.");
}

static const char *undo_remarks(struct arena *a, const struct judgement *j, const char *name)
{
	const struct rule *v = &rules[j->rule];
	const char *text = remark(a, "",
		arena_printf(a,
			"Server %s. Undoes verdict %s (%s): back to what the export of the key showed.",
			plain_name(a, name), v->id, v->code));

	for (size_t i = 0; i < j->prescription_count; i++) {
		const struct prescription *p = &j->prescriptions[i];

		if (p->recommended && p->primary)
			text = remark(a, text,
				arena_printf(a, "%s: from %s back to %s.", p->value, number_words(a, p->data),
					before_words(a, p->current)));
	}
	return remark(a, text, "Import this file and restart: the values are read at the start only.");
}

/* ---- text to copy ---- */

static void code(struct server_report *s, const char *name, const char *title, const char *text)
{
	struct block *b = block_add(s, PART_ACTION, BLOCK_CODE, title);

	b->name = name;
	b->text = text;
}

/* The way back, or why there is none. */
static void undo_block(struct server_report *s, const struct judgement *j, const char *undo)
{
	const char *open = undo_open(s->arena, j);

	if (j->rule == RULE_V01)
		block_text(s, PART_ACTION,
			"There is no undo text: nobody wants back the value that stopped the start (PT-V01).")
			->name = "undo-none";
	else if (open)
		block_text(s, PART_ACTION, "%s", open)->name = "undo-open";
	else if (*undo)
		code(s, "undo", "To undo, as a .reg file",
			arena_printf(s->arena, REG_HEAD "%s" REG_KEY "%s", undo_remarks(s->arena, j, s->name),
				undo));
}

static void code_blocks(struct server_report *s, const struct judgement *j, bool primary)
{
	struct arena *a = s->arena;
	const char *set = "", *add = "", *undo = "";

	for (size_t i = 0; i < j->prescription_count; i++) {
		const struct prescription *p = &j->prescriptions[i];
		const char *back;

		if (!p->recommended || p->primary != primary)
			continue;
		set = arena_printf(a, "%s\"%s\"=dword:%08" PRIx32 "\n", set, p->value, p->data);
		/* Decimal where people say the number so: the trap of the hexadecimal 60 is not laid here. */
		add = arena_printf(a,
			p->data > INT32_MAX ? "%sreg add \"%s\" /v %s /t REG_DWORD /d 0x%" PRIx32 " /f\n"
					    : "%sreg add \"%s\" /v %s /t REG_DWORD /d %" PRIu32 " /f\n",
			add, REGISTRY_KEY, p->value, p->data);
		back = undo_line(a, p);
		undo = arena_printf(a, "%s%s", undo, back ? back : "");
	}
	/* Windows NT 4.0 imports another kind of file. */
	if (*set && j->rule != RULE_V02) {
		code(s, primary ? "reg" : "reg-secondary",
			primary ? "As a .reg file (numbers are hexadecimal there)"
				: "The article's literal values as a .reg file (secondary)",
			arena_printf(
				a, REG_HEAD "%s" REG_KEY "%s", set_remarks(a, j, s->name, primary), set));
		if (primary)
			code(s, "commands", "Or as commands", add);
	}
	if (primary && j->rule != RULE_V02)
		undo_block(s, j, undo);
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct table *set = recommendations(r, j), *not_set = withheld(r, j), *room = steps_table(r, j);
	bool primary = judge_recommends(j, true);

	if (primary) {
		block_text(s, PART_ACTION, "%s",
			threshold_fill(j->e->thresholds, rules[j->rule].meaning, r->arena));
		/* Setting back what stopped the start needs no second thought. */
		if (j->rule != RULE_V01)
			action_cautions(s, j);
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
	code_blocks(s, j, true);
	code_blocks(s, j, false);
	report_data(s, set);
	report_data(s, not_set);
	report_data(s, room);
}

const struct analysis analysis_action = { "action", "registry values to set or to leave, with the way back",
	0, run, NULL };
