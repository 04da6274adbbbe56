/* SPDX-License-Identifier: MIT
 * Ten invented events of one day on a Server 2008 R2, in the shapes that real logs have: a stop nobody asked
 * for, a start, the pool running out (data bytes: KB 312362), a low-memory diagnosis, a cleared log, a
 * restart. */
#include "tests/bundle_dialects.h"

#define DETECTOR "Microsoft-Windows-Resource-Exhaustion-Detector"
#define LRM      "\xE2\x80\x8E" /* 6008 puts left-to-right marks around the digits of its date */

/* clang-format off */
const struct spelled_event spelled_events[SPELLED_EVENTS] = {
	{ .provider = "Microsoft-Windows-Kernel-General", .guid = "{a68ca8b7-004f-d7b6-a698-07e2de0f1f5d}", .id = 12,
		.qualifiers = -1, .level = 4, .record = 4711, .time = "2010-03-04 13:01:38", .milliseconds = 125,
		.sid = "S-1-5-18", .named = true,
		.strings = { "MajorVersion=6", "MinorVersion=1", "BuildVersion=7600", "QfeVersion=16385",
			"ServiceVersion=0", "BootMode=0", "StartTime=2010-03-04T13:01:38.125000000Z" } },
	{ .provider = "EventLog", .id = 6008, .qualifiers = 32768, .level = 2, .record = 4712,
		.time = "2010-03-04 13:02:11", .milliseconds = 250,
		.strings = { "07:55:00", LRM "3/" LRM "4/" LRM "2010", "", "", "518400", "", "" },
		.data = "DA070300040004000700370000000000"
			"DA070300040004000C00370000000000"
			"3C0000003C0000000000000000000000" },
	{ .provider = "EventLog", .id = 6009, .qualifiers = 32768, .level = 4, .record = 4713,
		.time = "2010-03-04 13:02:11", .milliseconds = 250,
		.strings = { "6.01.", "7600", "", "Multiprocessor Free", "16385" } },
	{ .provider = "EventLog", .id = 6005, .qualifiers = 32768, .level = 4, .record = 4714,
		.time = "2010-03-04 13:02:11", .milliseconds = 250,
		.data = "DA07030004000400080002000B00FA000000000000000000" },
	{ .provider = "EventLog", .id = 6013, .qualifiers = 32768, .level = 4, .record = 4715,
		.time = "2010-03-04 17:00:00", .milliseconds = 500,
		.strings = { "", "", "", "", "14302", "60", "300 Eastern Standard Time" },
		.data = "31002E003100000030000000570069006E000000" },
	{ .provider = "Srv", .id = 2020, .qualifiers = 49152, .level = 2, .record = 4716,
		.time = "2010-03-04 19:52:07", .milliseconds = 750, .strings = { "\\Device\\LanmanServer" },
		.data = "000004000100540000000000E40700C0000000009A0000C0000000000000000000000000000000000B000000" },
	{ .provider = DETECTOR, .guid = "{9988748e-c2e8-4054-85f6-0c3e1cad2470}", .id = 2004, .qualifiers = -1,
		.level = 3, .record = 4717, .time = "2010-03-04 19:53:10", .milliseconds = 5, .sid = "S-1-5-18",
		.user_root = "MemoryExhaustionInfo",
		.user_namespace = "http://www.microsoft.com/Windows/Resource/Exhaustion/Detector/Events",
		.user = { "SystemInfo/SystemCommitLimit=8589934592", "SystemInfo/SystemCommitCharge=8455716864",
			"SystemInfo/PagedPoolUsage=943718400", "SystemInfo/PhysicalMemorySize=4294967296",
			"SystemInfo/NonPagedPoolUsage=209715200", "SystemInfo/Processes=61",
			"PagedPoolInfo/Tag_1/Name=MmSt", "PagedPoolInfo/Tag_1/PoolUsed=524288000",
			"PagedPoolInfo/Tag_2/Name=CM31", "PagedPoolInfo/Tag_2/PoolUsed=83886080",
			"PagedPoolInfo/Tag_3/Name=Gh 5", "PagedPoolInfo/Tag_3/PoolUsed=41943040",
			"NonPagedPoolInfo/Tag_1/Name=EtwB", "NonPagedPoolInfo/Tag_1/PoolUsed=31457280",
			"NonPagedPoolInfo/Tag_2/Name=Io", "NonPagedPoolInfo/Tag_2/PoolUsed=20971520",
			"NonPagedPoolInfo/Tag_3/Name=ConT", "NonPagedPoolInfo/Tag_3/PoolUsed=10485760",
			"ProcessInfo/Process_1/Name=backup.exe", "ProcessInfo/Process_1/CommitCharge=3221225472" } },
	{ .provider = "Microsoft-Windows-Eventlog", .guid = "{fc65ddd8-d6ef-4962-83d5-6e5cfe9ce148}", .id = 104,
		.qualifiers = -1, .level = 4, .record = 4718, .time = "2010-03-04 20:15:00", .milliseconds = 0,
		.sid = "S-1-5-21-1-2-3-1104", .user_root = "LogFileCleared",
		.user_namespace = "http://manifests.microsoft.com/win/2004/08/windows/eventlog",
		.user = { "SubjectUserName=anna", "SubjectDomainName=CORP", "Channel=Application", "BackupPath=" } },
	{ .provider = "USER32", .id = 1074, .qualifiers = 32768, .level = 4, .record = 4719,
		.time = "2010-03-04 20:29:58", .milliseconds = 375, .sid = "S-1-5-21-1-2-3-1104",
		.strings = { "Explorer.EXE", "FS07", "Other (Planned)", "0x85000000", "restart",
			"Backup\xC2\xAE agent: \"tune\" & restart <soon>", "CORP\\anna" },
		.data = "00000085" },
	{ .provider = "EventLog", .id = 6006, .qualifiers = 32768, .level = 4, .record = 4720,
		.time = "2010-03-04 20:30:22", .milliseconds = 0, .data = "DA070300040004000F001E0016000000" },
};
/* clang-format on */
