/* SPDX-License-Identifier: MIT
 * What do the data words of an event say? From any pasted form to bytes, from bytes to the fields of an
 * IO_ERROR_LOG_PACKET, and from the fields to rows a person reads. Sources: Microsoft's IO_ERROR_LOG_PACKET
 * page, Q182335 (offsets), KB244780 (bytes view), KB2885205 (the Vista view and its XML), KB312362 (event
 * 2020). */
#ifndef ANALYSIS_WORDS_H
#define ANALYSIS_WORDS_H

#include "core/core.h"

/* bytes of pasted text; one event's data is 256 KiB at the very most */
#define WORDS_TEXT_MAX ((size_t)4 << 20)
#define WORDS_NOTES    20 /* notes kept; the rest is counted */
#define WORDS_HEADER   40 /* bytes before the dump data */

/* A paste, read. Bytes and notes live in the arena given to words_read. */
struct words {
	const uint8_t *bytes;
	size_t n;         /* never 0 after success */
	const char *form; /* "words", "words view", "bytes view", "hex", "hyphenated hex", "base64", ... */
	bool in_binary;   /* it stood in a <Binary> element */
	/* what the XML around it says; -1: nothing */
	int32_t event_id, qualifiers;
	const char *notes[WORDS_NOTES]; /* what was odd, one sentence each */
	size_t note_count;              /* may exceed WORDS_NOTES: the excess was only counted */
};

/* Reads text (UTF-8 or ASCII; a NUL ends nothing) in whatever form it came: words or bytes views with
 * offsets, bare words, hex in one piece or hyphenated, base64, decimal or 0x lists, an event's XML. What is
 * in doubt (hex or base64, words or bytes) is settled by the packet's own length. Fails if there is nothing
 * to decode. */
int words_read(struct span text, struct arena *a, struct words *out, struct err *e);

/* The fields of the packet, by rising offset; all little-endian. */
enum words_field {
	WORDS_MAJOR_FUNCTION,
	WORDS_RETRY_COUNT,
	WORDS_DUMP_DATA_SIZE, /* bytes */
	WORDS_NUMBER_OF_STRINGS,
	WORDS_STRING_OFFSET, /* bytes; 0x54 up to Server 2003, 0x2C later for Srv: not a constant */
	WORDS_EVENT_CATEGORY,
	WORDS_PADDING,
	WORDS_ERROR_CODE, /* Qualifiers << 16 | EventID; the next three are its parts */
	WORDS_EVENT_ID,
	WORDS_SEVERITY, /* 0 success, 1 informational, 2 warning, 3 error */
	WORDS_FACILITY,
	WORDS_UNIQUE_ERROR_VALUE,
	WORDS_FINAL_STATUS, /* mostly an NTSTATUS */
	WORDS_SEQUENCE_NUMBER,
	WORDS_IO_CONTROL_CODE,
	WORDS_DEVICE_OFFSET, /* bytes from the start of the device */
	WORDS_FIELDS
};

/* How the number of bytes goes with DumpDataSize. Of 12,715 real <Binary> values 493 had the exact length and
 * the ErrorCode of their event, and none had only one of the two. */
enum words_fit {
	WORDS_FIT_EXACT,  /* 40 + DumpDataSize */
	WORDS_FIT_PADDED, /* the same, rounded up to whole words by a words view */
	WORDS_FIT_SHORT,  /* cut, or no packet */
	WORDS_FIT_LONG    /* more follows than DumpDataSize says, or no packet */
};

struct packet {
	const uint8_t *bytes; /* as given to words_decode, not copied */
	size_t n;
	enum words_fit fit;
	uint64_t value[WORDS_FIELDS]; /* 0 where the bytes end too early */
	const uint8_t *dump;          /* inside bytes; NULL if there is none */
	size_t dump_n;                /* bytes of dump data that are there, at most DumpDataSize */
	size_t beyond_n;              /* bytes after the dump data */
};

/* Any bytes will do, none too; no byte is read as more than it is. */
void words_decode(const uint8_t *bytes, size_t n, struct packet *out);

bool words_holds(const struct packet *p, enum words_field field); /* the whole field is there */
const char *words_severity(const struct packet *p);               /* "error"; "missing" if cut off */

/* Does ErrorCode name this event? Qualifiers -1 (not given) compares the id alone. */
bool words_names_event(const struct packet *p, int32_t qualifiers, int32_t event_id);

/* The self-check as a sentence in the arena; event_id -1: none was given. True if all of it holds. */
bool words_check(
	const struct packet *p, int32_t qualifiers, int32_t event_id, struct arena *a, const char **text);

size_t words_count(size_t n); /* dwords in n bytes, a last partial one included */
/* Dword i of the bytes as eight lower-case digits; a partial last one has two digits a byte. */
const char *words_word(const uint8_t *bytes, size_t n, size_t i, struct arena *a);

/* One line of the decode. Texts are never NULL and live in the arena or for ever. */
struct words_row {
	size_t offset;   /* from the first byte */
	size_t size;     /* bytes the field takes */
	bool held;       /* all of them are there; if not, raw shows those that are and value is "missing" */
	uint64_t number; /* the value where held, else 0 */
	const char *raw; /* the bytes in their order, "e4 07 00 c0" */
	const char
		*key; /* the JSON key: "error_code"; "dump_data" in every row of dump data; "" for the rest */
	const char *name;    /* "ErrorCode", "dump word 0" */
	const char *value;   /* "0xc00007e4" */
	const char *meaning; /* plain English; "" if there is nothing to add */
};

/* All fields by offset (event id, severity and facility after ErrorCode), missing ones too, then the dump
 * data word by word, then in one row what lies beyond it. */
struct words_row *words_rows(const struct packet *p, struct arena *a, size_t *count);

#endif
