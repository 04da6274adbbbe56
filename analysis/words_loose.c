/* SPDX-License-Identifier: MIT
 * What bytes stand in pasted text that has no offsets: words, two-digit bytes, decimal lists (WMI,
 * PowerShell), 0x lists, or one long run of digits, between lines of other text? */
#include "analysis/words_parts.h"

#include "core/text.h"

#include <string.h>

enum shape { NOTHING, WORDS, SMALL, PREFIXED, RUN, BASE64, SHAPES };

#define BIT(shape)   (1u << (shape))
#define SMALL_LEAST  4  /* tokens: "5 events" is no data */
#define RUN_LEAST    8  /* digits: neither is 2020 */
#define BASE64_LEAST 16 /* letters: nor a word alone on its line */

static bool is_prefixed(struct span token)
{
	return token.n > 2 && token.p[0] == '0' && (token.p[1] == 'x' || token.p[1] == 'X') &&
	       words_is_hex((struct span){ token.p + 2, token.n - 2 });
}

static bool is_hyphenated(struct span token)
{
	size_t i = 0;

	while (i + 3 <= token.n && words_is_hex((struct span){ token.p + i, 2 }) && token.p[i + 2] == '-')
		i += 3;
	return i > 0 && token.n - i <= 2;
}

static bool is_base64(struct span token)
{
	for (size_t i = 0; i < token.n; i++) {
		char c = token.p[i];

		if (!(text_is_letter(c) || text_is_digit(c) || c == '+' || c == '/' || c == '='))
			return false;
	}
	return token.n > 0;
}

/* PowerShell abbreviates: "{0, 0, 4, 0...}". */
static struct span without_dots(struct span token)
{
	while (token.n && token.p[token.n - 1] == '.')
		token.n--;
	return token;
}

static bool is_small(struct span token)
{
	struct span digits = without_dots(token);

	return digits.n <= 3 && (words_is_hex(digits) || (!digits.n && token.n));
}

struct tokens {
	struct span first;
	size_t n, small, eights; /* small: how many small ones it begins with */
	bool all_hex;
};

static struct tokens tokens_count(struct span line)
{
	struct tokens t = { .all_hex = true };
	struct span token;
	size_t gap;

	while (words_token_next(&line, &token, &gap)) {
		if (t.n == 0)
			t.first = token;
		t.small += t.small == t.n && is_small(token);
		t.all_hex &= words_is_hex(token);
		t.eights += token.n == 8;
		t.n++;
	}
	return t;
}

static enum shape hex_shape(const struct tokens *t, enum shape before)
{
	if (before == WORDS && t->all_hex)
		return WORDS; /* perhaps with a digit lost, which must not go unseen */
	if (t->n == 1 && (before == RUN || before == BASE64))
		return RUN; /* the end of a run broken into lines */
	if (t->first.n <= 3) {
		bool row = t->small >= 8 || (before == SMALL && t->first.n == 2); /* with text beside it */

		return t->small == t->n || row ? SMALL : NOTHING;
	}
	if (t->first.n % 8 == 0 && (t->first.n == 8 || t->n > 1))
		return WORDS;
	if (t->all_hex && t->eights)
		return WORDS; /* its first word lost a digit */
	return t->all_hex || t->first.n >= 2 * RUN_LEAST ? RUN : NOTHING;
}

static enum shape line_shape(struct span line, enum shape before)
{
	struct tokens t = tokens_count(line);

	if (is_prefixed(t.first))
		return t.first.n > 10 ? RUN : PREFIXED;
	if (is_hyphenated(t.first))
		return RUN;
	if (words_is_hex(without_dots(t.first)))
		return hex_shape(&t, before);
	if (t.n == 1 && is_base64(t.first) &&
		(t.first.n >= BASE64_LEAST || before == RUN || before == BASE64))
		return BASE64;
	return NOTHING;
}

/* The next line of one of the shapes; counts what it passes over. */
static bool shape_next(
	struct words_job *job, struct span *rest, enum shape *before, unsigned shapes, struct span *data)
{
	struct span line;

	while (words_line_next(rest, &line)) {
		struct span token, rest_of_line = *data = words_header_skip(line);
		size_t gap;

		if (!words_token_next(&rest_of_line, &token, &gap)) {
			if (*before != WORDS)
				*before = NOTHING; /* words go on after a blank line, a run of digits does not
						    */
			continue;
		}
		*before = line_shape(*data, *before);
		if (shapes & BIT(*before))
			return true;
		job->passed++;
	}
	return false;
}

static bool dwords_read(struct words_job *job, struct span text)
{
	enum shape before = NOTHING;
	struct span data;

	while (shape_next(job, &text, &before, BIT(WORDS), &data))
		words_row_dwords(job, data);
	job->out->form = "words";
	words_settle(job, true);
	return job->n > 0;
}

/* "0 0 4 0 1 0 84" is decimal, "00 00 04" hex: only decimal bytes come with one or three digits. */
static bool small_are_decimal(struct words_job *job, struct span text, size_t *count)
{
	struct words_job scratch = *job;
	enum shape before = NOTHING;
	struct span data, token;
	bool odd = false, decimal = true;
	size_t gap;

	*count = 0;
	while (shape_next(&scratch, &text, &before, BIT(SMALL), &data)) {
		while (words_token_next(&data, &token, &gap) && is_small(token)) {
			token = without_dots(token);
			odd |= token.n == 1 || token.n == 3;
			for (size_t i = 0; i < token.n; i++)
				decimal &= token.p[i] <= '9';
			decimal &= token.n < 3 || words_number(token, 10) <= 255;
			++*count;
		}
	}
	return odd && decimal;
}

