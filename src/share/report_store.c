#include "share/report_store.h"

#include "base/uuid.h"

enum {
    FIND, BY_ID, SAID, EDITIONS, HOLDERS, NEXT, TAKEN, INSERT, UPDATE, UNSAY, SAY, EDITION_ADD, DROP_HOLDERS, DROP,
    HOLD, WIDEN, HOLDER_ADD, OPENED, LIST, COUNT,
    TO_READ, TO_PASS, CONSENTS, STATEMENTS
};

#define HOLDS "of who holds the report: the party's own row among its holders"
#define FOUND "of a report that whoever asks has found among those the party holds"
#define CLOCK "for what runs by itself, and for who has found it for a party"

#define COLUMNS                                                                                                          \
    "r.id, r.code, r.uuid, r.org, o.code, o.name_ja, o.name_en, r.drill, r.state, r.sector, r.government, r.title, r.service, r.ground, r.event,"  \
    " r.tlp, r.not_supervision, r.begun, r.editions, r.first, r.received, r.closed, coalesce(r.continuity, -1), coalesce(r.safety, -1),"           \
    " coalesce(r.trust, -1), r.severity_by, r.severity_at, r.severity_note, r.entered, r.made, r.made_by, r.revision"
#define N_COLUMNS 32
#define FROM " FROM share_report r JOIN org o ON o.id = r.org"

/* $1 the party, $2, $3 since and until (0: all), $4 state, $5 event, $6 sector, $7 ground, $8 role (empty: all), $9
 * drill (-1: both) */
#define AT "coalesce(r.received, r.first, r.made)"
/* 2: TLP_AMBER. A CEPTOAR has it as far as the operator's marking says so now: what a follow-up narrows, it does not
 * read any more. */
#define READS " AND (h.role <> 'ceptoar' OR r.tlp <= 2)"
#define LISTED                                                                                                           \
    " JOIN share_report_holder h ON h.report = r.id WHERE h.org = $1" READS                                                    \
    " AND (CAST($2 AS BIGINT) = 0 OR " AT " >= $2) AND (CAST($3 AS BIGINT) = 0 OR " AT " < $3)"                           \
    " AND ($4 = '' OR r.state = $4 OR ($4 = 'open' AND r.state <> 'closed')) AND ($5 = '' OR r.event = $5)"               \
    " AND ($6 = '' OR r.sector = $6) AND ($7 = '' OR r.ground = $7) AND ($8 = '' OR h.role = $8)"                         \
    " AND (CAST($9 AS BIGINT) < 0 OR r.drill = $9)"
#define VALUE_OF(field) "coalesce((SELECT v.value FROM share_report_value v WHERE v.report = r.id AND v.number = r.editions AND v.field = '" field "'), '')"

