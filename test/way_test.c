/* The way of a sheet and of a ministry's figures: given back and confirmed, units closed, approved by two, sent, queried,
 * accepted, published; who may not; what stands still meanwhile; later due days. */
#include "inspect_kit.h"

#include "access/access.h"
#include "inspect/inspect.h"
#include "base/clock.h"
#include "inspect/way.h"
#include "inspect/way_acts.h"

#define ROUND {"round", "r1"}
#define SHEET ROUND, {"respondent", "s1"}

/* The small frame and: a chief officer and a bureau's head at A, the same at B; ministry C, which reports in aggregates. */
static void way_world(struct work *w)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\nchief,最高責任者,Chief,answer rates manage approve,5\n"));
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\nC,gov,ministry,30,丙省,Ministry C,,\n"));
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to\n"
                "pch,A,秘甲最高,,,,\npch2,A,秘甲次席,,,,\npm1,a1,秘甲局長,,,,\npcb,B,秘乙最高,,,,\npoc,C,秘丙担,,,,\npcc,C,秘丙最高,,,,\n"));
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\n"
                "cha,chief,A,,pch,,,\ncha2,chief,A,,pch2,,,\nom1,officer,a1,,pm1,,,\nchb,chief,B,,pcb,,,\n"
                "oc,officer,C,,poc,,,\nchc,chief,C,,pcc,,,\nox,officer,A,,pa2,,,\n"));
    small_standard(w, "e1", SMALL_CLAUSES);
    doing(w, "standard", "import", {"edition", "e1"}, {"what", "questions"},
          FILED("code,duty,rule,clauses,text_ja,text_en,example_ja,example_en,help_ja,help_en\n"
                "Q1,staff,all,2(a) 3(a),設問一,First?,例,Example,補足,Help\n"
                "Q2,staff,any,2(b),設問二,Second?,,,,\nQ3,staff,any,2(b),設問三,Third?,,,,\n"));
    doing(w, "standard", "decide", {"edition", "e1"});
    doing(w, "inspect", "open", {"code", "r1"}, {"title_ja", "自己点検"}, {"edition", "e1"}, {"frame", "gov"},
          {"base", "2007-03-31"}, {"due", "2007-04-20"}, {"unknown_out", "leave"}, {"aggregate", "C"});
}

static void figures_hold(struct work *w)
{
    assert_true(noted_has(doing(w, "inspect", "recount", ROUND), "The tallies equal the sheets"));
}

static int64_t known(struct work *w, const char *org, const char *key)
{
    return cell_at(doing(w, "inspect", "rates", ROUND, {"depth", "-1"}), "coverage", org, NULL, key)->i;
}

static const struct cell *mine(struct work *w, const char *respondent, const char *key)
{
    return cell_at(doing(w, "inspect", "sheets", {0}), "sheets", respondent, NULL, key);
}

static void hand_in(struct work *w, const char *respondent, const char *q2)
{
    doing(w, "inspect", "submit", ROUND, {"respondent", respondent}, {"answer.Q1", "done"}, {"answer.Q2", q2}, {"answer.Q3", q2});
}

static const struct cell *at_board(struct work *w, const char *org, const char *key)
{
    return cell_at(doing(w, "inspect", "way", ROUND), "way", org, NULL, key);
}

static str stage(struct work *w, const char *org)
{
    const struct kept *k = doing(w, "inspect", "way", ROUND, {"org", org});
    for (size_t i = 0; i < k->n_facts; i++)
        if (str_eq(k->fact[i].key, S("stage"))) return k->fact[i].cell.text;
    return (str){0};
}

/* ---- given back ---- */

