/* SPDX-License-Identifier: MIT
 * Turns a test's ASCII bytes into the UTF-16 that Windows tools write. */
#ifndef TESTS_UTF16_H
#define TESTS_UTF16_H

#include "core/core.h"

/* The text lives in the arena; bom: with a byte order mark in front. */
static inline struct span utf16_of(struct arena *a, struct span s, bool big, bool bom)
{
	char *to = arena_alloc(a, s.n * 2 + 2);
	size_t n = 0;

	if (bom) {
		to[n++] = (char)(big ? 0xFE : 0xFF);
		to[n++] = (char)(big ? 0xFF : 0xFE);
	}
	for (size_t i = 0; i < s.n; i++) {
		to[n++] = big ? 0 : s.p[i];
		to[n++] = big ? s.p[i] : 0;
	}
	return (struct span){ to, n };
}

#endif
