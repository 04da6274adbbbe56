/* SPDX-License-Identifier: MIT
 * Are packets that end in a shortage listed as companions, do they leave the verdict alone, and is the
 * self-check of data words told, also where it fails? */
#include "tests/report_case.h"

/* A packet of 40 bytes and its dump data. */
struct packet_case {
	double hours;
	const char *provider;
	int id, qualifiers; /* of the event; qualifiers 0: not stated */
	uint32_t code, status;
	size_t dump, bytes; /* DumpDataSize; bytes of all, 0: as it should be */
	bool undated;
};

static void put(uint8_t *to, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		to[i] = (uint8_t)(value >> 8 * i);
}

static void case_packet(struct judge_case *c, struct packet_case p)
{
	uint8_t bytes[256] = { 0 };

	put(bytes + 2, p.dump, 2);
	put(bytes + 12, p.code, 4);
	put(bytes + 20, p.status, 4);
	judge_case_begin(c, "events");
	EVENT(c->store, .at = p.undated ? 0 : case_hours(p.hours), .computer = CASE_SERVER,
		.channel = "System", .record = ++c->record, .provider = p.provider, .id = p.id,
		.qualifiers = p.qualifiers, .line = 7, .data = bytes,
		.data_n = p.bytes ? p.bytes : 40 + p.dump);
	case_end(c->store);
}
#define PACKET(c, ...) case_packet(c, (struct packet_case){ __VA_ARGS__ })

#define SHORT 0xC000009A /* STATUS_INSUFFICIENT_RESOURCES */

/* "Disk 51 STATUS_INSUFFICIENT_RESOURCES 0xC000009A x2 holds", one for each row. */
static const char *rows_of(struct judge_case *c, const struct table *t)
{
	const char *text = "";

	for (size_t i = 0; i < t->row_count; i++)
		text = arena_printf(c->arena, "%s%s%s %d %s %s x%d %s", text, *text ? "; " : "",
			table_cell(t, i, "provider")->text, (int)table_cell(t, i, "id")->number,
			table_cell(t, i, "status_name")->text, table_cell(t, i, "status_hex")->text,
			(int)table_cell(t, i, "count")->number,
			table_cell(t, i, "self_check_holds")->number ? "holds" : "fails");
	return text;
}

static void test_listed(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	const struct table *t;

	PACKET(c, .hours = 2, .provider = "Disk", .id = 51, .qualifiers = 0x8004, .code = 0x80040033,
		.status = SHORT, .dump = 128);
	PACKET(c, .hours = 1, .provider = "disk", .id = 51, .qualifiers = 0x8004, .code = 0x80040033,
		.status = SHORT, .dump = 128);
	PACKET(c, .hours = 3, .provider = "Disk", .id = 51, .code = 0x80040033, .status = 0xC0000017);
	/* no shortage */
	PACKET(c, .hours = 3, .provider = "Disk", .id = 51, .code = 0x80040033, .status = 0xC000000E);
	PACKET(c, .hours = 4, .provider = "Srv", .id = 2021, .qualifiers = 0x8000, .code = 0x800007E5,
		.status = SHORT);
	PACKET(c, .undated = true, .provider = "Zfs", .id = 9, .code = 0xC0040009, .status = 0xC0000205);
	/* the 2020s have a table of their own; one of another source does not */
	PACKET(c, .hours = 5, .provider = "Srv", .id = 2020, .qualifiers = 0xC000, .code = 0xC00007E4,
		.status = SHORT, .dump = 4);
	PACKET(c, .hours = 5, .provider = "Imposter", .id = 2020, .qualifiers = 0xC000, .code = 0xC00007E4,
		.status = SHORT, .dump = 4);
	r = case_report(c);
	t = report_table(r, "resource_packets");
	CHECK_TEXT(rows_of(c, t),
		"disk 51 STATUS_INSUFFICIENT_RESOURCES 0xC000009A x2 holds; Disk 51 STATUS_NO_MEMORY 0xC0000017 x1 holds;"
		" Imposter 2020 STATUS_INSUFFICIENT_RESOURCES 0xC000009A x1 holds;"
		" Srv 2021 STATUS_INSUFFICIENT_RESOURCES 0xC000009A x1 holds;"
		" Zfs 9 STATUS_INSUFF_SERVER_RESOURCES 0xC0000205 x1 holds");
	CHECK_INT(table_cell(t, 0, "status")->number, 0xC000009A);
	CHECK_INT(table_cell(t, 0, "first")->number, case_hours(1));
	CHECK_INT(table_cell(t, 0, "last")->number, case_hours(2));
	CHECK_INT(table_cell(t, 0, "record_id")->number, 2);
	CHECK_INT(table_cell(t, 0, "line")->number, 7);
	CHECK(strstr(table_cell(t, 0, "place")->text, ":7, record 2") != NULL);
	CHECK_INT(table_cell(t, 4, "first")->state, CELL_UNKNOWN);
	CHECK_TEXT(table_cell(t, 0, "self_check")->text,
		"168 bytes = 40 + DumpDataSize 128; ErrorCode agrees with EventID 51, Qualifiers 32772");
	CHECK(report_shown(r, "resource_packets") == t);
	CHECK(strstr(t->about, "A healthy Windows logs such packets too") != NULL);
	CHECK_INT(report_table(r, "exhaustion_events")->row_count, 1);
	report_close(r);
	judge_case_close(c);
}

