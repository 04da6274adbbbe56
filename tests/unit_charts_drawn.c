/* SPDX-License-Identifier: MIT
 * Are charts drawn as they should be: everything inside the frame, no text on another, no peak lost, small
 * enough; and in characters line by line? */
#include "tests/check.h"
#include "tests/report_read.h"
#include "tests/report_sample.h"

/* ---- the drawings of a page, read back ---- */

#define TEXTS 200

struct written {
	double left, right, top, bottom;
	char text[80];
};
struct svg {
	struct span all;
	double width, height;
	struct written texts[TEXTS];
	struct written bars[TEXTS]; /* the length that a bar may have */
	size_t text_count, bar_count;
	double highest; /* the smallest y of its lines */
	const char *fault;
};

/* The value of an attribute of the element that begins here; -1 for none. */
static double attribute(struct span s, const char *name)
{
	char needle[40];
	const char *end = memchr(s.p, '>', s.n), *at;

	snprintf(needle, sizeof needle, " %s=\"", name);
	at = text_find((struct span){ s.p, (size_t)(end - s.p) }, needle);
	return at ? strtod(at + strlen(needle), NULL) : -1;
}

static bool element_has(struct span s, const char *words)
{
	const char *end = memchr(s.p, '>', s.n);

	return text_find((struct span){ s.p, (size_t)(end - s.p) }, words) != NULL;
}

static void outside(struct svg *g, double x, double y)
{
	if (x < -0.05 || x > g->width + 0.05 || y < -0.05 || y > g->height + 0.05)
		g->fault = "something is drawn outside";
}

/* M, l, L, m, h, H, v, V, Z: all that these drawings use. */
static void read_path(struct svg *g, const char *d, bool line)
{
	double x = 0, y = 0, startx = 0, starty = 0;
	char command = 'M';

	while (*d != '"') {
		char *end;
		double a, b = 0;

		if (strchr("MmLlHhVvZ", *d))
			command = *d++;
		if (command == 'Z') {
			x = startx;
			y = starty;
			continue;
		}
		a = strtod(d, &end);
		if (end == d) {
			g->fault = "a path that cannot be read";
			return;
		}
		d = end;
		if (strchr("MmLl", command)) {
			b = strtod(d, &end);
			if (end == d) {
				g->fault = "a point without y";
				return;
			}
			d = end;
		}
		while (*d == ' ')
			d++;
		switch (command) {
		case 'M':
		case 'L': x = a, y = b; break;
		case 'm':
		case 'l': x += a, y += b; break;
		case 'H': x = a; break;
		case 'h': x += a; break;
		case 'V': y = a; break;
		default: y += a; break;
		}
		if (command == 'M')
			startx = x, starty = y;
		outside(g, x, y);
		if (line && y < g->highest)
			g->highest = y;
	}
}

/* Letters as wide as the widest common font would have them are 0.62 of its size; what does not overlap then
 * never does. */
static void read_text(struct svg *g, struct span s, bool wide)
{
	struct written *w = &g->texts[g->text_count];
	const char *at = memchr(s.p, '>', s.n), *end = text_find(s, "</text>");
	double x = attribute(s, "x"), y = attribute(s, "y"), width;
	size_t n = 0;
	bool in = false;

	for (at++; at < end; at++) {
		in = *at == '<' || (in && *at != '>');
		if (!in && *at != '>' && n + 1 < sizeof w->text)
			w->text[n++] = *at;
	}
	w->text[n] = 0;
	width = width_of(span_of(w->text)) * (wide ? 7.1 : 6.4);
	w->left = element_has(s, "text-anchor=\"end\"")      ? x - width
		  : element_has(s, "text-anchor=\"middle\"") ? x - width / 2
							     : x;
	w->right = w->left + width;
	w->top = y - 9;
	w->bottom = y + 2;
	outside(g, w->left, w->top);
	outside(g, w->right, w->bottom);
	if (g->text_count + 1 < TEXTS)
		g->text_count++;
}

