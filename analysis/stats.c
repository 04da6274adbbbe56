/* SPDX-License-Identifier: MIT
 * Does a series rise, and how fast: Mann-Kendall test, Theil-Sen slope with its interval, time to a limit.
 * Ties: Kendall, Rank Correlation Methods (1975), ch. 4-5; S: Knight 1966; interval: Gilbert, Statistical
 * Methods for Environmental Pollution Monitoring (1987), ch. 16; Hollander and Wolfe (1999), ch. 8-9. */
#include "analysis/stats.h"

#include "analysis/inversions.h"
#include "analysis/slopes.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

/* Of |S| below ten points, and how many different S there may be. */
enum { SCORE_MAX = (STATS_NORMAL_POINTS - 1) * (STATS_NORMAL_POINTS - 2) / 2, SCORES = 2 * SCORE_MAX + 1 };

static const double normal_bound = 1.959963984540054; /* of 95 %, two-sided */

struct series {
	size_t n;
	double *t, *y;
	struct inversions_item *items, *scratch;
	double median_t, median_y;
	bool tied_y;
	/* Below ten points: in how many orders of its y there is each S, from -SCORE_MAX on. */
	const uint32_t *ways;
};

/* What equal values leave of a ranking. */
struct ranks {
	uint64_t equal; /* pairs */
	double spread;  /* over all points: (points below - points above)^2 - points not equal to it */
};

static double clamp(double v)
{
	return fmax(-DBL_MAX, fmin(v, DBL_MAX));
}

static double between(double a, double b, double share)
{
	return a == b ? a : a * (1 - share) + b * share; /* b - a could overflow */
}

/* Returns the inversions, with respect to v, of the order the items had. */
static uint64_t sort_by(struct series *s, const double *v)
{
	for (size_t i = 0; i < s->n; i++)
		s->items[i].key = inversions_key_of(v[s->items[i].who]);
	return inversions_sort(s->items, s->scratch, s->n, NULL);
}

static double middle(const struct series *s, const double *v)
{
	double a = v[s->items[(s->n - 1) / 2].who], b = v[s->items[s->n / 2].who];

	return between(a, b, 0.5);
}

static bool series_open(struct series *s, struct arena *a, const double *t, const double *y, size_t n)
{
	if (n > INT32_MAX || n > SIZE_MAX / 128)
		die("%zu points are too many for a trend", n);
	s->t = arena_alloc(a, n * sizeof *s->t);
	s->y = arena_alloc(a, n * sizeof *s->y);
	s->n = 0;
	for (size_t i = 0; i < n; i++) {
		if (!isfinite(t[i]) || !isfinite(y[i]))
			continue;
		s->t[s->n] = t[i];
		s->y[s->n++] = y[i];
	}
	s->items = arena_alloc(a, s->n * sizeof *s->items);
	s->scratch = arena_alloc(a, s->n * sizeof *s->scratch);
	for (size_t i = 0; i < s->n; i++)
		s->items[i].who = (uint32_t)i;
	return s->n > 0;
}

double stats_median(const double *v, size_t n)
{
	struct arena *a = arena_open();
	struct series s;
	double result = NAN;

	if (series_open(&s, a, v, v, n)) {
		sort_by(&s, s.y);
		result = middle(&s, s.y);
	}
	arena_close(a);
	return result;
}

/* Items are sorted by v; with also, points are equal only if they are in that as well. */
static struct ranks ranks_of(const struct series *s, const double *v, const double *also)
{
	struct ranks ranks = { 0 };

	for (size_t i = 0, end; i < s->n; i = end) {
		uint32_t first = s->items[i].who;

		for (end = i + 1; end < s->n; end++) {
			uint32_t next = s->items[end].who;

			if (v[next] != v[first] || (also && also[next] != also[first]))
				break;
		}
		uint64_t size = end - i;
		double lean = (double)i - (double)(s->n - end);

		ranks.equal += size * (size - 1) / 2;
		ranks.spread += (double)size * (lean * lean - (double)(s->n - size));
	}
	return ranks;
}

