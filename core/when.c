/* SPDX-License-Identifier: MIT
 * Calendar arithmetic and the spellings of time (proleptic Gregorian; days by H. Hinnant's civil-day
 * formulas). */
#include "core/when.h"

#include "core/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* 1601, where FILETIME begins, to 9999: what four digits can say. */
#define FIRST (-11644473600 * WHEN_SECOND)
#define END   (253402300800 * WHEN_SECOND)

static int64_t days_of(int year, int month, int day)
{
	int64_t y = year - (month <= 2), era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

when_us when_civil(int year, int month, int day, int hour, int minute, int second, int microsecond)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	when_us t;

	if (year < 1601 || year > 9999 || month < 1 || month > 12 || day < 1)
		return WHEN_NONE;
	if (day > lengths[month - 1] + (month == 2 && leap))
		return WHEN_NONE;
	/* A leap second is written as :60 by some tools; it is the next second here. */
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
		return WHEN_NONE;
	if (microsecond < 0 || microsecond > 999999)
		return WHEN_NONE;
	t = days_of(year, month, day) * WHEN_DAY + hour * WHEN_HOUR + minute * WHEN_MINUTE +
	    second * WHEN_SECOND + microsecond;
	return t < END ? t : WHEN_NONE;
}

bool when_sane(when_us t)
{
	return t >= FIRST && t <= END - WHEN_SECOND;
}

int when_compare(const void *a, const void *b)
{
	const when_us *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

struct civil when_to_civil(when_us t)
{
	struct civil c;
	bool before = t % WHEN_DAY < 0;
	int64_t days = t / WHEN_DAY - before, rest = t % WHEN_DAY + before * WHEN_DAY;
	int64_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, of_era = z - era * 146097;
	int64_t of_400 = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * of_400 + of_400 / 4 - of_400 / 100), m = (5 * of_year + 2) / 153;

	c.day = (int)(of_year - (153 * m + 2) / 5 + 1);
	c.month = (int)(m < 10 ? m + 3 : m - 9);
	c.year = (int)(of_400 + era * 400 + (c.month <= 2));
	c.hour = (int)(rest / WHEN_HOUR);
	c.minute = (int)(rest % WHEN_HOUR / WHEN_MINUTE);
	c.second = (int)(rest % WHEN_MINUTE / WHEN_SECOND);
	c.microsecond = (int)(rest % WHEN_SECOND);
	c.weekday = (int)((days % 7 + 11) % 7);
	return c;
}

/* Takes exactly n digits off the front. */
static bool take_digits(struct span *s, size_t n, int *out)
{
	uint64_t number;

	if (s->n < n || !text_uint_base(text_head(*s, n), 10, &number))
		return false;
	*out = (int)number;
	*s = text_tail(*s, n);
	return true;
}

static bool take_one(struct span *s, char c)
{
	if (!s->n || s->p[0] != c)
		return false;
	*s = text_tail(*s, 1);
	return true;
}

/* Up to nine digits of a second; what is finer than a microsecond is cut, never rounded into the next
 * second. */
static bool take_fraction(struct span *s, int *microsecond)
{
	int digits = 0;

	*microsecond = 0;
	if (!take_one(s, '.') && !take_one(s, ','))
		return true;
	for (; s->n && text_is_digit(s->p[0]); digits++) {
		if (digits < 6)
			*microsecond = *microsecond * 10 + (s->p[0] - '0');
		*s = text_tail(*s, 1);
	}
	for (int i = digits; i < 6; i++)
		*microsecond *= 10;
	return digits > 0 && digits <= 9;
}

