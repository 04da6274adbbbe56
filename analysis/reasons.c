/* SPDX-License-Identifier: MIT
 * What single verdicts rest on beside their rule: the facts that must be said, and what makes them less
 * sure. */
#include "analysis/conditions.h"

#include "analysis/night.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void level_revert(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	bool stopped = false;

	for (size_t i = 0; i < e->stop_count; i++)
		stopped |= e->stops[i].code == STOP_NO_PTES;
	judge_because(j, a, RULE_V01,
		stopped ? "a BugCheck 0x3F is in the log"
			: arena_printf(a, "%zu starts in a row without a clean stop are in the log",
				  e->loop_starts));
	judge_lower(j, a, RULE_C22, "whether the value was set before that stop is not known");
	if (!stopped)
		judge_lower(j, a, RULE_C22, "so many starts may have another reason");
}

static void level_value_in_force(struct judgement *j, struct arena *a)
{
	const char *text = j->e->key_written_text, *what = shortage_words(j->e);

	if (in_force(j->e) == IN_FORCE_SHOWN) {
		judge_because(j, a, RULE_C26,
			arena_printf(a,
				"the key was last written %s, before the boot of the last %s: the value was in force",
				text, what));
		return;
	}
	if (quiet_since(j->e) != WHEN_NONE)
		judge_lower(j, a, RULE_C19,
			arena_printf(a,
				"the server was restarted after the last %s: the value may be in force only since then, and would"
				" have to be watched before the next step",
				what));
	judge_lower(j, a, RULE_C14,
		text ? arena_printf(a,
			       "the key was last written %s, which does not show for sure that the value was in force in the"
			       " boot of the last %s: this is assumed",
			       text, what)
		     : arena_printf(a,
			       "an export carries no time: the value is assumed to be active since the boot of the last %s",
			       what));
}

/* "Nothing was logged" is worth what was read. */
static void level_normal(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	const char *fault = evidence_log_weak(e);

	if (fault)
		judge_lower(j, a, RULE_C20,
			arena_printf(a, "%s, so nothing shows that Event 2020 was not logged", fault));
	if (!e->peak->whole)
		judge_lower(j, a, RULE_C21,
			e->peak->top
				? "the highest total is that of an Event 2004, which names three tags of each pool"
				: "the only capture is a copy of the screen");
	if (e->unread)
		judge_lower(j, a, RULE_C25,
			arena_printf(
				a, "%zu file%s could not be read", e->unread, e->unread == 1 ? "" : "s"));
	if (e->top_count)
		judge_because(j, a, RULE_C24,
			"Event 2004 was logged: the system ran low on virtual memory, which is another limit than the"
			" paged pool's");
}

/* What would have to be known for any other rule to hold, or to be ruled out. */
static void raise_undecided(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	const char *fault = evidence_log_weak(e);

	if (fault)
		judge_raise(j, a,
			arena_printf(a, "the whole System log of the days of the poolsnaps (%s)", fault));
	if (e->snapshot_count < 4)
		judge_raise(j, a, "at least 4 poolsnaps of one boot, 30 minutes apart, across a peak");
	if (!e->key_read)
		judge_raise(j, a, rules[RULE_C17].collect);
}

static void reasons_undecided(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;

	if (e->shortage_count && !is_article_system(e))
		judge_because(j, a, RULE_V17,
			arena_printf(a,
				"Event 2020 or its like was logged, but the article is for 32-bit Windows 2000 (from Service Pack 2"
				" on) and Server 2003, and this is %s%s%s",
				os_family_name(e->machine.family),
				e->machine.arch == ARCH_X64 ? " (64-bit)" : "",
				is_old_2000(e) ? arena_printf(a, " with Service Pack %d", e->service_pack)
					       : ""));
	if (is_old_2000(e)) {
		judge_because(j, a, RULE_V17, "Windows 2000 reads PoolUsageMaximum from Service Pack 2 on");
		judge_raise(j, a, "Service Pack 4 for Windows 2000, and this again on a log from then on");
	}
	if (e->peak && e->limit.low > 0 && e->most_in_use > e->peak->paged)
		judge_because(j, a, RULE_V17,
			arena_printf(a,
				"at another time %.1f MiB of paged pool were in use, %.0f %% of the maximum, but nothing shows which"
				" tags held them, or it was in another boot than the one that was judged",
				(double)e->most_in_use / (double)MIB,
				100.0 * (double)e->most_in_use / (double)e->limit.low));
	if (!e->limit.known)
		judge_because(
			j, a, RULE_V17, "the pool's maximum is not known: no share of it could be judged");
	raise_undecided(j, a);
}

