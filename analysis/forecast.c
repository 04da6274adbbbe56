/* SPDX-License-Identifier: MIT
 * When would the paged pool reach 60, 80 and 100 % of its maximum, or why can that not be told? */
#include "analysis/analysis.h"

#include "analysis/same_hour.h"

#define POINTS_LEAST 5 /* fewer have no interval of 95 % */

static const struct field forecast_fields[] = {
	{ "to_percent.60.earliest", "60 %, earliest", T_TIME, FOR_ALL },
	{ "to_percent.60.likely", "60 %, likely", T_TIME, FOR_ALL },
	{ "to_percent.60.latest", "60 %, latest", T_TIME, FOR_ALL },
	{ "to_percent.80.earliest", "80 %, earliest", T_TIME, FOR_ALL },
	{ "to_percent.80.likely", "80 %, likely", T_TIME, FOR_ALL },
	{ "to_percent.80.latest", "80 %, latest", T_TIME, FOR_ALL },
	{ "to_percent.100.earliest", "100 %, earliest", T_TIME, FOR_ALL },
	{ "to_percent.100.likely", "100 %, likely", T_TIME, FOR_ALL },
	{ "to_percent.100.latest", "100 %, latest", T_TIME, FOR_ALL },
	{ "statement", "What can be told", T_TEXT, FOR_ALL },
	{ "hours", "Hours of poolsnaps", T_REAL, FOR_ALL },
	{ "same_hour.pairs", "Pairs at the same hour of day", T_INT, FOR_ALL },
	{ "same_hour.rise_bytes_per_day", "Rise from day to day at the same hour", T_BYTES, FOR_ALL },
};

/* The same as people read it: a limit that is reached already has no time to come. */
static const struct field foretold_fields[] = {
	{ "limit", "Of the maximum", T_TEXT, FOR_PEOPLE },
	{ "earliest", "Earliest", T_TIME, FOR_PEOPLE },
	{ "likely", "Likely", T_TIME, FOR_PEOPLE },
	{ "latest", "Latest", T_TIME, FOR_PEOPLE },
};

static const int percents[] = { 60, 80, 100 };

/* The totals of the judged boot and what follows from them. */
struct outlook {
	const struct evidence *e;
	size_t n;
	when_us *at, *local; /* UTC; by the server's clock where that is known */
	int64_t *paged;
	struct trend trend;
	double span; /* hours from the first to the last */
	struct same_hour daily;
	const char *none;   /* why nothing at all can be foretold; NULL: something can */
	const char *beyond; /* why nothing beyond a day can; NULL: it can */
};

static void totals_read(struct outlook *o, const struct evidence *e, struct arena *a)
{
	bool offsets = true;

	o->at = arena_alloc(a, (e->dated_count + 1) * sizeof *o->at);
	o->local = arena_alloc(a, (e->dated_count + 1) * sizeof *o->local);
	o->paged = arena_alloc(a, (e->dated_count + 1) * sizeof *o->paged);
	/* Hours are compared on one clock: that of the server, or UTC where some captures' offset is not
	 * known. */
	for (size_t i = 0; i < e->dated_count; i++)
		offsets &= e->snapshots[i].offset_known;
	for (size_t i = 0; i < e->dated_count; i++) {
		const struct snapshot *s = &e->snapshots[i];

		if (s->boot != e->judged_boot || s->paged < 0)
			continue;
		o->at[o->n] = s->at;
		o->local[o->n] = s->at + (offsets ? s->offset : 0) * WHEN_MINUTE;
		o->paged[o->n++] = s->paged;
	}
}

static void measure(struct outlook *o, struct arena *a)
{
	double *hours = arena_alloc(a, (o->n + 1) * sizeof *hours);
	double *bytes = arena_alloc(a, (o->n + 1) * sizeof *bytes);

	for (size_t i = 0; i < o->n; i++) {
		hours[i] = (double)(o->at[i] - o->at[0]) / (double)WHEN_HOUR;
		bytes[i] = (double)o->paged[i];
	}
	stats_trend(hours, bytes, o->n, &o->trend);
	if (!o->n)
		return;
	o->span = hours[o->n - 1];
	/* A change of the clock, as in autumn, may put two captures out of order. */
	for (size_t i = 1; i < o->n; i++)
		o->local[i] = o->local[i] < o->local[i - 1] ? o->local[i - 1] : o->local[i];
	o->daily = same_hour_rise(o->local, o->paged, o->n, o->e->thresholds);
}

