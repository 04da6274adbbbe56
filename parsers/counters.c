/* SPDX-License-Identifier: MIT
 * Reads performance counters that perfmon, relog or typeperf wrote as CSV or TSV: those that speak of the
 * pools. Layout: PDH-CSV 4.0 as relog's and typeperf's pages show it, and logs of both. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "parsers/csv.h"
#include "parsers/lines.h"
#include "parsers/parser.h"

/* A column for every counter of every process makes lines of hundreds of KiB. */
#define LINE_MOST ((size_t)4 << 20)
#define HOSTS     64 /* of one log */

/* In any letter case. Of the three spellings of one fact the finer stands first. */
static const struct counter {
	const char *object, *name;
	int column;
	int64_t unit;
} counters[] = {
	{ "Memory", "Pool Paged Bytes", COUNTER_PAGED, 1 },
	{ "Memory", "Pool Paged Resident Bytes", COUNTER_PAGED_RESIDENT, 1 },
	{ "Memory", "Pool Nonpaged Bytes", COUNTER_NONPAGED, 1 },
	{ "Memory", "Free System Page Table Entries", COUNTER_FREE_PTES, 1 },
	{ "Memory", "Committed Bytes", COUNTER_COMMIT, 1 },
	{ "Memory", "Commit Limit", COUNTER_COMMIT_LIMIT, 1 },
	{ "Memory", "Available Bytes", COUNTER_AVAILABLE, 1 },
	{ "Memory", "Available KBytes", COUNTER_AVAILABLE, 1 << 10 },
	{ "Memory", "Available MBytes", COUNTER_AVAILABLE, 1 << 20 },
	{ "Server", "Pool Paged Peak", COUNTER_SERVER_PAGED_PEAK, 1 },
	{ "Server", "Pool Paged Failures", COUNTER_SERVER_PAGED_FAILURES, 1 },
	{ "Server", "Pool Nonpaged Failures", COUNTER_SERVER_NONPAGED_FAILURES, 1 },
};

/* A column of the log that is one of them. */
struct source_column {
	size_t cell;
	const struct counter *counter;
	size_t host;
};

enum tally { TALLY_TIME, TALLY_VALUE, TALLY_CELLS, TALLIES };

struct parse {
	struct sink *sink;
	struct arena *log; /* of one heading */
	bool headed;
	char separator;
	bool has_bias;
	int64_t bias; /* minutes; UTC = local + bias */
	struct source_column columns[HOSTS * LEN(counters)];
	size_t column_count, cell_count;
	struct span hosts[HOSTS]; /* "": the path names none */
	size_t host_count;
	uint64_t hosts_left_out;
	size_t usual; /* cells of a row, as the last one had */
	struct record records[HOSTS];
	bool any[HOSTS];
	struct unread unread, tallies[TALLIES];
};

/* ---- the heading ---- */

/* "(PDH-CSV 4.0) (Eastern Daylight Time)(240)", "(PDH-CSV 4.0)"; "(PDH-CSV 4.0) (Maroc (heure d" lost its
 * end. false when it is no such cell; *whole when nothing is lost. */
static bool pdh_cell(struct span cell, bool *whole, bool *has_bias, int64_t *bias)
{
	size_t open;
	cell = text_trim(cell);
	open = cell.n;
	if (!text_starts_nocase(cell, "(PDH-CSV ") && !text_starts_nocase(cell, "(PDH-TSV "))
		return false;
	*has_bias = false;
	*whole = cell.p[cell.n - 1] == ')';
	while (cell.p[--open] != '(')
		;
	if (*whole && open)
		*has_bias = text_int((struct span){ cell.p + open + 1, cell.n - open - 2 }, bias) &&
			    *bias >= -15 * 60 && *bias <= 15 * 60;
	return true;
}

/* "\\HOST\Memory\Pool Paged Bytes", "\Memory\Pool Paged Bytes" */
static const struct counter *counter_of(struct span path, struct span *host)
{
	struct span object;
	path = text_trim(path);
	*host = (struct span){ "", 0 };
	if (text_starts(path, "\\\\")) {
		path = text_tail(path, 2);
		text_cut(&path, '\\', host);
	} else if (text_starts(path, "\\")) {
		path = text_tail(path, 1);
	}
	if (!text_cut(&path, '\\', &object))
		return NULL;
	for (size_t i = 0; i < LEN(counters); i++)
		if (span_equal_nocase(object, span_of(counters[i].object)) &&
			span_equal_nocase(path, span_of(counters[i].name)))
			return &counters[i];
	return NULL;
}

/* HOSTS when there is no room. */
static size_t host_find(struct parse *p, struct span host)
{
	size_t i = 0;
	while (i < p->host_count && !span_equal_nocase(p->hosts[i], host))
		i++;
	if (i == p->host_count && i < HOSTS)
		p->hosts[p->host_count++] = arena_span(p->log, host);
	return i;
}

