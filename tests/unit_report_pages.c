/* SPDX-License-Identifier: MIT
 * Is a page whole and readable: long sentences uncut, numbers of events apart, wide tables within the page,
 * of many servers the worst ones with an index before them? */
#include "tests/check.h"
#include "tests/report_read.h"
#include "tests/report_sample.h"

/* With every run of blanks and line ends as one blank, so that wrapping does not matter. */
static void unwrap(struct printed *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++) {
		char c = p->text[i] == '\n' ? ' ' : p->text[i];

		if (c != ' ' || (n && p->text[n - 1] != ' '))
			p->text[n++] = c;
	}
	p->text[p->n = n] = 0;
}

static void sentences(char *text, int words)
{
	for (int i = 0; i < words; i++)
		text += sprintf(text, "%sword%04d", i ? " " : "", i);
}

/* Cells beside the sentence stand between its lines. */
static bool words_in_order(const struct printed *p, int words)
{
	struct span rest = { p->text, p->n };
	char word[20];

	for (int i = 0; i < words; i++) {
		const char *at;

		snprintf(word, sizeof word, "word%04d", i);
		at = text_find(rest, word);
		if (!at)
			return false;
		rest = text_tail(rest, (size_t)(at - rest.p) + 8);
	}
	return true;
}

/* A sentence of any length this program writes comes whole, in the grid, beneath a row, on a card, in lists.
 */
static void test_long(void)
{
	static const struct field fields[] = { { "value", "Value", T_TEXT, FOR_ALL },
		{ "data", "Set to", T_DWORD, FOR_ALL }, { "reason", "Why this number", T_TEXT, FOR_ALL },
		{ "list", "List", T_LIST, FOR_ALL } };
	static const int words[] = { 30, 200, 300 };
	static const enum table_shape shapes[] = { TABLE_ROWS, TABLE_SINGLE };
	char text[4000];

	for (size_t w = 0; w < LEN(words); w++) {
		for (size_t i = 0; i < LEN(shapes) * 2; i++) {
			struct report *r = sample_report();
			struct server_report *s = report_server(r, "FS01");
			struct table *t = table_new(r, "t", "T", shapes[i / 2], fields, LEN(fields));
			struct printed p;

			sentences(text, words[w]);
			table_add(t);
			table_text(t, "value", "PoolUsageMaximum");
			table_int(t, "data", 4294967295);
			if (i % 2)
				table_item(t, "list", text);
			else
				table_text(t, "reason", text);
			block_table(s, PART_ACTION, t);
			p = print_as("text", r, 100, false, false);
			CHECK_TEXT(text_fault(&p, false), NULL);
			CHECK(widest_line(&p) <= 100);
			unwrap(&p);
			/* 300 of these words are 2,699 characters: no sentence of ours. */
			CHECK(words_in_order(&p, words[w]) == (words[w] < 300));
			CHECK(holds(&p, "\xE2\x80\xA6 (2,699 characters)") == (words[w] == 300));
			CHECK(holds(&p, "0xFFFFFFFF"));
			free(p.text);
			report_close(r);
		}
	}
}

static void test_runs(void)
{
	struct arena *a = arena_open();
	char text[3000];

	memset(text, 'x', sizeof text);
	text[1900] = 0;
	CHECK_TEXT(words_unbroken(a, text), text);
	text[1900] = 'x';
	text[2100] = 0;
	CHECK_INT(strlen(words_unbroken(a, text)), 160 + strlen("\xE2\x80\xA6 (2,100 characters)"));
	arena_close(a);
}

/* The line of event numbers of a chart of 86 columns over 86 minutes, one a minute. */
static void check_marks(const int *minutes, size_t count, const char *line)
{
	struct report *r = sample_report();
	struct server_report *s = report_server(r, "FS01");
	struct chart *c = chart_new(r, "c", "C", T_BYTES);
	struct series *one = chart_series(c, "MmSt", true);
	struct block *b = block_add(s, PART_CHART, BLOCK_CHART, NULL);
	struct printed p;
	const char *at;

	series_point(c, one, SAMPLE_AT, MIB);
	series_point(c, one, SAMPLE_AT + 88 * WHEN_MINUTE, MIB);
	for (size_t i = 0; i < count; i++)
		chart_mark(c, SAMPLE_AT + minutes[i] * WHEN_MINUTE + 30 * WHEN_SECOND, MARK_2020, "");
	b->chart = c;
	p = print_as("text", r, 100, true, false);
	at = text_find((struct span){ p.text, p.n }, "\n     2020  ");
	CHECK(at != NULL);
	if (at) {
		CHECK_INT(strcspn(at + 12, "\n"), strlen(line));
		CHECK(strncmp(at + 12, line, strlen(line)) == 0);
	}
	free(p.text);
	report_close(r);
}

static void test_marks(void)
{
	static const int burst[] = { 2, 2, 2, 3, 7 },
			 tens[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 },
			 wide[] = { 10, 11, 12, 13, 14 },
			 end[] = { 80, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87, 87 };
	static const int beside[] = { 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6 };

	check_marks(burst, LEN(burst), "  4    1");
	check_marks(tens, LEN(tens), "12 12");
	check_marks(wide, LEN(wide), "            5");
	/* Would be 10 touching 1: one number instead. */
	check_marks(beside, LEN(beside), "    11");
	check_marks(end, LEN(end),
		"                                                                                "
		"1     11");
}

