/* SPDX-License-Identifier: MIT
 * Is regedit's text export read right, also cut, damaged and hostile, and is the time of the last write a
 * number only where it can mean one time. */
#include "tests/check.h"
#include "tests/gather.h"
#include "tests/judge_case.h"
#include "tests/utf16.h"

extern const struct parser parser_regtext, parser_regfile, parser_regquery;

#define ROOT "HKEY_LOCAL_MACHINE\\SYSTEM\\"
#define TAIL "\\Control\\Session Manager\\Memory Management"
#define MM   ROOT "CurrentControlSet" TAIL
#define LS   ROOT "CurrentControlSet\\Services\\LanmanServer\\Parameters"

#define KEY(path, time) \
	"Key Name:          " path "\r\nClass Name:        <NO CLASS>\r\nLast Write Time:   " time "\r\n"
#define VALUE(n, name, type, data) \
	"Value " n "\r\n  Name:            " name "\r\n  Type:            " type \
	"\r\n  Data:            " data "\r\n"
#define DWORD(n, name, data) VALUE(n, name, "REG_DWORD", data) "\r\n"
#define THREE                DWORD("0", "A", "0") DWORD("1", "B", "0x2") DWORD("2", "PoolUsageMaximum", "0x3c")

#define READ(l)       l " host name=key_read text=" KEY_MEMORY_MANAGEMENT "\n"
#define WRITTEN(l, t) l " host name=key_written text=" t "\n"
#define VAL(l)        l " registry key=" KEY_MEMORY_MANAGEMENT " name="
#define THREE_AT(a, b, c) \
	VAL(a) \
	"A type=REG_DWORD number=0\n" VAL(b) "B type=REG_DWORD number=2\n" VAL( \
		c) "PoolUsageMaximum type=REG_DWORD number=60\n"
#define PART(l, n) \
	l " note listings of a part of a key (a query of one value, a search, a cut file): " n \
	  "; a value missing there is taken as unknown, not as absent\n"
#define NONE \
	" note this is no number of regedit's text export (0x and hexadecimal digits); the value was kept as text of no type\n"

/* 2010-03-23 16:47 */
#define AT_1647 " number=1269362820000000"

struct example {
	const char *name, *bytes, *want;
};

