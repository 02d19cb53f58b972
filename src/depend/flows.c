#include "depend/flows.h"

#include <math.h>
#include <stdlib.h>

#include "base/decimal.h"
#include "format/csv.h"

enum own { JA, EN, OUTPUT, IMPORTS, OWN };
static const char *const own_names[OWN] = {"ja", "en", "output", "imports"};

struct reading {
    struct work *w;
    struct csv *csv;
    struct flows *f;
    bool deliveries;
    ptrdiff_t own[OWN];
    size_t *column;  /* [n] column of the sector that stands there, in the order of columns */
    str *named;      /* [n] its code */
    size_t *row_of;  /* [n] row of the sector of a column; SIZE_MAX: none yet */
    double *by_column;
    size_t rows;
};

/* ---- numbers ---- */

static size_t digits(str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9') n++;
    return n;
}

/* 12  12.5  .5  1e-3: what strtod would read in more ways than people mean. */
static bool looks_like_number(str s)
{
    size_t whole = digits(s, 0), at = whole, rest = 0;
    if (at < s.n && s.p[at] == '.') {
        rest = digits(s, at + 1);
        at += 1 + rest;
    }
    if (whole + rest == 0) return false;
    if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E')) {
        at++;
        if (at < s.n && (s.p[at] == '-' || s.p[at] == '+')) at++;
        size_t power = digits(s, at);
        if (power == 0) return false;
        at += power;
    }
    return at == s.n;
}

bool flows_number(str s, double *out)
{
    enum { ROOM = 64 };
    char text[ROOM];
    struct decimal d;
    if (s.n == 0 || s.n >= ROOM) return false;
    if (s.p[0] != '-' && str_find(s, S(",")) >= 0 && decimal_parse(s, &d)) { /* 1,234.5 */
        *out = decimal_drawn(d);
        return true;
    }
    if (!looks_like_number(s)) return false;
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    *out = strtod(text, NULL);
    return isfinite(*out);
}

static enum err refused(const struct reading *r, size_t column, str id, str cell, str more)
{
    return fault_in(r->w, INVALID, csv_where(r->csv, column), id, str_sub(cell, 0, 80), more);
}

static void amount(const struct reading *r, size_t column, double most, double *out)
{
    str s = str_trim(csv_cell(r->csv, column));
    double x;
    if (s.n == 0) {
        refused(r, column, M("a number is wanted here; write 0 where there is nothing"), s, S(""));
    } else if (s.p[0] == '-' && flows_number(str_sub(s, 1, s.n), &x)) {
        refused(r, column, M("'%1' is negative: figures are 0 or more"), s, S(""));
    } else if (!flows_number(s, &x)) {
        refused(r, column, M("'%1' is no number: write it as 12, 0.5 or 1e-3"), s, S(""));
    } else if (x > most) {
        refused(r, column, M("'%1' is above the limit of %2"), s, str_fmt(r->w->a, "%.0f", most));
    } else {
        *out = x;
    }
}

/* ---- the header ---- */

static bool is_code(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (!good) return false;
    }
    return s.n != 0 && s.n <= CODE_MAX;
}

static bool is_own(struct reading *r, size_t column)
{
    for (int o = 0; o < OWN; o++) {
        if (!str_eq(csv_header(r->csv, column), str_of(own_names[o]))) continue;
        if (o == IMPORTS && !r->deliveries) return false;
        r->own[o] = (ptrdiff_t)column;
        return true;
    }
    return false;
}

static enum err columns_read(struct reading *r)
{
    size_t n = csv_columns(r->csv);
    r->column = arena_array(r->w->a, n, sizeof *r->column);
    r->named = arena_array(r->w->a, n, sizeof *r->named);
    for (int o = 0; o < OWN; o++) r->own[o] = -1;
    for (size_t c = 1; c < n; c++) {
        str name = csv_header(r->csv, c);
        if (is_own(r, c)) continue;
        if (!is_code(name))
            refused(r, c, M("'%1' is no code of a sector: letters, digits and - _ . only, at most 64"), name, S(""));
        r->named[r->f->n] = str_dup(r->w->a, name);
        r->column[r->f->n++] = c;
    }
    if (work_err(r->w) != OK) return INVALID;
    if (r->f->n == 0) return refused(r, 0, M("no column names a sector: behind the first one there is one for each of them"), S(""), S(""));
    if (r->f->n > LOSS_SECTORS_MAX)
        return refused(r, 0, M("%2 sectors are more than the %1 that fit"), str_int(r->w->a, LOSS_SECTORS_MAX), str_int(r->w->a, (int64_t)r->f->n));
    if (r->deliveries && r->own[OUTPUT] < 0)
        return refused(r, 0, M("a column 'output' is missing: what each sector makes in all"), S(""), S(""));
    return OK;
}

