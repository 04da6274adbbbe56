/* SPDX-License-Identifier: MIT
 * What was looked for: found, nothing found and could not look are kept apart; and each poolsnap is listed.
 */
#include "tests/report_case.h"

/* The outcome of the row that begins so; the row's place in `where`. */
static const char *outcome_of(const struct report *r, const char *what, const char **where)
{
	const struct table *t = report_table(r, "looked_for");

	for (size_t i = 0; i < t->row_count; i++) {
		if (!text_starts(span_of(table_cell(t, i, "what")->text), what))
			continue;
		*where = table_cell(t, i, "where")->text;
		return table_cell(t, i, "outcome")->text;
	}
	*where = "";
	return "no such row";
}

static void check_row(const struct report *r, const char *what, const char *outcome, const char *place)
{
	const char *where;

	CHECK_TEXT(outcome_of(r, what, &where), outcome);
	CHECK_TEXT(text_find(span_of(where), place) ? place : where, place);
}

static void done(struct judge_case *c, struct report *r)
{
	report_close(r);
	judge_case_close(c);
}

static void test_nothing_read(void)
{
	struct judge_case *c = judge_case_open_untold();
	struct report *r;

	SNAP(c, .undated = true, .mmst = 100, .rest = 90);
	r = case_report(c);
	check_row(r, "Event 2020", "could not look", "no event log was read");
	check_row(r, "Event 2019", "could not look", "no event log was read");
	check_row(r, "Missing log records", "could not look", "no System log was read");
	check_row(r, "The largest paged tag", "found", "MmSt, in 1 poolsnap");
	check_row(r, "Tags that rise", "could not look", "too few poolsnaps");
	check_row(r, "PoolUsageMaximum", "could not look", "no export");
	check_row(r, "The maximum", "could not look", "not known");
	check_row(r, "Free System Page", "could not look", "neither");
	check_row(r, "Boot switches", "could not look", "no boot.ini");
	done(c, r);
}

static void test_all_read(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;

	case_quiet_log(c, -24);
	case_key(c);
	case_maximum(c, 343);
	case_switch(c, "/3GB");
	case_vm(c, FACT_FREE_PTES, 50000);
	for (int i = 0; i < 6; i++)
		SNAP(c, .hours = i, .mmst = 100, .rest = 90);
	r = case_report(c);
	check_row(r, "Event 2020", "nothing found", "the System log");
	check_row(r, "The largest paged tag", "found", "MmSt, in 6 poolsnaps");
	check_row(r, "Tags that rise", "nothing found", "0 of the");
	check_row(r, "PoolUsageMaximum", "nothing found",
		"PoolUsageMaximum is absent, PagedPoolSize is absent");
	check_row(r, "The maximum", "found", "told");
	check_row(r, "Free System Page", "found", "!vm");
	check_row(r, "Boot switches", "found", "/3GB");
	done(c, r);

	c = judge_case_2003();
	case_2020(c, 1);
	case_set(c, "PoolUsageMaximum", 60);
	for (int i = 0; i < 6; i++)
		SNAP(c, .hours = i, .mmst = 100 + 20 * i, .rest = 90);
	r = case_report(c);
	check_row(r, "Event 2020", "found", "1 in the System log");
	check_row(r, "Event 2019", "nothing found", "the System log");
	check_row(r, "Tags that rise", "found", "1 of the");
	check_row(r, "PoolUsageMaximum", "found", "PoolUsageMaximum 60, PagedPoolSize is absent");
	done(c, r);
}

/* Programs have every poolsnap; people so many, with the peak and the last among them. */
static void test_poolsnaps(void)
{
	struct judge_case *c = judge_case_2003();
	const struct table *all, *shown = NULL;
	bool peak = false;
	struct report *r;

	for (int i = 0; i < 100; i++)
		SNAP(c, .hours = 0.5 * i, .mmst = i == 50 ? 200 : 100 + 0.1 * i, .rest = 90);
	r = case_report(c);
	all = report_table(r, "poolsnaps");
	CHECK_INT(all->row_count, 100);
	CHECK_INT(table_cell(all, 50, "mmst_bytes")->number, case_mib(200));
	for (const struct block *b = r->servers[0].parts[PART_CHART]; b; b = b->next)
		if (b->table && strcmp(b->table->name, "poolsnaps") == 0)
			shown = b->table;
	CHECK(shown && shown->row_count >= 25 && shown->row_count <= 32);
	for (size_t i = 0; shown && i < shown->row_count; i++)
		peak |= table_cell(shown, i, "mmst_bytes")->number == case_mib(200);
	CHECK(peak);
	CHECK(shown && table_cell(shown, shown->row_count - 1, "time")->number == case_hours(49.5));
	CHECK(shown && text_find(span_of(shown->about), "One in 4 of the 100 poolsnaps"));
	done(c, r);
}

/* That a value is absent is evidence as well: it leads to the export. */
static void test_absent(void)
{
	struct judge_case *c = judge_case_2003();
	const struct table *findings, *evidence = NULL;
	struct report *r;

	case_key(c);
	SNAP(c, .mmst = 100, .rest = 90);
	r = case_report(c);
	findings = report_table(r, "findings");
	for (size_t i = 0; i < findings->row_count; i++)
		if (strcmp(table_cell(findings, i, "rule")->text, "PT-F02") == 0)
			evidence = table_cell(findings, i, "evidence")->table;
	CHECK_INT(evidence ? evidence->row_count : 0, 1);
	done(c, r);
}

int main(void)
{
	test_nothing_read();
	test_all_read();
	test_poolsnaps();
	test_absent();
	return check_end();
}
