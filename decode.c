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

static size_t widest(size_t least, const char *text)
{
	size_t n = strlen(text);

	return n > least ? n : least;
}

static void print_rows(const struct words_row *rows, size_t count)
{
	size_t raw = 5, name = 5, value = 5;

	for (size_t i = 0; i < count; i++) {
		/* Dump data may be long; the columns stay where the fixed fields need them. */
		raw = rows[i].size <= 8 ? widest(raw, rows[i].raw) : raw;
		name = widest(name, rows[i].name);
		value = rows[i].size <= 8 ? widest(value, rows[i].value) : value;
	}
	print_line("%-6s  %-*s  %-*s  %-*s  %s", "Offset", (int)raw, "Bytes", (int)name, "Field", (int)value,
		"Value", "Meaning");
	for (size_t i = 0; i < count; i++)
		print_line("0x%04zx  %-*s  %-*s  %-*s  %s", rows[i].offset, (int)raw, rows[i].raw, (int)name,
			rows[i].name, (int)value, rows[i].value, rows[i].meaning);
}

/* The answer in one line: which event, how severe, which status. */
static void print_summary(const struct words_row *rows, size_t count)
{
	const struct words_row *event = NULL, *severity = NULL, *status = NULL;

	for (size_t i = 0; i < count; i++) {
		event = strcmp(rows[i].key, "event_id") == 0 ? &rows[i] : event;
		severity = strcmp(rows[i].key, "severity") == 0 ? &rows[i] : severity;
		status = strcmp(rows[i].key, "final_status") == 0 ? &rows[i] : status;
	}
	if (event && event->held && severity && severity->held)
		print_line("Event %s%s%s, severity %s%s%s", event->value, *event->meaning ? ", " : "",
			event->meaning, severity->value, status && status->held ? ", status " : "",
			!status || !status->held ? ""
			: *status->meaning       ? status->meaning
						 : status->value);
}

int run_decode(const struct options *o, struct arena *a)
{
	struct span text = { "", 0 };
	struct words words;
	struct packet packet;
	struct words_row *rows;
	const char *check, *joined = "";
	size_t count;
	bool holds;
	struct err e;

	if (!o->paths.count || (o->paths.count == 1 && strcmp(o->paths.items[0], "-") == 0)) {
		if (os_is_terminal(0))
			return usage_error(
				"decode takes the data words, or - to read them from standard input");
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
	holds = words_check(&packet, words.qualifiers, words.event_id, a, &check);
	rows = words_rows(&packet, a, &count);
	print_line("Read as %s, %zu bytes.", words.form, words.n);
	print_line("Self-check %s: %s%s.", holds ? "holds" : "fails", check,
		words.event_id < 0 ? "; no EventID was pasted to compare ErrorCode with" : "");
	print_summary(rows, count);
	for (size_t i = 0; i < words.note_count && i < WORDS_NOTES; i++)
		print_line("Note: %s", words.notes[i]);
	putchar('\n');
	print_rows(rows, count);
	return EXIT_FINE;
}
