/* SPDX-License-Identifier: MIT
 * Are the tables of a report whole in CSV: a file for each, every kind of cell, formulas made harmless, all
 * rows of all servers? */
#include "tests/check.h"
#include "tests/report_csv.h"
#include "tests/report_sample.h"

static const struct field every_field[] = {
	{ "int", "I", T_INT, FOR_ALL },
	{ "bytes", "B", T_BYTES, FOR_MACHINES },
	{ "real", "R", T_REAL, FOR_ALL },
	{ "trend.share", "P", T_PERCENT, FOR_ALL },
	{ "yes", "Y", T_BOOL, FOR_ALL },
	{ "time", "T", T_TIME, FOR_ALL },
	{ "local", "L", T_LOCAL, FOR_ALL },
	{ "now", "D", T_DWORD, FOR_ALL },
	{ "text", "X", T_TEXT, FOR_ALL },
	{ "list", "S", T_LIST, FOR_ALL },
	{ "people", "-", T_TEXT, FOR_PEOPLE },
};

static struct table *every_table(struct report *r, const char *text)
{
	struct table *t = table_new(r, "every", "Every kind", TABLE_ROWS, every_field, LEN(every_field));

	table_add(t);
	table_int(t, "int", -5);
	table_int(t, "bytes", INT64_MAX);
	table_real(t, "real", -0.1);
	table_real(t, "trend.share", 70.65307173359372);
	table_int(t, "yes", 1);
	table_int(t, "time", when_civil(2009, 10, 14, 19, 3, 27, 0));
	table_int(t, "local", when_civil(2009, 10, 14, 15, 3, 27, 0));
	table_int(t, "now", 4294967295);
	table_text(t, "text", text);
	table_item(t, "list", text);
	table_item(t, "list", "second");
	table_text(t, "people", "not here");
	table_add(t);
	table_word(t, "now", "absent");
	table_int(t, "time", INT64_MAX);
	table_items_known(t, "list");
	table_int(t, "yes", 0);
	return t;
}

static void test_cells(void)
{
	static const struct {
		const char *text, *cell, *list;
	} cases[] = {
		{ "plain text", "plain text", "plain text; second" },
		{ "a \"quote\", a comma", "a \"quote\", a comma", "a \"quote\", a comma; second" },
		{ "two\r\nlines\t", "two\\x0D\\x0Alines\\x09", "two\\x0D\\x0Alines\\x09; second" },
		{ "=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1; second" },
		{ "+1", "'+1", "'+1; second" },
		{ "-1", "'-1", "'-1; second" },
		{ "@SUM(A1)", "'@SUM(A1)", "'@SUM(A1); second" },
		{ "  =1", "'  =1", "'  =1; second" },
		{ "\xC2\xA0=1", "'\xC2\xA0=1", "'\xC2\xA0=1; second" },
		{ "\t=1", "'\\x09=1", "'\\x09=1; second" },
		{ "\xEF\xBC\x9D"
		  "1",
			"'\xEF\xBC\x9D"
			"1",
			"'\xEF\xBC\x9D"
			"1; second" },
		{ "\u202E\x1B[31m\xFF", "<U+202E>\\x1B[31m\\xFF", "<U+202E>\\x1B[31m\\xFF; second" },
		{ " ", " ", " ; second" },
		{ "\xE6\xB1\x89", "\xE6\xB1\x89", "\xE6\xB1\x89; second" },
	};
	static const char *const head[] = { "server", "row", "int", "bytes", "real", "trend.share", "yes",
		"time", "local", "now", "text", "list" };

	for (size_t i = 0; i < LEN(cases); i++) {
		const char *const first[] = { "FS,01", "1", "-5", "9223372036854775807", "-0.1",
			"70.65307173359372", "true", "2009-10-14T19:03:27Z", "2009-10-14T15:03:27",
			"4294967295", cases[i].cell, cases[i].list };
		static const char *const second[] = { "FS,01", "2", "", "", "", "", "false", "", "", "absent",
			"", "" };
		const char *const *const lines[] = { head, first, second };
		struct report *r = sample_report();
		struct csv_files files;
		struct csv_rows rows;

		report_data(report_server(r, "FS,01"), every_table(r, cases[i].text));
		csv_print(&files, r);
		CHECK(csv_find(&files, "every.csv") != NULL);
		rows = csv_read(r->arena, csv_find(&files, "every.csv"));
		CHECK_TEXT(rows.fault, NULL);
		CHECK_INT(rows.count, LEN(lines));
		CHECK_INT(rows.columns, LEN(head));
		for (size_t line = 0; line < rows.count; line++)
			for (size_t c = 0; c < LEN(head); c++)
				CHECK_TEXT(rows.cells[line][c], lines[line][c]);
		csv_free(&files);
		report_close(r);
	}
}

