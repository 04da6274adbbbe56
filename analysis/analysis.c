/* SPDX-License-Identifier: MIT
 * Runs the analyses over one server or over all, and words the small things that they share. */
#include "analysis/analysis.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#define ANALYSIS(x) extern const struct analysis analysis_##x;
#include "analysis/all.h"
#undef ANALYSIS

#define ANALYSIS(x) &analysis_##x,
const struct analysis *const analyses[] = {
#include "analysis/all.h"
};
#undef ANALYSIS
const size_t analyses_count = LEN(analyses);

void analysis_server(struct report *r, struct store *store, int64_t server, const char *name,
	const struct thresholds *thresholds)
{
	struct evidence *e = evidence_load(store, server, name, thresholds, r->arena);
	struct judgement *j = judge(e, r->arena);
	struct server_report *s = report_server(r, name);
	unsigned have = (e->snapshot_count ? NEED_SNAPSHOTS : 0u) | (e->logs ? NEED_LOG : 0u) |
			(e->exhaustion_count ? NEED_EXHAUSTION : 0u);

	s->severity = j->severity;
	s->confidence = j->confidence;
	for (size_t i = 0; i < analyses_count; i++)
		if ((analyses[i]->needs & ~have) == 0)
			analyses[i]->run(r, s, j);
}

static int by_id(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The ids of the servers that go by these names, in order. */
static int64_t *servers_named(struct store *store, const struct list *names, struct arena *a, size_t *n)
{
	struct query *q = query_open(store, "SELECT coalesce(same_as, id) FROM server WHERE name = :name");
	int64_t *ids = NULL;

	*n = 0;
	for (size_t i = 0; i < names->count; i++) {
		query_text(q, ":name", names->items[i]);
		if (query_next(q)) {
			ids = arena_grow(a, ids, *n, sizeof *ids);
			ids[(*n)++] = query_integer(q, 0);
		}
		query_reset(q);
	}
	query_close(q);
	if (*n)
		qsort(ids, *n, sizeof *ids, by_id);
	return ids;
}

void analysis_store(
	struct report *r, struct store *store, const struct list *names, const struct thresholds *thresholds)
{
	/* A server is what has sources or events; names that are only another spelling of one are not
	 * counted, and what every server's report names makes none. */
	struct query *q = query_open(store,
		"SELECT s.id, s.name FROM server s WHERE s.same_as IS NULL AND EXISTS (SELECT 1 FROM server a"
		" WHERE coalesce(a.same_as, a.id) = s.id AND (EXISTS (SELECT 1 FROM source c WHERE c.server = a.id AND c.status IS NOT 'told'"
		" AND NOT " OF_EVERY_SERVER("a",
			"c") ")"
			     " OR EXISTS (SELECT 1 FROM event e WHERE e.server = a.id))) ORDER BY s.name COLLATE NOCASE, s.name");
	size_t n = 0;
	const int64_t *ids = names ? servers_named(store, names, r->arena, &n) : NULL;

	while (query_next(q)) {
		int64_t id = query_integer(q, 0);

		if (!names || (n && bsearch(&id, ids, n, sizeof *ids, by_id)))
			analysis_server(r, store, id, arena_text(r->arena, query_span(q, 1)), thresholds);
	}
	query_close(q);
}

const char *place_words(struct arena *a, const struct place *p)
{
	if (!p->source)
		return "";
	if (p->record_id >= 0)
		return arena_printf(a, "%s:%" PRId64 ", record %" PRId64, p->source, p->line, p->record_id);
	return arena_printf(a, "%s:%" PRId64, p->source, p->line);
}

const char *time_words(struct arena *a, when_us t)
{
	char text[WHEN_TEXT];

	if (t == WHEN_NONE)
		return "not known";
	when_print_plain(t, text);
	return arena_printf(a, "%s UTC", text);
}

int64_t bytes_of(double bytes)
{
	const double most = 9223372036854774784.0; /* the largest double below 2^63 */

	return (int64_t)fmax(-most, fmin(bytes, most));
}

struct table *evidence_table(struct report *r)
{
	static const struct field fields[] = {
		{ "source", "Source", T_TEXT, FOR_ALL },
		{ "line", "Line", T_INT, FOR_ALL },
		{ "record_id", "Record", T_INT, FOR_ALL },
	};

	return table_new(r, "evidence", "Evidence", TABLE_ROWS, fields, LEN(fields));
}

void evidence_row(struct table *t, const struct place *p)
{
	if (!p->source)
		return;
	table_add(t);
	table_source(t, p->source);
	if (p->line)
		table_int(t, "line", p->line);
	if (p->record_id >= 0)
		table_int(t, "record_id", p->record_id);
	if (p->line || p->record_id >= 0)
		table_link(t, p->record_id >= 0 ? "record_id" : "line", place_id(t->arena, p));
}

const char *place_id(struct arena *a, const struct place *p)
{
	return arena_printf(a, "at-%s-%" PRId64 "-%" PRId64, p->source, p->line, p->record_id);
}

const char *source_id(struct arena *a, const char *source)
{
	return arena_printf(a, "input-%s", source);
}

void table_source(struct table *t, const char *source)
{
	if (!source)
		return;
	table_text(t, "source", source);
	table_link(t, "source", source_id(t->arena, source));
}

const char *tag_id(struct arena *a, const char *pool, const char *tag)
{
	return arena_printf(a, "tag-%s-%s", pool, tag);
}

void table_tag(struct table *t, const char *field, const char *pool, const char *tag)
{
	table_text(t, field, tag);
	table_link(t, field, tag_id(t->arena, pool, tag));
}
