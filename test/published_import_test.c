/* plan import --layout published: the text of the plan 2007 into a plan, against a plan, and against the data that
 * ships. */
#include "inspect_kit.h"

#include "base/utf8.h"
#include "format/csv.h"
#include "plan/plan_store.h"
#include "published_kit.h"

#define FILE_OF(w, path) str_c((w)->a, bytes_of((w)->a, path))

static void registry_file(struct work *w, const char *what)
{
    const char *path = str_c(w->a, str_fmt(w->a, "data/registry/%s.csv", what));
    doing(w, "registry", "import", {"what", what}, {"file", FILE_OF(w, path), path});
}

static void the_government(struct work *w)
{
    registry_file(w, "duties");
    registry_file(w, "organisations");
    registry_file(w, "organisation-names");
    registry_file(w, "links");
    doing(w, "plan", "import", {"what", "groups"});
}

static void plan_of_2007(struct work *w, const char *code)
{
    doing(w, "plan", "new", {"plan", code}, {"kind", "annual"}, {"org", "gov"}, {"title_ja", "年度計画"},
          {"since", "2007-04-01"}, {"until", "2008-03-31"});
}

#define IMPORT(w, code, text, ...)                                                                                     \
    doing(w, "plan", "import", {"plan", code}, {"layout", "published"}, {"file", text, "half.txt"}, __VA_ARGS__)
#define FILL(w)                                                                                                        \
    {                                                                                                                  \
        "fill", FILE_OF(w, EXCERPT_FIXTURE), "excerpt.txt"                                                             \
    }

static struct plan_item *items_of(struct work *w, const char *code, size_t *n)
{
    struct plan p;
    struct plan_item *items = NULL;
    assert_ok(w, plan_find(w, str_of(code), 0, &p));
    assert_ok(w, plan_items(w, p.edition, WITH_ALL, &items, n));
    return items;
}

static const struct plan_item *item_no(const struct plan_item *items, size_t n, const char *key)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(items[i].key, str_of(key))) return &items[i];
    fail_msg("no item %s", key);
    return NULL;
}

/* ---- into an empty plan ---- */

