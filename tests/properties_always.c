/* SPDX-License-Identifier: MIT
 * What holds of every judgement: which values may be recommended, when nothing is ok, when nothing is
 * sure. */
#include "tests/properties.h"

#include <stdio.h>
#include <string.h>

size_t property_passed, property_failed;

/* ---- saying what went wrong ---- */

static void say_verdict(const char *when, const struct judged *d)
{
	printf("%s: %s, %s, confidence %s: %s\n", when, rules[d->j->rule].id, severity_name(d->j->severity),
		d->j->confidence ? confidence_name(d->j->confidence) : "none", d->j->headline);
	for (size_t i = 0; i < d->j->reasons.count; i++)
		printf("    %s\n", d->j->reasons.items[i]);
}

void property_hold(const struct trial *t, bool ok, const char *property, const struct world *changed,
	const struct judged *now)
{
	++*(ok ? &property_passed : &property_failed);
	if (ok)
		return;
	printf("seed %llu: %s\n", (unsigned long long)t->seed, property);
	say_verdict("before", t->d);
	if (now)
		say_verdict("after", now);
	world_print(t->w, stdout);
	if (changed)
		world_print(changed, stdout);
}

bool property_same_peak(const struct judged *a, const struct judged *b)
{
	return a->e->peak && b->e->peak ? a->e->peak->at == b->e->peak->at : !a->e->peak && !b->e->peak;
}

/* ---- e, g: what holds of every judgement ---- */

static bool has_switch(const struct world *w, const char *name)
{
	return w->switches && strstr(w->switches, name);
}

static bool is_modern(const struct world *w)
{
	return w->system >= WORLD_2008_X86;
}

static bool is_x64(const struct world *w)
{
	return w->system == WORLD_2003_X64 || (is_modern(w) && w->system != WORLD_2008_X86);
}

/* Do the files say which Windows this is? systeminfo came with XP; the log's first boot lies before all
 * else. */
static bool is_known(const struct world *w)
{
	return (w->system >= WORLD_XP && !w->arch_hidden) || w->log == WORLD_LOG;
}

static bool known_modern(const struct world *w)
{
	return is_modern(w) && is_known(w);
}

static bool known_x64(const struct world *w)
{
	return is_x64(w) && !w->arch_hidden;
}

static bool known_nt4(const struct world *w)
{
	return w->system == WORLD_NT4 && is_known(w);
}

static bool is_logged(const struct world *w)
{
	for (size_t i = 0; w->log == WORLD_LOG && i < world_events(w); i++)
		if (w->events[i].id == 2019 || w->events[i].id == 2020)
			return true;
	return false;
}

/* MiB, of any boot, also where a screen hides which tags they are. */
static double most_shown(const struct world *w)
{
	double most = 0;

	for (size_t i = 0; i < world_snaps(w); i++) {
		const struct world_snap *s = &w->snaps[i];
		double total = s->live && w->no_summary ? 0 : s->printed > 0 ? s->printed : world_total(s);

		most = total > most ? total : most;
	}
	return most;
}

static bool percent_allowed(const struct world *w, const struct prescription *p)
{
	bool documented = p->data == 60 || p->data == 50 || p->data == 40;
	bool current = p->current->state == SETTING_NUMBER && p->current->number == p->data;

	if (!documented || current || !p->primary)
		return documented && !current;
	return !known_x64(w) && !known_modern(w) && !known_nt4(w) &&
	       !(is_known(w) && (w->system == WORLD_XP || w->system == WORLD_2000_SP1)) &&
	       (!has_switch(w, "/3GB") || p->data == 40);
}

static bool size_allowed(const struct world *w, const struct prescription *p)
{
	bool memory = (w->system == WORLD_2003 || w->system == WORLD_UNKNOWN) && w->ram_mib >= 60 * 1024 &&
		      (!w->no_summary || (w->system == WORLD_2003 && !w->arch_hidden));

	if (!p->primary || p->data == 0)
		return true;
	return p->data == 0xFFFFFFFF && !known_x64(w) && !known_modern(w) && !known_nt4(w) && !memory &&
	       !(has_switch(w, "/3GB") && has_switch(w, "/PAE")) &&
	       !(w->free_ptes && w->free_ptes <= 40000) &&
	       !(p->current->state == SETTING_NUMBER && p->current->number == 0xFFFFFFFF);
}

void property_always(const struct trial *t, const struct world *w, const struct judged *d)
{
	const struct judgement *j = d->j;

	for (size_t i = 0; i < j->prescription_count; i++) {
		const struct prescription *p = &j->prescriptions[i];

		if (p->recommended && strcmp(p->value, "PoolUsageMaximum") == 0)
			property_hold(t, percent_allowed(w, p),
				"PoolUsageMaximum is 60, 50 or 40, not the one in force, and no"
				" guard forbids it",
				w, d);
		if (p->recommended && strcmp(p->value, "PagedPoolSize") == 0)
			property_hold(t, size_allowed(w, p),
				"PagedPoolSize is not recommended where a guard forbids it", w, d);
	}
	property_hold(t, !is_logged(w) || j->severity != SEVERITY_OK,
		"never ok while the pool is logged to have run out", w, d);
	property_hold(t,
		d->e->limit_from != LIMIT_TOLD || most_shown(w) < 0.6 * w->told_max ||
			j->severity != SEVERITY_OK,
		"never ok while a total is shown from 60 % of the maximum on", w, d);
	property_hold(t, (j->confidence == CONFIDENCE_NONE) == (j->rule == RULE_V04),
		"no confidence where nothing is judged, and only there", w, d);
	property_hold(
		t, j->headline && *j->headline && j->reasons.count, "there is a headline and a reason", w, d);
}
