/* SPDX-License-Identifier: MIT
 * Everything that was read about one server, as plain arrays: what the analyses look at instead of the
 * store. */
#ifndef ANALYSIS_EVIDENCE_H
#define ANALYSIS_EVIDENCE_H

#include "analysis/companion_kind.h"
#include "analysis/limits.h"
#include "analysis/stats.h"
#include "analysis/thresholds.h"
#include "core/core.h"
#include "core/record.h"
#include "core/when.h"
#include "store/store.h"

/* Where a fact stands. */
struct place {
	const char *source;      /* name; NULL: none */
	int64_t line, record_id; /* record_id -1: none */
};

/* A registry value as an export shows it. */
struct setting {
	/* OTHER: not a REG_DWORD */
	enum { SETTING_UNREAD, SETTING_ABSENT, SETTING_NUMBER, SETTING_OTHER } state;
	int64_t number;
	bool numbered; /* number is known: of a REG_DWORD or a REG_QWORD */
	bool exported; /* by an export of the key, or a listing of all of it, not by a query of one value */
	bool exact;    /* text is all that a .reg file spells, not what a listing prints */
	const char *type, *text;
	int64_t source; /* id in the store; 0: none */
	/* what each of several exports says, where they differ; this is that of the last digest. NULL: they
	 * agree */
	const char *disputed;
	struct place place;
};

struct boot {
	when_us start, end; /* WHEN_NONE: before what was read; not stopped cleanly, or not yet */
	const char *source; /* what shows the start */
	size_t snapshots, bursts;
};

#define BOOT_NONE SIZE_MAX /* undated */

/* One poolsnap of the system pool. Byte counts; -1 is unknown. */
struct snapshot {
	int64_t id;
	when_us at; /* UTC; WHEN_NONE: undated */
	int offset; /* minutes east of UTC of the server's clock then, if known */
	bool offset_known;
	int quality; /* 0 exact, 1 standard time only, 2 assumed UTC, 3 the file's own time, 4 none */
	const char *time_source, *clock_source;
	size_t boot;
	bool whole;   /* all paged tags are in it: a file of poolmon -n, not a copy of the screen */
	bool top;     /* an Event 2004: the three largest tags of each pool, bytes without counts */
	bool decides; /* it shows which paged tag is the largest: whole, the top three, or a screen copy in
		       * which MmSt holds more than all tags that are not on it together */
	size_t paged_rows, nonpaged_rows;
	/* totals: "Pool P:" where printed, else the sum of a file's rows; -1 unknown */
	int64_t paged, nonpaged;
	int64_t paged_sum;
	int64_t mmst;        /* bytes of MmSt; 0 when the capture is whole and has none */
	int mmst_rank;       /* among paged tags; 0 when not there */
	const char *largest; /* the largest paged tag; NULL without paged rows */
	int64_t largest_bytes;
	int64_t commit_limit;
	struct place place;
};

/* One Event 2020 or 2019 of Srv. */
struct exhaustion {
	when_us at;
	int id;
	size_t times; /* 1; in a flood, how many of this id were logged in this minute */
	size_t boot, burst;
	const struct snapshot *before; /* the last of the same boot before it that has a total; NULL: none */
	when_us apart;      /* at most, to the nearest of the same boot, before or after; WHEN_NONE: none */
	int64_t qualifiers; /* -1: none */
	const uint8_t *data;
	size_t data_n;
	struct place place;
};

/* Events with no gap above THRESHOLD_BURST_GAP: no public text says how Srv limits them. */
struct burst {
	int id;
	size_t boot, count;
	when_us first, last;
};
/* a snapshot's clock_source, as store_settle words it */
#define CLOCK_TOLD_AGAINST "told, against the log"
/* a snapshot's clock_source: it says its time in UTC */
#define CLOCK_ITSELF       "the capture itself"

/* A tag in one boot, over time. */
struct tag_series {
	const char *tag, *pool; /* "paged", "nonpaged" */
	int rank;               /* by peak bytes, within its pool */
	bool ordered;        /* some capture has a time, or there is only one: there is a first and a last */
	int64_t first, last; /* bytes, in these; 0 where there are none */
	int64_t peak;        /* bytes, over all snapshots of the server */
	int64_t peak_diff;   /* allocations outstanding at the peak; -1 unknown */
	double share;        /* percent of its pool's total at its peak */
	struct trend trend;  /* bytes over hours, in evidence.judged_boot */
	double rise;         /* bytes: slope times the boot's observed hours; 0 without a slope */
	const struct snapshot **at; /* the snapshots it is in, all boots, by time */
	int64_t *bytes, *diff;      /* allocations outstanding; -1 unknown */
	size_t count;
};

