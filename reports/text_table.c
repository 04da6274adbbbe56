/* SPDX-License-Identifier: MIT
 * A table on a page of text: aligned with its texts wrapped, or one card a row. */
#include "reports/grid.h"

#include "core/text.h"

#include <string.h>

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

		if (c->place != PLACE_GRID)
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
		if (g->columns[i].place != PLACE_GRID)
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
		const char *text = grid_beneath(g, r, i);

		if (!text)
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
		if (g->columns[i].place == PLACE_ONCE)
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
	if (grid_has_unknown(g))
		page_line(p, "? = not known");
}

/* ---- name and value ---- */

static void print_card(struct page *p, const struct grid *g, size_t r)
{
	int names = p->names;

	for (size_t i = 0; i < g->count; i++)
		if (width_of(span_of(g->columns[i].title)) > names)
			names = width_of(span_of(g->columns[i].title));
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
		page_line(p, words_showing(p->arena, g.rows, t->row_count));
}
