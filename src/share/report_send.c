/* A report on its way up: sent, followed up, added to, passed on, closed; how far it may go is its operator's to widen,
 * and nobody else's. */
#include "share/report_acts.h"
#include "share/report_way.h"

/* ---- shared ---- */

struct where report_at(const char *field) { return (struct where){.field = str_of(field)}; }

enum err report_held(struct work *w, const struct args *in, struct report_held *out)
{
    struct report_held h = {0};
    enum err e = party_of(w, in, &h.p);
    if (e == OK) e = share_report_find(w, &h.p, arg_text(in, "report"), &h.r, &h.role);
    if (e == OK) e = share_report_holders(w, h.r.id, &h.holder, &h.n_holders);
    if (e == OK) *out = h;
    return e;
}

bool report_held_as(const struct report_held *h, const char *role) { return str_eq(h->role, str_of(role)); }

const struct report_holder *report_held_own(const struct report_held *h)
{
    for (size_t i = 0; i < h->n_holders; i++)
        if (h->holder[i].org == h->p.org) return &h->holder[i];
    return &h->holder[0];
}

enum err report_only(struct work *w, const struct report_held *h, const char *role)
{
    if (report_held_as(h, role)) return OK;
    if (str_eq(str_of(role), S("operator")))
        return fault(w, DENIED, M("only '%1', whose report it is, does this"), h->r.org_code);
    if (str_eq(str_of(role), S("ministry"))) return fault(w, DENIED, M("only the ministry in charge does this"));
    return fault(w, DENIED, M("only the centre does this"));
}

void report_go_on(struct work *w, const struct report_row *r, str said)
{
    act_next(w, &(struct going_on){.to = "share report", .given = {{"report", r->code}}, .said = said});
}

enum err report_text(struct work *w, const struct args *in, const char *name, size_t most, bool required, str *out)
{
    str s = str_trim(arg_text(in, name));
    struct buf b = buf_in(w->a);
    if (s.n > most)
        return fault_in(w, INVALID, report_at(name), M("longer than %1 bytes"), str_int(w->a, (int64_t)most));
    if (s.n == 0 && required) return fault_in(w, INVALID, report_at(name), M("'%1' is required"), str_of(name));
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r') buf_byte(&b, s.p[i]);
    *out = buf_str(&b);
    return OK;
}

static enum err not_closed(struct work *w, const struct report_row *r)
{
    return str_eq(r->state, S("closed")) ? fault(w, CONFLICT, M("'%1' is closed"), r->code) : OK;
}

static enum err was_sent(struct work *w, const struct report_row *r)
{
    return r->editions == 0 ? fault(w, CONFLICT, M("'%1' was not sent yet"), r->code) : OK;
}

/* ---- sending ---- */

static enum err above_of(struct work *w, int64_t org, struct report_above *out)
{
    struct route_net net;
    enum err e = route_load(w, &net);
    if (e == OK) report_above_of(&net, route_find(&net, org), out);
    return e;
}

static enum err hand_to(struct work *w, const struct report_row *r, const struct report_above *above,
                        const struct report_goes *g)
{
    enum err e = OK;
    if (g->ministry) e = share_report_hold(w, r->id, above->ministry, "ministry", r->tlp);
    if (e == OK && g->ceptoar) e = share_report_hold(w, r->id, above->ceptoar, "ceptoar", r->tlp);
    if (e == OK && g->centre) e = share_report_hold(w, r->id, above->centre, "centre", r->tlp);
    return e;
}

/* Nothing new under a new number would only be read in vain. */
static enum err says_something_new(struct work *w, const struct report_row *r, const struct report_said *s, size_t n)
{
    struct report_said *before;
    size_t n_before;
    if (r->editions == 0) return OK;
    enum err e = share_report_said(w, r->id, r->editions, &before, &n_before);
    if (e != OK) return e;
    if (n != n_before) return OK;
    for (size_t i = 0; i < n; i++)
        if (!str_eq(s[i].field, before[i].field) || !str_eq(s[i].value, before[i].value)) return OK;
    return fault(w, CONFLICT, M("the follow-up says nothing else than the edition before it"));
}

static enum err ready(struct work *w, struct report_held *h, struct report_said **said, size_t *n)
{
    enum err e = report_only(w, h, "operator");
    if (e == OK) e = not_closed(w, &h->r);
    if (e == OK) e = share_report_said(w, h->r.id, 0, said, n);
    if (e == OK && *n == 0)
        e = fault(w, CONFLICT,
                  M("of '%1' nothing is typed that could be sent: begin a follow-up (share report-follow)"), h->r.code);
    if (e == OK) e = report_complete(w, *said, *n);
    if (e == OK) e = says_something_new(w, &h->r, *said, *n);
    return e;
}

