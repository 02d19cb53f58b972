/* plan report, plan freeze, plan reports: what was reported by a day, kept as it was. A correction makes the next number. */
#include "base/hash.h"
#include "plan/count.h"
#include "plan/frozen.h"
#include "store/journal.h"
#include "surface/door.h"

/* ---- setting up ---- */

enum err plan_act_report(struct work *w, const struct args *in, struct doc *out)
{
    struct plan p;
    int64_t due = arg_int(in, "due");
    enum err e = plan_wanted(w, in, &p);
    if (e == OK) e = plan_to_change(w, &p, false);
    if (e == OK && due < p.since)
        e = fault_in(w, INVALID, ((struct where){.field = S("due")}), M("the plan begins on %1: the report is due later"),
                     date_text(w->a, p.since));
    if (e == OK) e = progress_report_put(w, p.id, arg_text(in, "report"), due);
    if (e != OK) return e;
    doc_fact(out, "due", M("Due"), C_DATE(due));
    act_next(w, &(struct going_on){.to = "plan reports", .given = {{"plan", p.code}}});
    return OK;
}

/* ---- freezing ---- */

/* One row as it goes into the digest: fields parted by a byte that no text holds. */
static void digest_row(struct buf *b, const struct line *l)
{
    const str field[] = {str_of(item_kinds[l->kind]), l->key, l->code, l->title_ja, l->title_en, l->owners_ja, l->owners_en, l->orgs,
                         l->area, l->relists, str_of(status_sources[l->is.source]), l->text_ja, l->text_en};
    const int64_t number[] = {l->ord, l->level, l->is.status, l->worst, l->reported};
    for (size_t i = 0; i < sizeof field / sizeof *field; i++) {
        buf_add(b, field[i]);
        buf_byte(b, 0x1F);
    }
    for (size_t i = 0; i < sizeof number / sizeof *number; i++) {
        buf_int(b, number[i]);
        buf_byte(b, i + 1 == sizeof number / sizeof *number ? 0x1E : 0x1F);
    }
}

str progress_frozen_digest(struct arena *a, const struct line *l, size_t n)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < n; i++) digest_row(&b, &l[i]);
    return sha256_hex(a, buf_str(&b));
}

enum err progress_frozen_put(struct work *w, struct lines *x, struct progress_report *r)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->line[i].orgs.n == 0) x->line[i].orgs = line_orgs(w->a, &x->owners, &x->line[i]);
    r->digest = progress_frozen_digest(w->a, x->line, x->n);
    r->edition = x->p.no;
    enum err e = journal_head(w, &r->head);
    if (e == OK) e = progress_frozen_add(w, r);
    if (e == OK) e = progress_frozen_rows_add(w, r->frozen, x->line, x->n);
    if (e != OK) return e;
    act_noted(w, S("report"), str_fmt(w->a, "%.*s/%.*s/%lld", STR_ARG(x->p.code), STR_ARG(r->code), (long long)r->no));
    act_noted(w, S("digest"), r->digest);
    return OK;
}

/* Both are in printed order, so the one wanted mostly follows the one found before. */
const struct line *line_after(const struct line *all, size_t n, size_t *at, enum item_kind kind, str key)
{
    for (size_t i = 0; i < n; i++) {
        const struct line *l = &all[(*at + i) % n];
        if (l->kind != kind || !str_eq(l->key, key)) continue;
        *at = (*at + i + 1) % n;
        return l;
    }
    return NULL;
}

/* Which measures a correction is of; none named: all. */
struct naming {
    const struct arg **no;
    size_t n;
};

static bool named(const struct naming *g, const struct line *l)
{
    for (size_t i = 0; i < g->n; i++)
        if (str_eq(g->no[i]->text, l->kind == ITEM_RELISTED ? l->relists : l->key)) return true;
    return g->n == 0;
}

static enum err naming_read(struct work *w, const struct args *in, const struct lines *x, struct naming *out)
{
    *out = (struct naming){.no = arena_array(w->a, in->n + 1, sizeof *out->no)};
    out->n = arg_all(in, "no", out->no, in->n);
    for (size_t i = 0; i < out->n; i++) {
        bool found = false;
        for (size_t k = 0; k < x->n && !found; k++) found = line_counts(&x->line[k]) && str_eq(x->line[k].key, out->no[i]->text);
        if (found) continue;
        return fault_in(w, INVALID, ((struct where){.field = S("no")}), M("the plan '%1' has no measure '%2'"), x->p.code, out->no[i]->text);
    }
    return OK;
}

bool lines_differ(const struct line *a, const struct line *b)
{
    return a->is.status != b->is.status || !str_eq(a->text_ja, b->text_ja) || !str_eq(a->text_en, b->text_en);
}

