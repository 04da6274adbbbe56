/* SPDX-License-Identifier: MIT
 * On which clock was a capture taken, and which names are one machine? Worked out from all that the store
 * holds. */
#include "store/inside.h"

#include "core/text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* How sure the UTC time of a capture is; stored as at_quality of snapshot and counter. */
enum quality {
	QUALITY_EXACT, /* said in UTC, told, or the clock was seen at work within a week */
	/* the zone's standard offset is known, or the clock was changed nearby: perhaps an hour off */
	QUALITY_STANDARD,
	QUALITY_ASSUMED, /* nothing known: taken as UTC */
	QUALITY_FILE,    /* only the file's own time, which copying changes */
	QUALITY_NONE,    /* no time, or day and month cannot be told apart */
};

/* The server's clock against UTC, as one event shows it. */
struct sighting {
	when_us utc;
	int minutes; /* east of UTC */
	bool exact;
	const char *how;
};

struct clock {
	struct sighting *sightings;
	size_t count;
	struct arena *arena;
	bool told, zone;
	int told_minutes, zone_minutes;
	when_us first, last; /* the server's events; WHEN_NONE when there are none */
	char order;          /* 'd' or 'm': what the server's other captures prove; 0 nothing or both */
};

static void sighting_add(struct clock *c, when_us utc, int minutes, bool exact, const char *how)
{
	c->sightings = arena_grow(c->arena, c->sightings, c->count, sizeof *c->sightings);
	c->sightings[c->count++] = (struct sighting){ utc, minutes, exact, how };
}

/* ---- what events say of the clock ---- */

static when_us systemtime(const unsigned char *p)
{
	int f[8];

	for (int i = 0; i < 8; i++)
		f[i] = p[2 * i] | p[2 * i + 1] << 8;
	return when_civil(f[0], f[1], f[3], f[4], f[5], f[6], f[7] < 1000 ? f[7] * 1000 : 0);
}

/* EventLog 6008: the last heartbeat before an unexpected stop as SYSTEMTIME, local at 0 and UTC at 16. */
static void see_6008(struct clock *c, when_us utc, struct span binary)
{
	when_us local, universal, apart;

	if (binary.n < 32)
		return;
	local = systemtime((const unsigned char *)binary.p);
	universal = systemtime((const unsigned char *)binary.p + 16);
	if (local == WHEN_NONE || universal == WHEN_NONE || universal > utc)
		return;
	apart = local - universal;
	if (apart % (15 * WHEN_MINUTE) == 0 && apart >= -15 * WHEN_HOUR && apart <= 15 * WHEN_HOUR)
		sighting_add(c, universal, (int)(apart / WHEN_MINUTE), true, "event 6008");
}

/* "300 Eastern Standard Time": UTC = local + bias, in minutes. */
static bool bias_of(struct span text, int64_t *bias)
{
	struct span number;

	return text_cut(&text, ' ', &number) && text_trim(text).n && text_int(number, bias) &&
	       *bias >= -15 * 60 && *bias <= 15 * 60;
}

/* EventLog 6013: string 5 is the uptime in seconds, string 7 the zone with the bias of standard time, in
 * summer too ("480 Pacific Standard Time" in July). But the event is written every day at noon of the
 * server's clock, so its own time shows whether daylight saving was in force: noon looks like 11:00 then.
 * python-evtx loses and mixes up the strings before the zone ("1039089", "089", "60", "300 Eastern Standard
 * Time"): the zone is taken wherever it stands, the uptime only from a list of seven. */
