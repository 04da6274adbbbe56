/* SPDX-License-Identifier: MIT
 * An export that was cut off, in every dialect and, where the corpus lies beside the checkout, in every real
 * one: each event whose close tag came through is stated as from the whole file, and nothing else is. */
#include "tests/check.h"
#include "tests/collect.h"
#include "tests/file_bytes.h"

extern const struct parser parser_events;

#define LAST  ((size_t)4 * 1024) /* bytes at whose every end a file is cut */
#define LARGE ((size_t)6 * 1024) /* larger files are read from the record on in which these begin */

static struct arena *memory;

/* How a letter is written: 1 or 2 bytes, in which the letter comes first or second. */
struct wide {
	size_t size, at;
};

static bool stands(struct span s, size_t i, struct wide w, const char *word)
{
	size_t n = strlen(word);

	if (i + n * w.size > s.n)
		return false;
	for (size_t k = 0; k < n; k++)
		if (s.p[i + k * w.size + w.at] != word[k])
			return false;
	return true;
}

static struct wide wide_of(struct span s)
{
	if (s.n > 2 && (unsigned char)s.p[0] == 0xFE)
		return (struct wide){ 2, 1 };
	return (struct wide){ s.n > 1 && ((unsigned char)s.p[0] == 0xFF || !s.p[1]) ? 2 : 1, 0 };
}

/* The last records of a large file; a UTF-16 file keeps its mark of two bytes. */
static struct span suffix_of(struct span all, struct wide w)
{
	size_t from = all.n > LARGE ? (all.n - LAST) / 2 * 2 : 0;
	size_t mark = w.size == 2 && (unsigned char)all.p[0] >= 0xFE ? 2 : 0;
	char *copy;

	while (from && !stands(all, from, w, "<Event "))
		from -= w.size;
	if (!from)
		return all;
	copy = arena_alloc(memory, all.n - from + mark);
	memcpy(copy, all.p, mark);
	memcpy(copy + mark, all.p + from, all.n - from);
	return (struct span){ copy, all.n - from + mark };
}

static bool same_record(const struct record *a, const struct record *b)
{
	if (a->kind != b->kind || a->line != b->line)
		return false;
	for (size_t i = 0; i < record_types[a->kind].count; i++)
		if (a->v[i].known != b->v[i].known || a->v[i].number != b->v[i].number ||
			!span_equal(a->v[i].text, b->v[i].text))
			return false;
	return true;
}

static size_t events_in(const struct collected *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += c->records[i].kind == RECORD_EVENT;
	return n;
}

/* false at the first that is wrong. */
static bool check_cut(struct span bytes, const struct collected *whole, size_t closed, size_t n)
{
	struct collected *c = collect_span(&parser_events, text_head(bytes, n));
	bool good = events_in(c) == closed && c->n <= whole->n && !c->bad_text;

	for (size_t i = 0; good && i < c->n; i++)
		good = same_record(&c->records[i], &whole->records[i]);
	/* What an event says of the pools comes with it. */
	good = good && (c->n == whole->n || whole->records[c->n].kind == RECORD_EVENT);
	if (!good)
		printf("  cut at %zu of %zu: %zu events, not %zu\n", n, bytes.n, events_in(c), closed);
	collect_free(c);
	return good;
}

/* Returns how many cuts were made. */
static size_t check_cuts(const char *name, struct span all)
{
	struct wide w = wide_of(all);
	struct span bytes = suffix_of(all, w);
	struct collected *whole = collect_span(&parser_events, bytes);
	size_t closed = 0, cuts = 0, first = bytes.n > LAST ? bytes.n - LAST : 0;
	bool good = true;

	for (size_t n = 0; n < bytes.n && good; n++) {
		size_t length = strlen("</Event>") * w.size;

		closed +=
			n >= length && (n - length) % w.size == 0 && stands(bytes, n - length, w, "</Event>");
		if (n >= first) {
			good = check_cut(bytes, whole, closed, n);
			cuts++;
		}
	}
	CHECK(good);
	if (!good)
		printf("  in %s\n", name);
	collect_free(whole);
	return cuts;
}

struct folder {
	struct os_walk walk;
	size_t files, cuts;
};

static void walk_file(struct os_walk *walk, const char *path, const char *name)
{
	struct folder *f = (struct folder *)(void *)walk;
	struct span bytes = file_bytes(memory, path);
	const char *missing;

	/* Control characters and the like are repaired, and counted: not what is asked here. */
	if (!bytes.p || collect_bid(&parser_events, bytes, &missing) < 90)
		return;
	f->files++;
	f->cuts += check_cuts(name, bytes);
	arena_reset(memory);
}

static void walk_failed(struct os_walk *walk, const char *name, const char *why)
{
	(void)walk, (void)name, (void)why;
}

static struct folder walk_folder(const char *path)
{
	struct folder f = { { walk_file, walk_failed, NULL }, 0, 0 };

	os_walk_folder(&f.walk, path);
	return f;
}

int main(void)
{
	const char *corpus = getenv("POOLTRIAGE_CORPUS");
	struct arena *paths = arena_open();
	struct folder f;

	memory = arena_open();
	f = walk_folder("samples/dialects/events");
	CHECK_INT(f.files, 19);
	CHECK_INT(f.cuts, 19 * LAST);
	f = walk_folder(arena_printf(paths, "%s/evtx-xml", corpus ? corpus : "../shared/corpus"));
	CHECK(!f.files || f.files >= 20);
	arena_close(memory);
	arena_close(paths);
	return check_end();
}
