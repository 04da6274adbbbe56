/* SPDX-License-Identifier: MIT
 * The four servers of samples/ that behave: the article's own case, a token leak, a server already at 60 %,
 * a healthy one. What each should lead to is said in samples/README.md. All names and numbers are made up. */
#include "tests/bundle_parts.h"

#define MACHINE_2003(name) \
	.computer = BYTES(name), .domain = BYTES("corp.example"), .owner = BYTES("IT department"), \
	.organization = BYTES("Example Corporation"), .model = BYTES("Server 2850"), \
	.product = "Microsoft(R) Windows(R) Server 2003, Standard Edition", \
	.family = "Microsoft Windows Server 2003", .version = "5.02.", .nt = "5.2", .build = "3790", \
	.lab = "srv03_sp2_gdr", .service_pack = "Service Pack 2", .kernel = "Multiprocessor Free", \
	.system_type = "X86-based PC", .processors = 2, .mhz = 2992

#define RECONFIGURED .reason = "Operating System: Reconfiguration (Planned)", .reason_code = 0x80020004
#define MAINTAINED   .reason = "Application: Maintenance (Planned)", .reason_code = 0x80040001

/* ---- mmst-tune ---- */

static const struct log_file tune_files[] = { { "System.xml", DIALECT_VIEWER, NULL, NULL, false } };
static const struct boot tune_boots[] = { { NULL, "2009-09-12 22:10:31", MAINTAINED },
	{ "2009-10-10 22:04:17", "2009-10-10 22:08:52", MAINTAINED } };
/* More than an hour apart, each with a snapshot minutes before. */
static const struct burst tune_bursts[] = {
	{ "2009-10-14 15:03:27", 2020, 4, 330 },
	{ "2009-10-14 16:14:08", 2020, 5, 412 },
	{ "2009-10-14 17:23:41", 2020, 6, 287 },
};
static const struct snap_plan tune_plans[] = {
	{ .first = "2009-10-14 08:00:01", .step = 30, .count = 20, .file = "poolsnap_%D_%T.txt" },
};
static const struct point tune_mmst[] = { { 0, 41984 }, { 30, 48420 }, { 60, 60236 }, { 90, 67804 },
	{ 120, 73512 }, { 150, 85468 }, { 180, 90244 }, { 210, 99896 }, { 240, 103716 }, { 270, 102148 },
	{ 300, 105852 }, { 330, 117484 }, { 360, 130916 }, { 390, 139604 }, { 420, 153012 }, { 450, 162540 },
	{ 480, 180772 }, { 510, 193668 }, { 540, 216484 }, { 570, 235520 } };
static const struct shape tune_shapes[] = { { "MmSt", 'P', 4712, 9400, 0, ROWS(tune_mmst) } };

static const struct scenario mmst_tune = {
	.name = "mmst-tune",
	.seed = 312362,
	.zone = { 240, 300, "Eastern Standard Time", "(GMT-05:00) Eastern Time (US & Canada)",
		"en-us;English (United States)", false },
	.machine = { MACHINE_2003("FS01"), .ram_kib = 2096616 },
	.log = { .first = "2009-10-09 06:00:00",
		.last = "2009-10-14 17:45:00",
		.first_record = 18231,
		.prints = 46,
		.full_drive = "F:",
		.server = "DC01",
		.files = ROWS(tune_files),
		.boots = ROWS(tune_boots),
		.bursts = ROWS(tune_bursts) },
	.pool = { .paged_scale = 1080,
		.nonpaged_scale = 1000,
		.plans = ROWS(tune_plans),
		.shapes = ROWS(tune_shapes) },
	.registry = { .file = "memory-management.reg", .pool_usage_maximum = ABSENT },
	.systeminfo = "systeminfo.txt",
	.systeminfo_at = "2009-10-14 17:38:20",
	.systeminfo_encoding = ENCODING_1252,
};

/* ---- toke-leak ---- */

static const struct log_file leak_files[] = { { "system-events.xml", DIALECT_WEVTUTIL, NULL, NULL, false } };
static const struct boot leak_boots[] = { { NULL, "2009-09-12 06:37:12", MAINTAINED },
	{ "2009-10-17 06:31:40", "2009-10-17 06:36:05", MAINTAINED } };
