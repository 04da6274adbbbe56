/* SPDX-License-Identifier: MIT
 * States rows of pool tables, makes tags of text, and remembers which tags a table holds. */
#include "parsers/pool.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

const char *const pool_names[2] = { "nonpaged", "paged" };

void pool_row_write(const struct pool_row *row, uint64_t line, struct sink *sink)
{
	const int64_t counts[] = { row->allocs, row->frees, row->diff };
	struct record r;
	char name[TAG_TEXT];
	record_start(&r, RECORD_POOL, line);
	tag_name(row->tag, name);
	record_text(&r, POOL_TAG, span_of(name));
	record_text(&r, POOL_POOL, span_of(pool_names[row->paged]));
	for (int i = 0; i < (int)LEN(counts); i++)
		if (counts[i] != POOL_UNKNOWN)
			record_number(&r, POOL_ALLOCS + i, counts[i]);
	record_number(&r, POOL_BYTES, row->bytes);
	if (row->driver.n)
		record_text(&r, POOL_DRIVER, row->driver);
	sink->record(sink, &r);
}

void pool_tag_right(const struct page *page, struct span text, unsigned char tag[4], bool *lost)
{
	unsigned char left[4];
	const char *end = text.n ? memchr(text.p, 0, text.n) : NULL;
	struct span shown = text_head(text, end ? (size_t)(end - text.p) : text.n);
	size_t n = text_characters(shown) < 4 ? text_characters(shown) : 4;
	*lost |= !page_tag(page, shown, left);
	memset(tag, ' ', 4);
	memcpy(tag + 4 - n, left, n);
}

struct span pool_driver(struct arena *a, struct span module, struct span text)
{
	if (span_equal(module, SPAN("<unknown>")))
		module.n = 0;
	if (!module.n || !text.n)
		return module.n ? module : text;
	return span_of(arena_printf(a, "%.*s - %.*s", (int)module.n, module.p, (int)text.n, text.p));
}

/* ---- which tags a table holds already ---- */

#define SLOTS_FIRST 4096
#define SLOTS_MOST  (1u << 18)
#define STEPS_MOST  1024

static uint64_t seen_key(const unsigned char tag[4], bool paged)
{
	uint32_t number;
	memcpy(&number, tag, sizeof number);
	return (uint64_t)number << 1 | paged;
}

/* The key's slot, or the free one where it belongs; NULL when it takes too long to find. */
static uint64_t *seen_slot(const struct pool_seen *seen, uint64_t key)
{
	uint64_t mixed = (key + 1) * UINT64_C(0x9E3779B97F4A7C15);
	size_t at = (size_t)(mixed >> 40);
	for (int step = 0; step < STEPS_MOST; step++, at++) {
		uint64_t *slot = &seen->slots[at & (seen->room - 1)];
		if (*slot >> 33 != seen->generation || *slot == (seen->generation << 33 | key))
			return slot;
	}
	return NULL;
}

bool pool_seen_has(const struct pool_seen *seen, const unsigned char tag[4], bool paged)
{
	uint64_t key = seen_key(tag, paged);
	uint64_t *slot = seen->room ? seen_slot(seen, key) : NULL;
	return slot && *slot == (seen->generation << 33 | key);
}

static bool seen_grow(struct pool_seen *seen)
{
	struct pool_seen wider = { .room = seen->room ? seen->room * 2 : SLOTS_FIRST,
		.generation = seen->generation };
	if (wider.room > SLOTS_MOST)
		return false;
	wider.slots = calloc(wider.room, sizeof *wider.slots);
	if (!wider.slots)
		die("out of memory");
	for (size_t i = 0; i < seen->room; i++) {
		uint64_t *slot = NULL;
		if (seen->slots[i] >> 33 == seen->generation)
			slot = seen_slot(&wider, seen->slots[i] & ((UINT64_C(1) << 33) - 1));
		if (slot)
			*slot = seen->slots[i];
	}
	wider.used = seen->used;
	free(seen->slots);
	*seen = wider;
	return true;
}

bool pool_seen_add(struct pool_seen *seen, const unsigned char tag[4], bool paged)
{
	uint64_t key = seen_key(tag, paged);
	if (seen->used * 2 >= seen->room && !seen_grow(seen))
		return false;
	uint64_t *slot = seen_slot(seen, key);
	if (!slot)
		return false;
	*slot = seen->generation << 33 | key;
	seen->used++;
	return true;
}

void pool_seen_begin(struct pool_seen *seen)
{
	seen->generation++;
	seen->used = 0;
}

void pool_seen_free(struct pool_seen *seen)
{
	free(seen->slots);
	seen->slots = NULL;
	seen->room = 0;
}