static const struct sql report_share_sql[STATEMENTS] = {
    [FIND] = OPEN(HOLDS, ("SELECT " COLUMNS ", h.role" FROM
                          " JOIN share_report_holder h ON h.report = r.id WHERE h.org = $1 AND r.code = $2" READS)),
    [BY_ID] = OPEN(CLOCK, ("SELECT " COLUMNS FROM " WHERE r.id = $1")),
    [SAID] =
        OPEN(FOUND, "SELECT field, value FROM share_report_value WHERE report = $1 AND number = $2 ORDER BY field"),
    [EDITIONS] = OPEN(
        FOUND,
        "SELECT e.number, e.at, e.by_whom, coalesce(p.name_ja, ''), coalesce(p.name_en, '') FROM share_report_edition e"
        " LEFT JOIN person p ON p.code = e.by_whom WHERE e.report = $1 ORDER BY e.number"),
    [HOLDERS] = OPEN(
        FOUND,
        "SELECT h.org, o.code, o.name_ja, o.name_en, h.role, h.since, h.tlp, h.seen, h.read, h.by_whom, h.added,"
        " h.added_at, h.added_by"
        " FROM share_report_holder h JOIN org o ON o.id = h.org WHERE h.report = $1"
        " ORDER BY CASE h.role WHEN 'operator' THEN 0 WHEN 'ceptoar' THEN 1 WHEN 'ministry' THEN 2 ELSE 3 END, o.lo"),
    [NEXT] = SQL(
        "INSERT INTO share_number (series, last) VALUES ($1, 1)"
        " ON CONFLICT (series) DO UPDATE SET last = share_number.last + 1 RETURNING last"),
    [TAKEN] = OPEN("whether a code is taken, not what it says", "SELECT 1 FROM share_report WHERE code = $1"),
    [INSERT] = OPEN(
        "a new row of the party",
        "INSERT INTO share_report (code, uuid, org, drill, state, sector, government, title, service, ground, event,"
        " tlp, not_supervision, begun,"
        " editions, first, received, closed, severity_by, severity_note, entered, made, made_by, revision)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, '', '', $19, $20,"
        " $21, $22) RETURNING id"),
    [UPDATE] = OPEN(
        FOUND,
        "UPDATE share_report SET state = $2, sector = $3, government = $4, title = $5, service = $6, ground = $7,"
        " event = $8, tlp = $9,"
        " not_supervision = $10, begun = $11, editions = $12, first = $13, received = $14, closed = $15,"
        " continuity = $16, safety = $17,"
        " trust = $18, severity_by = $19, severity_at = $20, severity_note = $21, revision = $22 WHERE id = $1"),
    [UNSAY] = OPEN(FOUND, "DELETE FROM share_report_value WHERE report = $1 AND number = $2"),
    [SAY] = OPEN(FOUND, "INSERT INTO share_report_value (report, number, field, value) VALUES ($1, $2, $3, $4)"),
    [EDITION_ADD] =
        OPEN(FOUND, "INSERT INTO share_report_edition (report, number, at, by_whom) VALUES ($1, $2, $3, $4)"),
    [DROP_HOLDERS] = OPEN(FOUND, "DELETE FROM share_report_holder WHERE report = $1"),
    [DROP] = OPEN(FOUND, "DELETE FROM share_report WHERE id = $1 AND state = 'draft'"),
    [HOLD] = OPEN(
        FOUND, "INSERT INTO share_report_holder (report, org, role, since, tlp, seen, by_whom, told, added, added_by)"
               " VALUES ($1, $2, $3, $4, $5, 0, $6, 0, '', '') ON CONFLICT (report, org) DO NOTHING"),
    [WIDEN] = OPEN(FOUND, "UPDATE share_report_holder SET tlp = $3 WHERE report = $1 AND tlp = $2"),
    [HOLDER_ADD] =
        OPEN(FOUND,
             "UPDATE share_report_holder SET added = $3, added_at = $4, added_by = $5 WHERE report = $1 AND org = $2"),
    [OPENED] = OPEN(
        FOUND,
        "UPDATE share_report_holder SET read = coalesce(read, $3), seen = $4"
        " WHERE report = $1 AND org = $2 AND seen < $4"),
    [LIST] = OPEN(
        HOLDS,
        ("SELECT " COLUMNS ", h.role, h.seen, " VALUE_OF("verification") ", " VALUE_OF(
            "level") ", CASE WHEN h.role = 'operator' AND EXISTS (SELECT 1 FROM share_report_value t"
                     " WHERE t.report = r.id AND t.number = 0)"
                     " THEN 1 ELSE 0 END" FROM LISTED " ORDER BY " AT " DESC, r.id DESC LIMIT $10")),
    [COUNT] = OPEN(HOLDS, ("SELECT count(*) FROM share_report r" LISTED)),
    [TO_READ] = OPEN(
        HOLDS,
        "SELECT r.code, r.title, r.drill, h.since FROM share_report_holder h JOIN share_report r ON r.id = h.report"
        " WHERE h.org = $1 AND h.role <> 'operator' AND h.seen < r.editions AND r.state <> 'closed' AND r.entered = 0" READS
        " ORDER BY h.since, r.id"),
    [TO_PASS] = OPEN(
        HOLDS,
        "SELECT r.code, r.title, r.drill, h.since FROM share_report_holder h JOIN share_report r ON r.id = h.report"
        " WHERE h.org = $1 AND h.role = 'ministry' AND r.state = 'sent' ORDER BY h.since, r.id"),
    [CONSENTS] =
        OPEN("of the operator that is asked",
             "SELECT n.code, c.title, n.drill, c.asked FROM share_consent c JOIN share_report r ON r.id = c.report"
             " JOIN share_notice n ON n.id = c.notice WHERE r.org = $1 AND c.decision = '' AND n.state = 'draft'"
             " AND c.id = (SELECT max(x.id) FROM share_consent x WHERE x.notice = c.notice) ORDER BY c.asked, c.id"),
};

