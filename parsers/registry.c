/* SPDX-License-Identifier: MIT
 * Which registry values of a source count: those of known keys under the control set in use, held back until
 * the source shows whether it is a reading of a registry at all. Keys and values: KB 312362, KB 304101. */
#include "parsers/registry.h"

#include "core/text.h"

#include <inttypes.h>
#include <string.h>

enum which { WHICH_MEMORY, WHICH_SERVER, WHICH_STATED, WHICH_SELECT = WHICH_STATED, WHICH_NONE };

#define MEMORY_TAIL   "\\Control\\Session Manager\\Memory Management"
#define SERVER_TAIL   "\\Services\\LanmanServer\\Parameters"
/* KB 312362 prints the key once like this; who copied it set values that nothing reads. */
#define MISSPELT_TAIL "\\Control\\Session Manager\\Memory_Management"

static const char *const stated_name[WHICH_STATED] = { KEY_MEMORY_MANAGEMENT, KEY_LANMAN_PARAMETERS };

/* Real files stay far below: a key has some twenty values, and a SYSTEM hive holds at most four control
 * sets. */
#define FULL_ITEMS 4096
#define FULL_BYTES (4 * 1024 * 1024)

#define SET_IN_USE 0 /* CurrentControlSet */
#define SET_NONE   -1

/* One key as the source lists it; the same key may be listed again. */
struct listing {
	enum which which;
	int set; /* NNN of ControlSetNNN, or SET_IN_USE */
	uint64_t line;
	size_t values;
	bool partial;
	struct registry_written written; /* its text is empty: not said */
};

struct held {
	size_t listing;
	struct registry_value value;
};

struct registry {
	struct sink *sink;
	size_t least;
	struct arena *own, *part;
	struct listing *listings;
	struct held *held;
	size_t listing_count, held_count, held_bytes;
	bool keeps;
	bool others;             /* the part shows a key that is not known */
	bool spilled;            /* some of the part was stated already, as it grew too large */
	bool read[WHICH_STATED]; /* FACT_KEY_READ was stated */
	int selected;            /* what Select says, or SET_NONE */
	/* of day and month, as the part proves it; NULL: it does not, "": it proves both */
	const char *order;
	uint64_t other_keys, other_values, other_line;
	uint64_t cut_values, cut_line;
	uint64_t few_keys, few_line;
	uint64_t idle_values, idle_line; /* of control sets not in use */
};

struct registry *registry_open(struct sink *sink, size_t least)
{
	struct arena *own = arena_open();
	struct registry *g = arena_alloc(own, sizeof *g);

	g->own = own;
	g->part = arena_open();
	g->sink = sink;
	g->least = least;
	g->selected = SET_NONE;
	return g;
}

void registry_close(struct registry *g)
{
	if (!g)
		return;
	if (g->other_keys)
		sink_note(g->sink, g->other_line,
			"other keys: %" PRIu64 " with %" PRIu64 " values; counted only", g->other_keys,
			g->other_values);
	if (g->cut_values)
		sink_note(g->sink, g->cut_line, "values longer than %d bytes: %" PRIu64 "; cut to that",
			REGISTRY_TEXT_MAX, g->cut_values);
	if (g->few_keys)
		sink_note(g->sink, g->few_line,
			"listings of a part of a key (a query of one value, a search, a cut file): %" PRIu64
			"; a value missing there is taken as unknown, not as absent",
			g->few_keys);
	if (g->idle_values)
		sink_note(g->sink, g->idle_line,
			"values of a control set that is not in use: %" PRIu64 "; not taken", g->idle_values);
	arena_close(g->part);
	arena_close(g->own);
}

/* ---- names of keys ---- */

static bool take(struct span *s, const char *prefix)
{
	if (!text_starts_nocase(*s, prefix))
		return false;
	*s = text_tail(*s, span_of(prefix).n);
	return true;
}

/* The set, and what follows its name in *path; SET_NONE when the name is no control set's. */
static int take_set(struct span *path)
{
	if (take(path, "\\CurrentControlSet"))
		return SET_IN_USE;
	uint64_t set;

	if (!take(path, "\\ControlSet") || !text_uint_base(text_head(*path, 3), 10, &set) || path->n < 3)
		return SET_NONE;
	*path = text_tail(*path, 3);
	return set ? (int)set : SET_NONE;
}

static enum which which_key(struct span path, int *set, bool *misspelt)
{
	path = text_trim(path);
	*misspelt = false;
	*set = SET_NONE;
	if (!take(&path, "HKEY_LOCAL_MACHINE\\SYSTEM") && !take(&path, "HKLM\\SYSTEM"))
		return WHICH_NONE;
	if (span_equal_nocase(path, SPAN("\\Select")))
		return WHICH_SELECT;
	*set = take_set(&path);
	if (*set == SET_NONE)
		return WHICH_NONE;
	if (span_equal_nocase(path, SPAN(MEMORY_TAIL)))
		return WHICH_MEMORY;
	if (span_equal_nocase(path, SPAN(SERVER_TAIL)))
		return WHICH_SERVER;
	*misspelt = span_equal_nocase(path, SPAN(MISSPELT_TAIL));
	return WHICH_NONE;
}

