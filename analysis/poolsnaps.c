/* SPDX-License-Identifier: MIT
 * The data beneath the chart: each poolsnap with its totals, MmSt and the largest tag. */
#include "analysis/analysis.h"

#define ROWS_MOST 30 /* for people; every one is in CSV and JSON */

static const struct field fields[] = {
	{ "time", "Time", T_TIME, FOR_ALL },
	{ "boot", "Boot", T_INT, FOR_MACHINES },
	{ "paged_bytes", "Paged pool", T_BYTES, FOR_ALL },
	{ "nonpaged_bytes", "Nonpaged pool", T_BYTES, FOR_ALL },
	{ "mmst_bytes", "MmSt", T_BYTES, FOR_ALL },
	{ "mmst_share", "MmSt share", T_PERCENT, FOR_ALL },
	{ "largest_tag", "Largest tag shown", T_TEXT, FOR_ALL },
	{ "largest_bytes", "Its bytes", T_BYTES, FOR_ALL },
	{ "whole", "All tags shown", T_BOOL, FOR_ALL },
	{ "time_source", "Time taken from", T_TEXT, FOR_MACHINES },
	{ "source", "Source", T_TEXT, FOR_ALL },
	{ "line", "Line", T_ID, FOR_MACHINES },
};

static void row(struct table *t, const struct snapshot *s)
{
	table_add(t);
	if (s->at != WHEN_NONE)
		table_int(t, "time", s->at);
	if (s->boot != BOOT_NONE)
		table_int(t, "boot", (int64_t)s->boot);
	if (s->paged >= 0)
		table_int(t, "paged_bytes", s->paged);
	if (s->nonpaged >= 0)
		table_int(t, "nonpaged_bytes", s->nonpaged);
	if (s->mmst >= 0)
		table_int(t, "mmst_bytes", s->mmst);
	if (s->mmst >= 0 && s->paged > 0)
		table_real(t, "mmst_share", 100.0 * (double)s->mmst / (double)s->paged);
	if (s->largest) {
		table_tag(t, "largest_tag", "paged", s->largest);
		table_int(t, "largest_bytes", s->largest_bytes);
	}
	table_int(t, "whole", s->whole);
	table_text(t, "time_source", s->time_source);
	table_source(t, s->place.source);
	table_int(t, "line", s->place.line);
	table_id(t, place_id(t->arena, &s->place));
}

/* Every so many, and always the first, the last and the peak: what a reader compares. */
static struct table *shown_table(struct report *r, const struct evidence *e, const struct table *all)
{
	struct table *t;
	size_t every = (e->snapshot_count + ROWS_MOST - 1) / ROWS_MOST;

	if (e->snapshot_count <= ROWS_MOST)
		return NULL;
	t = table_new(r, "poolsnaps", all->title, TABLE_ROWS, fields, LEN(fields));
	t->about = arena_printf(r->arena,
		"One in %zu of the %zu poolsnaps, with the last and the one of the highest total of the judged boot; all are in"
		" CSV and JSON.",
		every, e->snapshot_count);
	for (size_t i = 0; i < e->snapshot_count; i++)
		if (i % every == 0 || i + 1 == e->snapshot_count || &e->snapshots[i] == e->peak)
			row(t, &e->snapshots[i]);
	return t;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	const struct evidence *e = j->e;
	struct table *all = table_new(
			     r, "poolsnaps", "Poolsnaps one by one", TABLE_ROWS, fields, LEN(fields)),
		     *shown;

	for (size_t i = 0; i < e->snapshot_count; i++)
		row(all, &e->snapshots[i]);
	shown = shown_table(r, e, all);
	report_data(s, all);
	if (all->row_count)
		block_table(s, PART_CHART, shown ? shown : all);
}

const struct analysis analysis_poolsnaps = { "poolsnaps", "each poolsnap with its totals and its largest tag",
	0, run, NULL };
