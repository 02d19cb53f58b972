/* A notice of every marking, tried through every real way out: nothing wider ever leaves. Each bears a mark of its own in all its words, and what
 * comes out by a way is searched for it. What is expected is written out by hand here, not asked of leave_may. */
#include "share_kit.h"
#include "telling.h"

#include "format/json.h"
#include "share/delivery.h"
#include "share/feed.h"
#include "share/letters.h"
#include "share/objects.h"

/* ---- a world: a centre; a ministry in charge with a sector, its CEPTOAR and an operator; another ministry that is sent nothing ---- */

static void world(struct work *w)
{
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\nC,gov,centre,5,センター,Centre,,\nA,gov,ministry,10,ア省,Ministry A,,\n"
                "B,gov,ministry,20,イ省,Ministry B,,\nS,gov,sector,30,分野,Sector,,\nK,S,ceptoar,10,セプター,CEPTOAR,,\nO,S,operator,20,事業者,Operator,,\n"));
    doing(w, "registry", "import", {"what", "links"},
          FILED("kind,from,to,valid_from,valid_to\nministry-in-charge,S,A,,\nceptoar,S,K,,\nmember,O,K,,\ncentre,A,C,,\ncentre,B,C,,\ncentre,S,C,,\ncentre,K,C,,\n"));
    share_staffed(w, "pc C, pa A, pb B, pk K");
    share_onlooker(w, "pv", "B");
}

/* Everything that an entry tells somebody, and the words of its refusal. */
static str tells(struct work *w, const char *person, const char *name, const struct ask *ask)
{
    struct work *v = as(w, person);
    struct given given[ASK_MAX];
    struct args args;
    const struct entry *e = entry_of("share", name);
    size_t n = asked(v, ask, given);
    struct arena *a = arena_new(0);
    arena_closer(w->a, (void (*)(void *))arena_free, a);
    struct telling t = {.doc = {.face = &telling_face, .w = v, .lang = LANG_JA}, .b = buf_in(a)};
    struct gathering g = {{gather_put}, buf_in(a)};
    enum err err = args_parse(v, e, given, n, &args);
    if (err == OK) err = e->kind == ENTRY_FILE ? door_file(v, room_find(S("share")), e, &args, &g.out) : door_view(v, room_find(S("share")), e, &args, &t.doc);
    told_words(&t.doc, buf_str(&g.b));
    told_words(&t.doc, t.doc.title);
    for (int64_t i = 0; i < v->faults.count && i < FAULTS_SHOWN; i++)
        for (size_t k = 0; k < FAULT_ARGS; k++) told_words(&t.doc, v->faults.first[i].arg[k]);
    return buf_str(&t.b);
}

/* What stands at /feeds for somebody, NULL: anybody. */
static str fed(struct work *w, const char *person, const char *path)
{
    struct work *v = arena_alloc(w->a, sizeof *v);
    *v = *w;
    v->actor = NULL;
    if (person != NULL) v = as(w, person);
    struct arena *a = arena_new(0);
    arena_closer(w->a, (void (*)(void *))arena_free, a);
    struct gathering g = {{gather_put}, buf_in(a)};
    struct mount_answer out = {.body = &g.out};
    const struct mount_ask ask = {.path = str_of(path), .url = S("https://x"), .known = person != NULL, .lang = LANG_JA};
    (void)feeds_mount.get(v, &ask, &out);
    return buf_str(&g.b);
}

/* All that a program of the organisation finds in its collection. */
static str collected(struct work *w, const char *person)
{
    struct work *v = as(w, person);
    struct party p;
    struct collection c;
    struct stored *s;
    size_t n;
    bool more;
    static const struct match any = {.all = true};
    struct buf b = buf_in(w->a);
    int64_t after = 0;
    assert_ok(v, party_of(v, &(struct args){0}, &p));
    assert_ok(v, collection_find(v, &p, S("notices"), &c));
    do {
        assert_ok(v, objects_page(v, &p, &c, &any, after, 1000, true, &s, &n, &more));
        for (size_t i = 0; i < n; i++) buf_add(&b, s[i].object.bytes);
        if (n != 0) after = s[n - 1].added;
    } while (more);
    return buf_str(&b);
}

/* ---- notices ---- */

static const char *const tlps[TLPS] = {"clear", "green", "amber", "amber+strict", "red"};
static const char *const paps[PAPS] = {"clear", "green", "amber", "red"};

