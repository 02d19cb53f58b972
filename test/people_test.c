/* People who move and leave while a round is open: the sheet stays with who held the post on the base date, and reaches
 * them where they are; a successor never has it. */
#include "inspect_kit.h"

#include "account/account_store.h"

#define SHEET                                                                                                          \
    {"round", "r1"}, { "respondent", "s1" }
#define WORDS "that is yours to answer or to see"
#define ANSWERS                                                                                                        \
    {"answer.2(a)", "done"}, {"answer.2(b)", "done"}, { "answer.3(a)", "done" }

static void world(struct work *w)
{
    small_world(w);
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to\npa1,a1,秘甲一,,pa1@example.jp,,\npa2,a1,秘甲二,,pa2@example.jp,"
                ",\n"));
    assert_ok(w, store_begin(w));
    assert_ok(w, setting_put(w, S("url"), S("https://m.example")));
    assert_ok(w, setting_put(w, S("mail"), S("1")));
    assert_ok(w, store_commit(w));
}

/* The post passes to pa2; pa1 goes where the rows say. */
static void succeed(struct work *w, const char *people, const char *posts)
{
    doing(w, "registry", "import", {"what", "people"}, FILED(people));
    doing(w, "registry", "import", {"what", "posts"}, FILED(posts));
}
#define LEFT "code,org,name_ja,to\npa1,a1,秘甲一,2007-04-10\n"
#define TO_PA2 "code,duty,org,person\ns1,staff,a1,pa2\n"

/* ---- letters ---- */

static bool letter_now(struct work *w, str *to, str *token)
{
    struct letter l;
    enum err e = outbox_next(w, &l);
    if (e == NOTFOUND) return false;
    assert_ok(w, e);
    ptrdiff_t at = str_find(l.text, S("/link/"));
    assert_true(at >= 0);
    *token = str_dup(w->a, str_sub(l.text, (size_t)at + 6, (size_t)at + 6 + 43));
    *to = str_dup(w->a, l.to);
    assert_ok(w, store_begin(w));
    assert_ok(w, outbox_sent(w, l.id, S(""), false));
    assert_ok(w, store_commit(w));
    return true;
}

static str link_sent(struct work *w, const char *to)
{
    str address, token;
    doing(as(w, "poa"), "account", "link", SHEET, {"again", "1"});
    assert_true(letter_now(w, &address, &token));
    assert_str(address, to);
    return token;
}

static enum err look(struct work *w, str token)
{
    struct sheet_link l;
    return link_look(w, token, &l);
}

static enum err use(struct work *w, str token, str *secret)
{
    assert_ok(w, store_begin(w));
    enum err e = link_use(w, token, S("192.0.2.1"), secret);
    if (e != OK)
        store_rollback(w);
    else
        assert_ok(w, store_commit(w));
    return e;
}

/* As the server acts for a session of a link: in no post, within no reach. */
static struct work *by_link(struct work *w, str secret)
{
    struct caller c;
    struct work *v = arena_alloc(w->a, sizeof *v);
    struct actor *actor = arena_alloc(w->a, sizeof *actor);
    *v = *w;
    assert_ok(v, caller_of_session(v, secret, &c));
    assert_str(c.only_respondent, "s1");
    assert_str(c.only_round, "r1");
    assert_ok(v, link_actor(v, &c, actor));
    assert_int_equal(actor->rights, 0);
    assert_int_equal(actor->post, 0);
    assert_true(actor->lo == 0 && actor->hi == 0);
    v->actor = actor;
    v->lo = v->hi = 0;
    return v;
}

/* ---- a successor ---- */

