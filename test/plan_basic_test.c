/* Basic plans: pictures and areas judged with evidence, who sees it, and the two plans that ship with the program. */
#include "inspect_kit.h"

#include "plan/basic.h"
#include "plan/progress.h"

static void shipped(struct work *w, const char *code, const char *since, const char *until, const char *decided)
{
    const char *path = str_c(w->a, str_fmt(w->a, "data/plan/%s.csv", code));
    doing(w, "plan", "new", {"plan", code}, {"kind", "basic"}, {"org", "gov"}, {"title_ja", code}, {"since", since}, {"until", until});
    doing(w, "plan", "import", {"plan", code}, FILED(str_c(w->a, source_file(w, path))));
    doing(w, "plan", "decide", {"plan", code}, {"date", decided}, {"public", "1"}, {"why", "published long ago"});
}

/* Decided on 2006-02-02; the second of 2009-02-03 with a clock that has gone there. */
static void world(struct work *w)
{
    small_registry(w);
    shipped(w, "basic-1", "2006-04-01", "2009-03-31", "2006-02-02");
    w->now = 1234567890; /* 2009-02-13 */
    shipped(w, "basic-2", "2009-04-01", "2012-03-31", "2009-02-03");
}

static const struct cell *picture(struct work *w, const char *key, const char *column)
{
    struct kept *k = doing(w, "plan", "pictures", {"plan", "basic-2"});
    for (size_t i = 0; i < rows_of(k, "pictures"); i++)
        if (str_eq(cell_in(k, "pictures", i, "no")->text, str_of(key))) return cell_in(k, "pictures", i, column);
    fail_msg("no picture '%s'", key);
    return NULL;
}

/* ---- what ships ---- */

static void pictures_by_area(struct work *w)
{
    static const struct {
        const char *area;
        int64_t n;
    } wanted[] = {{"government", 2}, {"local", 2}, {"infrastructure", 3}, {"business", 4}, {"individual", 3}, {"entrusting", 2},
                  {"technology", 3}, {"people", 3}, {"international", 3}, {"crime", 3}, {"promotion", 0}};
    world(w);
    become(w, "pc");
    struct kept *k = doing(w, "plan", "pictures", {"plan", "basic-2"});
    assert_int_equal(fact_int(k, "pictures"), 28);
    assert_int_equal(fact_int(k, "judged"), 0);
    assert_int_equal(rows_of(k, "pictures"), 28);
    assert_int_equal(rows_of(k, "pictures_by_area"), 11);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_int_equal(cell_at(k, "pictures_by_area", wanted[i].area, NULL, "pictures")->i, wanted[i].n);
    assert_int_equal(fact_int(doing(w, "plan", "pictures", {"plan", "basic-1"}), "pictures"), 0);
    k = doing(w, "plan", "areas", {"plan", "basic-1"}, {"year", "2007"});
    assert_int_equal(rows_of(k, "areas_of_plan"), 10);
    doing(w, "plan", "new", {"plan", "year"}, {"kind", "annual"}, {"basic", "basic-1"}, {"title_ja", "年度"}, {"since", "2007-04-01"}, {"until", "2008-03-31"});
    assert_int_equal(rows_of(doing(w, "plan", "areas", {"plan", "year"}, {"year", "2007"}), "areas_of_plan"), 10); /* of its basic plan */
    refused(w, INVALID, "of the years 2006 to 2008", "plan", "areas", {"plan", "basic-1"}, {"year", "2009"});
}

static void the_two_compared(struct work *w)
{
    world(w);
    struct kept *k = doing(w, "plan", "compare", {"plan", "basic-1"}, {"with", "basic-2"});
    struct kept *other = doing(w, "plan", "compare", {"plan", "basic-2"}, {"with", "basic-1"}); /* the later against the earlier */
    ptrdiff_t area = row_of(k, "compared_items", "new", "area");
    assert_true(area >= 0);
    assert_str(cell_in(k, "compared_items", (size_t)area, "is")->text, "entrusting");
    assert_int_equal(fact_int(k, "new"), fact_int(other, "new"));
    assert_int_equal(fact_int(k, "gone"), fact_int(other, "gone"));
    size_t pictures = 0, goals = 0;
    for (size_t i = 0; i < rows_of(k, "compared_items"); i++) {
        bool is_new = str_eq(cell_in(k, "compared_items", i, "change")->text, S("new"));
        pictures += is_new && str_eq(cell_in(k, "compared_items", i, "kind")->text, S("picture"));
        goals += !is_new && str_eq(cell_in(k, "compared_items", i, "kind")->text, S("goal"));
    }
    assert_int_equal(pictures, 28);
    assert_int_equal(goals, 10);
    assert_int_equal(fact_int(k, "gone"), 4 + 17 - 1); /* policies and texts, but that on grand challenges, whose title goes on */
}

