/* Reports up: who reads one, what each tier may do, what stays as the operator said it, files, faults in between. */
#include "report_kit.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/trouble.h"
#include "share/report_store.h"

/* ---- who reads it ---- */

static void nobody_else(struct work *w, const char *code, const char *const *who, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        become(w, who[i]);
        refused(w, NOTFOUND, "holds no report", "share", "report", {"report", code});
        refused(w, NOTFOUND, "holds no report", "share", "report", {"report", "R-1999-0001"}); /* the same words */
        refused(w, NOTFOUND, "holds no report", "share", "report-fields", {"report", code});
        refused(w, NOTFOUND, "holds no report", "share", "report-save", {"report", code}, {"field.title", "x"});
        refused(w, NOTFOUND, "holds no report", "share", "report-add", {"report", code}, {"text", "x"});
        refused(w, NOTFOUND, "holds no report", "share", "severity", {"report", code}, {"safety", "1"});
        refused(w, NOTFOUND, "holds no report", "share", "sanitise", {"report", code});
        struct kept *k = doing(w, "share", "reports", {"drills", "without"});
        assert_int_equal(fact_int(k, "reports"), 0);
        assert_int_equal(file_of_entry(w, "share", "reports-export", ASK({0})).n < 400, true);
    }
}

static void holders(struct work *w)
{
    static const char *const all[] = {"p-op2", "p-bank", "p-meti", "p-fsa", "p-cep", "p-cepb", "p-nisc"};
    static const char *const sent[] = {"p-op2", "p-bank", "p-fsa", "p-cepb", "p-nisc"};
    static const char *const passed[] = {"p-op2", "p-bank", "p-fsa", "p-cepb"};
    report_world(w);
    become(w, "p-op1");
    const char *code = typed_report(w, "amber", "voluntary");
    assert_str(str_of(code), "R-2007-0001");
    nobody_else(w, code, all, 7);
    become(w, "p-op1");
    doing(w, "share", "report-send", {"report", code});
    refused(w, CONFLICT, "nothing is typed", "share", "report-send", {"report", code}); /* the same form twice */
    nobody_else(w, code, sent, 5);
    become(w, "p-cep");
    doing(w, "share", "report", {"report", code});
    refused(w, DENIED, "only the ministry in charge", "share", "report-pass", {"report", code});
    become(w, "p-meti");
    assert_str(fact_text(doing(w, "share", "report", {"report", code}), "state"), "sent");
    refused(w, INVALID, "never wider", "share", "report-pass", {"report", code}, {"tlp", "green"});
    doing(w, "share", "report-pass", {"report", code}, {"tlp", "amber+strict"});
    refused(w, CONFLICT, "has '", "share", "report-pass", {"report", code});
    nobody_else(w, code, passed, 4);
    become(w, "p-nisc");
    struct kept *k = doing(w, "share", "report", {"report", code});
    assert_str(fact_text(k, "state"), "received");
    assert_str(fact_text(k, "tlp"), "amber+strict"); /* as its ministry narrowed it */
    assert_str(k->doc.handling, "TLP:AMBER+STRICT");
    become(w, "p-gov"); /* stands above the centre in the tree, and shares for nobody */
    refused(w, DENIED, "exchange notices and reports", "share", "report", {"report", code});
}

/* ---- which way it goes ---- */

static size_t holding(struct work *w, const char *code) { return rows_of(doing(w, "share", "report", {"report", code}), "holders"); }

