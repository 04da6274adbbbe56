/* SPDX-License-Identifier: MIT
 * Does a series rise from day to day, compared at the same hour? What rises from 08:00 to 16:00 and falls
 * back at night does not. */
#ifndef ANALYSIS_SAME_HOUR_H
#define ANALYSIS_SAME_HOUR_H

#include "analysis/thresholds.h"
#include "core/core.h"
#include "core/when.h"

struct same_hour {
	size_t pairs; /* of points at the same hour, within an hour, of different days */
	double rise;  /* in a day: the median over the pairs; 0 without any */
};

/* Times are of one clock and in order. Each point is compared with that of the next day which is closest to
 * its hour; where the next day has none, with that of the day after, and so on (THRESHOLD_SAME_HOUR_DAYS). */
struct same_hour same_hour_rise(
	const when_us *at, const int64_t *bytes, size_t n, const struct thresholds *t);

#endif
