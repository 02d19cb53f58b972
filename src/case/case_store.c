#include "case/case_store.h"

#include "case/case.h"

enum {
    ITEM, ITEMS, ITEMS_AFTER, ITEM_ADD, ITEM_MOVE, ITEM_OWN, COUNTER, VALUES, VALUE_PUT, EVENT_ADD, EVENTS, OWN_STEPS, OWN_STEPS_OPEN,
    ADOPTIONS, ADOPTION_NEAR, ADOPTION_ADD, PERSON, PEOPLE, RESPONDENT, BY_STATE, BY_ORG, REACHED, ADOPTED, ENDED, STATEMENTS
};

#define ONE "of one case, that whoever asks has found to be within the actor's sight"
#define OWN "what the acting person did, wherever it was"

/* $3 rights, $4 the person. */
#define SEEN                                                                                                           \
    "((o.lo >= $1 AND o.lo < $2 AND (k.reads & CAST($3 AS BIGINT)) <> 0) OR i.opener = $4 OR i.owner = $4"             \
    " OR i.person = $4 OR i.shared = 1)"
#define COLUMNS                                                                                                        \
    "SELECT i.id, i.kind, i.org, o.lo, coalesce(p.lo, o.lo), i.number, i.state, i.title, i.respondent, i.clause,"      \
    " i.class, o.code, o.name_ja, o.name_en, i.round, coalesce(x.title_ja, ''), coalesce(x.title_en, '')," \
    " coalesce(t.code, ''), o.hi, coalesce(i.edition, 0), i.entered, i.opened, i.due, i.ended,"        \
    " i.shared, CASE WHEN o.lo >= $1 AND o.lo < $2 AND (k.reads & CAST($3 AS BIGINT)) <> 0 THEN 1 ELSE 0 END,"         \
    " coalesce(a.id, 0), coalesce(a.code, ''), coalesce(a.name_ja, ''), coalesce(a.name_en, ''),"                      \
    " coalesce(b.id, 0), coalesce(b.code, ''), coalesce(b.name_ja, ''), coalesce(b.name_en, ''),"                      \
    " coalesce(c.id, 0), coalesce(c.code, ''), coalesce(c.name_ja, ''), coalesce(c.name_en, '')"                       \
    " FROM case_item i JOIN case_kind k ON k.id = i.kind JOIN org o ON o.id = i.org LEFT JOIN org p ON p.id = o.parent" \
    " LEFT JOIN round x ON x.code = i.round LEFT JOIN edition t ON t.id = i.edition"                                     \
    " LEFT JOIN person a ON a.id = i.opener LEFT JOIN person b ON b.id = i.owner LEFT JOIN person c ON c.id = i.person"
/* $3, $4 interval of the organisation asked for, $5 kind, $6, $7 days of opening */
#define COUNTED                                                                                                        \
    " WHERE o.lo >= $1 AND o.lo < $2 AND o.lo >= $3 AND o.lo < $4 AND (i.kind = $5 OR CAST($5 AS BIGINT) = 0) AND i.opened >= $6"      \
    " AND i.opened <= $7"

