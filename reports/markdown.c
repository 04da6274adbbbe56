/* SPDX-License-Identifier: MIT
 * The report for trackers that render GitHub-flavoured Markdown: the same nine parts in the same order, no
 * HTML, no pictures. */
#include "reports/markdown.h"

#include "core/text.h"

#include <string.h>

void markdown_text(struct page *p, const char *text)
{
	out_text(p->out, ESC_MARKDOWN, page_shown(p, text));
}

static bool is_empty(const char *text)
{
	return !text || !text_trim(span_of(text)).n;
}

void markdown_line(struct page *p, const char *mark, const char *text)
{
	out_raw(p->out, mark);
	if (!is_empty(text)) {
		out_raw(p->out, *mark ? " " : "");
		markdown_text(p, text);
	}
	out_raw(p->out, "\n");
}

void markdown_pair(struct page *p, const char *mark, const char *name, bool bold, const char *text)
{
	out_raw(p->out, mark);
	out_raw(p->out, bold ? " **" : " ");
	markdown_text(p, name);
	markdown_line(p, bold ? ":**" : ":", text);
}

void markdown_paragraph(struct page *p, const char *text)
{
	if (is_empty(text))
		return;
	markdown_line(p, "", text);
	out_raw(p->out, "\n");
}

static void heading(struct page *p, const char *marks, const char *text)
{
	if (is_empty(text))
		return;
	markdown_line(p, marks, text);
	out_raw(p->out, "\n");
}

/* ---- blocks ---- */

static void print_items(struct page *p, const struct list *l, bool numbered)
{
	for (size_t i = 0; i < l->count; i++)
		markdown_line(p, numbered ? arena_printf(p->arena, "%zu.", i + 1) : "-", l->items[i]);
	out_raw(p->out, l->count ? "\n" : "");
}

static void print_verdict(struct page *p, const struct block *b)
{
	const char *confidence = confidence_name(b->confidence), *dot = page_sign(p, SIGN_DOT);

	out_printf(p->out, "> **%s** %s ", severity_word(b->severity), dot);
	if (confidence)
		out_printf(p->out, "confidence **%s**", confidence);
	else
		out_raw(p->out, "no confidence stated");
	if (is_empty(b->title))
		out_raw(p->out, "\n");
	else
		markdown_line(
			p, arena_printf(p->arena, " %s", dot), words_short(p->arena, b->title, NAME_MOST));
	out_raw(p->out, ">\n");
	markdown_line(p, ">", b->text);
	if (b->action) {
		out_raw(p->out, ">\n");
		markdown_pair(p, ">", "Do this", true, b->action);
	}
	out_raw(p->out, "\n");
	if (b->items.count)
		out_raw(p->out, "Because:\n\n");
	print_items(p, &b->items, false);
}

