/* SPDX-License-Identifier: MIT
 * Tells leak, sawtooth, plateau and burst apart, by swings, by what outlives the night, and by the trend. */
#include "analysis/shape.h"

#include "analysis/night.h"
#include "analysis/stats.h"

/* Kendall's test cannot reach 5 % with fewer (n = 4: 2/24). */
#define TREND_POINTS 5

static double share(const struct thresholds *t, enum threshold_id id)
{
	return t->value[id] / 100;
}

const char *shape_name(enum shape_kind kind)
{
	static const char *const names[] = { [SHAPE_UNDECIDED] = "undecided",
		[SHAPE_LEAK] = "leak",
		[SHAPE_RISING] = "rising",
		[SHAPE_BURST] = "burst",
		[SHAPE_SAWTOOTH] = "sawtooth",
		[SHAPE_PLATEAU] = "plateau",
		[SHAPE_FALLING] = "falling" };

	return names[kind];
}

static int64_t range_of(const struct shape_point *p, size_t from, size_t n)
{
	int64_t low = p[from].bytes, high = low;

	for (size_t i = from; i < n; i++) {
		low = p[i].bytes < low ? p[i].bytes : low;
		high = p[i].bytes > high ? p[i].bytes : high;
	}
	return high - low;
}

static void measure(const struct shape_point *p, size_t n, struct shape *s)
{
	size_t top = 0;
	double sum = 0;

	s->length = p[n - 1].at - p[0].at;
	s->first = s->lowest = p[0].bytes;
	s->last = p[n - 1].bytes;
	for (size_t i = 0; i < n; i++) {
		top = p[i].bytes > p[top].bytes ? i : top;
		s->lowest = p[i].bytes < s->lowest ? p[i].bytes : s->lowest;
		sum += (double)p[i].bytes;
		if (p[top].bytes - p[i].bytes > s->fall.bytes)
			s->fall = (struct rise){ top, i, p[top].bytes - p[i].bytes };
	}
	s->peak = p[top].bytes;
	s->average = sum / (double)n;
	if (s->fall.bytes)
		s->fall_percent = 100.0 * (double)s->fall.bytes / (double)p[s->fall.from].bytes;
}

static void measure_burst(const struct shape_point *p, size_t n, const struct thresholds *t, struct shape *s)
{
	struct arena *a = arena_open();
	when_us *at = arena_alloc(a, n * sizeof *at);
	int64_t *bytes = arena_alloc(a, n * sizeof *bytes);

	for (size_t i = 0; i < n; i++) {
		at[i] = p[i].at;
		bytes[i] = p[i].bytes;
	}
	s->burst_known = rise_within(at, bytes, n, threshold_time(t, THRESHOLD_BURST_WINDOW), &s->burst);
	arena_close(a);
}

/* The night between two captures, and the change of those between which there is little else. */
static void measure_night(const struct shape_point *p, size_t n, const struct thresholds *t, struct shape *s)
{
	s->night_known = p[0].local != WHEN_NONE;
	for (size_t i = 1; i < n && s->night_known; i++) {
		when_us night, apart;

		s->night_known = p[i].local != WHEN_NONE;
		if (!s->night_known)
			break;
		apart = p[i].local - p[i - 1].local;
		if (apart <= 0)
			continue;
		night = night_between(p[i - 1].local, p[i].local);
		s->night += night;
		if ((double)night < share(t, THRESHOLD_NIGHT_MOST) * (double)apart)
			continue;
		s->night_seen += night;
		s->night_rise += (double)(p[i].bytes - p[i - 1].bytes);
	}
	if (!s->night_known) {
		s->night = s->night_seen = 0;
		s->night_rise = 0;
	}
}

/* Does the number of allocations outstanding go up with the bytes, as Kendall's test tells? */
static enum tristate diff_follows(const struct shape_point *p, size_t n, const struct thresholds *t)
{
	struct arena *a = arena_open();
	double *bytes = arena_alloc(a, n * sizeof *bytes), *diff = arena_alloc(a, n * sizeof *diff);
	struct trend trend;
	size_t known = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i].diff < 0)
			continue;
		bytes[known] = (double)p[i].bytes;
		diff[known++] = (double)p[i].diff;
	}
	stats_trend(bytes, diff, known, &trend);
	arena_close(a);
	if (known < TREND_POINTS || !trend.has_slope)
		return NOT_KNOWN;
	return trend.s > 0 && trend.p < t->value[THRESHOLD_CLAIM_P] ? YES : NO;
}

/* ---- swings ---- */

struct swings {
	size_t up, down;
};

/* Turns back and forth between high and low; what is less than a swing does not turn it. */
static struct swings swings_of(
	const struct shape_point *p, size_t n, int64_t peak, const struct thresholds *t)
{
	struct swings swings = { 0, 0 };
	int64_t high = p[0].bytes, low = high;
	double least = share(t, THRESHOLD_SHAPE_NOISE) * (double)peak,
	       swing = share(t, THRESHOLD_SHAPE_SWING);
	int going = 0; /* up 1, down -1, neither yet 0 */

	for (size_t i = 1; i < n; i++) {
		int64_t y = p[i].bytes;
		double fell, rose;

		high = y > high ? y : high;
		low = y < low ? y : low;
		fell = (double)(high - y);
		rose = (double)(y - low);
		if (going >= 0 && fell >= swing * (double)high && fell >= least && fell > 0) {
			swings.down++;
			going = -1;
			low = y;
		} else if (going <= 0 && rose >= swing * (double)y && rose >= least && rose > 0) {
			swings.up++;
			going = 1;
			high = y;
		}
	}
	return swings;
}