static void see_6013(struct clock *c, when_us utc, struct span strings)
{
	struct span list[16];
	int64_t bias = 0, seconds = 0, found;
	bool zone = false;
	size_t n = strings_list(strings, list, LEN(list));

	for (size_t i = 0; i < n && i < LEN(list); i++)
		if (bias_of(list[i], &found)) {
			bias = found;
			zone = true;
		}
	if (!zone)
		return;
	if (n != 7 || !text_int(list[4], &seconds))
		seconds = 0;
	when_us minute_of_day = (((utc - bias * WHEN_MINUTE) % WHEN_DAY) + WHEN_DAY) % WHEN_DAY / WHEN_MINUTE;
	bool scheduled = seconds >= 600; /* written at boot as well, at any hour */

	if (scheduled && minute_of_day >= 11 * 60 + 58 && minute_of_day < 12 * 60 + 3)
		sighting_add(c, utc, (int)-bias, true, "event 6013");
	else if (scheduled && minute_of_day >= 10 * 60 + 58 && minute_of_day < 11 * 60 + 3)
		sighting_add(c, utc, (int)-bias + 60, true, "event 6013, daylight saving time seen");
	else
		sighting_add(c, utc, (int)-bias, false, "event 6013, standard time");
}

static void clock_read(struct store *s, struct clock *c, int64_t server)
{
	struct query *q = query_open(s,
		"SELECT e.event_id, e.time, e.binary, e.strings FROM event e JOIN server s ON s.id = e.server"
		" JOIN name p ON p.id = e.provider"
		" WHERE coalesce(s.same_as, s.id) = :server AND e.event_id IN (6008, 6013) AND e.time IS NOT NULL"
		" AND p.text = 'EventLog' COLLATE NOCASE ORDER BY e.time, e.event_id, e.record_id, e.strings, e.binary");

	query_int(q, ":server", server);
	while (query_next(q)) {
		if (query_integer(q, 0) == 6008)
			see_6008(c, query_integer(q, 1), query_span(q, 2));
		else
			see_6013(c, query_integer(q, 1), query_span(q, 3));
	}
	query_close(q);

	/* The last one counts: of what was told that is the last word, of files the one of the last
	 * digest. */
	q = query_open(s,
		"SELECT c.status IS 'told', h.number FROM host h JOIN source c ON c.id = h.source"
		" JOIN server s ON s.id = c.server JOIN name n ON n.id = h.name"
		" WHERE coalesce(s.same_as, s.id) = :server AND n.text = :fact AND h.number IS NOT NULL"
		" ORDER BY c.digest, h.line, h.id");
	query_int(q, ":server", server);
	query_text(q, ":fact", FACT_UTC_OFFSET);
	while (query_next(q)) {
		bool told = query_integer(q, 0) != 0;

		*(told ? &c->told : &c->zone) = true;
		*(told ? &c->told_minutes : &c->zone_minutes) = (int)query_integer(q, 1);
	}
	query_close(q);

	q = query_open(s, "SELECT min(l.first), max(l.last) FROM log l JOIN server s ON s.id = l.server"
			  " WHERE coalesce(s.same_as, s.id) = :server");
	query_int(q, ":server", server);
	c->first = c->last = WHEN_NONE;
	if (query_next(q) && query_known(q, 0)) {
		c->first = query_integer(q, 0);
		c->last = query_integer(q, 1);
	}
	query_close(q);
}

/* ---- local to UTC ---- */

static when_us apart(when_us a, when_us b)
{
	return a < b ? b - a : a - b;
}

static when_us local_of(const struct sighting *s)
{
	return s->utc + s->minutes * WHEN_MINUTE;
}

static const struct sighting *nearest(const struct clock *c, when_us local, bool exact)
{
	const struct sighting *best = NULL;

	for (size_t i = 0; i < c->count; i++) {
		const struct sighting *s = &c->sightings[i];

		if (s->exact == exact && (!best || apart(local_of(s), local) < apart(local_of(best), local)))
			best = s;
	}
	return best;
}

/* Was the clock changed between the sightings before and after? Then it is not known whether that was before
 * or after this time, nor which of the two it is that autumn's change makes of one hour. */
static bool changed_around(const struct clock *c, when_us local)
{
	const struct sighting *before = NULL, *after = NULL;

	for (size_t i = 0; i < c->count; i++) {
		const struct sighting *s = &c->sightings[i];

		if (!s->exact)
			continue;
		if (local_of(s) <= local)
			before = !before || local_of(s) > local_of(before) ? s : before;
		else
			after = !after || local_of(s) < local_of(after) ? s : after;
	}
	return before && after && before->minutes != after->minutes;
}

