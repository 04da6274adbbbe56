/* SPDX-License-Identifier: MIT
 * Finds record elements in a stream of anything: no root, a root, a declaration per record, banners, mail
 * text. */
#include "core/text.h"
#include "parsers/xml.h"

#include <stdlib.h>
#include <string.h>

/* Enough to tell "<!DOCTYPE", "<![CDATA[" and "</Event  >" from each other: what a mark is must never depend
 * on where a window happened to end. */
#define LOOKAHEAD ((size_t)96)

enum { CDATA, COMMENT, PROCESSING, SECTIONS };

static const struct {
	const char *open, *close;
} sections[SECTIONS] = {
	[CDATA] = { "<![CDATA[", "]]>" }, [COMMENT] = { "<!--", "-->" }, [PROCESSING] = { "<?", "?>" }
};

struct xml_scan {
	struct reader *r;
	const char *element;
	struct span w;           /* the window */
	size_t at;               /* how far it was looked at */
	size_t absent[SECTIONS]; /* up to here the window holds no such closing mark: many open ones cost one
				    search */
	uint64_t doctype;
	bool unclosed; /* a root was opened and not closed, or the source ends in the middle of a tag */
	bool hidden;   /* a record's beginning stands in a section of the last record */
	bool ended;    /* the window holds the rest of the source */
};

struct xml_scan *xml_scan_open(struct reader *r, const char *element)
{
	struct xml_scan *s = calloc(1, sizeof *s);

	if (!s)
		die("out of memory");
	s->r = r;
	s->element = element;
	return s;
}

void xml_scan_close(struct xml_scan *s)
{
	free(s);
}

uint64_t xml_scan_doctype(const struct xml_scan *s)
{
	return s->doctype;
}

bool xml_scan_unclosed(const struct xml_scan *s)
{
	return s->unclosed;
}

bool xml_scan_hidden(const struct xml_scan *s)
{
	return s->hidden;
}

static bool more(struct xml_scan *s)
{
	if (!s->ended)
		s->ended = !reader_more(s->r);
	s->w = reader_window(s->r);
	return !s->ended;
}

static void take(struct xml_scan *s, size_t n)
{
	if (n)
		reader_take(s->r, n);
	s->w = reader_window(s->r);
	s->at = 0;
	for (int i = 0; i < SECTIONS; i++)
		s->absent[i] = s->absent[i] > n ? s->absent[i] - n : 0;
}

/* "<Event" and then a blank, '>' or '/': not "<Events", "<EventID". */
static bool opens(const struct xml_scan *s, size_t at)
{
	struct span rest = text_tail(s->w, at + 1);
	size_t n = strlen(s->element);

	if (rest.n <= n || memcmp(rest.p, s->element, n) != 0)
		return false;
	return text_is_blank(rest.p[n]) || rest.p[n] == '>' || rest.p[n] == '/';
}

/* The length of "</Event>", blanks before the '>' allowed; 0 when something else stands there. */
static size_t closes(const struct xml_scan *s, size_t at)
{
	struct span rest = text_head(text_tail(s->w, at + 2), LOOKAHEAD - 2);
	size_t n = strlen(s->element);

	if (rest.n <= n || memcmp(rest.p, s->element, n) != 0)
		return 0;
	while (n < rest.n && text_is_blank(rest.p[n]))
		n++;
	return n < rest.n && rest.p[n] == '>' ? n + 3 : 0;
}

static bool starts_nocase(const struct xml_scan *s, size_t at, const char *prefix)
{
	return text_starts_nocase(text_tail(s->w, at), prefix);
}

/* Moves to the next '<' at or after s->at, with LOOKAHEAD bytes behind it unless the source ends. When `keep`
 * is false what was passed is given back, so that noise costs no memory. */
static bool next_mark(struct xml_scan *s, bool keep, size_t limit)
{
	for (;;) {
		const char *p = s->w.n > s->at ? memchr(s->w.p + s->at, '<', s->w.n - s->at) : NULL;

		s->at = p ? (size_t)(p - s->w.p) : s->w.n;
		if (s->at >= limit)
			return false;
		if (p && (s->ended || s->w.n - s->at >= LOOKAHEAD))
			return true;
		if (!keep)
			take(s, s->at);
		if (!more(s) && s->at >= s->w.n)
			return false;
	}
}

/* Between records, at a '<' that begins none: "<Events>", "</Events>", "<Eve" at the very end. */
static void see_root(struct xml_scan *s)
{
	struct span rest = text_tail(s->w, s->at + 1);
	bool close = text_starts(rest, "/");
	size_t n = strlen(s->element), i;

	rest = text_tail(rest, close);
	if (rest.n > n && memcmp(rest.p, s->element, n) == 0 && rest.p[n] == 's') {
		for (i = n + 1; i < rest.n && i < LOOKAHEAD && rest.p[i] != '>';)
			i++;
		/* "<Events/>" is a root without anything in it; "</Events" without its '>' closes none. */
		if ((i == n + 1 || text_is_blank(rest.p[n + 1])) &&
			(!close || (i < rest.n && rest.p[i] == '>')))
			s->unclosed = !close && (i == rest.n || rest.p[i - 1] != '/');
	} else if (s->ended && rest.n <= n) {
		s->unclosed = s->unclosed || memcmp(rest.p, s->element, rest.n) == 0;
	}
}