static void returned(struct work *w)
{
    way_world(w);
    struct work *me = as(w, "pa1"), *head = as(w, "pha");
    refused(head, CONFLICT, "nothing to give back", "inspect", "return", SHEET, {"reason", "x"});
    hand_in(me, "s1", "not_done");
    assert_int_equal(known(w, "gov", "known_provisional"), 1);
    refused(head, INVALID, "is required", "inspect", "return", SHEET);
    refused(head, INVALID, "is required", "inspect", "return", SHEET, {"reason", " 　 "});
    doing(head, "inspect", "return", SHEET, {"reason", "設問2を見直してください"});
    figures_hold(w);
    assert_int_equal(known(w, "gov", "known_provisional"), 0);
    assert_str(mine(me, "s1", "state")->text, "returned");
    assert_str(mine(me, "s1", "returned")->text, "設問2を見直してください");
    struct kept *k = doing(me, "inspect", "sheet", SHEET);
    assert_str(cell_in(k, "returned", 0, "reason")->text, "設問2を見直してください");
    k = doing(me, "inspect", "sheet", SHEET, {"page", "0"});
    assert_str(cell_at(k, "questions", "Q2", NULL, "answer")->text, "not_done"); /* as they were */
    assert_int_equal(rows_of(doing(me, "home", "", {0}), "returned"), 1);
    refused(head, CONFLICT, "nothing to give back", "inspect", "return", SHEET, {"reason", "x"});
    assert_int_equal(cell_at(doing(head, "inspect", "unit", ROUND, {"org", "a1"}), "missing", "pa1", NULL, "returned")->i, 1);

    hand_in(me, "s1", "done");
    assert_str(mine(me, "s1", "state")->text, "submitted");
    figures_hold(w);
    k = doing(head, "inspect", "queue", ROUND);
    assert_int_equal(cell_at(k, "queue", "s1", NULL, "returns")->i, 1);
    k = doing(head, "inspect", "sheet", SHEET); /* what was asked before, for who looks at it again */
    assert_str(cell_in(k, "returns", 0, "reason")->text, "設問2を見直してください");
    assert_int_equal(cell_in(k, "returns", 0, "answered")->i, TEST_NOW);

    /* A confirmation taken back, and handed in again as it is. */
    k = doing(head, "inspect", "confirm", ROUND, {"respondent", "s1"});
    assert_str(head->next->given[1].value, "s1");
    k = doing(head, "inspect", "queue", ROUND, {"undo", "s1"});
    assert_int_equal(rows_of(k, "undo"), 1);
    assert_int_equal(fact_int(doing(head, "inspect", "return", SHEET, {"reason", "誤って確認"}), "undone"), 1);
    assert_int_equal(kept_table(doing(head, "inspect", "queue", ROUND, {"undo", "s1"}), "undo"), -1);
    figures_hold(w);
    assert_int_equal(known(w, "gov", "known"), 0);
    doing(me, "inspect", "submit", SHEET);
    doing(head, "inspect", "confirm", ROUND, {"respondent", "s1"});
    figures_hold(w);
    assert_int_equal(known(w, "gov", "known"), 1);
}
static void test_returned(void **state)
{
    (void)state;
    each_store(returned);
}

/* A sheet from a file comes back with its answers derived; a file hands it in again; who left the denominator leaves it. */
static void returned_files(struct work *w)
{
    static const char file[] = "respondent,2(a),2(b),3(a)\ns2,done,no_occasion,done\n";
    way_world(w);
    struct work *head = as(w, "pha"), *two = as(w, "pa2/s2");
    doing(w, "inspect", "import", ROUND, FILED(file));
    doing(head, "inspect", "return", ROUND, {"respondent", "s2"}, {"reason", "なぜ場面がないのか"});
    figures_hold(w);
    struct kept *k = doing(two, "inspect", "sheet", ROUND, {"respondent", "s2"}, {"page", "0"});
    assert_str(cell_at(k, "questions", "Q1", NULL, "answer")->text, "done");
    assert_str(cell_at(k, "questions", "Q3", NULL, "answer")->text, "no_occasion");
    doing(w, "inspect", "import", ROUND, FILED(file));
    assert_str(mine(two, "s2", "state")->text, "submitted");
    assert_int_equal(mine(two, "s2", "returned")->type, CELL_NONE);
    figures_hold(w);

    doing(w, "inspect", "reason", ROUND, {"respondent", "s1"}, {"reason", "leave"}, {"why", "w"});
    int64_t out = known(w, "gov", "reported");
    hand_in(as(w, "pa1"), "s1", "done");
    assert_int_equal(known(w, "gov", "reported"), out + 1);
    doing(head, "inspect", "return", SHEET, {"reason", "見直し"});
    assert_int_equal(known(w, "gov", "reported"), out);
    figures_hold(w);

    /* Never one's own, never out of reach, not without the right. */
    doing(head, "inspect", "submit", ROUND, {"respondent", "ha"}, {"answer.2(c)", "done"});
    refused(head, DENIED, "your own", "inspect", "return", ROUND, {"respondent", "ha"}, {"reason", "x"});
    refused(as(w, "phb"), NOTFOUND, "that you may confirm", "inspect", "return", ROUND, {"respondent", "s2"}, {"reason", "x"});
    refused(as(w, "poa"), DENIED, "posts that confirm", "inspect", "return", ROUND, {"respondent", "s2"}, {"reason", "x"});
    doing(w, "inspect", "close", ROUND);
    refused(head, CONFLICT, "not given back any more", "inspect", "return", ROUND, {"respondent", "s2"}, {"reason", "x"});
}
static void test_returned_files(void **state)
{
    (void)state;
    each_store(returned_files);
}

/* ---- a unit ---- */

