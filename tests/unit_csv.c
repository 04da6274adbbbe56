/* SPDX-License-Identifier: MIT
 * Are cells told apart, and the CSV files of pool tools and performance counters read, cut or whole? */
#include "parsers/csv.h"
#include "tests/check.h"
#include "tests/gather.h"

#include "core/os.h"

#include <time.h>

extern const struct parser parser_poolmonx, parser_poolmonps, parser_counters, parser_counters_local;

#define TEXT(literal) ((struct span){ (literal), sizeof(literal) - 1 })

/* ---- cells ---- */

static const char *cells_of(struct span line)
{
	static char text[512];
	struct csv csv;
	struct span cell;
	size_t n = 0;
	csv_begin(&csv, line, csv_separator(line));
	while (csv_next(&csv, &cell))
		n += (size_t)snprintf(text + n, sizeof text - n, "[%.*s]", (int)cell.n, cell.p);
	snprintf(text + n, sizeof text - n, "%s", csv.open ? " open" : "");
	return text;
}

static void test_cells(void)
{
	static const struct {
		const char *line, *cells;
	} cases[] = {
		{ "", "[]" },
		{ "a", "[a]" },
		{ "a,", "[a][]" },
		{ ",,", "[][][]" },
		{ " a ,b", "[ a ][b]" },
		{ "\"a\",\"b,c\",d", "[a][b,c][d]" },
		{ "\"a;b\";c,d", "[a;b][c,d]" },
		{ "\"a,b\"\tc;d", "[a,b][c;d]" },
		{ "\"say \"\"no\"\"\",\"\"\"\",\"\"", "[say \"no\"][\"][]" },
		{ "\"a\"b,c", "[\"a\"b][c]" },
		{ "a\"b,c\"d", "[a\"b][c\"d]" },
		{ "\"a\",\"b", "[a][b] open" },
		{ "\"", "[] open" },
		{ "\"a\"\"", "[a\"] open" },
	};
	for (size_t i = 0; i < LEN(cases); i++)
		CHECK_TEXT(cells_of(span_of(cases[i].line)), cases[i].cells);
	char line[4000];
	struct csv csv;
	struct span cell;
	memset(line, '"', sizeof line); /* 1998 doubled quotes in quotes: the room ends the cell */
	csv_begin(&csv, (struct span){ line, sizeof line }, ',');
	CHECK(csv_next(&csv, &cell));
	CHECK_INT(cell.n, sizeof csv.text);
	CHECK(!csv.open && !csv_next(&csv, &cell));
	for (size_t i = 3; i + 2 < sizeof line; i += 2)
		memcpy(line + i, "\xC3\xA9", 2); /* of two bytes each, so that one would be halved */
	csv_begin(&csv, (struct span){ line, sizeof line }, ',');
	CHECK(csv_next(&csv, &cell));
	CHECK(text_is_utf8(cell));
	CHECK_INT(cell.n, sizeof csv.text - 1);
}

/* ---- whole outputs ---- */

static void check_gathered(
	const char *file, int at, const struct parser *p, struct span bytes, const char *want)
{
	struct gathered *g = gather(p, bytes);
	check_text(file, at, "what is stated", g->text, want);
	CHECK(!g->bad_text);
	free(g);
}
#define CHECK_STATED(p, bytes, want) check_gathered(__FILE__, __LINE__, p, bytes, want)

#define V1 "Tag,Type,Allocs,Frees,Diff,Bytes,KBytes,B / Alloc,Source,Source Description,\n"
#define V2 \
	"Tag,Paged Allocs,Paged Frees,Paged Diff,Paged Usage,NPaged Allocs,NPaged Frees,NPaged Diff,NPaged Usage,Source,Source Description\n"
#define PX    "snapshot time_source=none scope=system view=snapshot tool=poolmonx\n"
#define PS(v) " scope=system view=" v " tool=poolmon-powershell\n"