static void ways(struct work *w)
{
    report_world(w);
    become(w, "p-op1");
    assert_int_equal(holding(w, sent_report(w, "amber", "voluntary")), 3);        /* itself, its CEPTOAR, its ministry */
    assert_int_equal(holding(w, sent_report(w, "amber+strict", "law")), 2);       /* itself, its ministry */
    assert_int_equal(holding(w, sent_report(w, "red", "exceptional")), 3);        /* itself, its ministry, the centre at once */
    const char *urgent = typed_report(w, "green", "voluntary");
    doing(w, "share", "report-send", {"report", urgent}, {"urgent", "1"});
    assert_int_equal(holding(w, urgent), 4);
    become(w, "p-meti"); /* a ministry's own: straight to the centre */
    const char *own = sent_report(w, "amber", "law");
    struct kept *k = doing(w, "share", "report", {"report", own});
    assert_int_equal(rows_of(k, "holders"), 2);
    assert_str(fact_text(k, "state"), "received");
    become(w, "p-nisc");
    refused(w, DENIED, "reported by operators", "share", "report-save", {"field.title", "x"});
    assert_int_equal(fact_int(doing(w, "share", "reports", {"event", "availability"}), "reports"), 3);
    become(w, "p-cep");
    refused(w, DENIED, "reported by operators", "share", "report-save", {"field.title", "x"});
}

/* ---- nobody changes the operator's words; each adds beside them ---- */

static void words_stay(struct work *w)
{
    report_world(w);
    become(w, "p-op1");
    const char *code = sent_report(w, "amber", "exceptional");
    static const char *const others[] = {"p-meti", "p-cep", "p-nisc"};
    for (size_t i = 0; i < 3; i++) {
        become(w, others[i]);
        refused(w, DENIED, "whose report it is", "share", "report-save", {"report", code}, {"field.title", "mine"});
        refused(w, DENIED, "whose report it is", "share", "report-send", {"report", code});
        refused(w, DENIED, "whose report it is", "share", "report-follow", {"report", code});
        refused(w, DENIED, "whose report it is", "share", "report-drop", {"report", code});
        refused(w, DENIED, "whose report it is", "share", "report-widen", {"report", code}, {"tlp", "clear"});
    }
    refused(w, DENIED, "operator sends a follow-up", "share", "report-add", {"report", code}, {"text", "x"}); /* the centre */
    become(w, "p-meti");
    doing(w, "share", "report-add", {"report", code}, {"text", "他社にも照会中"});
    refused(w, DENIED, "only the centre", "share", "severity", {"report", code}, {"safety", "4"});
    refused(w, DENIED, "only the centre", "share", "report-close", {"report", code}); /* who has it highest */
    become(w, "p-nisc");
    struct kept *k = doing(w, "share", "report", {"report", code});
    assert_int_equal(rows_of(k, "added"), 1);
    assert_str(cell_in(k, "added", 0, "text")->text, "他社にも照会中");
    doing(w, "share", "severity", {"report", code}, {"continuity", "2"}, {"trust", "3"});
    assert_str(fact_text(doing(w, "share", "report", {"report", code}), "severity"), "3"); /* the highest counts */
    refused(w, INVALID, "", "share", "severity", {"report", code}, {"safety", "5"});
    doing(w, "share", "report-close", {"report", code});
    become(w, "p-op1");
    refused(w, CONFLICT, "is closed", "share", "report-follow", {"report", code});
}

/* ---- follow-ups, and how far it may go ---- */

static void follow_ups(struct work *w)
{
    report_world(w);
    become(w, "p-op1");
    const char *code = sent_report(w, "amber+strict", "law");
    refused(w, CONFLICT, "begin a follow-up", "share", "report-save", {"report", code}, {"field.level", "99"});
    doing(w, "share", "report-follow", {"report", code});
    refused(w, CONFLICT, "already", "share", "report-follow", {"report", code});
    refused(w, CONFLICT, "nothing else", "share", "report-send", {"report", code});
    doing(w, "share", "report-save", {"report", code}, {"field.level", "99"}, {"field.causes", ""});
    doing(w, "share", "report-send", {"report", code});
    struct kept *k = doing(w, "share", "report", {"report", code});
    assert_int_equal(rows_of(k, "editions"), 2);
    assert_int_equal(rows_of(k, "changes"), 2);
    become(w, "p-cep");
    refused(w, NOTFOUND, "holds no report", "share", "report", {"report", code});
    become(w, "p-op1");
    refused(w, INVALID, "wider", "share", "report-widen", {"report", code}, {"tlp", "red"});
    doing(w, "share", "report-widen", {"report", code}, {"tlp", "green"});
    become(w, "p-cep");
    assert_str(fact_text(doing(w, "share", "report", {"report", code}), "tlp"), "green");
    become(w, "p-meti");
    k = doing(w, "share", "report", {"report", code}, {"edition", "1"});
    assert_int_equal(kept_table(k, "changes"), -1);
    refused(w, NOTFOUND, "editions", "share", "report", {"report", code}, {"edition", "3"});
}

