/* SPDX-License-Identifier: MIT
 * Does every rule hold of a server that is made for it, and not of one that differs in one thing? Each row of
 * tests/scenarios_*.c becomes files, which are read and judged. */
#include "tests/scenarios.h"

#include "tests/judge_case.h"
#include "tests/world_judge.h"

const char *const world_folder = "unit_scenarios.files";

/* Verdicts and findings: rows that are made for them, and near-misses. Others: servers of any row of which
 * the rule is said, and of which it is not. */
static size_t given[RULE_COUNT], missed[RULE_COUNT];

static bool is_named(const struct judgement *j, enum rule_id rule)
{
	for (size_t i = 0; i < j->reasons.count; i++)
		if (strstr(j->reasons.items[i], rules[rule].id))
			return true;
	for (size_t i = 0; i < j->prescription_count; i++)
		if (j->prescriptions[i].rule == rule)
			return true;
	return false;
}

static void count_others(const struct judgement *j)
{
	for (enum rule_id i = RULE_C01; i < RULE_T01; i++)
		++*(is_named(j, i) ? &given[i] : &missed[i]);
}

/* What is said of a value, in the words of a row. */
static const char *said_of(const struct judged *d, const char *value)
{
	const struct prescription *p = prescription_of(d->j, value);
	bool size = strcmp(value, "PagedPoolSize") == 0;

	if (!p)
		return "-";
	if (!p->recommended)
		return "withheld";
	return arena_printf(d->arena, size ? "0x%X%s" : "%u%s", p->data, p->primary ? "" : " secondary");
}

static void expect(const struct scenario_row *row, const char *of, const char *got, const char *want)
{
	if (want && !check_count(strcmp(got, want) == 0, __FILE__, __LINE__))
		printf("%s%s, %s: %s is %s, not %s\n", row->near_miss ? "near " : "", rules[row->rule].id,
			row->what, of, got, want);
}

static void run_row(const struct scenario_row *row)
{
	struct judged d = world_judge(&row->w);
	const char *id = rules[row->rule].id;
	bool finding = row->rule >= RULE_VERDICTS, holds;

	holds = finding ? strstr(judged_findings(&d), id) != NULL : d.j->rule == row->rule;
	expect(row, "whether the rule holds", holds ? "yes" : "no", row->near_miss ? "no" : "yes");
	CHECK(row->verdict != NULL);
	expect(row, "the verdict", rules[d.j->rule].id, row->verdict);
	expect(row, "the severity", severity_name(d.j->severity), row->severity);
	expect(row, "the confidence", d.j->confidence ? confidence_name(d.j->confidence) : "none",
		row->confidence);
	expect(row, "PoolUsageMaximum", said_of(&d, "PoolUsageMaximum"), row->percent);
	expect(row, "PagedPoolSize", said_of(&d, "PagedPoolSize"), row->size);
	++*(row->near_miss ? &missed[row->rule] : &given[row->rule]);
	count_others(d.j);
	judged_close(&d);
}

/* What these servers cannot show: counters (unit_confidence: test_no_health), Event 2004 (unit_event2004),
 * files that cannot be read (test_no_health), regedit's text exports (unit_judge: test_in_force), months of
 * log (test_held_since). */
static const enum rule_id elsewhere[] = { RULE_C23, RULE_C24, RULE_C25, RULE_C26, RULE_C27, RULE_G08,
	RULE_G10 };

static bool is_elsewhere(int rule)
{
	for (size_t i = 0; i < LEN(elsewhere); i++)
		if (elsewhere[i] == (enum rule_id)rule)
			return true;
	return false;
}

/* Whoever adds a rule adds two servers. What tables may be said to mean (PT-T) is tested with the tables. */
static void check_coverage(void)
{
	for (int i = 0; i < RULE_T01; i++) {
		if (!check_count(given[i] > 0 || is_elsewhere(i), __FILE__, __LINE__))
			printf("%s has no scenario in tests/scenarios_*.c\n", rules[i].id);
		if (!check_count(missed[i] > 0, __FILE__, __LINE__))
			printf("%s has no near-miss in tests/scenarios_*.c\n", rules[i].id);
	}
}

int main(void)
{
	const struct scenario_table *const tables[] = { &scenarios_causes, &scenarios_tuning,
		&scenarios_levels, &scenarios_findings };

	for (size_t i = 0; i < LEN(tables); i++)
		for (size_t k = 0; k < tables[i]->count; k++)
			run_row(&tables[i]->row[k]);
	check_coverage();
	return check_end();
}
