/* Consent: an operator reads the very text of a notice made of its report, and agrees to it or not. Every change of the
 * draft makes it void. */
#include "share/consented.h"
#include "share/consent_store.h"
#include "share/notice_acts.h"
#include "share/report_acts.h"

static struct cell decision_cell(const struct consent *c)
{
    static const struct coded words[] = {{"asked", N("asked, not answered")},
                                         {"given", N("agreed")},
                                         {"refused", N("not agreed")},
                                         {"withdrawn", N("agreement taken back")}};
    return CODED(words, c->decision.n == 0 ? S("asked") : c->decision);
}

/* The newest that concerns the party and this notice. NOTFOUND without a fault. */
static enum err newest_for(struct work *w, const struct party *p, str notice, struct consent *out)
{
    struct consent *all;
    size_t n;
    enum err e = notice.n == 0 ? NOTFOUND : consents_of(w, p, notice, &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    for (size_t i = 1; i < n; i++)
        if (all[i].asked > out->asked || (all[i].asked == out->asked && all[i].id > out->id)) *out = all[i];
    return OK;
}

static enum err no_such(struct work *w, const struct party *p, str notice)
{
    return fault_in(w, NOTFOUND, report_at("notice"), M("'%1' has no notice '%2' that was made of a report"), p->code,
                    notice);
}

/* Does it still say what was asked about? */
static enum err unchanged(struct work *w, const struct consent *c, bool *out)
{
    struct notice n;
    str now;
    enum err e = notice_by_id(w, c->notice, &n);
    if (e == OK) e = notice_digest_now(w, &n, &now);
    if (e == OK) *out = str_eq(now, c->digest);
    return e;
}

enum err consent_reads(struct work *w, const struct party *p, str notice, struct notice *out)
{
    struct consent c;
    bool same = false;
    enum err e = newest_for(w, p, notice, &c);
    if (e == OK && c.operator != p->org) e = NOTFOUND;
    if (e == OK) e = unchanged(w, &c, &same);
    if (e == OK && !same) e = NOTFOUND;
    return e == OK ? notice_by_id(w, c.notice, out) : e;
}

/* ---- asking ---- */

static enum err own_draft(struct work *w, const struct party *p, str code, struct notice *out)
{
    struct delivery own;
    enum standing stands;
    enum err e = notice_find(w, p, code, out, &own, &stands);
    if (e != OK) return e;
    return stands != STANDS_ISSUER || out->report == 0 ? no_such(w, p, code) : OK;
}

#define NOTICE {"notice", P_CODE, REQUIRED, NULL, NULL, N("the notice that was made of a report"), "share consents"}
const struct param share_consent_params[] = {NOTICE, PARTY_PARAM, {0}};

enum err share_act_consent_ask(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct notice n;
    struct report_row r;
    struct consent was, c = {0};
    enum err e = party_of(w, in, &p);
    if (e == OK) e = own_draft(w, &p, arg_text(in, "notice"), &n);
    if (e == OK && !str_eq(n.state, S("draft"))) e = fault(w, CONFLICT, M("'%1' was sent already"), n.code);
    if (e == OK) e = share_report_by_id(w, n.report, &r);
    if (e == OK && n.marking.tlp < r.tlp)
        e = fault(
            w, CONFLICT,
            M("the draft is marked %1, wider than the report (%2): narrow it, or ask the operator to let its report go further"),
            tlp_label(n.marking.tlp), tlp_label(r.tlp));
    if (e == OK) e = notice_digest_now(w, &n, &c.digest);
    if (e != OK) return e;
    e = consent_of_text(w, n.id, c.digest, &was);
    if (e == OK && (was.decision.n == 0 || str_eq(was.decision, S("given"))))
        return fault(w, CONFLICT,
                     was.decision.n == 0 ? M("the operator was asked about this very text already")
                                         : M("the operator agreed to this very text already"));
    if (e != OK && e != NOTFOUND) return e;
    c.notice = n.id;
    c.report = n.report;
    c.title = n.title;
    c.text = n.text;
    c.measure = n.measure;
    c.marking = n.marking;
    if ((e = consent_ask(w, &c)) != OK) return e;
    act_noted(w, S("report"), r.code);
    act_noted(w, S("digest"), c.digest);
    doc_fact(out, "notice", M("Notice"), C_TEXT(n.code));
    doc_fact(out, "asked", M("Asked"), C_ORG(r.org_code, r.org_ja, r.org_en, 0));
    act_next(w,
             &(struct going_on){
                 .to = "share consent",
                 .given = {{"notice", n.code}},
                 .said = tr(out->lang, M("The operator is asked. Each change of the draft would need a new answer."))});
    return OK;
}

/* ---- answering ---- */

static enum err answerable(struct work *w, const struct args *in, const struct consent *c, str decision)
{
    struct report_row r;
    bool same;
    if (!str_eq(c->notice_state, S("draft")))
        return fault(w, CONFLICT, M("'%1' was sent already: ask its issuer to recall it"), c->notice_code);
    if (str_eq(decision, S("withdrawn")))
        return str_eq(c->decision, S("given"))
                   ? OK
                   : fault(w, CONFLICT, M("nothing was agreed to that could be taken back"));
    enum err e = unchanged(w, c, &same);
    if (e == OK) e = share_report_by_id(w, c->report, &r);
    if (e != OK) return e;
    if (!same || (arg_given(in, "digest") && !str_eq(arg_text(in, "digest"), c->digest)))
        return fault(w, CONFLICT,
                     M("the text was changed after you were asked: wait until you are asked about the new one"));
    if (str_eq(decision, S("given")) && c->marking.tlp < r.tlp)
        return fault(w, CONFLICT,
                     M("the notice is marked %1, wider than your report (%2): let your report go further first"),
                     tlp_label(c->marking.tlp), tlp_label(r.tlp));
    return OK;
}

const struct param share_consent_decide_params[] = {
    NOTICE,
    {"decision", P_ENUM, REQUIRED, "given refused withdrawn", NULL, N("Answer")},
    {"note", P_TEXT, LONG_TEXT | PERSONAL, NULL, NULL, N("What you want to say about it")},
    {"digest", P_TEXT, HIDDEN, NULL, NULL, N("the digest of the text you read")},
    PARTY_PARAM, {0}};

enum err share_act_consent_decide(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct consent c;
    str note, decision = arg_text(in, "decision");
    enum err e = party_of(w, in, &p);
    if (e != OK) return e;
    e = newest_for(w, &p, arg_text(in, "notice"), &c);
    if (e == NOTFOUND) return no_such(w, &p, arg_text(in, "notice"));
    if (e == OK && c.operator != p.org)
        e = fault(w, DENIED, M("only '%1', whose report it is, answers this"), c.operator_code);
    if (e == OK) e = answerable(w, in, &c, decision);
    if (e == OK) e = report_text(w, in, "note", CONSENT_NOTE_MAX, false, &note);
    if (e == OK) e = consent_decide(w, c.id, decision, note);
    if (e != OK) return e;
    c.decision = decision;
    act_noted(w, S("report"), c.report_code);
    act_noted(w, S("digest"), c.digest);
    doc_fact(out, "notice", M("Notice"), C_TEXT(c.notice_code));
    doc_fact(out, "decision", M("Answer"), decision_cell(&c));
    act_next(w, &(struct going_on){.to = "share consents",
                                   .said = tr(out->lang, M("Your answer is entered, and the issuer sees it."))});
    return OK;
}

/* ---- looking ---- */

struct looking {
    struct work *w;
    struct doc *out;
    struct party p;
    struct consent c;
};

static void the_text(struct looking *x, str title, str text, str measure)
{
    static const struct column columns[] = {{"what", CELL_TEXT, N("What"), 0, NULL, NULL},
                                            {"text", CELL_TEXT, N("Text"), 0, NULL, NULL}};
    doc_show(x->out, &(struct show){.kind = SHOW_PAIRS, .label = "what", .detail = "text", .alone = true});
    DOC_TABLE(x->out, "text", columns);
    DOC_ROW(x->out, words_cell(M("Subject")), C_TEXT(title));
    DOC_ROW(x->out, words_cell(M("Text")), text_cell(text));
    if (measure.n != 0) DOC_ROW(x->out, words_cell(M("Countermeasure")), C_TEXT(measure));
    doc_table_end(x->out);
}

/* The digest is of these too, so the operator reads them before it agrees. */
static enum err what_goes_with_it(struct looking *x, int64_t notice, str code)
{
    static const struct column columns[] = {{"what", CELL_ENUM, N("Kind"), 0, NULL, NULL},
                                            {"value", CELL_TEXT, N("Reference"), 0, NULL, NULL}};
    static const struct column files[] = {{"name", CELL_TEXT, N("Attachment"), 0, "share notice-file", "name"},
                                          {"size", CELL_INT, N("Bytes"), 0, NULL, NULL},
                                          {"sha256", CELL_TEXT, N("SHA-256"), COL_DETAIL, NULL, NULL},
                                          {"notice", CELL_TEXT, N("Notice"), COL_DATA, NULL, "notice"}};
    struct notice_reference *r;
    struct attachment *a;
    size_t n_r, n_a;
    enum err e = notice_references(x->w, notice, &r, &n_r);
    if (e == OK) e = notice_attachments(x->w, notice, &a, &n_a);
    if (e != OK) return e;
    if (n_r != 0) {
        doc_heading(x->out, M("References"));
        DOC_TABLE(x->out, "references", columns);
        for (size_t i = 0; i < n_r; i++) DOC_ROW(x->out, reference_kind_cell(r[i].kind), C_TEXT(r[i].value));
        doc_table_end(x->out);
    }
    if (n_a == 0) return OK;
    doc_heading(x->out, M("Attachments"));
    doc_show(x->out, &(struct show){.kind = SHOW_CARDS, .label = "name"});
    DOC_TABLE(x->out, "attachments", files);
    for (size_t i = 0; i < n_a; i++)
        DOC_ROW(x->out, C_TEXT(a[i].name), C_INT(a[i].size), C_TEXT(a[i].sha256), C_TEXT(code));
    doc_table_end(x->out);
    return OK;
}

static enum err the_report(struct looking *x)
{
    static const struct column columns[] = {{"what", CELL_TEXT, N("What"), 0, NULL, NULL},
                                            {"value", CELL_TEXT, N("Said"), 0, NULL, NULL}};
    struct report_row r;
    struct report_said *said;
    size_t n;
    enum err e = share_report_by_id(x->w, x->c.report, &r);
    if (e == OK) e = share_report_said(x->w, r.id, r.editions, &said, &n);
    if (e != OK) return e;
    doc_heading(x->out, M("What the report says"));
    doc_show(x->out, &(struct show){.kind = SHOW_PAIRS, .label = "what", .detail = "value", .alone = true});
    DOC_TABLE(x->out, "report", columns);
    for (size_t i = 0; i < n_report_fields; i++) {
        str v = share_report_said_of(said, n, report_fields[i].key);
        if (v.n != 0)
            DOC_ROW(x->out, words_cell(report_fields[i].label), report_value_cell(x->w, &report_fields[i], v));
    }
    doc_table_end(x->out);
    return OK;
}

static void answer_form(struct looking *x)
{
    struct form f = {.act = "share consent-decide", .title = M("Do you agree to this very text?"),
                     .given = {{"notice", x->c.notice_code}, {"digest", x->c.digest}}, .ask = "note",
                     .button = {{"decision", "given", M("Agree")}, {"decision", "refused", M("Do not agree")}}};
    if (str_eq(x->c.decision, S("given"))) {
        f.title = M("You agreed. As long as it was not sent, you may take that back.");
        f.button[0] = (struct form_button){"decision", "withdrawn", M("Take it back")};
        f.button[1] = (struct form_button){0};
    }
    doc_form(x->out, &f);
    doc_form_end(x->out);
}

static void ask_form(struct doc *out, str notice)
{
    doc_form(out, &(struct form){.act = "share consent-ask",
                                 .given = {{"notice", notice}},
                                 .button = {{.label = M("Ask the operator")}}});
    doc_form_end(out);
}

/* For who issued it and has not asked yet. */
static enum err not_asked(struct looking *x, str code)
{
    struct notice n;
    enum err e = own_draft(x->w, &x->p, code, &n);
    if (e != OK) return e;
    x->out->handling = tlp_label(n.marking.tlp);
    doc_fact(x->out, "notice", M("Notice"), C_TEXT(n.code));
    doc_fact(x->out, "decision", M("Answer"), words_cell(M("the operator was not asked yet")));
    if (n.drill) doc_note(x->out, M("Drill: this is an exercise. It is counted apart and goes nowhere outside."));
    the_text(x, n.title, n.text, n.measure);
    if ((e = what_goes_with_it(x, n.id, n.code)) != OK) return e;
    ask_form(x->out, n.code);
    return OK;
}

static enum err asked(struct looking *x)
{
    const struct consent *c = &x->c;
    struct doc *out = x->out;
    bool same, operator = c->operator == x->p.org, open = str_eq(c->notice_state, S("draft"));
    enum err e = unchanged(x->w, c, &same);
    if (e != OK) return e;
    out->handling = tlp_label(c->marking.tlp);
    out->personal = true;
    doc_fact(out, "notice", M("Notice"), C_TEXT(c->notice_code));
    doc_fact(out, "report", M("Made of the report"), C_TEXT(c->report_code));
    doc_fact(out, "issuer", M("Issuer"), C_ORG(c->issuer_code, c->issuer_ja, c->issuer_en, 0));
    doc_fact(out, "tlp", M("How far it may go"), enum_words_cell(tlp_word(c->marking.tlp), tlp_label(c->marking.tlp)));
    doc_fact(out, "decision", M("Answer"), decision_cell(c));
    doc_fact(out, "asked", M("Asked"), C_TIME(c->asked));
    if (c->decided != 0) doc_fact(out, "decided", M("Answered"), C_TIME(c->decided));
    if (c->drill) doc_note(out, M("Drill: this is an exercise. It is counted apart and goes nowhere outside."));
    if (c->note.n != 0) doc_text(out, M("Note: %1"), c->note);
    if (!same && open)
        doc_text(
            out,
            M("The draft was changed since: this answer no longer counts, and the operator has to be asked about the new text."));
    doc_grid(out, "half");
    doc_heading(out, M("The text of the notice"));
    the_text(x, c->title, c->text, c->measure);
    if (same) e = what_goes_with_it(x, c->notice, c->notice_code);
    doc_grid(out, "next");
    if (e == OK) e = the_report(x);
    doc_grid(out, "end");
    if (e == OK && operator && open && same) answer_form(x);
    if (e == OK && !operator&&
                   open &&(!same || str_eq(c->decision, S("refused")) || str_eq(c->decision, S("withdrawn"))))
        ask_form(out, c->notice_code);
    return e;
}

enum err share_view_consent(struct work *w, const struct args *in, struct doc *out)
{
    struct looking x = {.w = w, .out = out};
    str code = arg_text(in, "notice");
    enum err e = party_of(w, in, &x.p);
    if (e != OK) return e;
    e = newest_for(w, &x.p, code, &x.c);
    if (e == OK) return asked(&x);
    return e == NOTFOUND ? not_asked(&x, code) : e;
}

enum err share_view_consents(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"notice", CELL_TEXT, N("Notice"), 0, "share consent", "notice"},
                                            {"title", CELL_TEXT, N("Subject"), 0, NULL, NULL},
                                            {"report", CELL_TEXT, N("Made of the report"), 0, "share report", "report"},
                                            {"issuer", CELL_ORG, N("Issuer"), 0, NULL, NULL},
                                            {"decision", CELL_ENUM, N("Answer"), 0, NULL, NULL},
                                            {"asked", CELL_TIME, N("Asked"), 0, NULL, NULL},
                                            {"drill", CELL_BOOL, N("Drill"), 0, NULL, NULL}};
    struct party p;
    struct consent *all;
    size_t n;
    enum tlp narrowest = TLP_CLEAR;
    enum err e = party_of(w, in, &p);
    if (e == OK) e = consents_of(w, &p, S(""), &all, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++) narrowest = all[i].marking.tlp > narrowest ? all[i].marking.tlp : narrowest;
    if (n == 0) {
        doc_text(
            out,
            M("Nobody is asked for consent. A notice that is made of a report waits here until the operator has agreed to its text."));
        return OK;
    }
    out->handling = tlp_label(narrowest);
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "notice"});
    DOC_TABLE(out, "consents", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, C_TEXT(all[i].notice_code), C_TEXT(all[i].title), C_TEXT(all[i].report_code),
                C_ORG(all[i].issuer_code, all[i].issuer_ja, all[i].issuer_en, 0), decision_cell(&all[i]),
                C_TIME(all[i].asked), C_BOOL(all[i].drill));
    doc_table_end(out);
    return OK;
}
