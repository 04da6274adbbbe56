/* SPDX-License-Identifier: MIT
 * What could not be looked at, and what was wrong with the inputs: as visible as what was found. */
#include "analysis/analysis.h"

#include <inttypes.h>
#include <string.h>

static void unchecked(struct table *t, const char *text)
{
	table_add(t);
	table_text(t, "text", text);
}

static void unchecked_log(struct report *r, struct table *t, const struct evidence *e)
{
	if (!e->logs) {
		unchecked(t, "No event log was read: whether Event 2020 was logged is not known.");
		return;
	}
	if (e->count_2020 + e->count_2019 > e->exhaustion_count)
		unchecked(t,
			arena_printf(r->arena,
				"Of %zu Events 2020 and 2019, one a minute was looked at: there are too many to list.",
				e->count_2020 + e->count_2019));
	if (!e->log.read)
		unchecked(t, "No System log is among the logs that were read: Srv writes Event 2020 there.");
	else if (evidence_log_fault(e))
		unchecked(t, arena_printf(r->arena, "What was logged during all of the poolsnaps: %s.",
				     evidence_log_fault(e)));
}

static void unchecked_captures(struct report *r, struct table *t, const struct evidence *e)
{
	size_t partial = 0, rows = 0;

	for (size_t i = 0; i < e->snapshot_count; i++) {
		partial += !e->snapshots[i].whole;
		rows += e->snapshots[i].paged_rows + e->snapshots[i].nonpaged_rows;
	}
	if (!rows)
		unchecked(t, "No poolsnap was read: which tag holds the pool is not known.");
	if (partial)
		unchecked(t,
			arena_printf(r->arena,
				"%zu of %zu captures do not show all paged tags (copies of the screen, events 2004, or one pool only): a tag"
				" that is not in them may still be large.",
				partial, e->snapshot_count));
	if (e->snapshot_count > e->dated_count)
		unchecked(t,
			arena_printf(r->arena,
				"%zu poolsnaps have no usable time: they count for the ranking of tags, not for trends and not"
				" beside events.",
				e->snapshot_count - e->dated_count));
	if (e->dated_count && e->dated_count < 4)
		unchecked(t, "Fewer than 4 poolsnaps of one boot: no trend can be shown.");
	if (strcmp(e->name, STORE_UNNAMED) == 0)
		unchecked(t,
			"These captures were given to no server: nothing beside them names one, or several computers are named."
			" Say whose they are with --server.");
	if (e->session_captures)
		unchecked(t, arena_printf(r->arena,
				     "%zu captures show session pool and were kept out of the judgement.",
				     e->session_captures));
}

static void unchecked_machine(struct report *r, struct table *t, const struct evidence *e)
{
	if (e->machine.family == OS_UNKNOWN)
		unchecked(t, "The Windows version is not known (no systeminfo, no Event 6009, none told).");
	if (e->machine.arch == ARCH_UNKNOWN)
		unchecked(t, "Whether the system is 32-bit or 64-bit is not known.");
	if (e->machine.ram < 0)
		unchecked(t, "The size of RAM is not known: the 64 GB guard could not be checked.");
	if (!e->switches_known)
		unchecked(t, "boot.ini was not read: whether /3GB or /PAE is on is not known.");
	if (e->switches_differ)
		unchecked(t,
			arena_printf(r->arena,
				"Several listings of the boot switches were read and differ (%s): all were taken as set; which one is in"
				" force is not known.",
				e->switches_differ));
	if (!e->key_read)
		unchecked(t,
			"No export of the Memory Management key was read: the present values are not known.");
	if (!e->free_ptes)
		unchecked(t,
			"Free System Page Table Entries is in none of the inputs; read the counter before PagedPoolSize is set.");
	if (e->told_implausible)
		unchecked(t, "The told maximum of the paged pool was not taken: more than that was in use.");
	if (e->measured_implausible)
		unchecked(t,
			"The maximum of the paged pool that !vm shows was not taken: more than that was in use.");
	if (!e->limit.known)
		unchecked(t, "The maximum of the paged pool is not known: no share of it could be judged.");
	else if (e->limit_from == LIMIT_TABLE)
		unchecked(t,
			"The maximum of the paged pool is taken from published tables, not measured (!vm in the kernel debugger measures it).");
	else if (e->limit_from == LIMIT_REGISTRY)
		unchecked(t,
			"The maximum of the paged pool is taken from PagedPoolSize, which is a request, not measured (!vm in the kernel"
			" debugger measures it).");
}

#define FOREIGN_MOST 10

