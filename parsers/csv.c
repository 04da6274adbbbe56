/* SPDX-License-Identifier: MIT
 * Cells of one line: quoted with doubled quotes inside, or bare up to the next separator. */
#include "parsers/csv.h"

#include <string.h>

#include "core/text.h"

char csv_separator(struct span line)
{
	bool quoted = false;
	for (size_t i = 0; i < line.n; i++) {
		quoted ^= line.p[i] == '"';
		if (!quoted && (line.p[i] == ',' || line.p[i] == ';' || line.p[i] == '\t'))
			return line.p[i];
	}
	return ',';
}

void csv_begin(struct csv *csv, struct span line, char separator)
{
	*csv = (struct csv){ .rest = line, .separator = separator, .more = true };
}

/* Behind the quote that ends a cell, which began behind its first one; rest.n + 1 when it has no end. */
static size_t quoted_end(struct span rest, bool *doubled)
{
	size_t i = 1;
	*doubled = false;
	for (; i < rest.n; i++) {
		if (rest.p[i] != '"')
			continue;
		if (i + 1 == rest.n || rest.p[i + 1] != '"')
			return i + 1;
		*doubled = true;
		i++;
	}
	return rest.n + 1;
}

static struct span undoubled(struct csv *csv, struct span cell)
{
	size_t n = 0;
	for (size_t i = 0; i < cell.n && n < sizeof csv->text; i++) {
		csv->text[n++] = cell.p[i];
		i += cell.p[i] == '"';
	}
	while (n && !text_is_utf8((struct span){ csv->text, n })) /* half a character, where the room ended */
		n--;
	return (struct span){ csv->text, n };
}

bool csv_next(struct csv *csv, struct span *cell)
{
	const char *end;
	size_t n = 0;
	bool doubled = false;
	if (!csv->more)
		return false;
	if (csv->rest.n && csv->rest.p[0] == '"') {
		n = quoted_end(csv->rest, &doubled);
		csv->open = n > csv->rest.n;
		*cell = (struct span){ csv->rest.p + 1, n - 2 };
	}
	/* "a"b is no quoted cell: what is there is given as it is */
	if (!n || (n < csv->rest.n && csv->rest.p[n] != csv->separator)) {
		end = csv->rest.n ? memchr(csv->rest.p, csv->separator, csv->rest.n) : NULL;
		n = end ? (size_t)(end - csv->rest.p) : csv->rest.n;
		*cell = text_head(csv->rest, n);
	} else if (doubled) {
		*cell = undoubled(csv, *cell);
	}
	csv->more = n < csv->rest.n;
	csv->rest = text_tail(csv->rest, n + 1);
	return true;
}
