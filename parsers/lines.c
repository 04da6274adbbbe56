/* SPDX-License-Identifier: MIT
 * Reads lines by tables of PCRE2 patterns (8-bit, UTF) whose named groups are columns of a record kind. */
#include <inttypes.h>
#include <pcre2.h>
#include <string.h>

#include "parsers/lines.h"

#include "core/text.h"

/* Each parser with a rule table has one row here. */
#define LINE_TABLES(T) \
	T(stamp_lines) \
	T(stamp_names) \
	T(poolmon_lines) \
	T(regfile_lines) \
	T(regquery_lines) \
	T(systeminfo_lines) \
	T(host_lines) \
	T(memsnap_lines) \
	T(msinfo_lines) \
	T(bootini_lines) \
	T(bcdedit_lines) \
	T(pooltag_lines) \
	T(windbg_lines)

#define TABLE_EXTERN(table) extern const struct line_table table;
LINE_TABLES(TABLE_EXTERN)
#define TABLE_ENTRY(table) &table,
const struct line_table *const line_tables[] = { LINE_TABLES(TABLE_ENTRY) NULL };
const size_t line_tables_count = LEN(line_tables) - 1;

/* Steps allowed to one match. In proportion to the line, so that no input costs more than linear time. */
#define STEPS_LEAST    5000
#define STEPS_PER_BYTE 40
#define HEAP_KIB       (16 * 1024)

#define GROUPS_MOST 63  /* numbered groups of a pattern */
#define JIT_AFTER   200 /* tries: machine code costs more to make than it saves in a short file */

struct group {
	const char *name;
	int number;
	int column[RECORD_KINDS]; /* -1: not a column of that kind */
};

struct rule {
	pcre2_code *code; /* NULL until the first line gets this far */
	unsigned tries;
	const struct group *groups;
	size_t group_count;
};

struct lines {
	const struct line_table *table;
	struct arena *arena;
	struct rule *rules;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	const struct rule *last; /* the rule that matched, NULL when none did */
	struct span line;
	uint32_t pairs; /* of offsets set by the last match */
};

static void groups_load(struct lines *l, struct rule *rule)
{
	uint32_t count = 0, entry_size = 0;
	PCRE2_SPTR entry = NULL;
	pcre2_pattern_info(rule->code, PCRE2_INFO_NAMECOUNT, &count);
	if (count == 0)
		return;
	pcre2_pattern_info(rule->code, PCRE2_INFO_NAMEENTRYSIZE, &entry_size);
	pcre2_pattern_info(rule->code, PCRE2_INFO_NAMETABLE, &entry);
	struct group *groups = arena_alloc(l->arena, count * sizeof *groups);
	for (uint32_t i = 0; i < count; i++, entry += entry_size) {
		/* an entry is the group's number, high byte first, then its terminated name */
		groups[i].number = entry[0] << 8 | entry[1];
		groups[i].name = arena_text(l->arena, span_of((const char *)entry + 2));
		for (int kind = 0; kind < RECORD_KINDS; kind++)
			groups[i].column[kind] = record_find((enum record_kind)kind, span_of(groups[i].name));
	}
	rule->groups = groups;
	rule->group_count = count;
}

static void rule_compile(struct lines *l, struct rule *rule)
{
	const struct line_rule *from = &l->table->rules[rule - l->rules];
	int error = 0;
	PCRE2_SIZE at = 0;
	rule->code = pcre2_compile((PCRE2_SPTR)from->pattern, PCRE2_ZERO_TERMINATED,
		PCRE2_UTF | PCRE2_ANCHORED | PCRE2_DOLLAR_ENDONLY | PCRE2_DOTALL | PCRE2_NEVER_BACKSLASH_C,
		&error, &at, NULL);
	if (!rule->code) {
		PCRE2_UCHAR text[256] = "";
		pcre2_get_error_message(error, text, sizeof text);
		die("%s: %s at %zu of %s", l->table->name, (const char *)text, (size_t)at, from->pattern);
	}
	uint32_t groups = 0;
	pcre2_pattern_info(rule->code, PCRE2_INFO_CAPTURECOUNT, &groups);
	if (groups > GROUPS_MOST)
		die("%s: more than %d groups in %s", l->table->name, GROUPS_MOST, from->pattern);
	groups_load(l, rule);
}

