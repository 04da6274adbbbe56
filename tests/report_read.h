/* SPDX-License-Identifier: MIT
 * Reads back what the formats print, strictly: HTML as a tree of expected elements, JSON by its grammar, text
 * by its characters; and the SHA-256 (FIPS 180-4) that the page's policy names. */
#ifndef TESTS_REPORT_READ_H
#define TESTS_REPORT_READ_H

#include "core/text.h"
#include "reports/format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct printed {
	char *text;
	size_t n, room;
};

static bool printed_write(void *to, const void *bytes, size_t n)
{
	struct printed *p = to;

	if (p->n + n + 1 > p->room) {
		p->room = (p->n + n + 1) * 2;
		p->text = realloc(p->text, p->room);
		if (!p->text)
			die("out of memory");
	}
	memcpy(p->text + p->n, bytes, n);
	p->n += n;
	p->text[p->n] = 0;
	return true;
}

static inline struct printed print_as(
	const char *format, const struct report *r, int width, bool ascii, bool color)
{
	const struct style style = { .width = width, .ascii = ascii, .color = color };
	struct printed p = { NULL, 0, 0 };
	struct out *o = out_open(printed_write, &p);

	printed_write(&p, "", 0);
	format_find(span_of(format))->print(o, r, &style);
	if (!out_close(o))
		die("cannot print as %s", format);
	return p;
}

static inline bool holds(const struct printed *p, const char *needle)
{
	return text_find((struct span){ p->text, p->n }, needle) != NULL;
}

/* Said here anew, so that a gap in the formats' own list is found: what the hostile reports hold and no
 * output may. */
static inline bool must_not_show(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0x3164 || c == 0xFDD0 ||
	       c == 0xFEFF || c == 0xFFFE || (c >= 0x1D173 && c <= 0x1D17A) || (c >= 0xE0000 && c <= 0xE007F);
}

/* ---- text: NULL, or what is wrong ---- */

static inline const char *text_fault(const struct printed *p, bool ascii)
{
	struct span s = { p->text, p->n };
	size_t n;

	if (!text_is_utf8(s))
		return "not UTF-8";
	for (; s.n; s = text_tail(s, n)) {
		uint32_t c = text_get_utf8(s, &n);

		if (c != '\n' && must_not_show(c))
			return "a hidden character";
		if (ascii && c > 0x7E)
			return "not ASCII";
		if (c == ' ' && s.n > 1 && s.p[1] == '\n')
			return "a blank at a line's end";
	}
	return NULL;
}

/* The widest line but those of copied text, which are indented by four and hold a registry key. */
static inline int widest_line(const struct printed *p)
{
	struct span rest = { p->text, p->n }, line;
	int widest = 0;

	while (text_cut(&rest, '\n', &line))
		if (!text_starts(line, "    ") && width_of(line) > widest)
			widest = width_of(line);
	return widest;
}

/* ---- HTML ---- */

#define HTML_DEPTH 64
static const char *const html_elements[] = { "html", "head", "meta", "title", "style", "body", "div", "nav",
	"ol", "ul", "li", "a", "main", "article", "header", "p", "h1", "h2", "h3", "h4", "dl", "dt", "dd",
	"time", "small", "b", "section", "span", "svg", "rect", "path", "text", "tspan", "desc", "figure",
	"figcaption", "pre", "table", "thead", "tbody", "tr", "th", "td", "code", "details", "summary",
	"footer" };
static const char *const html_attributes[] = { "lang", "charset", "http-equiv", "content", "name", "class",
	"id", "href", "aria-label", "aria-labelledby", "aria-hidden", "aria-sort", "role", "tabindex",
	"datetime", "scope", "colspan", "data-head", "viewBox", "x", "y", "width", "height", "rx", "d",
	"text-anchor" };

static inline bool listed(const char *const *names, size_t count, struct span name)
{
	for (size_t i = 0; i < count; i++)
		if (span_equal(span_of(names[i]), name))
			return true;
	return false;
}

static inline size_t name_length(struct span s)
{
	size_t n = 0;

	while (n < s.n && ((s.p[n] >= 'a' && s.p[n] <= 'z') || (s.p[n] >= 'A' && s.p[n] <= 'Z') ||
				  (s.p[n] >= '0' && s.p[n] <= '9') || s.p[n] == '-'))
		n++;
	return n;
}

/* The attributes of a start tag up to its '>'; *closed for "/>". */
static inline const char *attributes_fault(struct span *s, bool *closed)
{
	*closed = false;
	for (;;) {
		struct span name, value;

		if (text_starts(*s, "/>"))
			*closed = true;
		if (*closed || (s->n && s->p[0] == '>')) {
			*s = text_tail(*s, *closed ? 2 : 1);
			return NULL;
		}
		if (!s->n || s->p[0] != ' ')
			return "no blank before an attribute";
		*s = text_tail(*s, 1);
		name = text_head(*s, name_length(*s));
		if (!listed(html_attributes, LEN(html_attributes), name))
			return "an unexpected attribute";
		*s = text_tail(*s, name.n);
		if (!text_starts(*s, "=\""))
			return "an attribute without a quoted value";
		*s = text_tail(*s, 2);
		if (!text_cut(s, '"', &value) || !s->p || memchr(value.p, '<', value.n))
			return "an attribute without an end";
	}
}

