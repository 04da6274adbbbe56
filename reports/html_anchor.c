/* SPDX-License-Identifier: MIT
 * Which ids does a server's section show, so that no link leads nowhere and no id stands twice? */
#include "reports/html.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

#define ID_MOST 80 /* bytes of an id taken over; longer ones are told apart by their number */

static void add(struct html *h, const char *id)
{
	if (!id || !*id)
		return;
	h->anchors = arena_grow(h->arena, h->anchors, h->anchor_count, sizeof *h->anchors);
	h->anchors[h->anchor_count++] = (struct anchor){ .id = id };
}

static int by_id(const void *a, const void *b)
{
	return strcmp(((const struct anchor *)a)->id, ((const struct anchor *)b)->id);
}

void html_anchors(struct html *h, const struct server_report *s)
{
	size_t n = 0;

	h->anchors = NULL;
	h->anchor_count = 0;
	for (size_t part = 0; part < PART_COUNT; part++) {
		for (const struct block *b = s->parts[part]; b; b = b->next) {
			add(h, b->id);
			for (size_t i = 0; b->table && i < table_people_rows(b->table); i++)
				add(h, b->table->rows[i].id);
		}
	}
	if (!h->anchor_count)
		return;
	qsort(h->anchors, h->anchor_count, sizeof *h->anchors, by_id);
	for (size_t i = 1; i < h->anchor_count; i++)
		if (strcmp(h->anchors[n].id, h->anchors[i].id) != 0)
			h->anchors[++n] = h->anchors[i];
	h->anchor_count = n + 1;
}

static struct anchor *find(struct html *h, const char *id)
{
	struct anchor key = { .id = id };

	return id && h->anchor_count ? bsearch(&key, h->anchors, h->anchor_count, sizeof key, by_id) : NULL;
}

static bool plain(char c)
{
	return text_is_digit(c) || text_is_letter(c) || c == '-' || c == '.';
}

static void put_id(struct html *h, const struct anchor *k)
{
	out_raw(h->out, h->prefix);
	for (size_t i = 0; i < ID_MOST && k->id[i]; i++) {
		unsigned char c = (unsigned char)k->id[i];

		/* '_' itself is spelled out too, so that two ids never become one. */
		if (plain(c))
			out_printf(h->out, "%c", c);
		else
			out_printf(h->out, "_%02X", (unsigned)c);
	}
	if (strlen(k->id) > ID_MOST)
		out_printf(h->out, "_%zu", (size_t)(k - h->anchors));
}

void html_id(struct html *h, const char *id)
{
	struct anchor *k = find(h, id);

	if (!k || k->used)
		return;
	k->used = true;
	out_raw(h->out, " id=\"");
	put_id(h, k);
	out_raw(h->out, "\"");
}

/* Of several ids the first that is shown counts. */
static const struct anchor *find_first(struct html *h, const char *ids)
{
	const struct anchor *k = find(h, ids);
	struct span rest = span_of(ids), one;

	while (!k && text_cut(&rest, '\n', &one))
		k = find(h, arena_text(h->arena, one));
	return k;
}

bool html_link(struct html *h, const char *ids)
{
	const struct anchor *k = ids ? find_first(h, ids) : NULL;

	if (!k)
		return false;
	out_raw(h->out, "<a href=\"#");
	put_id(h, k);
	out_raw(h->out, "\">");
	return true;
}

void html_server_id(struct html *h, size_t server)
{
	out_printf(h->out, "s%zu", server + 1);
}
