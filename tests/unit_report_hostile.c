/* SPDX-License-Identifier: MIT
 * Does any text, wherever it comes into a report, do harm in any format? Every field holds each hostile text
 * in turn, and the outputs are read back strictly: expected elements only, no hidden character, nothing lost
 * from JSON. */
#include "tests/check.h"
#include "tests/report_csv.h"
#include "tests/report_markdown.h"
#include "tests/report_sample.h"

#include <math.h>

static char letters[10001], marks[20004];

static const char *const hostile[] = {
	"<script>alert(1)</script>",
	"\" onload=\"alert(1)\" x='",
	"</style></title></svg></pre><img src=x onerror=alert(1)>",
	"<!-- ]]> &amp; &#x3C; -->",
	"\x1B[31mred\x1B]0;title\x07\x08\x08",
	"\u202Egnp.exe\u2066 \u200Bhidden\uFEFF \u2028next\u2029 \u00AD",
	"\xFF\xFE\xC0\x80 \xED\xA0\x80 \xF4\x90\x80\x80 broken \xE2\x82",
	"\xC2\x85 C1 \xC2\x9B"
	"31m \x7F",
	"line\r\n[-HKEY_LOCAL_MACHINE\\SYSTEM]\r\n\"x\"=hex:00\n; end",
	"\n-- Verdict -- verdict --\n\nOK",
	"%s%n%d %1$s {{x}} ${x} `id` $(id)",
	"=cmd|'/c calc'!A1",
	"[link](javascript:alert(1)) | a | b |",
	"C:\\Windows\\\"quoted\" \\u0041 \\",
	"\xE6\xB1\x89\xE5\xAD\x97 \xD8\xB9\xD8\xB1\xD8\xA8\xD9\x8A \xF0\x9F\x92\xA9 e\xCC\x81",
	"\U000E0041\U000E0042 \U0001D173 \uFFFE \uFDD0 \u3164",
	" ",
	"",
	letters,
	marks,
	"www.example.com me@example.com #12 @all https://x.y/(z)|ftp://a mailto:b@c",
	"# head",
	"- item",
	"1. one",
	"--- | ---",
	"**bold** `code ``` ~~gone~~ ![i](j) $x$ \\",
	"+1|-1|@x|\t=1",
};

static struct table *hostile_table(struct report *r, const char *text, enum table_shape shape)
{
	static const struct field inner_fields[] = { { "source", "Source", T_NAME, FOR_ALL },
		{ "line", "line", T_INT, FOR_ALL } };
	static const struct field fields[] = { { "text", "Text", T_TEXT, FOR_ALL },
		{ "severity", "Severity", T_NAME, FOR_ALL }, { "list", "List", T_LIST, FOR_ALL },
		{ "number", "Number", T_INT, FOR_ALL }, { "inner", "Inner", T_TABLE, FOR_ALL },
		{ "when", "When", T_TIME, FOR_ALL } };
	struct table *t = table_new(r, "hostile", "Hostile", shape, fields, LEN(fields)), *inner;

	t->about = text;
	for (int i = 0; i < (shape == TABLE_SINGLE ? 1 : 2); i++) {
		inner = table_new(r, "inner", "Inner", TABLE_ROWS, inner_fields, LEN(inner_fields));
		table_add(inner);
		table_text(inner, "source", text);
		table_int(inner, "line", INT64_MIN);
		table_add(t);
		table_id(t, text);
		table_text(t, "text", text);
		table_link(t, "text", text);
		table_text(t, "severity", text);
		table_item(t, "list", text);
		table_item(t, "list", text);
		table_word(t, "number", text);
		table_rows(t, "inner", inner);
		table_int(t, "when", i ? INT64_MAX : INT64_MIN);
	}
	return t;
}

static struct chart *hostile_chart(struct report *r, const char *text, bool empty, int part)
{
	static const double values[] = { NAN, INFINITY, -INFINITY, -5, 1e300, 1e17, 0, 3e8, 5e-324 };
	struct chart *c = chart_new(r, "hostile", text, T_BYTES);

	c->about = c->thinned = text;
	c->note = part % 4 == 3 ? text : NULL;
	c->kind = part % 3 == 1 ? CHART_BARS : CHART_LINES;
	c->small = part % 5 == 0;
	c->whole = values[part % LEN(values)];
	c->from = part % 4 == 0 ? INT64_MAX : INT64_MIN;
	c->to = part % 4 == 1 ? INT64_MIN : SAMPLE_AT;
	for (int i = 0; i < 12 && !empty; i++) {
		struct series *s = chart_series(c, text, i % 2);

		s->kind = (enum series_kind)(i % 3);

		for (size_t k = 0; k < LEN(values); k++)
			series_point(c, s, SAMPLE_AT + ((int)k * i % 7) * WHEN_HOUR, values[k]);
		series_point(c, s, INT64_MIN, 1);
		series_point(c, s, INT64_MAX, 1);
	}
	for (int i = 0; i < 800; i++)
		chart_mark(c, SAMPLE_AT + i * WHEN_MINUTE, (enum mark_kind)(i % 4), i < 12 ? text : "");
	chart_mark(c, INT64_MIN, MARK_2020, text);
	chart_mark(c, INT64_MAX, MARK_BOOT, text);
	chart_level(c, LEVEL_MAXIMUM, 3e8, 4e8, text);
	chart_level(c, LEVEL_TRIM_DEFAULT, NAN, INFINITY, text);
	chart_level(c, LEVEL_TRIM_RECOMMENDED, 1e300, -1, text);
	return c;
}

