/* SPDX-License-Identifier: MIT
 * Which formats are there, and how does text from anywhere leave the program without doing harm? */
#include "reports/format.h"

#include "core/text.h"
#include "reports/markdown.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT(name) extern const struct format format_##name;
#include "reports/all.h"
#undef FORMAT

#define FORMAT(name) &format_##name,
const struct format *const formats[] = {
#include "reports/all.h"
};
#undef FORMAT
const size_t formats_count = LEN(formats);

const struct format *format_find(struct span name)
{
	for (size_t i = 0; i < formats_count; i++)
		if (span_equal(name, span_of(formats[i]->name)))
			return formats[i];
	return NULL;
}

/* ---- sticky output ---- */

struct out {
	out_write *write;
	void *to;
	bool bad;
	size_t used;
	char buffer[16384];
};

struct out *out_open(out_write *write, void *to)
{
	struct out *o = malloc(sizeof *o);

	if (!o)
		die("out of memory");
	o->write = write;
	o->to = to;
	o->bad = false;
	o->used = 0;
	return o;
}

static void out_flush(struct out *o)
{
	if (!o->bad && o->used && !o->write(o->to, o->buffer, o->used))
		o->bad = true;
	o->used = 0;
}

void out_bytes(struct out *o, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n && !o->bad) {
		size_t room = sizeof o->buffer - o->used, part = n < room ? n : room;

		memcpy(o->buffer + o->used, p, part);
		o->used += part;
		p += part;
		n -= part;
		if (o->used == sizeof o->buffer)
			out_flush(o);
	}
}

bool out_close(struct out *o)
{
	bool good;

	out_flush(o);
	good = !o->bad;
	free(o);
	return good;
}

void out_raw(struct out *o, const char *constant)
{
	out_bytes(o, constant, strlen(constant));
}

void out_printf(struct out *o, const char *format, ...)
{
	char text[512];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= sizeof text)
		die("out_printf is for numbers: \"%s\" came to %d bytes", format, n);
	out_bytes(o, text, (size_t)n);
}

/* ---- escapes ---- */

struct range {
	uint32_t first, last;
};

bool character_hidden(uint32_t c)
{
	/* Unicode's Cc and Cf as far as they reorder, hide or break; the Hangul and Khmer fillers show as
	 * nothing. */
	static const struct range hidden[] = {
		{ 0x00, 0x1F },
		{ 0x7F, 0x9F },
		{ 0xAD, 0xAD },
		{ 0x61C, 0x61C },
		{ 0x115F, 0x1160 },
		{ 0x17B4, 0x17B5 },
		{ 0x180B, 0x180F },
		{ 0x200B, 0x200F },
		{ 0x2028, 0x202E },
		{ 0x2060, 0x206F },
		{ 0x3164, 0x3164 },
		{ 0xFDD0, 0xFDEF },
		{ 0xFEFF, 0xFEFF },
		{ 0xFFA0, 0xFFA0 },
		{ 0xFFF0, 0xFFFB },
	};

	if (c >= 0x10000)
		return (c & 0xFFFE) == 0xFFFE || (c >= 0x1BCA0 && c < 0x1BCB0) ||
		       (c >= 0x1D173 && c < 0x1D17B) || (c >= 0xE0000 && c < 0xE1000);
	if ((c & 0xFFFE) == 0xFFFE)
		return true;
	for (size_t i = 0; i < LEN(hidden) && c >= hidden[i].first; i++)
		if (c <= hidden[i].last)
			return true;
	return false;
}

static const char *html_entity(uint32_t c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

static void put_json_hidden(struct out *o, uint32_t c)
{
	static const char letters[] = "btn fr";

	if (c >= 8 && c <= 13 && c != 11)
		out_printf(o, "\\%c", letters[c - 8]);
	else if (c < 0x10000)
		out_printf(o, "\\u%04x", (unsigned)c);
	else
		out_printf(o, "\\u%04x\\u%04x", (unsigned)(0xD800 + ((c - 0x10000) >> 10)),
			(unsigned)(0xDC00 + (c & 0x3FF)));
}

static void put_hidden(struct out *o, enum escape escape, uint32_t c)
{
	if (escape == ESC_JSON)
		put_json_hidden(o, c);
	else if (c < 0x80)
		out_printf(o, "\\x%02X", (unsigned)c);
	else
		out_printf(o, escape == ESC_HTML ? "&lt;U+%04X&gt;" : "<U+%04X>", (unsigned)c);
}

static void put_character(struct out *o, enum escape escape, uint32_t c, struct span bytes)
{
	const char *entity;

	if (c == TEXT_BAD && bytes.n == 1) {
		if (escape == ESC_JSON)
			out_raw(o, "\xEF\xBF\xBD");
		else
			out_printf(o, "\\x%02X", (unsigned)(unsigned char)bytes.p[0]);
	} else if (character_hidden(c)) {
		put_hidden(o, escape, c);
	} else if (escape == ESC_JSON && (c == '"' || c == '\\')) {
		out_printf(o, "\\%c", (char)c);
	} else if (escape == ESC_CSV && c == '"') {
		out_raw(o, "\"\"");
	} else if (escape == ESC_HTML && (entity = html_entity(c)) != NULL) {
		out_raw(o, entity);
	} else {
		out_bytes(o, bytes.p, bytes.n);
	}
}

void out_put(struct out *o, enum escape escape, struct span text)
{
	if (escape == ESC_NONE) {
		out_bytes(o, text.p, text.n);
		return;
	}
	if (escape == ESC_MARKDOWN) {
		markdown_escape(o, text);
		return;
	}
	while (text.n && !o->bad) {
		size_t n;
		uint32_t c = text_get_utf8(text, &n);

		put_character(o, escape, c, text_head(text, n));
		text = text_tail(text, n);
	}
}

void out_text(struct out *o, enum escape escape, const char *text)
{
	out_put(o, escape, span_of(text));
}

struct buffer {
	struct arena *arena;
	char *text;
	size_t n, room;
};

static bool buffer_write(void *to, const void *bytes, size_t n)
{
	struct buffer *b = to;

	if (b->room - b->n <= n) {
		size_t room = (b->n + n + 1) * 2;
		char *bigger = arena_alloc(b->arena, room);

		if (b->n)
			memcpy(bigger, b->text, b->n);
		b->text = bigger;
		b->room = room;
	}
	memcpy(b->text + b->n, bytes, n);
	b->n += n;
	b->text[b->n] = 0;
	return true;
}

static bool needs_escape(enum escape escape, struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x20 || c > 0x7E || (escape == ESC_JSON && (c == '"' || c == '\\')))
			return true;
		if (escape == ESC_HTML && html_entity(c))
			return true;
		if (escape == ESC_MARKDOWN || (escape == ESC_CSV && c == '"'))
			return true;
	}
	return false;
}

const char *escaped(struct arena *a, enum escape escape, const char *text)
{
	struct buffer b = { .arena = a, .text = NULL };
	struct out *o;

	if (!needs_escape(escape, span_of(text)))
		return text;
	o = out_open(buffer_write, &b);
	out_text(o, escape, text);
	out_close(o);
	return b.text ? b.text : "";
}
