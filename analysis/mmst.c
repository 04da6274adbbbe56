/* SPDX-License-Identifier: MIT
 * MmSt read closely: what it stands for, what is beneath it, and which tags move with it or against it. */
#include "analysis/mmst.h"

#include "analysis/analysis.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

/* Fewer captures cannot reach p < 0.05 in Kendall's test. */
#define PAIRS_LEAST 5
#define PAGE        4096
#define PAIRS_SHOWN 12 /* to people */

int64_t mmst_mapped(int64_t bytes, int pte)
{
	return bytes > INT64_MAX / (PAGE / pte) ? INT64_MAX : bytes / pte * PAGE;
}

int64_t mmst_per_alloc(int64_t bytes, int64_t outstanding)
{
	return outstanding > 0 ? bytes / outstanding : -1;
}

const char *mmst_mix(int64_t per_alloc, const struct thresholds *t)
{
	if (per_alloc < 0)
		return NULL;
	return per_alloc >= threshold_bytes(t, THRESHOLD_ALLOC_LARGE) ? "few large files"
	       : per_alloc < threshold_bytes(t, THRESHOLD_ALLOC_SMALL)
		       ? "very many small files"
		       : "neither few large nor very many small files";
}

/* ---- reading ---- */

static const struct field reading_fields[] = {
	{ "at", "At", T_TIME, FOR_ALL },
	{ "bytes", "MmSt", T_BYTES, FOR_ALL },
	{ "outstanding", "Allocations outstanding", T_INT, FOR_ALL },
	{ "bytes_per_alloc", "Bytes per allocation", T_INT, FOR_ALL },
	{ "mix", "Which is typical of", T_TEXT, FOR_ALL },
	{ "mapped.low_bytes", "Mapped file data, at least", T_BYTES, FOR_MACHINES },
	{ "mapped.high_bytes", "Mapped file data, at most", T_BYTES, FOR_MACHINES },
	{ "mapped.words", "Stands for mapped files of", T_TEXT, FOR_PEOPLE },
	{ "mapped.assumption", "If", T_TEXT, FOR_ALL },
	{ "floor.bytes", "Floor", T_BYTES, FOR_MACHINES },
	{ "floor.percent_low", "Floor, of the maximum's high end", T_PERCENT, FOR_MACHINES },
	{ "floor.percent_high", "Floor, of the maximum's low end", T_PERCENT, FOR_MACHINES },
	{ "floor.words", "Beneath it (the floor)", T_TEXT, FOR_PEOPLE },
	{ "target.60.low_bytes", "60 %", T_BYTES, FOR_MACHINES },
	{ "target.60.high_bytes", "60 %", T_BYTES, FOR_MACHINES },
	{ "target.50.low_bytes", "50 %", T_BYTES, FOR_MACHINES },
	{ "target.50.high_bytes", "50 %", T_BYTES, FOR_MACHINES },
	{ "target.40.low_bytes", "40 %", T_BYTES, FOR_MACHINES },
	{ "target.40.high_bytes", "40 %", T_BYTES, FOR_MACHINES },
	{ "target.words", "60, 50, 40 % of the maximum", T_TEXT, FOR_PEOPLE },
};

/* How large an entry is, and how that is known; 0: it is not. */
struct entry {
	int bytes;
	const char *why;
};

static struct entry entry_of(const struct evidence *e)
{
	if (e->machine.arch == ARCH_X64)
		return (struct entry){ PTE_PAE, "64-bit: 8 bytes for each 4 KB of file" };
	if (evidence_switch(e, "/PAE"))
		return (struct entry){ PTE_PAE, "/PAE is set: 8 bytes for each 4 KB of file" };
	if (e->machine.family == OS_NT4 || evidence_switch(e, "/NOPAE"))
		return (struct entry){ PTE_PLAIN, "no PAE: 4 bytes for each 4 KB of file" };
	if (e->machine.ram > 4 * GIB)
		return (struct entry){ PTE_PAE,
			"32-bit with more than 4 GB of RAM needs PAE: 8 bytes for each 4 KB of file" };
	/* With /NOEXECUTE, and from Vista on, a 32-bit system may turn PAE on by itself. */
	if (e->machine.arch == ARCH_X86 && e->switches_known && !e->switches_differ &&
		!evidence_switch(e, "/NOEXECUTE") && e->machine.family != OS_UNKNOWN && !is_dynamic(e))
		return (struct entry){ PTE_PLAIN,
			"/PAE is not among the boot switches: 4 bytes for each 4 KB of file" };
	return (struct entry){ 0,
		"whether PAE is on is not known: the lower number is with it, the higher without" };
}

