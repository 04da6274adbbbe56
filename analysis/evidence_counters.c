/* SPDX-License-Identifier: MIT
 * Sums up the performance counters of one server: how low and how high each went, and when. */
#include "analysis/evidence.h"

#define OF_SERVER "twin IS NULL AND server IN (SELECT id FROM server WHERE coalesce(same_as, id) = :server)"

static when_us time_or_none(struct query *q, int column)
{
	return query_known(q, column) ? query_integer(q, column) : WHEN_NONE;
}

static void counter_read(struct evidence *e, const char *column, struct counter_span *c)
{
	struct query *q = query_open(e->store,
		arena_printf(e->arena,
			"WITH mine AS (SELECT %s AS n, at FROM counter WHERE " OF_SERVER
			" AND %s IS NOT NULL),"
			" ends AS (SELECT min(n) AS low, max(n) AS high FROM mine)"
			" SELECT count(*), min(at), max(at), low, high, min(CASE WHEN n = low THEN at END),"
			" min(CASE WHEN n = high THEN at END) FROM mine, ends",
			column, column));

	query_int(q, ":server", e->server);
	if (query_next(q) && query_integer(q, 0) > 0)
		*c = (struct counter_span){ .samples = (size_t)query_integer(q, 0),
			.first = time_or_none(q, 1),
			.last = time_or_none(q, 2),
			.lowest = query_integer(q, 3),
			.highest = query_integer(q, 4),
			.lowest_at = time_or_none(q, 5),
			.highest_at = time_or_none(q, 6) };
	query_close(q);
}

/* Where fewer were seen than in !vm. Server 2003 counts them wrongly before Service Pack 1 (KB 894067). */
static void ptes_take(struct evidence *e, const struct counter_span *ptes)
{
	bool miscounted = e->machine.family == OS_2003 && e->service_pack == 0;

	if (!ptes->samples || ptes->lowest <= 0 || miscounted ||
		(e->free_ptes && e->free_ptes <= ptes->lowest))
		return;
	e->free_ptes = ptes->lowest;
	e->free_ptes_source = "performance counters";
}

void evidence_counters(struct evidence *e)
{
	struct query *q =
		query_open(e->store, "SELECT count(*), sum(at IS NULL) FROM counter WHERE " OF_SERVER);

	query_int(q, ":server", e->server);
	if (query_next(q)) {
		e->counter_samples = (size_t)query_integer(q, 0);
		e->counters_undated = (size_t)query_integer(q, 1);
	}
	query_close(q);
	for (int i = COUNTER_PAGED; e->counter_samples && i < COUNTER_COLUMNS; i++)
		counter_read(e, record_types[RECORD_COUNTER].columns[i].name, &e->counters[i]);
	ptes_take(e, &e->counters[COUNTER_FREE_PTES]);
}
