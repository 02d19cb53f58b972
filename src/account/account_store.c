/* The SQL of account: who is asking, how they come in, what waits to be sent. */
#include "account/account_store.h"

#define NOW_CURRENT(t, n)                                                                                              \
    "(" t ".since IS NULL OR " t ".since <= " n ") AND (" t ".until IS NULL OR " t ".until >= " n ")"
#define WHO "finds who is asking, before there is a scope"
#define OWN "the caller's own row, or one whose secret the caller holds"
#define IN_REACH "o.lo >= $1 AND o.lo < $2"
#define PERSON_IN_REACH " JOIN person x ON x.id = t.person JOIN org o ON o.id = x.org WHERE " IN_REACH
#define MAY_COME_IN "x.id = t.person AND NOT EXISTS (SELECT 1 FROM account k WHERE k.person = x.id AND k.locked = 1)"

/* Of a letter that waits: the link in it opens nothing any more. */
#define LINK_OVER(now)                                                                                                 \
    "(link IS NOT NULL AND NOT EXISTS (SELECT 1 FROM sheet_link l WHERE l.digest = outbox.link AND l.used IS NULL"     \
    " AND l.withdrawn IS NULL AND l.expires > " now "))"

enum {
    SESSION,
    TOKEN,
    PERSON_CURRENT,
    PERSON_CODE,
    ACCOUNT,
    TRIES,
    TRIES_PUT,
    TRIES_DROP,
    TRIES_PRUNE,
    STEP_USE,
    SEEN,
    SESSION_ADD,
    SESSION_SEEN,
    SESSION_POST,
    SESSION_DROP,
    SESSIONS_PRUNE,
    SESSIONS_DROP,
    SUBJECT,
    MAIL,
    SUBJECT_ADD,
    SUBJECT_PERSON,
    SUBJECT_DROP,
    SUBJECTS,
    SETUP,
    SETUP_PUT,
    ACCOUNT_PUT,
    PASSWORD_PUT,
    LOCK_PUT,
    PERSON_WITHIN,
    REACHES_OUT,
    ACCOUNTS,
    SESSIONS,
    SESSION_END,
    SESSION_END_OWN,
    TOKENS,
    TOKEN_ADD,
    TOKEN_DROP,
    TOKEN_DROP_OWN,
    TOKENS_DROP,
    ROUND,
    TO_ASK,
    LINK_OLD,
    LINK_ADD,
    LINKS,
    LINK_WITHDRAW,
    LINK_SESSIONS,
    LINK,
    LINK_USED,
    SHEET_OWNER,
    LETTER_ADD,
    LETTERS_HELD,
    LETTERS_HOLD,
    LETTER_NEXT,
    LETTERS_TO,
    LETTER_TRIED,
    LETTER_DONE,
    LETTER_LATER,
    LETTER_ENDS_LINK,
    LETTERS_OVER,
    LETTERS_STOP,
    LETTERS,
    SETTING_PUT,
    SETTING,
    ADMINISTRATORS,
    DUTY,
    POST,
    PERSON,
    N_SQL
};

