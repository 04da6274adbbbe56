/* SPDX-License-Identifier: MIT
 * Does every published paged-pool maximum come back for its system, and is every spelling of a Windows known?
 */
#include "tests/check.h"

#include "analysis/limits.h"
#include "core/text.h"

#define MAXIMUM PAGED_POOL_SIZE_MAXIMUM
#define ANY     INT64_MAX

/* ---- names of systems ---- */

static const struct {
	const char *text;
	enum os_family family;
} spellings[] = {
	/* event 6009, its two strings joined */
	{ "4.00.1381", OS_NT4 },
	{ "5.00.2195 Service Pack 4", OS_2000 },
	{ "5.01.2600 Service Pack 3", OS_XP },
	{ "5.02.3790 Service Pack 2", OS_2003 },
	{ "5.02.", OS_2003 },
	{ "6.00.6002 Service Pack 2", OS_VISTA },
	{ "6.01.7601 Service Pack 1", OS_7 },
	{ "6.02.9200", OS_8 },
	{ "6.03.9600", OS_8_1 },
	{ "10.00.14393", OS_10 },
	{ "10.00.17763", OS_10 },
	{ "10.00.20348", OS_10 },
	{ "10.00.26100", OS_10 },
	/* systeminfo's version line, whose build may hold another system's year */
	{ "5.0.2195 Service Pack 4 Build 2195", OS_2000 },
	{ "5.2.3790 Service Pack 2 Build 3790", OS_2003 },
	{ "6.3.9600 N/A Build 9600", OS_8_1 },
	{ " 10.0.22000 N/A Build 22000 ", OS_10 },
	/* names, as systeminfo prints them and as people type them */
	{ "Microsoft Windows NT Server 4.0", OS_NT4 },
	{ "Windows NT 4.0", OS_NT4 },
	{ "NT4", OS_NT4 },
	{ "Microsoft Windows 2000 Advanced Server", OS_2000 },
	{ "windows 2000 server", OS_2000 },
	{ "Microsoft Windows XP Professional", OS_XP },
	{ "Microsoft Windows XP Professional x64 Edition", OS_2003 }, /* its version is 5.2 */
	{ "Microsoft(R) Windows(R) Server 2003, Enterprise Edition", OS_2003 },
	{ "Windows Server 2003 R2", OS_2003 },
	{ "Windows Vista Business", OS_VISTA },
	{ "Windows Server 2008", OS_VISTA },
	{ "Microsoft Windows Server 2008 R2 Standard", OS_7 },
	{ "Windows Server 2008R2", OS_7 },
	{ "Windows 7 Professional", OS_7 },
	{ "Windows Server 2012 Datacenter", OS_8 },
	{ "Windows 8 Pro", OS_8 },
	{ "Windows Server 2012 R2", OS_8_1 },
	{ "2012r2", OS_8_1 },
	{ "Windows 8.1", OS_8_1 },
	{ "Windows Server 2016", OS_10 },
	{ "Windows Server 2019 Datacenter", OS_10 },
	{ "Microsoft Windows Server 2022 Standard", OS_10 },
	{ "Windows Server 2025", OS_10 },
	{ "Windows 10 Pro", OS_10 },
	{ "Windows 11 Pro", OS_10 },
	/* a year inside a longer number is no name */
	{ "Windows 11 build 22000", OS_10 },
	{ "Windows 10, build 20120", OS_10 },
	{ "build 12003", OS_UNKNOWN },
	/* nothing known */
	{ "", OS_UNKNOWN },
	{ "Windows", OS_UNKNOWN },
	{ "5", OS_UNKNOWN },
	{ "5.", OS_UNKNOWN },
	{ "5.7.1", OS_UNKNOWN },
	{ "3.51.1057", OS_UNKNOWN },
	{ "Samba 3.0", OS_UNKNOWN },
	{ "99999999999999999999.2", OS_UNKNOWN },
	{ "184467440737095516.518", OS_UNKNOWN }, /* as hundreds, modulo 2^64, this would be 5.02 */
	{ "4.102", OS_UNKNOWN },
	{ "5.-2", OS_UNKNOWN },
};

static void test_spellings(void)
{
	for (size_t i = 0; i < LEN(spellings); i++) {
		enum os_family family = os_family_of(span_of(spellings[i].text));

		if (!check_count(family == spellings[i].family, __FILE__, __LINE__))
			printf("\"%s\" is read as %s, not as %s\n", spellings[i].text, os_family_name(family),
				os_family_name(spellings[i].family));
	}
	/* NUL bytes and bytes that are no text end nothing. */
	CHECK_INT(os_family_of(SPAN("Server\0 2003")), OS_2003);
	CHECK_INT(os_family_of(SPAN("Windows\xAE Server 2003")), OS_2003);
}

