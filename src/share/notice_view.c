/* share notice: one notice, as its issuer, an addressee or a passer has it; without one, where writing begins. */
#include "share/consent_store.h"
#include "share/delivery.h"
#include "share/notice_acts.h"
#include "share/told.h"
#include "surface/fields.h"

struct showing {
    struct work *w;
    struct doc *out;
    struct party p;
    struct notice n;
    struct delivery own;
    enum standing how;
    struct marking marking; /* as it came to the reader */
    enum leave_verdict sight;
};

/* ---- its text ---- */

void paragraphs_told(struct doc *out, str text)
{
    str line;
    while (str_cut(&text, '\n', &line))
        if (str_trim(line).n != 0) doc_text(out, M("%1"), line);
}

struct cell reference_kind_cell(str kind)
{
    static const struct coded all[] = {{"cve", N("CVE")}, {"jvn", N("JVN")}, {"product", N("Product")}, {"url", N("Address of a page")}};
    return CODED(all, kind);
}

static enum err references_told(struct work *w, int64_t notice, struct doc *out)
{
    static const struct column columns[] = {{"kind", CELL_ENUM, N("Kind"), 0, NULL, NULL}, {"value", CELL_TEXT, N("Reference"), 0, NULL, NULL}};
    struct notice_reference *all;
    size_t n;
    enum err e = notice_references(w, notice, &all, &n);
    if (e != OK || n == 0) return e;
    doc_heading(out, M("References"));
    DOC_TABLE(out, "references", columns);
    for (size_t i = 0; i < n; i++) DOC_ROW(out, reference_kind_cell(all[i].kind), C_TEXT(all[i].value));
    doc_table_end(out);
    return OK;
}

static enum err attachments_told(struct work *w, const struct notice *n, struct doc *out)
{
    static const struct column columns[] = {{"name", CELL_TEXT, N("Attachment"), 0, "share notice-file", "name"},
                                            {"size", CELL_INT, N("Bytes"), 0, NULL, NULL},
                                            {"sha256", CELL_TEXT, N("SHA-256"), COL_DETAIL, NULL, NULL},
                                            {"notice", CELL_TEXT, N("Notice"), COL_DATA, NULL, "notice"},
                                            {"off", CELL_TEXT, N("Take it off"), 0, "share detach", "name"}};
    struct attachment *all;
    size_t k;
    const bool draft = str_eq(n->state, S("draft"));
    enum err e = notice_attachments(w, n->id, &all, &k);
    if (e != OK || k == 0) return e;
    doc_heading(out, M("Attachments"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "name"});
    doc_table(out, "attachments", columns, draft ? 5 : 4);
    for (size_t i = 0; i < k; i++)
        DOC_ROW(out, C_TEXT(all[i].name), C_INT(all[i].size), C_TEXT(all[i].sha256), C_TEXT(n->code), draft ? C_TEXT(all[i].name) : C_NONE);
    doc_table_end(out);
    return OK;
}

enum err notice_told(struct work *w, const struct notice *n, struct doc *out)
{
    if (n->text.n != 0) doc_heading(out, M("What has happened"));
    paragraphs_told(out, n->text);
    if (n->measure.n != 0) doc_heading(out, M("What is to be done"));
    paragraphs_told(out, n->measure);
    enum err e = references_told(w, n->id, out);
    return e == OK ? attachments_told(w, n, out) : e;
}

