/* SPDX-License-Identifier: MIT
 * The poolsnaps of a world, to the KiB: MmSt, the tags that are named, and fillers of which none leads. */
#include "tests/world_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double nonpaged_rest(const struct world_snap *s)
{
	return s->nonpaged > 0 ? s->nonpaged : 20;
}

double world_total(const struct world_snap *s)
{
	double sum = s->mmst + s->rest;

	for (size_t i = 0; i < WORLD_TAGS && s->tag[i].tag; i++)
		sum += s->tag[i].pool == 'P' ? s->tag[i].mib : 0;
	return sum;
}

static uint64_t kib(double mib)
{
	return (uint64_t)llround(mib * 1024);
}

static const struct tag_row *row_of(struct written *x, const char *tag, char pool)
{
	for (size_t i = 0; i < x->row_count; i++)
		if (x->rows[i].pool == pool && memcmp(x->rows[i].tag.p, tag, 4) == 0)
			return &x->rows[i];
	if (x->row_count == LEN(x->rows))
		bundle_die("a world has too many tags", tag);
	x->rows[x->row_count] = (struct tag_row){ .tag = { tag, 4, 1 }, .pool = pool };
	return &x->rows[x->row_count++];
}

/* Allocations since the boot: 1,000 at once, 1,000 in an hour. */
static void hold(struct written *x, struct snapshot *to, const char *tag, char pool, uint64_t bytes)
{
	int64_t up = to->time - clock_boot(&x->s, to->time);
	struct held *h = &to->held[to->n];

	h->row = row_of(x, tag, pool);
	h->allocs = (uint32_t)(1000 + up / 4 + (int64_t)to->n);
	h->diff = (uint32_t)(bytes / 4096 ? bytes / 4096 : 1);
	h->diff = h->diff < h->allocs ? h->diff : h->allocs;
	h->frees = h->allocs - h->diff;
	h->bytes = bytes;
	to->n++;
}

/* The last of them takes what the division leaves, so that the sum is exact. */
static void hold_spread(
	struct written *x, struct snapshot *to, const char *const *tags, size_t n, char pool, uint64_t all)
{
	for (size_t i = 0; i < n && all; i++)
		hold(x, to, tags[i], pool, (all / n + (i + 1 == n ? all % n : 0)) * 1024);
}

static void snapshot_fill(struct written *x, struct snapshot *to, const struct world_snap *s)
{
	static const char *const paged[] = { "Fil0", "Fil1", "Fil2", "Fil3", "Fil4", "Fil5", "Fil6", "Fil7" };
	static const char *const nonpaged[] = { "Non0", "Non1", "Non2", "Non3" };
	uint32_t ram = x->s.machine.ram_kib;

	to->time = world_at(x, s->hours);
	to->plan = &x->plans[s->live];
	to->held = bundle_room(32 * sizeof *to->held);
	if (s->mmst > 0)
		hold(x, to, "MmSt", 'P', kib(s->mmst) * 1024);
	for (size_t i = 0; i < WORLD_TAGS && s->tag[i].tag; i++)
		hold(x, to, s->tag[i].tag, s->tag[i].pool, kib(s->tag[i].mib) * 1024);
	hold_spread(x, to, paged, LEN(paged), 'P', kib(s->rest));
	hold_spread(x, to, nonpaged, LEN(nonpaged), 'N', kib(nonpaged_rest(s)));
	to->paged_kib = (uint32_t)kib(s->printed > 0 ? s->printed : world_total(s));
	for (size_t i = 0; i < to->n; i++)
		to->nonpaged_kib += to->held[i].row->pool == 'N' ? (uint32_t)(to->held[i].bytes / 1024) : 0;
	to->limit_kib = s->commit_limit > 0 ? (uint32_t)kib(s->commit_limit) : ram + 1932 * 1024;
	to->commit_kib = to->peak_kib = to->limit_kib / 3;
	to->avail_kib = ram / 2;
	to->krnl_kib = 4440;
	to->resident_kib = to->paged_kib;
}

void world_poolsnaps(struct written *x, bool apart)
{
	bool x64 = strcmp(x->system->type, "x64-based PC") == 0;
	size_t n = world_snaps(x->w);
	struct snapshot *snaps = bundle_room(n * sizeof *snaps);

	for (int live = 0; live < 2; live++)
		x->plans[live] = (struct snap_plan){ .file = live    ? "screen.txt"
							     : apart ? "poolsnap_%D_%T_%N.txt"
								     : "poolsnaps.log",
			.marker = MARKER_GET_DATE,
			.layout = live  ? LAYOUT_X86_LIVE
				  : x64 ? LAYOUT_X64
					: LAYOUT_X86,
			.no_summary = x->w->no_summary };
	for (size_t i = 0; i < n; i++) {
		snapshot_fill(x, &snaps[i], &x->w->snaps[i]);
		snaps[i].number = (unsigned)i;
	}
	for (int live = 0; live < 2; live++)
		for (size_t i = 0; i < n; i++)
			if (snaps[i].plan == &x->plans[live]) {
				pool_save(&x->s, &x->plans[live], snaps, n, x->s.name);
				break;
			}
	growth_free(snaps, n);
}
