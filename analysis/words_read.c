/* SPDX-License-Identifier: MIT
 * What bytes did someone paste? Cleans the text, looks for a <Binary> element and hands on what remains.
 * Sources of the forms: KB312362, KB244780 and KB2885205 (views), wevtutil, libevtx, python-evtx and EvtxECmd
 * (<Binary>). */
#include "analysis/words_parts.h"

#include "core/text.h"

#include <string.h>

static const struct {
	const char *from, *to;
} marks[] = {
	{ "\xc2\xa0", " " },       /* no-break blank */
	{ "\xe3\x80\x80", " " },   /* East Asian blank */
	{ "\xe2\x80\xa6", "..." }, /* dots in one character */
	{ "\xe2\x80\x90", "-" },   /* hyphens and dashes of word processors */
	{ "\xe2\x80\x91", "-" },
	{ "\xe2\x80\x92", "-" },
	{ "\xe2\x80\x93", "-" },
	{ "\xe2\x88\x92", "-" },
	{ "\xe2\x80\x8b", "" }, /* without width: U+200B, direction marks, U+FEFF */
	{ "\xe2\x80\x8e", "" },
	{ "\xe2\x80\x8f", "" },
	{ "\xef\xbb\xbf", "" },
};

/* Which mark the text begins with; LEN(marks) if none. */
static size_t mark_find(struct span text)
{
	size_t m = (unsigned char)text.p[0] < 0x80 ? LEN(marks) : 0;

	while (m < LEN(marks) &&
		(strlen(marks[m].from) > text.n || memcmp(text.p, marks[m].from, strlen(marks[m].from)) != 0))
		m++;
	return m;
}

/* Without the typesetting of web pages and the brackets of lists. NULs go: UTF-16 becomes its ASCII. */
static struct span text_clean(struct words_job *job, struct span text)
{
	char *clean = arena_alloc(job->arena, text.n + 1);
	size_t n = 0, nuls = 0, i = 0;

	if (text.n >= 2 && (memcmp(text.p, "\xff\xfe", 2) == 0 || memcmp(text.p, "\xfe\xff", 2) == 0))
		i = 2;
	while (i < text.n) {
		size_t m = mark_find((struct span){ text.p + i, text.n - i });

		if (m < LEN(marks)) {
			memcpy(clean + n, marks[m].to, strlen(marks[m].to));
			n += strlen(marks[m].to);
			i += strlen(marks[m].from);
			continue;
		}
		if (!text.p[i])
			nuls++;
		else
			clean[n++] = strchr("{}[]", text.p[i]) ? ' ' : text.p[i];
		i++;
	}
	if (nuls)
		words_note(job->out, job->arena, "%zu NUL byte%s were left out", nuls, nuls == 1 ? "" : "s");
	return (struct span){ clean, n };
}

/* Without any blanks. */
static struct span text_squeeze(struct arena *a, struct span text)
{
	char *out = arena_alloc(a, text.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		if (!strchr(" \t\r\n\v\f", text.p[i]))
			out[n++] = text.p[i];
	}
	return (struct span){ out, n };
}

/* The content of the next <Binary> element at or after *at; false if there is none. */
static bool binary_next(struct span text, size_t *at, struct span *content, bool *closed)
{
	const struct span tag = SPAN("<Binary");

	for (size_t i = *at; i + tag.n < text.n; i++) {
		size_t start = i + tag.n, end;

		if (text.p[i] != '<' || !span_equal_nocase((struct span){ text.p + i, tag.n }, tag))
			continue;
		if (!strchr(" \t\r\n/>", text.p[start])) /* <BinaryEventData> */
			continue;
		while (start < text.n && text.p[start] != '>')
			start++;
		*closed = start < text.n && text.p[start - 1] == '/';
		start += start < text.n;
		for (end = start; end < text.n && text.p[end] != '<' && !*closed; end++)
			;
		*closed |= end < text.n;
		*content = (struct span){ text.p + start, end - start };
		*at = end;
		return true;
	}
	return false;
}

/* The last "<EventID Qualifiers='49152'>2020</EventID>" before the <Binary> that was decoded: data and event
 * are of one element, and the identifier comes first. */
static void event_find(struct words *out, struct span text)
{
	const struct span tag = SPAN("<EventID");
	struct span rest = text, found = { NULL, 0 }, head, number;
	const char *at;
	int64_t n;

	while ((at = text_find_nocase(rest, tag.p)) != NULL) {
		rest = text_tail(rest, (size_t)(at - rest.p) + tag.n);
		if (rest.n && strchr(" \t\r\n>", rest.p[0]))
			found = rest;
	}
	if (!found.n || !text_cut(&found, '>', &head) || !text_cut(&found, '<', &number) ||
		!text_int(text_trim(number), &n) || n < 0 || n > UINT16_MAX)
		return;
	out->event_id = (int32_t)n;
	at = text_find_nocase(head, "Qualifiers");
	if (!at)
		return;
	head = text_tail(head, (size_t)(at - head.p) + strlen("Qualifiers"));
	while (head.n && strchr(" \t\r\n=\"'", head.p[0]))
		head = text_tail(head, 1);
	for (number = (struct span){ head.p, 0 }; number.n < head.n && text_is_digit(head.p[number.n]);
		number.n++)
		;
	if (text_int(number, &n) && n <= UINT16_MAX)
		out->qualifiers = (int32_t)n;
}

/* The first element that is not empty; elements: how many there are. */
static struct span binary_find(struct words_job *job, struct span text, size_t *elements)
{
	struct span found = { NULL, 0 }, content;
	size_t at = 0, full = 0;
	bool closed;

	for (*elements = 0; binary_next(text, &at, &content, &closed); ++*elements) {
		size_t n = 0;

		while (n < content.n && strchr(" \t\r\n\v\f", content.p[n]))
			n++;
		if (n == content.n || full++)
			continue;
		found = text_squeeze(job->arena, content);
		event_find(job->out, (struct span){ text.p, (size_t)(content.p - text.p) });
		if (!closed)
			words_note(job->out, job->arena, "the <Binary> element has no end: the paste is cut");
	}
	if (full > 1)
		words_note(job->out, job->arena,
			"%zu more <Binary> elements follow; only the first was decoded", full - 1);
	return found;
}

int words_read(struct span text, struct arena *a, struct words *out, struct err *e)
{
	struct words_job job;
	struct span clean, binary;
	size_t elements;
	bool read;

	*out = (struct words){ .event_id = -1, .qualifiers = -1 };
	if (text.n > WORDS_TEXT_MAX)
		return err_set(e, "the text is %zu bytes long; data words of one event never are", text.n);
	job = words_job_open(a, out, text.n + 8);
	clean = text_clean(&job, text);
	binary = binary_find(&job, clean, &elements);
	if (elements && !binary.n)
		return err_set(e, "the <Binary> element is empty: this event carries no data words");
	out->in_binary = elements > 0;
	if (elements)
		read = words_run_read(&job, binary, true);
	else
		read = words_view_read(&job, clean) || words_loose_read(&job, clean);
	if (!read || !job.n) {
		size_t last = out->note_count < WORDS_NOTES ? out->note_count : WORDS_NOTES;

		return err_set(e,
			"no data words found: neither a view with offsets nor words, hex, base64 or <Binary>%s%s",
			last ? "; " : "", last ? out->notes[last - 1] : "");
	}
	out->bytes = job.bytes;
	out->n = job.n;
	return 0;
}
