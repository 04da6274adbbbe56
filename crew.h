/* SPDX-License-Identifier: MIT
 * Parses files on several threads and hands over what they state in the files' order, so that nothing depends
 * on how many threads there are. */
#ifndef CREW_H
#define CREW_H

#include "core/record.h"
#include "opening.h"
#include "parsers/parser.h"

struct crew_file {
	const char *path, *name;
	const struct parser *parser;
	struct opening *open; /* what cannot be opened twice; the crew's from here on. NULL: open the path */
};

struct crew;
/* The files are borrowed until the crew closes. encoding: forced, or -1. */
struct crew *crew_open(struct crew_file *files, size_t count, int encoding, int threads);
void crew_close(struct crew *c); /* stops what is still being read */

/* Each file once, from the first to the last: hands its records and notes to the sink, sets its `cut`, and
 * answers with the file as it was left, for its digest; the caller closes it. NULL with the sentence set when
 * it could not be opened: then nothing was handed over. */
struct opening *crew_take(struct crew *c, size_t file, struct sink *to, struct err *e);

#endif
