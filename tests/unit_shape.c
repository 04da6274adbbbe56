/* SPDX-License-Identifier: MIT
 * Is each shape of growth told where the captures show it, and another one where something small is
 * different? */
#include "analysis/mmst.h"
#include "analysis/night.h"
#include "analysis/same_hour.h"
#include "analysis/shape.h"
#include "core/core.h"
#include "tests/check.h"

#include <stdlib.h>

#define MIB ((int64_t)1 << 20)

/* ---- night ---- */

/* Hour by hour, as slowly as it is meant. */
static when_us night_counted(when_us from, when_us to)
{
	when_us night = 0;

	for (when_us t = from; t < to; t += WHEN_MINUTE) {
		int hour = when_to_civil(t).hour;

		night += hour >= 22 || hour < 6 ? WHEN_MINUTE : 0;
	}
	return night;
}

static void test_night(void)
{
	const when_us day = when_civil(2009, 10, 14, 0, 0, 0, 0),
		      before = when_civil(1969, 12, 30, 0, 0, 0, 0);

	CHECK_INT(night_between(day + 6 * WHEN_HOUR, day + 22 * WHEN_HOUR), 0);
	CHECK_INT(night_between(day + 6 * WHEN_HOUR, day + 22 * WHEN_HOUR + 1), 1);
	CHECK_INT(night_between(day + 6 * WHEN_HOUR - 1, day + 22 * WHEN_HOUR), 1);
	CHECK_INT(night_between(day + 22 * WHEN_HOUR, day + 30 * WHEN_HOUR), 8 * WHEN_HOUR);
	CHECK_INT(night_between(day, day + 365 * WHEN_DAY), 365 * 8 * WHEN_HOUR);
	CHECK_INT(night_between(day + 1, day), 0);
	CHECK_INT(night_between(day, day), 0);
	for (int i = 0; i < 48; i++) {
		CHECK_INT(night_between(day, day + i * WHEN_HOUR), night_counted(day, day + i * WHEN_HOUR));
		CHECK_INT(night_between(before + i * WHEN_HOUR, before + 100 * WHEN_HOUR),
			night_counted(before + i * WHEN_HOUR, before + 100 * WHEN_HOUR));
	}
}

/* ---- the largest rise within a time ---- */

static bool rise_compared(const when_us *at, const int64_t *bytes, size_t n, when_us window, struct rise *out)
{
	bool found = false;

	for (size_t i = 0; i < n; i++) {
		for (size_t k = i + 1; k < n && at[k] - at[i] <= window; k++) {
			if (at[k] == at[i] || (found && bytes[k] - bytes[i] <= out->bytes))
				continue;
			*out = (struct rise){ i, k, bytes[k] - bytes[i] };
			found = true;
		}
	}
	return found;
}

static void test_window(void)
{
	when_us at[12] = { 0 };
	int64_t bytes[12] = { 0 };
	struct rise got, want = { 0, 0, 0 };
	uint32_t seed = 1;

	CHECK(!rise_within(at, bytes, 0, 10, &got));
	CHECK(!rise_within(at, bytes, 1, 10, &got));
	CHECK(!rise_within(at, bytes, 12, 10, &got)); /* all at one time */
	/* Few different values, so that there are ties of all kinds. */
	for (int round = 0; round < 5000; round++) {
		size_t n = 0;

		for (when_us t = 0; n < LEN(at); n++) {
			seed = seed * 1664525 + 1013904223;
			t += seed >> 30;
			at[n] = t;
			bytes[n] = (seed >> 20) % 7;
		}
		bool found = rise_within(at, bytes, n, round % 6, &got);

		CHECK_INT(found, rise_compared(at, bytes, n, round % 6, &want));
		if (!found)
			continue;
		CHECK_INT(got.from, want.from);
		CHECK_INT(got.to, want.to);
		CHECK_INT(got.bytes, want.bytes);
	}
}

/* Fifty thousand captures within the same two hours: compared each with each this would take minutes. */
static void test_many(void)
{
	const size_t n = 50000;
	struct arena *a = arena_open();
	struct shape_point *p = arena_alloc(a, n * sizeof *p);
	struct shape s;

	for (size_t i = 0; i < n; i++)
		p[i] = (struct shape_point){ (when_us)i * WHEN_SECOND / 10, (when_us)i * WHEN_SECOND / 10,
			(int64_t)(50000 + i), -1 };
	shape_of(p, n, &thresholds_default, &s);
	CHECK_INT(s.kind, SHAPE_RISING);
	CHECK_INT(s.burst.bytes, (int64_t)n - 1);
	arena_close(a);
}

