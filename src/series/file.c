#include "series/file.h"

#include <string.h>

#include "format/csv.h"
#include "format/xlsx_read.h"

const char *const series_line_what_words[] = {"series", "part", "definition", "value", "target", NULL};
const char *const series_line_column_names[] = {"what", "series", "period", "part",     "value",    "n",         "d",
                                         "flag", "ja",     "en",     "unit_ja",  "unit_en",  "direction", "kind",
                                         "org",  "public", "area",   "owner_ja", "owner_en", "source_ja", "source_en",
                                         "role", "ref",    "reason", NULL};

#define BIT(c) (1u << (c))
#define NAMES (BIT(IN_WHAT) | BIT(IN_SERIES) | BIT(IN_JA) | BIT(IN_EN))
static const struct {
    unsigned needs, may;
} shape[LINE_WHATS] = {
    [LINE_SERIES] = {BIT(IN_SERIES) | BIT(IN_JA) | BIT(IN_UNIT_JA) | BIT(IN_ORG),
                     NAMES | BIT(IN_UNIT_JA) | BIT(IN_UNIT_EN) | BIT(IN_DIRECTION) | BIT(IN_KIND) | BIT(IN_ORG) |
                         BIT(IN_PUBLIC) | BIT(IN_AREA) | BIT(IN_OWNER_JA) | BIT(IN_OWNER_EN)},
    [LINE_PART] = {BIT(IN_SERIES) | BIT(IN_PART) | BIT(IN_JA), NAMES | BIT(IN_PART) | BIT(IN_ROLE)},
    [LINE_DEFINITION] = {BIT(IN_SERIES) | BIT(IN_PERIOD) | BIT(IN_JA) | BIT(IN_SOURCE_JA),
                         NAMES | BIT(IN_PERIOD) | BIT(IN_SOURCE_JA) | BIT(IN_SOURCE_EN) | BIT(IN_REASON)},
    [LINE_VALUE] = {BIT(IN_SERIES) | BIT(IN_PERIOD) | BIT(IN_VALUE), NAMES | BIT(IN_PERIOD) | BIT(IN_PART) |
                                                                         BIT(IN_VALUE) | BIT(IN_N) | BIT(IN_D) |
                                                                         BIT(IN_FLAG) | BIT(IN_REASON)},
    [LINE_TARGET] = {BIT(IN_SERIES) | BIT(IN_PERIOD) | BIT(IN_VALUE) | BIT(IN_REF),
                     NAMES | BIT(IN_PERIOD) | BIT(IN_PART) | BIT(IN_VALUE) | BIT(IN_REF) | BIT(IN_REASON)},
};

static bool is_code(int c) { return c == IN_SERIES || c == IN_PART || c == IN_ORG || c == IN_AREA; }
static bool is_text(int c)
{
    return c == IN_JA || c == IN_EN || c == IN_SOURCE_JA || c == IN_SOURCE_EN || c == IN_REASON;
}

struct where series_line_where(const struct lines *t, const struct line *l, enum line_column c)
{
    str name = str_of(series_line_column_names[c]);
    ptrdiff_t at = t->at[c] < 0 ? 0 : t->at[c];
    if (l->row == 0) return (struct where){.field = name};
    if (t->book != NULL) return xlsx_where(t->book, t->tab, l->row, (size_t)at);
    return (struct where){.file = t->file, .row = l->row, .column = at + 1, .field = name};
}

/* ---- checks ---- */

static bool code_fits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (memchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:", s.p[i], 67) == NULL)
            return false;
    return s.n <= CODE_MAX;
}

