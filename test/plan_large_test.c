/* Plans of many rows: what is read once for many says the same as row by row, a page tells some and data all, and no view takes
 * room that grows faster than the plan. */
#include "inspect_kit.h"

#include "plan/owner_lists.h"
#include "plan/plan_store.h"

enum { MEASURES = 1200, ROOM_MOST = 24 << 20 };

static struct plan plan_made(struct work *w, const char *code, int64_t since, const struct plan_item *items, size_t n, const char *state)
{
    struct org o;
    assert_ok(w, org_find(w, S("gov"), &o));
    struct plan p = {.code = str_of(code), .kind = S("annual"), .org = o.id, .title_ja = S("計画"), .title_en = S("Plan"), .since = since,
                     .until = since + 364, .org_lo = o.lo, .org_hi = o.hi};
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_add(w, &p));
    assert_ok(w, owner_group_put(w, &(struct owner_group){S("all"), S("全府省庁"), S("All ministries"), S("kind"), S("ministry")}));
    assert_ok(w, plan_items_put(w, &p, items, n));
    p.state = str_of(state);
    assert_ok(w, plan_edition_change(w, &p));
    assert_ok(w, store_commit(w));
    return p;
}

static void ministries(struct work *w)
{
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\n"
                "a,gov,ministry,10,甲省,A,,\nb,gov,ministry,20,乙省,B,,\nc,gov,ministry,30,丙省,C,,\n"));
}

/* ---- one text of owners is what the rows say ---- */

/* Texts that differ from what the rows of plan_owner say, put together here one by one. */
static void texts_are_rows(struct work *w, int64_t items)
{
    static const struct sql all = OPEN("a test", "SELECT i.id, i.owners, coalesce(c.ord, 0), coalesce(c.owner, ''), coalesce(c.lead, 0)"
                                                 " FROM plan_item i LEFT JOIN plan_owner c ON c.item = i.id ORDER BY i.id, c.ord");
    struct rows *r;
    struct buf made = buf_in(w->a);
    str said = {"", 0};
    int64_t item = 0, n = 0;
    assert_ok(w, store_rows(w, &all, NOARGS, &r));
    while (rows_next(r)) {
        if (rows_int(r, 0) != item) {
            assert_true(str_eq(buf_str(&made), said));
            made = buf_in(w->a);
            said = rows_kept(w, r, 1);
            item = rows_int(r, 0);
            n++;
        }
        if (rows_int(r, 2) > 1) buf_byte(&made, ' ');
        if (rows_int(r, 4) != 0) buf_byte(&made, '*');
        buf_add(&made, rows_text(r, 3));
    }
    assert_ok(w, rows_done(r));
    assert_true(str_eq(buf_str(&made), said));
    assert_int_equal(n, items);
}

static void owners_in_one_text(struct work *w)
{
    const struct plan_owner own[] = {{S("a"), false}, {S("b"), true}, {S("all"), false}};
    const struct plan_item items[] = {{.kind = ITEM_HEADING, .key = S("h1"), .level = 1, .title_ja = S("章")},
                                      {.kind = ITEM_MEASURE, .key = S("1"), .level = 2, .title_ja = S("一"), .owner = own, .n_owners = 3},
                                      {.kind = ITEM_MEASURE, .key = S("2"), .level = 2, .title_ja = S("二"), .owner = own + 1, .n_owners = 1},
                                      {.kind = ITEM_MEASURE, .key = S("3"), .level = 2, .title_ja = S("三")}};
    struct plan_item again, changed = items[2];
    ministries(w);
    struct plan p = plan_made(w, "p", today(w) - 10, items, 4, "draft");
    texts_are_rows(w, 4);
    assert_ok(w, store_begin(w));
    changed.owner = own;
    changed.n_owners = 2;
    assert_ok(w, plan_item_put(w, &p, &changed));
    changed.key = S("4");
    assert_ok(w, plan_item_insert(w, &p, &changed, 2));
    assert_ok(w, plan_edition_next(w, &p, S("改定")));
    assert_ok(w, store_commit(w));
    texts_are_rows(w, 10);
    assert_ok(w, plan_item(w, &p, S("1"), &again));
    assert_int_equal(again.n_owners, 3);
    assert_str(again.owner[1].owner, "b");
    assert_true(again.owner[1].lead && !again.owner[0].lead && !again.owner[2].lead);
    static const struct sql spoil = OPEN("a test", "UPDATE plan_item SET owners = 'x' WHERE key <> '1'");
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &spoil, NOARGS));
    assert_ok(w, store_commit(w));
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_rebuild(w));
    assert_ok(w, store_commit(w));
    texts_are_rows(w, 10);
}

static void lists_read_back(struct work *w)
{
    struct owner_lists *x = owner_lists_in(w->a);
    for (int pass = 0; pass < 2; pass++) /* the second time nothing is read anew */
        for (int i = 0; i < 500; i++) {
            size_t at = owner_lists_at(x, str_fmt(w->a, "m%d *n%d all", i, i));
            assert_int_equal(x->list[at].n, 3);
            assert_true(x->list[at].owner[1].lead && !x->list[at].owner[2].lead);
            assert_str(x->list[at].owner[1].owner, str_c(w->a, str_fmt(w->a, "n%d", i)));
            assert_str(owner_list_text(w->a, x->list[at].owner, 3), str_c(w->a, str_fmt(w->a, "m%d *n%d all", i, i)));
        }
    assert_int_equal(x->n, 500);
    size_t none = owner_lists_at(x, S(""));
    assert_int_equal(x->list[none].n, 0);
}

