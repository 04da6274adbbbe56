/* SPDX-License-Identifier: MIT
 * One server and what must be said of it: the rows of the scenario tables. */
#ifndef TESTS_SCENARIOS_H
#define TESTS_SCENARIOS_H

#include "analysis/rules.h"
#include "core/core.h"
#include "tests/world.h"

/* `rule` is what the row tests: it must hold; in a near-miss, a row that differs from one of the others in
 * one thing, it must not. NULL: not looked at. */
struct scenario_row {
	enum rule_id rule;
	bool near_miss;
	const char *what;
	struct world w;
	const char *verdict; /* in a near-miss the one that comes instead */
	const char *severity, *confidence;
	/* "60", "60 secondary", "withheld"; "-": nothing is said of it */
	const char *percent, *size;
};

struct scenario_table {
	const struct scenario_row *row;
	size_t count;
};
extern const struct scenario_table scenarios_causes, scenarios_tuning, scenarios_levels, scenarios_findings;

/* MmSt takes 80 MiB more within an hour: 290 MiB in use in the end. By default a 32-bit Server 2003 with 2 GB
 * has 352 to 354. */
#define FULL \
	{ .hours = 0, 120, 90 }, { .hours = 0.5, 150, 90 }, \
	{ \
		.hours = 1, 200, 90 \
	}
#define FAILED            .events = { SRV(1.2, 2020) }
#define ON_2003           .system = WORLD_2003
/* One poolsnap, nothing failed, of a maximum of 300 that is told. */
#define LEVEL(mmst, rest) ON_2003, .told_max = 300, .snaps = { { .hours = 1, (mmst), (rest) } }
/* Five in an hour: MmSt and Toke from one size by that much. */
#define RISING(mmst, more, toke, toke_more) \
	.snaps = { { .hours = 0, (mmst), 90, { { "Toke", 'P', (toke) } } }, \
		{ .hours = 0.25, \
			(mmst) + (more) / 4.0, \
			90, \
			{ { "Toke", 'P', (toke) + (toke_more) / 4.0 } } }, \
		{ .hours = 0.5, \
			(mmst) + (more) / 2.0, \
			90, \
			{ { "Toke", 'P', (toke) + (toke_more) / 2.0 } } }, \
		{ .hours = 0.75, (mmst) + (more)*0.75, 90, { { "Toke", 'P', (toke) + (toke_more)*0.75 } } }, \
		{ .hours = 1, (mmst) + (more), 90, { { "Toke", 'P', (toke) + (toke_more) } } } }

#endif
