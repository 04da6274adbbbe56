/* SPDX-License-Identifier: MIT
 * Whose captures are these? poolmon writes no computer's name, so it is taken from what lies beside them. */
#ifndef OWNER_H
#define OWNER_H

#include "core/core.h"

/* The folders of one run as a tree. All texts live in the arena. */
struct owners;

/* told: every capture is that server's; NULL: find out */
struct owners *owners_open(struct arena *a, const char *told);
/* What one path on the command line stands for. folder: its own name; empty for all single files together. */
size_t owners_group(struct owners *b, struct span folder);
/* The node of a folder beneath a group; folder is relative, divided by '/', empty for the group itself. */
size_t owners_folder(struct owners *b, size_t group, struct span folder);

/* A computer that an event in this folder names, the machine that a systeminfo in it describes, and what an
 * event 6011 says: this machine was renamed. */
void owner_computer(struct owners *b, size_t node, struct span name);
void owner_host(struct owners *b, size_t node, struct span name);
/* The machine of performance counters in it. One log may hold those of several: it counts only where no event
 * and no systeminfo names a machine. */
void owner_counter(struct owners *b, size_t node, struct span name);
void owner_renamed(struct owners *b, struct span was, struct span is);
/* Something lies here that names nobody: a capture, a registry export. */
void owner_nameless(struct owners *b, size_t node);

/* After all that names machines. */
void owners_decide(struct owners *b);

struct owner {
	const char *server; /* NULL: nobody's; the reason says why */
	const char *reason;
	bool label; /* no machine that anything read names: what the file or folder is called */
};
/* Of a file in this folder. In turn: what was told; the one machine that its folder speaks of, or the nearest
 * folder above does; a machine's name in its own or its folder's name. Where several machines are possible
 * nobody is picked silently. */
struct owner owner_of(const struct owners *b, size_t node, const char *file);

/* ---- names (owner_name.c) ---- */

/* Does the machine's name stand in the text, not as a part of a longer word? */
bool owner_name_stands_in(struct span machine, struct span text);
/* Could a folder of this name be called after a machine? Not "poolsnaps", "logs", "2010-11-03". */
bool owner_name_like(struct span folder);
/* "FS02" of "FS02_Poolmon_0800.txt", the way collecting scripts name their files; empty when there is
 * none. */
struct span owner_name_of_file(struct span file);

#endif