/* Does the tag rise and fall with the number of open or cached files, as MmSt does? */
bool tag_is_kin(struct span tag);

/* What was read of the System log, into which Srv writes. */
struct system_log {
	bool read;                          /* some of it, or a log that does not say which it is */
	when_us first, last;                /* WHEN_NONE: no dated event */
	int64_t records, first_id, last_id; /* -1: no record ids */
	int64_t missing, gaps; /* ids between the first and the last that no source has, in so many places */
	int64_t gap_after;     /* the id before the largest gap */
	bool scattered;        /* so many gaps that they were not kept */
	size_t cleared;        /* events 104 that say so */
	when_us cleared_at;    /* the last */
	struct place cleared_place;
};

struct companion { /* an event kind that speaks for or against, or tells the story of boots */
	const char *provider;
	int id;
	const struct companion_kind *kind; /* NULL: of another program that ran out of resources */
	size_t count, bursts;
	/* so many that say what their kind needs, within THRESHOLD_NEAR of an Event 2020 or the like */
	size_t near;
	when_us first, last;
};

/* A BugCheck, as Event 1001 tells it. */
struct stop {
	when_us at;
	uint32_t code;
	struct place place;
};
#define STOP_NO_PTES 0x3F /* NO_MORE_SYSTEM_PTES */

/* One performance counter of the server, over all samples that have it. */
struct counter_span {
	size_t samples;
	when_us first, last;           /* of the dated ones; WHEN_NONE: none is */
	int64_t lowest, highest;       /* only where there are samples */
	when_us lowest_at, highest_at; /* the first such sample; WHEN_NONE: it is undated */
};

/* PagedPoolQuota, PagedPoolLimit or MaxPagedMemoryUsage, set by somebody. */
struct own_limit {
	const char *name;
	int64_t number;
	struct place place;
};

struct evidence {
	struct arena *arena;
	const struct thresholds *thresholds; /* in force */
	struct store *store;
	int64_t server;
	const char *name;

	struct machine machine;
	const char *os, *os_version, *os_source;
	int service_pack; /* -1 unknown; 0 none */
	const char *arch_source, *ram_source;
	struct list_of_switches {
		const char **items;
		size_t count;
	} switches;
	bool switches_known; /* a boot.ini or the like was read, or switches were told */
	/* which sources state what, where they do not agree; NULL when they do */
	const char *switches_differ;
	int offset; /* minutes, of the last snapshot or the told one */
	bool offset_known;
	const char *offset_source;

	struct counter_span counters[COUNTER_COLUMNS]; /* by column of core/record.h, from COUNTER_PAGED on */
	size_t counter_samples, counters_undated;

	struct own_limit *own_limits; /* by name */
	size_t own_limit_count;
	size_t own_limits_met; /* Events 2017 and 2018 of Srv: its own limit was met */
	bool key_read;         /* the Memory Management key was exported */
	/* When it was last written, by the server's clock, as the source of the settings below says, or where
	 * none is set, the one of the last digest. WHEN_NONE: the text (NULL: there is none) proves no
	 * time. */
	when_us key_written;
	const char *key_written_text;
	struct setting pool_usage_maximum, paged_pool_size;

	/* bytes of paged pool, the most that any capture or counter shows, also where nothing tells which
	 * tags */
	int64_t most_in_use;
	struct pool_limit limit; /* tightened by what was observed */
	enum limit_from {
		LIMIT_TABLE,    /* assumed */
		LIMIT_REGISTRY, /* PagedPoolSize, a request */
		LIMIT_MEASURED, /* by !vm */
		LIMIT_TOLD,
	} limit_from;
	/* a maximum was told, or measured, but more than that was in use: not taken */
	bool told_implausible, measured_implausible;

	/* Free System Page Table Entries, the fewest that were seen; 0: not known */
	int64_t free_ptes;
	const char *free_ptes_source; /* "!vm", "performance counters" */

