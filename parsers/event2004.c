/* SPDX-License-Identifier: MIT
 * Reads what Windows writes down when it runs low on virtual memory: pool totals and the three largest tags
 * of each pool. Names: a real event of Windows 11, and OSSEM's list of the fields of event 2004. */
#include "parsers/event2004.h"

#include "core/text.h"

#include <stdio.h>
#include <string.h>

#define PROVIDER "Microsoft-Windows-Resource-Exhaustion-Detector"
#define TAGS     3

/* <SystemInfo><PagedPoolUsage>843325440</PagedPoolUsage>: bytes, decimal. */
static const struct {
	const char *name;
	int column;
} totals[] = {
	{ "SystemInfo/PhysicalMemorySize", SNAPSHOT_PHYSICAL },
	{ "SystemInfo/SystemCommitCharge", SNAPSHOT_COMMIT },
	{ "SystemInfo/SystemCommitLimit", SNAPSHOT_COMMIT_LIMIT },
	{ "SystemInfo/NonPagedPoolUsage", SNAPSHOT_POOL_NONPAGED },
	{ "SystemInfo/PagedPoolUsage", SNAPSHOT_POOL_PAGED },
};

/* Srv logs a 2004 as well: a thread that could not be made. */
static bool is_2004(const struct record *event)
{
	return event->v[EVENT_EVENT_ID].number == 2004 &&
	       span_equal_nocase(event->v[EVENT_PROVIDER].text, SPAN(PROVIDER));
}

/* A named string; false when there is none or it is empty. */
static bool value_of(const struct record *event, const char *wanted, struct span *value)
{
	struct span rest = event->v[EVENT_STRINGS].text, name;

	while (strings_next(&rest, &name, value))
		if (span_equal(name, span_of(wanted)))
			return value->n > 0;
	return false;
}

static bool bytes_of(struct span text, int64_t *bytes)
{
	return text_int(text_trim(text), bytes) && *bytes >= 0;
}

static size_t head_read(const struct record *event, struct record *head)
{
	size_t odd = 0;

	for (size_t i = 0; i < LEN(totals); i++) {
		struct span text;
		int64_t bytes;

		if (!value_of(event, totals[i].name, &text))
			continue;
		/* No system has no memory and no limit. */
		if (bytes_of(text, &bytes) && bytes > 0)
			record_number(head, totals[i].column, bytes);
		else
			odd++;
	}
	return odd;
}

struct row {
	struct record record;
	char tag[TAG_TEXT];
};

/* <PagedPoolInfo><Tag_1><Name>Gpbm</Name><PoolUsed>75059936</PoolUsed></Tag_1>; "Io" is the tag "Io  ". */
static bool row_read(const struct record *event, const struct page *page, const char *pool, int number,
	struct row *row, size_t *odd)
{
	struct span name, used = { "", 0 };
	unsigned char tag[4];
	char path[64];
	int64_t bytes;
	bool named;

	snprintf(path, sizeof path, "%s/Tag_%d/Name", pool, number);
	named = value_of(event, path, &name);
	snprintf(path, sizeof path, "%s/Tag_%d/PoolUsed", pool, number);
	if (!value_of(event, path, &used) && !named)
		return false;
	if (!named || !bytes_of(used, &bytes) || !page_tag(page, name, tag)) {
		++*odd;
		return false;
	}
	tag_name(tag, row->tag);
	record_start(&row->record, RECORD_POOL, event->line);
	record_text(&row->record, POOL_TAG, span_of(row->tag));
	record_text(&row->record, POOL_POOL, *pool == 'P' ? SPAN("paged") : SPAN("nonpaged"));
	record_number(&row->record, POOL_BYTES, bytes);
	return true;
}

static bool tag_is_new(const struct row *rows, size_t from, size_t n)
{
	for (size_t i = from; i < n; i++)
		if (strcmp(rows[i].tag, rows[n].tag) == 0)
			return false;
	return true;
}

static size_t rows_read(
	const struct record *event, const struct page *page, struct row rows[2 * TAGS], size_t *odd)
{
	static const char *const pools[] = { "PagedPoolInfo", "NonPagedPoolInfo" };
	size_t n = 0;

	for (size_t p = 0; p < LEN(pools); p++) {
		size_t from = n;

		for (int i = 1; i <= TAGS; i++) {
			if (!row_read(event, page, pools[p], i, &rows[n], odd))
				continue;
			if (tag_is_new(rows, from, n))
				n++;
			else
				++*odd;
		}
	}
	return n;
}

size_t event2004_state(struct sink *sink, const struct page *page, const struct record *event)
{
	struct row rows[2 * TAGS];
	struct record head;
	size_t odd, n, known = 0;

	if (!is_2004(event))
		return 0;
	record_start(&head, RECORD_SNAPSHOT, event->line);
	odd = head_read(event, &head);
	n = rows_read(event, page, rows, &odd);
	for (int c = 0; c < SNAPSHOT_COLUMNS; c++)
		known += head.v[c].known;
	if (!n && !known)
		return odd;
	head.v[SNAPSHOT_TIME] = event->v[EVENT_TIME];
	head.v[SNAPSHOT_TIME_TEXT] = event->v[EVENT_TIME_TEXT];
	head.v[SNAPSHOT_COMPUTER] = event->v[EVENT_COMPUTER];
	record_text(&head, SNAPSHOT_TIME_SOURCE, SPAN("event"));
	record_text(&head, SNAPSHOT_SCOPE, SPAN("system"));
	record_text(&head, SNAPSHOT_VIEW, SPAN("event"));
	record_text(&head, SNAPSHOT_TOOL, SPAN("event 2004"));
	sink->record(sink, &head);
	for (size_t i = 0; i < n; i++)
		sink->record(sink, &rows[i].record);
	return odd;
}
