/* Somebody else: what one party has is told to nobody it did not give it to, and nobody acts in another's name. */
#include "report_kit.h"
#include "telling.h"

#include "share/share.h"

#define MARK "ZQX"
#define DIRECTLY {"direct", "1"}

static void more_people(struct work *w)
{
    doing(w, "registry", "import", {"what", "duties"},
          FILED_AS("code,name_ja,name_en,rights,order\nauditor,監査,Auditor,audit rates names,30\nadmin,管理,Administrator,administer manage names,40\n"));
    doing(w, "registry", "import", {"what", "organisations"},
          FILED_AS("code,parent,kind,order,name_ja,name_en,from,to\ncouncil,ci,council,5,協議会,Council,,\n"));
    doing(w, "registry", "import", {"what", "links"}, FILED_AS("kind,from,to,valid_from,valid_to\ncouncil,cep-p,council,,\ncouncil,cep-b,council,,\n"));
    doing(w, "registry", "import", {"what", "people"},
          FILED_AS("code,org,name_ja,name_en,mail,from,to\np-meti2,meti,乙野二子,,,,\np-aud,gov,監田,,,,\np-adm,op1,管田,,,,\np-up,ci,上田,,,,\np-op1v,op1,閲田,,,,\n"));
    doing(w, "registry", "import", {"what", "posts"},
          FILED_AS("code,duty,org,system,person,deputy_of,from,to\ns-meti2,share,meti,,p-meti2,,,\na-gov,auditor,gov,,p-aud,,,\nm-op1,admin,op1,,p-adm,,,\n"
                   "s-up,share,ci,,p-up,,,\nv-op1,viewer,op1,,p-op1v,,,\n"));
}

static str tells(struct work *w, const char *person, const char *room, const char *name, bool paged, const struct ask *ask)
{
    struct work *v = as(w, person);
    struct given given[ASK_MAX];
    struct args args;
    const struct entry *e = entry_of(room, name);
    size_t n = asked(v, ask, given);
    struct arena *a = arena_new(0);
    arena_closer(w->a, (void (*)(void *))arena_free, a);
    struct telling t = {.doc = {.face = &telling_face, .w = v, .lang = LANG_JA, .paged = paged}, .b = buf_in(a)};
    struct gathering g = {{gather_put}, buf_in(a)};
    enum err err = args_parse(v, e, given, n, &args);
    if (err == OK) err = e->kind == ENTRY_FILE ? door_file(v, room_find(str_of(room)), e, &args, &g.out) : door_view(v, room_find(str_of(room)), e, &args, &t.doc);
    told_words(&t.doc, buf_str(&g.b));
    told_words(&t.doc, t.doc.title);
    for (int64_t i = 0; i < v->faults.count && i < FAULTS_SHOWN; i++)
        for (size_t k = 0; k < FAULT_ARGS; k++) told_words(&t.doc, v->faults.first[i].arg[k]);
    return buf_str(&t.b);
}
#define TELLS(w, person, name, ...) tells(w, person, "share", name, false, ASK(__VA_ARGS__))
static bool has_mark(str s) { return str_find(s, S(MARK " ")) >= 0; } /* with a blank: what was asked for is echoed without one */

static const char *newest(struct work *w, const char *what)
{
    static const struct sql notice = OPEN("a test", "SELECT code FROM share_notice ORDER BY id DESC LIMIT 1");
    static const struct sql report = OPEN("a test", "SELECT code FROM share_report ORDER BY id DESC LIMIT 1");
    str code;
    assert_ok(w, store_text(w, strcmp(what, "notice") == 0 ? &notice : &report, NOARGS, &code));
    return str_c(w->a, code);
}

static const char *notice_to(struct work *w, const char *person, const char *to, const char *tlp, const char *flag)
{
    become(w, person);
    doing(w, "share", "draft", {"title", MARK " title"}, {"text", MARK " text"}, {"measure", MARK " measure"}, {"references", "product " MARK " p"}, {"to", to}, {"tlp", tlp},
          {"pap", "clear"}, {flag, "1"});
    const char *code = newest(w, "notice");
    doing(w, "share", "attach", {"notice", code}, {"file", MARK " bytes", MARK ".txt"});
    return code;
}

