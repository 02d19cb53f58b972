/* case kinds, case list, and what waits for somebody. */
#include "case/show.h"

#include <stdlib.h>

#include "case/case.h"
#include "case/decide.h"
#include "case/kinds_store.h"

struct listed {
    const struct item *i;
    const struct kind *k;
    bool waits;
};
struct listing {
    struct work *w;
    struct kind *kinds;
    size_t n_kinds;
    struct item *items;
    struct listed *row;
    size_t n;
    int64_t waiting, overdue, late; /* overdue: of those that wait; late: of all listed */
    struct own_steps own;
    struct org *orgs; /* of the actor's reach; filled by the list alone */
    size_t n_orgs;
};

static bool late(const struct work *w, const struct item *i)
{
    return !i->has_ended && i->has_due && i->due < today(w);
}

static enum err listing_load(struct work *w, const struct item_filter *f, struct listing *x)
{
    *x = (struct listing){.w = w};
    enum err e = kinds_all(w, &x->kinds, &x->n_kinds);
    if (e == OK) e = items_find(w, f, CASE_LISTED_MAX + 1, &x->items, &x->n);
    if (e == OK) e = own_steps_load(w, 0, &x->own);
    if (e != OK) return e;
    x->row = arena_array(w->a, x->n + 1, sizeof *x->row);
    for (size_t i = 0; i < x->n; i++) {
        const struct item *item = &x->items[i];
        const struct kind *k = kind_of(x->kinds, x->n_kinds, item->kind);
        bool waits = item_waits(k, item, w->actor, &x->own, today(w));
        x->row[i] = (struct listed){item, k, waits};
        x->waiting += waits;
        x->overdue += waits && late(w, item);
        x->late += late(w, item);
    }
    return OK;
}

enum err case_waiting(struct work *w, struct case_waiting *out)
{
    struct listing x;
    struct arena_mark mark = arena_mark(w->a);
    enum err e = listing_load(w, &(struct item_filter){.hi = INT64_MAX, .open = true, .today = today(w)}, &x);
    if (e == OK) *out = (struct case_waiting){x.waiting, x.overdue};
    arena_back(w->a, mark);
    return e;
}

/* ---- list ---- */

/* What waits for the reader stands first; the store has put the next due before the others. */
static int first_mine(const void *p, const void *q)
{
    const struct listed *a = p, *b = q;
    if (a->waits != b->waits) return a->waits ? -1 : 1;
    return (a->i > b->i) - (a->i < b->i);
}

static const struct column list_columns[] = {
    {"case", CELL_TEXT, N("Case"), 0, "case show", "case"},
    {"title", CELL_TEXT, N("Subject"), 0, NULL, NULL},
    {"kind", CELL_ENUM, N("Kind"), 0, NULL, NULL},
    {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
    {"waits", CELL_BOOL, N("Waits for you"), 0, NULL, NULL},
    {"due", CELL_DATE, N("To be done by"), 0, NULL, NULL},
    {"overdue", CELL_BOOL, N("Overdue"), 0, NULL, NULL},
    {"ministry", CELL_ORG, N("Ministry or agency"), 0, NULL, NULL},
    {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
    {"class", CELL_TEXT, N("Class"), COL_DETAIL, NULL, NULL},
    {"owner", CELL_PERSON, N("Person in charge"), COL_DETAIL, NULL, NULL},
    {"opened", CELL_DATE, N("Opened on"), COL_DETAIL, NULL, NULL},
    {"ended", CELL_DATE, N("Ended"), COL_DETAIL, NULL, NULL},
};

static struct cell class_cell(const struct kind *k, str value)
{
    const struct kind_field *f = kind_field(k, k->class);
    return f == NULL || value.n == 0 ? C_NONE : value_cell(f, value);
}

static struct cell ministry_cell(const struct listing *x, const struct item *i)
{
    const struct org *o = org_branch(x->orgs, x->n_orgs, i->org_lo);
    return o == NULL ? C_NONE : C_ORG(o->code, o->name_ja, o->name_en, 0);
}

static void list_row(struct listing *x, const struct listed *l, struct doc *out)
{
    const struct item *i = l->i;
    bool names = item_names(i, x->w->actor), whole = item_whole(i, x->w->actor);
    if (names && !item_mine(i, x->w->actor) && i->owner.id != 0) out->personal = true;
    DOC_ROW(out, C_TEXT(i->number), C_TEXT(i->title), kind_cell(l->k), state_cell(l->k, i->state), C_BOOL(l->waits),
            i->has_due ? C_DATE(i->due) : C_NONE, C_BOOL(late(x->w, i)), ministry_cell(x, i), org_cell(i),
            whole ? class_cell(l->k, i->class) : C_NONE, names ? someone_cell(&i->owner) : C_NONE, C_DATE(i->opened),
            i->has_ended ? C_DATE(i->ended) : C_NONE);
}

static enum err filter_of(struct work *w, const struct args *in, struct item_filter *out)
{
    const struct org *org = arg_org(in, "org");
    struct kind k;
    struct item_filter f = {.state = arg_text(in, "state"),
                            .lo = org == NULL ? 0 : org->lo,
                            .hi = org == NULL ? INT64_MAX : org->hi,
                            .mine = arg_given(in, "mine"),
                            .overdue = arg_given(in, "overdue"),
                            .today = today(w)};
    f.open = f.state.n == 0 && !arg_given(in, "all");
    if (arg_given(in, "kind")) {
        enum err e = kind_by_code(w, arg_text(in, "kind"), &k);
        if (e != OK) return e;
        f.kind = k.id;
        if (f.state.n != 0 && kind_state(&k, f.state) == NULL)
            return fault_in(w, NOTFOUND, ((struct where){.field = S("state")}), M("a case of '%1' has no state '%2'"),
                            k.code, f.state);
    }
    *out = f;
    return OK;
}

/* ---- several at once ---- */

static size_t fitting(const struct listing *x, const struct kind_step *s)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) n += step_judge(s, x->row[i].i, x->w->actor, &x->own) == STEP_FITS;
    return n;
}

