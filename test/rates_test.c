/* Exact rates: the published worked example, the grades, how figures are shown, and doubles made from fractions. */
#include "arena_kit.h"

#include <inttypes.h>

#include "tally/rates.h"

static uint64_t state;

static uint64_t next_random(void) /* splitmix64 */
{
    uint64_t z = state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

static int64_t from_1_to(int64_t n) { return (int64_t)(next_random() % (uint64_t)n) + 1; }

#define assert_text(got, want) assert_string_equal(str_c(a, got), want)

static const struct rule mean_rule = {RATE_MEAN, {1000, 950, 900}, 3, &grades_2006};
static const struct rule pooled_rule = {RATE_POOLED, {1000, 950, 900}, 3, &grades_2006};

/* ---- a part ---- */

/* Overview of FY2006 (METI), the example beside the definitions: 1 of 2, 75 of 100, 10 of 10. */
static const struct counts worked[] = {{2, 1, 0}, {100, 75, 3}, {10, 10, 90}};

static void the_worked_example_is_75_percent(void **unused)
{
    (void)unused;
    struct part_rates p;
    part_rates(a, worked, NULL, 3, &mean_rule, &p);
    assert_text(frac_text(a, p.implementation), "3/4");
    assert_text(rate_text(a, rate_of(p.implementation, &grades_2006)), "75.0");
    assert_text(grade_of(&grades_2006, p.implementation), "C");
    assert_int_equal(p.arisen, 112);
    assert_int_equal(p.done, 86);
    assert_int_equal(p.no_occasion, 93);
    assert_int_equal(p.clauses, 3);
    assert_int_equal(p.left_out, 0);
    for (size_t t = 0; t < 3; t++) {
        assert_int_equal(p.attained[t], 1);
        assert_text(rate_text(a, rate_of_counts(p.attained[t], p.clauses, NULL)), "33.3");
    }
}

static void pooled_it_is_76_8(void **unused)
{
    (void)unused;
    struct part_rates p;
    part_rates(a, worked, NULL, 3, &pooled_rule, &p);
    assert_text(frac_text(a, p.implementation), "43/56");
    assert_text(rate_text(a, rate_of(p.implementation, &grades_2006)), "76.8");
    assert_text(rate_text(a, rate_of_counts(p.done, p.arisen, &grades_2006)), "76.8");
    assert_int_equal(p.attained[0], 1);
}

static void only_the_clauses_chosen_count(void **unused)
{
    (void)unused;
    static const size_t which[] = {2, 0};
    struct part_rates p;
    part_rates(a, worked, which, 2, &mean_rule, &p);
    assert_text(frac_text(a, p.implementation), "3/4");
    assert_int_equal(p.arisen, 12);
    assert_int_equal(p.clauses, 2);
}

static void clauses_without_a_duty_are_left_out_and_counted(void **unused)
{
    (void)unused;
    static const struct counts some[] = {{0, 0, 40}, {4, 1, 0}, {0, 0, 0}, {4, 2, 0}};
    struct part_rates p;
    part_rates(a, some, NULL, 4, &mean_rule, &p);
    assert_text(frac_text(a, p.implementation), "3/8");
    assert_int_equal(p.clauses, 2);
    assert_int_equal(p.left_out, 2);
    assert_int_equal(p.attained[0], 0);
    for (int pooled = 0; pooled < 2; pooled++) {
        part_rates(a, some, NULL, 1, pooled ? &pooled_rule : &mean_rule, &p);
        assert_null(p.implementation);
        assert_int_equal(p.clauses, 0);
        assert_int_equal(p.left_out, 1);
        assert_int_equal(p.no_occasion, 40);
    }
    part_rates(a, some, NULL, 0, &mean_rule, &p);
    assert_null(p.implementation);
    assert_int_equal(p.left_out, 0);
}

static void attainment_is_exact(void **unused)
{
    (void)unused;
    static const struct {
        struct counts counts;
        int64_t attained[3]; /* at 100, 95, 90 */
    } row[] = {
        {{20, 19, 0}, {0, 1, 1}},
        {{21, 19, 0}, {0, 0, 1}},
        {{1000000, 949999, 0}, {0, 0, 1}},
        {{1000000, 950000, 0}, {0, 1, 1}},
        {{10, 9, 0}, {0, 0, 1}},
        {{1, 1, 0}, {1, 1, 1}},
        {{1, 0, 0}, {0, 0, 0}},
        {{INT64_MAX, INT64_MAX - 1, 0}, {0, 1, 1}}, /* times a thousand: beyond 64 bits */
        {{INT64_MAX, INT64_MAX, 0}, {1, 1, 1}},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct part_rates p;
        part_rates(a, &row[i].counts, NULL, 1, &mean_rule, &p);
        for (size_t t = 0; t < 3; t++) assert_int_equal(p.attained[t], row[i].attained[t]);
    }
}

/* The sum in pairs against adding one by one. */
static void a_mean_is_the_sum_over_the_number(void **unused)
{
    (void)unused;
    static const int64_t people[] = {3, 40, 300, 1000000, INT64_MAX / 150};
    struct counts counts[150];
    state = 4;
    for (size_t i = 0; i < 60; i++) {
        size_t n = (size_t)from_1_to(150);
        struct frac *sum = frac_new(a, 0, 1);
        for (size_t c = 0; c < n; c++) {
            int64_t arisen = from_1_to(people[i % 5]), done = from_1_to(arisen);
            counts[c] = (struct counts){arisen, done, 0};
            frac_add(sum, frac_new(a, done, arisen));
        }
        frac_over(sum, (int64_t)n);
        struct rule rule = {RATE_MEAN};
        struct part_rates p;
        part_rates(a, counts, NULL, n, &rule, &p);
        assert_int_equal(frac_cmp(p.implementation, sum), 0);
        assert_text(frac_text(a, p.implementation), str_c(a, frac_text(a, sum)));
    }
}

/* ---- grades ---- */

static void grade_boundaries_are_exact(void **unused)
{
    (void)unused;
    static const struct {
        int64_t n, d;
        const char *grade;
    } row[] = {
        {1, 1, "A"},
        {9999, 10000, "B"},
        {INT64_MAX - 1, INT64_MAX, "B"},
        {4, 5, "B"},
        {799, 1000, "C"},
        {3, 5, "C"},
        {599, 1000, "D"},
        {0, 1, "D"},
        {4000000000000000000, 5000000000000000000, "B"},
        {3999999999999999999, 5000000000000000000, "C"},
        {2999999999999999999, 5000000000000000000, "D"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_text(grade_of(&grades_2006, frac_new(a, row[i].n, row[i].d)), row[i].grade);
}

/* In doubles the mean of a thousand 4/5s falls below 0.8, and a B becomes a C; so do two in five of the shorter ones.
 */
static void a_mean_of_equal_four_fifths_is_b(void **unused)
{
    (void)unused;
    enum { MANY = 1000 };
    static struct counts equal[MANY];
    int fallen = 0;
    double sum = 0;
    for (size_t n = 1; n <= MANY; n++) {
        equal[n - 1] = (struct counts){5, 4, 0};
        sum += 0.8;
        fallen += sum / (double)n < 0.8;
        struct part_rates p;
        part_rates(a, equal, NULL, n, &mean_rule, &p);
        assert_text(frac_text(a, p.implementation), "4/5");
        assert_text(grade_of(&grades_2006, p.implementation), "B");
        assert_text(rate_text(a, rate_of(p.implementation, &grades_2006)), "80.0");
    }
    assert_true(sum / MANY < 0.8);
    assert_true(fallen > MANY / 4);
}

/* ---- shown ---- */

static void figures_never_flatter(void **unused)
{
    (void)unused;
    static const struct {
        int64_t n, d;
        const char *graded, *bare; /* with the grades of 2006, and with none */
    } row[] = {
        {1, 1, "100.0", "100.0"},      {9997, 10000, "99.9", "99.9"},
        {9994, 10000, "99.9", "99.9"}, {9995, 10000, "99.9", "99.9"},
        {7996, 10000, "79.9", "80.0"}, {7994, 10000, "79.9", "79.9"},
        {8000, 10000, "80.0", "80.0"}, {8005, 10000, "80.1", "80.1"},
        {5996, 10000, "59.9", "60.0"}, {6000, 10000, "60.0", "60.0"},
        {5, 10000, "0.1", "0.1"},      {4, 10000, "0.0", "0.0"},
        {0, 10000, "0.0", "0.0"},      {86, 112, "76.8", "76.8"},
        {1, 3, "33.3", "33.3"},        {2, 3, "66.7", "66.7"},
        {1, 8, "12.5", "12.5"},        {12345, 100000, "12.3", "12.3"},
        {1235, 10000, "12.4", "12.4"}, {INT64_MAX - 1, INT64_MAX, "99.9", "99.9"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const struct frac *f = frac_new(a, row[i].n, row[i].d);
        assert_text(rate_text(a, rate_of(f, &grades_2006)), row[i].graded);
        assert_text(rate_text(a, rate_of(f, NULL)), row[i].bare);
        assert_text(rate_text(a, rate_of_counts(row[i].n, row[i].d, &grades_2006)), row[i].graded);
        assert_text(rate_text(a, rate_of_counts(row[i].n, row[i].d, NULL)), row[i].bare);
    }
}

/* Whatever is shown, read as an exact figure it earns the grade of the figure itself. */
static void what_is_shown_has_the_same_grade(void **unused)
{
    (void)unused;
    state = 5;
    for (int i = 0; i < 20000; i++) {
        int64_t d = from_1_to(20000), n = d - (from_1_to(d) - 1) * (int64_t)(next_random() % 2);
        if (i % 3 == 0) n = (d * 4 + 4) / 5 - (i % 2);
        if (n < 0) n = 0;
        struct rate r = rate_of_counts(n, d, &grades_2006);
        struct frac *f = frac_new(a, n, d), *shown = frac_new(a, r.tenths, 1000);
        assert_text(grade_of(&grades_2006, shown), str_c(a, grade_of(&grades_2006, f)));
        assert_int_equal(rate_of(f, &grades_2006).tenths, r.tenths);
        frac_sub(shown, f); /* off by half a tenth, or by less than one where a boundary held it down */
        assert_true(frac_cmp(shown, frac_new(a, 1, 2000)) <= 0 && frac_cmp(shown, frac_new(a, -1, 1000)) > 0);
    }
}

static void counts_are_kept(void **unused)
{
    (void)unused;
    struct rate r = rate_of_counts(640, 812, &grades_2006);
    assert_true(r.defined);
    assert_int_equal(r.n, 640);
    assert_int_equal(r.d, 812);
    assert_true(r.value == 0.7881773399014779);
    r = rate_of_counts(0, 0, &grades_2006);
    assert_false(r.defined);
    assert_text(rate_text(a, r), "–");
    r = rate_of(frac_new(a, 640, 812), &grades_2006);
    assert_int_equal(r.n, 0);
    assert_int_equal(r.d, 0);
}

/* Against an earlier round a figure may fall. */
static void differences_may_be_negative(void **unused)
{
    (void)unused;
    static const struct {
        int64_t n, d;
        const char *shown;
    } row[] = {{-1, 8, "-12.5"}, {-1, 100, "-1.0"}, {-5, 10000, "-0.1"}, {-4, 10000, "0.0"}, {-1, 200, "-0.5"}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct frac *f = frac_new(a, 0, 1);
        frac_sub(f, frac_new(a, -row[i].n, row[i].d));
        assert_text(rate_text(a, rate_of(f, NULL)), row[i].shown);
        assert_true(rate_of(f, NULL).value == (double)row[i].n / (double)row[i].d);
    }
}

/* 把握率, FY2006, in tenths of a percent, in official order; and the two left out of the published analysis. */
static void the_mean_of_the_nineteen_coverages(void **unused)
{
    (void)unused;
    enum { AGRICULTURE = 14, ENVIRONMENT = 17, MINISTRIES = 19 };
    static const int64_t tenths[MINISTRIES] = {992,  959,  999,  735, 1000, 992,  1000, 633, 976, 1000,
                                               1000, 1000, 1000, 957, 312,  1000, 1000, 407, 941};
    struct frac *of[MINISTRIES];
    size_t left_out, full = 0;
    for (size_t i = 0; i < MINISTRIES; i++) {
        of[i] = frac_new(a, tenths[i], 1000);
        full += rate_of(of[i], NULL).tenths == 1000;
        assert_text(rate_text(a, rate_of(of[i], NULL)),
                    str_c(a, str_fmt(a, "%" PRId64 ".%" PRId64, tenths[i] / 10, tenths[i] % 10)));
    }
    assert_int_equal(full, 8);
    assert_text(frac_text(a, frac_mean(a, of, MINISTRIES, &left_out)), "16903/19000");
    assert_int_equal(left_out, 0);
    of[AGRICULTURE] = of[ENVIRONMENT] = NULL;
    struct frac *mean = frac_mean(a, of, MINISTRIES, &left_out);
    assert_text(rate_text(a, rate_of(mean, NULL)), "95.2");
    assert_int_equal(left_out, 2);
}

static void a_mean_of_nothing_is_nothing(void **unused)
{
    (void)unused;
    struct frac *of[3] = {NULL, NULL, NULL};
    size_t left_out = 0;
    assert_null(frac_mean(a, of, 3, &left_out));
    assert_int_equal(left_out, 3);
    assert_null(frac_mean(a, of, 0, &left_out));
    assert_int_equal(left_out, 0);
}

/* ---- fractions ---- */

static void fractions_are_read_and_written(void **unused)
{
    (void)unused;
    static const char *const good[][2] = {
        {"3/4", "3/4"},   {"6/8", "3/4"},
        {"0/5", "0"},     {"7", "7"},
        {"-2/4", "-1/2"}, {"007/0014", "1/2"},
        {"1/1", "1"},     {"123456789012345678901234567890/246913578024691357802469135780", "1/2"},
    };
    static const char *const bad[] = {"",      "/",     "3/",  "/4", "3/0", "3/00", "+3/4", "3/-4", " 3/4", "3/4 ",
                                      "3/4/5", "0x3/4", "3.5", "-",  "-/4", "--3",  "3 /4", "三/4", "1e3"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct frac *f = NULL;
        assert_true(frac_parse(a, str_of(good[i][0]), &f));
        assert_text(frac_text(a, f), good[i][1]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct frac *f = NULL;
        if (frac_parse(a, str_of(bad[i]), &f)) fail_msg("took '%s' for a fraction", bad[i]);
        assert_null(f);
    }
    struct frac *f = NULL;
    assert_false(frac_parse(a, (str){"3/4\0005", 5}, &f));
}

static void fractions_add_up(void **unused)
{
    (void)unused;
    struct frac *f = frac_new(a, 1, 3);
    frac_add(f, frac_new(a, 1, 6));
    assert_text(frac_text(a, f), "1/2");
    frac_sub(f, frac_new(a, 2, 3));
    assert_text(frac_text(a, f), "-1/6");
    frac_over(f, INT64_MAX);
    assert_text(frac_text(a, f), "-1/55340232221128654842");
    assert_text(frac_text(a, frac_new(a, INT64_MIN, INT64_MAX)), "-9223372036854775808/9223372036854775807");
    assert_true(frac_cmp(f, frac_new(a, 0, 1)) < 0 && frac_cmp(frac_new(a, 1, 2), f) > 0);
    assert_int_equal(frac_cmp(frac_new(a, 2, 4), frac_new(a, 1, 2)), 0);
}

/* n/d by long division to 80 digits, one more when something is left: what strtod, which rounds correctly, makes of it
 * is the nearest double. 0 <= n < d < 2^59. */
static double by_long_division(int64_t n, int64_t d)
{
    char text[96] = "0.";
    size_t at = 2;
    for (; at < 82; at++) {
        n *= 10;
        text[at] = (char)('0' + n / d);
        n %= d;
    }
    text[at] = n == 0 ? '0' : '1';
    return strtod(text, NULL);
}

static void values_are_the_nearest_doubles(void **unused)
{
    (void)unused;
    static const int64_t up_to[] = {10, 1000, 1000000, INT64_C(1) << 54, INT64_C(1) << 59};
    state = 6;
    for (size_t i = 0; i < 20000; i++) {
        int64_t d = from_1_to(up_to[i % 5] - 2) + 1, n = from_1_to(d) - 1;
        double want = by_long_division(n, d);
        assert_true(rate_of(frac_new(a, n, d), NULL).value == want);
        assert_true(rate_of_counts(n, d, NULL).value == want);
    }
}

static void ties_go_to_the_even_double(void **unused)
{
    (void)unused;
    enum { HALF = 53 };
    const int64_t below = INT64_C(1) << HALF, whole = INT64_C(1) << (HALF + 1);
    static const int64_t more[][2] = {{1, 0}, {2, 2}, {3, 4}, {5, 4}, {7, 8}};
    for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
        double want = (double)(below + more[i][1]) / (double)whole;
        assert_true(rate_of(frac_new(a, below + more[i][0], whole), NULL).value == want);
        assert_true(rate_of_counts(below + more[i][0], whole, NULL).value == want);
    }
}

static void values_far_down_are_right_too(void **unused)
{
    (void)unused;
    static const int zeros[] = {1, 22, 23, 300, 307, 308, 310, 320, 323, 324, 400};
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++) {
        struct buf b = buf_in(a);
        buf_add(&b, S("7/1"));
        for (int z = 0; z < zeros[i]; z++) buf_byte(&b, '0');
        struct frac *f = NULL;
        assert_true(frac_parse(a, buf_str(&b), &f));
        assert_true(rate_of(f, NULL).value == strtod(str_c(a, str_fmt(a, "7e-%d", zeros[i])), NULL));
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_worked_example_is_75_percent),
        TEST(pooled_it_is_76_8),
        TEST(only_the_clauses_chosen_count),
        TEST(clauses_without_a_duty_are_left_out_and_counted),
        TEST(attainment_is_exact),
        TEST(a_mean_is_the_sum_over_the_number),
        TEST(grade_boundaries_are_exact),
        TEST(a_mean_of_equal_four_fifths_is_b),
        TEST(figures_never_flatter),
        TEST(what_is_shown_has_the_same_grade),
        TEST(counts_are_kept),
        TEST(differences_may_be_negative),
        TEST(the_mean_of_the_nineteen_coverages),
        TEST(a_mean_of_nothing_is_nothing),
        TEST(fractions_are_read_and_written),
        TEST(fractions_add_up),
        TEST(values_are_the_nearest_doubles),
        TEST(ties_go_to_the_even_double),
        TEST(values_far_down_are_right_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
