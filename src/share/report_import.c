/* share reports-import: what came in before, or by paper, entered by the centre. The file is read twice: all its faults
 * first, then it is written, some thousand rows at a time. An operator's own words are never changed by it: only what
 * was entered this way is merged. */
#include <stdlib.h>
#include <string.h>

#include "share/report_acts.h"
#include "share/report_file.h"
#include "share/report_way.h"

enum { ROWS_AT_ONCE = 1000, COLUMNS_MAX = FILE_COLUMNS + REPORT_FIELDS_MAX };

const char *const report_file_columns[] = {"code", "org", "first", "received", "drill", NULL};

struct coded_at {
    str code;
    int64_t at; /* index in the net or among the known; row in the file */
};
struct importing {
    struct work *w;
    struct arena *keep; /* what lives longer than a pass */
    const struct file *file;
    struct party centre;
    struct route_net net;
    struct coded_at *org;
    signed char *may; /* of each of the net: 0 not asked yet, 1 the centre may enter for it, -1 not */
    int32_t self;
    struct report_known *known;
    size_t n_known;
    struct coded_at *in_file;
    size_t n_in_file, room;
    ptrdiff_t column[COLUMNS_MAX]; /* FILE_…, then the fields */
    struct report_filed *row;
    size_t n;
    bool writing;
    int64_t rows, added, changed, unchanged;
};

/* ---- looking up ---- */

static int by_code(const void *a, const void *b)
{
    return str_cmp(((const struct coded_at *)a)->code, ((const struct coded_at *)b)->code);
}

static int64_t org_at(const struct importing *x, str code)
{
    const struct coded_at key = {code, 0}, *found = bsearch(&key, x->org, x->net.n, sizeof key, by_code);
    return found == NULL ? -1 : found->at;
}

static int known_by_code(const void *a, const void *b)
{
    return str_cmp(((const struct report_known *)a)->code, ((const struct report_known *)b)->code);
}

static const struct report_known *known_of(const struct importing *x, str code)
{
    const struct report_known key = {.code = code};
    return bsearch(&key, x->known, x->n_known, sizeof key, known_by_code);
}

static void close_kept(void *a) { arena_free(a); }

static enum err load(struct importing *x)
{
    enum err e = route_load(x->w, &x->net);
    if (e == OK) e = reports_known(x->w, &x->known, &x->n_known);
    if (e != OK) return e;
    x->org = arena_array(x->w->a, x->net.n + 1, sizeof *x->org);
    x->may = arena_array(x->w->a, x->net.n + 1, sizeof *x->may);
    for (size_t i = 0; i < x->net.n; i++) x->org[i] = (struct coded_at){x->net.org[i].code, (int64_t)i};
    if (x->net.n != 0) qsort(x->org, x->net.n, sizeof *x->org, by_code);
    if (x->n_known != 0) qsort(x->known, x->n_known, sizeof *x->known, known_by_code);
    x->self = route_find(&x->net, x->centre.org);
    x->keep = arena_new(0); /* bounded by the rows there may be */
    arena_closer(x->w->a, close_kept, x->keep);
    x->row = arena_array(x->w->a, ROWS_AT_ONCE, sizeof *x->row);
    return OK;
}

/* Whom the centre shares with: its operators, ministries and agencies. */
static enum err whose(struct importing *x, str code, struct where at, int64_t *out)
{
    int64_t i = org_at(x, code);
    if (i >= 0 && x->may[i] == 0)
        x->may[i] =
            x->self >= 0 && report_may_report(x->net.org[i].kind) && route_may_address(&x->net, x->self, (int32_t)i)
                ? 1
                : -1;
    if (i < 0 || x->may[i] < 0)
        return fault_in(x->w, NOTFOUND, at, M("'%1' is no operator, ministry or agency that '%2' shares with"), code,
                        x->centre.code);
    *out = i;
    return OK;
}

/* ---- a row ---- */

static struct where at_row(const struct importing *x, int64_t row)
{
    return (struct where){.file = x->file->name, .row = row};
}

static str cell(const struct importing *x, const struct csv *c, size_t column)
{
    return x->column[column] < 0 ? (str){"", 0} : str_trim(csv_cell(c, (size_t)x->column[column]));
}