const struct sql_set report_share_sql_set = {"share reports", report_share_sql, STATEMENTS};

static void take_report(struct work *w, struct rows *r, void *to)
{
    *(struct report_row *)to = (struct report_row){.id = rows_int(r, 0),
                                                   .code = rows_kept(w, r, 1),
                                                   .uuid = rows_kept(w, r, 2),
                                                   .org = rows_int(r, 3),
                                                   .org_code = rows_kept(w, r, 4),
                                                   .org_ja = rows_kept(w, r, 5),
                                                   .org_en = rows_kept(w, r, 6),
                                                   .drill = rows_int(r, 7) != 0,
                                                   .state = rows_kept(w, r, 8),
                                                   .sector = rows_kept(w, r, 9),
                                                   .government = rows_int(r, 10) != 0,
                                                   .title = rows_kept(w, r, 11),
                                                   .service = rows_kept(w, r, 12),
                                                   .ground = rows_kept(w, r, 13),
                                                   .event = rows_kept(w, r, 14),
                                                   .tlp = (enum tlp)rows_int(r, 15),
                                                   .not_supervision = rows_int(r, 16) != 0,
                                                   .begun = rows_int(r, 17),
                                                   .editions = rows_int(r, 18),
                                                   .first = rows_int(r, 19),
                                                   .received = rows_int(r, 20),
                                                   .closed = rows_int(r, 21),
                                                   .continuity = (int)rows_int(r, 22),
                                                   .safety = (int)rows_int(r, 23),
                                                   .trust = (int)rows_int(r, 24),
                                                   .severity_by = rows_kept(w, r, 25),
                                                   .severity_at = rows_int(r, 26),
                                                   .severity_note = rows_kept(w, r, 27),
                                                   .entered = rows_int(r, 28) != 0,
                                                   .made = rows_int(r, 29),
                                                   .made_by = rows_kept(w, r, 30),
                                                   .revision = rows_int(r, 31)};
}

/* ---- one report ---- */

struct found_report {
    struct report_row r;
    str role;
};
static void take_found(struct work *w, struct rows *r, void *to)
{
    struct found_report *f = to;
    take_report(w, r, &f->r);
    f->role = rows_kept(w, r, N_COLUMNS);
}

enum err share_report_find(struct work *w, const struct party *p, str code, struct report_row *out, str *role)
{
    struct found_report *f;
    size_t n;
    enum err e = STORE_GATHER(w, &report_share_sql[FIND], ARGS(INT(p->org), TEXT(code)), take_found, &f, &n);
    if (e != OK) return e;
    if (n == 0)
        return fault_in(w, NOTFOUND, (struct where){.field = S("report")}, M("'%1' holds no report '%2'"), p->code,
                        code);
    *out = f->r;
    *role = f->role;
    return OK;
}

enum err share_report_by_id(struct work *w, int64_t id, struct report_row *out)
{
    struct report_row *r;
    size_t n;
    enum err e = STORE_GATHER(w, &report_share_sql[BY_ID], ARGS(INT(id)), take_report, &r, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = *r;
    return OK;
}

static void take_said(struct work *w, struct rows *r, void *to)
{
    *(struct report_said *)to = (struct report_said){rows_kept(w, r, 0), rows_kept(w, r, 1)};
}

enum err share_report_said(struct work *w, int64_t report, int64_t number, struct report_said **out, size_t *n)
{
    return STORE_GATHER(w, &report_share_sql[SAID], ARGS(INT(report), INT(number)), take_said, out, n);
}

str share_report_said_of(const struct report_said *s, size_t n, const char *field)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s[i].field, str_of(field))) return s[i].value;
    return (str){"", 0};
}

static void take_edition(struct work *w, struct rows *r, void *to)
{
    *(struct report_edition *)to = (struct report_edition){rows_int(r, 0), rows_int(r, 1), rows_kept(w, r, 2),
                                                           rows_kept(w, r, 3), rows_kept(w, r, 4)};
}

enum err share_report_editions(struct work *w, int64_t report, struct report_edition **out, size_t *n)
{
    return STORE_GATHER(w, &report_share_sql[EDITIONS], ARGS(INT(report)), take_edition, out, n);
}

