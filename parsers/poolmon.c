/* SPDX-License-Identifier: MIT
 * Reads poolmon's snapshots (-n) and copies of its live screen, one or many to a file, with the stamps around
 * them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "parsers/parser.h"
#include "parsers/poolmon.h"

/* A row that waits for enough others like it. */
struct held {
	struct poolmon_row row;
	uint64_t line;
	bool first; /* of its block, whose head this is */
	struct poolmon_head head;
};

struct parse {
	const struct source *source;
	struct sink *sink;
	struct poolmon_reader *lines;
	struct stamps *stamps;
	struct poolmon_blocks *blocks;
	struct poolmon_head next; /* what belongs to the next block */
	uint64_t begun;           /* blocks */
	int indent;
	bool headless, trusted, apart; /* apart: something stood between this headless row and the last */
	bool half_line;                /* the last line that is not blank could be the beginning of one */
	struct held held[POOLMON_TRUST - 1];
	size_t held_n;
	struct arena *held_texts;
	char split[32]; /* " A\tB": a row whose tag holds a line end goes on in the next line */
	size_t split_n;
	uint64_t split_line;
};

static void head_clear(struct poolmon_head *head)
{
	memset(head, 0, sizeof *head);
	record_start(&head->record, RECORD_SNAPSHOT, 0);
}

static void head_stamp(
	struct poolmon_head *head, const struct stamp *stamp, const char *source, uint64_t line)
{
	head->time_source = source;
	head->stamp = *stamp;
	head->time_line = line;
	snprintf(head->time_text, sizeof head->time_text, "%.*s", (int)text_head_whole(stamp->text, 500).n,
		stamp->text.p);
}

/* "03/11/2010 14:05" in a file called 20101103_1405: the name proves the order of day and month, if it is
 * within a day of one reading only. A script may name its file when it starts and write the first block hours
 * later. */
static void stamp_prove(struct stamp *stamp, const struct stamp *name)
{
	bool day_first, month_first;

	if (stamp->other == WHEN_NONE || name->local == WHEN_NONE || name->other != WHEN_NONE)
		return;
	day_first = name->local - stamp->local <= WHEN_DAY && stamp->local - name->local <= WHEN_DAY;
	month_first = name->local - stamp->other <= WHEN_DAY && stamp->other - name->local <= WHEN_DAY;
	if (day_first == month_first)
		return;
	stamp->order = day_first ? "dmy" : "mdy";
	stamp->local = day_first ? stamp->local : stamp->other;
	stamp->other = WHEN_NONE;
}

/* ---- blocks ---- */

static void block_end(struct parse *p)
{
	poolmon_block_end(p->blocks);
	p->headless = false;
	p->apart = true;
}

static void block_begin(struct parse *p, struct poolmon_head *head, const struct poolmon_start *start)
{
	struct stamp stamp;
	/* The name of a file that was appended to tells the time of its first block only. */
	if (p->begun++ == 0 && stamp_in_name(p->stamps, p->source->name, &stamp)) {
		if (!head->time_source)
			head_stamp(head, &stamp, "file name", start->line);
		else
			stamp_prove(&head->stamp, &stamp);
	}
	poolmon_block_begin(p->blocks, head, start);
	p->headless = start->headless;
}

/* ---- rows without a column line: what findstr leaves of a log ---- */

static void held_drop(struct parse *p)
{
	for (size_t i = 0; i < p->held_n; i++)
		sink_note(p->sink, p->held[i].line, "a row stands alone, without a column line; skipped");
	p->held_n = 0;
	arena_reset(p->held_texts);
}

static void headless_row(struct parse *p, uint64_t line, const struct poolmon_row *row,
	enum poolmon_fault fault, bool first, struct poolmon_head *head)
{
	if (first || !p->headless || poolmon_block_holds(p->blocks, row))
		block_begin(p, head, &(struct poolmon_start){ .line = line, .headless = true });
	poolmon_block_row(p->blocks, line, row, fault);
}

static void row_without_block(
	struct parse *p, uint64_t line, const struct poolmon_row *row, enum poolmon_fault fault)
{
	bool first = p->apart;
	if (!p->trusted && fault != POOLMON_SOUND) {
		held_drop(p);
		sink_note(p->sink, line,
			"a row stands without a column line and its numbers disagree; skipped");
		return;
	}
	p->apart = false;
	if (!p->trusted && p->held_n < POOLMON_TRUST - 1) {
		struct held *held = &p->held[p->held_n++];
		*held = (struct held){ *row, line, first, p->next };
		held->row.driver = arena_span(p->held_texts, row->driver);
		if (first)
			head_clear(&p->next);
		return;
	}
	p->trusted = true;
	for (size_t i = 0; i < p->held_n; i++) {
		struct held *held = &p->held[i];
		headless_row(p, held->line, &held->row, POOLMON_SOUND, held->first, &held->head);
	}
	p->held_n = 0;
	arena_reset(p->held_texts);
	headless_row(p, line, row, fault, first, &p->next);
	head_clear(&p->next);
}

/* ---- lines ---- */

