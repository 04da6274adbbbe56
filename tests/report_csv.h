/* SPDX-License-Identifier: MIT
 * Prints a report as CSV files in memory, and reads them back strictly (RFC 4180). */
#ifndef TESTS_REPORT_CSV_H
#define TESTS_REPORT_CSV_H

#include "tests/report_read.h"

#define CSV_FILES 64

struct csv_files {
	struct folder folder; /* first: what the format sees */
	char names[CSV_FILES][80];
	struct printed printed[CSV_FILES];
	size_t count;
	size_t refuse; /* so many files can be written; then none */
};

static inline struct out *csv_begin(struct folder *f, const char *name)
{
	struct csv_files *c = (struct csv_files *)f;

	if (c->count == c->refuse)
		return NULL;
	snprintf(c->names[c->count], sizeof c->names[0], "%s", name);
	printed_write(&c->printed[c->count], "", 0);
	return out_open(printed_write, &c->printed[c->count++]);
}

static inline bool csv_end(struct folder *f, struct out *o)
{
	(void)f;
	return out_close(o);
}

static inline void csv_print(struct csv_files *c, const struct report *r)
{
	*c = (struct csv_files){ .folder = { csv_begin, csv_end }, .refuse = CSV_FILES };
	format_find(SPAN("csv"))->print_files(&c->folder, r);
}

static inline void csv_free(struct csv_files *c)
{
	for (size_t i = 0; i < c->count; i++)
		free(c->printed[i].text);
}

struct csv_rows {
	const char *(*cells)[40];
	size_t count, columns;
	const char *fault; /* NULL, or what is wrong */
};

/* The next cell, put into the room and ended there; the sign behind it stays in `s`. */
static inline const char *csv_cell(char **room, struct span *s, const char **fault)
{
	const char *text = *room;
	bool quoted = s->n && s->p[0] == '"';

	for (*s = text_tail(*s, quoted ? 1 : 0); s->n; *s = text_tail(*s, 1)) {
		if (quoted && s->p[0] == '"') {
			*s = text_tail(*s, 1);
			if (!s->n || s->p[0] != '"')
				return text;
		} else if (!quoted && (s->p[0] == ',' || s->p[0] == '\r')) {
			return text;
		} else if (!quoted && s->p[0] == '"') {
			*fault = "a quote within a cell that is not quoted";
		}
		if (must_not_show((unsigned char)s->p[0]) && (unsigned char)s->p[0] < 0x80)
			*fault = "a control character within a cell";
		*(*room)++ = s->p[0];
	}
	*fault = "a cell without an end";
	return text;
}

/* A number is what a spreadsheet takes for one; all else may not look like a formula. */
static inline const char *csv_formula_fault(const char *cell)
{
	char *end;

	while (*cell == ' ')
		cell++;
	if (!*cell || !strchr("=+-@", *cell))
		return NULL;
	strtod(cell, &end);
	return *cell == '-' && end > cell && !*end ? NULL : "a formula";
}

static inline struct csv_rows csv_read(struct arena *a, const struct printed *p)
{
	struct csv_rows r = { .columns = 0 };
	struct span s = { p->text, p->n };
	/* No cell is longer than what it is read from with the sign behind it. */
	char *room = arena_alloc(a, p->n + 1);
	size_t n;

	for (struct span c = s; c.n; c = text_tail(c, n))
		if (must_not_show(text_get_utf8(c, &n)) && c.p[0] != '\r' && c.p[0] != '\n')
			r.fault = "a hidden character";
	while (s.n && !r.fault) {
		const char **row;

		r.cells = arena_grow(a, r.cells, r.count, sizeof *r.cells);
		row = r.cells[r.count++];
		memset(row, 0, sizeof *r.cells);
		for (n = 0; n < 40 && !r.fault; n++) {
			row[n] = csv_cell(&room, &s, &r.fault);
			*room++ = 0;
			if (csv_formula_fault(row[n]))
				r.fault = csv_formula_fault(row[n]);
			if (!s.n || s.p[0] != ',')
				break;
			s = text_tail(s, 1);
		}
		if (!r.fault && !text_starts(s, "\r\n"))
			r.fault = "a line that does not end in CR LF";
		s = text_tail(s, 2);
		if (r.count > 1 && n + 1 != r.columns)
			r.fault = "a line with another number of cells";
		r.columns = n + 1;
	}
	if (!text_is_utf8((struct span){ p->text, p->n }))
		r.fault = "not UTF-8";
	return r;
}

static inline const struct printed *csv_find(const struct csv_files *c, const char *name)
{
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->names[i], name) == 0)
			return &c->printed[i];
	return NULL;
}

#endif
