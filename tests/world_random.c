/* SPDX-License-Identifier: MIT
 * Servers by chance: what a bundle may hold in any mix, with enough pressure on the pool that every verdict
 * comes up. Sizes are quarters of a MiB. */
#include "tests/world_parts.h"

static unsigned below(struct rng *r, unsigned n)
{
	return rng_below(r, n);
}

/* One in n. */
static bool one_in(struct rng *r, unsigned n)
{
	return rng_below(r, n) == 0;
}

static double quarters(double mib)
{
	return (double)(int64_t)(mib * 4) / 4;
}

static double between(struct rng *r, double low, double high)
{
	return low + (high - low) * (double)rng_below(r, 10001) / 10000;
}

#define PICK(r, ...) \
	(((const unsigned[]){ \
		__VA_ARGS__ })[below(r, sizeof(const unsigned[]){ __VA_ARGS__ } / sizeof(unsigned))])

/* ---- the machine and what is set on it ---- */

static void draw_machine(struct rng *r, struct world *w)
{
	w->system = (enum world_system)PICK(r, WORLD_2003, WORLD_2003, WORLD_2003, WORLD_2003, WORLD_2003,
		WORLD_2003, WORLD_2003, WORLD_2000, WORLD_2000, WORLD_2003_X64, WORLD_2003_X64, WORLD_2012_R2,
		WORLD_2008_X86, WORLD_2019, WORLD_2008_R2, WORLD_NT4, WORLD_XP, WORLD_2000_SP1,
		WORLD_UNKNOWN);
	w->arch_hidden = one_in(r, 12);
	w->ram_mib = PICK(r, 0, 0, 0, 512, 1024, 4096, 61440, 65536);
	w->switches = one_in(r, 6) ? "/3GB" : one_in(r, 12) ? "/3GB /PAE" : one_in(r, 6) ? "/PAE" : NULL;
	w->no_summary = one_in(r, 10);
	w->free_ptes = one_in(r, 6) ? PICK(r, 12000, 40000, 40001, 90000) : 0;
	w->bias = (int)PICK(r, 0, 300, 60);
	w->bias = w->bias == 60 ? -60 : w->bias;
	w->day = (int)below(r, 30);
}

static struct world_value draw_percent(struct rng *r)
{
	if (one_in(r, 3))
		return (struct world_value){ WORLD_ABSENT, 0 };
	if (one_in(r, 20))
		return (struct world_value){ WORLD_STRING, 60 };
	return (struct world_value){ WORLD_DWORD,
		PICK(r, 40, 40, 41, 50, 50, 60, 60, 60, 61, 79, 80, 80, 96, 0, 39, 100) };
}

static void draw_registry(struct rng *r, struct world *w)
{
	w->no_export = one_in(r, 10);
	w->percent = draw_percent(r);
	if (one_in(r, 3))
		w->size = (struct world_value){ WORLD_DWORD, PICK(r, 0, 0, 0xffffffff, 0x20000000, 0xC0) };
	w->exported_twice = !w->no_export && one_in(r, 12);
	w->again = draw_percent(r);
	w->quota = one_in(r, 20) ? 64 : 0;
}

/* ---- the pool over time ---- */

/* What the system would have, roughly; a told maximum comes before it. */
static double usual_maximum(const struct world *w)
{
	bool three = w->switches && w->switches[1] == '3';

	switch (w->system) {
	case WORLD_NT4: return 180;
	case WORLD_2000_SP1:
	case WORLD_2000: return 200;
	case WORLD_2003: return three ? 158 : w->ram_mib && w->ram_mib <= 1024 ? 170 : 352;
	case WORLD_2003_X64: return 3600;
	case WORLD_UNKNOWN:
	case WORLD_XP: return 400;
	default: return 3900;
	}
}

enum course { COURSE_FLAT, COURSE_RISING, COURSE_SAW, COURSE_BURST, COURSES };

