/* SPDX-License-Identifier: MIT
 * The report as plain text, to be read in a terminal or pasted into a ticket: nine parts, so many columns. */
#include "reports/page.h"

#include "core/text.h"

#include <string.h>

#define WIDTH_DEFAULT 100
#define WIDTH_LEAST   40
#define RULE_MOST     24
#define NAMES_LEAST   8

/* "── Verdict ─────────────────── verdict ──": the title, and the id that HTML uses for the same part. */
static void print_rule(struct page *p, const char *title, const char *id)
{
	const char *rule = page_sign(p, SIGN_RULE);
	int fill = p->width - width_of(span_of(title)) - width_of(span_of(id)) - 8;

	out_raw(p->out, "\n");
	page_fill(p, rule, 2);
	out_raw(p->out, " ");
	page_color(p, -1);
	out_raw(p->out, title);
	page_plain(p);
	out_raw(p->out, " ");
	page_fill(p, rule, fill > 2 ? fill : 2);
	out_raw(p->out, " ");
	out_raw(p->out, id);
	out_raw(p->out, " ");
	page_fill(p, rule, 2);
	out_raw(p->out, "\n\n");
}

static void print_title(struct page *p, const char *title)
{
	if (!title)
		return;
	page_color(p, -1);
	page_wrapped(p, "", page_shown(p, title));
	page_plain(p);
}

/* ---- blocks ---- */

static void print_items(struct page *p, const struct list *l, const char *front, bool numbered)
{
	for (size_t i = 0; i < l->count; i++) {
		const char *number = arena_printf(p->arena, "%2zu. ", i + 1);

		page_wrapped(p, numbered ? number : front, page_shown(p, l->items[i]));
	}
}

static const char *bullet(struct page *p)
{
	return arena_printf(p->arena, "  %s ", page_sign(p, SIGN_BULLET));
}

static void print_barred(struct page *p, const char *shown)
{
	struct span rest = span_of(shown), line;

	while (wrap_next(&rest, p->width - 2, &line)) {
		out_raw(p->out, page_sign(p, SIGN_BAR));
		out_raw(p->out, " ");
		out_put(p->out, ESC_TEXT, line);
		out_raw(p->out, "\n");
	}
}

static void print_verdict(struct page *p, const struct block *b)
{
	const char *confidence = confidence_name(b->confidence);

	out_raw(p->out, page_sign(p, SIGN_BAR));
	out_raw(p->out, " ");
	page_color(p, (int)b->severity);
	out_raw(p->out, severity_word(b->severity));
	page_plain(p);
	out_printf(p->out, " %s ", page_sign(p, SIGN_DOT));
	if (confidence)
		out_printf(p->out, "confidence %s", confidence);
	else
		out_raw(p->out, "no confidence stated");
	if (b->title && text_trim(span_of(b->title)).n) {
		out_printf(p->out, " %s ", page_sign(p, SIGN_DOT));
		out_put(p->out, ESC_TEXT, text_trim(width_head(span_of(page_shown(p, b->title)), RULE_MOST)));
	}
	out_raw(p->out, "\n");
	print_barred(p, page_shown(p, b->text));
	if (b->action) {
		page_line(p, "");
		page_wrapped(p, "Do this: ", page_shown(p, b->action));
	}
	if (b->items.count) {
		page_line(p, "");
		page_line(p, "Because:");
		print_items(p, &b->items, bullet(p), false);
	}
}

/* As it is and not wrapped: it is there to be copied. Only the ends of its lines are taken as such. */
static void print_code(struct page *p, const struct block *b)
{
	struct span rest = span_of(b->text), line;

	while (text_cut(&rest, '\n', &line)) {
		while (line.n && (line.p[line.n - 1] == '\r' || line.p[line.n - 1] == ' '))
			line.n--;
		if (!rest.p && !line.n)
			break;
		out_raw(p->out, line.n ? "    " : "");
		page_line(p, page_exact(p, arena_text(p->arena, line)));
	}
}

static void print_explanation(struct page *p, const struct block *b)
{
	bool named = !b->id || (b->title && text_starts(span_of(b->title), b->id));
	const char *front = named ? "" : arena_printf(p->arena, "%s  ", b->id);

	page_color(p, -1);
	page_wrapped(p, page_shown(p, front), page_shown(p, b->title));
	page_plain(p);
	if (b->text)
		page_wrapped(p, "    ", page_shown(p, b->text));
	print_items(p, &b->items, arena_printf(p->arena, "  %s", bullet(p)), false);
}