static const struct sql statements[N_SQL] = {
    [SESSION] =
        OPEN(WHO, "SELECT t.id, t.person, t.begun, t.seen, x.code, t.post, t.how, t.csrf, t.round, t.respondent"
                  " FROM session t JOIN person x ON " MAY_COME_IN
                  " WHERE t.digest = $1 AND (t.respondent <> '' OR (" NOW_CURRENT("x", "$2") "))"),
    [TOKEN] =
        OPEN(WHO, "SELECT t.person, x.code, t.post, t.read_only FROM api_token t JOIN person x ON " MAY_COME_IN
                  " WHERE t.digest = $1 AND " NOW_CURRENT("x", "$2") " AND (t.expires IS NULL OR t.expires > $3)"),
    [PERSON_CURRENT] =
        OPEN(WHO, "SELECT x.id FROM person x WHERE x.code = $1 AND " NOW_CURRENT(
                      "x", "$2") " AND NOT EXISTS (SELECT 1 FROM account k WHERE k.person = x.id AND k.locked = 1)"),
    [PERSON_CODE] = OPEN(WHO, "SELECT code FROM person WHERE id = $1"),
    [ACCOUNT] =
        OPEN(WHO, "SELECT t.person, t.totp_step, t.password, t.totp FROM account t"
                  " JOIN person x ON x.id = t.person WHERE x.code = $1 AND t.locked = 0 AND " NOW_CURRENT("x", "$2")),
    [TRIES] = SQL("SELECT n, at FROM signin_try WHERE key = $1"),
    [TRIES_PUT] = SQL("INSERT INTO signin_try (key, n, at) VALUES ($1, $2, $3)"
                      " ON CONFLICT (key) DO UPDATE SET n = excluded.n, at = excluded.at"),
    [TRIES_DROP] = SQL("DELETE FROM signin_try WHERE key = $1"),
    [TRIES_PRUNE] = SQL("DELETE FROM signin_try WHERE at < $1"),
    [STEP_USE] = OPEN(OWN, "UPDATE account SET totp_step = $2 WHERE person = $1 AND totp_step < $2"),
    [SEEN] = OPEN(OWN, "UPDATE account SET seen = $2 WHERE person = $1"),
    [SESSION_ADD] =
        OPEN(OWN, "INSERT INTO session (digest, person, post, how, peer, begun, seen, csrf, round, respondent)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)"),
    [SESSION_SEEN] = OPEN(OWN, "UPDATE session SET seen = $2 WHERE digest = $1 AND seen < $2"),
    [SESSION_POST] = OPEN(OWN, "UPDATE session SET post = $2 WHERE digest = $1"),
    [SESSION_DROP] = OPEN(OWN, "DELETE FROM session WHERE digest = $1"),
    [SESSIONS_PRUNE] = OPEN("ends what is over, whosever it is", "DELETE FROM session WHERE begun < $1"),
    [SESSIONS_DROP] =
        OPEN("the person was found within reach", "DELETE FROM session WHERE person = $1 AND digest <> $2"),
    [SUBJECT] = OPEN(WHO, "SELECT x.id FROM account_subject t JOIN person x ON " MAY_COME_IN
                          " WHERE t.issuer = $1 AND t.subject = $2 AND " NOW_CURRENT("x", "$3")),
    [MAIL] =
        OPEN(WHO, "SELECT min(x.id), count(*) FROM person x WHERE x.mail = $1 AND " NOW_CURRENT(
                      "x", "$2") " AND NOT EXISTS (SELECT 1 FROM account k WHERE k.person = x.id AND k.locked = 1)"),
    [SUBJECT_ADD] = OPEN(OWN, "INSERT INTO account_subject (issuer, subject, person, since) VALUES ($1, $2, $3, $4)"
                              " ON CONFLICT (issuer, subject) DO NOTHING"),
    [SUBJECT_PERSON] = OPEN(WHO, "SELECT person FROM account_subject WHERE issuer = $1 AND subject = $2"),
    [SUBJECT_DROP] = OPEN("the person was found within reach",
                          "DELETE FROM account_subject WHERE person = $1 AND (CAST($2 AS TEXT) = '' OR issuer = $2)"
                          " AND (CAST($3 AS TEXT) = '' OR subject = $3)"),
    [SUBJECTS] = SCOPED("SELECT x.code, x.name_ja, x.name_en, t.issuer, t.subject, t.since FROM account_subject t"
                        PERSON_IN_REACH " AND o.lo >= $3 AND o.lo < $4 ORDER BY o.lo, x.code, t.issuer, t.subject"),
    [SETUP] = OPEN(WHO, "SELECT t.person, x.code, x.name_ja FROM account t JOIN person x ON x.id = t.person"
                        " WHERE t.setup = $1 AND t.setup_until > $2 AND t.locked = 0 AND " NOW_CURRENT("x", "$3")),
    [SETUP_PUT] =
        OPEN("the person was found within reach",
             "INSERT INTO account (person, password, totp, totp_step, setup, setup_until, created, seen, locked)"
             " VALUES ($1, '', '', 0, $2, $3, $4, 0, 0)"
             " ON CONFLICT (person) DO UPDATE SET setup = excluded.setup, setup_until = excluded.setup_until"),
    [ACCOUNT_PUT] =
        OPEN(OWN, "UPDATE account SET password = $2, totp = $3, totp_step = $4, setup = NULL, setup_until = 0"
                  " WHERE person = $1"),
    [PASSWORD_PUT] = OPEN(OWN, "UPDATE account SET password = $2 WHERE person = $1"),
    [LOCK_PUT] =
        OPEN("the person was found within reach",
             "INSERT INTO account (person, password, totp, totp_step, setup, setup_until, created, seen, locked)"
             " VALUES ($1, '', '', 0, NULL, 0, $2, 0, $3)"
             " ON CONFLICT (person) DO UPDATE SET locked = excluded.locked, setup = NULL"),

    [PERSON_WITHIN] =
        SCOPED("SELECT x.id, x.org, x.code, x.name_ja, x.name_en, x.mail, o.code FROM person x"
               " JOIN org o ON o.id = x.org WHERE " IN_REACH
               " AND x.code = $3 AND (CAST($5 AS BIGINT) = 1 OR (" NOW_CURRENT("x", "$4") "))"),
    [REACHES_OUT] = OPEN("finds what the actor does not reach, and tells only whether there is any",
                         "SELECT count(*) FROM post p LEFT JOIN system s ON s.id = p.system"
                         " JOIN org o ON o.id = coalesce(s.org, p.org) WHERE p.person = $1"
                         " AND (p.until IS NULL OR p.until >= $2) AND (o.lo < $3 OR o.lo >= $4)"),
    [ACCOUNTS] =
        SCOPED("SELECT x.code, x.name_ja, x.name_en, o.code, o.name_ja, o.name_en, o.depth, t.seen,"
               " t.setup_until, (SELECT count(*) FROM account_subject j WHERE j.person = x.id),"
               " CASE WHEN t.password <> '' THEN 1 ELSE 0 END, CASE WHEN t.totp <> '' THEN 1 ELSE 0 END, t.locked"
               " FROM account t" PERSON_IN_REACH " AND o.lo >= $3 AND o.lo < $4 ORDER BY o.lo, x.code"),
    [SESSIONS] = SCOPED("SELECT t.id, t.begun, t.seen, t.digest, x.code, x.name_ja, x.name_en, t.post, t.how, t.peer,"
                        " t.respondent FROM session t" PERSON_IN_REACH
                        " AND (CAST($3 AS BIGINT) = 0 OR x.id = $3) AND t.begun > $4"
                        " ORDER BY t.seen DESC, t.id DESC"),
    [SESSION_END] = SCOPED("DELETE FROM session WHERE id = $3 AND person IN (SELECT x.id FROM person x"
                           " JOIN org o ON o.id = x.org WHERE " IN_REACH ")"),
    [SESSION_END_OWN] = OPEN(OWN, "DELETE FROM session WHERE id = $1 AND person = $2"),
    [TOKENS] = SCOPED("SELECT t.id, t.created, t.expires, t.read_only, x.code, x.name_ja, x.name_en, t.post, t.label"
                      " FROM api_token t" PERSON_IN_REACH
                      " AND (CAST($3 AS BIGINT) = 0 OR x.id = $3) ORDER BY t.created, t.id"),
    [TOKEN_ADD] = OPEN(OWN, "INSERT INTO api_token (digest, person, post, label, read_only, created, expires)"
                            " VALUES ($1, $2, $3, $4, $5, $6, $7)"),
    [TOKEN_DROP] = SCOPED("DELETE FROM api_token WHERE id = $3 AND person IN (SELECT x.id FROM person x"
                          " JOIN org o ON o.id = x.org WHERE " IN_REACH ")"),
    [TOKEN_DROP_OWN] = OPEN(OWN, "DELETE FROM api_token WHERE id = $1 AND person = $2"),
    [TOKENS_DROP] = OPEN("the person was found within reach", "DELETE FROM api_token WHERE person = $1"),

    [ROUND] = OPEN("a round is asked of organisations far below its frame; what is told is its title",
                   "SELECT r.id, r.title_ja, r.title_en, r.state, r.due FROM round r WHERE r.code = $1"),
    /* Who held the post on the base date, wherever they are now. Who has left, or holds no post, cannot sign in. An
     * address that has passed to someone else reaches the wrong person. */
    [TO_ASK] = SCOPED(
        "SELECT t.code, x.mail, x.name_ja, x.name_en, o.name_ja, o.name_en, x.id, o.id,"
        " (SELECT max(l.made) FROM sheet_link l WHERE l.round = $8 AND l.respondent = t.code)"
        " FROM respondent t JOIN org o ON o.id = t.org JOIN person x ON x.id = t.person"
        " WHERE " IN_REACH " AND t.round = $3 AND o.lo >= $4 AND o.lo < $5 AND ($6 = '' OR t.code = $6)"
        " AND t.kind = 'post' AND x.mail <> ''"
        " AND NOT EXISTS (SELECT 1 FROM person y WHERE y.mail = x.mail AND y.id <> x.id AND " NOW_CURRENT("y", "$7") ")"
        " AND NOT EXISTS (SELECT 1 FROM sheet s WHERE s.respondent = t.id AND s.state > 0)"
        " AND NOT EXISTS (SELECT 1 FROM account k WHERE k.person = x.id AND k.locked = 1)"
        " AND (x.until < $7"
        " OR NOT EXISTS (SELECT 1 FROM post p WHERE p.person = x.id AND " NOW_CURRENT("p", "$7") ")"
        " OR (NOT EXISTS (SELECT 1 FROM account k WHERE k.person = x.id AND k.password <> '')"
        " AND NOT EXISTS (SELECT 1 FROM account_subject j WHERE j.person = x.id))) ORDER BY o.lo, t.code"),
    [LINK_OLD] = OPEN("the respondent was found within reach",
                      "UPDATE sheet_link SET withdrawn = $3 WHERE round = $1 AND respondent = $2 AND used IS NULL"
                      " AND withdrawn IS NULL"),
    [LINK_ADD] = OPEN("the respondent was found within reach",
                      "INSERT INTO sheet_link (digest, round, respondent, org, person, mail, made, by_whom, expires)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
    [LINKS] =
        SCOPED("SELECT t.id, t.made, t.expires, t.used, t.withdrawn, t.round, t.respondent, t.mail, t.by_whom, o.code,"
               " o.name_ja, o.name_en FROM sheet_link t JOIN org o ON o.id = t.org WHERE " IN_REACH
               " AND ($3 = '' OR t.round = $3) ORDER BY t.made DESC, t.id DESC"),
    [LINK_WITHDRAW] = SCOPED("UPDATE sheet_link SET withdrawn = $4 WHERE id = $3 AND withdrawn IS NULL AND org IN"
                             " (SELECT o.id FROM org o WHERE " IN_REACH ")"),
    [LINK_SESSIONS] = OPEN("the link was found within reach",
                           "DELETE FROM session WHERE respondent <> '' AND EXISTS (SELECT 1 FROM sheet_link l WHERE"
                           " l.id = $1 AND l.person = session.person AND l.round = session.round"
                           " AND l.respondent = session.respondent)"),
    [LINK] = OPEN(WHO, "SELECT t.id, t.person, t.round, t.respondent, r.title_ja, r.title_en, o.name_ja, o.name_en,"
                       " x.name_ja, t.used, t.withdrawn, t.expires, r.state, coalesce(s.state, -1), q.person,"
                       " (SELECT count(*) FROM account k WHERE k.person = x.id AND k.locked = 1)"
                       " FROM sheet_link t JOIN person x ON x.id = t.person JOIN org o ON o.id = t.org"
                       " JOIN round r ON r.code = t.round"
                       " LEFT JOIN respondent q ON q.round = r.id AND q.code = t.respondent"
                       " LEFT JOIN sheet s ON s.respondent = q.id WHERE t.digest = $1"),
    [LINK_USED] = OPEN(OWN, "UPDATE sheet_link SET used = $2 WHERE id = $1 AND used IS NULL AND withdrawn IS NULL"),
    [SHEET_OWNER] = OPEN(WHO, "SELECT x.id, x.code, x.name_ja, x.name_en, o.id, o.code FROM respondent q"
                              " JOIN round r ON r.id = q.round JOIN person x ON x.id = q.person"
                              " JOIN org o ON o.id = q.org WHERE r.code = $1 AND q.code = $2 AND x.id = $3"),

    [LETTER_ADD] = OPEN("written by an act that was allowed to",
                        "INSERT INTO outbox (org, mail, subject, body, made, due, tries, trouble, state, link, patient, certificate, urgent)"
                        " VALUES ($1, $2, $3, $4, $5, $7, 0, '', 'waiting', $6, $8, $9, $10)"),
    [LETTERS_HELD] = OPEN("the mailer sends for everyone",
                          "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE state = 'waiting' AND patient = 1 AND due < $1"
                          " LIMIT 1) x"),
    [LETTERS_HOLD] = OPEN("the mailer sends for everyone",
                          "UPDATE outbox SET due = $1 WHERE state = 'waiting' AND patient = 1 AND due < $1"),
    [LETTER_NEXT] = OPEN("the mailer sends for everyone",
                         "SELECT id, org, tries, mail, subject, body, certificate, urgent FROM outbox WHERE state = 'waiting'"
                         " AND due <= $1 AND NOT " LINK_OVER("$1") " ORDER BY urgent DESC, due, id LIMIT 1"),
    [LETTERS_TO] = OPEN("the mailer sends for everyone",
                        "SELECT count(*) FROM outbox WHERE mail = $1 AND done > $2 AND state = 'sent'"),
    [LETTER_TRIED] = OPEN("the mailer sends for everyone", "SELECT tries FROM outbox WHERE id = $1"),
    [LETTER_DONE] =
        OPEN("the mailer sends for everyone",
             "UPDATE outbox SET state = $2, trouble = $3, tries = tries + 1, done = $4, body = '', certificate = ''"
             " WHERE id = $1"),
    [LETTER_LATER] = OPEN("the mailer sends for everyone",
                          "UPDATE outbox SET trouble = $2, tries = tries + 1, due = $3 WHERE id = $1"),
    [LETTER_ENDS_LINK] = OPEN("the mailer sends for everyone",
                              "UPDATE sheet_link SET withdrawn = $2 WHERE used IS NULL AND withdrawn IS NULL"
                              " AND digest = (SELECT t.link FROM outbox t WHERE t.id = $1)"),
    [LETTERS_OVER] = OPEN("the mailer sends for everyone",
                          "SELECT count(*) FROM outbox WHERE state = 'waiting' AND " LINK_OVER("$1")),
    [LETTERS_STOP] = OPEN("a letter whose link opens nothing is sent to nobody",
                          "UPDATE outbox SET state = 'failed', trouble = $2, done = $1, body = ''"
                          " WHERE state = 'waiting' AND " LINK_OVER("$1")),
    [LETTERS] =
        SCOPED("SELECT t.id, t.made, t.tries, t.due, t.done, t.mail, t.subject, t.trouble, t.state FROM outbox t"
               " JOIN org o ON o.id = t.org WHERE " IN_REACH " ORDER BY t.id DESC"),
    [SETTING_PUT] = SQL("INSERT INTO setting (key, value, at) VALUES ($1, $2, $3)"
                        " ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at"),
    [SETTING] = SQL("SELECT value FROM setting WHERE key = $1"),

    [ADMINISTRATORS] =
        OPEN("counts them before there is anyone to ask",
             "SELECT count(DISTINCT p.person) FROM post p JOIN duty d ON d.code = p.duty"
             " JOIN account t ON t.person = p.person AND t.password <> '' AND t.locked = 0"
             " JOIN person x ON x.id = p.person WHERE (d.rights & CAST($1 AS BIGINT)) <> 0 AND " NOW_CURRENT(
                 "p", "$2") " AND " NOW_CURRENT("x", "$2")),
    [DUTY] = SQL("SELECT count(*) FROM duty WHERE code = $1"),
    [POST] = OPEN("a code is taken wherever it stands", "SELECT count(*) FROM post WHERE code = $1"),
    [PERSON] = OPEN("a code is taken wherever it stands", "SELECT count(*) FROM person WHERE code = $1"),
};
const struct sql_set account_sql_set = {"account", statements, N_SQL};

static str copied(struct work *w, struct rows *r, int column) { return rows_kept(w, r, column); }

/* Reads the first row, if any; NOTFOUND without a fault when there is none. */
#define ONE_ROW(w, which, args, r, ...)                                                                                \
    struct rows *r;                                                                                                    \
    enum err err_ = store_rows(w, &statements[which], args, &r);                                                       \
    if (err_ != OK) return err_;                                                                                       \
    bool found_ = rows_next(r);                                                                                        \
    if (found_) { __VA_ARGS__ }                                                                                        \
    err_ = rows_done(r);                                                                                               \
    return err_ != OK ? err_ : found_ ? OK : NOTFOUND

#define EACH_ROW(w, which, args, r, ...)                                                                               \
    struct rows *r;                                                                                                    \
    enum err err_ = store_rows(w, &statements[which], args, &r);                                                       \
    if (err_ != OK) return err_;                                                                                       \
    while (rows_next(r)) { __VA_ARGS__ }                                                                               \
    return rows_done(r)

/* ---- who is asking ---- */

enum err session_row(struct work *w, str digest, struct session_row *out)
{
    ONE_ROW(w, SESSION, ARGS(TEXT(digest), INT(today(w))), r,
            *out = (struct session_row){
                .id = rows_int(r, 0), .person = rows_int(r, 1), .begun = rows_int(r, 2), .seen = rows_int(r, 3),
                .person_code = copied(w, r, 4), .post = copied(w, r, 5), .how = copied(w, r, 6),
                .csrf = str_dup(w->a, rows_bytes(r, 7)), .round = copied(w, r, 8), .respondent = copied(w, r, 9)};);
}

enum err token_row(struct work *w, str digest, struct token_row *out)
{
    ONE_ROW(w, TOKEN, ARGS(TEXT(digest), INT(today(w)), INT(w->now)), r,
            *out = (struct token_row){rows_int(r, 0), copied(w, r, 1), copied(w, r, 2), rows_int(r, 3) != 0};);
}

enum err person_current(struct work *w, str code, int64_t *person)
{
    return store_int(w, &statements[PERSON_CURRENT], ARGS(TEXT(code), INT(today(w))), person);
}

enum err person_code_of(struct work *w, int64_t person, str *code)
{
    return store_text(w, &statements[PERSON_CODE], ARGS(INT(person)), code);
}

enum err account_row(struct work *w, str person_code, struct account_row *out)
{
    ONE_ROW(w, ACCOUNT, ARGS(TEXT(person_code), INT(today(w))), r,
            *out = (struct account_row){rows_int(r, 0), rows_int(r, 1), copied(w, r, 2), copied(w, r, 3)};);
}

/* ---- tries ---- */

enum err tries_of(struct work *w, str key, struct tries *out)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[TRIES], ARGS(TEXT(key)), &r);
    if (e != OK) return e;
    *out = (struct tries){0};
    if (rows_next(r)) *out = (struct tries){rows_int(r, 0), rows_int(r, 1)};
    return rows_done(r);
}

