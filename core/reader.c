/* SPDX-License-Identifier: MIT
 * Decodes a source into a sliding window of text, remembering where its lines are and what was odd about its
 * bytes. */
#include "core/reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RAW_SIZE  ((size_t)128 * 1024)
#define LOOKAHEAD ((size_t)512) /* raw bytes at hand, unless the source ends before */
#define LINE_LOOK ((size_t)128) /* of these, what tells a line of 8-bit text from one of UTF-16 */

struct reader {
	reader_fill *fill;
	void *from;
	struct span rest; /* of reader_open_span */
	unsigned char *raw;
	size_t raw_at, raw_n;
	bool raw_end;
	char first[READER_RAW_HEAD];
	size_t first_n;

	char *window;
	size_t start, end, room;
	size_t searched; /* bytes of the window after start that hold no line end */

	enum encoding encoding;
	bool forced, begun, cr_only, after_newline, skipping, utf8_bom;
	uint64_t lines_before, line;
	struct reader_damage damage;
	char *scratch; /* a line, head or record turned into UTF-8 */
	size_t scratch_room;

	const struct page *page;
	char page_text[64]; /* "8-bit (cp850)" */
};

static void *grown(void *memory, size_t size)
{
	memory = realloc(memory, size);
	if (!memory)
		die("out of memory for %zu bytes", size);
	return memory;
}

/* Makes at least LOOKAHEAD raw bytes ready unless the source ends before. */
static void raw_refill(struct reader *r)
{
	if (r->raw_end || r->raw_n - r->raw_at >= LOOKAHEAD)
		return;
	memmove(r->raw, r->raw + r->raw_at, r->raw_n - r->raw_at);
	r->raw_n -= r->raw_at;
	r->raw_at = 0;
	while (r->raw_n < LOOKAHEAD && !r->raw_end) {
		long n = r->fill(r->from, (char *)r->raw + r->raw_n, RAW_SIZE - r->raw_n);

		if (n <= 0)
			r->raw_end = true;
		else
			r->raw_n += (size_t)n;
		if (n < 0)
			r->damage.failed = true;
	}
}

static bool is_text(unsigned char c)
{
	return c == '\t' || c == '\r' || c == '\n' || (c >= 0x20 && c < 0x7F);
}

/* A line of 8-bit text ends in 0A and holds no zero byte and few that are not ASCII; a line of UTF-16LE ends
 * in 0A 00. A line that starts with U+4E0A (bytes 0A 4E, "上" as in "上午 10:00") would look like an empty
 * 8-bit line, or like a very short one in UTF-16BE, so these are looked past. */
static bool looks_8bit(const unsigned char *p, size_t n)
{
	size_t solid = 0, odd = 0;

	if (n > LINE_LOOK)
		n = LINE_LOOK;
	for (size_t i = 0; i < n; i++) {
		if (!p[i] || (p[i] == '\n' && i + 1 < n && !p[i + 1]))
			return false;
		if (p[i] == '\n' && solid > 2)
			break;
		solid += p[i] != '\r' && p[i] != '\n' && is_text(p[i]);
		odd += !is_text(p[i]);
	}
	return n > 0 && odd * 4 <= solid;
}

/* Are the units of this line mostly Latin letters? Two bytes of 8-bit text make a unit as well, but none of
 * those; a BOM alone proves nothing, FF FE may be bytes of a pool tag, and a tag with zero bytes makes a few
 * such units. zero: which byte of a unit is its high one. */
static bool looks_utf16(const unsigned char *p, size_t n, size_t zero)
{
	size_t latin = 0, other = 0;

	if (looks_8bit(p, n))
		return false;
	if (n > LINE_LOOK)
		n = LINE_LOOK;
	for (size_t i = 0; i + 1 < n; i += 2) {
		unsigned char high = p[i + zero], low = p[i + 1 - zero];

		latin += !high && low;
		other += high ? is_text(high) && is_text(low) : !low;
		if (!high && low == '\n' && latin > 1)
			break;
	}
	return latin > 1 && latin > other;
}

