/* SPDX-License-Identifier: MIT
 * Which paged tags lead in the judged boot by peak, by average, by growth in bytes and by growth in percent? */
#include "analysis/analysis.h"

#include <stdlib.h>
#include <string.h>

#define RANKS 10
/* Ours: a tag that never holds so much is not ranked by percent, or 1 KB that becomes 10 KB would lead. */
#define PERCENT_LEAST MIB

/* A paged tag over the whole captures of the judged boot; one that is not in such a capture holds nothing
 * then. */
struct standing {
	const char *tag;
	int64_t peak, growth;
	double average, percent; /* percent 0: not ranked by it */
};

struct boot_captures {
	const struct snapshot *first, *last;
	size_t count;
};

static struct boot_captures captures_of(const struct evidence *e)
{
	struct boot_captures c = { NULL, NULL, 0 };

	for (size_t i = 0; i < e->dated_count; i++) {
		const struct snapshot *s = &e->snapshots[i];

		if (s->boot != e->judged_boot || !s->whole)
			continue;
		c.first = c.first ? c.first : s;
		c.last = s;
		c.count++;
	}
	return c;
}

static struct standing *standings_read(
	const struct evidence *e, const struct boot_captures *c, struct arena *a, size_t *n)
{
	struct query *q = query_open(e->store,
		"SELECT g.text, max(p.bytes), sum(p.bytes), coalesce(sum(CASE WHEN t.id = :first THEN p.bytes END), 0),"
		" coalesce(sum(CASE WHEN t.id = :last THEN p.bytes END), 0)"
		" FROM pool p JOIN snapshot t ON t.id = p.snapshot JOIN name g ON g.id = p.tag JOIN name k ON k.id = p.pool"
		" JOIN name v ON v.id = t.view LEFT JOIN name sc ON sc.id = t.scope"
		" WHERE t.twin IS NULL AND t.server IN (SELECT id FROM server WHERE coalesce(same_as, id) = :server)"
		" AND (sc.text IS NULL OR sc.text = 'system') AND k.text = 'paged' AND v.text = 'snapshot'"
		" AND t.at >= :from AND t.at <= :to GROUP BY g.text ORDER BY g.text");
	struct standing *all = NULL;

	*n = 0;
	query_int(q, ":server", e->server);
	query_int(q, ":first", c->first->id);
	query_int(q, ":last", c->last->id);
	query_int(q, ":from", c->first->at);
	query_int(q, ":to", c->last->at);
	while (query_next(q)) {
		int64_t first = query_integer(q, 3), last = query_integer(q, 4);
		struct standing s = { arena_text(a, query_span(q, 0)), query_integer(q, 1), last - first,
			(double)query_integer(q, 2) / (double)c->count, 0 };

		if (first > 0 && s.peak >= PERCENT_LEAST)
			s.percent = 100.0 * (double)s.growth / (double)first;
		all = arena_grow(a, all, *n, sizeof *all);
		all[(*n)++] = s;
	}
	query_close(q);
	return all;
}

/* ---- the four orders ---- */

static int descending(double x, double y, const void *a, const void *b)
{
	const struct standing *s = a, *t = b;

	return x != y ? (x < y) - (x > y) : strcmp(s->tag, t->tag);
}

static int by_peak(const void *a, const void *b)
{
	const struct standing *s = a, *t = b;

	return descending((double)s->peak, (double)t->peak, a, b);
}

static int by_average(const void *a, const void *b)
{
	const struct standing *s = a, *t = b;

	return descending(s->average, t->average, a, b);
}

static int by_growth(const void *a, const void *b)
{
	const struct standing *s = a, *t = b;

	return descending((double)s->growth, (double)t->growth, a, b);
}

static int by_percent(const void *a, const void *b)
{
	const struct standing *s = a, *t = b;

	return descending(s->percent, t->percent, a, b);
}