static const char *sent_to(struct work *w, const char *person, const char *to, const char *tlp, const char *flag)
{
    const char *code = notice_to(w, person, to, tlp, flag);
    doing(w, "share", "send", {"notice", code});
    return code;
}

/* ---- TLP:RED: to contacts by name, in no list nor search to others ---- */

static enum err waits_hold(void *to, const struct share_waiting *x)
{
    if (has_mark(x->title)) *(bool *)to = true;
    return OK;
}

static bool waits_tell(struct work *w, const char *person)
{
    bool told = false;
    assert_ok(w, share_waits(as(w, person), waits_hold, &told));
    return told;
}

static bool lists_tell(struct work *w, const char *person, const char *code)
{
    static const char *const lists[] = {"inbox", "awaiting", "notices", "watched", "reach", "drills", "board", "calls", "collections", "received"};
    static const char *const of_one[] = {"notice", "board", "calls", "reach", "drill-result", "below", "notice-stix", "notice-misp"};
    bool told = waits_tell(w, person);
    for (int paged = 0; paged < 2; paged++) {
        for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) told = told || has_mark(tells(w, person, "share", lists[i], paged != 0, ASK({0})));
        for (size_t i = 0; i < sizeof of_one / sizeof *of_one; i++) told = told || has_mark(tells(w, person, "share", of_one[i], paged != 0, ASK({"notice", code})));
    }
    return told || has_mark(TELLS(w, person, "reach", {"drills", "1"})) || has_mark(TELLS(w, person, "notice-file", {"notice", code}, {"name", MARK ".txt"}));
}

static size_t found_by_words(struct work *w, const char *person, const char *words)
{
    become(w, person);
    struct kept *k = doing(w, "share", "notices", {"q", words});
    return k->table[0].n;
}

static void red(struct work *w)
{
    report_world(w);
    more_people(w);
    become(w, "p-meti");
    doing(w, "share", "contact", {"name", "乙野次郎"}, {"person", "p-meti"}, {"mail", "j@m.example"});
    for (size_t i = 0; i < 2; i++) {
        become(w, "p-nisc");
        doing(w, "share", "draft", {"title", MARK " title"}, {"text", MARK " text"}, {"to", "org:meti"}, {"to", i == 0 ? "org:cep-p" : "org:fsa"}, {"tlp", "red"}, {"pap", "clear"}, {"direct", "1"}, {i == 0 ? "within" : "drill", i == 0 ? "60" : "1"});
        const char *code = newest(w, "notice");
        doing(w, "share", "send", {"notice", code});
        become(w, NULL);
        assert_false(lists_tell(w, "p-meti2", code));
        assert_true(lists_tell(w, "p-meti", code));
        assert_true(waits_tell(w, "p-meti"));
        assert_int_equal(found_by_words(w, "p-meti2", MARK), 0); /* a search tells as little as the list */
        assert_int_equal(found_by_words(w, "p-meti", MARK), i + 1);
        become(w, "p-meti2");
        refused(w, DENIED, "persons named", "share", "confirm", {"notice", code}); /* whoever cannot read it does not say that it arrived */
        become(w, "p-meti");
        doing(w, "share", "confirm", {"notice", code});
        become(w, NULL);
        assert_false(lists_tell(w, "p-meti2", code));
        become(w, "p-nisc");
        doing(w, "share", "recall", {"notice", code}, {"reason", MARK " reason"});
        become(w, NULL);
        assert_false(lists_tell(w, "p-meti2", code));
    }
}

/* ---- passing sideways ---- */

static void sideways(struct work *w)
{
    report_world(w);
    more_people(w);
    static const char *const tlps[] = {"amber", "green"};
    for (size_t i = 0; i < 2; i++) {
        become(w, "p-nisc");
        doing(w, "share", "draft", {"title", "x"}, {"text", "x"}, {"to", "org:cep-p"}, {"tlp", tlps[i]}, {"pap", "clear"}, DIRECTLY);
        const char *code = newest(w, "notice");
        doing(w, "share", "send", {"notice", code});
        become(w, "p-cep");
        doing(w, "share", "pass-add", {"notice", code}, {"org", "op1"}); /* a member is a client */
        if (i == 0) refused(w, DENIED, "does not reach so far", "share", "pass-add", {"notice", code}, {"org", "cep-b"});
        else doing(w, "share", "pass-add", {"notice", code}, {"org", "cep-b"}); /* of the community */
        become(w, "p-op1");
        if (i == 0) refused(w, DENIED, "does not reach so far", "share", "pass-add", {"notice", code}, {"org", "meti"});
        refused(w, NOTFOUND, "that you may address", "share", "pass-add", {"notice", code}, {"org", "op2"});
    }
}