static const struct sql case_sql[STATEMENTS] = {
    [ITEM] = SCOPED((COLUMNS " WHERE i.number = $5 AND " SEEN)),
    [ITEMS] = SCOPED(
        (COLUMNS " WHERE " SEEN " AND (i.kind = $5 OR CAST($5 AS BIGINT) = 0) AND ($6 = '' OR i.state = $6) AND o.lo >= $7 AND o.lo < $8"
         " AND (CAST($9 AS BIGINT) = 0 OR i.ended IS NULL) AND (CAST($10 AS BIGINT) = 0 OR i.opener = $4 OR i.owner = $4 OR i.person = $4)"
         " AND (CAST($11 AS BIGINT) = 0 OR (i.ended IS NULL AND i.due < $12)) ORDER BY coalesce(i.due, 99999999), i.id"
         " LIMIT CAST($13 AS BIGINT)")),
    [ITEMS_AFTER] = SCOPED(
        (COLUMNS " WHERE " SEEN " AND i.kind = $5 AND o.lo >= $6 AND o.lo < $7 AND i.id > $8 ORDER BY i.id"
         " LIMIT CAST($9 AS BIGINT)")),
    [ITEM_ADD] = OPEN(ONE,
        ("INSERT INTO case_item (number, kind, org, state, entered, due, title, opened, opener, owner, person, respondent,"
         " round, edition, clause, class, shared, ended) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
         " $14, $15, $16, $17, $18) RETURNING id")),
    [ITEM_MOVE] = OPEN(ONE,
        ("UPDATE case_item SET state = $2, entered = $3, due = $4, class = $5, shared = $6, ended = $7 WHERE id = $1")),
    [ITEM_OWN] = OPEN(ONE, ("UPDATE case_item SET owner = $2 WHERE id = $1")),
    [COUNTER] = SQL(("INSERT INTO case_counter (series, last) VALUES ($1, 1)"
                     " ON CONFLICT (series) DO UPDATE SET last = case_counter.last + 1 RETURNING last")),
    [VALUES] = OPEN(ONE, ("SELECT item, field, value FROM case_value WHERE item = $1")),
    [VALUE_PUT] = OPEN(ONE,
        ("INSERT INTO case_value (item, field, value) VALUES ($1, $2, $3)"
         " ON CONFLICT (item, field) DO UPDATE SET value = excluded.value")),
    [EVENT_ADD] = OPEN(ONE,
        ("INSERT INTO case_event (item, at, person, by_whom, step, was, became, text)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")),
    [EVENTS] = OPEN(ONE,
        ("SELECT e.at, coalesce(p.id, 0), coalesce(p.code, ''), coalesce(p.name_ja, ''), coalesce(p.name_en, ''),"
         " e.by_whom, e.step, e.was, e.became, e.text FROM case_event e LEFT JOIN person p ON p.id = e.person"
         " WHERE e.item = $1 ORDER BY e.id")),
    [OWN_STEPS] = OPEN(OWN,
        ("SELECT item, step FROM case_event WHERE item = $1 AND coalesce(person, 0) = $2 ORDER BY item")),
    [OWN_STEPS_OPEN] = OPEN(OWN,
        ("SELECT e.item, e.step FROM case_event e JOIN case_item i ON i.id = e.item"
         " WHERE e.person = $1 AND i.ended IS NULL ORDER BY e.item")),
    [ADOPTIONS] = OPEN("which bodies follow a practice that is shared with all is told to all",
        ("SELECT o.code, o.name_ja, o.name_en, a.text, a.at FROM case_adoption a JOIN org o ON o.id = a.org"
         " WHERE a.item = $1 ORDER BY o.lo")),
    [ADOPTION_NEAR] = OPEN("no body counts twice: neither above nor below one that follows the practice already",
        ("SELECT o.code FROM case_adoption a JOIN org o ON o.id = a.org WHERE a.item = $1"
         " AND ((o.lo >= $2 AND o.lo < $3) OR (o.lo <= $2 AND o.hi > $2)) ORDER BY o.lo LIMIT 1")),
    [ADOPTION_ADD] = OPEN(ONE,
        ("INSERT INTO case_adoption (item, org, at, by_whom, text) VALUES ($1, $2, $3, $4, $5)")),
    [PERSON] = SCOPED(
        ("SELECT p.id, p.code, p.name_ja, p.name_en FROM person p JOIN org o ON o.id = p.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND p.code = $3")),
    [PEOPLE] = SCOPED(
        ("SELECT p.id, p.code, p.name_ja, p.name_en FROM person p JOIN org o ON o.id = p.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND o.lo >= $3 AND o.lo < $4 AND (p.since IS NULL OR p.since <= $5)"
         " AND (p.until IS NULL OR p.until >= $5) ORDER BY o.lo, p.code LIMIT CAST($6 AS BIGINT)")),
    [RESPONDENT] = SCOPED(
        ("SELECT o.lo, coalesce(p.person, 0) FROM post p JOIN org o ON o.id = p.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND p.code = $3 UNION ALL"
         " SELECT o.lo, 0 FROM system s JOIN org o ON o.id = s.org WHERE o.lo >= $1 AND o.lo < $2 AND s.code = $3")),
    [BY_STATE] = SCOPED(
        ("SELECT i.kind, count(*), coalesce(sum(CASE WHEN i.ended IS NULL AND i.due < $8 THEN 1 ELSE 0 END), 0), i.state,"
         " '', '', '' FROM case_item i JOIN org o ON o.id = i.org" COUNTED " GROUP BY i.kind, i.state"
         " ORDER BY i.kind, i.state")),
    [BY_ORG] = SCOPED(
        ("SELECT i.kind, count(*), coalesce(sum(CASE WHEN i.ended IS NULL AND i.due < $8 THEN 1 ELSE 0 END), 0), '', o.code,"
         " o.name_ja, o.name_en FROM case_item i JOIN org o ON o.id = i.org" COUNTED
         " GROUP BY i.kind, o.lo, o.code, o.name_ja, o.name_en ORDER BY o.lo, i.kind")),
    [REACHED] = SCOPED(
        ("SELECT i.kind, count(DISTINCT i.id), 0, e.became, '', '', '' FROM case_item i JOIN org o ON o.id = i.org"
         " JOIN case_event e ON e.item = i.id" COUNTED " AND e.became <> '' AND CAST($8 AS BIGINT) >= 0 GROUP BY i.kind, e.became"
         " ORDER BY i.kind, e.became")),
    [ADOPTED] = SCOPED(
        ("SELECT i.kind, count(*), 0, '', '', '', '' FROM case_item i JOIN org o ON o.id = i.org"
         " JOIN case_adoption d ON d.item = i.id" COUNTED " AND CAST($8 AS BIGINT) >= 0 GROUP BY i.kind ORDER BY i.kind")),
    [ENDED] = SCOPED(
        ("SELECT i.kind, i.opened, i.ended FROM case_item i JOIN org o ON o.id = i.org" COUNTED
         " AND i.ended IS NOT NULL AND CAST($8 AS BIGINT) >= 0 ORDER BY i.kind, i.id")),
};

