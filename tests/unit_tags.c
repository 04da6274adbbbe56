/* SPDX-License-Identifier: MIT
 * Is the table of well-known tags whole and in order, does every remedy come with its article, and does the
 * report say of a tag what is known and no more? */
#include "tests/judge_case.h"

#include "analysis/analysis.h"
#include "analysis/tag_owner.h"
#include "analysis/tag_search.h"

#define PRACTICE "general practice"

/* ---- the table ---- */

static void test_rows(void)
{
	CHECK(tag_owners_count >= 200);
	for (size_t i = 0; i < tag_owners_count; i++) {
		const struct tag_owner *t = &tag_owners[i];

		if (i)
			CHECK(strcmp(tag_owners[i - 1].tag, t->tag) < 0);
		CHECK_INT(strlen(t->tag), 4);
		CHECK(*t->owner && *t->what && *t->source);
		/* Sentences are made of them. */
		CHECK(t->what[strlen(t->what) - 1] != '.');
		CHECK((t->remedy == NULL) == (t->remedy_source == NULL));
		if (t->remedy)
			CHECK(*t->remedy && t->remedy[strlen(t->remedy) - 1] != '.' && *t->remedy_source);
	}
}

/* Every tag that the project's list of well-known tags has, so that none is lost when rows move. */
static void test_known(void)
{
	static const char tags[] =
		"MmSt MmCa MmCi MmSm MmSg MmSb MmSc MmSd MmIn MmCm Mmdl Mmdi MmRe MmAc Mmpp Vad  VadS VadF CcSc CcBc CcVp CcWq "
		"CM?? CMkb CMnb CMVw CMDa CMAl Key  NtFs Ntff NtfF Ntf0 Ntfr Ntfi NtfC NtfV NtfE FSfm FSim FSrt FMfn FMsl FMfc "
		"FMic Toke SeTd SeTl SeSd SeAt Obtb ObHd ObNm ObDi ObSq ObSc Even Muta Sema Thre Proc PsTp Port File IoNm Irp  "
		"Mdl  Io   IoSe Devi AfdB AfdC AfdE AfdX TcpE TcpL UdpA TdxI NDpp NDPt NDnd LSwi LSwn LSbf LSsr LSmf LSpr LStc "
		"LS2i SmMs RxSc RxFc VoSm VoSh VoSx EtwB EtwP Wmip Gla? Ggb  Ttfd Uspi Uswd Gtmp LeoC D851 None Ddk  Pool ";

	CHECK_INT(strlen(tags) % 5, 0);
	for (const char *p = tags; *p; p += 5) {
		char tag[5] = { p[0], p[1], p[2], p[3], 0 };
		const struct tag_owner *found = tag_owner_find(tag);

		CHECK_TEXT(found ? found->tag : NULL, tag);
	}
}

