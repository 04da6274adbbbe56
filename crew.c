/* SPDX-License-Identifier: MIT
 * Workers parse whole files into batches; a file's batches wait, few at a time, until their turn comes. */
#include "crew.h"

#include "core/os.h"

#include <stdlib.h>
#include <string.h>

#define BATCH_BYTES  ((size_t)128 * 1024)
#define BATCHES_WAIT 4 /* of one file */

/* A record or a note, its texts in the batch's arena. */
struct item {
	struct item *next;
	uint64_t line;
	const char *note; /* NULL: a record */
	enum record_kind kind;
	struct value v[]; /* as many as the kind has columns */
};

struct batch {
	struct batch *next;
	struct arena *arena;
	struct item *first, **end;
	size_t bytes;
};

struct work {
	struct batch *first, **end;
	size_t waiting;
	bool done, cut;
	struct opening *open; /* NULL when done: it could not be opened, and `why` */
	struct err why;
};

struct crew {
	struct crew_file *files;
	struct work *work;
	size_t count, next; /* next: nobody has begun it yet */
	struct spelling spelling;
	int thread_count;
	struct os_thread **threads;
	struct os_monitor *monitor; /* guards all of `work`, `next` and `stopped` */
	bool stopped;
};

/* ---- a worker's side ---- */

struct worker_sink {
	struct sink sink;
	struct crew *crew;
	struct work *work;
	struct batch *batch;
};

static struct batch *batch_open(void)
{
	struct batch *b = calloc(1, sizeof *b);

	if (!b)
		die("out of memory");
	b->arena = arena_open();
	b->end = &b->first;
	return b;
}

static void batch_close(struct batch *b)
{
	arena_close(b->arena);
	free(b);
}

/* Waits while enough of this file is waiting already. */
static void batch_send(struct worker_sink *w)
{
	struct crew *c = w->crew;

	os_monitor_enter(c->monitor);
	while (w->work->waiting >= BATCHES_WAIT && !c->stopped)
		os_monitor_wait(c->monitor);
	*w->work->end = w->batch;
	w->work->end = &w->batch->next;
	w->work->waiting++;
	os_monitor_wake(c->monitor);
	os_monitor_leave(c->monitor);
	w->batch = NULL;
}

static struct item *item_add(struct worker_sink *w, size_t values, size_t bytes)
{
	struct item *item;

	if (w->batch && w->batch->bytes >= BATCH_BYTES)
		batch_send(w);
	if (!w->batch)
		w->batch = batch_open();
	item = arena_alloc(w->batch->arena, sizeof *item + values * sizeof *item->v);
	w->batch->bytes += sizeof *item + values * sizeof *item->v + bytes;
	*w->batch->end = item;
	w->batch->end = &item->next;
	return item;
}

static void keep_record(struct sink *sink, const struct record *r)
{
	struct worker_sink *w = (struct worker_sink *)(void *)sink;
	size_t count = record_types[r->kind].count, bytes = 0;
	struct item *item;

	for (size_t i = 0; i < count; i++)
		bytes += r->v[i].text.n;
	item = item_add(w, count, bytes);
	item->kind = r->kind;
	item->line = r->line;
	memcpy(item->v, r->v, count * sizeof *item->v);
	for (size_t i = 0; i < count; i++)
		if (r->v[i].text.n)
			item->v[i].text = arena_span(w->batch->arena, r->v[i].text);
}

static void keep_note(struct sink *sink, uint64_t line, const char *text)
{
	struct worker_sink *w = (struct worker_sink *)(void *)sink;
	struct item *item = item_add(w, 0, strlen(text));

	item->line = line;
	item->note = arena_text(w->batch->arena, span_of(text));
}

