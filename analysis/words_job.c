/* SPDX-License-Identifier: MIT
 * How do the bytes of a paste add up, and which of them stand where they belong? */
#include "analysis/words_parts.h"

#include <stdarg.h>
#include <stdio.h>

struct words_job words_job_open(struct arena *a, struct words *out, size_t room)
{
	return (struct words_job){
		.arena = a, .out = out, .bytes = arena_alloc(a, room), .room = room, .sure = SIZE_MAX
	};
}

static void note_add(struct words *out, struct arena *a, const char *format, va_list args)
{
	char text[256];

	if (out->note_count++ >= WORDS_NOTES)
		return;
	vsnprintf(text, sizeof text, format, args);
	out->notes[out->note_count - 1] = arena_text(a, span_of(text));
}

void words_note(struct words *out, struct arena *a, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	note_add(out, a, format, args);
	va_end(args);
}

void words_put(struct words_job *job, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size && job->n < job->room; i++)
		job->bytes[job->n++] = (uint8_t)(value >> 8 * i);
}

void words_unsure(struct words_job *job, const char *format, ...)
{
	va_list args;

	if (job->sure != SIZE_MAX)
		return;
	job->sure = job->n;
	va_start(args, format);
	note_add(job->out, job->arena, format, args);
	va_end(args);
}

void words_stop(struct words_job *job, const char *format, ...)
{
	va_list args;

	if (job->over)
		return;
	job->over = true;
	va_start(args, format);
	note_add(job->out, job->arena, format, args);
	va_end(args);
}

bool words_fits(const uint8_t *bytes, size_t n)
{
	struct packet p;

	words_decode(bytes, n, &p);
	return p.fit == WORDS_FIT_EXACT || p.fit == WORDS_FIT_PADDED;
}

/* A cut packet must not pass for a whole one in another spelling: the first ten words of event 2020 with
 * their bytes turned round announce no dump data, and 40 bytes is what they are. */
bool words_plausible(const uint8_t *bytes, size_t n)
{
	struct packet p;

	words_decode(bytes, n, &p);
	return p.value[WORDS_MAJOR_FUNCTION] <= 0x1b && p.value[WORDS_NUMBER_OF_STRINGS] <= 64 &&
	       !(p.value[WORDS_ERROR_CODE] & 0x10000000);
}

/* A last word of two, four or six digits is one of three bytes or fewer if that makes the packet whole
 * (TermDD 50 has 11 bytes of dump data); otherwise it was cut while copying, and its value is gone. */
static void partial_settle(struct words_job *job)
{
	size_t digits = job->partial.n, before = job->n;
	struct packet p;

	if (!digits)
		return;
	if (digits % 2 == 0 && !job->over) {
		words_put(job, words_number(job->partial, 16), digits / 2);
		words_decode(job->bytes, job->n, &p);
		if (p.fit == WORDS_FIT_EXACT)
			return;
		job->n = before;
	}
	words_note(job->out, job->arena, "the last word has %zu digit%s instead of 8 and was left out",
		digits, digits == 1 ? "" : "s");
}

static void dwords_swap(uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i + 4 <= n; i += 4) {
		uint8_t a = bytes[i], b = bytes[i + 1];

		bytes[i] = bytes[i + 3];
		bytes[i + 1] = bytes[i + 2];
		bytes[i + 2] = b;
		bytes[i + 3] = a;
	}
}

/* Hex in byte order looks like words when broken into groups of eight; words run together look like hex. */
bool words_swap_if_whole(uint8_t *bytes, size_t n)
{
	if (n % 4 || words_fits(bytes, n) || words_plausible(bytes, n))
		return false;
	dwords_swap(bytes, n);
	if (words_fits(bytes, n) && words_plausible(bytes, n))
		return true;
	dwords_swap(bytes, n);
	return false;
}

/* Where several blanks became one, the text beside the last row of a bytes view may pass for more bytes, as
 * in "0028: 41 42 43 44 AB CD". */
static void gutter_settle(struct words_job *job)
{
	struct packet p;

	words_decode(job->bytes, job->n, &p);
	if (!job->vague || p.fit != WORDS_FIT_LONG || p.beyond_n >= job->last)
		return;
	job->n -= p.beyond_n;
	words_note(job->out, job->arena,
		"the last %zu byte%s of the last row lie beyond the packet: text, left out", p.beyond_n,
		p.beyond_n == 1 ? "" : "s");
}

void words_settle(struct words_job *job, bool dwords)
{
	struct words *out = job->out;

	if (dwords) {
		partial_settle(job);
		if (words_swap_if_whole(job->bytes, job->n))
			words_note(
				out, job->arena, "the groups of eight digits are in byte order, not words");
	} else {
		gutter_settle(job);
	}
	if (job->sure < job->n && !words_fits(job->bytes, job->n)) {
		words_note(out, job->arena, "the %zu bytes after that have no sure place and were left out",
			job->n - job->sure);
		job->n = job->sure;
	}
	if (job->comments)
		words_note(out, job->arena, "text after the data was left out in %zu row%s", job->comments,
			job->comments == 1 ? "" : "s");
	if (job->passed)
		words_note(out, job->arena, "%zu line%s without data %s passed over", job->passed,
			job->passed == 1 ? "" : "s", job->passed == 1 ? "was" : "were");
}
