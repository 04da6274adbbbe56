/* SPDX-License-Identifier: MIT
 * The blocks of a part on a page: the verdict's box, steps and lists, text to copy, rules, tables, charts. */
#include "reports/html.h"

#include "core/text.h"

#include <string.h>

void html_title(struct html *h, const char *title, const char *id)
{
	if (!title)
		return;
	out_printf(h->out, "<h%d", h->level + 1);
	if (id)
		out_printf(h->out, " id=\"%s\"", id);
	out_raw(h->out, ">");
	html_text(h, title);
	out_printf(h->out, "</h%d>\n", h->level + 1);
}

static void put_items(struct html *h, const struct block *b, const char *tag, const char *css)
{
	if (!b->items.count)
		return;
	out_printf(h->out, "<%s class=\"%s\">\n", tag, css);
	for (size_t i = 0; i < b->items.count; i++) {
		out_raw(h->out, "<li>");
		html_prose(h, b->items.items[i]);
		if (i < b->links.count) {
			out_raw(h->out, " ");
			if (html_link(h, b->links.items[i]))
				out_raw(h->out, "<span class=\"see\">evidence</span></a>");
		}
		out_raw(h->out, "</li>\n");
	}
	out_printf(h->out, "</%s>\n", tag);
}

void html_paragraph(struct html *h, const char *css, const char *text)
{
	if (!text)
		return;
	out_printf(h->out, "<p%s%s%s>", css ? " class=\"" : "", css ? css : "", css ? "\"" : "");
	html_prose(h, text);
	out_raw(h->out, "</p>\n");
}

/* Three bars beside the word; the word says it, so the drawing is hidden from readers. */
static void put_confidence(struct html *h, enum confidence c)
{
	const char *name = confidence_name(c);

	if (!name) {
		out_raw(h->out, "<span class=\"confidence\">no confidence stated</span>");
		return;
	}
	out_raw(h->out,
		"<span class=\"confidence\"><svg class=\"meter\" viewBox=\"0 0 19 14\" aria-hidden=\"true\">");
	for (int i = 0; i < 3; i++)
		out_printf(h->out, "<rect x=\"%d\" y=\"%d\" width=\"5\" height=\"%d\" rx=\"1\"%s/>", i * 7,
			9 - i * 4, 5 + i * 4, i < (int)c ? " class=\"on\"" : "");
	out_printf(h->out, "</svg>confidence %s</span>", name);
}

/* A verdict's title is the id of its rule. */
static void put_rule_of(struct html *h, const char *rule)
{
	bool linked;

	if (!rule)
		return;
	out_raw(h->out, "<span class=\"by\">");
	linked = html_link(h, rule);
	html_text(h, rule);
	out_raw(h->out, linked ? "</a></span>" : "</span>");
}

static void put_verdict(struct html *h, const struct block *b)
{
	const char *name = severity_name(b->severity);

	out_printf(h->out, "<div class=\"verdict %s\"", name);
	html_id(h, b->id);
	out_printf(h->out, ">\n<p class=\"how\"><span class=\"pill %s\">%s</span>", name,
		severity_word(b->severity));
	put_confidence(h, b->confidence);
	put_rule_of(h, b->title);
	out_raw(h->out, "</p>\n");
	html_paragraph(h, "headline", b->text);
	if (b->action) {
		out_raw(h->out, "<p class=\"act\"><a href=\"#");
		out_printf(h->out, "%s%s\">Do this</a> ", h->prefix, part_names[PART_ACTION]);
		html_prose(h, b->action);
		out_raw(h->out, "</p>\n");
	}
	if (b->items.count)
		out_raw(h->out, "<p class=\"because\">Because</p>\n");
	put_items(h, b, "ul", "reasons");
	out_raw(h->out, "</div>\n");
}

static void put_code(struct html *h, const struct block *b)
{
	struct span rest = span_of(b->text), line;
	unsigned label = ++h->numbered;

	out_raw(h->out, "<figure class=\"code\"");
	html_id(h, b->id);
	out_printf(h->out, "><figcaption><span id=\"%slabel%u\">", h->prefix, label);
	html_text(h, b->title ? b->title : "To copy");
	out_raw(h->out, "</span><span class=\"hint\">one click selects all</span></figcaption>\n");
	out_printf(h->out, "<pre tabindex=\"0\" role=\"%s\" aria-labelledby=\"%slabel%u\">",
		h->prefix[0] ? "group" : "region", h->prefix, label);
	while (text_cut(&rest, '\n', &line)) {
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		if (!rest.p && !line.n)
			break;
		out_put(h->out, ESC_HTML, line);
		out_raw(h->out, "\n");
	}
	out_raw(h->out, "</pre></figure>\n");
}

static void put_rule(struct html *h, const struct block *b)
{
	out_raw(h->out, "<div class=\"rule\"");
	html_id(h, b->id);
	out_printf(h->out, "><h%d>", h->level + 1);
	if (b->id && !(b->title && text_starts(span_of(b->title), b->id))) {
		out_raw(h->out, "<code>");
		html_text(h, b->id);
		out_raw(h->out, "</code> ");
	}
	html_text(h, b->title);
	out_printf(h->out, "</h%d>\n", h->level + 1);
	h->self = b->id;
	html_paragraph(h, NULL, b->text);
	put_items(h, b, "ul", "plain");
	h->self = NULL;
	out_raw(h->out, "</div>\n");
}

static void put_plain(struct html *h, const struct block *b)
{
	out_raw(h->out, "<div class=\"block\"");
	html_id(h, b->id);
	out_raw(h->out, ">\n");
	html_title(h, b->title, NULL);
	html_paragraph(h, NULL, b->text);
	put_items(h, b, b->kind == BLOCK_STEPS ? "ol" : "ul", b->kind == BLOCK_STEPS ? "steps" : "plain");
	out_raw(h->out, "</div>\n");
}

void html_block(struct html *h, const struct block *b, enum part_id part)
{
	bool framed = b->kind == BLOCK_TABLE || b->kind == BLOCK_CHART;
	const char *title = b->title;

	if (title && strcmp(title, part_titles[part]) == 0)
		title = NULL;

	if (framed) {
		out_raw(h->out, "<div class=\"block\"");
		html_id(h, b->id);
		out_raw(h->out, ">\n");
	}
	switch (b->kind) {
	case BLOCK_VERDICT: put_verdict(h, b); break;
	case BLOCK_CODE: put_code(h, b); break;
	case BLOCK_RULE: put_rule(h, b); break;
	case BLOCK_CHART:
		html_title(h, title, NULL);
		html_chart(h, b->chart);
		break;
	case BLOCK_TABLE: html_table(h, b->table, title, part > PART_EVIDENCE); break;
	default: put_plain(h, b); break;
	}
	if (framed)
		out_raw(h->out, "</div>\n");
}
