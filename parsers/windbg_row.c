/* SPDX-License-Identifier: MIT
 * What a column line of !poolused or of Volatility's pooltracker names, and what a line beneath it says.
 * Layouts: Microsoft's page on !poolused and public logs. */
#include "parsers/windbg.h"

#include "core/text.h"

#include <string.h>

#define DRIVER_MOST  200 /* bytes */
#define COLUMN_LEAST 9   /* characters: no column of the tool is narrower, with the blank before it */

/* ---- columns ---- */

static struct span blanks_cut(struct span *rest)
{
	struct span blanks = { rest->p, 0 };

	while (blanks.n < rest->n && (rest->p[blanks.n] == ' ' || rest->p[blanks.n] == '\t'))
		blanks.n++;
	*rest = text_tail(*rest, blanks.n);
	return blanks;
}

static bool field_of(struct span word, enum windbg_field *field)
{
	static const struct {
		const char *word;
		enum windbg_field field;
	} words[] = { { "Allocs", WINDBG_ALLOCS }, { "Frees", WINDBG_FREES }, { "Diff", WINDBG_DIFF },
		{ "Used", WINDBG_USED }, { "Bytes", WINDBG_USED } };

	for (size_t i = 0; i < LEN(words); i++)
		if (span_equal(word, span_of(words[i].word))) {
			*field = words[i].field;
			return true;
		}
	return false;
}

/* "Allocs     Used    Allocs     Used": each Allocs begins the columns of the next pool, unless the words
 * name it themselves: "NpAllocs". */
bool windbg_columns_read(struct windbg_columns *c, struct span rest, const int pools[2])
{
	int group = -1;

	*c = (struct windbg_columns){ .count = 0 };
	rest = text_tail(rest, strlen("Tag"));
	while (c->count < WINDBG_COLUMNS) {
		struct span gap = blanks_cut(&rest), word = { rest.p, 0 };
		int pool = -1;
		enum windbg_field field;

		while (word.n < rest.n && text_is_letter(rest.p[word.n]))
			word.n++;
		c->last_width = gap.n + word.n;
		rest = text_tail(rest, word.n);
		if (text_starts(word, "Np") || text_starts(word, "Pg")) {
			pool = word.p[0] == 'P';
			word = text_tail(word, 2);
			c->pooltracker = true;
		}
		if (!field_of(word, &field))
			break;
		group += field == WINDBG_ALLOCS;
		if (pool < 0 && group >= 0 && group < 2)
			pool = pools[group];
		if (pool < 0)
			return false;
		c->counts |= field == WINDBG_FREES;
		c->has[pool] = true;
		c->columns[c->count].pool = pool;
		c->columns[c->count++].field = field;
		if (!rest.n)
			break;
	}
	return c->count > 1;
}

/* ---- rows ---- */

static bool number_read(struct span digits, int64_t *number)
{
	uint64_t n;

	if (!text_uint_base(digits, 10, &n) || n > INT64_MAX)
		return false;
	*number = (int64_t)n;
	return true;
}

/* How many of the digits are the last number's? In 32-bit layouts the description follows without a blank:
 * " ohci        1      136         0        01394 OHCI host controller driver". A number with blanks to spare
 * ends where its column ends; one that fills its column may be longer: "      8684 293147416". */
static size_t last_number(
	const struct windbg_columns *c, size_t blanks, struct span digits, struct span behind)
{
	size_t edge = blanks < c->last_width ? c->last_width - blanks : digits.n;
	bool glued = behind.n && !text_is_blank(behind.p[0]);
	int64_t n;

	if (digits.n > 1 && digits.p[0] == '0')
		return 1;
	if (c->last_width < COLUMN_LEAST || digits.n <= edge || !text_trim(behind).n)
		return digits.n;
	if (blanks > 1)
		return edge;
	/* this layout is that of 32-bit targets, where no pool holds 4 GiB */
	return glued && (!number_read(digits, &n) || n > UINT32_MAX) ? edge : digits.n;
}

/* The numbers behind the tag, one for each column; returns how many there are. */
size_t windbg_numbers_read(
	const struct windbg_columns *c, struct span *rest, int64_t number[WINDBG_COLUMNS], bool *fits)
{
	size_t n = 0;

	*fits = true;
	while (n < c->count) {
		struct span behind = *rest, blanks = blanks_cut(&behind), digits = { behind.p, 0 };
		bool last = n + 1 == c->count;

		while (digits.n < behind.n && text_is_digit(behind.p[digits.n]))
			digits.n++;
		if (!blanks.n || !digits.n ||
			(!last && digits.n < behind.n && !text_is_blank(behind.p[digits.n])))
			break;
		if (last)
			digits.n = last_number(c, blanks.n, digits, text_tail(behind, digits.n));
		*fits &= number_read(digits, &number[n++]);
		*rest = text_tail(behind, digits.n);
	}
	return n;
}

