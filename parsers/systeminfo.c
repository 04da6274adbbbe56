/* SPDX-License-Identifier: MIT
 * Reads what systeminfo prints, as a list or as CSV: Windows XP and 2003 (uptime, GMT) and Vista and later
 * (boot time, UTC). The layout is as the tool prints it; no published description is known. Other languages
 * are read by the shape and order of their values, which are not translated. */
#include "parsers/host.h"
#include "parsers/lines.h"
#include "parsers/parser.h"

#include "core/text.h"

#include <inttypes.h>
#include <string.h>

enum { LINE_ITEM, LINE_FIELD };

static const struct line_rule line_rules[] = {
	/* one of several processors, hotfixes, network cards */
	{ LINE_ITEM, "\\[\\d+\\]:", "[01]: x86 Family 15 Model 4 Stepping 1 GenuineIntel ~3000 Mhz" },
	{ LINE_FIELD, "(?<label>[^:]++):(?:\\s++(?<value>.*))?$", "Host Name:                 FS01" },
};
const struct line_table systeminfo_lines = { "systeminfo", line_rules, LEN(line_rules) };

/* All fields of interest are among the first thirty; what follows are network cards. */
#define FIELDS_MAX 48
#define CSV_LEAST  20   /* cells of a line of the CSV form; every generation has more */
#define JOINED_MAX 4096 /* bytes of a value that is put together from several lines */

struct field {
	struct span label, value;
	uint64_t line;
};

struct systeminfo {
	struct sink *sink;
	struct lines *lines;
	struct host *host;
	struct arena *arena; /* of one output */
	struct field fields[FIELDS_MAX];
	size_t count;
	size_t version; /* the field that holds the OS version; FIELDS_MAX while there is none */
	size_t width;   /* characters of the line just read when it was a field, else 0 */
	struct arena *labels;
	struct span header[FIELDS_MAX]; /* the labels of a CSV */
	size_t header_count;
	uint64_t outputs;
	struct unread unread;
};

/* ---- one output ---- */

static bool boot_field(struct systeminfo *s, const struct field *f)
{
	enum host_order order = HOST_ORDER_UNKNOWN;

	/* The install date is written in the same order and may prove what the boot time does not. */
	for (size_t i = 0; i < s->count && order == HOST_ORDER_UNKNOWN; i++)
		order = host_order(s->host, s->fields[i].value);
	return host_boot(s->host, f->line, f->value, order);
}

static const struct host_label english[] = {
	{ "Host Name", host_name },
	{ "OS Name", host_os },
	{ "OS Version", host_version },
	{ "System Up Time", host_uptime },
	{ "System Type", host_arch },
	{ "Time Zone", host_zone },
	{ "Total Physical Memory", host_memory },
};

static bool english_field(struct systeminfo *s, const struct field *f)
{
	if (!span_equal_nocase(f->label, SPAN("System Boot Time")))
		return host_labelled(s->host, english, LEN(english), f->line, f->label, f->value);
	return !f->value.n || boot_field(s, f);
}

/* True when the output is in English. */
static bool facts_by_label(struct systeminfo *s)
{
	bool any = false;

	for (size_t i = 0; i < s->count; i++)
		any |= english_field(s, &s->fields[i]);
	return any;
}

static bool is_date(int shape)
{
	return shape == HOST_SHAPE_DATE || shape == HOST_SHAPE_DATE_OTHER;
}

/* In every language the OS version is the third field, the boot time follows the install date, and the memory
 * follows the time zone. */
static void facts_by_shape(struct systeminfo *s)
{
	const struct field *f = s->fields;
	bool booted = false;

	if (s->version >= 2 && host_is_name(f[s->version - 2].value)) {
		host_name(s->host, f[s->version - 2].line, f[s->version - 2].value);
		host_os(s->host, f[s->version - 1].line, f[s->version - 1].value);
	}
	host_version(s->host, f[s->version].line, f[s->version].value);
	for (size_t i = s->version + 1; i < s->count; i++) {
		int before = host_shape(s->host, f[i - 1].value), shape = host_shape(s->host, f[i].value);

		if (shape == HOST_SHAPE_UPTIME)
			host_uptime(s->host, f[i].line, f[i].value);
		else if (shape == HOST_SHAPE_ARCH)
			host_arch(s->host, f[i].line, f[i].value);
		else if (shape == HOST_SHAPE_ZONE)
			host_zone(s->host, f[i].line, f[i].value);
		else if (shape == HOST_SHAPE_MEMORY && before == HOST_SHAPE_ZONE)
			host_memory(s->host, f[i].line, f[i].value);
		else if (!booted && is_date(shape) && is_date(before))
			booted = boot_field(s, &f[i]);
	}
}

