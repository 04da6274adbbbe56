/* SPDX-License-Identifier: MIT
 * Reads logs of kd, livekd and WinDbg: !poolused tables, !vm, the session's time and system; and Volatility's
 * pooltracker. Sources: Microsoft's pages on !poolused and !vm, and public logs. */
#include "parsers/windbg.h"

#include "core/text.h"
#include "parsers/lines.h"
#include "parsers/parser.h"
#include "parsers/stamp.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Told apart by what they mean, not by where they stand: logs are pasted, cut and put together. */
enum {
	DEBUG_PROMPT,
	DEBUG_SESSION, /* another dump or target: nothing said before is of it */
	DEBUG_TIME,
	DEBUG_UPTIME,
	DEBUG_KERNEL,
	DEBUG_SORTING,
	DEBUG_POOLS,
	DEBUG_COLUMNS,
	DEBUG_TOTAL,
	DEBUG_USAGE,       /* a line of !vm: pages and KiB */
	DEBUG_USAGE_OTHER, /* the same of a process */
	DEBUG_LEFT_OUT,
	DEBUG_CHATTER,
};

/* with thousands separators, as a spreadsheet or a mail makes them */
#define COUNT(name) "(?<" name ">\\d{1,3}(?:[,.' \\x{2019}\\x{A0}\\x{202F}]\\d{3})++|\\d++)"
#define PAGES       "(?<both>" COUNT("pages") "\\h*+\\(\\h*+" COUNT("kib") "\\h*+K[Bb]?\\h*+\\))"

static const struct line_rule rules[] = {
	{ DEBUG_PROMPT, "\\h*+(?:\\d{1,3}: )?(?<local>l)?kd(?::\\w{1,8})?>\\h*+(?<command>.*)$",
		"0: kd> !poolused 4" },
	{ DEBUG_PROMPT, "\\h*+(?:kd: Reading initial command '?)?(?<command>!(?:poolused|vm)\\b.*)$",
		"kd: Reading initial command '!poolused 4;q'" },
	{ DEBUG_SESSION, "Loading Dump File \\[|Microsoft \\(R\\) Windows Debugger\\b|Connected to Windows ",
		"Loading Dump File [C:\\WINDOWS\\MEMORY.DMP]" },
	{ DEBUG_TIME, "\\h*+Debug session time:\\h*+\\S",
		"Debug session time: Tue Mar  9 06:15:44.531 2010 (GMT-8)" },
	{ DEBUG_UPTIME,
		"\\h*+System Uptime:\\h*+(?<uptime>(?<d>\\d{1,5}) days? (?<h>\\d{1,2}):(?<m>\\d\\d):(?<s>\\d\\d))(?:\\.\\d{1,9})?\\h*+$",
		"System Uptime: 11 days 20:41:09.015" },
	/* "Windows 10 Kernel Version 19041 MP (8 procs) Free x64" has no service pack */
	{ DEBUG_KERNEL,
		"\\h*+(?<os>Windows .{1,60}?) Kernel Version (?<build>\\d{3,6})\\b(?: \\((?<pack>Service Pack \\d{1,2})[^)]*+\\))?+"
		"(?:.{0,40}?\\b(?:Free|Checked) (?<arch>x86 compatible|x64)\\b)?+",
		"Windows Server 2003 Kernel Version 3790 (Service Pack 1) UP Free x86 compatible" },
	{ DEBUG_SORTING, "\\h*+Sorting by\\h++(?<by>.*)$", "   Sorting by  Paged Pool Consumed" },
	{ DEBUG_POOLS,
		"\\h*+(?:Session )?(?<first>NonPaged|Paged)(?:\\h++(?:Session )?(?<second>NonPaged|Paged))?+\\h*+$",
		"            NonPaged            Paged" },
	{ DEBUG_COLUMNS,
		"\\h*+(?<columns>Tag(?:\\h++(?:Np|Pg)?(?:Allocs|Frees|Diff|Used|Bytes)\\b){2,8}+)(?:\\h.*)?$",
		" Tag    Allocs     Used    Allocs     Used" },
	{ DEBUG_TOTAL, "\\h*+TOTAL(?<numbers>(?:\\h++\\d++){1,8}+)\\h*+$",
		" TOTAL      204113 61734912     98120 44302336" },
	{ DEBUG_USAGE, "\\h*+(?<label>[A-Za-z][^:(]{2,30}+):\\h*+" PAGES,
		"\tPagedPool Maximum:   65536   (  262144 Kb)" },
	{ DEBUG_USAGE_OTHER, "[^(]{2,60}?\\h\\d++\\h*+\\(\\h*+\\d++ Kb\\)\\h*+$",
		"         0d4c spoolsv.exe      1220 (      4880 Kb)" },
	{ DEBUG_LEFT_OUT, "\\h*+[\\[(<]?(?:\\.{3,}|\\x{2026}|(?i)snip(?:ped)?)[\\])>]?\\h*+$", " ..." },
	{ DEBUG_CHATTER,
		"\\h*+(?:\\.{1,2}|[-*]{3,}[-* ]*+|Pool Used:|\\*{3} Virtual Memory Usage \\*{3})\\h*+$",
		"  Pool Used:" },
	{ DEBUG_CHATTER,
		"\\h*+(?:Page File:|No Name for Paging File|(?:Current|Minimum):\\h*+\\d++\\h*+Kb\\b)",
		"\t   Current:   2095104 Kb  Free Space:   2031612 Kb" },
};
const struct line_table windbg_lines = { "windbg", rules, LEN(rules) };

