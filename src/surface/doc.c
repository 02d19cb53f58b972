#include "surface/doc.h"

#include <assert.h>

void doc_words(struct doc *d, void (*block)(struct doc *, str), const str *words, size_t n)
{
    assert(n >= 1);
    struct arena_mark mark = arena_mark(d->w->a);
    block(d, tr_fill(d->w->a, d->lang, words[0], words + 1, n - 1));
    arena_back(d->w->a, mark);
}

void doc_kept(struct doc *d, str *to, const str *words, size_t n)
{
    assert(n >= 1);
    *to = tr_fill(d->w->a, d->lang, words[0], words + 1, n - 1);
}

void doc_show(struct doc *d, const struct show *show)
{
    assert(d->columns == NULL);
    if (d->face->show != NULL) d->face->show(d, show);
}

void doc_form(struct doc *d, const struct form *form)
{
    assert(d->columns == NULL);
    if (d->face->form != NULL) d->face->form(d, form);
}

void doc_form_end(struct doc *d)
{
    if (d->face->form_end != NULL) d->face->form_end(d);
}

void doc_grid(struct doc *d, const char *how)
{
    assert(d->columns == NULL);
    if (d->face->grid != NULL) d->face->grid(d, how);
}

void doc_fact(struct doc *d, const char *key, str label, struct cell cell)
{
    assert(d->columns == NULL);
    d->face->fact(d, key, label, &cell);
}

void doc_fact_below(struct doc *d, const char *key, str label, struct cell cell, const str *words, size_t n)
{
    d->below = tr_fill(d->w->a, d->lang, words[0], words + 1, n - 1);
    doc_fact(d, key, label, cell);
    d->below = (str){0};
}

void doc_table(struct doc *d, const char *name, const struct column *columns, size_t n)
{
    assert(d->columns == NULL && columns != NULL && n != 0);
    d->columns = columns;
    d->n_columns = n;
    d->face->table(d, name, columns, n);
}

void doc_row(struct doc *d, const struct cell *cells)
{
    assert(d->columns != NULL);
    for (size_t i = 0; i < d->n_columns; i++)
        assert(cells[i].type == d->columns[i].type || cells[i].type == CELL_NONE);
    d->face->row(d, cells);
}

void doc_table_end(struct doc *d)
{
    assert(d->columns != NULL);
    d->face->table_end(d);
    d->columns = NULL;
    d->n_columns = 0;
}

str doc_cell_words(struct arena *a, enum lang lang, const struct cell *c)
{
    str name = lang_pick(lang, c->ja, c->en);
    switch (c->type) {
    case CELL_ENUM: return name.n != 0 || c->text.n == 0 ? name : tr(lang, c->text);
    case CELL_TEXT: return name.n != 0 ? name : c->text;
    case CELL_ORG:
    case CELL_PERSON: return name.n != 0 ? name : c->text;
    case CELL_CLAUSE: return name.n == 0 ? c->text : str_fmt(a, "%.*s %.*s", STR_ARG(c->text), STR_ARG(name));
    default: return (str){"", 0};
    }
}

const char *doc_table_word(const char *name)
{
    const char *own = strstr(name, "__");
    return own == NULL ? name : own + 2;
}

const char *cell_type_name(enum cell_type type)
{
    static const char *const name[] = {
        [CELL_NONE] = "none",           [CELL_TEXT] = "text",     [CELL_INT] = "int",       [CELL_RATE] = "rate",
        [CELL_DATE] = "date",           [CELL_TIME] = "time",     [CELL_ENUM] = "enum",
        [CELL_ORG] = "organisation",    [CELL_PERSON] = "person", [CELL_CLAUSE] = "clause", [CELL_BOOL] = "bool",
        [CELL_DECIMAL] = "decimal",
        [CELL_MINUTES] = "minutes",
    };
    return name[type];
}

struct cell text_cell(str s) { return s.n == 0 ? C_NONE : C_TEXT(s); }

struct cell both_cell(str ja, str en) { return ja.n + en.n == 0 ? C_NONE : C_BOTH(ja, en); }

struct cell person_cell(str code, str ja, str en) { return code.n == 0 ? C_NONE : C_PERSON(code, ja, en); }

struct cell words_cell(str id) { return C_BOTH(tr(LANG_JA, id), tr(LANG_EN, id)); }

struct cell enum_named_cell(str code, str ja, str en)
{
    if (code.n == 0) return C_NONE;
    return (struct cell){.type = CELL_ENUM, .text = code, .ja = ja.n == 0 ? en : ja, .en = en.n == 0 ? ja : en};
}

struct cell enum_words_cell(str code, str id)
{
    return (struct cell){.type = CELL_ENUM, .text = code, .ja = tr(LANG_JA, id), .en = tr(LANG_EN, id)};
}

struct cell coded_cell(const struct coded *all, size_t n, str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(code, str_of(all[i].code))) return enum_words_cell(code, all[i].words);
    return C_ENUM(code);
}

struct decimal cell_decimal(const struct cell *c) { return (struct decimal){c->i, c->depth}; }

static void no_words(struct doc *d, str text) { (void)d, (void)text; }
static void no_fact(struct doc *d, const char *key, str label, const struct cell *c) { (void)d, (void)key, (void)label, (void)c; }
static void no_table(struct doc *d, const char *name, const struct column *c, size_t n) { (void)d, (void)name, (void)c, (void)n; }
static void no_row(struct doc *d, const struct cell *cells) { (void)d, (void)cells; }
static void no_end(struct doc *d) { (void)d; }

struct doc doc_silent(struct work *w)
{
    static const struct face silent = {no_words, no_words, no_words, no_fact, no_table, no_row, no_end};
    return (struct doc){.face = &silent, .w = w};
}
