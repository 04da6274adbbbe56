/* SPDX-License-Identifier: MIT
 * What the data of a registry value look like where a tool prints them for people. */
#include "parsers/registry.h"

#include "core/text.h"

#define NOTE_TEXT 80 /* bytes of a name or value that a note quotes */

struct span registry_quoted(struct span s)
{
	return text_head_whole(s, NOTE_TEXT);
}

static bool hex_data(struct span data, size_t digits, uint64_t *number)
{
	return text_starts_nocase(data, "0x") && data.n <= 2 + digits &&
	       text_uint_base(text_tail(data, 2), 16, number);
}

void registry_hex(struct registry_value *v, struct sink *sink, const char *tool)
{
	bool dword = span_equal(v->type, SPAN("REG_DWORD"));
	uint64_t number = 0;

	if (!dword && !span_equal(v->type, SPAN("REG_QWORD")))
		return;
	if (!hex_data(text_trim(v->text), dword ? 8 : 16, &number)) {
		sink_note(sink, v->line,
			"this is no number of %s (0x and hexadecimal digits); the value was kept as text of no type",
			tool);
		v->type = SPAN(REGISTRY_INVALID);
	} else if (number <= INT64_MAX) {
		v->is_number = true;
		v->number = (int64_t)number;
	}
}
