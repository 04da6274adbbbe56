/* SPDX-License-Identifier: MIT
 * Encodings: UTF-8 checked and written, Windows-1252 read and undone (the WHATWG table, where every byte has
 * a meaning). */
#include "core/text.h"

#include <string.h>

/* Bytes 0x80 to 0x9F; the five that Windows-1252 leaves open stand for the C1 control of the same number. */
static const uint16_t high_1252[32] = { 0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C,
	0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178 };

uint32_t text_1252_character(unsigned char byte)
{
	return byte >= 0x80 && byte < 0xA0 ? high_1252[byte - 0x80] : byte;
}

int text_1252_byte(uint32_t character)
{
	if (character < 0x80 || (character >= 0xA0 && character < 0x100))
		return (int)character;
	for (int i = 0; i < 32; i++)
		if (high_1252[i] == character)
			return 0x80 + i;
	return -1;
}

int encoding_of_name(struct span name)
{
	static const struct {
		const char *name;
		enum encoding encoding;
	} names[] = {
		{ "utf-8", ENC_8BIT },
		{ "utf8", ENC_8BIT },
		{ "utf-16le", ENC_UTF16LE },
		{ "utf-16", ENC_UTF16LE },
		{ "utf-16be", ENC_UTF16BE },
	};

	for (size_t i = 0; i < LEN(names); i++)
		if (span_equal_nocase(name, span_of(names[i].name)))
			return (int)names[i].encoding;
	return -1;
}

size_t text_put_utf8(char *to, uint32_t c)
{
	if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		c = TEXT_BAD;
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xC0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xE0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3F));
		to[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	to[0] = (char)(0xF0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3F));
	to[2] = (char)(0x80 | (c >> 6 & 0x3F));
	to[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* The length of the valid UTF-8 character at s, 0 when there is none. */
static size_t utf8_character(const unsigned char *s, size_t n, uint32_t *character)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length;
	uint32_t c = s[0];

	if (c < 0x80) {
		*character = c;
		return 1;
	}
	length = c >= 0xF0 && c < 0xF5 ? 4 : c >= 0xE0 ? 3 : 2;
	if (c < 0xC2 || c > 0xF4 || length > n)
		return 0;
	c &= 0x7Fu >> length;
	for (size_t i = 1; i < length; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3F);
	}
	if (c < least[length] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		return 0;
	*character = c;
	return length;
}

size_t text_characters(struct span s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += (s.p[i] & 0xC0) != 0x80;
	return n;
}

uint32_t text_get_utf8(struct span s, size_t *length)
{
	uint32_t c;

	*length = utf8_character((const unsigned char *)s.p, s.n, &c);
	if (*length)
		return c;
	*length = 1;
	return TEXT_BAD;
}

bool text_is_ascii(struct span s)
{
	size_t i = 0;
	uint64_t eight;

	for (; i + 8 <= s.n; i += 8) {
		memcpy(&eight, s.p + i, 8);
		if (eight & 0x8080808080808080u)
			return false;
	}
	for (; i < s.n; i++)
		if (s.p[i] & 0x80)
			return false;
	return true;
}

bool text_is_utf8(struct span s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	uint32_t c;
	uint64_t eight;

	for (size_t i = 0; i < s.n;) {
		if (i + 8 <= s.n) {
			memcpy(&eight, p + i, 8);
			if (!(eight & 0x8080808080808080u)) {
				i += 8;
				continue;
			}
		}
		size_t length = utf8_character(p + i, s.n - i, &c);

		if (!length)
			return false;
		i += length;
	}
	return true;
}

void tag_name(const unsigned char bytes[4], char name[TAG_TEXT])
{
	static const char digits[] = "0123456789ABCDEF";
	size_t n = 0;

	for (int i = 0; i < 4; i++) {
		if (bytes[i] >= 0x20 && bytes[i] < 0x7F) {
			name[n++] = (char)bytes[i];
		} else {
			name[n++] = '\\';
			name[n++] = 'x';
			name[n++] = digits[bytes[i] >> 4];
			name[n++] = digits[bytes[i] & 15];
		}
	}
	name[n] = 0;
}
