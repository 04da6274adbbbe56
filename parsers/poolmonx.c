/* SPDX-License-Identifier: MIT
 * Reads the tables that PoolMonX 1 to 3 saves. Layouts: those that the released versions write; only what
 * version 1 wrote was met as a file. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "parsers/lines.h"
#include "parsers/parser.h"
#include "parsers/pool.h"
#include "parsers/stamp.h"

/* Version 1: Tag,Type,Allocs,Frees,Diff,Bytes,KBytes,B / Alloc,Source,Source Description, (UTF-16 without a
 * BOM). Version 2: Tag,Paged Allocs,Paged Frees,Paged Diff,Paged Usage,NPaged Allocs,...,Source,Source
 * Description, with a NUL behind every cell and every comma. Version 3 has the tag's number, 0x and
 * hexadecimal digits, as its second column, and may have no heading. Nothing is quoted, so a comma in a tag
 * or in a description is told by the numbers around it. */
enum kind { KIND_BOTH, KIND_PAGED, KIND_NONPAGED }; /* of both pools a row holds four numbers each */

struct poolmonx_row {
	enum kind kind;
	struct span tag, value; /* value: version 3's number of the tag */
	int64_t numbers[8];     /* Allocs, Frees, Diff, Bytes; of both: paged, nonpaged */
	struct span source, text;
	bool cut; /* version 1's comma at the end is missing */
};

enum tally { TALLY_WRAPPED, TALLY_LOST, TALLY_VALUE, TALLIES };

struct poolmonx {
	const struct source *source;
	struct sink *sink;
	const struct page *page;
	struct arena *line_arena;
	struct pool_seen seen;
	uint64_t heading; /* the line of one whose rows have not come yet; 0: none */
	uint64_t tables;
	bool open;
	struct unread unread, tallies[TALLIES];
};

/* ---- lines ---- */

/* Version 2's NULs. No other byte is lost: a tag ends before its first one anyway. */
static struct span without_nuls(struct arena *a, struct span line)
{
	if (!line.n || !memchr(line.p, 0, line.n))
		return line;
	char *text = arena_alloc(a, line.n);
	size_t n = 0;
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i])
			text[n++] = line.p[i];
	return (struct span){ text, n };
}

static bool cell_number(struct span *rest, int64_t most, int64_t *number)
{
	struct span cell;
	uint64_t read;
	if (!text_cut(rest, ',', &cell) || !text_uint_base(text_trim(cell), 10, &read) ||
		read > (uint64_t)most)
		return false;
	*number = (int64_t)read;
	return true;
}

static bool cells_counts(struct span *rest, int64_t numbers[4])
{
	for (int i = 0; i < 3; i++)
		if (!cell_number(rest, UINT32_MAX, &numbers[i]))
			return false;
	return cell_number(rest, INT64_MAX, &numbers[3]) &&
	       (uint32_t)(numbers[0] - numbers[1]) == (uint32_t)numbers[2];
}

/* What stands behind the tag's comma. The last number has a comma behind it, or the row is cut. */
static bool cells_read(struct span rest, struct poolmonx_row *row)
{
	struct span cell;
	if (text_starts(rest, "Paged,") || text_starts(rest, "Non Paged,")) {
		row->kind = text_starts(rest, "P") ? KIND_PAGED : KIND_NONPAGED;
		text_cut(&rest, ',', &cell);
		/* "152503 KB" and Bytes / Diff say nothing new */
		if (!cells_counts(&rest, row->numbers) || !text_cut(&rest, ',', &cell) ||
			!text_ends_nocase(cell, " KB") || !text_find(rest, ",") ||
			!text_cut(&rest, ',', &cell))
			return false;
	} else {
		row->kind = KIND_BOTH;
		if (text_starts(text_trim(text_head(rest, 8)), "0x") && text_cut(&rest, ',', &cell))
			row->value = text_tail(text_trim(cell), 2);
		if (!cells_counts(&rest, row->numbers) || !text_find(rest, ",") ||
			!cells_counts(&rest, row->numbers + 4))
			return false;
	}
	row->source = row->text = (struct span){ "", 0 };
	if (text_cut(&rest, ',', &cell))
		row->source = text_trim(cell);
	row->cut = row->kind != KIND_BOTH && !(rest.n && rest.p[rest.n - 1] == ',');
	if (rest.n && rest.p[rest.n - 1] == ',')
		rest.n--;
	row->text = text_trim(rest);
	return true;
}

