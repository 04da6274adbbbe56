/* SPDX-License-Identifier: MIT
 * Knows the lines of poolmon's snapshots and screens of all generations, and checks a row's numbers against
 * each other. Layouts: those of the tool's x86 and x64 builds, 5.2.3790 to 10.0.22621, and captures of NT 4
 * and Windows 2000. */
#include "parsers/poolmon.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "parsers/pool.h"

/* Widths are minimums: only the tag (columns 1-4) and the type (6-10) stand where they stand, the numbers are
 * read as words. Blanks are taken all or not at all, so that a line of nothing else costs no more than its
 * length. A number may touch the delta before it: "( 128)126675". */
#define INT(name)  "(?<" name ">-?\\d+)"
#define ALLOCS     "\\h++" INT("allocs")
#define DELTA      "\\h*+\\(\\h*+-?\\d+\\)\\h*+"
#define DELTA_KEPT "\\h*+\\((?<delta>\\h*+-?\\d+)\\)\\h*+"
#define SNAPSHOT   ALLOCS "\\h++" INT("frees") "\\h++" INT("diff") "\\h++" INT("bytes") "\\h++" INT("each")
#define LIVE       ALLOCS DELTA INT("frees") DELTA INT("diff") "\\h++" INT("bytes") DELTA_KEPT INT("each")
#define DRIVER     "(?:\\h++(?<driver>\\S.*))?\\h*+$"
#define TYPE       "(?<pool>Paged|Nonp)"
#define TYPE_LOOSE "\\h++(?<pool>Paged|Nonp)"
/* The shortest text before a type that a number follows: "Dh 1", but never a fifth character. */
#define TAG_LOOSE  "\\h*+(?<tag>\\S(?:|.{0,2}?\\S))"
#define DECORATION "[\\h#>*|]*+"
#define WORD(text) "\\h++" text ":\\h*+"
#define KIB(name)  INT(name) "K"
#define MEMORY \
	"Memory:\\h*+" KIB("physical_bytes") WORD("Avail") KIB("available_bytes") WORD("PageFlts") \
		INT("page_faults") WORD("InRam\\h++Krnl") KIB("kernel_resident_bytes") WORD("P") \
			KIB("paged_resident_bytes")
#define COMMIT \
	"Commit:\\h*+" KIB("commit_bytes") WORD("Limit") KIB("commit_limit_bytes") WORD("Peak") \
		KIB("commit_peak_bytes") WORD("Pool\\h++N") KIB("pool_nonpaged_bytes") WORD("P") \
			KIB("pool_paged_bytes")

static const struct line_rule rules[] = {
	{ POOLMON_ROW, " (?<tag>.{4}) " TYPE SNAPSHOT DRIVER,
		" MmSt Paged    310042    301222      8820 43324840       4912" },
	{ POOLMON_ROW, " (?<tag>.{4}) " TYPE LIVE DRIVER,
		" Io   Nonp      90210 (   4)     90101 (  -2)      109   87200 (  -800)    800 [nt!io]" },
	{ POOLMON_ROW, "(?<tag>\\S.{3}) " TYPE SNAPSHOT DRIVER,
		"Ntfr Nonp       210       110       100    6400         64" },
	{ POOLMON_ROW, "(?<tag>\\S.{3}) " TYPE LIVE DRIVER,
		"Gh 5 Paged        17 (   0)        12 (   0)        5    2080 (     0)    416 Unknown Driver" },
	{ POOLMON_TOTAL, DECORATION "Total" TYPE_LOOSE LIVE "\\b",
		"Total Paged    500123 (   0)    400020 (-7190281)   100103 43001200 (     0)      0" },
	{ POOLMON_LOOSE, TAG_LOOSE TYPE_LOOSE SNAPSHOT DRIVER,
		"    CM     Paged   310  210  100   6400   64" },
	{ POOLMON_LOOSE, TAG_LOOSE TYPE_LOOSE LIVE DRIVER,
		"Mem     Nonp   20310 ( 1)20210 ( 0)  100   6400 ( 64)   64" },
	/* also "1,310,042": no build of poolmon groups digits */
	{ POOLMON_BROKEN, "\\h{0,8}\\S?.{0,3}?" TYPE_LOOSE "(?:\\h++-?\\d.*|\\h*+)$",
		" MmSt Paged    310042    301222      8820 433" },
	{ POOLMON_BROKEN, " .{4} (?:P|Pa|Pag|Page|N|No|Non)$", " MmSt Pag" },
	{ POOLMON_COLUMNS,
		DECORATION
		"(?<tagword>Tag)\\h++Type\\h++Allocs(?<gap1>\\h++)Frees(?<gap2>\\h++)Diff\\h++Bytes(?:\\h++(?<rest>.*))?$",
		" Tag  Type     Allocs         Frees    Diff   Bytes    Per Alloc" },
	{ POOLMON_MEMORY, DECORATION MEMORY,
		" Memory: 4193760K Avail: 2201344K  PageFlts:    -6   InRam Krnl: 4848K P:120000K" },
	{ POOLMON_COMMIT, DECORATION COMMIT,
		" Commit:1310720K Limit:8912896K Peak:1638400K            Pool N:29548K P:135604K" },
	{ POOLMON_SCOPE,
		DECORATION
		"(?:System|(?<all>All sessions)|Session\\h++(?<session>\\d{1,9}))\\h++pool\\h++information\\b",
		" Session 1 pool information" },
	{ POOLMON_RULE, "\\h*+[-=_]{3,}\\h*+$", "----------------" },
	{ POOLMON_LEFT_OUT, "\\h*+[\\[(<]?(?:\\.{3,}|\\x{2026}|(?i)snip(?:ped)?)[\\])>]?\\h*+$", "[snip]" },
	{ POOLMON_KEY, "!(?<key>\\w+)\\h*+=", "!LogType=memsnap" },
	{ POOLMON_NO_FILE, "(?i).{0,20}?poolmon:\\h*+Error Opening file\\b",
		"Poolmon: Error Opening file x:\\pool.log: 3" },
	{ POOLMON_NO_TAGS,
		"(?i).{0,20}?(?:Failed to query pool tags? information|Query pool ?tags failed)\\W+(?:status\\h++)?(?<status>[0-9a-f]{8})\\b",
		"Query pooltags Failed c0000002" },
	{ POOLMON_CHATTER, "(?i)poolmon: (?:no|creating|using|reading) ",
		"PoolMon: No localtag.txt in current directory" },
};
const struct line_table poolmon_lines = { "poolmon", rules, LEN(rules) };

