/* SPDX-License-Identifier: MIT
 * Is the UTC time of a capture found by the right clue, and left open where nothing decides? */
#include "tests/check.h"
#include "tests/store_case.h"

#include "core/text.h"

static struct arena *names_arena;

/* ---- one capture against a log ---- */

/* What store_settle made of the only capture. */
struct found {
	bool dated;
	when_us at;
	int offset, quality;
	char source[64];
};

static struct found found_at(struct store *s, int64_t n)
{
	struct query *q = query_open(s,
		"SELECT at, at_offset, at_quality, at_source FROM snapshot ORDER BY source, line LIMIT 1 OFFSET :n");
	struct found f = { 0 };

	query_int(q, ":n", n);
	if (query_next(q)) {
		struct span source = query_span(q, 3);

		f.dated = query_known(q, 0);
		f.at = f.dated ? query_integer(q, 0) : WHEN_NONE;
		f.offset = (int)query_integer(q, 1);
		f.quality = (int)query_integer(q, 2);
		snprintf(f.source, sizeof f.source, "%.*s", (int)source.n, source.p);
	}
	query_close(q);
	return f;
}

static void capture(struct store *s, const char *name, struct case_snapshot c)
{
	static int64_t n;

	case_begin(s, name, "poolmon", "FS01", name);
	case_snapshot(s, c);
	n++;
	case_row(s, "MmSt", "paged", n, 1000 + n); /* no two alike: else they were one */
	case_end(s);
}

static void log_begin(struct store *s, const char *bytes)
{
	case_begin(s, "System.xml", "events", NULL, bytes);
}

static void systemtime_put(unsigned char *to, const char *iso)
{
	struct civil c = when_to_civil(case_time(iso));
	const int f[8] = { c.year, c.month, c.weekday, c.day, c.hour, c.minute, c.second, 0 };

	for (int i = 0; i < 8; i++) {
		to[2 * i] = (unsigned char)(f[i] & 0xFF);
		to[2 * i + 1] = (unsigned char)(f[i] >> 8);
	}
}

static void event_6008(struct store *s, const char *logged, const char *local, const char *utc)
{
	unsigned char data[44] = { 0 };

	systemtime_put(data, local);
	systemtime_put(data + 16, utc);
	EVENT(s, .time = logged, .computer = "FS01", .channel = "System", .provider = "EventLog", .id = 6008,
		.data = data, .data_n = sizeof data);
}

static void event_6013(struct store *s, const char *logged, const char *strings)
{
	EVENT(s, .time = logged, .computer = "FS01", .channel = "System", .provider = "EventLog", .id = 6013,
		.strings = strings);
}

#define UPTIME(seconds, zone) "||||" seconds "|60|" zone

#define CHECK_FOUND(f, want_at, want_offset, want_quality, want_source) \
	do { \
		CHECK((f).dated); \
		CHECK_INT((f).at, case_time(want_at)); \
		CHECK_INT((f).offset, want_offset); \
		CHECK_INT((f).quality, want_quality); \
		CHECK_TEXT((f).source, want_source); \
	} while (0)

enum { EXACT, STANDARD, ASSUMED, BY_FILE, NONE };

/* ---- local to UTC ---- */

static void test_nothing_known(void)
{
	struct store *s = case_open(NULL);
	struct found f;

	capture(s, "a.txt", (struct case_snapshot){ .local = "2009-10-14T14:00:00", .order = "ymd" });
	case_settle(s);
	f = found_at(s, 0);
	CHECK_FOUND(f, "2009-10-14T14:00:00Z", 0, ASSUMED, "assumed UTC");
	store_close(s);
}

static void test_said_in_utc(void)
{
	struct store *s = case_open(NULL);
	struct found f;

	case_tell(s, "FS01", FACT_UTC_OFFSET, "-04:00", -240);
	capture(s, "a.txt",
		(struct case_snapshot){ .time = "2009-10-14T18:00:00Z", .time_source = "zoned stamp" });
	case_settle(s);
	f = found_at(s, 0);
	CHECK_FOUND(f, "2009-10-14T18:00:00Z", -240, EXACT, "the capture itself");
	store_close(s);

	/* What says UTC alone says nothing of the server's clock; what says both says its offset. */
	s = case_open(NULL);
	capture(s, "a.txt",
		(struct case_snapshot){ .time = "2009-10-14T18:00:00Z", .time_source = "debugger" });
	capture(s, "b.txt",
		(struct case_snapshot){ .time = "2009-10-14T18:00:00Z", .local = "2009-10-14T19:30:00" });
	case_settle(s);
	CHECK_INT(query_one(s, "SELECT count(*) FROM snapshot WHERE at_offset IS NULL", -1), 1);
	CHECK_INT(query_one(s, "SELECT max(at_offset) FROM snapshot", -1), 90);
	store_close(s);
}

