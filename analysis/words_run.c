/* SPDX-License-Identifier: MIT
 * What bytes does one unbroken run of digits spell: hex (Windows, libevtx), base64 (python-evtx) or
 * hyphenated hex (EvtxECmd)? "0000..." is legal in the first two, so the packet's own length decides. */
#include "analysis/words_parts.h"

static int base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Bytes of the leading base64 digits; used: how many characters those are, padding included. */
static size_t base64_read(struct span s, uint8_t *bytes, size_t *used)
{
	uint32_t bits = 0;
	size_t n = 0, i;

	for (i = 0; i < s.n && base64_digit(s.p[i]) >= 0; i++) {
		bits = bits << 6 | (uint32_t)base64_digit(s.p[i]);
		if (i % 4)
			bytes[n++] = (uint8_t)(bits >> (6 - i % 4 * 2));
	}
	/* Four digits are three bytes; the byte that a shorter last group only begins is none. */
	if (i % 4 == 1)
		i--;
	*used = i;
	while (*used < s.n && s.p[*used] == '=' && *used < i + 2)
		++*used;
	return n;
}

static size_t hex_read(struct span s, uint8_t *bytes)
{
	size_t n = 0;

	for (size_t i = 0; i + 2 <= s.n && words_is_hex((struct span){ s.p + i, 2 }); i += 2)
		bytes[n++] = (uint8_t)words_number((struct span){ s.p + i, 2 }, 16);
	return n;
}

static bool hyphenated_read(struct words_job *job, struct span s)
{
	size_t i = 0;

	while (i + 2 <= s.n && words_is_hex((struct span){ s.p + i, 2 })) {
		words_put(job, words_number((struct span){ s.p + i, 2 }, 16), 1);
		for (i += 2; i < s.n && s.p[i] == '-'; i++)
			;
	}
	if (i < s.n)
		words_note(job->out, job->arena, "after byte %zu come%s %zu character%s that are no byte",
			job->n, s.n - i == 1 ? "s" : "", s.n - i, s.n - i == 1 ? "" : "s");
	job->out->form = "hyphenated hex";
	return job->n > 0;
}

static bool hex_take(struct words_job *job, struct span s, size_t digits)
{
	job->n = hex_read(s, job->bytes);
	job->out->form = "hex";
	if (digits < s.n)
		words_note(job->out, job->arena,
			"character %zu is no hex digit: it and the %zu after it were left out", digits + 1,
			s.n - digits - 1);
	if (digits % 2)
		words_note(job->out, job->arena, "odd number of digits (%zu): the last one was left out",
			digits);
	if (words_swap_if_whole(job->bytes, job->n))
		words_note(
			job->out, job->arena, "the digits are words run together, not bytes in their order");
	return job->n > 0;
}

static bool base64_take(struct words_job *job, struct span s, const uint8_t *bytes, size_t n, size_t used)
{
	for (size_t i = 0; i < n; i++)
		words_put(job, bytes[i], 1);
	job->out->form = "base64";
	if (used < s.n)
		words_note(job->out, job->arena, "from character %zu on it is no base64: %zu left out",
			used + 1, s.n - used);
	else if (s.n % 4)
		words_note(job->out, job->arena, "base64 without its padding, or cut");
	return job->n > 0;
}

bool words_run_read(struct words_job *job, struct span digits, bool in_binary)
{
	struct span s = digits;
	size_t hex = 0, used, n;
	uint8_t *bytes;
	bool legal;

	if (s.n > 2 && s.p[0] == '0' && (s.p[1] == 'x' || s.p[1] == 'X'))
		s = (struct span){ s.p + 2, s.n - 2 };
	while (hex < s.n && words_is_hex((struct span){ s.p + hex, 1 }))
		hex++;
	if (hex == 2 && hex < s.n && s.p[hex] == '-')
		return hyphenated_read(job, s);
	bytes = arena_alloc(job->arena, s.n + 1);
	n = base64_read(s, bytes, &used);
	legal = used == s.n && n > 0;
	if (legal && words_fits(bytes, n) && words_plausible(bytes, n)) {
		hex_read(s, job->bytes);
		if (hex < s.n || !words_fits(job->bytes, hex / 2))
			return base64_take(job, s, bytes, n, used);
	}
	if (hex == s.n)
		return hex_take(job, s, hex);
	if (legal && (in_binary || (s.n >= 16 && s.n % 4 == 0)))
		return base64_take(job, s, bytes, n, used);
	if (!in_binary)
		return false;
	return used > hex + 1 ? base64_take(job, s, bytes, n, used) : hex_take(job, s, hex);
}
