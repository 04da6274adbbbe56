/* SPDX-License-Identifier: MIT
 * Do the facts that PROVENANCE.md tells of every !poolused table in the corpus come out of the parser, and
 * does it leave all other files alone? The corpus is no part of this project: without it the test says so and
 * passes. */
#include "tests/check.h"
#include "tests/collect.h"

#include "core/os.h"

extern const struct parser parser_windbg, parser_poolmon;

/* One table of one file. Totals as its TOTAL row says, -1: none. MmSt: paged Diff and Bytes. */
static const struct fact {
	const char *file;
	size_t table, of;
	size_t rows; /* lines with a tag */
	int64_t mmst_diff, mmst_bytes;
	const char *paged, *nonpaged; /* the largest; NULL: none */
	int64_t paged_bytes, nonpaged_bytes, paged_total, nonpaged_total;
	bool counts; /* Allocs and Frees since boot */
} facts[] = {
	{ "windbg-poolused-xp-by-tag.txt", 0, 1, 35, 0, 0, "vPrt", "usbp", 68160, 77056, 13066104, 209120008,
		false },
	{ "windbg-poolused-4-xp-short.txt", 0, 1, 5, 0, 0, "Abc ", "Gla5", 33930272, 128, -1, -1, false },
	{ "windbg-poolused-2-win11-driver-leak.txt", 0, 1, 8, 0, 0, "DAL2", "amda", 6288352, 1938325232, -1,
		-1, false },
	{ "windbg-poolused-2-and-4-win7-x64.txt", 0, 2, 5, 0, 0, "EtwB", "Cont", 163840, 6525216, -1, -1,
		false },
	{ "windbg-poolused-2-and-4-win7-x64.txt", 1, 2, 7, 2808, 6790672, "CM31", "Ntff", 91705344, 1600, -1,
		-1, false },
	{ "rr-srv2003-poolused-4-mmst-293mb.txt", 0, 1, 1, 8684, 293147416, "MmSt", NULL, 293147416, -1, -1,
		-1, false },
	{ "rr-vista-x64-poolused-3-verbose-nonpaged.txt", 0, 1, 9, 0, 0, NULL, "EtwB", -1, 6550080, -1, -1,
		true },
};

static struct arena *memory;
static const char *folder;

static struct collected *collect_capture(const char *path, int *bid, int *poolmon)
{
	struct err e;
	struct os_file *file = os_open(path, &e);
	struct source source = { .name = path };
	struct collected *c = calloc(1, sizeof *c);
	const char *missing = NULL;
	struct reader *r;

	if (!file || !c)
		return NULL;
	r = reader_open(os_read, file, -1);
	*bid = parser_windbg.probe(reader_head(r), &missing);
	*poolmon = parser_poolmon.probe(reader_head(r), &missing);
	c->sink = (struct sink){ .record = collect_record, .note = collect_note };
	c->arena = arena_open();
	parser_run(&parser_windbg, &source, r, &c->sink);
	reader_close(r);
	os_close(file);
	return c;
}

static int64_t number(const struct record *r, int column)
{
	return r->v[column].known ? r->v[column].number : -1;
}

static void check_table(const struct fact *f, const struct record *r, const struct record *end)
{
	int64_t bytes[2] = { -1, -1 }, mmst[2] = { 0, 0 };
	const char *tag[2] = { NULL, NULL };
	uint64_t line = 0;
	size_t rows = 0;

	/* None is whole: without a TOTAL row, or with rows left out. */
	CHECK_TEXT(collect_text(memory, r, SNAPSHOT_VIEW), "live");
	CHECK_TEXT(collect_text(memory, r, SNAPSHOT_TOOL), "windbg");
	CHECK_TEXT(collect_text(memory, r, SNAPSHOT_SCOPE), "system");
	CHECK_TEXT(collect_text(memory, r, SNAPSHOT_TIME_SOURCE), "none");
	CHECK_INT(number(r, SNAPSHOT_POOL_PAGED), f->paged_total);
	CHECK_INT(number(r, SNAPSHOT_POOL_NONPAGED), f->nonpaged_total);
	for (r++; r < end && r->kind == RECORD_POOL; r++) {
		bool paged = strcmp(collect_text(memory, r, POOL_POOL), "paged") == 0;

		rows += r->line != line;
		line = r->line;
		CHECK(r->v[POOL_ALLOCS].known == f->counts && r->v[POOL_FREES].known == f->counts);
		if (number(r, POOL_BYTES) > bytes[paged]) {
			bytes[paged] = number(r, POOL_BYTES);
			tag[paged] = collect_text(memory, r, POOL_TAG);
		}
		if (paged && strcmp(collect_text(memory, r, POOL_TAG), "MmSt") == 0) {
			mmst[0] = number(r, POOL_DIFF);
			mmst[1] = number(r, POOL_BYTES);
		}
	}
	CHECK_INT(rows, f->rows);
	CHECK_INT(mmst[0], f->mmst_diff);
	CHECK_INT(mmst[1], f->mmst_bytes);
	CHECK_TEXT(tag[1], f->paged);
	CHECK_TEXT(tag[0], f->nonpaged);
	CHECK_INT(bytes[1], f->paged_bytes);
	CHECK_INT(bytes[0], f->nonpaged_bytes);
}