static const struct burst leak_bursts[] = {
	{ "2009-10-22 03:12:09", 2020, 4, 301 },
	{ "2009-10-22 06:44:36", 2020, 5, 518 },
	{ "2009-10-22 08:21:53", 2020, 6, 402 },
};
static const struct snap_plan leak_plans[] = {
	{ .first = "2009-10-19 09:00:03",
		.step = 180,
		.count = 25,
		.file = "poolmon.log",
		.marker = MARKER_ECHO },
};
/* Trimmed several times a day: file segments come and go while the tokens stay. */
static const struct point leak_mmst[] = { { 0, 34200 }, { 360, 52900 }, { 540, 41300 }, { 720, 59800 },
	{ 900, 31900 }, { 1440, 38700 }, { 1800, 57200 }, { 1980, 36400 }, { 2160, 60100 }, { 2340, 30800 },
	{ 2880, 40600 }, { 3240, 55300 }, { 3420, 33700 }, { 3600, 58400 }, { 3780, 32600 },
	{ 4320, 44900 } };
static const struct point leak_toke[] = { { 0, 20480 }, { 480, 44300 }, { 1260, 61900 }, { 1440, 68700 },
	{ 1980, 101800 }, { 2700, 118500 }, { 2880, 124200 }, { 3420, 157900 }, { 4140, 184600 },
	{ 4320, 194560 } };
static const struct point leak_dynamic[] = { { 0, 2800 }, { 480, 6050 }, { 1260, 8450 }, { 1440, 9400 },
	{ 1980, 13900 }, { 2700, 16200 }, { 2880, 17000 }, { 3420, 21600 }, { 4140, 25200 },
	{ 4320, 26600 } };
static const struct shape leak_shapes[] = {
	{ "MmSt", 'P', 2960, 8100, 35, ROWS(leak_mmst) },
	{ "Toke", 'P', 2128, 9900, 40, ROWS(leak_toke) },
	{ "SeTd", 'P', 291, 9900, 40, ROWS(leak_dynamic) },
};

static const struct scenario toke_leak = {
	.name = "toke-leak",
	.seed = 886670,
	.zone = { -60, 0, "GMT Standard Time",
		"(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London",
		"en-gb;English (United Kingdom)", true },
	.machine = { MACHINE_2003("FS02"), .ram_kib = 2096616 },
	.log = { .first = "2009-10-16 05:00:00",
		.last = "2009-10-22 09:20:00",
		.first_record = 40877,
		.prints = 52,
		.server = "DC03",
		.files = ROWS(leak_files),
		.boots = ROWS(leak_boots),
		.bursts = ROWS(leak_bursts) },
	.pool = { .paged_scale = 700,
		.nonpaged_scale = 900,
		.plans = ROWS(leak_plans),
		.shapes = ROWS(leak_shapes) },
	.registry = { .file = "memory-management.txt", .form = REGISTRY_QUERY, .pool_usage_maximum = ABSENT },
	.systeminfo = "systeminfo.txt",
	.systeminfo_at = "2009-10-22 09:07:44",
	.systeminfo_encoding = ENCODING_1252,
};

/* ---- at-sixty ---- */

static const struct log_file sixty_files[] = { { "System.xml", DIALECT_POWERSHELL, NULL, NULL, false } };
static const struct boot sixty_boots[] = { { NULL, "2009-10-10 21:15:20", MAINTAINED },
	{ "2009-11-06 19:02:31", "2009-11-06 19:07:04", RECONFIGURED } };
/* The first burst is why the values were set; the others came although they were active. */
static const struct burst sixty_bursts[] = {
	{ "2009-11-05 21:47:12", 2020, 4, 240 },
	{ "2009-11-11 22:09:33", 2020, 5, 391 },
	{ "2009-11-11 23:24:05", 2020, 3, 275 },
	{ "2009-11-12 16:12:47", 2020, 6, 448 },
};
static const struct snap_plan sixty_plans[] = {
	{ .first = "2009-11-11 18:00:02",
		.step = 60,
		.count = 23,
		.file = "FS03_Poolmon_%N.txt",
		.marker = MARKER_GET_DATE },
	{ .first = "2009-11-12 17:00:04",
		.step = 60,
		.count = 1,
		.file = "FS03_Poolmon_last.txt",
		.marker = MARKER_GET_DATE,
		.encoding = ENCODING_UTF16 },
};
/* 20:00 to 22:00 is the backup: about 170 MiB in two hours. */
static const struct point sixty_mmst[] = { { 0, 98400 }, { 60, 94100 }, { 120, 89300 }, { 180, 175800 },
	{ 240, 264900 }, { 300, 268700 }, { 360, 254200 }, { 420, 219600 }, { 480, 180300 }, { 540, 154900 },
	{ 600, 142100 }, { 660, 136500 }, { 720, 133200 }, { 780, 137800 }, { 840, 150600 }, { 900, 166400 },
	{ 960, 185700 }, { 1020, 196900 }, { 1080, 201400 }, { 1140, 210300 }, { 1200, 224800 },
	{ 1260, 241700 }, { 1320, 257600 }, { 1380, 262400 } };
