/* share report: the form of an operator in trouble, or one report as whoever holds it reads it. */
#include "share/consent_store.h"
#include "share/report_acts.h"
#include "share/report_way.h"
#include "share/told.h"

/* ---- words and cells ---- */

struct cell report_state_cell(str state)
{
    static const struct coded states[] = {{"draft", N("being typed, not sent")}, {"sent", N("with its ministry")}, {"received", N("with the centre")}, {"closed", N("closed")}};
    return CODED(states, state);
}

struct cell report_role_cell(str role)
{
    static const struct coded roles[] = {{"operator", N("reported it")}, {"ceptoar", N("CEPTOAR")}, {"ministry", N("Ministry in charge")}, {"centre", N("Centre")}};
    return CODED(roles, role);
}

static struct cell moment_cell(struct work *w, int64_t t)
{
    str clock = str_sub(time_text(w->a, t + JAPAN), 11, 16), ja = lang_day(w->a, LANG_JA, t), en = lang_day(w->a, LANG_EN, t);
    return C_BOTH(str_fmt(w->a, "%.*s %.*s（日本時間）", STR_ARG(ja), STR_ARG(clock)), str_fmt(w->a, "%.*s %.*s (Japan)", STR_ARG(en), STR_ARG(clock)));
}

struct cell report_value_cell(struct work *w, const struct report_field *f, str value)
{
    int64_t t;
    str rest = value, word;
    if (value.n == 0) return C_NONE;
    switch (f->sort) {
    case FIELD_CHOICE: return words_cell(report_choice_label(f, value));
    case FIELD_FLAG: return words_cell(M("Yes: not for supervision"));
    case FIELD_TIME: return report_moment(value, &t) ? moment_cell(w, t) : C_TEXT(value);
    case FIELD_LEVEL: return C_TEXT(str_fmt(w->a, "%.*s %%", STR_ARG(value)));
    case FIELD_CHOICES: break;
    default: return C_TEXT(value);
    }
    struct buf ja = buf_in(w->a), en = buf_in(w->a);
    while (str_cut(&rest, ' ', &word)) {
        buf_fmt(&ja, "%s%.*s", ja.n == 0 ? "" : "、", STR_ARG(tr(LANG_JA, report_choice_label(f, word))));
        buf_fmt(&en, "%s%.*s", en.n == 0 ? "" : "; ", STR_ARG(tr(LANG_EN, report_choice_label(f, word))));
    }
    return C_BOTH(buf_str(&ja), buf_str(&en));
}

void report_marks(struct doc *out, const struct report_row *r, enum tlp tlp)
{
    out->handling = tlp_label(tlp > r->tlp ? tlp : r->tlp);
    out->personal = true;
    if (r->drill) doc_note(out, M("Drill: this is an exercise. It is counted apart and goes nowhere outside."));
}

/* ---- what it says ---- */

struct showing_report {
    struct work *w;
    struct doc *out;
    struct report_held h;
    const struct report_holder *own;
    struct report_edition *edition;
    size_t n_editions;
    int64_t number; /* of the edition shown */
    struct report_said *said, *typed;
    size_t n_said, n_typed;
};

static void said_table(struct doc *out, const char *name, const struct report_said *s, size_t n)
{
    static const struct column columns[] = {{"what", CELL_TEXT, N("What"), 0, NULL, NULL},
                                            {"field", CELL_TEXT, N("Field"), COL_DATA, NULL, NULL},
                                            {"value", CELL_TEXT, N("Said"), 0, NULL, NULL},
                                            {"code", CELL_TEXT, N("Value"), COL_DATA, NULL, NULL}};
    doc_show(out, &(struct show){.kind = SHOW_PAIRS, .label = "what", .detail = "value", .alone = true});
    DOC_TABLE(out, name, columns);
    for (size_t i = 0; i < n_report_fields; i++) {
        const struct report_field *f = &report_fields[i];
        str v = share_report_said_of(s, n, f->key);
        struct cell c = report_value_cell(out->w, f, v);
        if (v.n == 0) continue;
        DOC_ROW(out, words_cell(f->label), C_TEXT(str_of(f->key)), c, C_TEXT(v));
    }
    doc_table_end(out);
}

