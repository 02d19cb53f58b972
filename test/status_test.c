/* What is published of a measure: the rule as a table. */
#include "support.h"

#include "plan/status.h"

static const struct {
    const char *what;
    struct status_facts f;
    int64_t status;
    enum status_source source;
} table[] = {
    {"nobody", {{0, 0}, {0, 0}, 0, 0}, 0, FROM_NOBODY},
    {"the lead alone", {{5, 2}, {0, 0}, 0, 0}, 2, FROM_LEAD},
    {"no lead: only others have said", {{0, 0}, {0, 0}, 0, 0}, 0, FROM_NOBODY},
    {"no lead: the centre says", {{0, 0}, {9, 3}, 0, 0}, 3, FROM_CENTRE},
    {"the centre before the lead, said later", {{5, 2}, {9, 3}, 0, 0}, 3, FROM_CENTRE},
    {"the centre before the lead, said earlier", {{9, 2}, {5, 3}, 0, 0}, 3, FROM_CENTRE},
    {"the centre better than the lead", {{9, 4}, {5, 1}, 0, 0}, 1, FROM_CENTRE},
    {"the centre took it back", {{5, 2}, {9, 0}, 0, 0}, 2, FROM_LEAD},
    {"the centre took it back, nobody else", {{0, 0}, {9, 0}, 0, 0}, 0, FROM_NOBODY},
    {"after a report nothing new", {{5, 2}, {0, 0}, 2, 7}, 2, FROM_REPORT},
    {"after a report the lead moves", {{8, 1}, {0, 0}, 2, 7}, 1, FROM_LEAD},
    {"the centre's word was for that report", {{8, 1}, {6, 3}, 3, 7}, 1, FROM_LEAD},
    {"and goes on while the lead is silent", {{5, 1}, {6, 3}, 3, 7}, 3, FROM_REPORT},
    {"the centre speaks again after it", {{8, 1}, {9, 4}, 3, 7}, 4, FROM_CENTRE},
    {"taken back after the report: the lead's last", {{5, 1}, {9, 0}, 3, 7}, 1, FROM_LEAD},
    {"taken back after the report, no lead: the report's", {{0, 0}, {9, 0}, 3, 7}, 3, FROM_REPORT},
    {"taken back before the report", {{5, 1}, {6, 0}, 1, 7}, 1, FROM_REPORT},
    {"a report from outside, no words", {{0, 0}, {0, 0}, 4, 0}, 4, FROM_REPORT},
    {"a report from outside, then the lead", {{1, 2}, {0, 0}, 4, 0}, 2, FROM_LEAD},
    {"a measure the report did not hold", {{5, 2}, {0, 0}, 0, 7}, 2, FROM_LEAD},
    {"the same, the centre had said", {{5, 2}, {6, 4}, 0, 7}, 4, FROM_CENTRE},
};

static void test_published(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct standing s = status_published(&table[i].f);
        if (s.status != table[i].status || s.source != table[i].source)
            fail_msg("%s: %d from %s", table[i].what, (int)s.status, status_sources[s.source]);
    }
}

static void test_warns(void **state)
{
    (void)state;
    assert_true(status_warns(2, 3));
    assert_true(status_warns(1, 4));
    assert_false(status_warns(3, 3));
    assert_false(status_warns(3, 1)); /* further than published is no warning */
    assert_false(status_warns(2, 0)); /* nobody has said */
    assert_false(status_warns(0, 4)); /* nothing is published that could be doubted */
}

static void test_words(void **state)
{
    (void)state;
    for (int64_t i = 1; i <= 4; i++) {
        assert_int_equal(status_read(status_mark(i)), i);
        assert_true(status_word(i).n != 0 && status_legend(i).n != 0);
    }
    assert_int_equal(status_read(S("2")), 2);
    assert_int_equal(status_read(S(" ３ ")), 3);
    assert_int_equal(status_read(S("0")), 0);
    assert_int_equal(status_read(S("5")), 0);
    assert_int_equal(status_read(S("12")), 0);
    assert_int_equal(status_read(S("")), 0);
    assert_int_equal(status_mark(0).n, 0);
    assert_int_equal(status_mark(5).n, 0);
    assert_int_equal(status_source_of(S("lead")), FROM_LEAD);
    assert_int_equal(status_source_of(S("nobody")), FROM_NOBODY);
}

static void test_counts(void **state)
{
    struct status_counts c = {0};
    (void)state;
    for (int64_t i = -1; i <= 5; i++) status_count(&c, i);
    assert_int_equal(c.of[0], 3); /* what is no status is not lost */
    for (size_t i = 1; i <= 4; i++) assert_int_equal(c.of[i], 1);
    assert_int_equal(status_total(&c), 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published),
        cmocka_unit_test(test_warns),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
