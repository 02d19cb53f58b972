/* Consent: a notice made of a report is not sent before the operator agreed to that very text; every change makes the word void. */
#include "report_kit.h"

#include "share/compose.h"
#include "share/consent_store.h"

static struct party party(struct work *w, const char *code)
{
    static const struct sql id = SQL("SELECT id FROM org WHERE code = $1");
    struct party p = {.code = str_of(code), .kind = S("centre"), .tier = TIER_OTHER};
    assert_ok(w, store_int(w, &id, ARGS(TEXT(p.code)), &p.org));
    return p;
}

static struct notice draft_of(struct work *w, const char *code)
{
    struct party p = party(w, "nisc");
    struct notice n;
    struct delivery own;
    enum standing stands;
    assert_ok(w, notice_find(w, &p, str_of(code), &n, &own, &stands));
    assert_int_equal(stands, STANDS_ISSUER);
    return n;
}

static bool consented(struct work *w, const char *code)
{
    struct notice n = draft_of(w, code);
    bool out = false;
    assert_ok(w, notice_consented(w, &n, &out));
    return out;
}

static const char *made(struct work *w, const char *tlp, const char **report)
{
    become(w, "p-op1");
    *report = sent_report(w, tlp, "exceptional");
    become(w, "p-nisc");
    return str_c(w->a, fact_text(doing(w, "share", "sanitise", {"report", *report}), "notice"));
}

static void agreed(struct work *w, const char *notice)
{
    become(w, "p-nisc");
    doing(w, "share", "consent-ask", {"notice", notice});
    become(w, "p-op1");
    doing(w, "share", "consent-decide", {"notice", notice}, {"decision", "given"});
    become(w, "p-nisc");
}

static void change(struct work *w, struct draft *d, struct notice *n)
{
    assert_ok(w, store_begin(w));
    assert_ok(w, draft_change(w, d, n));
    assert_ok(w, store_commit(w));
}

static struct draft as_it_is(const struct notice *n)
{
    return (struct draft){.kind = n->kind, .urgency = n->urgency, .title = n->title, .text = n->text, .measure = n->measure, .to = n->to, .marking = n->marking,
                          .within = n->within, .report = n->report};
}

/* ---- what the program prefills tells of nobody ---- */

static void prefilled(struct work *w)
{
    static const char *const telling[] = {"みなと電工", "潮見発電所", "しおさい監視盤", "192.0.2.7", "潮見", "Minato", "op1", "scada-9"};
    const char *report;
    report_world(w);
    const char *notice = made(w, "amber", &report);
    struct notice n = draft_of(w, notice);
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
        assert_true(str_find(n.title, str_of(telling[i])) < 0);
        assert_true(str_find(n.text, str_of(telling[i])) < 0);
        assert_true(str_find(n.measure, str_of(telling[i])) < 0);
    }
    assert_true(str_find(n.text, S("■■")) >= 0 && str_find(n.text, S("監視盤")) >= 0 && str_find(n.measure, S("予備系")) >= 0);
    assert_int_equal(n.marking.tlp, TLP_AMBER);
    assert_str(n.to, "sector:ci-bank"); /* the others */
    assert_str(n.state, "draft");
    become(w, "p-cep");
    refused(w, DENIED, "by the centre", "share", "sanitise", {"report", report});
    become(w, "p-op1");
    refused(w, DENIED, "by the centre", "share", "sanitise", {"report", report});
}

/* ---- consent × every change ---- */

static void voided(struct work *w)
{
    const char *report;
    report_world(w);
    const char *notice = made(w, "amber", &report);
    assert_false(consented(w, notice));
    become(w, "p-nisc");
    doing(w, "share", "consent-ask", {"notice", notice});
    assert_false(consented(w, notice));
    refused(w, CONFLICT, "already", "share", "consent-ask", {"notice", notice});
    become(w, "p-op1");
    doing(w, "share", "consent-decide", {"notice", notice}, {"decision", "given"});
    assert_true(consented(w, notice));
    struct notice n = draft_of(w, notice);
    const struct draft was = as_it_is(&n);
    const struct notice_reference cve = {S("cve"), S("CVE-2007-1234")};
    struct draft changed[6] = {was, was, was, was, was, was};
    changed[0].title = str_fmt(w->a, "%.*s,", STR_ARG(was.title)); /* a comma */
    changed[1].text = str_fmt(w->a, "%.*s,", STR_ARG(was.text));
    changed[2].measure = str_fmt(w->a, "%.*s,", STR_ARG(was.measure));
    changed[3].marking.tlp = TLP_RED;
    changed[4].marking.pap = PAP_RED;
    changed[5].reference = &cve;
    changed[5].n_references = 1;
    become(w, "p-nisc");
    for (size_t i = 0; i < 6; i++) {
        change(w, &changed[i], &n);
        assert_false(consented(w, notice));
        become(w, "p-op1");
        refused(w, CONFLICT, "changed after", "share", "consent-decide", {"notice", notice}, {"decision", "given"});
        become(w, "p-nisc");
        struct draft back = was;
        change(w, &back, &n);
        assert_true(consented(w, notice)); /* that very text again */
    }
    become(w, "p-op1");
    refused(w, CONFLICT, "changed after", "share", "consent-decide", {"notice", notice}, {"decision", "given"}, {"digest", "0000"});
    doing(w, "share", "consent-decide", {"notice", notice}, {"decision", "withdrawn"});
    assert_false(consented(w, notice));
    refused(w, CONFLICT, "nothing was agreed", "share", "consent-decide", {"notice", notice}, {"decision", "withdrawn"});
}