struct parse {
	struct sink *sink;
	struct lines *lines;
	struct stamps *stamps;
	struct windbg_captures *captures;
	struct windbg_table *table; /* of the captures */
	struct windbg_start next;   /* what is said of the next table */
	bool dated;                 /* the session's time is known */
	bool half_line;             /* the last line that is not blank could be the beginning of one */
	struct unread unread, left_out, odd_pages, headless;
};

static void next_clear(struct parse *p)
{
	p->next = (struct windbg_start){ .pools = { -1, -1 } };
}

/* ---- facts ---- */

/* The kernel's line names the build only. */
static const char *version_of_build(int64_t build)
{
	static const struct {
		int64_t build;
		const char *version;
	} builds[] = { { 1381, "4.0" }, { 2195, "5.0" }, { 2600, "5.1" }, { 3790, "5.2" }, { 6000, "6.0" },
		{ 6001, "6.0" }, { 6002, "6.0" }, { 7600, "6.1" }, { 7601, "6.1" }, { 9200, "6.2" },
		{ 9600, "6.3" } };

	for (size_t i = 0; i < LEN(builds); i++)
		if (builds[i].build == build)
			return builds[i].version;
	return build >= 10240 ? "10.0" : NULL;
}

static void on_kernel(struct parse *p, uint64_t line)
{
	struct span os, pack, arch;
	char version[64];
	int64_t build;

	lines_group(p->lines, "os", &os);
	lines_int(p->lines, "build", &build);
	lines_group(p->lines, "pack", &pack);
	windbg_fact(p->sink, line, FACT_OS, os, NULL);
	if (version_of_build(build)) {
		int n = snprintf(version, sizeof version, "%s.%" PRId64 "%s%.*s", version_of_build(build),
			build, pack.n ? " " : "", (int)pack.n, pack.p);
		windbg_fact(p->sink, line, FACT_OS_VERSION, (struct span){ version, (size_t)n }, NULL);
	}
	if (lines_group(p->lines, "arch", &arch))
		windbg_fact(p->sink, line, FACT_ARCH, text_head(arch, 3), NULL);
}

static void on_time(struct parse *p, uint64_t number, struct span line)
{
	struct stamp stamp;

	next_clear(p);
	p->dated = stamp_line(p->stamps, line, &stamp) == STAMP_WHOLE;
	windbg_session_time(p->captures, p->dated ? &stamp : NULL);
	if (!p->dated)
		sink_note(p->sink, number, "the session's time is in a spelling that is not known; not used");
}