enum err tries_put(struct work *w, str key, struct tries t)
{
    return store_run(w, &statements[TRIES_PUT], ARGS(TEXT(key), INT(t.n), INT(t.at)));
}

enum err tries_drop(struct work *w, str key) { return store_run(w, &statements[TRIES_DROP], ARGS(TEXT(key))); }

enum err tries_prune(struct work *w, int64_t before)
{
    return store_run(w, &statements[TRIES_PRUNE], ARGS(INT(before)));
}

enum err step_use(struct work *w, int64_t person, int64_t step, bool *used)
{
    int64_t n = 0;
    enum err e = store_run_count(w, &statements[STEP_USE], ARGS(INT(person), INT(step)), &n);
    *used = n == 1;
    return e;
}

enum err seen_put(struct work *w, int64_t person)
{
    return store_run(w, &statements[SEEN], ARGS(INT(person), INT(w->now)));
}

/* ---- sessions ---- */

enum err session_add(struct work *w, const struct session_row *s, str digest, str peer)
{
    return store_run(w, &statements[SESSION_ADD],
                     ARGS(TEXT(digest), INT(s->person), TEXT(s->post), TEXT(s->how), TEXT(peer), INT(w->now),
                          BYTES(s->csrf), TEXT(s->round), TEXT(s->respondent)));
}