static const char *file_words(struct arena *a, int64_t bytes)
{
	return bytes < 10 * GIB ? mib_words(a, bytes)
				: arena_printf(a, "%.1f GiB", (double)bytes / (double)GIB);
}

static void mapped_cells(struct table *t, const struct evidence *e, int64_t bytes)
{
	struct entry entry = entry_of(e);
	int64_t low = mmst_mapped(bytes, entry.bytes ? entry.bytes : PTE_PAE),
		high = mmst_mapped(bytes, entry.bytes ? entry.bytes : PTE_PLAIN);

	table_int(t, "mapped.low_bytes", low);
	table_int(t, "mapped.high_bytes", high);
	table_text(t, "mapped.words",
		low == high ? arena_printf(t->arena, "about %s", file_words(t->arena, low))
			    : arena_printf(t->arena, "about %s or %s", file_words(t->arena, low),
				      file_words(t->arena, high)));
	table_text(t, "mapped.assumption",
		arena_printf(t->arena, "%s; and the entries of each mapped file are all there", entry.why));
}

static double percent_of(int64_t part, int64_t of)
{
	return 100.0 * (double)part / (double)of;
}

static void target_cells(struct table *t, const struct evidence *e)
{
	static const struct {
		int percent;
		const char *low, *high;
	} targets[] = { { 60, "target.60.low_bytes", "target.60.high_bytes" },
		{ 50, "target.50.low_bytes", "target.50.high_bytes" },
		{ 40, "target.40.low_bytes", "target.40.high_bytes" } };
	bool high = e->limit.known && e->limit.high < INT64_MAX, low = e->limit.known && e->limit.low > 0;
	const char *words = "";

	for (size_t i = 0; i < LEN(targets); i++) {
		int64_t of_low = e->limit.low / 100 * targets[i].percent,
			of_high = e->limit.high / 100 * targets[i].percent;

		if (low)
			table_int(t, targets[i].low, of_low);
		if (high)
			table_int(t, targets[i].high, of_high);
		words = arena_printf(t->arena, "%s%s%s", words, i ? ", " : "",
			mib_words(t->arena, low ? of_low : of_high));
	}
	if (low || high)
		table_text(t, "target.words",
			arena_printf(t->arena, "%s (of the maximum's %s end)", words, low ? "low" : "high"));
}

static void floor_cells(struct table *t, const struct evidence *e, int64_t floor)
{
	bool high = e->limit.known && e->limit.high < INT64_MAX, low = e->limit.known && e->limit.low > 0;
	const char *words = mib_words(t->arena, floor);

	table_int(t, "floor.bytes", floor);
	if (high)
		table_real(t, "floor.percent_low", percent_of(floor, e->limit.high));
	if (low) {
		table_real(t, "floor.percent_high", percent_of(floor, e->limit.low));
		words = arena_printf(t->arena, "%s (%.0f %% of the maximum's low end)", words,
			percent_of(floor, e->limit.low));
	}
	table_text(t, "floor.words",
		arena_printf(t->arena, "%s that trimming cannot free; what of MmSt is in use comes on top",
			words));
}

static int64_t outstanding_at(const struct tag_series *t, const struct snapshot *s)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->at[i] == s)
			return t->diff[i];
	return -1;
}

static struct table *reading_table(struct report *r, const struct judgement *j)
{
	struct table *t = table_new(r, "mmst_reading", "What MmSt stands for at the peak", TABLE_SINGLE,
		reading_fields, LEN(reading_fields));
	const struct evidence *e = j->e;
	const struct snapshot *peak = e->peak;
	int64_t diff, each;

