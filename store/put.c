/* SPDX-License-Identifier: MIT
 * Takes in one source, each fact once: keys are made of content, so that order, names and repeats change
 * nothing. */
#include "store/state.h"

#include <stdio.h>
#include <string.h>
#include <xxhash.h>

static void fail(struct store *s, int code, const char *sql)
{
	switch (code & 0xFF) {
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_BUSY:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		if (!s->failure[0])
			snprintf(s->failure, sizeof s->failure, "%s", sqlite3_errmsg(s->db));
		return;
	default: die("%s in: %s", sqlite3_errmsg(s->db), sql);
	}
}

static sqlite3_stmt *held(struct store *s, enum held which)
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
			"SELECT id, binary, time_text, strings, line, (SELECT o.name FROM source o WHERE"
			" o.id = event.source) > (SELECT n.name FROM source n WHERE n.id = ?7) FROM event WHERE server = ?1 AND record_id IS ?2 AND channel IS ?3"
			" AND provider IS ?4 AND event_id IS ?5"
			" AND (abs(time - ?6) <= 10 OR (time IS NULL AND ?6 IS NULL))",
		[HELD_EVENT_DROP] = "DELETE FROM event WHERE id = ?1",
		[HELD_SOURCE_ADD] =
			"INSERT INTO source(name, parser, server, server_reason) VALUES (?1, ?2, ?3, ?4)",
		[HELD_NOTE_ADD] = "INSERT INTO note VALUES (?1, ?2, ?3)",
	};

	if (!s->held[which] &&
		sqlite3_prepare_v3(s->db, sql[which], -1, SQLITE_PREPARE_PERSISTENT, &s->held[which], NULL))
		die("%s in: %s", sqlite3_errmsg(s->db), sql[which]);
	return s->held[which];
}

