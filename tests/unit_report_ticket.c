/* SPDX-License-Identifier: MIT
 * Does a ticket's summary have 10 to 15 lines of at most so many columns, whatever is in the report, and hold
 * what it promises? */
#include "tests/check.h"
#include "tests/report_read.h"
#include "tests/report_sample.h"

static size_t lines_of(const struct printed *p)
{
	return count_of((struct span){ p->text, p->n }, "\n");
}

static int widest(const struct printed *p)
{
	struct span rest = { p->text, p->n }, line;
	int most = 0;

	while (text_cut(&rest, '\n', &line))
		most = width_of(line) > most ? width_of(line) : most;
	return most;
}

static void check_ticket(const struct report *r, const char *what)
{
	static const int widths[] = { 0, 1, 40, 57, 72, 100, 250 };

	for (size_t i = 0; i < LEN(widths); i++) {
		for (int ascii = 0; ascii < 2; ascii++) {
			struct printed p = print_as("ticket", r, widths[i], ascii, true);
			int width = widths[i] == 0 || widths[i] > 100 ? 100 : widths[i] < 72 ? 72 : widths[i];

			if (!check_count(lines_of(&p) >= 10 && lines_of(&p) <= 15 && widest(&p) <= width,
				    __FILE__, __LINE__))
				printf("%s, width %d: %zu lines, %d columns\n%s", what, width, lines_of(&p),
					widest(&p), p.text);
			CHECK_TEXT(text_fault(&p, ascii), NULL);
			free(p.text);
		}
	}
}

static void test_sample(void)
{
	struct report *r = sample_report();
	struct printed p;

	r->case_name = "SR 10-4471";
	sample_server(r, "FS01", 20, false);
	check_ticket(r, "sample");
	p = print_as("ticket", r, 100, false, true);
	CHECK_TEXT(p.text,
		"Paged pool triage: FS01, case SR 10-4471\n"
		"Data: 2008-10-13 05:00:00 UTC to 2008-10-14 16:30:00 UTC\n"
		"Windows: Windows Server 2003 Service Pack 2 (5.2.3790)\n"
		"ERROR, confidence high: MmSt filled the paged pool: 41 \xE2\x86\x92 232 MiB in 9 h 30 min. Let Windows trim\n"
		"  earlier: set PoolUsageMaximum to 60 and restart.\n"
		"- 14 events 2020 between 13:12 and 16:11 UTC, each with a snapshot of the same boot at most 20 min\n"
		"  before it\n"
		"- MmSt is the largest paged tag (75.6 %) and rises in every hour (p < 0.001, 20.0 MiB/h)\n"
		"- no other tag grows by more than 5.1 MiB: a leak elsewhere would show\n"
		"To do: Set PoolUsageMaximum to 60 decimal (0x3C). Now: absent. Restart the server afterwards.\n"
		"Event 2020: 14 times, 2008-10-14 13:12:00 to 2008-10-14 16:11:00 UTC\n"
		"MmSt: 231.6 MiB at its peak, 76 % of the paged pool then\n"
		"Not checked, the first of 2: Free System PTEs: no counter log in the bundle.\n"
		"More in the full report\n"
		"pooltriage 0.1.0, rules 1\n");
	free(p.text);
	report_close(r);
}

/* So many sentences of so many words in every place that varies. */
static struct report *varied(int headline, int reasons, int reason, int actions, int action)
{
	struct report *r = sample_report();
	struct server_report *s = report_server(r, "FS01");
	struct block *b = block_add(s, PART_VERDICT, BLOCK_VERDICT, "PT-V12");
	struct table *t = table_new(r, "brief", "In brief", TABLE_SINGLE, brief_fields, LEN(brief_fields));
	char text[20000] = "";

	for (int i = 0; i < 2000; i++)
		strcat(text, i % 7 ? "words " : "sentences ");
	b->text = arena_printf(r->arena, "%.*s", headline, text);
	for (int i = 0; i < reasons; i++)
		block_item(s, b, "%.*s", reason, text);
	table_add(t);
	for (int i = 0; i < actions; i++)
		table_item(t, "do", arena_printf(r->arena, "%.*s", action, text));
	if (reason % 2)
		table_text(t, "events_2020", arena_printf(r->arena, "%.*s", action, text));
	report_data(s, t);
	return r;
}

static void test_varied(void)
{
	static const int lengths[] = { 0, 5, 90, 250, 9000 };

	for (size_t h = 0; h < LEN(lengths); h++)
		for (int reasons = 0; reasons < 6; reasons += 2)
			for (int actions = 0; actions < 6; actions++)
				for (size_t a = 0; a < LEN(lengths); a++) {
					struct report *r = varied(lengths[h], reasons, lengths[(h + a) % 5],
						actions, lengths[a]);

					check_ticket(r, "varied");
					report_close(r);
				}
}

/* Nothing at all is told. */
static void test_empty(void)
{
	struct report *r = sample_report();
	struct printed p;

	report_server(r, "");
	check_ticket(r, "empty");
	p = print_as("ticket", r, 100, false, false);
	CHECK(holds(&p, "\nEvent 2020: not known\n") && holds(&p, "\nTo do: see the report\n") &&
		holds(&p, "\nVerdict: not known\n"));
	free(p.text);
	report_close(r);
	r = sample_report();
	p = print_as("ticket", r, 100, false, false);
	CHECK_TEXT(p.text, "no server is in the report\n");
	free(p.text);
	report_close(r);
}

static void test_several(void)
{
	struct report *r = sample_report();
	struct printed p;
	const char *second;

	for (int i = 0; i < 13; i++)
		sample_server(r, arena_printf(r->arena, "FS%02d", 20 - i), 20, false);
	r->servers[4].severity = SEVERITY_OK;
	p = print_as("ticket", r, 100, false, false);
	CHECK_INT(count_of((struct span){ p.text, p.n }, "Paged pool triage: "), 10);
	CHECK(text_starts((struct span){ p.text, p.n }, "Paged pool triage: FS08\n"));
	second = text_find((struct span){ p.text, p.n }, "\n\nPaged pool triage: FS09\n");
	CHECK(second != NULL);
	CHECK(!holds(&p, "FS16"));
	CHECK(text_ends_nocase((struct span){ p.text, p.n }, "\n\nand 3 more servers: see the report\n"));
	free(p.text);
	report_close(r);
}

int main(void)
{
	test_sample();
	test_varied();
	test_empty();
	test_several();
	return check_end();
}
