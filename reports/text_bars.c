/* SPDX-License-Identifier: MIT
 * Shares of a whole as bars of characters, with bytes and percent at their ends. */
#include "reports/text_chart.h"

#include <math.h>

#define NAMES_MOST 24
#define NUMBER     13
#define PERCENT    9

/* Eighths of a column, from the left; what has no bar of its own is shaded. */
static void print_bar(struct page *p, const struct series *s, int columns, double full)
{
	static const char *const blocks[EIGHTHS] = { "", "\xE2\x96\x8F", "\xE2\x96\x8E", "\xE2\x96\x8D",
		"\xE2\x96\x8C", "\xE2\x96\x8B", "\xE2\x96\x8A", "\xE2\x96\x89" }; /* U+258F to U+2589 */
	bool rest = s->kind == SERIES_REST, fine = !p->ascii && !rest;
	int parts = fine ? EIGHTHS : 1, length = (int)lround(axis_bar(s) / full * columns * parts);
	int eighths = (length < 1 ? 1 : length) * EIGHTHS / parts; /* what is there but tiny still shows */

	page_fill(p,
		p->ascii ? rest ? "." : "#"
		: rest   ? "\xE2\x96\x91"
			 : "\xE2\x96\x88",
		eighths / EIGHTHS); /* U+2591, U+2588 */
	out_raw(p->out, blocks[eighths % EIGHTHS]);
	page_fill(p, " ", columns - (eighths + EIGHTHS - 1) / EIGHTHS);
}

void page_bars(struct page *p, const struct chart *c)
{
	bool shares = isfinite(c->whole) && c->whole > 0;
	double full = axis_bars_full(c);
	int names = 4, columns;

	for (size_t i = 0; i < c->series_count; i++) {
		int width = width_of(span_of(page_shown(p, c->series[i].label)));

		names = width > names ? width : names;
	}
	names = names < NAMES_MOST ? names : NAMES_MOST;
	columns = p->width - names - 2 - NUMBER - (shares ? PERCENT : 0);
	columns = columns < 8 ? 8 : columns;
	for (size_t i = 0; i < c->series_count; i++) {
		const struct series *s = &c->series[i];

		page_padded(p, width_head(span_of(page_shown(p, s->label)), names), names + 2, false);
		print_bar(p, s, columns, full);
		page_padded(p, span_of(words_amount(p->arena, c->unit, axis_bar(s))), NUMBER, true);
		if (shares)
			page_padded(p,
				span_of(words_amount(p->arena, T_PERCENT, 100 * axis_bar(s) / c->whole)),
				PERCENT, true);
		out_raw(p->out, "\n");
	}
	if (!c->series_count)
		page_line(p, "There is no bar to draw.");
	out_raw(p->out, "\n");
}
