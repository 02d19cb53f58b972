/* The pages that sum up: what they say is what rates, grades, clauses and missing say, within the reader's rights. */
#include "inspect_kit.h"

#include <math.h>

/* Nearest doubles of exact fractions, averaged: the last digits may differ. */
static void assert_near(double a, double b)
{
    if (fabs(a - b) > 1e-9) fail_msg("%.12f is not %.12f", a, b);
}

static const char *const parts[] = {"2", "3", "4", "5", "6"};
enum { PARTS = sizeof parts / sizeof *parts, BODIES = 19 };

static const struct cell *part_in(struct work *w, const struct kept *k, size_t row, const char *part)
{
    return cell_in(k, "organisations", row, str_fmt(w->a, "part_%s", part).p);
}

/* The row of `rates` of this organisation and part. */
static const struct cell *rate_at(const struct kept *rates, str org, const char *part, const char *key)
{
    for (size_t i = 0; i < rows_of(rates, "rates"); i++)
        if (str_eq(cell_in(rates, "rates", i, "org")->text, org) &&
            str_eq(cell_in(rates, "rates", i, "part")->text, str_of(part)))
            return cell_in(rates, "rates", i, key);
    fail_msg("no rate of %.*s, part %s", STR_ARG(org), part);
    return NULL;
}

static bool has_fact(const struct kept *k, const char *key)
{
    for (size_t i = 0; i < k->n_facts; i++)
        if (str_eq(k->fact[i].key, str_of(key))) return true;
    return false;
}

static const struct cell *fact_at(const struct kept *k, const char *key)
{
    for (size_t i = 0; i < k->n_facts; i++)
        if (str_eq(k->fact[i].key, str_of(key))) return &k->fact[i].cell;
    fail_msg("no fact '%s'", key);
    return NULL;
}

static bool left_out(str org) { return str_eq(org, S("tei")) || str_eq(org, S("uma")); }

/* ---- the government on one sheet ---- */
static void check_organisations(struct work *w, const struct kept *whole, const struct kept *rates, bool some_left_out)
{
    assert_int_equal(rows_of(whole, "organisations"), BODIES + 1);
    for (size_t i = 0; i < BODIES; i++) {
        str org = cell_in(whole, "organisations", i, "org")->text;
        const char *code = str_c(w->a, org);
        assert_int_equal(cell_in(whole, "organisations", i, "reported")->i,
                         cell_at(rates, "coverage", code, NULL, "reported")->i);
        assert_int_equal(cell_in(whole, "organisations", i, "coverage")->rate.tenths,
                         cell_at(rates, "coverage", code, NULL, "coverage")->rate.tenths);
        for (size_t p = 0; p < PARTS; p++) {
            const struct cell *c = part_in(w, whole, i, parts[p]);
            if (some_left_out && left_out(org)) {
                assert_int_equal(c->type, CELL_NONE);
                continue;
            }
            assert_int_equal(c->rate.tenths, rate_at(rates, org, parts[p], "implementation")->rate.tenths);
        }
    }
}

/* The last row: coverage of the sums, means over the others. */
static void check_means(struct work *w, const struct kept *whole, const struct kept *rates, const struct kept *grades,
                        bool some_left_out)
{
    for (size_t p = 0; p < PARTS; p++)
        assert_int_equal(part_in(w, whole, BODIES, parts[p])->rate.tenths,
                         rate_at(rates, S("demo"), parts[p], "implementation_mean")->rate.tenths);
    assert_int_equal(cell_in(whole, "organisations", BODIES, "coverage")->rate.tenths,
                     cell_at(rates, "coverage", "demo", NULL, "coverage")->rate.tenths);
    double sum = 0, over = 0;
    for (size_t i = 0; i < BODIES; i++) {
        str org = cell_in(whole, "organisations", i, "org")->text;
        if (some_left_out && left_out(org)) continue;
        sum += cell_at(grades, "grades", str_c(w->a, org), NULL, "rate")->rate.value;
        over++;
    }
    assert_near(fact_at(whole, "implementation_mean")->rate.value, sum / over);
    assert_int_equal(cell_in(whole, "organisations", BODIES, "organisations")->i, (int64_t)over);
    for (size_t p = 0; p < PARTS; p++) { /* attainment: the mean of what rates says of each */
        sum = over = 0;
        for (size_t i = 0; i < BODIES; i++) {
            str org = cell_in(whole, "organisations", i, "org")->text;
            if (some_left_out && left_out(org)) continue;
            sum += rate_at(rates, org, parts[p], "attainment_95")->rate.value;
            over++;
        }
        assert_near(cell_at(whole, "attainment", parts[p], NULL, "attainment_95")->rate.value, sum / over);
    }
}

