/* SPDX-License-Identifier: MIT
 * What do the values that systeminfo and msinfo32 print say about a server: patterns that hold in every
 * language, and facts. The spellings are as the tools print them; no published description is known. */
#include "parsers/host.h"

#include "core/text.h"
#include "parsers/lines.h"

#include <string.h>

/* The thousands' separator of a locale, and what a wrong code page makes of a hard blank: "2ÿ047 MB" (850
 * read as Windows-1252) and "2á047 MB" (the reverse). */
#define SEPARATOR "[., '\\x{2019}\\x{A0}\\x{202F}\\x{FF}\\x{E1}\\x{FFFD}?]"
#define BLANKS    "[\\s\\x{A0}\\x{202F}\\x{FF}\\x{E1}]*+"

static const struct line_rule rules[] = {
	/* the build comes twice, whatever the word between: "10.0.17763 N/A version 17763" */
	{ HOST_SHAPE_VERSION,
		"(?<number>\\d{1,2}\\.\\d{1,2}\\.(?<build>\\d{4,5}))\\s+(?<pack>Service Pack \\d+)?.*\\s\\k<build>$",
		"5.2.3790 Service Pack 2 Build 3790" },
	{ HOST_SHAPE_ZONE, "\\((?:GMT|UTC)(?<offset>[+-]\\d{2}:\\d{2})?\\)(?:\\s|$)",
		"(GMT-05:00) Eastern Time (US & Canada)" },
	{ HOST_SHAPE_MEMORY,
		"(?<amount>\\d{1,3}(?:" SEPARATOR "\\d{2,3})*" SEPARATOR "\\d{3}|\\d+)" BLANKS
		"(?:MB|Mo|\u041C\u0411)$",
		"3,583 MB" },
	{ HOST_SHAPE_UPTIME,
		"(?<d>\\d{1,5}) \\S+, (?<h>\\d{1,2}) \\S+, (?<m>\\d{1,2}) \\S+, (?<s>\\d{1,2}) \\S+$",
		"12 Days, 3 Hours, 14 Minutes, 56 Seconds" },
	{ HOST_SHAPE_DATE,
		"(?<a>\\d{1,4})(?<between>[./-])(?<b>\\d{1,2})[./-](?<c>\\d{1,4}),?\\s+(?<h>\\d{1,2}):(?<m>\\d{2}):(?<s>\\d{2})"
		"(?:\\s+(?<half>AM|PM))?$",
		"5/12/2010, 3:11:32 PM" },
	{ HOST_SHAPE_DATE_OTHER, "\\d{1,4}\\D{1,4}\\d{1,2}\\D{1,4}\\d{1,4}\\D.*\\d{1,2}:\\d{2}",
		"2010/5/12, \u4E0B\u5348 03:11:32" },
	{ HOST_SHAPE_ARCH, "(?i)(?<arch>x86|x64)-bas\\w+ PC$", "X86-based PC" },
	/* After those of systeminfo, which writes whole megabytes. */
	{ HOST_SHAPE_SIZE,
		"(?<amount>\\d{1,3}(?:" SEPARATOR "\\d{3})++|\\d++)(?:[.,\\x{66B}](?<part>\\d{1,2}))?" BLANKS
		"(?<unit>[MGT\u041C\u0413\u0422])[Bo\u0411]$",
		"2,047.49 MB" },
};
const struct line_table host_lines = { "host", rules, LEN(rules) };

struct host {
	struct sink *sink;
	struct lines *lines;
	struct arena *own, *arena; /* of this itself, and of one fact */
	uint64_t stated;
};

struct host *host_open(struct sink *sink)
{
	struct arena *own = arena_open();
	struct host *h = arena_alloc(own, sizeof *h);

	h->own = own;
	h->arena = arena_open();
	h->sink = sink;
	h->lines = lines_open(&host_lines);
	return h;
}

void host_close(struct host *h)
{
	if (!h)
		return;
	lines_close(h->lines);
	arena_close(h->arena);
	arena_close(h->own);
}

int host_shape(struct host *h, struct span value)
{
	return lines_match(h->lines, value);
}

uint64_t host_stated(const struct host *h)
{
	return h->stated;
}

/* ---- facts ---- */

static void push(struct host *h, const struct record *r)
{
	h->sink->record(h->sink, r);
	h->stated++;
	arena_reset(h->arena);
}

