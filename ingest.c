/* SPDX-License-Identifier: MIT
 * Walks the paths, lets parsers bid, works out whose captures they are, and feeds the store. */
#include "ingest.h"

#include "core/os.h"
#include "core/reader.h"
#include "core/text.h"
#include "owner.h"
#include "parsers/parser.h"

#include <stdlib.h>
#include <string.h>

/* One file to be read. */
struct item {
	const char *path, *name;
	size_t folder; /* the folder it lies in */
	bool named;    /* on the command line, not met in a folder */
	bool once;     /* a pipe or device: what was read of it is gone */
	const struct parser *parser;
	struct opening *open; /* of a pipe between the two looks at it; NULL otherwise */
	/* "unreadable" or "unrecognised": told when it is known whose bundle this is */
	const char *unread, *why;
};

struct plan {
	struct ingest *in;
	struct arena *arena;
	struct item *items;
	size_t item_count;
	struct owners *owners;
	size_t files; /* the group of the single files; OWNER_NONE before the first */
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
	struct owners *owners;
	size_t folder;
	const char *name;
	int64_t notes;
};

static void take_record(struct sink *sink, const struct record *r)
{
	struct intake *t = (struct intake *)(void *)sink;
	bool keep = true;

	if (r->kind == RECORD_EVENT) {
		keep = t->in->relevant(r);
		owner_computer(t->owners, t->folder, r->v[EVENT_COMPUTER].text);
	} else if (r->kind == RECORD_HOST && span_equal(r->v[HOST_NAME].text, SPAN(FACT_HOST_NAME))) {
		owner_host(t->owners, t->folder, r->v[HOST_TEXT].text);
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

static const char *why_unrecognised(
	struct arena *a, struct span head, const struct bid *best, const struct bid *second)
{
	if (!head.n)
		return "the file is empty; listed, not read";
	if (best->parser && second->parser && best->height >= BID_LEAST)
		return arena_printf(a, "%s and %s both bid %d; listed, not read", best->parser->name,
			second->parser->name, best->height);
	if (!best->parser)
		return "no known format; listed, not read";
	return arena_printf(a, "no known format (nearest: %s: %s%s%s%s%s); listed, not read",
		best->parser->name, best->missing ? best->missing : "its first lines are missing",
		second->parser ? "; " : "", second->parser ? second->parser->name : "",
		second->parser ? ": " : "",
		!second->parser   ? ""
		: second->missing ? second->missing
				  : "its first lines are missing");
}

/* A source of which only the name and the reason are kept. */
static int keep_unread(struct plan *p, const struct item *item, struct err *e)
{
	struct ingest *in = p->in;
	const char *status = item->unread, *why = item->why;
	struct store_source source = { item->name, NULL, owner_server(p->owners, item->folder),
		owner_reason(p->owners, item->folder) };
	struct source_result result;

	store_begin(in->store, &source);
	/* Two unread files of one server are two sources: their names stand for the bytes that nobody
	 * read. */
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
	struct store_source source = { item->name, item->parser->name, NULL, NULL };
	struct intake intake = { { take_record, take_note, false }, in, p->owners, item->folder, item->name,
		0 };
	struct source about = { item->name };
	struct source_result result;
	struct err failure;
	bool broken;

	if (!item->parser->names_server || in->server) {
		source.server = owner_server(p->owners, item->folder);
		source.server_reason = owner_reason(p->owners, item->folder);
		/* No server, but not the computer of its events either: it has none. */
		source.server = source.server ? source.server : STORE_UNNAMED;
	}
	store_begin(in->store, &source);
	feed_begin(feed, in->store);
	parser_run(item->parser, &about, r, &intake.sink);
	broken = os_failed(feed->file, &failure) != 0;
	if (broken)
		take_note(&intake.sink, 0, failure.text);
	if (store_end(in->store, broken || intake.sink.cut ? "partial" : "read", reader_encoding(r), &result,
		    e) != 0)
		return -1;
	in->trouble |= broken || intake.sink.cut;
	in->failed += broken;
	in->stopped |= in->strict && intake.notes;
	in->known += result.outcome == STORE_KNOWN;
	in->usable++;
	return 0;
}

/* ---- one file, looked at twice ---- */

/* First for its head, to let the parsers bid, then to be read. A pipe cannot be opened twice: it stays open
 * in between. */
struct opening {
	struct feed feed;
	struct reader *reader;
};

static void opening_close(struct opening *o)
{
	if (!o)
		return;
	reader_close(o->reader);
	os_close(o->feed.file);
	arena_close(o->feed.arena);
	free(o);
}

/* NULL, and the item marked as unreadable, when it cannot be opened. */
static struct opening *opening_of(struct plan *p, struct item *item)
{
	struct opening *o = item->open;
	struct os_file *file;
	struct err why;

	item->open = NULL;
	if (o)
		return o;
	file = os_open(item->path, &why);
	if (!file) {
		item->parser = NULL;
		item->unread = "unreadable";
		item->why = arena_text(p->arena, span_of(why.text));
		return NULL;
	}
	o = calloc(1, sizeof *o);
	if (!o)
		die("out of memory");
	/* Not the plan's arena: a thousand files must not keep a head each. */
	o->feed = (struct feed){ .file = file, .arena = arena_open() };
	o->reader = reader_open(feed_fill, &o->feed, p->in->encoding);
	return o;
}

static void item_choose(struct plan *p, struct item *item)
{
	struct opening *o = opening_of(p, item);
	struct bid best, second;
	struct span head;
	struct err why;

	if (!o)
		return;
	head = reader_head(o->reader);
	if (parser_choose(head, &best, &second)) {
		item->parser = best.parser;
	} else if (os_failed(o->feed.file, &why) != 0) {
		item->unread = "unreadable";
		item->why = arena_text(p->arena, span_of(why.text));
	} else {
		item->unread = "unrecognised";
		item->why = why_unrecognised(p->arena, head, &best, &second);
	}
	if (item->once && item->parser)
		item->open = o;
	else
		opening_close(o);
}

static int item_read(struct plan *p, struct item *item, struct err *e)
{
	struct opening *o = opening_of(p, item);
	int status;

	if (!o)
		return 0;
	status = read_open(p, item, &o->feed, o->reader, e);
	opening_close(o);
	return status;
}

/* ---- the plan ---- */

static struct item *item_add(struct plan *p, const char *path, const char *name, size_t folder, bool named)
{
	p->items = arena_grow(p->arena, p->items, p->item_count, sizeof *p->items);
	p->items[p->item_count] = (struct item){ .path = arena_text(p->arena, span_of(path)),
		.name = arena_text(p->arena, span_of(name)),
		.folder = folder,
		.named = named };
	p->in->files++;
	return &p->items[p->item_count++];
}

struct folder_walk {
	struct os_walk walk;
	struct plan *plan;
	size_t group;
};

static const char *last_part(const char *path)
{
	const char *part = path;

	for (; *path; path++)
		if (os_is_separator(*path) && path[1])
			part = path + 1;
	return part;
}

/* Files lie in the folder that their name says, and a name's folders are a bundle's parts. */
static struct item *walk_item(struct folder_walk *f, const char *path, const char *name)
{
	size_t n = (size_t)(last_part(name) - name);

	return item_add(f->plan, path, name,
		owners_folder(f->plan->owners, f->group, (struct span){ name, n ? n - 1 : 0 }), false);
}

static void walk_file(struct os_walk *w, const char *path, const char *name)
{
	walk_item((struct folder_walk *)(void *)w, path, name);
}

static void walk_failed(struct os_walk *w, const char *name, const char *why)
{
	struct folder_walk *f = (struct folder_walk *)(void *)w;
	struct item *item = walk_item(f, name, name);

	item->unread = "unreadable";
	item->why = arena_text(f->plan->arena, span_of(why));
}

static void walk_other(struct os_walk *w, const char *name, const char *why)
{
	struct folder_walk *f = (struct folder_walk *)(void *)w;
	struct item *item = walk_item(f, name, name);

	item->unread = "unrecognised";
	item->why = arena_text(f->plan->arena, span_of(why));
}

static void plan_path(struct plan *p, const char *path)
{
	struct folder_walk walk = { { walk_file, walk_failed, walk_other }, p, 0 };
	size_t n = (size_t)(last_part(path) - path);
	struct item *item;

	if (os_kind(path) == OS_FOLDER) {
		walk.group = owners_group(p->owners);
		os_walk_folder(&walk.walk, path);
		return;
	}
	if (p->files == OWNER_NONE)
		p->files = owners_group(p->owners);
	item = item_add(p, path, strcmp(path, "-") == 0 ? "(standard input)" : last_part(path),
		owners_folder(p->owners, p->files, (struct span){ path, n ? n - 1 : 0 }), true);
	item->once = strcmp(path, "-") == 0 || os_kind(path) == OS_OTHER;
}

/* By name, so that the order on the command line changes nothing. */
static int by_name(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : strcmp(x->path, y->path);
}

/* Captures without a server are the one thing that a user must hear of at once: no verdict speaks of them. */
static void say_unowned(const struct plan *p)
{
	for (size_t i = 0; i < p->item_count; i++) {
		const struct item *item = &p->items[i];

		if (item->unread || owner_server(p->owners, item->folder))
			continue;
		p->in->say(p->in->to, item->name, 0, owner_reason(p->owners, item->folder));
		return;
	}
}

int ingest_paths(struct ingest *in, const struct list *paths, struct err *e)
{
	struct plan p = { .in = in, .arena = arena_open(), .files = OWNER_NONE };
	int status = 0;

	p.owners = owners_open(p.arena, in->server);
	for (size_t i = 0; i < paths->count; i++)
		plan_path(&p, paths->items[i]);
	if (p.item_count)
		qsort(p.items, p.item_count, sizeof *p.items, by_name);
	for (size_t i = 0; i < p.item_count && status == 0 && !in->stopped; i++)
		if (!p.items[i].unread)
			item_choose(&p, &p.items[i]);
	/* First what says whose it is, then what does not. */
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < p.item_count && status == 0 && !in->stopped; i++)
			if (p.items[i].parser && p.items[i].parser->names_server == (pass == 0))
				status = item_read(&p, &p.items[i], e);
		owners_decide(p.owners);
	}
	say_unowned(&p);
	for (size_t i = 0; i < p.item_count && status == 0 && !in->stopped; i++)
		if (p.items[i].unread)
			status = keep_unread(&p, &p.items[i], e);
	for (size_t i = 0; i < p.item_count; i++)
		opening_close(p.items[i].open);
	store_met(in->store, in->arena, &in->servers);
	arena_close(p.arena);
	return status;
}