static void on_uptime(struct parse *p, uint64_t line)
{
	int64_t days, hours, minutes, seconds;
	struct span text;

	if (!p->dated) /* says nothing without the time it is counted to */
		return;
	lines_group(p->lines, "uptime", &text);
	lines_int(p->lines, "d", &days);
	lines_int(p->lines, "h", &hours);
	lines_int(p->lines, "m", &minutes);
	lines_int(p->lines, "s", &seconds);
	if (hours > 23 || minutes > 59 || seconds > 59)
		return;
	seconds += ((days * 24 + hours) * 60 + minutes) * 60;
	windbg_fact(p->sink, line, FACT_UPTIME, text, &seconds);
}

/* ---- !poolused ---- */

/* "!poolused 5 Mm*": flags are hexadecimal, 8 is session pool; a tag leaves all others out. */
static void on_command(struct parse *p, struct span command)
{
	const char *at = text_find_nocase(command, "!poolused");
	struct span rest, word;
	uint64_t flags = 0;

	windbg_command(p->captures);
	next_clear(p);
	if (!at)
		return;
	rest = text_tail(command, (size_t)(at - command.p) + strlen("!poolused"));
	for (size_t i = 0; i < rest.n; i++)
		if (rest.p[i] == ';' || rest.p[i] == '\'' || rest.p[i] == '"')
			rest.n = i;
	rest = text_trim(rest);
	text_cut(&rest, ' ', &word);
	word = text_tail(word, text_starts_nocase(word, "0x") ? 2 : 0);
	p->next.session = text_uint_base(word, 16, &flags) && (flags & 8);
	rest = text_trim(rest);
	p->next.filtered = rest.n && rest.p[0] != '*';
}

static void on_pools(struct parse *p)
{
	struct span first, second;

	lines_group(p->lines, "first", &first);
	p->next.pools[0] = span_equal(first, SPAN("Paged"));
	p->next.pools[1] =
		lines_group(p->lines, "second", &second) ? (int)span_equal(second, SPAN("Paged")) : -1;
}

static void on_columns(struct parse *p, uint64_t number, struct span line)
{
	struct windbg_start start = p->next;

	lines_group(p->lines, "columns", &start.columns);
	start.indent = (size_t)(start.columns.p - line.p);
	start.line = number;
	/* without the line above, two groups of columns can only be these */
	if (start.pools[0] < 0) {
		const char *first = text_find(start.columns, "Allocs");
		bool two = first && text_find(text_tail(start.columns, (size_t)(first - start.columns.p) + 1),
					    "Allocs");

		start.pools[0] = two ? 0 : -1;
		start.pools[1] = two ? 1 : -1;
	}
	if (!windbg_captures_table(p->captures, &start))
		unread_add(&p->headless, number);
	next_clear(p);
}

/* ---- lines ---- */

static void on_other(struct parse *p, int what, uint64_t number, struct span line)
{
	struct span by;

	switch (what) {
	case DEBUG_SORTING:
		lines_group(p->lines, "by", &by);
		p->next.session |= text_find_nocase(by, "session") != NULL;
		p->next.sorted = text_find(by, "NonPaged") ? 1 : text_find(by, "Paged") ? 2 : 0;
		windbg_table_stop(p->table);
		break;
	case DEBUG_LEFT_OUT:
		if (windbg_table_reads(p->table))
			unread_add(&p->left_out, number);
		break;
	case DEBUG_USAGE_OTHER:
	case DEBUG_CHATTER: break;
	default:
		unread_add(&p->unread, number);
		/* " Mm": too short for more than the beginning of a row */
		p->half_line = windbg_table_reads(p->table) && line.n < 12 && text_is_blank(line.p[0]);
		break;
	}
}