struct tried {
    str code, uuid, mark;
    int tlp, pap;
};

static struct tried write_one(struct work *w, int number, int tlp, int pap, const char *more, const char *value)
{
    struct tried t = {.mark = str_fmt(w->a, "ZQ%02dX", number), .tlp = tlp, .pap = pap};
    static const struct sql newest = OPEN("a test", "SELECT code FROM share_notice ORDER BY id DESC LIMIT 1");
    static const struct sql uuid = OPEN("a test", "SELECT uuid FROM share_notice WHERE code = $1");
    const char *mark = str_c(w->a, t.mark), *ref = str_c(w->a, str_fmt(w->a, "product %s", mark)), *name = str_c(w->a, str_fmt(w->a, "%s.txt", mark));
    become(w, "pc");
    doing(w, "share", "draft", {"title", mark}, {"text", mark}, {"measure", mark}, {"references", ref}, {"to", "org:A"}, {"tlp", tlps[tlp]}, {"pap", paps[pap]},
          {more, value});
    assert_ok(w, store_text(w, &newest, NOARGS, &t.code));
    assert_ok(w, store_text(w, &uuid, ARGS(TEXT(t.code)), &t.uuid));
    doing(w, "share", "attach", {"notice", str_c(w->a, t.code)}, {.name = "file", .text = mark, .file = name});
    return t;
}

static void send(struct work *w, const struct tried *t)
{
    static const struct sql id = OPEN("a test", "SELECT id FROM share_notice WHERE code = $1");
    struct notice n;
    int64_t row;
    become(w, "pc");
    doing(w, "share", "send", {"notice", str_c(w->a, t->code)});
    assert_ok(w, store_begin(w));
    assert_ok(w, store_int(w, &id, ARGS(TEXT(t->code)), &row));
    assert_ok(w, notice_by_id(w, row, &n));
    assert_ok(w, objects_publish(w, &n)); /* twice is once */
    assert_ok(w, store_commit(w));
}

static struct tried send_one(struct work *w, int number, int tlp, int pap, const char *more, const char *value)
{
    struct tried t = write_one(w, number, tlp, pap, more, value);
    send(w, &t);
    return t;
}

/* ---- the ways ---- */

static void leaves(const char *way, const struct tried *t, str out, bool wanted)
{
    bool is = str_find(out, t->mark) >= 0;
    if (is != wanted) fail_msg("%s of TLP:%s PAP:%s %s", way, tlps[t->tlp], paps[t->pap], is ? "leaves" : "does not leave");
}

/* may: the letters of tlps by which it leaves, CGASR; pap: the narrowest that does. */
static bool meant(const struct tried *t, const char *may, int pap) { return strchr(may, "CGASR"[t->tlp]) != NULL && t->pap <= pap; }

static void by_all_ways(struct work *w, const struct tried *t, bool told_at_all)
{
    const char *code = str_c(w->a, t->code), *attached = str_c(w->a, str_fmt(w->a, "%.*s.txt", STR_ARG(t->mark)));
    const char *json = str_c(w->a, str_fmt(w->a, "/misp/%.*s.json", STR_ARG(t->uuid)));
    static const char *const entries[] = {"notice", "notice-stix", "notice-misp"};
#define MEANT(may, pap) (told_at_all && meant(t, may, pap))
    /* whom it was not sent to, and a member of another office without the right to share */
    for (size_t i = 0; i < 3; i++) {
        leaves("a view or file of who is not addressed", t, tells(w, "pb", entries[i], ASK({"notice", code})), false);
        leaves("a view or file of who does not share", t, tells(w, "pv", entries[i], ASK({"notice", code})), false);
        leaves("a view or file of the CEPTOAR", t, tells(w, "pk", entries[i], ASK({"notice", code})), false);
    }
    leaves("an attachment of who is not addressed", t, tells(w, "pb", "notice-file", ASK({"notice", code}, {"name", attached})), false);
    static const char *const lists[] = {"notices", "inbox", "collections", "received", "statistics"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) leaves("a list of who is not addressed", t, tells(w, "pb", lists[i], ASK({0})), false);
    /* the addressee's files: not RED */
    leaves("STIX", t, tells(w, "pa", "notice-stix", ASK({"notice", code})), MEANT("CGAS", PAP_RED));
    leaves("MISP", t, tells(w, "pa", "notice-misp", ASK({"notice", code})), MEANT("CGAS", PAP_RED));
    leaves("an attachment", t, tells(w, "pa", "notice-file", ASK({"notice", code}, {"name", attached})), MEANT("CGAS", PAP_RED));
    /* for anybody */
    leaves("Atom", t, fed(w, NULL, "/notices.atom"), MEANT("C", PAP_GREEN));
    leaves("RSS", t, fed(w, NULL, "/notices.rss"), MEANT("C", PAP_GREEN));
    leaves("the manifest", t, fed(w, NULL, "/misp/manifest.json"), MEANT("C", PAP_GREEN));
    leaves("an event", t, fed(w, NULL, json), MEANT("C", PAP_GREEN));
    leaves("public", t, tells(w, "pv", "public", ASK({0})), MEANT("C", PAP_GREEN));
    leaves("one that is public", t, tells(w, "pv", "public", ASK({"notice", code})), MEANT("C", PAP_GREEN));
    /* for who takes part, and for who only has an account */
    leaves("the members' manifest", t, fed(w, "pb", "/misp/manifest.json"), MEANT("CG", PAP_GREEN));
    leaves("a members' event", t, fed(w, "pb", json), MEANT("CG", PAP_GREEN));
    leaves("the manifest of who does not share", t, fed(w, "pv", "/misp/manifest.json"), MEANT("C", PAP_GREEN));
    leaves("an event of who does not share", t, fed(w, "pv", json), MEANT("C", PAP_GREEN));
#undef MEANT
}