const struct sql_set case_sql_set = {"case", case_sql, STATEMENTS};

static enum err run(struct work *w, int statement, struct values v) { return store_run(w, &case_sql[statement], v); }

static struct value person_or_nil(int64_t id) { return int_or_nil(id, id != 0); }

#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &case_sql[statement], args, take, out, n)

/* ---- cases ---- */

static struct someone someone_at(struct work *w, struct rows *r, int at)
{
    return (struct someone){rows_int(r, at), rows_kept(w, r, at + 1), rows_kept(w, r, at + 2), rows_kept(w, r, at + 3)};
}

static void take_item(struct work *w, struct rows *r, void *to)
{
    *(struct item *)to = (struct item){
        .id = rows_int(r, 0), .kind = rows_int(r, 1), .org = rows_int(r, 2), .org_lo = rows_int(r, 3),
        .above_lo = rows_int(r, 4), .number = rows_kept(w, r, 5), .state = rows_kept(w, r, 6),
        .title = rows_kept(w, r, 7), .respondent = rows_kept(w, r, 8), .clause = rows_kept(w, r, 9),
        .class = rows_kept(w, r, 10), .org_code = rows_kept(w, r, 11), .org_ja = rows_kept(w, r, 12),
        .org_en = rows_kept(w, r, 13), .round = rows_kept(w, r, 14), .round_ja = rows_kept(w, r, 15),
        .round_en = rows_kept(w, r, 16), .edition = rows_kept(w, r, 17), .org_hi = rows_int(r, 18),
        .edition_id = rows_int(r, 19), .entered = rows_int(r, 20), .opened = rows_int(r, 21), .due = rows_int(r, 22),
        .has_due = !rows_null(r, 22), .ended = rows_int(r, 23), .has_ended = !rows_null(r, 23),
        .shared = rows_int(r, 24) != 0, .within = rows_int(r, 25) != 0, .opener = someone_at(w, r, 26),
        .owner = someone_at(w, r, 30), .about = someone_at(w, r, 34)};
}

