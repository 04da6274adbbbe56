/* SPDX-License-Identifier: MIT
 * Which bytes an event's <Binary> stands for: exporters spell them in four ways. */
#ifndef PARSERS_BINARY_H
#define PARSERS_BINARY_H

#include "core/core.h"

enum binary_spelling {
	BINARY_NOTHING, /* no digit at all: the event has no data */
	BINARY_HEX,     /* 00000400…: Windows, wevtutil, libevtx, Rust's evtx_dump */
	BINARY_HYPHENS, /* 00-00-04-00-…: EvtxECmd */
	BINARY_BASE64,  /* AAAEAA…: python-evtx */
	BINARY_UNCLEAR, /* none of these */
};

/* code: Qualifiers << 16 | EventID, or -1; a packet that names this code proves its spelling. base64_first
 * decides what nothing else does: "AAAAAAAA" is four bytes in hex and six in base64. *bytes lives in the
 * arena. */
enum binary_spelling binary_decode(
	struct arena *a, struct span text, int64_t code, bool base64_first, struct span *bytes);

#endif
