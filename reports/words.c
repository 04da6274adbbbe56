/* SPDX-License-Identifier: MIT
 * In what words do people read a cell? One place, so that every format says the same. */
#include "reports/format.h"

#include "core/text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* A list or inner table inside one cell is told as far as this; all of it is in CSV and JSON. */
#define ITEMS_SHOWN   24
#define RUN_KEPT      160
#define DWORD_DECIMAL 9999
#define MINUS         "\xE2\x88\x92" /* U+2212 */
#define ELLIPSIS      "\xE2\x80\xA6"

const char *severity_word(enum severity s)
{
	static const char *const words[SEVERITIES] = { "OK", "NOT ASSESSED", "INFO", "WARNING", "ERROR" };

	return words[s];
}

/* ---- numbers ---- */

/* A count with commas, for people's eyes only. */
static const char *grouped(struct arena *a, size_t n)
{
	char digits[24];
	int length = snprintf(digits, sizeof digits, "%zu", n), used = 0;
	char *text = arena_alloc(a, 40);

	for (int i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			text[used++] = ',';
		text[used++] = digits[i];
	}
	return text;
}

const char *words_showing(struct arena *a, size_t shown, size_t all)
{
	return arena_printf(a, "showing %zu of %zu; all in " ALL_STAND_IN, shown, all);
}

static const char *minus(double v)
{
	return v < 0 ? MINUS : "";
}

/* MiB up to 10 GiB, so that the sizes of one pool stand in one unit. */
const char *words_bytes(struct arena *a, double bytes)
{
	static const struct {
		double from, size;
		const char *name;
	} units[] = {
		{ 10.0 * (1ull << 50), (double)(1ull << 50), "PiB" },
		{ 10.0 * (1ull << 40), (double)(1ull << 40), "TiB" },
		{ 10.0 * (1ull << 30), (double)(1ull << 30), "GiB" },
		{ 1 << 20, 1 << 20, "MiB" },
		{ 1 << 10, 1 << 10, "KiB" },
	};
	double size = fabs(bytes);

	for (size_t i = 0; i < LEN(units); i++)
		if (size >= units[i].from)
			return arena_printf(
				a, "%s%.1f %s", minus(bytes), size / units[i].size, units[i].name);
	return arena_printf(a, "%s%.0f B", size >= 0.5 ? minus(bytes) : "", size);
}

static const char *words_real(struct arena *a, double v)
{
	double size = fabs(v);

	if (size >= 1000 && size < 1e15)
		return arena_printf(a, "%s%.0f", minus(v), size);
	if (size >= 1)
		return arena_printf(a, "%s%.1f", minus(v), size);
	/* Small ones are probabilities here: more digits would only look exact. */
	return arena_printf(a, "%s%.*g", minus(v), size < 0.001 ? 2 : 3, size);
}

static const char *words_whole(struct arena *a, int64_t n)
{
	return n < 0 ? arena_printf(a, MINUS "%" PRIu64, 0 - (uint64_t)n) : arena_printf(a, "%" PRId64, n);
}

/* With commas from five digits on: four are read at a glance. */
static const char *words_count(struct arena *a, int64_t n)
{
	uint64_t size = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	return size < 10000 ? words_whole(a, n)
			    : arena_printf(a, "%s%s", n < 0 ? MINUS : "", grouped(a, size));
}

/* Registry numbers are told by people in decimal and shown by the registry editor in hexadecimal, and one
 * taken for the other (60 for 0x60) is a classic fault; what is no count has always been written in
 * hexadecimal. */
static const char *words_dword(struct arena *a, int64_t n)
{
	if (n < 10)
		return words_whole(a, n);
	if (n > DWORD_DECIMAL)
		return arena_printf(a, "0x%08" PRIX64, (uint64_t)n);
	return arena_printf(a, "%" PRId64 " (0x%" PRIX64 ")", n, (uint64_t)n);
}

