/* SPDX-License-Identifier: MIT
 * What is to be done as numbered steps: the parts of "Do this" that are words. */
#ifndef ANALYSIS_ACTION_H
#define ANALYSIS_ACTION_H

#include "analysis/analysis.h"

/* The first words of the steps with which the registry is touched; what stands before them comes first. */
#define ACTION_CHECK   "Check that no point of \"Do not change this if\" holds"
#define ACTION_BACK_UP "Back up the registry key"
/* What a value is now: "absent (the default holds)", "60 (0x3C)", "not known: …". */
const char *action_now(struct arena *a, const struct setting *s);
/* What to do in a sentence or two, for the first screen: the values, or the verdict's own advice. */
const char *action_words(struct arena *a, const struct judgement *j);
#define REG_EXPORT "reg export \"" REGISTRY_KEY "\" memory-management-backup.reg"

void action_values(struct server_report *s, const struct judgement *j); /* a primary value is recommended */
void action_no_values(struct server_report *s, const struct judgement *j); /* none is */
/* The line of a .reg file that brings back exactly what was there; NULL when what was read does not show
 * it. */
const char *undo_line(struct arena *a, const struct prescription *p);
/* Why not every value that is to be changed can be brought back, with what to do about it; NULL when each
 * can. */
const char *undo_open(struct arena *a, const struct judgement *j);
void action_cautions(struct server_report *s, const struct judgement *j); /* "do not change this if" */

#endif
