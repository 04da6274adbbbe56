/* SPDX-License-Identifier: MIT
 * Text as it comes in: bytes to UTF-8, numbers, words; nothing here fails on bad input, it answers "no"
 * instead. */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include "core/core.h"

/* ---- encodings ---- */

enum encoding { ENC_8BIT, ENC_UTF16LE, ENC_UTF16BE };

#define TEXT_BAD 0xFFFDu /* U+FFFD stands for what cannot be text */

/* "utf-8", "utf-16le", "utf-16be"; -1 for any other. ENC_8BIT means UTF-8 where it is valid, a code page
 * where it is not. */
int encoding_of_name(struct span name);

bool text_is_utf8(struct span s); /* strictly: no overlong form, no surrogate, NUL allowed */
bool text_is_ascii(struct span s);
/* Writes one character (1 to 4 bytes) and returns its length; what is no character becomes U+FFFD. */
size_t text_put_utf8(char *to, uint32_t character);
/* The character at the front of s (valid or U+FFFD) and its length in bytes (at least 1); s must not be
 * empty. */
uint32_t text_get_utf8(struct span s, size_t *length);
size_t text_characters(struct span s); /* of valid UTF-8 */
/* The byte that Windows-1252 writes for a character, or -1. Bytes 0x81 8D 8F 90 9D stand for themselves. */
int text_1252_byte(uint32_t character);
uint32_t text_1252_character(unsigned char byte);

/* ---- words and numbers ---- */

/* ASCII only, whatever the locale; here, because they run for every byte. */
static inline char text_lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}
static inline bool text_is_digit(char c)
{
	return c >= '0' && c <= '9';
}
static inline bool text_is_letter(char c)
{
	return text_lower(c) >= 'a' && text_lower(c) <= 'z';
}
static inline bool text_is_blank(char c) /* blank, tab, CR, LF */
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct span text_trim(struct span s);                 /* blanks, tabs, CR, LF at both ends */
struct span text_head(struct span s, size_t n);       /* the first n bytes at most */
struct span text_head_whole(struct span s, size_t n); /* the same, no UTF-8 character cut in two */
struct span text_tail(struct span s, size_t from);    /* what follows byte `from` */
bool text_starts(struct span s, const char *prefix);  /* ASCII, case matters */
bool text_starts_nocase(struct span s, const char *prefix);
bool text_ends_nocase(struct span s, const char *suffix);
const char *text_find(struct span s, const char *needle);        /* NULL when absent; NUL-safe */
const char *text_find_nocase(struct span s, const char *needle); /* ASCII letters only */
/* next piece up to `at`; false when rest is used up */
bool text_cut(struct span *rest, char at, struct span *before);
bool text_int(struct span s, int64_t *out); /* the whole of s, sign allowed; false on overflow */
bool text_uint_base(struct span s, unsigned base, uint64_t *out); /* digits only, base 10 or 16, no prefix */
bool text_size(struct span s, int64_t *bytes); /* "343M", "2G", "512K", "1024": 1024-based, >= 0 */
bool text_offset(struct span s, int *minutes); /* "-05:00", "+05:30", "Z": minutes east of UTC */
/* pairs of hex digits, nothing else; n = room, then used */
bool text_hex_bytes(struct span s, uint8_t *out, size_t *n);
bool text_glob(struct span pattern, struct span s); /* * and ?, ASCII letters without case */
size_t text_distance(struct span a, struct span b); /* edit distance, for "did you mean"; capped at 64 */

/* Pool tags are four arbitrary bytes. Printable ASCII stands for itself, any other byte becomes \xHH, so a
 * tag of four printable characters is always four characters long and no two tags share a name. */
#define TAG_TEXT 17 /* room: four times "\xHH" and the terminator */
void tag_name(const unsigned char bytes[4], char name[TAG_TEXT]);

#endif