static void detect(struct reader *r)
{
	const unsigned char *p = r->raw;
	size_t n = r->raw_n < LOOKAHEAD ? r->raw_n : LOOKAHEAD, zeros[2] = { 0, 0 };
	bool little = n >= 2 && p[0] == 0xFF && p[1] == 0xFE, big = n >= 2 && p[0] == 0xFE && p[1] == 0xFF;

	if (!r->forced && !looks_8bit(p, n)) {
		for (size_t i = 0; i < n; i++)
			zeros[i & 1] += p[i] == 0;
		/* Without a BOM and Latin letters in front: such a text has zeros all the same, of blanks,
		 * digits, line ends, and hardly one on the other side ("一" is 00 4E). */
		if (little || (!big && looks_utf16(p, n, 1)) ||
			(zeros[1] > 8 && zeros[1] > n / 8 && zeros[0] <= zeros[1] / 16))
			r->encoding = ENC_UTF16LE;
		else if (big || looks_utf16(p, n, 0) ||
			 (zeros[0] > 8 && zeros[0] > n / 8 && zeros[1] <= zeros[0] / 16))
			r->encoding = ENC_UTF16BE;
	}
	if (r->encoding != ENC_8BIT) {
		r->raw_at = little || big ? 2 : 0;
	} else if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
		r->raw_at = 3;
		r->utf8_bom = true;
	}
}

struct reader *reader_open(reader_fill *fill, void *from, int forced)
{
	struct reader *r = grown(NULL, sizeof *r);

	memset(r, 0, sizeof *r);
	r->fill = fill;
	r->from = from;
	r->raw = grown(NULL, RAW_SIZE);
	r->forced = forced >= 0;
	r->encoding = forced >= 0 ? (enum encoding)forced : ENC_8BIT;
	r->after_newline = true;
	raw_refill(r);
	r->first_n = r->raw_n < READER_RAW_HEAD ? r->raw_n : READER_RAW_HEAD;
	memcpy(r->first, r->raw, r->first_n);
	detect(r);
	return r;
}

static long fill_span(void *from, char *buffer, size_t size)
{
	struct span *rest = from, now = text_head(*rest, size);

	if (now.n)
		memcpy(buffer, now.p, now.n);
	*rest = text_tail(*rest, now.n);
	return (long)now.n;
}

struct reader *reader_open_span(struct span bytes, int forced)
{
	struct span *rest = grown(NULL, sizeof *rest);
	struct reader *r;

	*rest = bytes;
	r = reader_open(fill_span, rest, forced);
	r->rest = (struct span){ (char *)rest, 1 };
	return r;
}

void reader_close(struct reader *r)
{
	if (!r)
		return;
	if (r->rest.n)
		free((char *)r->rest.p);
	free(r->raw);
	free(r->window);
	free(r->scratch);
	free(r);
}

static void window_put(struct reader *r, const void *bytes, size_t n)
{
	memcpy(r->window + r->end, bytes, n);
	r->end += n;
}

/* Copies 8-bit text up to where UTF-16 begins, if it does. */
static void decode_8bit(struct reader *r)
{
	const unsigned char *p = r->raw + r->raw_at, *newline;
	size_t ready = r->raw_n - r->raw_at, n = ready;
	bool zeros = !r->forced && memchr(p, 0, ready);

	/* A line that begins in the last bytes waits for what follows it: that may be UTF-16. */
	newline = r->raw_end || r->forced ? NULL : memchr(p + ready - LINE_LOOK, '\n', LINE_LOOK);
	if (newline)
		n = (size_t)(newline - p) + 1;
	for (size_t at = 0; zeros && at < n;) {
		if (r->after_newline && looks_utf16(p + at, ready - at, 1)) {
			r->encoding = ENC_UTF16LE;
			r->damage.switches++;
			n = at;
			break;
		}
		newline = memchr(p + at, '\n', n - at);
		r->after_newline = newline != NULL;
		at = newline ? (size_t)(newline - p) + 1 : n;
	}
	if (!zeros)
		r->after_newline = p[n - 1] == '\n';
	window_put(r, p, n);
	r->raw_at += n;
}

