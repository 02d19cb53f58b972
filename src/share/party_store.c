#include "share/party_store.h"

enum { LINE, STATEMENTS };

static const struct sql party_sql[STATEMENTS] = {
    [LINE] = SQL((
        "WITH RECURSIVE line (id, parent, code, kind, name_ja, name_en, step) AS ("
        "SELECT id, parent, code, kind, name_ja, name_en, 0 FROM org"
        " WHERE id = $1 OR (CAST($1 AS BIGINT) = 0 AND code = $2)"
        " UNION ALL SELECT o.id, o.parent, o.code, o.kind, o.name_ja, o.name_en, l.step + 1 FROM org o"
        " JOIN line l ON o.id = l.parent)"
        " SELECT id, code, kind, name_ja, name_en FROM line ORDER BY step")),
};

const struct sql_set party_sql_set = {"party", party_sql, STATEMENTS};

static void take_party(struct work *w, struct rows *r, void *to)
{
    *(struct party *)to = (struct party){.org = rows_int(r, 0),
                                         .code = rows_kept(w, r, 1),
                                         .kind = rows_kept(w, r, 2),
                                         .ja = rows_kept(w, r, 3),
                                         .en = rows_kept(w, r, 4)};
}

enum err party_line(struct work *w, int64_t org, str code, struct party **out, size_t *n)
{
    return STORE_GATHER(w, &party_sql[LINE], ARGS(INT(org), TEXT(code)), take_party, out, n);
}
