/* SPDX-License-Identifier: MIT
 * Which time a line or a file name states: the stamps that collecting scripts write around captures that
 * carry none. */
#ifndef PARSERS_STAMP_H
#define PARSERS_STAMP_H

#include "core/core.h"
#include "core/record.h"
#include "core/when.h"

/* %DATE% %TIME%, `date /t` and `time /t` on two lines, Get-Date in eleven languages, sortable forms,
 * memsnap's !SystemTime. A word that is no known weekday proves nothing; a date that does not exist is no
 * date. */
struct stamp {
	struct span text;  /* as spelled, without what stands around it; borrowed until the next call */
	when_us time;      /* WHEN_NONE unless the text itself says UTC or an offset */
	when_us local;     /* on the clock the text shows, day first where both orders are possible; WHEN_NONE
			      when it says UTC */
	when_us other;     /* the month-first reading; WHEN_NONE unless both orders are possible */
	const char *order; /* "dmy", "mdy" or "ymd" where the text proves it, else "" */
	bool marked;       /* set off by a run of signs, "===== … =====" */
	bool zoned;        /* names its zone, an offset, or UTC */
};

enum stamp_part {
	STAMP_NONE,
	STAMP_DATE,  /* a date alone waits: with a clock time it becomes whole */
	STAMP_CLOCK, /* a clock time alone waits for its date */
	STAMP_WHOLE,
};

struct stamps; /* the compiled rules and the half that waits */

struct stamps *stamp_open(void);
void stamp_close(struct stamps *s); /* NULL is fine */

/* The line must be valid UTF-8. *found is set when the answer is STAMP_WHOLE. */
enum stamp_part stamp_line(struct stamps *s, struct span line, struct stamp *found);
/* Drops the half that waits, for what follows is not its other half; true when there was one. */
bool stamp_forget(struct stamps *s);
/* Looks into the last part of a path: "logs/poolmon_20101103_1405.txt". NULL is fine. */
bool stamp_in_name(struct stamps *s, const char *path, struct stamp *found);

/* Sets what a SNAPSHOT says of its time; source is its time_source. stamp NULL: it has no time. */
void stamp_record(const struct stamp *stamp, const char *source, struct record *snapshot);

/* ---- words (stamp_words.c) ---- */
int stamp_month(struct span word); /* 1 to 12; 0 when it is none, or could be two */
unsigned stamp_weekdays(
	struct span word); /* bit 0 is Sunday: "ma" is Monday in Dutch and Tuesday in French */

#endif