static void check_cell(struct work *w, const struct lines *t, const struct line *l, int c)
{
    str s = l->cell[c];
    struct where at = series_line_where(t, l, (enum line_column)c);
    size_t most = is_text(c) ? SERIES_TEXT_MAX : SERIES_NAME_MAX;
    if (s.n == 0 && (shape[l->what].needs & BIT(c)) != 0)
        fault_in(w, INVALID, at, M("a row of '%1' needs '%2'"), str_of(series_line_what_words[l->what]),
                 str_of(series_line_column_names[c]));
    else if (s.n != 0 && (shape[l->what].may & BIT(c)) == 0)
        fault_in(w, INVALID, at, M("a row of '%1' has no '%2': leave it empty"), str_of(series_line_what_words[l->what]),
                 str_of(series_line_column_names[c]));
    else if (is_code(c) && !code_fits(s))
        fault_in(w, INVALID, at, M("'%1' is no code: letters, digits and - _ . / : only, at most %2"), s,
                 str_int(w->a, CODE_MAX));
    else if (s.n > most)
        fault_in(w, INVALID, at, M("longer than %1 bytes"), str_int(w->a, (int64_t)most));
}

void series_line_check(struct work *w, const struct lines *t, const struct line *l)
{
    for (int c = 0; c < LINE_COLUMNS; c++) check_cell(w, t, l, c);
}

/* ---- reading ---- */

struct reading {
    struct work *w;
    struct lines *t;
    size_t room;
    bool headed;
};

static bool line_word(str word, enum line_what *out)
{
    for (size_t i = 0; i < LINE_WHATS; i++) {
        if (!str_eq(str_of(series_line_what_words[i]), word)) continue;
        *out = (enum line_what)i;
        return true;
    }
    return false;
}

static enum err add_line(struct reading *r, int64_t row, const str *cells, size_t n)
{
    struct lines *t = r->t;
    struct line l = {.row = row};
    bool any = false;
    for (int c = 0; c < LINE_COLUMNS; c++) {
        if (t->at[c] < 0 || (size_t)t->at[c] >= n) continue;
        str s = str_trim(cells[t->at[c]]);
        any = any || s.n != 0;
        l.cell[c] = str_dup(r->w->a, t->book != NULL && c == IN_VALUE ? decimal_of_sheet(r->w->a, s) : s);
    }
    if (!any) return OK;
    if (t->n == SERIES_ROWS_MAX)
        return fault_in(r->w, INVALID, series_line_where(t, &l, IN_WHAT), M("a file has at most %1 rows: part it"),
                        str_int(r->w->a, SERIES_ROWS_MAX));
    if (!line_word(l.cell[IN_WHAT], &l.what)) {
        fault_in(r->w, INVALID, series_line_where(t, &l, IN_WHAT),
                 M("'%1' is no kind of row: series part definition value target"), l.cell[IN_WHAT]);
        return OK;
    }
    t->all = arena_more(r->w->a, t->all, t->n, &r->room, sizeof *t->all);
    t->all[t->n++] = l;
    series_line_check(r->w, t, &l);
    return OK;
}

static enum err read_csv(struct reading *r, const struct file *file)
{
    static const char *const required[] = {"what", "series", NULL};
    ptrdiff_t at[LINE_COLUMNS];
    struct csv *c;
    enum err e = csv_open(r->w, file->name, file->bytes, CSV_DETECT, &c);
    if (e == OK) e = csv_shape(r->w, c, &(struct csv_shape){required, series_line_column_names + 2}, at);
    if (e != OK) return e;
    memcpy(r->t->at, at, sizeof at);
    while (e == OK && csv_next(c)) e = add_line(r, csv_row(c), csv_cells(c), csv_columns(c));
    return e == OK ? csv_err(c) : e;
}

/* The first row with anything in it names the columns. */
static enum err take_head(struct reading *r, const struct xlsx_line *l)
{
    struct lines *t = r->t;
    r->headed = true;
    for (size_t i = 0; i < l->n; i++) {
        str name = str_trim(l->cell[i]);
        size_t c = 0;
        while (c < LINE_COLUMNS && !str_eq(str_of(series_line_column_names[c]), name)) c++;
        if (name.n == 0) continue;
        if (c == LINE_COLUMNS || t->at[c] >= 0)
            return fault_in(
                r->w, INVALID, xlsx_where(t->book, t->tab, l->row, i),
                c == LINE_COLUMNS ? M("there is no column '%1' in this layout") : M("column '%1' comes twice"), name);
        t->at[c] = (ptrdiff_t)i;
    }
    if (t->at[IN_WHAT] >= 0 && t->at[IN_SERIES] >= 0) return OK;
    return fault_in(r->w, INVALID, xlsx_where(t->book, t->tab, l->row, 0),
                    M("the first row names the columns, 'what' and 'series' among them"));
}

