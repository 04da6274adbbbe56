/* SPDX-License-Identifier: MIT
 * What a store holds, as text without row numbers: two stores with the same text hold the same. */
#ifndef TESTS_STORE_DUMP_H
#define TESTS_STORE_DUMP_H

#include "core/text.h"
#include "store/store.h"
#include "tests/check.h"

static inline const char *dump_sql(struct arena *a, const char *table, const char *column)
{
	static const struct {
		const char *column, *sql;
	} references[] = {
		{ "source",
			"(SELECT name || ' ' || coalesce(hex(digest), '') FROM source WHERE id = x.source)" },
		{ "server", "(SELECT name FROM server WHERE id = x.server)" },
		{ "same_as", "(SELECT name FROM server WHERE id = x.same_as)" },
		{ "snapshot", "(SELECT hex(hash) FROM snapshot WHERE id = x.snapshot)" },
		{ "log",
			"(SELECT (SELECT text FROM name WHERE id = l.channel) || ' ' || (SELECT name FROM server WHERE id = l.server)"
			" || (SELECT hex(digest) FROM source WHERE id = l.source) FROM log l WHERE l.id = x.log)" },
		{ "channel", "(SELECT text FROM name WHERE id = x.channel)" },
		{ "parser", "(SELECT text FROM name WHERE id = x.parser)" },
	};

	for (size_t i = 0; i < LEN(references); i++)
		if (strcmp(column, references[i].column) == 0)
			return references[i].sql;
	for (int kind = 0; kind < RECORD_KINDS; kind++) {
		int c = record_find((enum record_kind)kind, span_of(column));

		if (strcmp(table, record_types[kind].name) == 0 && c >= 0 &&
			record_types[kind].columns[c].type == T_NAME)
			return arena_printf(a, "(SELECT text FROM name WHERE id = x.%s)", column);
	}
	return arena_printf(a, "x.%s", column);
}

/* Growing text in an arena. */
struct dump {
	struct arena *arena;
	char *text;
	size_t n;
};

static inline void dump_line(struct dump *d, struct span s)
{
	for (size_t i = 0; i <= s.n; i++) {
		d->text = arena_grow(d->arena, d->text, d->n, 1);
		d->text[d->n++] = i < s.n ? s.p[i] : '\n';
	}
}

static inline void dump_table(struct store *s, struct dump *d, const char *table)
{
	struct query *q =
		query_open(s, "SELECT name FROM pragma_table_info(:table) WHERE name <> 'id' ORDER BY cid");
	const char *line = arena_printf(d->arena, "'%s'", table);

	query_text(q, ":table", table);
	while (query_next(q)) {
		const char *column = arena_text(d->arena, query_span(q, 0));

		line = arena_printf(d->arena, "%s || ' %s=' || quote(%s)", line, column,
			dump_sql(d->arena, table, column));
	}
	query_close(q);
	q = query_open(s, arena_printf(d->arena, "SELECT %s AS line FROM %s x ORDER BY line", line, table));
	while (query_next(q))
		dump_line(d, query_span(q, 0));
	query_close(q);
}

/* Every table but `name`, whose rows are in the others. */
static inline const char *store_dump(struct store *s, struct arena *a)
{
	struct dump d = { a, NULL, 0 };
	struct query *q = query_open(
		s, "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'name' ORDER BY name");

	while (query_next(q))
		dump_table(s, &d, arena_text(a, query_span(q, 0)));
	query_close(q);
	dump_line(&d, SPAN("\0"));
	return d.text;
}

/* Says which line is the first that differs. */
static inline void check_dump(const char *file, int line, const char *what, const char *got, const char *want)
{
	size_t i = 0, start = 0;

	if (check_count(strcmp(got, want) == 0, file, line))
		return;
	for (; got[i] && got[i] == want[i]; i++)
		start = got[i] == '\n' ? i + 1 : start;
	printf("%s\n  is     %.*s\n  not    %.*s\n", what, (int)strcspn(got + start, "\n"), got + start,
		(int)strcspn(want + start, "\n"), want + start);
}
#define CHECK_DUMP(what, got, want) check_dump(__FILE__, __LINE__, what, got, want)

#endif
