/* SPDX-License-Identifier: MIT
 * Do events come more often while something is high than otherwise, and could that be chance? Sources: J.
 * Przyborowski and H. Wilenski, Biometrika 31 (1940) 313 (given their sum, one of two Poisson counts is
 * binomial); what makes an outcome extreme is as in R's binom.test. Circular shifts against clusters: the
 * toroidal shift of spatial statistics (H. W. Lotwick and B. W. Silverman, J. R. Statist. Soc. B 44 (1982)
 * 406), in time. */
#include "analysis/ratio.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Outcomes whose probabilities differ by no more than this part are equally likely: R's allowance. */
#define EQUALLY_LIKELY 1e-7

double ratio_binomial(size_t k, size_t n, double share)
{
	size_t mode = (size_t)((double)(n + 1) * share);
	double *weight, all = 0, extreme = 0;
	struct arena *a;

	if (share <= 0 || share >= 1)
		return k == (share <= 0 ? 0 : n) ? 1 : 0;
	/* Weights against the most likely outcome, by the ratio of neighbours: no factorial overflows, and
	 * what underflows is too small to count. */
	a = arena_open();
	weight = arena_alloc(a, (n + 1) * sizeof *weight);
	mode = mode > n ? n : mode;
	weight[mode] = 1;
	for (size_t i = mode; i < n; i++)
		weight[i + 1] = weight[i] * (double)(n - i) / (double)(i + 1) * share / (1 - share);
	for (size_t i = mode; i > 0; i--)
		weight[i - 1] = weight[i] * (double)i / (double)(n - i + 1) * (1 - share) / share;
	for (size_t i = 0; i <= n; i++) {
		all += weight[i];
		extreme += weight[i] <= weight[k] * (1 + EQUALLY_LIKELY) ? weight[i] : 0;
	}
	arena_close(a);
	return extreme / all;
}

