/* SQL of urgent surveys. Scoped statements take the actor's interval of today's tree as $1, $2. */
#include "inspect/survey_store.h"

enum {
    SURVEY, QUESTIONS, CODES, ADD, QUESTION_ADD, ORGS_ADD, FREEZE, FREEZE_ORGS, FREEZE_COUNTS, PUBLISH, RECOUNT_DROP,
    RECOUNT, MINE, ORGS, RESULTS, ORG_ADD, ORG_SET, REPLY, ANSWERS, PAST_ADD, REPLY_ADD, REPLY_SET, ANSWERS_DROP,
    ANSWER_ADD, COUNT_ADD, REPLY_DROP, INSIDE, REPLIES, PAST, SYSTEMS, SYSTEM, COUNTS, COUNTS_FROZEN, STATEMENTS
};

#define ASKED "of one survey, and of an organisation that whoever asks was found to reach"
#define WHOLE "an act on the whole survey, by whom its frame is held"
#define CURRENT(x) "(" x ".since IS NULL OR " x ".since <= $2) AND (" x ".until IS NULL OR " x ".until >= $2)"
#define SYSTEM_COLUMNS                                                                                                 \
    "SELECT s.id, o.lo, coalesce(r.id, 0), s.code, s.name_ja, s.name_en, o.code, o.name_ja, o.name_en,"                \
    " CASE WHEN EXISTS (SELECT 1 FROM post p WHERE p.system = s.id AND p.person = $3 AND " CURRENT("p")                \
    ") THEN 1 ELSE 0 END FROM org o JOIN system s ON s.org = o.id"                                                    \
    " LEFT JOIN survey_reply r ON r.system = s.id AND r.survey = $1"                                                  \
    " WHERE s.kind = $6 AND " CURRENT("s") " AND o.lo >= $4 AND o.lo < $5"
#define ORG_COLUMNS                                                                                                    \
    "SELECT so.org, o.lo, o.hi, o.code, o.name_ja, o.name_en, so.systems, so.replies, so.extra, so.unnamed, so.late,"  \
    " coalesce(so.done, 0), so.reopened, coalesce(so.changed, 0), so.none, so.done_by, coalesce(so.part, 0)"                                \
    " FROM survey_org so JOIN org o ON o.id = so.org"

