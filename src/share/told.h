/* How notices and their addressees are told on every page: the same words, a drill marked wherever it stands. told.c */
#ifndef MEGURI_SHARE_TOLD_H
#define MEGURI_SHARE_TOLD_H

#include "share/board_store.h"

/* A title; of a drill with its mark before it, in both languages. */
struct cell share_title_cell(struct work *, bool drill, str title);
/* The same where it may be of TLP:RED: of what is not shown to the reader, that it is for named persons, and whether it
 * is a drill. */
struct cell share_title_seen(struct work *, bool drill, str title, bool seen);
struct cell share_drill_cell(bool drill);
/* Of the stored words of a notice (notice.h). */
struct cell notice_kind_cell(str);
struct cell notice_state_cell(str);
struct cell share_urgency_cell(str urgency);
struct cell marking_cell(struct arena *, struct marking); /* "TLP:AMBER　PAP:GREEN" */
struct cell share_tier_cell(enum tier);
struct cell share_ack_cell(enum ack, bool overdue);
struct cell share_channel_cell(const struct delivery *);
struct cell share_cause_cell(enum cause);
struct cell share_org_cell(const struct delivery *, int depth);
struct cell share_time_cell(int64_t at); /* nothing for 0 */
/* A button or link with words of its own. */
struct cell share_button_cell(str code, str words);
/* "drill" on top of a page that tells of one, and its marking. */
void share_marked(struct doc *, bool drill, struct marking);

/* ---- what a board reads, summed over those below one (0: all of the notice) ---- */
struct tiers {
    struct below *below;
    size_t n;
    struct delivery *passer;
    size_t n_passers;
    int64_t root;
};
enum err tiers_load(struct work *, int64_t notice, int64_t root, struct tiers *out) MUST_USE;
bool tiers_has(const struct tiers *, int64_t parent); /* does it stand at or below the root? */
int tiers_depth(const struct tiers *, const struct delivery *passer);
void tiers_sum(const struct tiers *, struct below out[TIERS]);
void tiers_add(struct below *to, const struct below *);
int64_t reach_open(const struct reach *);   /* sent or opened */
int64_t reach_unsent(const struct reach *); /* waiting or withheld */

#endif