/* ---- the table ---- */

/* What section 2.1 of the facts prints must lie in the interval that is computed with. */
struct row {
	const char *what;
	struct machine machine;
	int64_t low, high; /* MB; ANY: nothing is published on that side. low 0: no lower end is published */
};

#define X86(f, ram, size) \
	{ \
		f, ARCH_X86, ram, -1, false, 0, size \
	}
#define X86_3GB(f, ram, size) \
	{ \
		f, ARCH_X86, ram, -1, true, 0, size \
	}
#define X64(f, ram, commit) \
	{ \
		f, ARCH_X64, ram, commit, false, 0, -1 \
	}

static const struct row rows[] = {
	{ "NT 4.0", X86(OS_NT4, 256 * MIB, -1), 0, 192 },
	/* AskPerf's defaults by memory against KB 304101's 160 MB: both ends are kept */
	{ "2000, 512 MB", X86(OS_2000, 512 * MIB, -1), 160, 264 },
	{ "2000, 1 GB", X86(OS_2000, 1024 * MIB, 0), 160, 268 },
	{ "2000, 1.5 GB", X86(OS_2000, 1536 * MIB, 0), 160, 340 },
	{ "2000, 2 GB", X86(OS_2000, 2048 * MIB, -1), 160, 340 },
	{ "2000, RAM unknown", X86(OS_2000, -1, -1), 160, 340 },
	{ "2000, maximum", X86(OS_2000, 2 * GIB, MAXIMUM), 343, 350 },
	{ "XP", X86(OS_XP, GIB, -1), 0, 490 },
	{ "2003, 512 MB", X86(OS_2003, 512 * MIB, -1), 168, 184 },
	{ "2003, 1 GB", X86(OS_2003, GIB, 0), 168, 184 },
	{ "2003, 1 GB as systeminfo prints it", X86(OS_2003, 1023 * MIB, 0), 168, 184 },
	{ "2003, 1.25 GB: between the rows", X86(OS_2003, 1280 * MIB, -1), 168, 354 },
	{ "2003, 1.5 GB", X86(OS_2003, 1536 * MIB, -1), 352, 354 },
	{ "2003, 1.5 GB as systeminfo prints it", X86(OS_2003, 1535 * MIB, -1), 352, 354 },
	{ "2003, 2 GB", X86(OS_2003, 2 * GIB, 0), 352, 354 },
	{ "2003, 4 GB", X86(OS_2003, 4 * GIB, -1), 352, 354 },
	{ "2003, RAM unknown", X86(OS_2003, -1, -1), 168, 354 },
	{ "2003, /3GB", X86_3GB(OS_2003, 4 * GIB, -1), 158, 158 },
	{ "2003, maximum", X86(OS_2003, 4 * GIB, MAXIMUM), 460, 530 },
	{ "2003, maximum and /3GB", X86_3GB(OS_2003, 4 * GIB, MAXIMUM), 158, 343 },
	{ "2003 x64, 2 GB", X64(OS_2003, 2 * GIB, -1), 3564, 3564 },
	{ "2003 x64, 4 GB", X64(OS_2003, 4 * GIB, -1), 5837, 5837 },
	{ "2003 x64, 4 GB as systeminfo prints it", X64(OS_2003, 4095 * MIB, -1), 5837, 5837 },
	{ "2003 x64, 7 GB", X64(OS_2003, 7 * GIB, -1), 5837, 5837 },
	{ "2003 x64, 8 GB", X64(OS_2003, 8 * GIB, -1), 12657, 12657 },
	{ "2003 x64, 11 GB", X64(OS_2003, 11 * GIB, -1), 12657, 12657 },
	{ "2003 x64, 12 GB", X64(OS_2003, 12 * GIB, -1), 19364, 19364 },
	{ "2003 x64, 15 GB", X64(OS_2003, 15 * GIB, -1), 19364, 19364 },
	{ "2003 x64, 16 GB", X64(OS_2003, 16383 * MIB, -1), 39496, 39496 },
	{ "2003 x64, 31 GB", X64(OS_2003, 31 * GIB, -1), 39496, 39496 },
	{ "2003 x64, 32 GB", X64(OS_2003, 32 * GIB, -1), 54180, 54180 },
	{ "2003 x64, 1 TB", X64(OS_2003, 1024 * GIB, -1), 54180, 54180 },
	{ "2003 x64, RAM unknown", X64(OS_2003, -1, -1), 3564, 128 * 1024 },
	/* "at most": the lower end is not published, unless the commit limit is known and binds */
	{ "2008 x86", X86(OS_VISTA, 4 * GIB, -1), 0, 2048 },
	{ "7 x86", X86(OS_7, 4 * GIB, -1), 0, 2048 },
	{ "2008 x64", X64(OS_VISTA, 8 * GIB, -1), 0, 128 * 1024 },
	{ "2008 R2", X64(OS_7, 8 * GIB, -1), 0, 128 * 1024 },
	{ "2008 R2, commit limit 16 GB", X64(OS_7, 8 * GIB, 16 * GIB), 16384, 16384 },
	{ "2008 R2, commit limit 200 GB", X64(OS_7, 128 * GIB, 200 * GIB), 128 * 1024, 128 * 1024 },
	{ "2012", X64(OS_8, 8 * GIB, -1), 0, 384 * 1024 },
	{ "2012, commit limit 500 GB", X64(OS_8, 8 * GIB, 500 * GIB), 384 * 1024, 384 * 1024 },
	{ "2012 R2", X64(OS_8_1, 8 * GIB, -1), 0, 15872 * 1024 },
	{ "2012 R2, commit limit 20 GB", X64(OS_8_1, 16 * GIB, 20 * GIB), 20480, 20480 },
	{ "2019, commit limit 40 GB", X64(OS_10, 32 * GIB, 40 * GIB), 40960, 40960 },
	/* the page's 384 GB in its 32-bit column is a slip: 2 GB of kernel addresses */
	{ "8 x86", X86(OS_8, 4 * GIB, -1), 0, 2048 },
	{ "8.1 x86", X86(OS_8_1, 4 * GIB, -1), 0, 2048 },
	{ "10 x86", X86(OS_10, 4 * GIB, -1), 0, 2048 },
};

