/* SPDX-License-Identifier: MIT
 * What of a debugger's log is one capture: a table, what !vm says beside it, or that alone; and its time. */
#include "parsers/windbg.h"

#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Kinds of listings: tables by what they are sorted (0 to 2), !vm, tables of session pool. */
#define KIND_USAGE   3
#define KIND_SESSION 4 /* and more */

struct windbg_captures {
	struct sink *sink;
	struct windbg_table *table;
	struct record head; /* SNAPSHOT: what !vm says */
	bool used, ended;   /* head holds something of !vm; its output is over */
	bool parts;         /* the nonpaged pool is shown in two parts */
	bool dated;
	bool running;        /* the system goes on beneath the debugger */
	unsigned shown;      /* since the session's time, a bit for each kind */
	when_us time, local; /* as in struct stamp */
	char time_text[64];
};

static void head_clear(struct windbg_captures *c)
{
	record_start(&c->head, RECORD_SNAPSHOT, 0);
	c->used = c->ended = c->parts = false;
}

struct windbg_captures *windbg_captures_open(struct sink *sink)
{
	struct windbg_captures *c = calloc(1, sizeof *c);

	if (!c)
		die("out of memory");
	c->sink = sink;
	c->table = windbg_table_open(sink);
	head_clear(c);
	return c;
}

struct windbg_table *windbg_captures_of(struct windbg_captures *c)
{
	return c->table;
}

static void time_write(struct windbg_captures *c)
{
	if (c->dated && c->time != WHEN_NONE)
		record_number(&c->head, SNAPSHOT_TIME, c->time);
	if (c->dated && c->local != WHEN_NONE)
		record_number(&c->head, SNAPSHOT_LOCAL, c->local);
	if (c->dated)
		record_text(&c->head, SNAPSHOT_TIME_TEXT, span_of(c->time_text));
	record_text(&c->head, SNAPSHOT_TIME_SOURCE, c->dated ? SPAN("debugger") : SPAN("none"));
}

static void capture_end(struct windbg_captures *c)
{
	struct record *head = &c->head;

	time_write(c);
	if (c->parts)
		head->v[SNAPSHOT_POOL_NONPAGED].known = false;
	if (windbg_table_holds(c->table)) {
		windbg_table_write(c->table, head);
	} else if (head->v[SNAPSHOT_POOL_PAGED].known || head->v[SNAPSHOT_POOL_NONPAGED].known) {
		record_text(head, SNAPSHOT_SCOPE, SPAN("system"));
		record_text(head, SNAPSHOT_VIEW, SPAN("live"));
		record_text(head, SNAPSHOT_TOOL, SPAN("windbg"));
		c->sink->record(c->sink, head);
	}
	head_clear(c);
}

void windbg_captures_close(struct windbg_captures *c)
{
	capture_end(c);
	windbg_table_close(c->table);
	free(c);
}

void windbg_session_end(struct windbg_captures *c)
{
	capture_end(c);
	c->dated = c->running = false;
	c->shown = 0;
}

/* The zone is that of the machine where the debugger ran: of the server's own clock it says nothing. */
void windbg_session_time(struct windbg_captures *c, const struct stamp *stamp)
{
	capture_end(c);
	c->shown = 0;
	c->dated = stamp != NULL;
	if (!stamp)
		return;
	c->time = stamp->time;
	c->local = stamp->time == WHEN_NONE ? stamp->local : WHEN_NONE;
	snprintf(c->time_text, sizeof c->time_text, "%.*s",
		(int)text_head_whole(stamp->text, sizeof c->time_text - 1).n, stamp->text.p);
}

void windbg_session_runs(struct windbg_captures *c)
{
	c->running = true;
}

void windbg_command(struct windbg_captures *c)
{
	windbg_table_stop(c->table);
	c->ended = c->used;
}

/* The session's time is that of its beginning. On a running system one round of commands shares it; what is
 * shown again is later, and nothing says when. */
static void listing_begins(struct windbg_captures *c, unsigned kind)
{
	if (c->running && (c->shown & 1u << kind))
		c->dated = false;
	c->shown |= 1u << kind;
}

bool windbg_captures_table(struct windbg_captures *c, const struct windbg_start *start)
{
	if (windbg_table_holds(c->table) || start->session)
		capture_end(c);
	listing_begins(c, start->sorted + (start->session ? KIND_SESSION : 0));
	return windbg_table_begin(c->table, start);
}

