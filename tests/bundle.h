/* SPDX-License-Identifier: MIT
 * What a made-up server is: the tables from which tests/bundle*.c write a support bundle, byte for byte the
 * same on every machine. Shapes of the files: docs/formats.md. Nothing here uses the product's own code,
 * so that a fault of the product cannot hide in its inputs.
 *
 * Times in tables are the server's local clock, "2009-10-14 08:00:00"; one bundle stays within one bias. */
#ifndef TESTS_BUNDLE_H
#define TESTS_BUNDLE_H

#include "core/core.h" /* LEN, PRINTF_LIKE: no code of the product */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that may hold NULs and bad UTF-8, repeated so that a very long name is a short line in a table. */
struct bytes {
	const char *p;
	size_t n;
	unsigned times;
};

#define BYTES(literal) \
	{ \
		(literal), sizeof(literal) - 1, 1 \
	}
#define BYTES_TIMES(literal, times) \
	{ \
		(literal), sizeof(literal) - 1, (times) \
	}

/* A pointer to a const table and its length; every list of a scenario ends up in one of these. */
#define LIST(type) \
	struct { \
		const type *row; \
		size_t n; \
	}
#define ROWS(table) \
	{ \
		(table), LEN(table) \
	}

struct zone {
	int bias;            /* minutes to add to local time for UTC: New York in October 240 */
	int standard_bias;   /* the same in winter: what event 6013 carries */
	const char *name;    /* as event 6013 prints it */
	const char *display; /* as systeminfo prints it */
	const char *locale;  /* "en-us;English (United States)" */
	bool day_first;      /* how systeminfo prints a date */
};

struct machine {
	struct bytes computer; /* as the log and systeminfo print it */
	struct bytes domain;
	struct bytes owner, organization, model;
	const char *product;      /* systeminfo: "Microsoft(R) Windows(R) Server 2003, Standard Edition" */
	const char *family;       /* data of event 6013: "Microsoft Windows Server 2003" */
	const char *version;      /* first string of event 6009: "5.02." */
	const char *nt;           /* "5.2" */
	const char *build;        /* "3790" */
	const char *lab;          /* "srv03_sp2_gdr" */
	const char *service_pack; /* "Service Pack 2" */
	const char *kernel;       /* "Multiprocessor Free" */
	const char *system_type;  /* "X86-based PC" */
	unsigned ram_kib, processors, mhz;
};

/* ---- the System log ---- */

enum dialect {
	DIALECT_VIEWER,     /* Event Viewer, "Save as XML": one <Events>, one line, UTF-8 */
	DIALECT_WEVTUTIL,   /* wevtutil qe: no root, one event a line, Windows-1252 */
	DIALECT_POWERSHELL, /* ToXml() > file: UTF-16LE with BOM, newest first */
};

struct log_file {
	const char *file;
	enum dialect dialect;
	const char *since, *until; /* NULL: from the first, to the last event */
	bool references; /* write characters beyond ASCII as &#N; and leave broken bytes as they are */
};

struct boot {
	const char *down;   /* orderly shutdown before it; NULL: not known, before the log begins */
	const char *up;     /* when the event log started; the first one must lie before everything else */
	const char *reason; /* of event 1074 */
	uint32_t reason_code;
};

/* Events of Srv 2019 or 2020: the first exactly at `at`, the rest at irregular seconds within `span`. */
struct burst {
	const char *at;
	uint16_t id;
	unsigned count, span;
};

/* One event said in full. */
struct said {
	const char *at;
	struct bytes provider;
	uint16_t id, qualifiers;
	uint8_t level;
	struct bytes string[4];
};

struct log_plan {
	const char *first, *last; /* the workload fills this window */
	uint32_t first_record;
	unsigned prints;        /* documents printed on a working day */
	const char *full_drive; /* Srv 2013 every morning for it; NULL: none */
	const char *server;     /* time source, "DC01" */
	LIST(struct log_file) files;
	LIST(struct boot) boots;
	LIST(struct burst) bursts;
	LIST(struct said) said;
};

