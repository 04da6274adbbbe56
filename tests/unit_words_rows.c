/* SPDX-License-Identifier: MIT
 * What does the decode of an event's data say, field by field, and of a packet cut or too long? */
#include "analysis/words.h"

#include "tests/check.h"

/* KB312362's words, and KB2885205's <Binary> of event 2012. */
#define WORDS_2020 \
	"00040000 00540001 00000000 c00007e4 00000000 c000009a 00000000 00000000 00000000 00000000 0000000b"
#define HEX_2012 "0000040001002C0000000000DC07008000000000840100C00000000000000000000000000000000034060000"

static const uint8_t packet_2020[44] = { 0, 0, 4, 0, 1, 0, 0x54, 0, 0, 0, 0, 0, 0xe4, 7, 0, 0xc0, 0, 0, 0, 0,
	0x9a, 0, 0, 0xc0, [40] = 0x0b };

static const struct words_row *row_find(const struct words_row *rows, size_t count, const char *key)
{
	static const struct words_row none = { .raw = "", .key = "", .name = "", .value = "", .meaning = "" };

	for (size_t i = 0; i < count; i++) {
		if (strcmp(rows[i].key, key) == 0)
			return &rows[i];
	}
	return &none;
}

static const struct words_row *rows_of(const char *text, struct arena *a, struct packet *p, size_t *count)
{
	struct words w;
	struct err e = { "" };

	CHECK_INT(words_read(span_of(text), a, &w, &e), 0);
	words_decode(w.bytes, w.n, p);
	return words_rows(p, a, count);
}

static void check_2020(void)
{
	struct arena *a = arena_open();
	struct packet p;
	size_t n;
	const struct words_row *rows = rows_of(WORDS_2020, a, &p, &n);
	const char *text;

	CHECK_INT(n, WORDS_FIELDS + 1);
	CHECK_TEXT(row_find(rows, n, "event_id")->value, "2020");
	CHECK_TEXT(row_find(rows, n, "event_id")->meaning, "NO_PAGED_POOL (Srv): system paged pool empty");
	CHECK_TEXT(row_find(rows, n, "error_code")->value, "0xc00007e4");
	CHECK_TEXT(row_find(rows, n, "error_code")->raw, "e4 07 00 c0");
	CHECK_INT(row_find(rows, n, "error_code")->offset, 12);
	CHECK_TEXT(row_find(rows, n, "error_code")->meaning, "Qualifiers 49152, EventID 2020");
	CHECK_TEXT(row_find(rows, n, "severity")->value, "error");
	CHECK_TEXT(row_find(rows, n, "facility")->value, "0x000");
	CHECK_TEXT(row_find(rows, n, "final_status")->value, "0xc000009a");
	CHECK(strncmp(row_find(rows, n, "final_status")->meaning, "STATUS_INSUFFICIENT_RESOURCES: ", 31) ==
		0);
	CHECK_TEXT(row_find(rows, n, "dump_data_size")->meaning, "four bytes of dump data");
	CHECK_TEXT(row_find(rows, n, "number_of_strings")->value, "1");
	CHECK(strstr(row_find(rows, n, "number_of_strings")->meaning, "one string at 0x54 ") != NULL);
	CHECK_TEXT(row_find(rows, n, "string_offset")->value, "0x54");
	CHECK_TEXT(row_find(rows, n, "device_offset")->value, "0x0000000000000000");
	CHECK_TEXT(row_find(rows, n, "dump_data")->value, "0x0000000b (11)");
	CHECK_TEXT(row_find(rows, n, "dump_data")->meaning, "meaning not documented");
	CHECK_INT(row_find(rows, n, "dump_data")->offset, 40);
	CHECK(words_check(&p, 49152, 2020, a, &text));
	CHECK_TEXT(
		text, "44 bytes = 40 + DumpDataSize 4; ErrorCode agrees with EventID 2020, Qualifiers 49152");
	CHECK(words_check(&p, -1, -1, a, &text));
	CHECK_TEXT(rows[WORDS_PADDING].meaning, "carries nothing");
	CHECK(!words_check(&p, 32768, 2020, a, &text));
	CHECK_TEXT(text,
		"44 bytes = 40 + DumpDataSize 4; ErrorCode is 0xc00007e4, where Qualifiers 32768 and EventID 2020 make"
		" 0x800007e4");
	CHECK(!words_check(&p, -1, 2019, a, &text));
	CHECK_TEXT(text,
		"44 bytes = 40 + DumpDataSize 4; ErrorCode is 0xc00007e4, which is event 2020 and not EventID 2019");
	CHECK(words_check(&p, -1, 2020, a, &text));
	CHECK_TEXT(text, "44 bytes = 40 + DumpDataSize 4; ErrorCode agrees with EventID 2020");
	words_decode(packet_2020, 10, &p);
	CHECK(!words_check(&p, 49152, 2020, a, &text));
	CHECK_TEXT(text,
		"10 bytes, 34 fewer than 40 + DumpDataSize 4: cut short, or not the data of a driver's event; ErrorCode is"
		" missing");
	CHECK_TEXT(words_word(packet_2020, 44, 3, a), "c00007e4");
	CHECK_TEXT(words_word(packet_2020, 42, 10, a), "000b");
	CHECK_TEXT(words_word(packet_2020, 44, 11, a), "");
	arena_close(a);
}

