#include "share/statistics_store.h"

enum { HELD, SAID, NOTICES, UNDER_WAY, STATEMENTS };

#define HELD_BY_THE_PARTY \
    " FROM share_report_holder h JOIN share_report r ON r.id = h.report"
#define COUNTED " WHERE h.org = $1 AND r.drill = 0 AND r.received >= $2 AND r.received < $3"

static const struct sql statistics_sql[STATEMENTS] = {
    [HELD] = OPEN(
        "of the party",
        "SELECT r.id, r.received, r.government, r.event, r.sector, r.ground, coalesce(r.continuity, -1),"
        " coalesce(r.safety, -1),"
        " coalesce(r.trust, -1), coalesce(s.name_ja, ''), coalesce(s.name_en, ''), coalesce(s.lo, 0)" HELD_BY_THE_PARTY
        " LEFT JOIN org s ON s.code = r.sector" COUNTED " ORDER BY r.id"),
    [SAID] =
        OPEN("of the party", "SELECT r.id, v.field, v.value" HELD_BY_THE_PARTY
                             " JOIN share_report_value v ON v.report = r.id AND v.number = r.editions" COUNTED
                             " AND v.field IN ('causes', 'level', 'verification', 'spread') ORDER BY r.id, v.field"),
    [NOTICES] = OPEN("of the party", "SELECT sent, CASE WHEN supersedes IS NULL THEN 0 ELSE 1 END FROM share_notice"
                                     " WHERE issuer = $1 AND drill = 0 AND sent >= $2 AND sent < $3 ORDER BY id"),
    [UNDER_WAY] =
        OPEN("of the party",
             "SELECT count(*)" HELD_BY_THE_PARTY
             " WHERE h.org = $1 AND r.drill = 0 AND r.editions > 0 AND r.received IS NULL AND r.closed IS NULL"),
};

const struct sql_set statistics_sql_set = {"share statistics", statistics_sql, STATEMENTS};

static void take_held(struct work *w, struct rows *r, void *to)
{
    *(struct tallied *)to = (struct tallied){
        .id = rows_int(r, 0),
        .at = rows_int(r, 1),
        .government = rows_int(r, 2) != 0,
        .event = rows_kept(w, r, 3),
        .sector = rows_kept(w, r, 4),
        .ground = rows_kept(w, r, 5),
        .severity = severity_overall((int)rows_int(r, 6), (int)rows_int(r, 7), (int)rows_int(r, 8)),
        .sector_ja = rows_kept(w, r, 9),
        .sector_en = rows_kept(w, r, 10),
        .sector_lo = rows_int(r, 11),
    };
}

struct said_field {
    int64_t report;
    str field, value;
};

static void take_said(struct work *w, struct rows *r, void *to)
{
    *(struct said_field *)to = (struct said_field){rows_int(r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2)};
}

static void put_said(struct tallied *t, const struct said_field *s)
{
    if (str_eq(s->field, S("causes"))) t->causes = s->value;
    else if (str_eq(s->field, S("level"))) t->level = s->value;
    else if (str_eq(s->field, S("verification"))) t->verification = s->value;
    else t->spread = s->value;
}

enum err reports_tallied(struct work *w, const struct party *p, const struct periods *in, struct tallied **out,
                         size_t *n)
{
    struct values args = ARGS(INT(p->org), INT(in->from), INT(in->until));
    struct tallied *all;
    struct said_field *said;
    size_t n_all, n_said, s = 0;
    enum err e = STORE_GATHER(w, &statistics_sql[HELD], args, take_held, &all, &n_all);
    if (e == OK) e = STORE_GATHER(w, &statistics_sql[SAID], args, take_said, &said, &n_said);
    if (e != OK) return e;
    for (size_t i = 0; i < n_all; i++) /* both by id */
        while (s < n_said && said[s].report == all[i].id) put_said(&all[i], &said[s++]);
    *out = all;
    *n = n_all;
    return OK;
}

static void take_notice(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct told_notice *)to = (struct told_notice){rows_int(r, 0), rows_int(r, 1) != 0};
}

enum err notices_told(struct work *w, const struct party *p, const struct periods *in, struct told_notice **out,
                      size_t *n)
{
    return STORE_GATHER(w, &statistics_sql[NOTICES], ARGS(INT(p->org), INT(in->from), INT(in->until)), take_notice, out,
                        n);
}

enum err reports_under_way(struct work *w, const struct party *p, int64_t *out)
{
    return store_int(w, &statistics_sql[UNDER_WAY], ARGS(INT(p->org)), out);
}
