/* SPDX-License-Identifier: MIT
 * Does the poolmon parser read every form of block, and is what is damaged noted instead of believed? */
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

#include "core/text.h"
#include "parsers/parser.h"
#include "tests/check.h"

/* ---- what the parser said, as text ---- */

struct log {
	struct sink sink;
	char *text;
	size_t n, room;
	uint64_t snapshots, rows, notes;
	bool quiet; /* count only */
};

static void say(struct log *log, const char *text, size_t n)
{
	if (log->n + n + 1 > log->room) {
		log->room = (log->n + n + 1) * 2;
		log->text = realloc(log->text, log->room);
	}
	memcpy(log->text + log->n, text, n);
	log->n += n;
	log->text[log->n] = '\0';
}

static void say_value(struct log *log, const char *before, const struct record *r, int column)
{
	const struct column *c = &record_types[r->kind].columns[column];
	const struct value *v = &r->v[column];
	char number[WHEN_TEXT];
	if (!v->known)
		return;
	say(log, before, strlen(before));
	if (c->type == T_TEXT || c->type == T_NAME) {
		CHECK(text_is_utf8(v->text));
		say(log, v->text.p, v->text.n);
		return;
	}
	if (c->type == T_TIME || c->type == T_LOCAL)
		when_print_plain(v->number, number);
	else
		snprintf(number, sizeof number, "%" PRId64, v->number);
	say(log, number, strlen(number));
}

static void log_record(struct sink *sink, const struct record *r)
{
	struct log *log = (struct log *)sink;
	char line[32];
	log->snapshots += r->kind == RECORD_SNAPSHOT;
	log->rows += r->kind == RECORD_POOL;
	if (log->quiet)
		return;
	snprintf(line, sizeof line, "%" PRIu64, r->line);
	say(log, line, strlen(line));
	if (r->kind == RECORD_POOL) {
		for (int i = 0; i < POOL_COLUMNS; i++)
			say_value(log, i == POOL_TAG ? "  " : " ", r, i);
	} else {
		say_value(log, " ", r, SNAPSHOT_VIEW);
		say_value(log, ", ", r, SNAPSHOT_TOOL);
		say_value(log, ", ", r, SNAPSHOT_SCOPE);
		say_value(log, ", ", r, SNAPSHOT_TIME_SOURCE);
		say_value(log, " UTC ", r, SNAPSHOT_TIME);
		say_value(log, " local ", r, SNAPSHOT_LOCAL);
		say_value(log, " or ", r, SNAPSHOT_LOCAL_OTHER);
		say_value(log, " ", r, SNAPSHOT_DATE_ORDER);
		say_value(log, " <", r, SNAPSHOT_TIME_TEXT);
		for (int i = SNAPSHOT_PHYSICAL, known = 0; i <= SNAPSHOT_POOL_PAGED; known |= r->v[i++].known)
			say_value(log, known ? " " : ", ", r, i);
	}
	say(log, "\n", 1);
}

static void log_note(struct sink *sink, uint64_t line, const char *text)
{
	struct log *log = (struct log *)sink;
	char number[32];
	log->notes++;
	CHECK(text_is_utf8(span_of(text)));
	if (log->quiet)
		return;
	snprintf(number, sizeof number, "! %" PRIu64 " ", line);
	say(log, number, strlen(number));
	say(log, text, strlen(text));
	say(log, "\n", 1);
}

static struct log last;

/* Text of everything said; valid until the next call. */
static const char *read_bytes(const char *name, const char *bytes, size_t n)
{
	struct source source = { .name = name };
	struct reader *r = reader_open_span((struct span){ bytes, n }, -1);
	bool quiet = last.quiet;
	free(last.text);
	last = (struct log){ .sink = { .record = log_record, .note = log_note }, .quiet = quiet };
	say(&last, "", 0);
	parser_run(parser_find(SPAN("poolmon")), &source, r, &last.sink);
	reader_close(r);
	return last.text;
}

static const char *read_text(const char *text)
{
	return read_bytes("pool.txt", text, strlen(text));
}

static int bid_of(const char *text, const char **missing)
{
	return parser_find(SPAN("poolmon"))->probe(span_of(text), missing);
}

/* ---- inputs ---- */

#define X86 " Tag  Type     Allocs         Frees    Diff   Bytes    Per Alloc\r\n\r\n"
#define X64 \
	" Tag  Type     Allocs            Frees               Diff            Bytes                 Per Alloc\r\n\r\n"
#define LIVE " Tag  Type     Allocs            Frees            Diff   Bytes       Per Alloc\r\n\r\n"
#define SUMMARY \
	" Memory: 4193760K Avail: 2201344K  PageFlts:  1200   InRam Krnl: 4848K P:120000K\r\n" \
	" Commit:1310720K Limit:8912896K Peak:1638400K            Pool N:29548K P:135604K\r\n"
#define SUMMARY_SAID \
	", 4294410240 2254176256 1200 4964352 122880000 1342177280 9126805504 1677721600 30257152 138858496"
#define MMST "MmSt Paged    310042    301222      8820 43323840       4912        \r\n"
#define IO   "Io   Nonp      5210      5101       109   87200        800        \r\n"

#define MMST_SAID "MmSt paged 310042 301222 8820 43323840\n"
#define IO_SAID   "Io   nonpaged 5210 5101 109 87200\n"
#define NO_TIME   "system, none"