static const struct sql survey_sql[STATEMENTS] = {
    [SURVEY] = OPEN("a survey and the frame it was put to, before it is known who may see it",
        ("SELECT s.id, s.frame, o.lo, o.hi, s.due, s.asked, coalesce(s.closed, 0), coalesce(s.published, 0), s.code,"
         " s.title_ja, s.title_en, s.why, s.per, s.state, s.by_whom, s.kind, s.questions, s.own FROM survey s JOIN org o ON o.id = s.frame"
         " WHERE s.code = $1")),
    [QUESTIONS] = SQL(("SELECT pos, key, type, choices, text_ja, text_en, about FROM survey_question WHERE survey = $1 ORDER BY pos")),
    [CODES] = OPEN("codes alone: each is asked for by itself, and shown to whom it concerns",
        ("SELECT s.code FROM survey s JOIN org o ON o.id = s.frame WHERE s.state = 'published' OR (o.lo < $2 AND o.hi > $1)"
         " ORDER BY CASE WHEN s.state = 'open' THEN 0 ELSE 1 END,"
         " CASE WHEN s.state = 'open' THEN s.due ELSE -s.due END, s.code LIMIT 500")),
    [ADD] = OPEN(WHOLE,
        ("INSERT INTO survey (code, title_ja, title_en, why, frame, per, due, state, asked, by_whom, kind, questions, own)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10, $11, $12) RETURNING id")),
    [QUESTION_ADD] = SQL(("INSERT INTO survey_question (survey, pos, key, type, choices, text_ja, text_en, about)"
                          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")),
    [ORGS_ADD] = OPEN(WHOLE,
        ("INSERT INTO survey_org (survey, org, systems, part) SELECT CAST($1 AS BIGINT), a.id, (SELECT count(*) FROM org o JOIN system s"
         " ON s.org = o.id WHERE o.lo >= a.lo AND o.lo < a.hi AND s.kind = $6 AND " CURRENT("s") "),"
         " (SELECT min(p.id) FROM org p WHERE p.lo <= a.lo AND p.hi >= a.hi AND p.depth = $7)"
         " FROM org a WHERE a.lo > $3 AND a.lo < $4 AND (a.depth = $5 OR (a.depth < $5 AND a.hi = a.lo + 1))"
         " AND " CURRENT("a"))),
    [FREEZE] = OPEN(WHOLE, ("UPDATE survey SET state = 'closed', closed = $2 WHERE id = $1 AND state = 'open'")),
    [FREEZE_ORGS] = OPEN(WHOLE,
        ("INSERT INTO survey_result (survey, org, ord, name_ja, name_en, systems, answered, unnamed, late, none, done, changed)"
         " SELECT x.survey, x.org, x.ord, x.name_ja, x.name_en, x.listed + x.extra + x.unnamed,"
         " CASE WHEN x.none = 1 THEN x.listed + x.extra + x.unnamed ELSE x.replies + x.unnamed END, x.unnamed, x.late,"
         " x.none, x.done, x.changed FROM (SELECT so.survey, so.org, o.lo AS ord, o.name_ja, o.name_en, so.extra, so.unnamed,"
         " so.replies, so.late, so.none, so.done, so.changed, CASE WHEN so.systems > so.replies - so.extra THEN so.systems"
         " ELSE so.replies - so.extra END AS listed FROM survey_org so JOIN org o ON o.id = so.org WHERE so.survey = $1) x")),
    [FREEZE_COUNTS] = OPEN(WHOLE,
        ("INSERT INTO survey_result_count (survey, org, pos, value, n)"
         " SELECT survey, org, pos, value, n FROM survey_count WHERE survey = $1 AND n <> 0")),
    [PUBLISH] = OPEN(WHOLE, ("UPDATE survey SET state = 'published', published = $2 WHERE id = $1 AND state = 'closed'")),
    [RECOUNT_DROP] = OPEN("derived figures, made anew from the replies", ("DELETE FROM survey_count")),
    [RECOUNT] = OPEN("derived figures, made anew from the replies",
        ("INSERT INTO survey_count (survey, org, pos, value, n) SELECT r.survey, r.org, a.pos,"
         " CASE WHEN q.type IN ('yes_no', 'choice') THEN a.value ELSE 'given' END, CAST(sum(a.n) AS BIGINT)"
         " FROM survey_reply r JOIN survey_answer a ON a.reply = r.id"
         " JOIN survey_question q ON q.survey = r.survey AND q.pos = a.pos"
         " GROUP BY r.survey, r.org, a.pos, CASE WHEN q.type IN ('yes_no', 'choice') THEN a.value ELSE 'given' END")),
    [MINE] = OPEN("those asked that the actor's reach holds or lies in: what they said is asked for by other statements",
        (ORG_COLUMNS " WHERE so.survey = $1 AND o.lo < $3 AND o.hi > $2 ORDER BY o.lo")),
    [ORGS] = SCOPED((ORG_COLUMNS " WHERE o.lo >= $1 AND o.lo < $2 AND so.survey = $3 ORDER BY o.lo")),
    [RESULTS] = OPEN("counts per organisation of a survey that is closed: read when published, or by who holds its frame",
        ("SELECT r.org, r.ord, r.ord + 1, o.code, r.name_ja, r.name_en, r.systems, r.answered, CAST(0 AS BIGINT), r.unnamed,"
         " r.late, coalesce(r.done, 0), CAST(0 AS BIGINT), coalesce(r.changed, 0), r.none, '', CAST(0 AS BIGINT) FROM survey_result r"
         " JOIN org o ON o.id = r.org WHERE r.survey = $1 ORDER BY r.ord")),
    [ORG_ADD] = OPEN(ASKED,
        ("UPDATE survey_org SET replies = replies + $3, extra = extra + $4, unnamed = unnamed + $5, late = late + $6,"
         " changed = $7 WHERE survey = $1 AND org = $2")),
    [ORG_SET] = OPEN(ASKED,
        ("UPDATE survey_org SET none = $3, done = $4, done_by = $5, reopened = reopened + $6, changed = $7"
         " WHERE survey = $1 AND org = $2")),
    [REPLY] = OPEN(ASKED,
        ("SELECT id, org, coalesce(system, 0), revision, first, at, name, by_whom, outside FROM survey_reply"
         " WHERE survey = $1 AND org = $2 AND name = $3")),
    [ANSWERS] = OPEN(ASKED, ("SELECT pos, value, n FROM survey_answer WHERE reply = $1 ORDER BY pos, value")),
    [PAST_ADD] = OPEN(ASKED,
        ("INSERT INTO survey_past (survey, org, name, answers, at, by_whom, replaced) VALUES ($1, $2, $3, $4, $5, $6, $7)")),
    [REPLY_ADD] = OPEN(ASKED,
        ("INSERT INTO survey_reply (survey, org, name, system, revision, first, at, by_whom, outside)"
         " VALUES ($1, $2, $3, $4, 1, $5, $5, $6, $7) RETURNING id")),
    [REPLY_SET] = OPEN(ASKED, ("UPDATE survey_reply SET revision = revision + 1, at = $2, by_whom = $3, outside = $4 WHERE id = $1")),
    [ANSWERS_DROP] = OPEN(ASKED, ("DELETE FROM survey_answer WHERE reply = $1")),
    [ANSWER_ADD] = OPEN(ASKED, ("INSERT INTO survey_answer (reply, pos, value, n) VALUES ($1, $2, $3, $4)")),
    [COUNT_ADD] = OPEN(ASKED,
        ("INSERT INTO survey_count (survey, org, pos, value, n) VALUES ($1, $2, $3, $4, $5)"
         " ON CONFLICT (survey, org, pos, value) DO UPDATE SET n = survey_count.n + excluded.n")),
    [REPLY_DROP] = OPEN(ASKED, ("DELETE FROM survey_reply WHERE id = $1")),
    [INSIDE] = OPEN(ASKED, ("SELECT count(*) FROM survey_reply WHERE survey = $1 AND org = $2 AND outside = 0")),
    [REPLIES] = SCOPED(
        ("SELECT r.id, r.org, coalesce(r.system, 0), r.revision, r.first, r.at, r.name, r.by_whom, coalesce(s.name_ja, ''),"
         " coalesce(s.name_en, ''), o.code, o.name_ja, o.name_en, coalesce(a.pos, 0), coalesce(a.value, ''), coalesce(a.n, 0)"
         " FROM survey_reply r JOIN org o ON o.id = r.org LEFT JOIN system s ON s.id = r.system"
         " LEFT JOIN survey_answer a ON a.reply = r.id"
         " WHERE o.lo >= $1 AND o.lo < $2 AND r.survey = $3 AND (r.org = $4 OR CAST($4 AS BIGINT) = 0)"
         " AND (CAST($5 AS BIGINT) = 0 OR (o.lo = $1 AND o.hi = $2))" /* single replies are the organisation's own */
         " ORDER BY o.lo, r.name, a.pos LIMIT 60000")),
    [PAST] = OPEN(ASKED,
        ("SELECT answers, by_whom, at, replaced FROM survey_past WHERE survey = $1 AND org = $2 AND name = $3"
         " ORDER BY replaced DESC, id DESC LIMIT 50")),
    [SYSTEMS] = OPEN("those the actor reaches with a right, and those they hold a post for",
        (SYSTEM_COLUMNS " AND ((o.lo >= $7 AND o.lo < $8) OR EXISTS (SELECT 1 FROM post p WHERE p.system = s.id AND p.person = $3"
         " AND " CURRENT("p") ")) ORDER BY CASE WHEN r.id IS NULL THEN 0 ELSE 1 END, o.lo, s.code LIMIT 2000")),
    [SYSTEM] = OPEN("found below an organisation asked, then asked for the right to answer for it",
        (SYSTEM_COLUMNS " AND s.code = $7")),
    [COUNTS] = SCOPED(
        ("SELECT c.org, c.pos, c.n, c.value FROM survey_count c JOIN org o ON o.id = c.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND c.survey = $3 AND c.n <> 0 ORDER BY c.org, c.pos, c.value")),
    [COUNTS_FROZEN] = OPEN("counts per organisation of a survey that is closed: read when published, or by who holds its frame",
        ("SELECT org, pos, n, value FROM survey_result_count WHERE survey = $1 ORDER BY org, pos, value")),
};
const struct sql_set survey_sql_set = {"inspect (surveys)", survey_sql, STATEMENTS};

static enum err run(struct work *w, int statement, struct values v) { return store_run(w, &survey_sql[statement], v); }

/* ---- surveys ---- */

static enum survey_type type_of(str code)
{
    size_t i = 0;
    while (survey_type_codes[i + 1] != NULL && !str_eq(code, str_of(survey_type_codes[i]))) i++;
    return (enum survey_type)i;
}

static enum err load_questions(struct work *w, struct survey *s)
{
    struct rows *r;
    enum err e = store_rows(w, &survey_sql[QUESTIONS], ARGS(INT(s->id)), &r);
    if (e != OK) return e;
    while (s->n < SURVEY_QUESTIONS_MAX && rows_next(r))
        s->question[s->n++] = (struct survey_question){rows_int(r, 0), rows_kept(w, r, 1), type_of(rows_text(r, 2)),
                                                       rows_kept(w, r, 3), rows_kept(w, r, 4), rows_kept(w, r, 5), rows_kept(w, r, 6)};
    return rows_done(r);
}

enum err survey_row(struct work *w, str code, struct survey *out)
{
    struct rows *r;
    enum err e = store_rows(w, &survey_sql[SURVEY], ARGS(TEXT(code)), &r);
    if (e != OK) return e;
    struct survey s = {0};
    if (rows_next(r))
        s = (struct survey){.id = rows_int(r, 0), .frame = rows_int(r, 1), .frame_lo = rows_int(r, 2),
                            .frame_hi = rows_int(r, 3), .due = rows_int(r, 4), .asked = rows_int(r, 5),
                            .closed = rows_int(r, 6), .published = rows_int(r, 7), .code = rows_kept(w, r, 8),
                            .title_ja = rows_kept(w, r, 9), .title_en = rows_kept(w, r, 10), .why = rows_kept(w, r, 11),
                            .per = rows_kept(w, r, 12), .state = rows_kept(w, r, 13), .by_whom = rows_kept(w, r, 14),
                            .kind = rows_kept(w, r, 15), .set = rows_kept(w, r, 16), .own = rows_int(r, 17) != 0};
    if ((e = rows_done(r)) != OK) return e;
    if (s.id == 0) return NOTFOUND;
    *out = s;
    return load_questions(w, out);
}

static void take_text(struct work *w, struct rows *r, void *to)
{
    *(str *)to = rows_kept(w, r, 0);
}

enum err survey_codes(struct work *w, str **out, size_t *n)
{
    return STORE_GATHER(w, &survey_sql[CODES], ARGS(INT(w->lo), INT(w->hi)), take_text, out, n);
}

enum err survey_insert(struct work *w, struct survey *s)
{
    enum err e = store_int(w, &survey_sql[ADD],
                           ARGS(TEXT(s->code), TEXT(s->title_ja), TEXT(s->title_en), TEXT(s->why), INT(s->frame), TEXT(s->per),
                                INT(s->due), INT(s->asked), TEXT(acting_person(w)), TEXT(s->kind), TEXT(s->set), INT(s->own)), &s->id);
    for (size_t i = 0; e == OK && i < s->n; i++) {
        const struct survey_question *q = &s->question[i];
        e = run(w, QUESTION_ADD, ARGS(INT(s->id), INT(q->pos), TEXT(q->key), TEXT(str_of(survey_type_codes[q->type])),
                                      TEXT(q->choices), TEXT(q->text_ja), TEXT(q->text_en), TEXT(q->about)));
    }
    return e;
}

enum err survey_insert_orgs(struct work *w, const struct survey *s, int64_t depth, int64_t levels, int64_t *n)
{
    return store_run_count(w, &survey_sql[ORGS_ADD],
                           ARGS(INT(s->id), INT(w->now / DAY), INT(s->frame_lo), INT(s->frame_hi), INT(depth + levels), TEXT(s->kind),
                                INT(depth + 1)), n);
}

enum err survey_freeze(struct work *w, int64_t survey)
{
    enum err e = run(w, FREEZE, ARGS(INT(survey), INT(w->now)));
    if (e == OK) e = run(w, FREEZE_ORGS, ARGS(INT(survey)));
    return e == OK ? run(w, FREEZE_COUNTS, ARGS(INT(survey))) : e;
}

enum err survey_set_published(struct work *w, int64_t survey) { return run(w, PUBLISH, ARGS(INT(survey), INT(w->now))); }

enum err survey_recount(struct work *w)
{
    enum err e = run(w, RECOUNT_DROP, NOARGS);
    return e == OK ? run(w, RECOUNT, NOARGS) : e;
}

/* ---- who was asked ---- */

static void take_org(struct work *w, struct rows *r, void *to)
{
    *(struct survey_org *)to = (struct survey_org){
        .org = rows_int(r, 0), .lo = rows_int(r, 1), .hi = rows_int(r, 2), .code = rows_kept(w, r, 3),
        .ja = rows_kept(w, r, 4), .en = rows_kept(w, r, 5), .systems = rows_int(r, 6), .replies = rows_int(r, 7),
        .extra = rows_int(r, 8), .unnamed = rows_int(r, 9), .late = rows_int(r, 10), .done = rows_int(r, 11),
        .reopened = rows_int(r, 12), .changed = rows_int(r, 13), .none = rows_int(r, 14) != 0,
        .done_by = rows_kept(w, r, 15), .part = rows_int(r, 16)};
}

static enum err orgs_of(struct work *w, int statement, struct values v, struct survey_org **out, size_t *n)
{
    return STORE_GATHER(w, &survey_sql[statement], v, take_org, out, n);
}

enum err survey_mine(struct work *w, int64_t survey, struct survey_org **out, size_t *n)
{
    return orgs_of(w, MINE, ARGS(INT(survey), INT(w->lo), INT(w->hi)), out, n);
}

enum err survey_orgs(struct work *w, int64_t survey, struct survey_org **out, size_t *n)
{
    return orgs_of(w, ORGS, ARGS(INT(survey)), out, n);
}

enum err survey_results(struct work *w, int64_t survey, struct survey_org **out, size_t *n)
{
    return orgs_of(w, RESULTS, ARGS(INT(survey)), out, n);
}

enum err survey_org_add(struct work *w, int64_t survey, int64_t org, const struct survey_change *c)
{
    return run(w, ORG_ADD, ARGS(INT(survey), INT(org), INT(c->replies), INT(c->extra), INT(c->unnamed), INT(c->late), INT(w->now)));
}

enum err survey_org_set(struct work *w, int64_t survey, int64_t org, bool none, bool done, bool reopened)
{
    return run(w, ORG_SET, ARGS(INT(survey), INT(org), INT(none), int_or_nil(w->now, done),
                                TEXT(done ? acting_person(w) : S("")), INT(reopened), INT(w->now)));
}

/* ---- replies ---- */

static void take_answer(struct survey_reply *x, const struct survey *s, int64_t pos, str value, int64_t n)
{
    if (pos < 1 || pos > (int64_t)s->n) return;
    if (x->name.n != 0) x->value[pos - 1] = value;
    else if (str_eq(value, S("yes"))) x->yes[pos - 1] = n;
    else x->no[pos - 1] = n;
}

static enum err load_answers(struct work *w, const struct survey *s, struct survey_reply *x)
{
    struct rows *r;
    enum err e = store_rows(w, &survey_sql[ANSWERS], ARGS(INT(x->id)), &r);
    if (e != OK) return e;
    while (rows_next(r)) take_answer(x, s, rows_int(r, 0), rows_kept(w, r, 1), rows_int(r, 2));
    return rows_done(r);
}

enum err survey_reply_get(struct work *w, const struct survey *s, int64_t org, str name, struct survey_reply *out)
{
    struct rows *r;
    enum err e = store_rows(w, &survey_sql[REPLY], ARGS(INT(s->id), INT(org), TEXT(name)), &r);
    if (e != OK) return e;
    struct survey_reply x = {.org = org, .name = name};
    if (rows_next(r))
        x = (struct survey_reply){.id = rows_int(r, 0), .org = rows_int(r, 1), .system = rows_int(r, 2),
                                  .revision = rows_int(r, 3), .first = rows_int(r, 4), .at = rows_int(r, 5),
                                  .name = rows_kept(w, r, 6), .by_whom = rows_kept(w, r, 7), .outside = rows_int(r, 8) != 0};
    if ((e = rows_done(r)) != OK) return e;
    *out = x;
    return x.id == 0 ? OK : load_answers(w, s, out);
}

typedef enum err each_answer(struct work *w, const struct survey *s, const struct survey_reply *x, size_t i, str value, int64_t n);

static enum err each_answer_of(struct work *w, const struct survey *s, const struct survey_reply *x, each_answer *fn)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < s->n; i++) {
        if (x->value[i].n != 0) e = fn(w, s, x, i, x->value[i], 1);
        if (e == OK && x->yes[i] != 0) e = fn(w, s, x, i, S("yes"), x->yes[i]);
        if (e == OK && x->no[i] != 0) e = fn(w, s, x, i, S("no"), x->no[i]);
    }
    return e;
}

