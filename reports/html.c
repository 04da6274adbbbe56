/* SPDX-License-Identifier: MIT
 * The report as one self-contained page: no script, nothing fetched, one style sheet allowed by its hash. */
#include "reports/html.h"

#include "html_style.h" /* made of html_style.css: html_style[], html_style_hash */

#include <stdio.h>
#include <string.h>

#define CONTENTS_LEAST 8       /* tables of a part that are worth a list */
#define PAGE_LARGE     2000000 /* bytes: more make browsers slow */

static void put_name(struct html *h, const char *name)
{
	html_text(h, words_short(h->arena, name, NAME_MOST));
}

/* ---- servers ---- */

static void put_blocks(struct html *h, const struct server_report *s, enum part_id part)
{
	for (const struct block *b = s->parts[part]; b; b = b->next)
		if (part != PART_TITLE || !block_is_fact(b))
			html_block(h, b, part);
}

/* Where a part holds many tables, links to them stand at its head. */
static void put_contents(struct html *h, const struct server_report *s, enum part_id part)
{
	size_t tables = 0;

	for (const struct block *b = s->parts[part]; b; b = b->next)
		tables += b->kind == BLOCK_TABLE;
	if (tables < CONTENTS_LEAST)
		return;
	out_printf(h->out, "<nav class=\"contents\" aria-label=\"%s", part_titles[part]);
	if (h->prefix[0]) {
		out_raw(h->out, " of ");
		put_name(h, s->name);
	}
	out_raw(h->out, ", its tables\"><ul>\n");
	for (const struct block *b = s->parts[part]; b; b = b->next) {
		if (b->kind != BLOCK_TABLE || !b->title)
			continue;
		out_raw(h->out, "<li>");
		if (html_link(h, b->id)) {
			html_text(h, b->title);
			out_raw(h->out, "</a>");
		}
		out_raw(h->out, "</li>\n");
	}
	out_raw(h->out, "</ul></nav>\n");
}

static void put_part(struct html *h, const struct server_report *s, enum part_id part)
{
	const char *name = part_names[part];

	h->head = arena_printf(h->arena, "%s%s-head", h->prefix, name);
	out_printf(h->out, "<section id=\"%s%s\" class=\"part part-%s\"", h->prefix, name, name);
	/* Named sections are landmarks; nine for each of many servers would be none. */
	if (!h->prefix[0])
		out_printf(h->out, " aria-labelledby=\"%s\"", h->head);
	out_raw(h->out, ">\n");
	out_printf(h->out, "<h%d id=\"%s\">%s</h%d>\n", h->level, h->head, part_titles[part], h->level);
	if (!s->parts[part])
		out_raw(h->out, "<p class=\"none\">Nothing is reported here.</p>\n");
	put_contents(h, s, part);
	put_blocks(h, s, part);
	out_raw(h->out, "</section>\n");
}

static void put_facts(struct html *h, const struct server_report *s)
{
	const struct field time = { "generated", "Reported", T_TIME, FOR_ALL };
	const struct field name = { "case", "Case", T_TEXT, FOR_ALL };
	struct cell cells[2] = { { .state = CELL_KNOWN, .text = h->report->case_name },
		{ .state = CELL_KNOWN, .number = h->report->generated } };
	struct row row = { .cells = h->report->case_name ? cells : cells + 1 };
	struct field fields[2] = { name, time };
	struct table t = { .shape = TABLE_SINGLE, .rows = &row, .row_count = 1 };
	bool once = !s || !h->prefix[0]; /* beneath several servers the page's head has said it */

	t.fields = h->report->case_name ? fields : fields + 1;
	t.field_count = h->report->case_name ? 2 : 1;
	out_raw(h->out, "<dl class=\"facts\">\n");
	if (once)
		html_pairs(h, &t, 0);
	for (const struct block *b = s ? s->parts[PART_TITLE] : NULL; b; b = b->next)
		if (block_is_fact(b))
			html_pairs(h, b->table, 0);
	out_raw(h->out, "</dl>\n");
}

static void put_server(struct html *h, size_t i, bool alone)
{
	const struct server_report *s = h->servers.servers[i];

	h->level = alone ? 2 : 3;
	if (!alone)
		snprintf(h->prefix, sizeof h->prefix, "s%zu-", i + 1);
	html_anchors(h, s);
	out_printf(h->out, "<article class=\"server %s\" id=\"", severity_name(s->severity));
	html_server_id(h, i);
	out_printf(
		h->out, "\">\n<header id=\"%s%s\">\n<p class=\"kicker\">", h->prefix, part_names[PART_TITLE]);
	if (alone)
		out_raw(h->out, part_titles[PART_TITLE]);
	else
		out_printf(h->out, "Server %zu of %zu", i + 1, h->report->server_count);
	out_printf(h->out, "</p>\n<h%d>", h->level - 1);
	put_name(h, s->name);
	out_printf(h->out, "</h%d>\n", h->level - 1);
	h->head = "";
	put_facts(h, s);
	h->level--; /* its blocks stand right beneath the server's name */
	put_blocks(h, s, PART_TITLE);
	h->level++;
	out_raw(h->out, "</header>\n");
	for (int part = PART_TITLE + 1; part < PART_COUNT; part++)
		put_part(h, s, (enum part_id)part);
	out_raw(h->out, "</article>\n");
	h->prefix[0] = 0;
	h->anchor_count = 0;
}

