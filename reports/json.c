/* SPDX-License-Identifier: MIT
 * The report for programs: schema pooltriage.report/1 (RFC 8259), its keys the names of tables and fields. */
#include "reports/format.h"

#include <inttypes.h>
#include <string.h>

struct json {
	struct out *out;
	int depth;
	bool first; /* no member of the open object or array is written yet */
};

static void line(struct json *j)
{
	out_printf(j->out, "\n%*s", j->depth * 2, "");
}

/* Before each member: the comma it may need, and its key unless it stands in an array. */
static void member(struct json *j, struct span key)
{
	if (!j->first)
		out_raw(j->out, ",");
	j->first = false;
	line(j);
	if (!key.p)
		return;
	out_raw(j->out, "\"");
	out_put(j->out, ESC_JSON, key);
	out_raw(j->out, "\": ");
}

static void begin(struct json *j, const char *bracket)
{
	out_raw(j->out, bracket);
	j->depth++;
	j->first = true;
}

static void end(struct json *j, const char *bracket)
{
	j->depth--;
	if (!j->first)
		line(j);
	out_raw(j->out, bracket);
	j->first = false;
}

static void string(struct json *j, const char *text)
{
	if (!text) {
		out_raw(j->out, "null");
		return;
	}
	out_raw(j->out, "\"");
	out_text(j->out, ESC_JSON, text);
	out_raw(j->out, "\"");
}

static void real(struct json *j, double v)
{
	char text[REAL_TEXT];

	out_raw(j->out, real_exact(v, text) ? text : "null");
}

static void moment(struct json *j, when_us t, bool local)
{
	char text[WHEN_TEXT];

	string(j, time_exact(t, local, text) ? text : NULL);
}

static void strings(struct json *j, const struct list *l)
{
	out_raw(j->out, "[");
	for (size_t i = 0; i < l->count; i++) {
		out_raw(j->out, i ? ", " : "");
		string(j, l->items[i]);
	}
	out_raw(j->out, "]");
}

static void table(struct json *j, const struct table *t);

static void cell(struct json *j, enum type type, const struct cell *c)
{
	if (c->state != CELL_KNOWN) {
		string(j, c->state == CELL_WORD ? c->text : NULL);
		return;
	}
	switch (type) {
	case T_INT:
	case T_ID:
	case T_BYTES:
	case T_MINUTES:
	case T_DWORD: out_printf(j->out, "%" PRId64, c->number); break;
	case T_BOOL: out_raw(j->out, c->number ? "true" : "false"); break;
	case T_REAL:
	case T_PERCENT:
	case T_RATE: real(j, c->real); break;
	case T_TIME: moment(j, c->number, false); break;
	case T_LOCAL: moment(j, c->number, true); break;
	case T_LIST: strings(j, &c->list); break;
	case T_TABLE: table(j, c->table); break;
	default: string(j, c->text); break;
	}
}

/* The part of a dotted name behind `prefix` up to the next dot; false when the field is not beneath it. */
static bool key_beneath(const struct field *f, struct span prefix, struct span *key)
{
	const char *rest = f->name + prefix.n, *dot;

	if (f->audience == FOR_PEOPLE || strncmp(f->name, prefix.p, prefix.n) != 0)
		return false;
	dot = strchr(rest, '.');
	*key = (struct span){ rest, dot ? (size_t)(dot - rest) : strlen(rest) };
	return true;
}

static bool key_seen(const struct table *t, size_t before, struct span prefix, struct span key)
{
	struct span other;

	for (size_t i = 0; i < before; i++)
		if (key_beneath(&t->fields[i], prefix, &other) && span_equal(other, key))
			return true;
	return false;
}

/* The object of all fields beneath a prefix; the depth is that of the dots in our own field names. */
static void object(struct json *j, const struct table *t, const struct row *row, struct span prefix)
{
	begin(j, "{");
	for (size_t i = 0; i < t->field_count; i++) {
		const struct field *f = &t->fields[i];
		struct span key;

		if (!key_beneath(f, prefix, &key) || key_seen(t, i, prefix, key))
			continue;
		member(j, key);
		if (key.p[key.n] == '.')
			object(j, t, row, (struct span){ f->name, prefix.n + key.n + 1 });
		else
			cell(j, f->type, &row->cells[i]);
	}
	end(j, "}");
}

static void table_strings(struct json *j, const struct table *t)
{
	begin(j, "[");
	for (size_t i = 0; i < t->row_count; i++) {
		member(j, (struct span){ NULL, 0 });
		cell(j, t->fields[0].type, &t->rows[i].cells[0]);
	}
	end(j, "]");
}

static void table(struct json *j, const struct table *t)
{
	if (!t || (t->shape == TABLE_SINGLE && !t->row_count)) {
		out_raw(j->out, "null");
		return;
	}
	if (t->shape == TABLE_LIST) {
		table_strings(j, t);
		return;
	}
	if (t->shape == TABLE_SINGLE) {
		object(j, t, &t->rows[0], SPAN(""));
		return;
	}
	begin(j, "[");
	for (size_t i = 0; i < t->row_count; i++) {
		member(j, (struct span){ NULL, 0 });
		object(j, t, &t->rows[i], SPAN(""));
	}
	end(j, "]");
}

static void server(struct json *j, const struct server_report *s)
{
	begin(j, "{");
	member(j, SPAN("server"));
	string(j, s->name);
	for (size_t i = 0; i < s->data_count; i++) {
		member(j, span_of(s->data[i]->name));
		table(j, s->data[i]);
	}
	end(j, "}");
}

static void rows_or_none(struct json *j, const char *key, const struct table *t)
{
	member(j, span_of(key));
	if (t)
		table(j, t);
	else
		out_raw(j->out, "[]");
}

static void print(struct out *o, const struct report *r, const struct style *style)
{
	struct json j = { .out = o };

	(void)style;
	begin(&j, "{");
	member(&j, SPAN("schema"));
	string(&j, REPORT_SCHEMA);
	member(&j, SPAN("tool"));
	begin(&j, "{");
	member(&j, SPAN("version"));
	string(&j, r->version);
	member(&j, SPAN("rules"));
	string(&j, r->rules);
	end(&j, "}");
	member(&j, SPAN("generated"));
	moment(&j, r->generated, false);
	member(&j, SPAN("case"));
	string(&j, r->case_name);
	member(&j, SPAN("servers"));
	begin(&j, "[");
	for (size_t i = 0; i < r->server_count; i++) {
		member(&j, (struct span){ NULL, 0 });
		server(&j, &r->servers[i]);
	}
	end(&j, "]");
	rows_or_none(&j, "fleet", r->fleet);
	rows_or_none(&j, "causes", r->causes);
	end(&j, "}");
	out_raw(o, "\n");
}

const struct format format_json = { "json",
	"every fact and finding for programs (schema pooltriage.report/1)", print, NULL };
