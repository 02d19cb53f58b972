#include "inspect/device_finder.h"

#include <string.h>

#include "inspect/bulk_store.h"

enum { NAME_MAX_BYTES = 255 }; /* its length stands in one byte */
enum { BY_CODE, BY_HOSTNAME, BY_NAME, LISTS };

struct alias {
    const char *text; /* its length in the first byte; ASCII in lower case */
    struct seat *seat; /* NULL: several go by it */
};
struct list {
    bool made;
    struct alias *v;
    size_t n, room;
    uint32_t *slot; /* open addressing: index + 1, 0 free */
    size_t n_slots;
};
struct device_finder {
    struct bulk *b;
    struct list list[LISTS];
    size_t lists;
    struct list *making;
    char *pool;
    size_t pool_left;
};

struct device_finder *device_finder_new(struct bulk *b, bool by_name)
{
    struct device_finder *f = arena_alloc(b->w->a, sizeof *f);
    *f = (struct device_finder){.b = b, .lists = by_name ? LISTS : BY_NAME};
    return f;
}

static str lower(str s, char *to)
{
    for (size_t i = 0; i < s.n; i++) to[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (str){to, s.n};
}

static str text_of(const struct alias *a) { return (str){a->text + 1, (unsigned char)a->text[0]}; }

static uint32_t *slot_of(struct list *l, str text)
{
    size_t at = str_hash(text) & (l->n_slots - 1);
    while (l->slot[at] != 0 && !str_eq(text_of(&l->v[l->slot[at] - 1]), text)) at = (at + 1) & (l->n_slots - 1);
    return &l->slot[at];
}

static char *pool_take(struct device_finder *f, size_t n)
{
    enum { POOL = 256 * 1024 };
    if (f->pool_left < n) {
        f->pool = arena_alloc(f->b->w->a, POOL);
        f->pool_left = POOL;
    }
    char *taken = f->pool;
    f->pool += n;
    f->pool_left -= n;
    return taken;
}

static const char *kept(struct device_finder *f, str text)
{
    char *to = pool_take(f, text.n + 1);
    to[0] = (char)(unsigned char)text.n;
    memcpy(to + 1, text.p, text.n);
    return to;
}

static void add(struct device_finder *f, struct seat *seat, str name)
{
    struct list *l = f->making;
    char room[NAME_MAX_BYTES];
    name = str_trim(name);
    if (name.n == 0 || name.n > NAME_MAX_BYTES || l->n == l->room) return;
    str text = lower(name, room);
    uint32_t *slot = slot_of(l, text);
    if (*slot != 0) {
        if (l->v[*slot - 1].seat != seat) l->v[*slot - 1].seat = NULL;
        return;
    }
    bool same = str_eq(text, seat_code(seat)); /* a million codes need not be copied */
    l->v[l->n++] = (struct alias){same ? seat->code : kept(f, text), seat};
    *slot = (uint32_t)l->n;
}

static enum err add_named(void *to, int64_t respondent, str name)
{
    struct device_finder *f = to;
    struct seat *s = seats_by_id(f->b->seats, respondent);
    if (s != NULL && bulk_may(f->b, s)) add(f, s, name);
    return OK;
}

static enum err make(struct device_finder *f, size_t which)
{
    struct bulk *b = f->b;
    struct list *l = f->making = &f->list[which];
    size_t n = seats_n(b->seats);
    l->room = which == BY_NAME ? 2 * n : n; /* in two languages */
    for (l->n_slots = 16; l->n_slots < 2 * l->room + 2;) l->n_slots *= 2;
    l->v = arena_array(b->w->a, l->room + 1, sizeof *l->v);
    l->slot = arena_array(b->w->a, l->n_slots, sizeof *l->slot);
    l->made = true;
    if (which == BY_HOSTNAME) return device_hostnames(b->w, b->r->id, add_named, f);
    if (which == BY_NAME) return device_names(b->w, b->r->id, add_named, f);
    for (size_t i = 0; i < n; i++) {
        struct seat *s = seats_at(b->seats, i);
        if (bulk_may(b, s)) add(f, s, seat_code(s));
    }
    return OK;
}

static enum err in_list(struct device_finder *f, size_t which, str text, struct seat **out)
{
    struct list *l = &f->list[which];
    enum err e = l->made ? OK : make(f, which);
    if (e != OK) return e;
    uint32_t at = *slot_of(l, text);
    if (at == 0) return NOTFOUND;
    if (l->v[at - 1].seat == NULL) return CONFLICT;
    *out = l->v[at - 1].seat;
    return OK;
}

enum err device_find(struct device_finder *f, str name, struct seat **out)
{
    char room[NAME_MAX_BYTES];
    struct seat *s;
    if (name.n == 0 || name.n > NAME_MAX_BYTES) return NOTFOUND;
    enum err e = seats_find(f->b->seats, name, &s);
    if (e == OK && bulk_may(f->b, s)) {
        *out = s;
        return OK;
    }
    str text = lower(name, room);
    e = NOTFOUND;
    for (size_t i = 0; e == NOTFOUND && i < f->lists; i++) e = in_list(f, i, text, out);
    return e;
}
