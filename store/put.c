/* SPDX-License-Identifier: MIT
 * Takes in records, each fact once: keys are made of content, so that order, names and repeats change
 * nothing. */
#include "store/state.h"

#include <stdio.h>
#include <string.h>
#include <xxhash.h>

static void bind_value(struct store *s, sqlite3_stmt *q, int i, enum type type, const struct value *v)
{
	if (!v->known)
		sqlite3_bind_null(q, i);
	else if (type == T_NAME)
		sqlite3_bind_int64(q, i, store_name(s, v->text));
	else if (type == T_TEXT)
		store_bind(q, i, v->text);
	else if (type == T_BLOB)
		sqlite3_bind_blob64(q, i, v->text.p ? v->text.p : "", v->text.n, SQLITE_TRANSIENT);
	else
		sqlite3_bind_int64(q, i, v->number);
}

static sqlite3_stmt *insert_of(struct store *s, enum record_kind kind)
{
	const struct record_type *type = &record_types[kind];
	const char *owner = kind == RECORD_POOL ? "snapshot" : "source";
	bool owned = kind == RECORD_EVENT || kind == RECORD_SNAPSHOT || kind == RECORD_COUNTER;
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
		store_fault(s->db, sqlite3_errcode(s->db), sql);
	return s->insert[kind];
}

/* owner: the source, or the snapshot of a pool row; server: 0 where the kind has none. */
void store_insert(struct store *s, const struct record *r, int64_t owner, int64_t server)
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
	store_step(s, q);
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

/* A number that is not there is the smallest. */
static int compare_number(const struct value *v, sqlite3_stmt *held, int column)
{
	bool known = sqlite3_column_type(held, column) != SQLITE_NULL;
	int64_t n = sqlite3_column_int64(held, column);

	return v->known != known ? v->known - known : v->known ? (v->number > n) - (v->number < n) : 0;
}

/* Of two copies of one event the one that says more is kept: exports differ in whether they carry the data
 * words, in how many digits of the time they write, in strings they lose. The rest only makes the choice the
 * same in any order; above 0: the new one is kept, 0: they differ in nothing. */
static int copy_compare(const struct record *r, sqlite3_stmt *held)
{
	static const struct {
		int column, held;
	} texts[] = { { EVENT_BINARY, 1 }, { EVENT_TIME_TEXT, 2 }, { EVENT_STRINGS, 3 },
		{ EVENT_BINARY_TEXT, 9 }, { EVENT_SOURCE_NAME, 10 }, { EVENT_COMPUTER, 11 } };
	static const struct {
		int column, held;
	} numbers[] = { { EVENT_LEVEL, 6 }, { EVENT_QUALIFIERS, 7 }, { EVENT_TIME, 8 } };
	uint64_t line = (uint64_t)sqlite3_column_int64(held, 4);
	int order = 0;

	for (size_t i = 0; i < LEN(texts) && !order; i++)
		order = longer(r->v[texts[i].column].text, store_span(held, texts[i].held));
	for (size_t i = 0; i < LEN(texts) && !order; i++)
		order = span_compare(r->v[texts[i].column].text, store_span(held, texts[i].held));
	for (size_t i = 0; i < LEN(numbers) && !order; i++)
		order = compare_number(&r->v[numbers[i].column], held, numbers[i].held);
	return order ? order : (r->line < line) - (r->line > line);
}

static bool event_is_known(struct store *s, const struct record *r, int64_t server)
{
	static const int key[] = { EVENT_RECORD_ID, EVENT_CHANNEL, EVENT_PROVIDER, EVENT_EVENT_ID,
		EVENT_TIME };
	sqlite3_stmt *q = store_held(s, HELD_EVENT_FIND);
	int64_t id = 0;
	bool better = false, tie = false;
	int step;

	sqlite3_bind_int64(q, 1, server);
	for (int i = 0; i < (int)LEN(key); i++)
		bind_value(s, q, i + 2, record_types[RECORD_EVENT].columns[key[i]].type, &r->v[key[i]]);
	step = sqlite3_step(q);
	if (step == SQLITE_ROW) {
		id = sqlite3_column_int64(q, 0);
		int order = copy_compare(r, q);

		better = order > 0;
		tie = order == 0 && sqlite3_column_int64(q, 5) != s->source;
	} else if (step != SQLITE_DONE) {
		store_fail(s, step, sqlite3_sql(q));
	}
	sqlite3_reset(q);
	if (better || tie) {
		q = store_held(s, better ? HELD_EVENT_DROP : HELD_TIE_ADD);
		sqlite3_bind_int64(q, 1, id);
		store_step(s, q);
	}
	return id != 0 && !better;
}

