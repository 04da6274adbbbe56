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

/* Names of machines, each once, in whatever letters; FS01 and FS01.corp.example are two names. */
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

/* Of a name's spellings the first in byte order is shown, whichever came first. */
static void names_add(struct arena *a, struct names *n, struct span name, bool host)
{
	for (size_t i = 0; i < n->count; i++) {
		struct machine_name *m = &n->items[i];

		if (!span_equal_nocase(name, span_of(m->name)))
			continue;
		if (span_compare(name, span_of(m->name)) < 0)
			m->name = arena_text(a, name);
		m->events += !host;
		m->host |= host;
		return;
	}
	n->more |= n->count == NAMES_MOST;
	if (n->more)
		return;
	n->items = arena_grow(a, n->items, n->count, sizeof *n->items);
	n->items[n->count++] = (struct machine_name){ arena_text(a, name), !host, host };
}

static void name_met(struct owners *b, size_t node, struct span name, bool host)
{
	if (!name.n)
		return;
	names_add(b->arena, &b->nodes[node].direct, name, host);
	for (; node != OWNER_NONE; node = b->nodes[node].parent)
		names_add(b->arena, &b->nodes[node].below, name, host);
}

void owner_computer(struct owners *b, size_t node, struct span name)
{
	name_met(b, node, name, false);
}

void owner_host(struct owners *b, size_t node, struct span name)
{
	name_met(b, node, name, true);
}

/* ---- deciding ---- */

/* "FS01" of "FS01.corp.example", in whatever letters? */
static bool is_short_of(struct span name, struct span full)
{
	return full.n > name.n && full.p[name.n] == '.' && !memchr(name.p, '.', name.n) &&
	       span_equal_nocase(text_head(full, name.n), name);
}

/* A name without a domain is the machine whose full name begins with it, if there is exactly one: FS01 and
 * FS01.corp.example are one machine, FS01.a.example and FS01.b.example are two, and FS01 beside them is
 * neither. */
static const struct machine_name *full_of(const struct names *n, const struct machine_name *m)
{
	const struct machine_name *full = NULL;

	for (size_t i = 0; i < n->count; i++)
		if (is_short_of(span_of(m->name), span_of(n->items[i].name))) {
			if (full)
				return NULL;
			full = &n->items[i];
		}
	return full;
}

static size_t machines_of(const struct names *n, struct machine_name out[NAMES_MOST])
{
	size_t count = 0;

	for (size_t i = 0; i < n->count; i++)
		if (!full_of(n, &n->items[i]))
			out[count++] = n->items[i];
	for (size_t i = 0; i < n->count; i++) {
		const struct machine_name *full = full_of(n, &n->items[i]);

		for (size_t k = 0; full && k < count; k++)
			if (out[k].name == full->name) {
				out[k].events += n->items[i].events;
				out[k].host |= n->items[i].host;
			}
	}
	return count;
}

/* The one machine among the names; NULL with a reason when they are of several, NULL without one when there
 * are none. */
static const char *one_of(const struct names *n, const char **reason)
{
	struct machine_name machines[NAMES_MOST];
	size_t count = machines_of(n, machines);
	const struct machine_name *host = NULL, *most = NULL;
	int64_t events = 0;
	size_t hosts = 0;

	for (size_t i = 0; i < count; i++) {
		const struct machine_name *m = &machines[i];

		hosts += m->host;
		host = m->host ? m : host;
		most = !most || m->events > most->events ? m : most;
		events += m->events;
	}
	*reason = NULL;
	if (!count)
		return NULL;
	if (count == 1 && !n->more) {
		*reason =
			host ? "systeminfo's Host Name beside it" : "the only computer in the logs beside it";
		return most->name;
	}
	/* A server that was renamed, or a log with a few strangers in it. */
	if (!n->more && most->events * 10 >= events * 9 && hosts <= 1 && (!host || host == most)) {
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
	struct names servers = { NULL, 0, false };
	const char *only, *why;
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
		if (n->server)
			names_add(b->arena, &servers, span_of(n->server), true);
	}
	/* A path that names nobody belongs to the run's only server, if there is only one. */
	only = several ? NULL : one_of(&servers, &why);
	for (size_t i = 0; i < b->count; i++)
		if (!b->nodes[i].reason && only) {
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
