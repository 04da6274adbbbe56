/* SPDX-License-Identifier: MIT
 * Does a source arrive as the same lines however it is encoded, however it is cut into reads, and whatever is
 * broken in it? */
#include "core/reader.h"
#include "tests/check.h"

#include <stdlib.h>

#define INNER (128 * 1024) /* reader.c's own buffer: things that straddle its end are where readers break */

/* ---- sources ---- */

struct bytes {
	char *p;
	size_t n, room;
};

static void put(struct bytes *b, struct span s)
{
	if (b->n + s.n > b->room) {
		b->room = (b->n + s.n) * 2;
		b->p = realloc(b->p, b->room);
		if (!b->p)
			abort();
	}
	if (s.n)
		memcpy(b->p + b->n, s.p, s.n);
	b->n += s.n;
}

static void put_times(struct bytes *b, char c, size_t times)
{
	while (times--)
		put(b, (struct span){ &c, 1 });
}

/* UTF-8 written as UTF-16. */
static void put_16(struct bytes *b, bool big, struct span s)
{
	while (s.n) {
		size_t length;
		uint32_t c = text_get_utf8(s, &length), units[2] = { c, 0 };

		if (c >= 0x10000) {
			units[0] = 0xD800 + ((c - 0x10000) >> 10);
			units[1] = 0xDC00 + ((c - 0x10000) & 0x3FF);
		}
		for (int i = 0; i < (c >= 0x10000 ? 2 : 1); i++) {
			char two[2] = { (char)(units[i] & 0xFF), (char)(units[i] >> 8) };

			if (big)
				put(b, (struct span){ (char[]){ two[1], two[0] }, 2 });
			else
				put(b, (struct span){ two, 2 });
		}
		s = (struct span){ s.p + length, s.n - length };
	}
}

static struct span of(const struct bytes *b)
{
	return (struct span){ b->p, b->n };
}

/* A fill that gives so many bytes at a time, and may break off. */
struct drip {
	struct span rest;
	size_t step;
	bool fails;
};

static long drip_fill(void *from, char *buffer, size_t size)
{
	struct drip *d = from;
	size_t n = d->step < size ? d->step : size;

	n = n < d->rest.n ? n : d->rest.n;
	if (!n)
		return d->fails ? -1 : 0;
	memcpy(buffer, d->rest.p, n);
	d->rest = (struct span){ d->rest.p + n, d->rest.n - n };
	return (long)n;
}

/* ---- what arrives ---- */

/* All lines, each with '\n' behind it and its number before it where `numbers` is set. */
static void read_lines(struct reader *r, struct bytes *out, bool numbers)
{
	struct span line;

	while (reader_line(r, &line)) {
		char number[32];

		if (numbers) {
			snprintf(number, sizeof number, "%llu ", (unsigned long long)reader_line_number(r));
			put(out, span_of(number));
		}
		put(out, line);
		put(out, SPAN("\n"));
	}
	put(out, (struct span){ "", 1 });
}

/* "1 first|2 second|" */
static const char *lines_of(struct span source, size_t step, int forced)
{
	static struct bytes out;
	struct drip d = { source, step, false };
	struct reader *r = reader_open(drip_fill, &d, forced);

	out.n = 0;
	read_lines(r, &out, true);
	reader_close(r);
	for (size_t i = 0; i < out.n; i++)
		out.p[i] = (char)(out.p[i] == '\n' ? '|' : out.p[i]);
	return out.p;
}

static struct reader_damage damage_of(struct span source, int forced)
{
	struct reader *r = reader_open_span(source, forced);
	struct reader_damage d;
	struct span line;

	while (reader_line(r, &line))
		;
	d = reader_damage(r);
	reader_close(r);
	return d;
}

static const char *encoding_of(struct span source)
{
	struct reader *r = reader_open_span(source, -1);
	const char *name;
	struct span line;

	while (reader_line(r, &line))
		;
	name = reader_encoding(r);
	reader_close(r);
	return name;
}

/* Whole, in odd pieces and byte by byte: the same. */
#define CHECK_LINES(source, want) check_lines(__LINE__, source, want)
static void check_lines(int at, struct span source, const char *want)
{
	static const size_t steps[] = { SIZE_MAX / 2, 511, 512, 513, 7, 3, 2, 1 };
	char what[40];

	for (size_t i = 0; i < LEN(steps); i++) {
		snprintf(what, sizeof what, "lines by %zu bytes", steps[i] > INNER ? 0 : steps[i]);
		check_text(__FILE__, at, what, lines_of(source, steps[i], -1), want);
	}
}