static enum err send_now(struct work *w, struct report_row *r, const struct report_goes *g,
                         const struct report_said *said, size_t n)
{
    r->editions++;
    if (r->first == 0) r->first = w->now;
    if (g->centre && r->received == 0) r->received = w->now;
    r->state = r->received != 0 ? S("received") : S("sent");
    r->revision++;
    enum err e = share_report_say(w, r->id, r->editions, said, n);
    if (e == OK) e = share_report_say(w, r->id, 0, NULL, 0);
    if (e == OK) e = share_report_edition_add(w, r->id, r->editions);
    if (e == OK) e = share_report_opened(w, r->id, r->org, r->editions);
    return e == OK ? share_report_update(w, r) : e;
}

#define REPORT {"report", P_CODE, REQUIRED, NULL, NULL, N("the report, by its code"), "share reports"}
#define TLP_WORDS "clear green amber amber+strict red"
const struct param share_report_params[] = {REPORT, PARTY_PARAM, {0}};
const struct param share_report_send_params[] = {
    REPORT, {"urgent", P_FLAG, 0, NULL, NULL, N("The centre is to have it at once, too")}, PARTY_PARAM, {0}};

enum err share_act_report_send(struct work *w, const struct args *in, struct doc *out)
{
    struct report_held h;
    struct report_above above;
    struct report_said *said;
    size_t n;
    enum err e = report_held(w, in, &h);
    if (e == OK) e = ready(w, &h, &said, &n);
    if (e == OK) e = above_of(w, h.r.org, &above);
    if (e != OK) return e;
    if (above.ministry == 0 && above.centre == 0)
        return fault(
            w, CONFLICT,
            M("nobody is known who takes reports of '%1': ask the centre to enter its ministry in charge (registry import --what links)"),
            h.r.org_code);
    enum tlp was = h.r.tlp;
    report_columns_of(said, n, &h.r);
    if (h.r.tlp != was && (e = share_report_widened(w, h.r.id, was, h.r.tlp)) != OK) return e;
    struct report_goes g = report_goes_to(&h.r, &above, arg_int(in, "urgent") != 0);
    if ((e = send_now(w, &h.r, &g, said, n)) == OK) e = hand_to(w, &h.r, &above, &g);
    if (e != OK) return e;
    str no = str_int(w->a, h.r.editions);
    act_noted(w, S("report"), h.r.code);
    act_noted(w, S("edition"), no);
    doc_fact(out, "report", M("Report of a failure"), C_TEXT(h.r.code));
    doc_fact(out, "edition", M("Edition of the report"), C_INT(h.r.editions));
    doc_fact(out, "state", M("State"), report_state_cell(h.r.state));
    report_marks(out, &h.r, h.r.tlp);
    report_go_on(w, &h.r,
                 tr_fill(w->a, out->lang,
                         h.r.editions == 1 ? M("The first report is sent.") : M("Follow-up no. %1 is sent."), &no, 1));
    return OK;
}

/* ---- following up ---- */

enum err share_act_report_follow(struct work *w, const struct args *in, struct doc *out)
{
    struct report_held h;
    struct report_said *said, *typed;
    size_t n, n_typed;
    enum err e = report_held(w, in, &h);
    if (e == OK) e = report_only(w, &h, "operator");
    if (e == OK) e = not_closed(w, &h.r);
    if (e == OK) e = was_sent(w, &h.r);
    if (e == OK) e = share_report_said(w, h.r.id, 0, &typed, &n_typed);
    if (e == OK) e = share_report_said(w, h.r.id, h.r.editions, &said, &n);
    if (e == OK && n_typed != 0)
        e = fault(w, CONFLICT, M("a follow-up of '%1' is being typed already: go on with it, or drop it"), h.r.code);
    if (e == OK) e = share_report_say(w, h.r.id, 0, said, n);
    if (e != OK) return e;
    h.r.revision++;
    if ((e = share_report_update(w, &h.r)) != OK) return e;
    doc_fact(out, "report", M("Report of a failure"), C_TEXT(h.r.code));
    doc_fact(out, "revision", M("Revision"), C_INT(h.r.revision));
    report_marks(out, &h.r, h.r.tlp);
    report_go_on(w, &h.r, tr(out->lang, M("The follow-up begins with what the edition before it says.")));
    return OK;
}