static enum err put_answer(struct work *w, const struct survey *s, const struct survey_reply *x, size_t i, str value, int64_t n)
{
    return run(w, ANSWER_ADD, ARGS(INT(x->id), INT(s->question[i].pos), TEXT(value), INT(n)));
}

static enum err count(struct work *w, const struct survey *s, const struct survey_reply *x, size_t i, str value, int64_t n)
{
    return run(w, COUNT_ADD, ARGS(INT(s->id), INT(x->org), INT(s->question[i].pos),
                                  TEXT(survey_counted(&s->question[i], value)), INT(n)));
}

static enum err uncount(struct work *w, const struct survey *s, const struct survey_reply *x, size_t i, str value, int64_t n)
{
    return count(w, s, x, i, value, -n);
}

static enum err keep_past(struct work *w, const struct survey *s, const struct survey_reply *was)
{
    struct buf b = buf_in(w->a);
    for (size_t i = 0; i < s->n; i++) {
        str key = s->question[i].key;
        if (was->value[i].n != 0) buf_fmt(&b, "%.*s=%.*s\n", STR_ARG(key), STR_ARG(was->value[i]));
        if (was->yes[i] + was->no[i] != 0)
            buf_fmt(&b, "%.*s=yes %lld, no %lld\n", STR_ARG(key), (long long)was->yes[i], (long long)was->no[i]);
    }
    return run(w, PAST_ADD, ARGS(INT(s->id), INT(was->org), TEXT(was->name), TEXT(str_trim(buf_str(&b))), INT(was->at),
                                 TEXT(was->by_whom), INT(w->now)));
}

