/* SPDX-License-Identifier: MIT
 * Which events beside 2020 and 2019 matter, what each says of the verdict, and who says so. */
#ifndef ANALYSIS_COMPANION_KIND_H
#define ANALYSIS_COMPANION_KIND_H

#include "core/core.h"

enum companion_effect {
	COMPANION_NONE,    /* tells the story of boots, or says nothing of the cause */
	COMPANION_FOR,     /* others ran out of resources too */
	COMPANION_AGAINST, /* another limit or fault, which tuning does not touch */
};

struct companion_kind {
	const char *provider;
	int from, to; /* event ids */
	enum companion_effect effect;
	/* the effect needs these words among its strings, or an error of shortage; NULL: always */
	const char *says;
	const char *meaning;
	const char *source; /* as in the rules; "" where it only tells of boots */
};

/* By its provider or its EventSourceName, letters without case ("Microsoft-Windows-WER-SystemErrorReporting"
 * logs as BugCheck); NULL when the analyses do not use it. */
const struct companion_kind *companion_kind_of(struct span provider, struct span source_name, int64_t id);

/* Of one that lies close to an Event 2020: "for", "against", "none". */
const char *companion_effect_name(enum companion_effect effect);

#endif