static void decimals_read(struct words_job *job, struct span line)
{
	struct span token;
	size_t gap;

	while (words_token_next(&line, &token, &gap) && is_small(token)) {
		struct span digits = without_dots(token);

		if (digits.n)
			words_put(job, words_number(digits, 10), 1);
		if (digits.n < token.n)
			words_unsure(job, "the list is abbreviated after byte %zu", job->n);
	}
}

static bool small_read(struct words_job *job, struct span text)
{
	enum shape before = NOTHING;
	struct span data;
	size_t count;
	bool decimal = small_are_decimal(job, text, &count);

	if (count < SMALL_LEAST)
		return false;
	while (shape_next(job, &text, &before, BIT(SMALL), &data)) {
		if (decimal)
			decimals_read(job, data);
		else
			words_row_bytes(job, data, false);
	}
	job->out->form = decimal ? "decimal bytes" : "hex bytes";
	words_settle(job, false);
	return job->n > 0;
}

static bool holds_prefixed(struct span token, struct span rest)
{
	bool found = is_prefixed(token);
	size_t gap;

	while (!found && words_token_next(&rest, &token, &gap))
		found = is_prefixed(token);
	return found;
}

/* Reads the numbers of a line, or only says how many digits the longest has. */
static size_t prefixed_line(struct words_job *job, struct span line, size_t size)
{
	struct span token;
	size_t gap, digits = 0;

	while (words_token_next(&line, &token, &gap) && is_prefixed(token) && token.n <= 10) {
		if (token.n - 2 > digits)
			digits = token.n - 2;
		if (size)
			words_put(job, words_number((struct span){ token.p + 2, token.n - 2 }, 16), size);
	}
	if (size && holds_prefixed(token, line))
		words_stop(job, "number %zu is not followed by one like it: the rest was left out",
			job->n / size);
	else if (size)
		job->comments += token.n > 0;
	return digits;
}

/* 0x40000 is a word with or without its leading zeros; if all have two digits or fewer they are bytes. */
static bool prefixed_read(struct words_job *job, struct span text)
{
	struct words_job scratch = *job;
	struct span rest = text, data;
	enum shape before = NOTHING;
	size_t size = 1;

	while (shape_next(&scratch, &rest, &before, BIT(PREFIXED), &data))
		size = prefixed_line(job, data, 0) > 2 ? 4 : size;
	before = NOTHING;
	while (!job->over && shape_next(job, &text, &before, BIT(PREFIXED), &data))
		prefixed_line(job, data, size);
	job->out->form = size == 4 ? "0x words" : "0x bytes";
	words_settle(job, false);
	return job->n > 0;
}

/* The digits of a line, appended; how many. */
static size_t run_append(struct words_job *job, struct span line, char *joined)
{
	struct span token;
	size_t n = 0, gap;

	while (words_token_next(&line, &token, &gap) &&
		(is_base64(token) || is_hyphenated(token) || is_prefixed(token))) {
		memcpy(joined + n, token.p, token.n);
		n += token.n;
	}
	job->comments += token.n > 0;
	return n;
}

/* Joins all lines of these shapes. Lines that were broken at a width are alike but for the last; where they
 * are not, a digit may have been lost, and only the length of the whole tells. */
static bool run_read(struct words_job *job, struct span text, unsigned shapes)
{
	struct words_job begun = *job;
	struct words said = *job->out;
	char *joined = arena_alloc(job->arena, text.n + 1);
	size_t n = 0, width = 0, last = 0, alike = SIZE_MAX;
	enum shape before = NOTHING;
	struct span data;

	while (shape_next(job, &text, &before, shapes, &data)) {
		size_t length = run_append(job, data, joined + n);

		if (!width)
			width = length;
		else if ((length > width || last < width) && alike == SIZE_MAX)
			alike = n;
		last = length;
		n += length;
	}
	if (n < RUN_LEAST || !words_run_read(job, (struct span){ joined, n }, false))
		return false;
	if (alike < n && !words_fits(job->bytes, job->n)) {
		*job = begun;
		*job->out = said;
		words_note(job->out, job->arena,
			"after %zu characters the lines change their length: left out", alike);
		if (alike < RUN_LEAST || !words_run_read(job, (struct span){ joined, alike }, false))
			return false;
	}
	words_settle(job, false);
	return job->n > 0;
}

bool words_loose_read(struct words_job *job, struct span text)
{
	size_t weight[SHAPES] = { 0 };
	enum shape before = NOTHING, best = NOTHING;
	struct words unsaid = { 0 };
	struct words_job scratch = *job;
	struct span rest = text, data;

	while (shape_next(&scratch, &rest, &before, ~BIT(NOTHING), &data))
		weight[before] += data.n;
	for (enum shape s = WORDS; s < SHAPES; s++) {
		if (weight[s] > weight[best])
			best = s;
	}
	/* A line of base64 may hold nothing but hex digits, and a line after hex may be a word: try both. */
	scratch = words_job_open(job->arena, &unsaid, job->room);
	if (weight[BASE64] && run_read(&scratch, text, BIT(RUN) | BIT(BASE64)) &&
		words_fits(scratch.bytes, scratch.n))
		best = BASE64;
	switch (best) {
	case WORDS: return dwords_read(job, text);
	case SMALL: return small_read(job, text);
	case PREFIXED: return prefixed_read(job, text);
	case RUN: return run_read(job, text, BIT(RUN));
	case BASE64: return run_read(job, text, BIT(RUN) | BIT(BASE64));
	default: return false;
	}
}
