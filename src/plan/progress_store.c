/* What is said of measures. */
#include "plan/progress_store.h"

enum {
    LAST, PAST, ADD, ALL, BEFORE, NEWEST, ITEMS, END, LEADS, LEADS_AT, CENTRE, CENTRE_AT, REPORTED, HEARD, HEARD_AT, AFTER, NAMED, MINE, MINE_ITEMS,
    MINE_ONE, STATEMENTS
};

#define ONE "of one owner, whom whoever asks has found to be within the actor's reach"
#define ITS_OWN "measures of one organisation within the actor's reach, in plans that its own tree carries out"
#define SEEN_PLAN "of an edition that whoever asks has found to be within the actor's sight"
/* The words of owners: those of one's reach, and all of one's own organisation's plan. */
#define SAYS "JOIN org so ON so.id = s.org JOIN plan sp ON sp.id = s.plan JOIN org po ON po.id = sp.org"
#define HEARS "((so.lo >= $1 AND so.lo < $2) OR (po.lo >= $1 AND po.lo < $2))"
/* The same of plan $3 without a join for each of half a million lines. */
#define MAY_HEAR                                                                                                       \
    "(EXISTS (SELECT 1 FROM plan sp JOIN org po ON po.id = sp.org WHERE sp.id = $3 AND po.lo >= $1 AND po.lo < $2)"    \
    " OR s.org IN (SELECT so.id FROM org so WHERE so.lo >= $1 AND so.lo < $2))"
#define SAID_COLUMNS                                                                                                   \
    "SELECT s.id, s.org, so.lo, s.no, coalesce(s.status, 0), s.at, s.last, s.for_it, s.key, s.voice, s.text_ja, s.text_en," \
    " s.reason, s.by_whom, so.code, so.name_ja, so.name_en, coalesce(h.name_ja, ''), coalesce(h.name_en, '')"          \
    " FROM plan_said s " SAYS " LEFT JOIN person h ON h.code = s.by_whom"

/* Rows of an edition by place, each with its first place m: what is told again is there. $3 plan, $4 edition, $5, $6 from and
 * until, $7 with texts. */
#define ROWS                                                                                                           \
    " FROM plan_item i JOIN plan_item m ON m.edition = i.edition"                                                      \
    " AND m.key = CASE WHEN i.kind = 'relisted' THEN i.relists ELSE i.key END"
#define PLACE " i.edition = $4 AND i.ord >= $5 AND i.ord < $6 AND i.kind IN ('measure', 'relisted')"
#define TEXTS                                                                                                          \
    ", CASE WHEN CAST($7 AS BIGINT) = 1 THEN s.text_ja ELSE '' END, CASE WHEN CAST($7 AS BIGINT) = 1 THEN s.text_en ELSE '' END"
/* What stands now; or what stood at line $8. */
#define NOW " AND s.last = 1 AND CAST($8 AS BIGINT) = 0"
#define THEN                                                                                                           \
    " AND s.id = (SELECT max(x.id) FROM plan_said x WHERE x.plan = s.plan AND x.key = s.key AND x.voice = s.voice"     \
    " AND x.org = s.org AND x.id <= $8)"
/* The organisation marked as lead; else the first named that is no group; a group that is marked leads to nobody. */
#define LEAD                                                                                                           \
    "coalesce((SELECT coalesce(lo.id, 0) FROM plan_owner v LEFT JOIN org lo ON lo.code = v.owner"                      \
    " WHERE v.item = m.id AND v.lead = 1 ORDER BY v.ord LIMIT 1),"                                                     \
    " (SELECT lo.id FROM plan_owner v JOIN org lo ON lo.code = v.owner WHERE v.item = m.id ORDER BY v.ord LIMIT 1))"
#define LEADS_SQL(which)                                                                                               \
    "SELECT i.ord, s.org, s.id, coalesce(s.status, 0)" TEXTS ROWS                                                      \
    " JOIN plan_said s ON s.plan = $3 AND s.key = m.key AND s.voice = 'owner' AND s.org = " LEAD which                 \
    " WHERE" PLACE " AND " MAY_HEAR " ORDER BY i.ord"
