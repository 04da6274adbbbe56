/* SPDX-License-Identifier: MIT
 * Which columns of a table stand beside each other on a page, which are told once, and which beneath each
 * row? */
#include "reports/html.h"

#include "core/text.h"

#include <string.h>

#define COLUMNS_MANY    8 /* beyond so many, what is the same in every row is told once */
/* In digits of a table's font: what fits beside each other on a page of 1024 pixels, and what a column of the
 * style sheet takes (.w, .m, padding). */
#define WIDTH_MOST      110
#define WIDTH_SENTENCES 23
#define WIDTH_WORDS     15
#define WIDTH_PADDING   3
#define WORD_LONG       28
#define LISTS_FIRST     100000

/* How a column stands: n number, s never broken, t broken on paper only, m some words, w sentences. */
static char column_class(struct html *h, const struct table *t, size_t column, size_t rows)
{
	const struct field *f = &t->fields[column];
	size_t longest = 0;

	if (field_is_number(f))
		return 'n';
	for (size_t r = 0; r < rows && longest <= 64; r++) {
		const struct cell *c = &t->rows[r].cells[column];
		size_t length = f->type == T_TABLE ? 65 : strlen(cell_words(h->arena, f, c));

		longest = length > longest ? length : longest;
	}
	return longest <= 14 ? 's' : longest <= 26 ? 't' : longest <= 64 ? 'm' : 'w';
}

bool html_in_grid(char css)
{
	return css && css != '=' && css != '+';
}

static size_t longest_word(const char *text)
{
	struct span rest = span_of(text), word;
	size_t longest = 0;

	while (text_cut(&rest, ' ', &word))
		longest = word.n > longest ? word.n : longest;
	return longest;
}

bool html_unbroken(struct html *h, const struct field *f, const struct cell *c)
{
	return longest_word(cell_words(h->arena, f, c)) > WORD_LONG;
}

static size_t longest_cell(struct html *h, const struct table *t, size_t column, size_t rows)
{
	size_t longest = 0;

	for (size_t r = 0; r < rows; r++) {
		size_t length = strlen(cell_words(h->arena, &t->fields[column], &t->rows[r].cells[column]));

		longest = length > longest ? length : longest;
	}
	return longest;
}

/* How many digits' widths a column takes at least; of texts it is what the style sheet gives them. */
static size_t least_width(const struct field *f, char css, size_t longest)
{
	size_t title = longest_word(f->title ? f->title : f->name);
	size_t cells = css == 'w' ? WIDTH_SENTENCES : css == 'm' ? WIDTH_WORDS : longest;

	return (cells > title ? cells : title) + WIDTH_PADDING;
}

/* The widest text that may leave the grid: lists first, then sentences; the first column says which row it
 * is, and stays. */
static size_t widest_text(const struct table *t, const char *classes, const size_t *longest)
{
	size_t best = 0, most = 0;
	bool first = true;

	for (size_t i = 0; i < t->field_count; i++) {
		bool list = t->fields[i].type == T_TABLE || t->fields[i].type == T_LIST;
		size_t wish = longest[i] + (list ? LISTS_FIRST : 0);

		if (!first && (classes[i] == 'm' || classes[i] == 'w') && wish > most) {
			most = wish;
			best = i;
		}
		first &= !html_in_grid(classes[i]);
	}
	return best;
}

/* Where more columns are left than fit, the longest texts go beneath their rows. */
static void place_beneath(struct html *h, const struct table *t, char *classes, size_t rows)
{
	size_t *longest = arena_alloc(h->arena, t->field_count * sizeof *longest), shown, width, i;

	for (i = 0; i < t->field_count; i++)
		longest[i] = html_in_grid(classes[i]) ? longest_cell(h, t, i, rows) : 0;
	do {
		shown = width = 0;
		for (i = 0; i < t->field_count; i++) {
			shown += html_in_grid(classes[i]);
			width += html_in_grid(classes[i]) ? least_width(&t->fields[i], classes[i], longest[i])
							  : 0;
		}
		i = shown > COLUMNS_MANY || width > WIDTH_MOST ? widest_text(t, classes, longest) : 0;
		classes[i] = i ? '+' : classes[i];
	} while (i);
}

const char *html_columns(struct html *h, const struct table *t, size_t rows)
{
	char *classes = arena_alloc(h->arena, t->field_count + 1);
	size_t shown = 0;

	for (size_t i = 0; i < t->field_count; i++)
		shown += table_shows(t, i);
	for (size_t i = 0; i < t->field_count; i++) {
		if (!table_shows(t, i))
			continue;
		if (shown > COLUMNS_MANY && table_is_constant(h->arena, t, i))
			classes[i] = '=';
		else
			classes[i] = column_class(h, t, i, rows);
	}
	place_beneath(h, t, classes, rows);
	return classes;
}
