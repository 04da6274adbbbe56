/* SPDX-License-Identifier: MIT
 * What the files of store/ share: the connection and its fatal helpers. */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include "store/store.h"

#include <sqlite3.h>

sqlite3 *store_db(struct store *s);
void store_run(struct store *s, const char *sql); /* dies with the SQL */
const char *views_sql(void);                      /* indexes and views */

#endif