/* ---- 8-bit ---- */

static void eight_bit(void)
{
	CHECK_LINES(SPAN(""), "");
	CHECK_LINES(SPAN("\n"), "1 |");
	CHECK_LINES(SPAN("one"), "1 one|");
	CHECK_LINES(SPAN("one\n"), "1 one|");
	CHECK_LINES(SPAN("one\r\ntwo\n\nfour"), "1 one|2 two|3 |4 four|");
	CHECK_LINES(SPAN("one\r\r\ntwo\r\r\r\n"), "1 one|2 two|");
	CHECK_LINES(SPAN("\xEF\xBB\xBFone\ntwo"), "1 one|2 two|");
	CHECK_LINES(SPAN("\xEF\xBB\xBF"), "");
	CHECK_TEXT(encoding_of(SPAN("\xEF\xBB\xBFone")), "UTF-8 with BOM");
	CHECK_TEXT(encoding_of(SPAN("one")), "8-bit");
	/* UTF-8 where it is valid, Windows-1252 where it is not, line by line. */
	CHECK_LINES(SPAN("gr\xC3\xBCn\ngr\xFCn\n\x80\n"), "1 gr\xC3\xBCn|2 gr\xC3\xBCn|3 \xE2\x82\xAC|");
	CHECK_INT(damage_of(SPAN("gr\xC3\xBCn\ngr\xFCn\n\x80\n"), -1).lines_page, 2);
	/* Old Mac line ends, and a carriage return in a file that has others. */
	CHECK_LINES(SPAN("one\rtwo\r\rfour"), "1 one|2 two|3 |4 four|");
	CHECK_LINES(SPAN("one\rtwo\r"), "1 one|2 two|");
	CHECK_LINES(SPAN("a\rb\nc"), "1 a\rb|2 c|");
	CHECK_LINES(SPAN("\r"), "1 |");
}

static void cut_lines(void)
{
	struct bytes b = { 0 };
	struct reader_damage d;
	struct reader *r;
	struct span line;

	/* Ten megabytes without a line end, between two lines. */
	put(&b, SPAN("first\n"));
	put_times(&b, 'x', 10 * 1024 * 1024);
	put(&b, SPAN("\r\nlast\n"));
	r = reader_open_span(of(&b), -1);
	CHECK(reader_line(r, &line) && span_equal(line, SPAN("first")));
	CHECK(reader_line(r, &line) && line.n == READER_LINE_MAX && line.p[line.n - 1] == 'x');
	CHECK_INT(reader_line_number(r), 2);
	CHECK(reader_line(r, &line) && span_equal(line, SPAN("last")));
	CHECK_INT(reader_line_number(r), 3);
	CHECK(!reader_line(r, &line));
	d = reader_damage(r);
	CHECK_INT(d.lines_cut, 1);
	CHECK_INT(d.first_cut_line, 2);
	reader_close(r);

	/* The same as the last line, and where nothing but a CR ends a line. */
	b.n -= 7;
	d = damage_of(of(&b), -1);
	CHECK_INT(d.lines_cut, 1);
	for (size_t i = 0; i < b.n; i++)
		b.p[i] = (char)(b.p[i] == '\n' ? '\r' : b.p[i]);
	put(&b, SPAN("\rlast\r"));
	r = reader_open_span(of(&b), -1);
	CHECK(reader_line(r, &line) && span_equal(line, SPAN("first")));
	CHECK(reader_line(r, &line) && line.n == READER_LINE_MAX);
	CHECK(reader_line(r, &line) && span_equal(line, SPAN("last")));
	CHECK_INT(reader_line_number(r), 3);
	CHECK(!reader_line(r, &line));
	reader_close(r);

	/* A line of exactly the most there may be is whole; one byte more is not; a character is not halved.
	 */
	for (size_t more = 0; more < 2; more++) {
		b.n = 0;
		put_times(&b, 'y', READER_LINE_MAX + more);
		put(&b, SPAN("\nnext\n"));
		d = damage_of(of(&b), -1);
		CHECK_INT(d.lines_cut, more);
	}
	b.n = 0;
	put_times(&b, 'z', READER_LINE_MAX - 1);
	put(&b, SPAN("\xC3\xA4 and more\nnext"));
	r = reader_open_span(of(&b), -1);
	CHECK(reader_line(r, &line) && line.n == READER_LINE_MAX - 1 && text_is_utf8(line));
	CHECK_INT(reader_damage(r).lines_page, 0);
	CHECK(reader_line(r, &line) && span_equal(line, SPAN("next")));
	reader_close(r);
	free(b.p);
}