/* ---- numbers of who stands above oneself ---- */

static void numbers(struct work *w)
{
    report_world(w);
    become(w, "p-cep");
    doing(w, "share", "contact", {"name", MARK " desk"}, {"phone", "03-5550-1234"});
    const char *up = sent_to(w, "p-op1", "org:cep-p", "amber", "direct"), *down = sent_to(w, "p-meti", "org:cep-p", "amber", "direct");
    become(w, NULL);
    str told = TELLS(w, "p-op1", "calls", {"notice", up});
    assert_true(str_find(told, S(MARK " desk")) < 0 && str_find(told, S("03-5550")) < 0);
    told = TELLS(w, "p-meti", "calls", {"notice", down});
    assert_true(str_find(told, S(MARK " desk")) >= 0 && str_find(told, S("03-5550")) >= 0);
}

/* ---- the very text, with all that goes with it ---- */

static void attached(struct work *w)
{
    report_world(w);
    become(w, "p-op1");
    const char *report = sent_report(w, "amber", "voluntary");
    become(w, "p-meti");
    doing(w, "share", "sanitise", {"report", report});
    const char *code = newest(w, "notice");
    doing(w, "share", "draft", {"notice", code}, {"references", "product " MARK " p"});
    doing(w, "share", "attach", {"notice", code}, {"file", MARK " bytes", "what.txt"});
    become(w, NULL);
    assert_false(has_mark(TELLS(w, "p-op1", "notice-file", {"notice", code}, {"name", "what.txt"}))); /* not asked yet */
    become(w, "p-meti");
    doing(w, "share", "consent-ask", {"notice", code});
    become(w, NULL);
    str told = TELLS(w, "p-op1", "consent", {"notice", code});
    assert_true(has_mark(told) && str_find(told, S("what.txt")) >= 0);
    assert_true(has_mark(TELLS(w, "p-op1", "notice-file", {"notice", code}, {"name", "what.txt"})));
    assert_false(has_mark(TELLS(w, "p-op2", "notice-file", {"notice", code}, {"name", "what.txt"})));
    assert_false(has_mark(TELLS(w, "p-cep", "notice-file", {"notice", code}, {"name", "what.txt"})));
    become(w, "p-op1");
    doing(w, "share", "consent-decide", {"notice", code}, {"decision", "given"});
    doing(w, "share", "consent-decide", {"notice", code}, {"decision", "withdrawn"}); /* between preview and sending */
    become(w, "p-meti");
    refused(w, CONFLICT, "has not agreed", "share", "send", {"notice", code});
    doing(w, "share", "consent-ask", {"notice", code});
    become(w, "p-op1");
    doing(w, "share", "consent-decide", {"notice", code}, {"decision", "given"});
    become(w, "p-meti");
    doing(w, "share", "send", {"notice", code});
    refused(w, CONFLICT, "no draft any more", "share", "send", {"notice", code}); /* the same form twice */
    doing(w, "share", "update", {"notice", code});
    const char *update = newest(w, "notice");
    doing(w, "share", "draft", {"notice", update}, {"text", "新しい文"});
    refused(w, CONFLICT, "has not agreed", "share", "send", {"notice", update}); /* an update needs a word of its own */
    become(w, NULL);
    assert_false(has_mark(TELLS(w, "p-op1", "notice-file", {"notice", update}, {"name", "what.txt"})));
}

/* ---- what a follow-up narrows ---- */

