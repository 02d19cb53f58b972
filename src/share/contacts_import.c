/* share contacts-import: many contacts from a file, merged by organisation and number. All rows or none. */
#include "share/circle.h"
#include "share/contacts.h"
#include "share/who.h"

#include "format/csv.h"

enum { FILE_MAX = 16 << 20, ROWS_MAX = 100000 };
enum { AT_ORG, AT_ORD, AT_AROUND, AT_FIRST, COLUMNS = AT_FIRST + CONTACT_FIELDS };

struct contacts_file {
    struct work *w;
    const struct circle *c;
    struct csv *csv;
    ptrdiff_t at[COLUMNS];
    int64_t *count; /* by organisation: those that stand, with those of the file; -1: not asked yet */
    struct contact *row;
    size_t n, room;
};

static str cell(const struct contacts_file *x, int column)
{
    return x->at[column] < 0 ? S("") : str_dup(x->w->a, str_trim(csv_cell(x->csv, (size_t)x->at[column])));
}

static struct where place(const struct contacts_file *x, int column)
{
    return csv_where(x->csv, x->at[column] < 0 ? 0 : (size_t)x->at[column]);
}

static bool ord_of(struct contacts_file *x, int32_t org, int64_t *out)
{
    struct contact *all;
    size_t n;
    if (x->count[org] < 0) {
        if (contacts_of(x->w, x->c->net.org[org].id, &all, &n) != OK) return false;
        x->count[org] = (int64_t)n;
    }
    if (!str_to_int(cell(x, AT_ORD), out) || *out < 1 || *out > CONTACTS_MAX)
        return fault_in(x->w, INVALID, place(x, AT_ORD), M("a number from 1 to %1"), str_int(x->w->a, CONTACTS_MAX)),
               false;
    if (*out > x->count[org] + 1)
        return fault_in(x->w, INVALID, place(x, AT_ORD), M("contacts are numbered from 1 without gaps: the next is %1"),
                        str_int(x->w->a, x->count[org] + 1)),
               false;
    if (*out > x->count[org]) x->count[org] = *out;
    return true;
}

static bool around_of(struct contacts_file *x, bool *out)
{
    str v = cell(x, AT_AROUND);
    if (x->at[AT_AROUND] < 0) return true;
    if (str_eq(v, S("yes")) || str_eq(v, S("1"))) return *out = true, true;
    if (v.n == 0 || str_eq(v, S("no")) || str_eq(v, S("0"))) return *out = false, true;
    return fault_in(x->w, INVALID, place(x, AT_AROUND), M("'%1' is neither yes nor no"), v), false;
}

/* One of the same number again would be the second text of one contact. */
static bool twice(const struct contacts_file *x, const struct contact *c)
{
    for (size_t i = x->n; i-- > 0 && x->n - i <= CONTACTS_MAX * 2;)
        if (x->row[i].org == c->org && x->row[i].ord == c->ord)
            return fault_in(x->w, INVALID, place(x, AT_ORD), M("'%1' stands in the file twice"), cell(x, AT_ORD)), true;
    return false;
}

static void read_contact(struct contacts_file *x)
{
    int32_t org;
    int64_t ord;
    struct contact c;
    struct work *w = x->w;
    if (circle_code(w, x->c, cell(x, AT_ORG), place(x, AT_ORG), circle_contacts, &org) != OK || !ord_of(x, org, &ord))
        return;
    if (contact_find(w, x->c->net.org[org].id, ord, &c) != OK || twice(x, &c)) return;
    bool good = around_of(x, &c.around);
    for (int i = 0; i < CONTACT_FIELDS; i++)
        if (x->at[AT_FIRST + i] >= 0)
            good &= contact_value(w, &contact_fields[i], cell(x, AT_FIRST + i), place(x, AT_FIRST + i), &c);
    if (!good || !contact_whole(w, &c, place(x, AT_ORG))) return;
    bool own = org == x->c->at;
    c.confirmed = own ? w->now : 0;
    c.confirmed_by = own ? acting_person(w) : S("");
    x->row = arena_more(w->a, x->row, x->n, &x->room, sizeof *x->row);
    x->row[x->n++] = c;
}

static enum err read_contacts(struct contacts_file *x, const struct file *f)
{
    static const char *const required[] = {"org", "ord", NULL};
    const char *optional[1 + CONTACT_FIELDS + 1] = {"around"};
    struct work *w = x->w;
    for (int i = 0; i < CONTACT_FIELDS; i++) optional[1 + i] = contact_fields[i].key;
    if (f->bytes.n > FILE_MAX)
        return fault_in(w, INVALID, (struct where){.file = f->name}, M("the file is larger than %1 MB"),
                        str_int(w->a, FILE_MAX >> 20));
    enum err e = csv_open(w, f->name, f->bytes, CSV_DETECT, &x->csv);
    if (e == OK) e = csv_shape(w, x->csv, &(struct csv_shape){required, optional}, x->at);
    if (e != OK) return e;
    for (int64_t rows = 0; csv_next(x->csv); rows++) {
        if (rows == ROWS_MAX)
            return fault_in(w, INVALID, csv_where(x->csv, 0), M("more than %1 rows"), str_int(w->a, ROWS_MAX));
        read_contact(x);
        if (rows % 1000 == 0) work_progress(w, M("contacts"), rows, csv_rows_likely(x->csv));
    }
    e = csv_err(x->csv);
    return e == OK ? work_err(w) : e;
}

enum err share_act_contacts_import(struct work *w, const struct args *in, struct doc *out)
{
    struct circle c;
    struct contacts_file x = {.w = w, .c = &c};
    enum err e = circle_of(w, in, &c);
    if (e != OK) return e;
    x.count = arena_array(w->a, c.net.n, sizeof *x.count);
    for (size_t i = 0; i < c.net.n; i++) x.count[i] = -1;
    e = read_contacts(&x, arg_file(in, "file"));
    for (size_t i = 0; e == OK && i < x.n; i++) e = contact_put(w, &x.row[i]);
    if (e != OK) return e;
    act_noted(w, S("contacts"), str_int(w->a, (int64_t)x.n));
    doc_fact(out, "contacts", M("Contacts"), C_INT((int64_t)x.n));
    act_next(w, &(struct going_on){"share contacts", {{NULL}}, tr(out->lang, M("It was entered."))});
    return OK;
}