/* Told before everything else; UTC = local - offset. */
static void test_told(void)
{
	struct store *s = case_open(NULL);
	struct found f;

	log_begin(s, "log");
	event_6008(s, "2009-10-14T12:05:00Z", "2009-10-14T14:00:00Z", "2009-10-14T12:00:00Z");
	case_end(s);
	capture(s, "a.txt", (struct case_snapshot){ .local = "2009-10-14T14:00:00", .order = "ymd" });
	case_tell(s, "FS01", FACT_UTC_OFFSET, "-05:00", -300);
	case_settle(s);
	f = found_at(s, 0);
	CHECK_FOUND(f, "2009-10-14T19:00:00Z", -300, STANDARD, "told, against the log");
	/* The last word counts. */
	case_tell(s, "FS01", FACT_UTC_OFFSET, "+05:30", 330);
	case_settle(s);
	f = found_at(s, 0);
	CHECK_FOUND(f, "2009-10-14T08:30:00Z", 330, STANDARD, "told, against the log");
	store_close(s);
}

/* Another server's clock says nothing about this one's. */
static void test_other_server(void)
{
	struct store *s = case_open(NULL);
	struct found f;

	case_begin(s, "System.xml", "events", NULL, "log");
	EVENT(s, .time = "2009-10-14T16:00:00Z", .computer = "FS02", .provider = "EventLog", .id = 6013,
		.strings = UPTIME("500000", "300 Eastern Standard Time"));
	case_end(s);
	case_tell(s, "FS02", FACT_UTC_OFFSET, "-04:00", -240);
	capture(s, "a.txt", (struct case_snapshot){ .local = "2009-10-14T14:00:00", .order = "ymd" });
	case_settle(s);
	f = found_at(s, 0);
	CHECK_FOUND(f, "2009-10-14T14:00:00Z", 0, ASSUMED, "assumed UTC");
	store_close(s);
}

static void test_6008(void)
{
	struct store *s = case_open(NULL);
	struct found f;

	log_begin(s, "log");
	event_6008(s, "2009-10-14T12:05:00Z", "2009-10-14T08:00:00Z", "2009-10-14T12:00:00Z");
	case_end(s);
	capture(s, "a.txt", (struct case_snapshot){ .local = "2009-10-16T14:00:00", .order = "ymd" });
	capture(s, "b.txt", (struct case_snapshot){ .local = "2009-12-16T14:00:00", .order = "ymd" });
	case_settle(s);
	f = found_at(s, 0);
	CHECK_FOUND(f, "2009-10-16T18:00:00Z", -240, EXACT, "event 6008");
	/* Two months later daylight saving time may have ended: an hour off, perhaps. */
	f = found_at(s, 1);
	CHECK_INT(f.quality, STANDARD);
	store_close(s);
}

/* Of two sightings the nearer one in time holds: they lie on both sides of the change of 1 November 2009. */
static void test_6008_nearest(void)
{
	struct store *s = case_open(NULL);
	struct found f;

	log_begin(s, "log");
	event_6008(s, "2009-10-30T12:05:00Z", "2009-10-30T08:00:00Z", "2009-10-30T12:00:00Z");
	event_6008(s, "2009-11-04T12:05:00Z", "2009-11-04T07:00:00Z", "2009-11-04T12:00:00Z");
	case_end(s);
	capture(s, "a.txt", (struct case_snapshot){ .local = "2009-10-31T14:00:00", .order = "ymd" });
	capture(s, "b.txt", (struct case_snapshot){ .local = "2009-11-03T14:00:00", .order = "ymd" });
	case_settle(s);
	/* When it was changed is not seen. */
	f = found_at(s, 0);
	CHECK_FOUND(f, "2009-10-31T18:00:00Z", -240, STANDARD, "event 6008");
	f = found_at(s, 1);
	CHECK_FOUND(f, "2009-11-03T19:00:00Z", -300, STANDARD, "event 6008");
	store_close(s);
}

/* Data that is no pair of times within a zone's reach is no clock. */
static void test_6008_damaged(void)
{
	static const char *const pairs[][2] = {
		{ "2009-10-14T08:07:00Z", "2009-10-14T12:00:00Z" }, /* no multiple of a quarter of an hour */
		{ "2009-10-13T08:00:00Z", "2009-10-14T12:00:00Z" }, /* 28 hours */
		{ "2009-10-14T12:00:00Z", "2009-10-14T16:00:00Z" }, /* UTC after the event was logged */
	};
	static const unsigned char zeros[44];
	struct found f;

	for (size_t i = 0; i <= LEN(pairs); i++) {
		struct store *s = case_open(NULL);

		log_begin(s, "log");
		if (i < LEN(pairs)) {
			event_6008(s, "2009-10-14T12:05:00Z", pairs[i][0], pairs[i][1]);
		} else {
			EVENT(s, .time = "2009-10-14T12:05:00Z", .computer = "FS01", .provider = "EventLog",
				.id = 6008, .data = zeros, .data_n = sizeof zeros);
			EVENT(s, .time = "2009-10-14T12:06:00Z", .computer = "FS01", .provider = "EventLog",
				.id = 6008, .data = zeros, .data_n = 3);
			EVENT(s, .time = "2009-10-14T12:07:00Z", .computer = "FS01", .provider = "EventLog",
				.id = 6008);
		}
		case_end(s);
		capture(s, "a.txt", (struct case_snapshot){ .local = "2009-10-14T14:00:00", .order = "ymd" });
		case_settle(s);
		f = found_at(s, 0);
		CHECK_TEXT(f.source, "assumed UTC");
		store_close(s);
	}
}