/* ---- shapes ---- */

#define MOST 64

/* Values in MiB at equal distances, from an hour of a day by the server's clock on; a negative one ends. */
struct drawn {
	const char *name;
	double hour, step; /* hours */
	enum shape_kind kind;
	const char *what; /* NULL: not looked at */
	bool no_clock, diff_flat, diff_unknown;
	double mib[MOST];
};
#define END -1

static size_t points_of(const struct drawn *d, struct shape_point *p)
{
	const when_us start = when_civil(2009, 10, 14, 0, 0, 0, 0) + (when_us)(d->hour * (double)WHEN_HOUR);
	size_t n = 0;

	for (; n < MOST && d->mib[n] >= 0; n++) {
		when_us at = start + (when_us)(d->step * (double)n * (double)WHEN_HOUR);

		p[n] = (struct shape_point){ at, d->no_clock ? WHEN_NONE : at,
			(int64_t)(d->mib[n] * (double)MIB),
			d->diff_unknown ? -1
			: d->diff_flat  ? 1000 + (int64_t)(n % 2)
					: (int64_t)(d->mib[n] * 10) };
	}
	return n;
}

static const struct drawn drawn[] = {
	/* ---- leak: through the night, and not given back ---- */
	{ "rises all day and night", 8, 2, SHAPE_LEAK, "rises, at night too",
		.mib = { 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, END } },
	{ "by day only, two days", 8, 4, SHAPE_LEAK, "rises, and keeps it over night",
		.mib = { 20, 30, 40, 45, 45, 45, 45, 55, 65, 70, 70, 70, 70, 80, END } },
	{ "once a day at noon", 12, 24, SHAPE_LEAK, "rises, and keeps it over night",
		.mib = { 20, 24, 29, 33, 38, 44, END } },
	{ "with dips of a few percent", 8, 2, SHAPE_LEAK, "rises, at night too",
		.mib = { 100, 112, 108, 120, 131, 127, 140, 150, 145, 160, 172, 168, END } },
	{ "allocations not known", 8, 2, SHAPE_LEAK, "rises, at night too", .diff_unknown = true,
		.mib = { 20, 25, 30, 35, 40, 45, 50, 55, 60, END } },
	/* 20:00 to 24:00: two hours of night, which is just enough */
	{ "two hours of night", 16, 1, SHAPE_LEAK, "rises, at night too",
		.mib = { 20, 25, 30, 35, 40, 45, 50, 55, 60, END } },
	{ "half an hour less", 15.5, 1, SHAPE_RISING, "rises; no quiet hours were seen",
		.mib = { 20, 25, 30, 35, 40, 45, 50, 55, 60, END } },
	{ "by day only", 8, 1, SHAPE_RISING, "rises; no quiet hours were seen",
		.mib = { 20, 25, 30, 35, 40, 45, 50, 55, 60, END } },
	{ "the clock is not known", 8, 2, SHAPE_RISING, "rises; quiet hours are not known", .no_clock = true,
		.mib = { 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, END } },
	{ "larger allocations, not more", 8, 2, SHAPE_RISING, "rises, but not in allocations",
		.diff_flat = true, .mib = { 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, END } },
	/* 9 % of the peak, but an eighth of the rise */
	{ "a part is given back at night", 10, 4, SHAPE_RISING, "rises, gives part back at night",
		.mib = { 100, 110, 120, 120, 113, 113, 122, 130, 140, 140, 131, 131, 150, END } },
	{ "falls of 15 percent", 8, 2, SHAPE_RISING, "rises, with falls between",
		.mib = { 20, 30, 40, 34, 50, 60, 51, 70, 80, 70, 90, 100, END } },

	/* ---- sawtooth ---- */
	{ "two teeth", 8, 1, SHAPE_SAWTOOTH, NULL, .mib = { 50, 80, 110, 60, 90, 120, 70, END } },
	{ "up, and down again overnight", 8, 2, SHAPE_SAWTOOTH, NULL,
		.mib = { 40, 80, 120, 160, 200, 230, 200, 160, 120, 90, 60, 50, END } },
	{ "teeth of exactly a fifth", 8, 1, SHAPE_SAWTOOTH, NULL,
		.mib = { 80, 100, 80, 100, 80, 100, 80, END } },
	{ "teeth of a little less", 8, 1, SHAPE_UNDECIDED, "no clear shape",
		.mib = { 81, 100, 81, 100, 81, 100, 81, END } },
	{ "noise is no sawtooth", 8, 1, SHAPE_PLATEAU, "level throughout",
		.mib = { 100, 96, 103, 98, 104, 95, 101, END } },
	{ "down, then up again", 20, 2, SHAPE_SAWTOOTH, NULL,
		.mib = { 200, 160, 120, 80, 60, 60, 90, 130, 170, END } },
	/* 1, 2, 1, 2 MiB beside a peak of 100 is no swing, however much of 2 it is */
	{ "small values before a rise", 8, 2, SHAPE_LEAK, NULL,
		.mib = { 1, 2, 1, 2, 10, 20, 35, 50, 65, 80, 90, 100, END } },

	/* ---- plateau ---- */
	{ "level", 8, 1, SHAPE_PLATEAU, "level throughout", .mib = { 100, 100, 100, 100, END } },
	{ "nothing at all", 8, 1, SHAPE_PLATEAU, "level throughout", .mib = { 0, 0, 0, 0, 0, END } },
	{ "a rise of just a tenth", 8, 2, SHAPE_PLATEAU, "level throughout",
		.mib = { 90, 92, 94, 96, 98, 100, END } },
	{ "a rise of a little more", 20, 2, SHAPE_LEAK, NULL, .mib = { 89, 91, 94, 96, 98, 100, END } },
	{ "filled, then level through the night", 8, 2, SHAPE_PLATEAU, "rose, then stayed level",
		.mib = { 40, 90, 150, 190, 195, 200, 198, 201, 199, 202, 200, END } },
	{ "filled, then rising on", 8, 2, SHAPE_LEAK, NULL,
		.mib = { 40, 60, 80, 100, 120, 140, 155, 170, 185, 200, 215, END } },

	/* ---- burst ---- */
	{ "level, then a burst", 8, 1, SHAPE_BURST, "most of its growth in one short burst",
		.mib = { 50, 50, 51, 50, 52, 51, 50, 52, 90, 130, END } },
	{ "a burst that falls back", 8, 1, SHAPE_BURST, "a short burst that fell back",
		.mib = { 50, 50, 51, 50, 100, 150, 60, 52, 50, 51, END } },
	{ "the same growth, even", 8, 1, SHAPE_RISING, NULL,
		.mib = { 50, 58, 67, 76, 85, 94, 103, 112, 121, 130, END } },
	/* in 3 h, two of them are most of any growth */
	{ "too short to tell a burst", 8, 0.5, SHAPE_RISING, NULL,
		.mib = { 50, 50, 52, 70, 90, 120, 130, END } },
	{ "two bursts that fall back are teeth", 8, 1, SHAPE_SAWTOOTH, NULL,
		.mib = { 50, 50, 150, 50, 50, 50, 150, 50, 50, 50, END } },
	{ "captures too far apart for a burst", 8, 3, SHAPE_UNDECIDED, "no clear shape",
		.mib = { 50, 52, 53, 54, 130, END } },
	{ "small steps in noise are no burst", 8, 1, SHAPE_UNDECIDED, "no clear shape",
		.mib = { 100, 95, 101, 106, 97, 94, 107, 99, 95, 103, END } },

	/* ---- falling, undecided ---- */
	{ "falls steadily", 8, 1, SHAPE_FALLING, "falls", .mib = { 100, 98, 95, 92, 90, 87, 85, END } },
	{ "falls at once", 8, 1, SHAPE_FALLING, "falls", .mib = { 200, 198, 90, 89, 91, END } },
	{ "three captures", 8, 2, SHAPE_UNDECIDED, "too few poolsnaps of one boot",
		.mib = { 20, 90, 20, END } },
	{ "four captures, rising", 8, 2, SHAPE_UNDECIDED, "too few poolsnaps to show a trend; 5 can",
		.mib = { 20, 40, 60, 80, END } },
	{ "five captures, rising", 8, 2, SHAPE_RISING, NULL, .mib = { 20, 40, 60, 80, 100, END } },
	{ "just an hour", 8, 0.25, SHAPE_RISING, NULL, .mib = { 20, 40, 60, 80, 100, END } },
	{ "less than an hour", 8, 0.24, SHAPE_UNDECIDED, "too short a time of poolsnaps",
		.mib = { 20, 40, 60, 80, 100, END } },
	{ "one capture", 8, 1, SHAPE_UNDECIDED, "too few poolsnaps of one boot", .mib = { 20, END } },
	{ "none", 8, 1, SHAPE_UNDECIDED, "too few poolsnaps of one boot", .mib = { END } },
};

