/* SPDX-License-Identifier: MIT
 * What may be answered: parts, findings, tables of typed cells and charts as data; nothing in here is
 * formatted. */
#ifndef CORE_REPORT_H
#define CORE_REPORT_H

#include "core/core.h"
#include "core/record.h"
#include "core/when.h"

/* Everything in a report lives in the report's arena; texts given to the functions below are copied, names
 * and titles (const char * in a struct field, table name, part) are not and must be constants. Texts are
 * UTF-8 and may hold anything, control characters included: formats escape. */

enum severity {
	SEVERITY_OK,
	SEVERITY_NOT_ASSESSED,
	SEVERITY_INFO,
	SEVERITY_WARNING,
	SEVERITY_ERROR,
	SEVERITIES
};
enum confidence { CONFIDENCE_NONE, CONFIDENCE_LOW, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH, CONFIDENCES };
const char *severity_name(enum severity s);     /* "ok", "not-assessed" … as in JSON */
const char *confidence_name(enum confidence c); /* NULL for CONFIDENCE_NONE */

/* ---- tables ---- */

/* people: text, HTML, Markdown; machines: JSON, CSV */
enum audience { FOR_ALL, FOR_PEOPLE, FOR_MACHINES };

/* name is the JSON key: a dot in it nests ("trend.slope_low" is slope_low inside trend). title is the
 * column's head. */
struct field {
	const char *name, *title;
	enum type type;
	enum audience audience;
};

enum cell_state {
	CELL_UNKNOWN, /* null; "not known" to people */
	CELL_KNOWN,
	CELL_WORD, /* a word where a number stands otherwise: "absent" */
};

struct cell {
	enum cell_state state;
	int64_t number;
	double real;
	const char *text;          /* T_TEXT, T_NAME; the word of CELL_WORD */
	struct list list;          /* T_LIST */
	const struct table *table; /* T_TABLE */
	const char *link;          /* what block_shown takes; NULL for none */
};

struct row {
	const char *id; /* what links point at; NULL for none */
	struct cell *cells;
};

enum table_shape {
	TABLE_ROWS,   /* JSON: an array of objects */
	TABLE_SINGLE, /* one row; JSON: an object; people: name and value beside each other */
	TABLE_LIST,   /* one text field; JSON: an array of strings */
};

struct table {
	const char *name, *title, *about; /* about: the caveat printed beside the numbers; may be NULL */
	enum table_shape shape;
	const struct field *fields;
	size_t field_count;
	struct row *rows;
	size_t row_count;
	size_t people_rows; /* people are shown the first so many and told how many there are; 0: all */
	struct arena *arena;
};

struct report;
struct table *table_new(struct report *r, const char *name, const char *title, enum table_shape shape,
	const struct field *fields, size_t field_count);
void table_add(struct table *t); /* begins a row, every cell unknown */
/* These set a cell of the last row; a field name that does not exist, or has another type, dies. */
void table_int(struct table *t, const char *field, int64_t number); /* any type that is a whole number */
/* T_REAL, T_PERCENT, T_RATE; not finite: unknown */
void table_real(struct table *t, const char *field, double real);
void table_text(struct table *t, const char *field, const char *text); /* NULL: unknown */
void table_span(struct table *t, const char *field, struct span text);
void table_word(struct table *t, const char *field, const char *word);
void table_item(struct table *t, const char *field, const char *item); /* appends to a T_LIST */
void table_items_known(struct table *t, const char *field); /* an empty list is known to be empty */
void table_rows(struct table *t, const char *field, const struct table *rows);
void table_link(struct table *t, const char *field, const char *id);
void table_id(struct table *t, const char *id);
const struct cell *table_cell(const struct table *t, size_t row, const char *field);

/* ---- charts ---- */