bool registry_knows(struct span path)
{
	int set;
	bool misspelt;

	return which_key(path, &set, &misspelt) < WHICH_STATED;
}

/* ---- collecting ---- */

static void listing_add(struct registry *g, struct listing l)
{
	g->listings = arena_grow(g->part, g->listings, g->listing_count, sizeof l);
	g->listings[g->listing_count++] = l;
}

static void part_state(struct registry *g);

/* No input makes memory grow: an absurdly large part is stated in pieces. */
static void part_spill(struct registry *g)
{
	part_state(g);
	g->spilled = true;
}

bool registry_key(struct registry *g, uint64_t line, struct span path)
{
	struct listing l = { .line = line };
	bool misspelt;

	l.which = which_key(path, &l.set, &misspelt);
	g->keeps = l.which != WHICH_NONE;
	if (misspelt)
		sink_note(g->sink, line,
			"Windows does not read a key named Memory_Management (the real name has a blank); its values are "
			"counted only");
	if (!path.n)
		return false;
	if (g->keeps) {
		if (g->listing_count >= FULL_ITEMS)
			part_spill(g);
		listing_add(g, l);
		return true;
	}
	g->others = true;
	if (!g->other_keys++)
		g->other_line = line;
	return false;
}

bool registry_keeps(const struct registry *g)
{
	return g->keeps;
}

void registry_skip(struct registry *g)
{
	g->other_values++;
}

void registry_partial(struct registry *g)
{
	if (g->keeps)
		g->listings[g->listing_count - 1].partial = true;
}

void registry_partial_all(struct registry *g)
{
	for (size_t i = 0; i < g->listing_count; i++)
		g->listings[i].partial = true;
}

bool registry_scanty(const struct registry *g)
{
	if (g->others || g->spilled || !g->listing_count)
		return false;
	for (size_t i = 0; i < g->listing_count; i++)
		if (g->listings[i].which == WHICH_SELECT || g->listings[i].values >= REGISTRY_WHOLE)
			return false;
	return true;
}

static struct span cut_text(struct registry *g, const struct registry_value *v)
{
	if (v->text.n > REGISTRY_TEXT_MAX && !g->cut_values++)
		g->cut_line = v->line;
	return text_head_whole(v->text, REGISTRY_TEXT_MAX);
}

void registry_value(struct registry *g, const struct registry_value *v)
{
	struct listing *l = &g->listings[g->listing_count - 1];
	struct held h = { .listing = g->listing_count - 1, .value = *v };

	if (l->which == WHICH_SELECT) {
		if (v->is_number && v->number > 0 && v->number < 1000 &&
			span_equal_nocase(v->name, SPAN("Current")))
			g->selected = (int)v->number;
		return;
	}
	h.value.name = arena_span(g->part, v->name);
	h.value.type = arena_span(g->part, v->type);
	h.value.text = arena_span(g->part, cut_text(g, v));
	g->held = arena_grow(g->part, g->held, g->held_count, sizeof h);
	g->held[g->held_count++] = h;
	g->held_bytes += h.value.name.n + h.value.type.n + h.value.text.n;
	l->values++;
	if (g->held_count >= FULL_ITEMS || g->held_bytes >= FULL_BYTES) {
		struct listing rest = *l;

		part_spill(g);
		rest.values = 0;
		rest.partial = true;
		rest.written.text.n = 0; /* stated */
		listing_add(g, rest);
	}
}

void registry_written(struct registry *g, const struct registry_written *w)
{
	if (w->order[0])
		g->order = !g->order || strcmp(g->order, w->order) == 0 ? w->order : "";
	if (!g->keeps)
		return;
	struct listing *l = &g->listings[g->listing_count - 1];

	l->written = *w;
	l->written.text = arena_span(g->part, w->text);
}

/* ---- stating ---- */

static void part_drop(struct registry *g)
{
	arena_reset(g->part);
	g->listings = NULL;
	g->held = NULL;
	g->listing_count = g->held_count = g->held_bytes = 0;
}

static void part_begin(struct registry *g)
{
	g->keeps = g->others = g->spilled = false;
	g->selected = SET_NONE;
	g->order = NULL;
	memset(g->read, 0, sizeof g->read);
}

static void note_set(struct registry *g, uint64_t line, int set, const char *why)
{
	sink_note(g->sink, line, "ControlSet%03d is read as the control set in use: %s", set, why);
}

/* The control set whose values of this key are those in use; SET_NONE when there is none or that cannot be
 * told. */
