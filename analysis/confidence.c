/* SPDX-License-Identifier: MIT
 * How sure is the verdict? Points for what was seen, each with its reason; what is missing never raises
 * it. */
#include "analysis/judge.h"

#include <inttypes.h>
#include <stdio.h>

struct tally {
	struct judgement *j;
	struct arena *a;
	int score;
};

static void count(struct tally *t, int points, const char *reason)
{
	t->score += points;
	list_add(t->a, &t->j->reasons, arena_printf(t->a, "%+d: %s", points, reason));
}

static void reason(struct judgement *j, struct arena *a, const char *text)
{
	list_add(a, &j->reasons, text);
}

/* The shortest time between a 2020 and a capture of the same boot, before or after it; WHEN_NONE when there
 * is none. */
static when_us nearest(const struct evidence *e)
{
	when_us least = WHEN_NONE;

	for (size_t i = 0; i < e->shortage_count; i++) {
		when_us apart = e->shortages[i]->apart;

		if (apart != WHEN_NONE && (least == WHEN_NONE || apart < least))
			least = apart;
	}
	return least;
}

static void count_events(struct tally *t)
{
	const struct evidence *e = t->j->e;
	const char *what = e->count_2020 ? "Event 2020" : "error 1450 or its like";
	when_us near = nearest(e);
	char length[WHEN_TEXT];

	if (near != WHEN_NONE && near <= 2 * WHEN_HOUR) {
		when_print_span(near, length);
		count(t, 2, arena_printf(t->a, "a poolsnap of the same boot lies %s from %s", length, what));
	} else if (e->shortage_count) {
		count(t, 1,
			arena_printf(t->a,
				"%s was logged, but no poolsnap of the same boot is within 2 h of it", what));
		list_add(t->a, &t->j->raise,
			"poolsnaps every 30 minutes, so that one is close before the next Event 2020");
	}
	if (e->count_2019)
		count(t, -2, "Event 2019 was logged as well: the nonpaged pool ran out too");
	if (e->count_2020 && e->text_count)
		count(t, 1, "other programs ran out of system resources too (error 1450 or its like)");
}

static void count_mmst(struct tally *t)
{
	const struct evidence *e = t->j->e;
	const struct snapshot *p = e->peak;
	double share = p->paged > 0 ? 100.0 * (double)p->mmst / (double)p->paged : 0;

	if (share >= SHARE_STRONG)
		count(t, 2,
			arena_printf(t->a,
				"MmSt is the largest paged tag and holds %.0f %% of the paged pool", share));
	else
		count(t, 1,
			arena_printf(t->a,
				"MmSt is the largest paged tag, but holds only %.0f %% of the paged pool",
				share));
	if (p->mmst >= MMST_NOTABLE)
		count(t, 1, "MmSt holds 80 MB or more (KB 304101)");
	/* A tenth of the pool: smaller rises are there at any time. */
	if (t->j->rise > 0 && t->j->rise * 10 >= p->paged)
		count(t, 1,
			arena_printf(t->a,
				"a burst is visible: total paged bytes rose by %.1f MiB within 2 h",
				(double)t->j->rise / (double)MIB));
	else if (t->j->use_low >= TRIM_DEFAULT)
		count(t, 1, arena_printf(t->a, "the pool was %.0f %% used", t->j->use_low));
	if (t->j->rival)
		count(t, -2, arena_printf(t->a, "another tag rises too: %s", t->j->rival->tag));
}

static enum confidence of_score(int score)
{
	return score >= 5 ? CONFIDENCE_HIGH : score >= 3 ? CONFIDENCE_MEDIUM : CONFIDENCE_LOW;
}

static void lower(struct judgement *j, struct arena *a, const char *why, const char *raise)
{
	if (j->confidence > CONFIDENCE_LOW)
		j->confidence--;
	reason(j, a, arena_printf(a, "one level lower: %s", why));
	if (raise)
		list_add(a, &j->raise, raise);
}

static void cap(struct judgement *j, struct arena *a, const char *why, const char *raise)
{
	if (j->confidence > CONFIDENCE_MEDIUM)
		j->confidence = CONFIDENCE_MEDIUM;
	if (j->confidence == CONFIDENCE_MEDIUM)
		reason(j, a, arena_printf(a, "medium at most: %s", why));
	list_add(a, &j->raise, raise);
}

