/* SPDX-License-Identifier: MIT
 * What the files of the HTML report share: the page being written, its anchors, escaped text. */
#ifndef REPORTS_HTML_H
#define REPORTS_HTML_H

#include "reports/format.h"

struct anchor {
	const char *id;
	bool used; /* an id stands once in a page, where it comes first */
};

struct html {
	struct out *out;
	struct arena *arena;
	const struct report *report;
	struct index servers;   /* as the page has them; the first one's section is s1 */
	char prefix[24];        /* of every id: "" or "s3-", so that servers do not clash */
	int level;              /* of a part's heading: 2, or 3 beneath servers */
	const char *head;       /* the id of the heading of the part being written */
	const char *self;       /* the id of what is being written, which needs no link to itself */
	bool index;             /* between the servers: a server's name links to its section */
	unsigned numbered;      /* for ids that only join a label to what it labels */
	struct anchor *anchors; /* what this server's links may point at, sorted */
	size_t anchor_count;
};

void html_text(struct html *h, const char *text);  /* escaped; names without an end are shortened */
void html_prose(struct html *h, const char *text); /* the same, each rule that is named linked to its words */
void html_anchors(struct html *h, const struct server_report *s);
void html_id(struct html *h,
	const char *id); /* the attribute, when there is such an anchor and it is not yet used */
/* Opens <a>; false and nothing when none of these ids (see block_shown) is shown. */
bool html_link(struct html *h, const char *ids);
void html_server_id(struct html *h, size_t server);                     /* "s3", by its place in the index */
void html_paragraph(struct html *h, const char *css, const char *text); /* NULL: nothing */
void html_block(struct html *h, const struct block *b, enum part_id part);
void html_title(
	struct html *h, const char *title, const char *id); /* of a block, one level beneath its part */

/* One letter a column, in the arena: its class in the grid; 0 where it is not for people, '=' where it is
 * told once above the table, '+' where it stands beneath its row. */
const char *html_columns(struct html *h, const struct table *t, size_t rows);
bool html_in_grid(char css);
/* Some word in it is so long that it may be broken anywhere. */
bool html_unbroken(struct html *h, const struct field *f, const struct cell *c);

/* title NULL: the part's heading is title enough. fold: a long one is folded. */
void html_table(struct html *h, const struct table *t, const char *title, bool fold);
void html_pairs(struct html *h, const struct table *t, size_t row); /* what stands inside a <dl> */
void html_chart(struct html *h, const struct chart *c);

#endif