static void bulk_form(struct listing *x, const struct kind *k, const struct kind_step *s, struct doc *out)
{
    str name = lang_pick(out->lang, s->ja, s->en);
    doc_form(out, &(struct form){.act = "case step",
                                 .title = name,
                                 .given = {{"step", s->code}},
                                 .button = {{NULL, NULL, name}},
                                 .folded = true});
    fields_begin(out, str_c(x->w->a, str_fmt(x->w->a, "step_%.*s", STR_ARG(s->code))));
    for (size_t i = 0, n = 0; i < x->n && n < CASE_AT_ONCE_MAX; i++) {
        const struct item *item = x->row[i].i;
        if (step_judge(s, item, x->w->actor, &x->own) != STEP_FITS) continue;
        field_row(out, S("case"), "flag", C_TEXT(str_fmt(x->w->a, "%.*s　%.*s", STR_ARG(item->number), STR_ARG(item->title))),
                  false, C_NONE, text_cell(item->number));
        n++;
    }
    case_step_rows(out, k, s, NULL, 0);
    doc_table_end(out);
    doc_form_end(out);
}

/* Of one kind and state: what may be done with two or more of them is done in one go. */
static void at_once(struct listing *x, const struct item_filter *f, struct doc *out)
{
    const struct kind *k = kind_of(x->kinds, x->n_kinds, f->kind);
    bool begun = false;
    if (k == NULL || f->state.n == 0) return;
    for (size_t i = 0; i < k->n_steps; i++) {
        if (fitting(x, &k->steps[i]) < 2) continue;
        if (!begun) doc_heading(out, M("With several at once"));
        begun = true;
        bulk_form(x, k, &k->steps[i], out);
    }
}

static void nothing(const struct listing *x, const struct item_filter *f, struct doc *out)
{
    if (x->n_kinds == 0)
        doc_text(out, M("No kind of case is defined yet: an administrator defines one with `case define`."));
    else if (f->open)
        doc_text(out, M("No case is open here that you may see. To open one choose its kind under 'Kinds of case'."));
    else
        doc_text(out, M("No case fits these conditions."));
}

enum err case_view_list(struct work *w, const struct args *in, struct doc *out)
{
    struct item_filter f;
    struct listing x;
    enum err e = filter_of(w, in, &f);
    if (e == OK) e = listing_load(w, &f, &x);
    if (e == OK) e = org_all(w, &x.orgs, &x.n_orgs);
    if (e != OK) return e;
    doc_fact(out, "waiting", M("Wait for you"), C_INT(x.waiting));
    doc_fact(out, "overdue", M("Overdue"), C_INT(x.late));
    doc_fact(out, "cases", M("Cases"), C_INT((int64_t)x.n));
    if (x.n == 0) nothing(&x, &f, out);
    qsort(x.row, x.n, sizeof *x.row, first_mine);
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(out, "cases", list_columns);
    for (size_t i = 0; i < x.n && i < CASE_LISTED_MAX; i++) list_row(&x, &x.row[i], out);
    doc_table_end(out);
    if (x.n > CASE_LISTED_MAX)
        doc_note(out, M("Shown are the first %1: narrow down by kind, state or organisation."),
                 str_int(w->a, CASE_LISTED_MAX));
    at_once(&x, &f, out);
    return OK;
}

