/* SPDX-License-Identifier: MIT
 * What do the files that read and decode data words share? Everyone else includes words.h. */
#ifndef ANALYSIS_WORDS_PARTS_H
#define ANALYSIS_WORDS_PARTS_H

#include "analysis/words.h"

/* words_meaning.c: plain English in the arena or for ever, "" if there is nothing to add; a held field. */
const char *words_field_meaning(const struct packet *p, enum words_field field, struct arena *a);
/* word: dword i of the dump data; what is not publicly known is called so, never guessed. */
const char *words_dump_meaning(const struct packet *p, size_t i, uint32_t word, struct arena *a);

/* Bytes being read from a paste. */
struct words_job {
	struct arena *arena;
	struct words *out; /* takes the notes */
	uint8_t *bytes;
	size_t n, room;
	size_t sure;         /* bytes before the first irregularity, SIZE_MAX if there is none */
	bool over;           /* what follows has no place at all */
	struct span partial; /* a last word of fewer than eight digits, not yet in bytes */
	size_t passed;       /* lines that hold no data */
	size_t comments;     /* rows with text after the data */
	size_t last;         /* bytes of the row read last */
	bool vague;          /* that row: nothing but order tells its bytes from the text beside them */
};

/* words_job.c */
struct words_job words_job_open(struct arena *a, struct words *out, size_t room);
void words_note(struct words *out, struct arena *a, const char *format, ...) PRINTF_LIKE(3, 4);
void words_put(struct words_job *job, uint64_t value, size_t size); /* little-endian */
/* From here on the place of the bytes is uncertain, which only the length of the whole can mend; says why,
 * the first time. words_stop: beyond mending, nothing more will be read. */
void words_unsure(struct words_job *job, const char *format, ...) PRINTF_LIKE(2, 3);
void words_stop(struct words_job *job, const char *format, ...) PRINTF_LIKE(2, 3);
/* Settles a partial word, doubtful byte order and doubtful rows by the packet's length; writes the last
 * notes. */
void words_settle(struct words_job *job, bool dwords);
bool words_fits(const uint8_t *bytes, size_t n);      /* a whole packet by its length */
bool words_plausible(const uint8_t *bytes, size_t n); /* its fields hold nothing absurd, as far as it goes */
/* Turns the bytes of every dword round if only that makes a whole packet. */
bool words_swap_if_whole(uint8_t *bytes, size_t n);

/* words_token.c */
bool words_line_next(struct span *rest, struct span *line);
/* gap: blanks (a tab counts two) before the token; commas and semicolons separate too. */
bool words_token_next(struct span *line, struct span *token, size_t *gap);
struct span words_header_skip(struct span line); /* without "Data (words):" and its like before the data */
bool words_is_hex(struct span s);                /* and not empty */
uint64_t words_number(struct span digits, unsigned base); /* at most 16 digits, checked before */

/* words_row.c: one row of data without its offset. */
void words_row_dwords(struct words_job *job, struct span row);
void words_row_bytes(struct words_job *job, struct span row, bool labelled);

/* words_view.c, words_loose.c, words_run.c: false if the text holds no such data. */
bool words_view_read(struct words_job *job, struct span text);
bool words_loose_read(struct words_job *job, struct span text);
bool words_run_read(struct words_job *job, struct span digits, bool in_binary); /* blanks are gone */

#endif
