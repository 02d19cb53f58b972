/* Vectors, their encoding, and the deltas that gather while an act runs. A vector of 256 clauses takes 8 kB, and a
 * national frame has ten thousand nodes: those not in use are kept encoded, as in the store. Sheets come in the order
 * of the frame, so that few are in use at a time. */
#include "inspect/tallies.h"

#include <assert.h>
#include <string.h>

#include "inspect/inspect_store.h"

enum {
    PENDING = 512, /* sheets of one node and state counted together, vertically */
    HOT = 64,      /* vectors in use at a time; at least two, which propagate() works with */
    ENCODED_MAX = 10, /* bytes of one number */
};

size_t vector_size(const struct round *r) { return r->n_duties * PER_DUTY + r->edition.n_clauses * PER_CLAUSE; }

/* ---- encoding ---- */

static size_t encode(uint8_t *to, const int64_t *v, size_t n)
{
    uint8_t *p = to;
    for (size_t i = 0; i < n; i++) {
        uint64_t u = ((uint64_t)v[i] << 1) ^ (uint64_t)(v[i] >> 63);
        for (; u >= 0x80; u >>= 7) *p++ = (uint8_t)(u | 0x80);
        *p++ = (uint8_t)u;
    }
    return (size_t)(p - to);
}

str vector_encode(struct arena *a, const int64_t *v, size_t n)
{
    char *p = arena_array(a, n + 1, ENCODED_MAX);
    return (str){p, encode((uint8_t *)p, v, n)};
}

/* Gives the place after the number, NULL when it does not end. */
static const uint8_t *decode_one(const uint8_t *p, const uint8_t *end, uint64_t *out)
{
    uint64_t u = 0;
    for (int shift = 0; p < end && shift <= 63; shift += 7) {
        uint8_t c = *p++;
        u |= (uint64_t)(c & 0x7F) << shift;
        if (c >= 0x80) continue;
        *out = u;
        return p;
    }
    return NULL;
}

bool vector_decode(str bytes, int64_t *v, size_t n)
{
    const uint8_t *p = (const uint8_t *)bytes.p, *end = p + bytes.n;
    for (size_t i = 0; i < n; i++) {
        uint64_t u;
        if (end - p >= 2 && (p[0] & p[1]) < 0x80) { /* one byte or two, nearly always */
            uint64_t more = p[0] >> 7;
            u = (p[0] & 0x7FU) | (p[1] * more) << 7;
            p += 1 + more;
        } else if ((p = decode_one(p, end, &u)) == NULL) {
            return false;
        }
        v[i] = (int64_t)(u >> 1) ^ -(int64_t)(u & 1);
    }
    return p == end;
}

/* ---- deltas ---- */

struct delta {
    uint8_t *cold; /* encoded; NULL when it never was */
    uint32_t n_cold, room;
    uint8_t hot;   /* 1 + its place among the vectors in use, 0 when it is not */
    bool is;       /* something was gathered */
};
struct hot {
    struct delta *of;
    int64_t *v;
    uint64_t used;
    size_t n;
};

struct tallying {
    struct work *w;
    const struct round *r;
    size_t size, sheet_bytes;
    struct delta (*delta)[TALLY_STATES]; /* per node */
    struct hot hot[HOT];
    uint64_t uses;
    int64_t *scratch;      /* a vector, and below it one encoded */
    uint8_t *encoded;
    struct counts *counts; /* room to count in */
    /* Sheets that wait to be counted together. */
    uint8_t *pending;
    size_t n_pending, node;
    enum tally_state state;
    int sign;
};

