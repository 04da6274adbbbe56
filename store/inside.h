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

#endif
