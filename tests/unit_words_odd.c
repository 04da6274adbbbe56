/* SPDX-License-Identifier: MIT
 * What happens to data words that are cut, mixed with text, in doubt or hostile? And what does the decode of
 * an event 2020 say, field by field? */
#include "analysis/words.h"

#include "tests/check.h"

#include <stdlib.h>

/* KB312362's words, and the same bytes as <Binary>. */
#define WORDS_2020 \
	"00040000 00540001 00000000 c00007e4 00000000 c000009a 00000000 00000000 00000000 00000000 0000000b"
#define HEX_2020    "000004000100540000000000E40700C0000000009A0000C0000000000000000000000000000000000B000000"
#define BASE64_2020 "AAAEAAEAVAAAAAAA5AcAwAAAAACaAADAAAAAAAAAAAAAAAAAAAAAAAsAAAA="
#define ROW_1       "0000: 00040000 00540001 00000000 c00007e4\n"
#define ROW_2       "0010: 00000000 c000009a 00000000 00000000\n"
#define ROW_3       "0020: 00000000 00000000 0000000b\n"
#define BYTES_1     "0000: 00 00 04 00 01 00 54 00   ......T.\n"
#define BYTES_2     "0008: 00 00 00 00 e4 07 00 c0   ....\xe4..\xc0\n"
#define BYTES_3     "0010: 00 00 00 00 9a 00 00 c0   ....\x9a..\xc0\n"
#define BYTES_4     "0018: 00 00 00 00 00 00 00 00   ........\n0020: 00 00 00 00 00 00 00 00   ........\n"

/* bytes: of the packet of event 2020 that must come out; 0: nothing may. note: part of one that must be
 * there, NULL: there must be none. */
