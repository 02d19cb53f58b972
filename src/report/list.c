/* report list, and what other rooms are told: what waits for somebody, and days of the calendar. */
#include "report/acts.h"
#include "report/report.h"

#include <stdlib.h>

struct listed {
    const struct report *r;
    str waits;
    bool newest; /* the newest edition that may be read of its report */
};
struct listing {
    struct work *w;
    struct report *all;
    struct listed *row;
    size_t n;
};

/* Is a text of the adviser not written? Asked only for those who could write it. */
static enum err adviser_missing(struct work *w, const struct report *r, bool *out)
{
    struct piece *parts;
    size_t n;
    *out = false;
    if (!str_eq(r->state, S("draft")) || !report_may_advise(w->actor, r) || w->actor->post == 0) return OK;
    enum err e = report_pieces_of(w, r->id, r->no, &parts, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct report_part_rules rules;
        e = report_part_rules(w, &parts[i].is, &rules);
        if (e == OK && rules.adviser && parts[i].revision == 0 && parts[i].left_out.n == 0) *out = true;
    }
    return e;
}

static enum err listing_load(struct work *w, const struct report_filter *f, struct listing *x)
{
    *x = (struct listing){.w = w};
    enum err e = reports_find(w, f, REPORT_LISTED_MAX + 1, &x->all, &x->n);
    if (e != OK) return e;
    x->row = arena_array(w->a, x->n + 1, sizeof *x->row);
    for (size_t i = 0; e == OK && i < x->n; i++) {
        const struct report *r = &x->all[i];
        bool missing = false, newest = r->no == r->last;
        if (newest) e = adviser_missing(w, r, &missing);
        x->row[i] = (struct listed){r, newest ? report_waits(r, w->actor, missing) : (str){"", 0},
                                    i == 0 || x->all[i - 1].id != r->id || !report_is_public(&x->all[i - 1], w->now)};
    }
    return e;
}

static int next_due(const void *p, const void *q)
{
    const struct listed *a = p, *b = q;
    if (a->r->has_due != b->r->has_due) return a->r->has_due ? -1 : 1;
    if (a->r->due != b->r->due && a->r->has_due) return a->r->due < b->r->due ? -1 : 1;
    return (a->r > b->r) - (a->r < b->r);
}

static size_t waiting_of(struct listing *x, struct listed *out)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++)
        if (x->row[i].waits.n != 0) out[n++] = x->row[i];
    qsort(out, n, sizeof *out, next_due);
    return n;
}

/* ---- the list ---- */

static struct cell title_cell(const struct report *r)
{
    return (struct cell){.type = CELL_TEXT, .text = r->code, .ja = r->title_ja, .en = r->title_en};
}
static struct cell org_of(const struct report *r) { return C_ORG(r->org_code, r->org_ja, r->org_en, 0); }

static void waiting_table(struct listing *x, struct doc *out)
{
    static const struct column columns[] = {
        {"report", CELL_TEXT, N("Report"), 0, "report show", "report"},
        {"what", CELL_ENUM, N("What is yours to do"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"due", CELL_DATE, N("To be published by"), 0, NULL, NULL},
        {"code", CELL_TEXT, N("Code"), COL_DETAIL, NULL, NULL},
    };
    struct listed *rows = arena_array(x->w->a, x->n + 1, sizeof *rows);
    size_t n = waiting_of(x, rows);
    doc_fact(out, "waiting", M("Wait for you"), C_INT((int64_t)n));
    if (n == 0) return;
    doc_heading(out, M("Wait for you"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "report"});
    DOC_TABLE(out, "waiting", columns);
    for (size_t i = 0; i < n; i++) {
        const struct report *r = rows[i].r;
        DOC_ROW(out, title_cell(r), report_enum("waits", rows[i].waits), org_of(r), r->has_due ? C_DATE(r->due) : C_NONE, C_TEXT(r->code));
    }
    doc_table_end(out);
}

static void under_way_table(const struct listing *x, struct doc *out)
{
    static const struct column columns[] = {
        {"report", CELL_TEXT, N("Report"), 0, "report show", "report"}, {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},            {"edition", CELL_INT, N("Edition"), COL_DETAIL, NULL, NULL},
        {"due", CELL_DATE, N("To be published by"), 0, NULL, NULL},
        {"code", CELL_TEXT, N("Code"), COL_DETAIL, NULL, NULL},
    };
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) n += !report_is_public(x->row[i].r, x->w->now);
    if (n == 0) return;
    doc_heading(out, M("Under way"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "report"});
    DOC_TABLE(out, "under_way", columns);
    for (size_t i = 0; i < x->n; i++) {
        const struct report *r = x->row[i].r;
        if (report_is_public(r, x->w->now)) continue;
        DOC_ROW(out, title_cell(r), report_enum("state", report_state_shown(r, x->w->now)), org_of(r), C_INT(r->no), r->has_due ? C_DATE(r->due) : C_NONE,
                C_TEXT(r->code));
    }
    doc_table_end(out);
}

