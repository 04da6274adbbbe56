/* SPDX-License-Identifier: MIT
 * Reads what `reg query` prints: REG.EXE 3.0 of Windows XP and 2003 (tabs between the columns) and that of
 * Vista and later (four blanks). The layouts are as the tool prints them; no published description is known.
 */
#include "parsers/lines.h"
#include "parsers/parser.h"
#include "parsers/registry.h"

#include <string.h>

enum { QUERY_KEY, QUERY_BANNER, QUERY_COMMAND, QUERY_VALUE, QUERY_ERROR, QUERY_SEARCH };

/* The blank before REG_ stays in the name and is trimmed later: a name may hold blanks itself, and looking
 * for both ends at once would make a line of blanks cost its length squared. */
static const struct line_rule rules[] = {
	{ QUERY_KEY, "(?i:HKEY_(?:LOCAL_MACHINE|USERS|CLASSES_ROOT|CURRENT_USER|CURRENT_CONFIG))(?:\\\\.*)?$",
		"HKEY_LOCAL_MACHINE\\SYSTEM\\Select" },
	{ QUERY_BANNER, "!\\s*REG\\.EXE VERSION", "! REG.EXE VERSION 3.0" },
	{ QUERY_COMMAND, "(?:PS )?[A-Za-z]:\\\\[^>]*+>", "C:\\>reg add HKLM\\X /v Y /t REG_DWORD /d 60" },
	{ QUERY_COMMAND, "(?i)reg(?:\\.exe)?\\s+(?:query|add|delete|export)\\b",
		"reg query HKLM\\SYSTEM\\Select" },
	{ QUERY_VALUE, "(?<name>\\S.*?)(?<=\\s)(?<type>REG_[A-Z0-9_]+)(?:\\s++(?<data>.*))?$",
		"PoolUsageMaximum    REG_DWORD    0x3c" },
	{ QUERY_ERROR, "(?i)error:\\s*+(?<text>.*)",
		"ERROR: The system was unable to find the specified registry key." },
	/* Its words are translated: "Ende der Suche: 2 Übereinstimmung(en) gefunden." */
	{ QUERY_SEARCH, "\\p{L}[^\\\\:]*+: \\d+ \\p{L}", "End of search: 2 match(es) found." },
};
const struct line_table regquery_lines = { "regquery", rules, LEN(rules) };

/* The longest name of a known key has 89 bytes. */
#define SPLIT_MAX 160

struct regquery {
	struct sink *sink;
	struct registry *registry;
	struct lines *lines;
	/* A key that is not known, until the next line shows whether it goes on there. */
	char split[SPLIT_MAX];
	size_t split_n;
	uint64_t split_line;
	bool keyed; /* values that follow have a key */
	struct unread unread;
};

/* ---- keys ---- */

static void split_end(struct regquery *q)
{
	if (!q->split_n)
		return;
	registry_key(q->registry, q->split_line, (struct span){ q->split, q->split_n });
	q->split_n = 0;
}

static void key_line(struct regquery *q, uint64_t number, struct span line)
{
	q->keyed = true;
	if (registry_knows(line) || line.n > SPLIT_MAX) {
		registry_key(q->registry, number, line);
		return;
	}
	memcpy(q->split, line.p, line.n);
	q->split_n = line.n;
	q->split_line = number;
}

/* A window of 80 columns breaks the 85 characters of the Memory Management key when its text is copied; a
 * blank at the break is lost. */
static bool split_joins(struct regquery *q, struct span line)
{
	for (size_t blank = 0; blank <= 1; blank++) {
		char name[SPLIT_MAX + 1];
		struct span whole = { name, q->split_n + blank + line.n };

		if (!q->split_n || whole.n > sizeof name)
			return false;
		memcpy(name, q->split, q->split_n);
		name[q->split_n] = ' ';
		memcpy(name + q->split_n + blank, line.p, line.n);
		if (registry_knows(whole)) {
			registry_key(q->registry, q->split_line, whole);
			q->split_n = 0;
			return true;
		}
	}
	return false;
}

/* ---- values ---- */

static void value_line(struct regquery *q, uint64_t line)
{
	struct registry_value v = { .line = line };

	if (!registry_keeps(q->registry)) {
		if (q->keyed)
			registry_skip(q->registry);
		else
			unread_add(&q->unread, line);
		return;
	}
	lines_group(q->lines, "name", &v.name);
	lines_group(q->lines, "type", &v.type);
	lines_group(q->lines, "data", &v.text);
	v.name = text_trim(v.name);
	registry_hex(&v, q->sink, "reg query");
	registry_value(q->registry, &v);
}

static void note_error(struct regquery *q, uint64_t line)
{
	struct span text;

	lines_group(q->lines, "text", &text);
	text = registry_quoted(text);
	sink_note(q->sink, line, "the query failed (\"%.*s\"); what it asked for is unknown", (int)text.n,
		text.p);
}

static void any_line(struct regquery *q, uint64_t number, struct span line)
{
	int what;

	line = text_trim(line);
	what = line.n ? lines_match(q->lines, line) : -1;
	if (what < 0 && line.n && q->split_line + 1 == number && split_joins(q, line))
		return;
	split_end(q);
	switch (what) {
	case QUERY_KEY: key_line(q, number, line); break;
	case QUERY_VALUE: value_line(q, number); break;
	case QUERY_ERROR: note_error(q, number); break;
	case QUERY_SEARCH: registry_partial_all(q->registry); break;
	case QUERY_BANNER:
	case QUERY_COMMAND:
		registry_key(q->registry, number, SPAN(""));
		q->keyed = false;
		break;
	default:
		if (line.n)
			unread_add(&q->unread, number);
		break;
	}
}

/* A key with a value right beneath it is proof enough; a key alone could be in any text about the registry.
 */
static int bid(struct lines *l, struct span head)
{
	struct span line, data;
	int seen = 0, before = -1, best = 0;

	while (best < 60 && text_cut(&head, '\n', &line)) {
		int what;

		line = text_trim(line);
		if (!line.n)
			continue;
		what = lines_match(l, line);
		if (!seen && what == QUERY_BANNER)
			return 90;
		if (!seen && what == QUERY_ERROR && text_find_nocase(line, "registry key"))
			return 60;
		if (!seen && what == QUERY_KEY)
			best = 45;
		if (before == QUERY_KEY && what == QUERY_VALUE)
			best = seen == 1 ? 80 : 62;
		/* whose value this is, is not said */
		if (!best && what == QUERY_VALUE && lines_group(l, "data", &data))
			best = text_starts_nocase(data, "0x") ? 20 : 0;
		before = what;
		seen++;
	}
	return best;
}

static int probe(struct span head, const char **missing)
{
	struct lines *l = lines_open(&regquery_lines);
	int height = bid(l, head);

	lines_close(l);
	if (height < BID_LEAST)
		*missing = "a line HKEY_... with lines \"name REG_... data\" beneath it";
	return height;
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct arena *own = arena_open();
	struct regquery *q = arena_alloc(own, sizeof *q);
	struct span line;

	(void)source;
	q->sink = sink;
	q->lines = lines_open(&regquery_lines);
	q->registry = registry_open(sink, REGISTRY_WHOLE);
	while (reader_line(r, &line))
		any_line(q, reader_line_number(r), line);
	split_end(q);
	registry_settle(q->registry);
	unread_note(&q->unread, sink, "output of reg query");
	registry_close(q->registry);
	lines_close(q->lines);
	arena_close(own);
}

const struct parser parser_regquery = { "regquery", "output of reg query", probe, parse, WHOSE_FOLDER };