struct tallying *tallying_begin(struct work *w, const struct round *r)
{
    struct tallying *t = arena_alloc(w->a, sizeof *t);
    *t = (struct tallying){.w = w, .r = r, .size = vector_size(r), .sheet_bytes = sheet_bytes(r->edition.n_clauses)};
    t->delta = arena_array(w->a, r->n_nodes + 1, sizeof *t->delta);
    t->scratch = arena_array(w->a, t->size + 1, sizeof *t->scratch);
    t->encoded = arena_array(w->a, t->size + 1, ENCODED_MAX);
    t->counts = arena_array(w->a, r->edition.n_clauses + 1, sizeof *t->counts);
    t->pending = arena_array(w->a, PENDING, t->sheet_bytes + 1);
    return t;
}

/* Of the frame only respondents are counted: the rest is zero, and not kept in memory. */
static size_t length_of(const struct round *r, int64_t state)
{
    return state == TALLY_FRAME ? r->n_duties * PER_DUTY : vector_size(r);
}
static size_t length(const struct tallying *t, enum tally_state state) { return length_of(t->r, state); }

static void cool(struct tallying *t, struct hot *h)
{
    struct delta *d = h->of;
    size_t n = encode(t->encoded, h->v, h->n);
    if (n > d->room) {
        d->cold = arena_alloc(t->w->a, n);
        d->room = (uint32_t)n;
    }
    memcpy(d->cold, t->encoded, n);
    d->n_cold = (uint32_t)n;
    d->hot = 0;
    h->of = NULL;
}

/* The place used longest ago. */
static struct hot *oldest(struct tallying *t)
{
    struct hot *best = t->hot;
    for (size_t i = 0; i < HOT && best->of != NULL; i++)
        if (t->hot[i].of == NULL || t->hot[i].used < best->used) best = &t->hot[i];
    return best;
}

static struct hot *warm(struct tallying *t, struct delta *d, size_t n)
{
    struct hot *h = oldest(t);
    if (h->of != NULL) cool(t, h);
    if (h->v == NULL) h->v = arena_array(t->w->a, t->size + 1, sizeof *h->v);
    h->of = d;
    h->n = n;
    d->hot = (uint8_t)(h - t->hot + 1);
    d->is = true;
    memset(h->v, 0, n * sizeof *h->v);
    if (d->cold == NULL) return h;
    bool good = vector_decode((str){(const char *)d->cold, d->n_cold}, h->v, n);
    assert(good);
    (void)good;
    return h;
}

/* The vector stays where it is until HOT others were asked for. */
static int64_t *delta_of(struct tallying *t, size_t node, enum tally_state state)
{
    struct delta *d = &t->delta[node][state];
    struct hot *h = d->hot != 0 ? &t->hot[d->hot - 1] : warm(t, d, length(t, state));
    h->used = ++t->uses;
    return h->v;
}

/* It is not needed any more. */
static void drop(struct tallying *t, struct delta *d)
{
    if (d->hot != 0) t->hot[d->hot - 1].of = NULL;
    *d = (struct delta){0};
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
    assert(at < length(t, state));
    delta_of(t, node, state)[at] += n;
}

/* What a node gathered goes to the one above. What an excluded node gathered of clauses goes no further. */
static const int64_t *pass_up(struct tallying *t, size_t node, enum tally_state state)
{
    const struct node *from = &t->r->nodes[node];
    int64_t *v = delta_of(t, node, state);
    if (from->up < 0) return v;
    int64_t *above = delta_of(t, (size_t)from->up, state);
    size_t n = from->excluded ? t->r->n_duties * PER_DUTY : length(t, state);
    v = delta_of(t, node, state); /* may have made room for the other */
    for (size_t k = 0; k < n; k++) above[k] += v[k];
    return v;
}

/* From the leaves up: nodes stand in official order, so every child comes after its parent. */
enum err tallying_each(struct tallying *t, sum_fn *fn, void *to)
{
    enum err e = OK;
    count_pending(t);
    for (size_t i = t->r->n_nodes; e == OK && i-- > 0;) {
        for (enum tally_state s = 0; e == OK && s < TALLY_STATES; s++) {
            struct delta *d = &t->delta[i][s];
            memset(t->scratch, 0, t->size * sizeof *t->scratch);
            if (d->is) memcpy(t->scratch, pass_up(t, i, s), length(t, s) * sizeof *t->scratch);
            e = fn(to, i, s, d->is, t->scratch);
            drop(t, d);
        }
    }
    return e;
}

