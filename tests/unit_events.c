/* SPDX-License-Identifier: MIT
 * Is the same event read from every dialect of event XML, are known damages repaired and told, and is nothing
 * else taken for an event log. */
#include "tests/check.h"
#include "tests/collect.h"
#include "tests/utf16.h"

#include "parsers/binary.h"
#include "parsers/parser.h"
#include "parsers/xml.h"

extern const struct parser parser_events;

/* An IO_ERROR_LOG_PACKET of 44 bytes for event 2020. */
#define HEX "0000040001002C0000000000E40700C0000000009A0000C0000000000000000000000000000000000B000000"
#define LOW "0000040001002c0000000000e40700c0000000009a0000c0000000000000000000000000000000000b000000"
#define B64 "AAAEAAEALAAAAAAA5AcAwAAAAACaAADAAAAAAAAAAAAAAAAAAAAAAAsAAAA="
#define HYP \
	"00-00-04-00-01-00-2C-00-00-00-00-00-E4-07-00-C0-00-00-00-00-9A-00-00-C0-00-00-00-00-00-00-00-00-00-00-" \
	"00-00-00-00-00-00-0B-00-00-00"

#define NS  "http://schemas.microsoft.com/win/2004/08/events/event"
#define TAG "<Event xmlns='" NS "'>"
/* Single quotes, one line: Event Viewer, wevtutil, PowerShell, Splunk. */
#define SYSTEM(id) \
	"<System><Provider Name='srv'/><EventID Qualifiers='49152'>2020</EventID><Level>2</Level><Task>0</Task>" \
	"<Keywords>0x80000000000000</Keywords><TimeCreated SystemTime='2008-10-14T19:52:07.2500000Z'/>" \
	"<EventRecordID>" id "</EventRecordID><Channel>System</Channel><Computer>FS01</Computer><Security/>" \
	"</System>"
#define DATA      "<EventData><Data>\\Device\\LanmanServer</Data><Binary>" HEX "</Binary></EventData>"
#define EVENT(id) TAG SYSTEM(id) DATA "</Event>"
#define RENDERED \
	"<RenderingInfo Culture='en-US'><Message>The server was unable to allocate.</Message>" \
	"<Level>Error</Level><Channel>Elsewhere</Channel><Provider>Other</Provider><Keywords>" \
	"<Keyword>Classic</Keyword></Keywords></RenderingInfo>"
/* Double quotes, indented: evtxexport, copies out of Event Viewer. */
#define PRETTY_SYSTEM(between) \
	"  <System>" between "    <Provider Name=\"srv\" />" between \
	"    <EventID Qualifiers=\"49152\">2020</EventID>" between "    <Level>2</Level>" between \
	"    <TimeCreated SystemTime=\"2008-10-14T19:52:07.250000000Z\" />" between \
	"    <EventRecordID>7</EventRecordID>" between "    <Channel>System</Channel>" between \
	"    <Computer>FS01</Computer>" between "    <Security />" between "  </System>" between
#define PRETTY \
	"<Event xmlns=\"" NS \
	"\">\n" PRETTY_SYSTEM("\n") "  <EventData>\n    <Data>\\Device\\LanmanServer</Data>\n" \
				    "    <Binary>" HEX "</Binary>\n  </EventData>\n</Event>\n"

/* What every dialect must give, after the line number. */
#define SEVEN \
	" 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 [\\Device\\LanmanServer] " LOW " -\n"
#define EIGHT \
	" 2008-10-14T19:52:07.250000Z FS01 System 8 srv - 2020/49152 2 [\\Device\\LanmanServer] " LOW " -\n"

struct example {
	const char *name, *bytes, *want;
};

