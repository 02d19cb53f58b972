/* Meetings that a published text cites, beside the register of councils: where the register knows, its word goes before
 * what other lines of the text say. */
#include "plan/published_items.h"

#include <stdlib.h>

#include "registry/registry.h"

struct council {
    str code, name;
};
struct councils {
    struct arena *a;
    struct council *all;
    size_t n, room;
};

static void hear_council(void *to, const struct meeting *m)
{
    struct councils *c = to;
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->all[i].code, m->council)) return;
    c->all = arena_more(c->a, c->all, c->n, &c->room, sizeof *c->all);
    c->all[c->n++] = (struct council){str_dup(c->a, m->council), str_dup(c->a, m->council_ja)};
}

static str council_named(const struct councils *c, str name)
{
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->all[i].name, name)) return c->all[i].code;
    return (str){"", 0};
}

/* What the text said against itself of this citation is settled. */
static void settle(struct published *p, const struct published_cite *c)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_flags; i++) {
        const struct published_flag *f = &p->flag[i];
        bool about = f->defect == DEFECT_MEETING && f->row == c->row && str_eq(f->said, c->said);
        if (!about) p->flag[n++] = *f;
    }
    p->n_flags = n;
}

static struct published_flag contradiction(struct arena *a, const struct published_cite *c,
                                           const struct meeting_check *m)
{
    struct published_flag f = {.row = c->row, .said = c->said};
    bool dated = m->by_number && m->numbered.day != NO_DAY;
    f.defect = dated ? DEFECT_REGISTER_DAY : DEFECT_REGISTER_NUMBER;
    if (dated)
        f.day = m->numbered.day;
    else
        f.other = str_int(a, m->dated.number);
    return f;
}

static int by_row(const void *a, const void *b)
{
    const struct published_flag *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return (x->defect > y->defect) - (x->defect < y->defect);
}

enum err published_register(struct work *w, struct published *p)
{
    struct councils councils = {.a = w->a};
    enum err e = p->n_cites == 0 ? OK : meetings_each(w, S(""), hear_council, &councils);
    struct published_flag *all = arena_array(w->a, p->n_flags + p->n_cites + 1, sizeof *all);
    if (p->n_flags > 0) memcpy(all, p->flag, p->n_flags * sizeof *all);
    p->flag = all;
    for (size_t i = 0; e == OK && i < p->n_cites; i++) {
        const struct published_cite *c = &p->cite[i];
        struct meeting_check m = {.verdict = CITED_UNKNOWN};
        str council = council_named(&councils, c->body);
        if (council.n != 0) e = registry_meeting_check(w, council, c->no, c->day, &m);
        if (e != OK || m.verdict == CITED_UNKNOWN) continue;
        settle(p, c);
        if (m.verdict == CITED_CONTRADICTS) p->flag[p->n_flags++] = contradiction(w->a, c, &m);
    }
    if (p->n_flags > 0) qsort(p->flag, p->n_flags, sizeof *p->flag, by_row);
    return e;
}
