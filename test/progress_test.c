/* Progress of measures: who may say what, what is published of it, what is frozen stays; the figures of 2007. */
#include "inspect_kit.h"

#include "plan/frozen.h"

/* ---- a small plan: measure 1 of A and B, 2 of all ministries, 3 of B alone, 1 told again ---- */

static struct plan plan_made(struct work *w, const char *code, const struct plan_item *items, size_t n)
{
    struct org o;
    assert_ok(w, org_find(w, S("gov"), &o));
    struct plan p = {.code = str_of(code), .kind = S("annual"), .org = o.id, .title_ja = S("計画"), .title_en = S("Plan"),
                     .since = day("2007-04-01"), .until = day("2008-03-31"), .org_lo = o.lo, .org_hi = o.hi};
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_add(w, &p));
    assert_ok(w, plan_items_put(w, &p, items, n));
    p.state = S("decided");
    assert_ok(w, plan_edition_change(w, &p));
    assert_ok(w, owner_group_put(w, &(struct owner_group){S("all"), S("全府省庁"), S("All ministries"), S("kind"), S("ministry")}));
    assert_ok(w, store_commit(w));
    return p;
}

static const struct plan_owner of_a_b[] = {{S_INIT("A"), false}, {S_INIT("B"), false}}, of_all[] = {{S_INIT("all"), false}},
                               of_b[] = {{S_INIT("B"), true}};
static const struct plan_item items[] = {
    {.kind = ITEM_HEADING, .key = S_INIT("h1"), .level = 1, .title_ja = S_INIT("第1章")},
    {.kind = ITEM_HEADING, .key = S_INIT("h2"), .level = 2, .title_ja = S_INIT("第1節")},
    {.kind = ITEM_MEASURE, .key = S_INIT("1"), .level = 3, .title_ja = S_INIT("施策一"), .area = S_INIT("gov"), .owner = of_a_b, .n_owners = 2},
    {.kind = ITEM_MEASURE, .key = S_INIT("2"), .level = 3, .title_ja = S_INIT("施策二"), .owner = of_all, .n_owners = 1},
    {.kind = ITEM_HEADING, .key = S_INIT("h3"), .level = 1, .title_ja = S_INIT("第2章")},
    {.kind = ITEM_MEASURE, .key = S_INIT("3"), .level = 2, .title_ja = S_INIT("施策三"), .owner = of_b, .n_owners = 1},
    {.kind = ITEM_RELISTED, .key = S_INIT("r1"), .level = 2, .title_ja = S_INIT("施策一"), .relists = S_INIT("1"), .owner = of_a_b, .n_owners = 2},
};
enum { ITEMS = sizeof items / sizeof *items };

static struct plan small_plan(struct work *w)
{
    small_registry(w);
    return plan_made(w, "p", items, ITEMS);
}

#define SAY(who, no, status, text) doing(who, "plan", "update", {"plan", "p"}, {"no", no}, {"status", status}, {"text", text})
#define PROGRESS(who) doing(who, "plan", "progress", {"plan", "p"})

static const struct cell *cell_of(struct kept *k, const char *key, const char *column)
{
    for (size_t i = 0; i < rows_of(k, "progress"); i++)
        if (str_eq(cell_in(k, "progress", i, "key")->text, str_of(key))) return cell_in(k, "progress", i, column);
    fail_msg("no row %s", key);
    return NULL;
}

/* ---- saying ---- */

