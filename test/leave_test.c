/* What may leave: every marking by every way to every receiver, against tables written out by hand. */
#include "support.h"

#include "share/leave.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct leaving sent = {.sent = true};

static const char *const tlp_names[TLPS] = {"CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"};
static const char *const route_names[ROUTES] = {"sight", "passing", "plain", "sealed", "file", "collection", "peer", "feed", "broadcast"};

/* A row for each way, a word for each marking from CLEAR to RED; in it a letter for each receiver, person, addressee, client, community,
 * public: y it may, w the marking does not reach so far, o the way is too open for it. Written from FIRST's text:
 *   RED          the eyes and ears of individual recipients, nobody else
 *   AMBER+STRICT the recipient's organisation
 *   AMBER        the organisation and its clients, who need to know
 *   GREEN        the community, not by channels that the public reads
 *   CLEAR        no limit */
static const char *const table[ROUTES] = {
    /*                 CLEAR GREEN AMBER STRICT RED */
    [BY_SIGHT] =       "yyyyy yyyyw yyyww yywww ywwww",
    [BY_PASSING] =     "yyyyy yyyyw yyyww yywww ywwww",
    [BY_PLAIN_MAIL] =  "yyyyy yyyyw oooww oowww owwww",
    [BY_SEALED_MAIL] = "yyyyy yyyyw yyyww yywww ywwww",
    [BY_FILE] =        "yyyyy yyyyw yyyww yywww owwww",
    [BY_COLLECTION] =  "yyyyy yyyyw yyyww yywww owwww",
    [BY_PEER] =        "yyyyy yyyyw yyyww oowww owwww",
    [BY_FEED] =        "yyyyy yyyyw oooww oowww owwww",
    [BY_BROADCAST] =   "yyyyy oooow oooww oowww owwww",
};

static enum leave_verdict meant(char c) { return c == 'y' ? LEAVE_YES : c == 'w' ? LEAVE_TOO_WIDE : LEAVE_WAY_TOO_OPEN; }

static void every_tlp_by_every_way_to_everybody(void **state)
{
    (void)state;
    for (int by = 0; by < ROUTES; by++)
        for (int t = 0; t < TLPS; t++)
            for (int to = 0; to < RECEIVERS; to++) {
                struct leaving l = sent;
                l.marking.tlp = (enum tlp)t;
                enum leave_verdict wanted = meant(table[by][t * (RECEIVERS + 1) + to]), got = leave_may(&l, (enum route)by, (enum receiver)to);
                if (got != wanted) fail_msg("TLP:%s by %s to %d: %d, not %d", tlp_names[t], route_names[by], to, got, wanted);
            }
}

/* PAP from CLEAR to RED: what is done with it must not be seen by whom it warns of. */
static void every_pap_by_every_way(void **state)
{
    (void)state;
    static const char *const paps[ROUTES] = {"yyyy", "yyyy", "yyyn", "yyyy", "yyyy", "yyyn", "yyyn", "yynn", "yynn"};
    for (int by = 0; by < ROUTES; by++)
        for (int p = 0; p < PAPS; p++) {
            struct leaving l = sent;
            l.marking.pap = (enum pap)p;
            enum leave_verdict got = leave_may(&l, (enum route)by, TO_PERSON);
            if (got != (paps[by][p] == 'y' ? LEAVE_YES : LEAVE_NOT_TO_MACHINES)) fail_msg("PAP %d by %s: %d", p, route_names[by], got);
        }
}

/* A row for each way, a letter for each receiver, of what is marked CLEAR: n it stays. */
static void stays(const struct leaving *l, enum leave_verdict why, const char *const rows[ROUTES])
{
    for (int by = 0; by < ROUTES; by++)
        for (int to = 0; to < RECEIVERS; to++) {
            enum leave_verdict got = leave_may(l, (enum route)by, (enum receiver)to);
            if (got != (rows[by][to] == 'n' ? why : LEAVE_YES)) fail_msg("by %s to %d: %d", route_names[by], to, got);
        }
}

