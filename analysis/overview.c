/* SPDX-License-Identifier: MIT
 * Which server, which time, which verdict: the first screen of the report. */
#include "analysis/action.h"

#include <inttypes.h>
#include <string.h>

static const struct field host_fields[] = {
	{ "os", "Windows", T_TEXT, FOR_ALL },
	{ "os_version", "Version", T_TEXT, FOR_ALL },
	{ "os_source", "Known from", T_TEXT, FOR_ALL },
	{ "arch", "Architecture", T_TEXT, FOR_ALL },
	{ "ram_bytes", "RAM", T_BYTES, FOR_ALL },
	{ "free_system_ptes", "Free system PTEs", T_INT, FOR_ALL },
	{ "free_system_ptes_source", "Free PTEs known from", T_TEXT, FOR_MACHINES },
	{ "utc_offset_minutes", "Clock, from UTC", T_MINUTES, FOR_ALL },
	{ "utc_offset_source", "Clock known from", T_TEXT, FOR_ALL },
	{ "switches", "Boot switches", T_LIST, FOR_ALL },
	{ "registry.PoolUsageMaximum", "PoolUsageMaximum now", T_DWORD, FOR_ALL },
	{ "registry.PagedPoolSize", "PagedPoolSize now", T_DWORD, FOR_ALL },
	{ "registry.written", "Key last written (server's clock)", T_TEXT, FOR_ALL },
};

static void setting_cell(struct table *t, const char *field, const struct setting *s)
{
	if (s->state == SETTING_NUMBER)
		table_int(t, field, s->number);
	else if (s->state == SETTING_ABSENT)
		table_word(t, field, "absent");
}

static struct table *host_table(struct report *r, const struct evidence *e)
{
	struct table *t = table_new(r, "host", "Server", TABLE_SINGLE, host_fields, LEN(host_fields));
	static const char *const archs[] = { [ARCH_UNKNOWN] = NULL, [ARCH_X86] = "x86", [ARCH_X64] = "x64" };

	table_add(t);
	table_text(t, "os",
		e->os                             ? e->os
		: e->machine.family != OS_UNKNOWN ? os_family_name(e->machine.family)
						  : NULL);
	table_text(t, "os_version", e->os_version);
	table_text(t, "os_source", e->os_source);
	table_text(t, "arch", archs[e->machine.arch]);
	if (e->machine.ram >= 0)
		table_int(t, "ram_bytes", e->machine.ram);
	if (e->free_ptes)
		table_int(t, "free_system_ptes", e->free_ptes);
	table_text(t, "free_system_ptes_source", e->free_ptes_source);
	if (e->offset_known)
		table_int(t, "utc_offset_minutes", e->offset);
	table_text(t, "utc_offset_source", e->offset_source);
	if (e->switches_known)
		table_items_known(t, "switches");
	for (size_t i = 0; i < e->switches.count; i++)
		table_item(t, "switches", e->switches.items[i]);
	setting_cell(t, "registry.PoolUsageMaximum", &e->pool_usage_maximum);
	setting_cell(t, "registry.PagedPoolSize", &e->paged_pool_size);
	table_text(t, "registry.written", e->key_written_text);
	return t;
}

static struct table *window_table(struct report *r, const struct evidence *e)
{
	static const struct field fields[] = {
		{ "first", "First", T_TIME, FOR_ALL },
		{ "last", "Last", T_TIME, FOR_ALL },
	};
	struct table *t = table_new(r, "window", "Data window", TABLE_SINGLE, fields, LEN(fields));

	table_add(t);
	if (e->first != WHEN_NONE) {
		table_int(t, "first", e->first);
		table_int(t, "last", e->last);
	}
	return t;
}

static struct table *snapshots_table(struct report *r, const struct evidence *e)
{
	static const struct field fields[] = {
		{ "count", "Poolsnaps", T_INT, FOR_ALL },
		{ "boots", "Boots they are of", T_INT, FOR_ALL },
		{ "first", "First", T_TIME, FOR_ALL },
		{ "last", "Last", T_TIME, FOR_ALL },
		{ "time_source", "Time taken from", T_TEXT, FOR_ALL },
		{ "undated", "Without a time", T_INT, FOR_ALL },
	};
	struct table *t = table_new(r, "snapshots", "Poolsnaps", TABLE_SINGLE, fields, LEN(fields));
	const struct snapshot *last = e->dated_count ? &e->snapshots[e->dated_count - 1] : NULL;
	int64_t boots = 0;

