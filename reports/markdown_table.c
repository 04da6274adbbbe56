/* SPDX-License-Identifier: MIT
 * Tables and charts in Markdown: columns as the text report places them, long texts as a list beneath, a
 * chart as its numbers. */
#include "reports/markdown.h"

#include "core/text.h"
#include "reports/axis.h"
#include "reports/grid.h"

#include <math.h>
#include <string.h>

#define NAME_SHORT   40
#define COLUMNS_MANY 8 /* with more, even a lone text goes beneath */

static void put_cell(struct page *p, const char *text)
{
	out_raw(p->out, " ");
	markdown_text(p, text);
	out_raw(p->out, " |");
}

/* ---- rows ---- */

static void print_once(struct page *p, const struct grid *g)
{
	const char *between = "The same in every row: ";

	for (size_t i = 0; i < g->count; i++) {
		if (g->columns[i].place != PLACE_ONCE)
			continue;
		out_raw(p->out, between);
		between = "; ";
		markdown_text(p, g->columns[i].title);
		out_raw(p->out, ": ");
		markdown_text(p, g->texts[i]);
	}
	if (*between == ';')
		out_raw(p->out, ".\n\n");
}

/* How many columns stand beneath. A lone text may stay in a table that is not wide: rendered cells wrap. */
static size_t count_beneath(struct grid *g)
{
	struct grid_column *last = NULL;
	size_t count = 0, shown = 0;

	for (size_t i = 0; i < g->count; i++) {
		shown += g->columns[i].place == PLACE_GRID;
		if (g->columns[i].place != PLACE_BENEATH)
			continue;
		last = &g->columns[i];
		count++;
	}
	if (count != 1 || shown >= COLUMNS_MANY || last->field->type == T_LIST ||
		last->field->type == T_TABLE)
		return count;
	last->place = PLACE_GRID;
	return 0;
}

/* Where texts stand beneath, rows and texts are numbered alike. */
static void print_head(struct page *p, const struct grid *g, bool numbered)
{
	out_raw(p->out, numbered ? "| No. |" : "|");
	for (size_t i = 0; i < g->count; i++)
		if (g->columns[i].place == PLACE_GRID)
			put_cell(p, g->columns[i].title);
	out_raw(p->out, numbered ? "\n| ---: |" : "\n|");
	for (size_t i = 0; i < g->count; i++)
		if (g->columns[i].place == PLACE_GRID)
			out_raw(p->out, g->columns[i].number ? " ---: |" : " --- |");
	out_raw(p->out, "\n");
}

/* "No. 2 (MmSt)": what stands first in the row helps to find it again. */
static const char *row_name(struct page *p, const struct grid *g, size_t r)
{
	for (size_t i = 0; i < g->count; i++) {
		const char *text = g->texts[r * g->count + i];

		if (g->columns[i].place == PLACE_GRID && !g->columns[i].number && *text &&
			strcmp(text, "?") != 0)
			return arena_printf(p->arena, "No. %zu (%s)", r + 1, text);
	}
	return arena_printf(p->arena, "No. %zu", r + 1);
}

static void print_beneath(struct page *p, const struct grid *g)
{
	for (size_t r = 0; r < g->rows; r++) {
		bool first = true;

		for (size_t i = 0; i < g->count; i++) {
			const char *text = grid_beneath(g, r, i);

			if (!text)
				continue;
			if (first)
				markdown_line(p, "-", row_name(p, g, r));
			first = false;
			markdown_pair(p, "  -", g->columns[i].title, false, text);
		}
	}
	out_raw(p->out, "\n");
}