static bool covers(const struct written *a, const struct written *b)
{
	return a->left < b->right && a->right > b->left && a->top < b->bottom && a->bottom > b->top;
}

static void check_apart(struct svg *g)
{
	for (size_t i = 0; i < g->text_count; i++)
		for (size_t k = 0; k < g->bar_count; k++)
			if (covers(&g->texts[i], &g->bars[k]))
				g->fault = "a text covers a bar";
	for (size_t i = 0; i < g->text_count; i++) {
		for (size_t k = 0; k < i; k++) {
			const struct written *a = &g->texts[i], *b = &g->texts[k];

			if (covers(a, b)) {
				printf("\"%s\" covers \"%s\"\n", a->text, b->text);
				g->fault = "a text covers another";
			}
		}
	}
}

static void read_rect(struct svg *g, struct span s)
{
	double x = attribute(s, "x"), y = attribute(s, "y");

	outside(g, x, y);
	outside(g, x + attribute(s, "width"), y + attribute(s, "height"));
	if (element_has(s, "\"track\"") && g->bar_count < TEXTS)
		g->bars[g->bar_count++] = (struct written){ .left = x,
			.right = x + attribute(s, "width"),
			.top = y,
			.bottom = y + attribute(s, "height") };
}

/* The nth chart's drawing of a page, as the class says. */
static bool svg_read(struct span page, const char *css, size_t nth, struct svg *g)
{
	char needle[60];
	const char *at;
	struct span s = page;

	snprintf(needle, sizeof needle, "<svg class=\"plot %s\" viewBox=\"0 0 ", css);
	do {
		at = text_find(s, needle);
		if (!at)
			return false;
		s = text_tail(s, (size_t)(at - s.p) + 1);
	} while (nth--);
	*g = (struct svg){ .highest = 1e9 };
	g->all = (struct span){ at, (size_t)(text_find(s, "</svg>") - at) };
	sscanf(at + strlen(needle), "%lf %lf", &g->width, &g->height);
	for (s = text_tail(g->all, 1); (at = memchr(s.p, '<', s.n)) != NULL; s = text_tail(s, 1)) {
		s = text_tail(s, (size_t)(at - s.p));
		if (text_starts(s, "<path"))
			read_path(g, text_find(s, " d=\"") + 4, text_starts(s, "<path class=\"line"));
		else if (text_starts(s, "<text"))
			read_text(g, s, strcmp(css, "wide") == 0);
		else if (text_starts(s, "<rect"))
			read_rect(g, s);
	}
	check_apart(g);
	return true;
}

static size_t check_drawings(const struct printed *p, const char *css)
{
	struct span page = { p->text, p->n };
	struct svg g;
	size_t n = 0;

	for (; svg_read(page, css, n, &g); n++)
		CHECK_TEXT(g.fault, NULL);
	return n;
}

/* ---- made-up charts ---- */

static struct chart *chart_added(struct report *r, bool small)
{
	struct server_report *s = r->server_count ? r->servers : report_server(r, "FS01");
	struct chart *c = chart_new(r, "c", "Chart", T_BYTES);

	c->small = small;
	block_add(s, PART_CHART, BLOCK_CHART, "Chart")->chart = c;
	return c;
}

/* A working day's hill with a saw on it, once in so many hours a peak of one poolsnap. */
static void add_lines(struct chart *c, size_t lines, size_t points, when_us step)
{
	static const char *const tags[] = { "all paged", "MmSt", "CM31", "Ntff", "CM35", "Toke", "Obtb",
		"IoNm" };

	for (size_t i = 0; i < lines; i++) {
		struct series *s = chart_series(c, tags[i], i == 1);

		s->kind = i ? SERIES_TAG : SERIES_TOTAL;
		for (size_t k = 0; k < points; k++)
			series_point(c, s, SAMPLE_AT + (when_us)k * step,
				(i < 2 ? 200.0 - 60 * (double)i : 20.0 / (double)i) * MIB *
					(1 + 0.5 * sin((double)k / 40) + 0.05 * (double)(k * 7 % 11)));
	}
}

