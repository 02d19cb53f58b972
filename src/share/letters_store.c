#include "share/letters_store.h"

enum {
    NEW, CLOCK, RECALL, TOLD, ABOVE, ABOVE_ALL, ABOVE_PUT, BY_PHONE_ONLY, CONTACTS, LINK_ADD, LINK, LINK_USED, REPORTS,
    REPORT_TOLD, CONSENTS, CONSENT_TOLD, STATEMENTS
};

#define CLOCKED "what is due by the clock, for every organisation"
#define HELD "of who holds the link's secret"
#define DELIVERIES                                                                                                                              \
    "SELECT d.id, d.notice, coalesce(d.parent, 0), d.org, coalesce(p.org, n.issuer), d.sent, d.due, d.told, d.ack, d.tlp, d.pap, o.name_ja,"      \
    " o.name_en FROM share_delivery d JOIN share_notice n ON n.id = d.notice JOIN org o ON o.id = d.org LEFT JOIN share_delivery p ON p.id = d.parent"

/* told and ack in figures, so that the index over them serves: enum told 0 … 6, enum ack 2 sent, 3 opened. */
static const struct sql letters_sql[STATEMENTS] = {
    [NEW] = OPEN(CLOCKED, (DELIVERIES " WHERE d.told = 0 AND d.ack >= 2 LIMIT $1")),
    [CLOCK] =
        OPEN(CLOCKED, (DELIVERIES " WHERE (d.told = 1 AND d.ack IN (2, 3) AND d.sent + (d.due - d.sent) / 2 <= $1)"
                                  " OR (d.told = 2 AND d.ack IN (2, 3) AND d.due < $1)"
                                  " OR (d.told = 3 AND d.ack IN (2, 3) AND d.due + (d.due - d.sent) < $1) LIMIT $2")),
    [RECALL] = OPEN(CLOCKED, (DELIVERIES " WHERE d.told = 5 LIMIT $1")),
    [TOLD] = OPEN(CLOCKED, ("UPDATE share_delivery SET told = $2 WHERE id = $1")),
    [ABOVE] = OPEN(
        CLOCKED, ("SELECT o.name_ja, o.name_en FROM share_delivery d JOIN org o ON o.id = d.org WHERE d.notice = $1"
                  " AND coalesce(d.parent, 0) = $2 AND d.told = 3 AND d.ack IN (2, 3) AND d.due + (d.due - d.sent) < $3"
                  " ORDER BY o.lo, o.id LIMIT $4")),
    [ABOVE_ALL] = OPEN(
        CLOCKED,
        ("SELECT count(*) FROM share_delivery WHERE notice = $1 AND coalesce(parent, 0) = $2 AND told = 3"
         " AND ack IN (2, 3)"
         " AND due + (due - sent) < $3")),
    [ABOVE_PUT] =
        OPEN(CLOCKED, ("INSERT INTO share_above (notice, parent, at) VALUES ($1, $2, $3) ON CONFLICT (notice, parent)"
                       " DO UPDATE SET at = excluded.at WHERE share_above.at < $4")),
    [BY_PHONE_ONLY] = OPEN(CLOCKED, ("SELECT count(*) FROM share_drill WHERE notice = $1 AND by_phone = 1")),
    [CONTACTS] = OPEN(
        CLOCKED,
        ("SELECT c.ord, c.name, c.mail, c.key, coalesce(x.lang, '') FROM share_contact c"
         " LEFT JOIN person x ON x.id = c.person"
         " WHERE c.org = $1 AND c.mail <> '' ORDER BY c.ord")),
    [LINK_ADD] = OPEN(
        CLOCKED,
        ("INSERT INTO share_link (digest, delivery, contact, mail, sealed, made, until)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7)")),
    [LINK] = OPEN(HELD, ("SELECT l.delivery, d.notice, d.org, l.until, coalesce(l.used, 0), l.contact, l.sealed,"
                         " (SELECT count(*) FROM share_contact c WHERE c.org = d.org AND c.mail = l.mail)"
                         " FROM share_link l JOIN share_delivery d ON d.id = l.delivery WHERE l.digest = $1")),
    [LINK_USED] = OPEN(HELD, ("UPDATE share_link SET used = $2 WHERE digest = $1 AND used IS NULL")),
    [REPORTS] =
        OPEN(CLOCKED,
             ("SELECT h.report, h.org, r.code, h.role, r.drill, CASE WHEN r.ground = 'exceptional' THEN 1 ELSE 0 END"
              " FROM share_report_holder h JOIN share_report r ON r.id = h.report WHERE h.told = 0 LIMIT $1")),
    [REPORT_TOLD] = OPEN(CLOCKED, ("UPDATE share_report_holder SET told = 1 WHERE report = $1 AND org = $2")),
    [CONSENTS] = OPEN(
        CLOCKED,
        ("SELECT c.id, r.org, n.issuer, n.code, r.code, o.name_ja, o.name_en, r.drill, CASE"
         " WHEN c.decision = '' THEN 1 ELSE 0 END"
         " FROM share_consent c JOIN share_report r ON r.id = c.report JOIN share_notice n ON n.id = c.notice"
         " JOIN org o ON o.id = n.issuer WHERE c.told = 0 LIMIT $1")),
    [CONSENT_TOLD] = OPEN(CLOCKED, ("UPDATE share_consent SET told = 1 WHERE id = $1")),
};

