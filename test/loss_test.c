/* Inoperability: published cases to all their digits, tables worked out by hand, and the relations the parts have with one another. */
#include "arena_kit.h"

#include <math.h>

#include "cascade/loss.h"

#define assert_near(got, want, within) assert_true(fabs((got) - (want)) <= (within))

/* ---- published ---- */

/* Haimes and Jiang 2001, two infrastructures. */
static void haimes_and_jiang_two(void **unused)
{
    (void)unused;
    static const double m[] = {0, .8, .2, 0}, c[] = {0, .6};
    double q[2], raw[2];
    assert_int_equal(loss_static(a, &(struct loss_model){2, m, c}, q, raw), 0);
    assert_near(q[0], 4.0 / 7, 1e-15);
    assert_near(q[1], 5.0 / 7, 1e-15);
    assert_memory_equal(q, raw, sizeof q);
}

/* The same, four of them: two are lost more than wholly before they are cut. */
static void haimes_and_jiang_four(void **unused)
{
    (void)unused;
    static const double m[] = {0, .9, 0, 0, .4, 0, 0, 0, 1, .8, 0, 0, 1, .9, 0, 0}, c[] = {0, .5, 0, 0};
    static const double want[] = {.703125, .78125, 1, 1}, want_raw[] = {.703125, .78125, 1.328125, 1.40625};
    double q[4], raw[4];
    assert_int_equal(loss_static(a, &(struct loss_model){4, m, c}, q, raw), LOSS_CLIPPED);
    for (int i = 0; i < 4; i++) {
        assert_near(q[i], want[i], 1e-15);
        assert_near(raw[i], want_raw[i], 1e-15);
    }
    assert_near(loss_radius(a, 4, m), .6, 1e-3);
}

/* Lian and Haimes 2006. */
static const double lian[] = {.15, .5, .1, .05}, lian_c[] = {0, .1}, lian_k[] = {.2, .2};

static void lian_and_haimes_static(void **unused)
{
    (void)unused;
    double q[2];
    assert_int_equal(loss_static(a, &(struct loss_model){2, lian, lian_c}, q, NULL), 0);
    assert_near(q[0], .0660066, 5e-8);
    assert_near(q[1], .1122112, 5e-8);
}

static void lian_and_haimes_step_by_step(void **unused)
{
    (void)unused;
    enum { STEPS = 400 };
    double q[2 * STEPS], still[2];
    struct loss_model m = {.n = 2, .a = lian, .c = lian_c, .k = lian_k, .lasts = SIZE_MAX};
    assert_int_equal(loss_dynamic(a, &m, STEPS, q, NULL), 0);
    assert_true(q[0] == 0 && q[1] == 0);
    assert_near(q[2 * 2], .002, 1e-15);
    assert_near(q[2 * 2 + 1], .0362, 1e-15);
    assert_near(q[2 * 10], .03497395, 5e-9);
    assert_near(q[2 * 10 + 1], .09424428, 5e-9);
    loss_static(a, &m, still, NULL);
    assert_near(q[2 * STEPS - 2], still[0], 1e-12);
    assert_near(q[2 * STEPS - 1], still[1], 1e-12);
}

/* "On for t = 0 … 30": it moves q at t = 0 … 29. One step more or less is another figure. */
static void lian_and_haimes_area(void **unused)
{
    (void)unused;
    double q[200], area[2];
    struct loss_model m = {.n = 2, .a = lian, .c = lian_c, .k = lian_k, .lasts = 30};
    assert_int_equal(loss_dynamic(a, &m, 100, q, area), 0);
    assert_near(area[0], 1.980144, 5e-7);
    assert_near(area[1], 3.366317, 5e-7);
    m.lasts = 31;
    loss_dynamic(a, &m, 100, q, area);
    assert_true(area[0] > 2.04);
}

/* ---- what has no answer ---- */

