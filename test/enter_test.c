/* A sheet entered for another: to be checked by the respondent, or from paper; who may, who may not; who confirms it. */
#include "inspect_kit.h"

/* small_world with an auditor's post, who is bound by a clause of their own, and a second head of bureau A1's ministry. */
static void enter_world(struct work *w)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "duties"}, FILED("code,name_ja,name_en,rights,order\naud,監査,Auditor,answer names audit,70\n"));
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to\npau,A,秘監査,,,,\nph2,A,秘甲長二,,,,\n"));
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\nau,aud,A,,pau,,,\nh2,head,A,,ph2,,,\n"));
    small_standard(w, "e1", SMALL_CLAUSES "3(d),3,,basic,aud,no,七,Seven\n");
    doing(w, "standard", "decide", {"edition", "e1"});
    small_round(w, "r1");
}

#define SHEET {"round", "r1"}, {"respondent", "s1"}
#define ALL {"answer.2(a)", "done"}, {"answer.2(b)", "done"}, {"answer.3(a)", "done"}
#define PAPER {"paper_date", "2007-04-02"}, {"paper_ref", "庶-12"}

static void figures_hold(struct work *w)
{
    assert_true(noted_has(doing(w, "inspect", "recount", {"round", "r1"}), "The tallies equal the sheets"));
}

static int64_t known(struct work *w, const char *key)
{
    return cell_at(doing(w, "inspect", "rates", {"round", "r1"}, {"depth", "-1"}), "coverage", "gov", NULL, key)->i;
}

static int64_t entered(struct work *w, const char *org, const char *key)
{
    return cell_at(doing(w, "inspect", "entered", {"round", "r1"}, {"depth", "-1"}), "entered", org, NULL, key)->i;
}

static const char *state_of(struct work *w)
{
    str s = file_of_entry(w, "inspect", "answers", ASK({"round", "r1"})), line;
    while (str_cut(&s, '\n', &line))
        if (str_starts(line, S("s1,"))) return str_c(w->a, line);
    return "none";
}

static bool read_about(struct work *w, const char *what)
{
    const struct kept *k = doing(w, "inspect", "sheet", SHEET, {"page", "0"});
    for (size_t i = 0; i < k->n_facts; i++)
        if (str_eq(k->fact[i].key, S("entered"))) return str_eq(k->fact[i].cell.text, str_of(what));
    return str_eq(S("nothing"), str_of(what));
}

/* ---- to be checked ---- */
static void checked(struct work *w)
{
    enter_world(w);
    struct work *me = as(w, "pa1"), *head = as(w, "pha"), *other = as(w, "ph2");
    const struct kept *k = doing(head, "inspect", "unit", {"round", "r1"});
    assert_str(cell_at(k, "missing", "pa1", NULL, "enter")->text, "s1");
    assert_int_equal(cell_at(k, "missing", "pha", NULL, "enter")->type, CELL_NONE); /* oneself */
    doing(head, "inspect", "sheet", SHEET, {"entering", "1"});
    k = doing(head, "inspect", "enter", SHEET, {"answer.2(a)", "done"}, {"answer.2(b)", "later"}, {"note.2(a)", "口頭"});
    assert_int_equal(fact_int(k, "changed"), 3);
    assert_str(str_of(head->next->to), "inspect sheet");
    assert_str(head->next->given[3].value, "1");
    assert_true(read_about(me, "entered-waiting"));
    assert_str(cell_at(doing(me, "inspect", "sheets", {0}), "sheets", "s1", NULL, "state")->text, "entered-for-you");
    assert_int_equal(known(w, "known_provisional"), 0);
    /* whoever enters sees what was entered, and goes on; whoever only reads names sees no draft */
    k = doing(head, "inspect", "sheet", SHEET, {"entering", "1"}, {"page", "0"});
    assert_str(cell_at(k, "questions", "2(a)", NULL, "answer")->text, "done");
    assert_str(cell_at(k, "questions", "2(a)", NULL, "note")->text, "口頭");
    assert_int_equal(kept_table(doing(head, "inspect", "sheet", SHEET), "questions"), -1);
    doing(head, "inspect", "enter", SHEET, {"answer.2(b)", "not_done"}, {"answer.3(a)", "done"});
    assert_int_equal(entered(w, "a1", "waiting"), 1);
    assert_int_equal(entered(w, "gov", "entered"), 0);
    /* the respondent corrects and submits: endorsed */
    doing(me, "inspect", "save", SHEET, {"answer.2(b)", "done"});
    refused(head, CONFLICT, "has begun this sheet", "inspect", "enter", SHEET, {"answer.2(b)", "not_done"});
    refused(head, CONFLICT, "has begun this sheet", "inspect", "sheet", SHEET, {"entering", "1"});
    doing(me, "inspect", "submit", SHEET);
    assert_true(read_about(me, "entered-endorsed"));
    assert_int_equal(known(w, "known_provisional"), 1);
    assert_int_equal(entered(w, "gov", "entered"), 1);
    assert_int_equal(entered(w, "gov", "endorsed"), 1);
    assert_int_equal(entered(w, "gov", "waiting"), 0);
    figures_hold(w);
    refused(head, CONFLICT, "handed in already", "inspect", "enter", SHEET, ALL);
    /* whoever entered it does not confirm it: by name, whole unit, clean, file */
    refused(head, DENIED, "you entered the sheet of 's1'", "inspect", "confirm", {"round", "r1"}, {"respondent", "s1"});
    assert_int_equal(fact_int(doing(head, "inspect", "confirm", {"round", "r1"}, {"org", "a1"}), "confirmed"), 0);
    assert_int_equal(fact_int(doing(head, "inspect", "confirm", {"round", "r1"}, {"org", "a1"}, {"clean", "1"}), "confirmed"), 0);
    k = doing(head, "inspect", "queue", {"round", "r1"});
    assert_int_equal(rows_of(k, "queue"), 0);
    assert_true(noted_has(k, "entered for others"));
    refused(head, DENIED, "you entered this sheet for another", "inspect", "import", {"round", "r1"},
            FILED("respondent,state,2(a),2(b),3(a)\ns1,confirmed,done,done,done\n"));
    figures_hold(w);
    assert_int_equal(rows_of(doing(other, "inspect", "queue", {"round", "r1"}), "queue"), 1);
    assert_int_equal(fact_int(doing(other, "inspect", "confirm", {"round", "r1"}, {"org", "A"}, {"clean", "1"}), "confirmed"), 1);
    figures_hold(w);
    refused(me, CONFLICT, "nothing was handed in for you from paper", "inspect", "object", SHEET, {"why", "x"});
}
static void test_checked(void **state)
{
    (void)state;
    each_store(checked);
}