enum err session_seen(struct work *w, str digest)
{
    return store_run(w, &statements[SESSION_SEEN], ARGS(TEXT(digest), INT(w->now)));
}

enum err session_post_put(struct work *w, str digest, str post)
{
    return store_run(w, &statements[SESSION_POST], ARGS(TEXT(digest), TEXT(post)));
}

enum err session_drop(struct work *w, str digest)
{
    return store_run(w, &statements[SESSION_DROP], ARGS(TEXT(digest)));
}

enum err sessions_prune(struct work *w)
{
    return store_run(w, &statements[SESSIONS_PRUNE], ARGS(INT(w->now - LINK_SECONDS)));
}

enum err sessions_drop(struct work *w, int64_t person, str but, int64_t *n)
{
    return store_run_count(w, &statements[SESSIONS_DROP], ARGS(INT(person), TEXT(but)), n);
}

/* ---- OpenID Connect ---- */

enum err subject_row(struct work *w, str issuer, str subject, int64_t *person)
{
    return store_int(w, &statements[SUBJECT], ARGS(TEXT(issuer), TEXT(subject), INT(today(w))), person);
}

enum err mail_person(struct work *w, str mail, int64_t *person)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[MAIL], ARGS(TEXT(mail), INT(today(w))), &r);
    if (e != OK) return e;
    bool one = rows_next(r) && rows_int(r, 1) == 1;
    int64_t found = one ? rows_int(r, 0) : 0;
    e = rows_done(r);
    if (e != OK || !one) return e != OK ? e : NOTFOUND;
    *person = found;
    return OK;
}

