/* SPDX-License-Identifier: MIT
 * Builds the report model: everything in one arena, every field name checked as it is used. */
#include "core/report.h"

#include <math.h>
#include <string.h>

#define PART_NAME(id, name, title)   name,
#define PART_TITLE_(id, name, title) title,
const char *const part_names[PART_COUNT] = { PARTS(PART_NAME) };
const char *const part_titles[PART_COUNT] = { PARTS(PART_TITLE_) };

const char *severity_name(enum severity s)
{
	static const char *const names[SEVERITIES] = { "ok", "not-assessed", "info", "warning", "error" };

	return names[s];
}

const char *confidence_name(enum confidence c)
{
	static const char *const names[CONFIDENCES] = { NULL, "low", "medium", "high" };

	return names[c];
}

struct report *report_open(void)
{
	struct arena *a = arena_open();
	struct report *r = arena_alloc(a, sizeof *r);

	r->arena = a;
	return r;
}

void report_close(struct report *r)
{
	if (r)
		arena_close(r->arena);
}

struct server_report *report_server(struct report *r, const char *name)
{
	struct server_report *s;

	r->servers = arena_grow(r->arena, r->servers, r->server_count, sizeof *r->servers);
	s = &r->servers[r->server_count++];
	memset(s, 0, sizeof *s);
	s->name = arena_text(r->arena, span_of(name));
	s->arena = r->arena;
	return s;
}

void report_data(struct server_report *s, const struct table *t)
{
	s->data = arena_grow(s->arena, s->data, s->data_count, sizeof *s->data);
	s->data[s->data_count++] = t;
}

/* ---- tables ---- */

struct table *table_new(struct report *r, const char *name, const char *title, enum table_shape shape,
	const struct field *fields, size_t field_count)
{
	struct table *t = arena_alloc(r->arena, sizeof *t);

	*t = (struct table){ .name = name,
		.title = title,
		.shape = shape,
		.fields = fields,
		.field_count = field_count,
		.arena = r->arena };
	return t;
}

void table_add(struct table *t)
{
	t->rows = arena_grow(t->arena, t->rows, t->row_count, sizeof *t->rows);
	t->rows[t->row_count++] =
		(struct row){ .cells = arena_alloc(t->arena, t->field_count * sizeof(struct cell)) };
}

static size_t field_index(const struct table *t, const char *name)
{
	for (size_t i = 0; i < t->field_count; i++)
		if (strcmp(t->fields[i].name, name) == 0)
			return i;
	die("table %s has no field %s", t->name, name);
}

static struct cell *cell_of(struct table *t, const char *name, unsigned types)
{
	size_t i = field_index(t, name);

	if (!(types & 1u << t->fields[i].type))
		die("table %s: field %s has another type", t->name, name);
	if (!t->row_count)
		die("table %s has no row yet", t->name);
	struct cell *c = &t->rows[t->row_count - 1].cells[i];

	c->state = CELL_KNOWN;
	return c;
}

#define BIT(type) (1u << (type))
#define IS_TEXT   (BIT(T_TEXT) | BIT(T_NAME))
#define IS_REAL   (BIT(T_REAL) | BIT(T_PERCENT) | BIT(T_RATE))
#define IS_INT \
	(BIT(T_INT) | BIT(T_ID) | BIT(T_BOOL) | BIT(T_BYTES) | BIT(T_TIME) | BIT(T_LOCAL) | BIT(T_MINUTES) | \
		BIT(T_DWORD))
#define IS_ANYTHING (~0u)

void table_int(struct table *t, const char *field, int64_t number)
{
	cell_of(t, field, IS_INT)->number = number;
}

void table_real(struct table *t, const char *field, double real)
{
	struct cell *c = cell_of(t, field, IS_REAL);

	c->real = real;
	if (!isfinite(real))
		c->state = CELL_UNKNOWN;
}

void table_span(struct table *t, const char *field, struct span text)
{
	cell_of(t, field, IS_TEXT)->text = arena_text(t->arena, text);
}

void table_text(struct table *t, const char *field, const char *text)
{
	if (text)
		table_span(t, field, span_of(text));
}

void table_word(struct table *t, const char *field, const char *word)
{
	struct cell *c = cell_of(t, field, IS_ANYTHING);

	c->state = CELL_WORD;
	c->text = arena_text(t->arena, span_of(word));
}

