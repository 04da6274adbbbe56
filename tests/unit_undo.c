/* SPDX-License-Identifier: MIT
 * The undo text brings back what an export showed, of any type, byte for byte; where that is not shown, there
 * is none and the report says what to do. */
#include "tests/report_case.h"

#define UNDO_KEY \
	"[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management]\n"

/* PoolUsageMaximum as a source shows it. */
struct shown {
	const char *what, *parser;
	bool whole; /* the key was exported, or listed as a whole */
	const char *type;
	int64_t number;
	const char *text; /* NULL: the number is known */
	const char *line; /* that brings it back; NULL: none */
};

static const struct shown shown[] = {
	{ "absent", "regfile", true, NULL, 0, NULL, "\"PoolUsageMaximum\"=-\n" },
	{ "absent from a listing of the key", "regquery", true, NULL, 0, NULL, "\"PoolUsageMaximum\"=-\n" },
	{ "nothing", "regquery", false, NULL, 0, NULL, NULL },
	{ "a DWORD", "regfile", true, "REG_DWORD", 96, NULL, "\"PoolUsageMaximum\"=dword:00000060\n" },
	{ "the largest DWORD", "regfile", true, "REG_DWORD", UINT32_MAX, NULL,
		"\"PoolUsageMaximum\"=dword:ffffffff\n" },
	{ "a query of one value", "regquery", false, "REG_DWORD", 80, NULL, NULL },
	{ "a QWORD", "regquery", true, "REG_QWORD", 0x123456789A, NULL,
		"\"PoolUsageMaximum\"=hex(b):9a,78,56,34,12,00,00,00\n" },
	{ "a string", "regfile", true, "REG_SZ", 0, "60", "\"PoolUsageMaximum\"=\"60\"\n" },
	{ "a string from a listing", "regquery", true, "REG_SZ", 0, "60", "\"PoolUsageMaximum\"=\"60\"\n" },
	{ "an empty string", "regfile", true, "REG_SZ", 0, "", "\"PoolUsageMaximum\"=\"\"\n" },
	{ "a string with quotes", "regfile", true, "REG_SZ", 0, "a\"=-\\ ",
		"\"PoolUsageMaximum\"=\"a\\\"=-\\\\ \"\n" },
	{ "a string with a line break", "regfile", true, "REG_SZ", 0, "60\n[HKEY_LOCAL_MACHINE\\SYSTEM]",
		NULL },
	{ "a string beyond ASCII", "regfile", true, "REG_SZ", 0, "6\xC3\xB8", NULL },
	{ "bytes of a string, or a string", "regfile", true, "REG_SZ", 0, "hex(1):36,00", NULL },
	{ "a string that begins like bytes", "regfile", true, "REG_SZ", 0, "hex:6",
		NULL }, /* would be read as bytes elsewhere */
	{ "bytes", "regfile", true, "REG_BINARY", 0, "hex:3C,0,00,00",
		"\"PoolUsageMaximum\"=hex:3c,00,00,00\n" },
	{ "no bytes", "regfile", true, "REG_BINARY", 0, "hex:", "\"PoolUsageMaximum\"=hex:\n" },
	{ "bytes from a listing", "regquery", true, "REG_BINARY", 0, "3C0000",
		"\"PoolUsageMaximum\"=hex:3c,00,00\n" },
	{ "half a byte from a listing", "regquery", true, "REG_BINARY", 0, "3C000", NULL },
	{ "a dump that was not read", "regtext", true, "REG_QWORD", 0, "", NULL },
	{ "an odd type", "regfile", true, "type 0x100", 0, "hex(100):36,00",
		"\"PoolUsageMaximum\"=hex(100):36,00\n" },
	{ "a string to expand", "regfile", true, "REG_EXPAND_SZ", 0, "hex(2):36,00,30,00,00,00",
		"\"PoolUsageMaximum\"=hex(2):36,00,30,00,00,00\n" },
	{ "the same of REGEDIT4", "regfile", true, "REG_EXPAND_SZ", 0, "hex(2):36,30,00", NULL },
	{ "the same of REGEDIT4, of even length", "regfile", true, "REG_EXPAND_SZ", 0, "hex(2):36,30,36,00",
		NULL },
	{ "a list of REGEDIT4", "regfile", true, "REG_MULTI_SZ", 0, "hex(7):61,62,00,00", NULL },
	{ "the same from a listing", "regquery", true, "REG_EXPAND_SZ", 0, "hex(2):36,00,00,00", NULL },
	{ "lines as long as regedit's", "regfile", true, "REG_MULTI_SZ", 0,
		"hex(7):43,00,3a,00,5c,00,70,00,61,00,67,00,65,00,66,00,69,00,6c,00,65,00,2e,00,00,00,00,00",
		"\"PoolUsageMaximum\"=hex(7):43,00,3a,00,5c,00,70,00,61,00,67,00,65,00,66,00,69,\\\n"
		"  00,6c,00,65,00,2e,00,00,00,00,00\n" },
	{ "broken bytes", "regfile", true, "REG_BINARY", 0, "hex:3c,,00", NULL },
	{ "what is no data", "regfile", true, "invalid", 0, "0x3c", NULL },
};