#define OFFSET_UNKNOWN INT_MIN

struct settled {
	when_us at;
	int offset;
	const char *source;
	enum quality quality;
};

static struct settled settle_local(const struct clock *c, when_us local)
{
	const struct sighting *s = nearest(c, local, true);
	struct settled out = { local, 0, "assumed UTC", QUALITY_ASSUMED };
	bool near = s && apart(s->utc, local - s->minutes * WHEN_MINUTE) <= 7 * WHEN_DAY;

	/* What was told counts, but where the log shows another clock within days the report says so. */
	if (c->told && near && s->minutes != c->told_minutes)
		out = (struct settled){ 0, c->told_minutes, "told, against the log", QUALITY_STANDARD };
	else if (c->told)
		out = (struct settled){ 0, c->told_minutes, "told", QUALITY_EXACT };
	else if (near)
		out = (struct settled){ 0, s->minutes, s->how,
			changed_around(c, local) ? QUALITY_STANDARD : QUALITY_EXACT };
	else if (s)
		out = (struct settled){ 0, s->minutes, s->how, QUALITY_STANDARD };
	else if ((s = nearest(c, local, false)) != NULL)
		out = (struct settled){ 0, s->minutes, s->how, QUALITY_STANDARD };
	else if (c->zone)
		out = (struct settled){ 0, c->zone_minutes, "systeminfo, standard time", QUALITY_STANDARD };
	out.at = local - out.offset * WHEN_MINUTE;
	return out;
}

/* ---- day and month ---- */

struct capture {
	int64_t id, source;
	when_us time, local, other; /* WHEN_NONE: not stated */
	char order;                 /* 'd', 'm', 'y', or 0 */
};

/* Without a log nothing is outside it, so that no order is preferred. */
static bool inside(const struct clock *clock, when_us local)
{
	return clock->first == WHEN_NONE ||
	       (local >= clock->first - 2 * WHEN_DAY && local <= clock->last + 2 * WHEN_DAY);
}

/* Which order do the stamps of one source prove? In turn: a stamp that can only be read one way; stamps that
 * would run backwards if read the other way; the server's other captures; the days that its event log
 * covers. */
static char order_of(const struct capture *c, size_t n, const struct clock *clock)
{
	bool proof[2] = { false, false }, backwards[2] = { false, false }, outside[2] = { false, false };

	for (size_t i = 0; i < n; i++) {
		proof[0] |= c[i].order == 'd';
		proof[1] |= c[i].order == 'm';
		if (c[i].other == WHEN_NONE)
			continue;
		outside[0] |= !inside(clock, c[i].local);
		outside[1] |= !inside(clock, c[i].other);
		if (i && c[i - 1].other != WHEN_NONE) {
			backwards[0] |= c[i].local < c[i - 1].local;
			backwards[1] |= c[i].other < c[i - 1].other;
		}
	}
	if (proof[0] != proof[1])
		return proof[0] ? 'd' : 'm';
	if (backwards[0] != backwards[1])
		return backwards[0] ? 'm' : 'd';
	if (clock->order)
		return clock->order;
	if (outside[0] != outside[1])
		return outside[0] ? 'm' : 'd';
	return 0;
}

static void settled_write(struct query *q, int64_t id, struct settled out)
{
	query_int(q, ":id", id);
	query_int(q, ":known", out.at != WHEN_NONE);
	query_int(q, ":at", out.at);
	query_int(q, ":clock", out.offset != OFFSET_UNKNOWN);
	query_int(q, ":offset", out.offset);
	query_text(q, ":source", out.source);
	query_int(q, ":quality", out.quality);
	query_next(q);
	query_reset(q);
}

/* Of the server's clock at a time that is known in UTC, for printing: as the capture says, or as the clock
 * does. */
static int offset_at(const struct clock *clock, when_us utc, when_us local)
{
	struct settled s;

	if (local != WHEN_NONE)
		return (int)((local - utc) / WHEN_MINUTE);
	s = settle_local(clock, utc);
	return s.quality == QUALITY_ASSUMED ? OFFSET_UNKNOWN : s.offset;
}