static void test_snapshots(void)
{
	CHECK_TEXT(read_text("\r\n" SUMMARY "\r\n" X86 " " MMST " " IO),
		"5 snapshot, poolmon x86, " NO_TIME SUMMARY_SAID "\n"
		"7  " MMST_SAID "8  " IO_SAID);
	/* blocks back to back */
	CHECK_TEXT(read_text("\r\n" X86 " " MMST "\r\n" X86 " " MMST " " IO),
		"2 snapshot, poolmon x86, " NO_TIME "\n4  " MMST_SAID "6 snapshot, poolmon x86, " NO_TIME
		"\n8  " MMST_SAID "9  " IO_SAID);
	CHECK_TEXT(
		read_text(X64
			" MmSt Paged             2333062            2271779             61283      156162640             2548        \n"
			" ConT Nonp                3097               2409               688       42770432            62166        Unknown Driver\n"),
		"1 snapshot, poolmon x64, " NO_TIME "\n3  MmSt paged 2333062 2271779 61283 156162640\n"
		"4  ConT nonpaged 3097 2409 688 42770432\n");
	/* Mapped_Driver; trailing blanks lost; what stands behind a row without that column is no driver */
	CHECK_TEXT(
		read_text(
			" Tag  Type     Allocs         Frees    Diff   Bytes    Per Alloc    Mapped_Driver\n"
			" MmSt Paged    310042    301222      8820 43323840       4912        [nt!mm - prototype PTEs]\n"
			" Ab12 Nonp         1         0         1      64         64        Unknown Driver\n"
			" Cd34 Nonp         1         0         1      64         64        cut.sys\n"),
		"1 snapshot, poolmon x86, " NO_TIME
		"\n2  MmSt paged 310042 301222 8820 43323840 [nt!mm - prototype PTEs]\n"
		"3  Ab12 nonpaged 1 0 1 64\n4  Cd34 nonpaged 1 0 1 64 cut.sys\n");
	CHECK_TEXT(read_text(X86
			   " MmSt Paged    310042    301222      8820 43323840       4912   <-- look here\n"),
		"1 snapshot, poolmon x86, " NO_TIME "\n3  " MMST_SAID);
	/* header without rows, PageFlts past 2^31, 3 TiB of memory */
	CHECK_TEXT(
		read_text(
			" Memory:-1073741824K Avail:-2K  PageFlts:    -6   InRam Krnl: 4848K P:120000K\n" X86),
		"2 snapshot, poolmon x86, " NO_TIME
		", 3298534883328 4398046509056 4294967290 4964352 122880000\n"
		"! 2 1 blocks hold no rows (pool tagging may be off); kept as empty snapshots\n");
	CHECK_TEXT(read_text(X64),
		"1 snapshot, poolmon x64, " NO_TIME
		"\n! 1 1 blocks hold no rows (pool tagging may be off); kept as empty snapshots\n");
	CHECK_TEXT(read_text(" Memory:99999999999K Avail: 2K  PageFlts:  6   InRam Krnl: 4K P:1K\n" X86
			     " " MMST),
		"! 1 a number of the memory summary is too large; left out\n"
		"2 snapshot, poolmon x86, " NO_TIME ", 2048 6 4096 1024\n4  " MMST_SAID);
}

static void test_totals(void)
{
	/* -e: live layout in a snapshot, garbage in the x64 deltas; never a tag */
	CHECK_TEXT(
		read_text(X86
			" " MMST " " IO "\r\n"
			"Total Nonp      5210 (   0)      5101 (   0)      109   87200 (     0)      0\r\n"
			"Total Paged    310042 (   0)    301222 (   0)     8820 43323840 (     0)      0\r\n"),
		"1 snapshot, poolmon x86, " NO_TIME "\n3  " MMST_SAID "4  " IO_SAID);
	CHECK_TEXT(
		read_text(X64
			" MmSt Paged             2333062            2271779             61283      156162640             2548        \n\n"
			"Total Paged    2333062 (-6374262271860945518)   2271779 (-13)    61283   156162641 (-2978103317682590010)   0\n"),
		"1 snapshot, poolmon x64, " NO_TIME "\n3  MmSt paged 2333062 2271779 61283 156162640\n"
		"! 5 rows of the paged pool add up to 156162640 bytes, their Total line says 156162641; rows kept\n");
	/* the x86 tool adds up modulo 2^32 and prints it signed */
	CHECK_TEXT(
		read_text(X86
			" Aaaa Paged         1         0         1 -294967296 4000000000        \n"
			" Bbbb Paged         1         0         1 1000000000 1000000000        \n\n"
			"Total Paged         2 (   0)         0 (   0)        2 705032704 (     0)      0\n"),
		"1 snapshot, poolmon x86, " NO_TIME
		"\n3  Aaaa paged 1 0 1 4000000000\n4  Bbbb paged 1 0 1 1000000000\n");
	/* Pool P says less than the rows: something is mixed up */
	CHECK_TEXT(read_text(" Commit:1K Limit:2K Peak:3K            Pool N:29548K P:1000K\n" X86 " " MMST),
		"2 snapshot, poolmon x86, " NO_TIME ", 1024 2048 3072 30257152 1024000\n4  " MMST_SAID
		"! 2 rows of the paged pool add up to 43323840 bytes, more than the 1024000 of the summary "
		"(mixed or damaged block); rows kept\n");
	/* and 6 GiB more: the x86 tool on a big 64-bit system */
	CHECK_TEXT(read_text(" Commit:1K Limit:2K Peak:3K            Pool N:100K P:6291456K\n" X86 " " MMST),
		"2 snapshot, poolmon x86, " NO_TIME ", 1024 2048 3072 102400 6442450944\n4  " MMST_SAID
		"! 2 rows of the paged pool add up to 43323840 bytes, 4 GiB or more below the 6442450944 of the summary: "
		"the x86 tool prints bytes modulo 4 GiB; rows kept as printed\n");
}