/* ---- judging ---- */

static void judged(struct work *w)
{
    world(w);
    become(w, "pc");
    refused(w, INVALID, "is no picture", "plan", "judge", {"plan", "basic-2"}, {"no", "government"}, {"state", "partly"}, {"text", "x"});
    refused(w, NOTFOUND, "", "plan", "judge", {"plan", "basic-2"}, {"no", "none"}, {"state", "partly"}, {"text", "x"});
    refused(w, INVALID, "is no reference", "plan", "judge", {"plan", "basic-2"}, {"no", "crime-1"}, {"state", "partly"}, {"text", "x"},
            {"evidence", "series:x measure:65"});
    doing(w, "plan", "judge", {"plan", "basic-2"}, {"no", "crime-1"}, {"state", "partly"}, {"text", "more cleared up, more committed"},
          {"evidence", "series:unauthorised-access\nmeasure:sj2009/12"}, {"evidence", "case:F-2009-0001"}, {"evidence", "series:unauthorised-access"});
    assert_str(picture(w, "crime-1", "state")->text, "partly");
    assert_int_equal(picture(w, "crime-1", "evidence")->i, 3);
    struct kept *k = doing(w, "plan", "picture", {"plan", "basic-2"}, {"no", "crime-1"});
    assert_str(cell_in(k, "evidence", 1, "measure")->text, "12");
    assert_str(cell_in(k, "evidence", 1, "measure_plan")->text, "sj2009");
    assert_int_equal(kept_table(k, "judgements"), -1); /* no history yet */
    k = doing(w, "plan", "judge", {"plan", "basic-2"}, {"no", "crime-1"}, {"state", "attained"}, {"text", "else"}, {"revision", "0"});
    assert_str(cell_in(k, "both_texts", 1, "stands")->text, "more cleared up, more committed");
    assert_str(cell_in(k, "both_texts", 1, "given")->text, "else");
    assert_str(picture(w, "crime-1", "state")->text, "partly");
    doing(w, "plan", "judge", {"plan", "basic-2"}, {"no", "crime-1"}, {"state", "attained"}, {"text", "else"}, {"revision", "1"});
    k = doing(w, "plan", "picture", {"plan", "basic-2"}, {"no", "crime-1"});
    assert_int_equal(rows_of(k, "judgements"), 2);
    assert_int_equal(kept_table(k, "evidence"), -1); /* that of the first is its history */
    assert_int_equal(fact_int(doing(w, "plan", "pictures", {"plan", "basic-2"}), "judged"), 1);
    assert_int_equal(rows_of(doing(w, "plan", "pictures", {"state", "open"}), "pictures"), 27);
}

static void seen_by(struct work *w)
{
    world(w);
    become(w, "pc");
    doing(w, "plan", "judge", {"plan", "basic-2"}, {"no", "people-1"}, {"state", "not"}, {"text", "秘 still few"}, {"evidence", "case:F-2009-0002"});
    doing(w, "plan", "evaluate", {"plan", "basic-2"}, {"area", "people"}, {"year", "2009"}, {"text", "秘 slow"});
    become(w, "poa"); /* a ministry sees what is wanted, not yet what is made of it */
    refused(w, DENIED, "", "plan", "judge", {"plan", "basic-2"}, {"no", "people-1"}, {"state", "attained"}, {"text", "x"});
    assert_int_equal(picture(w, "people-1", "state")->type, CELL_NONE);
    assert_int_equal(picture(w, "people-1", "judgement")->type, CELL_NONE);
    struct kept *k = doing(w, "plan", "areas", {"plan", "basic-2"}, {"year", "2009"});
    assert_int_equal(cell_at(k, "areas_of_plan", "people", NULL, "judgement")->type, CELL_NONE);
    assert_int_equal(rows_of(doing(w, "plan", "areas", {"plan", "basic-2"}, {"year", "2009"}, {"area", "people"}), "one_area"), 1);
    become(w, "pv"); /* who reads the figures of all */
    assert_str(picture(w, "people-1", "state")->text, "not");
    assert_str(cell_at(doing(w, "plan", "areas", {"year", "2009"}), "areas_of_plan", "people", NULL, "judgement")->text, "秘 slow");
}

