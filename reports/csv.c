/* SPDX-License-Identifier: MIT
 * The report for spreadsheets and scripts: a folder with one file of comma-separated values for each table of
 * the JSON data (RFC 4180, UTF-8, its columns the JSON keys), all servers in the same file. */
#include "reports/format.h"

#include "core/text.h"

#include <inttypes.h>
#include <string.h>

struct csv {
	struct folder *folder;
	struct out *out; /* of the open file */
	struct arena *arena;
	bool fresh; /* no cell of the line is written yet */
	bool failed;
};

/* ---- cells ---- */

static void separate(struct csv *c)
{
	out_raw(c->out, c->fresh ? "" : ",");
	c->fresh = false;
}

static void end_line(struct csv *c)
{
	out_raw(c->out, "\r\n");
	c->fresh = true;
}

/* A spreadsheet takes a cell that begins so for a formula, quoted or not (OWASP, CSV Injection); the wide
 * forms are what Japanese and Chinese keyboards write. */
static bool is_formula(struct span s)
{
	static const char *const begins[] = { "=", "+", "-", "@", "\t", "\r", "\xEF\xBC\x9D", "\xEF\xBC\x8B",
		"\xEF\xBC\x8D", "\xEF\xBC\xA0" };

	while (text_starts(s, " ") || text_starts(s, "\xC2\xA0") || text_starts(s, "\xE3\x80\x80"))
		s = text_tail(s, s.p[0] == ' ' ? 1 : s.p[0] == '\xC2' ? 2 : 3);
	for (size_t i = 0; i < LEN(begins); i++)
		if (text_starts(s, begins[i]))
			return true;
	return false;
}

static void text_cell(struct csv *c, const char *text)
{
	struct span s = span_of(text);
	bool formula = is_formula(s), quoted = formula || strpbrk(text, "\",;") || text_trim(s).n < s.n;

	separate(c);
	out_raw(c->out, quoted ? "\"" : "");
	out_raw(c->out, formula ? "'" : "");
	out_put(c->out, ESC_CSV, s);
	out_raw(c->out, quoted ? "\"" : "");
}

static void number_cell(struct csv *c, int64_t n)
{
	separate(c);
	out_printf(c->out, "%" PRId64, n);
}

static void empty_cell(struct csv *c)
{
	separate(c);
}

static void real_cell(struct csv *c, double v)
{
	char text[REAL_TEXT];

	separate(c);
	out_raw(c->out, real_exact(v, text) ? text : "");
}

static void time_cell(struct csv *c, when_us t, bool local)
{
	char text[WHEN_TEXT];

	separate(c);
	out_raw(c->out, time_exact(t, local, text) ? text : "");
}

static const char *joined(struct arena *a, const struct list *l)
{
	size_t size = 1;
	char *text, *end;

	for (size_t i = 0; i < l->count; i++)
		size += strlen(l->items[i]) + 2;
	text = end = arena_alloc(a, size);
	for (size_t i = 0; i < l->count; i++) {
		end += strlen(strcpy(end, i ? "; " : ""));
		end += strlen(strcpy(end, l->items[i]));
	}
	return text;
}

static void cell(struct csv *c, enum type type, const struct cell *v)
{
	if (v->state == CELL_UNKNOWN) {
		empty_cell(c);
		return;
	}
	if (v->state == CELL_WORD) {
		text_cell(c, v->text);
		return;
	}
	switch (type) {
	case T_INT:
	case T_ID:
	case T_BYTES:
	case T_MINUTES:
	case T_DWORD: number_cell(c, v->number); break;
	case T_BOOL: text_cell(c, v->number ? "true" : "false"); break;
	case T_REAL:
	case T_PERCENT:
	case T_RATE: real_cell(c, v->real); break;
	case T_TIME: time_cell(c, v->number, false); break;
	case T_LOCAL: time_cell(c, v->number, true); break;
	case T_LIST: text_cell(c, joined(c->arena, &v->list)); break;
	default: text_cell(c, v->text ? v->text : ""); break;
	}
}

/* ---- files ---- */

static bool begin(struct csv *c, const char *name)
{
	c->out = c->failed ? NULL : c->folder->begin(c->folder, name);
	c->failed = !c->out;
	c->fresh = true;
	return !c->failed;
}

static void end(struct csv *c)
{
	c->failed = !c->folder->end(c->folder, c->out);
}

/* ---- tables ---- */

/* A table inside a cell is a file of its own. */
static bool has_column(const struct field *f)
{
	return f->audience != FOR_PEOPLE && f->type != T_TABLE;
}

static void head(struct csv *c, const struct table *t, bool server, bool row)
{
	if (server)
		text_cell(c, "server");
	if (row)
		text_cell(c, "row");
	for (size_t i = 0; i < t->field_count; i++)
		if (has_column(&t->fields[i]))
			text_cell(c, t->fields[i].name);
	end_line(c);
}

static void cells(struct csv *c, const struct table *t, size_t r)
{
	for (size_t i = 0; i < t->field_count; i++)
		if (has_column(&t->fields[i]))
			cell(c, t->fields[i].type, &t->rows[r].cells[i]);
	end_line(c);
	arena_reset(c->arena);
}

/* What stands before a row: whose it is (NULL: the whole report's), and its number among the server's, which
 * the files of the tables inside it repeat. */
static void front(struct csv *c, const char *server, bool numbered, size_t row)
{
	if (server)
		text_cell(c, server);
	if (numbered)
		number_cell(c, (int64_t)row + 1);
}

/* A file being filled: the tables of one name. The first gives the columns. */
struct filling {
	const char *name;
	const struct table *columns; /* NULL: no file is open yet */
	bool numbered;
};

