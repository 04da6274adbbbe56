/* SPDX-License-Identifier: MIT
 * Do boot.ini, bootcfg and bcdedit state the switches of the entry in force, and of no other? */
#include "tests/check.h"
#include "tests/gather.h"
#include "tests/utf16.h"

extern const struct parser parser_bootini, parser_bcdedit;

#define P(n)       "multi(0)disk(0)rdisk(0)partition(" n ")\\WINDOWS"
#define LOADER     "[boot loader]\r\ntimeout=30\r\n"
#define SYSTEMS    "[operating systems]\r\n"
#define READ(l, p) l " host name=switches_read text=" p "\n"
#define SW(l, s)   l " host name=switch text=" s "\n"
#define OTHER(l, a, b) \
	l " note this boot entry is not in force and differs in what the pool depends on (" a \
	  "; the one in force: " b "); not taken\n"

struct example {
	const char *name, *bytes, *want;
};

static const struct example bootini[] = {
	{ "one entry, any letter case, switches without blanks",
		"[BOOT LOADER]\nDefault = " P("1") "\n[Operating Systems]\n" P(
			"1") " = \"A=B /PAE\" /fastdetect/3gb /UserVA=3030 /3GB\n",
		READ("4", P("1")) SW("4", "/FASTDETECT") SW("4", "/3GB") SW("4", "/USERVA=3030") },
	{ "the default is the second",
		LOADER "default=" P("2") "\r\n" SYSTEMS P("1") "=\"A\" /3GB\r\n" P("2") "=\"B\" /PAE\r\n",
		READ("6", P("2")) SW("6", "/PAE") OTHER("5", "/3GB", "/PAE") },
	{ "two with the default's path: the first",
		LOADER "default=" P("1") "\r\n" SYSTEMS P("1") "=\"A\" /fastdetect\r\n" P(
			"1") "=\"A\" /fastdetect /3GB\r\n",
		READ("5", P("1")) SW("5", "/FASTDETECT") OTHER("6", "/3GB",
			"none") "5 note 2 boot entries have the default's path; the first was taken, as NTLDR "
				"does, but another may have been chosen in the boot menu\n" },
	{ "differences that do not matter, a recovery console, a remark",
		LOADER "default=" P("1") "\r\n" SYSTEMS "; was /3GB\r\n" P("1") "=\"A\"\r\n" P(
			"2") "=\"B\" /sos\r\nC:\\CMDCONS\\BOOTSECT.DAT=\"C\" /cmdcons /3GB\r\n",
		READ("6", P("1")) },
	{ "a name without an end, in force", LOADER "default=" P("1") "\n" SYSTEMS P("1") "=\"A /3GB\n",
		"5 note the name of this boot entry has no closing quote; its switches are unknown\n" },
	{ "a name without an end, of another",
		LOADER "default=" P("1") "\n" SYSTEMS P("1") "=\"A\"\n" P("2") "=\"B\n",
		"6 note the name of this boot entry has no closing quote; its switches are unknown\n" READ(
			"5", P("1")) },
	{ "no default, one entry", SYSTEMS P("1") "=\"A\" /3GB\n", READ("2", P("1")) SW("2", "/3GB") },
	{ "no default, two entries", LOADER SYSTEMS P("1") "=\"A\" /3GB\n" P("2") "=\"B\"\n",
		"4 note no default= says which boot entry is in force; no switch was taken\n" },
	{ "the default is none of them", LOADER "default=C:\\\n" SYSTEMS P("1") "=\"A\" /3GB\nC:\\=\"DOS\"\n",
		"3 note the default is none of the boot entries of a Windows; no switch was taken\n" },
	{ "no entry", LOADER "default=" P("1") "\n" SYSTEMS,
		"1 note no boot entry of a Windows is listed; no switch is known\n" },
	{ "another section, a prompt before and after, a second menu",
		"C:\\>type c:\\boot.ini\n" LOADER
		"default=" P("1") "\n" SYSTEMS P("1") "=\"A\" /3GB\n[other]\n" P(
			"1") "=\"X\" /PAE\nC:\\>\n" LOADER
			     "default=" P("2") "\n" SYSTEMS P("2") "=\"B\" /PAE\n",
		"10 note a second boot menu begins here; it was not read\n" READ("6", P("1")) SW("6",
			"/3GB") "1 note lines that are no part of boot.ini or of bootcfg's output: 2; skipped\n" },
	{ "bootcfg",
		"Boot Loader Settings\n--------------------\ntimeout:30\ndefault:" P("1") "\n\nBoot Entries\n------------\nBoot entry ID:   1\nFriendly Name:   \"A\"\nPath:            " P(
			"1") "\nOS Load Options: /fastdetect /debugport=com1: /PAE\n\nBoot entry ID:   2\nFriendly Name:   \"\"\n"
			     "Path:            C:\\CMDCONS\\BOOTSECT.DAT\nOS Load Options: /cmdcons /3GB\n",
		READ("10", P("1")) SW("11", "/FASTDETECT") SW("11", "/DEBUGPORT=COM1:") SW("11", "/PAE") },
};