static void years(struct work *w)
{
    world(w);
    become(w, "pc");
    refused(w, INVALID, "of the years 2009 to 2011", "plan", "evaluate", {"plan", "basic-2"}, {"area", "people"}, {"year", "2012"}, {"text", "x"});
    refused(w, INVALID, "is no area", "plan", "evaluate", {"plan", "basic-2"}, {"area", "people-1"}, {"year", "2010"}, {"text", "x"});
    doing(w, "plan", "evaluate", {"plan", "basic-2"}, {"area", "people"}, {"year", "2009"}, {"text", "slow"}, {"evidence", "round:fy2009"});
    doing(w, "plan", "evaluate", {"plan", "basic-2"}, {"area", "people"}, {"year", "2010"}, {"text", "better"}, {"revision", "0"});
    assert_str(cell_at(doing(w, "plan", "areas", {"year", "2009"}), "areas_of_plan", "people", NULL, "judgement")->text, "slow");
    assert_str(cell_at(doing(w, "plan", "areas", {"year", "2010"}), "areas_of_plan", "people", NULL, "judgement")->text, "better");
    assert_int_equal(cell_at(doing(w, "plan", "areas", {"year", "2011"}), "areas_of_plan", "people", NULL, "judgement")->type, CELL_NONE);
}

static void published(struct work *w, const char *plan)
{
    const struct progress_row rows[] = {{.key = S("1"), .status = 1}, {.key = S("2"), .status = 4}};
    struct plan p;
    assert_ok(w, plan_find(w, str_of(plan), 0, &p));
    assert_ok(w, store_begin(w));
    assert_ok(w, progress_published(w, &p, S("half"), rows, 2));
    assert_ok(w, store_commit(w));
}

/* Measures of the annual plans under the basic plan, in their areas, with what is published of them. */
static void measures_of_areas(struct work *w)
{
    world(w);
    doing(w, "plan", "new", {"plan", "sj2009"}, {"kind", "annual"}, {"org", "gov"}, {"title_ja", "年度計画"}, {"since", "2009-04-01"},
          {"until", "2010-03-31"}, {"basic", "basic-2"});
    doing(w, "plan", "import", {"plan", "sj2009"},
          FILED("kind,key,title_ja,area,owners,relists\nmeasure,1,One,people,A,\nmeasure,2,Two,people,B,\nmeasure,3,Three,crime,A,\nrelisted,r1,One,crime,,1\n"));
    struct kept *k = doing(w, "plan", "areas", {"plan", "basic-2"}, {"year", "2009"});
    assert_int_equal(cell_at(k, "areas_of_plan", "people", NULL, "measures")->i, 2);
    assert_int_equal(cell_at(k, "areas_of_plan", "people", NULL, "none")->i, 2);
    assert_int_equal(cell_at(k, "areas_of_plan", "crime", NULL, "measures")->i, 1); /* told again counts in its first place */
    assert_int_equal(cell_at(doing(w, "plan", "areas", {"year", "2010"}), "areas_of_plan", "people", NULL, "measures")->i, 0);
    assert_int_equal(cell_at(doing(w, "plan", "pictures", {"plan", "basic-2"}), "pictures_by_area", "people", NULL, "measures")->i, 2);
    assert_int_equal(rows_of(doing(w, "plan", "areas", {"year", "2009"}, {"area", "people"}), "measures_of_year"), 2);
    published(w, "sj2009");
    k = doing(w, "plan", "areas", {"plan", "basic-2"}, {"year", "2009"});
    assert_int_equal(cell_at(k, "areas_of_plan", "people", NULL, "done")->i, 1);
    assert_int_equal(cell_at(k, "areas_of_plan", "people", NULL, "unknown")->i, 1);
    assert_int_equal(cell_at(k, "areas_of_plan", "people", NULL, "none")->i, 0);
    assert_int_equal(cell_at(k, "areas_of_plan", "crime", NULL, "none")->i, 1);
    assert_int_equal(cell_at(doing(w, "plan", "pictures", {"plan", "basic-2"}), "pictures_by_area", "people", NULL, "done")->i, 1);
}

#define ON_EACH(test)                                                                                                  \
    static void test##_each(void **unused)                                                                             \
    {                                                                                                                  \
        (void)unused;                                                                                                  \
        each_store(test);                                                                                              \
    }
ON_EACH(pictures_by_area)
ON_EACH(the_two_compared)
ON_EACH(judged)
ON_EACH(seen_by)
ON_EACH(years)
ON_EACH(measures_of_areas)

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(pictures_by_area_each), cmocka_unit_test(the_two_compared_each),
                                       cmocka_unit_test(judged_each),           cmocka_unit_test(seen_by_each),
                                       cmocka_unit_test(years_each),            cmocka_unit_test(measures_of_areas_each)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
