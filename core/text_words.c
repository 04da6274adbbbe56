/* SPDX-License-Identifier: MIT
 * Words and numbers inside a text: trimmed, found, cut, read; a number that does not fit is no number. */
#include "core/text.h"

#include <string.h>

struct span text_trim(struct span s)
{
	while (s.n && text_is_blank(s.p[0]))
		s = text_tail(s, 1);
	while (s.n && text_is_blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct span text_head(struct span s, size_t n)
{
	return (struct span){ s.p, s.n < n ? s.n : n };
}

struct span text_head_whole(struct span s, size_t n)
{
	/* More than three bytes back it is no UTF-8, and any place is as good. */
	for (size_t back = 0; back < 4 && back <= n && s.n > n; back++)
		if ((s.p[n - back] & 0xC0) != 0x80)
			return text_head(s, n - back);
	return text_head(s, n);
}

struct span text_tail(struct span s, size_t from)
{
	return from < s.n ? (struct span){ s.p + from, s.n - from } : (struct span){ s.p, 0 };
}

bool text_starts(struct span s, const char *prefix)
{
	size_t n = strlen(prefix);

	return s.n >= n && memcmp(s.p, prefix, n) == 0;
}

bool text_starts_nocase(struct span s, const char *prefix)
{
	return span_equal_nocase(text_head(s, strlen(prefix)), span_of(prefix));
}

bool text_ends_nocase(struct span s, const char *suffix)
{
	size_t n = strlen(suffix);

	return s.n >= n && span_equal_nocase(text_tail(s, s.n - n), span_of(suffix));
}

const char *text_find(struct span s, const char *needle)
{
	size_t n = strlen(needle);

	while (n && s.n >= n) {
		const char *at = memchr(s.p, needle[0], s.n - n + 1);

		if (!at)
			return NULL;
		if (memcmp(at, needle, n) == 0)
			return at;
		s = text_tail(s, (size_t)(at - s.p) + 1);
	}
	return NULL;
}

const char *text_find_nocase(struct span s, const char *needle)
{
	for (size_t n = strlen(needle); n && s.n >= n; s = text_tail(s, 1))
		if (text_starts_nocase(s, needle))
			return s.p;
	return NULL;
}

bool text_cut(struct span *rest, char at, struct span *before)
{
	const char *end;

	if (!rest->p)
		return false;
	end = rest->n ? memchr(rest->p, at, rest->n) : NULL;
	if (end) {
		*before = (struct span){ rest->p, (size_t)(end - rest->p) };
		*rest = (struct span){ end + 1, rest->n - before->n - 1 };
	} else {
		*before = *rest;
		*rest = (struct span){ NULL, 0 };
	}
	return true;
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = text_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

bool text_uint_base(struct span s, unsigned base, uint64_t *out)
{
	uint64_t n = 0;

	if (!s.n)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned digit = (unsigned)digit_of(s.p[i]);

		if (digit >= base || n > (UINT64_MAX - digit) / base)
			return false;
		n = n * base + digit;
	}
	*out = n;
	return true;
}

bool text_int(struct span s, int64_t *out)
{
	bool minus = s.n && s.p[0] == '-';
	uint64_t n;

	if (s.n && (minus || s.p[0] == '+'))
		s = text_tail(s, 1);
	if (!text_uint_base(s, 10, &n) || n > (uint64_t)INT64_MAX + minus)
		return false;
	*out = minus ? (int64_t)(0 - n) : (int64_t)n;
	return true;
}

bool text_size(struct span s, int64_t *bytes)
{
	uint64_t n, unit = 1;

	s = text_trim(s);
	/* "343M", "343MB" and "343MiB" mean the same: Windows' own tools count in 1024s and write MB. */
	if (text_ends_nocase(s, "ib"))
		s.n -= 2;
	else if (text_ends_nocase(s, "b"))
		s.n -= 1;
	s = text_trim(s);
	if (s.n) {
		switch (text_lower(s.p[s.n - 1])) {
		case 'k': unit = 1u << 10; break;
		case 'm': unit = 1u << 20; break;
		case 'g': unit = 1u << 30; break;
		case 't': unit = (uint64_t)1 << 40; break;
		default: break;
		}
		if (unit > 1)
			s.n--;
	}
	if (!text_uint_base(text_trim(s), 10, &n) || n > (uint64_t)INT64_MAX / unit)
		return false;
	*bytes = (int64_t)(n * unit);
	return true;
}

bool text_offset(struct span s, int *minutes)
{
	uint64_t hour, minute = 0;
	int sign;

	if (span_equal_nocase(s, SPAN("Z")) || span_equal_nocase(s, SPAN("UTC"))) {
		*minutes = 0;
		return true;
	}
	if (text_starts_nocase(s, "utc") || text_starts_nocase(s, "gmt"))
		s = text_tail(s, 3);
	if (s.n < 2 || (s.p[0] != '+' && s.p[0] != '-'))
		return false;
	sign = s.p[0] == '-' ? -1 : 1;
	s = text_tail(s, 1);
	if ((s.n == 4 || s.n == 5) && s.p[s.n - 3] == ':') { /* "5:00" is the debugger's */
		if (!text_uint_base(text_tail(s, s.n - 2), 10, &minute))
			return false;
		s.n -= 3;
	} else if (s.n == 4) {
		if (!text_uint_base(text_tail(s, 2), 10, &minute))
			return false;
		s.n = 2;
	}
	/* UTC-12 to UTC+14 is what zones use; 15:59 leaves room for what people have made of them. */
	if (s.n > 2 || !text_uint_base(s, 10, &hour) || hour > 15 || minute > 59)
		return false;
	*minutes = sign * (int)(hour * 60 + minute);
	return true;
}

bool text_hex_bytes(struct span s, uint8_t *out, size_t *n)
{
	if (s.n % 2 || s.n / 2 > *n)
		return false;
	for (size_t i = 0; i < s.n; i += 2) {
		int high = digit_of(s.p[i]), low = digit_of(s.p[i + 1]);

		if (high > 15 || low > 15)
			return false;
		out[i / 2] = (uint8_t)(high << 4 | low);
	}
	*n = s.n / 2;
	return true;
}

bool text_glob(struct span pattern, struct span s)
{
	size_t p = 0, i = 0, star = SIZE_MAX, mark = 0;

	while (i < s.n) {
		if (p < pattern.n && pattern.p[p] == '*') {
			star = p++;
			mark = i;
		} else if (p < pattern.n &&
			   (pattern.p[p] == '?' || text_lower(pattern.p[p]) == text_lower(s.p[i]))) {
			p++;
			i++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			i = ++mark;
		} else {
			return false;
		}
	}
	while (p < pattern.n && pattern.p[p] == '*')
		p++;
	return p == pattern.n;
}

size_t text_distance(struct span a, struct span b)
{
	size_t row[65];

	if (a.n > 64 || b.n > 64)
		return 64;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t above = row[j],
			       best = corner + (text_lower(a.p[i - 1]) != text_lower(b.p[j - 1]));

			if (above + 1 < best)
				best = above + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			corner = above;
			row[j] = best;
		}
	}
	return row[b.n];
}
