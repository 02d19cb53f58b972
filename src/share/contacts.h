/* Who is rung up or written to for an organisation: the contact, then its deputies. Seen by the organisation itself, whoever stands above it and the
 * centre; never by others of its sector. contacts_store.c. */
#ifndef MEGURI_SHARE_CONTACTS_H
#define MEGURI_SHARE_CONTACTS_H

#include "share/party.h"

enum {
    CONTACT_STALE_DAYS = 90, /* after so many days without a word that it is right, a contact is stale; one never confirmed is from the beginning */
    CONTACTS_MAX = 20,       /* of an organisation */
    CONTACT_NAME_MAX = 200, CONTACT_MAIL_MAX = 254, CONTACT_PHONE_MAX = 40, CONTACT_CLOSED_MAX = 254, CONTACT_HOURS_MAX = 200,
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

#endif
