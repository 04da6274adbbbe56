/* SPDX-License-Identifier: MIT
 * Is a capture given to the machine that its folder speaks of, and to none where that is in doubt? */
#include "core/machine.h"
#include "owner.h"
#include "tests/check.h"

static struct arena *a;

static struct owners *with_group(size_t *group, const char *told)
{
	struct owners *b = owners_open(a, told);

	*group = owners_group(b, SPAN("case"));
	return b;
}

static void events(struct owners *b, size_t node, const char *computer, int count)
{
	while (count--)
		owner_computer(b, node, span_of(computer));
}

static void one_computer(void)
{
	size_t group, logs, snaps;
	struct owners *b = with_group(&group, NULL);

	logs = owners_folder(b, group, SPAN("logs"));
	snaps = owners_folder(b, group, SPAN("snaps/today"));
	CHECK(owners_folder(b, group, SPAN("snaps/today")) == snaps);
	events(b, logs, "FS01", 3);
	owner_host(b, group, SPAN("fs01"));
	owners_decide(b);
	/* the store tells no letters apart by case */
	CHECK_TEXT(owner_of(b, snaps, "snap.txt").server, "fs01");
	CHECK_TEXT(owner_of(b, group, "snap.txt").server, "fs01");
}

/* A folder of folders: each names its own machine, what lies beside both belongs to neither. */
static void folder_of_servers(void)
{
	size_t group, first, second, deep;
	struct owners *b = with_group(&group, NULL);

	first = owners_folder(b, group, SPAN("a"));
	second = owners_folder(b, group, SPAN("b"));
	deep = owners_folder(b, group, SPAN("b/poolsnaps"));
	events(b, first, "FS01", 400);
	events(b, second, "FS02", 500);
	owner_host(b, second, SPAN("FS02"));
	owners_decide(b);
	CHECK_TEXT(owner_of(b, first, "snap.txt").server, "FS01");
	CHECK_TEXT(owner_of(b, deep, "snap.txt").server, "FS02");
	CHECK(owner_of(b, group, "snap.txt").server == NULL);
	CHECK(owner_of(b, group, "snap.txt").reason != NULL);
}

static void several_in_one_folder(void)
{
	size_t group;
	struct owners *b = with_group(&group, NULL);

	events(b, group, "FS01", 377);
	events(b, group, "FS02", 434);
	owner_host(b, group, SPAN("FS02"));
	owners_decide(b);
	CHECK(owner_of(b, group, "snap.txt").server == NULL);

	/* Nine in ten: a renamed server, whose systeminfo has the new name. */
	b = with_group(&group, NULL);
	events(b, group, "WIN-SETUP", 9);
	events(b, group, "FS01", 91);
	owner_host(b, group, SPAN("FS01"));
	owners_decide(b);
	CHECK_TEXT(owner_of(b, group, "snap.txt").server, "FS01");

	/* The systeminfo is of another machine than the log. */
	b = with_group(&group, NULL);
	events(b, group, "FS01", 100);
	owner_host(b, group, SPAN("FS09"));
	owners_decide(b);
	CHECK(owner_of(b, group, "snap.txt").server == NULL);

	b = with_group(&group, NULL);
	for (int i = 0; i < 400; i++)
		events(b, group, arena_printf(a, "PC%d", i), 1);
	events(b, group, "FS01", 3000);
	owners_decide(b);
	CHECK(owner_of(b, group, "snap.txt").server == NULL);
	events(b, group, "FS01", 2000);
	CHECK_TEXT(owner_of(b, group, "snap.txt").server, "FS01");
}

static void names_of_one_machine(void)
{
	size_t group, other;
	struct owners *b = with_group(&group, NULL);

	events(b, group, "FS01.corp.example", 10);
	owner_host(b, group, SPAN("FS01"));
	other = owners_group(b, SPAN(""));
	owners_decide(b);
	CHECK_TEXT(owner_of(b, group, "snap.txt").server, "FS01.corp.example");
	CHECK_TEXT(owner_of(b, other, "snap.txt").server, "FS01.corp.example"); /* the run's only server */

	b = with_group(&group, NULL);
	events(b, group, "FS01.a.example", 10);
	events(b, group, "FS01.b.example", 10);
	owners_decide(b);
	CHECK(owner_of(b, group, "snap.txt").server == NULL);
}

static const char *server_of(const struct owners *b, size_t node, const char *file)
{
	const char *server = owner_of(b, node, file).server;

	return server ? server : "(nobody)";
}

