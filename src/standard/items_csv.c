/* CSV of every kind of row. What is written reads back to the same rows, and these write the same bytes. */
#include "standard/items.h"

enum { ROWS_MAX = 1000000 };

struct columns {
    const char *required[ITEM_FIELDS + 1], *optional[ITEM_FIELDS + 1];
    size_t field[ITEM_FIELDS]; /* of the names above, in one row */
    size_t n;
};

static struct columns columns_of(const struct what *what)
{
    struct columns c = {.n = 0};
    size_t required = 0, optional = 0;
    for (unsigned pass = 0; pass < 2; pass++) {
        for (size_t i = 0; what->field[i].name != NULL; i++) {
            unsigned flags = what->field[i].flags;
            if ((flags & FIELD_HIDDEN) != 0 || (flags & FIELD_OPTIONAL) != (pass == 0 ? 0U : FIELD_OPTIONAL)) continue;
            if (pass == 0)
                c.required[required++] = what->field[i].name;
            else
                c.optional[optional++] = what->field[i].name;
            c.field[c.n++] = i;
        }
    }
    return c;
}

static void row_read(struct work *w, const struct csv *csv, const struct columns *c, const ptrdiff_t *at,
                     struct items *out)
{
    struct item *x = items_add(w->a, out);
    x->row = csv_row(csv);
    x->weak = ~0U;
    for (size_t i = 0; i < c->n; i++) {
        if (at[i] < 0) continue;
        x->f[c->field[i]] = str_dup(w->a, str_trim(csv_cell(csv, (size_t)at[i])));
        x->weak &= ~(1U << c->field[i]);
    }
}

enum err items_read(struct work *w, const struct what *what, const struct file *file, struct items *out)
{
    if (file->bytes.n > STANDARD_FILE_MAX) {
        return fault_in(w, INVALID, (struct where){.file = file->name}, M("the file is larger than 64 MB"));
    }
    struct csv *csv;
    enum err e = csv_open(w, file->name, file->bytes, CSV_DETECT, &csv);
    if (e != OK) return e;
    struct columns c = columns_of(what);
    ptrdiff_t at[ITEM_FIELDS];
    if ((e = csv_shape(w, csv, &(struct csv_shape){c.required, c.optional}, at)) != OK) return e;
    struct items items = items_of(what);
    items.file = file->name;
    for (size_t i = 0; i < c.n; i++) items.column[c.field[i]] = at[i] + 1;
    while (csv_next(csv)) {
        if (items.n == ROWS_MAX) return fault_in(w, INVALID, csv_where(csv, 0), M("more than a million rows"));
        row_read(w, csv, &c, at, &items);
    }
    if ((e = csv_err(csv)) == OK) *out = items;
    return e;
}

static bool any_has(const struct items *items, size_t field)
{
    for (size_t i = 0; i < items->n; i++) {
        if (items->v[i].f[field].n != 0) return true;
    }
    return false;
}

/* Without the formula guard, which would come back as part of the text. */
void items_write(struct buf *b, const struct items *items)
{
    size_t field[ITEM_FIELDS], n = 0;
    for (size_t i = 0; items->what->field[i].name != NULL; i++) {
        unsigned flags = items->what->field[i].flags;
        if ((flags & FIELD_HIDDEN) != 0 || ((flags & FIELD_OPTIONAL) != 0 && !any_has(items, i))) continue;
        csv_put_raw(b, str_of(items->what->field[i].name), n == 0);
        field[n++] = i;
    }
    csv_end_row(b);
    for (size_t row = 0; row < items->n; row++) {
        for (size_t i = 0; i < n; i++) csv_put_raw(b, items->v[row].f[field[i]], i == 0);
        csv_end_row(b);
    }
}