/* 6013 prints the bias of standard time, in summer too; it is logged at noon, and at every start. */
static const struct {
	const char *what, *logged, *strings;
	int offset, quality;
	const char *source;
} uptimes[] = {
	{ "noon in summer", "2009-10-14T16:00:00Z", UPTIME("500000", "300 Eastern Standard Time"), -240,
		EXACT, "event 6013, daylight saving time seen" },
	{ "noon in winter", "2009-10-14T17:00:00Z", UPTIME("500000", "300 Eastern Standard Time"), -300,
		EXACT, "event 6013" },
	{ "a minute past noon", "2009-10-14T16:00:57Z", UPTIME("500000", "300 Eastern Standard Time"), -240,
		EXACT, "event 6013, daylight saving time seen" },
	{ "a minute before noon", "2009-10-14T15:59:37Z", UPTIME("408338", "300 Eastern Standard Time"), -240,
		EXACT, "event 6013, daylight saving time seen" },
	{ "east of UTC in summer", "2009-10-14T10:00:00Z", UPTIME("500000", "-60 W. Europe Standard Time"),
		120, EXACT, "event 6013, daylight saving time seen" },
	{ "east of UTC in winter", "2009-10-14T11:00:00Z", UPTIME("500000", "-60 W. Europe Standard Time"),
		60, EXACT, "event 6013" },
	{ "half an hour", "2009-10-14T06:30:00Z", UPTIME("500000", "-330 India Standard Time"), 330, EXACT,
		"event 6013" },
	{ "Greenwich", "2009-10-14T12:00:00Z", UPTIME("500000", "0 GMT Standard Time"), 0, EXACT,
		"event 6013" },
	{ "far east, the day before in UTC", "2009-10-13T23:00:00Z",
		UPTIME("500000", "-720 New Zealand Standard Time"), 780, EXACT,
		"event 6013, daylight saving time seen" },
	{ "at start, whatever the hour", "2009-10-14T09:13:00Z", UPTIME("65", "300 Eastern Standard Time"),
		-300, STANDARD, "event 6013, standard time" },
	{ "a start at noon shows nothing", "2009-10-14T16:00:00Z", UPTIME("65", "300 Eastern Standard Time"),
		-300, STANDARD, "event 6013, standard time" },
	{ "another hour", "2009-10-14T14:00:00Z", UPTIME("500000", "300 Eastern Standard Time"), -300,
		STANDARD, "event 6013, standard time" },
	/* python-evtx runs the empty strings into each other: the uptime is not where it was, nor whole */
	{ "a damaged list", "2009-10-14T09:13:00Z", "1039089|089|60|300 Eastern Standard Time", -300,
		STANDARD, "event 6013, standard time" },
	{ "a damaged list at noon: when the system started is not known", "2009-10-14T16:00:57Z",
		"1039089|089|60|300 Eastern Standard Time", -300, STANDARD, "event 6013, standard time" },
	{ "a damaged list with empty strings", "2009-10-14T09:13:00Z", "8|||8|60|480 Pacific Standard Time",
		-480, STANDARD, "event 6013, standard time" },
	{ "one string more at the end", "2009-10-14T09:13:00Z", "||||500000|60|480 Pacific Standard Time|x",
		-480, STANDARD, "event 6013, standard time" },
	{ "one string more, at noon", "2009-10-14T20:00:00Z", "||||500000|60|480 Pacific Standard Time|x",
		-480, STANDARD, "event 6013, standard time" },
	{ "only the zone", "2009-10-14T09:13:00Z", "480 Pacific Standard Time", -480, STANDARD,
		"event 6013, standard time" },
	{ "no zone", "2009-10-14T16:00:00Z", "||||500000|60|", 0, ASSUMED, "assumed UTC" },
	{ "no zone name", "2009-10-14T16:00:00Z", "||||500000|60|300", 0, ASSUMED, "assumed UTC" },
	{ "one flattened string", "2009-10-14T16:00:00Z", "131, 0, 480 Pacific Standard Time", -480, STANDARD,
		"event 6013, standard time" },
	{ "a bias no zone has", "2009-10-14T16:00:00Z", UPTIME("500000", "3000 Nowhere Standard Time"), 0,
		ASSUMED, "assumed UTC" },
	{ "no strings", "2009-10-14T16:00:00Z", NULL, 0, ASSUMED, "assumed UTC" },
};