static enum err take_line(void *to, const struct xlsx_line *l)
{
    struct reading *r = to;
    return r->headed ? add_line(r, l->row, l->cell, l->n) : take_head(r, l);
}

static enum err read_xlsx(struct reading *r, const struct file *file)
{
    enum err e = xlsx_open(r->w, file->name, file->bytes, &r->t->book);
    if (e != OK) return e;
    for (int c = 0; c < LINE_COLUMNS; c++) r->t->at[c] = -1;
    while (r->t->tab + 1 < xlsx_tabs(r->t->book) && xlsx_tab(r->t->book, r->t->tab)->shown != XLSX_SHOWN) r->t->tab++;
    return xlsx_lines(r->t->book, r->t->tab, take_line, r);
}

enum err series_lines_read(struct work *w, const struct file *file, struct lines *out)
{
    *out = (struct lines){.file = file->name};
    struct reading r = {.w = w, .t = out};
    enum err e = xlsx_likely(file->bytes) ? read_xlsx(&r, file) : read_csv(&r, file);
    if (e == OK) e = work_err(w);
    if (e == OK && out->n == 0)
        e = fault_in(w, INVALID, ((struct where){.file = file->name}),
                     M("the file has no rows: there is nothing to take in"));
    return e;
}

/* ---- what a line says ---- */

static bool one_of(struct work *w, const struct lines *t, const struct line *l, enum line_column c, const char *words,
                   str *out)
{
    str rest = str_of(words), word, given = l->cell[c];
    for (bool first = true; str_cut(&rest, ' ', &word); first = false) {
        if (first && given.n == 0) given = word; /* the first is meant where nothing is said */
        if (!str_eq(word, given)) continue;
        *out = word;
        return true;
    }
    fault_in(w, INVALID, series_line_where(t, l, c), M("'%1' is none of: %2"), given, str_of(words));
    return false;
}

static str other(str s, str fallback) { return s.n == 0 ? fallback : s; }

bool series_line_indicator(struct work *w, const struct lines *t, const struct line *l, struct indicator *out)
{
    const str *c = l->cell;
    struct indicator s = {.code = c[IN_SERIES],
                          .ja = c[IN_JA],
                          .en = other(c[IN_EN], c[IN_JA]),
                          .unit_ja = c[IN_UNIT_JA],
                          .unit_en = other(c[IN_UNIT_EN], c[IN_UNIT_JA]),
                          .area = c[IN_AREA],
                          .owner_ja = c[IN_OWNER_JA],
                          .owner_en = other(c[IN_OWNER_EN], c[IN_OWNER_JA]),
                          .org_code = c[IN_ORG]};
    str public;
    bool good = one_of(w, t, l, IN_DIRECTION, "neither higher lower", &s.direction);
    good = one_of(w, t, l, IN_KIND, "flow stock share", &s.kind) && good;
    good = one_of(w, t, l, IN_PUBLIC, "no yes", &public) && good;
    if (str_starts(s.code, S("inspection-"))) {
        fault_in(w, INVALID, series_line_where(t, l, IN_SERIES),
                 M("series '%1': codes that begin with 'inspection-' are those of the rounds; give another"), s.code);
        good = false;
    }
    if (!good) return false;
    s.open = str_eq(public, S("yes"));
    *out = s;
    return true;
}

bool series_line_part(struct work *w, const struct lines *t, const struct line *l, struct series_part *out)
{
    struct series_part p = {
        .code = l->cell[IN_PART], .ja = l->cell[IN_JA], .en = other(l->cell[IN_EN], l->cell[IN_JA]), .row = l->row};
    if (!one_of(w, t, l, IN_ROLE, "part among total apart", &p.role)) return false;
    *out = p;
    return true;
}

static bool period_of(struct work *w, const struct lines *t, const struct line *l, struct period *out)
{
    if (period_parse(l->cell[IN_PERIOD], out)) return true;
    fault_in(w, INVALID, series_line_where(t, l, IN_PERIOD),
             M("'%1' is no period: 2007, FY2007, 2007Q1, FY2007Q1, 2007-05 or 2007-05-21"), l->cell[IN_PERIOD]);
    return false;
}

