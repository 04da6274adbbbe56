/* SPDX-License-Identifier: MIT
 * The steps, in the order in which somebody takes them: what must be checked first, what the verdict itself
 * asks for, then the registry (the article's order: back up the key as KB 322756 describes, set, restart,
 * watch). */
#include "analysis/action.h"

#include "analysis/tag_search.h"
#include "core/text.h"

#include <inttypes.h>
#include <string.h>

static const char *filled(struct server_report *s, const struct judgement *j, const char *text)
{
	return threshold_fill(j->e->thresholds, text, s->arena);
}

const char *action_now(struct arena *a, const struct setting *s)
{
	switch (s->state) {
	case SETTING_ABSENT: return "absent (the default holds)";
	case SETTING_NUMBER:
		return arena_printf(a, "%" PRId64 " (0x%" PRIX64 ")", s->number, (uint64_t)s->number);
	case SETTING_OTHER: return arena_printf(a, "not a REG_DWORD (%s)", s->type);
	case SETTING_UNREAD: break;
	}
	return "not known: no export of the key was read";
}

static bool sets_size(const struct judgement *j)
{
	const struct prescription *p = judge_value(j, "PagedPoolSize");

	return p && p->data != 0;
}

/* ---- what comes first ---- */

/* A limit that somebody set may be the whole cause, and costs nothing to look at. */
static void limits_first(struct server_report *s, struct block *b, const struct judgement *j)
{
	const struct evidence *e = j->e;

	for (size_t i = 0; i < e->own_limit_count; i++)
		block_item(s, b,
			"Check %s first: it is %" PRId64
			", set by hand, and may be the whole cause. Remove it, restart, and see"
			" whether the failures come back (PT-F04).",
			e->own_limits[i].name, e->own_limits[i].number);
	if (e->own_limits_met)
		block_item(s, b,
			"Raise or remove the Server service's own limit: MaxPagedMemoryUsage (Event 2018) or MaxNonpagedMemoryUsage"
			" (Event 2017) under LanmanServer\\Parameters (PT-F04).");
}

static void system_first(struct server_report *s, struct block *b, const struct judgement *j)
{
	const struct machine *m = &j->e->machine;

	if (m->family == OS_UNKNOWN || m->arch == ARCH_UNKNOWN)
		block_item(s, b,
			"Run systeminfo: go on only if this is a 32-bit Windows 2000 (Service Pack 2 or later) or Server 2003; what"
			" was read does not say (KB 312362, PT-F06).");
}

/* ---- what comes after ---- */

static const struct tag_series *largest_nonpaged(const struct evidence *e)
{
	for (size_t i = 0; i < e->tag_count; i++)
		if (e->tags[i].rank == 1 && strcmp(e->tags[i].pool, "nonpaged") == 0)
			return &e->tags[i];
	return NULL;
}

/* "CM31 21.5 MiB, Ntff 12.4 MiB, CM35 9.4 MiB": what stands beneath MmSt. */
static const char *rest_words(const struct evidence *e, struct arena *a)
{
	const char *words = "";
	int n = 0;

	for (size_t i = 0; i < e->tag_count && n < 3; i++) {
		const struct tag_series *t = &e->tags[i];

		if (t == e->mmst || strcmp(t->pool, "paged") != 0)
			continue;
		words = arena_printf(a, "%s%s%s %s", words, n ? ", " : "", t->tag, mib_words(a, t->peak));
		n++;
	}
	return words;
}

/* What to do when the event comes back, and when it does not: the article goes down as far as trimming can
 * reach, KB 304101 up again to what has not failed before. */
static const char *next_steps(struct arena *a, const struct judgement *j)
{
	const struct evidence *e = j->e;
	const char *down = "", *rest = rest_words(e, a);

	for (int i = 1; i < STEPS && j->step; i++) {
		double start = (double)steps[i] / 100 * (double)e->limit.low;

		if (steps[i] >= j->step || (e->limit.low > 0 && j->floor >= 0 && (double)j->floor >= start))
			continue;
		down = arena_printf(a, "%s%s%d", down, *down ? ", then " : "", steps[i]);
	}
	if (*down)
		down = arena_printf(a, " If Event 2020 comes back, the next step is %s (KB 312362).", down);
	else if (j->step > 40)
		down = arena_printf(a,
			" If Event 2020 comes back, no lower step can be reached: reduce what trimming cannot free%s%s.",
			*rest ? ", at their peaks " : "", rest);
	else if (j->step)
		down = " If Event 2020 comes back, no lower value is documented: reduce demand (PT-V08).";
	if (!j->step || j->step == 60 || j->rule == RULE_V09 || e->machine.switch_3gb)
		return down;
	return arena_printf(a,
		"%s If it stays away, %d may be raised towards 60 again, never above (KB 304101).", down,
		j->step);
}

