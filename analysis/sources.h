/* SPDX-License-Identifier: MIT
 * The texts that the rules, thresholds and tags rest on: the short name that is printed beside a claim, and
 * where to read it. */
#ifndef ANALYSIS_SOURCES_H
#define ANALYSIS_SOURCES_H

#include "core/core.h"

struct source {
	const char *name;  /* "KB 312362" */
	const char *title; /* in our words where the original's is long */
	const char *where; /* address; many of these pages have moved, archives keep them */
};
extern const struct source sources[];
extern const size_t sources_count;

/* The next of "KB 312362; ours: the points": its row, or NULL for what is ours; false at the end. `text` is
 * advanced, `part` is the piece. A piece that is neither dies: a rule would name a source that nobody can
 * look up. */
bool sources_next(struct span *text, struct span *part, const struct source **source);

#endif
