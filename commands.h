/* SPDX-License-Identifier: MIT
 * The verbs and what they share: options, messages, exit codes. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include "analysis/thresholds.h"
#include "core/core.h"
#include "core/opt.h"
#include "core/page.h"

#include <stdio.h>

enum exit_code {
	EXIT_FINE = 0,
	EXIT_FINDING = 1, /* only with --fail-on */
	EXIT_USAGE = 2,
	EXIT_INPUT = 3,   /* done, but an input was no known format, unreadable or cut */
	EXIT_NOTHING = 4, /* nothing usable, or nothing could be written */
};

enum verb {
	VERB_TRIAGE = 1,
	VERB_DECODE = 2,
	VERB_DUMP = 4,
	VERB_LIST = 8,
	VERB_EXPLAIN = 16,
	VERB_HELP = 32,
};

struct options {
	/* outputs */
	const char *text, *html, *markdown, *csv, *json, *reg, *undo;
	bool ticket;
	/* facts */
	const char *server, *os, *arch, *case_name;
	struct opt_offset utc_offset;
	int64_t ram, paged_pool_max;
	struct list switches;
	/* the rest */
	const char *store, *encoding, *fail_on, *color, *config;
	int width;
	int jobs; /* 0: as many as there are processors */
	bool ascii, quiet, strict;
	struct list paths;
};

extern const struct opt option_table[];
extern const size_t option_count;

struct command {
	const char *name;
	enum verb verb;
	const char *usage, *about;
	int (*run)(const struct options *o, struct arena *a); /* returns an exit code */
};
extern const struct command commands[];
extern const size_t command_count;

int run_triage(const struct options *o, struct arena *a);
int run_decode(const struct options *o, struct arena *a);
int run_dump(const struct options *o, struct arena *a);
int run_list(const struct options *o, struct arena *a);
int run_explain(const struct options *o, struct arena *a);
int run_help(const struct options *o, struct arena *a);

/* "pooltriage: SOURCE:LINE: text" on standard error, with whatever came from input made visible. source may
 * be NULL. */
void say(const char *source, uint64_t line, const char *text);
/* What came from input, made visible. */
void put_visible(FILE *to, struct span text);
/* A line of results on standard output; what came from input is made visible. */
void print_line(const char *format, ...) PRINTF_LIKE(1, 2);
int usage_error(const char *format, ...) PRINTF_LIKE(1, 2); /* EXIT_USAGE */

/* What --encoding says: an encoding that every reader is held to, or -1, and a code page (NULL: none told;
 * close it). EXIT_USAGE, and said, when it names neither. */
int encoding_told(const struct options *o, int *forced, struct page **page);
/* The thresholds in force: the table's, and what --config sets. EXIT_USAGE, and said, when the file is
 * wrong. */
int thresholds_told(const struct options *o, struct thresholds *t, struct arena *a);

#endif
