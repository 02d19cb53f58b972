/* Exceptions that a case granted, brought into the rounds that are open: what stands in a round is compared with what
 * should, and the sums follow by difference, as when a file brings them (exception_csv.c). */
#include "inspect/granted.h"

#include "inspect/acts.h"
#include "inspect/exception_csv.h"
#include "inspect/way_acts.h"

#include <string.h>

struct applying {
    struct work *w;
    const struct round *r;
    struct doc *out;
    struct exceptions_change x; /* after: granted ones that go hold on no day */
    struct exception *after;    /* x.after */
    bool *wanted;               /* per exception that stands */
    int64_t told;
};

/* ---- what should stand ---- */

/* The clause of the round's edition that goes on from the one excepted; -1: none does, one to one and unchanged. */
static enum err clause_now(struct applying *a, const struct granted *g, ptrdiff_t *out)
{
    struct edition from;
    ptrdiff_t *earlier, at;
    bool mapped;
    *out = -1;
    if (g->edition == a->r->edition.id) {
        *out = standard_clause(&a->r->edition, g->clause);
        return OK;
    }
    enum err e = standard_edition_by_id(a->w, g->edition, &from);
    if (e == OK) e = standard_continues(a->w, &from, &a->r->edition, &earlier, &mapped);
    if (e != OK || (at = standard_clause(&from, g->clause)) < 0) return e;
    for (size_t i = 0; i < a->r->edition.n_clauses; i++)
        if (earlier[i] == at) *out = (ptrdiff_t)i;
    return OK;
}

/* NOTFOUND: the round does not ask whom it is for, or counts it by itself. */
static enum err exception_of(struct applying *a, const struct granted *g, struct exception *out)
{
    struct respondent who = {0};
    ptrdiff_t clause, node;
    enum err e = clause_now(a, g, &clause);
    if (e != OK) return e;
    if (clause < 0) return NOTFOUND;
    if (g->respondent.n != 0 && (e = respondent_find(a->w, a->r->id, g->respondent, &who)) != OK) return e;
    node = round_node(a->r, g->respondent.n != 0 ? who.org : g->org);
    if (node < 0) return NOTFOUND;
    if (g->respondent.n == 0 && a->r->nodes[node].aggregated) {
        a->told++;
        doc_note(a->out, M("Round '%1': '%2' reports in aggregates; its own counts have to leave exception '%3' out."),
                 a->r->code, a->r->nodes[node].code, g->number);
        return NOTFOUND;
    }
    *out = (struct exception){.number = g->number,
                              .respondent = who.id,
                              .org = g->respondent.n == 0 ? g->org : 0,
                              .clause = clause,
                              .since = g->since,
                              .until = g->until,
                              .reason = g->reason,
                              .granted = true};
    return OK;
}

/* ---- units that are closed ---- */

static enum err is_closed(struct applying *a, const struct exception *x, bool *out)
{
    struct respondent who = {.org = x->org};
    enum err e = x->org != 0 ? OK : respondent_by_id(a->w, x->respondent, &who);
    ptrdiff_t node = e == OK ? round_node(a->r, who.org) : -1;
    ptrdiff_t shut = node < 0 ? -1 : x->org == 0 ? way_shut(a->r, (size_t)node) : way_shut_below(a->r, (size_t)node);
    *out = shut >= 0;
    if (shut < 0) return e;
    a->told++;
    doc_note(a->out,
             M("Round '%1': '%2' is closed, so exception '%3' is not counted anew; it is when '%2' is reopened."),
             a->r->code, a->r->nodes[shut].code, x->number);
    return OK;
}

/* ---- the change ---- */

static bool as_before(const struct exception *a, const struct exception *b)
{
    return a->respondent == b->respondent && a->org == b->org && a->clause == b->clause && a->since == b->since &&
           a->until == b->until && str_eq(a->reason, b->reason);
}

