/* Plans as files and by form: what is written reads back, what is wrong is refused with row and column, nobody writes over
 * what another has written unseen. */
#include "inspect_kit.h"

#include "plan/acts.h"
#include "plan/items.h"

/* ---- a small world ---- */

static void world(struct work *w)
{
    small_registry(w);
    doing(w, "plan", "import", {"what", "groups"},
          FILED("code,name_ja,name_en,rule,value\nall,全府省庁,All ministries,kind,ministry\n"
                "infra,重要インフラ所管省庁,In charge,link,ministry-in-charge\n"));
    become(w, "pc");
    doing(w, "plan", "new", {"plan", "p1"}, {"kind", "annual"}, {"title_ja", "計画"}, {"since", "2007-04-01"}, {"until", "2008-03-31"});
}

#define HEAD "kind,key,level,code,title_ja,title_en,text_ja,text_en,relists,area,owners,lead,milestones,links,flag\r\n"
#define SMALL                                                                                                          \
    HEAD "heading,h1,1,,第1章,Chapter,,,,,,,,,\r\nmeasure,1,,ア)a),施策一,One,\"本文\n二行目\",,,,B all,B,"          \
         "2007-04-01~2007-09-30 done=2007-09-20 derived: 公表 / Published | 2008-03-31: 試行,see measure:p1/2,sic\r\n" \
         "measure,2,,,施策二,,,,,,A,,,,\r\nrelisted,r1,,,,,,,1,,,,,,\r\n"

static str exported(struct work *w, const char *plan) { return file_of_entry(w, "plan", "export", ASK({"plan", plan})); }

/* ---- round trip ---- */

static void comes_back(struct work *w)
{
    world(w);
    struct kept *k = doing(w, "plan", "import", {"plan", "p1"}, FILED(SMALL));
    assert_int_equal(fact_int(k, "measures"), 2);
    assert_int_equal(fact_int(k, "relisted"), 1);
    assert_str(exported(w, "p1"), SMALL);
    k = doing(w, "plan", "import", {"plan", "p1"}, FILED(SMALL));
    assert_int_equal(kept_table(k, "changes"), -1); /* it says what stands already */
    /* as a spreadsheet leaves it: a BOM, tabs, names in place of codes, dates with strokes, no keys of headings */
    doing(w, "plan", "import", {"plan", "p1"},
          FILED("\xEF\xBB\xBFkind\tlevel\tkey\ttitle_ja\towners\tmilestones\nheading\t1\t\t章\t\t\n"
                "measure\t\t1\tx\t甲省、乙省\t2007/9/30: 済\nmeasure\t\t2\ty\tMinistry B\t\n"));
    assert_str(exported(w, "p1"), HEAD "heading,h1,1,,章,,,,,,,,,,\r\nmeasure,1,,,x,,,,,,A B,,2007-09-30: 済,,\r\n"
                                       "measure,2,,,y,,,,,,B,,,,\r\n");
}

/* Texts made of what a file could trip over. */
static str some_text(struct work *w, uint64_t *seed, size_t most)
{
    static const char *const bits[] = {"a", "施策", "|", "/", " / ", "\\", ",", "\"", "'", "=", "-", "+", "@", " ", "：", ":", "~", "\t",
                                       "ア)a)", "　", "x\\|y", "/ ", " /"};
    struct buf b = buf_in(w->a);
    size_t n = 1 + (*seed >> 33) % most;
    for (size_t i = 0; i < n; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        buf_add(&b, str_of(bits[(*seed >> 33) % (sizeof bits / sizeof *bits)]));
    }
    str s = str_trim(buf_str(&b));
    return s.n == 0 ? S("z") : s;
}

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static void some_parts(struct work *w, uint64_t *seed, struct plan_item *x)
{
    static const char *const owners[] = {"A", "B", "all", "a1", "infra"};
    struct plan_owner *o = arena_array(w->a, 6, sizeof *o);
    struct plan_milestone *m = arena_array(w->a, 4, sizeof *m);
    struct plan_link *l = arena_array(w->a, 2, sizeof *l);
    x->n_owners = next(seed) % 6;
    for (size_t i = 0; i < x->n_owners; i++) o[i] = (struct plan_owner){str_of(owners[i]), i == 1 && x->n_owners > 3};
    x->n_milestones = next(seed) % 4;
    for (size_t i = 0; i < x->n_milestones; i++) {
        m[i] = (struct plan_milestone){.until = 13600 + (int64_t)(next(seed) % 1000), .has_since = next(seed) % 2, .has_done = next(seed) % 2,
                                       .derived = next(seed) % 2, .title_ja = some_text(w, seed, 5),
                                       .title_en = next(seed) % 2 ? some_text(w, seed, 5) : S("")};
        if (m[i].has_since) m[i].since = m[i].until - (int64_t)(next(seed) % 100);
        if (m[i].has_done) m[i].done = m[i].until - 3;
        if (next(seed) % 4 == 0 && m[i].title_en.n != 0) m[i].title_ja = S("");
    }
    x->n_links = next(seed) % 2;
    if (x->n_links != 0) l[0] = (struct plan_link){S("about"), S("clause:baseline-2/2.2.1(1)(c)")};
    x->owner = o;
    x->milestone = m;
    x->link = l;
}

