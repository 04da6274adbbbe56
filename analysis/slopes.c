/* SPDX-License-Identifier: MIT
 * Finds the slope of a given rank by counting inversions: slopes below m are the pairs that change places
 * when points ordered by t are ordered by y - m * t (Matousek 1991; Dillencourt, Mount and Netanyahu 1992).
 */
#include "analysis/slopes.h"

#include "analysis/inversions.h"

#include <float.h>
#include <math.h>

enum { SMALL = 4096 }; /* so many slopes are simply sorted */

struct point {
	double t, y;
	int64_t across, up; /* t and y on the grid, below 2^62 */
};

struct slopes {
	struct point *points; /* by t, then y */
	size_t n;
	uint64_t count, same; /* pairs with a slope; pairs of identical points */
	struct inversions_item *items, *scratch;
	struct inversions_pair *pairs;
	size_t room; /* of pairs and of values */
	uint64_t seed;
	/* The bracket: `inside` slopes lie between two bounds and `below` lie under the lower bound or on it.
	 * order is by y - lower * t, where it ties by falling t: the order any steeper line sees next. */
	uint32_t *order;
	uint64_t below, inside;
	int64_t rise, run; /* the upper bound */
	/* What the last search found, ranks first to last: one value, or values[]. */
	uint64_t first, last;
	double *values;
	bool one_value;
};

/* Rounds to whole multiples of 2^-61 of the largest magnitude, so that slopes can be compared exactly. */
static int grid_shift(const double *v, size_t n)
{
	double largest = 0;
	int exponent;

	for (size_t i = 0; i < n; i++)
		largest = fmax(largest, fabs(v[i]));
	frexp(largest, &exponent);
	return 61 - exponent;
}

/* Sorts all n items, who in their present order, by t (or by y). */
static void sort_points(struct slopes *s, const double *v)
{
	for (size_t i = 0; i < s->n; i++)
		s->items[i].key = inversions_key_of(v[s->items[i].who]);
	inversions_sort(s->items, s->scratch, s->n, NULL);
}

static void place_points(struct slopes *s, const double *t, const double *y)
{
	int t_shift = grid_shift(t, s->n), y_shift = grid_shift(y, s->n);

	for (size_t i = 0; i < s->n; i++)
		s->items[i].who = (uint32_t)i;
	sort_points(s, y);
	sort_points(s, t);
	for (size_t i = 0; i < s->n; i++) {
		struct point *p = &s->points[i];

		p->t = t[s->items[i].who];
		p->y = y[s->items[i].who];
		p->across = llround(ldexp(p->t, t_shift));
		p->up = llround(ldexp(p->y, y_shift));
		/* Times that differ must differ on the grid too, or their pairs would be lost. */
		if (i > 0 && p->t > p[-1].t && p->across <= p[-1].across)
			p->across = p[-1].across + 1;
		else if (i > 0 && p->t == p[-1].t)
			p->across = p[-1].across;
	}
}

static void count_pairs(struct slopes *s)
{
	uint64_t equal_t = 0, run_t = 0, run_both = 0;

	for (size_t i = 1; i < s->n; i++) {
		const struct point *p = &s->points[i];

		run_t = p->across == p[-1].across ? run_t + 1 : 0;
		run_both = run_t && p->up == p[-1].up ? run_both + 1 : 0;
		equal_t += run_t;
		s->same += run_both;
	}
	s->count = s->n ? (uint64_t)s->n * (s->n - 1) / 2 - equal_t : 0;
}

struct slopes *slopes_open(struct arena *a, const double *t, const double *y, size_t n)
{
	struct slopes *s = arena_alloc(a, sizeof *s);

	if (n > INT32_MAX || n > SIZE_MAX / 128)
		die("%zu points are too many to measure a slope", n);
	s->n = n;
	s->points = arena_alloc(a, n * sizeof *s->points);
	s->order = arena_alloc(a, n * sizeof *s->order);
	s->room = n > SMALL ? n : SMALL;
	if ((uint64_t)n * n / 2 < s->room)
		s->room = n * n / 2;
	size_t items = n > s->room ? n : s->room;

	s->items = arena_alloc(a, items * sizeof *s->items);
	s->scratch = arena_alloc(a, items * sizeof *s->scratch);
	s->pairs = arena_alloc(a, s->room * sizeof *s->pairs);
	s->values = arena_alloc(a, s->room * sizeof *s->values);
	place_points(s, t, y);
	count_pairs(s);
	return s;
}

uint64_t slopes_count(const struct slopes *s)
{
	return s->count;
}

static double slope_of(const struct slopes *s, struct inversions_pair pair)
{
	const struct point *p = &s->points[pair.before], *q = &s->points[pair.after];
	double rise = q->y - p->y, run = q->t - p->t;

	if (!isfinite(rise) || !isfinite(run)) {
		rise = q->y / 2 - p->y / 2;
		run = q->t / 2 - p->t / 2;
	}
	return fmax(-DBL_MAX, fmin(rise / run, DBL_MAX));
}