/* The verdicts whose confidence is counted, and what the others start from. */
static void start(struct judgement *j, struct arena *a)
{
	struct tally t = { j, a, 0 };
	const struct evidence *e = j->e;

	switch (j->rule) {
	case RULE_V09:
	case RULE_V12:
		count_events(&t);
		count_mmst(&t);
		j->score = t.score;
		j->confidence = of_score(t.score);
		break;
	case RULE_V06: {
		double share = e->peak->paged > 0
				       ? 100.0 * (double)e->peak->largest_bytes / (double)e->peak->paged
				       : 0;
		bool trends = j->leader && j->leader->trend.has_slope && j->leader->trend.slope > 0 &&
			      j->leader->trend.p < GROWS_P;

		j->confidence = trends || share > SHARE_STRONG ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM;
		reason(j, a,
			arena_printf(a, "%s is the largest paged tag and holds %.0f %% of the paged pool",
				e->peak->largest, share));
		if (trends)
			reason(j, a,
				arena_printf(a,
					"%s rises steadily (Mann-Kendall p = %.2g over %zu poolsnaps)",
					e->peak->largest, j->leader->trend.p, j->leader->trend.n));
		else
			list_add(a, &j->raise,
				"more poolsnaps of one boot: at least 5, to show whether the tag rises");
		break;
	}
	case RULE_V04: j->confidence = CONFIDENCE_NONE; break;
	case RULE_V17:
	case RULE_V11: j->confidence = CONFIDENCE_LOW; break;
	case RULE_V07:
	case RULE_V10:
	case RULE_V13:
	case RULE_V14:
	case RULE_V15: j->confidence = CONFIDENCE_MEDIUM; break;
	default: j->confidence = CONFIDENCE_HIGH; break;
	}
}

static bool restarted_since(const struct evidence *e)
{
	when_us start = e->boot_count ? e->boots[e->boot_count - 1].start : WHEN_NONE;

	return e->shortage_count && start != WHEN_NONE && start > e->shortages[e->shortage_count - 1]->at;
}

static void reasons_of_rule(struct judgement *j, struct arena *a)
{
	const struct evidence *e = j->e;

	if (j->rule == RULE_V07 && j->rival)
		reason(j, a,
			arena_printf(a, "%s rises as well, by %.1f MiB in the boot that was judged",
				j->rival->tag, j->rival->rise / (double)MIB));
	if (j->rule == RULE_V17 && e->shortage_count && !is_article_system(e))
		reason(j, a,
			arena_printf(a,
				"Event 2020 or its like was logged, but the article is for 32-bit Windows 2000 and Server 2003,"
				" and this is %s%s",
				os_family_name(e->machine.family),
				e->machine.arch == ARCH_X64 ? " (64-bit)" : ""));
	if (j->rule == RULE_V17 && e->peak && e->limit.low > 0 && e->most_in_use > e->peak->paged)
		reason(j, a,
			arena_printf(a,
				"at another time %.1f MiB of paged pool were in use, %.0f %% of the maximum, but nothing shows which"
				" tags held them, or it was in another boot than the one that was judged",
				(double)e->most_in_use / (double)MIB,
				100.0 * (double)e->most_in_use / (double)e->limit.low));
	if ((j->rule == RULE_V08 || j->rule == RULE_V09) && restarted_since(e)) {
		lower(j, a,
			"the server was restarted after the last Event 2020: the value may be in force only since then, and"
			" would have to be watched before the next step",
			"a time under load with the value in force");
	}
	if (j->rule == RULE_V17 && e->machine.family == OS_2000 && e->service_pack >= 0 &&
		e->service_pack < 2)
		reason(j, a, "Windows 2000 reads PoolUsageMaximum from Service Pack 2 on");
	if (j->rule == RULE_V16 && evidence_log_fault(e))
		lower(j, a,
			arena_printf(a, "%s, so nothing shows that Event 2020 was not logged",
				evidence_log_fault(e)),
			"the System log of the same days, exported as XML");
	if (j->rule == RULE_V16 && !e->peak->whole)
		lower(j, a,
			e->peak->top
				? "the highest total is that of an Event 2004, which names three tags of each pool"
				: "the only capture is a copy of the screen",
			"a poolsnap made with poolmon -n");
	if (j->rule == RULE_V16 && e->top_count)
		reason(j, a,
			"Event 2004 was logged: the system ran low on virtual memory, which is another limit than the"
			" paged pool's");
}

static bool stands_on_2020(enum rule_id rule)
{
	return rule == RULE_V08 || rule == RULE_V09 || rule == RULE_V11 || rule == RULE_V12 ||
	       rule == RULE_V13;
}

static bool clock_matters(const struct judgement *j)
{
	return j->e->shortage_count && j->e->snapshot_count && (j->rule == RULE_V09 || j->rule == RULE_V12);
}

