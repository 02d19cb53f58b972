/* Confirming: a unit, those of it without any "not done", or sheets by name. Nobody confirms their own. */
#include "inspect/acts.h"
#include "inspect/bulk_store.h"
#include "inspect/entered_store.h"
#include "inspect/own_sheet.h"
#include "inspect/queue.h"
#include "inspect/way_acts.h"

/* ---- a unit, whole ---- */

struct confirming {
    const struct round *r;
    struct tallying *t;
};

static enum err confirm_one(void *to, const struct sheet *s)
{
    struct confirming *c = to;
    ptrdiff_t node = round_node(c->r, s->org);
    const struct binding *b = round_binding(c->r, s->duty_binding);
    if (node < 0 || b == NULL) return STORE;
    const uint8_t *excepted = s->excepted.n == 0 ? NULL : (const uint8_t *)s->excepted.p;
    tallying_sheet(c->t, (size_t)node, TALLY_SUBMITTED, b->duty, (const uint8_t *)s->answers.p, excepted, -1);
    tallying_sheet(c->t, (size_t)node, TALLY_CONFIRMED, b->duty, (const uint8_t *)s->answers.p, excepted, 1);
    return OK;
}

static enum err confirm_all(struct work *w, struct round *r, size_t node, int64_t *n)
{
    struct confirming c = {r, tallying_begin(w, r)};
    struct way_run *run; /* what is closed within stays as it is */
    size_t runs = way_runs(w->a, r, node, &run);
    enum err e = OK;
    for (size_t i = 0; e == OK && i < runs; i++) {
        int64_t some = 0;
        e = sheets_to_confirm(w, r->id, run[i].lo, run[i].hi, confirm_one, &c);
        if (e == OK) e = sheets_confirm(w, r->id, run[i].lo, run[i].hi, &some);
        *n += some;
    }
    return e == OK ? tallying_end(c.t) : e;
}

/* ---- those without any "not done" ---- */

struct picking {
    struct confirming c;
    struct queue q;
    int64_t *id;
    size_t n, room;
};

static enum err pick_one(void *to, const struct waiting_row *row)
{
    struct picking *p = to;
    struct waiting x;
    if (!queue_read(&p->q, row, &x)) return STORE;
    if (x.own || x.entered || x.counts.not_done != 0 || row->correcting) return OK; /* who corrects it is not cut off by a bulk act */
    struct sheet s = {.org = row->org, .answers = row->sheet, .duty_binding = row->binding, .excepted = row->excepted};
    enum err e = confirm_one(&p->c, &s);
    p->id = arena_more(p->q.w->a, p->id, p->n, &p->room, sizeof *p->id);
    p->id[p->n++] = row->id;
    return e;
}

static enum err confirm_clean(struct work *w, struct round *r, size_t node, int64_t *n)
{
    struct picking p = {.c = {r, tallying_begin(w, r)}};
    enum err e = queue_begin(w, r, &p.q);
    struct way_run *run;
    size_t runs = way_runs(w->a, r, node, &run);
    for (size_t i = 0; e == OK && i < runs; i++) e = waiting_each(w, r->id, run[i].lo, run[i].hi, pick_one, &p);
    for (size_t i = 0; e == OK && i < p.n; i++) e = sheet_confirm(w, p.id[i]);
    if (e == OK) e = tallying_end(p.c.t);
    if (e == OK) *n = (int64_t)p.n;
    return e;
}

/* ---- by name ---- */

static enum err confirm_sheet(struct work *w, const struct own_sheet *s)
{
    struct confirming c = {s->r, tallying_begin(w, s->r)};
    struct sheet one = {.org = s->row.org, .answers = s->row.sheet, .duty_binding = s->binding.id, .excepted = s->row.excepted};
    enum err e = confirm_one(&c, &one);
    if (e == OK) e = sheet_confirm(w, s->row.id);
    return e == OK ? tallying_end(c.t) : e;
}

