/* SPDX-License-Identifier: MIT
 * What was looked for, and with what outcome: "nothing found" and "could not look" are different answers. */
#include "analysis/analysis.h"

#include <inttypes.h>

#define TREND_LEAST 4 /* points: fewer show no trend in any order */

enum outcome { FOUND, NOTHING, ASSUMED, BLIND };

static void row(struct table *t, const char *what, enum outcome outcome, const char *where)
{
	static const char *const words[] = { "found", "nothing found", "assumed", "could not look" };

	table_add(t);
	table_text(t, "what", what);
	if (outcome == BLIND)
		table_word(t, "outcome", words[outcome]);
	else
		table_text(t, "outcome", words[outcome]);
	table_text(t, "where", where);
}

static const char *log_words(const struct evidence *e, struct arena *a)
{
	const char *fault = evidence_log_weak(e);

	return arena_printf(a, "the System log, %" PRId64 " events, %s to %s%s%s", e->log.records,
		time_words(a, e->log.first), time_words(a, e->log.last), fault ? "; but " : "",
		fault ? fault : "");
}

static const char *counted(struct arena *a, size_t n, const char *in)
{
	return n ? arena_printf(a, "%zu in %s", n, in) : in;
}

static void look_records(struct table *t, const struct evidence *e)
{
	static const char *const what = "Missing log records";
	const struct system_log *log = &e->log;
	struct arena *a = t->arena;

	if (!log->read)
		row(t, what, BLIND, "no System log was read");
	else if (log->first_id < 0)
		row(t, what, BLIND, "its records have no ids");
	else if (log->missing)
		row(t, what, FOUND,
			arena_printf(a, "%" PRId64 " of the ids %" PRId64 " to %" PRId64, log->missing,
				log->first_id, log->last_id));
	else if (log->cleared)
		row(t, what, FOUND,
			arena_printf(a, "the log was cleared, last %s", time_words(a, log->cleared_at)));
	else
		row(t, what, NOTHING,
			arena_printf(a, "ids %" PRId64 " to %" PRId64, log->first_id, log->last_id));
}

static void look_events(struct table *t, const struct evidence *e)
{
	struct arena *a = t->arena;
	const char *log = e->log.read ? log_words(e, a)
			  : e->logs   ? "the logs that were read, none of them a System log"
				      : "no event log was read";
	enum outcome none = e->log.read ? NOTHING : BLIND;

	row(t, "Event 2020 (paged pool)", e->count_2020 ? FOUND : none, counted(a, e->count_2020, log));
	row(t, "Event 2019 (nonpaged pool)", e->count_2019 ? FOUND : none, counted(a, e->count_2019, log));
	look_records(t, e);
}

static void look_tags(struct table *t, const struct judgement *j)
{
	const struct evidence *e = j->e;
	struct arena *a = t->arena;
	size_t rising = 0, tried = 0;

	row(t, "The largest paged tag", e->peak && e->peak->largest ? FOUND : BLIND,
		e->peak && e->peak->largest ? arena_printf(a, "%s, in %zu poolsnap%s", e->peak->largest,
						      e->snapshot_count, e->snapshot_count == 1 ? "" : "s")
		: e->snapshot_count         ? "no poolsnap shows which paged tag is the largest"
					    : "no poolsnap was read");
	for (size_t i = 0; i < e->tag_count; i++) {
		tried += e->tags[i].trend.n >= TREND_LEAST;
		rising += tag_rises(e, &e->tags[i]);
	}
	row(t, "Tags that rise steadily",
		rising  ? FOUND
		: tried ? NOTHING
			: BLIND,
		tried ? arena_printf(a, "%zu of the %zu tags that are listed", rising, tried)
		      : "too few poolsnaps of one boot with a time");
}

static const char *setting_words(struct arena *a, const char *name, const struct setting *s)
{
	switch (s->state) {
	case SETTING_NUMBER: return arena_printf(a, "%s %" PRId64, name, s->number);
	case SETTING_OTHER: return arena_printf(a, "%s is %s", name, s->type);
	case SETTING_ABSENT: return arena_printf(a, "%s is absent", name);
	case SETTING_UNREAD: break;
	}
	return "";
}

static const char *switches_words(const struct evidence *e, struct arena *a)
{
	const char *all = "none of them is on";

	for (size_t i = 0; i < e->switches.count; i++)
		all = arena_printf(a, "%s%s%s", i ? all : "", i ? ", " : "", e->switches.items[i]);
	return all;
}

static void look_machine(struct table *t, const struct evidence *e)
{
	static const char *const from[] = { "from published tables", "from PagedPoolSize, a request",
		"measured by !vm", "told" };
	const struct setting *percent = &e->pool_usage_maximum, *size = &e->paged_pool_size;
	struct arena *a = t->arena;
	bool set = percent->state == SETTING_NUMBER || percent->state == SETTING_OTHER ||
		   size->state == SETTING_NUMBER || size->state == SETTING_OTHER;

	row(t, "PoolUsageMaximum, PagedPoolSize",
		!e->key_read ? BLIND
		: set        ? FOUND
			     : NOTHING,
		e->key_read ? arena_printf(a, "%s, %s", setting_words(a, "PoolUsageMaximum", percent),
				      setting_words(a, "PagedPoolSize", size))
			    : "no export of the Memory Management key was read");
	row(t, "The maximum of the paged pool",
		!e->limit.known                                                   ? BLIND
		: e->limit_from == LIMIT_TABLE || e->limit_from == LIMIT_REGISTRY ? ASSUMED
										  : FOUND,
		e->limit.known ? from[e->limit_from] : e->limit.source);
	row(t, "Free System Page Table Entries", e->free_ptes ? FOUND : BLIND,
		e->free_ptes ? e->free_ptes_source : "neither !vm nor performance counters were read");
	row(t, "Boot switches (/3GB, /PAE)",
		!e->switches_known  ? BLIND
		: e->switches.count ? FOUND
				    : NOTHING,
		e->switches_known ? switches_words(e, a) : "no boot.ini or the like was read");
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	static const struct field fields[] = {
		{ "what", "Looked for", T_TEXT, FOR_ALL },
		{ "outcome", "Outcome", T_TEXT, FOR_ALL },
		{ "where", "Where, or why not", T_TEXT, FOR_ALL },
	};
	struct table *t = table_new(r, "looked_for", "What was looked for", TABLE_ROWS, fields, LEN(fields));

	look_events(t, j->e);
	look_tags(t, j);
	look_machine(t, j->e);
	report_data(s, t);
	block_table(s, PART_UNCHECKED, t);
}

const struct analysis analysis_looked = { "looked", "what was looked for, and whether it could be seen", 0,
	run, NULL };
