/* plan groups, plan owners: who the owners are, at a day. */
#include "plan/acts.h"

int64_t plan_owners_day(const struct args *in, const struct plan *p) { return arg_given(in, "at") ? arg_int(in, "at") : p->since; }

static str member_names(struct arena *a, enum lang lang, const struct owners *x, size_t g)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < x->n_members[g]; i++) {
        const struct owners_org *o = &x->org[x->member[g][i]];
        if (i > 0) buf_add(&b, lang == LANG_JA ? S("、") : S("; "));
        buf_add(&b, lang_pick(lang, o->name_ja, o->name_en));
    }
    return buf_str(&b);
}

struct cell plan_members_cell(struct arena *a, const struct owners *x, size_t group)
{
    if (x->n_members[group] == 0) return words_cell(M("not recorded in the registry"));
    return C_BOTH(member_names(a, LANG_JA, x, group), member_names(a, LANG_EN, x, group));
}

static const struct column group_columns[] = {
    {"group", CELL_TEXT, N("Group of owners"), 0, NULL, NULL},
    {"code", CELL_TEXT, N("Code"), COL_DETAIL, NULL, NULL},
    {"rule", CELL_ENUM, N("Rule"), 0, NULL, NULL},
    {"value", CELL_TEXT, N("Value"), COL_DETAIL, NULL, NULL},
    {"count", CELL_INT, N("Organisations"), 0, NULL, NULL},
    {"members", CELL_TEXT, N("Who they are"), 0, NULL, NULL},
};

static void group_row(struct doc *out, const struct owners *x, size_t i, bool resolved)
{
    const struct owner_group *g = &x->group[i];
    str rule = str_eq(g->rule, S("kind")) ? S("owners-by-kind") : S("owners-by-link");
    DOC_ROW(out, ((struct cell){.type = CELL_TEXT, .text = g->code, .ja = g->name_ja, .en = g->name_en}), C_TEXT(g->code), C_ENUM(rule),
            C_TEXT(g->value), resolved ? C_INT((int64_t)x->n_members[i]) : C_NONE, resolved ? plan_members_cell(out->w->a, x, i) : C_NONE);
}

enum err plan_view_groups(struct work *w, const struct args *in, struct doc *out)
{
    struct plan p, *all;
    struct owners x = {0};
    struct owner_group *groups;
    size_t n;
    enum err e = plan_all(w, &all, &n);
    bool resolved = n != 0 || arg_given(in, "plan");
    if (e == OK) e = owner_groups(w, &groups, &x.n_groups);
    x.group = groups;
    if (e == OK && resolved) e = plan_wanted(w, in, &p);
    if (e == OK && resolved) e = owners_load(w, &p, plan_owners_day(in, &p), &x);
    if (e != OK) return e;
    if (x.n_groups == 0) doc_text(out, M("No group of owners is defined yet: the centre imports them."));
    if (resolved)
        doc_lead(out, M("in the plan %1, on %2"), lang_pick(out->lang, p.title_ja, p.title_en), lang_date(w->a, out->lang, x.day));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "group"});
    DOC_TABLE(out, "groups", group_columns);
    for (size_t i = 0; i < x.n_groups; i++) group_row(out, &x, i, resolved);
    doc_table_end(out);
    return OK;
}

/* ---- how much each owns ---- */

static const struct column owner_columns[] = {
    {"owner", CELL_TEXT, N("Who owns it"), 0, "plan show", "owner"},
    {"code", CELL_TEXT, N("Code"), COL_DETAIL, NULL, NULL},
    {"named", CELL_INT, N("Named in"), 0, NULL, NULL},
    {"owned", CELL_INT, N("Measures in all"), 0, NULL, NULL},
    {"lead", CELL_INT, N("Leads"), 0, NULL, NULL},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
};

struct owned {
    int64_t named, owned, leads;
};

static void count_owners(struct work *w, const struct owners *x, const struct plan_item *items, size_t n, struct owned *org,
                         struct owned *group)
{
    for (size_t i = 0; i < n; i++) {
        const struct plan_item *it = &items[i];
        if (it->kind != ITEM_MEASURE) continue;
        struct arena_mark mark = arena_mark(w->a);
        const size_t *own;
        size_t n_own = owners_of(x, it, w->a, &own);
        ptrdiff_t lead = owners_lead(x, it);
        for (size_t k = 0; k < n_own; k++) org[own[k]].owned++;
        if (lead >= 0) org[lead].leads++;
        for (size_t k = 0; k < it->n_owners; k++) {
            ptrdiff_t o = owners_org(x, it->owner[k].owner), g = o >= 0 ? -1 : owners_group(x, it->owner[k].owner);
            if (o >= 0) org[o].named++;
            else if (g >= 0) group[g].named++;
        }
        arena_back(w->a, mark);
    }
}

static void owner_row(struct doc *out, str code, str ja, str en, const struct owned *c, bool group, str plan)
{
    DOC_ROW(out, ((struct cell){.type = CELL_TEXT, .text = code, .ja = ja, .en = en}), C_TEXT(code), C_INT(c->named),
            group ? C_NONE : C_INT(c->owned), group ? C_NONE : C_INT(c->leads), C_TEXT(plan));
}

enum err plan_view_owners(struct work *w, const struct args *in, struct doc *out)
{
    struct plan p;
    struct plan_item *items;
    struct owners x;
    size_t n;
    enum err e = plan_wanted(w, in, &p);
    if (e == OK) e = plan_items(w, p.edition, WITH_OWNERS, &items, &n);
    if (e == OK) e = owners_load(w, &p, plan_owners_day(in, &p), &x);
    if (e != OK) return e;
    struct owned *org = arena_array(w->a, x.n_orgs + 1, sizeof *org), *group = arena_array(w->a, x.n_groups + 1, sizeof *group);
    count_owners(w, &x, items, n, org, group);
    doc_title(out, M("Owners of the measures: %1"), lang_pick(out->lang, p.title_ja, p.title_en));
    DOC_TABLE(out, "owners", owner_columns);
    for (size_t i = 0; i < x.n_orgs; i++)
        if (org[i].owned != 0) owner_row(out, x.org[i].code, x.org[i].name_ja, x.org[i].name_en, &org[i], false, p.code);
    for (size_t i = 0; i < x.n_groups; i++)
        if (group[i].named != 0) owner_row(out, x.group[i].code, x.group[i].name_ja, x.group[i].name_en, &group[i], true, p.code);
    doc_table_end(out);
    doc_note(out, M("Measures in all counts those of groups for each of their organisations; a measure told again counts once."));
    return OK;
}
