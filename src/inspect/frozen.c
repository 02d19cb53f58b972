#include "inspect/frozen.h"

#include <string.h>

#include "base/clock.h"
#include "base/lang.h"
#include "format/json.h"
#include "inspect/way_acts.h"

/* ---- the face that keeps ---- */
struct kept_row {
    int64_t org;
    str cells;
};
struct kept_table {
    str name, columns;
    struct kept_row *rows;
    size_t n, room;
};
enum { TABLES_MAX = 8, CELLS_MAX = 32 };
struct freezing {
    struct doc doc; /* first: a face finds its own struct behind the doc */
    struct arena *a; /* its own: what it keeps outlives the row */
    const struct round *r;
    str view;
    struct kept_table tables[TABLES_MAX];
    size_t n_tables;
};

static void ignore_words(struct doc *d, str text)
{
    (void)d;
    (void)text;
}

static void ignore_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)d;
    (void)key;
    (void)label;
    (void)c;
}

static void keep_table(struct doc *d, const char *name, const struct column *columns, size_t n)
{
    struct freezing *f = (struct freezing *)d;
    struct buf b = buf_in(f->a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(&j, '[');
        json_put_str(&j, str_of(columns[i].key));
        json_put_int(&j, columns[i].type);
        json_put_str(&j, columns[i].label);
        json_put_int(&j, columns[i].flags);
        json_put_str(&j, str_of(columns[i].to));
        json_put_str(&j, str_of(columns[i].with));
        json_close(&j, ']');
    }
    json_close(&j, ']');
    if (f->n_tables == TABLES_MAX) return;
    f->tables[f->n_tables++] =
        (struct kept_table){.name = str_fmt(f->a, "%.*s/%s", STR_ARG(f->view), name), .columns = buf_str(&b)};
}

static void put_cell(struct json_out *j, const struct cell *c)
{
    json_open(j, '[');
    json_put_int(j, c->type);
    json_put_str(j, c->text);
    json_put_str(j, c->ja);
    json_put_str(j, c->en);
    json_put_int(j, c->i);
    json_put_int(j, c->depth);
    if (c->type == CELL_RATE && c->rate.defined) {
        json_put_real(j, c->rate.value);
        json_put_int(j, c->rate.tenths);
        json_put_int(j, c->rate.n);
        json_put_int(j, c->rate.d);
    }
    json_close(j, ']');
}

static void keep_row(struct doc *d, const struct cell *cells)
{
    struct freezing *f = (struct freezing *)d;
    struct kept_table *t = &f->tables[f->n_tables - 1];
    struct buf b = buf_in(f->a);
    struct json_out j = json_to(&b, 0);
    int64_t org = f->r->frame;
    bool found = false;
    json_open(&j, '[');
    for (size_t i = 0; i < d->n_columns; i++) {
        put_cell(&j, &cells[i]);
        ptrdiff_t node = cells[i].type == CELL_ORG && !found ? round_node_by_code(f->r, cells[i].text) : -1;
        if (node >= 0) org = f->r->nodes[node].org;
        found = found || node >= 0;
    }
    json_close(&j, ']');
    if (t->n == t->room) {
        size_t room = t->room * 2 + 64;
        t->rows = arena_grow(f->a, t->rows, t->room * sizeof *t->rows, room * sizeof *t->rows);
        t->room = room;
    }
    t->rows[t->n++] = (struct kept_row){org, buf_str(&b)};
}

static void ignore_end(struct doc *d) { (void)d; }

static const struct face keeping = {.heading = ignore_words,
                                    .text = ignore_words,
                                    .note = ignore_words,
                                    .fact = ignore_fact,
                                    .table = keep_table,
                                    .row = keep_row,
                                    .table_end = ignore_end};

static void free_arena(void *a) { arena_free(a); }

struct doc *freezing_doc(struct work *w, const struct round *r, str view, struct freezing **out)
{
    struct freezing *f = arena_alloc(w->a, sizeof *f);
    *f = (struct freezing){.doc = {.face = &keeping, .w = w}, .a = arena_new(0), .r = r, .view = view};
    arena_closer(w->a, free_arena, f->a);
    *out = f;
    return &f->doc;
}

