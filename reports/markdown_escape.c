/* SPDX-License-Identifier: MIT
 * Text from anywhere on a line of Markdown, so that every reader of it shows the text itself: no emphasis, no
 * link, no HTML, no list, no picture, nobody notified. */
#include "reports/markdown.h"

#include "core/text.h"

#include <string.h>

static void put_visible(struct out *o, struct span s, bool code)
{
	size_t n;

	for (; s.n; s = text_tail(s, n)) {
		uint32_t c = text_get_utf8(s, &n);

		/* The marks that these forms are made of mean something themselves, but not in code. */
		if (c == TEXT_BAD && n == 1)
			out_printf(o, "%s\\x%02X", code ? "" : "\\", (unsigned)(unsigned char)s.p[0]);
		else if (character_hidden(c) && c < 0x80)
			out_printf(o, "%s\\x%02X", code ? "" : "\\", (unsigned)c);
		else if (character_hidden(c))
			out_printf(o, code ? "<U+%04X>" : "\\<U+%04X\\>", (unsigned)c);
		else
			out_bytes(o, s.p, n);
	}
}

/* ---- words that readers turn into links by themselves ---- */

/* Addresses, "@name" (who is notified) and "#12" (another ticket) are found after escapes are undone, so that
 * only code keeps them what they are. */
static bool links_itself(struct span word)
{
	for (size_t i = 0; i + 1 < word.n; i++)
		if (word.p[i] == '#' && text_is_digit(word.p[i + 1]))
			return true;
	return memchr(word.p, '@', word.n) || text_find(word, "://") || text_find_nocase(word, "www.") ||
	       text_find_nocase(word, "mailto:") || text_find_nocase(word, "xmpp:");
}

/* Fenced by more backticks than stand in a row inside; blanks inside the fences are not shown. */
static void put_code(struct out *o, struct span word)
{
	size_t run = 0, fence = 1;
	bool pad = word.p[0] == '`' || word.p[word.n - 1] == '`';

	for (size_t i = 0; i < word.n; i++) {
		run = word.p[i] == '`' ? run + 1 : 0;
		fence = run >= fence ? run + 1 : fence;
	}
	for (size_t i = 0; i < fence; i++)
		out_raw(o, "`");
	out_raw(o, pad ? " " : "");
	put_visible(o, word, true);
	out_raw(o, pad ? " " : "");
	for (size_t i = 0; i < fence; i++)
		out_raw(o, "`");
}

/* ---- marks ---- */

static bool is_plain(char c)
{
	return text_is_letter(c) || text_is_digit(c);
}

/* Does the character mean something where it stands? '_' within a word and a bracket without its fellows do
 * not, and a text that is full of backslashes cannot be read where nobody renders it. */
static bool means_something(struct span word, size_t i)
{
	if (word.p[i] == '_')
		return !i || i + 1 == word.n || !is_plain(word.p[i - 1]) || !is_plain(word.p[i + 1]);
	/* At a heading's end it would be taken for its closing mark. */
	if (word.p[i] == '#')
		return !i;
	return word.p[i] && strchr("\\`*[]<>|~&$", word.p[i]);
}

/* At a line's start: a heading, a list, a rule, the line that makes a heading of the one before. Returns the
 * length up to the mark. "+2" and "2.5" are none. */
static size_t line_mark(struct span s)
{
	size_t n = 0;

	while (n < s.n && text_is_digit(s.p[n]))
		n++;
	if (n == s.n || !s.p[n] || !strchr(n ? ".)" : "#+-=", s.p[n]))
		return 0;
	return ++n == s.n || !is_plain(s.p[n]) ? n : 0;
}

static void put_word(struct out *o, struct span word)
{
	size_t from = 0;

	if (links_itself(word)) {
		put_code(o, word);
		return;
	}
	for (size_t i = 0; i < word.n; i++) {
		if (!means_something(word, i))
			continue;
		put_visible(o, text_head(text_tail(word, from), i - from), false);
		out_raw(o, "\\");
		from = i;
		/* The mark itself goes out with what follows. */
	}
	put_visible(o, text_tail(word, from), false);
}

/* A bar ends a word: within code it would show with its backslash where there is no table. */
static size_t word_length(struct span s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != ' ' && s.p[n] != '|')
		n++;
	return n;
}

void markdown_escape(struct out *o, struct span text)
{
	struct span s = text;
	size_t mark;

	/* Blanks at a line's start and end make code blocks and line breaks. */
	while (s.n && s.p[0] == ' ')
		s = text_tail(s, 1);
	while (s.n && s.p[s.n - 1] == ' ')
		s.n--;
	mark = line_mark(s);
	if (mark && !links_itself(text_head(s, word_length(s)))) {
		out_bytes(o, s.p, mark - 1);
		out_raw(o, "\\");
		out_bytes(o, s.p + mark - 1, 1);
		s = text_tail(s, mark);
	}
	while (s.n) {
		size_t n = word_length(s);

		if (n)
			put_word(o, text_head(s, n));
		if (n < s.n)
			out_raw(o, s.p[n] == '|' ? "\\|" : " ");
		s = text_tail(s, n + 1);
	}
}