static void test_shapes(void)
{
	for (size_t i = 0; i < LEN(drawn); i++) {
		struct shape_point p[MOST];
		struct shape s;

		shape_of(p, points_of(&drawn[i], p), &thresholds_default, &s);
		if (!check_count(
			    s.kind == drawn[i].kind && (!drawn[i].what || strcmp(s.what, drawn[i].what) == 0),
			    __FILE__, __LINE__))
			printf("%s: %s (%s), not %s\n", drawn[i].name, shape_name(s.kind), s.what,
				shape_name(drawn[i].kind));
	}
}

/* All bytes by one factor, and all times by whole days: the shape is the same. */
static void test_scale(void)
{
	for (size_t i = 0; i < LEN(drawn); i++) {
		struct shape_point p[MOST];
		struct shape s, scaled;
		size_t n = points_of(&drawn[i], p);

		shape_of(p, n, &thresholds_default, &s);
		for (size_t k = 0; k < n; k++) {
			p[k].bytes *= 16;
			p[k].at += 3 * WHEN_DAY;
			p[k].local += p[k].local == WHEN_NONE ? 0 : 3 * WHEN_DAY;
		}
		shape_of(p, n, &thresholds_default, &scaled);
		CHECK_INT(scaled.kind, s.kind);
		CHECK_INT(scaled.night, s.night);
		CHECK_INT(scaled.fall.bytes, 16 * s.fall.bytes);
	}
}