static const struct paste {
	const char *text;
	size_t bytes;
	const char *form, *note;
} pastes[] = {
	{ WORDS_2020, 44, "words", NULL },
	{ "\xef\xbb\xbf" WORDS_2020 "\r\n", 44, "words", NULL },
	{ HEX_2020, 44, "hex", NULL },
	{ BASE64_2020, 44, "base64", NULL },
	{ ROW_1 ROW_2 ROW_3, 44, "words view", NULL },
	{ BYTES_1 BYTES_2 BYTES_3 BYTES_4 "0028: 0b 00 00 00   ....", 44, "bytes view", NULL },
	{ "Event ID:\t2020\nComputer:\tFS01\nData:\n" ROW_1 ROW_2 ROW_3, 44, "words view",
		"2 lines without" },
	{ "Data (words): " WORDS_2020, 44, "words", NULL },
	{ "Data: * Bytes O Words\n\n" ROW_1 ROW_2 ROW_3, 44, "words view", NULL },
	{ "> Data: " ROW_1 "> " ROW_2 "> " ROW_3, 44, "words view", NULL },
	/* Vista: rows of 16 bytes are numbered by eights, and both views are shown. */
	{ "In Words\n0000: 00040000 00540001 00000000 C00007E4\n0008: 00000000 C000009A 00000000 00000000\n"
	  "0010: 00000000 00000000 0000000B\nIn Bytes\n" BYTES_1 BYTES_2 BYTES_3 BYTES_4
	  "0028: 0B 00 00 00   ....",
		44, "words view", "agrees" },
	{ ROW_1 ROW_2 ROW_3 BYTES_1, 44, "words view", "differ" },
	{ BYTES_1 ROW_1 ROW_2 ROW_3, 44, "words view", "differ" },
	/* Offsets written in decimal, blanks of web pages, line breaks of forums, comments. */
	{ ROW_1 "0016: 00000000 c000009a 00000000 00000000\n0032: 00000000 00000000 0000000b", 44,
		"words view", "0016 comes after 0000" },
	{ "0000:\xc2\xa0\xc2\xa0"
	  "00040000\t00540001 00000000 c00007e4<br>\n" ROW_2 ROW_3,
		44, "words view", "1 row" },
	{ "0000: 00040000 00540001\n00000000 c00007e4\n" ROW_2 ROW_3, 44, "words view", NULL },
	{ "0000: 00040000 00540001 00000000 c00007e4 -> event 2020\n" ROW_2 ROW_3, 44, "words view",
		"1 row" },
	{ "0000 00040000 00540001 00000000 c00007e4\n0010 00000000 c000009a 00000000 00000000\n"
	  "0020 00000000 00000000 0000000b",
		44, "words view", NULL },
	/* Text beside the bytes that looks like hex, with its gap and without. */
	{ BYTES_1 "0008: 00 00 00 00 e4 07 00 c0   AB CD EF\n" BYTES_3 BYTES_4 "0028: 0b 00 00 00   AB CD",
		44, "bytes view", NULL },
	{ "0000: 00 00 04 00 01 00 54 00 AB CD EF\n" BYTES_2 BYTES_3 BYTES_4 "0028: 0b 00 00 00 AB CD", 44,
		"bytes view", "last 2 bytes of the last row" },
	{ BYTES_1 BYTES_2 BYTES_3 BYTES_4, 40, "bytes view", NULL },
	/* One row cut, or missing: what follows would be read as another field. */
	{ ROW_1 "0010: 00000000 c000009a\n" ROW_3, 24, "words view", "shorter than the first" },
	{ "0000: 00040000 00540001\n" ROW_2 ROW_3, 8, "words view", "0010 comes after 0000" },
	{ "0000: 00040000 00540001\n0008: 00000000 c00007e4 00000000 c000009a\n", 8, "words view",
		"the first row is shorter" },
	{ ROW_1 ROW_3, 16, "words view", "0020 comes after 0000" },
	{ ROW_1 ROW_3 ROW_2, 16, "words view", "0020 comes after 0000" },
	{ ROW_1 "0010: 00000000 c000009a 00000000 0000000\n" ROW_3, 28, "words view", "word 8 has 7 digits" },
	{ "00040000 0540001 00000000 c00007e4", 4, "words", "word 2 has 7 digits" },
	{ "0000:\n" ROW_1 ROW_2 ROW_3, 44, "words view", NULL },
	{ ROW_1 ROW_2 ROW_3 ROW_1 ROW_1, 44, "words view", "more views follow" },
	{ ROW_1 ROW_2 "2020: the pool\n" ROW_3, 44, "words view", "1 line without" },
	{ "00040000\n\n0540001\n\n00000000\nc00007e4", 4, "words", "word 2 has 7 digits" },
	{ "00040000\n0540001\n00000000\nc00007e4", 4, "words", "word 2 has 7 digits" },
	{ "00040000 00540001 00000000 c00007e4 00000000 c000", 20, "words", "the last word has 4 digits" },
	{ ROW_1 "0010: 00000000 c000009a 00000000 00000000\n0020: 00000000 00000000 00000", 40, "words view",
		"the last word has 5 digits" },
	{ "0040000\n00540001\n00000000\nc00007e4", 0, NULL, NULL },
	/* Which spelling, which order: the packet's own length decides. */
	{ "0000040001005400 00000000E40700C0 000000009A0000C0 0000000000000000 0000000000000000 0B000000", 44,
		"words", "byte order" },
	{ "00000400 01005400 00000000 E40700C0 00000000 9A0000C0 00000000 00000000 00000000 00000000 0B000000",
		44, "words", "byte order" },
	{ "00040000"
	  "00540001"
	  "00000000"
	  "c00007e4"
	  "00000000"
	  "c000009a"
	  "00000000"
	  "00000000"
	  "00000000"
	  "00000000"
	  "0000000b",
		44, "hex", "run together" },
	{ "00040000 00540001 00000000 c00007e4 00000000 c000009a 00000000 00000000 00000000 00000000", 40,
		"words", NULL },
	{ "AAAEAAEAVAAAAAAA\r\n5AcAwAAAAACaAADA\r\nAAAAAAAAAAAAAAAA\r\nAAAAAAsAAAA=\r\n", 44, "base64",
		NULL },
	{ "AAAEAAEAVAAAAAAA5AcAwAAAAACaAADAAAAAAAAAAAAAAAAAAAAAAAsAAAA", 44, "base64", "padding" },
	{ "Thanks\n" HEX_2020 "\nDescription\n", 44, "hex", "2 lines" },
	{ "000004000100540000000000E40700C000000000\n9A0000C00000000000000000000000000000000\n00B000000", 44,
		"hex", NULL },
	{ "000004000100540000000000E40700C00000000\n9A0000C000000000000000000000000000000000\n0B000000", 19,
		"hex", "change their length" },
	{ "0x" HEX_2020, 44, "hex", NULL },
	{ "0x40000, 0x540001, 0x0, 0xc00007e4, 0x0, 0xc000009a, 0x0, 0x0,\n0x0, 0x0, 0xb", 44, "0x words",
		NULL },
	{ "Data : {0, 0, 4, 0...}", 4, "decimal bytes", "abbreviated after byte 4" },
	{ "0\n0\n4\n0\n1\n0\n84\n0\n", 8, "decimal bytes", NULL },
	{ "<Binary>" HEX_2020, 44, "hex", "has no end" },
	{ "<Binary>\n  000004000100540000000000E40700C0\n  000000009A0000C0\n</Binary>", 24, "hex", NULL },
	{ "<Binary></Binary><Binary>" HEX_2020 "</Binary><Binary>00</Binary>", 44, "hex", "1 more <Binary>" },
	{ "<binary >00000400010</binary>", 5, "hex", "odd number" },
	{ "<Binary>00000400??00</Binary>", 4, "hex", "no hex digit" },
	{ "<Binary>AAAEAAEAVAAAAAAA5AcAw</Binary>", 15, "base64", "1 left out" },
	{ "<Binary></Binary>", 0, NULL, NULL },
	{ "<Event><EventData><Data>x</Data><Binary/></EventData></Event>", 0, NULL, NULL },
	{ "<Event><System><EventID>2020</EventID></System></Event>", 0, NULL, NULL },
	{ "", 0, NULL, NULL },
	{ "5", 0, NULL, NULL },
	{ "2020", 0, NULL, NULL },
	{ "0000:", 0, NULL, NULL },
	{ "0000: \n0010:\n", 0, NULL, NULL },
	{ "Data:", 0, NULL, NULL },
	{ "<Binary", 0, NULL, NULL },
	{ "{}", 0, NULL, NULL },
	{ "-", 0, NULL, NULL },
	{ "0x", 0, NULL, NULL },
	{ "====", 0, NULL, NULL },
	{ "300 1 2 3 4 5", 0, NULL, NULL },
	{ "The server was unable to allocate from the system paged pool because the pool was empty.", 0, NULL,
		NULL },
	{ "2020: the pool was empty", 0, NULL, NULL },
	{ "\xc3\xa4\xe2\x82\xac\xff\xfe\xe2\x80", 0, NULL, NULL },
};