/* In data the text is one text, as it was written; people read it in paragraphs. */
static void in_data(const struct showing *s)
{
    static const struct column columns[] = {
        {"code", CELL_TEXT, N("Number"), 0, NULL, NULL},    {"uuid", CELL_TEXT, N("UUID"), 0, NULL, NULL},
        {"issuer", CELL_ORG, N("Issued by"), 0, NULL, NULL}, {"title", CELL_TEXT, N("Subject"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("What has happened"), 0, NULL, NULL}, {"measure", CELL_TEXT, N("What is to be done"), 0, NULL, NULL},
        {"tlp", CELL_TEXT, N("TLP"), 0, NULL, NULL},        {"pap", CELL_TEXT, N("PAP"), 0, NULL, NULL},
        {"drill", CELL_BOOL, N("Drill"), 0, NULL, NULL},    {"revision", CELL_INT, N("Revision"), 0, NULL, NULL}};
    const struct notice *n = &s->n;
    if (s->out->paged) return;
    DOC_TABLE(s->out, "notice", columns);
    DOC_ROW(s->out, C_TEXT(n->code), C_TEXT(n->uuid), C_ORG(n->issuer_code, n->issuer_ja, n->issuer_en, 0), C_TEXT(n->title), text_cell(n->text),
            text_cell(n->measure), C_TEXT(tlp_word(s->marking.tlp)), C_TEXT(pap_word(s->marking.pap)), C_BOOL(n->drill),
            s->how == STANDS_ISSUER ? C_INT(n->revision) : C_NONE);
    doc_table_end(s->out);
}

/* ---- head ---- */

static void head(const struct showing *s)
{
    struct work *w = s->w;
    const struct notice *n = &s->n;
    enum lang lang = s->out->lang;
    s->out->handling = tlp_label(s->marking.tlp);
    if (n->drill) doc_title(s->out, M("DRILL: %1"), n->title);
    else doc_title(s->out, M("%1"), n->title);
    doc_lead(s->out, M("%1, from %2"), n->code, lang_pick(lang, n->issuer_ja, n->issuer_en));
    doc_fact(s->out, "state", M("State"), notice_state_cell(n->state));
    doc_fact(s->out, "urgency", M("How urgent it is"), share_urgency_cell(n->urgency));
    doc_fact(s->out, "kind", M("What it is for"), notice_kind_cell(n->kind));
    doc_fact(s->out, "marking", M("Marking"), marking_cell(w->a, s->marking));
    if (n->sent != 0) doc_fact(s->out, "sent", M("Sent"), C_TIME(s->how == STANDS_ISSUER ? n->sent : s->own.sent));
    if (s->how != STANDS_ISSUER) {
        doc_fact(s->out, "due", M("To be confirmed by"), s->own.due == 0 ? C_NONE : C_TIME(s->own.due));
        doc_fact(s->out, "ack", M("Your state"), enum_words_cell(ack_word(s->own.ack), ack_label(s->own.ack)));
    }
    if (n->embargo > w->now) doc_fact(s->out, "embargo", M("Not public before"), C_TIME(n->embargo));
    if (n->drill) doc_text(s->out, M("This is a drill. Confirm and pass it on as you would in earnest; nothing else is to be done."));
}

/* What it replaces, what replaces it – told to who got that too –, and that it was recalled. */
static enum err standing_told(const struct showing *s)
{
    static const struct column columns[] = {{"what", CELL_TEXT, N("What"), 0, NULL, NULL}, {"notice", CELL_TEXT, N("Open"), 0, "share notice", "notice"}};
    struct notice was = {0};
    struct delivery d;
    enum standing how;
    str newer;
    enum err e = notice_newer(s->w, s->n.id, s->p.org, &newer);
    if (e == OK && s->n.supersedes != 0) e = notice_by_id(s->w, s->n.supersedes, &was);
    if (e != OK) return e;
    const struct faults before = s->w->faults;
    bool had = was.id != 0 && notice_find(s->w, &s->p, was.code, &was, &d, &how) == OK;
    s->w->faults = before;
    if (s->n.recalled != 0)
        doc_text(s->out, M("RECALLED on %1: do not go by this notice any more. Reason: %2"), lang_day(s->w->a, s->out->lang, s->n.recalled), s->n.recall_reason);
    if (newer.n == 0 && !had) return OK;
    doc_show(s->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .alone = true});
    DOC_TABLE(s->out, "related", columns);
    if (newer.n != 0) DOC_ROW(s->out, words_cell(M("There is a newer notice in place of this one.")), C_TEXT(newer));
    if (had) DOC_ROW(s->out, words_cell(M("This notice replaces an earlier one.")), C_TEXT(was.code));
    doc_table_end(s->out);
    return OK;
}

static enum err added_told(const struct showing *s)
{
    struct added *all;
    size_t n;
    if (s->how == STANDS_ISSUER) return OK;
    enum err e = notice_added(s->w, &s->own, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        doc_heading(s->out, M("Added by %1"), lang_pick(s->out->lang, all[i].org_ja, all[i].org_en));
        paragraphs_told(s->out, all[i].text);
    }
    return e;
}

/* ---- reach ---- */