static void check_answer(const struct kept *k)
{
    static const struct {
        const char *key;
        int64_t value;
    } facts[] = {{"measures", 159}, {"relisted", 11}, {"status_1", 27},    {"status_2", 111}, {"status_3", 18},
                 {"status_4", 3},   {"flags", 11},    {"unrecognised", 0}, {"filled", 14}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        assert_int_equal(fact_int(k, facts[i].key), facts[i].value);
    assert_int_equal(rows_of(k, "flags"), 11);
    assert_int_equal(rows_of(k, "fills"), 14);
    assert_int_equal(kept_table(k, "unrecognised"), -1);
    assert_int_equal(kept_table(k, "unused"), -1);
}

/* The progress is a frozen report: counts by status, and the words of a measure. */
static void check_status(struct work *w, const char *code)
{
    static const int64_t wanted[] = {27, 111, 18, 3};
    struct kept *k = doing(w, "plan", "status", {"plan", code}, {"by", "status"});
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(cell_at(k, "status", str_c(w->a, str_int(w->a, (int64_t)i + 1)), NULL, "measures")->i,
                         wanted[i]);
    k = doing(w, "plan", "reports", {"plan", code});
    assert_int_equal(rows_of(k, "reports"), 1);
}

/* Each owner as often as the published figures say, over all organisations and groups. */
static void check_named(struct work *w, const char *code)
{
    struct plan p;
    struct owners x;
    size_t n, all = 0, wanted = 0;
    struct plan_item *items = items_of(w, code, &n);
    assert_ok(w, plan_find(w, str_of(code), 0, &p));
    assert_ok(w, owners_load(w, &p, p.since, &x));
    for (size_t o = 0; o < OWNERS_2007; o++) {
        int named = 0;
        str owner;
        assert_true(owners_named(&x, str_of(owners_2007[o].name), &owner));
        for (size_t i = 0; i < n; i++)
            for (size_t k = 0; items[i].kind == ITEM_MEASURE && k < items[i].n_owners; k++)
                named += str_eq(items[i].owner[k].owner, owner);
        assert_int_equal(named, owners_2007[o].measures);
        wanted += (size_t)owners_2007[o].measures;
    }
    for (size_t i = 0; i < n; i++) all += items[i].kind == ITEM_MEASURE ? items[i].n_owners : 0;
    assert_int_equal(all, wanted);
}

static void an_empty_plan_is_filled(struct work *w)
{
    the_government(w);
    plan_of_2007(w, "sj");
    struct kept *k = IMPORT(w, "sj", FILE_OF(w, PUBLISHED_FIXTURE), FILL(w));
    check_answer(k);
    check_named(w, "sj");
    check_status(w, "sj");
    size_t n;
    struct plan_item *items = items_of(w, "sj", &n);
    assert_int_equal(n, 57 + 159 + 11);
    const struct plan_item *one = item_no(items, n, "28");
    assert_str(one->owner[0].owner, "soumu");
    assert_true(one->owner[0].lead && !one->owner[1].lead);
    assert_int_equal(one->level, 6);
    assert_false(item_no(items, n, "2")->owner[0].lead); /* a group leads nothing */
    assert_int_equal(item_no(items, n, "49")->level, 4); /* its section has no part above ① */
    assert_str(item_no(items, n, "49")->title_ja, "各重要インフラ分野の安全基準等の策定・見直し 安全基準等の見直し");
    assert_true(item_no(items, n, "49")->text_ja.n > 0);
    assert_true(str_find(item_no(items, n, "159")->flag, S("2007-08-03")) > 0);
}

/* Twice the same: the plan is compared, and nothing differs. */
static void a_plan_with_items_is_compared(struct work *w)
{
    the_government(w);
    plan_of_2007(w, "sj");
    const char *text = FILE_OF(w, PUBLISHED_FIXTURE);
    (void)IMPORT(w, "sj", text, FILL(w));
    struct kept *k = IMPORT(w, "sj", text, FILL(w));
    check_answer(k);
    assert_int_equal(kept_table(k, "differences"), -1);
    str other = with_change(w->a, str_of(text), "イ) 入札条件", "イ) 新しい入札条件");
    other = with_change(w->a, other, "144\tア) g)", "144\tア) x)");
    other = with_change(
        w->a, other,
        "ウ) b) 企業の高度な情報セキュリティが確保された情報システム投資に対する税制優遇措置\t経済産業省 総務省",
        "ウ) b) 企業の高度な情報セキュリティが確保された情報システム投資に対する税制優遇措置\t総務省");
    k = IMPORT(w, "sj", str_c(w->a, other), FILL(w));
    assert_int_equal(rows_of(k, "differences"), 3);
    assert_str(cell_at(k, "differences", "72", NULL, "in_plan")->text, "meti soumu");
    assert_str(cell_at(k, "differences", "144", NULL, "in_text")->text, "ア)x)");
    refused(w, INVALID, "no measure no. 900", "plan", "import", {"plan", "sj"}, {"layout", "published"},
            {"file", str_c(w->a, with_change(w->a, str_of(text), "\n144\t", "\n900\t")), "half.txt"});
}

static void without_the_plans_text_titles_lack(struct work *w)
{
    the_government(w);
    plan_of_2007(w, "sj");
    str text = with_change(w->a, bytes_of(w->a, PUBLISHED_FIXTURE), "\n65\t", "\na stray line\n65\t");
    struct kept *k = IMPORT(w, "sj", str_c(w->a, text), {"report", "half"});
    assert_int_equal(fact_int(k, "filled"), 0);
    assert_int_equal(fact_int(k, "flags"), 11 + 14);
    assert_int_equal(rows_of(k, "unrecognised"), 1);
    assert_str(cell_in(k, "unrecognised", 0, "text")->text, "a stray line");
    size_t n;
    assert_true(item_no(items_of(w, "sj", &n), n = 227, "49")->title_ja.n > 0);
}

static void names_are_looked_up(struct work *w)
{
    the_government(w);
    plan_of_2007(w, "sj");
    str text = bytes_of(w->a, PUBLISHED_FIXTURE);
    str earlier = with_change(w->a, text, "対策の推進\t防衛省", "対策の推進\t防衛庁");
    (void)IMPORT(w, "sj", str_c(w->a, earlier), FILL(w));
    size_t n;
    struct plan_item *items = items_of(w, "sj", &n);
    assert_str(item_no(items, n, "34")->owner[0].owner, "mod");
    plan_of_2007(w, "other");
    str bad = with_change(w->a, text, "\t内閣官房 全府省庁\t", "\t内閣官房 夢想省\t");
    refused(w, INVALID, "夢想省", "plan", "import", {"plan", "other"}, {"layout", "published"},
            {"file", str_c(w->a, bad), "half.txt"});
    items = items_of(w, "other", &n);
    assert_int_equal(n, 0);
}

/* The register of councils goes before the text: here it says that the one line is right, and the four are wrong. */
static void meetings_are_looked_up(struct work *w)
{
    the_government(w);
    registry_file(w, "councils");
    registry_file(w, "meetings");
    plan_of_2007(w, "sj");
    const char *text = FILE_OF(w, PUBLISHED_FIXTURE);
    struct kept *k = IMPORT(w, "sj", text, FILL(w));
    assert_int_equal(fact_int(k, "flags"), 11);
    assert_true(str_find(cell_at(k, "flags", "159", NULL, "defect")->en, S("by the register")) > 0);
    assert_true(str_find(cell_at(k, "flags", "159", NULL, "defect")->en, S("2007-08-03")) > 0);
    doing(w, "registry", "import", {"what", "meetings"},
          {"file", "code,council,number,date\nseisaku-13,seisaku,13,2007-04-23\nseisaku-11,seisaku,11,2007-08-03\n",
           "m.csv"});
    k = IMPORT(w, "sj", text, FILL(w));
    assert_int_equal(fact_int(k, "flags"), 10 + 4);
    assert_true(row_of(k, "flags", "159", NULL) < 0 && row_of(k, "flags", "3", NULL) >= 0);
}

/* ---- the data that ships ---- */

static void same_as_text(const struct plan_item *a, const struct plan_item *b)
{
    const str x[] = {a->key, a->code, a->title_ja, a->relists, a->flag},
              y[] = {b->key, b->code, b->title_ja, b->relists, b->flag};
    for (size_t i = 0; i < sizeof x / sizeof *x; i++)
        if (!str_eq(x[i], y[i])) fail_msg("%.*s: '%.*s' is not '%.*s'", STR_ARG(a->key), STR_ARG(x[i]), STR_ARG(y[i]));
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->level, b->level);
    assert_int_equal(a->n_owners, b->n_owners);
    for (size_t i = 0; i < a->n_owners; i++)
        assert_true(str_eq(a->owner[i].owner, b->owner[i].owner) && a->owner[i].lead == b->owner[i].lead);
}