static void test_6013(void)
{
	for (size_t i = 0; i < LEN(uptimes); i++) {
		struct store *s = case_open(NULL);
		when_us local = case_time("2009-10-14T14:00:00");
		struct found f;

		log_begin(s, "log");
		event_6013(s, uptimes[i].logged, uptimes[i].strings);
		case_end(s);
		capture(s, "a.txt", (struct case_snapshot){ .local = "2009-10-14T14:00:00", .order = "ymd" });
		case_settle(s);
		f = found_at(s, 0);
		if (!check_count(f.at == local - uptimes[i].offset * WHEN_MINUTE &&
					 f.quality == uptimes[i].quality &&
					 strcmp(f.source, uptimes[i].source) == 0 &&
					 f.offset == uptimes[i].offset,
			    __FILE__, __LINE__))
			printf("%s: offset %d, quality %d, %s\n", uptimes[i].what, f.offset, f.quality,
				f.source);
		store_close(s);
	}
}

/* 01:30 of 1 November 2009 was there twice in New York, and 00:30 is nearer to the noon after the change than
 * to the one before: an hour off, perhaps. The days before and after are not touched. */
static void test_change_of_clocks(void)
{
	static const struct {
		const char *local;
		int quality;
	} stamps[] = { { "2009-10-31T11:30:00", EXACT }, { "2009-11-01T00:30:00", STANDARD },
		{ "2009-11-01T01:30:00", STANDARD }, { "2009-11-01T12:30:00", EXACT } };
	struct store *s = case_open(NULL);

	log_begin(s, "log");
	event_6013(s, "2009-10-30T16:00:00Z", UPTIME("500000", "300 Eastern Standard Time"));
	event_6013(s, "2009-10-31T16:00:00Z", UPTIME("586400", "300 Eastern Standard Time"));
	event_6013(s, "2009-11-01T17:00:00Z", UPTIME("676400", "300 Eastern Standard Time"));
	event_6013(s, "2009-11-02T17:00:00Z", UPTIME("762800", "300 Eastern Standard Time"));
	case_end(s);
	for (size_t i = 0; i < LEN(stamps); i++)
		capture(s, arena_printf(names_arena, "%zu.txt", i),
			(struct case_snapshot){ .local = stamps[i].local, .order = "ymd" });
	case_settle(s);
	for (size_t i = 0; i < LEN(stamps); i++)
		CHECK_INT(found_at(s, i).quality, stamps[i].quality);
	store_close(s);
}

/* Only EventLog's own 6013 speaks of the clock. */
static void test_other_provider(void)
{
	struct store *s = case_open(NULL);
	struct found f;

	log_begin(s, "log");
	EVENT(s, .time = "2009-10-14T16:00:00Z", .computer = "FS01", .provider = "Srv", .id = 6013,
		.strings = UPTIME("500000", "300 Eastern Standard Time"));
	EVENT(s, .time = "2009-10-14T16:00:00Z", .computer = "FS01", .provider = "eventlog", .id = 6013,
		.record = 7, .strings = UPTIME("500000", "-60 W. Europe Standard Time"));
	case_end(s);
	capture(s, "a.txt", (struct case_snapshot){ .local = "2009-10-14T14:00:00", .order = "ymd" });
	case_settle(s);
	f = found_at(s, 0);
	CHECK_INT(f.offset, 60);
	store_close(s);
}

static void test_systeminfo(void)
{
	struct store *s = case_open(NULL);
	struct found f;

	case_begin(s, "systeminfo.txt", "systeminfo", "FS01", "info");
	case_host(s, FACT_UTC_OFFSET, "(GMT-05:00) Eastern Time (US & Canada)", -300);
	case_end(s);
	capture(s, "a.txt", (struct case_snapshot){ .local = "2009-10-14T14:00:00", .order = "ymd" });
	case_settle(s);
	f = found_at(s, 0);
	CHECK_FOUND(f, "2009-10-14T19:00:00Z", -300, STANDARD, "systeminfo, standard time");
	/* What the log shows of the clock at work is better than the zone's name. */
	log_begin(s, "log");
	event_6013(s, "2009-10-14T16:00:00Z", UPTIME("500000", "300 Eastern Standard Time"));
	case_end(s);
	case_settle(s);
	f = found_at(s, 0);
	CHECK_FOUND(f, "2009-10-14T18:00:00Z", -240, EXACT, "event 6013, daylight saving time seen");
	store_close(s);
}

/* A file of that name is no word of the user's. */
static void test_told_by_a_file(void)
{
	struct store *s = case_open(NULL);
	struct found f;

	case_begin(s, "(told)", "systeminfo", "FS01", "info");
	case_host(s, FACT_UTC_OFFSET, "+05:30", 330);
	case_end(s);
	capture(s, "a.txt", (struct case_snapshot){ .local = "2009-10-14T14:00:00", .order = "ymd" });
	case_settle(s);
	f = found_at(s, 0);
	CHECK_INT(f.quality, STANDARD);
	CHECK_TEXT(f.source, "systeminfo, standard time");
	case_tell(s, "FS01", FACT_UTC_OFFSET, "-04:00", -240);
	case_settle(s);
	f = found_at(s, 0);
	CHECK_FOUND(f, "2009-10-14T18:00:00Z", -240, EXACT, "told");
	CHECK_INT(query_one(s, "SELECT count(*) FROM host", -1), 2);
	store_close(s);
}

