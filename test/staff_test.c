/* Staff lists: what a list changes (pure), and the list taken over – joins, leaves, moves, concurrent posts, vacancies
 * – with what must be refused. Random lists against the plainest reading of them. Tags of systems at the end. */
#include "inspect_kit.h"

#include <time.h>

#include "registry/staff_diff.h"

#define LIST "person,name_ja,org,duty,mail,concurrent,system\n"

/* ---- the pure part ---- */

enum { A1 = 1, A2 = 2, OUT = 3 };          /* organisations; OUT is not of the list's */
enum { STAFF = 1, HEAD = 2, MANAGER = 3 }; /* duties; staff posts end with their holder */

static struct staff_person stands(const char *name, uint32_t org)
{
    return (struct staff_person){.name_ja = str_of(name), .org = org, .stands = true, .inside = org != OUT};
}
static struct staff_post post(const char *code, uint32_t org, uint32_t duty, ptrdiff_t person)
{
    return (struct staff_post){
        .code = str_of(code), .seat = {org, duty, 0}, .person = person, .inside = org != OUT, .ends = duty == STAFF};
}
static struct staff_row row(size_t person, const char *name, uint32_t org, uint32_t duty, bool further)
{
    return (struct staff_row){.person = person, .seat = {org, duty, 0}, .further = further, .name_ja = str_of(name)};
}

struct pure {
    struct arena *a;
    struct staff_diff d;
};
static struct pure compare(const struct staff_person *p, size_t np, const struct staff_post *s, size_t ns,
                           const struct staff_row *r, size_t nr, bool whole)
{
    struct pure out = {.a = arena_new(0)};
    const struct staff_lists lists = {p, s, r, np, ns, nr, whole};
    staff_compare(out.a, &lists, &out.d);
    return out;
}
#define N_OF(x) (sizeof(x) / sizeof *(x))
#define COMPARE(p, s, r, whole) compare(p, N_OF(p), s, N_OF(s), r, N_OF(r), whole)

static const struct staff_change *change_of(const struct staff_diff *d, enum staff_kind kind, size_t person)
{
    for (size_t i = 0; i < d->n_changes; i++)
        if (d->change[i].kind == kind && d->change[i].person == person) return &d->change[i];
    fail_msg("no change of kind %d for person %zu", (int)kind, person);
    return NULL;
}

static const struct staff_post_change *post_change(const struct staff_diff *d, size_t post)
{
    for (size_t i = 0; i < d->n_posts; i++)
        if (d->post[i].post == post) return &d->post[i];
    fail_msg("post %zu is not changed", post);
    return NULL;
}

/* The head leaves and one of the staff succeeds: the head's post passes on, the staff posts end. */
static void test_succession(void **state)
{
    (void)state;
    const struct staff_person p[] = {stands("h", A1), stands("s", A1), stands("t", A1)};
    const struct staff_post s[] = {post("ha", A1, HEAD, 0), post("s1", A1, STAFF, 1), post("s2", A1, STAFF, 2)};
    const struct staff_row r[] = {row(1, "s", A1, HEAD, false), row(2, "t", A1, STAFF, false)};
    struct pure x = COMPARE(p, s, r, true);
    assert_int_equal(x.d.n_changes, 2);
    assert_int_equal(change_of(&x.d, STAFF_LEAVE, 0)->from.duty, HEAD);
    const struct staff_change *move = change_of(&x.d, STAFF_MOVE, 1);
    assert_true(move->from.duty == STAFF && move->to.duty == HEAD && move->to.org == A1);
    assert_int_equal(post_change(&x.d, 0)->person, 1); /* the same post, its code stays */
    assert_false(post_change(&x.d, 0)->ends);
    assert_true(post_change(&x.d, 1)->ends);
    assert_int_equal(post_change(&x.d, 1)->person, 1); /* who held it is not forgotten */
    assert_true(x.d.leaves[0] && !x.d.leaves[1] && !x.d.changed[1]);
    assert_int_equal(x.d.unchanged, 1);
    arena_free(x.a);
    /* Without --whole nobody leaves, and the head has to be told of first. */
    x = COMPARE(p, s, r, false);
    assert_int_equal(x.d.counts[STAFF_LEAVE], 0);
    assert_true(post_change(&x.d, 3)->person == 1); /* so a second post of a head is made */
    arena_free(x.a);
}

/* Vacant posts are taken in the order of their codes, then new ones are made; what nobody takes is told as vacant. */
static void test_vacancies(void **state)
{
    (void)state;
    const struct staff_person p[] = {stands("m", A1), {.org = 0}, {.org = 0}, {.org = 0}};
    const struct staff_post s[] = {post("s9", A1, STAFF, STAFF_NONE), post("ma", A1, MANAGER, 0),
                                   post("s3", A1, STAFF, STAFF_NONE), post("s1", A2, STAFF, STAFF_NONE)};
    const struct staff_row r[] = {row(1, "x", A1, STAFF, false), row(2, "y", A1, STAFF, false),
                                  row(3, "z", A1, STAFF, false)};
    struct pure x = COMPARE(p, s, r, true);
    assert_int_equal(post_change(&x.d, 2)->person, 1);
    assert_int_equal(post_change(&x.d, 0)->person, 2);
    assert_int_equal(post_change(&x.d, 4)->person, 3);
    assert_int_equal(x.d.counts[STAFF_JOIN], 3);
    assert_str(change_of(&x.d, STAFF_VACATED, 0)->was, "ma");
    assert_int_equal(post_change(&x.d, 1)->person, STAFF_NONE);
    assert_int_equal(x.d.n_posts, 4); /* A2's is left alone */
    arena_free(x.a);
}

