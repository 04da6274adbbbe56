/* SPDX-License-Identifier: MIT
 * What does a chart span, and which round values and times label it? */
#include "reports/axis.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what can be drawn ---- */

bool axis_has_point(const struct point *p)
{
	return isfinite(p->value) && p->value >= 0 && p->value < 1e18 && when_sane(p->time);
}

bool axis_has_mark(const struct axis *x, const struct mark *m)
{
	return m->time >= x->first && m->time <= x->last;
}

bool axis_has_level(const struct axis *x, const struct level *l)
{
	return isfinite(l->low) && isfinite(l->high) && l->low > 0 && l->high >= l->low && l->high <= x->high;
}

double axis_across(const struct axis *x, when_us t)
{
	return (double)(t - x->first) / (double)(x->last - x->first);
}

double axis_up(const struct axis *x, double value)
{
	double up = value / x->high;

	return up < 0 ? 0 : up > 1 ? 1 : up;
}

size_t axis_piece(const struct axis *x, when_us t)
{
	size_t low = 0, high = x->break_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (x->breaks[middle] <= t)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct series *axis_main(const struct chart *c)
{
	for (size_t i = 0; i < c->series_count; i++)
		if (c->series[i].emphasised)
			return &c->series[i];
	return c->series_count ? &c->series[0] : NULL;
}

double axis_peak(const struct series *s)
{
	double peak = 0;

	for (size_t i = 0; i < s->count; i++)
		if (axis_has_point(&s->points[i]) && s->points[i].value > peak)
			peak = s->points[i].value;
	return peak;
}

const struct point *axis_end(const struct series *s, bool last)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct point *p = &s->points[last ? s->count - 1 - i : i];

		if (axis_has_point(p))
			return p;
	}
	return NULL;
}

/* ---- the span ---- */

static void widen(struct axis *x, when_us t)
{
	if (x->empty || t < x->first)
		x->first = t;
	if (x->empty || t > x->last)
		x->last = t;
	x->empty = false;
}

/* Events shortly before or after the snapshots belong into the picture; a log that reaches back a year does
 * not. A single snapshot gets an hour around it. */
static void widen_to_marks(struct axis *x, const struct chart *c)
{
	when_us margin, first, last;

	if (x->last - x->first < 2 * WHEN_MINUTE) {
		x->first -= WHEN_HOUR / 2;
		x->last += WHEN_HOUR / 2;
	}
	x->marks_outside = c->beyond;
	margin = (x->last - x->first) / 4;
	first = x->first - margin;
	last = x->last + margin;
	for (size_t i = 0; i < c->mark_count; i++) {
		const struct mark *m = &c->marks[i];

		if (m->kind >= MARK_BOOT)
			continue;
		if (m->time >= first && m->time <= last)
			widen(x, m->time);
		else
			x->marks_outside += m->times;
	}
}

static void find_breaks(struct axis *x, struct arena *a, const struct chart *c)
{
	for (size_t i = 0; i < c->mark_count; i++) {
		const struct mark *m = &c->marks[i];

		if (m->kind < MARK_BOOT || !axis_has_mark(x, m))
			continue;
		x->breaks = arena_grow(a, x->breaks, x->break_count, sizeof *x->breaks);
		x->breaks[x->break_count++] = m->time;
		if (m->kind != MARK_BOOT)
			continue;
		x->boots = arena_grow(a, x->boots, x->boot_count, sizeof *x->boots);
		x->boots[x->boot_count++] = m->time;
	}
	if (x->boot_count)
		qsort(x->boots, x->boot_count, sizeof *x->boots, when_compare);
	if (x->break_count)
		qsort(x->breaks, x->break_count, sizeof *x->breaks, when_compare);
}

/* ---- values ---- */

static double highest(const struct chart *c)
{
	double values = 0, all;

	for (size_t i = 0; i < c->series_count; i++)
		values = fmax(values, axis_peak(&c->series[i]));
	all = values;
	for (size_t i = 0; i < c->level_count; i++) {
		double high = c->levels[i].high;

		if (isfinite(high) && high < 1e18 && (high <= AXIS_REACH * values || values <= 0))
			all = fmax(all, high);
	}
	return all > 1e-6 ? all : 1;
}

static void choose_unit(struct axis *x, enum type unit, double high)
{
	static const struct {
		double from, size;
		const char *bytes, *rate;
	} units[] = {
		{ 10.0 * (1ull << 40), (double)(1ull << 40), "TiB", "TiB/h" },
		{ 10.0 * (1ull << 30), (double)(1ull << 30), "GiB", "GiB/h" },
		{ 1 << 20, 1 << 20, "MiB", "MiB/h" },
		{ 1 << 10, 1 << 10, "KiB", "KiB/h" },
		{ 0, 1, "bytes", "bytes/h" },
	};
	size_t i = 0;

	x->unit = 1;
	x->unit_name = unit == T_PERCENT ? "%" : "";
	if (unit != T_BYTES && unit != T_RATE)
		return;
	while (i + 1 < LEN(units) && high < units[i].from)
		i++;
	x->unit = units[i].size;
	x->unit_name = unit == T_RATE ? units[i].rate : units[i].bytes;
}

/* Steps of 1, 2, 2.5 or 5 times a power of ten, in the unit. */
static void choose_step(struct axis *x, double high, int most)
{
	static const double round[] = { 1, 2, 2.5, 5, 10 };
	double in_units = high / x->unit, power = pow(10, floor(log10(in_units / most)));
	size_t i = 0;

	while (i + 1 < LEN(round) && round[i] * power * most < in_units * (1 - 1e-9))
		i++;
	x->step = round[i] * power;
	if (x->unit_name[0] == 'b' && x->step < 1)
		x->step = 1; /* there is no half of a byte */
	x->high = ceil(in_units / x->step - 1e-9) * x->step * x->unit;
	x->decimals = 0;
	for (double s = x->step; x->decimals < 6 && fabs(s - nearbyint(s)) > 1e-6; s *= 10)
		x->decimals++;
	x->step *= x->unit;
}

