#include "report/report_store.h"

#include "report/decide.h"
#include "report/report.h"

enum {
    TEMPLATES, LINES, TEMPLATE_PUT, LINES_DROP, LINE_ADD, FIND, EDITIONS, LIST, EXISTS, ADD, EDITION_ADD, EDITION_MOVE, STATEMENTS
};

#define FOUND "of one report, that whoever asks has found to be within the actor's sight"

/* $3 a right at its organisation that sees what is not published, $4 one that reads it but not before its time, $5 the
 * person, $6 now. */
#define SEEN                                                                                                              \
    "((e.state = 'published' AND coalesce(e.embargo, 0) <= $6)"                                                           \
    " OR (o.lo >= $1 AND o.lo < $2 AND (CAST($3 AS BIGINT) = 1 OR (CAST($4 AS BIGINT) = 1 AND e.state <> 'published')))"  \
    " OR (e.state = 'review' AND EXISTS (SELECT 1 FROM report_reviewer v WHERE v.report = r.id AND v.no = e.no"           \
    " AND v.person = $5)))"
#define COLUMNS                                                                                                           \
    "SELECT r.id, r.org, o.lo, o.hi, r.code, r.template, o.code, o.name_ja, o.name_en, r.round, r.plan, r.title_ja,"      \
    " r.title_en, CASE WHEN r.owner = 'centre' THEN 1 ELSE 0 END, r.year, r.opened, coalesce(r.opener, 0), e.no,"         \
    " (SELECT count(*) FROM report_edition l WHERE l.report = r.id), e.state, e.handling, e.wrong, e.correct, e.why,"     \
    " e.digest, e.head, coalesce(e.sender, 0), e.sent, coalesce(e.approver, 0), coalesce(e.approved, 0), e.embargo,"      \
    " coalesce(e.published, 0), e.due,"                                                                                   \
    " (SELECT count(*) FROM report_reviewer v WHERE v.report = r.id AND v.no = e.no AND v.person = $5),"                  \
    " (SELECT count(v.done) FROM report_reviewer v WHERE v.report = r.id AND v.no = e.no AND v.person = $5),"             \
    " (SELECT count(*) FROM report_comment c WHERE c.report = r.id AND c.no = e.no AND c.resolved IS NULL)"               \
    " FROM report r JOIN report_edition e ON e.report = r.id JOIN org o ON o.id = r.org"

static const struct sql report_sql[STATEMENTS] = {
    [TEMPLATES] = SQL(("SELECT t.code, t.name_ja, t.name_en, t.defined, (SELECT count(*) FROM report_line l"
                       " WHERE l.template = t.code) FROM report_template t ORDER BY t.code")),
    [LINES] = SQL(("SELECT what, code, level, name_ja, name_en, entry, arguments, showing, most, rules, guide_ja, guide_en,"
                   " pattern_ja, pattern_en FROM report_line WHERE template = $1 ORDER BY ord")),
    [TEMPLATE_PUT] = SQL(("INSERT INTO report_template (code, name_ja, name_en, defined, by_whom) VALUES ($1, $2, $3, $4, $5)"
                          " ON CONFLICT (code) DO UPDATE SET name_ja = excluded.name_ja, name_en = excluded.name_en,"
                          " defined = excluded.defined, by_whom = excluded.by_whom")),
    [LINES_DROP] = SQL(("DELETE FROM report_line WHERE template = $1")),
    [LINE_ADD] = SQL(("INSERT INTO report_line (template, ord, what, code, level, name_ja, name_en, entry, arguments, showing,"
                      " most, rules, guide_ja, guide_en, pattern_ja, pattern_en) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9,"
                      " $10, $11, $12, $13, $14, $15, $16)")),
    [FIND] = SCOPED((COLUMNS " WHERE r.code = $7 AND (e.no = $8 OR CAST($8 AS BIGINT) = 0) AND " SEEN
                             " ORDER BY e.no DESC LIMIT 1")),
    [EDITIONS] = SCOPED((COLUMNS " WHERE r.code = $7 AND " SEEN " ORDER BY e.no DESC")),
    [LIST] = SCOPED((COLUMNS " WHERE ($7 = '' OR r.template = $7) AND (CAST($8 AS BIGINT) = 0 OR r.year = $8) AND o.lo >= $9"
                             " AND o.lo < $10 AND " SEEN " ORDER BY r.year DESC, r.template, o.lo, r.code, e.no DESC"
                             " LIMIT CAST($11 AS BIGINT)")),
    [EXISTS] = OPEN("whether a code is taken, which a second report of it has to be told",
                    ("SELECT count(*) FROM report WHERE code = $1")),
    [ADD] = OPEN(FOUND, ("INSERT INTO report (code, template, owner, org, year, round, plan, title_ja, title_en, opened, opener)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id")),
    [EDITION_ADD] = OPEN(FOUND,
        ("INSERT INTO report_edition (report, no, state, handling, due, wrong, correct, why, digest, head)"
         " VALUES ($1, $2, 'draft', $3, $4, $5, $6, $7, '', '')")),
    [EDITION_MOVE] = OPEN(FOUND,
        ("UPDATE report_edition SET state = $3, due = $4, sender = $5, sent = $6, approver = $7, approved = $8, digest = $9,"
         " head = $10, embargo = $11, published = $12 WHERE report = $1 AND no = $2")),
};

