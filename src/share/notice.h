/* A notice as it stands in the store, and how a reader stands to it. notice_store.c; shared by all files of the room. */
#ifndef MEGURI_SHARE_NOTICE_H
#define MEGURI_SHARE_NOTICE_H

#include "share/leave.h"
#include "share/party.h"

enum {
    NOTICE_TITLE_MAX = 200, NOTICE_TEXT_MAX = 20000, ADDED_TEXT_MAX = 4000, /* bytes */
    REFERENCES_PER_NOTICE = 50, ATTACHMENTS_PER_NOTICE = 10, ATTACHMENT_BYTES_MAX = 8 << 20,
    ADDRESSEES_MAX = 50000
};
struct notice {
    int64_t id, issuer, supersedes, report; /* row ids; supersedes, report 0: none */
    str code, uuid;                          /* "N-2026-0007", of a drill "D-2026-0002" */
    str issuer_code, issuer_ja, issuer_en;
    bool drill;
    str kind;    /* prevention containment recurrence */
    str urgency; /* emergency important ordinary */
    str state;   /* draft sent recalled superseded discarded (a draft that was given up: its number stays taken) */
    struct marking marking;
    str title, text, measure; /* measure: the countermeasure */
    str to;                   /* the words of the address, parted by blanks */
    bool direct;
    int64_t within;  /* minutes each tier has to confirm */
    int64_t embargo; /* not public before; 0: none */
    int64_t made, sent, recalled; /* times; 0: not yet */
    str made_by, sent_by, recalled_by, recall_reason;
    int64_t revision;
};
struct notice_reference {
    str kind, value; /* cve jvn product url */
};
struct attachment {
    str name, sha256, media;
    int64_t size;
};
/* Which letters were written for it: by the clock (letters.c), never by who sends, so that nobody waits for them. */
enum told { TOLD_NOT, TOLD_NEW, TOLD_REMINDED, TOLD_DEPUTIES, TOLD_ABOVE, TOLD_RECALL_DUE /* entered by a recall */, TOLD_RECALL };
/* One addressee. */
struct delivery {
    int64_t id, notice, parent, org; /* parent: the delivery of who passes it on; 0: from the issuer */
    str org_code, org_ja, org_en;
    enum tier tier;
    enum ack ack;
    bool late;
    int64_t sent, due, opened, confirmed, changed; /* times; 0: not yet */
    enum channel channel;
    str by_whom, spoke_to, note;
    enum told told;
    enum cause cause;
    /* as the one who passes on */
    int64_t passed; /* 0: not yet */
    str passed_by, added;
    struct marking marking, passed_as; /* as it came to the addressee; as it goes on to those below, never wider */
};
/* How the party stands to a notice. */
enum standing { STANDS_ISSUER, STANDS_ADDRESSEE, STANDS_PASSER /* and addressee */ };

/* By its code, for that party: issuer of it, or addressee to whom it was sent (not: waiting, withheld). NOTFOUND with
 * the same fault whether it is absent or not theirs. delivery: the party's own; id 0 for the issuer. */
enum err notice_find(struct work *, const struct party *, str code, struct notice *out, struct delivery *own,
                     enum standing *) MUST_USE;
enum err notice_by_id(struct work *, int64_t id, struct notice *out) MUST_USE; /* for what runs by itself */
/* What reaches the party: the text, then what each tier above added, from the top. */
struct added {
    str org_code, org_ja, org_en, text;
    int64_t at;
};
enum err notice_added(struct work *, const struct delivery *own, struct added **out, size_t *n) MUST_USE;
enum err notice_references(struct work *, int64_t notice, struct notice_reference **out, size_t *n) MUST_USE;
enum err notice_attachments(struct work *, int64_t notice, struct attachment **out, size_t *n) MUST_USE;
/* May the acting person see its text: its issuer always; an addressee as leave_may says, and TLP:RED only who is named
 * among the addressee's contacts (the owner of the database acts as any of them). */
enum err notice_sight(struct work *, const struct party *, const struct notice *, const struct delivery *own,
                      enum standing, enum leave_verdict *out) MUST_USE;
/* Is the acting person one to whom the party's notices marked TLP:RED are shown? For lists, which ask once. */
enum err notice_named(struct work *, const struct party *, bool *out) MUST_USE;
struct leaving notice_leaving(const struct work *, const struct notice *, struct marking, bool consented);
/* Does a consent to this very text stand, where one is needed? (share_consent, digest) */
enum err notice_consented(struct work *, const struct notice *, bool *out) MUST_USE;
/* SHA-256, hex, over title, text, measure, references, names and hashes of attachments and marking, each with its
 * length before it: what an operator consents to, and what a confirmation confirms. References and attachments in the
 * order in which they are read. */
str notice_digest(struct arena *, const struct notice *, const struct notice_reference *, size_t,
                  const struct attachment *, size_t);

#endif