static void test_no_stamp(void)
{
	struct store *s = case_open(NULL);
	struct found f;

	case_tell(s, "FS01", FACT_UTC_OFFSET, "+00:00", 0);
	capture(s, "a.txt", (struct case_snapshot){ .time_source = "none" });
	case_settle(s);
	f = found_at(s, 0);
	CHECK(!f.dated);
	CHECK_INT(f.quality, NONE);
	store_close(s);
}

/* ---- day and month ---- */

/* Stamps of one file in its order: day-first reading, month-first reading (NULL: the text allows one only),
 * what the text proves; and the day-first or month-first reading that is expected ('d', 'm', or 0: no
 * time). */
struct stamp {
	const char *local, *other, *order;
};
struct series {
	const char *what;
	struct stamp stamps[4];
	char want;
};

static const struct series orders[] = {
	{ "nothing proves anything", { { "2009-03-04T08:00:00", "2009-04-03T08:00:00", NULL } }, 0 },
	{ "a value above 12, day first",
		{ { "2009-03-04T08:00:00", "2009-04-03T08:00:00", NULL },
			{ "2009-03-13T08:00:00", NULL, "dmy" } },
		'd' },
	{ "a value above 12, month first",
		{ { "2009-03-04T08:00:00", "2009-04-03T08:00:00", NULL },
			{ "2009-04-13T08:00:00", NULL, "mdy" } },
		'm' },
	/* the parser drops the reading whose weekday does not fit and names the order */
	{ "a weekday",
		{ { "2009-04-03T08:00:00", NULL, "mdy" },
			{ "2009-05-04T08:00:00", "2009-04-05T08:00:00", NULL } },
		'm' },
	{ "day first would run backwards",
		{ { "2009-04-05T08:00:00", "2009-05-04T08:00:00", NULL },
			{ "2009-03-06T08:00:00", "2009-06-03T08:00:00", NULL } },
		'm' },
	{ "month first would run backwards",
		{ { "2009-05-04T08:00:00", "2009-04-05T08:00:00", NULL },
			{ "2009-06-03T08:00:00", "2009-03-06T08:00:00", NULL } },
		'd' },
	{ "both run forwards",
		{ { "2009-03-04T08:00:00", "2009-04-03T08:00:00", NULL },
			{ "2009-03-05T08:00:00", "2009-05-03T08:00:00", NULL } },
		0 },
	{ "both run backwards: the file is in no order",
		{ { "2009-03-05T08:00:00", "2009-05-03T08:00:00", NULL },
			{ "2009-03-04T08:00:00", "2009-04-03T08:00:00", NULL } },
		0 },
	{ "both orders are proven: neither counts",
		{ { "2009-03-04T08:00:00", "2009-04-03T08:00:00", NULL },
			{ "2009-03-13T08:00:00", NULL, "dmy" }, { "2009-04-13T08:00:00", NULL, "mdy" } },
		0 },
	{ "a year first proves nothing about the others",
		{ { "2009-03-04T08:00:00", "2009-04-03T08:00:00", NULL },
			{ "2009-03-13T08:00:00", NULL, "ymd" } },
		0 },
};

static size_t stamps_of(const struct series *o)
{
	size_t n = 0;

	while (n < LEN(o->stamps) && o->stamps[n].local)
		n++;
	return n;
}

static void series_put(struct store *s, const struct series *o, const char *name)
{
	case_begin(s, name, "poolmon", "FS01", o->what);
	for (size_t k = 0; k < stamps_of(o); k++) {
		SNAPSHOT(s, .local = o->stamps[k].local, .other = o->stamps[k].other,
			.order = o->stamps[k].order, .line = 10 * k + 1);
		case_row(s, "MmSt", "paged", 1, (int64_t)(1000 + k + strlen(o->what) * 10));
	}
	case_end(s);
}

/* Every stamp of the series reads as `want` says; returns how many were looked at. */
static void series_check(struct store *s, const struct series *o, const char *name, char want)
{
	struct query *q = query_open(s,
		"SELECT t.at, t.at_quality FROM snapshot t JOIN source c ON c.id = t.source WHERE c.name = :name ORDER BY t.line");
	size_t k = 0;

	query_text(q, ":name", name);
	for (; query_next(q); k++) {
		const char *local =
			o->stamps[k].other && want == 'm' ? o->stamps[k].other : o->stamps[k].local;
		when_us expected = o->stamps[k].other && !want ? WHEN_NONE : case_time(local);
		when_us at = query_known(q, 0) ? query_integer(q, 0) : WHEN_NONE;

		if (!check_count(at == expected && (query_integer(q, 1) == NONE) == (expected == WHEN_NONE),
			    __FILE__, __LINE__))
			printf("%s: stamp %zu of %s is read wrong\n", o->what, k + 1, name);
	}
	query_close(q);
	CHECK_INT(k, stamps_of(o));
}