static const struct example examples[] = {
	{ "an export", KEY(MM, "3/23/2010 - 4:47 PM") THREE "\r\n",
		READ("1") WRITTEN("3", "3/23/2010 - 4:47 PM" AT_1647) THREE_AT("7", "12", "17") },
	{ "line feeds, and blanks that a mail lost",
		"Key Name: " MM
		"\nLast Write Time: 23.03.2010 - 16:47\nValue 0\nName: A\nType: REG_DWORD\nData: 0\nValue "
		"1\nName: B\nType: REG_DWORD\nData: 0x2\nValue 2\nName: PoolUsageMaximum\nType: REG_DWORD\nData: 0x3C\n\n",
		READ("1") WRITTEN("2", "23.03.2010 - 16:47" AT_1647) THREE_AT("6", "10", "14") },
	{ "strings and lists",
		KEY(MM, "23/03/2010 - 16:47") VALUE("0", "<NO NAME>", "REG_SZ", "") "\r\n" VALUE(
			"1", "Two words", "REG_SZ", "a  b\r\nc") "\r\n" VALUE("2", "M", "REG_MULTI_SZ",
			"C:\\p.sys 2046 4092\r\n                   D:\\p.sys 1 2\r\n") "\r\n",
		READ("1") WRITTEN("3", "23/03/2010 - 16:47" AT_1647)
			VAL("7") " type=REG_SZ text=\n" VAL("12") "Two words type=REG_SZ text=a  b\nc\n" VAL(
				"18") "M type=REG_MULTI_SZ text=C:\\p.sys 2046 4092\nD:\\p.sys 1 2\n" },
	{ "dumps",
		KEY(MM, "23/03/2010 - 16:47") VALUE("0", "A", "REG_BINARY",
			"\r\n00000000   3c 00 00 00                                        <...\r\n")
			VALUE("1", "M", "REG_MULTI_SZ",
				"\r\n00000000   43 00\r\n00000010   00 00\r\n") "\r\n" VALUE("2", "Q",
				"REG_QWORD", "\r\n00000000   01 00 00 00 00 00 00 00\r\n")
				DWORD("3", "D", "0x1"),
		READ("1") WRITTEN("3", "23/03/2010 - 16:47" AT_1647)
			VAL("7") "A type=REG_BINARY text=\n" VAL("13") "M type=REG_MULTI_SZ text=\n" VAL(
				"21") "Q type=REG_QWORD text=\n" VAL("27") "D type=REG_DWORD number=1\n"
									   "8 note lines of data in hexadecimal: 4; skipped\n" },
	{ "wrong data",
		KEY(MM, "23/03/2010 - 16:47") DWORD("0", "A", "60") DWORD("1", "B", "0x123456789") DWORD(
			"2", "C", "") DWORD("3", "D", "0x3c (60)") VALUE("4", "E", "REG_SZ", "60") "\r\n",
		"7" NONE "12" NONE "17" NONE "22" NONE READ("1") WRITTEN("3", "23/03/2010 - 16:47" AT_1647)
			VAL("7") "A type=invalid text=60\n" VAL("12") "B type=invalid text=0x123456789\n" VAL("17") "C type=invalid text=\n" VAL(
				"22") "D type=invalid text=0x3c (60)\n" VAL("27") "E type=REG_SZ text=60\n" },
	{ "other keys, whose strings look like values",
		KEY("HKEY_LOCAL_MACHINE\\X", "23/03/2010 - 16:47") VALUE("0", "PoolUsageMaximum", "REG_SZ",
			"x\r\n  Name: y\r\n00000000   00") DWORD("1", "PoolUsageMaximum", "0x28") KEY(MM,
			"24/03/2010 - 16:47") THREE KEY(MM "\\PrefetchParameters", "25/03/2010 - 16:47")
			DWORD("0", "EnablePrefetcher", "0x3") KEY(LS, "26/03/2010 - 16:47")
				DWORD("0", "Size", "0x3"),
		READ("15") WRITTEN("17", "24/03/2010 - 16:47 number=1269449220000000") THREE_AT("21", "26",
			"31") "47 registry key=" KEY_LANMAN_PARAMETERS " name=Size type=REG_DWORD number=3\n"
			      "1 note other keys: 2 with 3 values; counted only\n" PART("41", "1") },
	{ "without the root", KEY("SYSTEM\\CurrentControlSet" TAIL, "3/23/10 - 4:47 PM") THREE,
		READ("1") WRITTEN("3", "3/23/10 - 4:47 PM" AT_1647) THREE_AT("7", "12", "17") },
	{ "the control set in use, and its time",
		KEY(ROOT "ControlSet001" TAIL, "23/03/2010 - 16:47") DWORD("0", "A", "0x1")
			KEY(MM, "24/03/2010 - 16:47") THREE,
		READ("9") WRITTEN("11", "24/03/2010 - 16:47 number=1269449220000000") THREE_AT("15", "20",
			"25") "7 note values of a control set that is not in use: 1; not taken\n" },
	{ "values are missing",
		KEY(MM, "23/03/2010 - 16:47") DWORD("0", "A", "0x1") DWORD("2", "B", "0x2")
			DWORD("3", "C", "0x3") DWORD("0", "D", "0x4"),
		WRITTEN("3", "23/03/2010 - 16:47" AT_1647)
			VAL("7") "A type=REG_DWORD number=1\n" VAL("12") "B type=REG_DWORD number=2\n" VAL("17") "C type=REG_DWORD number=3\n" VAL(
				"22") "D type=REG_DWORD number=4\n"
				      "9 note values whose number is not the next: 2; others of their key are missing\n" PART(
					      "1", "1") },
	{ "values without data",
		KEY(MM, "23/03/2010 - 16:47") "Value 0\r\n  Name: A\r\nValue 1\r\n  Data: 0x1\r\n" DWORD(
			"2", "C", "0x3"),
		WRITTEN("3", "23/03/2010 - 16:47" AT_1647)
			VAL("11") "C type=REG_DWORD number=3\n"
				  "4 note values without data: 2; not taken\n"
				  "7 note lines that are no text export of regedit: 1; skipped\n" PART(
					  "1", "1") },
	{ "noise", "hello\r\nValue 0\r\n" KEY(MM, "23/03/2010 - 16:47") "what\r\n" THREE "\r\nC:\\>\r\n",
		READ("3") WRITTEN("5", "23/03/2010 - 16:47" AT_1647) THREE_AT(
			"10", "15", "20") "1 note lines that are no text export of regedit: 4; skipped\n" },
	{ "a cut number",
		KEY(MM, "23/03/2010 - 16:47") THREE "Value 3\r\n Name: D\r\n Type: REG_DWORD\r\n Data: 0x3",
		"22 note the source ends inside this value; the value was kept as text of no type\n" WRITTEN(
			"3", "23/03/2010 - 16:47" AT_1647) THREE_AT("7", "12", "17")
			VAL("22") "D type=invalid text=0x3\n" PART("1", "1") },
	{ "a cut value", KEY(MM, "23/03/2010 - 16:47") THREE "Value 3\r\n  Name:     Pag",
		"19 note the source ends inside this value; the value was not taken\n" WRITTEN(
			"3", "23/03/2010 - 16:47" AT_1647) THREE_AT("7", "12", "17") PART("1", "1") },
	{ "a cut time", KEY(MM, "23/03/2010 - 4:47"),
		"3 note the source ends in this line; when the key was last written was not taken\n" PART(
			"1", "1") },
	{ "two exports in one file", KEY(MM, "23/03/2010 - 16:47") THREE KEY(MM, "24/03/2010 - 16:47") THREE,
		READ("1") WRITTEN("3", "23/03/2010 - 16:47" AT_1647)
			WRITTEN("21", "24/03/2010 - 16:47 number=1269449220000000") THREE_AT("7", "12", "17")
				THREE_AT("25", "30", "35") },
};

