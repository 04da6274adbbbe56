/* SPDX-License-Identifier: MIT
 * What is an NTSTATUS code called? Looks it up in the table that analysis/ntstatus.awk makes from mingw-w64's
 * public domain ntstatus.h. */
#include "analysis/ntstatus.h"

static const struct {
	uint32_t code;
	const char *name;
} statuses[] = {
#include "analysis/ntstatus.inc"
};

const char *ntstatus_name(uint32_t code)
{
	size_t low = 0, high = LEN(statuses);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (statuses[middle].code == code)
			return statuses[middle].name;
		if (statuses[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool ntstatus_is_shortage(uint32_t code)
{
	static const uint32_t shortages[] = {
		0xC0000007, /* PAGEFILE_QUOTA */
		0xC0000017, /* NO_MEMORY: of virtual memory or the paging file quota */
		0xC0000044, /* QUOTA_EXCEEDED */
		0xC000009A, /* INSUFFICIENT_RESOURCES */
		0xC00000A1, /* WORKING_SET_QUOTA */
		0xC000011F, /* TOO_MANY_OPENED_FILES */
		0xC000012C, /* PAGEFILE_QUOTA_EXCEEDED */
		0xC000012D, /* COMMITMENT_LIMIT */
		0xC000013D, /* REMOTE_RESOURCES */
		0xC0000205, /* INSUFF_SERVER_RESOURCES */
	};

	for (size_t i = 0; i < LEN(shortages); i++) {
		if (shortages[i] == code)
			return true;
	}
	return false;
}