/* Concurrent posts come and go beside the main one; who only is lent here gives up what is here. */
static void test_further(void **state)
{
    (void)state;
    struct staff_person p[] = {stands("a", A1), stands("guest", OUT), stands("comer", OUT), stands("b", A1)};
    const struct staff_post s[] = {post("s1", A1, STAFF, 0), post("ha", A2, HEAD, 0),   post("g", A1, MANAGER, 1),
                                   post("o1", OUT, HEAD, 1), post("o2", OUT, STAFF, 2), post("out", OUT, HEAD, 3)};
    const struct staff_row r[] = {row(0, "a", A1, STAFF, false), row(0, "", A1, MANAGER, true),
                                  row(2, "comer", A2, HEAD, false), row(3, "b", A1, 0, false)};
    struct pure x = COMPARE(p, s, r, true);
    assert_int_equal(change_of(&x.d, STAFF_FURTHER, 0)->to.duty, MANAGER);
    assert_int_equal(change_of(&x.d, STAFF_GIVEN_UP, 0)->from.org, A2);
    assert_int_equal(change_of(&x.d, STAFF_GIVEN_UP, 1)->from.duty, MANAGER);
    assert_int_equal(x.d.counts[STAFF_LEAVE], 0);      /* a guest does not leave by our list */
    assert_int_equal(post_change(&x.d, 2)->person, 0); /* what the guest gave up is taken over */
    assert_int_equal(post_change(&x.d, 1)->person, 2);
    assert_true(post_change(&x.d, 4)->ends); /* where they come from it is given up */
    assert_int_equal(change_of(&x.d, STAFF_MOVE, 2)->from.org, OUT);
    for (size_t i = 0; i < x.d.n_posts; i++) assert_true(x.d.post[i].post != 3 && x.d.post[i].post != 5);
    assert_int_equal(x.d.unchanged, 1); /* b, whose post elsewhere is not this list's */
    arena_free(x.a);
}

static void test_words(void **state)
{
    (void)state;
    struct staff_person p[] = {stands("old", A1), stands("same", A1)};
    p[0].mail = S("o@x");
    p[1].mail = S("s@x");
    struct staff_row r[] = {row(0, "new", A1, 0, false), row(1, "same", A1, 0, false)};
    const struct staff_post none[] = {post("v", A2, STAFF, STAFF_NONE)};
    r[0].mail = S("n@x"); /* the other's is empty: kept */
    struct pure x = COMPARE(p, none, r, true);
    assert_str(change_of(&x.d, STAFF_RENAMED, 0)->became, "new");
    assert_str(change_of(&x.d, STAFF_MAIL, 0)->was, "o@x");
    assert_int_equal(x.d.n_changes, 2);
    assert_true(x.d.changed[0] && !x.d.changed[1]);
    arena_free(x.a);
}

/* ---- the act ---- */

static str state_of(struct work *w)
{
    static const struct sql people =
        OPEN("a test", "SELECT x.code, o.code, x.name_ja, x.mail, coalesce(x.since, -1),"
                       " coalesce(x.until, -1) FROM person x JOIN org o ON o.id = x.org ORDER BY x.code");
    static const struct sql posts =
        OPEN("a test", "SELECT p.code, o.code, p.duty, coalesce(x.code, '~'), coalesce(p.since, -1),"
                       " coalesce(p.until, -1) FROM post p JOIN org o ON o.id = p.org"
                       " LEFT JOIN person x ON x.id = p.person ORDER BY p.code");
    const struct sql *all[] = {&people, &posts};
    struct buf b = buf_in(w->a);
    for (size_t i = 0; i < 2; i++) {
        struct rows *r;
        assert_ok(w, store_rows(w, all[i], NOARGS, &r));
        while (rows_next(r)) {
            for (int c = 0; c < 4; c++) buf_fmt(&b, "%.*s|", STR_ARG(rows_text(r, c)));
            buf_fmt(&b, "%d|%d\n", (int)rows_int(r, 4), (int)rows_int(r, 5));
        }
        assert_ok(w, rows_done(r));
    }
    return buf_str(&b);
}

static bool stands_in(struct work *w, const char *line) { return str_find(state_of(w), str_of(line)) >= 0; }
#define assert_line(w, line)                                                                                           \
    do {                                                                                                               \
        if (!stands_in(w, line)) fail_msg("no '%s' in\n%.*s", line, STR_ARG(state_of(w)));                             \
    } while (0)

#define ON                                                                                                             \
    {                                                                                                                  \
        "on", "2007-04-20"                                                                                             \
    }
#define A_LIST {"org", "A"}, ON
#define EVE 13622 /* 2007-04-19 */
#define THE_DAY 13623

/* All of ministry A as small_registry has it. */
#define AS_IT_IS LIST "pa1,秘甲一,a1,staff,,,\npa2,秘甲二,a1,職員,,,\npha,秘甲長,a1,head,,,\npoa,秘甲担,A,officer,,,\n"

