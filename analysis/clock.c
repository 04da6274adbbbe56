/* SPDX-License-Identifier: MIT
 * By which clock each series of poolsnaps was dated: where the times come from, and how they became UTC. */
#include "analysis/analysis.h"

#include "core/text.h"

#include <string.h>

/* Poolsnaps one after another that were dated alike. */
struct dated {
	const struct snapshot *first, *last;
	int64_t count;
};

static bool dated_alike(const struct snapshot *a, const struct snapshot *b)
{
	return a->offset == b->offset && a->offset_known == b->offset_known && a->quality == b->quality &&
	       strcmp(a->time_source, b->time_source) == 0 && strcmp(a->clock_source, b->clock_source) == 0;
}

const char *clock_words(int quality)
{
	static const char *const words[] = { "exact", "may be an hour off (daylight saving time)",
		"assumed: nothing says the offset", "weak: copying changes a file's time" };

	return quality >= 0 && quality < (int)LEN(words) ? words[quality] : "no time";
}

static void row(struct table *t, const struct dated *d)
{
	const struct snapshot *s = d->first;

	table_add(t);
	table_int(t, "count", d->count);
	if (s->at != WHEN_NONE) {
		table_int(t, "first", s->at);
		table_int(t, "last", d->last->at);
	}
	table_text(t, "time_source", s->time_source);
	table_text(t, "clock_source", s->clock_source);
	if (s->at != WHEN_NONE && s->offset_known)
		table_int(t, "utc_offset_minutes", s->offset);
	table_text(t, "sure", clock_words(s->at != WHEN_NONE ? s->quality : -1));
}

const char *clock_doubt(const struct evidence *e)
{
	int worst = 0;

	for (size_t i = 0; i < e->dated_count; i++)
		worst = e->snapshots[i].quality > worst ? e->snapshots[i].quality : worst;
	return worst >= 3   ? "some times are only those of the files"
	       : worst == 2 ? "offset not known: the server's clock is taken as UTC"
			    : NULL;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	static const struct field fields[] = {
		{ "count", "Poolsnaps", T_INT, FOR_ALL },
		{ "first", "First", T_TIME, FOR_ALL },
		{ "last", "Last", T_TIME, FOR_ALL },
		{ "time_source", "Time taken from", T_TEXT, FOR_ALL },
		{ "clock_source", "UTC by", T_TEXT, FOR_ALL },
		{ "utc_offset_minutes", "Offset", T_MINUTES, FOR_ALL },
		{ "sure", "Clock", T_TEXT, FOR_ALL },
	};
	struct table *t = table_new(
		r, "series", "Series of poolsnaps and their clock", TABLE_ROWS, fields, LEN(fields));
	const struct evidence *e = j->e;
	struct dated d = { NULL, NULL, 0 };

	t->about =
		"Poolsnaps one after another whose times come from the same place and became UTC in the same way.";
	t->people_rows = 40;
	for (size_t i = 0; i < e->snapshot_count; i++) {
		const struct snapshot *now = &e->snapshots[i];

		if (d.first && !dated_alike(d.first, now)) {
			row(t, &d);
			d.first = NULL;
		}
		if (!d.first)
			d = (struct dated){ now, now, 0 };
		d.last = now;
		d.count++;
	}
	if (d.first)
		row(t, &d);
	report_data(s, t);
	if (t->row_count)
		block_table(s, PART_EVIDENCE, t);
}

const struct analysis analysis_clock = { "clock",
	"where the times of the poolsnaps come from, and how they became UTC", 0, run, NULL };