static const char *words_percent(struct arena *a, double v)
{
	return arena_printf(a, "%s%.1f %%", fabs(v) >= 0.05 ? minus(v) : "", fabs(v));
}

const char *words_amount(struct arena *a, enum type unit, double v)
{
	switch (unit) {
	case T_BYTES: return words_bytes(a, v);
	case T_RATE: return arena_printf(a, "%s/h", words_bytes(a, v));
	case T_PERCENT: return words_percent(a, v);
	default: return words_real(a, v);
	}
}

const char *words_level(struct arena *a, enum type unit, const struct level *v)
{
	const char *low = words_amount(a, unit, v->low);

	return v->high > v->low
		       ? arena_printf(a, "%s, %s to %s", v->label, low, words_amount(a, unit, v->high))
		       : arena_printf(a, "%s, %s", v->label, low);
}

/* ---- times ---- */

static const char *words_clock(struct arena *a, when_us t, const char *zone)
{
	char text[WHEN_TEXT];

	if (!when_sane(t))
		return "not known";
	when_print_plain(t, text);
	return arena_printf(a, "%s %s", text, zone);
}

const char *words_time(struct arena *a, when_us t)
{
	return words_clock(a, t, "UTC");
}

/* T_MINUTES is a length or an offset; the name of the field tells which ("utc_offset_minutes"). */
static const char *words_minutes(struct arena *a, const struct field *f, int64_t n)
{
	char text[WHEN_TEXT];

	if (strstr(f->name, "offset") && n > -1440 && n < 1440) {
		when_print_offset((int)n, text);
		return arena_printf(a, "UTC%s%s", n < 0 ? MINUS : "+", text + 1);
	}
	if (n > INT64_MAX / WHEN_MINUTE || n < -INT64_MAX / WHEN_MINUTE)
		return words_whole(a, n);
	when_print_span(n < 0 ? -n * WHEN_MINUTE : n * WHEN_MINUTE, text);
	return arena_printf(a, "%s%s", n < 0 ? MINUS : "", text);
}

/* ---- texts ---- */

/* Bytes of the first `most` characters; *total counts all of them. */
static size_t characters(struct span s, size_t most, size_t *total)
{
	size_t bytes = 0, n;

	for (*total = 0; s.n; s = text_tail(s, n)) {
		text_get_utf8(s, &n);
		if ((*total)++ < most)
			bytes += n;
	}
	return bytes;
}

const char *words_short(struct arena *a, const char *text, size_t most)
{
	struct span s = span_of(text);
	size_t total, bytes = characters(s, most, &total);

	if (total <= most)
		return text;
	return arena_printf(a, "%.*s" ELLIPSIS " (%s characters)", (int)bytes, text, grouped(a, total));
}

static size_t run_length(struct span s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != ' ')
		n++;
	return n;
}

static bool has_long_run(struct span s)
{
	for (size_t n = 0; s.n; s = text_tail(s, n + 1)) {
		n = run_length(s);
		if (n > TEXT_MOST)
			return true;
	}
	return false;
}

/* Such a run is no sentence of ours but a name or a log's text; it would push everything else off the page.
 */
const char *words_unbroken(struct arena *a, const char *text)
{
	struct span s = span_of(text);
	const char **runs = NULL;
	size_t count = 0, size = 1, n;
	char *joined, *end;

	if (!has_long_run(s))
		return text;
	for (; s.n; s = text_tail(s, n + 1)) {
		n = run_length(s);
		runs = arena_grow(a, runs, count, sizeof *runs);
		runs[count] = arena_text(a, text_head(s, n));
		if (n > TEXT_MOST)
			runs[count] = words_short(a, runs[count], RUN_KEPT);
		size += strlen(runs[count++]) + 1;
	}
	joined = end = arena_alloc(a, size);
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(runs[i]);

		memcpy(end, runs[i], length);
		end += length;
		if (i + 1 < count)
			*end++ = ' ';
	}
	return joined;
}

static bool is_digit_at(struct span s, size_t i)
{
	return i < s.n && text_is_digit(s.p[i]);
}

