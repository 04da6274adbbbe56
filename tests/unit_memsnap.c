/* SPDX-License-Identifier: MIT
 * Is a process log of memsnap told from its tag log, and is nothing taken from it but whose it is? */
#include "tests/check.h"
#include "tests/gather.h"
#include "tests/utf16.h"

extern const struct parser parser_memsnap, parser_poolmon;

#define TITLE \
	"Process ID         Proc.Name Wrkng.Set PagedPool  NonPgdPl  Pagefile    Commit   Handles   Threads" \
	"      User       Gdi\r\n"
#define KEYS(host, time) \
	"!LogType=memsnap\r\n!ComputerName=" host \
	"\r\n!buildnumber=3790\r\n!buildtype=retail\r\n!SystemTime=" time "\r\n!TickCount=4294967295\r\n"
#define T1 "11\\03\\2010 14:05:11.0120 (GMT)"
#define T2 "11\\03\\2010 14:15:11.0120 (GMT)"
#define SPOOL \
	"000000F4           spool.exe    417792      4100       512    152064    152064        31         3" \
	"         1         0\r\n"
#define SEVEN \
	"00000120         my tool.exe    917504      9100       812    352256    352256        99         7\r\n"
#define COLUMNS " Tag  Type     Allocs     Frees      Diff   Bytes  Per Alloc\r\n"
#define TAGS \
	" MmSt Paged    310042    301222      8820 43324840       4912\r\n" \
	" ToyA Nonp        31        11        20      640         32\r\n" \
	" ToyB Nonp        31        11        20      640         32\r\n"
#define HOST(line, name) line " host name=host_name text=" name "\n"
#define NOTE(line, counts, times) \
	line " note process snapshots of memsnap /m: " counts times \
	     "; no pool tags are in them; collect poolmon -b -r -n poolsnap.txt\n"

static const struct {
	const char *name, *bytes, *want;
	bool cut;
} examples[] = {
	{ "one", TITLE KEYS("FS01", T1) SPOOL SEVEN, HOST("3", "FS01") NOTE("1", "1 with 2 rows", ", " T1),
		false },
	{ "appended to", TITLE KEYS("FS01", T1) SPOOL "\r\n" TITLE KEYS("FS01", T2) SPOOL,
		HOST("3", "FS01") NOTE("1", "2 with 2 rows", ", " T1 " to " T2), false },
	{ "of two machines", TITLE KEYS("FS01", T1) SPOOL TITLE KEYS("FS02", T1) SPOOL,
		HOST("3", "FS01") HOST("11", "FS02") NOTE("1", "2 with 2 rows", ", " T1), false },
	{ "without a title", KEYS("FS01", T1) SPOOL, HOST("2", "FS01") NOTE("1", "1 with 1 rows", ", " T1),
		false },
	{ "without keys", "C:\\>type m.log\r\n" TITLE SPOOL,
		NOTE("2", "1 with 1 rows", "") "1 note lines that are no output of memsnap /m: 1; skipped\n",
		false },
	{ "rows alone", SPOOL SEVEN, NOTE("1", "1 with 2 rows", ""), false },
	{ "cut", TITLE SPOOL "00000120         my tool.exe    9175",
		NOTE("1", "1 with 1 rows",
			"") "3 note rows of processes that are cut or damaged: 1; skipped\n",
		true },
	{ "damaged in the middle", TITLE "00000120         my tool.exe    9175\r\n" SPOOL,
		NOTE("1", "1 with 1 rows",
			"") "2 note rows of processes that are cut or damaged: 1; skipped\n",
		false },
	{ "no name of a machine", TITLE "!ComputerName=\r\n!ComputerName=a b\r\n!SystemTime=\r\n" SPOOL,
		NOTE("1", "1 with 1 rows", ""), false },
	{ "nothing", "", NOTE("1", "0 with 0 rows", ""), false },
};

static void test_examples(void)
{
	struct arena *a = arena_open();

	for (size_t i = 0; i < LEN(examples); i++) {
		struct span bytes = span_of(examples[i].bytes);
		int failed = check_failed;

		for (int form = 0; form < 3; form++) {
			struct span s = form ? utf16_of(a, bytes, form == 2, true) : bytes;
			struct gathered *g = gather(&parser_memsnap, s);

			CHECK_TEXT(g->text, examples[i].want);
			CHECK_INT(g->sink.cut, examples[i].cut);
			free(g);
		}
		if (check_failed > failed)
			printf("in \"%s\"\n", examples[i].name);
	}
	arena_close(a);
}

static void test_bids(void)
{
	static const struct {
		const char *bytes;
		bool memsnap; /* wins over poolmon */
		bool poolmon;
	} heads[] = {
		{ TITLE KEYS("FS01", T1) SPOOL, true, false },
		{ KEYS("FS01", T1) SPOOL, true, false },
		{ TITLE, true, false },
		{ KEYS("FS01", T1), false, false },
		{ SPOOL, false, false },
		{ "", false, false },
		/* /p: whatever its heading looks like */
		{ COLUMNS KEYS("FS01", T1) TAGS, false, true },
		{ KEYS("FS01", T1) COLUMNS TAGS, false, true },
		{ KEYS("FS01", T1) TAGS, false, true },
		/* both in one file: the tags count */
		{ TITLE KEYS("FS01", T1) SPOOL COLUMNS TAGS, false, true },
		{ TITLE KEYS("FS01", T1) SPOOL TAGS, false, true },
	};

	for (size_t i = 0; i < LEN(heads); i++) {
		struct bid best, second;
		bool known = parser_choose(span_of(heads[i].bytes), &best, &second);

		CHECK_INT(known && best.parser == &parser_memsnap, heads[i].memsnap);
		CHECK_INT(known && best.parser == &parser_poolmon, heads[i].poolmon);
		CHECK(known || best.height < BID_LEAST);
		gather_bid(&parser_memsnap, span_of(heads[i].bytes));
	}
	CHECK_INT(gather_bid(&parser_memsnap, SPAN(KEYS("FS01", T1))), 20);
}

/* Cut anywhere, it states the machine as soon as its line is whole, and nothing breaks. */
static void test_cuts(void)
{
	static const char whole[] = TITLE KEYS("FS01", T1) SPOOL SEVEN;
	size_t named = (size_t)(strstr(whole, "FS01") - whole) + 4;

	for (size_t n = 0; n < sizeof whole; n++) {
		struct gathered *g = gather(&parser_memsnap, (struct span){ whole, n });

		CHECK(!g->bad_text);
		CHECK(n < named || strstr(g->text, HOST("3", "FS01")));
		free(g);
	}
}

int main(void)
{
	test_examples();
	test_bids();
	test_cuts();
	return check_end();
}