#define CENTRE_SQL(which)                                                                                              \
    "SELECT i.ord, s.org, s.id, coalesce(s.status, 0)" TEXTS " FROM plan_said s"                                       \
    " JOIN plan_item i ON i.edition = $4 AND CASE WHEN i.kind = 'relisted' THEN i.relists ELSE i.key END = s.key"      \
    " WHERE s.plan = $3 AND s.voice = 'centre'" which " AND" PLACE " AND " MAY_HEAR " ORDER BY i.ord"
#define HEARD_SQL(which)                                                                                               \
    "SELECT i.ord, s.org, coalesce(s.status, 0)" ROWS                                                                  \
    " JOIN plan_said s ON s.plan = $3 AND s.key = m.key AND s.voice = 'owner'" which " WHERE" PLACE                    \
    " AND CAST($7 AS BIGINT) >= 0 AND " MAY_HEAR " ORDER BY i.ord"

static const struct sql progress_sql[STATEMENTS] = {
    [LAST] = OPEN(ONE,
        (SAID_COLUMNS " WHERE s.plan = $1 AND s.key = $2 AND s.voice = $3 AND s.org = $4 AND s.last = 1")),
    [PAST] = OPEN(ONE, "UPDATE plan_said SET last = 0 WHERE id = $1"),
    [ADD] = OPEN(ONE,
        "INSERT INTO plan_said (plan, key, voice, org, no, last, status, text_ja, text_en, reason, at, by_whom, by_post, for_it)"
        " VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11, $12, $13)"),
    [ALL] = SCOPED((SAID_COLUMNS " WHERE s.plan = $3 AND s.key = $4 AND " HEARS " ORDER BY s.voice, so.lo, s.no DESC")),
    [BEFORE] = OPEN("how many lines there were, not what they say",
        "SELECT coalesce(max(id), 0) FROM plan_said WHERE plan = $1 AND at < $2"),
    [NEWEST] = OPEN("how many lines there were, not what they say", "SELECT coalesce(max(id), 0) FROM plan_said WHERE plan = $1"),
    [ITEMS] = OPEN(SEEN_PLAN, "SELECT ord, level, kind, key, code, title_ja, title_en, area, relists FROM plan_item"
                  " WHERE edition = $1 AND ord >= $2 AND ord < $3 AND kind IN ('heading', 'measure', 'relisted') ORDER BY ord"),
    [END] = OPEN(SEEN_PLAN, "SELECT coalesce(max(ord), 0) FROM plan_item WHERE edition = $1"),
    [LEADS] = SCOPED((LEADS_SQL(NOW))),
    [LEADS_AT] = SCOPED((LEADS_SQL(THEN))),
    [CENTRE] = SCOPED((CENTRE_SQL(NOW))),
    [CENTRE_AT] = SCOPED((CENTRE_SQL(THEN))),
    /* $1 the frozen report, $2 edition, $3, $4 from and until, $5 with texts */
    [REPORTED] = OPEN(SEEN_PLAN,
        ("SELECT i.ord, 0, 0, coalesce(s.status, 0), CASE WHEN CAST($5 AS BIGINT) = 1 THEN s.text_ja ELSE '' END,"
         " CASE WHEN CAST($5 AS BIGINT) = 1 THEN s.text_en ELSE '' END" ROWS
         " JOIN plan_frozen_row s ON s.frozen = $1 AND s.key = m.key AND s.kind = 'measure'"
         " WHERE i.edition = $2 AND i.ord >= $3 AND i.ord < $4 AND i.kind IN ('measure', 'relisted') ORDER BY i.ord")),
    [HEARD] = SCOPED((HEARD_SQL(NOW))),
    [HEARD_AT] = SCOPED((HEARD_SQL(THEN))),
    /* $7 the line */
    [AFTER] = SCOPED(
        ("SELECT i.ord, s.org, coalesce(s.status, 0) FROM plan_item i JOIN plan_said s ON s.plan = $3 AND s.voice = 'owner'"
         " AND s.key = i.key AND s.last = 1 AND s.id > $7"
         " WHERE i.edition = $4 AND i.kind = 'measure' AND i.ord >= $5 AND i.ord < $6 AND " MAY_HEAR " ORDER BY i.ord")),
    [NAMED] = OPEN(SEEN_PLAN, ("SELECT i.ord, m.owners" ROWS " WHERE i.edition = $1 AND i.ord >= $2"
                   " AND i.ord < $3 AND i.kind IN ('measure', 'relisted') ORDER BY i.ord")),
    /* $1 the organisation, $2 the day: the plans first, which are few */
    [MINE] = OPEN(ITS_OWN,
        "SELECT p.id, e.id, coalesce(r.due, 0),"
        " (SELECT coalesce(max(f.upto), 0) FROM plan_frozen f JOIN plan_report y ON y.id = f.report WHERE y.plan = p.id),"
        " p.code, p.title_ja, p.title_en, coalesce(r.code, '') FROM plan p JOIN plan_edition e ON e.plan = p.id"
        " JOIN org po ON po.id = p.org JOIN org o ON o.id = $1 AND o.lo >= po.lo AND o.lo < po.hi"
        " LEFT JOIN plan_report r ON r.plan = p.id AND NOT EXISTS (SELECT 1 FROM plan_frozen f WHERE f.report = r.id)"
        " AND NOT EXISTS (SELECT 1 FROM plan_report y WHERE y.plan = p.id AND y.due < r.due"
        " AND NOT EXISTS (SELECT 1 FROM plan_frozen f WHERE f.report = y.id))"
        " WHERE e.state <> 'draft' AND NOT EXISTS (SELECT 1 FROM plan_edition x WHERE x.plan = p.id"
        " AND x.no > e.no AND x.state <> 'draft') AND (p.until >= $2 OR r.id IS NOT NULL) ORDER BY p.since DESC, p.id"),
    /* $3 plan, $4 edition; texts are read of what is shown */
    [MINE_ITEMS] = OPEN(ITS_OWN,
        "SELECT i.id, coalesce(s.id, 0) FROM plan_item i"
        " LEFT JOIN plan_said s ON s.plan = $3 AND s.voice = 'owner' AND s.key = i.key AND s.org = $1 AND s.last = 1"
        " WHERE i.edition = $4 AND i.kind = 'measure'"
        " AND i.id IN (SELECT v.item FROM plan_owner v WHERE v.owner IN (SELECT code FROM org WHERE id = $1 UNION"
        " SELECT g.code FROM owner_group g JOIN org q ON q.id = $1 WHERE (g.rule = 'kind' AND g.value = q.kind) OR (g.rule = 'link'"
        " AND EXISTS (SELECT 1 FROM org_link l WHERE l.kind = g.value AND l.to_org = q.id AND (l.since IS NULL OR l.since <= $2)"
        " AND (l.until IS NULL OR l.until >= $2))))) ORDER BY i.ord"),
    [MINE_ONE] = OPEN(ITS_OWN,
        "SELECT coalesce(s.status, 0), coalesce(s.no, 0), coalesce(s.at, 0), i.key, i.code, i.title_ja, i.title_en,"
        " coalesce(s.text_ja, ''), coalesce(s.text_en, '') FROM plan_item i LEFT JOIN plan_said s ON s.id = $2 WHERE i.id = $1"),
};

