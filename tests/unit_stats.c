/* SPDX-License-Identifier: MIT
 * Are trends measured right: published results, exact counts, and brute force on random series. */
#include "analysis/slopes.h"
#include "analysis/stats.h"

#include "tests/check.h"

#include <float.h>
#include <stdlib.h>
#include <time.h>

/* Examples of the EPA Unified Guidance (2009) as in EnvStats, maxau of R trend, PrecipGL of R Kendall. The
 * first results are printed by EnvStats, the others were computed apart from this program. */
static const double epa_176_t[] = { 89.6, 89.8, 90.1, 90.3, 90.6, 90.8, 91.1, 91.3, 91.6, 91.8, 92.1, 92.6,
	93.1, 93.6, 94.1, 94.6, 95.1, 95.6, 95.8, 96.1, 96.3, 96.6, 96.8 };
static const double epa_176_y[] = { 480, 450, 490, 520, 485, 510, 510, 530, 510, 560, 560, 540, 590, 550, 600,
	700, 570, 610, 650, 620, 830, 720, 590 };
static const double epa_177_t[] = { 89.6, 90.1, 90.8, 91.1, 92.1, 93.1, 94.1, 95.6, 96.1, 96.3 };
static const double epa_177_y[] = { 56, 53, 51, 55, 52, 60, 62, 59, 61, 63 };
static const double maxau_s_y[] = { 37.38356164383562, 31.28219178082192, 26.41917808219178,
	28.82786885245902, 32.88219178082192, 37.57260273972603, 27.34246575342466, 29.85792349726776,
	35.49315068493151, 28.9041095890411, 25.69315068493151, 16.96994535519126, 28.9013698630137,
	20.25205479452055, 19.26849315068493, 19.19125683060109, 24.33698630136986, 28.81095890410959,
	17.6958904109589, 19.63661202185792, 20.95616438356164, 29.10410958904109, 27.34520547945205,
	27.60382513661202, 20.98904109589041, 26.96986301369863, 27.44383561643836, 32.79234972677595,
	27.56164383561644, 30.72876712328767, 33.14520547945205, 25.77868852459016, 25.28767123287671,
	24.40821917808219, 28.38356164383562, 17.97267759562842, 16.0958904109589, 17.26849315068493,
	11.89041095890411, 13.77049180327869, 21.46896551724138, 23.0986301369863, 16.44413407821229,
	15.77322404371585, 13.87362637362637 };
static const double maxau_q_y[] = { 1649.353424657534, 1585.268493150685, 1370.112328767123,
	1520.901639344262, 1255.72602739726, 1808.342465753425, 864.1068493150685, 959.3060109289618,
	1141.553424657534, 1216.232876712329, 1344.424657534247, 861.9098360655738, 1402.923287671233,
	1415.838356164384, 1349.797260273973, 1419.099508196721, 1523.753690410959, 1535.471232876712,
	1365.452054794521, 1228.248633879781, 1114.013698630137, 1339.917808219178, 1537.331506849315,
	1448.25956284153, 1000.786301369863, 1095.213698630137, 1055.315068493151, 1208.972677595629,
	1174.008219178082, 1356.641095890411, 1565.47397260274, 1112.543715846994, 1163.920547945205,
	1143.304109589041, 1723.832876712329, 1400.866199453552, 1632.98904109589, 1495.701369863014,
	915.7534246575342, 1062.422677595628, 1048.984539473684, 1263.654794520548, 1286.67397260274,
	1205.051912568306, 1112.386301369863 };