static void add_levels(struct chart *c, double low, double high)
{
	chart_level(c, LEVEL_MAXIMUM, low * MIB, high * MIB, "maximum");
	chart_level(c, LEVEL_TRIM_DEFAULT, low * 0.8 * MIB, high * 0.8 * MIB, "80 %: default trim start");
	chart_level(c, LEVEL_TRIM_RECOMMENDED, low * 0.6 * MIB, high * 0.6 * MIB, "60 %: recommended");
}

/* ---- SVG ---- */

static void test_frame(void)
{
	static const size_t points[] = { 1, 2, 3, 20, 97, 600 };
	static const when_us steps[] = { WHEN_MINUTE, 15 * WHEN_MINUTE, WHEN_HOUR, WHEN_DAY, 40 * WHEN_DAY };
	static const double highs[][2] = { { 343, 343 }, { 460, 530 }, { 250, 400 }, { 16384, 16384 } };

	for (size_t i = 0; i < LEN(points) * LEN(steps) * LEN(highs); i++) {
		size_t n = points[i % LEN(points)];
		when_us step = steps[i / LEN(points) % LEN(steps)];
		const double *high = highs[i / LEN(points) / LEN(steps)];
		struct report *r = sample_report();
		struct printed p;

		for (int small = 0; small < 2; small++) {
			struct chart *c = chart_added(r, small);

			add_lines(c, small ? 2 : 8, small && n > 100 ? 100 : n, step);
			add_levels(c, high[0], high[1]);
			for (int k = 0; k < 9; k++)
				chart_mark(c, SAMPLE_AT + step * k * (when_us)n / 9, (enum mark_kind)(k % 4),
					"x");
		}
		p = print_as("html", r, 0, false, false);
		CHECK_INT(check_drawings(&p, "wide") * 100 + check_drawings(&p, "narrow") * 10 +
				  check_drawings(&p, "little"),
			111);
		free(p.text);
		report_close(r);
	}
}

static void test_sample(void)
{
	for (int restart = 0; restart < 2; restart++) {
		struct report *r = sample_report();
		struct printed p;

		sample_server(r, "FS01", 20, restart);
		p = print_as("html", r, 0, false, false);
		CHECK_INT(check_drawings(&p, "wide"), 2);
		CHECK_INT(check_drawings(&p, "narrow"), 2);
		CHECK_INT(check_drawings(&p, "little"), 1);
		free(p.text);
		report_close(r);
	}
}

/* One poolsnap of 600 is twice as high as all others: each drawing goes up there. */
static void test_peak(void)
{
	struct report *r = sample_report();
	struct chart *c = chart_added(r, false);
	struct series *s = chart_series(c, "MmSt", true);
	static const char *const css[] = { "wide", "narrow" };
	struct printed p;
	struct svg g;

	for (int i = 0; i < 600; i++)
		series_point(c, s, SAMPLE_AT + i * WHEN_MINUTE, (i == 301 ? 400 : 200 + i % 3) * MIB);
	p = print_as("html", r, 0, false, false);
	for (size_t i = 0; i < LEN(css); i++) {
		CHECK(svg_read((struct span){ p.text, p.n }, css[i], 0, &g));
		CHECK_TEXT(g.fault, NULL);
		CHECK_NEAR(g.highest, 26, 1e-9); /* the top of the plot */
	}
	free(p.text);
	report_close(r);
}