static void successor(struct work *w)
{
    world(w);
    doing(as(w, "pa1"), "inspect", "save", SHEET, {"answer.2(a)", "done"});
    succeed(w, "code,org,name_ja\npa1,b1,秘甲一\n", "code,duty,org,person\ns1,staff,a1,pa2\nt9,viewer,b1,pa1\n");
    struct work *pa2 = as(w, "pa2/s1");
    refused(pa2, NOTFOUND, WORDS, "inspect", "sheet", SHEET);
    refused(pa2, NOTFOUND, WORDS, "inspect", "save", SHEET, {"answer.2(a)", "not_done"});
    refused(pa2, NOTFOUND, WORDS, "inspect", "submit", SHEET, ANSWERS);
    assert_int_equal(row_of(doing(pa2, "inspect", "sheets", {0}), "sheets", "s1", NULL), -1);
    refused(pa2, DENIED, "posts that confirm", "inspect", "confirm", SHEET);
    refused(pa2, DENIED, "", "account", "link", SHEET);
    /* A file, whoever files it, takes no draft away unseen; the successor may file none. */
    refused(pa2, DENIED, "", "inspect", "import", {"round", "r1"}, FILED("respondent,2(a),2(b),3(a)\ns1,1,1,1\n"));
    /* The new head sees that there is a draft, and nothing of it. */
    struct kept *k = doing(as(w, "pha"), "inspect", "sheet", SHEET);
    assert_int_equal(kept_table(k, "questions"), -1);
    /* The predecessor, at another ministry and in a post that answers nothing, goes on where they were. */
    struct work *pa1 = as(w, "pa1");
    k = doing(pa1, "inspect", "sheets", {0});
    assert_int_equal(cell_at(k, "sheets", "s1", NULL, "answered")->i, 1);
    doing(pa1, "inspect", "submit", SHEET, ANSWERS);
    k = doing(pa2, "inspect", "sheets", {0});
    assert_int_equal(row_of(k, "sheets", "s1", NULL), -1);
    refused(pa2, NOTFOUND, WORDS, "inspect", "sheet", SHEET);
    doing(as(w, "pha"), "inspect", "confirm", SHEET);
}

/* A head who moved to be head elsewhere confirms their own sheet from nowhere; a successor only as anyone may there. */
static void heads(struct work *w)
{
    world(w);
    doing(as(w, "pha"), "inspect", "submit", {"round", "r1"}, {"respondent", "ha"}, {"answer.2(c)", "done"});
    succeed(w, "code,org,name_ja\npha,A,秘甲長\n", "code,duty,org,person\nha,head,a1,pa2\nhx,head,A,pha\n");
    refused(as(w, "pha"), DENIED, "your own", "inspect", "confirm", {"round", "r1"}, {"respondent", "ha"});
    assert_int_equal(row_of(doing(as(w, "pha"), "inspect", "queue", {"round", "r1"}), "queue", "ha", NULL), -1);
    refused(as(w, "pa2/ha"), NOTFOUND, WORDS, "inspect", "save", {"round", "r1"}, {"respondent", "ha"},
            {"answer.2(c)", "not_done"});
    doing(as(w, "pa2/ha"), "inspect", "confirm", {"round", "r1"},
          {"respondent", "ha"}); /* as head, of another's sheet */
}

/* ---- who left ---- */

static void leaver(struct work *w)
{
    struct actor nobody;
    struct caller c;
    str secret, again;
    world(w);
    doing(as(w, "pa1"), "inspect", "save", SHEET, {"answer.2(a)", "done"});
    assert_ok(w, store_begin(w));
    struct known_person p;
    assert_ok(w, person_within(w, S("pa1"), false, &p));
    assert_ok(w, session_begin(w, p.id, S("password"), S("192.0.2.9"), &secret));
    assert_ok(w, store_commit(w));
    assert_ok(w, caller_of_session(w, secret, &c));
    succeed(w, LEFT, TO_PA2);
    assert_err(w, caller_of_session(w, secret, &c), NOTFOUND); /* their own session has ended with them */
    assert_err(w, actor_find(w, S("pa1"), S("tester"), &nobody), NOTFOUND);
    assert_fault(w, "nobody is known");
    str token = link_sent(w, "pa1@example.jp"); /* not to who holds the post now */
    assert_ok(w, look(w, token));
    assert_ok(w, look(w, token)); /* looking does not use it up */
    assert_ok(w, use(w, token, &secret));
    struct work *pa1 = by_link(w, secret);
    assert_int_equal(kept_table(doing(pa1, "inspect", "sheet", SHEET), "questions") >= 0, 1);
    doing(pa1, "inspect", "save", SHEET, {"answer.2(b)", "done"});
    /* Nothing else, by any entry. */
    refused(pa1, NOTFOUND, WORDS, "inspect", "sheet", {"round", "r1"}, {"respondent", "s2"});
    refused(pa1, DENIED, "", "inspect", "rates", {"round", "r1"});
    refused(pa1, DENIED, "", "registry", "people", {0});
    refused(pa1, NOTFOUND, "no organisation", "registry", "organisation", {"org", "a1"});
    assert_int_equal(rows_of(doing(pa1, "registry", "posts", {0}), "posts"), 0);
    refused(pa1, DENIED, "", "inspect", "confirm", SHEET);
    /* Used: it opens nothing more, while the session goes on. */
    assert_err(w, look(w, token), NOTFOUND);
    assert_fault(w, "this link was used");
    assert_err(w, use(w, token, &again), NOTFOUND);
    assert_fault(w, "this link was used");
    doing(pa1, "inspect", "submit", SHEET, ANSWERS);
    w->now += DAY / 2;
    assert_ok(w, caller_of_session(w, secret, &c));
    doing(as(w, "pha"), "inspect", "confirm", SHEET);
    refused(by_link(w, secret), CONFLICT, "was confirmed by", "inspect", "save", SHEET, {"answer.2(a)", "not_done"});
    doing(as(w, "poa"), "account", "link-revoke", {"id", "1"}); /* withdrawn after it was used: the session ends too */
    assert_err(w, caller_of_session(w, secret, &c), NOTFOUND);
}

