/* SPDX-License-Identifier: MIT
 * What held the pool before each burst of Event 2020, and what had grown by then? */
#include "analysis/analysis.h"

#include "analysis/watched.h"

static double minutes(when_us us)
{
	return (double)(us / WHEN_SECOND / 6) / 10;
}

static void before_cells(struct table *t, const struct evidence *e, const struct exhaustion *x)
{
	const struct snapshot *s = x->before, *from;

	if (!s)
		return;
	from = growth_from(e, s);
	table_int(t, "snapshot", s->at);
	table_real(t, "minutes_before", minutes(x->at - s->at));
	table_text(t, "clock", clock_words(from && from->quality > s->quality ? from->quality : s->quality));
	table_int(t, "paged_bytes", s->paged);
	if (s->mmst >= 0) {
		table_int(t, "mmst_bytes", s->mmst);
		if (s->paged > 0)
			table_real(t, "mmst_share", 100.0 * (double)s->mmst / (double)s->paged);
	}
	if (s->mmst_rank)
		table_int(t, "mmst_rank", s->mmst_rank);
	if (!from)
		return;
	table_real(t, "growth_minutes", minutes(s->at - from->at));
	table_int(t, "paged_growth_bytes", s->paged - from->paged);
	if (s->mmst >= 0 && from->mmst >= 0)
		table_int(t, "mmst_growth_bytes", s->mmst - from->mmst);
}

static struct table *bursts_table(struct report *r, const struct evidence *e, const struct watched *s)
{
	static const struct field columns[] = {
		{ "first", "Burst began", T_TIME, FOR_ALL },
		{ "last", "Ended", T_TIME, FOR_MACHINES },
		{ "event", "Event", T_TEXT, FOR_MACHINES },
		{ "events", "Events", T_INT, FOR_MACHINES },
		{ "boot", "Boot", T_INT, FOR_MACHINES },
		{ "snapshot", "Poolsnap", T_TIME, FOR_MACHINES },
		{ "minutes_before", "Min. before", T_REAL, FOR_ALL },
		{ "paged_bytes", "Paged pool", T_BYTES, FOR_ALL },
		{ "mmst_bytes", "MmSt", T_BYTES, FOR_ALL },
		{ "mmst_share", "MmSt share", T_PERCENT, FOR_ALL },
		{ "mmst_rank", "MmSt rank", T_INT, FOR_ALL },
		{ "paged_growth_bytes", "Pool growth", T_BYTES, FOR_ALL },
		{ "mmst_growth_bytes", "MmSt growth", T_BYTES, FOR_ALL },
		{ "growth_minutes", "Over min.", T_REAL, FOR_ALL },
		{ "mmst_then", "MmSt then", T_TEXT, FOR_ALL },
		{ "clock", "Clock", T_TEXT, FOR_ALL },
	};
	static const char *const then[] = { "not covered", "below its top quarter", "in its top quarter" };
	struct table *t = table_new(r, "burst_snapshots", "The last poolsnap before each burst", TABLE_ROWS,
		columns, LEN(columns));

	t->about = arena_printf(r->arena,
		"Bursts %s; a gap of more than an hour or a restart begins a new one. The poolsnap is the last of the same boot"
		" before the first event; growth is told up to it, since the earliest poolsnap of that boot at most %s"
		" before it. \"Not covered\": no complete poolsnaps of certain clock lie around it within %s of each other.",
		s->of ? s->of : "of Event 2020",
		threshold_words(e->thresholds, THRESHOLD_GROWTH_BEFORE, r->arena),
		threshold_words(e->thresholds, THRESHOLD_WATCH_GAP, r->arena));
	t->people_rows = 20;
	for (size_t i = 0; i < s->burst_count; i++) {
		const struct onset *b = &s->bursts[i];

		table_add(t);
		table_int(t, "first", b->first->at);
		table_int(t, "last", b->last);
		table_text(t, "event", s->event);
		table_int(t, "events", (int64_t)b->events);
		table_int(t, "boot", (int64_t)b->first->boot);
		table_text(t, "mmst_then", then[ratio_level(s->stretches, s->stretch_count, s->begun[i])]);
		before_cells(t, e, b->first);
	}
	return t;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct watched w = watched_of(j->e, r->arena);
	struct table *t = bursts_table(r, j->e, &w);

	report_data(s, t);
	if (t->row_count)
		block_table(s, PART_EVIDENCE, t);
}

const struct analysis analysis_bursts = { "bursts",
	"the last poolsnap before each burst of events 2020, and what grew up to it", 0, run, NULL };
