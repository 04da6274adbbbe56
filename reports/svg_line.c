/* SPDX-License-Identifier: MIT
 * The lines of a chart as SVG paths: relative steps in tenths of a pixel, without points that change nothing
 * that is seen. */
#include "reports/svg.h"

#include <math.h>
#include <stdlib.h>

#define DOTS_MOST 40
#define COLORS    7

struct spot {
	long x, y; /* tenths of a pixel */
	size_t piece;
};

/* ---- which points are seen ---- */

static bool between(long a, long b, long c)
{
	return (a <= b && b <= c) || (a >= b && b >= c);
}

/* On a level line, or on a slope within the same pixel. */
static bool is_needless(const struct spot *before, const struct spot *p, const struct spot *next)
{
	if (before->piece != p->piece || next->piece != p->piece)
		return false;
	return (before->y == p->y && p->y == next->y) ||
	       (p->x - before->x < 10 && between(before->y, p->y, next->y));
}

/* Of the points in one column of the drawing the lowest and the highest, in their order: returns how many are
 * left. The first and the last of a piece stay. */
static size_t keep_turns(struct spot *s, size_t n, long column)
{
	size_t kept = 0;

	for (size_t i = 0, end; i < n; i = end) {
		size_t low = i, high = i;

		for (end = i; end < n && s[end].piece == s[i].piece && s[end].x / column == s[i].x / column;
			end++) {
			low = s[end].y > s[low].y ? end : low;
			high = s[end].y < s[high].y ? end : high;
		}
		for (size_t k = i; k < end; k++)
			if (k == low || k == high || !k || k + 1 == n || s[k - 1].piece != s[k].piece ||
				s[k + 1].piece != s[k].piece)
				s[kept++] = s[k];
	}
	return kept;
}

static struct spot *spots_of(struct drawing *d, const struct series *s, size_t *n)
{
	struct spot *spots = arena_alloc(d->html->arena, (s->count + 1) * sizeof *spots);
	size_t kept = 0, all = 0;

	for (size_t i = 0; i < s->count; i++) {
		const struct point *p = &s->points[i];

		if (axis_has_point(p))
			spots[all++] = (struct spot){ lround(svg_x(d, p->time) * 10),
				lround(svg_y(d, p->value) * 10), axis_piece(&d->axis, p->time) };
	}
	all = keep_turns(spots, all, d->shape->column);
	for (size_t i = 0; i < all; i++)
		if (!kept || i + 1 == all || !is_needless(&spots[kept - 1], &spots[i], &spots[i + 1]))
			spots[kept++] = spots[i];
	*n = kept;
	return spots;
}

/* ---- paths ---- */

/* As short as SVG allows: "-1.2", ".3", "5"; a blank only where a minus does not part it from the one before.
 */
static void put_tenths(struct out *o, long v, bool blank)
{
	long size = labs(v);

	if (v < 0)
		out_raw(o, "-");
	else if (blank)
		out_raw(o, " ");
	if (size >= 10 || size == 0)
		out_printf(o, "%ld", size / 10);
	if (size % 10)
		out_printf(o, ".%ld", size % 10);
}

static void put_move(struct out *o, const struct spot *p)
{
	out_raw(o, "M");
	put_tenths(o, p->x, false);
	put_tenths(o, p->y, true);
}

/* One path for all pieces of a series; a piece ends where a restart or a gap lies between two points. An area
 * goes down to the axis and back. */
static void put_path(struct drawing *d, const struct spot *s, size_t n, const char *css, bool area)
{
	struct out *o = d->html->out;
	size_t start = 0;

	out_printf(o, "<path class=\"%s\" d=\"", css);
	for (size_t i = 0; i < n; i++) {
		bool ends = i + 1 == n || s[i + 1].piece != s[i].piece;

		if (i == start) {
			put_move(o, &s[i]);
		} else {
			out_raw(o, i == start + 1 ? "l" : "");
			put_tenths(o, s[i].x - s[i - 1].x, i > start + 1);
			put_tenths(o, s[i].y - s[i - 1].y, true);
		}
		if (!ends)
			continue;
		if (area)
			out_printf(o, "V%.1fH%.1fZ", d->bottom, (double)s[start].x / 10);
		else if (i == start)
			out_raw(o, "m-4 0h8"); /* so that a lone poolsnap is seen */
		start = i + 1;
	}
	out_raw(o, "\"/>\n");
}

static void put_dots(struct drawing *d, const struct series *s)
{
	if (s->count > DOTS_MOST)
		return;
	out_raw(d->html->out, "<path class=\"dots\" d=\"");
	for (size_t i = 0; i < s->count; i++)
		if (axis_has_point(&s->points[i]))
			out_printf(d->html->out, "M%.1f %.1fh.01", svg_x(d, s->points[i].time),
				svg_y(d, s->points[i].value));
	out_raw(d->html->out, "\"/>\n");
}

/* The first that is emphasised has the accent, the area and the dots; a second one the accent alone. */
static bool is_main(const struct drawing *d, size_t of)
{
	return &d->chart->series[of] == axis_main(d->chart) && d->chart->series[of].emphasised;
}

const char *svg_css(struct drawing *d, size_t of, const char *what)
{
	const struct series *s = &d->chart->series[of];
	size_t color = 0;

	if (s->emphasised)
		return arena_printf(d->html->arena, "%s %s", what, is_main(d, of) ? "main" : "second");
	if (s->kind == SERIES_TOTAL)
		return arena_printf(d->html->arena, "%s total", what);
	for (size_t i = 0; i < of; i++)
		color += !d->chart->series[i].emphasised && d->chart->series[i].kind == SERIES_TAG;
	return arena_printf(d->html->arena, "%s c%zu", what, color % COLORS + 1);
}

/* What is emphasised lies above all others. */
void svg_series(struct drawing *d)
{
	for (int emphasised = 0; emphasised < 2; emphasised++) {
		for (size_t i = 0; i < d->chart->series_count; i++) {
			const struct series *s = &d->chart->series[i];
			struct spot *spots;
			size_t n;

			if (s->emphasised != (emphasised == 1))
				continue;
			spots = spots_of(d, s, &n);
			if (is_main(d, i))
				put_path(d, spots, n, "area", true);
			put_path(d, spots, n, svg_css(d, i, "line"), false);
			if (is_main(d, i))
				put_dots(d, s);
		}
	}
}