/* ---- from paper ---- */
static void paper(struct work *w)
{
    enter_world(w);
    struct work *me = as(w, "pa1"), *officer = as(w, "poa"), *head = as(w, "pha");
    refused(officer, INVALID, "the date on which it was signed", "inspect", "enter", SHEET, ALL, {"paper_ref", "x"});
    refused(officer, INVALID, "where the signed paper is kept", "inspect", "enter", SHEET, ALL, {"paper_date", "2007-04-02"});
    refused(officer, INVALID, "where the signed paper is kept", "inspect", "enter", SHEET, ALL, {"paper_date", "2007-04-02"},
            {"paper_ref", "　 "});
    refused(officer, INVALID, "before the base date", "inspect", "enter", SHEET, ALL, {"paper_date", "2007-03-30"}, {"paper_ref", "x"});
    refused(officer, INVALID, "after today", "inspect", "enter", SHEET, ALL, {"paper_date", "2999-01-01"}, {"paper_ref", "x"});
    str before = state_of_store(w, true);
    refused(officer, INVALID, "is not answered", "inspect", "enter", SHEET, {"answer.2(a)", "done"}, PAPER);
    refused(officer, INVALID, "no question of this sheet", "inspect", "enter", SHEET, {"answer.X", "done"}, PAPER);
    assert_true(str_eq(before, state_of_store(w, true))); /* nothing of it is kept */
    assert_true(read_about(me, "nothing"));
    doing(officer, "inspect", "enter", SHEET, ALL, PAPER);
    assert_true(read_about(me, "entered-paper"));
    assert_int_equal(known(w, "known_provisional"), 1);
    assert_int_equal(entered(w, "A", "paper"), 1);
    assert_int_equal(entered(w, "A", "entered"), 1);
    assert_true(noted_has(doing(w, "inspect", "whole", {"round", "r1"}), "entered for another"));
    assert_int_equal(fact_int(doing(w, "inspect", "round", {"round", "r1"}), "entered"), 1);
    assert_int_equal(fact_int(doing(head, "inspect", "unit", {"round", "r1"}), "entered"), 1);
    figures_hold(w);
    /* only the respondent objects, with a reason; then it is a draft and leaves the sums */
    refused(head, NOTFOUND, "no sheet of 's1'", "inspect", "object", SHEET, {"why", "x"});
    char long_why[300];
    memset(long_why, 'x', sizeof long_why - 1);
    long_why[sizeof long_why - 1] = '\0';
    refused(me, INVALID, "is required", "inspect", "object", SHEET, {"why", ""});
    refused(me, INVALID, "say why", "inspect", "object", SHEET, {"why", long_why});
    doing(me, "inspect", "object", SHEET, {"why", "二問目が違う"});
    assert_int_equal(known(w, "known_provisional"), 0);
    figures_hold(w);
    assert_int_equal(strncmp(state_of(w), "s1,a1,staff,draft", 17), 0);
    assert_true(read_about(me, "entered-objected"));
    refused(officer, CONFLICT, "objected", "inspect", "enter", SHEET, ALL, PAPER);
    refused(me, CONFLICT, "nothing was handed in for you from paper", "inspect", "object", SHEET, {"why", "x"});
    doing(me, "inspect", "save", SHEET, {"answer.2(b)", "not_done"});
    doing(me, "inspect", "submit", SHEET);
    assert_int_equal(known(w, "known_provisional"), 1);
    assert_int_equal(entered(w, "A", "entered"), 0); /* the respondent's own */
    assert_int_equal(entered(w, "A", "objected"), 1);
    figures_hold(w);
    doing(head, "inspect", "confirm", {"round", "r1"}, {"respondent", "s1"});
    refused(me, CONFLICT, "nothing was handed in", "inspect", "object", SHEET, {"why", "x"});
    /* confirmed: too late to object */
    doing(head, "inspect", "enter", {"round", "r1"}, {"respondent", "s2"}, ALL, PAPER);
    doing(as(w, "ph2"), "inspect", "confirm", {"round", "r1"}, {"respondent", "s2"});
    refused(as(w, "pa2"), CONFLICT, "was confirmed by ph2", "inspect", "object", {"round", "r1"}, {"respondent", "s2"}, {"why", "x"});
    figures_hold(w);
}
static void test_paper(void **state)
{
    (void)state;
    each_store(paper);
}

