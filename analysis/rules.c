/* SPDX-License-Identifier: MIT
 * The rule table. */
#include "analysis/rules.h"

#include "analysis/conditions.h"
#include "core/text.h"

#include <string.h>

/* clang-format off */
const struct rule rules[RULE_COUNT] = {
/* ---- verdicts, in the order in which they are tried ---- */
[RULE_V01] = { "PT-V01", "revert", "PagedPoolSize broke the start", holds_revert, 0,
	.when = "PagedPoolSize is set, and a BugCheck 0x3F (no more system page table entries) is in the log, or the server"
		" started {loop-starts} times in a row, at most {loop-apart} apart, without a clean stop; and it did not run on"
		" for {ran-on} afterwards.",
	.sure = "High; lower, as an export does not say when the value was set; lower again for a boot loop.",
	.meaning = "A paged pool made too large leaves too few system page table entries, and the system stops at boot.",
	.advice = "Set PagedPoolSize back to 0; if the server does not start, choose Last Known Good Configuration.",
	.collect = "Free System Page Table Entries in Performance Monitor.",
	.source = "KB 304101; KB 312362; ours: what a boot loop is" },
[RULE_V02] = { "PT-V02", "nt4", "Windows NT 4.0 has other value names", holds_nt4, 0,
	.when = "The system is Windows NT 4.0.",
	.sure = "High.",
	.meaning = "NT 4.0 does not read PoolUsageMaximum; its value for the same purpose is UnusedFileCache.",
	.advice = "UnusedFileCache 15 (5 with /3GB); needs Service Pack 6a. For one huge file: DisablePagedPoolHint 1.",
	.collect = "Service pack level; poolsnaps through the heaviest backup.",
	.source = "KB 304101" },
[RULE_V03] = { "PT-V03", "dynamic-pool", "The paged pool of this Windows is dynamic", holds_dynamic_pool, 0,
	.when = "Windows Vista, Server 2008 or later (or not known, with Event 2004 in the log), the pool was exhausted, it is not the"
		" nonpaged pool that failed (PT-V05), and MmSt is the largest paged tag.",
	.sure = "High for the verdict; that the values are ignored is known of 24H2 only.",
	.meaning = "Since Vista the paged pool has no fixed maximum to trim against: it grows to the address space (32-bit) or the"
		" commit limit (64-bit). The article's mechanism is not expected to apply. The article's page names Windows Server"
		" 2012 R2; nothing shows that 2008 to 2022 read the value, and the 24H2 kernel's own list of values does not have"
		" it.",
	.advice = "Find what exhausts the commit limit or which tag leaks. The article's literal values are printed as secondary.",
	.collect = "Event 2004 of Resource-Exhaustion-Detector, commit charge and limit, poolsnaps over the growth.",
	.source = "Microsoft memory limits page; Microsoft Memory Management registry keys page; win-registry; KB 312362" },
[RULE_V04] = { "PT-V04", "insufficient-data", "No poolsnap shows the paged tags", holds_insufficient_data, 0,
	.when = "No capture shows which paged tag is the largest.",
	.sure = "None: nothing is judged.",
	.meaning = "Without a poolsnap nobody can tell MmSt from a leak: Event 2020 and its data words look the same for both.",
	.advice = "Change nothing yet. Take poolsnaps.",
	.collect = "At least 4 poolsnaps in one boot across a peak (poolmon -b -n FILE every 30 minutes), one more 2 to 3 hours"
		" later. Windows 2000 and XP need pool tagging switched on first (GFlags 0x400, restart); Server 2003 and later"
		" have it.",
	.source = "KB 312362; KB 886670; Microsoft poolmon pages" },
[RULE_V05] = { "PT-V05", "nonpaged", "The nonpaged pool is the problem", holds_nonpaged, 0,
	.when = "Event 2019 without Event 2020; or the pool was exhausted without an Event 2020 and only nonpaged tags grow.",
	.sure = "High.",
	.meaning = "PoolUsageMaximum and PagedPoolSize govern the paged pool. They do nothing for the nonpaged pool.",
	.advice = "Find the driver behind the largest or fastest growing nonpaged tag.",
	.collect = "Poolsnaps of the nonpaged pool over the growth. On NT 4.0 Event 2019 together with Event 2022 at about 4,094"
		" connections is no exhaustion (Q272194).",
	.source = "KB 312362; ntdebugging 2006; Q272194" },
[RULE_V06] = { "PT-V06", "other-consumer", "Another tag than MmSt holds the pool", holds_other_consumer, 0,
	.when = "The largest paged tag is not MmSt, and the pool was exhausted or is at least {use-watch} used.",
	.sure = "High when the tag trends up (p < {claim-p}) or holds more than {share-strong} of the paged pool, else medium.",
	.meaning = "PoolUsageMaximum frees only unused file segments (MmSt). Memory of any other owner stays, so tuning would hide"
		" the fault at best.",
	.advice = "Find the owner of the tag and repair or update it. Set no value.",
	.collect = "Poolsnaps over the growth, at least 5 in one boot, with a quiet time.",
	.source = "KB 312362; KB 886670; KB 298102" },
[RULE_V07] = { "PT-V07", "mmst-mixed", "MmSt is largest, but not alone", holds_mixed, 0,
	.when = "The pool was exhausted and MmSt is the largest paged tag, but the rest of the pool alone reaches every trim target"
		" that is left, or another tag trends up (p < {claim-p}) by at least {rival-share} of MmSt's rise"
		" ({rival-kin} for tags that are kept for each file, as NtFs; where MmSt does"
		" not rise, by {grows-share} of the pool).",
	.sure = "Medium.",
	.meaning = "Trimming aims at a share of the whole pool but frees MmSt only. Where the rest is too large, trimming runs all"
		" the time and never arrives.",
	.advice = "Deal with the other consumer first.",
	.collect = "Poolsnaps that show the other tag over a day with its quiet hours.",
	.source = "KB 312362; KB 304101; ours: that the target cannot be reached" },
[RULE_V08] = { "PT-V08", "mmst-capacity", "Trimming is as early as it gets", holds_capacity, 0,
	.when = "MmSt is the largest paged tag, PoolUsageMaximum is {step-last} or below, and Event 2020 (or what stands for it, PT-C15) was logged all the same"
		" while it was in force, as far as is known.",
	.sure = "High; lower, as an export does not say since when the value is in force.",
	.meaning = "The pool is too small for the number of files in use; earlier trimming cannot help.",
	.advice = "Stop tuning the number. Reduce demand: fewer open files, smaller volumes, no PST or NSF files on the share,"
		" dismount shadow copies, or a 64-bit system.",
	.collect = "!memusage in the kernel debugger, with the control areas of the largest files ($Mft among them).",
	.source = "AskPerf 2011; ntdebugging 2008" },
[RULE_V09] = { "PT-V09", "mmst-lower", "Trimming starts too late still", holds_lower, 0,
	.when = "MmSt is the largest paged tag, PoolUsageMaximum is above {step-last} and not above {step-first}, and Event 2020 (or what stands for it, PT-C15) was"
		" logged all the same while it was in force, as far as is known.",
	.sure = "By points as PT-V12; lower, as an export does not say since when the value is in force.",
	.meaning = "The step that is in force was not early enough for this server's bursts.",
	.advice = "Take the next step: 50, then 40; with /3GB 40 at once.",
	.collect = "Poolsnaps through the heaviest backup after the change.",
	.source = "KB 312362; KB 304101" },
[RULE_V10] = { "PT-V10", "mmst-held", "MmSt is held, not left over", holds_held, 0,
	.when = "The pool was exhausted on a system that the article is for, MmSt is the largest paged tag and never falls over at least {held-snapshots} poolsnaps of one"
		" boot that include {held-night} of the night (22:00 to 06:00 of the server's clock, which must be"
		" certain).",
	.sure = "Medium.",
	.meaning = "Segments that do not go away in quiet hours, although the pool is full enough to be trimmed, are in use: open handles of a backup, an antivirus scanner, shadow"
		" copies, mail files. Trimming frees only unused ones.",
	.advice = "Find who holds the files. 60 may serve as a stop-gap.",
	.collect = "The list of open files at night; !memusage.",
	.source = "KB 312362; AskPerf 2011; ours: the test of the quiet hours" },
[RULE_V11] = { "PT-V11", "mmst-unproven", "MmSt is large, but not shown at the time", holds_unproven, 0,
	.when = "MmSt is the largest paged tag and Event 2020 (or what stands for it, PT-C15) was logged, but no poolsnap of the same boot is within {near-most} of"
		" one.",
	.sure = "Low.",
	.meaning = "What held the pool when it ran out was not seen.",
	.advice = "The article's first value may be set provisionally; take poolsnaps around the next event.",
	.collect = "Poolsnaps every 30 minutes around the time of the events.",
	.source = "KB 312362; ours: the time that proves" },
[RULE_V12] = { "PT-V12", "mmst-tune", "KB 312362 applies, trim earlier", holds_tune, 0,
	.when = "Event 2020 (or what stands for it, PT-C15) was logged, MmSt is the largest paged tag, the system is 32-bit Windows 2000 (from Service Pack 2"
		" on) or Server 2003 (or not known), and PoolUsageMaximum is absent, unknown, 0, 80 or above {step-first}, or was not in"
		" force yet.",
	.sure = "By points (PT-C01 to PT-C11): {points-high} and more high, {points-medium} and more medium, fewer low.",
	.meaning = "The cache of file segments (MmSt) fills the paged pool faster than the memory manager trims it. MmSt together"
		" with Event 2020 usually means a very large number of open files. Trimming starts at {trim-default} by default; an"
		" earlier start leaves room for the burst.",
	.advice = "PoolUsageMaximum 60 (decimal; 50 or 40 where the measured bursts need it) and PagedPoolSize 0xFFFFFFFF.",
	.collect = "Poolsnaps through the heaviest backup after the restart.",
	.source = "KB 312362; KB 304101" },
[RULE_V13] = { "PT-V13", "mmst-x64-2003", "Unusual on 64-bit Server 2003", holds_x64_2003, 0,
	.when = "Server 2003 x64 or XP x64, Event 2020 (or what stands for it, PT-C15), MmSt is the largest paged tag.",
	.sure = "Medium.",
	.meaning = "The paged pool of 64-bit Server 2003 is measured in gigabytes; a leak is more likely than late trimming.",
	.advice = "Look for a leak first; 60 is an option.",
	.collect = "!vm in the kernel debugger; poolsnaps over the growth.",
	.source = "Microsoft memory limits page; PAL; ours: the conclusion" },
[RULE_V14] = { "PT-V14", "mmst-preemptive", "No failure known, but close", holds_preemptive, 0,
	.when = "MmSt is the largest paged tag, no exhaustion was logged, the pool is at least {use-full} used, and PoolUsageMaximum is"
		" not {step-first} or below.",
	.sure = "Medium.",
	.meaning = "Trimming starts at {trim-default} by default: a burst beyond this point has little room.",
	.advice = "Setting 60 before it fails is reasonable, and optional.",
	.collect = "A poolsnap at the next peak.",
	.source = "KB 312362; Microsoft scenario guide 2024; ours: the offer" },
[RULE_V15] = { "PT-V15", "mmst-watch", "Worth watching", holds_watch, 0,
	.when = "MmSt is the largest paged tag, no exhaustion is known of, and the pool is at least {use-watch} used; from {use-full}"
		" on where PoolUsageMaximum is {step-first} or below.",
	.sure = "Medium.",
	.meaning = "On a busy file server MmSt is expected to rise until trimming starts at {trim-default}.",
	.advice = "Nothing yet.",
	.collect = "A poolsnap at the next peak; the System log, if none was read.",
	.source = "Microsoft scenario guide 2024; KB 312362" },
[RULE_V16] = { "PT-V16", "mmst-normal", "Normal use of the pool", holds_normal, 0,
	.when = "No exhaustion is known of, and the pool is less than {use-watch} used; on a modern Windows whose limit is not known,"
		" less than {modern-normal} is.",
	.sure = "High where the log and the poolsnaps can show it.",
	.meaning = "MmSt is the system's cache of file segments. Its growth alone is no fault: it is trimmed when the pool is"
		" {trim-default} used.",
	.advice = "Nothing needs to be done.",
	.collect = "Nothing needs to be done.",
	.source = "KB 312362; Microsoft scenario guide 2024; ours: the limit of a modern Windows" },
[RULE_V17] = { "PT-V17", "undecided", "Not decided", holds_undecided, 0,
	.when = "No other rule holds.",
	.sure = "Low.",
	.meaning = "What was read neither shows a known cause nor rules one out.",
	.advice = "Change nothing. Collect what is missing; it is listed under what would raise the confidence.",
	.collect = "At least 4 poolsnaps in one boot across a peak; the System log of the same days; systeminfo; the Memory Management"
		" key.",
	.source = "ours: nothing is concluded" },

/* ---- findings ---- */
[RULE_F01] = { "PT-F01", NULL, "PoolUsageMaximum is 96, 60 typed as hexadecimal", NULL, 0,
	.when = "PoolUsageMaximum is 96 (0x60).",
	.meaning = "Trimming starts later than the default {trim-default} then, which is the opposite of what was meant.",
	.advice = "Set what the verdict says, as a decimal number (60 is dword:0000003c), or delete it for the default.",
	.source = "public tuning scripts; KB 312362" },
[RULE_F02] = { "PT-F02", NULL, "PoolUsageMaximum is not 60, 50 or 40", NULL, 0,
	.when = "PoolUsageMaximum is 1 to 39, 61 to 79, 81 or more, 0, absent from an export, or no REG_DWORD.",
	.meaning = "Documented values are {step-first}, {step-next} and {step-last}; KB 304101 says not above {step-first}; the"
		" default is {trim-default}.",
	.advice = "Nothing where it is absent or 0. Else set it as the verdict says, or delete it for the default.",
	.source = "KB 312362; KB 304101" },
[RULE_F03] = { "PT-F03", NULL, "PagedPoolSize is out of its documented range", NULL, 0,
	.when = "PagedPoolSize is not 0, not 0xFFFFFFFF, and below 1 MB or above 0x20000000; or /3GB is on and it is none of 0,"
		" 0x0A000000, 0xFFFFFFFF; or it is no REG_DWORD.",
	.meaning = "A value out of range is adjusted or ignored by the system; which one is not documented.",
	.advice = "Set it to 0 (automatic) or to a documented value.",
	.source = "Microsoft PagedPoolSize reference; KB 304101" },
[RULE_F04] = { "PT-F04", NULL, "A limit was set by hand", NULL, 0,
	.when = "PagedPoolQuota, PagedPoolLimit or MaxPagedMemoryUsage is set, or Event 2017 or 2018 says that the Server service met"
		" its own limit.",
	.meaning = "Such a limit makes allocations fail while the pool is not empty.",
	.advice = "Check this first; it may be the whole cause.",
	.source = "KB 153480; Microsoft Memory Management registry keys page" },
[RULE_F05] = { "PT-F05", NULL, "Both pools ran out", NULL, 0,
	.when = "Event 2019 and Event 2020 are both in the log.",
	.meaning = "Two pools failed; one cause may stand behind both, and it is less likely to be MmSt.",
	.advice = "Look at the nonpaged tags as well.",
	.source = "ntdebugging 2006; ours: the conclusion" },
[RULE_F06] = { "PT-F06", NULL, "Windows version or architecture not known", NULL, 0,
	.when = "Neither the log nor the bundle nor the command line says which Windows this is, or whether it is 32-bit.",
	.meaning = "The article is for 32-bit Windows 2000 and Server 2003 only.",
	.advice = "Check it before anything is set: systeminfo, or Event 6009 in the System log.",
	.collect = "systeminfo output.",
	.source = "KB 312362" },
[RULE_F07] = { "PT-F07", NULL, "The poolsnaps' clock is uncertain", NULL, 0,
	.when = "The offset of the poolsnaps' local times from UTC is assumed, may be an hour off, or day and month cannot be told"
		" apart.",
	.meaning = "Poolsnaps carry local time, events UTC. Without the offset they cannot be tied together safely.",
	.advice = "Say the offset with --utc-offset.",
	.collect = "The server's time zone.",
	.source = "ours: poolmon writes no time of its own" },
[RULE_F08] = { "PT-F08", NULL, "The System log does not cover the poolsnaps", NULL, 0,
	.when = "The System log that was read begins after the first poolsnap, ends more than {log-silent} before the last, or was"
		" cleared between.",
	.meaning = "What was logged in the time that is missing is not known: no Event 2020 there proves nothing.",
	.advice = "Export the whole System log, or an older copy of it (a backup, an archived log).",
	.collect = "The System log of the whole time of the poolsnaps, exported as XML.",
	.source = "Microsoft event log settings; ours: the rule" },
[RULE_F09] = { "PT-F09", NULL, "Records of the System log are missing", NULL, 0,
	.when = "Between the first and the last record that were read some record ids are in no input, or the log was cleared.",
	.meaning = "An export that was filtered, cut or damaged lacks records; so does a log that was cleared. Record ids go on"
		" without a gap in a whole log, but for a few that Windows itself skips.",
	.advice = "Export the log without a filter where Event 2020 is looked for.",
	.collect = "The System log, exported without a filter.",
	.source = "Microsoft event schema; ours: the rule" },

/* ---- what makes a verdict more or less sure ---- */
[RULE_C01] = { "PT-C01", NULL, "A poolsnap close to Event 2020", NULL, 2,
	.when = "A poolsnap of the same boot lies within {near} of an Event 2020 (or what stands for it, PT-C15), before or after it.",
	.meaning = "What held the pool when it ran out was seen.",
	.source = "ours: the points" },
[RULE_C02] = { "PT-C02", NULL, "Event 2020, but no poolsnap close to it", NULL, 1,
	.when = "Event 2020 (or what stands for it, PT-C15) was logged, but no poolsnap of the same boot is within {near} of one.",
	.meaning = "The pool ran out; what held it then was not seen.",
	.collect = "poolsnaps every 30 minutes, so that one is close before the next Event 2020",
	.source = "ours: the points" },
[RULE_C03] = { "PT-C03", NULL, "MmSt holds a large share", NULL, 2,
	.when = "MmSt is the largest paged tag and holds at least {share-strong} of the paged pool at its peak.",
	.meaning = "Freeing unused segments can give much back.",
	.source = "KB 312362; ours: the share, and the points" },
[RULE_C04] = { "PT-C04", NULL, "MmSt is merely the largest", NULL, 1,
	.when = "MmSt is the largest paged tag, but holds less than {share-strong} of the paged pool.",
	.meaning = "The article asks only for the largest; the share shows how much trimming can give back.",
	.source = "KB 312362; ours: the points" },
[RULE_C05] = { "PT-C05", NULL, "MmSt is large", NULL, 1,
	.when = "MmSt holds {mmst-notable} or more.",
	.meaning = "The backup article's own sign.",
	.source = "KB 304101" },
[RULE_C06] = { "PT-C06", NULL, "A burst, or a full pool", NULL, 1,
	.when = "Total paged bytes rose by at least {burst-visible} of the pool within {burst-window}, or the pool was at least {use-full}"
		" used.",
	.meaning = "Earlier trimming helps against sudden peaks.",
	.source = "KB 312362; ours: the size of a burst, and the points" },
[RULE_C07] = { "PT-C07", NULL, "Companions that speak for exhaustion", NULL, 1,
	.when = "Within {near} of an Event 2020 other events say that system resources ran out (see the companion events); however many,"
		" they count once.",
	.meaning = "Not Srv alone was short of memory. Weak evidence that is repeated stays weak.",
	.source = "KB 304101; KB 935649; Q161870; AskPerf 2009" },
[RULE_C08] = { "PT-C08", NULL, "The server stopped after Event 2020", NULL, 1,
	.when = "Within {hang} after an Event 2020 the server stopped without a shutdown (Event 6008 or 41), or within {near} somebody"
		" restarted it (Event 1074).",
	.meaning = "A server that is reset after it ran out of pool had stopped working.",
	.source = "Microsoft reboot guide; ours: the time, and the points" },
[RULE_C09] = { "PT-C09", NULL, "Companions that name another cause", NULL, -1,
	.when = "Within {near} of an Event 2020 other events name a limit or a fault that tuning does not touch (see the companion"
		" events), or the server stopped with a BugCheck of the pools (0x41, 0x4D, 0xDE); however many, they count once.",
	.meaning = "Part of the failures may come from there.",
	.source = "Microsoft event constants; KB 325044; Q165815; ours: the points" },
[RULE_C11] = { "PT-C11", NULL, "The nonpaged pool ran out too", NULL, -2,
	.when = "Event 2019 was logged as well.",
	.meaning = "Two pools failed; a cause behind both is not MmSt.",
	.source = "ntdebugging 2006; ours: the conclusion, and the points" },
[RULE_C12] = { "PT-C12", NULL, "The ends of the maximum disagree", NULL, 0,
	.when = "With the other end of the assumed maximum another verdict would hold: one level lower.",
	.meaning = "The maximum is not known well enough to decide between the two.",
	.collect = "the true maximum: !vm in the kernel debugger, then --paged-pool-max",
	.source = "ours: every rule is judged at both ends" },
[RULE_C13] = { "PT-C13", NULL, "The clock of the poolsnaps is uncertain", NULL, 0,
	.when = "The verdict rests on the time between poolsnaps and events, and the poolsnaps' offset from UTC is assumed, or their time is"
		" only that of their file: one level lower for each.",
	.meaning = "A poolsnap that seems close to an event may be hours away.",
	.source = "ours: poolmon writes no time of its own" },
[RULE_C14] = { "PT-C14", NULL, "Since when the value is in force is not known", NULL, 0,
	.when = "The verdict rests on a value that was in force when Event 2020 was logged: one level lower.",
	.meaning = "An export carries no time: the value is assumed to be active since the boot of the last Event 2020.",
	.collect = "when the value was set and the server restarted",
	.source = "ours: what a registry export can show" },
[RULE_C15] = { "PT-C15", NULL, "Only other programs said it", NULL, 0,
	.when = "No Event 2020 was logged, only errors 1450, 1130 or C000009A of other programs in the Application log: one level"
		" lower.",
	.meaning = "Backups fail with these errors without an Event 2020; they say less about which pool it was.",
	.collect = "the System log of the same time",
	.source = "KB 304101" },
[RULE_C16] = { "PT-C16", NULL, "The system is not known", NULL, 0,
	.when = "Windows version or architecture is not known: medium at most.",
	.meaning = "The article is for 32-bit Windows 2000 and Server 2003 only.",
	.collect = "systeminfo output, or --os and --arch",
	.source = "KB 312362" },
[RULE_C17] = { "PT-C17", NULL, "The present value is not known", NULL, 0,
	.when = "No export shows PoolUsageMaximum: medium at most.",
	.meaning = "It may be set to 60 already; then the next step is the remedy.",
	.collect = "the Memory Management key: reg query \"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory"
		" Management\"",
	.source = "KB 312362" },
[RULE_C18] = { "PT-C18", NULL, "Registry exports differ", NULL, 0,
	.when = "Several exports of the key were read and do not agree: low at most, where the verdict rests on such a value.",
	.meaning = "One was made before a change, and none says which.",
	.collect = "the registry export of today alone",
	.source = "ours: what a registry export can show" },
[RULE_C19] = { "PT-C19", NULL, "Restarted after the last Event 2020", NULL, 0,
	.when = "The server was restarted after the last Event 2020: one level lower.",
	.meaning = "The value may be in force only since then, and would have to be watched before the next step.",
	.collect = "a time under load with the value in force",
	.source = "KB 312362; ours: the level" },
[RULE_C20] = { "PT-C20", NULL, "The log cannot show that nothing failed", NULL, 0,
	.when = "The System log was not read, does not cover the poolsnaps, holds fewer than {log-thin} events or lacks more than"
		" {log-missing} of its records: one level lower.",
	.meaning = "What was not logged where nothing was read is no sign of health.",
	.collect = "the whole System log of the same days, exported as XML",
	.source = "ntdebugging 2006; ours: the level" },
[RULE_C21] = { "PT-C21", NULL, "The poolsnap shows only a part", NULL, 0,
	.when = "The highest total comes from a capture that does not show all tags: one level lower.",
	.meaning = "A tag that is not in it may still be large.",
	.collect = "a poolsnap made with poolmon -n",
	.source = "Microsoft poolmon pages; ours: the level" },
[RULE_C22] = { "PT-C22", NULL, "When PagedPoolSize was set is not known", NULL, 0,
	.when = "PagedPoolSize is set and the server failed to start: one level lower, and one more where only the many starts show"
		" it.",
	.meaning = "The failure may be older than the value.",
	.collect = "when PagedPoolSize was set",
	.source = "ours: what a registry export can show" },
[RULE_C23] = { "PT-C23", NULL, "The file server counted failures", NULL, 0,
	.when = "The counter Server\\Pool Paged Failures is above 0: beside any verdict; where nothing else failed, one level lower and"
		" not ok.",
	.meaning = "Each is an allocation from the paged pool that failed. Events are logged for some of them only.",
	.collect = "the System log of the same time",
	.source = "PAL; ours: the level" },
[RULE_C24] = { "PT-C24", NULL, "Event 2004 was logged", NULL, 0,
	.when = "Resource-Exhaustion-Detector logged Event 2004: said beside the verdict.",
	.meaning = "The system ran low on virtual memory, which is another limit than the paged pool's.",
	.source = "Microsoft Event 2004" },

[RULE_C25] = { "PT-C25", NULL, "Inputs that could not be read", NULL, 0,
	.when = "A file of this server was recognised but could not be read, and nothing else shows a fault: one level lower and not"
		" ok.",
	.meaning = "What could not be read may hold the very events that are looked for.",
	.collect = "the files that could not be read, in a form that can be (see what was not checked)",
	.source = "ours: what is unread is no sign of health" },

[RULE_C26] = { "PT-C26", NULL, "The value was in force", NULL, 0,
	.when = "The key was last written before the boot of the last Event 2020: said beside the verdict, and no level is lost.",
	.meaning = "No value of it can have been set later.",
	.source = "ours: what a key's last write time can show" },
[RULE_C27] = { "PT-C27", NULL, "The value may not have been in force", NULL, 0,
	.when = "The key was last written after the boot of the last Event 2020 had begun: medium at most.",
	.meaning = "The value may have been set then; some other value of the key may have been, too.",
	.collect = "when the value was set, and the log of a time under load after the restart",
	.source = "ours: what a key's last write time can show" },

[RULE_C28] = { "PT-C28", NULL, "Trimming had not begun at night", NULL, 0,
	.when = "The verdict is that MmSt is held, and the paged total stood below the start of trimming in those nights: one level"
		" lower.",
	.meaning = "Below it unused segments stay as well: nothing shows that they are in use.",
	.collect = "poolsnaps of a night in which the pool is above the start of trimming",
	.source = "KB 312362; ours: the level" },
[RULE_C29] = { "PT-C29", NULL, "A limit was set by hand", NULL, 0,
	.when = "PagedPoolQuota, PagedPoolLimit or MaxPagedMemoryUsage is set, or the Server service met its own limit: medium at"
		" most.",
	.meaning = "It may be the whole cause.",
	.collect = "whether Event 2020 comes back without that limit (PT-F04)",
	.source = "KB 153480; Microsoft Memory Management registry keys page" },
[RULE_C30] = { "PT-C30", NULL, "The pool was far from its assumed maximum", NULL, 0,
	.when = "Event 2020 was logged, the maximum is assumed, and no poolsnap shows {use-watch} of it in use: one level lower.",
	.meaning = "The maximum may be lower (178 MB was measured on one Server 2003), or one large request may have failed.",
	.collect = "the true maximum: !vm in the kernel debugger, then --paged-pool-max",
	.source = "KB 312362; Verheij; ours: the level" },

/* ---- values, and why this one ---- */
[RULE_P01] = { "PT-P01", NULL, "The article's first value", NULL, 0,
	.when = "No burst was measured against the maximum, or the verdict asks for the article's first value: PoolUsageMaximum 60.",
	.meaning = "The article starts there; without a measurement there is no reason for another.",
	.advice = "Less file metadata stays cached and segments are built anew more often; no article says how much that costs.",
	.source = "KB 312362" },
[RULE_P02] = { "PT-P02", NULL, "With /3GB the first value is 40", NULL, 0,
	.when = "/3GB (or /USERVA above 2048) is on: PoolUsageMaximum 40.",
	.meaning = "The paged pool is far smaller then, so that trimming must start earlier.",
	.source = "KB 304101" },
[RULE_P03] = { "PT-P03", NULL, "The step that fits the measured burst", NULL, 0,
	.when = "The burst and the rest of the pool were measured: the largest of {step-first}, {step-next} and {step-last} that leaves"
		" {burst-safety} the burst above the trim start and lies above what trimming cannot free.",
	.meaning = "Room above the trim start is what a burst may use before the pool is full.",
	.source = "KB 312362; ours: the arithmetic" },
[RULE_P04] = { "PT-P04", NULL, "No step fits, the lowest that can be reached", NULL, 0,
	.when = "No step leaves {burst-safety} the burst: the lowest that lies above what trimming cannot free.",
	.meaning = "Trimming alone will not do; demand must fall as well (fewer open files, smaller volumes).",
	.source = "KB 312362; ours: the arithmetic" },
[RULE_P05] = { "PT-P05", NULL, "The largest paged pool", NULL, 0,
	.when = "The article applies, the pool ran out, and no guard fires: PagedPoolSize 0xFFFFFFFF.",
	.meaning = "The paged pool gets the largest size this configuration allows.",
	.advice = "It takes system page table entries and file-cache address space; with too few entries left the server stops at"
		" start (STOP 0x3F), and Last Known Good Configuration brings it back.",
	.source = "KB 312362; KB 304101; Microsoft PagedPoolSize reference" },
[RULE_P06] = { "PT-P06", NULL, "The article's literal values", NULL, 0,
	.when = "A dynamic pool was exhausted with MmSt largest: both values are printed, as secondary.",
	.meaning = "The article's page names Windows Server 2012 R2, but little is expected of them there.",
	.source = "KB 312362; Microsoft memory limits page" },
[RULE_P07] = { "PT-P07", NULL, "Back to the automatic size", NULL, 0,
	.when = "The value that is set stopped the start: PagedPoolSize 0.",
	.meaning = "0 lets the system choose.",
	.source = "KB 304101" },
[RULE_P08] = { "PT-P08", NULL, "The value of Windows NT 4.0", NULL, 0,
	.when = "The system is Windows NT 4.0: UnusedFileCache 15, with /3GB 5.",
	.meaning = "Its value for the same purpose.",
	.source = "KB 304101" },
[RULE_P09] = { "PT-P09", NULL, "The next step down", NULL, 0,
	.when = "{step-first} or {step-next} is in force, Event 2020 was logged all the same, and no burst was measured.",
	.meaning = "The article goes down step by step.",
	.source = "KB 312362" },

/* ---- guards: why a value is withheld ---- */
[RULE_G01] = { "PT-G01", NULL, "It is set already", NULL, 0,
	.when = "The value is what would be recommended, or trims as early.",
	.source = "KB 312362" },
[RULE_G02] = { "PT-G02", NULL, "Not for this Windows", NULL, 0,
	.when = "PoolUsageMaximum on Windows NT 4.0, PagedPoolSize 0xFFFFFFFF on 64-bit systems, Vista and later.",
	.meaning = "The values are for 32-bit Windows 2000 and Server 2003.",
	.source = "KB 312362; KB 304101; Microsoft memory limits page" },
[RULE_G03] = { "PT-G03", NULL, "32-bit Server 2003 with 64 GB of RAM", NULL, 0,
	.when = "32-bit Server 2003 (or not known) with {ram-64gb} of RAM or more.",
	.meaning = "PagedPoolSize 0xFFFFFFFF takes so many system page table entries that the server restarts again and again.",
	.advice = "Choose an explicit size.",
	.source = "KB 312362" },
[RULE_G04] = { "PT-G04", NULL, "/3GB together with /PAE", NULL, 0,
	.when = "Both switches are on.",
	.meaning = "Such servers have 10,000 to 20,000 free system page table entries as a rule.",
	.advice = "Not without extensive testing; 0 (automatic) or 0x0A000000 are the alternatives.",
	.source = "KB 304101" },
[RULE_G05] = { "PT-G05", NULL, "Too few free system page table entries", NULL, 0,
	.when = "At most {ptes-needed} were free at some time.",
	.meaning = "PagedPoolSize 0xFFFFFFFF takes more of them.",
	.advice = "0 (automatic) or an explicit size are the alternatives.",
	.source = "KB 304101" },
[RULE_G06] = { "PT-G06", NULL, "One change at a time", NULL, 0,
	.when = "An explicit PagedPoolSize is set already, or what was seen does not yet show that the pool is too small.",
	.meaning = "Two changes at once show less about either.",
	.source = "ours: a change must be judged by itself" },
[RULE_G07] = { "PT-G07", NULL, "No lower value is documented", NULL, 0,
	.when = "PoolUsageMaximum is {step-last} or below.",
	.meaning = "Lower values are guesses.",
	.source = "KB 312362" },
[RULE_G08] = { "PT-G08", NULL, "Set, but not in force at the last Event 2020", NULL, 0,
	.when = "PoolUsageMaximum is {step-first} or below, and its key was last written after the boot of the last Event 2020 had"
		" begun.",
	.meaning = "The value is read at start only; what it does was not seen yet.",
	.advice = "Restart where there was no start since, and watch through the heaviest backup before the next step.",
	.source = "KB 312362; ours: what a key's last write time can show" },
[RULE_G09] = { "PT-G09", NULL, "Registry exports differ", NULL, 0,
	.when = "Several exports of the key were read and do not agree on PoolUsageMaximum or PagedPoolSize.",
	.meaning = "Which one is of today is not known, and with it what would be a change.",
	.advice = "Export the key again today, and run this on that export alone.",
	.source = "ours: what a registry export can show" },
[RULE_G10] = { "PT-G10", NULL, "The value has held since", NULL, 0,
	.when = "PoolUsageMaximum is {step-first} or below, the server was restarted after the last Event 2020, and the log of at least"
		" {held-since} since then has none.",
	.meaning = "The value may be in force only since then, and it works.",
	.advice = "Keep it, and go on watching for Event 2020.",
	.source = "KB 304101; ours: the time" },

/* ---- readings: what a table may be said to mean ---- */
[RULE_T01] = { "PT-T01", NULL, "Bursts while MmSt is high", NULL, 0,
	.when = "At least {rate-bursts} bursts began while poolsnaps covered the time, with at least {rate-hours} of MmSt in its top quarter"
		" and as much below it.",
	.meaning = "The rate of bursts in both, their ratio, and how likely it is by chance: the larger p of an exact binomial test and of"
		" circular shifts. Below {claim-p} it supports that MmSt is the cause, and does not prove it: both may follow the load.",
	.source = "Przyborowski and Wilenski 1940; ours: the top quarter, the shifts" },
[RULE_T02] = { "PT-T02", NULL, "The shape of growth", NULL, 0,
	.when = "Enough poolsnaps of one boot show how a tag's bytes moved.",
	.meaning = "A leak rises through quiet hours and is given back by nobody; a cache rises under load and falls when it is trimmed or"
		" the load ends. The shape says what the poolsnaps show, not why.",
	.source = "Microsoft poolmon pages; KB 312362; ours: where one shape ends and the next begins" },
[RULE_T03] = { "PT-T03", NULL, "When limits would be met", NULL, 0,
	.when = "Total paged bytes rise in the judged boot and the interval of their slope lies above zero.",
	.meaning = "Theil-Sen slope with its 95 % interval: earliest, likely, latest; beyond a day only where the same hour of day rises"
		" too.",
	.source = "EnvStats; ours: the same hour of day" },
[RULE_T04] = { "PT-T04", NULL, "What MmSt stands for", NULL, 0,
	.when = "MmSt holds memory at the peak.",
	.meaning = "One prototype page table entry for each 4 KB of a mapped file, 4 bytes each without PAE, 8 with PAE or 64-bit, if fully"
		" built. Many bytes in each allocation: few large files; few bytes: very many small ones.",
	.source = "ntdebugging 2008; AskPerf 2011; ours: the arithmetic" },
[RULE_T05] = { "PT-T05", NULL, "Tags that move with MmSt", NULL, 0,
	.when = "Kendall's test between the two series over the poolsnaps of the judged boot, p below {claim-p}.",
	.meaning = "What files bring with them (control areas, segments, cache maps, NTFS structures) rises with MmSt. Moving together proves no"
		" cause.",
	.source = "EnvStats; ours: the choice of tags" },
[RULE_T06] = { "PT-T06", NULL, "Packets that end in a shortage", NULL, 0,
	.when = "An event's data words are an error packet whose final status means that resources ran out.",
	.meaning = "A companion, no proof: healthy systems log such packets for a disk, too.",
	.source = "Microsoft error packet pages; ours: that it proves nothing" },
};
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

bool rule_uses(const struct rule *rule, enum threshold_id id)
{
	return threshold_named(id, rule->when) || threshold_named(id, rule->sure) ||
	       threshold_named(id, rule->meaning) || threshold_named(id, rule->advice) ||
	       threshold_named(id, rule->collect);
}