static uint32_t unit_at(const struct reader *r, const unsigned char *p)
{
	return r->encoding == ENC_UTF16LE ? (uint32_t)p[0] | (uint32_t)p[1] << 8
					  : (uint32_t)p[1] | (uint32_t)p[0] << 8;
}

static void decode_utf16(struct reader *r)
{
	const unsigned char *p = r->raw + r->raw_at, *end = r->raw + r->raw_n;
	/* A surrogate pair and the check of a line's start need bytes ahead; at the end of the source there
	 * are none. */
	const unsigned char *stop = r->raw_end ? end : end - LOOKAHEAD + 4;

	while (p < stop) {
		uint32_t c;

		if (r->after_newline && !r->forced && r->encoding == ENC_UTF16LE &&
			looks_8bit(p, (size_t)(end - p))) {
			r->encoding = ENC_8BIT;
			r->damage.switches++;
			break;
		}
		if (end - p < 2) {
			p = end;
			c = TEXT_BAD;
			r->damage.bad_units++;
			r->damage.odd_end = true;
		} else {
			c = unit_at(r, p);
			p += 2;
		}
		if (c >= 0xD800 && c < 0xDC00 && end - p >= 2 && unit_at(r, p) >= 0xDC00 &&
			unit_at(r, p) < 0xE000) {
			c = 0x10000 + ((c - 0xD800) << 10) + (unit_at(r, p) - 0xDC00);
			p += 2;
		} else if (c >= 0xD800 && c < 0xE000) {
			c = TEXT_BAD;
			r->damage.bad_units++;
		}
		if (!(c == 0xFEFF && r->after_newline))
			r->end += text_put_utf8(r->window + r->end, c);
		r->after_newline = c == '\n';
	}
	r->raw_at = (size_t)(p - r->raw);
}

bool reader_more(struct reader *r)
{
	size_t before = r->end - r->start, room;

	do {
		raw_refill(r);
		if (r->raw_at == r->raw_n)
			return false;
		/* Two bytes of UTF-16 become at most three of UTF-8. */
		room = (r->raw_n - r->raw_at) * 3 / 2 + 8;
		if (r->room - r->end < room && r->start) {
			memmove(r->window, r->window + r->start, r->end - r->start);
			r->end -= r->start;
			r->start = 0;
		}
		if (r->room - r->end < room) {
			r->room = r->room * 2 > r->end + room ? r->room * 2 : r->end + room;
			r->window = grown(r->window, r->room);
		}
		if (r->encoding == ENC_8BIT)
			decode_8bit(r);
		else
			decode_utf16(r);
	} while (r->end - r->start == before);
	return true;
}

struct span reader_window(struct reader *r)
{
	return (struct span){ r->window ? r->window + r->start : "", r->end - r->start };
}

static const char *line_end(const struct reader *r, const char *p, size_t n)
{
	if (!r->cr_only)
		return memchr(p, '\n', n);
	/* Should line feeds come later, they end lines as well. */
	for (const char *end = p + n; p < end; p++)
		if (*p == '\r' || *p == '\n')
			return p;
	return NULL;
}

void reader_take(struct reader *r, size_t n)
{
	const char *p, *end;

	if (n > r->end - r->start)
		die("a reader was asked to take %zu bytes of %zu", n, r->end - r->start);
	if (!n)
		return;
	p = r->window + r->start;
	for (end = p + n; (p = line_end(r, p, (size_t)(end - p))) != NULL; p++)
		r->lines_before++;
	r->start += n;
	r->searched = 0;
	r->line = r->lines_before + 1;
}

static char *scratch_of(struct reader *r, size_t size)
{
	if (r->scratch_room < size) {
		r->scratch = grown(r->scratch, size);
		r->scratch_room = size;
	}
	return r->scratch;
}

static struct span from_page(struct reader *r, struct span s, uint64_t *bad)
{
	char *to = scratch_of(r, PAGE_ROOM(s.n));

	return (struct span){ to, page_decode(r->page, s, to, bad) };
}

