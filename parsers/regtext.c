/* SPDX-License-Identifier: MIT
 * Reads regedit's text export ("Save as type: Text Files"), which alone says when a key was last written.
 * English labels only. The layout is as the tool writes it; no published description is known. */
#include "parsers/lines.h"
#include "parsers/parser.h"
#include "parsers/registry.h"
#include "parsers/stamp.h"

#include "core/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define KEY_LABEL     "Key Name:"
#define CLASS_LABEL   "Class Name:"
#define WRITTEN_LABEL "Last Write Time:"

/* Longer than any locale writes a date and a time. */
#define WRITTEN_MAX 80
/* One byte more than is kept: enough for the registry to see that it was cut. */
#define JOINED_MAX  (REGISTRY_TEXT_MAX + 1)

/* What the next line may be. */
enum at {
	AT_NOTHING, /* a key or a value */
	AT_HEADING, /* Class Name, Last Write Time */
	AT_WRITTEN, /* anything, which proves that the time before it is complete */
	AT_NAME,    /* Name, Type, Data of the value begun */
	AT_TYPE,
	AT_DATA,
	AT_MORE, /* the data go on, or something else proves them complete */
};

struct regtext {
	struct sink *sink;
	struct registry *registry;
	struct stamps *stamps;
	struct arena *arena; /* of the current key's name or value */
	enum at at;
	bool keyed;      /* values that follow have a key, known or not */
	uint64_t values; /* the number of the key's next value */
	struct registry_value value;
	char text[JOINED_MAX];
	size_t text_n;
	char written[WRITTEN_MAX];
	size_t written_n;
	uint64_t line; /* of what is begun */
	struct unread unread, dumps, gaps, bare;
};

/* "  Type:            REG_DWORD"; a copy in a mail may have lost blanks. */
static bool labelled(struct span line, const char *label, struct span *text)
{
	if (!text_starts(line, label))
		return false;
	*text = text_trim(text_tail(line, strlen(label)));
	return true;
}

static bool value_number(struct span line, uint64_t *number)
{
	struct span text;

	return labelled(line, "Value ", &text) && text_uint_base(text, 10, number);
}

/* "00000000   3c 00 00 00 - 01 02 ..." */
static bool is_dump(struct span line)
{
	uint64_t offset;

	return line.n >= 8 && text_uint_base(text_head(line, 8), 16, &offset) &&
	       (line.n == 8 || text_is_blank(line.p[8]));
}

/* ---- values ---- */

/* Keys that are not known are followed as well, so that a cut inside one is seen, but nothing is kept. */
static bool keeps(const struct regtext *t)
{
	return registry_keeps(t->registry);
}

static void value_join(struct regtext *t, struct span piece)
{
	piece = text_head(piece, keeps(t) ? JOINED_MAX - t->text_n : 0);
	memcpy(t->text + t->text_n, piece.p, piece.n);
	t->text_n += piece.n;
}

static void value_state(struct regtext *t)
{
	t->value.text = (struct span){ t->text, t->text_n };
	/* Zero is the one number without 0x. A 64-bit number may come as a dump. */
	if (span_equal(t->value.type, SPAN("REG_DWORD")) && span_equal(t->value.text, SPAN("0")))
		t->value.text = SPAN("0x0");
	if (t->text_n || !span_equal(t->value.type, SPAN("REG_QWORD")))
		registry_hex(&t->value, t->sink, "regedit's text export");
	registry_value(t->registry, &t->value);
}

/* Is a value open that has none yet? Then this is a part of its key. */
static bool lacks_data(struct regtext *t)
{
	bool lacks = t->at >= AT_NAME && t->at <= AT_DATA && keeps(t);

	if (lacks)
		registry_partial(t->registry);
	return lacks;
}

