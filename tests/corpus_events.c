/* SPDX-License-Identifier: MIT
 * Do the facts that PROVENANCE.md tells of every event log in the corpus come out of the parser: counts,
 * first and last records, ids, times, computers, top ids, qualifiers, data; and is one log in two dialects
 * the same log? The corpus is no part of this project: without it the test says so and passes. */
#include "tests/check.h"
#include "tests/collect.h"
#include "tests/file_bytes.h"
#include "tests/gather.h"

#include "parsers/binary.h"

extern const struct parser parser_events;

#define SAME_TIME 10 /* microseconds: python-evtx rounds by up to 2.6 */

static struct arena *memory;
static const char *folder;

static const char *in_folder(struct span name)
{
	return arena_printf(memory, "%s/evtx-xml/%.*s", folder, (int)name.n, name.p);
}

static struct collected *collect_file(const char *path, int *bid, const char **missing)
{
	struct err e;
	struct os_file *file = os_open(path, &e);
	struct reader *r;
	struct collected *c;

	if (!file)
		return NULL;
	r = reader_open(os_read, file, -1);
	*bid = parser_events.probe(reader_head(r), missing);
	c = collect(&parser_events, r);
	collect_events_only(c);
	reader_close(r);
	os_close(file);
	return c;
}

/* What stands between two marks of a section; empty when it is not told. */
static struct span between(struct span text, const char *from, const char *to)
{
	const char *start = *from ? text_find(text, from) : text.p, *end;

	if (!start)
		return (struct span){ "", 0 };
	text = text_tail(text, (size_t)(start - text.p) + strlen(from));
	end = text_find(text, to);
	return text_head(text, end ? (size_t)(end - text.p) : text.n);
}

static int64_t number(struct span s)
{
	int64_t n = -1;

	text_int(text_trim(s), &n);
	return n;
}

static size_t count_text(const struct collected *c, int column, struct span text)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += span_equal(c->records[i].v[column].text, text);
	return n;
}

static size_t count_number(const struct collected *c, int column, int64_t value)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->records[i].v[column].known && c->records[i].v[column].number == value;
	return n;
}

static void check_ids(const struct collected *c, struct span section)
{
	int64_t least = INT64_MAX, most = -1, before = -1;
	bool ascending = true;

	for (size_t i = 0; i < c->n; i++) {
		int64_t id = c->records[i].v[EVENT_RECORD_ID].number;

		least = id < least ? id : least;
		most = id > most ? id : most;
		ascending = ascending && id > before;
		before = id;
	}
	CHECK_INT(least, number(between(section, "record ids min ", " max")));
	CHECK_INT(most, number(between(between(section, "record ids min ", "\n"), " max ", ",")));
	CHECK_TEXT(ascending ? "True" : "False",
		arena_text(memory, between(section, "strictly ascending: ", "\n")));
}

static void check_times(const struct collected *c, struct span section)
{
	struct span line = between(section, "\n- time min ", "\n"), max = between(line, " max ", "\n");
	when_us least = INT64_MAX, most = INT64_MIN, want;
	enum when_zone zone;

	for (size_t i = 0; i < c->n; i++) {
		const struct value *v = &c->records[i].v[EVENT_TIME];

		CHECK(v->known);
		least = v->number < least ? v->number : least;
		most = v->number > most ? v->number : most;
	}
	line.n -= max.n + strlen(" max ");
	CHECK(when_iso(line, &want, &zone) && want == least);
	CHECK(when_iso(max, &want, &zone) && want == most);
}

static void check_ends(const struct collected *c, struct span section)
{
	static const char *const marks[] = { "first in file: record ", "last in file: record " };

	for (size_t i = 0; i < LEN(marks); i++) {
		struct span fact = between(section, marks[i], i ? "\n" : "; last"), id;
		const struct value *v = c->records[i ? c->n - 1 : 0].v;

		text_cut(&fact, ',', &id);
		CHECK_INT(v[EVENT_RECORD_ID].number, number(id));
		CHECK_TEXT(arena_text(memory, v[EVENT_TIME_TEXT].text), arena_text(memory, text_trim(fact)));
	}
}

/* "NAME (N); NAME (N)" */
static void check_computers(const struct collected *c, struct span list)
{
	struct span item;
	int64_t all = 0;

	while (text_cut(&list, ';', &item)) {
		struct span count = between(item, " (", ")"), name = text_trim(item);

		name.n -= count.n + strlen(" ()");
		CHECK_INT(count_text(c, EVENT_COMPUTER, name), number(count));
		all += number(count);
	}
	CHECK_INT(all, c->n);
}