/* S and its variance; leaves the items ordered by t, then y. */
static void score(struct series *s, struct trend *out)
{
	uint64_t all = (uint64_t)s->n * (s->n - 1) / 2;

	sort_by(s, s->y);
	s->median_y = middle(s, s->y);
	struct ranks y = ranks_of(s, s->y, NULL);

	s->tied_y = y.equal > 0;
	sort_by(s, s->t);
	s->median_t = middle(s, s->t);
	struct ranks t = ranks_of(s, s->t, NULL), both = ranks_of(s, s->t, s->y);
	uint64_t falling = sort_by(s, s->y);

	sort_by(s, s->t);
	out->pairs = all - t.equal;
	out->s = (double)(int64_t)(out->pairs - y.equal + both.equal - 2 * falling);
	/* Kendall's sums over tied groups in the shape of Daniels, Biometrika 33 (1944) 129-135: the same
	 * number, but no large sums that cancel when nearly all values are equal. */
	if (out->pairs > 0)
		out->var = (double)out->pairs * (double)(all - y.equal) / (double)all;
	if (s->n > 2)
		out->var += t.spread / (double)(2 * all) * (y.spread / (double)(s->n - 2));
	if (out->s != 0)
		out->z = (out->s - (out->s > 0 ? 1 : -1)) / sqrt(out->var);
}

/* Without a trend every assignment of the y to the t is as likely as any other: in how many ways does each S
 * come about? Goes through the groups of equal t and remembers which y are used up; the order within a
 * group is not counted, it says nothing. */
struct orders {
	size_t n, groups;
	size_t group[STATS_NORMAL_POINTS - 1];        /* sizes, by rising t */
	unsigned lower[STATS_NORMAL_POINTS - 1];      /* for each y, the set of those below it */
	unsigned higher[STATS_NORMAL_POINTS - 1];     /* and above it */
	uint8_t size[1 << (STATS_NORMAL_POINTS - 1)]; /* of each set */
	uint32_t (*ways)[SCORES];                     /* by set of used y, by S + SCORE_MAX */
};

/* Goes on from the set `used` with every set of y that the next group may take. */
static void add_group(struct orders *o, unsigned used, size_t size)
{
	unsigned rest = ((1u << o->n) - 1) & ~used;

	for (unsigned joining = rest; joining; joining = (joining - 1) & rest) {
		int gain = 0; /* rising less falling pairs of those used and those joining */

		if (o->size[joining] != size)
			continue;
		for (size_t i = 0; i < o->n; i++) {
			if (joining >> i & 1)
				gain += o->size[used & o->lower[i]] - o->size[used & o->higher[i]];
		}
		const uint32_t *from = o->ways[used] + (gain < 0 ? -gain : 0);
		uint32_t *to = o->ways[used | joining] + (gain > 0 ? gain : 0);

		for (int i = 0; i < SCORES - abs(gain); i++)
			to[i] += from[i];
	}
}

/* Returns the row of all y: ways by S + SCORE_MAX. */
static const uint32_t *orders_count(struct orders *o)
{
	unsigned all = (1u << o->n) - 1;
	size_t used_up = 0;

	for (unsigned set = 1; set <= all; set++)
		o->size[set] = (uint8_t)(o->size[set >> 1] + (set & 1));
	o->ways[0][SCORE_MAX] = 1;
	for (size_t g = 0; g < o->groups; g++) {
		for (unsigned used = 0; used < all; used++) {
			if (o->size[used] == used_up)
				add_group(o, used, o->group[g]);
		}
		used_up += o->group[g];
	}
	return o->ways[all];
}

/* P(S >= least) + P(S <= most). */
static double tails(const uint32_t *ways, int least, int most)
{
	double all = 0, extreme = 0;

	for (int s = -SCORE_MAX; s <= SCORE_MAX; s++) {
		all += ways[s + SCORE_MAX];
		if (s >= least || s <= most)
			extreme += ways[s + SCORE_MAX];
	}
	return extreme / all;
}

/* The orders of the series, whose items stand by t; with its y, or with as many that all differ. */
static struct orders *orders_open(struct arena *a, const struct series *s, bool distinct)
{
	struct orders *o = arena_alloc(a, sizeof *o);

