/* SPDX-License-Identifier: MIT
 * A healthy Windows 10 logs two disk events 51 with C000009A (records 876 and 877 in PROVENANCE.md): are they
 * listed, once in whatever dialect they come, and is nothing concluded from them? The corpus is no part of
 * this project: without it the test says so and passes. */
#include "tests/report_case.h"

#include "core/os.h"
#include "ingest.h"

static const char *const logs[] = { "conv-evtx_dump_py-win10-2KGM189-system.xml",
	"conv-evtxexport-win10-2KGM189-system.xml" };

static void say(void *to, const char *source, uint64_t line, const char *text)
{
	(void)to, (void)source, (void)line, (void)text;
}

static void check_logs(struct arena *a, const char *folder, size_t from, size_t to)
{
	struct store *store = case_open(NULL);
	struct list paths = { arena_alloc(a, LEN(logs) * sizeof *paths.items), 0 };
	struct ingest in = {
		.store = store, .encoding = -1, .jobs = 1, .relevant = evidence_uses, .say = say, .arena = a
	};
	struct judge_case c = { .store = store, .arena = a };
	struct report *r;
	const struct table *t;
	struct err e;

	for (size_t i = from; i < to; i++)
		paths.items[paths.count++] = arena_printf(a, "%s/evtx-xml/%s", folder, logs[i]);
	CHECK_INT(ingest_paths(&in, &paths, &e), 0);
	r = case_report(&c);
	CHECK_INT(r->server_count, 1);
	t = report_table(r, "resource_packets");
	CHECK_INT(t->row_count, 1);
	CHECK_TEXT(table_cell(t, 0, "provider")->text, "Disk");
	CHECK_INT(table_cell(t, 0, "id")->number, 51);
	CHECK_INT(table_cell(t, 0, "count")->number, 2);
	CHECK_INT(table_cell(t, 0, "status")->number, 0xC000009A);
	CHECK_TEXT(table_cell(t, 0, "status_name")->text, "STATUS_INSUFFICIENT_RESOURCES");
	CHECK_INT(table_cell(t, 0, "record_id")->number, 876);
	CHECK_INT(table_cell(t, 0, "self_check_holds")->number, 1);
	CHECK_INT(report_table(r, "exhaustion_events")->row_count, 0);
	CHECK_INT(report_table(r, "burst_snapshots")->row_count, 0);
	CHECK(r->servers[0].severity != SEVERITY_ERROR && r->servers[0].severity != SEVERITY_WARNING);
	report_close(r);
	store_close(store);
}

int main(void)
{
	const char *folder = getenv("POOLTRIAGE_CORPUS");
	struct arena *a = arena_open();

	folder = folder ? folder : "../shared/corpus";
	if (os_kind(arena_printf(a, "%s/evtx-xml/%s", folder, logs[0])) != OS_FILE) {
		printf("skipped: packets of a healthy log (no corpus)\n");
		arena_close(a);
		return 0;
	}
	for (size_t i = 0; i < LEN(logs); i++)
		check_logs(a, folder, i, i + 1);
	check_logs(a, folder, 0, LEN(logs));
	arena_close(a);
	return check_end();
}
