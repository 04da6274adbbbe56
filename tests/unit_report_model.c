/* SPDX-License-Identifier: MIT
 * Does a report hold what was put into it: tables cell by cell, series, blocks in their order? */
#include "core/report.h"
#include "core/text.h"
#include "tests/check.h"

#include <math.h>

static const struct field fields[] = {
	{ "tag", "Tag", T_TEXT, FOR_ALL },
	{ "rank", "Rank", T_INT, FOR_ALL },
	{ "bytes", "Bytes", T_BYTES, FOR_ALL },
	{ "at", "At", T_TIME, FOR_ALL },
	{ "share", "Share", T_PERCENT, FOR_PEOPLE },
	{ "rate", "Rate", T_RATE, FOR_MACHINES },
	{ "real", "Real", T_REAL, FOR_ALL },
	{ "words", "Words", T_LIST, FOR_ALL },
	{ "rows", "Rows", T_TABLE, FOR_MACHINES },
	{ "name", "Name", T_NAME, FOR_ALL },
};

static void tables(struct report *r)
{
	struct table *t = table_new(r, "tags", "Tags", TABLE_ROWS, fields, LEN(fields)), *inner;
	char text[] = "MmSt", id[] = "row-1";

	CHECK_TEXT(t->name, "tags");
	CHECK_INT(t->row_count, 0);
	CHECK_INT(t->shape, TABLE_ROWS);
	table_add(t);
	for (size_t i = 0; i < LEN(fields); i++)
		CHECK_INT(table_cell(t, 0, fields[i].name)->state, CELL_UNKNOWN);
	table_text(t, "tag", text);
	table_id(t, id);
	text[0] = id[0] = 'X'; /* both were copied */
	table_int(t, "rank", 1);
	table_int(t, "bytes", INT64_MAX);
	table_int(t, "at", INT64_MIN);
	table_real(t, "share", 67.5);
	table_real(t, "rate", NAN);
	table_real(t, "real", INFINITY);
	table_item(t, "words", "00040000");
	table_item(t, "words", "");
	inner = table_new(r, "inner", "Inner", TABLE_LIST, fields, 1);
	table_rows(t, "rows", inner);
	table_link(t, "tag", "rule-7");
	CHECK_TEXT(table_cell(t, 0, "tag")->text, "MmSt");
	CHECK_TEXT(t->rows[0].id, "row-1");
	CHECK_TEXT(table_cell(t, 0, "tag")->link, "rule-7");
	CHECK_INT(table_cell(t, 0, "tag")->state, CELL_KNOWN);
	CHECK_INT(table_cell(t, 0, "rank")->number, 1);
	CHECK(table_cell(t, 0, "bytes")->number == INT64_MAX);
	CHECK(table_cell(t, 0, "at")->number == INT64_MIN);
	CHECK_NEAR(table_cell(t, 0, "share")->real, 67.5, 0);
	CHECK_INT(table_cell(t, 0, "rate")->state, CELL_UNKNOWN);
	CHECK_INT(table_cell(t, 0, "real")->state, CELL_UNKNOWN);
	CHECK_INT(table_cell(t, 0, "words")->list.count, 2);
	CHECK_TEXT(table_cell(t, 0, "words")->list.items[0], "00040000");
	CHECK_TEXT(table_cell(t, 0, "words")->list.items[1], "");
	CHECK(table_cell(t, 0, "rows")->table == inner);

	/* The next row is its own; the first stays as it is. */
	table_add(t);
	table_text(t, "tag", NULL);
	table_word(t, "rank", "absent");
	table_items_known(t, "words");
	table_span(t, "name", SPAN("a\0b"));
	CHECK_INT(t->row_count, 2);
	CHECK_INT(table_cell(t, 1, "tag")->state, CELL_UNKNOWN);
	CHECK_INT(table_cell(t, 1, "rank")->state, CELL_WORD);
	CHECK_TEXT(table_cell(t, 1, "rank")->text, "absent");
	CHECK_INT(table_cell(t, 1, "words")->state, CELL_KNOWN);
	CHECK_INT(table_cell(t, 1, "words")->list.count, 0);
	CHECK_TEXT(table_cell(t, 1, "name")->text, "a");
	CHECK(t->rows[1].id == NULL);
	CHECK_INT(table_cell(t, 0, "rank")->number, 1);
	/* Text may hold anything; a word or a number that comes later wins. */
	table_text(t, "tag", "\x1B[31m<script>\xFF");
	CHECK_TEXT(table_cell(t, 1, "tag")->text, "\x1B[31m<script>\xFF");
	table_int(t, "rank", 3);
	CHECK_INT(table_cell(t, 1, "rank")->state, CELL_KNOWN);
	CHECK_INT(table_cell(t, 1, "rank")->number, 3);

	for (int i = 2; i < 5000; i++) {
		table_add(t);
		table_int(t, "rank", i);
	}
	CHECK_INT(t->row_count, 5000);
	CHECK_INT(table_cell(t, 4999, "rank")->number, 4999);
	CHECK_TEXT(table_cell(t, 0, "tag")->text, "MmSt");
}

