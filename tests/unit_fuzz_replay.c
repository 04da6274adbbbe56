/* SPDX-License-Identifier: MIT
 * Does the fuzz target find every file of samples/, tests/hostile/, tests/fuzz/found/ and the corpus sound,
 * whichever parser reads it? With a folder as argument, it writes the seeds for `make fuzz` there instead. */
#define FUZZ_REPLAY
#include "tests/fuzz/fuzz.c"

#include "core/os.h"
#include "tests/check.h"

#define EVERY_MODE ((size_t)48 * 1024)   /* of a file, for parsers that it is not meant for */
#define OWN_MODE   ((size_t)1536 * 1024) /* for the one that reads it */
#define SEED_MOST  ((size_t)16 * 1024)

static const char *file_name, *mode_name;

void fuzz_broken(const char *what)
{
	printf("%s read as %s: ", file_name, mode_name);
	check_true(__FILE__, __LINE__, false, what);
}

struct replay {
	struct os_walk walk;
	uint8_t *bytes; /* [0] is the first byte of the target's input */
	size_t files;
	const char *seeds; /* NULL: replay */
	bool whole;        /* the file itself begins with the byte that picks */
};

static size_t load(struct replay *r, const char *path)
{
	struct err e;
	struct os_file *file = os_open(path, &e);
	size_t n = 0;
	long got;

	CHECK(file != NULL);
	if (!file)
		return 0;
	while (n < OWN_MODE && (got = os_read(file, (char *)r->bytes + 1 + n, OWN_MODE - n)) > 0)
		n += (size_t)got;
	os_close(file);
	return n;
}

static void seed(const struct replay *r, size_t mode, size_t n)
{
	char path[1024];
	FILE *file;

	snprintf(path, sizeof path, "%s/%zu-%s", r->seeds, r->files, fuzz_mode_name(mode));
	file = fopen(path, "wb");
	CHECK(file && fwrite(r->bytes, 1, n + 1, file) == n + 1);
	if (file)
		fclose(file);
}

/* Exact size, so that the sanitizers see a byte too many. */
static void run(const uint8_t *bytes, size_t n)
{
	uint8_t *copy = malloc(n);
	int failed = check_failed;

	if (!copy)
		abort();
	memcpy(copy, bytes, n);
	LLVMFuzzerTestOneInput(copy, n);
	free(copy);
	CHECK_INT(check_failed, failed);
}

static void replay_file(struct os_walk *w, const char *path, const char *name)
{
	struct replay *r = (struct replay *)(void *)w;
	size_t n = load(r, path), modes = fuzz_modes();
	struct bid best, second;
	struct reader *reader;

	file_name = name;
	r->files++;
	if (r->whole) {
		mode_name = "it is";
		run(r->bytes + 1, n);
		return;
	}
	reader = reader_open_span((struct span){ (char *)r->bytes + 1, n }, -1);
	parser_choose(reader_head(reader), &best, &second);
	reader_close(reader);
	for (size_t mode = 0; mode < modes; mode++) {
		bool own = mode < parsers_count && parsers[mode] == best.parser && best.height >= BID_LEAST;
		size_t most = own ? OWN_MODE : EVERY_MODE;

		/* Pieces of 3, 509 and 4096 bytes by turns; of 1 byte in the unit tests. */
		r->bytes[0] = (uint8_t)(mode + modes * (1 + r->files % 3));
		mode_name = fuzz_mode_name(mode);
		if (r->seeds)
			seed(r, mode, n < SEED_MOST ? n : SEED_MOST);
		else
			run(r->bytes, (n < most ? n : most) + 1);
	}
}

static void replay_failed(struct os_walk *w, const char *name, const char *why)
{
	(void)w;
	printf("%s: %s\n", name, why);
	CHECK(false);
}

static void replay_folder(struct replay *r, const char *folder, bool needed)
{
	size_t before = r->files;

	if (os_kind(folder) == OS_FOLDER)
		os_walk_folder(&r->walk, folder);
	else if (!needed)
		printf("skipped: replay of %s (not there)\n", folder);
	CHECK(!needed || r->files > before);
}

int main(int argc, char **argv)
{
	struct replay r = { .walk = { replay_file, replay_failed, NULL } };
	const char *corpus = getenv("POOLTRIAGE_CORPUS");

	r.bytes = malloc(OWN_MODE + 1);
	if (!r.bytes)
		abort();
	r.seeds = argc > 1 ? argv[1] : NULL;
	replay_folder(&r, "samples", true);
	replay_folder(&r, "tests/hostile", true);
	replay_folder(&r, corpus ? corpus : "../shared/corpus", false);
	if (!r.seeds) {
		r.whole = true;
		replay_folder(&r, "tests/fuzz/found", false);
	}
	free(r.bytes);
	return check_end();
}