bool when_iso(struct span s, when_us *t, enum when_zone *zone)
{
	int year, month, day, hour, minute, second = 0, microsecond = 0, offset;

	if (!take_digits(&s, 4, &year) || !take_one(&s, '-') || !take_digits(&s, 2, &month) ||
		!take_one(&s, '-') || !take_digits(&s, 2, &day))
		return false;
	if (!take_one(&s, 'T') && !take_one(&s, ' '))
		return false;
	if (!take_digits(&s, 2, &hour) || !take_one(&s, ':') || !take_digits(&s, 2, &minute))
		return false;
	if (take_one(&s, ':') && (!take_digits(&s, 2, &second) || !take_fraction(&s, &microsecond)))
		return false;
	*t = when_civil(year, month, day, hour, minute, second, microsecond);
	if (*t == WHEN_NONE)
		return false;
	*zone = s.n ? WHEN_UTC : WHEN_LOCAL;
	if (!s.n)
		return true;
	if (!text_offset(s, &offset))
		return false;
	*t -= offset * WHEN_MINUTE;
	/* An offset may lead out of the range at either end. */
	return *t >= FIRST && *t < END;
}

bool when_option(struct span s, when_us *t)
{
	enum when_zone zone;
	int year, month, day;

	s = text_trim(s);
	if (when_iso(s, t, &zone))
		return true;
	if (!take_digits(&s, 4, &year) || !take_one(&s, '-') || !take_digits(&s, 2, &month) ||
		!take_one(&s, '-') || !take_digits(&s, 2, &day) || s.n)
		return false;
	*t = when_civil(year, month, day, 0, 0, 0, 0);
	return *t != WHEN_NONE;
}

static int print_civil(when_us t, char between, char text[WHEN_TEXT])
{
	struct civil c = when_to_civil(t);

	return snprintf(text, WHEN_TEXT, "%04d-%02d-%02d%c%02d:%02d:%02d", c.year, c.month, c.day, between,
		c.hour, c.minute, c.second);
}

void when_print(when_us t, char text[WHEN_TEXT])
{
	int n = print_civil(t, 'T', text), microsecond = when_to_civil(t).microsecond;

	if (microsecond)
		n += snprintf(text + n, WHEN_TEXT - (size_t)n, ".%06d", microsecond);
	snprintf(text + n, WHEN_TEXT - (size_t)n, "Z");
}

void when_print_plain(when_us t, char text[WHEN_TEXT])
{
	print_civil(t, ' ', text);
}

void when_print_span(when_us length, char text[WHEN_TEXT])
{
	int64_t minutes;

	if (length < 0)
		length = 0;
	minutes = length / WHEN_MINUTE + (length % WHEN_MINUTE >= WHEN_MINUTE / 2);
	if (length < 2 * WHEN_MINUTE)
		snprintf(text, WHEN_TEXT, "%" PRId64 " s", (length + WHEN_SECOND / 2) / WHEN_SECOND);
	else if (minutes < 60)
		snprintf(text, WHEN_TEXT, "%" PRId64 " min", minutes);
	else if (minutes < 48 * 60 && minutes % 60)
		snprintf(text, WHEN_TEXT, "%" PRId64 " h %" PRId64 " min", minutes / 60, minutes % 60);
	else if (minutes < 48 * 60)
		snprintf(text, WHEN_TEXT, "%" PRId64 " h", minutes / 60);
	else if (minutes % 1440 >= 60)
		snprintf(text, WHEN_TEXT, "%" PRId64 " d %" PRId64 " h", minutes / 1440, minutes % 1440 / 60);
	else
		snprintf(text, WHEN_TEXT, "%" PRId64 " d", minutes / 1440);
}

void when_print_offset(int minutes_east, char text[WHEN_TEXT])
{
	int m = minutes_east < 0 ? -minutes_east : minutes_east;

	snprintf(text, WHEN_TEXT, "%c%02d:%02d", minutes_east < 0 ? '-' : '+', m / 60, m % 60);
}

when_us when_now(void)
{
	const char *frozen = getenv("SOURCE_DATE_EPOCH");
	int64_t seconds;

	if (frozen && text_int(span_of(frozen), &seconds) && seconds >= 0 && seconds < END / WHEN_SECOND)
		return seconds * WHEN_SECOND;
	return (when_us)time(NULL) * WHEN_SECOND;
}
