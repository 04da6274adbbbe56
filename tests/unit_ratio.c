/* SPDX-License-Identifier: MIT
 * Are two rates compared right: published results, direct summation, boundaries, and shifts counted by
 * hand? */
#include "analysis/ratio.h"

#include "tests/check.h"

#include <stdlib.h>

/* ---- the binomial test ---- */

/* R's help pages print the first two (poisson.test, after Fay 2010; binom.test, after Conover 1971), rounded;
 * the others were computed with exact fractions. */
static void test_published(void)
{
	static const struct {
		size_t k, n;
		double share, p;
	} rows[] = {
		{ 11, 11 + 6 + 8 + 7, 800.0 / (800 + 1083 + 1050 + 878), 0.07966863303332947 },
		{ 682, 682 + 243, 0.75, 0.3824915595748517 },
		{ 5, 6, 0.25, 0.004638671875 },
		{ 3, 3, 0.25, 0.015625 },
		{ 6, 6, 0.25, 0.000244140625 },
		{ 0, 6, 0.25, 0.347412109375 },
		{ 0, 10, 0.5, 0.001953125 },
		{ 2, 10, 0.5, 0.109375 },
		{ 1, 1, 0.01, 0.01 },
		{ 60, 1000, 0.05, 0.1465470574367643 },
		{ 137, 2000, 0.012, 4.247026129435696e-58 },
	};
	char text[32];

	for (size_t i = 0; i < LEN(rows); i++)
		CHECK_NEAR(ratio_binomial(rows[i].k, rows[i].n, rows[i].share), rows[i].p, 1e-12);
	/* as R prints them */
	snprintf(text, sizeof text, "%.4g", ratio_binomial(11, 32, 800.0 / 3811));
	CHECK_TEXT(text, "0.07967");
	snprintf(text, sizeof text, "%.4g", ratio_binomial(682, 925, 0.75));
	CHECK_TEXT(text, "0.3825");
}

static double probability(size_t k, size_t n, double share)
{
	double p = 1;

	/* each factor of the binomial coefficient with its share, so that nothing overflows */
	for (size_t i = 0; i < k; i++)
		p *= (double)(n - i) / (double)(k - i) * share;
	for (size_t i = k; i < n; i++)
		p *= 1 - share;
	return p;
}

static void test_summed(void)
{
	static const double shares[] = { 0.001, 0.1, 0.25, 0.5, 2.0 / 3, 0.999 };

	for (size_t s = 0; s < LEN(shares); s++)
		for (size_t n = 0; n <= 24; n++)
			for (size_t k = 0; k <= n; k++) {
				double of = probability(k, n, shares[s]), sum = 0;

				for (size_t i = 0; i <= n; i++) {
					double one = probability(i, n, shares[s]);

					sum += one <= of * (1 + 1e-7) ? one : 0;
				}
				CHECK_NEAR(ratio_binomial(k, n, shares[s]), sum, 1e-9);
			}
}

static void test_binomial_ends(void)
{
	CHECK_NEAR(ratio_binomial(0, 0, 0.25), 1, 0);
	CHECK_NEAR(ratio_binomial(0, 5, 0), 1, 0);
	CHECK_NEAR(ratio_binomial(1, 5, 0), 0, 0);
	CHECK_NEAR(ratio_binomial(5, 5, 1), 1, 0);
	CHECK_NEAR(ratio_binomial(4, 5, 1), 0, 0);
	/* far from anything that a double holds: never negative, never a NaN */
	CHECK(ratio_binomial(20000, 20000, 0.01) < 1e-300);
	CHECK_NEAR(ratio_binomial(200, 20000, 0.01), 1, 1e-9);
}

/* ---- the top quarter ---- */