static void list_as_it_is(struct work *w)
{
    small_registry(w);
    str before = state_of(w);
    struct kept *k = doing(as(w, "poa"), "registry", "staff", A_LIST, {"whole", "1"}, FILED(AS_IT_IS));
    assert_int_equal(fact_int(k, "unchanged"), 4);
    assert_int_equal(fact_int(k, "standing"), 4);
    assert_true(noted_has(k, "nothing changes"));
    assert_int_equal(kept_table(k, "staff_changes"), -1);
    assert_true(str_eq(before, state_of(w)));
}

static void everything_at_once(struct work *w)
{
    static const char list[] =
        LIST "pa2,新姓,a2,staff,p2@example.jp,,\npha,秘甲長,a1,staff,,,\npoa,秘甲担,A,officer,,,\n"
             "poa,,a1,head,,○,\nnew1,新人,a1,staff,n1@example.jp,,\nnew2,所属のみ,a2,,,,\n";
    small_registry(w);
    struct kept *k = doing(as(w, "poa"), "registry", "staff", A_LIST, {"whole", "1"}, FILED(list));
    assert_int_equal(fact_int(k, "joined"), 2);
    assert_int_equal(fact_int(k, "left"), 1);
    assert_int_equal(fact_int(k, "moved"), 2);
    assert_int_equal(fact_int(k, "further"), 1);
    assert_int_equal(fact_int(k, "renamed"), 1);
    assert_int_equal(fact_int(k, "mail"), 1);
    assert_int_equal(fact_int(k, "vacated"), 0); /* the head's post passed on */
    assert_str(cell_at(k, "staff_changes", "leaves", "pa1", "person")->ja, "秘甲一");
    assert_str(cell_at(k, "staff_changes", "moves", "pa2", "from")->ja, "甲一局（職員）");
    assert_str(cell_at(k, "staff_changes", "moves", "pa2", "to")->en, "Bureau A2 (Staff)");
    assert_line(w, "pa1|a1|秘甲一||-1|13622\n");            /* the last day is the one before */
    assert_line(w, "s1|a1|staff|pa1|-1|13622\n");           /* their post ends with them in it */
    assert_line(w, "s3|a2|staff|pa2|-1|-1\n");              /* the vacant one is taken over, its code stays */
    assert_line(w, "ha|a1|head|poa|-1|-1\n");               /* so is the head's */
    assert_line(w, "a1-staff-pha|a1|staff|pha|13623|-1\n"); /* new ones are made */
    assert_line(w, "a1-staff-new1|a1|staff|new1|13623|-1\n");
    assert_line(w, "new2|a2|所属のみ||13623|-1\n");
    assert_line(w, "pa2|a2|新姓|p2@example.jp|-1|-1\n");
    assert_line(w, "pb1|b1|秘乙一||-1|-1\n"); /* the other ministry is not touched */
    str after = state_of(w);
    k = doing(as(w, "poa/oa"), "registry", "staff", A_LIST, {"whole", "1"}, FILED(list));
    assert_true(noted_has(k, "nothing changes"));
    assert_true(str_eq(after, state_of(w)));
    assert_int_equal(rows_of(doing(w, "find", "", {"q", "新人"}), "people"), 1); /* found by search at once */
}

static void without_whole_nobody_leaves(struct work *w)
{
    small_registry(w);
    struct kept *k = doing(as(w, "poa"), "registry", "staff", A_LIST, FILED(LIST "new1,新人,a1,staff,,,\n"));
    assert_int_equal(fact_int(k, "left"), 0);
    assert_true(noted_has(k, "only a whole list"));
    assert_line(w, "pa1|a1|秘甲一||-1|-1\n");
    k = doing(
        as(w, "poa"), "registry", "staff", A_LIST, {"whole", "1"},
        FILED(LIST "pa1,秘甲一,a1,staff,,,\npa2,秘甲二,a1,staff,,,\npoa,秘甲担,A,officer,,,\nnew1,新人,a1,staff,,,\n"));
    assert_int_equal(fact_int(k, "vacated"), 1);
    assert_str(cell_at(k, "staff_changes", "vacated", "pha", "post")->text, "ha");
    assert_line(w, "ha|a1|head|~|-1|-1\n");
}

/* More than half leaving is a wrong file, unless it is said to be right. */
static void a_wrong_file_empties_nothing(struct work *w)
{
    small_registry(w);
    str before = state_of(w);
    refused(as(w, "poa"), INVALID, "3 of 4 people would leave", "registry", "staff", A_LIST, {"whole", "1"},
            FILED(LIST "poa,秘甲担,A,officer,,,\n"));
    assert_true(str_eq(before, state_of(w)));
    doing(as(w, "poa"), "registry", "staff", A_LIST, {"whole", "1"}, {"many", "1"},
          FILED(LIST "poa,秘甲担,A,officer,,,\n"));
    assert_line(w, "pha|a1|秘甲長||-1|13622\n");
}