static void value_step(struct server_report *s, struct block *b, const struct prescription *p)
{
	const char *now = action_now(s->arena, p->current);

	if (strcmp(p->value, "PagedPoolSize") == 0 && p->data)
		block_item(s, b, "Set PagedPoolSize (REG_DWORD) to 0xFFFFFFFF%s%s. Now: %s. (%s)",
			p->condition ? ", " : "", p->condition ? p->condition : "", now, rules[p->rule].id);
	else
		block_item(s, b,
			"Set %s (REG_DWORD) to %" PRIu32 " decimal, which is 0x%" PRIX32 " (dword:%08" PRIx32
			")%s%s. Now: %s. (%s)",
			p->value, p->data, p->data, p->data, p->condition ? "; " : "",
			p->condition ? p->condition : "", now, rules[p->rule].id);
}

void action_values(struct server_report *s, const struct judgement *j)
{
	struct block *b = block_add(s, PART_ACTION, BLOCK_STEPS, "Set the values");
	const struct tag_series *nonpaged = largest_nonpaged(j->e);

	limits_first(s, b, j);
	system_first(s, b, j);
	if (j->rule == RULE_V01)
		block_item(s, b,
			"If the server does not start: press F8 at its start and choose Last Known Good Configuration (KB 304101).");
	/* The value is not the whole answer there, or not the first. */
	if (j->rule == RULE_V08 || j->rule == RULE_V10 || j->rule == RULE_V11) {
		block_item(s, b, "%s", filled(s, j, rules[j->rule].advice));
		block_item(s, b, "Collect: %s", filled(s, j, rules[j->rule].collect));
	}
	if (j->e->count_2019 && nonpaged)
		block_item(s, b,
			"Event 2019 was logged too: find the owner of %s, the largest nonpaged tag (%s); no value below helps"
			" there (PT-F05).",
			nonpaged->tag, mib_words(s->arena, nonpaged->peak));
	if (j->rule != RULE_V01)
		block_item(s, b, ACTION_CHECK "%s.",
			sets_size(j) ? ": boot.ini, RAM, Free System Page Table Entries" : "");
	block_item(
		s, b, ACTION_BACK_UP ": " REG_EXPORT " (or File, Export in the registry editor; KB 322756).");
	for (size_t i = 0; i < j->prescription_count; i++)
		if (j->prescriptions[i].recommended && j->prescriptions[i].primary)
			value_step(s, b, &j->prescriptions[i]);
	block_item(s, b, "Restart the server: the values are read at start only (KB 312362).");
	if (j->rule == RULE_V01)
		return;
	block_item(s, b,
		"Take poolsnaps through the heaviest backup (poolmon -b -r -n FILE every 30 minutes) and watch for Event 2020."
		" It may take a month to see a whole cycle (KB 304101).%s",
		next_steps(s->arena, j));
	block_item(s, b, "To undo, import %s and restart.%s",
		undo_open(s->arena, j) ? "the export made before, delete what was absent before,"
				       : "the undo text below",
		sets_size(j)
			? " If the server does not start after PagedPoolSize was set (STOP 0x3F): Last Known Good Configuration."
			: "");
}

void action_cautions(struct server_report *s, const struct judgement *j)
{
	struct block *b = block_add(s, PART_ACTION, BLOCK_LIST, "Do not change this if");
	const struct evidence *e = j->e;

	if (sets_size(j)) {
		block_item(s, b,
			"the server is a 32-bit Server 2003 with 64 GB of RAM: PagedPoolSize 0xFFFFFFFF makes it restart again and"
			" again (KB 312362, PT-G03); set an explicit size or leave it (%s)",
			e->machine.ram < 0 ? "its RAM is not known"
					   : arena_printf(s->arena, "this server has %s",
						     mib_words(s->arena, e->machine.ram)));
		if (!e->free_ptes)
			block_item(s, b,
				"Free System Page Table Entries is 40,000 or less: PagedPoolSize 0xFFFFFFFF takes more of them (KB 304101,"
				" PT-G05)");
	}
	if (!e->switches_known)
		block_item(s, b,
			"boot.ini has /3GB: start PoolUsageMaximum at 40 then, and with /PAE as well leave PagedPoolSize alone"
			" (KB 304101, PT-P02, PT-G04; boot.ini was not read)");
	block_item(s, b,
		"another tag has taken the lead since the last poolsnap: the values would only hide a leak (KB 886670, PT-V06)");
}

/* ---- without values ---- */

/* The tag that the steps must name: of the verdict, or what grows most where the pool is dynamic. */
static const char *blamed_tag(const struct judgement *j)
{
	const struct evidence *e = j->e;
	const struct tag_series *t = largest_nonpaged(e);

	switch (j->rule) {
	case RULE_V02:
	case RULE_V06: return e->peak && strcmp(e->peak->largest, "MmSt") != 0 ? e->peak->largest : NULL;
	case RULE_V07: return j->rival ? j->rival->tag : NULL;
	case RULE_V05: return t ? t->tag : NULL;
	default: return NULL;
	}
}

