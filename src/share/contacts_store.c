#include "share/contacts_store.h"

enum { OF, STALE, TOLD, PERSON, PUT, REMOVE, UP_OUT, UP_IN, MARK, STATEMENTS };

#define OWN "of the party, or of one it stands next above"
#define COLUMNS                                                                                                                                     \
    "c.id, c.org, c.ord, c.name, p.code, c.mail, c.phone, c.fax, c.closed, c.around, c.hours, c.key, c.key_print, c.confirmed, c.confirmed_by,"     \
    " c.revision FROM share_contact c LEFT JOIN person p ON p.id = c.person"

static const struct sql statements[STATEMENTS] = {
    [OF] = OPEN(OWN, "SELECT " COLUMNS " WHERE c.org = $1 ORDER BY c.ord"),
    [STALE] = OPEN(
        "of the party: how many, no names",
        ("SELECT CASE WHEN count(*) = 0 THEN 1 ELSE count(*) FILTER (WHERE c.confirmed IS NULL OR c.confirmed < $2) END"
         " FROM share_contact c WHERE c.org = $1")),
    [TOLD] =
        OPEN("counts and times, no names: the map shows them of every body, and who stands above sees whose are stale",
             ("SELECT o.lo, count(*), count(*) FILTER (WHERE c.confirmed IS NULL OR c.confirmed < $1),"
              " CASE WHEN count(c.confirmed) < count(*) THEN 0 ELSE min(c.confirmed) END, max(c.around)"
              " FROM share_contact c JOIN org o ON o.id = c.org GROUP BY o.lo ORDER BY o.lo")),
    [PERSON] = OPEN("the person of a contact stands at the organisation itself",
                    ("SELECT p.id FROM person p JOIN org o ON o.id = p.org JOIN org at ON at.id = $2"
                     " WHERE p.code = $1 AND o.lo >= at.lo AND o.lo < at.hi")),
    [PUT] = OPEN(
        OWN,
        ("INSERT INTO share_contact (org, ord, name, person, mail, phone, fax, closed, around, hours, key, key_print,"
         " confirmed,"
         " confirmed_by, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)"
         " ON CONFLICT (org, ord)"
         " DO UPDATE SET name = excluded.name, person = excluded.person, mail = excluded.mail, phone = excluded.phone,"
         " fax = excluded.fax, closed = excluded.closed, around = excluded.around, hours = excluded.hours,"
         " key = excluded.key,"
         " key_print = excluded.key_print, confirmed = excluded.confirmed, confirmed_by = excluded.confirmed_by,"
         " revision = share_contact.revision + 1")),
    [REMOVE] = OPEN(OWN, "DELETE FROM share_contact WHERE org = $1 AND ord = $2"),
    /* Numbers are unique, so those behind step aside first. */
    [UP_OUT] = OPEN(OWN, "UPDATE share_contact SET ord = -ord WHERE org = $1 AND ord > $2"),
    [UP_IN] = OPEN(OWN, "UPDATE share_contact SET ord = -ord - 1 WHERE org = $1 AND ord < 0"),
    [MARK] = OPEN(OWN, "UPDATE share_contact SET confirmed = $2, confirmed_by = $3 WHERE org = $1"),
};
const struct sql_set contacts_sql_set = {"contacts", statements, STATEMENTS};

static void take_contact(struct work *w, struct rows *r, void *to)
{
    *(struct contact *)to = (struct contact){.id = rows_int(r, 0),
                                             .org = rows_int(r, 1),
                                             .ord = rows_int(r, 2),
                                             .name = rows_kept(w, r, 3),
                                             .person = rows_kept(w, r, 4),
                                             .mail = rows_kept(w, r, 5),
                                             .phone = rows_kept(w, r, 6),
                                             .fax = rows_kept(w, r, 7),
                                             .closed = rows_kept(w, r, 8),
                                             .around = rows_int(r, 9) != 0,
                                             .hours = rows_kept(w, r, 10),
                                             .key = rows_kept(w, r, 11),
                                             .key_print = rows_kept(w, r, 12),
                                             .confirmed = rows_int(r, 13),
                                             .confirmed_by = rows_kept(w, r, 14),
                                             .revision = rows_int(r, 15)};
}

enum err contacts_of(struct work *w, int64_t org, struct contact **out, size_t *n)
{
    return STORE_GATHER(w, &statements[OF], ARGS(INT(org)), take_contact, out, n);
}

/* What was confirmed before that is stale. */
static int64_t stale_before(int64_t now) { return now - (int64_t)CONTACT_STALE_DAYS * DAY; }

bool contact_stale(const struct contact *c, int64_t now)
{
    return c->confirmed == 0 || c->confirmed < stale_before(now);
}

enum err contacts_stale(struct work *w, const struct party *p, int64_t *n)
{
    return store_int(w, &statements[STALE], ARGS(INT(p->org), INT(stale_before(w->now))), n);
}

static void take_told(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct contacts_told *)to = (struct contacts_told){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2), rows_int(r, 3), rows_int(r, 4) != 0};
}

enum err contacts_told(struct work *w, struct contacts_told **out, size_t *n)
{
    return STORE_GATHER(w, &statements[TOLD], ARGS(INT(stale_before(w->now))), take_told, out, n);
}

enum err contact_find(struct work *w, int64_t org, int64_t ord, struct contact *out)
{
    struct contact *all;
    size_t n;
    enum err e = contacts_of(w, org, &all, &n);
    if (e != OK) return e;
    *out = (struct contact){.org = org, .ord = ord};
    for (size_t i = 0; i < n; i++)
        if (all[i].ord == ord) *out = all[i];
    return OK;
}

enum err contact_put(struct work *w, const struct contact *c)
{
    int64_t person = 0;
    enum err e = c->person.n == 0 ? OK : store_int(w, &statements[PERSON], ARGS(TEXT(c->person), INT(c->org)), &person);
    if (e == NOTFOUND)
        return fault_in(w, NOTFOUND, (struct where){.field = S("person")}, M("no person '%1' at that organisation"),
                        c->person);
    if (e != OK) return e;
    return store_run(w, &statements[PUT],
                     ARGS(INT(c->org), INT(c->ord), TEXT(c->name), int_or_nil(person, person != 0), TEXT(c->mail),
                          TEXT(c->phone), TEXT(c->fax), TEXT(c->closed), INT(c->around), TEXT(c->hours), TEXT(c->key),
                          TEXT(c->key_print), int_or_nil(c->confirmed, c->confirmed != 0), TEXT(c->confirmed_by)));
}

enum err contact_drop(struct work *w, int64_t org, int64_t ord)
{
    enum err e = store_run(w, &statements[REMOVE], ARGS(INT(org), INT(ord)));
    if (e == OK) e = store_run(w, &statements[UP_OUT], ARGS(INT(org), INT(ord)));
    return e == OK ? store_run(w, &statements[UP_IN], ARGS(INT(org))) : e;
}

enum err contacts_mark(struct work *w, int64_t org, int64_t *n)
{
    return store_run_count(w, &statements[MARK], ARGS(INT(org), INT(w->now), TEXT(acting_person(w))), n);
}
