/* SPDX-License-Identifier: MIT
 * In what shape does each tag grow within each boot, and what says so; and MmSt's in plain words. */
#include "analysis/analysis.h"
#include "analysis/night.h"
#include "analysis/shape.h"

#include <string.h>

#define BOOT_TAGS   5 /* of these, besides MmSt: the largest paged tags */
/* Ours: people are shown tags whose lowest and highest value are so far apart, and MmSt; all are in JSON. */
#define SHOWN_LEAST MIB

/* One tag in one boot. */
struct growth {
	const struct tag_series *tag;
	size_t boot, n;
	const struct snapshot **at;
	struct shape_point *points;
	struct shape shape;
};

/* The captures of a boot stand together, in order of time; undated ones stand last and belong to none. */
static struct growth growth_of(
	const struct evidence *e, const struct tag_series *t, size_t boot, struct arena *a)
{
	struct growth g = { .tag = t, .boot = boot };
	size_t from = 0;

	while (from < t->count && t->at[from]->boot != boot)
		from++;
	while (from + g.n < t->count && t->at[from + g.n]->boot == boot)
		g.n++;
	g.at = t->at + from;
	g.points = arena_alloc(a, (g.n + 1) * sizeof *g.points);
	for (size_t i = 0; i < g.n; i++) {
		const struct snapshot *s = g.at[i];
		bool local = s->offset_known && s->quality <= 1;

		g.points[i] =
			(struct shape_point){ s->at, local ? s->at + s->offset * WHEN_MINUTE : WHEN_NONE,
				t->bytes[from + i], t->diff[from + i] };
	}
	shape_of(g.points, g.n, e->thresholds, &g.shape);
	return g;
}

/* ---- table ---- */

static const struct field growth_fields[] = {
	{ "boot", "Boot", T_INT, FOR_MACHINES },
	{ "tag", "Tag", T_TEXT, FOR_MACHINES },
	{ "pool", "Pool", T_TEXT, FOR_MACHINES },
	{ "shape", "Shape", T_TEXT, FOR_MACHINES },
	{ "what", "What it shows", T_TEXT, FOR_MACHINES },
	{ "n", "n", T_INT, FOR_MACHINES },
	{ "hours", "Hours", T_REAL, FOR_MACHINES },
	{ "first_bytes", "First", T_BYTES, FOR_MACHINES },
	{ "last_bytes", "Last", T_BYTES, FOR_MACHINES },
	{ "lowest_bytes", "Lowest", T_BYTES, FOR_MACHINES },
	{ "peak_bytes", "Peak", T_BYTES, FOR_MACHINES },
	{ "average_bytes", "Average", T_BYTES, FOR_MACHINES },
	{ "growth_bytes", "Growth", T_BYTES, FOR_MACHINES },
	{ "growth_percent", "Growth", T_PERCENT, FOR_MACHINES },
	{ "fall.bytes", "Largest fall", T_BYTES, FOR_MACHINES },
	{ "fall.percent", "Largest fall", T_PERCENT, FOR_MACHINES },
	{ "fall.from", "Fell from", T_TIME, FOR_MACHINES },
	{ "fall.to", "Fell until", T_TIME, FOR_MACHINES },
	{ "burst.bytes", "Largest short burst", T_BYTES, FOR_MACHINES },
	{ "burst.from", "Burst from", T_TIME, FOR_MACHINES },
	{ "burst.to", "Burst until", T_TIME, FOR_MACHINES },
	{ "night.hours", "Night hours", T_REAL, FOR_MACHINES },
	{ "night.hours_seen", "Night hours with captures", T_REAL, FOR_MACHINES },
	{ "night.rise_bytes", "Rise in these", T_BYTES, FOR_MACHINES },
	{ "diff_follows", "Allocs - Frees follows", T_TEXT, FOR_MACHINES },
};

static double hours_of(when_us length)
{
	return (double)(length / WHEN_MINUTE) / 60.0;
}

static void swing_cells(struct table *t, const struct growth *g)
{
	const struct shape *s = &g->shape;

	table_int(t, "fall.bytes", s->fall.bytes);
	table_real(t, "fall.percent", s->fall_percent);
	if (s->fall.bytes) {
		table_int(t, "fall.from", g->at[s->fall.from]->at);
		table_int(t, "fall.to", g->at[s->fall.to]->at);
	}
	if (!s->burst_known)
		return;
	table_int(t, "burst.bytes", s->burst.bytes > 0 ? s->burst.bytes : 0);
	if (s->burst.bytes > 0) {
		table_int(t, "burst.from", g->at[s->burst.from]->at);
		table_int(t, "burst.to", g->at[s->burst.to]->at);
	}
}

