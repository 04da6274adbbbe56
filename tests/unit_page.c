/* SPDX-License-Identifier: MIT
 * Does a code page that is told stand in for Windows-1252: in lines, in events, in the bytes of pool tags;
 * and is a name that means none refused. */
#include "tests/check.h"
#include "tests/gather.h"
#include "tests/utf16.h"

extern const struct parser parser_events, parser_systeminfo, parser_poolmon;

static void test_names(void)
{
	static const char *const known[] = { "cp437", "CP850", "850", "windows-1250", "cp1251",
		"windows-1253", "cp1254", "cp1255", "cp1256", "cp1257", "windows-1258", "windows-1252",
		"cp1252", "latin-1", "shift_jis", "Shift-JIS", "cp932", "gbk", "gb2312", "cp936", "euc-kr",
		"cp949", "big5", "cp950", "koi8-r", "iso-8859-2" };
	static const char *const unknown[] = { "", "cp0", "cp99999", "klingon", "cp850//IGNORE",
		"cp850//TRANSLIT", "a name that is longer than the name of any code page", "utf-32", "utf-7",
		"ucs-2", "ebcdic-us", "../cp850" };

	for (size_t i = 0; i < LEN(known); i++) {
		struct page *p = page_open(known[i]);

		if (!p)
			printf("  not known: %s\n", known[i]);
		CHECK(p != NULL);
		page_close(p);
	}
	for (size_t i = 0; i < LEN(unknown); i++) {
		struct page *p = page_open(unknown[i]);

		if (p)
			printf("  taken: %s\n", unknown[i]);
		CHECK(p == NULL);
		page_close(p);
	}
}

static void test_decode(void)
{
	static const struct {
		const char *page, *bytes, *want;
		uint64_t bad;
	} cases[] = {
		{ "windows-1252", "\x80\x81", "\xE2\x82\xAC\xC2\x81", 0 },
		{ "cp850", "Propri\x82taire \xA9", "Propri\xC3\xA9taire \xC2\xAE", 0 },
		{ "cp437", "\xE3\x81", "\xCF\x80\xC3\xBC", 0 },
		{ "windows-1251", "\xCF\xF3\xEB", "\xD0\x9F\xD1\x83\xD0\xBB", 0 },
		{ "cp949", "\xC7\xD1\xB1\xB9 a", "\xED\x95\x9C\xEA\xB5\xAD a", 0 },
		{ "cp949", "\xC7", "\xEF\xBF\xBD", 1 }, /* half a character */
		{ "cp949", "a\xFF\xFF z", "a\xEF\xBF\xBD\xEF\xBF\xBD z", 2 },
		{ "euc-kr", "\x8C\x63", "\xEB\x98\xA0", 0 }, /* in Windows' page, not in the standard */
		/* a backslash is half of it; another is one */
		{ "shift_jis", "\x95\x5C\\~", "\xE8\xA1\xA8\\~", 0 },
		{ "gbk", "\xD6\xD0\x81\x40", "\xE4\xB8\xAD\xE4\xB8\x82", 0 },
		{ "big5", "\xA4\xA4", "\xE4\xB8\xAD", 0 },
		{ "windows-1258", "La", "La", 0 }, /* letters wait for their marks */
		{ "windows-1255", "\xE0", "\xD7\x90", 0 },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct page *p = page_open(cases[i].page);
		struct span in = span_of(cases[i].bytes);
		char to[256] = "";
		uint64_t bad = 0;

		CHECK(p && PAGE_ROOM(in.n) < sizeof to);
		if (p)
			to[page_decode(p, in, to, &bad)] = 0;
		CHECK_TEXT(to, cases[i].want);
		CHECK_INT(bad, cases[i].bad);
		page_close(p);
	}
}

/* Any bytes, any page: valid UTF-8 that fits. */
static void test_hostile(void)
{
	static const char *const pages[] = { "cp850", "cp932", "cp936", "cp949", "cp950", "windows-1255",
		"windows-1258", "gb18030", "big5-hkscs" };
	static char to[PAGE_ROOM(4096)];
	char bytes[4096];
	uint32_t random = 1;

	for (size_t i = 0; i < LEN(pages); i++) {
		struct page *p = page_open(pages[i]);

		CHECK(p != NULL);
		for (int round = 0; p && round < 20; round++) {
			uint64_t bad = 0;
			size_t n;

			for (size_t k = 0; k < sizeof bytes; k++)
				bytes[k] = (char)((random = random * 1664525 + 1013904223) >> 24 |
						  (round & 1) << 7);
			/* 'z' alone could be the second half of a character */
			bytes[sizeof bytes - 2] = ' ';
			bytes[sizeof bytes - 1] = 'z';
			n = page_decode(p, (struct span){ bytes, sizeof bytes }, to, &bad);
			CHECK(n && n <= sizeof to && text_is_utf8((struct span){ to, n }) &&
				to[n - 1] == 'z');
		}
		page_close(p);
	}
}

static struct gathered *gather_page(const struct parser *parser, const char *page, struct span bytes)
{
	struct source source = { "bundle/file" };
	struct gathered *g = gather_new();
	struct page *p = page ? page_open(page) : NULL;
	struct reader *r = reader_open_span(bytes, -1);

