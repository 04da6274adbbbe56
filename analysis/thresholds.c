/* SPDX-License-Identifier: MIT
 * The thresholds as a table, the file that may change ours, and how they are worded. */
#include "analysis/thresholds.h"

#include "core/opt.h"
#include "core/reader.h"
#include "core/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct threshold threshold_table[THRESHOLD_COUNT] = {
#define ROW(id, name, unit, value, ...) [THRESHOLD_##id] = { name, unit, value, __VA_ARGS__ },
	THRESHOLDS(ROW)
#undef ROW
};

static const char *const units[] = {
	[PERCENT] = "%",
	[COUNT] = "",
	[KILOBYTES] = "KB",
	[MEGABYTES] = "MB",
	[GIGABYTES] = "GB",
	[HOURS] = "h",
	[MINUTES] = "min",
	[TIMES] = "times",
	[PROBABILITY] = "",
};

const struct thresholds thresholds_default = { .value = {
#define VALUE(id, name, unit, value, ...) [THRESHOLD_##id] = value,
						       THRESHOLDS(VALUE)
#undef VALUE
					       } };

static int id_of(struct span name)
{
	for (int i = 0; i < THRESHOLD_COUNT; i++)
		if (span_equal(name, span_of(threshold_table[i].name)))
			return i;
	return -1;
}

/* ---- the file ---- */

/* "3", "3 h", "1.25": the number, and no other unit than the table's. */
static bool number_of(struct span text, enum threshold_unit unit, double *out)
{
	char copy[40], *end;

	if (!text.n || text.n >= sizeof copy || !text_is_digit(text.p[0]) || memchr(text.p, 0, text.n))
		return false;
	memcpy(copy, text.p, text.n);
	copy[text.n] = 0;
	if (strspn(copy, "0123456789.") < strcspn(copy, " %hmtKMG"))
		return false; /* hexadecimal, exponents */
	*out = strtod(copy, &end);
	end += strspn(end, " ");
	return !*end || (*units[unit] && strcmp(end, units[unit]) == 0);
}

static int unknown_name(struct err *e, const char *file, unsigned line, struct span name)
{
	const char *names[THRESHOLD_COUNT], *near;

	for (int i = 0; i < THRESHOLD_COUNT; i++)
		names[i] = threshold_table[i].name;
	name = text_head_whole(name, 40);
	near = opt_nearest(name, names, THRESHOLD_COUNT);
	return err_set(e, "%s:%u: no threshold is called \"%.*s\"%s%s%s", file, line, (int)name.n, name.p,
		near ? "; did you mean " : "", near ? near : "",
		near ? "?" : "; pooltriage explain lists them");
}

static int line_read(struct thresholds *t, struct span text, const char *file, unsigned line, struct arena *a,
	struct err *e)
{
	struct span name, value = text;
	const struct threshold *row;
	double number;
	int id;

	if (!text_cut(&value, '=', &name) || !value.p)
		return err_set(e, "%s:%u: not of the form name = number", file, line);
	name = text_trim(name);
	value = text_trim(value);
	id = id_of(name);
	if (id < 0)
		return unknown_name(e, file, line, name);
	row = &threshold_table[id];
	if (row->least == row->most)
		return err_set(e, "%s:%u: %s is not ours to change (%s)", file, line, row->name, row->source);
	if (t->origin[id])
		return err_set(e, "%s:%u: %s was set before (%s)", file, line, row->name, t->origin[id]);
	if (!number_of(value, row->unit, &number))
		return err_set(e, "%s:%u: \"%.*s\" is no number%s%s", file, line,
			(int)text_head_whole(value, 40).n, value.p, *units[row->unit] ? " in " : "",
			units[row->unit]);
	if (number < row->least || number > row->most || (row->unit == COUNT && number != floor(number)))
		return err_set(e, "%s:%u: %s takes %s%g to %g", file, line, row->name,
			row->unit == COUNT ? "whole numbers, " : "", row->least, row->most);
	t->value[id] = number;
	/* Not the file's path: the same input gives the same report on any machine. */
	t->origin[id] = arena_printf(a, "--config, line %u", line);
	return 0;
}

