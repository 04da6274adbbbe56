/* SPDX-License-Identifier: MIT
 * Of several servers, which are worst, and which have their sections in the page? */
#include "reports/format.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* Computer names mean the same in either case; the exact bytes only break ties. */
static int by_name(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] && text_lower(a[i]) == text_lower(b[i]))
		i++;
	if (text_lower(a[i]) != text_lower(b[i]))
		return (unsigned char)text_lower(a[i]) < (unsigned char)text_lower(b[i]) ? -1 : 1;
	return strcmp(a, b);
}

static int worst_first(const void *a, const void *b)
{
	const struct server_report *x = *(const struct server_report *const *)a,
				   *y = *(const struct server_report *const *)b;
	int name;

	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	name = by_name(x->name, y->name);
	return name ? name : (x > y) - (x < y);
}

struct index index_of(struct arena *a, const struct report *r)
{
	struct index x = { .count = r->server_count };

	x.servers = arena_alloc(a, (r->server_count + 1) * sizeof(const struct server_report *));
	for (size_t i = 0; i < r->server_count; i++)
		x.servers[i] = &r->servers[i];
	if (x.count)
		qsort(x.servers, x.count, sizeof(const struct server_report *), worst_first);
	x.shown = x.count < SECTIONS_MOST ? x.count : SECTIONS_MOST;
	return x;
}

const struct table *index_table(struct report *holder, const struct index *x)
{
	static const struct field fields[] = {
		{ "server", "Server", T_TEXT, FOR_PEOPLE },
		{ "severity", "Severity", T_TEXT, FOR_PEOPLE },
		{ "confidence", "Confidence", T_TEXT, FOR_PEOPLE },
		{ "verdict", "Verdict", T_TEXT, FOR_PEOPLE },
	};
	struct table *t =
		table_new(holder, "servers", "Servers, worst first", TABLE_ROWS, fields, LEN(fields));

	for (size_t i = 0; i < x->count; i++) {
		const struct server_report *s = x->servers[i];

		table_add(t);
		table_text(t, "server", s->name);
		table_text(t, "severity", severity_name(s->severity));
		if (confidence_name(s->confidence))
			table_text(t, "confidence", confidence_name(s->confidence));
		else
			table_word(t, "confidence", "none stated");
		table_text(t, "verdict", server_headline(s));
	}
	return t;
}

const char *index_left_out(struct arena *a, const struct index *x)
{
	size_t left = x->count - x->shown, size = 160;
	char *text, *end;

	if (!left)
		return NULL;
	for (size_t i = x->shown; i < x->count; i++)
		size += strlen(words_short(a, x->servers[i]->name, NAME_MOST)) + 2;
	text = end = arena_alloc(a, size);
	end += strlen(strcpy(end,
		arena_printf(a,
			"Sections follow for the worst %zu of %zu servers. Left out here, and in " ALL_STAND_IN
			" all of them: ",
			x->shown, x->count)));
	for (size_t i = x->shown; i < x->count; i++) {
		end += strlen(strcpy(end, words_short(a, x->servers[i]->name, NAME_MOST)));
		end += strlen(strcpy(end, i + 1 < x->count ? ", " : "."));
	}
	return text;
}
