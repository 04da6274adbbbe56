/* SPDX-License-Identifier: MIT
 * What the report says of growth: shapes by boot, the four rankings, what moves with MmSt, what it stands
 * for, and when limits would be met or why that cannot be told. */
#include "tests/judge_case.h"

#include "analysis/analysis.h"

#include <inttypes.h>

/* ---- the report of the only server ---- */

static const struct table *table_of(const struct report *r, const char *name)
{
	for (size_t i = 0; r->server_count && i < r->servers[0].data_count; i++)
		if (strcmp(r->servers[0].data[i]->name, name) == 0)
			return r->servers[0].data[i];
	printf("no table %s\n", name);
	abort();
}

static struct report *report_of(struct judge_case *c)
{
	struct report *r = report_open();

	case_settle(c->store);
	analysis_store(r, c->store, NULL, &thresholds_default);
	return r;
}

static bool says(const struct report *r, const char *words)
{
	for (const struct block *b = r->servers[0].parts[PART_EVIDENCE]; b; b = b->next)
		if ((b->text && strstr(b->text, words)) ||
			(b->table && b->table->about && strstr(b->table->about, words)))
			return true;
	return false;
}

/* The row of a tag in a boot; the table has no such row: -1. */
static long row_of(const struct table *t, const char *tag, int64_t boot)
{
	for (size_t i = 0; i < t->row_count; i++)
		if (strcmp(table_cell(t, i, "tag")->text, tag) == 0 &&
			(boot < 0 || table_cell(t, i, "boot")->number == boot))
			return (long)i;
	return -1;
}

static const char *text_at(const struct table *t, long row, const char *field)
{
	return row < 0 ? "no row" : table_cell(t, (size_t)row, field)->text;
}

static int64_t number_at(const struct table *t, long row, const char *field)
{
	return row < 0 || table_cell(t, (size_t)row, field)->state != CELL_KNOWN
		       ? -1
		       : table_cell(t, (size_t)row, field)->number;
}

/* ---- captures of many tags ---- */

struct held {
	const char *tag;
	bool nonpaged;
	int64_t outstanding;
	double mib;
};

static void capture(struct judge_case *c, double hours, const struct held *rows, size_t n)
{
	judge_case_begin(c, "poolmon");
	SNAPSHOT(c->store, .local_at = case_hours(hours), .time_source = "marker", .view = "snapshot");
	for (size_t i = 0; i < n; i++)
		case_row(c->store, rows[i].tag, rows[i].nonpaged ? "nonpaged" : "paged",
			2 * rows[i].outstanding, case_mib(rows[i].mib));
	case_end(c->store);
}
#define CAPTURE(c, hours, ...) \
	capture(c, hours, (struct held[]){ __VA_ARGS__ }, LEN(((struct held[]){ __VA_ARGS__ })))

/* ---- shapes ---- */

