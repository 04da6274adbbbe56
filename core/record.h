/* SPDX-License-Identifier: MIT
 * What a parser may state: the columns of every kind of fact, once; tables, dumps and documentation follow
 * from here. */
#ifndef CORE_RECORD_H
#define CORE_RECORD_H

#include "core/core.h"
#include "core/when.h"

/* Meaning, not storage. */
enum type {
	T_TEXT, /* UTF-8 */
	T_NAME, /* text that repeats; the store keeps each once */
	T_INT,
	T_REAL,
	T_BOOL,    /* 0 or 1 */
	T_BYTES,   /* a size in bytes */
	T_TIME,    /* microseconds since 1970, UTC */
	T_LOCAL,   /* microseconds since 1970 on the server's own clock */
	T_PERCENT, /* 0 to 100 */
	T_BLOB,    /* raw bytes */
	T_MINUTES, /* a length of time, or an offset east of UTC */
	T_RATE,    /* bytes per hour */
	T_ID,      /* a whole number that is a name, as of an event or a line: report cells only */
	T_DWORD,   /* a registry number: report cells only */
	T_LIST,    /* several texts: report cells only */
	T_TABLE,   /* rows of another table: report cells only */
};

/* One line is one column here, however long. */
/* clang-format off */

/* One event of an exported log (Event/System and what follows it). */
#define EVENT_COLS(C) \
	C(EVENT, TIME, "time", T_TIME, "when it was logged") \
	C(EVENT, TIME_TEXT, "time_text", T_TEXT, "the time as the source spells it") \
	C(EVENT, COMPUTER, "computer", T_NAME, "whose event it is") \
	C(EVENT, CHANNEL, "channel", T_NAME, "the log: System, Application") \
	C(EVENT, RECORD_ID, "record_id", T_INT, "EventRecordID; 64-bit") \
	C(EVENT, PROVIDER, "provider", T_NAME, "Provider Name") \
	C(EVENT, SOURCE_NAME, "source_name", T_NAME, "Provider EventSourceName, where there is one") \
	C(EVENT, EVENT_ID, "event_id", T_INT, "low half of the event's code") \
	C(EVENT, QUALIFIERS, "qualifiers", T_INT, "high half of the event's code; classic events only") \
	C(EVENT, LEVEL, "level", T_INT, "1 critical, 2 error, 3 warning, 4 information, 0 always") \
	C(EVENT, STRINGS, "strings", T_TEXT, "the strings in order, U+001F between; a named one is name U+001E value") \
	C(EVENT, BINARY, "binary", T_BLOB, "the event's data (its data words), decoded") \
	C(EVENT, BINARY_TEXT, "binary_text", T_TEXT, "the same as spelled, where it could not be decoded")

/* The head of one poolsnap; the POOL records that follow, up to the next SNAPSHOT, are its rows. */
#define SNAPSHOT_COLS(C) \
	C(SNAPSHOT, TIME, "time", T_TIME, "when it was taken, where the source itself says it in UTC or with an offset") \
	C(SNAPSHOT, LOCAL, "local", T_LOCAL, "when, by the server's clock; day first where the text allows both orders") \
	C(SNAPSHOT, LOCAL_OTHER, "local_other", T_LOCAL, "the month-first reading, only where the text allows both orders") \
	C(SNAPSHOT, DATE_ORDER, "date_order", T_NAME, "dmy, mdy, ymd: the order the text proves; empty when it proves none") \
	C(SNAPSHOT, TIME_TEXT, "time_text", T_TEXT, "the stamp as the source spells it") \
	C(SNAPSHOT, TIME_SOURCE, "time_source", T_NAME, "event, column, zoned stamp, marker, date line, debugger, file name, or none") \
	C(SNAPSHOT, COMPUTER, "computer", T_NAME, "whose it is, only where the capture itself says so") \
	C(SNAPSHOT, SCOPE, "scope", T_NAME, "system, all sessions, session N, or session where the capture does not say which") \
	C(SNAPSHOT, VIEW, "view", T_NAME, "snapshot (complete), live (the visible rows only), or event (the three largest tags of each pool)") \
	C(SNAPSHOT, TOOL, "tool", T_NAME, "poolmon x86, poolmon x64 (the tool's architecture, not the server's), windbg, poolmonx, ...") \
	C(SNAPSHOT, PHYSICAL, "physical_bytes", T_BYTES, "Memory:") \
	C(SNAPSHOT, AVAILABLE, "available_bytes", T_BYTES, "Avail:") \
	C(SNAPSHOT, PAGE_FAULTS, "page_faults", T_INT, "PageFlts: since boot in a snapshot; modulo 2^32") \
	C(SNAPSHOT, KERNEL_RESIDENT, "kernel_resident_bytes", T_BYTES, "InRam Krnl:") \
	C(SNAPSHOT, PAGED_RESIDENT, "paged_resident_bytes", T_BYTES, "the P: of the Memory line: resident, not the total") \
	C(SNAPSHOT, COMMIT, "commit_bytes", T_BYTES, "Commit:") \
	C(SNAPSHOT, COMMIT_LIMIT, "commit_limit_bytes", T_BYTES, "Limit:") \
	C(SNAPSHOT, COMMIT_PEAK, "commit_peak_bytes", T_BYTES, "Peak:") \
	C(SNAPSHOT, POOL_NONPAGED, "pool_nonpaged_bytes", T_BYTES, "Pool N:, total nonpaged") \
	C(SNAPSHOT, POOL_PAGED, "pool_paged_bytes", T_BYTES, "Pool P:, total paged")

