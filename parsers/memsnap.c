/* SPDX-License-Identifier: MIT
 * Knows process snapshots of `memsnap /m` (support tools of Windows XP and 2003): whose they are is taken,
 * and that they hold no pool tags is said. Layout: "Memsnap Examples", Microsoft's page cc787654. */
#include "parsers/host.h"
#include "parsers/lines.h"
#include "parsers/parser.h"

#include "core/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SNAP_TITLE, SNAP_KEY, SNAP_PROCESS, SNAP_BROKEN };

/* The tool's own title has glued its columns' names together like this. */
static const struct line_rule rules[] = {
	{ SNAP_TITLE, "Process ID\\h++Proc\\.Name\\h++Wrkng\\.Set\\h++PagedPool\\b",
		"Process ID         Proc.Name Wrkng.Set PagedPool  NonPgdPl  Pagefile    Commit" },
	{ SNAP_KEY, "!(?<key>\\w{1,40})=\\h*+(?<value>.*)$", "!ComputerName=FS01" },
	/* Seven numbers, nine with User and Gdi. A name may hold blanks: "(null)", "my tool.exe". */
	{ SNAP_PROCESS,
		"[0-9A-Fa-f]{8}\\h.{1,80}?(?:\\h{1,20}+\\d{1,20}+){7}(?:(?:\\h{1,20}+\\d{1,20}+){2})?\\h*+$",
		"000000F4            spool.exe    417792      4100       512    152064    152064        31         3         1         0" },
	{ SNAP_BROKEN, "[0-9A-Fa-f]{8}\\h", "000000F4            spool.exe    4177" },
};
const struct line_table memsnap_lines = { "memsnap", rules, LEN(rules) };

#define STAMP_MOST 40 /* "09\03\2002 15:39:31.0781 (GMT)" */

struct memsnap {
	struct sink *sink;
	struct lines *lines;
	struct host *host;
	uint64_t first, snapshots, processes;
	bool heading; /* among the lines above the rows of a snapshot */
	uint64_t broken, first_broken;
	char name[64]; /* stated last: a log that is appended to says it every time */
	char since[STAMP_MOST + 1], until[STAMP_MOST + 1];
	struct unread unread;
};

static void keep_stamp(struct memsnap *m, struct span value)
{
	value = text_head_whole(text_trim(value), STAMP_MOST);
	snprintf(m->until, sizeof m->until, "%.*s", (int)value.n, value.p);
	if (!m->since[0])
		memcpy(m->since, m->until, sizeof m->since);
}

/* !TickCount, milliseconds since boot, wraps after 49.7 days, and !buildnumber names no service pack: what
 * would follow from them could be wrong, so it is not stated. */
static void key_line(struct memsnap *m, uint64_t line)
{
	struct span key, value;

	lines_group(m->lines, "key", &key);
	lines_group(m->lines, "value", &value);
	value = text_trim(value);
	if (span_equal_nocase(key, SPAN("SystemTime"))) {
		keep_stamp(m, value);
		return;
	}
	if (!span_equal_nocase(key, SPAN("ComputerName")) || !host_is_name(value) ||
		span_equal(value, span_of(m->name)))
		return;
	snprintf(m->name, sizeof m->name, "%.*s", (int)value.n, value.p);
	host_name(m->host, line, value);
}

/* A snapshot begins with the first line that is no row, or with rows whose heading is lost. */
static void begin(struct memsnap *m, uint64_t line, bool heading)
{
	if (heading ? !m->heading : !m->snapshots)
		m->first = m->snapshots++ ? m->first : line;
	m->heading = heading;
}

static void any_line(struct memsnap *m, uint64_t number, struct span line)
{
	int what = text_trim(line).n ? lines_match(m->lines, line) : -1;

	if (!text_trim(line).n)
		return;
	m->sink->cut = what == SNAP_BROKEN; /* until a line follows */
	switch (what) {
	case SNAP_TITLE: begin(m, number, true); break;
	case SNAP_KEY:
		begin(m, number, true);
		key_line(m, number);
		break;
	case SNAP_PROCESS:
		begin(m, number, false);
		m->processes++;
		break;
	case SNAP_BROKEN: m->first_broken = m->broken++ ? m->first_broken : number; break;
	default: unread_add(&m->unread, number); break;
	}
}

static void note_what(struct memsnap *m)
{
	const char *to = strcmp(m->since, m->until) != 0 ? " to " : "";

	sink_note(m->sink, m->first ? m->first : 1,
		"process snapshots of memsnap /m: %" PRIu64 " with %" PRIu64
		" rows%s%s%s%s; no pool tags are in them; "
		"collect poolmon -b -r -n poolsnap.txt",
		m->snapshots, m->processes, m->since[0] ? ", " : "", m->since, to, *to ? m->until : "");
	if (m->broken)
		sink_note(m->sink, m->first_broken,
			"rows of processes that are cut or damaged: %" PRIu64 "; skipped", m->broken);
	unread_note(&m->unread, m->sink, "output of memsnap /m");
}

/* Below what poolmon bids for rows: a log may hold tags as well (memsnap /a), and those count. */
static int bid(struct lines *l, struct span head)
{
	bool title = false, process = false, log = false;
	struct span line, key, value;

	for (int n = 0; n < 100 && !(title && process) && text_cut(&head, '\n', &line); n++) {
		int what = lines_match(l, text_trim(line));

		title |= what == SNAP_TITLE;
		process |= what == SNAP_PROCESS;
		if (what != SNAP_KEY)
			continue;
		lines_group(l, "key", &key);
		lines_group(l, "value", &value);
		log |= span_equal_nocase(key, SPAN("LogType")) &&
		       span_equal_nocase(text_trim(value), SPAN("memsnap"));
	}
	if (title)
		return 72;
	return log ? (process ? 60 : 20) : 0;
}

static int probe(struct span head, const char **missing)
{
	struct lines *l = lines_open(&memsnap_lines);
	int height = bid(l, head);

	lines_close(l);
	if (height < BID_LEAST)
		*missing = "memsnap's title line (Process ID, Proc.Name, Wrkng.Set, PagedPool) or its rows";
	return height;
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct arena *own = arena_open();
	struct memsnap *m = arena_alloc(own, sizeof *m);
	struct span line;

	(void)source;
	m->sink = sink;
	m->lines = lines_open(&memsnap_lines);
	m->host = host_open(sink);
	while (reader_line(r, &line))
		any_line(m, reader_line_number(r), line);
	note_what(m);
	host_close(m->host);
	lines_close(m->lines);
	arena_close(own);
}

const struct parser parser_memsnap = { "memsnap", "process snapshots of memsnap /m (no pool tags)", probe,
	parse, WHOSE_SAID };