static void a_trial_changes_nothing(struct work *w)
{
    struct given given[ASK_MAX];
    struct args args;
    small_registry(w);
    str before = state_of(w);
    for (int future = 0; future < 2; future++) { /* a list of a day to come may be tried out */
        size_t n = asked(
            w, ASK({"org", "A"}, {"on", future ? "2007-05-01" : "2007-04-20"}, FILED(LIST "new1,新人,a1,staff,,,\n")),
            given);
        struct kept *k = kept_new(w);
        struct work *poa = as(w, "poa");
        assert_ok(poa, args_parse(poa, entry_of("registry", "staff"), given, n, &args));
        assert_ok(poa, door_act(poa, room_find(S("registry")), entry_of("registry", "staff"), &args,
                                str_fmt(w->a, "try-%d", future), true, &k->doc));
        assert_int_equal(fact_int(k, "joined"), 1);
        assert_true(str_eq(before, state_of(w)));
    }
    refused(as(w, "poa"), INVALID, "still to come", "registry", "staff", {"org", "A"}, {"on", "2007-05-01"},
            FILED(LIST "new1,新人,a1,staff,,,\n"));
    assert_true(str_eq(before, state_of(w)));
}

/* Between ministries: first the list of the office they leave. */
static void who_comes_from_elsewhere(struct work *w)
{
    static const char b_list[] = LIST "phb,秘乙長,b1,head,,,\npob,秘乙担,B,officer,,,\n";
    static const char a_list[] = AS_IT_IS "pb1,秘乙一,a2,staff,,,\n";
    small_registry(w);
    str before = state_of(w);
    refused(as(w, "poa"), CONFLICT, "list of another office", "registry", "staff", A_LIST, FILED(a_list));
    assert_true(str_eq(before, state_of(w)));
    doing(as(w, "pob"), "registry", "staff", {"org", "B"}, ON, {"whole", "1"}, FILED(b_list));
    assert_line(w, "t1|b1|staff|pb1|-1|13622\n");
    doing(as(w, "poa"), "registry", "staff", A_LIST, FILED(a_list));
    assert_line(w, "pb1|a2|秘乙一||13623|-1\n");
    assert_line(w, "s3|a2|staff|pb1|-1|-1\n");
    /* Within one reach it is one step. */
    doing(w, "registry", "staff", {"org", "B"}, ON, FILED(LIST "pa1,秘甲一,b1,staff,,,\n"));
    assert_line(w, "pa1|b1|秘甲一||-1|-1\n");
    assert_line(w, "s1|a1|staff|pa1|-1|13622\n");
    assert_line(w, "t2|b1|staff|pa1|-1|-1\n"); /* was vacant */
}

/* Someone who left elsewhere but whose post there was never ended would get it back with them. */
/* Of who left an office out of reach the new one learns nothing, and takes no old address along: the list says it all. */
static void who_left_elsewhere(struct work *w)
{
    small_world(w);
    doing(w, "registry", "import", {"what", "people"}, FILED("code,org,name_ja,name_en,mail,from,to\npb1,b1,秘乙一,Secret,b1@example.jp,,\n"));
    doing(as(w, "pob"), "registry", "staff", {"org", "B"}, ON, {"whole", "1"}, FILED(LIST "phb,秘乙長,b1,head,,,\npob,秘乙担,B,officer,,,\n"));
    refused(as(w, "poa"), DENIED, "an address is a way in", "registry", "staff", A_LIST,
            FILED(AS_IT_IS "pb1,推測,a2,staff,mine@example.jp,,\n"));
    struct kept *k = doing(as(w, "poa"), "registry", "staff", A_LIST, FILED(AS_IT_IS "pb1,推測,a2,staff,,,\n"));
    const struct cell *name = cell_at(k, "staff_changes", "joins", NULL, "person");
    assert_str(name->ja, "推測");
    assert_str(name->en, "");
    assert_line(w, "pb1|a2|推測||13623|-1\n");
}

/* Someone who had left but whose post out of reach was never ended would get it back with them. */
static void who_comes_back(struct work *w)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,to\nphb,b1,秘乙長,2007-04-01\npa1,a1,秘甲一,2007-04-01\n"));
    refused(as(w, "poa"), CONFLICT, "still name them", "registry", "staff", A_LIST,
            FILED(LIST "phb,秘乙長,a1,staff,,,\n"));
    doing(as(w, "poa"), "registry", "staff", A_LIST, FILED(LIST "pa1,秘甲一,a1,staff,,,\n"));
    assert_line(w, "pa1|a1|秘甲一||13623|-1\n");
    assert_line(w, "s1|a1|staff|pa1|-1|-1\n"); /* held by one who had left: vacant, and taken again */
    refused(as(w, "poa"), INVALID, "cannot leave the day before", "registry", "staff", A_LIST, {"whole", "1"},
            FILED(LIST "pa2,秘甲二,a1,staff,,,\npha,秘甲長,a1,head,,,\npoa,秘甲担,A,officer,,,\n"));
}