#define REWRITTEN 1024 /* bytes; the tool's longest line, with a driver's text, has some 200 */

struct poolmon_reader {
	const struct page *page;
	struct lines *lines;
	int what;
	bool raw_tag; /* the tag is four bytes of the line, not four characters */
	unsigned char tag[4];
	char rewritten[REWRITTEN + 1]; /* a line put into the tool's columns */
};

struct poolmon_reader *poolmon_open(const struct page *page)
{
	struct poolmon_reader *p = calloc(1, sizeof *p);
	if (!p)
		die("out of memory");
	p->page = page;
	p->lines = lines_open(&poolmon_lines);
	return p;
}

void poolmon_close(struct poolmon_reader *p)
{
	if (!p)
		return;
	lines_close(p->lines);
	free(p);
}

const struct lines *poolmon_groups(const struct poolmon_reader *p)
{
	return p->lines;
}

static bool type_at(struct span line, size_t at)
{
	struct span rest = text_tail(line, at);
	return text_starts(rest, "Paged ") || text_starts(rest, "Nonp ");
}

/* The bytes C3 A5 in a tag are valid UTF-8 by accident: the line then has one character less than the tool
 * printed. Four letters stand in for the tag's bytes while the rule matches. */
static bool rewrite_raw_tag(struct poolmon_reader *p, struct span line)
{
	if (line.n > REWRITTEN || line.n < 12 || line.p[0] != ' ' || line.p[5] != ' ' || !type_at(line, 6) ||
		text_is_ascii((struct span){ line.p + 1, 4 }))
		return false;
	memcpy(p->tag, line.p + 1, 4);
	memcpy(p->rewritten, line.p, line.n);
	memcpy(p->rewritten + 1, "raw.", 4);
	return true;
}

/* A block that stands further right or left than the tool prints it, as its column line shows. */
static size_t rewrite_indent(struct poolmon_reader *p, struct span line, int indent)
{
	if (indent == 1 || line.n > REWRITTEN - 1)
		return 0;
	if (indent == 0) {
		p->rewritten[0] = ' ';
		memcpy(p->rewritten + 1, line.p, line.n);
		return line.n + 1;
	}
	for (int i = 1; i < indent; i++) {
		if (!line.n || (line.p[0] != ' ' && line.p[0] != '\t'))
			return 0;
		line = text_tail(line, 1);
	}
	memcpy(p->rewritten, line.p, line.n);
	return line.n;
}

struct span poolmon_unquoted(struct span line)
{
	while (text_starts(line, "> "))
		line = text_tail(line, 2);
	return span_equal(line, SPAN(">")) ? text_tail(line, 1) : line;
}

