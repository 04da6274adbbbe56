/* SPDX-License-Identifier: MIT
 * Each Event 2020 and 2019: its data words decoded, and the poolsnap that came before it in the same boot. */
#include "analysis/analysis.h"

#include "analysis/ntstatus.h"
#include "analysis/words.h"

#include <inttypes.h>
#include <string.h>

static const struct field fields[] = {
	{ "time", "Time", T_TIME, FOR_ALL },
	{ "id", "Event", T_INT, FOR_ALL },
	{ "record_id", "Record", T_INT, FOR_ALL },
	{ "source", "Source", T_TEXT, FOR_ALL },
	{ "line", "Line", T_INT, FOR_MACHINES },
	{ "words", "Data words", T_LIST, FOR_MACHINES },
	{ "decoded.self_check_holds", "Self-check holds", T_BOOL, FOR_ALL },
	{ "decoded.self_check", "Self-check", T_TEXT, FOR_MACHINES },
	{ "decoded.event_id", "Event id", T_INT, FOR_MACHINES },
	{ "decoded.error_code", "Error code", T_INT, FOR_MACHINES },
	{ "decoded.severity", "Severity", T_TEXT, FOR_MACHINES },
	{ "decoded.facility", "Facility", T_INT, FOR_MACHINES },
	{ "decoded.final_status", "Final status", T_INT, FOR_MACHINES },
	{ "decoded.final_status_name", "Final status", T_TEXT, FOR_ALL },
	{ "decoded.unique_error_value", "Unique value", T_INT, FOR_MACHINES },
	{ "decoded.dump_data_size", "Dump size", T_INT, FOR_MACHINES },
	{ "decoded.number_of_strings", "Strings", T_INT, FOR_MACHINES },
	{ "decoded.string_offset", "String offset", T_INT, FOR_MACHINES },
	{ "decoded.event_category", "Category", T_INT, FOR_MACHINES },
	{ "decoded.sequence_number", "Sequence", T_INT, FOR_MACHINES },
	{ "decoded.io_control_code", "I/O control", T_INT, FOR_MACHINES },
	{ "decoded.device_offset", "Device offset", T_INT, FOR_MACHINES },
	{ "decoded.dump_data", "Dump data", T_LIST, FOR_MACHINES },
	{ "snapshot.time", "Poolsnap", T_TIME, FOR_MACHINES },
	{ "snapshot.minutes_before", "Poolsnap, minutes before", T_REAL, FOR_ALL },
	{ "snapshot.boot", "Boot", T_INT, FOR_MACHINES },
	{ "snapshot.paged_bytes", "Paged pool", T_BYTES, FOR_ALL },
	{ "snapshot.mmst_bytes", "MmSt", T_BYTES, FOR_ALL },
	{ "snapshot.mmst_share", "MmSt share", T_PERCENT, FOR_ALL },
	{ "snapshot.mmst_rank", "MmSt rank", T_INT, FOR_ALL },
	{ "snapshot.largest_tag", "Largest tag", T_TEXT, FOR_ALL },
};

static void decoded_cells(
	struct table *t, const struct exhaustion *x, const struct packet *p, struct arena *a)
{
	static const struct {
		enum words_field field;
		const char *name;
	} cells[] = {
		{ WORDS_EVENT_ID, "decoded.event_id" },
		{ WORDS_ERROR_CODE, "decoded.error_code" },
		{ WORDS_FACILITY, "decoded.facility" },
		{ WORDS_FINAL_STATUS, "decoded.final_status" },
		{ WORDS_UNIQUE_ERROR_VALUE, "decoded.unique_error_value" },
		{ WORDS_DUMP_DATA_SIZE, "decoded.dump_data_size" },
		{ WORDS_NUMBER_OF_STRINGS, "decoded.number_of_strings" },
		{ WORDS_STRING_OFFSET, "decoded.string_offset" },
		{ WORDS_EVENT_CATEGORY, "decoded.event_category" },
		{ WORDS_SEQUENCE_NUMBER, "decoded.sequence_number" },
		{ WORDS_IO_CONTROL_CODE, "decoded.io_control_code" },
		{ WORDS_DEVICE_OFFSET, "decoded.device_offset" },
	};
	const char *check;

	table_int(t, "decoded.self_check_holds", words_check(p, (int32_t)x->qualifiers, x->id, a, &check));
	table_text(t, "decoded.self_check", check);
	for (size_t i = 0; i < LEN(cells); i++)
		if (words_holds(p, cells[i].field))
			table_int(t, cells[i].name, (int64_t)p->value[cells[i].field]);
	if (words_holds(p, WORDS_ERROR_CODE))
		table_text(t, "decoded.severity", words_severity(p));
	if (words_holds(p, WORDS_FINAL_STATUS))
		table_text(t, "decoded.final_status_name",
			ntstatus_name((uint32_t)p->value[WORDS_FINAL_STATUS]));
	if (p->n >= WORDS_HEADER)
		table_items_known(t, "decoded.dump_data");
	for (size_t i = 0; i < words_count(p->dump_n); i++)
		table_item(t, "decoded.dump_data", words_word(p->dump, p->dump_n, i, a));
}

