/* SPDX-License-Identifier: MIT
 * Are registry exports and reg query output read right, and do the parsers of a bundle's context keep off
 * other files. */
#include "tests/check.h"
#include "tests/gather.h"
#include "tests/utf16.h"

#include "core/os.h"
#include "parsers/lines.h"

extern const struct parser parser_regfile, parser_regquery, parser_regtext, parser_systeminfo, parser_msinfo,
	parser_bootini, parser_bcdedit, parser_pooltag;
extern const struct line_table regfile_lines, regquery_lines, systeminfo_lines, host_lines;

#define MM      "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management"
#define SET(n)  "HKEY_LOCAL_MACHINE\\SYSTEM\\ControlSet" n "\\Control\\Session Manager\\Memory Management"
#define LS      "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters"
#define V5      "Windows Registry Editor Version 5.00\r\n\r\n"
#define READ(l) l " host name=key_read text=" KEY_MEMORY_MANAGEMENT "\n"
#define VAL(l)  l " registry key=" KEY_MEMORY_MANAGEMENT " name="
#define PART(l, n) \
	l " note listings of a part of a key (a query of one value, a search, a cut file): " n \
	  "; a value missing there is " \
	  "taken as unknown, not as absent\n"
/* Two values more make three, which is an export. */
#define TWO          "\"A\"=dword:00000001\r\n\"B\"=dword:00000002\r\n"
#define TWO_AT(a, b) VAL(a) "A type=REG_DWORD number=1\n" VAL(b) "B type=REG_DWORD number=2\n"

struct example {
	const char *name, *bytes, *want;
};