const struct sql_set progress_sql_set = {"plan progress", progress_sql, STATEMENTS};

#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &progress_sql[statement], args, take, out, n)

/* ---- lines ---- */

static void take_said(struct work *w, struct rows *r, void *to)
{
    *(struct said *)to = (struct said){
        .id = rows_int(r, 0), .org = rows_int(r, 1), .org_lo = rows_int(r, 2), .no = rows_int(r, 3), .status = rows_int(r, 4),
        .at = rows_int(r, 5), .last = rows_int(r, 6) != 0, .for_it = rows_int(r, 7) != 0, .key = rows_kept(w, r, 8),
        .voice = rows_kept(w, r, 9), .text_ja = rows_kept(w, r, 10), .text_en = rows_kept(w, r, 11), .reason = rows_kept(w, r, 12),
        .by_whom = rows_kept(w, r, 13), .org_code = rows_kept(w, r, 14), .org_ja = rows_kept(w, r, 15),
        .org_en = rows_kept(w, r, 16), .by_ja = rows_kept(w, r, 17), .by_en = rows_kept(w, r, 18)};
}

enum err said_last(struct work *w, int64_t plan, str key, str voice, int64_t org, struct said *out)
{
    struct said *all;
    size_t n;
    enum err e = GATHER(w, LAST, ARGS(INT(plan), TEXT(key), TEXT(voice), INT(org)), take_said, &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    return OK;
}

enum err said_add(struct work *w, int64_t plan, const struct said *before, const struct said *now)
{
    enum err e = before->id == 0 ? OK : store_run(w, &progress_sql[PAST], ARGS(INT(before->id)));
    if (e != OK) return e;
    return store_run(w, &progress_sql[ADD],
                     ARGS(INT(plan), TEXT(now->key), TEXT(now->voice), INT(now->org), INT(before->no + 1),
                          int_or_nil(now->status, now->status != STATUS_NONE), TEXT(now->text_ja), TEXT(now->text_en),
                          TEXT(now->reason), INT(w->now), TEXT(acting_person(w)), TEXT(acting_post(w)), INT(now->for_it)));
}

enum err said_all(struct work *w, int64_t plan, str key, struct said **out, size_t *n)
{
    return GATHER(w, ALL, ARGS(INT(plan), TEXT(key)), take_said, out, n);
}

enum err said_before(struct work *w, int64_t plan, int64_t at, int64_t *id)
{
    return store_int(w, &progress_sql[BEFORE], ARGS(INT(plan), INT(at)), id);
}

enum err said_newest(struct work *w, int64_t plan, int64_t *id)
{
    return store_int(w, &progress_sql[NEWEST], ARGS(INT(plan)), id);
}

/* ---- rows of a plan ---- */

static void take_item(struct work *w, struct rows *r, void *to)
{
    enum item_kind kind = ITEM_MEASURE;
    (void)item_kind_named(rows_text(r, 2), &kind);
    *(struct line *)to = (struct line){
        .ord = rows_int(r, 0), .level = rows_int(r, 1), .kind = kind, .key = rows_kept(w, r, 3), .code = rows_kept(w, r, 4),
        .title_ja = rows_kept(w, r, 5), .title_en = rows_kept(w, r, 6), .area = rows_kept(w, r, 7), .relists = rows_kept(w, r, 8)};
}

enum err lines_items(struct work *w, const struct span *s, struct line **out, size_t *n)
{
    return GATHER(w, ITEMS, ARGS(INT(s->edition), INT(s->from), INT(s->until)), take_item, out, n);
}

enum err lines_end(struct work *w, int64_t edition, int64_t *out)
{
    return store_int(w, &progress_sql[END], ARGS(INT(edition)), out);
}

static void take_heard(struct work *w, struct rows *r, void *to)
{
    *(struct heard *)to = (struct heard){rows_int(r, 0),     rows_int(r, 1),     rows_int(r, 2), rows_int(r, 3),
                                         rows_kept(w, r, 4), rows_kept(w, r, 5)};
}

static enum err heard_of(struct work *w, const struct span *s, int now, int then, struct heard **out, size_t *n)
{
    return GATHER(w, s->upto == 0 ? now : then,
                  ARGS(INT(s->plan), INT(s->edition), INT(s->from), INT(s->until), INT(s->texts), INT(s->upto)), take_heard, out, n);
}

enum err lines_leads(struct work *w, const struct span *s, struct heard **out, size_t *n)
{
    return heard_of(w, s, LEADS, LEADS_AT, out, n);
}

enum err lines_centre(struct work *w, const struct span *s, struct heard **out, size_t *n)
{
    return heard_of(w, s, CENTRE, CENTRE_AT, out, n);
}

enum err lines_reported(struct work *w, const struct span *s, int64_t frozen, struct heard **out, size_t *n)
{
    return GATHER(w, REPORTED,
                  ARGS(INT(frozen), INT(s->edition), INT(s->from), INT(s->until), INT(s->texts)), take_heard, out, n);
}

/* Row by row: half a million of them at once would be the greater part of what a view may hold. */
static enum err each_said(struct work *w, int statement, struct values v, said_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &progress_sql[statement], v, &r);
    if (e != OK) return e;
    while (rows_next(r)) fn(to, rows_int(r, 0), rows_int(r, 1), rows_int(r, 2));
    return rows_done(r);
}