/* One row of a poolsnap: a tag in one of the two pools. */
#define POOL_COLS(C) \
	C(POOL, TAG, "tag", T_NAME, "four bytes, unprintable ones as \\xHH") \
	C(POOL, POOL, "pool", T_NAME, "paged or nonpaged") \
	C(POOL, ALLOCS, "allocs", T_INT, "allocations since boot, modulo 2^32") \
	C(POOL, FREES, "frees", T_INT, "frees since boot, modulo 2^32") \
	C(POOL, DIFF, "diff", T_INT, "allocations outstanding") \
	C(POOL, BYTES, "bytes", T_BYTES, "bytes held") \
	C(POOL, DRIVER, "driver", T_NAME, "Mapped_Driver, where the capture has that column")

/* One sample of performance counters (perfmon, relog, typeperf): of those that speak of the pools. Byte counts
 * are whole bytes. */
#define COUNTER_COLS(C) \
	C(COUNTER, TIME, "time", T_TIME, "when it was taken, where the source gives the offset from UTC") \
	C(COUNTER, LOCAL, "local", T_LOCAL, "when, by the clock of the machine that wrote it") \
	C(COUNTER, TIME_TEXT, "time_text", T_TEXT, "the time as the source spells it") \
	C(COUNTER, COMPUTER, "computer", T_NAME, "whose counters: the host in the counters' paths") \
	C(COUNTER, PAGED, "pool_paged_bytes", T_BYTES, "Memory\\Pool Paged Bytes") \
	C(COUNTER, PAGED_RESIDENT, "paged_resident_bytes", T_BYTES, "Memory\\Pool Paged Resident Bytes") \
	C(COUNTER, NONPAGED, "pool_nonpaged_bytes", T_BYTES, "Memory\\Pool Nonpaged Bytes") \
	C(COUNTER, FREE_PTES, "free_system_ptes", T_INT, "Memory\\Free System Page Table Entries") \
	C(COUNTER, COMMIT, "commit_bytes", T_BYTES, "Memory\\Committed Bytes") \
	C(COUNTER, COMMIT_LIMIT, "commit_limit_bytes", T_BYTES, "Memory\\Commit Limit") \
	C(COUNTER, AVAILABLE, "available_bytes", T_BYTES, "Memory\\Available Bytes, KBytes or MBytes") \
	C(COUNTER, SERVER_PAGED_PEAK, "server_paged_peak_bytes", T_BYTES, "Server\\Pool Paged Peak") \
	C(COUNTER, SERVER_PAGED_FAILURES, "server_paged_failures", T_INT, "Server\\Pool Paged Failures, since boot") \
	C(COUNTER, SERVER_NONPAGED_FAILURES, "server_nonpaged_failures", T_INT, "Server\\Pool Nonpaged Failures, since boot")

/* Who a pool tag belongs to, as a pooltag.txt or localtag.txt of the user says. */
#define OWNER_COLS(C) \
	C(OWNER, TAG, "tag", T_NAME, "four characters; ? stands for any one, * for any that follow") \
	C(OWNER, MODULE, "module", T_TEXT, "the binary or binaries, as the file names them") \
	C(OWNER, TEXT, "text", T_TEXT, "what the file says of it")

/* One registry value beneath a key the tool knows. */
#define REGISTRY_COLS(C) \
	C(REGISTRY, KEY, "key", T_NAME, "the key's full name") \
	C(REGISTRY, NAME, "name", T_NAME, "the value's name") \
	C(REGISTRY, TYPE, "type", T_NAME, "REG_DWORD, REG_SZ …") \
	C(REGISTRY, NUMBER, "number", T_INT, "the data of a REG_DWORD or REG_QWORD") \
	C(REGISTRY, TEXT, "text", T_TEXT, "the data of any other type, as the source spells it")

/* One fact about a server that is no event and no pool row; names are listed in FACT_ below. */
#define HOST_COLS(C) \
	C(HOST, NAME, "name", T_NAME, "which fact") \
	C(HOST, TEXT, "text", T_TEXT, "its words") \
	C(HOST, NUMBER, "number", T_INT, "its number, where it is one")

/* clang-format on */

#define RECORDS(R) \
	R(EVENT, "event", EVENT_COLS) \
	R(SNAPSHOT, "snapshot", SNAPSHOT_COLS) \
	R(POOL, "pool", POOL_COLS) \
	R(COUNTER, "counter", COUNTER_COLS) \
	R(OWNER, "owner", OWNER_COLS) \
	R(REGISTRY, "registry", REGISTRY_COLS) \
	R(HOST, "host", HOST_COLS)

