/* SPDX-License-Identifier: MIT
 * In what shape does one tag grow within one boot: arithmetic only, and never more than a description of what
 * the captures show. */
#ifndef ANALYSIS_SHAPE_H
#define ANALYSIS_SHAPE_H

#include "analysis/thresholds.h"
#include "analysis/window.h"
#include "core/core.h"
#include "core/when.h"

/* Growth that outlives a pause is a leak, growth that falls back is cache or peak load (Microsoft, "Using
 * PoolMon to find a kernel-mode memory leak"); a dip of a few percent is neither. Thresholds by the end of
 * their names: POINTS is THRESHOLD_SHAPE_POINTS. They are asked in this order: */
enum shape_kind {
	/* fewer than POINTS captures, or less than TIME of them; or none of what follows */
	SHAPE_UNDECIDED,
	/* it rises with p below CLAIM_P, by LEVEL or more, through HELD_NIGHT of night or more; it never
	 * falls by KEPT or more, gives no KEPT of its rise back in the night, and the number of allocations
	 * outstanding is not known to stay behind */
	SHAPE_LEAK,
	/* it rises, but one of that is not so or not known: a working day looks the same */
	SHAPE_RISING,
	/* within BURST_WINDOW it rose by SWING or more, by BURST of its range, and by at least EVEN times
	 * what an even rise would put there; it may have fallen back once since */
	SHAPE_BURST,
	/* it rose and fell back by SWING or more in any other way, without a restart: what trimming does */
	SHAPE_SAWTOOTH,
	/* all values lie within LEVEL of each other; or it rose, and over the later half of the time they lie
	 * within SETTLED of the whole range */
	SHAPE_PLATEAU,
	/* it fell by SWING or more and did not rise so much; or falls with p below CLAIM_P, by LEVEL or
	 * more */
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

struct shape {
	enum shape_kind kind;
	const char *what; /* the same in a few words, with what it lacks for another shape */
	size_t n;
	when_us length; /* from the first capture to the last */
	int64_t first, last, peak, lowest;
	double average;
	struct rise fall; /* the largest, from a peak to what came after; bytes 0: it never falls */
	double fall_percent;
	bool burst_known; /* two captures lie within THRESHOLD_BURST_WINDOW */
	struct rise burst;
	bool night_known; /* the server's clock is, for every capture */
	when_us night;    /* between the first and the last capture */
	/* of that, between captures with at least THRESHOLD_NIGHT_MOST of the time between them */
	when_us night_seen;
	double night_rise; /* what these rose by; less than 0: fell */
	enum tristate diff_follows;
};

/* Any n, 0 included. */
void shape_of(const struct shape_point *points, size_t n, const struct thresholds *t, struct shape *out);
const char *shape_name(enum shape_kind kind); /* "leak" … as in JSON */

#endif