static void take_holder(struct work *w, struct rows *r, void *to)
{
    *(struct report_holder *)to = (struct report_holder){.org = rows_int(r, 0),
                                                         .org_code = rows_kept(w, r, 1),
                                                         .org_ja = rows_kept(w, r, 2),
                                                         .org_en = rows_kept(w, r, 3),
                                                         .role = rows_kept(w, r, 4),
                                                         .since = rows_int(r, 5),
                                                         .tlp = (enum tlp)rows_int(r, 6),
                                                         .seen = rows_int(r, 7),
                                                         .read = rows_int(r, 8),
                                                         .by_whom = rows_kept(w, r, 9),
                                                         .added = rows_kept(w, r, 10),
                                                         .added_at = rows_int(r, 11),
                                                         .added_by = rows_kept(w, r, 12)};
}

enum err share_report_holders(struct work *w, int64_t report, struct report_holder **out, size_t *n)
{
    return STORE_GATHER(w, &report_share_sql[HOLDERS], ARGS(INT(report)), take_holder, out, n);
}

const struct report_holder *share_report_holder_as(const struct report_holder *h, size_t n, const char *role)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(h[i].role, str_of(role))) return &h[i];
    return NULL;
}

/* ---- changes ---- */

/* A code that an import brought with it is passed over. */
enum err share_report_code_next(struct work *w, bool drill, int64_t at, str *out)
{
    str series = str_fmt(w->a, "%s-%04d", drill ? "DR" : "R", fiscal_year(japan_day(at)));
    for (;;) {
        int64_t n, taken;
        enum err e = store_int(w, &report_share_sql[NEXT], ARGS(TEXT(series)), &n);
        if (e != OK) return e;
        str code = str_fmt(w->a, "%.*s-%04lld", STR_ARG(series), (long long)n);
        if ((e = store_int(w, &report_share_sql[TAKEN], ARGS(TEXT(code)), &taken)) == OK) continue;
        if (e != NOTFOUND) return e;
        *out = code;
        return OK;
    }
}

#define TIME_OR_NIL(t) int_or_nil((t), (t) != 0)
#define VIEWPOINT(v) int_or_nil((v), (v) >= 0)

enum err share_report_insert(struct work *w, const struct report_row *r, int64_t *id)
{
    enum err e =
        store_int(w, &report_share_sql[INSERT],
                  ARGS(TEXT(r->code), TEXT(r->uuid), INT(r->org), INT(r->drill), TEXT(r->state), TEXT(r->sector),
                       INT(r->government), TEXT(r->title), TEXT(r->service), TEXT(r->ground), TEXT(r->event),
                       INT(r->tlp), INT(r->not_supervision), TIME_OR_NIL(r->begun), INT(r->editions),
                       TIME_OR_NIL(r->first), TIME_OR_NIL(r->received), TIME_OR_NIL(r->closed), INT(r->entered),
                       INT(w->now), TEXT(acting_person(w)), INT(r->revision)),
                  id);
    return e == OK ? share_report_hold(w, *id, r->org, "operator", r->tlp) : e;
}

enum err share_report_update(struct work *w, const struct report_row *r)
{
    return store_run(w, &report_share_sql[UPDATE],
                     ARGS(INT(r->id), TEXT(r->state), TEXT(r->sector), INT(r->government), TEXT(r->title),
                          TEXT(r->service), TEXT(r->ground), TEXT(r->event), INT(r->tlp), INT(r->not_supervision),
                          TIME_OR_NIL(r->begun), INT(r->editions), TIME_OR_NIL(r->first), TIME_OR_NIL(r->received),
                          TIME_OR_NIL(r->closed), VIEWPOINT(r->continuity), VIEWPOINT(r->safety), VIEWPOINT(r->trust),
                          TEXT(r->severity_by), TIME_OR_NIL(r->severity_at), TEXT(r->severity_note), INT(r->revision)));
}

enum err share_report_say(struct work *w, int64_t report, int64_t number, const struct report_said *s, size_t n)
{
    enum err e = store_run(w, &report_share_sql[UNSAY], ARGS(INT(report), INT(number)));
    for (size_t i = 0; e == OK && i < n; i++)
        if (s[i].value.n != 0)
            e = store_run(w, &report_share_sql[SAY],
                          ARGS(INT(report), INT(number), TEXT(s[i].field), TEXT(s[i].value)));
    return e;
}