/* What stood goes: into the past, out of the counts. */
static enum err clear(struct work *w, const struct survey *s, const struct survey_reply *was)
{
    enum err e = keep_past(w, s, was);
    if (e == OK) e = each_answer_of(w, s, was, uncount);
    return e == OK ? run(w, ANSWERS_DROP, ARGS(INT(was->id))) : e;
}

enum err survey_reply_put(struct work *w, const struct survey *s, const struct survey_reply *was, struct survey_reply *x)
{
    enum err e = was->id != 0 ? clear(w, s, was) : OK;
    x->id = was->id;
    if (e == OK && x->id != 0) e = run(w, REPLY_SET, ARGS(INT(x->id), INT(w->now), TEXT(acting_person(w)), INT(x->outside)));
    else if (e == OK)
        e = store_int(w, &survey_sql[REPLY_ADD],
                      ARGS(INT(s->id), INT(x->org), TEXT(x->name), int_or_nil(x->system, x->system != 0), INT(w->now),
                           TEXT(acting_person(w)), INT(x->outside)), &x->id);
    if (e == OK) e = each_answer_of(w, s, x, put_answer);
    return e == OK ? each_answer_of(w, s, x, count) : e;
}

enum err survey_reply_drop(struct work *w, const struct survey *s, const struct survey_reply *was)
{
    enum err e = clear(w, s, was);
    return e == OK ? run(w, REPLY_DROP, ARGS(INT(was->id))) : e;
}

