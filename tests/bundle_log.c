/* SPDX-License-Identifier: MIT
 * How an event log looks after it was saved: Event Viewer's file, wevtutil's lines, PowerShell's redirected
 * ToXml(). A log converted from .evt has whole seconds, no Version, Opcode, Correlation or Execution. */
#include "tests/bundle_parts.h"

#include <string.h>

#define NAMESPACE "http://schemas.microsoft.com/win/2004/08/events/event"

static void put_escaped(struct out *o, const char *p, size_t n, bool references)
{
	size_t used;

	for (size_t at = 0; at < n; at += used) {
		uint32_t rune;

		used = utf8_read(p + at, n - at, &rune);
		if (p[at] == '&')
			out_text(o, "&amp;");
		else if (p[at] == '<')
			out_text(o, "&lt;");
		else if (p[at] == '>')
			out_text(o, "&gt;");
		else if (p[at] == '\'')
			out_text(o, "&apos;");
		else if (used > 1 && references)
			out_print(o, "&#%u;", (unsigned)rune);
		else
			out_bytes(o, p + at, used ? used : 1);
		used = used ? used : 1;
	}
}

static void put_value(struct out *o, struct bytes b, bool references)
{
	for (unsigned i = 0; i < b.times; i++)
		put_escaped(o, b.p, b.n, references);
}

static void put_system(struct out *o, const struct scenario *s, const struct event *e, bool references)
{
	struct civil c = clock_civil(e->time);

	out_text(o, "<System><Provider Name='");
	put_value(o, e->provider, references);
	out_print(o, "'/><EventID Qualifiers='%u'>%u</EventID><Level>%u</Level><Task>0</Task>",
		(unsigned)e->qualifiers, (unsigned)e->id, (unsigned)e->level);
	out_print(o,
		"<Keywords>0x80000000000000</Keywords><TimeCreated SystemTime='%04d-%02d-%02dT%02d:%02d:%02d."
		"000000000Z'/>",
		c.year, c.month, c.day, c.hour, c.minute, c.second);
	out_print(o, "<EventRecordID>%u</EventRecordID><Channel>%s</Channel><Computer>", (unsigned)e->record,
		e->channel ? e->channel : "System");
	put_value(o, s->machine.computer, references);
	out_text(o, "</Computer>");
	if (e->sid)
		out_print(o, "<Security UserID='%s'/>", e->sid);
	else
		out_text(o, "<Security/>");
	out_text(o, "</System>");
}

static void put_event(struct out *o, const struct scenario *s, const struct event *e, bool references)
{
	out_text(o, "<Event xmlns='" NAMESPACE "'>");
	put_system(o, s, e, references);
	out_text(o, "<EventData>");
	for (unsigned i = 0; i < e->strings; i++) {
		out_text(o, "<Data>");
		put_value(o, e->string[i], references);
		out_text(o, "</Data>");
	}
	if (e->data_n) {
		out_text(o, "<Binary>");
		for (size_t i = 0; i < e->data_n; i++)
			out_print(o, "%02X", e->data[i]);
		out_text(o, "</Binary>");
	}
	out_text(o, "</EventData></Event>");
}

static const struct dialect_row {
	const char *before, *after, *between;
	enum encoding encoding;
	bool newest_first;
} dialects[] = {
	[DIALECT_VIEWER] = { "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n<Events>",
		"</Events>", "", ENCODING_RAW, false },
	[DIALECT_WEVTUTIL] = { "", "", "\r\n", ENCODING_1252, false },
	[DIALECT_POWERSHELL] = { "", "", "\r\n", ENCODING_UTF16, true },
};

void log_save(
	const struct scenario *s, const struct event_log *log, const struct log_file *f, const char *dir)
{
	const struct dialect_row *d = &dialects[f->dialect];
	int64_t since = f->since ? clock_utc(&s->zone, f->since) : INT64_MIN;
	int64_t until = f->until ? clock_utc(&s->zone, f->until) : INT64_MAX;
	struct out o = { 0 };

	out_text(&o, d->before);
	for (size_t i = 0; i < log->n; i++) {
		const struct event *e = log->events[d->newest_first ? log->n - 1 - i : i];

		if (e->time < since || e->time >= until)
			continue;
		put_event(&o, s, e, f->references);
		out_text(&o, d->between);
	}
	out_text(&o, d->after);
	out_save(&o, dir, f->file, d->encoding);
}

void log_write(const struct scenario *s, const char *dir)
{
	struct event_log log = { 0 };

	workload_make(s, &log);
	for (size_t i = 0; i < s->log.files.n; i++)
		log_save(s, &log, &s->log.files.row[i], dir);
	events_free(&log);
}
