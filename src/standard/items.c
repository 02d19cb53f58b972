/* The kinds of rows, their fields, and finding a row by its key. */
#include "standard/items.h"

const struct what what_edition = {S_INIT("edition"),
                                  1,
                                  false,
                                  true,
                                  {{"code", 0},
                                   {"catalogue", 0},
                                   {"title_ja", FIELD_WORDING},
                                   {"title_en", FIELD_WORDING},
                                   {"effective", 0},
                                   {"extra", FIELD_HIDDEN},
                                   {NULL, 0}}};
const struct what what_sections = {S_INIT("sections"),
                                   1,
                                   true,
                                   true,
                                   {{"code", 0},
                                    {"parent", 0},
                                    {"title_ja", FIELD_WORDING},
                                    {"title_en", FIELD_WORDING},
                                    {"extra", FIELD_HIDDEN},
                                    {NULL, 0}}};
const struct what what_clauses = {S_INIT("clauses"),
                                  1,
                                  true,
                                  true,
                                  {{"number", 0},
                                   {"section", 0},
                                   {"parent", 0},
                                   {"level", 0},
                                   {"duty", 0},
                                   {"no_occasion", 0},
                                   {"text_ja", FIELD_WORDING},
                                   {"text_en", FIELD_WORDING},
                                   {"title_ja", FIELD_WORDING | FIELD_OPTIONAL},
                                   {"title_en", FIELD_WORDING | FIELD_OPTIONAL},
                                   {"extra", FIELD_HIDDEN},
                                   {NULL, 0}}};
const struct what what_questions = {S_INIT("questions"),
                                    1,
                                    true,
                                    true,
                                    {{"code", 0},
                                     {"duty", 0},
                                     {"rule", 0},
                                     {"clauses", 0},
                                     {"text_ja", FIELD_WORDING},
                                     {"text_en", FIELD_WORDING},
                                     {"example_ja", FIELD_WORDING},
                                     {"example_en", FIELD_WORDING},
                                     {"help_ja", FIELD_WORDING},
                                     {"help_en", FIELD_WORDING},
                                     {NULL, 0}}};
const struct what what_mapping = {S_INIT("mapping"),
                                  2,
                                  true,
                                  false,
                                  {{"from", 0}, {"to", 0}, {"kind", 0}, {"reason_ja", 0}, {"reason_en", 0}, {NULL, 0}}};
const struct what what_adoptions = {
    S_INIT("adoptions"),
    2,
    false,
    false,
    {{"org", 0}, {"clause", 0}, {"adopted", 0}, {"date", 0}, {"by", 0}, {"reason_ja", 0}, {"reason_en", 0}, {NULL, 0}}};

const struct what what_checks = {S_INIT("checks"), 2, false, false, {{"clause", 0}, {"check", 0}, {NULL, 0}}};

struct items items_of(const struct what *what) { return (struct items){.what = what}; }

struct item *items_add(struct arena *a, struct items *list)
{
    if (list->n == list->room) {
        size_t room = list->room == 0 ? 64 : 2 * list->room;
        list->v = arena_grow(a, list->v, list->room * sizeof *list->v, room * sizeof *list->v);
        list->room = room;
    }
    struct item *x = &list->v[list->n++];
    *x = (struct item){.path = S("")};
    for (size_t i = 0; i < ITEM_FIELDS; i++) x->f[i] = S("");
    return x;
}

size_t what_fields(const struct what *what)
{
    size_t n = 0;
    while (what->field[n].name != NULL) n++;
    return n;
}

str item_name(struct arena *a, const struct what *what, const struct item *x)
{
    if (what->keys == 1) return x->f[0];
    return str_fmt(a, "%.*s %.*s", STR_ARG(x->f[0]), STR_ARG(x->f[1]));
}

struct where item_where(const struct items *list, const struct item *x, size_t field)
{
    if (x->path.n != 0) return (struct where){.file = list->file, .field = x->path};
    return (struct where){list->file, x->row, list->column[field], str_of(list->what->field[field].name)};
}

static int key_cmp(const str *a, const str *b, size_t keys)
{
    int c = str_cmp(a[0], b[0]);
    return c != 0 || keys < 2 ? c : str_cmp(a[1], b[1]);
}

static int at_cmp(const void *a, const void *b, void *list)
{
    const struct items *items = list;
    size_t i = *(const size_t *)a, j = *(const size_t *)b;
    int c = key_cmp(items->v[i].f, items->v[j].f, items->what->keys);
    return c != 0 ? c : (i > j) - (i < j);
}

struct index items_index(struct arena *a, const struct items *items)
{
    size_t *at = arena_array(a, items->n, sizeof *at);
    for (size_t i = 0; i < items->n; i++) at[i] = i;
    if (items->n != 0) qsort_r(at, items->n, sizeof *at, at_cmp, (void *)(uintptr_t)items);
    return (struct index){items, at};
}

struct item *index_find(const struct index *x, const str *keys)
{
    size_t lo = 0, hi = x->items->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (key_cmp(x->items->v[x->at[mid]].f, keys, x->items->what->keys) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == x->items->n) return NULL;
    struct item *hit = &x->items->v[x->at[lo]];
    return key_cmp(hit->f, keys, x->items->what->keys) == 0 ? hit : NULL;
}

struct item *index_find1(const struct index *x, str key) { return index_find(x, (const str[]){key, key}); }

bool words_next(str *rest, str *word)
{
    str piece;
    while (str_cut(rest, ' ', &piece)) {
        if (piece.n == 0) continue;
        *word = piece;
        return true;
    }
    return false;
}