	o->n = s->n;
	o->ways = arena_alloc(a, sizeof *o->ways << s->n);
	for (size_t i = 0; i < s->n; i++) {
		uint32_t who = s->items[i].who;

		if (i == 0 || s->t[who] != s->t[s->items[i - 1].who])
			o->groups++;
		o->group[o->groups - 1]++;
		for (size_t j = 0; j < s->n; j++) {
			uint32_t other = s->items[j].who;

			o->lower[i] |= (unsigned)(distinct ? j < i : s->y[other] < s->y[who]) << j;
			o->higher[i] |= (unsigned)(distinct ? j > i : s->y[other] > s->y[who]) << j;
		}
	}
	return o;
}

/* The slope of a rank that may lie between two. */
static double slope_at(struct slopes *slopes, double rank)
{
	uint64_t k = (uint64_t)rank;
	double share = rank - (double)k, a = slopes_select(slopes, k);

	return share > 0 ? between(a, slopes_select(slopes, k + 1), share) : a;
}

/* A slope b is in the interval if S of y - b * t is small. Its y differ whatever ties y has, as ties come
 * from rounding; equal t stay, and leave fewer pairs. Returns the lower rank, 0 for none. */
static double exact_rank(struct arena *a, const struct series *s, struct trend *out)
{
	const uint32_t *ways = s->tied_y ? orders_count(orders_open(a, s, true)) : s->ways;
	int pairs = (int)out->pairs, critical = pairs;

	/* Two values of S are two apart: each of the pairs either rises or falls. */
	while (tails(ways, critical - 2, 2 - critical) <= 1 - STATS_LEVEL)
		critical -= 2;
	double both = tails(ways, critical, -critical);

	out->level = 1 - both;
	return both <= 1 - STATS_LEVEL ? (pairs - (critical - 2)) / 2 : 0;
}

static void measure_slope(struct arena *a, const struct series *s, struct trend *out)
{
	struct slopes *slopes = slopes_open(a, s->t, s->y, s->n);
	double pairs = (double)out->pairs, rank;

	out->slope = slope_at(slopes, (pairs + 1) / 2);
	out->intercept = clamp(s->median_y - clamp(out->slope * s->median_t));
	if (out->exact)
		rank = exact_rank(a, s, out);
	else
		rank = (pairs - normal_bound * sqrt(out->var)) / 2;
	/* Many equal t leave so few slopes that the interval would end beyond the outermost. */
	if (rank < 1)
		return;
	if (!out->exact)
		out->level = STATS_LEVEL;
	out->has_interval = true;
	/* Slopes that differ by rounding errors alone may come out of order. */
	out->low = fmin(slope_at(slopes, rank), out->slope);
	out->high = fmax(slope_at(slopes, pairs + 1 - rank), out->slope);
}

bool stats_trend(const double *t, const double *y, size_t n, struct trend *out)
{
	struct arena *a = arena_open();
	struct series s;

	*out = (struct trend){ .p = 1, .exact = true };
	if (series_open(&s, a, t, y, n)) {
		out->n = s.n;
		out->exact = s.n < STATS_NORMAL_POINTS;
		score(&s, out);
		if (out->exact) {
			int size = (int)fabs(out->s);

			s.ways = orders_count(orders_open(a, &s, false));
			out->p = tails(s.ways, size, -size);
		} else {
			out->p = erfc(fabs(out->z) / sqrt(2));
		}
		out->has_slope = out->pairs > 0;
		if (out->has_slope)
			measure_slope(a, &s, out);
	}
	arena_close(a);
	return out->has_slope;
}

static double hours_to(double distance, double slope)
{
	return fmin(distance / slope, STATS_FORECAST_HOURS);
}

bool stats_forecast(const struct trend *trend, double last, double target, struct forecast *out)
{
	*out = (struct forecast){ 0 };
	if (!isfinite(last) || !isfinite(target))
		return false;
	if (last >= target)
		return true;
	if (!trend->has_interval || trend->low <= 0)
		return false;
	out->earliest = hours_to(target - last, trend->high);
	out->likely = hours_to(target - last, trend->slope);
	out->latest = hours_to(target - last, trend->low);
	return true;
}
