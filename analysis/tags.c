/* SPDX-License-Identifier: MIT
 * Which tags hold the pools, how they rise within one boot, and how large the bursts are. */
#include "analysis/analysis.h"

#include <string.h>

static const struct field tag_fields[] = {
	{ "tag", "Tag", T_TEXT, FOR_ALL },
	{ "pool", "Pool", T_TEXT, FOR_ALL },
	{ "rank", "Rank", T_INT, FOR_ALL },
	{ "first_bytes", "First", T_BYTES, FOR_ALL },
	{ "last_bytes", "Last", T_BYTES, FOR_ALL },
	{ "peak_bytes", "Peak", T_BYTES, FOR_ALL },
	{ "share", "Share", T_PERCENT, FOR_ALL },
	{ "trend.boot", "Boot", T_INT, FOR_MACHINES },
	{ "trend.n", "n", T_INT, FOR_ALL },
	{ "trend.s", "S", T_REAL, FOR_MACHINES },
	{ "trend.p", "p", T_REAL, FOR_ALL },
	{ "trend.method", "Method", T_TEXT, FOR_MACHINES },
	{ "trend.slope_bytes_per_hour", "Slope", T_RATE, FOR_ALL },
	{ "trend.slope_low", "Low", T_RATE, FOR_MACHINES },
	{ "trend.slope_high", "High", T_RATE, FOR_MACHINES },
	{ "trend.direction", "Trend", T_TEXT, FOR_ALL },
	{ "outstanding", "Allocs - Frees", T_INT, FOR_ALL },
	{ "owner", "What it is", T_TEXT, FOR_ALL },
	{ "owner_source", "Who says so", T_TEXT, FOR_MACHINES },
};

/* A trend is claimed only when it is significant; "none" is no claim that nothing grows. */
static const char *direction_of(const struct evidence *e, const struct trend *t)
{
	if (!t->has_slope || t->p >= threshold(e, THRESHOLD_CLAIM_P) || t->slope == 0)
		return "none";
	return t->slope > 0 ? "rising" : "falling";
}

static void trend_cells(struct table *t, const struct evidence *e, const struct trend *trend)
{
	if (e->judged_boot == BOOT_NONE)
		return;
	table_int(t, "trend.boot", (int64_t)e->judged_boot);
	table_int(t, "trend.n", (int64_t)trend->n);
	if (trend->n < 2)
		return;
	table_real(t, "trend.s", trend->s);
	table_real(t, "trend.p", trend->p);
	table_text(t, "trend.method", trend->exact ? "exact" : "normal");
	table_text(t, "trend.direction", direction_of(e, trend));
	if (trend->has_slope)
		table_real(t, "trend.slope_bytes_per_hour", trend->slope);
	if (trend->has_interval) {
		table_real(t, "trend.slope_low", trend->low);
		table_real(t, "trend.slope_high", trend->high);
	}
}

static struct table *tags_table(struct report *r, const struct evidence *e)
{
	struct table *t = table_new(r, "tags", "Pool tags", TABLE_ROWS, tag_fields, LEN(tag_fields));

	t->about =
		"First and last over the poolsnaps that have a time, peak over all; share of its pool at the tag's peak; trend within"
		" the judged boot only: Theil-Sen slope, Mann-Kendall p (exact below ten points). \"none\" means that no trend is shown,"
		" not that nothing grows.";
	for (size_t i = 0; i < e->tag_count; i++) {
		const struct tag_series *s = &e->tags[i];
		struct owner_found owner = evidence_owner(e, s->tag);

		table_add(t);
		table_id(t, tag_id(r->arena, s->pool, s->tag));
		table_text(t, "tag", s->tag);
		table_text(t, "pool", s->pool);
		table_int(t, "rank", s->rank);
		if (s->count) {
			if (s->ordered) {
				table_int(t, "first_bytes", s->first);
				table_int(t, "last_bytes", s->last);
			}
			table_int(t, "peak_bytes", s->peak);
			if (s->peak_diff >= 0)
				table_int(t, "outstanding", s->peak_diff);
		}
		if (s->share >= 0)
			table_real(t, "share", s->share);
		trend_cells(t, e, &s->trend);
		table_text(t, "owner", owner.what);
		table_text(t, "owner_source", owner.source);
	}
	return t;
}

static struct table *boots_table(struct report *r, const struct evidence *e)
{
	static const struct field fields[] = {
		{ "start", "Start", T_TIME, FOR_ALL },
		{ "end", "Clean end", T_TIME, FOR_ALL },
		{ "source", "Start known from", T_TEXT, FOR_ALL },
		{ "snapshots", "Poolsnaps", T_INT, FOR_ALL },
		{ "bursts", "2020/2019 bursts", T_INT, FOR_ALL },
		{ "judged", "Judged", T_BOOL, FOR_ALL },
	};
	struct table *t = table_new(r, "boots", "Boots", TABLE_ROWS, fields, LEN(fields));

