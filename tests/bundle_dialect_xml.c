/* SPDX-License-Identifier: MIT
 * Writes one event the way a dialect spells it: quotes, layout, empty elements, times, GUIDs, data,
 * strings. */
#include "tests/bundle_dialects.h"

#include <stdio.h>
#include <string.h>

#define NAMESPACE "http://schemas.microsoft.com/win/2004/08/events/event"
#define DEPTH     8

struct writer {
	struct out *o;
	const struct spelling *s;
	const char *names[DEPTH];
	int depth;
	bool tag_open, has_text, has_child;
};

/* ---- characters ---- */

static void put_escaped(struct writer *w, const char *p, size_t n, int times)
{
	static const char *const marks[][2] = { { "&", "&amp;" }, { "<", "&lt;" }, { ">", "&gt;" } };

	for (size_t at = 0, used; at < n; at += used) {
		const char *instead = NULL;
		uint32_t rune;

		used = utf8_read(p + at, n - at, &rune);
		for (size_t i = 0; i < 3; i++)
			if (p[at] == marks[i][0][0])
				instead = marks[i][1];
		if (instead && times > 1)
			put_escaped(w, instead, strlen(instead), times - 1);
		else if (instead)
			out_text(w->o, instead);
		else if (used > 1 && w->s->ascii)
			out_print(w->o, "&#%u;", (unsigned)rune);
		else if (p[at] == '"' && strlen(w->s->quote) == 2)
			out_text(w->o, "\"\""); /* all of it is one column of a CSV */
		else
			out_bytes(w->o, p + at, used);
	}
}

/* ---- elements ---- */

static void new_line(struct writer *w, bool parent)
{
	out_text(w->o, w->s->newline);
	if (w->s->layout == LAYOUT_BROWSER)
		out_text(w->o, parent ? "- " : "  ");
	else
		for (int i = 0; i < w->depth; i++)
			out_text(w->o, "  ");
}

static void end_tag(struct writer *w)
{
	if (w->tag_open)
		out_text(w->o, ">");
	w->tag_open = false;
}

static void open_element(struct writer *w, const char *name, bool parent)
{
	bool lines = w->s->layout == LAYOUT_PRETTY || w->s->layout == LAYOUT_BROWSER;

	end_tag(w);
	if (lines && w->depth)
		new_line(w, parent);
	else if (lines && w->s->layout == LAYOUT_BROWSER)
		out_text(w->o, "- ");
	out_print(w->o, "<%s", name);
	w->names[w->depth++] = name;
	w->tag_open = true;
	w->has_text = w->has_child = false;
}

static void attribute(struct writer *w, const char *name, const char *value)
{
	/* forums and mail broke the line behind the quote */
	bool broken = w->s->layout == LAYOUT_BROWSER && strcmp(name, "xmlns") == 0 && w->depth == 1;

	if (!value)
		return;
	out_print(w->o, " %s=%s%s", name, w->s->quote, broken ? w->s->newline : "");
	put_escaped(w, value, strlen(value), 1);
	out_text(w->o, w->s->quote);
}

static void close_element(struct writer *w)
{
	const char *name = w->names[--w->depth];
	bool lines = w->s->layout == LAYOUT_PRETTY || w->s->layout == LAYOUT_BROWSER;

	if (w->tag_open && w->s->empty == EMPTY_SHORT) {
		out_text(w->o, "/>");
	} else if (w->tag_open && w->s->empty == EMPTY_SPACED) {
		out_text(w->o, " />");
	} else {
		bool apart = lines && (w->has_child || (w->tag_open && w->s->empty == EMPTY_LINES));

		end_tag(w);
		if (apart)
			new_line(w, false);
		out_print(w->o, "</%s>", name);
	}
	w->tag_open = w->has_text = false;
	w->has_child = true;
	if (w->s->layout == LAYOUT_AFTER_CLOSE)
		out_text(w->o, w->s->newline);
}

static void text(struct writer *w, const char *value)
{
	if (!*value)
		return;
	end_tag(w);
	put_escaped(w, value, strlen(value), w->s->twice ? 2 : 1);
	w->has_text = true;
}