/* A session of a link lasts a week. */
static void a_week(struct work *w)
{
    struct caller c;
    str secret;
    world(w);
    succeed(w, LEFT, TO_PA2);
    assert_ok(w, use(w, link_sent(w, "pa1@example.jp"), &secret));
    w->now += DAY / 2;
    assert_ok(w, caller_of_session(w, secret, &c));
    w->now += 7 * DAY;
    assert_err(w, caller_of_session(w, secret, &c), NOTFOUND);
}

/* Every end of a link says which it is. */
static void ends(struct work *w)
{
    str secret, one, two;
    world(w);
    succeed(w, LEFT, TO_PA2);
    one = link_sent(w, "pa1@example.jp");
    two = link_sent(w, "pa1@example.jp"); /* a newer one takes its place */
    assert_err(w, use(w, one, &secret), NOTFOUND);
    assert_fault(w, "withdrawn, or a newer one was sent");
    doing(as(w, "poa"), "account", "link-revoke", {"id", "2"});
    assert_err(w, look(w, two), NOTFOUND);
    assert_fault(w, "withdrawn");
    assert_err(w, look(w, S("0123456789012345678901234567890123456789012")), NOTFOUND);
    assert_fault(w, "look whether the address is whole");
    assert_err(w, look(w, S("short")), NOTFOUND);
    assert_fault(w, "look whether the address is whole");
    one = link_sent(w, "pa1@example.jp");
    w->now += 61 * DAY;
    assert_err(w, look(w, one), NOTFOUND);
    assert_fault(w, "time of this link is over");
    w->now -= 61 * DAY;
    /* Handed in on paper and confirmed meanwhile. */
    doing(as(w, "poa"), "inspect", "import", {"round", "r1"}, FILED("respondent,2(a),2(b),3(a)\ns1,done,done,done\n"));
    assert_ok(w, look(w, one)); /* submitted: it may be corrected */
    refused(as(w, "poa"), NOTFOUND, "submitted already", "account", "link", SHEET, {"again", "1"});
    doing(as(w, "pha"), "inspect", "confirm", SHEET);
    assert_err(w, use(w, one, &secret), NOTFOUND);
    assert_fault(w, "submitted and is confirmed");
    /* Another sheet, and the round is closed under it. */
    doing(as(w, "poa"), "account", "link", {"round", "r1"}, {"respondent", "s2"});
    str to;
    assert_true(letter_now(w, &to, &two));
    assert_ok(w, use(w, two, &secret));
    doing(as(w, "poa"), "account", "link", {"round", "r1"}, {"respondent", "s2"}, {"again", "1"});
    assert_true(letter_now(w, &to, &two));
    doing(w, "inspect", "close", {"round", "r1"});
    assert_err(w, use(w, two, &secret), NOTFOUND);
    assert_fault(w, "the round is closed");
    refused(as(w, "poa"), INVALID, "is not open", "account", "link", SHEET);
}

/* An address that has passed to somebody else would bring them the sheet. */
static void address_passed_on(struct work *w)
{
    world(w);
    succeed(w, LEFT, TO_PA2);
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,mail,from\npa2,a1,秘甲二,pa1@example.jp,2007-04-11\n"));
    refused(as(w, "poa"), NOTFOUND, "of their own", "account", "link", SHEET);
}

