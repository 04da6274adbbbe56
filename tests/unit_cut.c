/* SPDX-License-Identifier: MIT
 * Does a file that ends too early lose nothing that is complete in it? Every sample is cut within its last
 * 4096 bytes, and the parser of the whole must still state each record before the cut, word for word. A small
 * sample of each parser is cut at each of those bytes, the others as often as time allows; SOAK=1 cuts all of
 * them at each. */
#include "core/os.h"
#include "tests/check.h"
#include "tests/gather.h"

#define WHOLE_MOST ((size_t)256 * 1024)
#define TAIL       ((size_t)4096)
#define SMALL      ((size_t)8 * 1024) /* cut at every byte */
/* bytes to be read for each sample: one of a megabyte takes 0.1 s */
#define ENOUGH     ((size_t)512 * 1024)
#define CUTS_LEAST ((size_t)24)

/* ---- what was stated ---- */

/* One record as text, and the line it stands on. */
struct stated {
	enum record_kind kind;
	uint64_t line;
	size_t from, n; /* in `text` */
};

struct run {
	struct sink sink; /* first: it is cast back */
	struct stated *records;
	size_t count, room;
	char *text;
	size_t n, text_room;
	char *notes; /* "\nLINE text" each */
	size_t notes_n, notes_room;
};

static void add(char **text, size_t *n, size_t *room, const void *p, size_t bytes)
{
	if (*n + bytes > *room) {
		*room = (*n + bytes) * 2;
		*text = realloc(*text, *room);
		if (!*text)
			abort();
	}
	if (bytes)
		memcpy(*text + *n, p, bytes);
	*n += bytes;
}

static void on_record(struct sink *sink, const struct record *r)
{
	struct run *run = (struct run *)(void *)sink;
	struct stated s = { r->kind, r->line, run->n, 0 };

	for (size_t i = 0; i < record_types[r->kind].count; i++) {
		const struct value *v = &r->v[i];
		int64_t head[3] = { v->known, v->known ? v->number : 0, v->known ? (int64_t)v->text.n : 0 };

		add(&run->text, &run->n, &run->text_room, head, sizeof head);
		add(&run->text, &run->n, &run->text_room, v->text.p, v->known ? v->text.n : 0);
	}
	s.n = run->n - s.from;
	if (run->count == run->room) {
		run->room = run->room ? run->room * 2 : 256;
		run->records = realloc(run->records, run->room * sizeof *run->records);
		if (!run->records)
			abort();
	}
	run->records[run->count++] = s;
}

static void on_note(struct sink *sink, uint64_t line, const char *text)
{
	struct run *run = (struct run *)(void *)sink;

	char head[32];

	snprintf(head, sizeof head, "\n%" PRIu64 " ", line);
	add(&run->notes, &run->notes_n, &run->notes_room, head, strlen(head));
	add(&run->notes, &run->notes_n, &run->notes_room, text, strlen(text));
}

static void run_parser(struct run *run, const struct parser *p, const char *name, struct span bytes)
{
	struct source source = { name };
	/* Exact size, so that the sanitizers see a byte too many. */
	char *copy = malloc(bytes.n + !bytes.n);
	struct reader *r;

	if (!copy)
		abort();
	memcpy(copy, bytes.p, bytes.n);
	r = reader_open_span((struct span){ copy, bytes.n }, -1);
	run->sink = (struct sink){ on_record, on_note, false };
	run->count = run->n = run->notes_n = 0;
	parser_run(p, &source, r, &run->sink);
	reader_close(r);
	free(copy);
}

static void run_free(struct run *run)
{
	free(run->records);
	free(run->text);
	free(run->notes);
}

/* ---- where lines, and records, end ---- */

struct sample {
	const char *name;
	const struct parser *parser;
	struct span bytes;
	size_t *ends; /* offset behind each line feed: ends[0] is that of line 1 */
	size_t lines;
	struct run whole;
	size_t *complete; /* of each record of `whole`: the offset behind its last byte */
};

static size_t unit_of(struct span bytes)
{
	return bytes.n > 1 && ((unsigned char)bytes.p[0] == 0xFF || (unsigned char)bytes.p[0] == 0xFE ||
				      !bytes.p[0] || !bytes.p[1])
		       ? 2
		       : 1;
}

static void lines_find(struct sample *s)
{
	size_t unit = unit_of(s->bytes),
	       big = unit == 2 && ((unsigned char)s->bytes.p[0] == 0xFE || !s->bytes.p[0]);

	s->ends = malloc((s->bytes.n + 2) * sizeof *s->ends);
	if (!s->ends)
		abort();
	for (size_t i = 0; i + unit <= s->bytes.n; i += unit)
		if (s->bytes.p[i + big] == '\n' && (unit == 1 || !s->bytes.p[i + !big]))
			s->ends[s->lines++] = i + unit;
	s->ends[s->lines++] = s->bytes.n;
}

