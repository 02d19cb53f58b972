/* Progress of measures: what the owners report, what is published of it, and reports as they were frozen.
 *
 * Who sees what: the words of an owner those whose reach holds the owner or the plan's organisation; everybody else who
 * sees the plan sees the last frozen report. The statements hold this. */
#ifndef MEGURI_PLAN_PROGRESS_H
#define MEGURI_PLAN_PROGRESS_H

#include "plan/plan_store.h"

/* ---- a report that was published elsewhere, read in ---- */
struct progress_row {
    str key;           /* of a measure of the plan's last edition, which is not told again */
    int64_t status;    /* 1 … 4 */
    str text_ja, text_en; /* at most PLAN_TEXT_MAX bytes each; either may be empty */
    struct where where;   /* for faults */
};
/* In an act, inside its transaction. Freezes the report ("half", "year") with these figures as published; what single owners
 * said stays unknown. Measures without a row have no figure. Sets the report up where it is not (due: today). When the same
 * was read in before nothing is done; otherwise its next number is made. INVALID with faults: an unknown or repeated key, a
 * status beyond 1 … 4, a text too long; DENIED: not the actor's plan. */
enum err progress_published(struct work *w, const struct plan *, str report, const struct progress_row *, size_t n) MUST_USE;

/* Blocks for the page of one measure: the status that is published and by whom, what owners say, and how that went. Nothing
 * where nobody has said anything. */
enum err progress_blocks(struct work *w, const struct plan *, const struct plan_item *, struct doc *out) MUST_USE;

extern const struct sql_set progress_sql_set, progress_frozen_sql_set;

/* ---- entries ---- */
entry_fn plan_act_update, plan_act_settle, plan_act_same, plan_act_report, plan_act_freeze;
entry_fn plan_view_progress, plan_view_status, plan_view_changes, plan_view_silent, plan_view_milestones, plan_view_history,
    plan_view_mine, plan_view_headings, plan_view_reports, plan_view_verify;
entry_fn plan_view_say; /* the form of one measure; with both texts where another officer was quicker */
/* `plan import --what progress`: a file of key,status,text_ja,text_en. */
enum err progress_import(struct work *w, const struct args *in, struct doc *out) MUST_USE;

#endif
