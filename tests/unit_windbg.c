/* SPDX-License-Identifier: MIT
 * Are debuggers' tables read in every layout, is each taken for what it is (whole, a part, a session's), and
 * does !vm say what it measured? */
#include "tests/check.h"
#include "tests/gather.h"

#include "core/os.h"

extern const struct parser parser_windbg, parser_poolmon;

#define OLD \
	"  Pool Used:\n            NonPaged            Paged\n Tag    Allocs     Used    Allocs     Used\n"
#define NEW \
	"               NonPaged                  Paged\n Tag     Allocs         Used     Allocs         Used\n"
#define SNAP(line, rest)    line " snapshot time_source=none scope=system " rest "\n"
#define PART(line)          SNAP(line, "view=live tool=windbg")
#define N(line, tag, rest)  line " pool tag=" tag " pool=nonpaged " rest "\n"
#define P(line, tag, rest)  line " pool tag=" tag " pool=paged " rest "\n"
#define UNKNOWN(tag)        "UNKNOWN pooltag '" tag "', please update pooltag.txt"
#define UNREAD(line, count) line " note lines that are no output of !poolused or !vm: " count "; skipped\n"

static const struct example {
	const char *name, *bytes, *want;
} examples[] = {
	{ "both pools in a row, and a row of nothing",
		OLD
		" AGP         1      344         2      384desc\n Nil         0        0         0        0 \n",
		PART("3") N("4", "AGP ", "diff=1 bytes=344 driver=desc")
			P("4", "AGP ", "diff=2 bytes=384 driver=desc") },
	{ "what follows the last number without a blank",
		OLD " ohci        1      136         0        01394 OHCI\n"
		    " Abcd        0        0         3      9613 fish\n"
		    " MmSt        0        0      8684 29314741612 Mm\n",
		PART("3") N("4", "ohci", "diff=1 bytes=136 driver=1394 OHCI")
			P("5", "Abcd", "diff=3 bytes=961 driver=3 fish")
				P("6", "MmSt", "diff=8684 bytes=29314741612 driver=Mm") },
	{ "digits that run on, beyond what a 32-bit pool can hold",
		OLD " MmSt        0        0      8684 123456781394 OHCI\n"
		    " CM31        0        0      8684 123456789012x\n",
		PART("3") P("4", "MmSt", "diff=8684 bytes=123456781394 driver=OHCI")
			P("5", "CM31", "diff=8684 bytes=12345678 driver=9012x") },
	{ "a wide number shifts the row; a row one column to the left",
		OLD " MmSt        0        0      8684 293147416 Mm section\n"
		    " rx..       3     1248         0        0" UNKNOWN(
			    "  rx") "\n"
				    " Wide 12345678 1234567890         1       64x\n",
		PART("3") P("4", "MmSt", "diff=8684 bytes=293147416 driver=Mm section") N("5", "  rx",
			"diff=3 bytes=1248") N("6", "Wide", "diff=12345678 bytes=1234567890 driver=x")
			P("6", "Wide", "diff=1 bytes=64 driver=x") },
	{ "the true tag needs its four characters and both quotes",
		OLD " a...        1       16         0        0UNKNOWN pooltag 'a', please\n"
		    " b...        1       16         0        0UNKNOWN pooltag 'b\n",
		PART("3") N("4", "a...", "diff=1 bytes=16") N("5", "b...", "diff=1 bytes=16") },
	{ "flush left, and blanks that were lost",
		"kd> !poolused 4 \nPool Used:\n    NonPaged   Paged\nTag    Allocs     Used    Allocs     Used \n"
		"Abc         0        0     36405 33930272 \n  Io        1       16         0        0 \n"
		"AGP 1 16 0 01394 x\n",
		PART("4") P("5", "Abc ", "diff=36405 bytes=33930272") N("6", "  Io", "diff=1 bytes=16")
			N("7", "AGP ", "diff=1 bytes=16 driver=1394 x") },
	{ "64-bit layout",
		NEW "\n amda   5768754   5153960755         32         9360\t" UNKNOWN(
			"amda") "\n Io          12         1024          0            0\tIo\n",
		PART("2") N("4", "amda", "diff=5768754 bytes=5153960755") P("4", "amda", "diff=32 bytes=9360")
			N("5", "Io  ", "diff=12 bytes=1024 driver=Io") },
	{ "verbose, both pools; a row whose counts disagree",
		"lkd> !poolused 1\n            NonPaged                             Paged\n"
		" Tag    Allocs    Frees     Diff     Used    Allocs    Frees     Diff     Used\n"
		" File      304      134      170    65500         9        9        0        0File objects\n"
		" Wrap        5 4294967295        6      640         0        0        0        0\n"
		" Evil        5        1        3      640         0        0        0        0\n",
		"6 note Evil: Diff is not Allocs - Frees; row skipped\n" PART("3")
			N("4", "File", "allocs=304 frees=134 diff=170 bytes=65500 driver=File objects")
				P("4", "File", "allocs=9 frees=9 diff=0 bytes=0 driver=File objects")
					N("5", "Wrap", "allocs=5 frees=4294967295 diff=6 bytes=640") },
	{ "verbose, one pool, whole",
		"            Paged\n Tag    Allocs    Frees     Diff     Used\n"
		" CM31        9        1        8     4096\tx\n TOTAL         9        1        8     4096\n",
		SNAP("2", "view=snapshot tool=windbg pool_paged_bytes=4096")
			P("3", "CM31", "allocs=9 frees=1 diff=8 bytes=4096 driver=x") },
	{ "one group of columns and no word of which pool",
		" Tag    Allocs    Frees     Diff     Used\n CM31        9        1        8     4096\n",
		"1 note tables that do not say which pool they are of: 1; skipped\n" UNREAD("2", "1") },
	{ "whole",
		OLD " Io          1       16         2       32\n MmSt        0        0         3       64\n"
		    " TOTAL           1        16         5       96\n",
		SNAP("3", "view=snapshot tool=windbg pool_nonpaged_bytes=16 pool_paged_bytes=96")
			N("4", "Io  ", "diff=1 bytes=16") P("4", "Io  ", "diff=2 bytes=32")
				P("5", "MmSt", "diff=3 bytes=64") },
	{ "rows left out by hand",
		OLD " MmSt        0        0         3       64x\n ...\n"
		    " TOTAL           1        16         5       96\n",
		"6 note rows of the nonpaged pool add up to 0 bytes, the TOTAL row says 16; taken as a part of the table\n"
		"6 note rows of the paged pool add up to 64 bytes, the TOTAL row says 96; taken as a part of the table\n" SNAP(
			"3", "view=live tool=windbg pool_nonpaged_bytes=16 pool_paged_bytes=96") P("4",
			"MmSt",
			"diff=3 bytes=64 driver=x") "5 note places where rows were left out by hand: 1; what is there was read\n" },
	{ "rows of more than the TOTAL",
		OLD
		" MmSt        1       16         3       64\n TOTAL           1        16         2       48\n",
		"5 note rows of the paged pool add up to 64 bytes, the TOTAL row says 48; rows kept, the TOTAL not used\n" SNAP(
			"3", "view=snapshot tool=windbg pool_nonpaged_bytes=16")
			N("4", "MmSt", "diff=1 bytes=16") SNAP("3", "view=live tool=windbg")
				P("4", "MmSt", "diff=3 bytes=64") },
	{ "only the paged pool is whole",
		OLD
		" Ntff        1       16         3       64\n TOTAL           9       900         3       64\n",
		"5 note rows of the nonpaged pool add up to 16 bytes, the TOTAL row says 900; taken as a part of the table\n" SNAP(
			"3", "view=snapshot tool=windbg pool_paged_bytes=64") P("4", "Ntff",
			"diff=3 bytes=64") SNAP("3", "view=live tool=windbg pool_nonpaged_bytes=900")
			N("4", "Ntff", "diff=1 bytes=16") },
	{ "one tag on request: its sum is no pool's total",
		"kd> !poolused 4 Mm*\n" OLD
		" MmSt        0        0         3       64x\n TOTAL           0         0         3       64\n",
		PART("4") P("5", "MmSt", "diff=3 bytes=64 driver=x") },
	{ "all tags on request",
		"kd> !poolused 0x4 *\n" OLD
		" MmSt        0        0         3       64x\n TOTAL           0         0         3       64\n",
		SNAP("4", "view=snapshot tool=windbg pool_nonpaged_bytes=0 pool_paged_bytes=64")
			P("5", "MmSt", "diff=3 bytes=64 driver=x") },
	{ "session pool, by its flag and by its words",
		"kd> !poolused c\n" OLD
		" Gh05        0        0         3       64x\n TOTAL           0         0         3       64\n"
		" Sorting by Session Paged Pool Consumed\n" OLD
		" Gh06        0        0         3       64x\n",
		"4 snapshot time_source=none scope=session view=snapshot tool=windbg\n" P("5", "Gh05",
			"diff=3 bytes=64 driver=x") "10 snapshot time_source=none scope=session view=live tool=windbg\n" P("11",
			"Gh06", "diff=3 bytes=64 driver=x") },
	{ "a tag twice",
		OLD
		" ....        1       16         0        0x\n Io          1       16         0        0x\n"
		" ....        2       32         0        0x\n",
		"6 note ....: a second row of this tag in one table; row skipped\n" PART("3") N(
			"4", "....", "diff=1 bytes=16 driver=x") N("5", "Io  ", "diff=1 bytes=16 driver=x") },
	{ "two tables, and what stands after a TOTAL",
		OLD
		" Io          1       16         0        0x\n TOTAL           1        16         0        0\n"
		" Abcd        1        2         3        4\nkd> !poolused\n" OLD
		" Pool        1       16         0        0x\nkd> dd 1\n Abcd        1        2         3        4\n",
		SNAP("3", "view=snapshot tool=windbg pool_nonpaged_bytes=16 pool_paged_bytes=0")
			N("4", "Io  ", "diff=1 bytes=16 driver=x") PART("10")
				N("11", "Pool", "diff=1 bytes=16 driver=x") UNREAD("6", "2") },
	{ "numbers beyond their columns; an empty table",
		OLD " Huge 4294967296       16         0        0x\n"
		    " Over        1       16         1 99999999999999999999999 x\n",
		"4 note Huge: a number is too large for its column; row skipped\n"
		"5 note Over: a number is too large for its column; row skipped\n"
		"3 note the table holds no rows; kept as an empty snapshot\n" PART("3") },
	{ "pooltracker",
		"Tag    NpAllocs NpFrees  NpBytes  PgAllocs PgFrees  PgBytes  Driver\n"
		"------ -------- -------- -------- -------- -------- -------- ------\n"
		"MmSt          0        0        0    40112    38210  2811904 nt\n",
		SNAP("1", "view=live tool=pooltracker")
			P("3", "MmSt", "allocs=40112 frees=38210 diff=1902 bytes=2811904 driver=nt") },

	/* ---- !vm ---- */
	{ "what it measures",
		"\tPhysical Memory:     917376   (  3669504 Kb)\n\tFree System PTEs:     18344   (    73376 Kb)\n"
		"\tNonPagedPool Usage:    9122   (    36488 Kb)\n\tNonPagedPool Max:     65279   (   261116 Kb)\n"
		"\tPagedPool 0 Usage:    61003   (   244012 Kb)\n\tPagedPool Usage:      69828   (   279312 Kb)\n"
		"\tPagedPool Maximum:    88064   (   352256 Kb)\n\tCommit limit:       1402770   (  5611080 Kb)\n",
		"1 host name=ram_bytes text=917376   (  3669504 Kb) number=3757572096\n"
		"2 host name=free_system_ptes text=18344   (    73376 Kb) number=18344\n"
		"4 host name=nonpaged_pool_max_bytes text=65279   (   261116 Kb) number=267382784\n"
		"7 host name=paged_pool_max_bytes text=88064   (   352256 Kb) number=360710144\n" SNAP("1",
			"view=live tool=windbg physical_bytes=3757572096 commit_limit_bytes=5745745920"
			" pool_nonpaged_bytes=37363712 pool_paged_bytes=286015488") },
	{ "separators, other blanks, numbers that disagree, no symbols",
		"Free System PTEs: 33,484,120 (133,936,480 Kb)\nPaged Pool Maximum: 262144(1.048.576 KB)\n"
		"PagedPool Maximum: 26214 ( 1048576 Kb)\nNonPagedPool Max: 0 ( 0 Kb)\n",
		"1 host name=free_system_ptes text=33,484,120 (133,936,480 Kb) number=33484120\n"
		"2 host name=paged_pool_max_bytes text=262144(1.048.576 KB) number=1073741824\n"
		"3 note lines of !vm whose pages and Kb do not agree: 1; not used\n" },
	{ "a nonpaged pool in two parts has no total",
		"NonPagedPool Usage: 10 ( 40 Kb)\nNonPagedPoolNx Usage: 100 ( 400 Kb)\nPagedPool Usage: 5 ( 20 Kb)\n",
		SNAP("1", "view=live tool=windbg pool_paged_bytes=20480") },
	{ "beside a table it gives the totals; a second one is another capture",
		"kd> !poolused 4\n" OLD
		" MmSt        0        0         3       64x\n TOTAL           0         0         3       64\n"
		"kd> !vm 1\nPagedPool Usage: 5 ( 20 Kb)\nkd> !vm 1\nPagedPool Usage: 6 ( 24 Kb)\n",
		SNAP("4", "view=snapshot tool=windbg pool_nonpaged_bytes=0 pool_paged_bytes=20480")
			P("5", "MmSt", "diff=3 bytes=64 driver=x")
				SNAP("10", "view=live tool=windbg pool_paged_bytes=24576") },
	{ "it says nothing of a session's pool",
		"kd> !vm 1\nPagedPool Usage: 5 ( 20 Kb)\nkd> !poolused 8\n" OLD
		" Gh05        0        0         3       64x\nkd> !vm 1\nPagedPool Usage: 6 ( 24 Kb)\n",
		SNAP("2", "view=live tool=windbg pool_paged_bytes=20480") "6 snapshot time_source=none scope=session view=live tool=windbg\n" P(
			"7", "Gh05", "diff=3 bytes=64 driver=x")
			SNAP("9", "view=live tool=windbg pool_paged_bytes=24576") },

	/* ---- systems and times ---- */
	{ "kernels",
		"Windows 2000 Kernel Version 2195 (Service Pack 4) UP Free x86 compatible\n"
		"Windows 10 Kernel Version 19041 MP (8 procs) Free x64\n"
		"Windows Longhorn Kernel Version 5048 MP Checked x64\nWindows NT 4 Kernel Version 1381\n",
		"1 host name=os text=Windows 2000\n1 host name=os_version text=5.0.2195 Service Pack 4\n"
		"1 host name=arch text=x86\n2 host name=os text=Windows 10\n2 host name=os_version text=10.0.19041\n"
		"2 host name=arch text=x64\n3 host name=os text=Windows Longhorn\n3 host name=arch text=x64\n"
		"4 host name=os text=Windows NT 4\n4 host name=os_version text=4.0.1381\n" },
	{ "the time holds for all that a dump shows, until the next dump",
		"Debug session time: Tue Mar  9 06:15:44.531 2010 (GMT-8)\nSystem Uptime: 1 days 1:00:09.015\n"
		"PagedPool Usage: 5 ( 20 Kb)\n2: kd> !poolused 3\n            Paged\n Tag    Allocs    Frees     Diff     Used\n"
		" CM31        9        1        8     4096\tx\n2: kd> !vm\n2: kd> !vm\nPagedPool Usage: 5 ( 20 Kb)\n"
		"Loading Dump File [C:\\b.dmp]\nSystem Uptime: 2 days 1:00:09.015\nPagedPool Usage: 7 ( 28 Kb)\n",
		"2 host name=uptime_seconds text=1 days 1:00:09 number=90009\n"
		"6 snapshot time=1268144144531000 time_text=Tue Mar  9 06:15:44.531 2010 (GMT-8) time_source=debugger"
		" scope=system view=live tool=windbg pool_paged_bytes=20480\n" P("7", "CM31",
			"allocs=9 frees=1 diff=8 bytes=4096 driver=x") "10 snapshot time=1268144144531000 time_text=Tue Mar  9 06:15:44.531 2010 (GMT-8) time_source=debugger"
								       " scope=system view=live tool=windbg pool_paged_bytes=20480\n" SNAP(
									       "13",
									       "view=live tool=windbg pool_paged_bytes=28672") },
	{ "livekd: one round of commands shares the time, what is shown again has none",
		"Loading Dump File [C:\\WINDOWS\\livekd.dmp]\nDebug session time: Tue Mar  9 06:15:44 2010\n"
		"0: kd> !poolused 2\n Sorting by NonPaged Pool Consumed\n" OLD
		" Io          1       16         0        0x\n0: kd> !poolused 4\n Sorting by Paged Pool Consumed\n" OLD
		" MmSt        0        0         1       16x\n0: kd> !poolused 4\n Sorting by Paged Pool Consumed\n" OLD
		" MmSt        0        0         1       32x\n",
		"7 snapshot local=1268115344000000 time_text=Tue Mar  9 06:15:44 2010 time_source=debugger"
		" scope=system view=live tool=windbg\n" N("8", "Io  ",
			"diff=1 bytes=16 driver=x") "13 snapshot local=1268115344000000 time_text=Tue Mar  9 06:15:44 2010 time_source=debugger"
						    " scope=system view=live tool=windbg\n" P("14", "MmSt",
							    "diff=1 bytes=16 driver=x") PART("19")
							    P("20", "MmSt", "diff=1 bytes=32 driver=x") },
	{ "without a zone it is a clock's; on a running system it does not hold for a second look",
		"Debug session time: Tue Mar 09 06:15:44 2010\nlkd> !vm\nPagedPool Usage: 5 ( 20 Kb)\n"
		"lkd> !vm\nPagedPool Usage: 6 ( 24 Kb)\n",
		"3 snapshot local=1268115344000000 time_text=Tue Mar 09 06:15:44 2010 time_source=debugger"
		" scope=system view=live tool=windbg pool_paged_bytes=20480\n" SNAP(
			"5", "view=live tool=windbg pool_paged_bytes=24576") },
	{ "a time that is none", "Debug session time: not available\nPagedPool Usage: 6 ( 24 Kb)\n",
		"1 note the session's time is in a spelling that is not known; not used\n" SNAP(
			"2", "view=live tool=windbg pool_paged_bytes=24576") },
};

