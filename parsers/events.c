/* SPDX-License-Identifier: MIT
 * Reads exported Windows event logs as a stream of <Event> elements, whatever stands between them: Event
 * Viewer, wevtutil, PowerShell's ToXml(), python-evtx, evtx_dump, evtxexport, EvtxECmd, plaso, SOAP, mail.
 * Format: the event schema of learn.microsoft.com (Windows Event Schema) and the exporters' own output. */
#include "core/text.h"
#include "parsers/binary.h"
#include "parsers/event2004.h"
#include "parsers/parser.h"
#include "parsers/xml.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Only System says what an event is: <Level>, <Channel>, <Provider> occur again in RenderingInfo and
 * UserData. */
enum { DATA = EVENT_COLUMNS, DATA_NAME, OTHER_DATA, USER_DATA, NAMED_DATA };

static const struct xml_rule rules[] = {
	{ "System/Provider@Name", EVENT_PROVIDER },
	{ "System/Provider@EventSourceName", EVENT_SOURCE_NAME },
	{ "System/EventID", EVENT_EVENT_ID },
	{ "System/EventID@Qualifiers", EVENT_QUALIFIERS },
	{ "System/Level", EVENT_LEVEL },
	{ "System/TimeCreated@SystemTime", EVENT_TIME_TEXT },
	{ "System/EventRecordID", EVENT_RECORD_ID },
	{ "System/Channel", EVENT_CHANNEL },
	{ "System/Computer", EVENT_COMPUTER },
	{ "EventData/Data@Name", DATA_NAME },
	{ "EventData/Data", DATA },
	{ "EventData/Binary", EVENT_BINARY },
	{ "EventData/*", OTHER_DATA },
	{ "BinaryEventData", EVENT_BINARY },
	{ "UserData/*", USER_DATA },
	{ "ProcessingErrorData/*", NAMED_DATA },
	{ "DebugData/*", NAMED_DATA },
};

static const char *const text_elements[] = { "Data", "Binary", NULL };
static const char *const markup_elements[] = { "Data", "Binary", "EventData", "Event", NULL };
static const struct xml_shape shape = { text_elements, markup_elements, "RenderingInfo" };

/* What may be odd about many events: one note each, at the first. */
enum { ODD_PAGE = XML_KIND_COUNT, ODD_TIME, ODD_NUMBER, ODD_BINARY, ODD_HIDDEN, ODD_POOL, ODDS };

static const char *const odd_about[ODDS] = {
	[ODD_PAGE] = "bytes that are not UTF-8; they were read as ", /* the code page */
	[ODD_TIME] = "a SystemTime that is no time; it was left unknown",
	[ODD_NUMBER] = "a number in System that is none or too large; it was left unknown",
	[ODD_BINARY] = "a <Binary> that is neither hex nor base64; it was kept as text",
	[ODD_HIDDEN] = "the beginning of another in CDATA or in a comment; it was taken for text",
	[ODD_POOL] = "pool tags or sizes that make no sense; these were left out of its poolsnap",
};

struct odd {
	uint64_t events, line;
};

struct events {
	struct sink *sink;
	struct reader *reader;
	struct xml *xml;
	struct arena *arena; /* of one event */
	struct record record;
	unsigned odd;    /* what is odd about it, as bits */
	bool blank_time; /* "2012-03-14 04:17:38.276340": the spelling of python-evtx and EvtxECmd */
	struct odd odds[ODDS];
};

static void odd(struct events *e, int what)
{
	e->odd |= 1u << what;
}

static void count_odd(struct events *e)
{
	for (int i = 0; i < ODDS; i++)
		if (e->odd >> i & 1 && !e->odds[i].events++)
			e->odds[i].line = e->record.line;
}

