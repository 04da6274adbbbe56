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

/* How many characters of the tag the pattern leaves open; -1 when it does not fit. "Zb* " is Zb and anything:
 * a star counts as one where only blanks follow it. */
static int open_places(const char *pattern, const char *tag)
{
	int open = 0;

	if (strlen(pattern) != 4 || strlen(tag) != 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		if (pattern[i] == '*' && strspn(pattern + i, "* ") == (size_t)(4 - i))
			return open + 4 - i;
		if (pattern[i] != '?' && pattern[i] != tag[i])
			return -1;
		open += pattern[i] == '?';
	}
	return open;
}

/* ---- in words ---- */

struct telling {
	struct arena *arena;
	const char *words, *source; /* so far; of the last row that is shown */
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
	t->source = row->source;
	t->shown[t->count++] = text;
}

static const char *told(const struct telling *t)
{
	if (!t->count)
		return NULL;
	return t->more ? arena_printf(t->arena, "%s (per %s; %zu more)", t->words, t->source, t->more)
		       : arena_printf(t->arena, "%s (per %s)", t->words, t->source);
}

/* ---- which rows ---- */

static const char *exact_words(const struct evidence *e, const char *tag)
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
static const char *wild_words(const struct evidence *e, const char *tag)
{
	struct telling t = { .arena = e->arena };
	int least = 5;
	bool own = false;

	for (size_t i = 0; i < e->wild_count; i++) {
		int open = open_places(e->wild[i].tag, tag);

		if (open < 0 || (own && !e->wild[i].own))
			continue;
		own |= e->wild[i].own;
		least = open < least ? open : least;
	}
	for (size_t i = 0; i < e->wild_count; i++)
		if (e->wild[i].own == own && open_places(e->wild[i].tag, tag) == least)
			tell(&t, &e->wild[i]);
	return told(&t);
}

struct owner_found evidence_owner(const struct evidence *e, const char *tag)
{
	const struct tag_owner *known = tag_owner_find(tag);
	const char *words = exact_words(e, tag);

	if (!words)
		words = wild_words(e, tag);
	if (!words && known)
		words = known->what;
	return (struct owner_found){ words, known ? known->remedy : NULL };
}
