#include "plan/owner_lists.h"

struct owner_lists *owner_lists_in(struct arena *a)
{
    struct owner_lists *x = arena_alloc(a, sizeof *x);
    x->a = a;
    return x;
}

static size_t *slot_of(const struct owner_lists *x, str text)
{
    size_t at = (size_t)str_hash(text) & (x->n_slots - 1);
    while (x->slot[at] != 0 && !str_eq(x->list[x->slot[at] - 1].text, text)) at = (at + 1) & (x->n_slots - 1);
    return &x->slot[at];
}

static void slots_grow(struct owner_lists *x)
{
    x->n_slots = x->n_slots == 0 ? 64 : x->n_slots * 2;
    x->slot = arena_array(x->a, x->n_slots, sizeof *x->slot);
    for (size_t i = 0; i < x->n; i++) *slot_of(x, x->list[i].text) = i + 1;
}

static str code_once(struct owner_lists *x, str code)
{
    size_t at = (size_t)(str_hash(code) % OWNER_CODES_KEPT);
    if (x->code[at].n == 0 || !str_eq(x->code[at], code)) x->code[at] = str_dup(x->a, code);
    return x->code[at];
}

static struct owner_list list_read(struct owner_lists *x, str text)
{
    size_t n = text.n != 0;
    str rest = text, one;
    for (size_t i = 0; i < text.n; i++) n += text.p[i] == ' ';
    struct plan_owner *own = arena_array(x->a, n + 1, sizeof *own);
    for (n = 0; rest.n != 0 && str_cut(&rest, ' ', &one); n++) {
        bool lead = str_starts(one, S("*"));
        own[n] = (struct plan_owner){code_once(x, lead ? str_sub(one, 1, one.n) : one), lead};
    }
    return (struct owner_list){str_dup(x->a, text), own, n};
}

size_t owner_lists_at(struct owner_lists *x, str text)
{
    if (x->n != 0 && str_eq(x->list[x->n - 1].text, text)) return x->n - 1;
    if (2 * x->n >= x->n_slots) slots_grow(x);
    size_t *slot = slot_of(x, text);
    if (*slot != 0) return *slot - 1;
    x->list = arena_more(x->a, x->list, x->n, &x->room, sizeof *x->list);
    x->list[x->n] = list_read(x, text);
    *slot = ++x->n;
    return x->n - 1;
}

str owner_list_text(struct arena *a, const struct plan_owner *own, size_t n)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < n; i++) {
        if (i > 0) buf_byte(&b, ' ');
        if (own[i].lead) buf_byte(&b, '*');
        buf_add(&b, own[i].owner);
    }
    return buf_str(&b);
}
