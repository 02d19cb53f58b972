/* What may be done to a standard, and its files. An edition is changed until it is decided; after that only wording
 * that is still missing (a translation) is filled in. */
#include "base/clock.h"
#include "standard/entries.h"
#include "standard/oscal.h"
#include "surface/door.h"

/* ---- who may ---- */
/* The government's editions are the centre's affair; an organisation's own are its managers'. */
static enum err may_change(struct work *w, int64_t owner, int64_t owner_lo, str code)
{
    const struct actor *who = w->actor;
    if (owner == 0 ? may(who, MAY_CENTRE, who->lo) : may(who, MAY_MANAGE, owner_lo)) return OK;
    if (owner == 0) return fault(w, DENIED, M("'%1' is the government's: only the centre may change it"), code);
    return fault(w, DENIED,
                 M("'%1' is another organisation's own standard: only those who manage that one may change it"), code);
}

/* ---- showing what changes ---- */
static void show_changes(struct doc *d, const struct merged *m)
{
    static const struct column columns[] = {
        {"action", CELL_ENUM, N("action"), 0, NULL, NULL}, {"code", CELL_TEXT, N("code"), 0, NULL, NULL},
        {"field", CELL_TEXT, N("field"), 0, NULL, NULL},   {"old", CELL_TEXT, N("before"), 0, NULL, NULL},
        {"new", CELL_TEXT, N("after"), 0, NULL, NULL},
    };
    DOC_TABLE(d, m->items.what->name.p, columns);
    for (size_t i = 0; i < m->n_changes && i < CHANGES_SHOWN; i++) {
        const struct change *c = &m->change[i];
        DOC_ROW(d, C_ENUM(c->action), C_TEXT(c->key), text_cell(c->field),
                text_cell(c->old), text_cell(c->new));
    }
    doc_table_end(d);
    if (m->n_changes > CHANGES_SHOWN) {
        doc_note(d, M("the first %1 of %2 changes are shown"), str_int(d->w->a, CHANGES_SHOWN),
                 str_int(d->w->a, (int64_t)m->n_changes));
    }
}

static void show_merged(struct work *w, struct doc *d, const struct merged *const *list, size_t n)
{
    struct {
        const char *key;
        str label;
        int64_t count;
    } totals[] = {{"added", M("added"), 0},
                  {"changed", M("changed"), 0},
                  {"unchanged", M("unchanged"), 0},
                  {"removed", M("removed"), 0}};
    for (size_t i = 0; i < n; i++) {
        totals[0].count += list[i]->added;
        totals[1].count += list[i]->changed;
        totals[2].count += list[i]->unchanged;
        totals[3].count += (int64_t)list[i]->removed.n;
    }
    for (size_t i = 0; i < sizeof totals / sizeof totals[0]; i++) {
        doc_fact(d, totals[i].key, totals[i].label, C_INT(totals[i].count));
        act_noted(w, str_of(totals[i].key), str_int(w->a, totals[i].count));
    }
    for (size_t i = 0; i < n; i++) show_changes(d, list[i]);
}

static enum err show_one(struct work *w, struct doc *d, const struct merged *m)
{
    show_merged(w, d, &m, 1);
    return OK;
}

/* ---- edition ---- */
static struct items edition_row(struct work *w, const struct edition *x)
{
    struct items list = items_of(&what_edition);
    struct item *row = items_add(w->a, &list);
    row->id = x->id;
    row->f[EDITION_CODE] = x->code;
    row->f[EDITION_CATALOGUE] = x->catalogue;
    row->f[EDITION_TITLE_JA] = x->title_ja;
    row->f[EDITION_TITLE_EN] = x->title_en;
    row->f[EDITION_EFFECTIVE] = x->dated ? date_text(w->a, x->effective) : S("");
    row->f[EDITION_EXTRA] = x->extra;
    return list;
}

static struct items edition_given(struct work *w, const struct args *in)
{
    static const struct {
        const char *param;
        size_t field;
    } texts[] = {{"catalogue", EDITION_CATALOGUE}, {"title_ja", EDITION_TITLE_JA}, {"title_en", EDITION_TITLE_EN}};
    struct items list = items_of(&what_edition);
    struct item *row = items_add(w->a, &list);
    row->weak = ~0U;
    row->f[EDITION_CODE] = arg_text(in, "code");
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (!arg_given(in, texts[i].param)) continue;
        row->f[texts[i].field] = str_trim(arg_text(in, texts[i].param));
        row->weak &= ~(1U << texts[i].field);
    }
    if (arg_given(in, "effective")) {
        row->f[EDITION_EFFECTIVE] = date_text(w->a, arg_int(in, "effective"));
        row->weak &= ~(1U << EDITION_EFFECTIVE);
    }
    return list;
}

