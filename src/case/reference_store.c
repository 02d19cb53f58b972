#include "case/reference_store.h"

enum { ADD, OF, NAMING, ROUND, SURVEY, MEETING, ORG, CLAUSE, EDITION, STATEMENTS };

#define TOLD "that a round was held, and its title, is told to all"
#define ONE "of one case, that whoever asks has found to be within the actor's sight"

static const struct sql reference_sql[STATEMENTS] = {
    /* A measure that was struck out and made again may have the number it had. */
    [ADD] = OPEN(ONE, ("INSERT INTO case_reference (item, relation, ord, target) VALUES ($1, $2, $3, $4)"
                       " ON CONFLICT (item, relation, target) DO UPDATE SET ord = excluded.ord")),
    [OF] = OPEN(ONE, ("SELECT target FROM case_reference WHERE item = $1 AND relation = $2 ORDER BY ord")),
    [NAMING] = OPEN("numbers alone, each of which is looked up within the actor's sight before anything is told of it",
                    ("SELECT i.number FROM case_reference r JOIN case_item i ON i.id = r.item WHERE r.relation = $1"
                     " AND r.target = $2 ORDER BY i.id")),
    [ROUND] = OPEN(TOLD, ("SELECT title_ja, title_en, '', '' FROM round WHERE code = $1")),
    [SURVEY] = SCOPED(
        ("SELECT s.title_ja, s.title_en, '', '' FROM survey s JOIN org o ON o.id = s.frame"
         " WHERE s.code = $3 AND ((o.lo >= $1 AND o.lo < $2) OR (o.lo <= $1 AND o.hi > $1))")),
    [MEETING] = SQL(("SELECT title_ja, title_en, '', '' FROM meeting WHERE code = $1")),
    [ORG] = SCOPED(
        ("SELECT o.name_ja, o.name_en, '', '' FROM org o WHERE o.lo >= $1 AND o.lo < $2 AND o.code = $3")),
    [CLAUSE] = SQL(("SELECT e.title_ja, e.title_en, c.text_ja, c.text_en FROM clause c"
                    " JOIN edition e ON e.id = c.edition WHERE e.code = $1 AND c.number = $2")),
    [EDITION] = SQL(("SELECT title_ja, title_en, '', '' FROM edition WHERE code = $1")),
};

const struct sql_set reference_sql_set = {"case (references)", reference_sql, STATEMENTS};

static str word(enum relation r) { return r == RELATION_FROM ? S("from") : S("into"); }

enum err reference_add(struct work *w, int64_t item, enum relation r, int64_t ord, str target)
{
    return store_run(w, &reference_sql[ADD], ARGS(INT(item), TEXT(word(r)), INT(ord), TEXT(target)));
}

static void take_text(struct work *w, struct rows *r, void *to) { *(str *)to = rows_kept(w, r, 0); }

enum err references_of(struct work *w, int64_t item, enum relation r, str **out, size_t *n)
{
    return STORE_GATHER(w, &reference_sql[OF], ARGS(INT(item), TEXT(word(r))), take_text, out, n);
}

enum err items_naming(struct work *w, enum relation r, str target, str **out, size_t *n)
{
    return STORE_GATHER(w, &reference_sql[NAMING], ARGS(TEXT(word(r)), TEXT(target)), take_text, out, n);
}

static enum err named_one(struct work *w, int statement, struct values v, struct named_thing *out)
{
    struct rows *r;
    enum err e = store_rows(w, &reference_sql[statement], v, &r);
    if (e != OK) return e;
    bool is = rows_next(r);
    struct named_thing found = {0};
    if (is)
        found = (struct named_thing){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3)};
    if ((e = rows_done(r)) != OK) return e;
    if (!is) return NOTFOUND;
    *out = found;
    return OK;
}

enum err round_named(struct work *w, str code, struct named_thing *out)
{
    return named_one(w, ROUND, ARGS(TEXT(code)), out);
}

enum err survey_named(struct work *w, str code, struct named_thing *out)
{
    return named_one(w, SURVEY, ARGS(TEXT(code)), out);
}

enum err meeting_named(struct work *w, str code, struct named_thing *out)
{
    return named_one(w, MEETING, ARGS(TEXT(code)), out);
}

enum err org_named(struct work *w, str code, struct named_thing *out)
{
    return named_one(w, ORG, ARGS(TEXT(code)), out);
}

enum err clause_named(struct work *w, str edition, str number, struct named_thing *out)
{
    return named_one(w, CLAUSE, ARGS(TEXT(edition), TEXT(number)), out);
}

enum err standard_named(struct work *w, str edition, struct named_thing *out)
{
    return named_one(w, EDITION, ARGS(TEXT(edition)), out);
}