static void owners_say(struct work *w)
{
    small_plan(w);
    struct work *a = as(w, "poa"), *b = as(w, "pob"), *c = as(w, "pc");
    assert_int_equal(fact_int(SAY(a, "1", "2", "甲省の一"), "revision"), 1);
    assert_int_equal(fact_int(SAY(a, "1", "1", "甲省の二"), "revision"), 2);
    SAY(b, "1", "3", "乙省の一");
    SAY(b, "2", "2", "乙省の二");
    struct kept *k = PROGRESS(c);
    assert_int_equal(rows_of(k, "progress"), ITEMS);
    assert_str(cell_of(k, "1", "status")->text, "1"); /* A is named first */
    assert_str(cell_of(k, "1", "behind")->text, "3"); /* B is a warning beside it */
    assert_str(cell_of(k, "1", "text")->ja, "甲省の二");
    assert_int_equal(cell_of(k, "1", "reported")->i, 2);
    assert_int_equal(cell_of(k, "1", "owners_n")->i, 2);
    assert_str(cell_of(k, "r1", "no")->en, "again (1)");
    assert_str(cell_of(k, "r1", "status")->text, "1"); /* as its first place */
    assert_int_equal(cell_of(k, "2", "status")->type, CELL_NONE); /* a group leads nobody: the centre decides */
    assert_int_equal(cell_of(k, "2", "reported")->i, 1);
    assert_int_equal(cell_of(k, "3", "status")->type, CELL_NONE);
    k = doing(c, "plan", "history", {"plan", "p"}, {"no", "1"});
    assert_int_equal(rows_of(k, "said"), 2);
    assert_int_equal(rows_of(k, "history"), 1);
    assert_str(cell_in(k, "history", 0, "text")->ja, "甲省の一");
    assert_int_equal(cell_in(k, "history", 0, "person")->type, CELL_NONE); /* the centre does not see names */
    k = doing(a, "plan", "history", {"plan", "p"}, {"no", "r1"});
    assert_str(cell_in(k, "history", 0, "person")->text, "poa");
    assert_int_equal(rows_of(k, "said"), 1); /* what B says is not A's to hear */
}

static void what_is_refused(struct work *w)
{
    struct plan p = small_plan(w);
    struct work *a = as(w, "poa"), *b = as(w, "pob"), *v = as(w, "pv"), *h = as(w, "pha");
    const char *no_owner = "progress is reported by those who manage or approve for one of its owners";
    refused(a, DENIED, no_owner, "plan", "update", {"plan", "p"}, {"no", "3"}, {"status", "1"}, {"text", "x"});
    refused(h, DENIED, "", "plan", "update", {"plan", "p"}, {"no", "1"}, {"status", "1"}, {"text", "x"});
    refused(v, DENIED, "", "plan", "update", {"plan", "p"}, {"no", "1"}, {"status", "1"}, {"text", "x"});
    refused(a, NOTFOUND, "", "plan", "update", {"plan", "p"}, {"no", "1"}, {"owner", "B"}, {"status", "1"}, {"text", "x"});
    refused(a, NOTFOUND, "", "plan", "update", {"plan", "p"}, {"no", "1"}, {"owner", "nowhere"}, {"status", "1"}, {"text", "x"});
    refused(b, DENIED, "", "plan", "settle", {"plan", "p"}, {"no", "1"}, {"status", "1"}, {"text", "x"}, {"why", "y"});
    refused(b, DENIED, "", "plan", "report", {"plan", "p"}, {"report", "half"}, {"due", "2007-09-30"});
    refused(b, INVALID, "tells measure 1 again", "plan", "update", {"plan", "p"}, {"no", "r1"}, {"status", "1"}, {"text", "x"});
    refused(b, INVALID, "no measure", "plan", "update", {"plan", "p"}, {"no", "h1"}, {"status", "1"}, {"text", "x"});
    refused(b, NOTFOUND, "no '77'", "plan", "update", {"plan", "p"}, {"no", "77"}, {"status", "1"}, {"text", "x"});
    refused(b, INVALID, "", "plan", "update", {"plan", "p"}, {"no", "3"}, {"status", "5"}, {"text", "x"});
    refused(b, INVALID, "status", "plan", "update", {"plan", "p"}, {"no", "3"}, {"text", "x"});
    refused(b, INVALID, "a status alone", "plan", "update", {"plan", "p"}, {"no", "3"}, {"status", "1"});
    SAY(b, "3", "2", "乙");
    refused(b, INVALID, "the text is empty", "plan", "update", {"plan", "p"}, {"no", "3"}, {"status", "1"});
    assert_int_equal(fact_int(doing(b, "plan", "update", {"plan", "p"}, {"no", "3"}, {"text", "status stays"}), "revision"), 2);
    struct work *c = as(w, "pc");
    refused(c, INVALID, "for which of the 2 owners", "plan", "update", {"plan", "p"}, {"no", "1"}, {"status", "1"}, {"text", "x"});
    p.state = S("draft");
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_edition_change(w, &p));
    assert_ok(w, store_commit(w));
    refused(c, CONFLICT, "is a draft", "plan", "update", {"plan", "p"}, {"no", "3"}, {"status", "1"}, {"text", "x"});
}

