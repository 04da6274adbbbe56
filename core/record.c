/* SPDX-License-Identifier: MIT
 * The columns of every kind of fact as tables, and how a record is filled. */
#include "core/record.h"

#include "core/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define COLUMN_ROW(kind, column, name, type, about) { name, type, about },
static const struct column event_columns[] = { EVENT_COLS(COLUMN_ROW) };
static const struct column snapshot_columns[] = { SNAPSHOT_COLS(COLUMN_ROW) };
static const struct column pool_columns[] = { POOL_COLS(COLUMN_ROW) };
static const struct column counter_columns[] = { COUNTER_COLS(COLUMN_ROW) };
static const struct column owner_columns[] = { OWNER_COLS(COLUMN_ROW) };
static const struct column registry_columns[] = { REGISTRY_COLS(COLUMN_ROW) };
static const struct column host_columns[] = { HOST_COLS(COLUMN_ROW) };

_Static_assert(LEN(event_columns) <= RECORD_COLS && LEN(snapshot_columns) <= RECORD_COLS,
	"RECORD_COLS is too small");

const struct record_type record_types[RECORD_KINDS] = {
	[RECORD_EVENT] = { "event", event_columns, LEN(event_columns) },
	[RECORD_SNAPSHOT] = { "snapshot", snapshot_columns, LEN(snapshot_columns) },
	[RECORD_POOL] = { "pool", pool_columns, LEN(pool_columns) },
	[RECORD_COUNTER] = { "counter", counter_columns, LEN(counter_columns) },
	[RECORD_OWNER] = { "owner", owner_columns, LEN(owner_columns) },
	[RECORD_REGISTRY] = { "registry", registry_columns, LEN(registry_columns) },
	[RECORD_HOST] = { "host", host_columns, LEN(host_columns) },
};

void record_start(struct record *r, enum record_kind kind, uint64_t line)
{
	memset(r, 0, sizeof *r);
	r->kind = kind;
	r->line = line;
}

static struct value *value_at(struct record *r, int column, bool text)
{
	const struct record_type *type = &record_types[r->kind];
	bool is_text;

	if (column < 0 || (size_t)column >= type->count)
		die("record %s has no column %d", type->name, column);
	is_text = type->columns[column].type == T_TEXT || type->columns[column].type == T_NAME ||
		  type->columns[column].type == T_BLOB;
	if (is_text != text)
		die("%s.%s is set as %s", type->name, type->columns[column].name, text ? "text" : "a number");
	r->v[column].known = true;
	return &r->v[column];
}

void record_text(struct record *r, int column, struct span text)
{
	value_at(r, column, true)->text = text;
}

void record_number(struct record *r, int column, int64_t number)
{
	value_at(r, column, false)->number = number;
}

int record_find(enum record_kind kind, struct span column_name)
{
	for (size_t i = 0; i < record_types[kind].count; i++)
		if (span_equal(column_name, span_of(record_types[kind].columns[i].name)))
			return (int)i;
	return -1;
}

void sink_note(struct sink *s, uint64_t line, const char *format, ...)
{
	char text[512 + 4];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	text[text_head_whole(span_of(text), 511).n] = 0;
	s->note(s, line, text);
}

bool switch_matters(struct span text)
{
	static const char *const names[] = { "/3GB", "/USERVA", "/PAE", "/NOPAE", "increaseuserva", "pae" };
	size_t n = 0;

	while (n < text.n && text.p[n] != '=' && text.p[n] != ' ')
		n++;
	for (size_t i = 0; i < LEN(names); i++)
		if (span_equal_nocase(text_head(text, n), span_of(names[i])))
			return true;
	return false;
}

bool strings_next(struct span *rest, struct span *name, struct span *value)
{
	const char *named;

	if (!rest->p)
		return false;
	const char *end = rest->n ? memchr(rest->p, STRINGS_BETWEEN, rest->n) : NULL;

	*value = (struct span){ rest->p, end ? (size_t)(end - rest->p) : rest->n };
	*rest = end ? (struct span){ end + 1, rest->n - value->n - 1 } : (struct span){ NULL, 0 };
	*name = (struct span){ value->p, 0 };
	named = value->n ? memchr(value->p, STRINGS_NAMED, value->n) : NULL;
	if (named) {
		name->n = (size_t)(named - value->p);
		*value = (struct span){ named + 1, value->n - name->n - 1 };
	}
	return true;
}

size_t strings_list(struct span strings, struct span *list, size_t most)
{
	struct span rest = strings, name, value = { "", 0 };
	size_t n = 0;

	while (strings_next(&rest, &name, &value)) {
		if (n < most)
			list[n] = text_trim(value);
		n++;
	}
	if (n != 1 || !text_find(value, ", "))
		return n;
	for (n = 0; text_cut(&value, ',', &rest); n++)
		if (n < most)
			list[n] = text_trim(rest);
	return n;
}
