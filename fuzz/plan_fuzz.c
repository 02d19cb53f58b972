/* Items of a plan as strangers give them, as CSV: read to the end or refused with a place. What is read is within the limits,
 * and what is written of it reads back to the same and writes the same bytes. */
#include <stdlib.h>

#include "fuzz.h"
#include "format/xlsx_read.h"
#include "plan/items.h"

static void check(bool good)
{
    if (!good) abort();
}

struct gathering {
    struct bytes_out out; /* first */
    struct buf b;
};

static enum err gather(struct bytes_out *out, str bytes)
{
    buf_add(&((struct gathering *)out)->b, bytes);
    return OK;
}

static void check_item(const struct plan_item *x)
{
    check(x->key.n > 0 && x->key.n <= PLAN_KEY_MAX && x->level >= 1 && x->level <= PLAN_LEVELS + 1);
    check(x->title_ja.n <= PLAN_TITLE_MAX && x->text_ja.n <= PLAN_TEXT_MAX);
    check(x->n_owners <= PLAN_OWNERS_MAX && x->n_milestones <= PLAN_MILESTONES_MAX && x->n_links <= PLAN_LINKS_MAX);
    for (size_t i = 0; i < x->n_milestones; i++)
        check(!x->milestone[i].has_since || x->milestone[i].since <= x->milestone[i].until);
}

static str written(struct work *w, const struct plan_item *items, size_t n)
{
    struct gathering g = {{.put = gather}, buf_in(arena_new(0))};
    arena_closer(w->a, (void (*)(void *))arena_free, g.b.a);
    check(plan_items_csv(w, items, n, &g.out) == OK);
    return buf_str(&g.b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static const struct owners_org orgs[] = {{.code = S_INIT("A"), .name_ja = S_INIT("甲省"), .name_en = S_INIT("Ministry A"), .exists = true},
                                             {.code = S_INIT("B"), .name_ja = S_INIT("乙省"), .name_en = S_INIT("Ministry B"), .exists = true}};
    static const struct owner_group groups[] = {{S_INIT("all"), S_INIT("全府省庁"), S_INIT("All"), S_INIT("kind"), S_INIT("ministry")}};
    static const struct owners_word codes[] = {{S_INIT("A"), 0}, {S_INIT("B"), 1}};
    static const struct owners_word names[] = {
        {S_INIT("Ministry A"), 0}, {S_INIT("Ministry B"), 1}, {S_INIT("乙省"), 1}, {S_INIT("甲省"), 0}};
    static const size_t both[] = {0, 1}, *const member[] = {both}, count[] = {2};
    static const struct owners owners = {.org = orgs, .n_orgs = 2, .group = groups, .n_groups = 1, .member = member,
                                         .n_members = count, .by_code = codes, .by_name = names, .n_names = 4};
    struct work w = {.a = arena_new(0)};
    struct file f = {.name = S("fuzz"), .bytes = {(const char *)bytes, n}};
    struct plan_item *items, *again;
    size_t n_items = 0, n_again = 0;
    enum err e = xlsx_likely(f.bytes) ? INVALID : plan_items_read(&w, &f, &owners, NULL, 0, &items, &n_items);
    if (e != OK) check(xlsx_likely(f.bytes) || w.faults.count > 0);
    for (size_t i = 0; e == OK && i < n_items; i++) check_item(&items[i]);
    if (e == OK) {
        f.bytes = written(&w, items, n_items);
        check(plan_items_read(&w, &f, &owners, NULL, 0, &again, &n_again) == OK && n_again == n_items);
        check(str_eq(written(&w, again, n_again), f.bytes));
    }
    arena_free(w.a);
    return 0;
}