static const double precip_y[] = { 31.69, 29.77, 31.7, 33.06, 31.31, 32.72, 31.18, 29.9, 29.17, 31.48, 28.11,
	32.61, 31.31, 30.96, 28.4, 30.68, 33.67, 28.65, 30.62, 30.21, 28.79, 30.92, 30.92, 28.13, 30.51,
	27.63, 34.8, 32.1, 33.86, 32.33, 25.69, 30.6, 32.85, 30.31, 27.71, 30.34, 29.14, 33.41, 33.51, 29.9,
	32.69, 32.34, 35.01, 33.05, 31.15, 36.36, 29.83, 33.7, 29.81, 32.41, 35.9, 37.45, 30.39, 31.15, 35.75,
	31.14, 30.06, 32.4, 28.44, 36.38, 31.73, 31.27, 28.51, 26.01, 31.27, 35.57, 30.85, 33.35, 35.82,
	31.78, 34.25, 31.43, 35.97, 33.87, 28.94, 34.62, 31.06, 38.84, 32.25, 35.86, 32.93, 32.69, 34.39,
	33.97, 32.15, 40.16, 36.32 };
/* With t NULL, times are start, start + 1, ... Rounded bounds are slopes of whole ranks, as R trend has them.
 */
static const struct oracle {
	const char *name;
	const double *t;
	double start;
	const double *y;
	size_t n;
	double s, var, z, p, tau_a, tau_b, slope, intercept, low, high, low_rounded, high_rounded;
} oracles[] = {
	{ "EPA 2009, example 17-6 (EnvStats)", epa_176_t, 89.6, epa_176_y, LEN(epa_176_y), 194, 1428,
		5.10732159684, 3.26757357072e-07, 0.766798418972, 0.774489668814, 26.6666666667,
		-1909.33333333, 20, 35.7118240305, 20, 35.8490566038 },
	{ "EPA 2009, data of 17-7", epa_177_t, 89.6, epa_177_y, LEN(epa_177_y), 25, 125, 2.1466252584,
		0.0318231273865, 0.555555555556, 0.555555555556, 1.33333333333, -65.9666666667,
		0.399208271854, 2.33333333333, 0.454545454545, 2.33333333333 },
	{ "maxau, s (R trend)", NULL, 1, maxau_s_y, LEN(maxau_s_y), -394, 10450, -3.84445166603,
		0.000120822295003, -0.39797979798, -0.39797979798, -0.287613882373, 32.3938078192,
		-0.419691633264, -0.151699872135, -0.419647678219, -0.151902587519 },
	{ "maxau, Q (R trend)", NULL, 1, maxau_q_y, LEN(maxau_q_y), -144, 10450, -1.39887172581,
		0.161851452652, -0.145454545455, -0.145454545455, -3.91303240223, 1376.67371785,
		-9.90326774192, 2.20175962311, -9.89267421084, 2.19057211926 },
	{ "PrecipGL (R Kendall)", NULL, 1900, precip_y, LEN(precip_y), 989, 74398.3333333, 3.62222431276,
		0.000292080673912, 0.264367816092, 0.264580074509, 0.04, -46.03, 0.0195339181662,
		0.0621313843564, 0.0195238095238, 0.0621739130435 },
};

static void oracle_check(const struct oracle *o)
{
	struct arena *a = arena_open();
	double *t = arena_alloc(a, o->n * sizeof *t), equal_y = 0;
	struct trend r;
	int failed = check_failed;

	for (size_t i = 0; i < o->n; i++) {
		t[i] = o->t ? o->t[i] : o->start + (double)i;
		for (size_t j = 0; j < i; j++)
			equal_y += o->y[i] == o->y[j];
	}
	CHECK(stats_trend(t, o->y, o->n, &r));
	CHECK_INT(r.n, o->n);
	CHECK_NEAR(r.s, o->s, 0);
	CHECK_NEAR(r.var, o->var, 1e-11);
	CHECK_NEAR(r.z, o->z, 1e-11);
	CHECK_NEAR(r.p, o->p, 1e-11);
	CHECK(!r.exact);
	CHECK_INT(r.pairs, o->n * (o->n - 1) / 2);
	CHECK_NEAR(r.s / (double)r.pairs, o->tau_a, 1e-11);
	CHECK_NEAR(r.s / sqrt((double)r.pairs * ((double)r.pairs - equal_y)), o->tau_b, 1e-11);
	CHECK_NEAR(r.slope, o->slope, 1e-11);
	CHECK_NEAR(r.intercept, o->intercept, 1e-11);
	CHECK(r.has_interval);
	CHECK_NEAR(r.level, 0.95, 0);
	CHECK_NEAR(r.low, o->low, 1e-11);
	CHECK_NEAR(r.high, o->high, 1e-11);

	struct slopes *slopes = slopes_open(a, t, o->y, o->n);
	double pairs = (double)slopes_count(slopes), c = 1.95996398454005 * sqrt(o->var);

	CHECK_NEAR(slopes_select(slopes, (uint64_t)round((pairs - c) / 2)), o->low_rounded, 1e-11);
	CHECK_NEAR(slopes_select(slopes, (uint64_t)round((pairs + c) / 2 + 1)), o->high_rounded, 1e-11);
	if (check_failed > failed)
		printf("  (%s)\n", o->name);
	arena_close(a);
}