static void test_examples(void)
{
	for (size_t i = 0; i < LEN(examples); i++) {
		int before = check_failed;
		struct gathered *g = gather(&parser_windbg, span_of(examples[i].bytes));

		CHECK_TEXT(g->text, examples[i].want);
		CHECK(!g->bad_text && !g->sink.cut);
		if (check_failed > before)
			printf("in %s\n", examples[i].name);
		free(g);
	}
}

/* ---- ends ---- */

static const struct end {
	const char *name, *bytes, *want;
} ends[] = {
	{ "within a row", OLD " Io          1       16         2       32x\n MmSt        0   ",
		"5 note a row is cut or damaged; skipped\n" PART("3") N(
			"4", "Io  ", "diff=1 bytes=16 driver=x") P("4", "Io  ", "diff=2 bytes=32 driver=x") },
	{ "within its last number",
		OLD " Io          1       16         0        0x\n MmSt        0        0         2 12345",
		"5 note the last row ends in a number, which may be cut; row skipped\n" PART("3")
			N("4", "Io  ", "diff=1 bytes=16 driver=x") },
	{ "within a tag", OLD " Io          1       16         0        0x\n Mm",
		PART("3") N("4", "Io  ", "diff=1 bytes=16 driver=x") UNREAD("5", "1") },
	{ "within the TOTAL", OLD " Io          1       16         0        0x\n TOTAL           1",
		"5 note the TOTAL row is cut or damaged; not used\n" PART("3")
			N("4", "Io  ", "diff=1 bytes=16 driver=x") },
};

