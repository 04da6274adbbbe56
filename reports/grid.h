/* SPDX-License-Identifier: MIT
 * A table measured for a page of text: what every cell says, how wide its columns are, and where they stand.
 */
#ifndef REPORTS_GRID_H
#define REPORTS_GRID_H

#include "reports/page.h"

/* Of a column: in the grid; told once above it, for it is the same in every row; or on a line beneath each
 * row. */
enum place { PLACE_GRID, PLACE_ONCE, PLACE_BENEATH };

struct grid_column {
	const struct field *field;
	size_t index; /* in the row's cells */
	const char *title;
	enum place place;
	bool number;
	int cells, words; /* the widest cell; its widest word */
	int width;
};

struct grid {
	const struct table *table;
	struct grid_column *columns;
	size_t count, rows;
	int gap;
	const char **texts; /* rows times count */
	int *lengths;       /* of the texts, in columns */
};

struct grid grid_of(struct page *p, const struct table *t);
/* Tries what costs the reader least first; false when only cards are left. */
bool grid_fit(struct page *p, struct grid *g);

/* What stands beneath row r in column i; NULL: nothing does. */
const char *grid_beneath(const struct grid *g, size_t r, size_t i);
/* Some cell beside the others says "?" for what is not known. */
bool grid_has_unknown(const struct grid *g);

#endif
