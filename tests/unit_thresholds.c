/* SPDX-License-Identifier: MIT
 * Thresholds and rules as data: the file of --config, words, sources, and that each rule's numbers come from
 * the table. */
#include "analysis/rules.h"
#include "analysis/sources.h"
#include "core/reader.h"
#include "core/text.h"
#include "tests/check.h"

#include <stdio.h>
#include <string.h>

static const char *read_config(struct thresholds *t, const char *text, struct arena *a)
{
	struct reader *r = reader_open_span(span_of(text), -1);
	struct err e = { "" };
	int failed;

	*t = thresholds_default;
	failed = thresholds_read(t, r, "mine.conf", a, &e);
	reader_close(r);
	CHECK(failed == (*e.text ? -1 : 0));
	return arena_printf(a, "%s", e.text);
}

static void test_config(struct arena *a)
{
	static const struct {
		const char *text, *wrong; /* "": fine */
	} files[] = {
		{ "", "" },
		{ "# only a comment\n\n", "" },
		{ "near = 3\n", "" },
		{ "near=3 h # as printed\r\n  share-strong = 30 %\r\n", "" },
		{ "claim-p = 0.01", "" },
		{ "burst-safety = 1.5 times\nmodern-normal = 2 GB\nloop-apart = 20 min\n", "" },
		{ "near 3\n", "mine.conf:1: not of the form name = number" },
		{ "\nnaer = 3\n", "mine.conf:2: no threshold is called \"naer\"; did you mean near?" },
		{ "zzzzzzzzzzzz = 3\n",
			"mine.conf:1: no threshold is called \"zzzzzzzzzzzz\"; pooltriage explain lists them" },
		{ "trim-default = 70\n", "mine.conf:1: trim-default is not ours to change (KB 312362)" },
		{ "step-first = 70\n",
			"mine.conf:1: step-first is not ours to change (KB 312362; KB 304101)" },
		{ "near = 3\nnear = 3\n", "mine.conf:2: near was set before (--config, line 1)" },
		{ "near = \n", "mine.conf:1: \"\" is no number in h" },
		{ "near = three\n", "mine.conf:1: \"three\" is no number in h" },
		{ "near = 3 min\n", "mine.conf:1: \"3 min\" is no number in h" },
		{ "near = -3\n", "mine.conf:1: \"-3\" is no number in h" },
		{ "near = 0x3\n", "mine.conf:1: \"0x3\" is no number in h" },
		{ "near = 1e0\n", "mine.conf:1: \"1e0\" is no number in h" },
		{ "near = nan\n", "mine.conf:1: \"nan\" is no number in h" },
		{ "near = 3.3.3\n", "mine.conf:1: \"3.3.3\" is no number in h" },
		{ "near = 25\n", "mine.conf:1: near takes 0.25 to 24" },
		{ "claim-p = 0.05 %\n", "mine.conf:1: \"0.05 %\" is no number" },
		{ "held-snapshots = 4.5\n", "mine.conf:1: held-snapshots takes whole numbers, 3 to 1000" },
		{ "near-most = 1\n", "mine.conf: near-most must not be below near" },
		{ "alloc-small = 100\n", "mine.conf: alloc-large must not be below alloc-small" },
	};
	struct thresholds t;

	for (size_t i = 0; i < LEN(files); i++)
		CHECK_TEXT(read_config(&t, files[i].text, a), files[i].wrong);
	read_config(&t, "# ours\nnear = 3\n", a);
	CHECK(t.value[THRESHOLD_NEAR] == 3);
	CHECK_TEXT(t.origin[THRESHOLD_NEAR], "--config, line 2");
	CHECK(!t.origin[THRESHOLD_NEAR_MOST]);
	CHECK_INT(threshold_time(&t, THRESHOLD_NEAR), 3 * WHEN_HOUR);
	CHECK_INT(threshold_time(&t, THRESHOLD_LOOP_APART), 15 * WHEN_MINUTE);
	CHECK_INT(threshold_bytes(&t, THRESHOLD_MMST_NOTABLE), 80 << 20);
	CHECK_INT(threshold_bytes(&t, THRESHOLD_RAM_64GB), (int64_t)60 << 30);
}

static void test_words(struct arena *a)
{
	const struct thresholds *t = &thresholds_default;

	CHECK_TEXT(threshold_words(t, THRESHOLD_NEAR, a), "2 h");
	CHECK_TEXT(threshold_words(t, THRESHOLD_RAN_ON, a), "7 days");
	CHECK_TEXT(threshold_words(t, THRESHOLD_HANG, a), "24 h");
	CHECK_TEXT(threshold_words(t, THRESHOLD_PTES_NEEDED, a), "40,000");
	CHECK_TEXT(threshold_words(t, THRESHOLD_CLAIM_P, a), "0.05");
	CHECK_TEXT(threshold_fill(t, "nothing to fill", a), "nothing to fill");
	CHECK_TEXT(threshold_fill(t, "{near}", a), "2 h");
	CHECK_TEXT(threshold_fill(t, "from {near} to {near-most}.", a), "from 2 h to 4 h.");
	CHECK(threshold_named(THRESHOLD_NEAR, "at {near}"));
	CHECK(!threshold_named(THRESHOLD_NEAR, "at {near-most}"));
	CHECK(!threshold_named(THRESHOLD_NEAR, NULL));
}

/* Every text can be filled, every source looked up, every id is its place in the table. */
static void test_rules(struct arena *a)
{
	for (int i = 0; i < RULE_COUNT; i++) {
		const struct rule *r = &rules[i];
		const char *const texts[] = { r->when, r->sure, r->meaning, r->advice, r->collect };
		struct span rest, part;
		const struct source *source;
		size_t named = 0;

		if (!check_count(r->id && r->title && r->when && r->source, __FILE__, __LINE__)) {
			printf("rule %d is not whole\n", i);
			continue;
		}
		CHECK(rule_find(span_of(r->id)) == r);
		CHECK((i < RULE_VERDICTS) == (r->holds != NULL));
		CHECK((i < RULE_VERDICTS) ==
			(r->code != NULL && r->sure && r->meaning && r->advice && r->collect));
		for (size_t k = 0; k < LEN(texts); k++)
			if (texts[k])
				CHECK(!strchr(threshold_fill(&thresholds_default, texts[k], a), '{'));
		rest = span_of(r->source);
		while (sources_next(&rest, &part, &source))
			named++;
		CHECK(named > 0);
	}
	for (int id = 0; id < THRESHOLD_COUNT; id++) {
		struct span rest = span_of(threshold_table[id].source), part;
		const struct source *source;

		while (sources_next(&rest, &part, &source))
			CHECK(part.n > 0);
		CHECK(threshold_table[id].least <= threshold_table[id].most);
		/* What is not ours cannot be set. */
		CHECK(threshold_table[id].least == threshold_table[id].most ||
			strncmp(threshold_table[id].source, "ours", 4) == 0 ||
			strcmp(threshold_table[id].source, "convention") == 0);
	}
	CHECK(!rule_find(SPAN("PT-V18")));
	CHECK(rule_find(SPAN("mmst-TUNE")) == &rules[RULE_V12]);
	CHECK(rule_uses(&rules[RULE_C01], THRESHOLD_NEAR));
	CHECK(!rule_uses(&rules[RULE_C01], THRESHOLD_NEAR_MOST));
}

int main(void)
{
	struct arena *a = arena_open();

	test_config(a);
	test_words(a);
	test_rules(a);
	arena_close(a);
	return check_end();
}
