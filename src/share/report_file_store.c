#include "share/report_file.h"

#include "base/uuid.h"

enum { KNOWN, REPORT, EDITION, VALUE, HOLDER, HOLDER_CENTRE, CHANGE, UNSAY, AFTER, SAID_AFTER, STATEMENTS };

#define ENTERED "by the centre, of what came by paper or before"
#define HOLDS "of who holds the report: the party's own row among its holders"

static const struct sql report_file_sql[STATEMENTS] = {
    [KNOWN] =
        OPEN("codes alone: an import merges by them", "SELECT code, id, org, entered FROM share_report ORDER BY code"),
    [REPORT] = OPEN(
        ENTERED,
        "INSERT INTO share_report (code, uuid, org, drill, state, sector, government, title, service, ground, event,"
        " tlp,"
        " not_supervision, begun, editions, first, received, severity_by, severity_note, entered, made, made_by,"
        " revision)"
        " VALUES ($1, $2, $3, $4, 'received', $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $15, '', '', 1, $16,"
        " $17, 0)"),
    [EDITION] = OPEN(
        ENTERED,
        "INSERT INTO share_report_edition (report, number, at, by_whom) SELECT id, 1, first, $2 FROM share_report"
        " WHERE code = $1"),
    [VALUE] = OPEN(
        ENTERED,
        "INSERT INTO share_report_value (report, number, field, value) SELECT id, editions, $2, $3"
        " FROM share_report WHERE code = $1"),
    [HOLDER] = OPEN(
        ENTERED,
        "INSERT INTO share_report_holder (report, org, role, since, tlp, seen, read, by_whom, told, added, added_by)"
        " SELECT id, org, 'operator', first, tlp, 1, first, $2, 1, '', '' FROM share_report WHERE code = $1"),
    [HOLDER_CENTRE] = OPEN(
        ENTERED,
        "INSERT INTO share_report_holder (report, org, role, since, tlp, seen, read, by_whom, told, added, added_by)"
        " SELECT id, $2, 'centre', received, tlp, 1, received, $3, 1, '', '' FROM share_report WHERE code = $1"),
    [CHANGE] = OPEN(
        ENTERED,
        "UPDATE share_report SET sector = $2, government = $3, title = $4, service = $5, ground = $6, event = $7,"
        " tlp = $8,"
        " not_supervision = $9, begun = $10, first = $11, received = $12 WHERE id = $1"),
    [UNSAY] = OPEN(ENTERED, "DELETE FROM share_report_value WHERE report = $1"),
    [AFTER] = OPEN(
        HOLDS,
        "SELECT r.id, r.code, r.org, o.code, r.drill, r.first, r.received, CASE WHEN h.tlp > r.tlp THEN h.tlp"
        " ELSE r.tlp END FROM share_report_holder h JOIN share_report r ON r.id = h.report"
        " JOIN org o ON o.id = r.org WHERE h.org = $1 AND (h.role <> 'ceptoar' OR r.tlp <= 2) AND r.editions > 0"
        " AND r.id > $2 ORDER BY r.id LIMIT $3"),
    [SAID_AFTER] = OPEN(
        HOLDS,
        "SELECT v.report, v.field, v.value FROM share_report_holder h JOIN share_report r ON r.id = h.report"
        " JOIN share_report_value v ON v.report = r.id AND v.number = r.editions"
        " WHERE h.org = $1 AND (h.role <> 'ceptoar' OR r.tlp <= 2) AND r.editions > 0 AND r.id > $2"
        " AND r.id <= $3 ORDER BY v.report"),
};

const struct sql_set report_file_sql_set = {"files of reports", report_file_sql, STATEMENTS};

static void take_known(struct work *w, struct rows *r, void *to)
{
    *(struct report_known *)to = (struct report_known){rows_kept(w, r, 0), rows_int(r, 1), rows_int(r, 2), rows_int(r, 3) != 0};
}

enum err reports_known(struct work *w, struct report_known **out, size_t *n)
{
    return STORE_GATHER(w, &report_file_sql[KNOWN], NOARGS, take_known, out, n);
}

/* ---- new ones ---- */

#define TIME_OR_NIL(t) int_or_nil((t), (t) != 0)

static enum err add_report(struct work *w, struct batch *b, int64_t centre, const struct report_filed *f)
{
    const struct report_row *r = &f->r;
    (void)centre;
    return batch_add(b, ARGS(TEXT(r->code), TEXT(uuid_new(w)), INT(r->org), INT(r->drill), TEXT(r->sector),
                             INT(r->government), TEXT(r->title), TEXT(r->service), TEXT(r->ground), TEXT(r->event),
                             INT(r->tlp), INT(r->not_supervision), TIME_OR_NIL(r->begun), INT(r->first),
                             INT(r->received), INT(w->now), TEXT(acting_person(w))));
}

