/* SPDX-License-Identifier: MIT
 * Do option tables, arenas, errors and records do what their headers say? */
#include "core/opt.h"
#include "core/record.h"
#include "core/text.h"
#include "core/when.h"
#include "tests/check.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* ---- options ---- */

struct options {
	bool quiet;
	const char *text, *arch;
	struct list switches;
	int width;
	int64_t ram, since;
	struct opt_offset offset;
};

#define AT(member) offsetof(struct options, member)
static const struct opt table[] = {
	{ "quiet", OPT_FLAG, AT(quiet), NULL, "say nothing", 1 },
	{ "text", OPT_TEXT, AT(text), "FILE", "write it there", 1 },
	{ "arch", OPT_CHOICE, AT(arch), "x86|x64", "which", 1 },
	{ "switch", OPT_LIST, AT(switches), "/SWITCH", "again and again", 1 },
	{ "width", OPT_INT, AT(width), "N", "columns", 1 },
	{ "ram", OPT_SIZE, AT(ram), "SIZE", "memory", 1 },
	{ "utc-offset", OPT_OFFSET, AT(offset), "+HH:MM", "clock", 1 },
	{ "since", OPT_TIME, AT(since), "TIME", "from there on", 1 },
	{ "other", OPT_FLAG, AT(quiet), NULL, "of another verb", 2 },
};

static struct options got;
static struct list rest;
static struct err failure;
static struct arena *arena;

/* NULL on success, else the sentence. */
static const char *parse(const char *const *words)
{
	int argc = 0;

	got = (struct options){ 0 };
	rest = (struct list){ 0 };
	while (words[argc])
		argc++;
	return opt_parse(table, LEN(table), 1, argc, (char **)(void *)(uintptr_t)words, &got, &rest, arena,
		       &failure)
		       ? failure.text
		       : NULL;
}
#define PARSE(...) parse((const char *const[]){ __VA_ARGS__, NULL })

static void options_are_read(void)
{
	CHECK_TEXT(parse((const char *const[]){ NULL }), NULL);
	CHECK_TEXT(PARSE("a", "--quiet", "-", "--text", "-", "b", "--", "--quiet", "--", "-x"), NULL);
	CHECK(got.quiet);
	CHECK_TEXT(got.text, "-");
	CHECK_INT(rest.count, 6);
	CHECK_TEXT(rest.items[0], "a");
	CHECK_TEXT(rest.items[1], "-");
	CHECK_TEXT(rest.items[2], "b");
	CHECK_TEXT(rest.items[3], "--quiet");
	CHECK_TEXT(rest.items[4], "--");
	CHECK_TEXT(rest.items[5], "-x");
	CHECK_TEXT(PARSE("--text=a=b", "--text="), NULL);
	CHECK_TEXT(got.text, "");
	CHECK_TEXT(PARSE("--switch", "/3GB", "--switch=/PAE", "--switch", "/x", "--switch", "/y", "--switch",
			   "/z"),
		NULL);
	CHECK_INT(got.switches.count, 5);
	CHECK_TEXT(got.switches.items[0], "/3GB");
	CHECK_TEXT(got.switches.items[1], "/PAE");
	CHECK_TEXT(got.switches.items[4], "/z");
	CHECK_TEXT(PARSE("--width", "80", "--ram=4G", "--utc-offset", "-05:00", "--since", "2008-10-14",
			   "--arch", "x64"),
		NULL);
	CHECK_INT(got.width, 80);
	CHECK_INT(got.ram, (int64_t)4 << 30);
	CHECK(got.offset.given);
	CHECK_INT(got.offset.minutes, -300);
	CHECK(got.since == when_civil(2008, 10, 14, 0, 0, 0, 0));
	CHECK_TEXT(got.arch, "x64");
	CHECK_TEXT(PARSE("-5"), NULL); /* a data word, a number: no option */
	CHECK_INT(rest.count, 1);
}

