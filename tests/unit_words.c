/* SPDX-License-Identifier: MIT
 * Are data words read from every form people paste, decoded field by field, and never a danger? The packets
 * are built from the fields that Microsoft's articles and public logs show, named beside each. */
#include "analysis/words.h"

#include "tests/check.h"

#include <stdlib.h>

#define ROOM 512 /* bytes of the largest packet here, and then some */

/* unknown words of the dump data are filled; lost: bytes missing at the end of the article's dump. */
static const struct dump {
	const char *source;
	uint8_t function, retries;
	uint16_t size, strings, string_offset;
	uint32_t code, unique, status, sequence;
	size_t known;
	uint32_t words[4];
	size_t lost;
} dumps[] = {
	{ "2020 KB312362", 0, 0, 4, 1, 0x54, 0xC00007E4, 0, 0xC000009A, 0, 1, { 0x0b }, 0 },
	{ "2020 KB886670", 0, 0, 4, 1, 0x54, 0xC00007E4, 0, 0xC000009A, 0, 1, { 0x0b }, 0 },
	{ "2021 Q145882", 0, 0, 0, 3, 0x48, 0x800007E5, 0, 0xC000009A, 0, 0, { 0 }, 0 },
	{ "2001 Q124357", 0, 0, 12, 1, 0x5C, 0xC00007D1, 0, 0xC000009A, 0, 3, { 0x7d2, 0x0b, 0x3c }, 0 },
	{ "2009 Q317919", 0, 0, 4, 1, 0x54, 0xC00007D9, 0, 0xC000009A, 0, 1, { 0x3e9 }, 0 },
	{ "2009 Q165815", 0, 0, 4, 1, 0x54, 0xC00007D9, 0, 0xC000009A, 0, 1, { 0x3ea }, 0 },
	{ "2000 Q122248", 0, 0, 4, 1, 0x54, 0xC00007D0, 0, 0xC0000008, 0, 1, { 0xbc0 }, 0 },
	{ "2000 Q130120", 0, 0, 4, 1, 0x54, 0xC00007D0, 0, 0xC000000D, 0, 1, { 0xbcd }, 0 },
	{ "2000 Q134759", 0, 0, 4, 1, 0x54, 0xC00007D0, 0, 0xC000000D, 0, 1, { 0x12880bc5 }, 0 },
	{ "2000 Q136150", 0, 0, 4, 1, 0x54, 0xC00007D0, 0, 0xC000023A, 0, 1, { 0x13830bbe }, 0 },
	{ "2000 Q152846", 0, 0, 4, 1, 0x54, 0xC00007D0, 0, 0xC0000013, 0, 1, { 0x04e80bb9 }, 0 },
	{ "2000 Q173210", 0, 0, 4, 1, 0x54, 0xC00007D0, 0, 0xC000000F, 0, 1, { 0x05180bc5 }, 0 },
	{ "2000 Q192732", 0, 0, 4, 1, 0x54, 0xC00007D0, 0, 0xC000000D, 0, 1, { 0x028e0bc5 }, 0 },
	{ "2000 Q288301", 0, 0, 4, 1, 0x54, 0xC00007D0, 0, 0xC0000054, 0, 1, { 0x05930bd3 }, 0 },
	{ "2000 Q108256", 0, 0, 4, 1, 0x54, 0xC00007D0, 0, 0xC000000D, 0, 1, { 0xbc0 }, 0 },
	{ "2006 Q142617", 0, 0, 52, 2, 0x7C, 0xC00007D6, 0, 0xC0982001, 0, 4,
		{ 0x62f, 0x424d53ff, 0x75, 0x800 }, 4 },
	{ "2012 KB2885205", 0, 0, 4, 1, 0x2C, 0x800007DC, 0, 0xC0000184, 0, 1, { 0x634 }, 0 },
	{ "Rdr 3031 Q165697", 0, 0, 52, 2, 0x7E, 0x80000BD7, 0, 0xC0000034, 0xFF0BC4C8, 4,
		{ 0x0073005c, 0x0079006b, 0x0061006d, 0x0031006e }, 0 },
	{ "8006 Q124654", 0, 0, 44, 4, 0x74, 0x80001F46, 0, 0xC00000D0, 116, 4, { 0x424d53ff, 0x25, 0, 0 },
		0 },
	{ "NetBT 4320 Q314696", 0, 0, 4, 1, 0x54, 0xC00010E0, 0, 0, 0, 1, { 0x0168fc82 }, 0 },
	/* Function FF is no function and the id is an IPX driver's: still a packet. */
	{ "NwlnkNb 9503 Q180543", 0xFF, 0xFF, 0, 3, 0x54, 0x8000251F, 0x2BE, 0, 0xFFFFFFFF, 0, { 0 }, 0 },
	{ "disk 51 KB244780", 4, 0, 34, 1, 0x72, 0x80040033, 0x12D, 0, 0, 4, { 1, 4, 3, 0x2a }, 0 },
	{ "aic78xx 11 Q132499", 0x0F, 0, 16, 1, 0x68, 0xC004000B, 0x20012, 0, 6395, 4, { 0, 4, 0, 5 }, 0 },
	{ "TermDD 50", 0, 0, 4, 2, 0x52, 0xC00A0032, 0, 0xC00A0032, 0, 1, { 0x192 }, 0 },
	{ "TermDD 50, 11 bytes", 0, 0, 11, 2, 0x5A, 0xC00A0032, 0, 0xC00A0032, 0, 2, { 0x0b, 0x019d2f6a },
		0 },
	{ "MRxSmb 3019", 0, 0, 0, 4, 0x4E, 0x80000BCB, 0, 0xC0000184, 0, 0, { 0 }, 0 },
	{ "Tcpip 4226", 0, 0, 0, 1, 0x54, 0x80001082, 1, 0, 0, 0, { 0 }, 0 },
	{ "Disk 51, Windows 10", 4, 0, 128, 1, 0, 0x80040033, 0x12D, 0xC000009A, 0, 4,
		{ 0x01297c2e, 0, 0xffffffff, 1 }, 0 },
	{ "Disk 51, record 543", 3, 0, 128, 1, 0, 0x80040033, 0x12D, 0xC000000E, 0, 4,
		{ 0x00f361f4, 0, 0xffffffff, 1 }, 0 },
	{ "disk 153", 0x0F, 1, 4, 4, 0x2C, 0x80040099, 0, 0, 0, 1, { 0x88040000 }, 0 },
	{ "cdrom 51", 3, 0, 128, 1, 0, 0x80040033, 0x12D, 0x80000016, 0, 4, { 0, 0, 0, 0 }, 0 },
	{ "nvlddmkm 14", 0, 0, 0, 2, 0x30, 0xC0AA000E, 0, 0, 0, 0, { 0 }, 0 },
	{ "HTTP 15021", 0, 0, 4, 2, 0x30, 0xC0003AAD, 0, 0, 0, 1, { 0xc000005f }, 0 },
	{ "rt640x64 1", 0, 0, 0, 2, 0x30, 0x80000001, 0, 0, 0, 0, { 0 }, 0 },
	{ "disk 158", 0x1B, 0, 0, 2, 0x30, 0x8004009E, 0, 0, 0, 0, { 0 }, 0 },
};

