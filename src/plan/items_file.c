/* The items of an edition as a file: CSV, and a workbook of one sheet with the same columns. */
#include "plan/items.h"

#include <string.h>

#include "format/csv.h"
#include "format/xlsx_read.h"
#include "format/xlsx_write.h"

/* ---- reading ---- */

struct reading {
    struct work *w;
    const struct owners *owners;
    str file;
    ptrdiff_t at[PLAN_COLUMNS];
    struct plan_item *items;
    int64_t *row;
    size_t n, room, row_room;
    bool headed; /* of a workbook: the line of names was read */
    bool bad;
    bool guarded; /* of CSV: texts that look like formulas have an apostrophe before them */
    struct xlsx_in *book;
    size_t tab;
};

static bool risky(char c) { return c == '=' || c == '+' || c == '-' || c == '@'; }

/* Of what an export has put before texts that a spreadsheet would take for formulas, one is taken away. */
static str unguarded(str s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] == '\'') i++;
    return i > 0 && i < s.n && risky(s.p[i]) ? str_sub(s, 1, s.n) : s;
}

static enum err too_many(const struct reading *r, int64_t row)
{
    return fault_in(r->w, INVALID, ((struct where){.file = r->file, .row = row}), M("more than %1 rows: part the plan"),
                    str_int(r->w->a, PLAN_ITEMS_MAX));
}

static void take_row(struct reading *r, const str *cell, size_t n, int64_t row)
{
    struct plan_cells c = {.file = r->file, .row = row, .at = r->at};
    r->items = arena_more(r->w->a, r->items, r->n, &r->room, sizeof *r->items);
    r->row = arena_more(r->w->a, r->row, r->n, &r->row_room, sizeof *r->row);
    for (size_t k = 0; k < PLAN_COLUMNS; k++) {
        bool has = r->at[k] >= 0 && (size_t)r->at[k] < n;
        c.cell[k] = !has ? S("") : r->guarded ? unguarded(cell[r->at[k]]) : cell[r->at[k]];
    }
    r->bad = item_of_cells(r->w, r->owners, &c, &r->items[r->n]) != OK || r->bad;
    r->row[r->n++] = row;
}

static enum err read_csv(struct reading *r, const struct file *f)
{
    static const char *const required[] = {"kind", "key", "title_ja", NULL};
    static const char *const optional[] = {"level", "code",   "title_en", "text_ja",    "text_en", "relists", "area",
                                           "owners", "lead", "milestones", "links", "flag", NULL};
    static const enum plan_column order[] = {COL_KIND, COL_KEY, COL_TITLE_JA, COL_LEVEL, COL_CODE, COL_TITLE_EN, COL_TEXT_JA,
                                             COL_TEXT_EN, COL_RELISTS, COL_AREA, COL_OWNERS, COL_LEAD, COL_MILESTONES, COL_LINKS,
                                             COL_FLAG};
    struct csv *csv;
    ptrdiff_t at[PLAN_COLUMNS];
    enum err e = csv_open(r->w, f->name, f->bytes, CSV_DETECT, &csv);
    if (e == OK) e = csv_shape(r->w, csv, &(struct csv_shape){required, optional}, at);
    if (e != OK) return e;
    for (size_t i = 0; i < PLAN_COLUMNS; i++) r->at[order[i]] = at[i];
    r->guarded = true;
    while (csv_next(csv)) {
        if (r->n == PLAN_ITEMS_MAX) return too_many(r, csv_row(csv));
        take_row(r, csv_cells(csv), csv_columns(csv), csv_row(csv));
        if (r->n % 500 == 0) work_progress(r->w, M("items"), (int64_t)r->n, csv_rows_likely(csv));
    }
    return csv_err(csv);
}

/* ---- a workbook ---- */

static enum err read_head(struct reading *r, const struct xlsx_line *line)
{
    r->headed = true;
    for (size_t k = 0; k < PLAN_COLUMNS; k++) r->at[k] = -1;
    for (size_t i = 0; i < line->n; i++) {
        str name = str_trim(line->cell[i]);
        size_t k = 0;
        while (k < PLAN_COLUMNS && !str_eq(name, str_of(plan_columns[k]))) k++;
        if (name.n == 0) continue;
        if (k == PLAN_COLUMNS || r->at[k] >= 0)
            return fault_in(r->w, INVALID, xlsx_where(r->book, r->tab, line->row, i),
                            M("no column of a plan is called '%1', or it is there twice"), name);
        r->at[k] = (ptrdiff_t)i;
    }
    if (r->at[COL_KIND] >= 0 && r->at[COL_KEY] >= 0 && r->at[COL_TITLE_JA] >= 0) return OK;
    return fault_in(r->w, INVALID, xlsx_where(r->book, r->tab, line->row, 0),
                    M("the first row has to name the columns, among them kind, key and title_ja"));
}

static enum err take_line(void *to, const struct xlsx_line *line)
{
    struct reading *r = to;
    if (!r->headed) return read_head(r, line);
    if (r->n == PLAN_ITEMS_MAX) return too_many(r, line->row);
    take_row(r, line->cell, line->n, line->row);
    return OK;
}