/* "PagingFiles"=hex(7):43,00,\ goes on in the next line. */
static bool goes_on(const struct sample *s, size_t end)
{
	size_t at = end, unit = unit_of(s->bytes);

	while (at >= unit && (s->bytes.p[at - unit] == '\n' || s->bytes.p[at - unit] == '\r'))
		at -= unit;
	return at >= unit && s->bytes.p[at - unit] == '\\';
}

static size_t line_end(const struct sample *s, uint64_t line)
{
	while (line && line < s->lines && goes_on(s, s->ends[line - 1]))
		line++;
	return line && line <= s->lines ? s->ends[line - 1] : s->bytes.n;
}

/* An event ends with its close tag, the n-th with the n-th: the samples close each. The head of a poolsnap is
 * one when its first row is there. Other records end with their line; a fact that is only known at the end of
 * the file (line 0) with the file. */
static void records_find(struct sample *s)
{
	size_t at = 0, unit = unit_of(s->bytes);

	s->complete = malloc((s->whole.count + 1) * sizeof *s->complete);
	if (!s->complete)
		abort();
	for (size_t i = 0; i < s->whole.count; i++) {
		const struct stated *r = &s->whole.records[i];

		s->complete[i] = line_end(s, r->line);
		/* A line feed in a tag: the row goes on in the next line. */
		if (r->kind == RECORD_POOL &&
			text_find((struct span){ s->whole.text + r->from, r->n }, "\\x0A"))
			s->complete[i] = line_end(s, r->line + 1);
		/* <Data>, <Item>, <Value>, </Data>: a line each. */
		if (strcmp(s->parser->name, "msinfo") == 0 && text_ends_nocase(span_of(s->name), ".nfo"))
			s->complete[i] = line_end(s, r->line + 3);
		/* The poolsnap of an Event 2004 follows its event, and is there with it. */
		if (r->kind != RECORD_EVENT && i && unit == 1 && strcmp(s->parser->name, "events") == 0)
			s->complete[i] = s->complete[i - 1];
		if (r->kind != RECORD_EVENT || unit != 1 || strcmp(s->parser->name, "events") != 0)
			continue;
		/* From the line on which it begins, or behind the event before it. */
		size_t from = r->line > 1 ? line_end(s, r->line - 1) : 0;
		struct span rest;
		const char *close;

		at = at > from ? at : from;
		rest = (struct span){ s->bytes.p + at, s->bytes.n - at };
		close = text_find_nocase(rest, "</Event>");
		at = close ? (size_t)(close - s->bytes.p) + 8 : s->bytes.n;
		s->complete[i] = at;
	}
	for (size_t i = 0; i < s->whole.count; i++)
		/* Whether a debugger's table is whole, its TOTAL says, and totals stand in a !vm that may
		 * follow. */
		if (s->whole.records[i].kind == RECORD_SNAPSHOT && strcmp(s->parser->name, "windbg") == 0)
			s->complete[i] = s->bytes.n;
		else if (i + 1 < s->whole.count && s->whole.records[i].kind == RECORD_SNAPSHOT &&
			 s->whole.records[i + 1].kind == RECORD_POOL)
			s->complete[i] = s->complete[i + 1];
}

/* ---- one cut ---- */

static bool same(const struct run *a, const struct stated *x, const struct run *b, const struct stated *y)
{
	return x->kind == y->kind && x->line == y->line && x->n == y->n &&
	       memcmp(a->text + x->from, b->text + y->from, x->n) == 0;
}

/* A registry source that is cut shows a part of its last key: that the key was read is not stated then, and
 * its values, or when it was written, may become notes. */
static bool told_otherwise(const struct sample *s, const struct stated *r, const struct run *cut)
{
	struct span text = { s->whole.text + r->from, r->n }, notes = { cut->notes, cut->notes_n };
	char at_line[32];

	if (r->kind == RECORD_HOST && text_find(text, FACT_KEY_READ))
		return cut->sink.cut || text_find(notes, "a part of a key") ||
		       text_find(notes, " stands in ");
	/* That all switches are listed is known at the end only; a machine's name without a label it knows,
	 * msinfo takes from where it stands before the kind of PC. */
	if (r->kind == RECORD_HOST &&
		(text_find(text, FACT_SWITCHES_READ) || text_find(notes, "by the shape of their values")))
		return true;
	snprintf(at_line, sizeof at_line, "\n%" PRIu64 " ", r->line);
	return (r->kind == RECORD_REGISTRY || text_find(text, FACT_KEY_WRITTEN)) && text_find(notes, at_line);
}