/* The facts behind a prescription, in place of the rule's general words. */
static const char *what_holds(const struct judgement *j, struct arena *a)
{
	static const char *const archs[] = {
		[ARCH_UNKNOWN] = "32-bit or 64-bit is not known", [ARCH_X86] = "32-bit", [ARCH_X64] = "64-bit"
	};
	const struct evidence *e = j->e;
	const struct setting *s = &e->pool_usage_maximum;
	const char *now = s->state == SETTING_ABSENT   ? "absent, so that trimming starts at 80 %"
			  : s->state == SETTING_NUMBER ? arena_printf(a, "%lld", (long long)s->number)
			  : s->state == SETTING_OTHER  ? arena_printf(a, "a %s", s->type)
						       : "not known";

	return arena_printf(a,
		"the system is %s (%s), MmSt is the largest paged tag, and PoolUsageMaximum is %s",
		os_family_name(e->machine.family), archs[e->machine.arch], now);
}

/* What the file server counted itself decides no rule, but must be read beside every one. */
static void reason_of_failures(struct judgement *j, struct arena *a)
{
	const struct counter_span *c = &j->e->counters[COUNTER_SERVER_PAGED_FAILURES];

	if (c->samples && c->highest > 0)
		reason(j, a,
			arena_printf(a,
				"the file server counted %" PRId64
				" failed allocations from the paged pool since a boot (Server\\Pool Paged Failures)",
				c->highest));
}

void judge_confidence(struct judgement *j, bool ends_differ, struct arena *a)
{
	const struct evidence *e = j->e;
	bool assumed = false, standard = false, by_file = false;

	reason(j, a, j->rule == RULE_V12 || j->rule == RULE_V09 ? what_holds(j, a) : rules[j->rule].when);
	reason_of_failures(j, a);
	start(j, a);
	reasons_of_rule(j, a);
	if (j->confidence == CONFIDENCE_NONE) {
		list_add(a, &j->raise, rules[j->rule].collect);
		return;
	}
	if (j->rule == RULE_V01)
		lower(j, a, "whether the value was set before that stop is not known",
			"when PagedPoolSize was set");
	if ((e->pool_usage_maximum.disputed || e->paged_pool_size.disputed) && j->rule != RULE_V16) {
		j->confidence = CONFIDENCE_LOW;
		reason(j, a,
			"low at most: several registry exports were read and differ; the last by name was taken");
		list_add(a, &j->raise, "the registry export of today alone");
	}
	if (ends_differ)
		lower(j, a,
			arena_printf(a,
				"at the other end of the assumed maximum the verdict would be %s (%s)",
				j->other->id, j->other->code),
			"the true maximum: !vm in the kernel debugger, then --paged-pool-max");
	for (size_t i = 0; i < e->dated_count; i++) {
		assumed |= e->snapshots[i].quality == 2;
		standard |= e->snapshots[i].quality == 1;
		by_file |= e->snapshots[i].quality == 3;
	}
	if (clock_matters(j) && by_file)
		lower(j, a, "some poolsnaps have no time but that of their file, which copying changes",
			"poolsnaps with the time in the file or its name");
	if (clock_matters(j) && assumed)
		lower(j, a, "the poolsnaps' times are taken as UTC, because nothing says their offset",
			"the offset: --utc-offset");
	else if (clock_matters(j) && standard)
		reason(j, a, "the poolsnaps' times may be an hour off (daylight saving time is not known)");
	if (j->rule == RULE_V08 || j->rule == RULE_V09)
		lower(j, a,
			"an export carries no time: the value is assumed to be active since the boot of the last Event 2020",
			"when the value was set and the server restarted");
	/* Errors told by other programs stand for 2020 where there is none, one level less sure. */
	if (stands_on_2020(j->rule) && e->shortage_count && !e->count_2020)
		lower(j, a, "no Event 2020 was logged, only errors of other programs",
			"the System log of the same time");
	if (e->machine.family == OS_UNKNOWN || e->machine.arch == ARCH_UNKNOWN)
		cap(j, a, "Windows version or architecture is not known",
			"systeminfo output, or --os and --arch");
	if (j->rule == RULE_V12 && e->pool_usage_maximum.state == SETTING_UNREAD)
		cap(j, a, "the present value of PoolUsageMaximum is not known",
			"the Memory Management key: reg query \"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory"
			" Management\"");
	if (e->limit.low <= 0 && e->peak)
		list_add(a, &j->raise,
			"the pool's maximum: Windows version, architecture and RAM (systeminfo), or --paged-pool-max");
}
