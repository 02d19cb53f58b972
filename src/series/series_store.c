#include "series/series_store.h"

enum {
    ALL,
    ONE,
    TAKEN,
    HOW_MANY,
    PARTS,
    DEFINITIONS,
    VALUES,
    TARGETS,
    PASTS,
    ADD,
    SET,
    PART_PUT,
    DEFINITION_PUT,
    VALUE_PUT,
    TARGET_PUT,
    PAST_ADD,
    STATEMENTS
};

#define FOUND "of one series, that whoever asks has found to be within the actor's sight"
#define HEAD                                                                                                           \
    "SELECT s.id, s.org, o.lo, o.code, o.name_ja, o.name_en, s.open, s.code, s.name_ja, s.name_en, s.unit_ja, "        \
    "s.unit_en,"                                                                                                       \
    " s.direction, s.kind, s.area, s.owner_ja, s.owner_en FROM series s JOIN org o ON o.id = s.org"                    \
    " WHERE (s.open = 1 OR (o.lo >= $1 AND o.lo < $2))"

static const struct sql series_sql[STATEMENTS] = {
    [ALL] = SCOPED((HEAD " AND ($3 = '' OR s.area = $3) ORDER BY s.area, s.code LIMIT 2000")),
    [ONE] = SCOPED((HEAD " AND s.code = $3")),
    [TAKEN] = OPEN("a code is taken for all, whoever sees the series", ("SELECT count(*) FROM series WHERE code = $1")),
    [HOW_MANY] = OPEN("there is room for so many, whoever sees them", ("SELECT count(*) FROM series")),
    [PARTS] =
        OPEN(FOUND, ("SELECT code, name_ja, name_en, role FROM series_part WHERE series = $1 ORDER BY ord, code")),
    [DEFINITIONS] =
        OPEN(FOUND, ("SELECT since, first, counted_ja, counted_en, source_ja, source_en FROM series_definition"
                     " WHERE series = $1 ORDER BY first, since")),
    [VALUES] =
        OPEN(FOUND, ("SELECT v.period, v.part, v.key, v.text, v.i, v.scale, v.n, v.d, v.flag, v.note_ja, v.note_en"
                     " FROM series_value v LEFT JOIN series_part p ON p.series = v.series AND p.code = v.part"
                     " WHERE v.series = $1 ORDER BY v.key, v.period, coalesce(p.ord, 0), v.part")),
    [TARGETS] = OPEN(FOUND, ("SELECT t.period, t.part, t.key, t.text, t.i, t.scale, t.source, t.note_ja, t.note_en"
                             " FROM series_target t LEFT JOIN series_part p ON p.series = t.series AND p.code = t.part"
                             " WHERE t.series = $1 ORDER BY t.key, t.period, coalesce(p.ord, 0), t.part")),
    [PASTS] = OPEN(
        FOUND, ("SELECT what, period, part, was, became, reason, at FROM series_past WHERE series = $1 ORDER BY id")),
    [ADD] = OPEN("a new one, of an organisation that the act has found",
                 ("INSERT INTO series (code, org, open, name_ja, name_en, unit_ja, unit_en, direction, kind, area, "
                  "owner_ja, owner_en)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id")),
    [SET] = OPEN(FOUND, ("UPDATE series SET org = $2, open = $3, name_ja = $4, name_en = $5, unit_ja = $6, unit_en = "
                         "$7, direction = $8,"
                         " kind = $9, area = $10, owner_ja = $11, owner_en = $12 WHERE code = $1 RETURNING id")),
    [PART_PUT] = OPEN(
        FOUND, ("INSERT INTO series_part (series, code, ord, name_ja, name_en, role) VALUES ($1, $2, $3, $4, $5, $6)"
                " ON CONFLICT (series, code) DO UPDATE SET name_ja = excluded.name_ja, name_en = excluded.name_en,"
                " role = excluded.role")),
    [DEFINITION_PUT] = OPEN(
        FOUND, ("INSERT INTO series_definition (series, since, first, counted_ja, counted_en, source_ja, source_en)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (series, since) DO UPDATE SET counted_ja = "
                "excluded.counted_ja,"
                " counted_en = excluded.counted_en, source_ja = excluded.source_ja, source_en = excluded.source_en")),
    [VALUE_PUT] = OPEN(
        FOUND,
        ("INSERT INTO series_value (series, period, part, key, text, i, scale, n, d, flag, note_ja, note_en)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (series, period, part) DO UPDATE SET"
         " text = excluded.text, i = excluded.i, scale = excluded.scale, n = excluded.n, d = excluded.d,"
         " flag = excluded.flag, note_ja = excluded.note_ja, note_en = excluded.note_en")),
    [TARGET_PUT] = OPEN(
        FOUND, ("INSERT INTO series_target (series, period, part, key, text, i, scale, source, note_ja, note_en)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (series, period, part) DO UPDATE SET"
                " text = excluded.text, i = excluded.i, scale = excluded.scale, source = excluded.source,"
                " note_ja = excluded.note_ja, note_en = excluded.note_en")),
    [PAST_ADD] = OPEN(FOUND, ("INSERT INTO series_past (series, what, period, part, was, became, reason, at)"
                              " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")),
};

