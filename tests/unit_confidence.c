/* SPDX-License-Identifier: MIT
 * How sure is a verdict, point by point, and how severe is what was found? */
#include "tests/judge_case.h"

static const char *const levels[] = { "none", "low", "medium", "high" };

/* ---- the points of V12 and V9 ---- */

/* Nothing but what the row says: a told maximum of 1,000 MiB, so that the pool is never near it. */
struct points {
	const char *what;
	double mmst, rest;
	double before; /* MiB less an hour earlier; 0: one capture */
	double event;  /* hours; the last capture is at 1 */
	bool also_2019, text;
	const char *os, *arch; /* NULL: 5.2.3790, x86 */
	int64_t percent;       /* set; 0: none */
	double maximum;        /* 0: 1,000 */
	int score;
	enum confidence confidence; /* with the caps of what is not known */
	const char *rule;           /* NULL: PT-V12 */
};

static const struct points rows[] = {
	{ .what = "2 h, 40 %, 80 MiB",
		.mmst = 100,
		.rest = 60,
		.event = 1.5,
		.score = 5,
		.confidence = CONFIDENCE_HIGH },
	/* +2 within two hours of a capture of the same boot, on either side; +1 anywhere */
	{ .what = "just within 2 h after",
		.mmst = 100,
		.rest = 60,
		.event = 2.99,
		.score = 5,
		.confidence = CONFIDENCE_HIGH },
	{ .what = "just beyond",
		.mmst = 100,
		.rest = 60,
		.event = 3.01,
		.score = 4,
		.confidence = CONFIDENCE_MEDIUM },
	{ .what = "within 2 h before",
		.mmst = 100,
		.rest = 60,
		.event = -0.99,
		.score = 5,
		.confidence = CONFIDENCE_HIGH },
	{ .what = "more than 2 h before",
		.mmst = 100,
		.rest = 60,
		.event = -1.01,
		.score = 4,
		.confidence = CONFIDENCE_MEDIUM },
	/* +2 from 40 % of the pool on, +1 when merely the largest */
	{ .what = "40 % to the byte",
		.mmst = 100,
		.rest = 150,
		.event = 1.5,
		.score = 5,
		.confidence = CONFIDENCE_HIGH },
	{ .what = "39.9 %",
		.mmst = 100,
		.rest = 150.7,
		.event = 1.5,
		.score = 4,
		.confidence = CONFIDENCE_MEDIUM },
	/* +1 from 80 MB on */
	{ .what = "80 MiB", .mmst = 80, .rest = 60, .event = 1.5, .score = 5, .confidence = CONFIDENCE_HIGH },
	{ .what = "79.9 MiB",
		.mmst = 79.9,
		.rest = 60,
		.event = 1.5,
		.score = 4,
		.confidence = CONFIDENCE_MEDIUM },
	{ .what = "small and merely the largest",
		.mmst = 30,
		.rest = 60,
		.event = 3.5,
		.score = 2,
		.confidence = CONFIDENCE_LOW },
	/* +1 for a visible burst or from 80 % of the maximum on; not twice */
	{ .what = "a burst of a tenth",
		.mmst = 100,
		.rest = 60,
		.before = 16.1,
		.event = 1.5,
		.score = 6,
		.confidence = CONFIDENCE_HIGH },
	{ .what = "a smaller rise",
		.mmst = 100,
		.rest = 60,
		.before = 15.9,
		.event = 1.5,
		.score = 5,
		.confidence = CONFIDENCE_HIGH },
	{ .what = "80 % of the maximum",
		.mmst = 100,
		.rest = 60,
		.event = 1.5,
		.maximum = 200,
		.score = 6,
		.confidence = CONFIDENCE_HIGH },
	{ .what = "79 %",
		.mmst = 100,
		.rest = 60,
		.event = 1.5,
		.maximum = 202.5,
		.score = 5,
		.confidence = CONFIDENCE_HIGH },
	{ .what = "both",
		.mmst = 100,
		.rest = 60,
		.before = 16.1,
		.event = 1.5,
		.maximum = 200,
		.score = 6,
		.confidence = CONFIDENCE_HIGH },
	/* +1 for 1450 beside 2020 */
	{ .what = "1450 too",
		.mmst = 79,
		.rest = 60,
		.event = 1.5,
		.text = true,
		.score = 5,
		.confidence = CONFIDENCE_HIGH },
	/* -2 for 2019 */
	{ .what = "2019 too",
		.mmst = 100,
		.rest = 60,
		.event = 1.5,
		.also_2019 = true,
		.score = 3,
		.confidence = CONFIDENCE_MEDIUM },
	{ .what = "2019 too, and little else",
		.mmst = 79,
		.rest = 60,
		.event = 1.5,
		.also_2019 = true,
		.score = 2,
		.confidence = CONFIDENCE_LOW },
	/* V9 counts the same, one level lower: an export carries no time */
	{ .what = "60 set",
		.mmst = 100,
		.rest = 60,
		.event = 1.5,
		.percent = 60,
		.score = 5,
		.confidence = CONFIDENCE_MEDIUM,
		.rule = "PT-V09" },
	{ .what = "60 set, little seen",
		.mmst = 79,
		.rest = 60,
		.event = 1.5,
		.percent = 60,
		.score = 4,
		.confidence = CONFIDENCE_LOW,
		.rule = "PT-V09" },
};

