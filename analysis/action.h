/* SPDX-License-Identifier: MIT
 * What is to be done as numbered steps: the parts of "Do this" that are words. */
#ifndef ANALYSIS_ACTION_H
#define ANALYSIS_ACTION_H

#include "analysis/analysis.h"

/* What to do in a sentence or two, for the first screen: the values, or the verdict's own advice. */
const char *action_words(struct arena *a, const struct judgement *j);
void action_values(struct server_report *s, const struct judgement *j); /* a primary value is recommended */
void action_no_values(struct server_report *s, const struct judgement *j); /* none is */
void action_cautions(struct server_report *s, const struct judgement *j);  /* "do not change this if" */

#endif
