/* SPDX-License-Identifier: MIT
 * Shows what a parser sees in one file: who bid what, then records and notes as tab-separated lines. */
#include "commands.h"

#include "core/os.h"
#include "core/reader.h"
#include "core/text.h"
#include "parsers/foreign.h"
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

/* A bid of nothing is of interest only where nobody won. */
static void print_bid(const char *place, const struct bid *bid, int least)
{
	bool few = bid->height < BID_LEAST && bid->missing;

	if (bid->parser && bid->height >= least)
		print_line("# %s: %s bids %d%s%s", place, bid->parser->name, bid->height,
			few ? "; missing: " : "", few ? bid->missing : "");
}

/* Who bid, and what it is if nobody won. */
static void print_look(const struct look *look, const char *name, struct arena *a)
{
	int least = look->parser || look->foreign;

	print_bid("best bid", &look->best, least);
	print_bid("next", &look->second, least);
	if (look->foreign)
		print_line("# %s: %s; %s", look->foreign->name, look->foreign->about,
			foreign_advice(a, look->foreign, name));
	else if (!look->parser)
		print_line("# %s",
			look->empty || look->by_name ? foreign_why(a, look, name) : "no known format");
}

int run_dump(const struct options *o, struct arena *a)
{
	struct dump d = { .sink = { dump_record, dump_note, false } };
	struct look look;
	struct source source;
	struct os_file *file;
	struct reader *r;
	struct err e;
	struct page *page;
	int encoding, code;
	const char *path = o->paths.count == 1 ? o->paths.items[0] : NULL, *slash;

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
	look = foreign_look(r, source.name);
	print_look(&look, source.name, a);
	if (look.parser) {
		parser_run(look.parser, &source, r, &d.sink);
		print_line("# encoding: %s%s", reader_encoding(r), d.sink.cut ? "; the source is cut" : "");
		if (os_failed(file, &e) != 0) {
			say(path, 0, e.text);
			code = EXIT_INPUT;
		}
		code = d.sink.cut ? EXIT_INPUT : code;
	} else {
		code = EXIT_INPUT;
	}
	reader_close(r);
	os_close(file);
	page_close(page);
	return code;
}