/* Breaks: a restart, a gap, a lone poolsnap between them. */
static void test_breaks(void)
{
	struct report *r = sample_report();
	struct chart *c = chart_added(r, false);
	struct series *s = chart_series(c, "MmSt", false);
	struct printed p;
	const char *line;

	for (int i = 0; i < 9; i++)
		series_point(c, s, SAMPLE_AT + i * WHEN_HOUR, 100 * MIB + i);
	chart_mark(c, SAMPLE_AT + 3 * WHEN_HOUR, MARK_BOOT, "restart");
	chart_mark(c, SAMPLE_AT + 4 * WHEN_HOUR, MARK_GAP, "");
	p = print_as("html", r, 0, false, false);
	line = strstr(p.text, "class=\"line ");
	CHECK(line != NULL);
	if (line) {
		struct span d = { line, strcspn(line, "/") };

		CHECK_INT(count_of(d, "M"), 3);
		CHECK_INT(count_of(d, "m-4 0h8"), 1);
	}
	CHECK_INT(count_of((struct span){ p.text, p.n }, "class=\"boot\""), 2);
	free(p.text);
	report_close(r);
}

static void test_size(void)
{
	struct report *r = sample_report();
	struct printed before, p;
	struct chart *c;
	struct svg g;

	report_server(r, "FS01");
	before = print_as("html", r, 0, false, false);
	c = chart_added(r, false);
	add_lines(c, 8, 600, WHEN_HOUR);
	add_levels(c, 343, 343);
	p = print_as("html", r, 0, false, false);
	CHECK(p.n - before.n > 20000 && p.n - before.n < 70000);
	free(p.text);

	/* A small one as it usually is, and at its worst. */
	for (int worst = 0; worst < 2; worst++) {
		c = chart_added(r, true);
		add_lines(c, 2, worst ? 80 : 12, worst ? 3 * WHEN_MINUTE : 15 * WHEN_MINUTE);
		add_levels(c, 343, 343);
		for (int i = 0; i < (worst ? 200 : 9); i++)
			chart_mark(c, SAMPLE_AT + i * WHEN_MINUTE, MARK_2020, "Event 2020");
	}
	p = print_as("html", r, 0, false, false);
	CHECK(svg_read((struct span){ p.text, p.n }, "little", 0, &g));
	CHECK(g.all.n > 1500 && g.all.n < 4000);
	CHECK(svg_read((struct span){ p.text, p.n }, "little", 1, &g));
	CHECK(g.all.n > 3000 && g.all.n < 7500);
	free(p.text);
	free(before.text);
	report_close(r);
}

static void test_accessible(void)
{
	struct report *r = sample_report();
	struct chart *c = chart_added(r, false);
	struct printed p;
	size_t elements;

	add_lines(c, 2, 20, WHEN_HOUR);
	c->about = "All the numbers.";
	c->note = "What is beneath.";
	p = print_as("html", r, 0, false, false);
	CHECK_TEXT(html_fault(&p, &elements), NULL);
	CHECK_INT(count_of((struct span){ p.text, p.n }, "role=\"img\" aria-labelledby=\"label"), 2);
	CHECK_INT(count_of((struct span){ p.text, p.n }, "\">All the numbers.</desc>"), 2);
	CHECK_INT(count_of((struct span){ p.text, p.n }, "<p class=\"note\">What is beneath.</p>"), 1);
	CHECK(!holds(&p, "style="));
	free(p.text);
	p = print_as("text", r, 100, false, false);
	CHECK(holds(&p, "\nWhat is beneath.\n") && !holds(&p, "All the numbers."));
	free(p.text);
	report_close(r);
}

/* ---- bars ---- */

static void add_bars(struct report *r, double whole)
{
	static const struct {
		const char *tag;
		double mib;
	} bars[] = { { "MmSt", 150 }, { "CM31", 21.5 }, { "Io  ", 0.25 }, { "76 other tags", 24 },
		{ "in no row", 4.25 } };
	struct chart *c = chart_added(r, false);

	c->kind = CHART_BARS;
	c->whole = whole;
	for (size_t i = 0; i < LEN(bars); i++) {
		struct series *s = chart_series(c, bars[i].tag, i == 0);

		s->kind = i > 2 ? SERIES_REST : SERIES_TAG;
		series_point(c, s, SAMPLE_AT, bars[i].mib * MIB);
	}
	c->about = "Bars.";
}