static void without_an_answer_nothing_is_filled(void **unused)
{
    (void)unused;
    static const double swings[] = {0, 1, 1, 0}, grows[] = {0, 2, 3, 0}, own[] = {1.5, 0, 0, .5}, edge[] = {.5, .5, .5, .5}, c[] = {.1, .1};
    double q[6] = {-1, -1, -1, -1, -1, -1}, s[4];
    static const struct {
        const double *m;
        unsigned warnings;
    } cases[] = {{swings, LOSS_UNSTABLE | LOSS_SINGULAR}, {grows, LOSS_UNSTABLE}, {own, LOSS_UNSTABLE}, {edge, LOSS_UNSTABLE | LOSS_SINGULAR}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct loss_model m = {.n = 2, .a = cases[i].m, .c = c, .lasts = SIZE_MAX};
        assert_int_equal(loss_static(a, &m, q, NULL), cases[i].warnings);
        assert_int_equal(loss_dynamic(a, &m, 3, q, NULL), cases[i].warnings);
        assert_true(loss_radius(a, 2, cases[i].m) >= .999);
        assert_int_equal(loss_inverse(a, 2, cases[i].m, s), !(cases[i].warnings & LOSS_SINGULAR));
    }
    for (int i = 0; i < 6; i++) assert_true(q[i] == -1);
}

static void just_below_and_above_a_radius_of_one(void **unused)
{
    (void)unused;
    static const double c[] = {0, 0, 0};
    double q[3];
    for (int above = 0; above < 2; above++) {
        double x = above ? 1.000001 : .999999, m[] = {0, x, 0, 0, 0, x, x, 0, 0};
        assert_int_equal(loss_static(a, &(struct loss_model){3, m, c}, q, NULL), above ? LOSS_UNSTABLE : 0);
        assert_near(loss_radius(a, 3, m), x, 1e-3);
    }
}

/* ---- tables by hand ---- */

/* z(1, 2) = 30 of x = 100, z(2, 1) = 10 of x = 50, z(1, 1) = 5. */
static const double flows[] = {5, 30, 10, 0}, output[] = {100, 50};

static void demand_and_supply_side(void **unused)
{
    (void)unused;
    double m[4];
    static const double demand[] = {.05, .3, .2, 0}, supply[] = {.05, .1, .6, 0};
    assert_true(loss_coefficients(a, 2, flows, output, NULL, false, m));
    for (int i = 0; i < 4; i++) assert_near(m[i], demand[i], 1e-15);
    assert_true(loss_coefficients(a, 2, flows, output, NULL, true, m));
    for (int i = 0; i < 4; i++) assert_near(m[i], supply[i], 1e-15);
    /* Sector 1 loses half: on the supply side sector 2, which gets 30 of its 50 from it, is hurt most; on the demand side it loses
     * what sector 1 does not buy. */
    static const double c[] = {.5, 0};
    double q[2];
    loss_static(a, &(struct loss_model){2, m, c}, q, NULL);
    assert_near(q[0], .5 / .89, 1e-15);
    assert_near(q[1], .3 / .89, 1e-15);
    loss_coefficients(a, 2, flows, output, NULL, false, m);
    loss_static(a, &(struct loss_model){2, m, c}, q, NULL);
    assert_near(q[1], .1 / .89, 1e-15);
}

/* Mining, as in a national table of a country that imports: 120 of it are used by industry, 5 are dug there. */
static void imports_are_taken_out(void **unused)
{
    (void)unused;
    static const double z[] = {0, 120, 1, 300}, x[] = {5, 1000}, imports[] = {115, 0}, c[] = {0, .05};
    double m[4], q[2], raw[2];
    assert_true(loss_coefficients(a, 2, z, x, NULL, false, m));
    assert_near(m[1], 24, 1e-14);
    assert_int_equal(loss_static(a, &(struct loss_model){2, m, c}, q, raw), LOSS_CLIPPED);
    assert_true(raw[0] > 1 && q[0] == 1);
    assert_true(loss_coefficients(a, 2, z, x, imports, false, m));
    assert_near(m[1], 1, 1e-15); /* 120 · 5 / 120 / 5 */
    assert_int_equal(loss_static(a, &(struct loss_model){2, m, c}, q, NULL), 0);
    assert_near(q[0], .05 / .699, 1e-15);
}

static void tables_that_are_none(void **unused)
{
    (void)unused;
    double m[4];
    static const double zero[] = {100, 0}, negative[] = {100, -1}, strange[] = {5, NAN, 10, 0}, endless[] = {5, INFINITY, 10, 0};
    assert_false(loss_coefficients(a, 2, flows, zero, NULL, true, m));
    assert_false(loss_coefficients(a, 2, flows, negative, NULL, true, m));
    assert_false(loss_coefficients(a, 2, strange, output, NULL, true, m));
    assert_false(loss_coefficients(a, 2, endless, output, NULL, true, m));
    assert_false(loss_coefficients(a, 2, flows, output, negative, true, m));
}

/* ---- indices and parts ---- */