static void charts(struct report *r)
{
	struct chart *c = chart_new(r, "paged", "Paged pool", T_BYTES);
	struct series *s = chart_series(c, "MmSt", true);
	int wrong = 0;

	for (int i = 0; i < 1000; i++)
		series_point(c, s, i * WHEN_MINUTE, i);
	chart_series(c, "Toke", false);
	chart_mark(c, WHEN_DAY, MARK_2020, "2020");
	chart_level(c, LEVEL_MAXIMUM, 1, 2, "maximum");
	CHECK_INT(c->series_count, 2);
	CHECK_INT(c->series[0].count, 1000);
	for (int i = 0; i < 1000; i++)
		wrong += c->series[0].points[i].time != i * WHEN_MINUTE || c->series[0].points[i].value < i;
	CHECK_INT(wrong, 0);
	CHECK(c->series[0].emphasised && !c->series[1].emphasised);
	CHECK_INT(c->mark_count, 1);
	CHECK_TEXT(c->marks[0].label, "2020");
	CHECK_INT(c->level_count, 1);
	CHECK_NEAR(c->levels[0].high, 2, 0);
}

static void parts(struct report *r)
{
	struct server_report *s = report_server(r, "FS01");
	struct block *b = block_add(s, PART_FINDINGS, BLOCK_LIST, "List");
	struct table *t = table_new(r, "t", "Title", TABLE_ROWS, fields, LEN(fields));

	block_item(s, b, "%d of %s", 2, "them");
	block_item(s, b, "%s", "");
	block_text(s, PART_FINDINGS, "%0*d", 3000, 7);
	block_table(s, PART_EVIDENCE, t);
	report_data(s, t);
	CHECK_INT(b->items.count, 2);
	CHECK_TEXT(b->items.items[0], "2 of them");
	CHECK(s->parts[PART_FINDINGS] == b);
	CHECK_INT(b->next->kind, BLOCK_TEXT);
	CHECK_INT(strlen(b->next->text), 3000);
	CHECK(b->next->next == NULL);
	CHECK_TEXT(s->parts[PART_EVIDENCE]->title, "Title");
	CHECK(s->parts[PART_EVIDENCE]->table == t);
	CHECK(s->parts[PART_TITLE] == NULL);
	CHECK_INT(s->data_count, 1);
	for (int i = 0; i < 100; i++)
		report_server(r, "next");
	CHECK_INT(r->server_count, 101);
	CHECK_TEXT(r->servers[0].name, "FS01");
	CHECK(r->servers[0].parts[PART_FINDINGS] == b);
	CHECK(r->servers[100].parts[PART_FINDINGS] == NULL);
}

static void words(void)
{
	for (int i = 0; i < SEVERITIES; i++)
		CHECK(severity_name((enum severity)i) != NULL);
	CHECK_TEXT(severity_name(SEVERITY_NOT_ASSESSED), "not-assessed");
	CHECK_TEXT(confidence_name(CONFIDENCE_NONE), NULL);
	CHECK_TEXT(confidence_name(CONFIDENCE_HIGH), "high");
	for (int i = 0; i < PART_COUNT; i++)
		CHECK(part_names[i] && part_titles[i]);
}

int main(void)
{
	struct report *r = report_open();

	tables(r);
	charts(r);
	parts(r);
	words();
	report_close(r);
	report_close(NULL);
	return check_end();
}
