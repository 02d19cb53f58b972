/* CSV: the rows of a doc's tables under their stable keys, values as the JSON face has them (a rate is the nearest
 * double, not the figure shown), absent is empty. A doc of facts alone gives the columns key, value. Text for readers
 * (headings, texts, notes) is left out. */
#include "base/clock.h"
#include "face/face.h"
#include "format/csv.h"

struct csv_face {
    struct doc doc;
    struct out *out;
    struct buf facts;
    int tables;
};

static struct csv_face *of(struct doc *d) { return (struct csv_face *)d; }

static bool has_name(enum cell_type type) { return type == CELL_ORG || type == CELL_PERSON; }

static bool is_text(enum cell_type type)
{
    return type == CELL_TEXT || type == CELL_ENUM || has_name(type) || type == CELL_CLAUSE;
}

static void put_cell(struct buf *b, struct arena *a, enum lang lang, const struct cell *c, bool first)
{
    switch (c->type) {
    case CELL_NONE: csv_put_raw(b, S(""), first); break;
    case CELL_TEXT: csv_put(b, doc_cell_words(a, lang, c), first); break;
    case CELL_DATE: csv_put_raw(b, date_text(a, c->i), first); break;
    case CELL_TIME: csv_put_raw(b, time_text(a, c->i), first); break;
    case CELL_RATE: csv_put_raw(b, c->rate.defined ? json_cell(a, lang, c) : S(""), first); break;
    default: is_text(c->type) ? csv_put(b, c->text, first) : csv_put_raw(b, json_cell(a, lang, c), first);
    }
}

static void words(struct doc *d, str text) { (void)d, (void)text; }

static void on_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)label;
    struct csv_face *f = of(d);
    csv_put(&f->facts, str_of(key), true);
    put_cell(&f->facts, f->facts.a, d->lang, c, false);
    csv_end_row(&f->facts);
}

static void on_table(struct doc *d, const char *name, const struct column *columns, size_t n)
{
    struct csv_face *f = of(d);
    struct arena_mark mark = arena_mark(d->w->a);
    struct buf b = buf_in(d->w->a);
    if (f->tables++ != 0) buf_fmt(&b, "\r\n# %s\r\n", name);
    for (size_t i = 0; i < n; i++) {
        csv_put(&b, str_of(columns[i].key), i == 0);
        if (has_name(columns[i].type)) csv_put(&b, str_fmt(d->w->a, "%s_name", columns[i].key), false);
    }
    csv_end_row(&b);
    out_put(f->out, buf_str(&b));
    arena_back(d->w->a, mark);
}

static void on_row(struct doc *d, const struct cell *cells)
{
    struct arena *a = d->w->a;
    struct arena_mark mark = arena_mark(a);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < d->n_columns; i++) {
        put_cell(&b, a, d->lang, &cells[i], i == 0);
        if (has_name(d->columns[i].type)) csv_put(&b, doc_cell_words(a, d->lang, &cells[i]), false);
    }
    csv_end_row(&b);
    out_put(of(d)->out, buf_str(&b));
    arena_back(a, mark);
}

static void on_table_end(struct doc *d) { (void)d; }

static const struct face csv_face = {words, words, words, on_fact, on_table, on_row, on_table_end};

static struct doc *begin(struct work *w, struct out *out, const struct page *page)
{
    struct arena *a = arena_beside(w);
    struct csv_face *f = arena_alloc(a, sizeof *f);
    if (page->bom) out_c(out, "\xEF\xBB\xBF");
    *f = (struct csv_face){.doc = {.face = &csv_face, .w = w, .lang = page->lang}, .out = out, .facts = buf_in(a)};
    return &f->doc;
}

static void end(struct doc *d)
{
    struct csv_face *f = of(d);
    if (f->tables != 0 || f->facts.n == 0) return;
    out_c(f->out, "key,value\r\n");
    out_put(f->out, buf_str(&f->facts));
}

const struct format format_csv = {"csv", begin, end};
