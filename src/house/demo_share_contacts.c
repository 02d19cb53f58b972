/* Contacts of all who take part: each that signs in entered its own, some of them long ago; of the others their CEPTOAR's office did. */
#include "base/clock.h"
#include "format/csv.h"
#include "house/demo_share.h"
#include "house/house_store.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))
enum { STALE_EVERY = 9, ALONE_EVERY = 7 }; /* one of so many was not confirmed for long; has no deputy */

static void contact_row(struct buf *csv, const char *org, int ord, int number, bool around)
{
    buf_fmt(csv, "%s,%d,%s" INVENTED ",%s-%d" DEMO_MAIL ",0000-%02d-%04d,%s,%s\r\n", org, ord, ord == 1 ? "情報共有窓口" : "副担当", org, ord, ord, number,
            around ? "1" : "0", around ? "" : "平日9時から18時まで");
}

/* With a deputy but for some. number: makes telephone numbers that nobody has. */
static void contact_rows(struct buf *csv, const char *org, int number)
{
    contact_row(csv, org, 1, number, number % 3 != 0);
    if (number % ALONE_EVERY != 0) contact_row(csv, org, 2, number, false);
}

/* A file of somebody's, so many days before the load. */
static enum err filed(struct work *w, const char *duty, const char *org, int64_t days_ago, const char *entry, const struct buf *csv)
{
    const struct given file = {.name = S("file"), .text = S("share.csv"), .file = demo_file(w, S("share.csv"), buf_str(csv))};
    return demo_at(w, w->now - days_ago * DAY, duty, org, entry, &file, 1);
}

static int64_t days_since(int number) { return number % STALE_EVERY == 0 ? 120 + number % 60 : 3 + number % 70; }
static const char head[] = "org,ord,name,mail,phone,around,hours\r\n";

/* What an organisation says of itself is confirmed by that. */
static enum err own(struct work *w, const char *org, const char *duty, int number)
{
    struct buf csv = buf_in(w->a);
    buf_add(&csv, str_of(head));
    contact_rows(&csv, org, number);
    return filed(w, duty, org, days_since(number), "contacts-import", &csv);
}

/* ---- operators ---- */

/* Members that do not sign in: their office says so, enters their contacts, and asks them by telephone whether these are right. */
struct silent {
    struct buf bodies, contacts;
    const char *org[64];
    size_t n;
};

static enum err silent_members(struct work *w, const char *office, const struct silent *x)
{
    enum err e = filed(w, "sharing-officer", office, 0, "bodies-import", &x->bodies);
    if (e == OK) e = filed(w, "sharing-officer", office, 90, "contacts-import", &x->contacts);
    for (size_t i = 0; e == OK && i < x->n; i++) {
        if (i % 4 == 3) continue; /* nobody answered */
        e = AT(w, w->now - (int64_t)(2 + i * 5) * DAY, "sharing-officer", office, "contacts-confirm", GIVEN("org", str_of(x->org[i])));
    }
    return e;
}

static enum err members(struct work *w, const struct demo_sector *s, int first)
{
    struct silent x = {.bodies = buf_in(w->a), .contacts = buf_in(w->a)};
    struct demo_person who;
    enum err e = OK;
    buf_add(&x.bodies, S("org,signs_in\r\n"));
    buf_add(&x.contacts, str_of(head));
    for (int i = 1; e == OK && i <= s->operators; i++) {
        const char *org = demo_operator(w, s, i);
        e = demo_person(w, str_of(org), S("sharing-officer"), &who);
        if (e == OK) e = own(w, org, "sharing-officer", first + i);
        else if (e == NOTFOUND) {
            e = OK;
            x.org[x.n++] = org;
            buf_fmt(&x.bodies, "%s,0\r\n", org);
            contact_rows(&x.contacts, org, first + i);
        }
    }
    return e == OK ? silent_members(w, demo_office(w, s), &x) : e;
}

enum err demo_share_contacts(struct work *w)
{
    static const char *const others[][2] = {
        {"di-centre", "centre-officer"}, {"di-council", "sharing-officer"}, {"hei", "sharing-officer"}, {"otsu", "sharing-officer"}, {"tei", "sharing-officer"}};
    enum err e = OK;
    int number = 1;
    for (size_t i = 0; e == OK && i < COUNT(others); i++) e = own(w, others[i][0], others[i][1], number++);
    for (size_t i = 0; e == OK && i < DEMO_SECTORS; i++) e = own(w, demo_office(w, &demo_sectors[i]), "sharing-officer", number++);
    for (size_t i = 0; e == OK && i < DEMO_SECTORS; i++) {
        e = members(w, &demo_sectors[i], number);
        number += demo_sectors[i].operators;
    }
    return e;
}