static void test_live(void)
{
	CHECK_TEXT(
		read_text(SUMMARY
			" System pool information\n" LIVE
			" Io   Nonp      5210 (   4)      5101 (  -2)      109   87200 (  -800)    800\n"
			" MmSt Paged    310042 (-184)    301222 (   0)     8820 43323840 (     0)   4912 \n"),
		"4 live, poolmon x86, " NO_TIME SUMMARY_SAID "\n6  " IO_SAID "7  " MMST_SAID);
	CHECK_TEXT(
		read_text(SUMMARY
			" All sessions pool information\n" LIVE
			" Gh 5 Paged        17 (   0)        12 (   0)        5      2080 (          0)         416\n"),
		"4 live, poolmon x64, all sessions, none" SUMMARY_SAID "\n6  Gh 5 paged 17 12 5 2080\n");
	/* flush left, prompt before, mapped drivers, a cut driver, left out rows */
	CHECK_TEXT(
		read_text(
			"C:\\tools>poolmon /s3 /g\n\nSession 3 pool information\n"
			"Tag  Type     Allocs            Frees            Diff   Bytes      Per Alloc  Mapped_Driver\n\n"
			"Gh 5 Paged        17 (   0)        12 (   0)        5    2080 (     0)    416 [Gdi objec\n"
			"  rx Paged        17 (   0)        12 (   0)        5    2080 (     0)    416 Unknown Driver\n ...\n"),
		"4 live, poolmon x86, session 3, none\n6  Gh 5 paged 17 12 5 2080 [Gdi objec\n7    rx paged 17 12 5 2080\n"
		"! 8 1 places where rows were left out by hand; what is there was read\n"
		"! 1 1 lines are no part of poolmon's output; skipped\n");
	/* touching columns, NT 4's rule beneath the header, tags that lost their columns, Markdown */
	CHECK_TEXT(read_text(" Tag  Type    Allocs          Frees         Diff   Bytes      Per Alloc\n"
			     "-----------------------------------------------------------------------\n\n"
			     " Irp  Nonp  126693501 ( 128)126693442 ( 132)       59   18880 (     0)    320\n"
			     "Strg  Paged      90 (  10)      80 (   4)     10    1000 (   512)  100\n"),
		"1 live, poolmon x86, " NO_TIME
		"\n4  Irp  nonpaged 126693501 126693442 59 18880\n5  Strg paged 90 80 10 1000\n");
	CHECK_TEXT(read_text("## Tag   Type     Allocs    Frees    Diff    Bytes    Per Alloc\n\n"
			     "CM       Paged     90  ( 0)    80  ( 0)     10    1000   ( 0)    100\n"),
		"1 live, " NO_TIME "\n3  CM   paged 90 80 10 1000\n");
	/* two screens in one file */
	CHECK_TEXT(
		read_text(SUMMARY LIVE
			" Drsd Paged       560 ( 177)       539 ( 171)       21   17472 (  4992)    832 \n\n" SUMMARY
				LIVE
			" Drsd Paged       737 (   0)       710 (   0)       27   22464 (     0)    832  \n"),
		"3 live, poolmon x86, " NO_TIME SUMMARY_SAID "\n5  Drsd paged 560 539 21 17472\n"
		"9 live, poolmon x86, " NO_TIME SUMMARY_SAID "\n11  Drsd paged 737 710 27 22464\n");
	/* a screen with no rows yet */
	CHECK_TEXT(read_text(" System pool information\n" LIVE),
		"2 live, " NO_TIME
		"\n! 2 1 blocks hold no rows (pool tagging may be off); kept as empty snapshots\n");
	CHECK_TEXT(read_text(X86
			   " " MMST
			   " Io   Nonp      5210 (   4)      5101 (  -2)      109   87200 (  -800)    800\n"),
		"1 snapshot, poolmon x86, " NO_TIME "\n3  " MMST_SAID "4  " IO_SAID
		"! 1 1 blocks mix rows with and without deltas; kept as one\n");
}

/* Quoted by a mail program: the column line alone would make an empty snapshot of a full one. */
static void test_quoted(void)
{
	CHECK_TEXT(read_text("> ===== 2010-11-03 14:05:11.53 =====\n>\n> " X86 ">  ...\n>  " MMST "> >  " IO),
		"3 snapshot, poolmon x86, system, marker local 2010-11-03 14:05:11 ymd <2010-11-03 14:05:11.53\n6  " MMST_SAID
		"7  " IO_SAID "! 5 1 places where rows were left out by hand; what is there was read\n");
	const char *missing;
	CHECK_INT(bid_of(">  " MMST ">  " IO ">  " MMST, &missing), 75);
}

