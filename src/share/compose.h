/* Drafts of notices: written, previewed, sent, updated, recalled. */
#ifndef MEGURI_SHARE_COMPOSE_H
#define MEGURI_SHARE_COMPOSE_H

#include "share/notice.h"

/* What a new draft says; whoever makes one (a person, a report, a file of another system) goes through here. Limits: notice.h. */
struct draft {
    str kind, urgency, title, text, measure, to;
    struct marking marking;
    bool drill, direct;
    int64_t within, embargo, supersedes, report; /* within 0: by its urgency (60, 240, 1440 minutes) */
    const struct notice_reference *reference;
    size_t n_references;
};
enum err draft_make(struct work *, const struct party *issuer, const struct draft *, struct notice *out) MUST_USE;
/* Sends a draft: asks for consent where it was made of a report, plans whom it reaches, makes the deliveries. Every way of sending. */
enum err draft_send(struct work *, const struct party *issuer, struct notice *) MUST_USE;

#endif