/* ---- two officers at one measure ---- */

static void no_form(struct doc *d, const struct form *f) { (void)d, (void)f; }
static void no_show(struct doc *d, const struct show *s) { (void)d, (void)s; }

static void slower_sees_both(struct work *w)
{
    small_plan(w);
    struct work *b = as(w, "pob");
    struct face with_forms = keeping_face;
    with_forms.form = no_form;
    with_forms.form_end = keep_end;
    with_forms.show = no_show;
    SAY(b, "3", "2", "はじめ");
    doing(b, "plan", "update", {"plan", "p"}, {"no", "3"}, {"status", "1"}, {"text", "早い人"}, {"was", "1"});
    refused(b, CONFLICT, "早い人", "plan", "update", {"plan", "p"}, {"no", "3"}, {"status", "3"}, {"text", "遅い人"}, {"was", "1"});
    struct kept *k = kept_new(w);
    k->doc.face = &with_forms;
    assert_ok(b, through_door(b, "plan", "update", ASK({"plan", "p"}, {"no", "3"}, {"status", "3"}, {"text", "遅い人"}, {"was", "1"}), k));
    assert_int_equal(rows_of(k, "both_texts"), 2);
    assert_str(cell_in(k, "both_texts", 1, "stands")->text, "早い人");
    assert_str(cell_in(k, "both_texts", 1, "given")->text, "遅い人");
    ptrdiff_t text = row_of(k, "fields", "text", NULL);
    assert_str(cell_in(k, "fields", (size_t)text, "value")->text, "遅い人"); /* stands in the form again */
    struct kept *h = doing(b, "plan", "history", {"plan", "p"}, {"no", "3"});
    assert_str(cell_in(h, "said", 0, "text")->ja, "早い人"); /* not written over */
    doing(b, "plan", "update", {"plan", "p"}, {"no", "3"}, {"status", "3"}, {"text", "二人で"}, {"was", "2"});
    h = doing(b, "plan", "history", {"plan", "p"}, {"no", "3"});
    assert_int_equal(rows_of(h, "history"), 2);
    assert_int_equal(fact_int(doing(b, "plan", "update", {"plan", "p"}, {"no", "3"}, {"status", "3"}, {"text", "二人で"}, {"was", "1"}), "revision"),
                     3); /* the same said twice is no quarrel, and written once */
}

/* Two programs, one revision: whichever comes second is told. */
static void two_programs(struct work *w)
{
    small_plan(w);
    struct arena *life = arena_new(0);
    struct work *other = other_work(life, store_url(), STORE_WRITE), *b = as(w, "pob"), *o = as(other, "pob");
    SAY(b, "3", "2", "はじめ");
    doing(o, "plan", "update", {"plan", "p"}, {"no", "3"}, {"status", "1"}, {"text", "別の人"}, {"was", "1"});
    refused(b, CONFLICT, "revision 2 stands", "plan", "update", {"plan", "p"}, {"no", "3"}, {"status", "4"}, {"text", "私"}, {"was", "1"});
    assert_str(cell_of(PROGRESS(b), "3", "status")->text, "1");
    arena_free(life);
}

/* ---- the centre ---- */

