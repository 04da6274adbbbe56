/* SPDX-License-Identifier: MIT
 * What does a field or a dump word of an event's data mean, as far as published articles tell? The dump
 * words: Q122248 and Q136150 (2000), Q142617 (2006), Q165815 (2009), KB2885205 (2012). */
#include "analysis/event_code.h"
#include "analysis/ntstatus.h"
#include "analysis/words_parts.h"

static const char *request_meaning(uint64_t function)
{
	/* wdm.h; Srv logs from outside any request and leaves 0. */
	static const char *const names[] = {
		"IRP_MJ_CREATE, or no request at all (Srv leaves 0)",
		"IRP_MJ_CREATE_NAMED_PIPE",
		"IRP_MJ_CLOSE",
		"IRP_MJ_READ: a read request",
		"IRP_MJ_WRITE: a write request",
		"IRP_MJ_QUERY_INFORMATION",
		"IRP_MJ_SET_INFORMATION",
		"IRP_MJ_QUERY_EA",
		"IRP_MJ_SET_EA",
		"IRP_MJ_FLUSH_BUFFERS",
		"IRP_MJ_QUERY_VOLUME_INFORMATION",
		"IRP_MJ_SET_VOLUME_INFORMATION",
		"IRP_MJ_DIRECTORY_CONTROL",
		"IRP_MJ_FILE_SYSTEM_CONTROL",
		"IRP_MJ_DEVICE_CONTROL",
		"IRP_MJ_INTERNAL_DEVICE_CONTROL or IRP_MJ_SCSI",
		"IRP_MJ_SHUTDOWN",
		"IRP_MJ_LOCK_CONTROL",
		"IRP_MJ_CLEANUP",
		"IRP_MJ_CREATE_MAILSLOT",
		"IRP_MJ_QUERY_SECURITY",
		"IRP_MJ_SET_SECURITY",
		"IRP_MJ_POWER",
		"IRP_MJ_SYSTEM_CONTROL",
		"IRP_MJ_DEVICE_CHANGE",
		"IRP_MJ_QUERY_QUOTA",
		"IRP_MJ_SET_QUOTA",
		"IRP_MJ_PNP",
	};

	return function < LEN(names) ? names[function] : "no known kind of request";
}

static const char *count_text(uint64_t n, const char *noun, struct arena *a)
{
	static const char *const small[] = { "no", "one", "two", "three", "four" };
	const char *plural = n == 1 ? "" : "s";

	if (n < LEN(small))
		return arena_printf(a, "%s %s%s", small[n], noun, plural);
	return arena_printf(a, "%llu %s%s", (unsigned long long)n, noun, plural);
}

static const char *event_meaning(const struct packet *p, struct arena *a)
{
	const struct event_code *found = event_code_find((uint32_t)p->value[WORDS_ERROR_CODE]);

	if (!words_holds(p, WORDS_ERROR_CODE))
		return "";
	if (!found)
		return "not a code of Srv, Rdr or the I/O manager; the message file of its source names it";
	if (!found->symbol || !found->meaning)
		return arena_printf(
			a, "%s (%s)", found->symbol ? found->symbol : found->meaning, found->owner);
	return arena_printf(a, "%s (%s): %s", found->symbol, found->owner, found->meaning);
}

static const char *status_meaning(uint32_t status, struct arena *a)
{
	const char *name = ntstatus_name(status);

	/* Q142617 holds C0982001 here. */
	if (!name)
		return "unknown: no public NTSTATUS has this number (the field does not always hold one)";
	if (ntstatus_is_shortage(status))
		return arena_printf(a, "%s: a shortage; by itself no diagnosis", name);
	return name;
}

static const char *facility_meaning(uint64_t facility)
{
	if (facility == 0)
		return "none of its own";
	return facility == 4 ? "I/O error codes (ntiologc.h)" : "defined by the source of the event";
}