enum err share_act_report_drop(struct work *w, const struct args *in, struct doc *out)
{
    struct report_held h;
    struct report_said *typed;
    size_t n;
    enum err e = report_held(w, in, &h);
    if (e == OK) e = report_only(w, &h, "operator");
    if (e == OK) e = share_report_said(w, h.r.id, 0, &typed, &n);
    if (e != OK) return e;
    if (n == 0 && h.r.editions != 0) return fault(w, CONFLICT, M("of '%1' nothing is being typed"), h.r.code);
    h.r.revision++;
    if (h.r.editions == 0) e = share_report_drop(w, h.r.id);
    else if ((e = share_report_say(w, h.r.id, 0, NULL, 0)) == OK) e = share_report_update(w, &h.r);
    if (e != OK) return e;
    doc_fact(out, "report", M("Report of a failure"), C_TEXT(h.r.code));
    act_noted(w, S("report"), h.r.code);
    if (h.r.editions != 0) report_go_on(w, &h.r, tr(out->lang, M("What was typed is dropped; what was sent stands.")));
    else act_next(w, &(struct going_on){.to = "share report", .said = tr(out->lang, M("The draft is dropped."))});
    return OK;
}

/* ---- holders ---- */

/* Its operator sees that it arrived. */
enum err share_mark_report(struct work *w, const struct args *in)
{
    struct report_held h;
    enum err e = arg_given(in, "report") ? report_held(w, in, &h) : NOTFOUND;
    return e == OK ? share_report_opened(w, h.r.id, h.p.org, h.r.editions) : e;
}

const struct param share_report_add_params[] = {
    REPORT,
    {"text", P_TEXT, REQUIRED | LONG_TEXT | PERSONAL, NULL, NULL,
     N("What you add beside it; it takes the place of what you added before")},
    PARTY_PARAM,
    {0}};

enum err share_act_report_add(struct work *w, const struct args *in, struct doc *out)
{
    struct report_held h;
    str text;
    enum err e = report_held(w, in, &h);
    if (e == OK && !report_held_as(&h, "ministry") && !report_held_as(&h, "ceptoar"))
        e = fault(w, DENIED,
                  M("the ministry in charge and the CEPTOAR add words of their own; the operator sends a follow-up"));
    if (e == OK) e = not_closed(w, &h.r);
    if (e == OK) e = report_text(w, in, "text", REPORT_ADDED_MAX, true, &text);
    if (e == OK) e = share_report_holder_add(w, h.r.id, h.p.org, text);
    if (e != OK) return e;
    doc_fact(out, "report", M("Report of a failure"), C_TEXT(h.r.code));
    act_noted(w, S("report"), h.r.code);
    report_marks(out, &h.r, report_held_own(&h)->tlp);
    report_go_on(w, &h.r, tr(out->lang, M("Your words stand beside the report; its own words are as they were.")));
    return OK;
}

/* Narrower or the same, never wider: of the operator's marking, and of how it came here. */
static enum err marking_to_pass(struct work *w, const struct args *in, const struct report_held *h, enum tlp *out)
{
    enum tlp came = report_held_own(h)->tlp > h->r.tlp ? report_held_own(h)->tlp : h->r.tlp, t = came;
    if (arg_given(in, "tlp") && !tlp_parse(arg_text(in, "tlp"), &t))
        return fault_in(w, INVALID, report_at("tlp"), M("'%1' is no marking"), arg_text(in, "tlp"));
    if (t < came)
        return fault_in(w, INVALID, report_at("tlp"), M("it came as %1: it goes on as that or narrower, never wider"),
                        tlp_label(came));
    *out = t;
    return OK;
}

const struct param share_report_pass_params[] = {
    REPORT,
    {"tlp", P_ENUM, 0, TLP_WORDS, NULL, N("How far it may go from there; as it came or narrower")},
    PARTY_PARAM,
    {0}};

enum err share_act_report_pass(struct work *w, const struct args *in, struct doc *out)
{
    struct report_held h;
    struct report_above above;
    enum tlp tlp = TLP_RED;
    enum err e = report_held(w, in, &h);
    if (e == OK) e = report_only(w, &h, "ministry");
    if (e == OK) e = not_closed(w, &h.r);
    if (e == OK && share_report_holder_as(h.holder, h.n_holders, "centre") != NULL)
        e = fault(w, CONFLICT, M("the centre has '%1' already"), h.r.code);
    if (e == OK) e = above_of(w, h.r.org, &above);
    if (e == OK && above.centre == 0) e = fault(w, CONFLICT, M("no centre is known above '%1'"), h.p.code);
    if (e == OK) e = marking_to_pass(w, in, &h, &tlp);
    if (e != OK) return e;
    h.r.received = w->now;
    h.r.state = S("received");
    if ((e = share_report_hold(w, h.r.id, above.centre, "centre", tlp)) == OK) e = share_report_update(w, &h.r);
    if (e != OK) return e;
    act_noted(w, S("report"), h.r.code);
    act_noted(w, S("tlp"), tlp_word(tlp));
    doc_fact(out, "report", M("Report of a failure"), C_TEXT(h.r.code));
    doc_fact(out, "state", M("State"), report_state_cell(h.r.state));
    report_marks(out, &h.r, tlp);
    report_go_on(w, &h.r, tr(out->lang, M("The report is passed on to the centre.")));
    return OK;
}