static void narrowed(struct work *w)
{
    report_world(w);
    become(w, "p-op1");
    const char *code = sent_report(w, "amber", "exceptional");
    become(w, NULL);
    assert_true(str_find(TELLS(w, "p-cep", "report", {"report", code}), S("監視が止まった")) >= 0);
    become(w, "p-op1");
    doing(w, "share", "report-follow", {"report", code});
    doing(w, "share", "report-save", {"report", code}, {"field.tlp", "red"}, {"field.title", MARK " t"}, {"field.summary", MARK " s"});
    become(w, NULL);
    assert_false(has_mark(TELLS(w, "p-meti", "report", {"report", code}))); /* typed is not sent */
    become(w, "p-op1");
    doing(w, "share", "report-send", {"report", code});
    become(w, NULL);
    static const char *const entries[] = {"reports", "reports-export", "statistics"};
    assert_false(has_mark(TELLS(w, "p-cep", "report", {"report", code})));
    for (size_t i = 0; i < 3; i++) assert_false(has_mark(TELLS(w, "p-cep", entries[i], {0})));
    assert_true(has_mark(TELLS(w, "p-meti", "report", {"report", code})));
    assert_false(has_mark(TELLS(w, "p-meti", "reports-export", {0}))); /* RED goes into no file */
    become(w, "p-cep");
    refused(w, NOTFOUND, "holds no report", "share", "report-add", {"report", code}, {"text", "x"});
}

/* ---- objects of others ---- */

#define OBJECT(id, modified, marking)                                                                                                                    \
    "{\"type\":\"tool\",\"spec_version\":\"2.1\",\"id\":\"tool--" id "\",\"created\":\"2026-01-01T00:00:00Z\",\"modified\":\"" modified "\",\"name\":\"x\",\"object_marking_refs\":[\"marking-definition--" marking "\"]}"
#define KNOWN "5e9b9a52-6f4f-4d0a-8a35-0a7f54c1b001"
#define AMBER_ID "55d920b0-5e8b-4f79-9ee9-91f868d9b421"
#define CLEAR_ID "94868c89-83c2-464b-929b-a1a8aa3c8487"

static void markings_of_others(struct work *w)
{
    report_world(w);
    become(w, "p-bank");
    doing(w, "share", "take", {"file", OBJECT(KNOWN, "2026-01-01T00:00:00Z", AMBER_ID), "a.json"});
    become(w, "p-op1"); /* neither kept from it nor told that somebody has it more narrowly */
    doing(w, "share", "take", {"file", OBJECT(KNOWN, "2026-01-01T00:00:00Z", CLEAR_ID), "b.json"});
    become(w, "p-bank");
    refused(w, CONFLICT, "never widened", "share", "take", {"file", OBJECT(KNOWN, "2026-02-01T00:00:00Z", CLEAR_ID), "c.json"});
    become(w, "p-cep"); /* nor by way of a group */
    doing(w, "share", "group-make", {"code", "g"}, {"name_ja", "組"}, {"open", "1"}, {"until", "2099-12-31"});
    doing(w, "share", "group-members", {"group", "cep-p/g"}, {"add", "op1"});
    doing(w, "share", "take", {"file", OBJECT(KNOWN, "2026-01-01T00:00:00Z", AMBER_ID), "d.json"});
    struct kept *k = doing(w, "share", "taxii-add", {"collection", "group-cep-p/g"}, {"file", OBJECT(KNOWN, "2026-01-01T00:00:00Z", CLEAR_ID), "e.json"});
    assert_int_equal(fact_int(k, "refused"), 1);
    refused(w, NOTFOUND, "no collection", "share", "taxii-add", {"collection", "group-cep-b/g"}, {"file", OBJECT(KNOWN, "2026-01-01T00:00:00Z", CLEAR_ID), "e.json"});
}

/* ---- two at once: the writer takes them one after the other, and the second finds what the first left ---- */

