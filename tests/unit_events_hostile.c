/* SPDX-License-Identifier: MIT
 * Does the reader of event logs survive what is made to break it, in time and memory that grow with nothing
 * but the size, and does a cut anywhere cost the cut event only. Inputs are generated; a quadratic step would
 * not end in a minute. */
#include "tests/check.h"
#include "tests/collect.h"
#include "tests/utf16.h"

extern const struct parser parser_events;

#define TAG "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>"
#define SYSTEM(id) \
	"<System><Provider Name='srv'/><EventID Qualifiers='49152'>2019</EventID><Level>2</Level>" \
	"<TimeCreated SystemTime='2008-10-14T19:52:07.2500000Z'/><EventRecordID>" id "</EventRecordID>" \
	"<Channel>System</Channel><Computer>FS01</Computer></System>"
#define EVENT(id) TAG SYSTEM(id) "<EventData><Data>\\Device\\LanmanServer</Data></EventData></Event>\n"
#define OPEN(id)  TAG SYSTEM(id) "<EventData><Data>"
#define CLOSE     "</Data></EventData></Event>\n"

#define KEPT   "the event with record id 7 cannot be read to its end; what System says of it was kept"
#define LONGER "the event with record id 7 is longer than 4 MiB; it was skipped"

struct part {
	const char *bytes;
	size_t times;
};

/* A source that is never held in memory. */
struct stream {
	const struct part *parts;
	size_t count, part, time, at;
	size_t piece; /* bytes given at once */
};

static long stream_fill(void *from, char *buffer, size_t size)
{
	struct stream *s = from;
	size_t n = 0;

	if (size > s->piece)
		size = s->piece;
	while (n < size && s->part < s->count) {
		const struct part *p = &s->parts[s->part];
		size_t length = strlen(p->bytes), now = length - s->at;

		if (now > size - n)
			now = size - n;
		memcpy(buffer + n, p->bytes + s->at, now);
		n += now;
		s->at += now;
		if (s->at < length)
			continue;
		s->at = 0;
		if (++s->time >= p->times) {
			s->time = 0;
			s->part++;
		}
	}
	return (long)n;
}

static struct collected *collect_parts(const struct part *parts, size_t count, size_t piece)
{
	struct stream s = { .parts = parts, .count = count, .piece = piece };
	struct reader *r = reader_open(stream_fill, &s, -1);
	struct collected *c = collect(&parser_events, r);

	reader_close(r);
	return c;
}

#define MILLION ((size_t)1000 * 1000)

