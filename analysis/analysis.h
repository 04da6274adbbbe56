/* SPDX-License-Identifier: MIT
 * What an analysis is: one question about one server, answered into the report; and how they are run. */
#ifndef ANALYSIS_ANALYSIS_H
#define ANALYSIS_ANALYSIS_H

#include "analysis/judge.h"
#include "core/report.h"

/* What an analysis cannot do without. */
enum need { NEED_SNAPSHOTS = 1, NEED_LOG = 2, NEED_EXHAUSTION = 4 };

struct analysis {
	const char *name, *about;
	unsigned needs;
	/* Adds tables, blocks and charts for the server. Where a need is not met it is not run, and the
	 * report says so. */
	void (*run)(struct report *r, struct server_report *s, const struct judgement *j);
	const char *without; /* "what was not checked" when a need is not met */
};

extern const struct analysis *const analyses[];
extern const size_t analyses_count;

/* One server: loads, judges, runs every analysis in the order of all.h. */
void analysis_server(struct report *r, struct store *store, int64_t server, const char *name,
	const struct thresholds *thresholds);
/* The servers of a store, in order of name: all, or those that go by one of the names (NULL: all). */
void analysis_store(
	struct report *r, struct store *store, const struct list *names, const struct thresholds *thresholds);

/* Small things that several analyses say in the same words. */
const char *place_words(struct arena *a, const struct place *p); /* "System.xml:18, record 18584" */
const char *time_words(struct arena *a, when_us t);              /* "2009-10-14 19:03:27 UTC"; "not known" */
/* How sure the time of a poolsnap is, by snapshot.quality; -1: it has none. */
const char *clock_words(int quality);
/* What is doubtful about the times of the poolsnaps; NULL: nothing, or there are none. */
const char *clock_doubt(const struct evidence *e);
int64_t bytes_of(double bytes); /* what no number can hold: the nearest that can */
/* The evidence list of a finding: rows of source, line, record_id. */
struct table *evidence_table(struct report *r);
void evidence_row(struct table *t, const struct place *p);
/* The ids that links lead to: of the row that shows what stands at a place, of an input's row. */
const char *place_id(struct arena *a, const struct place *p);
const char *source_id(struct arena *a, const char *source);
/* A tag's name, linked to the tag's own row. */
void table_tag(struct table *t, const char *field, const char *pool, const char *tag);
const char *tag_id(struct arena *a, const char *pool, const char *tag);
void table_source(struct table *t, const char *source); /* the cell "source", linked to the input's row */
#define REGISTRY_KEY "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management"

#endif
