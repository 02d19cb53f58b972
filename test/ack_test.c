/* States of acknowledgement: every step from every state, who may enter it by which way, words there and back, and rates that never flatter. */
#include "support.h"

#include "share/ack.h"

static void test_words(void **state)
{
    (void)state;
    enum ack a;
    enum channel c;
    enum cause why;
    for (int i = 0; i < ACKS; i++) assert_true(ack_parse(ack_word((enum ack)i), &a) && (int)a == i && ack_label(a).n != 0);
    for (int i = 0; i < TIERS; i++) assert_true(tier_word((enum tier)i).n != 0 && tier_label((enum tier)i).n != 0);
    for (int i = 0; i < CHANNELS; i++) assert_true(channel_parse(channel_word((enum channel)i), &c) && (int)c == i && channel_label(c).n != 0);
    for (int i = 0; i < CAUSES; i++) assert_true(cause_parse(cause_word((enum cause)i), &why) && (int)why == i);
    a = ACK_DONE;
    assert_false(ack_parse(S("Confirmed"), &a) || ack_parse(S(""), &a) || channel_parse(S("telefax"), &c));
    assert_int_equal(a, ACK_DONE);
    assert_int_equal(cause_label(CAUSE_NONE).n, 0);
}

static void test_tiers(void **state)
{
    (void)state;
    assert_int_equal(tier_of_kind(S("ministry")), TIER_MINISTRY);
    assert_int_equal(tier_of_kind(S("agency")), TIER_MINISTRY);
    assert_int_equal(tier_of_kind(S("ceptoar")), TIER_CEPTOAR);
    assert_int_equal(tier_of_kind(S("operator")), TIER_OPERATOR);
    assert_int_equal(tier_of_kind(S("council")), TIER_OTHER);
    assert_int_equal(tier_of_kind(S("")), TIER_OTHER);
}

/* A row for each state it is in, a column for each it may go to: waiting withheld sent opened confirmed acting done not-applicable. */
static void test_steps(void **state)
{
    (void)state;
    static const char *const may[ACKS] = {"01100000", "00100000", "00011111", "00001111", "00000111", "00000011", "00000101", "00000110"};
    for (int from = 0; from < ACKS; from++)
        for (int to = 0; to < ACKS; to++) assert_int_equal(ack_may_go((enum ack)from, (enum ack)to), may[from][to] == '1');
    for (int i = 0; i < ACKS; i++) assert_int_equal(ack_confirmed((enum ack)i), i >= ACK_CONFIRMED);
}

static void test_overdue(void **state)
{
    (void)state;
    for (int i = 0; i < ACKS; i++) {
        bool open = i == ACK_SENT || i == ACK_OPENED;
        assert_false(ack_overdue((enum ack)i, 100, 100)); /* to the second in time */
        assert_int_equal(ack_overdue((enum ack)i, 100, 101), open);
        assert_false(ack_overdue((enum ack)i, 0, 101));
    }
}

/* All pairs: who, by which channel (browser link program phone fax closed-network office mouth), for who signs in and who does not. */
static void test_entering(void **state)
{
    (void)state;
    static const char *const signing[] = {"11100000", "00011101", "00011101", "00000000"};
    static const char *const absent[] = {"11100000", "00011111", "00011101", "00000000"};
    for (int who = 0; who <= ENTER_NONE; who++)
        for (int by = 0; by < CHANNELS; by++) {
            assert_int_equal(ack_may_enter((enum entering)who, (enum channel)by, true), signing[who][by] == '1');
            assert_int_equal(ack_may_enter((enum entering)who, (enum channel)by, false), absent[who][by] == '1');
        }
}

static void test_rates(void **state)
{
    (void)state;
    struct reach none = {0}, all = {.n = {[ACK_DONE] = 7}}, nearly = {.n = {[ACK_SENT] = 1, [ACK_CONFIRMED] = 19999}, .late = 1};
    struct reach mixed = {.n = {1, 1, 1, 1, 1, 1, 1, 1}, .late = 2};
    assert_false(reach_rate(&none).defined || reach_in_time_rate(&none).defined);
    assert_int_equal(reach_rate(&all).tenths, 1000);
    assert_int_equal(reach_rate(&nearly).tenths, 999); /* never up to 100.0 */
    assert_int_equal(reach_in_time_rate(&nearly).n, 19998);
    assert_int_equal(reach_all(&mixed), 8); /* whom it was never passed on to counts below the line */
    assert_int_equal(reach_confirmed(&mixed), 4);
    assert_int_equal(reach_rate(&mixed).tenths, 500);
    assert_int_equal(reach_in_time_rate(&mixed).tenths, 250);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),    cmocka_unit_test(test_tiers),    cmocka_unit_test(test_steps),
        cmocka_unit_test(test_overdue), cmocka_unit_test(test_entering), cmocka_unit_test(test_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