const struct sql_set report_sql_set = {"report", report_sql, STATEMENTS};

/* ---- templates ---- */

static void take_template(struct work *w, struct rows *r, void *to)
{
    *(struct template_row *)to = (struct template_row){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2),
                                                       rows_int(r, 3), rows_int(r, 4)};
}

enum err report_templates_all(struct work *w, struct template_row **out, size_t *n)
{
    return STORE_GATHER(w, &report_sql[TEMPLATES], NOARGS, take_template, out, n);
}

static enum part_what what_of(str word)
{
    enum part_what what = PART_TEMPLATE;
    while (what + 1 < PART_WHATS && !str_eq(str_of(report_part_words[what]), word)) what++;
    return what;
}

static void take_line(struct work *w, struct rows *r, void *to)
{
    *(struct line *)to = (struct line){
        .what = what_of(rows_text(r, 0)), .code = rows_kept(w, r, 1), .level = rows_int(r, 2), .ja = rows_kept(w, r, 3),
        .en = rows_kept(w, r, 4), .view = rows_kept(w, r, 5), .arguments = rows_kept(w, r, 6), .tables = rows_kept(w, r, 7),
        .rows = rows_int(r, 8), .rules = rows_kept(w, r, 9), .guide_ja = rows_kept(w, r, 10), .guide_en = rows_kept(w, r, 11),
        .text_ja = rows_kept(w, r, 12), .text_en = rows_kept(w, r, 13)};
}

enum err report_template_lines(struct work *w, str code, struct line **out, size_t *n)
{
    return STORE_GATHER(w, &report_sql[LINES], ARGS(TEXT(code)), take_line, out, n);
}

enum err report_template_store(struct work *w, const struct template *t, const struct line *lines, size_t n)
{
    enum err e = store_run(w, &report_sql[TEMPLATE_PUT],
                           ARGS(TEXT(t->code), TEXT(t->ja), TEXT(t->en), INT(w->now), TEXT(acting_person(w))));
    if (e == OK) e = store_run(w, &report_sql[LINES_DROP], ARGS(TEXT(t->code)));
    for (size_t i = 0; e == OK && i < n; i++) {
        const struct line *l = &lines[i];
        e = store_run(w, &report_sql[LINE_ADD],
                      ARGS(TEXT(t->code), INT((int64_t)i), TEXT(str_of(report_part_words[l->what])), TEXT(l->code), INT(l->level),
                           TEXT(l->ja), TEXT(l->en), TEXT(l->view), TEXT(l->arguments), TEXT(l->tables), INT(l->rows),
                           TEXT(l->rules), TEXT(l->guide_ja), TEXT(l->guide_en), TEXT(l->text_ja), TEXT(l->text_en)));
    }
    return e;
}

/* ---- reports ---- */

