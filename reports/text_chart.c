/* SPDX-License-Identifier: MIT
 * A chart drawn in characters: the emphasised series before the total as a plot, every series as a line of
 * sparks with its numbers. */
#include "reports/text_chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define PLOT_ROWS    10
#define GUTTER       10 /* "  300 MiB " and the axis sign follow */
#define LEVEL_INDENT 2

int plot_column(const struct plot *l, when_us t)
{
	int column = (int)(axis_across(&l->axis, t) * l->columns);

	return column < l->columns ? column : l->columns - 1;
}

void plot_sample(struct plot *l, const struct series *s)
{
	const struct point *before = NULL;

	for (int i = 0; i < l->columns; i++)
		l->values[i] = NAN;
	for (size_t i = 0; i < s->count; i++) {
		const struct point *p = &s->points[i];
		int here, from;

		if (!axis_has_point(p))
			continue;
		here = from = plot_column(l, p->time);
		if (before && axis_piece(&l->axis, before->time) == axis_piece(&l->axis, p->time))
			from = plot_column(l, before->time) + 1;
		for (int c = from; c < here; c++)
			l->values[c] = before->value + (p->value - before->value) * (c - from + 1) /
							       (double)(here - from + 1);
		l->values[here] = fmax(l->values[here], p->value);
		before = p;
	}
}

/* ---- the plot ---- */

const char *plot_block(const struct plot *l, int eighths)
{
	static const char *const blocks[EIGHTHS + 1] = { " ", "\xE2\x96\x81", "\xE2\x96\x82", "\xE2\x96\x83",
		"\xE2\x96\x84", "\xE2\x96\x85", "\xE2\x96\x86", "\xE2\x96\x87",
		"\xE2\x96\x88" }; /* U+2581 to U+2588 */
	static const char *const plain[EIGHTHS + 1] = { " ", ".", ".", ":", ":", "+", "+", "#", "#" };

	return l->page->ascii ? plain[eighths] : blocks[eighths];
}

/* The value at the foot of a band decides: what is above it is where the level begins. */
static const struct level *level_at(const struct plot *l, int row)
{
	for (size_t i = 0; i < l->chart->level_count; i++) {
		const struct level *v = &l->chart->levels[i];

		if (axis_has_level(&l->axis, v) && (int)(axis_up(&l->axis, v->low) * PLOT_ROWS - 1e-9) == row)
			return v;
	}
	return NULL;
}

static void print_gutter(struct plot *l, int row)
{
	char text[32] = "";
	double ticks = l->axis.high / l->axis.step, each = PLOT_ROWS / ticks;
	int tick = (int)lround((row + 1) / each);

	/* The label stands in the row whose top is nearest to the tick. */
	if (tick > 0 && lround(tick * each) == row + 1)
		snprintf(text, sizeof text, "%.*f %s", l->axis.decimals, tick * l->axis.step / l->axis.unit,
			l->axis.unit_name);
	page_fill(l->page, " ", GUTTER - 1 - (int)strlen(text));
	out_text(l->page->out, ESC_TEXT, text);
	out_raw(l->page->out, " ");
	out_raw(l->page->out, page_sign(l->page, SIGN_AXIS));
}

/* How much of a row's height the value in a column fills. */
static int eighths_of(const struct plot *l, int row, int column)
{
	double value = l->values[column], up = isnan(value) ? 0 : axis_up(&l->axis, value) * PLOT_ROWS - row;
	int eighths = up >= 1 ? EIGHTHS : up <= 0 ? 0 : (int)(up * EIGHTHS + 0.5);

	/* What is there but tiny still shows. */
	return row == 0 && !eighths && !isnan(value) ? 1 : eighths;
}

/* The total reaches into this row: the levels are about it. */
static bool is_behind(const struct plot *l, int row, int column)
{
	return l->total && !isnan(l->total[column]) &&
	       axis_up(&l->axis, l->total[column]) * PLOT_ROWS >= row + 0.5;
}

static const char *level_words(struct plot *l, const struct level *v)
{
	return page_shown(l->page, words_level(l->page->arena, l->chart->unit, v));
}

/* A level's words stand in its line where nothing is drawn; returns the column behind them. */
static int print_level_words(struct plot *l, int row, const struct level *level)
{
	const char *words = level ? level_words(l, level) : "";
	int width = width_of(span_of(words)), end = LEVEL_INDENT + width + 2;

	if (!level || end > l->columns)
		return 0;
	for (int c = 0; c < end; c++)
		if (eighths_of(l, row, c) || is_behind(l, row, c) || l->boots[c])
			return 0;
	page_fill(l->page, page_sign(l->page, SIGN_LEVEL), LEVEL_INDENT);
	out_raw(l->page->out, " ");
	out_text(l->page->out, ESC_TEXT, words);
	out_raw(l->page->out, " ");
	l->named[level - l->chart->levels] = true;
	return end;
}