static void test_orders(void)
{
	for (size_t i = 0; i < LEN(orders); i++) {
		struct store *s = case_open(NULL);

		case_tell(s, "FS01", FACT_UTC_OFFSET, "+00:00", 0);
		series_put(s, &orders[i], "a.txt");
		case_settle(s);
		series_check(s, &orders[i], "a.txt", orders[i].want);
		store_close(s);
	}
}

/* What one file of a server proves holds for its other files, whichever came first; of another server's files
 * not. */
static void test_neighbours(void)
{
	const struct series *open = &orders[0], *proof = &orders[2];

	for (int first = 0; first < 2; first++) {
		struct store *s = case_open(NULL);

		case_tell(s, "FS01", FACT_UTC_OFFSET, "+00:00", 0);
		series_put(s, first ? proof : open, first ? "b.txt" : "a.txt");
		series_put(s, first ? open : proof, first ? "a.txt" : "b.txt");
		case_settle(s);
		series_check(s, open, "a.txt", 'm');
		store_close(s);
	}
	struct store *s = case_open(NULL);

	series_put(s, open, "a.txt");
	case_begin(s, "b.txt", "poolmon", "FS02", "other");
	SNAPSHOT(s, .local = "2009-04-13T08:00:00", .order = "mdy");
	case_row(s, "MmSt", "paged", 1, 5);
	case_end(s);
	case_settle(s);
	series_check(s, open, "a.txt", 0);
	store_close(s);
}

/* Only one reading falls into the days of the event log. */
static void test_window(void)
{
	const struct series *open = &orders[0];
	static const struct {
		const char *first, *last;
		char want;
	} logs[] = {
		{ "2009-03-01T00:00:00Z", "2009-03-10T00:00:00Z", 'd' },
		{ "2009-04-01T00:00:00Z", "2009-04-10T00:00:00Z", 'm' },
		{ "2009-01-01T00:00:00Z", "2009-12-31T00:00:00Z", 0 },   /* both readings are inside */
		{ "2010-01-01T00:00:00Z", "2010-12-31T00:00:00Z", 0 },   /* neither is */
		{ "2009-03-05T00:00:00Z", "2009-03-10T00:00:00Z", 'd' }, /* the day before the log begins */
	};

	for (size_t i = 0; i < LEN(logs); i++) {
		struct store *s = case_open(NULL);

		case_tell(s, "FS01", FACT_UTC_OFFSET, "+00:00", 0);
		log_begin(s, "log");
		EVENT(s, .time = logs[i].first, .computer = "FS01", .provider = "EventLog", .id = 6005,
			.record = 1);
		EVENT(s, .time = logs[i].last, .computer = "FS01", .provider = "EventLog", .id = 6006,
			.record = 2);
		case_end(s);
		series_put(s, open, "a.txt");
		case_settle(s);
		series_check(s, open, "a.txt", logs[i].want);
		store_close(s);
	}

	/* In a log of several machines each has its own days. */
	for (int64_t most = 0; most < 2; most++) {
		struct store *s = case_open(NULL);

		case_tell(s, "FS01", FACT_UTC_OFFSET, "+00:00", 0);
		log_begin(s, "log");
		for (int64_t i = 0; i < 2 + most * 2; i++)
			EVENT(s, .time = "2009-03-05T00:00:00Z", .computer = "FS01", .provider = "EventLog",
				.id = 6005, .record = i + 1);
		for (int64_t i = 0; i < 3; i++)
			EVENT(s, .time = i ? "2009-12-31T00:00:00Z" : "2009-01-01T00:00:00Z",
				.computer = "FS02", .provider = "EventLog", .id = 6005, .record = i + 1);
		case_end(s);
		series_put(s, open, "a.txt");
		case_settle(s);
		series_check(s, open, "a.txt", 'd');
		store_close(s);
	}
}

/* Settling again changes nothing, and forgets what no longer holds. */
static void test_again(void)
{
	struct store *s = case_open(NULL);
	const struct series *open = &orders[0];

	case_tell(s, "FS01", FACT_UTC_OFFSET, "+00:00", 0);
	series_put(s, open, "a.txt");
	series_put(s, &orders[1], "b.txt");
	case_settle(s);
	series_check(s, open, "a.txt", 'd');
	case_settle(s);
	series_check(s, open, "a.txt", 'd');
	/* A file that proves the other order takes the proof away. */
	series_put(s, &orders[2], "c.txt");
	case_settle(s);
	series_check(s, open, "a.txt", 0);
	store_close(s);
}

/* ---- the file's own time ---- */

static void dated_file(struct store *s, const char *name, int captures, const char *modified)
{
	case_begin(s, name, "poolmon", "FS01", name);
	for (int i = 0; i < captures; i++) {
		case_snapshot(s, (struct case_snapshot){ .line = (uint64_t)(10 * i + 1) });
		case_row(s, "MmSt", "paged", name[0], 1000 * (i + 1) + name[0]);
	}
	case_end_of(s, modified ? case_time(modified) : WHEN_NONE);
}

