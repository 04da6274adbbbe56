/* SPDX-License-Identifier: MIT
 * Is every real file of the corpus that is recognised and not read told for what it is, every other left to
 * its parser, and memsnap's process log read as its PROVENANCE.md says? The corpus is no part of this
 * project: without it the test says so and passes. */
#include "tests/check.h"
#include "tests/gather.h"

#include "core/os.h"
#include "parsers/foreign.h"

extern const struct parser parser_memsnap;

static const struct {
	const char *name, *want;
} facts[] = {
	{ "evtx/de-eventlog-svc-crash-system-7036.evtx", "evtx" },
	{ "evtx/de104-system-log-cleared.evtx", "evtx" },
	{ "evtx/win10-2KGM189-system.evtx", "evtx" },
	{ "evtx/win10-vss7-system.evtx", "evtx" },
	{ "evtx/win7-shieldbase-system.evtx", "evtx" },
	{ "evtx/zero-data-size-system.evtx", "evtx" },
	{ "evtx/winxp-SysEvent.Evt", "evt" },
	{ "evtx-xml/conv-evtxexport-TEXT-win10-vss7-system.txt", "evtxexport-text" },
	{ "poolsnap/poolmonx-devbuild-serialised.csv", "poolmonx-binary" },
	{ "poolsnap/rr-xp-memsnap-m-process-log.log", "memsnap" },
};

#define MEMSNAP "rr-xp-memsnap-m-process-log.log"

struct corpus {
	struct os_walk walk;
	size_t found, others;
};

static const char *want_of(const char *name)
{
	for (size_t i = 0; i < LEN(facts); i++)
		if (strcmp(facts[i].name, name) == 0)
			return facts[i].want;
	return NULL;
}

static void corpus_file(struct os_walk *w, const char *path, const char *name)
{
	struct corpus *c = (struct corpus *)w;
	struct err e;
	struct os_file *file = os_open(path, &e);
	const char *want = want_of(name);
	struct reader *r;
	struct look look;

	CHECK(file != NULL);
	if (!file)
		return;
	r = reader_open(os_read, file, -1);
	look = foreign_look(r, name);
	*(want ? &c->found : &c->others) += 1;
	if (want) {
		CHECK_TEXT(look.parser ? look.parser->name : look.foreign ? look.foreign->name : NULL, want);
	} else {
		if (look.foreign)
			printf("%s is taken for %s\n", name, look.foreign->name);
		CHECK(!look.foreign && look.parser != &parser_memsnap);
	}
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
		printf("skipped: formats that are not read (no corpus)\n");
		return 0;
	}
	a = arena_open();
	os_walk_folder(&c.walk, folder);
	CHECK_INT(c.found, LEN(facts));
	CHECK(c.others > 20);
	check_memsnap(a, folder);
	arena_close(a);
	return check_end();
}
