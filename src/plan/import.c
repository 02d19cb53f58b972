/* plan import: the items of a draft from a file, all of it or nothing; and the groups of owners. */
#include "base/embed.h"
#include "format/csv.h"
#include "plan/acts.h"
#include "plan/items.h"
#include "plan/progress.h"
#include "plan/published_import.h"
#include "surface/door.h"

/* ---- layouts: how a file is arranged ---- */

typedef enum err read_fn(struct work *, const struct file *, const struct owners *, const str *areas, size_t n_areas,
                         struct plan_item **out, size_t *n);
static const struct {
    const char *name;
    read_fn *read;
} layouts[] = {
    {"csv", plan_items_read},
};

/* ---- what changes ---- */

enum { CHANGES_SHOWN = 200 };

static const struct column change_columns[] = {
    {"key", CELL_TEXT, N("No."), 0, NULL, NULL},
    {"action", CELL_ENUM, N("action"), 0, NULL, NULL},
    {"kind", CELL_ENUM, N("Kind of item"), 0, NULL, NULL},
    {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
};

struct change {
    const struct plan_item *item;
    str action;
};

static bool same(struct work *w, const struct plan_item *a, const struct plan_item *b)
{
    struct arena_mark mark = arena_mark(w->a);
    bool is = a->level == b->level && str_eq(plan_item_print(w, a), plan_item_print(w, b));
    arena_back(w->a, mark);
    return is;
}

static void tell_changes(struct work *w, struct doc *out, const struct change *all, size_t n)
{
    if (n == 0) {
        doc_text(out, M("The file says what stands already."));
        return;
    }
    DOC_TABLE(out, "changes", change_columns);
    for (size_t i = 0; i < n && i < CHANGES_SHOWN; i++)
        DOC_ROW(out, C_TEXT(all[i].item->key), C_ENUM(all[i].action), item_kind_cell(all[i].item->kind),
                both_cell(all[i].item->title_ja, all[i].item->title_en));
    doc_table_end(out);
    if (n > CHANGES_SHOWN)
        doc_note(out, M("the first %1 of %2 changes are shown"), str_int(w->a, CHANGES_SHOWN), str_int(w->a, (int64_t)n));
}

/* Against what stood before, by key: added, changed, removed. */
static void compare(struct work *w, struct doc *out, const struct plan_item *was, size_t n_was, const struct plan_item *now, size_t n)
{
    struct plan_index before = plan_index(w->a, was, n_was), after = plan_index(w->a, now, n);
    struct change *all = arena_array(w->a, n + n_was + 1, sizeof *all);
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        ptrdiff_t old = plan_index_find(&before, now[i].key);
        if (old < 0) all[k++] = (struct change){&now[i], S("added")};
        else if (!same(w, &was[old], &now[i])) all[k++] = (struct change){&now[i], S("changed")};
    }
    for (size_t i = 0; i < n_was; i++)
        if (plan_index_find(&after, was[i].key) < 0) all[k++] = (struct change){&was[i], S("removed")};
    tell_changes(w, out, all, k);
}

/* ---- items ---- */

static enum err areas_of(struct work *w, const struct plan *p, const str **out, size_t *n)
{
    struct plan basic;
    struct plan_item *items;
    size_t count = 0;
    *n = 0;
    *out = NULL;
    if (p->basic.n == 0) return OK;
    enum err e = plan_find(w, p->basic, 0, &basic);
    if (e == OK) e = plan_items(w, basic.edition, 0, &items, &count);
    if (e != OK) return e;
    str *areas = arena_array(w->a, count + 1, sizeof *areas);
    for (size_t i = 0; i < count; i++)
        if (items[i].kind == ITEM_AREA) areas[(*n)++] = items[i].key;
    *out = areas;
    return OK;
}

static void tell(struct work *w, struct doc *out, const struct plan_item *items, size_t n)
{
    int64_t count[ITEM_KINDS] = {0};
    for (size_t i = 0; i < n; i++) count[items[i].kind]++;
    doc_fact(out, "items", M("Rows"), C_INT((int64_t)n));
    doc_fact(out, "measures", M("Measures"), C_INT(count[ITEM_MEASURE]));
    doc_fact(out, "relisted", M("Told again"), C_INT(count[ITEM_RELISTED]));
    act_noted(w, S("items"), str_int(w->a, (int64_t)n));
    act_noted(w, S("measures"), str_int(w->a, count[ITEM_MEASURE]));
}

