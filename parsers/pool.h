/* SPDX-License-Identifier: MIT
 * What all readers of pool tables share: a row, its tag as four bytes, and which tags a table holds
 * already. */
#ifndef PARSERS_POOL_H
#define PARSERS_POOL_H

#include "core/core.h"
#include "core/page.h"
#include "core/record.h"

#define POOL_BLOCK_LEAST 8  /* bytes: no allocation is charged less */
#define POOL_UNKNOWN     -1 /* a count that the source does not give */

extern const char *const pool_names[2]; /* by paged: nonpaged, paged */

struct pool_row {
	unsigned char tag[4];
	bool paged;
	int64_t allocs, frees, diff; /* modulo 2^32, or POOL_UNKNOWN */
	int64_t bytes;
	struct span driver; /* empty when there is none or it is unknown */
};
void pool_row_write(const struct pool_row *row, uint64_t line, struct sink *sink);

/* The tag of a tool that keeps only what stands before a NUL: page_tag, moved to the right, where poolmon
 * prints it. 49 6F 00 00 is "  Io" to poolmon, another tag than "Io  ". */
void pool_tag_right(const struct page *page, struct span text, unsigned char tag[4], bool *lost);

/* "nt!mm - Mm section object prototype ptes", of what pooltag.txt says of a tag; "<unknown>" is no module. */
struct span pool_driver(struct arena *a, struct span module, struct span text);

/* Which tags of which pool a table holds. Windows knows some thousands; a hostile file's hundred thousands do
 * not cost more than its size. */
struct pool_seen {
	uint64_t *slots; /* generation, tag, pool; of an older generation: free */
	size_t room, used;
	uint64_t generation;
};
void pool_seen_begin(struct pool_seen *seen); /* a new table: it holds none */
bool pool_seen_has(const struct pool_seen *seen, const unsigned char tag[4], bool paged);
bool pool_seen_add(struct pool_seen *seen, const unsigned char tag[4], bool paged); /* false: no room */
void pool_seen_free(struct pool_seen *seen);

#endif
