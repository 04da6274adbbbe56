/* SPDX-License-Identifier: MIT
 * A server in a few words, for tests of the judgement: machine, registry, poolsnaps, events, boots, what the
 * user tells. world_write() makes it real files, without the product's code.
 *
 * The scenarios of bundle.h are servers with a working day around them: noise, wobbling sizes, a hundred
 * tags. A rule's boundary needs exact bytes and some milliseconds for a server, so what is logged and held is
 * said here to the event and to the KiB; how a log, a poolsnap, an export, systeminfo look is left to the
 * writers of bundle*.c, and only these know the formats. */
#ifndef TESTS_WORLD_H
#define TESTS_WORLD_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum world_system {
	WORLD_UNKNOWN, /* nothing says which */
	WORLD_NT4,
	WORLD_2000_SP1,
	WORLD_2000,
	WORLD_XP,
	WORLD_2003,
	WORLD_2003_X64,
	WORLD_2008_X86,
	WORLD_2008_R2,
	WORLD_2012,
	WORLD_2012_R2,
	WORLD_2019,
	WORLD_SYSTEMS
};

struct world_value {
	enum { WORLD_ABSENT, WORLD_DWORD, WORLD_STRING } kind;
	uint32_t number;
};
#define DWORD(n) \
	{ \
		WORLD_DWORD, (n) \
	}
#define STRING(n) \
	{ \
		WORLD_STRING, (n) \
	}

struct world_tag {
	const char *tag; /* four characters; NULL ends the list */
	char pool;       /* 'P' or 'N' */
	double mib;
};

#define WORLD_TAGS 3

/* Sizes in MiB, whole KiB. All rows' counters rise from boot to boot. */
struct world_snap {
	double hours;      /* after 08:00 of the first day, by the server's clock */
	double mmst, rest; /* the rest is spread over eight paged tags, so that none of them leads */
	struct world_tag tag[WORLD_TAGS];
	double nonpaged;     /* over four tags; 0: 20 */
	double printed;      /* "Pool P:"; 0: the sum of the paged rows */
	double commit_limit; /* 0: RAM and 1932 */
	bool live;           /* a copy of the screen */
};

struct world_event {
	double hours;
	int id; /* 0 ends the list */
	const char *provider;
	const char *string[2];
	bool application; /* in the Application log; else in System */
};

/* Srv 2019 and 2020 carry a packet of the kernel with STATUS_INSUFFICIENT_RESOURCES. */
#define SRV(hours, id) \
	{ \
		(hours), (id), "Srv", { "\\Device\\LanmanServer", NULL }, false \
	}
#define BACKUP_1450(hours) \
	{ \
		(hours), 8019, "NTBackup", { "Error 1450: Insufficient system resources exist", NULL }, true \
	}
#define STOP_3F(hours) \
	{ \
		(hours), 1001, "BugCheck", \
			{ "0x0000003f (0x00000000, 0x00000f00, 0x1, 0x2)", "C:\\WINDOWS\\MEMORY.DMP" }, \
			false \
	}

#define WORLD_SNAPS  24
#define WORLD_EVENTS 16
#define WORLD_BOOTS  4

enum world_log { WORLD_LOG, WORLD_NO_LOG, WORLD_LOG_LATE /* begins one hour after the first poolsnap */ };

struct world {
	enum world_system system;
	bool arch_hidden;     /* no systeminfo; the log's 6009 tells the version alone */
	unsigned ram_mib;     /* 0: 2048 */
	const char *switches; /* of a boot.ini, "/3GB /PAE"; NULL: none was sent along */

	bool no_export;
	struct world_value percent, size; /* PoolUsageMaximum, PagedPoolSize */
	uint32_t quota;                   /* PagedPoolQuota */
	uint32_t server_limit;            /* LanmanServer's MaxPagedMemoryUsage; 0: not there */
	bool exported_twice;              /* a second export, with `again` as PoolUsageMaximum */
	struct world_value again;

	unsigned free_ptes; /* as !vm shows them; 0: no debugger log */
	double vm_max;      /* MiB, its maximum; 0: 352 */

	double told_max; /* MiB; 0: not told */
	const char *told_os, *told_arch;
	bool untold; /* the clock's offset is not told */

	int bias;                             /* minutes to add to local time for UTC */
	int day;                              /* days after Wednesday, 14 October 2009 */
	double boots[WORLD_BOOTS];            /* none: one, a day before */
	struct world_snap snaps[WORLD_SNAPS]; /* one with neither MmSt nor rest ends the list */
	struct world_event events[WORLD_EVENTS];
	enum world_log log;
	bool thin_log;   /* a handful of events */
	unsigned gap;    /* records missing in the middle of the System log */
	bool no_summary; /* poolmon without its two summary lines: no totals, no RAM, no commit limit */
};

size_t world_snaps(const struct world *w);
size_t world_events(const struct world *w);
double world_total(const struct world_snap *s); /* MiB of all paged rows */

/* Writes the files into the existing folder; apart: each poolsnap is a file of its own, else one holds
 * all. */
void world_write(const struct world *w, bool apart, const char *dir);

/* The world as a row of unit_scenarios.c says it: what a failed property prints. */
void world_print(const struct world *w, FILE *to);

/* The same number gives the same world. */
void world_random(uint64_t seed, struct world *w);

#endif