/* ---- the page ---- */

static void put_document_title(struct html *h)
{
	const struct report *r = h->report;
	char day[WHEN_TEXT];

	when_print(r->generated, day);
	if (r->server_count == 1)
		out_text(h->out, ESC_HTML, words_short(h->arena, r->servers[0].name, 60));
	else
		out_printf(h->out, "%zu servers", r->server_count);
	out_printf(h->out, " \xE2\x80\x94 paged pool \xE2\x80\x94 %.10s", day);
}

static void put_head(struct html *h)
{
	out_raw(h->out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
	out_raw(h->out,
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '");
	out_raw(h->out, html_style_hash);
	out_raw(h->out, "'; base-uri 'none'; form-action 'none'\">\n");
	out_raw(h->out,
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
	put_document_title(h);
	out_raw(h->out, "</title>\n<style>");
	for (size_t i = 0; i < LEN(html_style); i++)
		out_raw(h->out, html_style[i]);
	out_raw(h->out, "</style>\n</head>\n");
}

static void put_navigation(struct html *h, bool alone)
{
	out_printf(h->out, "<nav aria-label=\"%s\">\n<ol>\n", alone ? "Parts of this report" : "Servers");
	for (int part = PART_TITLE + 1; alone && part < PART_COUNT; part++)
		out_printf(h->out, "<li><a href=\"#%s\">%s</a></li>\n", part_names[part],
			part == PART_UNCHECKED ? "Not checked" : part_titles[part]);
	for (size_t i = 0; !alone && i < h->servers.shown; i++) {
		out_printf(h->out, "<li class=\"%s\"><a href=\"#",
			severity_name(h->servers.servers[i]->severity));
		html_server_id(h, i);
		out_raw(h->out, "\">");
		out_text(h->out, ESC_HTML, words_short(h->arena, h->servers.servers[i]->name, 40));
		out_raw(h->out, "</a></li>\n");
	}
	out_raw(h->out, "</ol>\n</nav>\n");
}

static void put_index(struct html *h)
{
	struct report *holder = report_open();
	const struct table *t = h->report->fleet ? h->report->fleet : index_table(holder, &h->servers);

	h->level = 1;
	h->index = true;
	h->head = "";
	out_printf(h->out, "<header>\n<p class=\"kicker\">%s</p>\n<h1>%zu server%s</h1>\n",
		part_titles[PART_TITLE], h->report->server_count, h->report->server_count == 1 ? "" : "s");
	put_facts(h, NULL);
	out_raw(h->out, "</header>\n<section class=\"part\" id=\"servers\">\n");
	html_table(h, t, t->title, false);
	report_close(holder);
	html_paragraph(h, "note left-out", index_left_out(h->arena, &h->servers));
	if (h->report->causes)
		html_table(h, h->report->causes, h->report->causes->title, false);
	out_raw(h->out, "</section>\n");
	h->index = false;
}

/* bytes: what the page is known to take; 0 when that is not known yet. */
static void put_page(struct out *o, const struct report *r, size_t bytes)
{
	struct html h = { .out = o, .report = r, .arena = arena_open() };
	struct arena *a = arena_open();
	bool alone = r->server_count == 1 && !r->fleet;

	h.servers = index_of(a, r);
	put_head(&h);
	out_printf(o, "<body>\n<div class=\"sheet %s\">\n",
		alone ? severity_name(r->servers[0].severity) : "several");
	put_navigation(&h, alone);
	out_raw(o, "<main>\n");
	if (bytes > PAGE_LARGE)
		out_printf(o,
			"<p class=\"large\">This page is large (%.1f MB) and may be slow to open. The text report says the same in less.</p>\n",
			(double)bytes / 1e6);
	if (!alone)
		put_index(&h);
	for (size_t i = 0; i < h.servers.shown; i++) {
		arena_reset(h.arena);
		put_server(&h, i, alone);
	}
	out_raw(o, "</main>\n<footer><p>pooltriage ");
	html_text(&h, r->version);
	out_raw(o, ", rules ");
	html_text(&h, r->rules);
	out_raw(o,
		". This page holds no script and fetches nothing.</p></footer>\n</div>\n</body>\n</html>\n");
	arena_close(h.arena);
	arena_close(a);
}

static bool count_bytes(void *to, const void *bytes, size_t n)
{
	size_t *total = to;

	(void)bytes;
	*total += n;
	return true;
}

/* Written twice, the first time only to be measured: a note on the page's size belongs at its top, and pages
 * may be too large to be kept in memory. */
static void print(struct out *o, const struct report *r, const struct style *style)
{
	size_t bytes = 0;
	struct out *measure = out_open(count_bytes, &bytes);

	(void)style;
	put_page(measure, r, 0);
	out_close(measure);
	put_page(o, r, bytes);
}

const struct format format_html = { "html", "one self-contained page with charts; prints well", print, NULL };
