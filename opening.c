/* SPDX-License-Identifier: MIT
 * Puts a digest and a stop between a file and its reader. */
#include "opening.h"

#include "core/os.h"

#include <stdatomic.h>
#include <stdlib.h>

struct opening {
	struct os_file *file;
	struct digest *digest;
	struct reader *reader;
	atomic_bool stopped;
};

static long fill(void *from, char *buffer, size_t size)
{
	struct opening *o = from;
	long n = atomic_load(&o->stopped) ? 0 : os_read(o->file, buffer, size);

	if (n > 0)
		digest_add(o->digest, buffer, (size_t)n);
	return n;
}

struct opening *opening_open(const char *path, int encoding, struct err *e)
{
	struct os_file *file = os_open(path, e);
	struct opening *o;

	if (!file)
		return NULL;
	o = calloc(1, sizeof *o);
	if (!o)
		die("out of memory");
	o->file = file;
	o->digest = digest_open();
	atomic_init(&o->stopped, false);
	o->reader = reader_open(fill, o, encoding);
	return o;
}

void opening_close(struct opening *o)
{
	if (!o)
		return;
	reader_close(o->reader);
	digest_close(o->digest);
	os_close(o->file);
	free(o);
}

struct reader *opening_reader(struct opening *o)
{
	return o->reader;
}

const struct digest *opening_digest(const struct opening *o)
{
	return o->digest;
}

when_us opening_modified(const struct opening *o)
{
	return os_modified(o->file);
}

int opening_failed(const struct opening *o, struct err *e)
{
	return os_failed(o->file, e);
}

void opening_stop(struct opening *o)
{
	atomic_store(&o->stopped, true);
}
