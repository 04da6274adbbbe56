/* SPDX-License-Identifier: MIT
 * What a report format is, and what all formats share: sticky output, escapes, the words for cells. */
#ifndef REPORTS_FORMAT_H
#define REPORTS_FORMAT_H

#include "core/core.h"
#include "core/report.h"

/* How people's formats are laid out; JSON and .reg do not depend on it. */
struct style {
	int width;  /* columns of a text report; 0: 100 */
	bool ascii; /* no character beyond U+007E */
	bool color; /* ANSI colours, for a terminal only */
};

struct out; /* sticky: after a failure nothing more is written */

enum escape {
	ESC_NONE, /* constants of this program only, never text from a report */
	ESC_TEXT, /* terminals and text files: what would not show as itself becomes \x1B (a byte) or <U+202E>
		   */
	ESC_HTML, /* element content and quoted attributes; the same visible forms */
	ESC_JSON, /* inside a JSON string; broken UTF-8 becomes U+FFFD, hidden characters \u forms, nothing is
		     lost else */
	ESC_MARKDOWN, /* a whole text on a line of GitHub-flavoured Markdown, or in a cell of its tables; the
			 same visible forms as ESC_TEXT */
	ESC_CSV,      /* inside a quoted cell (RFC 4180); the same visible forms */
};

typedef bool out_write(void *to, const void *bytes, size_t n);
struct out *out_open(out_write *write, void *to);
void out_raw(struct out *o, const char *constant); /* as it is */
void out_put(struct out *o, enum escape escape, struct span text);
void out_text(struct out *o, enum escape escape, const char *text); /* NULL writes nothing */
void out_printf(struct out *o, const char *format, ...)
	PRINTF_LIKE(2, 3);                                  /* numbers and constants only, never text */
void out_bytes(struct out *o, const void *bytes, size_t n); /* for formats with an encoding of their own */
bool out_close(struct out *o);                              /* false when anything failed */

/* Would not show as itself, or would change how its neighbours show: controls, bidi marks and overrides,
 * zero-width characters, line separators, tags, what is no character. */
bool character_hidden(uint32_t c);
/* The same escape into the arena, for formats that must know how long a text is. */
const char *escaped(struct arena *a, enum escape escape, const char *text);

/* ---- words: for people, in every format; not escaped; they live in the arena ---- */

/* "262.4 MiB", "2008-10-14 19:52:07 UTC", "not known". */
const char *cell_words(struct arena *a, const struct field *f, const struct cell *c);
/* No sentence of this program is longer; what is came from a file, and would push everything else away. */
#define TEXT_MOST 2000
/* The same with a text of more than TEXT_MOST characters shortened; JSON has all of it. */
const char *cell_told(struct arena *a, const struct field *f, const struct cell *c);
bool field_is_number(const struct field *f); /* aligned to the right */
bool field_for_people(const struct field *f);
size_t table_people_rows(const struct table *t); /* how many of its rows people are shown */
/* A column for people that says something in some row: "" everywhere is no column. */
bool table_shows(const struct table *t, size_t column);
/* True when every row people are shown says the same in this column, and there are at least two: such a
 * column can be told once. */
bool table_is_constant(struct arena *a, const struct table *t, size_t column);
int cell_severity(const struct field *f, const struct cell *c); /* of a field called severity; else -1 */
const char *severity_word(enum severity s);             /* "ERROR", "NOT ASSESSED": people's spelling */
const char *words_bytes(struct arena *a, double bytes); /* B, KiB, MiB from 1 MiB, GiB from 10 GiB … */
const char *words_amount(struct arena *a, enum type unit, double v);             /* a chart's value */
const char *words_level(struct arena *a, enum type unit, const struct level *v); /* with its amounts */
const char *words_time(struct arena *a, when_us t);                              /* with " UTC" */
/* The first `most` characters and "… (10,000 characters)" where there are more; else the text itself. */
const char *words_short(struct arena *a, const char *text, size_t most);
/* The same with a no-break space between a number and its unit, and between "KB" or "Event" and its number:
 * for formats whose lines are broken by others. */
const char *words_bound(struct arena *a, const char *text);
/* The text with every run of more than TEXT_MOST characters without a blank shortened so. */
const char *words_unbroken(struct arena *a, const char *text);
/* Where people find what a table or a list was cut by. */
#define ALL_STAND_IN "CSV and JSON"
const char *words_showing(struct arena *a, size_t shown, size_t all); /* "showing 40 of 512; all in …" */

/* ---- the same for programs ---- */

#define REPORT_SCHEMA "pooltriage.report/1"

#define REAL_TEXT 40
/* The fewest digits that read back as the same number; false: not finite, no program reads that. */
bool real_exact(double v, char text[REAL_TEXT]);
/* ISO 8601 in UTC with Z, a local time without; false when it is in no calendar. */
bool time_exact(when_us t, bool local, char text[WHEN_TEXT]);

/* ---- widths, in columns of a fixed-width font ---- */

int width_of(struct span s); /* columns: 2 for East Asian wide characters, 0 for combining ones */
struct span width_head(struct span s, int width); /* as many whole characters as fit, at least one */
/* The next line of at most so many columns, broken at blanks, else behind a separator, else between
 * characters; false when the text is used up. */
bool wrap_next(struct span *rest, int width, struct span *line);

/* Names and values: those of the title part stand together, with those that every report has. */
bool block_is_fact(const struct block *b);
const char *server_headline(const struct server_report *s); /* of its verdict; NULL for none */

/* ---- several servers in one page ---- */

#define SECTIONS_MOST 50  /* servers with a section of their own; CSV and JSON have all */
#define NAME_MOST     200 /* characters of a server's name */

struct index {
	const struct server_report **servers; /* worst first, then by name */
	size_t count, shown;                  /* the first `shown` have sections */
};
struct index index_of(struct arena *a, const struct report *r);
/* What leads into the page when nobody has ranked the servers (report.fleet); it lives in the holder's arena.
 */
const struct table *index_table(struct report *holder, const struct index *x);
const char *index_left_out(
	struct arena *a, const struct index *x); /* the sentence that names them; NULL for none */

/* Where a format of several files writes them, one after another. */
struct folder {
	/* NULL: cannot be written; the format stops, and the caller knows why. `name` is a constant or made
	 * of names of tables and fields. */
	struct out *(*begin)(struct folder *f, const char *name);
	bool (*end)(struct folder *f, struct out *o); /* closes it; false: it could not be written, stop */
};

struct format {
	const char *name, *about;
	/* one of the two */
	void (*print)(struct out *o, const struct report *r, const struct style *style);
	void (*print_files)(struct folder *f, const struct report *r);
};

extern const struct format *const formats[];
extern const size_t formats_count;
const struct format *format_find(struct span name); /* NULL when there is none */

#endif