static void check_changes(struct work *w, const struct kept *whole)
{
    const struct kept *against = doing(w, "inspect", "rates", {"round", "demo-2026"}, {"against", "demo-2025"});
    assert_int_equal(rows_of(whole, "changes"), PARTS);
    for (size_t p = 0; p < PARTS; p++) {
        double now = 0, then = 0, over = 0;
        int64_t compared = 0;
        for (size_t i = 0; i < rows_of(against, "against"); i++) {
            str org = cell_in(against, "against", i, "org")->text;
            if (!str_eq(cell_in(against, "against", i, "part")->text, str_of(parts[p]))) continue;
            if (left_out(org) || str_eq(org, S("demo"))) continue;
            now += cell_in(against, "against", i, "comparable")->rate.value;
            then += cell_in(against, "against", i, "comparable_earlier")->rate.value;
            compared = cell_in(against, "against", i, "clauses_compared")->i;
            over++;
        }
        const struct cell *a = cell_in(whole, "changes", p, "now"), *b = cell_in(whole, "changes", p, "before");
        assert_int_equal((int)over, BODIES - 2);
        assert_near(a->rate.value, now / over);
        assert_near(b->rate.value, then / over);
        assert_int_equal(cell_in(whole, "changes", p, "difference")->rate.tenths, a->rate.tenths - b->rate.tenths);
        assert_int_equal(cell_in(whole, "changes", p, "clauses")->i, compared);
        assert_int_equal(cell_in(whole, "changes", p, "published")->rate.tenths,
                         part_in(w, whole, BODIES, parts[p])->rate.tenths);
    }
}

static void check_whole(struct work *w)
{
    const struct kept *whole = doing(w, "inspect", "whole", {"round", "demo-2026"});
    const struct kept *rates = doing(w, "inspect", "rates", {"round", "demo-2026"});
    const struct kept *grades = doing(w, "inspect", "grades", {"round", "demo-2026"});
    check_organisations(w, whole, rates, true);
    check_means(w, whole, rates, grades, true);
    check_changes(w, whole);
    assert_true(rows_of(whole, "waiting") > 0 && rows_of(whole, "waiting") <= 3);
    whole = doing(w, "inspect", "whole", {"round", "demo-2025"}); /* closed: as frozen */
    rates = doing(w, "inspect", "rates", {"round", "demo-2025"});
    grades = doing(w, "inspect", "grades", {"round", "demo-2025"});
    check_organisations(w, whole, rates, false);
    check_means(w, whole, rates, grades, false);
    assert_int_equal(kept_table(whole, "changes"), -1); /* nothing earlier has clauses */
    refused(w, INVALID, "goal", "inspect", "whole", {"round", "demo-2026"}, {"goal", "0"});
    refused(w, INVALID, "like for like", "inspect", "whole", {"round", "demo-2026"}, {"against", "fy2006"});
}

/* What was published, and nothing that was not. */
static void check_published(struct work *w)
{
    const struct kept *k = doing(w, "inspect", "whole", {"round", "fy2006"});
    assert_int_equal(rows_of(k, "organisations"), 19);
    assert_int_equal(cell_at(k, "organisations", "cao", NULL, "coverage")->rate.tenths, 735);
    assert_int_equal(cell_at(k, "organisations", "maff", NULL, "coverage")->rate.tenths, 312);
    assert_int_equal(cell_at(k, "organisations", "mod", NULL, "coverage")->rate.tenths, 941);
    assert_int_equal(k->table[0].n_columns, 4); /* organisation, round, coverage, whether left out */
    assert_int_equal(k->n_tables, 1);
    assert_int_equal(k->n_facts, 0);
    k = doing(w, "inspect", "whole", {"round", "web-2006"});
    assert_str(cell_at(k, "organisations", "jftc", NULL, "grade")->text, "A");
    refused(w, NOTFOUND, "published figures only", "inspect", "clause", {"round", "fy2006"}, {"clause", "2.1.1(1)(a)"});
}

