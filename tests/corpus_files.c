/* SPDX-License-Identifier: MIT
 * Does every file of the corpus go to the one reader that is meant for it, or is it told for what it is; and
 * is memsnap's process log read as its PROVENANCE.md says? The corpus is no part of this project: without it
 * the test says so and passes. */
#include "tests/check.h"
#include "tests/gather.h"

#include "core/os.h"
#include "parsers/foreign.h"

extern const struct parser parser_memsnap;

/* The first pattern that fits counts. */
static const struct {
	const char *name, *want;
} facts[] = {
	{ "*/PROVENANCE.md", NULL },
	{ "evtx/*.evtx", "evtx" },
	{ "evtx/*.evt", "evt" },
	{ "evtx-xml/conv-evtxexport-TEXT-*", "evtxexport-text" },
	{ "evtx-xml/*", "events" },
	{ "poolsnap/poolmonx-devbuild-*", "poolmonx-binary" },
	{ "poolsnap/poolmonx-v1-*", "poolmonx" },
	{ "poolsnap/poolmon-powershell-*", "poolmonps" },
	{ "poolsnap/*-perfmon-csv-*", "counters" },
	{ "poolsnap/*-memsnap-*", "memsnap" },
	{ "poolsnap/*poolused*", "windbg" },
	{ "poolsnap/*", "poolmon" },
};

#define MEMSNAP "rr-xp-memsnap-m-process-log.log"

struct corpus {
	struct os_walk walk;
	size_t found[LEN(facts)];
};

static void corpus_file(struct os_walk *w, const char *path, const char *name)
{
	struct corpus *c = (struct corpus *)w;
	struct os_file *file;
	struct reader *r;
	struct look look;
	struct err e;
	const char *got;
	size_t k = 0;

	while (k < LEN(facts) && !text_glob(span_of(facts[k].name), span_of(name)))
		k++;
	CHECK(k < LEN(facts));
	file = os_open(path, &e);
	CHECK(file != NULL);
	if (!file || k == LEN(facts))
		return;
	c->found[k]++;
	r = reader_open(os_read, file, -1);
	look = foreign_look(r, name);
	got = look.parser ? look.parser->name : look.foreign ? look.foreign->name : NULL;
	CHECK_TEXT(got, facts[k].want);
	if (got && facts[k].want && strcmp(got, facts[k].want) != 0)
		printf("that is %s\n", name);
	CHECK(!look.parser || !look.second.parser || look.second.height < BID_LEAST);
	reader_close(r);
	os_close(file);
}

static void corpus_failed(struct os_walk *w, const char *name, const char *why)
{
	(void)w;
	CHECK_TEXT(name, why);
}

/* 0 tag rows, 8 process rows, HOST1 */
static void check_memsnap(struct arena *a, const char *folder)
{
	struct err e;
	struct os_file *file = os_open(arena_printf(a, "%s/poolsnap/" MEMSNAP, folder), &e);
	struct source source = { MEMSNAP };
	struct gathered *g;
	struct reader *r;

	CHECK(file != NULL);
	if (!file)
		return;
	r = reader_open(os_read, file, -1);
	g = gather_new();
	parser_memsnap.parse(&source, r, &g->sink);
	CHECK_TEXT(g->text,
		"3 host name=host_name text=HOST1\n"
		"1 note process snapshots of memsnap /m: 1 with 8 rows, 09\\03\\2002 15:39:31.0781 (GMT); no pool tags "
		"are in them; collect poolmon -b -r -n poolsnap.txt\n");
	CHECK(!g->sink.cut);
	free(g);
	reader_close(r);
	os_close(file);
}

int main(void)
{
	struct corpus c = { .walk = { corpus_file, corpus_failed, NULL } };
	const char *folder = getenv("POOLTRIAGE_CORPUS");
	struct arena *a;

	folder = folder ? folder : "../shared/corpus";
	if (os_kind(folder) != OS_FOLDER) {
		printf("skipped: which reader takes which file (no corpus)\n");
		return 0;
	}
	a = arena_open();
	os_walk_folder(&c.walk, folder);
	for (size_t i = 0; i < LEN(facts); i++) {
		CHECK(c.found[i] > 0);
		if (!c.found[i])
			printf("no file is called %s\n", facts[i].name);
	}
	check_memsnap(a, folder);
	arena_close(a);
	return check_end();
}