static void test_boots(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	const struct table *t;

	case_logged(c, -1, "EventLog", 6005, "");
	for (int i = 0; i < 4; i++)
		SNAP(c, .hours = 2 * i, .mmst = 40 + 20 * i, .rest = 80, .allocs = 1000 + i);
	case_logged(c, 10, "EventLog", 6005, "");
	for (int i = 0; i < 3; i++)
		SNAP(c, .hours = 12 + 2 * i, .mmst = 40, .rest = 80, .allocs = 3000 + i);
	case_logged(c, 20, "EventLog", 6005, "");
	for (int i = 0; i < 13; i++)
		SNAP(c, .hours = 24 + 2 * i, .mmst = 40 + 8 * i, .rest = 80, .allocs = 5000 + 100 * i);
	r = report_of(c);
	t = table_of(r, "growth");
	CHECK_TEXT(text_at(t, row_of(t, "MmSt", 2), "shape"), "leak");
	CHECK_TEXT(text_at(t, row_of(t, "MmSt", 2), "diff_follows"), "yes");
	CHECK_INT(number_at(t, row_of(t, "MmSt", 2), "n"), 13);
	CHECK_INT(number_at(t, row_of(t, "MmSt", 2), "growth_bytes"), case_mib(96));
	CHECK_INT(number_at(t, row_of(t, "MmSt", 2), "burst.bytes"), case_mib(8));
	CHECK_INT(number_at(t, row_of(t, "MmSt", 2), "burst.from"), case_hours(24));
	CHECK_INT(number_at(t, row_of(t, "MmSt", 2), "burst.to"), case_hours(26));
	CHECK_NEAR(table_cell(t, (size_t)row_of(t, "MmSt", 2), "growth_percent")->real, 240, 0);
	CHECK_NEAR(table_cell(t, (size_t)row_of(t, "MmSt", 2), "night.hours")->real, 8, 0);
	CHECK_INT(number_at(t, row_of(t, "MmSt", 2), "night.rise_bytes"), case_mib(32));
	/* Every tag of the judged boot; of the others the largest, where there are captures enough. */
	CHECK_TEXT(text_at(t, row_of(t, "Non0", 2), "shape"), "plateau");
	CHECK_TEXT(text_at(t, row_of(t, "MmSt", 0), "shape"), "undecided");
	CHECK_TEXT(text_at(t, row_of(t, "MmSt", 0), "what"), "too few poolsnaps to show a trend; 5 can");
	CHECK_TEXT(text_at(t, row_of(t, "Fil0", 0), "shape"), "plateau");
	CHECK_INT(row_of(t, "Non0", 0), -1);
	CHECK_INT(row_of(t, "MmSt", 1), -1);
	/* Nothing says that trimming ever had to begin. */
	CHECK(says(r,
		"MmSt rose from 40.0 MiB to 136.0 MiB in 24 h and did not fall back through 8 h of night."
		" The pool did not reach the start of trimming for certain"));
	report_close(r);
	judge_case_close(c);
}

static void test_sentences(void)
{
	static const double teeth[] = { 50, 90, 130, 60, 100, 140, 70 };
	struct judge_case *c = judge_case_2003();
	struct report *r;

	for (size_t i = 0; i < LEN(teeth); i++)
		SNAP(c, .hours = (double)i, .mmst = teeth[i], .rest = 80, .tag = "Toke",
			.tag_mib = 20 + 2.0 * (double)i);
	r = report_of(c);
	/* of two falls alike in bytes, the first */
	CHECK(says(r, "MmSt rose to 140.0 MiB and fell back by up to 70.0 MiB (54 %) without a restart"));
	/* The largest tag at the peak is told as well, where that is another. */
	CHECK(!says(r, "Toke went from"));
	report_close(r);
	judge_case_close(c);

	/* From 22:00 to 06:00 */
	c = judge_case_2003();
	for (int i = 0; i < 12; i++)
		SNAP(c, .hours = 2 * i, .mmst = i <= 7 ? 40 + 20 * i : 180 - 30 * (i - 7), .rest = 80);
	r = report_of(c);
	CHECK(says(r,
		"MmSt rose to 180.0 MiB and fell back by up to 120.0 MiB (67 %) at night without a restart"));
	report_close(r);
	judge_case_close(c);

	c = judge_case_2003();
	for (int i = 0; i < 13; i++)
		SNAP(c, .hours = 2 * i, .mmst = 50, .rest = 60, .tag = "Toke", .tag_mib = 60 + 10 * i);
	r = report_of(c);
	CHECK(says(r, "MmSt stayed level, between 50.0 MiB and 50.0 MiB."));
	CHECK(says(r,
		"Toke rose from 60.0 MiB to 180.0 MiB in 24 h and did not fall back through 8 h of night:"
		" nothing of it is given back in quiet hours, as with a leak."));
	report_close(r);
	judge_case_close(c);

	/* Above the start of trimming it is no cache that had no need to give anything back. */
	c = judge_case_2003();
	for (int i = 0; i < 13; i++)
		SNAP(c, .hours = 2 * i, .mmst = 100 + 12 * i, .rest = 60);
	r = report_of(c);
	CHECK(says(r, "the files it stands for are held open, or trimming does not keep up."));
	report_close(r);
	judge_case_close(c);

	c = judge_case_2003();
	SNAP(c, .mmst = 100, .rest = 60, .undated = true);
	SNAP(c, .mmst = 110, .rest = 60, .undated = true);
	r = report_of(c);
	CHECK(says(r, "No poolsnap has a usable time: no shape of growth can be told."));
	CHECK_INT(table_of(r, "growth")->row_count, 0);
	report_close(r);
	judge_case_close(c);

	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 100, .rest = 60);
	r = report_of(c);
	CHECK(says(r, "MmSt: too few poolsnaps of one boot, so no shape of growth is told."));
	report_close(r);
	judge_case_close(c);

	/* Without a poolsnap nothing is said at all. */
	c = judge_case_2003();
	case_2020(c, 1);
	r = report_of(c);
	CHECK(!says(r, "shape"));
	CHECK_INT(table_of(r, "growth")->row_count, 0);
	CHECK_INT(table_of(r, "rankings")->row_count, 0);
	CHECK_INT(table_of(r, "companions_of_mmst")->row_count, 0);
	report_close(r);
	judge_case_close(c);
}