static enum err confirm_named(struct work *w, const struct round *rules, int64_t edition, str respondent, enum lang lang,
                              int64_t *n)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct own_sheet s;
    *r = *rules; /* each has a path of its own */
    enum err e = sheet_to_confirm(w, r, edition, respondent, &s);
    if (e != OK) return e;
    struct where where = {.field = S("respondent")};
    if (s.mine) return fault_in(w, DENIED, where, M("this sheet is your own, so someone else has to confirm it"));
    bool filed = false;
    if (!str_eq(s.row.kind, S("post")) && w->actor->person != 0)
        e = device_filed_by(w, s.row.id, w->actor->person_code, &filed);
    if (e != OK) return e;
    if (filed)
        return fault_in(w, DENIED, where, M("you filed answers of '%1' yourself, so someone else has to confirm it"), respondent);
    bool entered;
    if ((e = entry_mine(w, s.row.id, &entered)) != OK) return e;
    if (entered)
        return fault_in(w, DENIED, where, M("you entered the sheet of '%1' for another, so someone else has to confirm it"), respondent);
    if (str_eq(s.row.kind, S("post")) && s.row.state == 1 && brings_in(w).n != 0 && str_eq(s.row.sheet_by, brings_in(w)))
        return fault_in(w, DENIED, where, M("you brought in the sheet of '%1' by a file, so someone else has to confirm it"), respondent);
    if (s.row.state == 2) return OK; /* said twice */
    if (s.row.state != 1)
        return fault_in(w, CONFLICT, where, M("the sheet of '%1' is not submitted, so there is nothing to confirm"), respondent);
    if ((e = way_open(w, r, s.node, lang)) != OK) return e;
    ++*n;
    return confirm_sheet(w, &s);
}

enum { NAMED_MAX = 500 };

static enum err confirm_those(struct work *w, const struct args *in, enum lang lang, int64_t *n)
{
    const struct arg **all = arena_array(w->a, in->n + 1, sizeof *all);
    size_t given = arg_all(in, "respondent", all, in->n);
    struct round *r = arena_alloc(w->a, sizeof *r);
    int64_t edition;
    enum err e = round_rules(w, arg_text(in, "round"), r, &edition);
    if (e == OK) e = round_changeable(w, in, r);
    if (e == OK && given > NAMED_MAX)
        return fault_in(w, INVALID, ((struct where){.field = S("respondent")}),
                        M("at most %1 at once: confirm the rest after these, or the whole unit by --org"),
                        str_int(w->a, NAMED_MAX));
    for (size_t i = 0; e == OK && i < given; i++) {
        struct arena_mark mark = arena_mark(w->a);
        e = confirm_named(w, r, edition, all[i]->text, lang, n);
        if (e == OK) arena_back(w->a, mark); /* each brings its round, its path and its sums */
    }
    return e;
}

/* ---- the act ---- */

static enum err confirm_unit(struct work *w, const struct args *in, enum lang lang, int64_t *n)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    size_t node;
    enum err e = round_for_change(w, in, r);
    if (e == OK) e = act_node(w, r, arg_org(in, "org"), MAY_CONFIRM, &node);
    if (e == OK) e = way_open(w, r, node, lang);
    if (e != OK) return e;
    return arg_given(in, "clean") ? confirm_clean(w, r, node, n) : confirm_all(w, r, node, n);
}

static void back_to_queue(struct work *w, const struct args *in, str said)
{
    struct going_on next = {.to = "inspect queue", .given = {{"round", arg_text(in, "round")}}, .said = said};
    const struct arg *named[2];
    size_t n = 1;
    if (arg_given(in, "org")) next.given[n++] = (struct form_given){"org", arg_text(in, "org")};
    if (arg_all(in, "respondent", named, 2) == 1) next.given[n] = (struct form_given){"undo", named[0]->text}; /* may be taken back */
    act_next(w, &next);
}

enum err inspect_act_confirm(struct work *w, const struct args *in, struct doc *out)
{
    int64_t n = 0;
    enum err e = arg_given(in, "respondent") ? confirm_those(w, in, out->lang, &n) : confirm_unit(w, in, out->lang, &n);
    if (e != OK) return e;
    const str count[] = {str_int(w->a, n)};
    doc_fact(out, "confirmed", M("Sheets confirmed"), C_INT(n));
    if (n == 0) doc_note(out, M("No submitted sheet waits for confirmation here, apart from any of your own."));
    act_noted(w, S("confirmed"), count[0]);
    back_to_queue(w, in, tr_fill(w->a, out->lang, M("%1 sheets confirmed."), count, 1));
    return OK;
}