static void growth_row(struct table *t, const struct growth *g)
{
	static const char *const words[] = { [NO] = "no", [YES] = "yes" };
	const struct shape *s = &g->shape;

	table_add(t);
	table_int(t, "boot", (int64_t)g->boot);
	table_text(t, "tag", g->tag->tag);
	table_text(t, "pool", g->tag->pool);
	table_text(t, "shape", shape_name(s->kind));
	table_text(t, "what", s->what);
	table_int(t, "n", (int64_t)s->n);
	if (!s->n)
		return;
	table_real(t, "hours", hours_of(s->length));
	table_int(t, "first_bytes", s->first);
	table_int(t, "last_bytes", s->last);
	table_int(t, "lowest_bytes", s->lowest);
	table_int(t, "peak_bytes", s->peak);
	table_int(t, "average_bytes", bytes_of(s->average));
	if (s->n < 2)
		return;
	table_int(t, "growth_bytes", s->last - s->first);
	if (s->first > 0)
		table_real(t, "growth_percent", 100.0 * (double)(s->last - s->first) / (double)s->first);
	swing_cells(t, g);
	if (s->night_known) {
		table_real(t, "night.hours", hours_of(s->night));
		table_real(t, "night.hours_seen", hours_of(s->night_seen));
		if (s->night_seen)
			table_int(t, "night.rise_bytes", bytes_of(s->night_rise));
	}
	table_text(t, "diff_follows", words[s->diff_follows]);
}

static const struct field shown_fields[] = {
	{ "tag", "Tag", T_TEXT, FOR_PEOPLE },
	{ "pool", "Pool", T_TEXT, FOR_PEOPLE },
	{ "shape", "Shape", T_TEXT, FOR_PEOPLE },
	{ "growth", "Growth", T_BYTES, FOR_PEOPLE },
	{ "percent", "In percent", T_PERCENT, FOR_PEOPLE },
	{ "burst", "Largest burst", T_BYTES, FOR_PEOPLE },
	{ "what", "What it shows", T_TEXT, FOR_PEOPLE },
};

static void shown_row(struct table *t, const struct growth *g)
{
	const struct shape *s = &g->shape;

	table_add(t);
	table_tag(t, "tag", g->tag->pool, g->tag->tag);
	table_text(t, "pool", g->tag->pool);
	table_text(t, "shape", shape_name(s->kind));
	table_int(t, "growth", s->last - s->first);
	if (s->first > 0)
		table_real(t, "percent", 100.0 * (double)(s->last - s->first) / (double)s->first);
	else
		table_word(t, "percent", "from 0");
	if (s->burst_known)
		table_int(t, "burst", s->burst.bytes > 0 ? s->burst.bytes : 0);
	table_text(t, "what", s->what);
}

/* ---- MmSt in words ---- */

/* Below the start of trimming nothing has to be given back: then keeping it is no sign of anything. */
static bool trimmed(const struct judgement *j)
{
	return j->use_low >= trim_start(j->e);
}

static const char *span_words(struct arena *a, when_us length)
{
	char text[WHEN_TEXT];

	when_print_span(length, text);
	return arena_text(a, span_of(text));
}

static const char *leak_words(const struct judgement *j, const struct growth *g, struct arena *a)
{
	const struct shape *s = &g->shape;

	return arena_printf(a, "%s rose from %s to %s in %s and did not fall back through %s of night%s",
		g->tag->tag, mib_words(a, s->first), mib_words(a, s->last), span_words(a, s->length),
		span_words(a, s->night),
		g->tag != j->e->mmst ? ": nothing of it is given back in quiet hours, as with a leak."
		: trimmed(j)
			? ": the files it stands for are held open, or trimming does not keep up."
			: ". The pool did not reach the start of trimming for certain, so nothing had to be"
			  " given back: a file cache at work looks the same.");
}

/* Was enough of the time night, in which it fell most? */
static bool fell_at_night(const struct evidence *e, const struct growth *g)
{
	when_us from = g->points[g->shape.fall.from].local, to = g->points[g->shape.fall.to].local;

	return g->shape.night_known && to > from &&
	       (double)night_between(from, to) >=
		       threshold(e, THRESHOLD_NIGHT_MOST) / 100 * (double)(to - from);
}