static void capture_write(struct query *q, const struct capture *c, const struct clock *clock, char order)
{
	struct settled out;

	if (c->time != WHEN_NONE)
		out = (struct settled){ c->time, offset_at(clock, c->time, c->local), "the capture itself",
			QUALITY_EXACT };
	else if (c->local == WHEN_NONE)
		out = (struct settled){ WHEN_NONE, 0, "none", QUALITY_NONE };
	else if (c->other != WHEN_NONE && !order)
		out = (struct settled){ WHEN_NONE, 0, "day and month cannot be told apart", QUALITY_NONE };
	else
		out = settle_local(clock, c->other != WHEN_NONE && order == 'm' ? c->other : c->local);
	settled_write(q, c->id, out);
}

static size_t captures_read(
	struct store *s, const char *sql, int64_t server, struct arena *a, struct capture **out)
{
	struct query *q = query_open(s, sql);
	struct capture *all = NULL;
	size_t n = 0;

	query_int(q, ":server", server);
	while (query_next(q)) {
		all = arena_grow(a, all, n, sizeof *all);
		all[n++] = (struct capture){ .id = query_integer(q, 0),
			.source = query_integer(q, 1),
			.time = query_known(q, 2) ? query_integer(q, 2) : WHEN_NONE,
			.local = query_known(q, 3) ? query_integer(q, 3) : WHEN_NONE,
			.other = query_known(q, 4) ? query_integer(q, 4) : WHEN_NONE,
			.order = (char)(query_span(q, 5).n ? query_span(q, 5).p[0] : 0) };
	}
	query_close(q);
	*out = all;
	return n;
}

static bool server_named(struct store *s, int64_t server)
{
	struct query *q = query_open(s, "SELECT 1 FROM server WHERE id = :id AND name <> :unnamed");
	bool named;

	query_int(q, ":id", server);
	query_text(q, ":unnamed", STORE_UNNAMED);
	named = query_next(q);
	query_close(q);
	return named;
}

/* Copying and unpacking give files new times: what is written within so little time was copied. */
#define COPIED_WITHIN (3 * WHEN_SECOND)

/* Last of all the file's own time: that of its last capture, if that has no other. Not where other files of
 * the server have the same, nor outside of the days that the event log covers, nor days away from the file's
 * last capture that has a time: then it is the time of a copy. */
static void settle_by_file(struct store *s, int64_t server, const struct clock *clock, struct query *write)
{
	struct query *q = query_open(s,
		"WITH mine AS (SELECT c.* FROM source c JOIN server s ON s.id = c.server"
		"  WHERE coalesce(s.same_as, s.id) = :server AND c.modified IS NOT NULL)"
		" SELECT t.id, c.modified FROM mine c JOIN snapshot t ON t.id = (SELECT x.id FROM snapshot x"
		"  WHERE x.source = c.id ORDER BY x.line DESC, x.id DESC LIMIT 1)"
		" WHERE t.time IS NULL AND t.local IS NULL AND NOT EXISTS (SELECT 1 FROM mine o WHERE o.digest <> c.digest"
		"  AND o.modified BETWEEN c.modified - :near AND c.modified + :near)"
		" AND c.modified BETWEEN coalesce((SELECT max(x.at) FROM snapshot x WHERE x.source = c.id), c.modified) - :days"
		" AND coalesce((SELECT max(x.at) FROM snapshot x WHERE x.source = c.id), c.modified) + :days");

	query_int(q, ":server", server);
	query_int(q, ":near", COPIED_WITHIN);
	query_int(q, ":days", 2 * WHEN_DAY);
	while (query_next(q)) {
		when_us at = query_integer(q, 1);

		if (!inside(clock, at))
			continue;
		settled_write(write, query_integer(q, 0),
			(struct settled){
				at, offset_at(clock, at, WHEN_NONE), "the file's own time", QUALITY_FILE });
	}
	query_close(q);
}

