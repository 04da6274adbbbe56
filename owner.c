/* SPDX-License-Identifier: MIT
 * Gathers the names that each folder holds, and picks a server only where the names leave no doubt. */
#include "owner.h"

#include "core/machine.h"
#include "core/text.h"

#include <string.h>

#define NO_NODE SIZE_MAX

struct machine {
	const char *name;
	int64_t events;
	bool host;   /* a systeminfo says it */
	size_t same; /* the machine it is another name of, or itself */
};

/* Names of machines, each spelling once. */
struct names {
	struct machine *items;
	size_t count;
	uint32_t *slots; /* 1 + index */
	size_t room;
	bool more; /* than are kept: a log forwarded from a whole domain names no single server anyway */
};
#define NAMES_MOST  10000
#define NAMES_MERGE 300 /* each is compared with each; so many are never one server */

struct node {
	size_t parent;
	const char *folder;         /* its own part of the path */
	struct names direct, below; /* below: in it and all folders beneath it */
	bool nameless;              /* holds, or a folder beneath it does, what names nobody */
};

struct rename {
	const char *was, *is;
};

struct owners {
	struct arena *arena;
	const char *told;
	struct node *nodes; /* the first holds all groups */
	size_t count;
	struct rename *renames;
	size_t rename_count;
};

static size_t node_add(struct owners *b, size_t parent, struct span folder)
{
	b->nodes = arena_grow(b->arena, b->nodes, b->count, sizeof *b->nodes);
	b->nodes[b->count] = (struct node){ .parent = parent, .folder = arena_text(b->arena, folder) };
	return b->count++;
}

struct owners *owners_open(struct arena *a, const char *told)
{
	struct owners *b = arena_alloc(a, sizeof *b);

	b->arena = a;
	b->told = told;
	node_add(b, NO_NODE, SPAN(""));
	return b;
}

size_t owners_group(struct owners *b, struct span folder)
{
	return node_add(b, 0, folder);
}

size_t owners_folder(struct owners *b, size_t group, struct span folder)
{
	struct span part, rest = folder;
	size_t node = group;

	while (folder.n && text_cut(&rest, '/', &part)) {
		size_t child = NO_NODE;

		/* From the last: files come folder by folder. */
		for (size_t i = b->count; i-- > 0 && child == NO_NODE;)
			if (b->nodes[i].parent == node && span_equal(part, span_of(b->nodes[i].folder)))
				child = i;
		node = child != NO_NODE ? child : node_add(b, node, part);
	}
	return node;
}

/* ---- names ---- */

static size_t hash_of(struct span name)
{
	uint64_t h = UINT64_C(0xCBF29CE484222325); /* FNV-1a */

	for (size_t i = 0; i < name.n; i++)
		h = (h ^ (unsigned char)text_lower(name.p[i])) * UINT64_C(0x100000001B3);
	return (size_t)(h ^ h >> 32);
}

static uint32_t *slot_of(const struct names *n, struct span name)
{
	size_t at = hash_of(name);

	while (n->slots[at & (n->room - 1)] &&
		!span_equal_nocase(name, span_of(n->items[n->slots[at & (n->room - 1)] - 1].name)))
		at++;
	return &n->slots[at & (n->room - 1)];
}

static void names_widen(struct arena *a, struct names *n)
{
	n->room = n->room ? n->room * 2 : 16;
	n->slots = arena_alloc(a, n->room * sizeof *n->slots);
	for (size_t i = 0; i < n->count; i++)
		*slot_of(n, span_of(n->items[i].name)) = (uint32_t)i + 1;
}

/* Of a name's spellings the first in byte order is shown, whichever came first. A log names one computer over
 * and over: no copy for that. */
static void names_add(struct arena *a, struct names *n, struct span name, int64_t events, bool host)
{
	struct machine *m;
	uint32_t *slot;

	if ((n->count + 1) * 2 > n->room)
		names_widen(a, n);
	slot = slot_of(n, name);
	if (!*slot) {
		n->more |= n->count == NAMES_MOST;
		if (n->more)
			return;
		n->items = arena_grow(a, n->items, n->count, sizeof *n->items);
		n->items[n->count++] = (struct machine){ .name = arena_text(a, name) };
		*slot = (uint32_t)n->count;
	}
	m = &n->items[*slot - 1];
	if (span_compare(name, span_of(m->name)) < 0)
		m->name = arena_text(a, name);
	m->events += events;
	m->host |= host;
}

static void name_met(struct owners *b, size_t node, struct span name, int64_t events, bool host)
{
	if (name.n)
		names_add(b->arena, &b->nodes[node].direct, name, events, host);
}

