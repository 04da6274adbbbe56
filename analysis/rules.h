/* SPDX-License-Identifier: MIT
 * The rules as data: what each means, when it holds, what to do, what to collect, and who says so. */
#ifndef ANALYSIS_RULES_H
#define ANALYSIS_RULES_H

#include "analysis/thresholds.h"
#include "core/core.h"

#define RULES_VERSION "2 (2026-11-23)"

/* Ids never change their meaning. */
/* clang-format off */
enum rule_id {
	/* verdicts, in the order in which they are tried: the first that holds wins */
	RULE_V01, RULE_V02, RULE_V03, RULE_V04, RULE_V05, RULE_V06, RULE_V07, RULE_V08, RULE_V09,
	RULE_V10, RULE_V11, RULE_V12, RULE_V13, RULE_V14, RULE_V15, RULE_V16, RULE_V17,
	/* findings, said beside any verdict */
	RULE_F01, RULE_F02, RULE_F03, RULE_F04, RULE_F05, RULE_F06, RULE_F07, RULE_F08, RULE_F09,
	/* what makes a verdict more or less sure */
	RULE_C01, RULE_C02, RULE_C03, RULE_C04, RULE_C05, RULE_C06, RULE_C07, RULE_C08, RULE_C09,
	RULE_C11, RULE_C12, RULE_C13, RULE_C14, RULE_C15, RULE_C16, RULE_C17, RULE_C18,
	RULE_C19, RULE_C20, RULE_C21, RULE_C22, RULE_C23, RULE_C24, RULE_C25,
	RULE_C26, RULE_C27, RULE_C28, RULE_C29, RULE_C30,
	/* which value, and why this one */
	RULE_P01, RULE_P02, RULE_P03, RULE_P04, RULE_P05, RULE_P06, RULE_P07, RULE_P08, RULE_P09,
	/* guards: why a value is withheld */
	RULE_G01, RULE_G02, RULE_G03, RULE_G04, RULE_G05, RULE_G06, RULE_G07, RULE_G08, RULE_G09, RULE_G10,
	/* readings: what a table may be said to mean, and no more */
	RULE_T01, RULE_T02, RULE_T03, RULE_T04, RULE_T05, RULE_T06,
	RULE_COUNT,
	RULE_VERDICTS = RULE_F01 /* how many verdicts there are */
};
/* clang-format on */

struct view; /* analysis/conditions.h */

/* In the texts "{near}" stands for a threshold of that name: threshold_fill. NULL: nothing to say. */
struct rule {
	const char *id;   /* "PT-V12" */
	const char *code; /* "mmst-tune"; NULL for all but verdicts */
	const char *title;
	bool (*holds)(const struct view *v); /* of verdicts: `when` as code */
	int points;                          /* of what counts for or against; 0: no points, see `when` */
	const char *when;                    /* the condition */
	const char *sure;                    /* of verdicts: the confidence it starts from */
	const char *meaning;
	const char *advice;
	const char *collect; /* what would settle it, or show whether it worked */
	const char *shown;   /* where a report shows what it was told of: as block_shown takes it */
	const char *source;  /* names of analysis/sources.h, "ours" and why; divided by "; " */
};
extern const struct rule rules[RULE_COUNT];

/* "PT-V12", "v12" or "mmst-tune", letters without case; NULL when there is none */
const struct rule *rule_find(struct span id);
/* Is the threshold named in any text of the rule? */
bool rule_uses(const struct rule *rule, enum threshold_id id);

#endif