static const struct example dialects[] = {
	{ "Event Viewer",
		"<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?><Events>" EVENT("7")
			EVENT("8") "</Events>",
		"1" SEVEN "1" EIGHT },
	{ "wevtutil qe /f:xml", EVENT("7") "\r\n" EVENT("8") "\r\n", "1" SEVEN "2" EIGHT },
	{ "wevtutil /e:NAME", "<events-of-fs01>\n" EVENT("7") "\n</events-of-fs01>\n", "2" SEVEN },
	{ "wevtutil /f:RenderedXml", TAG SYSTEM("7") DATA RENDERED "</Event>\n", "1" SEVEN },
	{ "Event Viewer, copied as text",
		"Log Name:      System\r\nSource:        srv\r\nEvent ID:      2020\r\nDescription:\r\nno pool\r\nEvent Xml:\r\n" PRETTY,
		"7" SEVEN },
	{ "the details pane, through Internet Explorer",
		"- <Event xmlns=\"\n" NS "\">\n- <System>\n  <Provider Name=\"srv\" />\n  <EventID "
		"Qualifiers=\"49152\">2020</EventID>\n  <Level>2</Level>\n  <TimeCreated "
		"SystemTime=\"2008-10-14T19:52:07.250Z\" />\n  <EventRecordID>7</EventRecordID>\n  "
		"<Channel>System</Channel>\n  <Computer>FS01</Computer>\n  <Security />\n  </System>\n- "
		"<EventData>\n  <Data>\\Device\\LanmanServer</Data>\n  <Binary>" HEX
		"</Binary>\n  </EventData>\n  </Event>\n",
		"1" SEVEN },
	{ "python-evtx",
		"<?xml version=\"1.1\" encoding=\"utf-8\" standalone=\"yes\" ?>\n\n<Events>\n<Event xmlns=\"" NS
		"\"><System><Provider Name=\"srv\"></Provider>\n<EventID Qualifiers=\"49152\">2020</EventID>\n"
		"<Level>2</Level>\n<TimeCreated SystemTime=\"2008-10-14 19:52:07.250000\"></TimeCreated>\n"
		"<EventRecordID>7</EventRecordID>\n<Channel>System</Channel>\n<Computer>FS01</Computer>\n"
		"<Security UserID=\"\"></Security>\n</System>\n<EventData><Data>&lt;string&gt;\\Device\\LanmanServer"
		"&lt;/string&gt;\n</Data>\n<Binary>" B64 "</Binary>\n</EventData>\n</Event>\n\n</Events>\n",
		"4" SEVEN },
	{ "Rust evtx_dump",
		"Record 7\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" PRETTY
		"Record 8\n<?xml version=\"1.0\" "
		"encoding=\"utf-8\"?>\n" EVENT("8"),
		"3" SEVEN "21" EIGHT },
	{ "evtxexport -f xml", "evtxexport 20181227\n\n" PRETTY "\n" PRETTY, "3" SEVEN "20" SEVEN },
	{ "EvtxECmd",
		"\xEF\xBB\xBF<Event>\r\n  <System>\r\n    <Provider Name=\"srv\" />\r\n    <EventID "
		"Qualifiers=\"49152\">2020</EventID>\r\n    <Level>2</Level>\r\n    <TimeCreated SystemTime=\"2008-10-14 "
		"19:52:07.2500000\" />\r\n    <EventRecordID>7</EventRecordID>\r\n    <Channel>System</Channel>\r\n    "
		"<Computer>FS01</Computer>\r\n  </System>\r\n  <EventData>\r\n    <Data>\\Device\\LanmanServer</Data>\r\n"
		"    <Binary>" HYP "</Binary>\r\n  </EventData>\r\n</Event>\r\n",
		"1" SEVEN },
	{ "Splunk, XML among key=value lines",
		"10/14/2008 07:52:07 PM\nLogName=System\nEventCode=2020\n" EVENT("7") "\nhost=FS01 \"" EVENT(
			"8") "\"\n",
		"4" SEVEN "5" EIGHT },
	{ "a SOAP envelope",
		"<s:Envelope><s:Body><w:Events><w:Event><![CDATA[" EVENT(
			"7") "]]></w:Event></w:Events></s:Body></s:Envelope>",
		"1" SEVEN },
	{ "SOAP, several in one CDATA",
		"<w:Events><w:Event><![CDATA[" EVENT("7") EVENT("8") "]]></w:Event></w:Events>",
		"1" SEVEN "1" EIGHT },
	{ "a column of CSV, the quotes doubled",
		"time,message,xml_string\n1,\"\"\"said\"\"\",\"<Event xmlns=\"\"" NS
		"\"\">\n <System><Provider Name=\"\"srv\"\""
		" /><EventID Qualifiers=\"\"49152\"\">2020</EventID><Level>2</Level><TimeCreated "
		"SystemTime=\"\"2008-10-14T19:52:07.250000000Z\"\"/><EventRecordID>7</EventRecordID>\n<Channel>System"
		"</Channel><Computer>FS01</Computer><Security UserID=\"\"\"\"/></System><EventData><Data Name=\"\"\"\">\\Device"
		"\\LanmanServer</Data><Binary>" HEX "</Binary></EventData></Event>\",-\n",
		"2" SEVEN },
	{ "an empty attribute in front is no CSV",
		"<Event a=\"\" xmlns=\"" NS
		"\">" SYSTEM("7") "<EventData><Data>\"\"</Data></EventData></Event>",
		"1 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 [\"\"] - -\n" },
	{ "a prefixed namespace beside the default one",
		"<Event xmlns:auto-ns2='urn:x' xmlns='" NS "' >" SYSTEM("7") DATA "</Event\n>", "1" SEVEN },
	{ "UserData with its own Level and Channel",
		TAG SYSTEM(
			"7") "<UserData><Cleared xmlns:auto-ns3='urn:x' xmlns='urn:y'><Level>9</Level><Channel>Old"
			     "</Channel><Path><A>1</A><A b='2'/></Path></Cleared></UserData>" RENDERED
			     "</Event>",
		"1 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 "
		"[Level=9|Channel=Old|Path/A=1|Path/A@b=2|Path/A=] - -\n" },
	{ "ProcessingErrorData",
		TAG SYSTEM(
			"7") "<ProcessingErrorData><ErrorCode>15005</ErrorCode><EventPayload>0A</EventPayload>"
			     "</ProcessingErrorData></Event>",
		"1 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 [ErrorCode=15005|EventPayload=0A] - -\n" },
	{ "named, unnamed, empty, complex, over two lines",
		TAG SYSTEM(
			"7") "<EventData><Data Name='a'>1</Data><Data/><Data Name='b'>\n    </Data><Data> x </Data>"
			     "<ComplexData Name='c'>01</ComplexData><Data Name=''>two\r\nlines</Data></EventData></Event>",
		"1 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 [a=1||b=| x |c=01|two\nlines] - -\n" },
	{ "one empty string", TAG SYSTEM("7") "<EventData><Data></Data></EventData></Event>",
		"1 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 [] - -\n" },
	{ "no string", TAG SYSTEM("7") "<EventData/></Event>",
		"1 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 [-] - -\n" },
	{ "python-evtx: no string; several, one of them empty; no Qualifiers",
		"<Event><System><Provider Name=\"EventLog\" EventSourceName=\"e\"></Provider><EventID "
		"Qualifiers=\"\">6009</EventID><TimeCreated SystemTime=\"2008-10-14 19:52:07\"></TimeCreated></System>"
		"<EventData><Data></Data>\n<Binary></Binary></EventData></Event>\n<Event><System><Provider "
		"Name=\"EventLog\"></Provider><EventID Qualifiers=\"\">0</EventID><TimeCreated SystemTime=\"2008-10-14 "
		"19:52:07\"></TimeCreated></System><EventData><Data>&lt;string&gt;10.00.&lt;/string&gt;\n"
		"&lt;string&gt;&lt;/string&gt;\n&lt;string&gt;0&lt;/string&gt;\n</Data><Binary>AAAA</Binary></EventData></Event>",
		"1 2008-10-14T19:52:07Z - - - EventLog e 6009/- - [-] - -\n"
		"3 2008-10-14T19:52:07Z - - - EventLog - 0/- - [10.00.||0] 000000 -\n" },
	{ "large ids, an offset, blanks around values",
		"<Event><System><Provider Name=' p '/><EventID Qualifiers = \" 0 \" >\n 65535 </EventID><TimeCreated\n"
		"SystemTime\n= '2008-10-14T19:52:07+02:00'/><EventRecordID>9223372036854775807</EventRecordID></System></Event>",
		"1 2008-10-14T17:52:07Z - - 9223372036854775807 p - 65535/0 - [-] - -\n" },
	{ "a second System does not count",
		"<Event><System><EventID>1</EventID></System><System><EventID>2</EventID><Level>3</Level></System></Event>",
		"1 - - - - - - 1/- 3 [-] - -\n" },
	{ "no event at all", "<Events></Events>", "" },
	{ "look-alikes", "<Events><EventID>1</EventID><EventData/><Eventually><System/></Events>", "" },
};