static enum err reach_told(const struct showing *s)
{
    static const struct column columns[] = {
        {"tier", CELL_ENUM, N("Tier"), 0, NULL, NULL},
        {"addressees", CELL_INT, N("Addressees"), 0, NULL, NULL},
        {"waiting", CELL_INT, N("Not passed on yet"), 0, NULL, NULL},
        {"confirmed", CELL_INT, N("Confirmed"), 0, NULL, NULL},
        {"rate", CELL_RATE, N("Reach-confirmation rate"), COL_BAR, NULL, NULL, NULL, "addressees"},
        {"notice", CELL_TEXT, N("Board"), 0, "share board", "notice"},
    };
    struct reach reach[TIERS];
    if (s->n.sent == 0 || s->how == STANDS_ADDRESSEE) return OK;
    enum err e = delivery_counts(s->w, s->n.id, s->how == STANDS_ISSUER ? -1 : s->own.id, reach);
    if (e != OK) return e;
    doc_heading(s->out, M("Receipt so far"));
    doc_show(s->out, &(struct show){.kind = SHOW_CARDS, .label = "tier"});
    DOC_TABLE(s->out, "receipt", columns);
    for (enum tier t = 0; t < TIERS; t++)
        if (reach_all(&reach[t]) != 0)
            DOC_ROW(s->out, enum_words_cell(tier_word(t), tier_label(t)), C_INT(reach_all(&reach[t])), C_INT(reach[t].n[ACK_WAITING]),
                    C_INT(reach_confirmed(&reach[t])), C_RATE(reach_rate(&reach[t])),
                    ((struct cell){.type = CELL_TEXT, .text = s->n.code, .ja = tr(LANG_JA, M("One by one")), .en = M("One by one")}));
    doc_table_end(s->out);
    return OK;
}

/* ---- what may be done ---- */

static void act_form(const struct showing *s, const char *act, str title, const char *ask, bool folded)
{
    doc_form(s->out, &(struct form){.act = act, .title = title, .given = {{"notice", s->n.code}}, .ask = ask, .folded = folded});
    doc_form_end(s->out);
}

static enum err draft_told(const struct showing *s)
{
    struct notice_reference *r;
    size_t n;
    enum err e = notice_references(s->w, s->n.id, &r, &n);
    if (e == OK) e = draft_form(s->w, &s->p, &s->n, r, n, s->out);
    if (e != OK || !s->out->paged) return e;
    act_form(s, "share attach", M("Attach a file"), "file", false);
    act_form(s, "share discard", M("Discard the draft"), NULL, true);
    return OK;
}

static enum err below_waiting(const struct showing *s, struct waits_below **out, size_t *n)
{
    size_t k = 0;
    enum err e = notice_below(s->w, s->n.id, s->own.id, out, n);
    for (size_t i = 0; e == OK && i < *n; i++)
        if ((*out)[i].ack == ACK_WAITING) (*out)[k++] = (*out)[i];
    if (e == OK) *n = k;
    return e;
}

enum { BELOW_LISTED = 100 }; /* who may be left out by a box; of more, by code */

static void pass_fields(const struct showing *s, const struct waits_below *b, size_t n)
{
    struct doc *out = s->out;
    fields_begin(out, "passing");
    field_row(out, S("text"), "long", words_cell(M("what you add for those below")), false, C_NONE, C_NONE);
    marking_fields(out, s->own.marking, s->own.marking);
    if (n <= BELOW_LISTED) {
        field_row(out, S("but"), "several", words_cell(M("who is left out")), false, C_NONE, C_NONE);
        for (size_t i = 0; i < n; i++) field_choice(out, S("but"), b[i].code, both_cell(b[i].ja, b[i].en));
    } else {
        field_row(out, S("but"), "code", words_cell(M("who is left out")), false, words_cell(M("one organisation, by its code")), C_NONE);
    }
    field_row(out, S("reason"), "text", words_cell(M("why they are left out")), false, C_NONE, C_NONE);
    doc_table_end(out);
}