static const struct example regfile_examples[] = {
	{ "an export",
		V5 "[" MM "]\r\n" TWO
		   "\"PoolUsageMaximum\"=dword:0000003c\r\n\"PagedPoolSize\"=dword:FFFFFFFF\r\n\r\n",
		READ("3") TWO_AT("4", "5") VAL("6") "PoolUsageMaximum type=REG_DWORD number=60\n" VAL(
			"7") "PagedPoolSize type=REG_DWORD number=4294967295\n" },
	{ "REGEDIT4, HKLM, letter case, blanks",
		"REGEDIT4\n\n  [hklm\\system\\currentcontrolset\\control\\session manager\\memory "
		"management]\n" TWO " \"X\" = DWORD:0000003C ; sixty\n",
		READ("3") TWO_AT("4", "5") VAL("6") "X type=REG_DWORD number=60\n" },
	{ "strings",
		V5
		"[" MM "]\r\n" TWO
		"\"PoolUsageMaximum\"=\"60\"\r\n@=\"default\"\r\n\"a \\\"b\\\\c\"=\"C:\\\\x \\\"y\\\"\"\r\n",
		READ("3") TWO_AT("4", "5") VAL("6") "PoolUsageMaximum type=REG_SZ text=60\n" VAL(
			"7") " type=REG_SZ text=default\n" VAL("8") "a \"b\\c type=REG_SZ text=C:\\x \"y\"\n" },
	{ "a string of several lines",
		V5 "[" MM "]\n" TWO
		   "\"S\"=\"one\n[HKEY_LOCAL_MACHINE\\\\X]\n\\\"T\\\"=dword:1\nend\"\n\"U\"=\"\"\n",
		READ("3") TWO_AT("4", "5")
			VAL("6") "S type=REG_SZ text=one\n[HKEY_LOCAL_MACHINE\\X]\n\"T\"=dword:1\nend\n" VAL(
				"10") "U type=REG_SZ text=\n" },
	{ "hexadecimal data",
		V5
		"[" MM "]\n" TWO "\"D\"=hex(4):3c,00,00,00\n\"Q\"=hex(b):00,00,00,00,01,00,00,00\n"
		"\"M\"=hex(7):43,00,\\\r\n  3a,00,\\\r\n  00,00\r\n\"N\"=hex:0a\n\"L\"=hex(b):ff,ff,ff,ff,ff,ff,ff,ff\n\"O\"=hex(99):01\n",
		READ("3") TWO_AT("4", "5")
			VAL("6") "D type=REG_DWORD number=60\n" VAL("7") "Q type=REG_QWORD number=4294967296\n" VAL("8") "M type=REG_MULTI_SZ text=hex(7):43,00,3a,00,00,00\n" VAL(
				"11") "N type=REG_BINARY text=hex:0a\n" VAL("12") "L type=REG_QWORD text=hex(b):ff,ff,ff,ff,ff,ff,ff,ff\n" VAL("13") "O type=type 0x99 text=hex(99):01\n" },
	{ "wrong data",
		V5
		"[" MM "]\n" TWO
		"\"E\"=dword:000000003\n\"F\"=dword:xyz\n\"G\"=hex(4):3c,00\n\"H\"=hex:zz\n\"I\"=60\n\"J\"=dword:-1\n",
		"6 note this is no data of a registry export; the value was kept as text of no type\n"
		"7 note this is no data of a registry export; the value was kept as text of no type\n"
		"8 note this is not the data that hex(N) announces; the value was kept as text of no type\n"
		"9 note this is not the data that hex(N) announces; the value was kept as text of no type\n"
		"10 note this is no data of a registry export; the value was kept as text of no type\n"
		"11 note this is no data of a registry export; the value was kept as text of no type\n" READ(
			"3") TWO_AT("4", "5")
			VAL("6") "E type=invalid text=dword:000000003\n" VAL("7") "F type=invalid text=dword:xyz\n" VAL("8") "G type=invalid text=hex(4):3c,00\n" VAL(
				"9") "H type=invalid text=hex:zz\n" VAL("10") "I type=invalid text=60\n" VAL("11") "J type=invalid text=dword:-1\n" },
	{ "a short dword in the middle, a cut one at the end",
		V5 "[" MM "]\n" TWO "\"C\"=dword:3c\n\"D\"=dword:000000",
		"7 note the source ends inside this value; the value was kept as text of no type\n" TWO_AT(
			"4", "5")
			VAL("6") "C type=REG_DWORD number=60\n" VAL(
				"7") "D type=invalid text=dword:000000\n" PART("3", "1") },
	{ "hexadecimal data without an end",
		V5 "[" MM "]\n" TWO "\"C\"=hex(7):43,00,\\\n\"D\"=dword:00000004\n\"E\"=hex:01,\\\n",
		"6 note this value has no end before the next one begins; the value was kept as text of no type\n"
		"8 note the source ends inside this value; the value was kept as text of no type\n" TWO_AT(
			"4", "5")
			VAL("6") "C type=invalid text=hex(7):43,00,\n" VAL("7") "D type=REG_DWORD number=4\n" VAL(
				"8") "E type=invalid text=hex:01,\n" PART("3", "1") },
	{ "strings without an end",
		V5 "[" MM "]\n" TWO "\"C\"=\"open\n\"D\"=dword:00000004\n\"E\"=\"open\n[" LS
		   "]\n\"Size\"=dword:00000003\n",
		"6 note this value has no end before the next one begins; the value was kept as text of no type\n"
		"8 note this value has no end before the next one begins; the value was kept as text of no type\n" READ(
			"3") "9 host name=key_read text=" KEY_LANMAN_PARAMETERS "\n" TWO_AT("4", "5")
			VAL("6") "C type=invalid text=open\n" VAL("7") "D type=REG_DWORD number=4\n" VAL(
				"8") "E type=invalid text=open\n"
				     "10 registry key=" KEY_LANMAN_PARAMETERS
				     " name=Size type=REG_DWORD number=3\n" },
	{ "other keys",
		V5 "[HKEY_LOCAL_MACHINE\\X]\n\"PoolUsageMaximum\"=dword:00000028\n[" MM
		   "]\n\"P\"=dword:00000032\n[" MM
		   "\\PrefetchParameters]\n\"Q\"=dword:00000003\n\"R\"=hex:00,\\\n  01\n",
		READ("5") VAL("6") "P type=REG_DWORD number=50\n"
				   "3 note other keys: 2 with 3 values; counted only\n" },
	{ "a change script", V5 "[" MM "]\n\"PoolUsageMaximum\"=dword:00000060\n\"PagedPoolSize\"=\"max\"\n",
		"4 note PoolUsageMaximum = REG_DWORD 96 stands in a file that holds too little of one key to be an export of it; "
		"not taken as a value in use\n"
		"5 note PagedPoolSize = REG_SZ \"max\" stands in a file that holds too little of one key to be an export of it; "
		"not taken as a value in use\n" },
	{ "a script that deletes a value",
		V5 "[" MM "]\n" TWO "\"C\"=dword:00000003\n\"PoolUsageMaximum\"=-\n",
		"7 note this line deletes, which no export does; the file is a change script and none of its values was taken "
		"as one in use\n"
		"4 note A = REG_DWORD 1 stands in a change script; not taken as a value in use\n"
		"5 note B = REG_DWORD 2 stands in a change script; not taken as a value in use\n"
		"6 note C = REG_DWORD 3 stands in a change script; not taken as a value in use\n" },
	{ "a script that deletes a key",
		"REGEDIT4\n[-HKEY_LOCAL_MACHINE\\X]\n[" MM "]\n" TWO "\"C\"=dword:00000003\n",
		"2 note this line deletes, which no export does; the file is a change script and none of its values was taken "
		"as one in use\n"
		"4 note A = REG_DWORD 1 stands in a change script; not taken as a value in use\n"
		"5 note B = REG_DWORD 2 stands in a change script; not taken as a value in use\n"
		"6 note C = REG_DWORD 3 stands in a change script; not taken as a value in use\n" },
	{ "an export after a script",
		V5 "[" MM "]\n\"C\"=dword:00000003\n" V5 "[" MM "]\n" TWO "\"C\"=dword:00000004\n",
		"4 note C = REG_DWORD 3 stands in a file that holds too little of one key to be an export of it; not taken as a "
		"value in use\n" READ("7") TWO_AT("8", "9") VAL("10") "C type=REG_DWORD number=4\n" },
	{ "another control set alone", V5 "[" SET("001") "]\n" TWO "\"C\"=dword:00000003\n",
		"3 note ControlSet001 is read as the control set in use: the source shows no other\n" READ(
			"3") TWO_AT("4", "5") VAL("6") "C type=REG_DWORD number=3\n" },
	{ "the control set in use among others",
		V5 "[" SET("001") "]\n\"C\"=dword:00000001\n[" MM "]\n\"C\"=dword:00000003\n\"D\"=\"\"\n"
				  "\"E\"=\"\"\n",
		READ("5") VAL("6") "C type=REG_DWORD number=3\n" VAL("7") "D type=REG_SZ text=\n" VAL(
			"8") "E type=REG_SZ text=\n4 note values of a control set that is not in use: 1; not taken\n" },
	{ "Select tells",
		V5 "[" SET("001") "]\n\"C\"=dword:00000001\n[" SET(
			"002") "]\n\"C\"=dword:00000002\n[HKEY_LOCAL_MACHINE\\SYSTEM\\"
			       "Select]\n\"Current\"=dword:00000002\n",
		"5 note ControlSet002 is read as the control set in use: the key Select of this source says so\n" READ(
			"5")
			VAL("6") "C type=REG_DWORD number=2\n4 note values of a control set that is not in use: 1; not taken\n" },
	{ "nothing tells",
		V5 "[" SET("001") "]\n" TWO "\"C\"=dword:00000001\n[" SET("002") "]\n\"C\"=dword:00000002\n",
		"7 note nothing shows the control set in use of " KEY_MEMORY_MANAGEMENT
		"; its values were not taken\n"
		"4 note values of a control set that is not in use: 4; not taken\n" },
	{ "the misspelt key",
		V5
		"[" MM
		"]\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory_Management]\n"
		"\"PoolUsageMaximum\"=dword:00000028\n",
		"4 note Windows does not read a key named Memory_Management (the real name has a blank); its values are counted "
		"only\n" READ("3") "4 note other keys: 1 with 1 values; counted only\n" },
	{ "noise",
		V5 "loose\n\"A\"=dword:00000001\n[" MM "\n; remark\nrubbish\n\"half\n" TWO
		   "\"\xE9\"=\"\xE9\"\n",
		"5 note the name of this key has no end; read up to the end of its line\n" READ("5") TWO_AT(
			"9", "10") VAL("11") "\u00E9 type=REG_SZ text=\u00E9\n"
					     "3 note lines that are no registry export: 4; skipped\n" },
};