static void all_refused_in(struct work *w, const char *words)
{
    struct work *head = as(w, "pha"), *officer = as(w, "poa");
    str before = state_of_store(w, false);
    refused(head, CONFLICT, words, "inspect", "save", ROUND, {"respondent", "ha"}, {"answer.2(c)", "done"});
    refused(head, CONFLICT, words, "inspect", "submit", ROUND, {"respondent", "ha"}, {"answer.2(c)", "done"});
    refused(head, CONFLICT, words, "inspect", "return", SHEET, {"reason", "x"});
    refused(head, CONFLICT, words, "inspect", "confirm", ROUND, {"org", "a1"});
    refused(officer, CONFLICT, words, "inspect", "import", ROUND, FILED("respondent,2(a),2(b),3(a)\ns1,not_done,done,done\n"));
    refused(officer, CONFLICT, words, "inspect", "move", ROUND, {"respondent", "s1"}, {"to", "a2"}, {"why", "w"});
    refused(officer, CONFLICT, words, "inspect", "move", ROUND, {"respondent", "s3"}, {"to", "a1"}, {"why", "w"});
    refused(officer, CONFLICT, words, "inspect", "reason", ROUND, {"respondent", "ha"}, {"reason", "left"}, {"why", "w"});
    refused(officer, CONFLICT, words, "inspect", "extend", ROUND, {"org", "a1"}, {"until", "2007-05-01"}, {"why", "w"});
    refused(officer, CONFLICT, words, "inspect", "extend", SHEET, {"until", "2007-05-01"}, {"why", "w"});
    refused(officer, CONFLICT, words, "inspect", "import", ROUND,
            FILED("number,respondent,organisation,clause,from,to\nx1,s1,,2(a),2007-01-01,2007-12-31\n"));
    refused(officer, CONFLICT, words, "inspect", "import", ROUND,
            FILED("number,respondent,organisation,clause,from,to\nx1,,a1,2(a),2007-01-01,2007-12-31\n"));
    assert_true(str_eq(state_of_store(w, false), before));
    figures_hold(w);
}

static void units(struct work *w)
{
    way_world(w);
    struct work *me = as(w, "pa1"), *head = as(w, "pha"), *bureau = as(w, "pm1"), *officer = as(w, "poa");
    hand_in(me, "s1", "done");
    refused(bureau, CONFLICT, "1 sheets of 'Bureau A1' wait", "inspect", "close-unit", ROUND, {"org", "a1"});
    doing(head, "inspect", "confirm", ROUND, {"respondent", "s1"});
    refused(head, DENIED, "posts that manage", "inspect", "close-unit", ROUND, {"org", "a1"});
    refused(as(w, "pob"), NOTFOUND, "no organisation 'a1'", "inspect", "close-unit", ROUND, {"org", "a1"});
    refused(officer, INVALID, "is no unit", "inspect", "close-unit", ROUND, {"org", "A"});
    struct kept *k = doing(bureau, "inspect", "close-unit", ROUND, {"org", "a1"});
    assert_int_equal(fact_int(k, "missing"), 3); /* s2, ha, the device: told, no hindrance */
    assert_true(noted_has(k, "Nothing was handed in for 3"));
    assert_str(stage(officer, "a1"), "closed");
    all_refused_in(w, "is at the stage 'unit closed' since 2007-04-23");
    refused(bureau, CONFLICT, "since 2007-04-23 (秘甲局長)", "inspect", "close-unit", ROUND, {"org", "a1"});
    refused(head, CONFLICT, "(秘甲局長)", "inspect", "confirm", ROUND, {"org", "a1"}); /* named to who may see names */
    refused(as(w, "pa2/s2"), CONFLICT, "2007-04-23 (Officer)", "inspect", "save", ROUND, {"respondent", "s2"}, {"answer.Q1", "done"});
    refused(me, DENIED, "posts that manage", "inspect", "reopen", ROUND, {"org", "a1"}, {"why", "w"});
}

