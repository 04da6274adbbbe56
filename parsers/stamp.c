/* SPDX-License-Identifier: MIT
 * Reads the time stamps that Windows' shells and collecting scripts write: %DATE% %TIME%, date /t, Get-Date,
 * ISO 8601, Clue's zoned line, memsnap's !SystemTime, and the times in file names. */
#include "parsers/stamp.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/text.h"
#include "parsers/lines.h"

#define STAMP_LINE_MAX 400 /* no stamp stands in a longer line */

enum { WHOLE, DATE, CLOCK, CTIME };

/* ---- the grammar's pieces; (?J): one name for a group that may stand in several places ---- */

#define START   "(?iJ)[\\h\"'(\\[]*+(?<mark>[-=*#_~<>|+]{2,}+[\\h\"'(\\[]*+)?+"
/* `echo %COMPUTERNAME% %DATE% %TIME%`: a machine's name, told from a weekday by its digits, and from
 * numbers. */
#define MACHINE "(?:(?=[A-Za-z_-]{1,14}\\d)[\\w-]{2,15}\\h+)"
#define LABEL \
	"(?:(?:[^\\d\\v]{1,60}?[:=]\\h*" MACHINE \
	"?|(?:[^\\d\\v]{1,60}?\\h)?(?:at|on|is|am|um|le|op|il)\\h+|" MACHINE ")[\"'(\\[]?)??"
#define CLOCK_LABEL \
	"(?:[^\\d\\v]{0,40}?\\b(?:current|local|aktuelle|actuelle|actual|corrente|huidige)\\b[^\\d\\v]{0,20}[:=]\\h*" \
	"|(?:time|uhrzeit|zeit|heure|hora|ora|tijd)\\h*[:=]\\h*)?"
#define END          "[-=*#_~<>|+.\"')\\]\\h]*$"
/* Words may follow a stamp that is precise to the second. Without seconds it could be a line of `dir`. */
#define END_OR_WORDS "(?:" END "|(?(<second>)[\\h,;:)\\]]+[^\\d\\h].{0,160}$|(?!)))"

/* morning and afternoon, which stand before the hour in Chinese, Korean and Japanese */
#define CJK_HALVES "[\\x{4E0A}\\x{4E0B}]\\x{5348}|\\x{C624}[\\x{C804}\\x{D6C4}]|\\x{5348}[\\x{524D}\\x{5F8C}]"
/* Accents come as themselves, as '?' (Out-File -Encoding ascii) or as what an OEM code page makes of them. */
#define WORD       "[^\\s\\d,.;:/=()\\[\\]<>\"'-]{2,14}"
#define WEEKDAY    "(?:(?<wday>(?!on\\b|am\\b)" WORD "(?:-feira)?)[.,]{0,2}\\h+(?:den\\h+)?)?"
#define WEEKDAY2   "(?:\\h+\\(?(?!" CJK_HALVES ")(?<wday>\\p{L}{1,14})\\.?\\)?(?=\\h))?"

#define YEAR       "(?<year>(?:19|20)\\d\\d)"
#define YEAR_FIRST YEAR "(?<sep>[/.-])\\h?(?<month>\\d{1,2})\\k<sep>\\h?(?<day>\\d{1,2})\\.?"
#define NUMBERS    "(?<a>\\d{1,2})(?<sep>[/.-])\\h?(?<b>\\d{1,2})\\k<sep>\\h?" YEAR "\\.?"
#define SHORT_YEAR "(?<a>\\d{1,2})(?<sep>[/.-])(?<b>\\d{1,2})\\k<sep>(?<yy>\\d\\d)(?!\\d)"
#define COMPACT    "(?<!\\d)" YEAR "(?<month>\\d\\d)(?<day>\\d\\d)"
#define DAY_NAME \
	"(?<day>\\d{1,2})(?:\\.|er|st|nd|rd|th|\\x{BA})?[\\h-](?:de\\h+|of\\h+)?(?<name>" WORD \
	")\\.?,?[\\h-](?:del?\\h+)?" YEAR
#define NAME_DAY "(?<name>" WORD ")\\.?\\h+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\h+" YEAR
/* year, month and day signs of Chinese, Japanese and Korean */
#define CJK \
	YEAR "[\\x{5E74}\\x{B144}?]\\h?(?<month>\\d{1,2})[\\x{6708}\\x{C6D4}?]\\h?(?<day>\\d{1,2})[\\x{65E5}\\x{C77C}?]"

