/* SPDX-License-Identifier: MIT
 * The recommended registry values, and the way back from them, as regedit itself writes a file: UTF-16LE with
 * a byte order mark, lines ended by CR LF. */
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

static bool only(struct span s, const char *characters)
{
	for (size_t i = 0; i < s.n; i++)
		if (!s.p[i] || !strchr(characters, s.p[i]))
			return false;
	return true;
}

#define HEX "0123456789abcdef"

/* "60" with its quotes, and nothing behind them. */
static bool is_quoted(struct span s)
{
	size_t i = 1;

	if (s.n < 2 || s.p[0] != '"')
		return false;
	while (i < s.n && s.p[i] != '"')
		i += s.p[i] == '\\' ? 2 : 1;
	return i + 1 == s.n;
}

/* Bytes: 3c,00,\ and so on in the next line. */
static bool is_bytes(struct span s)
{
	return only(s.n && s.p[s.n - 1] == '\\' ? text_head(s, s.n - 1) : s, HEX ",");
}

static bool is_dword(struct span data)
{
	return text_starts(data, "dword:") && data.n == 14 && only(text_tail(data, 6), HEX);
}

/* What is no DWORD and was there before a change comes back as it was. */
static bool is_earlier(struct span data)
{
	struct span type;

	if (span_equal(data, SPAN("-")) || is_quoted(data))
		return true;
	return text_cut(&data, ':', &type) && data.p && text_starts(type, "hex") &&
	       only(text_tail(type, 3), "()" HEX) && is_bytes(data);
}

struct file {
	bool undo;  /* restores: may remove values, and set others than DWORD */
	bool keyed; /* values have a key to go to */
	bool more;  /* the line before is of bytes that go on */
};

/* What such a file may hold: its head, comments, keys beneath the local machine and then values. Anything
 * else got here through a name with a line break in it, and goes out as a comment. A key is never removed
 * ("[-HKEY"). */
static bool may_stand(const struct file *f, struct span line)
{
	struct span name, data = line;

	if (f->more)
		return text_starts(line, "  ") && is_bytes(text_tail(line, 2));
	if (!line.n || line.p[0] == ';' || span_equal(line, SPAN("Windows Registry Editor Version 5.00")))
		return true;
	if (line.p[0] == '[')
		return text_starts(line, "[HKEY_LOCAL_MACHINE\\") && line.p[line.n - 1] == ']';
	return f->keyed && text_cut(&data, '=', &name) && data.p && is_quoted(name) &&
	       (is_dword(data) || (f->undo && is_earlier(data)));
}

static void put_line(struct out *o, struct arena *a, struct file *f, struct span line)
{
	const char *shown = escaped(a, ESC_TEXT, arena_text(a, line));
	bool stands = may_stand(f, line);

	if (!stands)
		put_utf16(o, SPAN("; not a registry line: "));
	put_utf16(o, span_of(shown));
	put_utf16(o, SPAN("\r\n"));
	f->keyed |= stands && line.n && line.p[0] == '[';
	f->more = stands && line.n && line.p[0] != ';' && line.p[line.n - 1] == '\\';
}

static void print(struct out *o, const struct report *r, bool undo)
{
	const struct block *b = block_named(r, undo ? "undo" : "reg");
	struct file f = { .undo = undo };
	struct span rest = span_of(b ? b->text : NULL), line;
	struct arena *a = arena_open();

	out_bytes(o, "\xFF\xFE", b ? 2 : 0);
	while (text_cut(&rest, '\n', &line)) {
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		if (rest.p || line.n)
			put_line(o, a, &f, line);
	}
	if (b) /* regedit ends each key's values with an empty line */
		put_utf16(o, SPAN("\r\n"));
	arena_close(a);
}

static void print_set(struct out *o, const struct report *r, const struct style *style)
{
	(void)style;
	print(o, r, false);
}

static void print_undo(struct out *o, const struct report *r, const struct style *style)
{
	(void)style;
	print(o, r, true);
}

const struct format format_reg = { "reg", "the recommended values as a registry file, for one server",
	print_set, NULL };
const struct format format_undo = { "undo",
	"a registry file that restores what an export of the key showed, for one server", print_undo, NULL };