static enum err pass_told(const struct showing *s)
{
    struct waits_below *b;
    size_t n;
    struct leaving l = notice_leaving(s->w, &s->n, s->own.marking, true);
    enum err e = below_waiting(s, &b, &n);
    if (e != OK || n == 0) return e;
    enum leave_verdict v = leave_may(&l, BY_PASSING, TO_CLIENT);
    doc_heading(s->out, M("Pass it on"));
    doc_text(s->out, M("Waiting for it below you: %1"), str_int(s->w->a, (int64_t)n));
    if (v != LEAVE_YES) {
        doc_text(s->out, leave_why(v), tlp_label(s->own.marking.tlp));
        return OK;
    }
    if (!s->out->paged) return OK; /* what may be given, the help of the act says */
    bool confirmed = ack_confirmed(s->own.ack);
    struct form form = {.act = "share pass", .given = {{"notice", s->n.code}},
                        .button = {{"confirm", "1", M("Confirm receipt and pass it on")}, {NULL, NULL, M("Pass it on")}}};
    if (confirmed) form.button[0] = (struct form_button){NULL, NULL, M("Pass it on")}, form.button[1] = (struct form_button){0};
    doc_form(s->out, &form);
    pass_fields(s, b, n);
    doc_form_end(s->out);
    return OK;
}

static enum err acts_told(const struct showing *s)
{
    bool sent = str_eq(s->n.state, S("sent"));
    if (str_eq(s->n.state, S("draft"))) return draft_told(s);
    if (s->how == STANDS_ISSUER) {
        if (sent || s->n.recalled != 0) act_form(s, "share update", M("Update it by a new notice"), NULL, true);
        if (s->n.recalled == 0 && s->n.sent != 0) act_form(s, "share recall", M("Recall it"), "reason", true);
        if (sent) act_form(s, "share pass-add", M("Send it to one more"), "org", true);
        return OK;
    }
    if (s->how == STANDS_PASSER && sent) {
        enum err e = pass_told(s);
        if (e != OK) return e;
        if (s->own.passed != 0) act_form(s, "share pass-add", M("Send it to one more"), "org", true);
    }
    return OK;
}

/* One press, above the text, where a thumb finds it. */
static void confirm_button(const struct showing *s)
{
    if (s->how == STANDS_ISSUER || ack_confirmed(s->own.ack) || s->n.recalled != 0) return;
    doc_form(s->out, &(struct form){.act = "share confirm", .given = {{"notice", s->n.code}}, .button = {{NULL, NULL, M("Confirm receipt")}}});
    doc_form_end(s->out);
}

static enum err link_to_preview(const struct showing *s)
{
    static const struct column columns[] = {{"what", CELL_TEXT, N("What"), 0, NULL, NULL}, {"notice", CELL_TEXT, N("Look at it and send it"), 0, "share preview", "notice"}};
    if (!str_eq(s->n.state, S("draft"))) return OK;
    doc_show(s->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .alone = true});
    DOC_TABLE(s->out, "next", columns);
    DOC_ROW(s->out, words_cell(M("A draft: nobody else sees it. What comes next is to look at whom it reaches.")), C_TEXT(s->n.code));
    doc_table_end(s->out);
    return OK;
}

/* TLP:RED, to somebody of the addressee who is not named: that there is one, and nothing of it. */
static void unseen_told(const struct showing *s)
{
    s->out->handling = tlp_label(s->marking.tlp);
    doc_title(s->out, M("A notice for named persons"));
    doc_lead(s->out, M("%1, from %2"), s->n.code, lang_pick(s->out->lang, s->n.issuer_ja, s->n.issuer_en));
    doc_text(s->out, leave_why(s->sight), tlp_label(s->marking.tlp));
    if (s->marking.tlp == TLP_RED) doc_text(s->out, M("It is shown to the persons who are named as contacts of your organisation. You are not among them: tell one of them that it is there."));
}

static enum err one(struct showing *s)
{
    bool draft = str_eq(s->n.state, S("draft"));
    head(s);
    enum err e = standing_told(s);
    if (e == OK) e = link_to_preview(s);
    confirm_button(s);
    if (e == OK && !draft) e = notice_told(s->w, &s->n, s->out);
    if (e == OK && !draft) e = added_told(s);
    if (e == OK && draft) e = attachments_told(s->w, &s->n, s->out);
    if (e == OK) e = acts_told(s);
    if (e == OK) e = reach_told(s);
    in_data(s);
    if (e == OK && s->how == STANDS_ISSUER && s->n.report != 0) doc_note(s->out, M("It was made of a report; only you and the operator who made the report see that."));
    return e;
}

/* ---- without one: where writing begins ---- */