enum err freezing_store(struct freezing *f, int64_t no)
{
    struct work *w = f->doc.w;
    enum err e = OK;
    for (size_t i = 0; e == OK && i < f->n_tables; i++) {
        struct kept_table *t = &f->tables[i];
        struct batch *b;
        e = frozen_view_insert(w, f->r->id, no, t->name, t->columns);
        if (e == OK) e = frozen_rows_begin(w, &b);
        for (size_t k = 0; e == OK && k < t->n; k++)
            e = frozen_row_put(b, f->r->id, no, t->name, (int64_t)k, t->rows[k].org, t->rows[k].cells);
        if (e == OK) e = batch_end(b);
    }
    return e;
}

/* ---- showing again ---- */
enum err frozen_wanted(struct work *w, const struct args *in, const struct round *r, int64_t *no)
{
    str edition = arg_text(in, "edition");
    int64_t wanted = r->frozen;
    if (str_eq(edition, S("open"))) {
        if (!r->has_edition)
            return fault(w, NOTFOUND, M("round '%1' holds published figures only: there are no sheets"), r->code);
        wanted = 0;
    } else if (edition.n != 0 && (!str_to_int(edition, &wanted) || wanted < 1 || wanted > r->frozen)) {
        return r->frozen == 0
                   ? fault(w, NOTFOUND,
                           M("round '%1' has no frozen figures yet: `meguri inspect close` makes edition 1"), r->code)
                   : fault(w, NOTFOUND,
                           M("no edition '%1' of the figures of round '%2': there are %3; 'open' is the state now"),
                           edition, r->code, str_int(w->a, r->frozen));
    }
    *no = wanted;
    return OK;
}

static struct column *columns_of(struct work *w, str text, size_t *n)
{
    const struct jv *j;
    if (jv_read(w, S("frozen columns"), text, &j) != OK) return NULL;
    *n = jv_size(j);
    struct column *all = arena_array(w->a, *n + 1, sizeof *all);
    for (size_t i = 0; i < *n; i++) {
        const struct jv *c = jv_at(j, i);
        str to = jv_str(jv_at(c, 4)), with = jv_str(jv_at(c, 5));
        all[i] = (struct column){str_c(w->a, jv_str(jv_at(c, 0))),
                                 (enum cell_type)jv_int(jv_at(c, 1)),
                                 jv_str(jv_at(c, 2)),
                                 (unsigned)jv_int(jv_at(c, 3)),
                                 to.n == 0 ? NULL : str_c(w->a, to),
                                 with.n == 0 ? NULL : str_c(w->a, with)};
    }
    return all;
}

static bool cells_of(struct work *w, str text, size_t n, struct cell *cells)
{
    const struct jv *j;
    if (jv_read(w, S("frozen row"), text, &j) != OK || jv_size(j) != n) return false;
    for (size_t i = 0; i < n; i++) {
        const struct jv *c = jv_at(j, i);
        cells[i] = (struct cell){.type = (enum cell_type)jv_int(jv_at(c, 0)), .text = jv_str(jv_at(c, 1)),
                                 .ja = jv_str(jv_at(c, 2)), .en = jv_str(jv_at(c, 3)), .i = jv_int(jv_at(c, 4)),
                                 .depth = (int)jv_int(jv_at(c, 5))};
        if (jv_size(c) > 6)
            cells[i].rate = (struct rate){true, jv_real(jv_at(c, 6)), (int32_t)jv_int(jv_at(c, 7)), jv_int(jv_at(c, 8)),
                                          jv_int(jv_at(c, 9))};
    }
    return true;
}

/* ---- reading back ---- */
struct table {
    const struct column *columns;
    size_t n_columns, n_rows;
    struct frozen_row *rows;
};

static enum err unreadable(struct work *w, const struct round *r)
{
    return fault(w, STORE, M("frozen figures of round '%1' cannot be read: restore the database from a backup"),
                 r->code);
}

static enum err open_table(struct work *w, const struct round *r, int64_t no, str view, str table, struct table *out)
{
    str name = str_fmt(w->a, "%.*s/%.*s", STR_ARG(view), STR_ARG(table)), columns;
    struct table t = {0};
    enum err e = frozen_view_get(w, r->id, no, name, &columns);
    if (e == OK) e = round_frozen_rows(w, r->id, no, name, &t.rows, &t.n_rows);
    if (e != OK) return e;
    t.columns = columns_of(w, columns, &t.n_columns);
    *out = t;
    return t.columns == NULL || t.n_columns > CELLS_MAX ? unreadable(w, r) : OK;
}

