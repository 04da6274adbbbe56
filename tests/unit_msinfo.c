/* SPDX-License-Identifier: MIT
 * Is msinfo32's summary read right as text and as .nfo, in other languages without guessing, and cut? */
#include "tests/check.h"
#include "tests/gather.h"
#include "tests/utf16.h"

extern const struct parser parser_msinfo, parser_systeminfo;

#define HOST(l, name) l " host name=" name
#define D(item, value) \
	"<Data>\n<Item><![CDATA[" item "]]></Item>\n<Value><![CDATA[" value "]]></Value>\n</Data>\n"
#define NFO(rows, more) "<?xml version=\"1.0\"?>\n<MsInfo>\n<Category name=\"System Summary\">\n" rows more
#define NFO_ROWS \
	D("OS Name", "Windows & <more>") \
	D("Version", "6.1.7601 Service Pack 1 Build 7601") \
	D("System Name", "FS32") \
	D("Total Physical Memory", "15.9 GB")
#define NFO_FACTS \
	HOST("4", "os text=Windows & <more>\n") \
	HOST("8", "os_version text=6.1.7601 Service Pack 1\n") \
	HOST("12", "host_name text=FS32\n") HOST("16", "ram_bytes text=15.9 GB number=17072495001\n")
#define CHILD \
	"<Category name=\"Hardware Resources\">\n" D( \
		"System Name", "TRAP") "</Category>\n</Category>\n</MsInfo>\n"

static const struct {
	const char *name, *bytes, *want;
	int bid;
} examples[] = {
	{ "text",
		"System Information report written at: 05/12/10 15:11:32\nSystem Name: FS01\n[System Summary]\n\nItem\tValue\t\n"
		"OS Name\tMicrosoft(R) Windows(R) Server 2003\t\nVersion\t5.2.3790 Service Pack 2 Build 3790\t\n"
		"Other OS Description \tNot Available\t\nSystem Name\tFS01\t\nSystem Type\tX86-based PC\n"
		"Time Zone\tEastern Standard Time\t\nInstalled Physical Memory (RAM)\t4.00 GB\t\n"
		"Total Physical Memory\t2,047.49 MB\t\n\n[Hardware Resources]\n\nSystem Name\tTRAP\t\n",
		HOST("6", "os text=Microsoft(R) Windows(R) Server 2003\n") HOST(
			"7", "os_version text=5.2.3790 Service Pack 2\n") HOST("9", "host_name text=FS01\n")
			HOST("10", "arch text=x86\n") HOST("11", "zone text=Eastern Standard Time\n")
				HOST("13", "ram_bytes text=2,047.49 MB number=2146948874\n"),
		92 },
	{ "wrong values, a stray line",
		"[System Summary]\nVersion\t5.2.3790 Build 3791\nSystem Type\tItanium\nrubbish\nTotal Physical Memory\t4.0000 GB\n"
		"System Name\tA\n",
		"2 note what stands after \"Version\" is not understood; skipped\n"
		"3 note what stands after \"System Type\" is not understood; skipped\n"
		"5 note what stands after \"Total Physical Memory\" is not understood; skipped\n" HOST("6",
			"host_name text=A\n") "4 note lines that are no part of an msinfo32 report: 1; skipped\n",
		60 },
	{ "another language, by shape",
		"[X]\nE\tW\nO\tWindows Z\nV\t6.0.6002 Service Pack 2 Build 6002\nH\tM C\nS\tFS33\nM\tAcme Inc\nN\tBox 5\n"
		"T\tX86-basierter PC\nR\t3,99 GB\n",
		HOST("3", "os text=Windows Z\n") HOST("4", "os_version text=6.0.6002 Service Pack 2\n") HOST(
			"6", "host_name text=FS33\n") HOST("9",
			"arch text=x86\n") "2 note this msinfo32 report has no English labels; facts read by the shape of their values: 4; "
					   "its memory and time zone were left unknown\n",
		75 },
	{ "another language, the name in doubt",
		"[X]\nO\tWindows Z\nV\t6.0.6002 Service Pack 2 Build 6002\nS\tFS33\nM\tAcme\nT\tX86-basierter PC\n",
		HOST("2", "os text=Windows Z\n") HOST("3", "os_version text=6.0.6002 Service Pack 2\n") HOST(
			"6",
			"arch text=x86\n") "2 note this msinfo32 report has no English labels; facts read by the shape of their values: 3; "
					   "its memory and time zone were left unknown\n",
		75 },
	{ "nothing to read", "[System Summary]\nA\tB\n",
		"2 note this is an msinfo32 report in a language or layout that is not read; nothing was taken\n",
		60 },
	{ "nfo", NFO(NFO_ROWS, CHILD), NFO_FACTS, 95 },
	{ "nfo, the summary alone", NFO(NFO_ROWS, "</Category>\n</MsInfo>\n"), NFO_FACTS, 95 },
	{ "nfo, cut", NFO(NFO_ROWS, "<Data>\n<Item><![CDATA[System Type]]></Item>\n<Value><![CDATA[x64-ba"),
		"3 note the source ends inside the System Summary; what was complete was kept\n" NFO_FACTS,
		95 },
};