static void try_examples(void)
{
	for (size_t i = 0; i < LEN(examples); i++) {
		struct gathered *g = gather(&parser_regtext, span_of(examples[i].bytes));
		int before = check_failed;

		CHECK_TEXT(g->text, examples[i].want);
		CHECK(!g->bad_text);
		CHECK_INT(g->sink.cut, text_starts(span_of(examples[i].name), "a cut "));
		if (check_failed > before)
			printf("(%s)\n", examples[i].name);
		free(g);
	}
}

static void try_encodings(void)
{
	struct arena *a = arena_open();

	for (int i = 0; i < 4; i++) {
		struct span wide = utf16_of(a, span_of(examples[0].bytes), i & 1, i & 2);
		struct gathered *g = gather(&parser_regtext, wide);

		CHECK_TEXT(g->text, examples[0].want);
		CHECK_INT(gather_bid(&parser_regtext, wide), 95);
		free(g);
	}
	arena_close(a);
}

/* ---- the time ---- */

/* 0: one of two times, or not understood. */
static void try_times(void)
{
	static const struct {
		const char *text;
		int64_t minutes; /* since 2010-01-01 */
	} times[] = {
		{ "3/23/2010 - 4:47 PM", 81 * 1440 + 1007 },
		{ "3/23/2010 - 12:00 AM", 81 * 1440 },
		{ "3/23/2010 - 12:00 PM", 81 * 1440 + 720 },
		{ "23/03/2010 - 16:47", 81 * 1440 + 1007 },
		{ "23/03/2010 - 16.47", 81 * 1440 + 1007 },
		{ "23-3-2010 - 16:47", 81 * 1440 + 1007 },
		{ "2010-03-04 - 16:47", 62 * 1440 + 1007 },
		{ "2010/03/04 - 16:47", 62 * 1440 + 1007 },
		{ "04.03.2010 - 16:47", 62 * 1440 + 1007 }, /* dots: the day first */
		{ "4/4/2010 - 4:47 PM", 93 * 1440 + 1007 },
		{ "3/4/2010 - 4:47 PM", 0 },
		{ "03/04/2010 - 16:47", 0 },
		{ "3/4/10 - 4:47 PM", 0 },
		{ "13/13/2010 - 16:47", 0 },
		{ "3/23/2010 - 25:47", 0 },
		{ "3/23/2010", 0 },
		{ "4:47 PM", 0 },
		{ "3/23/2010 - 4:47 \u03BC\u03BC", 0 }, /* the afternoon in Greek */
		{ "3/23/2010 - 4:47:10 \u03BC\u03BC", 0 },
		{ "3/23/2010 - 4:47 PM (summer time)", 0 },
		{ "3/23/2010 4:47 PM UTC", 0 },
		{ "<unknown>", 0 },
	};

	for (size_t i = 0; i < LEN(times); i++) {
		char bytes[512], want[256], number[64] = "";
		struct gathered *g;

		if (times[i].minutes)
			snprintf(number, sizeof number, " number=%" PRId64,
				when_civil(2010, 1, 1, 0, 0, 0, 0) + times[i].minutes * WHEN_MINUTE);
		snprintf(bytes, sizeof bytes, "Key Name: " MM "\nLast Write Time: %s\n\n", times[i].text);
		snprintf(want, sizeof want, WRITTEN("2", "%s%s") "%s", times[i].text, number, "");
		g = gather(&parser_regtext, span_of(bytes));
		CHECK(text_starts(span_of(g->text), want));
		if (!text_starts(span_of(g->text), want))
			printf("got %swant %s", g->text, want);
		free(g);
	}
}