static void leaf(struct writer *w, const char *name, const char *value)
{
	open_element(w, name, false);
	text(w, value);
	close_element(w);
}

static void leaf_number(struct writer *w, const char *name, unsigned value)
{
	char digits[16];

	snprintf(digits, sizeof digits, "%u", value);
	leaf(w, name, digits);
}

/* ---- values ---- */

static void time_of(const struct spelling *s, const struct spelled_event *e, char to[64])
{
	static const char *const formats[] = { [TIME_9Z] = "%.10sT%s.%03u000000Z",
		[TIME_7Z] = "%.10sT%s.%03u0000Z",
		[TIME_6Z] = "%.10sT%s.%03u000Z",
		[TIME_3Z] = "%.10sT%s.%03uZ",
		[TIME_BLANK_7] = "%.10s %s.%03u0000" };

	if (s->time != TIME_BLANK_6)
		snprintf(to, 64, formats[s->time], e->time, e->time + 11, e->milliseconds);
	else if (e->milliseconds)
		/* python-evtx computes with floating-point numbers, and is up to 2.6 us off */
		snprintf(to, 64, "%.10s %s.%03u002", e->time, e->time + 11, e->milliseconds);
	else
		snprintf(to, 64, "%s", e->time);
}

static const char *guid_of(const struct spelling *s, const char *guid, char to[40])
{
	size_t n = 0;

	if (!guid || s->guid == GUID_BRACES)
		return guid;
	for (guid++; *guid != '}'; guid++)
		to[n++] = (char)(s->guid == GUID_BARE_UPPER && *guid >= 'a' && *guid <= 'f' ? *guid - 32
											    : *guid);
	to[n] = 0;
	return to;
}

static unsigned digit(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'A' + 10);
}

static void base64(struct out *o, const char *hex)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	while (*hex) {
		unsigned bits = 0, n = 0;

		for (; n < 3; n++)
			bits = bits << 8 | (*hex ? digit(hex[0]) << 4 | digit(hex[1]) : 0),
			hex += *hex ? 2 : 0;
		for (unsigned i = 0; i < 4; i++)
			out_bytes(o, &letters[bits >> (18 - 6 * i) & 63], 1);
	}
}

/* The padding is put over what stood for bytes that are not there. */
static void data_of(struct writer *w, const char *hex)
{
	size_t bytes = strlen(hex) / 2;

	if (w->s->data == DATA_HYPHENS) {
		for (size_t i = 0; i < bytes; i++)
			out_print(w->o, "%s%.2s", i ? "-" : "", hex + 2 * i);
	} else if (w->s->data == DATA_BASE64) {
		base64(w->o, hex);
		for (size_t i = 0; i < (3 - bytes % 3) % 3; i++)
			w->o->p[w->o->n - 1 - i] = '=';
	} else {
		out_text(w->o, hex);
	}
}

/* ---- the parts of an event ---- */

static void system_block(struct writer *w, const struct spelled_event *e)
{
	char time[64], guid[40], number[16];

	snprintf(number, sizeof number, "%d", e->qualifiers);
	time_of(w->s, e, time);
	open_element(w, "System", true);
	open_element(w, "Provider", false);
	attribute(w, "Name", e->provider);
	attribute(w, "Guid", guid_of(w->s, e->guid, guid));
	attribute(w, "EventSourceName", e->event_source);
	close_element(w);
	open_element(w, "EventID", false);
	attribute(w, "Qualifiers", e->qualifiers >= 0 ? number : w->s->qualifiers_always ? "" : NULL);
	snprintf(number, sizeof number, "%u", e->id);
	text(w, number);
	close_element(w);
	if (e->guid)
		leaf(w, "Version", "0");
	leaf_number(w, "Level", e->level);
	leaf(w, "Task", "0");
	leaf(w, "Keywords", e->qualifiers < 0 ? "0x8000000000000000" : "0x80000000000000");
	open_element(w, "TimeCreated", false);
	attribute(w, "SystemTime", time);
	close_element(w);
	leaf_number(w, "EventRecordID", e->record);
	if (e->guid) {
		open_element(w, "Correlation", false);
		close_element(w);
	}
	leaf(w, "Channel", "System");
	leaf(w, "Computer", SPELLED_COMPUTER);
	open_element(w, "Security", false);
	attribute(w, "UserID", e->sid);
	close_element(w);
	close_element(w);
}

