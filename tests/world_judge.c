/* SPDX-License-Identifier: MIT
 * From a world to its judgement, through real files in a folder that is empty before and afterwards. */
#include "tests/world_judge.h"

#include "analysis/analysis.h"
#include "core/os.h"
#include "core/text.h"
#include "ingest.h"
#include "store/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SERVER "FS01"

static void stop(const char *what, const char *which)
{
	fprintf(stderr, "world: %s: %s\n", which, what);
	exit(1);
}

/* ---- the folder ---- */

static const char *folder_path(struct arena *a)
{
	const char *build = getenv("BUILD");

	return arena_printf(a, "%s/tests/%s", build && *build ? build : "build", world_folder);
}

struct walk {
	struct os_walk walk; /* first: it is cast back */
	struct list *files;
	struct arena *arena;
};

static void walk_file(struct os_walk *w, const char *path, const char *name)
{
	struct walk *walk = (struct walk *)(void *)w;

	(void)name;
	list_add(walk->arena, walk->files, path);
}

static void walk_failed(struct os_walk *w, const char *name, const char *why)
{
	(void)w;
	stop(why, name);
}

static struct list folder_files(const char *dir, struct arena *a)
{
	struct list files = { 0 };
	struct walk walk = { { walk_file, walk_failed, NULL }, &files, a };

	if (os_kind(dir) != OS_FOLDER)
		stop("is no folder; make has one for each program that needs it", dir);
	os_walk_folder(&walk.walk, dir);
	return files;
}

static void folder_clear(const char *dir, struct arena *a)
{
	struct list files = folder_files(dir, a);

	for (size_t i = 0; i < files.count; i++)
		if (remove(files.items[i]) != 0)
			stop("cannot be removed", files.items[i]);
}

/* ---- reading ---- */

/* Notes are of no interest: a world's files are read without trouble, or the program ends. */
static void said(void *to, const char *source, uint64_t line, const char *text)
{
	(void)to;
	(void)source;
	(void)line;
	(void)text;
}

static void take(struct judged *d, const struct list *paths)
{
	struct ingest in = { .store = d->store,
		.server = SERVER,
		.encoding = -1,
		.jobs = 1,
		.relevant = evidence_uses,
		.say = said,
		.arena = d->arena };
	struct err e;

	if (ingest_paths(&in, paths, &e) != 0)
		stop(e.text, "ingest");
	if (in.unrecognised || in.failed || in.trouble)
		stop("not all of the world's files were read", paths->items[0]);
}

static void read_folder(struct judged *d, const struct world *w, bool apart, bool reversed)
{
	const char *dir = folder_path(d->arena);
	struct list paths = { 0 }, files;

	folder_clear(dir, d->arena);
	world_write(w, apart, dir);
	files = folder_files(dir, d->arena);
	for (size_t i = files.count; i-- > 0 && reversed;)
		list_add(d->arena, &paths, files.items[i]);
	if (!reversed)
		list_add(d->arena, &paths, dir);
	if (files.count)
		take(d, &paths);
	folder_clear(dir, d->arena);
}

static void tell_fact(struct judged *d, const char *fact, const char *text, int64_t number)
{
	struct err e;

	if (store_tell(d->store, SERVER, fact, text, number, &e) != 0)
		stop(e.text, fact);
}

static void tell(struct judged *d, const struct world *w)
{
	int64_t most = (int64_t)(w->told_max * (double)MIB);
	char offset[WHEN_TEXT];

	when_print_offset(-w->bias, offset);
	if (!w->untold)
		tell_fact(d, FACT_UTC_OFFSET, offset, -w->bias);
	if (w->told_os)
		tell_fact(d, FACT_OS, w->told_os, 0);
	if (w->told_arch)
		tell_fact(d, FACT_ARCH, w->told_arch, 0);
	if (most)
		tell_fact(d, FACT_PAGED_MAX, arena_printf(d->arena, "%" PRId64 " bytes", most), most);
}

static int64_t server_of(const struct judged *d)
{
	struct query *q =
		query_open(d->store, "SELECT coalesce(same_as, id) FROM server WHERE name = '" SERVER "'");
	int64_t id = query_next(q) ? query_integer(q, 0) : -1;

	query_close(q);
	return id;
}

struct judged world_judge_as(const struct world *w, const struct world_reading *reading)
{
	struct judged d = { .arena = arena_open() };
	struct err e;

	d.store = store_open(NULL, &e);
	if (!d.store)
		stop(e.text, "store");
	read_folder(&d, w, reading->apart, reading->reversed);
	if (reading->twice)
		read_folder(&d, w, reading->apart, !reading->reversed);
	tell(&d, w);
	if (store_settle(d.store, &e) != 0)
		stop(e.text, "settle");
	d.server = server_of(&d);
	d.e = evidence_load(d.store, d.server, SERVER, &thresholds_default, d.arena);
	d.j = judge(d.e, d.arena);
	return d;
}

struct judged world_judge(const struct world *w)
{
	static const struct world_reading usual = { 0 };

	return world_judge_as(w, &usual);
}

void judged_close(struct judged *d)
{
	store_close(d->store);
	arena_close(d->arena);
	*d = (struct judged){ 0 };
}

const char *judged_findings(const struct judged *d)
{
	struct report *r = report_open();
	const struct server_report *s;
	const char *text = "";

	analysis_server(r, d->store, d->server, SERVER, &thresholds_default);
	s = &r->servers[0];
	for (size_t i = 0; i < s->data_count; i++)
		/* the first row is the verdict */
		for (size_t k = 1; strcmp(s->data[i]->name, "findings") == 0 && k < s->data[i]->row_count;
			k++)
			text = arena_printf(d->arena, "%s%s%s", text, *text ? ", " : "",
				table_cell(s->data[i], k, "rule")->text);
	report_close(r);
	return text;
}