/* Faults row by row, with the row; what changes nothing passes. */
static void unit_files(struct work *w)
{
    way_world(w);
    static const char same[] = "respondent,2(a),2(b),3(a),2(a) note\ns1,done,done,done,備考\ns3,done,done,done,\n";
    struct work *officer = as(w, "poa");
    doing(officer, "inspect", "import", ROUND, {"state", "submitted"}, FILED(same));
    doing(as(w, "pha"), "inspect", "confirm", ROUND, {"org", "a1"});
    doing(as(w, "pm1"), "inspect", "close-unit", ROUND, {"org", "a1"});
    doing(officer, "inspect", "import", ROUND, FILED(same));
    refused(officer, CONFLICT, "unit closed", "inspect", "import", ROUND,
            FILED("respondent,2(a),2(b),3(a),2(a) note\ns1,done,done,done,別の備考\n"));
    assert_err(officer, through_door(officer, "inspect", "import",
                                     ASK(ROUND, FILED("respondent,2(a),2(b),3(a)\ns3,done,done,not_done\ns1,done,not_done,done\n"
                                                      "s2,done,done,done\n")), kept_new(officer)), CONFLICT);
    assert_int_equal(officer->faults.count, 2);
    assert_int_equal(officer->faults.first[0].where.row, 3);
    assert_int_equal(officer->faults.first[1].where.row, 4);
    officer->faults = (struct faults){0};
    /* One for all of A would count in the closed unit too. */
    refused(w, CONFLICT, "'Bureau A1' is at the stage", "inspect", "import", ROUND,
            FILED("number,respondent,organisation,clause,from,to\nx1,,A,2(a),2007-01-01,2007-12-31\n"));
    /* Beside it all goes on, and what is confirmed or extended at once leaves it out. */
    doing(officer, "inspect", "reason", ROUND, {"respondent", "s3"}, {"reason", "left"}, {"why", "w"});
    assert_int_equal(fact_int(doing(officer, "inspect", "extend", ROUND, {"org", "A"}, {"until", "2007-05-01"}, {"why", "w"}),
                              "respondents"), 1);
    doing(officer, "inspect", "reopen", ROUND, {"org", "a1"}, {"why", "w"});
    doing(officer, "inspect", "import", ROUND, FILED("respondent,2(a),2(b),3(a)\ns1,done,not_done,done\n"));
    figures_hold(w);
}

static void test_units(void **state)
{
    (void)state;
    each_store(units);
}
static void test_unit_files(void **state)
{
    (void)state;
    each_store(unit_files);
}

/* ---- a ministry ---- */

struct waits {
    str what, why;
    int64_t n;
};
static enum err wait_one(void *to, const struct way_waiting *x)
{
    struct waits *all = to;
    *all = (struct waits){x->what, x->why, x->n};
    return OK;
}
static struct waits waiting(struct work *w)
{
    struct waits all = {0};
    assert_ok(w, inspect_way_waiting(w, S("r1"), wait_one, &all));
    return all;
}