#define OLD "\r\n! REG.EXE VERSION 3.0\r\n\r\n"

static const struct example regquery_examples[] = {
	{ "Windows 2003",
		OLD MM
		"\r\n    A\tREG_DWORD\t0x1\r\n    PagedPoolSize\tREG_DWORD\t0xffffffff\r\n    PagingFiles\tREG_MULTI_SZ\tC:\\p.sys 2046 "
		"4092\\0\\0\r\n\r\n" MM "\\PrefetchParameters\r\n",
		READ("4")
			VAL("5") "A type=REG_DWORD number=1\n" VAL("6") "PagedPoolSize type=REG_DWORD number=4294967295\n" VAL(
				"7") "PagingFiles type=REG_MULTI_SZ text=C:\\p.sys 2046 4092\\0\\0\n"
				     "9 note other keys: 1 with 0 values; counted only\n" },
	{ "Vista and later",
		"\r\n" MM
		"\r\n    Name with blanks    REG_SZ    a    b\r\n    (Default)    REG_SZ    \r\n    Q    REG_QWORD    "
		"0x100000000\r\n\r\n",
		READ("2") VAL("3") "Name with blanks type=REG_SZ text=a    b\n" VAL(
			"4") "(Default) type=REG_SZ text=\n" VAL("5") "Q type=REG_QWORD number=4294967296\n" },
	{ "one value asked for",
		"C:\\>reg query \"" MM "\" /v PoolUsageMaximum\r\n\r\n" MM
		"\r\n    PoolUsageMaximum    REG_DWORD    0x3c\r\n\r\n"
		"C:\\>reg add X /v Y /t REG_DWORD /d 40\r\n",
		VAL("4") "PoolUsageMaximum type=REG_DWORD number=60\n" PART("3", "1") },
	{ "three values asked for apart",
		MM "\n  A  REG_DWORD  0x1\n\n" MM "\n  B  REG_DWORD  0x2\n\n" MM "\n  C  REG_DWORD  0x3\n",
		VAL("2") "A type=REG_DWORD number=1\n" VAL("5") "B type=REG_DWORD number=2\n" VAL(
			"8") "C type=REG_DWORD number=3\n" PART("1", "3") },
	{ "a search",
		MM
		"\n  A  REG_DWORD  0x1\n  B  REG_DWORD  0x2\n  C  REG_DWORD  0x3\n\nEnd of search: 3 match(es) found.\n",
		VAL("2") "A type=REG_DWORD number=1\n" VAL("3") "B type=REG_DWORD number=2\n" VAL(
			"4") "C type=REG_DWORD number=3\n" PART("1", "1") },
	{ "a key broken by the window",
		"HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Manag\r\nement\r\n"
		"    A    REG_DWORD    0x1\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session\r\nManager\\Memory Management\r\n    A    "
		"REG_DWORD    0x2\r\n",
		VAL("3") "A type=REG_DWORD number=1\n" VAL("6") "A type=REG_DWORD number=2\n" PART(
			"1", "2") },
	{ "wrong data",
		MM
		"\n A REG_DWORD 60\n B REG_DWORD 0x123456789\n C REG_DWORD\n D REG_DWORD 0x3c (60)\n E REG_SZ 60\n F REG_QWORD 0xg\n",
		"2 note this is no number of reg query (0x and hexadecimal digits); the value was kept as text of no type\n"
		"3 note this is no number of reg query (0x and hexadecimal digits); the value was kept as text of no type\n"
		"4 note this is no number of reg query (0x and hexadecimal digits); the value was kept as text of no type\n"
		"5 note this is no number of reg query (0x and hexadecimal digits); the value was kept as text of no type\n"
		"7 note this is no number of reg query (0x and hexadecimal digits); the value was kept as text of no type\n" READ(
			"1")
			VAL("2") "A type=invalid text=60\n" VAL("3") "B type=invalid text=0x123456789\n" VAL("4") "C type=invalid text=\n" VAL(
				"5") "D type=invalid text=0x3c (60)\n" VAL("6") "E type=REG_SZ text=60\n" VAL("7") "F type=invalid text=0xg\n" },
	{ "errors and noise",
		"ERROR: The system was unable to find the specified registry key or value.\r\nA    REG_DWORD    0x1\r\n\r\n" LS
		"\r\n    Size    REG_DWORD    0x3\r\nwhat\r\n",
		"1 note the query failed (\"The system was unable to find the specified registry key or value.\"); what it asked "
		"for is unknown\n"
		"5 registry key=" KEY_LANMAN_PARAMETERS " name=Size type=REG_DWORD number=3\n"
		"2 note lines that are no output of reg query: 2; skipped\n" PART("4", "1") },
};