static void reasons_mixed(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;

	if (j->rival)
		judge_because(j, a, RULE_V07,
			arena_printf(a, "%s rises as well, by %.1f MiB in the boot that was judged",
				j->rival->tag, j->rival->rise / (double)MIB));
	if (j->floor >= 0 && e->limit.low > 0)
		judge_because(j, a, RULE_V07,
			arena_printf(a,
				"what trimming cannot free is %.1f MiB, %.0f %% of the maximum's low end; 60, 50 and 40 %% of it are"
				" %.1f, %.1f and %.1f MiB%s",
				(double)j->floor / (double)MIB,
				100.0 * (double)j->floor / (double)e->limit.low,
				0.6 * (double)e->limit.low / (double)MIB,
				0.5 * (double)e->limit.low / (double)MIB,
				0.4 * (double)e->limit.low / (double)MIB,
				e->machine.switch_3gb ? ", and /3GB leaves only 40" : ""));
}

/* Were the nights that the verdict rests on above the start of trimming, as far as the maximum is known? */
static void level_held(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;
	double start = trim_start(e);
	bool above = false;

	for (size_t i = 0; e->limit.low > 0 && i < e->dated_count; i++) {
		const struct snapshot *s = &e->snapshots[i];

		above |= s->boot == e->judged_boot && is_night(s->at + s->offset * WHEN_MINUTE) &&
			 100.0 * (double)s->paged >= start * (double)e->limit.low;
	}
	if (!above)
		judge_lower(j, a, RULE_C28,
			arena_printf(a,
				"no poolsnap of the night shows the pool above the start of trimming (%.0f %% of the maximum): below"
				" it unused segments stay as well",
				start));
}

/* An event of Srv with this id is in the log. */
static bool companion_logged(const struct evidence *e, int id)
{
	for (size_t i = 0; i < e->companion_count; i++)
		if (e->companions[i].id == id && e->companions[i].kind &&
			strcmp(e->companions[i].kind->provider, "Srv") == 0)
			return true;
	return false;
}

void judge_reasons(struct judgement *j, struct arena *a)
{
	switch (j->rule) {
	case RULE_V01: level_revert(j, a); break;
	case RULE_V02:
		if (j->e->count_2019 && companion_logged(j->e, 2022))
			judge_because(j, a, RULE_V05,
				"Events 2019 and 2022 together, at about 4,094 connections, are no exhaustion on Windows NT 4.0"
				" (Q272194)");
		break;
	case RULE_V07: reasons_mixed(j, a); break;
	case RULE_V10: level_held(j, a); break;
	case RULE_V14:
	case RULE_V15:
		if (evidence_log_weak(j->e))
			judge_raise(j, a, rules[RULE_C20].collect);
		break;
	case RULE_V08:
	case RULE_V09: level_value_in_force(j, a); break;
	case RULE_V12:
		if (is_awaited(j->e))
			judge_cap(j, a, RULE_C27,
				arena_printf(a,
					"the key was last written %s, after the boot of the last %s had begun: the value may"
					" not have been in force",
					j->e->key_written_text, shortage_words(j->e)));
		break;
	case RULE_V16: level_normal(j, a); break;
	case RULE_V17: reasons_undecided(j, a); break;
	default: break;
	}
}