static void sending(struct work *w)
{
    const char *report;
    struct share_report_waiting waits[REPORT_WAITS];
    report_world(w);
    const char *notice = made(w, "amber", &report);
    struct party nisc = party(w, "nisc"), op1 = party(w, "op1");
    struct notice n = draft_of(w, notice);
    assert_ok(w, store_begin(w));
    assert_err(w, draft_send(w, &nisc, &n), CONFLICT);
    store_rollback(w);
    w->faults = (struct faults){0};
    become(w, "p-nisc");
    doing(w, "share", "consent-ask", {"notice", notice});
    assert_ok(w, share_report_waits(w, &op1, waits));
    assert_int_equal(waits[REPORT_CONSENT].n, 1);
    assert_str(waits[REPORT_CONSENT].code, notice);
    become(w, "p-op1");
    struct kept *k = doing(w, "share", "consent", {"notice", notice});
    assert_str(cell_in(k, "text", 1, "text")->text, str_c(w->a, n.text)); /* the very text */
    doing(w, "share", "consent-decide", {"notice", notice}, {"decision", "given"}, {"note", "この文なら"});
    assert_ok(w, share_report_waits(w, &op1, waits));
    assert_int_equal(waits[REPORT_CONSENT].n, 0);
    n = draft_of(w, notice);
    assert_ok(w, store_begin(w));
    assert_ok(w, draft_send(w, &nisc, &n));
    assert_ok(w, store_commit(w));
    refused(w, CONFLICT, "sent already", "share", "consent-decide", {"notice", notice}, {"decision", "withdrawn"});
    assert_int_equal(rows_of(doing(w, "share", "report", {"report", report}), "made"), 1);
    become(w, "p-meti"); /* holds the report, and does not learn that a notice came of it */
    assert_int_equal(kept_table(doing(w, "share", "report", {"report", report}), "made"), -1);
    refused(w, NOTFOUND, "notice", "share", "consent", {"notice", notice});
    become(w, "p-fsa"); /* has the notice, and does not learn of the report */
    refused(w, NOTFOUND, "notice", "share", "consent", {"notice", notice});
    refused(w, NOTFOUND, "notice", "share", "consent-decide", {"notice", notice}, {"decision", "given"});
    assert_int_equal(kept_table(doing(w, "share", "consents", {"for", "fsa"}), "consents"), -1);
}

/* Wider than the report is not the issuer's to give: the operator lets its report go further first. */
static void wider(struct work *w)
{
    const char *report;
    report_world(w);
    const char *notice = made(w, "amber+strict", &report);
    struct notice n = draft_of(w, notice);
    assert_int_equal(n.marking.tlp, TLP_AMBER_STRICT);
    struct draft d = as_it_is(&n);
    d.marking.tlp = TLP_GREEN;
    change(w, &d, &n);
    refused(w, CONFLICT, "wider than the report", "share", "consent-ask", {"notice", notice});
    become(w, "p-op1");
    doing(w, "share", "report-widen", {"report", report}, {"tlp", "green"});
    agreed(w, notice);
    assert_true(consented(w, notice));
}

static void refusals(struct work *w)
{
    const char *report;
    report_world(w);
    const char *notice = made(w, "amber", &report);
    become(w, "p-op2");
    refused(w, NOTFOUND, "notice", "share", "consent-decide", {"notice", notice}, {"decision", "given"});
    refused(w, NOTFOUND, "notice", "share", "consent-ask", {"notice", notice});
    become(w, "p-op1"); /* not asked yet: it does not see the draft */
    refused(w, NOTFOUND, "notice", "share", "consent", {"notice", notice});
    refused(w, NOTFOUND, "notice", "share", "consent-decide", {"notice", notice}, {"decision", "given"});
    become(w, "p-nisc");
    doing(w, "share", "consent-ask", {"notice", notice});
    refused(w, DENIED, "whose report it is", "share", "consent-decide", {"notice", notice}, {"decision", "given"});
    become(w, "p-op1");
    doing(w, "share", "consent-decide", {"notice", notice}, {"decision", "refused"}, {"note", "場所が分かる"});
    assert_false(consented(w, notice));
    become(w, "p-nisc");
    doing(w, "share", "consent-ask", {"notice", notice}); /* once more, after a talk */
    assert_false(consented(w, notice));
}

#define TEST(name)                    \
    static void test_##name(void **s) \
    {                                 \
        (void)s;                      \
        each_store(name);             \
    }
TEST(prefilled)
TEST(voided)
TEST(sending)
TEST(wider)
TEST(refusals)

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_prefilled), cmocka_unit_test(test_voided), cmocka_unit_test(test_sending), cmocka_unit_test(test_wider),
                                       cmocka_unit_test(test_refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