static void print_block(struct page *p, const struct block *b, const char *part)
{
	/* A title that only repeats its part's is left out; a verdict's is the id of its rule. */
	if (b->kind != BLOCK_RULE && b->kind != BLOCK_VERDICT && b->title &&
		(!part || strcmp(b->title, part) != 0))
		print_title(p, b->title);
	switch (b->kind) {
	case BLOCK_VERDICT: print_verdict(p, b); return;
	case BLOCK_CODE: print_code(p, b); return;
	case BLOCK_RULE: print_explanation(p, b); return;
	default: break;
	}
	if (b->text)
		page_wrapped(p, "", page_shown(p, b->text));
	if (b->table)
		page_table(p, b->table);
	if (b->chart)
		page_chart(p, b->chart);
	print_items(p, &b->items, bullet(p), b->kind == BLOCK_STEPS);
}

/* ---- the whole ---- */

static void print_part(struct page *p, const struct server_report *s, size_t part)
{
	print_rule(p, part_titles[part], part_names[part]);
	if (!s->parts[part])
		page_line(p, "Nothing is reported here.");
	for (const struct block *b = s->parts[part]; b; b = b->next) {
		print_block(p, b, part_titles[part]);
		if (b->next)
			out_raw(p->out, "\n");
	}
}

static void print_fact(struct page *p, const char *name, const char *text)
{
	if (text)
		page_pair(p, name, p->names, page_shown(p, words_short(p->arena, text, NAME_MOST)));
}

static void print_facts(struct page *p, const struct report *r, const struct server_report *s)
{
	p->names = 0;
	for (const struct block *b = s->parts[PART_TITLE]; b; b = b->next)
		for (size_t i = 0; block_is_fact(b) && i < b->table->field_count; i++)
			if (field_for_people(&b->table->fields[i]) &&
				(int)strlen(b->table->fields[i].title) > p->names)
				p->names = (int)strlen(b->table->fields[i].title);
	if (p->names < NAMES_LEAST)
		p->names = NAMES_LEAST;
	if (p->names > p->width / 3)
		p->names = p->width / 3;
	print_fact(p, "Server", s->name);
	print_fact(p, "Case", r->case_name);
	print_fact(p, "Reported", words_time(p->arena, r->generated));
	for (const struct block *b = s->parts[PART_TITLE]; b; b = b->next)
		if (block_is_fact(b))
			page_table(p, b->table);
	p->names = 0;
}

static void print_server(struct page *p, const struct report *r, const struct server_report *s)
{
	page_fill(p, page_sign(p, SIGN_DOUBLE), p->width);
	out_raw(p->out, "\n");
	page_color(p, -1);
	page_wrapped(p, "",
		arena_printf(p->arena, "%s: %s", part_titles[PART_TITLE],
			page_shown(p, words_short(p->arena, s->name, NAME_MOST))));
	page_plain(p);
	page_fill(p, page_sign(p, SIGN_DOUBLE), p->width);
	out_raw(p->out, "\n\n");
	print_facts(p, r, s);
	for (const struct block *b = s->parts[PART_TITLE]; b; b = b->next) {
		if (block_is_fact(b))
			continue;
		out_raw(p->out, "\n");
		print_block(p, b, NULL);
	}
	for (size_t i = PART_TITLE + 1; i < PART_COUNT; i++)
		print_part(p, s, i);
}

static void print_index(struct page *p, const struct report *r, const struct index *x)
{
	struct report *holder = report_open();
	const char *left_out = index_left_out(p->arena, x);

	print_rule(p, "Servers", "servers");
	page_table(p, r->fleet ? r->fleet : index_table(holder, x));
	report_close(holder);
	if (left_out) {
		out_raw(p->out, "\n");
		page_wrapped(p, "", page_shown(p, left_out));
	}
	if (r->causes) {
		out_raw(p->out, "\n");
		print_title(p, r->causes->title);
		page_table(p, r->causes);
	}
	out_raw(p->out, "\n");
}

static void print(struct out *o, const struct report *r, const struct style *style)
{
	struct page p = { .out = o, .ascii = style->ascii, .color = style->color };
	struct arena *a = arena_open();
	struct index x = index_of(a, r);

	p.width = style->width > 0 ? style->width : WIDTH_DEFAULT;
	if (p.width < WIDTH_LEAST)
		p.width = WIDTH_LEAST;
	p.arena = arena_open();
	if (r->server_count != 1 || r->fleet)
		print_index(&p, r, &x);
	for (size_t i = 0; i < x.shown; i++) {
		if (i)
			out_raw(o, "\n\n");
		print_server(&p, r, x.servers[i]);
		arena_reset(p.arena);
	}
	out_raw(o, "\n");
	page_wrapped(&p, "",
		page_shown(&p, arena_printf(p.arena, "pooltriage %s, rules %s", r->version ? r->version : "",
				       r->rules ? r->rules : "")));
	arena_close(p.arena);
	arena_close(a);
}

const struct format format_text = { "text", "the whole report in so many columns, to read or to paste", print,
	NULL };
