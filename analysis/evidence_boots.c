/* SPDX-License-Identifier: MIT
 * Where does one boot of a server end and the next begin, which is judged, and what lies together in one? */
#include "analysis/evidence.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

#define OF_SERVER \
	"e.twin IS NULL AND e.server IN (SELECT id FROM server WHERE coalesce(same_as, id) = :server)"

/* ---- starts ---- */

static void boot_add(struct evidence *e, when_us start, const char *source)
{
	e->boots = arena_grow(e->arena, e->boots, e->boot_count, sizeof *e->boots);
	e->boots[e->boot_count++] = (struct boot){ start, WHEN_NONE, source, 0, 0 };
}

/* 6009, 6005, 12 and 6013 of one start come within minutes. */
static bool one_start(const struct evidence *e, when_us a, when_us b)
{
	when_us most = threshold_time(e->thresholds, THRESHOLD_ONE_START);

	return a - b <= most && b - a <= most;
}

static int by_start(const void *a, const void *b)
{
	const struct boot *x = a, *y = b;

	return x->start != y->start ? (x->start > y->start) - (x->start < y->start)
				    : strcmp(x->source, y->source);
}

static void boots_sort(struct evidence *e)
{
	if (e->boot_count)
		qsort(e->boots, e->boot_count, sizeof *e->boots, by_start);
}

/* EventLog 6013's fifth string of seven, before "60": seconds since boot. In a list of another length strings
 * were lost, and what is left of the uptime may be its tail ("089" of "1039089" by python-evtx): that is no
 * uptime. */
static bool uptime_of(struct span strings, int64_t *seconds)
{
	struct span name, value, uptime = { NULL, 0 };
	int n = 0;

	while (strings_next(&strings, &name, &value))
		uptime = ++n == 5 ? value : uptime;
	/* 49.7 days is where some counters wrap; longer uptimes are real, ten years are not. */
	return n == 7 && text_int(uptime, seconds) && *seconds >= 0 && *seconds < (int64_t)3650 * 86400;
}

/* Starts that only an uptime tells. The boots of events are in order of time. */
static void boots_of_uptime(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT e.time, e.strings FROM event e JOIN name p ON p.id = e.provider"
		" WHERE " OF_SERVER
		" AND e.event_id = 6013 AND p.text = 'EventLog' COLLATE NOCASE AND e.time IS NOT NULL");
	size_t n = 0, seen = e->boot_count, k = 0;
	when_us *starts = NULL, last = WHEN_NONE;

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		int64_t seconds;

		if (!uptime_of(query_span(q, 1), &seconds))
			continue;
		starts = arena_grow(e->arena, starts, n, sizeof *starts);
		starts[n++] = query_integer(q, 0) - seconds * WHEN_SECOND;
	}
	query_close(q);
	if (n)
		qsort(starts, n, sizeof *starts, when_compare);
	for (size_t i = 0; i < n; i++) {
		while (k < seen &&
			e->boots[k].start < starts[i] - threshold_time(e->thresholds, THRESHOLD_ONE_START))
			k++;
		if ((k < seen && one_start(e, e->boots[k].start, starts[i])) ||
			(last != WHEN_NONE && one_start(e, last, starts[i])))
			continue;
		last = starts[i];
		boot_add(e, last, "uptime in event 6013");
	}
	boots_sort(e);
}

/* What the log says of starts and stops. 41 and 6008 are written at a start, after a stop that was not
 * clean. */
enum boot_event { BOOT_START, BOOT_START_DIRTY, BOOT_STOP, BOOT_STOP_PLANNED };

static const struct {
	const char *provider;
	int id;
	enum boot_event what;
	const char *source;
} boot_events[] = {
	{ "EventLog", 6005, BOOT_START, "event 6005" }, { "EventLog", 6009, BOOT_START, "event 6009" },
	{ "Microsoft-Windows-Kernel-General", 12, BOOT_START, "Kernel-General 12" },
	{ "EventLog", 6008, BOOT_START_DIRTY, "event 6008, after an unexpected stop" },
	{ "Microsoft-Windows-Kernel-Power", 41, BOOT_START_DIRTY,
		"Kernel-Power 41, after an unexpected stop" },
	{ "EventLog", 6006, BOOT_STOP, NULL }, { "Microsoft-Windows-Kernel-General", 13, BOOT_STOP, NULL },
	{ "USER32", 1074, BOOT_STOP_PLANNED, NULL }, /* may be called off: counts if a start follows soon */
};