/* Merges one row about the edition, new or old, and writes it; both the owner it has and the one it gets are asked. */
static enum err edition_merge(struct work *w, const struct items *given, const struct org *owner, struct edition *x,
                              struct merged *m)
{
    struct edition old = {.code = given->v[0].f[EDITION_CODE]};
    bool found;
    enum err e = edition_head(w, old.code, &old, &found);
    if (e != OK) return e;
    struct items none = items_of(&what_edition), was = edition_row(w, &old);
    if (found) e = may_change(w, old.owner, old.owner_lo, old.code);
    if (e == OK && (!found || owner != NULL)) {
        e = may_change(w, owner == NULL ? 0 : owner->id, owner == NULL ? 0 : owner->lo, old.code);
    }
    if (e == OK && old.decided && owner != NULL && owner->id != old.owner) {
        e = fault(w, CONFLICT, M("the edition is decided: its owner does not change any more"));
    }
    if (e == OK) e = items_merge(w, found ? &was : &none, given, false, old.decided, m);
    if (e != OK) return e;
    const str *f = m->items.v[0].f;
    if (f[EDITION_CATALOGUE].n == 0) (void)fault(w, INVALID, M("a new edition needs a catalogue"));
    if (f[EDITION_TITLE_JA].n == 0 && f[EDITION_TITLE_EN].n == 0)
        (void)fault(w, INVALID, M("a new edition needs a title"));
    if ((e = work_err(w)) != OK) return e;
    old.owner = owner != NULL ? owner->id : old.owner;
    e = edition_put(w, &m->items.v[0], old.owner, &old.id);
    if (e == OK) *x = old;
    return e;
}

enum err standard_act_edition(struct work *w, const struct args *in, struct doc *d)
{
    struct items given = edition_given(w, in);
    struct edition x;
    struct merged m;
    enum err e = edition_merge(w, &given, arg_org(in, "owner"), &x, &m);
    return e == OK ? show_one(w, d, &m) : e;
}

/* ---- rows into an edition: what comes is merged, checked with all it touches, then written ---- */
struct content { /* what the edition holds */
    struct items sections, clauses, questions;
    struct duties duties;
};

static enum err content_load(struct work *w, int64_t edition, struct content *c)
{
    enum err e = sections_load(w, edition, &c->sections);
    if (e == OK) e = clauses_load(w, edition, &c->clauses);
    if (e == OK) e = questions_load(w, edition, &c->questions);
    if (e == OK) e = duties_load(w, &c->duties);
    return e;
}

static enum err put_sections(struct work *w, const struct edition *x, const struct content *c, const struct items *new,
                             bool replace, struct merged *m)
{
    enum err e = items_merge(w, &c->sections, new, replace, x->decided, m);
    if (e == OK) e = check_sections(w, &m->items);
    return e == OK ? sections_put(w, x->id, m) : e;
}

static enum err drop_sections(struct work *w, const struct items *clauses, const struct merged *m)
{
    struct index gone = items_index(w->a, &m->removed);
    for (size_t i = 0; i < clauses->n; i++) {
        const str *f = clauses->v[i].f;
        if (index_find1(&gone, f[CLAUSE_SECTION]) == NULL) continue;
        (void)fault_in(w, CONFLICT, (struct where){.file = m->items.file},
                       M("section '%1' cannot be taken out: clause '%2' stands in it"), f[CLAUSE_SECTION],
                       f[CLAUSE_NUMBER]);
    }
    enum err e = work_err(w);
    return e == OK ? sections_drop(w, &m->removed) : e;
}

/* A text changed here no longer is the statement that an OSCAL catalogue brought. */
static enum err forget_statements(struct work *w, const struct edition *x, const struct items *old, struct items *list)
{
    enum lang lang;
    enum err e = oscal_language(w, x->extra, &lang);
    size_t text = lang == LANG_JA ? CLAUSE_TEXT_JA : CLAUSE_TEXT_EN;
    struct index was = items_index(w->a, old);
    for (size_t i = 0; e == OK && i < list->n; i++) {
        struct item *c = &list->v[i];
        const struct item *before = index_find1(&was, c->f[CLAUSE_NUMBER]);
        if (before == NULL || c->f[CLAUSE_EXTRA].n == 0 || str_eq(before->f[text], c->f[text])) continue;
        e = oscal_forget_statement(w, c->f[CLAUSE_EXTRA], &c->f[CLAUSE_EXTRA]);
    }
    return e;
}

