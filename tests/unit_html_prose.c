/* SPDX-License-Identifier: MIT
 * What a page makes of plain text: links to rules that are explained, moments and units that stay together,
 * and nothing where it only looks like one. */
#include "tests/check.h"
#include "tests/report_read.h"
#include "tests/report_sample.h"

static const struct {
	const char *text, *shown; /* inside <p> */
} cases[] = {
	{ "(PT-V12)", "(<a href=\"#PT-V12\">PT-V12</a>)" },
	{ "PT-V12 and PT-V12.", "<a href=\"#PT-V12\">PT-V12</a> and <a href=\"#PT-V12\">PT-V12</a>." },
	/* not explained on this page; part of a longer word; cut */
	{ "PT-F09", "PT-F09" },
	{ "XPT-V12, PT-V123, PT-V12A, PT-V1", "XPT-V12, PT-V123, PT-V12A, PT-V1" },
	{ "PPT-V12", "PPT-V12" },
	{ "<PT-V12>", "&lt;<a href=\"#PT-V12\">PT-V12</a>&gt;" },
	{ "at 2009-10-14 21:30:09 UTC.", "at <span class=\"day\">2009-10-14\xC2\xA0"
					 "21:30:09\xC2\xA0UTC</span>." },
	{ "2009-10-14 21:30 to 2009-10-15", "<span class=\"day\">2009-10-14\xC2\xA0"
					    "21:30</span> to <span class=\"day\">2009-10-15</span>" },
	{ "12009-10-14 a2009-10-14", "12009-10-14 a2009-10-14" },
	{ "2009-10-1", "2009-10-1" },
	{ "71 % of 230.0 MiB in 9 h 30 min; 60 people",
		"71\xC2\xA0% of 230.0\xC2\xA0MiB in 9\xC2\xA0h 30\xC2\xA0min; 60 people" },
	{ "(KB 312362), XKB 1, Event 2020, 5 KBx, x KB y", "(KB\xC2\xA0"
							   "312362), XKB 1, Event\xC2\xA0"
							   "2020, 5 KBx, x KB y" },
	{ "\xFF"
	  "PT-V12\xC3",
		"\\xFF<a href=\"#PT-V12\">PT-V12</a>\\xC3" },
	{ "PT-", "PT-" },
	{ "", "" },
};

static void test_texts(void)
{
	for (size_t i = 0; i < LEN(cases); i++) {
		struct report *r = sample_report();
		struct server_report *s = report_server(r, "FS01");
		struct block *rule = block_add(s, PART_FINDINGS, BLOCK_RULE, "PT-V12 a rule");
		struct printed p;
		size_t elements;

		rule->id = "PT-V12";
		block_text(s, PART_ACTION, "%s", cases[i].text);
		p = print_as("html", r, 0, false, false);
		CHECK_TEXT(html_fault(&p, &elements), NULL);
		CHECK_TEXT(links_fault(&p), NULL);
		CHECK(holds(&p, arena_printf(r->arena, "<p>%s</p>", cases[i].shown)));
		free(p.text);
		report_close(r);
	}
}

/* The words of a rule do not link to themselves; a reason leads to the first of its places that is shown. */
static void test_places(void)
{
	static const struct field fields[] = { { "text", "Text", T_TEXT, FOR_ALL } };
	struct report *r = sample_report();
	struct server_report *s = report_server(r, "FS01");
	struct block *rule = block_add(s, PART_FINDINGS, BLOCK_RULE, "PT-V12 a rule"),
		     *reasons = block_add(s, PART_VERDICT, BLOCK_VERDICT, "PT-V12");
	struct table *t = table_new(r, "shown_here", "A table", TABLE_ROWS, fields, LEN(fields));
	struct printed p;

	rule->id = "PT-V12";
	block_item(s, rule, "See PT-V12.");
	table_add(t);
	table_text(t, "text", "x");
	table_id(t, "tag-paged-a b");
	block_table(s, PART_EVIDENCE, t);
	block_item(s, reasons, "without a place");
	block_item(s, reasons, "second place");
	block_shown(s, reasons, "t-missing\nt-shown_here");
	block_item(s, reasons, "an id with a blank");
	block_shown(s, reasons, "tag-paged-a b");
	block_item(s, reasons, "nowhere");
	block_shown(s, reasons, "t-missing");
	p = print_as("html", r, 0, false, false);
	CHECK(holds(&p, "<li>See PT-V12.</li>"));
	CHECK(holds(&p, "<li>without a place </li>"));
	CHECK(holds(&p, "second place <a href=\"#t-shown_5Fhere\"><span class=\"see\">evidence</span></a>"));
	CHECK(holds(&p,
		"an id with a blank <a href=\"#tag-paged-a_20b\"><span class=\"see\">evidence</span></a>"));
	CHECK(holds(&p, "<li>nowhere </li>"));
	CHECK_TEXT(links_fault(&p), NULL);
	free(p.text);
	report_close(r);
}

int main(void)
{
	test_texts();
	test_places();
	return check_end();
}
