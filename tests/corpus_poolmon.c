/* SPDX-License-Identifier: MIT
 * Do the facts that PROVENANCE.md tells of every poolmon capture in the corpus come out of the parser, and
 * does it leave all other files alone? The corpus is no part of this project: without it the test says so and
 * passes. */
#include "tests/check.h"
#include "tests/collect.h"

#include "core/os.h"

extern const struct parser parser_poolmon;

/* One snapshot of one file. mmst: Diff and Bytes of the paged row; all 0: none. Pool N and P in KiB, 0: not
 * printed. */
struct fact {
	const char *file;
	size_t snapshot, of;
	size_t paged, nonpaged;
	int64_t mmst_diff, mmst_bytes;
	const char *largest; /* paged; NULL: none */
	int64_t largest_bytes, pool_n, pool_p;
	const char *view, *tool, *scope, *time;
};

#define X86_SNAPSHOT "snapshot", "poolmon x86", "system"
#define X64_SNAPSHOT "snapshot", "poolmon x64", "system"
#define LIVE(scope)  "live", "poolmon x86", scope
/* the six snapshots of the made-up file server: MmSt's Diff and Bytes (it is the largest), Pool N and P */
#define S0           9120, 44797440, "MmSt", 44797440
#define S1           14920, 73287040, "MmSt", 73287040
#define S2           20720, 101776640, "MmSt", 101776640
#define S3           26520, 130266240, "MmSt", 130266240
#define S4           32320, 158755840, "MmSt", 158755840
#define S5           38120, 187245440, "MmSt", 187245440