static enum err read_items(struct work *w, const struct args *in, const struct plan *p, struct plan_item **out, size_t *n)
{
    const struct file *file = arg_file(in, "file");
    struct owners owners;
    const str *areas;
    size_t n_areas, l = 0;
    if (file == NULL) return fault_in(w, INVALID, ((struct where){.field = S("file")}), M("choose the file"));
    enum err e = owners_load(w, p, p->since, &owners);
    if (e == OK) e = areas_of(w, p, &areas, &n_areas);
    if (e != OK) return e;
    while (!str_eq(arg_text(in, "layout"), str_of(layouts[l].name))) l++; /* P_ENUM: it is one of them */
    return layouts[l].read(w, file, &owners, areas, n_areas, out, n);
}

static enum err import_items(struct work *w, const struct args *in, struct doc *out)
{
    struct plan p;
    struct plan_item *was, *now;
    size_t n_was, n;
    if (!arg_given(in, "plan")) return fault_in(w, INVALID, ((struct where){.field = S("plan")}), M("say which plan the file is of"));
    enum err e = plan_find(w, arg_text(in, "plan"), 0, &p);
    if (e == OK && str_eq(arg_text(in, "layout"), S("published"))) return plan_import_published(w, in, &p, out);
    if (e == OK) e = plan_to_change(w, &p, true);
    if (e == OK) e = read_items(w, in, &p, &now, &n);
    if (e == OK) e = plan_items(w, p.edition, WITH_ALL, &was, &n_was);
    if (e == OK) e = plan_items_put(w, &p, now, n);
    if (e != OK) return e;
    tell(w, out, now, n);
    compare(w, out, was, n_was, now, n);
    return OK;
}

/* ---- groups of owners ---- */

static enum err read_groups(struct work *w, const struct file *f, struct doc *out)
{
    static const char *const required[] = {"code", "name_ja", "name_en", "rule", "value", NULL};
    struct csv *csv;
    ptrdiff_t at[5];
    int64_t n = 0;
    enum err e = csv_open(w, f->name, f->bytes, CSV_DETECT, &csv);
    if (e == OK) e = csv_shape(w, csv, &(struct csv_shape){required, NULL}, at);
    while (e == OK && csv_next(csv)) {
        str cell[5];
        for (size_t i = 0; i < 5; i++) cell[i] = str_dup(w->a, str_trim(csv_cell(csv, (size_t)at[i])));
        bool rule = str_eq(cell[3], S("kind")) || str_eq(cell[3], S("link"));
        if (cell[0].n == 0 || cell[0].n > CODE_MAX || cell[1].n == 0 || cell[1].n + cell[2].n > PLAN_TITLE_MAX || cell[4].n == 0)
            (void)fault_in(w, INVALID, csv_where(csv, 0), M("a group needs a code, a name in Japanese and a value"));
        else if (!rule)
            (void)fault_in(w, INVALID, csv_where(csv, (size_t)at[3]),
                           M("'%1' is no rule: kind (organisations of that kind) or link (those that links of that kind lead to)"), cell[3]);
        else e = owner_group_put(w, &(struct owner_group){cell[0], cell[1], cell[2], cell[3], cell[4]});
        n++;
    }
    if (e == OK) e = csv_err(csv);
    if (e != OK) return e;
    doc_fact(out, "groups", M("Groups of owners"), C_INT(n));
    return work_err(w);
}

/* They are of all plans, so they are the business of the centre, or of who administers all. */
static enum err import_groups(struct work *w, const struct args *in, struct doc *out)
{
    struct file shipped = {.name = S("data/plan/owner-groups.csv")};
    const struct file *f = arg_file(in, "file");
    if ((w->actor->rights & (MAY_CENTRE | MAY_ADMINISTER)) == 0)
        return fault(w, DENIED, M("groups of owners are of all plans: the centre defines them"));
    if (f == NULL && !embedded_find(shipped.name, &shipped.bytes)) return fault(w, NOTFOUND, M("choose the file"));
    return read_groups(w, f != NULL ? f : &shipped, out);
}

enum err plan_act_import(struct work *w, const struct args *in, struct doc *out)
{
    if (str_eq(arg_text(in, "what"), S("groups"))) return import_groups(w, in, out);
    return str_eq(arg_text(in, "what"), S("progress")) ? progress_import(w, in, out) : import_items(w, in, out);
}