void owner_computer(struct owners *b, size_t node, struct span name)
{
	name_met(b, node, name, 1, false);
}

void owner_host(struct owners *b, size_t node, struct span name)
{
	name_met(b, node, name, 0, true);
}

void owner_counter(struct owners *b, size_t node, struct span name)
{
	name_met(b, node, name, 0, false);
}

void owner_renamed(struct owners *b, struct span was, struct span is)
{
	if (!was.n || !is.n || b->rename_count == NAMES_MERGE)
		return;
	b->renames = arena_grow(b->arena, b->renames, b->rename_count, sizeof *b->renames);
	b->renames[b->rename_count++] =
		(struct rename){ arena_text(b->arena, was), arena_text(b->arena, is) };
}

void owner_nameless(struct owners *b, size_t node)
{
	for (; node != NO_NODE; node = b->nodes[node].parent)
		b->nodes[node].nameless = true;
}

/* ---- which names are one machine ---- */

static size_t root_of(const struct names *n, size_t i)
{
	while (n->items[i].same != i)
		i = n->items[i].same;
	return i;
}

static bool short_for_other(const struct names *n, size_t i, size_t other)
{
	return i != other && strlen(n->items[other].name) > strlen(n->items[i].name) &&
	       machine_same(span_of(n->items[i].name), span_of(n->items[other].name));
}

/* Is it short for a longer name itself? */
static bool is_short(const struct names *n, size_t i)
{
	for (size_t k = 0; k < n->count; k++)
		if (short_for_other(n, i, k))
			return true;
	return false;
}

/* The only other name that this one is short for, or was changed to; itself when there is none or several. */
static size_t other_name(const struct owners *b, const struct names *n, size_t i)
{
	struct span name = span_of(n->items[i].name);
	size_t full = i, found = 0;

	for (size_t r = 0; r < b->rename_count; r++)
		for (size_t k = 0; k < n->count && machine_same(name, span_of(b->renames[r].was)); k++)
			if (k != i && machine_same(span_of(n->items[k].name), span_of(b->renames[r].is)))
				return k;
	for (size_t k = 0; k < n->count; k++)
		if (short_for_other(n, i, k) && !is_short(n, k)) {
			full = k;
			found++;
		}
	return found == 1 ? full : i;
}

static void names_merge(const struct owners *b, struct names *n)
{
	for (size_t i = 0; i < n->count; i++)
		n->items[i].same = i;
	for (size_t i = 0; i < n->count && n->count <= NAMES_MERGE; i++) {
		size_t other = root_of(n, other_name(b, n, i));

		if (other != root_of(n, i)) {
			n->items[other].events += n->items[i].events;
			n->items[other].host |= n->items[i].host;
			n->items[root_of(n, i)].same = other;
		}
	}
}

void owners_decide(struct owners *b)
{
	for (size_t i = 0; i < b->count; i++) {
		const struct names *n = &b->nodes[i].direct;

		for (size_t at = i; at != NO_NODE; at = b->nodes[at].parent)
			for (size_t k = 0; k < n->count; k++)
				names_add(b->arena, &b->nodes[at].below, span_of(n->items[k].name),
					n->items[k].events, n->items[k].host);
		for (size_t at = i; n->more && at != NO_NODE; at = b->nodes[at].parent)
			b->nodes[at].below.more = true;
	}
	for (size_t i = 0; i < b->count; i++) {
		names_merge(b, &b->nodes[i].direct);
		names_merge(b, &b->nodes[i].below);
	}
}

/* ---- deciding ---- */

#define SEVERAL "several computers are named beside it, so it was given to none; --server says whose it is"

#define OTHERS "the folders beside it are other machines', so it was given to none; --server says whose it is"

/* The one machine among the names; no server with a reason when they are of several, nor one without a reason
 * when there are none. */
static struct owner one_of(const struct names *n)
{
	const struct machine *host = NULL, *most = NULL;
	int64_t events = 0;
	size_t hosts = 0, machines = 0;
	bool counters = true; /* nothing but counters names them */

	for (size_t i = 0; i < n->count; i++)
		counters &= !n->items[i].host && !n->items[i].events;
	for (size_t i = 0; i < n->count; i++) {
		const struct machine *m = &n->items[i];

		if (m->same != i || (!counters && !m->host && !m->events))
			continue;
		machines++;
		hosts += m->host;
		host = m->host ? m : host;
		most = !most || m->events > most->events ? m : most;
		events += m->events;
	}
	if (!machines)
		return (struct owner){ NULL, NULL, false };
	if (machines == 1 && !n->more)
		return (struct owner){ most->name,
			host       ? "the host name in systeminfo or the like beside it"
			: counters ? "the only computer in the counters beside it"
				   : "the only computer in the logs beside it",
			false };
	/* A log with a few strangers in it. */
	if (!n->more && events && most->events * 10 >= events * 9 && hosts <= 1 && (!host || host == most))
		return (struct owner){ most->name, "the computer that nine in ten events beside it name",
			false };
	return (struct owner){ NULL, SEVERAL, false };
}