/* "a,b1,Paged,...": of the commas in the first characters the one behind which all numbers fit ends the
 * tag. */
static bool row_read(struct span line, struct poolmonx_row *row)
{
	size_t at = 0, length;
	for (int characters = 0; characters <= 4 && at < line.n; characters++) {
		*row = (struct poolmonx_row){ .tag = text_head(line, at) };
		if (line.p[at] == ',' && cells_read(text_tail(line, at + 1), row))
			return true;
		text_get_utf8(text_tail(line, at), &length);
		at += length;
	}
	return false;
}

/* 1, 2 or 3: the version whose heading this is; 0: none. */
static int heading_of(struct span line)
{
	static const char *const columns[][5] = { { "Tag", "Type", "Allocs", "Frees", "Diff" },
		{ "Tag", "Paged Allocs", "Paged Frees", "Paged Diff", "Paged Usage" },
		{ "Tag", "Value", "Paged Allocs", "Paged Frees", "Paged Diff" } };
	for (int version = 0; version < (int)LEN(columns); version++) {
		struct span rest = line, cell;
		size_t i = 0;
		while (i < LEN(columns[0]) && text_cut(&rest, ',', &cell) &&
			span_equal_nocase(text_trim(cell), span_of(columns[version][i])))
			i++;
		if (i == LEN(columns[0]))
			return version + 1;
	}
	return 0;
}

/* ---- rows ---- */

/* Version 3 prints the tag's number as well, the first character lowest. It shows what the text lost: blanks
 * at the end, signs of another code page. */
static void tag_read(struct poolmonx *p, const struct poolmonx_row *row, uint64_t line, unsigned char tag[4])
{
	bool lost = false, ignored = false;
	unsigned char of_text[4];
	uint64_t value;
	pool_tag_right(p->page, row->tag, of_text, &lost);
	memcpy(tag, of_text, sizeof of_text);
	if (row->value.n && row->value.n <= 8 && text_uint_base(row->value, 16, &value)) {
		char bytes[8];
		size_t n = 0;
		for (int i = 0; i < 4; i++)
			n += text_put_utf8(bytes + n, text_1252_character((unsigned char)(value >> 8 * i)));
		pool_tag_right(NULL, (struct span){ bytes, n }, tag, &ignored);
		char *nul = memchr(bytes, 0, n);
		struct span shown = text_trim((struct span){ bytes, nul ? (size_t)(nul - bytes) : n });
		if (!lost && text_is_ascii(row->tag) && !span_equal(shown, text_trim(row->tag))) {
			unread_add(&p->tallies[TALLY_VALUE], line);
			memcpy(tag, of_text, sizeof of_text);
		}
		return;
	}
	if (lost)
		unread_add(&p->tallies[TALLY_LOST], line);
}

static void table_begin(struct poolmonx *p, uint64_t line)
{
	struct stamps *stamps;
	struct stamp stamp;
	struct record r;
	if (p->open)
		return;
	p->open = true;
	pool_seen_begin(&p->seen);
	record_start(&r, RECORD_SNAPSHOT, line);
	p->heading = 0;
	/* The name tells the time of the first table only. */
	stamps = stamp_open();
	bool named = p->tables++ == 0 && stamp_in_name(stamps, p->source->name, &stamp);
	stamp_record(named ? &stamp : NULL, "file name", &r);
	record_text(&r, SNAPSHOT_SCOPE, SPAN("system"));
	record_text(&r, SNAPSHOT_VIEW, SPAN("snapshot"));
	record_text(&r, SNAPSHOT_TOOL, SPAN("poolmonx"));
	p->sink->record(p->sink, &r);
	stamp_close(stamps);
}

static void pool_part(struct poolmonx *p, uint64_t line, struct pool_row *out, const int64_t numbers[4])
{
	char name[TAG_TEXT];
	const char *why = NULL;
	out->allocs = numbers[0];
	out->frees = numbers[1];
	out->diff = numbers[2];
	out->bytes = numbers[3];
	if (pool_seen_has(&p->seen, out->tag, out->paged))
		why = "a second row of this tag and pool in one table";
	else if (!pool_seen_add(&p->seen, out->tag, out->paged))
		why = "more rows in one table than Windows has tags";
	if (why) {
		tag_name(out->tag, name);
		sink_note(p->sink, line, "%s %s: %s; row skipped", name, pool_names[out->paged], why);
		return;
	}
	if (out->diff <= INT32_MAX && out->bytes < out->diff * POOL_BLOCK_LEAST)
		unread_add(&p->tallies[TALLY_WRAPPED], line);
	pool_row_write(out, line, p->sink);
}

