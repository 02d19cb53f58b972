/* Drafts of notices: written, previewed, sent, updated, recalled. */
#ifndef MEGURI_SHARE_COMPOSE_H
#define MEGURI_SHARE_COMPOSE_H

#include "share/notice.h"
#include "share/route.h"

/* What a new draft says; whoever makes one (a person, a report, a file of another system) goes through here. Limits:
 * notice.h. Only the title has to be there; the rest is asked for when it is sent. */
struct draft {
    /* kind, urgency: empty: prevention, ordinary; to: words of route.h parted by blanks */
    str kind, urgency, title, text, measure, to;
    struct marking marking;
    bool drill, direct;
    int64_t within, embargo, supersedes, report; /* within 0: by its urgency (60, 240, 1440 minutes) */
    const struct notice_reference *reference;
    size_t n_references;
};
enum err draft_make(struct work *, const struct party *issuer, const struct draft *, struct notice *out) MUST_USE;
/* Writes it over a draft that the caller found and that is the issuer's; drill, supersedes and report stay as they are.
 * CONFLICT once it was sent. */
enum err draft_change(struct work *, const struct draft *, struct notice *) MUST_USE;
/* Sends a draft: asks for consent where it was made of a report, plans whom it reaches, makes the deliveries. Every way
 * of sending. */
enum err draft_send(struct work *, const struct party *issuer, struct notice *) MUST_USE;

/* Whom it reaches: by its words, and those that the notice it supersedes was addressed to. NULL net: loaded here.
 * Faults: the words'. */
enum err draft_plan(struct work *, const struct notice *, const struct route_net *, struct plan *out) MUST_USE;
/* How many of the plan the marking would not let through, since each tier hands it to the next. */
size_t draft_stopped(const struct notice *, const struct plan *);

/* Pure. Minutes a tier has by the urgency. */
int64_t urgency_minutes(str urgency);
/* "CVE-2026-1234", "JVNVU#99999999", "https://…", else a product; INVALID with a fault that names the field
 * "references". */
enum err reference_read(struct work *, str given, struct notice_reference *out) MUST_USE;

#endif