/* FS01 alone is neither FS01.a nor FS01.b where both are there, whichever came first. */
static void short_name_of_two(void)
{
	static const char *const orders[3][3] = { { "FS01", "FS01.a.example", "FS01.b.example" },
		{ "FS01.a.example", "FS01", "FS01.b.example" },
		{ "FS01.b.example", "FS01.a.example", "FS01" } };

	for (size_t i = 0; i < LEN(orders); i++) {
		size_t group;
		struct owners *b = with_group(&group, NULL);

		for (size_t k = 0; k < 3; k++)
			events(b, group, orders[i][k], 5);
		owners_decide(b);
		CHECK_TEXT(server_of(b, group, "snap.txt"), "(nobody)");
	}
	/* Short for two names of one machine is short for one machine. */
	size_t group;
	struct owners *b = with_group(&group, NULL);

	owner_host(b, group, SPAN("FILESERVER-BERL"));
	events(b, group, "FILESERVER-BERLIN", 5);
	events(b, group, "FILESERVER-BERLIN.corp.example", 5);
	owners_decide(b);
	CHECK_TEXT(server_of(b, group, "snap.txt"), "FILESERVER-BERLIN.corp.example");

	CHECK(machine_same(SPAN("FILESERVER-BERL"), SPAN("fileserver-berlin.corp.example")));
	CHECK(!machine_same(SPAN("FILESERVER-BER"), SPAN("fileserver-berlin.corp.example")));
	CHECK(!machine_same(SPAN("FS01"), SPAN("FS010.corp.example")));
	CHECK(!machine_same(SPAN("FS01.a"), SPAN("FS01")) == false);
}

static void renamed(void)
{
	size_t group;
	struct owners *b = with_group(&group, NULL);

	events(b, group, "WIN-SETUP", 400);
	events(b, group, "FS01", 500);
	owners_decide(b);
	CHECK_TEXT(server_of(b, group, "snap.txt"), "(nobody)");

	b = with_group(&group, NULL);
	events(b, group, "WIN-SETUP", 400);
	events(b, group, "FS01", 500);
	owner_renamed(b, SPAN("WIN-SETUP"), SPAN("FS01"));
	owners_decide(b);
	CHECK_TEXT(server_of(b, group, "snap.txt"), "FS01");

	/* Names that go in a circle are still looked at once. */
	b = with_group(&group, NULL);
	events(b, group, "A1", 1);
	events(b, group, "B1", 1);
	owner_renamed(b, SPAN("A1"), SPAN("B1"));
	owner_renamed(b, SPAN("B1"), SPAN("A1"));
	owners_decide(b);
	CHECK(owner_of(b, group, "snap.txt").server != NULL);
}

/* Beside the bundle of FS01 lies one that names nobody. */
static void bundle_beside(void)
{
	size_t group, first, second;
	struct owners *b = with_group(&group, NULL);

	first = owners_folder(b, group, SPAN("one"));
	second = owners_folder(b, group, SPAN("two"));
	events(b, first, "FS01", 400);
	owner_nameless(b, first);
	owner_nameless(b, second);
	owners_decide(b);
	CHECK_TEXT(server_of(b, first, "snap.txt"), "FS01");
	CHECK_TEXT(server_of(b, second, "snap.txt"), "two");
	CHECK_TEXT(server_of(b, second, "fs01-pool.txt"), "FS01");

	/* The same within a folder that is called after the machine, and parts of one bundle. */
	b = owners_open(a, NULL);
	group = owners_group(b, SPAN("FS01"));
	first = owners_folder(b, group, SPAN("one"));
	second = owners_folder(b, group, SPAN("two"));
	events(b, first, "fs01.corp.example", 400);
	owner_nameless(b, first);
	owner_nameless(b, second);
	owners_decide(b);
	CHECK_TEXT(server_of(b, second, "snap.txt"), "fs01.corp.example");

	b = with_group(&group, NULL);
	first = owners_folder(b, group, SPAN("logs"));
	second = owners_folder(b, group, SPAN("poolsnaps/monday"));
	events(b, first, "FS01", 400);
	owner_nameless(b, second);
	owners_decide(b);
	CHECK_TEXT(server_of(b, second, "snap.txt"), "FS01");

	/* Two folders on the command line. */
	b = owners_open(a, NULL);
	first = owners_group(b, SPAN("FS01"));
	second = owners_group(b, SPAN("FS02"));
	events(b, first, "FS01", 400);
	owner_nameless(b, second);
	owners_decide(b);
	CHECK_TEXT(server_of(b, second, "snap.txt"), "FS02");
}

