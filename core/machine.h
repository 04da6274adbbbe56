/* SPDX-License-Identifier: MIT
 * When are two names of computers the name of one machine? */
#ifndef CORE_MACHINE_H
#define CORE_MACHINE_H

#include "core/core.h"

/* A NetBIOS name has 15 characters at most, a label of a DNS name 63. */
#define MACHINE_NETBIOS 15
#define MACHINE_LABEL   63

struct span machine_label(struct span name); /* up to the first dot */
/* FS01 and FS01.corp.example are one machine, FS01.a.example and FS01.b.example are two; FILESERVER-BERL is
 * FILESERVER-BERLIN.corp.example as well. FS01 may still be either of two: that is for the caller to see. */
bool machine_same(struct span a, struct span b);

#endif
