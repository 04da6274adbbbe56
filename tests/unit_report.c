/* SPDX-License-Identifier: MIT
 * Do the formats print a believable report as they promise: parts in order, numbers and words, links that
 * lead somewhere, drawings within their frame? With a folder as argument, its reports are left there to be
 * looked at. */
#include "tests/check.h"
#include "tests/report_read.h"
#include "tests/report_sample.h"

#include "reports/axis.h"

/* Each stands behind the one before. */
static bool in_order(const struct printed *p, const char *pattern)
{
	struct span rest = { p->text, p->n };

	for (int part = PART_TITLE + 1; part < PART_COUNT; part++) {
		char needle[80];
		const char *at;

		snprintf(needle, sizeof needle, pattern, part_names[part]);
		at = text_find(rest, needle);
		if (!at)
			return false;
		rest = text_tail(rest, (size_t)(at - rest.p) + 1);
	}
	return true;
}

static bool write_short(void *to, const void *bytes, size_t n)
{
	size_t *room = to;

	(void)bytes;
	if (n > *room)
		return false;
	*room -= n;
	return true;
}

static void test_output(void)
{
	size_t room = 40000;
	struct out *o = out_open(write_short, &room);

	for (int i = 0; i < 1000; i++)
		out_raw(o, "0123456789012345678901234567890123456789012345678901234567890123456789");
	CHECK(!out_close(o));
	CHECK_INT(room, 40000 % 16384);
	room = 100000;
	o = out_open(write_short, &room);
	out_printf(o, "%d", 12345);
	CHECK(out_close(o));
	CHECK_INT(room, 99995);
	CHECK(format_find(SPAN("text")) && format_find(SPAN("html")) && format_find(SPAN("json")) &&
		format_find(SPAN("reg")));
	CHECK(!format_find(SPAN("tex")) && !format_find(SPAN("")));
}

static void test_words(void)
{
	static const struct field fields[] = { { "severity", "S", T_NAME, FOR_ALL },
		{ "utc_offset_minutes", "O", T_MINUTES, FOR_ALL },
		{ "minutes_before", "M", T_MINUTES, FOR_ALL }, { "list", "L", T_LIST, FOR_ALL },
		{ "yes", "Y", T_BOOL, FOR_ALL }, { "real", "R", T_REAL, FOR_ALL },
		{ "time", "T", T_TIME, FOR_ALL } };
	static const struct field dword = { "now", "N", T_DWORD, FOR_ALL };
	static const struct {
		int64_t number;
		const char *words;
	} dwords[] = { { 0, "0" }, { 9, "9" }, { 60, "60 (0x3C)" }, { 9999, "9999 (0x270F)" },
		{ 10000, "0x00002710" }, { 4294967295, "0xFFFFFFFF" } };
	struct report *r = report_open();
	struct arena *a = r->arena;
	struct table *t = table_new(r, "t", "t", TABLE_ROWS, fields, LEN(fields));

	CHECK_TEXT(words_bytes(a, 0), "0 B");
	CHECK_TEXT(words_bytes(a, 1023), "1023 B");
	CHECK_TEXT(words_bytes(a, 1536), "1.5 KiB");
	CHECK_TEXT(words_bytes(a, 262.4 * MIB), "262.4 MiB");
	CHECK_TEXT(words_bytes(a, 9.9 * 1024 * MIB), "10137.6 MiB");
	CHECK_TEXT(words_bytes(a, 128.0 * 1024 * MIB), "128.0 GiB");
	CHECK_TEXT(words_bytes(a, -1.5 * MIB), "\u22121.5 MiB");
	CHECK_TEXT(words_amount(a, T_RATE, 26 * MIB), "26.0 MiB/h");
	CHECK_TEXT(words_amount(a, T_PERCENT, 75.64), "75.6 %");
	CHECK_TEXT(words_time(a, when_civil(2008, 10, 14, 19, 52, 7, 0)), "2008-10-14 19:52:07 UTC");
	CHECK_TEXT(words_time(a, WHEN_NONE), "not known");
	CHECK_TEXT(words_short(a, "abc", 3), "abc");
	CHECK_TEXT(
		words_short(a, "\xC3\xA4\xC3\xB6\xC3\xBC", 2), "\xC3\xA4\xC3\xB6\xE2\x80\xA6 (3 characters)");
	table_add(t);
	table_text(t, "severity", "not-assessed");
	table_int(t, "utc_offset_minutes", -570);
	table_int(t, "minutes_before", 135);
	table_items_known(t, "list");
	table_int(t, "yes", 1);
	table_real(t, "real", 123456.7);
	for (size_t i = 0; i < LEN(fields); i++) {
		static const char *const words[] = { "NOT ASSESSED", "UTC\u221209:30", "2 h 15 min", "none",
			"yes", "123457", "not known" };

		CHECK_TEXT(cell_words(a, &fields[i], &t->rows[0].cells[i]), words[i]);
	}
	for (size_t i = 0; i < LEN(dwords); i++) {
		struct cell c = { .state = CELL_KNOWN, .number = dwords[i].number };

		CHECK_TEXT(cell_words(a, &dword, &c), dwords[i].words);
	}
	CHECK(field_is_number(&dword));
	report_close(r);
}

