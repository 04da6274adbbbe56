/* SPDX-License-Identifier: MIT
 * What the charts of a report share: lines that are thinned honestly, ticks of events, levels, their numbers
 * as tables. */
#ifndef ANALYSIS_CHART_H
#define ANALYSIS_CHART_H

#include "analysis/analysis.h"

#define CHART_POINTS 600

/* Bytes in some poolsnaps, by time; all of them dated. */
struct chart_line {
	const struct snapshot **at;
	int64_t *bytes;
	size_t count;
};
/* The total of the poolsnaps first to end (of e->snapshots) of that boot; BOOT_NONE: of every boot. */
struct chart_line chart_total(
	const struct evidence *e, size_t first, size_t end, size_t boot, struct arena *a);
/* The same of MmSt. */
struct chart_line chart_mmst(
	const struct evidence *e, size_t first, size_t end, size_t boot, struct arena *a);
/* The same of any tag. */
struct chart_line chart_tag(
	const struct tag_series *t, const struct evidence *e, size_t first, size_t end, struct arena *a);

/* A series of at most `most` points: the first, the last, and of each stretch between them the smallest and
 * the largest, so that no peak is lost. What was left out is said in chart.thinned. */
struct series *chart_line_add(
	struct chart *c, const struct chart_line *l, const char *label, bool emphasised, size_t most);

/* Ticks for the events between two times, but no more of a kind than a chart can show: then one stands for
 * all within a 600th of it. */
void chart_events(struct chart *c, const struct evidence *e, when_us from, when_us to);
/* Restarts between two times. */
void chart_boots(struct chart *c, const struct evidence *e, when_us from, when_us to);
/* Marks where poolsnaps lie so far apart that a line between them would be invented, and returns the sentence
 * that says so; NULL: nowhere. */
const char *chart_gaps(struct chart *c, const struct evidence *e);
/* The maximum, and where trimming starts by it; bands where it is an interval. small: percents alone. */
void chart_levels(struct chart *c, const struct judgement *j, bool small);
/* Shown in its part, under its title. */
void chart_show(struct server_report *s, const struct chart *c);
/* What the lines of a chart show, as rows of series and points. */
struct table *chart_table(struct report *r, const struct chart *c, const char *name);

const char *chart_count(struct arena *a, size_t n);                    /* "2,016" */
const char *chart_time(struct arena *a, when_us t);                    /* "2009-10-14 20:14 UTC" */
const char *chart_times(struct arena *a, when_us first, when_us last); /* "2009-10-14 20:14 to 20:20 UTC" */
const char *chart_span(struct arena *a, when_us length);               /* "2 h 15 min" */

#endif