static void try_examples(const struct parser *p, const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct gathered *g = gather(p, span_of(examples[i].bytes));
		int before = check_failed;

		CHECK_TEXT(g->text, examples[i].want);
		CHECK(!g->bad_text);
		if (check_failed > before)
			printf("(%s: %s)\n", p->name, examples[i].name);
		free(g);
	}
}

/* The same in any encoding. */
static void try_encodings(void)
{
	struct arena *a = arena_open();
	struct span bytes = span_of(regfile_examples[0].bytes), query = span_of(regquery_examples[0].bytes);

	for (int i = 0; i < 4; i++) {
		struct span wide = utf16_of(a, bytes, i & 1, i & 2);
		struct gathered *g = gather(&parser_regfile, wide);

		CHECK_TEXT(g->text, regfile_examples[0].want);
		CHECK_INT(gather_bid(&parser_regfile, wide), 95);
		free(g);
		wide = utf16_of(a, query, i & 1, i & 2);
		g = gather(&parser_regquery, wide);
		CHECK_TEXT(g->text, regquery_examples[0].want);
		CHECK_INT(gather_bid(&parser_regquery, wide), 90);
		free(g);
	}
	arena_close(a);
}

/* Every rule takes its own sample, and no rule before it does. */
static void try_rules(void)
{
	static const struct line_table *const tables[] = { &regfile_lines, &regquery_lines, &systeminfo_lines,
		&host_lines };

	for (size_t i = 0; i < LEN(tables); i++) {
		struct lines *l = lines_open(tables[i]);

		for (size_t k = 0; k < tables[i]->count; k++)
			CHECK_INT(lines_match(l, span_of(tables[i]->rules[k].sample)),
				tables[i]->rules[k].what);
		lines_close(l);
	}
}

