/* SPDX-License-Identifier: MIT
 * How one bundle is written: its log, its poolsnaps, what else was sent along. */
#include "tests/bundle_parts.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void bundle_die(const char *what, const char *which)
{
	fprintf(stderr, "bundle: %s: %s\n", which, what);
	exit(1);
}

void *bundle_room(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		bundle_die("no memory", "bundle");
	return p;
}

void bundle_write(const struct scenario *s, const char *dir)
{
	log_write(s, dir);
	pool_write(s, dir);
	context_write(s, dir);
}
