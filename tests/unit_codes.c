/* SPDX-License-Identifier: MIT
 * Are codes called by their right names: NTSTATUS, events of server, redirector and I/O manager? */
#include "analysis/event_code.h"
#include "analysis/ntstatus.h"

#include "tests/check.h"

static const struct {
	uint32_t code;
	const char *name;
} statuses[] = {
#include "analysis/ntstatus.inc"
};

static const struct event_code events[] = {
#include "analysis/event_code.inc"
};

/* Binary search finds every line only if the lines rise. */
static void check_statuses(void)
{
	static const uint32_t shortages[] = { 0xC0000007, 0xC0000017, 0xC0000044, 0xC000009A, 0xC00000A1,
		0xC000011F, 0xC000012C, 0xC000012D, 0xC000013D, 0xC0000205 };
	size_t rising = 1, found = 0, shortage = 0;

	CHECK_INT(LEN(statuses), 1794);
	for (size_t i = 0; i < LEN(statuses); i++) {
		const char *name = ntstatus_name(statuses[i].code);

		rising += i > 0 && statuses[i - 1].code < statuses[i].code;
		found += name && strcmp(name, statuses[i].name) == 0;
		shortage += ntstatus_is_shortage(statuses[i].code);
	}
	CHECK_INT(rising, LEN(statuses));
	CHECK_INT(found, LEN(statuses));
	CHECK_INT(shortage, LEN(shortages));
	for (size_t i = 0; i < LEN(shortages); i++)
		CHECK(ntstatus_is_shortage(shortages[i]) && ntstatus_name(shortages[i]));

	CHECK_TEXT(ntstatus_name(0xC000009A), "STATUS_INSUFFICIENT_RESOURCES");
	CHECK_TEXT(ntstatus_name(0xC0000205), "STATUS_INSUFF_SERVER_RESOURCES");
	CHECK_TEXT(ntstatus_name(0xC000014D), "STATUS_REGISTRY_IO_FAILED");
	CHECK_TEXT(ntstatus_name(0x80000016), "STATUS_VERIFY_REQUIRED");
	CHECK_TEXT(ntstatus_name(0xC0020016), "RPC_NT_OUT_OF_RESOURCES");
	CHECK_TEXT(ntstatus_name(0), "STATUS_SUCCESS"); /* not STATUS_WAIT_0 */
	CHECK_TEXT(ntstatus_name(0x80), "STATUS_ABANDONED");
	CHECK_TEXT(ntstatus_name(0xC0982001), NULL); /* in a FinalStatus of Q142617 */
	CHECK_TEXT(ntstatus_name(0xFFFFFFFF), NULL);
}

static void check_event_table(void)
{
	for (size_t i = 0; i < LEN(events); i++) {
		CHECK(event_code_find(events[i].code) != NULL);
		CHECK(events[i].symbol || events[i].meaning);
		for (size_t j = 0; j < i; j++)
			CHECK((events[i].code & 0x1FFFFFFF) != (events[j].code & 0x1FFFFFFF));
	}
}

static void check_events(void)
{
	const struct event_code *found = event_code_find(0xC0040002);

	CHECK_TEXT(srv_event_symbol(2020), "NO_PAGED_POOL");
	CHECK_TEXT(srv_event_symbol(0xC00007E4), "NO_PAGED_POOL");
	CHECK_TEXT(srv_event_meaning(2020), "system paged pool empty");
	CHECK_TEXT(srv_event_symbol(2019), "NO_NONPAGED_POOL");
	CHECK_TEXT(srv_event_symbol(2018), "PAGED_POOL_LIMIT");
	CHECK_TEXT(srv_event_symbol(0x800007D9), "CANT_GROW_TABLE");
	CHECK_TEXT(srv_event_symbol(0xC00007D9), "CANT_GROW_TABLE"); /* NT 4 */
	CHECK_TEXT(srv_event_symbol(2010), "CANT_START_SCAVENGER");
	CHECK_TEXT(srv_event_meaning(2010), NULL);
	CHECK_TEXT(srv_event_symbol(2008), NULL);
	CHECK_TEXT(srv_event_symbol(3001), NULL);       /* the redirector's */
	CHECK_TEXT(srv_event_symbol(0xC00407E4), NULL); /* another facility */
	CHECK_TEXT(srv_event_symbol(0x000007E4 | 0x40000000), NULL);
	CHECK_TEXT(srv_event_symbol(2), NULL); /* not the I/O manager's */
	CHECK(found != NULL);
	CHECK_TEXT(found ? found->symbol : NULL, "IO_ERR_INSUFFICIENT_RESOURCES");
	CHECK_TEXT(found ? found->owner : NULL, "I/O manager");
	found = event_code_find(0x80000BCB);
	CHECK_TEXT(found ? found->symbol : NULL, "CONNECTION");
	CHECK(!event_code_find(0x80040002)); /* outside facility 0 the severity counts */
	CHECK(!event_code_find(0));
}

int main(void)
{
	check_statuses();
	check_event_table();
	check_events();
	return check_end();
}