static struct where at_cell(const struct importing *x, const struct csv *c, size_t column)
{
    return x->column[column] < 0 ? at_row(x, csv_row(c)) : csv_where(c, (size_t)x->column[column]);
}

static void a_time(struct importing *x, const struct csv *c, size_t column, int64_t otherwise, int64_t *out)
{
    str s = cell(x, c, column);
    *out = otherwise;
    if (s.n == 0 && otherwise == 0)
        fault_in(x->w, INVALID, at_cell(x, c, column), M("'%1' is required"), str_of(report_file_columns[column]));
    if (s.n == 0) return;
    if (!report_moment(s, out))
        fault_in(x->w, INVALID, at_cell(x, c, column), M("'%1' is not a time: write it as 2026-04-01 09:30 (of Japan)"),
                 s);
    else if (*out > x->w->now + 600)
        fault_in(x->w, INVALID, at_cell(x, c, column), M("'%1' lies ahead: this is about what has happened"), s);
}

static void the_fields(struct importing *x, const struct csv *c, struct report_filed *f)
{
    for (size_t i = 0; i < n_report_fields; i++) {
        const struct report_field *q = &report_fields[i];
        str v = {"", 0};
        if (report_value_at(x->w, q, cell(x, c, FILE_COLUMNS + i), at_cell(x, c, FILE_COLUMNS + i), &v) != OK) continue;
        if (v.n == 0 && (strcmp(q->key, "title") == 0 || strcmp(q->key, "event") == 0))
            fault_in(x->w, INVALID, at_cell(x, c, FILE_COLUMNS + i), M("'%1' is required"), str_of(q->key));
        if (v.n == 0 && strcmp(q->key, "tlp") == 0) v = tlp_word(TLP_AMBER);
        if (v.n != 0) f->said[f->n++] = (struct report_said){str_of(q->key), str_dup(x->w->a, v)};
    }
}

/* A code that is given twice in the file, or belongs to what somebody typed here, is refused. */
static void the_code(struct importing *x, const struct csv *c, struct report_filed *f)
{
    str code = cell(x, c, FILE_CODE);
    const struct report_known *k = known_of(x, code);
    if (code.n == 0) return;
    for (size_t i = 0; i < code.n; i++)
        if (code.n > CODE_MAX || (unsigned char)code.p[i] <= ' ' || (unsigned char)code.p[i] >= 0x7F) {
            fault_in(x->w, INVALID, at_cell(x, c, FILE_CODE),
                     M("'%1' is no code: letters, digits and signs without blanks, at most %2"), code,
                     str_int(x->w->a, CODE_MAX));
            return;
        }
    f->r.code = str_dup(x->w->a, code);
    if (k == NULL) return;
    f->id = k->id;
    if (k->org != f->r.org)
        fault_in(x->w, CONFLICT, at_cell(x, c, FILE_CODE), M("'%1' is the code of a report of another organisation"),
                 code);
}

static void row_read(struct importing *x, const struct csv *c, struct report_filed *f)
{
    int64_t i = -1;
    *f = (struct report_filed){.r.drill = str_eq(cell(x, c, FILE_DRILL), S("1"))};
    if (whose(x, cell(x, c, FILE_ORG), at_cell(x, c, FILE_ORG), &i) != OK) return;
    f->r.org = x->net.org[i].id;
    f->r.government = tier_of_kind(x->net.org[i].kind) == TIER_MINISTRY;
    int32_t sector = f->r.government ? -1 : route_sector(&x->net, (int32_t)i);
    f->r.sector = sector < 0 ? (str){"", 0} : x->net.org[sector].code;
    a_time(x, c, FILE_RECEIVED, 0, &f->r.received);
    a_time(x, c, FILE_FIRST, f->r.received, &f->r.first);
    if (f->r.first > f->r.received)
        fault_in(x->w, INVALID, at_cell(x, c, FILE_FIRST), M("it was sent after it was received"));
    the_fields(x, c, f);
    the_code(x, c, f);
    report_columns_of(f->said, f->n, &f->r);
}

/* ---- both passes ---- */

static bool says_the_same(const struct report_filed *f, const struct report_said *s, size_t n)
{
    if (f->n != n) return false;
    for (size_t i = 0; i < f->n; i++) {
        size_t k = 0;
        while (k < n && !str_eq(s[k].field, f->said[i].field)) k++;
        if (k == n || !str_eq(s[k].value, f->said[i].value)) return false;
    }
    return true;
}

