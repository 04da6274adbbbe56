/* SPDX-License-Identifier: MIT
 * Line formats as tables: a pattern whose named groups are named after columns, and a sample line that it
 * must match. */
#ifndef PARSERS_LINES_H
#define PARSERS_LINES_H

#include "core/core.h"
#include "core/record.h"

struct line_rule {
	int what;            /* the parser's own word for such a line */
	const char *pattern; /* PCRE2, UTF, anchored at the line's start */
	const char *sample;  /* one line it matches; the unit test runs every sample against its own rule */
};

/* A parser makes its tables known to the tests by putting them in line_tables (lines.c). */
struct line_table {
	const char *name;
	const struct line_rule *rules;
	size_t count;
};
extern const struct line_table *const line_tables[];
extern const size_t line_tables_count;

/* A compiled table with its match state: one per thread and parse, never shared. */
struct lines;
struct lines *lines_open(const struct line_table *table);
void lines_close(struct lines *l); /* NULL is fine */

/* The first rule that matches, in table order; -1 when none does. The line must be valid UTF-8 and is
 * borrowed until the next match. Bounded: a match that needs too many steps counts as none. */
int lines_match(struct lines *l, struct span line);
/* Of the last match: the group's text. Empty when the group does not exist in that rule or took no part
 * (false). */
bool lines_group(const struct lines *l, const char *name, struct span *text);
bool lines_int(const struct lines *l, const char *name, int64_t *number);
/* Every named group of the last match that is a column of the record's kind is set: numbers as integers, text
 * as text. false when a number does not fit 64 bits. */
bool lines_record(const struct lines *l, struct record *r);
/* Lines that no rule knows: counted, and told in one note at the first. */
struct unread {
	uint64_t lines, first;
};
void unread_add(struct unread *u, uint64_t line);
void unread_note(const struct unread *u, struct sink *sink, const char *what); /* "lines that are no WHAT" */

const char *lines_library(void); /* PCRE2's version */

#endif
