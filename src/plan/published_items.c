#include "plan/published_items.h"

#include "base/utf8.h"
#include "plan/items.h"

/* ---- words of defects ---- */

str published_flag_text(struct arena *a, enum lang lang, const struct published_flag *f)
{
    static const str words[DEFECTS] = {
        [DEFECT_MARKUP] = N("Markup was left in the source's text and is not shown: %1"),
        [DEFECT_NO_TITLE] = N("The published text has no title here, and none was found for it."),
        [DEFECT_MEETING] = N("The source says \"%1\"; elsewhere this meeting has the date %2."),
        [DEFECT_WORD] = N("The source says \"%1\"; probably \"%2\" was misread."),
        [DEFECT_REGISTER_DAY] = N("The source says \"%1\"; by the register, the meeting of that number was on %2."),
        [DEFECT_REGISTER_NUMBER] = N("The source says \"%1\"; by the register, the meeting of that day is no. %2."),
    };
    bool dated = f->defect == DEFECT_MEETING || f->defect == DEFECT_REGISTER_DAY;
    str other = dated ? lang_date(a, lang, f->day) : f->other;
    return tr_fill(a, lang, words[f->defect], (const str[]){f->said, other}, 2);
}

static void add_sentence(struct buf *b, size_t from, str s)
{
    if (b->n > from) buf_byte(b, ' ');
    buf_add(b, s);
}

/* All that is to be said of a row, in Japanese, then in English. */
static str flag_of(struct arena *a, const struct published *p, size_t row)
{
    static const enum lang langs[] = {LANG_JA, LANG_EN};
    struct buf b = buf_in(a);
    for (int l = 0; l < 2; l++) {
        if (b.n != 0) buf_add(&b, S(" / "));
        size_t from = b.n;
        if (p->row[row].fill_line != 0)
            add_sentence(
                &b, from,
                tr(langs[l], M("The published text has no title here; it is taken from the plan's own text.")));
        for (size_t i = 0; i < p->n_flags; i++)
            if (p->flag[i].row == row) add_sentence(&b, from, published_flag_text(a, langs[l], &p->flag[i]));
    }
    return utf8_head(buf_str(&b), PLAN_TITLE_MAX);
}

/* ---- items ---- */

static bool owns(const struct plan_owner *list, size_t n, str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i].owner, code)) return true;
    return false;
}

static void read_owners(struct work *w, const struct owners *x, struct where where, str printed, struct plan_item *out)
{
    const str *name;
    size_t n = published_names(w->a, printed, &name);
    struct plan_owner *list = arena_array(w->a, n + 1, sizeof *list);
    bool led = false;
    where.field = S("owners");
    if (n > PLAN_OWNERS_MAX) {
        (void)fault_in(w, INVALID, where, M("more than %1 owners: name a group"), str_int(w->a, PLAN_OWNERS_MAX));
        return;
    }
    for (size_t i = 0; i < n; i++) {
        str code;
        if (!owners_named(x, name[i], &code)) {
            (void)fault_in(
                w, INVALID, where,
                M("'%1' is neither an organisation of this plan nor a group of owners: `meguri plan groups` lists the "
                  "groups"),
                name[i]);
            continue;
        }
        if (owns(list, out->n_owners, code)) continue;
        bool leads = !led && owners_org(x, code) >= 0;
        led = led || leads;
        list[out->n_owners++] = (struct plan_owner){str_dup(w->a, code), leads};
    }
    out->owner = list;
}

/* One below the headings above it: a section may have no part ア. */
static int64_t depth_of(const struct published_row *row)
{
    int64_t depth = 1;
    for (int i = 0; i < row->level - 1; i++) depth += row->path[i] >= 0;
    return depth;
}

static struct plan_item item_of(struct work *w, const struct owners *x, str file, const struct published *p, size_t i)
{
    static const enum item_kind kinds[] = {ITEM_HEADING, ITEM_MEASURE, ITEM_RELISTED};
    const struct published_row *row = &p->row[i];
    struct plan_item item = {
        .kind = kinds[row->kind], .code = row->code, .title_ja = row->title, .text_ja = row->plan_text, .heading = -1};
    if (row->kind == PUBLISHED_HEADING) {
        item.level = depth_of(row);
        return item;
    }
    if (row->title.n == 0) {
        item.title_ja = tr(LANG_JA, M("(no title in the published text)"));
        item.title_en = tr(LANG_EN, M("(no title in the published text)"));
    }
    if (row->kind == PUBLISHED_MEASURE)
        item.key = str_int(w->a, row->no);
    else
        item.relists = str_int(w->a, row->no);
    read_owners(w, x, (struct where){.file = file, .row = row->line}, row->owners, &item);
    item.flag = flag_of(w->a, p, i);
    return item;
}

enum err published_items(struct work *w, const struct owners *x, str file, const struct published *p,
                         struct published_plan *out)
{
    struct published_plan made = {arena_array(w->a, p->n + 1, sizeof *made.item),
                                  arena_array(w->a, p->n + 1, sizeof *made.line), p->n};
    for (size_t i = 0; i < p->n; i++) {
        made.item[i] = item_of(w, x, file, p, i);
        made.line[i] = p->row[i].line;
    }
    *out = made;
    return work_err(w);
}

/* ---- against a plan that has items ---- */

struct comparing {
    struct work *w;
    struct published_difference *found;
    size_t n, room;
};

static void differs(struct comparing *c, str key, enum published_differs what, str plan, str text)
{
    if (str_eq(plan, text)) return;
    c->found = arena_more(c->w->a, c->found, c->n, &c->room, sizeof *c->found);
    c->found[c->n++] = (struct published_difference){key, what, plan, text};
}

static void compare_one(struct comparing *c, const struct plan_item *plan, const struct plan_item *text)
{
    struct arena *a = c->w->a;
    differs(c, text->key, DIFFERS_CODE, plan->code, text->code);
    if (text->title_en.n == 0) differs(c, text->key, DIFFERS_TITLE, plan->title_ja, text->title_ja);
    differs(c, text->key, DIFFERS_OWNERS, owners_text(a, plan), owners_text(a, text));
}

enum err published_compare(struct work *w, str file, const struct published_plan *t, const struct plan_item *items,
                           size_t n, const struct published_difference **out, size_t *n_out)
{
    struct comparing c = {.w = w};
    struct plan_index plan = plan_index(w->a, items, n), text = plan_index(w->a, t->item, t->n);
    for (size_t i = 0; i < t->n; i++) {
        if (t->item[i].kind != ITEM_MEASURE) continue;
        ptrdiff_t at = plan_index_find(&plan, t->item[i].key);
        if (at >= 0 && items[at].kind == ITEM_MEASURE)
            compare_one(&c, &items[at], &t->item[i]);
        else
            (void)fault_in(w, INVALID, ((struct where){.file = file, .row = t->line[i]}),
                           M("The plan has no measure no. %1. Revise the plan, or give the text that belongs to it."),
                           t->item[i].key);
    }
    for (size_t i = 0; i < n; i++)
        if (items[i].kind == ITEM_MEASURE && plan_index_find(&text, items[i].key) < 0)
            differs(&c, items[i].key, DIFFERS_MISSING, items[i].title_ja, S(""));
    *out = c.found;
    *n_out = c.n;
    return work_err(w);
}