static void the_data_is_what_the_text_says(struct work *w)
{
    the_government(w);
    plan_of_2007(w, "text");
    plan_of_2007(w, "data");
    (void)IMPORT(w, "text", FILE_OF(w, PUBLISHED_FIXTURE), FILL(w));
    doing(w, "plan", "import", {"plan", "data"}, {"file", FILE_OF(w, "data/plan/sj2007.csv"), "sj2007.csv"});
    size_t n, m, milestones = 0;
    struct plan_item *text = items_of(w, "text", &n), *data = items_of(w, "data", &m);
    assert_int_equal(n, m);
    for (size_t i = 0; i < n; i++) {
        same_as_text(&data[i], &text[i]);
        assert_true(data[i].title_en.n > 0 && (data[i].kind == ITEM_HEADING) == (data[i].area.n == 0));
        for (size_t k = 0; k < data[i].n_milestones; k++) assert_true(data[i].milestone[k].derived);
        milestones += data[i].n_milestones;
    }
    assert_true(milestones > 100);
    check_named(w, "data");
    struct kept *k = IMPORT(w, "data", FILE_OF(w, PUBLISHED_FIXTURE), FILL(w));
    assert_int_equal(kept_table(k, "differences"), -1);
}

/* Its report comes by a file of its own, with the same status. */
static void the_half_year_that_ships_is_a_report(struct work *w)
{
    the_government(w);
    plan_of_2007(w, "sj2007");
    doing(w, "plan", "import", {"plan", "sj2007"}, {"file", FILE_OF(w, "data/plan/sj2007.csv"), "sj2007.csv"});
    doing(w, "plan", "import", {"what", "progress"}, {"plan", "sj2007"}, {"report", "half"},
          {"file", FILE_OF(w, "data/plan/sj2007-half.csv"), "half.csv"});
    check_status(w, "sj2007");
}

