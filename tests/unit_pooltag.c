/* SPDX-License-Identifier: MIT
 * Are the user's tag lists read right and nothing else taken for one; and does the report name the owner that
 * they name: the server's file before a shared one, exact tags before wildcards, in any order of reading? */
#include "tests/check.h"
#include "tests/gather.h"
#include "tests/judge_case.h"

#include "analysis/analysis.h"

extern const struct parser parser_pooltag;

#define THREE "Aaaa - a.sys - x\nBbbb - b!c - y\nCccc - <unknown> - z\n"

/* ---- reading ---- */

static const struct {
	const char *bytes, *want;
} examples[] = {
	{ "rem a\nREM\n// b\n\n  // c\nAbcd - acme.sys - does things\r\n",
		"6 owner tag=Abcd module=acme.sys text=does things\n" },
	{ "Ab   - acme.sys   -  a - b-c\n", "1 owner tag=Ab   module=acme.sys text=a - b-c\n" },
	{ "Afd? - afd-2.sys - x\nAf*  - afd.sys -x\nD 1- - d.exe- x\n",
		"1 owner tag=Afd? module=afd-2.sys text=x\n2 owner tag=Af*  module=afd.sys text=x\n"
		"3 owner tag=D 1- module=d.exe text=x\n" },
	{ "Zd   - only a text\nZe   -\nrem1 - x.sys - a tag\n",
		"1 owner tag=Zd   text=only a text\n2 owner tag=Ze  \n3 owner tag=rem1 module=x.sys text=a tag\n" },
	{ "1MEM   -     el90 el91\n", "1 owner tag=1MEM module=el90 el91\n" },
	{ "Pro\xE3 - p.sys - x\n     - p.sys - x\nno row\n\xE4\xB8\x80"
	  "bcd - a.sys - x\n",
		"1 owner tag=Pro\\xE3 module=p.sys text=x\n"
		"2 note lines that are no row of a tag list (four characters, a dash, who it is): 3; skipped\n" },
	{ "Abcd - a.sys - once\nAbcd - a.sys - once\n",
		"1 owner tag=Abcd module=a.sys text=once\n2 owner tag=Abcd module=a.sys text=once\n" },
};

static void try_examples(void)
{
	for (size_t i = 0; i < LEN(examples); i++) {
		struct gathered *g = gather(&parser_pooltag, span_of(examples[i].bytes));

		CHECK_TEXT(g->text, examples[i].want);
		CHECK(!g->bad_text);
		free(g);
	}
}

static void try_bids(void)
{
	static const char *const others[] = {
		"Aaaa - a.sys - x\nBbbb - b!c - y\n", /* too few */
		" Memory: 4193848K Avail: 1234567K\n Tag  Type     Allocs\n MmSt Paged   -2045911175   -12 - 3\n",
		"- one.sys - two\n- three.sys - four\n- five.sys - six\n- seven.sys - eight\n",
		"  * one - two\n  * three - four\n  * five - six\n",
		"Note - this is prose - really\nMore - of the same - again\nThat - is all - here\nLast - word - now\n",
		THREE "one\ntwo\nthree\n",
	};

	CHECK_INT(gather_bid(&parser_pooltag, SPAN("rem list\n" THREE)), 80);
	CHECK_INT(
		gather_bid(&parser_pooltag, SPAN("1MEM   -     a\n2MEM   -     b c\n3MEM   -     d\n")), 80);
	for (size_t i = 0; i < LEN(others); i++)
		CHECK(gather_bid(&parser_pooltag, span_of(others[i])) < BID_LEAST);
}

static void try_damage(void)
{
	char copy[] = "rem a\n" THREE "1MEM   -     a\nZ\xE3? - q!r - \xC3\xA9\n";
	unsigned random = 1;

	for (size_t n = 0; n < sizeof copy; n++) {
		struct gathered *g = gather(&parser_pooltag, (struct span){ copy, n });

		CHECK(!g->bad_text);
		free(g);
		random = random * 1664525u + 1013904223u;
		copy[(random >> 8) % (sizeof copy - 1)] = (char)(random >> 24);
	}
}

/* ---- who owns it ---- */

static const struct list_file {
	const char *name, *server;
	struct {
		const char *tag, *module, *text;
	} rows[6];
} files[] = {
	{ "x/localtag.txt", CASE_SERVER, { { "Abcd", "acme", NULL }, { "Ownd", "mine", NULL } } },
	{ "x/pooltag.txt", CASE_SERVER,
		{ { "Abcd", "acme.sys", "names" }, { "Abc?", "own.sys", "any" }, { "Dupl", "a.sys", "x" },
			{ "Dupl", "a.sys", "x" }, { "Dupl", "b.sys", "y" }, { "Dupl", "<unknown>", "z" } } },
	{ "pooltag.txt", NULL,
		{ { "Abcx", "shared.sys", "exact" }, { "Ownd", "shared.sys", "not shown" },
			{ "Toke", "t!x", "said" }, { "Ab* ", "wide.sys", "open" },
			{ "Z*  ", "z.sys", "wide" }, { "Zz??", "zz.sys", "near" } } },
	{ "other/pooltag.txt", "FS02",
		{ { "Abcd", "stranger", "of another server" }, { "Only", "s", "t" } } },
};

static void put_file(struct store *s, const struct list_file *f)
{
	case_begin(s, f->name, "pooltag", f->server ? f->server : STORE_UNNAMED, f->name);
	for (size_t i = 0; i < LEN(f->rows) && f->rows[i].tag; i++) {
		struct record r;

		record_start(&r, RECORD_OWNER, i + 1);
		record_text(&r, OWNER_TAG, span_of(f->rows[i].tag));
		if (f->rows[i].module)
			record_text(&r, OWNER_MODULE, span_of(f->rows[i].module));
		if (f->rows[i].text)
			record_text(&r, OWNER_TEXT, span_of(f->rows[i].text));
		store_put(s, &r, true);
	}
	case_end(s);
}

