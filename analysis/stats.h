/* SPDX-License-Identifier: MIT
 * Does a series rise, how fast, how sure is that, and when does it reach a limit: arithmetic of trends.
 * Test: Mann 1945, Kendall 1975. Slope and interval: Theil 1950, Sen 1968, Gilbert 1987, Hollander and Wolfe
 * 1999. Line: Conover 1980. */
#ifndef ANALYSIS_STATS_H
#define ANALYSIS_STATS_H

#include "core/core.h"

/* Fewer points than this are judged by counting all orders they could have come in, ties included. */
#define STATS_NORMAL_POINTS  10
#define STATS_LEVEL          0.95
#define STATS_FORECAST_HOURS (30 * 24.0)

/* Units: those of y, and of y per unit of t. Everything is finite. */
struct trend {
	size_t n;       /* points measured; points with a NaN or an infinity are left out */
	uint64_t pairs; /* with different t: only these say something about a trend */
	double s;       /* Kendall's S: rising pairs less falling pairs */
	double var;     /* of S, corrected for equal t and equal y */
	double z;       /* S to the standard normal, with the correction for continuity */
	double p;       /* two-sided, P(|S| >= |s|) without a trend; 1 below two points */
	bool exact;     /* how p was found: counted (n < 10), else from z */
	bool has_slope; /* false: no two points differ in t */
	double slope, intercept;
	bool has_interval; /* of 95 % at least; never below five points */
	double low, high;
	/* Confidence the interval has: 0.95 from ten points on, the next possible level above for fewer.
	 * Without an interval: what the smallest and the largest slope would have, 0.917 for four points that
	 * differ in t; 0 where that is unknown. */
	double level;
};

/* Points may come in any order. Returns has_slope; *out is filled in any case. */
bool stats_trend(const double *t, const double *y, size_t n, struct trend *out);

/* Of the finite values; a NaN if there is none. */
double stats_median(const double *v, size_t n);

/* Hours, when t is in hours, from the last value to the target. Times of STATS_FORECAST_HOURS mean "that or
 * later": nothing is said about what comes after. All 0 if the target is reached already. */
struct forecast {
	double earliest, likely, latest; /* at the upper bound of the slope, the slope, the lower bound */
};

/* False if nothing can be foretold: no interval, or one that does not lie above zero. */
bool stats_forecast(const struct trend *trend, double last, double target, struct forecast *out);

#endif