/* What the edition shown says else than the one before it. */
static enum err changes(struct showing_report *x)
{
    static const struct column columns[] = {{"what", CELL_TEXT, N("What"), 0, NULL, NULL},
                                            {"before", CELL_TEXT, N("Edition before"), 0, NULL, NULL},
                                            {"now", CELL_TEXT, N("This edition"), 0, NULL, NULL}};
    struct report_said *was;
    size_t n;
    if (x->number < 2) return OK;
    enum err e = share_report_said(x->w, x->h.r.id, x->number - 1, &was, &n);
    if (e != OK) return e;
    doc_heading(x->out, M("What changed since the edition before"));
    doc_show(x->out, &(struct show){.kind = SHOW_DIFF, .label = "what", .values = {"before", "now"}, .alone = true});
    DOC_TABLE(x->out, "changes", columns);
    for (size_t i = 0; i < n_report_fields; i++) {
        const struct report_field *f = &report_fields[i];
        str a = share_report_said_of(was, n, f->key), b = share_report_said_of(x->said, x->n_said, f->key);
        if (!str_eq(a, b)) DOC_ROW(x->out, words_cell(f->label), report_value_cell(x->w, f, a), report_value_cell(x->w, f, b));
    }
    doc_table_end(x->out);
    return OK;
}

static void editions(struct showing_report *x)
{
    static const struct column columns[] = {{"edition", CELL_INT, N("Edition of the report"), 0, "share report", "edition"},
                                            {"report", CELL_TEXT, N("Report of a failure"), COL_DATA, NULL, "report"},
                                            {"at", CELL_TIME, N("Sent"), 0, NULL, NULL},
                                            {"by", CELL_PERSON, N("By"), COL_DETAIL, NULL, NULL}};
    if (x->n_editions < 2) return;
    doc_heading(x->out, M("Editions of the report"));
    DOC_TABLE(x->out, "editions", columns);
    for (size_t i = x->n_editions; i-- > 0;) {
        const struct report_edition *e = &x->edition[i];
        DOC_ROW(x->out, C_INT(e->number), C_TEXT(x->h.r.code), C_TIME(e->at), person_cell(e->by_whom, e->by_ja, e->by_en));
    }
    doc_table_end(x->out);
}

/* ---- who has it ---- */