/* ---- pages ---- */

static struct kept *page_of(struct work *w, const char *name, const struct ask *ask)
{
    struct kept *k = kept_new(w);
    const struct entry *e = entry_of("plan", name);
    struct given given[8];
    struct args args;
    size_t n = asked(w, ask, given);
    k->doc.paged = true;
    assert_ok(w, args_parse(w, e, given, n, &args));
    assert_ok(w, door_view(w, room_find(S("plan")), e, &args, &k->doc));
    return k;
}
#define PAGE(w, name, ...) page_of(w, name, ASK(__VA_ARGS__))

static void large(struct work *w)
{
    static const struct plan_owner own[] = {{S_INIT("a"), true}, {S_INIT("all"), false}};
    struct plan_item *item = arena_array(w->a, MEASURES, sizeof *item);
    for (int i = 0; i < MEASURES; i++)
        item[i] = (struct plan_item){.kind = ITEM_MEASURE, .key = str_int(w->a, i + 1), .level = 1, .title_ja = S("施策"), .owner = own, .n_owners = 2};
    ministries(w);
    plan_made(w, "now", today(w) - 10, item, MEASURES, "decided");
    plan_made(w, "next", today(w) + 355, NULL, 0, "draft");
    doing(w, "plan", "report", {"plan", "now"}, {"report", "half"}, {"due", "2100-01-01"});
    doing(w, "plan", "update", {"plan", "now"}, {"no", "7"}, {"owner", "b"}, {"status", "2"}, {"text", "甲"});
}

static void pages_and_data(struct work *w)
{
    large(w);
    assert_int_equal(rows_of(doing(w, "plan", "progress", {"plan", "now"}), "progress"), MEASURES);
    struct kept *k = doing(w, "plan", "progress", {"plan", "now"});
    for (size_t i = 0; i < MEASURES; i++) assert_str(cell_in(k, "progress", i, "key")->text, str_c(w->a, str_int(w->a, (int64_t)i + 1)));
    assert_int_equal(rows_of(doing(w, "plan", "show", {"plan", "now"}), "items"), MEASURES);
    assert_int_equal(rows_of(PAGE(w, "progress", {"plan", "now"}), "progress"), 500);
    assert_int_equal(rows_of(PAGE(w, "progress", {"plan", "now"}, {"from", "1001"}), "progress"), 200);
    k = PAGE(w, "show", {"plan", "now"});
    assert_int_equal(rows_of(k, "items"), 500);
    assert_str(cell_in(k, "more", 0, "from")->text, "501");
    k = PAGE(w, "show", {"plan", "now"}, {"from", "1001"});
    assert_int_equal(rows_of(k, "items"), 200);
    assert_int_equal(kept_table(k, "more"), -1);
}

static void mine_by_pages(struct work *w)
{
    large(w);
    struct kept *k = PAGE(w, "mine", {"owner", "b"});
    assert_int_equal(rows_of(k, "measures"), 500);
    assert_int_equal(fact_int(k, "waiting"), MEASURES - 1);
    assert_str(cell_in(k, "measures", 6, "key")->text, "8"); /* no. 7 has been reported: it stands last */
    assert_str(cell_in(k, "more", 0, "from")->text, "501");
    k = PAGE(w, "mine", {"owner", "b"}, {"from", "1001"});
    assert_int_equal(rows_of(k, "measures"), 200);
    assert_str(cell_in(k, "measures", 199, "key")->text, "7");
    assert_str(cell_in(k, "measures", 199, "text")->ja, "甲");
    assert_int_equal(kept_table(k, "more"), -1);
    refused(w, INVALID, "numbered from 1 to 1200", "plan", "mine", {"owner", "b"}, {"from", "1201"});
}

static void room_of_candidates(struct work *w)
{
    large(w);
    size_t before = arena_used(w->a);
    assert_int_equal(rows_of(PAGE(w, "candidates", {"into", "next"}, {"from", "now"}), "candidates"), 500);
    assert_true(arena_used(w->a) - before < ROOM_MOST);
    assert_int_equal(rows_of(doing(w, "plan", "candidates", {"into", "next"}, {"from", "now"}), "candidates"), MEASURES);
}

#define TEST(name)                                                                                                     \
    static void test_##name(void **state)                                                                              \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        each_store(name);                                                                                              \
    }
TEST(owners_in_one_text) TEST(lists_read_back) TEST(pages_and_data) TEST(mine_by_pages) TEST(room_of_candidates)

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_owners_in_one_text), cmocka_unit_test(test_lists_read_back),
                                       cmocka_unit_test(test_pages_and_data), cmocka_unit_test(test_mine_by_pages),
                                       cmocka_unit_test(test_room_of_candidates)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
