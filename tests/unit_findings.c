/* SPDX-License-Identifier: MIT
 * Do the findings F1 to F7 stand beside the verdict where they should, and only there? */
#include "tests/judge_case.h"

#include "analysis/analysis.h"

/* A report of the only server. */
struct reported {
	struct report *report;
	const struct table *findings;
};

static struct reported reported(struct judge_case *c)
{
	struct reported r = { report_open(), NULL };

	case_settle(c->store);
	analysis_store(r.report, c->store, NULL, &thresholds_default);
	for (size_t i = 0; r.report->server_count && i < r.report->servers[0].data_count; i++)
		if (strcmp(r.report->servers[0].data[i]->name, "findings") == 0)
			r.findings = r.report->servers[0].data[i];
	return r;
}

/* The rules in the order in which they are printed, with their severities; the first is the verdict. */
static const char *rules_of(struct judge_case *c)
{
	struct reported r = reported(c);
	const char *text = "";

	for (size_t i = 1; r.findings && i < r.findings->row_count; i++)
		text = arena_printf(c->arena, "%s%s%s %s", text, *text ? ", " : "",
			table_cell(r.findings, i, "rule")->text, table_cell(r.findings, i, "severity")->text);
	report_close(r.report);
	return text;
}

static struct judge_case *quiet(void)
{
	struct judge_case *c = judge_case_open();

	case_machine(c, "5.2.3790 Service Pack 2", "x86", 4);
	SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
	return c;
}

static void check_findings(
	const char *file, int line, const char *what, struct judge_case *c, const char *want)
{
	const char *got = rules_of(c);

	if (!check_count(strcmp(got, want) == 0, file, line))
		printf("%s: \"%s\", not \"%s\"\n", what, got, want);
	judge_case_close(c);
}
#define CHECK_FINDINGS(what, c, want) check_findings(__FILE__, __LINE__, what, c, want)

static void test_percent(void)
{
	static const struct {
		int64_t percent;
		const char *findings;
	} rows[] = {
		{ 60, "" },
		{ 50, "" },
		{ 40, "" },
		{ 55, "" },
		{ 80, "" }, /* the default, said aloud */
		{ 0, "PT-F02 info" },
		{ 1, "PT-F02 warning" },
		{ 39, "PT-F02 warning" },
		{ 61, "PT-F02 warning" },
		{ 79, "PT-F02 warning" },
		{ 81, "PT-F02 warning" },
		{ 95, "PT-F02 warning" },
		{ 96, "PT-F01 warning" },
		{ 97, "PT-F02 warning" },
		{ 100, "PT-F02 warning" },
		{ 101, "PT-F02 warning" },
		{ 4294967295, "PT-F02 warning" },
	};
	struct judge_case *c;

	for (size_t i = 0; i < LEN(rows); i++) {
		c = quiet();
		case_set(c, "PoolUsageMaximum", rows[i].percent);
		CHECK_FINDINGS(arena_printf(c->arena, "PoolUsageMaximum %lld", (long long)rows[i].percent), c,
			rows[i].findings);
	}
	c = quiet();
	judge_case_begin(c, "regfile");
	case_value(c->store, KEY_MEMORY_MANAGEMENT, "PoolUsageMaximum", "REG_SZ", 0, "60");
	case_end(c->store);
	CHECK_FINDINGS("REG_SZ", c, "PT-F02 warning");
	c = quiet();
	case_key(c);
	CHECK_FINDINGS("absent from an export", c, "PT-F02 info");
	CHECK_FINDINGS("no export", quiet(), "");
	/* in other letters, and only in its own key */
	c = quiet();
	case_set(c, "poolusagemaximum", 96);
	CHECK_FINDINGS("small letters", c, "PT-F01 warning");
	c = quiet();
	judge_case_begin(c, "regfile");
	case_value(c->store, KEY_LANMAN_PARAMETERS, "PoolUsageMaximum", "REG_DWORD", 96, "");
	case_end(c->store);
	CHECK_FINDINGS("in another key", c, "");
}