static void put_points(struct judge_case *c, const struct points *p)
{
	const char *os = p->os ? p->os : "5.2.3790 Service Pack 2";

	case_machine(c, *os ? os : NULL, p->arch ? p->arch : "x86", 4);
	case_maximum(c, p->maximum > 0 ? p->maximum : 1000);
	if (p->percent)
		case_set(c, "PoolUsageMaximum", p->percent);
	else
		case_key(c);
	if (p->before > 0)
		SNAP(c, .hours = 0, .mmst = p->mmst - p->before, .rest = p->rest);
	SNAP(c, .hours = 1, .mmst = p->mmst, .rest = p->rest);
	case_2020(c, p->event);
	if (p->also_2019)
		case_2019(c, p->event);
	if (p->text)
		case_logged(c, p->event, "NTBackup", 8019, "Error 1450");
}

static void test_points(void)
{
	for (size_t i = 0; i < LEN(rows); i++) {
		struct judge_case *c = judge_case_open();
		struct judgement *j;

		put_points(c, &rows[i]);
		j = case_judge(c);
		CHECK_RULE(rows[i].what, j, rows[i].rule ? rows[i].rule : "PT-V12");
		if (!check_count(j->score == rows[i].score && j->confidence == rows[i].confidence, __FILE__,
			    __LINE__))
			printf("%s: score %d, %s; not %d, %s\n", rows[i].what, j->score,
				levels[j->confidence], rows[i].score, levels[rows[i].confidence]);
		/* Every point is told with its sign. */
		int told = 0;

		for (size_t k = 0; k < j->reasons.count; k++)
			if ((j->reasons.items[k][0] == '+' || j->reasons.items[k][0] == '-') &&
				j->reasons.items[k][2] == ':')
				told += (j->reasons.items[k][0] == '-' ? -1 : 1) *
					(j->reasons.items[k][1] - '0');
		CHECK_INT(told, rows[i].score);
		judge_case_close(c);
	}
}

/* ---- what lowers and what caps ---- */

/* The best case there is, with one thing not known. */
static struct judge_case *best(const char *os, const char *arch, double ram, bool key, bool offset)
{
	struct judge_case *c = offset ? judge_case_open() : judge_case_open_untold();

	case_machine(c, os, arch, ram);
	if (key)
		case_key(c);
	case_full(c);
	return c;
}

static void check_sure(const char *file, int line, const char *what, struct judge_case *c, const char *rule,
	enum confidence confidence, const char *reason)
{
	struct judgement *j = case_judge(c);

	check_rule(file, line, what, j, rule);
	if (!check_count(j->confidence == confidence, file, line))
		printf("%s: %s, not %s\n", what, levels[j->confidence], levels[confidence]);
	if (!check_count(!reason || list_has(&j->reasons, reason), file, line))
		printf("%s: \"%s\" is not among the reasons\n", what, reason);
	judge_case_close(c);
}
#define CHECK_SURE(what, c, rule, confidence, reason) \
	check_sure(__FILE__, __LINE__, what, c, rule, confidence, reason)