enum err subject_add(struct work *w, str issuer, str subject, int64_t person)
{
    return store_run(w, &statements[SUBJECT_ADD], ARGS(TEXT(issuer), TEXT(subject), INT(person), INT(w->now)));
}

/* An issuer's address may be written with a stroke at its end or without: it is one issuer, asked at one address. */
str issuer_key(str issuer)
{
    while (issuer.n != 0 && issuer.p[issuer.n - 1] == '/') issuer.n--;
    return issuer;
}

enum err subject_person(struct work *w, str issuer, str subject, int64_t *person)
{
    return store_int(w, &statements[SUBJECT_PERSON], ARGS(TEXT(issuer), TEXT(subject)), person);
}

enum err subjects_drop(struct work *w, int64_t person, str issuer, str subject, int64_t *n)
{
    return store_run_count(w, &statements[SUBJECT_DROP], ARGS(INT(person), TEXT(issuer), TEXT(subject)), n);
}

enum err subjects_each(struct work *w, int64_t lo, int64_t hi, subject_fn *fn, void *to)
{
    EACH_ROW(w, SUBJECTS, ARGS(INT(lo), INT(hi)), r,
             fn(to, &(struct subject_line){.person = rows_text(r, 0), .name_ja = rows_text(r, 1),
                                           .name_en = rows_text(r, 2), .issuer = rows_text(r, 3),
                                           .subject = rows_text(r, 4), .since = rows_int(r, 5)}););
}

