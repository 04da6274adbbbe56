/* SPDX-License-Identifier: MIT
 * The one fuzz target, for libFuzzer and for tests/unit_fuzz_replay.c: the first byte says what reads the
 * rest (a parser, the data words, times, lines) and in what pieces it comes; whatever is stated must be
 * sound, and the same in any pieces. */
#include "tests/fuzz/fuzz.h"
#include "analysis/words.h"
#include "core/text.h"
#include "core/when.h"
#include "parsers/parser.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef FUZZ_REPLAY
#define BROKEN(what) fuzz_broken(what)
#else
#define BROKEN(what) (fprintf(stderr, "broken: %s\n", what), abort())
#endif
#define MUST(condition) ((condition) ? (void)0 : BROKEN(#condition))

/* ---- what is stated ---- */

struct stated {
	struct sink sink; /* first: it is cast back */
	uint64_t hash;    /* of everything, in its order */
	size_t lines_most;
	bool snapshot; /* a SNAPSHOT came, so POOL may */
};

static void hash_bytes(struct stated *s, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++)
		s->hash = (s->hash ^ p[i]) * 0x100000001B3u;
	s->hash = (s->hash ^ n) * 0x100000001B3u;
}

static void see_value(struct stated *s, const struct column *column, const struct value *v)
{
	switch (column->type) {
	case T_TEXT:
	case T_NAME:
		MUST(text_is_utf8(v->text));
		hash_bytes(s, v->text.p, v->text.n);
		break;
	case T_BLOB: hash_bytes(s, v->text.p, v->text.n); break;
	case T_TIME:
	case T_LOCAL:
		/* Local times are a day beyond either end at most, what is printed of them has four digits
		 * for the year. */
		MUST(v->number >= when_civil(1601, 1, 1, 0, 0, 0, 0) - WHEN_DAY);
		MUST(v->number <= when_civil(9999, 12, 31, 23, 59, 59, 0) + WHEN_DAY);
		hash_bytes(s, &v->number, sizeof v->number);
		break;
	default: hash_bytes(s, &v->number, sizeof v->number);
	}
}

static void see_record(struct sink *sink, const struct record *r)
{
	struct stated *s = (struct stated *)(void *)sink;
	const struct record_type *type;

	MUST((int)r->kind >= 0 && r->kind < RECORD_KINDS);
	MUST(r->line >= 1 && r->line <= s->lines_most);
	type = &record_types[r->kind];
	for (size_t i = 0; i < RECORD_COLS; i++) {
		MUST(i < type->count || !r->v[i].known);
		if (r->v[i].known)
			see_value(s, &type->columns[i], &r->v[i]);
	}
	hash_bytes(s, &r->line, sizeof r->line);
	s->snapshot |= r->kind == RECORD_SNAPSHOT;
	if (r->kind == RECORD_POOL) {
		struct span pool = r->v[POOL_POOL].text;

		MUST(s->snapshot);
		MUST(r->v[POOL_TAG].known && r->v[POOL_TAG].text.n >= 4);
		MUST(span_equal(pool, SPAN("paged")) || span_equal(pool, SPAN("nonpaged")));
		MUST(r->v[POOL_BYTES].known);
	}
	if (r->kind == RECORD_EVENT) {
		MUST(r->v[EVENT_EVENT_ID].known && r->v[EVENT_EVENT_ID].number >= 0 &&
			r->v[EVENT_EVENT_ID].number <= 65535);
		MUST(!r->v[EVENT_QUALIFIERS].known ||
			(r->v[EVENT_QUALIFIERS].number >= 0 && r->v[EVENT_QUALIFIERS].number <= 65535));
	}
	if (r->kind == RECORD_REGISTRY)
		MUST(r->v[REGISTRY_KEY].known && r->v[REGISTRY_NAME].known);
	if (r->kind == RECORD_HOST)
		MUST(r->v[HOST_NAME].known && r->v[HOST_NAME].text.n);
}

static void see_note(struct sink *sink, uint64_t line, const char *text)
{
	struct stated *s = (struct stated *)(void *)sink;

	MUST(*text && text_is_utf8(span_of(text)));
	MUST(line <= s->lines_most);
	hash_bytes(s, text, strlen(text));
	hash_bytes(s, &line, sizeof line);
}

/* ---- in pieces ---- */

struct pieces {
	struct span rest;
	size_t step;
};

static long fill(void *from, char *buffer, size_t size)
{
	struct pieces *p = from;
	struct span now = text_head(text_head(p->rest, p->step), size);

	if (now.n)
		memcpy(buffer, now.p, now.n);
	p->rest = text_tail(p->rest, now.n);
	return (long)now.n;
}

static uint64_t parse(const struct parser *parser, struct span bytes, size_t step)
{
	static const struct source source = { "bundle/FS03_Poolmon_2010-03-04_0930.txt" };
	struct stated s = { .sink = { see_record, see_note, false }, .lines_most = bytes.n + 1 };
	struct pieces pieces = { bytes, step };
	struct reader *r = reader_open(fill, &pieces, -1);
	const char *missing = NULL;
	int bid = parser->probe(reader_head(r), &missing);

	MUST(bid >= 0 && bid <= 100);
	MUST(bid >= BID_LEAST || missing);
	hash_bytes(&s, &bid, sizeof bid);
	parser_run(parser, &source, r, &s.sink);
	MUST(!pieces.rest.n);
	hash_bytes(&s, &s.sink.cut, sizeof s.sink.cut);
	reader_close(r);
	return s.hash;
}

