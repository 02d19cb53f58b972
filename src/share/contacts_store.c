#include "share/contacts_store.h"

enum { OF, STALE, STATEMENTS };

static const struct sql statements[STATEMENTS] = {
    [OF] = OPEN("of the party, or of one it stands above",
                "SELECT c.id, c.org, c.ord, c.name, p.code, c.mail, c.phone, c.fax, c.closed, c.around, c.hours, c.key, c.key_print, c.confirmed,"
                " c.confirmed_by, c.revision FROM share_contact c LEFT JOIN person p ON p.id = c.person WHERE c.org = $1 ORDER BY c.ord"),
    [STALE] = OPEN("of the party", "SELECT CASE WHEN count(*) = 0 THEN 1 ELSE count(*) FILTER (WHERE c.confirmed IS NULL OR c.confirmed < $2) END"
                                   " FROM share_contact c WHERE c.org = $1"),
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

bool contact_stale(const struct contact *c, int64_t now) { return c->confirmed == 0 || c->confirmed < now - (int64_t)CONTACT_STALE_DAYS * DAY; }

enum err contacts_stale(struct work *w, const struct party *p, int64_t *n)
{
    return store_int(w, &statements[STALE], ARGS(INT(p->org), INT(w->now - (int64_t)CONTACT_STALE_DAYS * DAY)), n);
}