static bool all_zero(const int64_t numbers[4])
{
	return !(numbers[0] | numbers[1] | numbers[2] | numbers[3]);
}

static void on_row(struct poolmonx *p, uint64_t line, const struct poolmonx_row *row)
{
	struct pool_row out = { .driver = pool_driver(p->line_arena, row->source, row->text) };
	table_begin(p, line);
	tag_read(p, row, line, out.tag);
	if (row->kind != KIND_BOTH) {
		out.paged = row->kind == KIND_PAGED;
		pool_part(p, line, &out, row->numbers);
		return;
	}
	/* poolmon prints no row for a pool in which the tag never was */
	for (int part = 0; part < 2; part++) {
		out.paged = part == 0;
		if (!all_zero(row->numbers + (size_t)part * 4))
			pool_part(p, line, &out, row->numbers + (size_t)part * 4);
	}
}

/* ---- the parser ---- */

static void heading_end(struct poolmonx *p)
{
	if (p->heading)
		sink_note(p->sink, p->heading, "a heading has no rows beneath it; no snapshot");
	p->heading = 0;
}

static void notes_write(const struct poolmonx *p)
{
	static const char *const sentences[TALLIES] = {
		[TALLY_WRAPPED] =
			("rows hold too few bytes for their allocations (version 1 prints bytes modulo 4 GiB); "
			 "kept as printed"),
		[TALLY_LOST] =
			"rows whose tag went through another code page; what could not be told became '?'",
		[TALLY_VALUE] = "rows whose tag is not what their Value says; the tag was taken as printed",
	};
	for (int i = 0; i < TALLIES; i++)
		if (p->tallies[i].lines)
			sink_note(p->sink, p->tallies[i].first, "%" PRIu64 " %s", p->tallies[i].lines,
				sentences[i]);
	unread_note(&p->unread, p->sink, "rows of PoolMonX");
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct poolmonx p = {
		.source = source, .sink = sink, .page = reader_page(r), .line_arena = arena_open()
	};
	struct poolmonx_row row;
	struct span line;
	bool cut = false;
	while (reader_line(r, &line)) {
		uint64_t number = reader_line_number(r);
		arena_reset(p.line_arena);
		line = without_nuls(p.line_arena, line);
		if (!text_trim(line).n)
			continue;
		cut = false;
		if (row_read(line, &row)) {
			on_row(&p, number, &row);
			cut = row.cut;
		} else if (heading_of(line)) {
			heading_end(&p);
			p.open = false;
			p.heading = number;
		} else {
			cut = p.open;
			unread_add(&p.unread, number);
		}
	}
	sink->cut |= cut;
	heading_end(&p);
	notes_write(&p);
	pool_seen_free(&p.seen);
	arena_close(p.line_arena);
}

#define TRUST 3 /* rows without a heading are believed when there are so many */

static int probe(struct span head, const char **missing)
{
	struct arena *a = arena_open();
	struct poolmonx_row row;
	struct span line;
	int rows = 0, headings = 0, others = 0;
	while (!headings && rows < TRUST && others < TRUST && text_cut(&head, '\n', &line)) {
		line = without_nuls(a, line);
		line.n -= line.n && line.p[line.n - 1] == '\r';
		if (!text_trim(line).n)
			continue;
		if (row_read(line, &row))
			rows++;
		else if (heading_of(line))
			headings++;
		else
			others++;
		arena_reset(a);
	}
	arena_close(a);
	if (headings)
		return 95;
	if (rows >= TRUST && !others)
		return 75;
	*missing = "a heading of PoolMonX (Tag,Type,Allocs,Frees,Diff or Tag,Paged Allocs,Paged Frees)";
	return 0;
}

const struct parser parser_poolmonx = { "poolmonx", "tables saved by PoolMonX 1 to 3", probe, parse,
	WHOSE_FOLDER };
