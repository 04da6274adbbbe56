/* SPDX-License-Identifier: MIT
 * Are the time stamps of many shells and languages read as what they say, and no other line as a stamp? */
#include "core/text.h"
#include "parsers/stamp.h"
#include "tests/check.h"

/* "TIME|LOCAL|OTHER|ORDER|FLAGS" with "-" for what is not stated: compact enough to see a whole case in one
 * row. */
static const char *say(const struct stamp *s)
{
	static char text[300];
	const when_us times[3] = { s->time, s->local, s->other };
	size_t n = 0;
	for (int i = 0; i < 3; i++) {
		char one[WHEN_TEXT] = "-";
		if (times[i] != WHEN_NONE)
			when_print_plain(times[i], one);
		n += (size_t)snprintf(text + n, sizeof text - n, "%s", one);
		if (times[i] != WHEN_NONE && times[i] % WHEN_SECOND)
			n += (size_t)snprintf(
				text + n, sizeof text - n, ".%06d", (int)(times[i] % WHEN_SECOND));
		n += (size_t)snprintf(text + n, sizeof text - n, "|");
	}
	snprintf(text + n, sizeof text - n, "%s%s%s", s->order, s->marked ? "|marked" : "",
		s->zoned ? "|zoned" : "");
	return text;
}

struct sample {
	const char *line, *want, *text; /* text NULL: the whole line */
};

#define NOV3 "-|2010-11-03 14:05:11|-|"

