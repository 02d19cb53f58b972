/* A report that was published elsewhere, read in; and `plan import --what progress`, its file. */
#include <stdlib.h>

#include "format/csv.h"
#include "plan/frozen.h"
#include "surface/door.h"

struct reading {
    struct work *w;
    struct lines x;
    const struct progress_row **by_key; /* in order of key */
    size_t n;
};

static int by_key(const void *a, const void *b)
{
    const struct progress_row *x = *(const struct progress_row *const *)a, *y = *(const struct progress_row *const *)b;
    return str_cmp(x->key, y->key);
}

static const struct progress_row *row_of(const struct reading *r, str key)
{
    size_t lo = 0, hi = r->n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (str_cmp(r->by_key[mid]->key, key) < 0) lo = mid + 1;
        else hi = mid;
    }
    return lo < r->n && str_eq(r->by_key[lo]->key, key) ? r->by_key[lo] : NULL;
}

static enum err check(struct reading *r)
{
    struct work *w = r->w;
    int64_t known = 0;
    for (size_t i = 0; i < r->n; i++) {
        const struct progress_row *p = r->by_key[i];
        struct where at = p->where;
        if (i > 0 && str_eq(r->by_key[i - 1]->key, p->key)) (void)fault_in(w, INVALID, at, M("measure '%1' stands twice"), p->key);
        if (p->status < STATUS_DONE || p->status > STATUS_WORST) {
            at.field = S("status");
            (void)fault_in(w, INVALID, at, M("measure '%1': a status is 1, 2, 3 or 4"), p->key);
        }
        if (p->text_ja.n > PLAN_TEXT_MAX || p->text_en.n > PLAN_TEXT_MAX)
            (void)fault_in(w, INVALID, at, M("measure '%1': at most %2 bytes of text"), p->key, str_int(w->a, PLAN_TEXT_MAX));
    }
    for (size_t i = 0; i < r->x.n; i++)
        if (line_counts(&r->x.line[i]) && row_of(r, r->x.line[i].key) != NULL) known++;
    if (work_err(w) != OK || known == (int64_t)r->n) return work_err(w);
    for (size_t i = 0; i < r->n; i++) {
        bool found = false;
        for (size_t k = 0; k < r->x.n && !found; k++) found = line_counts(&r->x.line[k]) && str_eq(r->x.line[k].key, r->by_key[i]->key);
        if (!found) (void)fault_in(w, INVALID, r->by_key[i]->where, M("the plan '%1' has no measure '%2'"), r->x.p.code, r->by_key[i]->key);
    }
    return work_err(w);
}

static void fill(struct reading *r)
{
    for (size_t i = 0; i < r->x.n; i++) {
        struct line *l = &r->x.line[i];
        const struct progress_row *p = l->kind == ITEM_HEADING ? NULL : row_of(r, l->kind == ITEM_RELISTED ? l->relists : l->key);
        l->is = (struct standing){p == NULL ? STATUS_NONE : p->status, p == NULL ? FROM_NOBODY : FROM_REPORT};
        l->text_ja = p == NULL ? (str){"", 0} : p->text_ja;
        l->text_en = p == NULL ? (str){"", 0} : p->text_en;
        l->worst = l->reported = 0;
        l->orgs = line_orgs(r->w->a, &r->x.owners, l);
    }
}

/* Made where it is not set up: what was published was due by then. */
static enum err report_made(struct work *w, const struct plan *p, str code, struct progress_report *out)
{
    struct progress_report *all;
    size_t n;
    enum err e = progress_reports_of(w, p->id, &all, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].code, code)) {
            *out = all[i];
            return OK;
        }
    e = progress_report_put(w, p->id, code, today(w) > p->until ? p->until : today(w));
    return e == OK ? progress_report_find(w, p, code, 0, out) : e;
}

static enum err known_code(struct work *w, str code)
{
    if (str_eq(code, S("half")) || str_eq(code, S("year"))) return OK;
    return fault_in(w, INVALID, ((struct where){.field = S("report")}), M("a report is 'half' or 'year', not '%1'"), code);
}