static void bind_span(sqlite3_stmt *q, int i, struct span text)
{
	sqlite3_bind_text64(q, i, text.p ? text.p : "", text.n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/* Runs a statement that returns at most one number; -1 when it returned none. */
static int64_t step_once(struct store *s, sqlite3_stmt *q)
{
	int step = sqlite3_step(q);
	int64_t n = step == SQLITE_ROW ? sqlite3_column_int64(q, 0) : -1;

	if (step != SQLITE_ROW && step != SQLITE_DONE)
		fail(s, step, sqlite3_sql(q));
	sqlite3_reset(q);
	return n;
}

static int64_t find_or_add(struct store *s, enum held find, enum held add, struct span text)
{
	sqlite3_stmt *q = held(s, find);
	int64_t id;

	bind_span(q, 1, text);
	id = step_once(s, q);
	if (id >= 0)
		return id;
	q = held(s, add);
	bind_span(q, 1, text);
	step_once(s, q);
	return sqlite3_last_insert_rowid(s->db);
}

static void names_forget(struct store *s)
{
	arena_reset(s->names);
	memset(s->name_slots, 0, sizeof s->name_slots);
	s->name_count = 0;
}

/* NUL bytes would end a text in SQL functions, so a name's bytes are bound as they are but compared whole. */
static int64_t name_id(struct store *s, struct span text)
{
	size_t slot = (size_t)XXH3_64bits(text.p, text.n) & (NAME_SLOTS - 1);
	int64_t id;

	for (; s->name_slots[slot].id; slot = (slot + 1) & (NAME_SLOTS - 1))
		if (span_equal(s->name_slots[slot].text, text))
			return s->name_slots[slot].id;
	id = find_or_add(s, HELD_NAME_FIND, HELD_NAME_ADD, text);
	if (s->name_count > NAME_SLOTS / 4 * 3) {
		names_forget(s);
		slot = (size_t)XXH3_64bits(text.p, text.n) & (NAME_SLOTS - 1);
	}
	s->name_slots[slot] = (struct name_entry){ arena_span(s->names, text), id };
	s->name_count++;
	return id;
}

/* One machine in other letters is the same; of its spellings the first in byte order is shown, whichever came
 * first. */
int64_t store_server(struct store *s, struct span name)
{
	int64_t id = find_or_add(s, HELD_SERVER_FIND, HELD_SERVER_ADD, name.n ? name : SPAN(STORE_UNNAMED));
	sqlite3_stmt *q;

	if (name.n && !span_equal(name, s->spelled)) {
		q = held(s, HELD_SERVER_SPELL);
		bind_span(q, 1, name);
		step_once(s, q);
		arena_reset(s->spelling);
		s->spelled = arena_span(s->spelling, name);
	}
	return id;
}

/* ---- a source ---- */

void store_begin(struct store *s, const struct store_source *source)
{
	sqlite3_stmt *q;

	store_run(s, "BEGIN IMMEDIATE");
	s->failure[0] = 0;
	s->bytes = s->records = s->notes = 0;
	s->events = s->captures = 0;
	s->first = s->last = WHEN_NONE;
	s->computer_count = 0;
	s->snapshot = 0;
	s->server = source->server ? store_server(s, span_of(source->server)) : 0;
	XXH3_128bits_reset(s->hash);
	q = held(s, HELD_SOURCE_ADD);
	bind_span(q, 1, span_of(source->name));
	if (source->parser)
		sqlite3_bind_int64(q, 2, name_id(s, span_of(source->parser)));
	else
		sqlite3_bind_null(q, 2);
	if (s->server)
		sqlite3_bind_int64(q, 3, s->server);
	else
		sqlite3_bind_null(q, 3);
	sqlite3_bind_text(q, 4, source->server_reason, -1, SQLITE_TRANSIENT);
	step_once(s, q);
	s->source = sqlite3_last_insert_rowid(s->db);
}

void store_hash(struct store *s, const void *bytes, size_t n)
{
	XXH3_128bits_update(s->hash, bytes, n);
	s->bytes += (int64_t)n;
}

void store_note(struct store *s, uint64_t line, const char *text)
{
	sqlite3_stmt *q = held(s, HELD_NOTE_ADD);

	if (s->notes++ >= STORE_NOTES)
		return;
	sqlite3_bind_int64(q, 1, s->source);
	sqlite3_bind_int64(q, 2, (int64_t)line);
	bind_span(q, 3, span_of(text));
	step_once(s, q);
}

/* ---- records ---- */

static void bind_value(struct store *s, sqlite3_stmt *q, int i, enum type type, const struct value *v)
{
	if (!v->known)
		sqlite3_bind_null(q, i);
	else if (type == T_NAME)
		sqlite3_bind_int64(q, i, name_id(s, v->text));
	else if (type == T_TEXT)
		bind_span(q, i, v->text);
	else if (type == T_BLOB)
		sqlite3_bind_blob64(q, i, v->text.p ? v->text.p : "", v->text.n, SQLITE_TRANSIENT);
	else
		sqlite3_bind_int64(q, i, v->number);
}

static sqlite3_stmt *insert_of(struct store *s, enum record_kind kind)
{
	const struct record_type *type = &record_types[kind];
	const char *owner = kind == RECORD_POOL ? "snapshot" : "source";
	bool owned = kind == RECORD_EVENT || kind == RECORD_SNAPSHOT;
	char sql[2048];
	int n;

	if (s->insert[kind])
		return s->insert[kind];
	n = snprintf(
		sql, sizeof sql, "INSERT INTO %s(%s, line%s", type->name, owner, owned ? ", server" : "");
	for (size_t i = 0; i < type->count; i++)
		n += snprintf(sql + n, sizeof sql - (size_t)n, ", %s", type->columns[i].name);
	n += snprintf(sql + n, sizeof sql - (size_t)n, ") VALUES (?%s", owned ? ", ?, ?" : ", ?");
	for (size_t i = 0; i < type->count; i++)
		n += snprintf(sql + n, sizeof sql - (size_t)n, ", ?");
	snprintf(sql + n, sizeof sql - (size_t)n, ")");
	if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->insert[kind], NULL) !=
		SQLITE_OK)
		die("%s in: %s", sqlite3_errmsg(s->db), sql);
	return s->insert[kind];
}