/* Tried out, the act says what it would do and leaves nothing. */
static void rehearsed_it_says_the_same(struct work *w)
{
    the_government(w);
    plan_of_2007(w, "sj");
    struct given given[ASK_MAX];
    struct args args;
    struct kept *k = kept_new(w);
    const struct entry *e = entry_of("plan", "import");
    size_t n = asked(
        w, ASK({"plan", "sj"}, {"layout", "published"}, {"file", FILE_OF(w, PUBLISHED_FIXTURE), "half.txt"}, FILL(w)),
        given);
    assert_ok(w, args_parse(w, e, given, n, &args));
    assert_ok(w, door_act(w, room_find(S("plan")), e, &args, S("tried"), true, &k->doc));
    check_answer(k);
    (void)items_of(w, "sj", &n);
    assert_int_equal(n, 0);
}

enum { SENTENCE_LETTERS = 60 };

/* A sentence of ours for each measure, with the status as it was published. */
static void the_half_year_is_told_in_our_words(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0)};
    struct published p;
    struct csv *c;
    int64_t n = 0;
    assert_ok(&w, published_read(&w, S("t"), bytes_of(w.a, PUBLISHED_FIXTURE), &p));
    assert_ok(&w, csv_open(&w, S("half"), bytes_of(w.a, "data/plan/sj2007-half.csv"), CSV_UTF8, &c));
    while (csv_next(c)) {
        int64_t no = 0, status = 0;
        assert_true(str_to_int(csv_cell(c, 0), &no) && str_to_int(csv_cell(c, 1), &status));
        assert_int_equal(no, ++n);
        assert_int_equal(status, measure_no(&p, no)->status);
        assert_in_range(utf8_letters(csv_cell(c, 2)), 10, SENTENCE_LETTERS);
        assert_true(csv_cell(c, 3).n >= 10);
    }
    assert_ok(&w, csv_err(c));
    assert_int_equal(n, 159);
    arena_free(w.a);
}

#define STORE(test)                                                                                                    \
    static void on_##test(void **state) { (void)state, each_store(test); }
STORE(an_empty_plan_is_filled)
STORE(a_plan_with_items_is_compared)
STORE(without_the_plans_text_titles_lack)
STORE(names_are_looked_up)
STORE(meetings_are_looked_up)
STORE(the_half_year_that_ships_is_a_report)
STORE(rehearsed_it_says_the_same)
STORE(the_data_is_what_the_text_says)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_an_empty_plan_is_filled),
        cmocka_unit_test(on_a_plan_with_items_is_compared),
        cmocka_unit_test(on_without_the_plans_text_titles_lack),
        cmocka_unit_test(on_names_are_looked_up),
        cmocka_unit_test(on_meetings_are_looked_up),
        cmocka_unit_test(on_the_half_year_that_ships_is_a_report),
        cmocka_unit_test(on_rehearsed_it_says_the_same),
        cmocka_unit_test(on_the_data_is_what_the_text_says),
        cmocka_unit_test(the_half_year_is_told_in_our_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
