/* Markings: their words in every spelling that is about, which is narrower, and the ids STIX has for them. */
#include "support.h"

#include "base/uuid.h"
#include "share/marking.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void words_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int tlp; /* -1: no such word */
    } cases[] = {
        {"TLP:CLEAR", TLP_CLEAR}, {"tlp:white", TLP_CLEAR}, {"WHITE", TLP_CLEAR}, {"green", TLP_GREEN}, {"TLP: GREEN", TLP_GREEN},
        {" tlp:amber ", TLP_AMBER}, {"TLP:AMBER+STRICT", TLP_AMBER_STRICT}, {"Amber+Strict", TLP_AMBER_STRICT}, {"tlp:RED", TLP_RED},
        {"ＴＬＰ：ＡＭＢＥＲ＋ＳＴＲＩＣＴ", TLP_AMBER_STRICT}, {"\343\200\200ＲＥＤ\343\200\200", TLP_RED},
        {"", -1}, {"tlp:", -1}, {"TLP", -1}, {"AMBER STRICT", -1}, {"amber-strict", -1}, {"tlp:tlp:red", -1}, {"reds", -1}, {"赤", -1}, {"\xEF\xBC", -1},
        {"TLP:EX:CHR", -1}, {"tlp:redredredredredredredredredredredredredred", -1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum tlp t = TLPS;
        bool read = tlp_parse(str_of(cases[i].text), &t);
        if (read != (cases[i].tlp >= 0) || (read ? (int)t != cases[i].tlp : t != TLPS)) fail_msg("'%s': %d %d", cases[i].text, read, t);
    }
    enum pap p = PAPS;
    assert_true(pap_parse(S("PAP:WHITE"), &p) && p == PAP_CLEAR);
    assert_true(pap_parse(S("pap:Red"), &p) && p == PAP_RED);
    assert_true(!pap_parse(S("PAP:AMBER+STRICT"), &p) && p == PAP_RED);
}

static void words_are_written_and_read_again(void **state)
{
    (void)state;
    static const char *const labels[TLPS] = {"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"};
    for (int i = 0; i < TLPS; i++) {
        enum tlp t = TLPS;
        assert_str(tlp_label((enum tlp)i), labels[i]);
        assert_true(tlp_parse(tlp_word((enum tlp)i), &t) && (int)t == i);
        assert_true(tlp_parse(tlp_label((enum tlp)i), &t) && (int)t == i);
    }
    for (int i = 0; i < PAPS; i++) {
        enum pap p = PAPS;
        assert_true(pap_parse(pap_word((enum pap)i), &p) && (int)p == i);
        assert_true(pap_parse(pap_label((enum pap)i), &p) && (int)p == i);
    }
}

static void never_wider_is_a_comparison(void **state)
{
    (void)state;
    for (int i = 0; i < TLPS * PAPS; i++)
        for (int k = 0; k < TLPS * PAPS; k++) {
            struct marking a = {(enum tlp)(i % TLPS), (enum pap)(i / TLPS)}, b = {(enum tlp)(k % TLPS), (enum pap)(k / TLPS)}, both = marking_both(a, b);
            assert_int_equal(marking_narrows(a, b), k % TLPS >= i % TLPS && k / TLPS >= i / TLPS);
            assert_true(marking_narrows(a, both) && marking_narrows(b, both));
            assert_true((both.tlp == a.tlp || both.tlp == b.tlp) && (both.pap == a.pap || both.pap == b.pap));
        }
}

/* As published: STIX 2.1 §7.2.1.4 for TLP 1.0, the extension of October 2022 for 2.0. */
static void ids_of_stix(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        enum tlp tlp;
    } ids[] = {
        {"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9", TLP_CLEAR}, {"marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", TLP_GREEN},
        {"marking-definition--f88d31f6-486f-44da-b317-01333bde0b82", TLP_AMBER}, {"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed", TLP_RED},
        {"marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", TLP_CLEAR}, {"marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb", TLP_GREEN},
        {"marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421", TLP_AMBER}, {"marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003", TLP_AMBER_STRICT},
        {"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1", TLP_RED},
    };
    enum tlp t = TLPS;
    for (size_t i = 0; i < COUNT(ids); i++) {
        assert_true(tlp_of_stix_id(str_of(ids[i].id), &t) && t == ids[i].tlp);
        assert_true(uuid_valid(str_sub(str_of(ids[i].id), 20, 99)));
        if (i >= 4) assert_str(tlp_stix_id(ids[i].tlp), ids[i].id);
    }
    t = TLPS;
    assert_false(tlp_of_stix_id(S("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc8"), &t));
    assert_int_equal(t, TLPS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_are_read), cmocka_unit_test(words_are_written_and_read_again),
                                       cmocka_unit_test(never_wider_is_a_comparison), cmocka_unit_test(ids_of_stix)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
