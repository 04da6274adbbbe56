/* SPDX-License-Identifier: MIT
 * Lets every parser bid on a source's first bytes, and runs the one that won. */
#include "parsers/parser.h"
#include "parsers/xml.h"

#include <inttypes.h>
#include <string.h>

#define PARSER(x) extern const struct parser parser_##x;
#include "parsers/all.h"
#undef PARSER

#define PARSER(x) &parser_##x,
const struct parser *const parsers[] = {
#include "parsers/all.h"
};
#undef PARSER
const size_t parsers_count = LEN(parsers);

const struct parser *parser_find(struct span name)
{
	for (size_t i = 0; i < parsers_count; i++)
		if (span_equal(name, span_of(parsers[i]->name)))
			return parsers[i];
	return NULL;
}

/* What most files are meant to be: where nobody bids, what these miss says what is wanted. */
static int expected(const struct parser *p)
{
	return p == &parser_events ? 2 : p == &parser_poolmon ? 1 : 0;
}

/* By name among equals: the order of the list means nothing. */
static bool bid_before(const struct bid *a, const struct bid *b)
{
	if (!b->parser || a->height != b->height)
		return !b->parser || a->height > b->height;
	if (a->height == 0 && expected(a->parser) != expected(b->parser))
		return expected(a->parser) > expected(b->parser);
	return strcmp(a->parser->name, b->parser->name) < 0;
}

bool parser_choose(struct span head, struct bid *best, struct bid *second)
{
	*best = *second = (struct bid){ 0 };
	for (size_t i = 0; i < parsers_count; i++) {
		struct bid bid = { .parser = parsers[i] };

		bid.height = parsers[i]->probe(head, &bid.missing);
		if (bid_before(&bid, best)) {
			*second = *best;
			*best = bid;
		} else if (bid_before(&bid, second)) {
			*second = bid;
		}
	}
	return best->parser && best->height >= BID_LEAST &&
	       !(second->parser && second->height == best->height);
}

static const char *lacks(struct arena *a, const struct bid *b)
{
	return arena_printf(
		a, "%s, missing: %s", b->parser->name, b->missing ? b->missing : "its first lines");
}

const char *parser_nearest(struct arena *a, const struct bid *best, const struct bid *second)
{
	if (best->height >= BID_LEAST)
		return arena_printf(a, "no known format for sure: %s and %s both bid %d; listed, not read",
			best->parser->name, second->parser->name, best->height);
	return arena_printf(a, "no known format (nearest: %s; next: %s); listed, not read", lacks(a, best),
		lacks(a, second));
}

/* What was odd about the bytes, once for each kind: the facts were read all the same. */
static void note_damage(const struct reader_damage *d, const struct page *page, struct sink *sink)
{
	if (d->failed)
		sink_note(sink, 0, "reading stopped before the end; what came before was kept");
	if (d->bad_units)
		sink_note(sink, 0,
			"%" PRIu64 " units are no UTF-16 (a cut last byte or half a pair); read as U+FFFD",
			d->bad_units);
	if (d->lines_page)
		sink_note(sink, 0, "%" PRIu64 " lines are not valid UTF-8; read as %s", d->lines_page,
			page_name(page));
	if (d->bad_bytes)
		sink_note(sink, 0, "%" PRIu64 " bytes are neither UTF-8 nor characters of %s; read as U+FFFD",
			d->bad_bytes, page_name(page));
	if (d->lines_cut)
		sink_note(sink, d->first_cut_line,
			"%" PRIu64 " lines are longer than %zu bytes; the rest of each was skipped",
			d->lines_cut, d->line_most);
	if (d->nul_lines)
		sink_note(sink, d->first_nul_line, "%" PRIu64 " lines hold NUL bytes; read on past them",
			d->nul_lines);
	if (d->switches)
		sink_note(sink, 0,
			"the encoding changes %" PRIu64
			" times between UTF-16 and 8-bit; each part read in its own",
			d->switches);
}

void parsers_start(void)
{
	xml_start();
}

void parser_run(const struct parser *p, const struct source *source, struct reader *r, struct sink *sink)
{
	p->parse(source, r, sink);
	/* A parser may stop early; the rest is read all the same, for its digest. */
	do
		reader_take(r, reader_window(r).n);
	while (reader_more(r));
	struct reader_damage damage = reader_damage(r);

	note_damage(&damage, reader_page(r), sink);
	sink->cut |= damage.odd_end;
}