/* ---- accounts ---- */

enum err setup_row(struct work *w, str digest, struct setup *out)
{
    ONE_ROW(w, SETUP, ARGS(TEXT(digest), INT(w->now), INT(today(w))), r,
            *out = (struct setup){rows_int(r, 0), copied(w, r, 1), copied(w, r, 2)};);
}

enum err setup_put(struct work *w, int64_t person, str digest, int64_t until)
{
    return store_run(w, &statements[SETUP_PUT], ARGS(INT(person), TEXT(digest), INT(until), INT(w->now)));
}

enum err account_put(struct work *w, int64_t person, str hash, str totp, int64_t step)
{
    return store_run(w, &statements[ACCOUNT_PUT], ARGS(INT(person), TEXT(hash), TEXT(totp), INT(step)));
}

enum err password_put(struct work *w, int64_t person, str hash)
{
    return store_run(w, &statements[PASSWORD_PUT], ARGS(INT(person), TEXT(hash)));
}

enum err lock_put(struct work *w, int64_t person, bool locked)
{
    return store_run(w, &statements[LOCK_PUT], ARGS(INT(person), INT(w->now), INT(locked)));
}

enum err person_within(struct work *w, str code, bool also_left, struct known_person *out)
{
    ONE_ROW(w, PERSON_WITHIN, ARGS(TEXT(code), INT(today(w)), INT(also_left)), r,
            *out = (struct known_person){rows_int(r, 0), rows_int(r, 1), copied(w, r, 2), copied(w, r, 3),
                                         copied(w, r, 4), copied(w, r, 5), copied(w, r, 6)};);
}

enum err person_reaches_out(struct work *w, int64_t person, bool *out)
{
    int64_t n = 0;
    enum err e =
        store_int(w, &statements[REACHES_OUT], ARGS(INT(person), INT(today(w)), INT(w->lo), INT(w->hi)), &n);
    *out = n != 0;
    return e;
}

enum err accounts_each(struct work *w, int64_t lo, int64_t hi, account_fn *fn, void *to)
{
    EACH_ROW(w, ACCOUNTS, ARGS(INT(lo), INT(hi)), r,
             fn(to, &(struct account_line){
                        .person = rows_text(r, 0), .name_ja = rows_text(r, 1), .name_en = rows_text(r, 2),
                        .org = rows_text(r, 3), .org_ja = rows_text(r, 4), .org_en = rows_text(r, 5),
                        .depth = rows_int(r, 6), .seen = rows_int(r, 7), .setup_until = rows_int(r, 8),
                        .subjects = rows_int(r, 9), .password = rows_int(r, 10) != 0, .totp = rows_int(r, 11) != 0,
                        .locked = rows_int(r, 12) != 0}););
}

enum err sessions_each(struct work *w, int64_t person, session_fn *fn, void *to)
{
    EACH_ROW(w, SESSIONS, ARGS(INT(person), INT(w->now - LINK_SECONDS)), r,
             fn(to, &(struct session_line){
                        .id = rows_int(r, 0), .begun = rows_int(r, 1), .seen = rows_int(r, 2),
                        .digest = rows_text(r, 3), .person = rows_text(r, 4), .name_ja = rows_text(r, 5),
                        .name_en = rows_text(r, 6), .post = rows_text(r, 7), .how = rows_text(r, 8),
                        .peer = rows_text(r, 9), .respondent = rows_text(r, 10)}););
}

enum err session_end_id(struct work *w, int64_t id, int64_t person, bool *ended)
{
    int64_t n = 0;
    enum err e = person == 0 ? store_run_count(w, &statements[SESSION_END], ARGS(INT(id)), &n)
                             : store_run_count(w, &statements[SESSION_END_OWN], ARGS(INT(id), INT(person)), &n);
    *ended = n == 1;
    return e;
}

/* ---- tokens ---- */

enum err tokens_each(struct work *w, int64_t person, token_fn *fn, void *to)
{
    EACH_ROW(w, TOKENS, ARGS(INT(person)), r,
             fn(to, &(struct token_line){.id = rows_int(r, 0), .created = rows_int(r, 1), .expires = rows_int(r, 2),
                                         .ends = !rows_null(r, 2), .read_only = rows_int(r, 3) != 0,
                                         .person = rows_text(r, 4), .name_ja = rows_text(r, 5),
                                         .name_en = rows_text(r, 6), .post = rows_text(r, 7),
                                         .label = rows_text(r, 8)}););
}

enum err token_add(struct work *w, const struct new_token *t)
{
    return store_run(w, &statements[TOKEN_ADD],
                     ARGS(TEXT(t->digest), INT(t->person), TEXT(t->post), TEXT(t->label), INT(t->read_only),
                          INT(w->now), int_or_nil(t->expires, t->ends)));
}

enum err token_drop(struct work *w, int64_t id, int64_t person, bool *dropped)
{
    int64_t n = 0;
    enum err e = person == 0 ? store_run_count(w, &statements[TOKEN_DROP], ARGS(INT(id)), &n)
                             : store_run_count(w, &statements[TOKEN_DROP_OWN], ARGS(INT(id), INT(person)), &n);
    *dropped = n == 1;
    return e;
}