static void print_row(struct plot *l, int row)
{
	const struct level *level = level_at(l, row);
	int owed = 0;

	print_gutter(l, row);
	for (int c = print_level_words(l, row, level); c < l->columns; c++) {
		int eighths = eighths_of(l, row, c);

		if (!eighths && !is_behind(l, row, c) && !l->boots[c] && !level) {
			owed++; /* blanks at a line's end are not printed */
			continue;
		}
		page_fill(l->page, " ", owed);
		owed = 0;
		out_raw(l->page->out, eighths                ? plot_block(l, eighths)
				      : l->boots[c]          ? page_sign(l->page, SIGN_BOOT)
				      : is_behind(l, row, c) ? page_sign(l->page, SIGN_SHADE)
							     : page_sign(l->page, SIGN_LEVEL));
	}
	out_raw(l->page->out, "\n");
}

/* ---- beneath it ---- */

void plot_times(struct plot *l, const char *front)
{
	struct tick ticks[AXIS_TICKS];
	size_t n = axis_ticks(l->axis.first, l->axis.last, (size_t)(l->columns / 12), ticks);
	char *rows[2];
	int used = 0;

	for (int i = 0; i < 2; i++)
		rows[i] = memset(
			arena_alloc(l->page->arena, (size_t)l->columns + 32), ' ', (size_t)l->columns + 16);
	for (size_t i = 0; i < n; i++) {
		int at = plot_column(l, ticks[i].time), most = l->columns - (int)strlen(ticks[i].text);

		/* A time that would stand out on the right is left out, unless it is the only one. */
		if (at > most && i)
			continue;
		at = at > most ? most : at;
		memcpy(rows[0] + at, ticks[i].text, strlen(ticks[i].text));
		most = l->columns - (int)strlen(ticks[i].below);
		at = at > most ? most : at;
		if (ticks[i].below[0] && at >= used) {
			memcpy(rows[1] + at, ticks[i].below, strlen(ticks[i].below));
			used = at + (int)strlen(ticks[i].below) + 1;
		}
	}
	for (int i = 0; i < 2; i++) {
		for (int end = l->columns + 16; end && rows[i][end - 1] == ' '; end--)
			rows[i][end - 1] = 0;
		if (i && (!rows[i][0] || l->chart->small))
			break; /* the title of a small one tells its day */
		if (i)
			page_fill(l->page, " ", (int)strlen(front));
		else
			out_raw(l->page->out, front);
		page_line(l->page, rows[i]);
	}
}

/* Events in neighbouring columns are one burst, and its number stands for all of them. */
struct burst {
	int first, last; /* columns, the last included */
	size_t events;
	int at, width; /* where its number stands */
};

static void place_burst(const struct plot *l, struct burst *b)
{
	char text[24];

	b->width = snprintf(text, sizeof text, "%zu", b->events);
	b->at = b->first + (b->last - b->first + 1 - b->width) / 2; /* rounded towards the first */
	if (b->at < 0)
		b->at = 0;
	if (b->at > l->columns - b->width)
		b->at = l->columns - b->width;
}

static size_t find_bursts(struct plot *l, const size_t *counts, struct burst *bursts)
{
	size_t n = 0;

	for (int c = 0; c < l->columns; c++) {
		if (!counts[c])
			continue;
		if (n && bursts[n - 1].last == c - 1) {
			bursts[n - 1].last = c;
			bursts[n - 1].events += counts[c];
		} else {
			bursts[n++] = (struct burst){ .first = c, .last = c, .events = counts[c] };
		}
	}
	return n;
}

/* Two numbers that touched would be read as a third: 3 beside 12 as 312. Bursts so near become one. */
static size_t join_bursts(const struct plot *l, struct burst *bursts, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		bursts[kept] = bursts[i];
		place_burst(l, &bursts[kept++]);
		while (kept > 1 && bursts[kept - 1].at <= bursts[kept - 2].at + bursts[kept - 2].width) {
			kept--;
			bursts[kept - 1].last = bursts[kept].last;
			bursts[kept - 1].events += bursts[kept].events;
			place_burst(l, &bursts[kept - 1]);
		}
	}
	return kept;
}