static void test_ends(void)
{
	for (size_t i = 0; i < LEN(ends); i++) {
		int before = check_failed;
		struct gathered *g = gather(&parser_windbg, span_of(ends[i].bytes));

		CHECK_TEXT(g->text, ends[i].want);
		CHECK(g->sink.cut);
		if (check_failed > before)
			printf("cut %s\n", ends[i].name);
		free(g);
	}
}

/* ---- bids ---- */

static void test_bids(void)
{
	static const struct {
		const char *bytes;
		int least, most;
	} bids[] = {
		{ OLD " Io          1       16         0        0x\n", 90, 100 },
		{ "PagedPool Usage: 5 ( 20 Kb)\nPagedPool Maximum: 50 ( 200 Kb)\n", 90, 100 },
		{ "0: kd> !poolused 4\n", 60, 60 },
		{ "", 0, 0 },
		{ "PagedPool Usage: 5 ( 20 Kb)\n", 0, 0 },
		{ "Windows 2000 Kernel Version 2195 (Service Pack 4) UP Free x86 compatible\n", 0, 0 },
		{ " Tag  Type     Allocs         Frees    Diff   Bytes    Per Alloc\n", 0, 0 },
		{ "[POOLMON] TIME:1700000000.1 VCPU:0 CR3:0x1aa000,\"System\" MmSt,PagedPool,64\n", 0, 0 },
	};

	for (size_t i = 0; i < LEN(bids); i++) {
		int bid = gather_bid(&parser_windbg, span_of(bids[i].bytes));

		CHECK(bid >= bids[i].least && bid <= bids[i].most);
		if (bids[i].least)
			CHECK_INT(gather_bid(&parser_poolmon, span_of(bids[i].bytes)), 0);
	}
}

