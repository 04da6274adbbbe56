/* SPDX-License-Identifier: MIT
 * Loads the poolsnaps of one server: their totals, MmSt's place in each, and the tags that matter as
 * series. */
#include "analysis/evidence.h"

#include <stdlib.h>
#include <string.h>

#define OF_SERVER \
	"t.twin IS NULL AND t.server IN (SELECT id FROM server WHERE coalesce(same_as, id) = :server)"

/* ---- snapshots ---- */

static void snapshot_read(struct evidence *e, struct query *q)
{
	struct snapshot *s;

	e->snapshots = arena_grow(e->arena, e->snapshots, e->snapshot_count, sizeof *e->snapshots);
	s = &e->snapshots[e->snapshot_count++];
	*s = (struct snapshot){ .id = query_integer(q, 0),
		.at = query_known(q, 1) ? query_integer(q, 1) : WHEN_NONE,
		.offset = (int)query_integer(q, 2),
		.offset_known = query_known(q, 2),
		.quality = (int)query_integer(q, 3),
		.clock_source = arena_text(e->arena, query_span(q, 4)),
		.time_source = arena_text(e->arena, query_span(q, 5)),
		.whole = span_equal(query_span(q, 6), SPAN("snapshot")),
		.top = span_equal(query_span(q, 6), SPAN("event")),
		.nonpaged = query_known(q, 7) ? query_integer(q, 7) : -1,
		.paged = query_known(q, 8) ? query_integer(q, 8) : -1,
		.commit_limit = query_known(q, 9) ? query_integer(q, 9) : -1,
		.place = { arena_text(e->arena, query_span(q, 10)), query_integer(q, 11), -1 },
		.boot = BOOT_NONE };
	if (query_known(q, 12) && e->machine.ram < 0) {
		e->machine.ram = query_integer(q, 12);
		e->ram_source = "poolsnap";
	}
	if (s->at != WHEN_NONE)
		e->dated_count++;
	e->top_count += s->top;
}

/* What hostile rows add up to may be more than there is. */
static int64_t add_up(int64_t a, int64_t b)
{
	return b > 0 && a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* The rows of one capture in one pass: the largest tag (MmSt where it is as large as another, else by name),
 * the sums, and MmSt. */
static void snapshot_rows(struct evidence *e, struct snapshot *s, struct query *rows)
{
	int64_t nonpaged_sum = 0, nonpaged_largest = 0;

	query_int(rows, ":snapshot", s->id);
	while (query_next(rows)) {
		bool paged = query_integer(rows, 0) != 0;
		int64_t bytes = query_integer(rows, 2);

		if (!paged) {
			nonpaged_largest = s->nonpaged_rows++ ? nonpaged_largest : bytes;
			nonpaged_sum = add_up(nonpaged_sum, bytes);
			continue;
		}
		s->paged_rows++;
		s->paged_sum = add_up(s->paged_sum, bytes);
		if (!s->largest) {
			s->largest = arena_text(e->arena, query_span(rows, 1));
			s->largest_bytes = bytes;
		}
		if (span_equal(query_span(rows, 1), SPAN("MmSt"))) {
			s->mmst = bytes;
			s->mmst_rank = (int)s->paged_rows;
		}
	}
	query_reset(rows);
	/* A printed total below one of its own rows is none. */
	if (s->nonpaged >= 0 && s->nonpaged < nonpaged_largest)
		s->nonpaged = nonpaged_sum;
	if (s->nonpaged < 0 && s->whole && s->nonpaged_rows)
		s->nonpaged = nonpaged_sum;
	s->whole = s->whole && s->paged_rows > 0;
	if (s->paged >= 0 && s->paged < s->largest_bytes)
		s->paged = s->paged_sum;
	s->decides = s->whole || (s->top && s->paged_rows) ||
		     (s->mmst_rank == 1 && s->paged >= 0 && s->mmst > s->paged - s->paged_sum);
	s->decides = s->decides && s->largest_bytes > 0;
	/* The rows that happen to be on a screen, or that are the largest three, are no total. */
	if (s->paged < 0 && s->whole)
		s->paged = s->paged_sum;
	if (!s->whole && !s->mmst_rank)
		s->mmst = -1;
}

void evidence_snapshots(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT t.id, t.at, t.at_offset, t.at_quality, t.at_source, ts.text, v.text, t.pool_nonpaged_bytes,"
		" t.pool_paged_bytes, t.commit_limit_bytes, c.name, t.line, t.physical_bytes FROM snapshot t"
		" JOIN source c ON c.id = t.source LEFT JOIN name ts ON ts.id = t.time_source LEFT JOIN name v ON v.id = t.view"
		" LEFT JOIN name sc ON sc.id = t.scope WHERE " OF_SERVER
		" AND (sc.text IS NULL OR sc.text = 'system')"
		" ORDER BY t.at IS NULL, t.at, t.hash, c.digest, t.line");
	struct query *rows = query_open(e->store,
		"SELECT k.text = 'paged', g.text, p.bytes FROM pool p JOIN name k ON k.id = p.pool JOIN name g ON g.id = p.tag"
		" WHERE p.snapshot = :snapshot ORDER BY p.bytes DESC, g.text <> 'MmSt', g.text");

	query_int(q, ":server", e->server);
	while (query_next(q))
		snapshot_read(e, q);
	query_close(q);
	for (size_t i = 0; i < e->snapshot_count; i++)
		snapshot_rows(e, &e->snapshots[i], rows);
	query_close(rows);

	q = query_open(e->store,
		"SELECT count(*) FROM snapshot t JOIN name sc ON sc.id = t.scope WHERE " OF_SERVER
		" AND sc.text <> 'system'");
	query_int(q, ":server", e->server);
	e->session_captures = query_next(q) ? (size_t)query_integer(q, 0) : 0;
	query_close(q);
}