/* What an article explains is said; what none does is called so, above all for 2017 to 2020. */
static void check_meanings(void)
{
	static const struct {
		const char *code, *word, *meaning;
	} known[] = {
		{ "C00007E1", "0000000b", "meaning not documented" },
		{ "C00007E3", "000003e9", "meaning not documented" },
		{ "C00007E4", "000003e9", "meaning not documented" },
		{ "C00007D0", "00000bc0",
			"if Srv: low half is the service code 0x0bc0 (SRV_SVC_NT_QUERY_INFO_FILE)" },
		{ "C00007D9", "000003e9", "if Srv: the table that is full is FILE" },
		{ "800007D9", "000003ec", "if Srv: the table that is full is TREE_CONNECT" },
		{ "800007D9", "000003ed", "if Srv: the number of a table, not documented" },
		{ "800007D9", "000003ea", "if Srv: the table that is full is SEARCH" },
		{ "C00010E0", "0168fc82", "set by the driver that logged the event; not decoded" },
	};
	struct arena *a = arena_open();
	struct packet p;
	const struct words_row *rows;
	size_t n;

	for (size_t i = 0; i < LEN(known); i++) {
		rows = rows_of(arena_printf(a,
				       "00040000 00540001 00000000 %s 00000000 c0982001 00000000 00000000"
				       " 00000000 00000000 %s",
				       known[i].code, known[i].word),
			a, &p, &n);
		CHECK_TEXT(row_find(rows, n, "dump_data")->meaning, known[i].meaning);
		CHECK(strncmp(row_find(rows, n, "final_status")->meaning, "unknown", 7) == 0);
	}
	rows = rows_of(HEX_2012, a, &p, &n);
	CHECK_TEXT(row_find(rows, n, "event_id")->meaning,
		"NETWORK_ERROR (Srv): network error while sending or receiving");
	CHECK_TEXT(row_find(rows, n, "severity")->value, "warning");
	CHECK(strstr(row_find(rows, n, "dump_data")->meaning, "line 1588 ") != NULL);
	words_decode(p.bytes, 42, &p); /* half a word is no line number */
	rows = words_rows(&p, a, &n);
	CHECK_TEXT(row_find(rows, n, "dump_data")->meaning,
		"the last 2 bytes, less than a word; meaning not documented");
	arena_close(a);
}

/* One explained word is all that articles show: with more of them nothing is known. Q142617's request follows
 * an unexplained word. Ten words and no string: cut, and not the other byte order of 40 bytes without dump
 * data. */
static void check_doubt(void)
{
	static const char *const smb[] = { "meaning not documented",
		"if Srv: the rejected request begins here (FF 'SMB')", "if Srv: rejected request" };
	static const char zeros[] = " 00000000 00000000 00000000 00000000 00000000 00000000";
	struct arena *a = arena_open();
	struct packet p;
	const struct words_row *rows;
	size_t n;

	rows = rows_of(
		arena_printf(a, "00080000 00540001 00000000 800007D9%s 000003ea 00000000", zeros), a, &p, &n);
	CHECK_INT(n, WORDS_FIELDS + 2);
	CHECK_TEXT(row_find(rows, n, "dump_data")->meaning, "meaning not documented");
	rows = rows_of(
		arena_printf(a, "000c0000 007c0002 00000000 C00007D6%s 0000062f 424d53ff 00000075", zeros), a,
		&p, &n);
	CHECK_INT(n, WORDS_FIELDS + 3);
	for (size_t i = 0; i < 3; i++)
		CHECK_TEXT(rows[WORDS_FIELDS + i].meaning, smb[i]);
	rows = rows_of(arena_printf(a, "00040000 00000000 00000000 F0040033%s", zeros), a, &p, &n);
	CHECK_TEXT(row_find(rows, n, "dump_data_size")->value, "4");
	rows = rows_of(arena_printf(a, "00040000 00000000 00000000 C0040009%s", zeros), a, &p, &n);
	CHECK_TEXT(row_find(rows, n, "dump_data_size")->value, "4");
	CHECK_TEXT(rows[n - 1].value, "missing");
	arena_close(a);
}