static enum err each_row(struct work *w, const struct round *r, const struct table *t, const bool *nodes, frozen_fn *fn,
                         void *to)
{
    struct cell *cells = arena_array(w->a, t->n_columns + 1, sizeof *cells);
    for (size_t i = 0; i < t->n_rows; i++) {
        ptrdiff_t node = round_node(r, t->rows[i].org);
        if (node < 0 || (nodes != NULL && !nodes[node])) continue;
        struct arena_mark mark = arena_mark(w->a);
        if (!cells_of(w, t->rows[i].cells, t->n_columns, cells)) return unreadable(w, r);
        fn(to, (size_t)node, t->columns, t->n_columns, cells);
        arena_back(w->a, mark);
    }
    return OK;
}

enum err frozen_each(struct work *w, const struct round *r, int64_t no, str view, str table, const bool *nodes,
                     frozen_fn *fn, void *to)
{
    struct table t;
    enum err e = open_table(w, r, no, view, table, &t);
    return e == OK ? each_row(w, r, &t, nodes, fn, to) : e;
}

enum err frozen_load(struct work *w, const struct round *r, int64_t no, str view, str table, struct frozen_table *out)
{
    struct table t;
    enum err e = open_table(w, r, no, view, table, &t);
    if (e != OK) return e;
    struct frozen_table all = {.columns = t.columns, .n_columns = t.n_columns, .n_rows = t.n_rows};
    all.rows = arena_array(w->a, t.n_rows + 1, sizeof *all.rows);
    for (size_t i = 0; i < t.n_rows; i++) {
        struct cell *cells = arena_array(w->a, t.n_columns + 1, sizeof *cells);
        if (!cells_of(w, t.rows[i].cells, t.n_columns, cells)) return unreadable(w, r);
        all.rows[i] = (struct frozen_cells){t.rows[i].org, cells};
    }
    *out = all;
    return OK;
}

struct again {
    const struct frozen_filter *f;
    struct doc *out;
};

static bool provisional_key(const char *key) { return str_ends(str_of(key), S("_provisional")); }

/* What this reader may not see of a row is left empty; false: nothing of it may be seen. */
static bool let_through(const struct frozen_filter *f, size_t node, const struct column *columns, size_t n,
                        const struct cell *cells, struct cell *out)
{
    for (size_t i = 0; i < n; i++) {
        bool name = cells[i].type == CELL_ORG || cells[i].type == CELL_CLAUSE,
             mean = str_ends(str_of(columns[i].key), S("_mean"));
        bool hidden = f->withheld[node] || (mean && f->mean_hidden[node]) ||
                      (provisional_key(columns[i].key) && !f->counts_seen[node]);
        if (cells[i].type == CELL_CLAUSE && f->withheld[node] && f->ranked) return false;
        out[i] = name || !hidden ? cells[i] : C_NONE;
    }
    return true;
}

static void show_row(void *to, size_t node, const struct column *columns, size_t n, const struct cell *cells)
{
    struct again *a = to;
    for (size_t i = 0; a->f->value.n != 0 && i < n; i++)
        if (str_eq(str_of(columns[i].key), a->f->key) && !str_eq(cells[i].text, a->f->value)) return;
    struct cell row[CELLS_MAX];
    if (!let_through(a->f, node, columns, n, cells, row)) return;
    doc_row(a->out, row);
    if (a->f->row != NULL) a->f->row(a->f->to, row, columns, n);
}

enum err frozen_show(struct work *w, int64_t no, str view, str table, const struct frozen_filter *f, struct doc *out)
{
    struct table t;
    enum err e = open_table(w, f->r, no, view, table, &t);
    if (e == NOTFOUND && f->missing != NULL) *f->missing = true;
    if (e != OK) return e == NOTFOUND ? OK : e;
    struct again a = {.f = f, .out = out};
    doc_table(out, str_c(w->a, table), t.columns, t.n_columns);
    e = each_row(w, f->r, &t, f->shown, show_row, &a);
    doc_table_end(out);
    return e;
}

enum err frozen_note(struct work *w, const struct round *r, int64_t no, struct doc *out)
{
    struct frozen *all;
    size_t n;
    enum err e = frozen_all(w, r->id, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        if (all[i].no != no) continue;
        doc_note(out, M("Frozen figures, edition %1 of %2, frozen %3."), str_int(w->a, no), str_int(w->a, r->frozen),
                 lang_day(w->a, out->lang, all[i].at));
        doc_note(out, M("Head of the journal then: %1"), all[i].head);
        if (all[i].erratum.n != 0) doc_note(out, M("Erratum: %1"), all[i].erratum);
    }
    if (e == OK && r->source_ja.n != 0)
        doc_note(out, M("Source: %1"), lang_pick(out->lang, r->source_ja, r->source_en));
    return e;
}
