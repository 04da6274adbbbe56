/* SPDX-License-Identifier: MIT
 * States facts about a server from values as Windows' own tools (systeminfo, msinfo32) spell them in any
 * language. */
#ifndef PARSERS_HOST_H
#define PARSERS_HOST_H

#include "core/core.h"
#include "core/record.h"

/* What a value looks like; -1: none of these. */
enum host_shape {
	HOST_SHAPE_VERSION,    /* "5.2.3790 Service Pack 2 Build 3790" */
	HOST_SHAPE_ZONE,       /* "(GMT-05:00) Eastern Time (US & Canada)" */
	HOST_SHAPE_MEMORY,     /* "3,583 MB" */
	HOST_SHAPE_UPTIME,     /* "12 Days, 3 Hours, 14 Minutes, 56 Seconds" */
	HOST_SHAPE_DATE,       /* "5/12/2010, 3:11:32 PM" */
	HOST_SHAPE_DATE_OTHER, /* a date and time in a spelling that is not read */
	HOST_SHAPE_ARCH,       /* "X86-based PC" */
	HOST_SHAPE_SIZE,       /* "2,047.49 MB", "4.00 GB" */
};

struct host;
struct host *host_open(struct sink *sink); /* NULL: for host_shape only */
void host_close(struct host *h);           /* NULL is fine */
int host_shape(struct host *h, struct span value);
bool host_is_name(struct span name);        /* could a machine be called that? */
uint64_t host_stated(const struct host *h); /* facts so far */

/* Each states what it finds in the value that stands in that line; false, and nothing stated, when the value
 * has not the shape that it needs. */
typedef bool host_fact(struct host *h, uint64_t line, struct span value);
host_fact host_name, host_os, host_version, host_arch, host_zone, host_memory, host_uptime;
host_fact host_size;      /* the RAM as msinfo32 spells it: with decimals, in MB or GB */
host_fact host_zone_name; /* "Eastern Standard Time": a name, which gives no offset */

/* What an English label says. */
struct host_label {
	const char *label;
	host_fact *fact;
};
/* States the fact of that label, or notes that its value is not understood; false for any other label. */
bool host_labelled(struct host *h, const struct host_label *labels, size_t count, uint64_t line,
	struct span label, struct span value);

/* The order of day, month and year that a date proves. */
enum host_order { HOST_ORDER_UNKNOWN, HOST_ORDER_DMY, HOST_ORDER_MDY, HOST_ORDER_YMD };
enum host_order host_order(struct host *h, struct span date);
/* order: what other dates by the same tool prove. The time is a number only where one reading is possible. */
bool host_boot(struct host *h, uint64_t line, struct span value, enum host_order order);

#endif