static void test_numbers(void)
{
	static const struct drawn d = { "", 18, 2, SHAPE_UNDECIDED, NULL,
		.mib = { 40, 60, 50, 55, 70, 65, 80, 90, END } };
	struct shape_point p[MOST];
	struct shape s;
	size_t n = points_of(&d, p);

	shape_of(p, n, &thresholds_default, &s);
	CHECK_INT(s.n, 8);
	CHECK_INT(s.length, 14 * WHEN_HOUR);
	CHECK_INT(s.first, 40 * MIB);
	CHECK_INT(s.last, 90 * MIB);
	CHECK_INT(s.peak, 90 * MIB);
	CHECK_INT(s.lowest, 40 * MIB);
	CHECK_NEAR(s.average, 63.75 * (double)MIB, 0);
	CHECK_INT(s.fall.bytes, 10 * MIB);
	CHECK_INT(s.fall.from, 1);
	CHECK_INT(s.fall.to, 2);
	CHECK_NEAR(s.fall_percent, 100.0 / 6, 1e-12);
	CHECK(s.burst_known);
	CHECK_INT(s.burst.bytes, 20 * MIB);
	CHECK_INT(s.burst.from, 0);
	CHECK_INT(s.burst.to, 1);
	/* 18:00 to 08:00; in the captures from 22:00 on it went from 50 to 80 */
	CHECK(s.night_known);
	CHECK_INT(s.night, 8 * WHEN_HOUR);
	CHECK_INT(s.night_seen, 8 * WHEN_HOUR);
	CHECK_INT(s.night_rise, 30 * MIB);
	CHECK_INT(s.diff_follows, YES);
	/* One that is more than 2 h apart is no burst. */
	for (size_t i = 0; i < n; i++)
		p[i].at += (when_us)i;
	shape_of(p, n, &thresholds_default, &s);
	CHECK(!s.burst_known);
	/* One capture without a known clock leaves the night unknown. */
	p[3].local = WHEN_NONE;
	shape_of(p, n, &thresholds_default, &s);
	CHECK(!s.night_known);
	CHECK_INT(s.night, 0);
	CHECK_INT(s.night_rise, 0);
	/* Four counts are too few to say that they do not follow. */
	for (size_t i = 4; i < n; i++)
		p[i].diff = -1;
	shape_of(p, n, &thresholds_default, &s);
	CHECK_INT(s.diff_follows, NOT_KNOWN);
}

/* ---- day by day ---- */

