/* SPDX-License-Identifier: MIT
 * A table of cells as HTML: rows that scroll inside their own region, or names and values beside each other.
 */
#include "reports/html.h"

#include <stdio.h>
#include <string.h>

#define ROWS_TALL  24 /* more rows scroll beneath a head that stays */
#define ROWS_FOLD  12 /* more rows are folded where the caller allows it */
#define VALUE_LONG 56 /* bytes of a value that needs the whole width */
#define INNER_MOST 12 /* rows of a table inside a cell; JSON has all of them */

/* ---- cells ---- */

static void put_time(struct html *h, const struct field *f, const struct cell *c)
{
	const char *words = cell_words(h->arena, f, c), *zone = strstr(words, " UTC");
	char iso[WHEN_TEXT];

	if (!zone) {
		html_text(h, words);
		return;
	}
	when_print(c->number, iso);
	out_printf(h->out, "<time datetime=\"%s\">", iso);
	out_put(h->out, ESC_HTML, (struct span){ words, (size_t)(zone - words) });
	out_raw(h->out, "<small> UTC</small></time>");
}

/* Words and switches stand beside each other; whole sentences beneath. */
static void put_list(struct html *h, const struct list *l)
{
	bool words = true;

	for (size_t i = 0; i < l->count && words; i++)
		words = strlen(l->items[i]) <= 16 && !strchr(l->items[i], ' ');
	if (!l->count) {
		out_raw(h->out, "none");
		return;
	}
	out_raw(h->out, words ? "<span class=\"words\">" : "<ul class=\"in\">");
	for (size_t i = 0; i < l->count; i++) {
		out_raw(h->out, words ? (i ? " " : "") : "<li>");
		html_text(h, l->items[i]);
	}
	out_raw(h->out, words ? "</span>" : "</ul>");
}

static void put_cell(struct html *h, const struct field *f, const struct cell *c);

static void put_inner(struct html *h, const struct table *t)
{
	size_t shown = t && t->row_count > INNER_MOST ? INNER_MOST : t ? t->row_count : 0;

	if (!shown) {
		out_raw(h->out, "none");
		return;
	}
	out_raw(h->out, "<ul class=\"in\">");
	for (size_t r = 0; r < shown; r++) {
		const char *between = "<li>";

		for (size_t i = 0; i < t->field_count; i++) {
			const struct field *f = &t->fields[i];
			const struct cell *c = &t->rows[r].cells[i];

			if (!field_for_people(f) || c->state == CELL_UNKNOWN || f->type == T_TABLE)
				continue;
			out_raw(h->out, between);
			between = ", ";
			if (field_is_number(f)) {
				html_text(h, f->title);
				out_raw(h->out, " ");
			}
			put_cell(h, f, c);
		}
	}
	if (shown < t->row_count)
		out_printf(h->out, "<li>\xE2\x80\xA6 and %zu more", t->row_count - shown);
	out_raw(h->out, "</ul>");
}

/* "absent", "could not look": what stands where something else would be expected. */
static void put_word(struct html *h, const char *word)
{
	out_raw(h->out, "<b>");
	html_text(h, word);
	out_raw(h->out, "</b>");
}

static void put_words(struct html *h, const struct field *f, const struct cell *c, bool linked)
{
	int severity = cell_severity(f, c);

	if (severity >= 0)
		out_printf(h->out, "<span class=\"pill %s\">%s</span>",
			severity_name((enum severity)severity), severity_word((enum severity)severity));
	else if (c->state == CELL_UNKNOWN)
		out_raw(h->out, "<span class=\"na\">not known</span>");
	else if (c->state == CELL_KNOWN && f->type == T_TIME)
		put_time(h, f, c);
	else if (c->state == CELL_KNOWN && f->type == T_LIST)
		put_list(h, &c->list);
	else if (c->state == CELL_KNOWN && f->type == T_TABLE)
		put_inner(h, c->table);
	else if (c->state == CELL_WORD)
		put_word(h, c->text);
	else if (linked)
		html_text(h, cell_told(h->arena, f, c));
	else
		html_prose(h, cell_told(h->arena, f, c));
}

