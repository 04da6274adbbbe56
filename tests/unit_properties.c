/* SPDX-License-Identifier: MIT
 * What must hold of any server: 200 made by chance are judged, then again with one thing changed. SOAK=1
 * takes thousands and tries every change on each. A failure prints the seed and the server; PROPERTY_SEED=N
 * judges that one alone. */
#include "core/text.h"
#include "tests/check.h"
#include "tests/properties.h"

#include <stdlib.h>

#define WORLDS        200
#define WORLDS_SOAK   2000
#define VERDICTS_SEEN 12 /* of 17, among the 200 */

const char *const world_folder = "unit_properties.files";

static size_t seen[RULE_VERDICTS];

/* ---- what must stay the same ---- */

/* "2009-10-14" */
static size_t day_length(const char *text)
{
	for (size_t i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? text[i] != '-' : !text_is_digit(text[i]))
			return 0;
	return 10;
}

/* days: a day stands for any other. */
static bool same_words(const char *a, const char *b, bool days)
{
	while (a && b && *a && *b) {
		size_t n = days && day_length(a) && day_length(b) ? 10 : 1;

		if (n == 1 && *a != *b)
			return false;
		a += n;
		b += n;
	}
	return a && b ? *a == *b : a == b;
}

static bool same_list(const struct list *a, const struct list *b, bool days)
{
	for (size_t i = 0; i < a->count && i < b->count; i++)
		if (!same_words(a->items[i], b->items[i], days))
			return false;
	return a->count == b->count;
}

static bool same_prescriptions(const struct judgement *a, const struct judgement *b)
{
	for (size_t i = 0; i < a->prescription_count && i < b->prescription_count; i++) {
		const struct prescription *p = &a->prescriptions[i], *q = &b->prescriptions[i];

		if (strcmp(p->value, q->value) != 0 || p->recommended != q->recommended ||
			p->primary != q->primary || p->data != q->data ||
			!same_words(p->condition, q->condition, false) ||
			!same_words(p->reason, q->reason, false))
			return false;
	}
	return a->prescription_count == b->prescription_count;
}

static bool same_judgement(const struct judgement *a, const struct judgement *b, bool days)
{
	return a->rule == b->rule && a->other == b->other && a->severity == b->severity &&
	       a->confidence == b->confidence && same_words(a->headline, b->headline, days) &&
	       same_list(&a->reasons, &b->reasons, days) && same_list(&a->raise, &b->raise, days) &&
	       same_prescriptions(a, b);
}

/* b. PagedPoolSize and the tables are absolute; so a maximum is told, and believed. 80 MB of MmSt (KB 304101)
 * count for the confidence alone, which is compared where MmSt stays on its side of them. 1 GiB decides only
 * where no maximum is known. */
static void prove_scale(const struct trial *t)
{
	double factor = t->seed % 2 ? 2 : 0.5;
	const struct evidence *e = t->d->e;
	int64_t notable = threshold_bytes(e->thresholds, THRESHOLD_MMST_NOTABLE);
	struct world w = *t->w;
	struct judged d;

	if (e->limit_from != LIMIT_TOLD)
		return;
	w.told_max *= factor;
	for (size_t i = 0; i < world_snaps(t->w); i++) {
		struct world_snap *s = &w.snaps[i];

		s->mmst *= factor;
		s->rest *= factor;
		s->printed *= factor;
		s->nonpaged = factor * (s->nonpaged > 0 ? s->nonpaged : 20);
		for (size_t k = 0; k < WORLD_TAGS; k++)
			s->tag[k].mib *= factor;
	}
	d = world_judge(&w);
	property_always(t, &w, &d);
	property_hold(t,
		d.j->rule == t->d->j->rule && d.j->other == t->d->j->other && d.j->step == t->d->j->step &&
			d.j->severity == t->d->j->severity,
		"all bytes and the maximum times the same: the same verdict", &w, &d);
	if (e->peak && d.e->peak && (e->peak->mmst >= notable) == (d.e->peak->mmst >= notable))
		property_hold(t, d.j->confidence == t->d->j->confidence,
			"all bytes and the maximum times the same: the same confidence", &w, &d);
	judged_close(&d);
}

/* c. No zone of these servers has daylight saving time. */
static void prove_days(const struct trial *t)
{
	struct world w = *t->w;
	struct judged d;

	w.day += 1 + (int)(t->seed * 37 % 400);
	d = world_judge(&w);
	property_hold(
		t, same_judgement(d.j, t->d->j, true), "other days: the same in every other word", &w, &d);
	judged_close(&d);
}