#define SETTLED \
	" SET at = CASE WHEN :known THEN :at END, at_offset = CASE WHEN :clock THEN :offset END, at_source = :source, at_quality = :quality"

/* Counters have one order of day and month, so that nothing has to be proved. */
static void settle_counters(struct store *s, int64_t server, struct clock *clock)
{
	struct capture *all;
	size_t n = captures_read(s,
		/* Beside a time in UTC, the local one is of the machine that wrote the log: another's,
		   perhaps. */
		"SELECT t.id, t.source, t.time, CASE WHEN t.time IS NULL THEN t.local END, NULL, '' FROM counter t JOIN server s ON s.id = t.server"
		" WHERE coalesce(s.same_as, s.id) = :server ORDER BY t.id",
		server, clock->arena, &all);
	struct query *q = query_open(s, "UPDATE counter" SETTLED " WHERE id = :id");

	for (size_t i = 0; i < n; i++)
		capture_write(q, &all[i], clock, 0);
	query_close(q);
}

static void settle_snapshots(struct store *s, int64_t server, struct clock *clock)
{
	struct capture *all;
	bool proof[2] = { false, false };
	size_t n = captures_read(s,
		"SELECT t.id, t.source, t.time, t.local, t.local_other, o.text FROM snapshot t"
		" JOIN server s ON s.id = t.server LEFT JOIN name o ON o.id = t.date_order"
		" WHERE coalesce(s.same_as, s.id) = :server ORDER BY t.source, t.line, t.id",
		server, clock->arena, &all);

	for (size_t i = 0; i < n; i++) {
		proof[0] |= all[i].order == 'd';
		proof[1] |= all[i].order == 'm';
	}
	/* Captures that nobody names need not be of one machine: they prove nothing about each other. */
	if (proof[0] != proof[1] && server_named(s, server))
		clock->order = proof[0] ? 'd' : 'm';

	struct query *q = query_open(s, "UPDATE snapshot" SETTLED " WHERE id = :id");

	for (size_t from = 0, to; from < n; from = to) {
		for (to = from; to < n && all[to].source == all[from].source; to++)
			;
		char order = order_of(all + from, to - from, clock);

		for (size_t i = from; i < to; i++)
			capture_write(q, &all[i], clock, order);
	}
	settle_by_file(s, server, clock, q);
	query_close(q);
}

static void settle_server(struct store *s, int64_t server, struct arena *a)
{
	struct clock clock = { .arena = a };

	clock_read(s, &clock, server);
	settle_snapshots(s, server, &clock);
	settle_counters(s, server, &clock);
}

int store_settle(struct store *s, struct err *e)
{
	struct arena *a = arena_open();
	int64_t *servers = NULL;
	size_t n = 0;
	struct query *q;

	store_run(s, "BEGIN IMMEDIATE");
	settle_names(s);
	settle_twins(s);
	q = query_open(s, "SELECT id FROM server WHERE same_as IS NULL ORDER BY id");
	while (query_next(q)) {
		servers = arena_grow(a, servers, n, sizeof *servers);
		servers[n++] = query_integer(q, 0);
	}
	query_close(q);
	for (size_t i = 0; i < n; i++)
		settle_server(s, servers[i], a);
	store_run(s,
		"UPDATE source SET (first, last) = (SELECT min(at), max(at) FROM snapshot t WHERE t.source = source.id)"
		" WHERE id IN (SELECT source FROM snapshot)"
		/* An Event 2004 is one of many: its log has the times of all. */
		" AND parser IS NOT (SELECT id FROM name WHERE text = 'events')");
	store_run(s,
		"UPDATE source SET (first, last) = (SELECT min(at), max(at) FROM counter t WHERE t.source = source.id)"
		" WHERE id IN (SELECT source FROM counter)");
	arena_close(a);
	if (sqlite3_exec(store_db(s), "COMMIT", NULL, NULL, NULL) == SQLITE_OK)
		return 0;
	err_set(e, "the store cannot be written: %s", sqlite3_errmsg(store_db(s)));
	store_cancel(s);
	return -1;
}