/* ---- one clause ---- */
static void check_clause_figures(struct work *w, const char *round, const char *number)
{
    const struct kept *one = doing(w, "inspect", "clause", {"round", round}, {"clause", number});
    const struct kept *all = doing(w, "inspect", "clauses", {"round", round}, {"depth", "1"});
    assert_int_equal(rows_of(one, "organisations"), BODIES + 1);
    for (size_t i = 0; i <= BODIES; i++) {
        const char *org = str_c(w->a, cell_in(one, "organisations", i, "org")->text);
        static const char *const same[] = {"arisen", "done", "no_occasion", "excepted"};
        for (size_t k = 0; k < sizeof same / sizeof *same; k++)
            assert_int_equal(cell_in(one, "organisations", i, same[k])->i,
                             cell_at(all, "clauses", org, number, same[k])->i);
        assert_int_equal(cell_in(one, "organisations", i, "rate")->rate.tenths,
                         cell_at(all, "clauses", org, number, "rate")->rate.tenths);
        assert_int_equal(cell_in(one, "organisations", i, "not_done")->i,
                         cell_in(one, "organisations", i, "arisen")->i - cell_in(one, "organisations", i, "done")->i);
    }
    size_t last = rows_of(one, "rounds") - 1;
    assert_str(cell_in(one, "rounds", last, "code")->text, round);
    assert_int_equal(cell_in(one, "rounds", last, "rate")->rate.tenths, fact_at(one, "rate")->rate.tenths);
}

/* Of staff each is done, not done, without occasion, excepted, or unknown: whatever the clause, it is all of them. */
static void check_clause_whole(struct work *w)
{
    static const char *const of_staff[] = {"3.2.4(1)(b)", "3.2.5(1)(b)"};
    int64_t all[2];
    for (int i = 0; i < 2; i++) {
        const struct kept *k = doing(w, "inspect", "clause", {"round", "demo-2026"}, {"clause", of_staff[i]},
                                     {"org", "hei"});
        size_t top = rows_of(k, "organisations") - 1;
        all[i] = cell_in(k, "organisations", top, "done")->i + cell_in(k, "organisations", top, "not_done")->i +
                 cell_in(k, "organisations", top, "no_occasion")->i + cell_in(k, "organisations", top, "excepted")->i +
                 cell_in(k, "organisations", top, "unknown")->i;
    }
    assert_true(all[0] > 1000);
    assert_int_equal(all[0], all[1]);
}

static void check_clause(struct work *w)
{
    check_clause_figures(w, "demo-2026", "3.2.4(1)(b)");
    check_clause_figures(w, "demo-2025", "3.2.4(1)(b)");
    check_clause_whole(w);
    const struct kept *k = doing(w, "inspect", "clause", {"round", "demo-2026"}, {"clause", "3.2.4(1)(b)"});
    assert_int_equal(rows_of(k, "rounds"), 2);
    assert_str(cell_in(k, "rounds", 1, "state")->text, "same");
    k = doing(w, "inspect", "clause", {"round", "demo-2026"}, {"clause", "5.1.1(1)(a)"}); /* enhanced became basic */
    assert_int_equal(rows_of(k, "rounds"), 2);
    assert_str(cell_in(k, "rounds", 1, "state")->text, "break");
    assert_true(cell_in(k, "rounds", 1, "reason")->ja.n != 0);
    refused(w, NOTFOUND, "no clause", "inspect", "clause", {"round", "demo-2026"}, {"clause", "9.9"});
}

/* ---- the section manager's day, and home ---- */
struct hero {
    char staff[64], manager[160], ciso[64], other_ciso[64], centre[64], administrator[64];
};

/* Somebody with several posts is named with the post. */
static struct hero heroes(struct work *w)
{
    const struct kept *k = doing(w, "demo", "people", {0});
    struct hero h;
    struct {
        char *to;
        size_t room, row;
        bool post;
    } of[] = {{h.staff, sizeof h.staff, 0, false},         {h.manager, sizeof h.manager, 1, true},
              {h.ciso, sizeof h.ciso, 3, false},           {h.other_ciso, sizeof h.other_ciso, 4, false},
              {h.centre, sizeof h.centre, 5, false},       {h.administrator, sizeof h.administrator, 8, false}};
    assert_int_equal(rows_of(k, "people"), 17);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        str person = cell_in(k, "people", of[i].row, "person")->text,
            post = cell_in(k, "people", of[i].row, "post")->text;
        str who = of[i].post ? str_fmt(w->a, "%.*s/%.*s", STR_ARG(person), STR_ARG(post)) : person;
        assert_true(who.n < of[i].room);
        memcpy(of[i].to, who.p, who.n);
        of[i].to[who.n] = '\0';
    }
    return h;
}