static void put_event(struct store *s, const struct record *r, bool keep)
{
	int64_t server = store_server(s, r->v[EVENT_COMPUTER].text);

	computer_count(s, server);
	log_spans_add(s, r, server);
	if (r->v[EVENT_TIME].known) {
		int64_t t = r->v[EVENT_TIME].number;

		s->first = s->first == WHEN_NONE || t < s->first ? t : s->first;
		s->last = s->last == WHEN_NONE || t > s->last ? t : s->last;
	}
	s->events += keep;
	if (keep && !event_is_known(s, r, server))
		store_insert(s, r, s->source, server);
}

/* ---- captures ---- */

/* Of several times for one snapshot the best-ranked wins: a file name is better than nothing, an unambiguous
 * stamp better than one whose day and month may be swapped. */
static int rank_of_time(const struct record *r)
{
	static const char *const ranked[] = { "zoned stamp", "column", "marker", "date line" };
	const int after = (int)LEN(ranked) + 1;
	struct span source = r->v[SNAPSHOT_TIME_SOURCE].text;

	if (r->v[SNAPSHOT_TIME].known) /* said by the source itself: an event, a debugger, memsnap */
		return 0;
	for (int i = 0; i < (int)LEN(ranked); i++)
		if (span_equal(source, span_of(ranked[i])))
			return r->v[SNAPSHOT_LOCAL_OTHER].known ? after : i + 1;
	return span_equal(source, SPAN("file name")) ? after + 1 : after + 2;
}

/* A sum, so that the order of rows, which only shows how the tool was told to sort, does not matter. */
static void content_add(uint64_t content[2], const struct record *r, const int *columns, size_t count)
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
	content[0] += h.low64;
	content[1] += h.high64;
}

static void content_bytes(const uint64_t content[2], unsigned char hash[16])
{
	for (int i = 0; i < 16; i++)
		hash[i] = (unsigned char)(content[i / 8] >> (56 - i % 8 * 8));
}

enum copy { COPY_WORSE, COPY_BETTER, COPY_TIE };

static enum copy snapshot_compare(struct store *s, int64_t snapshot, int64_t other)
{
	return (enum copy)store_number(s,
		"SELECT coalesce(" SNAPSHOT_FIRST("n") " < " SNAPSHOT_FIRST(
			"o") ", 2) FROM snapshot n, snapshot o WHERE n.id = ?1 AND o.id = ?2",
		snapshot, other, NULL);
}

/* One of two copies goes; the other has the content's hash. */
static void snapshot_keep(struct store *s, int64_t keep, int64_t drop, const unsigned char hash[16])
{
	store_number(s, "DELETE FROM pool WHERE snapshot = ?1", drop, 0, NULL);
	store_number(s, "DELETE FROM snapshot WHERE id = ?1", drop, 0, NULL);
	store_number(s, "UPDATE snapshot SET hash = ?3 WHERE id = ?1", keep, 0, hash);
}

/* The snapshot is complete: is it one that this server already holds? */
static int64_t snapshot_like(struct store *s, unsigned char hash[16])
{
	content_bytes(s->content, hash);
	return store_number(s,
		"SELECT id FROM snapshot WHERE server = ?1 AND coalesce(scope, 0) = ?2 AND hash = ?3",
		s->snapshot_server, s->snapshot_scope, hash);
}

#define STAMP_OF(t) "coalesce(" #t ".time, " #t ".local)"

/* Two blocks of one file with stamps of their own are two captures, although nothing changed between them:
 * the few rows that findstr leaves of a quiet server. */
static bool later_block(struct store *s, int64_t snapshot, int64_t other)
{
	return store_number(s,
		       "SELECT 1 FROM snapshot n, snapshot o WHERE n.id = ?1 AND o.id = ?2 AND n.source = o.source"
		       " AND " STAMP_OF(n) " <> " STAMP_OF(o),
		       snapshot, other, NULL) > 0;
}

