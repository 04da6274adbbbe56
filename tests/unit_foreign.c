/* SPDX-License-Identifier: MIT
 * Is what is recognised and not read told by its first bytes or words, and does the advice stay right and
 * harmless whatever the file is called? */
#include "tests/check.h"
#include "tests/utf16.h"

#include "core/os.h"
#include "parsers/foreign.h"
#include "store/store.h"

#include <stdlib.h>

#define BYTES(s) \
	{ \
		(s), sizeof(s) - 1 \
	}
#define TRACE(type) \
	"\0\0\1\0" ZEROS ZEROS ZEROS ZEROS "\0\0\0\0" \
	"\2\0" type "\xC0 and so on\0"
#define ZEROS       "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define SQLITE_HEAD "SQLite format 3\0" ZEROS ZEROS ZEROS "\0\0\0\0"

static struct look look_at(struct span bytes, const char *name)
{
	struct reader *r = reader_open_span(bytes, -1);
	struct look look = foreign_look(r, name);

	reader_close(r);
	return look;
}

static const char *name_of(struct span bytes, const char *file)
{
	struct look look = look_at(bytes, file);

	return look.parser ? look.parser->name : look.foreign ? look.foreign->name : NULL;
}

/* `needed`: with one byte less it is something else, or nothing known. */
static const struct {
	const char *want;
	struct span bytes;
	size_t needed;
} magics[] = {
	{ "evtx", BYTES("ElfFile\0\0\0"), 8 },
	{ "evt", BYTES("\x30\0\0\0LfLe\1\0"), 8 },
	{ "etl", BYTES(TRACE("\1")), 0x4C },
	{ "etl", BYTES(TRACE("\2")), 0x4C },
	{ "kernel-dump", BYTES("PAGEDUMP\x0F\0\0\0\xCE\x0E"), 12 },
	{ "kernel-dump", BYTES("PAGEDU64\x0C\0\0\0\xCE\x0E"), 12 },
	{ "minidump", BYTES("MDMP\x93\xA7\0\0"), 6 },
	{ "zip", BYTES("PK\3\4\x14\0"), 4 },
	{ "zip", BYTES("PK\5\6\0\0"), 4 },
	{ "cab", BYTES("MSCF\0\0\0\0\1"), 8 },
	{ "7z", BYTES("7z\xBC\xAF\x27\x1C\0\4"), 6 },
	{ "gzip", BYTES("\x1F\x8B\x08\0"), 2 },
	{ "sqlite", BYTES(SQLITE_HEAD "pool"), 0 }, /* `needed` is told apart below */
	{ "poolmonx-binary", BYTES("\1\1\1\xFF\xFE\xFF\4T\0o\0y\0A\0"), 7 },
};

static void test_magic(void)
{
	for (size_t i = 0; i < LEN(magics); i++) {
		struct span bytes = magics[i].bytes;

		if (!magics[i].needed)
			continue;
		for (size_t n = 0; n <= bytes.n; n++) {
			/* on the heap and of that size, so that the sanitizers see a byte too many */
			char *copy = malloc(n + 1);

			if (!copy)
				abort();
			memcpy(copy, bytes.p, n);
			CHECK_TEXT(name_of((struct span){ copy, n }, "x"),
				n < magics[i].needed ? NULL : magics[i].want);
			free(copy);
		}
	}
}

static void test_sqlite(void)
{
	static const struct span store = BYTES(SQLITE_HEAD "pool"), other = BYTES(SQLITE_HEAD "fool");
	uint32_t id = 0;

	for (int i = 68; i < 72; i++)
		id = id << 8 | (unsigned char)store.p[i];
	CHECK_INT(id, STORE_APPLICATION_ID);
	CHECK_TEXT(name_of(store, "x"), "store");
	CHECK_TEXT(name_of(other, "x"), "sqlite");
	for (size_t n = 0; n < store.n; n++)
		CHECK_TEXT(name_of(text_head(store, n), "x"), n < 16 ? NULL : "sqlite");
}

