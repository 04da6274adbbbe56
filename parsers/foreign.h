/* SPDX-License-Identifier: MIT
 * Knows files that belong to such a case and that no parser reads, and says what turns each into something
 * that is read. */
#ifndef PARSERS_FOREIGN_H
#define PARSERS_FOREIGN_H

#include "core/core.h"
#include "core/reader.h"
#include "parsers/parser.h"

struct foreign {
	const char *name;     /* one word, like a parser's and never the same: "evtx" */
	const char *about;    /* for `list`: "Windows event log (.evtx)" */
	const char *advice;   /* what to do instead of giving it; see foreign_advice for what @ stands for */
	const char *ending;   /* of its file's name, ".evtx"; NULL: its name says nothing */
	struct span magic[2]; /* either of its first bytes; empty when they are not known, or not constant */
	/* Looks closer: at the source's first bytes as they came, or at its head as text. May be NULL. */
	bool (*raw)(struct span raw);
	bool (*text)(struct span head);
};
extern const struct foreign foreigns[];
extern const size_t foreigns_count;

/* What a first look at a source shows. */
struct look {
	const struct parser *parser;   /* that reads it; NULL: none does */
	const struct foreign *foreign; /* what it is instead; NULL: not known */
	const struct foreign *by_name; /* not known, and no text: what its name makes it out to be, or NULL */
	bool empty, bid;               /* bid: the parsers were asked, which `best` and `second` tell */
	struct bid best, second;
};

/* Magic goes before the bids, which are made on decoded text; words that only look like a known format, and
 * the name of what is no text, count where no parser wins. name: with '/', only its last part matters. */
struct look foreign_look(struct reader *r, const char *name);

/* What to do about a source of that name: "to read it: wevtutil qe System.evtx …". */
const char *foreign_advice(struct arena *a, const struct foreign *f, const char *name);
/* Why a source is not read (look->parser is NULL): one sentence for a note. */
const char *foreign_why(struct arena *a, const struct look *look, const char *name);

#endif
