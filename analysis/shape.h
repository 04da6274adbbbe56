/* SPDX-License-Identifier: MIT
 * In what shape does one tag grow within one boot: arithmetic only, and never more than a description of what
 * the captures show. */
#ifndef ANALYSIS_SHAPE_H
#define ANALYSIS_SHAPE_H

#include "analysis/window.h"
#include "core/core.h"
#include "core/when.h"

/* The shapes, asked in this order. Percentages are of the tag's own largest value in the boot unless said.
 * The names of the thresholds are those in shape.c, where their sources stand.
 *
 * undecided  fewer than LEAST_POINTS captures, or less than LEAST_TIME between the first and the last; or
 * none of what follows plateau    all values lie within LEVEL of each other; or it rose, and throughout the
 * later half of the time they lie within SETTLED of the whole range falling    it fell by SWING or more of
 * the value before, and did not rise so much burst      within SHAPE_WINDOW it rose by SWING or more, by half
 * of its range (BURST_SHARE), and by at least BURST_EVEN times what an even rise would put there; it may have
 * fallen back once since sawtooth   it rose and fell back by SWING or more in any other way, without a
 * restart: what trimming does leak       it rises (p < GROWS_P, by LEVEL or more), through NIGHT_LEAST of
 * night or more, never falls by KEPT or more, gives no KEPT of its rise back in the night, and the number of
 * allocations outstanding is not known to stay behind rising     it rises, but one of that is not so or not
 * known: a working day looks the same falling    p < GROWS_P, by LEVEL or more
 *
 * Growth that outlives a pause is a leak, growth that falls back is cache or peak load (Microsoft, "Using
 * PoolMon to find a kernel-mode memory leak"). A dip of a few percent is neither. */
enum shape_kind {
	SHAPE_UNDECIDED,
	SHAPE_LEAK,
	SHAPE_RISING,
	SHAPE_BURST,
	SHAPE_SAWTOOTH,
	SHAPE_PLATEAU,
	SHAPE_FALLING,
};

enum tristate { NOT_KNOWN, NO, YES };

/* One capture. Captures come in order of time. */
struct shape_point {
	when_us at;    /* UTC */
	when_us local; /* by the server's clock; WHEN_NONE: its offset is not known */
	int64_t bytes;
	int64_t diff; /* allocations outstanding; -1 unknown */
};

#define SHAPE_WINDOW (2 * WHEN_HOUR) /* that of the burst in the headroom table */

struct shape {
	enum shape_kind kind;
	const char *what; /* the same in a few words, with what it lacks for another shape */
	size_t n;
	when_us length; /* from the first capture to the last */
	int64_t first, last, peak, lowest;
	double average;
	struct rise fall; /* the largest, from a peak to what came after; bytes 0: it never falls */
	double fall_percent;
	bool burst_known; /* two captures lie within SHAPE_WINDOW */
	struct rise burst;
	bool night_known;   /* the server's clock is, for every capture */
	when_us night;      /* between the first and the last capture */
	when_us night_seen; /* of that, between captures with at least NIGHT_MOST of the time between them */
	double night_rise;  /* what these rose by; less than 0: fell */
	enum tristate diff_follows;
};

/* Any n, 0 included. */
void shape_of(const struct shape_point *points, size_t n, struct shape *out);
const char *shape_name(enum shape_kind kind); /* "leak" … as in JSON */

#endif
