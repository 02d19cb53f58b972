/* Reports of progress, as they were frozen. What stands in them was published: whoever sees the plan sees them. */
#include "plan/progress_store.h"
#include "plan/plan.h"

enum { REPORTS, REPORT, NUMBER, LAST, PUT, ADD, ROW_ADD, ROWS, END, OF_KEY, DAYS, STATEMENTS };

#define SEEN_PLAN "of a plan that whoever asks has found to be within the actor's sight; reports are for all who see it"
#define REPORT_COLUMNS                                                                                                 \
    "SELECT r.id, r.due, coalesce(f.id, 0), coalesce(f.no, 0), coalesce(f.at, 0), coalesce(f.upto, 0), coalesce(f.edition, 0),"  \
    " r.code, coalesce(f.digest, ''), coalesce(f.head, ''), coalesce(f.reason, ''), coalesce(f.by_whom, ''), coalesce(f.outside, 0)" \
    " FROM plan_report r LEFT JOIN plan_frozen f ON f.report = r.id"
#define NEWEST_NO "(SELECT max(x.no) FROM plan_frozen x WHERE x.report = r.id)"

static const struct sql frozen_sql[STATEMENTS] = {
    [REPORTS] = OPEN(SEEN_PLAN, (REPORT_COLUMNS " AND f.no = " NEWEST_NO " WHERE r.plan = $1 ORDER BY r.due, r.code")),
    [REPORT] = OPEN(SEEN_PLAN, (REPORT_COLUMNS " AND f.no = " NEWEST_NO " WHERE r.plan = $1 AND r.code = $2")),
    [NUMBER] = OPEN(SEEN_PLAN, (REPORT_COLUMNS " WHERE r.plan = $1 AND r.code = $2 AND f.no = $3")),
    [LAST] = OPEN(SEEN_PLAN, (REPORT_COLUMNS " WHERE r.plan = $1 AND f.at < $2 ORDER BY f.id DESC LIMIT 1")),
    [PUT] = OPEN(SEEN_PLAN, "INSERT INTO plan_report (plan, code, due, set_at, by_whom) VALUES ($1, $2, $3, $4, $5)"
                " ON CONFLICT (plan, code) DO UPDATE SET due = excluded.due, set_at = excluded.set_at, by_whom = excluded.by_whom"),
    [ADD] = OPEN(SEEN_PLAN, "INSERT INTO plan_frozen (report, no, at, by_whom, edition, upto, outside, digest, head, reason)"
                " VALUES ($1, (SELECT coalesce(max(x.no), 0) + 1 FROM plan_frozen x WHERE x.report = $1), $2, $3, $4, $5, $6, $7, $8,"
                " $9) RETURNING id, no"),
    [ROW_ADD] = OPEN(SEEN_PLAN, "INSERT INTO plan_frozen_row (frozen, ord, kind, key, level, code, title_ja, title_en, owners_ja, owners_en, orgs,"
                    " area, relists, status, source, text_ja, text_en, worst, reported)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"),
    [ROWS] = OPEN(SEEN_PLAN, "SELECT ord, kind, key, level, code, title_ja, title_en, owners_ja, owners_en, orgs, area, relists,"
                 " coalesce(status, 0), source, worst, reported, CASE WHEN CAST($4 AS BIGINT) = 1 THEN text_ja ELSE '' END,"
                 " CASE WHEN CAST($4 AS BIGINT) = 1 THEN text_en ELSE '' END FROM plan_frozen_row"
                 " WHERE frozen = $1 AND ord >= $2 AND ord < $3 ORDER BY ord"),
    [END] = OPEN(SEEN_PLAN, "SELECT coalesce(max(ord), 0) FROM plan_frozen_row WHERE frozen = $1"),
    [OF_KEY] = OPEN(SEEN_PLAN, ("SELECT r.code, f.no, f.at, coalesce(x.status, 0), x.text_ja, x.text_en FROM plan_report r"
                    " JOIN plan_frozen f ON f.report = r.id AND f.no = " NEWEST_NO
                    " JOIN plan_frozen_row x ON x.frozen = f.id AND x.key = $2 AND x.kind = 'measure' WHERE r.plan = $1 ORDER BY f.id")),
    /* $3 from, $4 until, $5 whether also of organisations below */
    [DAYS] = SCOPED("SELECT p.code, p.title_ja, p.title_en, r.code, r.due FROM plan_report r JOIN plan p ON p.id = r.plan"
                    " JOIN org o ON o.id = p.org WHERE r.due >= $3 AND r.due <= $4"
                    " AND ((o.lo <= $1 AND o.hi >= $2) OR (CAST($5 AS BIGINT) = 1 AND o.lo >= $1 AND o.lo < $2))"
                    " AND NOT EXISTS (SELECT 1 FROM plan_frozen f WHERE f.report = r.id)"
                    " AND EXISTS (SELECT 1 FROM plan_edition e WHERE e.plan = p.id AND e.state = 'decided')"
                    " ORDER BY r.due, o.lo, p.code"),
};

const struct sql_set progress_frozen_sql_set = {"plan reports", frozen_sql, STATEMENTS};

#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &frozen_sql[statement], args, take, out, n)

static void take_report(struct work *w, struct rows *r, void *to)
{
    *(struct progress_report *)to = (struct progress_report){
        .id = rows_int(r, 0), .due = rows_int(r, 1), .frozen = rows_int(r, 2), .no = rows_int(r, 3), .at = rows_int(r, 4),
        .upto = rows_int(r, 5), .edition = rows_int(r, 6), .code = rows_kept(w, r, 7), .digest = rows_kept(w, r, 8),
        .head = rows_kept(w, r, 9), .reason = rows_kept(w, r, 10), .by_whom = rows_kept(w, r, 11), .outside = rows_int(r, 12) != 0};
}