/* The one machine of these that is named in the text. "FS01-B" names FS01-B, not FS01 as well. */
static const char *named_in(const struct names *n, struct span text)
{
	struct span longest = { NULL, 0 };
	size_t found = SIZE_MAX;

	for (size_t i = 0; i < n->count; i++) {
		struct span name = span_of(n->items[i].name);

		if (name.n > longest.n && owner_name_stands_in(name, text)) {
			longest = name;
			found = root_of(n, i);
		}
	}
	for (size_t i = 0; i < n->count && longest.n; i++) {
		struct span name = span_of(n->items[i].name);

		if (root_of(n, i) != found && owner_name_stands_in(name, text) &&
			!owner_name_stands_in(name, longest))
			return NULL;
	}
	return longest.n ? n->items[found].name : NULL;
}

/* Beneath one folder: does another part of it stand for itself, as a bundle of that machine? It is called
 * after it, or has captures of its own. */
static bool bundle_of_its_own(const struct owners *b, size_t parent, size_t except, const char *server)
{
	for (size_t i = 1; i < b->count; i++) {
		const struct node *n = &b->nodes[i];

		if (n->parent != parent || i == except || !n->below.count)
			continue;
		if ((n->nameless && *n->folder) || owner_name_stands_in(span_of(server), span_of(n->folder)))
			return true;
	}
	return false;
}

/* What the folder and those above it say. */
static struct owner folder_owner(const struct owners *b, size_t node)
{
	const struct names *all = &b->nodes[0].below;

	for (size_t at = node, from = NO_NODE; at != NO_NODE; from = at, at = b->nodes[at].parent) {
		const struct node *n = &b->nodes[at];
		struct owner o = one_of(&n->direct);
		const char *named = o.reason ? NULL : named_in(all, span_of(n->folder));

		if (named)
			return (struct owner){ named, "the name of its folder", false };
		o = o.reason ? o : one_of(&n->below);
		/* Loose files are a part of whatever bundle lies beside them. */
		bool bundle = from != NO_NODE && *b->nodes[from].folder && !n->direct.count;

		if (o.server && bundle && bundle_of_its_own(b, at, from, o.server))
			return (struct owner){ NULL, OTHERS, false };
		if (o.server && at == 0)
			return (struct owner){ o.server, "the only server of this run", false };
		if (o.reason)
			return o.server || at == node ? o : (struct owner){ NULL, OTHERS, false };
	}
	return (struct owner){ NULL, NULL, false };
}

static size_t group_of(const struct owners *b, size_t node)
{
	while (b->nodes[node].parent != 0 && b->nodes[node].parent != NO_NODE)
		node = b->nodes[node].parent;
	return node;
}

/* Nothing read names anybody: what the file or the nearest folder is called, so that the captures of two
 * machines stay apart. */
static struct owner label_of(const struct owners *b, size_t node, struct span file, bool folders)
{
	struct span name = owner_name_of_file(file);

	if (name.n)
		return (struct owner){ arena_text(b->arena, name),
			"its file's name; nothing that was read says whose it is", true };
	/* not of loose files: their folders say little */
	folders &= *b->nodes[group_of(b, node)].folder != 0;
	for (; folders && node != NO_NODE; node = b->nodes[node].parent)
		if (owner_name_like(span_of(b->nodes[node].folder)))
			return (struct owner){ b->nodes[node].folder,
				"its folder's name; nothing that was read says whose it is", true };
	return (struct owner){ NULL, NULL, false };
}

struct owner owner_of(const struct owners *b, size_t node, const char *file)
{
	struct owner o, label;
	const char *named;

	if (b->told)
		return (struct owner){ b->told, "told", false };
	o = folder_owner(b, node);
	if (o.server)
		return o;
	named = named_in(&b->nodes[0].below, span_of(file));
	if (named)
		return (struct owner){ named, "the name of its file", false };
	label = label_of(b, node, span_of(file), !o.reason || strcmp(o.reason, SEVERAL) != 0);
	if (label.server)
		return label;
	return o.reason ? o : (struct owner){ NULL, "nothing beside it names a computer", false };
}
