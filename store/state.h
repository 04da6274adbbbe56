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
	HELD_SOURCE_ADD,
	HELD_NOTE_ADD,
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

	/* the source between store_begin and store_end */
	struct XXH3_state_s *hash;
	int64_t bytes, source, server; /* server 0: not known yet */
	int64_t records, notes;
	int64_t events, captures; /* put in to be kept, whether or not another source has them too */
	int64_t first, last;      /* event times; WHEN_NONE when there are none */
	struct {
		int64_t server, events;
	} computers[COMPUTERS];
	size_t computer_count;
	char failure[256]; /* disk full and the like: the source is given up */

	/* the snapshot whose rows are coming in */
	int64_t snapshot, snapshot_scope;
	uint64_t content[2]; /* of its header and rows, whatever their order */
	int time_rank;
};

int64_t store_server(struct store *s, struct span name); /* finds or adds */

#endif
