/* SPDX-License-Identifier: MIT
 * What stands beside the verdict: PT-F01 and the rest. */
#include "tests/scenarios.h"

#define QUIET ON_2003, .snaps = { { .hours = 1, 40, 40 } }
#define P(n) \
	{ \
		QUIET, .percent = DWORD(n) \
	}
#define Z(n) \
	{ \
		QUIET, .size = DWORD(n) \
	}
#define Z3(n) \
	{ \
		ON_2003, .snaps = { { .hours = 1, 20, 20 } }, .switches = "/3GB", .size = DWORD(n) \
	}
#define NORMAL "PT-V16"

/* clang-format off */
static const struct scenario_row rows[] = {
	{ .rule = RULE_F01, false, "96", P(96), NORMAL, "warning" },
	{ .rule = RULE_F01, true, "60", P(60), NORMAL, "ok" },
	{ .rule = RULE_F01, true, "95", P(95), NORMAL, "warning" },
	{ .rule = RULE_F01, true, "97", P(97), NORMAL, "warning" },

	{ .rule = RULE_F02, false, "1", P(1), NORMAL, "warning" },
	{ .rule = RULE_F02, false, "39", P(39), NORMAL, "warning" },
	{ .rule = RULE_F02, false, "61", P(61), NORMAL, "warning" },
	{ .rule = RULE_F02, false, "79", P(79), NORMAL, "warning" },
	{ .rule = RULE_F02, false, "81", P(81), NORMAL, "warning" },
	{ .rule = RULE_F02, false, "100", P(100), NORMAL, "warning" },
	{ .rule = RULE_F02, false, "101", P(101), NORMAL, "warning" },
	{ .rule = RULE_F02, false, "0", P(0), NORMAL, "ok" },
	{ .rule = RULE_F02, false, "absent from an export", { QUIET }, NORMAL, "ok" },
	{ .rule = RULE_F02, false, "a string", { QUIET, .percent = STRING(60) }, NORMAL, "warning" },
	{ .rule = RULE_F02, true, "40", P(40), NORMAL, "ok" },
	{ .rule = RULE_F02, true, "41", P(41), NORMAL, "ok" },
	{ .rule = RULE_F02, true, "50", P(50), NORMAL, "ok" },
	{ .rule = RULE_F02, true, "60", P(60), NORMAL, "ok" },
	{ .rule = RULE_F02, true, "80", P(80), NORMAL, "ok" },
	{ .rule = RULE_F02, true, "96 has its own", P(96), NORMAL, "warning" },
	{ .rule = RULE_F02, true, "no export", { QUIET, .no_export = true }, NORMAL, "ok" },
	{ .rule = RULE_F02, true, "absent on NT 4.0", { .system = WORLD_NT4, .snaps = { { .hours = 1, 40, 40 } } }, "PT-V02" },

	{ .rule = RULE_F03, false, "192 bytes", Z(0xC0), NORMAL, "warning" },
	{ .rule = RULE_F03, false, "a byte less than 1 MB", Z(0xFFFFF), NORMAL, "warning" },
	{ .rule = RULE_F03, false, "a byte more than 512 MB", Z(0x20000001), NORMAL, "warning" },
	{ .rule = RULE_F03, false, "0xFFFFFFFE", Z(0xFFFFFFFD), NORMAL, "warning" },
	{ .rule = RULE_F03, false, "a string", { QUIET, .size = STRING(0) }, NORMAL, "warning" },
	{ .rule = RULE_F03, false, "256 MB with /3GB", Z3(0x10000000), NORMAL, "warning" },
	{ .rule = RULE_F03, true, "160 MB with /3GB", Z3(0x0A000000), NORMAL, "ok" },
	{ .rule = RULE_F03, true, "the maximum with /3GB", Z3(0xFFFFFFFF), NORMAL, "ok" },
	{ .rule = RULE_F03, true, "256 MB without", Z(0x10000000), NORMAL, "ok" },
	{ .rule = RULE_F03, true, "512 MB", Z(0x20000000), NORMAL, "ok" },
	{ .rule = RULE_F03, true, "the maximum", Z(0xFFFFFFFF), NORMAL, "ok" },
	{ .rule = RULE_F03, true, "automatic", Z(0), NORMAL, "ok" },

	{ .rule = RULE_F04, false, "PagedPoolQuota", { QUIET, .quota = 64 }, NORMAL },
	{ .rule = RULE_F04, false, "MaxPagedMemoryUsage", { QUIET, .server_limit = 0x4000000 }, NORMAL },
	{ .rule = RULE_F04, true, "PagedPoolQuota is 0", { QUIET }, NORMAL, "ok" },

	{ .rule = RULE_F05, false, "2019 and 2020",
		{ ON_2003, .snaps = { FULL }, .events = { SRV(1.2, 2020), SRV(1.3, 2019) } }, "PT-V12", "error",
		"medium" },
	{ .rule = RULE_F05, true, "2020 alone", { ON_2003, .snaps = { FULL }, FAILED }, "PT-V12", "error", "high" },
	{ .rule = RULE_F05, true, "2019 alone", { ON_2003, .snaps = { FULL }, .events = { SRV(1.2, 2019) } },
		"PT-V05" },

	{ .rule = RULE_F06, false, "nothing is known of the system", { .snaps = { { .hours = 1, 40, 40 } } }, "PT-V17" },
	{ .rule = RULE_F06, false, "2003, but not whether 32-bit or 64-bit", { QUIET, .arch_hidden = true },
		"PT-V17" },
	{ .rule = RULE_F06, false, "the architecture alone is told",
		{ .told_arch = "x86", .snaps = { { .hours = 1, 40, 40 } } }, "PT-V17" },
	{ .rule = RULE_F06, true, "systeminfo", { QUIET }, NORMAL },
	{ .rule = RULE_F06, true, "both are told",
		{ .told_os = "2003", .told_arch = "x86", .snaps = { { .hours = 1, 40, 40 } } }, NORMAL },
	{ .rule = RULE_F06, true, "what the log's 6009 leaves open is told",
		{ QUIET, .arch_hidden = true, .told_arch = "x86" }, NORMAL },
	{ .rule = RULE_F06, true, "Windows 2000 is 32-bit", { .system = WORLD_2000, .snaps = { { .hours = 1, 40, 40 } } },
		NORMAL },

	{ .rule = RULE_F07, false, "nothing says the offset",
		{ QUIET, .untold = true, .arch_hidden = true, .told_arch = "x86", .told_os = "2003",
			.log = WORLD_NO_LOG },
		NORMAL },
	{ .rule = RULE_F07, true, "it is told",
		{ QUIET, .arch_hidden = true, .told_arch = "x86", .told_os = "2003", .log = WORLD_NO_LOG },
		NORMAL },

	{ .rule = RULE_F08, false, "the log begins an hour after the poolsnap", { QUIET, .log = WORLD_LOG_LATE },
		NORMAL, NULL, "medium" },
	{ .rule = RULE_F08, true, "it begins a day before", { QUIET }, NORMAL, "ok", "high" },
	{ .rule = RULE_F08, true, "there is none", { QUIET, .log = WORLD_NO_LOG }, NORMAL, NULL, "medium" },

	{ .rule = RULE_F09, false, "a record is missing", { QUIET, .gap = 1 }, NORMAL },
	{ .rule = RULE_F09, true, "none is", { QUIET }, NORMAL },
};
/* clang-format on */

const struct scenario_table scenarios_findings = { rows, LEN(rows) };