#define GAP \
	"(?:[T_-]|\\h*[,;|@-]?\\h+(?:(?:at|um|kl|klo|om|alle|a\\h+las|\\x{E0}|-|time|zeit|heure|hora|ora|tijd)[.:=]?\\h*)?)"
/* PowerShell 7 puts U+202F before AM, which becomes '?' in ASCII */
#define TIME \
	"(?:(?<half>" CJK_HALVES ")\\h*)?(?<!\\d)(?<hour>\\d{1,2})(?<tsep>[:.])(?<minute>\\d\\d)" \
	"(?:\\k<tsep>(?<second>\\d\\d)(?:[.,](?<fraction>\\d{1,9}))?)?(?!\\d)(?:[\\h?]*(?<half>[ap]\\.?\\h?m\\b\\.?))?"
#define ZONE \
	"(?:\\h*\\(?(?<zone>Z\\b|(?:UTC|GMT)(?:[+-]\\d{1,2}(?::?\\d\\d)?)?\\b|[+-]\\d\\d:?\\d\\d\\b)" \
	"|\\h+\\(?(?<zonename>[^\\d()]{2,60}?\\h(?:Standard|Daylight|Summer)\\h+Time\\b))?"

#define STAMP(date)      START LABEL "(?<time_text>" WEEKDAY date WEEKDAY2 GAP TIME ZONE ")" END_OR_WORDS
#define DATE_ALONE(date) START LABEL "(?<time_text>" WEEKDAY date ")" WEEKDAY2 END

/* ---- the rules; a line that only a wrong calendar could mean is sorted out afterwards ---- */

static const struct line_rule stamp_rules[] = {
	{ WHOLE, STAMP(YEAR_FIRST),
		"2011.02.07-08:15:42 Eastern Standard Time (clock of the machine collected from)" },
	{ WHOLE, STAMP(NUMBERS), "===== Mon 02/07/2011  8:15:42.07 =====" },
	{ WHOLE, STAMP(DAY_NAME), "quinta-feira, 9 de fevereiro de 2012 08:15:42" },
	{ WHOLE, STAMP(NAME_DAY), "Monday, February 7, 2011 8:15:42 AM" },
	{ WHOLE, STAMP(CJK), "2011?2?7? 8:15:42" },
	{ CTIME,
		START LABEL "(?<time_text>" WEEKDAY "(?<name>" WORD ")\\h+(?<day>\\d{1,2})\\h+" TIME
			    "(?:\\h+(?:(?<zone>UTC|GMT)|(?<zonename>[A-Z]{3,5})))?\\h+" YEAR ")" END,
		"Mon Feb  7 08:15:42 CET 2011" },
	{ CTIME,
		START LABEL "(?<time_text>" WEEKDAY "(?<name>" WORD ")\\h+(?<day>\\d{1,2})\\h+" TIME
			    "\\h+" YEAR
			    "\\h+\\((?<zone>(?:UTC|GMT)(?:\\h?[+-]\\h?\\d{1,2}(?::\\d\\d)?)?)\\))" END,
		"Debug session time: Mon Feb  7 08:15:42.069 2011 (GMT-5)" },
	{ WHOLE,
		START LABEL "(?<time_text>" COMPACT
			    "[T_. -]?(?<hour>\\d\\d)(?<minute>\\d\\d)(?<second>\\d\\d)?(?<zone>Z)?)" END,
		"Start time: 20110207081542" },
	{ WHOLE, STAMP(SHORT_YEAR), "07/02/99 08:15" },
	{ WHOLE, START LABEL "(?<time_text>" TIME "\\h*[,;]?\\h+" WEEKDAY YEAR_FIRST ")" END,
		"08:15:42,07 2011-02-07" },
	{ WHOLE, START LABEL "(?<time_text>" TIME "\\h*[,;]?\\h+" WEEKDAY NUMBERS ")" END,
		" 8:15:42.07 Mon 02/07/2011" },
	{ WHOLE,
		"(?iJ)(?<mark>!)SystemTime\\h*=\\h*(?<time_text>(?<month>\\d\\d)\\\\(?<day>\\d\\d)\\\\" YEAR
		"\\h+" TIME "\\h*\\((?<zone>GMT|UTC)\\))\\h*$",
		"!SystemTime=02\\07\\2011 13:15:42.0069 (GMT)" },
	{ DATE, DATE_ALONE(YEAR_FIRST), "2011-02-07" },
	{ DATE, DATE_ALONE(NUMBERS), "The current date is: Mon 02/07/2011 " },
	{ DATE, DATE_ALONE(DAY_NAME), "Montag, 7. Februar 2011" },
	{ DATE, DATE_ALONE(NAME_DAY), "Monday, February 7, 2011" },
	{ DATE, DATE_ALONE(CJK), "2011?2?7?" },
	{ CLOCK, START CLOCK_LABEL "(?<time_text>" TIME ")" END, "08:15 AM" },
};
const struct line_table stamp_lines = { "stamp", stamp_rules, LEN(stamp_rules) };

