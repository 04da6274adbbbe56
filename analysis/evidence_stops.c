/* SPDX-License-Identifier: MIT
 * How did the server stop: with which BugCheck, again and again, or soon after its pool ran out? */
#include "analysis/evidence.h"

#include "core/text.h"

#include <string.h>

#define OF_SERVER \
	"e.twin IS NULL AND e.time IS NOT NULL AND e.server IN (SELECT id FROM server WHERE coalesce(same_as, id) = :server)"

/* WER writes "0x0000003f (0x…, …)" as its first string, Save Dump the same in its only one. The code is in
 * front: the same number among the parameters of another stop is no 0x3F. */
static bool stop_code(struct span strings, uint32_t *code)
{
	struct span name, value;
	uint64_t number;

	while (strings_next(&strings, &name, &value)) {
		value = text_trim(value);
		if (text_starts_nocase(value, "0x") &&
			text_uint_base(text_head(text_tail(value, 2), 8), 16, &number) &&
			(value.n == 10 || value.p[10] == ' ' || value.p[10] == '(')) {
			*code = (uint32_t)number;
			return true;
		}
	}
	return false;
}

static void stops_read(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT e.time, e.strings, c.name, e.line, e.record_id FROM event e JOIN source c ON c.id = e.source"
		" LEFT JOIN name p ON p.id = e.provider LEFT JOIN name o ON o.id = e.source_name"
		" WHERE " OF_SERVER " AND e.event_id = 1001 AND e.strings IS NOT NULL"
		" AND (p.text COLLATE NOCASE IN ('BugCheck', 'Save Dump', 'Microsoft-Windows-WER-SystemErrorReporting')"
		" OR o.text = 'BugCheck' COLLATE NOCASE) ORDER BY e.time, e.record_id, e.strings");
	uint32_t code;

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		if (!stop_code(query_span(q, 1), &code))
			continue;
		e->stops = arena_grow(e->arena, e->stops, e->stop_count, sizeof *e->stops);
		e->stops[e->stop_count++] =
			(struct stop){ query_integer(q, 0), code, place_read(q, 2, e->arena) };
	}
	query_close(q);
}

/* The event log service writes one 6005 at each start; Kernel-General one 12, which counts where there is no
 * 6005. A clean stop (6006, 13, 1074) ends a loop: somebody restarted it. */
static void loop_find(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"WITH story AS (SELECT e.time AS at, e.record_id AS record, e.event_id AS id FROM event e JOIN name p ON p.id = e.provider"
		"  WHERE " OF_SERVER
		" AND ((e.event_id IN (6005, 6006) AND p.text = 'EventLog' COLLATE NOCASE)"
		"  OR (e.event_id IN (12, 13) AND p.text = 'Microsoft-Windows-Kernel-General' COLLATE NOCASE)"
		"  OR (e.event_id = 1074 AND p.text = 'USER32' COLLATE NOCASE)))"
		" SELECT at, id IN (6005, 12) FROM story WHERE id <> 12 OR NOT EXISTS (SELECT 1 FROM story WHERE id = 6005)"
		" ORDER BY at, record, id");
	when_us apart = threshold_time(e->thresholds, THRESHOLD_LOOP_APART), last = WHEN_NONE;
	size_t run = 0;

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		when_us at = query_integer(q, 0);

		if (!query_integer(q, 1)) {
			run = 0;
			continue;
		}
		run = run && at - last <= apart ? run + 1 : 1;
		last = at;
		if (run >= e->loop_starts) {
			e->loop_starts = run;
			e->loop_end = at;
		}
	}
	query_close(q);
}

/* 6008 and 41 are written at the start that follows. */
static void hang_find(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT e.time, e.event_id, c.name, e.line, e.record_id FROM event e JOIN name p ON p.id = e.provider"
		" JOIN source c ON c.id = e.source WHERE " OF_SERVER
		" AND ((e.event_id = 6008 AND p.text = 'EventLog' COLLATE NOCASE)"
		" OR (e.event_id = 41 AND p.text = 'Microsoft-Windows-Kernel-Power' COLLATE NOCASE)"
		" OR (e.event_id = 1074 AND p.text = 'USER32' COLLATE NOCASE)) ORDER BY e.time, e.record_id, e.event_id");
	when_us most = threshold_time(e->thresholds, THRESHOLD_HANG),
		soon = threshold_time(e->thresholds, THRESHOLD_NEAR);

	e->hang.after = WHEN_NONE;
	query_int(q, ":server", e->server);
	while (e->hang.after == WHEN_NONE && query_next(q)) {
		when_us at = query_integer(q, 0);
		size_t before = evidence_shortages(e, at);
		const struct exhaustion *x = before ? e->shortages[before - 1] : NULL;

		/* A restart by somebody a day later may be for any reason. */
		if (x && at - x->at <= (query_integer(q, 1) == 1074 ? soon : most))
			e->hang = (struct hang){ at - x->at, (int)query_integer(q, 1),
				place_read(q, 2, e->arena) };
	}
	query_close(q);
}

void evidence_stops(struct evidence *e)
{
	stops_read(e);
	loop_find(e);
	hang_find(e);
}
