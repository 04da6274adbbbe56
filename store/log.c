/* SPDX-License-Identifier: MIT
 * Which records of which log did a source hold? "No Event 2020" proves nothing for those that are missing, so
 * the record ids are kept, as runs without a gap. */
#include "store/state.h"

#include <stdlib.h>
#include <string.h>

/* A log with more runs is no export of a log but a search in one: only its first and last record count. */
#define RUNS_MOST 100000 /* of all logs of one source together */
#define LOGS_MOST 1000 /* of one source */

struct run {
	int64_t first, last;
};

struct log_span {
	int64_t server, channel, records;
	int64_t first, last; /* times; WHEN_NONE when there are none */
	struct run *runs;
	size_t count, room;
	bool scattered; /* RUNS_MOST was not enough */
};

struct log_spans {
	struct log_span *spans;
	size_t count, at; /* at: the last one used; a log rarely changes */
	size_t runs;      /* of all */
};

static struct log_span *span_for(struct log_spans *l, int64_t server, int64_t channel)
{
	for (size_t i = 0; i < l->count; i++) {
		size_t k = (l->at + i) % l->count;

		if (l->spans[k].server == server && l->spans[k].channel == channel) {
			l->at = k;
			return &l->spans[k];
		}
	}
	if (l->count == LOGS_MOST)
		return NULL;
	l->spans = realloc(l->spans, (l->count + 1) * sizeof *l->spans);
	if (!l->spans)
		die("out of memory");
	l->at = l->count;
	l->spans[l->count] = (struct log_span){ .server = server,
		.channel = channel,
		.first = WHEN_NONE,
		.last = WHEN_NONE };
	return &l->spans[l->count++];
}

/* Ids come one after the other, up or down, with few exceptions. */
static void run_add(struct log_spans *l, struct log_span *s, int64_t id)
{
	struct run *last = s->count ? &s->runs[s->count - 1] : NULL;

	if (last && id >= last->first - 1 && id <= last->last + 1) {
		last->first = id < last->first ? id : last->first;
		last->last = id > last->last ? id : last->last;
		return;
	}
	if (last && l->runs >= RUNS_MOST) {
		s->scattered = true;
		s->runs[0].first = id < s->runs[0].first ? id : s->runs[0].first;
		s->runs[0].last = id > s->runs[0].last ? id : s->runs[0].last;
		return;
	}
	if (s->count == s->room) {
		s->room = s->room ? s->room * 2 : 16;
		s->runs = realloc(s->runs, s->room * sizeof *s->runs);
		if (!s->runs)
			die("out of memory");
	}
	s->runs[s->count++] = (struct run){ id, id };
	l->runs++;
}

void log_spans_add(struct store *s, const struct record *r, int64_t server)
{
	const struct value *channel = &r->v[EVENT_CHANNEL], *id = &r->v[EVENT_RECORD_ID], *time = &r->v[EVENT_TIME];
	struct log_span *span;

	if (!s->logs && !(s->logs = calloc(1, sizeof *s->logs)))
		die("out of memory");
	span = span_for(s->logs, server, channel->known ? store_name(s, channel->text) : 0);
	if (!span)
		return;
	span->records++;
	if (time->known) {
		span->first = span->first == WHEN_NONE || time->number < span->first ? time->number : span->first;
		span->last = span->last == WHEN_NONE || time->number > span->last ? time->number : span->last;
	}
	if (id->known && id->number >= 0 && id->number < INT64_MAX)
		run_add(s->logs, span, id->number);
}

static int by_first(const void *a, const void *b)
{
	const struct run *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

/* In order, without overlaps; as one from the first to the last where they are scattered. */
static void runs_settle(struct log_span *s)
{
	size_t kept = 0;

	if (s->count)
		qsort(s->runs, s->count, sizeof *s->runs, by_first);
	for (size_t i = 0; i < s->count; i++) {
		if (kept && (s->scattered || s->runs[i].first <= s->runs[kept - 1].last + 1)) {
			if (s->runs[i].last > s->runs[kept - 1].last)
				s->runs[kept - 1].last = s->runs[i].last;
		} else {
			s->runs[kept++] = s->runs[i];
		}
	}
	s->count = kept;
}

static void span_write(struct store *s, struct log_span *span)
{
	sqlite3_stmt *q = store_held(s, HELD_LOG_ADD);
	int64_t numbers[] = { s->source, span->server, span->channel, span->records, span->first, span->last,
		span->scattered };
	int64_t log;

	for (int i = 0; i < (int)LEN(numbers); i++) {
		if ((i == 2 && !span->channel) || ((i == 4 || i == 5) && numbers[i] == WHEN_NONE))
			sqlite3_bind_null(q, i + 1);
		else
			sqlite3_bind_int64(q, i + 1, numbers[i]);
	}
	store_step(s, q);
	log = sqlite3_last_insert_rowid(s->db);
	runs_settle(span);
	q = store_held(s, HELD_RUN_ADD);
	for (size_t i = 0; i < span->count; i++) {
		sqlite3_bind_int64(q, 1, log);
		sqlite3_bind_int64(q, 2, span->runs[i].first);
		sqlite3_bind_int64(q, 3, span->runs[i].last);
		store_step(s, q);
	}
}

void log_spans_write(struct store *s)
{
	for (size_t i = 0; s->logs && i < s->logs->count; i++)
		span_write(s, &s->logs->spans[i]);
}

void log_spans_drop(struct store *s)
{
	for (size_t i = 0; s->logs && i < s->logs->count; i++)
		free(s->logs->spans[i].runs);
	if (s->logs)
		free(s->logs->spans);
	free(s->logs);
	s->logs = NULL;
}
