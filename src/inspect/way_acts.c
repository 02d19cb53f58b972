/* The steps of a unit and of a ministry's figures: close, approve, send, query, accept, reopen. */
#include "inspect/way_acts.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "inspect/aggregate_csv.h"
#include "inspect/granted.h"

/* ---- where a body stands ---- */

enum body way_body(const struct round *r, size_t node)
{
    if (r->nodes[node].depth == 0) return r->n_nodes == 1 ? BODY_MINISTRY : BODY_TOP;
    return r->nodes[node].depth == 1 ? BODY_MINISTRY : BODY_UNIT;
}

ptrdiff_t way_shut(const struct round *r, size_t node)
{
    ptrdiff_t shut = -1;
    for (ptrdiff_t at = (ptrdiff_t)node; at >= 0; at = r->nodes[at].up)
        if (stage_shut(r->nodes[at].stage)) shut = at;
    return str_eq(r->state, S("open")) ? shut : -1;
}

ptrdiff_t way_shut_below(const struct round *r, size_t node)
{
    ptrdiff_t above = way_shut(r, node);
    if (above >= 0 || !str_eq(r->state, S("open"))) return above;
    for (size_t i = node, end = round_node_end(r, node); i < end; i++)
        if (stage_shut(r->nodes[i].stage)) return (ptrdiff_t)i;
    return -1;
}

size_t way_runs(struct arena *a, const struct round *r, size_t node, struct way_run **out)
{
    size_t end = round_node_end(r, node), n = 0;
    struct way_run *all = arena_array(a, end - node + 1, sizeof *all);
    int64_t from = r->nodes[node].lo;
    for (size_t i = node; i < end;) {
        if (way_shut(r, i) < 0) {
            i++;
            continue;
        }
        if (r->nodes[i].lo > from) all[n++] = (struct way_run){from, r->nodes[i].lo};
        from = r->nodes[i].hi;
        i = round_node_end(r, i);
    }
    if (from < r->nodes[node].hi) all[n++] = (struct way_run){from, r->nodes[node].hi};
    *out = all;
    return n;
}

/* ---- words ---- */

str step_who(const struct work *w, enum lang lang, const struct step_row *s, int64_t here)
{
    bool names = may(w->actor, MAY_READ_NAMES, here) && s->post_lo >= w->actor->lo && s->post_lo < w->actor->hi;
    str name = lang_pick(lang, s->name_ja, s->name_en), duty = lang_pick(lang, s->duty_ja, s->duty_en);
    if (s->person == 0) return tr(lang, M("the owner of the database"));
    return names && name.n != 0 ? name : duty.n != 0 ? duty : s->duty;
}

static str name_of(const struct node *n, enum lang lang)
{
    str name = lang_pick(lang, n->name_ja, n->name_en);
    return name.n != 0 ? name : n->code;
}

enum err way_shut_fault(struct work *w, const struct round *r, size_t shut, enum lang lang, struct where where)
{
    const struct node *n = &r->nodes[shut];
    struct step_row last = {0};
    bool centre = n->stage == STAGE_SENT || n->stage == STAGE_ACCEPTED;
    enum err e = w->faults.count >= FAULTS_SHOWN ? NOTFOUND : step_last(w, r->id, n->org, &last); /* beyond, nobody reads it */
    if (e != OK && e != NOTFOUND) return e;
    str stage = tr(lang, stage_words(n->stage)), day = lang_day(w->a, lang, last.at);
    str who = step_who(w, lang, &last, n->here);
    if (centre)
        return fault_in(w, CONFLICT, where,
                        M("'%1' is at the stage '%2' since %3 (%4), so nothing in it is changed: only the centre can reopen it"),
                        name_of(n, lang), stage, day, who);
    return fault_in(w, CONFLICT, where,
                    M("'%1' is at the stage '%2' since %3 (%4), so nothing in it is changed: whoever manages it can reopen it"),
                    name_of(n, lang), stage, day, who);
}

