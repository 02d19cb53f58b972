/* The sums again, from the sheets, the aggregates and the frame: what the tallies must equal, and how they are made anew. */
#include "inspect/acts.h"
#include "inspect/aggregate_csv.h"
#include "inspect/recount.h"

struct recounting {
    struct work *w;
    const struct round *r;
    struct tallying *t;
    struct recounted n;
    int64_t last_org;
    ptrdiff_t last_node;
};

/* Sheets of one unit stand together, so the last node is nearly always the next. */
static ptrdiff_t node_of(struct recounting *x, int64_t org)
{
    if (x->last_org != org) {
        x->last_org = org;
        x->last_node = round_node(x->r, org);
    }
    return x->last_node;
}

static enum err count_sheet(void *to, const struct sheet *s)
{
    struct recounting *x = to;
    ptrdiff_t node = node_of(x, s->org);
    const struct binding *b = round_binding(x->r, s->duty_binding);
    if (node < 0 || b == NULL || s->answers.n != sheet_bytes(x->r->edition.n_clauses))
        return fault(x->w, STORE, M("a sheet of round '%1' does not fit it: restore the database from a backup"), x->r->code);
    if (++x->n.sheets % 65536 == 0) work_progress(x->w, M("counting sheets"), x->n.sheets, 0);
    if (s->state > 0)
        tallying_sheet(x->t, (size_t)node, (enum tally_state)s->state, b->duty, (const uint8_t *)s->answers.p,
                       s->excepted.n == 0 ? NULL : (const uint8_t *)s->excepted.p, 1);
    return OK;
}

static void count_frame(void *to, int64_t org, str duty, int64_t n)
{
    struct recounting *x = to;
    ptrdiff_t node = round_node(x->r, org), d = round_duty(x->r, duty);
    if (node >= 0 && d >= 0) tallying_frame(x->t, (size_t)node, (size_t)d, n);
    x->n.respondents += n;
}

static void count_leaving(void *to, int64_t org, str duty, str reason, int64_t n)
{
    struct recounting *x = to;
    ptrdiff_t node = round_node(x->r, org), d = round_duty(x->r, duty);
    if (node >= 0 && d >= 0 && round_leaves(x->r, reason)) tallying_frame(x->t, (size_t)node, (size_t)d, -n);
}

enum err recount(struct work *w, const struct round *r, struct tallying *t, struct recounted *out)
{
    struct recounting x = {.w = w, .r = r, .t = t, .last_node = -1};
    struct aggregate *all;
    size_t n;
    enum err e = sheets_each(w, r->id, count_sheet, &x);
    if (e == OK) e = frame_counts(w, r->id, count_frame, &x);
    if (e == OK) e = reason_counts(w, r->id, count_leaving, &x);
    if (e == OK) e = aggregates_all(w, r->id, &all, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++) aggregate_tally(t, r, &all[i], 1);
    x.n.aggregates = (int64_t)n;
    *out = x.n;
    return OK;
}

/* How many numbers differ at a node; both may be NULL, which is all zero. */
static int64_t differences(const int64_t *a, const int64_t *b, size_t n)
{
    int64_t found = 0;
    for (size_t i = 0; i < n; i++) found += (a == NULL ? 0 : a[i]) != (b == NULL ? 0 : b[i]);
    return found;
}

enum err inspect_view_recount(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, "inspect rates", "org"},
        {"numbers", CELL_INT, N("Numbers that differ"), 0, NULL, NULL},
    };
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct recounted n;
    int64_t *(*stored)[TALLY_STATES];
    enum err e = round_load(w, arg_text(in, "round"), ROUND_ALL, r);
    if (e == OK && r->n_nodes > 0 && !may(w->actor, MAY_READ_RATES, r->nodes[0].here))
        e = fault(w, DENIED, M("a recount reads every sheet of the frame: ask the one who opened the round"));
    if (e != OK) return e;
    struct tallying *t = tallying_begin(w, r);
    if ((e = recount(w, r, t, &n)) != OK || (e = tallies_load(w, r, ROUND_ALL, &stored)) != OK) return e;
    doc_fact(out, "sheets", M("Sheets counted"), C_INT(n.sheets));
    doc_fact(out, "respondents", M("Respondents in the frame"), C_INT(n.respondents));
    doc_fact(out, "aggregates", M("Rows of aggregates"), C_INT(n.aggregates));
    doc_fact(out, "organisations", M("Organisations compared"), C_INT((int64_t)r->n_nodes));
    DOC_TABLE(out, "differences", columns);
    int64_t all = 0;
    for (size_t i = 0; i < r->n_nodes; i++) {
        int64_t here = 0;
        for (int s = 0; s < TALLY_STATES; s++)
            here += differences(stored[i][s], tallying_sum(t, i, (enum tally_state)s), vector_size(r));
        if (here != 0) DOC_ROW(out, C_ORG(r->nodes[i].code, r->nodes[i].name_ja, r->nodes[i].name_en, 0), C_INT(here));
        all += here;
    }
    doc_table_end(out);
    if (all != 0)
        return fault(w, CONFLICT, M("%1 numbers of the tallies differ from the sheets: `meguri rebuild` makes the tallies anew"), str_int(w->a, all));
    doc_note(out, M("The tallies equal the sheets."));
    return OK;
}

enum err inspect_rebuild(struct work *w)
{
    str *codes;
    size_t n;
    enum err e = round_codes(w, &codes, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct arena_mark mark = arena_mark(w->a);
        struct round *r = arena_alloc(w->a, sizeof *r);
        struct recounted counted;
        if ((e = round_load(w, codes[i], ROUND_ALL, r)) != OK || !r->has_edition) continue;
        struct tallying *t = tallying_begin(w, r);
        if ((e = recount(w, r, t, &counted)) == OK && (e = tallying_replace(t)) == OK) arena_back(w->a, mark);
    }
    return e;
}