const struct sql_set letters_sql_set = {"letters", letters_sql, STATEMENTS};

#define RUN(w, statement, args) store_run(w, &letters_sql[statement], args)

/* ---- deliveries ---- */

static void take_due(struct work *w, struct rows *r, void *to)
{
    *(struct due_delivery *)to = (struct due_delivery){.id = rows_int(r, 0),
                                                       .notice = rows_int(r, 1),
                                                       .parent = rows_int(r, 2),
                                                       .org = rows_int(r, 3),
                                                       .from = rows_int(r, 4),
                                                       .sent = rows_int(r, 5),
                                                       .due = rows_int(r, 6),
                                                       .told = (enum told)rows_int(r, 7),
                                                       .ack = (enum ack)rows_int(r, 8),
                                                       .marking = {(enum tlp)rows_int(r, 9), (enum pap)rows_int(r, 10)},
                                                       .org_ja = rows_kept(w, r, 11),
                                                       .org_en = rows_kept(w, r, 12)};
}

enum err letters_due(struct work *w, enum due_which which, int64_t most, struct due_delivery **out, size_t *n)
{
    static const int statement[DUE_WHICH] = {[DUE_NEW] = NEW, [DUE_CLOCK] = CLOCK, [DUE_RECALL] = RECALL};
    const struct sql *sql = &letters_sql[statement[which]];
    if (which == DUE_CLOCK) return STORE_GATHER(w, sql, ARGS(INT(w->now), INT(most)), take_due, out, n);
    return STORE_GATHER(w, sql, ARGS(INT(most)), take_due, out, n);
}

enum err told_put(struct work *w, const struct told_row *told, size_t n)
{
    struct batch *b;
    enum err e = batch_begin(w, &letters_sql[TOLD], &b);
    for (size_t i = 0; e == OK && i < n; i++) e = batch_add(b, ARGS(INT(told[i].delivery), INT(told[i].told)));
    return e == OK ? batch_end(b) : e;
}

static void take_named(struct work *w, struct rows *r, void *to)
{
    *(struct named *)to = (struct named){rows_kept(w, r, 0), rows_kept(w, r, 1)};
}

enum err above_due(struct work *w, int64_t notice, int64_t parent, size_t most, struct named **out, size_t *n,
                   int64_t *all)
{
    enum err e = STORE_GATHER(w, &letters_sql[ABOVE], ARGS(INT(notice), INT(parent), INT(w->now), INT((int64_t)most)),
                              take_named, out, n);
    return e == OK ? store_int(w, &letters_sql[ABOVE_ALL], ARGS(INT(notice), INT(parent), INT(w->now)), all) : e;
}

enum err above_written(struct work *w, int64_t notice, int64_t parent, int64_t since, bool *now)
{
    int64_t n = 0;
    enum err e =
        store_run_count(w, &letters_sql[ABOVE_PUT], ARGS(INT(notice), INT(parent), INT(w->now), INT(since)), &n);
    *now = n == 1;
    return e;
}