enum err way_open(struct work *w, const struct round *r, size_t node, enum lang lang)
{
    ptrdiff_t shut = way_shut(r, node);
    return shut < 0 ? OK : way_shut_fault(w, r, (size_t)shut, lang, (struct where){0});
}

enum err way_reason(struct work *w, const struct args *in, const char *name, str *out)
{
    str why = str_trim(arg_text(in, name));
    struct where where = {.field = str_of(name)};
    if (utf8_letters(why) > REASON_LETTERS_MAX)
        return fault_in(w, INVALID, where, M("a reason of at most %1 letters"), str_int(w->a, REASON_LETTERS_MAX));
    *out = why;
    return OK;
}

/* ---- one step ---- */

struct stepping {
    struct work *w;
    const struct args *in;
    struct doc *out;
    struct round *r;
    size_t node;
    str why;
};

static const struct node *at(const struct stepping *s) { return &s->r->nodes[s->node]; }

static enum err stepping_load(struct work *w, const struct args *in, struct doc *out, struct stepping *s)
{
    *s = (struct stepping){.w = w, .in = in, .out = out, .r = arena_alloc(w->a, sizeof *s->r)};
    enum err e = round_load(w, arg_text(in, "round"), ROUND_ALL, s->r);
    if (e == OK) e = act_node(w, s->r, arg_org(in, "org"), MAY_ANYONE, &s->node);
    if (e == OK) e = way_reason(w, in, "why", &s->why);
    if (e != OK) return e;
    if (!str_eq(s->r->state, S("open")))
        return fault(w, CONFLICT, M("round '%1' is closed, and its figures are published: nothing goes up any more"), s->r->code);
    return OK;
}

static str stages_text(const struct stepping *s, unsigned from)
{
    struct buf b = buf_in(s->w->a);
    for (int i = 0; i < STAGES; i++) {
        if (!(from & 1U << i)) continue;
        if (b.n != 0) buf_add(&b, S(" / "));
        buf_add(&b, tr(s->out->lang, stage_words((enum stage)i)));
    }
    return buf_str(&b);
}

/* The step this act is from where the body stands; refused in words that say where it would fit. */
static enum err step_now(const struct stepping *s, const char *act, const struct way_step **out)
{
    enum body body = way_body(s->r, s->node);
    const struct way_step *step = way_step(act, body, at(s)->stage);
    unsigned from = way_from(act, body);
    str name = name_of(at(s), s->out->lang);
    if (from == 0 && way_from(act, BODY_UNIT) != 0)
        return fault(s->w, INVALID, M("'%1' is no unit below a ministry: a ministry is approved, a round is closed"), name);
    if (from == 0)
        return fault(s->w, INVALID, M("'%1' is not next below the top of round '%2': its figures go up with those of its ministry"),
                     name, s->r->code);
    if (step == NULL)
        return fault(s->w, CONFLICT, M("'%1' is at the stage '%2': this is done at the stage '%3'"), name,
                     tr(s->out->lang, stage_words(at(s)->stage)), stages_text(s, from));
    if (!may(s->w->actor, step->right, at(s)->here))
        return fault(s->w, DENIED, M("'%1' is at the stage '%2', and your post does not take the next step there"), name,
                     tr(s->out->lang, stage_words(at(s)->stage)));
    *out = step;
    return OK;
}

static enum err take(const struct stepping *s, size_t node, str act, enum stage to)
{
    const struct node *n = &s->r->nodes[node];
    act_noted(s->w, S("was"), stage_code(n->stage));
    act_noted(s->w, S("became"), stage_code(to));
    return step_take(s->w, s->r->id, n->org, act, n->stage, to, s->why);
}

static void told(const struct stepping *s, enum stage now, str said)
{
    doc_fact(s->out, "organisation", M("Organisation"), C_ORG(at(s)->code, at(s)->name_ja, at(s)->name_en, 0));
    doc_fact(s->out, "stage", M("Stage"), stage_cell(now));
    act_next(s->w, &(struct going_on){.to = "inspect way",
                                      .given = {{"round", s->r->code}, {"org", at(s)->code}},
                                      .said = tr(s->out->lang, said)});
}

