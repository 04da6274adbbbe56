/* SPDX-License-Identifier: MIT
 * Do samples of performance counters count once, stand on the same clock as captures, name their machine, and
 * reach the evidence? */
#include "tests/check.h"
#include "tests/judge_case.h"

#include "owner.h"

struct sample {
	const char *local, *time, *text, *computer;
	int64_t paged, ptes, failures; /* 0: not sampled */
	uint64_t line;
};

static void sample(struct store *s, struct sample c)
{
	struct record r;
	record_start(&r, RECORD_COUNTER, c.line ? c.line : 2);
	if (c.local)
		record_number(&r, COUNTER_LOCAL, case_time(c.local));
	if (c.time)
		record_number(&r, COUNTER_TIME, case_time(c.time));
	record_words(&r, COUNTER_TIME_TEXT, c.text ? c.text : c.local);
	record_words(&r, COUNTER_COMPUTER, c.computer);
	if (c.paged)
		record_number(&r, COUNTER_PAGED, c.paged);
	if (c.ptes)
		record_number(&r, COUNTER_FREE_PTES, c.ptes);
	if (c.failures)
		record_number(&r, COUNTER_SERVER_PAGED_FAILURES, c.failures);
	store_put(s, &r, true);
}
#define SAMPLE(s, ...) sample(s, (struct sample){ __VA_ARGS__ })

static int64_t counted(struct store *s)
{
	return query_one(s, "SELECT count(*) FROM counter", -1);
}

/* "SOURCE:LINE" of the copy that is kept, and whether it says UTC. */
static const char *kept(struct store *s)
{
	static char text[100];
	struct query *q = query_open(s,
		"SELECT c.name, t.line, t.time IS NOT NULL FROM counter t JOIN source c ON c.id = t.source");
	*text = '\0';
	while (query_next(q)) {
		size_t n = strlen(text);
		snprintf(text + n, sizeof text - n, "%.*s:%d%s ", (int)query_span(q, 0).n, query_span(q, 0).p,
			(int)query_integer(q, 1), query_integer(q, 2) ? " UTC" : "");
	}
	query_close(q);
	return text;
}

/* Two exports that overlap, in either order: each sample once, and the one that says UTC. */
static void test_overlap(void)
{
	for (int turn = 0; turn < 2; turn++) {
		struct store *s = case_open(NULL);
		for (int i = 0; i < 2; i++) {
			bool utc = i == turn;
			case_begin(s, utc ? "z.csv" : "a.csv", "counters", NULL, utc ? "utc" : "local");
			SAMPLE(s, .local = "2011-02-07T08:15:42", .time = utc ? "2011-02-07T13:15:42Z" : NULL,
				.computer = "FS01", .paged = 1000, .line = 7);
			case_end(s);
		}
		CHECK_TEXT(kept(s), "z.csv:7 UTC ");
		case_begin(s, "0.csv", "counters", NULL, "third");
		/* the same in other letters; then other values, another time, another machine */
		SAMPLE(s, .local = "2011-02-07T08:15:42", .time = "2011-02-07T13:15:42Z", .computer = "fs01",
			.paged = 1000, .line = 9);
		CHECK_INT(counted(s), 1);
		CHECK_TEXT(kept(s), "0.csv:9 UTC ");
		SAMPLE(s, .local = "2011-02-07T08:15:42", .computer = "FS01", .paged = 1001);
		SAMPLE(s, .local = "2011-02-07T08:15:43", .computer = "FS01", .paged = 1000);
		SAMPLE(s, .local = "2011-02-07T08:15:42", .computer = "FS02", .paged = 1000);
		SAMPLE(s, .local = "2011-02-07T08:15:42", .computer = "FS01", .paged = 1000, .ptes = 5);
		CHECK_INT(counted(s), 5);
		/* times that a spreadsheet lost are told apart by what is left of them */
		SAMPLE(s, .text = "15:42.1", .computer = "FS01", .paged = 1000);
		SAMPLE(s, .text = "15:43.1", .computer = "FS01", .paged = 1000);
		SAMPLE(s, .text = "15:43.1", .computer = "FS01", .paged = 1000);
		CHECK_INT(counted(s), 7);
		case_end(s);
		store_close(s);
	}
}

