/* SPDX-License-Identifier: MIT
 * One input file: opened, hashed as it is read, and stopped from outside. */
#ifndef OPENING_H
#define OPENING_H

#include "core/core.h"
#include "core/reader.h"
#include "core/when.h"
#include "store/store.h"

struct opening;

/* encoding: forced, or -1. NULL with the sentence set when it cannot be opened. */
struct opening *opening_open(const char *path, int encoding, struct err *e);
void opening_close(struct opening *o); /* NULL is fine */

struct reader *opening_reader(struct opening *o);
const struct digest *opening_digest(const struct opening *o); /* of the bytes read so far */
when_us opening_modified(const struct opening *o);            /* WHEN_NONE: no file, or not known */
int opening_failed(const struct opening *o, struct err *e);   /* -1 and the sentence when a read has failed */
void opening_stop(struct opening *o); /* from any thread: the file ends here, nothing more is wanted of it */

#endif