/* Enough captures are of the same hour of different days. */
static bool is_compared(const struct outlook *o)
{
	return (double)o->daily.pairs >= threshold(o->e, THRESHOLD_FORECAST_PAIRS);
}

static const char *far_words(const struct outlook *o, struct arena *a)
{
	return arena_printf(a, "not forecastable beyond %s",
		threshold_words(o->e->thresholds, THRESHOLD_FORECAST_FAR, a));
}

static const char *rate_words(struct arena *a, double bytes)
{
	return arena_printf(a, "%.1f MiB", bytes / (double)MIB);
}

static const char *none_words(const struct outlook *o, struct arena *a)
{
	const struct trend *t = &o->trend;

	if (!o->n)
		return "no poolsnap of a known time shows the paged total";
	if (o->n < POINTS_LEAST)
		return arena_printf(a,
			"%zu poolsnap%s of one boot show%s the paged total, and at least 5 are needed", o->n,
			o->n == 1 ? "" : "s", o->n == 1 ? "s" : "");
	if (!t->has_interval)
		return "too many of the poolsnaps were taken at the same time";
	if (t->high < 0)
		return "the paged total falls";
	if (t->low <= 0)
		return arena_printf(a,
			"the paged total is not shown to rise: its slope lies between %s and %s an hour (95 %% interval),"
			" which includes zero",
			rate_words(a, t->low), rate_words(a, t->high));
	if (is_compared(o) && o->daily.rise <= 0)
		return arena_printf(a,
			"at the same hour of day the paged total shows no growth (%s a day, the median of %zu pairs): it"
			" rises and falls with the day",
			rate_words(a, o->daily.rise), o->daily.pairs);
	return NULL;
}

static const char *beyond_words(const struct outlook *o, struct arena *a)
{
	double sloped = o->trend.slope * 24;

	if (o->span < threshold(o->e, THRESHOLD_FORECAST_FAR))
		return arena_printf(a,
			"%s: the poolsnaps cover %.1f hours, and a daily rise and fall cannot be told from growth",
			far_words(o, a), o->span);
	if (!is_compared(o))
		return arena_printf(a,
			"%s: only %zu pairs of poolsnaps are of the same hour of different days, and a daily rise and fall"
			" cannot be told from growth",
			far_words(o, a), o->daily.pairs);
	if (o->daily.rise < threshold(o->e, THRESHOLD_FORECAST_DAILY) / 100 * sloped)
		return arena_printf(a,
			"%s: at the same hour of day the paged total rises by %s a day, while the trend would make it %s:"
			" most of that is daily load",
			far_words(o, a), rate_words(a, o->daily.rise), rate_words(a, sloped));
	return NULL;
}

/* ---- rows ---- */

/* To the minute, which is more than the trend can promise. */
static void times_row(
	struct table *t, struct table *shown, const struct outlook *o, size_t which, const struct forecast *f)
{
	const double hours[] = { f->earliest, f->likely, f->latest };
	double most = o->beyond ? threshold(o->e, THRESHOLD_FORECAST_FAR) : STATS_FORECAST_HOURS;

	for (size_t k = 0; k < LEN(hours); k++) {
		const char *name = foretold_fields[1 + k].name;
		when_us at = o->at[o->n - 1] + (when_us)(hours[k] * 60) * WHEN_MINUTE;

		if (hours[k] < most) {
			table_int(t, forecast_fields[3 * which + k].name, at);
			table_int(shown, name, at);
		} else {
			table_word(shown, name, o->beyond ? "not forecastable" : "more than 30 days away");
		}
	}
}