/* 0 to 1: how much of the highest is reached in the i-th of n. */
static double course_at(enum course course, size_t i, size_t n, struct rng *r)
{
	double way = n > 1 ? (double)i / (double)(n - 1) : 1;

	switch (course) {
	case COURSE_FLAT: return 0.97 + 0.03 * (double)below(r, 2);
	case COURSE_RISING: return 0.4 + 0.6 * way;
	case COURSE_SAW: return i % 2 ? 0.6 + 0.4 * way : 0.5;
	default: return i + 2 >= n ? 1 : 0.45;
	}
}

static void draw_snaps(struct rng *r, struct world *w)
{
	double maximum = w->told_max > 0 ? w->told_max : usual_maximum(w);
	double total = maximum * between(r, one_in(r, 3) ? 0.2 : 0.62, 1.02);
	double share = between(r, 0.15, 0.75), other = one_in(r, 3) ? between(r, 0.1, 0.95) : 0;
	double hours = one_in(r, 3) ? 10 : between(r, 0, 6), step = between(r, 0.2, one_in(r, 4) ? 6 : 2.4);
	enum course mmst = (enum course)below(r, COURSES), toke = (enum course)below(r, COURSES);
	size_t n = one_in(r, 10) ? 0 : 1 + below(r, 9);
	bool leak = one_in(r, 5);

	for (size_t i = 0; i < n; i++) {
		struct world_snap *s = &w->snaps[i];

		s->hours = hours;
		s->mmst = quarters(total * share * course_at(mmst, i, n, r)) + 0.25;
		s->rest = quarters(total * (1 - share) * (1 - other)) + 2;
		if (other > 0)
			s->tag[0] = (struct world_tag){ "Toke", 'P',
				quarters(total * (1 - share) * other * course_at(toke, i, n, r)) + 0.25 };
		if (leak)
			s->tag[other > 0] = (struct world_tag){ "Leak", 'N', 20 + 8 * (double)i };
		s->live = i + 1 == n && one_in(r, 10);
		if (s->live)
			s->printed = quarters(world_total(s) * between(r, 1, 1.5));
		hours += step + between(r, 0, 0.1);
	}
}

/* ---- what happened ---- */

static void log_event(struct world *w, struct world_event e)
{
	size_t n = world_events(w);

	if (n + 1 < WORLD_EVENTS)
		w->events[n] = e;
}

static void draw_events(struct rng *r, struct world *w)
{
	size_t n = world_snaps(w);
	double last = n ? w->snaps[n - 1].hours : 3, first = n ? w->snaps[0].hours : 1;
	bool fails = !one_in(r, 3), far = one_in(r, 4);
	unsigned count = fails ? 1 + below(r, 3) : 0;

	for (unsigned i = 0; i < count; i++) {
		double hours = far            ? last + between(r, 3, 12)
			       : one_in(r, 3) ? between(r, first, last)
					      : last + between(r, 0.05, 0.9);
		struct world_event paged = SRV(hours, 2020), text = BACKUP_1450(hours);

		log_event(w, one_in(r, 6) ? text : paged);
	}
	if (one_in(r, 7))
		log_event(w, (struct world_event)SRV(last + 0.3, 2019));
	if (one_in(r, 10))
		log_event(w, (struct world_event)STOP_3F(last + 0.5));
	if (one_in(r, 5)) {
		w->boots[0] = -24;
		w->boots[1] = one_in(r, 2) ? between(r, first, last) + 0.03 : last + between(r, 0.01, 12);
	}
	w->log = one_in(r, 10) ? WORLD_NO_LOG : one_in(r, 12) ? WORLD_LOG_LATE : WORLD_LOG;
	w->gap = one_in(r, 10) ? 7 : 0;
}

void world_random(uint64_t seed, struct world *w)
{
	static const double told[] = { 160, 200, 300, 343, 352, 460 };
	const struct scenario s = { .seed = seed };
	struct rng r = rng_for(&s, "world");

	*w = (struct world){ 0 };
	draw_machine(&r, w);
	draw_registry(&r, w);
	if (one_in(&r, 2))
		w->told_max = told[below(&r, LEN(told))];
	w->vm_max = usual_maximum(w);
	w->untold = one_in(&r, 12);
	draw_snaps(&r, w);
	draw_events(&r, w);
}