static void options_are_refused(void)
{
	char longest[400];

	CHECK_TEXT(PARSE("--qiet"), "no option --qiet; did you mean --quiet?");
	CHECK_TEXT(PARSE("--zzzzzzzz"), "no option --zzzzzzzz");
	CHECK_TEXT(PARSE("--other"), "this verb has no option --other");
	CHECK_TEXT(PARSE("--othe"), "no option --othe");
	CHECK_TEXT(PARSE("--=x"), "no option --");
	CHECK_TEXT(PARSE("-q"), "no option -q");
	CHECK_TEXT(PARSE("--Quiet"), "no option --Quiet; did you mean --quiet?");
	CHECK_TEXT(PARSE("--quiet=1"), "--quiet takes no value");
	CHECK_TEXT(PARSE("--text"), "--text needs a value: FILE");
	CHECK_TEXT(PARSE("--arch", "arm"), "--arch takes one of x86|x64");
	CHECK_TEXT(PARSE("--arch", "x86|x64"), "--arch takes one of x86|x64");
	CHECK_TEXT(PARSE("--arch", ""), "--arch takes one of x86|x64");
	CHECK_TEXT(PARSE("--width", "-1"), "--width takes a number");
	CHECK_TEXT(PARSE("--width", "8x"), "--width takes a number");
	CHECK_TEXT(PARSE("--width", "4294967376"), "--width takes a number");
	CHECK_TEXT(PARSE("--ram", "4 apples"), "--ram takes a size such as 343M or 2G");
	CHECK_TEXT(PARSE("--ram", "0"), "--ram takes a size such as 343M or 2G");
	CHECK_TEXT(PARSE("--utc-offset", "5"),
		"--utc-offset takes an offset such as -05:00 (UTC = local - offset)");
	CHECK_TEXT(PARSE("--since", "yesterday"),
		"--since takes a time such as 2008-10-14 or 2008-10-14T16:00:00Z");
	/* A name without end is cut in the sentence. */
	memset(longest, 'x', sizeof longest - 1);
	longest[0] = longest[1] = '-';
	longest[sizeof longest - 1] = 0;
	CHECK(PARSE(longest) && strlen(failure.text) < 100);
	CHECK(PARSE(longest + 1) && strlen(failure.text) < 100);
}

static void help_is_printed(void)
{
	static const struct opt wide[] = {
		{ "a", OPT_FLAG, 0, NULL, "word", 1 },
		{ "an-option-with-a-long-name", OPT_TEXT, 0, "A-LONG-VALUE",
			"many words many words many words many words many words many words many words many words many words",
			1 },
		{ "hidden", OPT_FLAG, 0, NULL, "of another verb", 2 },
	};
	const char *help = opt_help(wide, LEN(wide), 1, arena);
	struct span all = span_of(help), line;
	size_t longest = 0;

	while (text_cut(&all, '\n', &line))
		longest = line.n > longest ? line.n : longest;
	CHECK(longest <= 100);
	CHECK(longest > 90);
	CHECK(strncmp(help, "  --a                         word\n", 35) == 0);
	CHECK(strstr(help,
		      "  --an-option-with-a-long-name A-LONG-VALUE\n                              many words") !=
		NULL);
	CHECK(strstr(help, "hidden") == NULL);
	CHECK(help[strlen(help) - 1] == '\n');
	CHECK_TEXT(opt_help(wide, LEN(wide), 4, arena), "");
}

static void the_nearest(void)
{
	static const char *const names[] = { "triage", "decode", "dump", "list" };

	CHECK_TEXT(opt_nearest(SPAN("traige"), names, LEN(names)), "triage");
	CHECK_TEXT(opt_nearest(SPAN("DUMP"), names, LEN(names)), "dump");
	CHECK_TEXT(opt_nearest(SPAN("lst"), names, LEN(names)), "list");
	CHECK_TEXT(opt_nearest(SPAN("ingest"), names, LEN(names)), NULL);
	CHECK_TEXT(opt_nearest(SPAN(""), names, LEN(names)), NULL);
	CHECK_TEXT(opt_nearest(SPAN("x"), names, 0), NULL);
}

/* ---- arenas and errors ---- */

static void arenas(void)
{
	struct arena *a = arena_open();
	int *numbers = NULL, wrong = 0;
	char *text;

	for (size_t n = 0; n < 100000; n++) {
		numbers = arena_grow(a, numbers, n, sizeof *numbers);
		numbers[n] = (int)n;
	}
	for (int n = 0; n < 100000; n++)
		wrong += numbers[n] != n;
	CHECK_INT(wrong, 0);
	/* Zeroed and aligned, also what was used before. */
	for (int round = 0; round < 3; round++) {
		for (size_t size = 0; size < 300; size++) {
			unsigned char *p = arena_alloc(a, size);

			wrong += (uintptr_t)p % _Alignof(max_align_t) != 0;
			for (size_t i = 0; i < size; i++)
				wrong += p[i] != 0;
			memset(p, 0xA5, size);
		}
		CHECK(arena_alloc(a, (size_t)1 << 20) != NULL);
		arena_reset(a);
	}
	CHECK_INT(wrong, 0);
	text = arena_text(a, SPAN("a\0b"));
	CHECK(memcmp(text, "a\0b", 4) == 0);
	CHECK_TEXT(arena_text(a, (struct span){ NULL, 0 }), "");
	CHECK(span_equal(arena_span(a, SPAN("a\0b")), SPAN("a\0b")));
	text = arena_printf(a, "%s-%0100000d", "x", 7);
	CHECK_INT(strlen(text), 100002);
	CHECK(text[0] == 'x' && text[100001] == '7');
	arena_close(a);
	arena_close(NULL);
}

