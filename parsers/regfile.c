/* SPDX-License-Identifier: MIT
 * Reads registry exports: .reg files of both formats ("Windows Registry Editor Version 5.00" and REGEDIT4),
 * whose syntax is described in KB 310516. */
#include "parsers/lines.h"
#include "parsers/parser.h"
#include "parsers/registry.h"

#include <inttypes.h>
#include <string.h>

enum { VALUE_GONE, VALUE_DWORD, VALUE_HEX, VALUE_TEXT, VALUE_OPEN, VALUE_OTHER };

#define NAME   "(?:@|\"(?<name>(?:[^\"\\\\]++|\\\\.)*+)\")\\s*+=\\s*+"
#define TEXT   "(?<data>(?:[^\"\\\\]++|\\\\.)*+"
#define REMARK "\\s*+(?:;.*)?$"

static const struct line_rule rules[] = {
	{ VALUE_GONE, NAME "-" REMARK, "\"PoolUsageMaximum\"=-" },
	{ VALUE_DWORD, NAME "(?i:dword):(?<digits>[0-9A-Fa-f]{1,8})" REMARK,
		"\"PoolUsageMaximum\"=dword:0000003c" },
	{ VALUE_HEX, NAME "(?<data>(?i:hex)(?:\\((?<code>[0-9A-Fa-f]{1,8})\\))?:.*)",
		"\"PagingFiles\"=hex(7):43,00,\\" },
	{ VALUE_TEXT, NAME "\"" TEXT ")\"" REMARK, "\"Path\"=\"C:\\\\pagefile.sys \\\"x\\\"\"" },
	{ VALUE_OPEN, NAME "\"" TEXT "\\\\?)$", "\"Remark\"=\"first of two lines" },
	{ VALUE_OTHER, NAME "(?<data>.*)", "\"PoolUsageMaximum\"=0x3c" },
};
const struct line_table regfile_lines = { "regfile", rules, LEN(rules) };

/* By the number in hex(N). */
static const char *const type_names[] = { "REG_NONE", "REG_SZ", "REG_EXPAND_SZ", "REG_BINARY", "REG_DWORD",
	"REG_DWORD_BIG_ENDIAN", "REG_LINK", "REG_MULTI_SZ", "REG_RESOURCE_LIST",
	"REG_FULL_RESOURCE_DESCRIPTOR", "REG_RESOURCE_REQUIREMENTS_LIST", "REG_QWORD" };
enum { CODE_BINARY = 3, CODE_DWORD = 4, CODE_QWORD = 11 };

/* One byte more than is kept: enough for the registry to see that it was cut. */
#define JOINED_MAX (REGISTRY_TEXT_MAX + 1)

enum open { OPEN_NOTHING, OPEN_DWORD, OPEN_HEX, OPEN_TEXT };

struct regfile {
	struct sink *sink;
	struct registry *registry;
	struct lines *lines;
	struct arena *arena;  /* of the current value */
	bool headed, deletes; /* this part has its first line; it deletes */
	bool keyed;           /* values that follow have a key, known or not */
	struct unread unread;
	/* A value that goes on in the next line, or that only the next line proves complete. */
	enum open open;
	struct registry_value value;
	uint64_t code;
	char text[JOINED_MAX];
	size_t text_n;
};

/* ---- one value ---- */

static void state(struct regfile *f, const char *type)
{
	f->value.type = span_of(type);
	registry_value(f->registry, &f->value);
	arena_reset(f->arena);
	f->open = OPEN_NOTHING;
}

static void state_number(struct regfile *f, const char *type, uint64_t number)
{
	f->value.is_number = true;
	f->value.number = (int64_t)number;
	state(f, type);
}

static void state_text(struct regfile *f, const char *type, struct span text)
{
	f->value.text = text;
	state(f, type);
}

static void state_invalid(struct regfile *f, struct span text, const char *why)
{
	sink_note(f->sink, f->value.line, "%s; the value was kept as text of no type", why);
	state_text(f, REGISTRY_INVALID, text);
}

/* regedit escapes the backslash and the quote, nothing else. */
static size_t escape_at(struct span s, size_t i)
{
	return s.p[i] == '\\' && i + 1 < s.n && (s.p[i + 1] == '\\' || s.p[i + 1] == '"');
}

static struct span unescaped(struct regfile *f, struct span s)
{
	char *to = arena_alloc(f->arena, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		i += escape_at(s, i);
		to[n++] = s.p[i];
	}
	return (struct span){ to, n };
}

static void join(struct regfile *f, struct span piece)
{
	piece = text_head(piece, JOINED_MAX - f->text_n);
	memcpy(f->text + f->text_n, piece.p, piece.n);
	f->text_n += piece.n;
}

static void join_unescaped(struct regfile *f, struct span piece)
{
	for (size_t i = 0; i < piece.n; i++) {
		i += escape_at(piece, i);
		join(f, (struct span){ piece.p + i, 1 });
	}
}

