/* SPDX-License-Identifier: MIT
 * Questions to the store: binds by name, columns by number, every mistake fatal with the SQL in the text. */
#include "store/inside.h"

#include <stdlib.h>

struct query {
	sqlite3_stmt *statement;
};

static void query_die(struct query *q, const char *what)
{
	die("%s: %s in: %s", what, sqlite3_errmsg(sqlite3_db_handle(q->statement)),
		sqlite3_sql(q->statement));
}

struct query *query_open(struct store *s, const char *sql)
{
	struct query *q = calloc(1, sizeof *q);

	if (!q)
		die("out of memory");
	if (sqlite3_prepare_v2(store_db(s), sql, -1, &q->statement, NULL) != SQLITE_OK || !q->statement)
		store_fault(store_db(s), sqlite3_errcode(store_db(s)), sql);
	return q;
}

void query_close(struct query *q)
{
	if (!q)
		return;
	sqlite3_finalize(q->statement);
	free(q);
}

static int parameter(struct query *q, const char *name)
{
	int i = sqlite3_bind_parameter_index(q->statement, name);

	if (!i)
		die("no parameter %s in: %s", name, sqlite3_sql(q->statement));
	return i;
}

void query_int(struct query *q, const char *name, int64_t n)
{
	if (sqlite3_bind_int64(q->statement, parameter(q, name), n) != SQLITE_OK)
		query_die(q, name);
}

void query_text(struct query *q, const char *name, const char *text)
{
	if (sqlite3_bind_text(q->statement, parameter(q, name), text, -1, SQLITE_TRANSIENT) != SQLITE_OK)
		query_die(q, name);
}

bool query_next(struct query *q)
{
	int step = sqlite3_step(q->statement);

	if (step != SQLITE_ROW && step != SQLITE_DONE)
		store_fault(sqlite3_db_handle(q->statement), step, sqlite3_sql(q->statement));
	return step == SQLITE_ROW;
}

void query_reset(struct query *q)
{
	sqlite3_reset(q->statement);
}

static int column_of(struct query *q, int column)
{
	if (column < 0 || column >= sqlite3_column_count(q->statement))
		die("no column %d in: %s", column, sqlite3_sql(q->statement));
	return column;
}

bool query_known(struct query *q, int column)
{
	return sqlite3_column_type(q->statement, column_of(q, column)) != SQLITE_NULL;
}

int64_t query_integer(struct query *q, int column)
{
	return sqlite3_column_int64(q->statement, column_of(q, column));
}

double query_double(struct query *q, int column)
{
	return sqlite3_column_double(q->statement, column_of(q, column));
}

struct span query_span(struct query *q, int column)
{
	return store_span(q->statement, column_of(q, column));
}

int64_t query_one(struct store *s, const char *sql, int64_t otherwise)
{
	struct query *q = query_open(s, sql);
	int64_t n = query_next(q) && query_known(q, 0) ? query_integer(q, 0) : otherwise;

	query_close(q);
	return n;
}