/* What is wrong with it is said, not only that something is. */
static void test_percent_words(void)
{
	static const struct {
		int64_t percent;
		const char *words;
	} rows[] = {
		{ 0, "default 80" },
		{ 39, "below 40" },
		{ 61, "KB 304101" },
		{ 79, "KB 304101" },
		{ 81, "later than the default" },
		{ 96, "hexadecimal" },
		{ 100, "later than the default" },
		{ 101, "no percentage" },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct judge_case *c = quiet();
		struct reported r;

		case_set(c, "PoolUsageMaximum", rows[i].percent);
		r = reported(c);
		CHECK_INT(r.findings->row_count, 2);
		if (!check_count(strstr(table_cell(r.findings, 1, "text")->text, rows[i].words) != NULL,
			    __FILE__, __LINE__))
			printf("%lld: %s\n", (long long)rows[i].percent,
				table_cell(r.findings, 1, "text")->text);
		report_close(r.report);
		judge_case_close(c);
	}
}

static void test_size(void)
{
	static const struct {
		int64_t size;
		const char *findings, *with_3gb;
	} rows[] = {
		{ 0, "", "" },
		{ 0xC0, "PT-F03 warning", "PT-F03 warning" },
		{ 0xFFFFF, "PT-F03 warning", "PT-F03 warning" },
		{ 0x0A000000, "", "" },
		{ 0x14000000, "", "PT-F03 warning" },
		{ 0x20000000, "", "PT-F03 warning" },
		{ 0x20000001, "PT-F03 warning", "PT-F03 warning" },
		{ 0xFFFFFFFE, "PT-F03 warning", "PT-F03 warning" },
		{ 0xFFFFFFFF, "", "" },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		for (int gb3 = 0; gb3 < 2; gb3++) {
			struct judge_case *c = quiet();

			case_set(c, "PoolUsageMaximum", 60);
			case_set(c, "PagedPoolSize", rows[i].size);
			if (gb3)
				case_switch(c, "/3GB");
			CHECK_FINDINGS(arena_printf(c->arena, "PagedPoolSize 0x%llx%s",
					       (long long)rows[i].size, gb3 ? " with /3GB" : ""),
				c, gb3 ? rows[i].with_3gb : rows[i].findings);
		}
	struct judge_case *c = quiet();

	case_set(c, "PoolUsageMaximum", 60);
	judge_case_begin(c, "regfile");
	case_value(c->store, KEY_MEMORY_MANAGEMENT, "PagedPoolSize", "REG_SZ", 0, "0xffffffff");
	case_end(c->store);
	CHECK_FINDINGS("REG_SZ", c, "PT-F03 warning");
}

static void test_own_limits(void)
{
	static const struct {
		const char *what, *os, *arch, *key, *name;
		int64_t number;
		const char *findings;
	} rows[] = {
		{ "a quota", "5.2.3790", "x86", KEY_MEMORY_MANAGEMENT, "PagedPoolQuota", 128,
			"PT-F04 warning" },
		{ "no quota", "5.2.3790", "x86", KEY_MEMORY_MANAGEMENT, "PagedPoolQuota", 0, "" },
		{ "the server's own limit", "5.2.3790", "x86", KEY_LANMAN_PARAMETERS, "MaxPagedMemoryUsage",
			0x1000000, "PT-F04 warning" },
		{ "PagedPoolLimit on 32-bit 2008", "6.0.6002", "x86", KEY_MEMORY_MANAGEMENT, "PagedPoolLimit",
			256, "PT-F04 warning" },
		{ "no PagedPoolLimit", "6.0.6002", "x86", KEY_MEMORY_MANAGEMENT, "PagedPoolLimit", 0, "" },
		{ "it has no effect on 64-bit", "6.1.7601", "x64", KEY_MEMORY_MANAGEMENT, "PagedPoolLimit",
			256, "" },
		{ "2003 does not know it", "5.2.3790", "x86", KEY_MEMORY_MANAGEMENT, "PagedPoolLimit", 256,
			"" },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct judge_case *c = judge_case_open();

		case_machine(c, rows[i].os, rows[i].arch, 4);
		SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
		judge_case_begin(c, "regfile");
		case_value(c->store, rows[i].key, rows[i].name, "REG_DWORD", rows[i].number, "");
		case_end(c->store);
		CHECK_FINDINGS(rows[i].what, c, rows[i].findings);
	}
}

static void test_both_pools(void)
{
	struct judge_case *c = quiet();

	case_logged(c, 0.5, "EventLog", 6005, NULL);
	case_2020(c, 1.1);
	CHECK_FINDINGS("2020", c, "");
	c = quiet();
	case_logged(c, 0.5, "EventLog", 6005, NULL);
	case_2019(c, 1.1);
	CHECK_FINDINGS("2019", c, "");
	c = quiet();
	case_logged(c, 0.5, "EventLog", 6005, NULL);
	case_2020(c, 1.1);
	case_2019(c, 1.2);
	CHECK_FINDINGS("both", c, "PT-F05 warning");
}

/* ---- does the log cover the poolsnaps? ---- */

static void test_log_covers(void)
{
	struct judge_case *c = quiet();

	case_logged(c, 1.5, "EventLog", 6013, NULL);
	CHECK_FINDINGS("the log begins later", c, "PT-F08 warning");
	c = quiet();
	case_2020(c, 1.5);
	CHECK_FINDINGS("but it has a 2020", c, "PT-F08 info");
	c = quiet();
	case_logged(c, -30, "EventLog", 6013, NULL);
	CHECK_FINDINGS("the log ends more than a day before", c, "PT-F08 warning");
	c = quiet();
	case_logged(c, -20, "EventLog", 6013, NULL);
	CHECK_FINDINGS("a quiet day", c, "");
	c = quiet();
	case_logged(c, 0.5, "Backup", 1, NULL);
	CHECK_FINDINGS("another log says nothing", c, "");
	c = quiet();
	case_logged(c, 0.5, "EventLog", 6005, NULL);
	case_logged(c, 2, "Microsoft-Windows-Eventlog", 104, "Channel\x1eSystem|BackupPath\x1e");
	CHECK_FINDINGS("cleared after the poolsnap", c, "PT-F08 warning, PT-F09 warning");
	c = quiet();
	case_logged(c, 0.5, "EventLog", 6005, NULL);
	case_logged(c, 2, "Microsoft-Windows-Eventlog", 104, "Channel\x1ePrivate|BackupPath\x1e");
	CHECK_FINDINGS("another log was cleared", c, "");
}

static void test_log_whole(void)
{
	struct judge_case *c = quiet();
	struct evidence *e;

	case_logged(c, 0.5, "EventLog", 6005, NULL);
	c->record += 40;
	case_logged(c, 0.6, "EventLog", 6013, NULL);
	c->record += 2;
	case_logged(c, 0.7, "EventLog", 6013, NULL);
	e = case_evidence(c);
	CHECK_INT(e->log.first_id, 1);
	CHECK_INT(e->log.last_id, 45);
	CHECK_INT(e->log.missing, 42);
	CHECK_INT(e->log.gaps, 2);
	CHECK_INT(e->log.gap_after, 1);
	CHECK_FINDINGS("two gaps", c, "PT-F09 warning");

	/* Two exports that overlap, newest first, make one log without a gap; Application has ids of its
	 * own. */
	c = quiet();
	judge_case_begin(c, "events");
	for (int id = 20; id >= 8; id--)
		EVENT(c->store, .at = case_hours(0.5), .computer = CASE_SERVER, .channel = "System",
			.record = id, .provider = "EventLog", .id = 6013);
	EVENT(c->store, .at = case_hours(0.5), .computer = CASE_SERVER, .channel = "Application",
		.record = 900, .provider = "Backup", .id = 1);
	case_end(c->store);
	judge_case_begin(c, "events");
	for (int id = 3; id <= 12; id++)
		EVENT(c->store, .at = case_hours(0.5), .computer = CASE_SERVER, .channel = "System",
			.record = id, .provider = "EventLog", .id = 6013);
	case_end(c->store);
	e = case_evidence(c);
	CHECK_INT(e->log.first_id, 3);
	CHECK_INT(e->log.last_id, 20);
	CHECK_INT(e->log.missing, 0);
	CHECK_FINDINGS("whole", c, "");
}

static void test_unknown_system(void)
{
	static const struct {
		const char *os, *arch, *findings;
	} rows[] = {
		{ "5.2.3790", "x86", "" },
		{ "5.2.3790", "x64", "" },
		{ "5.2.3790", NULL, "PT-F06 info" },
		{ NULL, "x86", "PT-F06 info" },
		{ NULL, NULL, "PT-F06 info" },
		{ "Windows 2000 Server", NULL, "" },             /* there is no 64-bit one */
		{ "Windows Server 2012 R2 Standard", NULL, "" }, /* there is no 32-bit one */
		{ "Windows Server 2008", NULL, "PT-F06 info" },
		{ "Windows 10 Pro", NULL, "PT-F06 info" },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct judge_case *c = judge_case_open();

		case_machine(c, rows[i].os, rows[i].arch, 4);
		SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
		CHECK_FINDINGS(arena_printf(c->arena, "%s, %s", rows[i].os ? rows[i].os : "?",
				       rows[i].arch ? rows[i].arch : "?"),
			c, rows[i].findings);
	}
}

static void test_clock(void)
{
	struct judge_case *c = judge_case_open_untold();

	case_machine(c, "5.2.3790", "x86", 4);
	SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
	CHECK_FINDINGS("taken as UTC", c, "PT-F07 warning");
	c = quiet();
	case_logged(c, 0, "EventLog", 6005, NULL);
	/* 17:00 UTC: their noon */
	case_logged(c, 9, "EventLog", 6013, "||||8000|60|300 Eastern Standard Time");
	CHECK_FINDINGS("told is not what the log shows", c, "PT-F07 warning");
	c = quiet();
	SNAP(c, .mmst = 41, .rest = 40, .undated = true);
	CHECK_FINDINGS("one without a time", c, "PT-F07 warning");
	c = judge_case_open_untold();
	case_machine(c, "5.2.3790", "x86", 4);
	judge_case_begin(c, "systeminfo");
	case_host(c->store, FACT_UTC_OFFSET, "zone", -300);
	case_end(c->store);
	SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
	CHECK_FINDINGS("standard time only", c, "PT-F07 info");
}

/* The verdict comes first, with its advice and the capture it rests on. */
static void test_verdict(void)
{
	struct judge_case *c = judge_case_2003();
	struct reported r;

	case_full(c);
	case_2020(c, 1.2);
	r = reported(c);
	CHECK_INT(r.report->server_count, 1);
	CHECK_TEXT(table_cell(r.findings, 0, "rule")->text, "PT-V12");
	CHECK_TEXT(table_cell(r.findings, 0, "severity")->text, "error");
	CHECK_TEXT(table_cell(r.findings, 0, "confidence")->text, "high");
	CHECK(table_cell(r.findings, 0, "evidence")->table->row_count >= 2);
	report_close(r.report);
	judge_case_close(c);
}

int main(void)
{
	test_percent();
	test_percent_words();
	test_size();
	test_own_limits();
	test_both_pools();
	test_log_covers();
	test_log_whole();
	test_unknown_system();
	test_clock();
	test_verdict();
	return check_end();
}