static void test_rows(void)
{
	for (size_t i = 0; i < LEN(rows); i++) {
		const struct row *r = &rows[i];
		struct pool_limit l = limit_of_table(&r->machine);

		if (!check_count(l.known && l.low == r->low * MIB && l.high == r->high * MIB && l.source &&
					 *l.source,
			    __FILE__, __LINE__))
			printf("%s: %lld to %lld MB%s, not %lld to %lld MB\n", r->what,
				(long long)(l.low / MIB), (long long)(l.high / MIB),
				l.known ? "" : " and not known", (long long)r->low, (long long)r->high);
	}
}

static void test_commit_on_x86(void)
{
	struct machine m = X86(OS_VISTA, 2 * GIB, -1);

	m.commit_limit = GIB;
	CHECK_INT(limit_of_table(&m).high, GIB);
	m.commit_limit = 8 * GIB;
	CHECK_INT(limit_of_table(&m).high, 2 * GIB);
	/* increaseuserva: the kernel has what user space leaves of 4 GB */
	m.user_va = 3072;
	CHECK_INT(limit_of_table(&m).high, GIB);
	m.user_va = 2800;
	CHECK_INT(limit_of_table(&m).high, 1296 * MIB);
	m.user_va = 4000;
	CHECK_INT(limit_of_table(&m).high, 2 * GIB);
}

/* Where the table says nothing, neither does the tool: never a single made-up maximum. */
static void test_unknown(void)
{
	static const struct machine machines[] = {
		{ OS_UNKNOWN, ARCH_UNKNOWN, -1, -1, false, 0, -1 },
		{ OS_UNKNOWN, ARCH_X86, 4 * GIB, -1, false, 0, MAXIMUM },
		{ OS_2003, ARCH_UNKNOWN, 4 * GIB, -1, false, 0, -1 }, /* 5.2 is x86 or x64 */
		{ OS_7, ARCH_UNKNOWN, 4 * GIB, -1, false, 0, -1 },
		{ OS_10, ARCH_X64, 32 * GIB, -1, false, 0,
			-1 }, /* the commit limit is the bound, and is not known */
	};

	for (size_t i = 0; i < LEN(machines); i++) {
		struct pool_limit l = limit_of_table(&machines[i]);

		CHECK(!l.known);
		CHECK(l.source && *l.source);
		CHECK_INT(l.low, 0);
		CHECK_INT(l.high, INT64_MAX);
	}
}

/* An XP that is 64-bit is no 32-bit XP, whoever called it so. */
static void test_xp_x64(void)
{
	struct machine m = X64(OS_XP, 2 * GIB, -1);

	CHECK_INT(limit_of_table(&m).low, 3564 * MIB);
}

int main(void)
{
	test_spellings();
	test_rows();
	test_commit_on_x86();
	test_unknown();
	test_xp_x64();
	return check_end();
}