static void centre_settles(struct work *w)
{
    small_plan(w);
    struct work *a = as(w, "poa"), *b = as(w, "pob"), *c = as(w, "pc");
    SAY(a, "1", "1", "甲");
    SAY(a, "2", "1", "甲二");
    SAY(b, "2", "4", "乙二");
    refused(c, INVALID, "required", "plan", "settle", {"plan", "p"}, {"no", "2"}, {"status", "2"}, {"text", "全体"});
    doing(c, "plan", "settle", {"plan", "p"}, {"no", "2"}, {"status", "2"}, {"text", "全体"}, {"why", "大半が着手"});
    doing(c, "plan", "settle", {"plan", "p"}, {"no", "1"}, {"status", "3"}, {"text", "まだ"}, {"why", "確認中"});
    struct kept *k = PROGRESS(c);
    assert_str(cell_of(k, "2", "status")->text, "2");
    assert_str(cell_of(k, "2", "source")->text, "centre");
    assert_str(cell_of(k, "2", "behind")->text, "4");
    assert_str(cell_of(k, "1", "status")->text, "3");
    SAY(a, "1", "2", "甲の続き");
    assert_str(cell_of(PROGRESS(c), "1", "status")->text, "3"); /* the centre's word holds until a report */
    doing(c, "plan", "settle", {"plan", "p"}, {"no", "1"}, {"back", "1"}, {"why", "もう要らない"});
    assert_str(cell_of(PROGRESS(c), "1", "status")->text, "2");
    refused(c, CONFLICT, "nothing is settled", "plan", "settle", {"plan", "p"}, {"no", "1"}, {"back", "1"}, {"why", "x"});
    doing(c, "plan", "update", {"plan", "p"}, {"no", "3"}, {"owner", "B"}, {"status", "2"}, {"text", "電話で聞いた"});
    k = doing(c, "plan", "history", {"plan", "p"}, {"no", "3"});
    assert_int_equal(cell_in(k, "said", 0, "for_it")->i, 1);
    k = doing(c, "plan", "history", {"plan", "p"}, {"no", "1"});
    assert_int_equal(cell_in(k, "said", 1, "for_it")->i, 0);
}

/* ---- reports ---- */

static void frozen_stays(struct work *w)
{
    small_plan(w);
    struct work *a = as(w, "poa"), *b = as(w, "pob"), *c = as(w, "pc");
    doing(c, "plan", "report", {"plan", "p"}, {"report", "half"}, {"due", "2007-09-28"});
    SAY(a, "1", "2", "甲");
    SAY(b, "1", "3", "乙");
    refused(c, NOTFOUND, "no such report", "plan", "freeze", {"plan", "p"}, {"report", "year"});
    struct kept *k = doing(c, "plan", "freeze", {"plan", "p"}, {"report", "half"});
    assert_int_equal(fact_int(k, "number"), 1);
    assert_int_equal(fact_int(k, "none"), 2);
    SAY(a, "1", "1", "甲、済み");
    SAY(b, "3", "4", "乙、不明");
    k = doing(c, "plan", "progress", {"plan", "p"}, {"report", "half"});
    assert_str(cell_of(k, "1", "status")->text, "2");
    assert_str(cell_of(k, "1", "behind")->text, "3");
    assert_str(cell_of(k, "1", "text")->ja, "甲");
    assert_int_equal(cell_of(k, "3", "status")->type, CELL_NONE);
    assert_int_equal(rows_of(k, "progress"), ITEMS); /* headings and what is told again are rows of it */
    k = doing(b, "plan", "progress", {"plan", "p"}); /* B hears what A had said in the report, and not what it says now */
    assert_str(cell_of(k, "1", "status")->text, "2");
    assert_str(cell_of(PROGRESS(c), "1", "status")->text, "1");
    k = doing(c, "plan", "changes", {"plan", "p"});
    assert_int_equal(fact_int(k, "further"), 1);
    assert_int_equal(fact_int(k, "first"), 1);
    assert_int_equal(fact_int(k, "same"), 1);
    refused(c, CONFLICT, "a correction makes the next number", "plan", "freeze", {"plan", "p"}, {"report", "half"});
    doing(c, "plan", "freeze", {"plan", "p"}, {"report", "half"}, {"reason", "誤り"}, {"no", "3"});
    k = doing(c, "plan", "progress", {"plan", "p"}, {"report", "half"});
    assert_str(cell_of(k, "3", "status")->text, "4");
    assert_str(cell_of(k, "1", "status")->text, "2"); /* only 3 was corrected */
    k = doing(c, "plan", "progress", {"plan", "p"}, {"report", "half"}, {"number", "1"});
    assert_int_equal(cell_of(k, "3", "status")->type, CELL_NONE);
    refused(c, INVALID, "has no measure '99'", "plan", "freeze", {"plan", "p"}, {"report", "half"}, {"reason", "誤り"}, {"no", "99"});
    refused(c, CONFLICT, "was frozen here", "plan", "import", {"plan", "p"}, {"what", "progress"}, {"report", "half"},
            FILED("key,status,text_ja\n1,1,別\n"));
    assert_str(fact_text(doing(c, "plan", "verify", {"plan", "p"}, {"report", "half"}, {"number", "1"}), "intact"), "intact");
    assert_str(fact_text(doing(c, "plan", "verify", {"plan", "p"}, {"report", "half"}), "intact"), "intact");
    refused(c, CONFLICT, "nothing would change", "plan", "freeze", {"plan", "p"}, {"report", "half"}, {"reason", "誤り"}, {"no", "3"});
    doing(c, "plan", "report", {"plan", "p"}, {"report", "year"}, {"due", "2008-03-31"});
    doing(c, "plan", "freeze", {"plan", "p"}, {"report", "year"});
    refused(c, CONFLICT, "a later report", "plan", "freeze", {"plan", "p"}, {"report", "half"}, {"reason", "x"});
    k = doing(c, "plan", "reports", {"plan", "p"});
    assert_int_equal(cell_at(k, "reports", "half", NULL, "no")->i, 2);
    assert_int_equal(cell_at(k, "reports", "half", NULL, "digest")->text.n, 64);
}