static void test_tags(void)
{
	static const char rows[] =
		X86 " Nonp Paged         1         0         1      48         48        \r\n"
		    " Tag  Paged         1         0         1      48         48        \r\n"
		    " Tota Nonp          1         0         1      48         48        \r\n"
		    "   rx Paged         1         0         1      48         48        \r\n"
		    " rx   Paged         1         0         1      48         48        \r\n"
		    "      Paged         1         0         1      48         48        \r\n"
		    " (()( Paged         1         0         1      48         48        \r\n"
		    " %s%d Paged         1         0         1      48         48        \r\n"
		    " A\tB\r\n Paged         1         0         1      48         48        \r\n"
		    " A\r\nBC Paged         1         0         1      48         48        \r\n"
		    " A\r\n\r\n\r\n Paged         1         0         1      48         48        \r\n"
		    " A\x1A"
		    "B  Paged         1         0         1      48         48        \r\n"
		    " \x01\x02\x03\x04 Paged         1         0         1      48         48        \r\n"
		    " N\0"
		    "UL Paged         1         0         1      48         48        \r\n"
		    " Pro\xE3 Paged         1         0         1      48         48        \r\n"
		    " \xC3\xA5"
		    "xx Paged         1         0         1      48         48        \r\n"
		    " mmst Paged         1         0         1      48         48        \r\n"
		    " MmSt Nonp          1         0         1      48         48        \r\n"
		    " MmSt Paged         1         0         1      48         48        \r\n";
	CHECK_TEXT(read_bytes("x", rows, sizeof rows - 1),
		"1 snapshot, poolmon x86, " NO_TIME "\n"
		"3  Nonp paged 1 0 1 48\n4  Tag  paged 1 0 1 48\n5  Tota nonpaged 1 0 1 48\n6    rx paged 1 0 1 48\n"
		"7  rx   paged 1 0 1 48\n8       paged 1 0 1 48\n9  (()( paged 1 0 1 48\n10  %s%d paged 1 0 1 48\n"
		"11  A\\x09B\\x0A paged 1 0 1 48\n13  A\\x0ABC paged 1 0 1 48\n15  A\\x0A\\x0A\\x0A paged 1 0 1 48\n"
		"19  A\\x1AB  paged 1 0 1 48\n20  \\x01\\x02\\x03\\x04 paged 1 0 1 48\n21  N\\x00UL paged 1 0 1 48\n"
		"22  Pro\\xE3 paged 1 0 1 48\n23  \\xC3\\xA5xx paged 1 0 1 48\n24  mmst paged 1 0 1 48\n"
		"25  MmSt nonpaged 1 0 1 48\n26  MmSt paged 1 0 1 48\n"
		"! 0 1 lines are not valid UTF-8; read as Windows-1252\n! 21 1 lines hold NUL bytes; read on past them\n");
	/* PowerShell's UTF-8: the character is the byte of Windows-1252; pi went through code page 437 */
	CHECK_TEXT(read_text(X86 " Pro\xC3\xA3 Paged         1         0         1      48         48\n"
				 " Pro\xCF\x80 Paged         1         0         1      48         48\n"),
		"1 snapshot, poolmon x86, " NO_TIME "\n3  Pro\\xE3 paged 1 0 1 48\n4  Pro? paged 1 0 1 48\n"
		"! 4 1 rows whose tag went through another code page; what could not be told became '?'\n");
	/* indented as a whole: the column line tells how far */
	CHECK_TEXT(read_text("     Tag  Type     Allocs         Frees    Diff   Bytes    Per Alloc\n\n"
			     "       rx Paged         1         0         1      48         48\n"
			     "     MmSt Paged         1         0         1      48         48\n"),
		"1 snapshot, poolmon x86, " NO_TIME "\n3    rx paged 1 0 1 48\n4  MmSt paged 1 0 1 48\n");
	/* one blank above a row that lost its columns is no tag that begins with a line feed */
	CHECK_TEXT(read_text(X86 " \nIo  Paged         1         0         1      48         48\n"),
		"1 snapshot, "
		"poolmon x86, " NO_TIME "\n4  Io   paged 1 0 1 48\n");
}

