/* SPDX-License-Identifier: MIT
 * The lines of a chart as sparks: beneath a plot, or alone where several small charts follow each other. */
#include "reports/text_chart.h"

#include <math.h>

#define NAMES_MOST 24
#define NUMBER     12 /* columns: a blank and "10137.6 MiB" */

/* How wide the names of the series are, and how high the highest of them goes. */
static int names_width(struct plot *l, double *top)
{
	int names = 4;

	*top = 1;
	for (size_t i = 0; i < l->chart->series_count; i++) {
		const struct series *s = &l->chart->series[i];
		int width = width_of(span_of(page_shown(l->page, s->label)));

		names = width > names ? width : names;
		*top = fmax(*top, axis_peak(s));
	}
	return names < NAMES_MOST ? names : NAMES_MOST;
}

static void print_number(struct plot *l, double v)
{
	page_padded(l->page, span_of(words_amount(l->page->arena, l->chart->unit, v)), NUMBER, true);
}

/* The name and the sparks; the numbers follow. */
static void print_spark(struct plot *l, const struct series *s, int names, int columns, double top)
{
	struct page *p = l->page;
	int all = l->columns;

	l->columns = columns;
	plot_sample(l, s);
	page_padded(p, width_head(span_of(page_shown(p, s->label)), names), names + 2, false);
	for (int c = 0; c < columns; c++) {
		int eighths = isnan(l->values[c]) ? 0 : (int)(l->values[c] / top * (EIGHTHS - 1) + 1);

		out_raw(p->out, plot_block(l, eighths < EIGHTHS ? eighths : EIGHTHS));
	}
	l->columns = all;
}

static void print_ends(struct plot *l, const struct series *s, bool both)
{
	const struct point *first = axis_end(s, false), *last = axis_end(s, true);

	if (!first) {
		page_padded(l->page, SPAN("no value"), NUMBER, true);
		return;
	}
	if (both)
		print_number(l, first->value);
	print_number(l, last->value);
}

void plot_sparks(struct plot *l)
{
	struct page *p = l->page;
	double top;
	int names = names_width(l, &top), columns = p->width - names - 2 - 3 * NUMBER;
	bool both = columns >= 8; /* else the first value makes room */

	columns += both ? 0 : NUMBER;
	if (columns > l->columns)
		columns = l->columns;
	if (columns < 8)
		columns = 8;
	out_raw(p->out, "\n");
	page_fill(p, " ", names + 2);
	page_padded(p, span_of(columns >= 20 ? "all on one scale" : ""), columns, false);
	out_raw(p->out, both ? "       first        last        peak\n" : "        last        peak\n");
	for (size_t i = 0; i < l->chart->series_count; i++) {
		const struct series *s = &l->chart->series[i];

		print_spark(l, s, names, columns, top);
		print_ends(l, s, both);
		if (axis_end(s, true))
			print_number(l, axis_peak(s));
		out_raw(p->out, "\n");
	}
}

/* The numbers at the end are those of the first and the last poolsnap; there is no room for a head. */
void page_little(struct page *p, const struct chart *c)
{
	struct plot l = { .page = p, .chart = c, .axis = axis_of(p->arena, c, 4) };
	double top;
	int names = names_width(&l, &top);

	if (l.axis.empty) {
		page_line(p, "There is no point to draw.");
		return;
	}
	l.columns = p->width - names - 2 - 2 * NUMBER;
	if (l.columns < 16)
		l.columns = 16;
	l.values = arena_alloc(p->arena, (size_t)l.columns * sizeof *l.values);
	for (size_t i = 0; i < c->series_count; i++) {
		print_spark(&l, &c->series[i], names, l.columns, top);
		print_ends(&l, &c->series[i], true);
		out_raw(p->out, "\n");
	}
	plot_marks(&l, MARK_2020, arena_printf(p->arena, "%-*s", names + 2, "2020"));
	plot_marks(&l, MARK_2019, arena_printf(p->arena, "%-*s", names + 2, "2019"));
	plot_times(&l, arena_printf(p->arena, "%-*s", names + 2, "UTC"));
}
