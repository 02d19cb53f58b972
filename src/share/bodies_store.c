#include "share/bodies_store.h"

enum { ONE, ALL, PUT, STATEMENTS };

#define COLUMNS                                                                                                                                      \
    "b.org, o.lo, b.secretariat_ja, b.secretariat_en, b.founded, b.members_ja, b.members_en, b.rules_ja, b.rules_en, b.secrecy, b.functions,"       \
    " b.coordinator, b.means, b.partners_ja, b.partners_en, b.signs_in, b.checked, b.source FROM share_body b JOIN org o ON o.id = b.org"
#define SET(x) x " = excluded." x

static const struct sql statements[STATEMENTS] = {
    [ONE] = SQL("SELECT " COLUMNS " WHERE b.org = $1"),
    [ALL] = SQL("SELECT " COLUMNS " ORDER BY o.lo"),
    [PUT] =
        SQL(("INSERT INTO share_body (org, secretariat_ja, secretariat_en, founded, members_ja, members_en, rules_ja,"
             " rules_en, secrecy, functions,"
             " coordinator, means, partners_ja, partners_en, signs_in, checked, source)"
             " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
             " ON CONFLICT (org) DO UPDATE SET " SET("secretariat_ja") ", " SET("secretariat_en") ", " SET(
                 "founded") ", " SET("members_ja") ", " SET("members_en") ", " SET("rules_ja") ", " SET("rules_en") ", " SET("secrecy") ", " SET("functions") ", " SET("coordinator") ", " SET("means") ", " SET("partners_ja") ", " SET("partners_en") ", " SET("signs_in") ", " SET("checked") ", " SET("source"))),
};
const struct sql_set bodies_sql_set = {"bodies", statements, STATEMENTS};

static bool is_number(enum body_place i) { return body_fields[i].sort == BODY_DAY || body_fields[i].sort == BODY_YES; }

static void take_body(struct work *w, struct rows *r, void *to)
{
    struct body *b = to;
    *b = (struct body){.org = rows_int(r, 0), .lo = rows_int(r, 1)};
    for (int i = 0; i < BODY_FIELDS; i++) {
        if (!is_number((enum body_place)i)) b->f[i] = rows_kept(w, r, 2 + i);
        else if (body_fields[i].sort == BODY_YES) b->f[i] = rows_int(r, 2 + i) != 0 ? S("1") : S("0");
        else b->f[i] = rows_null(r, 2 + i) ? S("") : date_text(w->a, rows_int(r, 2 + i));
    }
}

enum err bodies_all(struct work *w, struct body **out, size_t *n)
{
    return STORE_GATHER(w, &statements[ALL], NOARGS, take_body, out, n);
}

enum err body_find(struct work *w, int64_t org, struct body *out)
{
    struct body *found;
    size_t n;
    enum err e = STORE_GATHER(w, &statements[ONE], ARGS(INT(org)), take_body, &found, &n);
    if (e != OK) return e;
    body_empty(out);
    if (n > 0) *out = found[0];
    out->org = org;
    return OK;
}

static struct value stored(const struct body *b, enum body_place i)
{
    int64_t day;
    if (body_fields[i].sort == BODY_YES) return INT(str_eq(b->f[i], S("1")));
    if (body_fields[i].sort != BODY_DAY) return TEXT(b->f[i]);
    return date_parse(b->f[i], &day) ? INT(day) : NIL;
}

enum err body_put(struct work *w, const struct body *b)
{
    struct value v[1 + BODY_FIELDS] = {INT(b->org)};
    for (int i = 0; i < BODY_FIELDS; i++) v[1 + i] = stored(b, (enum body_place)i);
    return store_run(w, &statements[PUT], (struct values){v, 1 + BODY_FIELDS});
}