/* One program wrote all times of a file: what one of them proves, holds for the others. */
static void try_order(void)
{
	static const struct {
		const char *other, *want;
	} orders[] = {
		{ "3/25/2010 - 1:00 AM", "text=3/4/2010 - 4:47 PM number=1267721220000000\n" },
		{ "25/3/2010 - 1:00 AM", "text=3/4/2010 - 4:47 PM number=1270313220000000\n" },
		{ "4/4/2010 - 1:00 AM", "text=3/4/2010 - 4:47 PM\n" },
		{ "2010-04-25 - 01:00", "text=3/4/2010 - 4:47 PM\n" },
		{ "3/25/2010 - 1:00 AM\r\n\r\nKey Name: HKEY_LOCAL_MACHINE\\Y\r\nClass Name: x\r\nLast Write Time: 25/3/2010 - 1:00 AM",
			"text=3/4/2010 - 4:47 PM\n" },
	};

	for (size_t i = 0; i < LEN(orders); i++)
		for (int before = 0; before <= 1; before++) {
			char bytes[1024];
			struct gathered *g;

			snprintf(bytes, sizeof bytes, "%s%s\r\n\r\n%s%s%s",
				before ? "Key Name: HKEY_LOCAL_MACHINE\\X\r\nLast Write Time: " : "",
				before ? orders[i].other : "", KEY(MM, "3/4/2010 - 4:47 PM") "\r\n",
				before ? "" : "Key Name: HKEY_LOCAL_MACHINE\\X\r\nLast Write Time: ",
				before ? "" : orders[i].other);
			strncat(bytes, "\r\n\r\n", sizeof bytes - strlen(bytes) - 1);
			g = gather(&parser_regtext, span_of(bytes));
			CHECK(strstr(g->text, orders[i].want) != NULL);
			if (!strstr(g->text, orders[i].want))
				printf("got %swant %s", g->text, orders[i].want);
			free(g);
		}
}

/* ---- bids ---- */

static void try_bids(void)
{
	static const struct {
		const char *bytes;
		int height;
	} heads[] = {
		{ "", 0 },
		{ KEY(MM, "3/23/2010 - 4:47 PM"), 95 },
		{ "\r\n" KEY("HKEY_CURRENT_USER\\X", "3/23/2010 - 4:47 PM"), 95 },
		{ "Hi,\r\n" KEY(MM, "3/23/2010 - 4:47 PM"), 65 },
		{ "Key Name: " MM "\r\n", 45 },
		{ "Key Name: " MM "\r\n\r\nLast Write Time: x\r\n", 95 },
		{ "Key Name: colour\r\n", 0 },
		{ "Key Name: colour\r\nKey Value: red\r\n", 0 },
		{ VALUE("3", "A", "REG_DWORD", "0x1"), 15 },
		{ "Schl\u00FCsselname:     " MM "\r\nWert 0\r\n  Typ:       REG_DWORD\r\n", 25 },
		{ "See also: " MM "\r\n", 0 },
	};

	for (size_t i = 0; i < LEN(heads); i++) {
		struct span bytes = span_of(heads[i].bytes);

		CHECK_INT(gather_bid(&parser_regtext, bytes), heads[i].height);
		CHECK(gather_bid(&parser_regfile, bytes) < BID_LEAST);
		CHECK(gather_bid(&parser_regquery, bytes) < BID_LEAST);
	}
}

/* ---- hostile ---- */

struct text {
	char *p;
	size_t n, room;
};