static inline const char *character_fault(struct span s)
{
	size_t n;
	uint32_t c = text_get_utf8(s, &n);

	if (c == '&')
		return text_starts(s, "&lt;") || text_starts(s, "&gt;") || text_starts(s, "&amp;") ||
				       text_starts(s, "&quot;") || text_starts(s, "&#39;")
			       ? NULL
			       : "a bare ampersand";
	return c == '>' ? "a bare '>'" : c != '\n' && must_not_show(c) ? "a hidden character" : NULL;
}

/* NULL, or what is wrong with a page; *elements counts its start tags. */
static inline const char *html_fault(const struct printed *page, size_t *elements)
{
	struct span s = { page->text, page->n }, stack[HTML_DEPTH];
	size_t depth = 0, n;
	const char *fault;
	bool closed;

	*elements = 0;
	if (!text_is_utf8(s) || !text_starts(s, "<!doctype html>\n"))
		return "no HTML in UTF-8";
	for (s = text_tail(s, 16); s.n;) {
		if (s.p[0] != '<') {
			if ((fault = character_fault(s)) != NULL)
				return fault;
			text_get_utf8(s, &n);
			s = text_tail(s, n);
			continue;
		}
		bool end = s.n > 1 && s.p[1] == '/';
		struct span name = text_tail(s, end ? 2 : 1);

		name.n = name_length(name);
		s = text_tail(s, name.n + (end ? 2 : 1));
		if (!listed(html_elements, LEN(html_elements), name))
			return "an unexpected element";
		if (end) {
			/* An item's end tag may be left out; this program does so in the small lists of a
			 * cell. */
			if (depth && span_equal(stack[depth - 1], SPAN("li")) &&
				!span_equal(name, SPAN("li")))
				depth--;
			if (!depth || !span_equal(stack[--depth], name) || !text_starts(s, ">"))
				return "an end tag without its start";
			s = text_tail(s, 1);
			continue;
		}
		++*elements;
		if ((fault = attributes_fault(&s, &closed)) != NULL)
			return fault;
		if (span_equal(name, SPAN("li")) && depth && span_equal(stack[depth - 1], name))
			depth--;
		if (span_equal(name, SPAN("style"))) {
			const char *close = text_find(s, "</style>");

			if (!close)
				return "a style sheet without an end";
			s = text_tail(s, (size_t)(close - s.p) + 8);
		} else if (!closed && !span_equal(name, SPAN("meta"))) {
			if (depth == HTML_DEPTH)
				return "too deep";
			stack[depth++] = name;
		}
	}
	return depth ? "an element without an end" : NULL;
}

static inline size_t count_of(struct span s, const char *needle)
{
	size_t count = 0;
	const char *at;

	while ((at = text_find(s, needle)) != NULL) {
		s = text_tail(s, (size_t)(at - s.p) + 1);
		count++;
	}
	return count;
}

/* Every link leads to an id of the page, and no id stands twice. */
static inline const char *links_fault(const struct printed *p)
{
	static const char *const fronts[] = { "href=\"#", " id=\"" };
	struct span all = { p->text, p->n };
	char needle[300];

	for (size_t i = 0; i < LEN(fronts); i++) {
		size_t n = strlen(fronts[i]);
		struct span s = all;
		const char *at;

		for (; (at = text_find(s, fronts[i])) != NULL; s = text_tail(s, (size_t)(at - s.p) + n)) {
			snprintf(needle, sizeof needle, " id=\"%.*s\"", (int)strcspn(at + n, "\""), at + n);
			if (count_of(all, needle) != 1)
				return i ? "an id that stands twice" : "a link that leads nowhere";
		}
	}
	return NULL;
}

/* ---- JSON ---- */

static inline const char *json_string_fault(struct span *s)
{
	for (*s = text_tail(*s, 1); s->n && s->p[0] != '"';) {
		size_t n;
		uint32_t c = text_get_utf8(*s, &n);

		if (must_not_show(c))
			return "a hidden character";
		if (c == '\\') {
			if (s->n < 2 || !strchr("\"\\/bfnrtu", s->p[1]))
				return "an unknown escape";
			n = s->p[1] == 'u' ? 6 : 2;
		}
		*s = text_tail(*s, n);
	}
	if (!s->n)
		return "a string without an end";
	*s = text_tail(*s, 1);
	return NULL;
}

static inline void json_blank(struct span *s)
{
	while (s->n && (s->p[0] == ' ' || s->p[0] == '\n'))
		*s = text_tail(*s, 1);
}

static inline const char *json_scalar_fault(struct span *s)
{
	static const char *const words[] = { "true", "false", "null" };
	char *end;

	if (s->n && s->p[0] == '"')
		return json_string_fault(s);
	for (size_t i = 0; i < LEN(words); i++) {
		if (text_starts(*s, words[i])) {
			*s = text_tail(*s, strlen(words[i]));
			return NULL;
		}
	}
	if (!s->n || !strchr("-0123456789", s->p[0]))
		return "no value";
	strtod(s->p, &end);
	*s = text_tail(*s, (size_t)(end - s->p));
	return NULL;
}

