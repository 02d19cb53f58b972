#include "support.h"

#include "access/access.h"

static const struct sql put_org = OPEN(
    "test", "INSERT INTO org (id, code, parent, kind, ord, name_ja, name_en, since, until)"
            " VALUES ($1, $2, $3, 'unit', $4, $5, '', $6, $7)");
static const struct sql put_duty = SQL(
    "INSERT INTO duty (code, name_ja, name_en, ord, rights) VALUES ($1, $1, '', 1, $2)");
static const struct sql put_person = OPEN(
    "test", "INSERT INTO person (id, code, org, name_ja, name_en, mail, since, until)"
            " VALUES ($1, $2, $3, $2, '', '', NULL, $4)");
static const struct sql put_system = OPEN(
    "test", "INSERT INTO system (id, code, org, kind, name_ja, name_en) VALUES ($1, $2, $3, 'system', $2, '')");
static const struct sql put_post = OPEN(
    "test", "INSERT INTO post (id, code, duty, org, system, person, since, until)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
static const struct sql numbers_of = OPEN(
    "test", "SELECT lo * 1000000000 + hi * 1000 + depth FROM org WHERE code = $1");

static void add_org(struct work *w, int64_t id, const char *code, int64_t parent, int64_t ord)
{
    str c = str_of(code);
    struct value up = int_or_nil(parent, parent != 0);
    assert_ok(w, store_run(w, &put_org, ARGS(INT(id), TEXT(c), up, INT(ord), TEXT(c), NIL, NIL)));
}

static int64_t numbers(struct work *w, const char *code)
{
    int64_t n = -1;
    assert_ok(w, store_int(w, &numbers_of, ARGS(TEXT(str_of(code))), &n));
    return n;
}

static int64_t packed(int64_t lo, int64_t hi, int64_t depth) { return lo * 1000000000 + hi * 1000 + depth; }

/* ---- rights ---- */

static void rights_are_words(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    unsigned r = 99;
    assert_true(rights_parse(S("confirm  answer"), &r));
    assert_int_equal(r, MAY_ANSWER | MAY_CONFIRM);
    assert_str(rights_text(a, r), "answer confirm");
    assert_true(rights_parse(S(""), &r));
    assert_int_equal(r, 0);
    assert_str(rights_text(a, MAY_ANSWER | MAY_READ_NAMES | MAY_RATES | MAY_CENTRE | MAY_ADMINISTER | MAY_APPROVE),
               "answer names rates manage audit centre administer approve");
    r = 7;
    assert_false(rights_parse(S("answer answer"), &r));
    assert_false(rights_parse(S("answer fly"), &r));
    assert_int_equal(r, 7);
    arena_free(a);
}

static void reach_is_half_open(void **state)
{
    (void)state;
    const struct actor a = {.lo = 5, .hi = 9, .rights = MAY_RATES};
    assert_true(may(&a, MAY_READ_RATES, 5));
    assert_true(may(&a, MAY_READ_RATES, 8));
    assert_false(may(&a, MAY_READ_RATES, 9));
    assert_false(may(&a, MAY_READ_RATES, 4));
    assert_false(may(&a, MAY_MANAGE, 5));
    assert_true(may(&a, MAY_ANYONE, 100));
    struct actor owner = actor_owner(S("root"));
    assert_true(actor_unbounded(&owner));
    assert_false(actor_unbounded(&a));
    for (unsigned i = 0; i < 8; i++) assert_true(may(&owner, 1U << i, 1));
}

/* ---- the tree ---- */

static void a_forest_is_numbered(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    /* 7 and 3 at the top, in this order; 3 has 9 and 4; 4 has 5. */
    struct org_node n[] = {
        {.id = 7}, {.id = 3}, {.id = 9, .parent = 3}, {.id = 4, .parent = 3}, {.id = 5, .parent = 4}};
    static const int64_t wanted[][3] = {{1, 2, 0}, {2, 6, 0}, {3, 4, 1}, {4, 6, 1}, {5, 6, 2}};
    assert_true(org_number(a, n, 5));
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(n[i].lo, wanted[i][0]);
        assert_int_equal(n[i].hi, wanted[i][1]);
        assert_int_equal(n[i].depth, wanted[i][2]);
    }
    struct org_node circle[] = {{.id = 1}, {.id = 3, .parent = 2}, {.id = 2, .parent = 3}};
    assert_false(org_number(a, circle, 3));
    assert_true(org_number(a, circle, 0));
    arena_free(a);
}

