/* SPDX-License-Identifier: MIT
 * Loads what the event log of one server tells: exhaustion, companions, and where one boot ends and the next begins. */
#include "analysis/evidence.h"

#include "analysis/ntstatus.h"
#include "analysis/words.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

#define OF_SERVER "e.server IN (SELECT id FROM server WHERE coalesce(same_as, id) = :server)"

/* Providers and ids that the analyses use; -1 ends a list. Sources are compared without case, and the EventSourceName
 * counts as well ("Microsoft-Windows-WER-SystemErrorReporting" logs as BugCheck). */
static const struct {
	const char *provider;
	int from, to;
} used[] = {
	{ "Srv", 2000, 2027 },
	{ "EventLog", 6005, 6013 },
	{ "Microsoft-Windows-Eventlog", 104, 105 },
	{ "Microsoft-Windows-Kernel-General", 12, 13 },
	{ "Microsoft-Windows-Kernel-Power", 41, 41 },
	{ "USER32", 1074, 1076 },
	{ "BugCheck", 1001, 1001 },
	{ "Save Dump", 1001, 1001 },
	{ "Microsoft-Windows-WER-SystemErrorReporting", 1001, 1001 },
	{ "Microsoft-Windows-Resource-Exhaustion-Detector", 2004, 2004 },
	{ "Application Popup", 26, 26 },
	{ "Application Popup", 333, 333 },
	{ "Ntfs", 50, 50 },
	{ "volsnap", 25, 36 },
	{ "Userenv", 1505, 1508 },
	{ "MacFile", 12046, 12046 },
};

static bool used_by(struct span provider, int64_t id)
{
	for (size_t i = 0; i < LEN(used); i++)
		if (id >= used[i].from && id <= used[i].to && span_equal_nocase(provider, span_of(used[i].provider)))
			return true;
	return false;
}

bool evidence_uses(const struct record *event)
{
	struct span data = event->v[EVENT_BINARY].text;
	struct packet packet;

	if (used_by(event->v[EVENT_PROVIDER].text, event->v[EVENT_EVENT_ID].number) ||
		used_by(event->v[EVENT_SOURCE_NAME].text, event->v[EVENT_EVENT_ID].number))
		return true;
	if (data.n < WORDS_HEADER)
		return false;
	/* Any driver's packet that ends in a shortage status is a companion, not a proof. */
	words_decode((const uint8_t *)data.p, data.n, &packet);
	return packet.fit == WORDS_FIT_EXACT && ntstatus_is_shortage((uint32_t)packet.value[WORDS_FINAL_STATUS]);
}

/* ---- events ---- */

static void exhaustion_read(struct evidence *e, struct query *q)
{
	struct exhaustion *x;
	struct span data = query_span(q, 4);

	e->exhaustions = arena_grow(e->arena, e->exhaustions, e->exhaustion_count, sizeof *e->exhaustions);
	x = &e->exhaustions[e->exhaustion_count++];
	*x = (struct exhaustion){ .id = (int)query_integer(q, 0),
		.at = query_integer(q, 1),
		.qualifiers = query_known(q, 3) ? query_integer(q, 3) : -1,
		.data = (const uint8_t *)arena_span(e->arena, data).p,
		.data_n = data.n,
		.place = { arena_text(e->arena, query_span(q, 5)), query_integer(q, 6),
			query_known(q, 2) ? query_integer(q, 2) : -1 },
		.boot = BOOT_NONE };
	*(x->id == 2020 ? &e->count_2020 : &e->count_2019) += 1;
}

