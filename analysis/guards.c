/* SPDX-License-Identifier: MIT
 * When PagedPoolSize 0xFFFFFFFF must not be recommended, or only under a condition. */
#include "analysis/judge.h"

#include <inttypes.h>

/* The first guard that fires against PagedPoolSize 0xFFFFFFFF; RULE_COUNT when none does. */
enum rule_id guard_size(const struct evidence *e, const char **why, struct arena *a)
{
	double needed = threshold(e, THRESHOLD_PTES_NEEDED);

	*why = NULL;
	if (setting_is(&e->paged_pool_size, PAGED_POOL_SIZE_MAXIMUM)) {
		*why = "it is 0xFFFFFFFF already";
		return RULE_G01;
	}
	if (e->machine.arch == ARCH_X64 || is_dynamic(e)) {
		*why = "it is for 32-bit Windows 2000 and Server 2003 only";
		return RULE_G02;
	}
	if ((e->machine.family == OS_2003 || e->machine.family == OS_UNKNOWN) &&
		e->machine.ram >= threshold_bytes(e->thresholds, THRESHOLD_RAM_64GB)) {
		*why = "32-bit Server 2003 with 64 GB of RAM: 0xFFFFFFFF takes so many system page table entries that the"
		       " server restarts again and again; choose an explicit size (KB 312362)";
		return RULE_G03;
	}
	if (e->machine.switch_3gb && evidence_switch(e, "/PAE")) {
		*why = "/3GB with /PAE leaves 10,000 to 20,000 free system page table entries as a rule: not without"
		       " extensive testing; 0 (automatic) or 0x0A000000 are the alternatives (KB 304101)";
		return RULE_G04;
	}
	if (e->free_ptes && (double)e->free_ptes <= needed) {
		*why = arena_printf(a,
			"only %" PRId64
			" system page table entries were free (%s), and it needs more than %s: 0 (automatic) or an explicit"
			" size are the alternatives (KB 304101)",
			e->free_ptes, e->free_ptes_source,
			threshold_words(e->thresholds, THRESHOLD_PTES_NEEDED, a));
		return RULE_G05;
	}
	return RULE_COUNT;
}

/* What is left to be checked by hand. */
const char *guard_condition(const struct evidence *e, struct arena *a)
{
	/* Performance Monitor shows a wrong number before Service Pack 1 (KB 894067, as PAL has it). */
	bool wrong = e->machine.family == OS_2003 && e->service_pack == 0;
	bool known_ram = e->machine.ram >= 0 || e->machine.family == OS_2000;

	if (!e->free_ptes)
		return arena_printf(a,
			"only if Free System Page Table Entries (%s) is above 40,000 before the change; never on 32-bit Server"
			" 2003 with 64 GB of RAM",
			wrong ? "!vm in the kernel debugger; Performance Monitor shows a wrong number before Service Pack 1"
			      : "Performance Monitor, Memory");
	return known_ram ? NULL : "never on 32-bit Server 2003 with 64 GB of RAM";
}
