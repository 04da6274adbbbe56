/* SPDX-License-Identifier: MIT
 * Fills a store by hand, record by record, as a parser and ingest would: for tests of what is made of it. */
#ifndef TESTS_STORE_CASE_H
#define TESTS_STORE_CASE_H

#include "core/record.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "2009-10-14T18:00:00Z", with 'Z' or without: a server's own clock is written the same way. */
static inline when_us case_time(const char *iso)
{
	enum when_zone zone;
	when_us t;

	if (!when_iso(span_of(iso), &t, &zone)) {
		printf("no time: %s\n", iso);
		abort();
	}
	return t;
}

static struct digest *case_bytes; /* of the source between case_begin and case_end */

static inline void case_begin(
	struct store *s, const char *name, const char *parser, const char *server, const char *bytes)
{
	struct store_source source = { name, parser, server, server ? "the test says so" : NULL };

	store_begin(s, &source);
	case_bytes = digest_open();
	digest_add(case_bytes, bytes, strlen(bytes));
}

static inline struct source_result case_end_of(struct store *s, when_us modified)
{
	const struct store_ending ending = { case_bytes, "read", "utf-8", modified };
	struct source_result result;
	struct err e;

	if (store_end(s, &ending, &result, &e) != 0) {
		printf("%s\n", e.text);
		abort();
	}
	digest_close(case_bytes);
	return result;
}

static inline struct source_result case_end(struct store *s)
{
	return case_end_of(s, WHEN_NONE);
}

static inline void case_tell(
	struct store *s, const char *server, const char *fact, const char *text, int64_t n)
{
	struct err e;

	if (store_tell(s, server, fact, text, n, &e) != 0) {
		printf("%s\n", e.text);
		abort();
	}
}

static inline void case_settle(struct store *s)
{
	struct err e;

	if (store_settle(s, &e) != 0) {
		printf("%s\n", e.text);
		abort();
	}
}

static inline struct store *case_open(const char *path)
{
	struct err e;
	struct store *s = store_open(path, &e);

	if (!s) {
		printf("%s\n", e.text);
		abort();
	}
	return s;
}

/* Whatever is NULL or 0 is not stated. Strings are written with '|' between them. */
struct case_event {
	const char *time; /* ISO; the text of the time too, unless that is given */
	const char *time_text, *computer, *channel;
	int64_t record;
	const char *provider, *source_name;
	int id;
	const char *strings;
	const void *data;
	size_t data_n;
	int qualifiers;
	uint64_t line;
	bool not_kept;
	when_us at; /* instead of time */
};

static inline void record_words(struct record *r, int column, const char *text)
{
	if (text)
		record_text(r, column, span_of(text));
}

static inline void case_event(struct store *s, struct case_event e)
{
	char strings[1024], time_text[WHEN_TEXT];
	when_us at = e.time ? case_time(e.time) : e.at;
	struct record r;

	record_start(&r, RECORD_EVENT, e.line ? e.line : 1);
	if (at) {
		when_print(at, time_text);
		record_number(&r, EVENT_TIME, at);
		record_words(&r, EVENT_TIME_TEXT, e.time_text ? e.time_text : e.time ? e.time : time_text);
	}
	record_words(&r, EVENT_COMPUTER, e.computer);
	record_words(&r, EVENT_CHANNEL, e.channel);
	if (e.record)
		record_number(&r, EVENT_RECORD_ID, e.record);
	record_words(&r, EVENT_PROVIDER, e.provider);
	record_words(&r, EVENT_SOURCE_NAME, e.source_name);
	record_number(&r, EVENT_EVENT_ID, e.id);
	if (e.strings) {
		snprintf(strings, sizeof strings, "%s", e.strings);
		for (char *p = strings; *p; p++)
			*p = (char)(*p == '|' ? STRINGS_BETWEEN : *p);
		record_text(&r, EVENT_STRINGS, span_of(strings));
	}
	if (e.qualifiers)
		record_number(&r, EVENT_QUALIFIERS, e.qualifiers);
	if (e.data)
		record_text(&r, EVENT_BINARY, (struct span){ e.data, e.data_n });
	store_put(s, &r, !e.not_kept);
}
#define EVENT(s, ...) case_event(s, (struct case_event){ __VA_ARGS__ })