static void on_line(struct parse *p, uint64_t number, struct span line)
{
	struct span text;
	enum windbg_row row =
		windbg_table_reads(p->table) ? windbg_table_row(p->table, number, line) : WINDBG_NO_ROW;
	int what = row == WINDBG_NO_ROW ? lines_match(p->lines, line) : -1;

	p->half_line = row == WINDBG_ROW_BROKEN;
	if (row != WINDBG_NO_ROW)
		return;
	switch (what) {
	case DEBUG_PROMPT:
		if (lines_group(p->lines, "local", &text))
			windbg_session_runs(p->captures);
		lines_group(p->lines, "command", &text);
		on_command(p, text);
		break;
	case DEBUG_SESSION:
		windbg_session_end(p->captures);
		next_clear(p);
		p->dated = false;
		if (text_find_nocase(line, "livekd.dmp"))
			windbg_session_runs(p->captures);
		break;
	case DEBUG_TIME: on_time(p, number, line); break;
	case DEBUG_UPTIME: on_uptime(p, number); break;
	case DEBUG_KERNEL: on_kernel(p, number); break;
	case DEBUG_POOLS: on_pools(p); break;
	case DEBUG_COLUMNS: on_columns(p, number, line); break;
	case DEBUG_USAGE:
		if (!windbg_usage_read(p->captures, p->lines, number))
			unread_add(&p->odd_pages, number);
		break;
	case DEBUG_TOTAL:
		lines_group(p->lines, "numbers", &text);
		if (windbg_table_reads(p->table))
			p->half_line = !windbg_table_total(p->table, number, text);
		break;
	default: on_other(p, what, number, line); break;
	}
}

/* ---- the parser ---- */

static void notes_write(const struct parse *p)
{
	if (p->left_out.lines)
		sink_note(p->sink, p->left_out.first,
			"places where rows were left out by hand: %" PRIu64 "; what is there was read",
			p->left_out.lines);
	if (p->odd_pages.lines)
		sink_note(p->sink, p->odd_pages.first,
			"lines of !vm whose pages and Kb do not agree: %" PRIu64 "; not used",
			p->odd_pages.lines);
	if (p->headless.lines)
		sink_note(p->sink, p->headless.first,
			"tables that do not say which pool they are of: %" PRIu64 "; skipped",
			p->headless.lines);
	unread_note(&p->unread, p->sink, "output of !poolused or !vm");
}

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	struct parse p = { .sink = sink, .lines = lines_open(&windbg_lines) };
	uint64_t last_line = 0;
	struct span line;

	(void)source;
	p.stamps = stamp_open();
	p.captures = windbg_captures_open(sink);
	p.table = windbg_captures_of(p.captures);
	next_clear(&p);
	while (reader_line(r, &line)) {
		if (!text_trim(line).n)
			continue;
		last_line = reader_line_number(r);
		on_line(&p, last_line, line);
	}
	sink->cut |= windbg_table_cut(p.table, last_line) || p.half_line;
	windbg_captures_close(p.captures);
	notes_write(&p);
	stamp_close(p.stamps);
	lines_close(p.lines);
}

/* How much of a head is a debugger's? Stops when the answer is plain. */
static int probe(struct span head, const char **missing)
{
	static const char *const words[] = { "Allocs", "poolused", "Pool Usage", "Pool Max", "PTEs",
		"PagedPool" };
	static const char no_table[] = "no table of !poolused (Tag Allocs Used), no output of !vm";
	struct lines *lines;
	struct span line;
	size_t usages_seen = 0, i;
	int best = 0;

	for (i = 0; i < LEN(words) && !text_find(head, words[i]); i++)
		;
	*missing = i == LEN(words) ? no_table : NULL;
	if (*missing)
		return 0;
	lines = lines_open(&windbg_lines);
	while (best < 90 && text_cut(&head, '\n', &line)) {
		struct span text;
		int what, bid = 0;

		while (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		what = lines_match(lines, line);
		if (what == DEBUG_COLUMNS)
			bid = 95;
		else if (what == DEBUG_PROMPT && lines_group(lines, "command", &text) &&
			 text_find_nocase(text, "!poolused"))
			bid = 60;
		else if (what == DEBUG_USAGE && lines_group(lines, "label", &text))
			usages_seen += windbg_usage_known(text);
		if (usages_seen >= 2)
			bid = 90;
		best = bid > best ? bid : best;
	}
	lines_close(lines);
	*missing = best < BID_LEAST ? no_table : NULL;
	return best;
}

const struct parser parser_windbg = {
	"windbg",
	"debugger logs: !poolused, !vm",
	probe,
	parse,
	.whose = WHOSE_FOLDER,
};