/* "PROVIDER/ID = N; …" */
static void check_top(const struct collected *c, struct span list)
{
	struct span item;

	while (text_cut(&list, ';', &item)) {
		struct span count = text_trim(between(item, " = ", "\n")), name = text_trim(item), id;
		size_t n = 0;

		name.n -= count.n + strlen(" = ");
		id = name;
		while (id.n && memchr(id.p, '/', id.n))
			id = text_tail(id, (size_t)((const char *)memchr(id.p, '/', id.n) - id.p) + 1);
		name.n -= id.n + 1;
		for (size_t i = 0; i < c->n; i++)
			n += span_equal(c->records[i].v[EVENT_PROVIDER].text, name) &&
			     c->records[i].v[EVENT_EVENT_ID].number == number(id);
		CHECK_INT(n, number(count));
	}
}

/* "('16384', 1403), ('', 140)": an empty one is none; the list ends after six. Unlike the other facts these
 * count open tags, the cut event included. */
static void check_qualifiers(const struct collected *c, struct span section)
{
	struct span item, list = between(section, "\n- Qualifiers seen: [", "];");
	int64_t cut = number(between(section, "(open tags ", ",")) - (int64_t)c->n, missing = 0;

	while (text_cut(&list, '(', &item)) {
		struct span count = between(item, "', ", ")"), value = between(item, "'", "'");

		if (!value.n || !count.n)
			continue;
		CHECK(count_number(c, EVENT_QUALIFIERS, number(value)) <= (size_t)number(count));
		missing += number(count) - (int64_t)count_number(c, EVENT_QUALIFIERS, number(value));
	}
	CHECK(missing <= cut);
}

static void check_data(const struct collected *c, struct span section)
{
	int64_t binaries = 0, forbidden = number(between(section, "well-formed as single elements: ", ")"));

	for (size_t i = 0; i < c->n; i++) {
		const struct value *v = c->records[i].v;

		binaries += v[EVENT_BINARY].known && v[EVENT_BINARY].text.n > 0;
		CHECK(!v[EVENT_BINARY_TEXT].known);
		CHECK(v[EVENT_EVENT_ID].known && v[EVENT_RECORD_ID].known && v[EVENT_PROVIDER].known &&
			v[EVENT_CHANNEL].known);
	}
	CHECK_INT(binaries, number(between(section, "non-empty Binary: ", ";")));
	for (size_t i = 0; i < c->notes_n; i++)
		if (text_find(span_of(c->notes[i].text), "characters that XML forbids"))
			forbidden -= number(between(span_of(c->notes[i].text), "", " event"));
	CHECK_INT(forbidden, 0);
}

/* One section of PROVENANCE.md; false when it tells of no event log. */
static bool check_section(struct span section)
{
	struct span name = between(section, "", "\n");
	int64_t events = number(between(section, "\n- complete events ", " ("));
	bool negative = events == 0; /* the same log as text */
	int bid = 0, failed = check_failed;
	const char *missing = NULL;
	struct collected *c;

	if (events < 0)
		return false;
	c = collect_file(in_folder(name), &bid, &missing);
	CHECK(c != NULL);
	if (!c)
		return true;
	CHECK(!c->bad_text);
	CHECK(negative ? bid < BID_LEAST && missing : bid >= 90);
	CHECK_INT(c->n, negative ? 0 : events);
	if (!negative && c->n) {
		check_ids(c, section);
		check_ends(c, section);
		check_times(c, section);
		check_computers(c, between(section, "\n- computers: ", "\n"));
		check_top(c, between(section, "\n- top 5: ", "\n"));
		check_qualifiers(c, section);
		check_data(c, section);
		CHECK(c->sink.cut == text_starts(name, "truncated/"));
	}
	if (check_failed > failed)
		printf("  in %.*s\n", (int)name.n, name.p);
	collect_free(c);
	return true;
}

/* python-evtx spells booleans, GUIDs, times and bytes its own way. */
static bool same_string(struct span a, struct span b)
{
	when_us at, bt;
	enum when_zone zone;
	struct span ab, bb;

	if (span_equal_nocase(a, b))
		return true;
	if (when_iso(a, &at, &zone) && when_iso(b, &bt, &zone))
		return at - bt <= SAME_TIME && bt - at <= SAME_TIME;
	return binary_decode(memory, a, -1, false, &ab) == BINARY_HEX &&
	       binary_decode(memory, b, -1, true, &bb) == BINARY_BASE64 && span_equal(ab, bb);
}

