/* SPDX-License-Identifier: MIT
 * Do the words and numbers of core/text.h mean what they should, and is nothing else taken for one? */
#include "core/text.h"
#include "tests/check.h"

#include <stdlib.h>

static void utf8_is_strict(void)
{
	const struct {
		struct span s;
		bool good;
	} cases[] = {
		{ SPAN(""), true },
		{ SPAN("plain"), true },
		{ SPAN("a\0b"), true },
		{ SPAN("\xC2\x80"), true },
		{ SPAN("\xDF\xBF"), true },
		{ SPAN("\xE0\xA0\x80"), true },
		{ SPAN("\xED\x9F\xBF"), true },     /* U+D7FF */
		{ SPAN("\xEE\x80\x80"), true },     /* U+E000 */
		{ SPAN("\xEF\xBF\xBF"), true },     /* U+FFFF: no character, but no broken form either */
		{ SPAN("\xF0\x90\x80\x80"), true }, /* U+10000 */
		{ SPAN("\xF4\x8F\xBF\xBF"), true }, /* U+10FFFF */
		{ SPAN("zzzzzzzz\xC3\xA4zzzzzzzz"), true },
		{ SPAN("\x80"), false },
		{ SPAN("\xBF"), false },
		{ SPAN("\xC0\x80"), false },         /* overlong NUL */
		{ SPAN("\xC1\xBF"), false },         /* overlong U+007F */
		{ SPAN("\xE0\x9F\xBF"), false },     /* overlong U+07FF */
		{ SPAN("\xF0\x8F\xBF\xBF"), false }, /* overlong U+FFFF */
		{ SPAN("\xED\xA0\x80"), false },     /* U+D800 */
		{ SPAN("\xED\xBF\xBF"), false },     /* U+DFFF */
		{ SPAN("\xF4\x90\x80\x80"), false }, /* U+110000 */
		{ SPAN("\xF5\x80\x80\x80"), false },
		{ SPAN("\xF8\x88\x80\x80\x80"), false },
		{ SPAN("\xFE"), false },
		{ SPAN("\xFF"), false },
		{ SPAN("\xC3"), false },
		{ SPAN("\xE2\x82"), false },
		{ SPAN("\xF0\x9F\x98"), false },
		{ SPAN("\xC3z"), false },
		{ SPAN("\xE2\x82z"), false },
		{ SPAN("12345678\xE4"), false },
		{ SPAN("zzzzzzz\xE4zzzzzzzz"), false },
	};
	int first_wrong = -1;

	for (int i = (int)LEN(cases) - 1; i >= 0; i--) {
		/* From memory of its very size: a byte read beyond the end is a fault under the sanitizers.
		 */
		char *copy = malloc(cases[i].s.n + !cases[i].s.n);
		struct span s = { copy, cases[i].s.n };

		if (!copy)
			abort();
		memcpy(copy, cases[i].s.p, s.n);
		if (text_is_utf8(s) != cases[i].good)
			first_wrong = i;
		free(copy);
	}
	CHECK_INT(first_wrong, -1);
}

static void utf8_goes_round(void)
{
	int wrong = 0;
	char bytes[4];

	for (uint32_t c = 0; c <= 0x110010; c++) {
		bool character = c < 0xD800 || (c >= 0xE000 && c <= 0x10FFFF);
		size_t n = text_put_utf8(bytes, c), length;

		wrong += n != (!character || (c >= 0x800 && c < 0x10000) ? 3u
				      : c < 0x80                         ? 1u
				      : c < 0x800                        ? 2u
									 : 4u);
		wrong += text_get_utf8((struct span){ bytes, n }, &length) != (character ? c : TEXT_BAD);
		wrong += length != n || !text_is_utf8((struct span){ bytes, n });
		/* Cut short it is no character, and costs one byte. */
		if (n > 1) {
			wrong += text_get_utf8((struct span){ bytes, n - 1 }, &length) != TEXT_BAD;
			wrong += length != 1;
		}
	}
	CHECK_INT(wrong, 0);
}

