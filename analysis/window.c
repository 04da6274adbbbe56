/* SPDX-License-Identifier: MIT
 * The largest rise within a window that slides over a series: a queue holds the points that may still be the
 * lowest of it (Lemire, Nordic J. of Computing 13 (2006) 328-339). */
#include "analysis/window.h"

bool rise_within(const when_us *at, const int64_t *bytes, size_t n, when_us window, struct rise *out)
{
	struct arena *a = arena_open();
	size_t *queue = arena_alloc(a, (n + 1) * sizeof *queue), head = 0, tail = 0, in = 0;
	bool found = false;

	*out = (struct rise){ 0 };
	for (size_t to = 0; to < n; to++) {
		/* What is as low and came first stays: a rise begins as early as it may. */
		for (; at[in] < at[to]; in++) {
			while (tail > head && bytes[queue[tail - 1]] > bytes[in])
				tail--;
			queue[tail++] = in;
		}
		while (tail > head && at[to] - at[queue[head]] > window)
			head++;
		if (tail == head)
			continue;
		struct rise rise = { queue[head], to, bytes[to] - bytes[queue[head]] };

		if (!found || rise.bytes > out->bytes || (rise.bytes == out->bytes && rise.from < out->from))
			*out = rise;
		found = true;
	}
	arena_close(a);
	return found;
}
