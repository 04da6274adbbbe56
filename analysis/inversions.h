/* SPDX-License-Identifier: MIT
 * Which pairs stand the wrong way round: a sort that counts them and can name an even sample of them.
 * Counting while merging: Knight, JASA 61 (1966) 436-439; sampling on the way: Dillencourt, Mount and
 * Netanyahu, Int. J. Comput. Geom. Appl. 2 (1992) 1-27. */
#ifndef ANALYSIS_INVERSIONS_H
#define ANALYSIS_INVERSIONS_H

#include "core/core.h"

/* A signed 128-bit number, because the product of two 62-bit numbers must stay exact. */
struct inversions_key {
	int64_t high;
	uint64_t low;
};

struct inversions_item {
	struct inversions_key key;
	uint32_t who; /* the caller's index; travels with the key */
};

/* One pair out of each of `want` equal slices of the `total` pairs; with want = total that is every pair. */
struct inversions_sample {
	struct inversions_pair {
		uint32_t before, after; /* who stood first although its key is larger, and the other */
	} * pairs;                      /* room for want, filled by the sort */
	uint64_t total;                 /* what the sort will return */
	size_t want;                    /* 1 to total */
	size_t made;
	uint64_t next;
	uint64_t seed; /* the same seed draws the same pairs */
};

/* Keys in the order of the numbers; -0 and 0 are equal. v is not a NaN. */
struct inversions_key inversions_key_of(double v);
/* a * b - c * d, exactly; a and c below 2^63, b and d below 2^62 in magnitude. */
struct inversions_key inversions_key_cross(int64_t a, int64_t b, int64_t c, int64_t d);
bool inversions_key_equal(struct inversions_key a, struct inversions_key b);

/* Stable, O(n log n); scratch holds n items too. Returns how many pairs stood with the larger key first
 * (equal keys never count). sample may be NULL. */
uint64_t inversions_sort(struct inversions_item *items, struct inversions_item *scratch, size_t n,
	struct inversions_sample *sample);

#endif