/* Paged pool of MmSt in MB over hours: six snapshots of one boot, and the time until 343 MB are full. */
static void check_toy(void)
{
	static const double t[] = { 0, 0.5, 1.5, 2, 4, 6.5 }, y[] = { 60, 72, 95, 110, 150, 205 };
	struct trend r;
	struct forecast f;

	CHECK(stats_trend(t, y, 6, &r));
	CHECK_NEAR(r.s, 15, 0);
	CHECK(r.exact);
	CHECK_NEAR(r.p, 2.0 / 720, 1e-15);
	CHECK_NEAR(r.slope, 290.0 / 13, 1e-15);
	CHECK_NEAR(r.intercept, 825.0 / 13, 1e-14);
	CHECK(r.has_interval);
	CHECK_NEAR(r.low, 190.0 / 9, 1e-15);
	CHECK_NEAR(r.high, 76.0 / 3, 1e-15);
	CHECK_NEAR(r.level, 1 - 12.0 / 720, 1e-15);
	CHECK(stats_forecast(&r, 205 + 90, 343, &f));
	CHECK_NEAR(f.earliest, 48 / (76.0 / 3), 1e-14);
	CHECK_NEAR(f.likely, 48 / (290.0 / 13), 1e-14);
	CHECK_NEAR(f.latest, 48 / (190.0 / 9), 1e-14);
	CHECK(stats_forecast(&r, 205 + 90, 0.8 * 343, &f));
	CHECK_NEAR(f.latest, 0, 0);
	CHECK(stats_forecast(&r, 0, 20000, &f));
	CHECK_NEAR(f.earliest, STATS_FORECAST_HOURS, 0);
	CHECK(!stats_forecast(&r, NAN, 343, &f));
	CHECK(!stats_forecast(&r, 1, INFINITY, &f));
	CHECK(stats_forecast(&r, -DBL_MAX, DBL_MAX, &f));
	CHECK_NEAR(f.latest, STATS_FORECAST_HOURS, 0);
	/* A slope that may be zero foretells nothing, but what is reached stays reached. */
	r.low = 0;
	CHECK(!stats_forecast(&r, 295, 343, &f));
	CHECK(stats_forecast(&r, 343, 343, &f));
	r.low = 1;
	r.has_interval = false;
	CHECK(!stats_forecast(&r, 295, 343, &f));
}

static void check_ties(void)
{
	static const double t[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 };
	static const double y[] = { 100, 100, 120, 120, 120, 140, 150, 150, 170, 180 };
	struct trend r;

	CHECK(stats_trend(t, y, 10, &r));
	CHECK_NEAR(r.s, 40, 0);
	CHECK_NEAR(r.var, 358.0 / 3, 1e-14);
	CHECK_NEAR(r.z, 3.570127, 2e-7);
	CHECK_NEAR(r.p, 0.000356808, 2e-6);
	CHECK_NEAR(r.slope, 10, 0);
	CHECK_NEAR(r.intercept, 85, 0);
}

