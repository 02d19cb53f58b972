/* What an act tells, kept for whoever comes back later: as words, since its labels and cells are gone by then. */
#include "base/clock.h"
#include "format/json.h"
#include "task/task.h"

struct told {
    struct doc doc;
    struct buf pairs, texts; /* JSON members */
    int64_t rows;
};

static struct told *of(struct doc *d) { return (struct told *)d; }

static void add_text(struct buf *to, str text)
{
    struct json_out j = json_to(to, 0);
    if (to->n != 0) buf_byte(to, ',');
    json_put_str(&j, text);
}

static str cell_words(struct arena *a, enum lang lang, const struct cell *c)
{
    switch (c->type) {
    case CELL_NONE: return S("\xE2\x80\x93");
    case CELL_INT: return str_int(a, c->i);
    case CELL_RATE: return str_fmt(a, "%.*s %%", STR_ARG(rate_text(a, c->rate)));
    case CELL_DATE: return date_text(a, c->i);
    case CELL_TIME: return time_text(a, c->i);
    case CELL_BOOL: return tr(lang, c->i ? M("yes") : M("no"));
    default: return doc_cell_words(a, lang, c);
    }
}

static void on_text(struct doc *d, str text) { add_text(&of(d)->texts, text); }

static void on_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    struct told *t = of(d);
    (void)key;
    buf_add(&t->pairs, t->pairs.n == 0 ? S("[") : S(",["));
    struct json_out j = json_to(&t->pairs, 0);
    json_put_str(&j, tr(d->lang, label));
    buf_byte(&t->pairs, ',');
    j = json_to(&t->pairs, 0);
    json_put_str(&j, cell_words(t->pairs.a, d->lang, c));
    buf_byte(&t->pairs, ']');
}

static void on_table(struct doc *d, const char *name, const struct column *c, size_t n)
{
    (void)d, (void)name, (void)c, (void)n;
}
static void on_row(struct doc *d, const struct cell *cells)
{
    (void)cells;
    of(d)->rows++;
}
static void on_table_end(struct doc *d) { (void)d; }

static const struct face told_face = {on_text, on_text, on_text, on_fact, on_table, on_row, on_table_end,
                                      NULL,    NULL,    NULL,    NULL};

static void free_arena(void *a) { arena_free(a); }

struct doc *told_doc(struct work *w, enum lang lang)
{
    struct arena *a = arena_new(0);
    arena_closer(w->a, free_arena, a);
    struct told *t = arena_alloc(a, sizeof *t);
    *t = (struct told){.doc = {.face = &told_face, .w = w, .lang = lang}, .pairs = buf_in(a), .texts = buf_in(a)};
    return &t->doc;
}

static void put_where(struct json_out *j, const struct where *at)
{
    json_key(j, S("file"));
    json_put_str(j, at->file);
    json_key(j, S("row"));
    json_put_int(j, at->row);
    json_key(j, S("column"));
    json_put_int(j, at->column);
    json_key(j, S("field"));
    json_put_str(j, at->field);
}

static void put_faults(struct json_out *j, const struct doc *d)
{
    const struct faults *f = &d->w->faults;
    json_key(j, S("faults"));
    json_open(j, '[');
    for (int64_t i = 0; i < f->count && i < FAULTS_SHOWN; i++) {
        json_open(j, '{');
        put_where(j, &f->first[i].where);
        json_key(j, S("message"));
        json_put_str(j, tr_fill(d->w->a, d->lang, f->first[i].id, f->first[i].arg, FAULT_ARGS));
        json_close(j, '}');
    }
    json_close(j, ']');
    json_key(j, S("count"));
    json_put_int(j, f->count);
}

str told_json(struct doc *d, enum err err)
{
    struct told *t = of(d);
    struct buf b = buf_in(t->pairs.a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    json_key(&j, S("facts"));
    json_put_raw(&j, str_fmt(t->pairs.a, "[%.*s]", STR_ARG(err == OK ? buf_str(&t->pairs) : S(""))));
    json_key(&j, S("texts"));
    json_put_raw(&j, str_fmt(t->pairs.a, "[%.*s]", STR_ARG(err == OK ? buf_str(&t->texts) : S(""))));
    put_faults(&j, d);
    json_close(&j, '}');
    return buf_str(&b);
}
