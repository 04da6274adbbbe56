/* SPDX-License-Identifier: MIT
 * Which tags hold the pools, how they rise within one boot, when limits would be met, and how large the
 * bursts are. */
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

/* ---- forecast ---- */

static const struct field forecast_fields[] = {
	{ "to_percent.60.earliest", "60 %, earliest", T_TIME, FOR_ALL },
	{ "to_percent.60.likely", "60 %, likely", T_TIME, FOR_ALL },
	{ "to_percent.60.latest", "60 %, latest", T_TIME, FOR_ALL },
	{ "to_percent.80.earliest", "80 %, earliest", T_TIME, FOR_ALL },
	{ "to_percent.80.likely", "80 %, likely", T_TIME, FOR_ALL },
	{ "to_percent.80.latest", "80 %, latest", T_TIME, FOR_ALL },
	{ "to_percent.100.earliest", "100 %, earliest", T_TIME, FOR_ALL },
	{ "to_percent.100.likely", "100 %, likely", T_TIME, FOR_ALL },
	{ "to_percent.100.latest", "100 %, latest", T_TIME, FOR_ALL },
};

/* To the minute, which is more than the trend can promise; times beyond 30 days are not told. */
static void forecast_cell(struct table *t, const char *field, when_us from, double hours)
{
	if (hours < STATS_FORECAST_HOURS)
		table_int(t, field, from + (when_us)(hours * 60) * WHEN_MINUTE);
}

/* The same as people read it: a limit that is reached already has no time to come. */
static const struct field foretold_fields[] = {
	{ "limit", "Of the maximum", T_TEXT, FOR_PEOPLE },
	{ "earliest", "Earliest", T_TIME, FOR_PEOPLE },
	{ "likely", "Likely", T_TIME, FOR_PEOPLE },
	{ "latest", "Latest", T_TIME, FOR_PEOPLE },
};

/* Whether a limit is reached is asked before, for then every time is that of the last poolsnap. */
static void foretold_row(
	struct table *shown, const struct table *t, size_t first, const char *limit, const char *word)
{
	table_add(shown);
	table_text(shown, "limit", limit);
	for (size_t k = 0; k < 3; k++) {
		const struct cell *c = &t->rows[0].cells[first + k];
		const char *name = foretold_fields[1 + k].name;

		if (word || c->state != CELL_KNOWN)
			table_word(shown, name, word ? word : "more than 30 days away");
		else
			table_int(shown, name, c->number);
	}
}

static bool foretold(const struct table *t)
{
	for (size_t i = 0; i < t->field_count; i++)
		if (t->rows[0].cells[i].state == CELL_KNOWN)
			return true;
	return false;
}

static struct table *forecast_table(struct report *r, const struct evidence *e, struct table *shown)
{
	struct table *t = table_new(r, "forecast", "When would limits be met", TABLE_SINGLE, forecast_fields,
		LEN(forecast_fields));
	double *hours = arena_alloc(r->arena, (e->snapshot_count + 1) * sizeof *hours);
	double *bytes = arena_alloc(r->arena, (e->snapshot_count + 1) * sizeof *bytes);
	static const int percents[] = { 60, 80, 100 };
	const struct snapshot *first = NULL, *last = NULL;
	struct trend trend;
	size_t n = 0;

	table_add(t);
	for (size_t i = 0; i < e->dated_count; i++) {
		const struct snapshot *s = &e->snapshots[i];

		if (s->boot != e->judged_boot || s->paged < 0)
			continue;
		first = first ? first : s;
		last = s;
		hours[n] = (double)(s->at - first->at) / (double)WHEN_HOUR;
		bytes[n++] = (double)s->paged;
	}
	stats_trend(hours, bytes, n, &trend);
	shown->about =
		"From the trend of total paged bytes in the judged boot (Theil-Sen with its 95 % interval), for the low end of the"
		" maximum. A rise over working hours is not a leak: it may fall back in the evening.";
	for (size_t i = 0; last && e->limit.low > 0 && i < LEN(percents); i++) {
		const char *limit = arena_printf(r->arena, "%d %%", percents[i]);
		struct forecast f;

		if (!stats_forecast(
			    &trend, (double)last->paged, percents[i] / 100.0 * (double)e->limit.low, &f)) {
			foretold_row(shown, t, 3 * i, limit, "no forecast");
			continue;
		}
		forecast_cell(t, forecast_fields[3 * i].name, last->at, f.earliest);
		forecast_cell(t, forecast_fields[3 * i + 1].name, last->at, f.likely);
		forecast_cell(t, forecast_fields[3 * i + 2].name, last->at, f.latest);
		foretold_row(shown, t, 3 * i, limit, f.latest <= 0 ? "reached" : NULL);
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
	struct table *tags = tags_table(r, j->e), *burst = burst_table(r, j), *forecast;
	struct table *shown = table_new(
		r, "foretold", "When would limits be met", TABLE_ROWS, foretold_fields, LEN(foretold_fields));
	struct table *boots = boots_table(r, j->e), *boot_tags = boot_tags_table(r, j->e);

	forecast = forecast_table(r, j->e, shown);
	report_data(s, tags);
	report_data(s, burst);
	report_data(s, forecast);
	report_data(s, boots);
	report_data(s, boot_tags);
	if (j->e->snapshot_count) {
		block_table(s, PART_EVIDENCE, tags);
		block_table(s, PART_EVIDENCE, burst);
		if (foretold(forecast))
			block_table(s, PART_EVIDENCE, shown);
		else
			block_text(s, PART_EVIDENCE,
				"No forecast: the trend of total paged bytes in the judged boot is not shown to rise, the maximum"
				" is not known, or the limits are more than 30 days away.");
	}
	block_table(s, PART_EVIDENCE, boots);
	if (boot_tags->row_count)
		block_table(s, PART_EVIDENCE, boot_tags);
}

const struct analysis analysis_tags = { "tags",
	"tags ranked per pool, trends within one boot, forecast and bursts", 0, run, NULL };
