/* SPDX-License-Identifier: MIT
 * Reads what the script poolmon-powershell prints, as CSV or as a table, and PoolmonViz's files, which have
 * the same columns. Names of columns: those of the scripts' own help. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "parsers/csv.h"
#include "parsers/lines.h"
#include "parsers/parser.h"
#include "parsers/pool.h"
#include "parsers/stamp.h"

/* The user picks the columns and their order. Of each pool Allocs, Frees, Diff, UsedBytes. */
enum role {
	ROLE_LOCAL,
	ROLE_UTC,
	ROLE_TAG,
	ROLE_PAGED,
	ROLE_NONPAGED = ROLE_PAGED + 4,
	ROLE_TOTAL = ROLE_NONPAGED + 4,
	ROLE_BINARY,
	ROLE_DESCRIPTION,
	ROLES
};
static const char *const role_names[ROLES] = { "DateTime", "DateTimeUTC", "Tag", "PagedAllocs", "PagedFrees",
	"PagedDiff", "PagedUsedBytes", "NonPagedAllocs", "NonPagedFrees", "NonPagedDiff", "NonPagedUsedBytes",
	"TotalUsedBytes", "Binary", "Description" };
#define BYTES 3 /* of the four */

#define CELLS 32 /* more columns are not looked at */

/* A line that names columns: quoted and separated, or a table's, "Tag   PagedAllocs" above "---
 * -----------". */
struct heading {
	int role[CELLS];  /* of each cell; -1: another column */
	size_t at[CELLS]; /* a table's: the characters before the name */
	size_t count;
	bool has[ROLES];
	char separator; /* 0: a table */
};

/* A list of so many tags is the whole list: Windows has hundreds of tags from its start on, and nobody names
 * so many to be listed. A shorter one was filtered, or holds the largest only. */
#define WHOLE 200

struct held {
	struct pool_row row;
	uint64_t line;
};

enum tally { TALLY_TAG, TALLY_TIME, TALLY_AGAIN, TALLIES };

struct poolmonps {
	const struct source *source;
	struct sink *sink;
	struct stamps *stamps;
	struct heading heading;
	uint64_t heading_line; /* 0: none yet */
	struct arena *row_arena, *sample_arena;
	/* one sample: the rows with one time, until it shows whether it is whole */
	bool open, written;
	struct span time; /* DateTime and DateTimeUTC as they stand */
	struct stamp stamp;
	const char *time_source; /* NULL: no time */
	uint64_t line, samples, tags;
	struct held held[2 * WHOLE];
	size_t held_n;
	struct pool_seen seen;
	struct unread unread, tallies[TALLIES];
};

/* ---- headings ---- */

static int role_of(struct span name)
{
	for (int i = 0; i < ROLES; i++)
		if (span_equal_nocase(text_trim(name), span_of(role_names[i])))
			return i;
	return -1;
}

static void heading_add(struct heading *h, struct span name, size_t at)
{
	int role = role_of(name);
	if (role >= 0 && h->has[role])
		role = -1;
	if (role >= 0)
		h->has[role] = true;
	if (h->count < CELLS) {
		h->role[h->count] = role;
		h->at[h->count++] = at;
	}
}

static bool word_next(struct span line, size_t *at, struct span *word)
{
	while (*at < line.n && text_is_blank(line.p[*at]))
		++*at;
	*word = (struct span){ line.p + *at, 0 };
	while (*at < line.n && !text_is_blank(line.p[*at])) {
		++*at;
		word->n++;
	}
	return word->n > 0;
}

static bool heading_read(struct span line, struct heading *h)
{
	struct csv csv;
	struct span cell;
	*h = (struct heading){ 0 };
	if (text_find(line, ",") || text_find(line, ";") || text_find(line, "\t")) {
		h->separator = csv_separator(line);
		csv_begin(&csv, line, h->separator);
		while (csv_next(&csv, &cell))
			heading_add(h, cell, 0);
	} else {
		for (size_t at = 0; word_next(line, &at, &cell);)
			heading_add(
				h, cell, text_characters((struct span){ line.p, (size_t)(cell.p - line.p) }));
	}
	return h->has[ROLE_TAG] && (h->has[ROLE_PAGED + BYTES] || h->has[ROLE_NONPAGED + BYTES]);
}