/* ---- from fields to bytes, from bytes to text ---- */

static size_t put(uint8_t *to, size_t n, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		to[n + i] = (uint8_t)(value >> 8 * i);
	return n + size;
}

static size_t packet_build(const struct dump *d, uint8_t *to)
{
	size_t n = 0;

	memset(to, 0, ROOM);
	n = put(to, n, d->function, 1);
	n = put(to, n, d->retries, 1);
	n = put(to, n, d->size, 2);
	n = put(to, n, d->strings, 2);
	n = put(to, n, d->string_offset, 2);
	n = put(to, n, 0, 4); /* category, padding */
	n = put(to, n, d->code, 4);
	n = put(to, n, d->unique, 4);
	n = put(to, n, d->status, 4);
	n = put(to, n, d->sequence, 4);
	n = put(to, n, 0, 4); /* control code */
	n = put(to, n, 0, 8); /* device offset */
	for (size_t i = 0; i < d->size; i += 4)
		put(to, n + i, i / 4 < d->known ? d->words[i / 4] : 0x61620000 + (uint32_t)i * 0x101, 4);
	return n + d->size - d->lost;
}

static uint32_t word_at(const uint8_t *bytes, size_t n, size_t at)
{
	uint32_t value = 0;

	for (size_t i = at + 4; i-- > at;)
		value = value << 8 | (i < n ? bytes[i] : 0);
	return value;
}

