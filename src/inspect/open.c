/* Opening a round: the tree, the adoptions and the respondents of the base date are copied, and do not move with the
 * registry afterwards (systems in practice: the frame is frozen as of the base date; later changes are listed). */
#include "inspect/acts.h"

#include <string.h>

#include "base/clock.h"
#include "inspect/granted.h"
#include "inspect/inspect_store.h"

/* Enhanced clauses count where the nearest organisation upward adopted them. Sets that are equal share a number. */
struct adopting {
    struct work *w;
    const struct round *r;
    size_t bytes;
    uint8_t **set; /* per number */
    int64_t n_sets;
    struct adoption *adoptions;
    size_t n_adoptions;
};

static void apply(const struct adopting *a, int64_t org, uint8_t *set)
{
    for (size_t i = 0; i < a->n_adoptions; i++) {
        const struct adoption *one = &a->adoptions[i];
        if (one->org != org) continue;
        set[one->clause / 8] &= (uint8_t)~(1U << (one->clause % 8));
        if (one->adopted) mask_add(set, one->clause);
    }
}

static bool decides(const struct adopting *a, int64_t org)
{
    for (size_t i = 0; i < a->n_adoptions; i++)
        if (a->adoptions[i].org == org) return true;
    return false;
}

static int64_t number_of(struct adopting *a, const uint8_t *set)
{
    for (int64_t i = 0; i < a->n_sets; i++)
        if (memcmp(a->set[i], set, a->bytes) == 0) return i;
    uint8_t *kept = arena_alloc(a->w->a, a->bytes);
    memcpy(kept, set, a->bytes);
    a->set = arena_grow(a->w->a, a->set, (size_t)a->n_sets * sizeof *a->set, (size_t)(a->n_sets + 1) * sizeof *a->set);
    a->set[a->n_sets] = kept;
    return a->n_sets++;
}

/* What was decided above the frame holds at its top, also where the actor does not reach. */
static enum err adopted_above(struct adopting *a, const struct node *top, uint8_t *set)
{
    int64_t *above;
    size_t n;
    enum err e = orgs_above(a->w, top->org, &above, &n);
    for (size_t i = 0; e == OK && i < n; i++) apply(a, above[i], set);
    return e;
}

static enum err number_adoptions(struct adopting *a, struct round *r)
{
    enum err e = standard_adoptions(a->w, &r->edition, r->base, &a->adoptions, &a->n_adoptions);
    for (size_t i = 0; e == OK && i < r->n_nodes; i++) {
        struct node *node = &r->nodes[i];
        if (node->up >= 0 && !decides(a, node->org)) {
            node->adoption = r->nodes[node->up].adoption;
            continue;
        }
        uint8_t *set = arena_alloc(a->w->a, a->bytes);
        if (node->up >= 0) {
            memcpy(set, a->set[r->nodes[node->up].adoption], a->bytes);
            apply(a, node->org, set);
        } else {
            e = adopted_above(a, node, set);
            apply(a, node->org, set);
        }
        node->adoption = number_of(a, set);
    }
    return e;
}

static enum err insert_bindings(struct adopting *a, const struct round *r)
{
    enum err e = OK;
    for (int64_t set = 0; e == OK && set < a->n_sets; set++) {
        for (size_t d = 0; e == OK && d < r->n_duties; d++) {
            uint8_t *mask = arena_alloc(a->w->a, a->bytes);
            for (size_t c = 0; c < r->edition.n_clauses; c++)
                if (r->clause_duty[c] == d && (!r->edition.clauses[c].enhanced || mask_has(a->set[set], c)))
                    mask_add(mask, c);
            e = round_insert_binding(a->w, r->id, set, r->duties[d], (str){(char *)mask, a->bytes});
        }
    }
    return e;
}

struct framing {
    const struct round *r;
    struct tallying *t;
};

static void frame_one(void *to, int64_t org, str duty, int64_t n)
{
    struct framing *f = to;
    ptrdiff_t node = round_node(f->r, org), d = round_duty(f->r, duty);
    if (node >= 0 && d >= 0) tallying_frame(f->t, (size_t)node, (size_t)d, n);
}

static enum err mark_aggregated(struct work *w, const struct args *in, struct round *r)
{
    const struct arg **all = arena_array(w->a, in->n + 1, sizeof(const struct arg *));
    size_t n = arg_all(in, "aggregate", all, in->n);
    for (size_t i = 0; i < n; i++) {
        ptrdiff_t node = round_node_by_code(r, all[i]->org.code);
        if (node < 0)
            return fault(w, INVALID, M("'%1' is not in the frame, so it cannot report in aggregates"),
                         all[i]->org.code);
        size_t end = round_node_end(r, (size_t)node);
        for (size_t k = (size_t)node; k < end; k++) r->nodes[k].aggregated = true;
    }
    return OK;
}