static void test_tar(void)
{
	char block[512] = "System.xml";

	memcpy(block + 257, "ustar", 6);
	for (size_t n = 0; n <= sizeof block; n++)
		CHECK_TEXT(name_of((struct span){ block, n }, "x"), n < 262 ? NULL : "tar");
}

/* Text that begins with the letters of a magic is text. */
static void test_not_magic(void)
{
	static const struct span others[] = { BYTES("PAGEDUMP was the word of the day\n"),
		BYTES("MSCF and MDMP\n"), BYTES("MDMP\n"), BYTES("ElfFile\n"), BYTES("PK\n"),
		BYTES("7z x logs.7z\n"), BYTES("SQLite format 3\n"), BYTES("\1\1\1\1"),
		BYTES("\xFF\xFE\xFF\4"),
		BYTES("\0\0\0\0" ZEROS ZEROS ZEROS ZEROS "\0\0\0\0\2\0\1\xC0"), /* a buffer of no size */
		BYTES("\1\0\1\0" ZEROS ZEROS ZEROS ZEROS "\0\0\0\0\2\0\1\xC0"), BYTES(TRACE("\3")) };

	for (size_t i = 0; i < LEN(others); i++)
		CHECK_TEXT(name_of(others[i], "x.txt"), NULL);
}

#define PMON \
	" Memory: 130480K Avail: 91856K  PageFlts: 7 InRam Kernel: 2484K P: 7988K\n" \
	" Commit: 30104K/ 28000K Limit: 248432K Peak: 34028K Pool N: 2224K P: 8004K\n"
#define CLIXML \
	"<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"><Obj/></Objs>"

static const struct {
	const char *want, *bytes;
} texts[] = {
	{ "evtxexport-text", "evtxexport 20181227\n\nEvent number\t\t\t: 1\nWritten time\t\t: x\n" },
	{ "evtxexport-text", "Event number : 12\n" },
	{ NULL, "Event number\n: 12\n" },
	{ NULL, "Event number: none\n" },
	{ "wevtutil-text", "Event[0]:\n  Log Name: System\n" },
	{ "wevtutil-text", "prompt>\nEvent[12]\n  Log Name: System\n" },
	{ NULL, "Event[]:\n  Log Name: System\n" },
	{ NULL, "Event[0]:\n\n  Log Name: System\n" },
	{ NULL, "Event[0\n  Log Name: System\n" },
	{ "clixml", CLIXML },
	{ NULL, "<Objs Version=\"1.1.0.1\">" },
	{ "pmon", PMON },
	{ NULL, "InRam Kernel: 2484K\n" },
	{ NULL, "Dear all\n" },
	/* a parser reads it: then it does not matter what else is in it */
	{ "poolmon", PMON " Tag  Type     Allocs     Frees      Diff   Bytes  Per Alloc\n" },
	{ "events", CLIXML "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>" },
};

static void test_texts(void)
{
	struct arena *a = arena_open();

	for (size_t i = 0; i < LEN(texts); i++) {
		struct span bytes = span_of(texts[i].bytes);

		CHECK_TEXT(name_of(bytes, "x"), texts[i].want);
		for (int form = 0; form < 4; form++)
			CHECK_TEXT(name_of(utf16_of(a, bytes, form & 1, form & 2), "x"), texts[i].want);
		for (size_t n = 0; n < bytes.n; n++)
			look_at(text_head(bytes, n), "x");
	}
	arena_close(a);
}

/* Nobody bids: what the two formats miss that most files are meant to be. */
#define NOBODY_BIDS \
	"no known format (nearest: events, missing: an <Event> element with <System> in it; next: poolmon, missing: the" \
	" column line of poolmon (Tag Type Allocs Frees Diff Bytes Per Alloc)); listed, not read"

