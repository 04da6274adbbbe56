/* SPDX-License-Identifier: MIT
 * Reads what the script poolmon-powershell prints, as CSV or as a table, and PoolmonViz's files, which have
 * the same columns. Names of columns: those of the scripts' own help. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "parsers/lines.h"
#include "parsers/parser.h"
#include "parsers/pool.h"
#include "parsers/poolmonps.h"
#include "parsers/stamp.h"

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
	const struct page *page;
	struct stamps *stamps;
	struct poolmonps_heading heading;
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
		if (p->heading.has[(parts[i].paged ? ROLE_PAGED : ROLE_NONPAGED) + ROLE_BYTES] &&
			parts[i].bytes != POOL_UNKNOWN && !never)
			part_put(p, &parts[i], line);
	}
}

static bool row_read(struct poolmonps *p, struct span line, uint64_t number)
{
	struct span cells[ROLES];
	struct pool_row parts[2] = { { .paged = true }, { .paged = false } };
	bool whole = poolmonps_cells(p->row_arena, &p->heading, line, cells), lost = false;
	p->sink->cut = !whole;
	if (!cells[ROLE_TAG].n && !whole)
		return false;
	for (int i = 0; i < 2; i++) {
		if (!poolmonps_pool(cells + (i == 0 ? ROLE_PAGED : ROLE_NONPAGED), &parts[i]))
			return false;
		if (p->heading.separator)
			pool_tag_right(p->page, cells[ROLE_TAG], parts[i].tag, &lost);
		else
			lost |= !page_tag(p->page, cells[ROLE_TAG], parts[i].tag);
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
	struct poolmonps_heading heading;
	/* "#TYPE Selected...", which ConvertTo-Csv prints before its heading */
	if (!text_trim(line).n || text_starts(line, "#TYPE ") || poolmonps_is_rule(line))
		return;
	p->sink->cut = false;
	if (poolmonps_heading_read(line, &heading)) {
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
	*p = (struct poolmonps){
		.source = source, .sink = sink, .page = reader_page(r), .stamps = stamp_open()
	};
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
	struct poolmonps_heading heading;
	struct span line;
	bool table = false;
	for (int i = 0; i < LOOK && text_cut(&head, '\n', &line); i++) {
		if (table && poolmonps_is_rule(text_trim(line)))
			return 90;
		table = poolmonps_heading_read(text_trim(line), &heading);
		if (table && heading.separator)
			return 92;
	}
	*missing = "a heading with Tag and PagedUsedBytes or NonPagedUsedBytes";
	return 0;
}

const struct parser parser_poolmonps = { "poolmonps", "output of poolmon-powershell, files of PoolmonViz",
	probe, parse, WHOSE_FOLDER };