static enum err rules_given(struct work *w, const struct args *in, struct round *r)
{
    const struct org *frame = arg_org(in, "frame");
    r->code = arg_text(in, "code");
    r->title_ja = arg_text(in, "title_ja");
    r->title_en = arg_given(in, "title_en") ? arg_text(in, "title_en") : r->title_ja;
    r->frame = frame->id;
    r->base = arg_int(in, "base");
    r->has_due = arg_given(in, "due");
    r->due = arg_int(in, "due");
    r->state = S("open");
    r->rate_text = arg_text(in, "rate");
    r->thresholds = arg_text(in, "thresholds");
    r->grades_text = arg_text(in, "grades");
    r->exceptions_text = arg_text(in, "exceptions");
    r->unknown_out = arg_text(in, "unknown_out");
    r->synthetic = arg_int(in, "synthetic") != 0;
    if (r->has_due && r->due < r->base)
        return fault(w, INVALID, M("the due date %1 is before the base date %2"), date_text(w->a, r->due),
                     date_text(w->a, r->base));
    for (str rest = r->unknown_out, one; str_cut(&rest, ' ', &one);)
        if (one.n != 0 && (!reason_known(one) || str_eq(one, S("not-answered"))))
            return fault(w, INVALID, M("'%1' is no reason that may leave the denominator: %2"), one, S(REASONS_OUT));
    enum err e = thresholds_parse(w, r->thresholds, &r->rule);
    return e == OK ? grades_parse(w, r->grades_text, &r->grades) : e;
}

static enum err store_frame(struct work *w, const struct args *in, struct round *r, int64_t *respondents)
{
    struct adopting a = {.w = w, .r = r, .bytes = plane_bytes(r->edition.n_clauses)};
    enum err e = mark_aggregated(w, in, r);
    if (e == OK) e = number_adoptions(&a, r);
    if (e == OK) e = round_insert(w, r, r->edition.id, true, &r->id);
    if (e == OK) e = round_insert_nodes(w, r->id, r->nodes, r->n_nodes);
    if (e == OK) e = insert_bindings(&a, r);
    int64_t posts = 0, devices = 0;
    str twice;
    if (e == OK && (e = round_code_twice(w, r->id, &twice)) == OK)
        return fault(w, CONFLICT, M("'%1' is the code of a post and of a system or device: give one of them another code"), twice);
    if (e == NOTFOUND) e = OK;
    if (e == OK) e = round_insert_respondents(w, r, &posts, &devices);
    if (e != OK) return e;
    if (posts + devices > RESPONDENTS_MAX)
        return fault(w, INVALID, M("%1 respondents; a round holds at most %2"), str_int(w->a, posts + devices),
                     str_int(w->a, RESPONDENTS_MAX));
    *respondents = posts + devices;
    return OK;
}

enum err inspect_act_open(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    int64_t ignored;
    enum err e = rules_given(w, in, r);
    if (e != OK) return e;
    struct round other;
    if ((e = round_row(w, r->code, &other, &ignored)) == OK)
        return fault(w, CONFLICT, M("there is a round '%1' already"), r->code);
    if (e != NOTFOUND) return e;
    if ((e = standard_edition(w, arg_text(in, "edition"), &r->edition)) != OK) return e;
    if (!r->edition.decided)
        return fault(w, INVALID,
                     M("edition '%1' is not decided, so its clauses may still move: `meguri standard decide` first"),
                     r->edition.code);
    const struct org *frame = arg_org(in, "frame");
    if ((e = frame_orgs(w, frame->lo, frame->hi, r->base, &r->nodes, &r->n_nodes)) != OK) return e;
    if (r->n_nodes == 0 || r->nodes[0].org != frame->id)
        return fault(w, INVALID, M("'%1' did not exist on the base date"), frame->code);
    round_link(w, r);
    round_depths(r);
    int64_t respondents = 0;
    if ((e = store_frame(w, in, r, &respondents)) != OK) return e;
    struct framing f = {r, tallying_begin(w, r)};
    if ((e = frame_counts(w, r->id, frame_one, &f)) != OK || (e = tallying_end(f.t)) != OK) return e;
    if ((e = granted_apply(w, r, out, &(int64_t){0})) != OK) return e;
    act_noted(w, S("respondents"), str_int(w->a, respondents));
    doc_fact(out, "round", M("Round"), C_TEXT(r->code));
    doc_fact(out, "organisations", M("Organisations"), C_INT((int64_t)r->n_nodes));
    doc_fact(out, "respondents", M("Respondents"), C_INT(respondents));
    doc_fact(out, "clauses", M("Clauses"), C_INT((int64_t)r->edition.n_clauses));
    if (!r->has_due)
        doc_note(out, M("Without a due day nobody is reminded, nothing is late and no later day can be given."));
    if (respondents == 0)
        doc_note(out, M("Nobody is asked: no post of the frame holds a duty that a clause binds on the base date."));
    return OK;
}