/* A row whose code is known: nothing new, something else said of what was entered, or the words of somebody who typed
 * them here. */
static enum err known_row(struct importing *x, struct report_filed *f, int64_t row)
{
    struct report_row was;
    struct report_said *said;
    size_t n;
    enum err e = share_report_by_id(x->w, f->id, &was);
    if (e == OK) e = share_report_said(x->w, f->id, was.editions, &said, &n);
    if (e != OK) return e;
    if (was.first == f->r.first && was.received == f->r.received && says_the_same(f, said, n)) {
        x->unchanged++;
        return OK;
    }
    if (!was.entered)
        return fault_in(x->w, CONFLICT, at_row(x, row),
                        M("'%1' was typed here by its operator, whose words are not changed by a file"), f->r.code);
    x->changed++;
    return x->writing ? report_refiled(x->w, f) : OK;
}

static enum err write_rows(struct importing *x)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < x->n; i++)
        if (x->row[i].r.code.n == 0) e = share_report_code_next(x->w, x->row[i].r.drill, x->row[i].r.received, &x->row[i].r.code);
    if (e == OK) e = reports_filed(x->w, x->centre.org, x->row, x->n);
    x->n = 0;
    return e;
}

static void keep_code(struct importing *x, str code, int64_t row)
{
    if (code.n == 0 || x->writing) return;
    x->in_file = arena_more(x->keep, x->in_file, x->n_in_file, &x->room, sizeof *x->in_file);
    x->in_file[x->n_in_file++] = (struct coded_at){str_dup(x->keep, code), row};
}

static enum err one_row(struct importing *x, struct csv *c)
{
    struct report_filed *f = &x->row[x->n];
    int64_t before = x->w->faults.count;
    if (++x->rows > REPORT_ROWS_MAX)
        return fault_in(x->w, INVALID, at_row(x, csv_row(c)), M("more than %1 rows: part the file"),
                        str_int(x->w->a, REPORT_ROWS_MAX));
    row_read(x, c, f);
    if (x->w->faults.count != before) return OK; /* told; the next may have others */
    keep_code(x, f->r.code, csv_row(c));
    if (f->id != 0) return known_row(x, f, csv_row(c));
    x->added++;
    return x->writing && ++x->n == ROWS_AT_ONCE ? write_rows(x) : OK;
}

static enum err shaped(struct importing *x, struct csv *c)
{
    static const char *const required[] = {"org", "received", "title", "event", NULL};
    const char *optional[COLUMNS_MAX + 1] = {"code", "first", "drill"};
    ptrdiff_t at[COLUMNS_MAX + 4];
    size_t n = 3;
    for (size_t i = 0; i < n_report_fields; i++)
        if (strcmp(report_fields[i].key, "title") != 0 && strcmp(report_fields[i].key, "event") != 0)
            optional[n++] = report_fields[i].key;
    enum err e = csv_shape(x->w, c, &(struct csv_shape){required, optional}, at);
    if (e != OK) return e;
    for (size_t i = 0; i < FILE_COLUMNS; i++) x->column[i] = csv_column(c, str_of(report_file_columns[i]));
    for (size_t i = 0; i < n_report_fields; i++)
        x->column[FILE_COLUMNS + i] = csv_column(c, str_of(report_fields[i].key));
    return OK;
}

/* What is kept of the checking pass are codes alone. */
static enum err pass(struct importing *x, bool writing)
{
    struct csv *c;
    struct arena_mark mark = arena_mark(x->w->a);
    x->writing = writing;
    x->rows = x->added = x->changed = x->unchanged = 0;
    enum err e = csv_open(x->w, x->file->name, x->file->bytes, CSV_DETECT, &c);
    if (e == OK) e = shaped(x, c);
    while (e == OK && csv_next(c)) {
        e = one_row(x, c);
        if (x->rows % ROWS_AT_ONCE == 0)
            work_progress(x->w, writing ? S("writing") : S("checking"), x->rows, csv_rows_likely(c));
    }
    if (e == OK) e = csv_err(c);
    if (!writing && x->w->faults.count == 0) arena_back(x->w->a, mark);
    return e == OK && writing ? write_rows(x) : e;
}

