/* SPDX-License-Identifier: MIT
 * Loads what the event log of one server tells: exhaustion, what other programs say of it, companions. */
#include "analysis/evidence.h"

#include "analysis/ntstatus.h"
#include "analysis/shortage.h"
#include "analysis/words.h"
#include "core/text.h"

#define OF_SERVER \
	"e.twin IS NULL AND e.server IN (SELECT id FROM server WHERE coalesce(same_as, id) = :server)"

bool evidence_uses(const struct record *event)
{
	struct span data = event->v[EVENT_BINARY].text;
	struct packet packet;

	if (companion_kind_of(event->v[EVENT_PROVIDER].text, event->v[EVENT_SOURCE_NAME].text,
		    event->v[EVENT_EVENT_ID].number) ||
		shortage_told(event->v[EVENT_STRINGS].text))
		return true;
	if (data.n < WORDS_HEADER)
		return false;
	/* Any driver's packet that ends in a shortage status is a companion, not a proof. */
	words_decode((const uint8_t *)data.p, data.n, &packet);
	return ntstatus_is_shortage((uint32_t)packet.value[WORDS_FINAL_STATUS]) &&
	       (packet.fit == WORDS_FIT_EXACT || packet.fit == WORDS_FIT_PADDED ||
		       words_names_event(&packet,
			       event->v[EVENT_QUALIFIERS].known ? (int32_t)event->v[EVENT_QUALIFIERS].number
								: -1,
			       (int32_t)event->v[EVENT_EVENT_ID].number));
}

/* ---- events ---- */

/* The text before, when it is the same: thousands of events share one source and one payload. */
static struct span again(struct evidence *e, struct span text, struct span before)
{
	return before.p && span_equal(text, before) ? before : arena_span(e->arena, text);
}

static struct exhaustion exhaustion_of(struct evidence *e, struct query *q, const struct exhaustion *before)
{
	struct span data = { NULL, 0 }, source = { NULL, 0 };

	if (before) {
		data = (struct span){ (const char *)before->data, before->data_n };
		source = span_of(before->place.source);
	}
	data = again(e, query_span(q, 4), data);
	source = again(e, query_span(q, 5), source);
	return (struct exhaustion){ .id = (int)query_integer(q, 0),
		.times = 1,
		.at = query_integer(q, 1),
		.qualifiers = query_known(q, 3) ? query_integer(q, 3) : -1,
		.data = (const uint8_t *)data.p,
		.data_n = data.n,
		.place = { source.p, query_integer(q, 6), query_known(q, 2) ? query_integer(q, 2) : -1 },
		.boot = BOOT_NONE };
}

/* Above this many, one event stands for all of its id in its minute: a log may hold a million, and memory may
 * not. */
#define FLOOD 20000

#define OF_SRV \
	" FROM event e JOIN source c ON c.id = e.source LEFT JOIN name p ON p.id = e.provider" \
	" LEFT JOIN name o ON o.id = e.source_name LEFT JOIN name n ON n.id = e.channel" \
	" WHERE " OF_SERVER \
	" AND e.event_id IN (2019, 2020) AND e.time IS NOT NULL" /* A driver logs into System; in another \
								    log anybody may use its name. */ \
	" AND (n.text IS NULL OR n.text = 'System' COLLATE NOCASE)" \
	" AND (p.text = 'Srv' COLLATE NOCASE OR o.text = 'Srv' COLLATE NOCASE)"

#define COLUMNS "e.event_id, e.time AS at, e.record_id, e.qualifiers, e.binary, c.name, e.line"
/* of events with one time, number and id */
#define TIES    "e.record_id, e.qualifiers, e.binary, e.strings, c.digest, e.line"

static void exhaustions_read(struct evidence *e)
{
	struct query *q = query_open(e->store, "SELECT count(*)" OF_SRV);
	bool flood;

	query_int(q, ":server", e->server);
	flood = query_next(q) && query_integer(q, 0) > FLOOD;
	query_close(q);
	q = query_open(e->store,
		flood ? "SELECT event_id, at, record_id, qualifiers, binary, name, line, times FROM (SELECT " COLUMNS
			", count(*) OVER minute AS times, row_number() OVER (minute ORDER BY e.time, " TIES
			") AS n" OF_SRV " WINDOW minute AS (PARTITION BY e.event_id, e.time / 60000000))"
			" WHERE n = 1 ORDER BY at, record_id, event_id"
		      : "SELECT " COLUMNS ", 1" OF_SRV " ORDER BY at, e.record_id, e.event_id, " TIES);
	query_int(q, ":server", e->server);
	while (query_next(q)) {
		struct exhaustion x = exhaustion_of(
			e, q, e->exhaustion_count ? &e->exhaustions[e->exhaustion_count - 1] : NULL);

		x.times = (size_t)query_integer(q, 7);
		e->exhaustions =
			arena_grow(e->arena, e->exhaustions, e->exhaustion_count, sizeof *e->exhaustions);
		e->exhaustions[e->exhaustion_count++] = x;
		*(x.id == 2020 ? &e->count_2020 : &e->count_2019) += x.times;
	}
	query_close(q);
}

