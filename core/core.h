/* SPDX-License-Identifier: MIT
 * The few words every layer speaks: borrowed text, errors as sentences, memory that dies together. */
#ifndef CORE_CORE_H
#define CORE_CORE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define PRINTF_LIKE(fmt, args)
#endif

#define LEN(a) (sizeof(a) / sizeof((a)[0]))

/* Borrowed bytes: not terminated, may hold NULs, owned by whoever made them. */
struct span {
	const char *p;
	size_t n;
};

#define SPAN(literal) ((struct span){ (literal), sizeof(literal) - 1 })

struct span span_of(const char *s); /* s may be NULL: an empty span */
bool span_equal(struct span a, struct span b);
bool span_equal_nocase(struct span a, struct span b); /* ASCII letters only */
int span_compare(struct span a, struct span b);       /* by bytes, shorter first */

/* The sentence to show a person. A function that can fail returns 0, or -1 with the sentence set. */
struct err {
	char text[512];
};

int err_set(struct err *e, const char *format, ...) PRINTF_LIKE(2, 3); /* always -1 */

/* A fault of this program or of the machine (no memory, wrong SQL): says so and ends the run with exit 70. */
_Noreturn void die(const char *format, ...) PRINTF_LIKE(1, 2);
/* Neither the program nor its inputs are at fault, but it cannot go on (the disk under the store is full):
 * says so and ends the run with exit 4. For places from which no struct err leads out. */
_Noreturn void give_up(const char *format, ...) PRINTF_LIKE(1, 2);

/* Memory that dies together; allocation never returns NULL (it dies instead). */
struct arena;

struct arena *arena_open(void);
void arena_close(struct arena *a);                      /* NULL is fine */
void arena_reset(struct arena *a);                      /* frees the contents, keeps one block for reuse */
void *arena_alloc(struct arena *a, size_t size);        /* zeroed, aligned for any type */
char *arena_text(struct arena *a, struct span s);       /* a terminated copy; NULs inside stay */
struct span arena_span(struct arena *a, struct span s); /* a copy */
char *arena_printf(struct arena *a, const char *format, ...) PRINTF_LIKE(2, 3);
char *arena_vprintf(struct arena *a, const char *format, va_list args) PRINTF_LIKE(2, 0);
/* Room for count + 1 items where count are held: doubles and copies when count is a power of two. */
void *arena_grow(struct arena *a, void *items, size_t count, size_t item_size);

/* Texts in their order; they and the array live in the arena that they were added with. */
struct list {
	const char **items;
	size_t count;
};
void list_add(struct arena *a, struct list *l, const char *text); /* copies the text */

#endif
