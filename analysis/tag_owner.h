/* SPDX-License-Identifier: MIT
 * Who owns a pool tag, what it is, and what helps when it leaks; each with who says so. */
#ifndef ANALYSIS_TAG_OWNER_H
#define ANALYSIS_TAG_OWNER_H

#include <stdbool.h>
#include <stddef.h>

/* Where a tag is usually seen. A hint for those who look a tag up: in a report the pool is always that of the
 * capture's own line. */
enum tag_pool { TAG_PAGED, TAG_NONPAGED, TAG_EITHER, TAG_SESSION, TAG_UNKNOWN };

struct tag_owner {
	const char *tag; /* four characters, blanks included; ? stands for any one */
	enum tag_pool pool;
	const char *owner; /* component or driver: "AFD (afd.sys)" */
	const char *what, *source;
	const char *remedy, *remedy_source; /* both NULL: no first remedy is published */
};
extern const struct tag_owner tag_owners[]; /* sorted by the bytes of the tag */
extern const size_t tag_owners_count;

/* The row of the tag itself, else of the pattern that leaves least open; NULL when none fits. */
const struct tag_owner *tag_owner_find(const char *tag);

/* How many characters of the tag the pattern leaves open; -1 when it does not fit. "Zb* " is Zb and anything:
 * a star counts as one where only blanks follow it. */
int tag_open_places(const char *pattern, const char *tag);

/* NT 4.0 to Server 2003 mark the tags of object types by the highest bit of the last byte, which is text
 * here: "Pro\xE3" is Proc. False: the tag is not marked. */
bool tag_unmarked(const char *tag, char plain[5]);

const char *tag_pool_words(enum tag_pool pool);

#endif
