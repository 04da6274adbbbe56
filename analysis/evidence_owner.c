/* SPDX-License-Identifier: MIT
 * Who owns a tag? The user's own tag lists first (exact tags before wildcards, the server's files before
 * those that lie with no server), then the built-in table. */
#include "analysis/evidence.h"
#include "analysis/tag_owner.h"

#include "core/text.h"

#include <string.h>

struct owner_row {
	const char *tag, *module, *text, *source;
	bool own; /* of a file of this server */
};

#define SHOWN     2   /* different owners of one tag that are shown; the rest is counted */
#define WORDS_MAX 200 /* bytes of each */

/* Of the files of this server and of those of no server; the order does not depend on that of reading. */
#define OWNERS_OF(where) \
	"SELECT g.text, o.module, o.text, c.name, coalesce(s.same_as, s.id) = :server FROM owner o" \
	" JOIN name g ON g.id = o.tag JOIN source c ON c.id = o.source JOIN server s ON s.id = c.server" \
	" WHERE " where " AND (coalesce(s.same_as, s.id) = :server OR s.name = :unnamed)" \
	" ORDER BY 5 DESC, c.name, c.bytes, c.digest, o.line, o.module, o.text"

static struct query *owners_query(const struct evidence *e, const char *sql)
{
	struct query *q = query_open(e->store, sql);

	query_int(q, ":server", e->server);
	query_text(q, ":unnamed", STORE_UNNAMED);
	return q;
}

static struct owner_row row_of(const struct evidence *e, struct query *q)
{
	const char *source = arena_text(e->arena, query_span(q, 3)), *part = strrchr(source, '/');

	return (struct owner_row){ arena_text(e->arena, query_span(q, 0)),
		arena_text(e->arena, query_span(q, 1)), arena_text(e->arena, query_span(q, 2)),
		part ? part + 1 : source, query_integer(q, 4) != 0 };
}

void evidence_owners(struct evidence *e)
{
	struct query *q = owners_query(e, OWNERS_OF("(instr(g.text, '?') OR instr(g.text, '*'))"));

	while (query_next(q)) {
		e->wild = arena_grow(e->arena, e->wild, e->wild_count, sizeof *e->wild);
		e->wild[e->wild_count++] = row_of(e, q);
	}
	query_close(q);
}

/* ---- in words ---- */

struct telling {
	struct arena *arena;
	const char *words, *source; /* so far; of the last row that is shown */
	const char *sources;        /* of all rows that are shown */
	const char *shown[SHOWN];
	size_t count, more;
};

static void tell(struct telling *t, const struct owner_row *row)
{
	/* The lists write <unknown> for a binary that nobody knows. */
	const char *module = strcmp(row->module, "<unknown>") == 0 ? "" : row->module;
	const char *text =
		arena_printf(t->arena, "%s%s%s", module, *module && *row->text ? ": " : "", row->text);

	text = arena_text(t->arena, text_head_whole(span_of(text), WORDS_MAX));
	for (size_t i = 0; i < t->count; i++)
		if (strcmp(t->shown[i], text) == 0)
			return;
	if (!*text)
		return;
	if (t->count == SHOWN) {
		t->more++;
		return;
	}
	if (t->count && strcmp(t->source, row->source) == 0)
		t->words = arena_printf(t->arena, "%s; or %s", t->words, text);
	else if (t->count)
		t->words = arena_printf(t->arena, "%s (per %s); or %s", t->words, t->source, text);
	else
		t->words = text;
	if (!t->count)
		t->sources = row->source;
	else if (strcmp(t->source, row->source) != 0)
		t->sources = arena_printf(t->arena, "%s; %s", t->sources, row->source);
	t->source = row->source;
	t->shown[t->count++] = text;
}

static struct owner_found told(const struct telling *t)
{
	if (!t->count)
		return (struct owner_found){ .what = NULL };
	return (struct owner_found){
		.what = t->more ? arena_printf(
					  t->arena, "%s (per %s; %zu more)", t->words, t->source, t->more)
				: arena_printf(t->arena, "%s (per %s)", t->words, t->source),
		.source = t->sources,
		.listed = true,
	};
}

/* ---- which rows ---- */

static struct owner_found exact_owner(const struct evidence *e, const char *tag)
{
	struct telling t = { .arena = e->arena };
	struct query *q = owners_query(e, OWNERS_OF("g.text = :tag"));
	bool own = false;

	query_text(q, ":tag", tag);
	while (query_next(q)) {
		struct owner_row row = row_of(e, q);

		own |= row.own;
		if (row.own || !own)
			tell(&t, &row);
	}
	query_close(q);
	return told(&t);
}

/* The closest patterns only. */
static struct owner_found wild_owner(const struct evidence *e, const char *tag)
{
	struct telling t = { .arena = e->arena };
	int least = 5;
	bool own = false;

	for (size_t i = 0; i < e->wild_count; i++) {
		int open = tag_open_places(e->wild[i].tag, tag);

		if (open < 0 || (own && !e->wild[i].own))
			continue;
		own |= e->wild[i].own;
		least = open < least ? open : least;
	}
	for (size_t i = 0; i < e->wild_count; i++)
		if (e->wild[i].own == own && tag_open_places(e->wild[i].tag, tag) == least)
			tell(&t, &e->wild[i]);
	return told(&t);
}

static struct owner_found owner_of(const struct evidence *e, const char *tag)
{
	const struct tag_owner *known = tag_owner_find(tag);
	struct owner_found found = exact_owner(e, tag);

	if (!found.what)
		found = wild_owner(e, tag);
	if (!known)
		return found;
	if (!found.what) {
		found.what = arena_printf(e->arena, "%s: %s", known->owner, known->what);
		found.source = known->source;
	}
	found.remedy = known->remedy;
	found.remedy_source = known->remedy_source;
	return found;
}

struct owner_found evidence_owner(const struct evidence *e, const char *tag)
{
	struct owner_found found = owner_of(e, tag);
	char plain[5];

	return found.what || !tag_unmarked(tag, plain) ? found : owner_of(e, plain);
}
