/* SPDX-License-Identifier: MIT
 * Prepared statements, their failures, and names that are kept once. */
#include "store/state.h"

#include <stdio.h>
#include <string.h>
#include <xxhash.h>

void store_fail(struct store *s, int code, const char *sql)
{
	if (!store_is_environment(code))
		die("%s in: %s", sqlite3_errmsg(s->db), sql);
	if (!s->failure[0])
		snprintf(s->failure, sizeof s->failure, "%s", sqlite3_errmsg(s->db));
}

sqlite3_stmt *store_held(struct store *s, enum held which)
{
	static const char *const sql[HELD_COUNT] = {
		[HELD_NAME_FIND] = "SELECT id FROM name WHERE text = ?1",
		[HELD_NAME_ADD] = "INSERT INTO name(text) VALUES (?1)",
		[HELD_SERVER_FIND] = "SELECT id FROM server WHERE name = ?1",
		[HELD_SERVER_SPELL] =
			"UPDATE server SET name = ?1 WHERE name = ?1 AND name COLLATE BINARY > ?1",
		[HELD_SERVER_ADD] = "INSERT INTO server(name) VALUES (?1)",
		/* One log in two dialects drifts by up to 2.6 microseconds (python-evtx against libevtx). */
		[HELD_EVENT_FIND] =
			"SELECT id, binary, time_text, strings, line, source, level, qualifiers, time, binary_text,"
			" (SELECT text FROM name WHERE id = source_name), (SELECT text FROM name WHERE id = computer)"
			" FROM event WHERE server = ?1 AND record_id IS ?2 AND channel IS ?3"
			" AND provider IS ?4 AND event_id IS ?5"
			" AND " EVENT_AT(
				"event") " BETWEEN coalesce(?6 - 10, -9e18) AND coalesce(?6 + 10, -9e18)",
		[HELD_EVENT_DROP] = "DELETE FROM event WHERE id = ?1",
		/* Of two copies the one that says it in UTC, then the first by source and line. */
		[HELD_COUNTER_FIND] =
			"SELECT c.id, (c.time IS NULL, s.name, c.line) > (?3, (SELECT n.name FROM source n WHERE n.id = ?4), ?5)"
			" FROM counter c JOIN source s ON s.id = c.source WHERE c.server = ?1 AND c.hash = ?2",
		[HELD_COUNTER_DROP] = "DELETE FROM counter WHERE id = ?1",
		[HELD_COUNTER_KEY] = "UPDATE counter SET hash = ?2 WHERE id = ?1",
		[HELD_TIE_ADD] = "INSERT OR IGNORE INTO tied_event VALUES (?1)",
		[HELD_SOURCE_ADD] =
			"INSERT INTO source(name, parser, server, server_reason) VALUES (?1, ?2, ?3, ?4)",
		[HELD_NOTE_ADD] = "INSERT INTO note VALUES (?1, ?2, ?3)",
		[HELD_LOG_ADD] = "INSERT INTO log(source, server, channel, records, first, last, scattered)"
				 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
		[HELD_RUN_ADD] = "INSERT INTO log_run VALUES (?1, ?2, ?3)",
	};

	if (!s->held[which] &&
		sqlite3_prepare_v3(s->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT, &s->held[which], NULL))
		store_fault(s->db, sqlite3_errcode(s->db), sql[which]);
	return s->held[which];
}

