/* SPDX-License-Identifier: MIT
 * What the fuzz target offers: the function that libFuzzer calls, and how its first byte is made. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A first byte b picks mode b % fuzz_modes(): the parsers in their order, then the others. */
size_t fuzz_modes(void);
const char *fuzz_mode_name(size_t mode);

void fuzz_broken(const char *what); /* the replay's own: counts instead of ending the run */

#endif