enum err tokens_drop(struct work *w, int64_t person, int64_t *n)
{
    return store_run_count(w, &statements[TOKENS_DROP], ARGS(INT(person)), n);
}

/* ---- one-sheet links ---- */

enum err link_round(struct work *w, str code, struct link_round *out)
{
    ONE_ROW(w, ROUND, ARGS(TEXT(code)), r,
            *out = (struct link_round){copied(w, r, 1), copied(w, r, 2), copied(w, r, 3), rows_int(r, 0),
                                       rows_int(r, 4), !rows_null(r, 4)};);
}

enum err to_ask_each(struct work *w, int64_t round, str round_code, int64_t lo, int64_t hi, str respondent,
                     to_ask_fn *fn, void *to)
{
    EACH_ROW(w, TO_ASK, ARGS(INT(round), INT(lo), INT(hi), TEXT(respondent), INT(today(w)), TEXT(round_code)), r,
             fn(to, &(struct to_ask){rows_text(r, 0), rows_text(r, 1), rows_text(r, 2), rows_text(r, 3),
                                     rows_text(r, 4), rows_text(r, 5), rows_int(r, 6), rows_int(r, 7),
                                     rows_int(r, 8)}););
}

static enum err links_withdraw_old(struct work *w, str round, const struct new_link *l, size_t n)
{
    struct batch *b;
    enum err e = batch_begin(w, &statements[LINK_OLD], &b);
    for (size_t i = 0; e == OK && i < n; i++)
        e = batch_add(b, ARGS(TEXT(round), TEXT(l[i].respondent), INT(w->now)));
    return e == OK ? batch_end(b) : e;
}

static enum err letters_add(struct work *w, const struct new_link *l, size_t n)
{
    struct batch *b;
    enum err e = batch_begin(w, &statements[LETTER_ADD], &b);
    for (size_t i = 0; e == OK && i < n; i++)
        e = batch_add(b, ARGS(INT(l[i].org), TEXT(l[i].mail), TEXT(l[i].subject), TEXT(l[i].text), INT(w->now),
                              TEXT(l[i].digest), INT(w->now), INT(0), TEXT(S("")), INT(0)));
    return e == OK ? batch_end(b) : e;
}

enum err letters_stop(struct work *w)
{
    return store_run(w, &statements[LETTERS_STOP], ARGS(INT(w->now), TEXT(M("its link has ended"))));
}

enum err outbox_over(struct work *w, int64_t *n)
{
    return store_int(w, &statements[LETTERS_OVER], ARGS(INT(w->now)), n);
}

enum err outbox_stop(struct work *w) { return letters_stop(w); }

enum err links_add(struct work *w, str round, int64_t expires, const struct new_link *l, size_t n)
{
    struct batch *b;
    enum err e = links_withdraw_old(w, round, l, n);
    if (e == OK) e = batch_begin(w, &statements[LINK_ADD], &b);
    if (e != OK) return e;
    for (size_t i = 0; e == OK && i < n; i++)
        e = batch_add(b, ARGS(TEXT(l[i].digest), TEXT(round), TEXT(l[i].respondent), INT(l[i].org), INT(l[i].person),
                              TEXT(l[i].mail), INT(w->now), TEXT(w->actor->person_code), INT(expires)));
    if (e == OK) e = batch_end(b);
    if (e == OK) e = letters_stop(w);
    return e == OK ? letters_add(w, l, n) : e;
}

enum err links_each_of(struct work *w, str round, link_fn *fn, void *to)
{
    EACH_ROW(w, LINKS, ARGS(TEXT(round)), r,
             fn(to, &(struct link_line){.id = rows_int(r, 0), .made = rows_int(r, 1), .expires = rows_int(r, 2),
                                        .used = rows_int(r, 3), .withdrawn = rows_int(r, 4), .round = rows_text(r, 5),
                                        .respondent = rows_text(r, 6), .mail = rows_text(r, 7), .by = rows_text(r, 8),
                                        .org = rows_text(r, 9), .org_ja = rows_text(r, 10),
                                        .org_en = rows_text(r, 11)}););
}

enum err link_withdraw(struct work *w, int64_t id, bool *done)
{
    int64_t n = 0;
    enum err e = store_run_count(w, &statements[LINK_WITHDRAW], ARGS(INT(id), INT(w->now)), &n);
    *done = n == 1;
    if (e == OK && n == 1) e = store_run(w, &statements[LINK_SESSIONS], ARGS(INT(id)));
    return e == OK && n == 1 ? letters_stop(w) : e;
}

enum err link_row(struct work *w, str digest, struct link_found *out)
{
    ONE_ROW(w, LINK, ARGS(TEXT(digest)), r,
            *out = (struct link_found){
                {rows_int(r, 0), rows_int(r, 1), copied(w, r, 2), copied(w, r, 3), copied(w, r, 4), copied(w, r, 5),
                 copied(w, r, 6), copied(w, r, 7), copied(w, r, 8)},
                .used = rows_int(r, 9), .withdrawn = rows_int(r, 10), .expires = rows_int(r, 11),
                .open = str_eq(rows_text(r, 12), S("open")), .sheet = (int)rows_int(r, 13),
                .theirs = rows_int(r, 14) == rows_int(r, 1), .locked = rows_int(r, 15) != 0};);
}

