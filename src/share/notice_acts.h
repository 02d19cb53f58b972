/* Entries of notices from draft to recall, and their parameters; share.c lists them. */
#ifndef MEGURI_SHARE_NOTICE_ACTS_H
#define MEGURI_SHARE_NOTICE_ACTS_H

#include "share/compose.h"
#include "share/notice_store.h"
#include "share/told.h"

enum err share_view_notice(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_mark_notice(struct work *, const struct args *) MUST_USE; /* its addressee opened it */
enum err share_view_notices(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_view_addresses(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_view_preview(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_view_below(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_file_notice(struct work *, const struct args *, struct bytes_out *) MUST_USE;
enum err share_act_draft(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_act_attach(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_act_detach(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_act_send(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_act_update(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_act_recall(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_act_discard(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_act_pass(struct work *, const struct args *, struct doc *) MUST_USE;
enum err share_act_pass_add(struct work *, const struct args *, struct doc *) MUST_USE;

extern const struct param share_notice_params[], share_notices_params[], share_one_notice_params[],
    share_notice_file_params[], share_draft_params[], share_attach_params[], share_detach_params[], share_send_params[],
    share_recall_params[], share_pass_params[], share_pass_add_params[];

/* ---- what they share ---- */

struct cell reference_kind_cell(str kind);
struct where notice_where(const char *field);

/* For the acting party its own notice, whatever its state; NOTFOUND as notice_find says it. */
enum err own_notice(struct work *, const struct args *, struct party *, struct notice *) MUST_USE;
void notice_go(struct work *, const struct notice *, const char *to, str said);
/* The form of a draft: what stands, and the words that may be ticked. was: as it is to be filled in. */
enum err draft_form(struct work *, const struct party *, const struct notice *was, const struct notice_reference *,
                    size_t n, struct doc *) MUST_USE;

/* The text of a notice as who gets it reads it: paragraphs, countermeasure, references, attachments. */
enum err notice_told(struct work *, const struct notice *, struct doc *) MUST_USE;
void paragraphs_told(struct doc *, str text);

/* Inside a form: the markings that are not wider than `least`, chosen `now`. */
void marking_fields(struct doc *, struct marking least, struct marking now);

/* A word of an address that the party may use, with its names in both languages and whom it reaches today. */
struct address {
    str word, ja, en;
    int64_t n;
    bool one; /* a single organisation */
};
enum { ADDRESSES_LISTED = 60 }; /* single organisations that are listed one by one */
enum err addresses_of(struct work *, const struct party *, const struct route_net *, struct address **out,
                      size_t *n) MUST_USE;
#endif