struct axis axis_of(struct arena *a, const struct chart *c, int most)
{
	struct axis x = { .empty = true };
	double high = highest(c);

	for (size_t i = 0; i < c->series_count; i++)
		for (size_t j = 0; j < c->series[i].count; j++)
			if (axis_has_point(&c->series[i].points[j]))
				widen(&x, c->series[i].points[j].time);
	if (x.empty)
		return x;
	if (when_sane(c->from))
		widen(&x, c->from);
	if (when_sane(c->to))
		widen(&x, c->to);
	widen_to_marks(&x, c);
	find_breaks(&x, a, c);
	choose_unit(&x, c->unit, high);
	choose_step(&x, high, most);
	return x;
}

/* ---- times ---- */

static const char *const month_names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
	"Oct", "Nov", "Dec" };

static const char *const day_names[] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };

/* The first multiple of step at or after t; weeks begin on Mondays, and 1 January 1970 was a Thursday. */
static when_us round_up(when_us t, when_us step)
{
	when_us rest = (t - (step % (7 * WHEN_DAY) == 0 ? 4 * WHEN_DAY : 0)) % step;

	return rest == 0 ? t : rest > 0 ? t - rest + step : t - rest;
}

static void name_tick(struct tick *k, when_us before, when_us step)
{
	struct civil c = when_to_civil(k->time), b = when_to_civil(before == WHEN_NONE ? 0 : before);
	bool first = before == WHEN_NONE, year = first || b.year != c.year,
	     month = year || b.month != c.month;
	const char *name = month_names[c.month - 1], *day = day_names[c.weekday];

	if (step < WHEN_DAY) {
		snprintf(k->text, sizeof k->text, "%02d:%02d", c.hour, c.minute);
		if (year)
			snprintf(k->below, sizeof k->below, "%s %d %s %d", day, c.day, name, c.year);
		else if (month || b.day != c.day)
			snprintf(k->below, sizeof k->below, "%s %d %s", day, c.day, name);
	} else if (step < 7 * WHEN_DAY) {
		snprintf(k->text, sizeof k->text, "%s %d", day, c.day);
		if (month)
			snprintf(k->below, sizeof k->below, "%s %d", name, c.year);
	} else {
		snprintf(k->text, sizeof k->text, "%d %s", c.day, name);
		if (year)
			snprintf(k->below, sizeof k->below, "%d", c.year);
	}
}

/* Days of one year that stand beside each other have no room to say it each; only one alone does. */
static void share_year(struct tick *ticks, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (ticks[i].below[0] &&
			when_to_civil(ticks[i].time).year == when_to_civil(ticks[0].time).year) {
			ticks[0].below[strlen(ticks[0].below) - strlen(" 2009")] = 0;
			return;
		}
}

static size_t ticks_by_months(when_us first, when_us last, size_t most, struct tick *ticks)
{
	static const int steps[] = { 1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000 };
	int64_t months = (last - first) / (30 * WHEN_DAY) + 1;
	struct civil c = when_to_civil(first);
	size_t i = 0, n = 0;

	while (i + 1 < LEN(steps) && months / steps[i] + 1 > (int64_t)most)
		i++;
	for (int month = (c.year * 12 + c.month - 1) / steps[i] * steps[i]; n < most; month += steps[i]) {
		struct tick k = { .time = when_civil(month / 12, month % 12 + 1, 1, 0, 0, 0, 0) };

		if (k.time != WHEN_NONE && k.time > last)
			break;
		if (k.time == WHEN_NONE || k.time < first) {
			if (month / 12 > 9998)
				break;
			continue;
		}
		c = when_to_civil(k.time);
		snprintf(k.text, sizeof k.text, "%s", month_names[c.month - 1]);
		if (n == 0 || c.month == 1 || steps[i] >= 12)
			snprintf(k.below, sizeof k.below, "%d", c.year);
		ticks[n++] = k;
	}
	return n;
}

size_t axis_ticks(when_us first, when_us last, size_t most, struct tick ticks[AXIS_TICKS])
{
	static const int minutes[] = { 1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 4320,
		10080, 20160 };
	when_us step = 0, before = WHEN_NONE;
	size_t n = 0;

	if (most > AXIS_TICKS)
		most = AXIS_TICKS;
	if (most < 2)
		most = 2;
	for (size_t i = 0; i < LEN(minutes) && !step; i++)
		if ((last - first) / (minutes[i] * WHEN_MINUTE) < (when_us)most)
			step = minutes[i] * WHEN_MINUTE;
	if (!step)
		return ticks_by_months(first, last, most, ticks);
	for (when_us t = round_up(first, step); t <= last && n < most; t += step) {
		struct tick k = { .time = t };

		name_tick(&k, before, step);
		before = t;
		ticks[n++] = k;
	}
	if (step < WHEN_DAY)
		share_year(ticks, n);
	return n;
}

/* ---- bars ---- */

double axis_bar(const struct series *s)
{
	double v = s->count ? s->points[0].value : 0;

	return isfinite(v) && v > 0 && v < 1e18 ? v : 0;
}

double axis_bars_full(const struct chart *c)
{
	double full = isfinite(c->whole) && c->whole > 0 ? c->whole : 0;

	for (size_t i = 0; i < c->series_count; i++)
		full = fmax(full, axis_bar(&c->series[i]));
	return full > 0 ? full : 1;
}