/* The dashes that Format-Table prints beneath its heading. */
static bool is_rule(struct span line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] != '-' && !text_is_blank(line.p[i]))
			return false;
	return text_find(line, "---") != NULL;
}

/* ---- cells ---- */

/* The byte at which a character of the line begins. */
static size_t byte_of(struct span line, size_t character)
{
	size_t at = 0, length;
	for (; character && at < line.n; character--, at += length)
		text_get_utf8(text_tail(line, at), &length);
	return at;
}

/* Texts stand beneath the first letter of their column's name, numbers end beneath its last or further
 * right. */
static void cells_of_table(const struct heading *h, struct span line, struct span cells[ROLES])
{
	size_t at = 0;
	for (size_t i = 0; i < h->count; i++) {
		int role = h->role[i];
		struct span word;
		if (role == ROLE_TAG || role == ROLE_BINARY || role == ROLE_DESCRIPTION) {
			/* Four characters are a tag; what a shorter one lacks cannot be told from the blanks
			 * behind it. */
			size_t from = byte_of(line, h->at[i]);
			at = role == ROLE_TAG   ? byte_of(line, h->at[i] + 4)
			     : i + 1 < h->count ? byte_of(line, h->at[i + 1])
						: line.n;
			word = (struct span){ line.p + from, at - from };
		} else {
			word_next(line, &at, &word);
		}
		if (role >= 0)
			cells[role] = word;
	}
}

/* false when the line ends too early: what stands last may have lost its own end. */
static bool cells_read(struct poolmonps *p, struct span line, struct span cells[ROLES])
{
	const struct heading *h = &p->heading;
	struct csv csv;
	struct span cell;
	size_t i = 0;
	int last = -1;
	for (int role = 0; role < ROLES; role++)
		cells[role] = (struct span){ "", 0 };
	if (!h->separator) {
		cells_of_table(h, line, cells);
		return true;
	}
	csv_begin(&csv, line, h->separator);
	while (i < h->count && csv_next(&csv, &cell)) {
		last = h->role[i++];
		if (last >= 0)
			cells[last] = arena_span(p->row_arena, cell);
	}
	bool whole = i == h->count && !csv.open;
	if (!whole && last >= 0)
		cells[last] = (struct span){ "", 0 };
	return whole;
}

/* An empty cell is unknown. A count is computed in 64 bits, so that one that wrapped is a large negative
 * number. */
static bool number_read(struct span cell, bool count, int64_t *number)
{
	cell = text_trim(cell);
	*number = POOL_UNKNOWN;
	if (!cell.n)
		return true;
	if (!text_int(cell, number) || (count && (*number <= -(INT64_C(1) << 32) || *number > UINT32_MAX)))
		return false;
	if (count)
		*number = (uint32_t)*number;
	return true;
}

static bool part_read(const struct span cells[4], struct pool_row *row)
{
	if (!number_read(cells[0], true, &row->allocs) || !number_read(cells[1], true, &row->frees) ||
		!number_read(cells[2], true, &row->diff) || !number_read(cells[BYTES], false, &row->bytes) ||
		(text_trim(cells[BYTES]).n && row->bytes < 0))
		return false;
	if (row->allocs == POOL_UNKNOWN || row->frees == POOL_UNKNOWN)
		return true;
	uint32_t diff = (uint32_t)(row->allocs - row->frees);
	if (row->diff != POOL_UNKNOWN && row->diff != diff)
		return false;
	row->diff = diff;
	return true;
}

/* ---- samples ---- */

static void sample_write(struct poolmonps *p, bool whole)
{
	struct record r;
	if (p->written || !p->open)
		return;
	p->written = true;
	record_start(&r, RECORD_SNAPSHOT, p->line);
	stamp_record(p->time_source ? &p->stamp : NULL, p->time_source, &r);
	record_text(&r, SNAPSHOT_SCOPE, SPAN("system"));
	record_text(&r, SNAPSHOT_VIEW, whole ? SPAN("snapshot") : SPAN("live"));
	record_text(&r, SNAPSHOT_TOOL, SPAN("poolmon-powershell"));
	p->sink->record(p->sink, &r);
	for (size_t i = 0; i < p->held_n; i++)
		pool_row_write(&p->held[i].row, p->held[i].line, p->sink);
	p->held_n = 0;
}

