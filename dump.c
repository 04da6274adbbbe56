/* SPDX-License-Identifier: MIT
 * Shows what a parser sees in one file: who bid what, then records and notes as tab-separated lines. */
#include "commands.h"

#include "core/os.h"
#include "core/reader.h"
#include "core/text.h"
#include "parsers/parser.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct dump {
	struct sink sink;
	bool headed[RECORD_KINDS];
};

static void put_value(enum type type, const struct value *v)
{
	char text[WHEN_TEXT];

	putchar('\t');
	if (!v->known)
		return;
	switch (type) {
	case T_TEXT:
	case T_NAME: put_visible(stdout, v->text); break;
	case T_BLOB:
		for (size_t i = 0; i < v->text.n; i++)
			printf("%02x", (unsigned)(unsigned char)v->text.p[i]);
		break;
	case T_TIME:
	case T_LOCAL:
		when_print(v->number, text);
		/* A local time is not UTC, whatever it is stored as. */
		printf("%.*s", (int)(strlen(text) - (type == T_LOCAL)), text);
		break;
	default: printf("%" PRId64, v->number);
	}
}

static void dump_record(struct sink *sink, const struct record *r)
{
	struct dump *d = (struct dump *)(void *)sink;
	const struct record_type *type = &record_types[r->kind];

	if (!d->headed[r->kind]) {
		d->headed[r->kind] = true;
		printf("#%s\tline", type->name);
		for (size_t i = 0; i < type->count; i++)
			printf("\t%s", type->columns[i].name);
		putchar('\n');
	}
	printf("%s\t%" PRIu64, type->name, r->line);
	for (size_t i = 0; i < type->count; i++)
		put_value(type->columns[i].type, &r->v[i]);
	putchar('\n');
}

static void dump_note(struct sink *sink, uint64_t line, const char *text)
{
	(void)sink;
	printf("note\t%" PRIu64 "\t", line);
	put_visible(stdout, span_of(text));
	putchar('\n');
}

static void print_bid(const char *place, const struct bid *bid)
{
	if (bid->parser)
		print_line("# %s: %s bids %d%s%s", place, bid->parser->name, bid->height,
			bid->missing ? "; missing: " : "", bid->missing ? bid->missing : "");
}

int run_dump(const struct options *o, struct arena *a)
{
	struct dump d = { .sink = { dump_record, dump_note, false } };
	struct bid best, second;
	struct source source;
	struct os_file *file;
	struct reader *r;
	struct err e;
	bool recognised;
	struct page *page;
	int encoding, code;
	const char *path = o->paths.count == 1 ? o->paths.items[0] : NULL, *slash;

	(void)a; /* verbs have one shape */
	if (!path)
		return usage_error("dump takes one FILE");
	code = encoding_told(o, &encoding, &page);
	if (code != EXIT_FINE)
		return code;
	file = os_open(path, &e);
	if (!file) {
		page_close(page);
		say(path, 0, e.text);
		return EXIT_NOTHING;
	}
	slash = strrchr(path, '/');
	source.name = slash ? slash + 1 : path;
	r = reader_open(os_read, file, encoding);
	reader_set_page(r, page);
	recognised = parser_choose(reader_head(r), &best, &second);
	print_bid("best bid", &best);
	/* Beside a winner, who bid nothing is of no interest; where nobody won, the nearest two are. */
	if (!recognised || second.height)
		print_bid("next", &second);
	if (recognised) {
		parser_run(best.parser, &source, r, &d.sink);
		print_line("# encoding: %s%s", reader_encoding(r), d.sink.cut ? "; the source is cut" : "");
		if (os_failed(file, &e) != 0) {
			say(path, 0, e.text);
			code = EXIT_INPUT;
		}
		code = d.sink.cut ? EXIT_INPUT : code;
	} else {
		puts("# no known format");
		code = EXIT_INPUT;
	}
	reader_close(r);
	os_close(file);
	page_close(page);
	return code;
}