/* Records first, then "LINE note TEXT". */
static const struct example damages[] = {
	{ "control characters, a forbidden reference, U+FFFE",
		TAG SYSTEM("7") "<EventData><Data>a\x0F"
				"b&#x0;c&#31;d&#65;\xEF\xBF\xBE</Data></EventData></Event>",
		"1 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 "
		"[a\xEF\xBF\xBD"
		"b\xEF\xBF\xBD"
		"c\xEF\xBF\xBD"
		"dA\xEF\xBF\xBD] - -\n"
		"1 note 1 event with characters that XML forbids; each became U+FFFD\n"
		"1 note 1 event with numeric references to characters that XML forbids; each became U+FFFD\n" },
	{ "separators of the strings column",
		TAG SYSTEM("7") "<EventData><Data>a\x1F"
				"b\x1E"
				"c&#x1F;d&#30;</Data></EventData></Event>",
		"1 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 "
		"[a\xEF\xBF\xBD"
		"b\xEF\xBF\xBD"
		"c\xEF\xBF\xBD"
		"d\xEF\xBF\xBD] - -\n"
		"1 note 1 event with characters that XML forbids; each became U+FFFD\n"
		"1 note 1 event with numeric references to characters that XML forbids; each became U+FFFD\n" },
	{ "lone ampersands in text and attribute, undeclared entities",
		"\n" TAG
		"<System><Provider Name='A&B'/><EventID>1</EventID></System><EventData><Data>x & y &nbsp; &amp; &#; &lt;"
		"</Data></EventData></Event>\n" TAG
		"<System><EventID>2</EventID></System><EventData><Data>&</Data></EventData></Event>",
		"2 - - - - A&B - 1/- - [x & y &nbsp; & &#; <] - -\n3 - - - - - - 2/- - [&] - -\n"
		"2 note 2 events with a lone '&'; it was kept as text\n"
		"2 note 1 event with an entity that nobody declares; its name was kept as text\n" },
	{ "stray '<' in a string, and a lost close tag",
		TAG
		"<System><EventID>1</EventID></System><EventData><Data>a <b c< </d> <3</Data><Data Name='n'>]]></Data>"
		"<Data>open<Data>shut</Data></EventData></Event>",
		"1 - - - - - - 1/- - [a <b c< </d> <3|n=]]>|open|shut] - -\n"
		"1 note 1 event with '<' or ']]>' inside a string; it was kept as text\n" },
	{ "elements in a string stay as they are spelled",
		TAG
		"<System><EventID>1</EventID></System><EventData><Data>a<b x='1'>c</b><i/></Data></EventData></Event>",
		"1 - - - - - - 1/- - [a<b x='1'>c</b><i/>] - -\n"
		"1 note 1 event with '<' or ']]>' inside a string; it was kept as text\n" },
	{ "elements in a number", TAG "<System><EventID>1</EventID><Level><b>3</b></Level></System></Event>",
		"1 - - - - - - 1/- - [-] - -\n"
		"1 note 1 event with elements where only text belongs; that value was left out\n" },
	{ "CDATA in a string, with a close tag in it",
		TAG
		"<System><EventID>1</EventID></System><EventData><Data>a<![CDATA[</Data></Event><Event >&]]>z</Data></EventData>"
		"</Event>" EVENT("7"),
		"1 - - - - - - 1/- - [a</Data></Event><Event >&z] - -\n1" SEVEN
		"1 note 1 event with the beginning of another in CDATA or in a comment; it was taken for text\n" },
	{ "a comment that closes two events later hides one, and says so",
		"\n" TAG SYSTEM("7") "<EventData><Data>x<!-- </Data></EventData></Event>\n" EVENT("8")
			TAG SYSTEM("9") "<EventData><Data> --></Data></EventData></Event>" EVENT("8"),
		"2 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 [x] - -\n3" EIGHT
		"2 note 1 event with the beginning of another in CDATA or in a comment; it was taken for text\n" },
	{ "escaped markup is text",
		TAG
		"<System><EventID>1</EventID></System><EventData><Data>&lt;/Event&gt;&lt;Event&gt;</Data></EventData></Event>",
		"1 - - - - - - 1/- - [</Event><Event>] - -\n" },
	{ "a message cut off",
		TAG SYSTEM("7") DATA "<RenderingInfo Culture='x'><Message>cut</Event>" EVENT("8"),
		"1" SEVEN "1" EIGHT
		"1 note 1 event with a rendered message that is no XML; it was left out\n" },
	{ "a message that is no XML",
		TAG SYSTEM("7") DATA "<RenderingInfo><Message>a <b> & c</Message></RenderingInfo></Event>",
		"1" SEVEN "1 note 1 event with a rendered message that is no XML; it was left out\n" },
	{ "not UTF-8",
		TAG
		"<System><EventID>1</EventID></System><EventData><Data>\xAE \x93quoted\x94 \x80</Data></EventData></Event>\n" TAG
		"<System><EventID>2</EventID></System><EventData><Data>\xC2\xAE</Data></EventData></Event>",
		"1 - - - - - - 1/- - [\xC2\xAE \xE2\x80\x9Cquoted\xE2\x80\x9D \xE2\x82\xAC] - -\n2 - - - - - - 2/- - [\xC2\xAE] - -\n"
		"1 note 1 event with bytes that are not UTF-8; they were read as Windows-1252\n" },
	{ "a new event before the end of the last", TAG SYSTEM("7") "<EventData><Data>lost" EVENT("8"),
		"1 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 [-] - -\n1" EIGHT
		"1 note the event with record id 7 is not closed before the next one begins; what System says of it was kept\n" },
	{ "a new event inside System", TAG "<System><Provider Name='x'/><EventID>20" EVENT("8"),
		"1" EIGHT "1 note the event is not closed before the next one begins; it was skipped\n" },
	{ "strings that cannot be read", TAG SYSTEM("7") "<UserData><a>1</b></UserData></Event>\n" EVENT("8"),
		"1 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 [-] - -\n2" EIGHT
		"1 note the event with record id 7 cannot be read to its end; what System says of it was kept\n" },
	{ "tags that do not match in System must not give fields",
		TAG "<System><EventID>2020</Level><EventRecordID>5</EventRecordID></System></Event>\n",
		"1 note the event cannot be read to its end; it was skipped\n" },
	{ "the source ends inside", EVENT("7") "\n" TAG SYSTEM("8") "<EventData><Data>x</Da",
		"1" SEVEN "2 note the source ends inside the event with record id 8; it was not counted\n" },
	{ "the source ends before the id", EVENT("7") TAG "<System><EventRecordID>12",
		"1" SEVEN "1 note the source ends inside the event; it was not counted\n" },
	{ "nothing in it", "<Event/><Event />\n<Event a='/>'></Event>",
		"1 note the event has no EventID in System; it was skipped\n"
		"1 note the event has no EventID in System; it was skipped\n"
		"2 note the event has no EventID in System; it was skipped\n" },
	{ "numbers and times that are none",
		"<Event><System><EventID>1</EventID><EventRecordID>9223372036854775808</EventRecordID><Level>high</Level>"
		"<TimeCreated SystemTime='2008-02-30T00:00:00Z'/></System></Event><Event><System><EventID Qualifiers='-1'>65536"
		"</EventID></System></Event>",
		"1 - - - - - - 1/- - [-] - -\n1 note the event has no EventID in System; it was skipped\n"
		"1 note 1 event with a SystemTime that is no time; it was left unknown\n"
		"1 note 2 events with a number in System that is none or too large; it was left unknown\n" },
	{ "binary data that is none",
		"<Event><System><EventID>1</EventID></System><EventData><Binary> ABC </Binary></EventData></Event>\n"
		"<Event><System><EventID>2</EventID></System><EventData><Binary>not data</Binary></EventData></Event>",
		"1 - - - - - - 1/- - [-] - ABC\n2 - - - - - - 2/- - [-] - not data\n"
		"1 note 2 events with a <Binary> that is neither hex nor base64; it was kept as text\n" },
	{ "a DOCTYPE between events: nothing is fetched or resolved",
		EVENT("7") "\n<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\"> <!ENTITY y \"yyyy\">]>\n" TAG
			   "<System><EventID>1</EventID></System><EventData><Data>&x;&y;%z;</Data></EventData></Event>",
		"1" SEVEN "3 - - - - - - 1/- - [&x;&y;%z;] - -\n"
		"2 note a DOCTYPE or ENTITY declaration was ignored; events are read without it\n"
		"3 note 1 event with an entity that nobody declares; its name was kept as text\n" },
	{ "a DOCTYPE inside an event", TAG "<!DOCTYPE r [<!ENTITY x 'y'>]>" SYSTEM("7") "</Event>",
		"1 2008-10-14T19:52:07.250000Z FS01 System 7 srv - 2020/49152 2 [-] - -\n"
		"1 note 1 event with '<' or ']]>' inside a string; it was kept as text\n" },
	{ "'&' in attributes",
		TAG
		"<System><Provider Name='A&amp;B&#38;C&amp;#38;D&lt;&quot;'/><EventID>1</EventID></System></Event>",
		"1 - - - - A&B&C&#38;D<\" - 1/- - [-] - -\n" },
};