static void ministry(struct work *w)
{
    way_world(w);
    struct work *officer = as(w, "poa"), *chief = as(w, "pch"), *second = as(w, "pch2"), *centre = as(w, "pc");
    hand_in(as(w, "pa1"), "s1", "done");
    assert_int_equal(waiting(officer).what.n, 0); /* a sheet waits */
    doing(as(w, "pha"), "inspect", "confirm", ROUND, {"org", "a1"});
    assert_str(waiting(officer).what, "head");
    assert_str(waiting(as(w, "pm1")).what, "close");
    doing(as(w, "pm1"), "inspect", "close-unit", ROUND, {"org", "a1"});
    assert_int_equal(waiting(as(w, "pm1")).what.n, 0);

    /* Wrong stage, place, right. */
    refused(officer, CONFLICT, "at the stage 'being answered': this is done at the stage 'approved by the chief officer / queried",
            "inspect", "send", ROUND, {"org", "A"});
    refused(officer, INVALID, "is not next below the top", "inspect", "approve", ROUND, {"org", "a2"});
    refused(w, INVALID, "is not next below the top", "inspect", "approve", ROUND, {"org", "gov"});
    refused(as(w, "pha"), DENIED, "or approve its figures", "inspect", "approve", ROUND, {"org", "a1"});
    refused(as(w, "pm1"), NOTFOUND, "no organisation 'A'", "inspect", "approve", ROUND, {"org", "A"});
    refused(as(w, "pob"), NOTFOUND, "no organisation 'A'", "inspect", "approve", ROUND, {"org", "A"});
    refused(centre, DENIED, "or approve its figures", "inspect", "approve", ROUND, {"org", "A"});

    /* Two people. */
    struct kept *k = doing(officer, "inspect", "approve", ROUND, {"org", "A"});
    assert_true(noted_has(k, "1 units below are not closed") && noted_has(k, "another person"));
    assert_str(stage(officer, "A"), "headed");
    refused(officer, DENIED, "does not take the next step", "inspect", "approve", ROUND, {"org", "A"});
    assert_str(waiting(chief).what, "chief");
    all_refused_in(w, "'Ministry A' is at the stage 'approved by the head'");
    refused(officer, CONFLICT, "'Ministry A' is at the stage", "inspect", "exclude", ROUND, {"org", "a2"}, {"why", "w"});
    refused(officer, CONFLICT, "'Ministry A' is at the stage", "inspect", "unnamed", ROUND, {"org", "A"}, {"systems", "1"},
            {"checked", "1"}, {"on", "2007-03-20"}, {"by", "audit"});
    doing(w, "inspect", "exclude", ROUND, {"org", "A"}, {"why", "the centre decides for the figures above"});
    doing(w, "inspect", "exclude", ROUND, {"org", "A"}, {"why", "w"}, {"undo", "1"});
    doing(as(w, "pm1"), "inspect", "reopen", ROUND, {"org", "a1"}, {"why", "まだあった"}); /* undoes the approval */
    assert_str(stage(officer, "A"), "open");
    assert_str(stage(officer, "a1"), "open");
    doing(chief, "inspect", "approve", ROUND, {"org", "A"});
    refused(chief, DENIED, "the first approval of 'Ministry A' yourself", "inspect", "approve", ROUND, {"org", "A"});
    assert_int_equal(waiting(chief).what.n, 0);
    doing(second, "inspect", "approve", ROUND, {"org", "A"});
    assert_str(stage(officer, "A"), "approved");

    /* Up, asked back, up again. */
    refused(officer, DENIED, "for the centre", "inspect", "accept", ROUND, {"org", "A"});
    refused(centre, CONFLICT, "this is done at the stage 'sent to the centre'", "inspect", "accept", ROUND, {"org", "A"});
    assert_str(waiting(chief).what, "send");
    doing(officer, "inspect", "send", ROUND, {"org", "A"});
    refused(officer, CONFLICT, "at the stage 'sent", "inspect", "send", ROUND, {"org", "A"});
    assert_str(waiting(centre).what, "accept");
    refused(officer, DENIED, "for the centre", "inspect", "query", ROUND, {"org", "A"}, {"why", "x"});
    refused(officer, DENIED, "only the centre gives them back", "inspect", "reopen", ROUND, {"org", "A"}, {"why", "x"});
    refused(as(w, "pm1"), DENIED, "only the centre gives them back", "inspect", "reopen", ROUND, {"org", "a1"}, {"why", "x"});
    all_refused_in(w, "only the centre can reopen it");
    doing(centre, "inspect", "query", ROUND, {"org", "A"}, {"why", "未提出の理由は"});
    assert_str(waiting(officer).what, "query");
    assert_str(waiting(officer).why, "未提出の理由は");
    k = doing(officer, "inspect", "way", ROUND, {"org", "A"});
    assert_str(cell_in(k, "query", 0, "query")->text, "未提出の理由は");
    assert_str(cell_in(k, "history", 0, "by")->text, "Centre"); /* the centre's people are not named to a ministry */
    assert_str(cell_in(k, "history", 1, "by")->text, "秘甲担");
    refused(officer, INVALID, "give the answer", "inspect", "send", ROUND, {"org", "A"});
    doing(officer, "inspect", "send", ROUND, {"org", "A"}, {"why", "12月に確認します"});
    k = doing(centre, "inspect", "way", ROUND, {"org", "A"});
    assert_str(cell_in(k, "history", 0, "why")->text, "12月に確認します");
    assert_str(cell_in(k, "history", 0, "by")->text, "Officer"); /* nor a ministry's to the centre */
    assert_int_equal(at_board(centre, "A", "accept")->type, CELL_TEXT);
    assert_int_equal(at_board(centre, "B", "accept")->type, CELL_NONE);
    doing(centre, "inspect", "accept", ROUND, {"org", "A"});
    assert_str(at_board(centre, "A", "stage")->text, "accepted");
    assert_int_equal(waiting(centre).what.n, 0);

    /* What the centre holds it alone gives back; the approvals are gone. */
    k = doing(centre, "inspect", "reopen", ROUND, {"org", "A"}, {"why", "訂正の申出"});
    assert_true(noted_has(k, "The approvals of 'Ministry A' are undone"));
    assert_str(stage(officer, "A"), "open");
    refused(centre, CONFLICT, "there is nothing to reopen", "inspect", "reopen", ROUND, {"org", "A"}, {"why", "x"});
    figures_hold(w);
}