enum err sheet_owner(struct work *w, str round, str respondent, int64_t person, struct actor *out)
{
    ONE_ROW(w, SHEET_OWNER, ARGS(TEXT(round), TEXT(respondent), INT(person)), r,
            *out = (struct actor){.person = rows_int(r, 0), .person_code = copied(w, r, 1), .name = copied(w, r, 2),
                                  .name_en = copied(w, r, 3), .post_code = str_dup(w->a, respondent),
                                  .org = rows_int(r, 4), .org_code = copied(w, r, 5)};);
}

enum err link_used(struct work *w, int64_t id, bool *now)
{
    int64_t n = 0;
    enum err e = store_run_count(w, &statements[LINK_USED], ARGS(INT(id), INT(w->now)), &n);
    *now = n == 1;
    return e;
}

/* ---- mail ---- */

enum { LETTER_TRIES = 8, LETTER_WAIT = 60 };

enum err outbox_add_all(struct work *w, const struct letter *l, size_t n)
{
    struct batch *b;
    enum err e = batch_begin(w, &statements[LETTER_ADD], &b);
    for (size_t i = 0; e == OK && i < n; i++)
        e = batch_add(b, ARGS(INT(l[i].org), TEXT(l[i].to), TEXT(l[i].subject), TEXT(l[i].text), INT(w->now), NIL,
                              INT(l[i].due > w->now ? l[i].due : w->now), INT(l[i].due != 0), TEXT(l[i].certificate), INT(l[i].urgent)));
    return e == OK ? batch_end(b) : e;
}

enum err outbox_add(struct work *w, const struct letter *l) { return outbox_add_all(w, l, 1); }

enum err outbox_hold(struct work *w, int64_t until)
{
    int64_t any = 0;
    enum err e = store_int(w, &statements[LETTERS_HELD], ARGS(INT(until)), &any);
    return e == OK && any != 0 ? store_run(w, &statements[LETTERS_HOLD], ARGS(INT(until))) : e;
}

enum err outbox_sent_lately(struct work *w, str to, int64_t *n)
{
    enum { A_DAY = 24 * 60 * 60 };
    return store_int(w, &statements[LETTERS_TO], ARGS(TEXT(to), INT(w->now - A_DAY)), n);
}

enum err outbox_next(struct work *w, struct letter *out)
{
    ONE_ROW(w, LETTER_NEXT, ARGS(INT(w->now)), r,
            *out = (struct letter){.id = rows_int(r, 0), .org = rows_int(r, 1), .tries = rows_int(r, 2),
                                   .to = copied(w, r, 3), .subject = copied(w, r, 4), .text = copied(w, r, 5),
                                   .certificate = copied(w, r, 6), .urgent = rows_int(r, 7) != 0};);
}

static enum err letter_tries(struct work *w, int64_t id, int64_t *tries)
{
    return store_int(w, &statements[LETTER_TRIED], ARGS(INT(id)), tries);
}

/* After a minute, two, four … about two hours in all; then it is given up. */
enum err outbox_sent(struct work *w, int64_t id, str trouble, bool lasting)
{
    int64_t tries = 0;
    enum err e = letter_tries(w, id, &tries);
    if (e != OK) return e;
    if (trouble.n != 0 && !lasting && tries + 1 < LETTER_TRIES)
        return store_run(w, &statements[LETTER_LATER],
                         ARGS(INT(id), TEXT(trouble), INT(w->now + ((int64_t)LETTER_WAIT << tries))));
    str state = trouble.n == 0 ? S("sent") : S("failed");
    if (trouble.n != 0) e = store_run(w, &statements[LETTER_ENDS_LINK], ARGS(INT(id), INT(w->now)));
    if (e != OK) return e;
    return store_run(w, &statements[LETTER_DONE], ARGS(INT(id), TEXT(state), TEXT(trouble), INT(w->now)));
}

enum err letters_each(struct work *w, letter_fn *fn, void *to)
{
    EACH_ROW(w, LETTERS, NOARGS, r,
             fn(to, &(struct letter_line){.id = rows_int(r, 0), .made = rows_int(r, 1), .tries = rows_int(r, 2),
                                          .due = rows_int(r, 3), .done = rows_int(r, 4), .mail = rows_text(r, 5),
                                          .subject = rows_text(r, 6), .trouble = rows_text(r, 7),
                                          .state = rows_text(r, 8)}););
}

/* ---- settings ---- */

enum err setting_put(struct work *w, str key, str value)
{
    return store_run(w, &statements[SETTING_PUT], ARGS(TEXT(key), TEXT(value), INT(w->now)));
}

enum err setting_get(struct work *w, str key, str *out)
{
    return store_text(w, &statements[SETTING], ARGS(TEXT(key)), out);
}

/* ---- the first administrator ---- */

enum err administrators(struct work *w, int64_t *with_account)
{
    return store_int(w, &statements[ADMINISTRATORS], ARGS(INT(MAY_ADMINISTER), INT(today(w))), with_account);
}

static enum err counted(struct work *w, int which, str code, bool *known)
{
    int64_t n = 0;
    enum err e = store_int(w, &statements[which], ARGS(TEXT(code)), &n);
    *known = n != 0;
    return e;
}

enum err registry_has(struct work *w, str duty, str post, bool *duty_known, bool *post_known)
{
    enum err e = counted(w, DUTY, duty, duty_known);
    return e == OK ? counted(w, POST, post, post_known) : e;
}

enum err person_known(struct work *w, str code, bool *known) { return counted(w, PERSON, code, known); }
