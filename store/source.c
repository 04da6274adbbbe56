/* SPDX-License-Identifier: MIT
 * A source from its first byte to its commit: hashed as it is read, known if this server holds its like. */
#include "store/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

void store_begin(struct store *s, const struct store_source *source)
{
	sqlite3_stmt *q;

	store_run(s, "BEGIN IMMEDIATE; DELETE FROM tied_event; DELETE FROM tied_snapshot");
	s->failure[0] = 0;
	arena_reset(s->given);
	s->given_to =
		source->server ? arena_span(s->given, span_of(source->server)) : (struct span){ NULL, 0 };
	s->given_name = arena_text(s->given, span_of(source->name));
	s->records = s->notes = 0;
	s->events = s->captures = 0;
	s->first = s->last = WHEN_NONE;
	s->computer_count = 0;
	s->snapshot = 0;
	log_spans_drop(s);
	s->server = source->server ? store_server(s, span_of(source->server)) : 0;
	q = store_held(s, HELD_SOURCE_ADD);
	store_bind(q, 1, span_of(source->name));
	if (source->parser)
		sqlite3_bind_int64(q, 2, store_name(s, span_of(source->parser)));
	else
		sqlite3_bind_null(q, 2);
	if (s->server)
		sqlite3_bind_int64(q, 3, s->server);
	else
		sqlite3_bind_null(q, 3);
	sqlite3_bind_text(q, 4, source->server_reason, -1, SQLITE_TRANSIENT);
	store_step(s, q);
	s->source = sqlite3_last_insert_rowid(s->db);
}

struct digest {
	XXH3_state_t *state;
	int64_t bytes;
};

struct digest *digest_open(void)
{
	struct digest *d = calloc(1, sizeof *d);

	if (!d || !(d->state = XXH3_createState()))
		die("out of memory");
	XXH3_128bits_reset(d->state);
	return d;
}

void digest_close(struct digest *d)
{
	if (d)
		XXH3_freeState(d->state);
	free(d);
}

void digest_add(struct digest *d, const void *bytes, size_t n)
{
	XXH3_128bits_update(d->state, bytes, n);
	d->bytes += (int64_t)n;
}

void store_note(struct store *s, uint64_t line, const char *text)
{
	sqlite3_stmt *q = store_held(s, HELD_NOTE_ADD);

	if (s->notes++ >= STORE_NOTES)
		return;
	sqlite3_bind_int64(q, 1, s->source);
	sqlite3_bind_int64(q, 2, (int64_t)line);
	store_bind(q, 3, span_of(text));
	store_step(s, q);
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
	store_names_forget(s);
	s->spelled = (struct span){ NULL, 0 };
	s->snapshot = 0;
}

static int64_t source_known(struct store *s, int64_t bytes, const unsigned char digest[16])
{
	return store_number(s, "SELECT id FROM source WHERE server = ?1 AND bytes = ?2 AND digest = ?3",
		s->server, bytes, digest);
}

static void bind_known(sqlite3_stmt *q, int i, int64_t time)
{
	if (time != WHEN_NONE)
		sqlite3_bind_int64(q, i, time);
}

static void source_finish(struct store *s, const struct store_ending *ending, const unsigned char digest[16])
{
	sqlite3_stmt *q;
	const char *sql =
		"UPDATE source SET server = ?2, bytes = ?3, digest = ?4, encoding = ?5, status = ?6, records = ?7,"
		" notes = ?8, first = ?9, last = ?10, events = ?11, captures = ?12, modified = ?13 WHERE id = ?1";

	if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK)
		store_fault(s->db, sqlite3_errcode(s->db), sql);
	sqlite3_bind_int64(q, 1, s->source);
	sqlite3_bind_int64(q, 2, s->server);
	sqlite3_bind_int64(q, 3, ending->bytes->bytes);
	sqlite3_bind_blob(q, 4, digest, 16, SQLITE_TRANSIENT);
	sqlite3_bind_text(q, 5, ending->encoding, -1, SQLITE_TRANSIENT);
	sqlite3_bind_text(q, 6, ending->status, -1, SQLITE_TRANSIENT);
	sqlite3_bind_int64(q, 7, s->records);
	sqlite3_bind_int64(q, 8, s->notes);
	bind_known(q, 9, s->first);
	bind_known(q, 10, s->last);
	sqlite3_bind_int64(q, 11, s->events);
	sqlite3_bind_int64(q, 12, s->captures);
	bind_known(q, 13, ending->modified);
	store_step(s, q);
	sqlite3_finalize(q);
}

/* Of two copies of one file the older time counts: copying makes it younger, never older. */
static void source_is_older(struct store *s, int64_t source, when_us modified)
{
	if (modified != WHEN_NONE)
		store_number(s, "UPDATE source SET modified = ?2 WHERE id = ?1 AND modified > ?2", source,
			modified, NULL);
}

/* The same bytes were read under another name before. Does this name say better when their captures were
 * taken? Then some of this reading's captures were kept. */
static bool better_named(struct store *s)
{
	return store_number(s, "SELECT count(*) FROM snapshot WHERE source = ?1 AND hash IS NOT NULL",
		       s->source, 0, NULL) > 0;
}