/* Aggregates go the same way; closing publishes everything and tells who was not accepted. */
static void published(struct work *w)
{
    static const char file[] = "organisation,duty,clause,reported,known,arisen,done\nC,staff,,10,8,,\nC,staff,2(a),10,8,8,7\n";
    way_world(w);
    struct work *officer = as(w, "poc"), *chief = as(w, "pcc"), *centre = as(w, "pc");
    assert_true(noted_has(doing(officer, "inspect", "approve", ROUND, {"org", "C"}), "No aggregate"));
    refused(officer, CONFLICT, "'Ministry C' is at the stage", "inspect", "import", ROUND, FILED(file));
    doing(officer, "inspect", "reopen", ROUND, {"org", "C"}, {"why", "集計様式の提出"});
    doing(officer, "inspect", "import", ROUND, FILED(file));
    doing(officer, "inspect", "approve", ROUND, {"org", "C"});
    doing(officer, "inspect", "import", ROUND, FILED(file)); /* the same: no change */
    doing(chief, "inspect", "approve", ROUND, {"org", "C"});
    doing(chief, "inspect", "send", ROUND, {"org", "C"});
    doing(centre, "inspect", "accept", ROUND, {"org", "C"});
    struct kept *k = doing(w, "inspect", "close", ROUND);
    assert_int_equal(fact_int(k, "not_accepted"), 2);
    assert_true(noted_has(k, "2 of 3 organisations were not accepted"));
    assert_str(at_board(centre, "A", "stage")->text, "published");
    assert_str(at_board(centre, "C", "step")->text, "publish");
    refused(as(w, "poa"), CONFLICT, "nothing goes up any more", "inspect", "approve", ROUND, {"org", "A"});
    refused(centre, CONFLICT, "nothing goes up any more", "inspect", "reopen", ROUND, {"org", "C"}, {"why", "x"});
    refused(as(w, "pm1"), CONFLICT, "nothing goes up any more", "inspect", "close-unit", ROUND, {"org", "a1"});
    refused(as(w, "poa"), CONFLICT, "nothing is handed in", "inspect", "extend", ROUND, {"org", "a1"}, {"until", "2007-05-01"}, {"why", "w"});
    /* Corrections are by the rule there was. */
    refused(w, CONFLICT, "give --correction", "inspect", "import", ROUND, FILED("respondent,2(a),2(b),3(a)\ns1,done,done,done\n"));
    doing(w, "inspect", "import", ROUND, {"correction", "c"}, {"state", "confirmed"}, FILED("respondent,2(a),2(b),3(a)\ns1,done,done,done\n"));
    k = doing(w, "inspect", "close", ROUND, {"erratum", "e"});
    assert_false(noted_has(k, "not accepted"));
    figures_hold(w);
}

/* A ministry sees its own way alone: no code, name, reason or step of another's. */
static void canary(struct work *w)
{
    way_world(w);
    doing(as(w, "poa"), "inspect", "approve", ROUND, {"org", "A"});
    doing(as(w, "poa"), "inspect", "reopen", ROUND, {"org", "A"}, {"why", "秘甲の理由"});
    doing(as(w, "pm1"), "inspect", "close-unit", ROUND, {"org", "a1"});
    doing(as(w, "poa"), "inspect", "extend", ROUND, {"org", "a2"}, {"until", "2007-05-01"}, {"why", "秘甲の延長"});
    struct work *other = as(w, "pob");
    refused(other, NOTFOUND, "no organisation 'A'", "inspect", "way", ROUND, {"org", "A"});
    static const char *const views[] = {"way", "extensions"};
    for (size_t v = 0; v < 2; v++) {
        struct kept *k = doing(other, "inspect", views[v], ROUND);
        for (size_t t = 0; t < k->n_tables; t++)
            for (size_t i = 0; i < k->table[t].n; i++)
                for (size_t c = 0; c < k->table[t].n_columns; c++) {
                    const struct cell *x = &k->table[t].row[i].cell[c];
                    assert_true(str_find(x->ja, S("甲")) < 0 && str_find(x->text, S("甲")) < 0);
                    assert_false(str_eq(x->text, S("A")) || str_starts(x->text, S("a1")) || str_starts(x->text, S("a2")));
                }
    }
    assert_str(stage(other, "B"), "open");
    assert_int_equal(rows_of(doing(as(w, "poa"), "inspect", "extensions", ROUND), "extensions"), 1);
}