static void hostile_server(struct report *r, const char *text)
{
	struct server_report *s = report_server(r, text);

	for (int part = 0; part < PART_COUNT; part++) {
		for (int kind = BLOCK_TEXT; kind <= BLOCK_RULE; kind++) {
			struct block *b = block_add(s, (enum part_id)part, (enum block_kind)kind, text);

			b->id = text;
			b->text = text;
			b->name = kind == BLOCK_CODE ? "reg" : NULL;
			list_add(r->arena, &b->items, text);
			b->table = kind == BLOCK_TABLE ? hostile_table(r, text, part % 3) : NULL;
			b->chart = kind == BLOCK_CHART ? hostile_chart(r, text, part % 2, part) : NULL;
		}
	}
	struct block *undo = block_add(s, PART_ACTION, BLOCK_CODE, text);

	undo->name = "undo";
	undo->text = text;
	report_data(s, hostile_table(r, text, TABLE_ROWS));
	report_data(s, hostile_table(r, text, TABLE_SINGLE));
	report_data(s, hostile_table(r, text, TABLE_LIST));
}

static struct report *hostile_report(const char *text, int servers)
{
	struct report *r = report_open();

	r->version = r->rules = r->case_name = text;
	for (int i = 0; i < servers; i++)
		hostile_server(r, text);
	if (servers > 1)
		r->fleet = r->causes = hostile_table(r, text, TABLE_ROWS);
	return r;
}

/* What JSON must hold for a text, spelled by other means than the escape under test. */
static const char *expected_json(struct arena *a, struct span s)
{
	char *text = arena_alloc(a, s.n * 12 + 1), *end = text;
	size_t n;

	for (; s.n; s = text_tail(s, n)) {
		uint32_t c = text_get_utf8(s, &n);

		if (c == '"' || c == '\\')
			end += sprintf(end, "\\%c", (char)c);
		else if (c >= 8 && c <= 13 && c != 11)
			end += sprintf(end, "\\%c", "btn?fr"[c - 8]);
		else if (c > 0xFFFF && must_not_show(c))
			end += sprintf(end, "\\u%04x\\u%04x", (unsigned)(0xD7C0 + (c >> 10)),
				(unsigned)(0xDC00 | (c & 0x3FF)));
		else if (must_not_show(c))
			end += sprintf(end, "\\u%04x", (unsigned)c);
		else
			end += text_put_utf8(end, c);
	}
	return text;
}

static void try_json(const struct report *r, const char *text)
{
	struct printed p = print_as("json", r, 0, false, false);
	struct arena *a = arena_open();
	const char *member = arena_printf(a, "\"text\": \"%s\",", expected_json(a, span_of(text)));

	CHECK_TEXT(json_fault(&p), NULL);
	CHECK(text_find((struct span){ p.text, p.n }, member) != NULL);
	arena_close(a);
	free(p.text);
}

/* As many elements as with a text in which nothing means anything to HTML. */
static void try_html(const char *text, int servers)
{
	struct report *r = hostile_report(text, servers), *tame;
	struct printed p = print_as("html", r, 0, false, false), q;
	char *copy = arena_text(r->arena, span_of(text));
	size_t elements, expected;

	for (char *c = copy; *c; c++)
		*c = strchr("<>&\"'", *c) ? '(' : *c;
	tame = hostile_report(copy, servers);
	q = print_as("html", tame, 0, false, false);
	CHECK_TEXT(html_fault(&p, &elements), NULL);
	CHECK_TEXT(html_fault(&q, &expected), NULL);
	CHECK_INT(elements, expected);
	if (text == hostile[0])
		CHECK_TEXT(links_fault(&p), NULL);
	free(p.text);
	free(q.text);
	report_close(tame);
	report_close(r);
}

static void try_text(const struct report *r)
{
	static const int widths[] = { 0, 100, 40, 1 };

	for (size_t i = 0; i < LEN(widths); i++) {
		for (int ascii = 0; ascii < 2; ascii++) {
			struct printed p = print_as("text", r, widths[i], ascii, false);

			CHECK_TEXT(text_fault(&p, ascii), NULL);
			CHECK(widest_line(&p) <= (widths[i] == 0          ? 100
							 : widths[i] < 40 ? 40
									  : widths[i]) ||
				i > 1);
			free(p.text);
		}
	}
}

