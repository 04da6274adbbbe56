/* SPDX-License-Identifier: MIT
 * Are the two values, as an export shows them, within what is documented? (KB 312362, KB 304101, Microsoft's
 * PagedPoolSize reference for 2000 and 2003) */
#include "analysis/values.h"

#include <inttypes.h>

const char *percent_fault(const struct setting *s, struct arena *a)
{
	int64_t p = s->number;

	if (s->state == SETTING_OTHER)
		return arena_printf(a,
			"PoolUsageMaximum is a %s%s%s%s, not a REG_DWORD: it is not read as a percentage.",
			s->type, *s->text ? " (" : "", s->text, *s->text ? ")" : "");
	if (s->state != SETTING_NUMBER || p == 0 || p == 80 || (p >= 40 && p <= 60))
		return NULL;
	if (p == PERCENT_HEX_60)
		return "PoolUsageMaximum is 96, which is 0x60: most likely 60 typed as a hexadecimal number.";
	if (p > 100)
		return arena_printf(a, "PoolUsageMaximum is %" PRId64 ": no percentage.", p);
	if (p > 80)
		return arena_printf(a,
			"PoolUsageMaximum is %" PRId64 ": trimming starts later than the default 80 %%.", p);
	if (p > 60)
		return arena_printf(
			a, "PoolUsageMaximum is %" PRId64 ": above 60, the most that KB 304101 allows.", p);
	return arena_printf(a, "PoolUsageMaximum is %" PRId64 ": below 40, the lowest documented value.", p);
}

/* 160 MB: the one explicit size that KB 304101 supports with /3GB */
#define PAGED_POOL_SIZE_3GB 0x0A000000

const char *size_fault(const struct setting *s, bool switch_3gb, struct arena *a)
{
	int64_t z = s->number;

	if (s->state == SETTING_OTHER)
		return arena_printf(a, "PagedPoolSize is a %s%s%s%s, not a REG_DWORD.", s->type,
			*s->text ? " (" : "", s->text, *s->text ? ")" : "");
	if (s->state != SETTING_NUMBER || z == 0 || z == PAGED_POOL_SIZE_MAXIMUM)
		return NULL;
	if (z < MIB)
		return arena_printf(a,
			"PagedPoolSize is %" PRId64 " (0x%" PRIX64
			"): the value is in bytes, so this is less than 1 MB.",
			z, (uint64_t)z);
	if (z > PAGED_POOL_SIZE_LARGEST)
		return arena_printf(a,
			"PagedPoolSize is 0x%" PRIX64
			": above 0x20000000 (512 MB), the largest documented size.",
			(uint64_t)z);
	if (switch_3gb && z != PAGED_POOL_SIZE_3GB)
		return arena_printf(a,
			"PagedPoolSize is 0x%" PRIX64
			" with /3GB: only 0, 0x0A000000 and 0xFFFFFFFF are supported then.",
			(uint64_t)z);
	return NULL;
}