static void test_poolmonx(void)
{
	/* "Io" ends in a NUL and is printed "  Io" by poolmon, "Io  " is another tag; a tag may hold a
	 * comma */
	CHECK_STATED(&parser_poolmonx,
		TEXT(V1 "Io,Non Paged,9,1,8,5248,5 KB,656,,,\n"
			"Io  ,Paged,3,1,2,64,0 KB,32,nt!io,a, b and c,\n"
			"a,b1,Paged,1,0,1,32,0 KB,32,,,\n"
			",Paged,1,0,1,32,0 KB,32,x.sys,,\n"),
		"2 " PX "2 pool tag=  Io pool=nonpaged allocs=9 frees=1 diff=8 bytes=5248\n"
		"3 pool tag=Io   pool=paged allocs=3 frees=1 diff=2 bytes=64 driver=nt!io - a, b and c\n"
		"4 pool tag=a,b1 pool=paged allocs=1 frees=0 diff=1 bytes=32\n"
		"5 pool tag=     pool=paged allocs=1 frees=0 diff=1 bytes=32 driver=x.sys\n");
	/* a wrong Diff costs its row, a tag that comes again is not stated twice */
	CHECK_STATED(&parser_poolmonx,
		TEXT(V1 "Toke,Paged,9,1,7,640,0 KB,80,,,\nToke,Paged,9,1,8,640,0 KB,80,,,\n"
			"Toke,Paged,9,1,8,640,0 KB,80,,,\nToke,Non Paged,9,1,8,640,0 KB,80,,,\n"),
		"3 " PX "3 pool tag=Toke pool=paged allocs=9 frees=1 diff=8 bytes=640\n"
		"4 note Toke paged: a second row of this tag and pool in one table; row skipped\n"
		"5 pool tag=Toke pool=nonpaged allocs=9 frees=1 diff=8 bytes=640\n"
		"2 note lines that are no rows of PoolMonX: 1; skipped\n");
	/* two tables in one file */
	CHECK_STATED(&parser_poolmonx,
		TEXT(V2 "Toke,9,1,8,640,0,0,0,0,,\n" V2 "Toke,9,1,8,640,4,4,0,0,,\n" V2),
		"2 " PX "2 pool tag=Toke pool=paged allocs=9 frees=1 diff=8 bytes=640\n"
		"4 " PX "4 pool tag=Toke pool=paged allocs=9 frees=1 diff=8 bytes=640\n"
		"4 pool tag=Toke pool=nonpaged allocs=4 frees=4 diff=0 bytes=0\n"
		"5 note a heading has no rows beneath it; no snapshot\n");
}

static void test_poolmonps(void)
{
	/* no time, so that a tag that comes again begins the next sample; -4294967285 is 11 modulo 2^32 */
	CHECK_STATED(&parser_poolmonps,
		TEXT("\"Tag\",\"PagedAllocs\",\"PagedFrees\",\"PagedDiff\",\"PagedUsedBytes\"\r\n"
		     "\"Toke\",\"5\",\"4294967290\",\"-4294967285\",\"640\"\r\n"
		     "\"Toke\",\"6\",\"1\",\"5\",\"400\"\r\n\"MmSt\",\"6\",\"1\",\"4\",\"400\"\r\n"),
		"2 snapshot time_source=none" PS(
			"live") "2 pool tag=Toke pool=paged allocs=5 frees=4294967290 diff=11 bytes=640\n"
				"3 snapshot time_source=none" PS(
					"live") "3 pool tag=Toke pool=paged allocs=6 frees=1 diff=5 bytes=400\n"
						"4 note lines that are no rows of poolmon-powershell, or are cut: 1; skipped\n");
	/* the UTC column settles which of two readings the local one has: 3 November */
	CHECK_STATED(&parser_poolmonps,
		TEXT("DateTime;DateTimeUTC;Tag;NonPagedUsedBytes\n"
		     "11/03/2010 14:05:11;2010-11-03T18:05:11;Irp ;77\n"),
		"2 snapshot time=1288807511000000 local=1288793111000000 date_order=mdy time_text=2010-11-03T18:05:11"
		" time_source=column" PS("live") "2 pool tag=Irp  pool=nonpaged bytes=77\n");
	CHECK_STATED(&parser_poolmonps, TEXT("DateTime,Tag,PagedUsedBytes\nsoon,MmSt,77\nsoon,MmSt,78\n"),
		"2 snapshot time_source=none" PS(
			"live") "2 pool tag=MmSt pool=paged bytes=77\n"
				"2 note 1 samples whose time could not be read; kept without one\n"
				"3 note 1 rows whose tag was in their sample already; skipped\n");
}

/* A heading of no table known is looked for in every line: its words are found in one pass, or 40 lines of
 * 64 KiB take half a minute. Characters before a column's name count, not bytes. */
