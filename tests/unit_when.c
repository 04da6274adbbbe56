/* SPDX-License-Identifier: MIT
 * Is a time the same however it is spelled, does every day exist once, and is nothing else taken for a time?
 */
#include "core/text.h"
#include "core/when.h"
#include "tests/check.h"

#include <stdlib.h>

#define FIRST (-11644473600 * WHEN_SECOND) /* 1601-01-01: where FILETIME begins */
#define LAST  (253402300799 * WHEN_SECOND) /* 9999-12-31 23:59:59 */

static bool leap(int year)
{
	return (year % 4 == 0 && year % 100) || year % 400 == 0;
}

/* Every day of the range, counted on by hand. */
static void days_go_round(void)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	when_us t = FIRST;
	int weekday = 1, wrong = 0; /* 1601-01-01 was a Monday */

	for (int year = 1601; year <= 9999; year++)
		for (int month = 1; month <= 12; month++) {
			int days = lengths[month - 1] + (month == 2 && leap(year));

			for (int day = 1; day <= days; day++, t += WHEN_DAY, weekday = (weekday + 1) % 7) {
				struct civil c = when_to_civil(t + WHEN_DAY - 1);

				wrong += when_civil(year, month, day, 0, 0, 0, 0) != t;
				wrong += c.year != year || c.month != month || c.day != day ||
					 c.weekday != weekday;
				wrong += c.hour != 23 || c.minute != 59 || c.second != 59 ||
					 c.microsecond != 999999;
			}
			wrong += when_civil(year, month, days + 1, 0, 0, 0, 0) != WHEN_NONE;
		}
	CHECK_INT(wrong, 0);
	CHECK(t == LAST + WHEN_SECOND);
}

static void civil_refuses(void)
{
	CHECK(when_civil(1970, 1, 1, 0, 0, 0, 0) == 0);
	CHECK(when_civil(1601, 1, 1, 0, 0, 0, 0) == FIRST);
	CHECK(when_civil(9999, 12, 31, 23, 59, 59, 999999) == LAST + 999999);
	CHECK(when_civil(2008, 2, 29, 12, 0, 0, 0) != WHEN_NONE);
	CHECK(when_civil(2000, 2, 29, 12, 0, 0, 0) != WHEN_NONE);
	CHECK(when_civil(1900, 2, 29, 12, 0, 0, 0) == WHEN_NONE);
	CHECK(when_civil(2100, 2, 29, 12, 0, 0, 0) == WHEN_NONE);
	CHECK(when_civil(2009, 2, 29, 12, 0, 0, 0) == WHEN_NONE);
	CHECK(when_civil(1600, 12, 31, 0, 0, 0, 0) == WHEN_NONE);
	CHECK(when_civil(10000, 1, 1, 0, 0, 0, 0) == WHEN_NONE);
	CHECK(when_civil(2008, 0, 1, 0, 0, 0, 0) == WHEN_NONE);
	CHECK(when_civil(2008, 13, 1, 0, 0, 0, 0) == WHEN_NONE);
	CHECK(when_civil(2008, 1, 0, 0, 0, 0, 0) == WHEN_NONE);
	CHECK(when_civil(2008, 4, 31, 0, 0, 0, 0) == WHEN_NONE);
	CHECK(when_civil(2008, 1, 1, 24, 0, 0, 0) == WHEN_NONE);
	CHECK(when_civil(2008, 1, 1, -1, 0, 0, 0) == WHEN_NONE);
	CHECK(when_civil(2008, 1, 1, 0, 60, 0, 0) == WHEN_NONE);
	CHECK(when_civil(2008, 1, 1, 0, -1, 0, 0) == WHEN_NONE);
	CHECK(when_civil(2008, 1, 1, 0, 0, 61, 0) == WHEN_NONE);
	CHECK(when_civil(2008, 1, 1, 0, 0, -1, 0) == WHEN_NONE);
	CHECK(when_civil(2008, 1, 1, 0, 0, 0, 1000000) == WHEN_NONE);
	CHECK(when_civil(2008, 1, 1, 0, 0, 0, -1) == WHEN_NONE);
	/* A leap second is the next second. */
	CHECK(when_civil(2008, 12, 31, 23, 59, 60, 0) == when_civil(2009, 1, 1, 0, 0, 0, 0));
	CHECK(when_civil(9999, 12, 31, 23, 59, 60, 0) == WHEN_NONE);
	/* What a caller forgot to ask is no time, but no fault either. */
	CHECK_INT(when_to_civil(WHEN_NONE).month, 12);
	CHECK_INT(when_to_civil(INT64_MAX).month, 1);
}