static void try_bids(void)
{
	static const struct {
		const char *bytes;
		int regfile, regquery, systeminfo;
	} heads[] = {
		{ "", 0, 0, 0 },
		{ "\r\n" V5, 95, 0, 0 },
		{ "REGEDIT4", 95, 0, 0 },
		{ "; my tweaks\nREGEDIT4\n", 95, 0, 0 },
		{ "C:\\>type x.reg\n" V5, 65, 0, 0 },
		{ "[" MM "]\n\"A\"=dword:1\n", 70, 0, 0 },
		{ "[-" MM "]\n", 70, 0, 0 },
		{ "[boot loader]\ntimeout=30\n", 0, 0, 0 },
		{ OLD, 0, 90, 0 },
		{ "\n" MM "\n    A    REG_DWORD    0x1\n", 0, 80, 0 },
		{ "C:\\>reg query x\n" MM "\n    A    REG_DWORD    0x1\n", 0, 62, 0 },
		{ MM "\n", 0, 45, 0 },
		{ "ERROR: The system was unable to find the specified registry key or value.\n", 0, 60, 0 },
		{ "see " MM " REG_DWORD\n", 0, 0, 0 },
		{ "Host Name: A\nOS Name: B\nOS Version: 5.2.3790 Service Pack 2 Build 3790\n", 0, 0, 80 },
		/* near, but not enough of it */
		{ "Host Name: A\nDomain: B\n", 0, 0, 20 },
		{ "OS Version: 5.2.3790 Service Pack 2 Build 3790\n", 0, 0, 20 },
		{ "System Type: X86-based PC\n", 0, 0, 10 },
		{ "\"PoolUsageMaximum\"=dword:0000003c\n", 20, 0, 0 },
		{ "\"PoolUsageMaximum\"=hex(4):3c,00,00,00\n", 20, 0, 0 },
		{ "see below\n[" MM "]\n", 20, 0, 0 },
		{ "    PoolUsageMaximum    REG_DWORD    0x3c\n", 0, 20, 0 },
	};

	for (size_t i = 0; i < LEN(heads); i++) {
		struct span bytes = span_of(heads[i].bytes);

		CHECK_INT(gather_bid(&parser_regfile, bytes), heads[i].regfile);
		CHECK_INT(gather_bid(&parser_regquery, bytes), heads[i].regquery);
		CHECK_INT(gather_bid(&parser_systeminfo, bytes), heads[i].systeminfo);
	}
}