/* Does the word that begins here stand behind its number? */
static bool unit_at(struct span s)
{
	static const char *const units[] = { "%", "B", "KiB", "MiB", "GiB", "TiB", "KB", "MB", "GB", "h",
		"min", "s", "d", "UTC" };
	size_t n = 0;

	while (n < s.n && s.p[n] != ' ' && s.p[n] != ',' && s.p[n] != '.' && s.p[n] != ';' && s.p[n] != ')' &&
		s.p[n] != ':' && s.p[n] != '/')
		n++;
	for (size_t i = 0; i < LEN(units); i++)
		if (span_equal(text_head(s, n), span_of(units[i])))
			return true;
	return false;
}

static bool ends_in(struct span s, const char *word)
{
	size_t n = strlen(word);

	return s.n >= n && memcmp(s.p + s.n - n, word, n) == 0 &&
	       (s.n == n || !(text_is_letter(s.p[s.n - n - 1]) || text_is_digit(s.p[s.n - n - 1])));
}

/* "2009-10-14" before, "21:30" behind. */
static bool is_moment(struct span before, struct span after)
{
	return before.n >= 10 && before.p[before.n - 3] == '-' && before.p[before.n - 6] == '-' &&
	       is_digit_at(before, before.n - 1) && after.n >= 5 && is_digit_at(after, 0) &&
	       after.p[2] == ':';
}

static bool binds(struct span s, size_t blank)
{
	struct span before = text_head(s, blank), after = text_tail(s, blank + 1);

	if (is_moment(before, after))
		return true;
	if (is_digit_at(after, 0))
		return ends_in(before, "KB") || ends_in(before, "Event") || ends_in(before, "Events");
	return blank && is_digit_at(s, blank - 1) && unit_at(after);
}

const char *words_bound(struct arena *a, const char *text)
{
	struct span s = span_of(text);
	char *bound, *end;

	if (!memchr(s.p, ' ', s.n))
		return text;
	bound = end = arena_alloc(a, 2 * s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ' ' && binds(s, i))
			*end++ = '\xC2', *end++ = '\xA0';
		else
			*end++ = s.p[i];
	}
	return bound;
}

/* ---- cells ---- */

bool field_is_number(const struct field *f)
{
	switch (f->type) {
	case T_INT:
	case T_ID:
	case T_REAL:
	case T_BYTES:
	case T_PERCENT:
	case T_MINUTES:
	case T_DWORD:
	case T_RATE: return true;
	default: return false;
	}
}

bool field_for_people(const struct field *f)
{
	return f->audience != FOR_MACHINES;
}

bool table_shows(const struct table *t, size_t column)
{
	bool text = t->fields[column].type == T_TEXT;

	for (size_t r = 0; text && r < table_people_rows(t); r++) {
		const struct cell *c = &t->rows[r].cells[column];

		text = c->state == CELL_KNOWN && c->text && !*c->text;
	}
	return field_for_people(&t->fields[column]) && !(text && t->row_count);
}

size_t table_people_rows(const struct table *t)
{
	return t->people_rows && t->people_rows < t->row_count ? t->people_rows : t->row_count;
}

int cell_severity(const struct field *f, const struct cell *c)
{
	if (strcmp(f->name, "severity") != 0 || c->state == CELL_UNKNOWN || !c->text)
		return -1;
	for (int s = 0; s < SEVERITIES; s++)
		if (strcmp(c->text, severity_name((enum severity)s)) == 0)
			return s;
	return -1;
}

const char *cell_told(struct arena *a, const struct field *f, const struct cell *c)
{
	const char *words = cell_words(a, f, c);

	/* Lists and tables are bounded already: by their items shown, and each item by its length. */
	return c->state == CELL_KNOWN && (f->type == T_LIST || f->type == T_TABLE)
		       ? words
		       : words_short(a, words, TEXT_MOST);
}

