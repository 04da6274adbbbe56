/* SPDX-License-Identifier: MIT
 * Reads boot.ini of NT 4.0 to Server 2003 (KB 833721 lists its switches) and what `bootcfg /query` prints of
 * it (Bootcfg in Microsoft's command reference): which switches is Windows started with? */
#include "parsers/boot_menu.h"
#include "parsers/lines.h"
#include "parsers/parser.h"

#include "core/text.h"

enum {
	INI_REMARK,
	INI_LOADER,
	INI_SYSTEMS,
	INI_SECTION,
	INI_DEFAULT,
	INI_LAYOUT,
	INI_QUERY_LOADER,
	INI_QUERY_SYSTEMS,
	INI_QUERY_PATH,
	INI_QUERY_SWITCHES,
	INI_ENTRY,
};

static const struct line_rule rules[] = {
	{ INI_REMARK, ";", "; changed for the backup" },
	{ INI_LOADER, "\\[\\s*+(?i:boot loader)\\s*+\\]", "[boot loader]" },
	{ INI_SYSTEMS, "\\[\\s*+(?i:operating systems)\\s*+\\]", "[operating systems]" },
	{ INI_SECTION, "\\[[^\\]]*+\\]$", "[flexboot]" },
	{ INI_DEFAULT, "(?i:default)\\s*+[=:]\\s*+(?<path>.*)",
		"default=multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS" },
	{ INI_LAYOUT, "(?i:timeout)\\s*+[=:]", "timeout=30" },
	{ INI_LAYOUT, "-{3,}+$", "--------------------" },
	{ INI_LAYOUT, "(?i:boot entry id|friendly name):", "Friendly Name:   \"Windows Server 2003\"" },
	{ INI_QUERY_LOADER, "(?i)boot loader settings$", "Boot Loader Settings" },
	{ INI_QUERY_SYSTEMS, "(?i)boot entries$", "Boot Entries" },
	{ INI_QUERY_PATH, "(?i:path):\\s*+(?<path>.*)",
		"Path:            multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS" },
	{ INI_QUERY_SWITCHES, "(?i:os load options):\\s*+(?<switches>.*)",
		"OS Load Options: /fastdetect /3GB" },
	{ INI_ENTRY, "(?<path>[^=\"]++)=\\s*+(?:\"[^\"]*+(?:\"|(?<open>$)))?(?<switches>.*)",
		"multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS=\"Windows Server 2003\" /fastdetect /3GB" },
};
const struct line_table bootini_lines = { "bootini", rules, LEN(rules) };

enum part { PART_NONE, PART_LOADER, PART_SYSTEMS, PART_OTHER, PART_AGAIN };

struct bootini {
	struct sink *sink;
	struct lines *lines;
	struct boot_menu *menu;
	struct arena *arena;
	enum part part;
	bool loader;          /* its section has begun */
	bool skips;           /* the switches that follow: they are of another system */
	struct span standard; /* the path after default= */
	uint64_t standard_line;
	uint64_t open; /* the first entry whose name has no end, which may hide its switches; 0: none */
	struct unread unread;
};

/* "/fastdetect /3GB/PAE": each begins with its slash. */
static void switches(struct bootini *b, uint64_t number)
{
	struct span text;

	if (b->skips)
		return;
	lines_group(b->lines, "switches", &text);
	for (size_t from = 0, to; from < text.n; from = to) {
		char *upper;

		for (to = from + 1; to < text.n && text.p[to] != '/' && !text_is_blank(text.p[to]); to++)
			;
		if (text.p[from] != '/' || to == from + 1)
			continue;
		upper = arena_text(b->arena, (struct span){ text.p + from, to - from });
		for (char *p = upper; *p; p++)
			*p = (char)(*p >= 'a' && *p <= 'z' ? *p - 32 : *p);
		boot_menu_switch(b->menu, number, span_of(upper));
	}
}

/* "C:\CMDCONS\BOOTSECT.DAT" and "C:\" are a boot sector, not a Windows that NTLDR loads. */
static void entry(struct bootini *b, uint64_t number)
{
	struct span path;

	lines_group(b->lines, "path", &path);
	b->skips = !text_find_nocase(path, "partition(");
	if (b->skips)
		return;
	boot_menu_entry(b->menu, number, text_trim(path));
	if (!b->open && lines_group(b->lines, "open", &path)) {
		b->open = number;
		sink_note(b->sink, number,
			"the name of this boot entry has no closing quote; its switches are unknown");
	}
}

