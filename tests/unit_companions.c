/* SPDX-License-Identifier: MIT
 * Companion events: which speak for or against the verdict, that many weak ones stay one, and what stops of
 * the server say. */
#include "tests/judge_case.h"

/* A case of V12 whose points are 5 (C01 2, C03 2, C05 1; no burst, not full): one more or less shows. */
static struct judge_case *plain(void)
{
	struct judge_case *c = judge_case_open();

	case_machine(c, "5.2.3790 Service Pack 2", "x86", 4);
	case_maximum(c, 1000);
	case_key(c);
	SNAP(c, .hours = 10, .mmst = 100, .rest = 60);
	case_2020(c, 10.5);
	return c;
}

#define PLAIN 5

static void check_points(
	const char *file, int line, const char *what, struct judge_case *c, int score, const char *reason)
{
	struct judgement *j = case_judge(c);

	check_rule(file, line, what, j, "PT-V12");
	if (!check_count(j->score == score, file, line))
		printf("%s: %d points, not %d\n", what, j->score, score);
	if (!check_count(!reason || list_has(&j->reasons, reason), file, line))
		printf("%s: \"%s\" is not among the reasons\n", what, reason);
	judge_case_close(c);
}
#define CHECK_POINTS(what, c, score, reason) check_points(__FILE__, __LINE__, what, c, score, reason)

static void test_kinds(void)
{
	static const struct {
		const char *what, *provider;
		int id;
		const char *strings;
		double hours;
		int points;
		const char *reason;
	} rows[] = {
		{ "1450 in a backup job", "NTBackup", 8019, "Error 1450", 11, 1, "1450" },
		{ "1450, two hours before", "NTBackup", 8019, "Error 1450", 8.6, 1, "1450" },
		{ "1450, too early", "NTBackup", 8019, "Error 1450", 8.4, 0, NULL },
		{ "1450, too late", "NTBackup", 8019, "Error 1450", 12.6, 0, NULL },
		{ "lost delayed write", "Application Popup", 26, "System Process - Lost Delayed-Write Data",
			11, 1, "Application Popup 26 (1)" },
		{ "another message box", "Application Popup", 26, "Paper jam", 11, 0, NULL },
		{ "registry not written", "Application Popup", 333, NULL, 11, 1, "Application Popup 333" },
		{ "registry not written, another day", "Application Popup", 333, NULL, 60, 0, NULL },
		{ "profile", "Userenv", 1508, "Insufficient system resources exist", 11, 1, "Userenv 1508" },
		{ "profile, another reason", "Userenv", 1508, "Access is denied", 11, 0, NULL },
		{ "Macintosh", "MacFile", 12046, NULL, 11, 1, "MacFile 12046" },
		{ "own paged limit", "Srv", 2018, "\\Device\\LanmanServer", 11, -1, "Srv 2018 (1)" },
		{ "own nonpaged limit", "Srv", 2017, NULL, 11, -1, "Srv 2017" },
		{ "table full", "Srv", 2009, NULL, 11, -1, "Srv 2009" },
		{ "IRP stack", "Srv", 2011, NULL, 11, -1, "Srv 2011" },
		{ "IRP stack, another day", "Srv", 2011, NULL, 60, 0, NULL },
		{ "no virtual memory", "Srv", 2016, NULL, 11, -1, "Srv 2016" },
		{ "attack", "Srv", 2025, NULL, 11, -1, "Srv 2025" },
		{ "Exchange store", "MSExchangeIS", 9582, NULL, 11, -1, "MSExchangeIS 9582" },
		{ "network error", "Srv", 2012, NULL, 11, 0, NULL },
		{ "work items", "Srv", 2021, NULL, 11, 0, NULL },
		{ "disk full", "Srv", 2013, NULL, 11, 0, NULL },
		{ "system call", "Srv", 2000, NULL, 11, 0, NULL },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		struct judge_case *c = plain();

		case_logged(c, rows[i].hours, rows[i].provider, rows[i].id, rows[i].strings);
		CHECK_POINTS(rows[i].what, c, PLAIN + rows[i].points, rows[i].reason);
	}
	CHECK_POINTS("nothing beside it", plain(), PLAIN, NULL);
}

