/* SPDX-License-Identifier: MIT
 * What an open store holds in memory; shared by store.c, which opens it, and put.c, which fills it. */
#ifndef STORE_STATE_H
#define STORE_STATE_H

#include "store/inside.h"

/* Statements that are kept prepared. */
enum held {
	HELD_NAME_FIND,
	HELD_NAME_ADD,
	HELD_SERVER_FIND,
	HELD_SERVER_ADD,
	HELD_SERVER_SPELL,
	HELD_EVENT_FIND,
	HELD_EVENT_DROP,
	HELD_COUNTER_FIND,
	HELD_COUNTER_DROP,
	HELD_COUNTER_KEY,
	HELD_TIE_ADD,
	HELD_SOURCE_ADD,
	HELD_NOTE_ADD,
	HELD_LOG_ADD,
	HELD_RUN_ADD,
	HELD_COUNT
};

struct name_entry {
	struct span text;
	int64_t id;
};
#define NAME_SLOTS 8192 /* a power of two; the cache starts anew when it is three quarters full */

/* that one source is counted for; a log of more machines than that names none */
#define COMPUTERS 64

struct store {
	sqlite3 *db;
	bool made;
	sqlite3_stmt *insert[RECORD_KINDS], *held[HELD_COUNT];

	struct arena *names;
	struct name_entry name_slots[NAME_SLOTS];
	size_t name_count;

	struct arena *spelling; /* of the last server that was named: a log names one over and over */
	struct span spelled;
	struct arena *given; /* of the source that is read: its name, and the server it was given to */
	const char *given_name;
	struct span given_to;
	struct arena *met_arena;
	bool *met; /* by server id: was it named since the store was opened? */
	size_t met_count;

	/* the source between store_begin and store_end */
	int64_t source, server; /* server 0: not known yet */
	int64_t records, notes;
	int64_t events, captures; /* put in to be kept, whether or not another source has them too */
	int64_t first, last;      /* event times; WHEN_NONE when there are none */
	struct {
		int64_t server, events;
	} computers[COMPUTERS];
	size_t computer_count;
	struct log_spans *logs; /* NULL: no event yet */
	char failure[256];      /* disk full and the like: the source is given up */

	/* the snapshot whose rows are coming in */
	int64_t snapshot, snapshot_scope, snapshot_server;
	bool snapshot_of_event; /* an Event 2004 states it */
	uint64_t content[2];    /* of its header and rows, whatever their order */
	int time_rank;
};

/* statement.c. Disk full and the like is remembered and ends the source; anything else dies with the SQL. */
void store_fail(struct store *s, int code, const char *sql);
sqlite3_stmt *store_held(struct store *s, enum held which);
void store_bind(sqlite3_stmt *q, int i, struct span text);
int64_t store_step(struct store *s, sqlite3_stmt *q); /* the one number that it returns, or -1 */
int64_t store_number(struct store *s, const char *sql, int64_t a, int64_t b, const unsigned char *hash);
int64_t store_name(struct store *s, struct span text);   /* finds or adds */
int64_t store_server(struct store *s, struct span name); /* finds or adds */
void store_names_forget(struct store *s);

/* put.c. owner: the source, or the snapshot of a pool row; server: 0 where the kind has none. */
void store_insert(struct store *s, const struct record *r, int64_t owner, int64_t server);
void store_snapshot_end(struct store *s);
/* Of copies that differ in nothing but their source, whose digest is now known, that of the smaller digest
 * stays. */
void store_ties(struct store *s);

/* log.c. Between begin and end of a source: what its logs hold. */
void log_spans_add(struct store *s, const struct record *event, int64_t server);
void log_spans_write(struct store *s);
void log_spans_drop(struct store *s);

#endif
