/* SPDX-License-Identifier: MIT
 * Which columns of a table fit beside each other? Where not all do, what is the same in every row is told
 * once, long texts stand beneath their rows, and at last each row becomes a card. */
#include "reports/grid.h"

#include "core/text.h"

#include <string.h>

#define GAP         2
#define TEXT_LEAST  24  /* a column of sentences is not squeezed below this */
#define WORD_MOST   48  /* nor below its longest word, up to this */
#define NUMBER_MOST 24  /* the longest number with its unit, and then some */
#define ROWS_TRIED  100 /* whose lines are counted when sentences are squeezed */
#define TEXT_LONG   12  /* narrower texts stay in the grid */
#define UNKNOWN     "?"
#define ZONE        " UTC"

static int most(int a, int b)
{
	return a > b ? a : b;
}

static int longest_word(const char *text)
{
	struct span rest = span_of(text), word;
	int width = 0;

	while (text_cut(&rest, ' ', &word))
		width = most(width, width_of(word));
	return width;
}

static const char *cell_shown(struct page *p, const struct field *f, const struct cell *c)
{
	return page_shown(p, cell_told(p->arena, f, c));
}

/* "Time" over cells that all end in UTC becomes "Time, UTC" over shorter ones. */
static void lift_zone(struct page *p, struct grid *g, size_t column)
{
	struct grid_column *c = &g->columns[column];
	bool known = false;

	for (size_t r = 0; r < g->rows; r++)
		known |= c->field->type == T_TIME &&
			 text_ends_nocase(span_of(g->texts[r * g->count + column]), ZONE);
	if (!known)
		return;
	c->title = arena_printf(p->arena, "%s," ZONE, c->title);
	for (size_t r = 0; r < g->rows; r++) {
		struct span text = span_of(g->texts[r * g->count + column]);

		if (text_ends_nocase(text, ZONE))
			g->texts[r * g->count + column] =
				arena_text(p->arena, text_head(text, text.n - strlen(ZONE)));
	}
}

static void measure(struct page *p, struct grid *g, bool grid)
{
	for (size_t i = 0; i < g->count; i++) {
		struct grid_column *c = &g->columns[i];

		if (grid)
			lift_zone(p, g, i);
		for (size_t r = 0; r < g->rows; r++) {
			const char *text = g->texts[r * g->count + i];

			g->lengths[r * g->count + i] = width_of(span_of(text));
			c->cells = most(c->cells, g->lengths[r * g->count + i]);
			c->words = most(c->words, longest_word(text));
		}
		/* A word may stand where a number stands otherwise; a sentence there must be wrapped like
		 * any. */
		c->number &= c->cells <= NUMBER_MOST;
	}
}

struct grid grid_of(struct page *p, const struct table *t)
{
	struct grid g = { .table = t, .rows = table_people_rows(t), .gap = GAP };

	g.columns = arena_alloc(p->arena, t->field_count * sizeof *g.columns);
	for (size_t i = 0; i < t->field_count; i++) {
		const struct field *f = &t->fields[i];

		if (table_shows(t, i))
			g.columns[g.count++] = (struct grid_column){ .field = f,
				.index = i,
				.number = field_is_number(f),
				.title = page_shown(p, f->title ? f->title : f->name) };
	}
	g.texts = arena_alloc(p->arena, (g.rows * g.count + 1) * sizeof *g.texts);
	g.lengths = arena_alloc(p->arena, (g.rows * g.count + 1) * sizeof *g.lengths);
	for (size_t r = 0; r < g.rows; r++) {
		for (size_t i = 0; i < g.count; i++) {
			const struct cell *c = &t->rows[r].cells[g.columns[i].index];

			g.texts[r * g.count + i] = cell_shown(p, g.columns[i].field, c);
		}
	}
	measure(p, &g, t->shape == TABLE_ROWS);
	return g;
}

/* ---- fitting ---- */

static int grid_width(const struct grid *g)
{
	int width = -g->gap;

	for (size_t i = 0; i < g->count; i++)
		if (g->columns[i].place == PLACE_GRID)
			width += g->columns[i].width + g->gap;
	return width;
}

static int least(const struct grid_column *c)
{
	int word = c->words > WORD_MOST ? 0 : c->words;

	return c->number ? c->width : most(most(TEXT_LEAST, word), longest_word(c->title));
}

static struct grid_column *widest_text(const struct grid *g, size_t from)
{
	struct grid_column *widest = NULL;

	for (size_t i = from; i < g->count; i++) {
		struct grid_column *c = &g->columns[i];

		if (c->place == PLACE_GRID && !c->number && c->width > TEXT_LONG &&
			(!widest || c->width > widest->width))
			widest = c;
	}
	return widest;
}

/* How many lines the rows take, the first of them, at the widths that stand now. */
static size_t lines_of(const struct grid *g)
{
	size_t lines = 0;

	for (size_t r = 0; r < g->rows && r < ROWS_TRIED; r++) {
		int tallest = 1;

		for (size_t i = 0; i < g->count; i++) {
			int width = g->columns[i].width;

			if (g->columns[i].place == PLACE_GRID && width > 0)
				tallest = most(tallest, (g->lengths[r * g->count + i] + width - 1) / width);
		}
		lines += (size_t)tallest;
	}
	return lines;
}