/* Repeated weak evidence never becomes strong. */
static void test_many(void)
{
	struct judge_case *c = plain();

	for (int i = 0; i < 30; i++) {
		case_logged(c, 10 + 0.02 * i, "Application Popup", 333, NULL);
		case_logged(c, 10 + 0.02 * i, "NTBackup", 8019, "Error 1450");
		case_logged(c, 10 + 0.02 * i, "MacFile", 12046, NULL);
	}
	CHECK_POINTS("ninety", c, PLAIN + 1, "333 (30)");
	c = plain();
	for (int i = 0; i < 30; i++)
		case_logged(c, 10 + 0.02 * i, "Srv", 2000 + (i % 2 ? 11 : 16), NULL);
	CHECK_POINTS("thirty against", c, PLAIN - 1, "Srv 2011 (15), Srv 2016 (15)");
	c = plain();
	case_logged(c, 11, "NTBackup", 8019, "Error 1450");
	case_logged(c, 11, "Srv", 2018, NULL);
	CHECK_POINTS("one for, one against", c, PLAIN, "Srv 2018");
}

static void test_stops(void)
{
	struct judge_case *c = plain();

	case_logged(c, 12, "EventLog", 6008, NULL);
	CHECK_POINTS(
		"reset after it", c, PLAIN + 1, "1 h 30 min after Event 2020 the server had stopped without");
	c = plain();
	case_logged(c, 10, "EventLog", 6008, NULL);
	SNAP(c, .hours = 10.2, .mmst = 100, .rest = 60, .allocs = 50);
	CHECK_POINTS("reset before it", c, PLAIN, NULL);
	c = plain();
	case_logged(c, 34.6, "EventLog", 6008, NULL);
	CHECK_POINTS("reset more than a day later", c, PLAIN, NULL);
	c = plain();
	case_logged(c, 12, "USER32", 1074, NULL);
	CHECK_POINTS("restarted by somebody", c, PLAIN + 1, "was restarted by somebody (Event 1074)");
	c = plain();
	case_logged(c, 12.6, "USER32", 1074, NULL);
	CHECK_POINTS("restarted by somebody hours later", c, PLAIN, NULL);
	c = plain();
	case_logged(c, 12, "BugCheck", 1001, "0x0000004d (0x0, 0x1)");
	CHECK_POINTS("BugCheck of the pools", c, PLAIN - 1, "BugCheck 0x4D");
	c = plain();
	case_logged(c, 12, "BugCheck", 1001, "0x0000000a (0x0000004d, 0x1)");
	CHECK_POINTS("another BugCheck", c, PLAIN, NULL);
}

/* ---- boot loop ---- */

static struct judge_case *starts(int n, double apart, int64_t size)
{
	struct judge_case *c = judge_case_open();

	case_machine(c, "5.2.3790 Service Pack 2", "x86", 64);
	if (size)
		case_set(c, "PagedPoolSize", size);
	else
		case_key(c);
	SNAP(c, .hours = -5, .mmst = 40, .rest = 40);
	for (int i = 0; i < n; i++) {
		case_logged(c, apart * i, "EventLog", 6009, NULL);
		case_logged(c, apart * i, "EventLog", 6005, NULL);
	}
	return c;
}

static void test_loop(void)
{
	struct judge_case *c = starts(4, 0.1, 0xFFFFFFFF);
	struct judgement *j = case_judge(c);

	CHECK_RULE("four starts in 18 minutes", j, "PT-V01");
	CHECK(j->confidence == CONFIDENCE_LOW);
	CHECK_INT(prescribed_first(j, "PagedPoolSize"), 0);
	judge_case_close(c);

	c = starts(3, 0.1, 0xFFFFFFFF);
	CHECK_RULE("three starts", case_judge(c), "PT-V16");
	judge_case_close(c);
	c = starts(4, 0.26, 0xFFFFFFFF);
	CHECK_RULE("16 minutes apart", case_judge(c), "PT-V16");
	judge_case_close(c);
	c = starts(4, 0.1, 0);
	CHECK_RULE("no PagedPoolSize", case_judge(c), "PT-V16");
	judge_case_close(c);
	c = starts(4, 0.1, 0xFFFFFFFF);
	case_logged(c, 0.15, "USER32", 1074, NULL);
	CHECK_RULE("one of them was a restart by somebody", case_judge(c), "PT-V16");
	judge_case_close(c);
	c = starts(4, 0.1, 0xFFFFFFFF);
	case_logged(c, 7 * 24 + 1, "EventLog", 6013, NULL);
	CHECK_RULE("it ran on for a week", case_judge(c), "PT-V16");
	judge_case_close(c);
}

int main(void)
{
	test_kinds();
	test_many();
	test_stops();
	test_loop();
	return check_end();
}