static void errors(void)
{
	struct err e;
	char longest[2000];

	memset(longest, 'x', sizeof longest - 1);
	longest[sizeof longest - 1] = 0;
	CHECK_INT(err_set(&e, "%s: %d", "width", 7), -1);
	CHECK_TEXT(e.text, "width: 7");
	err_set(&e, "%s", longest);
	CHECK_INT(strlen(e.text), sizeof e.text - 1);
}

/* ---- records ---- */

static void records(void)
{
	struct record r;

	memset(&r, 0xFF, sizeof r);
	record_start(&r, RECORD_POOL, 12);
	CHECK_INT(r.kind, RECORD_POOL);
	CHECK_INT(r.line, 12);
	for (int i = 0; i < RECORD_COLS; i++)
		CHECK(!r.v[i].known);
	record_text(&r, POOL_TAG, SPAN(""));
	record_number(&r, POOL_BYTES, -1);
	CHECK(r.v[POOL_TAG].known);
	CHECK(r.v[POOL_BYTES].known && r.v[POOL_BYTES].number == -1);
	for (int kind = 0; kind < RECORD_KINDS; kind++) {
		const struct record_type *type = &record_types[kind];

		CHECK(type->count > 0 && type->count <= RECORD_COLS);
		for (size_t i = 0; i < type->count; i++)
			CHECK_INT(record_find((enum record_kind)kind, span_of(type->columns[i].name)), i);
		CHECK_INT(record_find((enum record_kind)kind, SPAN("no such column")), -1);
		CHECK_INT(record_find((enum record_kind)kind, SPAN("")), -1);
	}
}

/* "name=value|" for each string. */
static const char *strings_of(struct span strings)
{
	static char text[256];
	struct span left = strings, name, value;
	size_t n = 0;

	text[0] = 0;
	while (strings_next(&left, &name, &value) && n < sizeof text)
		n += (size_t)snprintf(
			text + n, sizeof text - n, "%.*s=%.*s|", (int)name.n, name.p, (int)value.n, value.p);
	return text;
}

static void strings(void)
{
	CHECK_TEXT(strings_of((struct span){ NULL, 0 }), "");
	CHECK_TEXT(strings_of(SPAN("")), "=|"); /* one string, which is empty */
	CHECK_TEXT(strings_of(SPAN("one")), "=one|");
	CHECK_TEXT(strings_of(SPAN("one\x1Ftwo\x1F")), "=one|=two|=|");
	CHECK_TEXT(strings_of(SPAN("\x1F\x1F")), "=|=|=|");
	CHECK_TEXT(strings_of(SPAN("param1\x1Eone\x1Ftwo\x1Fp3\x1E")), "param1=one|=two|p3=|");
	CHECK_TEXT(strings_of(SPAN("\x1Ex")), "=x|");
	CHECK_TEXT(strings_of(SPAN("x\x1Ey\x1Ez")), "x=y\x1Ez|"); /* only the first one is a name */
}

/* ---- notes ---- */

static char noted[1024];
static uint64_t noted_line;

static void keep_note(struct sink *s, uint64_t line, const char *text)
{
	(void)s;
	noted_line = line;
	snprintf(noted, sizeof noted, "%s", text);
}

static void notes(void)
{
	struct sink s = { NULL, keep_note, false };
	char longest[1000];

	sink_note(&s, 7, "the event %d is %s; skipped", 3, "odd");
	CHECK_TEXT(noted, "the event 3 is odd; skipped");
	CHECK_INT(noted_line, 7);
	/* However long, whatever is quoted: a note is valid UTF-8 to its end. */
	for (size_t shift = 0; shift < 4; shift++) {
		for (size_t i = 0; i + 2 < sizeof longest; i += 2)
			memcpy(longest + i, "\xC3\xA4", 2);
		longest[sizeof longest - 1 - sizeof longest % 2 - 1] = 0;
		sink_note(&s, 1, "%.*s%s", (int)shift, "abc", longest);
		CHECK(strlen(noted) > 400);
		CHECK(text_is_utf8(span_of(noted)));
	}
}

int main(void)
{
	arena = arena_open();
	options_are_read();
	options_are_refused();
	help_is_printed();
	the_nearest();
	arena_close(arena);
	arenas();
	errors();
	records();
	strings();
	notes();
	return check_end();
}