/* Moved, without a post today or without an account: they cannot sign in, so a letter reaches them. */
static void without_a_post(struct work *w)
{
    str secret;
    world(w);
    succeed(w, "code,org,name_ja\npa1,B,秘甲一\n", TO_PA2);
    assert_ok(w, use(w, link_sent(w, "pa1@example.jp"), &secret));
    /* What was handed in for them from paper they may object to, and answer themselves. */
    doing(as(w, "poa"), "inspect", "enter", SHEET, ANSWERS, {"paper_date", "2007-04-11"}, {"paper_ref", "12"});
    doing(by_link(w, secret), "inspect", "object", SHEET, {"why", "二問目が違う"});
    doing(by_link(w, secret), "inspect", "submit", SHEET, ANSWERS);
    doing(w, "registry", "import", {"what", "people"}, FILED("code,org,name_ja,to\npa2,a1,秘甲二,2007-04-10\n"));
    /* Another ministry's officer reaches neither the sheet nor the letter. */
    refused(as(w, "pob"), NOTFOUND, "has nobody to write to", "account", "link", {"round", "r1"}, {"respondent", "s2"});
}

/* ---- the frame and the people of today ---- */

static void frame(struct work *w)
{
    world(w);
    struct kept *k = doing(as(w, "poa"), "inspect", "frame", {"round", "r1"});
    assert_int_equal(k->n_tables, 0);
    assert_int_equal(fact_int(k, "left"), 0);
    doing(as(w, "pa2"), "inspect", "submit", {"round", "r1"}, {"respondent", "s2"}, ANSWERS);
    doing(as(w, "pa1"), "inspect", "save", SHEET, {"answer.2(a)", "done"});
    /* pa1 leaves, pa2 becomes head in the place of pha, who goes to a2; a newcomer; the vacant s3 is taken; the device
     * goes. */
    doing(as(w, "poa"), "registry", "staff", {"org", "A"}, {"on", "2007-04-20"}, {"whole", "1"},
          FILED("person,name_ja,org,duty\npa2,秘甲二,a1,head\npha,秘甲長,a2,viewer\npoa,秘甲担,A,officer\n"
                "n1,新一,a2,staff\nn2,新二,a1,staff\n"));
    doing(w, "registry", "import", {"what", "systems"},
          FILED("code,org,kind,name_ja,to\npc-a,a1,device,端末,2007-04-10\npc-b,a1,device,新端末,\n"));
    k = doing(as(w, "poa"), "inspect", "frame", {"round", "r1"}, {"org", "A"});
    assert_true(k->doc.personal);
    assert_int_equal(fact_int(k, "left"), 1);
    assert_int_equal(fact_int(k, "transferred"), 1);
    assert_int_equal(fact_int(k, "other_post"), 1);
    assert_int_equal(fact_int(k, "filled"), 1);
    assert_int_equal(fact_int(k, "new_posts"), 1); /* n2's; viewers are not asked */
    assert_int_equal(fact_int(k, "new_systems"), 1);
    assert_int_equal(fact_int(k, "gone_systems"), 1);
    assert_int_equal(fact_int(k, "open"), 2);
    assert_int_equal(rows_of(k, "people_since"), 4);
    ptrdiff_t left = row_of(k, "people_since", "left-service", "staff");
    assert_str(cell_in(k, "people_since", (size_t)left, "then")->text, "pa1");
    assert_str(cell_in(k, "people_since", (size_t)left, "sheet")->text, "draft");
    assert_str(cell_in(k, "people_since", (size_t)left, "likely")->text, "left");
    assert_str(cell_in(k, "people_since", (size_t)left, "link")->text, "s1");
    assert_int_equal(cell_in(k, "people_since", (size_t)left, "move")->type, CELL_NONE);
    ptrdiff_t moved = row_of(k, "people_since", "to-other-unit", "head");
    assert_str(cell_in(k, "people_since", (size_t)moved, "where")->text, "a2");
    assert_str(cell_in(k, "people_since", (size_t)moved, "now")->text,
               "pa2"); /* the successor is told, and not asked */
    assert_str(cell_in(k, "people_since", (size_t)moved, "to")->text, "a2");
    assert_str(cell_in(k, "people_since", (size_t)moved, "move")->text, "ha");
    assert_int_equal(cell_in(k, "people_since", (size_t)moved, "link")->type, CELL_NONE); /* no address */
    ptrdiff_t other = row_of(k, "people_since", "to-other-post", "staff");
    assert_str(cell_in(k, "people_since", (size_t)other, "sheet")->text, "submitted");
    assert_int_equal(cell_in(k, "people_since", (size_t)other, "record")->type, CELL_NONE);
    assert_str(cell_in(k, "people_since", (size_t)row_of(k, "people_since", "vacant-then", "staff"), "now")->text,
               "n1");
    assert_str(cell_at(k, "posts_and_systems", "new-post", NULL, "person")->text, "n2");
    assert_str(cell_at(k, "posts_and_systems", "system-gone", NULL, "code")->text, "pc-a");
    assert_str(cell_at(k, "posts_and_systems", "new-system", NULL, "code")->text, "pc-b");
    /* What is offered beside a row can be done. */
    doing(as(w, "poa"), "inspect", "move", {"round", "r1"}, {"respondent", "ha"}, {"to", "a2"}, {"why", "異動"});
    doing(as(w, "poa"), "inspect", "reason", SHEET, {"reason", "left"}, {"why", "退職"});
    k = doing(as(w, "poa"), "inspect", "frame", {"round", "r1"}, {"org", "a1"});
    assert_int_equal(fact_int(k, "transferred"), 0); /* it stands in a2 now, where its person is */
    assert_str(cell_at(k, "people_since", "left-service", NULL, "reason")->text, "left");
    /* The section's own manager sees it, and not where people went beyond their reach; others see nothing. */
    k = doing(as(w, "pa2"), "inspect", "frame", {"round", "r1"}, {"org", "a1"});
    assert_int_equal(fact_int(k, "left"), 1);
    refused(as(w, "pv"), DENIED, "", "inspect", "frame", {"round", "r1"});
    refused(as(w, "n2"), DENIED, "", "inspect", "frame", {"round", "r1"});
    refused(as(w, "pob"), NOTFOUND, "no organisation 'A'", "inspect", "frame", {"round", "r1"}, {"org", "A"});
    assert_int_equal(fact_int(doing(as(w, "pob"), "inspect", "frame", {"round", "r1"}), "left"), 0);
    /* The pages that lead there. */
    k = doing(as(w, "poa"), "inspect", "round", {"round", "r1"});
    assert_str(cell_in(k, "since_base", 0, "org")->text, "A");
    assert_int_equal(kept_table(doing(as(w, "pv"), "inspect", "round", {"round", "r1"}), "since_base"), -1);
    k = doing(as(w, "pa2"), "inspect", "unit", {"round", "r1"}, {"org", "a1"});
    assert_str(cell_in(k, "since_base", 0, "round")->text, "r1");
}

