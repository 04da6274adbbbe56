/* SPDX-License-Identifier: MIT
 * What do the bytes of an IO_ERROR_LOG_PACKET say? Source of the layout: Microsoft's page on the structure
 * and Q182335 (it is the same on x86 and x64); of the dump words: the articles named beside them. */
#include "analysis/words_parts.h"

static const struct {
	uint8_t offset, size;
	uint8_t shift;  /* bits of the value below the field */
	uint8_t digits; /* hex digits to print; 0: decimal */
	const char *key, *name;
} fields[WORDS_FIELDS] = {
	[WORDS_MAJOR_FUNCTION] = { 0x00, 1, 0, 2, "major_function", "MajorFunctionCode" },
	[WORDS_RETRY_COUNT] = { 0x01, 1, 0, 0, "retry_count", "RetryCount" },
	[WORDS_DUMP_DATA_SIZE] = { 0x02, 2, 0, 0, "dump_data_size", "DumpDataSize" },
	[WORDS_NUMBER_OF_STRINGS] = { 0x04, 2, 0, 0, "number_of_strings", "NumberOfStrings" },
	[WORDS_STRING_OFFSET] = { 0x06, 2, 0, 2, "string_offset", "StringOffset" },
	[WORDS_EVENT_CATEGORY] = { 0x08, 2, 0, 0, "event_category", "EventCategory" },
	[WORDS_PADDING] = { 0x0a, 2, 0, 4, "", "padding" },
	[WORDS_ERROR_CODE] = { 0x0c, 4, 0, 8, "error_code", "ErrorCode" },
	[WORDS_EVENT_ID] = { 0x0c, 2, 0, 0, "event_id", "event id" },
	[WORDS_SEVERITY] = { 0x0f, 1, 6, 0, "severity", "severity" },
	[WORDS_FACILITY] = { 0x0e, 2, 0, 3, "facility", "facility" },
	[WORDS_UNIQUE_ERROR_VALUE] = { 0x10, 4, 0, 8, "unique_error_value", "UniqueErrorValue" },
	[WORDS_FINAL_STATUS] = { 0x14, 4, 0, 8, "final_status", "FinalStatus" },
	[WORDS_SEQUENCE_NUMBER] = { 0x18, 4, 0, 0, "sequence_number", "SequenceNumber" },
	[WORDS_IO_CONTROL_CODE] = { 0x1c, 4, 0, 8, "io_control_code", "IoControlCode" },
	[WORDS_DEVICE_OFFSET] = { 0x20, 8, 0, 16, "device_offset", "DeviceOffset" },
};

static uint64_t little_endian(const uint8_t *p, size_t size)
{
	uint64_t value = 0;

	for (size_t i = size; i-- > 0;)
		value = value << 8 | p[i];
	return value;
}

static enum words_fit fit_of(size_t n, size_t dump_data_size)
{
	size_t whole = WORDS_HEADER + dump_data_size;

	if (n == whole)
		return WORDS_FIT_EXACT;
	if (n < whole)
		return WORDS_FIT_SHORT;
	return n % 4 == 0 && n - whole < 4 ? WORDS_FIT_PADDED : WORDS_FIT_LONG;
}

void words_decode(const uint8_t *bytes, size_t n, struct packet *out)
{
	*out = (struct packet){ .bytes = bytes, .n = n };
	for (size_t f = 0; f < WORDS_FIELDS; f++) {
		if (fields[f].offset + (size_t)fields[f].size <= n)
			out->value[f] =
				little_endian(bytes + fields[f].offset, fields[f].size) >> fields[f].shift;
	}
	out->value[WORDS_FACILITY] &= 0x0fff; /* the severity and two flag bits are above */
	out->fit = fit_of(n, (size_t)out->value[WORDS_DUMP_DATA_SIZE]);
	if (n > WORDS_HEADER) {
		size_t rest = n - WORDS_HEADER, said = (size_t)out->value[WORDS_DUMP_DATA_SIZE];

		out->dump_n = rest < said ? rest : said;
		out->dump = out->dump_n ? bytes + WORDS_HEADER : NULL;
		out->beyond_n = rest - out->dump_n;
	}
}