/* A letter has its text in clear to GREEN, sealed for one person whatever it is. */
static void by_letter(struct work *w, const struct tried *t)
{
    static const struct sql id = OPEN("a test", "SELECT id FROM share_notice WHERE code = $1");
    struct notice n;
    int64_t row;
    assert_ok(w, store_int(w, &id, ARGS(TEXT(t->code)), &row));
    assert_ok(w, notice_by_id(w, row, &n));
    struct leaving l = notice_leaving(w, &n, n.marking, true);
    assert_int_equal(letter_body(&l, false) == BODY_WHOLE, meant(t, "CG", PAP_AMBER));
    assert_true(letter_body(&l, true) != BODY_WAITS);
}

static void every_marking(struct work *w)
{
    struct tried all[TLPS * PAPS];
    world(w);
    for (int i = 0; i < TLPS * PAPS; i++) all[i] = send_one(w, i, i % TLPS, i / TLPS, NULL, NULL);
    become(w, NULL);
    str programs = collected(w, "pa"), others = collected(w, "pb"), below = collected(w, "pk");
    for (int i = 0; i < TLPS * PAPS; i++) {
        by_all_ways(w, &all[i], true);
        by_letter(w, &all[i]);
        leaves("a collection", &all[i], programs, meant(&all[i], "CGAS", PAP_AMBER));
        leaves("a collection of who is not addressed", &all[i], others, false);
        leaves("a collection of the CEPTOAR", &all[i], below, false);
    }
}

/* Of the widest marking, so that nothing but their state keeps them. */
static void whatever_is_not_to_leave(struct work *w)
{
    world(w);
    struct tried draft = write_one(w, 1, TLP_CLEAR, PAP_CLEAR, NULL, NULL);
    struct tried recalled = send_one(w, 2, TLP_CLEAR, PAP_CLEAR, NULL, NULL);
    struct tried drill = send_one(w, 3, TLP_CLEAR, PAP_CLEAR, "drill", "1");
    struct tried embargo = send_one(w, 4, TLP_CLEAR, PAP_CLEAR, "embargo", "2007-05-01 10:00");
    leaves("Atom", &recalled, fed(w, NULL, "/notices.atom"), true);
    become(w, "pc");
    doing(w, "share", "recall", {"notice", str_c(w->a, recalled.code)}, {"reason", "wrong"});
    become(w, NULL);
    by_all_ways(w, &draft, false);
    by_all_ways(w, &recalled, false);
    str programs = collected(w, "pa");
    leaves("a collection of a draft", &draft, programs, false);
    leaves("a collection of a drill", &drill, programs, false);
    const struct tried *kept[] = {&drill, &embargo};
    for (size_t i = 0; i < 2; i++) {
        const char *code = str_c(w->a, kept[i]->code);
        leaves("Atom", kept[i], fed(w, NULL, "/notices.atom"), false);
        leaves("MISP", kept[i], fed(w, "pb", "/misp/manifest.json"), false);
        leaves("public", kept[i], tells(w, "pv", "public", ASK({0})), false);
        leaves("public", kept[i], tells(w, "pv", "public", ASK({"notice", code})), false);
        leaves("a file for its addressee", kept[i], tells(w, "pa", "notice-stix", ASK({"notice", code})), true);
    }
    assert_true(str_find(tells(w, "pa", "notice-stix", ASK({"notice", str_c(w->a, drill.code)})), S("【訓練】ZQ03X")) >= 0);
    w->now = 1177981200 + 1; /* 2007-05-01 10:00 in Japan */
    leaves("Atom, after the embargo", &embargo, fed(w, NULL, "/notices.atom"), true);
}