static void code_page_1252(void)
{
	int wrong = 0;

	for (int i = 0; i < 256; i++)
		wrong += text_1252_byte(text_1252_character((unsigned char)i)) != i;
	CHECK_INT(wrong, 0);
	CHECK_INT(text_1252_character(0x80), 0x20AC);
	CHECK_INT(text_1252_character(0x81), 0x81);
	CHECK_INT(text_1252_character(0x9F), 0x178);
	CHECK_INT(text_1252_character(0xA0), 0xA0);
	CHECK_INT(text_1252_character(0xFF), 0xFF);
	CHECK_INT(text_1252_byte(0x80), -1); /* the C1 control has no byte: 80 is the euro sign */
	CHECK_INT(text_1252_byte(0x100), -1);
	CHECK_INT(text_1252_byte(0x10FFFF), -1);

	CHECK_INT(encoding_of_name(SPAN("UTF-8")), ENC_8BIT);
	CHECK_INT(encoding_of_name(SPAN("cp1252")), -1); /* a code page: core/page.h */
	CHECK_INT(encoding_of_name(SPAN("Utf-16LE")), ENC_UTF16LE);
	CHECK_INT(encoding_of_name(SPAN("utf-16be")), ENC_UTF16BE);
	CHECK_INT(encoding_of_name(SPAN("utf-32")), -1);
	CHECK_INT(encoding_of_name(SPAN("")), -1);
	CHECK(text_is_ascii(SPAN("12345678abc\0\x7F")));
	CHECK(!text_is_ascii(SPAN("1234567\x80")));
	CHECK(!text_is_ascii(SPAN("12345678abc\xC3")));
}

static void words(void)
{
	struct span rest, piece, s = SPAN("one two");

	CHECK(span_equal(text_trim(SPAN(" \t\r\n x y \r\n")), SPAN("x y")));
	CHECK_INT(text_trim(SPAN(" \t\r\n")).n, 0);
	CHECK_INT(text_trim((struct span){ NULL, 0 }).n, 0);
	CHECK(span_equal(text_head(s, 3), SPAN("one")));
	CHECK(span_equal(text_head(s, 99), s));
	CHECK(span_equal(text_head_whole(s, 3), SPAN("one")));
	CHECK(span_equal(text_head_whole(s, 99), s));
	CHECK_INT(text_head_whole(s, 0).n, 0);
	for (size_t n = 0; n < 5; n++)
		CHECK_INT(text_head_whole(SPAN("\xF0\x9F\x98\x80z"), n).n, n < 4 ? 0 : 4);
	CHECK_INT(text_head_whole(SPAN("z\x80\x80\x80\x80\x80\x80"), 5).n, 5); /* no UTF-8 anyway */
	CHECK(span_equal(text_tail(s, 4), SPAN("two")));
	CHECK_INT(text_tail(s, 7).n, 0);
	CHECK_INT(text_tail(s, 99).n, 0);
	CHECK(text_starts(s, "one"));
	CHECK(!text_starts(s, "One"));
	CHECK(!text_starts(SPAN("on"), "one"));
	CHECK(text_starts_nocase(s, "ONE"));
	CHECK(!text_starts_nocase(SPAN("on"), "one"));
	CHECK(text_ends_nocase(s, "TWO"));
	CHECK(!text_ends_nocase(SPAN("wo"), "two"));
	/* Letters only: '@' and '`', '[' and '{' differ by the same bit as 'A' and 'a'. */
	CHECK(!span_equal_nocase(SPAN("@["), SPAN("`{")));
	CHECK(!span_equal_nocase(SPAN("\xC4"), SPAN("\xE4")));

	struct span nul = SPAN("a\0needle\0");

	CHECK(text_find(nul, "needle") == nul.p + 2);
	CHECK(text_find(SPAN("nneedle"), "needle") != NULL);
	CHECK(text_find(SPAN("needl"), "needle") == NULL);
	CHECK(text_find(SPAN("needlneedl"), "needle") == NULL);
	CHECK(text_find((struct span){ NULL, 0 }, "needle") == NULL);
	CHECK(text_find(s, "") == NULL);
	CHECK(text_find_nocase(nul, "NeedLe") == nul.p + 2);
	CHECK(text_find_nocase(SPAN("needl"), "needle") == NULL);
	CHECK(text_find_nocase(s, "") == NULL);

	rest = SPAN("a||b|");
	CHECK(text_cut(&rest, '|', &piece) && span_equal(piece, SPAN("a")));
	CHECK(text_cut(&rest, '|', &piece) && piece.n == 0);
	CHECK(text_cut(&rest, '|', &piece) && span_equal(piece, SPAN("b")));
	CHECK(text_cut(&rest, '|', &piece) && piece.n == 0);
	CHECK(!text_cut(&rest, '|', &piece));
	rest = (struct span){ NULL, 0 };
	CHECK(!text_cut(&rest, '|', &piece));

	CHECK(span_compare(SPAN("a"), SPAN("b")) < 0);
	CHECK(span_compare(SPAN("b"), SPAN("a")) > 0);
	CHECK(span_compare(SPAN("a"), SPAN("ab")) < 0);
	CHECK(span_compare(SPAN("ab"), SPAN("a")) > 0);
	CHECK(span_compare(SPAN("\xC3"), SPAN("z")) > 0);
	CHECK_INT(span_compare(SPAN("a\0b"), SPAN("a\0b")), 0);
	CHECK_INT(span_compare(span_of(NULL), SPAN("")), 0);
	CHECK(span_equal(span_of(NULL), SPAN("")));
	CHECK(!span_equal(SPAN("a\0b"), SPAN("a\0c")));
}

