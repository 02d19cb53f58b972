#include "inspect/seats.h"

#include <string.h>

enum { CHUNK = 4096, CHUNKS = RESPONDENTS_MAX / CHUNK + 1 };

struct seats {
    struct work *w;
    const struct round *r;
    bool whole;
    struct seat *chunk[CHUNKS]; /* seats never move */
    str *code[CHUNKS];
    size_t n;
    uint32_t *slot; /* open addressing: index + 1, 0 free */
    size_t n_slots;
    enum err trouble;
};

size_t seats_n(const struct seats *s) { return s->n; }
struct seat *seats_at(struct seats *s, size_t i) { return &s->chunk[i / CHUNK][i % CHUNK]; }
static str code_at(const struct seats *s, size_t i) { return s->code[i / CHUNK][i % CHUNK]; }

static uint32_t *slot_of(const struct seats *s, str code)
{
    size_t at = str_hash(code) & (s->n_slots - 1);
    while (s->slot[at] != 0 && !str_eq(code_at(s, s->slot[at] - 1), code)) at = (at + 1) & (s->n_slots - 1);
    return &s->slot[at];
}

static void widen(struct seats *s)
{
    if (s->n_slots > s->n * 2 + 2) return;
    s->n_slots = s->n_slots == 0 ? 1024 : s->n_slots * 4;
    s->slot = arena_array(s->w->a, s->n_slots, sizeof *s->slot);
    for (size_t i = 0; i < s->n; i++) *slot_of(s, code_at(s, i)) = (uint32_t)i + 1;
}

static enum err add_seat(void *to, const struct respondent *x)
{
    struct seats *s = to;
    ptrdiff_t node = round_node(s->r, x->org);
    const struct binding *binding = round_binding(s->r, x->binding);
    if (node < 0 || binding == NULL || s->n == RESPONDENTS_MAX)
        return fault(s->w, STORE, M("respondent '%1' does not fit its round: restore the database from a backup"), x->code);
    widen(s);
    size_t chunk = s->n / CHUNK;
    if (s->chunk[chunk] == NULL) {
        s->chunk[chunk] = arena_array(s->w->a, CHUNK, sizeof(struct seat));
        s->code[chunk] = arena_array(s->w->a, CHUNK, sizeof(str));
    }
    struct seat *seat = &s->chunk[chunk][s->n % CHUNK];
    *seat = (struct seat){.id = x->id, .person = x->person, .node = (size_t)node, .binding = binding, .was = x->sheet,
                          .leaves = round_leaves(s->r, x->reason)};
    if (x->excepted.n == plane_bytes(s->r->edition.n_clauses)) seat->excepted = (const uint8_t *)str_dup(s->w->a, x->excepted).p;
    str code = str_dup(s->w->a, x->code);
    uint32_t *slot = slot_of(s, code); /* before the code is in, so that it finds a free one */
    s->code[chunk][s->n % CHUNK] = code;
    *slot = (uint32_t)++s->n;
    return OK;
}

enum err seats_load(struct work *w, const struct round *r, bool whole, struct seats **out)
{
    struct seats *s = arena_alloc(w->a, sizeof *s);
    *s = (struct seats){.w = w, .r = r, .whole = whole};
    widen(s);
    enum err e = whole ? respondents_each(w, r->id, add_seat, s) : OK;
    if (e != OK) return e;
    *out = s;
    return OK;
}

enum err seats_find(struct seats *s, str code, struct seat **out)
{
    uint32_t *slot = slot_of(s, code);
    if (*slot == 0) {
        struct respondent found;
        enum err e = s->whole ? NOTFOUND : respondent_find(s->w, s->r->id, code, &found);
        if (e == OK) e = add_seat(s, &found);
        if (e != OK) return e;
        slot = slot_of(s, code);
    }
    *out = seats_at(s, *slot - 1);
    return OK;
}

struct seat *seats_by_id(struct seats *s, int64_t id)
{
    size_t lo = 0, hi = s->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (seats_at(s, mid)->id < id) lo = mid + 1;
        else hi = mid;
    }
    return lo < s->n && seats_at(s, lo)->id == id ? seats_at(s, lo) : NULL;
}

str seats_code(const struct seats *s, const struct seat *seat)
{
    for (size_t c = 0; c < CHUNKS && s->chunk[c] != NULL; c++)
        if (seat >= s->chunk[c] && seat < s->chunk[c] + CHUNK) return s->code[c][seat - s->chunk[c]];
    return (str){0};
}

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
    struct asked one = {x->code, a->r->nodes[node].code, x->duty, b->mask};
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