/* ---- two at once ---- */

static void stale(struct work *w)
{
    report_world(w);
    become(w, "p-op1");
    const char *code = typed_report(w, "amber", "law");
    struct kept *k = doing(w, "share", "report-save", {"report", code}, {"revision", "1"}, {"field.service", "first"});
    assert_int_equal(fact_int(k, "revision"), 2);
    k = doing(w, "share", "report-save", {"report", code}, {"revision", "1"}, {"field.service", "second"});
    assert_int_equal(fact_int(k, "changed"), 0);
    assert_int_equal(rows_of(k, "both_texts"), 1);
    assert_str(cell_in(k, "both_texts", 0, "stands")->text, "first");
    assert_str(cell_in(k, "both_texts", 0, "given")->text, "second");
    k = doing(w, "share", "report-save", {"report", code}, {"revision", "1"}, {"field.service", "first"}); /* the same once more */
    assert_int_equal(kept_table(k, "both_texts"), -1);
    assert_int_equal(fact_int(k, "revision"), 2);
    refused(w, INVALID, "no field", "share", "report-save", {"report", code}, {"field.colour", "red"});
    refused(w, INVALID, "none of", "share", "report-save", {"report", code}, {"field.event", "fire"});
    doing(w, "share", "report-drop", {"report", code});
    refused(w, NOTFOUND, "holds no report", "share", "report", {"report", code});
}

static void incomplete(struct work *w)
{
    report_world(w);
    become(w, "p-op1");
    const char *code = str_c(w->a, fact_text(doing(w, "share", "report-save", {"field.title", "x"}, {"drill", "1"}), "report"));
    assert_str(str_of(code), "DR-2007-0001");
    assert_err(w, through_door(w, "share", "report-send", ASK({"report", code}), kept_new(w)), INVALID);
    assert_int_equal(w->faults.count, 2); /* type and ground */
    w->faults = (struct faults){0};
    doing(w, "share", "report-save", {"report", code}, {"field.event", "near-miss"}, {"field.ground", "voluntary"});
    doing(w, "share", "report-send", {"report", code});
    become(w, "p-meti");
    assert_int_equal(fact_int(doing(w, "share", "reports", {"drills", "only"}), "reports"), 1);
    assert_int_equal(fact_int(doing(w, "share", "reports", {"drills", "without"}), "reports"), 0);
    assert_true(noted_has(doing(w, "share", "report", {"report", code}), "Drill"));
}

/* ---- that it arrived ---- */

