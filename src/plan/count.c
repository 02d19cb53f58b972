#include "plan/count.h"

const char *const count_by_words[] = {"status", "chapter", "section", "area", "owner", "named", NULL};

struct counting {
    struct arena *a;
    const struct lines *x;
    struct group *group;
    size_t n, room, last; /* last: the one that was looked up before */
    size_t *slot;         /* hash of code to place + 1 */
    size_t n_slots;
};

static size_t *slot_of(struct counting *c, str code)
{
    size_t at = (size_t)str_hash(code) & (c->n_slots - 1);
    while (c->slot[at] != 0 && !str_eq(c->group[c->slot[at] - 1].code, code)) at = (at + 1) & (c->n_slots - 1);
    return &c->slot[at];
}

static void slots_grow(struct counting *c)
{
    c->n_slots = c->n_slots == 0 ? 64 : c->n_slots * 2;
    c->slot = arena_array(c->a, c->n_slots, sizeof *c->slot);
    for (size_t i = 0; i < c->n; i++) *slot_of(c, c->group[i].code) = i + 1;
}

static struct group *group_of(struct counting *c, str code)
{
    if (c->n != 0 && str_eq(c->group[c->last].code, code)) return &c->group[c->last];
    if (2 * c->n >= c->n_slots) slots_grow(c);
    size_t *slot = slot_of(c, code);
    if (*slot == 0) {
        c->group = arena_more(c->a, c->group, c->n, &c->room, sizeof *c->group);
        c->group[c->n] = (struct group){.code = code};
        *slot = ++c->n;
    }
    c->last = *slot - 1;
    return &c->group[c->last];
}

static void add(struct group *g, const struct line *l) { status_count(&g->c, l->is.status); }

/* ---- by heading, by area ---- */

static void by_heading(struct counting *c, const struct line *l, int64_t level)
{
    const struct line *h = line_heading(c->x, l, level), *chapter = line_heading(c->x, l, 1);
    if (h == NULL && level == 2) h = chapter; /* a chapter without sections is one */
    struct group *g = group_of(c, h == NULL ? (str){"", 0} : h->key);
    if (h != NULL) g->ja = h->title_ja, g->en = h->title_en;
    if (level == 2 && chapter != NULL) g->under_ja = chapter->title_ja, g->under_en = chapter->title_en;
    add(g, l);
}

/* ---- by owner ---- */

static void by_owner(struct counting *c, size_t *count_at)
{
    const struct owners *o = &c->x->owners;
    struct group *all = arena_array(c->a, o->n_orgs + 1, sizeof *all);
    for (size_t i = 0; i < c->x->n; i++) {
        const struct line *l = &c->x->line[i];
        for (int64_t k = 0; line_counts(l) && k < l->owners; k++)
            if (l->place[k] != OWNER_GONE) add(&all[l->place[k]], l);
    }
    c->group = arena_array(c->a, o->n_orgs + 1, sizeof *c->group);
    for (size_t i = 0; i < o->n_orgs; i++) {
        if (status_total(&all[i].c) == 0) continue;
        all[i].code = o->org[i].code;
        all[i].ja = o->org[i].name_ja;
        all[i].en = o->org[i].name_en;
        c->group[(*count_at)++] = all[i];
    }
    c->n = *count_at;
}

/* As they are printed: parted by blanks in Japanese, by commas in English, in the same order. */
static bool name_cut(str *rest, str *out)
{
    ptrdiff_t at = str_find(*rest, S(", "));
    if (rest->n == 0) return false;
    *out = at < 0 ? *rest : str_sub(*rest, 0, (size_t)at);
    *rest = at < 0 ? (str){"", 0} : str_sub(*rest, (size_t)at + 2, rest->n);
    return true;
}

static void by_name(struct counting *c, const struct group *list)
{
    str ja = list->code, en = list->en, one, other;
    while (str_cut(&ja, ' ', &one)) {
        bool two = name_cut(&en, &other);
        struct group *g = group_of(c, one);
        g->ja = one;
        g->en = two ? other : one;
        status_counts_add(&g->c, &list->c);
    }
}

/* Most measures share their list of owners: whole lists are counted, and then what is in each. */
static void by_names(struct counting *c)
{
    struct counting lists = {.a = c->a, .x = c->x};
    for (size_t i = 0; i < c->x->n; i++) {
        const struct line *l = &c->x->line[i];
        if (!line_counts(l) || l->owners_ja.n == 0) continue;
        struct group *g = group_of(&lists, l->owners_ja);
        g->en = l->owners_en;
        add(g, l);
    }
    for (size_t i = 0; i < lists.n; i++) by_name(c, &lists.group[i]);
}

/* ---- by status, and all ---- */

static void by_status(struct counting *c)
{
    static const str code[STATUSES + 1] = {S_INIT("none"), S_INIT("1"), S_INIT("2"), S_INIT("3"), S_INIT("4")};
    c->group = arena_array(c->a, STATUSES + 1, sizeof *c->group);
    for (size_t i = 0; i < c->x->n; i++) {
        const struct line *l = &c->x->line[i];
        size_t at = l->is.status == STATUS_NONE ? STATUSES : (size_t)l->is.status - 1;
        if (line_counts(l)) add(&c->group[at], l);
    }
    for (size_t i = 0; i <= STATUSES; i++) c->group[i].code = code[i == STATUSES ? 0 : i + 1];
    c->n = STATUSES + 1;
}

size_t lines_count_by(struct arena *a, const struct lines *x, enum count_by by, struct group **out)
{
    struct counting c = {.a = a, .x = x};
    size_t n = 0;
    if (by == BY_STATUS) by_status(&c);
    if (by == BY_OWNER) by_owner(&c, &n);
    if (by == BY_NAMED) by_names(&c);
    for (size_t i = 0; by != BY_STATUS && by != BY_OWNER && by != BY_NAMED && i < x->n; i++) {
        const struct line *l = &x->line[i];
        if (!line_counts(l)) continue;
        if (by == BY_CHAPTER || by == BY_SECTION) by_heading(&c, l, by == BY_CHAPTER ? 1 : 2);
        else add(group_of(&c, l->area), l);
    }
    *out = c.group;
    return c.n;
}

struct status_counts lines_count(const struct lines *x)
{
    struct status_counts c = {0};
    for (size_t i = 0; i < x->n; i++)
        if (line_counts(&x->line[i])) status_count(&c, x->line[i].is.status);
    return c;
}
