/* The sums again, from the sheets, the aggregates and the frame: what the tallies must equal, and how they are made
 * anew. */
#include "inspect/acts.h"
#include "inspect/aggregate.h"
#include "inspect/answer_store.h"
#include "inspect/recount.h"
#include "inspect/survey_store.h"

#include <string.h>

struct recounting {
    struct work *w;
    const struct round *r;
    struct tallying *t;
    struct recounted n;
    int64_t last_org;
    ptrdiff_t last_node;
    int64_t *blank; /* respondents whose sheets hold no answer */
    size_t n_blank, room;
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

static enum err count(struct recounting *x, const struct sheet *s, size_t duty, const uint8_t *excepted)
{
    ptrdiff_t node = node_of(x, s->org);
    if (node < 0 || duty >= x->r->n_duties || s->answers.n != sheet_bytes(x->r->edition.n_clauses))
        return fault(x->w, STORE, M("a sheet of round '%1' does not fit it: restore the database from a backup"),
                     x->r->code);
    if (++x->n.sheets % 65536 == 0) work_progress(x->w, M("counting sheets"), x->n.sheets, 0);
    if (s->state > 0)
        tallying_sheet(x->t, (size_t)node, (enum tally_state)s->state, duty, (const uint8_t *)s->answers.p, excepted,
                       1);
    return OK;
}

static enum err count_sheet(void *to, const struct sheet *s)
{
    struct recounting *x = to;
    const struct binding *b = round_binding(x->r, s->duty_binding);
    return count(x, s, b == NULL ? SIZE_MAX : b->duty, s->excepted.n == 0 ? NULL : (const uint8_t *)s->excepted.p);
}

/* Of the first clause answered; SIZE_MAX when none is. */
static size_t duty_of(const struct round *r, str answers)
{
    size_t plane = plane_bytes(r->edition.n_clauses);
    for (size_t i = 0; i < plane && answers.n == 2 * plane; i += 8) {
        uint64_t first, second;
        memcpy(&first, answers.p + i, 8);
        memcpy(&second, answers.p + plane + i, 8);
        uint64_t answered = first | second;
        if (answered == 0) continue;
        size_t clause = i * 8 + (size_t)__builtin_ctzll(answered);
        return clause < r->edition.n_clauses ? r->clause_duty[clause] : SIZE_MAX;
    }
    return SIZE_MAX;
}

/* Without exceptions the sheets tell all: a clause binds one duty, so an answer tells whose it is. One without answers
 * (no clause binds its respondent, or it is a draft) is looked up afterwards. */
static enum err count_plain(void *to, const struct sheet *s)
{
    struct recounting *x = to;
    size_t duty = duty_of(x->r, s->answers);
    if (duty != SIZE_MAX) return count(x, s, duty, NULL);
    if (x->n_blank == x->room) {
        size_t room = x->room * 2 + 64;
        x->blank = arena_grow(x->w->a, x->blank, x->room * sizeof *x->blank, room * sizeof *x->blank);
        x->room = room;
    }
    x->blank[x->n_blank++] = s->respondent;
    return OK;
}

static enum err count_blank(struct recounting *x)
{
    enum err e = OK;
    size_t bytes = sheet_bytes(x->r->edition.n_clauses);
    const char *nothing = arena_alloc(x->w->a, bytes);
    for (size_t i = 0; e == OK && i < x->n_blank; i++) {
        struct arena_mark mark = arena_mark(x->w->a);
        struct sheet s;
        if ((e = sheet_find(x->w, x->blank[i], &s)) != OK) return e;
        arena_back(x->w->a, mark); /* before it is counted: the sums take from the same arena */
        s.answers = (str){nothing, bytes};
        s.excepted = (str){0};
        e = count_sheet(x, &s);
    }
    return e;
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
    struct exception *exceptions;
    size_t n, n_exceptions;
    enum err e = exceptions_all(w, r->id, &exceptions, &n_exceptions);
    if (e == OK)
        e = n_exceptions != 0 ? sheets_each(w, r->id, count_sheet, &x) : sheets_plain(w, r->id, count_plain, &x);
    if (e == OK) e = count_blank(&x);
    if (e == OK) e = frame_counts(w, r->id, count_frame, &x);
    if (e == OK) e = reason_counts(w, r->id, count_leaving, &x);
    if (e == OK) e = aggregates_all(w, r->id, &all, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++) aggregate_tally(t, r, &all[i], 1);
    x.n.aggregates = (int64_t)n;
    *out = x.n;
    return OK;
}

/* ---- against what stands ---- */

struct against {
    struct work *w;
    const struct round *r;
    str (*stored)[TALLY_STATES]; /* per node, encoded */
    int64_t *differing;          /* numbers, per node */
    int64_t *room;               /* for a vector */
};

static enum err keep_stored(void *to, int64_t org, int64_t state, str counts)
{
    struct against *x = to;
    ptrdiff_t node = round_node(x->r, org);
    if (node >= 0 && state >= 0 && state < TALLY_STATES) x->stored[node][state] = str_dup(x->w->a, counts);
    return OK;
}

/* What is missing on either side is all zero. */
static enum err compare_sum(void *to, size_t node, enum tally_state state, bool is, int64_t *v)
{
    (void)is;
    struct against *x = to;
    size_t n = vector_size(x->r);
    str stored = x->stored[node][state];
    memset(x->room, 0, n * sizeof *x->room);
    if (stored.n != 0 && !vector_decode(stored, x->room, n))
        return fault(x->w, STORE,
                     M("the sums of '%1' cannot be read: `meguri rebuild` makes them anew from the sheets"),
                     x->r->nodes[node].code);
    for (size_t k = 0; k < n; k++) x->differing[node] += x->room[k] != v[k];
    return OK;
}

static enum err compare_all(struct work *w, const struct round *r, struct tallying *t, int64_t **differing)
{
    struct against x = {w, r, arena_array(w->a, r->n_nodes + 1, sizeof *x.stored),
                        arena_array(w->a, r->n_nodes + 1, sizeof *x.differing),
                        arena_array(w->a, vector_size(r) + 1, sizeof *x.room)};
    enum err e = tallies_each(w, r->id, ROUND_ALL, keep_stored, &x);
    if (e == OK) e = tallying_each(t, compare_sum, &x);
    if (e == OK) *differing = x.differing;
    return e;
}

enum err inspect_view_recount(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, "inspect rates", "org"},
        {"numbers", CELL_INT, N("Numbers that differ"), 0, NULL, NULL},
    };
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct recounted n;
    int64_t *differing;
    enum err e = round_load(w, arg_text(in, "round"), ROUND_ALL, r);
    if (e == OK && !r->has_edition)
        e = fault(w, NOTFOUND, M("round '%1' holds published figures only: there are no sheets"), r->code);
    if (e == OK && r->n_nodes > 0 && !may(w->actor, MAY_READ_RATES, r->nodes[0].here))
        e = fault(w, DENIED, M("a recount reads every sheet of the frame: ask the one who opened the round"));
    if (e != OK) return e;
    struct tallying *t = tallying_begin(w, r);
    if ((e = recount(w, r, t, &n)) != OK || (e = compare_all(w, r, t, &differing)) != OK) return e;
    doc_fact(out, "sheets", M("Sheets counted"), C_INT(n.sheets));
    doc_fact(out, "respondents", M("Respondents in the frame"), C_INT(n.respondents));
    doc_fact(out, "aggregates", M("Rows of aggregates"), C_INT(n.aggregates));
    doc_fact(out, "organisations", M("Organisations compared"), C_INT((int64_t)r->n_nodes));
    DOC_TABLE(out, "differences", columns);
    int64_t all = 0;
    for (size_t i = 0; i < r->n_nodes; i++) {
        const struct node *o = &r->nodes[i];
        if (differing[i] != 0) DOC_ROW(out, C_ORG(o->code, o->name_ja, o->name_en, 0), C_INT(differing[i]));
        all += differing[i];
    }
    doc_table_end(out);
    if (all != 0)
        return fault(w, CONFLICT,
                     M("%1 numbers of the tallies differ from the sheets: `meguri rebuild` makes the tallies anew"),
                     str_int(w->a, all));
    doc_note(out, M("The tallies equal the sheets."));
    return OK;
}

enum err inspect_rebuild(struct work *w)
{
    str *codes;
    size_t n;
    enum err e = round_codes(w, &codes, &n);
    if (e == OK) e = sheet_plans_drop(w); /* made when next needed */
    if (e == OK) e = survey_recount(w);
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
