/* The SQL of the audit: counts of accounts, posts and whatever else may be weak. */
#include "registry/audit_store.h"

#define NOW_CURRENT(t) "(" t ".since IS NULL OR " t ".since <= $3) AND (" t ".until IS NULL OR " t ".until >= $3)"
#define IN_REACH "o.lo >= $1 AND o.lo < $2"
#define OF_PERSON " t JOIN person x ON x.id = t.person JOIN org o ON o.id = x.org WHERE " IN_REACH
#define OF_POST                                                                                                        \
    " FROM post p JOIN duty d ON d.code = p.duty JOIN org o ON o.id = p.org WHERE " IN_REACH " AND " NOW_CURRENT("p")

enum {
    ACCOUNTS,
    NO_SECOND,
    UNUSED,
    SETUPS,
    ADMINISTRATORS,
    ADMINISTRATORS_IN,
    SESSIONS,
    TOKENS,
    TOKENS_FOREVER,
    TOKENS_ACTING,
    VACANT,
    LEFT,
    LETTERS,
    SETTING,
    N_SQL
};

static const struct sql statements[N_SQL] = {
    [ACCOUNTS] = SCOPED("SELECT count(*) FROM account" OF_PERSON " AND t.password <> ''"),
    [NO_SECOND] = SCOPED("SELECT count(*) FROM account" OF_PERSON " AND t.password <> '' AND t.totp = ''"),
    [UNUSED] = SCOPED("SELECT count(*) FROM account" OF_PERSON " AND t.password <> '' AND t.locked = 0"
                      " AND CASE WHEN t.seen > 0 THEN t.seen ELSE t.created END < $3"),
    [SETUPS] = SCOPED("SELECT count(*) FROM account" OF_PERSON " AND t.setup IS NOT NULL AND t.setup_until > $3"),
    [ADMINISTRATORS] = SCOPED("SELECT count(DISTINCT p.person)" OF_POST " AND (d.rights & CAST($4 AS BIGINT)) <> 0"),
    [ADMINISTRATORS_IN] =
        SCOPED("SELECT count(DISTINCT p.person)" OF_POST " AND (d.rights & CAST($4 AS BIGINT)) <> 0"
               " AND p.person IN (SELECT k.person FROM account k WHERE k.password <> '' AND k.locked = 0)"),
    [SESSIONS] = SCOPED("SELECT count(*) FROM session" OF_PERSON " AND t.begun > $3"),
    [TOKENS] = SCOPED("SELECT count(*) FROM api_token" OF_PERSON " AND (t.expires IS NULL OR t.expires > $3)"),
    [TOKENS_FOREVER] = SCOPED("SELECT count(*) FROM api_token" OF_PERSON " AND t.expires IS NULL"),
    [TOKENS_ACTING] = SCOPED("SELECT count(*) FROM api_token" OF_PERSON " AND t.read_only = 0"
                             " AND (t.expires IS NULL OR t.expires > $3)"),
    [VACANT] = SCOPED("SELECT count(*)" OF_POST " AND p.person IS NULL AND (p.duty = 'ciso' OR"
                      " (d.rights & CAST($4 AS BIGINT)) <> 0)"),
    [LEFT] = SCOPED("SELECT count(*)" OF_POST " AND p.person IN (SELECT x.id FROM person x WHERE x.until < $3)"),
    [LETTERS] = SCOPED("SELECT count(*) FROM outbox t JOIN org o ON o.id = t.org WHERE " IN_REACH
                       " AND t.state = 'failed' AND t.done > $3"),
    [SETTING] = SQL("SELECT value FROM setting WHERE key = $1"),
};
const struct sql_set audit_sql_set = {"audit", statements, N_SQL};

enum err audit_counts(struct work *w, int64_t unused_before, int64_t sessions_since, struct audited *out)
{
    enum { WEEK = 7 * 86400 };
    const struct {
        int sql, n; /* of arguments; the second is the right to administer */
        int64_t arg, *to;
    } counts[] = {
        {ACCOUNTS, 0, 0, &out->accounts},
        {NO_SECOND, 0, 0, &out->no_second},
        {UNUSED, 1, unused_before, &out->unused},
        {SETUPS, 1, w->now, &out->setups},
        {ADMINISTRATORS, 2, today(w), &out->administrators},
        {ADMINISTRATORS_IN, 2, today(w), &out->administrators_in},
        {SESSIONS, 1, sessions_since, &out->sessions},
        {TOKENS, 1, w->now, &out->tokens},
        {TOKENS_FOREVER, 0, 0, &out->tokens_forever},
        {TOKENS_ACTING, 1, w->now, &out->tokens_acting},
        {VACANT, 2, today(w), &out->vacant},
        {LEFT, 1, today(w), &out->left},
        {LETTERS, 1, w->now - WEEK, &out->letters_failed},
    };
    enum err e = OK;
    for (size_t i = 0; e == OK && i < sizeof counts / sizeof counts[0]; i++) {
        const struct value v[] = {INT(counts[i].arg), INT(MAY_ADMINISTER)};
        e = store_int(w, &statements[counts[i].sql], (struct values){v, (size_t)counts[i].n}, counts[i].to);
    }
    return e;
}

enum err audit_setting(struct work *w, const char *key, bool *known, str *out)
{
    *out = S("");
    enum err e = store_text(w, &statements[SETTING], ARGS(TEXT(str_of(key))), out);
    *known = e == OK;
    return e == NOTFOUND ? OK : e;
}