static void digest_holds(struct work *w)
{
    static const struct sql change = OPEN("a test", "UPDATE plan_frozen_row SET text_ja = 'x' WHERE key = '1'");
    struct plan p = small_plan(w);
    struct lines x;
    struct progress_report r;
    SAY(as(w, "poa"), "1", "2", "甲");
    doing(w, "plan", "report", {"plan", "p"}, {"report", "half"}, {"due", "2007-09-28"});
    doing(w, "plan", "freeze", {"plan", "p"}, {"report", "half"});
    for (int pass = 0; pass < 2; pass++) {
        assert_ok(w, lines_begin(w, &p, 0, &x));
        assert_ok(w, progress_report_last(w, p.id, INT64_MAX, &r));
        assert_ok(w, lines_frozen(w, &x, &r, 1, INT64_MAX, true));
        bool same = str_eq(r.digest, progress_frozen_digest(w->a, x.line, x.n));
        str told = fact_text(doing(w, "plan", "verify", {"plan", "p"}, {"report", "half"}), "intact");
        assert_int_equal(str_eq(told, S("intact")), pass == 0);
        assert_int_equal(same, pass == 0);
        assert_ok(w, store_begin(w));
        assert_ok(w, store_run(w, &change, NOARGS));
        assert_ok(w, store_commit(w));
    }
}

/* An owner that left the plan's tree still counts in what was frozen. */
static void frozen_owners_stay(struct work *w)
{
    static const struct sql change = OPEN("a test", "UPDATE plan_frozen_row SET orgs = 'A gone' WHERE key = '1'");
    small_plan(w);
    SAY(as(w, "poa"), "1", "2", "甲");
    doing(w, "plan", "report", {"plan", "p"}, {"report", "half"}, {"due", "2007-09-28"});
    doing(w, "plan", "freeze", {"plan", "p"}, {"report", "half"});
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &change, NOARGS));
    assert_ok(w, store_commit(w));
    struct kept *k = doing(w, "plan", "progress", {"plan", "p"}, {"report", "half"});
    assert_int_equal(cell_of(k, "1", "owners_n")->i, 2);
    k = doing(w, "plan", "progress", {"plan", "p"}, {"report", "half"}, {"owner", "A"});
    assert_str(cell_of(k, "1", "status")->text, "2");
    k = doing(w, "plan", "status", {"plan", "p"}, {"report", "half"}, {"by", "owner"});
    assert_int_not_equal(k->n_tables, 0);
}
static void test_frozen_owners_stay(void **state)
{
    (void)state;
    each_store(frozen_owners_stay);
}

