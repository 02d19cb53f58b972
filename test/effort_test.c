/* `inspect effort`: time between saves, cut at five minutes; medians and hours; what is withheld, and of whom. */
#include "inspect_kit.h"

#include "inspect/effort.h"

enum { STAFF = 7 };

/* Ministry A with section a1 (seven of the staff) and a2 (two); B with b1 (one). */
static void world(struct work *w)
{
    struct buf people = buf_in(w->a), posts = buf_in(w->a);
    buf_add(&people, S("code,org,name_ja,name_en,mail,from,to\nof,A,担当,,,,\nob,B,担当,,,,\nce,gov,中央,,,,\n"));
    buf_add(&posts, S("code,duty,org,system,person,deputy_of,from,to\no,officer,A,,of,,,\nq,officer,B,,ob,,,\nc,centre,gov,,ce,,,\n"));
    for (int i = 1; i <= STAFF + 3; i++) {
        const char *org = i <= STAFF ? "a1" : i <= STAFF + 2 ? "a2" : "b1";
        buf_fmt(&people, "p%d,%s,職員%d,,,,\n", i, org, i);
        buf_fmt(&posts, "s%d,staff,%s,,p%d,,,\n", i, org, i);
    }
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\nstaff,職員,Staff,answer,10\nofficer,担当,Officer,answer names rates manage,30\n"
                "centre,事務局,Centre,rates centre,50\n"));
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\nA,gov,ministry,10,甲省,A,,\n"
                "a1,A,section,10,甲一課,A1,,\na2,A,section,20,甲二課,A2,,\nB,gov,ministry,20,乙省,B,,\nb1,B,section,10,乙一課,B1,,\n"));
    doing(w, "registry", "import", {"what", "people"}, FILED(str_c(w->a, buf_str(&people))));
    doing(w, "registry", "import", {"what", "posts"}, FILED(str_c(w->a, buf_str(&posts))));
    small_standard(w, "e1", "number,section,parent,level,duty,no_occasion,text_ja,text_en\n"
                            "2(a),2,,basic,staff,no,一,One\n2(b),2,,basic,staff,yes,二,Two\n");
    doing(w, "standard", "import", {"edition", "e1"}, {"what", "questions"},
          FILED("code,duty,rule,clauses,text_ja,text_en,example_ja,example_en,help_ja,help_en\n"
                "Q1,staff,all,2(a),問一,One,,,,\nQ2,staff,all,2(b),問二,Two,,,,\n"));
    doing(w, "standard", "decide", {"edition", "e1"});
    small_round(w, "r1");
}

static void later(struct work *me, struct work *w, int64_t seconds) { me->now = w->now += seconds; }

/* Begins, then goes on after so many seconds, then hands in after as many again. */
static void answer(struct work *w, int i, int64_t seconds)
{
    struct work *me = as(w, str_c(w->a, str_fmt(w->a, "p%d", i)));
    const char *respondent = str_c(w->a, str_fmt(w->a, "s%d", i));
    doing(me, "inspect", "save", {"round", "r1"}, {"respondent", respondent}, {"answer.Q1", "done"});
    later(me, w, seconds);
    doing(me, "inspect", "save", {"round", "r1"}, {"respondent", respondent}, {"answer.Q2", "not_done"});
    later(me, w, seconds);
    doing(me, "inspect", "submit", {"round", "r1"}, {"respondent", respondent});
}

static const struct cell *of(const struct kept *k, const char *table, const char *org, const char *key)
{
    return cell_at(k, table, org, NULL, key);
}

