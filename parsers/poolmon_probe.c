/* SPDX-License-Identifier: MIT
 * How sure is it that a text is of poolmon, and what is missing where it only looks so? */
#include "core/text.h"
#include "parsers/parser.h"
#include "parsers/poolmon.h"

/* Of the lines of a head, how many are of each kind? */
struct marks {
	size_t columns, rows, runs, summaries;
	size_t unsound, broken, memory, half_columns;
};

static void mark_line(struct poolmon_reader *lines, struct span line, struct marks *m)
{
	struct poolmon_row row;
	bool sound;

	switch (poolmon_line(lines, line, 1)) {
	case POOLMON_COLUMNS: m->columns++; break;
	case POOLMON_MEMORY: m->memory++; break;
	case POOLMON_COMMIT: m->summaries++; break;
	case POOLMON_NO_FILE:
	case POOLMON_NO_TAGS: m->runs++; break;
	case POOLMON_BROKEN: m->broken++; break;
	case POOLMON_ROW:
	case POOLMON_LOOSE:
		sound = poolmon_row_read(lines, &row) == POOLMON_SOUND;
		m->rows += sound;
		m->unsound += !sound;
		break;
	default: m->half_columns += text_starts(text_trim(line), "Tag  Type "); break;
	}
}

/* What comes near a table, and what it would take. */
static int bid_near(const struct marks *m, const char **missing)
{
	if (m->half_columns) {
		*missing = "the rest of the column line (Tag Type Allocs Frees Diff Bytes Per Alloc)";
		return 25;
	}
	if (m->rows) {
		*missing = "a column line, or a third row whose numbers agree";
		return 25;
	}
	if (m->memory) {
		*missing = "what follows the Memory line: Commit, column line, rows";
		return 20;
	}
	if (m->unsound || m->broken) {
		*missing = "a column line, or whole rows whose numbers agree (Diff = Allocs - Frees)";
		return 15;
	}
	*missing = "the column line of poolmon (Tag Type Allocs Frees Diff Bytes Per Alloc)";
	return 0;
}

/* Stops when the answer is plain. */
int poolmon_probe(struct span head, const char **missing)
{
	static const char *const words[] = { "Allocs", "Paged", "Nonp", "oolmon", "oolMon", "pooltags",
		"Pool N:", "Krnl:", "Tag  Type " };
	struct marks m = { 0 };
	struct span line;
	size_t i;

	for (i = 0; i < LEN(words) && !text_find(head, words[i]); i++)
		;
	*missing = NULL;
	if (i == LEN(words))
		return bid_near(&m, missing);
	struct poolmon_reader *lines = poolmon_open(NULL);
	while (!(m.columns && m.rows) && text_cut(&head, '\n', &line)) {
		while (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		mark_line(lines, poolmon_unquoted(line), &m);
	}
	poolmon_close(lines);
	if (m.columns)
		return m.rows ? 95 : 90;
	if (m.rows >= POOLMON_TRUST)
		return 75;
	if (m.runs || m.summaries)
		return m.runs ? 70 : 50;
	return bid_near(&m, missing);
}
