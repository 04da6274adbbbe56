/* SPDX-License-Identifier: MIT
 * The bursts of Event 2020, and the time that poolsnaps cover: what is compared with each other. */
#ifndef ANALYSIS_WATCHED_H
#define ANALYSIS_WATCHED_H

#include "analysis/evidence.h"
#include "analysis/ratio.h"

/* A burst, by its first event. */
struct onset {
	const struct exhaustion *first;
	when_us last;
	size_t events;
};

struct watched {
	const char *event;    /* which events: "2020"; NULL: none of any kind */
	const char *of;       /* "of Event 2020" */
	struct onset *bursts; /* by time */
	size_t burst_count;
	struct happening *begun;   /* the same, as times */
	struct stretch *stretches; /* boots as in evidence; high: MmSt in its top quarter */
	size_t stretch_count;
	/* captures that say what MmSt held; those that would but for their clock */
	size_t captures, uncertain;
	size_t high;       /* captures in the top quarter, equal ones included */
	int64_t threshold; /* bytes of MmSt; -1: no capture */
};

/* Bursts of 2020; where there is none, of 2019; else of the texts that say 1450 or 1130. */
struct watched watched_of(const struct evidence *e, struct arena *a);

/* Growth up to the last poolsnap before a burst is told from the earliest capture of the same boot shortly
 * before that has a total; NULL: there is none. */
const struct snapshot *growth_from(const struct evidence *e, const struct snapshot *to);

#endif
