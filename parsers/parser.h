/* SPDX-License-Identifier: MIT
 * What a parser is, how the right one for a source is found, and how it is run. */
#ifndef PARSERS_PARSER_H
#define PARSERS_PARSER_H

#include "core/core.h"
#include "core/reader.h"
#include "core/record.h"

/* What is known of a source besides its bytes. */
struct source {
	/* relative to the argument, with '/': for messages; its last part may carry a time stamp */
	const char *name;
};

/* Whose is what it states? */
enum parser_whose {
	WHOSE_FOLDER, /* it names nobody: its folder's server's */
	WHOSE_SAID,   /* the records say so; it is read before what names nobody */
	WHOSE_ALL,    /* every server's alike: a tag list needs no server, and makes none */
};

struct parser {
	const char *name;
	const char *about; /* one line for `list` */
	/* 0 to 100 for the first 64 KiB, already UTF-8; no side effects. 90 and more: magic or root element;
	 * 60 to 80: typical first lines; below 50: could be. *missing says in a few words what was not found,
	 * when the bid is below 30. */
	int (*probe)(struct span head, const char **missing);
	void (*parse)(const struct source *source, struct reader *r, struct sink *sink);
	enum parser_whose whose;
};

#define BID_LEAST 30 /* a best bid below this recognises nothing */

extern const struct parser *const parsers[];
extern const size_t parsers_count;
const struct parser *parser_find(struct span name);

struct bid {
	const struct parser *parser; /* NULL: nothing bid */
	int height;
	const char *missing;
};
/* The two best bids; true when the source is recognised: the best is at least BID_LEAST, and no tie. */
bool parser_choose(struct span head, struct bid *best, struct bid *second);
/* Why nothing was recognised, for a note: who came nearest, and what was missing. */
const char *parser_nearest(struct arena *a, const struct bid *best, const struct bid *second);

/* Once, before parsers run on more than one thread. */
void parsers_start(void);
/* Reads the whole source, also what the parser left, and turns what was odd about its bytes into notes. */
void parser_run(const struct parser *p, const struct source *source, struct reader *r, struct sink *sink);

#endif
