/* SPDX-License-Identifier: MIT
 * Files, folders and the terminal on POSIX systems. */
#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE
#include "core/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

struct os_file {
	int fd, failure;
};

static void *take(size_t size)
{
	void *memory = calloc(1, size);

	if (!memory)
		die("out of memory for %zu bytes", size);
	return memory;
}

struct os_file *os_open(const char *path, struct err *e)
{
	struct os_file *f;
	struct stat about;
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) : dup(STDIN_FILENO);

	if (fd < 0) {
		err_set(e, "%s", strerror(errno));
		return NULL;
	}
	if (fstat(fd, &about) == 0 && S_ISDIR(about.st_mode)) {
		close(fd);
		err_set(e, "%s", strerror(EISDIR));
		return NULL;
	}
	f = take(sizeof *f);
	f->fd = fd;
	return f;
}

when_us os_modified(const struct os_file *f)
{
	struct stat about;

	if (fstat(f->fd, &about) != 0 || !S_ISREG(about.st_mode) || about.st_mtime <= 0)
		return WHEN_NONE;
	return (when_us)about.st_mtime * WHEN_SECOND;
}

long os_read(void *file, char *buffer, size_t size)
{
	struct os_file *f = file;
	ssize_t n;

	do
		n = read(f->fd, buffer, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		f->failure = errno;
	return (long)n;
}

int os_failed(const struct os_file *file, struct err *e)
{
	return file->failure ? err_set(e, "%s", strerror(file->failure)) : 0;
}

void os_close(struct os_file *file)
{
	if (!file)
		return;
	close(file->fd);
	free(file);
}

enum os_kind os_kind(const char *path)
{
	struct stat about;

	if (strcmp(path, "-") == 0)
		return OS_FILE;
	if (stat(path, &about) != 0)
		return errno == ENOENT || errno == ENOTDIR ? OS_NOTHING : OS_OTHER;
	return S_ISDIR(about.st_mode) ? OS_FOLDER : S_ISREG(about.st_mode) ? OS_FILE : OS_OTHER;
}

static bool is_same(const char *a, const char *b, mode_t kind)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && (x.st_mode & S_IFMT) == kind && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

bool os_same_file(const char *a, const char *b)
{
	return strcmp(a, "-") != 0 && strcmp(b, "-") != 0 && is_same(a, b, S_IFREG);
}

bool os_same_folder(const char *a, const char *b)
{
	return is_same(a, b, S_IFDIR);
}

bool os_is_input(const char *path)
{
	struct stat x, y;

	return stat(path, &x) == 0 && fstat(STDIN_FILENO, &y) == 0 && S_ISREG(x.st_mode) &&
	       x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

bool os_is_link(const char *path)
{
	struct stat about;

	return lstat(path, &about) == 0 && S_ISLNK(about.st_mode);
}

static char *joined(const char *folder, const char *name)
{
	size_t n = strlen(folder);
	bool slash = n && folder[n - 1] != '/';
	char *path = take(n + strlen(name) + 2);

	sprintf(path, "%s%s%s", folder, slash ? "/" : "", name);
	return path;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static const char *what_else(const struct stat *about, const struct stat *target)
{
	if (!S_ISLNK(about->st_mode))
		return "neither a file nor a folder; listed, not read";
	return S_ISDIR(target->st_mode) ? "a symbolic link to a folder; listed, not followed"
					: "a symbolic link to what is no file; listed, not read";
}

/* The depth of folders is what the file system allows, so the names' length bounds the recursion. */
#define WALK_DEPTH 64

static void walk(struct os_walk *w, const char *folder, const char *prefix, int depth)
{
	struct dirent **entries = NULL;
	int n = scandir(folder, &entries, NULL, by_bytes);

	if (n < 0)
		w->failed(w, *prefix ? prefix : ".", strerror(errno));
	for (int i = 0; i < n; i++) {
		const char *entry = entries[i]->d_name;

		if (strcmp(entry, ".") && strcmp(entry, "..")) {
			char *path = joined(folder, entry),
			     *name = *prefix ? joined(prefix, entry) : joined("", entry);
			struct stat about, target;

			if (lstat(path, &about) != 0)
				w->failed(w, name, strerror(errno));
			else if (S_ISDIR(about.st_mode) && depth == WALK_DEPTH)
				w->failed(w, name, "folders nested too deeply");
			else if (S_ISDIR(about.st_mode))
				walk(w, path, name, depth + 1);
			else if (S_ISREG(about.st_mode))
				w->file(w, path, name);
			else if (S_ISLNK(about.st_mode) && stat(path, &target) != 0)
				w->failed(w, name, strerror(errno));
			else if (S_ISLNK(about.st_mode) && S_ISREG(target.st_mode))
				w->file(w, path, name);
			else if (w->other)
				w->other(w, name, what_else(&about, &target));
			free(path);
			free(name);
		}
		free(entries[i]);
	}
	free(entries);
}

void os_walk_folder(struct os_walk *w, const char *folder)
{
	walk(w, folder, "", 0);
}

struct os_output {
	int fd, failure;
	char *path, *temporary; /* temporary: NULL when written in place */
	const char *name;       /* for messages */
};

struct os_output *os_output_open(const char *path, struct err *e)
{
	struct os_output *o = take(sizeof *o);
	struct stat about;
	bool exists = strcmp(path, "-") != 0 && lstat(path, &about) == 0;

	o->path = joined("", path);
	o->name = o->path;
	if (strcmp(path, "-") == 0) {
		o->name = "standard output";
		o->fd = dup(STDOUT_FILENO);
	} else if (exists && !S_ISREG(about.st_mode)) {
		o->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	} else {
		o->temporary = take(strlen(path) + 32);
		sprintf(o->temporary, "%s.%ld.part", path, (long)getpid());
		/* What has that name already is left over, or a link that somebody laid there: never written
		 * through. */
		unlink(o->temporary);
		o->fd = open(o->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			exists ? about.st_mode & 0777 : 0666);
	}
	if (o->fd >= 0)
		return o;
	err_set(e, "cannot write %s: %s", o->name, strerror(errno));
	free(o->path);
	free(o->temporary);
	free(o);
	return NULL;
}

bool os_output_write(struct os_output *o, const void *bytes, size_t n)
{
	const char *p = bytes;

	while (n && !o->failure) {
		ssize_t written = write(o->fd, p, n);

		if (written > 0) {
			p += written;
			n -= (size_t)written;
		} else if (errno != EINTR) {
			o->failure = errno;
		}
	}
	return !o->failure;
}

int os_output_close(struct os_output *o, bool keep, struct err *e)
{
	if (close(o->fd) != 0 && !o->failure)
		o->failure = errno;
	if (o->temporary && keep && !o->failure && rename(o->temporary, o->path) != 0)
		o->failure = errno;
	if (o->temporary && (!keep || o->failure))
		unlink(o->temporary);
	if (o->failure)
		err_set(e, "cannot write %s: %s", o->name, strerror(o->failure));
	int failure = o->failure;

	free(o->path);
	free(o->temporary);
	free(o);
	return failure ? -1 : 0;
}

int os_folder(const char *path, struct err *e)
{
	enum os_kind kind = os_kind(path);

	if (kind == OS_FOLDER || (kind == OS_NOTHING && mkdir(path, 0777) == 0))
		return 0;
	return kind == OS_NOTHING ? err_set(e, "cannot make the folder %s: %s", path, strerror(errno))
				  : err_set(e, "cannot write into %s: it is no folder", path);
}

/* ---- threads ---- */

int os_processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > 64 ? 64 : (int)n;
}

struct os_thread {
	pthread_t id;
	void (*run)(void *);
	void *with;
};

static void *thread_run(void *thread)
{
	struct os_thread *t = thread;

	t->run(t->with);
	return NULL;
}

struct os_thread *os_thread_start(void (*run)(void *), void *with)
{
	struct os_thread *t = take(sizeof *t);
	int code;

	t->run = run;
	t->with = with;
	code = pthread_create(&t->id, NULL, thread_run, t);
	if (code)
		die("no thread: %s", strerror(code));
	return t;
}

void os_thread_join(struct os_thread *t)
{
	pthread_join(t->id, NULL);
	free(t);
}

struct os_monitor {
	pthread_mutex_t lock;
	pthread_cond_t changed;
};

struct os_monitor *os_monitor_open(void)
{
	struct os_monitor *m = take(sizeof *m);

	if (pthread_mutex_init(&m->lock, NULL) || pthread_cond_init(&m->changed, NULL))
		die("no lock");
	return m;
}

void os_monitor_close(struct os_monitor *m)
{
	if (!m)
		return;
	pthread_cond_destroy(&m->changed);
	pthread_mutex_destroy(&m->lock);
	free(m);
}

void os_monitor_enter(struct os_monitor *m)
{
	pthread_mutex_lock(&m->lock);
}

void os_monitor_leave(struct os_monitor *m)
{
	pthread_mutex_unlock(&m->lock);
}

void os_monitor_wait(struct os_monitor *m)
{
	pthread_cond_wait(&m->changed, &m->lock);
}

void os_monitor_wake(struct os_monitor *m)
{
	pthread_cond_broadcast(&m->changed);
}

/* ---- code pages ---- */

struct os_code_page {
	iconv_t converter;
};

/* iconv's own name for what Windows means by one: its shift_jis has a yen sign for the backslash, and
 * Windows' euc-kr, gbk and big5 are wider than the standards of these names. NULL: no name of a code page;
 * "//" would be an instruction. */
static const char *iconv_name(const char *name, char room[40])
{
	static const char *const windows[][2] = { { "SHIFT_JIS", "CP932" }, { "SHIFT-JIS", "CP932" },
		{ "SJIS", "CP932" }, { "EUC-KR", "CP949" }, { "EUCKR", "CP949" },
		{ "KS_C_5601-1987", "CP949" }, { "GB2312", "CP936" }, { "GBK", "CP936" },
		{ "BIG5", "CP950" } };
	size_t n = 0;

	for (; name[n]; n++) {
		char c = name[n];

		if (n == 31)
			return NULL;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 32);
		if (!(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && !strchr("-_.:", c))
			return NULL;
		room[n] = c;
	}
	room[n] = 0;
	/* "850", as chcp prints it */
	if (n && strspn(room, "0123456789") == n) {
		memmove(room + 2, room, n + 1);
		memcpy(room, "CP", 2);
	}
	for (size_t i = 0; i < LEN(windows); i++)
		if (strcmp(room, windows[i][0]) == 0)
			return windows[i][1];
	return n ? room : NULL;
}

size_t os_code_page_decode(
	struct os_code_page *page, const char *bytes, size_t n, char *to, size_t room, uint64_t *bad)
{
	char *in = (char *)(uintptr_t)bytes, *out = to;

	iconv(page->converter, NULL, NULL, NULL, NULL);
	while (n && iconv(page->converter, &in, &n, &out, &room) == (size_t)-1) {
		if (errno == E2BIG || room < 3)
			break;
		memcpy(out, "\xEF\xBF\xBD", 3);
		out += 3;
		room -= 3;
		in++;
		n--;
		++*bad;
	}
	/* Pages with combining marks keep the last letter back: a mark might follow. */
	iconv(page->converter, NULL, NULL, &out, &room);
	return (size_t)(out - to);
}

/* Lines are split and words are found before anybody decodes. */
static bool keeps_ascii(struct os_code_page *page)
{
	char ascii[128], out[512];
	uint64_t bad = 0;

	for (int i = 0; i < 128; i++)
		ascii[i] = (char)i;
	return os_code_page_decode(page, ascii, 128, out, sizeof out, &bad) == 128 && !bad &&
	       memcmp(ascii, out, 128) == 0;
}

struct os_code_page *os_code_page_open(const char *name)
{
	char room[40];
	const char *known = iconv_name(name, room);
	iconv_t converter = known ? iconv_open("UTF-8", known) : (iconv_t)-1;
	struct os_code_page *page;

	if (converter == (iconv_t)-1)
		return NULL;
	page = take(sizeof *page);
	page->converter = converter;
	if (keeps_ascii(page))
		return page;
	os_code_page_close(page);
	return NULL;
}

void os_code_page_close(struct os_code_page *page)
{
	if (!page)
		return;
	iconv_close(page->converter);
	free(page);
}

int os_columns(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool os_is_terminal(int fd)
{
	return isatty(fd) != 0;
}

void os_start(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	/* A stream that was closed must not become the number of the next file: messages would end up in a
	 * report. What is opened in its place cannot be read or written, so that its use fails. */
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			(void)!open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

bool os_is_separator(char c)
{
	return c == '/';
}