/* owner: the source, or the snapshot of a pool row; server: 0 where the kind has none. */
static void insert(struct store *s, const struct record *r, int64_t owner, int64_t server)
{
	const struct record_type *type = &record_types[r->kind];
	sqlite3_stmt *q = insert_of(s, r->kind);
	int i = 1;

	sqlite3_bind_int64(q, i++, owner);
	sqlite3_bind_int64(q, i++, (int64_t)r->line);
	if (server)
		sqlite3_bind_int64(q, i++, server);
	for (size_t c = 0; c < type->count; c++)
		bind_value(s, q, i++, type->columns[c].type, &r->v[c]);
	step_once(s, q);
}

static void computer_count(struct store *s, int64_t server)
{
	for (size_t i = 0; i < s->computer_count; i++)
		if (s->computers[i].server == server) {
			s->computers[i].events++;
			return;
		}
	if (s->computer_count < COMPUTERS) {
		s->computers[s->computer_count].server = server;
		s->computers[s->computer_count++].events = 1;
	}
}

static int longer(struct span a, struct span b)
{
	return (a.n > b.n) - (a.n < b.n);
}

static struct span column_span(sqlite3_stmt *q, int column)
{
	const char *p = sqlite3_column_blob(q, column);

	return (struct span){ p ? p : "", (size_t)sqlite3_column_bytes(q, column) };
}

/* Of two copies of one event the one that says more is kept: exports differ in whether they carry the data
 * words, in how many digits of the time they write, in strings they lose. The rest only makes the choice the
 * same in any order. */
static bool copy_is_better(const struct record *r, sqlite3_stmt *held)
{
	struct span data = r->v[EVENT_BINARY].text, time = r->v[EVENT_TIME_TEXT].text,
		    strings = r->v[EVENT_STRINGS].text;
	struct span old_data = column_span(held, 1), old_time = column_span(held, 2),
		    old_strings = column_span(held, 3);
	uint64_t line = (uint64_t)sqlite3_column_int64(held, 4);
	const int order[] = {
		longer(data, old_data),
		longer(time, old_time),
		longer(strings, old_strings),
		span_compare(data, old_data),
		span_compare(time, old_time),
		span_compare(strings, old_strings),
		(r->line < line) - (r->line > line),
		sqlite3_column_int(held, 5),
	};

	for (size_t i = 0; i < LEN(order); i++)
		if (order[i])
			return order[i] > 0;
	return false;
}

static bool event_is_known(struct store *s, const struct record *r, int64_t server)
{
	static const int key[] = { EVENT_RECORD_ID, EVENT_CHANNEL, EVENT_PROVIDER, EVENT_EVENT_ID,
		EVENT_TIME };
	sqlite3_stmt *q = held(s, HELD_EVENT_FIND);
	int64_t id = 0;
	bool better = false;
	int step;

	sqlite3_bind_int64(q, 1, server);
	for (int i = 0; i < (int)LEN(key); i++)
		bind_value(s, q, i + 2, record_types[RECORD_EVENT].columns[key[i]].type, &r->v[key[i]]);
	sqlite3_bind_int64(q, 7, s->source);
	step = sqlite3_step(q);
	if (step == SQLITE_ROW) {
		id = sqlite3_column_int64(q, 0);
		better = copy_is_better(r, q);
	} else if (step != SQLITE_DONE) {
		fail(s, step, sqlite3_sql(q));
	}
	sqlite3_reset(q);
	if (better) {
		q = held(s, HELD_EVENT_DROP);
		sqlite3_bind_int64(q, 1, id);
		step_once(s, q);
	}
	return id != 0 && !better;
}