static size_t boot_event_of(struct span provider, int64_t id)
{
	size_t i = 0;

	while (i < LEN(boot_events) &&
		(boot_events[i].id != id || !span_equal_nocase(provider, span_of(boot_events[i].provider))))
		i++;
	return i;
}

struct stops {
	when_us *items;
	size_t count;
};

static void stop_add(struct evidence *e, struct stops *stops, when_us at)
{
	stops->items = arena_grow(e->arena, stops->items, stops->count, sizeof *stops->items);
	stops->items[stops->count++] = at;
}

/* Starts, each once although several events tell of it, and a second one within minutes of a first when a
 * stop lies between them. What stopped a boot cleanly is put into `stops`. */
static void boots_of_events(struct evidence *e, struct stops *stops)
{
	struct query *q = query_open(e->store,
		"SELECT e.event_id, e.time, p.text FROM event e JOIN name p ON p.id = e.provider WHERE " OF_SERVER
		" AND e.time IS NOT NULL AND e.event_id IN (6005, 6006, 6008, 6009, 12, 13, 41, 1074)"
		" ORDER BY e.time, e.record_id, e.event_id, p.text");
	when_us planned = WHEN_NONE;
	bool stopped = false;

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		size_t k = boot_event_of(query_span(q, 2), query_integer(q, 0));
		when_us at = query_integer(q, 1);

		if (k == LEN(boot_events))
			continue;
		if (boot_events[k].what == BOOT_STOP) {
			stop_add(e, stops, at);
			stopped = true;
			planned = WHEN_NONE;
			continue;
		}
		if (boot_events[k].what == BOOT_STOP_PLANNED) {
			planned = at;
			continue;
		}
		if (planned != WHEN_NONE &&
			at - planned <= threshold_time(e->thresholds, THRESHOLD_PLANNED)) {
			stop_add(e, stops, planned);
			stopped = true;
		}
		planned = WHEN_NONE;
		if (stopped || !e->boot_count || !one_start(e, e->boots[e->boot_count - 1].start, at))
			boot_add(e, at, boot_events[k].source);
		stopped = false;
	}
	query_close(q);
}

/* After a restart most counters are smaller than before, or the busy ones are, so that all together are; or
 * MmSt is all but gone and counts anew. A counter is 32 bits wide: one above the middle may have wrapped, so
 * it is not summed. */
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

/* Between which captures of one boot, as far as the log knows, did the counters begin anew? */
static void boots_of_counters(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT count(b.allocs - a.allocs), coalesce(sum(b.allocs < a.allocs), 0),"
		" coalesce(sum(CASE WHEN a.allocs < 0x80000000 THEN b.allocs - a.allocs END), 0),"
		" coalesce(max(g.text = 'MmSt' AND k.text = 'paged' AND a.allocs < 0x80000000 AND b.allocs < a.allocs"
		"  AND b.bytes * 10 < a.bytes), 0)"
		" FROM pool a JOIN pool b ON b.snapshot = :second AND b.tag = a.tag AND b.pool = a.pool"
		" JOIN name g ON g.id = a.tag JOIN name k ON k.id = a.pool WHERE a.snapshot = :first");
	const struct snapshot *counted = NULL; /* the top three come without counters */
	size_t seen = e->boot_count, k = 0;

	for (size_t i = 0; i < e->dated_count; i++) {
		const struct snapshot *a = counted, *b = &e->snapshots[i];

		counted = b->top ? a : b;
		if (b->top || !a)
			continue;
		while (k < seen && e->boots[k].start <= a->at)
			k++;
		if (!(k < seen && e->boots[k].start <= b->at) && counters_fell(q, a, b))
			boot_add(e, b->at, "counters that fell between two poolsnaps");
	}
	query_close(q);
	boots_sort(e);
}

/* ---- what lies in which boot ---- */

