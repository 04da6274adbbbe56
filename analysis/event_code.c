/* SPDX-License-Identifier: MIT
 * What is the message behind an event code? Looks it up in a table made from netevent.h and ntiologc.h. */
#include "analysis/event_code.h"

static const struct event_code codes[] = {
#include "analysis/event_code.inc"
};

#define SEVERITY 0xE0000000u /* with the bit that marks a customer's own code */
#define FACILITY 0x0FFF0000u

static const struct event_code *code_search(uint32_t code, uint32_t mask)
{
	for (size_t i = 0; i < LEN(codes); i++) {
		if ((codes[i].code & mask) == (code & mask))
			return &codes[i];
	}
	return NULL;
}

const struct event_code *event_code_find(uint32_t code)
{
	const struct event_code *found = code_search(code, UINT32_MAX);

	if (!found && !(code & FACILITY) && (code >> 29 == 4 || code >> 29 == 6))
		found = code_search(code, ~SEVERITY);
	return found;
}

static const struct event_code *srv_event(uint32_t code_or_id)
{
	const struct event_code *found =
		code_or_id > UINT16_MAX ? event_code_find(code_or_id) : code_search(code_or_id, ~SEVERITY);

	return found && span_equal(span_of(found->owner), SPAN("Srv")) ? found : NULL;
}

const char *srv_event_symbol(uint32_t code_or_id)
{
	const struct event_code *found = srv_event(code_or_id);

	return found ? found->symbol : NULL;
}

const char *srv_event_meaning(uint32_t code_or_id)
{
	const struct event_code *found = srv_event(code_or_id);

	return found ? found->meaning : NULL;
}