static const char *print(struct arena *a, const struct collected *c)
{
	const char *text = "";

	for (size_t i = 0; i < c->n; i++)
		text = arena_printf(a, "%s%s\n", text, collect_event(a, &c->records[i]));
	return text;
}

/* Broken records are told where they stand, which may be before others are read: the order within each kind
 * is kept. */
static const char *print_all(struct arena *a, const struct collected *c)
{
	const char *text = print(a, c);

	for (size_t i = 0; i < c->notes_n; i++)
		text = arena_printf(a, "%s%" PRIu64 " note %s\n", text, c->notes[i].line, c->notes[i].text);
	return text;
}

static void check_example(const struct example *e, struct span bytes, const char *how)
{
	struct arena *a = arena_open();
	struct collected *c = collect_span(&parser_events, bytes);
	const char *got = print_all(a, c);

	CHECK_TEXT(got, e->want);
	CHECK(!c->bad_text);
	if (strcmp(got, e->want) != 0)
		printf("  in \"%s\"%s\n", e->name, how);
	collect_free(c);
	arena_close(a);
}

static void test_dialects(void)
{
	struct arena *a = arena_open();

	for (size_t i = 0; i < LEN(dialects); i++) {
		struct span bytes = span_of(dialects[i].bytes);

		check_example(&dialects[i], bytes, "");
		if (!text_is_ascii(bytes))
			continue;
		for (int how = 0; how < 4; how++)
			check_example(&dialects[i], utf16_of(a, bytes, how & 1, how & 2), " as UTF-16");
	}
	for (size_t i = 0; i < LEN(damages); i++)
		check_example(&damages[i], span_of(damages[i].bytes), "");
	/* Each kind of repair is told in one of them at least. */
	for (size_t kind = 0; kind < XML_KIND_COUNT; kind++) {
		size_t told = 0;

		for (size_t i = 0; i < LEN(damages); i++)
			told += strstr(damages[i].want, xml_kind_about[kind]) != NULL;
		CHECK(told > 0);
	}
	arena_close(a);
}