static void file_read(struct crew *c, size_t at)
{
	struct work *work = &c->work[at];
	struct worker_sink w = { { keep_record, keep_note, false }, c, work, NULL };
	struct source source = { c->files[at].name };
	struct opening *o = c->files[at].open;
	struct err why;

	c->files[at].open = NULL;
	if (!o)
		o = opening_open(c->files[at].path, c->spelling, &why);
	os_monitor_enter(c->monitor);
	work->open = o;
	if (o && c->stopped)
		opening_stop(o);
	os_monitor_leave(c->monitor);
	if (o)
		parser_run(c->files[at].parser, &source, opening_reader(o), &w.sink);
	if (w.batch)
		batch_send(&w);
	os_monitor_enter(c->monitor);
	if (!o)
		work->why = why;
	work->cut = w.sink.cut;
	work->done = true;
	os_monitor_wake(c->monitor);
	os_monitor_leave(c->monitor);
}

static void worker_run(void *with)
{
	struct crew *c = with;

	for (;;) {
		size_t at;

		os_monitor_enter(c->monitor);
		at = c->stopped ? c->count : c->next;
		c->next += at < c->count;
		os_monitor_leave(c->monitor);
		if (at >= c->count)
			return;
		file_read(c, at);
	}
}

/* ---- the owner's side ---- */

struct crew *crew_open(struct crew_file *files, size_t count, struct spelling spelling, int threads)
{
	struct crew *c = calloc(1, sizeof *c);

	threads = threads < 1 ? 1 : (size_t)threads > count ? (int)count : threads;
	if (!c || !(c->work = calloc(count + 1, sizeof *c->work)) ||
		!(c->threads = calloc((size_t)threads + 1, sizeof(struct os_thread *))))
		die("out of memory");
	c->files = files;
	c->count = count;
	c->spelling = spelling;
	c->monitor = os_monitor_open();
	for (size_t i = 0; i < count; i++)
		c->work[i].end = &c->work[i].first;
	parsers_start();
	for (; c->thread_count < threads && count; c->thread_count++)
		c->threads[c->thread_count] = os_thread_start(worker_run, c);
	return c;
}

static void batches_drop(struct work *w)
{
	struct batch *next;

	for (struct batch *b = w->first; b; b = next) {
		next = b->next;
		batch_close(b);
	}
}

void crew_close(struct crew *c)
{
	if (!c)
		return;
	os_monitor_enter(c->monitor);
	c->stopped = true;
	for (size_t i = 0; i < c->count; i++)
		if (c->work[i].open)
			opening_stop(c->work[i].open);
	os_monitor_wake(c->monitor);
	os_monitor_leave(c->monitor);
	for (int i = 0; i < c->thread_count; i++)
		os_thread_join(c->threads[i]);
	for (size_t i = 0; i < c->count; i++) {
		batches_drop(&c->work[i]);
		opening_close(c->work[i].open);
		opening_close(c->files[i].open);
	}
	os_monitor_close(c->monitor);
	free(c->threads);
	free(c->work);
	free(c);
}

static void batch_hand(const struct batch *b, struct sink *to)
{
	struct record r;

	for (const struct item *item = b->first; item; item = item->next) {
		if (item->note) {
			to->note(to, item->line, item->note);
			continue;
		}
		record_start(&r, item->kind, item->line);
		memcpy(r.v, item->v, record_types[item->kind].count * sizeof *r.v);
		to->record(to, &r);
	}
}

/* The file's next batch, waited for; NULL at its end. */
static struct batch *batch_next(struct crew *c, struct work *w)
{
	struct batch *b;

	os_monitor_enter(c->monitor);
	while (!w->first && !w->done)
		os_monitor_wait(c->monitor);
	b = w->first;
	if (b) {
		w->first = b->next;
		w->end = w->first ? w->end : &w->first;
		w->waiting--;
		os_monitor_wake(c->monitor);
	}
	os_monitor_leave(c->monitor);
	return b;
}

struct opening *crew_take(struct crew *c, size_t file, struct sink *to, struct err *e)
{
	struct work *w = &c->work[file];
	struct opening *o;
	struct batch *b;

	while ((b = batch_next(c, w)) != NULL) {
		batch_hand(b, to);
		batch_close(b);
	}
	to->cut |= w->cut;
	o = w->open;
	if (!o)
		*e = w->why;
	os_monitor_enter(c->monitor);
	w->open = NULL;
	os_monitor_leave(c->monitor);
	return o;
}
