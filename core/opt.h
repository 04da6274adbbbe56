/* SPDX-License-Identifier: MIT
 * Options as tables: parsing, help and "did you mean" all come from the same rows. */
#ifndef CORE_OPT_H
#define CORE_OPT_H

#include "core/core.h"

enum opt_kind {
	OPT_FLAG,   /* bool */
	OPT_TEXT,   /* const char * */
	OPT_LIST,   /* struct list: may be given again */
	OPT_INT,    /* int, at least 0 */
	OPT_SIZE,   /* int64_t bytes: 343M, 2G */
	OPT_OFFSET, /* struct opt_offset: -05:00 */
	OPT_TIME,   /* int64_t microseconds: 2008-10-14, 2008-10-14T16:00 */
	OPT_CHOICE, /* const char *, one of the words in `value`, divided by | */
};

struct opt_offset {
	bool given;
	int minutes;
};

struct opt {
	const char *name; /* without the dashes */
	enum opt_kind kind;
	size_t at;         /* offsetof in the struct that is filled */
	const char *value; /* what help calls its value; for OPT_CHOICE the words */
	const char *about;
	unsigned verbs; /* bits: for which verbs it is */
};

/* Fills `into` from the arguments; what is no option joins `rest`. "--" ends the options; "-" is no option.
 * Wrong usage is a sentence (exit 2) that names the nearest option where there is one. */
int opt_parse(const struct opt *table, size_t count, unsigned verb, int argc, char **argv, void *into,
	struct list *rest, struct arena *a, struct err *e);

/* "  --name VALUE   about" for each option of the verb, wrapped at 100 columns; the text lives in the
 * arena. */
const char *opt_help(const struct opt *table, size_t count, unsigned verb, struct arena *a);

/* The nearest of the names, or NULL when none is near enough to be meant. */
const char *opt_nearest(struct span word, const char *const *names, size_t count);

#endif