struct cell stage_cell(enum stage s)
{
    return (struct cell){.type = CELL_ENUM, .text = stage_code(s), .ja = tr(LANG_JA, stage_words(s)),
                         .en = tr(LANG_EN, stage_words(s))};
}

static enum err sheets_at(const struct stepping *s, struct unit_counts *n)
{
    const struct org place = {.id = at(s)->org, .code = at(s)->code};
    enum err e = inspect_unit_counts(s->w, s->r->code, &place, n);
    if (e != OK) return e;
    doc_fact(s->out, "confirmed", M("Sheets confirmed"), C_INT(n->confirmed));
    doc_fact(s->out, "waiting", M("Sheets that wait"), C_INT(n->submitted));
    doc_fact(s->out, "missing", M("Nothing submitted"), C_INT(n->draft + n->none));
    return OK;
}

/* ---- a unit ---- */

enum err inspect_act_close_unit(struct work *w, const struct args *in, struct doc *out)
{
    struct stepping s;
    const struct way_step *step;
    struct unit_counts n;
    enum err e = stepping_load(w, in, out, &s);
    if (e == OK) e = way_open(w, s.r, s.node, out->lang);
    if (e == OK) e = step_now(&s, "close-unit", &step);
    if (e == OK) e = sheets_at(&s, &n);
    if (e != OK) return e;
    if (n.submitted > 0)
        return fault(w, CONFLICT, M("%1 sheets of '%2' wait to be confirmed or given back: a unit is closed after that"),
                     str_int(w->a, n.submitted), name_of(at(&s), out->lang));
    if ((e = take(&s, s.node, S("close-unit"), step->to)) != OK) return e;
    if (n.draft + n.none > 0)
        doc_note(out, M("Nothing was handed in for %1; from now on nothing is."), str_int(w->a, n.draft + n.none));
    told(&s, step->to, M("The unit is closed."));
    return OK;
}

/* What cases granted, extended or ended meanwhile counts from now on. */
static enum err exceptions_anew(struct work *w, str round, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    enum err e = round_load(w, round, ROUND_ALL, r);
    return e == OK ? granted_apply(w, r, out, &(int64_t){0}) : e;
}

/* What was shut between the body and its ministry is open again: a unit is not open below one that is not. */
enum err inspect_act_reopen(struct work *w, const struct args *in, struct doc *out)
{
    struct stepping s;
    bool approvals = false;
    enum err e = stepping_load(w, in, out, &s);
    if (e != OK) return e;
    if (way_shut(s.r, s.node) < 0)
        return fault(w, CONFLICT, M("'%1' is open, and so is all above it: there is nothing to reopen"), name_of(at(&s), out->lang));
    for (ptrdiff_t i = (ptrdiff_t)s.node; i >= 0; i = s.r->nodes[i].up) {
        const struct node *n = &s.r->nodes[i];
        const struct way_step *step = way_step("reopen", way_body(s.r, (size_t)i), n->stage);
        if (step == NULL) continue;
        if (!may(w->actor, step->right, at(&s)->here) && step->right == MAY_CENTRE)
            return fault(w, DENIED, M("the centre holds the figures of '%1': only the centre gives them back"), name_of(n, out->lang));
        if (!may(w->actor, step->right, at(&s)->here))
            return fault(w, DENIED, M("'%1' is reopened by whoever manages it"), name_of(n, out->lang));
    }
    for (ptrdiff_t i = (ptrdiff_t)s.node; e == OK && i >= 0; i = s.r->nodes[i].up) {
        if (!stage_shut(s.r->nodes[i].stage)) continue;
        approvals = approvals || s.r->nodes[i].stage != STAGE_CLOSED;
        if (approvals)
            doc_note(out, M("The approvals of '%1' are undone: it has to be approved anew."), name_of(&s.r->nodes[i], out->lang));
        e = take(&s, (size_t)i, S("reopen"), STAGE_OPEN);
    }
    if (e == OK) e = exceptions_anew(w, s.r->code, out);
    if (e != OK) return e;
    told(&s, STAGE_OPEN, approvals ? M("Reopened. The approvals are undone: the figures have to be approved anew.") : M("Reopened."));
    return OK;
}

