/* SPDX-License-Identifier: MIT
 * Counts and samples the pairs that stand the wrong way round while a merge sort puts them right
 * (Knight 1966; Dillencourt, Mount and Netanyahu 1992). */
#include "analysis/inversions.h"

#include <string.h>

struct inversions_key inversions_key_of(double v)
{
	/* Bits of a double rise with its magnitude; a negative number therefore falls, and is mirrored. */
	int64_t bits;

	memcpy(&bits, &v, sizeof(bits));
	return (struct inversions_key){ bits < 0 ? INT64_MIN - bits : bits, 0 };
}

/* Schoolbook multiplication on 32-bit halves: not every C11 compiler has a 128-bit integer. */
static struct inversions_key product(int64_t a, int64_t b)
{
	int64_t a_low = (uint32_t)a, a_high = a >> 32;
	int64_t b_low = (uint32_t)b, b_high = b >> 32;
	uint64_t lowest = (uint64_t)a_low * (uint64_t)b_low;
	int64_t middle = a_high * b_low + (int64_t)(lowest >> 32);
	int64_t other = a_low * b_high + (uint32_t)middle;

	return (struct inversions_key){ a_high * b_high + (middle >> 32) + (other >> 32),
		(uint64_t)a * (uint64_t)b };
}

struct inversions_key inversions_key_cross(int64_t a, int64_t b, int64_t c, int64_t d)
{
	struct inversions_key x = product(a, b), y = product(c, d);

	return (struct inversions_key){ x.high - y.high - (x.low < y.low), x.low - y.low };
}

bool inversions_key_equal(struct inversions_key a, struct inversions_key b)
{
	return a.high == b.high && a.low == b.low;
}

static inline bool key_less(const struct inversions_key *a, const struct inversions_key *b)
{
	return a->high < b->high || (a->high == b->high && a->low < b->low);
}

/* splitmix64, by Sebastiano Vigna, public domain. */
static uint64_t random_next(uint64_t *seed)
{
	uint64_t x = *seed += 0x9E3779B97F4A7C15u;

	x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
	x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
	return x ^ (x >> 31);
}

/* Draws the number of the pair to take from the next slice; pairs are numbered as the sort meets them. */
static void sample_aim(struct inversions_sample *s)
{
	uint64_t width = s->total / s->want, wider = s->total % s->want, slice = s->made;
	uint64_t start = slice * width + (slice < wider ? slice : wider);

	s->next = start + random_next(&s->seed) % (width + (slice < wider));
}

/* The item `after` jumps over `count` items from `left` on: pairs number `seen` to seen + count - 1. */
static void sample_take(struct inversions_sample *s, uint64_t seen, const struct inversions_item *left,
	size_t count, const struct inversions_item *after)
{
	while (s->made < s->want && s->next < seen + count) {
		s->pairs[s->made++] = (struct inversions_pair){ left[s->next - seen].who, after->who };
		if (s->made < s->want)
			sample_aim(s);
	}
}

/* Merges a[0..left) and a[left..n) into out; `seen` pairs were counted before. Returns the new count. */
static uint64_t merge(const struct inversions_item *a, size_t left, size_t n, struct inversions_item *out,
	uint64_t seen, struct inversions_sample *sample)
{
	size_t i = 0, j = left;

	if (left < n && key_less(&a[left].key, &a[left - 1].key)) {
		while (i < left && j < n) {
			if (key_less(&a[j].key, &a[i].key)) {
				if (sample)
					sample_take(sample, seen, a + i, left - i, a + j);
				seen += left - i;
				*out++ = a[j++];
			} else {
				*out++ = a[i++];
			}
		}
	}
	memcpy(out, a + i, (left - i) * sizeof *a);
	memcpy(out + (left - i), a + j, (n - j) * sizeof *a);
	return seen;
}

uint64_t inversions_sort(struct inversions_item *items, struct inversions_item *scratch, size_t n,
	struct inversions_sample *sample)
{
	struct inversions_item *from = items, *to = scratch;
	uint64_t seen = 0;

	if (sample) {
		sample->made = 0;
		sample_aim(sample);
	}
	for (size_t width = 1; width < n; width *= 2) {
		for (size_t at = 0; at < n; at += 2 * width) {
			size_t both = n - at < 2 * width ? n - at : 2 * width;

			seen = merge(from + at, both < width ? both : width, both, to + at, seen, sample);
		}
		struct inversions_item *swap = from;

		from = to;
		to = swap;
	}
	if (from != items)
		memcpy(items, from, n * sizeof *items);
	return seen;
}