static void check_wrapped(const char *text, int width, const char *joined)
{
	struct span rest = span_of(text), line;
	char all[400] = "";

	while (wrap_next(&rest, width, &line)) {
		CHECK(width_of(line) <= width || width_of(line) == 2);
		CHECK(text_is_utf8(line));
		snprintf(all + strlen(all), sizeof all - strlen(all), "%.*s|", (int)line.n, line.p);
	}
	CHECK_TEXT(all, joined);
}

static void test_wrap(void)
{
	check_wrapped("one two  three", 7, "one two|three|");
	check_wrapped("abcdefghij", 4, "abcd|efgh|ij|");
	check_wrapped("HKLM\\SYSTEM\\Current", 14, "HKLM\\SYSTEM\\|Current|");
	check_wrapped("\xE6\xB1\x89\xE5\xAD\x97\xE6\xB1\x89", 5, "\xE6\xB1\x89\xE5\xAD\x97|\xE6\xB1\x89|");
	/* A mark stays with its letter, and a character wider than the line still goes out. */
	check_wrapped("aae\xCC\x81"
		      "b",
		3, "aae\xCC\x81|b|");
	check_wrapped("\xE6\xB1\x89", 1, "\xE6\xB1\x89|");
	check_wrapped("   ", 5, "");
	CHECK_INT(width_of(SPAN("e\xCC\x81\xE6\xB1\x89")), 3);
}

static void test_text(const struct report *r)
{
	struct printed p = print_as("text", r, 100, false, false),
		       ascii = print_as("text", r, 72, true, false),
		       color = print_as("text", r, 100, false, true);

	CHECK_TEXT(text_fault(&p, false), NULL);
	CHECK_TEXT(text_fault(&ascii, true), NULL);
	CHECK(widest_line(&p) <= 100 && widest_line(&ascii) <= 72);
	CHECK(in_order(&p, "\xE2\x94\x80 %s \xE2\x94\x80") && in_order(&ascii, "- %s --\n"));
	CHECK(holds(&p, "ERROR \xC2\xB7 confidence high") && holds(&ascii, "ERROR - confidence high"));
	CHECK(holds(&p, "Server          FS01\n") && holds(&p, "Case            SR 10-4471\n"));
	CHECK(holds(&p, "    \"PoolUsageMaximum\"=dword:0000003c\n"));
	CHECK(holds(&p, "   1  MmSt  41.2 MiB  231.6 MiB"));
	CHECK(holds(&p, "showing 10 of 14; all in CSV and JSON\n"));
	CHECK(holds(&p, "The same in every row: Event: 2020;"));
	CHECK(holds(&p, "Paged pool maximum, 343.0 MiB"));
	CHECK(holds(&ascii, "MmSt filled the paged pool: 41 -> 232 MiB"));
	CHECK(!holds(&p, "\x1B") && holds(&color, "\x1B[1;31mERROR\x1B[0m"));
	CHECK_INT(count_of((struct span){ p.text, p.n }, "Findings"), 1);
	free(p.text);
	free(ascii.text);
	free(color.text);
}