static void drafts_and_unconsented_stay(void **state)
{
    (void)state;
    static const char *const none[ROUTES] = {"nnnnn", "nnnnn", "nnnnn", "nnnnn", "nnnnn", "nnnnn", "nnnnn", "nnnnn", "nnnnn"};
    stays(&(struct leaving){.sent = false}, LEAVE_DRAFT, none);
    stays(&(struct leaving){.sent = true, .unconsented = true}, LEAVE_UNCONSENTED, none);
    stays(&(struct leaving){.sent = false, .unconsented = true, .recalled = true, .drill = true, .embargo = true}, LEAVE_DRAFT, none);
}

static void recalled_are_seen_by_whom_they_reached(void **state)
{
    (void)state;
    static const char *const rows[ROUTES] = {"yynnn", "nnnnn", "nnnnn", "nnnnn", "nnnnn", "nnnnn", "nnnnn", "nnnnn", "nnnnn"};
    stays(&(struct leaving){.sent = true, .recalled = true}, LEAVE_RECALLED, rows);
}

static void drills_stay_with_those_drilled(void **state)
{
    (void)state;
    static const char *const rows[ROUTES] = {"yyynn", "yyynn", "yyynn", "yyynn", "yyynn", "nnnnn", "nnnnn", "nnnnn", "nnnnn"};
    stays(&(struct leaving){.sent = true, .drill = true}, LEAVE_DRILL, rows);
}

static void embargo_keeps_to_those_addressed(void **state)
{
    (void)state;
    static const char *const rows[ROUTES] = {"yyynn", "yyynn", "yyynn", "yyynn", "yyynn", "yyynn", "nnnnn", "nnnnn", "nnnnn"};
    stays(&(struct leaving){.sent = true, .embargo = true}, LEAVE_EMBARGO, rows);
}

/* Whatever else is said of it, nothing goes where its marking alone does not let it; and no narrower marking goes where a wider does not. */
static void nothing_widens(void **state)
{
    (void)state;
    for (int bits = 0; bits < 32; bits++)
        for (int m = 0; m < TLPS * PAPS; m++)
            for (int way = 0; way < ROUTES * RECEIVERS; way++) {
                enum route by = (enum route)(way % ROUTES);
                enum receiver to = (enum receiver)(way / ROUTES);
                struct leaving l = {{(enum tlp)(m % TLPS), (enum pap)(m / TLPS)}, bits & 1, bits & 2, bits & 4, bits & 8, bits & 16};
                if (leave_may(&l, by, to) != LEAVE_YES) continue;
                struct leaving plain = {.marking = l.marking, .sent = true}, wider = l;
                assert_int_equal(leave_may(&plain, by, to), LEAVE_YES);
                if (l.marking.tlp > TLP_CLEAR) wider.marking.tlp--;
                if (l.marking.pap > PAP_CLEAR) wider.marking.pap--;
                assert_int_equal(leave_may(&wider, by, to), LEAVE_YES);
                if (to > TO_PERSON) assert_int_equal(leave_may(&l, by, (enum receiver)(to - 1)), LEAVE_YES);
            }
}

static void every_refusal_has_its_words(void **state)
{
    (void)state;
    assert_int_equal(leave_why(LEAVE_YES).n, 0);
    for (int v = 1; v < LEAVE_VERDICTS; v++) {
        assert_true(leave_why((enum leave_verdict)v).n > 10);
        assert_true(str_find(leave_why((enum leave_verdict)v), S("%1")) >= 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_tlp_by_every_way_to_everybody), cmocka_unit_test(every_pap_by_every_way),
        cmocka_unit_test(drafts_and_unconsented_stay),         cmocka_unit_test(recalled_are_seen_by_whom_they_reached),
        cmocka_unit_test(drills_stay_with_those_drilled),      cmocka_unit_test(embargo_keeps_to_those_addressed),
        cmocka_unit_test(nothing_widens),                      cmocka_unit_test(every_refusal_has_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
