/* SPDX-License-Identifier: MIT
 * Who held the paged pool when it was fullest? Bars of the largest tags, of one poolsnap that shows all. */
#include "analysis/chart.h"

#include <string.h>

#define BARS 8

struct held { /* a bar */
	const char *what;
	enum held_kind { HELD_TAG, HELD_OTHERS, HELD_UNNAMED } kind;
	int64_t tags, bytes;
};

struct shares {
	const struct snapshot *of;
	struct held bars[BARS + 2];
	size_t count;
	int64_t whole; /* 100 %; -1: not known */
};

/* ---- which poolsnap ---- */

static int64_t total_of(const struct snapshot *s)
{
	return s->paged > s->paged_sum ? s->paged : s->paged_sum;
}

/* Of the judged boot: what the verdict is about. One that shows all tags before any that does not. */
static const struct snapshot *choose(const struct evidence *e)
{
	const struct snapshot *best = NULL;

	for (size_t i = 0; i < e->snapshot_count; i++) {
		const struct snapshot *s = &e->snapshots[i];

		if (s->largest_bytes <= 0 || (e->judged_boot != BOOT_NONE && s->boot != e->judged_boot))
			continue;
		if (!best || (s->whole && !best->whole) ||
			(s->whole == best->whole && total_of(s) >= total_of(best)))
			best = s;
	}
	return best;
}

/* ---- its bars ---- */

static void bar_add(struct shares *x, const char *what, enum held_kind kind, int64_t tags, int64_t bytes)
{
	x->bars[x->count++] = (struct held){ what, kind, tags, bytes };
}

/* The rows come largest first; MmSt has a bar whatever its rank, and so has one that would be left over
 * alone. */
static void bars_read(struct shares *x, const struct evidence *e, struct arena *a)
{
	struct query *q = query_open(e->store,
		"SELECT g.text, p.bytes FROM pool p JOIN name k ON k.id = p.pool JOIN name g ON g.id = p.tag"
		" WHERE p.snapshot = :snapshot AND k.text = 'paged' AND p.bytes > 0"
		" ORDER BY p.bytes DESC, g.text <> 'MmSt', g.text");
	size_t most = x->of->mmst > 0 && x->of->mmst_rank > BARS ? BARS - 1 : BARS;
	int64_t others = 0, bytes = 0;
	const char *last = "";

	query_int(q, ":snapshot", x->of->id);
	while (query_next(q)) {
		bool mmst = span_equal(query_span(q, 0), SPAN("MmSt"));

		if (x->count < most || mmst) {
			bar_add(x, arena_text(a, query_span(q, 0)), HELD_TAG, 1, query_integer(q, 1));
			continue;
		}
		if (!others++)
			last = arena_text(a, query_span(q, 0));
		bytes = query_integer(q, 1) > INT64_MAX - bytes ? INT64_MAX : bytes + query_integer(q, 1);
	}
	query_close(q);
	if (others == 1)
		bar_add(x, last, HELD_TAG, 1, bytes);
	else if (others)
		bar_add(x, arena_printf(a, "%s other tags", chart_count(a, (size_t)others)), HELD_OTHERS,
			others, bytes);
}

/* A poolsnap's printed total holds what its rows do not: of a screen, the rows that did not fit. */
static void rest_add(struct shares *x)
{
	const struct snapshot *s = x->of;

	x->whole = s->paged < 0 ? -1 : total_of(s);
	if (s->paged > s->paged_sum)
		bar_add(x, s->whole ? "in no row" : "not shown", HELD_UNNAMED, -1, s->paged - s->paged_sum);
}

/* ---- in words ---- */

static double percent_of(const struct shares *x, int64_t bytes)
{
	return x->whole > 0 ? 100.0 * (double)bytes / (double)x->whole : -1;
}

static const char *bars_words(const struct shares *x, struct arena *a)
{
	const char *text = "";

	for (size_t i = 0; i < x->count; i++) {
		const struct held *b = &x->bars[i];

		text = arena_printf(a, "%s%s%s %s", text, i ? ", " : " ", b->what, mib_words(a, b->bytes));
		if (x->whole > 0)
			text = arena_printf(a, "%s (%.1f %%)", text, percent_of(x, b->bytes));
	}
	return arena_printf(a, "%s.", text);
}

static const char *completeness(const struct shares *x, struct arena *a)
{
	const struct snapshot *s = x->of;
	const char *kind = s->top ? "an Event 2004 with its largest tags" : "a copy of the screen";

	if (s->whole && s->paged > s->paged_sum)
		return arena_printf(a,
			" Its printed total is %s more than its rows hold: what that is, the tool does not say.",
			mib_words(a, s->paged - s->paged_sum));
	if (s->whole)
		return "";
	if (s->paged < 0)
		return arena_printf(a,
			" It is %s without a total: only the %zu paged tags that it shows are drawn, and their share of the"
			" pool is not known.",
			kind, s->paged_rows);
	return arena_printf(a,
		" It is %s: who holds the bytes that its %zu paged rows do not show is not known.", kind,
		s->paged_rows);
}

