/* SQL of the pages. Scoped statements take the actor's interval of today's tree as $1, $2. */
#include "inspect/views_store.h"

enum { ORIGINS, SILENT, STATEMENTS };

static const struct sql views_sql[STATEMENTS] = {
    [ORIGINS] = SQL(
        "SELECT coalesce(f.number, ''), m.kind, m.reason_ja, m.reason_en FROM mapping m"
        " JOIN clause t ON t.id = m.to_clause LEFT JOIN clause f ON f.id = m.from_clause"
        " WHERE m.from_edition = $1 AND m.to_edition = $2 AND t.number = $3"
        " ORDER BY m.id"),
    [SILENT] = SCOPED(
        "SELECT r.code, r.duty, o.code, ro.name_ja, ro.name_en, p.code, p.name_ja, p.name_en, r.reason, r.binding,"
        " s.respondent IS NOT NULL, s.answers, coalesce(r.due, 0),"
        " (SELECT count(*) FROM sheet_return t WHERE t.respondent = r.id AND t.answered IS NULL)"
        " FROM round_org ro JOIN org o ON o.id = ro.org JOIN respondent r ON r.round = ro.round AND r.org = ro.org"
        " LEFT JOIN person p ON p.id = r.person LEFT JOIN sheet s ON s.respondent = r.id"
        " WHERE o.lo >= $1 AND o.lo < $2 AND ro.round = $3 AND ro.lo >= $4 AND ro.lo < $5 AND coalesce(s.state, 0) = 0"
        " ORDER BY ro.lo, r.code LIMIT 5000"),
};
const struct sql_set inspect_views_sql_set = {"inspect-views", views_sql, STATEMENTS};

static void take_origin(struct work *w, struct rows *r, void *to)
{
    *(struct origin *)to = (struct origin){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2),
                                           rows_kept(w, r, 3)};
}

enum err clause_origins(struct work *w, int64_t from_edition, int64_t to_edition, str number, struct origin **out,
                        size_t *n)
{
    return STORE_GATHER(w, &views_sql[ORIGINS], ARGS(INT(from_edition), INT(to_edition), TEXT(number)), take_origin,
                        out, n);
}

static void take_silent(struct work *w, struct rows *r, void *to)
{
    *(struct silent *)to = (struct silent){
        .code = rows_kept(w, r, 0), .duty = rows_kept(w, r, 1), .org_code = rows_kept(w, r, 2),
        .org_ja = rows_kept(w, r, 3), .org_en = rows_kept(w, r, 4), .person_code = rows_kept(w, r, 5),
        .person_ja = rows_kept(w, r, 6), .person_en = rows_kept(w, r, 7), .reason = rows_kept(w, r, 8),
        .binding = rows_int(r, 9), .draft = rows_int(r, 10) != 0, .answers = str_dup(w->a, rows_bytes(r, 11)),
        .due = rows_int(r, 12), .returned = rows_int(r, 13) != 0};
}

enum err silent_in(struct work *w, int64_t round, int64_t lo, int64_t hi, struct silent **out, size_t *n)
{
    return STORE_GATHER(w, &views_sql[SILENT], ARGS(INT(round), INT(lo), INT(hi)), take_silent, out, n);
}
