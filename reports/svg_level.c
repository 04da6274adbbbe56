/* SPDX-License-Identifier: MIT
 * The levels of a chart, as lines or bands, and their names where least is in the way. */
#include "reports/svg.h"

#include <limits.h>
#include <math.h>
#include <string.h>

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
#define STEP     16.0 /* between places along a line */

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

/* The places along its line, above it before beneath it, from the left: the first with nothing in the way,
 * else that with least. Returns how bad it is. */
static int place(const struct drawing *d, size_t of, double width, const struct box *placed, size_t n,
	struct box *best)
{
	const struct level *v = &d->chart->levels[of];
	int least = INT_MAX;

	for (int beneath = 0; beneath < 2; beneath++) {
		double foot = beneath ? svg_y(d, v->low) + BENEATH : svg_y(d, v->high) - ABOVE;

		for (double x = d->shape->left + 8; x == d->shape->left + 8 || x + width < d->right;
			x += STEP) {
			struct box b = { x, x + width, foot - ASCENT, foot + DESCENT };
			int bad = in_the_way(d, &b, of, placed, n);

			if (bad < least) {
				least = bad;
				*best = b;
			}
			if (!bad)
				return 0;
		}
	}
	return least;
}

/* In full, without its amount, and what stands before a colon: "80 %". Small charts follow a large one that
 * says all. */
static size_t spellings(struct drawing *d, const struct level *v, const char *words[3])
{
	int room = (int)((d->right - d->shape->left - 16) / d->shape->letter);
	const char *colon = strchr(v->label, ':'), *all = words_level(d->html->arena, d->chart->unit, v);
	size_t n = 0;

	if (!d->chart->small && width_of(span_of(all)) <= room)
		words[n++] = all;
	words[n++] = svg_name(d, v->label, room);
	if (colon)
		words[n++] = svg_name(d,
			arena_text(d->html->arena, (struct span){ v->label, (size_t)(colon - v->label) }),
			room);
	return n;
}

/* The longest spelling that finds a free place, else the shortest where least is in the way. */
static void put_label(struct drawing *d, size_t of, struct box *placed, size_t n)
{
	const char *words[3];
	size_t count = spellings(d, &d->chart->levels[of], words), i = 0;

	while (place(d, of, width_of(span_of(words[i])) * d->shape->letter, placed, n, &placed[n]) &&
		i + 1 < count)
		i++;
	svg_text(d, placed[n].left, placed[n].bottom - DESCENT,
		arena_printf(d->html->arena, "name %s", level_css(d->chart->levels[of].kind)), NULL,
		words[i]);
}

void svg_level_labels(struct drawing *d)
{
	struct box *placed = arena_alloc(d->html->arena, (d->chart->level_count + 1) * sizeof *placed);
	size_t n = 0;

	for (size_t i = 0; i < d->chart->level_count; i++)
		if (axis_has_level(&d->axis, &d->chart->levels[i]))
			put_label(d, i, placed, n++);
}