static void a_tree_may_be_deep(void **state)
{
    (void)state;
    enum { DEEP = 200000 };
    struct arena *a = arena_new(0);
    struct org_node *n = arena_array(a, DEEP, sizeof *n);
    for (int64_t i = 0; i < DEEP; i++) n[i] = (struct org_node){.id = i + 1, .parent = i};
    assert_true(org_number(a, n, DEEP));
    for (int64_t i = 0; i < DEEP; i++) {
        assert_int_equal(n[i].lo, i + 1);
        assert_int_equal(n[i].hi, DEEP + 1);
        assert_int_equal(n[i].depth, i);
    }
    arena_free(a);
}

static void numbering_follows_the_order(struct work *w)
{
    assert_ok(w, store_begin(w));
    add_org(w, 11, "gov", 0, 0);
    add_org(w, 5, "b", 11, 2);
    add_org(w, 9, "a", 11, 2); /* same order: by code */
    add_org(w, 3, "first", 11, 1);
    add_org(w, 12, "below", 9, 0);
    assert_ok(w, org_renumber(w));
    assert_int_equal(numbers(w, "gov"), packed(1, 6, 0));
    assert_int_equal(numbers(w, "first"), packed(2, 3, 1));
    assert_int_equal(numbers(w, "a"), packed(3, 5, 1));
    assert_int_equal(numbers(w, "below"), packed(4, 5, 2));
    assert_int_equal(numbers(w, "b"), packed(5, 6, 1));
    add_org(w, 20, "zero", 11, 0);
    assert_ok(w, org_renumber(w));
    assert_int_equal(numbers(w, "zero"), packed(2, 3, 1));
    assert_int_equal(numbers(w, "b"), packed(6, 7, 1));
    assert_int_equal(numbers(w, "gov"), packed(1, 7, 0));
    store_rollback(w);
}

/* ---- who is asking ---- */

static void small_house(struct work *w)
{
    int64_t day = today(w);
    assert_ok(w, store_begin(w));
    add_org(w, 1, "gov", 0, 0);
    add_org(w, 2, "koh", 1, 1);
    add_org(w, 3, "koh-1", 2, 1);
    add_org(w, 4, "otsu", 1, 2);
    str gone = S("gone");
    assert_ok(w, store_run(w, &put_org, ARGS(INT(5), TEXT(gone), INT(1), INT(3), TEXT(gone), NIL, INT(day - 1))));
    assert_ok(w, org_renumber(w));
    assert_ok(w, store_run(w, &put_duty, ARGS(TEXT(S("manager")), INT(MAY_MANAGE))));
    assert_ok(w, store_run(w, &put_duty, ARGS(TEXT(S("staff")), INT(MAY_ANSWER))));
    assert_ok(w, store_run(w, &put_person, ARGS(INT(1), TEXT(S("one")), INT(2), NIL)));
    assert_ok(w, store_run(w, &put_person, ARGS(INT(2), TEXT(S("two/b")), INT(2), NIL)));
    assert_ok(w, store_run(w, &put_person, ARGS(INT(3), TEXT(S("left")), INT(2), INT(day - 1))));
    assert_ok(w, store_run(w, &put_person, ARGS(INT(4), TEXT(S("idle")), INT(2), NIL)));
    assert_ok(w, store_run(w, &put_system, ARGS(INT(1), TEXT(S("lan")), INT(4))));
    str staff = S("staff"), manager = S("manager");
    const struct { int64_t id; str code, duty; int64_t org, system, person, since, until; } posts[] = {
        {1, S_INIT("p1"), manager, 2, 0, 1, 0, 0},
        {2, S_INIT("p2"), staff, 3, 0, 2, 0, day},         /* ends today */
        {3, S_INIT("p/3"), staff, 3, 1, 2, day, 0},        /* begins today, for a system of otsu */
        {4, S_INIT("p4"), staff, 3, 0, 1, day + 1, 0},     /* tomorrow */
        {5, S_INIT("p5"), staff, 3, 0, 1, 0, day - 1},     /* until yesterday */
        {6, S_INIT("p6"), staff, 3, 0, 3, 0, 0},
    };
    for (size_t i = 0; i < sizeof posts / sizeof posts[0]; i++) {
        assert_ok(w, store_run(w, &put_post, ARGS(INT(posts[i].id), TEXT(posts[i].code), TEXT(posts[i].duty),
                                                  INT(posts[i].org), int_or_nil(posts[i].system, posts[i].system != 0),
                                                  INT(posts[i].person), int_or_nil(posts[i].since, posts[i].since != 0),
                                                  int_or_nil(posts[i].until, posts[i].until != 0))));
    }
    assert_ok(w, store_commit(w));
}

