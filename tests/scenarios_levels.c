/* SPDX-License-Identifier: MIT
 * Servers on which nothing failed, and those of which nothing can be said: PT-V14 to PT-V17. */
#include "tests/scenarios.h"

/* clang-format off */
static const struct scenario_row rows[] = {
	/* ---- V14 ---- */
	{ .rule = RULE_V14, false, "80 %", { LEVEL(150, 90) }, "PT-V14", "warning", "medium", "60", "withheld" },
	{ .rule = RULE_V14, false, "61 is set", { LEVEL(150, 90), .percent = DWORD(61) }, "PT-V14", "warning",
		"medium", "60", "withheld" },
	{ .rule = RULE_V14, false, "no log was read", { LEVEL(150, 90), .log = WORLD_NO_LOG }, "PT-V14", "warning" },
	{ .rule = RULE_V14, false, "/3GB", { LEVEL(150, 90), .switches = "/3GB" }, "PT-V14", NULL, NULL, "40",
		"withheld" },
	{ .rule = RULE_V14, false, "2003 x64: 60 is for 32 bits",
		{ .system = WORLD_2003_X64, .told_max = 300, .snaps = { { .hours = 1, 150, 90 } } }, "PT-V14",
		"warning", "medium", "60 secondary", "withheld" },
	{ .rule = RULE_V14, false, "2000 before Service Pack 2 does not read it",
		{ .system = WORLD_2000_SP1, .told_max = 300, .snaps = { { .hours = 1, 150, 90 } } }, "PT-V14",
		"warning", "medium", "60 secondary", "withheld" },
	{ .rule = RULE_V14, false, "XP is not in the article",
		{ .system = WORLD_XP, .told_max = 300, .snaps = { { .hours = 1, 150, 90 } } }, "PT-V14",
		"warning", "medium", "60 secondary", "withheld" },
	/* KB 312362: 80 % of 343 MB are 274.4 */
	{ .rule = RULE_V14, false, "274.5 of 343 MB",
		{ ON_2003, .told_max = 343, .snaps = { { .hours = 1, 184.5, 90 } } }, "PT-V14" },
	{ .rule = RULE_V14, true, "274.25 of 343 MB",
		{ ON_2003, .told_max = 343, .snaps = { { .hours = 1, 184.25, 90 } } }, "PT-V15" },
	{ .rule = RULE_V14, true, "a little below 80 %", { LEVEL(149.75, 90) }, "PT-V15", "info", "medium",
		"withheld", "withheld" },
	{ .rule = RULE_V14, true, "60 is set", { LEVEL(150, 90), .percent = DWORD(60) }, "PT-V15", "warning",
		"medium", "withheld", "withheld" },
	{ .rule = RULE_V14, true, "Event 2020", { LEVEL(150, 90), FAILED }, "PT-V12" },
	{ .rule = RULE_V14, true, "another tag leads",
		{ ON_2003, .told_max = 300, .snaps = { { .hours = 1, 70, 90, { { "Toke", 'P', 80 } } } } }, "PT-V06" },

	/* ---- V15 ---- */
	{ .rule = RULE_V15, false, "60 %", { LEVEL(90, 90) }, "PT-V15", "info", "medium", "withheld", "withheld" },
	{ .rule = RULE_V15, false, "80 %, 60 is set", { LEVEL(150, 90), .percent = DWORD(60) }, "PT-V15", "warning" },
	{ .rule = RULE_V15, true, "a little below 60 %", { LEVEL(89.75, 90) }, "PT-V16", "ok", "high", "withheld",
		"withheld" },
	{ .rule = RULE_V15, true, "80 %", { LEVEL(150, 90) }, "PT-V14" },
	{ .rule = RULE_V15, true, "an error of another program", { LEVEL(90, 90), .events = { BACKUP_1450(1.2) } },
		"PT-V12" },

	/* ---- V16 ---- */
	{ .rule = RULE_V16, false, "59 %", { LEVEL(87, 90) }, "PT-V16", "ok", "high", "withheld", "withheld" },
	{ .rule = RULE_V16, false, "whichever tag leads", { LEVEL(10, 90) }, "PT-V16", "ok" },
	{ .rule = RULE_V16, false, "no log was read", { LEVEL(87, 90), .log = WORLD_NO_LOG }, "PT-V16", NULL,
		"medium" },
	{ .rule = RULE_V16, false, "the log begins after the poolsnap", { LEVEL(87, 90), .log = WORLD_LOG_LATE },
		"PT-V16", NULL, "medium" },
	{ .rule = RULE_V16, false, "a value that is no percentage is a warning",
		{ LEVEL(87, 90), .percent = DWORD(96) }, "PT-V16", "warning" },
	{ .rule = RULE_V16, false, "2012 R2, below 1 GiB, limit not known",
		{ .system = WORLD_2012_R2, .no_summary = true, .snaps = { { .hours = 1, 600, 423.75 } } }, "PT-V16" },
	{ .rule = RULE_V16, true, "2012 R2, 1 GiB, limit not known",
		{ .system = WORLD_2012_R2, .no_summary = true, .snaps = { { .hours = 1, 600, 424 } } }, "PT-V17",
		"info", "low" },
	{ .rule = RULE_V16, false, "a screen's total is a little below 60 %",
		{ ON_2003, .told_max = 300, .snaps = { { .hours = 1, 60, 60 },
			{ .hours = 2, 60, 40, .printed = 179.75, .live = true } } }, "PT-V16", "ok", "high" },
	{ .rule = RULE_V16, true, "a screen's total is 60 %",
		{ ON_2003, .told_max = 300, .snaps = { { .hours = 1, 60, 60 },
			{ .hours = 2, 60, 40, .printed = 180, .live = true } } }, "PT-V17", "info", "low",
		"withheld", "withheld" },
	{ .rule = RULE_V16, true, "80 % were in use in another boot",
		{ ON_2003, .told_max = 300, .boots = { -24, 2 },
			.snaps = { { .hours = 1, 150, 90 }, { .hours = 3, 60, 40 }, { .hours = 4, 60, 40 } } },
		"PT-V17", "warning", "low", "withheld", "withheld" },
	{ .rule = RULE_V16, true, "60 %", { LEVEL(90, 90) }, "PT-V15" },
	{ .rule = RULE_V16, true, "Event 2020", { LEVEL(88, 88), FAILED }, "PT-V12", "error" },
	{ .rule = RULE_V16, true, "Event 2019", { LEVEL(87, 90), .events = { SRV(1.2, 2019) } }, "PT-V05", "error" },

	/* ---- V17 ---- */
	{ .rule = RULE_V17, false, "nothing is known of the system, nothing failed", { .snaps = { FULL } }, "PT-V17",
		"not-assessed", "low", "withheld", "withheld" },
	{ .rule = RULE_V17, false, "XP, Event 2020", { .system = WORLD_XP, .snaps = { { .hours = 1, 110, 60 } }, FAILED },
		"PT-V17", "error", "low", "withheld", "withheld" },
	{ .rule = RULE_V17, false, "XP, an error of another program",
		{ .system = WORLD_XP, .snaps = { { .hours = 1, 110, 60 } }, .events = { BACKUP_1450(1.2) } },
		"PT-V17", "warning", "low", "withheld", "withheld" },
	{ .rule = RULE_V17, false, "XP: only an upper end is published",
		{ .system = WORLD_XP, .snaps = { { .hours = 1, 30, 30 } } }, "PT-V17", "not-assessed" },
	{ .rule = RULE_V17, true, "XP, a maximum is told",
		{ .system = WORLD_XP, .told_max = 300, .snaps = { { .hours = 1, 30, 30 } } }, "PT-V16", "ok" },
	{ .rule = RULE_V17, true, "nothing is known but the maximum", { .told_max = 300, .snaps = { { .hours = 1, 30, 30 } } },
		"PT-V16", NULL, "medium" },
	{ .rule = RULE_V17, true, "2003, Event 2020", { ON_2003, .snaps = { { .hours = 1, 110, 60 } }, FAILED }, "PT-V12" },
};
/* clang-format on */

const struct scenario_table scenarios_levels = { rows, LEN(rows) };