static void section(struct bootini *b, uint64_t number, enum part part)
{
	if (part == PART_LOADER && b->loader && b->part != PART_AGAIN) {
		sink_note(b->sink, number, "a second boot menu begins here; it was not read");
		part = PART_AGAIN;
	}
	b->loader |= part == PART_LOADER;
	if (b->part != PART_AGAIN)
		b->part = part;
}

static void standard(struct bootini *b, uint64_t number)
{
	struct span path;

	lines_group(b->lines, "path", &path);
	if (b->part == PART_AGAIN || b->standard_line)
		return;
	b->standard = arena_span(b->arena, text_trim(path));
	b->standard_line = number;
}

static void any_line(struct bootini *b, uint64_t number, struct span line)
{
	int what;

	line = text_trim(line);
	what = line.n ? lines_match(b->lines, line) : INI_LAYOUT;
	switch (what) {
	case INI_REMARK:
	case INI_LAYOUT: return;
	case INI_LOADER:
	case INI_QUERY_LOADER: section(b, number, PART_LOADER); return;
	case INI_SYSTEMS:
	case INI_QUERY_SYSTEMS: section(b, number, PART_SYSTEMS); return;
	case INI_SECTION: section(b, number, PART_OTHER); return;
	case INI_DEFAULT:
		if (b->part != PART_SYSTEMS) {
			standard(b, number);
			return;
		}
		break;
	case INI_QUERY_PATH:
	case INI_ENTRY:
		if (b->part == PART_SYSTEMS)
			entry(b, number);
		if (b->part == PART_SYSTEMS && what == INI_ENTRY)
			switches(b, number);
		break;
	case INI_QUERY_SWITCHES:
		if (b->part == PART_SYSTEMS)
			switches(b, number);
		break;
	default: break;
	}
	if (what < 0 || b->part < PART_SYSTEMS)
		unread_add(&b->unread, number);
}

/* NTLDR starts the first entry that has the default's path. */
static void state(struct bootini *b)
{
	size_t times, in_force = boot_menu_find(b->menu, b->standard, &times),
		      count = boot_menu_count(b->menu);

	if (!count)
		sink_note(b->sink, 1, "no boot entry of a Windows is listed; no switch is known");
	else if (!b->standard_line && count > 1)
		sink_note(b->sink, boot_menu_line(b->menu, 0),
			"no default= says which boot entry is in force; no switch was taken");
	else if (b->standard_line && in_force == BOOT_MENU_NONE)
		sink_note(b->sink, b->standard_line,
			"the default is none of the boot entries of a Windows; no switch was taken");
	else
		boot_menu_state(b->menu, b->standard_line ? in_force : 0,
			boot_menu_line(b->menu, b->standard_line ? in_force : 0) != b->open);
	if (times > 1)
		sink_note(b->sink, boot_menu_line(b->menu, in_force),
			"%zu boot entries have the default's path; the first was taken, as NTLDR does, but another may have been"
			" chosen in the boot menu",
			times);
}

static int bid(struct lines *l, struct span head)
{
	bool seen[INI_ENTRY + 1] = { false }, arc = false;
	struct span line;

	for (int n = 0; n < 200 && text_cut(&head, '\n', &line); n++) {
		int what = lines_match(l, text_trim(line));

		if (what < 0)
			continue;
		seen[what] = true;
		arc |= (what == INI_ENTRY || what == INI_DEFAULT || what == INI_QUERY_PATH) &&
		       text_find(line, "partition(");
	}
	if (seen[INI_SYSTEMS] && (seen[INI_LOADER] || arc))
		return seen[INI_LOADER] ? 95 : 80;
	if (seen[INI_QUERY_SYSTEMS] && seen[INI_LAYOUT] && (seen[INI_QUERY_LOADER] || arc))
		return 85;
	if (seen[INI_LOADER])
		return 45;
	return arc ? 20 : 0;
}

static int probe(struct span head, const char **missing)
{
	struct lines *l = lines_open(&bootini_lines);
	int height = bid(l, head);

	lines_close(l);
	if (height < BID_LEAST)
		*missing = "the lines [boot loader] and [operating systems]";
	return height;
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct bootini b = { .sink = sink,
		.lines = lines_open(&bootini_lines),
		.menu = boot_menu_open(sink),
		.arena = arena_open(),
		.standard = { "", 0 } };
	struct span line;

	(void)source;
	while (reader_line(r, &line))
		any_line(&b, reader_line_number(r), line);
	state(&b);
	unread_note(&b.unread, sink, "part of boot.ini or of bootcfg's output");
	boot_menu_close(b.menu);
	lines_close(b.lines);
	arena_close(b.arena);
}

const struct parser parser_bootini = { "bootini", "boot.ini, or output of bootcfg /query", probe, parse,
	WHOSE_FOLDER };