static void published_table(const struct listing *x, struct doc *out)
{
    static const struct column columns[] = {
        {"year", CELL_TEXT, N("Fiscal year"), 0, NULL, NULL},
        {"report", CELL_TEXT, N("Report"), 0, "report show", "report"},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"published", CELL_TIME, N("Published at"), 0, NULL, NULL},
        {"edition", CELL_INT, N("Edition"), 0, "report show", "edition"},
        {"corrected", CELL_BOOL, N("Corrected by an erratum"), COL_DETAIL, NULL, NULL},
        {"code", CELL_TEXT, N("Code"), COL_DETAIL, NULL, NULL},
    };
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) n += report_is_public(x->row[i].r, x->w->now) && x->row[i].newest;
    doc_heading(out, M("Published reports"));
    if (n == 0) {
        doc_text(out, M("Nothing is published yet. What is published appears here, by year."));
        return;
    }
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "report"});
    DOC_TABLE(out, "published", columns);
    for (size_t i = 0; i < x->n; i++) {
        const struct report *r = x->row[i].r;
        if (!report_is_public(r, x->w->now) || !x->row[i].newest) continue;
        DOC_ROW(out, fiscal_cell(x->w->a, r->year), title_cell(r), org_of(r), C_TIME(r->published), C_INT(r->no), C_BOOL(r->no > 1), C_TEXT(r->code));
    }
    doc_table_end(out);
}

static void nothing(const struct listing *x, struct doc *out)
{
    bool drafts = (x->w->actor->rights & (MAY_MANAGE | MAY_CENTRE)) != 0;
    if (drafts) doc_text(out, M("There is no report yet. Choose a kind of document under 'Kinds of document' and begin one."));
    else doc_text(out, M("Nothing is published yet. What is published appears here, by year."));
}

enum err report_view_list(struct work *w, const struct args *in, struct doc *out)
{
    const struct org *org = arg_org(in, "org");
    struct report_filter f = {.template = arg_text(in, "template"), .year = arg_int(in, "year"), .lo = org == NULL ? 0 : org->lo,
                              .hi = org == NULL ? INT64_MAX : org->hi};
    struct listing x;
    enum err e = listing_load(w, &f, &x);
    if (e != OK) return e;
    if (x.n == 0) {
        nothing(&x, out);
        return OK;
    }
    waiting_table(&x, out);
    under_way_table(&x, out);
    published_table(&x, out);
    if (x.n > REPORT_LISTED_MAX)
        doc_note(out, M("Shown are the first %1: narrow down by kind, year or organisation."), str_int(w->a, REPORT_LISTED_MAX));
    return OK;
}

/* ---- for choosing one ---- */

enum err report_view_codes(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"report", CELL_TEXT, N("Report"), 0, "report show", "report"},
        {"code", CELL_TEXT, N("Code"), 0, NULL, NULL},
    };
    struct report *all;
    size_t n;
    (void)in;
    enum err e = reports_find(w, &(struct report_filter){.template = S(""), .hi = INT64_MAX}, REPORT_LISTED_MAX, &all, &n);
    if (e != OK) return e;
    DOC_TABLE(out, "codes", columns);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || all[i - 1].id != all[i].id) DOC_ROW(out, title_cell(&all[i]), C_TEXT(all[i].code));
    doc_table_end(out);
    return OK;
}

enum err report_view_parts(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"part", CELL_TEXT, N("Part of the document"), 0, NULL, NULL},
        {"kind", CELL_ENUM, N("Kind of part"), 0, NULL, NULL},
        {"code", CELL_TEXT, N("Code"), COL_DETAIL, NULL, NULL},
    };
    struct report r;
    struct piece *parts;
    size_t n;
    enum err e = report_find(w, arg_text(in, "report"), 0, &r);
    if (e == OK) e = report_pieces_of(w, r.id, r.no, &parts, &n);
    if (e != OK) return e;
    DOC_TABLE(out, "parts", columns);
    for (size_t i = 0; i < n; i++) {
        const struct line *l = &parts[i].is;
        if (l->what == PART_HEADING) continue;
        DOC_ROW(out, ((struct cell){.type = CELL_TEXT, .text = l->code, .ja = l->ja, .en = l->en}), report_enum("part", str_of(report_part_words[l->what])),
                C_TEXT(l->code));
    }
    doc_table_end(out);
    return OK;
}

/* ---- for home and the calendar ---- */

static const struct report_filter everything = {.template = {"", 0}, .hi = INT64_MAX};

enum err report_waiting(struct work *w, struct reports_waiting *out)
{
    struct listing x;
    enum err e = listing_load(w, &everything, &x);
    if (e != OK) return e;
    struct listed *rows = arena_array(w->a, x.n + 1, sizeof *rows);
    size_t n = waiting_of(&x, rows);
    *out = (struct reports_waiting){.n = (int64_t)n};
    for (size_t i = 0; i < n && i < REPORTS_WAITING; i++) {
        const struct report *r = rows[i].r;
        out->first[out->shown++] = (struct report_waiting){r->code, r->title_ja, r->title_en, r->org_code, r->org_ja, r->org_en,
                                                           rows[i].waits, r->due, r->has_due};
    }
    return OK;
}

static int by_day(const void *p, const void *q)
{
    const struct report_day *a = p, *b = q;
    return (a->day > b->day) - (a->day < b->day);
}

enum err report_days(struct work *w, int64_t from, int64_t until, report_day_fn *fn, void *to)
{
    struct report *all;
    size_t n, k = 0;
    enum err e = reports_find(w, &everything, REPORT_LISTED_MAX, &all, &n);
    if (e != OK) return e;
    struct report_day *days = arena_array(w->a, n + 1, sizeof *days);
    for (size_t i = 0; i < n; i++) {
        const struct report *r = &all[i];
        bool published = str_eq(r->state, S("published"));
        if (!published && !r->has_due) continue;
        struct report_day d = {r->code, r->title_ja, r->title_en, S("due"), r->due};
        if (published) d.what = report_is_public(r, w->now) ? S("appeared") : S("appears");
        if (published) d.day = japan_day(r->published);
        if (d.day >= from && d.day <= until) days[k++] = d;
    }
    qsort(days, k, sizeof *days, by_day);
    for (size_t i = 0; e == OK && i < k; i++) e = fn(to, &days[i]);
    return e;
}
