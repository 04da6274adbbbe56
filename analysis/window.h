/* SPDX-License-Identifier: MIT
 * What is the largest rise of a series within so much time? */
#ifndef ANALYSIS_WINDOW_H
#define ANALYSIS_WINDOW_H

#include "core/core.h"
#include "core/when.h"

struct rise {
	size_t from, to; /* points */
	int64_t bytes;   /* negative where it only ever falls */
};

/* From a point to a later one, at most `window` after it; of equal rises that which begins first, then that
 * which ends first. Points come in order of time; those at one time are in no order and make no rise. Values
 * are not negative. O(n) time and memory. False when no two points are that close together. */
bool rise_within(const when_us *at, const int64_t *bytes, size_t n, when_us window, struct rise *out);

#endif
