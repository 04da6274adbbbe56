/* SPDX-License-Identifier: MIT
 * Is systeminfo read right in its generations, forms, encodings and languages, and is nothing guessed. */
#include "tests/check.h"
#include "tests/gather.h"
#include "tests/utf16.h"

extern const struct parser parser_systeminfo;

#define HOST(l, name) l " host name=" name

struct example {
	const char *name, *bytes, *want;
};

/* Windows Server 2003. */
#define OLD \
	"\r\nHost Name:                 FS01\r\n" \
	"OS Name:                   Microsoft(R) Windows(R) Server 2003, Standard Edition\r\n" \
	"OS Version:                5.2.3790 Service Pack 2 Build 3790\r\n" \
	"OS Manufacturer:           Microsoft Corporation\r\n" \
	"OS Configuration:          Member Server\r\n" \
	"Registered Organization:\r\n" \
	"Original Install Date:     5/18/2007, 10:21:44 AM\r\n" \
	"System Up Time:            12 Days, 3 Hours, 14 Minutes, 56 Seconds\r\n" \
	"System Model:              X100\r\n" \
	"System Type:               X86-based PC\r\n" \
	"Processor(s):              1 Processor(s) Installed.\r\n" \
	"                           [01]: x86 Family 15 Model 4 Stepping 3 GenuineIntel ~3000 Mhz\r\n" \
	"Time Zone:                 (GMT-05:00) Eastern Time (US & Canada)\r\n" \
	"Total Physical Memory:     3,583 MB\r\n" \
	"Available Physical Memory: 2,047 MB\r\n" \
	"Page File: Max Size:       5,515 MB\r\n" \
	"Hotfix(s):                 1 Hotfix(s) Installed.\r\n" \
	"                           [01]: File 1\r\n" \
	"Network Card(s):           1 NIC(s) Installed.\r\n" \
	"                                 IP address(es)\r\n"
#define OLD_FACTS \
	HOST("2", "host_name text=FS01\n") \
	HOST("3", "os text=Microsoft(R) Windows(R) Server 2003, Standard Edition\n") \
	HOST("4", "os_version text=5.2.3790 Service Pack 2\n") \
	HOST("9", "uptime_seconds text=12 Days, 3 Hours, 14 Minutes, 56 Seconds number=1048496\n") \
	HOST("11", "arch text=x86\n") \
	HOST("14", "zone text=(GMT-05:00) Eastern Time (US & Canada)\n") \
	HOST("14", "utc_offset_minutes text=(GMT-05:00) Eastern Time (US & Canada) number=-300\n") \
	HOST("15", "ram_bytes text=3,583 MB number=3757047808\n")

#define CSV_LABELS \
	"\"Host Name\",\"OS Name\",\"OS Version\",\"OS Manufacturer\",\"OS Configuration\",\"OS Build Type\",\"Registered Owner\"," \
	"\"Registered Organization\",\"Product ID\",\"Original Install Date\",\"System Boot Time\",\"System Manufacturer\"," \
	"\"System Model\",\"System Type\",\"Processor(s)\",\"BIOS Version\",\"Windows Directory\",\"System Directory\"," \
	"\"Boot Device\",\"System Locale\",\"Input Locale\",\"Time Zone\",\"Total Physical Memory\"\r\n"
#define CSV_VALUES(host, boot) \
	"\"" host \
	"\",\"Windows \"\"X\"\", 2008\",\"6.0.6002 Service Pack 2 Build 6002\",\"M\",\"C\",\"T\",\"O\",\"\",\"P\"," \
	"\"18/05/2010, 10:21:44\",\"" boot \
	"\",\"S\",\"M\",\"x64-based PC\",\"1 Processor(s) Installed.,[01]: Intel64\",\"B\"," \
	"\"W\",\"S\",\"D\",\"en\",\"en\",\"(UTC) Dublin, London\",\"131,072 MB\"\r\n"
