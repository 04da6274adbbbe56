/* SPDX-License-Identifier: MIT
 * What differs between operating systems, and nothing else does: files, folders, the terminal, arguments. */
#ifndef CORE_OS_H
#define CORE_OS_H

#include "core/core.h"
#include "core/when.h"

/* ---- reading ---- */
struct os_file;
/* "-" is standard input. NULL with the sentence set when it cannot be opened or is no file, pipe or
 * device. */
struct os_file *os_open(const char *path, struct err *e);
long os_read(void *file, char *buffer, size_t size);      /* a reader_fill */
int os_failed(const struct os_file *file, struct err *e); /* -1 and the sentence when a read has failed */
/* when it was last written; WHEN_NONE: not known, or no file */
when_us os_modified(const struct os_file *file);
void os_close(struct os_file *file);

/* other: a pipe, a device, what may not be looked at */
enum os_kind { OS_NOTHING, OS_FILE, OS_FOLDER, OS_OTHER };
enum os_kind os_kind(const char *path);
bool os_same_file(const char *a, const char *b); /* one regular file under both names; "-" is none */
bool os_same_folder(const char *a, const char *b);
bool os_is_input(const char *path); /* the regular file that is standard input */
bool os_is_link(const char *path);

/* Every regular file beneath a folder, in byte order of its path, symlinks to folders not followed (a loop
 * would never end) but symlinks to files read. `name` is relative to the folder, with '/'. What cannot be
 * listed goes to `failed`; what is no file (a pipe, a device, a symlink to a folder) to `other`, unless that
 * is NULL. */
struct os_walk {
	void (*file)(struct os_walk *w, const char *path, const char *name);
	void (*failed)(struct os_walk *w, const char *name, const char *why);
	void (*other)(struct os_walk *w, const char *name, const char *why);
};
void os_walk_folder(struct os_walk *w, const char *folder);

/* ---- writing ---- */
/* A regular file is written beside its name and renamed when complete; a device, pipe or symlink is written
 * in place; "-" is standard output. */
struct os_output;
struct os_output *os_output_open(const char *path, struct err *e);
bool os_output_write(struct os_output *o, const void *bytes, size_t n); /* false once anything has failed */
int os_output_close(struct os_output *o, bool keep, struct err *e); /* keep false: nothing is left behind */

/* Makes a folder where none is; its parent must be there. Whatever else has that name is left alone. */
int os_folder(const char *path, struct err *e);

/* ---- threads ---- */
int os_processors(void); /* at least 1 */
struct os_thread;
struct os_thread *os_thread_start(void (*run)(void *), void *with);
void os_thread_join(struct os_thread *t); /* waits for its end; frees */
/* A lock with one condition: whoever changes what others wait for wakes them all. */
struct os_monitor;
struct os_monitor *os_monitor_open(void);
void os_monitor_close(struct os_monitor *m); /* NULL is fine */
void os_monitor_enter(struct os_monitor *m);
void os_monitor_leave(struct os_monitor *m);
void os_monitor_wait(struct os_monitor *m); /* until somebody wakes; within enter and leave */
void os_monitor_wake(struct os_monitor *m);
/* ---- code pages ---- */
/* What the system knows of one, under any name it is known by: "cp850", "windows-1250", "shift_jis", "cp949".
 * NULL when it knows none of that name, or one in which ASCII is not ASCII. */
struct os_code_page;
struct os_code_page *os_code_page_open(const char *name);
void os_code_page_close(struct os_code_page *page); /* NULL is fine */
/* Writes UTF-8 and returns its length; a byte that stands for nothing becomes U+FFFD and is counted. What
 * does not fit is left out. */
size_t os_code_page_decode(
	struct os_code_page *page, const char *bytes, size_t n, char *to, size_t room, uint64_t *bad);

/* ---- the terminal ---- */
int os_columns(void);        /* of standard output; 0 when it is no terminal */
bool os_is_terminal(int fd); /* 0, 1, 2 */

/* ---- the program ---- */
void os_start(int *argc, char ***argv); /* arguments as UTF-8, streams in binary */
bool os_is_separator(char c);

#endif