static const uint8_t packet_2020[44] = { 0, 0, 4, 0, 1, 0, 0x54, 0, 0, 0, 0, 0, 0xe4, 7, 0, 0xc0, 0, 0, 0, 0,
	0x9a, 0, 0, 0xc0, [40] = 0x0b };

static bool notes_hold(const struct words *w, const char *part)
{
	for (size_t i = 0; i < w->note_count && i < WORDS_NOTES; i++) {
		if (part && strstr(w->notes[i], part))
			return true;
	}
	return !part && w->note_count == 0;
}

static void check_paste(const struct paste *t)
{
	struct arena *a = arena_open();
	struct words w;
	struct err e = { "" };
	int result = words_read(span_of(t->text), a, &w, &e);
	bool ok;

	if (t->bytes)
		ok = result == 0 && w.n == t->bytes && memcmp(w.bytes, packet_2020, w.n) == 0 &&
		     strcmp(w.form, t->form) == 0 && notes_hold(&w, t->note) &&
		     w.in_binary == (t->text[0] == '<');
	else
		ok = result == -1 && e.text[0];
	CHECK(ok);
	if (!ok) {
		printf("\t%s\n\t%d, %s, %zu bytes %s\n", t->text, result, e.text, w.n, w.form ? w.form : "");
		for (size_t i = 0; i < w.note_count && i < WORDS_NOTES; i++)
			printf("\t%s\n", w.notes[i]);
	}
	arena_close(a);
}

/* ---- hostile input ---- */

/* The text as it lies, at its exact length, so that the sanitizer sees a read beyond it; then its decode. */
static size_t survive(const char *text, size_t n, size_t *notes)
{
	struct arena *a = arena_open();
	char *exact = malloc(n ? n : 1);
	struct words w;
	struct packet p;
	struct err e = { "" };
	size_t read = 0, count;
	const char *verdict;

	if (n)
		memcpy(exact, text, n);
	if (words_read((struct span){ exact, n }, a, &w, &e) == 0) {
		read = w.n;
		CHECK(w.n > 0 && w.n <= n + 4 && w.form);
		words_decode(w.bytes, w.n, &p);
		words_check(&p, 49152, 2020, a, &verdict);
		CHECK(words_rows(&p, a, &count) && count <= WORDS_FIELDS + 65535 / 4 + 2);
	} else {
		CHECK(e.text[0]);
	}
	if (notes)
		*notes = w.note_count;
	free(exact);
	arena_close(a);
	return read;
}