/* ---- tags ---- */

/* The bytes of a tag in every capture that shows it. A whole capture without the tag shows that it holds
 * nothing: the tool prints no row whose counters are all zero. Any other capture without it shows nothing. */
static void series_read(struct evidence *e, struct tag_series *t)
{
	struct query *q = query_open(e->store,
		"SELECT p.bytes, p.diff FROM pool p JOIN name g ON g.id = p.tag JOIN name k ON k.id = p.pool"
		" WHERE p.snapshot = :snapshot AND g.text = :tag AND k.text = :pool");
	bool paged = strcmp(t->pool, "paged") == 0;
	double total = 0;

	t->at = arena_alloc(e->arena, e->snapshot_count * sizeof *t->at);
	t->bytes = arena_alloc(e->arena, e->snapshot_count * sizeof *t->bytes);
	t->diff = arena_alloc(e->arena, e->snapshot_count * sizeof *t->diff);
	query_text(q, ":tag", t->tag);
	query_text(q, ":pool", t->pool);
	for (size_t i = 0; i < e->snapshot_count; i++) {
		const struct snapshot *s = &e->snapshots[i];
		int64_t bytes = 0, of = paged ? s->paged : s->nonpaged, diff = -1;
		bool there;

		query_int(q, ":snapshot", s->id);
		there = query_next(q);
		if (there) {
			bytes = query_integer(q, 0);
			diff = query_known(q, 1) ? query_integer(q, 1) : -1;
		}
		query_reset(q);
		if (!there && !(s->whole && (paged ? s->paged_rows : s->nonpaged_rows)))
			continue;
		if (!t->count || bytes > t->peak) {
			t->peak = bytes;
			t->peak_diff = diff;
			total = of > 0 ? (double)of : 0;
		}
		t->at[t->count] = s;
		t->bytes[t->count] = bytes;
		t->diff[t->count++] = there ? diff : 0;
		/* Several captures without a time are in no order. */
		if (s->at != WHEN_NONE || e->snapshot_count == 1) {
			t->first = t->ordered ? t->first : bytes;
			t->last = bytes;
			t->ordered = true;
		}
	}
	query_close(q);
	t->share = total > 0 && t->peak >= 0 ? 100.0 * (double)t->peak / total : -1;
}

static void series_trend(struct evidence *e, struct tag_series *t)
{
	double *hours = arena_alloc(e->arena, (t->count + 1) * sizeof *hours);
	double *bytes = arena_alloc(e->arena, (t->count + 1) * sizeof *bytes);
	when_us start = WHEN_NONE;
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++) {
		if (t->at[i]->boot != e->judged_boot || t->at[i]->at == WHEN_NONE)
			continue;
		start = start == WHEN_NONE ? t->at[i]->at : start;
		hours[n] = (double)(t->at[i]->at - start) / (double)WHEN_HOUR;
		bytes[n++] = (double)t->bytes[i];
	}
	stats_trend(hours, bytes, n, &t->trend);
	if (t->trend.has_slope && n)
		t->rise = t->trend.slope * hours[n - 1];
}

static struct tag_series *tag_find(struct evidence *e, struct span tag, const char *pool)
{
	for (size_t i = 0; i < e->tag_count; i++)
		if (span_equal(tag, span_of(e->tags[i].tag)) && strcmp(e->tags[i].pool, pool) == 0)
			return &e->tags[i];
	return NULL;
}

static struct tag_series series_of(struct evidence *e, struct span tag, const char *pool, int rank)
{
	return (struct tag_series){ .tag = arena_text(e->arena, tag), .pool = pool, .rank = rank };
}

/* Appends to e->tags or e->kin. */
static void tag_add(struct evidence *e, struct tag_series **tags, size_t *count, struct tag_series t)
{
	*tags = arena_grow(e->arena, *tags, *count, sizeof **tags);
	(*tags)[(*count)++] = t;
}