static void rules_of_the_import_hold(struct work *w)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "duty-forbidden"},
          FILED("duty,other,reason_ja\nhead,officer,兼ねない\nstaff,viewer,兼ねない\n"));
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,mail\npb1,b1,秘乙一,taken@example.jp\n"));
    str before = state_of(w);
    struct work *poa = as(w, "poa");
    refused(poa, INVALID, "exclude each other", "registry", "staff", A_LIST,
            FILED(LIST "pha,秘甲長,a1,head,,,\npha,,A,officer,,yes,\n"));
    refused(poa, INVALID, "another person's (…)", "registry", "staff", A_LIST,
            FILED(LIST "pa1,秘甲一,a1,staff,taken@example.jp,,\n"));
    refused(poa, DENIED, "carries rights that you do not hold (centre)", "registry", "staff", A_LIST,
            FILED(LIST "pa1,秘甲一,a1,centre,,,\n"));
    refused(poa, INVALID, "has a stroke", "registry", "staff", A_LIST, FILED(LIST "x/1,新,a1,staff,,,\n"));
    refused(poa, NOTFOUND, "no organisation 'B'", "registry", "staff", {"org", "B"}, ON, FILED(AS_IT_IS));
    refused(as(w, "pha"), DENIED, "posts that manage", "registry", "staff", {"org", "a1"}, ON, FILED(AS_IT_IS));
    assert_true(str_eq(before, state_of(w)));
    /* Moving from staff to viewer ends the one with the other: no collision with a post that ends. */
    doing(poa, "registry", "staff", A_LIST, FILED(LIST "pa1,秘甲一,a1,viewer,,,\n"));
    /* Who holds a post out of reach is renamed by who reaches it. */
    doing(w, "registry", "import", {"what", "posts"}, FILED("code,duty,org,person\nlent,staff,b1,pa2\n"));
    refused(poa, DENIED, "out of your reach", "registry", "staff", A_LIST, FILED(LIST "pa2,別名,a1,staff,,,\n"));
    doing(poa, "registry", "staff", A_LIST, FILED(LIST "pa2,秘甲二,a2,staff,,,\n"));
    assert_line(w, "lent|b1|staff|pa2|-1|-1\n");
}

/* A system's post, and people lent within reach: named by where they belong. */
static void systems_and_guests(struct work *w)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "systems"},
          FILED("code,org,kind,name_ja,name_en\nlan-a,a1,system,甲LAN,LAN of A\n"));
    doing(as(w, "poa"), "registry", "staff", A_LIST, FILED(LIST "pa1,秘甲一,a1,staff,,,\npa1,,a1,head,,yes,lan-a\n"));
    static const struct sql post =
        OPEN("a test", "SELECT s.code FROM post p JOIN system s ON s.id = p.system WHERE p.code = 'a1-head-pa1'");
    str system;
    assert_ok(w, store_text(w, &post, NOARGS, &system));
    assert_str(system, "lan-a");
    refused(as(w, "poa"), INVALID, "belongs to another organisation", "registry", "staff", A_LIST,
            FILED(LIST "pa1,秘甲一,a2,head,,,lan-a\n"));
    /* pa2 of a1 helps in a2, which has a list of its own. */
    doing(as(w, "poa"), "registry", "staff", {"org", "a2"}, ON, FILED(LIST "pa2,秘甲二,a1,,,,\npa2,,a2,head,,yes,\n"));
    assert_line(w, "a2-head-pa2|a2|head|pa2|13623|-1\n");
    assert_line(w, "s2|a1|staff|pa2|-1|-1\n");
    struct kept *k =
        doing(as(w, "poa"), "registry", "staff", {"org", "a2"}, ON, {"whole", "1"}, FILED(LIST "n1,新,a2,staff,,,\n"));
    assert_int_equal(fact_int(k, "given_up"), 1);
    assert_int_equal(fact_int(k, "left"), 0);
    assert_line(w, "pa2|a1|秘甲二||-1|-1\n");
    refused(as(w, "poa"), INVALID, "is not of the organisation", "registry", "staff", {"org", "a2"}, ON,
            FILED(LIST "pa2,秘甲二,a1,staff,,,\n"));
}

/* Every bad row is named with row and column, and nothing is stored. */
static void bad_rows(struct work *w)
{
    static const struct {
        const char *row, *part;
        int row_at, column;
    } bad[] = {
        {",名,a1,staff,,,\n", "'person' is empty", 2, 1},
        {"a b,名,a1,staff,,,\n", "is no code", 2, 1},
        {"n1,,a1,staff,,,\n", "'name_ja' is empty", 2, 2},
        {"n1,名,,staff,,,\n", "'org' is empty", 2, 3},
        {"n1,名,zz,staff,,,\n", "no organisation 'zz'", 2, 3},
        {"n1,名,b1,staff,,,\n", "no organisation 'b1'", 2, 3},
        {"n1,名,a1,nope,,,\n", "no duty 'nope'", 2, 4},
        {"n1,名,a1,staff,,maybe,\n", "does not say whether it is a concurrent post", 2, 6},
        {"n1,名,a1,staff,,yes,\n", "has only concurrent posts", 2, 6},
        {"n1,名,a1,staff,,,\nn1,名,a2,staff,,,\n", "says where they belong already (row 2)", 3, 6},
        {"n1,名,a1,staff,,,\nn1,,a1,head,,yes,\nn1,,a1,head,,yes,\n", "stands twice: first in row 3", 4, 1},
        {"n1,名,a1,staff,,,\nn1,,a1,,,yes,\n", "needs its duty", 3, 4},
        {"n1,名,a1,staff,,,nope\n", "no system 'nope'", 2, 7},
        {"n1,名,a1\n", "", 2, 0},
    };
    small_registry(w);
    str before = state_of(w);
    for (size_t i = 0; i < N_OF(bad); i++) {
        struct work *poa = as(w, "poa");
        str list = str_fmt(w->a, "%s%s", LIST, bad[i].row);
        enum err e = through_door(poa, "registry", "staff", ASK(A_LIST, FILED(str_c(w->a, list))), kept_new(w));
        assert_int_not_equal(e, OK);
        assert_int_equal(poa->faults.first[0].where.row, bad[i].row_at);
        if (bad[i].column != 0) assert_int_equal(poa->faults.first[0].where.column, bad[i].column);
        check_fault(poa, bad[i].part, __FILE__, __LINE__);
        assert_true(str_eq(before, state_of(w)));
    }
    /* All at once: each is told. */
    struct work *poa = as(w, "poa");
    assert_err(poa,
               through_door(poa, "registry", "staff",
                            ASK(A_LIST, FILED(LIST "n1,名,zz,staff,,,\nn2,名,a1,nope,,,\nn3,,a1,staff,,,\n")),
                            kept_new(w)),
               NOTFOUND);
    assert_int_equal(poa->faults.count, 3);
    refused(as(w, "poa"), INVALID, "", "registry", "staff", A_LIST, FILED("person,org\nn1,a1\n"));
    refused(as(w, "poa"), INVALID, "", "registry", "staff", A_LIST,
            FILED("person,name_ja,org,duty,salary\nn1,x,a1,staff,1\n"));
    /* CP932, as spreadsheets of the offices write it: 名 is 96 BC. */
    doing(as(w, "poa"), "registry", "staff", A_LIST, FILED("person,name_ja,org,duty\r\nn9,\x96\xBC,a1,staff\r\n"));
    assert_line(w, "n9|a1|名||13623|-1\n");
}

