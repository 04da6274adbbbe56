/* SPDX-License-Identifier: MIT
 * Does a rule table match what it says, stay within bounds, and name nothing that does not exist? */
#include <stdlib.h>

#include "core/text.h"
#include "parsers/lines.h"
#include "tests/check.h"

enum { PAIR, WORDS, SLOW, EITHER };

static const struct line_rule own_rules[] = {
	{ PAIR, "(?<tag>\\w+)=(?<bytes>-?\\d+)(?:/(?<driver>\\w+))?$", "MmSt=12" },
	{ EITHER, "(?J)(?:<(?<tag>\\w+)>|\\[(?<tag>\\w+)\\])", "[MmSt]" },
	{ SLOW, "(?:a+)+b$", "aab" },
	{ WORDS, "(?<time_text>\\p{L}+ .)$", "caf\xC3\xA9 x" },
};
static const struct line_table own = { "own", own_rules, LEN(own_rules) };

/* Groups that are no columns: what the parsers themselves read. */
static const char *const helpers[] = {
	/* stamps */
	"mark",
	"wday",
	"a",
	"b",
	"yy",
	"year",
	"month",
	"day",
	"name",
	"sep",
	"hour",
	"tsep",
	"minute",
	"second",
	"fraction",
	"half",
	"zone",
	"zonename",
	/* poolmon */
	"each",
	"delta",
	"tagword",
	"gap1",
	"gap2",
	"rest",
	"all",
	"session",
	"key",
	"status",
	/* registry exports, systeminfo */
	"amount",
	"arch",
	"between",
	"build",
	"c",
	"code",
	"d",
	"data",
	"digits",
	"h",
	"label",
	"m",
	"offset",
	"open",
	"pack",
	"part",
	"path",
	"s",
	"switches",
	"unit",
	"value",
	/* windbg */
	"both",
	"by",
	"columns",
	"command",
	"first",
	"kib",
	"numbers",
	"os",
	"pages",
	"uptime",
};

static bool name_is_known(struct span name)
{
	for (size_t i = 0; i < LEN(helpers); i++)
		if (span_equal(name, span_of(helpers[i])))
			return true;
	for (int kind = 0; kind < RECORD_KINDS; kind++)
		if (record_find((enum record_kind)kind, name) >= 0)
			return true;
	return false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "(?<name>" but neither "(?<=" nor "(?<!" */
static void check_names(const struct line_table *table, const char *pattern)
{
	struct span rest = span_of(pattern), name;
	const char *at;
	while ((at = text_find(rest, "(?<")) != NULL) {
		rest = text_tail(rest, (size_t)(at - rest.p) + 3);
		if (!rest.n || !is_letter(rest.p[0]))
			continue;
		CHECK(text_cut(&rest, '>', &name));
		if (!name_is_known(name))
			printf("%s: %.*s is no column and no helper\n", table->name, (int)name.n, name.p);
		CHECK(name_is_known(name));
	}
}

static void test_tables(void)
{
	CHECK(line_tables_count >= 3);
	for (size_t t = 0; t < line_tables_count; t++) {
		struct lines *all = lines_open(line_tables[t]);
		for (size_t i = 0; i < line_tables[t]->count; i++) {
			const struct line_rule *rule = &line_tables[t]->rules[i];
			struct line_table alone = { "alone", rule, 1 };
			struct lines *one = lines_open(&alone);
			CHECK_INT(lines_match(one, span_of(rule->sample)), rule->what);
			/* an earlier rule may take it only if it means the same */
			CHECK_INT(lines_match(all, span_of(rule->sample)), rule->what);
			CHECK_INT(lines_match(one, SPAN("")), -1);
			check_names(line_tables[t], rule->pattern);
			lines_close(one);
		}
		lines_close(all);
	}
}

static void test_groups(void)
{
	struct lines *l = lines_open(&own);
	struct record r;
	struct span text;
	int64_t n;
	CHECK(!lines_group(l, "tag", &text));
	CHECK_INT(lines_match(l, SPAN("MmSt=43/nt")), PAIR);
	CHECK(lines_group(l, "tag", &text) && span_equal(text, SPAN("MmSt")));
	CHECK(lines_int(l, "bytes", &n));
	CHECK_INT(n, 43);
	CHECK(!lines_int(l, "tag", &n));
	CHECK_INT(n, 0);
	CHECK(!lines_group(l, "nothing", &text));
	CHECK_INT(text.n, 0);
	record_start(&r, RECORD_POOL, 7);
	CHECK(lines_record(l, &r));
	CHECK(r.v[POOL_TAG].known && r.v[POOL_DRIVER].known && !r.v[POOL_DIFF].known);
	CHECK_INT(r.v[POOL_BYTES].number, 43);

	CHECK_INT(lines_match(l, SPAN("MmSt=-9")), PAIR);
	CHECK(!lines_group(l, "driver", &text));
	record_start(&r, RECORD_POOL, 7);
	CHECK(lines_record(l, &r));
	CHECK(!r.v[POOL_DRIVER].known);
	CHECK_INT(r.v[POOL_BYTES].number, -9);

	CHECK_INT(lines_match(l, SPAN("MmSt=99999999999999999999")), PAIR);
	record_start(&r, RECORD_POOL, 7);
	CHECK(!lines_record(l, &r));
	CHECK(!r.v[POOL_BYTES].known);
	CHECK(!lines_int(l, "bytes", &n));

	CHECK_INT(lines_match(l, SPAN("[CM31]")), EITHER);
	CHECK(lines_group(l, "tag", &text) && span_equal(text, SPAN("CM31")));
	CHECK_INT(lines_match(l, SPAN("<CM25>")), EITHER);
	CHECK(lines_group(l, "tag", &text) && span_equal(text, SPAN("CM25")));
	CHECK_INT(lines_match(l, SPAN("no rule")), -1);
	CHECK(!lines_group(l, "tag", &text));
	record_start(&r, RECORD_POOL, 7);
	CHECK(lines_record(l, &r) && !r.v[POOL_TAG].known);
	lines_close(l);
	lines_close(NULL);
}

static void test_bounds(void)
{
	struct lines *l = lines_open(&own);
	size_t n = (size_t)64 * 1024;
	char *line = malloc(n);
	memset(line, 'a', n);
	line[n - 1] = 'c';
	/* enough of them to meet both ways of matching: interpreted, then compiled */
	for (int i = 0; i < 250; i++)
		CHECK_INT(lines_match(l, (struct span){ line, i % 50 ? 64 : n }), -1);
	line[n - 1] = 'b';
	CHECK_INT(lines_match(l, SPAN("aaab")), SLOW);
	CHECK_INT(lines_match(l, (struct span){ NULL, 0 }), -1);
	CHECK_INT(lines_match(l, SPAN("caf\xC3\xA9 \xC3\xA9")), WORDS);
	CHECK_INT(lines_match(l, SPAN("caf\xE9 x")),
		-1); /* not UTF-8: no match instead of undefined behaviour */
	CHECK_INT(lines_match(l, SPAN("MmSt=1\0")), -1);
	CHECK_INT(lines_match(l, SPAN("MmSt=1\n")), -1); /* $ is the very end */
	free(line);
	lines_close(l);
}

int main(void)
{
	test_tables();
	test_groups();
	test_bounds();
	return check_end();
}