static const struct sample samples[] = {
	/* %DATE% %TIME% */
	{ "Wed 11/03/2010 14:05:11.00", NOV3 "mdy", NULL },
	{ "Wed 03/11/2010 14:05:11", NOV3 "dmy", NULL },
	{ "03/11/2010 14:05:11", "-|2010-11-03 14:05:11|2010-03-11 14:05:11|", NULL },
	{ "13/11/2010 14:05:11", "-|2010-11-13 14:05:11|-|dmy", NULL },
	{ "11/13/2010 14:05:11", "-|2010-11-13 14:05:11|-|mdy", NULL },
	{ "03/03/2010 14:05:11", "-|2010-03-03 14:05:11|-|", NULL },
	{ "03.11.2010  9:05:11,00", "-|2010-11-03 09:05:11|-|dmy", NULL },
	{ "Mi 03.11.2010 14:05:11,00", NOV3 "dmy", NULL },
	{ "mer. 03/11/2010 14:05:11,00", NOV3 "dmy", NULL },
	{ "wo 03-11-2010 14:05:11,00", NOV3 "dmy", NULL },
	{ "Thu 03/11/2010 14:05:11", "-|2010-03-11 14:05:11|-|mdy", NULL },
	{ "Sun 03/11/2010 14:05:11", "-|2010-11-03 14:05:11|2010-03-11 14:05:11|",
		NULL }, /* agrees with neither */
	{ "14:05:11 03.11.2010", NOV3 "dmy", NULL },
	{ "14:05:11 Wed 11/03/2010", NOV3 "mdy", NULL },
	{ "11/03/2010 12:05:11 AM", "-|2010-03-11 00:05:11|2010-11-03 00:05:11|", NULL },
	{ "11/23/2010 12:05:11 PM", "-|2010-11-23 12:05:11|-|mdy", NULL },
	/* echo %COMPUTERNAME% %DATE% %TIME% */
	{ "FS01 Wed 11/03/2010 14:05:11.00", NOV3 "mdy", "Wed 11/03/2010 14:05:11.00" },
	{ "Computer: FS-01 2010-11-03 14:05:11", NOV3 "ymd", "2010-11-03 14:05:11" },
	{ "===== BERLIN-FS2 13/11/2010 14:05:11 =====", "-|2010-11-13 14:05:11|-|dmy|marked",
		"13/11/2010 14:05:11" },
	/* Get-Date */
	{ "Wednesday, November 3, 2010 2:05:11 PM", NOV3 "mdy", NULL },
	{ "Wednesday, November 3, 2010 2:05:11\xE2\x80\xAFPM", NOV3 "mdy", NULL },
	{ "Wednesday, November 3, 2010 2:05:11?PM", NOV3 "mdy", NULL },
	{ "03 November 2010 14:05:11", NOV3 "dmy", NULL },
	{ "Mittwoch, 3. November 2010 14:05:11", NOV3 "dmy", NULL },
	{ "mercredi 3 novembre 2010 14:05:11", NOV3 "dmy", NULL },
	{ "mi?rcoles, 3 de noviembre de 2010 14:05:11", NOV3 "dmy", NULL },
	{ "quarta-feira, 3 de novembro de 2010 14:05:11", NOV3 "dmy", NULL },
	{ "mercoled\xC3\xAC 3 novembre 2010 14.05.11", NOV3 "dmy", NULL },
	{ "woensdag 3 november 2010 14:05:11", NOV3 "dmy", NULL },
	{ "onsdag den 3 november 2010 14:05:11", NOV3 "dmy", NULL },
	{ "mardi 1er f?vrier 2011 14:05:11", "-|2011-02-01 14:05:11|-|dmy", NULL },
	{ "mardi 1 f\xC3\xA9vrier 2011 14:05:11", "-|2011-02-01 14:05:11|-|dmy", NULL },
	{ "Montag, 7. M?rz 2011 14:05:11", "-|2011-03-07 14:05:11|-|dmy", NULL },
	{ "Montag, 7. M\xE2\x80\x9Erz 2011 14:05:11", "-|2011-03-07 14:05:11|-|dmy",
		NULL }, /* OEM 0x84 seen as 1252 */
	{ "jeudi 25 ao\xC3\xBBt 2011 14:05:11", "-|2011-08-25 14:05:11|-|dmy", NULL },
	{ "2010?11?3? 14:05:11", NOV3 "ymd", NULL },
	{ "2010\xE5\xB9\xB4"
	  "11\xE6\x9C\x88"
	  "3\xE6\x97\xA5 \xE4\xB8\x8B\xE5\x8D\x88 2:05:11",
		NOV3 "ymd", NULL },
	/* sortable */
	{ "2010-11-03T14:05:11", NOV3 "ymd", NULL },
	{ "2010-11-03 14:05:11", NOV3 "ymd", NULL },
	{ "20101103_140511", NOV3 "ymd", NULL },
	{ "20101103-1405", "-|2010-11-03 14:05:00|-|ymd", NULL },
	{ "2010-11-03T14:05:11Z", "2010-11-03 14:05:11|-|-|ymd|zoned", NULL },
	{ "2010-11-03T14:05:11+01:00", "2010-11-03 13:05:11|2010-11-03 14:05:11|-|ymd|zoned", NULL },
	{ "2010-11-03 14:05:11 GMT", "2010-11-03 14:05:11|-|-|ymd|zoned", NULL },
	{ "Wed Nov  3 14:05:11 UTC 2010", "2010-11-03 14:05:11|-|-||zoned", NULL },
	{ "Wed Nov  3 14:05:11 2010", NOV3, NULL },
	/* the debugger's */
	{ "Debug session time: Wed Nov  3 14:05:11.250 2010 (GMT-5)",
		"2010-11-03 19:05:11.250000|2010-11-03 14:05:11.250000|-||zoned",
		"Wed Nov  3 14:05:11.250 2010 (GMT-5)" },
	{ "Wed Nov  3 14:05:11.250 2010 (UTC + 5:30)",
		"2010-11-03 08:35:11.250000|2010-11-03 14:05:11.250000|-||zoned", NULL },
	{ "Wed Nov  3 14:05:11 2010 (UTC)", "2010-11-03 14:05:11|-|-||zoned", NULL },
	{ "nt   Wed Nov  3 14:05:11 2010 (4CD16B77)", NULL, NULL }, /* of a module */
	/* a two-digit year only where all plausible readings are one day */
	{ "03/11/10 14:05:11", NULL, NULL },
	{ "03/11/99 14:05:11", NULL, NULL }, /* 3 November or 11 March */
	{ "23/11/99 14:05:11", "-|1999-11-23 14:05:11|-|dmy", NULL },
	{ "Wed 11/03/10 14:05:11", NOV3 "mdy", NULL },
	/* what stands around them */
	{ "===== 23/11/2010 14:05:11.53 ===== ", "-|2010-11-23 14:05:11.530000|-|dmy|marked",
		"23/11/2010 14:05:11.53" },
	{ "===== Tue 11/23/2010  9:05:11.53 ===== ", "-|2010-11-23 09:05:11.530000|-|mdy|marked",
		"Tue 11/23/2010  9:05:11.53" },
	{ "[2010-11-03 14:05:11] pool capture begins", NOV3 "ymd", "2010-11-03 14:05:11" },
	{ "Snapshot taken on 2010-11-03 14:05:11", NOV3 "ymd", "2010-11-03 14:05:11" },
	{ "Date: 2010-11-03 Time: 14:05:11", NOV3 "ymd", "2010-11-03 Time: 14:05:11" },
	{ "2010.11.03-14:05:11 W. Europe Standard Time (clock of the PC)", NOV3 "ymd|zoned",
		"2010.11.03-14:05:11 W. Europe Standard Time" },
	{ "!SystemTime=11\\03\\2010 14:05:11.0000 (GMT)", "2010-11-03 14:05:11|-|-||marked|zoned",
		"11\\03\\2010 14:05:11.0000 (GMT)" },
	/* no stamps */
	{ "03/11/2010  14:05    <DIR>          tools", NULL, NULL },
	{ "11/03/2010  02:05 PM             2,272 poolmon.txt", NULL, NULL },
	{ "31/02/2010 14:05:11", NULL, NULL },
	{ "11/23/2010 25:05:11", NULL, NULL },
	{ "Microsoft Windows [Version 5.2.3790]", NULL, NULL },
	{ "10.0.22621.2428", NULL, NULL },
	{ "2010?11?3? ?? 2:05:11", NULL, NULL },     /* morning or afternoon was lost */
	{ "lundi 7 jui 2010 14:05:11", NULL, NULL }, /* June or July */
	{ "3 Vendemiaire 2010 14:05:11", NULL, NULL },
	{ " MmSt Paged    310042    301222      8820 43324840       4912", NULL, NULL },
	{ "", NULL, NULL },
};