static void put_event(struct store *s, const struct record *r, bool keep)
{
	int64_t server = store_server(s, r->v[EVENT_COMPUTER].text);

	computer_count(s, server);
	if (r->v[EVENT_TIME].known) {
		int64_t t = r->v[EVENT_TIME].number;

		s->first = s->first == WHEN_NONE || t < s->first ? t : s->first;
		s->last = s->last == WHEN_NONE || t > s->last ? t : s->last;
	}
	s->events += keep;
	if (keep && !event_is_known(s, r, server))
		insert(s, r, s->source, server);
}

/* ---- captures ---- */

/* Of several times for one snapshot the best-ranked wins: a file name is better than nothing, an unambiguous
 * stamp better than one whose day and month may be swapped. */
static int rank_of_time(const struct record *r)
{
	static const char *const ranked[] = { "zoned stamp", "marker", "date line" };
	struct span source = r->v[SNAPSHOT_TIME_SOURCE].text;

	if (r->v[SNAPSHOT_TIME].known)
		return 0;
	for (int i = 0; i < (int)LEN(ranked); i++)
		if (span_equal(source, span_of(ranked[i])))
			return r->v[SNAPSHOT_LOCAL_OTHER].known ? 4 : i + 1;
	return span_equal(source, SPAN("file name")) ? 5 : 6;
}

/* A sum, so that the order of rows, which only shows how the tool was told to sort, does not matter. */
static void content_add(struct store *s, const struct record *r, const int *columns, size_t count)
{
	XXH3_state_t *state = XXH3_createState();
	XXH128_hash_t h;

	if (!state)
		die("out of memory");
	XXH3_128bits_reset(state);
	for (size_t i = 0; i < count; i++) {
		const struct value *v = &r->v[columns[i]];
		int64_t head[3] = { v->known, v->number, (int64_t)v->text.n };

		XXH3_128bits_update(state, head, sizeof head);
		XXH3_128bits_update(state, v->text.p, v->text.n);
	}
	h = XXH3_128bits_digest(state);
	XXH3_freeState(state);
	s->content[0] += h.low64;
	s->content[1] += h.high64;
}

/* One small statement with ?1, ?2 and ?3; those that it does not have are not bound. -1 when it returns
 * nothing. */
static int64_t one_int(struct store *s, const char *sql, int64_t a, int64_t b, const unsigned char *hash)
{
	sqlite3_stmt *q;
	int64_t n;

	if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK)
		die("%s in: %s", sqlite3_errmsg(s->db), sql);
	sqlite3_bind_int64(q, 1, a);
	sqlite3_bind_int64(q, 2, b);
	if (hash)
		sqlite3_bind_blob(q, 3, hash, 16, SQLITE_TRANSIENT);
	n = step_once(s, q);
	sqlite3_finalize(q);
	return n;
}

/* The same capture twice: the copy with the better time is kept, whole. The rest only makes the choice the
 * same in any order; of equally good stamps the earlier one, because a file may be stamped again when it is
 * copied. */
#define COPY_KEY(t) \
	"(" #t ".time_rank, coalesce(" #t ".time, " #t ".local, 0), coalesce(" #t ".time_text, '')," \
	" coalesce((SELECT text FROM name WHERE id = " #t ".view), '') <> 'snapshot'," \
	" coalesce((SELECT text FROM name WHERE id = " #t ".tool), ''), " #t ".line," \
	" (SELECT name FROM source WHERE id = " #t ".source))"

