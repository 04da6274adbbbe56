/* SPDX-License-Identifier: MIT
 * The frame of a chart in SVG: axes, levels, restarts and events, and labels that do not cover each other. */
#include "reports/svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

double svg_x(const struct drawing *d, when_us t)
{
	return d->shape->left + axis_across(&d->axis, t) * (d->right - d->shape->left);
}

double svg_y(const struct drawing *d, double value)
{
	return d->bottom - axis_up(&d->axis, value) * (d->bottom - SVG_TOP);
}

void svg_text(struct drawing *d, double x, double y, const char *css, const char *anchor, const char *text)
{
	out_printf(d->html->out, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\"", x, y, css);
	if (anchor)
		out_printf(d->html->out, " text-anchor=\"%s\"", anchor);
	out_raw(d->html->out, ">");
	html_text(d->html, text);
	out_raw(d->html->out, "</text>\n");
}

void svg_line(struct drawing *d, const char *css, double x1, double y1, double x2, double y2)
{
	out_printf(d->html->out, "<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1f\"/>\n", css, x1, y1, x2, y2);
}

/* ---- labels that do not cover each other ---- */

static int by_place(const void *a, const void *b)
{
	const struct svg_label *x = a, *y = b;

	if (x->wanted != y->wanted)
		return x->wanted > y->wanted ? 1 : -1;
	return (x->of > y->of) - (x->of < y->of);
}

/* Pushes labels down until they are `gap` apart, then the lowest ones up again where they left the plot. */
void svg_spread(struct svg_label *l, size_t n, double top, double bottom, double gap)
{
	if (!n)
		return;
	qsort(l, n, sizeof *l, by_place);
	if (gap * (double)n > bottom - top)
		gap = (bottom - top) / (double)n;
	for (size_t i = 0; i < n; i++)
		l[i].y = fmax(fmax(l[i].wanted, top), i ? l[i - 1].y + gap : top);
	for (size_t i = n; i-- > 0;)
		l[i].y = fmin(l[i].y, i + 1 < n ? l[i + 1].y - gap : bottom);
}

/* ---- axes ---- */

void svg_values(struct drawing *d)
{
	const struct axis *x = &d->axis;
	int ticks = (int)lround(x->high / x->step);
	bool beside =
		d->shape->values && x->unit_name[0]; /* the unit, at the topmost number; else above it */

	for (int i = 0; i <= ticks; i++) {
		double y = svg_y(d, i * x->step);
		const char *text =
			arena_printf(d->html->arena, "%.*f%s%s", x->decimals, i * x->step / x->unit,
				beside && i == ticks ? " " : "", beside && i == ticks ? x->unit_name : "");

		svg_line(d, i ? "grid" : "base", d->shape->left, y, d->right, y);
		svg_text(d, d->shape->left - 8, y + 4, "tick", "end", text);
	}
	if (!beside && x->unit_name[0])
		svg_text(d, d->shape->left - 8, SVG_TOP - 11, "tick", "end", x->unit_name);
}

void svg_times(struct drawing *d, double y)
{
	struct tick ticks[AXIS_TICKS];
	size_t n = axis_ticks(
		d->axis.first, d->axis.last, (size_t)((d->right - d->shape->left) / d->shape->tick), ticks);
	double free = 0;

	for (size_t i = 0; i < n; i++) {
		double x = svg_x(d, ticks[i].time),
		       half = d->shape->letter * (double)strlen(ticks[i].below) / 2;

		svg_line(d, "base", x, d->bottom, x, d->bottom + 5);
		svg_text(d, x, y + 14, "tick", "middle", ticks[i].text);
		if (free <= 0 && x < half)
			x = half; /* the first one is needed: it tells the day */
		if (!ticks[i].below[0] || x - half < free)
			continue;
		svg_text(d, x, y + 30, "tick day", "middle", ticks[i].below);
		free = x + half + 8;
	}
	svg_text(d, d->right + 24, y + 14, "tick", NULL, "UTC"); /* clear of a time at the edge */
}