static uint64_t lines(struct span bytes, size_t step)
{
	struct stated s = { .hash = 1 };
	struct pieces pieces = { bytes, step };
	struct reader *r = reader_open(fill, &pieces, -1);
	struct span line;
	uint64_t last = 0;

	while (reader_line(r, &line)) {
		uint64_t number = reader_line_number(r);

		MUST(text_is_utf8(line));
		/* Windows-1252 may triple it on its way to UTF-8. */
		MUST(line.n <= 3 * READER_LINE_MAX);
		MUST(!line.n || !memchr(line.p, '\n', line.n));
		MUST(number == last + 1);
		last = number;
		hash_bytes(&s, line.p, line.n);
	}
	MUST(!pieces.rest.n);
	last = reader_damage(r).bad_units + reader_damage(r).lines_page + reader_damage(r).switches;
	hash_bytes(&s, &last, sizeof last);
	reader_close(r);
	return s.hash;
}

/* By windows there is nothing but the bytes. */
static uint64_t windows(struct span bytes, size_t step)
{
	struct stated s = { .hash = 1 };
	struct pieces pieces = { bytes, step };
	struct reader *r = reader_open(fill, &pieces, -1);
	uint64_t n = 0;

	do {
		struct span w = reader_window(r);

		for (size_t i = 0; i < w.n; i++)
			s.hash = (s.hash ^ (unsigned char)w.p[i]) * 0x100000001B3u;
		n += w.n;
		reader_take(r, w.n);
	} while (reader_more(r));
	MUST(!pieces.rest.n);
	n += reader_line_number(r) << 32;
	hash_bytes(&s, &n, sizeof n);
	reader_close(r);
	return s.hash;
}

/* ---- data words, times ---- */

static void see_text(const char *text)
{
	MUST(text != NULL);
	MUST(text_is_utf8(span_of(text)));
}

static void see_words(struct span text)
{
	struct arena *a = arena_open();
	struct words words;
	struct packet packet;
	struct err e = { "" };
	const char *check = NULL;
	size_t count = 0;

	if (words_read(text, a, &words, &e) != 0) {
		MUST(*e.text);
		arena_close(a);
		return;
	}
	MUST(words.n > 0 && words.n <= WORDS_TEXT_MAX);
	see_text(words.form);
	for (size_t i = 0; i < words.note_count && i < WORDS_NOTES; i++)
		see_text(words.notes[i]);
	words_decode(words.bytes, words.n, &packet);
	MUST(!packet.dump_n ||
		(packet.dump >= words.bytes && packet.dump + packet.dump_n <= words.bytes + words.n));
	words_check(&packet, -1, -1, a, &check);
	see_text(check);
	words_check(&packet, 49152, 2020, a, &check);
	see_text(check);
	/* A row for each dword: a paste of megabytes would only be slow. */
	if (words.n <= 4096) {
		struct words_row *rows = words_rows(&packet, a, &count);

		for (size_t i = 0; i < count; i++) {
			see_text(rows[i].raw);
			see_text(rows[i].key);
			see_text(rows[i].name);
			see_text(rows[i].value);
			see_text(rows[i].meaning);
		}
	}
	arena_close(a);
}

static void see_time(struct span text)
{
	enum when_zone zone;
	when_us t, again;
	char printed[WHEN_TEXT];

	if (!when_iso(text, &t, &zone))
		return;
	when_print(t, printed);
	MUST(when_iso(span_of(printed), &again, &zone));
	MUST(again == t && zone == WHEN_UTC);
}

/* ---- the target ---- */

enum { WORDS, TIME, LINES, WINDOWS, OTHERS };

size_t fuzz_modes(void)
{
	return parsers_count + OTHERS;
}

const char *fuzz_mode_name(size_t mode)
{
	static const char *const others[OTHERS] = { "words", "time", "lines", "windows" };

	return mode < parsers_count ? parsers[mode]->name : others[mode - parsers_count];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t steps[] = { 1, 3, 509, 4096 };
	size_t mode, step;
	struct span bytes;

	if (!size)
		return 0;
	mode = data[0] % fuzz_modes();
	step = steps[data[0] / fuzz_modes() % LEN(steps)];
	bytes = (struct span){ (const char *)data + 1, size - 1 };
	if (mode < parsers_count)
		MUST(parse(parsers[mode], bytes, SIZE_MAX) == parse(parsers[mode], bytes, step));
	else if (mode == parsers_count + WORDS)
		see_words(bytes);
	else if (mode == parsers_count + TIME)
		see_time(bytes);
	else if (mode == parsers_count + LINES)
		MUST(lines(bytes, SIZE_MAX) == lines(bytes, step));
	else
		MUST(windows(bytes, SIZE_MAX) == windows(bytes, step));
	return 0;
}
