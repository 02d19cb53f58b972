/* A person answers a sheet: draft, two windows, later, review, submit, correct, confirm; the sums after each step; who may. */
#include "inspect_kit.h"

#include "inspect/inspect.h"
#include "inspect/sheet_plan.h"
#include "tally/tally.h"

/* small_world with questions for staff: Q1 serves 2(a) and 3(a), Q2 and Q3 serve 2(b) by "any"; head's 2(c) is asked itself. */
static void answer_world(struct work *w)
{
    small_registry(w);
    small_standard(w, "e1", SMALL_CLAUSES);
    doing(w, "standard", "import", {"edition", "e1"}, {"what", "questions"},
          FILED("code,duty,rule,clauses,text_ja,text_en,example_ja,example_en,help_ja,help_en\n"
                "Q1,staff,all,2(a) 3(a),設問一,First?,例,Example,補足,Help\n"
                "Q2,staff,any,2(b),設問二,Second?,,,,\nQ3,staff,any,2(b),設問三,Third?,,,,\n"));
    doing(w, "standard", "decide", {"edition", "e1"});
    doing(w, "inspect", "open", {"code", "r1"}, {"title_ja", "自己点検"}, {"edition", "e1"}, {"frame", "gov"},
          {"base", "2007-03-31"}, {"due", "2007-04-20"}, {"unknown_out", "leave"});
}

#define SHEET {"round", "r1"}, {"respondent", "s1"}

static void figures_hold(struct work *w)
{
    const struct kept *k = doing(w, "inspect", "recount", {"round", "r1"});
    assert_true(noted_has(k, "The tallies equal the sheets"));
}

static int64_t known(struct work *w, const char *org, const char *key)
{
    return cell_at(doing(w, "inspect", "rates", {"round", "r1"}, {"depth", "-1"}), "coverage", org, NULL, key)->i;
}

static str answer_at(struct work *w, const char *question)
{
    const struct kept *k = doing(w, "inspect", "sheet", SHEET, {"page", "0"});
    return cell_at(k, "questions", question, NULL, "answer")->text;
}

static str clause_at(struct work *w, const char *respondent)
{
    str file = file_of_entry(w, "inspect", "answers", ASK({"round", "r1"}));
    for (str line; str_cut(&file, '\n', &line);)
        if (str_starts(line, str_of(respondent))) return line;
    return (str){0};
}

