/* SPDX-License-Identifier: MIT
 * The rules as data: what each means, when it holds, what to do, what to collect, and who says so. */
#ifndef ANALYSIS_RULES_H
#define ANALYSIS_RULES_H

#include "core/core.h"

#define RULES_VERSION "1 (2026-11-23)"

/* Ids never change their meaning. */
enum rule_id {
	RULE_V01,
	RULE_V02,
	RULE_V03,
	RULE_V04,
	RULE_V05,
	RULE_V06,
	RULE_V07,
	RULE_V08,
	RULE_V09,
	RULE_V10,
	RULE_V11,
	RULE_V12,
	RULE_V13,
	RULE_V14,
	RULE_V15,
	RULE_V16,
	RULE_V17,
	RULE_VERDICTS,
	RULE_F01 = RULE_VERDICTS,
	RULE_F02,
	RULE_F03,
	RULE_F04,
	RULE_F05,
	RULE_F06,
	RULE_F07,
	RULE_F08,
	RULE_F09,
	RULE_COUNT
};

struct rule {
	const char *id;   /* "PT-V12" */
	const char *code; /* "mmst-tune"; NULL for findings */
	const char *title;
	const char *when; /* the condition */
	const char *meaning;
	const char *advice;
	const char *collect; /* what would settle it, or show whether it worked */
	const char *source;
};
extern const struct rule rules[RULE_COUNT];

/* "PT-V12", "v12" or "mmst-tune", letters without case; NULL when there is none */
const struct rule *rule_find(struct span id);

/* Thresholds, each with who says so; printed by `explain` and in every report. */
struct threshold {
	const char *name, *value, *source;
};
extern const struct threshold thresholds[];
extern const size_t thresholds_count;

/* In percent of the maximum, in bytes, in microseconds: the same numbers as in the table. */
#define TRIM_DEFAULT  80
#define USE_WATCH     60
#define SHARE_STRONG  40
#define MMST_NOTABLE  ((int64_t)80 << 20)
#define BURST_SAFETY  1.25
#define GROWS_P       0.05
#define GROWS_SHARE   0.10
#define RIVAL_SHARE   0.25
#define RAM_NEAR_64GB ((int64_t)60 << 30)

#endif