static void in_turn(struct work *w)
{
    report_world(w);
    become(w, "p-nisc");
    doing(w, "share", "draft", {"title", "x"}, {"text", "x"}, {"to", "sector:ci-power"}, {"tlp", "amber"}, {"pap", "clear"});
    const char *code = newest(w, "notice");
    doing(w, "share", "send", {"notice", code});
    become(w, "p-meti");
    doing(w, "share", "pass", {"notice", code});
    refused(w, CONFLICT, "passed on already", "share", "pass", {"notice", code}, {"tlp", "red"});
    become(w, "p-nisc");
    doing(w, "share", "recall", {"notice", code}, {"reason", "x"});
    refused(w, CONFLICT, "recalled already", "share", "recall", {"notice", code}, {"reason", "y"});
    become(w, "p-meti");
    refused(w, CONFLICT, "recalled", "share", "confirm", {"notice", code});
    become(w, "p-cep");
    refused(w, CONFLICT, "recalled", "share", "confirm", {"notice", code});
    refused(w, CONFLICT, "recalled", "share", "pass", {"notice", code});
    refused(w, CONFLICT, "recalled", "share", "pass-add", {"notice", code}, {"org", "op1"});
    become(w, "p-op1");
    const char *report = sent_report(w, "amber", "voluntary");
    become(w, "p-meti");
    doing(w, "share", "sanitise", {"report", report});
    const char *made = newest(w, "notice");
    doing(w, "share", "consent-ask", {"notice", made});
    doing(w, "share", "draft", {"notice", made}, {"text", "changed"}); /* while the operator reads */
    become(w, "p-op1");
    refused(w, CONFLICT, "changed after you were asked", "share", "consent-decide", {"notice", made}, {"decision", "given"});
    become(w, "p-meti");
    refused(w, CONFLICT, "has not agreed", "share", "send", {"notice", made});
}

/* ---- everything of one party, and every entry as somebody else ---- */

/* op1 has a mark in all it has; what it gave to nobody but those above it is theirs alone. */
struct marked {
    const char *report, *draft, *up, *made;
};

static struct marked all_marked(struct work *w)
{
    struct marked m;
    report_world(w);
    more_people(w);
    become(w, "p-op1");
    doing(w, "share", "contact", {"name", MARK " desk"}, {"phone", "03-5550-1234"}, {"mail", "zqx@o.example"}, {"hours", MARK " hours"});
    doing(w, "share", "group-make", {"code", "g"}, {"name_ja", MARK " group"});
    doing(w, "share", "group-members", {"group", "op1/g"}, {"add", "cep-p"});
    doing(w, "share", "take", {"file", OBJECT(KNOWN, "2026-01-01T00:00:00Z", AMBER_ID), MARK ".json"});
    m.draft = notice_to(w, "p-op1", "org:cep-p", "amber", "direct");
    m.up = sent_to(w, "p-op1", "org:cep-p", "amber", "direct");
    m.report = str_c(w->a, fact_text(doing(w, "share", "report-save", {"field.title", MARK " report"}, {"field.event", "availability"}, {"field.ground", "exceptional"},
                                      {"field.begun", "2007-04-23 09:30"}, {"field.service", MARK " s"}, {"field.tlp", "amber"}, {"field.summary", MARK " s"}, {"field.causes.1", "weakness"}),
                                "report"));
    doing(w, "share", "report-send", {"report", m.report});
    become(w, "p-meti");
    doing(w, "share", "report-add", {"report", m.report}, {"text", MARK " added"});
    doing(w, "share", "sanitise", {"report", m.report});
    m.made = newest(w, "notice");
    doing(w, "share", "draft", {"notice", m.made}, {"text", MARK " of the report"}, {"to", "org:op2"}, {"direct", "1"});
    doing(w, "share", "consent-ask", {"notice", m.made});
    return m;
}

static const char *const others[] = {"p-op2", "p-bank", "p-fsa", "p-cepb", "p-up", "p-aud", "p-gov", "p-adm", "p-op1v"};
enum { OTHERS = sizeof others / sizeof *others };