/* What the captures show of a tag, and no more. */
static const char *shape_sentence(const struct judgement *j, const struct growth *g, struct arena *a)
{
	const struct shape *s = &g->shape;
	const char *tag = g->tag->tag, *from = mib_words(a, s->first), *to = mib_words(a, s->last);

	switch (s->kind) {
	case SHAPE_LEAK: return leak_words(j, g, a);
	case SHAPE_RISING:
		return arena_printf(a, "%s went from %s to %s in %s (%s)%s.", tag, from, to,
			span_words(a, s->length), s->what,
			s->night_known && s->night >= threshold_time(j->e->thresholds, THRESHOLD_HELD_NIGHT)
				? ""
				: ": whether it is given back when the load ends is not shown");
	case SHAPE_BURST:
		return arena_printf(a,
			"%s rose by %s within %s from %s on: most of its growth in this boot%s.", tag,
			mib_words(a, s->burst.bytes),
			span_words(a, g->at[s->burst.to]->at - g->at[s->burst.from]->at),
			time_words(a, g->at[s->burst.from]->at),
			s->fall.to > s->burst.to && s->fall.bytes > s->burst.bytes / 2
				? "; it fell back since"
				: "");
	case SHAPE_SAWTOOTH:
		return arena_printf(a,
			"%s rose to %s and fell back by up to %s (%.0f %%)%s without a restart%s.", tag,
			mib_words(a, s->peak), mib_words(a, s->fall.bytes), s->fall_percent,
			fell_at_night(j->e, g) ? " at night" : "",
			g->tag == j->e->mmst
				? ": the cache at work, given back by trimming or with the files' closing"
				: ": what it holds is given back");
	case SHAPE_PLATEAU:
		return s->last > s->first && s->peak - s->lowest > s->peak / 10
			       ? arena_printf(
					 a, "%s rose from %s to %s and then stayed level.", tag, from, to)
			       : arena_printf(a, "%s stayed level, between %s and %s.", tag,
					 mib_words(a, s->lowest), mib_words(a, s->peak));
	case SHAPE_FALLING: return arena_printf(a, "%s fell from %s to %s.", tag, from, to);
	default: return arena_printf(a, "%s: %s, so no shape of growth is told.", tag, s->what);
	}
}

/* ---- all ---- */

static bool is_large(const struct evidence *e, const struct tag_series *t)
{
	return t == e->mmst || (strcmp(t->pool, "paged") == 0 && t->rank <= BOOT_TAGS);
}

static bool is_shown(const struct evidence *e, const struct growth *g)
{
	return g->boot == e->judged_boot && g->shape.kind != SHAPE_UNDECIDED &&
	       (g->tag == e->mmst ||
		       (g->shape.kind != SHAPE_PLATEAU && g->shape.peak - g->shape.lowest >= SHOWN_LEAST));
}

/* All tags of the judged boot, and of the others those that matter most. */
static void boots_rows(struct table *t, struct table *shown, const struct evidence *e, struct arena *a)
{
	for (size_t boot = 0; boot < e->boot_count; boot++) {
		bool judged = boot == e->judged_boot;

		if (!judged && (double)e->boots[boot].snapshots < threshold(e, THRESHOLD_SHAPE_POINTS))
			continue;
		for (size_t i = 0; i < e->tag_count + e->kin_count; i++) {
			const struct tag_series *tag =
				i < e->tag_count ? &e->tags[i] : &e->kin[i - e->tag_count];
			struct growth g;

			if (!judged && !is_large(e, tag))
				continue;
			g = growth_of(e, tag, boot, a);
			if ((double)g.n >= (judged ? 1 : threshold(e, THRESHOLD_SHAPE_POINTS)))
				growth_row(t, &g);
			if (is_shown(e, &g))
				shown_row(shown, &g);
		}
	}
}

static void sentences(struct report *r, struct server_report *s, const struct judgement *j)
{
	const struct evidence *e = j->e;
	const struct tag_series *tags[] = { e->mmst, j->leader };

	if (e->judged_boot == BOOT_NONE) {
		block_text(
			s, PART_EVIDENCE, "No poolsnap has a usable time: no shape of growth can be told.");
		return;
	}
	for (size_t i = 0; i < LEN(tags); i++)
		if (tags[i] && (i == 0 || tags[i] != e->mmst)) {
			struct growth g = growth_of(e, tags[i], e->judged_boot, r->arena);

			if (g.n)
				block_text(s, PART_EVIDENCE, "%s", shape_sentence(j, &g, r->arena));
		}
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	struct table *t = table_new(
			     r, "growth", "Growth in shape", TABLE_ROWS, growth_fields, LEN(growth_fields)),
		     *shown = table_new(r, "growth_shown", "Growth in shape", TABLE_ROWS, shown_fields,
			     LEN(shown_fields));

	boots_rows(t, shown, j->e, r->arena);
	shown->about = arena_printf(r->arena,
		"Of the judged boot, from its first poolsnap to its last; bursts are of at most %s; night is 22:00 to 06:00 by"
		" the server's clock. A shape says what the poolsnaps show, not why (PT-T02). Tags that move by less than 1 MiB, stay"
		" level or have no clear shape are not listed.",
		threshold_words(j->e->thresholds, THRESHOLD_BURST_WINDOW, r->arena));
	report_data(s, t);
	if (!j->e->snapshot_count)
		return;
	sentences(r, s, j);
	if (shown->row_count)
		block_table(s, PART_EVIDENCE, shown);
}

const struct analysis analysis_growth = { "growth",
	"the shape in which each tag grows: leak, sawtooth, plateau or burst", 0, run, NULL };
