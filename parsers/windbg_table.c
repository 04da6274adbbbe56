/* SPDX-License-Identifier: MIT
 * Keeps the rows of a table, which state both pools of a tag, until its end shows whether it is complete. */
#include "parsers/windbg.h"

#include "core/text.h"
#include "parsers/pool.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_MOST 65536 /* Windows knows some thousands of tags */

struct row {
	struct windbg_line is;
	uint64_t line;
	bool again; /* a second row of its tag */
};

struct windbg_table {
	struct sink *sink;
	struct arena *arena; /* of one table */
	struct windbg_start start;
	struct windbg_columns columns;
	bool holds, reads;
	struct row *rows;
	size_t count;
	uint64_t surplus, surplus_line; /* rows beyond ROWS_MOST */
	bool dressed;                   /* a row has something behind its last number */
	int64_t total[2];
	uint64_t total_line; /* 0: there is none */
};

struct windbg_table *windbg_table_open(struct sink *sink)
{
	struct windbg_table *t = calloc(1, sizeof *t);

	if (!t)
		die("out of memory");
	t->sink = sink;
	t->arena = arena_open();
	return t;
}

void windbg_table_close(struct windbg_table *t)
{
	arena_close(t->arena);
	free(t);
}

bool windbg_table_holds(const struct windbg_table *t)
{
	return t->holds;
}

bool windbg_table_reads(const struct windbg_table *t)
{
	return t->reads;
}

bool windbg_table_session(const struct windbg_table *t)
{
	return t->holds && t->start.session;
}

void windbg_table_stop(struct windbg_table *t)
{
	t->reads = false;
}

bool windbg_table_begin(struct windbg_table *t, const struct windbg_start *start)
{
	struct sink *sink = t->sink;
	struct arena *arena = t->arena;

	arena_reset(arena);
	*t = (struct windbg_table){ .sink = sink, .arena = arena, .start = *start };
	t->holds = t->reads = windbg_columns_read(&t->columns, start->columns, start->pools);
	t->columns.indent = start->indent;
	t->start.columns = (struct span){ "", 0 };
	return t->holds;
}

/* ---- rows ---- */

static void row_keep(struct windbg_table *t, const struct row *row)
{
	if (t->count == ROWS_MOST) {
		if (!t->surplus++)
			t->surplus_line = row->line;
		return;
	}
	t->rows = arena_grow(t->arena, t->rows, t->count, sizeof *t->rows);
	t->rows[t->count] = *row;
	t->rows[t->count++].is.driver = arena_span(t->arena, row->is.driver);
}

enum windbg_row windbg_table_row(struct windbg_table *t, uint64_t number, struct span line)
{
	struct row row = { .line = number };
	const char *fault = NULL;
	char name[TAG_TEXT];
	enum windbg_row what = windbg_row_read(&t->columns, line, &row.is, &fault);

	if (what == WINDBG_ROW_BROKEN)
		sink_note(t->sink, number, "a row is cut or damaged; skipped");
	if (what != WINDBG_ROW)
		return what;
	t->dressed |= !row.is.bare;
	tag_name(row.is.tag, name);
	if (fault)
		sink_note(t->sink, number, "%s: %s; row skipped", name, fault);
	else
		row_keep(t, &row);
	return what;
}

bool windbg_table_total(struct windbg_table *t, uint64_t number, struct span numbers)
{
	const struct windbg_columns *c = &t->columns;
	int64_t value[WINDBG_COLUMNS];
	bool fits, whole = windbg_numbers_read(c, &numbers, value, &fits) == c->count && fits;

	t->reads = false;
	if (!whole) {
		sink_note(t->sink, number, "the TOTAL row is cut or damaged; not used");
		return false;
	}
	t->total_line = number;
	for (size_t i = 0; i < c->count; i++)
		if (c->columns[i].field == WINDBG_USED)
			t->total[c->columns[i].pool] = value[i];
	return true;
}

bool windbg_table_cut(struct windbg_table *t, uint64_t last_line)
{
	const struct row *row = t->count ? &t->rows[t->count - 1] : NULL;

	if (!t->reads || !row || row->line != last_line || !row->is.bare || !t->dressed)
		return false;
	sink_note(t->sink, last_line, "the last row ends in a number, which may be cut; row skipped");
	t->count--;
	return true;
}

/* ---- the end of a table ---- */

static int by_tag(const void *a, const void *b)
{
	const struct row *x = *(struct row *const *)a, *y = *(struct row *const *)b;
	int tags = memcmp(x->is.tag, y->is.tag, sizeof x->is.tag);

	return tags ? tags : (x > y) - (x < y);
}

/* The first row of a tag stays. */
static void rows_again(struct windbg_table *t)
{
	struct row **sorted = arena_alloc(t->arena, (t->count + 1) * sizeof *sorted);
	char name[TAG_TEXT];

	for (size_t i = 0; i < t->count; i++)
		sorted[i] = &t->rows[i];
	if (t->count)
		qsort(sorted, t->count, sizeof *sorted, by_tag);
	for (size_t i = 1; i < t->count; i++)
		sorted[i]->again =
			memcmp(sorted[i]->is.tag, sorted[i - 1]->is.tag, sizeof sorted[i]->is.tag) == 0;
	for (size_t i = 0; i < t->count; i++) {
		if (!t->rows[i].again)
			continue;
		tag_name(t->rows[i].is.tag, name);
		sink_note(t->sink, t->rows[i].line, "%s: a second row of this tag in one table; row skipped",
			name);
	}
}