static void put(struct text *t, const char *s, size_t times)
{
	size_t n = strlen(s);

	while (t->n + n * times + 1 > t->room) {
		t->room = t->room ? t->room * 2 : 4096;
		t->p = realloc(t->p, t->room);
		if (!t->p)
			abort();
	}
	for (; times; times--, t->n += n)
		memcpy(t->p + t->n, s, n);
}

static struct gathered *gather_text(struct text *t)
{
	struct gathered *g = gather(&parser_regtext, (struct span){ t->p, t->n });

	CHECK(!g->bad_text);
	free(t->p);
	*t = (struct text){ NULL, 0, 0 };
	return g;
}

/* A string of a million lines, a list of one endless line, a name, a time: cut, and what follows is read. */
static void try_long(void)
{
	static const char *const pieces[][3] = {
		{ "Value 0\r\n Name: S\r\n Type: REG_SZ\r\n Data: ", "\u00E9\u20AC\r\n", "\r\n" },
		{ "Value 0\r\n Name: S\r\n Type: REG_SZ\r\n Data: ", "\u00E9\u20AC", "\r\n\r\n" },
		{ "Value 0\r\n Name: B\r\n Type: REG_BINARY\r\n Data: \r\n", "00000000   00 01 02 03\r\n",
			"\r\n" },
		{ "Value 0\r\n Name: ", "name ", "\r\n Type: REG_SZ\r\n Data: \r\n\r\n" },
	};

	for (size_t i = 0; i < LEN(pieces); i++) {
		struct text t = { NULL, 0, 0 };
		struct gathered *g;

		put(&t, KEY(MM, "3/23/2010 - 4:47 PM"), 1);
		put(&t, pieces[i][0], 1);
		put(&t, pieces[i][1], 5000000 / strlen(pieces[i][1]));
		put(&t, pieces[i][2], 1);
		put(&t, DWORD("1", "Y", "0x8") DWORD("2", "Z", "0x9"), 1);
		g = gather_text(&t);
		CHECK(strstr(g->text, "name=Z type=REG_DWORD number=9\n") != NULL);
		CHECK_INT(g->records, 5);
		CHECK_INT(g->notes, i == 3 ? 0 : 1);
		free(g);
	}
}

/* Hundred thousand values of one key, keys without values, times without end. */
static void try_many(void)
{
	struct text t = { NULL, 0, 0 };
	struct gathered *g;

	put(&t, KEY(MM, "3/23/2010 - 4:47 PM"), 1);
	put(&t, DWORD("0", "A", "0x1"), 50000);
	g = gather_text(&t);
	CHECK_INT(g->records, 50001); /* one is the time; in this order they are no export of the whole key */
	CHECK_INT(g->notes, 2);
	free(g);
	put(&t, KEY(MM, "3/23/2010 - 4:47 PM"), 20000);
	put(&t, "\r\n", 1);
	g = gather_text(&t);
	CHECK_INT(g->records, 20000);
	free(g);
	put(&t, KEY(MM, "3/"), 1);
	t.n -= 2;
	put(&t, "3/", 100000);
	put(&t, "\r\n\r\n", 1);
	g = gather_text(&t);
	CHECK_INT(g->records, 0);
	free(g);
}

/* Cut anywhere, and with bytes changed: no crash, valid text; what is complete before a cut is stated, and
 * nothing that the whole does not state. */
static void try_damage(void)
{
	unsigned random = 1;

	for (size_t i = 0; i < LEN(examples); i++) {
		struct span whole = span_of(examples[i].bytes);
		char *copy = malloc(whole.n + 1);

		if (!copy)
			abort();
		for (size_t n = 0; n < whole.n; n++) {
			struct gathered *g = gather(&parser_regtext, text_head(whole, n));

			CHECK(!g->bad_text);
			free(g);
			memcpy(copy, whole.p, whole.n);
			random = random * 1664525u + 1013904223u;
			copy[n] = (char)(random >> 24);
			copy[(random >> 8) % whole.n] = "\n:0 VKx\0"[random >> 5 & 7];
			g = gather(&parser_regtext, (struct span){ copy, whole.n });
			CHECK(!g->bad_text);
			free(g);
		}
		free(copy);
	}
}