/* Whoever went out of one's reach is told as out of reach. */
static void out_of_reach(struct work *w)
{
    world(w);
    doing(w, "registry", "staff", {"org", "B"}, {"on", "2007-04-20"},
          FILED("person,name_ja,org,duty\npa1,秘甲一,b1,staff\n"));
    struct kept *k = doing(as(w, "poa"), "inspect", "frame", {"round", "r1"});
    assert_str(cell_at(k, "people_since", "to-other-unit", NULL, "where")->en, "out of your reach");
    assert_int_equal(cell_at(k, "people_since", "to-other-unit", NULL, "where")->text.n, 0);
    assert_int_equal(cell_at(k, "people_since", "to-other-unit", NULL, "to")->type, CELL_NONE);
    k = doing(w, "inspect", "frame", {"round", "r1"});
    assert_str(cell_at(k, "people_since", "to-other-unit", NULL, "where")->text, "b1");
}

#define EACH(name)                                                                                                     \
    static void name##_each(void **state)                                                                              \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        each_store(name);                                                                                              \
    }
EACH(successor)
EACH(heads)
EACH(leaver)
EACH(a_week)
EACH(frame)
EACH(out_of_reach)
EACH(ends)
EACH(address_passed_on)
EACH(without_a_post)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(successor_each),      cmocka_unit_test(heads_each),
        cmocka_unit_test(leaver_each),         cmocka_unit_test(a_week_each),
        cmocka_unit_test(ends_each),           cmocka_unit_test(frame_each),
        cmocka_unit_test(out_of_reach_each),   cmocka_unit_test(address_passed_on_each),
        cmocka_unit_test(without_a_post_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