static void test_lines(void)
{
	struct stamps *s = stamp_open();
	for (size_t i = 0; i < LEN(samples); i++) {
		struct stamp found;
		enum stamp_part part = stamp_line(s, span_of(samples[i].line), &found);
		if ((part == STAMP_WHOLE) != (samples[i].want != NULL))
			printf("%s\n", samples[i].line);
		CHECK_INT(part, samples[i].want ? STAMP_WHOLE : STAMP_NONE);
		if (part != STAMP_WHOLE || !samples[i].want)
			continue;
		CHECK_TEXT(say(&found), samples[i].want);
		CHECK(span_equal(found.text, span_of(samples[i].text ? samples[i].text : samples[i].line)));
	}
	stamp_close(s);
	stamp_close(NULL);
}

static void test_halves(void)
{
	struct stamps *s = stamp_open();
	struct stamp found;
	CHECK_INT(stamp_line(s, SPAN("Wed 11/03/2010 "), &found), STAMP_DATE);
	CHECK_INT(stamp_line(s, SPAN("C:\\>time /t"), &found), STAMP_NONE);
	CHECK_INT(stamp_line(s, SPAN("02:05 PM"), &found), STAMP_WHOLE);
	CHECK_TEXT(say(&found), "-|2010-11-03 14:05:00|-|mdy");
	CHECK(span_equal(found.text, SPAN("Wed 11/03/2010 02:05 PM")));
	CHECK(!stamp_forget(s));

	CHECK_INT(stamp_line(s, SPAN("14:05"), &found), STAMP_CLOCK);
	CHECK_INT(stamp_line(s, SPAN("03.11.2010"), &found), STAMP_WHOLE);
	CHECK_TEXT(say(&found), "-|2010-11-03 14:05:00|-|dmy");

	CHECK_INT(stamp_line(s, SPAN("The current date is: Wed 11/03/2010 "), &found), STAMP_DATE);
	CHECK_INT(stamp_line(s, SPAN("Enter the new date: (mm-dd-yy)"), &found), STAMP_NONE);
	CHECK_INT(stamp_line(s, SPAN("The current time is: 14:05:11.00"), &found), STAMP_WHOLE);
	CHECK_TEXT(say(&found), NOV3 "mdy");

	CHECK_INT(stamp_line(s, SPAN("03.11.2010"), &found), STAMP_DATE);
	CHECK_INT(stamp_line(s, SPAN("04.11.2010"), &found), STAMP_DATE); /* the nearer one waits */
	CHECK_INT(stamp_line(s, SPAN("14:05"), &found), STAMP_WHOLE);
	CHECK_TEXT(say(&found), "-|2010-11-04 14:05:00|-|dmy");

	CHECK_INT(stamp_line(s, SPAN("03.11.2010"), &found), STAMP_DATE);
	CHECK(stamp_forget(s));
	CHECK_INT(stamp_line(s, SPAN("14:05"), &found), STAMP_CLOCK);
	CHECK_INT(stamp_line(s, SPAN("2010-11-03 14:05:11"), &found),
		STAMP_WHOLE); /* and drops the clock time */
	CHECK(!stamp_forget(s));
	stamp_close(s);
}