/* A correction of some measures leaves the others as they were; *changed counts what it changes. */
static enum err correct(struct work *w, const struct args *in, struct lines *x, const struct progress_report *before, int64_t *changed)
{
    struct lines was = *x;
    struct naming named_ones;
    enum err e = naming_read(w, in, x, &named_ones);
    if (e == OK) e = lines_frozen(w, &was, before, 1, INT64_MAX, true);
    size_t at = 0;
    *changed = 0;
    for (size_t i = 0; e == OK && i < x->n; i++) {
        struct line *l = &x->line[i];
        const struct line *old = l->kind == ITEM_HEADING ? NULL : line_after(was.line, was.n, &at, l->kind, l->key);
        if (old != NULL && !named(&named_ones, l)) {
            l->is = old->is;
            l->text_ja = old->text_ja;
            l->text_en = old->text_en;
            l->worst = old->worst;
            l->reported = old->reported;
        } else if (l->kind == ITEM_MEASURE && (old == NULL || lines_differ(old, l))) (*changed)++;
        else if (old != NULL) l->is = old->is; /* also who said it */
    }
    return e;
}

static enum err freezable(struct work *w, const struct lines *x, const struct progress_report *r, str reason)
{
    struct where at = {.field = S("reason")};
    if (str_eq(x->p.state, S("draft")))
        return fault(w, CONFLICT, M("edition %2 of the plan '%1' is a draft: nothing is reported of it"), x->p.code, str_int(w->a, x->p.no));
    if (r->frozen == 0 && reason.n != 0)
        return fault_in(w, INVALID, at, M("a reason is for a correction: this report is not frozen yet"));
    if (r->frozen == 0) return OK;
    if (x->last.id != r->id)
        return fault(w, CONFLICT, M("a later report is frozen already: this one stays as it is"));
    if (reason.n == 0)
        return fault_in(w, CONFLICT, at, M("the report was frozen as no. %1: a correction makes the next number, and says why (--reason)"),
                        str_int(w->a, r->no));
    return OK;
}

static void told(const struct lines *x, const struct progress_report *r, struct doc *out)
{
    struct status_counts c = lines_count(x);
    int64_t silent = 0, owners = 0;
    for (size_t i = 0; i < x->n; i++) {
        const struct line *l = &x->line[i];
        if (!line_counts(l)) continue;
        owners += l->owners;
        silent += l->owners - l->reported;
    }
    doc_fact(out, "number", M("Number of the report"), C_INT(r->no));
    doc_fact(out, "measures", M("Measures"), C_INT(status_total(&c)));
    doc_fact(out, "none", status_word(STATUS_NONE), C_INT(c.of[STATUS_NONE]));
    doc_fact_of(out, "silent", M("Owners that never reported, measure by measure"), C_INT(silent), M("of %1"), str_int(out->w->a, owners));
    doc_fact(out, "digest", M("Digest"), C_TEXT(r->digest));
    if (c.of[STATUS_NONE] > 0)
        doc_text(out, M("Nobody has said anything of some measures: they stand in the report without a figure. `plan silent` tells whom to ask."));
}

static const struct column silent_columns[] = {
    {"no", CELL_TEXT, N("No."), 0, "plan measure", "no"},
    {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
    {"owners", CELL_TEXT, N("Owners"), 0, NULL, NULL},
    {"status", CELL_ENUM, N("Status"), 0, NULL, NULL},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
};

/* Measures of which nobody who decides has said anything new: without a figure, or with that of the report before. */
static void nothing_new(const struct lines *x, struct doc *out)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) n += line_counts(&x->line[i]) && (x->line[i].is.source == FROM_NOBODY || x->line[i].is.source == FROM_REPORT);
    if (n == 0) return;
    doc_heading(out, M("Nothing new of these"));
    DOC_TABLE(out, "nothing_new", silent_columns);
    for (size_t i = 0; i < x->n; i++) {
        const struct line *l = &x->line[i];
        if (!line_counts(l) || (l->is.source != FROM_NOBODY && l->is.source != FROM_REPORT)) continue;
        DOC_ROW(out, C_TEXT(l->key), both_cell(l->title_ja, l->title_en), both_cell(l->owners_ja, l->owners_en), status_cell(l->is.status),
                C_TEXT(x->p.code));
    }
    doc_table_end(out);
}

enum err plan_act_freeze(struct work *w, const struct args *in, struct doc *out)
{
    struct lines x;
    struct progress_report r;
    str reason = str_trim(arg_text(in, "reason"));
    int64_t changed = 0;
    enum err e = asked_lines(w, in, &x);
    if (e == OK) e = plan_to_change(w, &x.p, false);
    if (e != OK) return e;
    r = x.shown;
    x.shown = (struct progress_report){0};
    e = freezable(w, &x, &r, reason);
    if (e == OK) e = lines_stand(w, &x, 1, INT64_MAX, true);
    if (e == OK) e = lines_owned(w, &x, 0, x.n, OWNED_WORDS | OWNED_HEARD);
    if (e == OK && r.frozen != 0) e = correct(w, in, &x, &r, &changed);
    if (e == OK && r.frozen != 0 && changed == 0)
        e = fault(w, CONFLICT, M("nothing would change: the report stands as it is"));
    if (e == OK) e = said_newest(w, x.p.id, &r.upto);
    if (e != OK) return e;
    r.reason = reason;
    r.outside = false;
    if ((e = progress_frozen_put(w, &x, &r)) != OK) return e;
    told(&x, &r, out);
    if (w->rehearsed) nothing_new(&x, out);
    return OK;
}