/* Every case ends with EVENT("8"), which must be read. */
static const struct attack {
	const char *name;
	struct part parts[7];
	size_t records, notes; /* SIZE_MAX: any number */
	const char *note;      /* the first */
} attacks[] = {
	{ "a line of 10 MB without an event", { { "0123456789", MILLION } }, 1, 0, NULL },
	{ "10 MB of '<'", { { "<", 10 * MILLION } }, 1, 0, NULL },
	{ "10 MB of look-alikes", { { "<Events><EventData></Event>", MILLION / 2 } }, 1, 1,
		"the source ends without the end of its root element; events may be missing" },
	{ "an event of 20 MB: one string", { { OPEN("7"), 1 }, { "0123456789", 2 * MILLION }, { CLOSE, 1 } },
		1, 1, LONGER },
	{ "an event of 20 MB: many strings",
		{ { OPEN("7"), 1 }, { "</Data><Data>", 3 * MILLION / 2 }, { CLOSE, 1 } }, 1, 1, LONGER },
	{ "an event of 20 MB: one attribute",
		{ { OPEN("7") "</Data><Data Name='", 1 }, { "0123456789", 2 * MILLION }, { "'>" CLOSE, 1 } },
		1, 1, LONGER },
	{ "an event of 20 MB: its own tag",
		{ { "<Event a='", 1 }, { "0123456789", 2 * MILLION }, { "'>" SYSTEM("7") "</Event>", 1 } }, 1,
		1, "the event is longer than 4 MiB; it was skipped" },
	{ "events in CDATA",
		{ { OPEN("7") "<![CDATA[", 1 }, { "<Event><![CDATA[", MILLION / 10 }, { "]]>" CLOSE, 1 } }, 2,
		1, "1 event with the beginning of another in CDATA or in a comment; it was taken for text" },
	{ "events in CDATA that is longer than any event",
		{ { OPEN("7") "<![CDATA[", 1 }, { "<Event><![CDATA[", MILLION / 3 }, { "]]>" CLOSE, 1 } }, 2,
		SIZE_MAX,
		"the event with record id 7 is not closed before the next one begins; what System says of it was kept" },
	{ "an event below the limit", { { OPEN("7"), 1 }, { "0123456789", 4 * MILLION / 10 }, { CLOSE, 1 } },
		2, 0, NULL },
	{ "an event below the limit, not UTF-8",
		{ { OPEN("7"), 1 },
			{ "\xFF"
			  "123456789",
				3 * MILLION / 10 },
			{ CLOSE, 1 } },
		2, 1, NULL },
	{ "events that begin and never end", { { "<Event>", MILLION / 20 } }, 1, MILLION / 20, NULL },
	{ "100,000 attributes",
		{ { OPEN("7") "</Data><Data", 1 }, { " a=''", 100 * 1000 }, { ">" CLOSE, 1 } }, 2, 1, KEPT },
	{ "100,000 attributes of the event itself",
		{ { "<Event", 1 }, { " a=''", 100 * 1000 }, { ">" SYSTEM("7") "</Event>", 1 } }, 1, 1,
		"the event cannot be read to its end; it was skipped" },
	{ "100,000 attributes behind a quoted '>'",
		{ { OPEN("7") "</Data><Data x='>'", 1 }, { " a=''", 100 * 1000 }, { ">" CLOSE, 1 } }, 2, 1,
		KEPT },
	{ "elements 1,000,000 deep", { { OPEN("7"), 1 }, { "<a>", MILLION }, { CLOSE, 1 } }, 2, 1, NULL },
	{ "elements 1,000,000 deep outside strings",
		{ { TAG SYSTEM("7") "<UserData>", 1 }, { "<a>", MILLION }, { "</Event>", 1 } }, 2, 1, KEPT },
	{ "elements 1,000 deep and well-formed",
		{ { TAG SYSTEM("7") "<UserData>", 1 }, { "<a>", 1000 }, { "</a>", 1000 },
			{ "</UserData></Event>", 1 } },
		2, 1, KEPT },
	{ "400,000 strings",
		{ { TAG SYSTEM("7") "<EventData>", 1 }, { "<Data/>", 400 * 1000 },
			{ "</EventData></Event>", 1 } },
		2, 1, KEPT },
	{ "namespaces open on every level",
		{ { TAG SYSTEM("7") "<UserData>", 1 }, { "<a xmlns:b='c' xmlns:d='e' xmlns:f='g'>", 60 },
			{ "<b:x/>", MILLION / 10 }, { "</a>", 60 }, { "</UserData></Event>", 1 } },
		2, 1, KEPT },
	{ "a path longer than any",
		{ { TAG SYSTEM("7") "<UserData><", 1 }, { "name", 2000 }, { "/></UserData></Event>", 1 } }, 2,
		1, KEPT },
	{ "CDATA that never ends in 20,000 events", { { OPEN("7") "<![CDATA[ x" CLOSE, 20 * 1000 } },
		20 * 1000 + 1, 1, "20000 events with '<' or ']]>' inside a string; it was kept as text" },
	{ "comments that never end in one event",
		{ { OPEN("7"), 1 }, { "<!-- ", MILLION / 2 }, { CLOSE, 1 } }, 2, 1, NULL },
	{ "comments that never end between events", { { "<!-- <![CDATA[ <? ", MILLION / 2 } }, 1, 0, NULL },
	{ "ampersands that would grow past the limit",
		{ { OPEN("7"), 1 }, { "& ", 3 * MILLION / 2 }, { CLOSE, 1 } }, 2, 1, KEPT },
	{ "messages that are not closed, one in another",
		{ { TAG SYSTEM("7"), 1 }, { "<RenderingInfo>", MILLION / 10 }, { "</Event>", 1 } }, 2, 1,
		NULL },
	{ "an entity bomb",
		{ { "<!DOCTYPE b [<!ENTITY a0 'ha'>\n", 1 },
			{ "<!ENTITY a1 '&a0;&a0;&a0;&a0;&a0;&a0;&a0;&a0;'>\n", 30 },
			{ "]>" OPEN("7") "&a1;&a0;" CLOSE, 1 } },
		2, 2, "a DOCTYPE or ENTITY declaration was ignored; events are read without it" },
	{ "an external entity",
		{ { "<!DOCTYPE b SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY % p SYSTEM "
		    "'file:///etc/passwd'> %p; ]>" OPEN("7") "&p;%p;" CLOSE,
			1 } },
		2, 2, NULL },
	{ "blanks without end in a close tag",
		{ { OPEN("7") "x</Data></EventData></Event", 1 }, { " ", MILLION }, { ">", 1 } }, 2, 0,
		NULL },
	{ "end tags only", { { "</Event>", MILLION } }, 1, 0, NULL },
};

