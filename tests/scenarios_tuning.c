/* SPDX-License-Identifier: MIT
 * Servers of the article's kind and what may be set on them: PT-V08 to PT-V13. */
#include "tests/scenarios.h"

#define SET(n) ON_2003, .percent = DWORD(n), .snaps = { FULL }
/* 18:00 to 03:00 the next day: MmSt in the four of them */
#define NIGHT(a, b, c, d) \
	ON_2003, \
		.snaps = { { .hours = 10, (a), 90 }, { .hours = 13, (b), 90 }, { .hours = 16, (c), 90 }, \
			{ .hours = 19, (d), 90 } }, \
		.events = { SRV(19.2, 2020) }
#define UNTIL(end) \
	ON_2003, \
		.snaps = { { .hours = 10, 160, 90 }, { .hours = 12, 170, 90 }, { .hours = 14, 190, 90 }, \
			{ .hours = (end), 200, 90 } }, \
		.events = { SRV((end) + 0.2, 2020) }
#define FROM(begin) \
	ON_2003, \
		.snaps = { { .hours = (begin), 160, 90 }, { .hours = 23, 170, 90 }, \
			{ .hours = 24, 190, 90 }, { .hours = 25, 200, 90 } }, \
		.events = { SRV(25.2, 2020) }
#define SECOND (1 / 3600.0)

