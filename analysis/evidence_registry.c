/* SPDX-License-Identifier: MIT
 * Loads how the registry of one server stands: the two values, when their key was written, limits set by
 * hand. */
#include "analysis/evidence.h"

#include <string.h>

/* Several exports were read and do not agree on a value, type and all: one was made before a change, and none
 * says which. They may stand in one file. "60 (a.reg), absent (b.reg)"; NULL when they agree. */
static const char *exports_differ(struct evidence *e, const char *name)
{
	struct query *q = query_open(e->store,
		"WITH exports(id, file) AS (SELECT DISTINCT h.source, c.name FROM host h JOIN source c ON c.id = h.source"
		"  JOIN server s ON s.id = c.server JOIN name n ON n.id = h.name"
		"  WHERE coalesce(s.same_as, s.id) = :server AND n.text = :key),"
		" held(source, value) AS (SELECT r.source, CASE t.text WHEN 'REG_DWORD' THEN r.number"
		"  ELSE coalesce(t.text, '') || ' ' || coalesce(r.number, r.text, '') END"
		"  FROM registry r JOIN name n ON n.id = r.name JOIN name k ON k.id = r.key LEFT JOIN name t ON t.id = r.type"
		"  WHERE n.text = :name COLLATE NOCASE AND k.text LIKE '%\\Memory Management')"
		" SELECT coalesce(value, 'absent') AS shown, min(file) FROM exports LEFT JOIN held ON held.source = exports.id"
		" GROUP BY shown ORDER BY shown");
	const char *all = "";
	int values = 0;

	query_int(q, ":server", e->server);
	query_text(q, ":key", FACT_KEY_READ);
	query_text(q, ":name", name);
	while (query_next(q)) {
		struct span value = query_span(q, 0), file = query_span(q, 1);

		all = arena_printf(e->arena, "%s%s%.*s (%.*s)", all, values++ ? ", " : "", (int)value.n,
			value.p, (int)file.n, file.p);
	}
	query_close(q);
	return values > 1 ? all : NULL;
}

static void host_registry(struct evidence *e, const char *name, struct setting *out)
{
	struct query *q = query_open(e->store,
		"SELECT t.text, r.number, r.text, c.name, r.line, NULL, c.id, f.text = 'regfile',"
		" EXISTS (SELECT 1 FROM registry o JOIN host h ON h.source = o.source JOIN name w ON w.id = h.name"
		"  JOIN source d ON d.id = o.source JOIN server y ON y.id = d.server WHERE w.text = :read"
		"  AND coalesce(y.same_as, y.id) = :server AND o.name = r.name"
		"  AND o.key = r.key AND o.type IS r.type AND o.number IS r.number AND o.text IS r.text) FROM registry r"
		" JOIN source c ON c.id = r.source LEFT JOIN name f ON f.id = c.parser"
		" JOIN server s ON s.id = c.server JOIN name n ON n.id = r.name JOIN name k ON k.id = r.key"
		" LEFT JOIN name t ON t.id = r.type"
		" WHERE coalesce(s.same_as, s.id) = :server AND n.text = :name COLLATE NOCASE"
		" AND k.text LIKE '%\\Memory Management' ORDER BY c.digest DESC, r.line DESC LIMIT 1");

	query_int(q, ":server", e->server);
	query_text(q, ":name", name);
	query_text(q, ":read", FACT_KEY_READ);
	out->state = e->key_read ? SETTING_ABSENT : SETTING_UNREAD;
	if (query_next(q)) {
		out->type = arena_text(e->arena, query_span(q, 0));
		out->numbered = query_known(q, 1);
		out->state =
			out->numbered && strcmp(out->type, "REG_DWORD") == 0 ? SETTING_NUMBER : SETTING_OTHER;
		out->number = query_integer(q, 1);
		out->text = arena_text(e->arena, query_span(q, 2));
		out->exact = query_integer(q, 7) && strlen(out->text) == query_span(q, 2).n;
		out->place = place_read(q, 3, e->arena);
		out->source = query_integer(q, 6);
		out->exported = query_integer(q, 8);
	}
	query_close(q);
	out->disputed = e->key_read ? exports_differ(e, name) : NULL;
}

/* What one source says: another may show the key before or after a change. */
static void host_written(struct evidence *e, int64_t source)
{
	struct query *q = query_open(e->store,
		"SELECT h.text, h.number FROM host h JOIN name n ON n.id = h.name WHERE h.source = :source"
		" AND n.text = :name ORDER BY h.line DESC LIMIT 1");

	query_int(q, ":source", source);
	query_text(q, ":name", FACT_KEY_WRITTEN);
	e->key_written = WHEN_NONE;
	if (query_next(q)) {
		e->key_written_text = arena_text(e->arena, query_span(q, 0));
		if (query_known(q, 1))
			e->key_written = query_integer(q, 1);
	}
	query_close(q);
}

/* PagedPoolLimit is a value of 32-bit Vista and 2008: no Windows 2000 or 2003 reads it. */
static void host_own_limits(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT n.text, r.number, min(c.name), r.line, NULL FROM registry r JOIN source c ON c.id = r.source JOIN server s ON s.id = c.server"
		" JOIN name n ON n.id = r.name WHERE coalesce(s.same_as, s.id) = :server AND r.number <> 0"
		" AND (n.text COLLATE NOCASE IN ('PagedPoolQuota', 'MaxPagedMemoryUsage')"
		" OR (:limit AND n.text = 'PagedPoolLimit' COLLATE NOCASE)) GROUP BY n.text COLLATE NOCASE, r.number ORDER BY n.text, r.number");
	enum os_family family = e->machine.family;

	query_int(q, ":server", e->server);
	query_int(q, ":limit", e->machine.arch != ARCH_X64 && (family >= OS_VISTA || family == OS_UNKNOWN));
	while (query_next(q)) {
		e->own_limits =
			arena_grow(e->arena, e->own_limits, e->own_limit_count, sizeof *e->own_limits);
		e->own_limits[e->own_limit_count++] =
			(struct own_limit){ arena_text(e->arena, query_span(q, 0)), query_integer(q, 1),
				place_read(q, 2, e->arena) };
	}
	query_close(q);
}

/* That a value is absent is seen where its key begins. */
static void host_absent(struct evidence *e, int64_t source, struct setting *out)
{
	struct query *q = query_open(e->store,
		"SELECT c.name, h.line, NULL FROM host h JOIN name n ON n.id = h.name JOIN source c ON c.id = h.source"
		" WHERE h.source = :source AND n.text = :name ORDER BY h.line DESC LIMIT 1");

	query_int(q, ":source", source);
	query_text(q, ":name", FACT_KEY_READ);
	if (out->state == SETTING_ABSENT && query_next(q))
		out->place = place_read(q, 0, e->arena);
	query_close(q);
}

void evidence_registry(struct evidence *e, int64_t read_from)
{
	host_own_limits(e);
	host_registry(e, "PoolUsageMaximum", &e->pool_usage_maximum);
	host_registry(e, "PagedPoolSize", &e->paged_pool_size);
	host_absent(e, read_from, &e->pool_usage_maximum);
	host_absent(e, read_from, &e->paged_pool_size);
	host_written(e, e->pool_usage_maximum.source ? e->pool_usage_maximum.source
			: e->paged_pool_size.source  ? e->paged_pool_size.source
						     : read_from);
	if (e->paged_pool_size.state == SETTING_NUMBER)
		e->machine.paged_pool_size = e->paged_pool_size.number;
}