/* Items in the order of the lower bound, keyed for a line of slope rise / run. */
static void key_items(struct slopes *s, int64_t rise, int64_t run)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct point *p = &s->points[s->order[i]];

		s->items[i].who = s->order[i];
		s->items[i].key = inversions_key_cross(run, p->up, rise, p->across);
	}
}

/* Fills pairs with an even sample of the slopes inside and items with their values, smallest first. */
static size_t draw(struct slopes *s)
{
	struct inversions_sample sample = { .pairs = s->pairs, .total = s->inside, .seed = s->seed };

	sample.want = s->inside < s->room ? (size_t)s->inside : s->room;
	key_items(s, s->rise, s->run);
	inversions_sort(s->items, s->scratch, s->n, &sample);
	s->seed = sample.seed;
	for (size_t i = 0; i < sample.want; i++) {
		s->items[i].who = (uint32_t)i;
		s->items[i].key = inversions_key_of(slope_of(s, s->pairs[i]));
	}
	inversions_sort(s->items, s->scratch, sample.want, NULL);
	return sample.want;
}

/* After key_items and a sort: how many slopes equal that of the line. Their points share a key. */
static uint64_t count_equal(const struct slopes *s)
{
	uint64_t equal = 0, run = 0;

	for (size_t i = 1; i < s->n; i++) {
		run = inversions_key_equal(s->items[i].key, s->items[i - 1].key) ? run + 1 : 0;
		equal += run;
	}
	return equal - s->same;
}

/* Points on one line of the new lower bound came by rising t and leave by falling t. */
static void take_order(struct slopes *s)
{
	for (size_t i = 0, end; i < s->n; i = end) {
		for (end = i + 1; end < s->n; end++)
			if (!inversions_key_equal(s->items[end].key, s->items[i].key))
				break;
		for (size_t j = i; j < end; j++)
			s->order[j] = s->items[i + end - 1 - j].who;
	}
}

/* Moves one bound of the bracket around rank k to the pair's slope, which lies above the lower bound.
 * Returns true if that slope has the rank. */
static bool narrow(struct slopes *s, uint64_t k, struct inversions_pair pair)
{
	const struct point *p = &s->points[pair.before], *q = &s->points[pair.after];
	int64_t rise = q->up - p->up, run = q->across - p->across;

	key_items(s, rise, run);
	uint64_t between = inversions_sort(s->items, s->scratch, s->n, NULL);
	uint64_t less = s->below + between, equal = count_equal(s);

	if (k <= less) {
		if (between < s->inside) {
			s->inside = between;
			s->rise = rise;
			s->run = run;
		}
		return false;
	}
	if (k <= less + equal) {
		s->first = less + 1;
		s->last = less + equal;
		s->values[0] = slope_of(s, pair);
		s->one_value = true;
		return true;
	}
	s->inside -= less + equal - s->below;
	s->below = less + equal;
	take_order(s);
	return false;
}

/* One round: either all slopes inside are at hand, or the bracket shrinks to about 2/sqrt(room) of itself. */
static bool search(struct slopes *s, uint64_t k)
{
	size_t drawn = draw(s);

	if (drawn == s->inside) {
		for (size_t i = 0; i < drawn; i++)
			s->values[i] = slope_of(s, s->pairs[s->items[i].who]);
		s->first = s->below + 1;
		s->last = s->below + s->inside;
		s->one_value = false;
		return true;
	}
	double at = (double)(k - s->below) / (double)s->inside * (double)drawn, margin = sqrt((double)drawn);
	struct inversions_pair under = { 0 }, over = { 0 };
	bool has_under = at - margin >= 0, has_over = at + margin < (double)drawn;
	uint64_t below = s->below;

	/* Both are read first: narrowing uses the items for itself. */
	if (has_under)
		under = s->pairs[s->items[(size_t)(at - margin)].who];
	if (has_over)
		over = s->pairs[s->items[(size_t)(at + margin)].who];
	if (has_over && narrow(s, k, over))
		return true;
	return has_under && s->below == below && narrow(s, k, under);
}

double slopes_select(struct slopes *s, uint64_t k)
{
	if (k < 1 || k > s->count)
		die("no slope has the rank %llu", (unsigned long long)k);
	if (k < s->first || k > s->last) {
		/* The bracket of all slopes: lines that rise and fall without end order the points by t. */
		for (size_t i = 0; i < s->n; i++)
			s->order[i] = (uint32_t)i;
		s->below = 0;
		s->inside = s->count;
		s->rise = 1;
		s->run = 0;
		while (!search(s, k)) {
		}
	}
	return s->values[s->one_value ? 0 : k - s->first];
}
