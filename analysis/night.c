/* SPDX-License-Identifier: MIT
 * How much of a stretch of time falls into the night. */
#include "analysis/night.h"

#define DUSK   (22 * WHEN_HOUR)
#define LENGTH (8 * WHEN_HOUR)

/* All night hours from the dusk before the epoch to a moment. */
static when_us night_until(when_us at)
{
	when_us since = at - DUSK, days = since / WHEN_DAY - (since % WHEN_DAY < 0),
		rest = since - days * WHEN_DAY;

	return days * LENGTH + (rest < LENGTH ? rest : LENGTH);
}

when_us night_between(when_us from, when_us to)
{
	return to > from ? night_until(to) - night_until(from) : 0;
}
