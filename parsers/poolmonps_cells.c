/* SPDX-License-Identifier: MIT
 * Finds poolmon-powershell's columns by their names and takes rows apart, separated or printed as a table. */
#include "core/text.h"
#include "parsers/csv.h"
#include "parsers/poolmonps.h"

static const char *const role_names[ROLES] = { "DateTime", "DateTimeUTC", "Tag", "PagedAllocs", "PagedFrees",
	"PagedDiff", "PagedUsedBytes", "NonPagedAllocs", "NonPagedFrees", "NonPagedDiff", "NonPagedUsedBytes",
	"TotalUsedBytes", "Binary", "Description" };
/* ---- headings ---- */

static int role_of(struct span name)
{
	for (int i = 0; i < ROLES; i++)
		if (span_equal_nocase(text_trim(name), span_of(role_names[i])))
			return i;
	return -1;
}

static void heading_add(struct poolmonps_heading *h, struct span name, size_t at)
{
	int role = role_of(name);
	if (role >= 0 && h->has[role])
		role = -1;
	if (role >= 0)
		h->has[role] = true;
	if (h->count < CELLS) {
		h->role[h->count] = role;
		h->at[h->count++] = at;
	}
}

static bool word_next(struct span line, size_t *at, struct span *word)
{
	while (*at < line.n && text_is_blank(line.p[*at]))
		++*at;
	*word = (struct span){ line.p + *at, 0 };
	while (*at < line.n && !text_is_blank(line.p[*at])) {
		++*at;
		word->n++;
	}
	return word->n > 0;
}

bool poolmonps_heading_read(struct span line, struct poolmonps_heading *h)
{
	struct csv csv;
	struct span cell;
	*h = (struct poolmonps_heading){ 0 };
	if (text_find(line, ",") || text_find(line, ";") || text_find(line, "\t")) {
		h->separator = csv_separator(line);
		csv_begin(&csv, line, h->separator);
		while (csv_next(&csv, &cell))
			heading_add(h, cell, 0);
	} else {
		size_t counted = 0, characters = 0;
		for (size_t at = 0; word_next(line, &at, &cell);) {
			size_t from = (size_t)(cell.p - line.p);
			characters += text_characters((struct span){ line.p + counted, from - counted });
			counted = from;
			heading_add(h, cell, characters);
		}
	}
	return h->has[ROLE_TAG] && (h->has[ROLE_PAGED + ROLE_BYTES] || h->has[ROLE_NONPAGED + ROLE_BYTES]);
}

bool poolmonps_is_rule(struct span line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] != '-' && !text_is_blank(line.p[i]))
			return false;
	return text_find(line, "---") != NULL;
}

/* ---- cells ---- */

/* The byte at which a character of the line begins. */
static size_t byte_of(struct span line, size_t character)
{
	size_t at = 0, length;
	for (; character && at < line.n; character--, at += length)
		text_get_utf8(text_tail(line, at), &length);
	return at;
}

/* Texts stand beneath the first letter of their column's name, numbers end beneath its last or further
 * right. */
static void cells_of_table(const struct poolmonps_heading *h, struct span line, struct span cells[ROLES])
{
	size_t at = 0;
	for (size_t i = 0; i < h->count; i++) {
		int role = h->role[i];
		struct span word;
		if (role == ROLE_TAG || role == ROLE_BINARY || role == ROLE_DESCRIPTION) {
			/* Four characters are a tag; what a shorter one lacks cannot be told from the blanks
			 * behind it. */
			size_t from = byte_of(line, h->at[i]);
			at = role == ROLE_TAG   ? byte_of(line, h->at[i] + 4)
			     : i + 1 < h->count ? byte_of(line, h->at[i + 1])
						: line.n;
			word = (struct span){ line.p + from, at - from };
		} else {
			word_next(line, &at, &word);
		}
		if (role >= 0)
			cells[role] = word;
	}
}

bool poolmonps_cells(
	struct arena *a, const struct poolmonps_heading *h, struct span line, struct span cells[ROLES])
{
	struct csv csv;
	struct span cell;
	size_t i = 0;
	int last = -1;
	for (int role = 0; role < ROLES; role++)
		cells[role] = (struct span){ "", 0 };
	if (!h->separator) {
		cells_of_table(h, line, cells);
		return true;
	}
	csv_begin(&csv, line, h->separator);
	while (i < h->count && csv_next(&csv, &cell)) {
		last = h->role[i++];
		if (last >= 0)
			cells[last] = arena_span(a, cell);
	}
	bool whole = i == h->count && !csv.open;
	if (!whole && last >= 0)
		cells[last] = (struct span){ "", 0 };
	return whole;
}

/* An empty cell is unknown. A count is computed in 64 bits, so that one that wrapped is a large negative
 * number. */
static bool number_read(struct span cell, bool count, int64_t *number)
{
	cell = text_trim(cell);
	*number = POOL_UNKNOWN;
	if (!cell.n)
		return true;
	if (!text_int(cell, number) || (count && (*number <= -(INT64_C(1) << 32) || *number > UINT32_MAX)))
		return false;
	if (count)
		*number = (uint32_t)*number;
	return true;
}

bool poolmonps_pool(const struct span cells[4], struct pool_row *row)
{
	if (!number_read(cells[0], true, &row->allocs) || !number_read(cells[1], true, &row->frees) ||
		!number_read(cells[2], true, &row->diff) ||
		!number_read(cells[ROLE_BYTES], false, &row->bytes) ||
		(text_trim(cells[ROLE_BYTES]).n && row->bytes < 0))
		return false;
	if (row->allocs == POOL_UNKNOWN || row->frees == POOL_UNKNOWN)
		return true;
	uint32_t diff = (uint32_t)(row->allocs - row->frees);
	if (row->diff != POOL_UNKNOWN && row->diff != diff)
		return false;
	row->diff = diff;
	return true;
}
