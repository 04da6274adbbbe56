/* SPDX-License-Identifier: MIT
 * What bytes does a view with offsets show, "0000: 00040000 00540001 ..." or "0000: 00 00 04 00 ..."?
 * Sources: KB312362 (words), KB244780 (bytes), KB2885205 (Vista numbers rows of 16 by eights). */
#include "analysis/words_parts.h"

#include <string.h>

/* Offsets are labels and no truth: rows count in their order, and only the labels' rhythm is watched. */
struct view {
	struct words_job job;
	bool dwords;
	size_t rows;
	uint64_t first, label, step; /* of the labels */
	size_t width, row_start;     /* bytes in the first row; where the present row begins */
	size_t first_end;
};

/* begun: rows were seen before, so a row may begin with a cut word. */
static bool label_split(struct span line, bool begun, uint64_t *label, struct span *data)
{
	struct span after, token;
	size_t n = 0, gap;

	while (n < line.n && words_is_hex((struct span){ line.p + n, 1 }))
		n++;
	if (n < 4 || n > 8)
		return false;
	*label = words_number((struct span){ line.p, n }, 16);
	after = (struct span){ line.p + n, line.n - n };
	for (*data = after; data->n && (data->p[0] == ' ' || data->p[0] == '\t'); data->n--)
		data->p++;
	if (data->n && data->p[0] == ':')
		*data = (struct span){ data->p + 1, data->n - 1 };
	else if (n != 4 || data->n == after.n || !data->n)
		return false; /* without a colon only four digits and a blank make an offset */
	else
		begun = false;
	after = *data;
	if (!words_token_next(&after, &token, &gap))
		return true;
	return words_is_hex(token) && (begun || token.n == 2 || token.n % 8 == 0);
}

/* last: nothing follows, so the row may be short. */
static void row_end(struct view *v, bool last)
{
	size_t width = v->job.n - v->row_start;

	if (v->rows == 1) {
		v->width = width;
		v->first_end = v->job.n;
	} else if (width < v->width && !last) {
		words_unsure(&v->job, "row %zu (%04llx) is shorter than the first", v->rows,
			(unsigned long long)v->label);
	} else if (width > v->width && v->job.sure == SIZE_MAX) {
		words_unsure(&v->job, "the first row is shorter than row %zu", v->rows);
		v->job.sure = v->first_end;
	}
}

static void label_check(struct view *v, uint64_t label)
{
	uint64_t step = label - v->label, width = v->width;

	if (v->rows == 0)
		v->first = label;
	else if (label <= v->label)
		words_stop(&v->job,
			"offset %04llx comes after %04llx: that row and what follows were left out",
			(unsigned long long)label, (unsigned long long)v->label);
	else if (v->rows == 1 ? step != width && step * 2 != width : step != v->step)
		words_unsure(&v->job, "offset %04llx comes after %04llx: it skips a row, or is wrong",
			(unsigned long long)label, (unsigned long long)v->label);
	if (v->rows == 1)
		v->step = step;
	v->label = label;
}

static void row_read(struct view *v, struct span data)
{
	if (v->dwords)
		words_row_dwords(&v->job, data);
	else
		words_row_bytes(&v->job, data, true);
}

/* A row broken over two lines: digits and nothing else, while the row still has room. */
static bool is_continuation(const struct view *v, struct span line)
{
	size_t gap, groups = 0, digits = v->dwords ? 8 : 2;
	struct span token;

	while (words_token_next(&line, &token, &gap)) {
		if (token.n != digits || !words_is_hex(token))
			return false;
		groups++;
	}
	return groups && v->job.n - v->row_start + groups * digits / 2 <= (v->dwords ? 16 : 8);
}

/* Reads one view; stops before the line where the offsets begin again and leaves that in rest. */
static bool view_read(struct view *v, struct span *rest)
{
	struct span line, data, ahead = *rest, token;
	uint64_t label;
	size_t gap;

	while (words_line_next(&ahead, &line)) {
		struct span plain = words_header_skip(line);

		if (!label_split(plain, v->rows > 0, &label, &data)) {
			if (v->rows && is_continuation(v, plain))
				row_read(v, plain);
			else
				v->job.passed += plain.n && words_token_next(&plain, &token, &gap);
			*rest = ahead;
			continue;
		}
		if (v->rows && label <= v->label && label == v->first)
			break;
		if (v->rows)
			row_end(v, false);
		label_check(v, label);
		plain = data;
		if (v->job.n == 0 && words_token_next(&plain, &token, &gap))
			v->dwords = token.n != 2;
		v->row_start = v->job.n;
		v->rows++;
		row_read(v, data);
		*rest = ahead;
	}
	if (v->rows)
		row_end(v, true);
	if (v->job.n)
		words_settle(&v->job, v->dwords);
	return v->job.n > 0;
}

/* Vista's details pane shows "In Words" and then "In Bytes": a second view that agrees is a welcome check. */
bool words_view_read(struct words_job *job, struct span text)
{
	struct view v = { .job = *job };
	struct words unsaid = { 0 }, *out = job->out;
	struct view second = { .job = words_job_open(job->arena, &unsaid, text.n + 8) };
	struct span rest = text;

	while (!view_read(&v, &rest)) {
		if (!rest.n)
			return false;
		v = (struct view){ .job = *job };
	}
	if (!view_read(&second, &rest)) {
		/* nothing to compare with */
	} else if (second.job.n == v.job.n && memcmp(second.job.bytes, v.job.bytes, v.job.n) == 0) {
		words_note(out, job->arena, "a %s view of the same bytes follows and agrees",
			second.dwords ? "words" : "bytes");
	} else if (words_fits(second.job.bytes, second.job.n) && !words_fits(v.job.bytes, v.job.n)) {
		words_note(out, job->arena, "of two views that differ the second was decoded: it is whole");
		v = second;
	} else {
		words_note(out, job->arena, "of two views that differ the first was decoded");
	}
	if (rest.n)
		words_note(out, job->arena, "more views follow and were left out");
	for (size_t i = 0; v.job.out == &unsaid && i < unsaid.note_count && i < WORDS_NOTES; i++)
		words_note(out, job->arena, "%s", unsaid.notes[i]);
	v.job.out = out;
	*job = v.job;
	out->form = v.dwords ? "words view" : "bytes view";
	return true;
}