static int choose_set(struct registry *g, enum which which)
{
	int set = SET_NONE;
	bool several = false, selected = false;
	uint64_t line = 0;

	for (size_t i = 0; i < g->listing_count; i++) {
		const struct listing *l = &g->listings[i];

		if (l->which != which)
			continue;
		if (l->set == SET_IN_USE)
			return SET_IN_USE;
		several |= set != SET_NONE && set != l->set;
		selected |= l->set == g->selected;
		set = l->set;
		line = l->line;
	}
	if (set == SET_NONE)
		return SET_NONE;
	if (selected) {
		note_set(g, line, g->selected, "the key Select of this source says so");
		return g->selected;
	}
	if (g->selected != SET_NONE || several) {
		sink_note(g->sink, line,
			"nothing shows the control set in use of %s; its values were not taken",
			stated_name[which]);
		return SET_NONE;
	}
	note_set(g, line, set, "the source shows no other");
	return set;
}

static void state_value(struct registry *g, const char *key, const struct registry_value *v)
{
	struct record r;

	record_start(&r, RECORD_REGISTRY, v->line);
	record_text(&r, REGISTRY_KEY, span_of(key));
	record_text(&r, REGISTRY_NAME, v->name);
	record_text(&r, REGISTRY_TYPE, v->type);
	if (v->is_number)
		record_number(&r, REGISTRY_NUMBER, v->number);
	else
		record_text(&r, REGISTRY_TEXT, v->text);
	g->sink->record(g->sink, &r);
}

static void state_read(struct registry *g, enum which which, int set)
{
	const struct listing *whole = NULL;
	uint64_t partial = 0, line = 0;

	for (size_t i = 0; i < g->listing_count; i++) {
		const struct listing *l = &g->listings[i];

		if (l->which != which || l->set != set)
			continue;
		if (l->partial || l->values < g->least)
			line = partial++ ? line : l->line;
		else if (!whole)
			whole = l;
	}
	if (g->read[which])
		return;
	if (whole) {
		struct record r;

		g->read[which] = true;
		record_start(&r, RECORD_HOST, whole->line);
		record_text(&r, HOST_NAME, SPAN(FACT_KEY_READ));
		record_text(&r, HOST_TEXT, span_of(stated_name[which]));
		g->sink->record(g->sink, &r);
		return;
	}
	if (partial && !g->few_keys)
		g->few_line = line;
	g->few_keys += partial;
}

/* Which reading of "03/11/2009" is meant, another key's time in the same source may prove. */
static when_us written_time(const struct registry *g, const struct registry_written *w)
{
	const char *order = g->order ? g->order : "";

	if (w->other == WHEN_NONE || strcmp(order, "dmy") == 0)
		return w->local;
	return strcmp(order, "mdy") == 0 ? w->other : WHEN_NONE;
}

static void state_written(struct registry *g, int set)
{
	for (size_t i = 0; i < g->listing_count; i++) {
		const struct listing *l = &g->listings[i];
		when_us when = written_time(g, &l->written);
		struct record r;

		if (l->which != WHICH_MEMORY || l->set != set || !l->written.text.n)
			continue;
		record_start(&r, RECORD_HOST, l->written.line);
		record_text(&r, HOST_NAME, SPAN(FACT_KEY_WRITTEN));
		record_text(&r, HOST_TEXT, l->written.text);
		if (when != WHEN_NONE)
			record_number(&r, HOST_NUMBER, when);
		g->sink->record(g->sink, &r);
	}
}

/* States what is held and lets go of it. */
static void part_state(struct registry *g)
{
	int set[WHICH_STATED];

	for (int which = 0; which < WHICH_STATED; which++) {
		set[which] = choose_set(g, (enum which)which);
		if (set[which] != SET_NONE)
			state_read(g, (enum which)which, set[which]);
	}
	if (set[WHICH_MEMORY] != SET_NONE)
		state_written(g, set[WHICH_MEMORY]);
	for (size_t i = 0; i < g->held_count; i++) {
		const struct held *h = &g->held[i];
		const struct listing *l = &g->listings[h->listing];

		if (l->set == set[l->which])
			state_value(g, stated_name[l->which], &h->value);
		else if (!g->idle_values++)
			g->idle_line = h->value.line;
	}
	part_drop(g);
}

void registry_settle(struct registry *g)
{
	part_state(g);
	part_begin(g);
}

void registry_refuse(struct registry *g, const char *why)
{
	for (size_t i = 0; i < g->held_count; i++) {
		const struct registry_value *v = &g->held[i].value;
		struct span name = registry_quoted(v->name), text = registry_quoted(v->text);

		if (v->is_number)
			sink_note(g->sink, v->line,
				"%.*s = %.*s %" PRId64 " stands in %s; not taken as a value in use",
				(int)name.n, name.p, (int)v->type.n, v->type.p, v->number, why);
		else
			sink_note(g->sink, v->line,
				"%.*s = %.*s \"%.*s\" stands in %s; not taken as a value in use", (int)name.n,
				name.p, (int)v->type.n, v->type.p, (int)text.n, text.p, why);
	}
	if (!g->held_count && g->listing_count)
		sink_note(g->sink, g->listings[0].line,
			"no value stands in %s; the key was not taken as read", why);
	part_drop(g);
	part_begin(g);
}