static void holders(struct showing_report *x)
{
    static const struct column columns[] = {{"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
                                            {"role", CELL_ENUM, N("As"), 0, NULL, NULL},
                                            {"since", CELL_TIME, N("Has it since"), 0, NULL, NULL},
                                            {"read", CELL_TIME, N("First opened"), 0, NULL, NULL},
                                            {"seen", CELL_INT, N("Newest edition opened"), COL_DETAIL, NULL, NULL},
                                            {"tlp", CELL_ENUM, N("Marked for it"), COL_DETAIL, NULL, NULL}};
    doc_heading(x->out, M("Who has it"));
    DOC_TABLE(x->out, "holders", columns);
    for (size_t i = 0; i < x->h.n_holders; i++) {
        const struct report_holder *h = &x->h.holder[i];
        bool itself = str_eq(h->role, S("operator"));
        DOC_ROW(x->out, C_ORG(h->org_code, h->org_ja, h->org_en, 0), report_role_cell(h->role), C_TIME(h->since),
                itself || h->read == 0 ? C_NONE : C_TIME(h->read), itself || h->seen == 0 ? C_NONE : C_INT(h->seen),
                enum_words_cell(tlp_word(h->tlp), tlp_label(h->tlp)));
    }
    doc_table_end(x->out);
}

static void added(struct showing_report *x)
{
    static const struct column columns[] = {{"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
                                            {"text", CELL_TEXT, N("What it adds"), 0, NULL, NULL},
                                            {"at", CELL_TIME, N("Time"), COL_DETAIL, NULL, NULL}};
    bool any = false;
    for (size_t i = 0; i < x->h.n_holders; i++) any = any || x->h.holder[i].added.n != 0;
    if (!any) return;
    doc_heading(x->out, M("Added beside it"));
    DOC_TABLE(x->out, "added", columns);
    for (size_t i = 0; i < x->h.n_holders; i++) {
        const struct report_holder *h = &x->h.holder[i];
        if (h->added.n != 0) DOC_ROW(x->out, C_ORG(h->org_code, h->org_ja, h->org_en, 0), C_TEXT(h->added), C_TIME(h->added_at));
    }
    doc_table_end(x->out);
}

/* ---- what came of it: for the operator and whoever issued a notice of it, alone ---- */

static enum err made_of_it(struct showing_report *x)
{
    static const struct column columns[] = {{"notice", CELL_TEXT, N("Notice"), 0, "share consent", "notice"},
                                            {"title", CELL_TEXT, N("Subject"), 0, NULL, NULL},
                                            {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
                                            {"issuer", CELL_ORG, N("Issuer"), COL_DETAIL, NULL, NULL},
                                            {"sent", CELL_TIME, N("Sent"), 0, NULL, NULL}};
    struct notice_made *m;
    size_t n;
    enum err e = notices_of_report(x->w, x->h.r.id, x->h.p.org, &m, &n);
    if (e != OK || n == 0) return e;
    doc_heading(x->out, M("Notices made of it"));
    DOC_TABLE(x->out, "made", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(x->out, C_TEXT(m[i].code), C_TEXT(m[i].title), notice_state_cell(m[i].state), C_ORG(m[i].issuer_code, m[i].issuer_ja, m[i].issuer_en, 0),
                m[i].sent == 0 ? C_NONE : C_TIME(m[i].sent));
    doc_table_end(x->out);
    return OK;
}

static void severity_told(struct showing_report *x)
{
    const struct report_row *r = &x->h.r;
    static const struct column columns[] = {{"viewpoint", CELL_TEXT, N("Viewpoint"), 0, NULL, NULL}, {"level", CELL_ENUM, N("Severity"), 0, NULL, NULL}};
    const struct {
        str label;
        int level;
    } of[] = {{M("Continuity of the service"), r->continuity}, {M("Safety"), r->safety}, {M("Trust in the service"), r->trust}};
    int all = severity_overall(r->continuity, r->safety, r->trust);
    if (all < 0) return;
    doc_heading(x->out, M("Severity, judged after the event"));
    doc_fact(x->out, "severity", M("Severity"), enum_words_cell(str_int(x->w->a, all), severity_label(all)));
    DOC_TABLE(x->out, "severity", columns);
    for (size_t i = 0; i < 3; i++)
        DOC_ROW(x->out, words_cell(of[i].label), of[i].level < 0 ? C_NONE : enum_words_cell(str_int(x->w->a, of[i].level), severity_label(of[i].level)));
    doc_table_end(x->out);
    if (r->severity_note.n != 0) doc_text(x->out, M("Note on the severity: %1"), r->severity_note);
}

/* ---- what is to be done next ---- */

static void act_form(struct showing_report *x, const char *act, str title, const char *ask, bool folded)
{
    doc_form(x->out, &(struct form){.act = act, .title = title, .given = {{"report", x->h.r.code}}, .ask = ask, .folded = folded});
    doc_form_end(x->out);
}

static void operator_next(struct showing_report *x)
{
    const struct report_row *r = &x->h.r;
    if (str_eq(r->state, S("closed"))) return;
    if (x->n_typed != 0) {
        doc_heading(x->out, r->editions == 0 ? M("Send it") : M("Send the follow-up"));
        doc_form(x->out, &(struct form){.act = "share report-send", .given = {{"report", r->code}}, .ask = "urgent", .button = {{.label = M("Send it as it stands")}}});
        doc_form_end(x->out);
        doc_heading(x->out, M("Change what is typed"));
        report_typing_form(x->out, &(struct report_typed){r, x->typed, x->n_typed}, false);
        act_form(x, "share report-drop", M("Drop what is typed"), NULL, true);
        return;
    }
    doc_heading(x->out, M("Something new is known?"));
    act_form(x, "share report-follow", (str){"", 0}, NULL, false);
    if (r->tlp > TLP_CLEAR) act_form(x, "share report-widen", M("Let it go further"), "tlp", true);
}

static void holder_next(struct showing_report *x)
{
    const struct report_row *r = &x->h.r;
    bool with_centre = share_report_holder_as(x->h.holder, x->h.n_holders, "centre") != NULL, ministry = report_held_as(&x->h, "ministry"),
         centre = report_held_as(&x->h, "centre");
    if (ministry && !with_centre && r->editions != 0) act_form(x, "share report-pass", M("Pass it on to the centre"), "tlp", false);
    if (centre || ministry) act_form(x, "share sanitise", M("Warn others, without telling whose it is"), NULL, false);
    if (!str_eq(r->state, S("closed")) && !centre) act_form(x, "share report-add", M("Add words of your own"), "text", x->own->added.n != 0);
    if (centre) act_form(x, "share severity", M("Judge the severity, after the event"), "continuity safety trust note", true);
    if (!str_eq(r->state, S("closed")) && (centre || (ministry && !with_centre))) act_form(x, "share report-close", M("Close it"), NULL, true);
}

/* ---- one report ---- */

static void head(struct showing_report *x)
{
    const struct report_row *r = &x->h.r;
    struct doc *out = x->out;
    const struct report_field *event = report_field_of(S("event"));
    enum tlp tlp = x->own->tlp > r->tlp ? x->own->tlp : r->tlp;
    str no = str_int(x->w->a, x->number);
    if (r->title.n != 0) doc_title(out, r->drill ? M("[Drill] %1") : M("%1"), r->title);
    if (r->editions != 0) doc_lead(out, x->number == 1 ? M("%1, first report") : M("%1, follow-up no. %2"), r->code, no);
    else doc_lead(out, M("%1, not sent yet"), r->code);
    doc_fact(out, "report", M("Report of a failure"), C_TEXT(r->code));
    doc_fact(out, "org", M("Reported by"), C_ORG(r->org_code, r->org_ja, r->org_en, 0));
    doc_fact(out, "state", M("State"), report_state_cell(r->state));
    doc_fact(out, "tlp", M("How far it may go"), enum_words_cell(tlp_word(tlp), tlp_label(tlp)));
    if (r->not_supervision) doc_fact(out, "not_supervision", M("Limit of use"), words_cell(M("Not to be used for supervision")));
    if (r->drill) doc_fact(out, "drill", M("Drill"), C_BOOL(1));
    if (r->event.n != 0) doc_fact(out, "event", M("Type of event"), enum_words_cell(r->event, report_choice_label(event, r->event)));
    if (r->first != 0) doc_fact(out, "first", M("First sent"), C_TIME(r->first));
    if (r->received != 0) doc_fact(out, "received", M("With the centre since"), C_TIME(r->received));
    if (r->entered) doc_note(out, M("Entered by the centre from paper, or of what came before; nobody typed it here."));
    if (r->not_supervision) doc_text(out, M("Whoever reads this does not use it for supervising the operator."));
    report_marks(out, r, tlp);
}

static enum err loaded(struct showing_report *x, int64_t wanted)
{
    enum err e = share_report_editions(x->w, x->h.r.id, &x->edition, &x->n_editions);
    bool own = report_held_as(&x->h, "operator");
    x->number = wanted == 0 ? x->h.r.editions : wanted;
    if (e == OK && (x->number < 0 || x->number > x->h.r.editions))
        e = fault_in(x->w, NOTFOUND, report_at("edition"), M("'%1' has %2 editions"), x->h.r.code, str_int(x->w->a, x->h.r.editions));
    if (e == OK && x->number != 0) e = share_report_said(x->w, x->h.r.id, x->number, &x->said, &x->n_said);
    if (e == OK && own) e = share_report_said(x->w, x->h.r.id, 0, &x->typed, &x->n_typed);
    x->own = report_held_own(&x->h);
    return e;
}

static enum err one_report(struct work *w, const struct args *in, struct doc *out)
{
    struct showing_report x = {.w = w, .out = out};
    enum err e = report_held(w, in, &x.h);
    if (e == OK) e = loaded(&x, arg_int(in, "edition"));
    if (e != OK) return e;
    head(&x);
    out->marks = !report_held_as(&x.h, "operator") && x.own->seen < x.h.r.editions;
    if (x.n_typed != 0) {
        doc_heading(out, M("What will be sent"));
        said_table(out, "typed", x.typed, x.n_typed);
    }
    if (report_held_as(&x.h, "operator")) operator_next(&x);
    if (x.number != 0) {
        doc_heading(out, M("What it says"));
        said_table(out, "said", x.said, x.n_said);
        added(&x);
        e = changes(&x);
    }
    if (e != OK) return e;
    if (!report_held_as(&x.h, "operator")) {
        doc_heading(out, M("What can be done with it"));
        holder_next(&x);
    }
    if (x.number != 0) holders(&x);
    editions(&x);
    severity_told(&x);
    return made_of_it(&x);
}

/* ---- in trouble ---- */

static enum err drafts(struct work *w, const struct party *p, struct doc *out)
{
    static const struct column columns[] = {{"report", CELL_TEXT, N("Report of a failure"), 0, "share report", "report"},
                                            {"title", CELL_TEXT, N("Subject"), 0, NULL, NULL},
                                            {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
                                            {"drill", CELL_BOOL, N("Drill"), 0, NULL, NULL},
                                            {"made", CELL_TIME, N("Begun at"), COL_DETAIL, NULL, NULL}};
    const struct report_filter f = {.org = p->org, .role = S("operator"), .state = S("open"), .drill = -1, .most = 50};
    struct report_line *all;
    size_t n, typed = 0;
    enum err e = share_report_list(w, &f, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) typed += all[i].typed != 0;
    if (e != OK || typed == 0) return e;
    doc_heading(out, M("Begun and not sent yet"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "report"});
    DOC_TABLE(out, "drafts", columns);
    for (size_t i = 0; i < n; i++) {
        const struct report_row *r = &all[i].r;
        if (all[i].typed != 0) DOC_ROW(out, C_TEXT(r->code), text_cell(r->title), report_state_cell(r->state), C_BOOL(r->drill), C_TIME(r->made));
    }
    doc_table_end(out);
    return OK;
}

static void as_a_drill(struct doc *out)
{
    static const struct column columns[] = {{"way", CELL_TEXT, N("Another form"), 0, "share report", NULL}, {"drill", CELL_INT, N("Drill"), COL_DATA, NULL, "drill"}};
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "way"});
    DOC_TABLE(out, "other_forms", columns);
    DOC_ROW(out, words_cell(M("Report as part of a drill")), C_INT(1));
    doc_table_end(out);
}

/* Whoever only reads reports came for the list of them. */
static void read_instead(struct doc *out)
{
    static const struct column columns[] = {{"what", CELL_TEXT, N("What"), 0, NULL, NULL}, {"go", CELL_TEXT, N("To the list of reports"), 0, "share reports", NULL}};
    doc_show(out, &(struct show){.kind = SHOW_CALLS, .label = "what", .alone = true});
    DOC_TABLE(out, "next", columns);
    DOC_ROW(out, words_cell(M("Failures are reported by operators, ministries and agencies. What they report to you stands in the list of reports.")),
            words_cell(M("To the list of reports")));
    doc_table_end(out);
}

const struct param share_report_view_params[] = {
    {"report", P_CODE, HIDDEN, NULL, NULL, N("a report; without it, the form for a new one"), "share reports"},
    {"edition", P_INT, HIDDEN, NULL, NULL, N("an earlier edition: 1 is the first report")},
    {"drill", P_FLAG, HIDDEN, NULL, NULL, N("the new report is of a drill")},
    {"for", P_CODE, HIDDEN, NULL, NULL, N("for which organisation; without it, your own")}, /* no condition to be chosen by somebody in trouble */
    {0}};

enum err share_view_report(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct report_row none = {0};
    if (arg_given(in, "report")) return one_report(w, in, out);
    enum err e = party_of(w, in, &p);
    if (e != OK) return e;
    bool drill = arg_int(in, "drill") != 0;
    if (!report_may_report(p.kind)) {
        read_instead(out);
        return OK;
    }
    if (drill) doc_title(out, M("[Drill] Report a failure"));
    doc_lead(out, M("What is known will do. The rest may follow; nothing is sent before you have looked it over."));
    if ((e = drafts(w, &p, out)) != OK) return e;
    doc_heading(out, drill ? M("A new report, of a drill") : M("A new report"));
    report_typing_form(out, &(struct report_typed){&none, NULL, 0}, drill);
    if (!drill) as_a_drill(out);
    doc_note(out, M("Kept by nobody but you until it is sent. It goes to your ministry in charge, and to the centre at once when it is of exceptional gravity."));
    return OK;
}