/* Between records: true when the window begins with one. */
static bool find_open(struct xml_scan *s)
{
	for (; next_mark(s, false, SIZE_MAX); s->at++) {
		char c = s->at + 1 < s->w.n ? s->w.p[s->at + 1] : 0;

		if (c == s->element[0] && opens(s, s->at)) {
			take(s, s->at);
			return true;
		}
		if (c == '!' && !s->doctype &&
			(starts_nocase(s, s->at, "<!DOCTYPE") || starts_nocase(s, s->at, "<!ENTITY"))) {
			take(s, s->at);
			s->doctype = reader_line_number(s->r);
		}
		see_root(s);
	}
	take(s, s->w.n);
	return false;
}

static bool holds_record(const struct xml_scan *s, size_t from, size_t to)
{
	const char *p;

	while (from < to && (p = memchr(s->w.p + from, '<', to - from)) != NULL) {
		from = (size_t)(p - s->w.p);
		if (opens(s, from++))
			return true;
	}
	return false;
}

/* At the opening mark of a section: moves behind its closing mark. A section that is not closed within the
 * record's limit is none, and what follows its '<' is looked at as usual. */
static bool skip_section(struct xml_scan *s, int kind)
{
	size_t n = strlen(sections[kind].close), from = s->at + strlen(sections[kind].open);

	if (from < s->absent[kind])
		from = s->absent[kind];
	for (;;) {
		size_t end = s->w.n < XML_RECORD_MAX ? s->w.n : XML_RECORD_MAX;
		const char *p = NULL;

		if (end > from)
			p = text_find((struct span){ s->w.p + from, end - from }, sections[kind].close);
		if (p) {
			s->hidden = s->hidden || holds_record(s, s->at, (size_t)(p - s->w.p));
			s->at = (size_t)(p - s->w.p) + n;
			return true;
		}
		if (end >= n && end - n + 1 > from)
			from = end - n + 1;
		s->absent[kind] = from;
		if (end == XML_RECORD_MAX || !more(s))
			return false;
	}
}

/* <Event/>, <Event .../>: a record without anything in it. The '>' of its first tag is looked for outside
 * quotes. */
static bool empty_element(struct xml_scan *s, size_t *length)
{
	char quote = 0;

	for (size_t i = 1; i < XML_RECORD_MAX; i++) {
		if (i >= s->w.n && !more(s) && i >= s->w.n)
			return false;
		char c = s->w.p[i];

		if (c == '<')
			return false;
		if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? 0 : c;
		if (!quote && c == '>') {
			*length = i + 1;
			return s->w.p[i - 1] == '/';
		}
	}
	return false;
}

/* The window begins with a record: how it ends, and where. */
static enum xml_found find_close(struct xml_scan *s, size_t *length)
{
	if (empty_element(s, length))
		return XML_RECORD;
	for (s->at = 1; next_mark(s, true, XML_RECORD_MAX);) {
		const char *p = s->w.p + s->at;
		char c = s->at + 1 < s->w.n ? p[1] : 0;
		int kind = SECTIONS;
		size_t close;

		if (c == '/' && (close = closes(s, s->at)) > 0) {
			*length = s->at + close;
			return XML_RECORD;
		}
		if (c == s->element[0] && opens(s, s->at)) {
			*length = s->at;
			return XML_OPEN;
		}
		if (c == '!' || c == '?')
			for (kind = 0;
				kind < SECTIONS && !text_starts(text_tail(s->w, s->at), sections[kind].open);)
				kind++;
		if (kind == SECTIONS || !skip_section(s, kind))
			s->at++;
	}
	*length = s->w.n < XML_RECORD_MAX ? s->w.n : XML_RECORD_MAX;
	return s->w.n < XML_RECORD_MAX ? XML_CUT : XML_LONG;
}

enum xml_found xml_scan_next(struct xml_scan *s, struct span *record, uint64_t *line)
{
	enum xml_found found;
	size_t length = 0;

	/* What was given out last is taken only now: it was borrowed until this call. */
	take(s, s->at);
	s->hidden = false;
	if (!find_open(s))
		return XML_NONE;
	*line = reader_line_number(s->r);
	found = find_close(s, &length);
	*record = text_head(s->w, length);
	/* The end of a long record is not looked for: nothing but a new beginning ends it. So far there was
	 * none. */
	if (found != XML_LONG)
		s->at = length;
	return found;
}