static void test_attacks(void)
{
	for (size_t i = 0; i < LEN(attacks); i++) {
		const struct attack *t = &attacks[i];
		struct part parts[LEN(t->parts) + 1];
		size_t count = 0;
		struct collected *c;
		int failed = check_failed;

		while (count < LEN(t->parts) && t->parts[count].bytes) {
			parts[count] = t->parts[count];
			count++;
		}
		parts[count++] = (struct part){ EVENT("8"), 1 };
		c = collect_parts(parts, count, SIZE_MAX);
		CHECK_INT(c->n, t->records);
		if (t->notes != SIZE_MAX)
			CHECK_INT(c->notes_n, t->notes);
		if (t->note)
			CHECK_TEXT(c->notes_n ? c->notes[0].text : NULL, t->note);
		CHECK(c->n && c->records[c->n - 1].v[EVENT_RECORD_ID].number == 8);
		CHECK(c->n && span_equal(c->records[c->n - 1].v[EVENT_STRINGS].text,
				      SPAN("\\Device\\LanmanServer")));
		CHECK(!c->bad_text);
		if (check_failed > failed)
			printf("  in \"%s\"%s%s\n", t->name, c->notes_n ? ": " : "",
				c->notes_n ? c->notes[0].text : "");
		collect_free(c);
	}
}

/* Every byte may be the last. The ends of complete events are found the simple way. */
static void test_cuts(struct span whole, size_t unit, size_t low, const char *how)
{
	struct collected *full = collect_span(&parser_events, whole);
	struct arena *a = arena_open();
	int failed = check_failed;
	size_t ends = 0, complete[8];

	for (size_t i = 0; i + 8 * unit <= whole.n && ends < LEN(complete); i++) {
		bool end = true;

		for (size_t k = 0; k < 8; k++)
			end = end && whole.p[i + k * unit + low] == "</Event>"[k];
		if (end)
			complete[ends++] = i + 8 * unit;
	}
	CHECK_INT(full->n, ends);
	for (size_t n = 0; n < whole.n; n++) {
		struct collected *c = collect_span(&parser_events, text_head(whole, n));
		size_t want = 0;
		bool same = true;

		while (want < ends && complete[want] <= n)
			want++;
		for (size_t i = 0; i < want && i < c->n; i++)
			same = same && strcmp(collect_event(a, &c->records[i]),
					       collect_event(a, &full->records[i])) == 0;
		/* Between two events it is the root that is not closed. */
		if (c->n != want || !same || c->bad_text || c->notes_n > 1 || (want && !c->sink.cut) ||
			c->sink.cut != (c->notes_n == 1)) {
			CHECK_INT(c->n, want);
			CHECK(same && !c->bad_text);
			CHECK(!want || c->sink.cut);
			CHECK_INT(c->notes_n, c->sink.cut);
			printf("  cut at %zu %s\n", n, how);
			n = whole.n;
		}
		collect_free(c);
		arena_reset(a);
	}
	CHECK_INT(check_failed, failed);
	arena_close(a);
	collect_free(full);
}

/* A root that was opened and not closed, a tag that has only begun: the source was cut, if between two
 * events. */
static void test_roots(void)
{
	static const struct {
		const char *source;
		bool cut;
	} cases[] = {
		{ EVENT("1"), false },
		{ EVENT("1") "\r\n", false },
		{ EVENT("1") "x < y\n", false },
		{ "<Events>" EVENT("1") "</Events>", false },
		{ "<Events>" EVENT("1") "</Events\r\n>\r\n", false },
		{ "<Events/>" EVENT("1"), false },
		{ "<Events x='/' />" EVENT("1"), false },
		{ "<EventsX>" EVENT("1"), false },
		{ "<Events>" EVENT("1") "</Events><Events>" EVENT("1") "</Events>", false },
		{ "<Events>" EVENT("1"), true },
		{ "<Events x='y'>" EVENT("1") "\r\n", true },
		{ "<Events>" EVENT("1") "</Events", true },
		{ "<Events>" EVENT("1") "</Events><Events>" EVENT("1"), true },
		{ EVENT("1") "<", true },
		{ EVENT("1") "<Eve", true },
		{ EVENT("1") "<Event", true },
		{ EVENT("1") "</Eve", true },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		struct collected *c = collect_span(&parser_events, span_of(cases[i].source));

		if (c->sink.cut != cases[i].cut)
			printf("  the end of ...%s\n", cases[i].source + strlen(cases[i].source) - 20);
		CHECK_INT(c->sink.cut, cases[i].cut);
		CHECK_INT(c->notes_n, cases[i].cut);
		collect_free(c);
	}
}