/* What backup and copy jobs write into the Application log (KB 304101). A driver that logs C000009A for a
 * device into the System log says nothing about the pool: healthy systems do that too. */
static void texts_read(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT e.event_id, e.time, e.record_id, e.qualifiers, NULL, c.name, e.line, e.strings FROM event e"
		" JOIN source c ON c.id = e.source LEFT JOIN name p ON p.id = e.provider"
		" JOIN name n ON n.id = e.channel WHERE " OF_SERVER
		" AND e.time IS NOT NULL AND e.strings IS NOT NULL AND n.text = 'Application' COLLATE NOCASE"
		" ORDER BY e.time, e.record_id, e.event_id, e.strings, c.digest, e.line");

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		if (!shortage_told(query_span(q, 7)))
			continue;
		e->texts = arena_grow(e->arena, e->texts, e->text_count, sizeof *e->texts);
		e->texts[e->text_count] =
			exhaustion_of(e, q, e->text_count ? &e->texts[e->text_count - 1] : NULL);
		e->text_count++;
	}
	query_close(q);
}

static void shortages_list(struct evidence *e)
{
	size_t n = e->count_2020 ? e->exhaustion_count : e->text_count;

	for (size_t i = 0; i < n; i++) {
		const struct exhaustion *x = e->count_2020 ? &e->exhaustions[i] : &e->texts[i];

		if (e->count_2020 && x->id != 2020)
			continue;
		e->shortages = arena_grow(e->arena, e->shortages, e->shortage_count, sizeof *e->shortages);
		e->shortages[e->shortage_count++] = x;
	}
}

size_t evidence_shortages(const struct evidence *e, when_us until)
{
	size_t low = 0, high = e->shortage_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (e->shortages[middle]->at <= until)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Does an Event 2020, or what stands for it, lie close to this time, before or after it? */
static bool is_near(const struct evidence *e, when_us at)
{
	when_us near = threshold_time(e->thresholds, THRESHOLD_NEAR);

	return evidence_shortages(e, at + near) > evidence_shortages(e, at - near - 1);
}

static bool speaks(const struct companion_kind *kind, struct span strings)
{
	return kind && (!kind->says || text_find(strings, kind->says) || shortage_told(strings));
}

static void companions_read(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT lower(coalesce(o.text, p.text)) AS who, e.event_id, e.time, coalesce(p.text, ''), coalesce(o.text, ''), e.strings FROM event e"
		" LEFT JOIN name p ON p.id = e.provider LEFT JOIN name o ON o.id = e.source_name"
		" WHERE " OF_SERVER " ORDER BY who, e.event_id, e.time, 4");
	when_us gap = threshold_time(e->thresholds, THRESHOLD_BURST_GAP);
	const char *who = NULL;
	struct companion *c = NULL;

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		when_us at = query_known(q, 2) ? query_integer(q, 2) : WHEN_NONE;

		if (!c || c->id != query_integer(q, 1) || !span_equal(query_span(q, 0), span_of(who))) {
			e->companions = arena_grow(
				e->arena, e->companions, e->companion_count, sizeof *e->companions);
			c = &e->companions[e->companion_count++];
			who = arena_text(e->arena, query_span(q, 0));
			*c = (struct companion){ .provider = arena_text(e->arena, query_span(q, 3)),
				.id = (int)query_integer(q, 1),
				.kind = companion_kind_of(
					query_span(q, 3), query_span(q, 4), query_integer(q, 1)),
				.first = WHEN_NONE,
				.last = WHEN_NONE };
		}
		c->count++;
		e->own_limits_met +=
			(c->id == 2017 || c->id == 2018) && c->kind && c->kind->effect == COMPANION_AGAINST;
		if (at == WHEN_NONE)
			continue;
		c->bursts += c->last == WHEN_NONE || at - c->last > gap;
		c->first = c->first == WHEN_NONE ? at : c->first;
		c->last = at;
		c->near += is_near(e, at) && speaks(c->kind, query_span(q, 5));
	}
	query_close(q);
}

static void window_widen(struct evidence *e, when_us first, when_us last)
{
	e->first = e->first == WHEN_NONE || first < e->first ? first : e->first;
	e->last = e->last == WHEN_NONE || last > e->last ? last : e->last;
}

/* What was read for this server, and over which time. A log forwarded from several machines counts for each
 * of them, but only the events that were kept say when it speaks of this one. */
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

static void unread_count(struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT count(*) FROM source c JOIN server s ON s.id = c.server WHERE (coalesce(s.same_as, s.id) = :server OR " OF_EVERY_SERVER(
			"s",
			"c") ") AND (c.status = 'unreadable' OR (c.status = 'unrecognised' AND c.parser IS NOT NULL))");

	query_int(q, ":server", e->server);
	e->unread = query_next(q) ? (size_t)query_integer(q, 0) : 0;
	query_close(q);
}

void evidence_events(struct evidence *e)
{
	exhaustions_read(e);
	texts_read(e);
	shortages_list(e);
	for (size_t i = 0; i < e->text_count; i++)
		e->texts_near += e->count_2020 && is_near(e, e->texts[i].at);
	companions_read(e);
	sources_read(e);
	unread_count(e);
}