static void nul_bytes(void)
{
	struct reader *r = reader_open_span(SPAN("one\na\0b\0c\n\0\0\ntwo\n"), -1);
	struct reader_damage d;
	struct span line;

	CHECK(reader_line(r, &line) && span_equal(line, SPAN("one")));
	CHECK(reader_line(r, &line) && span_equal(line, SPAN("a\0b\0c")));
	CHECK(reader_line(r, &line) && span_equal(line, SPAN("\0\0")));
	CHECK(reader_line(r, &line) && span_equal(line, SPAN("two")));
	CHECK(!reader_line(r, &line));
	d = reader_damage(r);
	CHECK_INT(d.nul_lines, 2);
	CHECK_INT(d.first_nul_line, 2);
	CHECK_INT(d.switches, 0);
	reader_close(r);
}

/* ---- UTF-16 ---- */

static const char text[] = "Date 上午\r\nαβγ \xF0\x9F\x98\x80 x\n\nlast";
static const char text_lines[] = "1 Date 上午|2 αβγ \xF0\x9F\x98\x80 x|3 |4 last|";

static void utf16(void)
{
	for (int big = 0; big < 2; big++)
		for (int bom = 0; bom < 2; bom++) {
			struct bytes b = { 0 };

			if (bom)
				put_16(&b, big, SPAN("\xEF\xBB\xBF"));
			put_16(&b, big, span_of(text));
			CHECK_LINES(of(&b), text_lines);
			CHECK_TEXT(encoding_of(of(&b)), big ? "UTF-16BE" : "UTF-16LE");
			CHECK_INT(damage_of(of(&b), -1).bad_units, 0);
			CHECK(!damage_of(of(&b), -1).odd_end);
			/* An odd last byte becomes U+FFFD and is told. */
			put(&b, SPAN("x"));
			CHECK_INT(damage_of(of(&b), -1).bad_units, 1);
			CHECK(damage_of(of(&b), -1).odd_end);
			check_text(__FILE__, __LINE__, "odd", lines_of(of(&b), 1, -1),
				"1 Date 上午|2 αβγ \xF0\x9F\x98\x80 x|3 |4 last\xEF\xBF\xBD|");
			free(b.p);
		}
}

static void surrogates(void)
{
	/* High before 'a', low alone, two highs and a low, high at the very end. */
	struct span s = SPAN("\xFF\xFE\x3D\xD8x\0\x00\xDEy\0\x3D\xD8\x3D\xD8\x00\xDEz\0\x3D\xD8");

	CHECK_LINES(s, "1 \xEF\xBF\xBDx\xEF\xBF\xBDy\xEF\xBF\xBD\xF0\x9F\x98\x80z\xEF\xBF\xBD|");
	CHECK_INT(damage_of(s, -1).bad_units, 4);
}

/* "上" is the bytes 0A 4E: at a line's start it looks like an empty 8-bit line. */
static void chinese_lines(void)
{
	static const char chinese[] = "上午 10:00\r\n上下\r\n上\r\n2010-03-01 星期一\r\n上午 11:00\r\n";
	struct bytes b = { 0 };

	for (int bom = 1; bom >= 0; bom--) {
		b.n = 0;
		if (bom)
			put(&b, SPAN("\xFF\xFE"));
		else
			put_16(&b, false, SPAN("Tag\r\n"));
		put_16(&b, false, span_of(chinese));
		CHECK_LINES(of(&b), bom ? "1 上午 10:00|2 上下|3 上|4 2010-03-01 星期一|5 上午 11:00|"
					: "1 Tag|2 上午 10:00|3 上下|4 上|5 2010-03-01 星期一|6 上午 11:00|");
		CHECK_INT(damage_of(of(&b), -1).switches, 0);
	}
	/* No BOM and no Latin letter in front, in a file longer than what is looked at. */
	for (int big = 0; big < 2; big++) {
		b.n = 0;
		put_16(&b, big, SPAN("上午 10:00 星期一\r\n"));
		for (int i = 0; i < 5000; i++)
			put_16(&b, big, SPAN(" MmSt Paged 12\r\n"));
		CHECK_TEXT(encoding_of(of(&b)), big ? "UTF-16BE" : "UTF-16LE");
		CHECK(strncmp(lines_of(of(&b), INNER, -1), "1 上午 10:00 星期一|2  MmSt Paged 12|", 40) == 0);
	}
	free(b.p);
}

