/* SPDX-License-Identifier: MIT
 * Time as one number: microseconds since 1970-01-01T00:00:00Z, and how the many spellings become it. */
#ifndef CORE_WHEN_H
#define CORE_WHEN_H

#include "core/core.h"

typedef int64_t when_us; /* microseconds since 1970; for local times: as if that clock were UTC */

#define WHEN_NONE   INT64_MIN
#define WHEN_SECOND ((when_us)1000000)
#define WHEN_MINUTE (60 * WHEN_SECOND)
#define WHEN_HOUR   (60 * WHEN_MINUTE)
#define WHEN_DAY    (24 * WHEN_HOUR)

/* WHEN_NONE when the date does not exist (30 February, hour 24 …). Years 1601 to 9999; month and day from
 * 1. */
when_us when_civil(int year, int month, int day, int hour, int minute, int second, int microsecond);

bool when_sane(when_us t);                      /* a time that when_civil can give, to the second */
int when_compare(const void *a, const void *b); /* for qsort over when_us */

struct civil {
	int year, month, day, hour, minute, second, microsecond;
	int weekday; /* 0 is Sunday */
};
struct civil when_to_civil(when_us t);

enum when_zone { WHEN_UTC, WHEN_LOCAL };

/* ISO 8601 as event logs write it: 'T' or blank, none to nine fraction digits (cut to microseconds), then
 * 'Z', an offset (applied) or nothing (*zone is WHEN_LOCAL). The whole of s must be the time. */
bool when_iso(struct span s, when_us *t, enum when_zone *zone);

/* Seconds-precise "2008-10-14T19:52:07Z"; the fraction appears only when it is not zero. */
#define WHEN_TEXT 40
void when_print(when_us t, char text[WHEN_TEXT]);
/* For people: "2008-10-14 19:52:07" without zone letters; the caller names the zone. */
void when_print_plain(when_us t, char text[WHEN_TEXT]);
/* "9 h 30 min", "12 min", "3 d 4 h"; never negative. */
void when_print_span(when_us length, char text[WHEN_TEXT]);
void when_print_offset(int minutes_east, char text[WHEN_TEXT]); /* "-04:00" */

/* --since/--until: an ISO time (local means UTC there) or a bare date. */
bool when_option(struct span s, when_us *t);

when_us when_now(void); /* SOURCE_DATE_EPOCH when that is set, so that reports can be repeated */

#endif