static void arrival(struct work *w)
{
    struct share_report_waiting waits[REPORT_WAITS];
    struct party meti = {.code = S("meti")};
    static const struct sql id = SQL("SELECT id FROM org WHERE code = 'meti'");
    report_world(w);
    assert_ok(w, store_int(w, &id, NOARGS, &meti.org));
    become(w, "p-op1");
    const char *code = sent_report(w, "amber", "law");
    assert_ok(w, share_report_waits(w, &meti, waits));
    assert_int_equal(waits[REPORT_TO_READ].n, 1);
    assert_int_equal(waits[REPORT_TO_PASS].n, 1);
    assert_str(waits[REPORT_TO_READ].code, code);
    become(w, "p-meti");
    struct kept *k = doing(w, "share", "report", {"report", code});
    assert_true(k->doc.marks);
    struct given given[] = {{S("report"), str_of(code), NULL}};
    struct args args;
    const struct entry *e = entry_of("share", "report");
    assert_ok(w, args_parse(w, e, given, 1, &args));
    assert_ok(w, door_mark(w, e, &args));
    assert_false(doing(w, "share", "report", {"report", code})->doc.marks);
    become(w, "p-op1");
    k = doing(w, "share", "report", {"report", code});
    assert_int_equal(cell_at(k, "holders", "meti", NULL, "seen")->i, 1);
    assert_int_equal(cell_at(k, "holders", "meti", NULL, "read")->i, w->now);
    assert_int_equal(cell_at(k, "holders", "cep-p", NULL, "read")->type, CELL_NONE);
    assert_ok(w, share_report_waits(w, &meti, waits));
    assert_int_equal(waits[REPORT_TO_READ].n, 0);
    doing(w, "share", "report-follow", {"report", code});
    doing(w, "share", "report-save", {"report", code}, {"field.level", "50"});
    doing(w, "share", "report-send", {"report", code});
    assert_ok(w, share_report_waits(w, &meti, waits));
    assert_int_equal(waits[REPORT_TO_READ].n, 1); /* a newer edition */
}

/* ---- files ---- */

#define HEAD "code,org,first,received,drill,title,event,causes,level\n"
static void files(struct work *w)
{
    report_world(w);
    become(w, "p-op1");
    const char *own = sent_report(w, "amber", "exceptional");
    refused(w, DENIED, "by the centre", "share", "reports-import", FILED_AS(HEAD));
    become(w, "p-nisc");
    struct kept *k = doing(w, "share", "reports-import",
                           FILED_AS(HEAD "OLD-1,op2,,2006-05-01 10:00,,古い障害,intrusion,theft weakness,12.5\n,meti,2006-04-30,2006-05-02,,省の障害,near-miss,,\n"));
    assert_int_equal(fact_int(k, "added"), 2);
    struct kept *list = doing(w, "share", "reports", {"year", "2006"});
    assert_int_equal(fact_int(list, "reports"), 2);
    assert_int_equal(cell_at(list, "reports", "OLD-1", NULL, "government")->i, 0);
    assert_str(cell_at(list, "reports", "OLD-1", NULL, "sector")->text, "ci-power");
    assert_int_equal(cell_at(list, "reports", "R-2006-0001", NULL, "government")->i, 1); /* numbered in the year it came in */
    str out = str_dup(w->a, file_of_entry(w, "share", "reports-export", ASK({0})));
    k = doing(w, "share", "reports-import", {"file", str_c(w->a, out), "again.csv"});
    assert_int_equal(fact_int(k, "unchanged"), 3);
    assert_int_equal(fact_int(k, "added") + fact_int(k, "changed"), 0);
    k = doing(w, "share", "reports-import", FILED_AS(HEAD "OLD-1,op2,,2006-05-01 10:00,,古い障害,malicious-code,theft weakness,12.5\n"));
    assert_int_equal(fact_int(k, "changed"), 1);
    become(w, "p-op2"); /* whose it is reads it, and that the centre entered it */
    assert_true(noted_has(doing(w, "share", "report", {"report", "OLD-1"}), "Entered by the centre"));
    become(w, "p-nisc");
    refused(w, CONFLICT, "typed here", "share", "reports-import", {"file", str_c(w->a, str_fmt(w->a, HEAD "%s,op1,,2006-05-01,,other,other,,\n", own)), "f"});
    refused(w, NOTFOUND, "no operator", "share", "reports-import", FILED_AS(HEAD ",nobody,,2006-05-01,,t,other,,\n"));
    refused(w, NOTFOUND, "no operator", "share", "reports-import", FILED_AS(HEAD ",cep-p,,2006-05-01,,t,other,,\n"));
    refused(w, INVALID, "twice", "share", "reports-import", FILED_AS(HEAD "A,op1,,2006-05-01,,t,other,,\nA,op1,,2006-05-01,,t,other,,\n"));
    refused(w, INVALID, "lies ahead", "share", "reports-import", FILED_AS(HEAD ",op1,,2026-05-01,,t,other,,\n"));
    refused(w, INVALID, "none of", "share", "reports-import", FILED_AS(HEAD ",op1,,2006-05-01,,t,fire,,\n"));
    refused(w, INVALID, "required", "share", "reports-import", FILED_AS(HEAD ",op1,,,,t,other,,\n"));
    refused(w, INVALID, "after", "share", "reports-import", FILED_AS(HEAD ",op1,2006-06-01,2006-05-01,,t,other,,\n"));
    assert_int_equal(fact_int(doing(w, "share", "reports", {"year", "2006"}), "reports"), 2);
}