	t->about = "In the poolsnap with the highest paged total of the judged boot (PT-T04).";
	table_add(t);
	if (!peak)
		return t;
	if (peak->at != WHEN_NONE)
		table_int(t, "at", peak->at);
	if (j->floor >= 0)
		floor_cells(t, e, j->floor);
	target_cells(t, e);
	if (peak->mmst < 0)
		return t;
	table_int(t, "bytes", peak->mmst);
	diff = e->mmst ? outstanding_at(e->mmst, peak) : -1;
	each = mmst_per_alloc(peak->mmst, diff);
	if (diff >= 0)
		table_int(t, "outstanding", diff);
	if (each >= 0)
		table_int(t, "bytes_per_alloc", each);
	table_text(t, "mix", mmst_mix(each, e->thresholds));
	mapped_cells(t, e, peak->mmst);
	return t;
}

/* ---- what moves with it ---- */

enum moves { MOVES_WITH, MOVES_AGAINST, MOVES_UNSAID };
static const char *const moves_words[] = { "with", "against", "no statement" };

struct pair {
	const struct tag_series *tag;
	bool kin;
	struct trend together; /* the tag's bytes over MmSt's: its S is Kendall's of the two */
	int64_t first, last;
	enum moves moves;
};

/* Both series are in the order of the captures. */
static struct pair pair_of(const struct evidence *e, const struct tag_series *t, double *x, double *y)
{
	struct pair p = { .tag = t, .kin = tag_is_kin(span_of(t->tag)), .moves = MOVES_UNSAID };
	const struct tag_series *m = e->mmst;
	size_t n = 0;

	for (size_t i = 0, k = 0; i < t->count; i++) {
		while (k < m->count && m->at[k] < t->at[i])
			k++;
		if (k == m->count || m->at[k] != t->at[i] || t->at[i]->boot != e->judged_boot)
			continue;
		p.first = n ? p.first : t->bytes[i];
		p.last = t->bytes[i];
		x[n] = (double)m->bytes[k];
		y[n++] = (double)t->bytes[i];
	}
	stats_trend(x, y, n, &p.together);
	if (n >= PAIRS_LEAST && p.together.p < threshold(e, THRESHOLD_CLAIM_P))
		p.moves = p.together.s > 0 ? MOVES_WITH : MOVES_AGAINST;
	return p;
}

static int by_moves(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	int pool = strcmp(y->tag->pool, x->tag->pool), tag = strcmp(x->tag->tag, y->tag->tag);

	if (x->moves != y->moves)
		return x->moves < y->moves ? -1 : 1;
	if (x->kin != y->kin)
		return x->kin ? -1 : 1;
	return tag ? tag : pool;
}

static const struct field pair_fields[] = {
	{ "tag", "Tag", T_TEXT, FOR_ALL },
	{ "pool", "Pool", T_TEXT, FOR_ALL },
	{ "moves", "Moves", T_TEXT, FOR_ALL },
	{ "known_companion", "Kept for each file", T_BOOL, FOR_ALL },
	{ "n", "n", T_INT, FOR_MACHINES },
	{ "s", "S", T_REAL, FOR_MACHINES },
	{ "tau", "Kendall's tau", T_REAL, FOR_MACHINES },
	{ "p", "p", T_REAL, FOR_ALL },
	{ "method", "Method", T_TEXT, FOR_MACHINES },
	{ "first_bytes", "First", T_BYTES, FOR_ALL },
	{ "last_bytes", "Last", T_BYTES, FOR_ALL },
};

static void pair_row(struct table *t, const struct pair *p)
{
	double pairs = (double)p->together.n * (double)(p->together.n - 1) / 2;

	table_add(t);
	table_tag(t, "tag", p->tag->pool, p->tag->tag);
	table_text(t, "pool", p->tag->pool);
	table_text(t, "moves", moves_words[p->moves]);
	table_int(t, "known_companion", p->kin);
	table_int(t, "n", (int64_t)p->together.n);
	if (!p->together.n)
		return;
	table_int(t, "first_bytes", p->first);
	table_int(t, "last_bytes", p->last);
	if (p->together.n < PAIRS_LEAST)
		return;
	table_real(t, "s", p->together.s);
	table_real(t, "tau", p->together.s / pairs);
	table_real(t, "p", p->together.p);
	table_text(t, "method", p->together.exact ? "exact" : "normal");
}