/* What is open is complete, for another line follows. */
static void written_state(struct regtext *t)
{
	struct registry_written w = { t->line, { t->written, t->written_n }, WHEN_NONE, WHEN_NONE, "" };
	struct stamp stamp;

	/* What reads a part of it only, say not the local word for the afternoon, reads it wrong. */
	if (stamp_line(t->stamps, w.text, &stamp) == STAMP_WHOLE && span_equal(stamp.text, w.text) &&
		!stamp.zoned) {
		w.local = stamp.local;
		w.other = stamp.other;
		w.order = stamp.order;
	}
	stamp_forget(t->stamps);
	registry_written(t->registry, &w);
}

static void finish(struct regtext *t)
{
	if (t->at == AT_WRITTEN)
		written_state(t);
	else if (t->at == AT_MORE && keeps(t))
		value_state(t);
	else if (lacks_data(t))
		unread_add(&t->bare, t->line);
	t->at = AT_NOTHING;
}

/* The last line of a source may be cut: "Data: 0x3" of 0x3c, "3:0" of 3:02 PM. */
static void finish_source(struct regtext *t)
{
	t->sink->cut |= t->at != AT_NOTHING;
	if (t->at == AT_WRITTEN && keeps(t)) {
		sink_note(t->sink, t->line,
			"the source ends in this line; when the key was last written was not taken");
	} else if (t->at == AT_MORE && keeps(t)) {
		registry_partial(t->registry);
		sink_note(t->sink, t->value.line,
			"the source ends inside this value; the value was kept as text of no type");
		t->value.type = SPAN(REGISTRY_INVALID);
		value_state(t);
	} else if (lacks_data(t)) {
		sink_note(t->sink, t->line, "the source ends inside this value; the value was not taken");
	}
}

/* ---- lines ---- */

static void key_line(struct regtext *t, uint64_t number, struct span path)
{
	finish(t);
	arena_reset(t->arena);
	/* A listing may leave the root out. SYSTEM is in one of them only. */
	if (text_starts_nocase(path, "SYSTEM\\"))
		path = span_of(arena_printf(t->arena, "HKEY_LOCAL_MACHINE\\%.*s", (int)path.n, path.p));
	registry_key(t->registry, number, path);
	t->keyed = true;
	t->values = 0;
	t->at = AT_HEADING;
}

static void written_line(struct regtext *t, uint64_t number, struct span text)
{
	if (!text.n || text.n > sizeof t->written) {
		t->at = AT_NOTHING;
		unread_add(&t->unread, number);
		return;
	}
	memcpy(t->written, text.p, text.n);
	t->written_n = text.n;
	t->line = number;
	t->at = AT_WRITTEN;
}

static void value_line(struct regtext *t, uint64_t line, uint64_t number)
{
	finish(t);
	arena_reset(t->arena);
	if (!keeps(t)) {
		registry_skip(t->registry);
	} else if (number != t->values) {
		registry_partial(t->registry);
		unread_add(&t->gaps, line);
	}
	t->values = number + 1;
	t->value = (struct registry_value){ .line = line };
	t->text_n = 0;
	t->line = line;
	t->at = AT_NAME;
}

/* True when the line is the part of the value that should come now. */
static bool part_line(struct regtext *t, uint64_t number, struct span line)
{
	struct span text;

	if (t->at == AT_NAME && labelled(line, "Name:", &text)) {
		/* what regedit writes for the default value */
		if (!span_equal(text, SPAN("<NO NAME>")))
			t->value.name = arena_span(t->arena, text);
		t->at = AT_TYPE;
	} else if (t->at == AT_TYPE && labelled(line, "Type:", &text)) {
		t->value.type = arena_span(t->arena, text);
		t->at = AT_DATA;
	} else if (t->at == AT_DATA && labelled(line, "Data:", &text)) {
		t->value.line = number;
		value_join(t, text);
		t->at = AT_MORE;
	} else {
		return false;
	}
	return true;
}