	t->about = "Poolsnaps of different boots are never joined: memory starts anew at each.";
	t->people_rows = 20;
	for (size_t i = 0; i < e->boot_count; i++) {
		const struct boot *b = &e->boots[i];

		table_add(t);
		if (b->start != WHEN_NONE)
			table_int(t, "start", b->start);
		if (b->end != WHEN_NONE)
			table_int(t, "end", b->end);
		table_text(t, "source", b->source);
		table_int(t, "snapshots", (int64_t)b->snapshots);
		table_int(t, "bursts", (int64_t)b->bursts);
		table_int(t, "judged", i == e->judged_boot);
	}
	return t;
}

/* The largest tags of each pool within each boot, by peak: pools start anew at each boot, so ranks do too. */
#define BOOT_TAGS 5

static void boot_ranks(struct table *t, const struct evidence *e, size_t boot, const char *pool)
{
	struct query *q = query_open(e->store,
		"SELECT g.text, max(p.bytes) AS peak FROM pool p JOIN snapshot t ON t.id = p.snapshot JOIN name g ON g.id = p.tag"
		" JOIN name k ON k.id = p.pool LEFT JOIN name sc ON sc.id = t.scope"
		" WHERE t.server IN (SELECT id FROM server WHERE coalesce(same_as, id) = :server)"
		" AND (sc.text IS NULL OR sc.text = 'system') AND k.text = :pool AND t.at >= :from AND t.at < :to"
		" GROUP BY g.text ORDER BY peak DESC, g.text LIMIT :most");
	int64_t rank = 0;

	query_int(q, ":server", e->server);
	query_text(q, ":pool", pool);
	query_int(q, ":from", e->boots[boot].start);
	query_int(q, ":to", boot + 1 < e->boot_count ? e->boots[boot + 1].start : INT64_MAX);
	query_int(q, ":most", BOOT_TAGS);
	while (query_next(q)) {
		table_add(t);
		table_int(t, "boot", (int64_t)boot);
		if (e->boots[boot].start != WHEN_NONE)
			table_int(t, "start", e->boots[boot].start);
		table_text(t, "pool", pool);
		table_int(t, "rank", ++rank);
		table_span(t, "tag", query_span(q, 0));
		table_int(t, "peak_bytes", query_integer(q, 1));
	}
	query_close(q);
}

static struct table *boot_tags_table(struct report *r, const struct evidence *e)
{
	static const struct field fields[] = {
		{ "boot", "Boot", T_INT, FOR_MACHINES },
		{ "start", "Boot started", T_TIME, FOR_ALL },
		{ "pool", "Pool", T_TEXT, FOR_ALL },
		{ "rank", "Rank", T_INT, FOR_ALL },
		{ "tag", "Tag", T_TEXT, FOR_ALL },
		{ "peak_bytes", "Peak", T_BYTES, FOR_ALL },
	};
	struct table *t =
		table_new(r, "boot_tags", "Largest tags in each boot", TABLE_ROWS, fields, LEN(fields));

	t->about = "The five largest of each pool, by their peak within that boot.";
	t->people_rows = 60;
	for (size_t i = 0; i < e->boot_count; i++) {
		if (!e->boots[i].snapshots)
			continue;
		boot_ranks(t, e, i, "paged");
		boot_ranks(t, e, i, "nonpaged");
	}
	return t;
}

static struct table *burst_table(struct report *r, const struct judgement *j)
{
	static const struct field fields[] = {
		{ "bytes", "Largest burst", T_BYTES, FOR_ALL },
		{ "source", "Measured as", T_TEXT, FOR_ALL },
		{ "headroom.80", "Room above 80 %", T_BYTES, FOR_ALL },
		{ "headroom.60", "Room above 60 %", T_BYTES, FOR_ALL },
		{ "headroom.50", "Room above 50 %", T_BYTES, FOR_ALL },
		{ "headroom.40", "Room above 40 %", T_BYTES, FOR_ALL },
	};
	struct table *t = table_new(r, "burst", "Bursts against the room above the trim start", TABLE_SINGLE,
		fields, LEN(fields));
	const struct evidence *e = j->e;

	t->about =
		"Net growth between poolsnaps: the burst itself may have been larger. Room for the low end of the maximum.";
	table_add(t);
	if (j->burst.known)
		table_int(t, "bytes", j->burst.bytes);
	table_text(t, "source", j->burst.source);
	for (int i = 0; e->limit.low > 0 && i < STEPS; i++)
		table_int(t, fields[2 + i].name, e->limit.low / 100 * (100 - steps[i]));
	return t;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct table *tags = tags_table(r, j->e), *burst = burst_table(r, j);
	struct table *boots = boots_table(r, j->e), *boot_tags = boot_tags_table(r, j->e);

	report_data(s, tags);
	report_data(s, burst);
	report_data(s, boots);
	report_data(s, boot_tags);
	if (j->e->snapshot_count) {
		block_table(s, PART_EVIDENCE, tags);
		block_table(s, PART_EVIDENCE, burst);
	}
	block_table(s, PART_EVIDENCE, boots);
	if (boot_tags->row_count)
		block_table(s, PART_EVIDENCE, boot_tags);
}

const struct analysis analysis_tags = { "tags", "tags ranked per pool, trends within one boot, and bursts", 0,
	run, NULL };