static void test_binary(void)
{
	static const struct {
		const char *text;
		int64_t code;
		bool base64_first;
		enum binary_spelling want;
		const char *hex;
	} cases[] = {
		{ "", -1, false, BINARY_NOTHING, "" },
		{ " \r\n ", -1, true, BINARY_NOTHING, "" },
		{ HEX, -1, false, BINARY_HEX, LOW },
		{ HEX, 0xC00007E4, true, BINARY_HEX,
			LOW }, /* 88 hex digits are 66 bytes of base64 too: the packet decides */
		{ B64, 0xC00007E4, false, BINARY_BASE64, LOW },
		{ HYP, -1, true, BINARY_HYPHENS, LOW },
		{ LOW, -1, false, BINARY_HEX, LOW },
		{ "0b 00\n00 00", -1, false, BINARY_HEX, "0b000000" },
		{ "AAAAAAAA", -1, false, BINARY_HEX, "aaaaaaaa" },
		{ "AAAAAAAA", -1, true, BINARY_BASE64, "000000000000" },
		{ "AA==", -1, false, BINARY_BASE64, "00" },
		{ "AB==", -1, false, BINARY_UNCLEAR, "" }, /* bits beyond the last byte */
		{ "A===", -1, false, BINARY_UNCLEAR, "" },
		{ "====", -1, false, BINARY_UNCLEAR, "" },
		{ "ABC", -1, false, BINARY_UNCLEAR, "" },
		{ "00-0", -1, false, BINARY_UNCLEAR, "" },
		{ "00-0-00", -1, false, BINARY_UNCLEAR, "" },
		{ "00--00", -1, false, BINARY_UNCLEAR, "" },
		{ "zz-zz", -1, false, BINARY_UNCLEAR, "" },
	};
	struct arena *a = arena_open();

	for (size_t i = 0; i < LEN(cases); i++) {
		struct record r;
		struct span bytes;

		record_start(&r, RECORD_EVENT, 1);
		CHECK_INT(binary_decode(
				  a, span_of(cases[i].text), cases[i].code, cases[i].base64_first, &bytes),
			cases[i].want);
		record_text(&r, EVENT_BINARY, bytes);
		CHECK_TEXT(collect_hex(a, &r, EVENT_BINARY), cases[i].hex);
	}
	arena_close(a);
}