#define CSV_FACTS(l, host) \
	HOST(l, "host_name text=" host "\n") \
	HOST(l, "os text=Windows \"\"X\"\", 2008\n") \
	HOST(l, "os_version text=6.0.6002 Service Pack 2\n") \
	HOST(l, "boot_time text=05/06/2012, 07:08:09 number=1338880089000000\n") \
	HOST(l, "arch text=x64\n") \
	HOST(l, "zone text=(UTC) Dublin, London\n") \
	HOST(l, "utc_offset_minutes text=(UTC) Dublin, London number=0\n") \
	HOST(l, "ram_bytes text=131,072 MB number=137438953472\n")

static const struct example examples[] = {
	{ "Windows 2003", OLD, OLD_FACTS },
	{ "a prompt, empty lines, and another server after it",
		"C:\\>systeminfo\r\n\r\nHost Name: A\r\n\r\nOS Name: B\r\n\r\nHost Name: C\r\n",
		HOST("3", "host_name text=A\n") HOST("5", "os text=B\n") HOST("7",
			"host_name text=C\n") "7 note a second systeminfo begins here; its facts were taken as well\n"
					      "1 note lines that are no output of systeminfo: 1; skipped\n" },
	{ "CSV", CSV_LABELS CSV_VALUES("FS02", "05/06/2012, 07:08:09"), CSV_FACTS("2", "FS02") },
	{ "CSV of two servers without labels",
		CSV_VALUES("A", "05/06/2012, 07:08:09") CSV_VALUES("B", "05/06/2012, 07:08:09"),
		HOST("1", "host_name text=A\n") HOST("1", "os text=Windows \"\"X\"\", 2008\n") HOST(
			"1", "os_version text=6.0.6002 Service Pack 2\n") HOST("1",
			"boot_time text=05/06/2012, 07:08:09 number=1338880089000000\n") HOST("1",
			"arch text=x64\n") HOST("1", "zone text=(UTC) Dublin, London\n") HOST("1",
			"utc_offset_minutes text=(UTC) Dublin, London number=0\n")
			HOST("1", "ram_bytes text=131,072 MB number=137438953472\n") "1 note this systeminfo has no English labels; facts read by the shape of their values: 8\n" HOST(
				"2", "host_name text=B\n") HOST("2",
				"os text=Windows \"\"X\"\", 2008\n") HOST("2",
				"os_version text=6.0.6002 Service Pack 2\n") HOST("2",
				"boot_time text=05/06/2012, 07:08:09 number=1338880089000000\n") HOST("2",
				"arch text=x64\n") HOST("2", "zone text=(UTC) Dublin, London\n") HOST("2",
				"utc_offset_minutes text=(UTC) Dublin, London number=0\n") HOST("2",
				"ram_bytes text=131,072 MB number=137438953472\n") "2 note this systeminfo has no English labels; facts read by the shape of their values: 8\n"
										   "2 note a second systeminfo begins here; its facts were taken as well\n" },
	{ "German, tabbed in by a mail",
		"  Hostname:              SRV-1\n  Betriebssystemname:    Microsoft Windows Server 2008 R2 Standard \n"
		"  Betriebssystemversion: 6.1.7601 Service Pack 1 Build 7601\n  Urspr\x81ngliches Installationsdatum: 03.02.2011, 11:12:13\n"
		"  Systemstartzeit:       12.05.2010, 15:11:32\n  Systemtyp:             x64-basierter PC\n"
		"  BIOS-Version:          Acme 1.2, 12.05.2009\n  Zeitzone:              (UTC+01:00) Amsterdam, Berlin\n"
		"  Gesamter physikalischer Speicher: 16.383 MB\n  Verf\x81gbarer physikalischer Speicher: 4.095 MB\n",
		HOST("1", "host_name text=SRV-1\n") HOST(
			"2", "os text=Microsoft Windows Server 2008 R2 Standard\n") HOST("3",
			"os_version text=6.1.7601 Service Pack 1\n") HOST("5",
			"boot_time text=12.05.2010, 15:11:32 number=1273677092000000\n") HOST("6",
			"arch text=x64\n") HOST("8", "zone text=(UTC+01:00) Amsterdam, Berlin\n") HOST("8",
			"utc_offset_minutes text=(UTC+01:00) Amsterdam, Berlin number=60\n") HOST("9",
			"ram_bytes text=16.383 MB number=17178820608\n") "1 note this systeminfo has no English labels; facts read by the shape of their values: 8\n" },
	{ "French, code page 850",
		"Nom de l'h\x93te:  FS\nNom du syst\x8Ame:  Windows\nVersion:  10.0.17763 N/A version 17763\n"
		"Fuseau horaire:  (UTC+05:45) Katmandou\nM\x82moire physique totale:  2\xFF"
		"047 Mo\nM\x82moire:  1\xFF"
		"024 Mo\n",
		HOST("1", "host_name text=FS\n") HOST("2", "os text=Windows\n") HOST(
			"3", "os_version text=10.0.17763\n") HOST("4",
			"zone text=(UTC+05:45) Katmandou\n") HOST("4",
			"utc_offset_minutes text=(UTC+05:45) Katmandou number=345\n") HOST("5",
			"ram_bytes text=2\u00FF047 Mo number=2146435072\n") "1 note this systeminfo has no English labels; facts read by the shape of their values: 6\n" },
	{ "a language whose host is in doubt",
		"X: two words\nY: Z\nV: 6.1.7601 N/A Build 7601\nT: (GMT)\nM: many MB\n",
		HOST("3", "os_version text=6.1.7601\n") HOST("4", "zone text=(GMT)\n") HOST("4",
			"utc_offset_minutes text=(GMT) number=0\n") "1 note this systeminfo has no English labels; facts read by the shape of their values: 3\n" },
	{ "nothing to read", "A: B\nC: D\nE: F\n",
		"1 note this is systeminfo in a language or layout that is not read; nothing was taken\n" },
	{ "broken by the window",
		"Host Name:                 FS01\n"
		"OS Name:                   Microsoft(R) Windows(R) Server 2003, Enterprise x64 E\ndition\n"
		"Time Zone:                 (GMT+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm,\nVienna and beyond\nrubbish\n",
		HOST("1", "host_name text=FS01\n") HOST("2",
			"os text=Microsoft(R) Windows(R) Server 2003, Enterprise x64 Edition\n") HOST("4",
			"zone text=(GMT+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Vienna and beyond\n") HOST("4",
			"utc_offset_minutes text=(GMT+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Vienna and beyond number=60\n") "6 note lines that are no output of systeminfo: 1; skipped\n" },
	{ "wrong values",
		"Host Name: A\nOS Version: 6.1.7601 Build 7600\nSystem Up Time: 1 Days, 30 Hours, 1 Minutes, 1 Seconds\n"
		"System Type: Itanium (TM)-based System\nTime Zone: (GMT+99:00) Nowhere\nTotal Physical Memory: 3,5 MB\n"
		"Total Physical Memory: 99999999999999999999 MB\nSystem Boot Time:\n",
		HOST("1",
			"host_name text=A\n") "2 note what stands after \"OS Version\" is not understood; skipped\n"
					      "3 note what stands after \"System Up Time\" is not understood; skipped\n"
					      "4 note what stands after \"System Type\" is not understood; skipped\n"
					      "5 note what stands after \"Time Zone\" is not understood; skipped\n"
					      "6 note what stands after \"Total Physical Memory\" is not understood; skipped\n"
					      "7 note what stands after \"Total Physical Memory\" is not understood; skipped\n" },
	{ "code page 850 and its sign of registration",
		"Host Name: A\nOS Name: Microsoft\xA9 Windows Server\xA9 2008\n",
		HOST("1", "host_name text=A\n")
			HOST("2", "os text=Microsoft\u00AE Windows Server\u00AE 2008\n") },
};

