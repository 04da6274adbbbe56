/* SPDX-License-Identifier: MIT
 * A page of text: its signs, its ASCII spelling, its wrapped lines and its colours. */
#include "reports/page.h"

#include "core/text.h"

#include <string.h>

const char *page_sign(const struct page *p, enum sign s)
{
	static const char *const signs[SIGNS][2] = {
		[SIGN_RULE] = { "\xE2\x94\x80", "-" },   /* U+2500 */
		[SIGN_DOUBLE] = { "\xE2\x95\x90", "=" }, /* U+2550 */
		[SIGN_BAR] = { "\xE2\x94\x83", "|" },    /* U+2503 */
		[SIGN_BULLET] = { "\xE2\x80\xA2", "*" }, /* U+2022 */
		[SIGN_CORNER] = { "\xE2\x94\x94", "+" }, /* U+2514 */
		[SIGN_AXIS] = { "\xE2\x94\x82", "|" },   /* U+2502 */
		[SIGN_LEVEL] = { "\xE2\x95\x8C", "-" },  /* U+254C */
		[SIGN_BOOT] = { "\xE2\x94\x86", ":" },   /* U+2506 */
		[SIGN_SHADE] = { "\xE2\x96\x91", "=" },  /* U+2591 */
		[SIGN_DOT] = { "\xC2\xB7", "-" },        /* U+00B7 */
	};

	return signs[s][p->ascii];
}

/* ---- ASCII ---- */

/* The punctuation this program itself writes, and its neighbours; letters stay exact as <U+00E9>. */
static const char *ascii_for(uint32_t c)
{
	switch (c) {
	case 0x00A0:
	case 0x2007:
	case 0x2009:
	case 0x202F: return " ";
	case 0x00B1: return "+/-";
	case 0x00B5:
	case 0x03BC: return "u";
	case 0x00B7:
	case 0x2010:
	case 0x2011:
	case 0x2012:
	case 0x2013:
	case 0x2014:
	case 0x2212: return "-";
	case 0x00D7: return "x";
	case 0x00A7: return "section ";
	case 0x00AB:
	case 0x00BB:
	case 0x201C:
	case 0x201D:
	case 0x201E: return "\"";
	case 0x2018:
	case 0x2019: return "'";
	case 0x2022: return "*";
	case 0x2026: return "...";
	case 0x2190: return "<-";
	case 0x2192: return "->";
	case 0x2248: return "~";
	case 0x2260: return "!=";
	case 0x2264: return "<=";
	case 0x2265: return ">=";
	default: return NULL;
	}
}

static const char *to_ascii(struct arena *a, const char *text)
{
	struct span s = span_of(text);
	char *plain, *end;
	size_t n;

	if (text_is_ascii(s))
		return text;
	/* The longest form, <U+10FFFF>, takes ten bytes for four; a two-byte character takes eight. */
	plain = end = arena_alloc(a, s.n * 5 + 1);
	for (; s.n; s = text_tail(s, n)) {
		uint32_t c = text_get_utf8(s, &n);
		const char *known = ascii_for(c);

		if (c < 0x80)
			*end++ = (char)c;
		else if (known)
			end = (char *)memcpy(end, known, strlen(known)) + strlen(known);
		else
			end += strlen(strcpy(end, arena_printf(a, "<U+%04X>", (unsigned)c)));
	}
	return plain;
}

const char *page_exact(const struct page *p, const char *text)
{
	const char *shown = escaped(p->arena, ESC_TEXT, text ? text : "");

	return p->ascii ? to_ascii(p->arena, shown) : shown;
}

const char *page_shown(const struct page *p, const char *text)
{
	return page_exact(p, words_unbroken(p->arena, text ? text : ""));
}

/* ---- lines ---- */

void page_fill(struct page *p, const char *sign, int times)
{
	for (int i = 0; i < times; i++)
		out_raw(p->out, sign);
}

/* Shown text is escaped once more on its way out: it stays the same, and no way around the escape is left. */
void page_line(struct page *p, const char *shown)
{
	out_text(p->out, ESC_TEXT, shown);
	out_raw(p->out, "\n");
}

void page_padded(struct page *p, struct span shown, int width, bool right)
{
	int pad = width - width_of(shown);

	if (right)
		page_fill(p, " ", pad);
	out_put(p->out, ESC_TEXT, shown);
	if (!right)
		page_fill(p, " ", pad);
}

void page_wrapped(struct page *p, const char *first, const char *shown)
{
	struct span rest = span_of(shown), line;
	int indent = width_of(span_of(first));
	const char *front = first;

	/* A name too long to write beside gets its own lines. */
	if (indent > p->width / 2) {
		page_wrapped(p, "", first);
		front = "    ";
		indent = 4;
	}
	while (wrap_next(&rest, p->width - indent, &line)) {
		if (front)
			out_text(p->out, ESC_TEXT, front);
		else
			page_fill(p, " ", indent);
		front = NULL;
		out_put(p->out, ESC_TEXT, line);
		out_raw(p->out, "\n");
	}
	if (front) {
		out_put(p->out, ESC_TEXT, text_trim(span_of(front)));
		out_raw(p->out, "\n");
	}
}

void page_pair(struct page *p, const char *name, int names, const char *shown)
{
	struct span head = width_head(span_of(name), names);
	int pad = names - width_of(head) + 2;
	char *front = arena_alloc(p->arena, head.n + (size_t)(pad > 0 ? pad : 0) + 1);

	memcpy(front, head.p, head.n);
	memset(front + head.n, ' ', (size_t)(pad > 0 ? pad : 0));
	page_wrapped(p, front, shown);
}

void page_color(struct page *p, int severity)
{
	static const char *const colors[SEVERITIES] = { "\x1B[1;32m", "\x1B[1;35m", "\x1B[1;36m",
		"\x1B[1;33m", "\x1B[1;31m" };

	if (p->color)
		out_raw(p->out, severity >= 0 ? colors[severity] : "\x1B[1m");
}

void page_plain(struct page *p)
{
	if (p->color)
		out_raw(p->out, "\x1B[0m");
}