static void check_fact(const struct fact *f)
{
	int bid = 0, poolmon = 100, before = check_failed;
	size_t tables = 0;
	struct collected *c =
		collect_capture(arena_printf(memory, "%s/poolsnap/%s", folder, f->file), &bid, &poolmon);

	CHECK(c != NULL);
	if (!c)
		return;
	CHECK(bid >= 90);
	CHECK_INT(poolmon, 0);
	CHECK(!c->bad_text && !c->sink.cut);
	for (size_t i = 0; i < c->n; i++)
		if (c->records[i].kind == RECORD_SNAPSHOT && tables++ == f->table)
			check_table(f, &c->records[i], c->records + c->n);
	CHECK_INT(tables, f->of);
	if (check_failed > before)
		printf("in table %zu of %s\n", f->table, f->file);
	collect_free(c);
}

/* The row of ohci holds 0 and "1394 OHCI ...", that of rx.. is the tag "  rx"; both are in one file. */
static void check_details(void)
{
	int bid, poolmon;
	size_t found = 0;
	struct collected *c = collect_capture(
		arena_printf(memory, "%s/poolsnap/windbg-poolused-xp-by-tag.txt", folder), &bid, &poolmon);

	for (size_t i = 0; i < c->n; i++) {
		const struct record *r = &c->records[i];
		const char *tag = r->kind == RECORD_POOL ? collect_text(memory, r, POOL_TAG) : "";

		if (strcmp(tag, "ohci") == 0) {
			CHECK_TEXT(collect_text(memory, r, POOL_POOL), "nonpaged");
			CHECK_INT(number(r, POOL_BYTES), 136);
			CHECK_TEXT(collect_text(memory, r, POOL_DRIVER), "1394 OHCI host controller driver");
			found++;
		}
		if (strcmp(tag, "  rx") == 0) {
			CHECK_INT(number(r, POOL_DIFF), 3);
			CHECK_INT(number(r, POOL_BYTES), 1248);
			found++;
		}
	}
	CHECK_INT(found, 2);
	collect_free(c);
}

static size_t others;

static void on_file(struct os_walk *w, const char *path, const char *name)
{
	struct err e;
	const char *missing = NULL;
	struct os_file *file;
	struct reader *r;
	int bid;

	(void)w;
	for (size_t i = 0; i < LEN(facts); i++)
		if (span_equal(span_of(name), span_of(arena_printf(memory, "poolsnap/%s", facts[i].file))))
			return;
	file = os_open(path, &e);
	CHECK(file != NULL);
	if (!file)
		return;
	r = reader_open(os_read, file, -1);
	bid = parser_windbg.probe(reader_head(r), &missing);
	others++;
	CHECK(bid == 0 && missing);
	if (bid)
		printf("%s got %d\n", name, bid);
	reader_close(r);
	os_close(file);
}

static void on_failed(struct os_walk *w, const char *name, const char *why)
{
	(void)w;
	printf("%s: %s\n", name, why);
	CHECK(false);
}

int main(void)
{
	const char *told = getenv("POOLTRIAGE_CORPUS");
	struct os_walk walk = { on_file, on_failed, NULL };

	folder = told ? told : "../shared/corpus";
	memory = arena_open();
	if (os_kind(arena_printf(memory, "%s/poolsnap", folder)) != OS_FOLDER) {
		printf("skipped: windbg (no corpus)\n");
		arena_close(memory);
		return 0;
	}
	for (size_t i = 0; i < LEN(facts); i++)
		check_fact(&facts[i]);
	check_details();
	os_walk_folder(&walk, folder);
	CHECK(others > 20);
	arena_close(memory);
	return check_end();
}