/* Codes of new posts are unique, also where somebody took them before. */
static void codes_are_unique(struct work *w)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "posts"}, FILED("code,duty,org,person\na1-staff-n1,staff,b1,\n"));
    doing(as(w, "poa"), "registry", "staff", A_LIST, FILED(LIST "n1,新,a1,staff,,,\n"));
    assert_line(w, "a1-staff-n1-2|a1|staff|n1|13623|-1\n");
    char code[64];
    memset(code, 'x', 60);
    code[60] = '\0';
    refused(as(w, "poa"), INVALID, "longer than 64 bytes", "registry", "staff", A_LIST,
            FILED(str_c(w->a, str_fmt(w->a, LIST "%s,新,a1,staff,,,\n", code))));
}

/* ---- random lists, against the plainest reading: what the list says is what stands ---- */

static uint32_t dice(uint64_t *seed, uint32_t n)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t)(*seed >> 33) % n;
}

struct drawn {
    bool in;
    int org, duty, further, further_org; /* duty 0: none; further 0: none */
};
static const char *const orgs[] = {"A", "a1", "a2"};
static const char *const duties[] = {"", "staff", "head", "viewer"};
enum { DRAWN = 12, DRAWS = 60 };

static str draw(struct work *w, uint64_t *seed, struct drawn *out)
{
    struct buf b = buf_in(w->a);
    buf_add(&b, S(LIST));
    for (int i = 0; i < DRAWN; i++) {
        out[i] = (struct drawn){dice(seed, 4) != 0, (int)dice(seed, 3), (int)dice(seed, 4), 0, 0};
        if (!out[i].in) continue;
        buf_fmt(&b, "r%d,名%d,%s,%s,,,\n", i, i, orgs[out[i].org], duties[out[i].duty]);
        if (dice(seed, 3) != 0) continue;
        out[i].further = 1 + (int)dice(seed, 3);
        out[i].further_org = (int)dice(seed, 3);
        if (out[i].further == out[i].duty && out[i].further_org == out[i].org)
            out[i].further = 0;
        else
            buf_fmt(&b, "r%d,,%s,%s,,yes,\n", i, orgs[out[i].further_org], duties[out[i].further]);
    }
    return buf_str(&b);
}

static int64_t held(struct work *w, int person, const char *org, const char *duty, int64_t day)
{
    static const struct sql count =
        OPEN("a test",
             "SELECT count(*) FROM post p JOIN person x ON x.id = p.person JOIN org o ON o.id = p.org"
             " WHERE x.code = $1 AND ($2 = '' OR (o.code = $2 AND p.duty = $3)) AND (p.since IS NULL OR p.since <= $4)"
             " AND (p.until IS NULL OR p.until >= $4) AND (x.until IS NULL OR x.until >= $4)");
    int64_t n = 0;
    assert_ok(w,
              store_int(w, &count,
                        ARGS(TEXT(str_fmt(w->a, "r%d", person)), TEXT(str_of(org)), TEXT(str_of(duty)), INT(day)), &n));
    return n;
}

static void check_drawn(struct work *w, const struct drawn *d, int64_t day)
{
    for (int i = 0; i < DRAWN; i++) {
        int64_t wanted = d[i].in ? (d[i].duty != 0) + (d[i].further != 0) : 0;
        assert_int_equal(held(w, i, "", "", day), wanted);
        if (d[i].in && d[i].duty != 0) assert_int_equal(held(w, i, orgs[d[i].org], duties[d[i].duty], day), 1);
        if (d[i].in && d[i].further != 0)
            assert_int_equal(held(w, i, orgs[d[i].further_org], duties[d[i].further], day), 1);
        if (d[i].in) assert_true(stands_in(w, str_c(w->a, str_fmt(w->a, "\nr%d|%s|", i, orgs[d[i].org]))));
    }
}