static void test_numbers(void)
{
	/* x86: signed 32 bits. 2249056121 of 1000000000 * n bytes is a remainder modulo 2^32 */
	CHECK_TEXT(read_text(X86
			   " Wrap Paged        10        -6        16    1600        100        \n"
			   " Big1 Nonp  -294967296 -1294967296  1000000000 -2045911175          2        \n"
			   " Neg1 Paged         1         5        -4    -616          0        \n"
			   " Stal Paged        20        20         0     512        512        \n"
			   " Zero Paged        20        20         0       0          0        \n"),
		"1 snapshot, poolmon x86, " NO_TIME "\n3  Wrap paged 10 4294967290 16 1600\n"
		"4  Big1 nonpaged 4000000000 3000000000 1000000000 2249056121\n"
		"5  Neg1 paged 1 5 4294967292 -616\n6  Stal paged 20 20 0 512\n7  Zero paged 20 20 0 0\n"
		"! 4 1 rows hold too few bytes for their allocations (the x86 tool prints bytes modulo 4 GiB); kept as printed\n"
		"! 5 1 rows count fewer bytes than none (more was freed than allocated); kept as printed\n");
	CHECK_TEXT(
		read_text(X64
			" Neg1 Paged                  1                  5        4294967292           -616       4294967299        \n"
			" Neg2 Paged                  1                  0                 1           -616 18446744073709551000        \n"
			" Big1 Nonp          4000000000         3000000000        1000000000 123456789012345           123456        \n"),
		"1 snapshot, poolmon x64, " NO_TIME
		"\n3  Neg1 paged 1 5 4294967292 -616\n4  Neg2 paged 1 0 1 -616\n"
		"5  Big1 nonpaged 4000000000 3000000000 1000000000 123456789012345\n"
		"! 3 2 rows count fewer bytes than none (more was freed than allocated); kept as printed\n");
	/* a wrong number is worse than none; a wrong Per Alloc alone is not */
	CHECK_TEXT(
		read_text(X86
			" Aaaa Paged        10         3         8    1600        200        \n"
			" Bbbb Paged        10         2         8    1600        201        \n"
			" Cccc Paged 9999999999         2         8    1600        200        \n"
			" Dddd Paged        10         2         8 99999999999999999999        200        \n"
			" Eeee Paged        10         2         8    1600\n"
			" Ffff Paged     1,310     1,300        10    1600        160        \n"
			" Gggg Paged\n"
			" Hhhh Pag"),
		"! 3 Aaaa paged: Diff is not Allocs - Frees; row skipped\n"
		"1 snapshot, poolmon x86, " NO_TIME "\n4  Bbbb paged 10 2 8 1600\n"
		"! 5 Cccc paged: a number is too large for its column; row skipped\n"
		"! 6 Dddd paged: a number is too large for its column; row skipped\n"
		"! 7 a row is cut or damaged; skipped\n! 8 a row is cut or damaged; skipped\n"
		"! 9 a row is cut or damaged; skipped\n! 10 a row is cut or damaged; skipped\n"
		"! 4 1 rows whose Per Alloc is not Bytes / Diff; kept, for Diff is Allocs - Frees\n");
	/* a missed boundary: the first row of a tag and pool stays */
	CHECK_TEXT(
		read_text(X86
			" " MMST
			" MmSt Paged         1         0         1      48         48\n MmSt Nonp          1         0         1      48         48\n"),
		"1 snapshot, poolmon x86, " NO_TIME "\n3  " MMST_SAID
		"! 4 MmSt paged: a second row of this tag and pool in one block, whose end must be missing; row skipped\n"
		"5  MmSt nonpaged 1 0 1 48\n");
}

static void test_headless(void)
{
	/* what findstr MmSt leaves of a log of three: as many captures, each of one row */
	CHECK_TEXT(
		read_text(
			" " MMST
			" MmSt Paged    310043    301222      8821 43328752       4912\n MmSt Paged    310044    301222      8822 43333664       4912\n"),
		"1 live, poolmon x86, " NO_TIME "\n1  " MMST_SAID "2 live, poolmon x86, " NO_TIME
		"\n2  MmSt paged 310043 301222 8821 43328752\n"
		"3 live, poolmon x86, " NO_TIME "\n3  MmSt paged 310044 301222 8822 43333664\n"
		"! 1 3 blocks have no column line; taken as parts of a capture, for their numbers agree\n");
	/* with stamps between */
	CHECK_TEXT(read_text("2010-11-03 14:05\n " MMST "2010-11-03 14:35\n " MMST "2010-11-03 15:05\n " MMST
			     " " IO),
		"2 live, poolmon x86, system, date line local 2010-11-03 14:05:00 ymd <2010-11-03 14:05\n2  " MMST_SAID
		"4 live, poolmon x86, system, date line local 2010-11-03 14:35:00 ymd <2010-11-03 14:35\n4  " MMST_SAID
		"6 live, poolmon x86, system, date line local 2010-11-03 15:05:00 ymd <2010-11-03 15:05\n6  " MMST_SAID
		"7  " IO_SAID
		"! 2 3 blocks have no column line; taken as parts of a capture, for their numbers agree\n");
	/* two are too few; one that fails ends the row of three */
	CHECK_TEXT(read_text(" " MMST " " IO),
		"! 1 a row stands alone, without a column line; skipped\n! 2 a row stands alone, without a column line; skipped\n");
	CHECK_TEXT(read_text(" " MMST " " IO
			     " Bbbb Paged        10         2         8    1600        201\n " MMST),
		"! 1 a row stands alone, without a column line; skipped\n! 2 a row stands alone, without a column line; skipped\n"
		"! 3 a row stands without a column line and its numbers disagree; skipped\n"
		"! 4 a row stands alone, without a column line; skipped\n");
	CHECK_TEXT(read_text(" " MMST X86 " " IO), "! 1 a row stands alone, without a column line; skipped\n"
						   "2 snapshot, poolmon x86, " NO_TIME "\n4  " IO_SAID);
}