void reader_set_page(struct reader *r, const struct page *page)
{
	r->page = page;
	snprintf(r->page_text, sizeof r->page_text, "8-bit (%s)", page_name(page));
}

const struct page *reader_page(const struct reader *r)
{
	return r->page;
}

struct span reader_utf8(struct reader *r, struct span s, bool *was_page)
{
	*was_page = !text_is_utf8(s);
	return *was_page ? from_page(r, s, &r->damage.bad_bytes) : s;
}

/* Before the first line is taken: do lines end in a CR alone? A head's length of bytes decides, however they
 * came. */
static void begin(struct reader *r)
{
	struct span head;
	const char *cr;

	if (r->begun)
		return;
	while (r->end - r->start < READER_HEAD && reader_more(r))
		;
	r->begun = true;
	head = text_head(reader_window(r), READER_HEAD);
	cr = head.n ? memchr(head.p, '\r', head.n) : NULL;
	/* A CR that stands last in the head may be half a line end. */
	r->cr_only = cr && !memchr(head.p, '\n', head.n) && (cr < head.p + READER_HEAD - 1);
}

struct span reader_head(struct reader *r)
{
	struct span head;
	uint64_t bad = 0; /* told when it is read, not when it is looked at */

	begin(r);
	while (r->end - r->start < READER_HEAD && reader_more(r))
		;
	head = text_head_whole(reader_window(r), READER_HEAD);
	return text_is_utf8(head) ? head : from_page(r, head, &bad);
}

struct span reader_raw_head(const struct reader *r)
{
	return (struct span){ r->first, r->first_n };
}

/* What is left of a line that was longer than any line may be. */
static void skip_line(struct reader *r)
{
	for (r->skipping = false;;) {
		struct span w = reader_window(r);
		const char *end = line_end(r, w.p, w.n);

		reader_take(r, end ? (size_t)(end - w.p) + 1 : w.n);
		if (end || !reader_more(r))
			return;
	}
}

bool reader_line(struct reader *r, struct span *line)
{
	return reader_line_within(r, READER_LINE_MAX, line);
}

bool reader_line_within(struct reader *r, size_t most, struct span *line)
{
	struct span w;
	const char *end;
	uint64_t number;
	bool cut, was_page;

	begin(r);
	if (r->skipping)
		skip_line(r);
	number = r->lines_before + 1;
	for (;;) {
		w = reader_window(r);
		end = w.n > r->searched ? line_end(r, w.p + r->searched, w.n - r->searched) : NULL;
		if (end || w.n > most)
			break;
		r->searched = w.n;
		if (!reader_more(r))
			break;
	}
	if (!w.n)
		return false;
	*line = (struct span){ w.p, end ? (size_t)(end - w.p) : w.n };
	cut = line->n > most;
	if (cut) {
		*line = text_head_whole(*line, most);
		r->damage.line_most = most;
		r->damage.first_cut_line = r->damage.lines_cut++ ? r->damage.first_cut_line : number;
		r->skipping = true;
	}
	reader_take(r, cut ? line->n : line->n + (end != NULL));
	r->line = number;
	while (line->n && line->p[line->n - 1] == '\r')
		line->n--;
	if (line->n && memchr(line->p, 0, line->n))
		r->damage.first_nul_line = r->damage.nul_lines++ ? r->damage.first_nul_line : number;
	*line = reader_utf8(r, *line, &was_page);
	r->damage.lines_page += was_page;
	return true;
}

uint64_t reader_line_number(const struct reader *r)
{
	return r->line ? r->line : 1;
}

struct reader_damage reader_damage(const struct reader *r)
{
	return r->damage;
}

const char *reader_encoding(const struct reader *r)
{
	if (r->damage.switches)
		return "UTF-16LE and 8-bit mixed";
	if (r->encoding != ENC_8BIT)
		return r->encoding == ENC_UTF16LE ? "UTF-16LE" : "UTF-16BE";
	if (r->utf8_bom)
		return "UTF-8 with BOM";
	return r->page ? r->page_text : "8-bit";
}
