/* Vectors, their encoding, and the deltas that gather while an act runs. */
#include "inspect/tallies.h"

#include <string.h>

#include "inspect/inspect_store.h"

enum { PENDING = 512 }; /* sheets of one node and state counted together, vertically */

size_t vector_size(const struct round *r) { return r->n_duties * PER_DUTY + r->edition.n_clauses * PER_CLAUSE; }

str vector_encode(struct arena *a, const int64_t *v, size_t n)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < n; i++) {
        uint64_t u = ((uint64_t)v[i] << 1) ^ (uint64_t)(v[i] >> 63);
        while (u >= 0x80) {
            buf_byte(&b, (char)(u | 0x80));
            u >>= 7;
        }
        buf_byte(&b, (char)u);
    }
    return buf_str(&b);
}

bool vector_decode(str bytes, int64_t *v, size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t u = 0;
        for (int shift = 0;; shift += 7) {
            if (at == bytes.n || shift > 63) return false;
            unsigned char c = (unsigned char)bytes.p[at++];
            u |= (uint64_t)(c & 0x7F) << shift;
            if (c < 0x80) break;
        }
        v[i] = (int64_t)(u >> 1) ^ -(int64_t)(u & 1);
    }
    return at == bytes.n;
}

struct tallying {
    struct work *w;
    const struct round *r;
    size_t size, sheet_bytes;
    int64_t *(*delta)[TALLY_STATES]; /* per node; NULL where nothing gathered */
    struct counts *counts;           /* room to count in */
    /* Sheets that wait to be counted together. */
    uint8_t *pending;
    size_t n_pending, node;
    enum tally_state state;
    int sign;
    bool propagated;
};

struct tallying *tallying_begin(struct work *w, const struct round *r)
{
    struct tallying *t = arena_alloc(w->a, sizeof *t);
    *t = (struct tallying){.w = w, .r = r, .size = vector_size(r), .sheet_bytes = sheet_bytes(r->edition.n_clauses)};
    t->delta = arena_array(w->a, r->n_nodes + 1, sizeof *t->delta);
    t->counts = arena_array(w->a, r->edition.n_clauses + 1, sizeof *t->counts);
    t->pending = arena_array(w->a, PENDING, t->sheet_bytes + 1);
    return t;
}

static int64_t *delta_of(struct tallying *t, size_t node, enum tally_state state)
{
    if (t->delta[node][state] == NULL) t->delta[node][state] = arena_array(t->w->a, t->size + 1, sizeof(int64_t));
    return t->delta[node][state];
}

static void count_pending(struct tallying *t)
{
    if (t->n_pending == 0) return;
    size_t clauses = t->r->edition.n_clauses;
    memset(t->counts, 0, clauses * sizeof *t->counts);
    count_sheets(t->pending, t->sheet_bytes, t->n_pending, clauses, t->counts);
    int64_t *v = delta_of(t, t->node, t->state) + at_clause(t->r, 0, 0);
    for (size_t c = 0; c < clauses; c++, v += PER_CLAUSE) {
        v[ARISEN] += t->sign * t->counts[c].arisen;
        v[DONE_] += t->sign * t->counts[c].done;
        v[NO_OCCASION_] += t->sign * t->counts[c].no_occasion;
    }
    t->n_pending = 0;
}

/* The round's rule for exceptions, on one sheet. */
static void except(struct tallying *t, uint8_t *sheet, const uint8_t *excepted, int64_t *v, int sign)
{
    size_t clauses = t->r->edition.n_clauses;
    for (size_t c = 0; c < clauses; c++) {
        if (!mask_has(excepted, c) || sheet_get(sheet, clauses, c) == UNANSWERED) continue;
        v[at_clause(t->r, c, EXCEPTED)] += sign;
        if (t->r->exceptions == EXCEPTIONS_APART) sheet_set(sheet, clauses, c, UNANSWERED);
        if (t->r->exceptions == EXCEPTIONS_NOT_DONE) sheet_set(sheet, clauses, c, NOT_DONE);
    }
}

void tallying_sheet(struct tallying *t, size_t node, enum tally_state state, size_t duty, const uint8_t *answers,
                    const uint8_t *excepted, int sign)
{
    if (t->n_pending == PENDING || t->node != node || t->state != state || t->sign != sign) {
        count_pending(t);
        t->node = node;
        t->state = state;
        t->sign = sign;
    }
    int64_t *v = delta_of(t, node, state);
    v[at_duty(duty, KNOWN)] += sign;
    uint8_t *sheet = t->pending + t->n_pending++ * t->sheet_bytes;
    memcpy(sheet, answers, t->sheet_bytes);
    if (excepted != NULL) except(t, sheet, excepted, v, sign);
}

