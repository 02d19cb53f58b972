/* plan write, plan add-item, plan remove-item: one item of an edition that is still open. */
#include "plan/acts.h"
#include "plan/items.h"
#include "surface/door.h"
#include "surface/fields.h"

/* ---- what was given ---- */

static ptrdiff_t column_of(str key)
{
    for (size_t k = 0; k < PLAN_COLUMNS; k++)
        if (str_eq(key, str_of(plan_columns[k]))) return (ptrdiff_t)k;
    return -1;
}

/* Over what stands: only what is named changes. */
static enum err lay_over(struct work *w, const struct args *in, struct plan_cells *c)
{
    const struct arg *all[PLAN_COLUMNS * 2];
    size_t n = arg_all(in, "field", all, PLAN_COLUMNS * 2);
    for (size_t i = 0; i < n && i < PLAN_COLUMNS * 2; i++) {
        ptrdiff_t k = column_of(all[i]->key);
        bool fixed = k == COL_KIND || k == COL_KEY;
        struct where at = {.field = str_fmt(w->a, "field.%.*s", STR_ARG(all[i]->key))};
        if (k < 0) (void)fault_in(w, INVALID, at, M("no column of a plan is called '%1'"), all[i]->key);
        else if (fixed) (void)fault_in(w, INVALID, at, M("the number and the kind of an item stay: take it out and add another"));
        else c->cell[k] = all[i]->text;
    }
    return work_err(w);
}

static enum err given_item(struct work *w, const struct plan *p, const struct args *in, const struct plan_item *was, struct plan_item *out)
{
    struct plan_cells c;
    struct owners owners;
    enum err e = owners_load(w, p, p->since, &owners);
    if (e != OK) return e;
    cells_of_item(w->a, was, was->kind == ITEM_HEADING ? 0 : was->level, &c);
    if (was->level == 0) c.cell[COL_LEVEL] = S("");
    if ((e = lay_over(w, in, &c)) != OK) return e;
    return item_of_cells(w, &owners, &c, out);
}

/* The edition as it would be, with x at that place: in place of what stands there, or before it. */
static enum err fits(struct work *w, const struct plan_item *items, size_t n, size_t at, bool between, struct plan_item *x)
{
    struct plan_item *all = arena_array(w->a, n + 1, sizeof *all);
    size_t k = 0;
    for (size_t i = 0; i <= n; i++) {
        if (i == at) all[k++] = *x;
        if (i < n && (i != at || between)) all[k++] = items[i];
    }
    enum err e = items_complete(w, &(struct items_from){0}, NULL, 0, all, k);
    if (e == OK) *x = all[at];
    return e;
}

/* ---- two people at once ---- */

/* Somebody changed it since the form was made: nothing is written over unseen. Both are shown, and what was given stands in
 * a form that may be sent again. */
static void tell_conflict(struct work *w, struct doc *out, const struct plan *p, const struct plan_item *stands,
                          const struct plan_item *given)
{
    static const str labels[PLAN_COLUMNS] = {
        [COL_LEVEL] = N("Level of heading"), [COL_CODE] = N("Printed code"), [COL_TITLE_JA] = N("Title in Japanese"),
        [COL_TITLE_EN] = N("Title in English"), [COL_TEXT_JA] = N("Text in Japanese"), [COL_TEXT_EN] = N("Text in English"),
        [COL_RELISTS] = N("First told as"), [COL_AREA] = N("Area of the basic plan"), [COL_OWNERS] = N("Owners"), [COL_LEAD] = N("Lead"),
        [COL_MILESTONES] = N("Milestones"), [COL_LINKS] = N("Links"), [COL_FLAG] = N("Flag")};
    struct two_texts two[PLAN_COLUMNS];
    struct plan_cells a, b;
    size_t n = 0;
    cells_of_item(w->a, stands, 0, &a);
    cells_of_item(w->a, given, 0, &b);
    act_noted(w, S("stale"), stands->key);
    for (size_t k = 0; k < PLAN_COLUMNS; k++)
        if (labels[k].n != 0) two[n++] = (struct two_texts){labels[k], a.cell[k], b.cell[k]};
    two_texts_told(out, two, n);
    plan_write_form(out, p, given, plan_item_print(w, stands), false);
}

/* ---- the acts ---- */

struct editing {
    struct plan p;
    struct plan_item *items;
    size_t n;
    struct plan_index index;
};

static enum err editing_begin(struct work *w, const struct args *in, struct editing *x)
{
    enum err e = plan_find(w, arg_text(in, "plan"), 0, &x->p);
    if (e == OK) e = plan_to_change(w, &x->p, true);
    if (e == OK) e = plan_items(w, x->p.edition, 0, &x->items, &x->n);
    if (e == OK) x->index = plan_index(w->a, x->items, x->n);
    return e;
}

static void go_to(struct work *w, const struct plan *p, str key, str said)
{
    struct going_on next = {.to = "plan measure", .given = {{"plan", p->code}, {"no", key}}, .said = said};
    act_next(w, &next);
}