static struct plan_item some_item(struct work *w, uint64_t *seed, int64_t i, int64_t *level)
{
    struct plan_item x = {.key = str_int(w->a, i), .code = S(""), .title_ja = some_text(w, seed, 6), .title_en = S(""), .text_ja = S(""),
                          .text_en = S(""), .relists = S(""), .area = S(""), .flag = S("")};
    uint64_t dice = next(seed) % 10;
    x.kind = i == 1 || dice < 2 ? ITEM_HEADING : dice == 2 && i > 3 ? ITEM_TEXT : ITEM_MEASURE;
    if (x.kind == ITEM_HEADING) x.level = *level = i == 1 ? 1 : 1 + (int64_t)(next(seed) % (uint64_t)(*level < 6 ? *level + 1 : 6));
    else x.level = next(seed) % 9 == 0 ? 1 + (int64_t)(next(seed) % 7) : *level + 1;
    if (x.kind == ITEM_HEADING) return x;
    x.text_ja = some_text(w, seed, 20);
    x.flag = next(seed) % 3 == 0 ? some_text(w, seed, 3) : S("");
    some_parts(w, seed, &x);
    return x;
}

static bool same_parts(const struct plan_item *a, const struct plan_item *b)
{
    bool same = a->n_owners == b->n_owners && a->n_milestones == b->n_milestones && a->n_links == b->n_links;
    for (size_t i = 0; same && i < a->n_owners; i++)
        same = str_eq(a->owner[i].owner, b->owner[i].owner) && a->owner[i].lead == b->owner[i].lead;
    for (size_t i = 0; same && i < a->n_milestones; i++) {
        const struct plan_milestone *m = &a->milestone[i], *o = &b->milestone[i];
        same = m->until == o->until && m->has_since == o->has_since && m->has_done == o->has_done && m->derived == o->derived &&
               (!m->has_since || m->since == o->since) && (!m->has_done || m->done == o->done) &&
               str_eq(m->title_ja, o->title_ja) && str_eq(m->title_en, o->title_en);
    }
    return same;
}

static bool same_item(const struct plan_item *a, const struct plan_item *b)
{
    return a->kind == b->kind && a->level == b->level && str_eq(a->key, b->key) && str_eq(a->title_ja, b->title_ja) &&
           str_eq(a->text_ja, b->text_ja) && str_eq(a->flag, b->flag) && same_parts(a, b);
}

/* Random plans: written as CSV, read as a stranger's file, the same items; and the same bytes again. */
static void random_plans(struct work *w)
{
    enum { ITEMS = 60 };
    uint64_t seed = 7;
    struct plan p;
    world(w);
    assert_ok(w, plan_find(w, S("p1"), 0, &p));
    for (int round = 0; round < 25; round++) {
        struct plan_item items[ITEMS], *back;
        size_t n;
        int64_t level = 0;
        for (int64_t i = 0; i < ITEMS; i++) items[i] = some_item(w, &seed, i + 1, &level);
        assert_ok(w, store_begin(w));
        assert_ok(w, plan_items_put(w, &p, items, ITEMS));
        assert_ok(w, store_commit(w));
        str csv = exported(w, "p1"), xlsx = file_of_entry(w, "plan", "workbook", ASK({"plan", "p1"}));
        doing(w, "plan", "import", {"plan", "p1"}, {"file", str_c(w->a, csv), "x.csv", csv.n});
        assert_ok(w, plan_items(w, p.edition, WITH_ALL, &back, &n));
        assert_int_equal(n, ITEMS);
        for (size_t i = 0; i < n; i++)
            if (!same_item(&items[i], &back[i])) fail_msg("round %d item %zu: %.*s", round, i, STR_ARG(items[i].title_ja));
        assert_true(str_eq(exported(w, "p1"), csv));
        doing(w, "plan", "import", {"plan", "p1"}, {"file", xlsx.p, "x.xlsx", xlsx.n});
        assert_true(str_eq(exported(w, "p1"), csv));
    }
}

