/* SPDX-License-Identifier: MIT
 * Which switches is Windows started with, and which other entries of the menu would change the pool? */
#include "parsers/boot_menu.h"

#include "core/text.h"

#include <inttypes.h>
#include <string.h>

/* NTLDR shows ten entries; what lists more of either is no menu to choose from. */
#define ENTRIES_MOST  64
#define SWITCHES_MOST 64
#define NAME_MOST     260 /* a path; identifiers are shorter */
#define SWITCH_MOST   100

struct boot_switch {
	struct span text;
	uint64_t line;
};

struct entry {
	struct span name;
	uint64_t line;
	struct boot_switch *switches;
	size_t count;
};

struct boot_menu {
	struct sink *sink;
	struct arena *arena;
	struct entry entries[ENTRIES_MOST];
	size_t count;
	bool skips; /* the switches that follow: their entry is one too many */
	uint64_t left, left_line;
};

struct boot_menu *boot_menu_open(struct sink *sink)
{
	struct arena *a = arena_open();
	struct boot_menu *m = arena_alloc(a, sizeof *m);

	m->arena = a;
	m->sink = sink;
	return m;
}

static void leave(struct boot_menu *m, uint64_t line)
{
	if (!m->left++)
		m->left_line = line;
}

void boot_menu_close(struct boot_menu *m)
{
	if (!m)
		return;
	if (m->left)
		sink_note(m->sink, m->left_line,
			"boot entries and switches beyond what a menu can hold: %" PRIu64 "; skipped",
			m->left);
	arena_close(m->arena);
}

void boot_menu_entry(struct boot_menu *m, uint64_t line, struct span name)
{
	m->skips = m->count == ENTRIES_MOST || name.n > NAME_MOST;
	if (m->skips)
		leave(m, line);
	else
		m->entries[m->count++] = (struct entry){ .name = arena_span(m->arena, name), .line = line };
}

static bool has(const struct entry *e, struct span text)
{
	for (size_t i = 0; i < e->count; i++)
		if (span_equal(e->switches[i].text, text))
			return true;
	return false;
}

void boot_menu_switch(struct boot_menu *m, uint64_t line, struct span text)
{
	struct entry *e = &m->entries[m->count ? m->count - 1 : 0];

	if (!m->count || m->skips || has(e, text))
		return;
	if (e->count == SWITCHES_MOST || text.n > SWITCH_MOST) {
		leave(m, line);
		return;
	}
	e->switches = arena_grow(m->arena, e->switches, e->count, sizeof *e->switches);
	e->switches[e->count++] = (struct boot_switch){ arena_span(m->arena, text), line };
}

size_t boot_menu_count(const struct boot_menu *m)
{
	return m->count;
}

size_t boot_menu_find(const struct boot_menu *m, struct span name, size_t *times)
{
	size_t first = BOOT_MENU_NONE;

	*times = 0;
	for (size_t i = 0; i < m->count; i++)
		if (span_equal_nocase(m->entries[i].name, name) && !(*times)++)
			first = i;
	return first;
}

uint64_t boot_menu_line(const struct boot_menu *m, size_t entry)
{
	return m->entries[entry].line;
}

/* ---- what is stated ---- */

static void fact(struct boot_menu *m, const char *name, struct span text, uint64_t line)
{
	struct record r;

	record_start(&r, RECORD_HOST, line);
	record_text(&r, HOST_NAME, span_of(name));
	record_text(&r, HOST_TEXT, text);
	m->sink->record(m->sink, &r);
}

static bool all_in(const struct entry *a, const struct entry *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (switch_matters(a->switches[i].text) && !has(b, a->switches[i].text))
			return false;
	return true;
}

/* "/3GB /PAE"; "none". */
static const char *words(struct arena *a, const struct entry *e)
{
	const char *text = "";

	for (size_t i = 0; i < e->count; i++)
		if (switch_matters(e->switches[i].text))
			text = arena_printf(a, "%s%s%.*s", text, *text ? ", " : "",
				(int)e->switches[i].text.n, e->switches[i].text.p);
	return *text ? text : "none";
}

void boot_menu_state(struct boot_menu *m, size_t entry, bool whole)
{
	const struct entry *e = &m->entries[entry];

	if (whole)
		fact(m, FACT_SWITCHES_READ, e->name, e->line);
	for (size_t i = 0; i < e->count; i++)
		fact(m, FACT_SWITCH, e->switches[i].text, e->switches[i].line);
	for (size_t i = 0; i < m->count; i++) {
		const struct entry *other = &m->entries[i];

		if (!all_in(other, e) || !all_in(e, other))
			sink_note(m->sink, other->line,
				"this boot entry is not in force and differs in what the pool depends on (%s; the one in force: %s);"
				" not taken",
				words(m->arena, other), words(m->arena, e));
	}
}
