/* SPDX-License-Identifier: MIT
 * Collects the values that a source shows of the registry keys this tool knows, and judges at the source's
 * end which of them count: only the control set in use, and only what was read from a registry. */
#ifndef PARSERS_REGISTRY_H
#define PARSERS_REGISTRY_H

#include "core/core.h"
#include "core/record.h"
#include "core/when.h"

#define REGISTRY_INVALID \
	"invalid" /* the TYPE of data that is not what its type demands; TEXT then has it as spelled */
#define REGISTRY_TEXT_MAX 16384 /* longer data is cut to this many bytes, with a note */
/* Real listings of either key hold ten values and more (ours: fewer than three are not the whole key). */
#define REGISTRY_WHOLE    3

struct registry_value {
	uint64_t line;
	struct span name, type; /* empty name: the key's default value */
	bool is_number;         /* number counts, else text */
	int64_t number;
	struct span text; /* valid UTF-8 */
};

/* When a key was last written, by the clock of the machine that shows it; local, other and order as in struct
 * stamp. */
struct registry_written {
	uint64_t line;
	struct span text;
	when_us local, other;
	const char *order; /* static */
};

/* A key is stated as read (FACT_KEY_READ: a value that is not there is absent) when at least `least` of its
 * values stand together: 0 for exports, which hold whole keys; REGISTRY_WHOLE for queries, which may ask for
 * one value. */
struct registry;
struct registry *registry_open(struct sink *sink, size_t least);
void registry_close(struct registry *g); /* notes what was only counted, then frees; NULL is fine */

bool registry_knows(struct span path); /* is this the full name of a key whose values are stated? */
/* The values that follow are of this key. Its name may be spelled with HKLM or in full, in any case, and with
 * any control set; an empty name stands for no key. True when its values are kept: registry_value takes them;
 * of others registry_skip counts each. */
bool registry_key(struct registry *g, uint64_t line, struct span path);
bool registry_keeps(const struct registry *g);                           /* the answer for the current key */
void registry_value(struct registry *g, const struct registry_value *v); /* copies */
void registry_skip(struct registry *g);
/* Of the current key, known or not: where one time has two readings, another may prove the order. Copies. */
void registry_written(struct registry *g, const struct registry_written *w);
void registry_partial(struct registry *g);     /* the current key is not shown to its end */
void registry_partial_all(struct registry *g); /* nor is any key so far */

/* Ends a part of the source that stands for itself, and states its values. */
void registry_settle(struct registry *g);
/* Ends a part that is no reading of a registry: its values become notes. why: "a change script, as it
 * deletes". */
void registry_refuse(struct registry *g, const char *why);
/* The part so far shows known keys only, and none of them with REGISTRY_WHOLE values. */
bool registry_scanty(const struct registry *g);

/* ---- what data look like (registry_data.c) ---- */

/* Takes the data of a REG_DWORD or REG_QWORD, "0x3c", for v's number; what is none stays as text of no type,
 * with a note. tool: who writes them like that. Other types are left alone. */
void registry_hex(struct registry_value *v, struct sink *sink, const char *tool);
struct span registry_quoted(struct span s); /* the start of a text, short enough for a note */

#endif