enum err survey_inside(struct work *w, const struct survey *s, int64_t org, int64_t *n)
{
    return store_int(w, &survey_sql[INSIDE], ARGS(INT(s->id), INT(org)), n);
}

static struct survey_reply reply_of(struct work *w, struct rows *r)
{
    return (struct survey_reply){.id = rows_int(r, 0), .org = rows_int(r, 1), .system = rows_int(r, 2),
                                 .revision = rows_int(r, 3), .first = rows_int(r, 4), .at = rows_int(r, 5),
                                 .name = rows_kept(w, r, 6), .by_whom = rows_kept(w, r, 7),
                                 .name_ja = rows_kept(w, r, 8), .name_en = rows_kept(w, r, 9),
                                 .org_code = rows_kept(w, r, 10), .org_ja = rows_kept(w, r, 11),
                                 .org_en = rows_kept(w, r, 12)};
}

enum err survey_replies(struct work *w, const struct survey *s, int64_t org, struct survey_reply **out, size_t *n)
{
    struct rows *r;
    enum err e = store_rows(w, &survey_sql[REPLIES], ARGS(INT(s->id), INT(org), INT(s->own)), &r);
    if (e != OK) return e;
    struct survey_reply *all = NULL;
    size_t many = 0, room = 0;
    while (rows_next(r)) {
        bool same = many != 0 && all[many - 1].id == rows_int(r, 0);
        if (!same && many == SURVEY_ROWS_MAX) continue;
        if (!same) {
            all = arena_more(w->a, all, many, &room, sizeof *all);
            all[many++] = reply_of(w, r);
        }
        take_answer(&all[many - 1], s, rows_int(r, 13), rows_kept(w, r, 14), rows_int(r, 15));
    }
    if ((e = rows_done(r)) != OK) return e;
    *out = all;
    *n = many;
    return OK;
}