/* Four characters, each a byte of Windows-1252; fewer are filled up with blanks. */
static size_t tag_read(struct span text, size_t characters, unsigned char tag[4])
{
	size_t length, used = 0;

	memset(tag, ' ', 4);
	for (size_t i = 0; i < characters && used < text.n; i++, used += length) {
		int byte = text_1252_byte(text_get_utf8(text_tail(text, used), &length));

		tag[i] = byte < 0 ? '?' : (unsigned char)byte;
	}
	return used;
}

/* " rx..       3     1248         0        0UNKNOWN pooltag '  rx', please update pooltag.txt": the column
 * shows dots, the sentence has the tag as poolmon shows it. It says nothing of an owner. */
static void driver_read(struct windbg_line *row, struct span text)
{
	unsigned char tag[4];
	struct span quoted;

	text = text_trim(text);
	if (text_starts(text, "UNKNOWN pooltag '")) {
		quoted = text_tail(text, strlen("UNKNOWN pooltag '"));
		if (quoted.n > tag_read(quoted, 4, tag) && quoted.p[tag_read(quoted, 4, tag)] == '\'')
			memcpy(row->tag, tag, sizeof tag);
		return;
	}
	row->driver = text_head_whole(text, DRIVER_MOST);
}

static const char *values_put(const struct windbg_columns *c, struct windbg_line *row, const int64_t *number)
{
	for (size_t i = 0; i < c->count; i++)
		row->value[c->columns[i].pool][c->columns[i].field] = number[i];
	for (int pool = 0; pool < 2; pool++) {
		int64_t *v = row->value[pool];

		if (!c->counts) { /* what this layout calls Allocs is outstanding */
			v[WINDBG_DIFF] = v[WINDBG_ALLOCS];
			v[WINDBG_ALLOCS] = 0;
		} else if (c->pooltracker) {
			v[WINDBG_DIFF] = (uint32_t)(v[WINDBG_ALLOCS] - v[WINDBG_FREES]);
		}
		if (v[WINDBG_ALLOCS] > UINT32_MAX || v[WINDBG_FREES] > UINT32_MAX ||
			v[WINDBG_DIFF] > UINT32_MAX)
			return "a number is too large for its column";
		if (c->counts && (uint32_t)(v[WINDBG_ALLOCS] - v[WINDBG_FREES]) != (uint32_t)v[WINDBG_DIFF])
			return "Diff is not Allocs - Frees";
	}
	return NULL;
}

/* Beneath "Tag", where the tool prints it, or flush left. Returns how many numbers follow. */
static size_t row_in_columns(const struct windbg_columns *c, struct span line, struct windbg_line *row,
	struct span *rest, int64_t *number, bool *fits)
{
	size_t skip = 0;

	while (skip < c->indent && skip < line.n && text_is_blank(line.p[skip]))
		skip++;
	*rest = text_tail(line, skip);
	*rest = text_tail(*rest, tag_read(*rest, 4, row->tag));
	return windbg_numbers_read(c, rest, number, fits);
}

/* "AGP 1 344 2 384": a line that lost its columns. */
static size_t row_of_words(const struct windbg_columns *c, struct span line, struct windbg_line *row,
	struct span *rest, int64_t *number, bool *fits)
{
	struct span word = { NULL, 0 };

	*rest = text_trim(line);
	word.p = rest->p;
	while (word.n < rest->n && !text_is_blank(rest->p[word.n]))
		word.n++;
	if (tag_read(word, 4, row->tag) < word.n)
		return 0;
	*rest = text_tail(*rest, word.n);
	return windbg_numbers_read(c, rest, number, fits);
}

enum windbg_row windbg_row_read(
	const struct windbg_columns *c, struct span line, struct windbg_line *row, const char **fault)
{
	int64_t number[WINDBG_COLUMNS];
	struct span rest;
	bool fits;
	size_t n;

	*row = (struct windbg_line){ .bare = false };
	n = row_in_columns(c, line, row, &rest, number, &fits);
	if (!n)
		n = row_of_words(c, line, row, &rest, number, &fits);
	if (n < c->count)
		return n ? WINDBG_ROW_BROKEN : WINDBG_NO_ROW;
	row->bare = !rest.n;
	driver_read(row, rest);
	*fault = fits ? values_put(c, row, number) : "a number is too large for its column";
	return WINDBG_ROW;
}
