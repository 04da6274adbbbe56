/* SPDX-License-Identifier: MIT
 * The report in 10 to 15 lines, to be pasted into the body of a ticket: what is there in every report, in
 * whatever room its words leave. */
#include "reports/page.h"

#include "core/text.h"

#include <string.h>

#define LINES_MOST    15
#define WIDTH_MOST    100
#define WIDTH_LEAST   72 /* narrower, a value would lose its condition */
#define INDENT        2  /* of what does not fit on a first line */
#define NAME_SHORT    40
#define REASONS_MOST  3
#define REASONS_ROOM  2 /* lines kept for them where that is possible by writing closer */
#define SERVERS_MOST  10
#define ENTRIES_MOST  32
#define SEE_REPORT    "see the report"
#define NOT_IN_REPORT "not known"

/* One thing that is told, on one line or more. */
struct entry {
	const char *text; /* shown */
	int need, given;  /* lines; given 0: left out */
	int rank;         /* the higher, the sooner it gets what it needs */
	bool optional;    /* whole or not at all */
};

struct ticket {
	struct page *page;
	const struct report *report;
	const struct server_report *server;
	struct entry entries[ENTRIES_MOST];
	size_t count;
};

/* ---- what is in the report ---- */

static const struct table *find_table(const struct server_report *s, const char *name)
{
	for (size_t i = 0; i < s->data_count; i++)
		if (strcmp(s->data[i]->name, name) == 0)
			return s->data[i];
	return NULL;
}

/* A cell of a table that has one row; NULL when the report has no such thing, or does not know it. */
static const struct cell *find_cell(const struct server_report *s, const char *table, const char *field)
{
	const struct table *t = find_table(s, table);

	for (size_t i = 0; t && t->row_count && i < t->field_count; i++)
		if (strcmp(t->fields[i].name, field) == 0 && t->rows[0].cells[i].state == CELL_KNOWN)
			return &t->rows[0].cells[i];
	return NULL;
}

static const char *find_text(const struct server_report *s, const char *table, const char *field)
{
	const struct cell *c = find_cell(s, table, field);

	return c ? c->text : NULL;
}

static const struct block *find_verdict(const struct server_report *s)
{
	for (const struct block *b = s->parts[PART_VERDICT]; b; b = b->next)
		if (b->kind == BLOCK_VERDICT)
			return b;
	return NULL;
}

/* ---- lines ---- */

static int indent_of(int line)
{
	return line ? INDENT : 0;
}

static int lines_of(const struct page *p, const char *text)
{
	struct span rest = span_of(text), line;
	int n = 0;

	while (wrap_next(&rest, p->width - indent_of(n), &line))
		n++;
	return n ? n : 1;
}

static void add(struct ticket *t, int rank, bool optional, const char *text)
{
	const char *shown = page_shown(t->page, text);

	if (t->count == ENTRIES_MOST)
		return;
	t->entries[t->count++] = (struct entry){ .text = shown,
		.need = lines_of(t->page, shown),
		.given = !optional,
		.rank = rank,
		.optional = optional };
}

static void add_named(struct ticket *t, int rank, const char *name, const char *text)
{
	add(t, rank, false, arena_printf(t->page->arena, "%s: %s", name, text ? text : NOT_IN_REPORT));
}

/* What does not fit ends in a sign that it goes on. */
static void print_entry(struct page *p, const struct entry *e)
{
	const char *more = page_shown(p, "\xE2\x80\xA6");
	struct span rest = span_of(e->text), line;

	for (int n = 0; n < e->given; n++) {
		struct span before = rest;
		int width = p->width - indent_of(n);
		bool cut;

		if (!wrap_next(&rest, width, &line))
			line = (struct span){ "", 0 };
		cut = n + 1 == e->given && text_trim(rest).n;
		if (cut)
			wrap_next(&before, width - width_of(span_of(more)), &line);
		page_fill(p, " ", indent_of(n));
		out_put(p->out, ESC_TEXT, line);
		out_text(p->out, ESC_TEXT, cut ? more : "");
		out_raw(p->out, "\n");
	}
}

/* ---- what is told ---- */

enum rank { RANK_LOW, RANK_VERDICT, RANK_ACTION };

static const char *data_words(struct ticket *t)
{
	const struct cell *first = find_cell(t->server, "window", "first"),
			  *last = find_cell(t->server, "window", "last");
	const struct cell *clock = find_cell(t->server, "brief", "clock");
	struct arena *a = t->page->arena;

	if (!first || !last)
		return NOT_IN_REPORT;
	return arena_printf(a, "%s to %s%s%s%s", words_time(a, first->number), words_time(a, last->number),
		clock ? " (" : "", clock ? clock->text : "", clock ? ")" : "");
}

static void add_server(struct ticket *t, bool close)
{
	struct arena *a = t->page->arena;
	const char *name = words_short(a, t->server->name, NAME_SHORT), *kase = t->report->case_name;
	const char *title = arena_printf(a, "Paged pool triage: %s%s%s", name, kase ? ", case " : "",
		kase ? words_short(a, kase, NAME_SHORT) : "");

	if (close)
		title = arena_printf(a, "%s; data %s", title, data_words(t));
	add(t, RANK_LOW, false, title);
	if (!close)
		add_named(t, RANK_LOW, "Data", data_words(t));
}

static void add_system(struct ticket *t)
{
	const char *os = find_text(t->server, "host", "os"), *arch = find_text(t->server, "host", "arch"),
		   *version = find_text(t->server, "host", "os_version");

	add_named(t, RANK_LOW, "Windows",
		arena_printf(t->page->arena, "%s%s%s%s%s%s", os ? os : "version not known",
			version ? " (" : "", version ? version : "", version ? ")" : "", arch ? ", " : "",
			arch ? arch : ""));
}