static const struct fact facts[] = {
	{ "xp-live-by-allocs.txt", 0, 1, 4, 4, 0, 0, "Key ", 87528, 8332, 27220, LIVE("system"), "none" },
	{ "xp-live-mapped-driver-pooltag.txt", 0, 1, 7, 6, 0, 0, "NtFB", 252088, 8500, 33024, LIVE("system"),
		"none" },
	{ "xp-live-mapped-driver-localtag.txt", 0, 1, 0, 3, 0, 0, NULL, 0, 8496, 32904, LIVE("system"),
		"none" },
	{ "xp-live-mapped-driver-both-tagfiles.txt", 0, 1, 0, 8, 0, 0, NULL, 0, 8372, 13384, LIVE("system"),
		"none" },
	{ "xp-live-header-variant-unknown-driver.txt", 0, 1, 0, 3, 0, 0, NULL, 0, 0, 0, LIVE("system"),
		"none" },
	{ "w2k-live-two-captures-one-file.txt", 0, 2, 1, 0, 0, 0, "Drsd", 17472, 2224, 8004, LIVE("system"),
		"none" },
	{ "w2k-live-two-captures-one-file.txt", 1, 2, 1, 0, 0, 0, "Drsd", 22464, 2224, 8012, LIVE("system"),
		"none" },
	{ "srv2003-live-all-sessions.txt", 0, 1, 16, 0, 0, 0, "Gcac", 288968, 14332, 18644,
		LIVE("all sessions"), "none" },
	{ "srv2003-live-session0-mapped-prompt-noise.txt", 0, 1, 16, 0, 0, 0, "Gcac", 305400, 14684, 19124,
		LIVE("session 0"), "none" },
	{ "nt4-live-classic-dashes.txt", 0, 1, 4, 0, 173, 83456, "CM  ", 1377312, 744, 2180, LIVE("system"),
		"none" },
	{ "markdown-mangled-header.txt", 0, 1, 4, 0, 173, 83456, "CM  ", 1377312, 744, 2180, "live", NULL,
		"system", "none" },
	{ "win10-live-mapped-driver-truncated.txt", 0, 1, 1, 2, 0, 0, "HidC", 896, 1023400, 1955448, "live",
		NULL, "system", "none" },
	{ "win10-x86tool-snapshot-memsummary.txt", 0, 1, 5, 8, 174001, 156097152, "MmSt", 156097152, 710920,
		983564, X86_SNAPSHOT, "none" },
	{ "win11-x64tool-snapshot-memsummary-partly-synthetic.txt", 0, 1, 6, 2, 434682, 515671920, "FMfn",
		1495080176, 2275124, 4427892, X64_SNAPSHOT, "none" },
	{ "win11-x64tool-snapshot-mapped-driver-excerpt.txt", 0, 1, 0, 2, 0, 0, NULL, 0, 0, 0, X64_SNAPSHOT,
		"none" },
	{ "rr-win7-live-mmst-second.txt", 0, 1, 9, 7, 8266, 28019248, "CM31", 122609664, 168816, 303892,
		LIVE("system"), "none" },
	{ "rr-srv2003-snapshot-nonp-excerpt.txt", 0, 1, 0, 4, 0, 0, NULL, 0, 0, 0, X86_SNAPSHOT, "none" },
	{ "gen-win10-real-table-x64tool-getdate-enus.txt", 0, 1, 1077, 1973, 61283, 156162640, "MmSt",
		156162640, 876016, 635244, X64_SNAPSHOT, "2018-05-16 20:55:02 mdy date line" },
	{ "gen-x64tool-pathological-tags.txt", 0, 1, 18, 4, 174001, 156097152, "Big1", 99999999999999,
		2275124, 4427892, X64_SNAPSHOT, "none" },
	{ "gen-x86tool-pathological-tags.txt", 0, 1, 18, 4, 174001, 156097152, "Big1", 276447231, 2275124,
		4427892, X86_SNAPSHOT, "none" },
	{ "gen-x86tool-no-rows-negative-pageflts.txt", 0, 1, 0, 0, 0, 0, NULL, 0, 16000, 124000, X86_SNAPSHOT,
		"none" },
	{ "gen-series-filename-stamp/poolmon_20101103_1405.txt", 0, 1, 17, 12, S0, 29548, 135604,
		X86_SNAPSHOT, "2010-11-03 14:05:00 ymd file name" },
	{ "gen-series-filename-stamp/poolmon_20101103_1435.txt", 0, 1, 17, 12, S1, 29740, 163884,
		X86_SNAPSHOT, "2010-11-03 14:35:00 ymd file name" },
	{ "gen-series-filename-stamp/poolmon_20101103_1505.txt", 0, 1, 17, 12, S2, 29932, 192168,
		X86_SNAPSHOT, "2010-11-03 15:05:00 ymd file name" },
	{ "gen-series-filename-stamp/poolmon_20101103_1535.txt", 0, 1, 17, 12, S3, 30124, 220452,
		X86_SNAPSHOT, "2010-11-03 15:35:00 ymd file name" },
	{ "gen-series-filename-stamp/poolmon_20101103_1605.txt", 0, 1, 17, 12, S4, 30316, 248732,
		X86_SNAPSHOT, "2010-11-03 16:05:00 ymd file name" },
	{ "gen-series-filename-stamp/poolmon_20101103_1635.txt", 0, 1, 17, 12, S5, 30508, 277016,
		X86_SNAPSHOT, "2010-11-03 16:35:00 ymd file name" },
	{ "gen-multisnap-marker-dmy.log", 0, 4, 17, 12, S0, 29548, 135604, X86_SNAPSHOT,
		"2010-11-03 14:05:11 or 2010-03-11 14:05:11  marker" },
	{ "gen-multisnap-marker-dmy.log", 1, 4, 17, 12, S1, 29740, 163884, X86_SNAPSHOT,
		"2010-11-03 14:35:12 or 2010-03-11 14:35:12  marker" },
	{ "gen-multisnap-marker-dmy.log", 2, 4, 17, 12, S2, 29932, 192168, X86_SNAPSHOT,
		"2010-11-03 15:05:12 or 2010-03-11 15:05:12  marker" },
	{ "gen-multisnap-marker-dmy.log", 3, 4, 17, 12, S3, 30124, 220452, X86_SNAPSHOT,
		"2010-11-03 15:35:12 or 2010-03-11 15:35:12  marker" },
	{ "gen-multisnap-date-t-time-t-enus.log", 0, 4, 17, 0, S0, 0, 0, X86_SNAPSHOT,
		"2010-11-03 14:05:00 mdy date line" },
	{ "gen-multisnap-date-t-time-t-enus.log", 1, 4, 17, 0, S1, 0, 0, X86_SNAPSHOT,
		"2010-11-03 14:35:00 mdy date line" },
	{ "gen-multisnap-date-t-time-t-enus.log", 2, 4, 17, 0, S2, 0, 0, X86_SNAPSHOT,
		"2010-11-03 15:05:00 mdy date line" },
	{ "gen-multisnap-date-t-time-t-enus.log", 3, 4, 17, 0, S3, 0, 0, X86_SNAPSHOT,
		"2010-11-03 15:35:00 mdy date line" },
	{ "gen-multisnap-no-timestamps-poolsnap.log", 0, 6, 17, 12, S0, 0, 0, X86_SNAPSHOT, "none" },
	{ "gen-multisnap-no-timestamps-poolsnap.log", 1, 6, 17, 12, S1, 0, 0, X86_SNAPSHOT, "none" },
	{ "gen-multisnap-no-timestamps-poolsnap.log", 2, 6, 17, 12, S2, 0, 0, X86_SNAPSHOT, "none" },
	{ "gen-multisnap-no-timestamps-poolsnap.log", 3, 6, 17, 12, S3, 0, 0, X86_SNAPSHOT, "none" },
	{ "gen-multisnap-no-timestamps-poolsnap.log", 4, 6, 17, 12, S4, 0, 0, X86_SNAPSHOT, "none" },
	{ "gen-multisnap-no-timestamps-poolsnap.log", 5, 6, 17, 12, S5, 0, 0, X86_SNAPSHOT, "none" },
	{ "gen-utf16le-powershell-redirect.txt", 0, 1, 17, 12, S2, 29932, 192168, X86_SNAPSHOT,
		"2010-11-03 15:05:12 dmy date line" },
	{ "gen-mixed-encoding-utf16-date-ansi-table.txt", 0, 1, 17, 12, S3, 30124, 220452, X86_SNAPSHOT,
		"2010-11-03 15:35:12 mdy date line" },
	{ "gen-x86tool-totals.txt", 0, 1, 17, 12, S0, 29548, 135604, X86_SNAPSHOT, "none" },
	{ "gen-x64tool-totals-garbage-deltas.txt", 0, 1, 17, 0, S0, 0, 0, X64_SNAPSHOT, "none" },
};