void tallying_frame(struct tallying *t, size_t node, size_t duty, int64_t n)
{
    delta_of(t, node, TALLY_FRAME)[at_duty(duty, REPORTED)] += n;
}

void tallying_add(struct tallying *t, size_t node, enum tally_state state, size_t at, int64_t n)
{
    delta_of(t, node, state)[at] += n;
}

/* From the leaves up: nodes stand in official order, so every child comes after its parent. What an excluded node
 * gathered of clauses goes no further. */
static void propagate(struct tallying *t)
{
    count_pending(t);
    size_t respondents = t->r->n_duties * PER_DUTY;
    for (size_t i = t->r->n_nodes; i-- > 0;) {
        const struct node *node = &t->r->nodes[i];
        for (int s = 0; s < TALLY_STATES && node->up >= 0; s++) {
            if (t->delta[i][s] == NULL) continue;
            int64_t *above = delta_of(t, (size_t)node->up, (enum tally_state)s);
            size_t n = node->excluded ? respondents : t->size;
            for (size_t k = 0; k < n; k++) above[k] += t->delta[i][s][k];
        }
    }
}

static enum err add_stored(struct tallying *t, size_t node, int state, int64_t *v)
{
    str stored;
    enum err e = tally_get(t->w, t->r->id, t->r->nodes[node].org, state, &stored);
    if (e == NOTFOUND) return OK;
    if (e != OK) return e;
    int64_t *was = arena_array(t->w->a, t->size + 1, sizeof *was);
    if (!vector_decode(stored, was, t->size))
        return fault(t->w, STORE, M("the sums of '%1' cannot be read: `meguri rebuild` makes them anew from the sheets"),
                     t->r->nodes[node].code);
    for (size_t k = 0; k < t->size; k++) v[k] += was[k];
    return OK;
}

static enum err write_all(struct tallying *t, bool add)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < t->r->n_nodes; i++) {
        for (int s = 0; e == OK && s < TALLY_STATES; s++) {
            int64_t *v = t->delta[i][s];
            if (v == NULL) continue;
            struct arena_mark mark = arena_mark(t->w->a);
            if (add) e = add_stored(t, i, s, v);
            if (e == OK) e = tally_put(t->w, t->r->id, t->r->nodes[i].org, s, vector_encode(t->w->a, v, t->size));
            if (e == OK) arena_back(t->w->a, mark); /* on a fault its words stand above the mark */
            t->delta[i][s] = NULL;
        }
    }
    return e;
}

enum err tallying_end(struct tallying *t)
{
    propagate(t);
    return write_all(t, true);
}

enum err tallying_replace(struct tallying *t)
{
    propagate(t);
    enum err e = tally_drop(t->w, t->r->id);
    return e == OK ? write_all(t, false) : e;
}

const int64_t *tallying_sum(struct tallying *t, size_t node, enum tally_state state)
{
    if (!t->propagated) propagate(t);
    t->propagated = true; /* gathered once, asked many times */
    return t->delta[node][state];
}

/* ---- reading ---- */
struct loading {
    struct work *w;
    const struct round *r;
    int64_t *(*vectors)[TALLY_STATES];
    size_t size;
};

static enum err load_one(void *to, int64_t org, int64_t state, str counts)
{
    struct loading *l = to;
    ptrdiff_t node = round_node(l->r, org);
    if (node < 0 || state < 0 || state >= TALLY_STATES) return OK;
    int64_t *v = arena_array(l->w->a, l->size + 1, sizeof *v);
    if (!vector_decode(counts, v, l->size))
        return fault(l->w, STORE, M("the sums of '%1' cannot be read: `meguri rebuild` makes them anew from the sheets"),
                     l->r->nodes[node].code);
    l->vectors[node][state] = v;
    return OK;
}

enum err tallies_load(struct work *w, const struct round *r, enum round_reach reach, int64_t *(**out)[TALLY_STATES])
{
    struct loading l = {w, r, arena_array(w->a, r->n_nodes + 1, sizeof *l.vectors), vector_size(r)};
    enum err e = tallies_each(w, r->id, reach, load_one, &l);
    if (e != OK) return e;
    *out = l.vectors;
    return OK;
}