/* ---- poolsnaps ---- */

enum marker {
	MARKER_NONE,
	MARKER_ECHO,     /* echo ===== %DATE% %TIME% =====, en-GB: dd/mm/yyyy, centiseconds */
	MARKER_GET_DATE, /* PowerShell Get-Date, en-US long form */
	MARKER_DATE_T,   /* date /t and time /t, en-US: two lines, weekday, minutes */
};

enum layout { LAYOUT_X86, LAYOUT_X64, LAYOUT_X86_LIVE };

enum encoding {
	ENCODING_RAW,
	ENCODING_1252,
	ENCODING_UTF16,      /* little endian with BOM */
	ENCODING_UTF16_BARE, /* little endian without */
	ENCODING_UTF16BE,    /* big endian with BOM */
};

struct snap_plan {
	const char *first;
	unsigned step, count; /* minutes between snapshots, how many */
	/* %D yyyymmdd, %T hhmm, %N running number; a name without % is one file, appended to */
	const char *file;
	enum marker marker;
	enum layout layout;
	enum encoding encoding;
	bool no_summary;   /* poolmon without -r */
	bool drivers;      /* the Mapped_Driver column of poolmon -g */
	unsigned rows;     /* a live copy shows only what fits the window; 0: all */
	struct bytes head; /* noise before the first block of each file */
};

struct tag_row {
	struct bytes tag;  /* 4 raw bytes */
	char pool;         /* 'P' or 'N' */
	uint32_t count;    /* allocations outstanding on an idle server */
	uint32_t each;     /* bytes of one */
	uint32_t churn;    /* allocations in a busy hour */
	uint16_t load;     /* per cent more outstanding when busy */
	uint16_t follow;   /* and this many per 1000 outstanding MmSt allocations */
	struct bytes text; /* driver column */
};

struct point {
	unsigned minute; /* since the first snapshot of the first plan */
	uint32_t kib;
};

/* A tag whose size is told over time, straight lines between the points. */
struct shape {
	const char *tag;
	char pool;
	uint32_t each;   /* bytes of one, varied by a few per cent */
	uint32_t churn;  /* as in tag_row */
	unsigned wobble; /* inner snapshots read the curve up to so many minutes early or late */
	LIST(struct point) points;
};

struct pool_plan {
	unsigned paged_scale, nonpaged_scale; /* per mille of the common table's counts */
	LIST(struct snap_plan) plans;
	LIST(struct shape) shapes; /* the first is MmSt */
	LIST(struct tag_row) tags; /* beyond the common table */
};

/* ---- registry, systeminfo, other files ---- */

enum registry_form { REGISTRY_EXPORT, REGISTRY_QUERY };

#define ABSENT UINT32_C(0xfffffffe)

struct registry {
	const char *file;
	enum registry_form form;
	uint32_t pool_usage_maximum; /* or ABSENT */
	uint32_t paged_pool_size;    /* or ABSENT */
	uint32_t paged_pool_quota;
	struct bytes values; /* further text within the key, as regedit writes it */
	struct bytes keys;   /* further keys after it */
};

struct loose_file {
	const char *file;
	LIST(struct bytes) parts;
};

struct scenario {
	const char *name; /* of its folder, which must exist */
	uint64_t seed;
	struct zone zone;
	struct machine machine;
	struct log_plan log;
	struct pool_plan pool;
	struct registry registry;
	const char *systeminfo;    /* file name */
	const char *systeminfo_at; /* when it was run */
	enum encoding systeminfo_encoding;
	LIST(struct loose_file) loose;
};

extern const struct scenario *const bundle_scenarios[];
extern const size_t bundle_scenario_count;

/* Writes one bundle into the existing folder `dir`; ends the program with a sentence when it cannot. A test
 * with scenarios of its own links every tests/bundle*.c but bundle_main.c, bundle_scenarios.c and
 * bundle_hostile.c. */
void bundle_write(const struct scenario *s, const char *dir);

#endif
