/* SPDX-License-Identifier: MIT
 * Do the strings of an event say that a program could not get system resources? */
#include "analysis/shortage.h"

#include "core/record.h"
#include "core/text.h"

#include <string.h>

static bool is_word(char c)
{
	return text_is_digit(c) || text_is_letter(c) || c == '_';
}

static bool ends_here(struct span s, size_t at)
{
	return at >= s.n || !is_word(s.p[at]);
}

/* "0xC000009A", "c000009a"; 800705AA and 8007046A are 1450 and 1130 as HRESULTs. */
static bool hex_at(struct span s, size_t at)
{
	static const char *const codes[] = { "C000009A", "800705AA", "8007046A" };
	bool begins = !at || !is_word(s.p[at - 1]) ||
		      (at >= 2 && (s.p[at - 1] | 0x20) == 'x' && s.p[at - 2] == '0');

	for (size_t i = 0; begins && i < LEN(codes); i++)
		if (text_starts_nocase(text_tail(s, at), codes[i]) && ends_here(s, at + strlen(codes[i])))
			return true;
	return false;
}

/* A bare number may count anything (the uptime in event 6013 is 1450 once in a while): it must be called an
 * error, or be a reference to a system message, "%%1450". */
static bool number_at(struct span s, size_t at)
{
	static const char *const calls[] = { "error", "err", "code", "fehler", "erreur" };
	struct span number = text_head(text_tail(s, at), 4), word;
	size_t end = at;

	if (!(span_equal(number, SPAN("1450")) || span_equal(number, SPAN("1130"))) || !ends_here(s, at + 4))
		return false;
	if (at >= 2 && s.p[at - 1] == '%' && s.p[at - 2] == '%')
		return true;
	while (end && at - end < 8 && memchr(" :=#([", s.p[end - 1], 6))
		end--;
	word = (struct span){ s.p, end };
	for (size_t i = 0; end < at && i < LEN(calls); i++)
		if (text_ends_nocase(word, calls[i]))
			return true;
	return false;
}

static bool name_at(struct span s, size_t at)
{
	static const char *const names[] = { "ERROR_NO_SYSTEM_RESOURCES", "ERROR_NOT_ENOUGH_SERVER_MEMORY",
		"STATUS_INSUFFICIENT_RESOURCES", "Insufficient system resources" };

	for (size_t i = 0; (!at || !is_word(s.p[at - 1])) && i < LEN(names); i++)
		if (text_starts_nocase(text_tail(s, at), names[i]))
			return true;
	return false;
}

bool shortage_told(struct span strings)
{
	struct span name, value;

	if (!strings.n)
		return false;
	while (strings_next(&strings, &name, &value))
		for (size_t i = 0; i < value.n; i++) {
			char c = (char)(value.p[i] | 0x20);

			if ((c == '1' && number_at(value, i)) ||
				((c == 'c' || c == '8') && hex_at(value, i)) ||
				((c == 'e' || c == 's' || c == 'i') && name_at(value, i)))
				return true;
		}
	return false;
}
