/* SPDX-License-Identifier: MIT
 * Which names are one machine? A name without a domain, a name cut to NetBIOS' length, a name it had
 * before. */
#include "store/inside.h"

#include "core/machine.h"
#include "core/text.h"

#include <stdlib.h>

struct server {
	int64_t id;
	struct span name;
	when_us last; /* event of that name */
	size_t same;  /* the server it is, or itself */
};

struct servers {
	struct arena *arena;
	struct server *items;
	size_t count;
};

static size_t root_of(const struct servers *v, size_t i)
{
	while (v->items[i].same != i)
		i = v->items[i].same;
	return i;
}

static void same(struct servers *v, size_t name, size_t as)
{
	v->items[root_of(v, name)].same = root_of(v, as);
}

/* By what names of one machine begin with. */
static struct span beginning(const struct server *s)
{
	return text_head(machine_label(s->name), MACHINE_NETBIOS);
}

static int nocase(struct span a, struct span b)
{
	for (size_t i = 0; i < a.n && i < b.n; i++) {
		int difference = (unsigned char)text_lower(a.p[i]) - (unsigned char)text_lower(b.p[i]);

		if (difference)
			return difference;
	}
	return (a.n > b.n) - (a.n < b.n);
}

static int by_beginning(const void *a, const void *b)
{
	const struct server *x = a, *y = b;
	int order = nocase(beginning(x), beginning(y));

	if (!order)
		order = (x->name.n < y->name.n) - (x->name.n > y->name.n);
	return order ? order : (x->id > y->id) - (x->id < y->id);
}

static void servers_read(struct store *s, struct servers *v)
{
	struct query *q = query_open(s,
		"SELECT s.id, s.name, (SELECT max(l.last) FROM log l WHERE l.server = s.id) FROM server s"
		" WHERE s.name <> :unnamed ORDER BY s.id");

	query_text(q, ":unnamed", STORE_UNNAMED);
	while (query_next(q)) {
		v->items = arena_grow(v->arena, v->items, v->count, sizeof *v->items);
		v->items[v->count++] =
			(struct server){ query_integer(q, 0), arena_span(v->arena, query_span(q, 1)),
				query_known(q, 2) ? query_integer(q, 2) : WHEN_NONE, 0 };
	}
	query_close(q);
	if (v->count)
		qsort(v->items, v->count, sizeof *v->items, by_beginning);
	for (size_t i = 0; i < v->count; i++)
		v->items[i].same = i;
}

/* The longer name that this one is short for, if there is exactly one such machine. Longer names come first,
 * so that it is known already which of them are one. */
static void see_full_name(struct servers *v, size_t i, size_t from, size_t to)
{
	size_t full = i, found = 0;

	for (size_t k = from; k < to; k++)
		if (k != i && v->items[k].name.n > v->items[i].name.n &&
			machine_same(v->items[i].name, v->items[k].name)) {
			found += !found || root_of(v, k) != root_of(v, full);
			full = k;
		}
	if (found == 1)
		same(v, i, full);
}

static void see_full_names(struct servers *v)
{
	for (size_t from = 0, to; from < v->count; from = to) {
		for (to = from + 1;
			to < v->count && nocase(beginning(&v->items[from]), beginning(&v->items[to])) == 0;)
			to++;
		for (size_t i = from; i < to; i++)
			see_full_name(v, i, from, to);
	}
}

/* The one machine of that name; none where it may be either of two. */
static size_t server_named(const struct servers *v, struct span name)
{
	size_t found = v->count;

	for (size_t i = 0; i < v->count; i++) {
		if (!machine_same(name, v->items[i].name))
			continue;
		if (found < v->count && root_of(v, found) != root_of(v, i))
			return v->count;
		found = i;
	}
	return found;
}

/* EventLog 6011: "The NetBIOS name and DNS host name of this machine have been changed from %1 to %2." A name
 * that is logged under a day later still, or again, is another machine's by now. */
static void see_renames(struct store *s, struct servers *v)
{
	struct query *q = query_open(s,
		"SELECT e.time, e.strings FROM event e JOIN name p ON p.id = e.provider WHERE e.event_id = 6011"
		" AND p.text = 'EventLog' COLLATE NOCASE AND e.time IS NOT NULL AND e.strings IS NOT NULL ORDER BY e.time");

	while (query_next(q)) {
		struct span rest = query_span(q, 1), name, was, is;
		size_t old, new;

		if (!strings_next(&rest, &name, &was) || !strings_next(&rest, &name, &is))
			continue;
		old = server_named(v, text_trim(was));
		new = server_named(v, text_trim(is));
		if (old < v->count && new < v->count && v->items[old].last <= query_integer(q, 0) + WHEN_DAY)
			same(v, old, new);
	}
	query_close(q);
}

void settle_names(struct store *s)
{
	struct servers v = { .arena = arena_open() };
	struct query *q;

	servers_read(s, &v);
	see_full_names(&v);
	see_renames(s, &v);
	store_run(s, "UPDATE server SET same_as = NULL WHERE same_as IS NOT NULL");
	q = query_open(s, "UPDATE server SET same_as = :as WHERE id = :id");
	for (size_t i = 0; i < v.count; i++) {
		if (root_of(&v, i) == i)
			continue;
		query_int(q, ":id", v.items[i].id);
		query_int(q, ":as", v.items[root_of(&v, i)].id);
		query_next(q);
		query_reset(q);
	}
	query_close(q);
	arena_close(v.arena);
}