enum err share_act_report_close(struct work *w, const struct args *in, struct doc *out)
{
    struct report_held h;
    enum err e = report_held(w, in, &h);
    bool centre = e == OK && share_report_holder_as(h.holder, h.n_holders, "centre") != NULL;
    if (e == OK) e = report_only(w, &h, centre ? "centre" : "ministry");
    if (e == OK) e = was_sent(w, &h.r);
    if (e == OK) e = not_closed(w, &h.r);
    if (e != OK) return e;
    h.r.state = S("closed");
    h.r.closed = w->now;
    if ((e = share_report_update(w, &h.r)) != OK) return e;
    act_noted(w, S("report"), h.r.code);
    doc_fact(out, "report", M("Report of a failure"), C_TEXT(h.r.code));
    doc_fact(out, "state", M("State"), report_state_cell(h.r.state));
    report_go_on(w, &h.r, tr(out->lang, M("The report is closed.")));
    return OK;
}

const struct param share_report_widen_params[] = {
    REPORT,
    {"tlp", P_ENUM, REQUIRED, TLP_WORDS, NULL, N("How far it may go from now on; wider than before")},
    PARTY_PARAM,
    {0}};

enum err share_act_report_widen(struct work *w, const struct args *in, struct doc *out)
{
    struct report_held h;
    struct report_above above;
    enum tlp tlp = TLP_AMBER;
    enum err e = report_held(w, in, &h);
    if (e == OK) e = report_only(w, &h, "operator");
    if (e == OK) e = was_sent(w, &h.r);
    if (e == OK && !tlp_parse(arg_text(in, "tlp"), &tlp))
        e = fault_in(w, INVALID, report_at("tlp"), M("'%1' is no marking"), arg_text(in, "tlp"));
    if (e == OK && tlp >= h.r.tlp)
        e = fault_in(w, INVALID, report_at("tlp"),
                     M("it goes as far as %1 now: name a wider one, or narrow it by a follow-up"), tlp_label(h.r.tlp));
    if (e == OK) e = above_of(w, h.r.org, &above);
    if (e != OK) return e;
    if ((e = share_report_widened(w, h.r.id, h.r.tlp, tlp)) != OK) return e;
    h.r.tlp = tlp;
    const struct report_goes g = {.ceptoar = report_goes_to(&h.r, &above, false).ceptoar};
    if ((e = share_report_update(w, &h.r)) == OK) e = hand_to(w, &h.r, &above, &g);
    if (e != OK) return e;
    act_noted(w, S("report"), h.r.code);
    doc_fact(out, "report", M("Report of a failure"), C_TEXT(h.r.code));
    report_marks(out, &h.r, tlp);
    report_go_on(w, &h.r, tr(out->lang, M("The report may go further now.")));
    return OK;
}

/* ---- severity ---- */

static void viewpoint(const struct args *in, const char *name, int *out)
{
    if (arg_given(in, name)) *out = arg_text(in, name).p[0] - '0'; /* one of the words 0 to 4 */
}

#define LEVELS "0 1 2 3 4"
const struct param share_severity_params[] = {
    REPORT,
    {"continuity", P_ENUM, 0, LEVELS, NULL, N("Continuity of the service")},
    {"safety", P_ENUM, 0, LEVELS, NULL, N("Safety")},
    {"trust", P_ENUM, 0, LEVELS, NULL, N("Trust in the service")},
    {"note", P_TEXT, LONG_TEXT | PERSONAL, NULL, NULL, N("Why; the highest of the three counts")},
    PARTY_PARAM, {0}};

enum err share_act_severity(struct work *w, const struct args *in, struct doc *out)
{
    struct report_held h;
    str note;
    enum err e = report_held(w, in, &h);
    if (e == OK) e = report_only(w, &h, "centre");
    if (e == OK) e = report_text(w, in, "note", SEVERITY_NOTE_MAX, false, &note);
    if (e != OK) return e;
    viewpoint(in, "continuity", &h.r.continuity);
    viewpoint(in, "safety", &h.r.safety);
    viewpoint(in, "trust", &h.r.trust);
    int all = severity_overall(h.r.continuity, h.r.safety, h.r.trust);
    if (all < 0) return fault(w, INVALID, M("give the level from at least one viewpoint: continuity, safety or trust"));
    h.r.severity_by = acting_person(w);
    h.r.severity_at = w->now;
    h.r.severity_note = note;
    if ((e = share_report_update(w, &h.r)) != OK) return e;
    act_noted(w, S("report"), h.r.code);
    doc_fact(out, "report", M("Report of a failure"), C_TEXT(h.r.code));
    doc_fact(out, "severity", M("Severity"), enum_words_cell(str_int(w->a, all), severity_label(all)));
    report_go_on(w, &h.r, tr(out->lang, M("The severity is entered.")));
    return OK;
}