/* In how many of the n! orders S reaches s, n < 10. */
static const struct {
	int n, s, ways;
} counts[] = {
	{ 4, 6, 1 },
	{ 5, 10, 1 },
	{ 5, 8, 5 },
	{ 6, 15, 1 },
	{ 6, 13, 6 },
	{ 6, 11, 20 },
	{ 7, 21, 1 },
	{ 7, 19, 7 },
	{ 7, 17, 27 },
	{ 7, 15, 76 },
	{ 7, 13, 174 },
	{ 8, 24, 35 },
	{ 8, 22, 111 },
	{ 8, 20, 285 },
	{ 8, 18, 628 },
	{ 8, 16, 1230 },
	{ 9, 26, 1068 },
	{ 9, 24, 2298 },
	{ 9, 22, 4489 },
	{ 9, 20, 8095 },
	{ 9, 18, 13640 },
};

static void check_counts(void)
{
	for (size_t i = 0; i < LEN(counts); i++) {
		int n = counts[i].n, inversions = (n * (n - 1) / 2 - counts[i].s) / 2;
		double t[9], y[9], orders = 1;
		struct trend r;

		/* 0 1 2 ... with as many inversions as s asks for: each value moves as far left as it may. */
		for (int j = 0; j < n; j++) {
			int left = inversions < j ? inversions : j;

			for (int k = j; k > j - left; k--)
				y[k] = y[k - 1];
			y[j - left] = j;
			t[j] = j;
			inversions -= left;
			orders *= j + 1;
		}
		for (int sign = 1; sign >= -1; sign -= 2) {
			CHECK(stats_trend(t, y, (size_t)n, &r));
			CHECK_NEAR(r.s, sign * counts[i].s, 0);
			CHECK_NEAR(r.p, 2 * counts[i].ways / orders, 1e-15);
			for (int j = 0; j < n; j++)
				y[j] = -y[j];
		}
	}
}

/* Ranks of the 95 % bounds and their level (1 - 2 P) below ten points; rank 0: there is no such interval.
 * Those with equal t were found by trying all orders. */
static const struct {
	size_t n;
	double t[9];
	uint64_t low, high;
	double level;
} intervals[] = {
	{ 2, { 0, 1 }, 0, 0, 0 },
	{ 3, { 0, 1, 3 }, 0, 0, 1 - 2.0 / 6 },
	{ 4, { 0, 1, 3, 4 }, 0, 0, 1 - 2.0 / 24 },
	{ 5, { 0, 1, 3, 4, 8 }, 1, 10, 1 - 2.0 / 120 },
	{ 6, { 0, 1, 3, 4, 8, 9 }, 2, 14, 1 - 12.0 / 720 },
	{ 7, { 0, 1, 3, 4, 8, 9, 11 }, 4, 18, 1 - 152.0 / 5040 },
	{ 8, { 0, 1, 3, 4, 8, 9, 11, 16 }, 6, 23, 1 - 1256.0 / 40320 },
	{ 9, { 0, 1, 3, 4, 8, 9, 11, 16, 20 }, 9, 28, 1 - 16190.0 / 362880 },
	{ 6, { 0, 0, 1, 2, 3, 4 }, 2, 13, 1 - 20.0 / 720 },
	{ 6, { 0, 0, 0, 1, 1, 1 }, 0, 0, 0.9 },
	{ 7, { 0, 0, 1, 2, 3, 3, 4 }, 3, 17, 1 - 128.0 / 5040 },
	{ 8, { 0, 0, 0, 0, 1, 1, 1, 1 }, 1, 16, 1 - 1152.0 / 40320 },
};

static void check_intervals(const double *y)
{
	for (size_t i = 0; i < LEN(intervals); i++) {
		struct arena *a = arena_open();
		struct slopes *slopes = slopes_open(a, intervals[i].t, y, intervals[i].n);
		struct trend r;

		CHECK(stats_trend(intervals[i].t, y, intervals[i].n, &r));
		CHECK_INT(r.has_interval, intervals[i].low > 0);
		CHECK_NEAR(r.level, intervals[i].level, 1e-15);
		if (intervals[i].low > 0) {
			CHECK_NEAR(r.low, slopes_select(slopes, intervals[i].low), 0);
			CHECK_NEAR(r.high, slopes_select(slopes, intervals[i].high), 0);
		}
		arena_close(a);
	}
}

static uint64_t random_state = 20001;