static void fact(struct host *h, uint64_t line, const char *name, struct span text)
{
	struct record r;

	record_start(&r, RECORD_HOST, line);
	record_text(&r, HOST_NAME, span_of(name));
	record_text(&r, HOST_TEXT, text);
	push(h, &r);
}

static void fact_number(struct host *h, uint64_t line, struct span value, const char *name, int64_t number)
{
	struct record r;

	record_start(&r, RECORD_HOST, line);
	record_text(&r, HOST_NAME, span_of(name));
	record_text(&r, HOST_TEXT, value);
	record_number(&r, HOST_NUMBER, number);
	push(h, &r);
}

bool host_is_name(struct span value)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] <= ' ')
			return false;
	return value.n > 0 && value.n <= 63;
}

bool host_labelled(struct host *h, const struct host_label *labels, size_t count, uint64_t line,
	struct span label, struct span value)
{
	for (size_t i = 0; i < count; i++) {
		if (!span_equal_nocase(label, span_of(labels[i].label)))
			continue;
		if (value.n && !labels[i].fact(h, line, value))
			sink_note(h->sink, line, "what stands after \"%s\" is not understood; skipped",
				labels[i].label);
		return true;
	}
	return false;
}

bool host_name(struct host *h, uint64_t line, struct span value)
{
	fact(h, line, FACT_HOST_NAME, value);
	return true;
}

/* Code page 850 writes ® as the byte that is © in Windows-1252: "Microsoft© Windows Server© 2008". */
bool host_os(struct host *h, uint64_t line, struct span value)
{
	char *text = arena_text(h->arena, value);

	for (size_t i = 0; i + 1 < value.n; i++)
		if (memcmp(text + i, "\u00A9", 2) == 0)
			memcpy(text + i, "\u00AE", 2);
	fact(h, line, FACT_OS, (struct span){ text, value.n });
	return true;
}

bool host_version(struct host *h, uint64_t line, struct span value)
{
	struct span number, pack;

	if (lines_match(h->lines, value) != HOST_SHAPE_VERSION)
		return false;
	lines_group(h->lines, "number", &number);
	lines_group(h->lines, "pack", &pack);
	fact(h, line, FACT_OS_VERSION,
		span_of(arena_printf(h->arena, "%.*s%s%.*s", (int)number.n, number.p, pack.n ? " " : "",
			(int)pack.n, pack.p)));
	return true;
}

bool host_arch(struct host *h, uint64_t line, struct span value)
{
	struct span arch;

	if (lines_match(h->lines, value) != HOST_SHAPE_ARCH)
		return false;
	lines_group(h->lines, "arch", &arch);
	fact(h, line, FACT_ARCH, span_equal_nocase(arch, SPAN("x64")) ? SPAN("x64") : SPAN("x86"));
	return true;
}

/* The offset is the zone's standard one also while its clock is on summer time. */
bool host_zone(struct host *h, uint64_t line, struct span value)
{
	struct span offset;
	int minutes = 0;

	if (lines_match(h->lines, value) != HOST_SHAPE_ZONE)
		return false;
	if (lines_group(h->lines, "offset", &offset) && !text_offset(offset, &minutes))
		return false;
	fact(h, line, FACT_ZONE, value);
	fact_number(h, line, value, FACT_UTC_OFFSET, minutes);
	return true;
}

bool host_zone_name(struct host *h, uint64_t line, struct span value)
{
	fact(h, line, FACT_ZONE, value);
	return true;
}

/* The digits of an amount, whatever separates them; false when they are more than any memory has. */
static bool amount_of(const struct host *h, int64_t *out)
{
	struct span amount;

	*out = 0;
	lines_group(h->lines, "amount", &amount);
	for (size_t i = 0; i < amount.n; i++) {
		if (!text_is_digit(amount.p[i]))
			continue;
		*out = *out * 10 + (amount.p[i] - '0');
		if (*out > INT64_MAX >> 21) /* as bytes of megabytes it must fit */
			return false;
	}
	return true;
}

bool host_memory(struct host *h, uint64_t line, struct span value)
{
	int64_t megabytes;

	if (lines_match(h->lines, value) != HOST_SHAPE_MEMORY || !amount_of(h, &megabytes))
		return false;
	fact_number(h, line, value, FACT_RAM, megabytes << 20);
	return true;
}

