/* SPDX-License-Identifier: MIT
 * The conditions of the verdicts as code, one for each row of the rule table. */
#ifndef ANALYSIS_CONDITIONS_H
#define ANALYSIS_CONDITIONS_H

#include "analysis/judge.h"

/* The evidence, seen with one maximum in mind. */
struct view {
	const struct judgement *j; /* measured already */
	const struct evidence *e;
	int64_t maximum; /* bytes; 0: unknown */
};

bool holds_revert(const struct view *v);
bool holds_nt4(const struct view *v);
bool holds_dynamic_pool(const struct view *v);
bool holds_insufficient_data(const struct view *v);
bool holds_nonpaged(const struct view *v);
bool holds_other_consumer(const struct view *v);
bool holds_mixed(const struct view *v);
bool holds_capacity(const struct view *v);
bool holds_lower(const struct view *v);
bool holds_held(const struct view *v);
bool holds_unproven(const struct view *v);
bool holds_tune(const struct view *v);
bool holds_x64_2003(const struct view *v);
bool holds_preemptive(const struct view *v);
bool holds_watch(const struct view *v);
bool holds_normal(const struct view *v);
bool holds_undecided(const struct view *v);

/* The server started again and again without a clean stop, until the end of what was read. */
bool boot_loop(const struct evidence *e);

#endif
