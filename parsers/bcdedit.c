/* SPDX-License-Identifier: MIT
 * Reads what `bcdedit` prints (Vista and later): which of the elements that took the place of /3GB and /PAE
 * does the boot loader have? Element names after "BCDEdit /set" in Microsoft's driver documentation; the
 * layout is as the tool prints it. Titles and the word "identifier" are translated on other systems. */
#include "parsers/boot_menu.h"
#include "parsers/lines.h"
#include "parsers/parser.h"

#include "core/text.h"

#include <string.h>

enum { BCD_RULE, BCD_ELEMENT };

static const struct line_rule rules[] = {
	{ BCD_RULE, "-{5,}+$", "-------------------" },
	{ BCD_ELEMENT, "(?<name>\\S++)\\s++(?<value>\\S.*)", "identifier              {current}" },
};
const struct line_table bcdedit_lines = { "bcdedit", rules, LEN(rules) };

struct element {
	struct span value;
	uint64_t line;
};

/* As bcdedit prints their names. nx does not matter for the pool, but is a switch like the others. */
static const char *const switch_names[] = { "increaseuserva", "pae", "nx" };

struct bcdedit {
	struct sink *sink;
	struct lines *lines;
	struct boot_menu *menu;
	struct arena *arena, *block; /* of this, of one block */
	/* the block */
	bool begins, loader; /* its first row comes next; it loads Windows */
	struct element id, switches[LEN(switch_names)];

	struct span standard; /* what the boot manager starts; empty: not said */
	uint64_t foreign;     /* the first identifier with another label; 0: none */
	struct unread unread;
};

/* ---- blocks ---- */

static void block_end(struct bcdedit *b)
{
	if (b->loader && b->id.line) {
		boot_menu_entry(b->menu, b->id.line, b->id.value);
		for (size_t i = 0; i < LEN(switch_names); i++) {
			const struct element *s = &b->switches[i];

			if (s->line)
				boot_menu_switch(b->menu, s->line,
					span_of(arena_printf(b->block, "%s %.*s", switch_names[i],
						(int)s->value.n, s->value.p)));
		}
	}
	arena_reset(b->block);
	b->loader = false;
	b->id.line = 0;
	for (size_t i = 0; i < LEN(switch_names); i++)
		b->switches[i].line = 0;
}

static bool is_identifier(struct span value)
{
	return value.n > 2 && value.p[0] == '{' && value.p[value.n - 1] == '}' &&
	       !memchr(value.p, ' ', value.n);
}

static void keep(struct bcdedit *b, struct element *e, struct span value, uint64_t number)
{
	if (e->line)
		return;
	e->value = arena_span(b->block, value);
	e->line = number;
}

static void element(struct bcdedit *b, uint64_t number)
{
	struct span name, value;

	lines_group(b->lines, "name", &name);
	lines_group(b->lines, "value", &value);
	if (b->begins && is_identifier(value)) {
		keep(b, &b->id, value, number);
		if (!b->foreign && !span_equal(name, SPAN("identifier")))
			b->foreign = number;
	}
	b->begins = false;
	if (!b->id.line) {
		unread_add(&b->unread, number);
		return;
	}
	/* "path                    \Windows\system32\winload.exe"; the names stay when labels are
	 * translated. */
	b->loader |= text_ends_nocase(value, "\\winload.exe") || text_ends_nocase(value, "\\winload.efi");
	if (span_equal(name, SPAN("default")) && !b->standard.n)
		b->standard = arena_span(b->arena, value);
	for (size_t i = 0; i < LEN(switch_names); i++)
		if (span_equal(name, span_of(switch_names[i])))
			keep(b, &b->switches[i], value, number);
}

static void any_line(struct bcdedit *b, uint64_t number, struct span line)
{
	struct span bare = text_trim(line);

	if (!bare.n) {
		block_end(b);
		return;
	}
	switch (lines_match(b->lines, bare)) {
	case BCD_RULE:
		block_end(b);
		b->begins = true;
		break;
	case BCD_ELEMENT:
		/* Outside blocks stand titles, prompts and remarks. */
		if (b->begins || b->id.line)
			element(b, number);
		break;
	default: break; /* "                        {b2721d73-…}": one more of a list */
	}
}

/* ---- which one ---- */

/* {current} is what runs. Where no entry goes by that name (another system's store, or /v, which prints
 * numbers for names), the default is the best that is known. */
static size_t in_force(struct bcdedit *b)
{
	size_t times, entry = boot_menu_find(b->menu, SPAN("{current}"), &times);

	if (entry != BOOT_MENU_NONE)
		return entry;
	if (b->standard.n)
		entry = boot_menu_find(b->menu, b->standard, &times);
	if (entry == BOOT_MENU_NONE)
		entry = boot_menu_find(b->menu, SPAN("{default}"), &times);
	if (entry == BOOT_MENU_NONE && boot_menu_count(b->menu) == 1)
		entry = 0;
	if (entry != BOOT_MENU_NONE)
		sink_note(b->sink, boot_menu_line(b->menu, entry),
			"no boot entry goes by {current}; the %s was taken as the one in force",
			boot_menu_count(b->menu) == 1 ? "only one" : "default");
	return entry;
}

static void state(struct bcdedit *b)
{
	size_t entry = in_force(b);

	if (entry == BOOT_MENU_NONE)
		sink_note(b->sink, 1,
			boot_menu_count(b->menu)
				? "neither {current} nor a default says which boot entry is in force; no switch was taken"
				: "no entry that loads Windows is listed; no switch is known");
	else
		boot_menu_state(b->menu, entry, !b->foreign);
	if (b->foreign)
		sink_note(b->sink, b->foreign,
			"this bcdedit is not in English; only increaseuserva, pae and nx by these names were taken, and what is"
			" not listed counts as unknown");
}

static int bid(struct lines *l, struct span head)
{
	struct span line, value;
	bool rule = false;
	int best = 0;

	for (int n = 0; n < 200 && best < 85 && text_cut(&head, '\n', &line); n++) {
		int what = lines_match(l, text_trim(line));

		if (rule && what == BCD_ELEMENT) {
			lines_group(l, "value", &value);
			best = span_equal(value, SPAN("{bootmgr}")) || span_equal(value, SPAN("{current}")) ||
					       span_equal(value, SPAN("{default}"))
				       ? 85
			       : is_identifier(value) ? 70
						      : best;
		}
		rule = what == BCD_RULE;
	}
	return best;
}

static int probe(struct span head, const char **missing)
{
	struct lines *l = lines_open(&bcdedit_lines);
	int height = bid(l, head);

	lines_close(l);
	if (height < BID_LEAST)
		*missing = "a line \"identifier {current}\" beneath a title and a dashed line";
	return height;
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct bcdedit b = { .sink = sink,
		.lines = lines_open(&bcdedit_lines),
		.menu = boot_menu_open(sink),
		.arena = arena_open(),
		.block = arena_open() };
	struct span line;

	(void)source;
	while (reader_line(r, &line))
		any_line(&b, reader_line_number(r), line);
	block_end(&b);
	state(&b);
	unread_note(&b.unread, sink, "output of bcdedit");
	boot_menu_close(b.menu);
	lines_close(b.lines);
	arena_close(b.block);
	arena_close(b.arena);
}

const struct parser parser_bcdedit = { "bcdedit", "output of bcdedit", probe, parse, WHOSE_FOLDER };
