/* SPDX-License-Identifier: MIT
 * What does one row of a words view or a bytes view hold, without its offset? Sources: the rows printed in
 * KB312362 and KB2885205 (words), KB244780, Q108256 and Q142617 (bytes). */
#include "analysis/words_parts.h"

#define ROW_BYTES 8  /* of the event viewer */
#define WIDE_ROW  16 /* of other tools */
#define BAD_WORD  "word %zu has %zu digits instead of 8: it and what follows were left out"
#define NO_GUTTER 12 /* eight characters of text never look like so many more groups */

static bool all_hex(struct span rest)
{
	struct span token;
	size_t gap;

	while (words_token_next(&rest, &token, &gap)) {
		if (!words_is_hex(token))
			return false;
	}
	return true;
}

/* What follows the words: nothing, a last word cut or partial, or a comment ("-> 75 Tree Connect and X"). */
static void dwords_rest(struct words_job *job, struct span token, struct span after)
{
	struct span more = after, next;
	size_t gap;
	bool alone = !words_token_next(&more, &next, &gap);

	if (!token.n)
		return;
	if (job->partial.n && words_is_hex(token)) { /* then the partial word was not the last */
		words_stop(job, BAD_WORD, job->n / 4 + 1, job->partial.n);
		job->partial.n = 0;
	} else if (words_is_hex(token) && token.n < 8 && alone) {
		job->partial = token;
	} else if (words_is_hex(token) && all_hex(after)) {
		words_stop(job, BAD_WORD, job->n / 4 + 1, token.n);
	} else {
		job->comments++;
	}
}

void words_row_dwords(struct words_job *job, struct span row)
{
	struct span token, rest = row;
	size_t gap;

	if (job->over)
		return;
	while (words_token_next(&rest, &token, &gap) && words_is_hex(token) && token.n % 8 == 0 &&
		!job->partial.n) {
		for (size_t i = 0; i < token.n; i += 8)
			words_put(job, words_number((struct span){ token.p + i, 8 }, 16), 4);
	}
	dwords_rest(job, token, rest);
}

struct groups {
	size_t all;       /* two-digit groups at the start of the row */
	size_t near;      /* those before a gap wider than the first one between groups */
	bool wide;        /* there is such a gap before or after the last group */
	struct span next; /* what follows the groups, empty at the end of the row */
};

static struct groups groups_count(struct span row)
{
	struct groups g = { 0 };
	size_t gap, first = 0;

	while (words_token_next(&row, &g.next, &gap)) {
		if (g.all == 1)
			first = gap;
		g.wide |= g.all > 0 && gap > first;
		if (g.next.n != 2 || !words_is_hex(g.next))
			break;
		g.all++;
		g.near += !g.wide;
	}
	return g;
}

/* The text beside the bytes is ANSI and may look like hex ("A", "D": Q108256), so a row ends after eight
 * groups, at a wider gap, or at what is no group, whichever comes first. */
void words_row_bytes(struct words_job *job, struct span row, bool labelled)
{
	struct groups g = groups_count(row);
	size_t take, gap;
	struct span token;

	if (job->over)
		return;
	if (g.all >= NO_GUTTER)
		take = labelled && g.all > WIDE_ROW ? WIDE_ROW : g.all;
	else if (!labelled && !g.wide && !g.next.n)
		take = g.all;
	else
		take = g.near < ROW_BYTES ? g.near : ROW_BYTES;
	for (size_t i = 0; i < take && words_token_next(&row, &token, &gap); i++)
		words_put(job, words_number(token, 16), 1);
	job->last = take;
	job->vague = !g.wide && (labelled || g.next.n);
	if (take < ROW_BYTES && !g.wide && g.next.n == 1 && words_is_hex(g.next))
		words_note(job->out, job->arena, "a single digit after byte %zu was left out", job->n);
}