static void test_remedies(void)
{
	static const struct {
		const char *tags; /* of five characters each, the last a blank */
		const char *source, *words;
	} rows[] = {
		{ "Toke SeTd SeTl PsIm ", "KB 912480 for Exchange 2003; the rest is general practice",
			"Handle Count" },
		{ "Obtb ObHd Even ", PRACTICE, "Handle Count" },
		{ "CM31 CM25 CM16 CM35 CM?? ", PRACTICE, "hive" },
		{ "CMkb Key  ", PRACTICE, "registry handles" },
		{ "NtFs Ntff NtfF Ntf0 ", PRACTICE, "open" },
		{ "NtfV ", "Q195541", "mounting" },
		{ "FSrt FsRt ", "Q174764 for the leak, Q283102 for the print server", "NetPopUp" },
		{ "MmRe MmCi ", PRACTICE, "relocated" },
		{ "Gh05 Gla1 Usqu ", PRACTICE, "GDI" },
		{ "ViMm D851 R300 ", PRACTICE, "display driver" },
		{ "IoNm ", PRACTICE, "filter driver" },
		{ "Irp  ", PRACTICE, "filter driver" },
		{ "Mdl  ", "Q315817 for Tdpipe.sys; the rest is general practice", "Tdpipe.sys" },
		{ "AfdB ", "Q293841, KB 931311, KB 927493", "MSG_OOB" },
		{ "AfdE Afde TCPt ", "Q164823", "" },
		{ "TCPu ", "Q221926", "" },
		{ "NDPt ", "Q262479", "broadcast" },
		{ "Proc ", "Q257626", "Internet Explorer 5" },
		{ "Thre ", PRACTICE, "thread" },
		{ "Mmdi ", "winfsp issue 534", "virtio" },
		{ "TMRL ", "Q317151", "driver" },
		{ "NwFw ", "Q224547", "Routing" },
		{ "MFeS ", "medium.com/@clintcolding", "5.6.0" },
		{ "LeoC ", "Q272568", "10.3.1.13" },
		{ "LSwi LSwn LSbf ", PRACTICE, "MaxWorkItems" },
		{ "MmSt ", "KB 312362", "PoolUsageMaximum" },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		for (const char *p = rows[i].tags; *p; p += 5) {
			char tag[5] = { p[0], p[1], p[2], p[3], 0 };
			const struct tag_owner *found = tag_owner_find(tag);

			CHECK_TEXT(found ? found->remedy_source : tag, rows[i].source);
			CHECK(found && found->remedy && strstr(found->remedy, rows[i].words));
		}
	/* What has no article names none. */
	for (size_t i = 0; i < tag_owners_count; i++)
		if (tag_owners[i].remedy && strcmp(tag_owners[i].remedy_source, PRACTICE) == 0)
			CHECK(!strstr(tag_owners[i].remedy, "KB ") && !strstr(tag_owners[i].remedy, "(Q"));
}

static void test_find(void)
{
	static const struct {
		const char *tag, *row;
	} rows[] = {
		{ "CMkb", "CMkb" },
		{ "CM31", "CM??" },
		{ "Gla5", "Gla?" },
		{ "Gh05", "Gh05" },
		{ "Gh04", "Gh??" },
		{ "Rxzz", "Rx??" },
		{ "LSwx", "LSw?" },
		{ "Irp ", "Irp " },
		{ "Irp", NULL },
		{ " Irp", NULL },
		{ "irp ", NULL },
		{ "NtFC", "NtFC" },
		{ "NtfC", "NtfC" },
		{ "Ntfc", "Ntfc" },
		{ "Zzzz", NULL },
		{ "", NULL },
		{ "CM311", NULL },
		{ "\\x00", NULL },
	};
	static const struct {
		const char *pattern, *tag;
		int open;
	} patterns[] = {
		{ "Gla?", "Gla5", 1 },
		{ "G???", "Gla5", 3 },
		{ "Gla5", "Gla5", 0 },
		{ "Gh??", "Gla5", -1 },
		{ "Zb* ", "Zbxy", 2 },
		{ "Zb*x", "Zb*x", 0 },
		{ "Zb* ", "Zcxy", -1 },
		{ "Gl", "Gl", -1 },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		const struct tag_owner *found = tag_owner_find(rows[i].tag);

		CHECK_TEXT(found ? found->tag : NULL, rows[i].row);
	}
	for (size_t i = 0; i < LEN(patterns); i++)
		CHECK_INT(tag_open_places(patterns[i].pattern, patterns[i].tag), patterns[i].open);
}

static void test_unmarked(void)
{
	static const struct {
		const char *tag, *plain;
	} rows[] = {
		{ "Pro\\xE3", "Proc" },
		{ "Tok\\xE5", "Toke" },
		{ "Eve\\xEE", "Even" },
		{ "Pro\\x63", NULL },
		{ "Proc", NULL },
		{ "Pro\\xE", NULL },
		{ "Pro\\xG3", NULL },
		{ "Pro\\x E", NULL },
		{ "Pro\\x-1", NULL },
		{ "Pro\\xE3x", NULL },
		{ "Pr\\xE3x", NULL },
		{ "", NULL },
	};

	for (size_t i = 0; i < LEN(rows); i++) {
		char plain[5] = "";

		CHECK_INT(tag_unmarked(rows[i].tag, plain), rows[i].plain != NULL);
		CHECK_TEXT(plain, rows[i].plain ? rows[i].plain : "");
	}
}

/* ---- the search for a driver ---- */

/* Characters that could end the search text or change the command line never reach it. */
static void test_search(void)
{
	static const struct {
		const char *tag, *first; /* NULL: no search */
	} rows[] = {
		{ "Abcd", "findstr /m /l Abcd \"%SystemRoot%\\System32\\drivers\\*.sys\"" },
		{ "Abc ", "findstr /m /l hAbc \"%SystemRoot%\\System32\\drivers\\*.sys\"" },
		{ " Abc", "findstr /m /l hAbc \"%SystemRoot%\\System32\\drivers\\*.sys\"" },
		{ "Dh 1", "findstr /m /l /c:\"Dh 1\" \"%SystemRoot%\\System32\\drivers\\*.sys\"" },
		{ "-abc", "findstr /m /l /c:\"-abc\" \"%SystemRoot%\\System32\\drivers\\*.sys\"" },
		{ "@GM2", "findstr /m /l /c:\"@GM2\" \"%SystemRoot%\\System32\\drivers\\*.sys\"" },
		{ "Ab  ", NULL },
		{ "    ", NULL },
		{ "a%b%", NULL },
		{ "a\"&b", NULL },
		{ "a^bc", NULL },
		{ "a|bc", NULL },
		{ "a>bc", NULL },
		{ "a!b!", NULL },
		{ "/s:b", NULL },
		{ "a\\bc", NULL },
		{ "ab\\x0Ac", NULL },
		{ "a\nbc", NULL },
		{ "ab\xC3\xA9", NULL },
	};
	struct arena *a = arena_open();

	for (size_t i = 0; i < LEN(rows); i++) {
		const char *why = NULL, *commands = tag_search_commands(a, rows[i].tag, &why);

		CHECK_INT(commands != NULL, rows[i].first != NULL);
		CHECK_INT(why != NULL, rows[i].first == NULL);
		if (commands)
			CHECK_TEXT(arena_printf(a, "%.*s", (int)strcspn(commands, "\n"), commands),
				rows[i].first);
	}
	CHECK_TEXT(tag_search_commands(a, "Abcd", &(const char *){ NULL }),
		"findstr /m /l Abcd \"%SystemRoot%\\System32\\drivers\\*.sys\"\n"
		"findstr /m /l /s Abcd \"%SystemRoot%\\*.sys\"\n"
		"findstr /m /l /s Abcd \"%ProgramFiles%\\*.sys\"\n"
		"findstr /m /l /s Abcd \"%SystemDrive%\\*.sys\"\n");
	arena_close(a);
}

/* ---- the report ---- */

/* The steps of "Do this", a line each, then the searches. */
static const char *steps_of(struct judge_case *c, struct report *r)
{
	const char *text = "";

	case_settle(c->store);
	analysis_store(r, c->store, NULL, &thresholds_default);
	CHECK_INT(r->server_count, 1);
	for (const struct block *b = r->server_count ? r->servers[0].parts[PART_ACTION] : NULL; b;
		b = b->next)
		if (b->kind == BLOCK_STEPS)
			for (size_t i = 0; i < b->items.count; i++)
				text = arena_printf(c->arena, "%s%s\n", text, b->items.items[i]);
		else if (b->kind == BLOCK_CODE)
			text = arena_printf(c->arena, "%s[%s]\n%s", text, b->name, b->text);
	return text;
}

/* A 32-bit Server 2003 whose pool another tag than MmSt exhausts. */
static struct judge_case *other_consumer(const char *tag)
{
	struct judge_case *c = judge_case_2003();

	SNAP(c, .hours = 0, .mmst = 30, .rest = 60, .tag = tag, .tag_mib = 190);
	SNAP(c, .hours = 1, .mmst = 30, .rest = 60, .tag = tag, .tag_mib = 200);
	case_2020(c, 1.1);
	return c;
}

static void check_steps(
	const char *what, struct judge_case *c, const char *const *want, size_t want_count, const char *never)
{
	struct report *r = report_open();
	const char *got = steps_of(c, r);

	for (size_t i = 0; i < want_count; i++)
		if (!check_count(strstr(got, want[i]) != NULL, __FILE__, __LINE__))
			printf("%s: no \"%s\" in\n%s\n", what, want[i], got);
	if (!check_count(!never || !strstr(got, never), __FILE__, __LINE__))
		printf("%s: \"%s\" in\n%s\n", what, never, got);
	report_close(r);
	judge_case_close(c);
}
#define CHECK_STEPS(what, c, never, ...) \
	check_steps(what, c, (const char *const[]){ __VA_ARGS__ }, \
		LEN(((const char *const[]){ __VA_ARGS__ })), never)

static void test_steps(void)
{
	struct judge_case *c;

	CHECK_STEPS("known", other_consumer("Toke"), "[findstr]",
		"The tag is Toke: security (nt): access tokens (Microsoft's pooltag.txt).\n",
		"(KB 912480 for Exchange 2003; the rest is general practice).\n",
		"more than 5,000 in one process", "more than 100 more in an hour", "Set no value");
	CHECK_STEPS("marked", other_consumer("Tok\\xE5"), "[findstr]",
		"The tag is Tok\\xE5: security (nt): access", "more than 5,000 in one process");
	CHECK_STEPS("known, held by no handle", other_consumer("FMfn"), "Handle Count",
		"The tag is FMfn: filter", "update the filters (general practice).\n");
	CHECK_STEPS("known, no remedy", other_consumer("SeAt"), "[findstr]", "The tag is SeAt: security (nt)",
		"No remedy is published for this tag");
	CHECK_STEPS("unknown", other_consumer("Abcd"), "Handle Count",
		"The tag is Abcd: not in the list of well-known tags; unknown", "!poolused 4", "PoolHitTag",
		"Driver Verifier", "[findstr]\nfindstr /m /l Abcd ", "%ProgramFiles%");
	CHECK_STEPS("three letters", other_consumer("Abc "), "findstr /m /l Abc",
		"[findstr]\nfindstr /m /l hAbc ");
	CHECK_STEPS("not for a command line", other_consumer("a&%b"), "[findstr]", "The tag is a&%b: not in",
		"by hand", "!poolused 4");

	/* The user's list says who, the table what helps; a tag that only the list has needs no search. */
	c = other_consumer("Toke");
	judge_case_begin(c, "pooltag");
	{
		struct record r;

		record_start(&r, RECORD_OWNER, 1);
		record_text(&r, OWNER_TAG, SPAN("Toke"));
		record_text(&r, OWNER_MODULE, SPAN("acme.sys"));
		store_put(c->store, &r, true);
	}
	case_end(c->store);
	CHECK_STEPS("listed by the user", c, "Microsoft's pooltag.txt",
		"The tag is Toke: acme.sys (per source-", "KB 912480");

	/* Nonpaged: the tag's remedy is printed there too. */
	c = judge_case_2003();
	SNAP(c, .hours = 0, .mmst = 30, .rest = 30, .nonpaged_tag = "TMRL", .nonpaged_mib = 90);
	SNAP(c, .hours = 1, .mmst = 30, .rest = 30, .nonpaged_tag = "TMRL", .nonpaged_mib = 95);
	case_2019(c, 1.1);
	CHECK_STEPS("nonpaged", c, "[findstr]", "The tag is TMRL: Emulex", "(Q317151)");

	/* MmSt leads, but another tag rises as well. */
	c = judge_case_2003();
	for (int i = 0; i < 6; i++)
		SNAP(c, .hours = i, .mmst = 100 + 10 * i, .rest = 60, .tag = "Abcd", .tag_mib = 20 + 9 * i);
	case_2020(c, 5.1);
	CHECK_STEPS("rival", c, "Handle Count",
		"Deal with the other consumer first.\nThe tag is Abcd: not in",
		"[findstr]\nfindstr /m /l Abcd ");
}

static void test_table(void)
{
	struct judge_case *c = other_consumer("Abcd");
	struct report *r = report_open();
	bool mmst = false, unknown = false;

	steps_of(c, r);
	for (size_t i = 0; i < r->servers[0].data_count; i++) {
		const struct table *t = r->servers[0].data[i];

		for (size_t k = 0; strcmp(t->name, "tags") == 0 && k < t->row_count; k++) {
			const char *tag = table_cell(t, k, "tag")->text;

			if (strcmp(tag, "MmSt") == 0) {
				mmst = true;
				CHECK_TEXT(table_cell(t, k, "owner")->text,
					"memory manager (nt): prototype page table entries of mapped files: of the file"
					" cache and of sections");
				CHECK_TEXT(table_cell(t, k, "owner_source")->text, "Microsoft's pooltag.txt");
			} else if (strcmp(tag, "Abcd") == 0) {
				unknown = true;
				CHECK_INT(table_cell(t, k, "owner")->state, CELL_UNKNOWN);
				CHECK_INT(table_cell(t, k, "owner_source")->state, CELL_UNKNOWN);
			}
		}
	}
	CHECK(mmst && unknown);
	report_close(r);
	judge_case_close(c);
}

int main(void)
{
	test_rows();
	test_known();
	test_remedies();
	test_find();
	test_unmarked();
	test_search();
	test_steps();
	test_table();
	return check_end();
}
