/* SPDX-License-Identifier: MIT
 * When is a server quiet? From 22:00 to 06:00 of its own clock, as far as nothing else is stated. */
#ifndef ANALYSIS_NIGHT_H
#define ANALYSIS_NIGHT_H

#include "core/when.h"

/* So much of it is needed to see what outlives a quiet period. Ours, as the hours themselves: no public text
 * says how long; Microsoft's guide to kernel memory leaks stops the load and waits "a few hours". */
#define NIGHT_LEAST (2 * WHEN_HOUR)

/* How much of the time between two moments of the server's clock is night; never negative. */
when_us night_between(when_us from, when_us to);

#endif
