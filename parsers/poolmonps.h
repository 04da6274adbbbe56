/* SPDX-License-Identifier: MIT
 * The parts of the poolmon-powershell parser: which column is which, and what a row's cells are; for
 * poolmonps*.c only. */
#ifndef PARSERS_POOLMONPS_H
#define PARSERS_POOLMONPS_H

#include "core/core.h"
#include "parsers/pool.h"

/* The user picks the columns and their order. Of each pool Allocs, Frees, Diff, UsedBytes. */
enum role {
	ROLE_LOCAL,
	ROLE_UTC,
	ROLE_TAG,
	ROLE_PAGED,
	ROLE_NONPAGED = ROLE_PAGED + 4,
	ROLE_TOTAL = ROLE_NONPAGED + 4,
	ROLE_BINARY,
	ROLE_DESCRIPTION,
	ROLES
};
#define ROLE_BYTES 3 /* of the four */

#define CELLS 32 /* more columns are not looked at */

/* A line that names columns: quoted and separated, or a table's, with a line of dashes beneath. */
struct poolmonps_heading {
	int role[CELLS];  /* of each cell; -1: another column */
	size_t at[CELLS]; /* a table's: the characters before the name */
	size_t count;
	bool has[ROLES];
	char separator; /* 0: a table */
};

bool poolmonps_heading_read(struct span line, struct poolmonps_heading *h);
/* The dashes that Format-Table prints beneath its heading. */
bool poolmonps_is_rule(struct span line);

/* The cells by role, empty where there is none. false when the line ends too early: what stands last may have
 * lost its own end, and is left out. */
bool poolmonps_cells(
	struct arena *a, const struct poolmonps_heading *h, struct span line, struct span cells[ROLES]);
/* The four cells of one pool. false when they are no numbers, or disagree. */
bool poolmonps_pool(const struct span cells[4], struct pool_row *row);

#endif