static void random_lists(struct work *w)
{
    uint64_t seed = 20070423;
    struct drawn d[DRAWN];
    small_registry(w);
    for (int i = 0; i < DRAWS; i++) {
        struct arena_mark mark = arena_mark(w->a);
        w->now += DAY;
        const char *on = str_c(w->a, date_text(w->a, w->now / DAY));
        str list = draw(w, &seed, d);
        struct kept *k = kept_new(w);
        assert_ok(
            w, through_door(w, "registry", "staff",
                            ASK({"org", "A"}, {"on", on}, {"whole", "1"}, {"many", "1"}, FILED(str_c(w->a, list))), k));
        check_drawn(w, d, w->now / DAY);
        str after = state_of(w);
        k = kept_new(w);
        assert_ok(w, through_door(w, "registry", "staff",
                                  ASK({"org", "A"}, {"on", on}, {"whole", "1"}, FILED(str_c(w->a, list))), k));
        assert_true(noted_has(k, "nothing changes"));
        assert_true(str_eq(after, state_of(w)));
        arena_back(w->a, mark);
    }
}

/* Bytes changed at random: it is taken, or refused with a fault and nothing stored. */
static void broken_bytes(struct work *w)
{
    uint64_t seed = 7;
    int refusals = 0;
    small_registry(w);
    for (int i = 0; i < 400; i++) {
        struct arena_mark mark = arena_mark(w->a);
        str before = state_of(w);
        size_t n = sizeof AS_IT_IS - 1;
        char *list = arena_alloc(w->a, n + 1);
        memcpy(list, AS_IT_IS, n);
        for (uint32_t k = 1 + dice(&seed, 4); k > 0; k--) list[dice(&seed, (uint32_t)n)] = (char)dice(&seed, 256);
        struct work *poa = as(w, "poa");
        poa->faults.count = 0;
        enum err e = through_door(poa, "registry", "staff",
                                  ASK(A_LIST, {"whole", "1"}, {.name = "file", .text = list, .file = "b.csv", .n = n}),
                                  kept_new(w));
        if (e != OK) {
            refusals++;
            assert_true(poa->faults.count > 0);
            assert_true(str_eq(before, state_of(w)));
        } else { /* back to where it was */
            doing(w, "registry", "import", {"what", "people"},
                  FILED("code,org,name_ja,name_en,mail,from,to\npa1,a1,秘甲一,,,,\npa2,a1,秘甲二,,,,\npha,a1,秘甲長,,,,"
                        "\npoa,A,秘甲担,,,,\n"));
            doing(w, "registry", "import", {"what", "posts"},
                  FILED("code,duty,org,system,person,deputy_of,from,to\ns1,staff,a1,,pa1,,,\ns2,staff,a1,,pa2,,,\nha,"
                        "head,a1,,pha,,,\noa,officer,A,,poa,,,\n"));
        }
        arena_back(w->a, mark);
    }
    assert_true(refusals > 200);
}

/* Twenty thousand people in a few seconds: joining, unchanged, and a fifth of them moving. */
static void large_list(struct work *w)
{
    enum { PEOPLE = 20000 };
    small_registry(w);
    const char *said[] = {"joining", "again", "a fifth moves"};
    for (int turn = 0; turn < 3; turn++) {
        struct buf b = buf_in(w->a);
        buf_add(
            &b,
            S(LIST "pa1,秘甲一,a1,staff,,,\npa2,秘甲二,a1,staff,,,\npha,秘甲長,a1,head,,,\npoa,秘甲担,A,officer,,,\n"));
        for (int i = 0; i < PEOPLE; i++)
            buf_fmt(&b, "q%d,職員 %d,%s,staff,q%d@example.jp,,\n", i, i, turn == 2 && i % 5 == 0 ? "a2" : "a1", i);
        struct timespec from, to;
        clock_gettime(CLOCK_MONOTONIC, &from);
        struct kept *k = kept_new(w);
        assert_ok(
            w, through_door(w, "registry", "staff", ASK(A_LIST, {"whole", "1"}, FILED(str_c(w->a, buf_str(&b)))), k));
        clock_gettime(CLOCK_MONOTONIC, &to);
        double seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
        print_message("20,000 people on %s, %s: %.2f s\n", store_engine(w->store), said[turn], seconds);
        assert_true(seconds < 60);
        assert_int_equal(fact_int(k, "joined"), turn == 0 ? PEOPLE : 0);
        assert_int_equal(fact_int(k, "moved"), turn == 2 ? PEOPLE / 5 : 0);
    }
}

/* ---- tags of systems ---- */

