/* SPDX-License-Identifier: MIT
 * The rise from day to day at the same hour of day. */
#include "analysis/same_hour.h"

#include "analysis/stats.h"

static when_us apart(when_us a, when_us b)
{
	return a < b ? b - a : a - b;
}

/* The first point from `from` on that is not before a time; n if all are. */
static size_t first_at(const when_us *at, size_t from, size_t n, when_us time)
{
	while (from < n) {
		size_t middle = from + (n - from) / 2;

		if (at[middle] < time)
			from = middle + 1;
		else
			n = middle;
	}
	return from;
}

/* The point closest to a time, at most `most` from it; n where there is none. */
static size_t closest(const when_us *at, size_t from, size_t n, when_us time, when_us most)
{
	size_t best = first_at(at, from, n, time);

	if (best > from && (best == n || apart(at[best - 1], time) <= apart(at[best], time)))
		best--;
	return best < n && best >= from && apart(at[best], time) <= most ? best : n;
}

struct same_hour same_hour_rise(const when_us *at, const int64_t *bytes, size_t n, const struct thresholds *t)
{
	when_us most = threshold_time(t, THRESHOLD_SAME_HOUR);
	struct arena *a = arena_open();
	struct same_hour result = { 0, 0 };
	double *rises = arena_alloc(a, (n + 1) * sizeof *rises);

	for (size_t i = 0; i < n; i++) {
		for (int days = 1; days <= t->value[THRESHOLD_SAME_HOUR_DAYS]; days++) {
			size_t other = closest(at, i + 1, n, at[i] + days * WHEN_DAY, most);

			if (other == n)
				continue;
			rises[result.pairs++] = (double)(bytes[other] - bytes[i]) / days;
			break;
		}
	}
	if (result.pairs)
		result.rise = stats_median(rises, result.pairs);
	arena_close(a);
	return result;
}