static void companions_read(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT lower(coalesce(o.text, p.text)) AS who, e.event_id, e.time, coalesce(p.text, '') FROM event e"
		" LEFT JOIN name p ON p.id = e.provider LEFT JOIN name o ON o.id = e.source_name"
		" WHERE " OF_SERVER " ORDER BY who, e.event_id, e.time");
	const char *who = NULL;
	struct companion *c = NULL;

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		when_us at = query_known(q, 2) ? query_integer(q, 2) : WHEN_NONE;

		if (!c || c->id != query_integer(q, 1) || !span_equal(query_span(q, 0), span_of(who))) {
			e->companions = arena_grow(e->arena, e->companions, e->companion_count, sizeof *e->companions);
			c = &e->companions[e->companion_count++];
			who = arena_text(e->arena, query_span(q, 0));
			*c = (struct companion){ arena_text(e->arena, query_span(q, 3)), (int)query_integer(q, 1), 0, 0,
				WHEN_NONE, WHEN_NONE };
		}
		c->count++;
		if (at == WHEN_NONE)
			continue;
		c->bursts += c->last == WHEN_NONE || at - c->last > BURST_GAP;
		c->first = c->first == WHEN_NONE ? at : c->first;
		c->last = at;
	}
	query_close(q);
}

static void window_widen(struct evidence *e, when_us first, when_us last)
{
	e->first = e->first == WHEN_NONE || first < e->first ? first : e->first;
	e->last = e->last == WHEN_NONE || last > e->last ? last : e->last;
}

/* What was read for this server, and over which time. A log forwarded from several machines counts for each of them, but only
 * the events that were kept say when it speaks of this one. */
static void sources_read(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"WITH mine(id) AS (SELECT id FROM server WHERE coalesce(same_as, id) = :server)"
		" SELECT coalesce(p.text, '') = 'events', coalesce(c.records, 0), c.first, c.last FROM source c"
		" LEFT JOIN name p ON p.id = c.parser WHERE c.server IN mine"
		" AND (p.text = 'events' OR c.id IN (SELECT source FROM snapshot))"
		" UNION ALL SELECT 1, count(*), min(e.time), max(e.time) FROM event e JOIN source c ON c.id = e.source"
		" WHERE e.server IN mine AND c.server NOT IN mine GROUP BY e.source");

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		bool log = query_integer(q, 0) != 0;

		*(log ? &e->logs : &e->captures) += 1;
		e->events_read += log ? query_integer(q, 1) : 0;
		if (query_known(q, 2))
			window_widen(e, query_integer(q, 2), query_integer(q, 3));
	}
	query_close(q);
}

void evidence_events(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT e.event_id, e.time, e.record_id, e.qualifiers, e.binary, c.name, e.line FROM event e"
		" JOIN source c ON c.id = e.source LEFT JOIN name p ON p.id = e.provider"
		" LEFT JOIN name o ON o.id = e.source_name"
		" WHERE " OF_SERVER " AND e.event_id IN (2019, 2020) AND e.time IS NOT NULL"
		" AND (p.text = 'Srv' COLLATE NOCASE OR o.text = 'Srv' COLLATE NOCASE)"
		" ORDER BY e.time, e.record_id, e.event_id");

	query_int(q, ":server", e->server);
	while (query_next(q))
		exhaustion_read(e, q);
	query_close(q);
	companions_read(e);

	sources_read(e);
}

/* ---- boots ---- */

#define ONE_START (10 * WHEN_MINUTE) /* 6009, 6005, 12 and 6013 of one start come within minutes */

static void boot_add(struct evidence *e, when_us start, const char *source)
{
	e->boots = arena_grow(e->arena, e->boots, e->boot_count, sizeof *e->boots);
	e->boots[e->boot_count++] = (struct boot){ start, WHEN_NONE, source, 0, 0 };
}

static bool start_known(const struct evidence *e, when_us at)
{
	for (size_t i = 0; i < e->boot_count; i++) {
		when_us apart = e->boots[i].start - at;

		if (apart <= ONE_START && apart >= -ONE_START)
			return true;
	}
	return false;
}

static int by_start(const void *a, const void *b)
{
	const struct boot *x = a, *y = b;

	return (x->start > y->start) - (x->start < y->start);
}

/* EventLog 6013's fifth string of seven, before "60": seconds since boot. In a list of another length strings were lost, and
 * what is left of the uptime may be its tail ("089" of "1039089" by python-evtx): that is no uptime. */
