#include "share/consent_store.h"

enum { OF_TEXT, OF_PARTY, ASK, DECIDE, MADE_OF, TELLING, STATEMENTS };

#define ABOUT "of a notice that its issuer has found, or about to be sent"
#define BOTH "of the two who know of it: the operator of the report and the issuer of the notice"

#define COLUMNS                                                                                                          \
    "SELECT c.id, c.notice, c.report, n.issuer, r.org, c.asked, c.decided, n.code, n.state, r.code, i.code, i.name_ja, i.name_en,"  \
    " o.code, o.name_ja, o.name_en, c.digest, c.title, c.body, c.measure, c.tlp, c.pap, c.asked_by, c.decision, c.decided_by, c.note, n.drill"  \
    " FROM share_consent c JOIN share_notice n ON n.id = c.notice JOIN share_report r ON r.id = c.report"                \
    " JOIN org i ON i.id = n.issuer JOIN org o ON o.id = r.org"

static const struct sql consent_sql[STATEMENTS] = {
    [OF_TEXT] = OPEN(ABOUT, (COLUMNS " WHERE c.notice = $1 AND c.digest = $2")),
    [OF_PARTY] = OPEN(
        BOTH,
        (COLUMNS
         " WHERE (r.org = $1 OR n.issuer = $1) AND ($2 = '' OR n.code = $2)"
         " ORDER BY CASE WHEN c.decision = '' AND n.state = 'draft' THEN 0"
         " ELSE 1 END, c.asked DESC, c.id DESC LIMIT 500")),
    [ASK] = OPEN(
        ABOUT,
        "INSERT INTO share_consent (notice, report, digest, title, body, measure, tlp, pap, asked, asked_by, decision,"
        " decided_by, note, told)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', '', '', 0) ON CONFLICT (notice, digest) DO UPDATE SET"
        " asked = excluded.asked, asked_by = excluded.asked_by, decision = '', decided = NULL, decided_by = '',"
        " told = 0"),
    [DECIDE] =
        OPEN(BOTH, "UPDATE share_consent SET decision = $2, decided = $3, decided_by = $4, note = $5 WHERE id = $1"),
    [MADE_OF] = OPEN(
        BOTH,
        "SELECT n.code, n.state, n.title, i.code, i.name_ja, i.name_en, n.issuer, n.made, n.sent FROM share_notice n"
        " JOIN org i ON i.id = n.issuer JOIN share_report r ON r.id = n.report"
        " WHERE n.report = $1 AND (n.issuer = $2 OR (r.org = $2"
        " AND (n.state <> 'draft' OR EXISTS (SELECT 1 FROM share_consent c WHERE c.notice = n.id)))) ORDER BY n.id"),
    [TELLING] = OPEN(
        "names to be struck out, of whose report it is",
        ("WITH own AS (SELECT o.id FROM org t JOIN org o ON o.lo >= t.lo AND o.lo < t.hi WHERE t.id = $1"
         " UNION SELECT l.from_org FROM org_link l WHERE l.kind = 'member' AND l.to_org = $1)"
         " SELECT 0, o.name_ja, o.name_en, o.code FROM own JOIN org o ON o.id = own.id"
         " UNION ALL SELECT 0, n.name_ja, n.name_en, '' FROM own JOIN org_name n ON n.org = own.id"
         " UNION ALL SELECT 1, p.name_ja, p.name_en, p.mail FROM own JOIN person p ON p.org = own.id"
         " UNION ALL SELECT 1, p.name_ja, p.name_en, p.mail FROM own JOIN post x ON x.org = own.id"
         " JOIN person p ON p.id = x.person"
         " UNION ALL SELECT 0, s.name_ja, s.name_en, s.code FROM own JOIN system s ON s.org = own.id"
         " UNION ALL SELECT 1, c.name, c.mail, c.closed FROM own JOIN share_contact c ON c.org = own.id LIMIT 20000")),
};

const struct sql_set consent_sql_set = {"consents", consent_sql, STATEMENTS};