static const struct field fields[] = {
	{ "rank", "Rank", T_INT, FOR_ALL },
	{ "peak.tag", "Peak", T_TEXT, FOR_MACHINES },
	{ "peak.bytes", "Peak", T_BYTES, FOR_MACHINES },
	{ "average.tag", "Average", T_TEXT, FOR_MACHINES },
	{ "average.bytes", "Average", T_BYTES, FOR_MACHINES },
	{ "growth.tag", "Growth", T_TEXT, FOR_MACHINES },
	{ "growth.bytes", "Growth", T_BYTES, FOR_MACHINES },
	{ "percent.tag", "Percent", T_TEXT, FOR_MACHINES },
	{ "percent.percent", "Percent", T_PERCENT, FOR_MACHINES },
	{ "by_peak", "By peak", T_TEXT, FOR_PEOPLE },
	{ "by_average", "By average", T_TEXT, FOR_PEOPLE },
	{ "by_growth", "By growth", T_TEXT, FOR_PEOPLE },
	{ "by_percent", "By growth in percent", T_TEXT, FOR_PEOPLE },
};

/* Smaller than the report's usual unit, where half of the ranks would read 0.0 MiB. */
static const char *size_words(struct arena *a, int64_t bytes)
{
	return bytes < MIB ? arena_printf(a, "%.1f KiB", (double)bytes / 1024) : mib_words(a, bytes);
}

/* Each is ranked as far as it has anything to rank: what does not grow has no place in growth. */
static void peak_cell(struct table *t, const struct standing *s)
{
	table_text(t, "peak.tag", s->tag);
	table_int(t, "peak.bytes", s->peak);
	table_text(t, "by_peak", arena_printf(t->arena, "%s, %s", s->tag, size_words(t->arena, s->peak)));
}

static void average_cell(struct table *t, const struct standing *s)
{
	table_text(t, "average.tag", s->tag);
	table_int(t, "average.bytes", (int64_t)s->average);
	table_text(t, "by_average",
		arena_printf(t->arena, "%s, %s", s->tag, size_words(t->arena, (int64_t)s->average)));
}

static void growth_cell(struct table *t, const struct standing *s)
{
	if (s->growth <= 0)
		return;
	table_text(t, "growth.tag", s->tag);
	table_int(t, "growth.bytes", s->growth);
	table_text(t, "by_growth", arena_printf(t->arena, "%s, %s", s->tag, size_words(t->arena, s->growth)));
}

static void percent_cell(struct table *t, const struct standing *s)
{
	if (s->percent <= 0)
		return;
	table_text(t, "percent.tag", s->tag);
	table_real(t, "percent.percent", s->percent);
	table_text(t, "by_percent", arena_printf(t->arena, "%s, %.1f %%", s->tag, s->percent));
}

static const struct {
	int (*order)(const void *a, const void *b);
	void (*cell)(struct table *t, const struct standing *s);
	const char *shown;
} orders[] = { { by_peak, peak_cell, "by_peak" }, { by_average, average_cell, "by_average" },
	{ by_growth, growth_cell, "by_growth" }, { by_percent, percent_cell, "by_percent" } };

static void rank_rows(struct table *t, const struct standing *all, size_t n)
{
	struct standing *sorted[LEN(orders)];

	for (size_t o = 0; o < LEN(orders); o++) {
		sorted[o] = arena_alloc(t->arena, n * sizeof *sorted[o]);
		memcpy(sorted[o], all, n * sizeof *sorted[o]);
		qsort(sorted[o], n, sizeof *sorted[o], orders[o].order);
	}
	for (size_t i = 0; i < n && i < RANKS; i++) {
		table_add(t);
		table_int(t, "rank", (int64_t)i + 1);
		for (size_t o = 0; o < LEN(orders); o++) {
			table_word(t, orders[o].shown, "");
			orders[o].cell(t, &sorted[o][i]);
		}
	}
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct table *t = table_new(
		r, "rankings", "Paged tags ranked in the judged boot", TABLE_ROWS, fields, LEN(fields));
	struct boot_captures c = captures_of(j->e);
	size_t n = 0;

	t->about = "Over the poolsnaps that show all paged tags; growth from the first of them to the last. In percent only tags"
		   " that reached 1 MiB and held something at first.";
	if (c.count) {
		const struct standing *all = standings_read(j->e, &c, r->arena, &n);

		rank_rows(t, all, n);
	}
	report_data(s, t);
	if (t->row_count)
		block_table(s, PART_EVIDENCE, t);
	else if (j->e->snapshot_count)
		block_text(s, PART_EVIDENCE,
			"Tags are not ranked by average and growth: no poolsnap with a time shows all paged tags.");
}

const struct analysis analysis_rankings = { "rankings",
	"paged tags by peak, average, growth in bytes and in percent", 0, run, NULL };
