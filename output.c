/* SPDX-License-Identifier: MIT
 * How does a report get into its file, or its tables into their folder? */
#include "output.h"

#include "core/os.h"

#include <string.h>

static bool write_output(void *to, const void *bytes, size_t n)
{
	return os_output_write(to, bytes, n);
}

static int finish(struct os_output *file, struct out *out, const char *path, struct err *e)
{
	bool good = out_close(out);

	return os_output_close(file, good, e) != 0 ? -1
	       : good                              ? 0
		      : err_set(e, "cannot write %s", strcmp(path, "-") ? path : "standard output");
}

int output_report(const struct report *r, const char *format, const char *path, const struct style *style,
	struct err *e)
{
	struct os_output *file = os_output_open(path, e);
	struct out *out;

	if (!file)
		return -1;
	out = out_open(write_output, file);
	format_find(span_of(format))->print(out, r, style);
	return finish(file, out, path, e);
}

/* ---- a folder ---- */

struct directory {
	struct folder folder; /* first: what the format sees */
	const char *path;
	struct arena *arena;
	const char *file_path; /* of the open file */
	struct os_output *file;
	struct err *e;
	bool failed;
};

static struct out *directory_begin(struct folder *f, const char *name)
{
	struct directory *d = (struct directory *)f;

	d->file_path = arena_printf(d->arena, "%s/%s", d->path, name);
	d->file = NULL;
	/* A file behind a link, maybe an input, would be written through it. */
	if (os_is_link(d->file_path) && os_kind(d->file_path) == OS_FILE)
		err_set(d->e, "%s is a link to a file; a table replaces only a file itself", d->file_path);
	else
		d->file = os_output_open(d->file_path, d->e);
	d->failed = !d->file;
	return d->file ? out_open(write_output, d->file) : NULL;
}

static bool directory_end(struct folder *f, struct out *out)
{
	struct directory *d = (struct directory *)f;

	d->failed = finish(d->file, out, d->file_path, d->e) != 0;
	return !d->failed;
}

int output_folder(const struct report *r, const char *format, const char *path, struct err *e)
{
	struct directory d = { .folder = { directory_begin, directory_end }, .path = path, .e = e };

	if (os_folder(path, e) != 0)
		return -1;
	d.arena = arena_open();
	format_find(span_of(format))->print_files(&d.folder, r);
	arena_close(d.arena);
	return d.failed ? -1 : 0;
}