static void forced_encodings(void)
{
	struct bytes b = { 0 };

	/* Without a hint "上下" is four bytes that could be anything. */
	put_16(&b, false, SPAN("上下"));
	check_text(__FILE__, __LINE__, "forced", lines_of(of(&b), 1, ENC_UTF16LE), "1 上下|");
	b.n = 0;
	put_16(&b, true, SPAN("\xEF\xBB\xBF上下"));
	check_text(__FILE__, __LINE__, "forced", lines_of(of(&b), 1, ENC_UTF16BE), "1 上下|");
	/* And 8-bit text stays 8-bit text. */
	CHECK_INT(damage_of(SPAN("a\0b\0c\0d\0"), ENC_8BIT).nul_lines, 1);
	check_text(__FILE__, __LINE__, "forced", lines_of(SPAN("\xEF\xBB\xBFone"), 1, ENC_8BIT), "1 one|");
	free(b.p);
}

/* ---- both in one source ---- */

static void switches(void)
{
	struct bytes b = { 0 };

	/* PowerShell's date, poolmon's table, another date. */
	put_16(&b, false, SPAN("\xEF\xBB\xBFMonday\r\n"));
	put(&b, SPAN(" Tag\r\n MmSt 1\r\n"));
	put_16(&b, false, SPAN("Tuesday\r\n"));
	put(&b, SPAN(" MmSt 2\r\n"));
	put_16(&b, false, SPAN("\xEF\xBB\xBFWednesday\r\n"));
	put(&b, SPAN("\r\n MmSt 3"));
	CHECK_LINES(of(&b), "1 Monday|2  Tag|3  MmSt 1|4 Tuesday|5  MmSt 2|6 Wednesday|7 |8  MmSt 3|");
	CHECK_INT(damage_of(of(&b), -1).switches, 5);
	CHECK_INT(damage_of(of(&b), -1).bad_units, 0);
	CHECK_TEXT(encoding_of(of(&b)), "UTF-16LE and 8-bit mixed");

	/* An empty line comes first, as Get-Date prints it; a Chinese date; an 8-bit line with a letter
	 * beyond ASCII. */
	b.n = 0;
	put(&b, SPAN(" MmSt 1\r\n"));
	put_16(&b, false, SPAN("\r\nMonday\r\n\r\n"));
	put(&b, SPAN(" gr\xFC\xDFn Paged 1\r\n"));
	put_16(&b, false, SPAN("上午 10:00\r\n"));
	put(&b, SPAN(" MmSt 2\r\n"));
	CHECK_LINES(
		of(&b), "1  MmSt 1|2 |3 Monday|4 |5  gr\xC3\xBC\xC3\x9Fn Paged 1|6 上午 10:00|7  MmSt 2|");
	CHECK_INT(damage_of(of(&b), -1).switches, 4);
	free(b.p);

	/* Bytes FF FE are also bytes of pool tags; nothing turns at them. */
	CHECK_LINES(SPAN("a\n\xFF\xFEzy Paged 1\nMmSt Paged 2\n"), "1 a|2 ÿþzy Paged 1|3 MmSt Paged 2|");
	CHECK_LINES(SPAN("a\n\xFF\xFE\n\xFF\xFE\0\0 Paged 1\nMmSt"), "1 a|2 ÿþ|3 ÿþ");
	CHECK_INT(damage_of(SPAN("a\n\xFF\xFEz\0 Paged 1\nMmSt Paged 2\n"), -1).switches, 0);
	/* A tag of zero bytes and letters by turns costs its own line, not the rest of the file. */
	CHECK_INT(damage_of(SPAN(" MmSt Paged 1\n \0X\0Y Paged 2\nToke Paged 3\n"), -1).switches, 0);
	CHECK_INT(damage_of(SPAN(" \0X\0Y Paged 2\nToke Paged 3\n"), -1).nul_lines, 1);
	CHECK_TEXT(encoding_of(SPAN(" \0X\0Y Paged 2\nToke Paged 3\n")), "8-bit");
	/* A line is a line before it is half a unit. */
	CHECK_LINES(SPAN("abc\nd\0e\0f\0\n\0"), "1 abc|2 def|");
}