static void indices_of_setola(void **unused)
{
    (void)unused;
    static const double m[] = {.5, .2, .4, .1, 0, .3, 0, .6, .9}; /* the diagonal is in none of them */
    static const double dependency[] = {.3, .2, .3}, influence[] = {.05, .4, .35};
    double d[3], i[3];
    loss_indices(3, m, d, i);
    for (int s = 0; s < 3; s++) {
        assert_near(d[s], dependency[s], 1e-15);
        assert_near(i[s], influence[s], 1e-15);
    }
    loss_indices(1, m, d, i);
    assert_true(d[0] == 0 && i[0] == 0);
}

static uint64_t state;

static double up_to(double x) /* splitmix64 */
{
    uint64_t z = state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return x * (double)((z ^ z >> 31) >> 11) / 9007199254740992.0;
}

/* S c is the static answer; (I - A*) S is I; the dynamic form comes to the same. Rows sum to less than 1, so all are stable. */
static void inverse_static_and_dynamic_agree(void **unused)
{
    (void)unused;
    for (state = 1; state < 60; state++) {
        struct arena_mark mark = arena_mark(a);
        size_t n = 1 + state % 20;
        double *m = arena_array(a, n * n, sizeof *m), *s = arena_array(a, n * n, sizeof *s), *c = arena_array(a, n, sizeof *c);
        double *q = arena_array(a, n, sizeof *q), *raw = arena_array(a, n, sizeof *raw), *steps = arena_array(a, 3000 * n, sizeof *steps);
        uint64_t seed = state;
        for (size_t i = 0; i < n * n; i++) m[i] = up_to(.9 / (double)n);
        for (size_t i = 0; i < n; i++) c[i] = up_to(.1);
        state = seed;
        struct loss_model model = {.n = n, .a = m, .c = c, .lasts = SIZE_MAX};
        assert_int_equal(loss_static(a, &model, q, raw), 0);
        assert_true(loss_inverse(a, n, m, s));
        assert_int_equal(loss_dynamic(a, &model, 3000, steps, NULL), 0);
        for (size_t i = 0; i < n; i++) {
            double product = 0;
            for (size_t j = 0; j < n; j++) product += s[i * n + j] * c[j];
            assert_near(product, q[i], 1e-12);
            assert_near(steps[2999 * n + i], q[i], 1e-12);
            for (size_t k = 0; k < n; k++) {
                double unit = s[i * n + k];
                for (size_t j = 0; j < n; j++) unit -= m[i * n + j] * s[j * n + k];
                assert_near(unit, i == k ? 1 : 0, 1e-12);
            }
        }
        arena_back(a, mark);
    }
}

static void a_start_and_what_is_cut_in_it(void **unused)
{
    (void)unused;
    static const double m[] = {0}, c[] = {0}, half[] = {.5}, most[] = {1.5};
    double q[4], area[1];
    assert_int_equal(loss_dynamic(a, &(struct loss_model){1, m, c, half, half, 0}, 4, q, area), 0);
    for (int t = 0; t < 4; t++) assert_near(q[t], .5 / (1 << t), 1e-15);
    assert_near(area[0], .375 + .1875 + .09375, 1e-15);
    assert_int_equal(loss_dynamic(a, &(struct loss_model){1, m, c, half, most, 0}, 4, q, NULL), LOSS_CLIPPED);
    assert_true(q[0] == 1);
}

/* Back to one per cent after 10 steps of the continuous form: exp(-k (1 - a) 10) = 0.01. */
static void resilience_of_a_time_of_recovery(void **unused)
{
    (void)unused;
    double k = loss_resilience(.01, 10, .15);
    assert_near(exp(-k * .85 * 10), .01, 1e-15);
    assert_near(loss_resilience(.01, 10, 0), .4605170186, 1e-10);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(haimes_and_jiang_two),
        TEST(haimes_and_jiang_four),
        TEST(lian_and_haimes_static),
        TEST(lian_and_haimes_step_by_step),
        TEST(lian_and_haimes_area),
        TEST(without_an_answer_nothing_is_filled),
        TEST(just_below_and_above_a_radius_of_one),
        TEST(demand_and_supply_side),
        TEST(imports_are_taken_out),
        TEST(tables_that_are_none),
        TEST(indices_of_setola),
        TEST(inverse_static_and_dynamic_agree),
        TEST(a_start_and_what_is_cut_in_it),
        TEST(resilience_of_a_time_of_recovery),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