static enum err begin(struct work *w, const struct party *p, struct doc *out)
{
    static const struct column columns[] = {
        {"notice", CELL_TEXT, N("Number"), 0, "share notice", "notice"}, {"title", CELL_TEXT, N("Subject"), 0, "share notice", "notice", "notice"},
        {"made", CELL_TIME, N("Draft begun"), COL_DETAIL, NULL, NULL},         {"marking", CELL_TEXT, N("Marking"), COL_DETAIL, NULL, NULL}};
    struct notice *all, fresh = {.marking = {TLP_AMBER, PAP_AMBER}};
    size_t n;
    enum err e = notice_drafts(w, p->org, &all, &n);
    if (e != OK) return e;
    if (n != 0) {
        doc_heading(out, M("Drafts of notices"));
        doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
        DOC_TABLE(out, "drafts", columns);
        for (size_t i = 0; i < n; i++)
            DOC_ROW(out, C_TEXT(all[i].code), share_title_cell(w, all[i].drill, all[i].title), C_TIME(all[i].made), marking_cell(w->a, all[i].marking));
        doc_table_end(out);
    }
    return draft_form(w, p, &fresh, NULL, 0, out);
}

static enum err shown(struct work *w, const struct args *in, struct showing *s)
{
    enum err e = notice_find(w, &s->p, arg_text(in, "notice"), &s->n, &s->own, &s->how);
    if (e == OK) e = notice_sight(w, &s->p, &s->n, &s->own, s->how, &s->sight);
    if (e == OK) s->marking = s->how == STANDS_ISSUER ? s->n.marking : s->own.marking;
    return e;
}

static bool opens(const struct showing *s) { return s->how != STANDS_ISSUER && s->own.ack == ACK_SENT && s->sight == LEAVE_YES && !s->p.owner; }

enum err share_view_notice(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s = {.w = w, .out = out};
    enum err e = party_of(w, in, &s.p);
    if (e == OK && !arg_given(in, "notice")) return begin(w, &s.p, out);
    if (e == OK) e = shown(w, in, &s);
    if (e != OK) return e;
    if (s.sight != LEAVE_YES) {
        unseen_told(&s);
        return OK;
    }
    out->marks = opens(&s);
    return one(&s);
}

/* That it was opened: never for who issued it or stands above, and nothing that confirms. */
enum err share_mark_notice(struct work *w, const struct args *in)
{
    struct showing s = {.w = w};
    enum err e = party_of(w, in, &s.p);
    if (e != OK || !arg_given(in, "notice")) return e;
    e = shown(w, in, &s);
    if (e != OK || !opens(&s)) return e;
    return delivery_enter(w, &s.own, &(struct entered){.ack = ACK_OPENED, .channel = BY_BROWSER, .at = w->now, .by_whom = acting_person(w)});
}

/* ---- an attachment ---- */

/* Who is asked to agree to a notice reads what is attached, before anybody else gets it. */
static enum err found_with_file(struct work *w, const struct args *in, struct showing *s)
{
    enum err e = shown(w, in, s);
    if (e != NOTFOUND) return e;
    if (consent_reads(w, &s->p, arg_text(in, "notice"), &s->n) != OK) return NOTFOUND;
    w->faults = (struct faults){0}; /* that it was not sent to the party */
    s->how = STANDS_ISSUER;
    s->marking = s->n.marking;
    return OK;
}

enum err share_file_notice(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct showing s = {.w = w};
    struct attachment a;
    str bytes;
    enum err e = party_of(w, in, &s.p);
    if (e == OK) e = found_with_file(w, in, &s);
    if (e != OK) return e;
    struct leaving l = notice_leaving(w, &s.n, s.marking, s.sight != LEAVE_UNCONSENTED);
    enum leave_verdict v = s.how == STANDS_ISSUER ? LEAVE_YES : leave_may(&l, BY_FILE, TO_ADDRESSEE);
    if (s.sight != LEAVE_YES) v = s.sight;
    if (v != LEAVE_YES) return fault_in(w, DENIED, notice_where("notice"), leave_why(v), tlp_label(s.marking.tlp));
    e = attachment_bytes(w, s.n.id, arg_text(in, "name"), &a, &bytes);
    if (e == NOTFOUND) return fault_in(w, NOTFOUND, notice_where("name"), M("the notice has no attachment '%1'"), arg_text(in, "name"));
    if (e != OK) return e;
    out->name = a.name;
    out->media = a.media;
    return out->put(out, bytes);
}
