/* SPDX-License-Identifier: MIT
 * Memory that dies together: blocks filled from the front, freed as one. */
#include "core/core.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SIZE ((size_t)64 * 1024)

struct block {
	struct block *before;
	size_t size, used;
	max_align_t data[];
};

struct arena {
	struct block *last;
};

static struct block *block_open(size_t size)
{
	struct block *b = size > SIZE_MAX / 2 ? NULL : malloc(sizeof *b + size);

	if (!b)
		die("out of memory for %zu bytes", size);
	b->before = NULL;
	b->size = size;
	b->used = 0;
	return b;
}

struct arena *arena_open(void)
{
	struct arena *a = calloc(1, sizeof *a);

	if (!a)
		die("out of memory");
	return a;
}

void arena_close(struct arena *a)
{
	if (!a)
		return;
	while (a->last) {
		struct block *b = a->last;

		a->last = b->before;
		free(b);
	}
	free(a);
}

void arena_reset(struct arena *a)
{
	struct block *keep = NULL;

	while (a->last) {
		struct block *b = a->last;

		a->last = b->before;
		/* One ordinary block is kept; an outsized one is given back, or one big record would cost its
		 * memory for good. */
		if (!keep && b->size == BLOCK_SIZE)
			keep = b;
		else
			free(b);
	}
	if (keep) {
		keep->before = NULL;
		keep->used = 0;
	}
	a->last = keep;
}

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t unit = sizeof(max_align_t);
	struct block *b = a->last;
	void *memory;

	if (size > SIZE_MAX / 4)
		die("out of memory for %zu bytes", size);
	size = (size + unit - 1) / unit * unit;
	if (!b || b->size - b->used < size) {
		b = block_open(size > BLOCK_SIZE ? size : BLOCK_SIZE);
		b->before = a->last;
		a->last = b;
	}
	memory = (char *)b->data + b->used;
	b->used += size;
	return memset(memory, 0, size);
}

char *arena_text(struct arena *a, struct span s)
{
	char *copy = arena_alloc(a, s.n + 1);

	if (s.n)
		memcpy(copy, s.p, s.n);
	return copy;
}

struct span arena_span(struct arena *a, struct span s)
{
	return (struct span){ arena_text(a, s), s.n };
}

char *arena_vprintf(struct arena *a, const char *format, va_list args)
{
	va_list again;
	char *text;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0)
		die("cannot format \"%s\"", format);
	text = arena_alloc(a, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, format, args);
	return text;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(a, format, args);
	va_end(args);
	return text;
}

void *arena_grow(struct arena *a, void *items, size_t count, size_t item_size)
{
	void *bigger;

	if (count && (count & (count - 1)))
		return items;
	if (count > SIZE_MAX / 8 / (item_size ? item_size : 1))
		die("out of memory for %zu items", count);
	bigger = arena_alloc(a, (count ? count * 2 : 1) * item_size);
	if (count)
		memcpy(bigger, items, count * item_size);
	return bigger;
}

void list_add(struct arena *a, struct list *l, const char *text)
{
	l->items = arena_grow(a, l->items, l->count, sizeof *l->items);
	l->items[l->count++] = arena_text(a, span_of(text));
}