/* The snapshot is complete: is it one that this server already holds? */
static void snapshot_end(struct store *s)
{
	unsigned char hash[16];
	int64_t other, worse = s->snapshot;

	if (!s->snapshot)
		return;
	s->captures++;
	for (int i = 0; i < 16; i++)
		hash[i] = (unsigned char)(s->content[i / 8] >> (56 - i % 8 * 8));
	other = one_int(s,
		"SELECT id FROM snapshot WHERE server = ?1 AND coalesce(scope, 0) = ?2 AND hash = ?3",
		s->server, s->snapshot_scope, hash);
	if (other >= 0) {
		if (one_int(s,
			    "SELECT " COPY_KEY(n) " < " COPY_KEY(
				    o) " FROM snapshot n, snapshot o WHERE n.id = ?1 AND o.id = ?2",
			    s->snapshot, other, NULL) > 0)
			worse = other;
		one_int(s, "DELETE FROM pool WHERE snapshot = ?1", worse, 0, NULL);
		one_int(s, "DELETE FROM snapshot WHERE id = ?1", worse, 0, NULL);
	}
	if (other < 0 || worse == other)
		one_int(s, "UPDATE snapshot SET hash = ?3 WHERE id = ?1", s->snapshot, 0, hash);
	s->snapshot = 0;
}

static void put_snapshot(struct store *s, const struct record *r)
{
	int columns[SNAPSHOT_COLUMNS];
	size_t n = 0;

	snapshot_end(s);
	if (!s->server)
		s->server = store_server(s, SPAN(""));
	insert(s, r, s->source, s->server);
	s->snapshot = sqlite3_last_insert_rowid(s->db);
	s->snapshot_scope = r->v[SNAPSHOT_SCOPE].known ? name_id(s, r->v[SNAPSHOT_SCOPE].text) : 0;
	s->time_rank = rank_of_time(r);
	one_int(s, "UPDATE snapshot SET time_rank = ?2 WHERE id = ?1", s->snapshot, s->time_rank, NULL);
	s->content[0] = s->content[1] = 0;
	for (int c = SNAPSHOT_PHYSICAL; c < SNAPSHOT_COLUMNS; c++)
		columns[n++] = c;
	content_add(s, r, columns, n);
}

static void put_pool(struct store *s, const struct record *r)
{
	static const int columns[] = { POOL_TAG, POOL_POOL, POOL_ALLOCS, POOL_FREES, POOL_DIFF, POOL_BYTES };

	if (!s->snapshot)
		die("a pool row without its snapshot");
	content_add(s, r, columns, LEN(columns));
	insert(s, r, s->snapshot, 0);
}

void store_put(struct store *s, const struct record *r, bool keep)
{
	if (s->failure[0])
		return;
	if (r->kind != RECORD_SNAPSHOT)
		s->records++;
	switch (r->kind) {
	case RECORD_EVENT: put_event(s, r, keep); break;
	case RECORD_SNAPSHOT: put_snapshot(s, r); break;
	case RECORD_POOL: put_pool(s, r); break;
	case RECORD_HOST:
		if (!s->server && span_equal(r->v[HOST_NAME].text, SPAN(FACT_HOST_NAME)))
			s->server = store_server(s, r->v[HOST_TEXT].text);
		insert(s, r, s->source, 0);
		break;
	default: insert(s, r, s->source, 0); break;
	}
}

/* ---- the end of a source ---- */

static int64_t most_named(struct store *s)
{
	size_t best = 0;

	for (size_t i = 1; i < s->computer_count; i++)
		if (s->computers[i].events > s->computers[best].events)
			best = i;
	return s->computer_count ? s->computers[best].server : store_server(s, SPAN(""));
}

void store_cancel(struct store *s)
{
	if (!sqlite3_get_autocommit(s->db))
		store_run(s, "ROLLBACK");
	/* Ids given out since begin are gone with it. */
	names_forget(s);
	s->spelled = (struct span){ NULL, 0 };
	s->snapshot = 0;
}

static int64_t source_known(struct store *s, const unsigned char digest[16])
{
	return one_int(s, "SELECT id FROM source WHERE server = ?1 AND bytes = ?2 AND digest = ?3", s->server,
		s->bytes, digest);
}

static void source_finish(
	struct store *s, const char *status, const char *encoding, const unsigned char digest[16])
{
	sqlite3_stmt *q;
	const char *sql =
		"UPDATE source SET server = ?2, bytes = ?3, digest = ?4, encoding = ?5, status = ?6, records = ?7,"
		" notes = ?8, first = ?9, last = ?10, events = ?11, captures = ?12 WHERE id = ?1";

