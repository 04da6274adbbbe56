/* SPDX-License-Identifier: MIT
 * How does a table stand on a page of so many columns? Aligned where it fits; else what is the same in every
 * row is told once, long texts stand beneath their rows, and at last each row becomes a card. */
#include "reports/page.h"

#include "core/text.h"

#include <string.h>

#define GAP         2
#define TEXT_LEAST  24  /* a column of sentences is not squeezed below this */
#define WORD_MOST   48  /* nor below its longest word, up to this */
#define NUMBER_MOST 24  /* the longest number with its unit, and then some */
#define TEXT_LONG   12  /* narrower texts stay in the grid */
#define CELL_MOST   240 /* characters of one cell; JSON has all of it */
#define ZONE        " UTC"

enum place { IN_GRID, ONCE, BENEATH };

struct grid_column {
	const struct field *field;
	size_t index; /* in the row's cells */
	const char *title;
	enum place place;
	bool number;
	int cells, words; /* the widest cell; its widest word */
	int width;
};

struct grid {
	const struct table *table;
	struct grid_column *columns;
	size_t count, rows;
	int gap;
	bool unknown;       /* some cell says "?" */
	const char **texts; /* rows times count */
};

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
	return page_shown(p, words_short(p->arena, cell_words(p->arena, f, c), CELL_MOST));
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

			c->cells = most(c->cells, width_of(span_of(text)));
			c->words = most(c->words, longest_word(text));
		}
		/* A word may stand where a number stands otherwise; a sentence there must be wrapped like
		 * any. */
		c->number &= c->cells <= NUMBER_MOST;
	}
}

static struct grid grid_of(struct page *p, const struct table *t)
{
	struct grid g = { .table = t, .rows = table_people_rows(t), .gap = GAP };

	g.columns = arena_alloc(p->arena, t->field_count * sizeof *g.columns);
	for (size_t i = 0; i < t->field_count; i++) {
		const struct field *f = &t->fields[i];

		if (field_for_people(f))
			g.columns[g.count++] = (struct grid_column){ .field = f,
				.index = i,
				.number = field_is_number(f),
				.title = page_shown(p, f->title ? f->title : f->name) };
	}
	g.texts = arena_alloc(p->arena, (g.rows * g.count + 1) * sizeof *g.texts);
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
		if (g->columns[i].place == IN_GRID)
			width += g->columns[i].width + g->gap;
	return width;
}

static int least(const struct grid_column *c)
{
	int word = c->words > WORD_MOST ? 0 : c->words;

	return c->number ? c->width : most(most(TEXT_LEAST, word), longest_word(c->title));
}

static struct grid_column *widest_text(const struct grid *g, int (*floor)(const struct grid_column *c))
{
	struct grid_column *widest = NULL;

	for (size_t i = 0; i < g->count; i++) {
		struct grid_column *c = &g->columns[i];

		if (c->place == IN_GRID && !c->number && c->width > floor(c) &&
			(!widest || c->width > widest->width))
			widest = c;
	}
	return widest;
}

/* With titles on one line; else with titles wrapped; else with the sentences squeezed. */
static bool fits(struct grid *g, int width)
{
	struct grid_column *c;

	for (size_t i = 0; i < g->count; i++)
		g->columns[i].width = most(g->columns[i].cells, width_of(span_of(g->columns[i].title)));
	if (grid_width(g) <= width)
		return true;
	for (size_t i = 0; i < g->count; i++)
		g->columns[i].width = most(g->columns[i].cells, longest_word(g->columns[i].title));
	while (grid_width(g) > width && (c = widest_text(g, least)) != NULL)
		c->width--;
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

			if (g->table->rows[r].cells[c->index].state == CELL_UNKNOWN && c->place == IN_GRID) {
				*text = "?";
				g->unknown = true;
			}
			c->cells = most(c->cells, width_of(span_of(*text)));
		}
	}
}

static void place_lists_beneath(struct grid *g)
{
	for (size_t i = 0; i < g->count; i++)
		if (g->columns[i].field->type == T_TABLE || g->columns[i].field->type == T_LIST)
			g->columns[i].place = BENEATH;
}

static void place_constants_once(struct page *p, struct grid *g)
{
	for (size_t i = 0; i < g->count; i++)
		if (table_is_constant(p->arena, g->table, g->columns[i].index))
			g->columns[i].place = ONCE;
}

static int long_text(const struct grid_column *c)
{
	(void)c;
	return TEXT_LONG;
}

/* Tries what costs the reader least first; false when only cards are left. */
static bool grid_fit(struct page *p, struct grid *g)
{
	struct grid_column *c;

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
		c = widest_text(g, long_text);
		if (!c) {
			g->gap = 1;
			return fits(g, p->width);
		}
		c->place = BENEATH;
	}
	return grid_width(g) > 0;
}

/* ---- aligned ---- */

