/* SPDX-License-Identifier: MIT
 * Ten events that every dialect of event XML is written from, and how a dialect spells things; for
 * bundle_dialect*.c only. */
#ifndef TESTS_BUNDLE_DIALECTS_H
#define TESTS_BUNDLE_DIALECTS_H

#include "tests/bundle_parts.h"

#define DIALECT_FOLDER "dialects/events"
#define SPELLED_EVENTS 10

struct spelled_event {
	const char *provider, *guid, *event_source; /* NULL: not written */
	unsigned id;
	int qualifiers; /* -1: not a classic event */
	unsigned level, record;
	const char *time; /* "2010-03-04 13:02:11", UTC */
	unsigned milliseconds;
	const char *sid;
	const char *strings[8]; /* with `named`: "name=value" */
	bool named;
	const char *data;                                  /* hex */
	const char *user_root, *user_namespace, *user[24]; /* "SystemInfo/Processes=41", in order */
};
extern const struct spelled_event spelled_events[SPELLED_EVENTS]; /* oldest first */
#define SPELLED_COMPUTER "FS07.corp.example"

struct spelling {
	const char *quote, *newline;
	enum { LAYOUT_LINE, LAYOUT_PRETTY, LAYOUT_AFTER_CLOSE, LAYOUT_BROWSER } layout;
	/* <x/>, <x />, <x></x>, over two lines */
	enum { EMPTY_SHORT, EMPTY_SPACED, EMPTY_PAIR, EMPTY_LINES } empty;
	enum { TIME_9Z, TIME_7Z, TIME_6Z, TIME_3Z, TIME_BLANK_6, TIME_BLANK_7 } time;
	enum { GUID_BRACES, GUID_BARE, GUID_BARE_UPPER } guid;
	enum { DATA_HEX, DATA_HYPHENS, DATA_BASE64 } data;
	enum { STRINGS_EACH, STRINGS_LIST, STRINGS_JOINED } strings; /* LIST: <string> lines, escaped */
	bool no_namespace, ascii, twice, rendered, qualifiers_always;
};
void spelled_put(struct out *o, const struct spelling *s, const struct spelled_event *e);

void dialects_write(const char *samples); /* into samples/dialects/events */

#endif
