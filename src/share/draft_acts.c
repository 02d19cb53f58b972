/* share draft, attach, detach, send, update, recall, discard: what an issuer does with its own notice. */
#include "share/notice_acts.h"
#include "share/delivery.h"
#include "share/objects.h"
#include "surface/door.h"
#include "surface/fields.h"

#include "base/clock.h"

/* ---- what was given ---- */

static str text_given(const struct args *in, const char *name, bool whole, str stands)
{
    return arg_given(in, name) ? arg_text(in, name) : whole ? S("") : stands;
}

static bool flag_given(const struct args *in, const char *name, bool whole, bool stands)
{
    return arg_given(in, name) ? arg_int(in, name) != 0 : !whole && stands;
}

/* "2026-12-01", "2026-12-01 14:00" by the clocks of Japan, or an instant as data writes it. */
static bool japan_time(struct arena *a, str s, int64_t *out)
{
    int64_t day, hour = 0, minute = 0;
    if (time_parse(s, out)) return true;
    if (!date_parse(str_sub(s, 0, DATE_TEXT), &day)) return false;
    str rest = str_trim(str_sub(s, DATE_TEXT, s.n)), part;
    if (str_starts(rest, S("T"))) rest = str_sub(rest, 1, rest.n);
    if (rest.n != 0) {
        if (rest.n != 5 || !str_cut(&rest, ':', &part) || !str_to_int(part, &hour) || !str_to_int(rest, &minute))
            return false;
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
    }
    (void)a;
    *out = day * DAY + hour * 3600 + minute * 60 - JAPAN;
    return true;
}

static enum err references_given(struct work *w, const struct args *in, bool whole, const struct notice *was,
                                 struct draft *d)
{
    struct notice_reference *all = NULL;
    if (!arg_given(in, "references") && !whole && was->id != 0) {
        enum err e = notice_references(w, was->id, &all, &d->n_references);
        d->reference = all;
        return e;
    }
    str rest = arg_text(in, "references"), line;
    size_t room = 0;
    while (str_cut(&rest, '\n', &line)) {
        struct notice_reference one;
        if (str_trim(line).n == 0) continue;
        if (reference_read(w, str_trim(line), &one) != OK) continue; /* noted; the others are looked at too */
        all = arena_more(w->a, all, d->n_references, &room, sizeof *all);
        all[d->n_references++] = one;
    }
    d->reference = all;
    return work_err(w);
}

/* ---- whom it is for ---- */

struct looking {
    struct route_net net;
    struct org_name *name;
    int32_t sender;
    bool loaded;
};

static enum err look(struct work *w, const struct party *p, struct looking *l)
{
    if (l->loaded) return OK;
    enum err e = route_load(w, &l->net);
    if (e == OK) e = net_names(w, &l->net, &l->name);
    l->sender = e == OK ? route_find(&l->net, p->org) : -1;
    l->loaded = e == OK;
    return e;
}

static bool called(const struct looking *l, int32_t i, str name)
{
    return str_eq(l->net.org[i].code, name) || str_eq(l->name[i].ja, name) || str_eq(l->name[i].en, name);
}

/* By code or by whole name, among those the sender may address: whether there are others is not told. */
static void one_named(struct work *w, const struct looking *l, str name, struct buf *to)
{
    int32_t found = -1, many = 0;
    for (int32_t i = 0; (size_t)i < l->net.n; i++) {
        if (!called(l, i, name) || l->sender < 0 || !route_may_address(&l->net, l->sender, i)) continue;
        if (str_eq(l->net.org[i].code, name)) many = 0;
        found = i;
        many++;
        if (str_eq(l->net.org[i].code, name)) break;
    }
    if (many == 0)
        (void)fault_in(w, NOTFOUND, notice_where("also"),
                       M("there is no organisation '%1' that you may address: give its code or its whole name"), name);
    else if (many > 1)
        (void)fault_in(w, INVALID, notice_where("also"), M("several organisations are called '%1': give the code"),
                       name);
    else buf_fmt(to, " org:%.*s", STR_ARG(l->net.org[found].code));
}