static void test_top_quarter(void)
{
	static const struct {
		size_t n;
		int64_t v[9], threshold;
	} rows[] = {
		{ 1, { 5 }, 5 },
		{ 2, { 5, 1 }, 5 },
		{ 4, { 4, 1, 3, 2 }, 4 },
		{ 5, { 5, 1, 4, 2, 3 }, 4 }, /* more than a quarter rather than less */
		{ 8, { 8, 7, 6, 5, 4, 3, 2, 1 }, 7 },
		{ 9, { 9, 8, 7, 6, 5, 4, 3, 2, 1 }, 7 },
		{ 4, { 3, 3, 3, 3 }, 3 }, /* all are high */
		{ 8, { 1, 2, 9, 9, 9, 1, 1, 1 }, 9 },
		{ 4, { 0, 0, 0, 0 }, 0 },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		CHECK_INT(ratio_top_quarter(rows[i].v, rows[i].n), rows[i].threshold);
}

/* ---- what is seen, where ---- */

/* one boot: low 0-6, high 6-8, not watched 8-10, low 10-12; another: high 0-4 */
static const struct stretch day[] = { { 0, 0, 6, false }, { 0, 6, 8, true }, { 0, 10, 12, false },
	{ 3, 0, 4, true } };

static void test_level(void)
{
	static const struct {
		struct happening e;
		enum level_then level;
	} rows[] = {
		{ { 0, -1 }, THEN_UNSEEN },
		{ { 0, 0 }, THEN_LOW },
		{ { 0, 5 }, THEN_LOW },
		{ { 0, 6 }, THEN_HIGH },
		{ { 0, 7 }, THEN_HIGH },
		{ { 0, 8 }, THEN_UNSEEN }, /* a stretch ends before its last instant */
		{ { 0, 9 }, THEN_UNSEEN },
		{ { 0, 10 }, THEN_LOW },
		{ { 0, 12 }, THEN_UNSEEN },
		{ { 1, 1 }, THEN_UNSEEN },
		{ { 3, 0 }, THEN_HIGH },
		{ { 3, 4 }, THEN_UNSEEN },
		{ { 4, 1 }, THEN_UNSEEN },
	};

	for (size_t i = 0; i < LEN(rows); i++)
		CHECK_INT(ratio_level(day, LEN(day), rows[i].e), rows[i].level);
	CHECK_INT(ratio_level(NULL, 0, (struct happening){ 0, 1 }), THEN_UNSEEN);
}

static void test_counts(void)
{
	static const struct happening events[] = { { 0, 1 }, { 0, 6 }, { 0, 7 }, { 0, 9 }, { 3, 1 },
		{ 3, 9 } };
	struct ratio r;

	ratio_measure(day, LEN(day), events, LEN(events), &r);
	CHECK_INT(r.high, 3);
	CHECK_INT(r.low, 1);
	CHECK_INT(r.unseen, 2);
	CHECK_NEAR(r.time_high, 6, 0);
	CHECK_NEAR(r.time_low, 8, 0);
	CHECK_NEAR(r.rate, 3.0 / 6 / (1.0 / 8), 1e-15);
	CHECK_NEAR(r.p_binomial, ratio_binomial(3, 4, 6.0 / 14), 0);

	/* all while it is high: as often as you like */
	ratio_measure(day, LEN(day), events + 1, 2, &r);
	CHECK(isinf(r.rate) && r.rate > 0);
	CHECK_INT(r.low, 0);
	/* none while it is high */
	ratio_measure(day, LEN(day), events, 1, &r);
	CHECK_NEAR(r.rate, 0, 0);
	CHECK_NEAR(r.p_binomial, 1, 0);
}

/* Nothing to compare: no rate, and no p. */
static void test_unknown(void)
{
	static const struct happening events[] = { { 0, 1 }, { 0, 9 } };
	struct ratio r;

	ratio_measure(NULL, 0, events, 2, &r);
	CHECK(isnan(r.rate) && isnan(r.p_binomial) && isnan(r.p_shift));
	CHECK_INT(r.unseen, 2);
	ratio_measure(day, 1, events, 2, &r); /* never high */
	CHECK(isnan(r.rate) && isnan(r.p_binomial) && isnan(r.p_shift));
	CHECK_INT(r.low, 1);
	ratio_measure(day + 1, 1, events, 2, &r); /* never low */
	CHECK(isnan(r.rate));
	ratio_measure(day, LEN(day), events + 1, 1, &r); /* only in a gap */
	CHECK(isnan(r.rate) && isnan(r.p_shift));
	CHECK_INT(r.unseen, 1);
	ratio_measure(day, LEN(day), NULL, 0, &r);
	CHECK(isnan(r.rate));
	CHECK_NEAR(r.time_low, 8, 0);
}

/* ---- shifts ---- */

/* 10,000 units of time, the last quarter is high: one unit each shift. */
static const struct stretch quarter[] = { { 0, 0, 7500, false }, { 0, 7500, 10000, true } };

static void test_shift_counted(void)
{
	struct happening one[] = { { 0, 8000 } };
	struct happening cluster[] = { { 0, 8000 }, { 0, 8001 }, { 0, 8002 } };
	struct happening apart[] = { { 0, 10 }, { 0, 3343 }, { 0, 8000 } };
	struct happening spread[] = { { 0, 7500 }, { 0, 8700 }, { 0, 9900 } };
	struct ratio r;

	ratio_measure(quarter, 2, one, 1, &r);
	CHECK_NEAR(r.p_shift, 0.25, 1e-9);
	/* three at once are no more than one: 2,498 of 10,000 places hold all three, and 4 some of them,
	 * which is nearer to the 0.75 that is to be expected */
	ratio_measure(quarter, 2, cluster, 3, &r);
	CHECK_NEAR(r.p_binomial, 1.0 / 64, 1e-12);
	CHECK_NEAR(r.p_shift, 0.2498, 1e-9);
	/* a third of the time from each other: one of them or none is always in the quarter; one is nearest
	 * to 0.75 */
	ratio_measure(quarter, 2, apart, 3, &r);
	CHECK_INT(r.high, 1);
	CHECK_NEAR(r.p_shift, 1, 1e-9);
	/* 2,400 long in 2,500: only 100 places hold all three */
	ratio_measure(quarter, 2, spread, 3, &r);
	CHECK_INT(r.high, 3);
	CHECK_NEAR(r.p_shift, 0.01, 1e-9);
}

/* Boots move apart from each other: their chances multiply. */
static void test_shift_boots(void)
{
	static const struct stretch two[] = { { 0, 0, 7500, false }, { 0, 7500, 10000, true },
		{ 1, 50000, 57500, false }, { 1, 57500, 60000, true } };
	static const struct happening both[] = { { 0, 8000 }, { 1, 59000 } };
	struct ratio r;

	ratio_measure(two, 4, both, 2, &r);
	CHECK_INT(r.high, 2);
	CHECK_NEAR(r.p_shift, 0.0625, 1e-9);
	/* a boot that was never high gives nothing to move, and an event in it is low wherever it goes */
	ratio_measure((const struct stretch[]){ two[0], two[1], two[2] }, 3,
		(const struct happening[]){ { 0, 8000 }, { 1, 51000 } }, 2, &r);
	CHECK_INT(r.high, 1);
	CHECK_NEAR(r.p_shift, 0.25, 1e-9);
}

/* The gap between two stretches is not there: an event moves from the end of one into the next. */
static void test_shift_gap(void)
{
	static const struct stretch gap[] = { { 0, 0, 5000, false }, { 0, 5000, 7500, true },
		{ 0, 900000, 902500, true } };
	static const struct happening e[] = { { 0, 6000 }, { 0, 7000 }, { 0, 8000 }, { 0, 901000 } };
	struct ratio r;

	/* joined: at 6000, 7000 and 8500 of 10,000, high from 5000 on */
	ratio_measure(gap, 3, e, 4, &r);
	CHECK_INT(r.unseen, 1);
	CHECK_INT(r.high, 3);
	/* all three in the high half: 2,500 places; none of them: 2,500; the mean is 1.5 */
	CHECK_NEAR(r.p_shift, 0.5, 1e-9);
}

static uint64_t random_state = 20201;

static int64_t random_below(int64_t n)
{
	random_state = random_state * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((random_state >> 33) % (uint64_t)n);
}

/* Every shift, with another way to find out what is high: 10,000 units are as many shifts. */
static double by_hand(const bool *high, const struct happening *e, size_t count)
{
	double times[8] = { 0 }, mean = 0, p = 0;
	size_t seen = 0;

	for (size_t i = 0; i < RATIO_SHIFTS; i++) {
		size_t k = 0;

		for (size_t j = 0; j < count; j++)
			k += high[((size_t)e[j].at + i) % RATIO_SHIFTS];
		seen = i ? seen : k;
		times[k] += 1.0 / RATIO_SHIFTS;
	}
	for (size_t k = 0; k <= count; k++)
		mean += (double)k * times[k];
	for (size_t k = 0; k <= count; k++)
		p += fabs((double)k - mean) > fabs((double)seen - mean) - 1e-9 ? times[k] : 0;
	return p;
}

static void test_shift_by_hand(void)
{
	static bool high[RATIO_SHIFTS];

	for (int round = 0; round < 50; round++) {
		struct stretch s[12];
		struct happening e[5];
		size_t n = 0, count = 1 + (size_t)random_below(5);
		struct ratio r, again;

		for (int64_t at = 0; at < RATIO_SHIFTS; n++) {
			int64_t to = n == 11 ? RATIO_SHIFTS : at + 1 + random_below(2500);

			s[n] = (struct stretch){ 0, at, to < RATIO_SHIFTS ? to : RATIO_SHIFTS,
				n == 0 || (n > 1 && random_below(2)) };
			for (; at < s[n].to; at++)
				high[at] = s[n].high;
		}
		e[0] = (struct happening){ 0, random_below(6000) };
		for (size_t i = 1; i < count; i++)
			e[i] = (struct happening){ 0, e[i - 1].at + random_below(1000) };
		ratio_measure(s, n, e, count, &r);
		CHECK_NEAR(r.p_shift, by_hand(high, e, count), 1e-9);
		/* no seed: the same each time */
		ratio_measure(s, n, e, count, &again);
		CHECK(memcmp(&r, &again, sizeof r) == 0);
	}
}

static int by_time(const void *a, const void *b)
{
	const struct happening *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* How often p falls below 5 % where nothing goes together: a value that wanders for 96 hours, and four
 * clusters of three events at any time. The binomial test alone would be wrong many times as often as it
 * says. */
static void test_false_alarms(void)
{
	enum { HOURS = 96, ROUNDS = 400 };
	size_t binomial = 0, both = 0;

	for (int round = 0; round < ROUNDS; round++) {
		int64_t v[HOURS], x = 0;
		struct stretch s[HOURS];
		struct happening e[12];
		struct ratio r;
		size_t n = 0;

		for (int i = 0; i < HOURS; i++)
			v[i] = x += random_below(1001) - 500;
		for (int i = 0; i < HOURS; i++)
			s[i] = (struct stretch){ 0, i * 1000, (i + 1) * 1000,
				v[i] >= ratio_top_quarter(v, HOURS) };
		for (int cluster = 0; cluster < 4; cluster++) {
			int64_t at = random_below(93000);

			for (int i = 0; i < 3; i++)
				e[n++] = (struct happening){ 0, at + i * 1200 };
		}
		qsort(e, n, sizeof *e, by_time);
		ratio_measure(s, HOURS, e, n, &r);
		binomial += r.p_binomial < 0.05;
		both += fmax(r.p_binomial, r.p_shift) < 0.05;
	}
	CHECK(binomial > ROUNDS / 10);
	CHECK(both <= ROUNDS / 20);
}

/* Thirty years in microseconds, thousands of stretches and events: no overflow, no NaN, and soon done. */
static void test_large(void)
{
	enum { N = 4000, EVENTS = 20000 };
	const int64_t hour = (int64_t)3600 * 1000000;
	struct stretch *s = calloc(N, sizeof *s);
	struct happening *e = calloc(EVENTS, sizeof *e);
	struct ratio r;

	for (size_t i = 0; i < N; i++)
		s[i] = (struct stretch){ 0, (int64_t)i * 65 * hour, (int64_t)(i + 1) * 65 * hour,
			i % 4 == 0 };
	for (size_t i = 0; i < EVENTS; i++)
		e[i] = (struct happening){ 0, (int64_t)i * 13 * hour };
	ratio_measure(s, N, e, EVENTS, &r);
	CHECK_INT(r.high + r.low, EVENTS);
	CHECK_NEAR(r.rate, 1, 1e-9);
	CHECK(r.p_shift > 0 && r.p_shift <= 1);
	CHECK(r.p_binomial > 0.99 && r.p_binomial <= 1);
	free(s);
	free(e);
}

int main(void)
{
	test_published();
	test_summed();
	test_binomial_ends();
	test_top_quarter();
	test_level();
	test_counts();
	test_unknown();
	test_shift_counted();
	test_shift_boots();
	test_shift_gap();
	test_shift_by_hand();
	test_false_alarms();
	test_large();
	return check_end();
}
