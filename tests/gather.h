/* SPDX-License-Identifier: MIT
 * Runs one parser over bytes in memory and gathers what it states as lines of text, to be compared with what
 * it should. */
#ifndef TESTS_GATHER_H
#define TESTS_GATHER_H

#include "core/reader.h"
#include "core/record.h"
#include "core/text.h"
#include "parsers/parser.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "LINE kind column=value …" for records and "LINE note TEXT" for notes, in the order they came. */
struct gathered {
	struct sink sink; /* first: it is cast back */
	char text[64 * 1024];
	size_t n;
	size_t records, notes;
	uint64_t last_line;
	bool bad_text; /* something was not UTF-8 */
};

static inline void gather_print(struct gathered *g, const char *format, ...) PRINTF_LIKE(2, 3);
static inline void gather_print(struct gathered *g, const char *format, ...)
{
	size_t room = sizeof g->text - g->n;
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(g->text + g->n, room, format, args);
	va_end(args);
	if (n > 0)
		g->n += (size_t)n < room ? (size_t)n : room - 1;
}

static inline void gather_record(struct sink *s, const struct record *r)
{
	struct gathered *g = (struct gathered *)s;
	const struct record_type *type = &record_types[r->kind];

	g->records++;
	g->last_line = r->line;
	gather_print(g, "%" PRIu64 " %s", r->line, type->name);
	for (size_t i = 0; i < type->count; i++) {
		const struct value *v = &r->v[i];
		enum type t = type->columns[i].type;

		if (!v->known)
			continue;
		if (t != T_TEXT && t != T_NAME && t != T_BLOB) {
			gather_print(g, " %s=%" PRId64, type->columns[i].name, v->number);
			continue;
		}
		g->bad_text |= t != T_BLOB && !text_is_utf8(v->text);
		gather_print(g, " %s=%.*s", type->columns[i].name, (int)(v->text.n < 2000 ? v->text.n : 2000),
			v->text.p);
	}
	gather_print(g, "\n");
}

static inline void gather_note(struct sink *s, uint64_t line, const char *text)
{
	struct gathered *g = (struct gathered *)s;

	g->notes++;
	g->bad_text |= !text_is_utf8(span_of(text));
	gather_print(g, "%" PRIu64 " note %s\n", line, text);
}

static inline struct gathered *gather_new(void)
{
	struct gathered *g = calloc(1, sizeof *g);

	if (!g)
		abort();
	g->sink.record = gather_record;
	g->sink.note = gather_note;
	return g;
}

/* The caller frees. */
static inline struct gathered *gather(const struct parser *p, struct span bytes)
{
	struct source source = { "bundle/file.txt" };
	struct gathered *g = gather_new();
	struct reader *r = reader_open_span(bytes, -1);

	p->parse(&source, r, &g->sink);
	reader_close(r);
	return g;
}

static inline int gather_bid(const struct parser *p, struct span bytes)
{
	struct reader *r = reader_open_span(bytes, -1);
	const char *missing = NULL;
	int height = p->probe(reader_head(r), &missing);

	reader_close(r);
	if (height < BID_LEAST && !missing)
		printf("%s says not what is missing\n", p->name);
	return height;
}

#endif