/* ---- what !vm says ---- */

/* Labels without their blanks: "PagedPool Usage", "Paged Pool Usage". */
static const struct usage {
	const char *label, *fact; /* fact NULL: none */
	int column;               /* of SNAPSHOT; -1: none */
	bool entries;             /* counted in entries, not in bytes */
} usages[] = {
	{ "PhysicalMemory", FACT_RAM, SNAPSHOT_PHYSICAL, false },
	{ "AvailablePages", NULL, SNAPSHOT_AVAILABLE, false },
	{ "FreeSystemPTEs", FACT_FREE_PTES, -1, true },
	{ "NonPagedPoolUsage", NULL, SNAPSHOT_POOL_NONPAGED, false },
	{ "NonPagedPoolMax", FACT_NONPAGED_MAX, -1, false },
	{ "NonPagedPoolMaximum", FACT_NONPAGED_MAX, -1, false },
	{ "PagedPoolUsage", NULL, SNAPSHOT_POOL_PAGED, false },
	{ "PagedPoolMax", FACT_PAGED_MAX, -1, false },
	{ "PagedPoolMaximum", FACT_PAGED_MAX, -1, false },
	{ "Committedpages", NULL, SNAPSHOT_COMMIT, false },
	{ "Commitlimit", NULL, SNAPSHOT_COMMIT_LIMIT, false },
};

void windbg_fact(struct sink *sink, uint64_t line, const char *name, struct span text, const int64_t *number)
{
	struct record r;

	record_start(&r, RECORD_HOST, line);
	record_text(&r, HOST_NAME, span_of(name));
	record_text(&r, HOST_TEXT, text);
	if (number)
		record_number(&r, HOST_NUMBER, *number);
	sink->record(sink, &r);
}

/* Without the separators; -1 when there are more digits than any memory has. */
static int64_t count_of(const struct lines *l, const char *name)
{
	struct span text;
	int64_t n = 0;

	lines_group(l, name, &text);
	for (size_t i = 0; i < text.n; i++) {
		if (!text_is_digit(text.p[i]))
			continue;
		if (n > INT64_MAX / 1024 / 100)
			return -1;
		n = n * 10 + (text.p[i] - '0');
	}
	return n;
}

static bool label_is(struct span label, const char *name)
{
	size_t n = 0, length = strlen(name);

	for (size_t i = 0; i < label.n; i++) {
		if (text_is_blank(label.p[i]))
			continue;
		if (n == length || text_lower(label.p[i]) != text_lower(name[n++]))
			return false;
	}
	return n == length;
}

static void usage_put(struct windbg_captures *c, uint64_t line, int column, int64_t bytes)
{
	if (c->ended || windbg_table_session(c->table) || c->head.v[column].known)
		capture_end(c);
	windbg_table_stop(c->table);
	if (!c->used) {
		listing_begins(c, KIND_USAGE);
		c->head.line = line;
	}
	c->used = true;
	record_number(&c->head, column, bytes);
}

bool windbg_usage_known(struct span label)
{
	for (size_t i = 0; i < LEN(usages); i++)
		if (label_is(label, usages[i].label))
			return true;
	return false;
}

/* "PagedPool Maximum:  65536   (  262144 Kb)": pages of 4 KiB, or 8 on Itanium, so a damaged number shows. */
bool windbg_usage_read(struct windbg_captures *c, const struct lines *l, uint64_t line)
{
	int64_t pages = count_of(l, "pages"), kib = count_of(l, "kib"), number;
	struct span label, text;
	const struct usage *u = NULL;

	lines_group(l, "label", &label);
	lines_group(l, "both", &text);
	c->parts |= label_is(label, "NonPagedPoolNxUsage");
	for (size_t i = 0; i < LEN(usages) && !u; i++)
		u = label_is(label, usages[i].label) ? &usages[i] : NULL;
	if (!u)
		return true;
	if (pages < 0 || kib < 0 || (kib != pages * 4 && kib != pages * 8))
		return false;
	number = u->entries ? pages : kib * 1024;
	if (u->column >= 0)
		usage_put(c, line, u->column, number);
	if (u->fact && number > 0) /* 0: the debugger had no symbols for it */
		windbg_fact(c->sink, line, u->fact, text, &number);
	return true;
}