/* System/…: the first of its kind counts; nothing written is the same as nothing there (Qualifiers=""). */
static void system_value(struct events *e, int column, struct span text)
{
	int64_t number, most = column == EVENT_RECORD_ID ? INT64_MAX : column == EVENT_LEVEL ? 255 : 65535;
	enum type type = record_types[RECORD_EVENT].columns[column].type;

	text = text_trim(text);
	if (!text.n || e->record.v[column].known)
		return;
	if (type == T_TEXT || type == T_NAME)
		record_text(&e->record, column, text);
	else if (text_int(text, &number) && number >= 0 && number <= most)
		record_number(&e->record, column, number);
	else
		odd(e, ODD_NUMBER);
}

static void system_time(struct events *e)
{
	struct span text = e->record.v[EVENT_TIME_TEXT].text;
	enum when_zone zone; /* none means UTC in an event log */
	when_us time;

	if (when_iso(text, &time, &zone))
		record_number(&e->record, EVENT_TIME, time);
	else if (text.n)
		odd(e, ODD_TIME);
	e->blank_time = text.n > 10 && text.p[10] == ' ';
}

static void binary(struct events *e, struct span text)
{
	const struct value *id = &e->record.v[EVENT_EVENT_ID], *qualifiers = &e->record.v[EVENT_QUALIFIERS];
	int64_t code = id->known && qualifiers->known ? qualifiers->number << 16 | id->number : -1;
	struct span bytes;

	switch (binary_decode(e->arena, text, code, e->blank_time, &bytes)) {
	case BINARY_NOTHING: break;
	case BINARY_UNCLEAR:
		odd(e, ODD_BINARY);
		record_text(&e->record, EVENT_BINARY_TEXT, text_trim(text));
		break;
	default: record_text(&e->record, EVENT_BINARY, bytes);
	}
}

/* The strings on their way into one column. */
struct strings {
	char *p;
	size_t n, count;
	struct span name; /* of the next one */
};

static void put(struct strings *s, struct span text)
{
	memcpy(s->p + s->n, text.p, text.n);
	s->n += text.n;
}

static void string(struct strings *s, struct span value)
{
	if (s->count++)
		s->p[s->n++] = STRINGS_BETWEEN;
	if (s->name.n) {
		put(s, s->name);
		s->p[s->n++] = STRINGS_NAMED;
	}
	put(s, value);
	s->name.n = 0;
}

/* python-evtx writes the strings of a classic event as one:
 * "<string>10.00.</string>\n<string>10586</string>\n". */
static bool string_list(struct strings *s, struct span text)
{
	const char *between = "</string>\n<string>", *next;

	text = text_trim(text);
	if (s->name.n || !text_starts(text, "<string>") || !text_ends_nocase(text, "</string>") ||
		text.n < 17)
		return false;
	text = (struct span){ text.p + 8, text.n - 17 };
	while ((next = text_find(text, between)) != NULL) {
		string(s, (struct span){ text.p, (size_t)(next - text.p) });
		text = text_tail(text, (size_t)(next - text.p) + strlen(between));
	}
	string(s, text);
	return true;
}

/* EventData/…, UserData/… one by one; lone: the only <Data>. */
static void string_item(const struct events *e, struct strings *s, const struct xml_item *item, bool lone)
{
	struct span path = item->path, before;

	switch (item->what) {
	case DATA_NAME: s->name = item->text; return;
	case DATA:
		/* Exporters with such times write <Data></Data> where there is no string at all. */
		if (lone && e->blank_time && !s->name.n && !item->text.n)
			return;
		if (!lone || !string_list(s, item->text))
			string(s, item->text);
		return;
	case OTHER_DATA: /* <ComplexData Name="…">, or an element per value */
		if (text_ends_nocase(path, "@Name")) {
			s->name = item->text;
			return;
		}
		break;
	case USER_DATA: /* below the one element that names the template: LogFileCleared/Channel is Channel */
		if (memchr(path.p, '/', path.n))
			text_cut(&path, '/', &before);
		break;
	case NAMED_DATA: break;
	default: return;
	}
	if (!s->name.n)
		s->name = path;
	string(s, item->text);
}

