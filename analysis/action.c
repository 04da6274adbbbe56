/* SPDX-License-Identifier: MIT
 * What is to be done, step by step, with the registry text to copy and the way back (the article's order:
 * back up the key as KB 322756 describes, set, restart, watch). */
#include "analysis/steps.h"
#include "analysis/tag_search.h"

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

static const char *current_words(struct arena *a, const struct setting *s)
{
	switch (s->state) {
	case SETTING_ABSENT: return "absent (the default holds)";
	case SETTING_NUMBER:
		return arena_printf(a, "%" PRId64 " (0x%" PRIX64 ")", s->number, (uint64_t)s->number);
	case SETTING_OTHER: return arena_printf(a, "not a REG_DWORD (%s)", s->type);
	case SETTING_UNREAD: break;
	}
	return "not known: no export of the key was read";
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
	if (strcmp(p->value, "PoolUsageMaximum") == 0)
		return rules[RULE_P01].advice;
	return p->rule == RULE_P05 || p->rule == RULE_P06 ? rules[RULE_P05].advice : NULL;
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
	struct table *t = table_new(r, "recommendations", "Values to set", TABLE_ROWS, fields, LEN(fields));

	t->about = "REG_DWORD values of " REGISTRY_KEY ". Both are read at start only: a restart is needed.";
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
	if (!*set)
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
	code(s, "undo", "To undo, as a .reg file",
		arena_printf(a, REG_HEAD "; server %s: %s; restart afterwards\n" REG_KEY "%s",
			plain_name(a, s->name),
			exported ? "back to what the export showed" : "as far as it is known what was there",
			undo));
}

/* ---- steps ---- */

static bool sets_size(const struct judgement *j)
{
	for (size_t i = 0; i < j->prescription_count; i++)
		if (j->prescriptions[i].recommended &&
			strcmp(j->prescriptions[i].value, "PagedPoolSize") == 0 &&
			j->prescriptions[i].data != 0)
			return true;
	return false;
}

/* What to do when the event comes back, and when it does not: the article goes down, KB 304101 up again
 * to 60. */
static const char *next_steps(struct arena *a, const struct judgement *j)
{
	const char *down = j->step == 60
				   ? " If Event 2020 comes back, the next step is 50, then 40 (KB 312362)."
			   : j->step == 50 ? " If Event 2020 comes back, the next step is 40 (KB 312362)."
					   : "";

	if (!j->step || j->step == 60)
		return down;
	return arena_printf(a,
		"%s If it stays away, %d may be raised towards 60 again, never above (KB 304101).", down,
		j->step);
}

static void steps_of_values(struct server_report *s, const struct judgement *j)
{
	struct arena *a = s->arena;
	struct block *b = block_add(s, PART_ACTION, BLOCK_STEPS, "Set the values");

	block_item(s, b,
		"Back up the registry key first: reg export \"" REGISTRY_KEY
		"\" memory-management-backup.reg (or File, Export in"
		" the registry editor; KB 322756).");
	for (size_t i = 0; i < j->prescription_count; i++) {
		const struct prescription *p = &j->prescriptions[i];

		if (!p->recommended || !p->primary)
			continue;
		if (strcmp(p->value, "PagedPoolSize") == 0 && p->data)
			block_item(s, b, "Set PagedPoolSize (REG_DWORD) to 0xFFFFFFFF%s%s. Now: %s. (%s)",
				p->condition ? ", " : "", p->condition ? p->condition : "",
				current_words(a, p->current), rules[p->rule].id);
		else
			block_item(s, b,
				"Set %s (REG_DWORD) to %" PRIu32 " decimal, which is 0x%" PRIX32
				" (dword:%08" PRIx32 ")%s%s. Now: %s. (%s)",
				p->value, p->data, p->data, p->data, p->condition ? "; " : "",
				p->condition ? p->condition : "", current_words(a, p->current),
				rules[p->rule].id);
	}
	block_item(s, b, "Restart the server: both values are read at start only (KB 312362).");
	block_item(s, b,
		"Take poolsnaps through the heaviest backup (poolmon -b -r -n FILE every 30 minutes) and watch for Event 2020."
		" It may take a month to see a whole cycle (KB 304101).%s",
		next_steps(a, j));
	block_item(s, b,
		"To undo, import the undo text below, or delete a value that was absent before, and restart.%s",
		sets_size(j)
			? " If the server does not start after PagedPoolSize was set (STOP 0x3F): Last Known Good Configuration."
			: "");
}

