/* A network of services read as coefficients between sectors, worked out by hand; figures as files write them and as they are shown. */
#include "arena_kit.h"

#include <math.h>

#include "depend/iim.h"

#define assert_near(got, want) assert_true(fabs((got) - (want)) <= 1e-12)

enum { POWER, TELECOM, WATER, SECTORS };

/* Power p (one service). Telecom: t needs p; u needs one of p and t, and has weight 3. Water: v needs, in shares 60 and 40, p and t; x needs t
 * with strength 0.5. */
enum { P, T, U, V, X, ALL };
struct made {
    struct net_service service[ALL];
    uint32_t need_at[ALL + 1], supplier_at[5];
    struct net_need need[4];
    struct net_supplier supplier[6];
    struct net net;
};

static struct made *made(void)
{
    static const struct made kept = {
        .service = {{.sector = POWER, .weight = 5, .own = LEVEL_FULL}, {.sector = TELECOM, .weight = 1, .own = LEVEL_FULL},
                    {.sector = TELECOM, .weight = 3, .own = LEVEL_FULL}, {.sector = WATER, .weight = 1, .own = LEVEL_FULL},
                    {.sector = WATER, .weight = 1, .own = LEVEL_FULL}},
        .need_at = {0, 0, 1, 2, 3, 4},
        .supplier_at = {0, 1, 3, 5, 6},
        .need = {{.k = 1, .strength = LEVEL_FULL, .buffer = {360, 360, SPAN_FIXED}},
                 {.k = 1, .strength = LEVEL_FULL},
                 {.k = 100, .strength = LEVEL_FULL, .rule = NEED_SHARE, .buffer = {60, 180, SPAN_UNIFORM}},
                 {.k = 1, .strength = LEVEL_FULL / 2}},
        .supplier = {{P, 0, 1, LEVEL_FULL, 0}, {P, 0, 1, LEVEL_FULL, 0}, {T, 0, 1, LEVEL_FULL, 0},
                     {P, 60, 60, LEVEL_FULL, 0}, {T, 0, 40, LEVEL_FULL, 0}, {T, 0, 1, LEVEL_FULL, 0}},
    };
    struct made *m = arena_alloc(a, sizeof *m);
    *m = kept;
    m->net = (struct net){.n_services = ALL, .n_needs = 4, .n_suppliers = 6, .n_sectors = SECTORS, .service = m->service, .need_at = m->need_at,
                          .need = m->need, .supplier_at = m->supplier_at, .supplier = m->supplier};
    return m;
}

static void once_buffers_are_empty(void **unused)
{
    (void)unused;
    double m[SECTORS * SECTORS];
    iim_of_net(a, &made()->net, TICK_NEVER, m);
    assert_near(m[TELECOM * SECTORS + POWER], .25); /* t of weight 1 of 4; u has t, which is not yet down: directly */
    assert_near(m[WATER * SECTORS + POWER], .3);    /* v keeps 40 of 100; x nothing to do with it */
    assert_near(m[WATER * SECTORS + TELECOM], (.4 + .5) / 2);
    for (int i = 0; i < SECTORS; i++) assert_true(m[POWER * SECTORS + i] == 0 && m[i * SECTORS + i] == 0);
    assert_true(m[TELECOM * SECTORS + WATER] == 0);
}

/* On average over 24 hours: t loses all after 6 of them. v feels it after a delay of 1 hour, and its buffer of 2 (the middle), drained at
 * 0.6, holds 3 h 20 min. */
static void while_buffers_hold(void **unused)
{
    (void)unused;
    double m[SECTORS * SECTORS];
    iim_of_net(a, &made()->net, 24 * HOUR, m);
    assert_near(m[TELECOM * SECTORS + POWER], .25 * 18 / 24);
    assert_near(m[WATER * SECTORS + POWER], .5 * .6 * (24 - 1 - 2 / .6) / 24);
    assert_near(m[WATER * SECTORS + TELECOM], .5 * (.4 * (24 - 2 / .4) / 24 + .5));
    iim_of_net(a, &made()->net, 6 * HOUR, m);
    assert_true(m[TELECOM * SECTORS + POWER] == 0);
}

/* What a sector cannot do from the beginning is no loss. */
static void what_is_broken_already_counts_for_nobody(void **unused)
{
    (void)unused;
    double m[SECTORS * SECTORS];
    struct made *x = made();
    x->service[P].own = 0;
    iim_of_net(a, &x->net, TICK_NEVER, m);
    for (int i = 0; i < SECTORS; i++) assert_true(m[i * SECTORS + POWER] == 0);
    assert_near(m[TELECOM * SECTORS + TELECOM], 0);
    assert_true(isfinite(m[WATER * SECTORS + TELECOM]));
}

static void money_of_sectors(void **unused)
{
    (void)unused;
    struct made *x = made();
    struct model_sector sector[SECTORS] = {{.value = 100}, {.value = 0}, {.value = 0}};
    struct model_service service[ALL] = {{.value = 7}, {.value = 1}, {.value = 2}};
    struct model m = {.net = x->net, .sector = sector, .service = service};
    double *value = iim_values(a, &m);
    assert_true(value[POWER] == 100 && value[TELECOM] == 3 && value[WATER] == 0);
    sector[POWER].value = 0;
    m.service = NULL;
    assert_null(iim_values(a, &m));
}

static void numbers_as_files_write_them(void **unused)
{
    (void)unused;
    static const char *const none[] = {"", "-1", "+1", "nan", "NaN", "inf", "0x10", "1e", "e5", ".", "1..2", "1e400", "1 2", "12,34", " 1", "1f"};
    static const struct {
        const char *text;
        double x;
    } good[] = {{"0", 0}, {"12", 12}, {"0.5", .5}, {".5", .5}, {"5.", 5}, {"1e-3", .001}, {"2E+2", 200}, {"1,234.5", 1234.5}};
    double x = -1;
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) assert_false(flows_number(str_of(none[i]), &x));
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(flows_number(str_of(good[i].text), &x));
        assert_true(x == good[i].x);
    }
}

static void figures_are_rounded_half_up(void **unused)
{
    (void)unused;
    assert_int_equal(iim_cell(4.0 / 7, 8).i, 57142857);
    assert_int_equal(iim_cell(5.0 / 7, 8).i, 71428571);
    assert_int_equal(iim_cell(.5, 0).i, 1);
    assert_int_equal(iim_cell(.125, 2).i, 13);
    struct cell large = iim_cell(123456789.5, 8); /* 15 digits at most */
    assert_int_equal(large.depth, 6);
    assert_true(large.i == 123456789500000);
    assert_int_equal(iim_cell(INFINITY, 8).type, CELL_NONE);
    assert_int_equal(iim_cell(NAN, 8).type, CELL_NONE);
    assert_int_equal(iim_cell(1e300, 8).type, CELL_NONE);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(once_buffers_are_empty),
        TEST(while_buffers_hold),
        TEST(what_is_broken_already_counts_for_nobody),
        TEST(money_of_sectors),
        TEST(numbers_as_files_write_them),
        TEST(figures_are_rounded_half_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
