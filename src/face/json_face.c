/* The contract with other programs (doc/json.md of the house: README of this folder). Keys and codes are stable
 * English, labels follow the language; what is absent is null. Written row by row: facts, texts and notes, which may
 * come at any time, stand after the tables. */
#include "base/clock.h"
#include "face/face.h"
#include "format/json.h"

struct json_face {
    struct doc doc;
    struct arena *a;
    struct out *out;
    struct buf b;       /* what was not yet handed on */
    struct json_out j;  /* writes to b, one level to a line */
    struct buf facts, texts, notes; /* members, each with a comma before all but the first */
};

static void flush(struct json_face *f)
{
    out_put(f->out, buf_str(&f->b));
    f->b.n = 0;
}

static struct json_face *of(struct doc *d) { return (struct json_face *)d; }

/* ---- values ---- */

static void put_code(struct json_out *j, str code)
{
    if (code.n == 0) json_put_null(j);
    else json_put_str(j, code);
}

static void put_cell(struct json_out *j, struct arena *a, enum lang lang, const struct cell *c)
{
    switch (c->type) {
    case CELL_NONE: json_put_null(j); break;
    case CELL_TEXT: json_put_str(j, doc_cell_words(a, lang, c)); break;
    case CELL_INT:
    case CELL_MINUTES: json_put_int(j, c->i); break;
    case CELL_RATE:
        if (c->rate.defined) json_put_real(j, c->rate.value);
        else json_put_null(j);
        break;
    case CELL_DATE: json_put_str(j, date_text(a, c->i)); break;
    case CELL_TIME: json_put_str(j, time_text(a, c->i)); break;
    case CELL_ENUM:
    case CELL_ORG:
    case CELL_PERSON:
    case CELL_CLAUSE: put_code(j, c->text); break;
    case CELL_BOOL: json_put_bool(j, c->i != 0); break;
    case CELL_DECIMAL: json_put_raw(j, decimal_text(a, cell_decimal(c))); break; /* digit by digit */
    }
}

str json_cell(struct arena *a, enum lang lang, const struct cell *c)
{
    struct buf b = buf_in(a);
    struct json_out j = json_to(&b, 0);
    put_cell(&j, a, lang, c);
    return buf_str(&b);
}

static str quoted(struct arena *a, str s)
{
    struct buf b = buf_in(a);
    struct json_out j = json_to(&b, 0);
    json_put_str(&j, s);
    return buf_str(&b);
}

static bool has_name(enum cell_type type) { return type == CELL_ORG || type == CELL_PERSON; }

/* ---- blocks ---- */

static void add_member(struct buf *to, str member)
{
    if (to->n != 0) buf_add(to, S(","));
    buf_add(to, member);
}

static void on_heading(struct doc *d, str text) { (void)d, (void)text; }

static void on_text(struct doc *d, str text) { add_member(&of(d)->texts, quoted(of(d)->a, text)); }

static void on_note(struct doc *d, str text) { add_member(&of(d)->notes, quoted(of(d)->a, text)); }

static void on_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)label;
    struct json_face *f = of(d);
    str value = json_cell(f->a, d->lang, c);
    add_member(&f->facts, str_fmt(f->a, "\"%s\":%.*s", key, STR_ARG(value)));
    if (has_name(c->type)) {
        str name = quoted(f->a, doc_cell_words(f->a, d->lang, c));
        add_member(&f->facts, str_fmt(f->a, "\"%s_name\":%.*s", key, STR_ARG(name)));
    }
}

