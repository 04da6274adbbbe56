/* SPDX-License-Identifier: MIT
 * Walks the paths, lets parsers bid, works out whose captures they are, and feeds the store. */
#include "ingest.h"

#include "core/os.h"
#include "core/reader.h"
#include "core/text.h"
#include "parsers/parser.h"

#include <stdlib.h>
#include <string.h>

/* One file to be read. */
struct item {
	const char *path, *name;
	size_t bundle;
	bool named; /* on the command line, not met in a folder */
	bool once;  /* a pipe or device: what was read of it is gone */
	const struct parser *parser;
	const char *unread, *why; /* "unreadable" or "unrecognised": told when it is known whose bundle this is */
};

struct computer {
	const char *name;
	int64_t events;
};

/* What lies together and speaks of one server, as far as is known. */
struct bundle {
	struct computer *computers;
	size_t computer_count;
	const char *host_name; /* of systeminfo */
	const char *server, *reason;
};

struct plan {
	struct ingest *in;
	struct arena *arena;
	struct item *items;
	size_t item_count;
	struct bundle *bundles;
	size_t bundle_count;
	size_t files_bundle; /* of the single files; SIZE_MAX before the first */
};

/* ---- the bytes of one item, on their way through the store's hash ---- */

struct feed {
	struct os_file *file;
	struct store *store; /* NULL before store_begin: the bytes wait in `early` */
	struct arena *arena;
	struct span *early;
	size_t early_count;
};

static long feed_fill(void *from, char *buffer, size_t size)
{
	struct feed *f = from;
	long n = os_read(f->file, buffer, size);

	if (n <= 0)
		return n;
	if (f->store) {
		store_hash(f->store, buffer, (size_t)n);
	} else {
		f->early = arena_grow(f->arena, f->early, f->early_count, sizeof *f->early);
		f->early[f->early_count++] = arena_span(f->arena, (struct span){ buffer, (size_t)n });
	}
	return n;
}

static void feed_begin(struct feed *f, struct store *store)
{
	for (size_t i = 0; i < f->early_count; i++)
		store_hash(store, f->early[i].p, f->early[i].n);
	f->store = store;
}

/* ---- what a parser says, on its way into the store ---- */

struct intake {
	struct sink sink;
	struct ingest *in;
	struct bundle *bundle;
	struct arena *arena;
	const char *name;
	int64_t notes;
};

static void bundle_computer(struct arena *a, struct bundle *b, struct span name)
{
	for (size_t i = 0; i < b->computer_count; i++)
		if (span_equal_nocase(name, span_of(b->computers[i].name))) {
			b->computers[i].events++;
			return;
		}
	/* A log forwarded from more machines than this names no single server anyway. */
	if (b->computer_count >= 64)
		return;
	b->computers = arena_grow(a, b->computers, b->computer_count, sizeof *b->computers);
	b->computers[b->computer_count++] = (struct computer){ arena_text(a, name), 1 };
}

static void take_record(struct sink *sink, const struct record *r)
{
	struct intake *t = (struct intake *)(void *)sink;
	bool keep = true;

	if (r->kind == RECORD_EVENT) {
		keep = t->in->relevant(r);
		if (r->v[EVENT_COMPUTER].text.n)
			bundle_computer(t->arena, t->bundle, r->v[EVENT_COMPUTER].text);
	} else if (r->kind == RECORD_HOST && span_equal(r->v[HOST_NAME].text, SPAN(FACT_HOST_NAME))) {
		t->bundle->host_name = arena_text(t->arena, r->v[HOST_TEXT].text);
	}
	store_put(t->in->store, r, keep);
}

static void take_note(struct sink *sink, uint64_t line, const char *text)
{
	struct intake *t = (struct intake *)(void *)sink;

	store_note(t->in->store, line, text);
	if (++t->notes <= STORE_NOTES)
		t->in->say(t->in->to, t->name, line, text);
	else if (t->notes == STORE_NOTES + 1)
		t->in->say(t->in->to, t->name, 0, "more like this; the rest is counted in the report");
}

/* ---- which parser ---- */

static bool recognised(const struct bid *best, const struct bid *second)
{
	return best->parser && best->height >= BID_LEAST && !(second->parser && second->height == best->height);
}

static const char *why_unrecognised(struct arena *a, struct span head, const struct bid *best, const struct bid *second)
{
	if (!head.n)
		return "the file is empty; listed, not read";
	if (best->parser && second->parser && best->height >= BID_LEAST)
		return arena_printf(a, "%s and %s both bid %d; listed, not read", best->parser->name, second->parser->name,
			best->height);
	if (!best->parser)
		return "no known format; listed, not read";
	return arena_printf(a, "no known format (nearest: %s: %s%s%s%s%s); listed, not read", best->parser->name,
		best->missing ? best->missing : "its first lines are missing", second->parser ? "; " : "",
		second->parser ? second->parser->name : "", second->parser ? ": " : "",
		!second->parser   ? "" :
		second->missing ? second->missing :
				    "its first lines are missing");
}