int poolmon_line(struct poolmon_reader *p, struct span line, int indent)
{
	p->raw_tag = false;
	p->what = lines_match(p->lines, line);
	if (p->what != POOLMON_LOOSE && p->what != POOLMON_BROKEN && p->what >= 0)
		return p->what;
	if (rewrite_raw_tag(p, line)) {
		p->what = lines_match(p->lines, (struct span){ p->rewritten, line.n });
		p->raw_tag = p->what == POOLMON_ROW;
		if (p->raw_tag)
			return p->what;
	}
	size_t n = rewrite_indent(p, line, indent);
	if (n && (p->what = lines_match(p->lines, (struct span){ p->rewritten, n })) == POOLMON_ROW)
		return p->what;
	return p->what = lines_match(p->lines, line);
}

/* ---- rows ---- */

static void tag_read(const struct poolmon_reader *p, struct poolmon_row *row)
{
	struct span text;
	/* "CM      Paged" lost its columns; where it was "CM  " or "  CM" cannot be seen, and the former is
	 * usual */
	if (p->raw_tag) {
		memcpy(row->tag, p->tag, sizeof row->tag);
		return;
	}
	lines_group(p->lines, "tag", &text);
	row->tag_lost = !page_tag(p->page, text, row->tag);
}

/* The x86 tool pads Allocs to 9 columns and prints it signed, the x64 tool pads it to 18. Their screens
 * differ in the width of the bytes' delta: 6 and 11. */
static const char *tool_of(const struct poolmon_reader *p, bool live)
{
	struct span tag, allocs, delta;
	if (p->what != POOLMON_ROW)
		return NULL;
	if (live) {
		lines_group(p->lines, "delta", &delta);
		return delta.n >= 11 ? "poolmon x64" : delta.n >= 6 ? "poolmon x86" : NULL;
	}
	lines_group(p->lines, "tag", &tag);
	lines_group(p->lines, "allocs", &allocs);
	size_t column = 4 + (size_t)(allocs.p + allocs.n - (tag.p + tag.n));
	return column == 29 ? "poolmon x64" : column >= 20 && column <= 22 ? "poolmon x86" : NULL;
}

static bool count_read(const struct lines *l, const char *name, int64_t *count)
{
	if (!lines_int(l, name, count) || *count < INT32_MIN || *count > UINT32_MAX)
		return false;
	*count = (uint32_t)*count;
	return true;
}

/* Per Alloc is an unsigned division, 32 bits wide in the x86 tool, which prints it signed, and 64 in the
 * other. */
static bool each_fits(struct span each, const struct poolmon_row *row, bool narrow)
{
	uint64_t by = row->diff ? (uint64_t)row->diff : 1, printed;
	int64_t negative;
	if (!narrow)
		return text_uint_base(each, 10, &printed) && (uint64_t)row->bytes / by == printed;
	if (row->bytes < INT32_MIN || row->bytes > UINT32_MAX || !text_int(each, &negative) ||
		negative < INT32_MIN || negative > UINT32_MAX)
		return false;
	return (uint32_t)row->bytes / by == (uint32_t)negative;
}

enum poolmon_fault poolmon_row_read(struct poolmon_reader *p, struct poolmon_row *row)
{
	struct span text, each;
	*row = (struct poolmon_row){ 0 };
	tag_read(p, row);
	row->live = lines_group(p->lines, "delta", &text);
	row->tool = tool_of(p, row->live);
	row->paged = lines_group(p->lines, "pool", &text) && text_starts(text, "Paged");
	lines_group(p->lines, "driver", &row->driver);
	row->driver = text_trim(row->driver);
	if (span_equal(row->driver, SPAN("Unknown Driver")))
		row->driver.n = 0;
	if (!count_read(p->lines, "allocs", &row->allocs) || !count_read(p->lines, "frees", &row->frees) ||
		!count_read(p->lines, "diff", &row->diff) || !lines_int(p->lines, "bytes", &row->bytes))
		return POOLMON_BAD_NUMBER;
	if ((uint32_t)(row->allocs - row->frees) != (uint32_t)row->diff)
		return POOLMON_BAD_DIFF;
	lines_group(p->lines, "each", &each);
	bool wide = each_fits(each, row, false), narrow = each_fits(each, row, true);
	bool x86 = row->tool ? span_equal(span_of(row->tool), SPAN("poolmon x86")) : narrow && !wide;
	/* The x86 tool prints 2 GiB and more as a negative number. But where more was freed than allocated
	 * (Diff -4, Bytes -616) the number is negative because it is. */
	bool below_zero = row->diff > INT32_MAX;
	if (row->bytes < 0 && row->bytes >= INT32_MIN && x86 && !below_zero)
		row->bytes += (int64_t)UINT32_MAX + 1;
	row->wrapped = x86 && !below_zero && row->bytes < row->diff * POOL_BLOCK_LEAST;
	return wide || narrow ? POOLMON_SOUND : POOLMON_BAD_EACH;
}