static const struct sample names[] = {
	{ "logs/poolmon_20101103_1405.txt", "-|2010-11-03 14:05:00|-|ymd", "20101103_1405" },
	{ "FS01\\2010-11-03_14-05-11-pool.log", NOV3 "ymd", "2010-11-03_14-05-11" },
	{ "2010.11.03_14.05.11_1288793111.pool.txt", NOV3 "ymd", "2010.11.03_14.05.11" },
	{ "20101103140511.log", NOV3 "ymd", "20101103140511" },
	{ "20101103T140511Z.log", "2010-11-03 14:05:11|-|-|ymd|zoned", "20101103T140511Z" },
	{ "pool 23-11-2010 14-05-11.txt", "-|2010-11-23 14:05:11|-|dmy", "23-11-2010 14-05-11" },
	{ "pool_Wed_11-03-2010_02-05-PM.txt", "-|2010-11-03 14:05:00|-|mdy", "Wed_11-03-2010_02-05-PM" },
	{ "03112010_1405.txt", "-|2010-11-03 14:05:00|2010-03-11 14:05:00|", "03112010_1405" },
	{ "FS01_TSS_220522-223555_Poolmon.txt", "-|2022-05-22 22:35:55|-|", "220522-223555" },
	{ "FS01_101103-140511.txt", NULL, NULL },    /* 2010-11-03, or the 10th of 2003 */
	{ "20101103_1405/poolmon.txt", NULL, NULL }, /* a folder's date is not the file's */
	{ "poolmon_20101103.txt", NULL, NULL },
	{ "poolmon-10.0.22621.2428.txt", NULL, NULL },
	{ "poolmon_20101332_1405.txt", NULL, NULL },
	{ "poolmon.txt", NULL, NULL },
	{ "", NULL, NULL },
	{ NULL, NULL, NULL },
};

static void test_names(void)
{
	struct stamps *s = stamp_open();
	for (size_t i = 0; i < LEN(names); i++) {
		struct stamp found;
		bool is = stamp_in_name(s, names[i].line, &found);
		if (is != (names[i].want != NULL))
			printf("%s\n", names[i].line ? names[i].line : "NULL");
		CHECK_INT(is, names[i].want != NULL);
		if (!is || !names[i].want)
			continue;
		CHECK_TEXT(say(&found), names[i].want);
		CHECK(span_equal(found.text, span_of(names[i].text)));
	}
	stamp_close(s);
}

static void test_words(void)
{
	CHECK_INT(stamp_month(SPAN("M\xC3\xA4rz")), 3);
	CHECK_INT(stamp_month(SPAN("m?rz")), 3);
	CHECK_INT(stamp_month(SPAN("DEC")), 12);
	CHECK_INT(stamp_month(SPAN("d\xC3\x83\xC2\xA9"
				   "cembre")),
		12); /* UTF-8 read as Windows-1252 */
	CHECK_INT(stamp_month(SPAN("de")), 0);
	CHECK_INT(stamp_month(SPAN("jui")), 0);
	CHECK_INT(stamp_month(SPAN("marchy")), 0);
	CHECK_INT(stamp_month(SPAN("")), 0);
	CHECK_INT(stamp_weekdays(SPAN("Wed")), 1 << 3);
	CHECK_INT(stamp_weekdays(SPAN("ma")), 1 << 1 | 1 << 2);
	CHECK_INT(stamp_weekdays(SPAN("s\xC3\xA1"
				      "bado")),
		1 << 6);
	CHECK_INT(stamp_weekdays(SPAN("Snapshot")), 0);
}

int main(void)
{
	test_lines();
	test_halves();
	test_names();
	test_words();
	return check_end();
}