enum err progress_reports_of(struct work *w, int64_t plan, struct progress_report **out, size_t *n)
{
    return GATHER(w, REPORTS, ARGS(INT(plan)), take_report, out, n);
}

enum err progress_report_find(struct work *w, const struct plan *p, str code, int64_t no, struct progress_report *out)
{
    struct progress_report *all;
    size_t n;
    enum err e = no == 0 ? GATHER(w, REPORT, ARGS(INT(p->id), TEXT(code)), take_report, &all, &n)
                         : GATHER(w, NUMBER, ARGS(INT(p->id), TEXT(code), INT(no)), take_report, &all, &n);
    if (e != OK) return e;
    if (n == 0)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("report")}),
                        M("the plan '%1' has no such report: `meguri plan reports --plan %1` lists those that are set up"), p->code);
    *out = all[0];
    return OK;
}

enum err progress_report_last(struct work *w, int64_t plan, int64_t before, struct progress_report *out)
{
    struct progress_report *all;
    size_t n;
    enum err e = GATHER(w, LAST, ARGS(INT(plan), INT(before)), take_report, &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    return OK;
}

enum err progress_report_put(struct work *w, int64_t plan, str code, int64_t due)
{
    return store_run(w, &frozen_sql[PUT], ARGS(INT(plan), TEXT(code), INT(due), INT(w->now), TEXT(acting_person(w))));
}

enum err progress_frozen_add(struct work *w, struct progress_report *r)
{
    struct rows *rows;
    enum err e = store_rows(w, &frozen_sql[ADD],
                            ARGS(INT(r->id), INT(w->now), TEXT(acting_person(w)), INT(r->edition), INT(r->upto), INT(r->outside),
                                 TEXT(r->digest), TEXT(r->head), TEXT(r->reason)),
                            &rows);
    if (e != OK) return e;
    if (rows_next(rows)) {
        r->frozen = rows_int(rows, 0);
        r->no = rows_int(rows, 1);
    }
    return rows_done(rows);
}

enum err progress_frozen_rows_add(struct work *w, int64_t frozen, const struct line *l, size_t n)
{
    struct batch *b;
    enum err e = batch_begin(w, &frozen_sql[ROW_ADD], &b);
    for (size_t i = 0; e == OK && i < n; i++, l++)
        e = batch_add(b, ARGS(INT(frozen), INT(l->ord), TEXT(str_of(item_kinds[l->kind])), TEXT(l->key), INT(l->level), TEXT(l->code),
                              TEXT(l->title_ja), TEXT(l->title_en), TEXT(l->owners_ja), TEXT(l->owners_en), TEXT(l->orgs),
                              TEXT(l->area), TEXT(l->relists), int_or_nil(l->is.status, l->is.status != STATUS_NONE),
                              TEXT(str_of(status_sources[l->is.source])), TEXT(l->text_ja), TEXT(l->text_en), INT(l->worst),
                              INT(l->reported)));
    return e == OK ? batch_end(b) : e;
}

static int64_t words_in(str list)
{
    int64_t n = 0;
    str one;
    while (str_cut(&list, ' ', &one)) n += one.n != 0;
    return n;
}

static void take_row(struct work *w, struct rows *r, void *to)
{
    enum item_kind kind = ITEM_MEASURE;
    (void)item_kind_named(rows_text(r, 1), &kind);
    struct line *l = to;
    *l = (struct line){
        .ord = rows_int(r, 0), .kind = kind, .key = rows_kept(w, r, 2), .level = rows_int(r, 3), .code = rows_kept(w, r, 4),
        .title_ja = rows_kept(w, r, 5), .title_en = rows_kept(w, r, 6), .owners_ja = rows_kept(w, r, 7),
        .owners_en = rows_kept(w, r, 8), .orgs = rows_kept(w, r, 9), .area = rows_kept(w, r, 10), .relists = rows_kept(w, r, 11),
        .is = {rows_int(r, 12), status_source_of(rows_text(r, 13))}, .worst = rows_int(r, 14), .reported = rows_int(r, 15),
        .text_ja = rows_kept(w, r, 16), .text_en = rows_kept(w, r, 17)};
    l->owners = words_in(l->orgs);
}

enum err progress_frozen_rows(struct work *w, int64_t frozen, const struct span *s, struct line **out, size_t *n)
{
    return GATHER(w, ROWS, ARGS(INT(frozen), INT(s->from), INT(s->until), INT(s->texts)), take_row, out, n);
}

enum err progress_frozen_end(struct work *w, int64_t frozen, int64_t *out)
{
    return store_int(w, &frozen_sql[END], ARGS(INT(frozen)), out);
}

static void take_status(struct work *w, struct rows *r, void *to)
{
    *(struct progress_frozen_status *)to = (struct progress_frozen_status){rows_kept(w, r, 0), rows_int(r, 1),     rows_int(r, 2),
                                                         rows_int(r, 3),     rows_kept(w, r, 4), rows_kept(w, r, 5)};
}

enum err progress_frozen_of(struct work *w, int64_t plan, str key, struct progress_frozen_status **out, size_t *n)
{
    return GATHER(w, OF_KEY, ARGS(INT(plan), TEXT(key)), take_status, out, n);
}

static void take_day(struct work *w, struct rows *r, void *to)
{
    *(struct plan_day *)to = (struct plan_day){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3), rows_int(r, 4)};
}

enum err plan_days(struct work *w, int64_t from, int64_t until, bool below, plan_day_fn *fn, void *to)
{
    struct plan_day *all;
    size_t n;
    enum err e = GATHER(w, DAYS, ARGS(INT(from), INT(until), INT(below)), take_day, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) e = fn(to, &all[i]);
    return e;
}