static struct span joined(const struct regfile *f)
{
	return (struct span){ f->text, f->text_n };
}

/* Bytes "3c,00,00,00", the lowest first; false when they are not exactly `count`. */
static bool hex_number(struct span digits, unsigned count, uint64_t *number)
{
	struct span byte;
	unsigned n = 0;

	*number = 0;
	while (text_cut(&digits, ',', &byte)) {
		uint64_t b;

		if (n == count || byte.n > 2 || !text_uint_base(byte, 16, &b))
			return false;
		*number |= b << (8 * n++);
	}
	return n == count;
}

static bool hex_sound(struct span digits)
{
	for (size_t i = 0; i < digits.n; i++)
		if (!strchr("0123456789abcdefABCDEF,", digits.p[i]) || !digits.p[i])
			return false;
	return true;
}

static void finish_hex(struct regfile *f)
{
	struct span text = joined(f), digits = text, before;
	uint64_t number = 0;
	bool number_type = f->code == CODE_DWORD || f->code == CODE_QWORD;

	text_cut(&digits, ':', &before);
	if (number_type ? !hex_number(digits, f->code == CODE_DWORD ? 4 : 8, &number) : !hex_sound(digits))
		state_invalid(f, text, "this is not the data that hex(N) announces");
	else if (number_type && number <= INT64_MAX)
		state_number(f, type_names[f->code], number);
	else if (f->code < LEN(type_names))
		state_text(f, type_names[f->code], text);
	else
		state_text(f, arena_printf(f->arena, "type 0x%" PRIx64, f->code), text);
}

/* A line of bytes; a backslash at its end says that more follow. */
static void hex_line(struct regfile *f, struct span line)
{
	line = text_trim(line);

	bool more = line.n && line.p[line.n - 1] == '\\';

	if (more)
		line.n--;
	join(f, text_trim(line));
	f->open = more ? OPEN_HEX : OPEN_NOTHING;
	if (!more)
		finish_hex(f);
}

static void unfinished(struct regfile *f, const char *why)
{
	if (f->open != OPEN_NOTHING)
		state_invalid(f, joined(f), why);
}

/* ---- lines ---- */

static bool is_header(struct span line)
{
	line = text_trim(line);
	return text_starts(line, "Windows Registry Editor Version 5") || span_equal(line, SPAN("REGEDIT4"));
}

static bool is_key(struct span line)
{
	return text_starts_nocase(line, "[HKEY_") || text_starts_nocase(line, "[HKLM\\");
}

static bool is_key_gone(struct span line)
{
	return text_starts_nocase(line, "[-HKEY_") || text_starts_nocase(line, "[-HKLM\\");
}

static void note_deletion(struct regfile *f, uint64_t number)
{
	if (!f->deletes)
		sink_note(f->sink, number,
			"this line deletes, which no export does; the file is a change script and none of its values was "
			"taken as one in use");
	f->deletes = true;
}

static void key_line(struct regfile *f, uint64_t number, struct span line)
{
	const char *end = NULL;

	f->keyed = true;
	for (size_t i = 0; i < line.n; i++) /* a key's name may hold brackets */
		if (line.p[i] == ']')
			end = line.p + i;
	if (!end)
		sink_note(f->sink, number, "the name of this key has no end; read up to the end of its line");
	registry_key(f->registry, number,
		(struct span){ line.p + 1, end ? (size_t)(end - line.p - 1) : line.n - 1 });
}

static void known_value(struct regfile *f, int what)
{
	struct span name, data, digits, code;
	uint64_t n = 0;

	lines_group(f->lines, "name", &name);
	lines_group(f->lines, "data", &data);
	f->value.name = unescaped(f, name);
	f->text_n = 0;
	switch (what) {
	case VALUE_DWORD:
		lines_group(f->lines, "digits", &digits);
		text_uint_base(digits, 16, &n);
		f->value.number = (int64_t)n;
		if (digits.n == 8) {
			state_number(f, type_names[CODE_DWORD], n);
			return;
		}
		/* "dword:3c" is right in a script, but in an export it is a line that was cut with the file:
		 * only a next line shows which. */
		f->open = OPEN_DWORD;
		join(f, SPAN("dword:"));
		join(f, digits);
		return;
	case VALUE_HEX:
		f->code = lines_group(f->lines, "code", &code) && text_uint_base(code, 16, &n) ? n
											       : CODE_BINARY;
		hex_line(f, data);
		return;
	case VALUE_TEXT: state_text(f, "REG_SZ", unescaped(f, data)); return;
	case VALUE_OPEN:
		f->open = OPEN_TEXT;
		join_unescaped(f, data);
		return;
	default: state_invalid(f, data, "this is no data of a registry export"); return;
	}
}