struct point {
	when_us time;
	double value;
};
enum series_kind {
	SERIES_TAG,
	SERIES_TOTAL, /* of all tags */
	SERIES_REST,  /* of bars: what has no bar of its own, or is not known by name */
};
struct series {
	const char *label;
	enum series_kind kind; /* SERIES_TAG until it is set */
	bool emphasised;
	struct point *points;
	size_t count;
};
enum mark_kind { MARK_2020, MARK_2019, MARK_BOOT, MARK_GAP };
struct mark {
	when_us time;
	enum mark_kind kind;
	const char *label;
	size_t times; /* one mark may stand for several events that are close; 1 until it is set */
};
enum level_kind { LEVEL_MAXIMUM, LEVEL_TRIM_DEFAULT, LEVEL_TRIM_RECOMMENDED };
struct level { /* a horizontal line, or a band where high > low */
	enum level_kind kind;
	double low, high;
	const char *label;
};
enum chart_kind {
	/* Series over time. A line is not drawn across a MARK_BOOT, for memory starts anew there, nor across
	 * a MARK_GAP: nobody looked for long before it. */
	CHART_LINES,
	/* Parts of a whole at one time: each series has one point, and its bars stand in the series'
	 * order. */
	CHART_BARS,
};
struct chart {
	enum chart_kind kind;
	bool small;               /* one of several that stand beside each other */
	const char *name, *title; /* each name stands once in a server's report */
	const char *about;        /* all that it shows in words, for those who cannot see it */
	const char *note;         /* what stands beneath the drawing; NULL: about */
	enum type unit;
	when_us from, to; /* of lines: this much is shown at least; WHEN_NONE: what the points span */
	double whole;     /* of bars: what 100 % is; 0: not known */
	struct series *series;
	size_t series_count;
	struct mark *marks;
	size_t mark_count;
	size_t beyond; /* events that have no mark: they lie far from all points */
	struct level *levels;
	size_t level_count;
	const char *thinned; /* says so when points were left out; NULL otherwise */
	struct arena *arena;
};
struct chart *chart_new(struct report *r, const char *name, const char *title, enum type unit);
struct series *chart_series(struct chart *c, const char *label, bool emphasised);
void series_point(struct chart *c, struct series *s, when_us time, double value);
void chart_mark(struct chart *c, when_us time, enum mark_kind kind, const char *label);
void chart_level(struct chart *c, enum level_kind kind, double low, double high, const char *label);

/* ---- parts: what people read, in this order ---- */

#define PARTS(P) \
	P(TITLE, "title", "Paged pool triage") \
	P(VERDICT, "verdict", "Verdict") \
	P(ACTION, "action", "Do this") \
	P(CHART, "chart", "Paged pool over time") \
	P(FINDINGS, "findings", "Findings") \
	P(EVIDENCE, "evidence", "Evidence") \
	P(UNCHECKED, "unchecked", "What was not checked, and data quality") \
	P(PROVENANCE, "provenance", "Provenance") \
	P(GLOSSARY, "glossary", "Glossary")
#define PART_ENUM(id, name, title) PART_##id,
enum part_id { PARTS(PART_ENUM) PART_COUNT };

enum block_kind {
	BLOCK_TEXT,    /* a paragraph */
	BLOCK_VERDICT, /* the box: severity, confidence, headline as text, action, reasons as items */
	BLOCK_STEPS,   /* numbered items */
	BLOCK_LIST,    /* items with a title */
	BLOCK_CODE,    /* text to copy as it is, with a title */
	BLOCK_TABLE,
	BLOCK_CHART,
	BLOCK_RULE, /* the explanation of a rule: id, title, items */
};

struct block {
	enum block_kind kind;
	/* of code: reg, commands, undo; of a text that stands for the undo text: undo-open (the key is to be
	 * exported first), undo-none (nothing is to be set back); NULL otherwise */
	const char *name;
	const char *id;    /* what links point at; NULL for none */
	const char *title; /* may be NULL */
	const char *text;
	const char *action; /* of a verdict: what to do, in a sentence */
	struct list items;
	struct list links; /* of the items, in their order: what block_shown was given; may be shorter */
	enum severity severity;
	enum confidence confidence;
	const struct table *table;
	const struct chart *chart;
	struct block *next;
};

struct server_report {
	const char *name;
	enum severity severity;
	enum confidence confidence;
	struct block *parts[PART_COUNT]; /* each a chain, in order */
	const struct table **data;       /* what JSON and CSV print for this server, in contract order */
	size_t data_count;
	struct arena *arena;
};

struct report {
	const char *version, *rules; /* of the tool; of the rule table */
	when_us generated;
	const char *case_name; /* NULL when none was told */
	struct server_report *servers;
	size_t server_count;
	const struct table *fleet, *causes; /* NULL when not built */
	struct arena *arena;
};

extern const char *const part_names[PART_COUNT], *const part_titles[PART_COUNT];

struct report *report_open(void);
void report_close(struct report *r); /* NULL is fine */
/* valid until the next one is added */
struct server_report *report_server(struct report *r, const char *name);
void report_data(struct server_report *s, const struct table *t); /* joins the machine-readable tables */

struct block *block_add(struct server_report *s, enum part_id part, enum block_kind kind, const char *title);
struct block *block_text(struct server_report *s, enum part_id part, const char *format, ...)
	PRINTF_LIKE(3, 4);
struct block *block_table(struct server_report *s, enum part_id part, const struct table *t);
/* The block of "Do this" that goes by this name, of the first server that has one; NULL: there is none. */
const struct block *block_named(const struct report *r, const char *name);
void block_item(struct server_report *s, struct block *b, const char *format, ...) PRINTF_LIKE(3, 4);
/* Where the last item's evidence stands: the id of a row, a table's "t-" and its name, or several such
 * divided by blanks, of which the first that is shown counts. */
void block_shown(struct server_report *s, struct block *b, const char *ids);

#endif