/* Words in rows of four; the last one padded with zeros as a view in words has to, or partial. step: of
 * offsets, 0 for none. */
static void print_words(char *to, const uint8_t *b, size_t n, unsigned step, bool pad)
{
	for (size_t i = 0; i < n; i += 4) {
		if (i % 16 == 0 && i)
			to += sprintf(to, "\r\n");
		if (i % 16 == 0 && step)
			to += sprintf(to, "%04x:", (unsigned)i / 16 * step);
		if (pad || n - i >= 4)
			to += sprintf(to, " %08lx", (unsigned long)word_at(b, n, i));
		else
			to += sprintf(to, " %0*lx", (int)(n - i) * 2, (unsigned long)word_at(b, n, i));
	}
}

/* Beside the bytes their characters in the ANSI code page, which may look like hex. */
static void print_bytes(char *to, const uint8_t *b, size_t n)
{
	to += sprintf(to, "Data:\n");
	for (size_t i = 0; i < n; i += 8) {
		to += sprintf(to, "%04x:", (unsigned)i);
		for (size_t j = i; j < i + 8; j++)
			to += j < n ? sprintf(to, " %02X", b[j]) : sprintf(to, "   ");
		to += sprintf(to, "   ");
		for (size_t j = i; j < i + 8 && j < n; j++)
			*to++ = b[j] > ' ' && b[j] != 0x7f ? (char)b[j] : '.';
		to += sprintf(to, "\n");
	}
}

static void print_hex(char *to, const uint8_t *b, size_t n, const char *before, const char *between)
{
	for (size_t i = 0; i < n; i++)
		to += sprintf(to, "%s%02X", i ? between : before, b[i]);
}

static void print_decimal(char *to, const uint8_t *b, size_t n)
{
	to += sprintf(to, "Data : {");
	for (size_t i = 0; i < n; i++)
		to += sprintf(to, "%s%u", i ? ", " : "", b[i]);
	sprintf(to, "}");
}

static void print_base64(char *to, const uint8_t *b, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		uint32_t bits = (uint32_t)b[i] << 16 | (uint32_t)(i + 1 < n ? b[i + 1] : 0) << 8 |
				(i + 2 < n ? b[i + 2] : 0);

		for (size_t j = 0; j < 4; j++)
			*to++ = i + j > n ? '=' : digits[bits >> (18 - 6 * j) & 63];
	}
	*to = '\0';
}

/* ---- round trips ---- */

static void check_form(const char *text, const uint8_t *want, size_t n, const char *form, const char *source)
{
	struct arena *a = arena_open();
	struct words w;
	struct err e = { "" };
	bool ok = words_read(span_of(text), a, &w, &e) == 0 && w.n == n && memcmp(w.bytes, want, n) == 0 &&
		  strcmp(w.form, form) == 0;

	CHECK(ok);
	if (!ok)
		printf("\t%s as %s: %s %s %zu bytes\n%s\n", source, form, e.text, w.form ? w.form : "", w.n,
			text);
	arena_close(a);
}

