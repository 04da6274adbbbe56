/* SPDX-License-Identifier: MIT
 * How a bundle's bytes, random numbers and clock readings come about: a growing buffer, five encodings,
 * splitmix64 (Steele, Lea, Flood 2014), the Gregorian calendar. No time(), no locale, no floats. */
#include "tests/bundle_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void out_bytes(struct out *o, const char *p, size_t n)
{
	if (o->room - o->n < n) {
		size_t room = (o->n + n) * 2 + 4096;
		char *grown = realloc(o->p, room);

		if (!grown)
			bundle_die("no memory", "bundle");
		o->p = grown;
		o->room = room;
	}
	if (n)
		memcpy(o->p + o->n, p, n);
	o->n += n;
}

void out_text(struct out *o, const char *text)
{
	out_bytes(o, text, strlen(text));
}

void out_times(struct out *o, struct bytes b)
{
	for (unsigned i = 0; i < b.times; i++)
		out_bytes(o, b.p, b.n);
}

void out_print(struct out *o, const char *format, ...)
{
	char line[1024];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= sizeof(line))
		bundle_die("a line is longer than its buffer", format);
	out_bytes(o, line, (size_t)n);
}

void out_free(struct out *o)
{
	free(o->p);
	*o = (struct out){ 0 };
}

size_t utf8_read(const char *p, size_t n, uint32_t *rune)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *u = (const unsigned char *)p;
	size_t length = u[0] < 0x80 ? 1 : u[0] >> 5 == 6 ? 2 : u[0] >> 4 == 14 ? 3 : u[0] >> 3 == 30 ? 4 : 0;
	uint32_t r = u[0];

	if (!length || length > n)
		return 0;
	if (length > 1)
		r = u[0] & (0xffu >> (length + 1));
	for (size_t i = 1; i < length; i++) {
		if (u[i] >> 6 != 2)
			return 0;
		r = r << 6 | (u[i] & 0x3f);
	}
	if (r < least[length] || r > 0x10ffff || (r >= 0xd800 && r < 0xe000))
		return 0;
	*rune = r;
	return length;
}

static void put_unit(struct out *o, uint32_t unit, bool big)
{
	char low = (char)(unit & 0xff), high = (char)(unit >> 8 & 0xff);
	char two[2] = { big ? high : low, big ? low : high };

	out_bytes(o, two, 2);
}

/* Windows-1252 agrees with Latin-1 from A0 on; nothing between 80 and 9F is ever written in that encoding. */
static void put_rune(struct out *o, uint32_t rune, enum encoding encoding)
{
	if (encoding == ENCODING_1252) {
		char c = rune < 0x80 || (rune >= 0xa0 && rune < 0x100) ? (char)rune : '?';

		out_bytes(o, &c, 1);
	} else if (rune < 0x10000) {
		put_unit(o, rune, encoding == ENCODING_UTF16BE);
	} else {
		put_unit(o, 0xd800 + ((rune - 0x10000) >> 10), encoding == ENCODING_UTF16BE);
		put_unit(o, 0xdc00 + ((rune - 0x10000) & 0x3ff), encoding == ENCODING_UTF16BE);
	}
}

static void recode(struct out *to, const struct out *from, enum encoding encoding)
{
	size_t used;

	if (encoding == ENCODING_UTF16 || encoding == ENCODING_UTF16BE)
		put_unit(to, 0xfeff, encoding == ENCODING_UTF16BE);
	for (size_t at = 0; at < from->n; at += used) {
		uint32_t rune;

		used = utf8_read(from->p + at, from->n - at, &rune);
		if (used) {
			put_rune(to, rune, encoding);
			continue;
		}
		used = 1;
		if (encoding != ENCODING_1252)
			put_unit(to, (unsigned char)from->p[at], encoding == ENCODING_UTF16BE);
		else
			out_bytes(to, from->p + at, 1);
	}
}

