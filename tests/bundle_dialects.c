/* SPDX-License-Identifier: MIT
 * The same ten events as every exporter writes them: what stands before, between and behind the records, and
 * in which bytes. Sources: the exporters' output and code, as docs/formats.md names them. */
#include "tests/bundle_dialects.h"

#include <stdio.h>
#include <string.h>

/* ---- what stands around a record ---- */

static void numbered(struct out *o, const struct spelled_event *e)
{
	out_print(o, "Record %u\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\n", e->record);
}

static void declared(struct out *o, const struct spelled_event *e)
{
	(void)e;
	out_text(o, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
}

static void copied(struct out *o, const struct spelled_event *e)
{
	out_print(o,
		"Log Name:      System\r\nSource:        %s\r\nDate:          %s\r\nEvent ID:      %u\r\nTask Category: None\r\n"
		"Level:         Error\r\nKeywords:      Classic\r\nUser:          N/A\r\nComputer:      %s\r\nDescription:\r\n"
		"What a person reads.\r\nEvent Xml:\r\n",
		e->provider, e->time, e->id, SPELLED_COMPUTER);
}

static void key_value(struct out *o, const struct spelled_event *e)
{
	out_print(o, "%s\nLogName=System\nEventCode=%u\nMessage=What a person reads.\n\n", e->time, e->id);
}

static void soap(struct out *o, const struct spelled_event *e)
{
	(void)e;
	out_text(o, "<w:Event Action=\"http://schemas.dmtf.org/wbem/wsman/1/wsman/Event\"><![CDATA[");
}

static void csv_row(struct out *o, const struct spelled_event *e)
{
	out_print(o, "%s+00:00,%u,\"[%u] Source Name: %s \"\"quoted\"\"\",WinEVTX,\"", e->time, e->record,
		e->id, e->provider);
}

/* ---- the dialects ---- */

#define XML_10   "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>"
#define ENVELOPE "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><w:Events>"

static const struct dialect_file {
	const char *file;
	struct spelling spelling;
	const char *before, *behind, *after; /* the first, each, the last */
	void (*each)(struct out *o, const struct spelled_event *e);
	enum encoding encoding;
	bool newest_first;
} files[] = {
	{ "event-viewer.xml", { .quote = "'", .newline = "" }, XML_10 "<Events>", "", "</Events>", NULL,
		ENCODING_RAW, false },
	{ "wevtutil.xml", { .quote = "'", .newline = "", .time = TIME_7Z }, "", "\r\n", "", NULL,
		ENCODING_1252, false },
	{ "wevtutil-root.xml", { .quote = "'", .newline = "" }, "<FileServer>\r\n", "\r\n",
		"</FileServer>\r\n", NULL, ENCODING_1252, false },
	{ "wevtutil-uni.xml", { .quote = "'", .newline = "" }, "", "\r\n", "", NULL, ENCODING_UTF16_BARE,
		false },
	{ "utf16be-bom.xml", { .quote = "'", .newline = "" }, "<Events>", "", "</Events>", NULL,
		ENCODING_UTF16BE, false },
	{ "rendered.xml", { .quote = "'", .newline = "", .rendered = true }, "", "\r\n", "", NULL,
		ENCODING_1252, false },
	{ "powershell-utf16.xml", { .quote = "'", .newline = "" }, "", "\r\n", "", NULL, ENCODING_UTF16,
		true },
	{ "powershell7-utf8.xml", { .quote = "'", .newline = "", .time = TIME_7Z }, "", "\n", "", NULL,
		ENCODING_RAW, true },
	{ "copy-as-text.txt",
		{ .quote = "\"",
			.newline = "\r\n",
			.layout = LAYOUT_PRETTY,
			.empty = EMPTY_SPACED,
			.time = TIME_7Z },
		"", "\r\n\r\n", "", copied, ENCODING_RAW, false },
	{ "details-pane.txt",
		{ .quote = "\"",
			.newline = "\r\n",
			.layout = LAYOUT_BROWSER,
			.empty = EMPTY_SPACED,
			.time = TIME_3Z },
		"", "\r\n", "", NULL, ENCODING_RAW, false },
	{ "python-evtx.xml",
		{ .quote = "\"",
			.newline = "\n",
			.layout = LAYOUT_AFTER_CLOSE,
			.empty = EMPTY_PAIR,
			.time = TIME_BLANK_6,
			.data = DATA_BASE64,
			.strings = STRINGS_LIST,
			.ascii = true,
			.qualifiers_always = true },
		"<?xml version=\"1.1\" encoding=\"utf-8\" standalone=\"yes\" ?>\n\n<Events>\n", "\n",
		"</Events>", NULL, ENCODING_RAW, false },
	{ "python-evtx-2016.xml",
		{ .quote = "\"",
			.newline = "\n",
			.layout = LAYOUT_AFTER_CLOSE,
			.empty = EMPTY_PAIR,
			.time = TIME_BLANK_6,
			.guid = GUID_BARE,
			.data = DATA_BASE64,
			.strings = STRINGS_LIST,
			.ascii = true,
			.qualifiers_always = true },
		"<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\" ?>\n<Events>\n", "\n",
		"</Events>", NULL, ENCODING_RAW, false },
	{ "rust-evtx_dump.xml",
		{ .quote = "\"",
			.newline = "\n",
			.layout = LAYOUT_PRETTY,
			.empty = EMPTY_LINES,
			.time = TIME_6Z,
			.guid = GUID_BARE_UPPER },
		"", "\n", "", numbered, ENCODING_RAW, false },
	{ "rust-unnumbered.xml",
		{ .quote = "\"",
			.newline = "\n",
			.layout = LAYOUT_PRETTY,
			.empty = EMPTY_LINES,
			.time = TIME_6Z,
			.guid = GUID_BARE_UPPER },
		"", "\n", "", declared, ENCODING_RAW, false },
	{ "evtxexport.xml", { .quote = "\"", .newline = "\n", .layout = LAYOUT_PRETTY },
		"evtxexport 20181227\n\n", "\n\n", "", NULL, ENCODING_RAW, false },
	{ "evtxecmd.xml",
		{ .quote = "\"",
			.newline = "\r\n",
			.layout = LAYOUT_PRETTY,
			.empty = EMPTY_SPACED,
			.time = TIME_BLANK_7,
			.guid = GUID_BARE,
			.data = DATA_HYPHENS,
			.strings = STRINGS_JOINED,
			.no_namespace = true,
			.twice = true },
		"\xEF\xBB\xBF", "\r\n", "", NULL, ENCODING_RAW, false },
	{ "splunk-mixed.txt", { .quote = "'", .newline = "" }, "", "\n", "", key_value, ENCODING_RAW, false },
	{ "soap.xml", { .quote = "'", .newline = "", .time = TIME_7Z }, ENVELOPE, "]]></w:Event>",
		"</w:Events></s:Body></s:Envelope>", soap, ENCODING_UTF16, false },
	{ "plaso.csv", { .quote = "\"\"", .newline = "\n", .layout = LAYOUT_PRETTY },
		"datetime,record_number,message,source_long,xml_string,user_sid\n", "\n\",-\n", "", csv_row,
		ENCODING_RAW, false },
};

void dialects_write(const char *samples)
{
	char folder[900];

	if ((size_t)snprintf(folder, sizeof folder, "%s/" DIALECT_FOLDER, samples) >= sizeof folder)
		bundle_die("the path is too long", samples);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		const struct dialect_file *f = &files[i];
		struct out o = { 0 };

		out_text(&o, f->before);
		for (int k = 0; k < SPELLED_EVENTS; k++) {
			const struct spelled_event *e =
				&spelled_events[f->newest_first ? SPELLED_EVENTS - 1 - k : k];

			if (f->each)
				f->each(&o, e);
			spelled_put(&o, &f->spelling, e);
			out_text(&o, f->behind);
		}
		out_text(&o, f->after);
		out_save(&o, folder, f->file, f->encoding);
	}
}