/* A log that names its machines is the one's that it names most. */
static void test_source_owner(void)
{
	struct store *s = case_open(NULL);
	case_begin(s, "a.csv", "counters", NULL, "a");
	SAMPLE(s, .local = "2011-02-07T08:15:42", .computer = "FS02", .paged = 1);
	SAMPLE(s, .local = "2011-02-07T08:15:42", .computer = "FS01", .paged = 1);
	SAMPLE(s, .local = "2011-02-07T08:15:43", .computer = "FS01", .paged = 1);
	case_end(s);
	CHECK_INT(
		query_one(s, "SELECT s.name = 'FS01' FROM source c JOIN server s ON s.id = c.server", -1), 1);
	CHECK_INT(query_one(s, "SELECT count(*) FROM v_counter WHERE server = 'FS01'", -1), 2);
	store_close(s);
}

static void check_at(
	struct store *s, const char *text, const char *at, int offset, int quality, const char *source)
{
	struct query *q = query_open(
		s, "SELECT at, at_offset, at_quality, at_source FROM counter WHERE time_text = :text");
	query_text(q, ":text", text);
	CHECK(query_next(q));
	if (at)
		CHECK_INT(query_integer(q, 0), case_time(at));
	else
		CHECK(!query_known(q, 0));
	CHECK_INT(query_integer(q, 1), offset);
	CHECK_INT(query_integer(q, 2), quality);
	struct span words = query_span(q, 3);
	CHECK(span_equal(words, span_of(source)));
	query_close(q);
}

static void test_clock(void)
{
	struct store *s = case_open(NULL);
	case_tell(s, "FS01", FACT_UTC_OFFSET, "-05:00", -300);
	case_begin(s, "a.csv", "counters", NULL, "a");
	SAMPLE(s, .text = "utc", .local = "2011-02-07T14:15:42", .time = "2011-02-07T13:15:42Z",
		.computer = "FS01", .paged = 1);
	SAMPLE(s, .text = "local", .local = "2011-02-07T08:16:42", .computer = "FS01", .paged = 1);
	SAMPLE(s, .text = "15:42.1", .computer = "FS01", .paged = 1);
	SAMPLE(s, .text = "other", .local = "2011-02-07T08:16:42", .computer = "FS02", .paged = 1);
	case_end(s);
	case_settle(s);
	check_at(s, "utc", "2011-02-07T13:15:42Z", -300, 0, "the capture itself");
	check_at(s, "local", "2011-02-07T13:16:42Z", -300, 0, "told");
	check_at(s, "15:42.1", NULL, 0, 4, "none");
	check_at(s, "other", "2011-02-07T08:16:42Z", 0, 2, "assumed UTC");
	CHECK_INT(query_one(s, "SELECT last - first FROM source WHERE name = 'a.csv'", -1),
		case_time("2011-02-07T13:16:42Z") - case_time("2011-02-07T08:16:42Z"));
	store_close(s);
}

