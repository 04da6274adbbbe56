/* SPDX-License-Identifier: MIT
 * Does a file that ends too early lose nothing that is complete in it? Every sample is cut near its end, at every byte in
 * turn, and the parser of the whole must still state each record before the cut, word for word. CUT_ALL=1 cuts at every
 * one of the last 4096 bytes of every sample. */
#include "core/os.h"
#include "tests/check.h"
#include "tests/gather.h"

#define WHOLE_MOST ((size_t)256 * 1024)
#define TAIL       ((size_t)4096)
#define TAIL_DENSE ((size_t)512) /* of every file; further back, of the first file of each parser alone */
#define STEP       ((size_t)7)
#define STEPS_MOST ((size_t)192) /* of a large file: each run reads all of it */

/* ---- what was stated ---- */

/* One record as text, and the line it stands on. */
struct stated {
	enum record_kind kind;
	uint64_t line;
	size_t from, n; /* in `text` */
	struct span name; /* of a registry value, in `text` too */
};

struct run {
	struct sink sink; /* first: it is cast back */
	struct stated *records;
	size_t count, room;
	char *text;
	size_t n, text_room;
	char *notes;
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
	struct stated s = { r->kind, r->line, run->n, 0, { NULL, 0 } };

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

	(void)line;
	add(&run->notes, &run->notes_n, &run->notes_room, text, strlen(text) + 1);
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
	return bytes.n > 1 && ((unsigned char)bytes.p[0] == 0xFF || (unsigned char)bytes.p[0] == 0xFE || !bytes.p[0] ||
				      !bytes.p[1])
		       ? 2
		       : 1;
}

static void lines_find(struct sample *s)
{
	size_t unit = unit_of(s->bytes), big = unit == 2 && ((unsigned char)s->bytes.p[0] == 0xFE || !s->bytes.p[0]);

	s->ends = malloc((s->bytes.n + 2) * sizeof *s->ends);
	if (!s->ends)
		abort();
	for (size_t i = 0; i + unit <= s->bytes.n; i += unit)
		if (s->bytes.p[i + big] == '\n' && (unit == 1 || !s->bytes.p[i + !big]))
			s->ends[s->lines++] = i + unit;
	s->ends[s->lines++] = s->bytes.n;
}

static size_t line_end(const struct sample *s, uint64_t line)
{
	return line && line <= s->lines ? s->ends[line - 1] : s->bytes.n;
}

/* An event ends with its close tag, the n-th with the n-th: the samples close each. Other records end with their line;
 * a fact of a file's head that is only known at its end (line 0) with the file. */
static void records_find(struct sample *s)
{
	size_t at = 0, unit = unit_of(s->bytes);

	s->complete = malloc((s->whole.count + 1) * sizeof *s->complete);
	if (!s->complete)
		abort();
	for (size_t i = 0; i < s->whole.count; i++) {
		const struct stated *r = &s->whole.records[i];

		s->complete[i] = line_end(s, r->line);
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
}

/* ---- one cut ---- */

static bool same(const struct run *a, const struct stated *x, const struct run *b, const struct stated *y)
{
	return x->kind == y->kind && x->line == y->line && x->n == y->n &&
	       memcmp(a->text + x->from, b->text + y->from, x->n) == 0;
}

/* Every record of the whole that ends before the cut, in the same order among what the cut file states. A registry file
 * may turn the listing of the last key into notes. */
static size_t first_lost(const struct sample *s, const struct run *cut, size_t at)
{
	size_t k = 0;

	for (size_t i = 0; i < s->whole.count; i++) {
		const struct stated *r = &s->whole.records[i];
		size_t found = k;

		if (s->complete[i] > at)
			continue;
		while (found < cut->count && !same(&s->whole, r, cut, &cut->records[found]))
			found++;
		if (found < cut->count)
			k = found + 1;
		else if (!(r->kind == RECORD_REGISTRY && cut->notes_n))
			return i;
	}
	return s->whole.count;
}

static void cut_at(const struct sample *s, struct run *cut, size_t at)
{
	size_t lost;

	run_parser(cut, s->parser, s->name, (struct span){ s->bytes.p, at });
	lost = first_lost(s, cut, at);
	if (!check_count(lost == s->whole.count, __FILE__, __LINE__))
		printf("%s, cut at byte %zu of %zu: the %s of line %" PRIu64 ", complete at %zu, is lost or another one\n",
			s->name, at, s->bytes.n, record_types[s->whole.records[lost].kind].name,
			s->whole.records[lost].line, s->complete[lost]);
}

/* ---- the samples ---- */

struct cutting {
	struct os_walk walk;
	char *bytes;
	bool all;
	size_t files;
	bool *dense; /* of each parser: were all bytes of a tail cut already? */
};

static void cut_sample(struct cutting *c, struct sample *s)
{
	size_t tail = s->bytes.n < TAIL ? s->bytes.n : TAIL, parser = 0, dense = tail, step = STEP;
	struct run cut = { 0 };

	while (parsers[parser] != s->parser)
		parser++;
	run_parser(&s->whole, s->parser, s->name, s->bytes);
	lines_find(s);
	records_find(s);
	if (!c->all && (c->dense[parser] || s->bytes.n > 8 * TAIL)) {
		dense = tail < TAIL_DENSE ? tail : TAIL_DENSE;
		step = STEP;
		if (s->bytes.n > 8 * TAIL) {
			dense = 64;
			step = tail / STEPS_MOST * (s->bytes.n / (8 * TAIL)) + STEP;
		}
	} else {
		c->dense[parser] = true;
	}
	for (size_t back = 0; back <= tail; back += back < dense ? 1 : step)
		cut_at(s, &cut, s->bytes.n - back);
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

	c.all = getenv("CUT_ALL") != NULL;
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
