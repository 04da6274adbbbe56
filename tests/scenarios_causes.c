/* SPDX-License-Identifier: MIT
 * Servers whose trouble is another than trimming that starts too late: PT-V01 to PT-V07. */
#include "tests/scenarios.h"

/* Five in an hour: MmSt rises or not, and a nonpaged tag by four times as much as said, from 20 of 80. */
#define NONPAGED(more, leak) \
	.snaps = { { .hours = 0, 200, 90, { { "Leak", 'N', 20 } }, 60 }, \
		{ .hours = 0.25, 200 + (more), 90, { { "Leak", 'N', 20 + (leak) } }, 60 }, \
		{ .hours = 0.5, 200 + 2 * (more), 90, { { "Leak", 'N', 20 + 2 * (leak) } }, 60 }, \
		{ .hours = 0.75, 200 + 3 * (more), 90, { { "Leak", 'N', 20 + 3 * (leak) } }, 60 }, \
		{ .hours = 1, 200 + 4 * (more), 90, { { "Leak", 'N', 20 + 4 * (leak) } }, 60 } }
#define TOKE(mmst, rest, toke) .snaps = { { .hours = 1, (mmst), (rest), { { "Toke", 'P', (toke) } } } }
#define OTHER_STOP \
	{ \
		2, 1001, "BugCheck", { "0x0000004d (0x00000000, 0x0000003f, 0x1, 0x2)", NULL }, false \
	}
#define LATER(hours) \
	{ \
		(hours), 7036, "Service Control Manager", { "Print Spooler", "running" }, false \
	}

