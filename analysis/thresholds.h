/* SPDX-License-Identifier: MIT
 * Every number that decides something: what it is for, who says so, and what is in force. */
#ifndef ANALYSIS_THRESHOLDS_H
#define ANALYSIS_THRESHOLDS_H

#include "core/core.h"
#include "core/when.h"

/* id, name in texts and in the file of --config, unit, value, the least and the most that may be set
 * (PUBLISHED: not ours to change), what it is for, who says so. */
/* clang-format off */
#define PUBLISHED 0, 0
#define THRESHOLDS(T) \
	T(TRIM_DEFAULT, "trim-default", PERCENT, 80, PUBLISHED, "of the maximum: where trimming starts when PoolUsageMaximum is absent or 0", "KB 312362") \
	T(STEP_FIRST, "step-first", PERCENT, 60, PUBLISHED, "the first value of PoolUsageMaximum, and never above it", "KB 312362; KB 304101") \
	T(STEP_NEXT, "step-next", PERCENT, 50, PUBLISHED, "the next value", "KB 312362") \
	T(STEP_LAST, "step-last", PERCENT, 40, PUBLISHED, "the last documented value, and the first with /3GB", "KB 312362; KB 304101") \
	T(PTES_NEEDED, "ptes-needed", COUNT, 40000, PUBLISHED, "Free System Page Table Entries: more must be free before PagedPoolSize becomes 0xFFFFFFFF", "KB 304101") \
	T(USE_WATCH, "use-watch", PERCENT, 60, PUBLISHED, "of the maximum: from here on use is worth a warning", "Microsoft scenario guide 2024") \
	T(USE_FULL, "use-full", PERCENT, 80, PUBLISHED, "of the maximum: from here on use is critical and counts as exhaustion", "Microsoft scenario guide 2024; KB 312362") \
	T(HANDLES_MANY, "handles-many", COUNT, 5000, PUBLISHED, "handles of one process: the ball-park from which it is worth a look", "ntdebugging 2006") \
	T(HANDLES_RISE, "handles-rise", COUNT, 100, PUBLISHED, "handles of all processes together in an hour: a rise that speaks for a leak", "PAL") \
	T(MMST_NOTABLE, "mmst-notable", MEGABYTES, 80, PUBLISHED, "bytes of MmSt from which it is notable", "KB 304101") \
	T(BURST_GAP, "burst-gap", HOURS, 1, PUBLISHED, "events further apart belong to different bursts", "ours, fixed: the JSON keys rest on it") \
	T(SHARE_STRONG, "share-strong", PERCENT, 40, 1, 100, "of the paged pool: a share that counts strongly", "ours: the article only says largest") \
	T(POINTS_HIGH, "points-high", COUNT, 5, 1, 20, "points from which confidence is high", "ours") \
	T(POINTS_MEDIUM, "points-medium", COUNT, 3, 1, 20, "points from which confidence is medium", "ours") \
	T(ONE_START, "one-start", MINUTES, 10, 1, 60, "apart at most: events and uptimes that tell of one start", "ours") \
	T(PLANNED, "planned", MINUTES, 30, 1, 240, "a planned restart takes no longer to the next start", "ours") \
	T(NEAR, "near", HOURS, 2, 0.25, 24, "a poolsnap or a companion event this close to Event 2020 belongs to it", "ours") \
	T(NEAR_MOST, "near-most", HOURS, 4, 0.25, 72, "without a poolsnap this close to Event 2020 the timing is not proven", "ours") \
	T(BURST_WINDOW, "burst-window", HOURS, 2, 0.25, 24, "between two poolsnaps: the longest time over which a burst is measured", "ours") \
	T(BURST_EVENT, "burst-event", HOURS, 1, 0.1, 4, "a poolsnap this short before Event 2020 shows the room that the burst used up", "ours") \
	T(BURST_SAFETY, "burst-safety", TIMES, 1.25, 1, 4, "the measured burst must fit this often above the trim start", "ours: a burst between poolsnaps is a lower bound") \
	T(BURST_VISIBLE, "burst-visible", PERCENT, 10, 1, 100, "of the pool: a rise that counts as a visible burst", "ours: smaller rises are there at any time") \
	T(CLAIM_P, "claim-p", PROBABILITY, 0.05, 0.0001, 0.2, "p below which a trend or an association is claimed", "convention") \
	T(GROWS_SHARE, "grows-share", PERCENT, 10, 1, 100, "of its pool: the rise from which a tag counts as growing", "ours") \
	T(RIVAL_SHARE, "rival-share", PERCENT, 25, 1, 100, "of MmSt's rise: the rise from which another tag is a rival", "ours") \
	T(WATCH_GAP, "watch-gap", HOURS, 4, 0.25, 72, "between two poolsnaps: a longer time counts as not watched", "ours") \
	T(GROWTH_BEFORE, "growth-before", HOURS, 2, 0.25, 24, "before a burst: over this time growth is told", "ours") \
	T(RATE_BURSTS, "rate-bursts", COUNT, 3, 2, 1000, "bursts seen, the fewest that give a rate", "ours: two reach no p that means anything") \
	T(RATE_HOURS, "rate-hours", HOURS, 1, 0.25, 168, "watched with MmSt high, and as much with it low: the least that gives a rate", "ours") \
	T(RIVAL_KIN, "rival-kin", PERCENT, 100, 1, 1000, "of MmSt's rise: the same for a tag that is kept for each open or cached file and rises with MmSt as a rule", "ours: control areas, segments, cache maps and NTFS structures come with mapped files") \
	T(HELD_SNAPSHOTS, "held-snapshots", COUNT, 4, 3, 1000, "poolsnaps without a fall, the fewest that show held segments", "ours: four rises in a row come by chance once in 24") \
	T(HELD_NIGHT, "held-night", HOURS, 2, 0.5, 8, "of 22:00 to 06:00 of the server's clock: the quiet time they must include", "ours") \
	T(SHAPE_POINTS, "shape-points", COUNT, 4, 3, 1000, "poolsnaps of one boot, the fewest that have a shape", "ours: four rises in a row come by chance once in 24") \
	T(SHAPE_TIME, "shape-time", HOURS, 1, PUBLISHED, "of poolsnaps, the least that has a shape", "PAL") \
	T(SHAPE_LEVEL, "shape-level", PERCENT, 10, 1, 50, "of the tag's peak: less is level", "ours") \
	T(SHAPE_SETTLED, "shape-settled", PERCENT, 25, 1, 50, "of the range, over the later half of the time: what rose has settled", "ours: an even rise uses half of it") \
	T(SHAPE_SWING, "shape-swing", PERCENT, 20, 1, 90, "of the higher end: a rise and a fall that make a tooth; of the peak: a burst", "ours") \
	T(SHAPE_NOISE, "shape-noise", PERCENT, 5, 0.1, 50, "of the peak: less is no swing and no fall", "ours") \
	T(SHAPE_KEPT, "shape-kept", PERCENT, 10, 1, 90, "of the value before a fall, or of the rise: what gives back less keeps it", "ours") \
	T(SHAPE_BURST, "shape-burst", PERCENT, 50, 10, 100, "of the range within burst-window: a burst", "ours") \
	T(SHAPE_EVEN, "shape-even", TIMES, 2, 1, 10, "what an even rise would give in that time: a burst", "ours") \
	T(NIGHT_MOST, "night-most", PERCENT, 50, 10, 100, "of the time between two poolsnaps that is night, for a change to be the night's", "ours") \
	T(PERCENT_LEAST, "percent-least", MEGABYTES, 1, 0, 1024, "of peak: smaller tags are not ranked by growth in percent", "ours") \
	T(ALLOC_LARGE, "alloc-large", KILOBYTES, 10, 1, 1024, "of MmSt in an allocation: few large files", "ours: stands for 5 MB of file and more") \
	T(ALLOC_SMALL, "alloc-small", KILOBYTES, 1, 0.1, 1024, "of MmSt in an allocation: less means very many small files", "ours: stands for 1 MB of file and less") \
	T(FORECAST_FAR, "forecast-far", HOURS, 24, 1, 168, "from the last poolsnap: further on, the same hour of day must have been compared", "ours") \
	T(FORECAST_PAIRS, "forecast-pairs", COUNT, 3, 1, 1000, "pairs of poolsnaps at the same hour of different days, the fewest that are a comparison", "ours") \
	T(FORECAST_DAILY, "forecast-daily", PERCENT, 50, 1, 100, "of what the slope says for a day: a rise from day to day that is less is daily load", "ours") \
	T(SAME_HOUR, "same-hour", HOURS, 1, 0.1, 3, "apart at most: two times of day that are the same hour", "ours") \
	T(SAME_HOUR_DAYS, "same-hour-days", COUNT, 7, 1, 30, "apart at most: two days that are compared", "ours") \
	T(RAM_64GB, "ram-64gb", GIGABYTES, 60, 32, 64, "RAM that counts as 64 GB", "ours: systeminfo may print 65,535 MB of the 64 GB that KB 312362 names") \
	T(RAN_ON, "ran-on", HOURS, 168, 1, 8760, "a server that runs on this long after a stop was not kept from starting", "ours") \
	T(LOOP_STARTS, "loop-starts", COUNT, 4, 3, 100, "starts in a row that make a boot loop", "ours") \
	T(LOOP_APART, "loop-apart", MINUTES, 15, 1, 120, "between the starts of a boot loop at most", "ours") \
	T(HANG, "hang", HOURS, 24, 1, 168, "an unclean stop this soon after Event 2020 belongs to it", "ours") \
	T(MODERN_NORMAL, "modern-normal", GIGABYTES, 1, 0.1, 64, "paged pool that is normal on Vista and later where the limit is not known", "ours") \
	T(HELD_SINCE, "held-since", HOURS, 720, 24, 8760, "of log after a restart without Event 2020: the value that is set has held", "ours: KB 304101 speaks of a month for a whole cycle of backups") \
	T(LOG_SILENT, "log-silent", HOURS, 24, 1, 168, "a log that ends this long before the last poolsnap does not cover it", "ours: Event 6013 is logged every day") \
	T(LOG_THIN, "log-thin", COUNT, 10, 1, 100000, "events: a System log with fewer may be a filtered export", "ours") \
	T(LOG_MISSING, "log-missing", PERCENT, 10, 0, 100, "of its record ids: a System log that lacks more cannot show that nothing was logged", "ours")
