/* SPDX-License-Identifier: MIT
 * Do the strings of an event say that a program could not get system resources? */
#ifndef ANALYSIS_SHORTAGE_H
#define ANALYSIS_SHORTAGE_H

#include "core/core.h"

/* Errors 1450 (ERROR_NO_SYSTEM_RESOURCES) and 1130 (ERROR_NOT_ENOUGH_SERVER_MEMORY), status C000009A, by
 * number or name: what backup and copy jobs write when the pool is empty, with and without Event 2020 (KB
 * 304101). */
bool shortage_told(struct span strings);

#endif