static void silent(struct work *w, const struct marked *m, const struct entry *e, const char *param, const char *value, bool paged)
{
    struct ask ask[ASK_MAX] = {{0}};
    size_t n = 0;
    if (param != NULL) ask[n++] = (struct ask){.name = param, .text = value};
    for (const struct param *p = e->params; p != NULL && p->name != NULL; p++) {
        if (!(p->flags & REQUIRED) || (param != NULL && strcmp(p->name, param) == 0)) continue;
        const char *given = strcmp(p->name, "report") == 0 ? m->report : strcmp(p->name, "group") == 0 ? "op1/g" : strcmp(p->name, "object") == 0 ? "tool--" KNOWN
                            : strcmp(p->name, "name") == 0 ? MARK ".txt" : m->up;
        ask[n++] = (struct ask){.name = p->name, .text = given};
    }
    ask[n] = (struct ask){0};
    for (size_t i = 0; i < OTHERS; i++) {
        str told = tells(w, others[i], "share", e->name, paged, ask);
        if (has_mark(told)) fail_msg("share %s %s=%s tells %s: %.*s", e->name, param == NULL ? "" : param, param == NULL ? "" : value, others[i], STR_ARG(told));
    }
}

static void canary(struct work *w)
{
    struct marked m = all_marked(w);
    const char *const values[] = {m.report, m.draft, m.up, m.made, "op1", "op1/g", "received", "group-op1/g", "tool--" KNOWN, MARK, "sent:9999999999:cep-p", "1"};
    become(w, NULL);
    assert_true(has_mark(TELLS(w, "p-op1", "report", {"report", m.report}))); /* the marks are there to be found */
    assert_true(has_mark(TELLS(w, "p-op1", "consent", {"notice", m.made})));
    assert_true(has_mark(TELLS(w, "p-cep", "notice", {"notice", m.up})));
    for (size_t i = 0; i < share_room.n_entries; i++) {
        const struct entry *e = &share_room.entries[i];
        if (e->kind == ENTRY_ACT) continue;
        silent(w, &m, e, NULL, NULL, false);
        silent(w, &m, e, NULL, NULL, true);
        for (const struct param *p = e->params; p != NULL && p->name != NULL; p++)
            for (size_t v = 0; v < sizeof values / sizeof *values; v++)
                if (p->type == P_CODE || p->type == P_TEXT) silent(w, &m, e, p->name, values[v], v % 2 != 0);
    }
    static const char *const sums[][2] = {{"home", ""}, {"journal", "show"}, {"find", ""}};
    for (size_t k = 0; k < sizeof sums / sizeof *sums; k++)
        for (size_t i = 0; i < OTHERS; i++) {
            if (room_find(str_of(sums[k][0])) == NULL || entry_find(room_find(str_of(sums[k][0])), str_of(sums[k][1])) == NULL) continue;
            const struct param *q = param_find(entry_of(sums[k][0], sums[k][1]), S("q"));
            if (q == NULL) {
                str told = tells(w, others[i], sums[k][0], sums[k][1], false, ASK({0}));
                if (has_mark(told)) fail_msg("%s %s tells %s: %.*s", sums[k][0], sums[k][1], others[i], STR_ARG(told));
            }
        }
    for (size_t i = 0; i < OTHERS; i++) assert_false(waits_tell(w, others[i]));
}

/* ---- acts in another's name: refused, and nothing is written ---- */

static str all_rows(struct work *w)
{
    static const struct sql rows = OPEN("a test",
        "SELECT CAST((SELECT count(*) FROM share_notice) AS TEXT) || ' ' || CAST((SELECT coalesce(sum(revision * 7 + tlp), 0) FROM share_notice) AS TEXT) || ' ' ||"
        " CAST((SELECT count(*) FROM share_delivery) AS TEXT) || ' ' || CAST((SELECT coalesce(sum(ack * 11 + cause + coalesce(passed, 0)), 0) FROM share_delivery) AS TEXT) || ' ' ||"
        " CAST((SELECT coalesce(sum(revision * 5 + tlp + coalesce(severity_at, 0) + coalesce(closed, 0)), 0) FROM share_report) AS TEXT) || ' ' ||"
        " CAST((SELECT count(*) FROM share_report_holder) AS TEXT) || ' ' || CAST((SELECT count(*) FROM share_report_value) AS TEXT) || ' ' ||"
        " CAST((SELECT count(*) FROM share_consent WHERE decision = '') AS TEXT) || ' ' || CAST((SELECT count(*) FROM share_group_member WHERE until IS NULL) AS TEXT) || ' ' ||"
        " CAST((SELECT count(*) FROM share_group) AS TEXT) || ' ' || CAST((SELECT count(*) FROM share_contact) AS TEXT) || ' ' ||"
        " CAST((SELECT coalesce(sum(revision), 0) FROM share_contact) AS TEXT) || ' ' || CAST((SELECT count(*) FROM share_object) AS TEXT) || ' ' ||"
        " CAST((SELECT count(*) FROM share_attachment) AS TEXT) || ' ' || CAST((SELECT seq FROM journal_head) AS TEXT)");
    str s;
    assert_ok(w, store_text(w, &rows, NOARGS, &s));
    return s;
}