/* ---- rankings ---- */

static void test_rankings(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	const struct table *t;

	/* Small grows a hundredfold and stays below 1 MiB; Burs has the peak, Slow the average, Lost goes. */
	CAPTURE(c, 0, { "MmSt", .mib = 20 }, { "Burs", .mib = 1 }, { "Slow", .mib = 50 },
		{ "Smal", .mib = 0.001 }, { "Lost", .mib = 9 });
	CAPTURE(c, 1, { "MmSt", .mib = 30 }, { "Burs", .mib = 200 }, { "Slow", .mib = 90 },
		{ "Smal", .mib = 0.01 });
	CAPTURE(c, 2, { "MmSt", .mib = 70 }, { "Burs", .mib = 9 }, { "Slow", .mib = 80 },
		{ "Smal", .mib = 0.1 }, { "Newt", .mib = 10 });
	SNAP(c, .hours = 1.5, .mmst = 500, .rest = 0, .live = true); /* a copy of the screen ranks nothing */
	r = report_of(c);
	t = table_of(r, "rankings");
	CHECK_TEXT(text_at(t, 0, "peak.tag"), "Burs");
	CHECK_INT(number_at(t, 0, "peak.bytes"), case_mib(200));
	CHECK_TEXT(text_at(t, 1, "peak.tag"), "Slow");
	CHECK_TEXT(text_at(t, 0, "average.tag"), "Slow");
	CHECK_TEXT(text_at(t, 1, "average.tag"), "Burs");
	CHECK_INT(number_at(t, 1, "average.bytes"), case_mib(70));
	CHECK_TEXT(text_at(t, 2, "average.tag"), "MmSt");
	CHECK_INT(number_at(t, 2, "average.bytes"), case_mib(40));
	CHECK_TEXT(text_at(t, 0, "growth.tag"), "MmSt");
	CHECK_INT(number_at(t, 0, "growth.bytes"), case_mib(50));
	CHECK_TEXT(text_at(t, 1, "growth.tag"), "Slow");
	CHECK_TEXT(text_at(t, 2, "growth.tag"), "Newt");
	CHECK_TEXT(text_at(t, 3, "growth.tag"), "Burs");
	CHECK_TEXT(text_at(t, 4, "growth.tag"), "Smal");
	CHECK_TEXT(text_at(t, 5, "growth.tag"), NULL); /* Lost did not grow */
	CHECK_TEXT(text_at(t, 0, "percent.tag"), "Burs");
	CHECK_NEAR(table_cell(t, 0, "percent.percent")->real, 800, 0);
	CHECK_TEXT(text_at(t, 1, "percent.tag"), "MmSt");
	CHECK_TEXT(text_at(t, 2, "percent.tag"), "Slow");
	CHECK_TEXT(text_at(t, 3, "percent.tag"), NULL); /* neither Smal nor Newt, which came from nothing */
	report_close(r);
	judge_case_close(c);

	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 100, .rest = 60, .live = true);
	r = report_of(c);
	CHECK_INT(table_of(r, "rankings")->row_count, 0);
	CHECK(says(r, "no poolsnap with a time shows all paged tags"));
	report_close(r);
	judge_case_close(c);
}

/* ---- companions ---- */

