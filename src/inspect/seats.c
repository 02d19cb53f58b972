#include "inspect/seats.h"

#include <stdlib.h>
#include <string.h>

#include "inspect/bulk_store.h"
#include "inspect/entered_store.h"

enum { CHUNK = 4096, CHUNKS = RESPONDENTS_MAX / CHUNK + 1, POOL = 256 * 1024 };

/* Many small things in a row, in large pieces: the arena rounds every one of them up. */
struct pool {
    uint8_t *p;
    size_t left;
};

struct seats {
    struct work *w;
    const struct round *r;
    bool whole;
    int64_t *entered; /* respondents for whom the actor entered a sheet, in order of id */
    size_t n_entered;
    struct seat *chunk[CHUNKS]; /* seats never move */
    size_t n;
    struct pool codes, answers;
    size_t next_code, next_id; /* where the one asked for next most likely is */
    uint32_t *slot;            /* open addressing: index + 1, 0 free */
    size_t n_slots, indexed;
    struct arena *index;       /* holds slot; made anew when it is full */
};

static uint8_t *pool_take(struct seats *s, struct pool *pool, size_t n)
{
    if (pool->p == NULL || pool->left < n) {
        pool->left = n > POOL ? n : POOL;
        pool->p = arena_alloc(s->w->a, pool->left);
    }
    uint8_t *taken = pool->p;
    pool->p += n;
    pool->left -= n;
    return taken;
}

size_t seats_n(const struct seats *s) { return s->n; }
struct seat *seats_at(struct seats *s, size_t i) { return &s->chunk[i / CHUNK][i % CHUNK]; }

uint8_t *seats_answers(struct seats *s, struct seat *seat)
{
    seat->answers = pool_take(s, &s->answers, sheet_bytes(s->r->edition.n_clauses));
    return seat->answers;
}

/* ---- the index ---- */

static void free_index(void *to) { arena_free(((struct seats *)to)->index); }

static uint32_t *slot_of(struct seats *s, str code)
{
    size_t at = str_hash(code) & (s->n_slots - 1);
    while (s->slot[at] != 0 && !str_eq(seat_code(seats_at(s, s->slot[at] - 1)), code)) at = (at + 1) & (s->n_slots - 1);
    return &s->slot[at];
}

/* Made only when a file asks for somebody out of order: one written by us stands in the order of the frame. */
static void index_seats(struct seats *s)
{
    if (s->n_slots < 2 * s->n + 2) {
        if (s->n_slots == 0) s->n_slots = 1024;
        while (s->n_slots < 2 * s->n + 2) s->n_slots *= 2;
        arena_free(s->index);
        s->index = arena_new(0);
        s->slot = arena_array(s->index, s->n_slots, sizeof *s->slot);
        s->indexed = 0;
    }
    for (; s->indexed < s->n; s->indexed++) *slot_of(s, seat_code(seats_at(s, s->indexed))) = (uint32_t)s->indexed + 1;
}

/* ---- loading ---- */

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static bool entered(const struct seats *s, int64_t id)
{
    return s->n_entered != 0 && bsearch(&id, s->entered, s->n_entered, sizeof id, by_id) != NULL;
}

static enum err add_seat(void *to, const struct respondent *x)
{
    struct seats *s = to;
    ptrdiff_t node = round_node(s->r, x->org);
    const struct binding *binding = round_binding(s->r, x->binding);
    if (node < 0 || binding == NULL || s->n == RESPONDENTS_MAX || x->code.n > UINT8_MAX)
        return fault(s->w, STORE, M("respondent '%1' does not fit its round: restore the database from a backup"),
                     x->code);
    struct seat **chunk = &s->chunk[s->n / CHUNK];
    if (*chunk == NULL) *chunk = arena_array(s->w->a, CHUNK, sizeof(struct seat));
    struct seat *seat = &(*chunk)[s->n++ % CHUNK];
    char *code = (char *)pool_take(s, &s->codes, x->code.n + 1);
    code[0] = (char)x->code.n;
    memcpy(code + 1, x->code.p, x->code.n);
    *seat = (struct seat){.id = x->id,
                          .code = code,
                          .node = (uint32_t)node,
                          .binding = (uint32_t)(binding - s->r->bindings),
                          .was = (int8_t)x->sheet,
                          .own = x->person != 0 && x->person == s->w->actor->person,
                          .entered = entered(s, x->id),
                          .leaves = round_leaves(s->r, x->reason)};
    if (x->excepted.n == plane_bytes(s->r->edition.n_clauses))
        seat->excepted = (const uint8_t *)str_dup(s->w->a, x->excepted).p;
    return OK;
}

static struct seats *seats_begin(struct work *w, const struct round *r, bool whole)
{
    struct seats *s = arena_alloc(w->a, sizeof *s);
    *s = (struct seats){.w = w, .r = r, .whole = whole};
    arena_closer(w->a, free_index, s);
    return s;
}

enum err seats_load(struct work *w, const struct round *r, bool whole, struct seats **out)
{
    struct seats *s = seats_begin(w, r, whole);
    enum err e = entries_mine(w, r->id, &s->entered, &s->n_entered);
    if (e == OK && whole) e = respondents_each(w, r->id, add_seat, s);
    if (e != OK) return e;
    *out = s;
    return OK;
}

enum err seats_load_devices(struct work *w, const struct round *r, struct seats **out)
{
    struct seats *s = seats_begin(w, r, true);
    enum err e = entries_mine(w, r->id, &s->entered, &s->n_entered);
    if (e == OK) e = devices_each(w, r->id, add_seat, s);
    if (e == OK) *out = s;
    return e;
}

/* ---- finding ---- */

static bool is_next(struct seats *s, str code)
{
    return s->next_code < s->n && str_eq(seat_code(seats_at(s, s->next_code)), code);
}

enum err seats_find(struct seats *s, str code, struct seat **out)
{
    if (!is_next(s, code)) {
        index_seats(s);
        uint32_t at = *slot_of(s, code);
        struct respondent found;
        enum err e = at != 0 ? OK : s->whole ? NOTFOUND : respondent_find(s->w, s->r->id, code, &found);
        if (e == OK && at == 0) e = add_seat(s, &found);
        if (e != OK) return e;
        s->next_code = at != 0 ? at - 1 : s->n - 1;
    }
    *out = seats_at(s, s->next_code++);
    return OK;
}

struct seat *seats_by_id(struct seats *s, int64_t id)
{
    size_t lo = 0, hi = s->n;
    if (s->next_id < s->n && seats_at(s, s->next_id)->id == id) lo = hi = s->next_id;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (seats_at(s, mid)->id < id) lo = mid + 1;
        else hi = mid;
    }
    if (lo == s->n || seats_at(s, lo)->id != id) return NULL;
    s->next_id = lo + 1;
    return seats_at(s, lo);
}

/* ---- for others ---- */

struct asking {
    const struct round *r;
    asked_fn *fn;
    void *to;
};

static enum err ask_one(void *to, const struct respondent *x)
{
    struct asking *a = to;
    ptrdiff_t node = round_node(a->r, x->org);
    const struct binding *b = round_binding(a->r, x->binding);
    if (node < 0 || b == NULL) return OK;
    struct asked one = {x->code, a->r->nodes[node].code, a->r->duties[b->duty], b->mask};
    return a->fn(a->to, &a->r->edition, &one);
}

enum err inspect_asked(struct work *w, str round, asked_fn *fn, void *to)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    enum err e = round_load(w, round, ROUND_ALL, r);
    if (e != OK) return e;
    struct asking a = {r, fn, to};
    return respondents_each(w, r->id, ask_one, &a);
}
