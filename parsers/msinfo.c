/* SPDX-License-Identifier: MIT
 * Reads the System Summary of msinfo32: the text of /report (UTF-16, TAB between item and value) and .nfo
 * files (XML, UTF-16). The layouts are as the tool writes them; no published description is known. Other
 * languages are read by the shape and order of their values. */
#include "parsers/host.h"
#include "parsers/lines.h"
#include "parsers/parser.h"
#include "parsers/xml.h"

#include "core/text.h"

#include <inttypes.h>

enum { INFO_SECTION, INFO_ITEM, INFO_HEAD };

static const struct line_rule line_rules[] = {
	{ INFO_SECTION, "\\[(?<name>[^\\]\\t]++)\\]$", "[System Summary]" },
	{ INFO_ITEM, "(?<label>[^\\t]++)\\t(?<value>[^\\t]*+)(?:\\t|$)",
		"OS Name\tMicrosoft Windows Server 2008" },
	/* before the summary: when, and whose it is */
	{ INFO_HEAD, "[^:\\t]++: \\S", "System Information report written at: 05/12/10 15:11:32" },
};
const struct line_table msinfo_lines = { "msinfo", line_rules, LEN(line_rules) };

#define XML_ROOT "<MsInfo>"

enum { XML_ITEM, XML_VALUE };

static const struct xml_rule xml_rules[] = { { "Data/Item", XML_ITEM }, { "Data/Value", XML_VALUE } };
static const char *const text_elements[] = { "Item", "Value", NULL };
static const char *const markup_elements[] = { "Data", "Item", "Value", "Category", NULL };
static const struct xml_shape shape = { text_elements, markup_elements, NULL };

/* The summary has 20 items in XP and 40 in Windows 10. */
#define FIELDS_MAX 64

struct field {
	struct span label, value;
	uint64_t line;
};

struct msinfo {
	struct sink *sink;
	struct host *host;
	struct arena *arena;
	struct field fields[FIELDS_MAX];
	size_t count;
	struct unread unread;
};

/* ---- facts ---- */

static const struct host_label english[] = {
	{ "OS Name", host_os },
	{ "Version", host_version },
	{ "System Name", host_name },
	{ "System Type", host_arch },
	{ "Time Zone", host_zone_name },
	/* What Windows uses, as systeminfo has it; "Installed Physical Memory (RAM)" counts what it cannot
	   use too. */
	{ "Total Physical Memory", host_size },
};

static bool is_english(const struct msinfo *m)
{
	for (size_t i = 0; i < m->count; i++)
		if (span_equal_nocase(m->fields[i].label, SPAN("OS Name")) ||
			span_equal_nocase(m->fields[i].label, SPAN("System Name")))
			return true;
	return false;
}

/* In every language the Windows version is the second item, after its name, and before the kind of PC stand
 * the names of the system, its maker and its model. Sizes and zones look alike or like anything: unknown. */
static void facts_by_shape(struct msinfo *m)
{
	const struct field *f = m->fields;
	size_t version = 0;

	for (size_t i = 1; i < m->count; i++) {
		int what = host_shape(m->host, f[i].value);

		if (what == HOST_SHAPE_VERSION && !version) {
			version = i;
			host_os(m->host, f[i - 1].line, f[i - 1].value);
			host_version(m->host, f[i].line, f[i].value);
		} else if (what == HOST_SHAPE_ARCH && version) {
			if (i > version + 3 && host_is_name(f[i - 3].value))
				host_name(m->host, f[i - 3].line, f[i - 3].value);
			host_arch(m->host, f[i].line, f[i].value);
			break;
		}
	}
}

static void state(struct msinfo *m)
{
	uint64_t line = m->count ? m->fields[0].line : 1;

	if (is_english(m))
		for (size_t i = 0; i < m->count; i++)
			host_labelled(m->host, english, LEN(english), m->fields[i].line, m->fields[i].label,
				m->fields[i].value);
	else
		facts_by_shape(m);
	if (!host_stated(m->host))
		sink_note(m->sink, line,
			"this is an msinfo32 report in a language or layout that is not read; nothing was taken");
	else if (!is_english(m))
		sink_note(m->sink, line,
			"this msinfo32 report has no English labels; facts read by the shape of their values: %" PRIu64
			"; its memory and time zone were left unknown",
			host_stated(m->host));
}

static void field(struct msinfo *m, uint64_t line, struct span label, struct span value)
{
	if (m->count == FIELDS_MAX)
		return;
	m->fields[m->count++] = (struct field){ arena_span(m->arena, text_trim(label)),
		arena_span(m->arena, text_trim(value)), line };
}

/* ---- both forms ---- */