static void value_line(struct regfile *f, uint64_t number, struct span line)
{
	/* An export of all of SYSTEM has a million values of other keys: only a deletion matters there. */
	bool keeps = registry_keeps(f->registry);
	int what = keeps || text_find(line, "=-") ? lines_match(f->lines, line) : VALUE_OTHER;

	if (what == VALUE_GONE) {
		note_deletion(f, number);
	} else if (what < 0 || !f->keyed) {
		unread_add(&f->unread, number);
	} else if (!keeps) {
		registry_skip(f->registry);
	} else {
		f->value = (struct registry_value){ .line = number };
		known_value(f, what);
	}
}

static void part_end(struct regfile *f)
{
	if (f->open != OPEN_NOTHING) {
		registry_partial(f->registry);
		unfinished(f, "the source ends inside this value");
	}
	if (f->deletes)
		registry_refuse(f->registry, "a change script");
	else if (registry_scanty(f->registry))
		registry_refuse(f->registry, "a file that holds too little of one key to be an export of it");
	else
		registry_settle(f->registry);
	f->deletes = f->keyed = false;
}

/* A string with line ends goes on until its closing quote. Inside one a quote is \" and a backslash is \\, so
 * a line that starts with a bare quote, or a key's line with single backslashes, shows that the closing quote
 * is missing. */
static bool goes_on_as_text(struct regfile *f, struct span line)
{
	struct span bare = text_trim(line);
	size_t end = 0;

	if (is_header(bare) || (is_key(bare) && !text_find(bare, "\\\\")))
		return false;
	while (end < line.n && line.p[end] != '"')
		end += 1 + escape_at(line, end);
	if (end < line.n && line.p + end == bare.p && bare.n > 1)
		return false;
	join(f, SPAN("\n"));
	join_unescaped(f, text_head(line, end));
	if (end < line.n)
		state_text(f, "REG_SZ", joined(f));
	return true;
}

/* What follows a value that was left open: true when the line belongs to it. */
static bool goes_on(struct regfile *f, struct span line)
{
	struct span bare = text_trim(line);

	if (f->open == OPEN_DWORD) {
		state_number(f, type_names[CODE_DWORD], (uint64_t)f->value.number);
		return false;
	}
	if (f->open == OPEN_TEXT && goes_on_as_text(f, line))
		return true;
	if (f->open == OPEN_HEX && (!bare.n || !strchr("[\"@", bare.p[0]))) {
		if (bare.n) /* a mailed copy may have an empty line after every other */
			hex_line(f, bare);
		return true;
	}
	unfinished(f, "this value has no end before the next one begins");
	return false;
}

static void any_line(struct regfile *f, uint64_t number, struct span line)
{
	if (f->open != OPEN_NOTHING && goes_on(f, line))
		return;
	line = text_trim(line);
	if (!line.n || line.p[0] == ';')
		return;
	if (is_header(line)) {
		/* Exports are also joined into one file: each stands for itself. */
		if (f->headed)
			part_end(f);
		f->headed = true;
	} else if (is_key_gone(line)) {
		note_deletion(f, number);
		registry_key(f->registry, number, SPAN(""));
		f->keyed = true;
	} else if (is_key(line)) {
		key_line(f, number, line);
	} else if (line.p[0] == '"' || line.p[0] == '@') {
		value_line(f, number, line);
	} else if (registry_keeps(f->registry) || !f->keyed) {
		unread_add(&f->unread, number); /* in other keys it goes on with a value */
	}
}

static int probe(struct span head, const char **missing)
{
	struct span line;
	int seen = 0, near = 0;

	while (seen < 10 && text_cut(&head, '\n', &line)) {
		line = text_trim(line);
		if (!line.n || line.p[0] == ';')
			continue;
		if (is_header(line))
			return seen ? 65 : 95;
		if (!seen && (is_key(line) || is_key_gone(line)))
			return 70;
		/* "PoolUsageMaximum"=dword:0000003c, pasted without what stands above it */
		if (is_key(line) || (line.p[0] == '"' && (text_find_nocase(line, "\"=dword:") ||
								 text_find_nocase(line, "\"=hex"))))
			near = 20;
		seen++;
	}
	*missing = "a first line \"Windows Registry Editor Version 5.00\" or \"REGEDIT4\"";
	return near;
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct arena *own = arena_open();
	struct regfile *f = arena_alloc(own, sizeof *f);
	struct span line;

	(void)source;
	f->sink = sink;
	f->arena = arena_open();
	f->lines = lines_open(&regfile_lines);
	f->registry = registry_open(sink, 0);
	while (reader_line(r, &line))
		any_line(f, reader_line_number(r), line);
	sink->cut |= f->open != OPEN_NOTHING;
	part_end(f);
	unread_note(&f->unread, sink, "registry export");
	registry_close(f->registry);
	lines_close(f->lines);
	arena_close(f->arena);
	arena_close(own);
}

const struct parser parser_regfile = { "regfile", "registry exports (.reg, also REGEDIT4)", probe, parse,
	WHOSE_FOLDER };