/* One name is one set of columns, in one server as in another. */
static bool joins(struct csv *c, struct filling *f, const struct table *t, const char *server, bool numbered)
{
	if (!f->columns) {
		if (!begin(c, f->name))
			return false;
		f->columns = t;
		f->numbered = numbered;
		head(c, t, server != NULL, numbered);
	}
	if (t->fields != f->columns->fields)
		die("two tables with different fields are called %s", t->name);
	return true;
}

static void rows(struct csv *c, struct filling *f, const char *server, const struct table *t)
{
	if (!joins(c, f, t, server, t->shape != TABLE_SINGLE))
		return;
	for (size_t r = 0; r < t->row_count; r++) {
		front(c, server, f->numbered, r);
		cells(c, t, r);
	}
}

static void inner_rows(
	struct csv *c, struct filling *f, const char *server, const struct table *t, size_t column)
{
	for (size_t r = 0; r < t->row_count; r++) {
		const struct table *inner = t->rows[r].cells[column].table;

		if (!inner || !joins(c, f, inner, server, true))
			continue;
		for (size_t i = 0; i < inner->row_count; i++) {
			front(c, server, true, r);
			cells(c, inner, i);
		}
	}
}

static void close_file(struct csv *c, const struct filling *f)
{
	if (f->columns)
		end(c);
}

/* ---- all servers' ---- */

static void each_server(
	struct csv *c, const struct report *r, const struct table *like, size_t column, struct filling *f)
{
	for (size_t i = 0; i < r->server_count && !c->failed; i++) {
		const struct server_report *s = &r->servers[i];

		for (size_t k = 0; k < s->data_count && !c->failed; k++) {
			if (strcmp(s->data[k]->name, like->name) != 0)
				continue;
			if (column < like->field_count)
				inner_rows(c, f, s->name, s->data[k], column);
			else
				rows(c, f, s->name, s->data[k]);
		}
	}
	if (!c->failed)
		close_file(c, f);
}

static void tables_like(struct csv *c, const struct report *r, const struct table *t, struct arena *a)
{
	struct filling f = { .name = arena_printf(a, "%s.csv", t->name) };

	each_server(c, r, t, t->field_count, &f);
	for (size_t i = 0; i < t->field_count; i++) {
		if (t->fields[i].type != T_TABLE || t->fields[i].audience == FOR_PEOPLE)
			continue;
		f = (struct filling){ .name = arena_printf(a, "%s_%s.csv", t->name, t->fields[i].name) };
		each_server(c, r, t, i, &f);
	}
}

static bool add_new(struct arena *a, struct list *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->items[i], name) == 0)
			return false;
	list_add(a, names, name);
	return true;
}

static void all_tables(struct csv *c, const struct report *r)
{
	struct arena *a = arena_open();
	struct list names = { 0 };

	for (size_t i = 0; i < r->server_count; i++)
		for (size_t k = 0; k < r->servers[i].data_count; k++)
			if (add_new(a, &names, r->servers[i].data[k]->name))
				tables_like(c, r, r->servers[i].data[k], a);
	arena_close(a);
}

/* ---- the report's own ---- */

static void whole_table(struct csv *c, const char *name, const struct table *t)
{
	struct filling f = { .name = name };

	if (!t || c->failed)
		return;
	rows(c, &f, NULL, t);
	if (!c->failed)
		close_file(c, &f);
}

static void about_report(struct csv *c, const struct report *r)
{
	static const char *const names[] = { "schema", "tool.version", "tool.rules", "generated", "case" };

	if (!begin(c, "report.csv"))
		return;
	for (size_t i = 0; i < LEN(names); i++)
		text_cell(c, names[i]);
	end_line(c);
	text_cell(c, REPORT_SCHEMA);
	text_cell(c, r->version ? r->version : "");
	text_cell(c, r->rules ? r->rules : "");
	time_cell(c, r->generated, false);
	text_cell(c, r->case_name ? r->case_name : "");
	end_line(c);
	end(c);
}

static const char *unit_name(enum type unit)
{
	switch (unit) {
	case T_BYTES: return "bytes";
	case T_RATE: return "bytes per hour";
	case T_PERCENT: return "percent";
	default: return "";
	}
}

static void chart_rows(struct csv *c, const char *server, const struct chart *chart)
{
	for (size_t i = 0; i < chart->series_count; i++) {
		const struct series *s = &chart->series[i];

		for (size_t k = 0; k < s->count; k++) {
			text_cell(c, server);
			text_cell(c, chart->name);
			text_cell(c, s->label);
			time_cell(c, s->points[k].time, false);
			real_cell(c, s->points[k].value);
			text_cell(c, unit_name(chart->unit));
			end_line(c);
		}
	}
}

static void charts(struct csv *c, const struct report *r)
{
	static const char *const names[] = { "server", "chart", "series", "time", "value", "unit" };

	if (c->failed || !begin(c, "charts.csv"))
		return;
	for (size_t i = 0; i < LEN(names); i++)
		text_cell(c, names[i]);
	end_line(c);
	for (size_t i = 0; i < r->server_count; i++)
		for (size_t part = 0; part < PART_COUNT; part++)
			for (const struct block *b = r->servers[i].parts[part]; b; b = b->next)
				if (b->chart)
					chart_rows(c, r->servers[i].name, b->chart);
	end(c);
}

static void print_files(struct folder *folder, const struct report *r)
{
	struct csv c = { .folder = folder, .arena = arena_open() };

	about_report(&c, r);
	all_tables(&c, r);
	whole_table(&c, "fleet.csv", r->fleet);
	whole_table(&c, "causes.csv", r->causes);
	charts(&c, r);
	arena_close(c.arena);
}

const struct format format_csv = { "csv", "a folder with one file for each table of the JSON data", NULL,
	print_files };
