/* SPDX-License-Identifier: MIT
 * Rows and totals of a poolsnap that cannot both be true, as damaged counters make them. */
#include "tests/judge_case.h"

static const struct tag_series *tag_of(const struct evidence *e, const char *tag)
{
	for (size_t i = 0; i < e->tag_count; i++)
		if (strcmp(e->tags[i].tag, tag) == 0)
			return &e->tags[i];
	return NULL;
}

/* "Pool N: 2000K" over a row of 4 MB: no tag holds 200 % of its pool. */
static void test_total_below_row(void)
{
	static const char *const pools[] = { "paged", "nonpaged" };
	struct judge_case *c = judge_case_open();
	const struct evidence *e;

	judge_case_begin(c, "poolmon");
	SNAPSHOT(c->store, .time = CASE_START, .paged = 2000 << 10, .nonpaged = 2000 << 10);
	for (size_t i = 0; i < LEN(pools); i++) {
		case_row(c->store, "Big1", pools[i], 9, 4 << 20);
		case_row(c->store, "Tiny", pools[i], 9, 1 << 20);
	}
	case_end(c->store);
	e = case_evidence(c);
	CHECK_INT(e->snapshots[0].paged, 5 << 20);
	CHECK_INT(e->snapshots[0].nonpaged, 5 << 20);
	CHECK(tag_of(e, "Big1") && tag_of(e, "Big1")->share == 80);
	judge_case_close(c);
}

/* More was freed than allocated: "Neg1 Paged 100 104 -4 -616 0". */
static void test_below_none(void)
{
	struct judge_case *c = judge_case_open();
	const struct tag_series *t;

	judge_case_begin(c, "poolmon");
	SNAPSHOT(c->store, .time = CASE_START);
	case_row(c->store, "MmSt", "paged", 9, 4 << 20);
	case_row(c->store, "Neg1", "paged", 9, -616);
	case_end(c->store);
	t = tag_of(case_evidence(c), "Neg1");
	CHECK(t && t->first == -616 && t->last == -616);
	CHECK(t && t->peak == -616 && t->share == -1);
	judge_case_close(c);
}

int main(void)
{
	test_total_below_row();
	test_below_none();
	return check_end();
}
