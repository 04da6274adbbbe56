/* SPDX-License-Identifier: MIT
 * From the paths on the command line to a filled store: which parser, which server, what went wrong. */
#ifndef INGEST_H
#define INGEST_H

#include "core/core.h"
#include "core/page.h"
#include "core/record.h"
#include "store/store.h"

struct ingest {
	struct store *store;
	const char *server;        /* told; NULL: found out */
	int encoding;              /* forced, or -1 */
	const char *page;          /* name of the code page of 8-bit texts; NULL: Windows-1252 */
	int jobs;                  /* files read at the same time; what is read never depends on it */
	bool strict;               /* the first note ends the reading */
	struct list outputs;       /* paths that will be written: none may be a file that is of use */
	const char *output_folder; /* no file of use named *.csv may lie right in it; NULL: none */
	bool (*relevant)(const struct record *event); /* which events are kept; the others are counted */
	/* What went wrong, for the terminal: the text is not escaped. */
	void (*say)(void *to, const char *source, uint64_t line, const char *text);
	void *to;
	struct arena *arena; /* for `servers` */

	/* filled by ingest_paths */
	/* of all files met; failed: could not be read to the end */
	int64_t files, known, failed, unrecognised;
	int64_t usable;    /* recognised and read, in part at least */
	int64_t tag_lists; /* of them: say whom tags belong to, and nothing of any server */
	bool trouble; /* exit 3: a named file is no known format, or a recognised one was unreadable or cut */
	bool stopped; /* by strict */
	const char *overwritten; /* the output that is one of the inputs: nothing was read */
	struct list servers;     /* every name that was met, told or found out: store_met */
};

/* Directories are one server's bundle each; single files together are one more. Fails only when the store
 * does. Times are not settled yet afterwards: facts may be told first (store_tell, store_settle). */
int ingest_paths(struct ingest *in, const struct list *paths, struct err *e);

#endif