static void test_html(const struct report *r)
{
	struct printed p = print_as("html", r, 0, false, false);
	const char *style = strstr(p.text, "<style>") + 7, *end = strstr(p.text, "</style>");
	char hash[48], policy[100];
	size_t elements;

	CHECK_TEXT(html_fault(&p, &elements), NULL);
	CHECK(elements > 500);
	CHECK(in_order(&p, "<section id=\"%s\""));
	CHECK(!holds(&p, "style=") && !holds(&p, "<script") && !holds(&p, "http:") && !holds(&p, "https:") &&
		!holds(&p, "url("));
	sha256_base64((struct span){ style, (size_t)(end - style) }, hash);
	snprintf(policy, sizeof policy, "default-src 'none'; style-src 'sha256-%s';", hash);
	CHECK(holds(&p, policy));
	CHECK(holds(&p, "<title>FS01 \xE2\x80\x94 paged pool \xE2\x80\x94 2008-10-15</title>"));
	CHECK(holds(&p, "<h1>FS01</h1>") && holds(&p, "<span class=\"pill error\">ERROR</span>"));
	CHECK(holds(&p, "<a href=\"#PT-V12\">PT-V12</a>") && holds(&p, "id=\"PT-V12\""));
	CHECK(holds(&p, ">PT-F09</td>")); /* a rule that is not explained is no link */
	CHECK(holds(
		&p, "<time datetime=\"2008-10-14T13:12:07Z\">2008-10-14 13:12:07<small> UTC</small></time>"));
	CHECK(holds(&p, "showing 10 of 14; all in CSV and JSON"));
	CHECK(holds(&p, "<td class=\"n\">41.2\xC2\xA0MiB</td>") && holds(&p, "<tr id=\"tag-MmSt\">"));
	CHECK(!holds(&p, "nan ") && !holds(&p, "inf ") && !holds(&p, "nan\"") && p.n < 100000);
	CHECK_TEXT(links_fault(&p), NULL);
	free(p.text);
}

static void test_json(const struct report *r)
{
	struct printed p = print_as("json", r, 0, false, false);

	CHECK_TEXT(json_fault(&p), NULL);
	CHECK(holds(&p,
		"{\n  \"schema\": \"pooltriage.report/1\",\n  \"tool\": {\n    \"version\": \"0.1.0\",\n    \"rules\": \"1\"\n  },"));
	CHECK(holds(&p, "\"generated\": \"2008-10-15T09:30:00Z\",\n  \"case\": \"SR 10-4471\","));
	CHECK(holds(&p,
		"\"registry\": {\n          \"PoolUsageMaximum\": \"absent\",\n          \"PagedPoolSize\": null\n        },"));
	CHECK(holds(&p, "\"switches\": [\"/PAE\", \"/NOEXECUTE=OPTOUT\"]"));
	CHECK(holds(
		&p, "\"trend\": {\n            \"slope_bytes_per_hour\": null,\n            \"p\": null,"));
	CHECK(holds(&p, "\"p\": 4e-08,") && holds(&p, "\"p\": 0.02,"));
	CHECK(holds(&p, "\"not_checked\": [\n        \"Free System PTEs"));
	CHECK(holds(&p, "\"notes\": []") && holds(&p, "\"fleet\": [],\n  \"causes\": []\n}\n"));
	CHECK(!holds(&p, "\"owner\"") && holds(&p, "\"pool\": \"paged\""));
	CHECK_INT(count_of((struct span){ p.text, p.n }, "\"c000009a\""), 14);
	free(p.text);
}

static void test_reg(const struct report *r)
{
	struct printed p = print_as("reg", r, 0, false, false);
	static const char begins[] = "\xFF\xFEW\0i\0n\0d\0o\0w\0s\0";
	static const char line[] =
		"\"\0P\0a\0g\0e\0d\0P\0o\0o\0l\0S\0i\0z\0e\0\"\0=\0d\0w\0o\0r\0d\0:\0f\0f\0f\0f\0f\0f\0f\0f\0\r\0\n\0\r\0\n\0";
	size_t size = sizeof line - 1;

	CHECK(p.n > sizeof begins && memcmp(p.text, begins, sizeof begins - 1) == 0);
	CHECK(p.n > size && memcmp(p.text + p.n - size, line, size) == 0);
	CHECK_INT(p.n % 2, 0);
	for (size_t i = 2; i < p.n; i += 2)
		if (p.text[i] == '\n' && !p.text[i + 1])
			CHECK(p.text[i - 2] == '\r' && !p.text[i - 1]);
	free(p.text);
}