	for (size_t i = 0; i < e->boot_count; i++)
		boots += e->boots[i].snapshots > 0;
	table_add(t);
	table_int(t, "count", (int64_t)e->snapshot_count);
	table_int(t, "boots", boots);
	table_int(t, "undated", (int64_t)(e->snapshot_count - e->dated_count));
	if (!last)
		return t;
	table_int(t, "first", e->snapshots[0].at);
	table_int(t, "last", last->at);
	table_text(t, "time_source",
		strcmp(last->clock_source, CLOCK_ITSELF) == 0
			? last->time_source
			: arena_printf(
				  r->arena, "%s (local); UTC by: %s", last->time_source, last->clock_source));
	return t;
}

static struct table *limit_table(struct report *r, const struct evidence *e)
{
	static const struct field fields[] = {
		{ "low_bytes", "At least", T_BYTES, FOR_ALL },
		{ "high_bytes", "At most", T_BYTES, FOR_ALL },
		{ "source", "Known from", T_TEXT, FOR_ALL },
	};
	struct table *t =
		table_new(r, "pool_max", "Maximum of the paged pool", TABLE_SINGLE, fields, LEN(fields));

	table_add(t);
	if (e->limit.low > 0)
		table_int(t, "low_bytes", e->limit.low);
	if (e->limit.known)
		table_int(t, "high_bytes", e->limit.high);
	table_text(t, "source", e->limit.source);
	return t;
}

static struct table *verdict_table(struct report *r, const struct judgement *j, const char *action)
{
	static const struct field fields[] = {
		{ "rule", "Rule", T_TEXT, FOR_ALL },
		{ "code", "Code", T_TEXT, FOR_ALL },
		{ "severity", "Severity", T_TEXT, FOR_ALL },
		{ "confidence", "Confidence", T_TEXT, FOR_ALL },
		{ "headline", "Verdict", T_TEXT, FOR_ALL },
		{ "action", "Do this", T_TEXT, FOR_ALL },
		{ "reasons", "Reasons", T_LIST, FOR_ALL },
		{ "score", "Points", T_INT, FOR_MACHINES },
		{ "at_other_end.rule", "At the other end of the maximum", T_TEXT, FOR_MACHINES },
		{ "at_other_end.code", "Code at the other end", T_TEXT, FOR_MACHINES },
		{ "would_raise_confidence", "Would raise the confidence", T_LIST, FOR_ALL },
	};
	struct table *t = table_new(r, "verdict", "Verdict", TABLE_SINGLE, fields, LEN(fields));

	table_add(t);
	table_text(t, "rule", rules[j->rule].id);
	table_text(t, "code", rules[j->rule].code);
	table_text(t, "severity", severity_name(j->severity));
	table_text(t, "confidence", confidence_name(j->confidence));
	table_text(t, "headline", j->headline);
	table_text(t, "action", action);
	table_items_known(t, "reasons");
	for (size_t i = 0; i < j->reasons.count; i++)
		table_item(t, "reasons", j->reasons.items[i]);
	if (j->rule == RULE_V09 || j->rule == RULE_V12)
		table_int(t, "score", j->score);
	if (j->other) {
		table_text(t, "at_other_end.rule", j->other->id);
		table_text(t, "at_other_end.code", j->other->code);
	}
	table_items_known(t, "would_raise_confidence");
	for (size_t i = 0; i < j->raise.count; i++)
		table_item(t, "would_raise_confidence", j->raise.items[i]);
	return t;
}

/* Whose these captures are was concluded, not read. */
static const char *unnamed_words(const struct evidence *e, struct arena *a)
{
	struct query *q = query_open(e->store,
		"SELECT count(c.server_reason), count(*) FROM source c JOIN server s ON s.id = c.server"
		" WHERE coalesce(s.same_as, s.id) = :server AND c.status IS NOT 'told'");
	int64_t unnamed = 0, all = 0;

	query_int(q, ":server", e->server);
	if (query_next(q)) {
		unnamed = query_integer(q, 0);
		all = query_integer(q, 1);
	}
	query_close(q);
	return unnamed ? arena_printf(a, "%" PRId64 " of %" PRId64 "; why they are its: see Provenance",
				 unnamed, all)
		       : "";
}