/* The summary is the first section; the others list hardware by the thousand lines. */
static void read_text(struct msinfo *m, struct reader *r)
{
	struct lines *l = lines_open(&msinfo_lines);
	bool inside = false, over = false;
	struct span line, label, value;

	while (!over && reader_line(r, &line)) {
		uint64_t number = reader_line_number(r);

		if (!text_trim(line).n)
			continue;
		switch (lines_match(l, line)) {
		case INFO_SECTION:
			over = inside;
			inside = true;
			break;
		case INFO_ITEM:
			if (!inside) {
				unread_add(&m->unread, number);
				break;
			}
			lines_group(l, "label", &label);
			lines_group(l, "value", &value);
			field(m, number, label, value);
			break;
		case INFO_HEAD:
			if (!inside)
				break;
			/* fall through */
		default: unread_add(&m->unread, number); break;
		}
	}
	lines_close(l);
}

/* The line of the next <Data: the items of a record carry none. */
static uint64_t data_line(struct span *rest, uint64_t line)
{
	const char *at = text_find(*rest, "<Data>");

	for (const char *p = rest->p; at && p < at; p++)
		line += *p == '\n';
	if (at)
		*rest = text_tail(*rest, (size_t)(at - rest->p));
	return line;
}

/* Categories nest: the summary is what stands before the second one begins. */
static void read_xml(struct msinfo *m, struct reader *r)
{
	struct xml_scan *scan = xml_scan_open(r, "Category");
	struct xml *xml = xml_open(xml_rules, LEN(xml_rules), &shape);
	struct span record = { "", 0 }, rest, label = { "", 0 };
	enum xml_found found;
	uint64_t line = 1;
	bool was_page;
	unsigned kinds;

	found = xml_scan_next(scan, &record, &line);
	m->sink->cut |= found == XML_CUT;
	if (found == XML_CUT)
		sink_note(m->sink, line,
			"the source ends inside the System Summary; what was complete was kept");
	rest = record = found == XML_NONE ? SPAN("") : reader_utf8(r, record, &was_page);
	if (record.n)
		xml_read(xml, record, &kinds);
	for (size_t i = 0; record.n && i < xml_items(xml); i++) {
		struct xml_item item = xml_item(xml, i);

		if (item.what == XML_ITEM) {
			line = data_line(&rest, line);
			rest = text_tail(rest, 1);
			label = item.text;
		} else if (label.n) {
			field(m, line, label, item.text);
			label.n = 0;
		}
	}
	if (xml_scan_doctype(scan))
		sink_note(m->sink, xml_scan_doctype(scan),
			"a DOCTYPE or ENTITY declaration was ignored; the report is read without it");
	xml_close(xml);
	xml_scan_close(scan);
}

/* ---- the parser ---- */

static int bid(struct lines *l, struct host *host, struct span head)
{
	struct span line, text;
	int section = 0, items = 0;
	bool summary = false;

	for (int n = 0; n < 200 && section < 2 && text_cut(&head, '\n', &line); n++) {
		int what = lines_match(l, text_head(line, line.n - text_ends_nocase(line, "\r")));

		if (what == INFO_SECTION) {
			section++;
			lines_group(l, "name", &text);
			summary |= section == 1 && span_equal_nocase(text, SPAN("System Summary"));
		} else if (what == INFO_ITEM && section == 1) {
			items++;
			lines_group(l, "value", &text);
			if (items <= 4 && host_shape(host, text_trim(text)) == HOST_SHAPE_VERSION)
				return summary ? 92 : 75;
		}
	}
	return summary && items ? 60 : summary ? 20 : 0;
}

static int probe(struct span head, const char **missing)
{
	struct lines *l = lines_open(&msinfo_lines);
	struct host *host = host_open(NULL);
	int height = text_find(head, XML_ROOT) && !text_find(head, "<Event ") ? 95 : bid(l, host, head);

	host_close(host);
	lines_close(l);
	if (height < BID_LEAST)
		*missing = "<MsInfo>, or [System Summary] with items and values after TABs beneath it";
	return height;
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct arena *own = arena_open();
	struct msinfo *m = arena_alloc(own, sizeof *m);

	(void)source;
	m->sink = sink;
	m->host = host_open(sink);
	m->arena = own;
	if (text_find(reader_head(r), XML_ROOT))
		read_xml(m, r);
	else
		read_text(m, r);
	state(m);
	unread_note(&m->unread, sink, "part of an msinfo32 report");
	host_close(m->host);
	arena_close(own);
}

const struct parser parser_msinfo = { "msinfo", "report of msinfo32 (text or .nfo)", probe, parse,
	WHOSE_SAID };
