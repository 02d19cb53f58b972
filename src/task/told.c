/* What an act tells, kept for whoever comes back later: as words, since its labels and cells are gone by then. */
#include "base/clock.h"
#include "format/json.h"
#include "task/task.h"

enum { ROWS_MAX = 2000 }; /* kept, of all tables together */

struct told {
    struct doc doc;
    struct buf pairs, texts, tables; /* JSON members */
    str heading;                     /* that nothing has followed yet */
    int64_t rows, left_out;          /* left_out: of the open table */
    bool any_row;                    /* in the open table */
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
    case CELL_DECIMAL: return decimal_text(a, cell_decimal(c));
    case CELL_DATE: return date_text(a, c->i);
    case CELL_TIME: return time_text(a, c->i);
    case CELL_MINUTES: return lang_minutes(a, lang, c->i);
    case CELL_BOOL: return tr(lang, c->i ? M("yes") : M("no"));
    default: return doc_cell_words(a, lang, c);
    }
}

/* A heading is the title of the table it stands over, or else a text like the others. */
static void pass_heading(struct told *t)
{
    if (t->heading.n != 0) add_text(&t->texts, t->heading);
    t->heading = (str){0};
}

static void on_heading(struct doc *d, str text)
{
    pass_heading(of(d));
    of(d)->heading = str_dup(of(d)->texts.a, text);
}

static void on_text(struct doc *d, str text)
{
    pass_heading(of(d));
    add_text(&of(d)->texts, text);
}

/* Of notes, which come at any time. */
static void on_note(struct doc *d, str text) { add_text(&of(d)->texts, text); }

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

static void put_text(struct buf *to, str text)
{
    struct json_out j = json_to(to, 0);
    json_put_str(&j, text);
}

static bool is_shown(const struct column *c) { return (c->flags & COL_DATA) == 0; }

/* {"name":…,"title":…,"columns":[[key,label],…],"rows":[[…],…],"left_out":n} */
static void on_table(struct doc *d, const char *name, const struct column *c, size_t n)
{
    struct told *t = of(d);
    struct buf *b = &t->tables;
    if (b->n != 0) buf_byte(b, ',');
    buf_add(b, S("{\"name\":"));
    put_text(b, str_of(name));
    buf_add(b, S(",\"title\":"));
    put_text(b, t->heading);
    buf_add(b, S(",\"columns\":["));
    bool first = true;
    for (size_t i = 0; i < n; i++) {
        if (!is_shown(&c[i])) continue;
        buf_add(b, first ? S("[") : S(",["));
        put_text(b, str_of(c[i].key));
        buf_byte(b, ',');
        put_text(b, tr(d->lang, c[i].label));
        buf_byte(b, ']');
        first = false;
    }
    buf_add(b, S("],\"rows\":["));
    t->heading = (str){0};
    t->left_out = 0;
    t->any_row = false;
}

static void on_row(struct doc *d, const struct cell *cells)
{
    struct told *t = of(d);
    struct buf *b = &t->tables;
    if (t->rows == ROWS_MAX) {
        t->left_out++;
        return;
    }
    t->rows++;
    buf_add(b, t->any_row ? S(",[") : S("["));
    bool first = true;
    for (size_t i = 0; i < d->n_columns; i++) {
        if (!is_shown(&d->columns[i])) continue;
        if (!first) buf_byte(b, ',');
        put_text(b, cells[i].type == CELL_NONE ? (str){0} : cell_words(b->a, d->lang, &cells[i]));
        first = false;
    }
    buf_byte(b, ']');
    t->any_row = true;
}

static void on_table_end(struct doc *d) { buf_fmt(&of(d)->tables, "],\"left_out\":%lld}", (long long)of(d)->left_out); }

static const struct face told_face = {on_heading, on_text, on_note, on_fact, on_table, on_row, on_table_end,
                                      NULL,    NULL,    NULL,    NULL};

static void free_arena(void *a) { arena_free(a); }

struct doc *told_doc(struct work *w, enum lang lang)
{
    struct arena *a = arena_new(0);
    arena_closer(w->a, free_arena, a);
    struct told *t = arena_alloc(a, sizeof *t);
    *t = (struct told){.doc = {.face = &told_face, .w = w, .lang = lang}, .pairs = buf_in(a), .texts = buf_in(a), .tables = buf_in(a)};
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
    pass_heading(t);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    json_key(&j, S("facts"));
    json_put_raw(&j, str_fmt(t->pairs.a, "[%.*s]", STR_ARG(err == OK ? buf_str(&t->pairs) : S(""))));
    json_key(&j, S("texts"));
    json_put_raw(&j, str_fmt(t->pairs.a, "[%.*s]", STR_ARG(err == OK ? buf_str(&t->texts) : S(""))));
    json_key(&j, S("lang"));
    json_put_str(&j, d->lang == LANG_JA ? S("ja") : S("en"));
    json_key(&j, S("tables"));
    json_put_raw(&j, str_fmt(t->pairs.a, "[%.*s]", STR_ARG(err == OK ? buf_str(&t->tables) : S(""))));
    json_key(&j, S("handling"));
    json_put_str(&j, d->personal ? d->handling : S(""));
    put_faults(&j, d);
    json_close(&j, '}');
    return buf_str(&b);
}

enum lang told_lang(struct work *w, str told)
{
    const struct jv *v;
    return jv_read(w, S("task"), told, &v) == OK && str_eq(jv_str(jv_get(v, "lang")), S("en")) ? LANG_EN : LANG_JA;
}
