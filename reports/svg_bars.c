/* SPDX-License-Identifier: MIT
 * Shares of a whole as horizontal bars in SVG: on wide pages beside their names and numbers, on phones
 * beneath them. */
#include "reports/svg.h"

#include <math.h>

/* left: of the bars; label_most: characters of a name */
static const struct shape wide = { "wide", 960, 0, 150, 7.1, 0, 4, 18, true, 0, 0, 0 };
static const struct shape narrow = { "narrow", 340, 0, 0, 6.6, 0, 2, 18, true, 0, 0, 0 };

#define ROW_WIDE     32.0
#define ROW_NARROW   40.0
#define BAR_WIDE     18.0
#define BAR_NARROW   12.0
#define NUMBERS      190.0 /* beside the bars: bytes and percent */
#define PERCENT_WIDE 76.0
#define FOOT         26.0

static void put_numbers(struct drawing *d, const struct series *s, double y)
{
	struct arena *a = d->html->arena;
	double bytes = d->shape->width - (d->chart->whole > 0 ? PERCENT_WIDE : 0);

	svg_text(d, bytes, y, "number", "end", words_amount(a, d->chart->unit, axis_bar(s)));
	if (d->chart->whole > 0)
		svg_text(d, d->shape->width, y, s->emphasised ? "number name main" : "number name", "end",
			words_amount(a, T_PERCENT, 100 * axis_bar(s) / d->chart->whole));
}

static void put_bar(struct drawing *d, const struct series *s, double y, double height, double full)
{
	const char *css = s->kind == SERIES_REST ? "rest" : s->emphasised ? "main" : "tag";
	double all = d->right - d->shape->left, length = all * axis_bar(s) / full;

	out_printf(d->html->out,
		"<rect class=\"track\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\"/>\n"
		"<rect class=\"bar %s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\"/>\n",
		d->shape->left, y, all, height, css, d->shape->left, y,
		length > 1 ? length : 1, /* what is there but tiny still shows */
		height);
}

static void put_scale(struct drawing *d, double y)
{
	if (!(d->chart->whole > 0))
		return;
	for (int i = 0; i <= d->shape->value_ticks; i++) {
		double along = (double)i / d->shape->value_ticks,
		       x = d->shape->left + along * (d->right - d->shape->left);
		bool edge = d->shape->left <= 0;

		svg_line(d, "base", x, y, x, y + 5);
		svg_text(d, x, y + 18, "tick",
			edge && i == 0                       ? NULL
			: edge && i == d->shape->value_ticks ? "end"
							     : "middle",
			arena_printf(d->html->arena, "%.0f %%", 100 * along));
	}
}

static void put_drawing(struct html *h, const struct chart *c, const struct shape *shape, bool beside)
{
	double row = beside ? ROW_WIDE : ROW_NARROW, full = axis_bars_full(c);
	struct shape sized = *shape;
	struct drawing d = { .html = h, .chart = c, .shape = &sized };

	sized.height = (double)c->series_count * row + FOOT;
	d.right = sized.width - (beside ? NUMBERS : 0);
	svg_open(&d);
	for (size_t i = 0; i < c->series_count; i++) {
		const struct series *s = &c->series[i];
		double y = (double)i * row, foot = y + (beside ? row / 2 + 4.5 : 14);

		svg_text(&d, beside ? sized.left - 12 : 0, foot, s->emphasised ? "name main" : "name",
			beside ? "end" : NULL, svg_name(&d, s->label, sized.label_most));
		put_bar(&d, s, beside ? y + (row - BAR_WIDE) / 2 : y + 20, beside ? BAR_WIDE : BAR_NARROW,
			full);
		put_numbers(&d, s, foot);
	}
	put_scale(&d, (double)c->series_count * row);
	svg_close(&d);
}

void svg_bars(struct html *h, const struct chart *c)
{
	if (!c->series_count) {
		out_raw(h->out, "<p class=\"none\">There is no bar to draw.</p>\n");
		return;
	}
	out_raw(h->out, "<figure class=\"chart bars\">\n");
	put_drawing(h, c, &wide, true);
	put_drawing(h, c, &narrow, false);
	out_raw(h->out, "</figure>\n");
}