static void one_current_post_is_found(struct work *w)
{
    small_house(w);
    struct actor a;
    assert_ok(w, actor_find(w, S("one"), S("root"), &a));
    assert_str(a.person_code, "one");
    assert_str(a.post_code, "p1");
    assert_str(a.duty, "manager");
    assert_str(a.org_code, "koh");
    assert_str(a.system_user, "root");
    assert_int_equal(a.rights, MAY_MANAGE);
    assert_int_equal(a.lo, 2);
    assert_int_equal(a.hi, 4);
    assert_ok(w, actor_find(w, S("one/p1"), S("root"), &a));
    assert_str(a.post_code, "p1");
}

static void several_posts_want_a_choice(struct work *w)
{
    small_house(w);
    struct actor a = {.person = 77};
    assert_err(w, actor_find(w, S("two/b"), S(""), &a), INVALID);
    assert_int_equal(a.person, 77);
    assert_fault(w, "'two/b' holds several posts today: say which one, as two/b/POST, of p/3, p2");
    assert_ok(w, actor_find(w, S("two/b/p2"), S(""), &a));
    assert_str(a.org_code, "koh-1");
    assert_ok(w, actor_find(w, S("two/b/p/3"), S(""), &a));
    /* Parted already, a slash parts nothing: neither can a person's code swallow a post nor a post a person. */
    assert_ok(w, actor_find_post(w, S("two/b"), S("p/3"), S(""), &a));
    assert_str(a.person_code, "two/b");
    assert_str(a.post_code, "p/3");
    assert_err(w, actor_find_post(w, S("two"), S("b/p2"), S(""), &a), NOTFOUND);
    assert_err(w, actor_find_post(w, S("two/b/p2"), S(""), S(""), &a), NOTFOUND);
    w->faults.count = 0;
    assert_str(a.org_code, "otsu"); /* the system's */
    assert_int_equal(a.lo, 4);
}

