/* SPDX-License-Identifier: MIT
 * Code pages: how 8-bit text is read where it is no UTF-8, and which bytes a pool tag was. */
#ifndef CORE_PAGE_H
#define CORE_PAGE_H

#include "core/core.h"

/* NULL stands for Windows-1252, in which every byte has a meaning. */
struct page;

/* "windows-1252", "latin-1", or whatever the system knows: "cp850", "shift_jis", "cp949". NULL when it knows
 * no page of that name. */
struct page *page_open(const char *name);
void page_close(struct page *p); /* NULL is fine */
const char *page_name(const struct page *p);

#define PAGE_ROOM(n) ((n)*4 + 16) /* bytes that n bytes of text may become */
/* Writes UTF-8 and returns its length; a byte that the page knows nothing of becomes U+FFFD and is
 * counted. */
size_t page_decode(const struct page *p, struct span bytes, char *to, uint64_t *bad);

/* Pool tags are bytes: those of a tag that reached us as characters, as the page writes them, padded with
 * blanks. What is no single byte there becomes '?', and false is returned; so it is for more than four. */
bool page_tag(const struct page *p, struct span text, unsigned char bytes[4]);

#endif