/* ---- hostile ---- */

struct text {
	char *p;
	size_t n, room;
};

static void put(struct text *t, const char *s, size_t times)
{
	size_t n = strlen(s);

	while (t->n + n * times + 1 > t->room) {
		t->room = t->room ? t->room * 2 : 4096;
		t->p = realloc(t->p, t->room);
		if (!t->p)
			abort();
	}
	for (; times; times--, t->n += n)
		memcpy(t->p + t->n, s, n);
}

static struct gathered *gather_text(const struct parser *p, struct text *t)
{
	struct gathered *g = gather(p, (struct span){ t->p, t->n });

	CHECK(!g->bad_text);
	free(t->p);
	*t = (struct text){ NULL, 0, 0 };
	return g;
}

/* Values of 10 MB: cut, with a note, and what follows is read. */
static void try_long_values(void)
{
	static const char *const pieces[][3] = {
		{ "\"L\"=hex:00,\\\n",
			"  00,11,22,33,44,55,66,77,88,99,aa,bb,cc,dd,ee,ff,00,11,22,33,44,55,66,77,88,\\\n",
			"  00\n" },
		{ "\"L\"=\"a\n",
			"\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9\u00E9 \\\\ \\\\ \u20AC\u20AC\u20AC\u20AC\u20AC\n",
			"\"\n" },
		{ "\"L\"=\"", "0123456789 0123456789 0123456789 0123456789", "\"\n" },
		{ "\"L", "0123456789 0123456789 0123456789 0123456789", "\"=dword:00000001\n" },
		{ "\"L\"=", "\\\\\\\"\\\\\\\"\\\\\\\"\\\\\\\"\\\\\\\"\\\\\\\"", "\n" },
	};

	for (size_t i = 0; i < LEN(pieces); i++) {
		struct text t = { NULL, 0, 0 };
		struct gathered *g;
		size_t read_at;

		put(&t, V5 "[" MM "]\n" TWO, 1);
		put(&t, pieces[i][0], 1);
		put(&t, pieces[i][1], 10000000 / strlen(pieces[i][1]));
		put(&t, pieces[i][2], 1);
		put(&t, "\"Z\"=dword:00000009\n", 1);
		g = gather_text(&parser_regfile, &t);
		CHECK(strstr(g->text, "name=Z type=REG_DWORD number=9\n") != NULL);
		CHECK(g->notes >= 1);
		read_at = g->records;
		CHECK(read_at == 5 ||
			(i == 3 && read_at == 4)); /* the one whose very name has no end is a line not read */
		free(g);
	}
}