/* f */
static void prove_order(const struct trial *t)
{
	static const struct world_reading readings[] = { { true, false, false }, { false, true, false },
		{ true, true, true }, { false, false, true } };

	for (size_t i = 0; i < LEN(readings); i++) {
		struct judged d;

		if (!t->soak && i != t->seed % LEN(readings))
			continue;
		d = world_judge_as(t->w, &readings[i]);
		property_hold(t, same_judgement(d.j, t->d->j, false),
			"files in another order, apart or twice: the same in every word", NULL, &d);
		judged_close(&d);
	}
}

/* ---- what is missing ---- */

static void drop_snap(struct world *w, size_t at)
{
	size_t n = world_snaps(w);

	for (size_t i = at; i + 1 < n; i++)
		w->snaps[i] = w->snaps[i + 1];
	w->snaps[n - 1] = (struct world_snap){ 0 };
}

/* d. Without each poolsnap, without any of several, without the log. */
#define SUBSETS 6
static void prove_never_ok(const struct trial *t)
{
	size_t n = world_snaps(t->w);

	if (t->d->j->severity != SEVERITY_NOT_ASSESSED)
		return;
	for (size_t i = 0; i <= n + SUBSETS; i++) {
		uint64_t dropped =
			i < n ? UINT64_C(1) << i : (t->seed + i) * UINT64_C(0x9e3779b97f4a7c15) >> 24;
		struct world w = *t->w;
		struct judged d;

		for (size_t k = n; i != n && k-- > 0;)
			if (dropped >> k & 1)
				drop_snap(&w, k);
		/* the log alone, then with every second of the subsets */
		if (i >= n && (i - n) % 2 == 0)
			w.log = WORLD_NO_LOG;
		d = world_judge(&w);
		property_hold(t, d.j->severity != SEVERITY_OK,
			"what could not be judged is not ok with even less", &w, &d);
		judged_close(&d);
	}
}

static double nearest_event(const struct world *w, double hours)
{
	double nearest = 1e9;

	for (size_t i = 0; i < world_events(w); i++)
		nearest = fmin(nearest, fabs(w->events[i].hours - hours));
	return nearest;
}

/* h. Of captures other than the highest, by which the levels are judged. */
static void prove_gaps(const struct trial *t)
{
	size_t n = world_snaps(t->w);

	for (size_t i = 0; i < n; i++) {
		struct world w = *t->w;
		struct judged d;

		if ((!t->soak && i != t->seed % n) || nearest_event(t->w, w.snaps[i].hours) <= 4)
			continue;
		drop_snap(&w, i);
		d = world_judge(&w);
		if (property_same_peak(t->d, &d))
			property_hold(t, d.j->rule != t->d->j->rule || d.j->confidence <= t->d->j->confidence,
				"a poolsnap less, far from any event: not more confidence", &w, &d);
		judged_close(&d);
	}
}

/* ---- all of them ---- */

static void prove(uint64_t seed, bool soak)
{
	struct world w;
	struct judged d;
	struct trial t = { seed, &w, &d, soak };

	world_random(seed, &w);
	d = world_judge(&w);
	seen[d.j->rule]++;
	property_always(&t, &w, &d);
	property_against(&t);
	prove_scale(&t);
	prove_days(&t);
	prove_order(&t);
	prove_never_ok(&t);
	prove_gaps(&t);
	judged_close(&d);
}

static int tally(void)
{
	check_passed += (int)property_passed;
	check_failed += (int)property_failed;
	return check_end();
}

int main(void)
{
	bool soak = getenv("SOAK") != NULL;
	const char *one = getenv("PROPERTY_SEED");
	int verdicts = 0;

	if (one) {
		prove(strtoull(one, NULL, 10), true);
		return tally();
	}
	for (uint64_t seed = 0; seed < (soak ? WORLDS_SOAK : WORLDS); seed++)
		prove(seed, soak);
	for (int i = 0; i < RULE_VERDICTS; i++) {
		printf("%s %zu%s", rules[i].id, seen[i], i + 1 < RULE_VERDICTS ? ", " : "\n");
		verdicts += seen[i] > 0;
	}
	CHECK(verdicts >= VERDICTS_SEEN);
	return tally();
}
