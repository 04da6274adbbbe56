/* SPDX-License-Identifier: MIT
 * A chart as inline SVG: lines named at their ends, levels, restarts, events beneath; drawn once for wide
 * pages and once for phones. Colours and dashes are classes of the style sheet: the page's policy forbids
 * style attributes. */
#include "reports/svg.h"

#include <stdlib.h>
#include <string.h>

static const struct shape wide = { "wide", 960, 452, 64, 7.1, 26, 7, 22, true, 40, 71, 10 };
static const struct shape narrow = { "narrow", 340, 372, 44, 6.6, 14, 5, 9, false, 0, 60, 20 };
/* One drawing for all pages: as wide as a phone, or half of a desk. */
static const struct shape little = { "little", 360, 230, 44, 6.4, 8, 4, 9, false, 0, 48, 20 };

const char *svg_name(struct drawing *d, const char *label, int most)
{
	struct span all = span_of(label), head = width_head(all, most);

	if (head.n == all.n)
		return label;
	return arena_printf(d->html->arena, "%s\xE2\x80\xA6", arena_text(d->html->arena, head));
}

/* ---- names of the lines ---- */

static const char *name_of(struct drawing *d, const struct series *s)
{
	return svg_name(d, s->label, d->shape->label_most);
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
			svg_css(d, l[i].of, "leader"), x + 5, l[i].wanted, d->right + d->shape->leader,
			l[i].y, d->right + d->shape->leader + 4);
		out_printf(o, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">", d->right + d->shape->leader + 8,
			l[i].y + 4, svg_css(d, l[i].of, "name"));
		html_text(d->html, name_of(d, s));
		out_raw(o, d->shape->values ? " <tspan class=\"value\">" : "");
		html_text(d->html, end_words(d, s));
		out_raw(o, d->shape->values ? "</tspan></text>\n" : "</text>\n");
	}
}

/* ---- the drawing ---- */

static void measure(struct drawing *d)
{
	int longest = d->chart->small ? 4 : 9; /* "UTC", "99 events" */

	for (size_t i = 0; i < d->chart->series_count; i++) {
		const struct series *s = &d->chart->series[i];
		int length = width_of(span_of(name_of(d, s))) + 1 + (int)strlen(end_words(d, s));

		longest = length > longest ? length : longest;
	}
	d->right = d->shape->width - d->shape->leader - 10 - longest * d->shape->letter;
	d->bottom = d->shape->height - SVG_TIMES - SVG_SPACE;
	for (size_t i = 0; i < d->chart->mark_count; i++)
		if (d->chart->marks[i].kind <= MARK_BOOT)
			d->counts[d->chart->marks[i].kind] +=
				axis_has_mark(&d->axis, &d->chart->marks[i]) ? d->chart->marks[i].times : 0;
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

void svg_open(struct drawing *d)
{
	struct html *h = d->html;
	unsigned label = ++h->numbered;

	out_printf(h->out,
		"<svg class=\"plot %s\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" "
		"aria-labelledby=\"%slabel%u %sdesc%u\">\n<title id=\"%slabel%u\">",
		d->shape->css, d->shape->width, d->shape->height, h->prefix, label, h->prefix, label,
		h->prefix, label);
	html_text(h, d->chart->title);
	out_printf(h->out, "</title>\n<desc id=\"%sdesc%u\">", h->prefix, label);
	put_description(d);
	out_raw(h->out, "</desc>\n");
}

void svg_close(struct drawing *d)
{
	out_raw(d->html->out, "</svg>\n");
}

static void put_drawing(struct html *h, const struct chart *c, const struct shape *shape)
{
	struct drawing d = {
		.html = h, .chart = c, .shape = shape, .axis = axis_of(h->arena, c, shape->value_ticks)
	};
	double y;

	measure(&d);
	svg_open(&d);
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
	svg_series(&d);
	svg_level_labels(&d);
	put_end_labels(&d);
	svg_close(&d);
}

/* ---- what stands beneath it ---- */

/* Those that the drawing shows, or those above it. */
static const char *levels_told(struct html *h, const struct chart *c, const struct axis *x, bool shown)
{
	const char *all = "";

	for (size_t i = 0; i < c->level_count; i++)
		if (axis_has_level(x, &c->levels[i]) == shown)
			all = arena_printf(h->arena, "%s%s%s", all, all[0] ? "; " : "",
				words_level(h->arena, c->unit, &c->levels[i]));
	return all;
}

static void put_more(struct html *h, const char *front, const char *text, const char *end)
{
	if (!text || !text[0])
		return;
	html_text(h, front);
	html_text(h, text);
	html_text(h, end);
}

/* In one paragraph. A small chart follows a large one that tells the levels. */
static void put_notes(struct html *h, const struct chart *c, const struct axis *x)
{
	out_raw(h->out, "<p class=\"note\">");
	html_text(h, c->note ? c->note : c->about ? c->about : "");
	if (!c->small && !x->empty)
		put_more(h, " Levels: ", levels_told(h, c, x, true), ".");
	if (!x->empty) {
		put_more(h, " Above this chart: ", levels_told(h, c, x, false), ".");
		if (x->marks_outside)
			put_more(h, " ", arena_printf(h->arena, "%zu", x->marks_outside),
				x->marks_outside == 1 ? " event lies outside the time shown."
						      : " events lie outside the time shown.");
	}
	put_more(h, " ", c->thinned, "");
	out_raw(h->out, "</p>\n");
}

void html_chart(struct html *h, const struct chart *c)
{
	struct axis x = { .empty = true };

	if (c->kind == CHART_LINES)
		x = axis_of(h->arena, c, wide.value_ticks);
	if (c->kind == CHART_BARS) {
		svg_bars(h, c);
	} else if (x.empty) {
		out_raw(h->out, "<p class=\"none\">There is no point to draw.</p>\n");
	} else {
		out_printf(h->out, "<figure class=\"chart%s\">\n", c->small ? " small" : "");
		put_drawing(h, c, c->small ? &little : &wide);
		if (!c->small)
			put_drawing(h, c, &narrow);
		out_raw(h->out, "</figure>\n");
	}
	if (c->thinned || c->note || c->about || c->level_count || x.marks_outside)
		put_notes(h, c, &x);
}