static bool uptime_of(struct span strings, int64_t *seconds)
{
	struct span name, value, uptime = { NULL, 0 };
	int n = 0;

	while (strings_next(&strings, &name, &value))
		uptime = ++n == 5 ? value : uptime;
	/* 49.7 days is where some counters wrap; longer uptimes are real, ten years are not. */
	return n == 7 && text_int(uptime, seconds) && *seconds >= 0 && *seconds < (int64_t)3650 * 86400;
}

static void boots_of_uptime(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT e.time, e.strings FROM event e JOIN name p ON p.id = e.provider"
		" WHERE " OF_SERVER " AND e.event_id = 6013 AND p.text = 'EventLog' COLLATE NOCASE AND e.time IS NOT NULL"
		" ORDER BY e.time");

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		int64_t seconds;

		if (uptime_of(query_span(q, 1), &seconds) && !start_known(e, query_integer(q, 0) - seconds * WHEN_SECOND))
			boot_add(e, query_integer(q, 0) - seconds * WHEN_SECOND, "uptime in event 6013");
	}
	query_close(q);
}

/* Starts (6005, 6009, Kernel-General 12), and a second start within minutes of a first when a stop lies between them. What
 * stopped a boot cleanly (6006, Kernel-General 13) is put into `stops`. */
static size_t boots_of_events(struct evidence *e, when_us **stops)
{
	struct query *q = query_open(e->store,
		"SELECT e.event_id, e.time FROM event e JOIN name p ON p.id = e.provider WHERE " OF_SERVER
		" AND e.time IS NOT NULL AND ((p.text = 'EventLog' COLLATE NOCASE AND e.event_id IN (6005, 6006, 6009))"
		" OR (p.text = 'Microsoft-Windows-Kernel-General' COLLATE NOCASE AND e.event_id IN (12, 13)))"
		" ORDER BY e.time, e.record_id");
	bool stopped = false;
	size_t n = 0;

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		int id = (int)query_integer(q, 0);
		when_us at = query_integer(q, 1);

		if (id == 6006 || id == 13) {
			*stops = arena_grow(e->arena, *stops, n, sizeof **stops);
			(*stops)[n++] = at;
			stopped = true;
			continue;
		}
		if (stopped || !start_known(e, at))
			boot_add(e, at, id == 12 ? "Kernel-General 12" : id == 6009 ? "event 6009" : "event 6005");
		stopped = false;
	}
	query_close(q);
	return n;
}

/* After a restart most counters are smaller than before, or the busy ones are, so that all together are; or MmSt is all but
 * gone and counts anew. A counter is 32 bits wide: one above the middle may have wrapped, so it is not summed. */
static bool counters_fell(struct query *q, const struct snapshot *a, const struct snapshot *b)
{
	int64_t common, fell, change;
	bool mmst;

	query_int(q, ":first", a->id);
	query_int(q, ":second", b->id);
	query_next(q);
	common = query_integer(q, 0);
	fell = query_integer(q, 1);
	change = query_integer(q, 2);
	mmst = query_integer(q, 3) != 0;
	query_reset(q);
	return mmst || (common >= 3 && (fell * 2 > common || change < 0));
}

static bool boot_between(const struct evidence *e, when_us a, when_us b)
{
	for (size_t i = 0; i < e->boot_count; i++)
		if (e->boots[i].start > a && e->boots[i].start <= b)
			return true;
	return false;
}

static void boots_of_counters(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT count(*), coalesce(sum(b.allocs < a.allocs), 0),"
		" coalesce(sum(CASE WHEN a.allocs < 0x80000000 THEN b.allocs - a.allocs END), 0),"
		" coalesce(max(g.text = 'MmSt' AND k.text = 'paged' AND a.allocs < 0x80000000 AND b.allocs < a.allocs"
		"  AND b.bytes * 10 < a.bytes), 0)"
		" FROM pool a JOIN pool b ON b.snapshot = :second AND b.tag = a.tag AND b.pool = a.pool"
		" JOIN name g ON g.id = a.tag JOIN name k ON k.id = a.pool WHERE a.snapshot = :first");

	for (size_t i = 1; i < e->dated_count; i++) {
		const struct snapshot *a = &e->snapshots[i - 1], *b = &e->snapshots[i];

		if (!boot_between(e, a->at, b->at) && counters_fell(q, a, b))
			boot_add(e, b->at, "counters that fell between two poolsnaps");
	}
	query_close(q);
}