/* Every line is one that a registry file may hold; what came with a line break is a comment. */
static void try_reg(const char *format, const struct report *r)
{
	struct printed p = print_as(format, r, 0, false, false);
	bool fresh = true;

	CHECK(p.n >= 2 && p.n % 2 == 0 && memcmp(p.text, "\xFF\xFE", 2) == 0);
	for (size_t i = 2; i + 1 < p.n; i += 2) {
		char c = p.text[i];

		if (p.text[i + 1]) {
			fresh = false;
			continue;
		}
		if (fresh && c != '\r')
			CHECK(c == ';' || (c == '[' && p.text[i + 2] == 'H'));
		CHECK((unsigned char)c >= 0x20 || c == '\r' || c == '\n');
		fresh = c == '\n';
	}
	free(p.text);
}

/* The same lines, rows and headings as with a text in which nothing means anything to Markdown. */
static void try_markdown(const char *text, int servers)
{
	struct report *r = hostile_report(text, servers), *tame;
	struct printed p = print_as("markdown", r, 0, false, false), q;
	char *copy = arena_text(r->arena, span_of(text));
	struct markdown m, n;

	/* Bars end words, and blanks make lines of a text to copy; what remains is a word like any. */
	for (char *c = copy; *c; c++)
		*c = strchr(" |\n", *c) || (unsigned char)*c >= 0x80 ? *c : 'x';
	tame = hostile_report(copy, servers);
	q = print_as("markdown", tame, 0, false, false);
	m = markdown_read(&p);
	n = markdown_read(&q);
	CHECK_TEXT(m.fault, NULL);
	CHECK_TEXT(n.fault, NULL);
	CHECK(m.lines > 40 && m.fences == n.fences);
	CHECK_INT(m.headings, n.headings);
	free(p.text);
	free(q.text);
	report_close(tame);
	report_close(r);
}

static void try_csv(const struct report *r)
{
	struct arena *a = arena_open();
	struct csv_files files;

	csv_print(&files, r);
	CHECK(files.count >= 4);
	for (size_t i = 0; i < files.count; i++)
		CHECK_TEXT(csv_read(a, &files.printed[i]).fault, NULL);
	csv_free(&files);
	arena_close(a);
}

static void try_ticket(const struct report *r)
{
	for (int ascii = 0; ascii < 2; ascii++) {
		struct printed p = print_as("ticket", r, 80, ascii, false);
		size_t lines = count_of((struct span){ p.text, p.n }, "\n");

		CHECK_TEXT(text_fault(&p, ascii), NULL);
		CHECK(widest_line(&p) <= 80);
		CHECK(lines >= r->server_count * 10 && lines <= r->server_count * 16);
		free(p.text);
	}
}

static void try_colour(const struct report *r)
{
	struct printed p = print_as("text", r, 100, false, true);
	size_t escapes = 0;

	for (size_t i = 0; i < p.n; i++) {
		if (p.text[i] != '\x1B')
			continue;
		escapes++;
		CHECK(p.text[i + 1] == '[' && (p.text[i + 2] == '0' || p.text[i + 2] == '1'));
	}
	CHECK(escapes > 10);
	free(p.text);
}

static void test_size(void)
{
	static const struct field fields[] = { { "server", "Server", T_TEXT, FOR_ALL },
		{ "bytes", "Bytes", T_BYTES, FOR_ALL } };
	struct report *r = report_open();
	struct table *t = table_new(r, "fleet", "Fleet", TABLE_ROWS, fields, LEN(fields));
	struct printed p;
	size_t elements;

	for (int i = 0; i < 3000; i++) {
		table_add(t);
		table_text(t, "server", arena_printf(r->arena, "SRV%04d", i));
		table_int(t, "bytes", i * 1000003ll);
	}
	r->fleet = t;
	p = print_as("html", r, 0, false, false);
	CHECK_TEXT(html_fault(&p, &elements), NULL);
	CHECK(elements > 9000 && p.n < 600000);
	free(p.text);
	p = print_as("text", r, 0, false, false);
	CHECK_TEXT(text_fault(&p, false), NULL);
	free(p.text);
	report_close(r);
}

int main(void)
{
	memset(letters, 'A', sizeof letters - 1);
	for (size_t i = 0; i < 10000; i++)
		memcpy(marks + 1 + i * 2, "\xCC\x81", 2);
	marks[0] = 'e';
	for (size_t i = 0; i < LEN(hostile); i++) {
		struct report *r = hostile_report(hostile[i], 1);

		try_html(hostile[i], 1);
		try_json(r, hostile[i]);
		try_text(r);
		try_reg("reg", r);
		try_reg("undo", r);
		try_colour(r);
		try_csv(r);
		try_ticket(r);
		report_close(r);
		try_markdown(hostile[i], 1);
		r = hostile_report(hostile[i], 2);
		try_html(hostile[i], 2);
		try_markdown(hostile[i], 2);
		try_csv(r);
		try_ticket(r);
		try_json(r, hostile[i]);
		report_close(r);
	}
	test_size();
	return check_end();
}