/* Strings may hold line ends, or are lists; other data come as dumps. */
static void more_line(struct regtext *t, uint64_t number, struct span line)
{
	bool more = t->at == AT_MORE && text_ends_nocase(t->value.type, "_SZ");

	if (is_dump(line) && !(more && t->text_n)) {
		unread_add(&t->dumps, number);
	} else if (more) {
		value_join(t, SPAN("\n"));
		value_join(t, line);
	} else {
		if (t->at == AT_MORE)
			finish(t);
		unread_add(&t->unread, number);
	}
}

static void any_line(struct regtext *t, uint64_t number, struct span line)
{
	struct span text;
	uint64_t n;

	/* A line of blanks may be the start of one that was cut. */
	if (t->at == AT_WRITTEN || (t->at == AT_MORE && !line.n))
		finish(t);
	line = text_trim(line);
	if (!line.n)
		return;
	if (labelled(line, KEY_LABEL, &text) && text.n)
		key_line(t, number, text);
	else if (t->at == AT_HEADING && labelled(line, CLASS_LABEL, &text))
		return;
	else if (t->at == AT_HEADING && labelled(line, WRITTEN_LABEL, &text))
		written_line(t, number, text);
	else if (t->keyed && value_number(line, &n))
		value_line(t, number, n);
	else if (!part_line(t, number, line) && (keeps(t) || !t->keyed))
		more_line(t, number, line);
}

/* ---- which sources ---- */

/* "Schlüsselname:  HKEY_LOCAL_MACHINE\…": the same in another language? */
static bool is_other_label(struct span line, const char *what)
{
	struct span label;

	return text_cut(&line, ':', &label) && label.n && text_starts(text_trim(line), what);
}

/* 25: the same in another language; 15: values without a key. */
static int probe(struct span head, const char **missing)
{
	struct span line, text;
	bool key = false, other = false;
	int best = 0;

	for (int seen = 0; seen < 40 && best < 60 && text_cut(&head, '\n', &line); seen += line.n > 0) {
		line = text_trim(line);
		if (key && (labelled(line, CLASS_LABEL, &text) || labelled(line, WRITTEN_LABEL, &text)))
			return seen == 1 ? 95 : 65;
		if (!line.n)
			continue;
		key = labelled(line, KEY_LABEL, &text) && text.n;
		if (key && !seen && text_starts_nocase(text, "HKEY_"))
			best = 45;
		other |= !key && is_other_label(line, "HKEY_");
		if (!best && is_other_label(line, "REG_"))
			best = other ? 25 : 15;
	}
	if (best < BID_LEAST)
		*missing =
			"the English labels \"Key Name:\", \"Class Name:\" and \"Last Write Time:\" one beneath "
			"the other (exports in other languages are not read)";
	return best;
}

static void counts_note(struct regtext *t)
{
	if (t->gaps.lines)
		sink_note(t->sink, t->gaps.first,
			"values whose number is not the next: %" PRIu64 "; others of their key are missing",
			t->gaps.lines);
	if (t->bare.lines)
		sink_note(
			t->sink, t->bare.first, "values without data: %" PRIu64 "; not taken", t->bare.lines);
	if (t->dumps.lines)
		sink_note(t->sink, t->dumps.first, "lines of data in hexadecimal: %" PRIu64 "; skipped",
			t->dumps.lines);
	unread_note(&t->unread, t->sink, "text export of regedit");
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct arena *own = arena_open();
	struct regtext *t = arena_alloc(own, sizeof *t);
	struct span line;

	(void)source;
	t->sink = sink;
	t->arena = arena_open();
	t->stamps = stamp_open();
	t->registry = registry_open(sink, REGISTRY_WHOLE);
	while (reader_line(r, &line))
		any_line(t, reader_line_number(r), line);
	finish_source(t);
	registry_settle(t->registry);
	counts_note(t);
	registry_close(t->registry);
	stamp_close(t->stamps);
	arena_close(t->arena);
	arena_close(own);
}

const struct parser parser_regtext = { "regtext", "registry exports as text (regedit, Text Files)", probe,
	parse, WHOSE_FOLDER };