/* A log forwarded from many, the captures of two of them. */
static void names_of_files(void)
{
	size_t group, below;
	struct owners *b = with_group(&group, NULL);

	events(b, group, "FS01.corp.example", 100);
	events(b, group, "FS02.corp.example", 100);
	events(b, group, "FS02-B.corp.example", 100);
	below = owners_folder(b, group, SPAN("snaps of FS01"));
	owners_decide(b);
	CHECK_TEXT(server_of(b, group, "fs02_poolmon.txt"), "FS02.corp.example");
	CHECK_TEXT(server_of(b, group, "poolmon-fs02-b-0800.txt"), "FS02-B.corp.example");
	CHECK_TEXT(server_of(b, group, "fs021.txt"), "(nobody)");
	CHECK_TEXT(server_of(b, group, "fs01 and fs02.txt"), "(nobody)");
	CHECK_TEXT(server_of(b, group, "FS09_Poolmon.txt"), "FS09");
	CHECK_TEXT(server_of(b, group, "snap.txt"), "(nobody)");
	CHECK_TEXT(server_of(b, below, "snap.txt"), "FS01.corp.example");
}

/* Nothing was read that names anybody. */
static void labels(void)
{
	struct owners *b = owners_open(a, NULL);
	size_t snaps = owners_group(b, SPAN("poolsnaps")), fs = owners_group(b, SPAN("FS07")), day, none;

	day = owners_folder(b, fs, SPAN("poolsnaps/2010-11-03"));
	none = owners_group(b, SPAN(""));
	owners_decide(b);
	CHECK_TEXT(server_of(b, snaps, "snap.txt"), "(nobody)");
	CHECK_TEXT(server_of(b, none, "log_poolmon.txt"), "(nobody)");
	CHECK_TEXT(server_of(b, none, "poolmon_20101103_1405.txt"), "(nobody)");
	CHECK_TEXT(server_of(b, day, "snap.txt"), "FS07");
	CHECK_TEXT(server_of(b, day, "FS08-PoolMon.txt"), "FS08");
}

/* Which name comes first changes nothing: the full one is shown, in its first spelling by byte order, and a
 * short name that may be either of two machines is neither. */
static void orders_of_names(void)
{
	static const char *const one[] = { "fs01", "FS01.corp.example", "FS01", "fs01.CORP.example" };
	static const char *const two[] = { "FS01", "FS01.a.example", "FS01.b.example" };

	for (size_t first = 0; first < LEN(one); first++) {
		size_t group, logs, empty;
		struct owners *b = with_group(&group, NULL);

		logs = owners_folder(b, group, SPAN("logs"));
		empty = owners_group(b, SPAN(""));
		for (size_t i = 0; i < LEN(one); i++)
			if (i % 2)
				events(b, logs, one[(first + i) % LEN(one)], 5);
			else
				owner_host(b, group, span_of(one[(first + i) % LEN(one)]));
		owners_decide(b);
		CHECK_TEXT(server_of(b, empty, "snap.txt"), "FS01.corp.example");
	}
	for (size_t first = 0; first < LEN(two); first++) {
		size_t group, empty, folders[LEN(two)];
		struct owners *b = with_group(&group, NULL);

		for (size_t i = 0; i < LEN(two); i++)
			folders[i] = owners_group(b, SPAN("part"));
		empty = owners_group(b, SPAN(""));
		for (size_t i = 0; i < LEN(two); i++)
			events(b, folders[i], two[(first + i) % LEN(two)], 5);
		owners_decide(b);
		CHECK(owner_of(b, empty, "snap.txt").server == NULL);
		for (size_t i = 0; i < LEN(two); i++)
			CHECK_TEXT(server_of(b, folders[i], "snap.txt"), two[(first + i) % LEN(two)]);

		/* all in one folder: in no order do they become one machine */
		b = with_group(&group, NULL);
		for (size_t i = 0; i < LEN(two); i++)
			events(b, group, two[(first + i) % LEN(two)], i ? 5 : 500);
		owners_decide(b);
		CHECK_TEXT(server_of(b, group, "snap.txt"), two[first]); /* nine in ten */
	}
}

static void told_or_nothing(void)
{
	size_t group;
	struct owners *b = with_group(&group, "FS07");

	events(b, group, "FS01", 1);
	CHECK_TEXT(owner_of(b, group, "snap.txt").server, "FS07"); /* before deciding too */
	owners_decide(b);
	CHECK_TEXT(owner_of(b, group, "snap.txt").server, "FS07");

	b = with_group(&group, NULL);
	owners_decide(b);
	CHECK(owner_of(b, group, "snap.txt").server == NULL);
}

int main(void)
{
	a = arena_open();
	one_computer();
	folder_of_servers();
	several_in_one_folder();
	names_of_one_machine();
	short_name_of_two();
	renamed();
	bundle_beside();
	names_of_files();
	labels();
	orders_of_names();
	told_or_nothing();
	arena_close(a);
	return check_end();
}
