/* SPDX-License-Identifier: MIT
 * How the pools move from snapshot to snapshot. What every real table obeys is kept: Diff = Allocs - Frees
 * modulo 2^32, Allocs and Frees only rise within a boot, the printed pool is no smaller than its rows. */
#include "tests/bundle_parts.h"

#include <stdlib.h>
#include <string.h>

static int64_t busy_minutes(const struct scenario *s, int64_t from, int64_t to)
{
	int64_t sum = 0;

	for (int64_t at = from; at < to; at += 60)
		sum += clock_busy(&s->zone, at);
	return sum;
}

/* Straight lines between the points, flat beyond them; `at` is in seconds after the first snapshot. */
static uint64_t shape_bytes(const struct shape *shape, int64_t at)
{
	const struct point *p = shape->points.row;
	size_t i = 1;

	while (i + 1 < shape->points.n && at > (int64_t)p[i].minute * 60)
		i++;
	if (shape->points.n == 1 || at <= 0)
		return (uint64_t)p[0].kib * 1024;
	if (at >= (int64_t)p[i].minute * 60)
		return (uint64_t)p[i].kib * 1024;
	return (uint64_t)((int64_t)p[i - 1].kib * 1024 +
			  ((int64_t)p[i].kib - (int64_t)p[i - 1].kib) * 1024 *
				  (at - (int64_t)p[i - 1].minute * 60) /
				  (((int64_t)p[i].minute - (int64_t)p[i - 1].minute) * 60));
}

static void hold_shape(struct held *h, const struct shape *shape, int64_t at, bool inner, struct rng *r)
{
	int32_t early = inner ? rng_between(r, -(int32_t)shape->wobble, (int32_t)shape->wobble) : 0;
	uint64_t each = (uint64_t)shape->each * (uint32_t)rng_between(r, 9880, 10120) / 10000;

	h->bytes = (shape_bytes(shape, at + early * 60) / 8 + rng_below(r, 128)) * 8;
	h->diff = (uint32_t)(h->bytes / each);
}

static void hold_common(struct held *h, unsigned busy, uint32_t mapped, struct rng *r)
{
	const struct tag_row *row = h->row;
	uint64_t diff = (uint64_t)row->count * (100000 + (uint64_t)row->load * busy) / 100000;
	uint64_t size = row->each;

	diff += (uint64_t)mapped * row->follow / 1000;
	if (row->churn && diff > 100)
		diff = diff * (uint32_t)rng_between(r, 9900, 10100) / 10000;
	h->diff = (uint32_t)diff;
	h->bytes = diff * size;
	if (size % 8) /* the average of blocks of many sizes: it drifts */
		h->bytes = h->bytes * (uint32_t)rng_between(r, 9970, 10030) / 10000 / 8 * 8;
}

/* Allocations since boot, or since the snapshot before when that was in the same boot. */
static void hold_counters(struct held *h, const struct held *before, int64_t busy_since, struct rng *r)
{
	uint64_t churned = (uint64_t)h->row->churn * (uint64_t)busy_since / 60000;
	uint64_t risen = h->diff, fallen = 0;

	churned = churned * (uint32_t)rng_between(r, 930, 1070) / 1000;
	if (before) {
		risen = h->diff > before->diff ? h->diff - before->diff : 0;
		fallen = h->diff < before->diff ? before->diff - h->diff : 0;
	}
	h->allocs = (before ? before->allocs : 0) + (uint32_t)(risen + churned);
	h->frees = (before ? before->frees : 0) + (uint32_t)(fallen + churned);
}

static uint32_t pool_kib(const struct snapshot *snap, char pool, uint32_t slack)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < snap->n; i++)
		if (snap->held[i].row->pool == pool)
			sum += snap->held[i].bytes;
	/* Free space within pool pages counts for the pool but for no tag. */
	return (uint32_t)((sum + sum / 80) / 4096 + slack) * 4;
}

