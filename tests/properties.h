/* SPDX-License-Identifier: MIT
 * A server made by chance that is to show a property, and the properties that have a file of their own. */
#ifndef TESTS_PROPERTIES_H
#define TESTS_PROPERTIES_H

#include "tests/world_judge.h"

struct trial {
	uint64_t seed;
	const struct world *w;
	const struct judged *d;
	bool soak; /* every change is tried, not one of each kind */
};

/* Counts; says the seed, both judgements and both servers where it does not hold. changed NULL: it is the
 * same server. */
void property_hold(const struct trial *t, bool ok, const char *property, const struct world *changed,
	const struct judged *now);
/* Is it the same capture, the highest, by which both are judged? Without the log, or without the only capture
 * of the boot in which events were logged, another boot is: what it shows is another series with a certainty
 * of its own, which says nothing of a gap in the first. */
bool property_same_peak(const struct judged *a, const struct judged *b);
/* Passed and failed so far. */
extern size_t property_passed, property_failed;

void property_always(const struct trial *t, const struct world *w, const struct judged *d);
void property_against(const struct trial *t);

#endif