/* What is no line of such a file goes out as a remark; what does not belong into the one may belong into the
 * other: undoing removes values and sets other types. */
static void test_registry_lines(void)
{
#define NOT "; not a registry line: "
	static const struct {
		const char *line;
		bool reg, undo;
	} lines[] = {
		{ "\"Before\"=dword:00000001", false, false }, /* it has no key yet */
		{ "[-HKEY_LOCAL_MACHINE\\SYSTEM]", false, false },
		{ "[HKEY_CURRENT_USER\\Software]", false, false },
		{ "[HKEY_LOCAL_MACHINE\\SYSTEM\\x]", true, true }, { "", true, true },
		{ "; remark", true, true }, { "words", false, false }, { "@=dword:00000001", false, false },
		{ "\"A\"=dword:0000003c", true, true }, { "\"A\"=dword:3c", false, false },
		{ "\"A\"=dword:0000003c ; 60", false, false }, { "\"A\"=-", false, true },
		{ "\"A\"=\"60\"", false, true }, { "\"A\"=\"6\\\"0\\\\\"", false, true },
		{ "\"A\"=\"60", false, false }, { "\"A\"=\"60\\\"", false, false },
		{ "\"A\"=\"60\"x", false, false }, { "  00,01", false, false }, /* goes on with nothing */
		{ "\"A\"=hex:", false, true }, { "\"A\"=hex(b):01,02", false, true },
		{ "\"A\"=hex(7):01,02,\\", false, true }, { "  03,04,\\", false, true },
		{ "  05", false, true }, { "\"A\"=hex(7):01,zz", false, false },
		{ "\"A\"=hex(7):01,\\", false, true },
		{ "\"B\"=dword:0000003c", true, false }, /* in the midst of bytes */
	};

	for (int undo = 0; undo < 2; undo++) {
		struct report *r = report_open();
		struct block *b = block_add(report_server(r, "FS01"), PART_ACTION, BLOCK_CODE, "Text");
		const char *expected = "";
		struct printed p;

		b->name = undo ? "undo" : "reg";
		b->text = "";
		for (size_t i = 0; i < LEN(lines); i++) {
			b->text = arena_printf(r->arena, "%s%s\n", b->text, lines[i].line);
			expected = arena_printf(r->arena, "%s%s%s\r\n", expected,
				(undo ? lines[i].undo : lines[i].reg) ? "" : NOT, lines[i].line);
		}
		expected = arena_printf(r->arena, "%s\r\n", expected);
		p = print_as(undo ? "undo" : "reg", r, 0, false, false);
		for (size_t i = 2, n = 0; i + 1 < p.n; i += 2)
			p.text[n++] = p.text[i];
		CHECK_INT(p.n, 2 + 2 * strlen(expected));
		p.text[p.n / 2 - 1] = '\0';
		CHECK_TEXT(p.text, expected);
		free(p.text);
		report_close(r);
	}
#undef NOT
}