enum err lines_heard(struct work *w, const struct span *s, said_fn *fn, void *to)
{
    return each_said(w, s->upto == 0 ? HEARD : HEARD_AT,
                     ARGS(INT(s->plan), INT(s->edition), INT(s->from), INT(s->until), INT(s->texts), INT(s->upto)), fn, to);
}

enum err said_after(struct work *w, const struct span *s, int64_t after, said_fn *fn, void *to)
{
    return each_said(w, AFTER, ARGS(INT(s->plan), INT(s->edition), INT(s->from), INT(s->until), INT(after)), fn, to);
}

enum err lines_named(struct work *w, const struct span *s, named_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &progress_sql[NAMED], ARGS(INT(s->edition), INT(s->from), INT(s->until)), &r);
    if (e != OK) return e;
    while (rows_next(r)) fn(to, rows_int(r, 0), rows_text(r, 1));
    return rows_done(r);
}

/* ---- whose are they? ---- */

static void take_mine(struct work *w, struct rows *r, void *to)
{
    *(struct lines_mine_plan *)to = (struct lines_mine_plan){
        .id = rows_int(r, 0), .edition = rows_int(r, 1), .due = rows_int(r, 2), .upto = rows_int(r, 3), .code = rows_kept(w, r, 4),
        .title_ja = rows_kept(w, r, 5), .title_en = rows_kept(w, r, 6), .report = rows_kept(w, r, 7)};
}