static void on_row(struct parse *p, uint64_t line)
{
	struct poolmon_row row;
	enum poolmon_fault fault = poolmon_row_read(p->lines, &row);
	p->half_line = fault == POOLMON_BAD_EACH; /* Per Alloc stands last and may have lost its end */
	if (poolmon_block_open(p->blocks) && !p->headless)
		poolmon_block_row(p->blocks, line, &row, fault);
	else
		row_without_block(p, line, &row, fault);
}

static void on_columns(struct parse *p, struct span line, uint64_t number)
{
	const struct lines *l = poolmon_groups(p->lines);
	struct poolmon_start start = { .line = number };
	struct span word, first, second, rest;
	lines_group(l, "tagword", &word);
	lines_group(l, "gap1", &first);
	lines_group(l, "gap2", &second);
	lines_group(l, "rest", &rest);
	start.drivers = text_find_nocase(rest, "driver") != NULL;
	if (first.n == 9 && second.n == 4)
		start.tool = "poolmon x86";
	else if (first.n == 12 && second.n == 15)
		start.tool = "poolmon x64";
	/* Markdown's "## Tag" says nothing about the rows. */
	struct span before = { line.p, (size_t)(word.p - line.p) };
	p->indent = text_trim(before).n == 0 && before.n < 200 ? (int)before.n : 1;
	held_drop(p);
	block_end(p);
	if (stamp_forget(p->stamps))
		poolmon_tally_add(p->blocks, POOLMON_HALF_STAMP, number);
	block_begin(p, &p->next, &start);
	head_clear(&p->next);
}

/* The summary's numbers are KiB in signed 32 bits: 2 TiB and more are printed negative. */
static void on_summary(struct parse *p, int what, uint64_t number)
{
	struct record read;
	bool fits;
	if (what == POOLMON_MEMORY || poolmon_block_open(p->blocks))
		block_end(p);
	if (what == POOLMON_MEMORY) { /* nothing older can belong to the same block */
		record_start(&p->next.record, RECORD_SNAPSHOT, number);
		p->next.scope[0] = '\0';
		p->next.screen = false;
	}
	p->next.record.line = number;
	record_start(&read, RECORD_SNAPSHOT, number);
	fits = lines_record(poolmon_groups(p->lines), &read);
	for (int column = 0; column < SNAPSHOT_COLUMNS; column++) {
		int64_t n = read.v[column].number;
		if (!read.v[column].known)
			continue;
		if (n < INT32_MIN || n > UINT32_MAX) {
			fits = false;
			continue;
		}
		n = (uint32_t)n;
		record_number(&p->next.record, column, column == SNAPSHOT_PAGE_FAULTS ? n : n * 1024);
	}
	if (!fits)
		sink_note(p->sink, number, "a number of the memory summary is too large; left out");
}

static void on_scope(struct parse *p)
{
	const struct lines *l = poolmon_groups(p->lines);
	struct span text;
	int64_t session;
	block_end(p);
	p->next.scope[0] = '\0';
	if (lines_group(l, "all", &text))
		snprintf(p->next.scope, sizeof p->next.scope, "all sessions");
	else if (lines_int(l, "session", &session))
		snprintf(p->next.scope, sizeof p->next.scope, "session %" PRId64, session);
	p->next.screen = true;
}

static void on_total(struct parse *p, uint64_t number)
{
	const struct lines *l = poolmon_groups(p->lines);
	struct span pool;
	int64_t bytes;
	lines_group(l, "pool", &pool);
	if (poolmon_block_open(p->blocks) && lines_int(l, "bytes", &bytes))
		poolmon_block_total(p->blocks, number, text_starts(pool, "Paged"), bytes);
}

/* Noise, or a stamp. */
static void on_other(struct parse *p, struct span line, uint64_t number, bool noise)
{
	struct stamp stamp;
	enum stamp_part part = stamp_line(p->stamps, line, &stamp);
	if (part == STAMP_WHOLE || part == STAMP_DATE)
		block_end(p);
	if (part == STAMP_NONE && noise && text_trim(line).n)
		poolmon_tally_add(p->blocks, POOLMON_NOISE, number);
	/* What the tool says of itself in UTC stays; of the script's stamps the nearest counts. */
	if (part == STAMP_WHOLE && !(p->next.by_tool && noise)) {
		head_stamp(&p->next, &stamp,
			stamp.zoned    ? "zoned stamp"
			: stamp.marked ? "marker"
				       : "date line",
			number);
		p->next.by_tool = !noise;
	}
}

static void on_failed_run(struct parse *p, int what, uint64_t number)
{
	struct span status;
	block_end(p);
	head_clear(&p->next);
	stamp_forget(p->stamps);
	lines_group(poolmon_groups(p->lines), "status", &status);
	if (what == POOLMON_NO_FILE)
		poolmon_tally_add(p->blocks, POOLMON_UNWRITTEN, number);
	else if (span_equal_nocase(status, SPAN("C0000002"))) /* STATUS_NOT_IMPLEMENTED */
		poolmon_tally_add(p->blocks, POOLMON_TAGGING_OFF, number);
	else
		sink_note(p->sink, number,
			"poolmon was refused the tags with status %.*s; nothing to read there", (int)status.n,
			status.p);
}

