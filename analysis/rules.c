/* SPDX-License-Identifier: MIT
 * The rule table; the order of the verdicts is the order in which they are tried, the first that holds
 * wins. */
#include "analysis/rules.h"

#include "core/text.h"

/* clang-format off */
const struct rule rules[RULE_COUNT] = {
[RULE_V01] = { "PT-V01", "revert", "PagedPoolSize broke the start",
	"A BugCheck 0x3F (no more system page table entries) is in the log and PagedPoolSize is set.",
	"A paged pool made too large leaves too few system page table entries, and the system stops at boot.",
	"Set PagedPoolSize back to 0; if the server does not start, choose Last Known Good Configuration.",
	"Free System Page Table Entries in Performance Monitor.",
	"KB 304101" },
[RULE_V02] = { "PT-V02", "nt4", "Windows NT 4.0 has other value names",
	"The system is Windows NT 4.0.",
	"NT 4.0 does not read PoolUsageMaximum; its value for the same purpose is UnusedFileCache.",
	"UnusedFileCache 15 (5 with /3GB); needs Service Pack 6a.",
	"Service pack level; poolsnaps through the heaviest backup.",
	"KB 304101" },
[RULE_V03] = { "PT-V03", "dynamic-pool", "The paged pool of this Windows is dynamic",
	"Windows Vista, Server 2008 or later, the pool was exhausted, and MmSt is the largest paged tag.",
	"Since Vista the paged pool has no fixed maximum to trim against: it grows to the address space (32-bit) or the commit"
	" limit (64-bit). The article's mechanism is not expected to apply. The article's page names Windows Server 2012 R2;"
	" nothing shows that 2008 to 2022 read the value, and the 24H2 kernel's own list of values does not have it.",
	"Find what exhausts the commit limit or which tag leaks. The article's literal values are printed as secondary.",
	"Event 2004 of Resource-Exhaustion-Detector, commit charge and limit, poolsnaps over the growth.",
	"Microsoft memory limits page; Memory Management registry keys page; KB 312362" },
[RULE_V04] = { "PT-V04", "insufficient-data", "No poolsnap shows the paged tags",
	"No capture shows which paged tag is the largest.",
	"Without a poolsnap nobody can tell MmSt from a leak: Event 2020 and its data words look the same for both.",
	"Change nothing yet. Take poolsnaps.",
	"At least 4 poolsnaps in one boot across a peak (poolmon -b -n FILE every 30 minutes), one more 2 to 3 hours later."
	" Windows 2000 and XP need pool tagging switched on first (GFlags 0x400, restart); Server 2003 and later have it.",
	"KB 312362; KB 886670 (the same data words from a leak)" },
[RULE_V05] = { "PT-V05", "nonpaged", "The nonpaged pool is the problem",
	"Event 2019 without Event 2020, or only nonpaged tags grow.",
	"PoolUsageMaximum and PagedPoolSize govern the paged pool. They do nothing for the nonpaged pool.",
	"Find the driver behind the largest or fastest growing nonpaged tag.",
	"Poolsnaps of the nonpaged pool over the growth; on NT 4.0 with Event 2022 see Q272194.",
	"KB 312362 (scope); ntdebugging 2006 on Events 2019 and 2020" },
[RULE_V06] = { "PT-V06", "other-consumer", "Another tag than MmSt holds the pool",
	"The largest paged tag is not MmSt, and the pool was exhausted or is at least 60 % used.",
	"PoolUsageMaximum frees only unused file segments (MmSt). Memory of any other owner stays, so tuning would hide the"
	" fault at best.",
	"Find the owner of the tag and repair or update it. Set no value.",
	"Poolsnaps over the growth; for an unknown tag: findstr /m /l TAG *.sys in the drivers folder (KB 298102).",
	"KB 312362 (MmSt must be the largest consumer); KB 886670; KB 298102" },
[RULE_V07] = { "PT-V07", "mmst-mixed", "MmSt is largest, but not alone",
	"MmSt is the largest paged tag, but the rest of the pool alone is above every trim target that is left, or another tag"
	" rises as well.",
	"Trimming aims at a share of the whole pool but frees MmSt only. Where the rest is too large, trimming runs all the"
	" time and never arrives.",
	"Deal with the other consumer first.",
	"Poolsnaps that show the other tag over a day with its quiet hours.",
	"KB 312362 and KB 304101 for the mechanism; the conclusion is ours" },
[RULE_V08] = { "PT-V08", "mmst-capacity", "Trimming is as early as it gets",
	"MmSt is the largest paged tag, PoolUsageMaximum is 40 or below, and Event 2020 was logged all the same.",
	"The pool is too small for the number of files in use; earlier trimming cannot help.",
	"Stop tuning the number. Reduce demand: fewer open files, smaller volumes, no PST or NSF files on the share,"
	" dismount shadow copies, or a 64-bit system.",
	"!memusage in the kernel debugger, with the control areas of the largest files ($Mft among them).",
	"AskPerf 2011 on MmSt; ntdebugging 2008 on MmSt" },
[RULE_V09] = { "PT-V09", "mmst-lower", "Trimming starts too late still",
	"MmSt is the largest paged tag, PoolUsageMaximum is above 40 and not above 60, and Event 2020 was logged all the same.",
	"The first step was not early enough for this server's bursts.",
	"Take the next step: 50, then 40.",
	"Poolsnaps through the heaviest backup after the change.",
	"KB 312362 (60, then 50, then 40)" },
[RULE_V10] = { "PT-V10", "mmst-held", "MmSt is held, not left over",
	"MmSt is the largest paged tag and never falls over at least 4 poolsnaps that include 2 hours of the night.",
	"Segments that do not go away in quiet hours are in use: open handles of a backup, an antivirus scanner, shadow"
	" copies, mail files. Trimming frees only unused ones.",
	"Find who holds the files. 60 may serve as a stop-gap.",
	"The list of open files at night; !memusage.",
	"KB 312362 for the mechanism; AskPerf 2011; the quiet-hours test is ours" },
[RULE_V11] = { "PT-V11", "mmst-unproven", "MmSt is large, but not shown at the time",
	"MmSt is the largest paged tag and Event 2020 was logged, but no poolsnap of the same boot is within 4 hours of one.",
	"What held the pool when it ran out was not seen.",
	"The article's first value may be set provisionally; take poolsnaps around the next event.",
	"Poolsnaps every 30 minutes around the time of the events.",
	"KB 312362; the 4 hours are ours" },
[RULE_V12] = { "PT-V12", "mmst-tune", "KB 312362 applies, trim earlier",
	"Event 2020 was logged, MmSt is the largest paged tag, the system is 32-bit Windows 2000 (from Service Pack 2"
	" on) or Server 2003 (or not known), and PoolUsageMaximum is absent, unknown, 0, 80 or above 60.",
	"The cache of file segments (MmSt) fills the paged pool faster than the memory manager trims it. MmSt together with"
	" Event 2020 usually means a very large number of open files. Trimming starts at 80 % by default; an earlier start"
	" leaves room for the burst.",
	"PoolUsageMaximum 60 (decimal; 50 or 40 where the measured bursts need it) and PagedPoolSize 0xFFFFFFFF.",
	"Poolsnaps through the heaviest backup after the restart.",
	"KB 312362; KB 304101" },
[RULE_V13] = { "PT-V13", "mmst-x64-2003", "Unusual on 64-bit Server 2003",
	"Server 2003 x64 or XP x64, Event 2020, MmSt is the largest paged tag.",
	"The paged pool of 64-bit Server 2003 is measured in gigabytes; a leak is more likely than late trimming.",
	"Look for a leak first; 60 is an option.",
	"!vm in the kernel debugger; poolsnaps over the growth.",
	"Microsoft memory limits page; the conclusion is ours" },
[RULE_V14] = { "PT-V14", "mmst-preemptive", "No failure yet, but close",
	"MmSt is the largest paged tag, no Event 2020, the pool is at least 80 % used, and PoolUsageMaximum is not 60 or below.",
	"Trimming starts at 80 % by default: a burst beyond this point has little room.",
	"Setting 60 before it fails is reasonable, and optional.",
	"A poolsnap at the next peak.",
	"KB 312362 (80 %); pool levels of Microsoft's 2024 scenario guide" },
[RULE_V15] = { "PT-V15", "mmst-watch", "Worth watching",
	"MmSt is the largest paged tag, no Event 2020 is known of, and the pool is at least 60 % used; from 80 % on where"
	" PoolUsageMaximum is 60 or below.",
	"On a busy file server MmSt is expected to rise until trimming starts at 80 %.",
	"Nothing yet.",
	"A poolsnap at the next peak; the System log, if none was read.",
	"Pool levels of Microsoft's 2024 scenario guide; KB 312362 (80 %)" },
[RULE_V16] = { "PT-V16", "mmst-normal", "Normal use of the pool",
	"No exhaustion is known of, and the pool is less than 60 % used; on a modern Windows whose limit is not known, less than"
	" 1 GiB is.",
	"MmSt is the system's cache of file segments. Its growth alone is no fault: it is trimmed when the pool is 80 % used.",
	"Nothing needs to be done.",
	"Nothing needs to be done.",
	"KB 312362 (80 %); pool levels of Microsoft's 2024 scenario guide" },
[RULE_V17] = { "PT-V17", "undecided", "Not decided",
	"No other rule holds.",
	"What was read neither shows a known cause nor rules one out.",
	"Nothing yet.",
	"See what was not checked.",
	"-" },
[RULE_F01] = { "PT-F01", NULL, "PoolUsageMaximum is 96, 60 typed as hexadecimal",
	"PoolUsageMaximum is 96 (0x60).",
	"Trimming starts later than the default 80 % then, which is the opposite of what was meant.",
	"Correct it to decimal 60, dword:0000003c.", "-",
	"Public tuning scripts carry this mistake; KB 312362 says decimal" },
[RULE_F02] = { "PT-F02", NULL, "PoolUsageMaximum is not 60, 50 or 40",
	"PoolUsageMaximum is 1 to 39, 61 to 79, 81 or more, 0, absent from an export, or no REG_DWORD.",
	"Documented values are 60, 50 and 40; KB 304101 says not above 60; the default is 80.",
	"Nothing where it is absent or 0. Else set it as the verdict says, or delete it for the default.", "-",
	"KB 312362; KB 304101" },
[RULE_F03] = { "PT-F03", NULL, "PagedPoolSize is out of its documented range",
	"PagedPoolSize is not 0, not 0xFFFFFFFF, and below 1 MB or above 0x20000000; or /3GB is on and it is none of 0,"
	" 0x0A000000, 0xFFFFFFFF.",
	"A value out of range is adjusted or ignored by the system; which one is not documented.",
	"Set it to 0 (automatic) or to a documented value.", "-",
	"Microsoft's PagedPoolSize reference (2000, 2003); KB 304101 for /3GB" },
[RULE_F04] = { "PT-F04", NULL, "A limit was set by hand",
	"PagedPoolQuota, PagedPoolLimit or MaxPagedMemoryUsage is set.",
	"Such a limit makes allocations fail while the pool is not empty.",
	"Check this first; it may be the whole cause.", "-",
	"KB 153480; Microsoft's Memory Management registry keys page" },
[RULE_F05] = { "PT-F05", NULL, "Both pools ran out",
	"Event 2019 and Event 2020 are both in the log.",
	"Two pools failed; one cause may stand behind both, and it is less likely to be MmSt.",
	"Look at the nonpaged tags as well.", "-",
	"ntdebugging 2006 on Events 2019 and 2020" },
[RULE_F06] = { "PT-F06", NULL, "Windows version or architecture not known",
	"Neither the log nor the bundle nor the command line says which Windows this is, or whether it is 32-bit.",
	"The article is for 32-bit Windows 2000 and Server 2003 only.",
	"Check it before anything is set: systeminfo, or Event 6009 in the System log.", "systeminfo output.",
	"KB 312362 (applies to)" },
[RULE_F07] = { "PT-F07", NULL, "The poolsnaps' clock is uncertain",
	"The offset of the poolsnaps' local times from UTC is assumed, may be an hour off, or day and month cannot be told"
	" apart.",
	"Poolsnaps carry local time, events UTC. Without the offset they cannot be tied together safely.",
	"Say the offset with --utc-offset.", "The server's time zone.",
	"poolmon writes no time of its own; the rule is ours" },
[RULE_F08] = { "PT-F08", NULL, "The System log does not cover the poolsnaps",
	"The System log that was read begins after the first poolsnap, ends more than a day before the last, or was cleared"
	" between.",
	"What was logged in the time that is missing is not known: no Event 2020 there proves nothing.",
	"Export the whole System log, or an older copy of it (a backup, an archived log).",
	"The System log of the whole time of the poolsnaps, exported as XML.",
	"A log at its size limit overwrites its oldest records (Microsoft, event log settings); the rule is ours" },
[RULE_F09] = { "PT-F09", NULL, "Records of the System log are missing",
	"Between the first and the last record that were read some record ids are in no input, or the log was cleared.",
	"An export that was filtered, cut or damaged lacks records; so does a log that was cleared. Record ids go on"
	" without a gap in a whole log, but for a few that Windows itself skips.",
	"Export the log without a filter where Event 2020 is looked for.",
	"The System log, exported without a filter.",
	"EventRecordID numbers the records of a log (Microsoft's event schema); the rule is ours" },
};