static void take_consent(struct work *w, struct rows *r, void *to)
{
    *(struct consent *)to = (struct consent){.id = rows_int(r, 0),
                                             .notice = rows_int(r, 1),
                                             .report = rows_int(r, 2),
                                             .issuer = rows_int(r, 3),
                                             .operator = rows_int(r, 4),
                                             .asked = rows_int(r, 5),
                                             .decided = rows_int(r, 6),
                                             .notice_code = rows_kept(w, r, 7),
                                             .notice_state = rows_kept(w, r, 8),
                                             .report_code = rows_kept(w, r, 9),
                                             .issuer_code = rows_kept(w, r, 10),
                                             .issuer_ja = rows_kept(w, r, 11),
                                             .issuer_en = rows_kept(w, r, 12),
                                             .operator_code = rows_kept(w, r, 13),
                                             .operator_ja = rows_kept(w, r, 14),
                                             .operator_en = rows_kept(w, r, 15),
                                             .digest = rows_kept(w, r, 16),
                                             .title = rows_kept(w, r, 17),
                                             .text = rows_kept(w, r, 18),
                                             .measure = rows_kept(w, r, 19),
                                             .marking = {(enum tlp)rows_int(r, 20), (enum pap)rows_int(r, 21)},
                                             .asked_by = rows_kept(w, r, 22),
                                             .decision = rows_kept(w, r, 23),
                                             .decided_by = rows_kept(w, r, 24),
                                             .note = rows_kept(w, r, 25),
                                             .drill = rows_int(r, 26) != 0};
}

static enum err one_consent(struct work *w, int which, struct values args, struct consent *out)
{
    struct consent *c;
    size_t n;
    enum err e = STORE_GATHER(w, &consent_sql[which], args, take_consent, &c, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = *c;
    return OK;
}


enum err consent_of_text(struct work *w, int64_t notice, str digest, struct consent *out)
{
    return one_consent(w, OF_TEXT, ARGS(INT(notice), TEXT(digest)), out);
}

enum err consents_of(struct work *w, const struct party *p, str notice, struct consent **out, size_t *n)
{
    return STORE_GATHER(w, &consent_sql[OF_PARTY], ARGS(INT(p->org), TEXT(notice)), take_consent, out, n);
}

enum err consent_ask(struct work *w, const struct consent *c)
{
    return store_run(w, &consent_sql[ASK],
                     ARGS(INT(c->notice), INT(c->report), TEXT(c->digest), TEXT(c->title), TEXT(c->text),
                          TEXT(c->measure), INT(c->marking.tlp), INT(c->marking.pap), INT(w->now),
                          TEXT(acting_person(w))));
}

enum err consent_decide(struct work *w, int64_t id, str decision, str note)
{
    return store_run(w, &consent_sql[DECIDE],
                     ARGS(INT(id), TEXT(decision), INT(w->now), TEXT(acting_person(w)), TEXT(note)));
}

static void take_made(struct work *w, struct rows *r, void *to)
{
    *(struct notice_made *)to = (struct notice_made){.code = rows_kept(w, r, 0),
                                                     .state = rows_kept(w, r, 1),
                                                     .title = rows_kept(w, r, 2),
                                                     .issuer_code = rows_kept(w, r, 3),
                                                     .issuer_ja = rows_kept(w, r, 4),
                                                     .issuer_en = rows_kept(w, r, 5),
                                                     .issuer = rows_int(r, 6),
                                                     .made = rows_int(r, 7),
                                                     .sent = rows_int(r, 8)};
}

enum err notices_of_report(struct work *w, int64_t report, int64_t party, struct notice_made **out, size_t *n)
{
    return STORE_GATHER(w, &consent_sql[MADE_OF], ARGS(INT(report), INT(party)), take_made, out, n);
}

static void take_telling(struct work *w, struct rows *r, void *to)
{
    *(struct telling_name *)to = (struct telling_name){rows_int(r, 0) != 0, rows_kept(w, r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3)};
}

enum err names_telling(struct work *w, int64_t org, struct telling_name **out, size_t *n)
{
    return STORE_GATHER(w, &consent_sql[TELLING], ARGS(INT(org)), take_telling, out, n);
}