static void strings(struct events *e)
{
	struct strings s = { 0 };
	size_t n = xml_items(e->xml), room = 1, data = 0;

	for (size_t i = 0; i < n; i++) {
		struct xml_item item = xml_item(e->xml, i);

		room += item.path.n + item.text.n + 2;
		data += item.what == DATA;
	}
	s.p = arena_alloc(e->arena, room);
	for (size_t i = 0; i < n; i++) {
		struct xml_item item = xml_item(e->xml, i);

		string_item(e, &s, &item, data == 1);
	}
	if (s.count)
		record_text(&e->record, EVENT_STRINGS, (struct span){ s.p, s.n });
}

/* Fills e->record from one element; false when only what System says could be had, if that. */
static bool event_read(struct events *e, struct span element, uint64_t line)
{
	struct span data = { "", 0 };
	bool was_page, whole;
	unsigned kinds;

	arena_reset(e->arena);
	record_start(&e->record, RECORD_EVENT, line);
	whole = xml_read(e->xml, xml_undoubled(e->arena, reader_utf8(e->reader, element, &was_page)), &kinds);
	e->odd = whole ? kinds : 0;
	for (size_t i = 0; i < xml_items(e->xml); i++) {
		struct xml_item item = xml_item(e->xml, i);

		if (item.what == EVENT_BINARY)
			data = data.n ? data : item.text;
		else if (item.what < EVENT_COLUMNS)
			system_value(e, item.what, item.text);
	}
	system_time(e);
	if (whole) {
		strings(e);
		binary(e, data);
	}
	if (was_page)
		odd(e, ODD_PAGE);
	return whole;
}

/* " with record id 12049" where that is known. */
static const char *whose(const struct events *e, char text[64])
{
	const struct value *id = &e->record.v[EVENT_RECORD_ID];

	text[0] = 0;
	if (id->known)
		snprintf(text, 64, " with record id %" PRId64, id->number);
	return text;
}

static void event(struct events *e, enum xml_found found, struct span element, uint64_t line, bool hidden)
{
	const char *why =
		found == XML_OPEN ? "is not closed before the next one begins" : "cannot be read to its end";
	const struct value *v = e->record.v;
	bool whole, kept;
	char id[64];

	if (found == XML_LONG) {
		event_read(e, text_head(element, READER_HEAD), line);
		sink_note(e->sink, line, "the event%s is longer than %zu MiB; it was skipped", whose(e, id),
			XML_RECORD_MAX / 1024 / 1024);
		return;
	}
	if (found == XML_CUT) {
		event_read(e, element, line);
		e->sink->cut = true;
		sink_note(e->sink, line, "the source ends inside the event%s; it was not counted",
			whose(e, id));
		return;
	}
	whole = event_read(e, element, line);
	if (hidden)
		odd(e, ODD_HIDDEN);
	kept = v[EVENT_EVENT_ID].known && (whole || (v[EVENT_PROVIDER].known && v[EVENT_TIME].known));
	if (!whole)
		sink_note(e->sink, line, "the event%s %s; %s", whose(e, id), why,
			kept ? "what System says of it was kept" : "it was skipped");
	else if (!kept)
		sink_note(
			e->sink, line, "the event%s has no EventID in System; it was skipped", whose(e, id));
	if (kept)
		e->sink->record(e->sink, &e->record);
	if (whole && kept && event2004_state(e->sink, reader_page(e->reader), &e->record))
		odd(e, ODD_POOL);
	count_odd(e);
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct xml_scan *scan = xml_scan_open(r, "Event");
	struct events e = {
		.sink = sink, .reader = r, .xml = xml_open(rules, LEN(rules), &shape), .arena = arena_open()
	};
	enum xml_found found;
	struct span element;
	uint64_t line;

	(void)source;
	while ((found = xml_scan_next(scan, &element, &line)) != XML_NONE)
		event(&e, found, element, line, xml_scan_hidden(scan));
	if (xml_scan_unclosed(scan) && !sink->cut) {
		sink->cut = true;
		sink_note(sink, reader_line_number(r),
			"the source ends without the end of its root element; events may be missing");
	}
	if (xml_scan_doctype(scan))
		sink_note(sink, xml_scan_doctype(scan),
			"a DOCTYPE or ENTITY declaration was ignored; events are read without it");
	for (int i = 0; i < ODDS; i++)
		if (e.odds[i].events)
			sink_note(sink, e.odds[i].line, "%" PRIu64 " event%s with %s%s", e.odds[i].events,
				e.odds[i].events == 1 ? "" : "s",
				i < XML_KIND_COUNT ? xml_kind_about[i] : odd_about[i],
				i == ODD_PAGE ? page_name(reader_page(r)) : "");
	arena_close(e.arena);
	xml_close(e.xml);
	xml_scan_close(scan);
}