enum err item_look(struct work *w, str number, struct item *out)
{
    struct item *all;
    size_t n;
    enum err e = GATHER(w, ITEM, ARGS(INT(w->actor->rights), INT(w->actor->person), TEXT(number)), take_item, &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    return OK;
}

enum err item_find(struct work *w, str number, struct item *out)
{
    enum err e = item_look(w, number, out);
    if (e != NOTFOUND) return e;
    return fault_in(w, NOTFOUND, ((struct where){.field = S("case")}),
                    M("there is no case '%1' that you may see: `meguri case list` shows those"), number);
}

enum err items_find(struct work *w, const struct item_filter *f, int64_t most, struct item **out, size_t *n)
{
    return GATHER(w, ITEMS,
                  ARGS(INT(w->actor->rights), INT(w->actor->person), INT(f->kind), TEXT(f->state), INT(f->lo), INT(f->hi),
                       INT(f->open), INT(f->mine), INT(f->overdue), INT(f->today), INT(most)),
                  take_item, out, n);
}

enum err items_after(struct work *w, const struct item_filter *f, int64_t after, int64_t most, struct item **out, size_t *n)
{
    return GATHER(w, ITEMS_AFTER,
                  ARGS(INT(w->actor->rights), INT(w->actor->person), INT(f->kind), INT(f->lo), INT(f->hi), INT(after),
                       INT(most)),
                  take_item, out, n);
}

enum err item_insert(struct work *w, const struct item *i, int64_t *id)
{
    return store_int(w, &case_sql[ITEM_ADD],
                     ARGS(TEXT(i->number), INT(i->kind), INT(i->org), TEXT(i->state), INT(i->entered),
                          int_or_nil(i->due, i->has_due), TEXT(i->title), INT(i->opened), person_or_nil(i->opener.id),
                          person_or_nil(i->owner.id), person_or_nil(i->about.id), TEXT(i->respondent),
                          TEXT(i->round), person_or_nil(i->edition_id), TEXT(i->clause), TEXT(i->class),
                          INT(i->shared), int_or_nil(i->ended, i->has_ended)), id);
}

enum err item_move(struct work *w, const struct item *i)
{
    return run(w, ITEM_MOVE, ARGS(INT(i->id), TEXT(i->state), INT(i->entered), int_or_nil(i->due, i->has_due),
                                  TEXT(i->class), INT(i->shared), int_or_nil(i->ended, i->has_ended)));
}

enum err item_own(struct work *w, int64_t item, int64_t owner)
{
    return run(w, ITEM_OWN, ARGS(INT(item), person_or_nil(owner)));
}

enum err counter_next(struct work *w, str series, int64_t *n)
{
    return store_int(w, &case_sql[COUNTER], ARGS(TEXT(series)), n);
}

/* ---- what stands in them ---- */

static void take_value(struct work *w, struct rows *r, void *to)
{
    *(struct item_value *)to = (struct item_value){rows_int(r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2)};
}

enum err values_of(struct work *w, int64_t item, struct item_value **out, size_t *n)
{
    return GATHER(w, VALUES, ARGS(INT(item)), take_value, out, n);
}

enum err value_put(struct work *w, int64_t item, str field, str value)
{
    return run(w, VALUE_PUT, ARGS(INT(item), TEXT(field), TEXT(value)));
}

str value_in(const struct item_value *v, size_t n, str field)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(v[i].field, field)) return v[i].value;
    return (str){"", 0};
}

/* ---- what happened ---- */

enum err event_add(struct work *w, int64_t item, str step, str was, str became, str text)
{
    return run(w, EVENT_ADD, ARGS(INT(item), INT(w->now), person_or_nil(w->actor->person), TEXT(acting_person(w)),
                                  TEXT(step), TEXT(was), TEXT(became), TEXT(text)));
}

static void take_event(struct work *w, struct rows *r, void *to)
{
    *(struct event *)to = (struct event){.at = rows_int(r, 0), .by = someone_at(w, r, 1), .by_whom = rows_kept(w, r, 5),
                                         .step = rows_kept(w, r, 6), .was = rows_kept(w, r, 7),
                                         .became = rows_kept(w, r, 8), .text = rows_kept(w, r, 9)};
}

enum err events_of(struct work *w, int64_t item, struct event **out, size_t *n)
{
    return GATHER(w, EVENTS, ARGS(INT(item)), take_event, out, n);
}

static void take_own_step(struct work *w, struct rows *r, void *to)
{
    *(struct own_step *)to = (struct own_step){rows_int(r, 0), rows_kept(w, r, 1)};
}

enum err own_steps_load(struct work *w, int64_t item, struct own_steps *out)
{
    struct own_step *all;
    size_t n;
    int64_t person = w->actor->person;
    enum err e = item != 0 ? GATHER(w, OWN_STEPS, ARGS(INT(item), INT(person)), take_own_step, &all, &n)
                           : GATHER(w, OWN_STEPS_OPEN, ARGS(INT(person)), take_own_step, &all, &n);
    if (e == OK) *out = (struct own_steps){all, n};
    return e;
}