/* The last boot that had started then; the first where none had. */
static size_t boot_of(const struct evidence *e, when_us at)
{
	size_t low = 0, high = e->boot_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (e->boots[middle].start <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static void bursts_group(struct evidence *e, int id)
{
	when_us gap = threshold_time(e->thresholds, THRESHOLD_BURST_GAP);
	struct burst *b = NULL;

	for (size_t i = 0; i < e->exhaustion_count; i++) {
		struct exhaustion *x = &e->exhaustions[i];

		if (x->id != id)
			continue;
		if (!b || x->boot != b->boot || x->at - b->last > gap) {
			e->bursts = arena_grow(e->arena, e->bursts, e->burst_count, sizeof *e->bursts);
			b = &e->bursts[e->burst_count++];
			*b = (struct burst){ id, x->boot, 0, x->at, x->at };
			e->boots[x->boot].bursts++;
		}
		b->count += x->times;
		b->last = x->at;
		x->burst = (size_t)(b - e->bursts);
	}
}

/* How far apart a capture and an event may be: an hour more where daylight saving time is not known. */
static when_us apart_at_most(const struct snapshot *s, when_us at)
{
	when_us apart = s->at < at ? at - s->at : s->at - at;

	return s->quality == 0 ? apart : apart + WHEN_HOUR;
}

/* Events and captures are both in order of time, so that one pass ties them. */
static void events_tie(struct evidence *e, struct exhaustion *events, size_t n)
{
	const struct snapshot *last = NULL, *total = NULL;
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		struct exhaustion *x = &events[i];

		for (; k < e->dated_count && e->snapshots[k].at <= x->at; k++) {
			last = &e->snapshots[k];
			total = last->paged >= 0 ? last : total;
		}
		x->boot = boot_of(e, x->at);
		x->before = total && total->boot == x->boot ? total : NULL;
		x->apart = last && last->boot == x->boot ? apart_at_most(last, x->at) : WHEN_NONE;
		if (k < e->dated_count && e->snapshots[k].boot == x->boot &&
			(x->apart == WHEN_NONE || apart_at_most(&e->snapshots[k], x->at) < x->apart))
			x->apart = apart_at_most(&e->snapshots[k], x->at);
	}
}

/* The boot that is judged: where exhaustion last happened, if anything was captured there; else the best
 * captured. */
static void boot_judge(struct evidence *e)
{
	size_t best = BOOT_NONE;
	const struct exhaustion *last = e->exhaustion_count ? &e->exhaustions[e->exhaustion_count - 1]
					: e->text_count     ? &e->texts[e->text_count - 1]
							    : NULL;

	for (size_t i = 0; i < e->boot_count; i++)
		if (e->boots[i].snapshots &&
			(best == BOOT_NONE || e->boots[i].snapshots >= e->boots[best].snapshots))
			best = i;
	if (last && e->boots[last->boot].snapshots)
		best = last->boot;
	e->judged_boot = best;
	for (size_t i = 0; i < e->snapshot_count; i++) {
		const struct snapshot *s = &e->snapshots[i];

		if (s->boot == best && s->decides && s->paged >= 0 &&
			(!e->peak || s->paged >= e->peak->paged))
			e->peak = s;
	}
}

/* The last offset that is known; best from a capture that was dated by the clock itself. One that says its
 * time in UTC, as Event 2004 and a debugger do, takes its offset from elsewhere, or has none. */
static void offset_of_captures(struct evidence *e)
{
	const struct snapshot *best = NULL;

	for (size_t i = e->dated_count; i-- > 0;) {
		const struct snapshot *s = &e->snapshots[i];
		bool itself = strcmp(s->clock_source, CLOCK_ITSELF) == 0;

		if (!s->offset_known || (best && itself))
			continue;
		best = s;
		if (!itself)
			break;
	}
	if (!best)
		return;
	e->offset = best->offset;
	e->offset_known = best->quality <= 1;
	e->offset_source = best->clock_source;
}

void evidence_boots(struct evidence *e)
{
	when_us first = e->dated_count ? e->snapshots[0].at : WHEN_NONE;

	struct stops stops = { NULL, 0 };

	boots_of_events(e, &stops);
	boots_of_uptime(e);
	boots_of_counters(e);
	if (e->exhaustion_count && (first == WHEN_NONE || e->exhaustions[0].at < first))
		first = e->exhaustions[0].at;
	if (e->text_count && (first == WHEN_NONE || e->texts[0].at < first))
		first = e->texts[0].at;
	if (stops.count && (first == WHEN_NONE || stops.items[0] < first))
		first = stops.items[0];
	/* What came before the first start that was seen belongs to a boot of its own. */
	if (!e->boot_count || (first != WHEN_NONE && first < e->boots[0].start)) {
		boot_add(e, WHEN_NONE, "before anything that was read");
		boots_sort(e);
	}
	for (size_t i = 0; i < stops.count; i++)
		e->boots[boot_of(e, stops.items[i])].end = stops.items[i];
	for (size_t i = 0; i < e->dated_count; i++) {
		e->snapshots[i].boot = boot_of(e, e->snapshots[i].at);
		e->boots[e->snapshots[i].boot].snapshots++;
	}
	if (!e->offset_known)
		offset_of_captures(e);
	events_tie(e, e->exhaustions, e->exhaustion_count);
	events_tie(e, e->texts, e->text_count);
	bursts_group(e, 2020);
	bursts_group(e, 2019);
	boot_judge(e);
}