static void who_has_no_post_is_told(struct work *w)
{
    small_house(w);
    static const struct { const char *as; enum err err; const char *says; } cases[] = {
        {"nobody", NOTFOUND, "nobody is known as 'nobody' today"},
        {"left", NOTFOUND, "nobody is known as 'left' today"},
        {"nobody/p1", NOTFOUND, "nobody is known as 'nobody/p1' today"},
        {"idle", DENIED, "'idle' holds no post today"},
        {"one/p4", NOTFOUND, "'one' does not hold the post 'p4' today, but p1"},
        {"one/p5", NOTFOUND, "'one' does not hold the post 'p5' today, but p1"},
        {"one/p2", NOTFOUND, "'one' does not hold the post 'p2' today, but p1"},
        {"", NOTFOUND, "nobody is known as '' today"},
        {"/", NOTFOUND, "nobody is known as '/' today"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct actor a;
        assert_err(w, actor_find(w, str_of(cases[i].as), S(""), &a), cases[i].err);
        assert_fault(w, cases[i].says);
    }
}

static void organisations_out_of_reach_do_not_exist(struct work *w)
{
    small_house(w);
    struct actor a;
    struct org o;
    assert_ok(w, actor_find(w, S("one"), S(""), &a));
    w->actor = &a;
    w->lo = a.lo;
    w->hi = a.hi;
    assert_ok(w, org_find(w, S("koh-1"), &o));
    assert_int_equal(o.id, 3);
    assert_int_equal(o.parent, 2);
    assert_int_equal(o.depth, 2);
    assert_ok(w, org_by_id(w, 2, &o));
    assert_str(o.code, "koh");
    assert_err(w, org_find(w, S("otsu"), &o), NOTFOUND);
    assert_fault(w, "no organisation 'otsu': `meguri registry organisations` lists those you may see");
    assert_err(w, org_find(w, S("none"), &o), NOTFOUND);
    assert_fault(w, "no organisation 'none': `meguri registry organisations` lists those you may see");
    assert_err(w, org_by_id(w, 4, &o), NOTFOUND);
    w->faults = (struct faults){0};
    struct org *all;
    size_t n;
    assert_ok(w, org_all(w, &all, &n));
    assert_int_equal(n, 2);
    assert_str(all[0].code, "koh");
    assert_str(all[1].code, "koh-1");
}

static void those_that_ended_are_left_out_of_the_list(struct work *w)
{
    small_house(w);
    struct org *all, gone;
    size_t n;
    assert_ok(w, org_all(w, &all, &n));
    assert_int_equal(n, 4);
    for (size_t i = 1; i < n; i++) assert_true(all[i - 1].lo < all[i].lo);
    assert_ok(w, org_find(w, S("gone"), &gone));
}

#define ON_EACH(test) static void test##_each(void **state) { (void)state; each_store(test); }
ON_EACH(numbering_follows_the_order)
ON_EACH(one_current_post_is_found)
ON_EACH(several_posts_want_a_choice)
ON_EACH(who_has_no_post_is_told)
ON_EACH(organisations_out_of_reach_do_not_exist)
ON_EACH(those_that_ended_are_left_out_of_the_list)

/* Pure: whose bureau it is, for who reaches the whole tree. */
static void test_branch(void **state)
{
    (void)state;
    const struct org all[] = {{.id = 1, .lo = 1, .hi = 9}, {.id = 2, .parent = 1, .lo = 2, .hi = 4}, {.id = 3, .parent = 2, .lo = 3, .hi = 4},
                              {.id = 4, .parent = 1, .lo = 4, .hi = 9}};
    assert_ptr_equal(org_branch(all, 4, 3), &all[1]);
    assert_ptr_equal(org_branch(all, 4, 2), &all[1]);
    assert_ptr_equal(org_branch(all, 4, 8), &all[3]);
    assert_null(org_branch(all, 4, 1));
    assert_null(org_branch(all, 4, 9));
    assert_null(org_branch(&all[1], 2, 3)); /* a ministry's own people know whose bureaus they are */
    assert_null(org_branch(all, 0, 3));
}

/* 15:00 UTC is midnight in Japan: the pages' clock, due days and posts turn to the next day together. */
static void days_begin_at_midnight_in_japan(void **state)
{
    (void)state;
    struct work w = {.now = 20000 * INT64_C(86400) + 15 * 3600 - 1};
    assert_int_equal(today(&w), 20000);
    w.now++;
    assert_int_equal(today(&w), 20001);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_branch),
        cmocka_unit_test(rights_are_words),
        cmocka_unit_test(days_begin_at_midnight_in_japan),
        cmocka_unit_test(reach_is_half_open),
        cmocka_unit_test(a_forest_is_numbered),
        cmocka_unit_test(a_tree_may_be_deep),
        cmocka_unit_test(numbering_follows_the_order_each),
        cmocka_unit_test(one_current_post_is_found_each),
        cmocka_unit_test(several_posts_want_a_choice_each),
        cmocka_unit_test(who_has_no_post_is_told_each),
        cmocka_unit_test(organisations_out_of_reach_do_not_exist_each),
        cmocka_unit_test(those_that_ended_are_left_out_of_the_list_each),
    };
    return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