/* ---- who follows a practice ---- */

static void take_adopted(struct work *w, struct rows *r, void *to)
{
    *(struct adopted *)to = (struct adopted){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2),
                                             rows_kept(w, r, 3), rows_int(r, 4)};
}

enum err adoptions_of(struct work *w, int64_t item, struct adopted **out, size_t *n)
{
    return GATHER(w, ADOPTIONS, ARGS(INT(item)), take_adopted, out, n);
}

enum err adoption_near(struct work *w, int64_t item, const struct org *org, str *found)
{
    return store_text(w, &case_sql[ADOPTION_NEAR], ARGS(INT(item), INT(org->lo), INT(org->hi)), found);
}

enum err adoption_add(struct work *w, int64_t item, int64_t org, str text)
{
    return run(w, ADOPTION_ADD, ARGS(INT(item), INT(org), INT(w->now), TEXT(acting_person(w)), TEXT(text)));
}

/* ---- whom and what a case is about ---- */

enum err person_find(struct work *w, str code, struct someone *out)
{
    struct rows *r;
    enum err e = store_rows(w, &case_sql[PERSON], ARGS(TEXT(code)), &r);
    if (e != OK) return e;
    bool is = rows_next(r);
    struct someone found = is ? someone_at(w, r, 0) : (struct someone){0};
    if ((e = rows_done(r)) != OK) return e;
    if (!is) return NOTFOUND;
    *out = found;
    return OK;
}

static void take_someone(struct work *w, struct rows *r, void *to) { *(struct someone *)to = someone_at(w, r, 0); }

enum err people_of(struct work *w, int64_t lo, int64_t hi, int64_t most, struct someone **out, size_t *n)
{
    return GATHER(w, PEOPLE, ARGS(INT(lo), INT(hi), INT(today(w)), INT(most + 1)), take_someone, out, n);
}

enum err respondent_look(struct work *w, str code, int64_t *org_lo, int64_t *person)
{
    struct rows *r;
    enum err e = store_rows(w, &case_sql[RESPONDENT], ARGS(TEXT(code)), &r);
    if (e != OK) return e;
    bool is = rows_next(r);
    int64_t lo = is ? rows_int(r, 0) : 0, whose = is ? rows_int(r, 1) : 0;
    if ((e = rows_done(r)) != OK) return e;
    if (!is) return NOTFOUND;
    *org_lo = lo;
    *person = whose;
    return OK;
}

/* ---- counts ---- */

static void take_count(struct work *w, struct rows *r, void *to)
{
    *(struct count *)to = (struct count){.kind = rows_int(r, 0), .n = rows_int(r, 1), .overdue = rows_int(r, 2),
                                         .state = rows_kept(w, r, 3), .org = rows_kept(w, r, 4),
                                         .ja = rows_kept(w, r, 5), .en = rows_kept(w, r, 6)};
}

#define SPAN(s)                                                                                                        \
    ARGS(INT((s)->lo), INT((s)->hi), INT((s)->kind), INT((s)->since), INT((s)->until), INT((s)->today))

enum err count_states(struct work *w, const struct span_asked *s, struct count **out, size_t *n)
{
    return GATHER(w, BY_STATE, SPAN(s), take_count, out, n);
}

enum err count_orgs(struct work *w, const struct span_asked *s, struct count **out, size_t *n)
{
    return GATHER(w, BY_ORG, SPAN(s), take_count, out, n);
}

enum err count_reached(struct work *w, const struct span_asked *s, struct count **out, size_t *n)
{
    return GATHER(w, REACHED, SPAN(s), take_count, out, n);
}

enum err count_adoptions(struct work *w, const struct span_asked *s, struct count **out, size_t *n)
{
    return GATHER(w, ADOPTED, SPAN(s), take_count, out, n);
}

static void take_lasted(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct lasted *)to = (struct lasted){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2)};
}

enum err ended_all(struct work *w, const struct span_asked *s, struct lasted **out, size_t *n)
{
    return GATHER(w, ENDED, SPAN(s), take_lasted, out, n);
}