/* ---- kinds ---- */

/* For choosing one. */
enum err case_view_states(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"ended", CELL_BOOL, N("Ended"), 0, NULL, NULL},
    };
    struct kind k;
    enum err e = kind_by_code(w, arg_text(in, "kind"), &k);
    if (e != OK) return e;
    DOC_TABLE(out, "states", columns);
    for (size_t i = 0; i < k.n_states; i++) DOC_ROW(out, state_cell(&k, k.states[i].code), C_BOOL(k.states[i].ended));
    doc_table_end(out);
    return OK;
}

static const struct column kind_columns[] = {
    {"kind", CELL_ENUM, N("Kind"), 0, "case list", "kind"},
    {"under_way", CELL_INT, N("Under way"), 0, NULL, NULL},
    {"waiting", CELL_INT, N("Wait for you"), 0, NULL, NULL},
    {"overdue", CELL_INT, N("Overdue"), 0, NULL, NULL},
    {"open", CELL_TEXT, N("Open one"), 0, "case open", "kind"},
    {"rules", CELL_TEXT, N("Rules"), 0, "case rules", "kind"},
};

static void kind_row(struct listing *x, const struct kind *k, struct doc *out)
{
    int64_t open = 0, waiting = 0, overdue = 0;
    const struct actor *a = x->w->actor;
    for (size_t i = 0; i < x->n; i++) {
        if (x->row[i].k != k) continue;
        open++;
        waiting += x->row[i].waits;
        overdue += late(x->w, x->row[i].i);
    }
    bool may_open = k->anyone_opens || (a->rights & k->opens) != 0;
    struct cell rules = words_cell(M("How it goes"));
    rules.text = k->code;
    DOC_ROW(out, kind_cell(k), C_INT(open), C_INT(waiting), C_INT(overdue), may_open ? C_TEXT(k->code) : C_NONE, rules);
}

static const struct column line_columns[] = {
    {"what", CELL_ENUM, N("Kind of line"), 0, NULL, NULL},
    {"code", CELL_TEXT, N("Code"), 0, NULL, NULL},
    {"name", CELL_TEXT, N("Name"), 0, NULL, NULL},
    {"rules", CELL_TEXT, N("Rules"), 0, NULL, NULL},
};

enum err case_view_rules(struct work *w, const struct args *in, struct doc *out)
{
    str code = arg_text(in, "kind");
    struct kind k;
    struct line *lines;
    size_t n;
    enum err e = kind_by_code(w, code, &k);
    if (e == OK) e = kind_lines(w, k.id, &lines, &n);
    if (e != OK) return e;
    doc_title(out, M("How a case of '%1' goes"), lang_pick(out->lang, k.ja, k.en));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "name"});
    DOC_TABLE(out, "lines", line_columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, C_ENUM(str_of(line_words[lines[i].what])), C_TEXT(lines[i].code), C_BOTH(lines[i].ja, lines[i].en),
                text_cell(lines[i].rules));
    doc_table_end(out);
    doc_note(out, M("The words of the rules are explained in doc/recipes.md, 'Add a case kind'."));
    return OK;
}

enum err case_view_kinds(struct work *w, const struct args *in, struct doc *out)
{
    struct listing x;
    enum err e = listing_load(w, &(struct item_filter){.hi = INT64_MAX, .open = true, .today = today(w)}, &x);
    if (e != OK) return e;
    if (x.n_kinds == 0) nothing(&x, &(struct item_filter){.open = true}, out);
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "kind"});
    DOC_TABLE(out, "kinds", kind_columns);
    for (size_t i = 0; i < x.n_kinds; i++) kind_row(&x, &x.kinds[i], out);
    doc_table_end(out);
    /* Whoever may define one sees what there is to begin with, where the others are told to ask them. */
    if (x.n_kinds == 0 && w->actor->rights & MAY_ADMINISTER) return case_view_shipped(w, in, out);
    return OK;
}