/* ---- with what else is practised: given back, and closed units ---- */
static void beside_the_way(struct work *w)
{
    enter_world(w);
    struct work *me = as(w, "pa1"), *officer = as(w, "poa"), *head = as(w, "pha");
    doing(officer, "inspect", "enter", SHEET, ALL, PAPER);
    doing(head, "inspect", "return", SHEET, {"reason", "書面の二枚目"});
    assert_int_equal(known(w, "known_provisional"), 0);
    doing(officer, "inspect", "enter", SHEET, {"answer.2(b)", "not_done"}, PAPER); /* mistyped from the paper */
    assert_int_equal(known(w, "known_provisional"), 1);
    doing(me, "inspect", "save", SHEET, {"answer.2(b)", "done"});
    doing(me, "inspect", "submit", SHEET);
    assert_true(read_about(me, "entered-endorsed"));
    doing(head, "inspect", "return", SHEET, {"reason", "もう一度"});
    refused(officer, CONFLICT, "has begun this sheet", "inspect", "enter", SHEET, ALL, PAPER); /* theirs since they endorsed it */
    figures_hold(w);
    doing(officer, "inspect", "enter", {"round", "r1"}, {"respondent", "s2"}, ALL, PAPER);
    doing(me, "inspect", "submit", SHEET);
    doing(head, "inspect", "confirm", {"round", "r1"}, {"org", "a1"});
    doing(officer, "inspect", "close-unit", {"round", "r1"}, {"org", "a1"});
    refused(officer, CONFLICT, "unit closed", "inspect", "enter", {"round", "r1"}, {"respondent", "ha"}, {"answer.2(c)", "done"});
    refused(officer, CONFLICT, "unit closed", "inspect", "sheet", {"round", "r1"}, {"respondent", "ha"}, {"entering", "1"});
}
static void test_beside_the_way(void **state)
{
    (void)state;
    each_store(beside_the_way);
}

/* ---- who may not ---- */
static void refusals(struct work *w)
{
    enter_world(w);
    str before = state_of_store(w, true);
    refused(as(w, "pha"), DENIED, "your own", "inspect", "enter", {"round", "r1"}, {"respondent", "ha"}, {"answer.2(c)", "done"});
    refused(as(w, "poa"), DENIED, "an auditor's sheet", "inspect", "enter", {"round", "r1"}, {"respondent", "au"}, {"answer.3(d)", "done"});
    refused(as(w, "poa"), CONFLICT, "nobody held the post", "inspect", "enter", {"round", "r1"}, {"respondent", "s3"}, ALL);
    refused(as(w, "pau"), DENIED, "", "inspect", "enter", SHEET, ALL);            /* an auditor has not the right */
    refused(as(w, "pa2"), DENIED, "", "inspect", "enter", SHEET, ALL);            /* nor has a colleague */
    refused(as(w, "pob"), NOTFOUND, "for whom you may enter", "inspect", "enter", SHEET, ALL); /* another ministry */
    refused(as(w, "pob"), NOTFOUND, "for whom you may enter", "inspect", "enter", {"round", "r1"}, {"respondent", "zz"}, ALL);
    refused(as(w, "pob"), NOTFOUND, "for whom you may enter", "inspect", "sheet", SHEET, {"entering", "1"});
    refused(w, DENIED, "act as one of them", "inspect", "enter", SHEET, ALL);     /* the owner of the file is nobody */
    assert_true(str_eq(before, state_of_store(w, true)));
    doing(w, "inspect", "close", {"round", "r1"});
    refused(as(w, "poa"), CONFLICT, "is closed", "inspect", "enter", SHEET, ALL);
}
static void test_refusals(void **state)
{
    (void)state;
    each_store(refusals);
}

