/* SPDX-License-Identifier: MIT
 * Runs one parser over bytes and keeps what it stated: records with their texts, notes; and prints an event
 * as a line. */
#ifndef TESTS_COLLECT_H
#define TESTS_COLLECT_H

#include "core/record.h"
#include "core/text.h"
#include "parsers/parser.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct collected_note {
	uint64_t line;
	const char *text;
};

struct collected {
	struct sink sink; /* first: it is cast back */
	struct arena *arena;
	struct record *records;
	struct collected_note *notes;
	size_t n, notes_n;
	bool bad_text; /* something was not UTF-8, or a string held a separator */
};

static inline void collect_record(struct sink *s, const struct record *r)
{
	struct collected *c = (struct collected *)s;
	struct record *copy;

	c->records = arena_grow(c->arena, c->records, c->n, sizeof *c->records);
	copy = &c->records[c->n++];
	*copy = *r;
	for (size_t i = 0; i < record_types[r->kind].count; i++) {
		enum type type = record_types[r->kind].columns[i].type;

		if (!copy->v[i].known || (type != T_TEXT && type != T_NAME && type != T_BLOB))
			continue;
		c->bad_text |= type != T_BLOB && !text_is_utf8(copy->v[i].text);
		copy->v[i].text = arena_span(c->arena, copy->v[i].text);
	}
}

static inline void collect_note(struct sink *s, uint64_t line, const char *text)
{
	struct collected *c = (struct collected *)s;

	c->notes = arena_grow(c->arena, c->notes, c->notes_n, sizeof *c->notes);
	c->notes[c->notes_n++] = (struct collected_note){ line, arena_text(c->arena, span_of(text)) };
	c->bad_text |= !text_is_utf8(span_of(text));
}

static inline struct collected *collect(const struct parser *p, struct reader *r)
{
	struct collected *c = calloc(1, sizeof *c);
	struct source source = { "bundle/System.xml" };

	if (!c)
		abort();
	c->sink = (struct sink){ collect_record, collect_note, false };
	c->arena = arena_open();
	p->parse(&source, r, &c->sink);
	return c;
}

static inline struct collected *collect_span(const struct parser *p, struct span bytes)
{
	struct reader *r = reader_open_span(bytes, -1);
	struct collected *c = collect(p, r);

	reader_close(r);
	return c;
}

/* Leaves the events: what an Event 2004 says of the pools is dropped. */
static inline void collect_events_only(struct collected *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->records[i].kind == RECORD_EVENT)
			c->records[n++] = c->records[i];
	c->n = n;
}

static inline void collect_free(struct collected *c)
{
	arena_close(c->arena);
	free(c);
}

static inline int collect_bid(const struct parser *p, struct span bytes, const char **missing)
{
	struct reader *r = reader_open_span(bytes, -1);
	int bid = p->probe(reader_head(r), missing);

	reader_close(r);
	return bid;
}

static inline const char *collect_text(struct arena *a, const struct record *r, int column)
{
	return r->v[column].known ? arena_text(a, r->v[column].text) : "-";
}

/* U+001F as '|', U+001E as '='. */
static inline const char *collect_strings(struct arena *a, const struct record *r)
{
	char *text = arena_text(a, r->v[EVENT_STRINGS].text);

	if (!r->v[EVENT_STRINGS].known)
		return "-";
	for (char *p = text; *p; p++)
		*p = (char)(*p == STRINGS_BETWEEN ? '|' : *p == STRINGS_NAMED ? '=' : *p);
	return text;
}

static inline const char *collect_number(struct arena *a, const struct record *r, int column)
{
	return r->v[column].known ? arena_printf(a, "%" PRId64, r->v[column].number) : "-";
}

static inline const char *collect_hex(struct arena *a, const struct record *r, int column)
{
	struct span s = r->v[column].text;
	char *text = arena_alloc(a, s.n * 2 + 1);

	if (!r->v[column].known)
		return "-";
	for (size_t i = 0; i < s.n; i++)
		snprintf(text + 2 * i, 3, "%02x", (unsigned char)s.p[i]);
	return text;
}

/* "12 2008-10-14T19:52:07Z FS01 System 7 srv - 2020/49152 2 [strings] data text-of-data" */
static inline const char *collect_event(struct arena *a, const struct record *r)
{
	char time[WHEN_TEXT] = "-";

	if (r->v[EVENT_TIME].known)
		when_print(r->v[EVENT_TIME].number, time);
	return arena_printf(a, "%" PRIu64 " %s %s %s %s %s %s %s/%s %s [%s] %s %s", r->line, time,
		collect_text(a, r, EVENT_COMPUTER), collect_text(a, r, EVENT_CHANNEL),
		collect_number(a, r, EVENT_RECORD_ID), collect_text(a, r, EVENT_PROVIDER),
		collect_text(a, r, EVENT_SOURCE_NAME), collect_number(a, r, EVENT_EVENT_ID),
		collect_number(a, r, EVENT_QUALIFIERS), collect_number(a, r, EVENT_LEVEL),
		collect_strings(a, r), collect_hex(a, r, EVENT_BINARY),
		collect_text(a, r, EVENT_BINARY_TEXT));
}

#endif
