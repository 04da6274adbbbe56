/* SPDX-License-Identifier: MIT
 * What the files of the text report share: a page of so many columns, and text that fits into it. */
#ifndef REPORTS_PAGE_H
#define REPORTS_PAGE_H

#include "reports/format.h"

struct page {
	struct out *out;
	struct arena *arena;
	int width; /* columns */
	int names; /* the least width of names that stand before values */
	bool ascii, color;
};

/* The signs a page is drawn with, so that --ascii is decided in one place. */
enum sign {
	SIGN_RULE,
	SIGN_DOUBLE,
	SIGN_BAR,
	SIGN_BULLET,
	SIGN_CORNER,
	SIGN_AXIS,
	SIGN_LEVEL,
	SIGN_BOOT,
	SIGN_DOT,
	SIGN_SHADE,
	SIGNS
};
const char *page_sign(const struct page *p, enum sign s);

/* A text as this page shows it: harmless, and in ASCII where the page is. What the functions below take must
 * be shown. */
const char *page_shown(const struct page *p, const char *text); /* NULL is "" */
const char *page_exact(
	const struct page *p, const char *text); /* the same without shortening what has no blanks */

void page_fill(struct page *p, const char *sign, int times);
void page_line(struct page *p, const char *shown); /* not wrapped */
void page_padded(struct page *p, struct span shown, int width, bool right);
/* Wrapped: the first line behind `first`, the others indented by its width. */
void page_wrapped(struct page *p, const char *first, const char *shown);
/* A name, padded to `names` columns, and its value beside it. */
void page_pair(struct page *p, const char *name, int names, const char *shown);
/* A bold or coloured piece between page_color and page_plain; nothing on a page without colour. */
void page_color(struct page *p, int severity); /* -1: bold only */
void page_plain(struct page *p);

void page_table(struct page *p, const struct table *t);
void page_chart(struct page *p, const struct chart *c);

#endif