static int64_t by_file(struct store *s)
{
	return query_one(s,
		"SELECT count(*) FROM snapshot WHERE at_source = 'the file''s own time' AND at_quality = 3",
		-1);
}

static void test_file_time(void)
{
	struct store *s = case_open(NULL);
	struct found f;

	/* Only the last capture of a file was written when the file was. */
	dated_file(s, "a.txt", 3, "2010-11-03T14:05:00Z");
	dated_file(s, "b.txt", 1, NULL);
	case_settle(s);
	CHECK_INT(by_file(s), 1);
	f = found_at(s, 2);
	CHECK(f.dated && f.at == case_time("2010-11-03T14:05:00Z"));
	CHECK_INT(f.quality, 3);
	store_close(s);

	/* Unpacked or copied together. */
	s = case_open(NULL);
	dated_file(s, "a.txt", 1, "2010-11-03T14:05:00Z");
	dated_file(s, "b.txt", 1, "2010-11-03T14:05:02Z");
	dated_file(s, "c.txt", 1, "2010-11-03T14:35:00Z");
	case_settle(s);
	CHECK_INT(by_file(s), 1);
	store_close(s);

	/* Outside of the log: the time of a copy. */
	s = case_open(NULL);
	log_begin(s, "log");
	event_6013(s, "2010-11-01T17:00:00Z", "||||8000|60|300 Eastern Standard Time");
	event_6013(s, "2010-11-04T17:00:00Z", "||||8000|60|300 Eastern Standard Time");
	case_end(s);
	dated_file(s, "a.txt", 1, "2010-11-03T14:05:00Z");
	dated_file(s, "b.txt", 1, "2010-12-24T14:05:00Z");
	case_settle(s);
	CHECK_INT(by_file(s), 1);
	CHECK(found_at(s, 0).dated);
	CHECK_INT(found_at(s, 0).offset, -300);
	CHECK(!found_at(s, 1).dated);
	store_close(s);

	/* Years after the capture above it in the same file: the time of a copy. */
	for (int near = 0; near < 2; near++) {
		s = case_open(NULL);
		case_begin(s, "a.txt", "poolmon", "FS01", "a.txt");
		case_snapshot(s,
			(struct case_snapshot){ .local = "2010-11-03T14:00:00", .order = "ymd", .line = 1 });
		case_row(s, "MmSt", "paged", 1, 1000);
		case_snapshot(s, (struct case_snapshot){ .line = 11 });
		case_row(s, "MmSt", "paged", 2, 2000);
		case_end_of(s, case_time(near ? "2010-11-03T14:30:00Z" : "2024-11-03T14:30:00Z"));
		case_settle(s);
		CHECK_INT(by_file(s), near);
		store_close(s);
	}

	/* The older of two copies counts, whichever is read first; a stamp beats both. */
	s = case_open(NULL);
	dated_file(s, "a.txt", 1, "2010-11-03T16:00:00Z");
	case_begin(s, "copy.txt", "poolmon", "FS01", "a.txt");
	case_end_of(s, case_time("2010-11-03T14:00:00Z"));
	case_settle(s);
	CHECK(found_at(s, 0).at == case_time("2010-11-03T14:00:00Z"));
	store_close(s);
}

/* ---- names of one machine ---- */

static int64_t is_same(struct store *s, const char *name, const char *as)
{
	struct query *q = query_open(s,
		"SELECT count(*) FROM server s JOIN server f ON f.id = s.same_as WHERE s.name = :name AND f.name = :as");
	int64_t n;

	query_text(q, ":name", name);
	query_text(q, ":as", as);
	n = query_next(q) ? query_integer(q, 0) : -1;
	query_close(q);
	return n;
}

static void logged_by(struct store *s, const char *computer, const char *time, int id, const char *strings)
{
	case_begin(
		s, "System.xml", "events", NULL, arena_printf(names_arena, "%s %s %d", computer, time, id));
	EVENT(s, .time = time, .computer = computer, .channel = "System", .provider = "EventLog", .id = id,
		.strings = strings);
	case_end(s);
}