static bool is_burst(const struct shape *s, const struct thresholds *t)
{
	double range = (double)(s->peak - s->lowest),
	       even = t->value[THRESHOLD_SHAPE_EVEN] * (double)threshold_time(t, THRESHOLD_BURST_WINDOW) /
		      (double)s->length,
	       part = share(t, THRESHOLD_SHAPE_BURST);

	return s->burst_known &&
	       (double)s->burst.bytes >= share(t, THRESHOLD_SHAPE_SWING) * (double)s->peak &&
	       (double)s->burst.bytes >= (even > part ? even : part) * range;
}

static bool is_settled(
	const struct shape_point *p, size_t n, const struct thresholds *t, const struct shape *s)
{
	size_t half = 0;

	while (p[half].at - p[0].at < s->length / 2)
		half++;
	return n - half >= 2 && s->last > s->first &&
	       (double)range_of(p, half, n) <=
		       share(t, THRESHOLD_SHAPE_SETTLED) * (double)(s->peak - s->lowest);
}

/* ---- trend ---- */

static void say(struct shape *s, enum shape_kind kind, const char *what)
{
	s->kind = kind;
	s->what = what;
}

/* It rises: through the night as well, or why is that not said? */
static void rising(const struct thresholds *t, struct shape *s)
{
	if (s->fall_percent >= t->value[THRESHOLD_SHAPE_KEPT] &&
		(double)s->fall.bytes >= share(t, THRESHOLD_SHAPE_NOISE) * (double)s->peak)
		say(s, SHAPE_RISING, "rises, with falls between");
	else if (!s->night_known)
		say(s, SHAPE_RISING, "rises; quiet hours are not known");
	else if (s->night < threshold_time(t, THRESHOLD_HELD_NIGHT))
		say(s, SHAPE_RISING, "rises; no quiet hours were seen");
	else if (s->night_rise < -share(t, THRESHOLD_SHAPE_KEPT) * (double)(s->last - s->first))
		say(s, SHAPE_RISING, "rises, gives part back at night");
	else if (s->diff_follows == NO)
		say(s, SHAPE_RISING, "rises, but not in allocations");
	else if (s->night_rise > 0)
		say(s, SHAPE_LEAK, "rises, at night too");
	else
		say(s, SHAPE_LEAK, "rises, and keeps it over night");
}

static void trend_shape(const struct shape_point *p, size_t n, const struct thresholds *t, struct shape *s)
{
	struct arena *a = arena_open();
	double *hours = arena_alloc(a, n * sizeof *hours), *bytes = arena_alloc(a, n * sizeof *bytes), rise;
	struct trend trend;

	for (size_t i = 0; i < n; i++) {
		hours[i] = (double)(p[i].at - p[0].at) / (double)WHEN_HOUR;
		bytes[i] = (double)p[i].bytes;
	}
	stats_trend(hours, bytes, n, &trend);
	rise = trend.has_slope && trend.p < t->value[THRESHOLD_CLAIM_P] ? trend.slope * hours[n - 1] : 0;
	arena_close(a);
	if (rise >= share(t, THRESHOLD_SHAPE_LEVEL) * (double)s->peak)
		rising(t, s);
	else if (rise <= -share(t, THRESHOLD_SHAPE_LEVEL) * (double)s->peak)
		say(s, SHAPE_FALLING, "falls");
	else if (n < TREND_POINTS)
		say(s, SHAPE_UNDECIDED, "too few poolsnaps to show a trend; 5 can");
	else
		say(s, SHAPE_UNDECIDED, "no clear shape");
}

void shape_of(const struct shape_point *points, size_t n, const struct thresholds *t, struct shape *out)
{
	struct swings swings;

	*out = (struct shape){ .n = n, .what = "too few poolsnaps of one boot" };
	if (!n)
		return;
	measure(points, n, out);
	measure_burst(points, n, t, out);
	measure_night(points, n, t, out);
	out->diff_follows = diff_follows(points, n, t);
	if ((double)n < t->value[THRESHOLD_SHAPE_POINTS])
		return;
	swings = swings_of(points, n, out->peak, t);
	if (out->length < threshold_time(t, THRESHOLD_SHAPE_TIME))
		say(out, SHAPE_UNDECIDED, "too short a time of poolsnaps");
	else if ((double)(out->peak - out->lowest) <= share(t, THRESHOLD_SHAPE_LEVEL) * (double)out->peak)
		say(out, SHAPE_PLATEAU, "level throughout");
	else if (swings.down && !swings.up)
		say(out, SHAPE_FALLING, "falls");
	else if (swings.down == 1 && swings.up == 1 && is_burst(out, t) && out->fall.to > out->burst.to)
		say(out, SHAPE_BURST, "a short burst that fell back");
	else if (swings.down)
		say(out, SHAPE_SAWTOOTH, "rises and falls back, no restart");
	else if (is_settled(points, n, t, out))
		say(out, SHAPE_PLATEAU, "rose, then stayed level");
	else if (is_burst(out, t))
		say(out, SHAPE_BURST, "most of its growth in one short burst");
	else
		trend_shape(points, n, t, out);
}