/* ---- refusals ---- */

static const struct bad {
    const char *row, *part, *field;
} bad[] = {
    {"measure,1,,,x,,,,,,Z,,,,", "'Z' is neither an organisation", "owners"},
    {"measure,1,,,x,,,,,,A A,,,,", "named twice", "owners"},
    {"measure,1,,,x,,,,,,A,B,,,", "none of the owners", "lead"},
    {"measure,1,,,x,,,,,,A all,all,,,", "a group cannot take the lead", "lead"},
    {"measure,,,,x,,,,,,,,,,", "needs its number", "key"},
    {"measure,a b,,,x,,,,,,,,,,", "is no key", "key"},
    {"measure,0,,,x,,,,,,,,,,", "is there already", "key"},
    {"measure,1,,,,,,,,,,,,,", "a title is needed", "title_ja"},
    {"measure,1,9,,x,,,,,,,,,,", "is no level", "level"},
    {"heading,h9,,,x,,,,,,,,,,", "needs its level", "level"},
    {"heading,h9,3,,x,,,,,,,,,,", "below none of level 2", "level"},
    {"relisted,r1,,,,,,,,,,,,,", "told again is needed", "relists"},
    {"relisted,r1,,,,,,,77,,,,,,", "no measure '77'", "relists"},
    {"relisted,r1,,,,,,,r0,,,,,,", "is told again itself: name the measure in its first place, '0'", "relists"},
    {"relisted,r1,,,,,,,h1,,,,,,", "is no measure", "relists"},
    {"measure,1,,,x,,,,0,,,,,,", "only a row of the kind relisted", "relists"},
    {"measure,1,,,x,,,,,,,,2007-02-30: y,,", "is no milestone", "milestones"},
    {"measure,1,,,x,,,,,,,,2008-01-01~2007-01-01: y,,", "is no milestone", "milestones"},
    {"measure,1,,,x,,,,,,,,2008-01-01:,,", "is no milestone", "milestones"},
    {"measure,1,,,x,,,,,,,,,see nothing,", "is no link", "links"},
    {"measure,1,,,x,,,,,,,,,go case:F-1,", "is no link", "links"},
    {"measure,1,,,x,,,,,,,,,see measure:x,", "is no link", "links"},
    {"thing,1,,,x,,,,,,,,,,", "is no kind of row", "kind"},
    {"text,t1,,,,,,,,,,,,,", "neither a title nor a text", "title_ja"},
};

/* Each is refused with file, row and column, and what stood before stands. */
static void refusals(struct work *w)
{
    world(w);
    doing(w, "plan", "import", {"plan", "p1"}, FILED(SMALL));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        str file = str_fmt(w->a, "%sheading,h1,1,,章,,,,,,,,,,\nmeasure,0,,,zero,,,,,,,,,,\nrelisted,r0,,,,,,,0,,,,,,\n%s\n", HEAD, bad[i].row);
        struct kept *k = kept_new(w);
        enum err e = through_door(w, "plan", "import", ASK({"plan", "p1"}, {"file", str_c(w->a, file), "bad.csv"}), k);
        if (e != INVALID) fail_msg("%s", bad[i].row);
        struct where at = w->faults.first[0].where;
        size_t column = 0;
        while (!str_eq(str_of(plan_columns[column]), str_of(bad[i].field))) column++;
        if (at.row != 5 || at.column != (int64_t)column + 1 || !str_eq(at.file, S("bad.csv"))) fail_msg("%s: place", bad[i].row);
        assert_fault(w, bad[i].part);
    }
    assert_str(exported(w, "p1"), SMALL);
    refused(w, INVALID, "no rows", "plan", "import", {"plan", "p1"}, FILED("kind,key,title_ja\n"));
    refused(w, INVALID, "title_ja", "plan", "import", {"plan", "p1"}, FILED("kind,key\nmeasure,1\n"));
    refused(w, INVALID, "choose the file", "plan", "import", {"plan", "p1"});
    refused(w, INVALID, "is no rule", "plan", "import", {"what", "groups"}, FILED("code,name_ja,name_en,rule,value\nx,名,,all,y\n"));
}