static struct server_report *named(struct report *r, const char *name, enum severity severity)
{
	struct server_report *s;

	sample_server(r, name, 200, false);
	s = &r->servers[r->server_count - 1];
	s->severity = severity;
	return s;
}

/* Each stands behind the one before. */
static bool all_in_order(const struct printed *p, const char *const *needles, size_t count)
{
	struct span rest = { p->text, p->n };

	for (size_t i = 0; i < count; i++) {
		const char *at = text_find(rest, needles[i]);

		if (!at)
			return false;
		rest = text_tail(rest, (size_t)(at - rest.p) + strlen(needles[i]));
	}
	return true;
}

static void test_worst(void)
{
	static const char *const text[] = { " Servers ", "Sections follow for the worst 50 of 53 servers.",
		"Left out here, and in CSV and JSON all of them: srv49, idle, zzz.", "Server          bad\n",
		"Server          Srv01\n", "Server          srv02\n", "Server          srv48\n" };
	static const char *const html[] = { "<a href=\"#s1\">bad</a>", "<a href=\"#s2\">info</a>",
		"<a href=\"#s3\">Srv01</a>", "<td class=\"s\">srv49</td>",
		"in CSV and JSON all of them: srv49, idle, zzz.", "Server 1 of 53</p>\n<h2>bad</h2>",
		"Server 50 of 53</p>\n<h2>srv48</h2>" };
	struct report *r = sample_report();
	struct printed p;
	size_t elements;

	named(r, "zzz", SEVERITY_OK);
	named(r, "idle", SEVERITY_NOT_ASSESSED);
	for (int i = 49; i > 0; i--)
		named(r, arena_printf(r->arena, "%crv%02d", i % 2 && i < 49 ? 'S' : 's', i),
			SEVERITY_WARNING);
	named(r, "bad", SEVERITY_ERROR);
	named(r, "info", SEVERITY_WARNING);
	p = print_as("html", r, 0, false, false);
	CHECK_TEXT(html_fault(&p, &elements), NULL);
	CHECK(all_in_order(&p, html, LEN(html)));
	CHECK_INT(count_of((struct span){ p.text, p.n }, "<article "), 50);
	CHECK(p.n > 2000000 && holds(&p, "This page is large ("));
	free(p.text);
	p = print_as("text", r, 100, false, false);
	CHECK_TEXT(text_fault(&p, false), NULL);
	CHECK_INT(count_of((struct span){ p.text, p.n }, "\nPaged pool triage: "), 50);
	unwrap(&p);
	for (size_t i = 3; i < LEN(text); i++)
		CHECK(!holds(&p, text[i])); /* blanks are one now */
	CHECK(all_in_order(&p, text, 3));
	free(p.text);
	p = print_as("text", r, 100, false, false);
	CHECK(all_in_order(&p, text + 3, LEN(text) - 3));
	free(p.text);
	p = print_as("json", r, 0, false, false);
	CHECK_INT(count_of((struct span){ p.text, p.n }, "\n      \"server\": "), 53);
	free(p.text);
	report_close(r);
}

/* Fewer servers: all have sections, and nothing is said of what is not. */
static void test_few(void)
{
	struct report *r = sample_report();
	struct printed p;

	named(r, "FS02", SEVERITY_OK);
	named(r, "FS01", SEVERITY_ERROR);
	p = print_as("html", r, 0, false, false);
	CHECK(!holds(&p, "left out") && !holds(&p, "Left out") && !holds(&p, "This page is large"));
	CHECK(holds(&p, "<a href=\"#s1\">FS01</a>") && holds(&p, "<a href=\"#s2\">FS02</a>"));
	CHECK_TEXT(links_fault(&p), NULL);
	free(p.text);
	report_close(r);
}

/* What does not fit beside each other on a page of 1024 pixels stands beneath its row, lists first. */
static void test_wide(void)
{
	struct report *r = sample_report();
	struct printed p;

	sample_server(r, "FS01", 20, false);
	p = print_as("html", r, 0, false, false);
	CHECK(holds(&p, "<div><span class=\"key\">Evidence</span> <ul class=\"in\"><li>FS01/system.xml"));
	CHECK(holds(&p, "<td class=\"w\" data-head=\"Recommendation\">Set PoolUsageMaximum to 60 (decimal)"));
	CHECK(holds(&p, "white-space:pre-wrap;user-select:all"));
	CHECK(holds(&p, "Memory Management&quot; /v PoolUsageMaximum /t REG_DWORD /d 60 /f\nreg add"));
	free(p.text);
	report_close(r);
}

/* A registry number is a plain integer for programs. */
static void test_dword(void)
{
	static const struct field fields[] = { { "now", "Now", T_DWORD, FOR_ALL } };
	struct report *r = sample_report();
	struct server_report *s = report_server(r, "FS01");
	struct table *t = table_new(r, "size", "Size", TABLE_SINGLE, fields, LEN(fields));
	struct printed p;

	table_add(t);
	table_int(t, "now", 4294967295);
	report_data(s, t);
	p = print_as("json", r, 0, false, false);
	CHECK(holds(&p, "\"now\": 4294967295\n"));
	free(p.text);
	report_close(r);
}

int main(void)
{
	test_long();
	test_runs();
	test_marks();
	test_worst();
	test_few();
	test_wide();
	test_dword();
	return check_end();
}