/* One line of a row: each cell's next piece; true while any cell has more. */
static bool print_line(struct page *p, const struct grid *g, struct span *rest, const struct row *row)
{
	bool more = false;
	int pad = 0;

	for (size_t i = 0; i < g->count; i++) {
		const struct grid_column *c = &g->columns[i];
		int severity = row ? cell_severity(c->field, &row->cells[c->index]) : -1, used;
		struct span line;

		if (c->place != IN_GRID)
			continue;
		if (!wrap_next(&rest[i], c->width, &line)) {
			pad += c->width + g->gap;
			continue;
		}
		used = width_of(line);
		/* Blanks are owed, not printed, so that no line ends in them. */
		page_fill(p, " ", pad + (c->number ? c->width - used : 0));
		if (severity >= 0)
			page_color(p, severity);
		out_put(p->out, ESC_TEXT, line);
		if (severity >= 0)
			page_plain(p);
		pad = g->gap + (c->number ? 0 : c->width - used);
		more |= text_trim(rest[i]).n > 0;
	}
	out_raw(p->out, "\n");
	return more;
}

static int print_row(struct page *p, const struct grid *g, const struct span *cells, const struct row *row)
{
	struct span *rest = arena_alloc(p->arena, g->count * sizeof *rest);
	int lines = 1;

	memcpy(rest, cells, g->count * sizeof *rest);
	while (print_line(p, g, rest, row))
		lines++;
	return lines;
}

static void print_head(struct page *p, const struct grid *g)
{
	struct span *titles = arena_alloc(p->arena, g->count * sizeof *titles);
	bool first = true;

	for (size_t i = 0; i < g->count; i++)
		titles[i] = span_of(g->columns[i].title);
	print_row(p, g, titles, NULL);
	for (size_t i = 0; i < g->count; i++) {
		if (g->columns[i].place != IN_GRID)
			continue;
		page_fill(p, " ", first ? 0 : g->gap);
		page_fill(p, page_sign(p, SIGN_RULE), g->columns[i].width);
		first = false;
	}
	out_raw(p->out, "\n");
}

static int print_beneath(struct page *p, const struct grid *g, size_t r)
{
	int lines = 0;

	for (size_t i = 0; i < g->count; i++) {
		const char *text = g->texts[r * g->count + i];

		if (g->columns[i].place != BENEATH)
			continue;
		page_wrapped(p, arena_printf(p->arena, "    %s: ", g->columns[i].title), text);
		lines++;
	}
	return lines;
}

static void print_once(struct page *p, const struct grid *g)
{
	const char *text = "";

	for (size_t i = 0; i < g->count; i++)
		if (g->columns[i].place == ONCE)
			text = arena_printf(p->arena, "%s%s%s: %s", text, *text ? "; " : "",
				g->columns[i].title, g->texts[i]);
	if (*text) {
		page_wrapped(p, "", arena_printf(p->arena, "The same in every row: %s.", text));
		out_raw(p->out, "\n");
	}
}

static void print_grid(struct page *p, const struct grid *g)
{
	struct span *cells = arena_alloc(p->arena, g->count * sizeof *cells);
	bool tall = false;

	print_once(p, g);
	print_head(p, g);
	for (size_t r = 0; r < g->rows; r++) {
		for (size_t i = 0; i < g->count; i++)
			cells[i] = span_of(g->texts[r * g->count + i]);
		/* Rows of several lines run into each other without air. */
		if (tall)
			out_raw(p->out, "\n");
		tall = print_row(p, g, cells, &g->table->rows[r]) > 1;
		tall |= print_beneath(p, g, r) > 1;
	}
	if (g->unknown)
		page_line(p, "? = not known");
}

/* ---- name and value ---- */

static void print_card(struct page *p, const struct grid *g, size_t r)
{
	int names = p->names;

	for (size_t i = 0; i < g->count; i++)
		names = most(names, width_of(span_of(g->columns[i].title)));
	if (names > p->width / 3)
		names = p->width / 3;
	for (size_t i = 0; i < g->count; i++)
		page_pair(p, g->columns[i].title, names, g->texts[r * g->count + i]);
}

static void print_cards(struct page *p, const struct grid *g)
{
	for (size_t r = 0; r < g->rows; r++) {
		if (r)
			out_raw(p->out, "\n");
		print_card(p, g, r);
	}
}

static void print_bullets(struct page *p, const struct grid *g)
{
	const char *front = arena_printf(p->arena, "  %s ", page_sign(p, SIGN_BULLET));

	for (size_t i = 0; i < g->rows * g->count; i++)
		page_wrapped(p, front, g->texts[i]);
}

void page_table(struct page *p, const struct table *t)
{
	struct grid g = grid_of(p, t), cards = g;

	if (t->about) {
		page_wrapped(p, "", page_shown(p, t->about));
		out_raw(p->out, "\n");
	}
	if (!g.rows || !g.count)
		page_line(p, "none");
	else if (t->shape == TABLE_LIST)
		print_bullets(p, &g);
	else if (t->shape == TABLE_ROWS && grid_fit(p, &g))
		print_grid(p, &g);
	else
		print_cards(p, &cards);
	if (g.rows < t->row_count)
		page_line(p, arena_printf(p->arena, "showing %zu of %zu; all in JSON", g.rows, t->row_count));
}