/* xorshift64* of Marsaglia and Vigna; 0 to below - 1. */
static uint64_t random_below(uint64_t below)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return (random_state * 0x2545F4914F6CDD1Du >> 11) % below;
}

static int compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double sign_of(double v)
{
	return (v > 0) - (v < 0);
}

/* Everything by its definition: all pairs, and the variance by Kendall's sums over tied groups. */
struct brute {
	double s, var, slopes[300 * 299 / 2];
	size_t count;
};

static void tie_sums(const double *v, size_t n, double sums[3])
{
	sums[0] = sums[1] = sums[2] = 0;
	for (size_t i = 0; i < n; i++) {
		double u = 0;

		for (size_t j = 0; j < n; j++)
			u += v[i] == v[j];
		/* Each member of a group adds its share of what the group adds. */
		sums[0] += u - 1;
		sums[1] += (u - 1) * (u - 2);
		sums[2] += (u - 1) * (2 * u + 5);
	}
}

static void brute_measure(const double *t, const double *y, size_t size, struct brute *b)
{
	double n = (double)size, in_t[3], in_y[3];

	b->s = 0;
	b->count = 0;
	for (size_t i = 0; i < size; i++) {
		for (size_t j = 0; j < i; j++) {
			b->s += sign_of(t[i] - t[j]) * sign_of(y[i] - y[j]);
			if (t[i] != t[j])
				b->slopes[b->count++] = (y[i] - y[j]) / (t[i] - t[j]);
		}
	}
	qsort(b->slopes, b->count, sizeof *b->slopes, compare_doubles);
	tie_sums(t, size, in_t);
	tie_sums(y, size, in_y);
	b->var = (n * (n - 1) * (2 * n + 5) - in_t[2] - in_y[2]) / 18 + in_t[0] * in_y[0] / (2 * n * (n - 1));
	if (size > 2)
		b->var += in_t[1] * in_y[1] / (9 * n * (n - 1) * (n - 2));
}

/* Kinds of series: whole numbers with few or many ties, MB at fractions of hours, bytes at seconds told in
 * hours (not exact in binary), anything. In the last two, slopes may differ from brute force by rounding. */
enum kind { FEW_TIES, MANY_TIES, DYADIC, HOURS, ANY, KINDS };

static void fill(enum kind kind, double *t, double *y, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		switch (kind) {
		case FEW_TIES:
			t[i] = (double)random_below(1000000);
			y[i] = (double)random_below(1u << 31) + t[i] * 100;
			break;
		case MANY_TIES:
			t[i] = (double)random_below(n / 4 + 2);
			y[i] = (double)random_below(7) - 3;
			break;
		case DYADIC:
			t[i] = (double)random_below(4096) / 64;
			y[i] = (double)random_below(4096) / 16 + t[i];
			break;
		case HOURS:
			t[i] = (double)(random_below(86400) + 1) / 3600;
			y[i] = (double)(random_below(4) * 4096) + floor(t[i] * 3600) * 512;
			break;
		default:
			t[i] = (double)random_below(1000003) / 977 - 500;
			y[i] = ((double)random_below(1000003) - 500000) / (double)(random_below(9999) + 1);
		}
	}
}

static void check_series(enum kind kind, size_t n, struct brute *b)
{
	struct arena *a = arena_open();
	double t[300], y[300];
	struct trend r;

	fill(kind, t, y, n);
	brute_measure(t, y, n, b);
	double rel = kind >= HOURS && b->count > 4096 ? 1e-12 : 0;

	CHECK_INT(stats_trend(t, y, n, &r), b->count > 0);
	CHECK_NEAR(r.s, b->s, 0);
	CHECK(fabs(r.var - b->var) <= 1e-12 * (double)(n * n * n));
	CHECK_INT(r.pairs, b->count);
	struct slopes *slopes = slopes_open(a, t, y, n);

	CHECK_INT(slopes_count(slopes), b->count);
	if (b->count) {
		double middle = b->slopes[(b->count - 1) / 2] / 2 + b->slopes[b->count / 2] / 2;

		CHECK_NEAR(r.slope, middle, rel > 0 ? rel : 1e-15);
		CHECK(!r.has_interval || (r.low <= r.slope && r.slope <= r.high));
		CHECK_NEAR(slopes_select(slopes, 1), b->slopes[0], rel);
		CHECK_NEAR(slopes_select(slopes, b->count), b->slopes[b->count - 1], rel);
		for (int i = 0; i < 8; i++) {
			uint64_t k = random_below(b->count);

			CHECK_NEAR(slopes_select(slopes, k + 1), b->slopes[k], rel);
		}
	}
	arena_close(a);
}