static void snapshot_cells(struct table *t, const struct exhaustion *x)
{
	const struct snapshot *s = x->before;

	if (!s)
		return;
	table_int(t, "snapshot.time", s->at);
	table_real(t, "snapshot.minutes_before", (double)((x->at - s->at) / WHEN_SECOND / 6) / 10);
	table_int(t, "snapshot.boot", (int64_t)s->boot);
	table_int(t, "snapshot.paged_bytes", s->paged);
	if (s->mmst >= 0) {
		table_int(t, "snapshot.mmst_bytes", s->mmst);
		if (s->paged > 0)
			table_real(t, "snapshot.mmst_share", 100.0 * (double)s->mmst / (double)s->paged);
	}
	if (s->mmst_rank)
		table_int(t, "snapshot.mmst_rank", s->mmst_rank);
	if (s->largest)
		table_tag(t, "snapshot.largest_tag", "paged", s->largest);
}

/* a flood of events says nothing more after the first thousands, and must not fill memory */
#define EVENTS_LISTED 3000

static struct table *events_table(struct report *r, const struct evidence *e)
{
	size_t listed;
	struct table *t = table_new(r, "exhaustion_events",
		"Events 2020 and 2019, and the poolsnap before each", TABLE_ROWS, fields, LEN(fields));

	t->about =
		"One event means at least one failed allocation; the number of events is not the number of failures. The poolsnap is"
		" the last of the same boot before the event.";
	t->people_rows = 40;
	listed = e->exhaustion_count < EVENTS_LISTED ? e->exhaustion_count : EVENTS_LISTED;
	if (listed < e->count_2020 + e->count_2019)
		t->about = arena_printf(r->arena,
			"%s %zu of %zu events are listed, in a flood one a minute; all are counted.",
			t->about, listed, e->count_2020 + e->count_2019);
	for (size_t i = 0; i < listed; i++) {
		const struct exhaustion *x = &e->exhaustions[i];
		struct packet packet;

		table_add(t);
		table_id(t, place_id(r->arena, &x->place));
		table_int(t, "time", x->at);
		table_int(t, "id", x->id);
		if (x->place.record_id >= 0)
			table_int(t, "record_id", x->place.record_id);
		table_source(t, x->place.source);
		table_int(t, "line", x->place.line);
		table_items_known(t, "words");
		for (size_t w = 0; w < words_count(x->data_n); w++)
			table_item(t, "words", words_word(x->data, x->data_n, w, r->arena));
		words_decode(x->data, x->data_n, &packet);
		if (x->data_n)
			decoded_cells(t, x, &packet, r->arena);
		snapshot_cells(t, x);
	}
	return t;
}

static const struct field word_fields[] = {
	{ "offset", "Offset", T_TEXT, FOR_ALL },
	{ "bytes", "Bytes", T_TEXT, FOR_ALL },
	{ "field", "Field", T_TEXT, FOR_ALL },
	{ "value", "Value", T_TEXT, FOR_ALL },
	{ "meaning", "Meaning", T_TEXT, FOR_ALL },
};

/* One kind of data, and how many events carry it. */
struct payload {
	const struct exhaustion *first;
	size_t events;
};
#define PAYLOADS 3 /* kinds that are decoded in the report; any further ones are in JSON only */

static void decode_block(struct report *r, struct server_report *s, const struct payload *p, size_t of)
{
	const struct exhaustion *x = p->first;
	struct table *t = table_new(r, "decoded_words",
		arena_printf(r->arena, "Data words of Event %d, decoded", x->id), TABLE_ROWS, word_fields,
		LEN(word_fields));
	struct packet packet;
	struct words_row *rows;
	const char *check;
	size_t count;
	bool holds;

	words_decode(x->data, x->data_n, &packet);
	rows = words_rows(&packet, r->arena, &count);
	holds = words_check(&packet, (int32_t)x->qualifiers, x->id, r->arena, &check);
	t->about = arena_printf(r->arena, "%s; %zu of %zu events carry these bytes. Self-check %s: %s.",
		place_words(r->arena, &x->place), p->events, of, holds ? "holds" : "fails", check);
	for (size_t k = 0; k < count; k++) {
		table_add(t);
		table_text(t, "offset", arena_printf(r->arena, "0x%02zx", rows[k].offset));
		table_text(t, "bytes", rows[k].raw);
		table_text(t, "field", rows[k].name);
		table_text(t, "value", rows[k].value);
		table_text(t, "meaning", rows[k].meaning);
	}
	block_table(s, PART_EVIDENCE, t);
}

/* The same bytes of another event id or other qualifiers are checked against those. */
static bool payload_alike(const struct exhaustion *a, const struct exhaustion *b)
{
	return a->id == b->id && a->qualifiers == b->qualifiers &&
	       span_equal((struct span){ (const char *)a->data, a->data_n },
		       (struct span){ (const char *)b->data, b->data_n });
}

/* Bytes alike are decoded once, however many events carry them. */
static void decode_blocks(struct report *r, struct server_report *s, const struct evidence *e)
{
	struct payload kinds[PAYLOADS];
	size_t known = 0;

	for (size_t i = 0; i < e->exhaustion_count; i++) {
		const struct exhaustion *x = &e->exhaustions[i];
		size_t k = 0;

		if (!x->data_n)
			continue;
		while (k < known && !payload_alike(kinds[k].first, x))
			k++;
		if (k == known && known == PAYLOADS)
			continue;
		if (k == known)
			kinds[known++] = (struct payload){ x, 0 };
		kinds[k].events += x->times;
	}
	for (size_t k = 0; k < known; k++)
		decode_block(r, s, &kinds[k], e->count_2020 + e->count_2019);
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct table *events = events_table(r, j->e);

	report_data(s, events);
	if (events->row_count)
		block_table(s, PART_EVIDENCE, events);
	decode_blocks(r, s, j->e);
}

const struct analysis analysis_exhaustion = { "exhaustion",
	"Events 2020 and 2019 with their data words, tied to the poolsnap before", 0, run, NULL };