enum err lines_mine_plans(struct work *w, int64_t org, int64_t day, struct lines_mine_plan **out, size_t *n)
{
    return GATHER(w, MINE, ARGS(INT(org), INT(day)), take_mine, out, n);
}

static void take_mine_row(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct lines_mine *)to = (struct lines_mine){.item = rows_int(r, 0), .said = rows_int(r, 1)};
}

enum err lines_mine(struct work *w, int64_t org, int64_t day, const struct lines_mine_plan *p, struct lines_mine **out, size_t *n)
{
    enum err e = GATHER(w, MINE_ITEMS, ARGS(INT(org), INT(day), INT(p->id), INT(p->edition)), take_mine_row, out, n);
    for (size_t i = 0; e == OK && i < *n; i++) (*out)[i].plan = p;
    return e;
}

enum err lines_mine_read(struct work *w, struct lines_mine *m)
{
    struct rows *r;
    enum err e = store_rows(w, &progress_sql[MINE_ONE], ARGS(INT(m->item), INT(m->said)), &r);
    if (e != OK) return e;
    if (rows_next(r)) {
        m->status = rows_int(r, 0), m->no = rows_int(r, 1), m->at = rows_int(r, 2);
        str *const text[] = {&m->key, &m->code, &m->title_ja, &m->title_en, &m->text_ja, &m->text_en};
        for (int i = 0; i < 6; i++) *text[i] = rows_kept(w, r, 3 + i);
    }
    return rows_done(r);
}