/* Where a leak is to be looked for, the largest and the fastest growing tags are named. */
static void name_tags(struct server_report *s, struct block *b, const struct evidence *e)
{
	const struct tag_series *fastest = NULL;
	const char *rest = rest_words(e, s->arena);

	for (size_t i = 0; i < e->tag_count; i++)
		if (strcmp(e->tags[i].pool, "paged") == 0 && e->tags[i].rise > 0 &&
			(!fastest || e->tags[i].rise > fastest->rise))
			fastest = &e->tags[i];
	block_item(s, b, "The largest paged tags are %s %s%s%s%s.", e->peak->largest,
		mib_words(s->arena, e->peak->largest_bytes), *rest ? ", " : "", rest,
		fastest ? arena_printf(s->arena, "; the fastest growing in the judged boot is %s, by %s",
				  fastest->tag, mib_words(s->arena, bytes_of(fastest->rise)))
			: "");
}

static void steps_awaited(struct server_report *s, struct block *b, const struct judgement *j)
{
	if (in_force(j->e) == IN_FORCE_PENDING)
		block_item(s, b,
			"Restart the server: PoolUsageMaximum %d is set, but was read at no start that is known since"
			" (KB 312362, PT-G08).",
			(int)percent_set(j->e));
	block_item(s, b,
		"Watch it through the heaviest backup, with poolsnaps every 30 minutes. If Event 2020 comes back, run this"
		" again on the new log: the next step follows then (KB 312362, PT-V09).");
}

static bool withheld_by(const struct judgement *j, enum rule_id guard)
{
	for (size_t i = 0; i < j->prescription_count; i++)
		if (!j->prescriptions[i].recommended && j->prescriptions[i].rule == guard)
			return true;
	return false;
}

static void step_of_failures(struct server_report *s, struct block *b)
{
	block_item(s, b,
		"Find out when the file server's allocations failed: log Server\\Pool Paged Failures over some days beside"
		" poolsnaps, and read the System log of that time (PT-C23).");
}

/* Normal use, but something else is not as it should be. */
static void steps_normal(struct server_report *s, struct block *b, const struct judgement *j)
{
	const struct evidence *e = j->e;
	bool failures = failures_counted(e) > 0, odd = j->severity == SEVERITY_WARNING;

	if (failures)
		step_of_failures(s, b);
	if (evidence_log_weak(e))
		block_item(s, b, "Collect %s (PT-C20).", rules[RULE_C20].collect);
	if (e->unread)
		block_item(s, b, "Collect %s (PT-C25).", rules[RULE_C25].collect);
	if (e->top_count)
		block_item(s, b,
			"Find what used up the virtual memory: Event 2004 names the processes that held most of it (PT-C24).");
	if (!e->peak->whole)
		block_item(s, b, "Collect %s (PT-C21).", rules[RULE_C21].collect);
	if (odd && !failures && !e->own_limit_count && !e->own_limits_met)
		block_item(
			s, b, "Set right what the findings below call wrong; the pool itself needs nothing.");
	if (j->severity == SEVERITY_OK && e->peak->whole)
		block_item(s, b, "%s", rules[RULE_V16].advice);
}

void action_no_values(struct server_report *s, const struct judgement *j)
{
	bool secondary = judge_recommends(j, false);
	const char *tag = blamed_tag(j);
	struct block *b;

	b = block_add(s, PART_ACTION, BLOCK_STEPS,
		secondary ? "No registry value is recommended; documented ones are printed as secondary"
			  : "No registry value is recommended");
	limits_first(s, b, j);
	if (j->rule == RULE_V16) {
		steps_normal(s, b, j);
		return;
	}
	if (withheld_by(j, RULE_G09))
		block_item(s, b, "%s (PT-G09)", rules[RULE_G09].advice);
	if (withheld_by(j, RULE_G10))
		block_item(s, b, "%s (PT-G10)", rules[RULE_G10].advice);
	if (withheld_by(j, RULE_G08))
		steps_awaited(s, b, j);
	else if (j->rule == RULE_V14 && !is_article_system(j->e))
		block_item(s, b,
			"Set nothing: the article is for 32-bit Windows 2000 (from Service Pack 2 on) and Server 2003 (PT-G02).");
	else if (j->rule == RULE_V15 && failures_counted(j->e))
		step_of_failures(s, b);
	else if (j->rule == RULE_V02 && !secondary)
		block_item(s, b, "Set nothing: what was seen does not ask for it (PT-V02).");
	else if (j->rule != RULE_V06 && j->rule != RULE_V12 && j->rule != RULE_V09)
		block_item(s, b, "%s", filled(s, j, rules[j->rule].advice));
	if (tag)
		tag_steps(s, b, j->e, tag);
	else if (j->rule == RULE_V07)
		block_item(s, b, "The largest of what trimming cannot free, at their peaks: %s.",
			rest_words(j->e, s->arena));
	if ((j->rule == RULE_V03 || j->rule == RULE_V13) && j->e->peak)
		name_tags(s, b, j->e);
	if (j->rule == RULE_V06)
		block_item(s, b,
			"Repair or update what owns it. Set no value: trimming would not free this memory.");
	block_item(s, b, "Collect: %s", filled(s, j, rules[j->rule].collect));
}