/* "2008-10-14T19:52:07.5Z UTC", or "no". */
static const char *iso(const char *s)
{
	static char text[WHEN_TEXT + 8];
	enum when_zone zone = WHEN_UTC;
	when_us t = WHEN_NONE;

	if (!when_iso(span_of(s), &t, &zone))
		return "no";
	when_print(t, text);
	strcat(text, zone == WHEN_UTC ? " UTC" : " local");
	return text;
}

static void iso_spellings(void)
{
	CHECK_TEXT(iso("2008-10-14T19:52:07Z"), "2008-10-14T19:52:07Z UTC");
	CHECK_TEXT(iso("2008-10-14 19:52:07"), "2008-10-14T19:52:07Z local");
	CHECK_TEXT(iso("2008-10-14T19:52Z"), "2008-10-14T19:52:00Z UTC");
	CHECK_TEXT(iso("2008-10-14T19:52:07.000000000Z"), "2008-10-14T19:52:07Z UTC");
	CHECK_TEXT(iso("2008-10-14T19:52:07.1Z"), "2008-10-14T19:52:07.100000Z UTC");
	CHECK_TEXT(iso("2008-10-14T19:52:07,123456Z"), "2008-10-14T19:52:07.123456Z UTC");
	CHECK_TEXT(iso("2008-10-14T19:52:07.9999999Z"), "2008-10-14T19:52:07.999999Z UTC");
	CHECK_TEXT(iso("2008-10-14T19:52:07.000000999Z"), "2008-10-14T19:52:07Z UTC");
	CHECK_TEXT(iso("2008-10-14T19:52:07-04:00"), "2008-10-14T23:52:07Z UTC");
	CHECK_TEXT(iso("2008-10-14T19:52:07.25+05:30"), "2008-10-14T14:22:07.250000Z UTC");
	CHECK_TEXT(iso("2008-12-31T23:59:60Z"), "2009-01-01T00:00:00Z UTC");
	CHECK_TEXT(iso("2008-03-01T00:30:00+01:00"), "2008-02-29T23:30:00Z UTC");
	CHECK_TEXT(iso("1601-01-01T00:00:00Z"), "1601-01-01T00:00:00Z UTC");
	CHECK_TEXT(iso("9999-12-31T23:59:59.999999Z"), "9999-12-31T23:59:59.999999Z UTC");
	/* Beyond either end once the offset is applied. */
	CHECK_TEXT(iso("1601-01-01T00:00:00+01:00"), "no");
	CHECK_TEXT(iso("9999-12-31T23:59:59-01:00"), "no");

	CHECK_TEXT(iso(""), "no");
	CHECK_TEXT(iso("2008-10-14"), "no");
	CHECK_TEXT(iso("2008-10-14T"), "no");
	CHECK_TEXT(iso("2008-10-14T19"), "no");
	CHECK_TEXT(iso("2008-10-14T19:5"), "no");
	CHECK_TEXT(iso("2008-10-14T19:52:"), "no");
	CHECK_TEXT(iso("2008-10-14T19:52:7Z"), "no");
	CHECK_TEXT(iso("2008-10-14T19:52:07."), "no");
	CHECK_TEXT(iso("2008-10-14T19:52:07.Z"), "no");
	CHECK_TEXT(iso("2008-10-14T19:52:07.0123456789Z"), "no");
	CHECK_TEXT(iso("2008-10-14T19:52:07Zx"), "no");
	CHECK_TEXT(iso("2008-10-14T19:52:07 "), "no");
	CHECK_TEXT(iso(" 2008-10-14T19:52:07Z"), "no");
	CHECK_TEXT(iso("2008-02-30T19:52:07Z"), "no");
	CHECK_TEXT(iso("2008-10-14T24:00:00Z"), "no");
	CHECK_TEXT(iso("+008-10-14T19:52:07Z"), "no");
	CHECK_TEXT(iso("20081014T195207Z"), "no");
	CHECK_TEXT(iso("2008-10-14T19:52:07+16:00"), "no");
	CHECK_TEXT(iso("1600-12-31T23:59:59Z"), "no");
}