/* A source of which only the name and the reason are kept. */
static int keep_unread(struct plan *p, const struct item *item, struct err *e)
{
	struct ingest *in = p->in;
	const char *status = item->unread, *why = item->why;
	const struct bundle *b = &p->bundles[item->bundle];
	struct store_source source = { item->name, NULL, b->server, b->reason };
	struct source_result result;

	store_begin(in->store, &source);
	/* Two unread files of one server are two sources: their names stand for the bytes that nobody read. */
	store_hash(in->store, item->name, strlen(item->name));
	store_hash(in->store, why, strlen(why));
	store_note(in->store, 0, why);
	in->say(in->to, item->named && strcmp(item->path, "-") != 0 ? item->path : item->name, 0, why);
	if (store_end(in->store, status, NULL, &result, e) != 0)
		return -1;
	in->stopped |= in->strict;
	if (strcmp(status, "unrecognised") == 0)
		in->unrecognised++;
	else
		in->failed++;
	in->trouble |= item->named || strcmp(status, "unreadable") == 0;
	return 0;
}

static int read_open(struct plan *p, struct item *item, struct feed *feed, struct reader *r, struct err *e)
{
	struct ingest *in = p->in;
	struct bundle *b = &p->bundles[item->bundle];
	struct store_source source = { item->name, item->parser->name, NULL, NULL };
	struct intake intake = { { take_record, take_note, false }, in, b, p->arena, item->name, 0 };
	struct source about = { item->name };
	struct source_result result;
	struct err failure;
	bool broken;

	if (!item->parser->names_server || in->server) {
		source.server = b->server;
		source.server_reason = b->reason;
	}
	store_begin(in->store, &source);
	feed_begin(feed, in->store);
	parser_run(item->parser, &about, r, &intake.sink);
	broken = os_failed(feed->file, &failure) != 0;
	if (broken)
		take_note(&intake.sink, 0, failure.text);
	if (store_end(in->store, broken || intake.sink.cut ? "partial" : "read", reader_encoding(r), &result, e) != 0)
		return -1;
	in->trouble |= broken || intake.sink.cut;
	in->failed += broken;
	in->stopped |= in->strict && intake.notes;
	in->known += result.outcome == STORE_KNOWN;
	in->usable++;
	return 0;
}

/* choose: only find the parser, and read at once what cannot be opened twice. */
static int item_visit(struct plan *p, struct item *item, bool choose, struct err *e)
{
	struct feed feed = { .arena = arena_open() }; /* not the plan's: a thousand files must not keep a head each */
	struct reader *r;
	struct bid best, second;
	struct err why;
	int status = 0;

	feed.file = os_open(item->path, &why);
	if (!feed.file) {
		item->parser = NULL;
		item->unread = "unreadable";
		item->why = arena_text(p->arena, span_of(why.text));
		arena_close(feed.arena);
		return 0;
	}
	r = reader_open(feed_fill, &feed, p->in->encoding);
	if (choose) {
		struct span head = reader_head(r);

		parser_choose(head, &best, &second);
		if (recognised(&best, &second))
			item->parser = best.parser;
		item->unread = item->parser ? NULL : os_failed(feed.file, &why) ? "unreadable" : "unrecognised";
		if (item->unread)
			item->why = strcmp(item->unread, "unreadable") == 0 ?
				arena_text(p->arena, span_of(why.text)) :
				why_unrecognised(p->arena, head, &best, &second);
	}
	if (item->parser && (!choose || item->once)) {
		status = read_open(p, item, &feed, r, e);
		item->parser = NULL;
	}
	reader_close(r);
	os_close(feed.file);
	arena_close(feed.arena);
	return status;
}

/* ---- whose captures ---- */

static void bundle_name(struct bundle *b)
{
	const struct computer *most = NULL;

	if (b->server)
		return;
	for (size_t i = 0; i < b->computer_count; i++)
		if (!most || b->computers[i].events > most->events)
			most = &b->computers[i];
	if (b->host_name) {
		b->server = b->host_name;
		b->reason = "systeminfo's Host Name beside it";
	} else if (most) {
		b->server = most->name;
		b->reason = b->computer_count == 1 ? "the only computer in the logs beside it" :
						     "the computer that most events beside it name";
	}
}

