/* SPDX-License-Identifier: MIT
 * Takes a line of separated values apart, cell by cell, however many there are. */
#ifndef PARSERS_CSV_H
#define PARSERS_CSV_H

#include "core/core.h"

/* As RFC 4180 describes, but for line ends inside quotes, which no tool that is read here writes; the
 * separator is a comma, a semicolon (lists of most of Europe) or a tab. */
struct csv {
	struct span rest;
	char separator;
	bool more;       /* another cell follows, if only an empty one */
	bool open;       /* the last quoted cell has no end: the line is cut */
	char text[1024]; /* a cell whose quotes were doubled; longer ones lose their end */
};

char csv_separator(struct span line); /* the one that stands first outside quotes; a comma when none does */
void csv_begin(struct csv *csv, struct span line, char separator);
/* The cell without its quotes, blanks kept; borrowed until the next call. false at the end. */
bool csv_next(struct csv *csv, struct span *cell);

#endif