static void test_table(void)
{
	size_t width = 64 * 1024 - 2, n = 0;
	char *text = malloc(41 * (width + 1) + 256);
	if (!text)
		abort();
	n += (size_t)snprintf(
		text, 256, "\xC3\xA9  Tag  PagedUsedBytes\n-  ---  --------------\n   MmSt           77\n");
	for (int i = 0; i < 40; i++, text[n++] = '\n')
		for (size_t k = 0; k < width; k++)
			text[n++] = k & 1 ? ' ' : 'a';
	clock_t begun = clock();
	CHECK_STATED(&parser_poolmonps, ((struct span){ text, n }),
		"3 snapshot time_source=none" PS(
			"live") "3 pool tag=MmSt pool=paged bytes=77\n"
				"4 note lines that are no rows of poolmon-powershell, or are cut: 40; skipped\n");
	CHECK(clock() - begun < 10 * CLOCKS_PER_SEC);
	free(text);
}

/* 199 tags were picked, 200 are all there are. */
static void test_whole_list(void)
{
	for (int tags = 199; tags <= 200; tags++) {
		static char text[32 * 1024];
		size_t n = (size_t)snprintf(text, sizeof text, "Tag,PagedUsedBytes\n");
		for (int i = 0; i < tags; i++)
			n += (size_t)snprintf(text + n, sizeof text - n, "T%03d,%d\n", i, 1000 + i);
		struct gathered *g = gather(&parser_poolmonps, (struct span){ text, n });
		CHECK_INT(g->records, 1 + tags);
		CHECK_INT(g->notes, 0);
		CHECK(strstr(g->text, tags == 200 ? " view=snapshot " : " view=live ") != NULL);
		CHECK_INT(g->last_line, 1 + tags);
		free(g);
	}
}

#define PDH "\"(PDH-CSV 4.0) (Eastern Daylight Time)(240)\""

static void test_counters(void)
{
	CHECK_STATED(&parser_counters,
		TEXT(PDH
			",\"\\\\A\\Memory\\Available MBytes\",\"\\\\a\\Memory\\Available Bytes\",\"\\\\B\\memory\\POOL paged bytes\"\r\n"
			"\"09/08/2002 12:35:45.166\",\"1\",\"1048999\",\"2.5e+003\"\r\n"
			"\"09/08/2002 12:36:45.166\",\" \",\" \",\" \"\r\n"
			"\"13/08/2002 12:36:45.166\",\"1\",\"1,5\",\"7\"\r\n"),
		"1 note 1 of 3 counters say nothing of the pools; left out\n"
		"2 counter time=1031502945166000 local=1031488545166000 time_text=09/08/2002 12:35:45.166 computer=A"
		" available_bytes=1048999\n"
		"2 counter time=1031502945166000 local=1031488545166000 time_text=09/08/2002 12:35:45.166 computer=B"
		" pool_paged_bytes=2500\n"
		"4 counter time_text=13/08/2002 12:36:45.166 computer=B pool_paged_bytes=7\n"
		"4 note 1 samples whose time is not month/day/year hour:minute:second (a spreadsheet that saves such a"
		" file loses date and hour); kept without a time\n"
		"4 note 1 values are no numbers, or cut; left out\n");
	CHECK_STATED(&parser_counters_local,
		TEXT("(PDH-TSV 4.0)\t\\Memory\\Pool Nonpaged Bytes\n09/08/2002 12:35:45.166\t5\n"),
		"2 counter local=1031488545166000 time_text=09/08/2002 12:35:45.166 pool_nonpaged_bytes=5\n");
}

/* A line of 250 KB: what stands behind READER_LINE_MAX counts as well. */
static void test_wide_log(void)
{
	size_t room = 400 * 1024, n = 0;
	char *text = malloc(room);
	if (!text)
		abort();
	n += (size_t)snprintf(text, room, PDH);
	for (int i = 0; i < 6000; i++)
		n += (size_t)snprintf(
			text + n, room - n, ",\"\\\\FS01\\Process(p#%d)\\Pool Paged Bytes\"", i);
	n += (size_t)snprintf(
		text + n, room - n, ",\"\\\\FS01\\Memory\\Pool Paged Bytes\"\n\"09/08/2002 12:35:45.166\"");
	for (int i = 0; i < 6000; i++)
		n += (size_t)snprintf(text + n, room - n, ",\"77\"");
	n += (size_t)snprintf(text + n, room - n, ",\"123456\"\n");
	CHECK(n > 250 * 1000);
	CHECK_STATED(&parser_counters, ((struct span){ text, n }),
		"1 note 6000 of 6001 counters say nothing of the pools; left out\n"
		"2 counter time=1031502945166000 local=1031488545166000 time_text=09/08/2002 12:35:45.166"
		" computer=FS01 pool_paged_bytes=123456\n");
	CHECK_INT(gather_bid(&parser_counters, (struct span){ text, n }), 90);
	CHECK_INT(gather_bid(&parser_counters_local, (struct span){ text, n }), 0);
	/* the same of a log that names no machine: its folder's server's, also where the head ends before
	 * ours */
	n = (size_t)snprintf(text, room, PDH);
	for (int i = 0; i < 6000; i++)
		n += (size_t)snprintf(text + n, room - n, ",\"\\Process(p#%d)\\Pool Paged Bytes\"", i);
	n += (size_t)snprintf(text + n, room - n, ",\"\\Memory\\Pool Paged Bytes\"\n");
	CHECK_INT(gather_bid(&parser_counters, (struct span){ text, n }), 0);
	CHECK_INT(gather_bid(&parser_counters_local, (struct span){ text, n }), 90);
	free(text);
}