static str column_line(struct arena *a, enum lang lang, const struct column *c)
{
    struct buf b = buf_in(a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    json_key(&j, S("key"));
    json_put_str(&j, str_of(c->key));
    json_key(&j, S("type"));
    json_put_str(&j, str_of(cell_type_name(c->type)));
    json_key(&j, S("label"));
    json_put_str(&j, tr(lang, c->label));
    json_close(&j, '}');
    return buf_str(&b);
}

static void on_table(struct doc *d, const char *name, const struct column *columns, size_t n)
{
    struct json_face *f = of(d);
    struct arena_mark mark = arena_mark(d->w->a);
    json_open(&f->j, '{');
    json_key(&f->j, S("name"));
    json_put_str(&f->j, str_of(name));
    json_key(&f->j, S("columns"));
    json_open(&f->j, '[');
    for (size_t i = 0; i < n; i++) json_put_raw(&f->j, column_line(d->w->a, d->lang, &columns[i]));
    json_close(&f->j, ']');
    json_key(&f->j, S("rows"));
    json_open(&f->j, '[');
    arena_back(d->w->a, mark);
    flush(f);
}

static void put_name(struct json_out *j, struct arena *a, const struct doc *d, size_t i, const struct cell *c)
{
    json_key(j, str_fmt(a, "%s_name", d->columns[i].key));
    if (c->type == CELL_NONE) json_put_null(j);
    else json_put_str(j, doc_cell_words(a, d->lang, c));
}

static void on_row(struct doc *d, const struct cell *cells)
{
    struct json_face *f = of(d);
    struct arena *a = d->w->a;
    struct arena_mark mark = arena_mark(a);
    struct buf b = buf_in(a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    for (size_t i = 0; i < d->n_columns; i++) {
        json_key(&j, str_of(d->columns[i].key));
        put_cell(&j, a, d->lang, &cells[i]);
        if (has_name(d->columns[i].type)) put_name(&j, a, d, i, &cells[i]);
    }
    json_close(&j, '}');
    json_put_raw(&f->j, buf_str(&b));
    arena_back(a, mark);
    flush(f);
}

static void on_table_end(struct doc *d)
{
    json_close(&of(d)->j, ']');
    json_close(&of(d)->j, '}');
    flush(of(d));
}

static const struct face json_face = {on_heading, on_text, on_note, on_fact, on_table, on_row, on_table_end};

/* ---- the whole ---- */

static void put_arg(struct json_out *j, const struct arg *a)
{
    if (a->param->type == P_INT) json_put_int(j, a->i);
    else if (a->param->type == P_FLAG) json_put_bool(j, a->i != 0);
    else json_put_str(j, a->text);
}

/* A parameter that may come many times is always an array, so that a reader needs one case. */
static void put_param(struct json_out *j, const struct args *in, const struct param *p)
{
    json_key(j, str_of(p->name));
    if (p->flags & (MANY | MAP)) json_open(j, p->flags & MAP ? '{' : '[');
    for (size_t i = 0; i < in->n; i++) {
        if (in->arg[i].param != p) continue;
        if (p->flags & MAP) json_key(j, in->arg[i].key);
        put_arg(j, &in->arg[i]);
    }
    if (p->flags & (MANY | MAP)) json_close(j, p->flags & MAP ? '}' : ']');
}

static bool seen_before(const struct args *in, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (in->arg[k].param == in->arg[i].param) return true;
    return false;
}

static str params_line(struct arena *a, const struct args *in)
{
    struct buf b = buf_in(a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    for (size_t i = 0; in != NULL && i < in->n; i++)
        if (!seen_before(in, i)) put_param(&j, in, in->arg[i].param);
    json_close(&j, '}');
    return buf_str(&b);
}

static struct doc *begin(struct work *w, struct out *out, const struct page *page)
{
    struct arena *a = arena_beside(w);
    struct json_face *f = arena_alloc(a, sizeof *f);
    *f = (struct json_face){.doc = {.face = &json_face, .w = w, .lang = page->lang}, .a = a, .out = out};
    f->b = f->facts = f->texts = f->notes = buf_in(a);
    f->b = buf_in(arena_beside(w)); /* grows in place: nothing else is made there */
    f->j = json_to(&f->b, 1);
    json_open(&f->j, '{');
    json_key(&f->j, S("view"));
    json_put_str(&f->j, page->view);
    json_key(&f->j, S("title"));
    json_put_str(&f->j, tr(page->lang, page->title));
    json_key(&f->j, S("params"));
    json_put_raw(&f->j, params_line(a, page->in));
    json_key(&f->j, S("made"));
    json_put_str(&f->j, time_text(a, w->now));
    json_key(&f->j, S("tables"));
    json_open(&f->j, '[');
    return &f->doc;
}

static void put_members(struct json_out *j, const char *key, char open, const struct buf *members)
{
    char shut = open == '{' ? '}' : ']';
    json_key(j, str_of(key));
    json_put_raw(j, str_fmt(members->a, "%c%.*s%c", open, STR_ARG(buf_str(members)), shut));
}

static void end(struct doc *d)
{
    struct json_face *f = of(d);
    closing_notes(d);
    json_close(&f->j, ']');
    put_members(&f->j, "facts", '{', &f->facts);
    put_members(&f->j, "texts", '[', &f->texts);
    put_members(&f->j, "notes", '[', &f->notes);
    json_key(&f->j, S("provisional"));
    json_put_bool(&f->j, d->provisional);
    json_key(&f->j, S("handling"));
    if (d->handling.n == 0) json_put_null(&f->j);
    else json_put_str(&f->j, tr(d->lang, d->handling));
    json_close(&f->j, '}');
    buf_add(&f->b, S("\n"));
    flush(f);
}

const struct format format_json = {"json", begin, end};