/* Boot times: the number only where one reading is possible. */
static const struct {
	const char *installed, *booted;
	int64_t second; /* 0: no number */
} boots[] = {
	{ "1/2/2010, 3:04:05 AM", "5/12/2010, 3:11:32 PM", 0 },
	{ "1/2/2010, 3:04:05 AM", "5/13/2010, 3:11:32 PM", 1273763492 },
	{ "1/20/2010, 3:04:05 AM", "5/12/2010, 3:11:32 PM", 1273677092 },
	{ "20/1/2010, 03:04:05", "12/5/2010, 15:11:32", 1273677092 },
	{ "1/2/2010, 3:04:05 AM", "5/5/2010, 12:11:32 AM", 1273018292 },
	{ "5/5/2010, 3:04:05 AM", "5/12/2010, 3:11:32 PM", 0 },
	{ "x", "2010-05-12, 15:11:32", 1273677092 },
	{ "x", "12.05.2010, 15:11:32", 1273677092 },
	{ "x", "31/02/2010, 15:11:32", 0 },
	{ "x", "13/05/2010, 13:11:32 PM", 0 },
	{ "x", "13/05/10, 13:11:32", 0 },
	{ "x", "2010/5/12, \u4E0B\u5348 03:11:32", 0 },
	{ "20/1/2010, 03:04:05", "12/13/2010, 15:11:32", 0 },
};