static void not_yours(struct work *w, const char *person, const char *name, const struct ask *ask)
{
    str before = all_rows(w);
    become(w, person);
    w->faults = (struct faults){0};
    enum err e = through_door(w, "share", name, ask, kept_new(w));
    if (e != NOTFOUND && e != DENIED) fail_msg("%s: share %s ends in %d", person, name, (int)e);
    for (int64_t i = 0; i < w->faults.count && i < FAULTS_SHOWN; i++)
        for (size_t k = 0; k < FAULT_ARGS; k++) assert_false(has_mark(w->faults.first[i].arg[k]));
    w->faults = (struct faults){0};
    str after = all_rows(w);
    if (!str_eq(before, after)) fail_msg("%s: share %s is refused and changes something: %.*s, then %.*s", person, name, STR_ARG(before), STR_ARG(after));
}
#define NOT_YOURS(person, name, ...) not_yours(w, person, name, ASK(__VA_ARGS__))

static void whatever_the_notice(struct work *w, const char *who, const char *code)
{
    NOT_YOURS(who, "confirm", {"notice", code});
    NOT_YOURS(who, "confirm", {"notice", code}, {"of", "cep-p"}, {"spoke_to", "x"});
    NOT_YOURS(who, "confirm-import", {"notice", code}, {"file", "org,state,time,channel,spoke_to\ncep-p,confirmed,,phone,x\n", "c.csv"});
    NOT_YOURS(who, "cause", {"notice", code}, {"of", "cep-p"}, {"cause", "absent"});
    NOT_YOURS(who, "pass", {"notice", code});
    NOT_YOURS(who, "pass-add", {"notice", code}, {"org", "nisc"});
    NOT_YOURS(who, "recall", {"notice", code}, {"reason", "x"});
    NOT_YOURS(who, "update", {"notice", code});
    NOT_YOURS(who, "draft", {"notice", code}, {"title", "x"});
    NOT_YOURS(who, "send", {"notice", code});
    NOT_YOURS(who, "discard", {"notice", code});
    NOT_YOURS(who, "attach", {"notice", code}, {"file", "x", "x.txt"});
    NOT_YOURS(who, "detach", {"notice", code}, {"name", MARK ".txt"});
    NOT_YOURS(who, "drill", {"draft", code});
    NOT_YOURS(who, "consent-ask", {"notice", code});
    NOT_YOURS(who, "consent-decide", {"notice", code}, {"decision", "given"});
}

static void whatever_the_report(struct work *w, const char *who, const char *code)
{
    NOT_YOURS(who, "report-save", {"report", code}, {"field.title", "x"});
    NOT_YOURS(who, "report-send", {"report", code});
    NOT_YOURS(who, "report-follow", {"report", code});
    NOT_YOURS(who, "report-drop", {"report", code});
    NOT_YOURS(who, "report-add", {"report", code}, {"text", "x"});
    NOT_YOURS(who, "report-pass", {"report", code});
    NOT_YOURS(who, "report-widen", {"report", code}, {"tlp", "clear"});
    NOT_YOURS(who, "report-close", {"report", code});
    NOT_YOURS(who, "severity", {"report", code}, {"safety", "4"});
    NOT_YOURS(who, "sanitise", {"report", code});
}