struct writing {
    struct tallying *t;
    int64_t *stored; /* room for what is there already; NULL: nothing is */
};

static enum err add_stored(struct writing *x, size_t node, enum tally_state state, int64_t *v)
{
    struct tallying *t = x->t;
    str stored;
    enum err e = x->stored == NULL ? NOTFOUND : tally_get(t->w, t->r->id, t->r->nodes[node].org, (int)state, &stored);
    if (e == NOTFOUND) return OK;
    if (e != OK) return e;
    if (!vector_decode(stored, x->stored, t->size))
        return fault(t->w, STORE,
                     M("the sums of '%1' cannot be read: `meguri rebuild` makes them anew from the sheets"),
                     t->r->nodes[node].code);
    for (size_t k = 0; k < t->size; k++) v[k] += x->stored[k];
    return OK;
}

static enum err write_one(void *to, size_t node, enum tally_state state, bool is, int64_t *v)
{
    struct writing *x = to;
    struct tallying *t = x->t;
    if (!is) return OK;
    struct arena_mark mark = arena_mark(t->w->a);
    enum err e = add_stored(x, node, state, v);
    if (e != OK) return e; /* its words stand above the mark */
    str bytes = {(const char *)t->encoded, encode(t->encoded, v, t->size)};
    e = tally_put(t->w, t->r->id, t->r->nodes[node].org, (int)state, bytes);
    if (e == OK) arena_back(t->w->a, mark);
    return e;
}

enum err tallying_end(struct tallying *t)
{
    struct writing x = {t, arena_array(t->w->a, t->size + 1, sizeof *x.stored)};
    return tallying_each(t, write_one, &x);
}

enum err tallying_replace(struct tallying *t)
{
    struct writing x = {t, NULL};
    enum err e = tally_drop(t->w, t->r->id);
    return e == OK ? tallying_each(t, write_one, &x) : e;
}

/* ---- reading ---- */
struct loading {
    struct work *w;
    const struct round *r;
    int64_t *(*vectors)[TALLY_STATES];
    size_t size;
    int64_t *room; /* for a vector */
};

static enum err load_one(void *to, int64_t org, int64_t state, str counts)
{
    struct loading *l = to;
    ptrdiff_t node = round_node(l->r, org);
    if (node < 0 || state < 0 || state >= TALLY_STATES) return OK;
    if (!vector_decode(counts, l->room, l->size))
        return fault(l->w, STORE,
                     M("the sums of '%1' cannot be read: `meguri rebuild` makes them anew from the sheets"),
                     l->r->nodes[node].code);
    size_t n = length_of(l->r, state);
    l->vectors[node][state] = arena_array(l->w->a, n + 1, sizeof *l->room);
    memcpy(l->vectors[node][state], l->room, n * sizeof *l->room);
    return OK;
}

/* A round loaded near has few nodes: each is asked for. */
static enum err near_each(struct loading *l)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < l->r->n_nodes; i++)
        e = tallies_of(l->w, l->r->id, l->r->nodes[i].org, load_one, l);
    return e;
}

enum err tallies_load(struct work *w, const struct round *r, enum round_reach reach, int64_t *(**out)[TALLY_STATES])
{
    struct loading l = {w, r, arena_array(w->a, r->n_nodes + 1, sizeof *l.vectors), vector_size(r),
                        arena_array(w->a, vector_size(r) + 1, sizeof *l.room)};
    enum err e = r->near ? near_each(&l) : tallies_each(w, r->id, reach, load_one, &l);
    if (e != OK) return e;
    *out = l.vectors;
    return OK;
}