/* ---- the way of a sheet ---- */
static void way(struct work *w)
{
    answer_world(w);
    struct work *me = as(w, "pa1"), *head = as(w, "pha");
    const struct kept *k = doing(me, "inspect", "sheets", {0});
    assert_int_equal(rows_of(k, "sheets"), 1);
    assert_str(cell_at(k, "sheets", "s1", NULL, "state")->text, "none");
    assert_int_equal(cell_at(k, "sheets", "s1", NULL, "questions")->i, 3);
    assert_int_equal(cell_at(k, "sheets", "s1", NULL, "overdue")->i, 1);

    k = doing(me, "inspect", "save", SHEET, {"answer.Q1", "done"}, {"answer.Q2", "later"}, {"note.Q1", " 覚え "}, {"page", "1"},
              {"go", "next"});
    assert_int_equal(fact_int(k, "changed"), 3);
    assert_int_equal(fact_int(k, "answered"), 1);
    assert_str(str_of(me->next->to), "inspect sheet");
    assert_str(me->next->given[2].value, "0"); /* one page: the review comes next */
    figures_hold(w);
    assert_int_equal(known(w, "gov", "known_provisional"), 0);
    k = doing(me, "inspect", "sheet", SHEET, {"page", "0"});
    assert_int_equal(rows_of(k, "open"), 2);
    assert_str(cell_in(k, "open", 0, "state")->text, "wait");
    assert_str(cell_in(k, "open", 1, "state")->text, "lack");
    assert_str(cell_at(k, "questions", "Q1", NULL, "note")->text, "覚え");
    k = doing(me, "inspect", "sheet", SHEET); /* resumed at what is open */
    assert_true(kept_table(k, "sections") >= 0);

    refused(me, INVALID, "question 2 (Q2) is still to be answered later", "inspect", "submit", SHEET);
    doing(me, "inspect", "save", SHEET, {"answer.Q2", "not_done"}, {"answer.Q3", "done"});
    k = doing(me, "inspect", "submit", SHEET);
    assert_int_equal(fact_int(k, "done"), 2);
    assert_int_equal(fact_int(k, "not_done"), 1);
    assert_true(noted_has(k, "after it was due"));
    figures_hold(w);
    assert_int_equal(known(w, "gov", "known_provisional"), 1);
    assert_int_equal(known(w, "gov", "known"), 0);
    assert_str(clause_at(w, "s1"), "s1,a1,staff,submitted,done,done,,done,,\r"); /* any: Q3 makes 2(b) done */

    doing(me, "inspect", "save", SHEET, {"answer.Q3", "no_occasion"});
    assert_str(cell_at(doing(me, "inspect", "sheets", {0}), "sheets", "s1", NULL, "state")->text, "correcting");
    assert_str(clause_at(w, "s1"), "s1,a1,staff,submitted,done,done,,done,,\r"); /* what was handed in stands */
    figures_hold(w);
    k = doing(head, "inspect", "queue", {"round", "r1"});
    assert_int_equal(cell_at(k, "queue", "s1", NULL, "correcting")->i, 1);
    doing(me, "inspect", "submit", SHEET);
    assert_str(clause_at(w, "s1"), "s1,a1,staff,submitted,done,not_done,,done,,\r");
    figures_hold(w);

    k = doing(head, "inspect", "queue", {"round", "r1"});
    assert_int_equal(rows_of(k, "queue"), 1);
    assert_int_equal(cell_at(k, "queue", "s1", NULL, "done")->i, 1);
    assert_int_equal(cell_at(k, "queue", "s1", NULL, "not_done")->i, 1);
    assert_int_equal(cell_at(k, "queue", "s1", NULL, "no_occasion")->i, 1);
    assert_int_equal(cell_at(k, "queue", "s1", NULL, "late")->i, 1);
    assert_int_equal(fact_int(doing(head, "inspect", "confirm", {"round", "r1"}, {"org", "a1"}, {"clean", "1"}), "confirmed"), 0);
    assert_int_equal(fact_int(doing(head, "inspect", "confirm", {"round", "r1"}, {"respondent", "s1"}), "confirmed"), 1);
    assert_int_equal(fact_int(doing(head, "inspect", "confirm", {"round", "r1"}, {"respondent", "s1"}), "confirmed"), 0);
    figures_hold(w);
    assert_int_equal(known(w, "gov", "known"), 1);
    refused(me, CONFLICT, "was confirmed by pha", "inspect", "save", SHEET, {"answer.Q3", "done"});
    refused(me, CONFLICT, "was confirmed by pha", "inspect", "submit", SHEET);
    k = doing(me, "inspect", "sheet", SHEET);
    assert_true(kept_table(k, "questions") >= 0 && kept_table(k, "sections") < 0);
}
static void test_way(void **state)
{
    (void)state;
    each_store(way);
}

/* ---- two windows ---- */
static void windows(struct work *w)
{
    answer_world(w);
    struct work *me = as(w, "pa1");
    doing(me, "inspect", "save", SHEET, {"answer.Q1", "done"}, {"revision", "0"});
    const struct kept *k = doing(me, "inspect", "save", SHEET, {"answer.Q1", "not_done"}, {"was.Q1", ""}, {"answer.Q2", "done"},
                                 {"was.Q2", ""}, {"revision", "0"});
    assert_int_equal(rows_of(k, "conflicts"), 1);
    assert_str(cell_at(k, "conflicts", "Q1", NULL, "stands")->text, "done");
    assert_str(cell_at(k, "conflicts", "Q1", NULL, "given")->text, "not_done");
    assert_null(me->next);
    assert_str(answer_at(me, "Q1"), "done");
    assert_str(answer_at(me, "Q2"), "done");
    /* The same answer twice is no conflict, nor one that saw what stands; taken back; a note nobody saw stays. */
    k = doing(me, "inspect", "save", SHEET, {"answer.Q1", "done"}, {"was.Q1", ""}, {"answer.Q2", ""}, {"was.Q2", "done"},
              {"note.Q1", "n"});
    assert_int_equal(kept_table(k, "conflicts"), -1);
    assert_str(answer_at(me, "Q2"), "");
    doing(me, "inspect", "save", SHEET, {"note.Q1", ""}, {"revision", "1"});
    k = doing(me, "inspect", "sheet", SHEET, {"page", "0"});
    assert_str(cell_at(k, "questions", "Q1", NULL, "note")->text, "n");
}
static void test_windows(void **state)
{
    (void)state;
    each_store(windows);
}

