/* SPDX-License-Identifier: MIT
 * How poolmon prints a snapshot: block with summary and column line, rows of minimum widths, with the time
 * a collecting script left. Layouts of poolmon 5.2 (x86, snapshot and screen) and 10.0 (x64). */
#include "tests/bundle_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct layout_row {
	const char *columns, *with_drivers;
	int allocs, frees, diff, bytes, each;
} layouts[] = {
	[LAYOUT_X86] = { " Tag  Type     Allocs         Frees    Diff   Bytes    Per Alloc",
		"    Mapped_Driver", 9, 9, 8, 7, 6 },
	[LAYOUT_X64] = { " Tag  Type     Allocs            Frees               Diff            Bytes"
			 "                 Per Alloc",
		"       Mapped_Driver", 18, 18, 16, 14, 12 },
	[LAYOUT_X86_LIVE] = { " Tag  Type     Allocs            Frees            Diff   Bytes       Per Alloc",
		"  Mapped_Driver", 9, 9, 8, 7, 6 },
};

/* poolmon copies four bytes and prints them with %4s: what follows a NUL vanishes, the rest moves right. */
static void put_tag(struct out *o, struct bytes tag)
{
	const char *end = memchr(tag.p, 0, tag.n);
	size_t n = end ? (size_t)(end - tag.p) : tag.n;

	out_bytes(o, "    ", n < 4 ? 4 - n : 0);
	out_bytes(o, tag.p, n);
}

/* The x86 tool prints 32 bits, signed: 3000000000 comes out as -1294967296. */
static long long shown(uint64_t value, enum layout layout)
{
	uint32_t low = (uint32_t)value;

	if (layout == LAYOUT_X64)
		return (long long)value;
	return low < UINT32_C(0x80000000) ? (long long)low : (long long)low - (INT64_C(1) << 32);
}

static void put_row(struct out *o, const struct held *h, const struct snap_plan *plan)
{
	const struct layout_row *l = &layouts[plan->layout];
	long long allocs = shown(h->allocs, plan->layout), frees = shown(h->frees, plan->layout);
	long long diff = shown(h->diff, plan->layout), bytes = shown(h->bytes, plan->layout);
	unsigned long long whole = plan->layout == LAYOUT_X64 ? h->bytes : (uint32_t)h->bytes;
	unsigned long long each = whole / (h->diff ? h->diff : 1);
	unsigned moved = h->row->churn / 800; /* on the screen: within the last five seconds */

	out_text(o, " ");
	put_tag(o, h->row->tag);
	out_print(o, " %s ", h->row->pool == 'P' ? "Paged" : "Nonp ");
	if (plan->layout == LAYOUT_X86_LIVE)
		out_print(o, "%*lld (%4u) %*lld (%4u) %*lld %*lld (%6d) %*llu", l->allocs, allocs, moved,
			l->frees, frees, moved, l->diff, diff, l->bytes, bytes, 0, l->each, each);
	else
		out_print(o, "%*lld %*lld  %*lld %*lld     %*llu        ", l->allocs, allocs, l->frees, frees,
			l->diff, diff, l->bytes, bytes, l->each, each);
	if (plan->drivers && h->row->text.p)
		out_times(o, h->row->text);
	else if (plan->drivers)
		out_text(o, "Unknown Driver");
	out_text(o, "\r\n");
}

static void put_summary(struct out *o, const struct scenario *s, const struct snapshot *snap)
{
	bool live = snap->plan->layout == LAYOUT_X86_LIVE;

	out_print(o, " Memory:%8uK Avail:%8uK  PageFlts:%6lld   InRam Krnl:%5uK P:%5uK\r\n",
		(unsigned)s->machine.ram_kib, (unsigned)snap->avail_kib,
		live ? (long long)(snap->faults % 4000) : shown(snap->faults, LAYOUT_X86),
		(unsigned)snap->krnl_kib, (unsigned)snap->resident_kib);
	out_print(o, " Commit:%7uK Limit:%7uK Peak:%7uK            Pool N:%5uK P:%5uK\r\n",
		(unsigned)snap->commit_kib, (unsigned)snap->limit_kib, (unsigned)snap->peak_kib,
		(unsigned)snap->nonpaged_kib, (unsigned)snap->paged_kib);
}

static int by_bytes(const void *a, const void *b)
{
	const struct held *x = *(const struct held *const *)a, *y = *(const struct held *const *)b;
	int tag = memcmp(x->row->tag.p, y->row->tag.p, 4);

	if (x->bytes != y->bytes)
		return x->bytes > y->bytes ? -1 : 1;
	return tag ? tag : x->row->pool < y->row->pool ? -1 : x->row->pool > y->row->pool;
}