/* Its time tells it from the others then. */
static void content_stamp(struct store *s, int64_t snapshot)
{
	int64_t stamp =
		store_number(s, "SELECT " STAMP_OF(t) " FROM snapshot t WHERE t.id = ?1", snapshot, 0, NULL);

	s->content[0] += XXH3_64bits(&stamp, sizeof stamp);
}

void store_snapshot_end(struct store *s)
{
	unsigned char hash[16];
	int64_t other, snapshot = s->snapshot;

	if (!snapshot)
		return;
	s->snapshot = 0;
	s->captures++;
	other = snapshot_like(s, hash);
	if (other >= 0 && later_block(s, snapshot, other)) {
		content_stamp(s, snapshot);
		other = snapshot_like(s, hash);
	}
	if (other < 0) {
		store_number(s, "UPDATE snapshot SET hash = ?3 WHERE id = ?1", snapshot, 0, hash);
		return;
	}
	switch (snapshot_compare(s, snapshot, other)) {
	case COPY_BETTER: snapshot_keep(s, snapshot, other, hash); break;
	case COPY_WORSE: snapshot_keep(s, other, snapshot, hash); break;
	/* Both stay until the digest is known. */
	case COPY_TIE: store_number(s, "INSERT INTO tied_snapshot VALUES (?1, ?3)", snapshot, 0, hash); break;
	}
}

static bool snapshot_tied(struct store *s, int64_t *snapshot, int64_t *other, unsigned char hash[16])
{
	struct query *q = query_open(s,
		"SELECT t.snapshot, o.id, t.hash FROM tied_snapshot t JOIN snapshot n ON n.id = t.snapshot"
		" JOIN snapshot o ON o.server = n.server AND coalesce(o.scope, 0) = coalesce(n.scope, 0) AND o.hash = t.hash"
		" LIMIT 1");
	bool found = query_next(q);

	if (found) {
		*snapshot = query_integer(q, 0);
		*other = query_integer(q, 1);
		memcpy(hash, query_span(q, 2).p, 16);
	}
	query_close(q);
	return found;
}

void store_ties(struct store *s)
{
	int64_t snapshot, other;
	unsigned char hash[16];

	while (!s->failure[0] && snapshot_tied(s, &snapshot, &other, hash)) {
		store_number(s, "DELETE FROM tied_snapshot WHERE snapshot = ?1", snapshot, 0, NULL);
		if (snapshot_compare(s, snapshot, other) == COPY_BETTER)
			snapshot_keep(s, snapshot, other, hash);
		else
			snapshot_keep(s, other, snapshot, hash);
	}
	store_number(s,
		"UPDATE event SET source = ?1 WHERE id IN (SELECT event FROM tied_event) AND (SELECT"
		" (o.digest, lower(os.name)) > (n.digest, lower(ns.name)) FROM source o JOIN server os ON os.id = o.server,"
		" source n JOIN server ns ON ns.id = n.server WHERE o.id = event.source AND n.id = ?1)",
		s->source, 0, NULL);
}

/* A capture that names its machine is that machine's; any other belongs to whom the source was given to. */
static int64_t whose(struct store *s, struct span computer)
{
	if (computer.n)
		return store_server(s, computer);
	if (!s->server)
		s->server = store_server(s, SPAN(""));
	return s->server;
}

static void put_snapshot(struct store *s, const struct record *r)
{
	int columns[SNAPSHOT_COLUMNS];
	size_t n = 0;

	store_snapshot_end(s);
	s->snapshot_server = whose(s, r->v[SNAPSHOT_COMPUTER].text);
	store_insert(s, r, s->source, s->snapshot_server);
	s->snapshot = sqlite3_last_insert_rowid(s->db);
	s->snapshot_scope = r->v[SNAPSHOT_SCOPE].known ? store_name(s, r->v[SNAPSHOT_SCOPE].text) : 0;
	s->snapshot_of_event = span_equal(r->v[SNAPSHOT_VIEW].text, SPAN("event"));
	s->time_rank = rank_of_time(r);
	store_number(s, "UPDATE snapshot SET time_rank = ?2 WHERE id = ?1", s->snapshot, s->time_rank, NULL);
	s->content[0] = s->content[1] = 0;
	for (int c = SNAPSHOT_PHYSICAL; c < SNAPSHOT_COLUMNS; c++)
		columns[n++] = c;
	content_add(s->content, r, columns, n);
}

