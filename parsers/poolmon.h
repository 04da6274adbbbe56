/* SPDX-License-Identifier: MIT
 * The parts of the poolmon parser: what a line is, what a row says, how rows become a block; for poolmon*.c
 * only. */
#ifndef PARSERS_POOLMON_H
#define PARSERS_POOLMON_H

#include "core/core.h"
#include "core/page.h"
#include "core/record.h"
#include "parsers/lines.h"
#include "parsers/stamp.h"

/* ---- lines and rows (poolmon_row.c) ---- */

enum poolmon_line {
	POOLMON_ROW,     /* in the tool's columns: blank, tag, blank, type */
	POOLMON_LOOSE,   /* a row that was pasted, indented or re-wrapped */
	POOLMON_BROKEN,  /* what is left of a row */
	POOLMON_TOTAL,   /* "Total Paged": never a tag */
	POOLMON_COLUMNS, /* "Tag Type Allocs …": a block begins */
	POOLMON_MEMORY,  /* the two summary lines, here and next */
	POOLMON_COMMIT,
	POOLMON_SCOPE,    /* "Session 0 pool information" */
	POOLMON_KEY,      /* memsnap's "!Key=value" */
	POOLMON_RULE,     /* dashes beneath the column line */
	POOLMON_LEFT_OUT, /* "[snip]": whoever pasted it cut rows away */
	POOLMON_NO_FILE,  /* "Error Opening file": the run wrote nothing */
	POOLMON_NO_TAGS,  /* "Failed to query pool tags information" */
	POOLMON_CHATTER,  /* what poolmon says while it starts */
};
extern const struct line_table poolmon_lines;

enum poolmon_fault {
	POOLMON_SOUND,
	POOLMON_BAD_NUMBER, /* a count that 32 bits do not hold, bytes that 64 do not */
	POOLMON_BAD_DIFF,   /* Diff is not Allocs - Frees */
	POOLMON_BAD_EACH,   /* Per Alloc is not Bytes / Diff; the rest agrees */
};

struct poolmon_row {
	unsigned char tag[4];
	bool tag_lost; /* a character of it is no byte of the code page and became '?' */
	bool paged;
	bool live;    /* has ( delta ) groups */
	bool wrapped; /* too few bytes for so many allocations: the x86 tool prints them modulo 4 GiB */
	int64_t allocs, frees, diff; /* modulo 2^32, not negative */
	int64_t bytes;               /* negative where more was freed than allocated */
	const char *tool;            /* NULL when the layout does not tell */
	struct span driver;          /* borrowed from the line; empty when there is none or it is unknown */
};

struct poolmon_reader;
struct poolmon_reader *poolmon_open(const struct page *page); /* borrowed */
void poolmon_close(struct poolmon_reader *p);
/* Without the "> " that mail puts before what it quotes; the tool prints nothing in the first column. */
struct span poolmon_unquoted(struct span line);
/* What a line is, -1 for noise. indent: characters before "Tag" in the column line, 1 where the tool printed
 * it. */
int poolmon_line(struct poolmon_reader *p, struct span line, int indent);
const struct lines *poolmon_groups(const struct poolmon_reader *p);                     /* of the last line */
enum poolmon_fault poolmon_row_read(struct poolmon_reader *p, struct poolmon_row *row); /* of the last line */

/* rows without a column line are believed when so many in a row pass both checks */
#define POOLMON_TRUST 3

int poolmon_probe(struct span head, const char **missing); /* as in struct parser; poolmon_probe.c */

/* ---- blocks (poolmon_block.c) ---- */

/* What the lines before a block say about it. */
struct poolmon_head {
	struct record record;    /* RECORD_SNAPSHOT: the numbers of the summary lines */
	const char *time_source; /* NULL: no stamp */
	bool by_tool;            /* the stamp is memsnap's own, in UTC */
	struct stamp stamp;      /* its text is in time_text */
	char time_text[520];
	uint64_t time_line;
	char scope[32]; /* empty: the system's pool */
	bool screen;    /* a scope line, which only the live screen has */
};

/* Things that are noted once a source, with their count and first line. */
enum poolmon_tally {
	POOLMON_EMPTY,
	POOLMON_EACH,
	POOLMON_WRAPPED,
	POOLMON_BELOW_ZERO,
	POOLMON_TAG_LOST,
	POOLMON_MIXED,
	POOLMON_HEADLESS,
	POOLMON_SNIPPED,
	POOLMON_HALF_STAMP,
	POOLMON_UNWRITTEN,
	POOLMON_TAGGING_OFF,
	POOLMON_NOISE,
	POOLMON_TALLIES
};

struct poolmon_blocks;
struct poolmon_blocks *poolmon_blocks_open(struct sink *sink);
void poolmon_blocks_close(struct poolmon_blocks *b); /* writes the tallies */
void poolmon_tally_add(struct poolmon_blocks *b, enum poolmon_tally kind, uint64_t line);

struct poolmon_start {
	uint64_t line;
	const char *tool; /* as the column line tells, or NULL */
	bool drivers;     /* there is a Mapped_Driver column */
	bool headless;    /* there is no column line */
};
void poolmon_block_begin(
	struct poolmon_blocks *b, const struct poolmon_head *head, const struct poolmon_start *start);
bool poolmon_block_open(const struct poolmon_blocks *b);
bool poolmon_block_holds(
	const struct poolmon_blocks *b, const struct poolmon_row *row); /* such a tag and pool */
void poolmon_block_row(
	struct poolmon_blocks *b, uint64_t line, const struct poolmon_row *row, enum poolmon_fault fault);
void poolmon_block_broken(struct poolmon_blocks *b, uint64_t line); /* what is left of a row */
void poolmon_block_total(struct poolmon_blocks *b, uint64_t line, bool paged, int64_t bytes);
void poolmon_block_end(struct poolmon_blocks *b); /* fine when none is open */

#endif
