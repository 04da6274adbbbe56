/* SPDX-License-Identifier: MIT
 * What the files of store/ share: the connection and its fatal helpers. */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include "store/store.h"

#include <sqlite3.h>

sqlite3 *store_db(struct store *s);
struct span store_span(sqlite3_stmt *q, int column); /* of text or a blob; borrowed until the next step */
void store_run(struct store *s, const char *sql);    /* dies with the SQL, or gives up */
/* The disk is full, the file is damaged or locked: no fault of the program. */
bool store_is_environment(int code);
/* Gives up where that is so, else dies with the SQL. code: what SQLite has just returned. */
_Noreturn void store_fault(sqlite3 *db, int code, const char *sql);
const char *views_sql(void);        /* indexes and views */
void settle_names(struct store *s); /* fills server.same_as */
void settle_twins(struct store *s); /* marks what a machine holds under two names; after settle_names */

/* As event_key has it: not every export has record ids, and then the time alone finds an event among all. */
#define EVENT_AT(t) "coalesce(" t ".time, -9e18)"

/* The same capture twice: the copy with the better time is kept, whole. The rest only makes the choice the
 * same in any order; of equally good stamps the earlier one, because a file may be stamped again when it is
 * copied. Last comes the source, by its content; its digest is not known before its end. */
#define SNAPSHOT_FIRST(t) \
	"(" t ".time_rank, coalesce(" t ".time, " t ".local, 0), coalesce(" t ".time_text, '')," \
	" coalesce((SELECT text FROM name WHERE id = " t ".view), '') <> 'snapshot'," \
	" coalesce((SELECT text FROM name WHERE id = " t ".tool), ''), " t ".line," \
	" (SELECT digest FROM source WHERE id = " t ".source)," \
	" (SELECT lower(o.name) FROM source c JOIN server o ON o.id = c.server WHERE c.id = " t ".source))"

#endif