void table_item(struct table *t, const char *field, const char *item)
{
	list_add(t->arena, &cell_of(t, field, BIT(T_LIST))->list, item);
}

void table_items_known(struct table *t, const char *field)
{
	cell_of(t, field, BIT(T_LIST));
}

void table_rows(struct table *t, const char *field, const struct table *rows)
{
	cell_of(t, field, BIT(T_TABLE))->table = rows;
}

void table_link(struct table *t, const char *field, const char *id)
{
	struct cell *c = &t->rows[t->row_count - 1].cells[field_index(t, field)];

	c->link = arena_text(t->arena, span_of(id));
}

void table_id(struct table *t, const char *id)
{
	t->rows[t->row_count - 1].id = arena_text(t->arena, span_of(id));
}

const struct cell *table_cell(const struct table *t, size_t row, const char *field)
{
	return &t->rows[row].cells[field_index(t, field)];
}

/* ---- charts ---- */

struct chart *chart_new(struct report *r, const char *name, const char *title, enum type unit)
{
	struct chart *c = arena_alloc(r->arena, sizeof *c);

	*c = (struct chart){ .name = name,
		.title = title,
		.unit = unit,
		.from = WHEN_NONE,
		.to = WHEN_NONE,
		.arena = r->arena };
	return c;
}

struct series *chart_series(struct chart *c, const char *label, bool emphasised)
{
	struct series *s;

	c->series = arena_grow(c->arena, c->series, c->series_count, sizeof *c->series);
	s = &c->series[c->series_count++];
	*s = (struct series){ .label = arena_text(c->arena, span_of(label)), .emphasised = emphasised };
	return s;
}

void series_point(struct chart *c, struct series *s, when_us time, double value)
{
	s->points = arena_grow(c->arena, s->points, s->count, sizeof *s->points);
	s->points[s->count++] = (struct point){ time, value };
}

void chart_mark(struct chart *c, when_us time, enum mark_kind kind, const char *label)
{
	c->marks = arena_grow(c->arena, c->marks, c->mark_count, sizeof *c->marks);
	c->marks[c->mark_count++] = (struct mark){ time, kind, arena_text(c->arena, span_of(label)), 1 };
}

void chart_level(struct chart *c, enum level_kind kind, double low, double high, const char *label)
{
	c->levels = arena_grow(c->arena, c->levels, c->level_count, sizeof *c->levels);
	c->levels[c->level_count++] = (struct level){ kind, low, high, arena_text(c->arena, span_of(label)) };
}

/* ---- parts ---- */

struct block *block_add(struct server_report *s, enum part_id part, enum block_kind kind, const char *title)
{
	struct block *b = arena_alloc(s->arena, sizeof *b), **end = &s->parts[part];

	b->kind = kind;
	b->title = title ? arena_text(s->arena, span_of(title)) : NULL;
	while (*end)
		end = &(*end)->next;
	return *end = b;
}

struct block *block_text(struct server_report *s, enum part_id part, const char *format, ...)
{
	struct block *b = block_add(s, part, BLOCK_TEXT, NULL);
	va_list args;

	va_start(args, format);
	b->text = arena_vprintf(s->arena, format, args);
	va_end(args);
	return b;
}

struct block *block_table(struct server_report *s, enum part_id part, const struct table *t)
{
	struct block *b = block_add(s, part, BLOCK_TABLE, t->title);

	b->table = t;
	b->id = arena_printf(s->arena, "t-%s", t->name);
	return b;
}

const struct block *block_named(const struct report *r, const char *name)
{
	for (size_t i = 0; i < r->server_count; i++)
		for (const struct block *b = r->servers[i].parts[PART_ACTION]; b; b = b->next)
			if (b->name && strcmp(b->name, name) == 0)
				return b;
	return NULL;
}

void block_item(struct server_report *s, struct block *b, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	list_add(s->arena, &b->items, arena_vprintf(s->arena, format, args));
	va_end(args);
}

void block_shown(struct server_report *s, struct block *b, const char *ids)
{
	while (b->links.count + 1 < b->items.count)
		list_add(s->arena, &b->links, "");
	list_add(s->arena, &b->links, ids);
}
