/* SPDX-License-Identifier: MIT
 * How much of a stretch of time falls into the night. */
#include "analysis/night.h"

#define DUSK   (22 * WHEN_HOUR)
#define LENGTH (8 * WHEN_HOUR)

/* Since the last dusk. */
static when_us since_dusk(when_us at)
{
	when_us rest = (at - DUSK) % WHEN_DAY;

	return rest < 0 ? rest + WHEN_DAY : rest;
}

bool is_night(when_us at)
{
	return since_dusk(at) <= LENGTH;
}

/* All night hours from the dusk before the epoch to a moment. */
static when_us night_until(when_us at)
{
	when_us rest = since_dusk(at), days = (at - DUSK - rest) / WHEN_DAY;

	return days * LENGTH + (rest < LENGTH ? rest : LENGTH);
}

when_us night_between(when_us from, when_us to)
{
	return to > from ? night_until(to) - night_until(from) : 0;
}
