/* SPDX-License-Identifier: MIT
 * Hands a parser one source as text, window by window or line by line, whatever its size, encoding or
 * damage. */
#ifndef CORE_READER_H
#define CORE_READER_H

#include "core/core.h"
#include "core/page.h"
#include "core/text.h"

/* UTF-16 (by BOM, or by every second byte being zero) arrives as UTF-8. Other sources arrive as their own
 * bytes in a window, since one bad byte must cost one record and not the file, and as valid UTF-8 in a line.
 * A source may change between the two at a line's end: PowerShell writes a UTF-16 date, poolmon appends an
 * 8-bit table. */
struct reader;

/* Fills the buffer, returns the bytes written; 0 at the end, negative when reading failed. */
typedef long reader_fill(void *from, char *buffer, size_t size);

/* forced: the encoding the user named, or -1 to recognise it. */
struct reader *reader_open(reader_fill *fill, void *from, int forced);
/* bytes are borrowed until the reader closes */
struct reader *reader_open_span(struct span bytes, int forced);
void reader_close(struct reader *r); /* NULL is fine */

/* What 8-bit text is read as where it is no UTF-8: to be set before anything is read, NULL for
 * Windows-1252. */
void reader_set_page(struct reader *r, const struct page *page); /* borrowed until the reader closes */
const struct page *reader_page(const struct reader *r);
/* s itself when it is valid UTF-8, else a copy read in the code page, valid until the next call. */
struct span reader_utf8(struct reader *r, struct span s, bool *was_page);

#define READER_HEAD     (64 * 1024)
/* longer than any line that means something; the rest of such a line is skipped */
#define READER_LINE_MAX (64 * 1024)

/* The first READER_HEAD bytes at most, as valid UTF-8, before anything is taken: what a parser bids on. */
struct span reader_head(struct reader *r);
#define READER_RAW_HEAD 512
/* The first READER_RAW_HEAD bytes at most as they came, before any decoding: what a binary format begins
 * with. The same at any time, until the reader closes. */
struct span reader_raw_head(const struct reader *r);

/* ---- by window: for record scanners ---- */
struct span reader_window(struct reader *r);  /* what was read and not yet taken; valid until the next call */
bool reader_more(struct reader *r);           /* reads on and widens the window; false at the end */
void reader_take(struct reader *r, size_t n); /* n bytes of the window are done with */
/* ---- by line ---- */
/* without its line end; borrowed until the next call */
bool reader_line(struct reader *r, struct span *line);
/* the same with another limit than READER_LINE_MAX: a performance log has a column for every counter of every
 * process */
bool reader_line_within(struct reader *r, size_t most, struct span *line);

/* of the window's first byte, or of the line last given */
uint64_t reader_line_number(const struct reader *r);

/* What was odd about the bytes, for one note each. */
struct reader_damage {
	uint64_t bad_units;  /* lone surrogates, odd last byte: became U+FFFD */
	uint64_t lines_page; /* lines that were not valid UTF-8 and were read in the code page */
	uint64_t bad_bytes; /* bytes in them, or in records, that this page knows nothing of: became U+FFFD */
	uint64_t lines_cut; /* lines longer than line_most */
	size_t line_most;   /* READER_LINE_MAX, or what was asked for */
	uint64_t first_cut_line;
	uint64_t nul_lines; /* lines that hold NUL bytes */
	uint64_t first_nul_line;
	uint64_t switches; /* changes between UTF-16 and 8-bit */
	bool odd_end;      /* half a unit of UTF-16 at the very end */
	bool failed;       /* reading stopped before the end */
};
struct reader_damage reader_damage(const struct reader *r);
const char *reader_encoding(const struct reader *r); /* "UTF-16LE", "UTF-8 with BOM", "8-bit (cp850)" … */

#endif