static bool link_server(struct html *h, const struct field *f, const struct cell *c)
{
	if (!h->index || strcmp(f->name, "server") != 0 || c->state == CELL_UNKNOWN || !c->text)
		return false;
	for (size_t i = 0; i < h->servers.shown; i++) {
		if (strcmp(h->servers.servers[i]->name, c->text) != 0)
			continue;
		out_raw(h->out, "<a href=\"#");
		html_server_id(h, i);
		out_raw(h->out, "\">");
		return true;
	}
	return false;
}

static void put_cell(struct html *h, const struct field *f, const struct cell *c)
{
	/* A link around a list of links would be no HTML. */
	bool linked = f->type != T_TABLE && (html_link(h, c->link) || link_server(h, f, c));

	put_words(h, f, c, linked);
	if (linked)
		out_raw(h->out, "</a>");
}

/* ---- rows ---- */

static void put_once(struct html *h, const struct table *t, const char *classes)
{
	bool first = true;

	for (size_t i = 0; i < t->field_count; i++) {
		if (classes[i] != '=')
			continue;
		if (first)
			out_raw(h->out,
				"<dl class=\"once\"><div><dt>The same in every row</dt><dd></dd></div>");
		first = false;
		out_raw(h->out, "<div><dt>");
		html_text(h, t->fields[i].title ? t->fields[i].title : t->fields[i].name);
		out_raw(h->out, "</dt> <dd>");
		put_cell(h, &t->fields[i], &t->rows[0].cells[i]);
		out_raw(h->out, "</dd></div>");
	}
	if (!first)
		out_raw(h->out, "</dl>\n");
}

static void put_head(struct html *h, const struct table *t, const char *classes)
{
	out_raw(h->out, "<thead><tr>");
	for (size_t i = 0; i < t->field_count; i++) {
		const struct field *f = &t->fields[i];

		if (!html_in_grid(classes[i]))
			continue;
		out_printf(h->out, "<th scope=\"col\" class=\"%c\"%s>", classes[i],
			strcmp(f->name, "rank") == 0 ? " aria-sort=\"ascending\"" : "");
		html_text(h, f->title ? f->title : f->name);
		out_raw(h->out, "</th>");
	}
	out_raw(h->out, "</tr></thead>\n");
}

/* The long texts of a row, as a line of their own across the table. */
static void put_beneath(struct html *h, const struct table *t, const char *classes, const struct row *row)
{
	size_t columns = 0;
	bool open = false;

	for (size_t i = 0; i < t->field_count; i++)
		columns += html_in_grid(classes[i]);
	for (size_t i = 0; i < t->field_count; i++) {
		const struct cell *c = &row->cells[i];

		if (classes[i] != '+')
			continue;
		if (!open)
			out_printf(h->out, "<tr class=\"beneath\"><td colspan=\"%zu\">", columns);
		open = true;
		out_raw(h->out, "<div><span class=\"key\">");
		html_text(h, t->fields[i].title ? t->fields[i].title : t->fields[i].name);
		out_raw(h->out, "</span> ");
		put_cell(h, &t->fields[i], c);
		out_raw(h->out, "</div>");
	}
	if (open)
		out_raw(h->out, "</td></tr>\n");
}

/* On a phone each row of a card is named by itself. */
static void put_data_head(struct html *h, const struct field *f, bool cards)
{
	if (cards) {
		out_raw(h->out, " data-head=\"");
		html_text(h, f->title ? f->title : f->name);
		out_raw(h->out, "\"");
	}
	out_raw(h->out, ">");
}

/* Sentences beside each other need more width than a phone has: there a row becomes a card. */
static bool becomes_cards(const struct table *t, const char *classes, size_t rows)
{
	bool sentences = false;

	for (size_t i = 0; i < t->field_count; i++)
		sentences |= classes[i] == 'w' || classes[i] == 'm';
	return sentences && rows <= ROWS_TALL;
}