static struct arena *memory;
static const char *folder;

static struct collected *collect_capture(const char *path, int *bid, const char **missing)
{
	struct err e;
	struct os_file *file = os_open(path, &e);
	struct source source = { .name = path };
	struct collected *c = calloc(1, sizeof *c);
	if (!file || !c)
		return NULL;
	struct reader *r = reader_open(os_read, file, -1);
	*bid = parser_poolmon.probe(reader_head(r), missing);
	c->sink = (struct sink){ .record = collect_record, .note = collect_note };
	c->arena = arena_open();
	parser_run(&parser_poolmon, &source, r, &c->sink);
	reader_close(r);
	os_close(file);
	return c;
}

static bool text_is(const struct record *r, int column, const char *want)
{
	return want ? r->v[column].known && span_equal(r->v[column].text, span_of(want))
		    : !r->v[column].known;
}

/* "LOCAL or OTHER ORDER SOURCE", or "none" */
static const char *time_of(const struct record *r)
{
	char local[WHEN_TEXT] = "", other[WHEN_TEXT] = "";
	const char *source = collect_text(memory, r, SNAPSHOT_TIME_SOURCE);
	if (!r->v[SNAPSHOT_LOCAL].known)
		return source;
	when_print_plain(r->v[SNAPSHOT_LOCAL].number, local);
	if (r->v[SNAPSHOT_LOCAL_OTHER].known)
		when_print_plain(r->v[SNAPSHOT_LOCAL_OTHER].number, other);
	return arena_printf(memory, "%s%s%s %s %s", local, *other ? " or " : "", other,
		collect_text(memory, r, SNAPSHOT_DATE_ORDER), source);
}

/* The snapshot's head, then its rows up to the next head. */
static void check_snapshot(const struct fact *f, const struct record *r, const struct record *end)
{
	size_t count[2] = { 0, 0 };
	int64_t largest = INT64_MIN, mmst[2] = { 0, 0 };
	const char *tag = NULL;
	CHECK(text_is(r, SNAPSHOT_VIEW, f->view));
	CHECK(text_is(r, SNAPSHOT_TOOL, f->tool));
	CHECK(text_is(r, SNAPSHOT_SCOPE, f->scope));
	CHECK_TEXT(time_of(r), f->time);
	CHECK_INT(r->v[SNAPSHOT_POOL_NONPAGED].number, f->pool_n * 1024);
	CHECK_INT(r->v[SNAPSHOT_POOL_PAGED].number, f->pool_p * 1024);
	for (r++; r < end && r->kind == RECORD_POOL; r++) {
		bool paged = text_is(r, POOL_POOL, "paged");
		int64_t bytes = r->v[POOL_BYTES].number;
		count[paged]++;
		CHECK(r->v[POOL_DIFF].number ==
			((r->v[POOL_ALLOCS].number - r->v[POOL_FREES].number) & UINT32_MAX));
		if (paged && bytes > largest) {
			largest = bytes;
			tag = collect_text(memory, r, POOL_TAG);
		}
		if (paged && text_is(r, POOL_TAG, "MmSt")) {
			mmst[0] = r->v[POOL_DIFF].number;
			mmst[1] = bytes;
		}
	}
	CHECK_INT(count[1], f->paged);
	CHECK_INT(count[0], f->nonpaged);
	CHECK_INT(mmst[0], f->mmst_diff);
	CHECK_INT(mmst[1], f->mmst_bytes);
	CHECK_TEXT(tag, f->largest);
	CHECK_INT(tag ? largest : 0, f->largest_bytes);
}