/* Where MmSt does not grow and tokens or handle tables do, it is not a case for the article. */
static const char *instead_words(const struct evidence *e, struct arena *a)
{
	for (size_t i = 0; i < e->tag_count; i++) {
		const struct tag_series *t = &e->tags[i];

		if ((strcmp(t->tag, "Toke") == 0 || strcmp(t->tag, "Obtb") == 0) && tag_grows(e, t) &&
			!tag_grows(e, e->mmst))
			return arena_printf(a,
				" %s grows while MmSt does not: that is a matter of handles or logons, not of cached files.",
				t->tag);
	}
	return "";
}

static const char *kin_words(const struct pair *pairs, size_t n, struct arena *a)
{
	size_t kin = 0, with = 0, against = 0, tested = 0;

	for (size_t i = 0; i < n; i++) {
		if (!pairs[i].kin || pairs[i].together.n < PAIRS_LEAST)
			continue;
		kin++;
		with += pairs[i].moves == MOVES_WITH;
		against += pairs[i].moves == MOVES_AGAINST;
	}
	for (size_t i = 0; i < n; i++)
		tested += pairs[i].together.n >= PAIRS_LEAST;
	if (!tested)
		return "Which tags move with MmSt is not told: fewer than 5 poolsnaps of the judged boot show both.";
	if (!kin)
		return "None of the tags that are kept for each open or cached file (MmCa, CcSc, NtFs and others) is in"
		       " the poolsnaps.";
	return arena_printf(a,
		"Of %zu tags that are kept for each open or cached file, %zu move%s with MmSt and %zu against it%s",
		kin, with, with == 1 ? "s" : "", against,
		with * 2 >= kin ? ", as where more files are opened or cached."
				: ": they do not show that more files were opened or cached.");
}

static struct table *pairs_table(struct report *r, const struct evidence *e, const char **statement)
{
	struct table *t = table_new(r, "companions_of_mmst", "Tags that move with MmSt or against it",
		TABLE_ROWS, pair_fields, LEN(pair_fields));
	size_t n = 0, all = e->tag_count + e->kin_count;
	struct pair *pairs = arena_alloc(r->arena, (all + 1) * sizeof *pairs);
	double *x = arena_alloc(r->arena, (e->snapshot_count + 1) * sizeof *x);
	double *y = arena_alloc(r->arena, (e->snapshot_count + 1) * sizeof *y);

	t->about = arena_printf(r->arena,
		"Kendall's test of both over the poolsnaps of the judged boot; said where p < %s. The more tags are"
		" compared, the more look so by chance, and tags that move together need not cause each other (PT-T05).",
		threshold_words(e->thresholds, THRESHOLD_CLAIM_P, r->arena));
	*statement = NULL;
	if (!e->mmst || e->judged_boot == BOOT_NONE)
		return t;
	for (size_t i = 0; i < all; i++) {
		const struct tag_series *tag = i < e->tag_count ? &e->tags[i] : &e->kin[i - e->tag_count];

		if (tag != e->mmst)
			pairs[n++] = pair_of(e, tag, x, y);
	}
	if (n)
		qsort(pairs, n, sizeof *pairs, by_moves);
	for (size_t i = 0; i < n; i++) {
		pair_row(t, &pairs[i]);
		t->people_rows += pairs[i].moves != MOVES_UNSAID && t->people_rows < PAIRS_SHOWN;
	}
	*statement =
		arena_printf(r->arena, "%s%s", kin_words(pairs, n, r->arena), instead_words(e, r->arena));
	return t;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	const char *statement;
	struct table *reading = reading_table(r, j), *pairs = pairs_table(r, j->e, &statement);

	report_data(s, reading);
	report_data(s, pairs);
	if (!j->e->mmst)
		return;
	if (j->e->peak)
		block_table(s, PART_EVIDENCE, reading);
	if (statement)
		block_text(s, PART_EVIDENCE, "%s", statement);
	if (pairs->people_rows)
		block_table(s, PART_EVIDENCE, pairs);
}

const struct analysis analysis_mmst = { "mmst",
	"what MmSt stands for, what is beneath it, and which tags move with it", 0, run, NULL };