static void check_unit(struct work *w, const struct hero *h)
{
    struct work *manager = as(w, h->manager);
    const struct kept *k = doing(manager, "inspect", "unit", {"round", "demo-2026"});
    const struct kept *rates = doing(manager, "inspect", "rates", {"round", "demo-2026"});
    assert_int_equal(fact_at(k, "coverage")->rate.n, cell_at(rates, "coverage", "hei-b1-s1", NULL, "known")->i);
    assert_int_equal(fact_at(k, "coverage")->rate.d, cell_at(rates, "coverage", "hei-b1-s1", NULL, "reported")->i);
    assert_int_equal(fact_at(k, "coverage_provisional")->rate.n,
                     cell_at(rates, "coverage", "hei-b1-s1", NULL, "known_provisional")->i);
    int64_t all = 0;
    for (size_t i = 0; i < 4; i++) all += cell_in(k, "parts", i, "sheets")->i;
    assert_int_equal(all, fact_at(k, "coverage")->rate.d);
    assert_true(all >= 20 && all <= 30);
    assert_int_equal(cell_in(k, "parts", 0, "sheets")->i, fact_at(k, "coverage")->rate.n);
    assert_true(cell_in(k, "parts", 1, "sheets")->i >= 2);
    assert_int_equal(rows_of(k, "missing"), cell_in(k, "parts", 2, "sheets")->i + cell_in(k, "parts", 3, "sheets")->i);
    assert_true(row_of(k, "missing", "", NULL) < 0); /* nobody's post is vacant there */
    assert_true(k->doc.personal);
    refused(manager, NOTFOUND, "no organisation", "inspect", "unit", {"round", "demo-2026"}, {"org", "hei-b1-s2"});
    refused(manager, NOTFOUND, "no organisation", "inspect", "whole", {"round", "demo-2026"}, {"org", "kou"});
    refused(as(w, h->staff), DENIED, "you act as", "inspect", "unit", {"round", "demo-2026"});
    refused(as(w, h->staff), DENIED, "you act as", "inspect", "whole", {"round", "demo-2026"});
    refused(as(w, h->staff), DENIED, "you act as", "inspect", "clause", {"round", "demo-2026"},
            {"clause", "3.2.4(1)(b)"});
    refused(as(w, h->centre), DENIED, "you act as", "inspect", "unit", {"round", "demo-2026"}, {"org", "hei-b1-s1"});
}

static void check_home(struct work *w, const struct hero *h)
{
    const struct kept *k = doing(as(w, h->staff), "home", "", {0});
    assert_int_equal(rows_of(k, "cycle"), 4);
    assert_str(cell_in(k, "cycle", 1, "state")->text, "now");
    assert_int_equal(cell_in(k, "cycle", 1, "until")->i, cell_in(k, "cycle", 2, "from")->i - 1);
    assert_int_equal(rows_of(k, "sheets"), 1);
    assert_true(k->doc.title.n != 0);
    assert_int_equal(kept_table(k, "unit"), -1);
    assert_int_equal(kept_table(k, "organisations"), -1);
    k = doing(as(w, h->manager), "home", "", {0});
    assert_int_equal(rows_of(k, "unit"), 4);
    assert_true(rows_of(k, "sheets") >= 1);
    assert_int_equal(kept_table(k, "organisations"), -1);
    k = doing(as(w, h->ciso), "home", "", {0});
    assert_int_equal(kept_table(k, "unit"), -1);
    for (size_t i = 0; i < rows_of(k, "organisations"); i++)
        assert_true(str_starts(cell_in(k, "organisations", i, "org")->text, S("hei")));
    k = doing(as(w, h->centre), "home", "", {0});
    assert_int_equal(rows_of(k, "organisations"), BODIES + 1);
    assert_true(rows_of(k, "waiting") > 0);
    assert_int_equal(kept_table(k, "sheets"), -1);
    k = doing(as(w, h->administrator), "home", "", {0});
    assert_int_equal(rows_of(k, "house"), 1);
    assert_int_equal(kept_table(k, "organisations"), -1);
}

