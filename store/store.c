/* SPDX-License-Identifier: MIT
 * Opens a store and makes its tables from the record columns, so that a column is written down once
 * (core/record.h). */
#include "store/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

sqlite3 *store_db(struct store *s)
{
	return s->db;
}

const char *store_library(void)
{
	return sqlite3_libversion();
}

const char *store_hash_library(void)
{
	static char text[32];
	unsigned v = XXH_versionNumber();

	snprintf(text, sizeof text, "%u.%u.%u", v / 10000, v / 100 % 100, v % 100);
	return text;
}

bool store_is_environment(int code)
{
	switch (code & 0xFF) {
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_BUSY:
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_CANTOPEN:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB: return true;
	default: return false;
	}
}

_Noreturn void store_fault(sqlite3 *db, int code, const char *sql)
{
	if (store_is_environment(code))
		give_up("the store cannot be used: %s", sqlite3_errmsg(db));
	die("%s in: %s", sqlite3_errmsg(db), sql);
}

void store_run(struct store *s, const char *sql)
{
	int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

	if (code != SQLITE_OK)
		store_fault(s->db, code, sql);
}

static const char *storage_of(enum type type)
{
	switch (type) {
	case T_TEXT: return "TEXT";
	case T_BLOB: return "BLOB";
	case T_REAL:
	case T_PERCENT:
	case T_RATE: return "REAL";
	default: return "INTEGER";
	}
}

/* What a kind has besides its source, its line and its own columns. Captures are keyed by content: see
 * put.c. */
static const char *const extra_columns[RECORD_KINDS] = {
	[RECORD_EVENT] = ", server INTEGER NOT NULL REFERENCES server(id), twin INTEGER",
	[RECORD_SNAPSHOT] =
		(", server INTEGER NOT NULL REFERENCES server(id), hash BLOB, time_rank INTEGER,"
		 " at INTEGER, at_offset INTEGER, at_source TEXT, at_quality INTEGER, twin INTEGER"),
	[RECORD_COUNTER] = (", server INTEGER NOT NULL REFERENCES server(id), hash BLOB, at INTEGER,"
			    " at_offset INTEGER, at_source TEXT, at_quality INTEGER, twin INTEGER"),
	[RECORD_POOL] =
		", snapshot INTEGER NOT NULL REFERENCES snapshot(id), PRIMARY KEY (snapshot, tag, pool)",
};

static void schema_create(struct store *s)
{
	char sql[4096];

	store_run(s,
		"CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
		"CREATE TABLE name(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;"
		"CREATE TABLE server(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE,"
		" same_as INTEGER REFERENCES server(id)) STRICT;"
		"CREATE TABLE source(id INTEGER PRIMARY KEY, server INTEGER REFERENCES server(id), server_reason TEXT,"
		" name TEXT NOT NULL, parser INTEGER REFERENCES name(id), bytes INTEGER, digest BLOB, encoding TEXT,"
		" status TEXT, records INTEGER, events INTEGER, captures INTEGER, notes INTEGER, first INTEGER, last INTEGER,"
		" modified INTEGER) STRICT;"
		"CREATE UNIQUE INDEX source_content ON source(server, bytes, digest);"
		"CREATE TABLE note(source INTEGER NOT NULL REFERENCES source(id), line INTEGER NOT NULL, text TEXT NOT NULL)"
		" STRICT;"
		/* What a source holds of one machine's log; scattered: so many gaps that they were not
		 * kept. */
		"CREATE TABLE log(id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source(id),"
		" server INTEGER NOT NULL REFERENCES server(id), channel INTEGER REFERENCES name(id), records INTEGER NOT NULL,"
		" first INTEGER, last INTEGER, scattered INTEGER NOT NULL) STRICT;"
		"CREATE TABLE log_run(log INTEGER NOT NULL REFERENCES log(id), first_id INTEGER NOT NULL,"
		" last_id INTEGER NOT NULL, PRIMARY KEY (log, first_id)) STRICT, WITHOUT ROWID;");
	for (int kind = 0; kind < RECORD_KINDS; kind++) {
		const struct record_type *type = &record_types[kind];
		/* A pool row is found by its snapshot; its source is the snapshot's. */
		int n = snprintf(sql, sizeof sql, "CREATE TABLE %s(%s line INTEGER NOT NULL", type->name,
			kind == RECORD_POOL
				? ""
				: "id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES source(id),");

		for (size_t i = 0; i < type->count; i++)
			n += snprintf(sql + n, sizeof sql - (size_t)n, ", %s %s%s", type->columns[i].name,
				storage_of(type->columns[i].type),
				kind == RECORD_POOL && i <= POOL_POOL ? " NOT NULL" : "");
		snprintf(sql + n, sizeof sql - (size_t)n, "%s) STRICT%s",
			extra_columns[kind] ? extra_columns[kind] : "",
			kind == RECORD_POOL ? ", WITHOUT ROWID" : "");
		store_run(s, sql);
	}
	store_run(s,
		"CREATE UNIQUE INDEX snapshot_content ON snapshot(server, hash, scope) WHERE hash IS NOT NULL");
	store_run(s, "CREATE UNIQUE INDEX counter_content ON counter(server, hash)");
	store_run(s, views_sql());
	snprintf(sql, sizeof sql,
		"INSERT INTO meta VALUES ('format', 'pooltriage.store'), ('schema', '%d'), ('readable_by_schema', '%d');"
		"PRAGMA application_id = %d; PRAGMA user_version = %d",
		STORE_SCHEMA, STORE_SCHEMA, STORE_APPLICATION_ID, STORE_SCHEMA);
	store_run(s, sql);
}

