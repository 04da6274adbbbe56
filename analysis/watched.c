/* SPDX-License-Identifier: MIT
 * Which bursts are there, and which time do poolsnaps cover with MmSt in its top quarter or below? */
#include "analysis/watched.h"

/* ---- which bursts ---- */

/* The same rule as for struct burst, for events of any kind: a gap or a restart ends it. */
static void bursts_of(struct watched *s, const struct evidence *e, const struct exhaustion *events, size_t n,
	int id, struct arena *a)
{
	when_us gap = threshold_time(e->thresholds, THRESHOLD_BURST_GAP);
	struct onset *b = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct exhaustion *x = &events[i];

		if (id && x->id != id)
			continue;
		if (!b || x->boot != b->first->boot || x->at - b->last > gap) {
			s->bursts = arena_grow(a, s->bursts, s->burst_count, sizeof *s->bursts);
			b = &s->bursts[s->burst_count++];
			*b = (struct onset){ x, x->at, 0 };
		}
		b->events += x->times;
		b->last = x->at;
	}
}

static void bursts_choose(struct watched *s, const struct evidence *e, struct arena *a)
{
	if (e->count_2020) {
		s->event = "2020";
		s->of = "of Event 2020";
		bursts_of(s, e, e->exhaustions, e->exhaustion_count, 2020, a);
	} else if (e->count_2019) {
		s->event = "2019";
		s->of = "of Event 2019";
		bursts_of(s, e, e->exhaustions, e->exhaustion_count, 2019, a);
	} else if (e->text_count) {
		s->event = "1450, 1130 or C000009A in a text";
		s->of = "of errors 1450, 1130 or C000009A in the Application log";
		bursts_of(s, e, e->texts, e->text_count, 0, a);
	}
}

/* ---- which time is covered ---- */

/* Whole ones only: a screen or an Event 2004 shows MmSt where it is large and says nothing where it is not,
 * which would make it look large at all times. */
static bool tells_mmst(const struct snapshot *c)
{
	return c->whole && c->decides && c->mmst >= 0;
}

/* An hour that may be wrong puts a burst into the wrong interval: only clocks that are known count. */
static bool is_certain(const struct snapshot *c)
{
	return c->quality == 0;
}

static void stretches_of(struct watched *s, const struct evidence *e, struct arena *a)
{
	when_us gap = threshold_time(e->thresholds, THRESHOLD_WATCH_GAP);
	int64_t *mmst = arena_alloc(a, (e->dated_count + 1) * sizeof *mmst);
	const struct snapshot *last = NULL;

	s->stretches = arena_alloc(a, (e->dated_count + 1) * sizeof *s->stretches);
	for (size_t i = 0; i < e->dated_count; i++) {
		const struct snapshot *c = &e->snapshots[i];

		if (!tells_mmst(c))
			continue;
		if (is_certain(c))
			mmst[s->captures++] = c->mmst;
		else
			s->uncertain++;
	}
	if (!s->captures)
		return;
	s->threshold = ratio_top_quarter(mmst, s->captures);
	for (size_t i = 0; i < e->dated_count; i++) {
		const struct snapshot *c = &e->snapshots[i];

		if (!tells_mmst(c) || !is_certain(c))
			continue;
		s->high += c->mmst >= s->threshold;
		if (last && last->boot == c->boot && c->at > last->at && c->at - last->at <= gap)
			s->stretches[s->stretch_count++] =
				(struct stretch){ c->boot, last->at, c->at, last->mmst >= s->threshold };
		last = c;
	}
}

struct watched watched_of(const struct evidence *e, struct arena *a)
{
	struct watched s = { .threshold = -1 };

	bursts_choose(&s, e, a);
	stretches_of(&s, e, a);
	s.begun = arena_alloc(a, (s.burst_count + 1) * sizeof *s.begun);
	for (size_t i = 0; i < s.burst_count; i++)
		s.begun[i] = (struct happening){ s.bursts[i].first->boot, s.bursts[i].first->at };
	return s;
}

/* ---- growth up to a burst ---- */

const struct snapshot *growth_from(const struct evidence *e, const struct snapshot *to)
{
	when_us since = to->at - threshold_time(e->thresholds, THRESHOLD_GROWTH_BEFORE);
	size_t low = 0, high = (size_t)(to - e->snapshots);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (e->snapshots[middle].at < since)
			low = middle + 1;
		else
			high = middle;
	}
	for (; e->snapshots[low].at < to->at; low++)
		if (e->snapshots[low].boot == to->boot && e->snapshots[low].paged >= 0)
			return &e->snapshots[low];
	return NULL;
}