static void put_rows(struct out *o, const struct snapshot *snap)
{
	const struct held **sorted = bundle_room(snap->n * sizeof(*sorted));
	size_t n = snap->plan->rows && snap->plan->rows < snap->n ? snap->plan->rows : snap->n;

	for (size_t i = 0; i < snap->n; i++)
		sorted[i] = &snap->held[i];
	qsort(sorted, snap->n, sizeof(*sorted), by_bytes);
	for (size_t i = 0; i < n; i++)
		if (sorted[i]->allocs || sorted[i]->frees || sorted[i]->bytes)
			put_row(o, sorted[i], snap->plan);
	free(sorted);
}

static void put_marker(struct out *o, const struct scenario *s, const struct snapshot *snap)
{
	struct civil c = clock_local(&s->zone, snap->time);
	const char *half = c.hour < 12 ? "AM" : "PM";

	switch (snap->plan->marker) {
	case MARKER_NONE: break;
	case MARKER_ECHO: /* cmd pads the hour with a blank; the blank before >> ends up in the file */
		out_print(o, "===== %02d/%02d/%04d %2d:%02d:%02d.%02u ===== \r\n", c.day, c.month, c.year,
			c.hour, c.minute, c.second, snap->hundredths);
		break;
	case MARKER_GET_DATE:
		out_print(o, "\r\n%s, %s %d, %d %u:%02d:%02d %s\r\n\r\n\r\n", clock_weekday(c.weekday),
			clock_month(c.month), c.day, c.year, clock_twelve(c.hour), c.minute, c.second, half);
		break;
	case MARKER_DATE_T:
		out_print(o, "%.3s %02d/%02d/%04d \r\n%02u:%02d %s\r\n", clock_weekday(c.weekday), c.month,
			c.day, c.year, clock_twelve(c.hour), c.minute, half);
		break;
	}
}

static void put_block(struct out *o, const struct scenario *s, const struct snapshot *snap)
{
	const struct snap_plan *plan = snap->plan;

	put_marker(o, s, snap);
	if (plan->layout != LAYOUT_X86_LIVE)
		out_text(o, "\r\n");
	if (!plan->no_summary)
		put_summary(o, s, snap);
	if (plan->layout == LAYOUT_X86_LIVE)
		out_text(o, " System pool information\r\n");
	else if (!plan->no_summary)
		out_text(o, "\r\n");
	out_text(o, layouts[plan->layout].columns);
	if (plan->drivers)
		out_text(o, layouts[plan->layout].with_drivers);
	out_text(o, "\r\n\r\n");
	put_rows(o, snap);
}

static void file_name(char *to, size_t room, const struct scenario *s, const struct snapshot *snap)
{
	struct civil c = clock_local(&s->zone, snap->time);
	size_t n = 0;

	for (const char *p = snap->plan->file; *p && n + 16 < room; p++) {
		if (p[0] != '%')
			to[n++] = *p;
		else if (*++p == 'D')
			n += (size_t)snprintf(to + n, room - n, "%04d%02d%02d", c.year, c.month, c.day);
		else if (*p == 'T')
			n += (size_t)snprintf(to + n, room - n, "%02d%02d", c.hour, c.minute);
		else if (*p == 'N')
			n += (size_t)snprintf(to + n, room - n, "%02u", snap->number + 1);
		else
			bundle_die("only %D, %T and %N are known in a file name", snap->plan->file);
	}
	to[n] = 0;
}

void pool_save(const struct scenario *s, const struct snap_plan *plan, const struct snapshot *snaps, size_t n,
	const char *dir)
{
	bool appended = !strchr(plan->file, '%');
	struct out o = { 0 };
	char file[128];

	out_times(&o, plan->head);
	for (size_t i = 0; i < n; i++) {
		if (snaps[i].plan != plan)
			continue;
		put_block(&o, s, &snaps[i]);
		if (appended)
			continue;
		file_name(file, sizeof(file), s, &snaps[i]);
		out_save(&o, dir, file, plan->encoding);
		out_times(&o, plan->head);
	}
	if (appended)
		out_save(&o, dir, plan->file, plan->encoding);
	out_free(&o);
}

void pool_write(const struct scenario *s, const char *dir)
{
	struct tag_table table = tags_make(s);
	struct snapshot *snaps;
	size_t n;

	snaps = growth_make(s, &table, &n);
	for (size_t i = 0; i < s->pool.plans.n; i++)
		pool_save(s, &s->pool.plans.row[i], snaps, n, dir);
	growth_free(snaps, n);
	free(table.row);
}