#define OS2003 "5.2.3790 Service Pack 2"

static void test_caps(void)
{
	struct judge_case *c = best(OS2003, "x86", 2, true, true);

	case_2020(c, 1.2);
	CHECK_SURE("all is known", c, "PT-V12", CONFIDENCE_HIGH, NULL);
	c = best(OS2003, NULL, 2, true, true);
	case_2020(c, 1.2);
	CHECK_SURE("architecture not known", c, "PT-V12", CONFIDENCE_MEDIUM, "medium at most");
	c = best(NULL, "x86", 2, true, true);
	case_2020(c, 1.2);
	CHECK_SURE("Windows not known", c, "PT-V12", CONFIDENCE_MEDIUM, "medium at most");
	c = best(OS2003, "x86", 2, false, true);
	case_2020(c, 1.2);
	CHECK_SURE("the present value is not known", c, "PT-V12", CONFIDENCE_MEDIUM, "PoolUsageMaximum");
	c = best(OS2003, "x86", 2, true, false);
	case_2020(c, 1.2);
	CHECK_SURE("times taken as UTC", c, "PT-V12", CONFIDENCE_MEDIUM, "UTC");
	/* of 168 MB 60 % are exceeded by the rest alone, of 354 they are not: the ends of the maximum
	 * disagree */
	c = best(OS2003, "x86", 0, true, true);
	SNAP(c, .hours = 1.1, .mmst = 201, .rest = 190);
	case_2020(c, 1.2);
	CHECK_SURE("both ends raised by what was seen: one verdict", c, "PT-V12", CONFIDENCE_HIGH, NULL);
	c = judge_case_open();
	case_machine(c, OS2003, "x86", 0);
	case_key(c);
	SNAP(c, .hours = 1, .mmst = 55, .rest = 105);
	case_2020(c, 1.2);
	CHECK_SURE("the ends disagree", c, "PT-V07", CONFIDENCE_LOW, "PT-V12");

	/* F6 caps every verdict */
	c = best(NULL, NULL, 2, true, true);
	SNAP(c, .hours = 1.1, .mmst = 40, .rest = 60, .tag = "Toke", .tag_mib = 250);
	case_2020(c, 1.2);
	CHECK_SURE("another tag, Windows not known", c, "PT-V06", CONFIDENCE_MEDIUM, "medium at most");
	c = best(OS2003, "x86", 2, true, true);
	SNAP(c, .hours = 1.1, .mmst = 40, .rest = 60, .tag = "Toke", .tag_mib = 250);
	case_2020(c, 1.2);
	CHECK_SURE("another tag", c, "PT-V06", CONFIDENCE_HIGH, "Toke");

	/* words of other programs instead of 2020: one level lower */
	c = best(OS2003, "x86", 2, true, true);
	case_logged(c, 1.2, "NTBackup", 8019, "Error 1450");
	CHECK_SURE("1450 for 2020", c, "PT-V12", CONFIDENCE_MEDIUM, "no Event 2020");
	c = judge_case_open();
	case_machine(c, OS2003, "x86", 2);
	case_set(c, "PoolUsageMaximum", 40);
	case_full(c);
	case_logged(c, 1.2, "NTBackup", 8019, "Error 1450");
	CHECK_SURE("1450 for 2020, 40 set", c, "PT-V08", CONFIDENCE_LOW, "no Event 2020");
}

