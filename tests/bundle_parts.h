/* SPDX-License-Identifier: MIT
 * What the files of the bundle generator share: buffer, random numbers, clock, events, snapshots. */
#ifndef TESTS_BUNDLE_PARTS_H
#define TESTS_BUNDLE_PARTS_H

#include "tests/bundle.h"

_Noreturn void bundle_die(const char *what, const char *which);
void *bundle_room(size_t size); /* zeroed; ends the program when there is none; free() it */

struct out {
	char *p;
	size_t n, room;
};

void out_bytes(struct out *o, const char *p, size_t n);
void out_text(struct out *o, const char *text);
void out_times(struct out *o, struct bytes b);
void out_print(struct out *o, const char *format, ...) PRINTF_LIKE(2, 3);
/* Writes dir/file in that encoding and empties the buffer. Text is UTF-8; other bytes pass as they are. */
void out_save(struct out *o, const char *dir, const char *file, enum encoding encoding);
void out_free(struct out *o);
size_t utf8_read(const char *p, size_t n, uint32_t *rune); /* bytes used; 0 when they are not UTF-8 */

struct rng {
	uint64_t state;
};

struct rng rng_for(const struct scenario *s, const char *purpose); /* a stream of its own for each purpose */
uint32_t rng_below(struct rng *r, uint32_t n);
int32_t rng_between(struct rng *r, int32_t low, int32_t high);

struct civil {
	int year, month, day, hour, minute, second, weekday; /* Sunday 0 */
};

int64_t clock_utc(const struct zone *z, const char *local); /* seconds since 1970 */
struct civil clock_local(const struct zone *z, int64_t utc);
struct civil clock_civil(int64_t seconds);
const char *clock_weekday(int weekday);
const char *clock_month(int month);
unsigned clock_busy(const struct zone *z, int64_t utc); /* per mille: how busy an office is at that time */
/* When the kernel of the last boot started: some seconds before the event log did. */
int64_t clock_boot(const struct scenario *s, int64_t utc);
unsigned clock_twelve(int hour); /* 0..23 to 12, 1..11 */

void log_write(const struct scenario *s, const char *dir);     /* bundle_log.c */
void pool_write(const struct scenario *s, const char *dir);    /* bundle_pool.c */
void context_write(const struct scenario *s, const char *dir); /* bundle_context.c */

#define EVENT_STRINGS 8

struct event {
	int64_t time;
	unsigned order; /* of writing, for events of one second */
	uint32_t record;
	struct bytes provider;
	uint16_t id, qualifiers;
	uint8_t level;
	const char *channel; /* NULL: System */
	const char *sid;
	unsigned strings;
	struct bytes string[EVENT_STRINGS]; /* may point into text */
	size_t text_n, data_n;
	char text[400];
	unsigned char data[768];
};

struct event_kind {
	const char *provider;
	uint16_t id, qualifiers;
	uint8_t level;
};

struct event_log {
	struct event **events; /* each its own, so that they can be sorted while strings point into them */
	size_t n, room;
};

/* bundle_events.c: one event at a time, in the shapes of a classic log */
struct event *event_add(struct event_log *log, int64_t time, struct event_kind kind);
void event_string(struct event *e, const char *format, ...) PRINTF_LIKE(2, 3);
void event_bytes(struct event *e, struct bytes b);
/* An error packet of the kernel (IO_ERROR_LOG_PACKET); the strings must have been added before. */
void event_packet(struct event *e, unsigned string_offset, uint32_t status, const uint32_t *dump, size_t n);
void event_start(struct event_log *log, const struct scenario *s, int64_t up);  /* 6009, 6005, 6013 */
void event_uptime(struct event_log *log, const struct scenario *s, int64_t at); /* 6013 */
void event_stop(struct event_log *log, const struct scenario *s, int64_t down, const struct boot *b);
void event_burst(struct event_log *log, const struct scenario *s, const struct burst *b, struct rng *r);
void events_free(struct event_log *log);

/* bundle_log.c: the events of that time span, in their order */
void log_save(
	const struct scenario *s, const struct event_log *log, const struct log_file *f, const char *dir);

/* bundle_workload.c: everything the scenario logs, in order of time, with record numbers */
void workload_make(const struct scenario *s, struct event_log *log);

struct held {
	const struct tag_row *row;
	uint32_t allocs, frees, diff;
	uint64_t bytes;
};

struct snapshot {
	int64_t time;
	const struct snap_plan *plan;
	unsigned number; /* within its plan, from 0 */
	unsigned hundredths;
	uint32_t faults, avail_kib, commit_kib, limit_kib, peak_kib, krnl_kib, resident_kib, nonpaged_kib,
		paged_kib;
	struct held *held; /* one for each tag of the table */
	size_t n;
};

struct tag_table {
	struct tag_row *row;
	size_t n;
};

/* bundle_tags.c: the common table with the scenario's tags and shapes */
struct tag_table tags_make(const struct scenario *s);
/* bundle_growth.c: all snapshots of all plans in order of time; free with growth_free */
struct snapshot *growth_make(const struct scenario *s, const struct tag_table *t, size_t *n);
void growth_free(struct snapshot *snapshots, size_t n);
/* bundle_pool.c: those of one plan, into its files */
void pool_save(const struct scenario *s, const struct snap_plan *plan, const struct snapshot *snaps, size_t n,
	const char *dir);

extern const struct scenario bundle_hostile; /* bundle_hostile.c */

#endif