static int64_t pool_sum(const struct windbg_table *t, int pool)
{
	int64_t sum = 0;

	for (size_t i = 0; i < t->count; i++)
		if (!t->rows[i].again && t->rows[i].is.value[pool][WINDBG_USED] <= INT64_MAX - sum)
			sum += t->rows[i].is.value[pool][WINDBG_USED];
	return sum;
}

/* Do the rows add up to the TOTAL row? A part of the tags has a sum of its own, which says nothing. */
static bool pool_complete(struct windbg_table *t, int pool)
{
	int64_t sum = pool_sum(t, pool), total = t->total[pool];

	if (!t->total_line || !t->columns.has[pool] || t->start.filtered)
		return false;
	if (sum == total)
		return true;
	sink_note(t->sink, t->total_line,
		"rows of the %s pool add up to %" PRId64 " bytes, the TOTAL row says %" PRId64 "; %s",
		pool_names[pool], sum, total,
		sum < total ? "taken as a part of the table" : "rows kept, the TOTAL not used");
	if (sum > total)
		t->columns.has[pool] = false; /* of no use as a total */
	return false;
}

static void rows_write(const struct windbg_table *t, const bool pools[2])
{
	for (size_t i = 0; i < t->count; i++)
		for (int pool = 0; pool < 2; pool++) {
			const struct row *row = &t->rows[i];
			const int64_t *v = row->is.value[pool];
			struct pool_row out = { .paged = pool,
				.allocs = t->columns.counts ? v[WINDBG_ALLOCS] : POOL_UNKNOWN,
				.frees = t->columns.counts ? v[WINDBG_FREES] : POOL_UNKNOWN,
				.diff = v[WINDBG_DIFF],
				.bytes = v[WINDBG_USED],
				.driver = row->is.driver };

			memcpy(out.tag, row->is.tag, sizeof out.tag);
			if (!row->again && pools[pool] &&
				(v[WINDBG_ALLOCS] || v[WINDBG_DIFF] || v[WINDBG_USED]))
				pool_row_write(&out, row->line, t->sink);
		}
}

static void snapshot_write(
	const struct windbg_table *t, const struct record *head, const bool pools[2], bool complete)
{
	static const int columns[2] = { SNAPSHOT_POOL_NONPAGED, SNAPSHOT_POOL_PAGED };
	struct record r = *head;

	r.line = t->start.line;
	for (int pool = 0; pool < 2; pool++) {
		bool whole = t->total_line && t->columns.has[pool] && !t->start.session && !t->start.filtered;

		if (!pools[pool])
			r.v[columns[pool]].known = false;
		else if (whole && !r.v[columns[pool]].known)
			record_number(&r, columns[pool], t->total[pool]);
	}
	/* of which session is not shown */
	record_text(&r, SNAPSHOT_SCOPE, t->start.session ? SPAN("session") : SPAN("system"));
	record_text(&r, SNAPSHOT_VIEW, complete ? SPAN("snapshot") : SPAN("live"));
	record_text(&r, SNAPSHOT_TOOL, t->columns.pooltracker ? SPAN("pooltracker") : SPAN("windbg"));
	t->sink->record(t->sink, &r);
	rows_write(t, pools);
}

void windbg_table_write(struct windbg_table *t, const struct record *head)
{
	static const bool one[2][2] = { { true, false }, { false, true } }, both[2] = { true, true };
	struct record rest;
	const bool has[2] = { t->columns.has[0], t->columns.has[1] };
	bool complete[2];

	if (!t->holds)
		return;
	t->holds = t->reads = false;
	rows_again(t);
	if (t->surplus)
		sink_note(t->sink, t->surplus_line,
			"more rows in one table than Windows has tags: %" PRIu64 "; skipped", t->surplus);
	if (!t->count)
		sink_note(t->sink, t->start.line, "the table holds no rows; kept as an empty snapshot");
	complete[0] = pool_complete(t, 0);
	complete[1] = pool_complete(t, 1);
	if (!has[0] || !has[1] || complete[0] == complete[1]) {
		snapshot_write(t, head, both, complete[0] || complete[1]);
		return;
	}
	/* Sorted by one pool, the table may leave out the tags that hold nothing in it. */
	record_start(&rest, RECORD_SNAPSHOT, head->line);
	for (int column = SNAPSHOT_TIME; column <= SNAPSHOT_COMPUTER; column++)
		rest.v[column] = head->v[column];
	for (int pool = 0; pool < 2; pool++)
		rest.v[pool ? SNAPSHOT_POOL_PAGED : SNAPSHOT_POOL_NONPAGED] =
			head->v[pool ? SNAPSHOT_POOL_PAGED : SNAPSHOT_POOL_NONPAGED];
	snapshot_write(t, head, one[complete[1]], true);
	snapshot_write(t, &rest, one[!complete[1]], false);
}