const char *words_field_meaning(const struct packet *p, enum words_field field, struct arena *a)
{
	uint64_t value = p->value[field];

	switch (field) {
	case WORDS_MAJOR_FUNCTION: return request_meaning(value);
	case WORDS_RETRY_COUNT: return "how often the request had been tried again";
	case WORDS_DUMP_DATA_SIZE: return arena_printf(a, "%s of dump data", count_text(value, "byte", a));
	case WORDS_NUMBER_OF_STRINGS:
		if (value == 0)
			return "no insertion strings";
		return arena_printf(a,
			"%s at 0x%llx of the record as logged; kept in the event's text, not here",
			count_text(value, "string", a), (unsigned long long)p->value[WORDS_STRING_OFFSET]);
	case WORDS_STRING_OFFSET: return "where the strings began in the record as logged; varies by system";
	case WORDS_EVENT_CATEGORY: return value ? "the source's own category" : "none";
	case WORDS_PADDING: return value ? "not zero; meaning not documented" : "carries nothing";
	case WORDS_ERROR_CODE:
		return arena_printf(a, "Qualifiers %llu, EventID %llu", (unsigned long long)(value >> 16),
			(unsigned long long)(value & 0xffff));
	case WORDS_EVENT_ID: return event_meaning(p, a);
	case WORDS_SEVERITY: return "the two top bits of ErrorCode";
	case WORDS_FACILITY: return facility_meaning(value);
	case WORDS_UNIQUE_ERROR_VALUE: return "the driver's mark for the place where it noticed the error";
	case WORDS_FINAL_STATUS: return status_meaning((uint32_t)value, a);
	case WORDS_SEQUENCE_NUMBER: return "the driver's number for the request";
	case WORDS_IO_CONTROL_CODE: return "of use in device control requests only";
	case WORDS_DEVICE_OFFSET: return "bytes from the start of the device, where that applies";
	default: return "";
	}
}

static const char *service_meaning(uint32_t word, struct arena *a)
{
	unsigned low = word & 0xffff, high = word >> 16;
	const char *name = low == 0xbc0 ? "SRV_SVC_NT_QUERY_INFO_FILE" : "its name is not documented";
	const char *text = arena_printf(a, "if Srv: low half is the service code 0x%04x (%s)", low, name);

	/* 0 up to NT 3.5, then 1288, 1383, 04e8 ...: Q136150 tells readers to leave this half alone. */
	return high ? arena_printf(a, "%s; high half 0x%04x varies by build, not documented", text, high)
		    : text;
}

static const char *table_meaning(uint32_t word)
{
	switch (word) {
	case 0x3e9: return "if Srv: the table that is full is FILE";
	case 0x3ea: return "if Srv: the table that is full is SEARCH";
	case 0x3eb: return "if Srv: the table that is full is SESSION";
	case 0x3ec: return "if Srv: the table that is full is TREE_CONNECT";
	default: return "if Srv: the number of a table, not documented";
	}
}

static bool dump_holds_smb(const struct packet *p)
{
	return p->dump_n >= 8 && p->dump[4] == 0xff && p->dump[5] == 'S' && p->dump[6] == 'M' &&
	       p->dump[7] == 'B';
}

const char *words_dump_meaning(const struct packet *p, size_t i, uint32_t word, struct arena *a)
{
	if (!srv_event_symbol((uint32_t)p->value[WORDS_ERROR_CODE]))
		return "set by the driver that logged the event; not decoded";
	if (p->value[WORDS_EVENT_ID] == 2006 && i > 0 && dump_holds_smb(p))
		return i == 1 ? "if Srv: the rejected request begins here (FF 'SMB')"
			      : "if Srv: rejected request";
	/* The one dword is all the articles show; more would be news. For 2017 to 2020 it has never been
	 * explained. */
	if (i == 0 && p->dump_n == 4 && p->value[WORDS_DUMP_DATA_SIZE] == 4) {
		switch (p->value[WORDS_EVENT_ID]) {
		case 2000: return service_meaning(word, a);
		case 2009: return table_meaning(word);
		case 2012:
			return arena_printf(a,
				"if Srv: line %lu of its source; varies with system, service pack and hotfix",
				(unsigned long)word);
		default: break;
		}
	}
	return "meaning not documented";
}
