/* SPDX-License-Identifier: MIT
 * A whole file in memory, for tests. */
#ifndef TESTS_FILE_BYTES_H
#define TESTS_FILE_BYTES_H

#include "core/os.h"

#include <string.h>

/* p is NULL when it cannot be opened; the bytes live in the arena. */
static inline struct span file_bytes(struct arena *a, const char *path)
{
	struct err e;
	struct os_file *file = os_open(path, &e);
	struct span bytes = { NULL, 0 };
	size_t room = 0;
	char *p = NULL;

	if (!file)
		return bytes;
	for (long n = 1; n > 0; bytes.n += (size_t)n) {
		if (room - bytes.n < 65536) {
			char *bigger = arena_alloc(a, room = room * 2 + 131072);

			memcpy(bigger, p ? p : "", bytes.n);
			p = bigger;
		}
		n = os_read(file, p + bytes.n, room - bytes.n);
		if (n < 0)
			break;
	}
	os_close(file);
	bytes.p = p;
	return bytes;
}

#endif
