/* share sanitise: a draft of a notice out of a report, in one step. It says what may help others and nothing of whose
 * it is; its issuer reads it, then the operator agrees to the very text, then it is sent. */
#include "base/utf8.h"
#include "share/compose.h"
#include "share/consent_store.h"
#include "share/party_store.h"
#include "share/report_acts.h"
#include "share/route.h"
#include "share/sanitise.h"

struct drafting {
    struct work *w;
    enum lang lang;
    struct report_held h;
    struct report_said *said;
    size_t n;
    struct sanitise_names *names;
    str sector; /* in the reader's language; empty: a ministry or agency */
    size_t struck;
};

static enum err names_of(struct drafting *d)
{
    struct telling_name *all;
    size_t n;
    enum err e = names_telling(d->w, d->h.r.org, &all, &n);
    if (e != OK) return e;
    d->names = sanitise_names_new(d->w->a);
    for (size_t i = 0; i < n; i++) {
        sanitise_name(d->names, all[i].a, all[i].person);
        sanitise_name(d->names, all[i].b, all[i].person);
        sanitise_name(d->names, all[i].c, false);
    }
    sanitise_name(d->names, d->h.r.code, false);
    return OK;
}

static enum err sector_of(struct drafting *d)
{
    struct party *line;
    size_t n;
    if (d->h.r.sector.n == 0) return OK;
    enum err e = party_line(d->w, 0, d->h.r.sector, &line, &n);
    if (e == OK && n != 0) d->sector = lang_pick(d->lang, line[0].ja, line[0].en);
    return e;
}

/* What a field says, without what tells whose it is. */
static str clean(struct drafting *d, const char *field)
{
    const struct report_field *f = report_field_of(str_of(field));
    struct cell c = report_value_cell(d->w, f, share_report_said_of(d->said, d->n, field));
    size_t struck;
    if (c.type == CELL_NONE) return (str){"", 0};
    str words = doc_cell_words(d->w->a, d->lang, &c);
    if (f->sort != FIELD_TEXT && f->sort != FIELD_LONG) return words;
    words = sanitise(d->w->a, d->names, words, &struck);
    d->struck += struck;
    return words;
}

static void line(struct drafting *d, struct buf *b, str label, const char *field)
{
    str words = clean(d, field);
    if (words.n == 0) return;
    str head = tr(d->lang, label);
    buf_fmt(b, d->lang == LANG_JA ? "\n\n【%.*s】\n%.*s" : "\n\n%.*s:\n%.*s", STR_ARG(head), STR_ARG(words));
}

static str text_of(struct drafting *d)
{
    struct buf b = buf_in(d->w->a);
    str day = d->h.r.begun == 0 ? (str){"", 0} : lang_day(d->w->a, d->lang, d->h.r.begun);
    str head =
        d->sector.n == 0
            ? tr(d->lang,
                 M("A ministry or agency reported what follows. Please look whether the same could happen to you."))
            : tr_fill(
                  d->w->a, d->lang,
                  M("An operator of the sector %1 reported what follows. Please look whether the same could happen to you."),
                  &d->sector, 1);
    buf_add(&b, head);
    line(d, &b, M("Type of event"), "event");
    if (day.n != 0)
        buf_fmt(&b, d->lang == LANG_JA ? "\n\n【%.*s】\n%.*s" : "\n\n%.*s:\n%.*s",
                STR_ARG(tr(d->lang, M("Day it began"))), STR_ARG(day));
    line(d, &b, M("Service concerned"), "service");
    line(d, &b, M("The service now"), "stopped");
    line(d, &b, M("What is known so far"), "summary");
    line(d, &b, M("Causes"), "causes");
    line(d, &b, M("More on the causes"), "cause_text");
    line(d, &b, M("Spread to others"), "spread");
    return utf8_head(buf_str(&b), NOTICE_TEXT_MAX);
}

static str title_of(struct drafting *d)
{
    str event = clean(d, "event");
    const str args[] = {event, d->sector};
    return utf8_head(tr_fill(d->w->a, d->lang,
                             d->sector.n == 0 ? M("Please take care: %1") : M("Please take care: %1 (sector: %2)"),
                             args, 2),
                     NOTICE_TITLE_MAX);
}

/* The other sectors in which the issuer may write to somebody; where there is none, its own. */
static enum err addressed(struct drafting *d, str *out)
{
    struct route_net net;
    struct buf others = buf_in(d->w->a), all = buf_in(d->w->a);
    enum err e = route_load(d->w, &net);
    if (e != OK) return e;
    int32_t self = route_find(&net, d->h.p.org);
    bool *reached = arena_array(d->w->a, net.n + 1, sizeof *reached);
    for (int32_t i = 0, s; self >= 0 && i < (int32_t)net.n; i++)
        if ((s = route_sector(&net, i)) >= 0 && !reached[s]) reached[s] = route_may_address(&net, self, i);
    for (size_t i = 0; i < net.n; i++) {
        if (!reached[i]) continue;
        bool own = str_eq(net.org[i].code, d->h.r.sector);
        buf_fmt(&all, "%ssector:%.*s", all.n == 0 ? "" : " ", STR_ARG(net.org[i].code));
        if (!own) buf_fmt(&others, "%ssector:%.*s", others.n == 0 ? "" : " ", STR_ARG(net.org[i].code));
    }
    *out = others.n != 0 ? buf_str(&others) : buf_str(&all);
    return OK;
}

static enum err loaded(struct drafting *d, const struct args *in)
{
    struct work *w = d->w;
    enum err e = report_held(w, in, &d->h);
    if (e == OK && !report_held_as(&d->h, "centre") && !report_held_as(&d->h, "ministry"))
        e = fault(w, DENIED,
                  M("notices are made of a report by the centre, and by the ministry in charge for its own sectors"));
    if (e == OK) e = share_report_said(w, d->h.r.id, d->h.r.editions, &d->said, &d->n);
    if (e == OK) e = names_of(d);
    return e == OK ? sector_of(d) : e;
}

enum err share_act_sanitise(struct work *w, const struct args *in, struct doc *out)
{
    struct drafting d = {.w = w, .lang = out->lang};
    struct notice n;
    enum err e = loaded(&d, in);
    if (e != OK) return e;
    enum tlp own = report_held_own(&d.h)->tlp;
    struct draft draft = {.kind = S("containment"), .urgency = S("important"), .drill = d.h.r.drill, .report = d.h.r.id,
                          .marking = {own > d.h.r.tlp ? own : d.h.r.tlp, PAP_GREEN}};
    draft.title = title_of(&d);
    draft.text = text_of(&d);
    draft.measure = utf8_head(clean(&d, "response"), NOTICE_TEXT_MAX);
    if ((e = addressed(&d, &draft.to)) == OK) e = draft_make(w, &d.h.p, &draft, &n);
    if (e != OK) return e;
    act_noted(w, S("notice"), n.code);
    doc_fact(out, "notice", M("Notice"), C_TEXT(n.code));
    doc_fact(out, "struck", M("Places struck out"), C_INT((int64_t)d.struck));
    doc_note(
        out,
        M("The program strikes names it knows. Read the draft before you ask the operator: what it does not know, it does not strike."));
    report_marks(out, &d.h.r, draft.marking.tlp);
    act_next(
        w,
        &(struct going_on){
            .to = "share consent",
            .given = {{"notice", n.code}},
            .said = tr(out->lang,
                       M("A draft is made. Read it, change what you like, then ask the operator whether it agrees."))});
    return OK;
}