/* ---- a fault at any point leaves before or after ---- */

static int64_t count_of(struct work *w, const struct sql *q)
{
    int64_t n = -1;
    assert_ok(w, store_int(w, q, NOARGS, &n));
    return n;
}

/* Either typed and held by its operator alone, or sent and held by three. */
static bool whole(str url)
{
    static const struct sql typed = OPEN("a test", "SELECT count(*) FROM share_report_value WHERE number = 0"),
                            said = OPEN("a test", "SELECT count(*) FROM share_report_value WHERE number = 1"),
                            editions = OPEN("a test", "SELECT count(*) FROM share_report_edition"), held = OPEN("a test", "SELECT count(*) FROM share_report_holder"),
                            sent = OPEN("a test", "SELECT count(*) FROM share_report WHERE state = 'sent' AND editions = 1");
    struct arena *life = arena_new(0);
    struct work *w = other_work(life, url, STORE_READ);
    bool done = count_of(w, &sent) == 1;
    assert_int_equal(count_of(w, &editions), done);
    assert_int_equal(count_of(w, &held), done ? 3 : 1);
    assert_true((count_of(w, &typed) == 0) == done);
    assert_true((count_of(w, &said) == 0) != done);
    arena_free(life);
    return done;
}

static void troubles(str url)
{
    struct arena *life = arena_new(0);
    struct work *w = other_work(life, url, STORE_WRITE);
    report_world(w);
    become(w, "p-op1");
    typed_report(w, "amber", "voluntary");
    arena_free(life);
    for (int n = 1, code = -1; code != 0; n++) {
        assert_true(n < 4000);
        pid_t child = fork();
        if (child == 0) {
            struct work *v = other_work(arena_new(0), url, STORE_WRITE);
            become(v, "p-op1");
            struct kept *k = kept_new(v);
            trouble_at(n);
            enum err e = through_door(v, "share", "report-send", ASK({"report", "R-2007-0001"}), k);
            _exit(e != OK && v->faults.count == 0 ? 3 : e != OK); /* 3: failed without a word */
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        code = WEXITSTATUS(status);
        assert_true(code == 0 || code == 1 || code == 75);
        assert_int_equal(whole(url), code == 0);
    }
}
static void test_troubles(void **s)
{
    (void)s;
    at_sqlite(troubles);
}

#define TEST(name)                     \
    static void test_##name(void **s)  \
    {                                  \
        (void)s;                       \
        each_store(name);              \
    }
TEST(holders)
TEST(ways)
TEST(words_stay)
TEST(follow_ups)
TEST(stale)
TEST(incomplete)
TEST(arrival)
TEST(files)

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_holders), cmocka_unit_test(test_ways),       cmocka_unit_test(test_words_stay),
                                       cmocka_unit_test(test_follow_ups), cmocka_unit_test(test_stale),   cmocka_unit_test(test_incomplete),
                                       cmocka_unit_test(test_arrival), cmocka_unit_test(test_files),
                                       cmocka_unit_test(test_troubles)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