/* ---- the samples, cut and damaged ---- */

static size_t lines_whole(struct span bytes)
{
	bool wide = bytes.n > 1 && (!bytes.p[1] || bytes.p[0] == '\xFF'); /* UTF-16: half an end is none */
	size_t n = 0;
	for (size_t i = 0; i + wide < bytes.n; i++)
		n += bytes.p[i] == '\n';
	return n;
}

/* The records of the first so many lines, without the notes. */
static struct span records_of(char *text, size_t lines)
{
	size_t n = 0;
	struct span rest = span_of(text), line;
	while (text_cut(&rest, '\n', &line)) {
		struct span words = line, number;
		int64_t at;
		text_cut(&words, ' ', &number);
		if (text_starts(words, "note") || !text_int(number, &at) || (size_t)at > lines)
			continue;
		memmove(text + n, line.p, line.n);
		n += line.n;
		text[n++] = '\n';
	}
	return (struct span){ text, n };
}

static void torture(const struct parser *p, const char *name, struct span bytes)
{
	struct gathered *whole = gather(p, bytes);
	char *all = malloc(sizeof whole->text);
	unsigned random = 1;
	if (!all)
		abort();
	for (size_t n = 0; n <= bytes.n; n++) {
		char *copy = malloc(n + !n); /* of exact size, for the sanitizers */
		if (!copy)
			abort();
		memcpy(copy, bytes.p, n);
		struct gathered *g = gather(p, (struct span){ copy, n });
		size_t lines = lines_whole((struct span){ copy, n });
		memcpy(all, whole->text, whole->n + 1);
		bool same = span_equal(records_of(g->text, lines), records_of(all, lines));
		CHECK(same && !g->bad_text);
		if (!same)
			printf("%s cut at %zu\n", name, n);
		free(copy);
		free(g);
	}
	for (int i = 0; i < 300; i++) {
		char *copy = malloc(bytes.n);
		if (!copy)
			abort();
		memcpy(copy, bytes.p, bytes.n);
		for (int k = 0; k < 1 + i % 8; k++) {
			random = random * 1103515245 + 12345;
			copy[(random >> 8) % bytes.n] = (char)(random >> 3);
		}
		struct gathered *g = gather(p, (struct span){ copy, bytes.n });
		CHECK(!g->bad_text);
		if (g->bad_text)
			printf("%s damaged\n%s", name, g->text);
		free(copy);
		free(g);
	}
	free(all);
	free(whole);
}

static size_t samples;

static void on_sample(struct os_walk *w, const char *path, const char *name)
{
	static char bytes[16 * 1024];
	struct bid best, second;
	struct err e;
	struct os_file *file = os_open(path, &e);
	long got;
	size_t n = 0;
	(void)w;
	if (!file)
		abort();
	while ((got = os_read(file, bytes + n, sizeof bytes - n)) > 0)
		n += (size_t)got;
	os_close(file);
	struct reader *r = reader_open_span((struct span){ bytes, n }, -1);
	/* won by one of these, and by no other parser's leave */
	CHECK(parser_choose(reader_head(r), &best, &second) && !second.height);
	reader_close(r);
	samples++;
	torture(best.parser, name, (struct span){ bytes, n });
}

static void on_failed(struct os_walk *w, const char *name, const char *why)
{
	(void)w;
	printf("%s: %s\n", name, why);
	CHECK(false);
}

int main(void)
{
	struct os_walk walk = { on_sample, on_failed, NULL };
	test_cells();
	test_poolmonx();
	test_poolmonps();
	test_table();
	test_whole_list();
	test_counters();
	test_wide_log();
	os_walk_folder(&walk, "samples/dialects/csv");
	CHECK_INT(samples, 14);
	return check_end();
}