/* The same switch at every place around the end of the inner buffer and of the look-ahead. */
static void switch_at(size_t at, bool bom, bool nul)
{
	static const char *const ends[] = { "\n", "\r\n" };
	const char *end = ends[at & 1];
	struct bytes b = { 0 }, out = { 0 };
	struct reader *r;
	char what[80];

	if (nul)
		put(&b, SPAN("n\0l\n")); /* a NUL before it: another path through the decoder */
	while (b.n + 80 < at)
		put(&b, SPAN("0123456789012345678901234567890123456789012345678901234567890123456789012\n"));
	put_times(&b, '.', at - b.n - strlen(end));
	put(&b, span_of(end));
	put_16(&b, false, bom ? SPAN("\xEF\xBB\xBFTo 16\r\n") : SPAN("To 16\r\n"));
	put(&b, SPAN("and back\n"));
	put_times(&b, 'x', 1000);
	r = reader_open_span(of(&b), -1);
	read_lines(r, &out, false);
	snprintf(what, sizeof what, "the end of what switches at %zu, BOM %d, NUL %d", at, bom, nul);
	check_int(__FILE__, __LINE__, what, (long long)reader_damage(r).switches, 2);
	out.p[out.n - 1003] = 0;
	check_text(__FILE__, __LINE__, what, out.n > 1025 ? out.p + out.n - 1017 : out.p, "To 16\nand back");
	reader_close(r);
	free(b.p);
	free(out.p);
}

/* UTF-16 up to the border, 8-bit after it. */
static void switch_back_at(size_t at)
{
	struct bytes b = { 0 }, out = { 0 };
	struct reader *r;
	char what[80];

	put(&b, SPAN("\xFF\xFE"));
	while (b.n + 160 < at)
		put_16(&b, false,
			SPAN("0123456789012345678901234567890123456789012345678901234567890123456789\n"));
	while (b.n < at - 2)
		put_16(&b, false, SPAN("."));
	put_16(&b, false, SPAN("\n"));
	put(&b, SPAN(" MmSt 1\r\n"));
	put_times(&b, 'x', 1000);
	r = reader_open_span(of(&b), -1);
	read_lines(r, &out, false);
	snprintf(what, sizeof what, "the end of what switches back at %zu", at);
	check_int(__FILE__, __LINE__, what, (long long)reader_damage(r).switches, 1);
	out.p[out.n - 1003] = 0;
	check_text(__FILE__, __LINE__, what, out.n > 1013 ? out.p + out.n - 1012 : out.p, ".\n MmSt 1");
	reader_close(r);
	free(b.p);
	free(out.p);
}

static void switches_at_borders(void)
{
	for (size_t border = 512; border <= INNER; border = border == 512 ? INNER : border * 2)
		for (size_t at = border - 20; at <= border + 4; at++) {
			for (int how = 0; how < 4; how++)
				switch_at(at, how & 1, how & 2);
			if (at % 2 == 0)
				switch_back_at(at);
		}
}

/* A surrogate pair, a two-byte line end, an odd byte across the border of the inner buffer. */
static void utf16_at_borders(void)
{
	for (size_t at = INNER / 2 - 300; at < INNER / 2 + 4; at++) {
		struct bytes b = { 0 }, out = { 0 };
		struct reader *r;

		put(&b, SPAN("\xFF\xFE"));
		for (size_t i = 0; i < at; i++)
			put(&b, SPAN("y\0"));
		put_16(&b, false, SPAN("\xF0\x9F\x98\x80\r\nend"));
		r = reader_open_span(of(&b), -1);
		for (size_t more = 0; reader_more(r); more++)
			if (more > 1000)
				abort();
		put(&out, reader_window(r));
		CHECK_INT(out.n, at + 4 + 5);
		CHECK(span_equal((struct span){ out.p + at, 9 }, SPAN("\xF0\x9F\x98\x80\r\nend")));
		CHECK_INT(reader_damage(r).bad_units, 0);
		reader_close(r);
		free(b.p);
		free(out.p);
	}
}

/* ---- windows, heads, fills ---- */

