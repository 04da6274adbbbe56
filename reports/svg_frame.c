/* SPDX-License-Identifier: MIT
 * The frame of a chart in SVG: axes, levels, restarts and events, and labels that do not cover each other. */
#include "reports/svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TITLES_MOST 200 /* events that tell their time when pointed at */

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

	for (int i = 0; i <= ticks; i++) {
		double y = svg_y(d, i * x->step);
		const char *text =
			arena_printf(d->html->arena, "%.*f%s%s", x->decimals, i * x->step / x->unit,
				i == ticks && x->unit_name[0] ? " " : "", i == ticks ? x->unit_name : "");

		svg_line(d, i ? "grid" : "base", d->shape->left, y, d->right, y);
		svg_text(d, d->shape->left - 8, y + 4, "tick", "end", text);
	}
}

void svg_times(struct drawing *d, double y)
{
	struct tick ticks[AXIS_TICKS];
	size_t n = axis_ticks(d->axis.first, d->axis.last,
		(size_t)((d->right - d->shape->left) / (d->shape->letter * 10)), ticks);
	double free = 0;

	for (size_t i = 0; i < n; i++) {
		double x = svg_x(d, ticks[i].time),
		       half = d->shape->letter * (double)strlen(ticks[i].below) / 2;

		svg_line(d, "base", x, d->bottom, x, d->bottom + 5);
		svg_text(d, x, y + 14, "tick", "middle", ticks[i].text);
		if (!ticks[i].below[0] || x - half < free)
			continue;
		svg_text(d, x, y + 30, "tick day", "middle", ticks[i].below);
		free = x + half + 8;
	}
	svg_text(d, d->right + 10, y + 14, "tick", NULL, "UTC");
}

/* ---- levels ---- */

static const char *level_css(enum level_kind kind)
{
	static const char *const css[] = { "maximum", "trim", "advice" };

	return css[kind];
}

/* With its amount where the plot has room for both. */
static const char *level_words(struct drawing *d, const struct level *v)
{
	struct arena *a = d->html->arena;
	const char *all = words_level(a, d->chart->unit, v);
	int room = (int)((d->right - d->shape->left - 12) / d->shape->letter);
	struct span label = span_of(v->label), head = width_head(label, room);

	if (width_of(span_of(all)) <= room)
		return all;
	return arena_printf(a, "%s%s", arena_text(a, head), head.n < label.n ? "\xE2\x80\xA6" : "");
}

void svg_levels(struct drawing *d)
{
	for (size_t i = 0; i < d->chart->level_count; i++) {
		const struct level *v = &d->chart->levels[i];
		double low = svg_y(d, v->low), high = svg_y(d, v->high);

		if (!axis_has_level(&d->axis, v))
			continue;
		if (v->high > v->low)
			out_printf(d->html->out,
				"<rect class=\"band %s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
				level_css(v->kind), d->shape->left, high, d->right - d->shape->left,
				low - high);
		out_printf(d->html->out, "<path class=\"level %s\" d=\"M%.1f %.1fH%.1f\"/>\n",
			level_css(v->kind), d->shape->left, low, d->right);
	}
}

void svg_level_labels(struct drawing *d)
{
	struct svg_label *l = arena_alloc(d->html->arena, (d->chart->level_count + 1) * sizeof *l);
	size_t n = 0;

	for (size_t i = 0; i < d->chart->level_count; i++)
		if (axis_has_level(&d->axis, &d->chart->levels[i]))
			l[n++] = (struct svg_label){ .wanted = svg_y(d, d->chart->levels[i].low) - 6,
				.of = i };
	svg_spread(l, n, SVG_TOP - 6, d->bottom, SVG_GAP);
	for (size_t i = 0; i < n; i++) {
		const struct level *v = &d->chart->levels[l[i].of];

		svg_text(d, d->shape->left + 8, l[i].y,
			v->kind == LEVEL_MAXIMUM        ? "name maximum"
			: v->kind == LEVEL_TRIM_DEFAULT ? "name trim"
							: "name advice",
			NULL, level_words(d, v));
	}
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

/* Ticks that would fall on the same half pixel are drawn once: ten thousand events are still one picture. */
void svg_events(struct drawing *d, enum mark_kind kind, double y)
{
	const char *css = kind == MARK_2020 ? "e2020" : "e2019", *name = kind == MARK_2020 ? "2020" : "2019";
	size_t columns = (size_t)((d->right - d->shape->left) * 2) + 2, drawn = 0;
	bool *taken = arena_alloc(d->html->arena, columns);

	svg_line(d, "lane", d->shape->left, y + SVG_LANE / 2, d->right, y + SVG_LANE / 2);
	svg_text(d, d->shape->left - 8, y + SVG_LANE / 2 + 4, "tick", "end", name);
	for (size_t i = 0; i < d->chart->mark_count; i++) {
		const struct mark *m = &d->chart->marks[i];
		double x;
		size_t column;

		if (m->kind != kind || !axis_has_mark(&d->axis, m))
			continue;
		x = svg_x(d, m->time);
		column = (size_t)((x - d->shape->left) * 2);
		if (taken[column])
			continue;
		taken[column] = true;
		out_printf(d->html->out, "<path class=\"event %s\" d=\"M%.1f %.1fv%.1f\">", css, x, y + 3,
			SVG_LANE - 6);
		if (drawn++ < TITLES_MOST)
			put_tick_title(d, m);
		out_printf(d->html->out, "</path><path class=\"drop %s\" d=\"M%.1f %.1fV%.1f\"/>\n", css, x,
			SVG_TOP, d->bottom);
	}
	svg_text(d, d->right + 10, y + SVG_LANE / 2 + 4, "tick", NULL,
		arena_printf(
			d->html->arena, "%zu event%s", d->counts[kind], d->counts[kind] == 1 ? "" : "s"));
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