/* What each of the other verdicts is worth. */
static void test_fixed(void)
{
	struct judge_case *c;

	c = best(OS2003, "x86", 2, true, true);
	case_set(c, "PagedPoolSize", 0x20000000);
	case_maximum(c, 352);
	case_logged(c, 2, "BugCheck", 1001, "0x0000003f (0x0)");
	CHECK_SURE("V1", c, "PT-V01", CONFIDENCE_MEDIUM, "set before that stop");
	c = best("4.0.1381", NULL, 1, true, true);
	CHECK_SURE("V2", c, "PT-V02", CONFIDENCE_HIGH, NULL);
	c = best("Windows Server 2012 R2", NULL, 8, true, true);
	case_2020(c, 1.2);
	CHECK_SURE("V3", c, "PT-V03", CONFIDENCE_HIGH, NULL);
	c = judge_case_2003();
	case_2020(c, 1.2);
	CHECK_SURE("V4", c, "PT-V04", CONFIDENCE_NONE, NULL);
	c = best(OS2003, "x86", 2, true, true);
	case_2019(c, 1.2);
	CHECK_SURE("V5", c, "PT-V05", CONFIDENCE_HIGH, NULL);
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 72, .rest = 215);
	case_2020(c, 1.2);
	CHECK_SURE("V7", c, "PT-V07", CONFIDENCE_MEDIUM, NULL);
	/* high by the rule table, one level lower for the export without a time */
	c = best(OS2003, "x86", 2, true, true);
	case_set(c, "PoolUsageMaximum", 40);
	case_2020(c, 1.2);
	CHECK_SURE("V8", c, "PT-V08", CONFIDENCE_MEDIUM, "export carries no time");
	c = judge_case_2003();
	for (int k = 0; k < 4; k++)
		SNAP(c, .hours = 10 + 3 * k, .mmst = 190 + 5 * k, .rest = 90);
	CHECK_SURE("V10", c, "PT-V10", CONFIDENCE_MEDIUM, NULL);
	c = best(OS2003, "x86", 2, true, true);
	case_2020(c, 9);
	CHECK_SURE("V11", c, "PT-V11", CONFIDENCE_LOW, NULL);
	c = best(OS2003, "x64", 8, true, true);
	case_2020(c, 1.2);
	CHECK_SURE("V13", c, "PT-V13", CONFIDENCE_MEDIUM, NULL);
	c = best(OS2003, "x86", 2, true, true);
	CHECK_SURE("V14", c, "PT-V14", CONFIDENCE_MEDIUM, NULL);
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 140, .rest = 90);
	CHECK_SURE("V15", c, "PT-V15", CONFIDENCE_MEDIUM, NULL);
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
	case_quiet_log(c, 0);
	CHECK_SURE("V16", c, "PT-V16", CONFIDENCE_HIGH, NULL);
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
	case_logged(c, 0, "EventLog", 6005, NULL);
	CHECK_SURE("V16 by a log of one event", c, "PT-V16", CONFIDENCE_MEDIUM, "holds 1 event only");
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
	case_quiet_log(c, 0);
	c->record += 6;
	case_logged(c, 24.5, "EventLog", 6013, NULL);
	CHECK_SURE("V16, 6 of 56 records missing", c, "PT-V16", CONFIDENCE_MEDIUM, "11 % of");
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
	case_quiet_log(c, 0);
	c->record += 5;
	case_logged(c, 24.5, "EventLog", 6013, NULL);
	CHECK_SURE("V16, 5 of 55 records missing", c, "PT-V16", CONFIDENCE_HIGH, NULL);
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
	CHECK_SURE("V16 without a log", c, "PT-V16", CONFIDENCE_MEDIUM, "no event log");
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 40, .rest = 20, .printed = 70, .live = true);
	case_quiet_log(c, 0);
	CHECK_SURE("V16 by a screen", c, "PT-V16", CONFIDENCE_MEDIUM, "copy of the screen");
	c = best("5.1.2600", "x86", 1, true, true);
	case_2020(c, 1.2);
	CHECK_SURE("V17", c, "PT-V17", CONFIDENCE_LOW, NULL);
	c = best("5.0.2195 Service Pack 1", "x86", 1, true, true);
	case_2020(c, 1.2);
	CHECK_SURE("V17 of an old Windows 2000", c, "PT-V17", CONFIDENCE_LOW, "Service Pack 2");
}

/* ---- what takes away the "ok" of normal use ---- */

static struct evidence *quiet_server(struct judge_case *c)
{
	SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
	case_quiet_log(c, 0);
	return case_evidence(c);
}