static void test_axis(void)
{
	struct tick t[AXIS_TICKS];
	struct report *r = report_open();
	struct chart *c = sample_chart(r, 20, true);
	struct axis x = axis_of(r->arena, c, 7);

	CHECK_INT(axis_ticks(SAMPLE_AT, SAMPLE_AT + 570 * WHEN_MINUTE, 10, t), 10);
	CHECK_TEXT(t[0].text, "07:00");
	CHECK_TEXT(t[0].below, "Tue 14 Oct 2008");
	CHECK_TEXT(t[1].below, "");
	CHECK_INT(axis_ticks(SAMPLE_AT - 9 * WHEN_HOUR, SAMPLE_AT + 9 * WHEN_HOUR, 8, t), 6);
	CHECK_TEXT(t[0].text, "00:00");
	CHECK_TEXT(t[1].text, "03:00");
	CHECK_INT(axis_ticks(when_civil(2008, 11, 3, 0, 0, 0, 0), when_civil(2009, 4, 20, 0, 0, 0, 0), 8, t),
		5);
	CHECK_TEXT(t[0].text, "Dec");
	CHECK_TEXT(t[1].below, "2009");
	CHECK(x.high == 400 * MIB && x.step == 100 * MIB && x.decimals == 0);
	CHECK_TEXT(x.unit_name, "MiB");
	CHECK_INT(x.boot_count, 1);
	CHECK_INT(axis_piece(&x, x.boots[0] - 1), 0);
	CHECK_INT(axis_piece(&x, x.boots[0]), 1);
	CHECK_INT(x.marks_outside, 0);
	report_close(r);
}

static void test_several(void)
{
	struct report *r = sample_report();
	struct printed p;
	size_t elements;

	sample_server(r, "FS01", 20, false);
	sample_server(r, "FS02 \xC3\xA4", 20, true);
	p = print_as("html", r, 0, false, false);
	CHECK_TEXT(html_fault(&p, &elements), NULL);
	CHECK_TEXT(links_fault(&p), NULL);
	CHECK(holds(&p, "><a href=\"#s2\">FS02 \xC3\xA4</a></td>") && holds(&p, "id=\"s2-PT-V12\""));
	/* The line of each series is broken where the server was restarted. */
	const char *line = strstr(strstr(p.text, "id=\"s2\""), "class=\"line main\"");
	CHECK_INT(count_of((struct span){ line, strcspn(line, "/") }, "M"), 2);
	free(p.text);
	p = print_as("text", r, 100, false, false);
	CHECK_TEXT(text_fault(&p, false), NULL);
	CHECK(holds(&p, "FS02 \xC3\xA4  ERROR     high        MmSt filled") && holds(&p, "restart\n"));
	free(p.text);
	p = print_as("json", r, 0, false, false);
	CHECK_TEXT(json_fault(&p), NULL);
	free(p.text);
	report_close(r);
}

static void test_empty(int servers)
{
	struct report *r = sample_report();
	struct printed p;
	size_t elements;

	for (int i = 0; i < servers; i++)
		report_server(r, "");
	p = print_as("text", r, 0, false, false);
	CHECK_TEXT(text_fault(&p, false), NULL);
	CHECK_INT(count_of((struct span){ p.text, p.n }, "Nothing is reported here."),
		servers * (PART_COUNT - 1));
	free(p.text);
	p = print_as("html", r, 0, false, false);
	CHECK_TEXT(html_fault(&p, &elements), NULL);
	CHECK(p.n < 40000);
	free(p.text);
	p = print_as("json", r, 0, false, false);
	CHECK_TEXT(json_fault(&p), NULL);
	free(p.text);
	p = print_as("reg", r, 0, false, false);
	CHECK_INT(p.n, 0);
	free(p.text);
	report_close(r);
}

static void leave(const char *folder, const struct report *r)
{
	for (size_t i = 0; i < formats_count; i++) {
		struct printed p;
		char path[400];
		FILE *file;

		if (!formats[i]->print)
			continue;
		p = print_as(formats[i]->name, r, 100, false, false);
		snprintf(path, sizeof path, "%s/report.%s", folder, formats[i]->name);
		file = fopen(path, "wb");
		CHECK(file && fwrite(p.text, 1, p.n, file) == p.n && fclose(file) == 0);
		free(p.text);
	}
}

int main(int argc, char **argv)
{
	struct report *r = sample_report();

	r->case_name = "SR 10-4471";
	sample_server(r, "FS01", 20, false);
	test_output();
	test_words();
	test_wrap();
	test_text(r);
	test_html(r);
	test_json(r);
	test_reg(r);
	test_registry_lines();
	test_axis();
	test_several();
	for (int servers = 0; servers < 3; servers++)
		test_empty(servers);
	if (argc > 1)
		leave(argv[1], r);
	report_close(r);
	return check_end();
}
