/* SPDX-License-Identifier: MIT
 * Walks the paths, lets parsers bid, works out whose captures they are, and feeds the store. */
#include "ingest.h"

#include "core/os.h"
#include "core/reader.h"
#include "core/text.h"
#include "crew.h"
#include "opening.h"
#include "owner.h"
#include "parsers/foreign.h"
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
	struct opening *open; /* of a pipe between the two looks at it, which cannot be opened twice */
	/* "unreadable" or "unrecognised": told when it is known whose bundle this is */
	const char *unread, *why;
	const char *format; /* of what is unrecognised: what it is instead, or NULL */
	const char *also;   /* what else stands in it, for a note; NULL: nothing is known to */
};

struct plan {
	struct ingest *in;
	struct arena *arena;
	struct item *items;
	size_t item_count;
	struct owners *owners;
	size_t files; /* the group of the single files */
};
#define NO_GROUP SIZE_MAX

static const char *last_part(const char *path)
{
	const char *part = path;

	for (; *path; path++)
		if (os_is_separator(*path) && path[1])
			part = path + 1;
	return part;
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

/* EventLog 6011: "The NetBIOS name and DNS host name of this machine have been changed from %1 to %2." */
static void see_rename(struct intake *t, const struct record *r)
{
	struct span rest = r->v[EVENT_STRINGS].text, name, was, is;

	if (r->v[EVENT_EVENT_ID].number == 6011 && r->v[EVENT_STRINGS].known &&
		span_equal_nocase(r->v[EVENT_PROVIDER].text, SPAN("EventLog")) &&
		strings_next(&rest, &name, &was) && strings_next(&rest, &name, &is))
		owner_renamed(t->owners, text_trim(was), text_trim(is));
}

static void take_record(struct sink *sink, const struct record *r)
{
	struct intake *t = (struct intake *)(void *)sink;
	bool keep = true;

	if (r->kind == RECORD_EVENT) {
		keep = t->in->relevant(r);
		owner_computer(t->owners, t->folder, r->v[EVENT_COMPUTER].text);
		see_rename(t, r);
	} else if (r->kind == RECORD_HOST && span_equal(r->v[HOST_NAME].text, SPAN(FACT_HOST_NAME))) {
		owner_host(t->owners, t->folder, r->v[HOST_TEXT].text);
	} else if (r->kind == RECORD_COUNTER) {
		owner_counter(t->owners, t->folder, r->v[COUNTER_COMPUTER].text);
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

/* ---- what is not read ---- */

static struct owner owner_of_item(const struct plan *p, const struct item *item)
{
	return owner_of(p->owners, item->folder, last_part(item->name));
}

/* A tag list is a server's where anything else is that server's too: a folder called "tools" is no
 * machine. */
static struct owner owner_of_tag_list(const struct plan *p, const struct item *list)
{
	struct owner owner = owner_of_item(p, list);

	if (p->in->server)
		return owner;
	for (size_t i = 0; owner.server && i < p->item_count; i++) {
		const struct item *item = &p->items[i];
		const char *server = item->parser && item->parser->whose != WHOSE_ALL
					     ? owner_of_item(p, item).server
					     : NULL;

		if (server && span_equal_nocase(span_of(server), span_of(owner.server)))
			return owner;
	}
	return (struct owner){ NULL, "it lies with no server, so it serves all", false };
}

#define UNREAD_SAID 20 /* files met in folders; the rest is in the report */

/* A source of which only the name and the reason are kept. */
static int keep_unread(struct plan *p, const struct item *item, struct err *e)
{
	struct ingest *in = p->in;
	struct owner owner = owner_of_item(p, item);
	struct store_source source = { item->name, item->format, owner.server, owner.reason };
	struct digest *bytes = digest_open();
	struct source_result result;
	int status;

	/* A folder of stray notes is no machine; one that holds a log nobody could read may be. */
	if (owner.label && !item->format)
		source.server = NULL;
	store_begin(in->store, &source);
	/* Two unread files of one server are two sources: their names stand for the bytes that nobody
	 * read. */
	digest_add(bytes, item->name, strlen(item->name));
	digest_add(bytes, item->why, strlen(item->why));
	store_note(in->store, 0, item->why);
	if (item->named || in->unrecognised < UNREAD_SAID)
		in->say(in->to, item->named && strcmp(item->path, "-") != 0 ? item->path : item->name, 0,
			item->why);
	else if (in->unrecognised == UNREAD_SAID)
		in->say(in->to, item->name, 0, "not read either, like more files; the report lists them all");
	status = store_end(
		in->store, &(struct store_ending){ bytes, item->unread, NULL, WHEN_NONE }, &result, e);
	digest_close(bytes);
	if (status != 0)
		return -1;
	in->stopped |= in->strict;
	if (strcmp(item->unread, "unrecognised") == 0)
		in->unrecognised++;
	else
		in->failed++;
	in->trouble |= item->named || strcmp(item->unread, "unreadable") == 0;
	return 0;
}

/* One file that the crew has read, or could not open. */
static int item_take(struct plan *p, struct item *item, struct crew *crew, size_t turn, struct err *e)
{
	struct ingest *in = p->in;
	struct store_source source = { item->name, item->parser->name, NULL, NULL };
	struct intake intake = { { take_record, take_note, false }, in, p->owners, item->folder, item->name,
		0 };
	struct source_result result;
	struct opening *o;
	struct err failure;
	bool broken;
	int status;

	if (item->parser->whose != WHOSE_SAID || in->server) {
		struct owner owner = item->parser->whose == WHOSE_ALL ? owner_of_tag_list(p, item)
								      : owner_of_item(p, item);

		/* No server, but not the computer of its events either: it has none. */
		source.server = owner.server ? owner.server : STORE_UNNAMED;
		source.server_reason = owner.reason;
	}
	store_begin(in->store, &source);
	o = crew_take(crew, turn, &intake.sink, &failure);
	if (!o) {
		store_cancel(in->store);
		item->parser = NULL;
		item->unread = "unreadable";
		item->why = arena_text(p->arena, span_of(failure.text));
		return 0;
	}
	broken = opening_failed(o, &failure) != 0;
	if (item->also)
		take_note(&intake.sink, 0, item->also);
	if (broken)
		take_note(&intake.sink, 0, failure.text);
	status = store_end(in->store,
		&(struct store_ending){ opening_digest(o), broken || intake.sink.cut ? "partial" : "read",
			reader_encoding(opening_reader(o)), opening_modified(o) },
		&result, e);
	opening_close(o);
	if (status != 0)
		return -1;
	in->trouble |= broken || intake.sink.cut;
	in->failed += broken;
	in->stopped |= in->strict && intake.notes;
	in->known += result.outcome == STORE_KNOWN;
	in->tag_lists += item->parser->whose == WHOSE_ALL;
	in->usable++;
	return 0;
}

static struct spelling spelling_of(const struct ingest *in)
{
	return (struct spelling){ in->encoding, in->page };
}

/* All items whose parsers say whose they are, or all whose parsers do not. */
static int items_read(struct plan *p, bool names_server, struct err *e)
{
	struct crew_file *files = arena_alloc(p->arena, (p->item_count + 1) * sizeof *files);
	struct item **items = arena_alloc(p->arena, (p->item_count + 1) * sizeof *items);
	struct crew *crew;
	size_t n = 0;
	int status = 0;

	for (size_t i = 0; i < p->item_count; i++) {
		struct item *item = &p->items[i];

		if (!item->parser || (item->parser->whose == WHOSE_SAID) != names_server)
			continue;
		items[n] = item;
		files[n++] = (struct crew_file){ item->path, item->name, item->parser, item->open };
		item->open = NULL;
	}
	crew = crew_open(files, n, spelling_of(p->in), p->in->jobs);
	for (size_t i = 0; i < n && status == 0 && !p->in->stopped; i++)
		status = item_take(p, items[i], crew, i, e);
	crew_close(crew);
	return status;
}

/* A bid of another parser's typical lines: somebody wrote two formats into one file. */
#define ALSO_LEAST 60

/* The head of one item: which parser? */
static void item_choose(struct plan *p, struct item *item)
{
	struct look look;
	struct err why;
	struct opening *o = opening_open(item->path, spelling_of(p->in), &why);

	if (!o) {
		item->unread = "unreadable";
		item->why = arena_text(p->arena, span_of(why.text));
		return;
	}
	look = foreign_look(opening_reader(o), item->name);
	item->parser = look.parser;
	if (look.parser && look.parser->whose == WHOSE_FOLDER)
		owner_nameless(p->owners, item->folder);
	if (!look.parser && opening_failed(o, &why) != 0) {
		item->unread = "unreadable";
		item->why = arena_text(p->arena, span_of(why.text));
	} else if (!look.parser) {
		item->unread = "unrecognised";
		item->why = foreign_why(p->arena, &look, item->name);
		item->format = look.foreign ? look.foreign->name : NULL;
	} else if (look.second.height >= ALSO_LEAST) {
		item->also = arena_printf(p->arena,
			"there is more in it: %s, which %s reads; only what %s reads was taken (keep them in files of "
			"their own)",
			look.second.parser->about, look.second.parser->name, look.parser->name);
	}
	if (item->once && item->parser)
		item->open = o;
	else
		opening_close(o);
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

/* "FS02" of "cases/FS02/", "cases/FS02//" and "cases/FS02/."; "." and the like name nothing. */
static struct span folder_name(const char *path)
{
	struct span name = span_of(path);
	size_t from;

	while (name.n &&
		(os_is_separator(name.p[name.n - 1]) ||
			(name.n > 1 && name.p[name.n - 1] == '.' && os_is_separator(name.p[name.n - 2]))))
		name.n--;
	for (from = name.n; from && !os_is_separator(name.p[from - 1]);)
		from--;
	return text_tail(name, from);
}

static void plan_path(struct plan *p, const char *path)
{
	struct folder_walk walk = { { walk_file, walk_failed, walk_other }, p, 0 };
	size_t n = (size_t)(last_part(path) - path);
	struct item *item;

	if (os_kind(path) == OS_FOLDER) {
		walk.group = owners_group(p->owners, folder_name(path));
		os_walk_folder(&walk.walk, path);
		return;
	}
	if (p->files == NO_GROUP)
		p->files = owners_group(p->owners, SPAN(""));
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
		struct owner owner = owner_of_item(p, item);

		if (!item->parser || item->parser->whose != WHOSE_FOLDER || owner.server)
			continue;
		p->in->say(p->in->to, item->name, 0, owner.reason);
		return;
	}
}

static int items_take(struct plan *p, struct err *e)
{
	/* First what says whose it is, then what does not. */
	int status = items_read(p, true, e);

	owners_decide(p->owners);
	if (status == 0)
		status = items_read(p, false, e);
	say_unowned(p);
	for (size_t i = 0; i < p->item_count && status == 0 && !p->in->stopped; i++)
		if (p->items[i].unread)
			status = keep_unread(p, &p->items[i], e);
	return status;
}

/* The path under which a folder of tables would hold a file of that name, if it may; else NULL. */
static const char *in_folder(const struct plan *p, const char *path)
{
	const char *name = path;

	if (!p->in->output_folder || !text_ends_nocase(span_of(path), ".csv"))
		return NULL;
	for (const char *c = path; *c; c++)
		name = os_is_separator(*c) ? c + 1 : name;
	return arena_printf(p->arena, "%s/%s", p->in->output_folder, name);
}

/* An input that a report would replace. What is in no known format may be: an older report, lying in its
 * bundle. */
static const char *overwritten(const struct plan *p)
{
	for (size_t i = 0; i < p->item_count; i++) {
		const struct item *item = &p->items[i];
		const char *table = in_folder(p, item->path);

		if (!item->parser && !item->format && !item->named)
			continue;
		for (size_t k = 0; k < p->in->outputs.count; k++)
			if (os_same_file(item->path, p->in->outputs.items[k]))
				return p->in->outputs.items[k];
		if (table && os_same_file(item->path, table))
			return arena_text(p->in->arena, span_of(item->path));
	}
	return NULL;
}

int ingest_paths(struct ingest *in, const struct list *paths, struct err *e)
{
	struct plan p = { .in = in, .arena = arena_open(), .files = NO_GROUP };
	int status;

	p.owners = owners_open(p.arena, in->server);
	for (size_t i = 0; i < paths->count; i++)
		plan_path(&p, paths->items[i]);
	if (p.item_count)
		qsort(p.items, p.item_count, sizeof *p.items, by_name);
	for (size_t i = 0; i < p.item_count; i++)
		if (!p.items[i].unread)
			item_choose(&p, &p.items[i]);
	in->overwritten = overwritten(&p);
	status = in->overwritten ? 0 : items_take(&p, e);
	for (size_t i = 0; i < p.item_count; i++)
		opening_close(p.items[i].open);
	store_met(in->store, in->arena, &in->servers);
	arena_close(p.arena);
	return status;
}