/* The XML around the data names the event; what is no identifier of this event does not. */
static void check_event_around(void)
{
	static const struct {
		const char *text;
		int32_t event_id, qualifiers;
	} rows[] = {
		{ "<EventID Qualifiers='49152'>2020</EventID><Binary>" HEX_2012 "</Binary>", 2020, 49152 },
		{ "<EventID Qualifiers=\"32768\">\n 2012 </EventID>\n<EventData><Binary>" HEX_2012, 2012,
			32768 },
		{ "<EventID>2012</EventID><Binary>" HEX_2012 "</Binary>", 2012, -1 },
		{ "<eventid qualifiers=\"\">2012</eventid><binary>" HEX_2012 "</binary>", 2012, -1 },
		{ "<EventID>1</EventID></Event><Event><EventID Qualifiers='1'>2</EventID><Binary>" HEX_2012
		  "</Binary></Event><Event><EventID>3</EventID>",
			2, 1 },
		{ "<EventID>1</EventID><Binary/></Event><Event><EventID>2</EventID><Binary>" HEX_2012
		  "</Binary>",
			2, -1 },
		{ "<EventIDs>7</EventIDs><Binary>" HEX_2012 "</Binary>", -1, -1 },
		{ "<EventID Qualifiers='99999'>99999</EventID><Binary>" HEX_2012 "</Binary>", -1, -1 },
		{ "<EventID Qualifiers='99999'>12</EventID><Binary>" HEX_2012 "</Binary>", 12, -1 },
		{ "<EventID<Binary>" HEX_2012 "</Binary>", -1, -1 },
		{ "<EventID Qualifiers='1'><Binary>" HEX_2012 "</Binary>", -1, -1 },
		{ "<Binary>" HEX_2012 "</Binary><EventID>2012</EventID>", -1, -1 },
		{ HEX_2012, -1, -1 },
		{ WORDS_2020, -1, -1 },
	};
	struct arena *a = arena_open();

	for (size_t i = 0; i < LEN(rows); i++) {
		struct words w;
		struct err e = { "" };

		CHECK_INT(words_read(span_of(rows[i].text), a, &w, &e), 0);
		CHECK_INT(w.event_id, rows[i].event_id);
		CHECK_INT(w.qualifiers, rows[i].qualifiers);
	}
	arena_close(a);
}

/* However much of a packet is lost, each field is either there or called missing. */
static void check_cut(void)
{
	struct arena *a = arena_open();

	for (size_t n = 0; n <= 44; n++) {
		struct packet p;
		size_t count, held = 0, should = 0;
		const struct words_row *rows;

		words_decode(n ? packet_2020 : NULL, n, &p);
		rows = words_rows(&p, a, &count);
		for (size_t i = 0; i < count; i++) {
			bool whole = rows[i].offset + rows[i].size <= n;

			held += rows[i].held;
			should += whole;
			CHECK((strcmp(rows[i].value, "missing") == 0) == !whole);
			CHECK(rows[i].raw && rows[i].key && rows[i].name && rows[i].meaning);
		}
		CHECK_INT(held, should);
		CHECK_INT(p.fit, n == 44 ? WORDS_FIT_EXACT : WORDS_FIT_SHORT);
		CHECK_INT(p.dump_n, n > 40 ? n - 40 : 0);
	}
	arena_close(a);
}

/* DumpDataSize 4 and more behind it; 11 and one byte of filling; 65535 and nothing. */
static void check_sizes(void)
{
	uint8_t bytes[60] = { 0 };
	struct arena *a = arena_open();
	struct packet p;
	const struct words_row *rows;
	size_t n;

	bytes[2] = 4;
	bytes[11] = 1;    /* what should be zero is told raw, and called unknown */
	bytes[15] = 0xf0; /* severity 3, a customer's code, reserved bit: none of them is facility */
	bytes[14] = 0x04;
	words_decode(bytes, 60, &p);
	CHECK_INT(p.value[WORDS_FACILITY], 4);
	CHECK_INT(p.value[WORDS_SEVERITY], 3);
	rows = words_rows(&p, a, &n);
	CHECK_TEXT(rows[WORDS_PADDING].value, "0x0100");
	CHECK_TEXT(rows[WORDS_PADDING].meaning, "not zero; meaning not documented");
	CHECK_INT(p.fit, WORDS_FIT_LONG);
	CHECK_INT(p.beyond_n, 16);
	CHECK_TEXT(rows[n - 1].name, "beyond the dump data");
	CHECK_INT(rows[n - 1].offset + rows[n - 1].size, 60);
	bytes[2] = 11;
	words_decode(bytes, 52, &p);
	rows = words_rows(&p, a, &n);
	CHECK_INT(p.fit, WORDS_FIT_PADDED);
	CHECK_INT(p.beyond_n, 1);
	CHECK_INT(n, WORDS_FIELDS + 3 + 1);
	CHECK_INT(rows[n - 2].size, 3);
	bytes[2] = bytes[3] = 0xff;
	words_decode(bytes, 40, &p);
	rows = words_rows(&p, a, &n);
	CHECK_INT(p.fit, WORDS_FIT_SHORT);
	CHECK(!rows[n - 1].held);
	CHECK_INT(rows[n - 1].size, 65535);
	arena_close(a);
}

int main(void)
{
	check_2020();
	check_meanings();
	check_doubt();
	check_event_around();
	check_cut();
	check_sizes();
	return check_end();
}