#define IN_NAME "(?iJ)(?:|.*?[^\\d])(?<time_text>"
#define NAME_TIME \
	"(?<hour>\\d\\d)(?<tsep>[-._h]?)(?<minute>\\d\\d)(?:\\k<tsep>(?<second>\\d\\d))?(?:[-._ ]?(?<half>[ap]m)(?![a-z]))?"
#define NAME_END ")(?!\\d).*$"

/* Stamps in file names: no colon or slash can stand there. */
static const struct line_rule name_rules[] = {
	{ WHOLE,
		IN_NAME YEAR
		"(?<sep>[-._]?)(?<month>\\d\\d)\\k<sep>(?<day>\\d\\d)(?:T|[-_. ]{1,3})?" NAME_TIME
		"(?<zone>Z)?" NAME_END,
		"fs01-pool_20110207_0815.txt" },
	{ WHOLE,
		IN_NAME
		"(?:(?<![a-z])(?<wday>[a-z]{2,3})[-_. ])?(?<a>\\d\\d)(?<sep>[-._]?)(?<b>\\d\\d)\\k<sep>" YEAR
		"[-_. ]{1,3}" NAME_TIME NAME_END,
		"pool Mon 02-07-2011 08.15.42.log" },
	{ WHOLE,
		IN_NAME
		"(?<a>\\d\\d)(?<sep>[-._]?)(?<b>\\d\\d)\\k<sep>(?<yy>\\d\\d)[-_. ]{1,3}" NAME_TIME NAME_END,
		"FS01_990207-081542_Poolmon.txt" },
};
const struct line_table stamp_names = { "stamp in a file name", name_rules, LEN(name_rules) };

/* ---- readings ---- */

struct date {
	when_us day[2]; /* midnight; the second only where both orders are possible */
	const char *order;
};

struct stamps {
	struct lines *lines, *names;
	enum stamp_part waits; /* STAMP_DATE, STAMP_CLOCK or none */
	struct date date;
	when_us clock;
	char half[256];         /* the text of the half that waits */
	char text[2 * 256 + 1]; /* of both halves */
};

static int number_of(const struct lines *l, const char *group)
{
	int64_t n;
	return lines_int(l, group, &n) ? (int)n : 0;
}

static bool weekday_fits(when_us day, unsigned weekdays)
{
	return weekdays & 1u << when_to_civil(day).weekday;
}

/* Keeps the readings that exist, then those the weekday agrees with, if it agrees with any. */
static size_t readings_sift(when_us *day, const char **order, size_t count, unsigned weekdays)
{
	size_t kept = 0;
	bool agrees = false;
	for (size_t i = 0; i < count; i++)
		if (day[i] != WHEN_NONE && weekday_fits(day[i], weekdays))
			agrees = true;
	for (size_t i = 0; i < count; i++)
		if (day[i] != WHEN_NONE && (!agrees || weekday_fits(day[i], weekdays))) {
			day[kept] = day[i];
			order[kept++] = order[i];
		}
	return kept;
}

/* "03/11/2010": the third of November or the eleventh of March. */
static bool date_of_numbers(const struct lines *l, unsigned weekdays, struct date *date)
{
	int a = number_of(l, "a"), b = number_of(l, "b"), year = number_of(l, "year");
	when_us day[2] = { when_civil(year, b, a, 0, 0, 0, 0), when_civil(year, a, b, 0, 0, 0, 0) };
	const char *order[2] = { "dmy", "mdy" };
	struct span sep;
	/* No language of Windows puts the month first and dots between. */
	bool dots = lines_group(l, "sep", &sep) && span_equal(sep, SPAN(".")) && day[0] != WHEN_NONE;
	size_t n = readings_sift(day, order, dots ? 1 : 2, weekdays);
	if (n == 0)
		return false;
	date->day[0] = day[0];
	date->day[1] = n > 1 && day[0] != day[1] ? day[1] : WHEN_NONE;
	date->order = n > 1 ? "" : order[0];
	return true;
}

