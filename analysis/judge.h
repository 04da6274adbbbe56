/* SPDX-License-Identifier: MIT
 * The verdict on one server: which rule holds, how sure that is, and which values follow. */
#ifndef ANALYSIS_JUDGE_H
#define ANALYSIS_JUDGE_H

#include "analysis/evidence.h"
#include "analysis/rules.h"
#include "core/report.h"

#define STEPS 4 /* headroom is told for 80, 60, 50 and 40 percent */
extern const int steps[STEPS];

/* How fast total paged bytes rise at worst: net growth between captures, so a lower bound of the real
 * burst. */
struct measured_burst {
	bool known;
	int64_t bytes;
	const char *source;               /* what it was measured from */
	const struct snapshot *from, *to; /* NULL when it is the room left before an event */
};

/* One registry value to set, or not. Texts live in the arena. */
struct prescription {
	const char *value; /* its name */
	bool recommended;  /* else withheld, and reason says why */
	bool primary;      /* false: the article's literal value, little is expected of it */
	uint32_t data;
	const char *condition; /* NULL: none */
	const char *reason;    /* why this number; or why withheld */
	enum rule_id rule;     /* that says so: of the values, the guards, or the verdict itself */
	const struct setting *current;
};

struct judgement {
	const struct evidence *e;
	enum rule_id rule;
	const struct rule *other; /* the verdict at the other end of the maximum, where it differs; NULL */
	enum severity severity;
	enum confidence confidence;
	int score; /* of the verdicts that are judged by points */
	const char *headline;
	struct list reasons, raise; /* each reason ends in the id of its rule */
	struct list shown;          /* where the evidence of each reason stands */

	/* percent of the maximum at the peak, by its high and its low end; -1 unknown */
	double use_low, use_high;
	int64_t floor; /* total - MmSt at the peak; -1 unknown */
	struct measured_burst burst;
	int64_t rise; /* the largest between captures, so without the room before an event; -1 unknown */
	const struct snapshot *rise_to;  /* where it ended; NULL without one */
	const struct tag_series *rival;  /* another paged tag that rises too; NULL */
	const struct tag_series *leader; /* the largest tag at the peak, as a series; NULL */
	int step;                        /* PoolUsageMaximum that was chosen; 0: none */
	int step_high;                   /* at the high end of the maximum */
	bool step_fits;                  /* room and floor were measured and both suffice */
	struct prescription prescriptions[3];
	size_t prescription_count;
};

struct judgement *judge(const struct evidence *e, struct arena *a);

/* Is any value recommended, as primary or as secondary? */
bool judge_recommends(const struct judgement *j, bool primary);
/* The primary recommendation for this value; NULL: there is none. */
const struct prescription *judge_value(const struct judgement *j, const char *value);

/* The parts of judging. */
bool tag_rises(const struct evidence *e, const struct tag_series *t);   /* a trend is claimed */
bool tag_grows(const struct evidence *e, const struct tag_series *t);   /* and by enough of its pool */
void judge_measure(struct judgement *j, struct arena *a);               /* floor, burst, rival, use */
int judge_step(const struct judgement *j, int64_t maximum, bool *fits); /* maximum 0: unknown */
void judge_points(struct judgement *j, struct arena *a);
void judge_confidence(struct judgement *j, struct arena *a);
void judge_reasons(struct judgement *j, struct arena *a); /* of the one verdict */
/* One level lower; medium at most; what would raise the confidence, each said once. */
void judge_lower(struct judgement *j, struct arena *a, enum rule_id rule, const char *why);
void judge_cap(struct judgement *j, struct arena *a, enum rule_id rule, const char *why);
void judge_raise(struct judgement *j, struct arena *a, const char *text);
enum rule_id guard_size(const struct evidence *e, const char **why, struct arena *a);
/* NULL: none is left to check by hand */
const char *guard_condition(const struct evidence *e, struct arena *a);
void judge_prescribe(struct judgement *j, struct arena *a);
/* A reason, with the id of the rule that it comes from; what the rule says to collect joins `raise`. */
void judge_because(struct judgement *j, struct arena *a, enum rule_id rule, const char *text);
/* The last reason rests on what this place shows; where no row of the report does, on its rule's tables. */
void judge_shown(struct judgement *j, struct arena *a, const struct place *p);
/* "Event 2020", or where there is none what stands for it. */
const char *shortage_words(const struct evidence *e);
/* The file server counted allocations that failed (Server\Pool Paged Failures); 0: none, or not read. */
int64_t failures_counted(const struct evidence *e);
/* PoolUsageMaximum as a percentage in force, or -1 when it is absent, unread or no number. */
int64_t percent_set(const struct evidence *e);
/* Was the value that is set in force at the last Event 2020? By the last write time of its key, which another
 * value may have had, too. */
enum in_force {
	IN_FORCE_ASSUMED, /* nothing says otherwise */
	IN_FORCE_SHOWN,   /* the key was last written before that boot */
	IN_FORCE_LATER,   /* written after that boot had begun; the server has started since */
	IN_FORCE_PENDING, /* the same, and it has not */
};
enum in_force in_force(const struct evidence *e);
/* So much log there is after the last restart, if that came after the last Event 2020; else WHEN_NONE. */
when_us quiet_since(const struct evidence *e);
/* A value of 60 or less is set, and was not in force at the last Event 2020. */
bool is_awaited(const struct evidence *e);
/* Percent of the maximum at which trimming starts: the value that is set, else the default. */
double trim_start(const struct evidence *e);
bool setting_is(const struct setting *s, int64_t number);
bool exports_disagree(const struct evidence *e); /* on either of the two values */
bool is_old_2000(const struct evidence *e); /* Windows 2000 before Service Pack 2 does not read the value */
bool is_dynamic(const struct evidence *e);  /* Vista and later */
bool is_article_system(const struct evidence *e); /* 32-bit 2000 or 2003, or not known */

#endif
