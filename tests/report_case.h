/* SPDX-License-Identifier: MIT
 * The report on a made-up server, and its tables by name. */
#ifndef TESTS_REPORT_CASE_H
#define TESTS_REPORT_CASE_H

/* before analysis.h, which calls a key what record.h calls a column */
#include "tests/judge_case.h"

#include "analysis/analysis.h"

/* NULL: there is none */
static inline const struct table *report_table(const struct report *r, const char *name)
{
	for (size_t i = 0; r->server_count && i < r->servers[0].data_count; i++)
		if (strcmp(r->servers[0].data[i]->name, name) == 0)
			return r->servers[0].data[i];
	return NULL;
}

static inline struct report *case_report(struct judge_case *c)
{
	struct report *r = report_open();

	case_settle(c->store);
	analysis_store(r, c->store, NULL, &thresholds_default);
	return r;
}

/* The first block of the evidence that shows a table of that name; NULL: people are not shown it. */
static inline const struct table *report_shown(const struct report *r, const char *name)
{
	for (const struct block *b = r->servers[0].parts[PART_EVIDENCE]; b; b = b->next)
		if (b->table && strcmp(b->table->name, name) == 0)
			return b->table;
	return NULL;
}

#endif