static void test_times(void)
{
	/* the marker's text allows both orders; the other half of the file does not matter here */
	CHECK_TEXT(read_text("===== 03/11/2010 14:05:11.53 ===== \r\n\r\n" X86 " " MMST
			     "===== 03/11/2010 14:35:11.53 ===== \r\n\r\n" X86 " " MMST),
		"3 snapshot, poolmon x86, system, marker local 2010-11-03 14:05:11 or 2010-03-11 14:05:11  <03/11/2010 14:05:11.53\n5  " MMST_SAID
		"8 snapshot, poolmon x86, system, marker local 2010-11-03 14:35:11 or 2010-03-11 14:35:11  <03/11/2010 14:35:11.53\n10  " MMST_SAID);
	CHECK_TEXT(read_text("Wed 11/03/2010 \r\n02:05 PM\r\n\r\n" X86 " " MMST),
		"4 snapshot, poolmon x86, system, date line local 2010-11-03 14:05:00 mdy <Wed 11/03/2010 02:05 PM\n6  " MMST_SAID);
	CHECK_TEXT(read_text("\r\nMittwoch, 3. November 2010 14:05:11\r\n\r\n\r\nC:\\>poolmon -n x\r\n" X86
			     " " MMST),
		"6 snapshot, poolmon x86, system, date line local 2010-11-03 14:05:11 dmy <Mittwoch, 3. November 2010 14:05:11\n8  " MMST_SAID
		"! 5 1 lines are no part of poolmon's output; skipped\n");
	CHECK_TEXT(read_text("2010.11.03-14:05:11 Eastern Standard Time (clock of the PC)\r\n" X86 " " MMST),
		"2 snapshot, poolmon x86, system, zoned stamp local 2010-11-03 14:05:11 ymd <2010.11.03-14:05:11 Eastern Standard Time\n4  " MMST_SAID);
	/* UTC where the source itself says so; what the tool says outranks the script */
	CHECK_TEXT(
		read_text(
			"!LogType=pool\r\n!ComputerName=X\r\n!SystemTime=11\\03\\2010 14:05:11.0000 (GMT)\r\n2010-11-03 15:05\r\n" X86
			" " MMST),
		"5 snapshot, poolmon x86, system, zoned stamp UTC 2010-11-03 14:05:11  <11\\03\\2010 14:05:11.0000 (GMT)\n7  " MMST_SAID);
	/* a stamp belongs to the next block, and to no other */
	CHECK_TEXT(read_text("2010-11-03 14:05\r\n2010-11-03 14:06\r\n" X86 " " MMST X86 " " IO
			     "2010-11-03 15:05\r\n"),
		"3 snapshot, poolmon x86, system, date line local 2010-11-03 14:06:00 ymd <2010-11-03 14:06\n5  " MMST_SAID
		"6 snapshot, poolmon x86, " NO_TIME "\n8  " IO_SAID
		"! 9 the time stamp \"2010-11-03 15:05\" has no block after it; not used\n");
	/* a date alone is no time */
	CHECK_TEXT(read_text("2010-11-03\r\n" X86 " " MMST),
		"2 snapshot, poolmon x86, " NO_TIME "\n4  " MMST_SAID
		"! 2 1 dates or times of day stand alone before a block; not used\n");
	/* the file's name: first block only, and only where nothing better stands */
	const char two[] = X86 " " MMST X86 " " IO;
	CHECK_TEXT(read_bytes("a/b_20101103_1405.txt", two, sizeof two - 1),
		"1 snapshot, poolmon x86, system, file name local 2010-11-03 14:05:00 ymd <20101103_1405\n3  " MMST_SAID
		"4 snapshot, poolmon x86, " NO_TIME "\n6  " IO_SAID);
	const char marked[] = "2010-11-04 10:00\r\n" X86 " " MMST;
	CHECK_TEXT(read_bytes("a/b_20101103_1405.txt", marked, sizeof marked - 1),
		"2 snapshot, poolmon x86, system, date line local 2010-11-04 10:00:00 ymd <2010-11-04 10:00\n4  " MMST_SAID);
	/* the name proves the order of the stamp, but only where it is near one reading and not the other */
	const char open[] = "03/11/2010 14:05:11\r\n" X86 " " MMST;
	static const struct {
		const char *name, *said;
	} names[] = {
		{ "b_20101103_1350.txt", "2010-11-03 14:05:11 dmy" },
		{ "b_20100311_0000.txt", "2010-03-11 14:05:11 mdy" },
		{ "b_20100615_1405.txt", "2010-11-03 14:05:11 or 2010-03-11 14:05:11 " },
		{ "b_03112010_1405.txt", "2010-11-03 14:05:11 or 2010-03-11 14:05:11 " },
	};
	for (size_t i = 0; i < LEN(names); i++) {
		char want[512];
		snprintf(want, sizeof want,
			"2 snapshot, poolmon x86, system, date line local %s <03/11/2010 14:05:11\n4  " MMST_SAID,
			names[i].said);
		CHECK_TEXT(read_bytes(names[i].name, open, sizeof open - 1), want);
	}
	CHECK_TEXT(read_bytes(NULL, X86, sizeof X86 - 1),
		"1 snapshot, poolmon x86, " NO_TIME
		"\n! 1 1 blocks hold no rows (pool tagging may be off); kept as empty snapshots\n");
}

