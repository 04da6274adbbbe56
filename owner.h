/* SPDX-License-Identifier: MIT
 * Whose captures are these? poolmon writes no computer's name, so it is taken from what lies beside them. */
#ifndef OWNER_H
#define OWNER_H

#include "core/core.h"

/* The folders of one run as a tree. All texts live in the arena. */
struct owners;

#define OWNER_NONE SIZE_MAX

/* told: every capture is that server's; NULL: find out */
struct owners *owners_open(struct arena *a, const char *told);
size_t owners_group(struct owners *b); /* what one path stands for, or all single files together */
/* The node of a folder beneath a group; folder is relative, divided by '/', empty for the group itself. */
size_t owners_folder(struct owners *b, size_t group, struct span folder);

/* A computer that an event in this folder names, and the machine that a systeminfo in it describes. */
void owner_computer(struct owners *b, size_t node, struct span name);
void owner_host(struct owners *b, size_t node, struct span name);

/* After all logs and systeminfos. The nearest folder that names exactly one machine decides; where it names
 * several, nobody is picked silently: the server is NULL and the reason says so. */
void owners_decide(struct owners *b);
const char *owner_server(const struct owners *b, size_t node);
const char *owner_reason(const struct owners *b, size_t node);

#endif