static void test_no_health(void)
{
	struct judge_case *c = judge_case_2003();
	struct evidence *e = quiet_server(c);
	struct judgement *j = judge(e, c->arena);

	CHECK(j->rule == RULE_V16 && j->severity == SEVERITY_OK && j->confidence == CONFIDENCE_HIGH);
	CHECK_INT(j->raise.count, 0);
	e->unread = 2;
	j = judge(e, c->arena);
	CHECK(j->rule == RULE_V16 && j->severity == SEVERITY_NOT_ASSESSED &&
		j->confidence == CONFIDENCE_MEDIUM);
	CHECK(list_has(&j->reasons, "2 files could not be read (PT-C25)"));
	e->unread = 0;
	e->counters[COUNTER_SERVER_PAGED_FAILURES] = (struct counter_span){ .samples = 3, .highest = 17 };
	j = judge(e, c->arena);
	CHECK(j->rule == RULE_V16 && j->severity == SEVERITY_WARNING && j->confidence == CONFIDENCE_MEDIUM);
	CHECK(list_has(&j->reasons, "(PT-C23)"));
	e->counters[COUNTER_SERVER_PAGED_FAILURES].samples = 0;
	e->own_limits_met = 1;
	j = judge(e, c->arena);
	CHECK(j->severity == SEVERITY_WARNING);
	judge_case_close(c);
}

/* ---- thresholds that were set ---- */

/* Each moves one condition just past what the best case shows. */
static void test_set_thresholds(void)
{
	static const struct {
		enum threshold_id id;
		double value;
		const char *rule, *reason;
	} moved[] = {
		{ THRESHOLD_NEAR, 0.1, "PT-V12", "is within 0.1 h of it (PT-C02)" },
		{ THRESHOLD_NEAR_MOST, 0.1, "PT-V11", "within 0.1 h of one" },
		{ THRESHOLD_SHARE_STRONG, 70, "PT-V12", "holds 69.0 % of the paged pool, less than 70 %" },
		{ THRESHOLD_BURST_WINDOW, 0.6, "PT-V12", "rose by 50.0 MiB within 0.6 h" },
		{ THRESHOLD_BURST_VISIBLE, 50, "PT-V12", "the pool was 82 % used" },
	};

	for (size_t i = 0; i < LEN(moved); i++) {
		struct judge_case *c = best(OS2003, "x86", 2, true, true);
		struct thresholds t = thresholds_default;
		struct judgement *j;

		case_2020(c, 1.2);
		t.value[moved[i].id] = moved[i].value;
		c->thresholds = &t;
		j = case_judge(c);
		CHECK_RULE(threshold_table[moved[i].id].name, j, moved[i].rule);
		if (!check_count(list_has(&j->reasons, moved[i].reason), __FILE__, __LINE__))
			printf("%s: \"%s\" is not among the reasons\n", threshold_table[moved[i].id].name,
				moved[i].reason);
		judge_case_close(c);
	}
}

/* ---- severity ---- */

static void check_severity(
	const char *file, int line, const char *what, struct judge_case *c, enum severity severity)
{
	struct judgement *j = case_judge(c);

	if (!check_count(j->severity == severity, file, line))
		printf("%s: %s by %s, not %s\n", what, severity_name(j->severity), rules[j->rule].id,
			severity_name(severity));
	judge_case_close(c);
}
#define CHECK_SEVERITY(what, c, severity) check_severity(__FILE__, __LINE__, what, c, severity)

static struct judge_case *used(double mib, int64_t percent)
{
	struct judge_case *c = judge_case_2003();

	if (percent >= 0)
		case_set(c, "PoolUsageMaximum", percent);
	SNAP(c, .hours = 1, .mmst = mib * 0.7, .rest = mib * 0.3);
	case_quiet_log(c, 0);
	return c;
}

