/* SPDX-License-Identifier: MIT
 * Reads the user's own pooltag.txt (comes with Microsoft's debuggers and resource kits) and localtag.txt
 * (`poolmon -c` writes it from the drivers of a 32-bit system): who does a pool tag belong to? */
#include "parsers/lines.h"
#include "parsers/parser.h"

#include "core/text.h"

#include <string.h>

enum { TAG_REMARK, TAG_LOCAL, TAG_ROW };

/* Four characters, whatever they are: tags hold blanks, dashes and slashes too. */
#define TAG "(?<tag>.{4})"

static const struct line_rule rules[] = {
	{ TAG_REMARK, "\\s*+(?://|(?i:rem)(?:\\s|$))", "rem drivers of the backup" },
	/* poolmon -c: three blanks, a dash, five blanks, drivers without extension */
	{ TAG_LOCAL, TAG " {3}- {5}(?<text>\\S.*)", "Abcd   -     acmeflt" },
	{ TAG_ROW, TAG "\\s*+-(?:\\s++(?<text>.*))?$", "Abc? - acmeflt.sys - names of files" },
};
const struct line_table pooltag_lines = { "pooltag", rules, LEN(rules) };

/* ---- one row ---- */

/* A tag's bytes as they are named everywhere; false when it is none: blank, or no four bytes. */
static bool tag_of(struct span text, char name[TAG_TEXT])
{
	unsigned char bytes[4];

	for (int i = 0; i < 4; i++) {
		size_t n;
		int byte;

		if (!text.n)
			return false;
		byte = text_1252_byte(text_get_utf8(text, &n));
		if (byte < 0)
			return false;
		bytes[i] = (unsigned char)byte;
		text = text_tail(text, n);
	}
	tag_name(bytes, name);
	return memcmp(bytes, "    ", 4) != 0;
}

/* "acmeflt.sys - names - of files", "<unknown>-text": the first dash with a blank beside it parts them. A
 * name like ql-2300.sys holds a dash without one. */
static bool part(struct span text, struct span *module, struct span *about)
{
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '-' || !((i && text_is_blank(text.p[i - 1])) ||
						(i + 1 < text.n && text_is_blank(text.p[i + 1]))))
			continue;
		*module = text_trim(text_head(text, i));
		*about = text_trim(text_tail(text, i + 1));
		return true;
	}
	return false;
}

/* What a row says; false when the line is none. */
static bool row(struct lines *l, int what, char tag[TAG_TEXT], struct span *module, struct span *about)
{
	struct span text;

	lines_group(l, "tag", &text);
	if ((what != TAG_LOCAL && what != TAG_ROW) || !tag_of(text, tag))
		return false;
	lines_group(l, "text", &text);
	text = text_trim(text);
	*module = *about = SPAN("");
	if (what == TAG_LOCAL)
		*module = text;
	else if (!part(text, module, about))
		*about = text;
	return true;
}

/* A binary rather than a word: with an extension, a component, or not known. */
static bool is_binary(struct span module)
{
	static const char *const marks[] = { "!", ".sys", ".dll", ".exe", "<unknown>" };

	if (memchr(module.n ? module.p : "", ' ', module.n))
		return false;
	for (size_t i = 0; i < LEN(marks); i++)
		if (text_find_nocase(module, marks[i]))
			return true;
	return false;
}

/* ---- the source ---- */

#define ROWS_LEAST 3 /* that name binaries: fewer could be a sentence with dashes */

static int bid(struct lines *l, struct span head)
{
	uint64_t lines = 0, rows = 0, sure = 0;
	struct span line, module, about;
	char tag[TAG_TEXT];

	while (text_cut(&head, '\n', &line)) {
		size_t n = line.n;
		int what;

		while (n && text_is_blank(line.p[n - 1]))
			n--;
		what = n ? lines_match(l, text_head(line, n)) : TAG_REMARK;
		if (what == TAG_REMARK)
			continue;
		lines++;
		if (!row(l, what, tag, &module, &about))
			continue;
		rows++;
		sure += what == TAG_LOCAL || is_binary(module);
	}
	if (sure >= ROWS_LEAST && rows * 10 >= lines * 8 && sure * 2 >= rows)
		return 80;
	return sure ? 10 : 0;
}

static int probe(struct span head, const char **missing)
{
	struct lines *l = lines_open(&pooltag_lines);
	int height = bid(l, head);

	lines_close(l);
	if (height < BID_LEAST)
		*missing = "three lines \"TAG? - binary - description\", and hardly any other";
	return height;
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct lines *l = lines_open(&pooltag_lines);
	struct unread unread = { 0 };
	struct span line, module, about;
	char tag[TAG_TEXT];

	(void)source;
	while (reader_line(r, &line)) {
		uint64_t number = reader_line_number(r);
		struct record owner;
		int what = text_trim(line).n ? lines_match(l, line) : TAG_REMARK;

		if (what == TAG_REMARK)
			continue;
		if (!row(l, what, tag, &module, &about)) {
			unread_add(&unread, number);
			continue;
		}
		record_start(&owner, RECORD_OWNER, number);
		record_text(&owner, OWNER_TAG, span_of(tag));
		if (module.n)
			record_text(&owner, OWNER_MODULE, module);
		if (about.n)
			record_text(&owner, OWNER_TEXT, about);
		sink->record(sink, &owner);
	}
	unread_note(&unread, sink, "row of a tag list (four characters, a dash, who it is)");
	lines_close(l);
}

const struct parser parser_pooltag = { "pooltag", "pooltag.txt or localtag.txt: owners of pool tags", probe,
	parse, WHOSE_ALL };
