/* SPDX-License-Identifier: MIT
 * What the files that draw a chart in characters share: a plot of so many columns, values sampled into
 * them. */
#ifndef REPORTS_TEXT_CHART_H
#define REPORTS_TEXT_CHART_H

#include "reports/axis.h"
#include "reports/page.h"

#define EIGHTHS 8

struct plot {
	struct page *page;
	const struct chart *chart;
	struct axis axis;
	int columns;
	double *values; /* of the series being drawn, one a column; NaN where there is none */
	double *total;  /* of all tags, drawn behind it; NULL where the chart has no such series */
	bool *boots;    /* a boot falls into the column */
	bool *named;    /* levels whose words stand in the plot */
};

int plot_column(const struct plot *l, when_us t);
/* Between two snapshots of one boot the line is straight; the higher of two values in one column counts. */
void plot_sample(struct plot *l, const struct series *s);
/* So many eighths of a character, from its foot. */
const char *plot_block(const struct plot *l, int eighths);
/* The times and, where there are days to tell, a line for these; behind a text that is as wide as the gutter.
 */
void plot_times(struct plot *l, const char *front);
/* The numbers of events above the times at which they were. */
void plot_marks(struct plot *l, enum mark_kind kind, const char *front);

/* Every series as a line of sparks with its numbers. */
void plot_sparks(struct plot *l);
/* A small chart: a line of sparks for each series, the events, the times. */
void page_little(struct page *p, const struct chart *c);
void page_bars(struct page *p, const struct chart *c);

#endif