static void print_grid(struct page *p, struct grid *g)
{
	size_t beneath = count_beneath(g);

	print_once(p, g);
	print_head(p, g, beneath > 0);
	for (size_t r = 0; r < g->rows; r++) {
		out_raw(p->out, "|");
		if (beneath)
			out_printf(p->out, " %zu |", r + 1);
		for (size_t i = 0; i < g->count; i++)
			if (g->columns[i].place == PLACE_GRID)
				put_cell(p, g->texts[r * g->count + i]);
		out_raw(p->out, "\n");
	}
	out_raw(p->out, "\n");
	if (grid_has_unknown(g))
		out_raw(p->out, "? = not known\n\n");
	if (beneath)
		print_beneath(p, g);
}

/* ---- names and values ---- */

static void print_cards(struct page *p, const struct grid *g)
{
	for (size_t r = 0; r < g->rows; r++) {
		for (size_t i = 0; i < g->count; i++)
			markdown_pair(p, "-", g->columns[i].title, true, g->texts[r * g->count + i]);
		out_raw(p->out, "\n");
	}
}

static void print_bullets(struct page *p, const struct grid *g)
{
	for (size_t i = 0; i < g->rows * g->count; i++)
		markdown_line(p, "-", g->texts[i]);
	out_raw(p->out, "\n");
}

void markdown_table(struct page *p, const struct table *t)
{
	struct grid g = grid_of(p, t), cards = g;

	markdown_paragraph(p, t->about);
	if (!g.rows || !g.count)
		out_raw(p->out, "none\n\n");
	else if (t->shape == TABLE_LIST)
		print_bullets(p, &g);
	else if (t->shape == TABLE_ROWS && grid_fit(p, &g))
		print_grid(p, &g);
	else
		print_cards(p, &cards);
	if (g.rows < t->row_count)
		out_printf(p->out, "%s\n\n", words_showing(p->arena, g.rows, t->row_count));
}

/* ---- charts ---- */

static void print_series(struct page *p, const struct chart *c)
{
	out_raw(p->out, "| Series | First | Last | Peak |\n| --- | ---: | ---: | ---: |\n");
	for (size_t i = 0; i < c->series_count; i++) {
		const struct series *s = &c->series[i];
		const struct point *first = axis_end(s, false), *last = axis_end(s, true);

		out_raw(p->out, "|");
		put_cell(p, s->label);
		put_cell(p, first ? words_amount(p->arena, c->unit, first->value) : "");
		put_cell(p, last ? words_amount(p->arena, c->unit, last->value) : "");
		put_cell(p, first ? words_amount(p->arena, c->unit, axis_peak(s)) : "");
		out_raw(p->out, "\n");
	}
	out_raw(p->out, "\n");
}

static void print_levels(struct page *p, const struct chart *c)
{
	for (size_t i = 0; i < c->level_count; i++)
		markdown_line(p, "-", words_level(p->arena, c->unit, &c->levels[i]));
	out_raw(p->out, c->level_count ? "\n" : "");
}

static void print_shares(struct page *p, const struct chart *c)
{
	bool shares = isfinite(c->whole) && c->whole > 0;

	out_raw(p->out, shares ? "| Series | Amount | Share |\n| --- | ---: | ---: |\n"
			       : "| Series | Amount |\n| --- | ---: |\n");
	for (size_t i = 0; i < c->series_count; i++) {
		double amount = axis_bar(&c->series[i]);

		out_raw(p->out, "|");
		put_cell(p, c->series[i].label);
		put_cell(p, words_amount(p->arena, c->unit, amount));
		if (shares)
			put_cell(p, words_amount(p->arena, T_PERCENT, 100 * amount / c->whole));
		out_raw(p->out, "\n");
	}
	out_raw(p->out, "\n");
}

void markdown_chart(struct page *p, const struct chart *c)
{
	struct axis x = axis_of(p->arena, c, 5);

	markdown_paragraph(p, c->about);
	if (c->kind == CHART_BARS) {
		print_shares(p, c);
	} else if (x.empty) {
		out_raw(p->out, "There is no point to draw.\n\n");
	} else {
		print_series(p, c);
		print_levels(p, c);
	}
	markdown_paragraph(p, c->thinned);
}