static size_t boot_of(const struct evidence *e, when_us at)
{
	size_t boot = 0;

	for (size_t i = 1; i < e->boot_count; i++)
		if (e->boots[i].start <= at)
			boot = i;
	return boot;
}

static void bursts_group(struct evidence *e, int id)
{
	struct burst *b = NULL;

	for (size_t i = 0; i < e->exhaustion_count; i++) {
		struct exhaustion *x = &e->exhaustions[i];

		if (x->id != id)
			continue;
		if (!b || x->boot != b->boot || x->at - b->last > BURST_GAP) {
			e->bursts = arena_grow(e->arena, e->bursts, e->burst_count, sizeof *e->bursts);
			b = &e->bursts[e->burst_count++];
			*b = (struct burst){ id, x->boot, 0, x->at, x->at };
			e->boots[x->boot].bursts++;
		}
		b->count++;
		b->last = x->at;
		x->burst = (size_t)(b - e->bursts);
	}
}

static void events_tie(struct evidence *e)
{
	for (size_t i = 0; i < e->exhaustion_count; i++) {
		struct exhaustion *x = &e->exhaustions[i];

		x->boot = boot_of(e, x->at);
		for (size_t k = 0; k < e->dated_count && e->snapshots[k].at <= x->at; k++)
			if (e->snapshots[k].boot == x->boot && e->snapshots[k].paged >= 0)
				x->before = &e->snapshots[k];
	}
	bursts_group(e, 2020);
	bursts_group(e, 2019);
}

/* The boot that is judged: where exhaustion last happened, if anything was captured there; else the best captured. */
static void boot_judge(struct evidence *e)
{
	size_t best = BOOT_NONE;

	for (size_t i = 0; i < e->boot_count; i++)
		if (e->boots[i].snapshots && (best == BOOT_NONE || e->boots[i].snapshots >= e->boots[best].snapshots))
			best = i;
	if (e->exhaustion_count && e->boots[e->exhaustions[e->exhaustion_count - 1].boot].snapshots)
		best = e->exhaustions[e->exhaustion_count - 1].boot;
	e->judged_boot = best;
	for (size_t i = 0; i < e->snapshot_count; i++) {
		const struct snapshot *s = &e->snapshots[i];

		if (s->boot == best && s->decides && s->paged >= 0 && (!e->peak || s->paged >= e->peak->paged))
			e->peak = s;
	}
}

void evidence_boots(struct evidence *e)
{
	const struct snapshot *last = e->dated_count ? &e->snapshots[e->dated_count - 1] : NULL;
	when_us first = e->dated_count ? e->snapshots[0].at : WHEN_NONE;

	when_us *stops = NULL;
	size_t stop_count = boots_of_events(e, &stops);

	boots_of_uptime(e);
	boots_of_counters(e);
	if (e->boot_count)
		qsort(e->boots, e->boot_count, sizeof *e->boots, by_start);
	if (e->exhaustion_count && (first == WHEN_NONE || e->exhaustions[0].at < first))
		first = e->exhaustions[0].at;
	if (stop_count && (first == WHEN_NONE || stops[0] < first))
		first = stops[0];
	/* What came before the first start that was seen belongs to a boot of its own. */
	if (!e->boot_count || (first != WHEN_NONE && first < e->boots[0].start)) {
		boot_add(e, WHEN_NONE, "before anything that was read");
		qsort(e->boots, e->boot_count, sizeof *e->boots, by_start);
	}
	for (size_t i = 0; i < stop_count; i++)
		e->boots[boot_of(e, stops[i])].end = stops[i];
	for (size_t i = 0; i < e->dated_count; i++) {
		e->snapshots[i].boot = boot_of(e, e->snapshots[i].at);
		e->boots[e->snapshots[i].boot].snapshots++;
	}
	if (last && !e->offset_known) {
		e->offset = last->offset;
		e->offset_known = last->quality <= 1;
		e->offset_source = last->clock_source;
	}
	events_tie(e);
	boot_judge(e);
}