/* A bundle that names nobody belongs to the run's only server, if there is only one. */
static void bundles_name(struct plan *p)
{
	const struct bundle *only = NULL;
	bool several = false;

	for (size_t i = 0; i < p->bundle_count; i++) {
		struct bundle *b = &p->bundles[i];

		bundle_name(b);
		several |= b->server && only && !span_equal_nocase(span_of(b->server), span_of(only->server));
		if (b->server && !only)
			only = b;
	}
	for (size_t i = 0; i < p->bundle_count; i++)
		if (!p->bundles[i].server && only && !several) {
			p->bundles[i].server = only->server;
			p->bundles[i].reason = "the only server of this run";
		}
}

/* ---- the plan ---- */

static size_t bundle_add(struct plan *p)
{
	p->bundles = arena_grow(p->arena, p->bundles, p->bundle_count, sizeof *p->bundles);
	p->bundles[p->bundle_count] = (struct bundle){ .server = p->in->server, .reason = p->in->server ? "told" : NULL };
	return p->bundle_count++;
}

static struct item *item_add(struct plan *p, const char *path, const char *name, size_t bundle, bool named)
{
	p->items = arena_grow(p->arena, p->items, p->item_count, sizeof *p->items);
	p->items[p->item_count] = (struct item){ .path = arena_text(p->arena, span_of(path)),
		.name = arena_text(p->arena, span_of(name)),
		.bundle = bundle,
		.named = named };
	p->in->files++;
	return &p->items[p->item_count++];
}

struct folder_walk {
	struct os_walk walk;
	struct plan *plan;
	size_t bundle;
};

static void walk_file(struct os_walk *w, const char *path, const char *name)
{
	struct folder_walk *f = (struct folder_walk *)(void *)w;

	item_add(f->plan, path, name, f->bundle, false);
}

static void walk_failed(struct os_walk *w, const char *name, const char *why)
{
	struct folder_walk *f = (struct folder_walk *)(void *)w;
	struct item *item = item_add(f->plan, name, name, f->bundle, false);

	item->unread = "unreadable";
	item->why = arena_text(f->plan->arena, span_of(why));
}

static const char *last_part(const char *path)
{
	const char *part = path;

	for (; *path; path++)
		if (os_is_separator(*path) && path[1])
			part = path + 1;
	return part;
}

static void plan_path(struct plan *p, const char *path)
{
	struct folder_walk walk = { { walk_file, walk_failed }, p, 0 };

	if (os_kind(path) == OS_FOLDER) {
		walk.bundle = bundle_add(p);
		os_walk_folder(&walk.walk, path);
		return;
	}
	if (p->files_bundle == SIZE_MAX)
		p->files_bundle = bundle_add(p);
	item_add(p, path, strcmp(path, "-") == 0 ? "(standard input)" : last_part(path), p->files_bundle, true)->once =
		strcmp(path, "-") == 0 || os_kind(path) == OS_OTHER;
}

/* By name, so that the order on the command line changes nothing. */
static int by_name(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : strcmp(x->path, y->path);
}

static void server_met(struct ingest *in, const char *name)
{
	for (size_t i = 0; name && i < in->servers.count; i++)
		if (span_equal_nocase(span_of(name), span_of(in->servers.items[i])))
			return;
	list_add(in->arena, &in->servers, name ? name : STORE_UNNAMED);
}

int ingest_paths(struct ingest *in, char *const *paths, size_t count, struct err *e)
{
	struct plan p = { .in = in, .arena = arena_open(), .files_bundle = SIZE_MAX };
	int status = 0;

	for (size_t i = 0; i < count; i++)
		plan_path(&p, paths[i]);
	if (p.item_count)
		qsort(p.items, p.item_count, sizeof *p.items, by_name);
	for (size_t i = 0; i < p.item_count && status == 0 && !in->stopped; i++)
		if (!p.items[i].unread)
			status = item_visit(&p, &p.items[i], true, e);
	/* First what says whose it is, then what does not. */
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < p.item_count && status == 0 && !in->stopped; i++)
			if (p.items[i].parser && p.items[i].parser->names_server == (pass == 0))
				status = item_visit(&p, &p.items[i], false, e);
		bundles_name(&p);
	}
	for (size_t i = 0; i < p.item_count && status == 0 && !in->stopped; i++)
		if (p.items[i].unread)
			status = keep_unread(&p, &p.items[i], e);
	for (size_t i = 0; i < p.bundle_count; i++) {
		server_met(in, p.bundles[i].server);
		for (size_t k = 0; k < p.bundles[i].computer_count; k++)
			server_met(in, p.bundles[i].computers[k].name);
	}
	arena_close(p.arena);
	return status;
}