static void test_renamed(void)
{
	struct store *s = case_open(NULL);

	logged_by(s, "WIN-SETUP", "2010-11-01T10:00:00Z", 6005, NULL);
	logged_by(s, "FS01", "2010-11-01T11:00:00Z", 6011, "WIN-SETUP|FS01");
	logged_by(s, "FS01.corp.example", "2010-11-02T11:00:00Z", 6005, NULL);
	case_settle(s);
	CHECK_INT(is_same(s, "WIN-SETUP", "FS01.corp.example"), 1);
	CHECK_INT(is_same(s, "FS01", "FS01.corp.example"), 1);
	/* Another machine bears the old name by now. */
	logged_by(s, "WIN-SETUP", "2010-11-05T10:00:00Z", 6005, NULL);
	case_settle(s);
	CHECK_INT(is_same(s, "WIN-SETUP", "FS01.corp.example"), 0);
	store_close(s);

	/* What is cut to the 15 characters of NetBIOS; never where two begin alike. */
	s = case_open(NULL);
	logged_by(s, "FILESERVER-BERL", "2010-11-01T10:00:00Z", 6005, NULL);
	logged_by(s, "fileserver-berlin.corp.example", "2010-11-01T11:00:00Z", 6005, NULL);
	case_settle(s);
	CHECK_INT(is_same(s, "FILESERVER-BERL", "fileserver-berlin.corp.example"), 1);
	/* All its names at once are one machine still, however they are met. */
	logged_by(s, "FILESERVER-BERLIN", "2010-11-01T11:00:00Z", 6005, NULL);
	case_settle(s);
	CHECK_INT(is_same(s, "FILESERVER-BERL", "fileserver-berlin.corp.example"), 1);
	CHECK_INT(is_same(s, "FILESERVER-BERLIN", "fileserver-berlin.corp.example"), 1);
	logged_by(s, "fileserver-berlin2.corp.example", "2010-11-01T11:00:00Z", 6005, NULL);
	case_settle(s);
	CHECK_INT(is_same(s, "FILESERVER-BERL", "fileserver-berlin.corp.example"), 0);
	store_close(s);
}

/* A rename tells no domain: where two machines are called so, it is not known which of them was renamed. */
static void test_renamed_one_of_two(void)
{
	struct store *s = case_open(NULL);

	logged_by(s, "FS01.a.example", "2010-11-01T10:00:00Z", 6005, NULL);
	logged_by(s, "FS01.b.example", "2010-11-01T10:00:00Z", 6005, NULL);
	logged_by(s, "FS09", "2010-11-01T11:00:00Z", 6011, "FS01|FS09");
	case_settle(s);
	CHECK_INT(is_same(s, "FS01.a.example", "FS09"), 0);
	CHECK_INT(is_same(s, "FS01.b.example", "FS09"), 0);
	store_close(s);
}

static int64_t counted(struct store *s, const char *table)
{
	struct query *q =
		query_open(s, arena_printf(names_arena, "SELECT count(*) FROM %s WHERE twin IS NULL", table));
	int64_t n = query_next(q) ? query_integer(q, 0) : -1;

	query_close(q);
	return n;
}

static void under_name(struct store *s, const char *name, const char *strings)
{
	case_begin(s, "a.txt", "poolmon", name, "capture");
	case_snapshot(s, (struct case_snapshot){ .local = "2010-11-01T10:00:00", .order = "ymd" });
	case_row(s, "MmSt", "paged", 1, 1000);
	case_end(s);
	logged_by(s, name, "2010-11-01T10:00:00Z", 2020, strings);
}

/* What was read under two names of one machine counts once; the event that says more is the one. */
static void test_twins(void)
{
	for (int turn = 0; turn < 2; turn++) {
		struct store *s = case_open(NULL);
		struct query *q;

		under_name(s, turn ? "FS01" : "FS01.corp.example", turn ? "more" : NULL);
		case_settle(s);
		under_name(s, turn ? "FS01.corp.example" : "FS01", turn ? NULL : "more");
		case_settle(s);
		CHECK_INT(counted(s, "snapshot"), 1);
		CHECK_INT(counted(s, "event"), 1);
		q = query_open(s, "SELECT strings FROM event WHERE twin IS NULL");
		CHECK(query_next(q) && span_equal(query_span(q, 0), SPAN("more")));
		query_close(q);
		/* Two machines after all: each has its own. */
		logged_by(s, "FS01.lab.example", "2010-11-02T10:00:00Z", 6005, NULL);
		case_settle(s);
		CHECK_INT(counted(s, "snapshot"), 2);
		CHECK_INT(counted(s, "event"), 3);
		store_close(s);
	}
}

/* Not every export has record ids. With them or without, twice as many events take twice as long: at the cost
 * of a comparison of each with each, this would not end in an hour. */
static void test_without_record_ids(void)
{
	struct store *s = case_open(NULL);

	log_begin(s, "log");
	for (int64_t i = 0; i < 100000; i++)
		EVENT(s, .at = case_time("2010-11-01T10:00:00Z") + i / 2 * WHEN_SECOND,
			.computer = i % 2 ? "FS01" : "FS01.corp.example", .channel = "System",
			.provider = "Srv", .id = 2020);
	case_end(s);
	case_settle(s);
	CHECK_INT(counted(s, "event"), 50000);
	store_close(s);
}

int main(void)
{
	names_arena = arena_open();
	test_nothing_known();
	test_said_in_utc();
	test_told();
	test_other_server();
	test_6008();
	test_6008_nearest();
	test_6008_damaged();
	test_6013();
	test_change_of_clocks();
	test_other_provider();
	test_systeminfo();
	test_told_by_a_file();
	test_no_stamp();
	test_orders();
	test_neighbours();
	test_window();
	test_again();
	test_file_time();
	test_renamed();
	test_renamed_one_of_two();
	test_twins();
	test_without_record_ids();
	arena_close(names_arena);
	return check_end();
}