static enum err refuse_used(struct work *w, const struct items *removed, str file)
{
    for (size_t i = 0; i < removed->n; i++) {
        bool used = false;
        enum err e = clause_used(w, removed->v[i].id, &used);
        if (e != OK) return e;
        if (!used) continue;
        (void)fault_in(w, CONFLICT, (struct where){.file = file},
                       M("clause '%1' cannot be taken out: a mapping, an adoption or a check names it"),
                       removed->v[i].f[CLAUSE_NUMBER]);
    }
    return work_err(w);
}

/* csv: the file has no `extra`, so that texts changed by it must be told from those an OSCAL catalogue brings. */
static enum err put_clauses(struct work *w, const struct edition *x, const struct content *c, const struct items *new,
                            bool replace, bool csv, struct merged *m)
{
    enum err e = items_merge(w, &c->clauses, new, replace, x->decided, m);
    if (e == OK && csv) e = forget_statements(w, x, &c->clauses, &m->items);
    if (e == OK) e = check_clauses(w, &m->items, &c->sections, &c->duties);
    if (e == OK) e = check_questions(w, &c->questions, &m->items, &c->duties);
    if (e == OK) e = refuse_used(w, &m->removed, new->file);
    return e == OK ? clauses_put(w, x->id, m) : e;
}

static enum err put_questions(struct work *w, const struct edition *x, const struct content *c, struct items *new,
                              bool replace, struct merged *m)
{
    questions_order(w, new, &c->clauses);
    enum err e = items_merge(w, &c->questions, new, replace, x->decided, m);
    if (e == OK) e = check_questions(w, &m->items, &c->clauses, &c->duties);
    return e == OK ? questions_put(w, x->id, m) : e;
}

/* ---- mapping and adoptions are not part of the edition: they may come after it was decided ---- */
/* The rows between two editions are one piece and always come whole. */
static enum err put_mapping(struct work *w, const struct edition *from, const struct edition *to,
                            const struct items *new, struct merged *m)
{
    struct items old, from_clauses, to_clauses;
    enum err e = mapping_load(w, from->id, to->id, &old);
    if (e == OK) e = clauses_load(w, from->id, &from_clauses);
    if (e == OK) e = clauses_load(w, to->id, &to_clauses);
    if (e == OK) e = items_merge(w, &old, new, true, false, m);
    if (e == OK) e = check_mapping(w, &m->items, &from_clauses, &to_clauses, str_eq(from->catalogue, to->catalogue));
    return e == OK ? mapping_put(w, from->id, to->id, &m->items) : e;
}

/* A mapping from an organisation's own standard is that organisation's; any other belongs to the later edition. */
static enum err mapping_sides(struct work *w, const struct args *in, const struct edition *to, struct edition *from)
{
    if (!arg_given(in, "from")) {
        return fault_in(w, INVALID, (struct where){.field = S("from")},
                        M("a mapping lies between two editions: name the earlier one with 'from'"));
    }
    enum err e = edition_need(w, arg_text(in, "from"), from);
    if (e == OK && from->id == to->id) {
        e = fault_in(w, INVALID, (struct where){.field = S("from")}, M("an edition is not mapped to itself"));
    }
    return e;
}

static enum err import_mapping(struct work *w, const struct args *in, const struct edition *to, const struct items *new,
                               struct merged *m)
{
    struct edition from;
    enum err e = mapping_sides(w, in, to, &from);
    if (e != OK) return e;
    const struct edition *whose = from.owner != 0 ? &from : to;
    e = may_change(w, whose->owner, whose->owner_lo, whose->code);
    return e == OK ? put_mapping(w, &from, to, new, m) : e;
}

static int org_cmp(const void *a, const void *b)
{
    return str_cmp((*(const struct org *const *)a)->code, (*(const struct org *const *)b)->code);
}

static int org_code_cmp(const void *key, const void *x)
{
    return str_cmp(*(const str *)key, (*(const struct org *const *)x)->code);
}

