/* SPDX-License-Identifier: MIT
 * The levels of a chart, as lines or bands, and their names where least is in the way. */
#include "reports/svg.h"

#include <math.h>

static const char *level_css(enum level_kind kind)
{
	static const char *const css[] = { "maximum", "trim", "advice" };

	return css[kind];
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

/* ---- names ---- */

struct box {
	double left, right, top, bottom;
};

#define ABOVE    6.0 /* from a line up to the foot of its name */
#define BENEATH  14.0
#define ASCENT   10.0
#define DESCENT  3.0
#define ON_LABEL 100 /* how bad it is to cover a name, beside crossing a line */
#define ON_LEVEL 10
#define ON_TOP   1000
#define SIDES    3

static double slope_at(double x, double x1, double y1, double x2, double y2)
{
	return x2 > x1 ? y1 + (y2 - y1) * (x - x1) / (x2 - x1) : y1;
}

/* Does the straight line cross the box? */
static bool crosses(const struct box *b, double x1, double y1, double x2, double y2)
{
	double from = fmax(x1, b->left), to = fmin(x2, b->right), y, z;

	if (from > to)
		return false;
	y = slope_at(from, x1, y1, x2, y2);
	z = slope_at(to, x1, y1, x2, y2);
	return fmin(y, z) <= b->bottom && fmax(y, z) >= b->top;
}

static bool series_crosses(const struct drawing *d, const struct box *b, const struct series *s)
{
	const struct point *before = NULL;

	for (size_t i = 0; i < s->count; i++) {
		const struct point *p = &s->points[i];

		if (!axis_has_point(p))
			continue;
		if (!before || axis_piece(&d->axis, before->time) != axis_piece(&d->axis, p->time))
			before = p;
		if (crosses(b, svg_x(d, before->time), svg_y(d, before->value), svg_x(d, p->time),
			    svg_y(d, p->value)))
			return true;
		before = p;
	}
	return false;
}

static int in_the_way(
	const struct drawing *d, const struct box *b, size_t of, const struct box *placed, size_t n)
{
	/* Above the plot stand the restarts' names. */
	int bad = b->top < SVG_TOP - (d->axis.boot_count ? 2 : 18) || b->bottom > d->bottom ? ON_TOP : 0;

	for (size_t i = 0; i < d->chart->series_count; i++)
		bad += series_crosses(d, b, &d->chart->series[i]) ? (d->chart->series[i].emphasised ? 2 : 1)
								  : 0;
	for (size_t i = 0; i < d->axis.boot_count; i++)
		bad += crosses(b, svg_x(d, d->axis.boots[i]), b->top, svg_x(d, d->axis.boots[i]), b->top);
	for (size_t i = 0; i < d->chart->level_count; i++) {
		const struct level *v = &d->chart->levels[i];

		if (i != of && axis_has_level(&d->axis, v) && svg_y(d, v->high) <= b->bottom &&
			svg_y(d, v->low) >= b->top)
			bad += ON_LEVEL;
	}
	for (size_t i = 0; i < n; i++)
		if (b->left < placed[i].right && b->right > placed[i].left && b->top < placed[i].bottom &&
			b->bottom > placed[i].top)
			bad += ON_LABEL;
	return bad;
}

/* Above its line before beneath it, and there at the left, at the right, in the middle. */
static struct box place(const struct drawing *d, const struct level *v, size_t of, double width,
	const struct box *placed, size_t n)
{
	struct box best = { 0, 0, 0, 0 };
	int least = -1;

	for (int i = 0; i < 2 * SIDES; i++) {
		double foot = i < SIDES ? svg_y(d, v->high) - ABOVE : svg_y(d, v->low) + BENEATH;
		double left = i % SIDES == 0   ? d->shape->left + 8
			      : i % SIDES == 1 ? d->right - width - 8
					       : (d->shape->left + d->right - width) / 2;
		struct box b = { left, left + width, foot - ASCENT, foot + DESCENT };
		int bad = in_the_way(d, &b, of, placed, n);

		if (least >= 0 && bad >= least)
			continue;
		least = bad;
		best = b;
	}
	return best;
}

/* With its amount where the plot has room for both; small charts follow a large one that says it. */
static const char *level_words(struct drawing *d, const struct level *v)
{
	const char *all = words_level(d->html->arena, d->chart->unit, v);
	int room = (int)((d->right - d->shape->left - 16) / d->shape->letter);

	return !d->chart->small && width_of(span_of(all)) <= room ? all : svg_name(d, v->label, room);
}

void svg_level_labels(struct drawing *d)
{
	struct box *placed = arena_alloc(d->html->arena, (d->chart->level_count + 1) * sizeof *placed);
	size_t n = 0;

	for (size_t i = 0; i < d->chart->level_count; i++) {
		const struct level *v = &d->chart->levels[i];
		const char *words;

		if (!axis_has_level(&d->axis, v))
			continue;
		words = level_words(d, v);
		placed[n] = place(d, v, i, width_of(span_of(words)) * d->shape->letter, placed, n);
		svg_text(d, placed[n].left, placed[n].bottom - DESCENT,
			arena_printf(d->html->arena, "name %s", level_css(v->kind)), NULL, words);
		n++;
	}
}
