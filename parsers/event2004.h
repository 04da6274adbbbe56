/* SPDX-License-Identifier: MIT
 * Event 2004 of Microsoft-Windows-Resource-Exhaustion-Detector: a small poolsnap inside an event log. */
#ifndef PARSERS_EVENT2004_H
#define PARSERS_EVENT2004_H

#include "core/page.h"
#include "core/record.h"

/* After an EVENT record was stated: states the pools' totals and their three largest tags as a SNAPSHOT with
 * its rows, if this is such an event. Returns how many of its numbers and tags made no sense and were left
 * out. */
size_t event2004_state(struct sink *sink, const struct page *page, const struct record *event);

#endif