static void test_messages(void)
{
	const char *missing = NULL;
	CHECK_TEXT(
		read_text("2010-11-03 14:05\nPoolmon: Error Opening file q:\\x.log: 3\n2010-11-03 14:06\n" X86
			  " " MMST),
		"4 snapshot, poolmon x86, system, date line local 2010-11-03 14:06:00 ymd <2010-11-03 14:06\n6  " MMST_SAID
		"! 2 1 runs of poolmon could not open their file and left no snapshot; nothing to read there\n");
	CHECK_TEXT(
		read_text(
			"Poolmon: Failed to query pool tags information (status C0000002).\nQuery pooltags Failed c0000002\n"
			"Query pooltags Failed c0000004\n"),
		"! 3 poolmon was refused the tags with status c0000004; nothing to read there\n"
		"! 1 2 runs of poolmon were refused the tags: pool tagging is off on that system (before Windows Server 2003 "
		"gflags must turn it on); nothing to read there\n");
	CHECK_TEXT(read_text("PoolMon: No localtag.txt in current directory\n" SUMMARY),
		"! 3 a memory summary has no block after it; not used\n");
	CHECK_TEXT(read_text(""), "");

	CHECK(bid_of(X86 " " MMST, &missing) >= 90);
	CHECK(bid_of("C:\\>poolmon\n\n" SUMMARY LIVE, &missing) >= 90);
	CHECK(bid_of("Poolmon: Error Opening file q:\\x.log: 3\n", &missing) >= BID_LEAST);
	CHECK(bid_of(" " MMST " " MMST " " MMST, &missing) >= BID_LEAST);
	CHECK(bid_of(SUMMARY, &missing) >= BID_LEAST);
	CHECK(missing == NULL);
	/* neighbours */
	static const char *const others[] = {
		"",
		"Tag,Type,Allocs,Frees,Diff,Bytes,KBytes,B / Alloc,Source,Source Description,\nMmSt,Paged,3,1,2,96,0 KB,48,nt!mm,x,\n",
		"            NonPaged            Paged\n Tag    Allocs     Used    Allocs     Used\n MmSt        0        0      8684 293147416 Mm\n",
		"Process ID         Proc.Name Wrkng.Set PagedPool  NonPgdPl\n!LogType=memsnap\n",
		" Memory: 130480K Avail: 91856K InRam Kernel: 2484K P: 7988K\n Commit: 30104K/ 28000K Limit: 248432K Peak: 34028K Pool N: 2224K P: 8004K\n",
		"Tag    NpAllocs NpFrees  NpBytes   PgAllocs PgFrees PgBytes\n",
		"\"(PDH-CSV 4.0) (UTC)(0)\",\"\\\\A\\Memory\\Pool Paged Bytes\"\n",
		"The Paged pool was empty. Pool: Nonp.\n",
		" " MMST " " IO,
	};
	for (size_t i = 0; i < LEN(others); i++) {
		missing = NULL;
		CHECK(bid_of(others[i], &missing) < BID_LEAST);
		CHECK(missing != NULL);
	}
}

static void test_encodings(void)
{
	/* PowerShell writes the date in UTF-16, poolmon appends its table in 8 bits */
	char mixed[600] = "\xFF\xFE";
	const char date[] = "\r\n2010-11-03 14:05:11\r\n\r\n", table[] = "\r\n" X86 " " MMST;
	size_t n = 2;
	for (size_t i = 0; i < sizeof date - 1; i++) {
		mixed[n++] = date[i];
		mixed[n++] = '\0';
	}
	memcpy(mixed + n, table, sizeof table - 1);
	CHECK_TEXT(read_bytes("x", mixed, n + sizeof table - 1),
		"5 snapshot, poolmon x86, system, date line local 2010-11-03 14:05:11 ymd <2010-11-03 14:05:11\n7  " MMST_SAID
		"! 0 the encoding changes 1 times between UTF-16 and 8-bit; each part read in its own\n");
	/* all of it in UTF-16, with a tag that came through Windows-1252 */
	const char wide[] = X86 " Pro\xE3 Paged         1         0         1      48         48\r\n";
	char utf16[600] = "\xFF\xFE";
	n = 2;
	for (size_t i = 0; i < sizeof wide - 1; i++) {
		utf16[n++] = wide[i];
		utf16[n++] = '\0';
	}
	CHECK_TEXT(read_bytes("x", utf16, n),
		"1 snapshot, poolmon x86, " NO_TIME "\n3  Pro\\xE3 paged 1 0 1 48\n");
	/* line ends that went through another editor */
	CHECK_TEXT(
		read_text("\r\r\n Tag  Type     Allocs         Frees    Diff   Bytes    Per Alloc\r\r\n\r\r\n"
			  " MmSt Paged         1         0         1      48         48        \r\r\n"),
		"2 snapshot, poolmon x86, " NO_TIME "\n4  MmSt paged 1 0 1 48\n");
	CHECK_TEXT(
		read_text(
			" Tag  Type     Allocs         Frees    Diff   Bytes    Per Alloc\r\r MmSt Paged         1         0         1      48         48\r"),
		"1 snapshot, poolmon x86, " NO_TIME "\n3  MmSt paged 1 0 1 48\n");
}

/* ---- hostile inputs ---- */

/* No complete row before the cut is lost, wherever it is. */
static void test_cuts(void)
{
	const char text[] =
		"2010-11-03 14:05\r\n" SUMMARY X86 " " MMST " " IO
		"\r\nTotal Nonp      5210 (   0)      5101 (   0)      109   87200 (     0)      0\r\n" X64
		" " MMST;
	for (size_t n = 0; n < sizeof text; n++) {
		size_t rows = 0;
		for (size_t i = 0; i + 6 < n; i++)
			rows += (memcmp(text + i, "4912  ", 6) == 0) + (memcmp(text + i, " 800  ", 6) == 0);
		read_bytes("x", text, n);
		CHECK(last.rows == rows || last.rows == rows + 1);
	}
}

static void test_cut_is_told(void)
{
	static const char *const cut[] = { " MmSt", " MmSt Pa", " MmSt Paged    310042",
		" MmSt Paged    310042    301222      8820 43323",
		" MmSt Paged    310042    301222      8820 43323840       49", "Total Pag", " A" };
	char text[500];
	for (size_t i = 0; i < LEN(cut); i++) {
		snprintf(text, sizeof text, X86 " " IO "%s", cut[i]);
		read_text(text);
		CHECK(last.sink.cut);
		snprintf(text, sizeof text, X86 "%s\n " IO, cut[i]);
		read_text(text);
		CHECK(!last.sink.cut);
	}
	read_text(X86 " " IO "\r\n\r\nC:\\>");
	CHECK(!last.sink.cut);
	read_text(X86 " " IO "   \r\n     ");
	CHECK(!last.sink.cut);
	read_text(X86);
	CHECK(!last.sink.cut);
}