/* ---- later due days ---- */
static void extended(struct work *w)
{
    way_world(w);
    struct work *officer = as(w, "poa"), *me = as(w, "pa1"), *two = as(w, "pa2/s2"), *two_officer = as(w, "pa2/ox");
    assert_int_equal(mine(me, "s1", "overdue")->i, 1);
#define EXTEND(who, err, words, until_, ...) \
    refused(who, err, words, "inspect", "extend", ROUND, {"until", until_}, {"why", "w"}, __VA_ARGS__)
    EXTEND(officer, INVALID, "due on 2007-04-20 already", "2007-04-20", {"respondent", "s1"});
    EXTEND(officer, INVALID, "2007-04-22 is over already", "2007-04-22", {"respondent", "s1"});
    EXTEND(officer, INVALID, "at most 366 days", "2008-04-21", {"respondent", "s1"});
    EXTEND(officer, INVALID, "either a respondent or an organisation", "2007-05-10", {"respondent", "s1"}, {"org", "a1"});
    EXTEND(officer, INVALID, "either a respondent or an organisation", "2007-05-10", {0});
    EXTEND(as(w, "pob"), NOTFOUND, "that you may change", "2007-05-10", {"respondent", "s1"});
    EXTEND(as(w, "pob"), NOTFOUND, "no organisation 'a1'", "2007-05-10", {"org", "a1"});
    EXTEND(me, DENIED, "posts that manage", "2007-05-10", {"respondent", "s1"});
    EXTEND(two_officer, DENIED, "your own", "2007-05-10", {"respondent", "s2"});
    doing(officer, "inspect", "extend", ROUND, {"respondent", "s1"}, {"until", "2007-05-10"}, {"why", "出張"});
    assert_int_equal(mine(me, "s1", "overdue")->i, 0);
    int64_t day = 0;
    assert_true(date_parse(S("2007-05-10"), &day));
    assert_int_equal(mine(me, "s1", "due")->i, day);
    struct kept *k = doing(as(w, "pha"), "inspect", "unit", ROUND, {"org", "a1"});
    assert_int_equal(cell_at(k, "missing", "pa1", NULL, "due")->i, day);
    assert_int_equal(cell_at(k, "missing", "pa2", NULL, "due")->type, CELL_NONE);
    /* All of a unit but oneself; the latest wins. */
    assert_int_equal(fact_int(doing(two_officer, "inspect", "extend", ROUND, {"org", "a1"}, {"until", "2007-04-30"}, {"why", "w"}),
                              "respondents"), 2); /* ha, the device */
    assert_int_equal(mine(me, "s1", "due")->i, day);
    assert_int_equal(mine(two, "s2", "overdue")->i, 1);
    EXTEND(two_officer, CONFLICT, "nobody in 'a1' but yourself", "2007-04-29", {"org", "a1"});
    k = doing(me, "inspect", "submit", SHEET, {"answer.Q1", "done"}, {"answer.Q2", "done"}, {"answer.Q3", "done"});
    assert_false(noted_has(k, "after it was due"));
    k = doing(two, "inspect", "submit", ROUND, {"respondent", "s2"}, {"answer.Q1", "done"}, {"answer.Q2", "done"}, {"answer.Q3", "done"});
    assert_true(noted_has(k, "after it was due"));
    k = doing(as(w, "pha"), "inspect", "queue", ROUND);
    assert_int_equal(cell_at(k, "queue", "s1", NULL, "late")->i, 0);
    assert_int_equal(cell_at(k, "queue", "s2", NULL, "late")->i, 1);
    k = doing(officer, "inspect", "extensions", ROUND);
    assert_int_equal(rows_of(k, "extensions"), 2);
    assert_str(cell_in(k, "extensions", 0, "respondent")->text, "s1");
    k = doing(as(w, "pc"), "inspect", "extensions", ROUND); /* who sees no names is told neither whom nor why */
    assert_int_equal(cell_in(k, "extensions", 0, "respondent")->type, CELL_NONE);
    assert_int_equal(cell_in(k, "extensions", 0, "why")->type, CELL_NONE);
    assert_int_equal(cell_in(k, "extensions", 0, "by")->type, CELL_NONE);
}

/* ---- any order of hand-ins, returns, confirmations, closings: the sums are those of the sheets ---- */
static uint64_t draw(uint64_t *state, uint64_t n)
{
    *state = *state * 6364136223846793005U + 1442695040888963407U;
    return (*state >> 33) % n;
}

static void random_step(struct work *w, uint64_t *seed)
{
    static const char *const people[] = {"pa1", "pa2/s2"}, *const posts[] = {"s1", "s2"};
    static const char *const answers[] = {"done", "not_done"};
    size_t who = draw(seed, 2);
    struct work *me = as(w, "pha");
    struct ask ask[7] = {ROUND, {"respondent", posts[who]}};
    const char *act = "confirm";
    switch (draw(seed, 8)) {
    case 0: case 1: case 2:
        me = as(w, people[who]);
        act = "submit";
        ask[2] = (struct ask){"answer.Q1", answers[draw(seed, 2)]};
        ask[3] = (struct ask){"answer.Q2", answers[draw(seed, 2)]};
        ask[4] = (struct ask){"answer.Q3", answers[draw(seed, 2)]};
        break;
    case 3: case 4:
        act = "return";
        ask[2] = (struct ask){"reason", "r"};
        break;
    case 5:
        me = as(w, "poa");
        act = draw(seed, 2) ? "close-unit" : "reopen";
        ask[1] = (struct ask){"org", "a1"};
        if (strcmp(act, "reopen") == 0) ask[2] = (struct ask){"why", "w"};
        break;
    case 6:
        me = as(w, "poa");
        act = "import";
        ask[1] = (struct ask)FILED(str_c(w->a, str_fmt(w->a, "respondent,2(a),2(b),3(a)\n%s,%s,done,done\n", posts[who], answers[draw(seed, 2)])));
        break;
    default: ask[1] = (struct ask){"org", "a1"}; break;
    }
    enum err e = through_door(me, "inspect", act, ask, kept_new(me));
    if (e != OK && e != CONFLICT) check_err(me, e, OK, __FILE__, __LINE__);
    me->faults = (struct faults){0};
}

static void property(struct work *w)
{
    uint64_t seed = 11;
    way_world(w);
    for (int i = 0; i < 150; i++) {
        random_step(w, &seed);
        figures_hold(w);
    }
}

