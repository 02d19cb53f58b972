/* SQL of the frame and the people of today. Scoped: $1, $2 are the actor's interval of today's tree; $3 the round, $4,
 * $5 nodes of it, $6 the day. */
#include "inspect/frame_store.h"

#define CURRENT(t) "(" t ".since IS NULL OR " t ".since <= $6) AND (" t ".until IS NULL OR " t ".until >= $6)"
#define NODES " FROM round_org ro JOIN org o ON o.id = ro.org"
#define WITHIN " WHERE o.lo >= $1 AND o.lo < $2 AND ro.round = $3 AND ro.lo >= $4 AND ro.lo < $5"
#define SHEET "coalesce(s.state, CASE WHEN q.respondent IS NULL THEN -1 ELSE 0 END)"
#define ASKED(kind)                                                                                                    \
    " AND ro.aggregated = 0 AND EXISTS (SELECT 1 FROM binding b WHERE b.round = ro.round AND b.adoption = ro.adoption" \
    " AND b.duty = " kind ")"

enum { SEATS, NEW_POSTS, NEW_SYSTEMS, GONE_SYSTEMS, STATEMENTS };

static const struct sql frame_sql[STATEMENTS] = {
    [SEATS] = SCOPED_STREAM(
        "SELECT r.code, r.duty, r.reason, o.code, ro.name_ja, ro.name_en, x.code, x.name_ja, x.name_en, y.code, "
        "y.name_ja,"
        " y.name_en, xo.code, xo.name_ja, xo.name_en, r.org, xo.id, xo.lo, " SHEET ","
        " CASE WHEN x.until < $6 THEN 1 ELSE 0 END, CASE WHEN q.respondent IS NULL THEN 0 ELSE 1 END,"
        " CASE WHEN x.mail <> '' THEN 1 ELSE 0 END" NODES
        " JOIN respondent r ON r.round = ro.round AND r.org = ro.org LEFT JOIN person x ON x.id = r.person"
        " LEFT JOIN org xo ON xo.id = x.org LEFT JOIN post p ON p.code = r.code AND " CURRENT(
            "p") " LEFT JOIN person y ON y.id = p.person AND " CURRENT("y") " LEFT JOIN sheet s ON s.respondent = r.id"
                                                                            " LEFT JOIN sheet_question q ON "
                                                                            "q.respondent = r.id" WITHIN
                                                                            " AND r.kind = 'post'"
                                                                            " AND ((x.id IS NULL AND y.id IS NOT NULL) "
                                                                            "OR (x.id IS NOT NULL AND (y.id IS NULL OR "
                                                                            "y.id <> x.id)))"
                                                                            " ORDER BY ro.lo, r.code"),
    [NEW_POSTS] = SCOPED_STREAM(
        "SELECT p.code, p.duty, o.code, o.name_ja, o.name_en, y.code, y.name_ja, y.name_en, -1" NODES
        " JOIN post p ON p.org = o.id LEFT JOIN person y ON y.id = p.person AND " CURRENT("y") WITHIN " AND " CURRENT(
            "p") " AND p.deputy_of IS NULL"
                 " AND NOT EXISTS (SELECT 1 FROM respondent r WHERE r.round = ro.round AND r.code = p.code)" ASKED(
                     "p.duty") " ORDER BY ro.lo, p.code"),
    [NEW_SYSTEMS] =
        SCOPED_STREAM("SELECT y.code, y.kind, o.code, o.name_ja, o.name_en, y.code, y.name_ja, y.name_en, -1" NODES
                      " JOIN system y ON y.org = o.id" WITHIN
                      " AND " CURRENT("y") " AND NOT EXISTS (SELECT 1 FROM respondent r WHERE r.round = ro.round AND "
                                           "r.code = y.code)" ASKED("y.kind") " ORDER BY ro.lo, y.code"),
    [GONE_SYSTEMS] = SCOPED_STREAM(
        "SELECT r.code, r.kind, o.code, ro.name_ja, ro.name_en, y.code, y.name_ja, y.name_en, " SHEET NODES
        " JOIN respondent r ON r.round = ro.round AND r.org = ro.org LEFT JOIN system y ON y.code = r.code"
        " LEFT JOIN sheet s ON s.respondent = r.id LEFT JOIN sheet_question q ON q.respondent = r.id" WITHIN
        " AND r.kind <> 'post' AND (y.id IS NULL OR y.until < $6) ORDER BY ro.lo, r.code"),
};
const struct sql_set inspect_frame_sql_set = {"inspect-frame", frame_sql, STATEMENTS};

static struct frame_name name_of(struct rows *r, int column)
{
    return (struct frame_name){rows_text(r, column), rows_text(r, column + 1), rows_text(r, column + 2)};
}

static struct values span_values(const struct frame_span *s, struct value room[4])
{
    room[0] = INT(s->round);
    room[1] = INT(s->lo);
    room[2] = INT(s->hi);
    room[3] = INT(s->day);
    return (struct values){room, 4};
}

enum err frame_seats(struct work *w, struct frame_span s, frame_seat_fn *fn, void *to)
{
    struct rows *r;
    struct value v[4];
    enum err e = store_rows(w, &frame_sql[SEATS], span_values(&s, v), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct frame_seat seat = {.code = rows_text(r, 0),
                                  .duty = rows_text(r, 1),
                                  .reason = rows_text(r, 2),
                                  .org = name_of(r, 3),
                                  .then = name_of(r, 6),
                                  .now = name_of(r, 9),
                                  .where = name_of(r, 12),
                                  .org_id = rows_int(r, 15),
                                  .where_id = rows_int(r, 16),
                                  .where_lo = rows_int(r, 17),
                                  .sheet = (int)rows_int(r, 18),
                                  .left = rows_int(r, 19) != 0,
                                  .begun = rows_int(r, 20) != 0,
                                  .mail = rows_int(r, 21) != 0};
        fn(to, &seat);
    }
    return rows_done(r);
}

static enum err things(struct work *w, int statement, struct frame_span s, frame_thing_fn *fn, void *to)
{
    struct rows *r;
    struct value v[4];
    enum err e = store_rows(w, &frame_sql[statement], span_values(&s, v), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct frame_thing thing = {rows_text(r, 0), rows_text(r, 1), name_of(r, 2), name_of(r, 5),
                                    (int)rows_int(r, 8)};
        fn(to, &thing);
    }
    return rows_done(r);
}

enum err frame_new_posts(struct work *w, struct frame_span s, frame_thing_fn *fn, void *to)
{
    return things(w, NEW_POSTS, s, fn, to);
}

enum err frame_new_systems(struct work *w, struct frame_span s, frame_thing_fn *fn, void *to)
{
    return things(w, NEW_SYSTEMS, s, fn, to);
}

enum err frame_gone_systems(struct work *w, struct frame_span s, frame_thing_fn *fn, void *to)
{
    return things(w, GONE_SYSTEMS, s, fn, to);
}
