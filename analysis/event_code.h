/* SPDX-License-Identifier: MIT
 * What is the message behind an event code of the file server, the redirector or the I/O manager? Codes and
 * symbols: netevent.h and ntiologc.h of mingw-w64 (not copyrighted). Meanings are this project's words. */
#ifndef ANALYSIS_EVENT_CODE_H
#define ANALYSIS_EVENT_CODE_H

#include "core/core.h"

struct event_code {
	uint32_t code; /* severity, facility and id: Qualifiers << 16 | EventID */
	const char
		*owner; /* whose message it is: "Srv", "Rdr/MRxSmb", "I/O manager" (used by many drivers) */
	const char *symbol;  /* without EVENT_SRV_ or EVENT_RDR_; NULL if the headers have none */
	const char *meaning; /* NULL where the symbol is all that is known; never both NULL */
};

/* By whole code; NULL if not listed. In facility 0 a warning and an error of one id are one event: NT 4
 * logged 2009 as C00007D9, later systems as 800007D9. A code alone names no owner: other drivers may use the
 * number in message files of their own. */
const struct event_code *event_code_find(uint32_t code);

/* The same for an event of source Srv, by id (2020) or by whole code (0xC00007E4); NULL if not listed, not
 * Srv's, or not known: "NO_PAGED_POOL", "system paged pool empty". */
const char *srv_event_symbol(uint32_t code_or_id);
const char *srv_event_meaning(uint32_t code_or_id);

#endif