static void captures_moving(struct judge_case *c, int n)
{
	for (int i = 0; i < n; i++)
		CAPTURE(c, i, { "MmSt", .mib = 60 + 10 * i }, { "Toke", .mib = 50 - i },
			{ "Fil1", .mib = 30 + i % 2 }, { "Fil2", .mib = 29 }, { "Fil3", .mib = 28 },
			{ "Fil4", .mib = 27 }, { "Fil5", .mib = 26 }, { "Fil6", .mib = 25 },
			{ "Fil7", .mib = 24 }, { "Fil8", .mib = 23 }, { "Fil9", .mib = 22 },
			{ "MmSm", .mib = 1 + 0.1 * i }, { "CcSc", true, .mib = 2 + 0.1 * i },
			{ "Non1", true, .mib = 3 });
}

static void test_companions(void)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	struct evidence *e;
	const struct table *t;

	captures_moving(c, 5);
	e = case_evidence(c);
	/* MmSm is the twelfth of its pool: known beside the tags, not among them. */
	CHECK_INT(e->kin_count, 1);
	CHECK_TEXT(e->kin[0].tag, "MmSm");
	CHECK_INT(e->kin[0].rank, 12);
	for (size_t i = 0; i < e->tag_count; i++)
		CHECK(strcmp(e->tags[i].tag, "MmSm") != 0);
	r = report_of(c);
	t = table_of(r, "companions_of_mmst");
	CHECK_TEXT(text_at(t, 0, "tag"), "CcSc");
	CHECK_TEXT(text_at(t, 0, "moves"), "with");
	CHECK_TEXT(text_at(t, 0, "pool"), "nonpaged");
	CHECK_INT(number_at(t, 0, "known_companion"), 1);
	CHECK_NEAR(table_cell(t, 0, "p")->real, 2.0 / 120, 1e-12);
	CHECK_NEAR(table_cell(t, 0, "tau")->real, 1, 0);
	CHECK_TEXT(text_at(t, 0, "method"), "exact");
	CHECK_TEXT(text_at(t, row_of(t, "MmSm", -1), "moves"), "with");
	CHECK_TEXT(text_at(t, row_of(t, "Toke", -1), "moves"), "against");
	CHECK_INT(number_at(t, row_of(t, "Toke", -1), "known_companion"), 0);
	CHECK_TEXT(text_at(t, row_of(t, "Fil1", -1), "moves"), "no statement");
	CHECK_TEXT(text_at(t, row_of(t, "Fil2", -1), "moves"), "no statement");
	CHECK_INT(row_of(t, "MmSt", -1), -1);
	CHECK(says(r,
		"Of 2 tags that are kept for each open or cached file, 2 move with MmSt and 0 against it"));
	CHECK(says(r, "need not cause each other"));
	report_close(r);
	judge_case_close(c);

	/* Four cannot show anything. */
	c = judge_case_2003();
	captures_moving(c, 4);
	r = report_of(c);
	t = table_of(r, "companions_of_mmst");
	for (size_t i = 0; i < t->row_count; i++)
		CHECK_TEXT(text_at(t, (long)i, "moves"), "no statement");
	CHECK(table_cell(t, 0, "p")->state == CELL_UNKNOWN);
	CHECK(says(r, "fewer than 5 poolsnaps of the judged boot show both"));
	report_close(r);
	judge_case_close(c);

	/* Handles instead of files. */
	c = judge_case_2003();
	for (int i = 0; i < 6; i++)
		CAPTURE(c, i, { "MmSt", .mib = 60 + (i == 3) }, { "Obtb", .mib = 50 + 20 * i },
			{ "MmSm", .mib = 1 });
	r = report_of(c);
	CHECK(says(r, "Obtb grows while MmSt does not: that is a matter of handles or logons"));
	CHECK(says(r, "they do not show that more files were opened or cached"));
	report_close(r);
	judge_case_close(c);
}

/* ---- what MmSt stands for ---- */

#define S4_BYTES 293147416 /* AskPerf 2011 */
#define S4_FILE  150091476992

static struct report *with_switch(struct judge_case *c, const char *text)
{
	if (text)
		case_switch(c, text);
	CAPTURE(c, 0, { "MmSt", .outstanding = 8684, .mib = S4_BYTES / (double)MIB }, { "Rest", .mib = 40 });
	return report_of(c);
}