static enum err words_given(struct work *w, const struct party *p, const struct args *in, bool whole,
                            const struct notice *was, str *out)
{
    struct looking l = {0};
    struct buf b = buf_in(w->a);
    const struct arg *all[ROUTE_WORDS_MAX];
    size_t n = arg_all(in, "to", all, ROUTE_WORDS_MAX);
    if (n == 0 && !arg_given(in, "also") && !whole) {
        *out = was->to;
        return OK;
    }
    for (size_t i = 0; i < n && i < ROUTE_WORDS_MAX; i++) buf_fmt(&b, " %.*s", STR_ARG(all[i]->text));
    str rest = arg_text(in, "also"), line;
    while (str_cut(&rest, '\n', &line)) {
        str name = str_trim(line);
        if (name.n == 0) continue;
        enum err e = look(w, p, &l);
        if (e != OK) return e;
        if (str_find(name, S(":")) >= 0) buf_fmt(&b, " %.*s", STR_ARG(name));
        else one_named(w, &l, name, &b);
    }
    *out = buf_str(&b);
    return work_err(w);
}

/* ---- a draft ---- */

static enum err marking_given(struct work *w, const struct args *in, struct marking *m)
{
    if (arg_given(in, "tlp") && !tlp_parse(arg_text(in, "tlp"), &m->tlp))
        return fault_in(w, INVALID, notice_where("tlp"), M("'%1' is no marking of TLP"), arg_text(in, "tlp"));
    if (arg_given(in, "pap") && !pap_parse(arg_text(in, "pap"), &m->pap))
        return fault_in(w, INVALID, notice_where("pap"), M("'%1' is no marking of PAP"), arg_text(in, "pap"));
    return OK;
}

static enum err times_given(struct work *w, const struct args *in, bool whole, const struct notice *was, str urgency,
                            struct draft *d)
{
    str embargo = str_trim(arg_text(in, "embargo"));
    /* follows the urgency unless it was said */
    bool as_usual = was->within == urgency_minutes(was->urgency) && !str_eq(urgency, was->urgency);
    d->within = arg_given(in, "within") ? arg_int(in, "within") : whole || as_usual ? 0 : was->within;
    d->embargo = whole || embargo.n != 0 ? 0 : was->embargo;
    if (embargo.n != 0 && !japan_time(w->a, embargo, &d->embargo))
        return fault_in(w, INVALID, notice_where("embargo"), M("'%1' is no time: 2026-12-01 14:00"), embargo);
    return OK;
}

/* Over what stands: a command names what is to be otherwise, a form sends all it has (whole). */
static enum err draft_given(struct work *w, const struct party *p, const struct args *in, const struct notice *was,
                            struct draft *d)
{
    bool whole = arg_int(in, "whole") != 0;
    *d = (struct draft){.kind = arg_given(in, "kind") ? arg_text(in, "kind") : was->kind,
                        .urgency = arg_given(in, "urgency") ? arg_text(in, "urgency") : was->urgency,
                        .title = text_given(in, "title", whole, was->title),
                        .text = text_given(in, "text", whole, was->text),
                        .measure = text_given(in, "measure", whole, was->measure),
                        .marking = was->marking,
                        .drill = was->id != 0 ? was->drill : arg_int(in, "drill") != 0,
                        .direct = flag_given(in, "direct", whole, was->direct)};
    enum err e = marking_given(w, in, &d->marking);
    if (e == OK) e = times_given(w, in, whole, was, d->urgency, d);
    if (e == OK) e = words_given(w, p, in, whole, was, &d->to);
    return e == OK ? references_given(w, in, whole, was, d) : e;
}

static str references_text(struct arena *a, const struct notice_reference *r, size_t n)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < n; i++) buf_fmt(&b, "%s%.*s", i == 0 ? "" : "\n", STR_ARG(r[i].value));
    return buf_str(&b);
}

static struct notice as_given(const struct notice *was, const struct draft *d)
{
    struct notice n = *was;
    n.kind = d->kind;
    n.urgency = d->urgency;
    n.title = d->title;
    n.text = d->text;
    n.measure = d->measure;
    n.to = str_trim(d->to);
    n.marking = d->marking;
    n.direct = d->direct;
    n.within = d->within;
    n.embargo = d->embargo;
    return n;
}

/* Somebody else wrote it since the form was made: nothing is written over. Both are shown, and what was given stands in
 * a form again. */