static void check_brute(void)
{
	struct brute *b = malloc(sizeof *b);

	if (!b)
		exit(1);
	for (size_t round = 0; round < 300; round++)
		check_series(round % KINDS, 2 + random_below(round < 150 ? 40 : 299), b);
	for (enum kind kind = 0; kind < KINDS; kind++)
		check_series(kind, 300, b);
	free(b);
}

/* All orders of y by Heap's method: the exact p with ties, and the variance, by their definition. */
static void check_orders(size_t n)
{
	double t[7] = { 0 }, y[7] = { 0 }, order[7] = { 0 }, square = 0, orders = 0, extreme = 0;
	size_t turn[7] = { 0 };
	struct trend r;

	for (size_t i = 0; i < n; i++) {
		t[i] = (double)random_below(n);
		y[i] = order[i] = (double)random_below(n - 1);
	}
	stats_trend(t, y, n, &r);
	for (size_t i = 0; i < n;) {
		if (i == 0 || turn[i] < i) {
			if (i > 0) {
				size_t with = i % 2 ? turn[i] : 0;
				double swap = order[i];

				order[i] = order[with];
				order[with] = swap;
				turn[i]++;
			}
			double s = 0;

			for (size_t j = 0; j < n; j++) {
				for (size_t k = 0; k < j; k++)
					s += sign_of(t[j] - t[k]) * sign_of(order[j] - order[k]);
			}
			square += s * s;
			extreme += fabs(s) >= fabs(r.s);
			orders++;
			i = 1;
		} else {
			turn[i++] = 0;
		}
	}
	CHECK(r.exact);
	CHECK_NEAR(r.p, extreme / orders, 1e-14);
	CHECK(fabs(r.var - square / orders) <= 1e-12 * square / orders);
}

