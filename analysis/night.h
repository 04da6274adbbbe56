/* SPDX-License-Identifier: MIT
 * When is a server quiet? From 22:00 to 06:00 of its own clock, as far as nothing else is stated. */
#ifndef ANALYSIS_NIGHT_H
#define ANALYSIS_NIGHT_H

#include "core/core.h"
#include "core/when.h"

/* A moment of the server's clock; both ends of the night belong to it. */
bool is_night(when_us at);
/* How much of the time between two moments of the server's clock is night; never negative. */
when_us night_between(when_us from, when_us to);

#endif