#define THREE \
	"<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<Events>" EVENT("1") \
		OPEN("2") "<![CDATA[ ]] ]]> &amp; " CLOSE "<!-- between -->\r\n" TAG SYSTEM( \
			"3") "<!-- </EventX> --><?x?><UserData><A><B>1</B></A>" \
			     "</UserData></Event></Events>"

/* Marks of every kind fall on the borders of what is read at once. */
static void test_pieces(void)
{
	struct collected *full = collect_span(&parser_events, SPAN(THREE));
	struct arena *a = arena_open();
	size_t different = 0;

	CHECK_INT(full->n, 3);
	for (size_t noise = 0; noise < 1100; noise++) {
		struct part parts[] = { { noise ? "x" : "", noise ? noise : 1 }, { THREE, 1 } };
		struct collected *c = collect_parts(parts, 2, noise % 3 + 1);
		bool same = c->n == full->n && c->notes_n == full->notes_n;

		for (size_t i = 0; same && i < c->n; i++)
			same = strcmp(collect_event(a, &c->records[i]),
				       collect_event(a, &full->records[i])) == 0;
		different += !same;
		collect_free(c);
		arena_reset(a);
	}
	CHECK_INT(different, 0);
	arena_close(a);
	collect_free(full);
}

/* libxml2 remembers every name: a log of nothing but new names must not make it grow, nor end its patience.
 */
static void test_names(void)
{
	struct arena *a = arena_open();
	size_t room = 24 * MILLION, n = 0;
	char *bytes = arena_alloc(a, room);
	struct collected *c;

	for (int event = 0; event < 150; event++) {
		n += (size_t)snprintf(bytes + n, room - n, "%s", TAG SYSTEM("7") "<UserData><T>");
		for (int i = 0; i < 3000; i++)
			n += (size_t)snprintf(bytes + n, room - n, "<N%032dx%d/>", event, i);
		n += (size_t)snprintf(bytes + n, room - n, "</T></UserData></Event>");
	}
	c = collect_span(&parser_events, (struct span){ bytes, n });
	CHECK_INT(c->n, 150);
	CHECK_INT(c->notes_n, 0);
	collect_free(c);
	arena_close(a);
}

static void test_odd_bytes(void)
{
	static const char zeros[] =
		EVENT("7") "\0\0\0\n" TAG SYSTEM("8") "<EventData><Data>a\0b</Data></EventData></Event>";
	struct arena *a = arena_open();
	struct span wide = utf16_of(a, SPAN(EVENT("7") EVENT("8")), false, true);
	struct collected *c = collect_span(&parser_events, (struct span){ zeros, sizeof zeros - 1 });

	CHECK_INT(c->n, 2);
	CHECK_INT(c->notes_n, 1);
	CHECK_TEXT(c->n == 2 ? collect_strings(a, &c->records[1]) : "", "a\xEF\xBF\xBD"
									"b");
	collect_free(c);

	/* One byte too many at the end, and one lost in the middle: from there on UTF-16 makes no sense. */
	c = collect_span(&parser_events, (struct span){ wide.p, wide.n - 1 });
	CHECK_INT(c->n, 2);
	collect_free(c);
	memmove((char *)wide.p + 20, wide.p + 21, wide.n - 21);
	c = collect_span(&parser_events, (struct span){ wide.p, wide.n - 1 });
	CHECK(!c->bad_text);
	collect_free(c);
	c = collect_span(&parser_events, SPAN(""));
	CHECK_INT(c->n + c->notes_n, 0);
	collect_free(c);
	arena_close(a);
}

int main(void)
{
	struct arena *a = arena_open();

	test_cuts(SPAN(THREE), 1, 0, "(8-bit)");
	test_roots();
	test_cuts(utf16_of(a, SPAN(THREE), false, true), 2, 0, "(UTF-16LE)");
	test_cuts(utf16_of(a, SPAN(THREE), true, true), 2, 1, "(UTF-16BE)");
	test_pieces();
	test_odd_bytes();
	test_names();
	test_attacks();
	arena_close(a);
	return check_end();
}