/* What the name says counts for bytes only that are neither text nor known. */
static void test_names(void)
{
	static const struct span odd = BYTES("\1\2\3\0made up\0\0"), trace = BYTES(TRACE("\2"));
	struct arena *a = arena_open();
	struct look look = look_at(odd, "a/Server.BLG");

	CHECK(!look.foreign && look.by_name);
	CHECK_TEXT(foreign_why(a, &look, "a/Server.BLG"),
		"no known format (by its name: performance log (.blg); to read it: relog Server.BLG -f CSV -o "
		"Server.csv); listed, not read");
	look = look_at(odd, "System.evtx");
	CHECK_TEXT(foreign_why(a, &look, "System.evtx"),
		"no known format (by its name: Windows event log (.evtx), but it does not begin like one); listed, "
		"not read");
	look = look_at(odd, "x.bin");
	CHECK_TEXT(foreign_why(a, &look, "x.bin"), NOBODY_BIDS);
	look = look_at(SPAN("Dear all\n"), "x.blg");
	CHECK_TEXT(foreign_why(a, &look, "x.blg"), NOBODY_BIDS);
	look = look_at(SPAN(""), "x.blg");
	CHECK_TEXT(foreign_why(a, &look, "x.blg"), "the file is empty; listed, not read");
	CHECK_TEXT(name_of(trace, "boot.etl"), "etl");
	CHECK_TEXT(name_of(trace, "perf.blg"), "blg");
	CHECK_TEXT(name_of(trace, "perf.txt"), "etl");
	arena_close(a);
}

static void test_why(void)
{
	static const struct span evtx = BYTES("ElfFile\0");
	struct arena *a = arena_open();
	struct look look = look_at(evtx, "b/System.evtx");

	CHECK(!look.bid);
	CHECK_TEXT(foreign_why(a, &look, "b/System.evtx"),
		"recognised as Windows event log (.evtx), not read; to read it: wevtutil qe System.evtx /lf:true "
		"/f:xml > System.xml (without Windows: evtxexport -f xml System.evtx > System.xml)");
	look = look_at(
		SPAN("\"X\"=dword:1\n ToyA Nonp        31        11        20      640         32\n"), "x");
	CHECK_TEXT(foreign_why(a, &look, "x"),
		"no known format (nearest: poolmon, missing: a column line, or a third row whose numbers agree; next: "
		"regfile, missing: a first line \"Windows Registry Editor Version 5.00\" or \"REGEDIT4\"); listed, not read");
	look = look_at(SPAN("\"X\"=dword:1\n"), "x");
	CHECK_TEXT(foreign_why(a, &look, "x"),
		"no known format (nearest: regfile, missing: a first line \"Windows Registry Editor Version 5.00\" or "
		"\"REGEDIT4\"; next: events, missing: an <Event> element with <System> in it); listed, not read");
	arena_close(a);
}

#define RELOG(in, out) "to read it: relog " in " -f CSV -o " out
#define STAND_IN       RELOG("FILE", "FILE.csv") " (FILE stands for its name)"
#define X16            "xxxxxxxxxxxxxxxx"

static const struct {
	const char *name, *want;
} advices[] = {
	{ "a.blg", RELOG("a.blg", "a.csv") },
	{ "logs/of it/a.b.blg", RELOG("a.b.blg", "a.b.csv") },
	{ "a", RELOG("a", "a.csv") },
	{ "a b.blg", RELOG("\"a b.blg\"", "\"a b.csv\"") },
	{ "a(1).blg", RELOG("\"a(1).blg\"", "\"a(1).csv\"") },
	/* never over itself */
	{ "a.csv", RELOG("a.csv", "a-read.csv") },
	{ "a.CSV", RELOG("a.CSV", "a-read.csv") },
	{ X16 X16 X16 X16, RELOG(X16 X16 X16 X16, X16 X16 X16 X16 ".csv") },
	/* what could be more than a name, or not be one at all */
	{ X16 X16 X16 X16 "x", STAND_IN },
	{ "", STAND_IN },
	{ "folder/", STAND_IN },
	{ ".blg", STAND_IN },
	{ "-o.blg", STAND_IN },
	{ "/y", RELOG("y", "y.csv") },
	{ " a.blg", STAND_IN },
	{ "a\".blg", STAND_IN },
	{ "a'.blg", STAND_IN },
	{ "a`id`.blg", STAND_IN },
	{ "a$(id).blg", STAND_IN },
	{ "a%PATH%.blg", STAND_IN },
	{ "a!x!.blg", STAND_IN },
	{ "a&calc.blg", STAND_IN },
	{ "a|b.blg", STAND_IN },
	{ "a>b.blg", STAND_IN },
	{ "a^b.blg", STAND_IN },
	{ "a;b.blg", STAND_IN },
	{ "a*.blg", STAND_IN },
	{ "a[1].blg", STAND_IN },
	{ "a@b.blg", STAND_IN },
	{ "a\\b.blg", STAND_IN },
	{ "C:a.blg", STAND_IN },
	{ "a\nb.blg", STAND_IN },
	{ "a\x1B[2J.blg", STAND_IN },
	{ "a\x7F.blg", STAND_IN },
	{ "a\xE2\x80\xAE"
	  "glb.blg",
		STAND_IN }, /* right to left from here on */
	{ "a\xFF.blg", STAND_IN },
};