static const char *joined(struct arena *a, const char *front, const char *between, const char *item)
{
	return *front ? arena_printf(a, "%s%s%s", front, between, item) : item;
}

static const char *words_list(struct arena *a, const struct list *l)
{
	const char *text = "";

	if (!l->count)
		return "none";
	for (size_t i = 0; i < l->count && i < ITEMS_SHOWN; i++)
		text = joined(a, text, ", ", words_short(a, l->items[i], TEXT_MOST));
	if (l->count > ITEMS_SHOWN)
		text = arena_printf(
			a, "%s " ELLIPSIS " and %s more", text, grouped(a, l->count - ITEMS_SHOWN));
	return text;
}

/* One row of an inner table: "system.xml, line 120"; a number says what it is, a text speaks for itself. */
static const char *words_row(struct arena *a, const struct table *t, const struct row *row)
{
	const char *text = "";

	for (size_t i = 0; i < t->field_count; i++) {
		const struct field *f = &t->fields[i];
		const struct cell *c = &row->cells[i];
		const char *words;

		/* A table inside a table inside a cell is no reading matter. */
		if (!field_for_people(f) || c->state == CELL_UNKNOWN || f->type == T_TABLE)
			continue;
		words = cell_told(a, f, c);
		text = joined(a, text, ", ",
			field_is_number(f) ? arena_printf(a, "%s %s", f->title, words) : words);
	}
	return text;
}

static const char *words_table(struct arena *a, const struct table *t)
{
	const char *text = "";

	if (!t || !t->row_count)
		return "none";
	for (size_t i = 0; i < t->row_count && i < ITEMS_SHOWN; i++)
		text = joined(a, text, "; ", words_row(a, t, &t->rows[i]));
	if (t->row_count > ITEMS_SHOWN)
		text = arena_printf(
			a, "%s " ELLIPSIS " and %s more", text, grouped(a, t->row_count - ITEMS_SHOWN));
	return text;
}

bool block_is_fact(const struct block *b)
{
	return b->kind == BLOCK_TABLE && b->table->shape == TABLE_SINGLE && b->table->row_count;
}

const char *server_headline(const struct server_report *s)
{
	for (const struct block *b = s->parts[PART_VERDICT]; b; b = b->next)
		if (b->kind == BLOCK_VERDICT)
			return b->text;
	return NULL;
}

static const char *words_known(struct arena *a, const struct field *f, const struct cell *c)
{
	int severity = cell_severity(f, c);

	if (severity >= 0)
		return severity_word((enum severity)severity);
	switch (f->type) {
	case T_INT: return words_count(a, c->number);
	case T_ID: return words_whole(a, c->number);
	case T_DWORD: return words_dword(a, c->number);
	case T_BOOL: return c->number ? "yes" : "no";
	case T_BYTES: return words_bytes(a, (double)c->number);
	case T_TIME: return words_time(a, c->number);
	case T_LOCAL: return words_clock(a, c->number, "server time");
	case T_MINUTES: return words_minutes(a, f, c->number);
	case T_REAL:
	case T_PERCENT:
	case T_RATE: return words_amount(a, f->type, c->real);
	case T_LIST: return words_list(a, &c->list);
	case T_TABLE: return words_table(a, c->table);
	default: return c->text ? c->text : "not known";
	}
}

bool table_is_constant(struct arena *a, const struct table *t, size_t column)
{
	const struct field *f = &t->fields[column];
	size_t rows = table_people_rows(t);
	const char *first;

	if (rows < 2)
		return false;
	first = cell_words(a, f, &t->rows[0].cells[column]);
	for (size_t r = 1; r < rows; r++)
		if (strcmp(first, cell_words(a, f, &t->rows[r].cells[column])) != 0)
			return false;
	return true;
}

const char *cell_words(struct arena *a, const struct field *f, const struct cell *c)
{
	switch (c->state) {
	case CELL_KNOWN: return words_known(a, f, c);
	case CELL_WORD: return c->text;
	default: return "not known";
	}
}