static void cautions(struct server_report *s, const struct judgement *j)
{
	struct block *b = block_add(s, PART_ACTION, BLOCK_LIST, "Do not change this if");
	const struct evidence *e = j->e;

	if (sets_size(j)) {
		block_item(s, b,
			"the server is a 32-bit Server 2003 with 64 GB of RAM: PagedPoolSize 0xFFFFFFFF makes it restart again and"
			" again (KB 312362, PT-G03); set an explicit size or leave it (%s)",
			e->machine.ram < 0 ? "its RAM is not known"
					   : arena_printf(s->arena, "%s were read",
						     mib_words(s->arena, e->machine.ram)));
		if (!e->free_ptes)
			block_item(s, b,
				"Free System Page Table Entries is 40,000 or less: PagedPoolSize 0xFFFFFFFF takes more of them (KB 304101,"
				" PT-G05)");
	}
	if (!e->switches_known)
		block_item(s, b,
			"boot.ini has /3GB: start PoolUsageMaximum at 40 then, and with /PAE as well leave PagedPoolSize alone"
			" (KB 304101, PT-P02, PT-G04; boot.ini was not read)");
	if (e->machine.family == OS_UNKNOWN || e->machine.arch == ARCH_UNKNOWN)
		block_item(s, b,
			"this is not a 32-bit Windows 2000 (SP2 or later) or Server 2003: what was read does not say (KB 312362, PT-F06)");
	if (j->rule == RULE_V12 || j->rule == RULE_V09)
		block_item(s, b,
			"another tag has taken the lead since the last poolsnap: the values would only hide a leak (KB 886670, PT-V06)");
}

/* The tag that the verdict blames; NULL: none, or MmSt. */
static const char *blamed_tag(const struct judgement *j)
{
	if (j->rule == RULE_V06)
		return j->e->peak->largest;
	if (j->rule == RULE_V07)
		return j->rival ? j->rival->tag : NULL;
	for (size_t i = 0; j->rule == RULE_V05 && i < j->e->tag_count; i++)
		if (j->e->tags[i].rank == 1 && strcmp(j->e->tags[i].pool, "nonpaged") == 0)
			return j->e->tags[i].tag;
	return NULL;
}

static void steps_without_values(struct server_report *s, const struct judgement *j)
{
	struct block *b = block_add(s, PART_ACTION, BLOCK_STEPS, "No registry value is recommended");
	const char *tag = blamed_tag(j);

	if (j->rule == RULE_V12 && is_awaited(j->e)) {
		if (in_force(j->e) == IN_FORCE_PENDING)
			block_item(s, b,
				"Restart the server: PoolUsageMaximum %d is set, but was read at no start that is known since"
				" (KB 312362, PT-G08).",
				(int)percent_set(j->e));
		block_item(s, b,
			"Watch it through the heaviest backup, with poolsnaps every 30 minutes. If Event 2020 comes back, run this"
			" again on the new log: the next step follows then (KB 312362, PT-V09).");
	} else if (j->rule != RULE_V06)
		block_item(s, b, "%s", threshold_fill(j->e->thresholds, rules[j->rule].advice, s->arena));
	if (tag)
		tag_steps(s, b, j->e, tag);
	if (j->rule == RULE_V06)
		block_item(s, b,
			"Repair or update what owns it. Set no value: trimming would not free this memory.");
	if (j->rule != RULE_V16)
		block_item(s, b, "Collect: %s", rules[j->rule].collect);
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct table *set = recommendations(r, j), *not_set = withheld(r, j), *room = steps_table(r, j);
	bool primary = false, secondary = false;

	for (size_t i = 0; i < j->prescription_count; i++) {
		primary |= j->prescriptions[i].recommended && j->prescriptions[i].primary;
		secondary |= j->prescriptions[i].recommended && !j->prescriptions[i].primary;
	}
	if (primary) {
		block_text(s, PART_ACTION, "%s",
			threshold_fill(j->e->thresholds, rules[j->rule].meaning, r->arena));
		steps_of_values(s, j);
	} else {
		steps_without_values(s, j);
	}
	if (set->row_count)
		block_table(s, PART_ACTION, set);
	if (not_set->row_count)
		block_table(s, PART_ACTION, not_set);
	if (j->step && room->row_count)
		block_table(s, PART_ACTION, room);
	if (primary)
		cautions(s, j);
	code_blocks(s, j, true);
	if (secondary)
		code_blocks(s, j, false);
	report_data(s, set);
	report_data(s, not_set);
	report_data(s, room);
}

const struct analysis analysis_action = { "action", "registry values to set or to leave, with the way back",
	0, run, NULL };