static void windows(void)
{
	struct drip d = { SPAN("one\ntwo\nthree"), 4, false };
	struct reader *r = reader_open(drip_fill, &d, -1);
	struct span head = reader_head(r), line;

	CHECK(span_equal(head, SPAN("one\ntwo\nthree")));
	CHECK_INT(reader_line_number(r), 1);
	CHECK(span_equal(reader_window(r), SPAN("one\ntwo\nthree")));
	reader_take(r, 0);
	CHECK_INT(reader_line_number(r), 1);
	reader_take(r, 3);
	CHECK_INT(reader_line_number(r), 1);
	reader_take(r, 1);
	CHECK_INT(reader_line_number(r), 2);
	/* Lines go on where the window was left. */
	CHECK(reader_line(r, &line) && span_equal(line, SPAN("two")));
	CHECK_INT(reader_line_number(r), 2);
	CHECK(span_equal(reader_window(r), SPAN("three")));
	CHECK(!reader_more(r));
	reader_take(r, 5);
	CHECK(!reader_line(r, &line));
	CHECK_INT(reader_window(r).n, 0);
	reader_close(r);
	reader_close(NULL);
}

static void heads(void)
{
	struct bytes b = { 0 };
	struct reader *r;
	struct span line;

	/* A head is valid UTF-8, whole characters, and takes nothing. */
	put_times(&b, 'x', READER_HEAD - 1);
	put(&b, SPAN("\xC3\xA4 rest\n"));
	r = reader_open_span(of(&b), -1);
	CHECK_INT(reader_head(r).n, READER_HEAD - 1);
	CHECK(text_is_utf8(reader_head(r)));
	CHECK(reader_line(r, &line) && line.n == READER_HEAD - 1);
	reader_close(r);
	b.n = 0;
	put(&b, SPAN("gr\xFCn"));
	r = reader_open_span(of(&b), -1);
	CHECK(span_equal(reader_head(r), SPAN("gr\xC3\xBCn")));
	CHECK(span_equal(
		reader_window(r), SPAN("gr\xFCn"))); /* as it came: one bad byte must cost one record */
	reader_close(r);
	r = reader_open_span(SPAN(""), -1);
	CHECK_INT(reader_head(r).n, 0);
	CHECK_TEXT(reader_encoding(r), "8-bit");
	reader_close(r);
	free(b.p);
}

static void failing_fills(void)
{
	for (size_t step = 1; step < 3; step++) {
		struct drip d = { SPAN("one\ntwo"), step, true };
		struct reader *r = reader_open(drip_fill, &d, -1);
		struct span line;

		CHECK(reader_line(r, &line) && span_equal(line, SPAN("one")));
		CHECK(reader_line(r, &line) && span_equal(line, SPAN("two")));
		CHECK(!reader_line(r, &line));
		CHECK(reader_damage(r).failed);
		reader_close(r);
	}
}

/* What a line is must not depend on how the bytes came: the beginning of a source is looked at, and may end
 * anywhere. */
static void slow_beginnings(void)
{
	for (size_t length = 505; length < 520; length++) {
		struct bytes b = { 0 };
		struct bytes whole = { 0 };

		put_times(&b, 'x', length);
		put(&b, SPAN("\r\ntwo\r\nthree\r\n"));
		put(&whole, span_of(lines_of(of(&b), INNER, -1)));
		put(&whole, (struct span){ "", 1 });
		check_text(__FILE__, __LINE__, "by one", lines_of(of(&b), 1, -1), whole.p);
		check_text(__FILE__, __LINE__, "by 512", lines_of(of(&b), 512, -1), whole.p);
		CHECK(strstr(whole.p, "x|2 two|3 three|") != NULL);
		free(whole.p);
		free(b.p);
	}
}

static void line_numbers(void)
{
	struct bytes b = { 0 };
	struct drip d;
	struct reader *r;
	struct span line;
	unsigned long long wrong = 0;

	for (int i = 1; i <= 100000; i++) {
		char number[16];

		snprintf(number, sizeof number, "%d\n", i);
		put(&b, span_of(number));
	}
	d = (struct drip){ of(&b), 1000, false };
	r = reader_open(drip_fill, &d, -1);
	while (reader_line(r, &line)) {
		uint64_t n = 0;

		wrong += !text_uint_base(line, 10, &n) || n != reader_line_number(r);
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(reader_line_number(r), 100000);
	reader_close(r);
	free(b.p);
}

int main(void)
{
	eight_bit();
	cut_lines();
	nul_bytes();
	utf16();
	surrogates();
	chinese_lines();
	forced_encodings();
	switches();
	switches_at_borders();
	utf16_at_borders();
	windows();
	heads();
	failing_fills();
	slow_beginnings();
	line_numbers();
	return check_end();
}