static void case_shown(struct judge_case *c, const struct shown *v)
{
	judge_case_begin(c, v->parser);
	if (v->whole)
		case_host(c->store, FACT_KEY_READ, KEY_MEMORY_MANAGEMENT, 0);
	if (v->type)
		case_value(c->store, KEY_MEMORY_MANAGEMENT, "PoolUsageMaximum", v->type, v->number, v->text);
	case_end(c->store);
}

/* KB 312362 applies to a 32-bit Server 2003; with /3GB and /PAE PagedPoolSize is left alone. */
static struct judge_case *exhausted(void)
{
	struct judge_case *c = judge_case_open();

	case_machine(c, "5.2.3790 Service Pack 2", "x86", 2);
	case_switch(c, "/3GB");
	case_switch(c, "/PAE");
	SNAP(c, .hours = 0, .mmst = 100, .rest = 40);
	SNAP(c, .hours = 1, .mmst = 120, .rest = 40);
	case_2020(c, 2.5);
	return c;
}

static const struct block *named(const struct report *r, const char *name)
{
	for (const struct block *b = r->servers[0].parts[PART_ACTION]; b; b = b->next)
		if (b->name && strcmp(b->name, name) == 0)
			return b;
	return NULL;
}

static bool ends_so(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

static void try_report(const char *what, const struct report *r, const char *line)
{
	const struct block *undo = named(r, "undo"), *open = named(r, "undo-open");
	bool fine = line ? undo && !open && undo->kind == BLOCK_CODE &&
				    ends_so(undo->text, arena_printf(r->arena, UNDO_KEY "%s", line))
			 : !undo && open && open->kind == BLOCK_TEXT &&
				    strstr(open->text, "export the key first: reg export \"HKLM\\SYSTEM\\");

	if (!check_count(named(r, "reg") != NULL && fine, __FILE__, __LINE__))
		printf("%s: %s\n", what, undo ? undo->text : open ? open->text : "neither undo nor why");
}

static void test_shown(void)
{
	for (size_t i = 0; i < LEN(shown); i++) {
		struct judge_case *c = exhausted();
		struct report *r;

		case_shown(c, &shown[i]);
		r = case_report(c);
		try_report(shown[i].what, r, shown[i].line);
		if (!shown[i].whole)
			CHECK(strstr(named(r, "undo-open")->text, "no export of the key was read") != NULL);
		report_close(r);
		judge_case_close(c);
	}
}

/* One value that is not shown leaves no text at all: a file that undoes half would be taken for the whole. */
static void test_long(void)
{
	struct judge_case *c = exhausted();
	char *bytes = arena_alloc(c->arena, 6000);
	struct shown v = { "too long", "regfile", true, "REG_BINARY", 0, bytes, NULL };
	struct report *r;

	strcpy(bytes, "hex:00");
	while (strlen(bytes) < 5000)
		strcat(bytes, ",00");
	case_shown(c, &v);
	r = case_report(c);
	try_report(v.what, r, v.line);
	report_close(r);
	judge_case_close(c);
}

/* Which of two is of today, nobody knows: nothing is recommended, and nothing could be brought back. */
static void test_differ(void)
{
	static const struct shown pairs[][2] = {
		{ { "", "regfile", true, NULL, 0, NULL, NULL },
			{ "", "regfile", true, "REG_DWORD", 80, NULL, NULL } },
		{ { "", "regfile", true, "REG_DWORD", 96, NULL, NULL },
			{ "", "regfile", true, "REG_DWORD", 80, NULL, NULL } },
		{ { "", "regfile", true, "REG_DWORD", 96, NULL, NULL },
			{ "", "regfile", true, "REG_QWORD", 96, NULL, NULL } },
		{ { "", "regfile", true, "REG_BINARY", 0, "hex:60", NULL },
			{ "", "regfile", true, "REG_SZ", 0, "hex:60", NULL } },
	};

	for (size_t i = 0; i < LEN(pairs); i++) {
		struct judge_case *c = exhausted();
		struct report *r;

		case_shown(c, &pairs[i][0]);
		case_shown(c, &pairs[i][1]);
		r = case_report(c);
		CHECK(!named(r, "reg") && !named(r, "undo"));
		CHECK(named(r, "undo-open") && strstr(named(r, "undo-open")->text, "differ") &&
			strstr(named(r, "undo-open")->text, "export the key first: reg export"));
		report_close(r);
		judge_case_close(c);
	}
}

/* An export shows that it was absent, a query of one value shows 96: which came first is not known. */
static void test_query_beside(void)
{
	static const struct shown query = { "", "regquery", false, "REG_DWORD", 96, NULL, NULL };
	static const int64_t exported[] = { -1, 80, 96 };

	for (size_t i = 0; i < LEN(exported); i++) {
		struct judge_case *c = exhausted();
		struct report *r;

		case_export(c, exported[i], -1);
		case_shown(c, &query);
		r = case_report(c);
		if (exported[i] == 96)
			try_report("both show it", r, "\"PoolUsageMaximum\"=dword:00000060\n");
		else if (named(r, "undo")) /* what was exported is what was taken */
			try_report("the export", r, "\"PoolUsageMaximum\"=dword:00000050\n");
		else
			try_report("a query beside an export", r, NULL);
		report_close(r);
		judge_case_close(c);
	}
}

/* Nobody wants back what stopped the start; of normal use there is nothing to undo. */
static void test_none(void)
{
	struct judge_case *c = judge_case_open();
	struct report *r;

	case_machine(c, "5.2.3790 Service Pack 2", "x86", 2);
	case_export(c, -1, 0x20000000);
	case_logged(c, 1, "BugCheck", 1001, "0x0000003f (0x0)");
	r = case_report(c);
	CHECK(named(r, "reg") && strstr(named(r, "reg")->text, "\"PagedPoolSize\"=dword:00000000\n"));
	CHECK(!strstr(named(r, "reg")->text, "undo"));
	CHECK(!named(r, "undo") && !named(r, "undo-open"));
	CHECK(named(r, "undo-none") && strstr(named(r, "undo-none")->text, "nobody wants back"));
	report_close(r);
	judge_case_close(c);

	c = judge_case_2003();
	SNAP(c, .hours = 0, .mmst = 20, .rest = 40);
	r = case_report(c);
	CHECK(!named(r, "reg") && !named(r, "undo") && !named(r, "undo-open") && !named(r, "undo-none"));
	report_close(r);
	judge_case_close(c);
}

/* Whoever finds the files later must understand them, and a remark never becomes a line of script. */
static void test_remarks(void)
{
	struct judge_case *c = exhausted();
	struct report *r;
	const char *reg, *undo;

	case_export(c, 96, -1);
	r = case_report(c);
	reg = named(r, "reg")->text;
	undo = named(r, "undo")->text;
	CHECK(strstr(reg, "; Server FS01. Verdict PT-V12 (mmst-tune): KB 312362 applies, trim earlier.\n"));
	CHECK(strstr(reg, "; PoolUsageMaximum: from 96 decimal to 40 decimal.\n"));
	CHECK(strstr(reg,
		"\n;   reg export \"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\" "));
	CHECK(strstr(reg, "restart") && strstr(reg, "; To undo: import the undo file; or "));
	CHECK(strstr(undo, "; Server FS01. Undoes verdict PT-V12 (mmst-tune): "));
	CHECK(strstr(undo, "; PoolUsageMaximum: from 40 decimal back to 96 decimal.\n"));
	CHECK(strstr(undo, "restart"));
	report_close(r);
	judge_case_close(c);
}

int main(void)
{
	test_shown();
	test_long();
	test_differ();
	test_query_beside();
	test_none();
	test_remarks();
	return check_end();
}