static void column_add(struct parse *p, size_t cell, struct span path)
{
	struct span host;
	const struct counter *counter = counter_of(path, &host);
	size_t h = counter ? host_find(p, host) : 0;
	if (!counter)
		return;
	if (h == HOSTS) {
		p->hosts_left_out++;
		return;
	}
	for (size_t i = 0; i < p->column_count; i++) {
		struct source_column *held = &p->columns[i];
		if (held->host != h || held->counter->column != counter->column)
			continue;
		/* the same fact in another unit, or twice */
		if (counter->unit < held->counter->unit)
			*held = (struct source_column){ cell, counter, h };
		return;
	}
	p->columns[p->column_count++] = (struct source_column){ cell, counter, h };
}

static int by_cell(const void *a, const void *b)
{
	const struct source_column *x = a, *y = b;
	return (x->cell > y->cell) - (x->cell < y->cell);
}

static bool heading_read(struct parse *p, struct span line, uint64_t number)
{
	struct csv csv;
	struct span cell;
	bool whole, has_bias;
	int64_t bias = 0;
	csv_begin(&csv, line, csv_separator(line));
	if (!csv_next(&csv, &cell) || !pdh_cell(cell, &whole, &has_bias, &bias))
		return false;
	arena_reset(p->log);
	p->headed = true;
	p->separator = csv.separator;
	p->has_bias = has_bias;
	p->bias = bias;
	p->column_count = p->host_count = 0;
	p->hosts_left_out = 0;
	for (p->cell_count = 1; csv_next(&csv, &cell); p->cell_count++)
		column_add(p, p->cell_count, cell);
	p->usual = p->cell_count;
	if (p->column_count)
		qsort(p->columns, p->column_count, sizeof *p->columns, by_cell);
	if (!whole)
		sink_note(p->sink, number,
			"the name of the time zone is cut, and with it the offset from UTC; times kept as local");
	if (!p->column_count)
		sink_note(p->sink, number,
			"%zu counters, none of them known by its English name as one of the pools; nothing kept",
			p->cell_count - 1);
	else if (p->cell_count - 1 > p->column_count)
		sink_note(p->sink, number, "%zu of %zu counters say nothing of the pools; left out",
			p->cell_count - 1 - p->column_count, p->cell_count - 1);
	if (p->hosts_left_out)
		sink_note(p->sink, number,
			"%" PRIu64 " counters are of more machines than the %d that are kept; left out",
			p->hosts_left_out, HOSTS);
	return true;
}

/* ---- samples ---- */

static bool take_number(struct span *text, size_t digits, char end, int *number)
{
	uint64_t read;
	if (text->n < digits || !text_uint_base(text_head(*text, digits), 10, &read))
		return false;
	*number = (int)read;
	*text = text_tail(*text, digits);
	if (!end)
		return true;
	if (!text->n || text->p[0] != end)
		return false;
	*text = text_tail(*text, 1);
	return true;
}

/* "09/08/2002 12:35:45.166": month first in every language. A spreadsheet's "14:07.7" is none: hour and date
 * are lost. */
static when_us time_of(struct span text)
{
	int month, day, year, hour, minute, second, microsecond = 0, unit = 100000;
	text = text_trim(text);
	if (!take_number(&text, 2, '/', &month) || !take_number(&text, 2, '/', &day) ||
		!take_number(&text, 4, ' ', &year) || !take_number(&text, 2, ':', &hour) ||
		!take_number(&text, 2, ':', &minute) || !take_number(&text, 2, 0, &second))
		return WHEN_NONE;
	if (text.n && text.p[0] != '.')
		return WHEN_NONE;
	for (size_t i = 1; i < text.n; i++, unit /= 10) {
		if (!text_is_digit(text.p[i]))
			return WHEN_NONE;
		microsecond += (text.p[i] - '0') * unit;
	}
	return when_civil(year, month, day, hour, minute, second, microsecond);
}

/* "11.296813511113458", "7.06e-004", as a whole number of units; false for what is no number or below
 * zero. */
static bool value_read(struct span cell, int64_t unit, int64_t *value)
{
	char text[64], *end;
	cell = text_trim(cell);
	if (!cell.n || cell.n >= sizeof text || !text_is_digit(cell.p[0]))
		return false;
	for (size_t i = 0; i < cell.n; i++)
		if (!text_is_digit(cell.p[i]) && !strchr(".eE+-", cell.p[i]))
			return false;
	memcpy(text, cell.p, cell.n);
	text[cell.n] = '\0';
	double read = strtod(text, &end) * (double)unit;
	if (*end || read > 9e18)
		return false;
	*value = (int64_t)(read + 0.5);
	return true;
}

/* The cells of our counters into the records of their hosts; the number of cells. */
static size_t cells_read(struct parse *p, struct csv *csv, uint64_t line)
{
	const struct source_column *c = p->columns, *end = p->columns + p->column_count;
	struct span cell;
	size_t n = 1;
	for (; csv_next(csv, &cell); n++) {
		int64_t value;
		if (c == end || c->cell != n)
			continue;
		/* What stands last in a cut line may be half a number. */
		bool half = csv->open || (!csv->more && n + 1 < p->usual);
		if (!half && value_read(cell, c->counter->unit, &value)) {
			record_number(&p->records[c->host], c->counter->column, value);
			p->any[c->host] = true;
		} else if (text_trim(cell).n) { /* " ": the sample was missed */
			unread_add(&p->tallies[TALLY_VALUE], line);
		}
		c++;
	}
	return n;
}