/* ---- torture ---- */

struct torture {
	struct os_walk walk;
	size_t files;
};

/* Cut at every byte: a longer beginning never holds fewer records, but for the row that is last and a table
 * that turns out to be whole. */
static void cut_anywhere(struct span bytes)
{
	size_t records = 0;

	for (size_t n = 0; n <= bytes.n; n++) {
		struct gathered *g = gather(&parser_windbg, text_head(bytes, n));

		CHECK(!g->bad_text);
		/* a row that waits to be whole, a split that is not yet one */
		CHECK(g->records + 2 >= records);
		records = g->records > records ? g->records : records;
		free(g);
	}
}

static void flip_bytes(struct span bytes)
{
	char *copy = malloc(bytes.n + 1);
	uint32_t random = 1;

	if (!copy)
		abort();
	for (int round = 0; round < 300; round++) {
		struct gathered *g;

		memcpy(copy, bytes.p, bytes.n);
		for (int i = 0; i < 8; i++) {
			random = random * 1664525 + 1013904223;
			copy[(random >> 8) % bytes.n] = (char)(random >> 24);
		}
		g = gather(&parser_windbg, (struct span){ copy, bytes.n });
		CHECK(!g->bad_text);
		free(g);
	}
	free(copy);
}

static void on_file(struct os_walk *w, const char *path, const char *name)
{
	struct torture *t = (struct torture *)(void *)w;
	struct err e;
	struct os_file *file = os_open(path, &e);
	char bytes[4096];
	long n = file ? os_read(file, bytes, sizeof bytes) : 0;

	(void)name;
	CHECK(n > 0);
	os_close(file);
	if (n <= 0)
		return;
	t->files++;
	CHECK(gather_bid(&parser_windbg, (struct span){ bytes, (size_t)n }) >= 90);
	CHECK_INT(gather_bid(&parser_poolmon, (struct span){ bytes, (size_t)n }), 0);
	cut_anywhere((struct span){ bytes, (size_t)n });
	flip_bytes((struct span){ bytes, (size_t)n });
}