/* NULL, or what is wrong with a document: one value, its objects and arrays closed as they were opened. */
static inline const char *json_fault(const struct printed *p)
{
	struct span s = { p->text, p->n };
	char stack[HTML_DEPTH];
	size_t depth = 0;
	const char *fault;

	do {
		json_blank(&s);
		if (s.n && (s.p[0] == '{' || s.p[0] == '[') && depth < HTML_DEPTH) {
			stack[depth++] = s.p[0] == '{' ? '}' : ']';
			s = text_tail(s, 1);
			json_blank(&s);
			if (!s.n || s.p[0] != stack[depth - 1]) {
				if (stack[depth - 1] == '}' &&
					((fault = json_string_fault(&s)) != NULL || !text_starts(s, ": ")))
					return "no key";
				s = text_tail(s, stack[depth - 1] == '}' ? 2 : 0);
				continue;
			}
		} else if ((fault = json_scalar_fault(&s)) != NULL) {
			return fault;
		}
		for (json_blank(&s); depth && s.n && s.p[0] == stack[depth - 1]; json_blank(&s)) {
			s = text_tail(s, 1);
			depth--;
		}
		if (depth) {
			if (!s.n || s.p[0] != ',')
				return "no comma";
			s = text_tail(s, 1);
			json_blank(&s);
			if (stack[depth - 1] == '}') {
				if (!s.n || s.p[0] != '"' || json_string_fault(&s) || !text_starts(s, ": "))
					return "no key";
				s = text_tail(s, 2);
			}
		}
	} while (depth);
	return s.n                                            ? "something behind the end"
	       : text_is_utf8((struct span){ p->text, p->n }) ? NULL
							      : "not UTF-8";
}

/* ---- SHA-256 ---- */

static inline uint32_t sha_turn(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

static inline void sha_block(uint32_t h[8], const unsigned char *p)
{
	/* The first 32 bits of the fractions of the cube roots of the first 64 primes, computed exactly
	 * enough in long double. */
	static uint32_t k[64];
	uint32_t w[64], v[8];

	for (int n = 2, i = 0; !k[63] && i < 64; n++) {
		bool prime = true;

		for (int d = 2; d * d <= n; d++)
			prime &= n % d != 0;
		if (prime) {
			long double root = cbrtl((long double)n);

			k[i++] = (uint32_t)((root - floorl(root)) * 4294967296.0L);
		}
	}
	for (int i = 0; i < 64; i++)
		w[i] = i < 16 ? (uint32_t)p[i * 4] << 24 | (uint32_t)p[i * 4 + 1] << 16 |
					(uint32_t)p[i * 4 + 2] << 8 | p[i * 4 + 3]
			      : w[i - 16] +
					(sha_turn(w[i - 15], 7) ^ sha_turn(w[i - 15], 18) ^ w[i - 15] >> 3) +
					w[i - 7] +
					(sha_turn(w[i - 2], 17) ^ sha_turn(w[i - 2], 19) ^ w[i - 2] >> 10);
	memcpy(v, h, sizeof v);
	for (int i = 0; i < 64; i++) {
		uint32_t a = v[7] + (sha_turn(v[4], 6) ^ sha_turn(v[4], 11) ^ sha_turn(v[4], 25)) +
			     ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[i] + w[i];
		uint32_t b = (sha_turn(v[0], 2) ^ sha_turn(v[0], 13) ^ sha_turn(v[0], 22)) +
			     ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));

		memmove(v + 1, v, 7 * sizeof *v);
		v[4] += a;
		v[0] = a + b;
	}
	for (int i = 0; i < 8; i++)
		h[i] += v[i];
}

/* In base64, as a policy spells it. */
static inline void sha256_base64(struct span s, char text[48])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	uint32_t h[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
		0x5be0cd19 };
	unsigned char tail[128] = { 0 }, sum[33] = { 0 };
	size_t whole = s.n / 64 * 64, rest = s.n - whole, end = rest < 56 ? 64 : 128;

	for (size_t i = 0; i < whole; i += 64)
		sha_block(h, (const unsigned char *)s.p + i);
	memcpy(tail, s.p + whole, rest);
	tail[rest] = 0x80;
	for (int i = 0; i < 8; i++)
		tail[end - 1 - (size_t)i] = (unsigned char)((uint64_t)s.n * 8 >> (8 * i));
	for (size_t i = 0; i < end; i += 64)
		sha_block(h, tail + i);
	for (int i = 0; i < 32; i++)
		sum[i] = (unsigned char)(h[i / 4] >> (24 - i % 4 * 8));
	for (int i = 0; i < 11; i++) {
		uint32_t three = (uint32_t)sum[i * 3] << 16 | (uint32_t)sum[i * 3 + 1] << 8 |
				 (i < 10 ? sum[i * 3 + 2] : 0);

		for (int j = 0; j < 4; j++)
			*text++ = digits[three >> (18 - 6 * j) & 63];
	}
	strcpy(text - 1, "=");
}

#endif