/* clang-format on */

struct reader;

enum threshold_id {
#define T(id, ...) THRESHOLD_##id,
	THRESHOLDS(T)
#undef T
		THRESHOLD_COUNT
};

enum threshold_unit { PERCENT, COUNT, KILOBYTES, MEGABYTES, GIGABYTES, HOURS, MINUTES, TIMES, PROBABILITY };

struct threshold {
	const char *name;
	enum threshold_unit unit;
	double value, least, most; /* both ends 0: published, cannot be set */
	const char *about, *source;
};
extern const struct threshold threshold_table[THRESHOLD_COUNT];

/* The values in force, in the units of the table. */
struct thresholds {
	double value[THRESHOLD_COUNT];
	const char *origin[THRESHOLD_COUNT]; /* "--config, line 3"; NULL: the table's own source holds */
};
extern const struct thresholds thresholds_default; /* of the table */

/* Reads lines like "near = 3" or "near = 3 h"; # begins a comment. A published or unknown name, a value out
 * of range or a name that stands twice is refused with a sentence that begins "NAME:LINE: ". Origins live in
 * the arena. */
int thresholds_read(struct thresholds *t, struct reader *r, const char *name, struct arena *a, struct err *e);

/* "60 %", "2 h", "40,000", "80 MB"; the text lives in the arena. */
const char *threshold_words(const struct thresholds *t, enum threshold_id id, struct arena *a);
/* "{near}" in the text becomes the words of that threshold; a name that is none dies. */
const char *threshold_fill(const struct thresholds *t, const char *text, struct arena *a);
/* Is "{name}" of this threshold in the text? */
bool threshold_named(enum threshold_id id, const char *text);

when_us threshold_time(const struct thresholds *t, enum threshold_id id);  /* of HOURS, MINUTES */
int64_t threshold_bytes(const struct thresholds *t, enum threshold_id id); /* of sizes */

#endif