static void too_much(struct work *w)
{
    world(w);
    struct buf b = buf_in(w->a), wide = buf_in(w->a);
    buf_add(&b, S("kind,key,title_ja\n"));
    for (int i = 0; i <= PLAN_ITEMS_MAX; i++) buf_fmt(&b, "measure,%d,x\n", i);
    refused(w, INVALID, "more than 15000 rows", "plan", "import", {"plan", "p1"}, {"file", str_c(w->a, buf_str(&b)), "many.csv"});
    for (int i = 0; i <= PLAN_TITLE_MAX; i++) buf_byte(&wide, 'x');
    str file = str_fmt(w->a, "kind,key,title_ja\nmeasure,1,%.*s\n", STR_ARG(buf_str(&wide)));
    refused(w, INVALID, "longer than 600 bytes", "plan", "import", {"plan", "p1"}, {"file", str_c(w->a, file), "long.csv"});
    b.n = 0;
    buf_add(&b, S("kind,key,title_ja,milestones\nmeasure,1,x,"));
    for (int i = 0; i <= PLAN_MILESTONES_MAX; i++) buf_add(&b, S("2007-01-01: a | "));
    refused(w, INVALID, "more than 50 milestones", "plan", "import", {"plan", "p1"}, {"file", str_c(w->a, buf_str(&b)), "m.csv"});
    b.n = 0; /* each within its limit, all together not */
    buf_add(&b, S("kind,key,title_ja,links\n"));
    for (int i = 0; i <= PLAN_LINKS_ALL / PLAN_LINKS_MAX; i++) {
        buf_fmt(&b, "measure,%d,x,", i);
        for (int k = 0; k < PLAN_LINKS_MAX; k++) buf_fmt(&b, "see case:F-%d | ", k);
        buf_byte(&b, '\n');
    }
    refused(w, INVALID, "more than 30000 links", "plan", "import", {"plan", "p1"}, {"file", str_c(w->a, buf_str(&b)), "l.csv"});
}

/* ---- whose plan it is ---- */

static void not_theirs(struct work *w)
{
    world(w);
    doing(w, "plan", "import", {"plan", "p1"}, FILED(SMALL));
    become(w, "poa"); /* manages ministry A: the centre's draft is not there for it */
    refused(w, NOTFOUND, "no plan 'p1' that you may see", "plan", "show", {"plan", "p1"});
    refused(w, NOTFOUND, "no plan 'p1' that you may see", "plan", "write", {"plan", "p1"}, {"no", "1"}, {"field.title_ja", "x"});
    become(w, "pc");
    refused(w, DENIED, "begun by those who manage it", "plan", "new", {"plan", "p2"}, {"kind", "annual"}, {"org", "A"},
            {"title_ja", "x"}, {"since", "2007-04-01"}, {"until", "2008-03-31"});
}

static void new_and_change(struct work *w)
{
    world(w);
    refused(w, CONFLICT, "is taken", "plan", "new", {"plan", "p1"}, {"kind", "annual"}, {"title_ja", "x"}, {"since", "2007-04-01"}, {"until", "2008-03-31"});
    refused(w, INVALID, "ends before it begins", "plan", "new", {"plan", "p2"}, {"kind", "annual"}, {"title_ja", "x"}, {"since", "2007-04-01"}, {"until", "2007-03-31"});
    refused(w, INVALID, "is no basic plan", "plan", "change", {"plan", "p1"}, {"basic", "p1"});
    doing(w, "plan", "new", {"plan", "b1"}, {"kind", "basic"}, {"title_ja", "基本"}, {"since", "2006-04-01"}, {"until", "2009-03-31"});
    doing(w, "plan", "import", {"plan", "b1"}, FILED("kind,key,title_ja\narea,gov,政府\n"));
    doing(w, "plan", "change", {"plan", "p1"}, {"basic", "b1"}, {"title_en", "Plan"});
    refused(w, INVALID, "no area 'x' in the basic plan", "plan", "import", {"plan", "p1"}, FILED("kind,key,title_ja,area\nmeasure,1,a,x\n"));
    doing(w, "plan", "import", {"plan", "p1"}, FILED("kind,key,title_ja,area\nmeasure,1,a,gov\nmeasure,2,b,\n"));
    assert_int_equal(rows_of(doing(w, "plan", "show", {"plan", "p1"}, {"area", "gov"}), "items"), 1);
    doing(w, "plan", "change", {"plan", "p1"}, {"until", "2008-03-30"}); /* a draft still */
    doing(w, "plan", "decide", {"plan", "p1"}, {"why", "x"});
    refused(w, CONFLICT, "stay as they were decided", "plan", "change", {"plan", "p1"}, {"title_ja", "別"});
    refused(w, CONFLICT, "stay as they were decided", "plan", "change", {"plan", "p1"}, {"since", "2007-05-01"});
    doing(w, "plan", "change", {"plan", "p1"}, {"basic", "none"}, {"title_en", "Plan"}, {"source_ja", "出典"});
    become(w, "poa");
    refused(w, NOTFOUND, "no plan 'b1' that you may see", "plan", "new", {"plan", "p3"}, {"kind", "annual"}, {"org", "A"}, {"title_ja", "x"},
            {"since", "2007-04-01"}, {"until", "2008-03-31"}, {"basic", "b1"});
}