static double seconds(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

static void test_big(void)
{
	/* one line of 10 MB in a block */
	size_t n = (size_t)10 << 20, at = 0;
	char *big = malloc(n + 4096);
	at += (size_t)sprintf(big, "%s", X86);
	memset(big + at, '1', n);
	memcpy(big + at, " MmSt Paged ", 12);
	at += n;
	at += (size_t)sprintf(big + at, "\r\n %s", MMST);
	read_bytes("x", big, at);
	CHECK_INT(last.rows, 1);
	CHECK_INT(last.snapshots, 1);
	free(big);

	/* a driver's text of 10000 characters costs no row */
	big = malloc(20000);
	at = (size_t)sprintf(big,
		" Tag  Type     Allocs         Frees    Diff   Bytes    Per Alloc    Mapped_Driver\n"
		" Long Paged         1         0         1      48         48        ");
	memset(big + at, 'x', 10000);
	read_bytes("x", big, at + 10000);
	CHECK_INT(last.rows, 1);
	CHECK(last.n > 10000);
	free(big);

	/* a hundred thousand empty blocks, then one tag over and over, then random ones */
	last.quiet = true;
	const char head[] = X86;
	size_t count = 100000;
	big = malloc(count * 80);
	for (size_t i = 0; i < count; i++)
		memcpy(big + i * (sizeof head - 1), head, sizeof head - 1);
	read_bytes("x", big, count * (sizeof head - 1));
	CHECK_INT(last.snapshots, count);
	CHECK_INT(last.notes, 1);
	at = (size_t)sprintf(big, "%s", X86);
	for (size_t i = 0; i < count; i++)
		at += (size_t)sprintf(
			big + at, " MmSt Paged         1         0         1      48         48\n");
	read_bytes("x", big, at);
	CHECK_INT(last.rows, 1);
	CHECK_INT(last.notes, count - 1);
	at = (size_t)sprintf(big, "%s", X86);
	for (size_t i = 0; i < count; i++)
		at += (size_t)sprintf(big + at,
			" %c%c%c%c Paged         1         0         1      48         48\n",
			(int)('!' + i % 90), (int)('!' + i / 90 % 90), (int)('!' + i / 8100), 'x');
	read_bytes("x", big, at);
	CHECK_INT(last.rows, count);
	CHECK_INT(last.notes, 0);
	free(big);
	last.quiet = false;
}

/* Twice the input may cost twice the time, not four times; lines that nearly match are the dearest. */
static void test_linear(void)
{
	static const char *const lines[] = {
		" MmSt Paged    310042    301222      8820 43323840       4912        \n",
		" MmSt Paged    310042    301222      8820 43323840       \n",
		"Time Time Time Time Time Time Time Time Time Time Time on 03/11/2010 14:05:1x\n",
		" A\n",
		"  Paged Paged Paged Paged Paged Paged 1 1 1 1 ( ( ( (\n",
	};
	last.quiet = true;
	for (size_t i = 0; i < LEN(lines); i++) {
		double took[2];
		for (int twice = 0; twice < 2; twice++) {
			size_t length = strlen(lines[i]), count = ((size_t)200000 << twice) / length, at;
			char *text = malloc(count * length + 200);
			at = (size_t)sprintf(text, "%s", X86);
			for (size_t k = 0; k < count; k++, at += length)
				memcpy(text + at, lines[i], length);
			took[twice] = seconds();
			read_bytes("x", text, at);
			took[twice] = seconds() - took[twice];
			free(text);
		}
		CHECK(took[1] < took[0] * 3 + 0.1);
	}
	last.quiet = false;
}

/* Bytes of no sense, the same on every machine. */
static void test_noise(void)
{
	static const char *const pieces[] = { " MmSt Paged ", "310042", "  ", "\r\n", "\n", "(", ")", "-",
		"\xFF\xFE", "\xE3", "Tag  Type  Allocs", " Frees Diff Bytes Per Alloc", "Total Nonp ", "K",
		" Memory:", "=====", "03/11/2010", " 14:05", "!SystemTime=", "\t",
		"Session 1 pool information\n", X86, SUMMARY, IO, "99999999999999999999", "\xE2\x80\xAF",
		"PM", "A\n" };
	uint32_t seed = 1;
	char text[4000];
	for (int run = 0; run < 500; run++) {
		size_t n = 0;
		while (n < sizeof text - 300) {
			seed = seed * 1664525 + 1013904223;
			if (seed >> 24 < 3) {
				text[n++] = (char)(seed >> 8);
				continue;
			}
			const char *piece = pieces[(seed >> 16) % LEN(pieces)];
			memcpy(text + n, piece, strlen(piece));
			n += strlen(piece);
		}
		read_bytes("x", text, n);
		CHECK(last.rows == 0 || last.snapshots > 0);
	}
}

int main(void)
{
	test_snapshots();
	test_totals();
	test_live();
	test_quoted();
	test_tags();
	test_numbers();
	test_headless();
	test_times();
	test_messages();
	test_encodings();
	test_cuts();
	test_cut_is_told();
	test_big();
	test_linear();
	test_noise();
	free(last.text);
	return check_end();
}