/* A bundle that holds only the .evtx of its log has not been checked: say so, and what to do. */
static void unchecked_foreign(struct report *r, struct table *t, const struct evidence *e)
{
	struct list files = { 0 };
	struct query *q = query_open(e->store,
		"SELECT c.name, n.text FROM source c JOIN server s ON s.id = c.server JOIN note n ON n.source = c.id"
		" WHERE (coalesce(s.same_as, s.id) = :server OR " OF_EVERY_SERVER(
			"s", "c") ") AND c.status = 'unrecognised' AND c.parser IS NOT NULL"
				  " ORDER BY 1, 2");

	query_int(q, ":server", e->server);
	while (query_next(q)) {
		struct span name = query_span(q, 0), why = query_span(q, 1);

		list_add(r->arena, &files,
			arena_printf(r->arena, "%.*s: %.*s.", (int)name.n, name.p, (int)why.n, why.p));
	}
	query_close(q);
	if (files.count == 1)
		unchecked(t, "1 file was recognised but cannot be read; what it holds was not checked:");
	else if (files.count)
		unchecked(t,
			arena_printf(r->arena,
				"%zu files were recognised but cannot be read; what they hold was not checked:",
				files.count));
	for (size_t i = 0; i < files.count && i < FOREIGN_MOST; i++)
		unchecked(t, files.items[i]);
	if (files.count > FOREIGN_MOST)
		unchecked(t, "The rest of these files is in the notes.");
}

static struct table *notes_table(struct report *r, const struct evidence *e)
{
	static const struct field fields[] = {
		{ "source", "Source", T_TEXT, FOR_ALL },
		{ "line", "Line", T_ID, FOR_ALL },
		{ "text", "What happened; what was done about it", T_TEXT, FOR_ALL },
	};
	struct table *t = table_new(r, "notes", "Notes on the inputs", TABLE_ROWS, fields, LEN(fields));
	/* What is there twice is not known while a source is read, and which copy stays does not depend on
	 * the order. */
	struct query *q = query_open(e->store,
		"WITH mine AS (SELECT c.* FROM source c JOIN server s ON s.id = c.server WHERE coalesce(s.same_as, s.id) = :server"
		"  OR " OF_EVERY_SERVER("s",
			"c") "),"
			     " again AS (SELECT c.*, c.events - (SELECT count(*) FROM event e WHERE e.source = c.id) AS lost_events,"
			     "  c.captures - (SELECT count(*) FROM snapshot t WHERE t.source = c.id) AS lost_captures FROM mine c)"
			     " SELECT c.name, n.line, n.text, c.digest, n.rowid AS place FROM note n JOIN mine c ON c.id = n.source"
			     " UNION ALL SELECT name, 0, lost_events || ' events were read before, here or in another source; counted once',"
			     "  digest, 9e18 FROM again WHERE lost_events > 0"
			     " UNION ALL SELECT name, 0, lost_captures || ' poolsnaps were read before, here or in another source; counted once',"
			     "  digest, 9.1e18 FROM again WHERE lost_captures > 0 ORDER BY 1, 4, 5");

	t->about = "At most 20 of each source; the inputs table counts all.";
	t->people_rows = 100;
	query_int(q, ":server", e->server);
	while (query_next(q)) {
		table_add(t);
		table_source(t, arena_text(r->arena, query_span(q, 0)));
		if (query_integer(q, 1))
			table_int(t, "line", query_integer(q, 1));
		table_span(t, "text", query_span(q, 2));
	}
	query_close(q);
	return t;
}

#define UNREADABLE_MOST 10

/* What was refused may be the very log or folder that would have changed the verdict. */
static void unchecked_unreadable(struct report *r, struct table *t, const struct evidence *e)
{
	struct query *q = query_open(e->store,
		"SELECT c.name, min(n.text), count(*) OVER () FROM source c JOIN server s ON s.id = c.server"
		" LEFT JOIN note n ON n.source = c.id WHERE (coalesce(s.same_as, s.id) = :server OR " OF_EVERY_SERVER(
			"s", "c") ")"
				  " AND c.status = 'unreadable'"
				  " GROUP BY c.id ORDER BY 1, 2 LIMIT :most");
	int64_t shown = 0, all = 0;

	query_int(q, ":server", e->server);
	query_int(q, ":most", UNREADABLE_MOST);
	while (query_next(q)) {
		struct span name = query_span(q, 0), why = query_span(q, 1);

		shown++;
		all = query_integer(q, 2);
		unchecked(t, arena_printf(r->arena, "%.*s could not be read: %.*s.", (int)name.n, name.p,
				     (int)why.n, why.p));
	}
	query_close(q);
	if (all > shown)
		unchecked(t, "The rest of what could not be read is in the notes.");
}

static void run(struct report *r, struct server_report *s, const struct judgement *j)
{
	static const struct field fields[] = { { "text", "Not checked", T_TEXT, FOR_ALL } };
	struct table *t = table_new(r, "not_checked", "Not checked", TABLE_LIST, fields, LEN(fields)),
		     *notes = notes_table(r, j->e);

	unchecked_unreadable(r, t, j->e);
	unchecked_foreign(r, t, j->e);
	unchecked_log(r, t, j->e);
	unchecked_captures(r, t, j->e);
	unchecked_machine(r, t, j->e);
	report_data(s, t);
	report_data(s, notes);
	block_table(s, PART_UNCHECKED, t);
	if (notes->row_count)
		block_table(s, PART_UNCHECKED, notes);
	else
		block_text(s, PART_UNCHECKED, "Every input was read without a repair.");
}

const struct analysis analysis_coverage = { "coverage",
	"what was not checked, and what was wrong with the inputs", 0, run, NULL };