/* "9" to "9223372036854775807", or "no". */
static const char *int_of(struct span s)
{
	static char text[32];
	int64_t n = 0;

	snprintf(text, sizeof text, "no");
	if (text_int(s, &n))
		snprintf(text, sizeof text, "%lld", (long long)n);
	return text;
}

static const char *size_of(struct span s)
{
	static char text[32];
	int64_t n = 0;

	snprintf(text, sizeof text, "no");
	if (text_size(s, &n))
		snprintf(text, sizeof text, "%lld", (long long)n);
	return text;
}

static const char *offset_of(struct span s)
{
	static char text[32];
	int n = 0;

	snprintf(text, sizeof text, "no");
	if (text_offset(s, &n))
		snprintf(text, sizeof text, "%d", n);
	return text;
}

static void numbers(void)
{
	uint64_t u;

	CHECK_TEXT(int_of(SPAN("0")), "0");
	CHECK_TEXT(int_of(SPAN("-0")), "0");
	CHECK_TEXT(int_of(SPAN("+7")), "7");
	CHECK_TEXT(int_of(SPAN("007")), "7");
	CHECK_TEXT(int_of(SPAN("9223372036854775807")), "9223372036854775807");
	CHECK_TEXT(int_of(SPAN("-9223372036854775808")), "-9223372036854775808");
	CHECK_TEXT(int_of(SPAN("9223372036854775808")), "no");
	CHECK_TEXT(int_of(SPAN("-9223372036854775809")), "no");
	CHECK_TEXT(int_of(SPAN("18446744073709551616")), "no");
	CHECK_TEXT(int_of(SPAN("99999999999999999999999999999999999999")), "no");
	CHECK_TEXT(int_of(SPAN("")), "no");
	CHECK_TEXT(int_of(SPAN("-")), "no");
	CHECK_TEXT(int_of(SPAN("+-1")), "no");
	CHECK_TEXT(int_of(SPAN(" 1")), "no");
	CHECK_TEXT(int_of(SPAN("1 ")), "no");
	CHECK_TEXT(int_of(SPAN("1\0")), "no");
	CHECK_TEXT(int_of(SPAN("0x10")), "no");
	CHECK_TEXT(int_of(SPAN("a")), "no");
	CHECK(text_uint_base(SPAN("ffffffffffffffff"), 16, &u) && u == UINT64_MAX);
	CHECK(text_uint_base(SPAN("18446744073709551615"), 10, &u) && u == UINT64_MAX);
	CHECK(!text_uint_base(SPAN("10000000000000000"), 16, &u));
	CHECK(!text_uint_base(SPAN("18446744073709551616"), 10, &u));
	CHECK(!text_uint_base(SPAN("fg"), 16, &u));
	CHECK(!text_uint_base(SPAN("\xB2"), 10, &u)); /* a superscript two in Windows-1252 */

	CHECK_TEXT(size_of(SPAN("1024")), "1024");
	CHECK_TEXT(size_of(SPAN("343M")), "359661568");
	CHECK_TEXT(size_of(SPAN(" 343 MB ")), "359661568");
	CHECK_TEXT(size_of(SPAN("343MiB")), "359661568");
	CHECK_TEXT(size_of(SPAN("2g")), "2147483648");
	CHECK_TEXT(size_of(SPAN("512K")), "524288");
	CHECK_TEXT(size_of(SPAN("8388607T")), "9223370937343148032");
	CHECK_TEXT(size_of(SPAN("8388608T")), "no");
	CHECK_TEXT(size_of(SPAN("9223372036854775807")), "9223372036854775807");
	CHECK_TEXT(size_of(SPAN("9223372036854775808")), "no");
	CHECK_TEXT(size_of(SPAN("")), "no");
	CHECK_TEXT(size_of(SPAN("M")), "no");
	CHECK_TEXT(size_of(SPAN("b")), "no");
	CHECK_TEXT(size_of(SPAN("-1M")), "no");
	CHECK_TEXT(size_of(SPAN("1.5G")), "no");
	CHECK_TEXT(size_of(SPAN("0")), "0");

	CHECK_TEXT(offset_of(SPAN("Z")), "0");
	CHECK_TEXT(offset_of(SPAN("-05:00")), "-300");
	CHECK_TEXT(offset_of(SPAN("+05:30")), "330");
	CHECK_TEXT(offset_of(SPAN("-00:30")), "-30");
	CHECK_TEXT(offset_of(SPAN("+0545")), "345");
	CHECK_TEXT(offset_of(SPAN("-5")), "-300");
	CHECK_TEXT(offset_of(SPAN("UTC-8:00")), "-480");
	CHECK_TEXT(offset_of(SPAN("+5:30")), "330");
	CHECK_TEXT(offset_of(SPAN("+5:3")), "no");
	CHECK_TEXT(offset_of(SPAN("+:30")), "no");
	CHECK_TEXT(offset_of(SPAN("UTC+14:00")), "840");
	CHECK_TEXT(offset_of(SPAN("GMT-3")), "-180");
	CHECK_TEXT(offset_of(SPAN("+15:59")), "959");
	CHECK_TEXT(offset_of(SPAN("+16:00")), "no");
	CHECK_TEXT(offset_of(SPAN("+05:60")), "no");
	CHECK_TEXT(offset_of(SPAN("05:00")), "no");
	CHECK_TEXT(offset_of(SPAN("+")), "no");
	CHECK_TEXT(offset_of(SPAN("+-5")), "no");
	CHECK_TEXT(offset_of(SPAN("UTC+")), "no");
	CHECK_TEXT(offset_of(SPAN("+05:0")), "no");
	CHECK_TEXT(offset_of(SPAN("+05:00 ")), "no");
	CHECK_TEXT(offset_of(SPAN("")), "no");
}