static void memory_summary(const struct scenario *s, struct snapshot *snap, const struct snapshot *before,
	int64_t busy_since, struct rng *r)
{
	uint32_t ram = s->machine.ram_kib;

	snap->paged_kib = pool_kib(snap, 'P', 140 + rng_below(r, 90));
	snap->nonpaged_kib = pool_kib(snap, 'N', 300 + rng_below(r, 60));
	snap->krnl_kib = 4 * (1110 + rng_below(r, 40));
	snap->resident_kib = snap->paged_kib / 100 * (86 + rng_below(r, 9)) / 4 * 4;
	snap->faults =
		(before ? before->faults : 0) + (uint32_t)(busy_since * 21) + rng_below(r, 40000) + 900;
	snap->commit_kib = 4 * (ram / 14 + clock_busy(&s->zone, snap->time) * ram / 60000) + snap->paged_kib +
			   4 * rng_below(r, 9000);
	snap->limit_kib = ram / 4 * 4 + 1978368;
	snap->peak_kib = snap->commit_kib + 4 * rng_below(r, 4000);
	if (before && before->peak_kib > snap->peak_kib)
		snap->peak_kib = before->peak_kib;
	snap->avail_kib = (ram - ram / 100 * (24 + rng_below(r, 6))) / 4 * 4 - snap->paged_kib;
	snap->hundredths = rng_below(r, 100);
}

static int by_time(const void *a, const void *b)
{
	const struct snapshot *x = a, *y = b;

	return x->time < y->time ? -1 : x->time > y->time;
}

static struct snapshot *snapshot_times(const struct scenario *s, size_t *n)
{
	struct rng r = rng_for(s, "snapshot times");
	struct snapshot *snaps;

	*n = 0;
	for (size_t i = 0; i < s->pool.plans.n; i++)
		*n += s->pool.plans.row[i].count;
	snaps = bundle_room(*n * sizeof(*snaps));
	for (size_t i = 0, k = 0; i < s->pool.plans.n; i++) {
		const struct snap_plan *plan = &s->pool.plans.row[i];
		int64_t first = clock_utc(&s->zone, plan->first);

		for (unsigned j = 0; j < plan->count; j++, k++) {
			snaps[k].time = first + (int64_t)j * plan->step * 60 + (j ? rng_below(&r, 4) : 0);
			snaps[k].plan = plan;
			snaps[k].number = j;
		}
	}
	qsort(snaps, *n, sizeof(*snaps), by_time);
	return snaps;
}

static void fill(const struct scenario *s, const struct tag_table *t, struct snapshot *snap,
	const struct snapshot *before, int64_t origin, struct rng *r, bool inner)
{
	int64_t from = before ? before->time : clock_boot(s, snap->time);
	int64_t busy_since = busy_minutes(s, from, snap->time);
	unsigned busy = clock_busy(&s->zone, snap->time);

	snap->n = t->n;
	snap->held = bundle_room(t->n * sizeof(*snap->held));
	for (size_t i = 0; i < t->n; i++) {
		struct held *h = &snap->held[i];

		h->row = &t->row[i];
		if (i < s->pool.shapes.n)
			hold_shape(h, &s->pool.shapes.row[i], snap->time - origin, inner, r);
		else
			hold_common(h, busy, s->pool.shapes.n ? snap->held[0].diff : 0, r);
		hold_counters(h, before ? &before->held[i] : NULL, busy_since, r);
	}
	memory_summary(s, snap, before, busy_since, r);
}

struct snapshot *growth_make(const struct scenario *s, const struct tag_table *t, size_t *n)
{
	struct rng r = rng_for(s, "growth");
	struct snapshot *snaps = snapshot_times(s, n);

	for (size_t i = 0; i < *n; i++) {
		bool same_boot = i && clock_boot(s, snaps[i].time) == clock_boot(s, snaps[i - 1].time);

		fill(s, t, &snaps[i], same_boot ? &snaps[i - 1] : NULL, snaps[0].time, &r, i && i + 1 < *n);
	}
	return snaps;
}

void growth_free(struct snapshot *snapshots, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(snapshots[i].held);
	free(snapshots);
}