static bool value_of(struct work *w, const struct lines *t, const struct line *l, struct decimal *out)
{
    if (decimal_parse(l->cell[IN_VALUE], out)) return true;
    fault_in(w, INVALID, series_line_where(t, l, IN_VALUE),
             M("'%1' is no number such as 1818 or 52.3 (at most %2 digits, %3 decimals)"), l->cell[IN_VALUE],
             str_int(w->a, DECIMAL_DIGITS_MAX), str_int(w->a, DECIMAL_SCALE_MAX));
    return false;
}

bool series_line_definition(struct work *w, const struct lines *t, const struct line *l, struct definition *out)
{
    const str *c = l->cell;
    struct period p;
    if (!period_of(w, t, l, &p)) return false;
    *out = (struct definition){.since = c[IN_PERIOD],
                               .first = p.first,
                               .counted_ja = c[IN_JA],
                               .counted_en = other(c[IN_EN], c[IN_JA]),
                               .source_ja = c[IN_SOURCE_JA],
                               .source_en = other(c[IN_SOURCE_EN], c[IN_SOURCE_JA]),
                               .row = l->row};
    return true;
}

static bool count_of(struct work *w, const struct lines *t, const struct line *l, enum line_column c, bool *has,
                     int64_t *out)
{
    struct decimal d;
    *has = l->cell[c].n != 0;
    if (!*has) return true;
    if (decimal_parse(l->cell[c], &d) && d.scale == 0 && d.i >= 0 && (c != IN_D || d.i > 0)) {
        *out = d.i;
        return true;
    }
    fault_in(w, INVALID, series_line_where(t, l, c), M("'%1' is no whole number that something is counted by"), l->cell[c]);
    return false;
}

bool series_line_point(struct work *w, const struct lines *t, const struct line *l, struct point *out)
{
    const str *c = l->cell;
    struct period p;
    struct point v = {.period = c[IN_PERIOD],
                      .part = c[IN_PART],
                      .text = c[IN_VALUE],
                      .note_ja = c[IN_JA],
                      .note_en = other(c[IN_EN], c[IN_JA]),
                      .row = l->row};
    bool good = period_of(w, t, l, &p);
    good = value_of(w, t, l, &v.value) && good;
    good = count_of(w, t, l, IN_N, &v.has_n, &v.n) && count_of(w, t, l, IN_D, &v.has_d, &v.d) && good;
    good = (c[IN_FLAG].n == 0 || one_of(w, t, l, IN_FLAG, "derived provisional", &v.flag)) && good;
    if (good && v.has_n && (!v.has_d || v.n > v.d)) {
        fault_in(w, INVALID, series_line_where(t, l, IN_N), M("n is a part of d: give both, n not above d"));
        good = false;
    }
    if (!good) return false;
    v.key = p.key;
    *out = v;
    return true;
}

bool series_line_target(struct work *w, const struct lines *t, const struct line *l, struct target *out)
{
    const str *c = l->cell;
    struct period p;
    struct target g = {.period = c[IN_PERIOD],
                       .part = c[IN_PART],
                       .text = c[IN_VALUE],
                       .source = c[IN_REF],
                       .note_ja = c[IN_JA],
                       .note_en = other(c[IN_EN], c[IN_JA]),
                       .row = l->row};
    bool good = period_of(w, t, l, &p);
    good = value_of(w, t, l, &g.value) && good;
    if (!good) return false;
    g.key = p.key;
    *out = g;
    return true;
}

/* ---- out ---- */

void series_lines_head(struct buf *b)
{
    for (int c = 0; c < LINE_COLUMNS; c++) csv_put(b, str_of(series_line_column_names[c]), c == 0);
    csv_end_row(b);
}

void series_line_put(struct buf *b, const str cell[LINE_COLUMNS])
{
    for (int c = 0; c < LINE_COLUMNS; c++) csv_put_raw(b, cell[c], c == 0); /* it comes back as it is */
    csv_end_row(b);
}
