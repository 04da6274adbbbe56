/* SPDX-License-Identifier: MIT
 * What the files that write a world share. */
#ifndef TESTS_WORLD_PARTS_H
#define TESTS_WORLD_PARTS_H

#include "tests/bundle_parts.h"
#include "tests/world.h"

struct system_row {
	const char *product, *version, *nt, *build, *service_pack, *type;
	bool systeminfo; /* the command came with XP */
};

/* What the writers are given, with room for the texts and rows that it points to. */
struct written {
	const struct world *w;
	struct scenario s;
	const struct system_row *system;
	struct boot boots[WORLD_BOOTS];
	char boot_text[WORLD_BOOTS][32], end_text[32], values[128], keys[256];
	struct snap_plan plans[2];
	struct tag_row rows[64];
	size_t row_count;
};

int64_t world_at(const struct written *x, double hours); /* UTC seconds */
size_t world_boots(const struct world *w);
double world_boot(const struct world *w, size_t i); /* its hours */
double world_end(const struct world *w);            /* shortly after all that happened */

void world_logs(struct written *x);                  /* world_log.c */
void world_poolsnaps(struct written *x, bool apart); /* world_pool.c */

#endif