/* ---- files and pages ---- */
static void files(struct work *w)
{
    answer_world(w);
    struct work *me = as(w, "pa1");
    doing(w, "inspect", "import", {"round", "r1"},
          FILED("respondent,2(a),2(b),3(a),2(a) note\ns1,done,no_occasion,no_occasion,aus der Datei\n"));
    assert_str(answer_at(me, "Q1"), ""); /* its clauses do not agree */
    assert_str(answer_at(me, "Q2"), "no_occasion");
    assert_str(answer_at(me, "Q3"), "no_occasion");
    refused(me, INVALID, "question 1 (Q1) is not answered", "inspect", "submit", SHEET);
    doing(me, "inspect", "submit", SHEET, {"answer.Q1", "done"}); /* answers with it */
    assert_str(clause_at(w, "s1"), "s1,a1,staff,submitted,done,no_occasion,,done,,\r");
    figures_hold(w);
    doing(me, "inspect", "save", SHEET, {"answer.Q2", "not_done"});
    doing(w, "inspect", "import", {"round", "r1"}, FILED("respondent,2(a),2(b),3(a)\ns1,not_done,done,not_done\n"));
    assert_str(answer_at(me, "Q1"), "not_done"); /* what was answered on the page is stale */
    assert_str(answer_at(me, "Q2"), "done");
    assert_str(cell_at(doing(me, "inspect", "sheets", {0}), "sheets", "s1", NULL, "state")->text, "submitted");
    figures_hold(w);
    /* One whose reason leaves the denominator is back in with a sheet. */
    doing(w, "inspect", "reason", {"round", "r1"}, {"respondent", "s2"}, {"reason", "leave"}, {"why", "w"});
    doing(as(w, "pa2"), "inspect", "submit", {"round", "r1"}, {"respondent", "s2"}, {"answer.Q1", "done"}, {"answer.Q2", "done"},
          {"answer.Q3", "done"});
    figures_hold(w);
    /* A round in which somebody began is not withdrawn. */
    small_round(w, "r2");
    doing(me, "inspect", "save", {"round", "r2"}, {"respondent", "s1"}, {"answer.Q1", "done"});
    refused(w, CONFLICT, "something was filed", "inspect", "withdraw", {"round", "r2"});
}
static void test_files(void **state)
{
    (void)state;
    each_store(files);
}