/* ---- two windows, a file, and who sees what ---- */
static void beside(struct work *w)
{
    enter_world(w);
    struct work *officer = as(w, "poa"), *head = as(w, "pha"), *viewer = as(w, "pv");
    doing(officer, "inspect", "enter", SHEET, {"answer.2(a)", "done"});
    const struct kept *k = doing(head, "inspect", "enter", SHEET, {"answer.2(a)", "not_done"}, {"was.2(a)", ""}, {"answer.2(b)", "done"},
                                 {"answer.3(a)", "done"}, PAPER);
    assert_int_equal(rows_of(k, "conflicts"), 1); /* read first: nothing is handed in */
    assert_int_equal(known(w, "known_provisional"), 0);
    doing(head, "inspect", "enter", SHEET, {"answer.2(a)", "not_done"}, {"was.2(a)", "done"}, PAPER);
    assert_int_equal(known(w, "known_provisional"), 1);
    refused(officer, DENIED, "", "inspect", "confirm", {"round", "r1"}, {"respondent", "s1"});
    refused(head, DENIED, "you entered the sheet", "inspect", "confirm", {"round", "r1"}, {"respondent", "s1"}); /* both are left out */
    k = doing(viewer, "inspect", "entered", {"round", "r1"});
    assert_int_equal(kept_table(k, "names"), -1);
    k = doing(officer, "inspect", "entered", {"round", "r1"});
    assert_str(cell_at(k, "names", "pa1", NULL, "by")->text, "pha");
    assert_int_equal(rows_of(doing(as(w, "pob"), "inspect", "entered", {"round", "r1"}), "entered"), 2); /* B, b1 */
    assert_int_equal(kept_table(doing(as(w, "pob"), "inspect", "entered", {"round", "r1"}), "names"), -1);
    doing(officer, "inspect", "import", {"round", "r1"}, FILED("respondent,state,2(a),2(b),3(a)\ns1,submitted,done,done,done\n"));
    assert_int_equal(entered(w, "A", "entered"), 0); /* what stands came in a file */
    assert_true(read_about(as(w, "pa1"), "nothing"));
    figures_hold(w);
}
static void test_beside(void **state)
{
    (void)state;
    each_store(beside);
}

/* ---- brought in by a file ---- */

static void brought_in(struct work *w)
{
    enter_world(w);
    struct work *head = as(w, "pha"), *other = as(w, "ph2"), *me = as(w, "pa1");
    static const char file[] = "respondent,state,2(a),2(b),3(a)\ns1,submitted,done,done,done\n";
    doing(head, "inspect", "import", {"round", "r1"}, FILED(file));
    refused(head, DENIED, "brought in", "inspect", "confirm", {"round", "r1"}, {"respondent", "s1"});
    assert_int_equal(fact_int(doing(head, "inspect", "confirm", {"round", "r1"}, {"org", "a1"}), "confirmed"), 0);
    assert_int_equal(fact_int(doing(head, "inspect", "confirm", {"round", "r1"}, {"org", "a1"}, {"clean", "1"}), "confirmed"), 0);
    refused(head, DENIED, "brought in", "inspect", "import", {"round", "r1"},
            FILED("respondent,state,2(a),2(b),3(a)\ns1,confirmed,done,done,done\n"));
    assert_int_equal(row_of(doing(head, "inspect", "queue", {"round", "r1"}), "queue", "s1", NULL), -1);
    assert_int_equal(fact_int(doing(other, "inspect", "confirm", {"round", "r1"}, {"org", "A"}), "confirmed"), 1);
    doing(other, "inspect", "return", SHEET, {"reason", "anew"});
    doing(head, "inspect", "import", {"round", "r1"}, FILED(file));
    doing(me, "inspect", "submit", SHEET, {"answer.2(a)", "not_done"}); /* their own word now */
    assert_int_equal(fact_int(doing(head, "inspect", "confirm", {"round", "r1"}, {"respondent", "s1"}), "confirmed"), 1);
    figures_hold(w);
}
static void test_brought_in(void **state)
{
    (void)state;
    each_store(brought_in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_checked), cmocka_unit_test(test_paper), cmocka_unit_test(test_refusals),
                                       cmocka_unit_test(test_beside), cmocka_unit_test(test_beside_the_way),
                                       cmocka_unit_test(test_brought_in)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