static void check_bars(double whole, bool ascii, int width, const char *lines)
{
	struct report *r = sample_report();
	struct printed p;

	add_bars(r, whole);
	p = print_as("text", r, width, ascii, false);
	CHECK_TEXT(text_fault(&p, ascii), NULL);
	if (!check_count(holds(&p, lines), __FILE__, __LINE__))
		printf("%s\nis not in\n%s\n", lines, p.text);
	free(p.text);
	report_close(r);
}

static void test_bars(void)
{
	struct report *r = sample_report();
	struct printed p;

	check_bars(200 * MIB, true, 60,
		"Chart\n"
		"MmSt           #################          150.0 MiB   75.0 %\n"
		"CM31           ##                          21.5 MiB   10.8 %\n"
		"Io             #                          256.0 KiB    0.1 %\n"
		"76 other tags  ...                         24.0 MiB   12.0 %\n"
		"in no row      .                            4.2 MiB    2.1 %\n\nBars.\n");
	check_bars(200 * MIB, false, 60,
		"MmSt           \u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u258E"
		"         150.0 MiB   75.0 %\n"
		"CM31           \u2588\u2588\u258C                         21.5 MiB   10.8 %\n"
		"Io             \u258F                          256.0 KiB    0.1 %\n"
		"76 other tags  \u2591\u2591\u2591                         24.0 MiB   12.0 %\n");
	/* Where the whole is not known there is no percent, and the largest bar is the longest. */
	check_bars(0, true, 60,
		"MmSt           ################################    150.0 MiB\n"
		"CM31           #####                                21.5 MiB\n");
	add_bars(r, 200 * MIB);
	add_bars(r, 0);
	p = print_as("html", r, 0, false, false);
	CHECK_INT(check_drawings(&p, "wide"), 2);
	CHECK_INT(check_drawings(&p, "narrow"), 2);
	CHECK_INT(count_of((struct span){ p.text, p.n }, "<rect class=\"bar main\""), 4);
	CHECK_INT(count_of((struct span){ p.text, p.n }, "<rect class=\"bar rest\""), 8);
	CHECK_INT(count_of((struct span){ p.text, p.n }, ">75.0\u00A0%</text>"), 2);
	CHECK_INT(count_of((struct span){ p.text, p.n }, ">100\u00A0%</text>"), 2);
	free(p.text);
	report_close(r);
}

/* ---- small charts in characters ---- */

static void test_little(void)
{
	struct report *r = sample_report();
	struct chart *c = chart_added(r, true);
	struct printed p;

	for (int i = 0; i < 2; i++) {
		struct series *s = chart_series(c, i ? "MmSt" : "all paged", i);

		for (int k = 0; k < 4; k++)
			series_point(c, s, SAMPLE_AT + k * WHEN_HOUR, (i ? 40 : 80) * (k + 1) * MIB / 2);
	}
	chart_mark(c, SAMPLE_AT + 2 * WHEN_HOUR, MARK_2020, "");
	c->marks[0].times = 12;
	c->about = "12 min before.";
	p = print_as("text", r, 71, true, false);
	if (!check_count(
		    holds(&p, "Chart\n"
			      "all paged  ..::::::::::::::+++++++++++++#######    40.0 MiB   160.0 MiB\n"
			      "MmSt       ................::::::::::::::::::::    20.0 MiB    80.0 MiB\n"),
		    __FILE__, __LINE__))
		printf("%s\n", p.text);
	CHECK(holds(&p, "\n2020                               12\n"));
	CHECK(holds(&p, "\n12 min before.\n"));
	CHECK_INT(count_of((struct span){ p.text, p.n }, "2008\n"), 0); /* its title tells the day */
	free(p.text);
	report_close(r);
}

int main(void)
{
	test_frame();
	test_sample();
	test_peak();
	test_breaks();
	test_size();
	test_accessible();
	test_bars();
	test_little();
	return check_end();
}