static enum err check_orgs(struct work *w, const struct items *list)
{
    struct org *all;
    size_t n;
    enum err e = org_all(w, &all, &n);
    if (e != OK) return e;
    const struct org **sorted = arena_array(w->a, n, sizeof(const struct org *));
    for (size_t i = 0; i < n; i++) sorted[i] = &all[i];
    if (n != 0) qsort(sorted, n, sizeof(const struct org *), org_cmp);
    for (size_t i = 0; i < list->n; i++) {
        str code = list->v[i].f[ADOPTION_ORG];
        const struct org *const *hit =
            n == 0 ? NULL : bsearch(&code, sorted, n, sizeof(const struct org *), org_code_cmp);
        struct where at = item_where(list, &list->v[i], ADOPTION_ORG);
        if (hit == NULL) {
            (void)fault_in(w, NOTFOUND, at,
                           M("no organisation '%1': `meguri registry organisations` lists those you may see"), code);
        } else if (!may(w->actor, MAY_MANAGE, (*hit)->lo)) {
            (void)fault_in(w, DENIED, at, M("only those who manage '%1' may adopt clauses for it"), code);
        }
    }
    return work_err(w);
}

static enum err adoption_items(struct work *w, int64_t edition, int64_t lo, int64_t hi, struct items *out)
{
    struct adoption_line *lines;
    size_t n;
    enum err e = adoptions_load(w, edition, lo, hi, &lines, &n);
    if (e != OK) return e;
    struct items list = items_of(&what_adoptions);
    for (size_t i = 0; i < n; i++) *items_add(w->a, &list) = lines[i].item;
    *out = list;
    return OK;
}

static enum err put_adoptions(struct work *w, const struct edition *x, const struct items *new, struct merged *m)
{
    struct items old, clauses;
    enum err e = adoption_items(w, x->id, 0, INT64_MAX, &old);
    if (e == OK) e = clauses_load(w, x->id, &clauses);
    if (e == OK) e = check_orgs(w, new);
    if (e == OK) e = check_adoptions(w, new, &clauses);
    if (e == OK) e = items_merge(w, &old, new, false, false, m);
    return e == OK ? adoptions_put(w, x->id, m) : e;
}

static enum err put_checks(struct work *w, const struct edition *x, const struct items *new, bool replace,
                           struct merged *m)
{
    struct items old, clauses;
    enum err e = may_change(w, x->owner, x->owner_lo, x->code);
    if (e == OK) e = checks_load(w, x->id, &old);
    if (e == OK) e = clauses_load(w, x->id, &clauses);
    if (e == OK) e = check_checks(w, new, &clauses);
    if (e == OK) e = items_merge(w, &old, new, replace, false, m);
    return e == OK ? checks_put(w, x->id, m) : e;
}

/* ---- import ---- */
static const struct what *const whats[] = {&what_sections, &what_clauses, &what_questions, &what_mapping,
                                           &what_adoptions, &what_checks};

static const struct what *what_find(str name)
{
    size_t i = 0;
    while (i < sizeof whats / sizeof whats[0] - 1 && !str_eq(whats[i]->name, name)) i++;
    return whats[i];
}

static enum err import_lasting(struct work *w, const struct edition *x, struct items *new, bool replace,
                               struct merged *m)
{
    struct content c;
    enum err e = may_change(w, x->owner, x->owner_lo, x->code);
    if (e == OK) e = content_load(w, x->id, &c);
    if (e != OK) return e;
    if (new->what == &what_sections) {
        e = put_sections(w, x, &c, new, replace, m);
        return e == OK ? drop_sections(w, &c.clauses, m) : e;
    }
    if (new->what == &what_clauses) return put_clauses(w, x, &c, new, replace, true, m);
    return put_questions(w, x, &c, new, replace, m);
}

enum err standard_act_import(struct work *w, const struct args *in, struct doc *d)
{
    const struct what *what = what_find(arg_text(in, "what"));
    struct edition x;
    struct items new;
    struct merged m;
    enum err e = edition_need(w, arg_text(in, "edition"), &x);
    if (e == OK) e = items_read(w, what, arg_file(in, "file"), &new);
    if (e == OK) e = check_keys(w, &new);
    if (e != OK) return e;
    if (what->lasting)
        e = import_lasting(w, &x, &new, arg_given(in, "replace"), &m);
    else if (what == &what_mapping)
        e = import_mapping(w, in, &x, &new, &m);
    else if (what == &what_checks)
        e = put_checks(w, &x, &new, arg_given(in, "replace"), &m);
    else
        e = put_adoptions(w, &x, &new, &m);
    return e == OK ? show_one(w, d, &m) : e;
}