/* This reading stays, and with it all that was kept of the one before. */
static void replace_known(struct store *s, int64_t known)
{
	static const char *const sql[] = {
		"DELETE FROM pool WHERE snapshot IN (SELECT snapshot FROM tied_snapshot)",
		"DELETE FROM snapshot WHERE id IN (SELECT snapshot FROM tied_snapshot)",
		"UPDATE snapshot SET source = ?1 WHERE source = ?2",
		"UPDATE event SET source = ?1 WHERE source = ?2",
		"UPDATE counter SET source = ?1 WHERE source = ?2",
		"UPDATE log SET source = ?1 WHERE source = ?2",
		"DELETE FROM note WHERE source = ?2",
	};
	char drop[64];

	for (size_t i = 0; i < LEN(sql); i++)
		store_number(s, sql[i], s->source, known, NULL);
	for (int kind = 0; kind < RECORD_KINDS; kind++) {
		snprintf(drop, sizeof drop, "DELETE FROM %s WHERE source = ?2", record_types[kind].name);
		if (kind != RECORD_POOL && kind != RECORD_SNAPSHOT && kind != RECORD_EVENT &&
			kind != RECORD_COUNTER)
			store_number(s, drop, 0, known, NULL);
	}
	store_number(s, "DELETE FROM source WHERE id = ?2", 0, known, NULL);
}

/* Nothing of this reading is kept, but that the source and its server go by this name too: of equally good
 * names the first in byte order is shown, whichever came first. */
static void known_again(struct store *s, int64_t known, bool tied, when_us modified)
{
	sqlite3_stmt *q;
	static const char rename[] =
		"UPDATE source SET name = ?1 WHERE id = ?2 AND name > ?1 AND (?3 OR NOT EXISTS (SELECT 1 FROM snapshot t"
		" JOIN name n ON n.id = t.time_source WHERE t.source = ?2 AND n.text = 'file name'))";

	store_cancel(s);
	if (s->given_to.n)
		store_server(s, s->given_to);
	if (sqlite3_prepare_v2(s->db, rename, -1, &q, NULL) != SQLITE_OK)
		store_fault(s->db, sqlite3_errcode(s->db), rename);
	store_bind(q, 1, span_of(s->given_name));
	sqlite3_bind_int64(q, 2, known);
	sqlite3_bind_int(q, 3, tied);
	store_step(s, q);
	sqlite3_finalize(q);
	source_is_older(s, known, modified);
}

static int given_up(struct store *s, struct err *e)
{
	store_cancel(s);
	return err_set(e, "the store cannot be written: %s", s->failure);
}

int store_end(struct store *s, const struct store_ending *ending, struct source_result *result, struct err *e)
{
	unsigned char digest[16];
	XXH128_canonical_t canonical;
	int64_t known;
	when_us modified;
	bool again;
	int commit;

	/* SQLite may have rolled back by itself; what came now would be written for good. */
	if (s->failure[0])
		return given_up(s, e);
	store_snapshot_end(s);
	if (!s->server)
		s->server = most_named(s);
	XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(ending->bytes->state));
	memcpy(digest, canonical.digest, sizeof digest);
	known = source_known(s, ending->bytes->bytes, digest);
	again = known >= 0 && !better_named(s);
	*result = (struct source_result){ known >= 0 ? STORE_KNOWN : STORE_NEW, again ? known : s->source,
		s->records, s->notes };
	if (again && !s->failure[0]) {
		known_again(s, known, store_number(s, "SELECT 1 FROM tied_snapshot LIMIT 1", 0, 0, NULL) > 0,
			ending->modified);
		return s->failure[0] ? given_up(s, e) : 0;
	}
	modified =
		known < 0 ? 0 : store_number(s, "SELECT modified FROM source WHERE id = ?1", known, 0, NULL);
	if (known >= 0)
		replace_known(s, known);
	else
		log_spans_write(s);
	source_finish(s, ending, digest);
	if (known < 0)
		store_ties(s);
	else if (modified > 0)
		source_is_older(s, s->source, modified);
	if (s->failure[0])
		return given_up(s, e);
	commit = sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
	if (commit == SQLITE_OK)
		return 0;
	store_fail(s, commit, "COMMIT");
	return given_up(s, e);
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
	source = store_number(
		s, "SELECT id FROM source WHERE server = ?1 AND status = 'told'", server_id, 0, NULL);
	if (source < 0) {
		store_number(s,
			"INSERT INTO source(name, server, server_reason, status) VALUES ('(told)', ?1, 'told', 'told')",
			server_id, 0, NULL);
		source = sqlite3_last_insert_rowid(s->db);
	}
	record_start(&r, RECORD_HOST, 0);
	record_text(&r, HOST_NAME, span_of(fact));
	record_text(&r, HOST_TEXT, span_of(text));
	record_number(&r, HOST_NUMBER, number);
	told_forget(s, source, fact, text);
	store_insert(s, &r, source, 0);
	commit = sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
	if (commit == SQLITE_OK && !s->failure[0])
		return 0;
	if (commit != SQLITE_OK)
		store_fail(s, commit, "COMMIT");
	return given_up(s, e);
}