enum err progress_published(struct work *w, const struct plan *p, str code, const struct progress_row *rows, size_t n)
{
    struct reading r = {.w = w, .n = n};
    struct progress_report report;
    r.by_key = arena_array(w->a, n + 1, sizeof *r.by_key);
    for (size_t i = 0; i < n; i++) r.by_key[i] = &rows[i];
    qsort(r.by_key, n, sizeof *r.by_key, by_key);
    enum err e = plan_to_change(w, p, false);
    if (e == OK) e = known_code(w, code);
    if (e == OK) e = lines_begin(w, p, 0, &r.x);
    if (e == OK) e = lines_stand(w, &r.x, 1, INT64_MAX, false);
    if (e == OK) e = check(&r);
    if (e == OK) e = lines_owned(w, &r.x, 0, r.x.n, OWNED_WORDS);
    if (e == OK) e = report_made(w, p, code, &report);
    if (e != OK) return e;
    fill(&r);
    if (report.frozen != 0 && str_eq(progress_frozen_digest(w->a, r.x.line, r.x.n), report.digest)) return OK; /* read in before */
    if (report.frozen != 0 && !report.outside)
        return fault(w, CONFLICT, M("no. %1 of this report was frozen here, from what the owners said: correct it with `plan freeze --reason`"),
                     str_int(w->a, report.no));
    if (report.frozen != 0 && r.x.last.id != report.id)
        return fault(w, CONFLICT, M("a later report is frozen already: this one stays as it is"));
    report.outside = true;
    report.reason = report.frozen != 0 ? S("read in anew") : S("");
    e = said_newest(w, p->id, &report.upto);
    return e == OK ? progress_frozen_put(w, &r.x, &report) : e;
}

/* ---- the file ---- */

enum { KEY, STATUS, TEXT_JA, TEXT_EN, CELLS };
static const char *const required[] = {"key", "status", NULL};
static const char *const optional[] = {"text_ja", "text_en", NULL};

static str cell_of(struct work *w, const struct csv *c, const ptrdiff_t *at, int which)
{
    return at[which] < 0 ? (str){"", 0} : str_dup(w->a, str_trim(csv_cell(c, (size_t)at[which])));
}

static enum err file_read(struct work *w, const struct file *f, struct progress_row **out, size_t *n)
{
    struct csv *c;
    ptrdiff_t at[CELLS];
    struct progress_row *rows = NULL;
    size_t room = 0, count = 0;
    enum err e = csv_open(w, f->name, f->bytes, CSV_DETECT, &c);
    if (e == OK) e = csv_shape(w, c, &(struct csv_shape){required, optional}, at);
    if (e != OK) return e;
    while (csv_next(c)) {
        struct where where = csv_where(c, (size_t)at[KEY]);
        if (count == PLAN_ITEMS_MAX) return fault_in(w, INVALID, where, M("a plan has at most %1 items"), str_int(w->a, PLAN_ITEMS_MAX));
        rows = arena_more(w->a, rows, count, &room, sizeof *rows);
        rows[count++] = (struct progress_row){cell_of(w, c, at, KEY), status_read(csv_cell(c, (size_t)at[STATUS])), cell_of(w, c, at, TEXT_JA),
                                              cell_of(w, c, at, TEXT_EN), where};
    }
    *out = rows;
    *n = count;
    return csv_err(c);
}

enum err progress_import(struct work *w, const struct args *in, struct doc *out)
{
    struct plan p;
    struct progress_row *rows = NULL;
    size_t n = 0;
    const struct file *f = arg_file(in, "file");
    enum err e = plan_wanted(w, in, &p);
    if (e == OK && f == NULL) e = fault_in(w, INVALID, ((struct where){.field = S("file")}), M("which file?"));
    if (e == OK) e = file_read(w, f, &rows, &n);
    if (e == OK) e = progress_published(w, &p, arg_text(in, "report"), rows, n);
    if (e != OK) return e;
    doc_fact(out, "rows", M("Rows"), C_INT((int64_t)n));
    return OK;
}