/* "101103" or "10/11/03" could be year, day or month first: taken only where all that is plausible is one
 * day. */
static bool date_of_short_year(const struct lines *l, unsigned weekdays, struct date *date)
{
	int n[3] = { number_of(l, "a"), number_of(l, "b"), number_of(l, "yy") };
	static const char field[3][3] = { { 2, 1, 0 }, { 2, 0, 1 },
		{ 0, 1, 2 } }; /* where year, month, day stand */
	const char *order[3] = { "dmy", "mdy", "ymd" };
	when_us day[3];
	for (size_t i = 0; i < 3; i++) {
		int year = n[(int)field[i][0]];
		year += year >= 95 ? 1900 : 2000;
		day[i] = year < 2040 ? when_civil(year, n[(int)field[i][1]], n[(int)field[i][2]], 0, 0, 0, 0)
				     : WHEN_NONE;
	}
	size_t kept = readings_sift(day, order, 3, weekdays);
	for (size_t i = 1; i < kept; i++)
		if (day[i] != day[0])
			return false;
	*date = (struct date){ { day[0], WHEN_NONE }, kept == 1 ? order[0] : "" };
	return kept > 0;
}

static bool date_read(const struct lines *l, int what, struct date *date)
{
	struct span word, day, other;
	unsigned weekdays = 0;
	if (lines_group(l, "wday", &word))
		weekdays = stamp_weekdays(word);
	if (lines_group(l, "yy", &other))
		return date_of_short_year(l, weekdays, date);
	if (lines_group(l, "a", &other))
		return date_of_numbers(l, weekdays, date);
	bool named = lines_group(l, "name", &word);
	lines_group(l, "day", &day);
	lines_group(l, "year", &other);
	int month = named ? stamp_month(word) : number_of(l, "month");
	date->day[0] = when_civil(number_of(l, "year"), month, number_of(l, "day"), 0, 0, 0, 0);
	date->day[1] = WHEN_NONE;
	if (other.p < day.p)
		date->order = "ymd";
	else if (what == CTIME || !named) /* neither form depends on the server's language */
		date->order = "";
	else
		date->order = word.p < day.p ? "mdy" : "dmy";
	return date->day[0] != WHEN_NONE;
}

static bool half_is_afternoon(struct span half)
{
	size_t length;
	switch (text_get_utf8(half, &length)) {
	case 'p':
	case 'P':
	case 0x4E0B: return true;
	case 0xC624: return text_get_utf8(text_tail(half, length), &length) == 0xD6C4;
	case 0x5348: return text_get_utf8(text_tail(half, length), &length) == 0x5F8C;
	default: return false;
	}
}

/* Since midnight. */
static bool clock_read(const struct lines *l, when_us *clock)
{
	int hour = number_of(l, "hour"), microsecond = 0, unit = 100000;
	struct span half, fraction;
	if (lines_group(l, "half", &half) && hour >= 1 && hour <= 12)
		hour = hour % 12 + (half_is_afternoon(half) ? 12 : 0);
	lines_group(l, "fraction", &fraction);
	for (size_t i = 0; i < fraction.n && unit; i++, unit /= 10)
		microsecond += (fraction.p[i] - '0') * unit;
	*clock = when_civil(1970, 1, 1, hour, number_of(l, "minute"), number_of(l, "second"), microsecond);
	return *clock != WHEN_NONE;
}

static void stamp_set(struct stamp *stamp, const struct date *date, when_us clock)
{
	*stamp = (struct stamp){ .time = WHEN_NONE, .other = WHEN_NONE, .order = date->order };
	stamp->local = date->day[0] + clock;
	if (date->day[1] != WHEN_NONE)
		stamp->other = date->day[1] + clock;
}

static struct span blanks_dropped(struct span from, char *to, size_t room)
{
	size_t n = 0;
	for (size_t i = 0; i < from.n && n < room; i++)
		if (!text_is_blank(from.p[i]))
			to[n++] = from.p[i];
	return (struct span){ to, n };
}

static void stamp_put_zone(struct stamp *stamp, const struct lines *l)
{
	char packed[16]; /* "UTC - 5:00" without its blanks */
	struct span zone;
	int minutes;
	stamp->zoned = lines_group(l, "zonename", &zone);
	if (!lines_group(l, "zone", &zone))
		return;
	if (zone.n <= 3) /* Z, UTC, GMT */
		minutes = 0;
	else if (!text_offset(blanks_dropped(zone, packed, sizeof packed), &minutes))
		return;
	stamp->zoned = true;
	if (stamp->other != WHEN_NONE)
		return; /* a time in UTC is stated only where there is one reading */
	stamp->time = stamp->local - minutes * WHEN_MINUTE;
	if (zone.n <= 3) /* nothing is said of the server's own clock */
		stamp->local = WHEN_NONE;
}