/* How sure one "<Event" is, from what follows it. */
static int bid_at(struct span s)
{
	static const char schema[] = "http://schemas.microsoft.com/win/2004/08/events/event";
	struct span tag = text_head(s, 1024);
	const char *end = tag.n ? memchr(tag.p, '>', tag.n) : NULL, *name;
	bool inside;

	if (!tag.n || !strchr(" \t\r\n/>", tag.p[0]) || !tag.p[0])
		return 0;
	inside = end && text_starts(text_trim(text_tail(s, (size_t)(end - s.p) + 1)), "<System>");
	tag.n = end ? (size_t)(end - tag.p) : tag.n;
	name = text_find(tag, schema);
	if (!name)
		return inside && tag.n == 0 ? 90 : inside ? 60 : 10;
	/* IE's view breaks the line behind the quote. */
	while (name > tag.p && strchr(" \t\r\n", name[-1]) && name[-1])
		name--;
	if (name - tag.p < 3 || (name[-1] != '"' && name[-1] != '\''))
		return 0;
	/* A column of plaso's CSV: xmlns=""http…"". */
	if (name[-1] == '"' && name[-2] == '"')
		return name[-3] == '=' ? 90 : 0;
	/* JSON: xmlns=\"http…\" */
	return strchr("'\\", name[-2]) && name[-2] ? 0 : 95;
}

/* What a head that holds no event has of one. */
static int bid_near(struct span head, const char **missing)
{
	*missing = "an <Event> element with <System> in it";
	if (text_find(head, "<Event xmlns=\\\"http")) {
		*missing = "plain XML: this is JSON with event XML in a string";
		return 20;
	}
	if (text_find(head, "&lt;Event ") || text_find(head, "&lt;Event&gt;")) {
		*missing = "plain XML: its events are escaped (&lt;Event)";
		return 20;
	}
	if (text_find(head, "<System>") && text_find(head, "<EventID")) {
		*missing = "the tag <Event> around <System>";
		return 20;
	}
	return 0;
}

static int probe(struct span head, const char **missing)
{
	struct span rest = head;
	const char *at;
	int best = 0;

	while (best < 95 && (at = text_find(rest, "<Event")) != NULL) {
		int bid;

		rest = text_tail(rest, (size_t)(at - rest.p) + strlen("<Event"));
		bid = bid_at(rest);
		best = bid > best ? bid : best;
	}
	if (best < BID_LEAST) {
		int near = bid_near(head, missing);

		best = near > best ? near : best;
	}
	/* An export of nothing: a query that matched no event. */
	if (best < BID_LEAST && (text_find(head, "<Events>") || text_find(head, "<Events/>")) && head.n < 512)
		return 40;
	return best;
}

const struct parser parser_events = { "events", "Windows event logs exported as XML", probe, parse,
	WHOSE_SAID };
