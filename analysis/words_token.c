/* SPDX-License-Identifier: MIT
 * Where do lines, tokens and numbers begin and end in pasted data words? */
#include "analysis/words_parts.h"

#include "core/text.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == ',' || c == ';';
}

static bool is_hex(char c)
{
	return text_is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static struct span skip(struct span s, size_t n)
{
	return (struct span){ s.p + n, s.n - n };
}

bool words_line_next(struct span *rest, struct span *line)
{
	size_t n = 0;

	if (!rest->n)
		return false;
	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	*line = (struct span){ rest->p, n };
	if (n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n')
		n++;
	*rest = skip(*rest, n < rest->n ? n + 1 : n);
	return true;
}

bool words_token_next(struct span *line, struct span *token, size_t *gap)
{
	size_t n = 0;

	*gap = 0;
	while (line->n && is_blank(line->p[0])) {
		*gap += line->p[0] == '\t' ? 2 : 1;
		*line = skip(*line, 1);
	}
	while (n < line->n && !is_blank(line->p[n]) && (n == 0 || line->p[n] != '<')) /* "c00007e4<br>" */
		n++;
	*token = (struct span){ line->p, n };
	*line = skip(*line, n);
	return n > 0;
}

/* Seen: "Data:", "Data (words):", "Data: Words", "Data - ", "In Words", "Binary data:", "Data: * Bytes O
 * Words", PowerShell's "Data : {0, 0, 4, 0...}". A mail's "> " goes too. */
struct span words_header_skip(struct span line)
{
	static const char *const known[] = { "data", "binary", "words", "bytes", "in", "hex" };
	bool header = false;

	while (line.n && (is_blank(line.p[0]) || line.p[0] == '>' || line.p[0] == '|'))
		line = skip(line, 1);
	for (struct span s = line; s.n;) {
		size_t n = 0;
		bool word = false;

		while (n < s.n && text_is_letter(s.p[n]))
			n++;
		for (size_t i = 0; i < LEN(known); i++)
			word |= span_equal_nocase((struct span){ s.p, n }, span_of(known[i]));
		word &= n == s.n || !is_hex(s.p[n]);
		/* The marks of a radio button, once the line is known for a header. */
		if (word || (header && n == 1 && (s.p[0] == 'O' || s.p[0] == 'o' || s.p[0] == 'x')))
			header = true;
		else if (n || (!is_blank(s.p[0]) && s.p[0] != ':' && s.p[0] != '(' && s.p[0] != ')' &&
				      s.p[0] != '*' && s.p[0] != '-' && s.p[0] != '='))
			break;
		s = skip(s, n ? n : 1);
		if (header)
			line = s;
	}
	return line;
}

bool words_is_hex(struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!is_hex(s.p[i]))
			return false;
	}
	return s.n > 0;
}

uint64_t words_number(struct span digits, unsigned base)
{
	uint64_t value = 0;

	for (size_t i = 0; i < digits.n; i++) {
		char c = digits.p[i];
		unsigned digit = c <= '9' ? (unsigned)(c - '0') : (unsigned)((c & 0x5f) - 'A' + 10);

		value = value * base + digit;
	}
	return value;
}
