/* SPDX-License-Identifier: MIT
 * Says what pasted data words mean, field by field. */
#include "commands.h"

#include "analysis/words.h"
#include "core/os.h"

#include <stdio.h>
#include <string.h>

static int read_stdin(struct arena *a, struct span *text, struct err *e)
{
	struct os_file *file = os_open("-", e);
	char *all;
	size_t n = 0;
	long got;

	if (!file)
		return -1;
	all = arena_alloc(a, WORDS_TEXT_MAX + 1);
	while (n <= WORDS_TEXT_MAX && (got = os_read(file, all + n, WORDS_TEXT_MAX + 1 - n)) > 0)
		n += (size_t)got;
	*text = (struct span){ all, n };
	os_close(file);
	return 0;
}

static void print_rows(const struct words_row *rows, size_t count)
{
	print_line("%-6s  %-23s  %-18s  %-12s  %s", "Offset", "Bytes", "Field", "Value", "Meaning");
	for (size_t i = 0; i < count; i++)
		print_line("0x%04zx  %-23s  %-18s  %-12s  %s", rows[i].offset, rows[i].raw, rows[i].name, rows[i].value, rows[i].meaning);
}

int run_decode(const struct options *o, struct arena *a)
{
	struct span text = { "", 0 };
	struct words words;
	struct packet packet;
	struct words_row *rows;
	const char *check, *joined = "";
	size_t count;
	struct err e;

	if (!o->paths.count || (o->paths.count == 1 && strcmp(o->paths.items[0], "-") == 0)) {
		if (os_is_terminal(0))
			return usage_error("decode takes the data words, or - to read them from standard input");
		if (read_stdin(a, &text, &e) != 0) {
			say(NULL, 0, e.text);
			return EXIT_NOTHING;
		}
	} else {
		for (size_t i = 0; i < o->paths.count; i++)
			joined = arena_printf(a, "%s%s%s", joined, i ? " " : "", o->paths.items[i]);
		text = span_of(joined);
	}
	if (words_read(text, a, &words, &e) != 0) {
		say(NULL, 0, e.text);
		return EXIT_NOTHING;
	}
	words_decode(words.bytes, words.n, &packet);
	words_check(&packet, -1, -1, a, &check);
	rows = words_rows(&packet, a, &count);
	print_line("Read as %s, %zu bytes. %s", words.form, words.n, check);
	for (size_t i = 0; i < words.note_count && i < WORDS_NOTES; i++)
		print_line("Note: %s", words.notes[i]);
	putchar('\n');
	print_rows(rows, count);
	return EXIT_FINE;
}