static void on_failed(struct os_walk *w, const char *name, const char *why)
{
	(void)w;
	printf("%s: %s\n", name, why);
	CHECK(false);
}

static void test_torture(void)
{
	struct torture t = { .walk = { on_file, on_failed, NULL } };

	os_walk_folder(&t.walk, "samples/dialects/windbg");
	CHECK(t.files >= 8);
}

/* As many rows as no Windows has, each with a tag of its own; a line of digits; a line of blanks. */
static void test_size(void)
{
	size_t rows = 70000, n, room = rows * 64 + 200000;
	char *bytes = malloc(room);
	struct gathered *g;

	if (!bytes)
		abort();
	n = (size_t)snprintf(bytes, room, "%s", OLD);
	for (size_t i = 0; i < rows; i++)
		n += (size_t)snprintf(bytes + n, room - n,
			" %04x        1       16         0        0%05zu x\n", (unsigned)(i & 0xFFFF), i);
	memset(bytes + n, '7', 60000);
	bytes[n + 60000] = '\n';
	memset(bytes + n + 60001, ' ', 60000);
	g = gather(&parser_windbg, (struct span){ bytes, n + 120001 });
	CHECK_INT(g->records, 65536 + 1);
	CHECK(strstr(g->text, "more rows in one table than Windows has tags: 4464; skipped") != NULL);
	free(g);
	free(bytes);
}

int main(void)
{
	test_examples();
	test_ends();
	test_bids();
	test_torture();
	test_size();
	return check_end();
}