static void output_end(struct systeminfo *s)
{
	uint64_t before = host_stated(s->host), line = s->count ? s->fields[0].line : 0;

	if (s->count && !facts_by_label(s) && s->version < FIELDS_MAX) {
		facts_by_shape(s);
		sink_note(s->sink, line,
			"this systeminfo has no English labels; facts read by the shape of their values: %" PRIu64,
			host_stated(s->host) - before);
	}
	if (host_stated(s->host) > before && s->outputs++ == 1)
		sink_note(s->sink, line, "a second systeminfo begins here; its facts were taken as well");
	arena_reset(s->arena);
	s->count = 0;
	s->version = FIELDS_MAX;
}

/* An output begins anew where the label of its host name comes again. */
static bool begins_output(const struct systeminfo *s, struct span label)
{
	if (span_equal_nocase(label, SPAN("Host Name")))
		return true;
	return s->version >= 2 && s->version < FIELDS_MAX && label.n &&
	       span_equal(label, s->fields[s->version - 2].label);
}

/* False when there are too many: nothing of interest stands so far down. */
static bool field_add(struct systeminfo *s, uint64_t number, struct span label, struct span value)
{
	struct field f = { .line = number };

	label = text_trim(label);
	value = text_trim(value);
	if (s->count && begins_output(s, label))
		output_end(s);
	if (s->count == FIELDS_MAX)
		return false;
	f.label = arena_span(s->arena, label);
	f.value = arena_span(s->arena, value);
	if (s->version == FIELDS_MAX && host_shape(s->host, f.value) == HOST_SHAPE_VERSION)
		s->version = s->count;
	s->fields[s->count++] = f;
	return true;
}

/* ---- lines ---- */

/* Characters up to the last that is no blank. */
static size_t width_of(struct span line, struct span bare)
{
	const char *end = bare.p + bare.n;
	size_t n = 0;

	for (const char *p = line.p; p < end; p++)
		n += ((unsigned char)*p & 0xC0) != 0x80;
	return n;
}

/* Text copied from a window (80, 120 … columns) goes on in the next line; a blank at the break is lost. */
static bool goes_on(struct systeminfo *s, struct span line)
{
	struct field *f = &s->fields[s->count ? s->count - 1 : 0];
	bool blank = s->width % 40 == 39;
	char *joined;

	if (s->width < 79 || (s->width % 40 && !blank) || f->value.n + line.n > JOINED_MAX)
		return false;
	joined = arena_alloc(s->arena, f->value.n + blank + line.n);
	memcpy(joined, f->value.p, f->value.n);
	joined[f->value.n] = ' ';
	memcpy(joined + f->value.n + blank, line.p, line.n);
	f->value = (struct span){ joined, f->value.n + blank + line.n };
	return true;
}

/* "a","b","c": returns the number of cells, of which the first CELLS_MAX are set. Cells hold single quotes
 * only. */
static size_t csv_split(struct span line, struct span cells[FIELDS_MAX])
{
	size_t n = 0, from = 1;

	if (line.n < 2 || line.p[0] != '"' || line.p[line.n - 1] != '"')
		return 0;
	for (size_t i = 1; i < line.n; i++) {
		bool last = i + 1 == line.n;

		if (!last && (i + 2 >= line.n || memcmp(line.p + i, "\",\"", 3) != 0))
			continue;
		if (n < FIELDS_MAX)
			cells[n] = (struct span){ line.p + from, i - from };
		n++;
		i += 2;
		from = i + 1;
	}
	return n;
}