static void check_odd_input(void)
{
	static const double t[] = { 1, 2, NAN, 3, INFINITY, 4, 5 }, y[] = { 10, 20, 5, 30, 1, 40, NAN };
	static const double same[] = { 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7 };
	static const double many[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };
	static const double pairs[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
	static const double huge[] = { -DBL_MAX, DBL_MAX, 0, DBL_MAX, -DBL_MAX };
	static const double tight[] = { 0, DBL_TRUE_MIN, DBL_MIN, 1, DBL_MAX };
	struct trend r;

	CHECK(!stats_trend(NULL, NULL, 0, &r));
	CHECK_NEAR(r.p, 1, 0);
	CHECK(!stats_trend(t, y, 1, &r));
	CHECK_INT(r.n, 1);
	CHECK_NEAR(r.p, 1, 0);
	CHECK(stats_trend(t, y, LEN(t), &r));
	CHECK_INT(r.n, 4);
	CHECK_NEAR(r.slope, 10, 0);
	CHECK_NEAR(r.intercept, 0, 0);
	CHECK(!r.has_interval);
	CHECK(!stats_trend(same, many, 12, &r));
	CHECK_NEAR(r.p, 1, 0);
	CHECK_NEAR(r.var, 0, 0);
	CHECK(stats_trend(many, same, 12, &r));
	CHECK_NEAR(r.p, 1, 0);
	CHECK_NEAR(r.slope, 0, 0);
	CHECK_NEAR(r.intercept, 7, 0);
	/* Two moments only: eleven slopes cannot bound anything at 95 %. */
	CHECK(stats_trend(pairs, many, 12, &r));
	CHECK_INT(r.pairs, 11);
	CHECK(!r.has_interval);
	CHECK(stats_trend(tight, huge, 5, &r));
	CHECK_INT(r.pairs, 10);
	CHECK(isfinite(r.slope) && isfinite(r.intercept) && isfinite(r.low) && isfinite(r.high));
	CHECK(stats_trend(huge, huge, 5, &r));
	CHECK_NEAR(r.slope, 1, 0);
	CHECK_NEAR(stats_median(t, LEN(t)), 3, 0);
	CHECK_NEAR(stats_median(huge, 2), 0, 0);
	CHECK(isnan(stats_median(t + 2, 1)));
	CHECK(isnan(stats_median(t, 0)));
}

/* y = t * t in disorder: the slope of a pair is the sum of its times, so every rank is known. */
static void check_parabola(size_t n)
{
	struct arena *a = arena_open();
	double *t = arena_alloc(a, n * sizeof *t), *y = arena_alloc(a, n * sizeof *y);
	uint64_t below = 0, all = (uint64_t)n * (n - 1) / 2;

	for (size_t i = 0; i < n; i++) {
		t[i] = (double)(i * 7919 % n);
		y[i] = t[i] * t[i];
	}
	struct slopes *slopes = slopes_open(a, t, y, n);

	CHECK_INT(slopes_count(slopes), all);
	for (size_t sum = 1; sum < 2 * n - 2; sum++) {
		uint64_t ways = sum < n ? (sum + 1) / 2 : (2 * n - 1 - sum) / 2;

		if (sum == 1 || sum == n / 3 || sum == n || sum == 2 * n - 3) {
			CHECK_NEAR(slopes_select(slopes, below + 1), (double)sum, 0);
			CHECK_NEAR(slopes_select(slopes, below + ways), (double)sum, 0);
		}
		below += ways;
	}
	CHECK_INT(below, all);
	arena_close(a);
}

/* A pool that grows, sags and is sampled every few seconds for a week. */
static void check_long(size_t n)
{
	struct arena *a = arena_open();
	double *t = arena_alloc(a, n * sizeof *t), *y = arena_alloc(a, n * sizeof *y), level = 1u << 28;
	struct trend r, again;
	clock_t start = clock();

	for (size_t i = 0; i < n; i++) {
		t[i] = (double)(3 * i + random_below(3)) / 3600;
		level += ((double)random_below(257) - 127) * 64;
		y[i] = level;
	}
	CHECK(stats_trend(t, y, n, &r));
	CHECK_INT(r.n, n);
	CHECK(r.has_interval && r.low < r.slope && r.slope < r.high);
	/* All pairs would take minutes; sanitizers slow this down several times over. */
	CHECK((double)(clock() - start) / CLOCKS_PER_SEC < 10);

	/* The same of a shorter piece, against a plain count of all its slopes. */
	uint64_t less = 0, most = 0;

	n = 5001;
	CHECK(stats_trend(t, y, n, &r));
	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < i; j++) {
			double slope = (y[i] - y[j]) / (t[i] - t[j]);

			less += slope < r.slope * (1 - 1e-12);
			most += slope <= r.slope * (1 + 1e-12);
		}
	}
	CHECK(less <= r.pairs / 2 && r.pairs / 2 <= most);
	CHECK(stats_trend(t, y, n, &again));
	CHECK(memcmp(&r.slope, &again.slope, sizeof r.slope) == 0);
	arena_close(a);
}

int main(void)
{
	static const double distinct[] = { 3, 1, 4, 15, 9, 2, 6, 5, 35 };
	static const double tied[] = { 3, 1, 3, 15, 15, 15, 6, 1, 35 };

	for (size_t i = 0; i < LEN(oracles); i++)
		oracle_check(&oracles[i]);
	check_toy();
	check_ties();
	check_counts();
	check_intervals(distinct);
	check_intervals(tied);
	for (size_t i = 0; i < 60; i++)
		check_orders(3 + i % 5);
	check_brute();
	check_odd_input();
	check_parabola(200);
	check_parabola(20000);
	check_long(200000);
	return check_end();
}
