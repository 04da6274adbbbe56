/* SPDX-License-Identifier: MIT
 * Which other events carry a packet whose FinalStatus speaks of a shortage? Companions, and no proof. Which
 * statuses: analysis/ntstatus.c; what a packet is: analysis/words.h. */
#include "analysis/analysis.h"

#include "analysis/ntstatus.h"
#include "analysis/words.h"
#include "core/text.h"

/* Events of one source and id that carry one status, and whose packets pass the same checks. */
struct packets {
	const char *provider;
	int64_t id;
	uint32_t status;
	bool length_holds, code_holds;
	size_t count;
	when_us first, last; /* WHEN_NONE: no dated one */
	struct place place;
	const char *check; /* of the first, in words */
};

struct packet_list {
	struct packets *items;
	size_t count;
	size_t kind; /* the first of the source and id that is being read */
};

/* Events 2020 and 2019 of Srv in the System log have a table of their own. By FinalStatus alone any bytes
 * could be a packet, so a further sign is asked for: of 12,715 real values none had the right length or the
 * right code by chance (analysis/words.h). */
static struct query *packets_query(const struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT lower(coalesce(o.text, p.text, '')) AS who, coalesce(p.text, ''), e.event_id, e.qualifiers, e.binary,"
		" e.time, c.name, e.line, e.record_id FROM event e JOIN source c ON c.id = e.source"
		" LEFT JOIN name p ON p.id = e.provider LEFT JOIN name o ON o.id = e.source_name"
		" LEFT JOIN name n ON n.id = e.channel WHERE e.twin IS NULL"
		" AND e.server IN (SELECT id FROM server WHERE coalesce(same_as, id) = :server) AND length(e.binary) >= 24"
		" AND NOT (e.event_id IN (2019, 2020) AND e.time IS NOT NULL"
		"  AND (n.text IS NULL OR n.text = 'System' COLLATE NOCASE)"
		"  AND (p.text IS 'Srv' COLLATE NOCASE OR o.text IS 'Srv' COLLATE NOCASE))"
		" ORDER BY who, e.event_id, e.time IS NULL, e.time, e.record_id, e.qualifiers, e.binary, c.digest, e.line");

	query_int(q, ":server", e->server);
	return q;
}

static bool packets_alike(const struct packets *a, const struct packets *b)
{
	return a->status == b->status && a->length_holds == b->length_holds && a->code_holds == b->code_holds;
}

/* One event; who: the same as that of the event before. */
static void packet_take(struct packet_list *l, struct query *q, bool same_kind, struct arena *a)
{
	struct span data = query_span(q, 4);
	int32_t qualifiers = query_known(q, 3) ? (int32_t)query_integer(q, 3) : -1;
	struct packets one = { .id = query_integer(q, 2), .count = 0, .first = WHEN_NONE, .last = WHEN_NONE };
	when_us at = query_known(q, 5) ? query_integer(q, 5) : WHEN_NONE;
	struct packet p;
	size_t i;

	if (!same_kind)
		l->kind = l->count;
	words_decode((const uint8_t *)data.p, data.n, &p);
	one.status = (uint32_t)p.value[WORDS_FINAL_STATUS];
	one.length_holds = p.fit == WORDS_FIT_EXACT || p.fit == WORDS_FIT_PADDED;
	one.code_holds = words_names_event(&p, qualifiers, (int32_t)one.id);
	if (!ntstatus_is_shortage(one.status) || !(one.length_holds || one.code_holds))
		return;
	for (i = l->kind; i < l->count && !packets_alike(&l->items[i], &one); i++)
		;
	if (i == l->count) {
		one.provider = arena_text(a, query_span(q, 1));
		one.place = place_read(q, 6, a);
		words_check(&p, qualifiers, (int32_t)one.id, a, &one.check);
		l->items = arena_grow(a, l->items, l->count, sizeof *l->items);
		l->items[l->count++] = one;
	}
	l->items[i].count++;
	if (at == WHEN_NONE)
		return;
	l->items[i].first = l->items[i].first == WHEN_NONE ? at : l->items[i].first;
	l->items[i].last = at;
}

static struct packet_list packets_read(const struct evidence *e, struct arena *a)
{
	struct packet_list l = { NULL, 0, 0 };
	struct query *q = packets_query(e);
	const char *who = NULL;
	int64_t id = -1;

	while (query_next(q)) {
		bool same = who && id == query_integer(q, 2) && span_equal(query_span(q, 0), span_of(who));

		if (!same) {
			who = arena_text(a, query_span(q, 0));
			id = query_integer(q, 2);
		}
		packet_take(&l, q, same, a);
	}
	query_close(q);
	return l;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	static const struct field fields[] = {
		{ "provider", "Source", T_TEXT, FOR_ALL },
		{ "id", "Event", T_ID, FOR_ALL },
		{ "status_name", "Final status", T_TEXT, FOR_ALL },
		{ "status", "Status", T_INT, FOR_MACHINES },
		{ "status_hex", "Number", T_TEXT, FOR_ALL },
		{ "count", "Count", T_INT, FOR_ALL },
		{ "first", "First", T_TIME, FOR_ALL },
		{ "last", "Last", T_TIME, FOR_ALL },
		{ "place", "The first one", T_TEXT, FOR_PEOPLE },
		{ "source", "Source file", T_TEXT, FOR_MACHINES },
		{ "line", "Line", T_ID, FOR_MACHINES },
		{ "record_id", "Record", T_ID, FOR_MACHINES },
		{ "self_check_holds", "Self-check holds", T_BOOL, FOR_ALL },
		{ "self_check", "Self-check", T_TEXT, FOR_ALL },
	};
	struct packet_list l = packets_read(j->e, r->arena);
	struct table *t = table_new(r, "resource_packets", "Other events whose packet ends in a shortage",
		TABLE_ROWS, fields, LEN(fields));

	t->about =
		"A driver's packet with a status of the shortage family (memory, quota, commitment, a server's resources)."
		" A healthy Windows logs such packets too, a disk event 51 with C000009A for example: by themselves they prove"
		" nothing, and their status is no part of any verdict (PT-T06). Events 2020 and 2019 of Srv are listed above.";
	t->people_rows = 40;
	for (size_t i = 0; i < l.count; i++) {
		const struct packets *p = &l.items[i];

		table_add(t);
		table_text(t, "provider", p->provider);
		table_int(t, "id", p->id);
		table_text(t, "status_name", ntstatus_name(p->status));
		table_int(t, "status", p->status);
		table_text(t, "status_hex", arena_printf(r->arena, "0x%08lX", (unsigned long)p->status));
		table_int(t, "count", (int64_t)p->count);
		if (p->first != WHEN_NONE) {
			table_int(t, "first", p->first);
			table_int(t, "last", p->last);
		}
		table_text(t, "place", place_words(r->arena, &p->place));
		table_text(t, "source", p->place.source);
		table_int(t, "line", p->place.line);
		if (p->place.record_id >= 0)
			table_int(t, "record_id", p->place.record_id);
		table_int(t, "self_check_holds", p->length_holds && p->code_holds);
		table_text(t, "self_check", p->check);
	}
	report_data(s, t);
	if (t->row_count)
		block_table(s, PART_EVIDENCE, t);
}

const struct analysis analysis_packets = { "packets",
	"other events whose packet ends in a status of the shortage family: companions, no proof", 0, run,
	NULL };