static enum err both_told(struct work *w, const struct party *p, const struct notice *is, const struct draft *d,
                          struct doc *out)
{
    struct notice_reference *r;
    size_t n_r;
    enum err e = notice_references(w, is->id, &r, &n_r);
    if (e != OK) return e;
    struct notice given = as_given(is, d);
    const struct two_texts two[] = {
        {M("Subject"), is->title, d->title},
        {M("What has happened"), is->text, d->text},
        {M("What is to be done"), is->measure, d->measure},
        {M("References"), references_text(w->a, r, n_r), references_text(w->a, d->reference, d->n_references)},
        {M("For whom"), is->to, given.to},
        {M("Marking"), marking_cell(w->a, is->marking).text, marking_cell(w->a, d->marking).text}};
    act_noted(w, S("stale"), is->code);
    two_texts_told(out, two, sizeof two / sizeof *two);
    return draft_form(w, p, &given, d->reference, d->n_references, out);
}

static enum err draft_written(struct work *w, const struct party *p, const struct args *in, struct notice *n,
                              bool *stale, struct doc *out)
{
    struct draft d;
    struct notice was = {.marking = {TLP_AMBER, PAP_AMBER}};
    bool fresh = !arg_given(in, "notice");
    struct party again;
    enum err e = fresh ? OK : own_notice(w, in, &again, &was);
    if (e == OK) e = draft_given(w, p, in, &was, &d);
    if (e != OK) return e;
    *stale = !fresh && arg_given(in, "revision") && arg_int(in, "revision") != was.revision && str_eq(was.state, S("draft"));
    if (*stale) return both_told(w, p, &was, &d, out);
    *n = was;
    return fresh ? draft_make(w, p, &d, n) : draft_change(w, &d, n);
}

enum err share_act_draft(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct notice n;
    bool stale = false;
    enum err e = party_of(w, in, &p);
    if (e == OK) e = draft_written(w, &p, in, &n, &stale, out);
    if (e != OK || stale) return e;
    act_noted(w, S("notice"), n.code);
    doc_fact(out, "notice", M("Notice"), C_TEXT(n.code));
    doc_fact(out, "revision", M("Revision"), C_INT(n.revision));
    notice_go(w, &n, arg_int(in, "shown") != 0 && n.to.n != 0 ? "share preview" : "share notice",
              tr(out->lang, M("Saved as a draft. Nobody else sees it yet.")));
    return OK;
}

/* ---- attachments ---- */

static enum err own_draft(struct work *w, const struct args *in, struct party *p, struct notice *n)
{
    enum err e = own_notice(w, in, p, n);
    if (e == OK && !str_eq(n->state, S("draft")))
        e = fault_in(w, CONFLICT, notice_where("notice"),
                     M("'%1' is no draft any more: what was sent does not change. Send an update, or recall it"),
                     n->code);
    return e;
}

/* By its ending, of those that no browser runs; the rest are just bytes. */
static str media_of(str name)
{
    static const struct {
        str ending, media;
    } all[] = {{S_INIT(".pdf"), S_INIT("application/pdf")},
               {S_INIT(".txt"), S_INIT("text/plain; charset=utf-8")},
               {S_INIT(".csv"), S_INIT("text/csv")},
               {S_INIT(".json"), S_INIT("application/json")},
               {S_INIT(".png"), S_INIT("image/png")},
               {S_INIT(".jpg"), S_INIT("image/jpeg")},
               {S_INIT(".zip"), S_INIT("application/zip")},
               {S_INIT(".docx"), S_INIT("application/vnd.openxmlformats-officedocument.wordprocessingml.document")},
               {S_INIT(".xlsx"), S_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_ends(name, all[i].ending)) return all[i].media;
    return S("application/octet-stream");
}

/* Without folders of whoever sent it, and nothing in it that a file system or an eye takes for something else. */
static str file_name_of(struct arena *a, str name)
{
    enum { NAME_MAX_BYTES = 120 };
    struct buf b = buf_in(a);
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (c == '/' || c == '\\') b.n = 0;
        else if (c >= 0x20 && c != 0x7F && c != '"' && c != '<' && c != '>' && c != '|' && c != '*' && c != '?' &&
                 c != ':')
            buf_byte(&b, (char)c);
    }
    str s = str_trim(buf_str(&b));
    while (str_starts(s, S("."))) s = str_sub(s, 1, s.n);
    size_t from = s.n > NAME_MAX_BYTES ? s.n - NAME_MAX_BYTES : 0;
    /* never within a character; the ending stays */
    while (from != 0 && from < s.n && ((unsigned char)s.p[from] & 0xC0) == 0x80) from++;
    s = str_sub(s, from, s.n);
    return s.n == 0 ? S("attachment") : s;
}

