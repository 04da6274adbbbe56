/* SPDX-License-Identifier: MIT
 * What the files that draw a chart as SVG share: the shape of the drawing, and what frames its lines. */
#ifndef REPORTS_SVG_H
#define REPORTS_SVG_H

#include "reports/axis.h"
#include "reports/html.h"

/* All in the drawing's own pixels. */
struct shape {
	const char *css;
	double width, height, left, letter; /* left: of the plot; letter: the mean width of one */
	double leader;                      /* from the plot's right edge to the names of the lines */
	int value_ticks, label_most;        /* characters of a name at a line's end */
	bool values;                        /* the last value stands beside the name */
	size_t titles;                      /* so many events tell their time when pointed at */
	double tick;                        /* the least distance of times on the axis */
	long column;                        /* tenths of a pixel in which a line turns at most twice */
};

#define SVG_TOP   26.0 /* of the plot */
#define SVG_LANE  20.0 /* of one kind of event, beneath the plot */
#define SVG_TIMES 40.0 /* two lines of labels */
#define SVG_SPACE 8.0  /* between the plot and what is beneath */
#define SVG_GAP   17.0 /* between labels */

struct drawing {
	struct html *html;
	const struct chart *chart;
	const struct shape *shape;
	struct axis axis;
	double right, bottom;         /* of the plot */
	size_t counts[MARK_BOOT + 1]; /* marks of each kind that are drawn */
};

double svg_x(const struct drawing *d, when_us t);
double svg_y(const struct drawing *d, double value);
void svg_text(struct drawing *d, double x, double y, const char *css, const char *anchor, const char *text);
void svg_line(struct drawing *d, const char *css, double x1, double y1, double x2, double y2);
/* Opens the drawing; its title and the numbers in words are its name for those who cannot see it. */
void svg_open(struct drawing *d);
void svg_close(struct drawing *d);
/* Of a series or level, as long as the shape has room for. */
const char *svg_name(struct drawing *d, const char *label, int most);

struct svg_label {
	double wanted, y;
	size_t of; /* which series it names */
};
/* Orders labels by place and moves them at least `gap` apart, within top and bottom. */
void svg_spread(struct svg_label *l, size_t n, double top, double bottom, double gap);

void svg_values(struct drawing *d);
void svg_times(struct drawing *d, double y);
void svg_boots(struct drawing *d);
void svg_events(struct drawing *d, enum mark_kind kind, double y);

void svg_levels(struct drawing *d);
void svg_level_labels(struct drawing *d);

/* A class of the style sheet for what belongs to a series: "line c2". */
const char *svg_css(struct drawing *d, size_t series, const char *what);
void svg_series(struct drawing *d);

void svg_bars(struct html *h, const struct chart *c);

#endif