void store_bind(sqlite3_stmt *q, int i, struct span text)
{
	sqlite3_bind_text64(q, i, text.p ? text.p : "", text.n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

struct span store_span(sqlite3_stmt *q, int column)
{
	const char *p = sqlite3_column_blob(q, column);

	return (struct span){ p ? p : "", (size_t)sqlite3_column_bytes(q, column) };
}

/* Runs a statement that returns at most one number; -1 when it returned none. */
int64_t store_step(struct store *s, sqlite3_stmt *q)
{
	int step = sqlite3_step(q);
	int64_t n = step == SQLITE_ROW ? sqlite3_column_int64(q, 0) : -1;

	if (step != SQLITE_ROW && step != SQLITE_DONE)
		store_fail(s, step, sqlite3_sql(q));
	sqlite3_reset(q);
	return n;
}

static int64_t find_or_add(struct store *s, enum held find, enum held add, struct span text)
{
	sqlite3_stmt *q = store_held(s, find);
	int64_t id;

	store_bind(q, 1, text);
	id = store_step(s, q);
	if (id >= 0)
		return id;
	q = store_held(s, add);
	store_bind(q, 1, text);
	store_step(s, q);
	return sqlite3_last_insert_rowid(s->db);
}

void store_names_forget(struct store *s)
{
	arena_reset(s->names);
	memset(s->name_slots, 0, sizeof s->name_slots);
	s->name_count = 0;
}

/* NUL bytes would end a text in SQL functions, so a name's bytes are bound as they are but compared whole. */
int64_t store_name(struct store *s, struct span text)
{
	size_t slot = (size_t)XXH3_64bits(text.p, text.n) & (NAME_SLOTS - 1);
	int64_t id;

	for (; s->name_slots[slot].id; slot = (slot + 1) & (NAME_SLOTS - 1))
		if (span_equal(s->name_slots[slot].text, text))
			return s->name_slots[slot].id;
	id = find_or_add(s, HELD_NAME_FIND, HELD_NAME_ADD, text);
	if (s->name_count > NAME_SLOTS / 4 * 3) {
		store_names_forget(s);
		slot = (size_t)XXH3_64bits(text.p, text.n) & (NAME_SLOTS - 1);
	}
	s->name_slots[slot] = (struct name_entry){ arena_span(s->names, text), id };
	s->name_count++;
	return id;
}

static void server_met(struct store *s, int64_t id)
{
	while (s->met_count <= (size_t)id) {
		s->met = arena_grow(s->met_arena, s->met, s->met_count, sizeof *s->met);
		s->met[s->met_count++] = false;
	}
	s->met[id] = true;
}

void store_met(struct store *s, struct arena *a, struct list *names)
{
	struct query *q = query_open(s, "SELECT id, name FROM server ORDER BY name COLLATE NOCASE");

	while (query_next(q)) {
		int64_t id = query_integer(q, 0);

		if ((size_t)id < s->met_count && s->met[id])
			list_add(a, names, arena_text(a, query_span(q, 1)));
	}
	query_close(q);
}

/* One machine in other letters is the same; of its spellings the first in byte order is shown, whichever came
 * first. */
int64_t store_server(struct store *s, struct span name)
{
	int64_t id = find_or_add(s, HELD_SERVER_FIND, HELD_SERVER_ADD, name.n ? name : SPAN(STORE_UNNAMED));
	sqlite3_stmt *q;

	server_met(s, id);
	if (name.n && !span_equal(name, s->spelled)) {
		q = store_held(s, HELD_SERVER_SPELL);
		store_bind(q, 1, name);
		store_step(s, q);
		arena_reset(s->spelling);
		s->spelled = arena_span(s->spelling, name);
	}
	return id;
}

/* One small statement with ?1, ?2 and ?3; those that it does not have are not bound. -1 when it returns
 * nothing. */
int64_t store_number(struct store *s, const char *sql, int64_t a, int64_t b, const unsigned char *hash)
{
	sqlite3_stmt *q;
	int64_t n;

	if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK)
		store_fault(s->db, sqlite3_errcode(s->db), sql);
	sqlite3_bind_int64(q, 1, a);
	sqlite3_bind_int64(q, 2, b);
	if (hash)
		sqlite3_bind_blob(q, 3, hash, 16, SQLITE_TRANSIENT);
	n = store_step(s, q);
	sqlite3_finalize(q);
	return n;
}
