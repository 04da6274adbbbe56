/* SPDX-License-Identifier: MIT
 * How the driver of a tag that nobody has listed is found (KB 298102), and what else is done about a tag. */
#ifndef ANALYSIS_TAG_SEARCH_H
#define ANALYSIS_TAG_SEARCH_H

#include "analysis/evidence.h"
#include "core/report.h"

#define TAG_UNLISTED "not in the list of well-known tags; unknown, probably a driver of another vendor"
#define TAG_DEBUGGER \
	"If no driver names it: a kernel debugger ranks the tags with !poolused 4 (paged) or 2 (nonpaged) and stops at the" \
	" tag's next allocation with PoolHitTag; Driver Verifier with special pool is the last resort (Microsoft's driver" \
	" documentation)."

/* The commands, a line each; NULL where they cannot help, and *why_not says why. */
const char *tag_search_commands(struct arena *a, const char *tag, const char **why_not);

/* Who owns the tag and what to do about it, step by step; the commands to find the driver of an unknown one
 * follow the steps as a block of their own. */
void tag_steps(struct server_report *s, struct block *steps, const struct evidence *e, const char *tag);

#endif
