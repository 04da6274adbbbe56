/* SPDX-License-Identifier: MIT
 * Are the two values, as an export shows them, within what is documented? */
#ifndef ANALYSIS_VALUES_H
#define ANALYSIS_VALUES_H

#include "analysis/evidence.h"

#define PERCENT_HEX_60 96 /* 60 typed where a hexadecimal number was asked for */

/* One sentence about what is wrong with it; NULL when nothing is. Absent and 0 are the default and not wrong.
 */
const char *percent_fault(const struct setting *s, struct arena *a);
const char *size_fault(const struct setting *s, bool switch_3gb, struct arena *a);

#endif