static void strings_together(struct writer *w, const struct spelled_event *e)
{
	bool begun = false;

	open_element(w, "Data", false);
	for (int i = 0; e->strings[i]; i++) {
		/* both lose the empty strings in front; python-evtx more than these */
		if (!begun && !*e->strings[i])
			continue;
		if (w->s->strings == STRINGS_JOINED && begun)
			text(w, ", ");
		if (w->s->strings == STRINGS_LIST)
			text(w, "<string>");
		text(w, e->strings[i]);
		text(w, w->s->strings == STRINGS_LIST ? "</string>\n" : "");
		begun = true;
	}
	close_element(w);
}

static void event_data(struct writer *w, const struct spelled_event *e)
{
	open_element(w, "EventData", true);
	if (!e->named && w->s->strings != STRINGS_EACH)
		strings_together(w, e);
	else
		for (int i = 0; e->strings[i]; i++) {
			const char *value = e->named ? strchr(e->strings[i], '=') : NULL;
			char name[64];

			snprintf(name, sizeof name, "%.*s", (int)(value ? value - e->strings[i] : 0),
				e->strings[i]);
			open_element(w, "Data", false);
			attribute(w, "Name", value ? name : NULL);
			text(w, value ? value + 1 : e->strings[i]);
			close_element(w);
		}
	if (e->data || w->s->strings == STRINGS_LIST) {
		open_element(w, "Binary", false);
		if (e->data) {
			end_tag(w);
			data_of(w, e->data);
		}
		close_element(w);
	}
	close_element(w);
}

/* "A/B=1", "A/C=2": what two paths share stays open. */
static void user_data(struct writer *w, const struct spelled_event *e)
{
	static char names[DEPTH][40];
	int base;

	open_element(w, "UserData", true);
	open_element(w, e->user_root, true);
	attribute(w, "xmlns", w->s->no_namespace ? NULL : e->user_namespace);
	base = w->depth;
	for (int i = 0; e->user[i]; i++) {
		const char *path = e->user[i], *slash;
		int level = base;

		for (; (slash = strpbrk(path, "/=")) != NULL && *slash == '/'; path = slash + 1, level++) {
			size_t n = (size_t)(slash - path);

			if (level < w->depth && strlen(names[level]) == n &&
				memcmp(names[level], path, n) == 0)
				continue;
			while (w->depth > level)
				close_element(w);
			snprintf(names[level], sizeof names[level], "%.*s", (int)n, path);
			open_element(w, names[level], true);
		}
		while (w->depth > level)
			close_element(w);
		snprintf(names[level], sizeof names[level], "%.*s", (int)(slash - path), path);
		leaf(w, names[level], slash + 1);
	}
	while (w->depth >= base)
		close_element(w);
	close_element(w);
}

static void rendering(struct writer *w)
{
	open_element(w, "RenderingInfo", true);
	attribute(w, "Culture", "en-US");
	leaf(w, "Message", "What a person reads.");
	leaf(w, "Level", "Elsewhere");
	leaf(w, "Channel", "Elsewhere");
	leaf(w, "Provider", "Elsewhere");
	close_element(w);
}

void spelled_put(struct out *o, const struct spelling *s, const struct spelled_event *e)
{
	struct writer w = { .o = o, .s = s };

	open_element(&w, "Event", true);
	attribute(&w, "xmlns", s->no_namespace ? NULL : NAMESPACE);
	system_block(&w, e);
	if (e->user_root)
		user_data(&w, e);
	else
		event_data(&w, e);
	if (s->rendered)
		rendering(&w);
	close_element(&w);
}