static void hex_bytes(void)
{
	uint8_t out[4] = { 0 };
	size_t n = sizeof out;

	CHECK(text_hex_bytes(SPAN("00fFE4"), out, &n));
	CHECK_INT(n, 3);
	CHECK(out[0] == 0 && out[1] == 0xFF && out[2] == 0xE4);
	n = sizeof out;
	CHECK(text_hex_bytes(SPAN(""), out, &n));
	CHECK_INT(n, 0);
	n = sizeof out;
	CHECK(!text_hex_bytes(SPAN("0"), out, &n));
	CHECK(!text_hex_bytes(SPAN("0g"), out, &n));
	CHECK(!text_hex_bytes(SPAN("0 00"), out, &n));
	CHECK(!text_hex_bytes(SPAN("0011223344"), out, &n)); /* more than there is room for */
	CHECK(text_hex_bytes(SPAN("00112233"), out, &n));
}

static void globs(void)
{
	char many[2048], stars[128];

	CHECK(text_glob(SPAN("FS*"), SPAN("fs01")));
	CHECK(text_glob(SPAN("*"), SPAN("")));
	CHECK(text_glob(SPAN(""), SPAN("")));
	CHECK(!text_glob(SPAN(""), SPAN("a")));
	CHECK(text_glob(SPAN("f?0*1"), SPAN("FS0x01")));
	CHECK(!text_glob(SPAN("?"), SPAN("")));
	CHECK(text_glob(SPAN("*a*b"), SPAN("xaab")));
	CHECK(!text_glob(SPAN("*a*b"), SPAN("xaabc")));
	/* What brings a matcher that tries everything to its knees. */
	memset(many, 'a', sizeof many);
	for (size_t i = 0; i < sizeof stars; i++)
		stars[i] = i % 2 ? '*' : 'a';
	stars[sizeof stars - 2] = 'b';
	CHECK(!text_glob((struct span){ stars, sizeof stars }, (struct span){ many, sizeof many }));
}

static void distances(void)
{
	char sixty_five[65];

	memset(sixty_five, 'x', sizeof sixty_five);
	CHECK_INT(text_distance(SPAN("triage"), SPAN("triage")), 0);
	CHECK_INT(text_distance(SPAN("TRIAGE"), SPAN("triage")), 0);
	CHECK_INT(text_distance(SPAN("traige"), SPAN("triage")), 2);
	CHECK_INT(text_distance(SPAN("kitten"), SPAN("sitting")), 3);
	CHECK_INT(text_distance(SPAN(""), SPAN("list")), 4);
	CHECK_INT(text_distance(SPAN("list"), SPAN("")), 4);
	CHECK_INT(text_distance((struct span){ sixty_five, 64 }, SPAN("")), 64);
	CHECK_INT(text_distance((struct span){ sixty_five, 65 }, (struct span){ sixty_five, 65 }), 64);
}

static void tags(void)
{
	char name[TAG_TEXT];

	tag_name((const unsigned char *)"MmSt", name);
	CHECK_TEXT(name, "MmSt");
	tag_name((const unsigned char *)" \x1F\x7F\xFF", name);
	CHECK_TEXT(name, " \\x1F\\x7F\\xFF");
	tag_name((const unsigned char *)"\0\1\2\3", name);
	CHECK_TEXT(name, "\\x00\\x01\\x02\\x03");
}

int main(void)
{
	utf8_is_strict();
	utf8_goes_round();
	code_page_1252();
	words();
	numbers();
	hex_bytes();
	globs();
	distances();
	tags();
	return check_end();
}