static void put_pool(struct store *s, const struct record *r)
{
	static const int columns[] = { POOL_TAG, POOL_POOL, POOL_ALLOCS, POOL_FREES, POOL_DIFF, POOL_BYTES };

	if (!s->snapshot)
		die("a pool row without its snapshot");
	content_add(s->content, r, columns, LEN(columns));
	store_insert(s, r, s->snapshot, 0);
}

/* ---- performance counters ---- */

/* Exports of one log overlap: a sample is its machine, its time on the log's clock, and its values. Where the
 * time is lost, its text stands for it. */
static bool counter_is_known(
	struct store *s, const struct record *r, int64_t server, const unsigned char hash[16])
{
	sqlite3_stmt *q = store_held(s, HELD_COUNTER_FIND);
	int64_t id = 0;
	bool better = false;
	int step;

	sqlite3_bind_int64(q, 1, server);
	sqlite3_bind_blob(q, 2, hash, 16, SQLITE_TRANSIENT);
	sqlite3_bind_int64(q, 3, !r->v[COUNTER_TIME].known);
	sqlite3_bind_int64(q, 4, s->source);
	sqlite3_bind_int64(q, 5, (int64_t)r->line);
	step = sqlite3_step(q);
	if (step == SQLITE_ROW) {
		id = sqlite3_column_int64(q, 0);
		better = sqlite3_column_int(q, 1) != 0;
	} else if (step != SQLITE_DONE) {
		store_fail(s, step, sqlite3_sql(q));
	}
	sqlite3_reset(q);
	if (better) {
		q = store_held(s, HELD_COUNTER_DROP);
		sqlite3_bind_int64(q, 1, id);
		store_step(s, q);
	}
	return id != 0 && !better;
}

static void put_counter(struct store *s, const struct record *r)
{
	int columns[COUNTER_COLUMNS];
	unsigned char hash[16];
	uint64_t content[2] = { 0, 0 };
	size_t n = 0;
	int64_t server = whose(s, r->v[COUNTER_COMPUTER].text);
	sqlite3_stmt *q;

	computer_count(s, server);
	columns[n++] = r->v[COUNTER_LOCAL].known  ? COUNTER_LOCAL
		       : r->v[COUNTER_TIME].known ? COUNTER_TIME
						  : COUNTER_TIME_TEXT;
	for (int c = COUNTER_PAGED; c < COUNTER_COLUMNS; c++)
		columns[n++] = c;
	content_add(content, r, columns, n);
	content_bytes(content, hash);
	if (counter_is_known(s, r, server, hash))
		return;
	store_insert(s, r, s->source, server);
	q = store_held(s, HELD_COUNTER_KEY);
	sqlite3_bind_int64(q, 1, sqlite3_last_insert_rowid(s->db));
	sqlite3_bind_blob(q, 2, hash, 16, SQLITE_TRANSIENT);
	store_step(s, q);
}

void store_put(struct store *s, const struct record *r, bool keep)
{
	if (s->failure[0])
		return;
	/* A log's records are its events, whatever one of them says of the pools. */
	if (r->kind != RECORD_SNAPSHOT && !(r->kind == RECORD_POOL && s->snapshot_of_event))
		s->records++;
	switch (r->kind) {
	case RECORD_EVENT: put_event(s, r, keep); break;
	case RECORD_SNAPSHOT: put_snapshot(s, r); break;
	case RECORD_POOL: put_pool(s, r); break;
	case RECORD_COUNTER: put_counter(s, r); break;
	case RECORD_HOST:
		if (!s->server && span_equal(r->v[HOST_NAME].text, SPAN(FACT_HOST_NAME)))
			s->server = store_server(s, r->v[HOST_TEXT].text);
		store_insert(s, r, s->source, 0);
		break;
	default: store_insert(s, r, s->source, 0); break;
	}
}