/* Two decimals at most, so that three digits are a group: "1,024 MB", "4.00 GB", "2.047,49 MB", "32,0 GB". */
bool host_size(struct host *h, uint64_t line, struct span value)
{
	int64_t amount, hundredths = 0;
	struct span part, unit;
	int shift;

	if (lines_match(h->lines, value) != HOST_SHAPE_SIZE)
		return host_memory(h, line, value);
	if (!amount_of(h, &amount))
		return false;
	if (lines_group(h->lines, "part", &part))
		hundredths = (part.p[0] - '0') * 10 + (part.n > 1 ? part.p[1] - '0' : 0);
	lines_group(h->lines, "unit", &unit);
	shift = unit.p[0] == 'M' || span_equal(unit, SPAN("\u041C"))   ? 20
		: unit.p[0] == 'G' || span_equal(unit, SPAN("\u0413")) ? 30
								       : 40;
	if (amount >= INT64_C(1) << (50 - shift)) /* a petabyte: no such server */
		return false;
	fact_number(h, line, value, FACT_RAM,
		(amount << shift) + (int64_t)(((uint64_t)hundredths << shift) / 100));
	return true;
}

/* False when the clock shows what no clock shows. */
static bool clock_parts(const struct host *h, int64_t *hours, int64_t *minutes, int64_t *seconds)
{
	lines_int(h->lines, "h", hours);
	lines_int(h->lines, "m", minutes);
	lines_int(h->lines, "s", seconds);
	return *hours < 24 && *minutes < 60 && *seconds < 60;
}

bool host_uptime(struct host *h, uint64_t line, struct span value)
{
	int64_t days, hours, minutes, seconds;

	if (lines_match(h->lines, value) != HOST_SHAPE_UPTIME || !clock_parts(h, &hours, &minutes, &seconds))
		return false;
	lines_int(h->lines, "d", &days);
	fact_number(h, line, value, FACT_UPTIME, ((days * 24 + hours) * 60 + minutes) * 60 + seconds);
	return true;
}

/* ---- boot time ---- */

static bool date_parts(struct host *h, struct span date, int64_t part[3])
{
	if (lines_match(h->lines, date) != HOST_SHAPE_DATE)
		return false;
	lines_int(h->lines, "a", &part[0]);
	lines_int(h->lines, "b", &part[1]);
	lines_int(h->lines, "c", &part[2]);
	return true;
}

/* With dots between them the day always comes before the month. */
enum host_order host_order(struct host *h, struct span date)
{
	struct span between;
	int64_t part[3];

	if (!date_parts(h, date, part))
		return HOST_ORDER_UNKNOWN;
	lines_group(h->lines, "between", &between);
	if (part[0] > 31)
		return HOST_ORDER_YMD;
	if (part[0] > 12 || span_equal(between, SPAN(".")))
		return HOST_ORDER_DMY;
	return part[1] > 12 ? HOST_ORDER_MDY : HOST_ORDER_UNKNOWN;
}

/* Of the date last matched. */
static when_us date_time(const struct host *h, const int64_t part[3], enum host_order order)
{
	int64_t hours, minutes, seconds, year = order == HOST_ORDER_YMD ? part[0] : part[2];
	int64_t month = order == HOST_ORDER_MDY ? part[0] : part[1];
	int64_t day = order == HOST_ORDER_YMD ? part[2] : order == HOST_ORDER_MDY ? part[1] : part[0];
	struct span half;

	if (!clock_parts(h, &hours, &minutes, &seconds) || year < 1601) /* a year of two digits */
		return WHEN_NONE;
	if (lines_group(h->lines, "half", &half)) {
		if (hours < 1 || hours > 12)
			return WHEN_NONE;
		hours = hours % 12 + (half.p[0] == 'P' ? 12 : 0);
	}
	return when_civil((int)year, (int)month, (int)day, (int)hours, (int)minutes, (int)seconds, 0);
}

bool host_boot(struct host *h, uint64_t line, struct span value, enum host_order order)
{
	when_us t = WHEN_NONE;
	int64_t part[3];

	if (order == HOST_ORDER_UNKNOWN)
		order = host_order(h, value);
	if (date_parts(h, value, part)) {
		if (order == HOST_ORDER_UNKNOWN && part[0] == part[1])
			order = HOST_ORDER_DMY; /* 5/5/2010 */
		if (order != HOST_ORDER_UNKNOWN)
			t = date_time(h, part, order);
	}
	if (t == WHEN_NONE)
		fact(h, line, FACT_BOOT_TIME, value);
	else
		fact_number(h, line, value, FACT_BOOT_TIME, t);
	return true;
}