static int by_value(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

int64_t ratio_top_quarter(const int64_t *values, size_t n)
{
	struct arena *a = arena_open();
	int64_t *sorted = arena_alloc(a, n * sizeof *sorted), found;

	memcpy(sorted, values, n * sizeof *sorted);
	qsort(sorted, n, sizeof *sorted, by_value);
	found = sorted[n - (n + 3) / 4];
	arena_close(a);
	return found;
}

/* ---- where an event lies ---- */

/* The stretch that holds it; n: none. */
static size_t stretch_of(const struct stretch *s, size_t n, struct happening e)
{
	size_t low = 0, high = n;

	/* the first that ends after it */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (s[middle].boot < e.boot || (s[middle].boot == e.boot && s[middle].to <= e.at))
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && s[low].boot == e.boot && s[low].from <= e.at ? low : n;
}

enum level_then ratio_level(const struct stretch *s, size_t n, struct happening e)
{
	size_t k = stretch_of(s, n, e);

	return k == n ? THEN_UNSEEN : s[k].high ? THEN_HIGH : THEN_LOW;
}

/* ---- circular shifts ---- */

/* The watched time of one boot, joined: run i ends at ends[i]; high and low take turns. */
struct circle {
	int64_t length, *ends;
	size_t runs;
	bool first_high;
	int64_t *at; /* of the events that were seen */
	size_t events;
};

static void circle_run(struct circle *c, const struct stretch *s)
{
	bool high = c->first_high == (c->runs % 2 == 1); /* of the last run */

	if (!c->runs)
		c->first_high = s->high;
	if (!c->runs || s->high != high)
		c->runs++;
	c->length += s->to - s->from;
	c->ends[c->runs - 1] = c->length;
}

static bool circle_high(const struct circle *c, int64_t at)
{
	size_t low = 0, high = c->runs - 1;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (c->ends[middle] <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return c->first_high == (low % 2 == 0);
}

/* How often each number of high events comes about, of all shifts: chance[0 … c->events]. */
static void circle_chances(const struct circle *c, double *chance)
{
	size_t shifts = RATIO_WORK / c->events;

	shifts = shifts > RATIO_SHIFTS ? RATIO_SHIFTS : shifts;
	shifts = shifts < RATIO_SHIFTS_LEAST ? RATIO_SHIFTS_LEAST : shifts;
	memset(chance, 0, (c->events + 1) * sizeof *chance);
	for (size_t i = 0; i < shifts; i++) {
		int64_t n = (int64_t)shifts, by = c->length / n * (int64_t)i + c->length % n * (int64_t)i / n;
		size_t high = 0;

		for (size_t k = 0; k < c->events; k++)
			high += circle_high(c, (c->at[k] + by) % c->length);
		chance[high]++;
	}
	for (size_t k = 0; k <= c->events; k++)
		chance[k] /= (double)shifts;
}

/* The sum of two independent numbers. */
static void chances_add(double *all, size_t *most, const double *more, size_t n, double *room)
{
	memset(room, 0, (*most + n + 1) * sizeof *room);
	for (size_t i = 0; i <= *most; i++)
		for (size_t k = 0; k <= n; k++)
			room[i + k] += all[i] * more[k];
	*most += n;
	memcpy(all, room, (*most + 1) * sizeof *room);
}

/* P(at least as far from what is to be expected as `seen`) */
static double far_off(const double *chance, size_t n, double seen)
{
	double mean = 0, p = 0;

	for (size_t i = 0; i <= n; i++)
		mean += (double)i * chance[i];
	for (size_t i = 0; i <= n; i++)
		if (fabs((double)i - mean) >= fabs(seen - mean) - EQUALLY_LIKELY)
			p += chance[i];
	return p > 1 ? 1 : p;
}

/* Stretches and events of the boot that s[0] is of, as a circle. Returns how many stretches these are. */
static size_t circle_take(
	struct circle *c, const struct stretch *s, size_t n, const struct happening *e, size_t count)
{
	size_t i = 0, k = 0;

	*c = (struct circle){ .ends = c->ends, .at = c->at };
	for (; i < n && s[i].boot == s[0].boot; i++) {
		while (k < count &&
			(e[k].boot < s[i].boot || (e[k].boot == s[i].boot && e[k].at < s[i].from)))
			k++;
		for (; k < count && e[k].boot == s[i].boot && e[k].at < s[i].to; k++)
			c->at[c->events++] = c->length + (e[k].at - s[i].from);
		circle_run(c, &s[i]);
	}
	return i;
}

static double shift_test(
	const struct stretch *s, size_t n, const struct happening *e, size_t count, size_t seen)
{
	struct arena *a = arena_open();
	double *all = arena_alloc(a, (count + 1) * sizeof *all),
	       *one = arena_alloc(a, (count + 1) * sizeof *one);
	double *room = arena_alloc(a, (count + 1) * sizeof *room), p;
	struct circle c = { .ends = arena_alloc(a, n * sizeof *c.ends),
		.at = arena_alloc(a, count * sizeof *c.at) };
	size_t most = 0, first = 0;

	all[0] = 1;
	for (size_t i = 0; i < n;) {
		/* events of earlier boots need not be looked at again */
		while (first < count && e[first].boot < s[i].boot)
			first++;
		i += circle_take(&c, s + i, n - i, e + first, count - first);
		if (!c.events)
			continue;
		circle_chances(&c, one);
		chances_add(all, &most, one, c.events, room);
	}
	p = far_off(all, most, (double)seen);
	arena_close(a);
	return p;
}

void ratio_measure(
	const struct stretch *s, size_t n, const struct happening *e, size_t count, struct ratio *out)
{
	*out = (struct ratio){ .rate = NAN, .p_binomial = NAN, .p_shift = NAN };
	for (size_t i = 0; i < n; i++)
		*(s[i].high ? &out->time_high : &out->time_low) += (double)(s[i].to - s[i].from);
	for (size_t i = 0; i < count; i++) {
		enum level_then level = ratio_level(s, n, e[i]);

		++*(level == THEN_HIGH ? &out->high : level == THEN_LOW ? &out->low : &out->unseen);
	}
	if (out->time_high <= 0 || out->time_low <= 0 || !(out->high + out->low))
		return;
	out->rate =
		out->low ? (double)out->high / out->time_high / ((double)out->low / out->time_low) : INFINITY;
	out->p_binomial = ratio_binomial(
		out->high, out->high + out->low, out->time_high / (out->time_high + out->time_low));
	out->p_shift = shift_test(s, n, e, count, out->high);
}