static void check_forms(const struct dump *d)
{
	uint8_t b[ROOM];
	char text[8 * ROOM], xml[9 * ROOM];
	size_t n = packet_build(d, b), padded = (n + 3) & ~(size_t)3;
	/* A word view cannot tell bytes from padding, and the filler of a cut packet cannot either. */
	bool whole = n % 4 == 0 || !d->lost;

	memset(b + n, 0, ROOM - n);
	print_words(text, b, n, 0, true);
	check_form(text, b, padded, "words", d->source);
	print_words(text, b, n, 0x10, true);
	check_form(text, b, padded, "words view", d->source);
	print_words(text, b, n, 8, true);
	check_form(text, b, padded, "words view", d->source);
	if (whole) {
		print_words(text, b, n, 0x10, false);
		check_form(text, b, n, "words view", d->source);
	}
	print_bytes(text, b, n);
	check_form(text, b, n, "bytes view", d->source);
	print_hex(text, b, n, "", "");
	check_form(text, b, n, "hex", d->source);
	snprintf(xml, sizeof xml,
		"<Event><EventData><Data>x</Data>\n<Binary>%s</Binary>\n</EventData></Event>", text);
	check_form(xml, b, n, "hex", d->source);
	print_hex(text, b, n, "", "-");
	check_form(text, b, n, "hyphenated hex", d->source);
	snprintf(xml, sizeof xml, "  <Binary>%s</Binary>", text);
	check_form(xml, b, n, "hyphenated hex", d->source);
	print_hex(text, b, n, "", " ");
	check_form(text, b, n, "hex bytes", d->source);
	print_hex(text, b, n, "0x", ", 0x");
	check_form(text, b, n, "0x bytes", d->source);
	print_decimal(text, b, n);
	check_form(text, b, n, "decimal bytes", d->source);
	print_base64(text, b, n);
	check_form(text, b, n, "base64", d->source);
	snprintf(xml, sizeof xml, "<Binary>%s\n</Binary>", text);
	check_form(xml, b, n, "base64", d->source);
}

static void check_fields(const struct dump *d)
{
	struct arena *a = arena_open();
	uint8_t b[ROOM];
	size_t n = packet_build(d, b), count;
	struct packet p;
	const char *text;

	words_decode(b, n, &p);
	CHECK_INT(p.fit, d->lost ? WORDS_FIT_SHORT : WORDS_FIT_EXACT);
	CHECK_INT(p.value[WORDS_MAJOR_FUNCTION], d->function);
	CHECK_INT(p.value[WORDS_RETRY_COUNT], d->retries);
	CHECK_INT(p.value[WORDS_DUMP_DATA_SIZE], d->size);
	CHECK_INT(p.value[WORDS_NUMBER_OF_STRINGS], d->strings);
	CHECK_INT(p.value[WORDS_STRING_OFFSET], d->string_offset);
	CHECK_INT(p.value[WORDS_ERROR_CODE], d->code);
	CHECK_INT(p.value[WORDS_EVENT_ID], d->code & 0xffff);
	CHECK_INT(p.value[WORDS_SEVERITY], d->code >> 30);
	CHECK_INT(p.value[WORDS_FACILITY], d->code >> 16 & 0xfff);
	CHECK_INT(p.value[WORDS_UNIQUE_ERROR_VALUE], d->unique);
	CHECK_INT(p.value[WORDS_FINAL_STATUS], d->status);
	CHECK_INT(p.value[WORDS_SEQUENCE_NUMBER], d->sequence);
	CHECK_INT(p.dump_n, d->size - d->lost);
	CHECK_INT(p.beyond_n, 0);
	for (size_t i = 0; i < d->known; i++)
		CHECK_INT(word_at(p.dump, p.dump_n, i * 4), d->words[i]);
	CHECK_INT(words_check(&p, (int32_t)(d->code >> 16), (int32_t)(d->code & 0xffff), a, &text), !d->lost);
	CHECK(!words_check(&p, (int32_t)(d->code >> 16) ^ 0x4000, (int32_t)(d->code & 0xffff), a, &text));
	CHECK(words_names_event(&p, -1, (int32_t)(d->code & 0xffff)));
	CHECK(!words_names_event(&p, -1, (int32_t)(d->code & 0xffff) + 1));
	CHECK(words_rows(&p, a, &count) != NULL);
	CHECK_INT(count, WORDS_FIELDS + words_count(p.dump_n) + (d->lost > 0));
	arena_close(a);
}

int main(void)
{
	for (size_t i = 0; i < LEN(dumps); i++) {
		check_forms(&dumps[i]);
		check_fields(&dumps[i]);
	}
	return check_end();
}