struct case_snapshot {
	const char *time, *local, *other, *order, *time_source, *time_text;
	const char *scope, *view; /* "system", "snapshot" */
	bool no_scope;
	int64_t paged, nonpaged, commit_limit, physical;
	uint64_t line;
	when_us local_at; /* instead of local */
};

static inline void case_snapshot(struct store *s, struct case_snapshot c)
{
	struct record r;

	record_start(&r, RECORD_SNAPSHOT, c.line ? c.line : 1);
	if (c.time)
		record_number(&r, SNAPSHOT_TIME, case_time(c.time));
	if (c.local || c.local_at)
		record_number(&r, SNAPSHOT_LOCAL, c.local ? case_time(c.local) : c.local_at);
	if (c.other)
		record_number(&r, SNAPSHOT_LOCAL_OTHER, case_time(c.other));
	record_words(&r, SNAPSHOT_DATE_ORDER, c.order);
	record_words(&r, SNAPSHOT_TIME_TEXT, c.time_text ? c.time_text : c.time ? c.time : c.local);
	record_words(&r, SNAPSHOT_TIME_SOURCE, c.time_source ? c.time_source : "marker");
	record_words(&r, SNAPSHOT_SCOPE, c.no_scope ? NULL : c.scope ? c.scope : "system");
	record_words(&r, SNAPSHOT_VIEW, c.view ? c.view : "snapshot");
	if (c.physical)
		record_number(&r, SNAPSHOT_PHYSICAL, c.physical);
	if (c.commit_limit)
		record_number(&r, SNAPSHOT_COMMIT_LIMIT, c.commit_limit);
	if (c.nonpaged)
		record_number(&r, SNAPSHOT_POOL_NONPAGED, c.nonpaged);
	if (c.paged)
		record_number(&r, SNAPSHOT_POOL_PAGED, c.paged);
	store_put(s, &r, true);
}
#define SNAPSHOT(s, ...) case_snapshot(s, (struct case_snapshot){ __VA_ARGS__ })

static inline void case_row(struct store *s, const char *tag, const char *pool, int64_t allocs, int64_t bytes)
{
	struct record r;

	record_start(&r, RECORD_POOL, 1);
	record_text(&r, POOL_TAG, span_of(tag));
	record_text(&r, POOL_POOL, span_of(pool));
	record_number(&r, POOL_ALLOCS, allocs);
	record_number(&r, POOL_FREES, allocs / 2);
	record_number(&r, POOL_DIFF, allocs - allocs / 2);
	record_number(&r, POOL_BYTES, bytes);
	store_put(s, &r, true);
}

static inline void case_host(struct store *s, const char *name, const char *text, int64_t number)
{
	struct record r;

	record_start(&r, RECORD_HOST, 1);
	record_text(&r, HOST_NAME, span_of(name));
	record_text(&r, HOST_TEXT, span_of(text));
	record_number(&r, HOST_NUMBER, number);
	store_put(s, &r, true);
}

/* type REG_DWORD, or no text (NULL): number; any other: text. */
static inline void case_value(struct store *s, const char *key, const char *name, const char *type,
	int64_t number, const char *text)
{
	struct record r;

	record_start(&r, RECORD_REGISTRY, 1);
	record_text(&r, REGISTRY_KEY, span_of(key));
	record_text(&r, REGISTRY_NAME, span_of(name));
	record_text(&r, REGISTRY_TYPE, span_of(type));
	if (!text || strcmp(type, "REG_DWORD") == 0)
		record_number(&r, REGISTRY_NUMBER, number);
	else
		record_text(&r, REGISTRY_TEXT, span_of(text));
	store_put(s, &r, true);
}

#endif