/* One of the two checks fails: told, with what was expected. Both: no packet. */
static void test_checks(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	const struct table *t;

	PACKET(c, .hours = 1, .provider = "Srv", .id = 2000, .qualifiers = 0xC000, .code = 0xC00007D0,
		.status = SHORT, .dump = 4, .bytes = 40);
	PACKET(c, .hours = 2, .provider = "Srv", .id = 2000, .qualifiers = 0xC000, .code = 0xC00007D1,
		.status = SHORT, .dump = 4);
	PACKET(c, .hours = 3, .provider = "Srv", .id = 2000, .code = 0xC00007D1, .status = SHORT, .dump = 4);
	PACKET(c, .hours = 4, .provider = "Srv", .id = 2000, .code = 0xC00007D1, .status = SHORT, .dump = 4,
		.bytes = 60);
	PACKET(c, .hours = 5, .provider = "Srv", .id = 2000, .code = 0xC00007D0, .status = SHORT,
		.bytes = 23);
	r = case_report(c);
	t = report_table(r, "resource_packets");
	CHECK_TEXT(rows_of(c, t), "Srv 2000 STATUS_INSUFFICIENT_RESOURCES 0xC000009A x1 fails;"
				  " Srv 2000 STATUS_INSUFFICIENT_RESOURCES 0xC000009A x2 fails");
	CHECK_TEXT(table_cell(t, 0, "self_check")->text,
		"40 bytes, 4 fewer than 40 + DumpDataSize 4: cut short, or not the data of a driver's event; ErrorCode"
		" agrees with EventID 2000, Qualifiers 49152");
	CHECK_TEXT(table_cell(t, 1, "self_check")->text,
		"44 bytes = 40 + DumpDataSize 4; ErrorCode is 0xc00007d1, where Qualifiers 49152 and EventID 2000 make"
		" 0xc00007d0");
	report_close(r);
	judge_case_close(c);
}

/* Dozens of them beside a healthy pool prove nothing. */
static void test_no_proof(void)
{
	struct judge_case *c = judge_case_2003(), *with = judge_case_2003();
	struct judgement *j, *k;
	struct report *r;

	SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
	SNAP(with, .hours = 1, .mmst = 40, .rest = 40);
	/* the same logs but for the status: STATUS_NO_SUCH_DEVICE */
	for (int i = 0; i < 30; i++) {
		PACKET(with, .hours = 0.1 * i, .provider = "Disk", .id = 51, .qualifiers = 0x8004,
			.code = 0x80040033, .status = SHORT, .dump = 128);
		PACKET(c, .hours = 0.1 * i, .provider = "Disk", .id = 51, .qualifiers = 0x8004,
			.code = 0x80040033, .status = 0xC000000E, .dump = 128);
	}
	j = case_judge(c);
	k = case_judge(with);
	CHECK_INT(k->rule, j->rule);
	CHECK_INT(k->confidence, j->confidence);
	CHECK_INT(k->severity, j->severity);
	r = case_report(with);
	CHECK_INT(table_cell(report_table(r, "resource_packets"), 0, "count")->number, 30);
	report_close(r);
	r = case_report(c);
	CHECK_INT(report_table(r, "resource_packets")->row_count, 0);
	CHECK(report_shown(r, "resource_packets") == NULL);
	report_close(r);
	judge_case_close(c);
	judge_case_close(with);
}

/* The 2020s' own words: whether the check holds, and for bytes alike logged as another event too. */
static void test_exhaustion(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	const struct table *t;
	const struct block *b;
	const char *abouts = "";

	PACKET(c, .hours = 1, .provider = "Srv", .id = 2020, .qualifiers = 0xC000, .code = 0xC00007E4,
		.status = SHORT, .dump = 4);
	PACKET(c, .hours = 2, .provider = "Srv", .id = 2019, .qualifiers = 0xC000, .code = 0xC00007E4,
		.status = SHORT, .dump = 4);
	case_2020(c, 3);
	r = case_report(c);
	t = report_table(r, "exhaustion_events");
	CHECK_INT(t->row_count, 3);
	CHECK_INT(table_cell(t, 0, "decoded.self_check_holds")->number, 1);
	CHECK_INT(table_cell(t, 1, "decoded.self_check_holds")->number, 0);
	CHECK_TEXT(table_cell(t, 1, "decoded.self_check")->text,
		"44 bytes = 40 + DumpDataSize 4; ErrorCode is 0xc00007e4, where Qualifiers 49152 and EventID 2019 make"
		" 0xc00007e3");
	CHECK_INT(table_cell(t, 2, "decoded.self_check_holds")->state, CELL_UNKNOWN); /* no data */
	for (b = r->servers[0].parts[PART_EVIDENCE]; b; b = b->next)
		if (b->table && strcmp(b->table->name, "decoded_words") == 0)
			abouts = arena_printf(c->arena, "%s|%s", abouts, strchr(b->table->about, ';'));
	CHECK_TEXT(abouts,
		"|; 1 of 3 events carry these bytes. Self-check holds: 44 bytes = 40 + DumpDataSize 4; ErrorCode agrees with"
		" EventID 2020, Qualifiers 49152."
		"|; 1 of 3 events carry these bytes. Self-check fails: 44 bytes = 40 + DumpDataSize 4; ErrorCode is"
		" 0xc00007e4, where Qualifiers 49152 and EventID 2019 make 0xc00007e3.");
	CHECK_INT(report_table(r, "resource_packets")->row_count, 0);
	report_close(r);
	judge_case_close(c);
}

int main(void)
{
	test_listed();
	test_checks();
	test_no_proof();
	test_exhaustion();
	return check_end();
}
