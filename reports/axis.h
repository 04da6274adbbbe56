/* SPDX-License-Identifier: MIT
 * What a chart spans and where its ticks stand, for drawings of any kind. */
#ifndef REPORTS_AXIS_H
#define REPORTS_AXIS_H

#include "core/core.h"
#include "core/report.h"

struct axis {
	bool empty;          /* no point can be drawn; nothing else is set then */
	when_us first, last; /* first < last */
	double high;         /* top of the value axis, a multiple of step; it begins at 0 */
	double step, unit;   /* between ticks; the size of what unit_name counts */
	const char *unit_name;
	int decimals;   /* of a tick's label */
	when_us *boots; /* sorted */
	size_t boot_count;
	when_us *breaks; /* restarts and gaps, sorted: no line goes across */
	size_t break_count;
	size_t marks_outside; /* events before or after what is drawn */
};

/* At most so many steps between 0 and the top. Levels more than AXIS_REACH times above every value are left
 * out of the scale: drawn to a maximum of 128 GiB, a pool of 200 MiB would be a flat line. */
#define AXIS_REACH 4
struct axis axis_of(struct arena *a, const struct chart *c, int most);

bool axis_has_point(const struct point *p);                     /* finite, and at a time of some calendar */
bool axis_has_mark(const struct axis *x, const struct mark *m); /* within what is drawn */
bool axis_has_level(const struct axis *x, const struct level *l);
double axis_across(const struct axis *x, when_us t);   /* 0 to 1, left to right */
double axis_up(const struct axis *x, double value);    /* 0 to 1, bottom to top; clamped */
size_t axis_piece(const struct axis *x, when_us t);    /* how many breaks lie at or before t */
const struct series *axis_main(const struct chart *c); /* the emphasised series, else the first */
double axis_peak(const struct series *s);              /* of its points that can be drawn; 0 for none */
const struct point *axis_end(const struct series *s, bool last); /* its first or last such point, or NULL */

/* "14:00" and, where the day changes, "Tue 14 Oct"; "Tue 14" and "Oct 2008"; "14 Oct" and "2008". */
double axis_bar(const struct series *s); /* what a bar stands for; 0 for none, or what cannot be drawn */
/* What a bar of full length stands for: the whole, and where that is not known, the largest bar. */
double axis_bars_full(const struct chart *c);

struct tick {
	when_us time;
	char text[16], below[24];
};
#define AXIS_TICKS 24
/* Round UTC times from first to last, at most so many (and never more than AXIS_TICKS); returns how many. */
size_t axis_ticks(when_us first, when_us last, size_t most, struct tick ticks[AXIS_TICKS]);

#endif
