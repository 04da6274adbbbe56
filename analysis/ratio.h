/* SPDX-License-Identifier: MIT
 * Do events come more often while something is high than otherwise, and could that be chance: arithmetic of
 * two rates. Test of two Poisson rates given their sum: Przyborowski and Wilenski 1940. */
#ifndef ANALYSIS_RATIO_H
#define ANALYSIS_RATIO_H

#include "core/core.h"

/* Time that was watched, from <= t < to, in any unit; boots are numbers. In order of boot and time, and none
 * overlaps another: what lies between two stretches was not watched, and counts nowhere. */
struct stretch {
	size_t boot;
	int64_t from, to;
	bool high;
};

/* In order of boot and time. */
struct happening {
	size_t boot;
	int64_t at;
};

enum level_then { THEN_UNSEEN, THEN_LOW, THEN_HIGH };
enum level_then ratio_level(const struct stretch *s, size_t n, struct happening e);

struct ratio {
	size_t high, low, unseen; /* events in stretches that are high, that are not, in none */
	double time_high, time_low;
	/* (high / time_high) / (low / time_low); INFINITY when all are high, a NaN when there is no event or
	 * one of the times is zero */
	double rate;
	/* Two-sided, a NaN where there is no rate. The first takes each event as independent of the others;
	 * the second keeps their distances, and the time that the high stretches last. */
	double p_binomial, p_shift;
};
void ratio_measure(
	const struct stretch *s, size_t n, const struct happening *e, size_t count, struct ratio *out);

/* P(an outcome of n trials at most as likely as k), when each succeeds with probability `share`: as
 * binom.test and poisson.test of R count it. */
double ratio_binomial(size_t k, size_t n, double share);

/* The largest value that a quarter of the n > 0 values reaches, equal ones counted. */
int64_t ratio_top_quarter(const int64_t *values, size_t n);

/* The shift test moves all events of a boot by the same length along its watched time, joined end to end and
 * closed to a circle; boots move apart from each other. Instead of random lengths so many are taken, evenly
 * spread, none at all among them: no seed, and the same p each time. */
#define RATIO_SHIFTS       10000
/* Fewer where a boot holds very many events, so that the work stays bounded; never fewer than
 * RATIO_SHIFTS_LEAST. */
#define RATIO_WORK         (1 << 22) /* events times shifts */
#define RATIO_SHIFTS_LEAST 500

#endif