/* ---- who may ---- */
static void rights(struct work *w)
{
    answer_world(w);
    struct work *me = as(w, "pa1"), *other = as(w, "pa2"), *head = as(w, "pha"), *far = as(w, "phb");
    doing(me, "inspect", "save", SHEET, {"answer.Q1", "done"});
    static const char words[] = "that is yours to answer or to see";
    refused(other, NOTFOUND, words, "inspect", "sheet", SHEET);
    refused(other, NOTFOUND, words, "inspect", "save", SHEET, {"answer.Q1", "done"});
    refused(other, NOTFOUND, words, "inspect", "submit", SHEET);
    refused(other, NOTFOUND, words, "inspect", "sheet", {"round", "r1"}, {"respondent", "nobody"});
    refused(far, NOTFOUND, words, "inspect", "sheet", SHEET);
    refused(head, NOTFOUND, words, "inspect", "save", SHEET, {"answer.Q1", "done"});
    refused(w, NOTFOUND, words, "inspect", "save", SHEET, {"answer.Q1", "done"});
    refused(as(w, "pv"), NOTFOUND, words, "inspect", "save", SHEET, {"answer.Q1", "done"});
    struct kept *k = doing(head, "inspect", "sheet", SHEET); /* a draft is its respondent's alone */
    assert_int_equal(kept_table(k, "questions"), -1);
    assert_true(k->doc.personal);
    doing(me, "inspect", "save", SHEET, {"answer.Q2", "done"}, {"answer.Q3", "done"});
    doing(me, "inspect", "submit", SHEET);
    doing(me, "inspect", "save", SHEET, {"answer.Q2", "not_done"});
    k = doing(head, "inspect", "sheet", SHEET);
    assert_str(cell_at(k, "questions", "Q2", NULL, "answer")->text, "done"); /* not the correction under way */
    assert_false(doing(me, "inspect", "sheet", SHEET)->doc.personal);
    /* Confirming: elsewhere, one's own, what is not submitted. */
    refused(far, NOTFOUND, "that you may confirm", "inspect", "confirm", {"round", "r1"},
            {"respondent", "s1"});
    refused(head, CONFLICT, "not submitted", "inspect", "confirm", {"round", "r1"}, {"respondent", "s2"});
    doing(head, "inspect", "submit", {"round", "r1"}, {"respondent", "ha"}, {"answer.2(c)", "done"});
    refused(head, DENIED, "your own", "inspect", "confirm", {"round", "r1"}, {"respondent", "ha"});
    k = doing(head, "inspect", "queue", {"round", "r1"});
    assert_int_equal(row_of(k, "queue", "ha", NULL), -1);
    assert_true(noted_has(k, "Your own sheet") && k->doc.personal);
    assert_int_equal(rows_of(doing(far, "inspect", "queue", {"round", "r1"}), "queue"), 0);
    struct unit_counts c;
    assert_ok(head, inspect_unit_counts(head, S("r1"), NULL, &c));
    assert_int_equal(c.submitted, 2);
    assert_int_equal(c.none, 2); /* s2, and the device */
    figures_hold(w);
    /* A successor never answers for who held the post on the base date, who goes on answering. */
    doing(w, "registry", "import", {"what", "posts"}, FILED("code,duty,org,system,person,deputy_of,from,to\ns1,staff,a1,,pa2,,,\ns9,staff,b1,,pa1,,,\n"));
    refused(as(w, "pa2/s1"), NOTFOUND, words, "inspect", "sheet", SHEET);
    me = as(w, "pa1");
    doing(me, "inspect", "submit", SHEET);
    doing(w, "inspect", "close", {"round", "r1"});
    refused(me, CONFLICT, "is closed, and its figures stand", "inspect", "save", SHEET, {"answer.Q1", "done"});
    refused(me, CONFLICT, "is closed, and its figures stand", "inspect", "submit", SHEET);
    assert_int_equal(rows_of(doing(me, "inspect", "sheets", {0}), "sheets"), 0);
}
static void test_rights(void **state)
{
    (void)state;
    each_store(rights);
}

/* ---- what is refused ---- */
static void hostile(struct work *w)
{
    answer_world(w);
    struct work *me = as(w, "pa1");
    char longest[2 * NOTE_MAX];
    struct buf letters = buf_in(w->a);
    memset(longest, 'x', sizeof longest - 1);
    longest[NOTE_MAX + 1] = '\0';
    for (int i = 0; i < NOTE_LETTERS_MAX; i++) buf_add(&letters, S("漢"));
    const char *most = str_c(w->a, buf_str(&letters));
    buf_add(&letters, S("漢"));
    const char *more = str_c(w->a, buf_str(&letters));
    refused(me, INVALID, "is no question of this sheet", "inspect", "save", SHEET, {"answer.Q9", "done"});
    refused(me, INVALID, "is no question of this sheet", "inspect", "save", SHEET, {"answer.2(a)", "done"});
    refused(me, INVALID, "is no question of this sheet", "inspect", "save", SHEET, {"note.2(c)", "x"});
    refused(me, INVALID, "not a code", "inspect", "save", SHEET, {"answer.Q1'--", "done"});
    refused(me, INVALID, "not a code", "inspect", "save", SHEET, {"answer.<b>", "done"});
    refused(me, INVALID, "no such parameter", "inspect", "save", SHEET, {"answer.", "done"});
    refused(me, INVALID, "is none of", "inspect", "save", SHEET, {"answer.Q1", "yes"});
    refused(me, INVALID, "longer than 200 letters", "inspect", "save", SHEET, {"note.Q1", longest});
    doing(me, "inspect", "save", SHEET, {"note.Q1", most});
    refused(me, INVALID, "longer than 200 letters", "inspect", "save", SHEET, {"note.Q1", more}, {"answer.Q1", "done"});
    assert_str(answer_at(me, "Q1"), "");
    /* 2(a) knows no occasion; Q1 serves it. */
    refused(me, INVALID, "'no occasion arose' is no answer", "inspect", "save", SHEET, {"answer.Q1", "no_occasion"});
    refused(me, NOTFOUND, "no round", "inspect", "sheet", {"round", "r9"}, {"respondent", "s1"});
    refused(me, NOTFOUND, "has pages 1 to 1,", "inspect", "sheet", SHEET, {"page", "2"});
}
static void test_hostile(void **state)
{
    (void)state;
    each_store(hostile);
}