static void test_evidence(void)
{
	struct judge_case *c = judge_case_2003();
	judge_case_begin(c, "counters");
	SAMPLE(c->store, .local = "2009-10-14T08:00:00", .time = "2009-10-14T08:00:00Z",
		.computer = CASE_SERVER, .paged = case_mib(500), .ptes = 21000);
	SAMPLE(c->store, .local = "2009-10-14T09:00:00", .time = "2009-10-14T09:00:00Z",
		.computer = CASE_SERVER, .paged = case_mib(450), .ptes = 8100);
	SAMPLE(c->store, .text = "15:42.1", .computer = CASE_SERVER, .paged = case_mib(20));
	SAMPLE(c->store, .local = "2009-10-14T09:00:00", .computer = "FS09", .paged = case_mib(900),
		.ptes = 1);
	case_end(c->store);
	struct evidence *e = case_evidence(c);
	const struct counter_span *paged = &e->counters[COUNTER_PAGED];
	CHECK_INT(e->counter_samples, 3);
	CHECK_INT(e->counters_undated, 1);
	CHECK_INT(paged->samples, 3);
	CHECK_INT(paged->highest, case_mib(500));
	CHECK_INT(paged->highest_at, case_time("2009-10-14T08:00:00Z"));
	CHECK_INT(paged->lowest, case_mib(20));
	CHECK(paged->lowest_at == WHEN_NONE);
	CHECK_INT(paged->first, case_time("2009-10-14T08:00:00Z"));
	CHECK_INT(paged->last, case_time("2009-10-14T09:00:00Z"));
	CHECK_INT(e->free_ptes, 8100);
	CHECK_TEXT(e->free_ptes_source, "performance counters");
	CHECK_INT(e->counters[COUNTER_NONPAGED].samples, 0);
	/* 500 MiB were in use, so the maximum is no less. */
	CHECK(e->limit.known && e->limit.high >= case_mib(500));
	judge_case_close(c);
	/* Server 2003 before its first service pack counts the entries wrongly. */
	c = judge_case_open();
	case_machine(c, "Windows Server 2003", "x86", 4);
	judge_case_begin(c, "systeminfo");
	case_host(c->store, FACT_OS_VERSION, "5.2.3790 N/A", 0);
	case_end(c->store);
	judge_case_begin(c, "counters");
	SAMPLE(c->store, .local = "2009-10-14T08:00:00", .computer = CASE_SERVER, .ptes = 8100);
	case_end(c->store);
	e = case_evidence(c);
	CHECK_INT(e->service_pack, 0);
	CHECK_INT(e->free_ptes, 0);
	judge_case_close(c);
	c = judge_case_2003();
	e = case_evidence(c);
	CHECK_INT(e->counter_samples, 0);
	CHECK_INT(e->free_ptes, 0);
	CHECK(e->limit.high < case_mib(500));
	judge_case_close(c);
}

/* Said beside a verdict that no poolsnap supports, too. */
static void test_failures(void)
{
	struct judge_case *c = judge_case_open();
	const struct judgement *j;

	judge_case_begin(c, "counters");
	SAMPLE(c->store, .local = "2009-10-14T08:00:00", .computer = CASE_SERVER, .paged = 1);
	case_end(c->store);
	j = case_judge(c);
	CHECK(!list_has(&j->reasons, "failed allocations"));
	judge_case_begin(c, "counters");
	SAMPLE(c->store, .local = "2009-10-14T09:00:00", .computer = CASE_SERVER, .failures = 17);
	case_end(c->store);
	j = case_judge(c);
	CHECK_RULE("failures without a poolsnap", j, "PT-V04");
	CHECK(list_has(&j->reasons, "counted 17 failed allocations"));
	judge_case_close(c);
}

/* ---- whose captures lie beside them ---- */

static void test_owner(void)
{
	struct arena *a = arena_open();
	struct owners *b = owners_open(a, NULL);
	size_t one = owners_group(b, SPAN("")), two = owners_group(b, SPAN("")),
	       both = owners_group(b, SPAN("")), log = owners_group(b, SPAN(""));
	for (int i = 0; i < 100; i++)
		owner_counter(b, one, SPAN("FS01"));
	owner_counter(b, two, SPAN("FS01"));
	owner_counter(b, two, SPAN("FS02"));
	owner_counter(b, both, SPAN("FS01"));
	owner_counter(b, both, SPAN("FS02"));
	owner_host(b, both, SPAN("FS02"));
	owner_computer(b, log, SPAN("FS03"));
	for (int i = 0; i < 100; i++)
		owner_counter(b, log, SPAN("MON01"));
	owners_decide(b);
	CHECK_TEXT(owner_of(b, one, "pool.txt").server, "FS01");
	CHECK_TEXT(owner_of(b, one, "pool.txt").reason, "the only computer in the counters beside it");
	CHECK_TEXT(owner_of(b, two, "pool.txt").server, NULL);
	CHECK_TEXT(owner_of(b, both, "pool.txt").server, "FS02");
	CHECK_TEXT(owner_of(b, both, "pool.txt").reason, "the host name in systeminfo or the like beside it");
	CHECK_TEXT(owner_of(b, log, "pool.txt").server, "FS03");
	CHECK_TEXT(owner_of(b, log, "pool.txt").reason, "the only computer in the logs beside it");
	arena_close(a);
}

int main(void)
{
	test_overlap();
	test_source_owner();
	test_clock();
	test_evidence();
	test_failures();
	test_owner();
	return check_end();
}
