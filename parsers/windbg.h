/* SPDX-License-Identifier: MIT
 * The parts of the parser of debugger logs: what a row says, how rows become a table, what of a log is one
 * capture; for windbg*.c only. */
#ifndef PARSERS_WINDBG_H
#define PARSERS_WINDBG_H

#include "core/core.h"
#include "core/record.h"
#include "parsers/lines.h"
#include "parsers/stamp.h"

/* ---- rows (windbg_row.c) ---- */

enum windbg_row {
	WINDBG_NO_ROW,
	WINDBG_ROW,
	WINDBG_ROW_BROKEN, /* a tag and too few numbers */
};

enum windbg_field { WINDBG_ALLOCS, WINDBG_FREES, WINDBG_DIFF, WINDBG_USED, WINDBG_FIELDS };
#define WINDBG_COLUMNS 8 /* at most: four of each pool */

struct windbg_columns {
	size_t indent;            /* characters before "Tag" */
	bool counts, pooltracker; /* counts: allocations since boot are shown, and frees */
	struct {
		int pool; /* 0 nonpaged, 1 paged */
		enum windbg_field field;
	} columns[WINDBG_COLUMNS];
	size_t count, last_width;
	bool has[2]; /* columns of the pool */
};
/* line: from "Tag" on. pools: of the first group of columns and the second; -1: not said. False when it
 * cannot be told which pool a column is of. */
bool windbg_columns_read(struct windbg_columns *c, struct span line, const int pools[2]);

struct windbg_line {
	unsigned char tag[4];
	int64_t value[2][WINDBG_FIELDS];
	struct span driver; /* borrowed from the line */
	bool bare;          /* nothing stands behind its last number, not even a blank */
};
/* fault: what is wrong with the numbers of a WINDBG_ROW; NULL: nothing. */
enum windbg_row windbg_row_read(
	const struct windbg_columns *c, struct span line, struct windbg_line *row, const char **fault);
/* The numbers at the front of *rest, one for each column; returns how many there are. */
size_t windbg_numbers_read(
	const struct windbg_columns *c, struct span *rest, int64_t number[WINDBG_COLUMNS], bool *fits);

/* ---- tables (windbg_table.c) ---- */

/* What the lines above the column line say of a table. */
struct windbg_start {
	uint64_t line;
	struct span columns; /* the column line, from "Tag" on */
	size_t indent;       /* characters before "Tag" */
	/* in the order of the groups of columns, 0 nonpaged, 1 paged; -1: not said */
	int pools[2];
	unsigned sorted; /* by: 0 tag, 1 nonpaged, 2 paged */
	bool session;    /* session pool */
	bool filtered;   /* of some tags only, on request */
};

struct windbg_table;
struct windbg_table *windbg_table_open(struct sink *sink);
void windbg_table_close(struct windbg_table *t);
/* False when it cannot be told which pool the columns are of. */
bool windbg_table_begin(struct windbg_table *t, const struct windbg_start *start);
bool windbg_table_holds(const struct windbg_table *t); /* begun and not written yet */
bool windbg_table_reads(const struct windbg_table *t); /* more rows may follow */
bool windbg_table_session(const struct windbg_table *t);
enum windbg_row windbg_table_row(struct windbg_table *t, uint64_t number, struct span line);
/* The TOTAL row, which ends the table; false when numbers are missing. */
bool windbg_table_total(struct windbg_table *t, uint64_t number, struct span numbers);
void windbg_table_stop(struct windbg_table *t); /* what follows are no rows */
/* Is the source's last line a row that may have lost its end? Drops it then. */
bool windbg_table_cut(struct windbg_table *t, uint64_t last_line);
/* As one snapshot, or as one for each pool where only one of them is complete; ends it. head: a SNAPSHOT with
 * what else is known. */
void windbg_table_write(struct windbg_table *t, const struct record *head);

/* ---- captures (windbg_capture.c) ---- */

struct windbg_captures;
struct windbg_captures *windbg_captures_open(struct sink *sink);
void windbg_captures_close(struct windbg_captures *c);              /* writes the last */
struct windbg_table *windbg_captures_of(struct windbg_captures *c); /* the table that rows go to */
/* false when it cannot be told which pool its columns are of */
bool windbg_captures_table(struct windbg_captures *c, const struct windbg_start *start);
/* The line of !vm last matched, by its groups label, pages, kib and both; false when its numbers disagree. */
bool windbg_usage_read(struct windbg_captures *c, const struct lines *l, uint64_t line);
bool windbg_usage_known(struct span label);
/* number NULL: a fact of words */
void windbg_fact(struct sink *sink, uint64_t line, const char *name, struct span text, const int64_t *number);
void windbg_command(struct windbg_captures *c);     /* the output so far is over */
void windbg_session_end(struct windbg_captures *c); /* another dump or target */
void windbg_session_time(struct windbg_captures *c, const struct stamp *stamp); /* NULL: not known */
void windbg_session_runs(struct windbg_captures *c); /* no dump: the system goes on meanwhile */

#endif
