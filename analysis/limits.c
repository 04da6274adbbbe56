/* SPDX-License-Identifier: MIT
 * The published paged-pool maxima by system, memory and switches, and how a system is named. */
#include "analysis/limits.h"

#include "core/text.h"

#include <string.h>

const char *mib_words(struct arena *a, int64_t bytes)
{
	return arena_printf(a, "%.1f MiB", (double)bytes / (double)MIB);
}

const char *os_family_name(enum os_family f)
{
	static const char *const names[] = {
		[OS_UNKNOWN] = "an unknown Windows",
		[OS_NT4] = "Windows NT 4.0",
		[OS_2000] = "Windows 2000",
		[OS_XP] = "Windows XP",
		[OS_2003] = "Windows Server 2003",
		[OS_VISTA] = "Windows Vista or Server 2008",
		[OS_7] = "Windows 7 or Server 2008 R2",
		[OS_8] = "Windows 8 or Server 2012",
		[OS_8_1] = "Windows 8.1 or Server 2012 R2",
		[OS_10] = "Windows 10, Server 2016 or later",
	};

	return names[f];
}

/* Event 6009 writes "5.02.", systeminfo "5.2.3790 …", Windows 10 "10.00.". */
static enum os_family of_version(struct span text)
{
	struct span major, rest = text;
	uint64_t a, b;
	size_t digits = 0;

	if (!text_cut(&rest, '.', &major) || !text_uint_base(major, 10, &a) || !rest.p)
		return OS_UNKNOWN;
	while (digits < rest.n && text_is_digit(rest.p[digits]))
		digits++;
	if (!text_uint_base(text_head(rest, digits), 10, &b) || a > 10 || b > 99)
		return OS_UNKNOWN;
	switch (a * 100 + b) {
	case 400: return OS_NT4;
	case 500: return OS_2000;
	case 501: return OS_XP;
	case 502: return OS_2003;
	case 600: return OS_VISTA;
	case 601: return OS_7;
	case 602: return OS_8;
	case 603: return OS_8_1;
	default: return a == 10 ? OS_10 : OS_UNKNOWN;
	}
}

/* The word, but not as a part of a longer number: "build 22000" names no Windows 2000. */
static bool says(struct span text, const char *word)
{
	size_t n = strlen(word);
	const char *at;

	while ((at = text_find_nocase(text, word)) != NULL) {
		size_t from = (size_t)(at - text.p), to = from + n;
		bool longer = (text_is_digit(word[0]) && from && text_is_digit(text.p[from - 1])) ||
			      (text_is_digit(word[n - 1]) && to < text.n && text_is_digit(text.p[to]));

		if (!longer)
			return true;
		text = text_tail(text, from + 1);
	}
	return false;
}

enum os_family os_family_of(struct span text)
{
	/* Longer names before the names they begin with, years last: "Windows 10, build 20120". */
	static const struct {
		const char *word;
		enum os_family family;
	} words[] = {
		{ "2012 R2", OS_8_1 },
		{ "2012R2", OS_8_1 },
		{ "2008 R2", OS_7 },
		{ "2008R2", OS_7 },
		{ "NT 4", OS_NT4 },
		{ "NT4", OS_NT4 },
		{ "NT Server 4", OS_NT4 },
		{ "NT Workstation 4", OS_NT4 },
		{ "Vista", OS_VISTA },
		{ "Windows 11", OS_10 },
		{ "Windows 10", OS_10 },
		{ "Windows 8.1", OS_8_1 },
		{ "Windows 8", OS_8 },
		{ "Windows 7", OS_7 },
		{ "XP", OS_XP },
		{ "2012", OS_8 },
		{ "2008", OS_VISTA },
		{ "2003", OS_2003 },
		{ "2000", OS_2000 },
		{ "2016", OS_10 },
		{ "2019", OS_10 },
		{ "2022", OS_10 },
		{ "2025", OS_10 },
	};
	enum os_family family = of_version(text_trim(text));

	for (size_t i = 0; i < LEN(words) && family == OS_UNKNOWN; i++)
		if (says(text, words[i].word))
			family = words[i].family;
	/* The 64-bit XP is version 5.2, the same system as Server 2003 x64. */
	return family == OS_XP && (says(text, "x64") || says(text, "64-bit")) ? OS_2003 : family;
}

static struct pool_limit limit(int64_t low, int64_t high, const char *source)
{
	return (struct pool_limit){ low, high, true, source };
}

static struct pool_limit unknown(const char *why)
{
	return (struct pool_limit){ 0, INT64_MAX, false, why };
}

/* Default maximum by memory: AskPerf "Understanding Pool Resources" (2007); without the value, or on terminal
 * servers, KB 304101 has 160 MB (163,840 KB). The two conflict, so both ends are kept. */
static struct pool_limit limit_2000(const struct machine *m)
{
	if (m->paged_pool_size == PAGED_POOL_SIZE_MAXIMUM)
		return limit(343 * MIB, 350 * MIB,
			"Windows 2000 with PagedPoolSize 0xFFFFFFFF: 343 MB (KB 312362), 350 MB (Microsoft's memory limits page)");
	if (m->ram >= 0 && m->ram <= GIB / 2)
		return limit(160 * MIB, 264 * MIB,
			"Windows 2000 by default, up to 512 MB of RAM: 160 MB (KB 304101) to 264 MB (AskPerf 2007)");
	if (m->ram >= 0 && m->ram <= GIB)
		return limit(160 * MIB, 268 * MIB,
			"Windows 2000 by default, up to 1 GB of RAM: 160 MB (KB 304101) to 268 MB (AskPerf 2007)");
	return limit(
		160 * MIB, 340 * MIB, "Windows 2000 by default: 160 MB (KB 304101) to 340 MB (AskPerf 2007)");
}