/* What stands above another must stay there. */
static int check_order(const struct thresholds *t, const char *name, struct err *e)
{
	static const struct {
		enum threshold_id above, below;
	} pairs[] = { { THRESHOLD_NEAR_MOST, THRESHOLD_NEAR },
		{ THRESHOLD_ALLOC_LARGE, THRESHOLD_ALLOC_SMALL },
		{ THRESHOLD_RIVAL_KIN, THRESHOLD_RIVAL_SHARE },
		{ THRESHOLD_POINTS_HIGH, THRESHOLD_POINTS_MEDIUM } };

	for (size_t i = 0; i < LEN(pairs); i++)
		if (t->value[pairs[i].above] < t->value[pairs[i].below])
			return err_set(e, "%s: %s must not be below %s", name,
				threshold_table[pairs[i].above].name, threshold_table[pairs[i].below].name);
	return 0;
}

int thresholds_read(struct thresholds *t, struct reader *r, const char *name, struct arena *a, struct err *e)
{
	struct span line;

	while (reader_line(r, &line)) {
		const char *comment = line.n ? memchr(line.p, '#', line.n) : NULL;

		line = text_trim(comment ? text_head(line, (size_t)(comment - line.p)) : line);
		if (line.n && line_read(t, line, name, (unsigned)reader_line_number(r), a, e) != 0)
			return -1;
	}
	return check_order(t, name, e);
}

/* ---- words ---- */

const char *threshold_words(const struct thresholds *t, enum threshold_id id, struct arena *a)
{
	const struct threshold *row = &threshold_table[id];
	double v = t->value[id];

	if (row->unit == COUNT && v >= 1000)
		return arena_printf(a, "%d,%03d", (int)v / 1000, (int)v % 1000);
	if (row->unit == HOURS && v >= 48 && fmod(v, 24) == 0)
		return arena_printf(a, "%g days", v / 24);
	return arena_printf(a, "%g%s%s", v, *units[row->unit] ? " " : "", units[row->unit]);
}

const char *threshold_fill(const struct thresholds *t, const char *text, struct arena *a)
{
	struct span rest = span_of(text), before, name;
	const char *filled = "";

	while (memchr(rest.p, '{', rest.n)) {
		int id;

		text_cut(&rest, '{', &before);
		text_cut(&rest, '}', &name);
		id = id_of(name);
		if (id < 0)
			die("no threshold {%.*s} in \"%s\"", (int)name.n, name.p, text);
		filled = arena_printf(a, "%s%.*s%s", filled, (int)before.n, before.p,
			threshold_words(t, (enum threshold_id)id, a));
		if (!rest.p)
			return filled;
	}
	return *filled ? arena_printf(a, "%s%.*s", filled, (int)rest.n, rest.p) : text;
}

bool threshold_named(enum threshold_id id, const char *text)
{
	const char *name = threshold_table[id].name;
	size_t n = strlen(name);

	for (const char *at = text; at && (at = strchr(at, '{')) != NULL; at++)
		if (strncmp(at + 1, name, n) == 0 && at[n + 1] == '}')
			return true;
	return false;
}

when_us threshold_time(const struct thresholds *t, enum threshold_id id)
{
	return (when_us)(t->value[id] *
			 (double)(threshold_table[id].unit == MINUTES ? WHEN_MINUTE : WHEN_HOUR));
}

int64_t threshold_bytes(const struct thresholds *t, enum threshold_id id)
{
	enum threshold_unit unit = threshold_table[id].unit;

	return (int64_t)(t->value[id] * (double)((int64_t)1 << (unit == GIGABYTES   ? 30
								: unit == MEGABYTES ? 20
										    : 10)));
}