/* Labels once, values of one server a line; /nh leaves out the labels. */
static bool csv_line(struct systeminfo *s, uint64_t number, struct span line)
{
	struct span cells[FIELDS_MAX];
	size_t n = csv_split(line, cells);

	if (n < CSV_LEAST)
		return false;
	if (n > FIELDS_MAX)
		n = FIELDS_MAX;
	output_end(s);
	if (host_shape(s->host, cells[2]) != HOST_SHAPE_VERSION) {
		arena_reset(s->labels);
		for (size_t i = 0; i < n; i++)
			s->header[i] = arena_span(s->labels, cells[i]);
		s->header_count = n;
		return true;
	}
	for (size_t i = 0; i < n; i++)
		field_add(s, number, i < s->header_count ? s->header[i] : SPAN(""), cells[i]);
	output_end(s);
	return true;
}

static void any_line(struct systeminfo *s, uint64_t number, struct span line)
{
	struct span bare = text_trim(line), label, value;
	int what;

	if (!bare.n || csv_line(s, number, bare)) {
		s->width = 0;
		return;
	}
	what = lines_match(s->lines, bare);
	if (what == LINE_FIELD) {
		lines_group(s->lines, "label", &label);
		lines_group(s->lines, "value", &value);
		s->width = field_add(s, number, label, value) ? width_of(line, bare) : 0;
		return;
	}
	/* What is indented belongs to a list of network cards or the like: "IP address(es)". */
	if (what < 0 && line.p == bare.p && !goes_on(s, bare))
		unread_add(&s->unread, number);
	s->width = 0;
}

/* What of a systeminfo a head shows. */
struct marks {
	size_t fields, version; /* how many, and which is the OS version */
	bool english, place;    /* the label of the host's name; a time zone or a kind of PC */
};

static void mark_value(struct host *host, struct span value, struct marks *m)
{
	int shape = host_shape(host, value);

	m->fields++;
	if (shape == HOST_SHAPE_VERSION && !m->version)
		m->version = m->fields;
	m->place |= shape == HOST_SHAPE_ZONE || shape == HOST_SHAPE_ARCH;
}

static int bid(struct lines *lines, struct host *host, struct span head)
{
	struct marks m = { .fields = 0 };
	struct span line, text, cells[FIELDS_MAX];

	for (int n = 0; n < 200 && text_cut(&head, '\n', &line); n++) {
		line = text_trim(line);
		if (csv_split(line, cells) >= CSV_LEAST) {
			if (span_equal(cells[2], SPAN("OS Version")) ||
				host_shape(host, cells[2]) == HOST_SHAPE_VERSION)
				return 85;
			continue;
		}
		if (!line.n || lines_match(lines, line) != LINE_FIELD)
			continue;
		lines_group(lines, "label", &text);
		m.english |= span_equal_nocase(text_trim(text), SPAN("Host Name"));
		lines_group(lines, "value", &text);
		mark_value(host, text, &m);
	}
	if (m.version < 3 && m.english && m.version)
		return 55;
	if (m.version < 3)
		return m.english || m.version ? 20 : m.place ? 10 : 0;
	if (m.english)
		return m.version == 3 ? 80 : 65;
	return m.place ? 70 : 40;
}

static int probe(struct span head, const char **missing)
{
	struct lines *lines = lines_open(&systeminfo_lines);
	struct host *host = host_open(NULL);
	int height = bid(lines, host, head);

	lines_close(lines);
	host_close(host);
	if (height < BID_LEAST)
		*missing = "the lines of host name, OS name and OS version (\"5.2.3790 ... Build 3790\")";
	return height;
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct arena *own = arena_open();
	struct systeminfo *s = arena_alloc(own, sizeof *s);
	struct span line;

	(void)source;
	s->sink = sink;
	s->lines = lines_open(&systeminfo_lines);
	s->host = host_open(sink);
	s->arena = arena_open();
	s->labels = arena_open();
	s->version = FIELDS_MAX;
	while (reader_line(r, &line))
		any_line(s, reader_line_number(r), line);
	output_end(s);
	if (!host_stated(s->host))
		sink_note(sink, 1,
			"this is systeminfo in a language or layout that is not read; nothing was taken");
	unread_note(&s->unread, sink, "output of systeminfo");
	arena_close(s->labels);
	arena_close(s->arena);
	host_close(s->host);
	lines_close(s->lines);
	arena_close(own);
}

const struct parser parser_systeminfo = { "systeminfo", "output of systeminfo (list or CSV)", probe, parse,
	WHOSE_SAID };