/* An update takes the place of what it updates, under the same name for readers. */
static void an_update_is_the_same_entry(struct work *w)
{
    static const struct sql newest = OPEN("a test", "SELECT code FROM share_notice ORDER BY id DESC LIMIT 1");
    str code;
    world(w);
    struct tried t = send_one(w, 5, TLP_CLEAR, PAP_CLEAR, NULL, NULL);
    become(w, "pc");
    w->now += 3600;
    doing(w, "share", "update", {"notice", str_c(w->a, t.code)});
    assert_ok(w, store_text(w, &newest, NOARGS, &code));
    doing(w, "share", "draft", {"notice", str_c(w->a, code)}, {"title", "ZQ06X"});
    doing(w, "share", "send", {"notice", str_c(w->a, code)});
    become(w, NULL);
    str atom = fed(w, NULL, "/notices.atom");
    assert_true(str_find(atom, str_fmt(w->a, "<id>urn:uuid:%.*s</id><title>ZQ06X</title><published>2007-04-23T01:00:00Z</published><updated>2007-04-23T02:00:00Z</updated>",
                                       STR_ARG(t.uuid))) > 0);
    assert_true(str_find(atom, S("<title>ZQ05X")) < 0);
    assert_true(str_find(fed(w, NULL, "/misp/manifest.json"), t.uuid) < 0); /* MISP knows updates as events that extend others */
}

/* Passing on is never wider, and not to where the marking does not reach. */
static void passing_never_widens(struct work *w)
{
    static const struct sql newest = OPEN("a test", "SELECT code FROM share_notice ORDER BY id DESC LIMIT 1");
    str code;
    world(w);
    become(w, "pc");
    doing(w, "share", "draft", {"title", "x"}, {"text", "x"}, {"to", "sector:S"}, {"tlp", "amber"}, {"pap", "amber"});
    assert_ok(w, store_text(w, &newest, NOARGS, &code));
    const char *c = str_c(w->a, code);
    doing(w, "share", "send", {"notice", c});
    become(w, "pa");
    static const char *const wider[][2] = {{"clear", "amber"}, {"green", "amber"}, {"amber", "green"}, {"amber", "clear"}, {"red", "clear"}};
    for (size_t i = 0; i < sizeof wider / sizeof *wider; i++) {
        struct kept *k = kept_new(w);
        assert_true(through_door(w, "share", "pass", ASK({"notice", c}, {"tlp", wider[i][0]}, {"pap", wider[i][1]}), k) != OK);
        w->faults = (struct faults){0};
    }
    become(w, NULL);
    assert_true(str_find(tells(w, "pk", "notice", ASK({"notice", c})), S("TLP:")) < 0);
    become(w, "pa");
    doing(w, "share", "pass", {"notice", c}, {"tlp", "amber+strict"}, {"pap", "red"});
    become(w, NULL);
    str stix = tells(w, "pk", "notice-stix", ASK({"notice", c}));
    assert_true(str_find(stix, S("PAP:RED")) > 0 && str_find(stix, S("TLP:AMBER+STRICT")) > 0); /* as it was passed on, not as it was sent */
    become(w, "pk");
    refused(w, DENIED, "does not reach so far", "share", "pass", {"notice", c});
}

static void on_every_marking(void **state)
{
    (void)state;
    each_store(every_marking);
}
static void on_states(void **state)
{
    (void)state;
    each_store(whatever_is_not_to_leave);
}
static void on_updates(void **state)
{
    (void)state;
    each_store(an_update_is_the_same_entry);
}
static void on_passing(void **state)
{
    (void)state;
    each_store(passing_never_widens);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(on_every_marking), cmocka_unit_test(on_states), cmocka_unit_test(on_updates), cmocka_unit_test(on_passing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