static void test_reading(void)
{
	static const struct {
		const char *os, *arch, *text;
		int64_t low, high;
	} systems[] = {
		{ "5.2.3790 Service Pack 2", "x86", "/PAE", S4_FILE, S4_FILE },
		{ "5.2.3790 Service Pack 2", "x86", "/pae", S4_FILE, S4_FILE },
		{ "5.2.3790 Service Pack 2", "x64", NULL, S4_FILE, S4_FILE },
		{ "5.2.3790 Service Pack 2", "x86", "/3GB", 2 * S4_FILE, 2 * S4_FILE },
		{ "5.2.3790 Service Pack 2", "x86", "/NOPAE", 2 * S4_FILE, 2 * S4_FILE },
		{ "5.2.3790 Service Pack 2", "x86", "/NOEXECUTE=OPTOUT", S4_FILE, 2 * S4_FILE },
		{ "5.2.3790 Service Pack 2", "x86", NULL, S4_FILE, 2 * S4_FILE },
		{ "5.2.3790 Service Pack 2", NULL, "/3GB", S4_FILE, 2 * S4_FILE },
		{ "6.0.6002", "x86", "/3GB", S4_FILE, 2 * S4_FILE },
		{ "4.0.1381", NULL, NULL, 2 * S4_FILE, 2 * S4_FILE },
		{ NULL, NULL, NULL, S4_FILE, 2 * S4_FILE },
	};

	for (size_t i = 0; i < LEN(systems); i++) {
		struct judge_case *c = judge_case_open();

		case_machine(c, systems[i].os, systems[i].arch, 2);
		struct report *r = with_switch(c, systems[i].text);
		const struct table *t = table_of(r, "mmst_reading");

		CHECK_INT(number_at(t, 0, "bytes"), S4_BYTES);
		CHECK_INT(number_at(t, 0, "outstanding"), 8684);
		CHECK_INT(number_at(t, 0, "bytes_per_alloc"), 33757);
		CHECK_TEXT(text_at(t, 0, "mix"), "few large files");
		CHECK_INT(number_at(t, 0, "mapped.low_bytes"), systems[i].low);
		CHECK_INT(number_at(t, 0, "mapped.high_bytes"), systems[i].high);
		CHECK_INT(number_at(t, 0, "floor.bytes"), case_mib(40));
		report_close(r);
		judge_case_close(c);
	}

	/* KB 312362's own maximum: 60 % of 343 MB */
	struct judge_case *c = judge_case_2003();

	case_maximum(c, 343);
	struct report *r = with_switch(c, NULL);
	const struct table *t = table_of(r, "mmst_reading");

	CHECK_INT(number_at(t, 0, "target.60.low_bytes"), case_mib(343) / 100 * 60);
	CHECK_INT(number_at(t, 0, "target.40.high_bytes"), case_mib(343) / 100 * 40);
	CHECK_NEAR(table_cell(t, 0, "floor.percent_high")->real, 100.0 * 40 / 343, 1e-12);
	CHECK(strstr(text_at(t, 0, "target.words"), "205.8 MiB, 171.5 MiB, 137.2 MiB") != NULL);
	report_close(r);
	judge_case_close(c);

	/* MmSt in no capture: nothing to read. */
	c = judge_case_2003();
	CAPTURE(c, 0, { "Toke", .mib = 100 });
	r = report_of(c);
	t = table_of(r, "mmst_reading");
	CHECK_INT(number_at(t, 0, "bytes"), 0);
	CHECK_TEXT(text_at(t, 0, "mix"), NULL);
	CHECK(!says(r, "kept for each open"));
	report_close(r);
	judge_case_close(c);
}

/* ---- forecast ---- */

struct foretold {
	const char *what;
	double hour[64], total[64]; /* MiB; total 0 ends */
	double maximum;
	const char *says;
	int known; /* of the nine times */
};

static int times_known(const struct table *t)
{
	int known = 0;

	for (size_t i = 0; i < t->field_count; i++)
		known += strncmp(t->fields[i].name, "to_percent.", 11) == 0 &&
			 t->rows[0].cells[i].state == CELL_KNOWN;
	return known;
}

/* Each day from 8 to 16 h up by 40 MiB, and `daily` more from day to day. */
static void days(struct foretold *f, int count, double daily)
{
	size_t n = 0;

	for (int day = 0; day < count; day++) {
		for (int half = 0; half <= 16; half++) {
			f->hour[n] = 24.0 * day + half / 2.0;
			f->total[n++] = 100 + day * daily + 2.5 * half;
		}
	}
}