static void try_cuts(void)
{
	struct span whole = span_of(examples[0].bytes);
	static const char *const stated[] = { "text=3/23/2010 - 4:47 PM" AT_1647 "\n",
		"name=A type=REG_DWORD number=0\n", "name=B type=REG_DWORD number=2\n",
		"name=PoolUsageMaximum type=REG_DWORD number=60\n" };
	static const char *const ends[] = { "PM\r\n", "0\r\n\r\n", "0x2\r\n\r\n", "0x3c\r\n\r\n" };

	for (size_t n = 0; n <= whole.n; n++) {
		struct gathered *g = gather(&parser_regtext, text_head(whole, n));

		for (size_t i = 0; i < LEN(ends); i++) {
			size_t end = (size_t)(text_find(whole, ends[i]) - whole.p) + strlen(ends[i]);
			bool there = strstr(g->text, stated[i]) != NULL;

			/* an empty line's first half is a line already */
			CHECK(n >= end ? there || i == 0 : n < end - 1 ? !there : true);
		}
		/* Who reads the time in a file that ends with it cannot know that it is whole. */
		CHECK(n < 400 || strstr(g->text, stated[0]));
		free(g);
	}
}

/* ---- evidence ---- */

static void put_export(struct judge_case *c, int64_t number, const char *text, when_us when)
{
	struct record r;

	judge_case_begin(c, "regtext");
	case_host(c->store, FACT_KEY_READ, KEY_MEMORY_MANAGEMENT, 0);
	if (text) {
		record_start(&r, RECORD_HOST, 3);
		record_text(&r, HOST_NAME, SPAN(FACT_KEY_WRITTEN));
		record_text(&r, HOST_TEXT, span_of(text));
		if (when != WHEN_NONE)
			record_number(&r, HOST_NUMBER, when);
		store_put(c->store, &r, true);
	}
	if (number >= 0)
		case_value(c->store, KEY_MEMORY_MANAGEMENT, "PoolUsageMaximum", "REG_DWORD", number, "");
	case_end(c->store);
}

static void try_evidence(void)
{
	static const struct {
		int64_t value[2];
		const char *text[2];
		when_us when[2];
	} cases[] = {
		{ { 60, -1 }, { "3/23/2010 - 4:47 PM", NULL }, { 5, WHEN_NONE } },
		{ { 60, -1 }, { "3/4/2010 - 4:47 PM", NULL }, { WHEN_NONE, WHEN_NONE } },
		{ { -1, -1 }, { "3/23/2010 - 4:47 PM", NULL }, { 0, WHEN_NONE } },
		{ { 60, -1 }, { NULL, NULL }, { WHEN_NONE, WHEN_NONE } },
		{ { 60, 50 }, { "first", "second" }, { 7, 8 } },
		{ { 60, 50 }, { "first", NULL }, { 7, WHEN_NONE } },
		{ { 60, 50 }, { NULL, "second" }, { WHEN_NONE, 8 } },
		{ { -1, 50 }, { "first", "second" }, { 7, 8 } },
		{ { 60, -1 }, { "first", "second" }, { 7, 8 } },
		{ { -1, -1 }, { "first", "second" }, { 7, 8 } },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct judge_case *c = judge_case_open();
		struct evidence *e;
		bool two = i >= 4;
		size_t from;

		case_machine(c, "5.2.3790 Service Pack 2", "x86", 2);
		put_export(c, cases[i].value[0], cases[i].text[0], cases[i].when[0]);
		if (two)
			put_export(c, cases[i].value[1], cases[i].text[1], cases[i].when[1]);
		e = case_evidence(c);
		/* Whose value is taken, its time is taken. */
		from = !two ? 0
		       : e->pool_usage_maximum.state == SETTING_NUMBER
			       ? (size_t)(e->pool_usage_maximum.number == cases[i].value[1])
			       : (size_t)query_one(c->store,
					 "SELECT (SELECT digest FROM source WHERE name = 'source-2') > "
					 "(SELECT digest FROM source WHERE name = 'source-1')",
					 -1);
		CHECK_TEXT(e->key_written_text ? e->key_written_text : "none",
			cases[i].text[from] ? cases[i].text[from] : "none");
		CHECK(e->key_written == cases[i].when[from]);
		judge_case_close(c);
	}
}

int main(void)
{
	try_examples();
	try_encodings();
	try_times();
	try_order();
	try_bids();
	try_long();
	try_many();
	try_damage();
	try_cuts();
	try_evidence();
	return check_end();
}