static enum err bring_in(struct applying *a, const struct exception *x)
{
    size_t i = 0;
    bool closed;
    while (i < a->x.n_before && !str_eq(a->x.before[i].number, x->number)) i++;
    bool stands = i < a->x.n_before;
    if (stands && !a->x.before[i].granted)
        return fault(a->w, CONFLICT,
                     M("number '%1' is taken in round '%2' by an exception from a file: give that another number"),
                     x->number, a->r->code);
    if (stands) a->wanted[i] = true;
    if (stands && as_before(&a->x.before[i], x)) return OK;
    if (!stands && a->x.n_after >= EXCEPTIONS_MAX)
        return fault(a->w, INVALID, M("more than %1 exceptions in one round"), str_int(a->w->a, EXCEPTIONS_MAX));
    enum err e = is_closed(a, x, &closed);
    if (e == OK && stands && !closed) e = is_closed(a, &a->x.before[i], &closed);
    if (e != OK || closed) return e;
    a->after[stands ? i : a->x.n_after++] = *x;
    return granted_into(a->w, a->r->id, x);
}

static enum err take_out(struct applying *a, size_t i)
{
    bool closed;
    enum err e = is_closed(a, &a->x.before[i], &closed);
    if (e != OK || closed) return e;
    a->after[i].since = 1;
    a->after[i].until = 0;
    return granted_out_of(a->w, a->r->id, a->x.before[i].number);
}

static enum err compare(struct applying *a, const struct granted *all, size_t n)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < n; i++) {
        struct exception x;
        e = exception_of(a, &all[i], &x);
        if (e == OK)
            e = bring_in(a, &x);
        else if (e == NOTFOUND)
            e = OK;
    }
    for (size_t i = 0; e == OK && i < a->x.n_before; i++)
        if (a->x.before[i].granted && !a->wanted[i]) e = take_out(a, i);
    return e;
}

enum err granted_apply(struct work *w, const struct round *r, struct doc *out, int64_t *told)
{
    struct applying a = {.w = w, .r = r, .out = out};
    struct exception *before;
    struct granted *all;
    size_t n;
    enum err e = exceptions_all(w, r->id, &before, &a.x.n_before);
    if (e == OK) e = granted_on(w, r->base, &all, &n);
    if (e != OK) return e;
    a.after = arena_array(w->a, a.x.n_before + n + 1, sizeof *a.after);
    a.wanted = arena_array(w->a, a.x.n_before + 1, sizeof *a.wanted);
    if (a.x.n_before != 0) memcpy(a.after, before, a.x.n_before * sizeof *before);
    a.x.before = before;
    a.x.after = a.after;
    a.x.n_after = a.x.n_before;
    if ((e = compare(&a, all, n)) != OK) return e;
    *told += a.told;
    struct tallying *t = tallying_begin(w, r);
    e = exceptions_changed(w, r, &a.x, t);
    return e == OK ? tallying_end(t) : e;
}

/* ---- for the room of cases ---- */

enum err inspect_grant(struct work *w, const struct granted *g, struct doc *out, int64_t *told)
{
    str *codes;
    size_t n;
    enum err e = g->until < g->since ? granted_drop(w, g->number) : granted_put(w, g);
    *told = 0;
    if (e == OK) e = rounds_open(w, &codes, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct round *r = arena_alloc(w->a, sizeof *r);
        if ((e = round_load(w, codes[i], ROUND_ALL, r)) == OK) e = granted_apply(w, r, out, told);
    }
    return e;
}

enum err inspect_round_head(struct work *w, str code, struct round_head *out)
{
    struct round r;
    struct edition ed = {0};
    int64_t edition;
    enum err e = round_rules(w, code, &r, &edition);
    if (e == OK && edition != 0) e = standard_edition_head(w, edition, &ed);
    if (e == OK)
        *out = (struct round_head){.id = r.id,
                                   .edition = edition,
                                   .code = r.code,
                                   .edition_code = ed.code,
                                   .title_ja = r.title_ja,
                                   .title_en = r.title_en,
                                   .open = str_eq(r.state, S("open"))};
    return e;
}

enum err inspect_newest_round(struct work *w, struct round_head *out)
{
    str code;
    enum err e = round_latest(w, &code);
    return e == OK ? inspect_round_head(w, code, out) : e;
}