/* The text that costs the fewest lines when it is squeezed; of several the widest. */
static struct grid_column *cheapest_text(struct grid *g)
{
	struct grid_column *cheapest = NULL;
	size_t least_lines = 0;

	for (size_t i = 0; i < g->count; i++) {
		struct grid_column *c = &g->columns[i];
		size_t lines;

		if (c->place != PLACE_GRID || c->number || c->width <= least(c))
			continue;
		c->width--;
		lines = lines_of(g);
		c->width++;
		if (!cheapest || lines < least_lines ||
			(lines == least_lines && c->width > cheapest->width)) {
			cheapest = c;
			least_lines = lines;
		}
	}
	return cheapest;
}

/* What room is left goes to titles that had to be wrapped. */
static void widen_to_titles(struct grid *g, int width)
{
	int room = width - grid_width(g);

	for (size_t i = 0; i < g->count && room > 0; i++) {
		struct grid_column *c = &g->columns[i];
		int more = width_of(span_of(c->title)) - c->width;

		if (c->place != PLACE_GRID || more <= 0)
			continue;
		more = more < room ? more : room;
		c->width += more;
		room -= more;
	}
}

/* With every title and cell on one line. */
static bool fits_unwrapped(struct grid *g, int width)
{
	for (size_t i = 0; i < g->count; i++)
		g->columns[i].width = most(g->columns[i].cells, width_of(span_of(g->columns[i].title)));
	return grid_width(g) <= width;
}

/* So; else with titles wrapped; else with the sentences squeezed. */
static bool fits(struct grid *g, int width)
{
	struct grid_column *c;

	if (fits_unwrapped(g, width))
		return true;
	for (size_t i = 0; i < g->count; i++)
		g->columns[i].width = most(g->columns[i].cells, longest_word(g->columns[i].title));
	while (grid_width(g) > width && (c = cheapest_text(g)) != NULL)
		c->width--;
	widen_to_titles(g, width);
	return grid_width(g) <= width;
}

/* A lone "?" is narrower than "not known", and a line beneath the table says what it means. */
static void shorten_unknown(struct grid *g)
{
	for (size_t i = 0; i < g->count; i++)
		g->columns[i].cells = 0;
	for (size_t r = 0; r < g->rows; r++) {
		for (size_t i = 0; i < g->count; i++) {
			struct grid_column *c = &g->columns[i];
			const char **text = &g->texts[r * g->count + i];

			if (g->table->rows[r].cells[c->index].state == CELL_UNKNOWN &&
				c->place != PLACE_ONCE) {
				*text = UNKNOWN;
				g->lengths[r * g->count + i] = 1;
			}
			c->cells = most(c->cells, g->lengths[r * g->count + i]);
		}
	}
}

static void place_lists_beneath(struct grid *g)
{
	for (size_t i = 0; i < g->count; i++)
		if (g->columns[i].field->type == T_TABLE || g->columns[i].field->type == T_LIST)
			g->columns[i].place = PLACE_BENEATH;
}

static void place_constants_once(struct page *p, struct grid *g)
{
	for (size_t i = 0; i < g->count; i++)
		if (table_is_constant(p->arena, g->table, g->columns[i].index))
			g->columns[i].place = PLACE_ONCE;
}

/* Addresses are there to be copied: they are not broken where they can stand on a line of their own. */
static void place_unbroken_beneath(struct grid *g)
{
	for (size_t i = 1; i < g->count; i++)
		if (g->columns[i].place == PLACE_GRID && g->columns[i].words > WORD_MOST)
			g->columns[i].place = PLACE_BENEATH;
}

bool grid_fit(struct page *p, struct grid *g)
{
	struct grid_column *c;

	if (fits_unwrapped(g, p->width))
		return true;
	place_unbroken_beneath(g);
	if (fits(g, p->width))
		return true;
	place_lists_beneath(g);
	if (fits(g, p->width))
		return true;
	place_constants_once(p, g);
	shorten_unknown(g);
	while (!fits(g, p->width)) {
		for (size_t i = 0; i < g->count; i++)
			g->columns[i].width = g->columns[i].cells;
		/* The first column says which row it is; it goes last. */
		c = widest_text(g, 1);
		if (!c)
			c = widest_text(g, 0);
		if (!c) {
			g->gap = 1;
			return fits(g, p->width);
		}
		c->place = PLACE_BENEATH;
	}
	return grid_width(g) > 0;
}

const char *grid_beneath(const struct grid *g, size_t r, size_t i)
{
	const char *text = g->texts[r * g->count + i];

	if (g->columns[i].place != PLACE_BENEATH || !*text)
		return NULL;
	return strcmp(text, UNKNOWN) == 0 ? "not known" : text;
}

bool grid_has_unknown(const struct grid *g)
{
	for (size_t i = 0; i < g->rows * g->count; i++)
		if (g->columns[i % g->count].place == PLACE_GRID && strcmp(g->texts[i], UNKNOWN) == 0)
			return true;
	return false;
}