static size_t longest_run(const char *text)
{
	size_t run = 0, longest = 0;

	for (; text && *text; text++) {
		run = *text == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

/* As it is: it is there to be copied. Only the ends of its lines are taken as such. */
static void print_code(struct page *p, const struct block *b)
{
	struct span rest = span_of(b->text), line;
	size_t run = longest_run(b->text);
	int fence = run < 3 ? 3 : (int)run + 1;
	bool reg = b->name && strcmp(b->name, "commands") != 0;

	page_fill(p, "`", fence);
	out_raw(p->out, reg ? "reg\n" : "\n");
	while (text_cut(&rest, '\n', &line)) {
		while (line.n && (line.p[line.n - 1] == '\r' || line.p[line.n - 1] == ' '))
			line.n--;
		if (!rest.p && !line.n)
			break;
		page_line(p, page_exact(p, arena_text(p->arena, line)));
	}
	page_fill(p, "`", fence);
	out_raw(p->out, "\n\n");
}

static void print_explanation(struct page *p, const struct block *b)
{
	bool named = !b->id || (b->title && text_starts(span_of(b->title), b->id));

	heading(p, "####",
		named ? b->title : arena_printf(p->arena, "%s %s", b->id, b->title ? b->title : ""));
	markdown_paragraph(p, b->text);
	print_items(p, &b->items, false);
}

static void print_block(struct page *p, const struct block *b, const char *part)
{
	/* A title that only repeats its part's is left out; a verdict's is the id of its rule. */
	if (b->kind != BLOCK_RULE && b->kind != BLOCK_VERDICT && b->title &&
		(!part || strcmp(b->title, part) != 0))
		heading(p, "###", b->title);
	switch (b->kind) {
	case BLOCK_VERDICT: print_verdict(p, b); return;
	case BLOCK_CODE: print_code(p, b); return;
	case BLOCK_RULE: print_explanation(p, b); return;
	default: break;
	}
	markdown_paragraph(p, b->text);
	if (b->table)
		markdown_table(p, b->table);
	if (b->chart)
		markdown_chart(p, b->chart);
	print_items(p, &b->items, b->kind == BLOCK_STEPS);
}

/* ---- the whole ---- */

static void print_fact(struct page *p, const char *name, const char *text)
{
	if (text)
		markdown_pair(p, "-", name, true, words_short(p->arena, text, NAME_MOST));
}

static void print_title(struct page *p, const struct report *r, const struct server_report *s)
{
	bool facts = false;

	out_printf(p->out, "# %s", part_titles[PART_TITLE]);
	markdown_line(p, ":", words_short(p->arena, s->name, NAME_MOST));
	out_raw(p->out, "\n");
	print_fact(p, "Server", s->name);
	print_fact(p, "Case", r->case_name);
	print_fact(p, "Reported", words_time(p->arena, r->generated));
	for (const struct block *b = s->parts[PART_TITLE]; b; b = b->next) {
		if (block_is_fact(b))
			markdown_table(p, b->table);
		facts |= block_is_fact(b);
	}
	out_raw(p->out, facts ? "" : "\n");
	for (const struct block *b = s->parts[PART_TITLE]; b; b = b->next)
		if (!block_is_fact(b))
			print_block(p, b, NULL);
}

static void print_server(struct page *p, const struct report *r, const struct server_report *s)
{
	print_title(p, r, s);
	for (size_t i = PART_TITLE + 1; i < PART_COUNT; i++) {
		heading(p, "##", part_titles[i]);
		if (!s->parts[i])
			out_raw(p->out, "Nothing is reported here.\n\n");
		for (const struct block *b = s->parts[i]; b; b = b->next)
			print_block(p, b, part_titles[i]);
	}
}

static void print_index(struct page *p, const struct report *r, const struct index *x)
{
	struct report *holder = report_open();

	out_raw(p->out, "# Servers\n\n");
	markdown_table(p, r->fleet ? r->fleet : index_table(holder, x));
	report_close(holder);
	markdown_paragraph(p, index_left_out(p->arena, x));
	if (r->causes) {
		heading(p, "##", r->causes->title);
		markdown_table(p, r->causes);
	}
}

static void print(struct out *o, const struct report *r, const struct style *style)
{
	struct page p = { .out = o, .ascii = style->ascii, .arena = arena_open(), .width = MARKDOWN_WIDTH };
	struct arena *a = arena_open();
	struct index x = index_of(a, r);

	if (r->server_count != 1 || r->fleet)
		print_index(&p, r, &x);
	for (size_t i = 0; i < x.shown; i++) {
		print_server(&p, r, x.servers[i]);
		arena_reset(p.arena);
	}
	markdown_paragraph(&p, arena_printf(p.arena, "pooltriage %s, rules %s", r->version ? r->version : "",
				       r->rules ? r->rules : ""));
	arena_close(p.arena);
	arena_close(a);
}

const struct format format_markdown = { "markdown",
	"the whole report for trackers that render GitHub-flavoured Markdown", print, NULL };
