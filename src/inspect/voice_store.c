#include "inspect/voice_store.h"

enum { ASKED, ROWS, ROWS_OWN, STATEMENTS };

#define ROW_COLUMNS                                                                                                     \
    "SELECT r.id, coalesce(so.part, 0), so.org, a.pos, o.lo, o.hi, r.name, coalesce(s.name_ja, ''), coalesce(s.name_en, ''), a.value" \
    " FROM survey_reply r JOIN survey_org so ON so.survey = r.survey AND so.org = r.org JOIN org o ON o.id = r.org"     \
    " JOIN survey_answer a ON a.reply = r.id LEFT JOIN system s ON s.id = r.system"

static const struct sql voice_sql[STATEMENTS] = {
    [ASKED] = OPEN("how many of a sector were asked and have answered: counts for all who see the survey",
        ("SELECT coalesce(so.part, 0), so.org, so.replies + so.none, coalesce(p.code, ''), coalesce(p.name_ja, ''), coalesce(p.name_en, ''),"
         " CASE WHEN so.done IS NULL THEN 0 ELSE 1 END FROM survey_org so JOIN org o ON o.id = so.org LEFT JOIN org p ON p.id = so.part"
         " WHERE so.survey = $1 ORDER BY o.lo")),
    [ROWS] = OPEN("figures over five organisations or more; asked for only by who may read figures of all",
        (ROW_COLUMNS " WHERE r.survey = $1 AND so.done IS NOT NULL ORDER BY o.lo, r.name, r.id, a.pos LIMIT 200000")),
    [ROWS_OWN] = OPEN("replies of the organisation asked that the actor is in",
        (ROW_COLUMNS " WHERE r.survey = $1 AND o.lo <= $2 AND o.hi >= $3 ORDER BY o.lo, r.name, r.id, a.pos LIMIT 200000")),
};
const struct sql_set voice_sql_set = {"inspect (voices)", voice_sql, STATEMENTS};

static void take_asked(struct work *w, struct rows *r, void *to)
{
    *(struct voice_asked *)to = (struct voice_asked){.part = rows_int(r, 0), .org = rows_int(r, 1), .begun = rows_int(r, 2),
                                                     .code = rows_kept(w, r, 3), .ja = rows_kept(w, r, 4), .en = rows_kept(w, r, 5),
                                                     .done = rows_int(r, 6) != 0};
}

enum err voice_asked_all(struct work *w, int64_t survey, struct voice_asked **out, size_t *n)
{
    return STORE_GATHER(w, &voice_sql[ASKED], ARGS(INT(survey)), take_asked, out, n);
}

static void take_row(struct work *w, struct rows *r, void *to)
{
    *(struct voice_row *)to = (struct voice_row){.reply = rows_int(r, 0), .part = rows_int(r, 1), .org = rows_int(r, 2), .pos = rows_int(r, 3),
                                                 .lo = rows_int(r, 4), .hi = rows_int(r, 5), .name = rows_kept(w, r, 6),
                                                 .ja = rows_kept(w, r, 7), .en = rows_kept(w, r, 8), .value = rows_kept(w, r, 9)};
}

enum err voice_rows(struct work *w, const struct survey *s, bool all, struct voice_row **out, size_t *n)
{
    if (all) return STORE_GATHER(w, &voice_sql[ROWS], ARGS(INT(s->id)), take_row, out, n);
    return STORE_GATHER(w, &voice_sql[ROWS_OWN], ARGS(INT(s->id), INT(w->lo), INT(w->hi)), take_row, out, n);
}