bool words_holds(const struct packet *p, enum words_field field)
{
	return fields[field].offset + (size_t)fields[field].size <= p->n;
}

const char *words_severity(const struct packet *p)
{
	static const char *const names[] = { "success", "informational", "warning", "error" };

	return words_holds(p, WORDS_SEVERITY) ? names[p->value[WORDS_SEVERITY]] : "missing";
}

bool words_names_event(const struct packet *p, int32_t qualifiers, int32_t event_id)
{
	if (!words_holds(p, WORDS_ERROR_CODE) || p->value[WORDS_EVENT_ID] != (uint64_t)event_id)
		return false;
	return qualifiers < 0 || p->value[WORDS_ERROR_CODE] >> 16 == (uint64_t)qualifiers;
}

static const char *fit_text(const struct packet *p, struct arena *a)
{
	unsigned dump = (unsigned)p->value[WORDS_DUMP_DATA_SIZE];

	if (!words_holds(p, WORDS_DUMP_DATA_SIZE))
		return arena_printf(a, "%zu bytes: too few to hold even DumpDataSize", p->n);
	switch (p->fit) {
	case WORDS_FIT_EXACT: return arena_printf(a, "%zu bytes = 40 + DumpDataSize %u", p->n, dump);
	case WORDS_FIT_PADDED:
		return arena_printf(
			a, "%zu bytes = 40 + DumpDataSize %u, rounded up to whole words", p->n, dump);
	case WORDS_FIT_SHORT:
		return arena_printf(a,
			"%zu bytes, %zu fewer than 40 + DumpDataSize %u: cut short, or not the data of a driver's event",
			p->n, WORDS_HEADER + dump - p->n, dump);
	default:
		return arena_printf(a,
			"%zu bytes, %zu more than 40 + DumpDataSize %u: not the data of a driver's event, or more than it",
			p->n, p->n - WORDS_HEADER - dump, dump);
	}
}

/* ErrorCode against the event it came with. */
static const char *name_text(
	const struct packet *p, int32_t qualifiers, int32_t event_id, bool named, struct arena *a)
{
	unsigned long code = (unsigned long)p->value[WORDS_ERROR_CODE];

	if (!words_holds(p, WORDS_ERROR_CODE))
		return "ErrorCode is missing";
	if (named)
		return qualifiers < 0 ? arena_printf(a, "ErrorCode agrees with EventID %ld", (long)event_id)
				      : arena_printf(a, "ErrorCode agrees with EventID %ld, Qualifiers %ld",
						(long)event_id, (long)qualifiers);
	if (qualifiers < 0)
		return arena_printf(a, "ErrorCode is 0x%08lx, which is event %lu and not EventID %ld", code,
			code & 0xffff, (long)event_id);
	return arena_printf(a, "ErrorCode is 0x%08lx, where Qualifiers %ld and EventID %ld make 0x%08lx",
		code, (long)qualifiers, (long)event_id,
		(unsigned long)qualifiers << 16 | (unsigned long)event_id);
}

bool words_check(
	const struct packet *p, int32_t qualifiers, int32_t event_id, struct arena *a, const char **text)
{
	bool named = event_id < 0 || words_names_event(p, qualifiers, event_id);

	*text = fit_text(p, a);
	if (event_id >= 0) {
		*text = arena_printf(a, "%s; %s", *text, name_text(p, qualifiers, event_id, named, a));
	}
	return named && (p->fit == WORDS_FIT_EXACT || p->fit == WORDS_FIT_PADDED);
}

size_t words_count(size_t n)
{
	return n / 4 + (n % 4 != 0);
}

const char *words_word(const uint8_t *bytes, size_t n, size_t i, struct arena *a)
{
	size_t left = i < words_count(n) ? n - i * 4 : 0;
	int size = left < 4 ? (int)left : 4;

	if (!size)
		return "";
	return arena_printf(
		a, "%0*llx", size * 2, (unsigned long long)little_endian(bytes + i * 4, (size_t)size));
}