static void try_examples(void)
{
	struct arena *a = arena_open();

	for (size_t i = 0; i < LEN(examples); i++) {
		struct span bytes = span_of(examples[i].bytes);
		int before = check_failed;

		for (int wide = 0; wide < 3; wide++) {
			struct span s = wide ? utf16_of(a, bytes, wide == 2, true) : bytes;
			struct gathered *g = gather(&parser_msinfo, s);

			CHECK_TEXT(g->text, examples[i].want);
			CHECK(!g->bad_text);
			CHECK_INT(g->sink.cut, strstr(examples[i].name, "cut") != NULL);
			CHECK_INT(gather_bid(&parser_msinfo, s), examples[i].bid);
			CHECK(gather_bid(&parser_systeminfo, s) < BID_LEAST);
			free(g);
		}
		if (check_failed > before)
			printf("(%s)\n", examples[i].name);
	}
	arena_close(a);
}

static void try_sizes(void)
{
	static const struct {
		const char *text;
		int64_t bytes; /* 0: not understood */
	} sizes[] = { { "4.00 GB", INT64_C(4) << 30 }, { "32,0 GB", INT64_C(32) << 30 },
		{ "512 MB", 512 << 20 }, { "1,024.00 MB", 1 << 30 }, { "2.047,50 MB", 2146959360 },
		{ "2\u00A0047,50 Mo", 2146959360 }, { "65536.00 MB", INT64_C(64) << 30 },
		{ "1.50 TB", INT64_C(3) << 39 }, { "8 \u0413\u0411", INT64_C(8) << 30 },
		{ "0.5 GB", 1 << 29 }, { "4.00", 0 }, { "4.00 KB", 0 }, { "4.0000 GB", 0 }, { "GB", 0 },
		{ "99999999999999999999 GB", 0 }, { "1025 TB", 0 } };

	for (size_t i = 0; i < LEN(sizes); i++) {
		char file[200], want[200];
		struct gathered *g;

		snprintf(file, sizeof file, "[System Summary]\nSystem Name\tA\nTotal Physical Memory\t%s\n",
			sizes[i].text);
		snprintf(want, sizeof want, " number=%" PRId64 "\n", sizes[i].bytes);
		g = gather(&parser_msinfo, span_of(file));
		CHECK_INT(strstr(g->text, want) != NULL, sizes[i].bytes != 0);
		CHECK_INT(g->records, 1 + (sizes[i].bytes != 0));
		if (strstr(g->text, want) == NULL && sizes[i].bytes)
			printf("(%s: %s)\n", sizes[i].text, g->text);
		free(g);
	}
}

/* A cut report loses nothing that was complete before the cut. */
static void try_damage(void)
{
	unsigned random = 1;

	for (size_t i = 0; i < LEN(examples); i++) {
		struct span whole = span_of(examples[i].bytes);
		size_t records = 0;

		for (size_t n = 1; n <= whole.n; n++) {
			char *copy = malloc(n);
			struct gathered *g;

			if (!copy)
				abort();
			memcpy(copy, whole.p, n);
			g = gather(&parser_msinfo, (struct span){ copy, n });
			CHECK(!g->bad_text);
			/* by shape, or a value that a further byte spoils */
			if (i >= 5)
				CHECK(g->records >= records);
			records = g->records;
			free(g);
			random = random * 1664525u + 1013904223u;
			copy[(random >> 8) % n] = (char)(random >> 24);
			g = gather(&parser_msinfo, (struct span){ copy, n });
			CHECK(!g->bad_text);
			free(g);
			free(copy);
		}
	}
}

static void try_many(void)
{
	static const char *const pieces[] = { "a\tb\n", "[x]\n", "\t",
		"<MsInfo><Category><Data><Item>a</Item>", "<MsInfo><Category name=\"", D("Version", "x") };

	for (size_t i = 0; i < LEN(pieces); i++) {
		size_t n = strlen(pieces[i]), times = 500000 / n;
		char *bytes = malloc(n * times);
		struct gathered *g;

		if (!bytes)
			abort();
		for (size_t k = 0; k < times; k++)
			memcpy(bytes + k * n, pieces[i], n);
		g = gather(&parser_msinfo, (struct span){ bytes, n * times });
		CHECK(!g->bad_text);
		gather_bid(&parser_msinfo, (struct span){ bytes, n * times });
		free(g);
		free(bytes);
	}
}

int main(void)
{
	try_examples();
	try_sizes();
	try_damage();
	try_many();
	return check_end();
}