enum err share_act_attach(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct notice n;
    struct attachment *have;
    size_t k;
    const struct file *f = arg_file(in, "file");
    enum err e = own_draft(w, in, &p, &n);
    if (e == OK) e = notice_attachments(w, n.id, &have, &k);
    if (e != OK) return e;
    struct attachment a = {.name = file_name_of(w->a, f->name), .sha256 = f->sha256, .size = (int64_t)f->bytes.n};
    a.media = media_of(a.name);
    bool there = false;
    for (size_t i = 0; i < k; i++) there = there || str_eq(have[i].name, a.name);
    if (a.size == 0) return fault_in(w, INVALID, notice_where("file"), M("'%1' is empty"), a.name);
    if (a.size > ATTACHMENT_BYTES_MAX)
        return fault_in(w, INVALID, notice_where("file"),
                        M("'%1' is larger than 8 MB: attach less, or say where it is to be had"), a.name);
    if (!there && k >= ATTACHMENTS_PER_NOTICE)
        return fault_in(w, INVALID, notice_where("file"), M("a notice has at most %1 attachments"),
                        str_int(w->a, ATTACHMENTS_PER_NOTICE));
    if ((e = attachment_put(w, n.id, &a, f->bytes)) != OK) return e;
    n.revision++;
    if ((e = notice_update(w, &n)) != OK) return e;
    doc_fact(out, "name", M("Attachment"), C_TEXT(a.name));
    doc_fact(out, "sha256", M("SHA-256"), C_TEXT(a.sha256));
    notice_go(w, &n, "share notice", tr_fill(w->a, out->lang, M("'%1' was attached."), &a.name, 1));
    return OK;
}

enum err share_act_detach(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct notice n;
    str name = arg_text(in, "name");
    enum err e = own_draft(w, in, &p, &n);
    if (e == OK) e = attachment_take_off(w, n.id, name);
    if (e == NOTFOUND) return fault_in(w, NOTFOUND, notice_where("name"), M("the notice has no attachment '%1'"), name);
    if (e != OK) return e;
    n.revision++;
    if ((e = notice_update(w, &n)) != OK) return e;
    doc_fact(out, "name", M("Attachment"), C_TEXT(name));
    notice_go(w, &n, "share notice", tr_fill(w->a, out->lang, M("'%1' was taken off."), &name, 1));
    return OK;
}

/* ---- sending ---- */

static void sent_told(struct work *w, const struct notice *n, const struct reach *reach, struct doc *out)
{
    int64_t all = 0, now = 0;
    for (int t = 0; t < TIERS; t++) {
        all += reach_all(&reach[t]);
        now += reach_all(&reach[t]) - reach[t].n[ACK_WAITING] - reach[t].n[ACK_WITHHELD];
    }
    act_noted(w, S("addressees"), str_int(w->a, all));
    act_noted(w, S("marking"), tlp_word(n->marking.tlp));
    doc_fact(out, "notice", M("Notice"), C_TEXT(n->code));
    doc_fact(out, "addressees", M("Addressees"), C_INT(all));
    doc_fact(out, "sent_now", M("Sent at once"), C_INT(now));
    const str said[] = {n->code, str_int(w->a, now), str_int(w->a, all)};
    notice_go(w, n, "share notice",
              tr_fill(w->a, out->lang,
                      M("%1 was sent to %2 of %3 addressees; the others get it when those above them pass it on."),
                      said, 3));
}

enum err share_act_send(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct notice n;
    struct reach reach[TIERS];
    enum err e = own_draft(w, in, &p, &n);
    if (e == OK && arg_given(in, "revision") && arg_int(in, "revision") != n.revision)
        e = fault_in(w, CONFLICT, notice_where("notice"),
                     M("'%1' was changed since you looked at it: look at it again, then send it"), n.code);
    if (e == OK) e = draft_send(w, &p, &n);
    if (e == OK) e = delivery_counts(w, n.id, -1, reach);
    if (e == OK) sent_told(w, &n, reach, out);
    return e;
}

