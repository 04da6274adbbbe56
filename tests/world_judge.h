/* SPDX-License-Identifier: MIT
 * A world read and judged as `pooltriage triage` does it: files, ingest, facts that are told, settling, the
 * judge. */
#ifndef TESTS_WORLD_JUDGE_H
#define TESTS_WORLD_JUDGE_H

#include "analysis/judge.h"
#include "core/report.h"
#include "tests/world.h"

/* How the files come: none of it may change the verdict. */
struct world_reading {
	bool apart;    /* each poolsnap in a file of its own */
	bool reversed; /* the files are named one by one, the last first; else their folder is */
	bool twice;    /* all of them a second time, under other names */
};

/* Each program has a folder of its own for them, named here, in $BUILD/tests/; the Makefile makes it. */
extern const char *const world_folder;

struct judged {
	struct store *store;
	struct arena *arena;
	int64_t server; /* of the store; -1: nothing was read of it */
	const struct evidence *e;
	const struct judgement *j;
};

/* Ends the program with a sentence when files cannot be written or read. */
struct judged world_judge(const struct world *w);
struct judged world_judge_as(const struct world *w, const struct world_reading *reading);
void judged_close(struct judged *d);

/* The rules of the findings beside the verdict, "PT-F02, PT-F06", as the report's table has them. */
const char *judged_findings(const struct judged *d);

#endif