enum err plan_act_write(struct work *w, const struct args *in, struct doc *out)
{
    struct editing x;
    struct plan_item stands, given;
    enum err e = editing_begin(w, in, &x);
    if (e == OK) e = plan_item(w, &x.p, arg_text(in, "no"), &stands);
    if (e == OK) e = given_item(w, &x.p, in, &stands, &given);
    if (e == OK) e = fits(w, x.items, x.n, (size_t)stands.ord - 1, false, &given);
    if (e != OK) return e;
    str was = arg_text(in, "was"), now = plan_item_print(w, &stands), becomes = plan_item_print(w, &given);
    bool same = str_eq(now, becomes), stale = was.n != 0 && !str_eq(was, now);
    doc_fact(out, "changed", M("Items changed"), C_INT(!same && !stale));
    if (stale && !same) {
        tell_conflict(w, out, &x.p, &stands, &given);
        return OK; /* no going on: this has to be read */
    }
    if (!same && (e = plan_item_put(w, &x.p, &given)) != OK) return e;
    go_to(w, &x.p, given.key, tr(out->lang, same ? M("Nothing was changed: it stands as it was given.") : M("Saved.")));
    return OK;
}

/* Behind the item named; without one, at the end. */
static enum err place_of(struct work *w, const struct args *in, const struct editing *x, size_t *out)
{
    ptrdiff_t at = arg_given(in, "after") ? plan_index_find(&x->index, arg_text(in, "after")) : (ptrdiff_t)x->n - 1;
    if (arg_given(in, "after") && at < 0)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("after")}), M("there is no '%1' in the plan '%2'"), arg_text(in, "after"),
                        x->p.code);
    *out = (size_t)(at + 1);
    return OK;
}

enum err plan_act_add_item(struct work *w, const struct args *in, struct doc *out)
{
    struct editing x;
    struct plan_item item = {.key = arg_text(in, "no")};
    size_t at = 0;
    enum err e = editing_begin(w, in, &x);
    if (e != OK) return e;
    (void)item_kind_named(arg_text(in, "kind"), &item.kind);
    e = place_of(w, in, &x, &at);
    if (e == OK) e = given_item(w, &x.p, in, &item, &item);
    if (e == OK) e = fits(w, x.items, x.n, at, true, &item);
    if (e == OK) e = plan_item_insert(w, &x.p, &item, (int64_t)at + 1);
    if (e != OK) return e;
    act_noted(w, S("no"), item.key);
    doc_fact(out, "no", M("No."), C_TEXT(item.key));
    go_to(w, &x.p, item.key, tr(out->lang, M("The item was added.")));
    return OK;
}

/* ---- taking one out ---- */

static void tell_hanging(struct doc *out, const struct plan_item *x, const struct plan_hanging *h)
{
    static const struct column columns[] = {
        {"plan", CELL_TEXT, N("Plan"), 0, "plan show", "plan"},
        {"no", CELL_TEXT, N("No."), 0, "plan measure", "no"},
        {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
        {"relation", CELL_ENUM, N("Relation"), 0, NULL, NULL},
    };
    doc_fact(out, "no", M("No."), C_TEXT(x->key));
    doc_fact(out, "title", M("Title"), both_cell(x->title_ja, x->title_en));
    doc_fact(out, "owners", M("Owners"), C_INT((int64_t)x->n_owners));
    doc_fact(out, "milestones", M("Milestones"), C_INT((int64_t)x->n_milestones));
    doc_fact(out, "linked", M("Links to it"), C_INT((int64_t)h->n_linked));
    /* progress */
    if (h->n_linked == 0) return;
    doc_text(out, M("These links will lead nowhere in this edition:"));
    DOC_TABLE(out, "linked", columns);
    for (size_t i = 0; i < h->n_linked; i++)
        DOC_ROW(out, C_TEXT(h->linked[i].plan), C_TEXT(h->linked[i].key), both_cell(h->linked[i].title_ja, h->linked[i].title_en),
                C_ENUM(h->linked[i].relation));
    doc_table_end(out);
}

/* A heading may go when what stands below it still has a heading of the right level above it. */
static enum err rest_fits(struct work *w, const struct editing *x, size_t at)
{
    struct plan_item *all = arena_array(w->a, x->n + 1, sizeof *all);
    size_t k = 0;
    for (size_t i = 0; i < x->n; i++)
        if (i != at) all[k++] = x->items[i];
    return items_complete(w, &(struct items_from){0}, NULL, 0, all, k);
}

enum err plan_act_remove_item(struct work *w, const struct args *in, struct doc *out)
{
    struct editing x;
    struct plan_item item;
    struct plan_hanging h;
    enum err e = editing_begin(w, in, &x);
    if (e == OK) e = plan_item(w, &x.p, arg_text(in, "no"), &item);
    if (e == OK) e = plan_hanging(w, &x.p, item.key, &h);
    if (e != OK) return e;
    if (h.n_again != 0)
        return fault_in(w, CONFLICT, ((struct where){.field = S("no")}),
                        M("'%1' is told again as '%2': take that out first, and it can go"), item.key, h.again[h.again_at[0]].key);
    if ((e = rest_fits(w, &x, (size_t)item.ord - 1)) != OK) return e;
    tell_hanging(out, &item, &h);
    if ((e = plan_item_remove(w, &x.p, &item)) != OK) return e;
    struct going_on next = {.to = "plan show", .given = {{"plan", x.p.code}}, .said = tr(out->lang, M("The item was taken out."))};
    act_next(w, &next);
    return OK;
}
