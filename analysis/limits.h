/* SPDX-License-Identifier: MIT
 * How large can the paged pool of this system get? An interval with its source; never a single made-up
 * number. */
#ifndef ANALYSIS_LIMITS_H
#define ANALYSIS_LIMITS_H

#include "core/core.h"

enum os_family {
	OS_UNKNOWN,
	OS_NT4,  /* 4.0 */
	OS_2000, /* 5.0 */
	OS_XP,   /* 5.1, x86 */
	OS_2003, /* 5.2: Server 2003, 2003 R2, and XP x64: the version alone does not tell the architecture */
	OS_VISTA, /* 6.0: Vista, Server 2008 */
	OS_7,     /* 6.1: Windows 7, Server 2008 R2 */
	OS_8,     /* 6.2: Server 2012 */
	OS_8_1,   /* 6.3: Server 2012 R2 */
	OS_10,    /* 10.0: Server 2016 and later */
};
const char *os_family_name(enum os_family f);
/* From "5.2.3790 Service Pack 2", "5.02.", "Windows Server 2003 R2", "2012 R2" …; OS_UNKNOWN when it says
 * nothing known. */
enum os_family os_family_of(struct span text);

enum arch { ARCH_UNKNOWN, ARCH_X86, ARCH_X64 };

#define MIB ((int64_t)1 << 20)
#define GIB ((int64_t)1 << 30)
const char *mib_words(struct arena *a, int64_t bytes); /* "230.1 MiB" */

/* What the size depends on. Unknown numbers are -1. */
struct machine {
	enum os_family family;
	enum arch arch;
	int64_t ram;          /* bytes */
	int64_t commit_limit; /* bytes */
	bool switch_3gb;
	/* MB of user space, as increaseuserva says (Vista and later, 32-bit); 0: the usual 2048 */
	int64_t user_va;
	/* registry value PagedPoolSize: -1 unknown or absent, 0 automatic, 0xFFFFFFFF maximum */
	int64_t paged_pool_size;
};

/* Bytes. low is 0 where no lower end is published ("at most 490 MB"); high is INT64_MAX, and known false,
 * where nothing is. */
struct pool_limit {
	int64_t low, high;
	bool known;
	const char *source; /* of the table's row */
};
struct pool_limit limit_of_table(const struct machine *m);

/* PagedPoolSize as a fixed size in bytes: 1 to 0x20000000 (Microsoft's PagedPoolSize reference for 2000 and
 * 2003). */
#define PAGED_POOL_SIZE_LARGEST 0x20000000
#define PAGED_POOL_SIZE_MAXIMUM 0xFFFFFFFF

#endif
