/* SPDX-License-Identifier: MIT
 * The recommended registry values as regedit itself writes a file: UTF-16LE with a byte order mark, lines
 * ended by CR LF. */
#include "reports/format.h"

#include "core/text.h"

#include <string.h>

/* Escaped UTF-8 in, UTF-16LE out. */
static void put_utf16(struct out *o, struct span s)
{
	size_t n;

	for (; s.n; s = text_tail(s, n)) {
		uint32_t c = text_get_utf8(s, &n);
		unsigned char pair[4];
		size_t units = 1;

		if (c >= 0x10000) {
			uint32_t high = 0xD800 + ((c - 0x10000) >> 10);

			pair[0] = (unsigned char)high;
			pair[1] = (unsigned char)(high >> 8);
			c = 0xDC00 + (c & 0x3FF);
			units = 2;
		}
		pair[units * 2 - 2] = (unsigned char)c;
		pair[units * 2 - 1] = (unsigned char)(c >> 8);
		out_bytes(o, pair, units * 2);
	}
}

static bool is_value(struct span line)
{
	uint64_t data;
	const char *equal = line.n && line.p[0] == '"' ? text_find(line, "\"=dword:") : NULL;

	return equal && text_uint_base(text_tail(line, (size_t)(equal - line.p) + 8), 16, &data) &&
	       data <= UINT32_MAX;
}

/* What such a file may hold: its head, comments, keys beneath the local machine, DWORD values and their
 * removal. Anything else got here through a name with a line break in it, and goes out as a comment. A key is
 * never removed ("[-HKEY"). */
static bool may_stand(struct span line)
{
	return !line.n || line.p[0] == ';' ||
	       span_equal(line, SPAN("Windows Registry Editor Version 5.00")) ||
	       (text_starts(line, "[HKEY_LOCAL_MACHINE\\") && line.p[line.n - 1] == ']') || is_value(line) ||
	       (line.p[0] == '"' && text_ends_nocase(line, "\"=-"));
}

static void put_line(struct out *o, struct arena *a, struct span line)
{
	const char *shown = escaped(a, ESC_TEXT, arena_text(a, line));

	if (!may_stand(line))
		put_utf16(o, SPAN("; not a registry line: "));
	put_utf16(o, span_of(shown));
	put_utf16(o, SPAN("\r\n"));
}

static const struct block *find_block(const struct report *r)
{
	for (size_t i = 0; i < r->server_count; i++)
		for (const struct block *b = r->servers[i].parts[PART_ACTION]; b; b = b->next)
			if (b->kind == BLOCK_CODE && b->name && strcmp(b->name, "reg") == 0)
				return b;
	return NULL;
}

static void print(struct out *o, const struct report *r, const struct style *style)
{
	const struct block *b = find_block(r);
	struct span rest = span_of(b ? b->text : NULL), line;
	struct arena *a = arena_open();

	(void)style;
	out_bytes(o, "\xFF\xFE", b ? 2 : 0);
	while (text_cut(&rest, '\n', &line)) {
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		if (rest.p || line.n)
			put_line(o, a, line);
	}
	arena_close(a);
}

const struct format format_reg = { "reg", "the recommended values as a registry file, for one server", print,
	NULL };