static void check_fact(const struct fact *f)
{
	int bid = 0;
	const char *missing = NULL;
	int before = check_failed;
	struct collected *c =
		collect_capture(arena_printf(memory, "%s/poolsnap/%s", folder, f->file), &bid, &missing);
	CHECK(c != NULL);
	if (!c)
		return;
	size_t snapshots = 0;
	CHECK(bid >= 90);
	CHECK(!c->bad_text);
	for (size_t i = 0; i < c->n; i++)
		if (c->records[i].kind == RECORD_SNAPSHOT && snapshots++ == f->snapshot)
			check_snapshot(f, &c->records[i], c->records + c->n);
	CHECK_INT(snapshots, f->of);
	if (check_failed > before)
		printf("in snapshot %zu of %s\n", f->snapshot, f->file);
	collect_free(c);
}

static bool is_capture(const char *name)
{
	for (size_t i = 0; i < LEN(facts); i++)
		if (span_equal(span_of(name), span_of(arena_printf(memory, "poolsnap/%s", facts[i].file))))
			return true;
	return false;
}

static size_t others;

static void on_file(struct os_walk *w, const char *path, const char *name)
{
	struct err e;
	const char *missing = NULL;
	(void)w;
	if (is_capture(name))
		return;
	struct os_file *file = os_open(path, &e);
	CHECK(file != NULL);
	if (!file)
		return;
	struct reader *r = reader_open(os_read, file, -1);
	int bid = parser_poolmon.probe(reader_head(r), &missing);
	others++;
	CHECK(bid < BID_LEAST && missing);
	if (bid >= BID_LEAST)
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

/* Rows the walk over the facts does not show: tags of odd bytes, and that the real table loses nothing. */
static void check_details(void)
{
	int bid = 0;
	const char *missing = NULL;
	static const char *const odd[] = { "Pro\\xE3", "A\\x09B\\x0A", "\\x01\\x02\\x03\\x04", "    ", "  AB",
		"A\\x1AB ", "\\xFF\\xFEZ ", "(()(", "%s%d", "Nonp", "  rx" };
	struct collected *c =
		collect_capture(arena_printf(memory, "%s/poolsnap/gen-x86tool-pathological-tags.txt", folder),
			&bid, &missing);
	for (size_t i = 0; i < LEN(odd); i++) {
		size_t found = 0;
		for (size_t k = 0; k < c->n; k++)
			found += c->records[k].kind == RECORD_POOL &&
				 text_is(&c->records[k], POOL_TAG, odd[i]);
		if (found != 1)
			printf("tag %s\n", odd[i]);
		CHECK_INT(found, 1);
	}
	collect_free(c);
	int64_t sum[2] = { 0, 0 };
	c = collect_capture(
		arena_printf(memory, "%s/poolsnap/gen-win10-real-table-x64tool-getdate-enus.txt", folder),
		&bid, &missing);
	for (size_t k = 0; k < c->n; k++)
		if (c->records[k].kind == RECORD_POOL)
			sum[text_is(&c->records[k], POOL_POOL, "paged")] +=
				c->records[k].v[POOL_BYTES].number;
	CHECK_INT(sum[0], 889167696);
	CHECK_INT(sum[1], 641416592);
	CHECK_INT(c->notes_n, 0);
	collect_free(c);
}

int main(void)
{
	const char *told = getenv("POOLTRIAGE_CORPUS");
	folder = told ? told : "../shared/corpus";
	memory = arena_open();
	if (os_kind(arena_printf(memory, "%s/poolsnap", folder)) != OS_FOLDER) {
		printf("skipped: poolmon (no corpus)\n");
		arena_close(memory);
		return 0;
	}
	for (size_t i = 0; i < LEN(facts); i++)
		check_fact(&facts[i]);
	struct os_walk walk = { on_file, on_failed, NULL };
	os_walk_folder(&walk, folder);
	CHECK(others > 20);
	check_details();
	arena_close(memory);
	return check_end();
}