/* The poolsnap in which most was in use, where that is not the one that is drawn; NULL: it is. */
static const struct snapshot *fuller(const struct shares *x, const struct evidence *e)
{
	const struct snapshot *most = NULL;

	for (size_t i = 0; i < e->snapshot_count; i++)
		if (e->snapshots[i].paged > total_of(x->of) && (!most || e->snapshots[i].paged > most->paged))
			most = &e->snapshots[i];
	return most;
}

static const char *fuller_words(const struct shares *x, const struct evidence *e, struct arena *a)
{
	const struct snapshot *most = fuller(x, e);

	if (!most)
		return "";
	if (most->at == WHEN_NONE)
		return arena_printf(
			a, " More was in use, %s, in a poolsnap without a time.", mib_words(a, most->paged));
	return arena_printf(a, " More was in use, %s, in the poolsnap of %s, which %s.",
		mib_words(a, most->paged), time_words(a, most->at),
		most->boot != x->of->boot ? "is of another boot" : "does not show all paged tags");
}

/* "At its peak" only where no other poolsnap shows more. */
static const char *title_of(const struct shares *x, const struct evidence *e, struct arena *a)
{
	const char *title = fuller(x, e) ? "The paged pool by tag" : "The paged pool by tag at its peak";

	return x->of->at == WHEN_NONE ? title : arena_printf(a, "%s, %s", title, chart_time(a, x->of->at));
}

static void words(struct chart *c, const struct shares *x, const struct evidence *e)
{
	const struct snapshot *s = x->of;
	struct arena *a = c->arena;
	const char *first = arena_printf(a, "The poolsnap%s%s (%s) has the %s%s%s%s.",
			   s->at == WHEN_NONE ? "" : " of ", s->at == WHEN_NONE ? "" : time_words(a, s->at),
			   place_words(a, &s->place), x->whole > 0 ? "highest total" : "most paged bytes",
			   s->whole ? " of those that show all paged tags" : "",
			   e->boot_count > 1 ? " in the judged boot" : "",
			   x->whole > 0 ? arena_printf(a, ": %s are 100 %%", mib_words(a, x->whole)) : ""),
		   *rest = arena_printf(a, "%s%s", completeness(x, a), fuller_words(x, e, a));

	c->about = arena_printf(a, "%s%s%s", first, bars_words(x, a), rest);
	c->note = arena_printf(a, "%s%s", first, rest);
}

/* ---- as chart and table ---- */

static struct chart *bars_chart(struct report *r, const struct shares *x, const struct judgement *j)
{
	struct chart *c = chart_new(r, "peak-shares", title_of(x, j->e, r->arena), T_BYTES);

	c->kind = CHART_BARS;
	c->whole = x->whole > 0 ? (double)x->whole : 0;
	for (size_t i = 0; i < x->count; i++) {
		const struct held *b = &x->bars[i];
		bool named = b->kind == HELD_TAG &&
			     (strcmp(b->what, "MmSt") == 0 || (j->rule == RULE_V06 && j->leader &&
								      strcmp(b->what, j->leader->tag) == 0));
		struct series *s = chart_series(c, b->what, named);

		s->kind = b->kind == HELD_TAG ? SERIES_TAG : SERIES_REST;
		series_point(c, s, x->of->at, (double)b->bytes);
	}
	words(c, x, j->e);
	return c;
}

static struct table *shares_table(struct report *r, const struct shares *x)
{
	static const struct field fields[] = { { "snapshot", "Poolsnap", T_TIME, FOR_ALL },
		{ "tag", "Tag", T_TEXT, FOR_ALL }, { "what", "What", T_TEXT, FOR_ALL },
		{ "tags", "Tags", T_INT, FOR_ALL }, { "bytes", "Bytes", T_BYTES, FOR_ALL },
		{ "share", "Share", T_PERCENT, FOR_ALL } };
	static const char *const kinds[] = { "tag", "other tags", "not in its rows" };
	struct table *t = table_new(
		r, "peak_shares", "The paged pool by tag at its peak", TABLE_ROWS, fields, LEN(fields));

	for (size_t i = 0; i < x->count; i++) {
		const struct held *b = &x->bars[i];

		table_add(t);
		if (x->of->at != WHEN_NONE)
			table_int(t, "snapshot", x->of->at);
		if (b->kind == HELD_TAG)
			table_text(t, "tag", b->what);
		table_text(t, "what", kinds[b->kind]);
		if (b->tags >= 0)
			table_int(t, "tags", b->tags);
		table_int(t, "bytes", b->bytes);
		if (x->whole > 0)
			table_real(t, "share", percent_of(x, b->bytes));
	}
	return t;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct shares x = { .of = choose(j->e), .whole = -1 };

	if (x.of) {
		bars_read(&x, j->e, r->arena);
		rest_add(&x);
		chart_show(s, bars_chart(r, &x, j));
	} else if (j->e->snapshot_count) {
		block_text(s, PART_CHART,
			"Shares of the paged pool are not drawn: no poolsnap%s shows a paged tag.",
			j->e->boot_count > 1 ? " of the judged boot" : "");
	}
	report_data(s, shares_table(r, &x));
}

const struct analysis analysis_chart_shares = { "chart-shares",
	"which tags held the paged pool when it was fullest", 0, run, NULL };