/* ---- a ministry ---- */

static int64_t units_open(const struct round *r, size_t node)
{
    int64_t n = 0;
    for (size_t i = node + 1, end = round_node_end(r, node); i < end; i++) {
        bool shut = false;
        for (ptrdiff_t up = (ptrdiff_t)i; up > (ptrdiff_t)node; up = r->nodes[up].up) shut = shut || stage_shut(r->nodes[up].stage);
        n += !shut;
    }
    return n;
}

static enum err another_person(const struct stepping *s)
{
    struct step_row last;
    enum err e = step_last(s->w, s->r->id, at(s)->org, &last);
    if (e != OK) return e == NOTFOUND ? OK : e;
    if (last.person != s->w->actor->person) return OK;
    return fault(s->w, DENIED, M("you gave the first approval of '%1' yourself: another person gives the second"),
                 name_of(at(s), s->out->lang));
}

/* Told, not refused: a ministry may have to report before every unit is done. */
static enum err tell_rest(const struct stepping *s)
{
    struct unit_counts n;
    struct aggregate *sent;
    size_t n_sent = 0;
    int64_t open = units_open(s->r, s->node);
    enum err e = sheets_at(s, &n);
    if (e == OK && at(s)->aggregated) e = aggregates_of(s->w, s->r->id, at(s)->org, &sent, &n_sent);
    if (e != OK) return e;
    if (open > 0) doc_note(s->out, M("%1 units below are not closed."), str_int(s->w->a, open));
    if (n.submitted > 0)
        doc_note(s->out, M("%1 submitted sheets are not confirmed, so the official figures leave them out."),
                 str_int(s->w->a, n.submitted));
    if (at(s)->aggregated && n_sent == 0) doc_note(s->out, M("No aggregate of this organisation has been filed."));
    return OK;
}

enum err inspect_act_approve(struct work *w, const struct args *in, struct doc *out)
{
    struct stepping s;
    const struct way_step *step;
    enum err e = stepping_load(w, in, out, &s);
    if (e == OK) e = step_now(&s, "approve", &step);
    if (e == OK && step->another) e = another_person(&s);
    if (e == OK) e = tell_rest(&s);
    if (e == OK) e = take(&s, s.node, S("approve"), step->to);
    if (e != OK) return e;
    if (!step->another) doc_note(out, M("The second approval is given by another person who holds the right 'approve'."));
    told(&s, step->to, step->another ? M("Approved. The figures can be sent to the centre.")
                                     : M("Approved as head. Another person gives the second approval."));
    return OK;
}

static enum err simple(struct work *w, const struct args *in, struct doc *out, const char *act, str said)
{
    struct stepping s;
    const struct way_step *step;
    enum err e = stepping_load(w, in, out, &s);
    if (e == OK) e = step_now(&s, act, &step);
    if (e != OK) return e;
    if (step->why && s.why.n == 0)
        return fault_in(w, INVALID, ((struct where){.field = S("why")}), M("the centre asked something: give the answer"));
    if ((e = take(&s, s.node, str_of(act), step->to)) == OK) told(&s, step->to, said);
    return e;
}

enum err inspect_act_send(struct work *w, const struct args *in, struct doc *out)
{
    return simple(w, in, out, "send", M("Sent to the centre."));
}

enum err inspect_act_query(struct work *w, const struct args *in, struct doc *out)
{
    return simple(w, in, out, "query", M("The query stands on the ministry's page."));
}

enum err inspect_act_accept(struct work *w, const struct args *in, struct doc *out)
{
    return simple(w, in, out, "accept", M("Accepted."));
}