/* ---- any order of saves, hand-ins, files, confirmations: the sums are those of the sheets ---- */
static uint64_t draw(uint64_t *state, uint64_t n)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (*state >> 33) % n;
}

static void random_step(struct work *w, uint64_t *seed)
{
    static const char *const people[] = {"pa1", "pa2", "pb1"}, *const posts[] = {"s1", "s2", "t1"};
    static const char *const answers[] = {"done", "not_done", "no_occasion", "later"};
    size_t who = draw(seed, 3);
    struct work *me = as(w, people[who]);
    struct ask ask[6] = {{"round", "r1"}, {"respondent", posts[who]}, {"answer.Q1", answers[draw(seed, 2)]},
                         {"answer.Q2", answers[draw(seed, 4)]}, {"answer.Q3", answers[draw(seed, 3)]}};
    const char *act = "save";
    switch (draw(seed, 6)) {
    case 0: case 1: act = "submit"; break;
    case 2:
        me = as(w, who == 2 ? "phb" : "pha");
        act = "confirm";
        ask[1] = (struct ask){"org", who == 2 ? "b1" : "a1"};
        ask[2] = draw(seed, 2) ? (struct ask){"clean", "1"} : (struct ask){0};
        ask[3] = (struct ask){0};
        break;
    case 3:
        me = w;
        act = "import";
        ask[1] = (struct ask)FILED(str_c(w->a, str_fmt(w->a, "respondent,2(a),2(b),3(a)\n%s,%s,%s,%s\n", posts[who], answers[draw(seed, 2)],
                                                       answers[draw(seed, 3)], answers[draw(seed, 3)])));
        ask[2] = (struct ask){0};
        break;
    default: break;
    }
    enum err e = through_door(me, "inspect", act, ask, kept_new(me));
    if (e != OK && e != INVALID && e != CONFLICT) check_err(me, e, OK, __FILE__, __LINE__);
    me->faults = (struct faults){0};
}

static void property(struct work *w)
{
    uint64_t seed = 7;
    answer_world(w);
    for (int i = 0; i < 120; i++) {
        random_step(w, &seed);
        figures_hold(w);
    }
    doing(w, "rebuild", "", {0}); /* what is asked is forgotten too, and made anew */
    for (int i = 0; i < 20; i++) {
        random_step(w, &seed);
        figures_hold(w);
    }
}
static void test_property(void **state)
{
    (void)state;
    each_store(property);
}

/* ---- what is asked, as numbers ---- */
static void test_plan_kept(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    size_t one[] = {0, 2}, two[] = {1};
    struct sheet_item items[] = {{S("Q1"), 0, 0, 0, false, true, 2, one}, {S("x(1)"), 4, 1, 0, true, false, 1, two}};
    struct sheet_plan p = {.clauses = 3, .questions = 3, .duties = 2, .duty = 1, .item = items, .n = 2}, back;
    struct kept_plan kept = plan_encode(a, &p);
    assert_true(plan_decode(a, &kept, &back));
    assert_int_equal(back.n, 2);
    assert_int_equal(back.pages, 2);
    assert_str(back.item[1].code, "x(1)");
    assert_int_equal(back.item[0].clauses[1], 2);
    assert_true(back.item[0].no_occasion && back.item[1].any);
    for (size_t i = 0; i < kept.numbers.n; i++) { /* cut off or altered anywhere: refused or in bounds, never beyond */
        struct kept_plan bad = kept;
        bad.numbers.n = i;
        assert_false(plan_decode(a, &bad, &back));
        bad.numbers = str_dup(a, kept.numbers);
        ((char *)(uintptr_t)bad.numbers.p)[i] ^= 0x40;
        if (!plan_decode(a, &bad, &back)) continue;
        for (size_t k = 0; k < back.n; k++) assert_true(back.item[k].at < plan_places(&back));
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_way),      cmocka_unit_test(test_windows),  cmocka_unit_test(test_files),    cmocka_unit_test(test_rights),
        cmocka_unit_test(test_hostile),  cmocka_unit_test(test_property), cmocka_unit_test(test_plan_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
