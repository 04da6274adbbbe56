/* SPDX-License-Identifier: MIT
 * Does a text show as itself in Markdown, and does the Markdown report hold all parts, tables and texts to
 * copy? */
#include "tests/check.h"
#include "tests/report_markdown.h"
#include "tests/report_sample.h"

static void test_escape(void)
{
	static const char *const cases[][2] = {
		{ "plain (text), 2.5 % of 3/4; it's \"quoted\" - fine!", NULL },
		{ "a|b", "a\\|b" },
		{ "`code` *bold* _it_", "\\`code\\` \\*bold\\* \\_it\\_" },
		{ "STATUS_INSUFFICIENT_RESOURCES", NULL },
		{ "_start end_ a _ b", "\\_start end\\_ a \\_ b" },
		{ "[x](javascript:alert(1)) ![y](z)", "\\[x\\](javascript:alert(1)) !\\[y\\](z)" },
		{ "<script>&amp;", "\\<script\\>\\&amp;" },
		{ "~~gone~~ $x$ C:\\dir\\", "\\~\\~gone\\~\\~ \\$x\\$ C:\\\\dir\\\\" },
		{ "# title", "\\# title" },
		{ "- item", "\\- item" },
		{ "+ item", "\\+ item" },
		{ "+2: points", NULL },
		{ "---", "\\---" },
		{ "===", "\\===" },
		{ "1. first", "1\\. first" },
		{ "12) second", "12\\) second" },
		{ "1.5 MiB", NULL },
		{ "2003.", "2003\\." },
		{ "    four blanks  ", "four blanks" },
		{ "", "" },
		{ "line\nbreak\r\t", "line\\\\x0Abreak\\\\x0D\\\\x09" },
		{ "\x1B[31m\xFF", "\\\\x1B\\[31m\\\\xFF" },
		{ "a\u202Eb", "a\\<U+202E\\>b" },
		{ "see http://example.com/_x_ now", "see `http://example.com/_x_` now" },
		{ "WWW.example.com|www.b.c", "`WWW.example.com`\\|`www.b.c`" },
		{ "mail me@example.com", "mail `me@example.com`" },
		{ "@everyone", "`@everyone`" },
		{ "fixes #12", "fixes `#12`" },
		{ "#12", "`#12`" },
		{ "1.@x", "`1.@x`" },
		{ "a`@``b", "```a`@``b```" },
		{ "`@`", "`` `@` ``" },
		{ "@\\\u202E", "`@\\<U+202E>`" },
		{ "\xE6\xB1\x89 \xC3\xA9", NULL },
	};
	struct arena *a = arena_open();

	for (size_t i = 0; i < LEN(cases); i++)
		CHECK_TEXT(escaped(a, ESC_MARKDOWN, cases[i][0]), cases[i][cases[i][1] != NULL]);
	arena_close(a);
}

static void test_report(const struct report *r)
{
	struct printed p = print_as("markdown", r, 0, false, false),
		       ascii = print_as("markdown", r, 0, true, false);
	struct markdown m = markdown_read(&p);
	struct span rest = { p.text, p.n };

	CHECK_TEXT(m.fault, NULL);
	CHECK(m.rows > 60 && m.fences == 6);
	CHECK_TEXT(text_fault(&ascii, true), NULL);
	for (int part = PART_VERDICT; part < PART_COUNT; part++) {
		struct arena *a = arena_open();
		const char *at = text_find(rest, arena_printf(a, "\n## %s\n\n", part_titles[part]));

		CHECK(at != NULL);
		rest = at ? text_tail(rest, (size_t)(at - rest.p) + 1) : rest;
		arena_close(a);
	}
	CHECK(text_starts((struct span){ p.text, p.n },
		"# Paged pool triage: FS01\n\n- **Server:** FS01\n- **Case:** SR 10-4471\n"));
	CHECK(holds(&p, "> **ERROR** \xC2\xB7 confidence **high**\n>\n> MmSt filled the paged pool"));
	CHECK(holds(&p, "\n1. Back up the key: reg export \"HKLM\\\\SYSTEM"));
	CHECK(holds(&p, "\n### Registry file\n\n```reg\nWindows Registry Editor Version 5.00\n\n; FS01:"));
	CHECK(holds(&p, "\"PagedPoolSize\"=dword:ffffffff\n```\n"));
	CHECK(holds(&p, "\n### The same as commands\n\n```\nreg add \"HKLM\\SYSTEM"));
	CHECK(holds(
		&p, "| Series | First | Last | Peak |\n| --- | ---: | ---: | ---: |\n| MmSt | 38.2 MiB | 2"));
	CHECK(holds(&p, "\n- Paged pool maximum, 343.0 MiB\n"));
	CHECK(holds(&p, "| Rank | Tag | First |") && holds(&p, "\n| ---: | --- | ---: |"));
	CHECK(holds(&p, "\n#### PT-V12 MmSt is the largest paged tag and the pool ran out\n"));
	CHECK(holds(&p, "showing 10 of 14; all in CSV and JSON\n"));
	CHECK(holds(&p, "\npooltriage 0.1.0, rules 1\n"));
	free(p.text);
	free(ascii.text);
}

/* Texts to copy come out unchanged, whatever fences they hold. */
static void test_fence(void)
{
	struct report *r = sample_report();
	struct block *b = block_add(report_server(r, "FS01"), PART_ACTION, BLOCK_CODE, "Code");
	struct printed p;

	b->name = "reg";
	b->text = "; ```\n; `````\n*as* <it> \\is\n";
	p = print_as("markdown", r, 0, false, false);
	CHECK(holds(&p, "\n``````reg\n; ```\n; `````\n*as* <it> \\is\n``````\n"));
	CHECK_TEXT(markdown_read(&p).fault, NULL);
	free(p.text);
	report_close(r);
}

static void test_several(void)
{
	struct report *r = sample_report();
	struct printed p;

	for (int i = 0; i < 53; i++)
		report_server(r, arena_printf(r->arena, "srv|%02d", i));
	p = print_as("markdown", r, 0, false, false);
	CHECK_TEXT(markdown_read(&p).fault, NULL);
	CHECK(text_starts((struct span){ p.text, p.n }, "# Servers\n\n| Server | Severity | Confidence |"));
	CHECK(holds(&p, "Left out here, and in CSV and JSON all of them: srv\\|50, srv\\|51, srv\\|52."));
	CHECK(holds(&p, "\n| srv\\|52 | OK |"));
	CHECK_INT(count_of((struct span){ p.text, p.n }, "# Paged pool triage: "), 50);
	free(p.text);
	report_close(r);
}

/* What to do stands in the verdict's box, where the other formats have it. */
static void test_action(void)
{
	struct report *r = report_open();
	struct block *b = block_add(report_server(r, "FS01"), PART_VERDICT, BLOCK_VERDICT, NULL);
	struct printed p;

	b->text = "It is full.";
	b->action = "Set *one* value.";
	p = print_as("markdown", r, 0, false, false);
	CHECK(holds(&p, "\n> It is full.\n>\n> **Do this:** Set \\*one\\* value.\n\n"));
	free(p.text);
	report_close(r);
}

int main(void)
{
	struct report *r = sample_report();

	r->case_name = "SR 10-4471";
	sample_server(r, "FS01", 20, false);
	test_escape();
	test_report(r);
	test_fence();
	test_several();
	report_close(r);
	test_action();
	return check_end();
}
