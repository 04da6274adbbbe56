/* SPDX-License-Identifier: MIT
 * How wide is a text on a terminal, and where may it be broken? (Unicode's East Asian Width and combining
 * marks, coarsely.) */
#include "reports/format.h"

#include "core/text.h"

struct range {
	uint32_t first, last;
};

static bool in_ranges(const struct range *r, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n && c >= r[i].first; i++)
		if (c <= r[i].last)
			return true;
	return false;
}

static int width_of_character(uint32_t c)
{
	static const struct range combining[] = {
		{ 0x300, 0x36F },
		{ 0x483, 0x489 },
		{ 0x591, 0x5BD },
		{ 0x5BF, 0x5BF },
		{ 0x5C1, 0x5C7 },
		{ 0x610, 0x61A },
		{ 0x64B, 0x65F },
		{ 0x670, 0x670 },
		{ 0x6D6, 0x6ED },
		{ 0x900, 0x902 },
		{ 0x93C, 0x93C },
		{ 0x941, 0x948 },
		{ 0x94D, 0x94D },
		{ 0xE31, 0xE31 },
		{ 0xE34, 0xE3A },
		{ 0xE47, 0xE4E },
		{ 0x1AB0, 0x1AFF },
		{ 0x1DC0, 0x1DFF },
		{ 0x20D0, 0x20FF },
		{ 0x302A, 0x302D },
		{ 0x3099, 0x309A },
		{ 0xFE00, 0xFE0F },
		{ 0xFE20, 0xFE2F },
		{ 0xE0100, 0xE01EF },
	};
	static const struct range wide[] = {
		{ 0x1100, 0x115F },
		{ 0x231A, 0x231B },
		{ 0x2E80, 0x303E },
		{ 0x3041, 0x33FF },
		{ 0x3400, 0x4DBF },
		{ 0x4E00, 0x9FFF },
		{ 0xA000, 0xA4CF },
		{ 0xA960, 0xA97F },
		{ 0xAC00, 0xD7A3 },
		{ 0xF900, 0xFAFF },
		{ 0xFE30, 0xFE6F },
		{ 0xFF01, 0xFF60 },
		{ 0xFFE0, 0xFFE6 },
		{ 0x1F300, 0x1F64F },
		{ 0x1F680, 0x1F6FF },
		{ 0x1F900, 0x1FAFF },
		{ 0x20000, 0x3FFFD },
	};

	if (c < 0x300)
		return 1;
	if (in_ranges(combining, LEN(combining), c))
		return 0;
	return in_ranges(wide, LEN(wide), c) ? 2 : 1;
}

int width_of(struct span s)
{
	int width = 0;
	size_t n;

	for (; s.n; s = text_tail(s, n))
		width += width_of_character(text_get_utf8(s, &n));
	return width;
}

struct span width_head(struct span s, int width)
{
	size_t used = 0, n;
	int taken = 0;

	while (used < s.n) {
		int w = width_of_character(text_get_utf8(text_tail(s, used), &n));

		/* Marks stay with the letter before them. */
		if (used && taken + w > width)
			break;
		taken += w;
		used += n;
	}
	return text_head(s, used);
}

/* ---- lines ---- */

static bool separator(char c)
{
	return c == '\\' || c == '/' || c == ',' || c == ';' || c == '-' || c == '_' || c == ':';
}

bool wrap_next(struct span *rest, int width, struct span *line)
{
	size_t cut;

	while (rest->n && rest->p[0] == ' ')
		*rest = text_tail(*rest, 1);
	if (!rest->n)
		return false;
	*line = width_head(*rest, width > 1 ? width : 1);
	cut = line->n;
	if (cut < rest->n && rest->p[cut] != ' ') {
		while (cut && line->p[cut - 1] != ' ')
			cut--;
		/* No blank in the whole line: a path or a name. Not too early, or a lone "C:\" would stand on
		 * a line. */
		if (!cut) {
			for (cut = line->n; cut > line->n / 2 && !separator(line->p[cut - 1]);)
				cut--;
			if (cut <= line->n / 2)
				cut = line->n;
		}
	}
	*rest = text_tail(*rest, cut);
	line->n = cut;
	while (line->n && line->p[line->n - 1] == ' ')
		line->n--;
	return true;
}
