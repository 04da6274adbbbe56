/* SPDX-License-Identifier: MIT
 * Code pages by name: Windows-1252 by its own table, so that every byte survives, all others as the system
 * knows them. */
#include "core/page.h"

#include "core/os.h"
#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct page {
	struct os_code_page *os; /* NULL: Windows-1252 */
	char name[40];
	uint32_t of_byte[256]; /* the character that a byte stands for by itself, TEXT_BAD for none */
};

static bool is_1252(const char *name)
{
	static const char *const names[] = { "windows-1252", "cp1252", "1252", "latin-1", "latin1" };

	for (size_t i = 0; i < LEN(names); i++)
		if (span_equal_nocase(span_of(name), span_of(names[i])))
			return true;
	return false;
}

struct page *page_open(const char *name)
{
	bool own = is_1252(name);
	struct os_code_page *os = own ? NULL : os_code_page_open(name);
	struct page *p;

	if (!own && !os)
		return NULL;
	p = calloc(1, sizeof *p);
	if (!p)
		die("out of memory");
	p->os = os;
	snprintf(p->name, sizeof p->name, "%s", own ? page_name(NULL) : name);
	for (int i = 0; i < 256; i++) {
		char byte = (char)i, to[PAGE_ROOM(1)];
		uint64_t bad = 0;
		size_t length = 0, n = page_decode(p, (struct span){ &byte, 1 }, to, &bad);
		uint32_t c = n ? text_get_utf8((struct span){ to, n }, &length) : TEXT_BAD;

		p->of_byte[i] = length == n ? c : TEXT_BAD;
	}
	return p;
}

void page_close(struct page *p)
{
	if (!p)
		return;
	os_code_page_close(p->os);
	free(p);
}

const char *page_name(const struct page *p)
{
	return p ? p->name : "Windows-1252";
}

size_t page_decode(const struct page *p, struct span bytes, char *to, uint64_t *bad)
{
	size_t n = 0;

	if (p && p->os)
		return os_code_page_decode(p->os, bytes.p, bytes.n, to, PAGE_ROOM(bytes.n), bad);
	for (size_t i = 0; i < bytes.n; i++)
		n += text_put_utf8(to + n, text_1252_character((unsigned char)bytes.p[i]));
	return n;
}

static int byte_of(const struct page *p, uint32_t character)
{
	if (!p)
		return text_1252_byte(character);
	for (int i = 0; i < 256; i++)
		if (p->of_byte[i] == character && character != TEXT_BAD)
			return i;
	return -1;
}

bool page_tag(const struct page *p, struct span text, unsigned char bytes[4])
{
	bool whole = true;
	size_t length;

	memset(bytes, ' ', 4);
	for (int i = 0; i < 4 && text.n; i++, text = text_tail(text, length)) {
		int byte = byte_of(p, text_get_utf8(text, &length));

		bytes[i] = byte < 0 ? '?' : (unsigned char)byte;
		whole = whole && byte >= 0;
	}
	return whole && !text.n;
}
