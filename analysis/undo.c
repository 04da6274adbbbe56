/* SPDX-License-Identifier: MIT
 * The way back from a registry value: the line of a .reg file that restores exactly what an export showed, or
 * why there is none (the syntax is that of KB 310516; the layout of long data is regedit's own). */
#include "analysis/action.h"

#include "core/text.h"

#include <inttypes.h>
#include <string.h>

/* Longer data is nothing that anybody set here; a reader may have cut it. */
#define DATA_MOST 1024
/* regedit breaks a line of bytes before the comma of one more would stand beyond this column. */
#define LINE_MOST 77

struct bytes {
	const char *code; /* "" or "(7)" */
	unsigned char *data;
	size_t count;
};

static bool bytes_add(struct arena *a, struct bytes *b, struct span digits)
{
	uint64_t byte;

	if (!digits.n || digits.n > 2 || !text_uint_base(digits, 16, &byte))
		return false;
	b->data = arena_grow(a, b->data, b->count, 1);
	b->data[b->count++] = (unsigned char)byte;
	return true;
}

/* "hex(7):43,00,00,00", as a .reg file spells it; false when it is anything else. */
static bool bytes_spelled(struct arena *a, struct span text, struct bytes *b)
{
	struct span head, code, byte;

	if (!text_starts_nocase(text, "hex") || !text_cut(&text, ':', &head) || !text.p)
		return false;
	code = text_tail(head, 3);
	b->code = arena_text(a, code);
	if (code.n && (code.n < 3 || code.p[0] != '(' || code.p[code.n - 1] != ')'))
		return false;
	while (text.n && text_cut(&text, ',', &byte))
		if (!bytes_add(a, b, byte))
			return false;
	return true;
}

/* "3C000000", as reg query prints a REG_BINARY. */
static bool bytes_printed(struct arena *a, struct span text, struct bytes *b)
{
	b->code = "";
	for (; text.n; text = text_tail(text, 2))
		if (text.n < 2 || !bytes_add(a, b, text_head(text, 2)))
			return false;
	return true;
}

/* Strings are UTF-16 in a file of version 5 and bytes of some code page in one of REGEDIT4. Which it was is
 * beyond doubt where every other byte is zero. */
static bool bytes_are_sure(const struct bytes *b)
{
	if (strcmp(b->code, "(1)") != 0 && strcmp(b->code, "(2)") != 0 && strcmp(b->code, "(7)") != 0)
		return true;
	for (size_t i = 1; i < b->count; i += 2)
		if (b->data[i])
			return false;
	return b->count % 2 == 0 && (!b->count || !b->data[b->count - 2]);
}

static const char *bytes_line(struct arena *a, const char *value, const struct bytes *b)
{
	const char *text = arena_printf(a, "\"%s\"=hex%s:", value, b->code);
	size_t column = strlen(text);

	for (size_t i = 0; i < b->count; i++) {
		bool more = i + 1 < b->count;

		text = arena_printf(a, "%s%02x%s", text, b->data[i], more ? "," : "");
		column += 3;
		if (more && column + 3 > LINE_MOST) {
			text = arena_printf(a, "%s\\\n  ", text);
			column = 2;
		}
	}
	return arena_printf(a, "%s\n", text);
}

/* A string as regedit quotes it; NULL where it holds what a file may show otherwise than it is: line ends,
 * characters of a code page. */
static const char *string_line(struct arena *a, const char *value, struct span text)
{
	char *quoted = arena_alloc(a, 2 * text.n + 1), *to = quoted;

	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] < ' ' || text.p[i] > '~')
			return NULL;
		if (text.p[i] == '"' || text.p[i] == '\\')
			*to++ = '\\';
		*to++ = text.p[i];
	}
	return arena_printf(a, "\"%s\"=\"%s\"\n", value, quoted);
}

static const char *other_line(struct arena *a, const char *value, const struct setting *s)
{
	struct span text = span_of(s->text);
	bool string = strcmp(s->type, "REG_SZ") == 0, hex;
	struct bytes b = { .code = "" };

	if (s->numbered && strcmp(s->type, "REG_QWORD") == 0) {
		b.code = "(b)";
		for (int i = 0; i < 8; i++) {
			b.data = arena_grow(a, b.data, b.count, 1);
			b.data[b.count++] = (unsigned char)((uint64_t)s->number >> 8 * i);
		}
		return bytes_line(a, value, &b);
	}
	if (s->numbered || text.n > DATA_MOST || strcmp(s->type, "invalid") == 0)
		return NULL;
	hex = s->exact ? bytes_spelled(a, text, &b)
		       : strcmp(s->type, "REG_BINARY") == 0 && bytes_printed(a, text, &b);
	if (hex && !string)
		return bytes_are_sure(&b) ? bytes_line(a, value, &b) : NULL;
	/* "hex(1):36,00" may be a string or the bytes of one. */
	return string && !hex ? string_line(a, value, text) : NULL;
}

const char *undo_line(struct arena *a, const struct prescription *p)
{
	const struct setting *s = p->current;

	switch (s->state) {
	case SETTING_ABSENT: return arena_printf(a, "\"%s\"=-\n", p->value);
	case SETTING_NUMBER:
		return arena_printf(a, "\"%s\"=dword:%08" PRIx32 "\n", p->value, (uint32_t)s->number);
	case SETTING_OTHER: return other_line(a, p->value, s);
	case SETTING_UNREAD: break;
	}
	return NULL;
}

const char *undo_open(struct arena *a, const struct judgement *j)
{
	const struct evidence *e = j->e;
	const char *why = NULL;

	for (size_t i = 0; i < j->prescription_count && !why; i++) {
		const struct prescription *p = &j->prescriptions[i];

		if (!p->recommended && p->rule == RULE_G09)
			why = "the exports of the key that were read differ";
		else if (!p->recommended || !p->primary)
			continue;
		else if (!e->key_read)
			why = "no export of the key was read";
		else if (p->current->state != SETTING_ABSENT && !p->current->exported)
			why = arena_printf(a, "no export of the key shows %s", p->value);
		else if (!undo_line(a, p))
			why = arena_printf(a, "what %s was (%s) is not shown exactly by what was read",
				p->value, p->current->type);
	}
	return why ? arena_printf(a,
			     "What the values were before cannot be written as a .reg file: %s. To have a way back, export the key"
			     " first: " REG_EXPORT,
			     why)
		   : NULL;
}