/* ---- rows ---- */

static size_t sector_named(const struct reading *r, str code)
{
    for (size_t i = 0; i < r->f->n; i++)
        if (str_eq(r->named[i], code)) return i;
    return SIZE_MAX;
}

static str text_in(const struct reading *r, enum own o, str fallback)
{
    str s = r->own[o] < 0 ? S("") : str_trim(csv_cell(r->csv, (size_t)r->own[o]));
    return s.n == 0 ? fallback : str_dup(r->w->a, s);
}

static void row_read(struct reading *r)
{
    struct flows *f = r->f;
    str code = str_trim(csv_cell(r->csv, 0));
    size_t sector = sector_named(r, code), row = r->rows;
    if (sector == SIZE_MAX) {
        refused(r, 0, M("no column is named '%1': rows and columns are the same sectors"), code, S(""));
        return;
    }
    if (r->row_of[sector] != SIZE_MAX) {
        refused(r, 0, M("sector '%1' has a row already"), code, S(""));
        return;
    }
    r->row_of[sector] = row;
    f->code[row] = r->named[sector];
    f->ja[row] = text_in(r, JA, f->code[row]);
    f->en[row] = text_in(r, EN, f->code[row]);
    for (size_t c = 0; c < f->n; c++) amount(r, r->column[c], r->deliveries ? FLOWS_MAX : FLOWS_COEFFICIENT_MAX, &r->by_column[row * f->n + c]);
    if (f->output) amount(r, (size_t)r->own[OUTPUT], FLOWS_MAX, &f->output[row]);
    if (f->imports) amount(r, (size_t)r->own[IMPORTS], FLOWS_MAX, &f->imports[row]);
    if (r->deliveries && f->output[row] == 0 && work_err(r->w) == OK)
        refused(r, (size_t)r->own[OUTPUT], M("a sector that makes nothing has no coefficients: leave '%1' out"), code, S(""));
    r->rows++;
}

/* Columns come into the order of the rows. */
static enum err squared(struct reading *r)
{
    size_t n = r->f->n;
    for (size_t c = 0; c < n; c++)
        if (r->row_of[c] == SIZE_MAX)
            refused(r, r->column[c], M("sector '%1' has a column and no row: rows and columns are the same sectors"), r->named[c], S(""));
    if (work_err(r->w) != OK) return INVALID;
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < n; c++) r->f->cell[i * n + r->row_of[c]] = r->by_column[i * n + c];
    return OK;
}

enum err flows_read(struct work *w, const struct file *file, bool deliveries, struct flows *out)
{
    struct flows f = {0};
    struct reading r = {.w = w, .f = &f, .deliveries = deliveries};
    enum err e = csv_open(w, file->name, file->bytes, CSV_DETECT, &r.csv);
    if (e != OK || (e = columns_read(&r)) != OK) return e;
    f.code = arena_array(w->a, f.n, sizeof *f.code);
    f.ja = arena_array(w->a, f.n, sizeof *f.ja);
    f.en = arena_array(w->a, f.n, sizeof *f.en);
    f.cell = arena_array(w->a, f.n * f.n, sizeof *f.cell);
    r.by_column = arena_array(w->a, f.n * f.n, sizeof *r.by_column);
    r.row_of = arena_array(w->a, f.n, sizeof *r.row_of);
    if (r.own[OUTPUT] >= 0) f.output = arena_array(w->a, f.n, sizeof *f.output);
    if (r.own[IMPORTS] >= 0) f.imports = arena_array(w->a, f.n, sizeof *f.imports);
    for (size_t i = 0; i < f.n; i++) r.row_of[i] = SIZE_MAX;
    while (csv_next(r.csv)) row_read(&r);
    if ((e = csv_err(r.csv)) != OK || (e = work_err(w)) != OK || (e = squared(&r)) != OK) return e;
    *out = f;
    return OK;
}