static void try_examples(void)
{
	for (size_t i = 0; i < LEN(examples); i++) {
		struct gathered *g = gather(&parser_systeminfo, span_of(examples[i].bytes));
		int before = check_failed;

		CHECK_TEXT(g->text, examples[i].want);
		CHECK(!g->bad_text);
		if (check_failed > before)
			printf("(%s)\n", examples[i].name);
		free(g);
	}
}

static void try_boots(void)
{
	for (size_t i = 0; i < LEN(boots); i++) {
		char file[300], want[300];
		struct gathered *g;

		snprintf(file, sizeof file, "Original Install Date: %s\nSystem Boot Time: %s\nHost Name:\n",
			boots[i].installed, boots[i].booted);
		snprintf(want, sizeof want, "2 host name=boot_time text=%s\n", boots[i].booted);
		if (boots[i].second)
			snprintf(want, sizeof want,
				"2 host name=boot_time text=%s number=%" PRId64 "000000\n", boots[i].booted,
				boots[i].second);
		g = gather(&parser_systeminfo, span_of(file));
		CHECK_TEXT(g->text, want);
		free(g);
	}
}

static void try_memory(void)
{
	static const struct {
		const char *text;
		int64_t megabytes; /* 0: not understood */
	} sizes[] = { { "2,047 MB", 2047 }, { "2.047 MB", 2047 }, { "2 047 MB", 2047 }, { "2'047 MB", 2047 },
		{ "2\u00A0047 Mo", 2047 }, { "2\u00E1047 MB", 2047 }, { "2\u202F047\u00A0Mo", 2047 },
		{ "2047 MB", 2047 }, { "512 MB", 512 }, { "1,048,576 MB", 1048576 },
		{ "1,31,072 MB", 131072 }, { "2 047 \u041C\u0411", 2047 }, { "2?047 MB", 2047 },
		{ "2,04 MB", 0 }, { "MB", 0 }, { "2,047", 0 }, { "-5 MB", 0 }, { "2,047 MBx", 0 } };

	for (size_t i = 0; i < LEN(sizes); i++) {
		char file[200], number[60];
		struct gathered *g;

		snprintf(file, sizeof file, "Host Name:\nTotal Physical Memory: %s\n", sizes[i].text);
		snprintf(number, sizeof number, " number=%" PRId64 "\n", sizes[i].megabytes * 1048576);
		g = gather(&parser_systeminfo, span_of(file));
		CHECK_INT(g->records, sizes[i].megabytes ? 1 : 0);
		CHECK_INT(strstr(g->text, number) != NULL, sizes[i].megabytes != 0);
		free(g);
	}
}

