/* SPDX-License-Identifier: MIT
 * How are numbers and times spelled for programs? One place, so that JSON and CSV hold the same. */
#include "reports/format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool real_exact(double v, char text[REAL_TEXT])
{
	if (!isfinite(v))
		return false;
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, REAL_TEXT, "%.*g", digits, v);
		if (strtod(text, NULL) == v)
			break;
	}
	return true;
}

bool time_exact(when_us t, bool local, char text[WHEN_TEXT])
{
	size_t n;

	if (t < when_civil(1601, 1, 1, 0, 0, 0, 0) || t > when_civil(9999, 12, 31, 23, 59, 59, 999999))
		return false;
	when_print(t, text);
	n = strlen(text);
	if (local && n && text[n - 1] == 'Z')
		text[n - 1] = 0;
	return true;
}