/* Thousands of keys, a hundred thousand values of one key: stated all, in bounded memory. */
static void try_many(void)
{
	struct text t = { NULL, 0, 0 };
	struct gathered *g;

	put(&t, V5, 1);
	put(&t, "[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\X]\n\"A\"=dword:00000001\n",
		20000);
	put(&t, "[" MM "]\n", 1);
	put(&t, TWO, 50000);
	g = gather_text(&parser_regfile, &t);
	CHECK_INT(g->records, 100001);
	CHECK(strstr(g->text, "3 note other keys: 20000 with 20000 values") || g->n > sizeof g->text - 2);
	free(g);
	put(&t, "[" MM "]\n\"A\"=dword:00000001\n",
		50000); /* the same key over and over: less than three values each */
	g = gather_text(&parser_regfile, &t);
	CHECK_INT(g->records, 50001);
	free(g);
	put(&t, MM "\n A REG_DWORD 0x1\n", 50000);
	g = gather_text(&parser_regquery, &t);
	CHECK_INT(g->records, 50000);
	free(g);
	put(&t, MM "\n", 200000); /* nothing but keys */
	g = gather_text(&parser_regquery, &t);
	CHECK_INT(g->records, 0);
	free(g);
}

static void try_nuls(void)
{
	static const char file[] = V5 "[" MM "]\n" TWO "\"C\0D\"=\"x\0y\"\n\0\n\"E\"=dword:0000\0 0001\n";
	static const char query[] = MM "\n A\0B REG_SZ x\0y\n\0 REG_DWORD 0x1\n C REG_DWORD 0x1\0\n";
	struct gathered *g = gather(&parser_regfile, SPAN(file));

	CHECK_INT(g->records, 5);
	CHECK(strstr(g->text, "name=E type=invalid") != NULL);
	free(g);
	g = gather(&parser_regquery, SPAN(query));
	CHECK_INT(g->records, 4);
	CHECK(strstr(g->text, "name=C type=invalid") != NULL);
	free(g);
}

/* Cut anywhere, and with any byte changed: no crash, valid text, no complete value lost before the cut, none
 * wrong. */
static void try_damage(const struct parser *p, const struct example *examples, size_t count)
{
	unsigned random = 1;

	for (size_t i = 0; i < count; i++) {
		struct span whole = span_of(examples[i].bytes);
		char *copy = malloc(whole.n + 1);

		if (!copy)
			abort();
		for (size_t n = 0; n < whole.n; n++) {
			struct gathered *g = gather(p, text_head(whole, n));

			CHECK(!g->bad_text);
			free(g);
			memcpy(copy, whole.p, whole.n);
			random = random * 1664525u + 1013904223u;
			copy[n] = (char)(random >> 24);
			copy[(random >> 8) % whole.n] = "\"\\[]=,-\n"[random >> 5 & 7];
			g = gather(p, (struct span){ copy, whole.n });
			CHECK(!g->bad_text);
			free(g);
		}
		free(copy);
	}
}

static void try_cuts(void)
{
	struct span whole = span_of(regfile_examples[0].bytes);
	static const char *const values[] = { "name=A type=REG_DWORD number=1\n",
		"name=B type=REG_DWORD number=2\n", "name=PoolUsageMaximum type=REG_DWORD number=60\n",
		"name=PagedPoolSize type=REG_DWORD number=4294967295\n" };
	static const char *const ends[] = { "dword:00000001", "dword:00000002", "dword:0000003c",
		"dword:FFFFFFFF" };

	for (size_t n = (size_t)(text_find(whole, ends[2]) - whole.p) + 14; n < whole.n; n++) {
		struct gathered *g = gather(&parser_regfile, text_head(whole, n));
		size_t complete = 0;

		for (size_t i = 0; i < LEN(values); i++) {
			bool shown = (size_t)(text_find(whole, ends[i]) - whole.p) + 14 <= n;

			CHECK_INT(strstr(g->text, values[i]) != NULL, shown);
			complete += shown;
		}
		CHECK(complete == 4 || !strstr(g->text, "PagedPoolSize type=REG_DWORD"));
		free(g);
	}
}