/* ---- events and restarts ---- */

static void put_tick_title(struct drawing *d, const struct mark *m)
{
	out_raw(d->html->out, "<title>");
	html_text(d->html, words_time(d->html->arena, m->time));
	if (m->label && m->label[0]) {
		out_raw(d->html->out, ", ");
		html_text(d->html, m->label);
	}
	out_raw(d->html->out, "</title>");
}

/* Marks of a kind that are seen apart: those that would fall into one column are drawn once, so that
 * ten thousand events are still one picture. */
static const struct mark **events_seen(struct drawing *d, enum mark_kind kind, size_t *n)
{
	size_t columns = (size_t)((d->right - d->shape->left) * 10) / (size_t)d->shape->column + 2;
	bool *taken = arena_alloc(d->html->arena, columns);
	const struct mark **seen = arena_alloc(d->html->arena, columns * sizeof(const struct mark *));

	*n = 0;
	for (size_t i = 0; i < d->chart->mark_count; i++) {
		const struct mark *m = &d->chart->marks[i];
		size_t column;

		if (m->kind != kind || !axis_has_mark(&d->axis, m))
			continue;
		column = (size_t)((svg_x(d, m->time) - d->shape->left) * 10) / (size_t)d->shape->column;
		if (!taken[column])
			seen[(*n)++] = m;
		taken[column] = true;
	}
	return seen;
}

static void put_ticks(struct drawing *d, const struct mark **seen, size_t n, const char *css, double y)
{
	struct out *o = d->html->out;

	out_printf(o, "<path class=\"drop %s\" d=\"", css);
	for (size_t i = 0; i < n; i++)
		out_printf(o, "M%.1f %.0fV%.1f", svg_x(d, seen[i]->time), SVG_TOP, d->bottom);
	out_raw(o, "\"/>\n");
	if (n > d->shape->titles) {
		out_printf(o, "<path class=\"event %s\" d=\"", css);
		for (size_t i = 0; i < n; i++)
			out_printf(o, "M%.1f %.0fv%.0f", svg_x(d, seen[i]->time), y + 3, SVG_LANE - 6);
		out_raw(o, "\"/>\n");
		return;
	}
	for (size_t i = 0; i < n; i++) {
		out_printf(o, "<path class=\"event %s\" d=\"M%.1f %.0fv%.0f\">", css, svg_x(d, seen[i]->time),
			y + 3, SVG_LANE - 6);
		put_tick_title(d, seen[i]);
		out_raw(o, "</path>\n");
	}
}

void svg_events(struct drawing *d, enum mark_kind kind, double y)
{
	const char *css = kind == MARK_2020 ? "e2020" : "e2019", *name = kind == MARK_2020 ? "2020" : "2019";
	size_t n;
	const struct mark **seen = events_seen(d, kind, &n);

	svg_line(d, "lane", d->shape->left, y + SVG_LANE / 2, d->right, y + SVG_LANE / 2);
	svg_text(d, d->shape->left - 8, y + SVG_LANE / 2 + 4, "tick", "end", name);
	put_ticks(d, seen, n, css, y);
	if (!d->chart->small)
		svg_text(d, d->right + 10, y + SVG_LANE / 2 + 4, "tick", NULL,
			arena_printf(d->html->arena, "%zu event%s", d->counts[kind],
				d->counts[kind] == 1 ? "" : "s"));
}

void svg_boots(struct drawing *d)
{
	double free = d->shape->left;

	for (size_t i = 0; i < d->axis.boot_count; i++) {
		double x = svg_x(d, d->axis.boots[i]), room = d->shape->letter * 8;

		svg_line(d, "boot", x, SVG_TOP - 8, x, d->bottom);
		if (x - room / 2 < free)
			continue;
		svg_text(d, x, SVG_TOP - 13, "tick", "middle", "restart");
		free = x + room / 2;
	}
}
