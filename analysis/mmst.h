/* SPDX-License-Identifier: MIT
 * What MmSt stands for: prototype page table entries of mapped files, so much of file for so much of pool. */
#ifndef ANALYSIS_MMST_H
#define ANALYSIS_MMST_H

#include "analysis/thresholds.h"
#include "core/core.h"

/* Bytes of one entry: 4 on 32-bit without PAE, 8 with PAE and on 64-bit. */
#define PTE_PLAIN 4
#define PTE_PAE   8

/* Bytes of file that so many bytes of MmSt stand for if they are fully built: one entry for every 4 KB of
 * file. INT64_MAX where that is more than can be told. */
int64_t mmst_mapped(int64_t bytes, int pte);

/* Per Alloc as poolmon prints it: rounded down; -1 without allocations, or unknown (-1). */
int64_t mmst_per_alloc(int64_t bytes, int64_t outstanding);

/* What the size of an allocation says of the files: one allocation stands for one mapped part of a file. */
const char *mmst_mix(int64_t per_alloc, const struct thresholds *t);

#endif
