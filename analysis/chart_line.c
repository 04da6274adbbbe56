/* SPDX-License-Identifier: MIT
 * Which points of a line are drawn, and what is said of those that are not? */
#include "analysis/chart.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- words ---- */

const char *chart_count(struct arena *a, size_t n)
{
	const char *rest = "";

	for (; n >= 1000; n /= 1000)
		rest = arena_printf(a, ",%03zu%s", n % 1000, rest);
	return arena_printf(a, "%zu%s", n, rest);
}

static const char *to_the_minute(struct arena *a, when_us t)
{
	struct civil c = when_to_civil(t);

	return arena_printf(a, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
}

const char *chart_time(struct arena *a, when_us t)
{
	return arena_printf(a, "%s UTC", to_the_minute(a, t));
}

const char *chart_times(struct arena *a, when_us first, when_us last)
{
	struct civil f = when_to_civil(first), l = when_to_civil(last);

	if (f.year != l.year || f.month != l.month || f.day != l.day)
		return arena_printf(a, "%s to %s", to_the_minute(a, first), chart_time(a, last));
	if (f.hour == l.hour && f.minute == l.minute)
		return chart_time(a, first);
	return arena_printf(a, "%s to %02d:%02d UTC", to_the_minute(a, first), l.hour, l.minute);
}

const char *chart_span(struct arena *a, when_us length)
{
	char text[WHEN_TEXT];

	when_print_span(length, text);
	return arena_printf(a, "%s", text);
}

/* ---- lines ---- */

static struct chart_line line_new(size_t room, struct arena *a)
{
	return (struct chart_line){ arena_alloc(a, (room + 1) * sizeof(const struct snapshot *)),
		arena_alloc(a, (room + 1) * sizeof(int64_t)), 0 };
}

static void line_add(struct chart_line *l, const struct snapshot *s, int64_t bytes)
{
	if (bytes < 0)
		return;
	l->at[l->count] = s;
	l->bytes[l->count++] = bytes;
}

static bool is_of(const struct snapshot *s, size_t boot)
{
	return boot == BOOT_NONE || s->boot == boot;
}

static struct chart_line line_of(
	const struct evidence *e, size_t first, size_t end, size_t boot, bool mmst, struct arena *a)
{
	struct chart_line l = line_new(end - first, a);

	for (size_t i = first; i < end; i++) {
		const struct snapshot *s = &e->snapshots[i];

		if (is_of(s, boot))
			line_add(&l, s, mmst ? s->mmst : s->paged);
	}
	return l;
}

struct chart_line chart_total(
	const struct evidence *e, size_t first, size_t end, size_t boot, struct arena *a)
{
	return line_of(e, first, end, boot, false, a);
}

struct chart_line chart_mmst(const struct evidence *e, size_t first, size_t end, size_t boot, struct arena *a)
{
	return line_of(e, first, end, boot, true, a);
}

/* Undated poolsnaps stand behind all others. */
struct chart_line chart_tag(
	const struct tag_series *t, const struct evidence *e, size_t first, size_t end, struct arena *a)
{
	struct chart_line l = line_new(end - first, a);

	for (size_t i = 0; i < t->count; i++)
		if (t->at[i] >= &e->snapshots[first] && t->at[i] < &e->snapshots[end])
			line_add(&l, t->at[i], t->bytes[i]);
	return l;
}

/* ---- thinning ---- */

static void point(struct chart *c, struct series *s, const struct chart_line *l, size_t i)
{
	series_point(c, s, l->at[i]->at, (double)l->bytes[i]);
}

static void stretch_add(struct chart *c, struct series *s, const struct chart_line *l, size_t at, size_t end)
{
	size_t low = at, high = at;

	for (size_t i = at; i < end; i++) {
		low = l->bytes[i] < l->bytes[low] ? i : low;
		high = l->bytes[i] > l->bytes[high] ? i : high;
	}
	point(c, s, l, low < high ? low : high);
	if (low != high)
		point(c, s, l, low < high ? high : low);
}

struct series *chart_line_add(
	struct chart *c, const struct chart_line *l, const char *label, bool emphasised, size_t most)
{
	struct series *s = chart_series(c, label, emphasised);
	size_t pairs = (most - 2) / 2, stretch = l->count > most ? (l->count - 2 + pairs - 1) / pairs : 1;

	if (!l->count)
		return s;
	point(c, s, l, 0);
	for (size_t at = 1; at + 1 < l->count; at += stretch)
		stretch_add(c, s, l, at, at + stretch < l->count - 1 ? at + stretch : l->count - 1);
	if (l->count > 1)
		point(c, s, l, l->count - 1);
	if (stretch > 1 && !c->thinned)
		c->thinned = arena_printf(c->arena,
			"%s poolsnaps are drawn as at most %zu points a line: the first, the last, and the smallest and"
			" largest of every %zu between them.",
			chart_count(c->arena, l->count), most, stretch);
	return s;
}

/* ---- as data ---- */

struct table *chart_table(struct report *r, const struct chart *c, const char *name)
{
	static const struct field fields[] = { { "series", "Series", T_TEXT, FOR_ALL },
		{ "points", "Points", T_TABLE, FOR_ALL } };
	static const struct field point_fields[] = { { "time", "Time", T_TIME, FOR_ALL },
		{ "bytes", "Bytes", T_BYTES, FOR_ALL } };
	struct table *t = table_new(r, name, "Lines of a chart", TABLE_ROWS, fields, LEN(fields));

	for (size_t i = 0; i < c->series_count; i++) {
		const struct series *s = &c->series[i];
		struct table *points =
			table_new(r, "points", "Points", TABLE_ROWS, point_fields, LEN(point_fields));

		for (size_t k = 0; k < s->count; k++) {
			table_add(points);
			table_int(points, "time", s->points[k].time);
			table_int(points, "bytes", bytes_of(s->points[k].value));
		}
		table_add(t);
		table_text(t, "series", s->label);
		table_rows(t, "points", points);
	}
	return t;
}
