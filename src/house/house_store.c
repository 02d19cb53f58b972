#include "house/house_store.h"

enum { BACK, DEMO_PERSON, N_SQL };
static const struct sql house_sql[N_SQL] = {
    [BACK] = OPEN_STREAM("its reader leaves out lines of places the actor does not reach",
                         "SELECT seq, line FROM journal ORDER BY seq DESC"),
    [DEMO_PERSON] = OPEN("invented people, whom everyone may choose to look at the demonstration as",
                         "SELECT n.code, n.name_ja, n.name_en, p.code, p.duty, o.code, o.name_ja, o.name_en,"
                         " d.name_ja, d.name_en FROM post p JOIN org o ON o.id = p.org JOIN duty d ON d.code = p.duty"
                         " JOIN person n ON n.id = p.person"
                         " WHERE o.code = $1 AND p.duty = $2 AND n.mail = n.code || '" DEMO_MAIL "'"
                         " ORDER BY p.code LIMIT 1"),
};
const struct sql_set house_sql_set = {"house", house_sql, N_SQL};

enum err journal_back(struct work *w, journal_line_fn *each, void *with)
{
    struct rows *r;
    enum err err = store_rows(w, &house_sql[BACK], NOARGS, &r);
    if (err != OK) return err;
    while (rows_next(r))
        if (!each(with, rows_int(r, 0), rows_text(r, 1))) break;
    return rows_done(r);
}

enum err demo_person(struct work *w, str org, str duty, struct demo_person *out)
{
    struct rows *r;
    enum err e = store_rows(w, &house_sql[DEMO_PERSON], ARGS(TEXT(org), TEXT(duty)), &r);
    if (e != OK) return e;
    struct demo_person p = {0};
    str *const to[] = {&p.code, &p.name_ja, &p.name_en, &p.post, &p.duty, &p.org, &p.org_ja, &p.org_en,
                       &p.duty_ja, &p.duty_en};
    bool is = rows_next(r);
    for (size_t i = 0; is && i < sizeof to / sizeof *to; i++) *to[i] = str_dup(w->a, rows_text(r, (int)i));
    if ((e = rows_done(r)) != OK) return e;
    if (!is) return NOTFOUND;
    *out = p;
    return OK;
}