static void test_probe(void)
{
	static const struct {
		const char *bytes;
		int least, most;
	} cases[] = {
		{ "", 0, 0 },
		{ EVENT("1"), 95, 95 },
		{ "- <Event xmlns=\"\n" NS "\">\n- <System>", 95, 95 },
		{ "<Event>\n  <System>", 90, 90 },
		{ "<Event a='1'><System>", 30, 80 },
		{ "<?xml version='1.0'?><Events></Events>", 30, 60 },
		{ "<Event/>", 0, 29 },
		{ "<EventData><Data/></EventData>", 0, 0 },
		{ "\"<Event xmlns=\"\"" NS "\"\"><System>\"", 90, 90 }, /* CSV */
		{ "\"<Event xmlns=a\"\"" NS "\"\"><System>\"", 0, 29 },
		{ "{\"xml\":\"<Event xmlns=\\\"" NS "\\\"><System>\"}", 0, 29 }, /* JSON */
		{ "evtxexport 20181227\n\nEvent number\t\t\t: 1\n", 0, 0 },
		{ " Memory:  523760K Avail:  120188K  PageFlts:  2029\n", 0, 0 },
	};

	for (size_t i = 0; i < LEN(cases); i++) {
		const char *missing = NULL;
		int bid = collect_bid(&parser_events, span_of(cases[i].bytes), &missing);

		CHECK(bid >= cases[i].least && bid <= cases[i].most);
		CHECK(bid >= BID_LEAST || missing);
	}
	for (size_t i = 0; i < LEN(dialects); i++) {
		const char *missing = NULL;
		int bid = collect_bid(&parser_events, span_of(dialects[i].bytes), &missing);

		if (dialects[i].want[0])
			CHECK(bid >= 90);
	}
}

int main(void)
{
	test_dialects();
	test_binary();
	test_probe();
	return check_end();
}