/* ---- one item ---- */

static str print_of(struct work *w, const char *key)
{
    struct plan p;
    struct plan_item x;
    assert_ok(w, plan_find(w, S("p1"), 0, &p));
    assert_ok(w, plan_item(w, &p, str_of(key), &x));
    return plan_item_print(w, &x);
}

/* Two officers: the second sees both texts and loses nothing; one who changes another measure is not disturbed. */
static void stale(struct work *w)
{
    world(w);
    doing(w, "plan", "import", {"plan", "p1"}, FILED(SMALL));
    const char *was1 = str_c(w->a, print_of(w, "1")), *was2 = str_c(w->a, print_of(w, "2"));
    doing(w, "plan", "write", {"plan", "p1"}, {"no", "1"}, {"was", was1}, {"field.title_ja", "先の題"});
    struct kept *k = doing(w, "plan", "write", {"plan", "p1"}, {"no", "1"}, {"was", was1}, {"field.title_ja", "後の題"});
    assert_int_equal(fact_int(k, "changed"), 0);
    assert_int_equal(rows_of(k, "both_texts"), 1);
    assert_str(cell_in(k, "both_texts", 0, "stands")->text, "先の題");
    assert_str(cell_in(k, "both_texts", 0, "given")->text, "後の題");
    assert_true(str_find(exported(w, "p1"), S("後の題")) < 0);
    doing(w, "plan", "write", {"plan", "p1"}, {"no", "2"}, {"was", was2}, {"field.title_ja", "別"});
    assert_true(str_find(exported(w, "p1"), S("別")) > 0);
    const char *now = str_c(w->a, print_of(w, "1"));
    k = doing(w, "plan", "write", {"plan", "p1"}, {"no", "1"}, {"was", now}, {"field.title_ja", "後の題"}, {"field.owners", "全府省庁"}, {"field.lead", ""});
    assert_int_equal(fact_int(k, "changed"), 1);
    assert_true(str_find(exported(w, "p1"), S("後の題,One")) > 0 && str_find(exported(w, "p1"), S(",all,,2007-04-01~")) > 0);
    refused(w, INVALID, "stay", "plan", "write", {"plan", "p1"}, {"no", "1"}, {"field.key", "7"});
    refused(w, INVALID, "no measure '9'", "plan", "write", {"plan", "p1"}, {"no", "r1"}, {"field.relists", "9"});
}

static void one_more_one_less(struct work *w)
{
    world(w);
    doing(w, "plan", "import", {"plan", "p1"}, FILED(SMALL));
    doing(w, "plan", "add-item", {"plan", "p1"}, {"kind", "measure"}, {"no", "3"}, {"after", "1"}, {"field.title_ja", "間"}, {"field.owners", "A"});
    doing(w, "plan", "add-item", {"plan", "p1"}, {"kind", "heading"}, {"field.title_ja", "第2章"}, {"field.level", "1"});
    struct kept *k = doing(w, "plan", "show", {"plan", "p1"});
    assert_str(cell_in(k, "items", 2, "key")->text, "3");
    assert_str(cell_in(k, "items", 5, "key")->text, "h2");
    refused(w, INVALID, "is there already", "plan", "add-item", {"plan", "p1"}, {"kind", "measure"}, {"no", "2"}, {"field.title_ja", "x"});
    refused(w, CONFLICT, "told again as 'r1'", "plan", "remove-item", {"plan", "p1"}, {"no", "1"});
    k = doing(w, "plan", "remove-item", {"plan", "p1"}, {"no", "2"});
    assert_int_equal(fact_int(k, "linked"), 1); /* no. 1 links to it */
    refused(w, NOTFOUND, "there is no '2'", "plan", "measure", {"plan", "p1"}, {"no", "2"});
    doing(w, "plan", "remove-item", {"plan", "p1"}, {"no", "r1"});
    assert_int_equal(fact_int(doing(w, "plan", "show", {"plan", "p1"}), "relisted"), 0);
}