void out_save(struct out *o, const char *dir, const char *file, enum encoding encoding)
{
	struct out coded = { 0 };
	const struct out *from = o;
	char path[1024];
	FILE *f;

	if (encoding != ENCODING_RAW) {
		recode(&coded, o, encoding);
		from = &coded;
	}
	if ((size_t)snprintf(path, sizeof(path), "%s/%s", dir, file) >= sizeof(path))
		bundle_die("the path is too long", file);
	f = fopen(path, "wb");
	if (!f)
		bundle_die("cannot be written; its folder must exist", path);
	if (fwrite(from->p, 1, from->n, f) != from->n || fclose(f))
		bundle_die("cannot be written", path);
	out_free(&coded);
	out_free(o);
}

static uint64_t rng_next(struct rng *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

struct rng rng_for(const struct scenario *s, const char *purpose)
{
	struct rng r = { s->seed };

	for (const char *p = purpose; *p; p++)
		r.state = (r.state ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
	rng_next(&r);
	return r;
}

uint32_t rng_below(struct rng *r, uint32_t n)
{
	return n ? (uint32_t)((rng_next(r) >> 16) % n) : 0;
}

int32_t rng_between(struct rng *r, int32_t low, int32_t high)
{
	return low + (int32_t)rng_below(r, (uint32_t)(high - low + 1));
}

static bool leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && leap(year));
}

int64_t clock_utc(const struct zone *z, const char *local)
{
	int year, month, day, hour, minute, second;
	int64_t days = 0;

	if (sscanf(local, "%4d-%2d-%2d %2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second) != 6)
		bundle_die("is no time of the form 2009-10-14 08:00:00", local);
	for (int y = 1970; y < year; y++)
		days += 365 + leap(y);
	for (int m = 1; m < month; m++)
		days += month_days(year, m);
	days += day - 1;
	return ((days * 24 + hour) * 60 + minute + z->bias) * 60 + second;
}

struct civil clock_civil(int64_t seconds)
{
	struct civil c = { .year = 1970, .month = 1 };
	int64_t days = seconds / 86400;
	int rest = (int)(seconds % 86400);

	c.weekday = (int)((days + 4) % 7);
	for (; days >= 365 + leap(c.year); c.year++)
		days -= 365 + leap(c.year);
	for (; days >= month_days(c.year, c.month); c.month++)
		days -= month_days(c.year, c.month);
	c.day = (int)days + 1;
	c.hour = rest / 3600;
	c.minute = rest / 60 % 60;
	c.second = rest % 60;
	return c;
}

struct civil clock_local(const struct zone *z, int64_t utc)
{
	return clock_civil(utc - z->bias * 60);
}

const char *clock_weekday(int weekday)
{
	static const char *const names[] = { "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
		"Saturday" };

	return names[weekday];
}

const char *clock_month(int month)
{
	static const char *const names[] = { "January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December" };

	return names[month - 1];
}

unsigned clock_twelve(int hour)
{
	return hour % 12 ? (unsigned)(hour % 12) : 12;
}

/* A file server of an office: work from eight to six, a backup at night, little at the weekend. */
unsigned clock_busy(const struct zone *z, int64_t utc)
{
	static const unsigned hours[24] = { 160, 120, 60, 40, 40, 60, 150, 420, 800, 960, 1000, 980, 820, 900,
		980, 1000, 940, 700, 380, 200, 420, 460, 380, 240 };
	struct civil c = clock_local(z, utc);
	unsigned now = hours[c.hour], next = hours[(c.hour + 1) % 24];
	unsigned busy = (now * (unsigned)(60 - c.minute) + next * (unsigned)c.minute) / 60;

	return c.weekday == 0 || c.weekday == 6 ? busy / 5 : busy;
}

int64_t clock_boot(const struct scenario *s, int64_t utc)
{
	int64_t boot = INT64_MIN;

	for (size_t i = 0; i < s->log.boots.n; i++) {
		int64_t started = clock_utc(&s->zone, s->log.boots.row[i].up) - 47;

		if (started <= utc)
			boot = started;
	}
	if (boot == INT64_MIN)
		bundle_die("needs a boot before its first event and snapshot", s->name);
	return boot;
}