void plot_marks(struct plot *l, enum mark_kind kind, const char *front)
{
	size_t *counts = arena_alloc(l->page->arena, (size_t)l->columns * sizeof *counts);
	int used = 0;
	struct burst *bursts = arena_alloc(l->page->arena, (size_t)l->columns * sizeof *bursts);
	size_t n;

	for (size_t i = 0; i < l->chart->mark_count; i++) {
		const struct mark *m = &l->chart->marks[i];

		if (m->kind == kind && axis_has_mark(&l->axis, m))
			counts[plot_column(l, m->time)] += m->times;
	}
	n = join_bursts(l, bursts, find_bursts(l, counts, bursts));
	if (!n)
		return;
	out_raw(l->page->out, front);
	for (size_t i = 0; i < n; i++) {
		page_fill(l->page, " ", bursts[i].at - used);
		out_printf(l->page->out, "%zu", bursts[i].events);
		used = bursts[i].at + bursts[i].width;
	}
	out_raw(l->page->out, "\n");
}

/* Levels whose words found no room in the plot. */
static void print_levels(struct plot *l)
{
	for (size_t i = 0; i < l->chart->level_count; i++) {
		const struct level *v = &l->chart->levels[i];
		const char *sign = page_sign(l->page, SIGN_LEVEL), *words = level_words(l, v);

		if (l->named[i])
			continue;
		if (!axis_has_level(&l->axis, v))
			words = arena_printf(l->page->arena, "%s (above this plot)", words);
		page_wrapped(l->page, arena_printf(l->page->arena, "%s%s%s ", sign, sign, sign), words);
	}
}

static const struct series *total_of(const struct chart *c, const struct series *main)
{
	for (size_t i = 0; i < c->series_count; i++)
		if (c->series[i].kind == SERIES_TOTAL && &c->series[i] != main)
			return &c->series[i];
	return NULL;
}

/* What is drawn, and with which signs. */
static void print_name(struct plot *l, const struct series *s, const struct series *total)
{
	struct page *p = l->page;
	const char *name = page_shown(p, s->label);

	if (total)
		name = arena_printf(p->arena, "%s %s, before %s %s", plot_block(l, EIGHTHS), name,
			page_sign(p, SIGN_SHADE), page_shown(p, total->label));
	page_wrapped(p, "", name);
}

static void print_plot(struct plot *l, const struct series *s)
{
	const struct series *total = total_of(l->chart, s);
	struct page *p = l->page;

	l->columns = p->width - GUTTER - 2;
	if (l->columns < 20)
		l->columns = 20;
	l->values = arena_alloc(p->arena, (size_t)l->columns * sizeof *l->values);
	l->boots = arena_alloc(p->arena, (size_t)l->columns * sizeof *l->boots);
	l->named = arena_alloc(p->arena, (l->chart->level_count + 1) * sizeof *l->named);
	for (size_t i = 0; i < l->axis.boot_count; i++)
		l->boots[plot_column(l, l->axis.boots[i])] = true;
	print_name(l, s, total);
	if (total) {
		l->values = l->total = arena_alloc(p->arena, (size_t)l->columns * sizeof *l->total);
		plot_sample(l, total);
		l->values = arena_alloc(p->arena, (size_t)l->columns * sizeof *l->values);
	}
	plot_sample(l, s);
	for (int row = PLOT_ROWS - 1; row >= 0; row--)
		print_row(l, row);
	page_fill(p, " ", GUTTER);
	out_raw(p->out, page_sign(p, SIGN_CORNER));
	page_fill(p, page_sign(p, SIGN_RULE), l->columns);
	out_raw(p->out, "\n");
	plot_times(l, "       UTC ");
	plot_marks(l, MARK_2020, "     2020  ");
	plot_marks(l, MARK_2019, "     2019  ");
	print_levels(l);
	if (l->axis.boot_count)
		page_wrapped(p, arena_printf(p->arena, "%s   ", page_sign(p, SIGN_BOOT)), "restart");
	if (l->axis.marks_outside)
		page_line(p, arena_printf(p->arena, "%zu event%s outside this plot", l->axis.marks_outside,
				     l->axis.marks_outside == 1 ? " lies" : "s lie"));
	plot_sparks(l);
}

static void print_lines(struct page *p, const struct chart *c)
{
	struct plot l = { .page = p, .chart = c, .axis = axis_of(p->arena, c, 5) };

	if (l.axis.empty)
		page_line(p, "There is no point to draw.");
	else
		print_plot(&l, axis_main(c));
	if (c->thinned || c->about)
		out_raw(p->out, "\n");
}

void page_chart(struct page *p, const struct chart *c)
{
	const char *about = c->note ? c->note : c->about;

	if (c->kind == CHART_BARS)
		page_bars(p, c);
	else if (c->small)
		page_little(p, c);
	else
		print_lines(p, c);
	if (about || c->thinned)
		page_wrapped(p, "",
			page_shown(p, arena_printf(p->arena, "%s%s%s", about ? about : "",
					      about && c->thinned ? " " : "", c->thinned ? c->thinned : "")));
}