/* clang-format off */
static const struct scenario_row rows[] = {
	/* ---- V8 ---- */
	{ .rule = RULE_V08, false, "40", { SET(40), FAILED }, "PT-V08", "error", "medium", "withheld", "0xFFFFFFFF" },
	{ .rule = RULE_V08, false, "39", { SET(39), FAILED }, "PT-V08", "error", "medium", "withheld", "0xFFFFFFFF" },
	{ .rule = RULE_V08, false, "1", { SET(1), FAILED }, "PT-V08" },
	{ .rule = RULE_V08, false, "40, PagedPoolSize is set",
		{ SET(40), .told_max = 352, .size = DWORD(0x16000000), FAILED }, "PT-V08", NULL, NULL,
		"withheld", "withheld" },
	{ .rule = RULE_V08, false, "40, and no poolsnap is near", { SET(40), .events = { SRV(100, 2020) } },
		"PT-V08" },
	{ .rule = RULE_V08, false, "40, and another program's error stands for the event",
		{ SET(40), .events = { BACKUP_1450(1.2) } }, "PT-V08", "warning", "low", "withheld", NULL },
	{ .rule = RULE_V08, true, "41", { SET(41), FAILED }, "PT-V09", "error", "medium", "40", "0xFFFFFFFF" },
	{ .rule = RULE_V08, true, "0 is the default", { SET(0), FAILED }, "PT-V12", "error", "high", "60",
		"0xFFFFFFFF" },
	{ .rule = RULE_V08, true, "nothing failed", { SET(40) }, "PT-V15", "warning", NULL, "withheld", "withheld" },
	{ .rule = RULE_V08, true, "a string is no percentage",
		{ ON_2003, .percent = STRING(40), .snaps = { FULL }, FAILED }, "PT-V12" },

	/* ---- V9: 80 MiB of 352 in an hour: 100 with its safety; 50 leaves 176 ---- */
	{ .rule = RULE_V09, false, "60", { SET(60), FAILED }, "PT-V09", "error", "medium", "50", "0xFFFFFFFF" },
	{ .rule = RULE_V09, false, "50", { SET(50), FAILED }, "PT-V09", "error", "medium", "40", "0xFFFFFFFF" },
	{ .rule = RULE_V09, false, "45", { SET(45), FAILED }, "PT-V09", NULL, NULL, "40", NULL },
	{ .rule = RULE_V09, false, "60 with /3GB",
		{ ON_2003, .told_max = 158, .percent = DWORD(60), .switches = "/3GB",
			.snaps = { { .hours = 0, 70, 40 }, { .hours = 1, 90, 40 } }, FAILED },
		"PT-V09", NULL, NULL, "40", NULL },
	{ .rule = RULE_V09, false, "60, a size is set",
		{ SET(60), .told_max = 352, .size = DWORD(0x16000000), FAILED }, "PT-V09", NULL, NULL, "50",
		"withheld" },
	{ .rule = RULE_V09, false, "60, and a restart after the event",
		{ SET(60), .boots = { -24, 2 }, FAILED }, "PT-V09", "error", "low", "50", NULL },
	{ .rule = RULE_V09, false, "60, and another program's error stands for the event",
		{ SET(60), .events = { BACKUP_1450(1.2) } }, "PT-V09", "warning", "low", "50", NULL },
	{ .rule = RULE_V09, false, "60, of no known maximum: the article's next value",
		{ .system = WORLD_2003, .arch_hidden = true, .percent = DWORD(60), .snaps = { FULL }, FAILED },
		"PT-V09", "error", "medium", "50", NULL },
	{ .rule = RULE_V09, false, "60 and 50 in two exports: neither is known to be in force",
		{ SET(60), .exported_twice = true, .again = DWORD(50), FAILED }, "PT-V09", "error", "low",
		"withheld", "withheld" },
	{ .rule = RULE_V09, true, "61", { SET(61), FAILED }, "PT-V12", "error", "high", "60", "0xFFFFFFFF" },
	{ .rule = RULE_V09, true, "80", { SET(80), FAILED }, "PT-V12", "error", "high", "60", "0xFFFFFFFF" },
	{ .rule = RULE_V09, true, "40", { SET(40), FAILED }, "PT-V08" },
	{ .rule = RULE_V09, true, "nothing failed", { SET(60) }, "PT-V15", "warning", NULL, "withheld", "withheld" },
	{ .rule = RULE_V09, true, "2003 x64",
		{ .system = WORLD_2003_X64, .percent = DWORD(60), .snaps = { FULL }, FAILED }, "PT-V13", NULL,
		NULL, "withheld", "withheld" },

	/* ---- V10 ---- */
	{ .rule = RULE_V10, false, "through the night, never falling", { NIGHT(160, 170, 190, 200) }, "PT-V10",
		"error", "medium", "60", "withheld" },
	{ .rule = RULE_V10, false, "it stands", { NIGHT(200, 200, 200, 200) }, "PT-V10" },
	{ .rule = RULE_V10, false, "two hours of the night, until 00:00", { UNTIL(16) }, "PT-V10" },
	{ .rule = RULE_V10, false, "two hours of the night, from 04:00", { FROM(20) }, "PT-V10" },
	{ .rule = RULE_V10, false, "by use alone",
		{ ON_2003, .snaps = { { .hours = 10, 190, 100 }, { .hours = 13, 195, 100 }, { .hours = 16, 195, 100 }, { .hours = 19, 200, 100 } } },
		"PT-V10", "warning", "medium", "60", "withheld" },
	{ .rule = RULE_V10, false, "the night is the server's own",
		{ NIGHT(160, 170, 190, 200), .bias = 300 }, "PT-V10" },
	{ .rule = RULE_V10, true, "it falls once", { NIGHT(160, 190, 189.75, 200) }, "PT-V12" },
	{ .rule = RULE_V10, true, "a second short of two hours", { UNTIL(16 - SECOND) }, "PT-V12" },
	{ .rule = RULE_V10, true, "from a second after 04:00", { FROM(20 + SECOND) }, "PT-V12" },
	{ .rule = RULE_V10, true, "three poolsnaps",
		{ ON_2003, .snaps = { { .hours = 10, 160, 90 }, { .hours = 13, 170, 90 }, { .hours = 19, 200, 90 } },
			.events = { SRV(19.2, 2020) } },
		"PT-V12" },
	{ .rule = RULE_V10, true, "one of the four is of another boot",
		{ NIGHT(160, 170, 190, 200), .boots = { -24, 11 } }, "PT-V12" },
	{ .rule = RULE_V10, true, "40 is set: V8 comes first", { NIGHT(160, 170, 190, 200), .percent = DWORD(40) },
		"PT-V08" },

	/* ---- V11 ---- */
	{ .rule = RULE_V11, false, "a second more than four hours after", { ON_2003, .snaps = { FULL },
		.events = { SRV(5 + SECOND, 2020) } }, "PT-V11", "error", "low", "60", "withheld" },
	{ .rule = RULE_V11, false, "a second more than four hours before", { ON_2003, .snaps = { FULL },
		.events = { SRV(-4 - SECOND, 2020) } }, "PT-V11" },
	{ .rule = RULE_V11, false, "in another boot", { ON_2003, .snaps = { FULL }, .boots = { -24, 1.1 }, FAILED },
		"PT-V11", "error", "low", "60", "withheld" },
	{ .rule = RULE_V11, false, "/3GB",
		{ ON_2003, .switches = "/3GB", .snaps = { { .hours = 1, 90, 40 } }, .events = { SRV(9, 2020) } },
		"PT-V11", "error", "low", "40", "withheld" },
	{ .rule = RULE_V11, false, "an error of another program, not near",
		{ ON_2003, .snaps = { FULL }, .events = { BACKUP_1450(9) } }, "PT-V11", "warning", "low" },
	{ .rule = RULE_V11, true, "four hours after", { ON_2003, .snaps = { FULL }, .events = { SRV(5, 2020) } },
		"PT-V12" },
	{ .rule = RULE_V11, true, "four hours before", { ON_2003, .snaps = { FULL }, .events = { SRV(-4, 2020) } },
		"PT-V12" },
	{ .rule = RULE_V11, true, "one of two is near",
		{ ON_2003, .snaps = { FULL }, .events = { SRV(1.3, 2020), SRV(9, 2020) } }, "PT-V12" },
	{ .rule = RULE_V11, true, "40 is set: V8 comes first", { SET(40), .events = { SRV(9, 2020) } }, "PT-V08" },

	/* ---- V12 ---- */
	{ .rule = RULE_V12, false, "the article's own case", { ON_2003, .snaps = { FULL }, FAILED }, "PT-V12",
		"error", "high", "60", "0xFFFFFFFF" },
	{ .rule = RULE_V12, false, "Windows 2000", { .system = WORLD_2000, .told_max = 352, .snaps = { FULL }, FAILED },
		"PT-V12", "error", "high", "60", "0xFFFFFFFF" },
	{ .rule = RULE_V12, false, "96, 60 typed as hexadecimal", { SET(96), FAILED }, "PT-V12", "error", "high",
		"60", "0xFFFFFFFF" },
	{ .rule = RULE_V12, false, "absent from no export", { ON_2003, .no_export = true, .snaps = { FULL }, FAILED },
		"PT-V12", "error", "medium", "60", "0xFFFFFFFF" },
	{ .rule = RULE_V12, false, "nothing says which Windows this is",
		{ .told_max = 352, .snaps = { FULL }, FAILED }, "PT-V12", "error", "medium", "60", NULL },
	{ .rule = RULE_V12, false, "the architecture is not known",
		{ ON_2003, .arch_hidden = true, .told_max = 352, .snaps = { FULL }, FAILED }, "PT-V12",
		"error", "medium", "60", NULL },
	{ .rule = RULE_V12, false, "an error of another program stands for the event",
		{ ON_2003, .snaps = { FULL }, .events = { BACKUP_1450(1.2) } }, "PT-V12", "warning", "medium",
		"60", "0xFFFFFFFF" },
	{ .rule = RULE_V12, false, "a backup failed too, and the server was reset",
		{ ON_2003, .snaps = { FULL },
			.events = { SRV(1.2, 2020), BACKUP_1450(1.3), { 2, 6008, "EventLog", { NULL }, false } } },
		"PT-V12", "error", "high", "60", "0xFFFFFFFF" },
	{ .rule = RULE_V12, false, "nothing says the clock's offset",
		{ ON_2003, .untold = true, .snaps = { FULL }, FAILED }, "PT-V12", "error", "high", "60", NULL },
	{ .rule = RULE_V12, false, "a quota was set by hand", { ON_2003, .quota = 64, .snaps = { FULL }, FAILED },
		"PT-V12", "error", "medium", "60", NULL },
	{ .rule = RULE_V12, false, "/3GB", { ON_2003, .switches = "/3GB", .snaps = { { .hours = 0, 70, 40 }, { .hours = 1, 90, 40 } }, FAILED },
		"PT-V12", "error", "high", "40", "0xFFFFFFFF" },
	{ .rule = RULE_V12, false, "/3GB and /PAE",
		{ ON_2003, .switches = "/3GB /PAE", .snaps = { { .hours = 0, 70, 40 }, { .hours = 1, 90, 40 } }, FAILED },
		"PT-V12", "error", "high", "40", "withheld" },
	{ .rule = RULE_V12, false, "60 GiB of RAM count as 64", { ON_2003, .ram_mib = 60 * 1024, .snaps = { FULL }, FAILED },
		"PT-V12", "error", "high", "60", "withheld" },
	{ .rule = RULE_V12, false, "less than 60 GiB", { ON_2003, .ram_mib = 60 * 1024 - 1, .snaps = { FULL }, FAILED },
		"PT-V12", "error", "high", "60", "0xFFFFFFFF" },
	{ .rule = RULE_V12, false, "64 GB guard is not for Windows 2000",
		{ .system = WORLD_2000, .told_max = 352, .ram_mib = 64 * 1024, .snaps = { FULL }, FAILED },
		"PT-V12", NULL, NULL, "60", "0xFFFFFFFF" },
	{ .rule = RULE_V12, false, "40,000 free page table entries",
		{ ON_2003, .free_ptes = 40000, .snaps = { FULL }, FAILED }, "PT-V12", "error", "high", "60",
		"withheld" },
	{ .rule = RULE_V12, false, "40,001 free page table entries",
		{ ON_2003, .free_ptes = 40001, .snaps = { FULL }, FAILED }, "PT-V12", "error", "high", "60",
		"0xFFFFFFFF" },
	{ .rule = RULE_V12, false, "PagedPoolSize is at its maximum",
		{ ON_2003, .size = DWORD(0xffffffff), .told_max = 352, .snaps = { FULL }, FAILED }, "PT-V12",
		"error", "high", "60", "withheld" },
	/* KB 312362's own numbers: 343 MB, 200 in use at 10:00, the event at 10:20 */
	{ .rule = RULE_V12, false, "the burst argues for 40",
		{ ON_2003, .told_max = 343, .snaps = { { .hours = 2, 120, 80 } }, .events = { SRV(2 + 1 / 3.0, 2020) } },
		"PT-V12", "error", "high", "40", "0xFFFFFFFF" },
	/* 84.5 from 205 to 289.5 of 343, an hour and more before the event: 105.625 with its safety is
	 * less than the 137.2 that 60 leaves */
	{ .rule = RULE_V12, false, "the burst leaves it at 60",
		{ ON_2003, .told_max = 343, .snaps = { { .hours = 0, 120, 85 }, { .hours = 1, 204.5, 85 } },
			.events = { SRV(2.5, 2020) } },
		"PT-V12", "error", NULL, "60", NULL },
	{ .rule = RULE_V12, false, "the burst argues for 50: 110 of 343 is above 109.76",
		{ ON_2003, .told_max = 343, .snaps = { { .hours = 0, 100, 85 }, { .hours = 1, 210, 85 } },
			.events = { SRV(2.5, 2020) } },
		"PT-V12", "error", NULL, "50", NULL },
	/* of 300 a burst of 100 needs 125: 60 leaves 120, 50 leaves 150 */
	{ .rule = RULE_V12, false, "the rest is at 50 %: trimming never gets there",
		{ ON_2003, .told_max = 300, .snaps = { { .hours = 0, 25, 150 }, { .hours = 1, 125, 150 } },
			.events = { SRV(2.5, 2020) } },
		"PT-V12", "error", NULL, "60", NULL },
	{ .rule = RULE_V12, false, "the rest is a little below 50 %",
		{ ON_2003, .told_max = 300, .snaps = { { .hours = 0, 25, 149.75 }, { .hours = 1, 125, 149.75 } },
			.events = { SRV(2.5, 2020) } },
		"PT-V12", "error", NULL, "50", NULL },
	{ .rule = RULE_V12, true, "60 is set", { SET(60), FAILED }, "PT-V09" },
	{ .rule = RULE_V12, true, "2000 before Service Pack 2",
		{ .system = WORLD_2000_SP1, .told_max = 352, .snaps = { FULL }, FAILED }, "PT-V17", "error",
		"low", "withheld", "withheld" },
	{ .rule = RULE_V12, true, "XP", { .system = WORLD_XP, .told_max = 352, .snaps = { FULL }, FAILED }, "PT-V17" },
	{ .rule = RULE_V12, true, "64-bit", { .system = WORLD_2003_X64, .snaps = { FULL }, FAILED }, "PT-V13" },
	{ .rule = RULE_V12, true, "nothing failed", { ON_2003, .snaps = { FULL } }, "PT-V14" },

	/* ---- V13 ---- */
	{ .rule = RULE_V13, false, "2003 x64", { .system = WORLD_2003_X64, .snaps = { FULL }, FAILED }, "PT-V13",
		"error", "medium", "60 secondary", "withheld" },
	{ .rule = RULE_V13, false, "2003 x64, another program's error",
		{ .system = WORLD_2003_X64, .snaps = { FULL }, .events = { BACKUP_1450(1.2) } }, "PT-V13",
		"warning", "low" },
	{ .rule = RULE_V13, true, "the same in 32 bits", { ON_2003, .snaps = { FULL }, FAILED }, "PT-V12" },
	{ .rule = RULE_V13, true, "nothing failed", { .system = WORLD_2003_X64, .snaps = { FULL } }, "PT-V16" },
	{ .rule = RULE_V13, true, "2008 R2", { .system = WORLD_2008_R2, .snaps = { FULL }, FAILED }, "PT-V03" },
};
/* clang-format on */

const struct scenario_table scenarios_tuning = { rows, LEN(rows) };