/* ---- decide ---- */
enum err standard_act_decide(struct work *w, const struct args *in, struct doc *d)
{
    struct edition x;
    struct content c;
    enum err e = edition_need(w, arg_text(in, "edition"), &x);
    if (e == OK) e = may_change(w, x.owner, x.owner_lo, x.code);
    if (e != OK) return e;
    if (x.decided) return fault(w, CONFLICT, M("edition '%1' is decided already"), x.code);
    if ((e = content_load(w, x.id, &c)) != OK) return e;
    if (c.clauses.n == 0) return fault(w, INVALID, M("edition '%1' has no clauses yet"), x.code);
    e = check_sections(w, &c.sections);
    if (e == OK) e = check_clauses(w, &c.clauses, &c.sections, &c.duties);
    if (e == OK) e = check_questions(w, &c.questions, &c.clauses, &c.duties);
    if (e == OK) e = edition_decide(w, x.id);
    if (e != OK) return e;
    doc_fact(d, "edition", M("edition"), C_TEXT(x.code));
    doc_fact(d, "clauses", M("clauses"), C_INT((int64_t)c.clauses.n));
    doc_fact(d, "questions", M("questions"), C_INT((int64_t)c.questions.n));
    act_noted(w, S("clauses"), str_int(w->a, (int64_t)c.clauses.n));
    return OK;
}

/* ---- OSCAL ---- */
enum err standard_act_import_oscal(struct work *w, const struct args *in, struct doc *d)
{
    struct oscal o;
    struct edition x;
    struct content c;
    struct merged head, sections, clauses;
    enum err e = oscal_read(w, arg_file(in, "file"), arg_text(in, "edition"), &o);
    if (e == OK) e = check_keys(w, &o.sections);
    if (e == OK) e = check_keys(w, &o.clauses);
    if (e != OK) return e;
    if (arg_given(in, "catalogue")) {
        o.edition.v[0].f[EDITION_CATALOGUE] = arg_text(in, "catalogue");
        o.edition.v[0].weak &= ~(1U << EDITION_CATALOGUE);
    }
    bool replace = arg_given(in, "replace");
    e = edition_merge(w, &o.edition, arg_org(in, "owner"), &x, &head);
    if (e == OK) e = content_load(w, x.id, &c);
    if (e == OK) e = put_sections(w, &x, &c, &o.sections, replace, &sections);
    if (e != OK) return e;
    c.sections = sections.items;
    e = put_clauses(w, &x, &c, &o.clauses, replace, false, &clauses);
    if (e == OK) e = drop_sections(w, &clauses.items, &sections);
    if (e == OK) show_merged(w, d, (const struct merged *const[]){&head, &sections, &clauses}, 3);
    return e;
}

/* ---- files ---- */
static enum err export_items(struct work *w, const struct args *in, const struct edition *x, struct items *out)
{
    const struct what *what = what_find(arg_text(in, "what"));
    if (what == &what_sections) return sections_load(w, x->id, out);
    if (what == &what_clauses) return clauses_load(w, x->id, out);
    if (what == &what_questions) return questions_load(w, x->id, out);
    if (what == &what_adoptions) return adoption_items(w, x->id, 0, INT64_MAX, out);
    if (what == &what_checks) return checks_load(w, x->id, out);
    struct edition from;
    enum err e = mapping_sides(w, in, x, &from);
    return e == OK ? mapping_load(w, from.id, x->id, out) : e;
}

enum err standard_file_export(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct edition x;
    struct items list;
    enum err e = edition_need(w, arg_text(in, "edition"), &x);
    if (e == OK) e = export_items(w, in, &x, &list);
    if (e != OK) return e;
    struct buf b = buf_in(w->a);
    items_write(&b, &list);
    return out->put(out, buf_str(&b));
}

enum err standard_file_oscal(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct edition x;
    struct oscal o;
    enum err e = edition_need(w, arg_text(in, "edition"), &x);
    if (e == OK) e = sections_load(w, x.id, &o.sections);
    if (e == OK) e = clauses_load(w, x.id, &o.clauses);
    if (e != OK) return e;
    o.edition = edition_row(w, &x);
    struct buf b = buf_in(w->a);
    if ((e = oscal_write(w, &o, arg_text(in, "version"), &b)) != OK) return e;
    return out->put(out, buf_str(&b));
}