static void records_write(struct parse *p, struct span time)
{
	when_us local = time_of(time);
	bool told = false;
	for (size_t h = 0; h < p->host_count; h++) {
		struct record *r = &p->records[h];
		if (!p->any[h])
			continue;
		if (local == WHEN_NONE && !told)
			unread_add(&p->tallies[TALLY_TIME], r->line);
		told = true;
		if (local != WHEN_NONE)
			record_number(r, COUNTER_LOCAL, local);
		if (local != WHEN_NONE && p->has_bias)
			record_number(r, COUNTER_TIME, local + p->bias * WHEN_MINUTE);
		record_text(r, COUNTER_TIME_TEXT, time);
		if (p->hosts[h].n)
			record_text(r, COUNTER_COMPUTER, p->hosts[h]);
		p->sink->record(p->sink, r);
	}
}

static void row_read(struct parse *p, struct span line, uint64_t number)
{
	char text[64];
	struct csv csv;
	struct span time;
	csv_begin(&csv, line, p->separator);
	csv_next(&csv, &time);
	time = text_trim(time);
	if (!csv.more || !time.n || time.n > sizeof text || !text_is_digit(time.p[0])) {
		unread_add(&p->unread, number);
		return;
	}
	memcpy(text, time.p, time.n);
	for (size_t h = 0; h < p->host_count; h++) {
		record_start(&p->records[h], RECORD_COUNTER, number);
		p->any[h] = false;
	}
	size_t cells = cells_read(p, &csv, number);
	p->sink->cut = csv.open || cells < p->usual;
	if (csv.open || cells != p->usual)
		unread_add(&p->tallies[TALLY_CELLS], number);
	p->usual = cells;
	records_write(p, (struct span){ text, time.n });
}

/* ---- the parser ---- */

static void parse(const struct source *source, struct reader *r, struct sink *sink)
{
	static const char *const sentences[TALLIES] = {
		[TALLY_TIME] =
			("samples whose time is not month/day/year hour:minute:second (a spreadsheet that saves "
			 "such a file loses date and hour); kept without a time"),
		[TALLY_VALUE] = "values are no numbers, or cut; left out",
		[TALLY_CELLS] =
			"samples with more or fewer values than the one before; what is there was kept",
	};
	struct parse *p = calloc(1, sizeof *p);
	struct span line;
	(void)source;
	if (!p)
		die("out of memory");
	*p = (struct parse){ .sink = sink, .log = arena_open() };
	while (reader_line_within(r, LINE_MOST, &line)) {
		uint64_t number = reader_line_number(r);
		if (!text_trim(line).n)
			continue;
		sink->cut = false;
		if (heading_read(p, line, number))
			continue;
		if (p->headed)
			row_read(p, line, number);
		else
			unread_add(&p->unread, number);
	}
	for (int i = 0; i < TALLIES; i++)
		if (p->tallies[i].lines)
			sink_note(sink, p->tallies[i].first, "%" PRIu64 " %s", p->tallies[i].lines,
				sentences[i]);
	unread_note(&p->unread, sink, "samples");
	arena_close(p->log);
	free(p);
}

#define LOOK 10 /* lines: typeperf begins with an empty one, a copy of its window with a prompt */

/* Whose counters are they? Those of a log that names no machine belong to the bundle it lies in. */
static int bid(struct span head, bool local, const char **missing)
{
	struct span line, cell, host = { "", 0 };
	bool whole, has_bias, ours = false, paths = false, named = false;
	int64_t bias;
	struct csv csv;
	for (int i = 0; i < LOOK && text_cut(&head, '\n', &line); i++) {
		line.n -= line.n && line.p[line.n - 1] == '\r';
		csv_begin(&csv, line, csv_separator(line));
		if (!csv_next(&csv, &cell) || !pdh_cell(cell, &whole, &has_bias, &bias))
			continue;
		while (!ours && csv_next(&csv, &cell)) {
			ours = counter_of(cell, &host) != NULL;
			paths = true;
			named |= host.n > 0;
		}
		/* Ours may stand behind the head of a wide log: then any path shows it. */
		if ((ours ? !host.n : paths && !named) == local)
			return ours ? 95 : 90;
		break;
	}
	*missing = local ? "a heading (PDH-CSV 4.0) whose counters name no machine"
			 : "a heading that begins with (PDH-CSV 4.0)";
	return 0;
}

static int probe(struct span head, const char **missing)
{
	return bid(head, false, missing);
}

static int probe_local(struct span head, const char **missing)
{
	return bid(head, true, missing);
}

const struct parser parser_counters = { "counters", "performance counters of perfmon, relog, typeperf", probe,
	parse, .whose = WHOSE_SAID };
const struct parser parser_counters_local = { "counters_local", "performance counters that name no machine",
	probe_local, parse, .whose = WHOSE_FOLDER };
