/* SPDX-License-Identifier: MIT
 * Reads Markdown back as far as this program writes it: what is told may only be text, whatever it holds. */
#ifndef TESTS_REPORT_MARKDOWN_H
#define TESTS_REPORT_MARKDOWN_H

#include "tests/report_read.h"

static inline size_t run_of(struct span s, char c)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == c)
		n++;
	return n;
}

/* The length of a code span with its fences; 0: it does not end on this line. */
static inline size_t code_length(struct span s)
{
	size_t fence = run_of(s, '`');

	for (size_t i = fence; i < s.n;) {
		size_t n = run_of(text_tail(s, i), '`');

		if (n == fence)
			return i + n;
		i += n ? n : 1;
	}
	return 0;
}

/* NULL, or what is not text in a line behind its own mark ("- ", "## "); *bars counts those that divide
 * cells. Bold is this program's own, and closed where it was opened. */
static inline const char *line_fault(struct span s, size_t *bars)
{
	size_t bold = 0;

	for (*bars = 0; s.n;) {
		size_t n = 1;

		if (s.p[0] == '\\' && s.n > 1)
			n = 2;
		else if (s.p[0] == '`' && (n = code_length(s)) == 0)
			return "code without an end";
		else if (text_starts(s, "**"))
			n = 2, bold++;
		else if (s.p[0] == '|')
			++*bars;
		else if (strchr("*[]<>~&$", s.p[0]))
			return "a mark that is not escaped";
		else if (s.p[0] == '@' || text_starts(s, "://") || text_starts_nocase(s, "www."))
			return "a link that readers make";
		s = text_tail(s, n);
	}
	return bold % 2 ? "bold without an end" : NULL;
}

/* What this program begins its lines with. */
static inline struct span behind_mark(struct span line)
{
	static const char *const fronts[] = { "# ", "## ", "### ", "#### ", "> ", "- ", "  - " };
	size_t n = 0;

	for (size_t i = 0; i < LEN(fronts); i++)
		if (text_starts(line, fronts[i]))
			return text_tail(line, strlen(fronts[i]));
	while (n < line.n && text_is_digit(line.p[n]))
		n++;
	return n && text_starts(text_tail(line, n), ". ")                   ? text_tail(line, n + 2)
	       : span_equal(line, SPAN(">")) || span_equal(line, SPAN("-")) ? SPAN("")
									    : line;
}

/* A text that would be a mark itself. */
static inline const char *mark_fault(struct span text)
{
	size_t n = 0;

	if (text_starts(text, "    "))
		return "a code block by its indent";
	if (text.n && strchr("#+-=", text.p[0]) && (text.n == 1 || strchr(" +-=#", text.p[1])))
		return "a mark at a line's start";
	while (n < text.n && text_is_digit(text.p[n]))
		n++;
	return n && n + 1 < text.n && strchr(".)", text.p[n]) && text.p[n + 1] == ' ' ? "a number of a list"
										      : NULL;
}

struct markdown {
	size_t lines, rows, headings, fences;
	const char *fault; /* NULL, or what is wrong */
};

static inline struct markdown markdown_read(const struct printed *p)
{
	struct markdown m = { .fault = text_fault(p, false) };
	struct span rest = { p->text, p->n }, line;
	size_t fence = 0, bars = 0, bars_before = 0;

	while (text_cut(&rest, '\n', &line) && !m.fault) {
		struct span text = behind_mark(line);
		size_t run = run_of(line, '`');

		m.lines++;
		if (fence ? run >= fence && run == line.n : run >= 3) {
			fence = fence ? 0 : run;
			m.fences++;
			continue;
		}
		if (fence)
			continue;
		m.fault = mark_fault(text);
		if (!m.fault)
			m.fault = line_fault(text, &bars);
		m.headings += line.n && line.p[0] == '#';
		if (line.n && line.p[0] == '|') {
			m.rows++;
			if (bars_before && bars != bars_before)
				m.fault = "a row with another number of cells";
			bars_before = bars;
		} else {
			bars_before = 0;
			if (!m.fault && bars)
				m.fault = "a bar outside of a table";
		}
	}
	if (fence)
		m.fault = "a fence without an end";
	return m;
}

#endif
