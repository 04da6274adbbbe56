/* SPDX-License-Identifier: MIT
 * Gathers the names that each folder holds, and picks a server only where the names leave no doubt. */
#include "owner.h"

#include "core/text.h"

#include <string.h>

struct machine_name {
	const char *name;
	int64_t events;
	bool host; /* a systeminfo says it */
};
enum said_by { BY_EVENT, BY_HOST, BY_COUNTER };

/* Names of machines, each once. */
struct names {
	struct machine_name *items;
	size_t count;
	bool more; /* than are kept: a log forwarded from a whole domain names no single server anyway */
};
#define NAMES_MOST 64

struct node {
	size_t parent;
	const char *folder;         /* its own part of the path */
	struct names direct, below; /* below: in it and all folders beneath it */
	const char *server, *reason;
};

struct owners {
	struct arena *arena;
	const char *told;
	struct node *nodes;
	size_t count;
};

struct owners *owners_open(struct arena *a, const char *told)
{
	struct owners *b = arena_alloc(a, sizeof *b);

	b->arena = a;
	b->told = told;
	return b;
}

static size_t node_add(struct owners *b, size_t parent, struct span folder)
{
	b->nodes = arena_grow(b->arena, b->nodes, b->count, sizeof *b->nodes);
	b->nodes[b->count] = (struct node){ .parent = parent, .folder = arena_text(b->arena, folder) };
	return b->count++;
}

size_t owners_group(struct owners *b)
{
	return node_add(b, OWNER_NONE, SPAN(""));
}

size_t owners_folder(struct owners *b, size_t group, struct span folder)
{
	struct span part, rest = folder;
	size_t node = group;

	while (folder.n && text_cut(&rest, '/', &part)) {
		size_t child = OWNER_NONE;

		/* From the last: files come folder by folder. */
		for (size_t i = b->count; i-- > 0 && child == OWNER_NONE;)
			if (b->nodes[i].parent == node && span_equal(part, span_of(b->nodes[i].folder)))
				child = i;
		node = child != OWNER_NONE ? child : node_add(b, node, part);
	}
	return node;
}

/* ---- names ---- */

/* FS01 and FS01.corp.example are one machine, FS01.a.example and FS01.b.example are two. */
static bool same_machine(struct span a, struct span b)
{
	size_t n = a.n < b.n ? a.n : b.n;

	if (a.n == b.n)
		return span_equal_nocase(a, b);
	if (a.n > b.n)
		return a.p[n] == '.' && !memchr(b.p, '.', b.n) && span_equal_nocase(text_head(a, n), b);
	return b.p[n] == '.' && !memchr(a.p, '.', a.n) && span_equal_nocase(text_head(b, n), a);
}

static void names_add(struct arena *a, struct names *n, struct span name, enum said_by by)
{
	for (size_t i = 0; i < n->count; i++)
		if (same_machine(name, span_of(n->items[i].name))) {
			n->items[i].events += by == BY_EVENT;
			n->items[i].host |= by == BY_HOST;
			return;
		}
	n->more |= n->count == NAMES_MOST;
	if (n->more)
		return;
	n->items = arena_grow(a, n->items, n->count, sizeof *n->items);
	n->items[n->count++] = (struct machine_name){ arena_text(a, name), by == BY_EVENT, by == BY_HOST };
}

static void name_met(struct owners *b, size_t node, struct span name, enum said_by by)
{
	if (!name.n)
		return;
	names_add(b->arena, &b->nodes[node].direct, name, by);
	for (; node != OWNER_NONE; node = b->nodes[node].parent)
		names_add(b->arena, &b->nodes[node].below, name, by);
}

void owner_computer(struct owners *b, size_t node, struct span name)
{
	name_met(b, node, name, BY_EVENT);
}

void owner_host(struct owners *b, size_t node, struct span name)
{
	name_met(b, node, name, BY_HOST);
}

void owner_counter(struct owners *b, size_t node, struct span name)
{
	name_met(b, node, name, BY_COUNTER);
}

/* ---- deciding ---- */

/* The one machine among the names; NULL with a reason when they are of several, NULL without one when there
 * are none. */
static const char *one_of(const struct names *n, const char **reason)
{
	const struct machine_name *host = NULL, *most = NULL;
	int64_t events = 0;
	size_t hosts = 0, count = 0, only_counters = 0;

	for (size_t i = 0; i < n->count; i++)
		only_counters += !n->items[i].host && !n->items[i].events;
	for (size_t i = 0; i < n->count; i++) {
		const struct machine_name *m = &n->items[i];

		if (!m->host && !m->events && only_counters < n->count)
			continue;
		count++;
		hosts += m->host;
		host = m->host ? m : host;
		most = !most || m->events > most->events ? m : most;
		events += m->events;
	}
	*reason = NULL;
	if (!n->count)
		return NULL;
	if (count == 1 && !n->more) {
		*reason = host           ? "systeminfo's Host Name beside it"
			  : most->events ? "the only computer in the logs beside it"
					 : "the only computer in the counters beside it";
		return most->name;
	}
	/* A server that was renamed, or a log with a few strangers in it. */
	if (!n->more && events && most->events * 10 >= events * 9 && hosts <= 1 && (!host || host == most)) {
		*reason = "the computer that nine in ten events beside it name";
		return most->name;
	}
	*reason = "several computers are named beside it, so it was given to none; --server says whose it is";
	return NULL;
}

static void node_decide(struct owners *b, struct node *of)
{
	for (const struct node *n = of;; n = &b->nodes[n->parent]) {
		of->server = one_of(&n->direct, &of->reason);
		if (!of->reason)
			of->server = one_of(&n->below, &of->reason);
		if (of->reason || n->parent == OWNER_NONE)
			return;
	}
}

void owners_decide(struct owners *b)
{
	const char *only = NULL;
	bool several = false;

	for (size_t i = 0; i < b->count; i++) {
		struct node *n = &b->nodes[i];

		if (b->told) {
			n->server = b->told;
			n->reason = "told";
		} else {
			node_decide(b, n);
		}
		several |= n->reason && !n->server;
		several |= n->server && only && !same_machine(span_of(n->server), span_of(only));
		only = n->server && !only ? n->server : only;
	}
	/* A path that names nobody belongs to the run's only server, if there is only one. */
	for (size_t i = 0; i < b->count; i++)
		if (!b->nodes[i].reason && only && !several) {
			b->nodes[i].server = only;
			b->nodes[i].reason = "the only server of this run";
		}
}

const char *owner_server(const struct owners *b, size_t node)
{
	return b->nodes[node].server ? b->nodes[node].server : b->told;
}

const char *owner_reason(const struct owners *b, size_t node)
{
	return b->nodes[node].reason ? b->nodes[node].reason
	       : b->told             ? "told"
				     : "nothing beside it names a computer";
}

static void names_once(struct arena *a, struct list *names, const char *name)
{
	for (size_t i = 0; name && i < names->count; i++)
		if (span_equal_nocase(span_of(name), span_of(names->items[i])))
			return;
	if (name)
		list_add(a, names, name);
}

void owners_names(const struct owners *b, struct arena *a, struct list *names)
{
	for (size_t i = 0; i < b->count; i++) {
		names_once(a, names, b->nodes[i].server);
		for (size_t k = 0; k < b->nodes[i].direct.count; k++)
			names_once(a, names, b->nodes[i].direct.items[k].name);
	}
}
