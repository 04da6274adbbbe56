/* SPDX-License-Identifier: MIT
 * What a report format is, and what all formats share: sticky output, escapes, the words for cells. */
#ifndef REPORTS_FORMAT_H
#define REPORTS_FORMAT_H

#include "core/core.h"
#include "core/report.h"

/* How people's formats are laid out; JSON does not depend on it. */
struct style {
	int width;  /* columns of a text report */
	bool ascii; /* no character beyond U+007E */
	bool color; /* ANSI colours, for a terminal only */
};

struct out; /* sticky: after a failure nothing more is written */

enum escape {
	ESC_NONE,     /* constants of this program only, never text from a report */
	ESC_TEXT,     /* terminals and text files: control and bidi characters become visible \x.. or U+.... forms */
	ESC_HTML,     /* element content and quoted attributes */
	ESC_JSON,     /* inside a JSON string */
};

typedef bool out_write(void *to, const void *bytes, size_t n);
struct out *out_open(out_write *write, void *to);
void out_raw(struct out *o, const char *constant);                           /* as it is */
void out_put(struct out *o, enum escape escape, struct span text);
void out_text(struct out *o, enum escape escape, const char *text);          /* NULL writes nothing */
void out_printf(struct out *o, const char *format, ...) PRINTF_LIKE(2, 3);   /* numbers and constants only, never text */
bool out_close(struct out *o);                                               /* false when anything failed */

/* A cell in the words that every format for people uses ("262.4 MiB", "2008-10-14 19:52:07 UTC", "not known"); the text is
 * not escaped and lives in the arena. */
const char *cell_words(struct arena *a, const struct field *f, const struct cell *c);
bool field_is_number(const struct field *f); /* aligned to the right */
const char *severity_word(enum severity s);  /* "ERROR", "not assessed": people's spelling */

struct format {
	const char *name, *about;
	void (*print)(struct out *o, const struct report *r, const struct style *style);
};

extern const struct format *const formats[];
extern const size_t formats_count;
const struct format *format_find(struct span name);

#endif