static void sample_end(struct poolmonps *p)
{
	sample_write(p, false);
	p->open = false;
	arena_reset(p->sample_arena);
}

static when_us apart(when_us a, when_us b)
{
	return a < b ? b - a : a - b;
}

/* DateTimeUTC before DateTime; both are kept, for one says what the server's clock showed. */
static void sample_time(struct poolmonps *p, struct span local, struct span utc)
{
	struct stamp by_clock, in_utc;
	bool clock = stamp_line(p->stamps, local, &by_clock) == STAMP_WHOLE;
	if (clock)
		by_clock.text = local;
	stamp_forget(p->stamps);
	bool universal = stamp_line(p->stamps, utc, &in_utc) == STAMP_WHOLE && in_utc.other == WHEN_NONE;
	stamp_forget(p->stamps);
	if (!clock && !universal) {
		unread_add(&p->tallies[TALLY_TIME], p->line);
		return;
	}
	p->time_source = "column";
	p->stamp = clock ? by_clock : in_utc;
	if (!universal)
		return;
	p->stamp.text = utc;
	p->stamp.time = in_utc.time != WHEN_NONE ? in_utc.time : in_utc.local;
	if (!clock) {
		p->stamp.local = WHEN_NONE;
	} else if (by_clock.other != WHEN_NONE) {
		bool month_first =
			apart(by_clock.other, p->stamp.time) < apart(by_clock.local, p->stamp.time);
		p->stamp.local = month_first ? by_clock.other : by_clock.local;
		p->stamp.other = WHEN_NONE;
		p->stamp.order = month_first ? "mdy" : "dmy";
	}
}

static void sample_begin(struct poolmonps *p, const struct span cells[ROLES], struct span time, uint64_t line)
{
	struct span local = text_trim(cells[ROLE_LOCAL]), utc = text_trim(cells[ROLE_UTC]);
	sample_end(p);
	p->open = true;
	p->written = false;
	p->line = line;
	p->tags = 0;
	p->time = arena_span(p->sample_arena, time);
	p->time_source = NULL;
	pool_seen_begin(&p->seen);
	if (local.n || utc.n)
		sample_time(p, arena_span(p->sample_arena, local), arena_span(p->sample_arena, utc));
	/* The name tells the time of the first sample only. */
	else if (p->samples == 0 && stamp_in_name(p->stamps, p->source->name, &p->stamp))
		p->time_source = "file name";
	p->samples++;
}

static void part_put(struct poolmonps *p, const struct pool_row *row, uint64_t line)
{
	if (p->written) {
		pool_row_write(row, line, p->sink);
		return;
	}
	p->held[p->held_n] = (struct held){ *row, line };
	p->held[p->held_n++].row.driver = arena_span(p->sample_arena, row->driver);
}

static void row_put(
	struct poolmonps *p, const struct span cells[ROLES], const struct pool_row parts[2], uint64_t line)
{
	/* Windows prints the cells of one sample with one time; without a time a tag that comes again begins
	 * the next. */
	struct span time = span_of(arena_printf(p->row_arena, "%.*s\x1F%.*s", (int)cells[ROLE_LOCAL].n,
		cells[ROLE_LOCAL].p, (int)cells[ROLE_UTC].n, cells[ROLE_UTC].p));
	const unsigned char *tag = parts[0].tag;
	bool again = p->open && pool_seen_has(&p->seen, tag, true);
	if (!p->open || !span_equal(time, p->time) || (again && time.n == 1 && p->heading.separator)) {
		sample_begin(p, cells, time, line);
		again = false;
	}
	if (again || !pool_seen_add(&p->seen, tag, true)) {
		unread_add(&p->tallies[TALLY_AGAIN], line);
		return;
	}
	if (++p->tags == WHOLE)
		sample_write(p, true);
	for (int i = 0; i < 2; i++) {
		bool never = !parts[i].allocs && !parts[i].frees && !parts[i].bytes;
		/* poolmon prints no row for a pool in which the tag never was */
		if (p->heading.has[(parts[i].paged ? ROLE_PAGED : ROLE_NONPAGED) + BYTES] &&
			parts[i].bytes != POOL_UNKNOWN && !never)
			part_put(p, &parts[i], line);
	}
}