#define MANAGER(d) \
	"Windows Boot Manager\n--------------------\nidentifier              {bootmgr}\ndefault                 " d \
	"\ndisplayorder            {current}\n                        {9}\n\n"
#define BLOCK(id, more) \
	"Windows Boot Loader\n-------------------\nidentifier              " id \
	"\npath                    \\Windows\\system32\\winload.exe\n" more "\n"
#define VA(n) "increaseuserva          " n "\n"
#define NO_CURRENT(l, what) \
	l " note no boot entry goes by {current}; the " what " was taken as the one in force\n"

static const struct example bcdedit[] = {
	{ "what runs is not the default",
		MANAGER("{default}") BLOCK("{default}", "")
			BLOCK("{current}", VA("3072") "pae ForceEnable\n"),
		READ("15", "{current}") SW("17", "increaseuserva 3072") SW("18", "pae ForceEnable")
			OTHER("10", "none", "increaseuserva 3072, pae ForceEnable") },
	{ "numbers for names", MANAGER("{b}") BLOCK("{a}", VA("2900")) BLOCK("{b}", "nx OptIn\n"),
		NO_CURRENT("16", "default") READ("16", "{b}") SW("18", "nx OptIn")
			OTHER("10", "increaseuserva 2900", "none") },
	{ "only one", BLOCK("{a}", VA("2900")),
		NO_CURRENT("3", "only one") READ("3", "{a}") SW("5", "increaseuserva 2900") },
	{ "nobody says which", BLOCK("{a}", VA("2900")) BLOCK("{b}", ""),
		"1 note neither {current} nor a default says which boot entry is in force; no switch was taken\n" },
	{ "what resumes is no loader",
		"Resume from Hibernate\n---------------------\nidentifier {current}\npath \\Windows\\system32\\winresume.exe\npae ForceEnable\n",
		"1 note no entry that loads Windows is listed; no switch is known\n" },
	{ "EFI, blank lines lost",
		"Windows Boot Loader\n-------------------\nidentifier {current}\npath \\Windows\\system32\\winload.efi\n"
		"Windows Boot Loader\n-------------------\nidentifier {x}\npath \\Windows\\system32\\winload.efi\npae ForceDisable\n",
		READ("3", "{current}") OTHER("7", "pae ForceDisable", "none") },
	{ "German: what is listed is known, what is not is not",
		"Windows-Startladeprogramm\n-------------------------\nBezeichner              {current}\n"
		"path                    \\Windows\\system32\\winload.exe\n" VA("3072"),
		SW("5", "increaseuserva 3072") "3 note this bcdedit is not in English; only increaseuserva, pae and nx by these names were "
					       "taken, and what is not listed counts as unknown\n" },
};

static void try_examples(const struct parser *p, const struct example *e, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct gathered *g = gather(p, span_of(e[i].bytes));
		int before = check_failed;

		CHECK_TEXT(g->text, e[i].want);
		CHECK(gather_bid(p, span_of(e[i].bytes)) >= 70);
		if (check_failed > before)
			printf("(%s)\n", e[i].name);
		free(g);
	}
}