	if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK)
		die("%s in: %s", sqlite3_errmsg(s->db), sql);
	sqlite3_bind_int64(q, 1, s->source);
	sqlite3_bind_int64(q, 2, s->server);
	sqlite3_bind_int64(q, 3, s->bytes);
	sqlite3_bind_blob(q, 4, digest, 16, SQLITE_TRANSIENT);
	sqlite3_bind_text(q, 5, encoding, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(q, 6, status, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(q, 7, s->records);
	sqlite3_bind_int64(q, 8, s->notes);
	if (s->first != WHEN_NONE) {
		sqlite3_bind_int64(q, 9, s->first);
		sqlite3_bind_int64(q, 10, s->last);
	}
	sqlite3_bind_int64(q, 11, s->events);
	sqlite3_bind_int64(q, 12, s->captures);
	step_once(s, q);
	sqlite3_finalize(q);
}

int store_end(struct store *s, const char *status, const char *encoding, struct source_result *result,
	struct err *e)
{
	unsigned char digest[16];
	XXH128_canonical_t canonical;
	int64_t known;
	int commit;

	snapshot_end(s);
	if (!s->server)
		s->server = most_named(s);
	XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(s->hash));
	memcpy(digest, canonical.digest, sizeof digest);
	known = source_known(s, digest);
	*result = (struct source_result){ known >= 0 ? STORE_KNOWN : STORE_NEW,
		known >= 0 ? known : s->source, s->records, s->notes };
	if (known < 0)
		source_finish(s, status, encoding, digest);
	if (s->failure[0]) {
		store_cancel(s);
		return err_set(e, "the store cannot be written: %s", s->failure);
	}
	if (known >= 0) {
		store_cancel(s);
		return 0;
	}
	commit = sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
	if (commit == SQLITE_OK)
		return 0;
	fail(s, commit, "COMMIT");
	store_cancel(s);
	return err_set(e, "the store cannot be written: %s", s->failure);
}

/* What is told anew replaces what was told before; switches add up, each once. */
static void told_forget(struct store *s, int64_t source, const char *fact, const char *text)
{
	bool adds = strcmp(fact, FACT_SWITCH) == 0;
	struct query *q = query_open(s,
		"DELETE FROM host WHERE source = :source AND name = (SELECT id FROM name WHERE text = :fact)"
		" AND (NOT :adds OR text = :text)");

	query_int(q, ":source", source);
	query_text(q, ":fact", fact);
	query_int(q, ":adds", adds);
	query_text(q, ":text", text);
	query_next(q);
	query_close(q);
}

int store_tell(struct store *s, const char *server, const char *fact, const char *text, int64_t number,
	struct err *e)
{
	int64_t server_id, source;
	struct record r;
	int commit;

	store_run(s, "BEGIN IMMEDIATE");
	s->failure[0] = 0;
	server_id = store_server(s, span_of(server));
	source =
		one_int(s, "SELECT id FROM source WHERE server = ?1 AND status = 'told'", server_id, 0, NULL);
	if (source < 0) {
		one_int(s,
			"INSERT INTO source(name, server, server_reason, status) VALUES ('(told)', ?1, 'told', 'told')",
			server_id, 0, NULL);
		source = sqlite3_last_insert_rowid(s->db);
	}
	record_start(&r, RECORD_HOST, 0);
	record_text(&r, HOST_NAME, span_of(fact));
	record_text(&r, HOST_TEXT, span_of(text));
	record_number(&r, HOST_NUMBER, number);
	told_forget(s, source, fact, text);
	insert(s, &r, source, 0);
	commit = sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
	if (commit == SQLITE_OK && !s->failure[0])
		return 0;
	fail(s, commit, "COMMIT");
	store_cancel(s);
	return err_set(e, "the store cannot be written: %s", s->failure);
}