static void take_past(struct work *w, struct rows *r, void *to)
{
    *(struct survey_past *)to = (struct survey_past){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_int(r, 2),
                                                     rows_int(r, 3)};
}

enum err survey_past_of(struct work *w, int64_t survey, int64_t org, str name, struct survey_past **out, size_t *n)
{
    return STORE_GATHER(w, &survey_sql[PAST], ARGS(INT(survey), INT(org), TEXT(name)), take_past, out, n);
}

/* ---- systems ---- */

static void take_system(struct work *w, struct rows *r, void *to)
{
    *(struct survey_system *)to = (struct survey_system){.id = rows_int(r, 0), .org_lo = rows_int(r, 1),
                                                         .reply = rows_int(r, 2), .code = rows_kept(w, r, 3),
                                                         .ja = rows_kept(w, r, 4), .en = rows_kept(w, r, 5),
                                                         .org_code = rows_kept(w, r, 6), .org_ja = rows_kept(w, r, 7),
                                                         .org_en = rows_kept(w, r, 8), .mine = rows_int(r, 9) != 0};
}

static enum err systems_of(struct work *w, int statement, struct values v, struct survey_system **out, size_t *n)
{
    return STORE_GATHER(w, &survey_sql[statement], v, take_system, out, n);
}

enum err survey_systems(struct work *w, const struct survey *s, const struct survey_org *o, struct survey_system **out, size_t *n)
{
    bool reads = (w->actor->rights & (MAY_MANAGE | MAY_CENTRE | MAY_AUDIT)) != 0;
    return systems_of(w, SYSTEMS,
                      ARGS(INT(s->id), INT(w->now / DAY), INT(w->actor->person), INT(o->lo), INT(o->hi), TEXT(s->kind),
                           INT(reads ? w->lo : 0), INT(reads ? w->hi : 0)), out, n);
}

enum err survey_system_find(struct work *w, const struct survey *s, const struct survey_org *o, str code, struct survey_system *out)
{
    struct survey_system *all;
    size_t n;
    enum err e = systems_of(w, SYSTEM,
                            ARGS(INT(0), INT(w->now / DAY), INT(w->actor->person), INT(o->lo), INT(o->hi), TEXT(s->kind), TEXT(code)),
                            &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    return OK;
}

/* ---- counts ---- */

static void take_count(struct work *w, struct rows *r, void *to)
{
    *(struct survey_count *)to = (struct survey_count){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2),
                                                       rows_kept(w, r, 3)};
}

enum err survey_counts(struct work *w, int64_t survey, bool frozen, struct survey_count **out, size_t *n)
{
    return STORE_GATHER(w, &survey_sql[frozen ? COUNTS_FROZEN : COUNTS], ARGS(INT(survey)), take_count, out, n);
}
