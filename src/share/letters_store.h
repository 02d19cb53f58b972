/* SQL of letters: what is due to be told, whom to write to, and what was told; links that confirm. For what runs by
 * itself. */
#ifndef MEGURI_SHARE_LETTERS_STORE_H
#define MEGURI_SHARE_LETTERS_STORE_H

#include "share/notice.h"

extern const struct sql_set letters_sql_set;

/* ---- deliveries ---- */
struct due_delivery {
    /* parent: 0 the issuer; from: whoever passed it on, or the issuer */
    int64_t id, notice, parent, org, from, sent, due;
    enum told told;
    enum ack ack;
    struct marking marking;
    str org_ja, org_en;
};
enum due_which { DUE_NEW, DUE_CLOCK, DUE_RECALL, DUE_WHICH };
/* At most `most` of those for which something is to be told now, or to be noted as told. */
enum err letters_due(struct work *, enum due_which, int64_t most, struct due_delivery **out, size_t *n) MUST_USE;
struct told_row {
    int64_t delivery;
    enum told told;
};
enum err told_put(struct work *, const struct told_row *, size_t n) MUST_USE;
/* Of all that one parent (0: the issuer) passed on and whose time for the tier above has come: the first names, and how
 * many. */
struct named {
    str ja, en;
};
enum err above_due(struct work *, int64_t notice, int64_t parent, size_t most, struct named **out, size_t *n,
                   int64_t *all) MUST_USE;
/* Notes that the tier above is written to now; *now false: it was since that time, and is not again. */
enum err above_written(struct work *, int64_t notice, int64_t parent, int64_t since, bool *now) MUST_USE;
enum err called_by_phone(struct work *, int64_t notice, bool *out) MUST_USE; /* a drill in which nobody is written to */

/* ---- whom ---- */
struct addressee_contact {
    int64_t ord;
    str name, mail, key, lang; /* lang: of the person, where it is one: ja en, or empty */
};
/* Those with a mail address, by ord. */
enum err mail_contacts(struct work *, int64_t org, struct addressee_contact **out, size_t *n) MUST_USE;

/* ---- links ---- */
struct new_confirm_link {
    str digest, contact, mail;
    int64_t delivery, until;
    bool sealed;
};
enum err confirm_links_add(struct work *, const struct new_confirm_link *, size_t n) MUST_USE;
struct confirm_link {
    int64_t delivery, notice, org, until, used; /* used 0: not yet */
    str contact;
    bool sealed, there; /* there: it is still one of the contacts */
};
enum err confirm_link_find(struct work *, str digest, struct confirm_link *out) MUST_USE; /* NOTFOUND without a fault */
enum err confirm_link_used(struct work *, str digest, bool *now) MUST_USE;                /* now: by this call */

/* ---- reports and consents ---- */
struct due_report {
    int64_t report, org;
    str code, role;
    bool drill, exceptional;
};
enum err reports_due(struct work *, int64_t most, struct due_report **out, size_t *n) MUST_USE;
enum err report_told(struct work *, const struct due_report *) MUST_USE;
struct due_consent {
    int64_t id, org, issuer; /* org: the operator's */
    str notice, report, issuer_ja, issuer_en;
    bool drill, open; /* open: no answer yet */
};
enum err consents_due(struct work *, int64_t most, struct due_consent **out, size_t *n) MUST_USE;
enum err consent_told(struct work *, int64_t id) MUST_USE;

#endif
