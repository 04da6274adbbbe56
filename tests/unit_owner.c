/* SPDX-License-Identifier: MIT
 * Is a capture given to the machine that its folder speaks of, and to none where that is in doubt? */
#include "owner.h"
#include "tests/check.h"

static struct arena *a;

static struct owners *with_group(size_t *group, const char *told)
{
	struct owners *b = owners_open(a, told);

	*group = owners_group(b);
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
	CHECK_TEXT(owner_server(b, snaps), "fs01"); /* the store tells no letters apart by case */
	CHECK_TEXT(owner_server(b, group), "fs01");
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
	CHECK_TEXT(owner_server(b, first), "FS01");
	CHECK_TEXT(owner_server(b, deep), "FS02");
	CHECK(owner_server(b, group) == NULL);
	CHECK(owner_reason(b, group) != NULL);
}

static void several_in_one_folder(void)
{
	size_t group;
	struct owners *b = with_group(&group, NULL);

	events(b, group, "FS01", 377);
	events(b, group, "FS02", 434);
	owner_host(b, group, SPAN("FS02"));
	owners_decide(b);
	CHECK(owner_server(b, group) == NULL);

	/* Nine in ten: a renamed server, whose systeminfo has the new name. */
	b = with_group(&group, NULL);
	events(b, group, "WIN-SETUP", 9);
	events(b, group, "FS01", 91);
	owner_host(b, group, SPAN("FS01"));
	owners_decide(b);
	CHECK_TEXT(owner_server(b, group), "FS01");

	/* The systeminfo is of another machine than the log. */
	b = with_group(&group, NULL);
	events(b, group, "FS01", 100);
	owner_host(b, group, SPAN("FS09"));
	owners_decide(b);
	CHECK(owner_server(b, group) == NULL);

	b = with_group(&group, NULL);
	for (int i = 0; i < 100; i++)
		events(b, group, arena_printf(a, "PC%d", i), 1);
	events(b, group, "FS01", 5000);
	owners_decide(b);
	CHECK(owner_server(b, group) == NULL);
}

static void names_of_one_machine(void)
{
	size_t group, other;
	struct owners *b = with_group(&group, NULL);

	events(b, group, "FS01.corp.example", 10);
	owner_host(b, group, SPAN("FS01"));
	other = owners_group(b);
	owners_decide(b);
	CHECK_TEXT(owner_server(b, group), "FS01.corp.example");
	CHECK_TEXT(owner_server(b, other), "FS01.corp.example"); /* the run's only server */

	b = with_group(&group, NULL);
	events(b, group, "FS01.a.example", 10);
	events(b, group, "FS01.b.example", 10);
	owners_decide(b);
	CHECK(owner_server(b, group) == NULL);
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
		empty = owners_group(b);
		for (size_t i = 0; i < LEN(one); i++)
			if (i % 2)
				events(b, logs, one[(first + i) % LEN(one)], 5);
			else
				owner_host(b, group, span_of(one[(first + i) % LEN(one)]));
		owners_decide(b);
		CHECK_TEXT(owner_server(b, empty), "FS01.corp.example");
	}
	for (size_t first = 0; first < LEN(two); first++) {
		size_t group, empty, folders[LEN(two)];
		struct owners *b = with_group(&group, NULL);

		for (size_t i = 0; i < LEN(two); i++)
			folders[i] = owners_group(b);
		empty = owners_group(b);
		for (size_t i = 0; i < LEN(two); i++)
			events(b, folders[i], two[(first + i) % LEN(two)], 5);
		owners_decide(b);
		CHECK(owner_server(b, empty) == NULL);
		for (size_t i = 0; i < LEN(two); i++)
			CHECK_TEXT(owner_server(b, folders[i]), two[(first + i) % LEN(two)]);

		/* all in one folder: in no order do they become one machine */
		b = with_group(&group, NULL);
		for (size_t i = 0; i < LEN(two); i++)
			events(b, group, two[(first + i) % LEN(two)], i ? 5 : 500);
		owners_decide(b);
		CHECK_TEXT(owner_server(b, group), two[first]); /* nine in ten */
	}
}

static void told_or_nothing(void)
{
	size_t group;
	struct owners *b = with_group(&group, "FS07");

	events(b, group, "FS01", 1);
	CHECK_TEXT(owner_server(b, group), "FS07"); /* before deciding too */
	owners_decide(b);
	CHECK_TEXT(owner_server(b, group), "FS07");

	b = with_group(&group, NULL);
	owners_decide(b);
	CHECK(owner_server(b, group) == NULL);
}

int main(void)
{
	a = arena_open();
	one_computer();
	folder_of_servers();
	several_in_one_folder();
	names_of_one_machine();
	orders_of_names();
	told_or_nothing();
	arena_close(a);
	return check_end();
}
