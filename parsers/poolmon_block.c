/* SPDX-License-Identifier: MIT
 * Turns the rows of one poolmon block into a snapshot: each tag and pool once, sums held against the totals.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "parsers/pool.h"
#include "parsers/poolmon.h"

/* ---- blocks ---- */

struct tally {
	uint64_t count, line;
};

struct poolmon_blocks {
	struct sink *sink;
	struct tally tallies[POOLMON_TALLIES];
	struct pool_seen seen;
	bool open, written, shown, live, mixed; /* shown: a row showed the layout */
	const char *tool;
	struct poolmon_head head;
	struct poolmon_start start;
	uint64_t rows, kept;
	int64_t sum[2], total[2]; /* by pool: nonpaged, paged */
	uint64_t total_line[2];   /* 0: no such line */
};

struct poolmon_blocks *poolmon_blocks_open(struct sink *sink)
{
	struct poolmon_blocks *b = calloc(1, sizeof *b);
	if (!b)
		die("out of memory");
	b->sink = sink;
	return b;
}

void poolmon_tally_add(struct poolmon_blocks *b, enum poolmon_tally kind, uint64_t line)
{
	if (b->tallies[kind].count++ == 0)
		b->tallies[kind].line = line;
}

void poolmon_blocks_close(struct poolmon_blocks *b)
{
	/* behind "N " */
	static const char *const sentences[POOLMON_TALLIES] = {
		[POOLMON_EMPTY] = "blocks hold no rows (pool tagging may be off); kept as empty snapshots",
		[POOLMON_EACH] = "rows whose Per Alloc is not Bytes / Diff; kept, for Diff is Allocs - Frees",
		[POOLMON_WRAPPED] =
			"rows hold too few bytes for their allocations (the x86 tool prints bytes modulo 4 GiB); "
			"kept as printed",
		[POOLMON_BELOW_ZERO] =
			"rows count fewer bytes than none (more was freed than allocated); kept as printed",
		[POOLMON_TAG_LOST] =
			"rows whose tag went through another code page; what could not be told became '?'",
		[POOLMON_MIXED] = "blocks mix rows with and without deltas; kept as one",
		[POOLMON_HEADLESS] =
			"blocks have no column line; taken as parts of a capture, for their numbers agree",
		[POOLMON_SNIPPED] = "places where rows were left out by hand; what is there was read",
		[POOLMON_HALF_STAMP] = "dates or times of day stand alone before a block; not used",
		[POOLMON_UNWRITTEN] =
			"runs of poolmon could not open their file and left no snapshot; nothing to read there",
		[POOLMON_TAGGING_OFF] =
			"runs of poolmon were refused the tags: pool tagging is off on that system "
			"(before Windows Server 2003 gflags must turn it on); nothing to read there",
		[POOLMON_NOISE] = "lines are no part of poolmon's output; skipped",
	};
	for (int kind = 0; kind < POOLMON_TALLIES; kind++)
		if (b->tallies[kind].count)
			sink_note(b->sink, b->tallies[kind].line, "%" PRIu64 " %s", b->tallies[kind].count,
				sentences[kind]);
	pool_seen_free(&b->seen);
	free(b);
}

void poolmon_block_begin(
	struct poolmon_blocks *b, const struct poolmon_head *head, const struct poolmon_start *start)
{
	poolmon_block_end(b);
	b->open = true;
	b->written = b->shown = b->live = b->mixed = false;
	b->head = *head;
	b->start = *start;
	b->tool = start->tool;
	b->rows = b->kept = 0;
	memset(b->sum, 0, sizeof b->sum);
	memset(b->total_line, 0, sizeof b->total_line);
	pool_seen_begin(&b->seen);
	if (start->headless)
		poolmon_tally_add(b, POOLMON_HEADLESS, start->line);
}

bool poolmon_block_open(const struct poolmon_blocks *b)
{
	return b->open;
}

bool poolmon_block_holds(const struct poolmon_blocks *b, const struct poolmon_row *row)
{
	return b->open && pool_seen_has(&b->seen, row->tag, row->paged);
}

/* The snapshot goes before its rows; the first row tells the layout. */
static void head_write(struct poolmon_blocks *b)
{
	const struct poolmon_head *h = &b->head;
	struct record r = h->record;
	if (b->written)
		return;
	b->written = true;
	r.line = b->start.line;
	struct stamp stamp = h->stamp;
	stamp.text = span_of(h->time_text);
	stamp_record(h->time_source ? &stamp : NULL, h->time_source, &r);
	record_text(&r, SNAPSHOT_SCOPE, span_of(*h->scope ? h->scope : "system"));
	/* rows that were picked out of a snapshot are as partial as a screen */
	record_text(
		&r, SNAPSHOT_VIEW, span_of(b->live || h->screen || b->start.headless ? "live" : "snapshot"));
	if (b->tool)
		record_text(&r, SNAPSHOT_TOOL, span_of(b->tool));
	b->sink->record(b->sink, &r);
}

