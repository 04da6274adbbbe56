/* SPDX-License-Identifier: MIT
 * Which slope between two points has the k-th rank, without looking at all pairs.
 * Matousek, Inf. Process. Lett. 39 (1991) 183-187; Dillencourt, Mount and Netanyahu, Int. J. Comput. Geom.
 * Appl. 2 (1992) 1-27. */
#ifndef ANALYSIS_SLOPES_H
#define ANALYSIS_SLOPES_H

#include "core/core.h"

struct slopes;

/* Points may come in any order and must be finite; n up to 2^31. Everything lives in the arena, O(n). */
struct slopes *slopes_open(struct arena *a, const double *t, const double *y, size_t n);

/* Pairs with different t: only they have a slope (Sen 1968). */
uint64_t slopes_count(const struct slopes *s);

/* The k-th smallest of (y_j - y_i) / (t_j - t_i), k from 1 to the count, as computed in doubles; a quotient
 * too large for a double is the largest double. O(n log n) expected, the same answer in every run.
 * Up to 4,096 pairs, or n if that is more, all are compared by that quotient. Above, ranks follow the exact
 * quotients of t and y rounded to 1/2^61 of their largest magnitude. For whole numbers below 2^53 (bytes,
 * seconds) that is the same; elsewhere slopes that differ by rounding errors alone may change places. */
double slopes_select(struct slopes *s, uint64_t k);

#endif