static void codes_once(struct importing *x)
{
    if (x->n_in_file == 0) return;
    qsort(x->in_file, x->n_in_file, sizeof *x->in_file, by_code);
    for (size_t i = 1; i < x->n_in_file; i++)
        if (str_eq(x->in_file[i].code, x->in_file[i - 1].code))
            fault_in(x->w, INVALID, at_row(x, x->in_file[i].at), M("'%1' stands in the file twice"),
                     x->in_file[i].code);
}

const struct param share_reports_import_params[] = {
    {"file", P_FILE, REQUIRED, NULL, NULL,
     N("CSV: org, received, title, event; code, first, drill and all fields of a report, see src/share/report_file.h")},
    PARTY_PARAM,
    {0}};

enum err share_act_reports_import(struct work *w, const struct args *in, struct doc *out)
{
    struct importing x = {.w = w, .file = arg_file(in, "file")};
    enum err e = party_of(w, in, &x.centre);
    if (e == OK && !str_eq(x.centre.kind, S("centre")))
        e = fault(w, DENIED, M("reports that came by paper or before are entered by the centre"));
    if (e == OK) e = load(&x);
    if (e == OK) e = pass(&x, false);
    if (e == OK) codes_once(&x);
    if (e == OK) e = work_err(w);
    if (e == OK) e = pass(&x, true);
    if (e != OK) return e;
    doc_fact(out, "rows", M("Rows"), C_INT(x.rows));
    doc_fact(out, "added", M("New"), C_INT(x.added));
    doc_fact(out, "changed", M("Changed"), C_INT(x.changed));
    doc_fact(out, "unchanged", M("Unchanged"), C_INT(x.unchanged));
    doc_note(out, M("Entered here by the centre: nobody is written to, and they count by when they were received."));
    act_noted(w, S("added"), str_int(w->a, x.added));
    act_noted(w, S("changed"), str_int(w->a, x.changed));
    act_next(w, &(struct going_on){.to = "share reports", .said = tr(out->lang, M("The reports are entered."))});
    return OK;
}

/* ---- and out again, in the same layout ---- */

static void put_row(struct work *w, struct buf *b, const struct report_filed *f)
{
    b->n = 0;
    csv_put(b, f->r.code, true);
    csv_put(b, f->r.org_code, false);
    csv_put_raw(b, time_text(w->a, f->r.first), false);
    csv_put_raw(b, f->r.received == 0 ? (str){"", 0} : time_text(w->a, f->r.received), false);
    csv_put_raw(b, f->r.drill ? S("1") : S(""), false);
    for (size_t i = 0; i < n_report_fields; i++)
        csv_put(b, share_report_said_of(f->said, f->n, report_fields[i].key), false);
    csv_end_row(b);
}

/* What its marking does not let into a file is left out, row by row. */
static bool may_leave(const struct report_filed *f)
{
    const struct leaving l = {.marking = {f->r.tlp, PAP_CLEAR}, .sent = true, .drill = f->r.drill};
    return leave_may(&l, BY_FILE, TO_ADDRESSEE) == LEAVE_YES;
}

enum err share_file_reports_export(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct party p;
    struct buf b = buf_in(w->a);
    int64_t after = 0;
    enum err e = party_of(w, in, &p);
    if (e != OK) return e;
    for (size_t i = 0; i < FILE_COLUMNS; i++) csv_put(&b, str_of(report_file_columns[i]), i == 0);
    for (size_t i = 0; i < n_report_fields; i++) csv_put(&b, str_of(report_fields[i].key), false);
    csv_end_row(&b);
    e = out->put(out, buf_str(&b));
    for (size_t n = 1; e == OK && n != 0;) {
        struct arena_mark mark = arena_mark(w->a);
        struct report_filed *all;
        struct buf line = buf_in(w->a);
        e = reports_after(w, &p, after, ROWS_AT_ONCE, &all, &n);
        for (size_t i = 0; e == OK && i < n; i++) {
            if (!may_leave(&all[i])) continue;
            put_row(w, &line, &all[i]);
            e = out->put(out, buf_str(&line));
        }
        if (e == OK && n != 0) after = all[n - 1].id;
        arena_back(w->a, mark);
    }
    return e;
}