	when_us first, last; /* of everything dated */
	struct boot *boots;
	size_t boot_count;
	struct snapshot *snapshots; /* system pool, by time, undated ones last */
	size_t snapshot_count, dated_count, top_count;
	size_t session_captures;                         /* of session pools: listed, not judged */
	struct exhaustion *exhaustions;                  /* by time */
	size_t exhaustion_count, count_2020, count_2019; /* entries; events of each id */
	struct exhaustion *texts; /* events of other programs that say they ran out of resources; by time */
	size_t text_count;
	/* What "2020" means in the rules: the events 2020, or where there is none, the texts. */
	const struct exhaustion **shortages;
	size_t shortage_count;
	struct burst *bursts;
	size_t burst_count;
	struct companion *companions;
	size_t companion_count;
	size_t texts_near;  /* texts within THRESHOLD_NEAR of an Event 2020 */
	struct stop *stops; /* by time */
	size_t stop_count;
	/* The most starts in a row, each soon after the one before and without a clean stop between them. */
	size_t loop_starts;
	when_us loop_end; /* the last of them */
	struct hang {
		when_us after; /* from the last Event 2020 before it; WHEN_NONE: there was none */
		int id;        /* 6008, 41 or 1074 */
		struct place place;
	} hang; /* the first */
	struct system_log log;
	int64_t events_read; /* of all kinds, kept or only counted */
	size_t logs, captures;
	size_t unread; /* sources that were recognised or named, but could not be read */

	/* of the last exhaustion event if it holds snapshots, else the one with most; BOOT_NONE */
	size_t judged_boot;
	const struct snapshot *peak; /* the highest paged total of the judged boot that decides; NULL: none */
	struct tag_series *tags;     /* paged by rank, then nonpaged */
	size_t tag_count;
	const struct tag_series *mmst; /* NULL when MmSt is in no capture */
	struct tag_series *kin;        /* of MmSt, beyond `tags`: no verdict rests on them */
	size_t kin_count;
	struct owner_row *wild; /* of the user's tag lists: tags with ? or * */
	size_t wild_count;
};

/* Loads all that the store holds about a server; the arena owns it, the thresholds must live as long. */
struct evidence *evidence_load(struct store *store, int64_t server, const char *name,
	const struct thresholds *thresholds, struct arena *a);

static inline double threshold(const struct evidence *e, enum threshold_id id)
{
	return e->thresholds->value[id];
}

/* The parts of loading, in their order. */
void evidence_host(struct evidence *e);
/* read_from: the source that says that the key was read, for its time where no value is set */
void evidence_registry(struct evidence *e, int64_t read_from);
void evidence_snapshots(struct evidence *e);
void evidence_counters(struct evidence *e);
void evidence_events(struct evidence *e);
void evidence_log(struct evidence *e);
void evidence_boots(struct evidence *e);
void evidence_stops(struct evidence *e);
void evidence_limit(struct evidence *e);
void evidence_tags(struct evidence *e);
void evidence_owners(struct evidence *e);

/* Name of the source, line and record id, in three columns from this one on. */
struct place place_read(struct query *q, int first, struct arena *a);
/* So many of e->shortages are not after this time. */
size_t evidence_shortages(const struct evidence *e, when_us until);
/* Is a boot switch that begins so among those that were read or told? */
bool evidence_switch(const struct evidence *e, const char *name);

/* Who owns a tag: what the user's own pooltag.txt or localtag.txt says, else the built-in table. */
struct owner_found {
	const char *what;                   /* the user's lists: and which file says so; NULL: nobody knows */
	const char *source;                 /* of what; NULL: nobody knows */
	bool listed;                        /* in the user's lists */
	const char *remedy, *remedy_source; /* of the built-in table; NULL: none is published */
};
struct owner_found evidence_owner(const struct evidence *e, const char *tag);

/* "No Event 2020 was logged" proves nothing for the time of these poolsnaps: the System log was not read, or
 * begins after the first, or ends a day before the last, or was cleared between. NULL: it covers them. */
const char *evidence_log_fault(const struct evidence *e);
/* The same, or it holds too little to show that something was not logged. */
const char *evidence_log_weak(const struct evidence *e);

/* SQL: does the source c of the server s belong to nobody, so that every server's report names it? Tag lists
 * do, and what was not read. */
#define OF_EVERY_SERVER(s, c) \
	"(" s ".name = '" STORE_UNNAMED "' AND (" c ".id IN (SELECT source FROM owner) OR " c \
	".status IN ('unrecognised'," \
	" 'unreadable')))"

/* Which events are kept: what the analyses use; all others are counted. */
bool evidence_uses(const struct record *event);

#endif