/* ---- update, recall, discard ---- */

static enum err updatable(struct work *w, const struct notice *n)
{
    if (str_eq(n->state, S("sent")) || str_eq(n->state, S("recalled"))) return OK;
    if (str_eq(n->state, S("superseded")))
        return fault_in(w, CONFLICT, notice_where("notice"), M("'%1' was updated by another notice: update that one"),
                        n->code);
    return fault_in(w, CONFLICT, notice_where("notice"), M("'%1' was not sent: change the draft itself"), n->code);
}

enum err share_act_update(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct notice was, n;
    struct notice_reference *r;
    size_t n_r;
    enum err e = own_notice(w, in, &p, &was);
    if (e == OK) e = updatable(w, &was);
    if (e == OK) e = notice_references(w, was.id, &r, &n_r);
    if (e != OK) return e;
    const struct draft d = {.kind = was.kind,
                            .urgency = was.urgency,
                            .title = was.title,
                            .text = was.text,
                            .measure = was.measure,
                            .to = was.to,
                            .marking = was.marking,
                            .drill = was.drill,
                            .direct = was.direct,
                            .within = was.within,
                            .embargo = was.embargo > w->now ? was.embargo : 0,
                            .supersedes = was.id,
                            .report = was.report,
                            .reference = r,
                            .n_references = n_r};
    e = draft_make(w, &p, &d, &n);
    if (e == OK) e = attachments_copy(w, was.id, n.id);
    if (e != OK) return e;
    act_noted(w, S("draft"), n.code);
    doc_fact(out, "notice", M("Notice"), C_TEXT(n.code));
    notice_go(
        w, &n, "share notice",
        tr(out->lang, M("This draft will replace the notice: change what is new, then send it to all who had it.")));
    return OK;
}

enum err share_act_recall(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct notice n;
    str reason = str_trim(arg_text(in, "reason"));
    enum err e = own_notice(w, in, &p, &n);
    if (e == OK && str_eq(n.state, S("recalled")))
        e = fault_in(w, CONFLICT, notice_where("notice"), M("'%1' was recalled already"), n.code);
    if (e == OK && n.sent == 0)
        e = fault_in(w, CONFLICT, notice_where("notice"),
                     M("'%1' was not sent, so there is nothing to recall: discard the draft"), n.code);
    if (e == OK && reason.n == 0)
        e = fault_in(w, INVALID, notice_where("reason"), M("say why it is recalled: all who have it read this"));
    if (e == OK && reason.n > ADDED_TEXT_MAX)
        e = fault_in(w, INVALID, notice_where("reason"), M("longer than %1 bytes"), str_int(w->a, ADDED_TEXT_MAX));
    if (e != OK) return e;
    n.state = S("recalled");
    n.recalled = w->now;
    n.recalled_by = acting_person(w);
    n.recall_reason = reason;
    n.revision++;
    e = notice_update(w, &n);
    if (e == OK) e = notice_recall_due(w, n.id);
    if (e == OK) e = objects_recall(w, &n);
    if (e != OK) return e;
    doc_fact(out, "notice", M("Notice"), C_TEXT(n.code));
    notice_go(w, &n, "share notice",
              tr(out->lang,
                 M("It is recalled: who has it sees so, with the reason, and those it was sent to are written to.")));
    return OK;
}

enum err share_act_discard(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct notice n;
    struct attachment *a;
    size_t k;
    enum err e = own_draft(w, in, &p, &n);
    if (e == OK) e = notice_attachments(w, n.id, &a, &k);
    for (size_t i = 0; e == OK && i < k; i++) e = attachment_take_off(w, n.id, a[i].name);
    if (e == OK) e = notice_put_references(w, n.id, NULL, 0);
    if (e != OK) return e;
    n.state = S("discarded");
    n.text = n.measure = n.to = (str){"", 0};
    n.revision++;
    if ((e = notice_update(w, &n)) != OK) return e;
    doc_fact(out, "notice", M("Notice"), C_TEXT(n.code));
    act_next(w, &(struct going_on){.to = "share notice",
                                   .said = tr(out->lang, M("The draft is discarded; its number stays taken."))});
    return OK;
}
