/* SPDX-License-Identifier: MIT
 * Do the facts that PROVENANCE.md tells of the corpus's CSV files come out of the parsers? The corpus is no
 * part of this project: without it the test says so and passes. */
#include "tests/check.h"
#include "tests/collect.h"

#include "core/os.h"

extern const struct parser parser_poolmonx, parser_poolmonps, parser_counters, parser_counters_local;
static const struct parser *const ours[] = { &parser_poolmonx, &parser_poolmonps, &parser_counters,
	&parser_counters_local };

static struct arena *memory;
static const char *folder;

/* Read by whichever parser wins the bid; NULL when none does. */
static struct collected *collect_file(const char *name, const char *want)
{
	struct err e;
	const char *path = arena_printf(memory, "%s/poolsnap/%s", folder, name);
	struct os_file *file = os_open(path, &e);
	struct source source = { .name = path };
	struct collected *c = calloc(1, sizeof *c);
	struct bid best, second;
	if (!file || !c)
		abort();
	struct reader *r = reader_open(os_read, file, -1);
	bool recognised = parser_choose(reader_head(r), &best, &second);
	CHECK_TEXT(recognised ? best.parser->name : NULL, want);
	c->sink = (struct sink){ .record = collect_record, .note = collect_note };
	c->arena = arena_open();
	if (recognised)
		parser_run(best.parser, &source, r, &c->sink);
	CHECK(!c->bad_text && !c->sink.cut);
	reader_close(r);
	os_close(file);
	return c;
}

static const char *row_of(const struct record *r)
{
	return arena_printf(memory, "%s %s %s %s %s", collect_text(memory, r, POOL_TAG),
		collect_text(memory, r, POOL_POOL), collect_number(memory, r, POOL_DIFF),
		collect_number(memory, r, POOL_BYTES), collect_text(memory, r, POOL_DRIVER));
}

/* 388 rows (143 paged, 245 nonpaged); MmSt is the largest paged; Io and "Io  " are two tags; four
 * descriptions hold commas. */
static void check_poolmonx(void)
{
	struct collected *c = collect_file("poolmonx-v1-layout-utf16le-nobom.csv", "poolmonx");
	size_t rows[2] = { 0, 0 }, commas = 0;
	const struct record *largest = NULL, *io[3] = { NULL, NULL, NULL };
	CHECK_INT(c->n, 389);
	CHECK_INT(c->notes_n, 0);
	CHECK(c->records[0].kind == RECORD_SNAPSHOT);
	CHECK_TEXT(collect_text(memory, &c->records[0], SNAPSHOT_VIEW), "snapshot");
	CHECK_TEXT(collect_text(memory, &c->records[0], SNAPSHOT_TOOL), "poolmonx");
	CHECK_TEXT(collect_text(memory, &c->records[0], SNAPSHOT_TIME_SOURCE), "none");
	for (size_t i = 1; i < c->n; i++) {
		const struct record *r = &c->records[i];
		bool paged = span_equal(r->v[POOL_POOL].text, SPAN("paged"));
		rows[paged]++;
		CHECK(r->v[POOL_DIFF].number ==
			((r->v[POOL_ALLOCS].number - r->v[POOL_FREES].number) & UINT32_MAX));
		commas += text_find(r->v[POOL_DRIVER].text, ",") != NULL;
		if (paged && (!largest || r->v[POOL_BYTES].number > largest->v[POOL_BYTES].number))
			largest = r;
		if (span_equal(r->v[POOL_TAG].text, SPAN("  Io")))
			io[0] = r;
		if (span_equal(r->v[POOL_TAG].text, SPAN("Io  ")))
			io[1 + paged] = r;
	}
	CHECK_INT(rows[1], 143);
	CHECK_INT(rows[0], 245);
	CHECK_INT(commas, 4);
	CHECK_TEXT(row_of(largest), "MmSt paged 61283 156162640 nt!mm - Mm section object prototype ptes");
	CHECK_TEXT(row_of(io[0]), "  Io nonpaged 8 5248 -");
	CHECK_TEXT(row_of(io[1]), "Io   nonpaged 5884 557824 nt!io - general IO allocations");
	CHECK_TEXT(row_of(io[2]), "Io   paged 168 14928 nt!io - general IO allocations");
	collect_free(c);
}

/* Three samples, 5 s apart, of one tag; 199941136 in the second. */
static void check_powershell(void)
{
	static const int64_t bytes[] = { 199922400, 199941136, 199878016 };
	struct collected *c = collect_file("poolmon-powershell-loop.csv", "poolmonps");
	CHECK_INT(c->n, 6);
	CHECK_INT(c->notes_n, 0);
	for (size_t i = 0; i < 3 && c->n == 6; i++) {
		const struct record *head = &c->records[2 * i], *row = head + 1;
		CHECK(head->kind == RECORD_SNAPSHOT && row->kind == RECORD_POOL);
		CHECK_INT(head->v[SNAPSHOT_LOCAL].number,
			when_civil(2019, 7, 24, 12, 21, 57, 0) + (when_us)i * 5 * WHEN_SECOND);
		CHECK(!head->v[SNAPSHOT_TIME].known && !head->v[SNAPSHOT_LOCAL_OTHER].known);
		CHECK_TEXT(collect_text(memory, head, SNAPSHOT_VIEW), "live");
		CHECK_TEXT(row_of(row),
			arena_printf(memory,
				"FMfn paged - %" PRId64 " fltmgr.sys - NAME_CACHE_NODE structure", bytes[i]));
	}
	collect_free(c);
}

/* 12 samples of nonpaged bytes; hour and date are lost, and no time is made up. */
static void check_mangled(void)
{
	struct collected *c = collect_file("rr-perfmon-csv-excel-mangled-times.csv", "counters");
	CHECK_INT(c->n, 12);
	CHECK_INT(c->notes_n, 1);
	for (size_t i = 0; i < c->n; i++) {
		const struct record *r = &c->records[i];
		CHECK(r->kind == RECORD_COUNTER);
		CHECK(!r->v[COUNTER_TIME].known && !r->v[COUNTER_LOCAL].known && !r->v[COUNTER_PAGED].known);
		CHECK_TEXT(collect_text(memory, r, COUNTER_COMPUTER), "HOST1");
	}
	CHECK_INT(c->records[0].v[COUNTER_NONPAGED].number, 812204032);
	CHECK_INT(c->records[11].v[COUNTER_NONPAGED].number, 826572800);
	collect_free(c);
}

/* Serialised strings, no text, though its name ends in .csv. */
static void check_serialised(void)
{
	struct err e;
	struct os_file *file =
		os_open(arena_printf(memory, "%s/poolsnap/poolmonx-devbuild-serialised.csv", folder), &e);
	CHECK(file != NULL);
	if (!file)
		return;
	struct reader *r = reader_open(os_read, file, -1);
	for (size_t i = 0; i < LEN(ours); i++) {
		const char *missing = NULL;
		CHECK_INT(ours[i]->probe(reader_head(r), &missing), 0);
		CHECK(missing != NULL);
	}
	reader_close(r);
	os_close(file);
}

int main(void)
{
	const char *told = getenv("POOLTRIAGE_CORPUS");
	folder = told ? told : "../shared/corpus";
	memory = arena_open();
	if (os_kind(arena_printf(memory, "%s/poolsnap", folder)) != OS_FOLDER) {
		printf("skipped: csv (no corpus)\n");
		arena_close(memory);
		return 0;
	}
	check_poolmonx();
	check_powershell();
	check_mangled();
	check_serialised();
	arena_close(memory);
	return check_end();
}
