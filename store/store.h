/* SPDX-License-Identifier: MIT
 * Remembers what was read, each thing once: an SQLite file, or a private database that dies with the run. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "core/core.h"
#include "core/record.h"
#include "core/when.h"

#define STORE_APPLICATION_ID 0x706F6F6C /* "pool", PRAGMA application_id */
#define STORE_SCHEMA         2          /* PRAGMA user_version; a store of another schema is refused */

struct store;

#define STORE_UNNAMED "(not named)" /* the server of what nobody names */

/* path NULL: a private store. An existing file that is no store, or one of another schema, is refused with a
 * sentence. */
struct store *store_open(const char *path, struct err *e);
void store_close(struct store *s); /* NULL is fine */
const char *store_library(void);   /* SQLite's version */
const char *store_hash_library(void);

/* ---- the bytes of a source, wherever they are read ---- */
struct digest;
struct digest *digest_open(void);
void digest_close(struct digest *d);                            /* NULL is fine */
void digest_add(struct digest *d, const void *bytes, size_t n); /* every byte of the source, in order */

/* ---- one source at a time, one transaction each ---- */

struct store_source {
	const char *name;   /* relative to the argument, with '/' */
	const char *parser; /* NULL: not recognised */
	const char *server; /* whose source it is; NULL: the computer that most of its events name */
	const char *server_reason;
};
/* What is known of it when it was read. */
struct store_ending {
	const struct digest *bytes;
	const char *status;   /* read, partial, unrecognised, unreadable */
	const char *encoding; /* NULL: not text */
	when_us modified;     /* the file's own time; WHEN_NONE where there is none */
};
enum store_outcome { STORE_NEW, STORE_KNOWN };

/* What a source turned out to be. */
struct source_result {
	enum store_outcome outcome;
	int64_t id;      /* of the source row (of the one already there when known) */
	int64_t records; /* read, stored or not */
	int64_t notes;
};

void store_begin(struct store *s, const struct store_source *source);
/* Records and notes go in here between begin and end. An event for which keep is false is counted and timed
 * only. */
void store_put(struct store *s, const struct record *r, bool keep);
void store_note(struct store *s, uint64_t line, const char *text);
#define STORE_NOTES 20 /* of one source; the rest is counted */
/* A source that this server already holds (same size, same hash) leaves nothing behind. Fails when the disk
 * is full and the like. */
int store_end(
	struct store *s, const struct store_ending *ending, struct source_result *result, struct err *e);
void store_cancel(struct store *s); /* forgets what was put since begin */
/* Every server that was named since the store was opened, also in a source that it already held. */
void store_met(struct store *s, struct arena *a, struct list *names);

/* A fact told by the user: kept as a HOST record of the source "(told)" of that server; the last word
 * counts. */
int store_tell(struct store *s, const char *server, const char *fact, const char *text, int64_t number,
	struct err *e);

/* Puts every capture on one clock and every name of a machine on one server, from all that the store holds:
 * the result does not depend on the order in which things came. To be called after the last source. */
int store_settle(struct store *s, struct err *e);

/* ---- asking ---- */

/* Wrong SQL, a misspelt parameter or a column that is not there die with the SQL. Steps die on anything but a
 * row or the end. Text is borrowed until the next step. */
struct query;
struct query *query_open(struct store *s, const char *sql);
void query_close(struct query *q);
void query_int(struct query *q, const char *name, int64_t n); /* ":name" */
void query_text(struct query *q, const char *name, const char *text);
bool query_next(struct query *q);
void query_reset(struct query *q);             /* to bind and run it again */
bool query_known(struct query *q, int column); /* not NULL */
int64_t query_integer(struct query *q, int column);
double query_double(struct query *q, int column);
struct span query_span(struct query *q, int column);                    /* text or blob */
int64_t query_one(struct store *s, const char *sql, int64_t otherwise); /* a single number */

#endif