static const char *raw_text(const uint8_t *bytes, size_t n, struct arena *a)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_alloc(a, n * 3 + 1), *p = text;

	for (size_t i = 0; i < n; i++) {
		if (i)
			*p++ = ' ';
		*p++ = digits[bytes[i] >> 4];
		*p++ = digits[bytes[i] & 15];
	}
	return text;
}

/* A row with the bytes that are there and, if all are, their value. */
static struct words_row row_at(const struct packet *p, size_t offset, size_t size, struct arena *a)
{
	size_t left = offset < p->n ? p->n - offset : 0;
	struct words_row row = {
		.offset = offset, .size = size, .held = left >= size, .key = "", .meaning = ""
	};

	row.raw = raw_text(left ? p->bytes + offset : NULL, left < size ? left : size, a);
	row.value = row.held ? "" : "missing";
	return row;
}

static struct words_row field_row(const struct packet *p, enum words_field field, struct arena *a)
{
	struct words_row row = row_at(p, fields[field].offset, fields[field].size, a);

	row.key = fields[field].key;
	row.name = fields[field].name;
	if (!row.held) {
		row.meaning = "the data end before or within this field";
		return row;
	}
	row.number = p->value[field];
	if (field == WORDS_SEVERITY)
		row.value = words_severity(p);
	else if (fields[field].digits)
		row.value = arena_printf(a, "0x%0*llx", fields[field].digits, (unsigned long long)row.number);
	else
		row.value = arena_printf(a, "%llu", (unsigned long long)row.number);
	row.meaning = words_field_meaning(p, field, a);
	return row;
}

static struct words_row dump_row(const struct packet *p, size_t i, struct arena *a)
{
	size_t left = p->dump_n - i * 4, size = left < 4 ? left : 4;
	struct words_row row = row_at(p, WORDS_HEADER + i * 4, size, a);

	row.key = "dump_data";
	row.name = arena_printf(a, "dump word %zu", i);
	row.number = little_endian(p->dump + i * 4, size);
	row.value = arena_printf(a, "0x%0*llx (%llu)", (int)size * 2, (unsigned long long)row.number,
		(unsigned long long)row.number);
	row.meaning = words_dump_meaning(p, i, (uint32_t)row.number, a);
	if (size < 4)
		row.meaning = arena_printf(a, "the last %s; %s",
			size == 1 ? "byte" : arena_printf(a, "%zu bytes, less than a word", size),
			row.meaning);
	return row;
}

/* Dump data that should be there and are not, or bytes that should not be there and are. */
static struct words_row rest_row(const struct packet *p, size_t missing, struct arena *a)
{
	size_t offset = WORDS_HEADER + p->dump_n, shown = p->beyond_n < 64 ? p->beyond_n : 64;
	struct words_row row = row_at(p, offset, missing ? missing : shown, a);

	row.name = missing ? "rest of the dump data" : "beyond the dump data";
	if (missing) {
		row.meaning = arena_printf(a, "%zu of the %llu bytes that DumpDataSize announces", missing,
			(unsigned long long)p->value[WORDS_DUMP_DATA_SIZE]);
		return row;
	}
	row.size = p->beyond_n;
	row.value = arena_printf(a, "%zu byte%s", p->beyond_n, p->beyond_n == 1 ? "" : "s");
	if (p->fit == WORDS_FIT_PADDED)
		row.meaning = "fills the last word of a view in words";
	else
		row.meaning = shown < p->beyond_n
				      ? "more than DumpDataSize announces; the first 64 bytes are shown"
				      : "more than DumpDataSize announces";
	return row;
}

struct words_row *words_rows(const struct packet *p, struct arena *a, size_t *count)
{
	size_t words = words_count(p->dump_n), n = 0;
	size_t said = (size_t)p->value[WORDS_DUMP_DATA_SIZE];
	struct words_row *rows = arena_alloc(a, (WORDS_FIELDS + words + 1) * sizeof *rows);

	for (size_t f = 0; f < WORDS_FIELDS; f++)
		rows[n++] = field_row(p, (enum words_field)f, a);
	for (size_t i = 0; i < words; i++)
		rows[n++] = dump_row(p, i, a);
	if (p->dump_n < said || p->beyond_n)
		rows[n++] = rest_row(p, said - p->dump_n, a);
	*count = n;
	return rows;
}