static void silence(struct work *w)
{
    small_plan(w);
    struct work *a = as(w, "poa"), *b = as(w, "pob"), *c = as(w, "pc");
    SAY(a, "1", "2", "甲");
    doing(c, "plan", "report", {"plan", "p"}, {"report", "half"}, {"due", "2007-04-18"});
    struct kept *k = doing(c, "plan", "silent", {"plan", "p"});
    assert_int_equal(fact_int(k, "silent"), 4); /* A: 2; B: 1, 2, 3 */
    assert_int_equal(fact_int(k, "overdue"), 3); /* from Wednesday the 18th to Monday the 23rd */
    assert_int_equal(cell_at(k, "owners", "B", NULL, "silent")->i, 3);
    assert_int_equal(cell_at(k, "owners", "A", NULL, "measures")->i, 2);
    k = doing(b, "plan", "silent", {"plan", "p"});
    assert_int_equal(fact_int(k, "silent"), 3); /* of its own reach */
    k = doing(a, "plan", "mine", {0});
    assert_int_equal(fact_int(k, "waiting"), 1);
    assert_str(cell_in(k, "measures", 0, "key")->text, "2");
    SAY(a, "2", "2", "甲二");
    doing(c, "plan", "freeze", {"plan", "p"}, {"report", "half"});
    assert_int_equal(fact_int(doing(a, "plan", "mine", {0}), "waiting"), 0);
    doing(c, "plan", "report", {"plan", "p"}, {"report", "year"}, {"due", "2007-04-30"});
    assert_int_equal(fact_int(doing(a, "plan", "mine", {0}), "waiting"), 2); /* asked anew */
    doing(a, "plan", "same", {"measure", "p/1"}, {"measure", "p/2"});
    assert_int_equal(fact_int(doing(a, "plan", "mine", {0}), "waiting"), 0);
    refused(b, INVALID, "nothing was reported yet", "plan", "same", {"measure", "p/3"});
    refused(b, INVALID, "by its plan and number", "plan", "same", {"measure", "3"});
    refused(a, DENIED, "", "plan", "same", {"measure", "p/3"});
}

/* For other rooms: plan by plan, nothing for who may not speak for the organisation. */
static enum err take_waiting(void *to, const struct plan_waiting *p)
{
    *(struct plan_waiting *)to = *p;
    return OK;
}

static void waiting(struct work *w)
{
    small_plan(w);
    struct plan_waiting p = {0};
    doing(as(w, "pc"), "plan", "report", {"plan", "p"}, {"report", "half"}, {"due", "2007-04-18"});
    assert_ok(w, plan_waiting(as(w, "pob"), take_waiting, &p));
    assert_true(p.waiting == 3 && p.measures == 3 && p.overdue && p.due == day("2007-04-18"));
    assert_str(p.report, "half");
    p.waiting = 0;
    assert_ok(w, plan_waiting(as(w, "phb"), take_waiting, &p)); /* a head of a bureau */
    assert_ok(w, plan_waiting(as(w, "pc"), take_waiting, &p));
    assert_ok(w, plan_waiting(w, take_waiting, &p));
    assert_int_equal(p.waiting, 0);
}

/* A form that a view draws asks another view for its choices, in the same state. */
static void view_within_view(struct work *w)
{
    small_plan(w);
    assert_ok(w, store_snapshot(w));
    assert_int_equal(rows_of(doing(w, "plan", "list", {NULL, NULL}), "plans"), 1);
    assert_true(store_in_snapshot(w->store));
    assert_int_equal(rows_of(doing(w, "plan", "list", {NULL, NULL}), "plans"), 1);
    store_rollback(w);
}

/* The home page: what waits, for who may report it; the day by which it does, for all who carry the plan out. */
static void home(struct work *w)
{
    small_plan(w);
    doing(as(w, "pc"), "plan", "report", {"plan", "p"}, {"report", "half"}, {"due", "2007-04-30"});
    struct kept *k = doing(as(w, "pob"), "home", "", {NULL, NULL});
    assert_int_equal(rows_of(k, "plans_waiting"), 1);
    assert_str(cell_in(k, "plans_waiting", 0, "measures")->text, "p");
    assert_true(str_find(cell_in(k, "plans_waiting", 0, "detail")->text, S("of 3 measures 3 wait")) >= 0);
    assert_str(cell_in(k, "year", 0, "plan")->text, "p");
    assert_int_equal(cell_in(k, "year", 0, "date")->i, day("2007-04-30"));
    assert_true(cell_in(k, "year", 0, "what")->type == CELL_NONE && cell_in(k, "year", 0, "report")->type == CELL_NONE);
    k = doing(as(w, "pc"), "home", "", {NULL, NULL}); /* has no measures of its own */
    assert_int_equal(kept_table(k, "plans_waiting"), -1);
    assert_int_equal(rows_of(k, "year"), 1);
    doing(as(w, "pc"), "plan", "freeze", {"plan", "p"}, {"report", "half"});
    k = doing(as(w, "pob"), "home", "", {NULL, NULL});
    assert_int_equal(kept_table(k, "plans_waiting"), -1);
    assert_int_equal(kept_table(k, "year"), -1);
}