static void try_bids(void)
{
	CHECK_INT(gather_bid(&parser_systeminfo, SPAN(OLD)), 80);
	CHECK_INT(gather_bid(&parser_systeminfo, SPAN(CSV_LABELS)), 85);
	CHECK_INT(gather_bid(&parser_systeminfo, SPAN(CSV_VALUES("A", ""))), 85);
	CHECK_INT(gather_bid(&parser_systeminfo, span_of(examples[4].bytes)), 70);
	CHECK_INT(gather_bid(&parser_systeminfo, SPAN("Date: today\n" OLD)), 65);
	CHECK_INT(gather_bid(&parser_systeminfo, SPAN("A: B\nC: D\nE: 1.2.3456 x 3456\n")), 40);
	CHECK_INT(gather_bid(&parser_systeminfo,
			  SPAN("OS Name\tWindows\nVersion\t5.2.3790 Service Pack 2 Build 3790\n")),
		0);
	CHECK_INT(gather_bid(&parser_systeminfo, SPAN("\"a\",\"b\"\n1,2\n")), 0);
}

static void try_encodings(void)
{
	struct arena *a = arena_open();

	for (int i = 0; i < 4; i++) {
		struct span wide = utf16_of(a, SPAN(OLD), i & 1, i & 2);
		struct gathered *g = gather(&parser_systeminfo, wide);

		CHECK_TEXT(g->text, OLD_FACTS);
		CHECK_INT(gather_bid(&parser_systeminfo, wide), 80);
		free(g);
	}
	arena_close(a);
}

/* Cut anywhere, and with any byte changed: no crash, valid text; a cut output states no fact that the whole
 * does not, but for the name or system that the cut is in. */
static void try_damage(void)
{
	struct span whole = SPAN(OLD);
	char copy[sizeof OLD];
	unsigned random = 1;

	for (size_t n = 0; n < whole.n; n++) {
		struct gathered *g = gather(&parser_systeminfo, text_head(whole, n));
		const char *number = strstr(g->text, "number=");

		CHECK(!g->bad_text);
		for (; number; number = strstr(number + 1, "number="))
			CHECK(strncmp(number + 7, "1048496\n", 8) == 0 ||
				strncmp(number + 7, "-300\n", 5) == 0 ||
				strncmp(number + 7, "3757047808\n", 11) == 0);
		free(g);
		memcpy(copy, whole.p, whole.n);
		random = random * 1664525u + 1013904223u;
		copy[n] = (char)(random >> 24);
		copy[(random >> 8) % whole.n] = ":\"[],\n \t"[random >> 5 & 7];
		g = gather(&parser_systeminfo, (struct span){ copy, whole.n });
		CHECK(!g->bad_text);
		free(g);
	}
}

/* Long lines, many lines, many outputs. */
static void try_many(void)
{
	static const char *const pieces[] = { "a: b", " ", "\"\",\"", ": ", "1,", "Host Name: A\n",
		"x: 1.1.1111 1111\n",
		"\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\",\"l\",\"m\",\"n\",\"o\",\"p\",\"q\",\"r\",\"s\",\"t\",\"u\"\n",
		"V: 6.1.7601 7601 7601 ", "M: 1,111,111,111",
		"Time Zone: (UTC)aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\na\n" };

	for (size_t i = 0; i < LEN(pieces); i++) {
		size_t n = strlen(pieces[i]), times = 1000000 / n;
		char *bytes = malloc(n * times);
		struct gathered *g;

		if (!bytes)
			abort();
		for (size_t k = 0; k < times; k++)
			memcpy(bytes + k * n, pieces[i], n);
		g = gather(&parser_systeminfo, (struct span){ bytes, n * times });
		CHECK(!g->bad_text);
		gather_bid(&parser_systeminfo, (struct span){ bytes, n * times });
		if (i == 5)
			CHECK_INT(g->records, times);
		free(g);
		free(bytes);
	}
}

int main(void)
{
	try_examples();
	try_boots();
	try_memory();
	try_bids();
	try_encodings();
	try_damage();
	try_many();
	return check_end();
}