static bool row_read(struct poolmonps *p, struct span line, uint64_t number)
{
	struct span cells[ROLES];
	struct pool_row parts[2] = { { .paged = true }, { .paged = false } };
	bool whole = cells_read(p, line, cells), lost = false;
	p->sink->cut = !whole;
	if (!cells[ROLE_TAG].n && !whole)
		return false;
	for (int i = 0; i < 2; i++) {
		if (!part_read(cells + (i == 0 ? ROLE_PAGED : ROLE_NONPAGED), &parts[i]))
			return false;
		if (p->heading.separator)
			pool_tag_right(cells[ROLE_TAG], parts[i].tag, &lost);
		else
			pool_tag_bytes(cells[ROLE_TAG], memset(parts[i].tag, ' ', 4), &lost);
		parts[i].driver = pool_driver(
			p->row_arena, text_trim(cells[ROLE_BINARY]), text_trim(cells[ROLE_DESCRIPTION]));
	}
	if (parts[0].bytes == POOL_UNKNOWN && parts[1].bytes == POOL_UNKNOWN)
		return false;
	if (lost)
		unread_add(&p->tallies[TALLY_TAG], number);
	row_put(p, cells, parts, number);
	return true;
}

/* ---- the parser ---- */

static void on_line(struct poolmonps *p, struct span line, uint64_t number)
{
	struct heading heading;
	/* "#TYPE Selected...", which ConvertTo-Csv prints before its heading */
	if (!text_trim(line).n || text_starts(line, "#TYPE ") || is_rule(line))
		return;
	p->sink->cut = false;
	if (heading_read(line, &heading)) {
		sample_end(p);
		p->heading = heading;
		p->heading_line = number;
		return;
	}
	if (!p->heading_line || !row_read(p, line, number))
		unread_add(&p->unread, number);
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	static const char *const sentences[TALLIES] = {
		[TALLY_TAG] =
			"rows whose tag went through another code page; what could not be told became '?'",
		[TALLY_AGAIN] = "rows whose tag was in their sample already; skipped",
		[TALLY_TIME] = "samples whose time could not be read; kept without one",
	};
	struct poolmonps *p = calloc(1, sizeof *p);
	struct span line;
	if (!p)
		die("out of memory");
	*p = (struct poolmonps){ .source = source, .sink = sink, .stamps = stamp_open() };
	p->row_arena = arena_open();
	p->sample_arena = arena_open();
	while (reader_line(r, &line)) {
		arena_reset(p->row_arena);
		on_line(p, line, reader_line_number(r));
	}
	sample_end(p);
	if (p->heading_line && !p->samples)
		sink_note(sink, p->heading_line, "a heading has no rows beneath it; no snapshot");
	for (int i = 0; i < TALLIES; i++)
		if (p->tallies[i].lines)
			sink_note(sink, p->tallies[i].first, "%" PRIu64 " %s", p->tallies[i].lines,
				sentences[i]);
	unread_note(&p->unread, sink, "rows of poolmon-powershell, or are cut");
	stamp_close(p->stamps);
	arena_close(p->row_arena);
	arena_close(p->sample_arena);
	pool_seen_free(&p->seen);
	free(p);
}

#define LOOK 20 /* lines: what was typed, and "#TYPE", stand before the heading */

static int probe(struct span head, const char **missing)
{
	struct heading heading;
	struct span line;
	bool table = false;
	for (int i = 0; i < LOOK && text_cut(&head, '\n', &line); i++) {
		if (table && is_rule(text_trim(line)))
			return 90;
		table = heading_read(text_trim(line), &heading);
		if (table && heading.separator)
			return 92;
	}
	*missing = "a heading with Tag and PagedUsedBytes or NonPagedUsedBytes";
	return 0;
}

const struct parser parser_poolmonps = { "poolmonps", "output of poolmon-powershell, files of PoolmonViz",
	probe, parse, false };