/* Control areas, segments and subsections of mapped files (pooltag.txt), shared cache maps with what hangs on
 * them, and what NTFS and the filter manager keep for each file. Which pool they lie in differs by
 * version. */
bool tag_is_kin(struct span tag)
{
	static const char *const kin[] = { "MmCa", "MmSm", "MmSg", "MmSb", "MmSc", "MmSd", "CcSc", "CcVp",
		"CcBc", "NtFs", "Ntff", "NtfF", "Ntf0", "FMfn", "File" };

	for (size_t i = 0; i < LEN(kin); i++)
		if (span_equal(tag, span_of(kin[i])))
			return true;
	return false;
}

#define TOP_TAGS 10

/* The top ten by peak and MmSt, and apart from them what moves with it; tags that are in already learn their
 * rank. */
static void tags_by_peak(struct evidence *e, const char *pool)
{
	struct query *q = query_open(e->store,
		"SELECT g.text, max(p.bytes) AS peak FROM pool p JOIN snapshot t ON t.id = p.snapshot"
		" JOIN name g ON g.id = p.tag JOIN name k ON k.id = p.pool LEFT JOIN name sc ON sc.id = t.scope"
		" WHERE " OF_SERVER " AND (sc.text IS NULL OR sc.text = 'system') AND k.text = :pool"
		" GROUP BY g.text ORDER BY peak DESC, g.text");
	int rank = 0;

	query_int(q, ":server", e->server);
	query_text(q, ":pool", pool);
	while (query_next(q)) {
		struct span tag = query_span(q, 0);
		struct tag_series *listed = tag_find(e, tag, pool);
		bool top = ++rank <= TOP_TAGS || span_equal(tag, SPAN("MmSt"));

		if (listed)
			listed->rank = rank;
		else if (top)
			tag_add(e, &e->tags, &e->tag_count, series_of(e, tag, pool, rank));
		else if (tag_is_kin(tag))
			tag_add(e, &e->kin, &e->kin_count, series_of(e, tag, pool, rank));
	}
	query_close(q);
}

/* Tags below the top ten that grew most in the judged boot, by 1 % of the pool at least: a leak may still be
 * small. */
static void tags_by_growth(struct evidence *e)
{
	const struct snapshot *first = NULL, *last = NULL;
	struct query *q;

	for (size_t i = 0; i < e->snapshot_count; i++) {
		const struct snapshot *s = &e->snapshots[i];

		if (s->boot != e->judged_boot || !s->whole || s->at == WHEN_NONE)
			continue;
		first = first ? first : s;
		last = s;
	}
	if (!first || first == last)
		return;
	q = query_open(e->store,
		"SELECT g.text, b.bytes - coalesce(a.bytes, 0) AS growth FROM pool b JOIN name k ON k.id = b.pool"
		" JOIN name g ON g.id = b.tag LEFT JOIN pool a ON a.snapshot = :first AND a.tag = b.tag AND a.pool = b.pool"
		" WHERE b.snapshot = :last AND k.text = 'paged' AND growth > 0 AND growth * 100 >= :pool"
		" ORDER BY growth DESC, g.text LIMIT 10");
	query_int(q, ":first", first->id);
	query_int(q, ":last", last->id);
	query_int(q, ":pool", last->paged);
	while (query_next(q))
		tag_add(e, &e->tags, &e->tag_count, series_of(e, query_span(q, 0), "paged", 0));
	query_close(q);
}

static int by_rank(const void *a, const void *b)
{
	const struct tag_series *x = a, *y = b;
	int pool = strcmp(y->pool, x->pool); /* paged before nonpaged */

	return pool ? pool : x->rank - y->rank;
}

void evidence_tags(struct evidence *e)
{
	if (e->judged_boot != BOOT_NONE)
		tags_by_growth(e);
	/* The largest of the judged boot, though larger ones of other boots may stand before it. */
	if (e->peak && !tag_find(e, span_of(e->peak->largest), "paged"))
		tag_add(e, &e->tags, &e->tag_count, series_of(e, span_of(e->peak->largest), "paged", 0));
	tags_by_peak(e, "paged");
	tags_by_peak(e, "nonpaged");
	if (e->tag_count)
		qsort(e->tags, e->tag_count, sizeof *e->tags, by_rank);
	for (size_t i = 0; i < e->tag_count + e->kin_count; i++) {
		struct tag_series *t = i < e->tag_count ? &e->tags[i] : &e->kin[i - e->tag_count];

		series_read(e, t);
		if (e->judged_boot != BOOT_NONE)
			series_trend(e, t);
	}
	for (size_t i = 0; i < e->tag_count; i++)
		if (strcmp(e->tags[i].tag, "MmSt") == 0 && strcmp(e->tags[i].pool, "paged") == 0)
			e->mmst = &e->tags[i];
}