struct lines *lines_open(const struct line_table *table)
{
	struct arena *arena = arena_open();
	struct lines *l = arena_alloc(arena, sizeof *l);
	l->arena = arena;
	l->table = table;
	l->rules = arena_alloc(arena, (table->count + 1) * sizeof *l->rules);
	l->data = pcre2_match_data_create(GROUPS_MOST + 1, NULL);
	l->limits = pcre2_match_context_create(NULL);
	if (!l->data || !l->limits)
		die("out of memory");
	pcre2_set_heap_limit(l->limits, HEAP_KIB);
	return l;
}

void lines_close(struct lines *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < l->table->count; i++)
		pcre2_code_free(l->rules[i].code);
	pcre2_match_data_free(l->data);
	pcre2_match_context_free(l->limits);
	arena_close(l->arena);
}

static int rule_match(struct lines *l, struct rule *rule, struct span line, uint32_t options)
{
	PCRE2_SPTR text = (PCRE2_SPTR)line.p;
	if (!rule->code)
		rule_compile(l, rule);
	/* No machine code on this kind of machine: pcre2_match interprets, nothing to do about it. */
	if (++rule->tries == JIT_AFTER)
		pcre2_jit_compile(rule->code, PCRE2_JIT_COMPLETE);
	int pairs = pcre2_match(rule->code, text, line.n, 0, options, l->data, l->limits);
	/* compiled code has a small stack of its own; the interpreter takes over where that does not do */
	if (pairs == PCRE2_ERROR_JIT_STACKLIMIT)
		pairs = pcre2_match(rule->code, text, line.n, 0, options | PCRE2_NO_JIT, l->data, l->limits);
	return pairs;
}

int lines_match(struct lines *l, struct span line)
{
	l->last = NULL;
	if (!line.p)
		line.p = "";
	size_t bytes =
		line.n < UINT32_MAX / (2 * STEPS_PER_BYTE) ? line.n : UINT32_MAX / (2 * STEPS_PER_BYTE);
	pcre2_set_match_limit(l->limits, (uint32_t)(STEPS_LEAST + STEPS_PER_BYTE * bytes));
	uint32_t options = 0; /* the first rule also checks that the line is UTF-8 */
	for (size_t i = 0; i < l->table->count; i++) {
		int pairs = rule_match(l, &l->rules[i], line, options);
		if (pairs > 0) {
			l->last = &l->rules[i];
			l->line = line;
			l->pairs = (uint32_t)pairs;
			return l->table->rules[i].what;
		}
		if (pairs <= PCRE2_ERROR_UTF8_ERR1 && pairs >= PCRE2_ERROR_UTF8_ERR21)
			return -1;
		options = PCRE2_NO_UTF_CHECK;
	}
	return -1;
}

static bool group_text(const struct lines *l, const struct group *g, struct span *text)
{
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(l->data) + 2 * g->number;
	if ((uint32_t)g->number >= l->pairs || at[0] == PCRE2_UNSET || at[1] < at[0])
		return false;
	*text = (struct span){ l->line.p + at[0], at[1] - at[0] };
	return true;
}

bool lines_group(const struct lines *l, const char *name, struct span *text)
{
	*text = (struct span){ "", 0 };
	if (!l->last)
		return false;
	/* with (?J) a name stands for several groups: the one that took part counts */
	for (size_t i = 0; i < l->last->group_count; i++)
		if (strcmp(l->last->groups[i].name, name) == 0 && group_text(l, &l->last->groups[i], text))
			return true;
	return false;
}

bool lines_int(const struct lines *l, const char *name, int64_t *number)
{
	struct span text;
	*number = 0;
	return lines_group(l, name, &text) && text_int(text_trim(text), number);
}

bool lines_record(const struct lines *l, struct record *r)
{
	bool fits = true;
	if (!l->last)
		return fits;
	for (size_t i = 0; i < l->last->group_count; i++) {
		struct span text;
		int64_t number;
		int column = l->last->groups[i].column[r->kind];
		if (column < 0 || !group_text(l, &l->last->groups[i], &text))
			continue;
		enum type type = record_types[r->kind].columns[column].type;
		if (type == T_TEXT || type == T_NAME)
			record_text(r, column, text);
		else if (text_int(text_trim(text), &number))
			record_number(r, column, number);
		else
			fits = false;
	}
	return fits;
}

const char *lines_library(void)
{
	static char text[64];

	pcre2_config(PCRE2_CONFIG_VERSION, text);
	return text;
}

void unread_add(struct unread *u, uint64_t line)
{
	if (!u->lines++)
		u->first = line;
}

void unread_note(const struct unread *u, struct sink *sink, const char *what)
{
	if (u->lines)
		sink_note(sink, u->first, "lines that are no %s: %" PRIu64 "; skipped", what, u->lines);
}
