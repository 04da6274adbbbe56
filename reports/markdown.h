/* SPDX-License-Identifier: MIT
 * What the files of the Markdown report share. The dialect is GitHub's (github.github.com/gfm). */
#ifndef REPORTS_MARKDOWN_H
#define REPORTS_MARKDOWN_H

#include "reports/page.h"

/* Columns of a fixed-width font that a table may take before its long texts move beneath it. */
#define MARKDOWN_WIDTH 120

/* Writes a text so that it shows as itself: ESC_MARKDOWN. */
void markdown_escape(struct out *o, struct span text);

/* What the functions below take is a text of the report, not escaped; `page` says whether it goes out in
 * ASCII. */
void markdown_text(struct page *p, const char *text);
/* The mark, then the text, on a line of its own that does not end in a blank. */
void markdown_line(struct page *p, const char *mark, const char *text);
void markdown_paragraph(struct page *p, const char *text); /* nothing for NULL or blanks */
/* Mark, name and colon, then the text; in bold or plain. */
void markdown_pair(struct page *p, const char *mark, const char *name, bool bold, const char *text);
void markdown_table(struct page *p, const struct table *t);
void markdown_chart(struct page *p, const struct chart *c);

#endif