static enum err add_who(struct work *w, struct batch *b, int64_t centre, const struct report_filed *f)
{
    (void)centre;
    return batch_add(b, ARGS(TEXT(f->r.code), TEXT(acting_person(w))));
}

static enum err add_centre(struct work *w, struct batch *b, int64_t centre, const struct report_filed *f)
{
    return batch_add(b, ARGS(TEXT(f->r.code), INT(centre), TEXT(acting_person(w))));
}

static enum err add_values(struct work *w, struct batch *b, int64_t centre, const struct report_filed *f)
{
    enum err e = OK;
    (void)w, (void)centre;
    for (size_t i = 0; e == OK && i < f->n; i++)
        if (f->said[i].value.n != 0)
            e = batch_add(b, ARGS(TEXT(f->r.code), TEXT(f->said[i].field), TEXT(f->said[i].value)));
    return e;
}

enum err reports_filed(struct work *w, int64_t centre, const struct report_filed *all, size_t n)
{
    static const struct {
        int statement;
        enum err (*add)(struct work *, struct batch *, int64_t centre, const struct report_filed *);
    } passes[] = {
        {REPORT, add_report}, {EDITION, add_who}, {VALUE, add_values}, {HOLDER, add_who}, {HOLDER_CENTRE, add_centre}};
    for (size_t p = 0; p < sizeof passes / sizeof *passes; p++) {
        struct batch *b;
        enum err e = batch_begin(w, &report_file_sql[passes[p].statement], &b);
        for (size_t i = 0; e == OK && i < n; i++) e = all[i].id == 0 ? passes[p].add(w, b, centre, &all[i]) : OK;
        if (e == OK) e = batch_end(b);
        if (e != OK) return e;
    }
    return OK;
}

enum err report_refiled(struct work *w, const struct report_filed *f)
{
    const struct report_row *r = &f->r;
    enum err e = store_run(w, &report_file_sql[CHANGE],
                           ARGS(INT(f->id), TEXT(r->sector), INT(r->government), TEXT(r->title), TEXT(r->service),
                                TEXT(r->ground), TEXT(r->event), INT(r->tlp), INT(r->not_supervision),
                                TIME_OR_NIL(r->begun), INT(r->first), INT(r->received)));
    if (e == OK) e = store_run(w, &report_file_sql[UNSAY], ARGS(INT(f->id)));
    for (size_t i = 0; e == OK && i < f->n; i++)
        if (f->said[i].value.n != 0)
            e = store_run(w, &report_file_sql[VALUE],
                          ARGS(TEXT(r->code), TEXT(f->said[i].field), TEXT(f->said[i].value)));
    return e;
}

/* ---- out ---- */

static void take_filed(struct work *w, struct rows *r, void *to)
{
    struct report_filed *f = to;
    *f = (struct report_filed){.id = rows_int(r, 0)};
    f->r = (struct report_row){.id = f->id,
                               .code = rows_kept(w, r, 1),
                               .org = rows_int(r, 2),
                               .org_code = rows_kept(w, r, 3),
                               .drill = rows_int(r, 4) != 0,
                               .first = rows_int(r, 5),
                               .received = rows_int(r, 6),
                               .tlp = (enum tlp)rows_int(r, 7)};
}

enum err reports_after(struct work *w, const struct party *p, int64_t after, int64_t most, struct report_filed **out,
                       size_t *n)
{
    struct rows *rows;
    enum err e = STORE_GATHER(w, &report_file_sql[AFTER], ARGS(INT(p->org), INT(after), INT(most)), take_filed, out, n);
    if (e != OK || *n == 0) return e;
    e = store_rows(w, &report_file_sql[SAID_AFTER], ARGS(INT(p->org), INT(after), INT((*out)[*n - 1].id)), &rows);
    if (e != OK) return e;
    for (size_t i = 0; rows_next(rows);) {
        while (i < *n && (*out)[i].id < rows_int(rows, 0)) i++;
        if (i == *n || (*out)[i].id != rows_int(rows, 0) || (*out)[i].n == REPORT_FIELDS_MAX) continue;
        (*out)[i].said[(*out)[i].n++] = (struct report_said){rows_kept(w, rows, 1), rows_kept(w, rows, 2)};
    }
    return rows_done(rows);
}
