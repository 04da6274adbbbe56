/* SPDX-License-Identifier: MIT
 * Text on a page: harmless, rules linked to their words, moments and numbers kept with what belongs to them.
 */
#include "reports/html.h"

#include "core/text.h"

#include <string.h>

#define RULE_LENGTH 6          /* of "PT-V12" */
#define NO_BREAK    "\xC2\xA0" /* U+00A0 */

void html_text(struct html *h, const char *text)
{
	if (text)
		out_text(h->out, ESC_HTML, words_bound(h->arena, words_unbroken(h->arena, text)));
}

/* "PT-V12", as long as no letter or digit follows. */
static size_t rule_length(const char *at)
{
	size_t n = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-0123456789");

	return n == RULE_LENGTH && strncmp(at, "PT-", 3) == 0 ? n : 0;
}

/* Does the text look like this? A 0 stands for any digit. */
static bool looks_like(const char *at, const char *form)
{
	for (; *form; at++, form++)
		if (*form == '0' ? !text_is_digit(*at) : *at != *form)
			return false;
	return true;
}

/* "2009-10-14 21:30:09 UTC", its blanks being no-break spaces: browsers would break it at its hyphens. */
static size_t moment_length(const char *at)
{
	static const char *const rest[] = { (NO_BREAK "00:00"), ":00", (NO_BREAK "UTC") };
	size_t n = looks_like(at, "0000-00-00") ? 10 : 0;

	for (size_t i = 0; n && i < LEN(rest); i++)
		n += looks_like(at + n, rest[i]) ? strlen(rest[i]) : 0;
	return n;
}

/* What is more than text here: a rule that is linked to its words, a moment that stays on one line. 0:
 * nothing. */
static size_t special_length(struct html *h, struct span text, const char *at)
{
	bool inside = at > text.p && (text_is_digit(at[-1]) || text_is_letter(at[-1]));
	size_t rule = rule_length(at);

	if (rule && h->self && span_equal((struct span){ at, rule }, span_of(h->self)))
		return 0;
	return inside ? 0 : rule ? rule : moment_length(at);
}

static void put_special(struct html *h, struct span text)
{
	bool linked = text.p[0] == 'P' && html_link(h, arena_text(h->arena, text));

	if (text.p[0] != 'P')
		out_raw(h->out, "<span class=\"day\">");
	out_put(h->out, ESC_HTML, text);
	out_raw(h->out, linked ? "</a>" : text.p[0] == 'P' ? "" : "</span>");
}

void html_prose(struct html *h, const char *text)
{
	struct span all = span_of(words_bound(h->arena, words_unbroken(h->arena, text ? text : "")));
	const char *done = all.p, *end = all.p + all.n;

	for (const char *at = all.p; at < end; at++) {
		size_t n = *at == 'P' || text_is_digit(*at) ? special_length(h, all, at) : 0;

		if (!n)
			continue;
		out_put(h->out, ESC_HTML, (struct span){ done, (size_t)(at - done) });
		put_special(h, (struct span){ at, n });
		done = at + n;
		at = done - 1;
	}
	out_put(h->out, ESC_HTML, (struct span){ done, (size_t)(end - done) });
}