enum err share_report_edition_add(struct work *w, int64_t report, int64_t number)
{
    return store_run(w, &report_share_sql[EDITION_ADD],
                     ARGS(INT(report), INT(number), INT(w->now), TEXT(acting_person(w))));
}

enum err share_report_drop(struct work *w, int64_t report)
{
    enum err e = store_run(w, &report_share_sql[UNSAY], ARGS(INT(report), INT(0)));
    if (e == OK) e = store_run(w, &report_share_sql[DROP_HOLDERS], ARGS(INT(report)));
    return e == OK ? store_run(w, &report_share_sql[DROP], ARGS(INT(report))) : e;
}

enum err share_report_hold(struct work *w, int64_t report, int64_t org, const char *role, enum tlp tlp)
{
    return store_run(w, &report_share_sql[HOLD],
                     ARGS(INT(report), INT(org), TEXT(str_of(role)), INT(w->now), INT(tlp), TEXT(acting_person(w))));
}

enum err share_report_widened(struct work *w, int64_t report, enum tlp from, enum tlp to)
{
    return store_run(w, &report_share_sql[WIDEN], ARGS(INT(report), INT(from), INT(to)));
}

enum err share_report_holder_add(struct work *w, int64_t report, int64_t org, str text)
{
    return store_run(w, &report_share_sql[HOLDER_ADD],
                     ARGS(INT(report), INT(org), TEXT(text), INT(w->now), TEXT(acting_person(w))));
}

enum err share_report_opened(struct work *w, int64_t report, int64_t org, int64_t edition)
{
    return store_run(w, &report_share_sql[OPENED], ARGS(INT(report), INT(org), INT(w->now), INT(edition)));
}

/* ---- lists ---- */

static void take_line(struct work *w, struct rows *r, void *to)
{
    struct report_line *l = to;
    take_report(w, r, &l->r);
    l->role = rows_kept(w, r, N_COLUMNS);
    l->seen = rows_int(r, N_COLUMNS + 1);
    l->verification = rows_kept(w, r, N_COLUMNS + 2);
    l->level = rows_kept(w, r, N_COLUMNS + 3);
    l->typed = rows_int(r, N_COLUMNS + 4);
}

#define FILTER(f) \
    INT((f)->org), INT((f)->since), INT((f)->until), TEXT((f)->state), TEXT((f)->event), TEXT((f)->sector), TEXT((f)->ground), TEXT((f)->role), INT((f)->drill)

enum err share_report_list(struct work *w, const struct report_filter *f, struct report_line **out, size_t *n)
{
    return STORE_GATHER(w, &report_share_sql[LIST], ARGS(FILTER(f), INT(f->most)), take_line, out, n);
}

enum err share_report_list_count(struct work *w, const struct report_filter *f, int64_t *out)
{
    return store_int(w, &report_share_sql[COUNT], ARGS(FILTER(f)), out);
}

/* ---- what waits ---- */

static void take_waiting(struct work *w, struct rows *r, void *to)
{
    *(struct share_report_waiting *)to = (struct share_report_waiting){.n = 1,
                                                                       .code = rows_kept(w, r, 0),
                                                                       .title = rows_kept(w, r, 1),
                                                                       .drill = rows_int(r, 2) != 0,
                                                                       .since = rows_int(r, 3)};
}

enum err share_report_waits(struct work *w, const struct party *p, struct share_report_waiting out[REPORT_WAITS])
{
    static const int asked[REPORT_WAITS] = {
        [REPORT_TO_READ] = TO_READ, [REPORT_TO_PASS] = TO_PASS, [REPORT_CONSENT] = CONSENTS};
    struct share_report_waiting found[REPORT_WAITS] = {0}, *all;
    for (int i = 0; i < REPORT_WAITS; i++) {
        size_t n;
        enum err e = STORE_GATHER(w, &report_share_sql[asked[i]], ARGS(INT(p->org)), take_waiting, &all, &n);
        if (e != OK) return e;
        if (n != 0) found[i] = all[0];
        found[i].n = (int64_t)n;
    }
    for (int i = 0; i < REPORT_WAITS; i++) out[i] = found[i];
    return OK;
}
