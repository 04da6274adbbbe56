/* SPDX-License-Identifier: MIT
 * The values of PoolUsageMaximum side by side, as a table for the report. */
#ifndef ANALYSIS_STEPS_H
#define ANALYSIS_STEPS_H

#include "analysis/analysis.h"

/* A row for 80, 60, 50 and 40 percent; without rows where the maximum is not known. Bytes at the low end of
 * it. */
struct table *steps_table(struct report *r, const struct judgement *j);

#endif
