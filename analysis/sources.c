/* SPDX-License-Identifier: MIT
 * The table of sources. */
#include "analysis/sources.h"

#include "core/text.h"

/* clang-format off */
const struct source sources[] = {
	{ "KB 312362", "Server is unable to allocate memory from the system paged pool", "https://learn.microsoft.com (search for the title);"
		" the edition of 2003: https://ftp.zx.net.nz/pub/archive/ftp.microsoft.com/MISC/KB/en-us/312/362.HTM" },
	{ "KB 304101", "Backup program is unsuccessful when you back up a large system volume", "http://support.microsoft.com/kb/304101" },
	{ "KB 935649", "Terminal server logon fails, Events 1505 and 1508; the same two values", "https://support.microsoft.com/help/935649" },
	{ "KB 886670", "Event 2020 from a leak in the Server service", "https://mskb.pkisolutions.com/kb/886670" },
	{ "KB 912480", "Event 2020 from access tokens on Exchange 2003", "https://mskb.pkisolutions.com/kb/912480" },
	{ "KB 298102", "How to find the driver of a pool tag", "http://smallbusiness.support.microsoft.com/en-us/kb/298102" },
	{ "KB 322756", "How to back up and restore the registry in Windows", "https://support.microsoft.com/help/322756" },
	{ "KB 153480", "A process's quota of paged pool", "https://jeffpar.github.io/kbarchive/" },
	{ "KB 126402", "Pool sizes of Windows NT", "https://helparchive.huntertur.net/document/50077" },
	{ "KB 325044", "Event 9582 of the Exchange store: its own address space, not the kernel's pool", "https://support.microsoft.com/kb/325044" },
	{ "Q272194", "Events 2019 and 2022 at about 4,094 connections", "https://jeffpar.github.io/kbarchive/" },
	{ "Q165815", "Event 2009: a table of the Server service is full", "https://jeffpar.github.io/kbarchive/" },
	{ "Q161870", "Services for Macintosh use up the paged pool; Event 12046", "https://jeffpar.github.io/kbarchive/" },
	{ "AskPerf 2007", "Understanding pool resources", "http://treadstoneso.blogspot.com/2011/06/nonpaged-pool-memory.html (mirror)" },
	{ "AskPerf 2009", "Event ID 333", "http://blogs.technet.com/b/askperf/archive/2009/04/10/prf-memory-management-event-id-333.aspx" },
	{ "AskPerf 2011", "Getting to know the MmSt pool tag",
		"https://techcommunity.microsoft.com/blog/askperf/getting-to-know-the-mmst-pool-tag/374971" },
	{ "ntdebugging 2006", "Understanding pool consumption and Event ID 2020 or 2019",
		"https://docs.microsoft.com/en-us/archive/blogs/ntdebugging/understanding-pool-consumption-and-event-id-2020-or-2019" },
	{ "ntdebugging 2008", "Tracking down MmSt paged pool usage",
		"https://blogs.msdn.microsoft.com/ntdebugging/2008/05/08/tracking-down-mmst-paged-pool-usage/" },
	{ "PAL", "Threshold file of PAL, Performance Analysis of Logs", "https://github.com/clinthuffman/PAL" },
	{ "Microsoft memory limits page", "Memory limits for Windows and Windows Server releases",
		"https://github.com/MicrosoftDocs/win32 desktop-src/Memory/memory-limits-for-windows-releases.md" },
	{ "Microsoft Memory Management registry keys page", "Memory management registry keys",
		"https://github.com/MicrosoftDocs/win32 desktop-src/Memory/memory-management-registry-keys.md" },
	{ "Microsoft PagedPoolSize reference", "PagedPoolSize, Windows 2000 and Server 2003", "https://technet.microsoft.com/en-us/library/cc976157.aspx" },
	{ "Microsoft scenario guide 2024", "Troubleshoot performance problems in Windows: healthy, warning and critical pool use",
		"https://github.com/MicrosoftDocs/SupportArticles-docs support/windows-server/performance" },
	{ "Microsoft reboot guide", "Analyze event logs to diagnose unexpected reboots",
		"https://github.com/MicrosoftDocs/SupportArticles-docs support/windows-server/performance" },
	{ "Microsoft poolmon pages", "PoolMon display, using PoolMon to find a kernel-mode memory leak, enabling pool tagging",
		"https://github.com/MicrosoftDocs/windows-driver-docs" },
	{ "Microsoft event constants", "Names of the events of the Server service (EVENT_SRV_...)", "win32metadata headers" },
	{ "Microsoft event schema", "EventRecordID and the other system properties of an event", "https://learn.microsoft.com/windows/win32/wes" },
	{ "Microsoft event log settings", "Maximum size of a log, overwriting as needed", "https://learn.microsoft.com/windows/win32/eventlog" },
	{ "Microsoft Event 2004", "Resource-Exhaustion-Detector: pool use, commit charge and limit", "https://pastebin.com/czahs8T3 (a sample)" },
	{ "Microsoft error packet pages", "IO_ERROR_LOG_PACKET, and writing to the system event log",
		"https://github.com/MicrosoftDocs/windows-driver-docs-ddi" },
	{ "Przyborowski and Wilenski 1940", "Homogeneity of results in testing samples from Poisson series", "Biometrika 31, 313-323" },
	{ "EnvStats", "kendallTrendTest: Mann-Kendall test, Theil-Sen slope and its interval", "https://cran.r-project.org/package=EnvStats" },
	{ "Verheij", "A paged-pool maximum of 178 MB, measured on a Server 2003 SP2", "https://ingmarverheij.com/en/nonpaged-memory-pool-limit" },
	{ "KB 2885205", "Event 2012 of the Server service, decoded", "https://github.com/MicrosoftDocs/SupportArticles-docs" },
	{ "win-registry", "Values under Memory Management that the 24H2 kernel reads; research by a third party", "https://github.com/nohuto/win-registry" },
	{ "public tuning scripts", "Collections that set PoolUsageMaximum to 0x60", "many; the mistake is copied from one to another" },
	{ "convention", "A level of 5 %, usual in statistics", "no text of Microsoft gives one" },
};
/* clang-format on */
const size_t sources_count = LEN(sources);

bool sources_next(struct span *text, struct span *part, const struct source **source)
{
	if (!text_cut(text, ';', part))
		return false;
	*part = text_trim(*part);
	*source = NULL;
	for (size_t i = 0; i < LEN(sources); i++)
		if (span_equal(*part, span_of(sources[i].name)))
			*source = &sources[i];
	if (!*source && !text_starts(*part, "ours"))
		die("no source is called \"%.*s\"", (int)part->n, part->p);
	return true;
}