static void word_row(struct table *shown, const char *word)
{
	for (size_t k = 1; k < LEN(foretold_fields); k++)
		table_word(shown, foretold_fields[k].name, word);
}

/* Each limit has its own say; returns what holds for all that are not reached. */
static const char *limits_rows(
	struct table *t, struct table *shown, const struct outlook *o, const struct evidence *e)
{
	double last = o->n ? (double)o->paged[o->n - 1] : 0;
	bool open = false, held_back = false;

	for (size_t i = 0; i < LEN(percents); i++) {
		double target = percents[i] / 100.0 * (double)e->limit.low;
		struct forecast f = { 0, 0, 0 };

		table_add(shown);
		table_text(shown, "limit", arena_printf(t->arena, "%d %%", percents[i]));
		if (o->n && last >= target) {
			/* It was there when the last capture was made. */
			for (size_t k = 0; k < 3; k++)
				table_int(t, forecast_fields[3 * i + k].name, o->at[o->n - 1]);
			word_row(shown, "reached");
			continue;
		}
		open = true;
		if (o->none || !stats_forecast(&o->trend, last, target, &f)) {
			word_row(shown, "not forecastable");
			continue;
		}
		held_back |= o->beyond && f.latest >= threshold(o->e, THRESHOLD_FORECAST_FAR);
		times_row(t, shown, o, i, &f);
	}
	if (!open)
		return "All limits were reached in the last poolsnap.";
	if (o->none)
		return arena_printf(t->arena, "Not forecastable: %s.", o->none);
	if (held_back)
		return arena_printf(t->arena, "%c%s.", o->beyond[0] - 32, o->beyond + 1);
	return arena_printf(t->arena,
		"From the trend of the paged total in the judged boot (Theil-Sen with its 95 %% interval), for the low end"
		" of the maximum. %s",
		is_compared(o)
			? arena_printf(t->arena,
				  "At the same hour of day the paged total rises by %s a day (median of %zu pairs).",
				  rate_words(t->arena, o->daily.rise), o->daily.pairs)
			: "A rise over working hours is not a leak: it may fall back in the evening.");
}

static bool any_known(const struct table *t, size_t fields)
{
	for (size_t i = 0; i < fields; i++)
		if (t->rows[0].cells[i].state == CELL_KNOWN)
			return true;
	return false;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	const struct evidence *e = j->e;
	struct table *t = table_new(r, "forecast", "When would limits be met", TABLE_SINGLE, forecast_fields,
			     LEN(forecast_fields)),
		     *shown = table_new(r, "foretold", "When would limits be met", TABLE_ROWS,
			     foretold_fields, LEN(foretold_fields));
	struct outlook o = { .e = e };
	const char *statement;

	totals_read(&o, e, r->arena);
	measure(&o, r->arena);
	o.none = none_words(&o, r->arena);
	o.beyond = o.none ? NULL : beyond_words(&o, r->arena);
	table_add(t);
	if (o.n)
		table_real(t, "hours", o.span);
	table_int(t, "same_hour.pairs", (int64_t)o.daily.pairs);
	if (o.daily.pairs)
		table_int(t, "same_hour.rise_bytes_per_day", bytes_of(o.daily.rise));
	if (e->limit.low > 0)
		statement = limits_rows(t, shown, &o, e);
	else
		statement =
			e->limit.known
				? "Not forecastable: only the high end of the maximum of the paged pool is known."
				: "Not forecastable: the maximum of the paged pool is not known.";
	table_text(t, "statement", statement);
	report_data(s, t);
	if (!e->snapshot_count)
		return;
	shown->about = arena_printf(r->arena, "%s (PT-T03)", statement);
	if (any_known(t, 3 * LEN(percents)))
		block_table(s, PART_EVIDENCE, shown);
	else
		block_text(s, PART_EVIDENCE, "When limits would be met: %s (PT-T03)", statement);
}

const struct analysis analysis_forecast = { "forecast",
	"when 60, 80 and 100 % of the maximum would be met, or why that cannot be told", 0, run, NULL };
