/* SPDX-License-Identifier: MIT
 * Evidence against a verdict never makes the same verdict surer. */
#include "tests/properties.h"

static double last_hours(const struct world *w)
{
	double last = 1;

	for (size_t i = 0; i < world_snaps(w); i++)
		last = w->snaps[i].hours > last ? w->snaps[i].hours : last;
	for (size_t i = 0; i < world_events(w); i++)
		last = w->events[i].hours > last ? w->events[i].hours : last;
	return last;
}

static bool add_2019(struct world *w, enum rule_id rule)
{
	size_t n = world_events(w);
	double at = last_hours(w);

	/* It is what V5 is about. */
	if (n + 1 >= WORLD_EVENTS || rule == RULE_V05)
		return false;
	for (size_t i = 0; i < n; i++)
		if (w->events[i].id == 2020 || w->events[i].application)
			at = w->events[i].hours;
	w->events[n] = (struct world_event)SRV(at, 2019);
	return true;
}

/* Out of the rest, so that the totals stay. */
static bool add_rival(struct world *w, enum rule_id rule)
{
	size_t n = world_snaps(w);

	/* It is what V6 and V7 are about; and says nothing against normal use, where it would only keep a
	 * screen from being the peak. */
	if (n < 2 || rule == RULE_V06 || rule == RULE_V07 || rule == RULE_V16)
		return false;
	for (size_t i = 0; i < n; i++) {
		struct world_snap *s = &w->snaps[i];
		double size = (double)(int64_t)(s->rest * 2 * (double)i / (double)(n - 1)) / 4;
		size_t k = 0;

		while (k < WORLD_TAGS && s->tag[k].tag)
			k++;
		/* On a screen it would hide which tag leads. */
		if (k == WORLD_TAGS || s->live)
			return false;
		s->rest -= size;
		s->tag[k] = (struct world_tag){ "Riva", 'P', size + 1 / 1024.0 };
		s->rest -= 1 / 1024.0;
	}
	return true;
}

static bool weaken_clock(struct world *w, enum rule_id rule)
{
	(void)rule;
	w->untold = true;
	return true;
}

static bool restart(struct world *w, enum rule_id rule)
{
	size_t n = 0;

	(void)rule;
	/* Its events 6009 and 6005 would tell the system, where the log that was read did not: that is news,
	 * and not against anything. */
	if (w->log == WORLD_LOG_LATE)
		return false;
	if (w->boots[0] == 0)
		w->boots[0] = -24;
	while (n < WORLD_BOOTS && w->boots[n] != 0)
		n++;
	if (n == WORLD_BOOTS || w->boots[n - 1] > last_hours(w))
		return false;
	w->boots[n] = last_hours(w) + 1;
	return true;
}

static bool remove_log(struct world *w, enum rule_id rule)
{
	(void)rule;
	w->log = WORLD_NO_LOG;
	return true;
}

static bool add_export(struct world *w, enum rule_id rule)
{
	(void)rule;
	if (w->no_export || w->exported_twice)
		return false;
	w->exported_twice = true;
	w->again = w->percent.kind == WORLD_DWORD && w->percent.number == 50
			   ? (struct world_value){ WORLD_ABSENT, 0 }
			   : (struct world_value){ WORLD_DWORD, 50 };
	return true;
}

static const struct {
	const char *what;
	bool (*change)(struct world *w, enum rule_id rule);
	bool same_peak; /* it must not have changed which boot is judged */
} against[] = {
	{ "an Event 2019", add_2019, false },
	{ "a second rising tag", add_rival, false },
	{ "a weaker clock", weaken_clock, false },
	{ "a restart after all that happened", restart, false },
	{ "no log", remove_log, true },
	{ "another export that differs", add_export, false },
};

void property_against(const struct trial *t)
{
	for (size_t i = 0; i < LEN(against); i++) {
		struct world w = *t->w;
		struct judged d;

		if ((!t->soak && i != t->seed % LEN(against)) || !against[i].change(&w, t->d->j->rule))
			continue;
		d = world_judge(&w);
		property_always(t, &w, &d);
		if (!against[i].same_peak || property_same_peak(t->d, &d))
			property_hold(t, d.j->rule != t->d->j->rule || d.j->confidence <= t->d->j->confidence,
				against[i].what, &w, &d);
		judged_close(&d);
	}
}