/* ---- other people's files ---- */

struct corpus {
	struct os_walk walk;
	size_t files;
};

static void corpus_file(struct os_walk *w, const char *path, const char *name)
{
	static const struct parser *const context[] = { &parser_regfile, &parser_regquery, &parser_regtext,
		&parser_systeminfo, &parser_msinfo, &parser_bootini, &parser_bcdedit, &parser_pooltag };
	struct err e;
	struct os_file *file = os_open(path, &e);

	((struct corpus *)w)->files++;
	CHECK(file != NULL);
	for (size_t i = 0; file && i < LEN(context); i++) {
		struct reader *r = reader_open(os_read, file, -1);
		const char *missing = NULL;
		int height = context[i]->probe(reader_head(r), &missing);

		if (height >= BID_LEAST)
			printf("%s: %s bids %d\n", name, context[i]->name, height);
		CHECK(height < BID_LEAST);
		reader_close(r);
		os_close(file);
		file = os_open(path, &e);
	}
	os_close(file);
}

/* Each own sample is won by its parser, and nobody else bids on it. */
static void sample_file(struct os_walk *w, const char *path, const char *name)
{
	static const struct {
		const char *name, *parser;
	} whose[] = { { "bcdedit", "bcdedit" }, { "boot", "bootini" }, { "localtag", "pooltag" },
		{ "memory-management", "regfile" }, { "msinfo", "msinfo" }, { "pooltag", "pooltag" },
		{ "reg-query", "regquery" }, { "regtext", "regtext" }, { "summary", "msinfo" },
		{ "systeminfo", "systeminfo" } };
	struct err e;
	struct os_file *file = os_open(path, &e);
	struct reader *r;
	struct bid best, second;
	const char *want = "(none)";

	((struct corpus *)w)->files++;
	CHECK(file != NULL);
	if (!file)
		return;
	for (size_t i = 0; i < LEN(whose); i++)
		if (text_starts(span_of(name), whose[i].name))
			want = whose[i].parser;
	r = reader_open(os_read, file, -1);
	CHECK(parser_choose(reader_head(r), &best, &second));
	CHECK_TEXT(best.parser ? best.parser->name : "(nobody)", want);
	CHECK(!second.parser || second.height < BID_LEAST);
	reader_close(r);
	os_close(file);
}

static void corpus_failed(struct os_walk *w, const char *name, const char *why)
{
	(void)w;
	CHECK_TEXT(name, why);
}

static void try_corpus(void)
{
	struct corpus c = { .walk = { corpus_file, corpus_failed, NULL } };
	const char *folder = getenv("POOLTRIAGE_CORPUS");

	folder = folder ? folder : "../shared/corpus";
	if (os_kind(folder) != OS_FOLDER) {
		printf("skipped: unit_context's bids on other files (no corpus)\n");
		return;
	}
	os_walk_folder(&c.walk, folder);
	CHECK(c.files > 20);
}

static void try_samples(void)
{
	struct corpus c = { .walk = { sample_file, corpus_failed, NULL } };

	os_walk_folder(&c.walk, "samples/dialects/context");
	CHECK(c.files >= 17);
}

int main(void)
{
	try_examples(&parser_regfile, regfile_examples, LEN(regfile_examples));
	try_examples(&parser_regquery, regquery_examples, LEN(regquery_examples));
	try_encodings();
	try_rules();
	try_bids();
	try_long_values();
	try_many();
	try_nuls();
	try_damage(&parser_regfile, regfile_examples, LEN(regfile_examples));
	try_damage(&parser_regquery, regquery_examples, LEN(regquery_examples));
	try_cuts();
	try_corpus();
	try_samples();
	return check_end();
}