static const struct shape sixty_shapes[] = { { "MmSt", 'P', 8140, 7200, 0, ROWS(sixty_mmst) } };

static const struct scenario at_sixty = {
	.name = "at-sixty",
	.seed = 304101,
	.zone = { 480, 480, "Pacific Standard Time", "(GMT-08:00) Pacific Time (US & Canada)",
		"en-us;English (United States)", false },
	.machine = { MACHINE_2003("FS03"), .ram_kib = 2096616 },
	.log = { .first = "2009-11-04 06:00:00",
		.last = "2009-11-12 17:20:00",
		.first_record = 9412,
		.prints = 30,
		.server = "DC02",
		.files = ROWS(sixty_files),
		.boots = ROWS(sixty_boots),
		.bursts = ROWS(sixty_bursts) },
	.pool = { .paged_scale = 1040,
		.nonpaged_scale = 1000,
		.plans = ROWS(sixty_plans),
		.shapes = ROWS(sixty_shapes) },
	.registry = { .file = "memory-management.reg",
		.pool_usage_maximum = 60,
		.paged_pool_size = 0xffffffff },
	.systeminfo = "systeminfo.txt",
	.systeminfo_at = "2009-11-12 17:11:09",
	.systeminfo_encoding = ENCODING_1252,
};

/* ---- healthy ---- */

static const struct log_file healthy_files[] = { { "System.xml", DIALECT_VIEWER, NULL, NULL, false } };
static const struct boot healthy_boots[] = { { NULL, "2010-01-14 21:33:02", MAINTAINED },
	{ "2010-02-11 21:30:08", "2010-02-11 21:34:50", MAINTAINED } };
static const struct snap_plan healthy_plans[] = {
	{ .first = "2010-02-16 10:05:12",
		.step = 276,
		.count = 2,
		.file = "pool-snap-%N.txt",
		.marker = MARKER_DATE_T },
	{ .first = "2010-02-16 14:52:40",
		.step = 1,
		.count = 1,
		.file = "poolmon-screen.txt",
		.marker = MARKER_DATE_T,
		.layout = LAYOUT_X86_LIVE,
		.rows = 44 },
};
static const struct point healthy_mmst[] = { { 0, 23900 }, { 276, 26300 }, { 300, 26500 } };
static const struct shape healthy_shapes[] = { { "MmSt", 'P', 3320, 5200, 0, ROWS(healthy_mmst) } };

static const struct scenario healthy = {
	.name = "healthy",
	.seed = 4,
	.zone = { 360, 360, "Central Standard Time", "(GMT-06:00) Central Time (US & Canada)",
		"en-us;English (United States)", false },
	.machine = { MACHINE_2003("FS04"), .ram_kib = 2096616 },
	.log = { .first = "2010-02-11 05:00:00",
		.last = "2010-02-16 15:00:00",
		.first_record = 2204,
		.prints = 34,
		.server = "DC01",
		.files = ROWS(healthy_files),
		.boots = ROWS(healthy_boots) },
	.pool = { .paged_scale = 380,
		.nonpaged_scale = 500,
		.plans = ROWS(healthy_plans),
		.shapes = ROWS(healthy_shapes) },
	.registry = { .file = "memory-management.reg", .pool_usage_maximum = ABSENT },
	.systeminfo = "systeminfo.txt",
	.systeminfo_at = "2010-02-16 14:56:31",
	.systeminfo_encoding = ENCODING_1252,
};

const struct scenario *const bundle_scenarios[] = { &mmst_tune, &toke_leak, &at_sixty, &healthy,
	&bundle_hostile };
const size_t bundle_scenario_count = LEN(bundle_scenarios);