const struct threshold thresholds[] = {
	{ "errors that stand for Event 2020, one level less sure", "1450, 1130, C000009A in the words of other programs", "KB 304101" },
	{ "trimming starts by default", "80 % of the maximum", "KB 312362" },
	{ "documented values of PoolUsageMaximum", "60, 50, 40 (decimal)", "KB 312362" },
	{ "never above", "60", "KB 304101" },
	{ "with /3GB start at", "40", "KB 304101" },
	{ "PagedPoolSize 0xFFFFFFFF only when Free System PTEs are above", "40,000", "KB 304101" },
	{ "no PagedPoolSize 0xFFFFFFFF on 32-bit Server 2003 with", "64 GB of RAM (here: 60 GiB and more)", "KB 312362" },
	{ "healthy, warning, critical use of the pool", "below 60 %, 60 to 80 %, above 80 %", "Microsoft scenario guide, 2024" },
	{ "MmSt is notable from", "80 MB", "KB 304101" },
	{ "MmSt share that counts strongly", "40 % of the paged pool", "ours: the article only says largest" },
	{ "room kept above the measured burst", "1.25 times", "ours" },
	{ "a burst is measured over at most", "2 h", "ours" },
	{ "events of one burst are at most apart", "1 h", "ours" },
	{ "a tag grows when", "p < 0.05 and its rise is at least 10 % of the pool", "ours" },
	{ "a rival of MmSt rises by at least", "25 % of MmSt's rise, p < 0.05", "ours" },
	{ "a poolsnap is near an event within", "2 h; not at all beyond 4 h", "ours" },
};
const size_t thresholds_count = LEN(thresholds);
/* clang-format on */

const struct rule *rule_find(struct span id)
{
	id = text_trim(id);
	for (size_t i = 0; i < RULE_COUNT; i++) {
		struct span full = span_of(rules[i].id);

		if (span_equal_nocase(id, full) || span_equal_nocase(id, text_tail(full, 3)) ||
			(rules[i].code && span_equal_nocase(id, span_of(rules[i].code))))
			return &rules[i];
	}
	return NULL;
}
