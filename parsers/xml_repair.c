/* SPDX-License-Identifier: MIT
 * Rewrites one record that is not well-formed in the ways exporters are known to break it (libevtx issues 20
 * and 30, EVTXtract issues 12 and 13, openwec issue 46). Whatever is changed is counted by kind; what is odd
 * otherwise stays. */
#include "core/text.h"
#include "parsers/xml.h"

#include <stdlib.h>
#include <string.h>

#define XML_KIND_ABOUT(kind, about) about,
const char *const xml_kind_about[XML_KIND_COUNT] = { XML_KINDS(XML_KIND_ABOUT) };

#define BAD_TEXT       "\xEF\xBF\xBD" /* U+FFFD */
#define NAME_MAX_BYTES 64             /* longer names after '&' are no names */

struct repair {
	const struct xml_shape *shape;
	struct span in;
	size_t at;
	struct xml_text *out;
	unsigned kinds;
	const char *text_element; /* the open element that holds text only; NULL outside */
	bool absent[3];           /* no such section closes in the rest of the record */
	bool left_out, full;
};

void xml_text_put(struct xml_text *t, const char *bytes, size_t n)
{
	if (t->room - t->n < n) {
		t->room = t->room * 2 > t->n + n ? t->room * 2 : t->n + n + 1024;
		t->p = realloc(t->p, t->room);
		if (!t->p)
			die("out of memory for %zu bytes", t->room);
	}
	if (n)
		memcpy(t->p + t->n, bytes, n);
	t->n += n;
}

void xml_text_free(struct xml_text *t)
{
	free(t->p);
	*t = (struct xml_text){ NULL, 0, 0 };
}

#define FIRST_TAG ((size_t)1024) /* bytes of it that are looked at */

struct span xml_undoubled(struct arena *a, struct span record)
{
	struct span tag = text_head(record, FIRST_TAG);
	const char *end = tag.n ? memchr(tag.p, '>', tag.n) : NULL, *at;
	char *copy;
	size_t n = 0;

	at = text_find(text_head(tag, end ? (size_t)(end - tag.p) : tag.n), "=\"\"");
	/* a="" is an attribute without a value */
	if (!at || at + 3 >= record.p + tag.n || strchr(" \t\r\n/>\"", at[3]))
		return record;
	copy = arena_alloc(a, record.n);
	for (size_t i = 0; i < record.n; i++) {
		copy[n++] = record.p[i];
		i += record.p[i] == '"' && i + 1 < record.n && record.p[i + 1] == '"';
	}
	return (struct span){ copy, n };
}

static void put(struct repair *r, const char *bytes, size_t n)
{
	r->full = r->full || r->out->n + n > XML_RECORD_MAX;
	if (!r->full)
		xml_text_put(r->out, bytes, n);
}

static void put_instead(struct repair *r, enum xml_kind kind, const char *text)
{
	r->kinds |= 1u << kind;
	put(r, text, strlen(text));
}

static struct span rest(const struct repair *r)
{
	return text_tail(r->in, r->at);
}

/* The length of a character XML 1.0 has no place for (section 2.2, Char), 0 for any other. The input is
 * UTF-8. */
static size_t forbidden(struct span s)
{
	unsigned char c = (unsigned char)s.p[0];

	if (c < 0x20)
		return c != '\t' && c != '\n' && c != '\r';
	return c == 0xEF && s.n > 2 && (text_starts(s, "\xEF\xBF\xBE") || text_starts(s, "\xEF\xBF\xBF")) ? 3
													  : 0;
}

static bool allowed(uint64_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r';
	return c < 0xD800 || (c > 0xDFFF && c < 0xFFFE) || (c > 0xFFFF && c <= 0x10FFFF);
}

/* Copies n bytes in which only forbidden characters are replaced. */
static void copy(struct repair *r, size_t n)
{
	size_t end = r->at + n, from = r->at;

	for (; r->at < end; r->at++) {
		size_t bad = forbidden(rest(r));

		if (!bad)
			continue;
		put(r, r->in.p + from, r->at - from);
		put_instead(r, XML_CONTROL, BAD_TEXT);
		r->at += bad - 1;
		from = r->at + 1;
	}
	if (from < end)
		put(r, r->in.p + from, end - from);
}

/* &#1F; &#x1F; and the like: 0 when it is no reference at all. */
static size_t numeric_reference(struct span s, bool *good)
{
	bool hex = text_starts(s, "&#x");
	size_t from = hex ? 3 : 2, n = from;
	uint64_t c = 0;

	while (n < s.n && n < NAME_MAX_BYTES &&
		(text_is_digit(s.p[n]) || (hex && strchr("abcdefABCDEF", s.p[n]) && s.p[n])))
		n++;
	if (n == from || n == s.n || s.p[n] != ';')
		return 0;
	*good = text_uint_base((struct span){ s.p + from, n - from }, hex ? 16 : 10, &c) && allowed(c);
	return n + 1;
}

static size_t entity(struct span s, bool *good)
{
	static const char *const predefined[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" };
	size_t n = 1;

	*good = false;
	for (size_t i = 0; i < LEN(predefined); i++)
		*good = *good || text_starts(s, predefined[i]);
	while (n < s.n && n < NAME_MAX_BYTES &&
		(text_is_letter(s.p[n]) || s.p[n] == '_' ||
			(n > 1 && (text_is_digit(s.p[n]) || s.p[n] == '.' || s.p[n] == '-'))))
		n++;
	return n > 1 && n < s.n && s.p[n] == ';' ? n + 1 : 0;
}

static void ampersand(struct repair *r)
{
	struct span s = rest(r);
	bool number = text_starts(s, "&#"), good = false;
	size_t n = number ? numeric_reference(s, &good) : entity(s, &good);

	if (n && good) {
		put(r, s.p, n);
		r->at += n;
	} else if (n && number) {
		put_instead(r, XML_REFERENCE, BAD_TEXT);
		r->at += n;
	} else {
		put_instead(r, n ? XML_ENTITY : XML_AMPERSAND, "&amp;");
		r->at++;
	}
}

static bool name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
	       (unsigned char)c >= 0x80;
}