/* ---- what is shown ---- */

static void measures(struct work *w)
{
    world(w);
    doing(w, "plan", "import", {"plan", "p1"}, FILED(SMALL));
    struct kept *k = doing(w, "plan", "measure", {"plan", "p1"}, {"no", "1"});
    assert_str(fact_text(k, "lead"), "B");
    assert_int_equal(rows_of(k, "owners"), 2);
    assert_int_equal(rows_of(k, "milestones"), 2);
    assert_str(cell_in(k, "links", 0, "measure")->text, "2");
    assert_str(cell_at(k, "linked", "p1", "r1", "relation")->text, "relisted");
    k = doing(w, "plan", "measure", {"plan", "p1"}, {"no", "2"});
    assert_str(cell_at(k, "linked", "p1", "1", "relation")->text, "see"); /* both ways */
    k = doing(w, "plan", "measure", {"plan", "p1"}, {"no", "r1"});
    assert_true(noted_has(k, "in its first place, no. 1"));
    assert_int_equal(rows_of(k, "owners"), 2); /* those of the first place */
    assert_int_equal(rows_of(doing(w, "plan", "show", {"plan", "p1"}, {"owner", "A"}), "items"), 3); /* heading, 1 by the group, 2 */
    k = doing(w, "plan", "show", {"plan", "p1"}, {"q", "二行目"});
    assert_int_equal(fact_int(k, "shown"), 1);
    k = doing(w, "plan", "owners", {"plan", "p1"});
    assert_int_equal(cell_at(k, "owners", "B", NULL, "owned")->i, 1);
    k = doing(w, "plan", "groups", {"plan", "p1"});
    assert_int_equal(cell_at(k, "groups", "all", NULL, "count")->i, 2);
    assert_int_equal(cell_at(k, "groups", "infra", NULL, "count")->i, 0);
    assert_true(str_find(cell_at(k, "groups", "infra", NULL, "members")->en, S("not recorded")) == 0);
}

/* Which organisations below have their plan of the year. */
static void below(struct work *w)
{
    world(w);
    become(w, "pob");
    doing(w, "plan", "new", {"plan", "pb"}, {"kind", "annual"}, {"org", "B"}, {"title_ja", "乙省計画"}, {"since", "2007-04-01"}, {"until", "2008-03-31"});
    become(w, "pc");
    struct kept *k = doing(w, "plan", "list", {"year", "2007"});
    assert_int_equal(fact_int(k, "below_begun"), 1);
    assert_int_equal(fact_int(k, "below_none"), 1);
    assert_str(cell_at(k, "below", "B", NULL, "state")->text, "not-decided");
    assert_str(cell_at(k, "below", "A", NULL, "state")->text, "no-plan");
    refused(w, DENIED, "only those who manage", "plan", "import", {"plan", "pb"}, FILED(SMALL)); /* the ministry's, not the centre's */
    become(w, "poa");
    assert_int_equal(rows_of(doing(w, "plan", "list", {0}), "plans"), 0);
}

#define EACH(name)                                                                                                     \
    static void test_##name(void **state)                                                                              \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        each_store(name);                                                                                              \
    }
EACH(comes_back)
EACH(random_plans)
EACH(refusals)
EACH(too_much)
EACH(not_theirs)
EACH(new_and_change)
EACH(stale)
EACH(one_more_one_less)
EACH(measures)
EACH(below)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comes_back), cmocka_unit_test(test_random_plans), cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_too_much),   cmocka_unit_test(test_not_theirs),   cmocka_unit_test(test_new_and_change),
        cmocka_unit_test(test_stale),      cmocka_unit_test(test_one_more_one_less), cmocka_unit_test(test_measures),
        cmocka_unit_test(test_below),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
