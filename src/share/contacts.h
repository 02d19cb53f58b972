/* Who is rung up or written to for an organisation: the contact, then its deputies. Seen by the organisation itself,
 * whoever stands above it and the centre; never by others of its sector. contacts_store.c. */
#ifndef MEGURI_SHARE_CONTACTS_H
#define MEGURI_SHARE_CONTACTS_H

#include "share/party.h"

enum {
    /* after so many days without a word that it is right, a contact is stale; one never confirmed is from the beginning */
    CONTACT_STALE_DAYS = 90,
    CONTACTS_MAX = 20,       /* of an organisation */
    CONTACT_NAME_MAX = 200, CONTACT_MAIL_MAX = 254, CONTACT_PHONE_MAX = 40, CONTACT_CLOSED_MAX = 254,
    CONTACT_HOURS_MAX = 200,
    CONTACT_KEY_MAX = 64 * 1024,
};

struct contact {
    int64_t id, org;
    int64_t ord; /* 1: the contact; 2 …: deputies */
    str name;    /* a desk or a person */
    str person;  /* code, where it is one of the registry's people; else empty */
    str mail, phone, fax, closed; /* may be empty, but not all; closed: address in a closed network */
    bool around; /* reached around the clock; else: */
    str hours;
    str key, key_print; /* OpenPGP certificate, armoured, and its fingerprint in hex; empty: none */
    int64_t confirmed;  /* a time; 0: never */
    str confirmed_by;
    int64_t revision;
};
bool contact_stale(const struct contact *, int64_t now);

/* Of an organisation, by ord, for whoever has found that organisation (letters, whoever stands above it). */
enum err contacts_of(struct work *, int64_t org, struct contact **out, size_t *n) MUST_USE;
/* How many of the party's own are stale; where it has none at all: 1, since nobody would be reached. */
enum err contacts_stale(struct work *, const struct party *, int64_t *n) MUST_USE;

/* Of all bodies together, in official order, for lists that name no person. */
struct contacts_told {
    int64_t lo, n, stale; /* stale: of n, as of now */
    int64_t oldest;       /* when the longest unconfirmed was confirmed; 0: one never was */
    bool around;          /* one is reached around the clock */
};
enum err contacts_told(struct work *, struct contacts_told **out, size_t *n) MUST_USE;

/* By its organisation and ord: what stands, or an empty one (id 0) of that ord. */
enum err contact_find(struct work *, int64_t org, int64_t ord, struct contact *out) MUST_USE;
/* person: code of one of the registry's people, or empty. revision is raised by it. */
enum err contact_put(struct work *, const struct contact *) MUST_USE;
enum err contact_drop(struct work *, int64_t org, int64_t ord) MUST_USE; /* those behind it move up */
enum err contacts_mark(struct work *, int64_t org, int64_t *n) MUST_USE; /* all of them are right, says who acts */
/* The texts of a contact, by name, in the order of forms and files. */
struct contact_field {
    const char *key;
    size_t at; /* offset of its str in struct contact */
    int64_t max;
    str label; /* message id */
};
enum { CONTACT_FIELDS = 8 };
extern const struct contact_field contact_fields[CONTACT_FIELDS];
static inline str *contact_text(struct contact *c, const struct contact_field *f)
{
    return (str *)(void *)((char *)c + f->at);
}
/* Notes a fault at `where` (of a form: its field) for a text that is not one of such; false when it did. */
bool contact_value(struct work *, const struct contact_field *, str given, struct where, struct contact *);
struct doc;
/* The form of one contact, filled in; org empty: one's own. */
void contact_form(struct doc *, struct contact *, int64_t revision, str org);
/* A name, and one way at least to reach it. */
bool contact_whole(struct work *, const struct contact *, struct where);

#endif
