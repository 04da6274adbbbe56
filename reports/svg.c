/* SPDX-License-Identifier: MIT
 * A chart as inline SVG: lines named at their ends, levels, restarts, events beneath; drawn once for wide
 * pages and once for phones. Colours and dashes are classes of the style sheet: the page's policy forbids
 * style attributes. */
#include "reports/svg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct shape wide = { "wide", 960, 452, 64, 7.1, 26, 7, 22, true };
static const struct shape narrow = { "narrow", 340, 372, 52, 6.6, 14, 5, 9, false };

#define DOTS_MOST 80
#define COLORS    7

/* ---- lines ---- */

/* One path for all pieces of a series; a piece ends where a restart lies between two points. */
static void put_path(struct drawing *d, const struct series *s, const char *css, bool area)
{
	struct out *o = d->html->out;
	const struct point *before = NULL;

	out_printf(o, "<path class=\"%s\" d=\"", css);
	for (size_t i = 0; i < s->count; i++) {
		const struct point *p = &s->points[i];
		bool joined;

		if (!axis_has_point(p))
			continue;
		joined = before && axis_boot(&d->axis, before->time) == axis_boot(&d->axis, p->time);
		if (area && !joined) {
			if (before)
				out_printf(o, "L%.1f %.1fZ", svg_x(d, before->time), d->bottom);
			out_printf(o, "M%.1f %.1f", svg_x(d, p->time), d->bottom);
		}
		out_printf(
			o, "%s%.1f %.1f", joined || area ? "L" : "M", svg_x(d, p->time), svg_y(d, p->value));
		/* With round ends so short a line is a dot, so a lone snapshot is seen. */
		if (!joined && !area)
			out_raw(o, "h.01");
		before = p;
	}
	if (area && before)
		out_printf(o, "L%.1f %.1fZ", svg_x(d, before->time), d->bottom);
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

static const char *series_css(struct drawing *d, size_t of, const char *what)
{
	size_t color = 0;

	if (d->chart->series[of].emphasised)
		return arena_printf(d->html->arena, "%s main", what);
	for (size_t i = 0; i < of; i++)
		color += !d->chart->series[i].emphasised;
	return arena_printf(d->html->arena, "%s c%zu", what, color % COLORS + 1);
}

static void put_series(struct drawing *d)
{
	for (int main = 0; main < 2; main++) {
		for (size_t i = 0; i < d->chart->series_count; i++) {
			const struct series *s = &d->chart->series[i];

			if (s->emphasised != (main == 1))
				continue;
			if (main)
				put_path(d, s, "area", true);
			put_path(d, s, series_css(d, i, "line"), false);
			if (main)
				put_dots(d, s);
		}
	}
}

static const char *name_of(struct drawing *d, const struct series *s)
{
	struct span label = span_of(s->label), head = width_head(label, d->shape->label_most);

	if (head.n == label.n)
		return s->label;
	return arena_printf(d->html->arena, "%s\xE2\x80\xA6", arena_text(d->html->arena, head));
}

static const char *end_words(struct drawing *d, const struct series *s)
{
	const struct point *p = axis_end(s, true);

	return d->shape->values && p ? words_amount(d->html->arena, d->chart->unit, p->value) : "";
}

static void put_end_labels(struct drawing *d)
{
	struct svg_label *l = arena_alloc(d->html->arena, (d->chart->series_count + 1) * sizeof *l);
	struct out *o = d->html->out;
	size_t n = 0;

	for (size_t i = 0; i < d->chart->series_count; i++) {
		const struct point *p = axis_end(&d->chart->series[i], true);

		if (p)
			l[n++] = (struct svg_label){ .wanted = svg_y(d, p->value), .of = i };
	}
	svg_spread(l, n, SVG_TOP, d->bottom - 5, SVG_GAP);
	for (size_t i = 0; i < n; i++) {
		const struct series *s = &d->chart->series[l[i].of];
		double x = svg_x(d, axis_end(s, true)->time);

		out_printf(o, "<path class=\"%s\" d=\"M%.1f %.1fL%.1f %.1fH%.1f\"/>\n",
			series_css(d, l[i].of, "leader"), x + 5, l[i].wanted, d->right + d->shape->leader,
			l[i].y, d->right + d->shape->leader + 4);
		out_printf(o, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">", d->right + d->shape->leader + 8,
			l[i].y + 4, series_css(d, l[i].of, "name"));
		html_text(d->html, name_of(d, s));
		out_raw(o, d->shape->values ? " <tspan class=\"value\">" : "");
		html_text(d->html, end_words(d, s));
		out_raw(o, d->shape->values ? "</tspan></text>\n" : "</text>\n");
	}
}

/* ---- the drawing ---- */

static void measure(struct drawing *d)
{
	int longest = 9; /* "99 events" */

	for (size_t i = 0; i < d->chart->series_count; i++) {
		const struct series *s = &d->chart->series[i];
		int length = width_of(span_of(name_of(d, s))) + 1 + (int)strlen(end_words(d, s));

		longest = length > longest ? length : longest;
	}
	d->right = d->shape->width - d->shape->leader - 10 - longest * d->shape->letter;
	d->bottom = d->shape->height - SVG_TIMES - SVG_SPACE;
	for (size_t i = 0; i < d->chart->mark_count; i++)
		d->counts[d->chart->marks[i].kind] += axis_has_mark(&d->axis, &d->chart->marks[i]);
	for (int kind = 0; kind < MARK_BOOT; kind++)
		d->bottom -= d->counts[kind] ? SVG_LANE : 0;
}

/* The numbers in words, where the chart does not bring its own. */
static void put_description(struct drawing *d)
{
	const struct chart *c = d->chart;
	struct arena *a = d->html->arena;

	if (c->about) {
		html_text(d->html, c->about);
		return;
	}
	for (size_t i = 0; i < c->series_count; i++) {
		const struct point *first = axis_end(&c->series[i], false),
				   *last = axis_end(&c->series[i], true);

		if (!first)
			continue;
		html_text(d->html, c->series[i].label);
		html_text(d->html,
			arena_printf(a, ": %s at first, %s at last, %s at most. ",
				words_amount(a, c->unit, first->value), words_amount(a, c->unit, last->value),
				words_amount(a, c->unit, axis_peak(&c->series[i]))));
	}
	for (int kind = 0; kind < MARK_BOOT; kind++)
		out_printf(
			d->html->out, "Events %d: %zu. ", kind == MARK_2020 ? 2020 : 2019, d->counts[kind]);
}

static void put_drawing(struct html *h, const struct chart *c, const struct shape *shape)
{
	struct drawing d = {
		.html = h, .chart = c, .shape = shape, .axis = axis_of(h->arena, c, shape->value_ticks)
	};
	unsigned label = ++h->numbered;
	double y;

	measure(&d);
	out_printf(h->out,
		"<svg class=\"plot %s\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
		"aria-labelledby=\"%slabel%u %sdesc%u\">\n<title id=\"%slabel%u\">",
		shape->css, shape->width, shape->height, h->prefix, label, h->prefix, label, h->prefix,
		label);
	html_text(h, c->title);
	out_printf(h->out, "</title>\n<desc id=\"%sdesc%u\">", h->prefix, label);
	put_description(&d);
	out_raw(h->out, "</desc>\n");
	svg_values(&d);
	svg_levels(&d);
	svg_boots(&d);
	y = d.bottom + SVG_SPACE;
	for (int kind = 0; kind < MARK_BOOT; kind++) {
		if (!d.counts[kind])
			continue;
		svg_events(&d, (enum mark_kind)kind, y);
		y += SVG_LANE;
	}
	svg_times(&d, y);
	put_series(&d);
	svg_level_labels(&d);
	put_end_labels(&d);
	out_raw(h->out, "</svg>\n");
}

static void put_note(struct html *h, const char *text)
{
	out_raw(h->out, "<p class=\"note\">");
	html_text(h, text);
	out_raw(h->out, "</p>\n");
}

static void put_levels_beyond(struct html *h, const struct chart *c, const struct axis *x)
{
	for (size_t i = 0; i < c->level_count; i++)
		if (!axis_has_level(x, &c->levels[i]))
			put_note(h, arena_printf(h->arena, "%s, %s: above this chart.", c->levels[i].label,
					    words_amount(h->arena, c->unit, c->levels[i].low)));
}

void html_chart(struct html *h, const struct chart *c)
{
	struct axis x = axis_of(h->arena, c, wide.value_ticks);

	if (x.empty) {
		out_raw(h->out, "<p class=\"none\">There is no point to draw.</p>\n");
	} else {
		out_raw(h->out, "<figure class=\"chart\">\n");
		put_drawing(h, c, &wide);
		put_drawing(h, c, &narrow);
		out_raw(h->out, "</figure>\n");
		put_levels_beyond(h, c, &x);
		if (x.marks_outside)
			put_note(h, arena_printf(h->arena, "%zu events lie outside the time shown.",
					    x.marks_outside));
	}
	if (c->thinned)
		put_note(h, c->thinned);
	if (c->about)
		put_note(h, c->about);
}