static void put_rows(struct html *h, const struct table *t, const char *classes, size_t rows, bool cards)
{
	out_raw(h->out, "<tbody>\n");
	for (size_t r = 0; r < rows; r++) {
		out_raw(h->out, "<tr");
		html_id(h, t->rows[r].id);
		out_raw(h->out, ">");
		h->self = t->rows[r].id;
		for (size_t i = 0; i < t->field_count; i++) {
			if (!html_in_grid(classes[i]))
				continue;
			out_printf(h->out, "<td class=\"%c%s\"", classes[i],
				html_unbroken(h, &t->fields[i], &t->rows[r].cells[i]) ? " x" : "");
			put_data_head(h, &t->fields[i], cards);
			put_cell(h, &t->fields[i], &t->rows[r].cells[i]);
			out_raw(h->out, "</td>");
		}
		out_raw(h->out, "</tr>\n");
		put_beneath(h, t, classes, &t->rows[r]);
	}
	h->self = NULL;
	out_raw(h->out, "</tbody>");
}

static void put_grid(struct html *h, const struct table *t, const char *label, size_t rows)
{
	const char *classes = html_columns(h, t, rows);
	bool cards = becomes_cards(t, classes, rows);

	put_once(h, t, classes);
	/* Two landmarks of one name confuse: where parts repeat, or the part lends its title, this is a plain
	 * group. */
	out_printf(h->out, "<div class=\"table%s\" role=\"%s\" tabindex=\"0\" aria-labelledby=\"%s\">\n",
		rows > ROWS_TALL ? " tall" : "",
		h->prefix[0] || strcmp(label, h->head) == 0 ? "group" : "region", label);
	out_printf(h->out, "<table%s aria-labelledby=\"%s\">\n", cards ? " class=\"cards\"" : "", label);
	put_head(h, t, classes);
	put_rows(h, t, classes, rows, cards);
	out_raw(h->out, "</table></div>\n");
}

void html_pairs(struct html *h, const struct table *t, size_t row)
{
	for (size_t i = 0; i < t->field_count; i++) {
		const struct field *f = &t->fields[i];

		if (!table_shows(t, i))
			continue;
		out_raw(h->out, strlen(cell_words(h->arena, f, &t->rows[row].cells[i])) > VALUE_LONG
					? "<div class=\"long\"><dt>"
					: "<div><dt>");
		html_text(h, f->title ? f->title : f->name);
		out_raw(h->out, "</dt><dd>");
		put_cell(h, f, &t->rows[row].cells[i]);
		out_raw(h->out, "</dd></div>\n");
	}
}

static void put_singles(struct html *h, const struct table *t, size_t rows)
{
	for (size_t r = 0; r < rows; r++) {
		out_raw(h->out, "<dl class=\"pairs\"");
		html_id(h, t->rows[r].id);
		out_raw(h->out, ">\n");
		html_pairs(h, t, r);
		out_raw(h->out, "</dl>\n");
	}
}

static void put_bullets(struct html *h, const struct table *t, size_t rows)
{
	out_raw(h->out, "<ul>\n");
	for (size_t r = 0; r < rows; r++) {
		out_raw(h->out, "<li");
		html_id(h, t->rows[r].id);
		out_raw(h->out, ">");
		put_cell(h, &t->fields[0], &t->rows[r].cells[0]);
		out_raw(h->out, "</li>\n");
	}
	out_raw(h->out, "</ul>\n");
}

void html_table(struct html *h, const struct table *t, const char *title, bool fold)
{
	size_t rows = table_people_rows(t);
	const char *label = title ? arena_printf(h->arena, "%slabel%u", h->prefix, ++h->numbered) : h->head;

	fold = fold && rows > ROWS_FOLD && title;
	if (fold)
		out_raw(h->out, "<details><summary>");
	html_title(h, title, label);
	if (fold)
		out_printf(h->out, "<span class=\"count\">%zu rows</span></summary>\n", rows);
	if (t->about) {
		out_raw(h->out, "<p class=\"note\">");
		html_prose(h, t->about);
		out_raw(h->out, "</p>\n");
	}
	if (!t->row_count)
		out_raw(h->out, "<p class=\"none\">none</p>\n");
	else if (t->shape == TABLE_LIST)
		put_bullets(h, t, rows);
	else if (t->shape == TABLE_SINGLE)
		put_singles(h, t, rows);
	else
		put_grid(h, t, label, rows);
	if (rows < t->row_count)
		out_printf(h->out, "<p class=\"note\">%s</p>\n", words_showing(h->arena, rows, t->row_count));
	if (fold)
		out_raw(h->out, "</details>\n");
}