static void minutes_are_measured_and_told_of_groups(struct work *w)
{
    world(w);
    /* 2, 4, 6, 8, 10 and, cut at five minutes each, 10 minutes; one hands in with one request and has none. */
    static const int64_t spent[] = {60, 120, 180, 240, 300, 1000};
    for (int i = 0; i < 6; i++) answer(w, i + 1, spent[i]);
    doing(as(w, "p7"), "inspect", "submit", {"round", "r1"}, {"respondent", "s7"}, {"answer.Q1", "done"}, {"answer.Q2", "done"});
    answer(w, 8, 60);
    doing(w, "inspect", "import", {"round", "r1"}, FILED("respondent,2(a),2(b)\ns9,done,done\n"));
    struct kept *k = doing(as(w, "of"), "inspect", "effort", {"round", "r1"}, {"org", "A"});
    assert_int_equal(of(k, "measured", "A", "sheets")->i, 9);
    assert_int_equal(of(k, "measured", "A", "on_page")->i, 8);
    assert_int_equal(of(k, "measured", "A", "in_file")->i, 1);
    assert_int_equal(of(k, "measured", "A", "measured")->i, 7);
    assert_int_equal(of(k, "measured", "A", "median_minutes")->i, 6);
    assert_int_equal(of(k, "measured", "A", "minutes")->i, 2 + 4 + 6 + 8 + 10 + 10 + 2);
    assert_int_equal(of(k, "measured", "A", "hours")->i, 1);
    /* One sheet of a2 was measured: nobody's minutes, and those of a1 would tell them by subtraction. */
    assert_int_equal(of(k, "measured", "a2", "median_minutes")->type, CELL_NONE);
    assert_int_equal(of(k, "measured", "a2", "measured")->type, CELL_NONE);
    assert_int_equal(of(k, "measured", "a1", "minutes")->type, CELL_NONE);
    assert_int_equal(of(k, "measured", "a1", "sheets")->i, 7);
    assert_int_equal(of(k, "assumed", "a1", "minutes_saved")->type, CELL_NONE);
    /* Against 30 minutes and 4 pages: 7 × 30 − 42, 9 × 4. */
    assert_int_equal(of(k, "assumed", "A", "minutes_saved")->i, 168);
    assert_int_equal(of(k, "assumed", "A", "hours_saved")->i, 3);
    assert_int_equal(of(k, "assumed", "A", "pages")->i, 36);
    k = doing(as(w, "of"), "inspect", "effort", {"round", "r1"}, {"org", "A"}, {"paper_minutes", "5"}, {"paper_pages", "0"});
    assert_int_equal(of(k, "assumed", "A", "minutes_saved")->i, -7);
    assert_int_equal(of(k, "assumed", "A", "pages")->i, 0);
    /* Asked for alone it stays withheld. */
    k = doing(as(w, "of"), "inspect", "effort", {"round", "r1"}, {"org", "a1"});
    assert_int_equal(of(k, "measured", "a1", "minutes")->type, CELL_NONE);
}

static void each_sees_their_own(struct work *w)
{
    world(w);
    for (int i = 1; i <= 6; i++) answer(w, i, 60);
    answer(w, 10, 60);
    struct kept *k = doing(as(w, "ob"), "inspect", "effort", {"round", "r1"});
    assert_int_equal(row_of(k, "measured", "A", NULL), -1);
    assert_int_equal(of(k, "measured", "B", "sheets")->i, 1);
    assert_int_equal(of(k, "measured", "B", "minutes")->type, CELL_NONE);
    refused(as(w, "ob"), NOTFOUND, "A", "inspect", "effort", {"round", "r1"}, {"org", "A"});
    refused(as(w, "p1"), DENIED, "", "inspect", "effort", {"round", "r1"});
    refused(w, INVALID, "0 to 600", "inspect", "effort", {"round", "r1"}, {"paper_minutes", "601"});
    refused(w, INVALID, "0 to 100", "inspect", "effort", {"round", "r1"}, {"paper_pages", "-1"});
    /* The centre sees no names: of a ministry of one person, nothing. */
    k = doing(as(w, "ce"), "inspect", "effort", {"round", "r1"});
    assert_int_equal(of(k, "measured", "B", "sheets")->type, CELL_NONE);
}

static void reminders_are_counted(struct work *w)
{
    world(w);
    static const struct sql put = OPEN("a test", "INSERT INTO reminder (round, org, day, letters) SELECT r.id, o.id, $2, $3"
                                                 " FROM round r JOIN org o ON o.code = $1");
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &put, ARGS(TEXT(S("a1")), INT(1), INT(3))));
    assert_ok(w, store_run(w, &put, ARGS(TEXT(S("a1")), INT(2), INT(2))));
    assert_ok(w, store_run(w, &put, ARGS(TEXT(S("A")), INT(2), INT(1))));
    assert_ok(w, store_run(w, &put, ARGS(TEXT(S("b1")), INT(2), INT(4))));
    assert_ok(w, store_commit(w));
    struct kept *k = doing(w, "inspect", "effort", {"round", "r1"});
    assert_int_equal(of(k, "measured", "gov", "letters")->i, 10);
    assert_int_equal(of(k, "measured", "A", "letters")->i, 6);
    assert_int_equal(of(k, "measured", "A", "measured")->i, 0);
    k = doing(as(w, "of"), "inspect", "effort", {"round", "r1"}, {"org", "A"});
    assert_int_equal(of(k, "measured", "a1", "letters")->i, 5);
}

static void medians(void **state)
{
    (void)state;
    static const int32_t x[] = {60, 60, 90, 150, 600};
    assert_int_equal(median_seconds(x, 0), 0);
    assert_int_equal(median_seconds(x, 1), 60);
    assert_int_equal(median_seconds(x, 4), 75);
    assert_int_equal(median_seconds(x, 5), 90);
    assert_int_equal(minutes_of(29), 0);
    assert_int_equal(minutes_of(30), 1);
    assert_int_equal(minutes_of(-90), -2);
}

#define ON_EACH(name) static void test_##name(void **state) { (void)state; each_store(name); }
ON_EACH(minutes_are_measured_and_told_of_groups)
ON_EACH(each_sees_their_own)
ON_EACH(reminders_are_counted)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(medians),
        cmocka_unit_test(test_minutes_are_measured_and_told_of_groups),
        cmocka_unit_test(test_each_sees_their_own),
        cmocka_unit_test(test_reminders_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