static int schema_check(struct store *s, const char *path, struct err *e)
{
	sqlite3_stmt *probe;
	int64_t application, version;

	if (sqlite3_prepare_v2(s->db, "SELECT count(*) FROM sqlite_master", -1, &probe, NULL) != SQLITE_OK)
		return err_set(e, "%s: %s", path, sqlite3_errmsg(s->db));
	if (sqlite3_step(probe) != SQLITE_ROW) {
		sqlite3_finalize(probe);
		return err_set(e, "%s: %s", path, sqlite3_errmsg(s->db));
	}
	bool empty = sqlite3_column_int64(probe, 0) == 0;

	sqlite3_finalize(probe);
	application = query_one(s, "PRAGMA application_id", 0);
	version = query_one(s, "PRAGMA user_version", 0);
	if (empty && application == 0 && version == 0)
		return 0;
	if (application != STORE_APPLICATION_ID || version < 1)
		return err_set(e, "%s is an SQLite file, but no pooltriage store", path);
	if (version < STORE_SCHEMA)
		return err_set(e,
			"%s was made by an older pooltriage (schema %lld, this one needs %d): read the bundles again",
			path, (long long)version, STORE_SCHEMA);
	if (version > STORE_SCHEMA)
		return err_set(e, "%s was made by a newer pooltriage (schema %lld, this one knows %d)", path,
			(long long)version, STORE_SCHEMA);
	s->made = true;
	return 0;
}

struct store *store_open(const char *path, struct err *e)
{
	struct store *s = calloc(1, sizeof *s);

	if (!s)
		die("out of memory");
	/* The empty name is a temporary file of SQLite's own: it spills to disk, so a private store may
	 * outgrow memory. */
	if (sqlite3_open(path ? path : "", &s->db) != SQLITE_OK) {
		err_set(e, "%s: %s", path ? path : "private store", sqlite3_errmsg(s->db));
		store_close(s);
		return NULL;
	}
	sqlite3_busy_timeout(s->db, 60 * 1000);
	if (path && schema_check(s, path, e) != 0) {
		store_close(s);
		return NULL;
	}
	store_run(
		s, path ? "PRAGMA cache_size = -8000; PRAGMA synchronous = NORMAL"
			: "PRAGMA cache_size = -8000; PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;"
			  "PRAGMA temp_store = FILE");
	if (!s->made) {
		if (sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK) {
			err_set(e, "%s: %s", path ? path : "private store", sqlite3_errmsg(s->db));
			store_close(s);
			return NULL;
		}
		schema_create(s);
		store_run(s, "COMMIT");
	}
	/* What the source being read has in common with another one, word for word: see store_ties. */
	store_run(s, "CREATE TEMP TABLE tied_event(event INTEGER PRIMARY KEY);"
		     "CREATE TEMP TABLE tied_snapshot(snapshot INTEGER PRIMARY KEY, hash BLOB NOT NULL)");
	s->names = arena_open();
	s->spelling = arena_open();
	s->given = arena_open();
	s->met_arena = arena_open();
	return s;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < LEN(s->insert); i++)
		sqlite3_finalize(s->insert[i]);
	for (size_t i = 0; i < LEN(s->held); i++)
		sqlite3_finalize(s->held[i]);
	sqlite3_close(s->db);
	log_spans_drop(s);
	arena_close(s->names);
	arena_close(s->spelling);
	arena_close(s->given);
	arena_close(s->met_arena);
	free(s);
}