/* n bytes of the piece over and over. */
static char *repeat(const char *piece, size_t n)
{
	size_t length = strlen(piece);
	char *text = malloc(n + 1);

	for (size_t i = 0; i < n; i++)
		text[i] = piece[i % length];
	text[n] = '\0';
	return text;
}

static void check_large(void)
{
	static const struct {
		const char *piece;
		size_t n, read;
	} large[] = {
		{ "0123456789abcdef", 1 << 20, 1 << 19 },
		{ "00 ", 3 << 18, 1 << 18 },
		{ "00040000 ", 9 << 16, 4 << 16 },
		{ "0000: 00040000 00540001 00000000 c00007e4\n", 42 * 10000, 16 },
		{ "0000:\n", 6 * 10000, 0 },
		{ "0000: 00 00 04 00 01 00 54 00   ......T.\n", 41 * 10000, 8 },
		{ "0, ", 3 << 18, 1 << 18 },
		{ "0x0 ", 4 << 18, 1 << 18 },
		{ "0x000 ", 6 << 16, 4 << 16 },
		{ "00-", 3 << 18, 1 << 18 },
		{ "AAAA", 1 << 20, 1 << 19 }, /* hex as well */
		{ "wAAA", 1 << 20, 3 << 18 },
		{ "<Binary>", 1 << 20, 0 },
		{ "<Binary/>", 9 << 16, 0 },
		{ "<Binary", 7 << 16, 0 },
		{ "\xe2\x80", 1 << 20, 0 },
		{ "\n", 1 << 20, 0 },
		{ "0\n", 1 << 20, 1 << 19 },
		{ "a b\n", 1 << 20, 0 },
		{ "words ", 6 << 16, 0 },
	};

	for (size_t i = 0; i < LEN(large); i++) {
		char *text = repeat(large[i].piece, large[i].n);
		size_t read = survive(text, large[i].n, NULL);

		CHECK_INT(read, large[i].read);
		if (read != large[i].read)
			printf("\tof \"%s\"\n", large[i].piece);
		free(text);
	}
}

static void check_limits(void)
{
	char *text = repeat("0", WORDS_TEXT_MAX + 1);
	size_t notes;

	CHECK_INT(survive(text, WORDS_TEXT_MAX + 1, NULL), 0);
	free(text);
	/* NUL ends nothing: UTF-16 read as bytes is ASCII between NULs. */
	CHECK_INT(survive("0\0"
			  "0\0"
			  "0\0"
			  "4\0"
			  "0\0"
			  "0\0"
			  "0\0"
			  "0\0",
			  16, &notes),
		4);
	CHECK_INT(notes, 1);
	CHECK_INT(survive("00040000\0 00540001", 18, NULL), 8);
	CHECK_INT(survive("\0\0\0\0", 4, NULL), 0);
	CHECK_INT(survive(NULL, 0, NULL) + survive("\xff\xfe", 2, NULL), 0);
}

/* Known pastes with characters changed, dropped and doubled at random: the same ones in every run. */
static void check_mutants(unsigned rounds)
{
	static const char odd[] = "0f: -<>\n\t\0x{}=+/.,\xc2\xa0\xe2zZ";
	uint32_t state = 312362;

	for (unsigned round = 0; round < rounds; round++) {
		const char *from = pastes[round % LEN(pastes)].text;
		char text[2048];
		size_t n = 0;

		for (size_t i = 0; from[i] && n + 2 < sizeof text; i++) {
			unsigned dice;

			state = state * 1664525 + 1013904223;
			dice = state >> 24;
			if (dice == 0)
				continue;
			text[n++] = dice < 4 ? odd[(state >> 8) % (sizeof odd - 1)] : from[i];
			if (dice == 4)
				text[n++] = from[i];
		}
		survive(text, n, NULL);
	}
}

int main(void)
{
	for (size_t i = 0; i < LEN(pastes); i++)
		check_paste(&pastes[i]);
	check_large();
	check_limits();
	check_mutants(20000);
	return check_end();
}