static void tags(struct work *w)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "systems"},
          FILED("code,org,kind,name_ja\nlan-a,a1,system,甲LAN\nlan-b,b1,system,乙LAN\n"));
    struct work *poa = as(w, "poa");
    struct kept *k = doing(poa, "registry", "import", {"what", "system-tags"},
                           FILED("system,key,value\nlan-a,network,LAN\nlan-a,os,Debian 12\npc-a,network,LAN\n"));
    assert_int_equal(fact_int(k, "added"), 3);
    k = doing(poa, "registry", "import", {"what", "system-tags"},
              FILED("system,key,value\nlan-a,network,LAN\nlan-a,os,Debian 13\n"));
    assert_int_equal(fact_int(k, "changed"), 1);
    k = doing(poa, "registry", "systems", {0});
    assert_str(cell_at(k, "systems", "lan-a", NULL, "tags")->text, "network=LAN, os=Debian 13");
    assert_int_equal(cell_at(k, "tags", "network=LAN", NULL, "systems")->i, 2);
    k = doing(poa, "registry", "systems", {"tag.network", "LAN"}, {"tag.os", "Debian 13"});
    assert_int_equal(rows_of(k, "systems"), 1);
    k = doing(poa, "registry", "systems", {"tagged", "network=LAN"});
    assert_int_equal(rows_of(k, "systems"), 2);
    assert_int_equal(rows_of(doing(poa, "registry", "systems", {"tag.network", "WAN"}), "systems"), 0);
    assert_int_equal(rows_of(doing(as(w, "pob"), "registry", "systems", {"tag.network", "LAN"}), "systems"), 0);
    refused(poa, INVALID, "asks for no tag", "registry", "systems", {"tagged", "network"});
    refused(poa, INVALID, "at most 4 tags", "registry", "systems", {"tag.a", "1"}, {"tag.b", "1"}, {"tag.c", "1"},
            {"tag.d", "1"}, {"tag.e", "1"});
    assert_str(file_of_entry(poa, "registry", "export", ASK({"what", "system-tags"})),
               "system,key,value\r\nlan-a,network,LAN\r\nlan-a,os,Debian 13\r\npc-a,network,LAN\r\n");
    refused(poa, NOTFOUND, "no system 'lan-b'", "registry", "import", {"what", "system-tags"},
            FILED("system,key,value\nlan-b,network,LAN\n"));
    doing(w, "registry", "import", {"what", "system-tags"}, FILED("system,key,value\nlan-b,network,LAN\n"));
    refused(poa, NOTFOUND, "no system 'lan-b'", "registry", "import", {"what", "system-tags"},
            FILED("system,key,value\nlan-b,network,WAN\n"));
    refused(poa, INVALID, "is no code", "registry", "import", {"what", "system-tags"},
            FILED("system,key,value\nlan-a,a key,1\n"));
    /* Taken away by an empty value; too long; too many. */
    doing(poa, "registry", "import", {"what", "system-tags"}, FILED("system,key,value\nlan-a,os,\n"));
    assert_str(cell_at(doing(poa, "registry", "systems", {0}), "systems", "lan-a", NULL, "tags")->text, "network=LAN");
    struct buf b = buf_in(w->a);
    buf_add(&b, S("system,key,value\nlan-a,long,"));
    for (int i = 0; i < 201; i++) buf_byte(&b, 'x');
    buf_byte(&b, '\n');
    refused(poa, INVALID, "200 bytes at most", "registry", "import", {"what", "system-tags"},
            FILED(str_c(w->a, buf_str(&b))));
    b = buf_in(w->a);
    buf_add(&b, S("system,key,value\n"));
    for (int i = 0; i < 20; i++) buf_fmt(&b, "lan-a,k%d,%d\n", i, i);
    struct work *v = as(w, "poa");
    assert_err(v,
               through_door(v, "registry", "import", ASK({"what", "system-tags"}, FILED(str_c(w->a, buf_str(&b)))),
                            kept_new(w)),
               INVALID);
    assert_int_equal(v->faults.first[0].where.row, 21);
    assert_fault(v, "would have 21 tags: a system has 20 at most");
    assert_str(cell_at(doing(poa, "registry", "systems", {0}), "systems", "lan-a", NULL, "tags")->text, "network=LAN");
}

#define EACH(name)                                                                                                     \
    static void name##_each(void **state)                                                                              \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        each_store(name);                                                                                              \
    }
EACH(list_as_it_is)
EACH(everything_at_once)
EACH(without_whole_nobody_leaves)
EACH(a_wrong_file_empties_nothing)
EACH(a_trial_changes_nothing)
EACH(who_comes_from_elsewhere)
EACH(who_left_elsewhere)
EACH(who_comes_back)
EACH(rules_of_the_import_hold)
EACH(systems_and_guests)
EACH(bad_rows)
EACH(codes_are_unique)
EACH(random_lists)
EACH(large_list)
EACH(tags)
static void broken_bytes_once(void **state)
{
    (void)state;
    on_sqlite(broken_bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_succession),
        cmocka_unit_test(test_vacancies),
        cmocka_unit_test(test_further),
        cmocka_unit_test(test_words),
        cmocka_unit_test(list_as_it_is_each),
        cmocka_unit_test(everything_at_once_each),
        cmocka_unit_test(without_whole_nobody_leaves_each),
        cmocka_unit_test(a_wrong_file_empties_nothing_each),
        cmocka_unit_test(a_trial_changes_nothing_each),
        cmocka_unit_test(who_comes_from_elsewhere_each),
        cmocka_unit_test(who_left_elsewhere_each),
        cmocka_unit_test(who_comes_back_each),
        cmocka_unit_test(rules_of_the_import_hold_each),
        cmocka_unit_test(systems_and_guests_each),
        cmocka_unit_test(bad_rows_each),
        cmocka_unit_test(codes_are_unique_each),
        cmocka_unit_test(random_lists_each),
        cmocka_unit_test(broken_bytes_once),
        cmocka_unit_test(large_list_each),
        cmocka_unit_test(tags_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