static void try_bids(void)
{
	CHECK_INT(gather_bid(&parser_bootini, SPAN(LOADER SYSTEMS)), 95);
	CHECK_INT(gather_bid(&parser_bootini, SPAN(SYSTEMS P("1") "=\"A\"\n")), 80);
	CHECK_INT(gather_bid(&parser_bootini, SPAN(LOADER)), 45);
	CHECK_INT(gather_bid(&parser_bootini, SPAN("default=" P("1") "\n")), 20);
	CHECK_INT(gather_bid(&parser_bootini, SPAN("[fonts]\na=b\n")), 0);
	CHECK_INT(gather_bid(&parser_bcdedit, SPAN(BLOCK("{current}", ""))), 85);
	CHECK_INT(gather_bid(&parser_bcdedit, SPAN(BLOCK("{1-2}", ""))), 70);
	CHECK_INT(gather_bid(&parser_bcdedit, SPAN("Name Value\n---- -----\na {b}\n-----\nc d\n")), 0);
}

/* Cut anywhere and with any byte changed: no crash, valid text; and in UTF-16 the same facts. */
static void try_damage(const struct parser *p, const struct example *e, size_t n)
{
	struct arena *a = arena_open();
	unsigned random = 1;

	for (size_t i = 0; i < n; i++) {
		struct span whole = span_of(e[i].bytes);
		struct gathered *g = gather(p, utf16_of(a, whole, i & 1, true));

		CHECK_TEXT(g->text, e[i].want);
		free(g);
		for (size_t k = 0; k < whole.n; k++) {
			char *copy = malloc(k + 1);

			if (!copy)
				abort();
			memcpy(copy, whole.p, k + 1);
			g = gather(p, (struct span){ copy, k + 1 });
			CHECK(!g->bad_text);
			free(g);
			random = random * 1664525u + 1013904223u;
			copy[(random >> 8) % (k + 1)] = (char)(random >> 24);
			g = gather(p, (struct span){ copy, k + 1 });
			CHECK(!g->bad_text);
			free(g);
			free(copy);
		}
	}
	arena_close(a);
}

static void try_many(void)
{
	static const char *const pieces[] = { LOADER SYSTEMS P("1") "=\"A\" /3GB\n",
		P("1") "=\"A\" /3GB /a/b/c\n", "/3GB ", "=\"", "-", BLOCK("{current}", VA("3000")),
		"{current} ", "a {b}\n-----\n" };

	for (size_t i = 0; i < LEN(pieces); i++) {
		size_t n = strlen(pieces[i]), times = 500000 / n;
		char *bytes = malloc(n * times);

		if (!bytes)
			abort();
		for (size_t k = 0; k < times; k++)
			memcpy(bytes + k * n, pieces[i], n);
		for (int which = 0; which < 2; which++) {
			const struct parser *p = which ? &parser_bcdedit : &parser_bootini;
			struct gathered *g = gather(p, (struct span){ bytes, n * times });

			CHECK(!g->bad_text);
			CHECK(g->records + g->notes < 200);
			gather_bid(p, (struct span){ bytes, n * times });
			free(g);
		}
		free(bytes);
	}
}

static void try_matters(void)
{
	CHECK(switch_matters(SPAN("/3gb")));
	CHECK(switch_matters(SPAN("/USERVA=3030")));
	CHECK(switch_matters(SPAN("increaseuserva 3072")));
	CHECK(switch_matters(SPAN("pae ForceEnable")));
	CHECK(!switch_matters(SPAN("/3GBX")));
	CHECK(!switch_matters(SPAN("/FASTDETECT")));
	CHECK(!switch_matters(SPAN("nx OptIn")));
}

int main(void)
{
	try_examples(&parser_bootini, bootini, LEN(bootini));
	try_examples(&parser_bcdedit, bcdedit, LEN(bcdedit));
	try_bids();
	try_damage(&parser_bootini, bootini, LEN(bootini));
	try_damage(&parser_bcdedit, bcdedit, LEN(bcdedit));
	try_many();
	try_matters();
	return check_end();
}