static void test_same_hour(void)
{
	when_us at[200];
	int64_t bytes[200];
	struct same_hour d;

	/* every 4 h for 3 days: up 60 by 16:00, back at night, and 5 more each day */
	for (int i = 0; i < 18; i++) {
		at[i] = i * 4 * WHEN_HOUR;
		bytes[i] = 100 + (i / 6) * 5 + (i % 6 < 4 ? i % 6 : 6 - i % 6) * 20;
	}
	d = same_hour_rise(at, bytes, 18, &thresholds_default);
	CHECK_INT(d.pairs, 12);
	CHECK_NEAR(d.rise, 5, 0);
	/* within 24 h but an hour there is none; with the hour there is one */
	d = same_hour_rise(at, bytes, 6, &thresholds_default);
	CHECK_INT(d.pairs, 0);
	CHECK_NEAR(d.rise, 0, 0);
	at[1] = 23 * WHEN_HOUR;
	d = same_hour_rise(at, bytes, 2, &thresholds_default);
	CHECK_INT(d.pairs, 1);
	at[1]--;
	CHECK_INT(same_hour_rise(at, bytes, 2, &thresholds_default).pairs, 0);
	at[1] = 25 * WHEN_HOUR;
	CHECK_INT(same_hour_rise(at, bytes, 2, &thresholds_default).pairs, 1);
	at[1]++;
	CHECK_INT(same_hour_rise(at, bytes, 2, &thresholds_default).pairs, 0);
	/* over a weekend: what it rises by in a day */
	at[1] = 3 * WHEN_DAY;
	bytes[0] = 100;
	bytes[1] = 130;
	CHECK_NEAR(same_hour_rise(at, bytes, 2, &thresholds_default).rise, 10, 0);
	at[1] = 8 * WHEN_DAY;
	CHECK_INT(same_hour_rise(at, bytes, 2, &thresholds_default).pairs, 0);
	CHECK_INT(same_hour_rise(at, bytes, 0, &thresholds_default).pairs, 0);
	/* the closest of several */
	at[1] = WHEN_DAY - WHEN_HOUR / 2;
	at[2] = WHEN_DAY + WHEN_HOUR / 4;
	bytes[2] = 107;
	CHECK_NEAR(same_hour_rise(at, bytes, 3, &thresholds_default).rise, 7, 0);
}

/* ---- what MmSt stands for ---- */

static void test_mapped(void)
{
	/* AskPerf 2011: 8,684 allocations of 293,147,416 bytes */
	CHECK_INT(mmst_per_alloc(293147416, 8684), 33757);
	CHECK_INT(mmst_mapped(293147416, PTE_PAE), 150091476992);
	CHECK_INT(mmst_mapped(293147416, PTE_PLAIN), 2 * 150091476992);
	CHECK_TEXT(mmst_mix(33757, &thresholds_default), "few large files");
	/* ntdebugging 2008: $Mft of 8,198,815,744 bytes */
	CHECK_INT(mmst_mapped(16013312, PTE_PAE), 8198815744);
	/* KB 236964: about 180 GB of open files, at 180 MB of pool */
	CHECK_INT(mmst_mapped(180 * MIB, PTE_PLAIN), 180 * 1024 * MIB);
	/* poolmon's own rounding: 83,456 bytes in 173 allocations */
	CHECK_INT(mmst_per_alloc(83456, 173), 482);
	CHECK_TEXT(mmst_mix(482, &thresholds_default), "very many small files");
	CHECK_TEXT(mmst_mix(1023, &thresholds_default), "very many small files");
	CHECK_TEXT(mmst_mix(1024, &thresholds_default), "neither few large nor very many small files");
	CHECK_TEXT(mmst_mix(10239, &thresholds_default), "neither few large nor very many small files");
	CHECK_TEXT(mmst_mix(10240, &thresholds_default), "few large files");
	CHECK_TEXT(mmst_mix(mmst_per_alloc(5, 0), &thresholds_default), NULL);
	CHECK_INT(mmst_per_alloc(5, -1), -1);
	CHECK_INT(mmst_mapped(0, PTE_PAE), 0);
	CHECK_INT(mmst_mapped(INT64_MAX, PTE_PAE), INT64_MAX);
	CHECK_INT(mmst_mapped(INT64_MAX / 1024 + 1, PTE_PLAIN), INT64_MAX);
}

int main(void)
{
	test_night();
	test_window();
	test_many();
	test_shapes();
	test_scale();
	test_numbers();
	test_same_hour();
	test_mapped();
	return check_end();
}