const struct sql_set series_sql_set = {"series", series_sql, STATEMENTS};

/* ---- reading ---- */

static void take_head(struct work *w, struct rows *r, void *to)
{
    struct indicator *s = to;
    str *const texts[] = {&s->code,      &s->ja,   &s->en,   &s->unit_ja,  &s->unit_en,
                          &s->direction, &s->kind, &s->area, &s->owner_ja, &s->owner_en};
    *s = (struct indicator){
        .id = rows_int(r, 0), .org = rows_int(r, 1), .org_lo = rows_int(r, 2), .open = rows_int(r, 6) != 0};
    s->org_code = rows_kept(w, r, 3);
    s->org_ja = rows_kept(w, r, 4);
    s->org_en = rows_kept(w, r, 5);
    for (int i = 0; i < (int)(sizeof texts / sizeof *texts); i++) *texts[i] = rows_kept(w, r, 7 + i);
}

static void take_part(struct work *w, struct rows *r, void *to)
{
    *(struct series_part *)to =
        (struct series_part){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3), 0};
}

static void take_definition(struct work *w, struct rows *r, void *to)
{
    *(struct definition *)to = (struct definition){.since = rows_kept(w, r, 0),
                                                   .first = rows_int(r, 1),
                                                   .counted_ja = rows_kept(w, r, 2),
                                                   .counted_en = rows_kept(w, r, 3),
                                                   .source_ja = rows_kept(w, r, 4),
                                                   .source_en = rows_kept(w, r, 5)};
}

static void take_point(struct work *w, struct rows *r, void *to)
{
    *(struct point *)to = (struct point){.period = rows_kept(w, r, 0),
                                         .part = rows_kept(w, r, 1),
                                         .key = rows_int(r, 2),
                                         .text = rows_kept(w, r, 3),
                                         .value = {rows_int(r, 4), (int)rows_int(r, 5)},
                                         .has_n = !rows_null(r, 6),
                                         .has_d = !rows_null(r, 7),
                                         .n = rows_int(r, 6),
                                         .d = rows_int(r, 7),
                                         .flag = rows_kept(w, r, 8),
                                         .note_ja = rows_kept(w, r, 9),
                                         .note_en = rows_kept(w, r, 10)};
}

static void take_target(struct work *w, struct rows *r, void *to)
{
    *(struct target *)to = (struct target){.period = rows_kept(w, r, 0),
                                           .part = rows_kept(w, r, 1),
                                           .key = rows_int(r, 2),
                                           .text = rows_kept(w, r, 3),
                                           .value = {rows_int(r, 4), (int)rows_int(r, 5)},
                                           .source = rows_kept(w, r, 6),
                                           .note_ja = rows_kept(w, r, 7),
                                           .note_en = rows_kept(w, r, 8)};
}

static void take_past(struct work *w, struct rows *r, void *to)
{
    *(struct past *)to = (struct past){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3),
                                       rows_kept(w, r, 4), rows_kept(w, r, 5), rows_int(r, 6)};
}