static void take_report(struct work *w, struct rows *r, void *to)
{
    *(struct report *)to = (struct report){
        .id = rows_int(r, 0), .org = rows_int(r, 1), .org_lo = rows_int(r, 2), .org_hi = rows_int(r, 3),
        .code = rows_kept(w, r, 4), .template = rows_kept(w, r, 5), .org_code = rows_kept(w, r, 6),
        .org_ja = rows_kept(w, r, 7), .org_en = rows_kept(w, r, 8), .round = rows_kept(w, r, 9), .plan = rows_kept(w, r, 10),
        .title_ja = rows_kept(w, r, 11), .title_en = rows_kept(w, r, 12), .centre = rows_int(r, 13) != 0,
        .year = rows_int(r, 14), .opened = rows_int(r, 15), .opener = rows_int(r, 16), .no = rows_int(r, 17),
        .last = rows_int(r, 18), .state = rows_kept(w, r, 19), .handling = rows_kept(w, r, 20), .wrong = rows_kept(w, r, 21),
        .correct = rows_kept(w, r, 22), .why = rows_kept(w, r, 23), .digest = rows_kept(w, r, 24), .head = rows_kept(w, r, 25),
        .sender = rows_int(r, 26), .sent = rows_int(r, 27), .was_sent = !rows_null(r, 27), .approver = rows_int(r, 28),
        .approved = rows_int(r, 29), .embargo = rows_int(r, 30), .has_embargo = !rows_null(r, 30),
        .published = rows_int(r, 31), .due = rows_int(r, 32), .has_due = !rows_null(r, 32), .reviewer = rows_int(r, 33) != 0,
        .review_done = rows_int(r, 34) != 0, .open_comments = rows_int(r, 35)};
}

enum err report_find(struct work *w, str code, int64_t no, struct report *out)
{
    struct report *all;
    size_t n;
    const struct actor *a = w->actor;
    enum err e = STORE_GATHER(w, &report_sql[FIND],
                              ARGS(INT(report_sees_drafts(a)), INT(report_sees_before_time(a)), INT(a->person), INT(w->now), TEXT(code), INT(no)),
                              take_report, &all, &n);
    if (e != OK) return e;
    if (n == 0)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("report")}),
                        M("there is no report '%1' that you may see: `meguri report list` shows those"), code);
    *out = all[0];
    return OK;
}

enum err report_editions(struct work *w, str code, struct report **out, size_t *n)
{
    const struct actor *a = w->actor;
    return STORE_GATHER(w, &report_sql[EDITIONS],
                        ARGS(INT(report_sees_drafts(a)), INT(report_sees_before_time(a)), INT(a->person), INT(w->now), TEXT(code)),
                        take_report, out, n);
}

enum err reports_find(struct work *w, const struct report_filter *f, int64_t most, struct report **out, size_t *n)
{
    const struct actor *a = w->actor;
    return STORE_GATHER(w, &report_sql[LIST],
                        ARGS(INT(report_sees_drafts(a)), INT(report_sees_before_time(a)), INT(a->person), INT(w->now), TEXT(f->template),
                             INT(f->year), INT(f->lo), INT(f->hi), INT(most)),
                        take_report, out, n);
}

enum err report_exists(struct work *w, str code, bool *out)
{
    int64_t n;
    enum err e = store_int(w, &report_sql[EXISTS], ARGS(TEXT(code)), &n);
    if (e == OK) *out = n != 0;
    return e;
}

static struct value person_or_nil(int64_t id) { return int_or_nil(id, id != 0); }

enum err report_insert(struct work *w, const struct report *r, int64_t *id)
{
    return store_int(w, &report_sql[ADD],
                     ARGS(TEXT(r->code), TEXT(r->template), TEXT(r->centre ? S("centre") : S("organisation")), INT(r->org),
                          INT(r->year), TEXT(r->round), TEXT(r->plan), TEXT(r->title_ja), TEXT(r->title_en), INT(r->opened),
                          person_or_nil(r->opener)),
                     id);
}

enum err report_edition_insert(struct work *w, const struct report *r)
{
    return store_run(w, &report_sql[EDITION_ADD],
                     ARGS(INT(r->id), INT(r->no), TEXT(r->handling), int_or_nil(r->due, r->has_due), TEXT(r->wrong),
                          TEXT(r->correct), TEXT(r->why)));
}

enum err report_edition_move(struct work *w, const struct report *r)
{
    return store_run(w, &report_sql[EDITION_MOVE],
                     ARGS(INT(r->id), INT(r->no), TEXT(r->state), int_or_nil(r->due, r->has_due), person_or_nil(r->sender),
                          int_or_nil(r->sent, r->was_sent), person_or_nil(r->approver), int_or_nil(r->approved, r->approved != 0),
                          TEXT(r->digest), TEXT(r->head), int_or_nil(r->embargo, r->has_embargo),
                          int_or_nil(r->published, r->published != 0)));
}