/* ---- the inspection as it is practised ---- */
static void check_cases(struct work *w, const struct hero *h)
{
    const struct kept *k = doing(w, "case", "list", {"kind", "practice"}, {"all", "1"});
    assert_int_equal(rows_of(k, "cases"), 44); /* as many as in FY2006, five of them chosen */
    int64_t chosen = 0;
    for (size_t i = 0; i < 44; i++) chosen += !str_eq(cell_in(k, "cases", i, "state")->text, S("left"));
    assert_int_equal(chosen, 5);
    k = doing(as(w, h->manager), "case", "list", {0});
    assert_true(rows_of(k, "cases") >= 4);
    assert_true(fact_at(k, "overdue")->i == 1);
    k = doing(w, "inspect", "clause", {"round", "demo-2026"}, {"clause", "3.2.4(1)(b)"}, {"org", "hei"});
    assert_true(cell_in(k, "organisations", rows_of(k, "organisations") - 1, "excepted")->i > 0);
}

static void check_way(struct work *w)
{
    static const char *const at[][2] = {{"hitsuji", "accepted"}, {"u", "sent"}, {"mi", "queried"}, {"tatsu", "approved"},
                                        {"ushi", "headed"}, {"hei", "open"}, {"kou", "open"}};
    const struct kept *k = doing(w, "inspect", "way", {"round", "demo-2026"});
    for (size_t i = 0; i < sizeof at / sizeof *at; i++)
        assert_str(cell_at(k, "way", at[i][0], NULL, "stage")->text, at[i][1]);
    assert_true(cell_at(k, "way", "ne", NULL, "units_closed")->i > 0);
}

static void check_practice(struct work *w, const struct hero *h)
{
    check_cases(w, h);
    check_way(w);
    assert_int_equal(rows_of(doing(w, "inspect", "entered", {"round", "demo-2026"}), "names"), 2);
    assert_int_equal(rows_of(doing(w, "inspect", "surveys", {0}), "surveys"), 4); /* two of them ask what sectors depend on, one is open */
}

static void demonstration(struct work *w)
{
    const struct kept *k = doing(w, "home", "", {0}); /* nothing yet: no table, but a way on */
    assert_int_equal(kept_table(k, "cycle"), -1);
    assert_true(k->doc.title.n != 0);
    w->now = 1776384000; /* 2026-04-17, a Friday: three days into the round */
    doing(w, "demo", "load", {0});
    struct hero h = heroes(w);
    check_whole(w);
    check_published(w);
    check_clause(w);
    check_unit(w, &h);
    check_home(w, &h);
    check_practice(w, &h);
    k = doing(as(w, h.other_ciso), "inspect", "whole", {"round", "demo-2026"});
    for (size_t i = 0; i < rows_of(k, "organisations"); i++)
        assert_true(str_starts(cell_in(k, "organisations", i, "org")->text, S("otsu")));
    refused(as(w, h.other_ciso), NOTFOUND, "no organisation", "inspect", "clause", {"round", "demo-2026"},
            {"clause", "3.2.4(1)(b)"}, {"org", "hei"});
    k = doing(w, "inspect", "rounds", {0});
    assert_str(cell_in(k, "rounds", 0, "round")->text, "demo-2026"); /* under way stands first */
}
static void test_demonstration(void **state)
{
    (void)state;
    each_store(demonstration);
}

/* ---- groups under five ---- */
static void withheld(struct work *w)
{
    small_world(w); /* ministries of five and three */
    struct work *viewer = as(w, "pv");
    const struct kept *k = doing(viewer, "inspect", "whole", {"round", "r1"});
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(cell_in(k, "organisations", i, "coverage")->type, CELL_NONE);
        assert_int_equal(cell_in(k, "organisations", i, "reported")->type, CELL_NONE);
        assert_int_equal(cell_in(k, "organisations", i, "part_2")->type, CELL_NONE);
    }
    assert_true(!has_fact(k, "implementation_mean"));
    k = doing(viewer, "inspect", "clause", {"round", "r1"}, {"clause", "2(a)"});
    for (size_t i = 0; i < 2; i++)
        for (size_t c = 1; c < k->table[1].n_columns; c++)
            assert_int_equal(k->table[1].row[i].cell[c].type, CELL_NONE);
    k = doing(as(w, "poa"), "inspect", "whole", {"round", "r1"}); /* who sees names there sees the figures */
    assert_true(fact_int(k, "reported") > 0);
    k = doing(as(w, "pha"), "home", "", {0});
    assert_int_equal(rows_of(k, "unit"), 4);
}
static void test_withheld(void **state)
{
    (void)state;
    each_store(withheld);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_demonstration),
        cmocka_unit_test(test_withheld),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