/* What a reader checks before the verdict: is this the server, the time and the state that I think it is? */
static struct table *glance_table(struct report *r, const struct evidence *e)
{
	static const struct field fields[] = {
		{ "windows", "Windows", T_TEXT, FOR_PEOPLE },
		{ "machine", "Machine", T_TEXT, FOR_PEOPLE },
		{ "window", "Data from, to (UTC)", T_TEXT, FOR_PEOPLE },
		{ "local", "By the server's clock", T_TEXT, FOR_PEOPLE },
		{ "clock", "Clock of the poolsnaps", T_TEXT, FOR_PEOPLE }, /* "" where it is sure */
		{ "unnamed", "Inputs that name no server", T_TEXT, FOR_PEOPLE },
		{ "percent", "PoolUsageMaximum now", T_DWORD, FOR_PEOPLE },
		{ "size", "PagedPoolSize now", T_DWORD, FOR_PEOPLE },
	};
	static const char *const archs[] = {
		[ARCH_UNKNOWN] = "architecture not known", [ARCH_X86] = "x86", [ARCH_X64] = "x64"
	};
	struct table *t = table_new(r, "glance", "At a glance", TABLE_SINGLE, fields, LEN(fields));
	char first[WHEN_TEXT], last[WHEN_TEXT], offset[WHEN_TEXT];
	struct arena *a = r->arena;

	table_add(t);
	table_text(t, "clock", clock_doubt(e) ? clock_doubt(e) : "");
	table_text(t, "unnamed", unnamed_words(e, a));
	if (e->os || e->machine.family != OS_UNKNOWN)
		table_text(t, "windows",
			arena_printf(a, "%s%s%s%s", e->os ? e->os : os_family_name(e->machine.family),
				e->os_version ? " (" : "", e->os_version ? e->os_version : "",
				e->os_version ? ")" : ""));
	table_text(t, "machine",
		arena_printf(a, "%s, %s", archs[e->machine.arch],
			e->machine.ram >= 0 ? arena_printf(a, "%s of RAM", mib_words(a, e->machine.ram))
					    : "RAM not known"));
	setting_cell(t, "percent", &e->pool_usage_maximum);
	setting_cell(t, "size", &e->paged_pool_size);
	/* JSON has no word for a value of another type; people are told which. */
	if (e->pool_usage_maximum.state == SETTING_OTHER)
		table_word(t, "percent", e->pool_usage_maximum.type);
	if (e->paged_pool_size.state == SETTING_OTHER)
		table_word(t, "size", e->paged_pool_size.type);
	if (e->first == WHEN_NONE)
		return t;
	when_print_plain(e->first, first);
	when_print_plain(e->last, last);
	table_text(t, "window", arena_printf(a, "%s to %s", first, last));
	if (!e->offset_known)
		return t;
	when_print_plain(e->first + e->offset * WHEN_MINUTE, first);
	when_print_plain(e->last + e->offset * WHEN_MINUTE, last);
	when_print_offset(e->offset, offset);
	/* The sign as in the columns of offsets. */
	table_text(t, "local",
		arena_printf(a, "%s to %s (UTC%s%s)", first, last, e->offset < 0 ? "\xE2\x88\x92" : "+",
			offset + 1));
	return t;
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	const struct evidence *e = j->e;
	struct table *host = host_table(r, e);
	const char *action = action_words(r->arena, j);
	struct block *box, *raise;

	block_table(s, PART_TITLE, glance_table(r, e));
	box = block_add(s, PART_VERDICT, BLOCK_VERDICT, rules[j->rule].id);
	box->text = j->headline;
	box->action = action;
	box->severity = j->severity;
	box->confidence = j->confidence;
	box->items = j->reasons;
	box->links = j->shown;
	if (j->raise.count) {
		raise = block_add(s, PART_VERDICT, BLOCK_LIST, "What would raise the confidence");
		raise->items = j->raise;
	}
	report_data(s, host);
	report_data(s, window_table(r, e));
	report_data(s, verdict_table(r, j, action));
	struct table *snapshots = snapshots_table(r, e), *limit = limit_table(r, e);

	report_data(s, limit);
	report_data(s, snapshots);
	block_table(s, PART_EVIDENCE, host);
	block_table(s, PART_EVIDENCE, snapshots);
	block_table(s, PART_EVIDENCE, limit);
}

const struct analysis analysis_overview = { "overview", "the server, the time that was read, and the verdict",
	0, run, NULL };