/* python-evtx loses count where a classic event begins with empty strings (it cuts the list at the wrong
 * place), and cannot be held to these. */
static bool lost_in_python(struct span strings)
{
	return strings.n && strings.p[0] == STRINGS_BETWEEN;
}

static bool same_strings(struct span a, struct span b)
{
	struct span a_name, a_value, b_name, b_value;
	bool a_more = strings_next(&a, &a_name, &a_value), b_more = strings_next(&b, &b_name, &b_value);

	while (a_more && b_more) {
		if (!span_equal(a_name, b_name) || !same_string(a_value, b_value))
			return false;
		a_more = strings_next(&a, &a_name, &a_value);
		b_more = strings_next(&b, &b_name, &b_value);
	}
	return a_more == b_more;
}

/* The same log by evtxexport and by python-evtx. */
static void check_twins(const char *log)
{
	const char *one = arena_printf(memory, "conv-evtxexport-%s-system.xml", log), *missing;
	const char *two = arena_printf(memory, "conv-evtx_dump_py-%s-system.xml", log);
	int bid;
	struct collected *a = collect_file(in_folder(span_of(one)), &bid, &missing);
	struct collected *b = collect_file(in_folder(span_of(two)), &bid, &missing);

	CHECK(a && b && a->n == b->n && a->n > 0);
	for (size_t i = 0; a && b && i < a->n && i < b->n; i++) {
		static const int same[] = { EVENT_COMPUTER, EVENT_CHANNEL, EVENT_PROVIDER, EVENT_SOURCE_NAME,
			EVENT_BINARY };
		static const int equal[] = { EVENT_RECORD_ID, EVENT_EVENT_ID, EVENT_QUALIFIERS, EVENT_LEVEL };
		const struct value *v = a->records[i].v, *w = b->records[i].v;
		int64_t apart = v[EVENT_TIME].number - w[EVENT_TIME].number;

		for (size_t k = 0; k < LEN(same); k++)
			CHECK(v[same[k]].known == w[same[k]].known &&
				span_equal(v[same[k]].text, w[same[k]].text));
		for (size_t k = 0; k < LEN(equal); k++)
			CHECK(v[equal[k]].known == w[equal[k]].known &&
				v[equal[k]].number == w[equal[k]].number);
		CHECK(apart <= SAME_TIME && -apart <= SAME_TIME);
		if (lost_in_python(v[EVENT_STRINGS].text))
			continue;
		CHECK(same_strings(v[EVENT_STRINGS].text, w[EVENT_STRINGS].text));
	}
	if (a)
		collect_free(a);
	if (b)
		collect_free(b);
}

/* The one real Event 2004: its numbers as they stand in the file. */
static void check_2004(void)
{
	struct gathered *g = gather(&parser_events,
		file_bytes(memory, in_folder(SPAN("eventviewer-copy-as-text-resource-exhaustion-2004.txt"))));
	const char *after = strchr(g->text, '\n');

	CHECK_TEXT(after ? after + 1 : NULL,
		"25 snapshot time=1703675835578547 time_text=2023-12-27T11:17:15.5785479Z time_source=event computer=len20"
		" scope=system view=event tool=event 2004 physical_bytes=8450822144 commit_bytes=28097462272"
		" commit_limit_bytes=28285681664 pool_nonpaged_bytes=732229632 pool_paged_bytes=843325440\n"
		"25 pool tag=Gpbm pool=paged bytes=75059936\n25 pool tag=MmSt pool=paged bytes=48371392\n"
		"25 pool tag=FMfn pool=paged bytes=31035120\n25 pool tag=smNp pool=nonpaged bytes=64679936\n"
		"25 pool tag=EtwB pool=nonpaged bytes=54911232\n25 pool tag=ConT pool=nonpaged bytes=47378432\n");
	free(g);
}

int main(void)
{
	struct span text;
	size_t sections = 0;

	memory = arena_open();
	folder = getenv("POOLTRIAGE_CORPUS");
	if (!folder)
		folder = "../shared/corpus";
	text = file_bytes(memory, in_folder(SPAN("PROVENANCE.md")));
	if (!text.p) {
		printf("skipped: corpus_events (no corpus)\n");
		arena_close(memory);
		return 0;
	}
	for (const char *next; (next = text_find(text, "\n## ")) != NULL;) {
		text = text_tail(text, (size_t)(next - text.p) + strlen("\n## "));
		sections += check_section(between(text, "", "\n## "));
	}
	CHECK(sections >= 23);
	check_2004();
	check_twins("win7-shieldbase");
	check_twins("win10-2KGM189");
	arena_close(memory);
	return check_end();
}