static void test_severity(void)
{
	struct judge_case *c;

	/* 2020 or 2019: whatever the verdict */
	c = used(80, -1);
	case_2020(c, 1.2);
	CHECK_SEVERITY("2020", c, SEVERITY_ERROR);
	c = used(80, -1);
	case_2019(c, 1.2);
	CHECK_SEVERITY("2019", c, SEVERITY_ERROR);
	c = judge_case_2003();
	case_2020(c, 1.2);
	CHECK_SEVERITY("2020, no poolsnap", c, SEVERITY_ERROR);
	c = used(300, -1);
	case_maximum(c, 300);
	CHECK_SEVERITY("at the maximum", c, SEVERITY_ERROR);
	c = used(299, -1);
	case_maximum(c, 300);
	CHECK_SEVERITY("just below it", c, SEVERITY_WARNING);
	c = used(360, -1);
	CHECK_SEVERITY("above an assumed maximum, which was wrong then", c, SEVERITY_WARNING);
	c = used(80, -1);
	case_logged(c, 1.2, "NTBackup", 8019, "Error 1450");
	CHECK_SEVERITY("only words of other programs", c, SEVERITY_WARNING);

	CHECK_SEVERITY("82 %", used(290, -1), SEVERITY_WARNING);
	CHECK_SEVERITY("65 %", used(230, -1), SEVERITY_INFO);
	CHECK_SEVERITY("23 %", used(80, -1), SEVERITY_OK);
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 56, .rest = 24);
	CHECK_SEVERITY("23 %, but no log was read", c, SEVERITY_NOT_ASSESSED);
	CHECK_SEVERITY("nothing to judge by", judge_case_2003(), SEVERITY_NOT_ASSESSED);
	c = judge_case_open();
	SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
	CHECK_SEVERITY("a pool of no known size", c, SEVERITY_NOT_ASSESSED);

	/* a misconfigured value is worth a warning on a quiet server too */
	static const struct {
		int64_t percent;
		enum severity quiet;
	} values[] = { { 96, SEVERITY_WARNING }, { 85, SEVERITY_WARNING }, { 70, SEVERITY_WARNING },
		{ 20, SEVERITY_WARNING }, { 60, SEVERITY_OK }, { 50, SEVERITY_OK }, { 40, SEVERITY_OK },
		{ 80, SEVERITY_OK }, { 0, SEVERITY_OK } };

	for (size_t i = 0; i < LEN(values); i++)
		CHECK_SEVERITY("quiet", used(80, values[i].percent), values[i].quiet);
	CHECK_SEVERITY("65 % and 96", used(230, 96), SEVERITY_WARNING);
	c = judge_case_2003();
	case_set(c, "PoolUsageMaximum", 96);
	CHECK_SEVERITY("no poolsnap and 96", c, SEVERITY_WARNING);
	c = used(80, -1);
	case_set(c, "PagedPoolSize", 0xC0);
	CHECK_SEVERITY("192 bytes", c, SEVERITY_WARNING);
	c = used(80, 96);
	case_2020(c, 1.2);
	CHECK_SEVERITY("96 and 2020", c, SEVERITY_ERROR);

	c = judge_case_open();
	case_machine(c, "4.0.1381", NULL, 0.25);
	SNAP(c, .hours = 1, .mmst = 40, .rest = 40);
	CHECK_SEVERITY("NT 4.0", c, SEVERITY_INFO);
	c = best("4.0.1381", NULL, 1, true, true);
	case_maximum(c, 288);
	CHECK_SEVERITY("NT 4.0 full", c, SEVERITY_ERROR);
	/* Far less than was in use is a slip of the pen ("343" for 343M), not a full pool. */
	c = best("4.0.1381", NULL, 1, true, true);
	case_maximum(c, 2);
	CHECK_SEVERITY("a maximum that cannot be", c, SEVERITY_WARNING);
	c = judge_case_2003();
	case_set(c, "PagedPoolSize", 0x20000000);
	case_logged(c, 2, "BugCheck", 1001, "0x0000003f (0x0)");
	CHECK_SEVERITY("the start broke", c, SEVERITY_ERROR);
	c = judge_case_2003();
	SNAP(c, .hours = 1, .mmst = 50, .rest = 65, .tag = "CM31", .tag_mib = 110);
	CHECK_SEVERITY("another tag at 64 %", c, SEVERITY_WARNING);
}

int main(void)
{
	test_points();
	test_caps();
	test_fixed();
	test_no_health();
	test_set_thresholds();
	test_severity();
	return check_end();
}