	CHECK(!page || p);
	reader_set_page(r, p);
	reader_head(r);
	parser_run(parser, &source, r, &g->sink);
	gather_print(g, "(%s)\n", reader_encoding(r));
	CHECK(!g->bad_text);
	reader_close(r);
	page_close(p);
	return g;
}

static void check_page(const struct parser *parser, const char *page, struct span bytes, const char *want)
{
	struct gathered *g = gather_page(parser, page, bytes);

	CHECK_TEXT(g->text, want);
	free(g);
}

#define EVENT(data) \
	"<Event><System><Provider Name='p'/><EventID>1</EventID></System><EventData><Data>" data \
	"</Data></EventData></Event>\n"

static void test_events(void)
{
	check_page(&parser_events, "cp949",
		SPAN(EVENT("\xC7\xD1\xB1\xB9") EVENT("\xED\x95\x9C") EVENT("\xC7\xC7\xFF")),
		"1 event provider=p event_id=1 strings=\xED\x95\x9C\xEA\xB5\xAD\n"
		"2 event provider=p event_id=1 strings=\xED\x95\x9C\n" /* valid UTF-8 is UTF-8 */
		"3 event provider=p event_id=1 strings=\xED\x94\xBC\xEF\xBF\xBD\n"
		"1 note 2 events with bytes that are not UTF-8; they were read as cp949\n"
		"0 note 1 bytes are neither UTF-8 nor characters of cp949; read as U+FFFD\n(8-bit (cp949))\n");
	check_page(&parser_events, "shift_jis", SPAN(EVENT("\x93\xFA\x96\x7B\x95\x5C")),
		"1 event provider=p event_id=1 strings=\xE6\x97\xA5\xE6\x9C\xAC\xE8\xA1\xA8\n"
		"1 note 1 event with bytes that are not UTF-8; they were read as shift_jis\n(8-bit (shift_jis))\n");
	check_page(&parser_events, NULL, SPAN(EVENT("\xA9")),
		"1 event provider=p event_id=1 strings=\xC2\xA9\n"
		"1 note 1 event with bytes that are not UTF-8; they were read as Windows-1252\n(8-bit)\n");
}

static void test_lines(void)
{
	static const char host[] =
		"Host Name:                 FS07\r\n"
		"OS Name:                   Microsoft\xA9 Windows Server\xA9 2008 Standard\r\n"
		"OS Version:                6.0.6002 Service Pack 2 Build 6002\r\n"
		"Registered Owner:          Ren\x82\r\n";
	struct gathered *g = gather_page(&parser_systeminfo, "cp850", SPAN(host));

	CHECK(strstr(g->text, "host name=os text=Microsoft\xC2\xAE Windows Server\xC2\xAE 2008 Standard\n"));
	CHECK(strstr(g->text, "note 2 lines are not valid UTF-8; read as cp850\n"));
	free(g);
}

/* ---- pool tags ---- */

#define COLUMNS  " Tag  Type     Allocs            Frees            Diff   Bytes       Per Alloc\n"
#define ROW(tag) " " tag " Paged         10 (   0)         4 (   0)        6     600 (     0)    100\n"

static void check_tag(const char *page, struct span bytes, const char *want)
{
	struct gathered *g = gather_page(&parser_poolmon, page, bytes);
	const char *tag = strstr(g->text, " pool tag=");

	CHECK(tag && strncmp(tag + strlen(" pool tag="), want, strlen(want)) == 0);
	if (!tag || strncmp(tag + strlen(" pool tag="), want, strlen(want)) != 0)
		printf("  %s: %s\n", page ? page : "no page", g->text);
	free(g);
}

static void test_tags(void)
{
	struct arena *a = arena_open();
	/* PowerShell made characters of a tag's byte E3 in the console's page 437: pi. */
	struct span wide = utf16_of(a, SPAN(COLUMNS ROW("A~BC")), false, true);
	char *tilde = (char *)(uintptr_t)memchr(wide.p, '~', wide.n);

	tilde[0] = (char)0xC0;
	tilde[1] = 0x03;
	check_tag("cp437", wide,
		"A\\xE3"
		"BC ");
	check_tag(NULL, wide, "A?BC ");
	check_tag("cp949", wide, "A?BC ");
	/* bytes as they are: whatever the page, the same four */
	check_tag("cp437",
		SPAN(COLUMNS ROW("A\xE3"
				 "BC")),
		"A\\xE3"
		"BC ");
	check_tag("cp850",
		SPAN(COLUMNS ROW("A\xE3"
				 "BC")),
		"A\\xE3"
		"BC ");
	check_tag(NULL,
		SPAN(COLUMNS ROW("A\xE3"
				 "BC")),
		"A\\xE3"
		"BC ");
	/* a half-width kana is one byte */
	check_tag("shift_jis",
		SPAN(COLUMNS ROW("A\xB1"
				 "BC")),
		"A\\xB1"
		"BC ");
	arena_close(a);
}

int main(void)
{
	test_names();
	test_decode();
	test_hostile();
	test_events();
	test_lines();
	test_tags();
	return check_end();
}