static struct pool_limit limit_2003_x86(const struct machine *m)
{
	/* systeminfo and poolmon print a little less than is built in: 1,535 MB of 1.5 GB. */
	int64_t built_in = m->ram + 32 * MIB;

	if (m->paged_pool_size == PAGED_POOL_SIZE_MAXIMUM && m->switch_3gb)
		return limit(158 * MIB, 343 * MIB,
			"Server 2003 x86 with PagedPoolSize 0xFFFFFFFF and /3GB: no figure is published; taken between the /3GB"
			" default (158 MB, PAL) and the Windows 2000 maximum (343 MB, KB 312362)");
	if (m->paged_pool_size == PAGED_POOL_SIZE_MAXIMUM)
		return limit(460 * MIB, 530 * MIB,
			"Server 2003 x86 with PagedPoolSize 0xFFFFFFFF: about 460 MB (ntdebugging 2006) to 530 MB (Microsoft's"
			" memory limits page)");
	if (m->switch_3gb)
		return limit(158 * MIB, 158 * MIB, "Server 2003 x86 with /3GB: 158 MB (PAL)");
	if (m->ram < 0)
		return limit(168 * MIB, 354 * MIB,
			"Server 2003 x86 by default, RAM unknown: 168 MB (1 GB) to 354 MB (more; AskPerf 2007, PAL)");
	if (m->ram <= GIB)
		return limit(168 * MIB, 184 * MIB,
			"Server 2003 x86 by default, up to 1 GB of RAM: 168 to 184 MB (AskPerf 2007, PAL)");
	if (built_in < GIB + GIB / 2)
		return limit(168 * MIB, 354 * MIB,
			"Server 2003 x86 by default, between 1 and 1.5 GB of RAM: 168 to 354 MB (AskPerf 2007, PAL)");
	return limit(352 * MIB, 354 * MIB,
		"Server 2003 x86 by default, more than 1 GB of RAM: 352 MB (AskPerf 2007) to 354 MB (PAL)");
}

/* PAL's table; its own code never reaches these rows because it scales RAM before it looks them up. */
static struct pool_limit limit_2003_x64(const struct machine *m)
{
	static const struct {
		int64_t ram_below, mb;
	} rows[] = { { 4, 3564 }, { 8, 5837 }, { 12, 12657 }, { 16, 19364 }, { 32, 39496 },
		{ INT64_MAX, 54180 } };
	int64_t gib = m->ram / GIB + (m->ram % GIB >= GIB / 2); /* "4,095 MB" is 4 GB */

	if (m->ram < 0)
		return limit(3564 * MIB, 128 * GIB,
			"Server 2003 x64, RAM unknown: 3,564 MB (PAL) to 128 GB (Microsoft's memory limits page)");
	for (size_t i = 0; i < LEN(rows); i++)
		if (gib < rows[i].ram_below)
			return limit(rows[i].mb * MIB, rows[i].mb * MIB, "Server 2003 x64 by RAM (PAL)");
	return unknown("RAM out of range");
}

/* What these systems print is an upper end; which part of it a server really gets is known only from its
 * commit limit. */
static struct pool_limit limit_dynamic(const struct machine *m)
{
	bool x86 = m->arch == ARCH_X86;
	bool enlarged = m->user_va > 2048 && m->user_va <= 3072;
	int64_t kernel = enlarged ? 4 * GIB - m->user_va * MIB : 2 * GIB;
	int64_t most = x86                   ? kernel
		       : m->family == OS_8_1 ? 15872 * GIB
		       : m->family == OS_8   ? 384 * GIB
					     : 128 * GIB;

	/* 2016 and later are not listed: the commit limit is the bound that is met in practice. */
	if (m->commit_limit > 0 && ((m->family == OS_10 && !x86) || m->commit_limit < most))
		return limit(m->commit_limit, m->commit_limit,
			"Vista and later: the commit limit, as the poolsnaps print it (Microsoft's memory limits page)");
	if (m->family == OS_10 && !x86)
		return unknown("Server 2016 and later: bounded by the commit limit, which is not known here");
	/* The page prints its 64-bit numbers in the 32-bit column too, where they cannot be. */
	if (x86 && enlarged)
		return limit(m->commit_limit > 0 ? most : 0, most,
			"32-bit Vista and later with increaseuserva: what user space leaves of 4 GB (PAL; Microsoft's memory"
			" limits page)");
	if (x86)
		return limit(m->commit_limit > 0 ? most : 0, most,
			"32-bit Vista and later: at most 2 GB of kernel address space (Microsoft's memory limits page)");
	return limit(m->commit_limit > 0 ? most : 0, most,
		"64-bit Vista and later: at most 128 GB, 384 GB (2012) or 15.5 TB (2012 R2), or the commit limit where that is"
		" smaller (Microsoft's memory limits page)");
}

struct pool_limit limit_of_table(const struct machine *m)
{
	switch (m->family) {
	case OS_NT4: return limit(0, 192 * MIB, "NT 4.0: at most 192 MB (KB 126402)");
	case OS_2000: return limit_2000(m);
	case OS_XP:
		if (m->arch == ARCH_X64)
			return limit_2003_x64(m);
		return limit(0, 490 * MIB, "Windows XP: at most 490 MB (Microsoft's memory limits page)");
	case OS_2003:
		if (m->arch == ARCH_X86)
			return limit_2003_x86(m);
		if (m->arch == ARCH_X64)
			return limit_2003_x64(m);
		return unknown("Server 2003, but not known whether 32-bit or 64-bit");
	case OS_UNKNOWN: return unknown("the Windows version is not known");
	default:
		if (m->arch == ARCH_UNKNOWN)
			return unknown("not known whether 32-bit or 64-bit");
		return limit_dynamic(m);
	}
}
