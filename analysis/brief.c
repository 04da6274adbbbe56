/* SPDX-License-Identifier: MIT
 * The same in a few sentences, for the body of a ticket: what to do, how often Event 2020 came, how large
 * MmSt was. */
#include "analysis/action.h"

#include "core/text.h"

#include <inttypes.h>

#define STEPS_TOLD 2 /* where no value is recommended */

static const struct block *steps_of(const struct server_report *s)
{
	for (const struct block *b = s->parts[PART_ACTION]; b; b = b->next)
		if (b->kind == BLOCK_STEPS)
			return b;
	return NULL;
}

/* ---- what to do ---- */

/* One check stands for all that come before the registry is touched. */
static void do_first(struct table *t, const struct block *list, struct arena *a)
{
	size_t n = 0;

	while (list && n < list->items.count && !text_starts(span_of(list->items.items[n]), ACTION_CHECK) &&
		!text_starts(span_of(list->items.items[n]), ACTION_BACK_UP))
		n++;
	if (n == 1)
		table_item(t, "do", list->items.items[0]);
	else if (n)
		table_item(t, "do",
			arena_printf(a, "%s (%zu more before the values: see the report.)",
				list->items.items[0], n - 1));
}

static const char *value_words(struct arena *a, const struct prescription *p)
{
	const char *number =
		p->data > INT32_MAX ? arena_printf(a, "0x%" PRIX32 " (%" PRIu32 ")", p->data, p->data)
		: p->data < 10      ? arena_printf(a, "%" PRIu32, p->data)
			       : arena_printf(a, "%" PRIu32 " decimal (0x%" PRIX32 ")", p->data, p->data);

	return arena_printf(a, "Set %s to %s%s%s. Now: %s.", p->value, number, p->condition ? ", " : "",
		p->condition ? p->condition : "", action_now(a, p->current));
}

static void do_values(struct table *t, const struct block *list, const struct judgement *j, struct arena *a)
{
	const char *last = NULL;

	do_first(t, list, a);
	table_item(t, "do",
		j->rule == RULE_V01
			? "First export " REGISTRY_KEY "."
			: "Read \"Do not change this if\" in the report, then export the Memory Management key.");
	for (size_t i = 0; i < j->prescription_count; i++) {
		if (!j->prescriptions[i].recommended || !j->prescriptions[i].primary)
			continue;
		if (last)
			table_item(t, "do", last);
		last = value_words(a, &j->prescriptions[i]);
	}
	table_item(t, "do", arena_printf(a, "%s Restart the server afterwards.", last));
}

static const char *why_none(const struct judgement *j)
{
	for (size_t i = 0; i < j->prescription_count; i++)
		if (!j->prescriptions[i].recommended)
			return j->prescriptions[i].reason;
	return NULL;
}

static void do_without(struct table *t, const struct block *list, const struct judgement *j, struct arena *a)
{
	const char *why = why_none(j);
	bool secondary = judge_recommends(j, false);

	table_item(t, "do",
		arena_printf(a, "No registry value is recommended%s%s%s.", why ? ": " : "", why ? why : "",
			secondary ? "; the documented ones are in the report, as secondary" : ""));
	/* The steps of that verdict begin with what the tag is; what to do about it follows. */
	if (j->rule == RULE_V06)
		table_item(t, "do", action_words(a, j));
	for (size_t i = j->rule == RULE_V06; list && i < list->items.count && i < STEPS_TOLD; i++)
		table_item(t, "do", list->items.items[i]);
}

/* ---- what was seen ---- */

static const char *events_words(const struct evidence *e, struct arena *a)
{
	when_us first = WHEN_NONE, last = WHEN_NONE;
	char from[WHEN_TEXT];

	if (!e->logs)
		return "not known whether it was logged: no event log was read";
	if (!e->count_2020)
		return arena_printf(a, "none among the %" PRId64 " events that were read%s", e->events_read,
			e->log.read ? "" : "; no System log is among them");
	for (size_t i = 0; i < e->exhaustion_count; i++) {
		if (e->exhaustions[i].id != 2020)
			continue;
		first = first == WHEN_NONE ? e->exhaustions[i].at : first;
		last = e->exhaustions[i].at;
	}
	if (e->count_2020 == 1)
		return arena_printf(a, "once, %s", time_words(a, first));
	when_print_plain(first, from);
	/* Of a flood, the first of each minute was looked at. */
	return arena_printf(a, "%zu times, %s to %s%s", e->count_2020, from, time_words(a, last),
		e->count_2020 + e->count_2019 > e->exhaustion_count ? " (the last to the minute)" : "");
}

static const char *mmst_words(const struct evidence *e, struct arena *a)
{
	if (!e->snapshot_count)
		return "not known: no poolsnap was read";
	if (!e->mmst)
		return arena_printf(a, "in none of the poolsnaps (%zu)", e->snapshot_count);
	return arena_printf(a, "%s at its peak%s", mib_words(a, e->mmst->peak),
		e->mmst->share >= 0 ? arena_printf(a, ", %.0f %% of the paged pool then", e->mmst->share)
				    : "");
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	static const struct field fields[] = {
		{ "do", "What to do", T_LIST, FOR_ALL },
		{ "events_2020", "Event 2020", T_TEXT, FOR_ALL },
		{ "mmst", "MmSt", T_TEXT, FOR_ALL },
		{ "clock", "Clock of the poolsnaps", T_TEXT, FOR_ALL },
	};
	struct table *t = table_new(r, "brief", "In brief", TABLE_SINGLE, fields, LEN(fields));
	const struct block *list = steps_of(s);

	table_add(t);
	if (judge_recommends(j, true))
		do_values(t, list, j, r->arena);
	else
		do_without(t, list, j, r->arena);
	table_text(t, "events_2020", events_words(j->e, r->arena));
	table_text(t, "mmst", mmst_words(j->e, r->arena));
	table_text(t, "clock", clock_doubt(j->e));
	report_data(s, t);
}

const struct analysis analysis_brief = { "brief", "the same in a few sentences, for a ticket", 0, run, NULL };
