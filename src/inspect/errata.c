/* inspect errata (正誤表): what an edition of the figures changed against the one before. */
#include "inspect/acts.h"
#include "inspect/showing.h"

static const struct column columns[] = {
    {"table", CELL_ENUM, N("Table"), 0, NULL, NULL},
    {"org", CELL_ORG, N("Organisation"), 0, "inspect rates", "org"},
    {"item", CELL_TEXT, N("Part or clause"), 0, NULL, NULL},
    {"column", CELL_TEXT, N("Column"), 0, NULL, NULL},
    {"was", CELL_TEXT, N("Was"), 0, NULL, NULL},
    {"became", CELL_TEXT, N("Became"), 0, NULL, NULL},
};

static const struct {
    str view, table;
} tables[] = {{S_INIT("rates"), S_INIT("coverage")},
              {S_INIT("rates"), S_INIT("rates")},
              {S_INIT("clauses"), S_INIT("clauses")},
              {S_INIT("grades"), S_INIT("grades")}};

/* Rows are known by their organisation and what stands second where that is a part or clause; most keep their place. */
static bool same_row(const struct frozen_cells *a, const struct frozen_cells *b, size_t n)
{
    return a->org == b->org && (n < 2 || a->cells[1].type != CELL_CLAUSE || str_eq(a->cells[1].text, b->cells[1].text));
}

static const struct frozen_cells *counterpart(const struct frozen_table *was, const struct frozen_cells *row,
                                              size_t guess)
{
    if (guess < was->n_rows && same_row(&was->rows[guess], row, was->n_columns)) return &was->rows[guess];
    for (size_t i = 0; i < was->n_rows; i++)
        if (same_row(&was->rows[i], row, was->n_columns)) return &was->rows[i];
    return NULL;
}

static str cell_text(struct arena *a, const struct cell *c)
{
    if (c->type == CELL_RATE) return rate_text(a, c->rate);
    if (c->type == CELL_INT || c->type == CELL_BOOL) return str_int(a, c->i);
    return c->type == CELL_NONE ? S("–") : c->text;
}

static ptrdiff_t column_of(const struct frozen_table *t, const char *key)
{
    for (size_t i = 0; i < t->n_columns; i++)
        if (str_eq(str_of(t->columns[i].key), str_of(key))) return (ptrdiff_t)i;
    return -1;
}

/* Rates of the organisation itself; a mean over others, or what is not official, could tell what is withheld beside it. */
static bool told_to_all(const struct column *c)
{
    str key = str_of(c->key);
    return c->type == CELL_RATE && !str_ends(key, S("_provisional")) && !str_ends(key, S("_mean"));
}

static int64_t compare(const struct showing *s, const struct frozen_table *was, const struct frozen_table *is,
                       str table, struct doc *out)
{
    struct work *w = s->w;
    int64_t found = 0;
    for (size_t i = 0; i < is->n_rows; i++) {
        const struct frozen_cells *now = &is->rows[i], *then = counterpart(was, now, i);
        ptrdiff_t node = round_node(s->r, now->org);
        if (node < 0 || s->withheld[node]) continue;
        bool counts = sees_counts(s, (size_t)node); /* one corrected sheet would be told by the counts that moved */
        for (size_t c = 1; then != NULL && c < is->n_columns; c++) {
            ptrdiff_t before = column_of(was, is->columns[c].key);
            if (before < 0 || (!counts && !told_to_all(&is->columns[c]))) continue;
            str a = cell_text(w->a, &then->cells[before]), b = cell_text(w->a, &now->cells[c]);
            if (str_eq(a, b)) continue;
            DOC_ROW(out, C_ENUM(table), now->cells[0],
                    now->cells[1].type == CELL_CLAUSE ? C_TEXT(now->cells[1].text) : C_NONE,
                    C_TEXT(str_of(is->columns[c].key)), C_TEXT(a), C_TEXT(b));
            found++;
        }
    }
    return found;
}

static enum err compare_all(const struct showing *s, int64_t no, struct doc *out, int64_t *found)
{
    *found = 0;
    DOC_TABLE(out, "errata", columns);
    for (size_t i = 0; no > 1 && i < sizeof tables / sizeof *tables; i++) {
        struct frozen_table was, is;
        enum err e = frozen_load(s->w, s->r, no - 1, tables[i].view, tables[i].table, &was);
        if (e == OK) e = frozen_load(s->w, s->r, no, tables[i].view, tables[i].table, &is);
        if (e != OK && e != NOTFOUND) return e;
        if (e == OK) *found += compare(s, &was, &is, tables[i].table, out);
    }
    doc_table_end(out);
    return OK;
}

enum err errata_count(struct work *w, struct round *r, int64_t no, int64_t *out)
{
    struct doc nobody = doc_silent(w);
    struct showing s = {.w = w, .r = r, .withheld = arena_array(w->a, r->n_nodes + 1, sizeof(bool))};
    return compare_all(&s, no, &nobody, out);
}

enum err inspect_view_errata(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s;
    enum err e = showing_load(w, in, -1, AS_PUBLISHED, &s);
    if (e != OK) return e;
    const struct round *r = s.r;
    int64_t no = s.frozen, found = 0;
    if (no < 1)
        return fault(w, NOTFOUND, M("round '%1' has no frozen figures yet: `meguri inspect close` makes edition 1"),
                     r->code);
    handling_of(r, out);
    if ((e = compare_all(&s, no, out, &found)) != OK) return e;
    if (no == 1) doc_note(out, M("Edition 1 is the first: there is nothing it corrects."));
    else if (found == 0) doc_note(out, M("No frozen figure changed against the edition before."));
    return frozen_note(w, r, no, out);
}