static const char *cell_at(
	struct report *r, const struct csv_files *c, const char *file, size_t line, size_t column)
{
	const struct printed *p = csv_find(c, file);
	struct csv_rows rows = { .count = 0 };

	if (p)
		rows = csv_read(r->arena, p);
	CHECK_TEXT(p ? rows.fault : "no such file", NULL);
	return line < rows.count && column < rows.columns ? rows.cells[line][column] : "no such cell";
}

static size_t points_of(const struct report *r)
{
	size_t points = 0;

	for (size_t s = 0; s < r->server_count; s++)
		for (int part = 0; part < PART_COUNT; part++)
			for (const struct block *b = r->servers[s].parts[part]; b; b = b->next)
				for (size_t i = 0; b->chart && i < b->chart->series_count; i++)
					points += b->chart->series[i].count;
	return points;
}

static void test_files(void)
{
	static const char *const names[] = { "report.csv", "window.csv", "host.csv", "findings.csv",
		"findings_evidence.csv", "tags.csv", "exhaustion_events.csv", "brief.csv", "not_checked.csv",
		"notes.csv", "inputs.csv", "charts.csv" };
	struct report *r = sample_report();
	struct csv_files c;

	r->case_name = "=SR 10";
	sample_server(r, "FS01", 20, false);
	sample_server(r, "FS02", 20, false);
	csv_print(&c, r);
	CHECK_INT(c.count, LEN(names));
	for (size_t i = 0; i < c.count; i++) {
		CHECK_TEXT(c.names[i], names[i]);
		CHECK_TEXT(csv_read(r->arena, &c.printed[i]).fault, NULL);
	}
	CHECK_TEXT(c.printed[0].text, "schema,tool.version,tool.rules,generated,case\r\n"
				      "pooltriage.report/1,0.1.0,1,2008-10-15T09:30:00Z,\"'=SR 10\"\r\n");
	CHECK_TEXT(c.printed[1].text,
		"server,first,last\r\nFS01,2008-10-13T05:00:00Z,2008-10-14T16:30:00Z\r\n"
		"FS02,2008-10-13T05:00:00Z,2008-10-14T16:30:00Z\r\n");
	/* People are shown ten of the fourteen. */
	CHECK_INT(csv_read(r->arena, csv_find(&c, "exhaustion_events.csv")).count, 1 + 2 * 14);
	CHECK_TEXT(cell_at(r, &c, "exhaustion_events.csv", 15, 0), "FS02");
	CHECK_TEXT(cell_at(r, &c, "exhaustion_events.csv", 15, 1), "1");
	CHECK(text_starts((struct span){ csv_find(&c, "findings_evidence.csv")->text, 200 },
		"server,row,source,line,record_id\r\nFS01,1,FS01/system.xml,1204,55310\r\nFS01,1,"));
	CHECK_TEXT(cell_at(r, &c, "findings_evidence.csv", 4, 1), "3");
	CHECK_TEXT(cell_at(r, &c, "not_checked.csv", 2, 2),
		"Handles per process: no such capture in the bundle.");
	CHECK_TEXT(csv_find(&c, "notes.csv")->text, "server,row,text\r\n");
	CHECK(text_starts((struct span){ csv_find(&c, "charts.csv")->text, 120 },
		"server,chart,series,time,value,unit\r\nFS01,paged,MmSt,2008-10-14T07:00:00Z,"));
	CHECK_INT(csv_read(r->arena, csv_find(&c, "charts.csv")).count, 1 + points_of(r));
	csv_free(&c);
	report_close(r);
}

/* A folder that takes no more files ends it, wherever that is. */
static void test_refused(void)
{
	struct report *r = sample_report();

	sample_server(r, "FS01", 20, false);
	r->fleet = r->causes = every_table(r, "x");
	for (size_t refuse = 0; refuse < 14; refuse++) {
		struct csv_files c = { .folder = { csv_begin, csv_end }, .refuse = refuse };

		format_find(SPAN("csv"))->print_files(&c.folder, r);
		CHECK_INT(c.count, refuse);
		csv_free(&c);
	}
	report_close(r);
}

int main(void)
{
	test_cells();
	test_files();
	test_refused();
	return check_end();
}