static void check_foretold(const struct foretold *f)
{
	struct judge_case *c = judge_case_2003();
	struct report *r;
	const struct table *t;

	if (f->maximum > 0)
		case_maximum(c, f->maximum);
	for (size_t i = 0; i < LEN(f->total) && f->total[i] > 0; i++)
		SNAP(c, .hours = f->hour[i], .mmst = f->total[i] - 20, .rest = 20);
	r = report_of(c);
	t = table_of(r, "forecast");
	if (!check_count(strstr(text_at(t, 0, "statement"), f->says) && times_known(t) == f->known, __FILE__,
		    __LINE__))
		printf("%s: %d times known, \"%s\"\n", f->what, times_known(t), text_at(t, 0, "statement"));
	CHECK(says(r, text_at(t, 0, "statement")));
	report_close(r);
	judge_case_close(c);
}

static void test_forecast(void)
{
	static const struct foretold fixed[] = {
		{ "four", { 0, 1, 2, 3 }, { 100, 110, 120, 130 }, 400,
			"Not forecastable: 4 poolsnaps of one boot show the paged total, and at least 5 are needed.",
			0 },
		{ "one", { 0 }, { 100 }, 400,
			"Not forecastable: 1 poolsnap of one boot shows the paged total", 0 },
		{ "five, steep", { 0, 1, 2, 3, 4 }, { 100, 120, 140, 160, 180 }, 400, "From the trend", 9 },
		{ "five, slow: 60 % within a day", { 0, 1, 2, 3, 4 }, { 100, 105, 110, 115, 120 }, 380,
			"Not forecastable beyond 24 h: the poolsnaps cover 4.0 hours", 3 },
		{ "slower: nothing within a day", { 0, 1, 2, 3, 4 }, { 100, 101, 102, 103, 104 }, 400,
			"Not forecastable beyond 24 h", 0 },
		{ "level", { 0, 1, 2, 3, 4, 5 }, { 100, 104, 99, 103, 100, 102 }, 400, "which includes zero",
			0 },
		{ "falling", { 0, 1, 2, 3, 4 }, { 120, 115, 110, 105, 100 }, 400, "the paged total falls",
			0 },
		{ "all reached", { 0, 1, 2, 3, 4 }, { 390, 392, 395, 398, 400 }, 400,
			"All limits were reached", 9 },
		{ "60 % reached, level", { 0, 1, 2, 3, 4, 5 }, { 250, 254, 249, 253, 250, 252 }, 400,
			"which includes zero", 3 },
		/* noon of six days */
		{ "once a day", { 4, 28, 52, 76, 100, 124 }, { 100, 110, 120, 130, 140, 150 }, 400,
			"rises by 10.0 MiB a day (median of 5 pairs)", 9 },
		{ "a day without a common hour", { 0, 5, 10, 15, 21, 27 }, { 100, 102, 104, 106, 108, 110 },
			400, "only 0 pairs of poolsnaps are of the same hour", 0 },
	};
	struct foretold f;

	for (size_t i = 0; i < LEN(fixed); i++)
		check_foretold(&fixed[i]);
	f = (struct foretold){ .what = "daily load",
		.maximum = 400,
		.says = "Not forecastable: at the same hour of day the paged total shows no growth",
		.known = 0 };
	days(&f, 3, 0);
	check_foretold(&f);
	f = (struct foretold){
		.what = "mostly daily load", .maximum = 180, .says = "most of that is daily load", .known = 6
	};
	days(&f, 3, 1);
	check_foretold(&f);
}

static void test_no_maximum(void)
{
	struct judge_case *c = judge_case_open();
	struct report *r;

	for (int i = 0; i < 6; i++)
		SNAP(c, .hours = i, .mmst = 40 + 10 * i, .rest = 20);
	r = report_of(c);
	CHECK(strstr(text_at(table_of(r, "forecast"), 0, "statement"), "Not forecastable: ") != NULL);
	CHECK_INT(times_known(table_of(r, "forecast")), 0);
	report_close(r);
	judge_case_close(c);
}

int main(void)
{
	test_boots();
	test_sentences();
	test_rankings();
	test_companions();
	test_reading();
	test_forecast();
	test_no_maximum();
	return check_end();
}