/* Every record of the whole that ends before the cut, in the same order among what the cut file states. */
static size_t first_lost(const struct sample *s, const struct run *cut, size_t at)
{
	/* Without a TOTAL that fits, a debugger's table becomes a capture of each pool: its rows come pool by
	 * pool. */
	bool any_order = strcmp(s->parser->name, "windbg") == 0;
	size_t k = 0;

	for (size_t i = 0; i < s->whole.count; i++) {
		const struct stated *r = &s->whole.records[i];
		size_t found = any_order ? 0 : k;

		if (s->complete[i] > at)
			continue;
		while (found < cut->count && !same(&s->whole, r, cut, &cut->records[found]))
			found++;
		if (found < cut->count)
			k = found + 1;
		else if (!told_otherwise(s, r, cut))
			return i;
	}
	return s->whole.count;
}

static bool recognised(const struct sample *s, size_t at)
{
	struct reader *r = reader_open_span((struct span){ s->bytes.p, at }, -1);
	const char *missing = NULL;
	bool good = s->parser->probe(reader_head(r), &missing) >= BID_LEAST;

	reader_close(r);
	return good;
}

static bool cut_at(const struct sample *s, struct run *cut, size_t at)
{
	size_t lost;

	run_parser(cut, s->parser, s->name, (struct span){ s->bytes.p, at });
	/* What is too short to be known for what it is would not be read at all. */
	if (!recognised(s, at))
		return true;
	lost = first_lost(s, cut, at);
	if (lost == s->whole.count)
		return true;
	printf("%s, cut at byte %zu of %zu: the %s of line %" PRIu64
	       ", complete at %zu, is lost or another one\n",
		s->name, at, s->bytes.n, record_types[s->whole.records[lost].kind].name,
		s->whole.records[lost].line, s->complete[lost]);
	return false;
}

/* ---- the samples ---- */

struct cutting {
	struct os_walk walk;
	char *bytes;
	bool all;
	size_t files;
	bool *dense; /* of each parser: were all bytes of a tail cut already? */
};

/* The next cut, counted from the end: half of them at the end itself, the others spread over the tail. */
static size_t next_cut(size_t back, size_t tail, size_t cuts)
{
	size_t left = cuts / 2, step = tail > left ? (tail - left) / (cuts - left) | 1 : 1;

	return back + (cuts > tail || back < left ? 1 : step);
}

static void cut_sample(struct cutting *c, struct sample *s)
{
	size_t tail = s->bytes.n < TAIL ? s->bytes.n : TAIL, parser = 0, cuts = ENOUGH / (s->bytes.n + 1);
	struct run cut = { 0 };
	bool good = true;

	while (parsers[parser] != s->parser)
		parser++;
	if (c->all || (s->bytes.n <= SMALL && !c->dense[parser])) {
		c->dense[parser] = true;
		cuts = tail + 1;
	}
	cuts = cuts < CUTS_LEAST ? CUTS_LEAST : cuts;
	run_parser(&s->whole, s->parser, s->name, s->bytes);
	lines_find(s);
	records_find(s);
	for (size_t back = 0; back <= tail && good; back = next_cut(back, tail, cuts))
		good = cut_at(s, &cut, s->bytes.n - back);
	CHECK(good);
	run_free(&cut);
	run_free(&s->whole);
	free(s->ends);
	free(s->complete);
}

static void cut_file(struct os_walk *w, const char *path, const char *name)
{
	struct cutting *c = (struct cutting *)(void *)w;
	struct err e;
	struct os_file *file = os_open(path, &e);
	struct sample s = { .name = name, .bytes = { c->bytes, 0 } };
	struct bid best, second;
	struct reader *r;
	long got;

	CHECK(file != NULL);
	if (!file)
		return;
	while (s.bytes.n <= WHOLE_MOST &&
		(got = os_read(file, c->bytes + s.bytes.n, WHOLE_MOST + 1 - s.bytes.n)) > 0)
		s.bytes.n += (size_t)got;
	os_close(file);
	r = reader_open_span(s.bytes, -1);
	if (s.bytes.n <= WHOLE_MOST && parser_choose(reader_head(r), &best, &second))
		s.parser = best.parser;
	reader_close(r);
	if (!s.parser)
		return; /* too large, or what no parser reads */
	c->files++;
	cut_sample(c, &s);
}

static void cut_failed(struct os_walk *w, const char *name, const char *why)
{
	(void)w;
	printf("%s: %s\n", name, why);
	CHECK(false);
}

int main(int argc, char **argv)
{
	struct cutting c = { .walk = { cut_file, cut_failed, NULL } };

	c.all = getenv("SOAK") != NULL;
	c.bytes = malloc(WHOLE_MOST + 1);
	c.dense = calloc(parsers_count, sizeof *c.dense);
	if (!c.bytes || !c.dense)
		abort();
	os_walk_folder(&c.walk, argc > 1 ? argv[1] : "samples");
	CHECK(c.files > 0);
	free(c.bytes);
	free(c.dense);
	return check_end();
}