static void add_verdict(struct ticket *t)
{
	const struct block *b = find_verdict(t->server);
	struct arena *a = t->page->arena;
	const char *confidence = b ? confidence_name(b->confidence) : NULL;

	if (!b) {
		add_named(t, RANK_VERDICT, "Verdict", NULL);
		return;
	}
	add(t, RANK_VERDICT, false,
		arena_printf(a, "%s, %s%s%s%s: %s", severity_word(b->severity),
			confidence ? "confidence " : "no confidence stated", confidence ? confidence : "",
			b->title ? ", " : "", b->title ? words_short(a, b->title, NAME_SHORT) : "",
			b->text ? b->text : ""));
	for (size_t i = 0; i < b->items.count; i++)
		add(t, RANK_LOW, true, arena_printf(a, "- %s", b->items.items[i]));
}

static void add_action(struct ticket *t)
{
	const struct cell *c = find_cell(t->server, "brief", "do");

	for (size_t i = 0; c && i < c->list.count; i++)
		add_named(t, RANK_ACTION, "To do", c->list.items[i]);
	if (!c || !c->list.count)
		add_named(t, RANK_ACTION, "To do", SEE_REPORT);
}

/* What leads into a list stands here without it. */
static const char *sentence(struct arena *a, const char *text)
{
	size_t n = strlen(text);

	return n && text[n - 1] == ':' ? arena_printf(a, "%.*s.", (int)(n - 1), text) : text;
}

static void add_unchecked(struct ticket *t)
{
	const struct table *u = find_table(t->server, "not_checked");
	struct arena *a = t->page->arena;

	if (!u || !u->row_count)
		add_named(t, RANK_LOW, "Not checked", u ? "nothing is listed" : NULL);
	else
		add_named(t, RANK_LOW,
			u->row_count == 1 ? "Not checked"
					  : arena_printf(a, "Not checked, the first of %zu", u->row_count),
			sentence(a, cell_told(a, &u->fields[0], &u->rows[0].cells[0])));
}

static void add_end(struct ticket *t, bool close)
{
	const struct report *r = t->report;
	const char *made = arena_printf(t->page->arena, "pooltriage %s, rules %s",
		r->version ? r->version : "", r->rules ? r->rules : "");

	if (close) {
		add(t, RANK_LOW, false, arena_printf(t->page->arena, "More in the full report; %s", made));
		return;
	}
	add(t, RANK_LOW, false, "More in the full report");
	add(t, RANK_LOW, false, made);
}

/* ---- room ---- */

static int lines_needed(const struct ticket *t)
{
	bool reasons = false;
	int n = 0;

	for (size_t i = 0; i < t->count; i++) {
		n += t->entries[i].optional ? 0 : t->entries[i].need;
		reasons |= t->entries[i].optional;
	}
	return n + (reasons ? REASONS_ROOM : 0);
}

/* How close: 0 everything on its own line, 1 the end, 2 also the head, on one line each. */
static void fill(struct ticket *t, int close)
{
	t->count = 0;
	add_server(t, close > 1);
	add_system(t);
	add_verdict(t);
	add_action(t);
	add_named(t, RANK_LOW, "Event 2020", find_text(t->server, "brief", "events_2020"));
	add_named(t, RANK_LOW, "MmSt", find_text(t->server, "brief", "mmst"));
	add_unchecked(t);
	add_end(t, close > 0);
}

/* Beyond the one line that each has: first what to do, then the verdict, then whole reasons, then the rest.
 */
static void give(struct ticket *t)
{
	int left = LINES_MOST, reasons = 0;

	for (size_t i = 0; i < t->count; i++)
		left -= t->entries[i].given;
	for (int rank = RANK_ACTION; rank >= RANK_LOW; rank--) {
		for (size_t i = 0; rank == RANK_LOW && i < t->count; i++) {
			struct entry *e = &t->entries[i];

			if (!e->optional || e->need > left || reasons == REASONS_MOST)
				continue;
			e->given = e->need;
			left -= e->need;
			reasons++;
		}
		for (size_t i = 0; i < t->count; i++) {
			struct entry *e = &t->entries[i];
			int more = e->need - e->given;

			if (e->optional || e->rank != rank)
				continue;
			more = more < left ? more : left;
			e->given += more;
			left -= more;
		}
	}
}

static void print_ticket(struct page *p, const struct report *r, const struct server_report *s)
{
	struct ticket t = { .page = p, .report = r, .server = s };

	for (int close = 0; close <= 2; close++) {
		fill(&t, close);
		if (lines_needed(&t) <= LINES_MOST)
			break;
	}
	give(&t);
	for (size_t i = 0; i < t.count; i++)
		print_entry(p, &t.entries[i]);
}

static void print(struct out *o, const struct report *r, const struct style *style)
{
	struct page p = { .out = o, .ascii = style->ascii, .width = style->width, .arena = arena_open() };
	struct arena *a = arena_open();
	struct index x = index_of(a, r);
	size_t shown = x.count < SERVERS_MOST ? x.count : SERVERS_MOST;

	if (p.width > WIDTH_MOST || p.width <= 0)
		p.width = WIDTH_MOST;
	if (p.width < WIDTH_LEAST)
		p.width = WIDTH_LEAST;
	for (size_t i = 0; i < shown; i++) {
		out_raw(o, i ? "\n" : "");
		print_ticket(&p, r, x.servers[i]);
		arena_reset(p.arena);
	}
	if (shown < x.count)
		out_printf(o, "\nand %zu more servers: see the report\n", x.count - shown);
	if (!x.count)
		out_raw(o, "no server is in the report\n");
	arena_close(p.arena);
	arena_close(a);
}

const struct format format_ticket = { "ticket", "10 to 15 lines to paste into a ticket", print, NULL };