static int64_t server_id(struct store *s, const char *name)
{
	struct query *q = query_open(s, "SELECT id FROM server WHERE name = :name");
	int64_t id = -1;

	query_text(q, ":name", name);
	if (query_next(q))
		id = query_integer(q, 0);
	query_close(q);
	return id;
}

static const struct {
	const char *tag, *what;
	bool remedy;
} owners[] = {
	{ "Abcd", "acme (per localtag.txt); or acme.sys: names (per pooltag.txt)", false },
	{ "Abcx", "shared.sys: exact (per pooltag.txt)", false }, /* exact, though shared, before Abc? */
	{ "Abcz", "own.sys: any (per pooltag.txt)", false },
	{ "Abzz", "wide.sys: open (per pooltag.txt)", false },
	{ "Zzab", "zz.sys: near (per pooltag.txt)", false },
	{ "Zaab", "z.sys: wide (per pooltag.txt)", false },
	{ "Ownd", "mine (per localtag.txt)", false },
	{ "Dupl", "a.sys: x; or b.sys: y (per pooltag.txt; 1 more)", false },
	{ "Toke", "t!x: said (per pooltag.txt)", true },
	{ "CM31", "registry (configuration manager, nt): internal data: hives, cells, keys", true },
	{ "Only", NULL, false },
	{ "abcd", NULL, false },
	{ "\\x00\\x00\\x00\\x00", NULL, false },
};

static void try_owners(void)
{
	for (int order = 0; order < 2; order++) {
		struct arena *a = arena_open();
		struct store *s = case_open(NULL);
		struct evidence *e;
		struct report *r = report_open();

		for (size_t i = 0; i < LEN(files); i++)
			put_file(s, &files[order ? LEN(files) - 1 - i : i]);
		case_settle(s);
		e = evidence_load(s, server_id(s, CASE_SERVER), CASE_SERVER, &thresholds_default, a);
		for (size_t i = 0; i < LEN(owners); i++) {
			struct owner_found found = evidence_owner(e, owners[i].tag);

			CHECK_TEXT(found.what ? found.what : "(nobody)",
				owners[i].what ? owners[i].what : "(nobody)");
			CHECK_INT(found.remedy != NULL, owners[i].remedy);
		}
		/* What lies with no server makes none. */
		analysis_store(r, s, NULL, &thresholds_default);
		CHECK_INT(r->server_count, 2);
		report_close(r);
		store_close(s);
		arena_close(a);
	}
}

/* ---- boot switches ---- */

static void put_switches(struct store *s, const char *name, const char *a, const char *b)
{
	const char *const facts[][2] = { { FACT_SWITCHES_READ, "x" }, { FACT_SWITCH, a },
		{ FACT_SWITCH, b } };
	struct record r;

	case_begin(s, name, "bootini", CASE_SERVER, name);
	for (size_t i = 0; i < LEN(facts); i++) {
		if (!facts[i][1])
			continue;
		record_start(&r, RECORD_HOST, i + 1);
		record_text(&r, HOST_NAME, span_of(facts[i][0]));
		record_text(&r, HOST_TEXT, span_of(facts[i][1]));
		store_put(s, &r, true);
	}
	case_end(s);
}

static const struct {
	const char *sources[3][3];
	bool known, gb3;
	int64_t user_va;
	const char *differ;
} switches[] = {
	{ { { NULL } }, false, false, 0, NULL },
	{ { { "boot.ini" } }, true, false, 0, NULL },
	{ { { "boot.ini", "/3GB" } }, true, true, 0, NULL },
	{ { { "b", "increaseuserva 3000", "nx OptIn" } }, true, true, 3000, NULL },
	{ { { "b", "increaseuserva 2048" } }, true, false, 0, NULL },
	{ { { "b", "increaseuserva many" } }, true, false, 0, NULL },
	{ { { "a", "/3GB", "/SOS" }, { "b", "/3GB", "/FASTDETECT" } }, true, true, 0, NULL },
	{ { { "b" }, { "a", "/PAE", "/3GB" }, { "c", "/3GB" } }, true, true, 0,
		"a: /3GB /PAE; b: none; c: /3GB" },
};

static void try_switches(void)
{
	for (size_t i = 0; i < LEN(switches); i++)
		for (int order = 0; order < 2; order++) {
			struct arena *a = arena_open();
			struct store *s = case_open(NULL);
			struct evidence *e;

			case_tell(s, CASE_SERVER, FACT_OS, "2003", 0);
			for (int k = 0; k < 3; k++) {
				const char *const *f = switches[i].sources[order ? 2 - k : k];

				if (f[0])
					put_switches(s, f[0], f[1], f[2]);
			}
			case_settle(s);
			e = evidence_load(s, server_id(s, CASE_SERVER), CASE_SERVER, &thresholds_default, a);
			CHECK_INT(e->switches_known, switches[i].known);
			CHECK_INT(e->machine.switch_3gb, switches[i].gb3);
			CHECK_INT(e->machine.user_va, switches[i].user_va);
			CHECK_TEXT(e->switches_differ ? e->switches_differ : "(no)",
				switches[i].differ ? switches[i].differ : "(no)");
			store_close(s);
			arena_close(a);
		}
}

int main(void)
{
	try_examples();
	try_bids();
	try_damage();
	try_owners();
	try_switches();
	return check_end();
}