enum err indicators_all(struct work *w, str area, struct indicator **out, size_t *n)
{
    return STORE_GATHER(w, &series_sql[ALL], ARGS(TEXT(area)), take_head, out, n);
}

enum err indicator_head(struct work *w, str code, struct indicator *out)
{
    struct indicator *all;
    size_t n;
    enum err e = STORE_GATHER(w, &series_sql[ONE], ARGS(TEXT(code)), take_head, &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    return OK;
}

enum err indicator_fill(struct work *w, struct indicator *s)
{
    struct values of = ARGS(INT(s->id));
    enum err e = STORE_GATHER(w, &series_sql[PARTS], of, take_part, &s->parts, &s->n_parts);
    if (e == OK) e = STORE_GATHER(w, &series_sql[DEFINITIONS], of, take_definition, &s->definitions, &s->n_definitions);
    if (e == OK) e = STORE_GATHER(w, &series_sql[VALUES], of, take_point, &s->points, &s->n_points);
    if (e == OK) e = STORE_GATHER(w, &series_sql[TARGETS], of, take_target, &s->targets, &s->n_targets);
    s->points_room = s->n_points;
    s->targets_room = s->n_targets;
    return e;
}

enum err indicator_taken(struct work *w, str code, bool *out)
{
    int64_t n;
    enum err e = store_int(w, &series_sql[TAKEN], ARGS(TEXT(code)), &n);
    if (e == OK) *out = n != 0;
    return e;
}

enum err indicators_count(struct work *w, int64_t *out) { return store_int(w, &series_sql[HOW_MANY], NOARGS, out); }

enum err series_pasts_of(struct work *w, int64_t series, struct past **out, size_t *n)
{
    return STORE_GATHER(w, &series_sql[PASTS], ARGS(INT(series)), take_past, out, n);
}

/* ---- writing ---- */

enum err indicator_put(struct work *w, struct indicator *s)
{
    return store_int(w, &series_sql[s->id == 0 ? ADD : SET],
                     ARGS(TEXT(s->code), INT(s->org), INT(s->open), TEXT(s->ja), TEXT(s->en), TEXT(s->unit_ja),
                          TEXT(s->unit_en), TEXT(s->direction), TEXT(s->kind), TEXT(s->area), TEXT(s->owner_ja),
                          TEXT(s->owner_en)),
                     &s->id);
}

enum err series_part_put(struct work *w, int64_t series, int64_t ord, const struct series_part *p)
{
    return store_run(w, &series_sql[PART_PUT],
                     ARGS(INT(series), TEXT(p->code), INT(ord), TEXT(p->ja), TEXT(p->en), TEXT(p->role)));
}

enum err definition_put(struct work *w, int64_t series, const struct definition *d)
{
    return store_run(w, &series_sql[DEFINITION_PUT],
                     ARGS(INT(series), TEXT(d->since), INT(d->first), TEXT(d->counted_ja), TEXT(d->counted_en),
                          TEXT(d->source_ja), TEXT(d->source_en)));
}

enum err point_put(struct work *w, int64_t series, const struct point *p)
{
    return store_run(w, &series_sql[VALUE_PUT],
                     ARGS(INT(series), TEXT(p->period), TEXT(p->part), INT(p->key), TEXT(p->text), INT(p->value.i),
                          INT(p->value.scale), int_or_nil(p->n, p->has_n), int_or_nil(p->d, p->has_d), TEXT(p->flag),
                          TEXT(p->note_ja), TEXT(p->note_en)));
}

enum err target_put(struct work *w, int64_t series, const struct target *t)
{
    return store_run(w, &series_sql[TARGET_PUT],
                     ARGS(INT(series), TEXT(t->period), TEXT(t->part), INT(t->key), TEXT(t->text), INT(t->value.i),
                          INT(t->value.scale), TEXT(t->source), TEXT(t->note_ja), TEXT(t->note_en)));
}

enum err series_past_add(struct work *w, int64_t series, const struct past *p)
{
    return store_run(w, &series_sql[PAST_ADD],
                     ARGS(INT(series), TEXT(p->what), TEXT(p->period), TEXT(p->part), TEXT(p->was), TEXT(p->became),
                          TEXT(p->reason), INT(w->now)));
}