enum err called_by_phone(struct work *w, int64_t notice, bool *out)
{
    int64_t n = 0;
    enum err e = store_int(w, &letters_sql[BY_PHONE_ONLY], ARGS(INT(notice)), &n);
    *out = n != 0;
    return e;
}

/* ---- whom ---- */

static void take_contact(struct work *w, struct rows *r, void *to)
{
    *(struct addressee_contact *)to = (struct addressee_contact){rows_int(r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2),
                                                                 rows_kept(w, r, 3), rows_kept(w, r, 4)};
}

enum err mail_contacts(struct work *w, int64_t org, struct addressee_contact **out, size_t *n)
{
    return STORE_GATHER(w, &letters_sql[CONTACTS], ARGS(INT(org)), take_contact, out, n);
}

/* ---- links ---- */

enum err confirm_links_add(struct work *w, const struct new_confirm_link *l, size_t n)
{
    struct batch *b;
    enum err e = batch_begin(w, &letters_sql[LINK_ADD], &b);
    for (size_t i = 0; e == OK && i < n; i++)
        e = batch_add(b, ARGS(TEXT(l[i].digest), INT(l[i].delivery), TEXT(l[i].contact), TEXT(l[i].mail),
                              INT(l[i].sealed), INT(w->now), INT(l[i].until)));
    return e == OK ? batch_end(b) : e;
}

static void take_link(struct work *w, struct rows *r, void *to)
{
    *(struct confirm_link *)to = (struct confirm_link){.delivery = rows_int(r, 0),
                                                       .notice = rows_int(r, 1),
                                                       .org = rows_int(r, 2),
                                                       .until = rows_int(r, 3),
                                                       .used = rows_int(r, 4),
                                                       .contact = rows_kept(w, r, 5),
                                                       .sealed = rows_int(r, 6) != 0,
                                                       .there = rows_int(r, 7) != 0};
}

enum err confirm_link_find(struct work *w, str digest, struct confirm_link *out)
{
    struct confirm_link *all;
    size_t n;
    enum err e = STORE_GATHER(w, &letters_sql[LINK], ARGS(TEXT(digest)), take_link, &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    return OK;
}

enum err confirm_link_used(struct work *w, str digest, bool *now)
{
    int64_t n = 0;
    enum err e = store_run_count(w, &letters_sql[LINK_USED], ARGS(TEXT(digest), INT(w->now)), &n);
    *now = n == 1;
    return e;
}

/* ---- reports and consents ---- */

static void take_report(struct work *w, struct rows *r, void *to)
{
    *(struct due_report *)to = (struct due_report){.report = rows_int(r, 0), .org = rows_int(r, 1), .code = rows_kept(w, r, 2), .role = rows_kept(w, r, 3),
                                                   .drill = rows_int(r, 4) != 0, .exceptional = rows_int(r, 5) != 0};
}

enum err reports_due(struct work *w, int64_t most, struct due_report **out, size_t *n)
{
    return STORE_GATHER(w, &letters_sql[REPORTS], ARGS(INT(most)), take_report, out, n);
}

enum err report_told(struct work *w, const struct due_report *r)
{
    return RUN(w, REPORT_TOLD, ARGS(INT(r->report), INT(r->org)));
}

static void take_consent(struct work *w, struct rows *r, void *to)
{
    *(struct due_consent *)to = (struct due_consent){.id = rows_int(r, 0),
                                                     .org = rows_int(r, 1),
                                                     .issuer = rows_int(r, 2),
                                                     .notice = rows_kept(w, r, 3),
                                                     .report = rows_kept(w, r, 4),
                                                     .issuer_ja = rows_kept(w, r, 5),
                                                     .issuer_en = rows_kept(w, r, 6),
                                                     .drill = rows_int(r, 7) != 0,
                                                     .open = rows_int(r, 8) != 0};
}

enum err consents_due(struct work *w, int64_t most, struct due_consent **out, size_t *n)
{
    return STORE_GATHER(w, &letters_sql[CONSENTS], ARGS(INT(most)), take_consent, out, n);
}

enum err consent_told(struct work *w, int64_t id) { return RUN(w, CONSENT_TOLD, ARGS(INT(id))); }