/* The names of HOST facts. Numbers: bytes for ram_bytes, paged_pool_max_bytes and nonpaged_pool_max_bytes,
 * entries for free_system_ptes, minutes east of UTC for utc_offset_minutes (the zone's standard offset when
 * it comes from systeminfo or msinfo32), seconds for uptime_seconds, microseconds on the server's own clock
 * for boot_time and key_written where one order of day and month is certain. */
#define FACT_HOST_NAME    "host_name"
#define FACT_OS           "os"
#define FACT_OS_VERSION   "os_version" /* "5.2.3790 Service Pack 2" */
#define FACT_ARCH         "arch"       /* x86, x64 */
#define FACT_RAM          "ram_bytes"
#define FACT_UTC_OFFSET   "utc_offset_minutes"
#define FACT_ZONE         "zone"
#define FACT_BOOT_TIME    "boot_time"
#define FACT_UPTIME       "uptime_seconds"
#define FACT_PAGED_MAX    "paged_pool_max_bytes" /* told, or as !vm shows it */
#define FACT_NONPAGED_MAX "nonpaged_pool_max_bytes"
#define FACT_FREE_PTES    "free_system_ptes" /* as !vm shows them */
/* a boot switch in force: "/3GB"; bcdedit's "increaseuserva 3072" */
#define FACT_SWITCH       "switch"
#define FACT_SWITCHES_READ \
	"switches_read" /* a boot.ini or a bcdedit listing was read: a switch not stated is not set */
/* a registry key whose values were exported, even if none is of interest */
#define FACT_KEY_READ    "key_read"
/* when the Memory Management key was last written, by the server's clock */
#define FACT_KEY_WRITTEN "key_written"

/* The registry keys whose values are stated: REGISTRY_KEY and the text of FACT_KEY_READ are spelled like
 * this, whatever spelling and control set the source uses. */
#define KEY_MEMORY_MANAGEMENT "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management"
#define KEY_LANMAN_PARAMETERS "HKLM\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters"

#define RECORD_ENUM(kind, name, cols) RECORD_##kind,
enum record_kind { RECORDS(RECORD_ENUM) RECORD_KINDS };

#define COLUMN_ENUM(kind, column, name, type, about) kind##_##column,
enum { EVENT_COLS(COLUMN_ENUM) EVENT_COLUMNS };
enum { SNAPSHOT_COLS(COLUMN_ENUM) SNAPSHOT_COLUMNS };
enum { POOL_COLS(COLUMN_ENUM) POOL_COLUMNS };
enum { COUNTER_COLS(COLUMN_ENUM) COUNTER_COLUMNS };
enum { OWNER_COLS(COLUMN_ENUM) OWNER_COLUMNS };
enum { REGISTRY_COLS(COLUMN_ENUM) REGISTRY_COLUMNS };
enum { HOST_COLS(COLUMN_ENUM) HOST_COLUMNS };

#define RECORD_COLS 24 /* the widest kind, checked in record.c */

struct column {
	const char *name;
	enum type type;
	const char *about;
};
struct record_type {
	const char *name;
	const struct column *columns;
	size_t count;
};
extern const struct record_type record_types[RECORD_KINDS];

struct value {
	bool known;
	int64_t number;   /* every type but text and blobs */
	struct span text; /* T_TEXT, T_NAME, T_BLOB: borrowed until the sink returns */
};

struct record {
	enum record_kind kind;
	uint64_t line; /* of the source, from 1 */
	struct value v[RECORD_COLS];
};

/* Where parsers put what they read. A note is what was wrong and what was done about it. */
struct sink {
	void (*record)(struct sink *s, const struct record *r);
	void (*note)(struct sink *s, uint64_t line, const char *text);
	bool cut; /* set by a parser when the source ends in the middle of something */
};

void record_start(struct record *r, enum record_kind kind, uint64_t line); /* clears every value */
void record_text(struct record *r, int column, struct span text);          /* an empty text is known */
void record_number(struct record *r, int column, int64_t number);
int record_find(enum record_kind kind, struct span column_name); /* -1 when there is none */
void sink_note(struct sink *s, uint64_t line, const char *format, ...) PRINTF_LIKE(3, 4);

/* Is this FACT_SWITCH one that changes what the pool may become (KB 304101; increaseuserva and pae took the
 * place of /3GB, /USERVA and /PAE in Vista)? */
bool switch_matters(struct span text);

/* STRINGS of an event, one by one: false when used up. name is empty for an unnamed string. */
#define STRINGS_BETWEEN 0x1F
#define STRINGS_NAMED   0x1E
bool strings_next(struct span *rest, struct span *name, struct span *value);
/* The first of them as a list, trimmed, and how many there are. EvtxECmd makes one string of several, "131,
 * 60, 480 Pacific Standard Time", without the empty ones in front: that is taken apart. */
size_t strings_list(struct span strings, struct span *list, size_t most);

#endif