/* Does the tag at s ("<Data ", "</Data>") bear this name? */
static bool tag_named(struct span s, const char *name)
{
	struct span after = text_tail(s, text_starts(s, "</") ? 2 : 1);
	size_t n = strlen(name);

	return text_starts(after, name) && after.n > n && strchr(" \t\r\n/>", after.p[n]) && after.p[n];
}

static const char *tag_in(struct span s, const char *const *names)
{
	for (; *names; names++)
		if (tag_named(s, *names))
			return *names;
	return NULL;
}

/* Copies a tag to its '>'. A '<' outside quotes ends it early: the reader will find that, not this walk. */
static void copy_tag(struct repair *r)
{
	const char *opened = text_starts(rest(r), "</") ? NULL : tag_in(rest(r), r->shape->text);
	char quote = 0, before = 0;

	put(r, "<", 1);
	for (r->at++; r->at < r->in.n; before = r->in.p[r->at - 1]) {
		char c = r->in.p[r->at];

		if (c == '<' && !quote)
			return;
		if (c == '&') {
			ampersand(r);
		} else if (c == '<') {
			put_instead(r, XML_MARKUP, "&lt;");
			r->at++;
		} else {
			if (quote ? c == quote : c == '"' || c == '\'')
				quote = quote ? 0 : c;
			copy(r, forbidden(rest(r)) ? forbidden(rest(r)) : 1);
			if (c == '>' && !quote)
				break;
		}
	}
	r->text_element = before == '/' ? NULL : opened;
}

/* CDATA, comments, processing instructions: as they are when they end within the record. */
static bool copy_section(struct repair *r)
{
	static const char *const marks[][2] = { { "<![CDATA[", "]]>" }, { "<!--", "-->" }, { "<?", "?>" } };

	for (size_t i = 0; i < LEN(marks); i++) {
		struct span s = rest(r);
		const char *end;

		if (r->absent[i] || !text_starts(s, marks[i][0]))
			continue;
		end = text_find(s, marks[i][1]);
		r->absent[i] = !end;
		if (end)
			copy(r, (size_t)(end - s.p) + strlen(marks[i][1]));
		return end != NULL;
	}
	return false;
}

/* <RenderingInfo>: nobody reads it, and it is what gets cut off (openwec issue 46). Skipped to its close tag
 * or, when it has none, to the record's own. */
static void skip_unused(struct repair *r)
{
	struct span s = rest(r), from = text_tail(s, 1);
	const char *close, *last = NULL;

	r->left_out = true;
	while ((close = text_find(from, "</")) != NULL) {
		struct span tag = text_tail(s, (size_t)(close - s.p));
		const char *end = tag_named(tag, r->shape->unused) ? memchr(close, '>', tag.n) : NULL;

		if (end) {
			r->at = (size_t)(end - r->in.p) + 1;
			return;
		}
		last = close;
		from = text_tail(tag, 2);
	}
	r->kinds |= 1u << XML_UNUSED;
	r->at = last ? (size_t)(last - r->in.p) : r->in.n;
}

static void less_than(struct repair *r)
{
	struct span s = rest(r);

	if (r->text_element && tag_named(s, r->text_element) && text_starts(s, "</")) {
		copy_tag(r);
	} else if (r->text_element && tag_in(s, r->shape->markup)) {
		/* "<Data>a <Data>b</Data>": the first has lost its close tag. */
		put_instead(r, XML_MARKUP, "</");
		put(r, r->text_element, strlen(r->text_element));
		put(r, ">", 1);
		copy_tag(r);
	} else if (text_starts(s, "<!") || text_starts(s, "<?") ? copy_section(r) : false) {
		return;
	} else if (r->text_element || s.n < 2 || !(s.p[1] == '/' || name_start(s.p[1]))) {
		put_instead(r, XML_MARKUP, "&lt;");
		r->at++;
	} else if (r->shape->unused && s.p[1] != '/' && tag_named(s, r->shape->unused)) {
		skip_unused(r);
	} else {
		copy_tag(r);
	}
}

unsigned xml_repair(const struct xml_shape *shape, struct span record, struct xml_text *out)
{
	struct repair r = { .shape = shape, .in = record, .out = out };

	out->n = 0;
	while (r.at < record.n && !r.full) {
		struct span s = rest(&r);
		size_t n = 0;

		if (s.p[0] == '<') {
			less_than(&r);
		} else if (s.p[0] == '&') {
			ampersand(&r);
		} else if (text_starts(s, "]]>")) {
			put_instead(&r, XML_MARKUP, "]]&gt;");
			r.at += 3;
		} else {
			while (n < s.n && s.p[n] != '<' && s.p[n] != '&' && (s.p[n] != ']' || !n))
				n++;
			copy(&r, n);
		}
	}
	/* The message is left out of every record that is repaired; that is worth a word where nothing else
	 * was the matter. */
	if (!r.kinds && r.left_out)
		r.kinds = 1u << XML_UNUSED;
	return r.kinds;
}