static void on_line(struct parse *p, int what, struct span line, uint64_t number)
{
	/* rows and totals begin like this; no other line of a block does */
	p->half_line = what == POOLMON_BROKEN || (what < 0 && line.n < 12 && text_trim(line).n &&
							 (line.p[0] == ' ' || line.p[0] == 'T'));
	switch (what) {
	case POOLMON_ROW:
	case POOLMON_LOOSE: on_row(p, number); break;
	case POOLMON_TOTAL: on_total(p, number); break;
	case POOLMON_COLUMNS: on_columns(p, line, number); break;
	case POOLMON_MEMORY:
	case POOLMON_COMMIT: on_summary(p, what, number); break;
	case POOLMON_SCOPE: on_scope(p); break;
	case POOLMON_NO_FILE:
	case POOLMON_NO_TAGS: on_failed_run(p, what, number); break;
	case POOLMON_LEFT_OUT: poolmon_tally_add(p->blocks, POOLMON_SNIPPED, number); break;
	case POOLMON_BROKEN:
		if (poolmon_block_open(p->blocks))
			poolmon_block_broken(p->blocks, number);
		else
			on_other(p, line, number, true);
		break;
	case POOLMON_KEY:
		if (text_starts(line, "!LogType"))
			block_end(p);
		on_other(p, line, number, false);
		break;
	case POOLMON_RULE:
	case POOLMON_CHATTER: break;
	default: on_other(p, line, number, true); break;
	}
}

/* ---- tags with a line end in them ---- */

/* " A\tB" and " Paged  11 …" are one row: its tag ends in a line feed. Nothing shorter than the five
 * characters before a type is a row's beginning. */
static bool split_keep(struct parse *p, struct span line, uint64_t number)
{
	if (!poolmon_block_open(p->blocks) || !line.n || line.p[0] != ' ' || text_characters(line) > 4)
		return false;
	memcpy(p->split, line.p, line.n);
	p->split_n = line.n;
	p->split_line = number;
	return true;
}

static bool split_join(struct parse *p, struct span line)
{
	char joined[512];
	struct span both = { joined, p->split_n + 1 + line.n };
	if (both.n > sizeof joined)
		return false;
	memcpy(joined, p->split, p->split_n);
	joined[p->split_n] = '\n';
	if (line.n)
		memcpy(joined + p->split_n + 1, line.p, line.n);
	if (both.n <= sizeof p->split && text_characters(both) <= 5) { /* the tag goes on */
		memcpy(p->split, joined, both.n);
		p->split_n = both.n;
		return true;
	}
	/* A line that holds one blank is usually just that, above a row that lost its columns: "Io  Paged 12
	 * …". */
	if (text_trim((struct span){ p->split, p->split_n }).n == 0 &&
		poolmon_line(p->lines, line, p->indent) == POOLMON_LOOSE)
		return false;
	if (poolmon_line(p->lines, both, p->indent) != POOLMON_ROW)
		return false;
	p->split_n = 0;
	on_row(p, p->split_line);
	return true;
}

/* It was no row's beginning: " ..." says that rows were left out, "14.5" is nothing. */
static void split_give_up(struct parse *p)
{
	struct span line = { p->split, p->split_n };
	if (p->split_n)
		on_line(p, poolmon_line(p->lines, line, p->indent), line, p->split_line);
	p->split_n = 0;
}

/* ---- the parser ---- */

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct parse *p = calloc(1, sizeof *p);
	struct span line;
	if (!p)
		die("out of memory");
	*p = (struct parse){ .source = source, .sink = sink, .indent = 1, .apart = true };
	p->lines = poolmon_open(reader_page(r));
	p->stamps = stamp_open();
	p->blocks = poolmon_blocks_open(sink);
	p->held_texts = arena_open();
	head_clear(&p->next);
	while (reader_line(r, &line)) {
		uint64_t number = reader_line_number(r);
		if (p->split_n && split_join(p, line))
			continue;
		if (p->split_n)
			split_give_up(p);
		line = poolmon_unquoted(line);
		if (line.n && !split_keep(p, line, number))
			on_line(p, poolmon_line(p->lines, line, p->indent), line, number);
	}
	split_give_up(p);
	held_drop(p);
	sink->cut |= p->half_line && poolmon_block_open(p->blocks);
	poolmon_block_end(p->blocks);
	if (p->next.record.v[SNAPSHOT_PHYSICAL].known || p->next.record.v[SNAPSHOT_POOL_PAGED].known)
		sink_note(sink, p->next.record.line, "a memory summary has no block after it; not used");
	if (p->next.time_source)
		sink_note(sink, p->next.time_line, "the time stamp \"%s\" has no block after it; not used",
			p->next.time_text);
	poolmon_blocks_close(p->blocks);
	poolmon_close(p->lines);
	stamp_close(p->stamps);
	arena_close(p->held_texts);
	free(p);
}

const struct parser parser_poolmon = {
	"poolmon",
	"poolmon snapshots (-n) and copies of its screen",
	poolmon_probe,
	parse,
	.whose = WHOSE_FOLDER,
};
