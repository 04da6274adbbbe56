/* SPDX-License-Identifier: MIT
 * Which part of the System log was read? Where records are missing, "no Event 2020" proves nothing. */
#include "analysis/evidence.h"

#include "core/text.h"

#include <inttypes.h>

/* The channel of Srv's events; a source that names no channel may be any. */
#define SYSTEM_LOGS \
	" FROM log l LEFT JOIN name n ON n.id = l.channel WHERE l.server IN (SELECT id FROM server" \
	" WHERE coalesce(same_as, id) = :server) AND (n.text IS NULL OR n.text = 'System' COLLATE NOCASE)"

static void span_read(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT count(*), sum(l.records), min(l.first), max(l.last), max(l.scattered)" SYSTEM_LOGS);
	struct system_log *log = &e->log;

	query_int(q, ":server", e->server);
	if (query_next(q) && query_integer(q, 0)) {
		log->read = true;
		log->records = query_integer(q, 1);
		log->first = query_known(q, 2) ? query_integer(q, 2) : WHEN_NONE;
		log->last = query_known(q, 3) ? query_integer(q, 3) : WHEN_NONE;
		log->scattered = query_integer(q, 4) != 0;
	}
	query_close(q);
}

/* Sources may overlap: their runs of ids are gone through in order. */
static void gaps_read(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT r.first_id, r.last_id FROM log_run r WHERE r.log IN (SELECT l.id" SYSTEM_LOGS
		") ORDER BY r.first_id, r.last_id");
	struct system_log *log = &e->log;
	int64_t largest = 0;

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		int64_t first = query_integer(q, 0), last = query_integer(q, 1);

		if (log->first_id < 0)
			log->first_id = first;
		else if (first > log->last_id + 1) {
			int64_t gap = first - log->last_id - 1;

			log->gaps++;
			log->missing += gap;
			if (gap > largest) {
				largest = gap;
				log->gap_after = log->last_id;
			}
		}
		log->last_id = last > log->last_id ? last : log->last_id;
	}
	query_close(q);
}

/* Microsoft-Windows-Eventlog 104: its UserData names the log that was cleared, which need not be its own. */
static void cleared_read(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT e.time, e.strings, c.name, e.line, e.record_id FROM event e JOIN source c ON c.id = e.source"
		" JOIN name p ON p.id = e.provider WHERE e.twin IS NULL AND e.server IN (SELECT id FROM server WHERE coalesce(same_as, id) = :server)"
		" AND e.event_id = 104 AND p.text = 'Microsoft-Windows-Eventlog' COLLATE NOCASE AND e.time IS NOT NULL"
		" ORDER BY e.time, e.record_id");

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		struct span rest = query_span(q, 1), name, value;
		bool system = false;

		while (strings_next(&rest, &name, &value))
			system |= span_equal_nocase(name, SPAN("Channel")) &&
				  span_equal_nocase(value, SPAN("System"));
		if (!system)
			continue;
		e->log.cleared++;
		e->log.cleared_at = query_integer(q, 0);
		e->log.cleared_place = place_read(q, 2, e->arena);
	}
	query_close(q);
}

void evidence_log(struct evidence *e)
{
	e->log = (struct system_log){ .first = WHEN_NONE,
		.last = WHEN_NONE,
		.first_id = -1,
		.last_id = -1,
		.gap_after = -1,
		.cleared_at = WHEN_NONE };
	span_read(e);
	gaps_read(e);
	cleared_read(e);
}

const char *evidence_log_fault(const struct evidence *e)
{
	const struct system_log *log = &e->log;
	const struct snapshot *first = e->dated_count ? &e->snapshots[0] : NULL,
			      *last = e->dated_count ? &e->snapshots[e->dated_count - 1] : NULL;

	if (!log->read || log->first == WHEN_NONE)
		return e->logs ? "no System log was read" : "no event log was read";
	if (first && first->at < log->first)
		return "the System log begins after the first poolsnap";
	if (last && last->at > log->last + threshold_time(e->thresholds, THRESHOLD_LOG_SILENT))
		return arena_printf(e->arena, "the System log ends more than %s before the last poolsnap",
			threshold_words(e->thresholds, THRESHOLD_LOG_SILENT, e->arena));
	if (first && log->cleared && log->cleared_at > first->at)
		return "the System log was cleared after the first poolsnap";
	return NULL;
}

const char *evidence_log_weak(const struct evidence *e)
{
	const struct system_log *log = &e->log;
	const char *fault = evidence_log_fault(e);
	double missing = 100.0 * (double)log->missing / (double)(log->last_id - log->first_id + 1);

	if (fault)
		return fault;
	if ((double)log->records < threshold(e, THRESHOLD_LOG_THIN))
		return arena_printf(e->arena, "the System log that was read holds %" PRId64 " event%s only",
			log->records, log->records == 1 ? "" : "s");
	if (log->missing && missing > threshold(e, THRESHOLD_LOG_MISSING))
		return arena_printf(e->arena, "%.0f %% of the System log's records are missing", missing);
	return NULL;
}