static const char *option(const char *s)
{
	static char text[WHEN_TEXT];
	when_us t;

	if (!when_option(span_of(s), &t))
		return "no";
	when_print(t, text);
	return text;
}

static void options(void)
{
	CHECK_TEXT(option(" 2008-10-14 "), "2008-10-14T00:00:00Z");
	CHECK_TEXT(option("2008-10-14T16:00"), "2008-10-14T16:00:00Z");
	CHECK_TEXT(option("2008-10-14 16:00:01"), "2008-10-14T16:00:01Z");
	CHECK_TEXT(option("2008-10-14T16:00-05:00"), "2008-10-14T21:00:00Z");
	CHECK_TEXT(option("2008-02-29"), "2008-02-29T00:00:00Z");
	CHECK_TEXT(option("2009-02-29"), "no");
	CHECK_TEXT(option("2008-10"), "no");
	CHECK_TEXT(option("14/10/2008"), "no");
	CHECK_TEXT(option("2008-10-14x"), "no");
	CHECK_TEXT(option(""), "no");
}

static const char *span_text(when_us length)
{
	static char text[WHEN_TEXT];

	when_print_span(length, text);
	return text;
}

static const char *offset_text(int minutes)
{
	static char text[WHEN_TEXT];

	when_print_offset(minutes, text);
	return text;
}

static void prints(void)
{
	char text[WHEN_TEXT];

	when_print(WHEN_SECOND / 2, text);
	CHECK_TEXT(text, "1970-01-01T00:00:00.500000Z");
	when_print(-1, text);
	CHECK_TEXT(text, "1969-12-31T23:59:59.999999Z");
	when_print(FIRST, text);
	CHECK_TEXT(text, "1601-01-01T00:00:00Z");
	when_print_plain(-WHEN_DAY, text);
	CHECK_TEXT(text, "1969-12-31 00:00:00");
	when_print(WHEN_NONE, text); /* whatever it says: it fits, and ends */
	CHECK(strlen(text) < WHEN_TEXT);
	when_print(INT64_MAX, text);
	CHECK(strlen(text) < WHEN_TEXT);

	CHECK_TEXT(span_text(0), "0 s");
	CHECK_TEXT(span_text(-WHEN_HOUR), "0 s");
	CHECK_TEXT(span_text(119 * WHEN_SECOND), "119 s");
	CHECK_TEXT(span_text(120 * WHEN_SECOND), "2 min");
	CHECK_TEXT(span_text(WHEN_HOUR - WHEN_MINUTE), "59 min");
	CHECK_TEXT(span_text(WHEN_HOUR - 1), "1 h");
	CHECK_TEXT(span_text(9 * WHEN_HOUR + 30 * WHEN_MINUTE), "9 h 30 min");
	CHECK_TEXT(span_text(47 * WHEN_HOUR + 59 * WHEN_MINUTE), "47 h 59 min");
	CHECK_TEXT(span_text(48 * WHEN_HOUR), "2 d");
	CHECK_TEXT(span_text(3 * WHEN_DAY + 4 * WHEN_HOUR), "3 d 4 h");
	CHECK_TEXT(span_text(INT64_MAX), "106751991 d 4 h");
	CHECK_TEXT(offset_text(-240), "-04:00");
	CHECK_TEXT(offset_text(330), "+05:30");
	CHECK_TEXT(offset_text(0), "+00:00");
	CHECK_TEXT(offset_text(-30), "-00:30");
}

/* What is printed is read back as itself. */
static void prints_go_round(void)
{
	uint64_t seed = 20081014;
	int wrong = 0;

	for (int i = 0; i < 200000; i++) {
		char text[WHEN_TEXT];
		enum when_zone zone;
		when_us t, back;

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		t = FIRST + (when_us)((seed >> 1) % (uint64_t)(LAST - FIRST));
		if (i % 2)
			t -= t % WHEN_SECOND;
		when_print(t, text);
		wrong += !when_iso(span_of(text), &back, &zone) || back != t || zone != WHEN_UTC;
	}
	CHECK_INT(wrong, 0);
}

int main(void)
{
	days_go_round();
	civil_refuses();
	iso_spellings();
	options();
	prints();
	prints_go_round();
	/* The run's own clock lies between this file's writing and the end of four-digit years. */
	CHECK(when_now() > 0 && when_now() <= LAST);
	return check_end();
}