static void row_write(struct poolmon_blocks *b, uint64_t line, const struct poolmon_row *row)
{
	struct pool_row out = { .paged = row->paged,
		.allocs = row->allocs,
		.frees = row->frees,
		.diff = row->diff,
		.bytes = row->bytes };
	memcpy(out.tag, row->tag, sizeof out.tag);
	/* without the column, what stands behind a row is somebody's remark */
	if (row->driver.n && (b->start.drivers || row->driver.p[0] == '['))
		out.driver = row->driver;
	pool_row_write(&out, line, b->sink);
}

static int64_t sum_add(int64_t sum, int64_t bytes)
{
	if (bytes > 0 && sum > INT64_MAX - bytes)
		return INT64_MAX;
	return bytes < 0 && sum < INT64_MIN - bytes ? INT64_MIN : sum + bytes;
}

/* A wrong number is worse than none: a row whose counts disagree is dropped, each with its own note. */
static bool row_is_lost(
	struct poolmon_blocks *b, uint64_t line, const struct poolmon_row *row, enum poolmon_fault fault)
{
	char name[TAG_TEXT];
	const char *why = NULL;
	if (fault == POOLMON_BAD_NUMBER)
		why = "a number is too large for its column";
	else if (fault == POOLMON_BAD_DIFF)
		why = "Diff is not Allocs - Frees";
	else if (pool_seen_has(&b->seen, row->tag, row->paged))
		why = "a second row of this tag and pool in one block, whose end must be missing";
	else if (!pool_seen_add(&b->seen, row->tag, row->paged))
		why = "more rows in one block than Windows has tags";
	tag_name(row->tag, name);
	if (why)
		sink_note(b->sink, line, "%s %s: %s; row skipped", name, pool_names[row->paged], why);
	return why != NULL;
}

void poolmon_block_row(
	struct poolmon_blocks *b, uint64_t line, const struct poolmon_row *row, enum poolmon_fault fault)
{
	if (!b->shown) {
		b->shown = true;
		b->live = row->live;
		if (row->tool)
			b->tool = row->tool;
	}
	b->rows++;
	b->mixed |= b->live != row->live;
	if (row_is_lost(b, line, row, fault))
		return;
	head_write(b);
	row_write(b, line, row);
	b->kept++;
	b->sum[row->paged] = sum_add(b->sum[row->paged], row->bytes);
	if (fault == POOLMON_BAD_EACH)
		poolmon_tally_add(b, POOLMON_EACH, line);
	if (row->wrapped)
		poolmon_tally_add(b, POOLMON_WRAPPED, line);
	if (row->bytes < 0)
		poolmon_tally_add(b, POOLMON_BELOW_ZERO, line);
	if (row->tag_lost)
		poolmon_tally_add(b, POOLMON_TAG_LOST, line);
}

void poolmon_block_broken(struct poolmon_blocks *b, uint64_t line)
{
	b->rows++;
	sink_note(b->sink, line, "a row is cut or damaged; skipped");
}

void poolmon_block_total(struct poolmon_blocks *b, uint64_t line, bool paged, int64_t bytes)
{
	b->total[paged] = bytes;
	b->total_line[paged] = line;
}

#define FOUR_GIB (INT64_C(4) << 30)

/* Rows against the tool's Total line (of a complete capture) and against the summary's Pool N: and P:. */
static void sums_check(struct poolmon_blocks *b, int pool)
{
	static const int columns[2] = { SNAPSHOT_POOL_NONPAGED, SNAPSHOT_POOL_PAGED };
	const struct value *all = &b->head.record.v[columns[pool]];
	int64_t sum = b->sum[pool];
	bool x86 = b->tool && strcmp(b->tool, "poolmon x86") == 0;
	bool complete = !b->live && !b->start.headless;
	if (complete && b->total_line[pool]) {
		int64_t total = b->total[pool];
		/* the x86 tool adds up modulo 2^32 */
		if (x86 ? (uint32_t)sum != (uint32_t)total : sum != total)
			sink_note(b->sink, b->total_line[pool],
				"rows of the %s pool add up to %" PRId64
				" bytes, their Total line says %" PRId64 "; rows kept",
				pool_names[pool], sum, total);
	}
	if (!all->known || *b->head.scope)
		return;
	if (sum > all->number)
		sink_note(b->sink, b->start.line,
			"rows of the %s pool add up to %" PRId64 " bytes, more than the %" PRId64
			" of the summary (mixed or damaged block); rows kept",
			pool_names[pool], sum, all->number);
	else if (complete && x86 && b->kept && all->number - sum >= FOUR_GIB)
		sink_note(b->sink, b->start.line,
			"rows of the %s pool add up to %" PRId64 " bytes, 4 GiB or more below the %" PRId64
			" of the summary: the x86 tool prints bytes modulo 4 GiB; rows kept as printed",
			pool_names[pool], sum, all->number);
}

void poolmon_block_end(struct poolmon_blocks *b)
{
	if (!b->open)
		return;
	head_write(b);
	if (!b->rows)
		poolmon_tally_add(b, POOLMON_EMPTY, b->start.line);
	if (b->mixed)
		poolmon_tally_add(b, POOLMON_MIXED, b->start.line);
	sums_check(b, 0);
	sums_check(b, 1);
	b->open = false;
}