/* ---- lines ---- */

struct stamps *stamp_open(void)
{
	struct stamps *s = calloc(1, sizeof *s);
	if (!s)
		die("out of memory");
	s->lines = lines_open(&stamp_lines);
	s->names = lines_open(&stamp_names);
	return s;
}

void stamp_close(struct stamps *s)
{
	if (!s)
		return;
	lines_close(s->lines);
	lines_close(s->names);
	free(s);
}

bool stamp_forget(struct stamps *s)
{
	bool waited = s->waits != STAMP_NONE;
	s->waits = STAMP_NONE;
	return waited;
}

/* One half is there: does it complete what waits, or does it wait now? */
static enum stamp_part stamp_join(
	struct stamps *s, enum stamp_part part, const struct date *date, when_us clock, struct stamp *found)
{
	struct span text;
	bool whole = s->waits + part == STAMP_DATE + STAMP_CLOCK && s->waits != part;
	lines_group(s->lines, "time_text", &text);
	text = text_trim(text);
	if (part == STAMP_DATE)
		s->date = *date;
	else
		s->clock = clock;
	if (!whole) {
		snprintf(s->half, sizeof s->half, "%.*s", (int)(text.n < 250 ? text.n : 250), text.p);
		s->waits = part;
		return part;
	}
	stamp_set(found, &s->date, s->clock);
	int n = snprintf(
		s->text, sizeof s->text, "%s %.*s", s->half, (int)(text.n < 250 ? text.n : 250), text.p);
	found->text = (struct span){ s->text, (size_t)n };
	s->waits = STAMP_NONE;
	return STAMP_WHOLE;
}

static bool has_digit(struct span line)
{
	for (size_t i = 0; i < line.n; i++)
		if (text_is_digit(line.p[i]))
			return true;
	return false;
}

enum stamp_part stamp_line(struct stamps *s, struct span line, struct stamp *found)
{
	struct date date;
	when_us clock = 0;
	if (line.n > STAMP_LINE_MAX || !has_digit(line))
		return STAMP_NONE;
	int what = lines_match(s->lines, line);
	if (what < 0 || (what != CLOCK && !date_read(s->lines, what, &date)) ||
		(what != DATE && !clock_read(s->lines, &clock)))
		return STAMP_NONE;
	if (what == DATE || what == CLOCK)
		return stamp_join(s, what == DATE ? STAMP_DATE : STAMP_CLOCK, &date, clock, found);
	stamp_forget(s);
	stamp_set(found, &date, clock);
	stamp_put_zone(found, s->lines);
	lines_group(s->lines, "time_text", &found->text);
	found->text = text_trim(found->text);
	found->marked = lines_group(s->lines, "mark", &(struct span){ 0 });
	return STAMP_WHOLE;
}

bool stamp_in_name(struct stamps *s, const char *path, struct stamp *found)
{
	struct span name = span_of(path);
	struct date date;
	when_us clock;
	for (size_t i = name.n; i-- > 0;)
		if (name.p[i] == '/' || name.p[i] == '\\') {
			name = text_tail(name, i + 1);
			break;
		}
	int what = lines_match(s->names, name);
	if (what < 0 || !date_read(s->names, what, &date) || !clock_read(s->names, &clock))
		return false;
	stamp_set(found, &date, clock);
	stamp_put_zone(found, s->names);
	lines_group(s->names, "time_text", &found->text);
	return true;
}

void stamp_record(const struct stamp *stamp, const char *source, struct record *snapshot)
{
	record_text(snapshot, SNAPSHOT_TIME_SOURCE, span_of(stamp ? source : "none"));
	if (!stamp)
		return;
	if (stamp->time != WHEN_NONE)
		record_number(snapshot, SNAPSHOT_TIME, stamp->time);
	if (stamp->local != WHEN_NONE)
		record_number(snapshot, SNAPSHOT_LOCAL, stamp->local);
	if (stamp->other != WHEN_NONE)
		record_number(snapshot, SNAPSHOT_LOCAL_OTHER, stamp->other);
	record_text(snapshot, SNAPSHOT_DATE_ORDER, span_of(stamp->order));
	record_text(snapshot, SNAPSHOT_TIME_TEXT, stamp->text);
}