static const struct foreign *find(const char *name)
{
	for (size_t i = 0; i < foreigns_count; i++)
		if (strcmp(foreigns[i].name, name) == 0)
			return &foreigns[i];
	return NULL;
}

static void test_advice(void)
{
	struct arena *a = arena_open();

	for (size_t i = 0; i < LEN(advices); i++)
		CHECK_TEXT(foreign_advice(a, find("blg"), advices[i].name), advices[i].want);
	CHECK_TEXT(foreign_advice(a, find("cab"), "x/case 7"),
		"to read what is in it, unpack it and give the folder: mkdir \"case 7-read\", then expand -F:* \"case 7\" "
		"\"case 7-read\"");
	CHECK_TEXT(foreign_advice(a, find("kernel-dump"), "MEMORY.DMP"),
		"to read it: kd -z MEMORY.DMP -c \"!vm 1; !poolused 4; q\" -logo MEMORY.txt (with symbols; a small dump "
		"of 64 to 256 KB holds no pool)");
	/* an advice without a name in it says nothing of a stand-in */
	CHECK(!strstr(foreign_advice(a, find("pmon"), "-"), "stands for"));
	arena_close(a);
}

/* Reports and `list` tell formats by their names. */
static void test_table(void)
{
	for (size_t i = 0; i < foreigns_count; i++) {
		const struct foreign *f = &foreigns[i];

		CHECK(find(f->name) == f);
		CHECK(parser_find(span_of(f->name)) == NULL);
		CHECK(f->about && f->advice && *f->advice);
		CHECK(f->magic[0].n || f->raw || f->text || f->ending);
	}
}

/* The raw head is what came, whatever the reader makes of it and however it comes. */
static long fill_one(void *from, char *buffer, size_t size)
{
	struct span *rest = from;

	if (!rest->n || !size)
		return 0;
	buffer[0] = rest->p[0];
	*rest = text_tail(*rest, 1);
	return 1;
}

static void test_raw_head(void)
{
	char bytes[READER_RAW_HEAD + 100];
	struct span line;

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 7);
	memcpy(bytes,
		"\xFF\xFE"
		"E\0l\0\n\0",
		8);
	for (size_t n = 0; n <= sizeof bytes; n += n < 20 ? 1 : 53) {
		struct span all = { bytes, n }, rest = all;
		struct reader *r = reader_open(fill_one, &rest, -1);

		CHECK(span_equal(reader_raw_head(r), text_head(all, READER_RAW_HEAD)));
		reader_head(r);
		while (reader_line(r, &line))
			;
		CHECK(span_equal(reader_raw_head(r), text_head(all, READER_RAW_HEAD)));
		reader_close(r);
	}
}

int main(void)
{
	test_magic();
	test_sqlite();
	test_tar();
	test_not_magic();
	test_texts();
	test_names();
	test_why();
	test_advice();
	test_table();
	test_raw_head();
	return check_end();
}
