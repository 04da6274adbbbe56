/* SPDX-License-Identifier: MIT
 * What a unit test says when it fails: one line per failed check, and the tally at the end.
 * The value under test comes first, the expected one second. Arguments are evaluated once. */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define CHECK(condition)           check_true(__FILE__, __LINE__, (condition), #condition)
#define CHECK_INT(got, want)       check_int(__FILE__, __LINE__, #got, (long long)(got), (long long)(want))
/* rel is relative to what is expected; 0 asks for the very number. A NaN is near nothing. */
#define CHECK_NEAR(got, want, rel) check_near(__FILE__, __LINE__, #got, (got), (want), (rel))
/* Terminated strings; NULL equals only NULL. */
#define CHECK_TEXT(got, want)      check_text(__FILE__, __LINE__, #got, (got), (want))

static int check_passed, check_failed;

/* Returns ok, so that a caller can say more. */
static inline bool check_count(bool ok, const char *file, int line)
{
	if (ok)
		check_passed++;
	else
		check_failed++;
	if (!ok)
		printf("%s:%d: ", file, line);
	return ok;
}

static inline void check_true(const char *file, int line, bool ok, const char *condition)
{
	if (!check_count(ok, file, line))
		printf("false: %s\n", condition);
}

static inline void check_int(const char *file, int line, const char *what, long long got, long long want)
{
	if (!check_count(got == want, file, line))
		printf("%s is %lld, not %lld\n", what, got, want);
}

static inline void check_near(
	const char *file, int line, const char *what, double got, double want, double rel)
{
	if (!check_count(got == want || fabs(got - want) <= rel * fabs(want), file, line))
		printf("%s is %.17g, not %.17g\n", what, got, want);
}

static inline void check_text(const char *file, int line, const char *what, const char *got, const char *want)
{
	if (!check_count(got && want ? strcmp(got, want) == 0 : got == want, file, line))
		printf("%s is \"%s\", not \"%s\"\n", what, got ? got : "(null)", want ? want : "(null)");
}

/* Prints the tally; what main returns. */
static inline int check_end(void)
{
	printf("%d passed, %d failed\n", check_passed, check_failed);
	return check_failed > 0;
}

#endif