/* Who has reported goes on with what else waits; who speaks for another looks at the one measure. */
static void goes_on(struct work *w)
{
    small_plan(w);
    struct work *b = as(w, "pob"), *c = as(w, "pc");
    SAY(b, "3", "2", "乙");
    assert_string_equal(b->next->to, "plan mine");
    assert_str(b->next->given[0].value, "B");
    doing(c, "plan", "update", {"plan", "p"}, {"no", "1"}, {"owner", "A"}, {"status", "1"}, {"text", "x"});
    assert_string_equal(c->next->to, "plan measure");
}

/* Without a code the plan that runs is meant, also when next year's is begun; where none runs, the newest. */
static void runs_today(struct work *w)
{
    small_plan(w);
    struct work *c = as(w, "pc");
    doing(c, "plan", "new", {"plan", "q"}, {"kind", "annual"}, {"org", "gov"}, {"title_ja", "次"}, {"since", "2008-04-01"},
          {"until", "2009-03-31"});
    assert_int_equal(fact_int(doing(c, "plan", "status", {"by", "status"}), "measures"), 3);
    assert_int_equal(fact_int(doing(c, "plan", "status", {"year", "2008"}), "measures"), 0);
    c->now += 800 * DAY;
    assert_int_equal(fact_int(doing(c, "plan", "status", {"by", "status"}), "measures"), 0);
}

static void milestones(struct work *w)
{
    static const struct plan_milestone marks[] = {
        {.until = 13590, .title_ja = S_INIT("公表"), .has_done = true, .done = 13600},
        {.until = 13600, .title_ja = S_INIT("遅れ"), .derived = true},
        {.since = 13620, .has_since = true, .until = 13700, .title_ja = S_INIT("試行")},
        {.until = 13900, .title_ja = S_INIT("評価")}};
    struct plan_item one = {.kind = ITEM_MEASURE, .key = S("1"), .level = 1, .title_ja = S("一"), .owner = of_b, .n_owners = 1,
                            .milestone = marks, .n_milestones = 4};
    small_registry(w);
    plan_made(w, "p", &one, 1);
    struct kept *k = doing(w, "plan", "milestones", {"plan", "p"}); /* 2007-04-23 is 13626 */
    static const char *const states[] = {"done", "open-derived", "running", "ahead"};
    for (size_t i = 0; i < 4; i++) assert_str(cell_in(k, "milestones", i, "state")->text, states[i]);
    assert_int_equal(cell_in(k, "milestones", 0, "slip")->i, 10);
    assert_int_equal(fact_int(k, "late"), 0);
    assert_int_equal(kept_table(doing(w, "plan", "milestones", {"plan", "p"}, {"owner", "A"}), "milestones"), -1);
    refused(w, NOTFOUND, "no organisation 'Z'", "plan", "milestones", {"plan", "p"}, {"owner", "Z"});
}

#define TEST(name)                                                                                                     \
    static void test_##name(void **state)                                                                              \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        each_store(name);                                                                                              \
    }
TEST(owners_say) TEST(what_is_refused) TEST(slower_sees_both) TEST(two_programs) TEST(centre_settles) TEST(frozen_stays)
TEST(digest_holds) TEST(silence) TEST(waiting) TEST(home) TEST(view_within_view) TEST(goes_on) TEST(runs_today) TEST(milestones)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_owners_say),     cmocka_unit_test(test_what_is_refused), cmocka_unit_test(test_slower_sees_both),
        cmocka_unit_test(test_two_programs),   cmocka_unit_test(test_centre_settles),  cmocka_unit_test(test_frozen_stays),
        cmocka_unit_test(test_digest_holds),   cmocka_unit_test(test_silence),         cmocka_unit_test(test_waiting),
        cmocka_unit_test(test_home),           cmocka_unit_test(test_goes_on),         cmocka_unit_test(test_runs_today),
        cmocka_unit_test(test_milestones),     cmocka_unit_test(test_frozen_owners_stay), cmocka_unit_test(test_view_within_view),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