/* ---- the table of steps ---- */
static void test_steps(void **state)
{
    (void)state;
    const struct way_step *all[WAY_STEPS_MAX];
    assert_null(way_step("approve", BODY_UNIT, STAGE_OPEN));
    assert_null(way_step("approve", BODY_MINISTRY, STAGE_APPROVED));
    assert_null(way_step("accept", BODY_MINISTRY, STAGE_QUERIED));
    assert_null(way_step("close-unit", BODY_MINISTRY, STAGE_OPEN));
    assert_true(way_step("approve", BODY_MINISTRY, STAGE_HEADED)->another);
    assert_int_equal(way_step("reopen", BODY_MINISTRY, STAGE_SENT)->right, MAY_CENTRE);
    for (int s = 0; s < STAGES; s++) {
        enum stage back;
        assert_true(stage_parse(stage_code((enum stage)s), &back) && back == (enum stage)s);
        for (enum body b = BODY_TOP; b <= BODY_UNIT; b++) {
            size_t n = way_steps(b, (enum stage)s, all);
            assert_true(s != STAGE_PUBLISHED || n == 0); /* what is public stays so */
            assert_true(b != BODY_TOP || n == 0);
            for (size_t i = 0; i < n; i++) assert_ptr_equal(way_step(all[i]->act, b, (enum stage)s), all[i]);
        }
    }
    enum stage none = STAGE_SENT;
    assert_false(stage_parse(S("gone"), &none));
    assert_int_equal(none, STAGE_SENT);
}

static void test_ministry(void **state)
{
    (void)state;
    each_store(ministry);
}

static void test_published(void **state)
{
    (void)state;
    each_store(published);
}
static void test_canary(void **state)
{
    (void)state;
    each_store(canary);
}
/* ---- the sheet of the ministry's own head ---- */

static void own_desk(struct work *w)
{
    way_world(w);
    doing(w, "registry", "import", {"what", "posts"}, FILED("code,duty,org,system,person,deputy_of,from,to\nhd,staff,A,,poa,,,\n"));
    doing(w, "inspect", "open", {"code", "r2"}, {"title_ja", "次回"}, {"edition", "e1"}, {"frame", "gov"}, {"base", "2007-03-31"});
    doing(as(w, "poa/hd"), "inspect", "submit", {"round", "r2"}, {"respondent", "hd"}, {"answer.Q1", "done"}, {"answer.Q2", "done"},
          {"answer.Q3", "done"});
    doing(as(w, "pa1"), "inspect", "submit", {"round", "r2"}, {"respondent", "s1"}, {"answer.Q1", "done"}, {"answer.Q2", "done"},
          {"answer.Q3", "done"});
    struct work *chief = as(w, "pch"), *of_b = as(w, "pcb");
    const struct kept *k = doing(chief, "inspect", "queue", {"round", "r2"});
    assert_int_equal(rows_of(k, "queue"), 1); /* and not the bureaus' */
    assert_str(cell_in(k, "queue", 0, "respondent")->text, "hd");
    refused(chief, NOTFOUND, "no respondent 's1'", "inspect", "confirm", {"round", "r2"}, {"org", "A"}, {"respondent", "s1"});
    refused(chief, DENIED, "does not reach", "inspect", "confirm", {"round", "r2"}, {"org", "A"});
    refused(of_b, NOTFOUND, "no respondent 'hd'", "inspect", "confirm", {"round", "r2"}, {"org", "B"}, {"respondent", "hd"});
    doing(chief, "inspect", "confirm", {"round", "r2"}, {"org", "A"}, {"respondent", "hd"});
    doing(chief, "inspect", "return", {"round", "r2"}, {"respondent", "hd"}, {"reason", "もう一度"});
}
static void test_own_desk(void **state)
{
    (void)state;
    each_store(own_desk);
}

static void test_extended(void **state)
{
    (void)state;
    each_store(extended);
}
static void test_property(void **state)
{
    (void)state;
    each_store(property);
}

/* A sheet given back at midnight and a half in Japan was given back on that day, not on the one before. */
static void day_of_reader(struct work *w)
{
    int64_t at;
    assert_true(time_parse(S("2007-04-22T15:30:00Z"), &at));
    assert_str(lang_day(w->a, LANG_EN, at), "2007-04-23");
    assert_str(lang_day(w->a, LANG_JA, at), "平成19年4月23日");
}
static void test_day_of_reader(void **state)
{
    (void)state;
    each_store(day_of_reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_returned), cmocka_unit_test(test_returned_files), cmocka_unit_test(test_units),
        cmocka_unit_test(test_unit_files), cmocka_unit_test(test_ministry), cmocka_unit_test(test_published),
        cmocka_unit_test(test_canary), cmocka_unit_test(test_extended), cmocka_unit_test(test_property), cmocka_unit_test(test_steps),
        cmocka_unit_test(test_own_desk),
        cmocka_unit_test(test_day_of_reader),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