/* clang-format off */
static const struct scenario_row rows[] = {
	/* ---- V1: 512 MB were asked for; a maximum is told, for 290 of 512 MB would be little ---- */
	{ .rule = RULE_V01, false, "STOP 0x3F and PagedPoolSize",
		{ ON_2003, .told_max = 352, .size = DWORD(0x20000000), .snaps = { FULL },
			.events = { SRV(1.2, 2020), STOP_3F(2) } },
		"PT-V01", "error", "medium", "-", "0x0" },
	{ .rule = RULE_V01, false, "without a poolsnap",
		{ ON_2003, .size = DWORD(0xffffffff), .events = { STOP_3F(2) } }, "PT-V01", "error", "medium",
		"-", "0x0" },
	{ .rule = RULE_V01, false, "on a dynamic system too",
		{ .system = WORLD_2012_R2, .size = DWORD(0x20000000), .snaps = { FULL },
			.events = { SRV(1.2, 2020), STOP_3F(2) } },
		"PT-V01", "error", "medium", "-", "0x0" },
	{ .rule = RULE_V01, false, "a second short of a week until the last that was read",
		{ ON_2003, .told_max = 352, .size = DWORD(0x20000000), .snaps = { FULL },
			.events = { SRV(1.2, 2020), STOP_3F(2), LATER(2 + 168 - 0.1 - 1 / 3600.0) } },
		"PT-V01" },
	{ .rule = RULE_V01, true, "a week later the server still ran",
		{ ON_2003, .told_max = 352, .size = DWORD(0x20000000), .snaps = { FULL },
			.events = { SRV(1.2, 2020), STOP_3F(2), LATER(2 + 168 - 0.1) } },
		"PT-V12" },
	{ .rule = RULE_V01, true, "another stop, 0x3F among its parameters",
		{ ON_2003, .told_max = 352, .size = DWORD(0x20000000), .snaps = { FULL },
			.events = { SRV(1.2, 2020), OTHER_STOP } },
		"PT-V12" },
	{ .rule = RULE_V01, true, "PagedPoolSize is automatic",
		{ ON_2003, .size = DWORD(0), .snaps = { FULL }, .events = { SRV(1.2, 2020), STOP_3F(2) } },
		"PT-V12" },

	/* ---- V2 ---- */
	{ .rule = RULE_V02, false, "NT 4.0",
		{ .system = WORLD_NT4, .snaps = { { .hours = 1, 110, 60 } }, FAILED }, "PT-V02", "error", "high",
		"withheld", "withheld" },
	{ .rule = RULE_V02, false, "NT 4.0 without a poolsnap", { .system = WORLD_NT4, FAILED }, "PT-V02", "error",
		"high", "withheld", "withheld" },
	{ .rule = RULE_V02, true, "Windows 2000", { .system = WORLD_2000, .snaps = { { .hours = 1, 110, 60 } }, FAILED },
		"PT-V12", "error", NULL, NULL, NULL },

	/* ---- V3 ---- */
	{ .rule = RULE_V03, false, "2012 R2", { .system = WORLD_2012_R2, .snaps = { FULL }, FAILED }, "PT-V03",
		"error", "high", "60 secondary", "0xFFFFFFFF secondary" },
	{ .rule = RULE_V03, false, "2008, 32-bit", { .system = WORLD_2008_X86, .snaps = { FULL }, FAILED }, "PT-V03",
		"error", "high", "60 secondary", "0xFFFFFFFF secondary" },
	{ .rule = RULE_V03, false, "2008 R2", { .system = WORLD_2008_R2, .snaps = { FULL }, FAILED }, "PT-V03" },
	{ .rule = RULE_V03, false, "2012", { .system = WORLD_2012, .snaps = { FULL }, FAILED }, "PT-V03" },
	{ .rule = RULE_V03, false, "2019", { .system = WORLD_2019, .snaps = { FULL }, FAILED }, "PT-V03" },
	{ .rule = RULE_V03, false, "whatever is set",
		{ .system = WORLD_2012_R2, .percent = DWORD(40), .snaps = { FULL }, FAILED }, "PT-V03" },
	{ .rule = RULE_V03, false, "60 is set already",
		{ .system = WORLD_2012_R2, .percent = DWORD(60), .size = DWORD(0xffffffff),
			.snaps = { FULL }, FAILED },
		"PT-V03", NULL, NULL, "withheld", "withheld" },
	{ .rule = RULE_V03, false, "80 % of the commit limit",
		{ .system = WORLD_2012_R2,
			.snaps = { { .hours = 1, 2400, 800, .commit_limit = 4000 } } },
		"PT-V03", "warning" },
	{ .rule = RULE_V03, true, "just below 80 % of the commit limit",
		{ .system = WORLD_2012_R2,
			.snaps = { { .hours = 1, 2400, 799, .commit_limit = 4000 } } },
		"PT-V15", "info", NULL, "withheld", "withheld" },
	{ .rule = RULE_V03, true, "Server 2003", { ON_2003, .snaps = { FULL }, FAILED }, "PT-V12" },
	{ .rule = RULE_V03, true, "nothing failed", { .system = WORLD_2012_R2, .snaps = { FULL } }, "PT-V16" },
	{ .rule = RULE_V03, true, "another tag leads",
		{ .system = WORLD_2012_R2, TOKE(100, 90, 300), FAILED }, "PT-V06", "error", NULL, "withheld",
		"withheld" },
	{ .rule = RULE_V03, true, "the nonpaged pool ran out",
		{ .system = WORLD_2012_R2, .snaps = { FULL }, .events = { SRV(1.2, 2019) } }, "PT-V05" },
	{ .rule = RULE_V03, true, "no poolsnap", { .system = WORLD_2012_R2, FAILED }, "PT-V04" },

	/* ---- V4 ---- */
	{ .rule = RULE_V04, false, "no poolsnap", { ON_2003, FAILED }, "PT-V04", "error", "none", "withheld",
		"withheld" },
	{ .rule = RULE_V04, false, "no poolsnap, an error of another program",
		{ ON_2003, .events = { BACKUP_1450(1.2) } }, "PT-V04", "warning", "none", "withheld", "withheld" },
	{ .rule = RULE_V04, false, "nothing at all", { ON_2003 }, "PT-V04", "not-assessed", "none", "withheld",
		"withheld" },
	{ .rule = RULE_V04, false, "a screen on which something larger may be missing",
		{ ON_2003, .snaps = { { .hours = 1, 100, 40, .printed = 290, .live = true } }, FAILED }, "PT-V04" },
	{ .rule = RULE_V04, true, "a screen on which nothing larger can be missing",
		{ ON_2003, .snaps = { { .hours = 1, 200, 80, .printed = 290, .live = true } }, FAILED }, "PT-V12" },
	{ .rule = RULE_V04, true, "one poolsnap", { ON_2003, .snaps = { { .hours = 1, 200, 90 } }, FAILED }, "PT-V12" },

	/* ---- V5 ---- */
	{ .rule = RULE_V05, false, "Event 2019 alone",
		{ ON_2003, .snaps = { FULL }, .events = { SRV(1.2, 2019) } }, "PT-V05", "error", "high",
		"withheld", "withheld" },
	{ .rule = RULE_V05, false, "only a nonpaged tag grows, the paged pool is 82 % used",
		{ ON_2003, NONPAGED(0, 10) }, "PT-V05", "warning", "high", "withheld", "withheld" },
	{ .rule = RULE_V05, true, "Event 2020 beside it",
		{ ON_2003, .snaps = { FULL }, .events = { SRV(1.2, 2019), SRV(1.3, 2020) } }, "PT-V12",
		"error", "medium", "60", "0xFFFFFFFF" },
	{ .rule = RULE_V05, true, "MmSt grows by a tenth as well", { ON_2003, NONPAGED(10, 10) }, "PT-V14" },
	{ .rule = RULE_V05, true, "it grows by less than a tenth", { ON_2003, NONPAGED(0, 2) }, "PT-V14" },
	{ .rule = RULE_V05, true, "the paged pool ran out as well", { ON_2003, NONPAGED(0, 10), FAILED }, "PT-V12" },

	/* ---- V6 ---- */
	{ .rule = RULE_V06, false, "Toke holds 52 %", { ON_2003, TOKE(60, 80, 150), FAILED }, "PT-V06", "error",
		"high", "withheld", "withheld" },
	{ .rule = RULE_V06, false, "Toke holds 40 %, no trend", { ON_2003, TOKE(70, 80, 100), FAILED }, "PT-V06",
		"error", "medium", "withheld", "withheld" },
	{ .rule = RULE_V06, false, "a little more than 40 %", { ON_2003, TOKE(70, 80, 100.25), FAILED }, "PT-V06",
		"error", "high", "withheld", "withheld" },
	{ .rule = RULE_V06, false, "Toke holds less and rises", { ON_2003, RISING(90, 0, 96, 4), FAILED }, "PT-V06",
		"error", "high", "withheld", "withheld" },
	{ .rule = RULE_V06, false, "nothing failed, 60 % used",
		{ ON_2003, .told_max = 300, TOKE(60, 50, 70) }, "PT-V06", "warning", NULL, "withheld",
		"withheld" },
	{ .rule = RULE_V06, false, "40 is set", { ON_2003, .percent = DWORD(40), TOKE(60, 80, 150), FAILED },
		"PT-V06" },
	{ .rule = RULE_V06, true, "nothing failed, a little below 60 %",
		{ ON_2003, .told_max = 300, TOKE(60, 49.75, 70) }, "PT-V16", "ok", "high" },
	{ .rule = RULE_V06, true, "MmSt is larger by 1 KiB",
		{ ON_2003, TOKE(100 + 1 / 1024.0, 90, 100), FAILED }, "PT-V12" },
	{ .rule = RULE_V06, true, "Toke leads after the peak only",
		{ ON_2003,
			.snaps = { { .hours = 0, 200, 90, { { "Toke", 'P', 50 } } },
				{ .hours = 1, 40, 90, { { "Toke", 'P', 50 } } } },
			FAILED },
		"PT-V12" },

	/* ---- V7 ---- */
	{ .rule = RULE_V07, false, "the rest is at 60 % of 300",
		{ ON_2003, .told_max = 300, .snaps = { { .hours = 1, 72, 180 } }, FAILED }, "PT-V07", "error",
		"medium", "withheld", "withheld" },
	{ .rule = RULE_V07, false, "/3GB leaves 40 alone: the rest is at 40 % of 300",
		{ ON_2003, .told_max = 300, .switches = "/3GB", .snaps = { { .hours = 1, 122, 120 } }, FAILED },
		"PT-V07" },
	{ .rule = RULE_V07, false, "60 is set: the rest is at 50 %",
		{ ON_2003, .told_max = 300, .percent = DWORD(60), .snaps = { { .hours = 1, 100, 150 } }, FAILED },
		"PT-V07" },
	{ .rule = RULE_V07, false, "50 is set: the rest is at 40 %",
		{ ON_2003, .told_max = 300, .percent = DWORD(50), .snaps = { { .hours = 1, 130, 120 } }, FAILED },
		"PT-V07" },
	{ .rule = RULE_V07, false, "Toke rises by a quarter of MmSt's rise",
		{ ON_2003, RISING(100, 80, 20, 20), FAILED }, "PT-V07", "error", "medium", "withheld",
		"withheld" },
	{ .rule = RULE_V07, false, "MmSt stands, Toke grows by a tenth of the pool",
		{ ON_2003, RISING(180, 0, 20, 40), FAILED }, "PT-V07" },
	{ .rule = RULE_V07, true, "the rest is a little below 60 %",
		{ ON_2003, .told_max = 300, .snaps = { { .hours = 1, 72, 179.75 } }, FAILED }, "PT-V12" },
	{ .rule = RULE_V07, true, "/3GB: the rest is a little below 40 %",
		{ ON_2003, .told_max = 300, .switches = "/3GB", .snaps = { { .hours = 1, 122, 119.75 } }, FAILED },
		"PT-V12", "error", NULL, "40", NULL },
	{ .rule = RULE_V07, true, "60 is set: the rest is a little below 50 %",
		{ ON_2003, .told_max = 300, .percent = DWORD(60), .snaps = { { .hours = 1, 100, 149.75 } }, FAILED },
		"PT-V09", "error", NULL, "50", NULL },
	{ .rule = RULE_V07, true, "Toke rises by a little less than a quarter",
		{ ON_2003, RISING(100, 80, 20, 19), FAILED }, "PT-V12" },
	{ .rule = RULE_V07, true, "MmSt stands, Toke grows by less than a tenth",
		{ ON_2003, RISING(180, 0, 20, 10), FAILED }, "PT-V12" },
	{ .rule = RULE_V07, true, "XP: there the article's mechanism is in no rule but this",
		{ .system = WORLD_XP, .told_max = 300, .snaps = { { .hours = 1, 72, 179.75 } }, FAILED }, "PT-V17" },
};
/* clang-format on */

const struct scenario_table scenarios_causes = { rows, LEN(rows) };