/* The sheet called items, else the first. */
static enum err read_xlsx(struct reading *r, const struct file *f)
{
    enum err e = xlsx_open(r->w, f->name, f->bytes, &r->book);
    if (e != OK) return e;
    ptrdiff_t named = xlsx_tab_named(r->book, S("items"));
    r->tab = named < 0 ? 0 : (size_t)named;
    return xlsx_lines(r->book, r->tab, take_line, r);
}

enum err plan_items_read(struct work *w, const struct file *f, const struct owners *owners, const str *areas, size_t n_areas,
                    struct plan_item **out, size_t *n)
{
    struct reading r = {.w = w, .owners = owners, .file = f->name};
    int64_t before = w->faults.count;
    if (f->bytes.n > PLAN_FILE_MAX)
        return fault_in(w, INVALID, ((struct where){.file = f->name}), M("the file is larger than 64 MB"));
    enum err e = xlsx_likely(f->bytes) ? read_xlsx(&r, f) : read_csv(&r, f);
    if (e != OK) return e;
    if (r.n == 0) return fault_in(w, INVALID, ((struct where){.file = f->name}), M("the file has no rows"));
    if (r.bad || w->faults.count != before) return INVALID;
    e = items_complete(w, &(struct items_from){f->name, r.row, r.at}, areas, n_areas, r.items, r.n);
    if (e != OK) return e;
    *out = r.items;
    *n = r.n;
    return OK;
}

/* ---- writing ---- */

enum { PIECE = 1 << 16 };

static void put_csv(struct buf *b, const struct plan_cells *c)
{
    for (size_t k = 0; k < PLAN_COLUMNS; k++) {
        str s = c->cell[k];
        size_t i = 0;
        while (i < s.n && s.p[i] == '\'') i++;
        bool guard = i < s.n && risky(s.p[i]);
        csv_put_raw(b, guard ? str_fmt(b->a, "'%.*s", STR_ARG(s)) : s, k == 0);
    }
    csv_end_row(b);
}

enum err plan_items_csv(struct work *w, const struct plan_item *items, size_t n, struct bytes_out *out)
{
    struct arena_mark mark = arena_mark(w->a);
    struct buf b = buf_in(w->a);
    for (size_t k = 0; k < PLAN_COLUMNS; k++) csv_put_raw(&b, str_of(plan_columns[k]), k == 0);
    csv_end_row(&b);
    int64_t below = 1; /* what stands below the last heading does not say its level */
    for (size_t i = 0; i < n; i++) {
        struct plan_cells c;
        bool heading = items[i].kind == ITEM_HEADING;
        cells_of_item(w->a, &items[i], heading ? 0 : below, &c);
        if (heading) below = items[i].level + 1;
        put_csv(&b, &c);
        if (b.n < PIECE && i + 1 < n) continue;
        enum err e = out->put(out, buf_str(&b));
        if (e != OK) return e;
        arena_back(w->a, mark);
        b = buf_in(w->a);
    }
    return n != 0 ? OK : out->put(out, buf_str(&b));
}

struct sink {
    struct bytes_out *out;
    enum err err;
};

static void put_bytes(void *to, str bytes)
{
    struct sink *s = to;
    if (s->err == OK) s->err = s->out->put(s->out, bytes);
}

enum err plan_items_xlsx(struct work *w, str title, const struct plan_item *items, size_t n, struct bytes_out *out)
{
    static const enum xlsx_style style[PLAN_COLUMNS] = {
        [COL_TEXT_JA] = XLSX_WRAP, [COL_TEXT_EN] = XLSX_WRAP, [COL_TITLE_JA] = XLSX_WRAP, [COL_TITLE_EN] = XLSX_WRAP};
    struct xlsx_head heads[PLAN_COLUMNS];
    struct sink sink = {out, OK};
    const struct xlsx_about about = {title, w->now};
    struct xlsx *book = xlsx_begin(w->a, (struct zip_sink){put_bytes, &sink}, &about);
    for (size_t k = 0; k < PLAN_COLUMNS; k++) heads[k] = (struct xlsx_head){str_of(plan_columns[k]), false};
    struct xlsx_sheet *s = xlsx_sheet(book, S("items"), heads, PLAN_COLUMNS);
    int64_t below = 1; /* what stands below the last heading does not say its level */
    for (size_t i = 0; i < n; i++) {
        struct plan_cells c;
        bool heading = items[i].kind == ITEM_HEADING;
        cells_of_item(w->a, &items[i], heading ? 0 : below, &c);
        if (heading) below = items[i].level + 1;
        xlsx_row(s);
        for (size_t k = 0; k < PLAN_COLUMNS; k++) c.cell[k].n == 0 ? xlsx_none(s) : xlsx_text(s, style[k], c.cell[k]);
    }
    xlsx_sheet_end(s, &(struct xlsx_paper){.head_left = title});
    if (!xlsx_end(book)) return fault(w, BUSY, M("the plan is too large for a workbook: take the CSV"));
    return sink.err;
}
