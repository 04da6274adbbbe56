/* SPDX-License-Identifier: MIT
 * What is an NTSTATUS code called, and does it speak of a shortage? Source: [MS-ERREF] 2.3.1, by way of
 * mingw-w64's public domain ntstatus.h (1,794 codes). */
#ifndef ANALYSIS_NTSTATUS_H
#define ANALYSIS_NTSTATUS_H

#include "core/core.h"

/* "STATUS_INSUFFICIENT_RESOURCES" for 0xC000009A; NULL for a code that is not in the public table. Where
 * several names share a code, the one the header lists first: 0 is STATUS_SUCCESS, not STATUS_WAIT_0. */
const char *ntstatus_name(uint32_t code);

/* Memory, quota, commitment or a server's resources ran short. A healthy system logs such codes too (disk
 * event 51 with 0xC000009A): the code alone is no diagnosis. */
bool ntstatus_is_shortage(uint32_t code);

#endif