static void whatever_the_body(struct work *w, const char *who)
{
    NOT_YOURS(who, "group-members", {"group", "op1/g"}, {"add", "cep-p"});
    NOT_YOURS(who, "group-members", {"group", "op1/g"}, {"remove", "cep-p"});
    NOT_YOURS(who, "contact", {"org", "op1"}, {"ord", "1"}, {"phone", "03-1111-1111"});
    NOT_YOURS(who, "contact-end", {"org", "op1"}, {"ord", "1"});
    NOT_YOURS(who, "contacts-confirm", {"org", "op1"});
    NOT_YOURS(who, "body-edit", {"org", "op1"}, {"signs_in", "no"});
    NOT_YOURS(who, "taxii-add", {"collection", "group-op1/g"}, {"file", OBJECT(KNOWN, "2026-03-01T00:00:00Z", AMBER_ID), "x.json"});
    NOT_YOURS(who, "report-save", {"for", "op1"}, {"field.title", "x"});
    NOT_YOURS(who, "draft", {"for", "op1"}, {"title", "x"});
}

/* Those who have it too do not do with it what is not theirs. */
static void part_of_it_is_theirs(struct work *w, const struct marked *m)
{
    static const char *const acts[] = {"recall", "update", "discard"};
    for (size_t i = 0; i < 3; i++) NOT_YOURS("p-cep", acts[i], {"notice", m->up}, {i == 0 ? "reason" : "for", i == 0 ? "x" : "cep-p"});
    NOT_YOURS("p-cep", "confirm", {"notice", m->up}, {"of", "op1"}, {"spoke_to", "x"});
    NOT_YOURS("p-cep", "report-pass", {"report", m->report});
    NOT_YOURS("p-meti", "report-widen", {"report", m->report}, {"tlp", "clear"});
    NOT_YOURS("p-meti", "severity", {"report", m->report}, {"safety", "4"});
    NOT_YOURS("p-meti", "report-save", {"report", m->report}, {"field.title", "x"});
    NOT_YOURS("p-meti", "consent-decide", {"notice", m->made}, {"decision", "given"}); /* in place of the operator */
    NOT_YOURS("p-nisc", "consent-decide", {"notice", m->made}, {"decision", "given"});
    NOT_YOURS("p-nisc", "report-widen", {"report", m->report}, {"tlp", "clear"});
    NOT_YOURS("p-cep", "sanitise", {"report", m->report});
    NOT_YOURS("p-cep", "group-members", {"group", "op1/g"}, {"add", "op2"});
    NOT_YOURS("p-op1", "group-members", {"group", "op1/g"}, {"add", "op2"}); /* whom it may not write to */
    NOT_YOURS("p-op1", "reports-import", {"file", "org,received,title,event\nop2,2007-04-01,x,other\n", "r.csv"});
    NOT_YOURS("p-meti", "reports-import", {"file", "org,received,title,event\nop1,2007-04-01,x,other\n", "r.csv"});
    NOT_YOURS("p-op1", "send", {"notice", m->made});
}

static void in_anothers_name(struct work *w)
{
    struct marked m = all_marked(w);
    const char *const notices[] = {m.draft, m.up, m.made, "N-1999-0001"};
    const char *const reports[] = {m.report, "R-1999-0001"};
    for (size_t i = 0; i < OTHERS; i++) {
        for (size_t k = 0; k < 4; k++) whatever_the_notice(w, others[i], notices[k]);
        for (size_t k = 0; k < 2; k++) whatever_the_report(w, others[i], reports[k]);
        whatever_the_body(w, others[i]);
    }
    part_of_it_is_theirs(w, &m);
}

static void on_turns(void **s) { (void)s, each_store(in_turn); }
static void on_canary(void **s) { (void)s, each_store(canary); }
static void on_acts(void **s) { (void)s, each_store(in_anothers_name); }
static void on_red(void **s) { (void)s, each_store(red); }
static void on_sideways(void **s) { (void)s, each_store(sideways); }
static void on_numbers(void **s) { (void)s, each_store(numbers); }
static void on_attached(void **s) { (void)s, each_store(attached); }
static void on_narrowed(void **s) { (void)s, each_store(narrowed); }
static void on_markings(void **s) { (void)s, each_store(markings_of_others); }

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(on_red), cmocka_unit_test(on_sideways), cmocka_unit_test(on_numbers), cmocka_unit_test(on_attached),
                                       cmocka_unit_test(on_narrowed), cmocka_unit_test(on_markings), cmocka_unit_test(on_turns), cmocka_unit_test(on_canary), cmocka_unit_test(on_acts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
