/* SPDX-License-Identifier: MIT
 * Which paged tags lead in the judged boot by peak, by average, by growth in bytes and by growth in
 * percent? */
#include "analysis/analysis.h"

#include <stdlib.h>
#include <string.h>

#define RANKS 10
/* Ours: a tag that never holds so much is not ranked by percent, or 1 KB that becomes 10 KB would lead. */

enum { BY_PEAK, BY_AVERAGE, BY_GROWTH, BY_PERCENT, ORDERS };

/* A paged tag over the whole captures of the judged boot; one that is not in such a capture holds nothing
 * then. What is not above zero is not ranked: a tag that does not grow has no place in growth. */
struct standing {
	const char *tag;
	double value[ORDERS];
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
		"SELECT g.text, max(p.bytes), total(p.bytes), total(CASE WHEN t.id = :first THEN p.bytes END),"
		" total(CASE WHEN t.id = :last THEN p.bytes END)"
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
		double peak = query_double(q, 1), first = query_double(q, 3),
		       growth = query_double(q, 4) - first;
		struct standing s = { arena_text(a, query_span(q, 0)),
			{ [BY_PEAK] = peak,
				[BY_AVERAGE] = query_double(q, 2) / (double)c->count,
				[BY_GROWTH] = growth,
				[BY_PERCENT] = first > 0 && peak >= (double)threshold_bytes(e->thresholds,
									    THRESHOLD_PERCENT_LEAST)
						       ? 100.0 * growth / first
						       : 0 } };

		all = arena_grow(a, all, *n, sizeof *all);
		all[(*n)++] = s;
	}
	query_close(q);
	return all;
}

/* ---- the four orders ---- */

struct ranked {
	const char *tag;
	double value;
};

static int descending(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	return x->value != y->value ? (x->value < y->value) - (x->value > y->value) : strcmp(x->tag, y->tag);
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

static const struct {
	const char *tag, *value, *shown;
} cells[ORDERS] = { [BY_PEAK] = { "peak.tag", "peak.bytes", "by_peak" },
	[BY_AVERAGE] = { "average.tag", "average.bytes", "by_average" },
	[BY_GROWTH] = { "growth.tag", "growth.bytes", "by_growth" },
	[BY_PERCENT] = { "percent.tag", "percent.percent", "by_percent" } };

static void ranked_cells(struct table *t, int order, const struct ranked *r)
{
	const char *size;

	table_text(t, cells[order].tag, r->tag);
	if (order == BY_PERCENT) {
		table_real(t, cells[order].value, r->value);
		size = arena_printf(t->arena, "%.1f %%", r->value);
	} else {
		table_int(t, cells[order].value, bytes_of(r->value));
		/* Smaller than the report's usual unit, where half of the ranks would read 0.0 MiB. */
		size = r->value < (double)MIB ? arena_printf(t->arena, "%.1f KiB", r->value / 1024)
					      : mib_words(t->arena, bytes_of(r->value));
	}
	table_text(t, cells[order].shown, arena_printf(t->arena, "%s, %s", r->tag, size));
}

static void rank_rows(struct table *t, const struct standing *all, size_t n)
{
	struct ranked *ranked = arena_alloc(t->arena, (n + 1) * ORDERS * sizeof *ranked);

	for (int o = 0; o < ORDERS; o++) {
		for (size_t i = 0; i < n; i++)
			ranked[(size_t)o * n + i] = (struct ranked){ all[i].tag, all[i].value[o] };
		qsort(ranked + (size_t)o * n, n, sizeof *ranked, descending);
	}
	for (size_t i = 0; i < n && i < RANKS; i++) {
		table_add(t);
		table_int(t, "rank", (int64_t)i + 1);
		for (int o = 0; o < ORDERS; o++) {
			const struct ranked *r = &ranked[(size_t)o * n + i];

			if (r->value > 0)
				ranked_cells(t, o, r);
			else
				table_word(t, cells[o].shown, "");
		}
	}
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct table *t = table_new(
		r, "rankings", "Paged tags ranked in the judged boot", TABLE_ROWS, fields, LEN(fields));
	struct boot_captures c = captures_of(j->e);
	size_t n = 0;

	t->about =
		"Over the poolsnaps that show all paged tags; growth from the first of them to the last. In percent only tags"
		" that reached 1 MiB and held something at first.";
	if (c.count) {
		const struct standing *all = standings_read(j->e, &c, r->arena, &n);

		if (n)
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
