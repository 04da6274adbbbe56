/* SPDX-License-Identifier: MIT
 * The table of companion events. */
#include "analysis/companion_kind.h"

/* clang-format off */
static const struct companion_kind kinds[] = {
	{ "Srv", 2000, 2000, COMPANION_NONE, NULL, "a system call failed unexpectedly; often beside 2019 or 2020", "Microsoft event constants" },
	{ "Srv", 2009, 2009, COMPANION_AGAINST, NULL, "a table of the Server service is full", "Q165815" },
	{ "Srv", 2011, 2011, COMPANION_AGAINST, NULL, "IRPStackSize is too small", "Microsoft event constants" },
	{ "Srv", 2012, 2012, COMPANION_NONE, NULL, "a network error, harmless", "KB 2885205" },
	{ "Srv", 2013, 2013, COMPANION_NONE, NULL, "a disk is at or near its capacity", "Microsoft event constants" },
	{ "Srv", 2016, 2016, COMPANION_AGAINST, NULL, "no virtual memory", "Microsoft event constants" },
	{ "Srv", 2017, 2018, COMPANION_AGAINST, NULL, "the Server service's own limit was met: MaxNonpagedMemoryUsage (2017) or MaxPagedMemoryUsage (2018)", "Microsoft event constants" },
	{ "Srv", 2019, 2019, COMPANION_NONE, NULL, "the nonpaged pool was empty; counted by its own rule", "ntdebugging 2006" },
	{ "Srv", 2020, 2020, COMPANION_NONE, NULL, "the paged pool was empty", "KB 312362" },
	{ "Srv", 2021, 2021, COMPANION_NONE, NULL, "no work item was free; may accompany 2020", "KB 304101" },
	{ "Srv", 2022, 2022, COMPANION_NONE, NULL, "no connection was free; with 2019 on NT 4.0 no exhaustion", "Q272194" },
	{ "Srv", 2025, 2027, COMPANION_AGAINST, NULL, "the Server service believes that it is under attack", "Microsoft event constants" },
	{ "Srv", 2000, 2027, COMPANION_NONE, NULL, "another event of the Server service", "Microsoft event constants" },
	{ "EventLog", 6005, 6013, COMPANION_NONE, NULL, "start, stop, unexpected stop, Windows version, uptime", "Microsoft reboot guide" },
	{ "Microsoft-Windows-Eventlog", 104, 105, COMPANION_NONE, NULL, "a log was cleared or saved", "" },
	{ "Microsoft-Windows-Kernel-General", 12, 13, COMPANION_NONE, NULL, "start, shutdown", "Microsoft reboot guide" },
	{ "Microsoft-Windows-Kernel-Power", 41, 41, COMPANION_NONE, NULL, "started again without a clean shutdown", "Microsoft reboot guide" },
	{ "USER32", 1074, 1076, COMPANION_NONE, NULL, "who restarted the server, and why", "Microsoft reboot guide" },
	{ "BugCheck", 1001, 1001, COMPANION_NONE, NULL, "a BugCheck; counted by its code", "Microsoft reboot guide" },
	{ "Save Dump", 1001, 1001, COMPANION_NONE, NULL, "a BugCheck; counted by its code", "Microsoft reboot guide" },
	{ "Microsoft-Windows-WER-SystemErrorReporting", 1001, 1001, COMPANION_NONE, NULL, "a BugCheck; counted by its code", "Microsoft reboot guide" },
	{ "Microsoft-Windows-Resource-Exhaustion-Detector", 2004, 2004, COMPANION_FOR, NULL, "low virtual memory; carries the bytes of both pools", "Microsoft Event 2004" },
	{ "Application Popup", 26, 26, COMPANION_FOR, "elayed", "a message box, written to the log; where pool is short it tells of lost delayed writes", "Q161870" },
	{ "Application Popup", 333, 333, COMPANION_FOR, NULL, "the registry could not be written; pool shortage is one cause, by itself no sign of it", "AskPerf 2009" },
	{ "Ntfs", 50, 50, COMPANION_NONE, NULL, "a delayed write failed", "" },
	{ "volsnap", 25, 36, COMPANION_NONE, NULL, "a shadow copy was given up", "" },
	{ "Userenv", 1505, 1508, COMPANION_FOR, "nsufficient system resources", "a profile could not be loaded; counts when for want of system resources", "KB 935649" },
	{ "MacFile", 12046, 12046, COMPANION_FOR, NULL, "Services for Macintosh could not allocate paged memory", "Q161870" },
	{ "MSExchangeIS", 9582, 9582, COMPANION_AGAINST, NULL, "the Exchange store's own address space is fragmented, not the kernel's pool", "KB 325044" },
};
/* clang-format on */

static const struct companion_kind *find(struct span provider, int64_t id)
{
	for (size_t i = 0; i < LEN(kinds); i++)
		if (id >= kinds[i].from && id <= kinds[i].to &&
			span_equal_nocase(provider, span_of(kinds[i].provider)))
			return &kinds[i];
	return NULL;
}

const struct companion_kind *companion_kind_of(struct span provider, struct span source_name, int64_t id)
{
	const struct companion_kind *k = find(provider, id);

	return k ? k : find(source_name, id);
}

const char *companion_effect_name(enum companion_effect effect)
{
	static const char *const names[] = {
		[COMPANION_NONE] = "none", [COMPANION_FOR] = "for", [COMPANION_AGAINST] = "against"
	};

	return names[effect];
}
