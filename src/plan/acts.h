/* The entries of the room, by file. */
#ifndef MEGURI_PLAN_ACTS_H
#define MEGURI_PLAN_ACTS_H

#include "plan/plan_store.h"

entry_fn plan_view_list, plan_view_basics;                                       /* list.c */
entry_fn plan_view_show;                                       /* show.c */
entry_fn plan_view_measure;                                    /* measure.c */
entry_fn plan_view_owners, plan_view_groups;                   /* groups.c */
entry_fn plan_act_new, plan_act_change;                        /* make.c */
entry_fn plan_act_import;                                      /* import.c */
file_fn plan_file_export, plan_file_workbook;                  /* export.c */
entry_fn plan_act_write, plan_act_add_item, plan_act_remove_item; /* write.c */
entry_fn plan_view_fields;                                     /* fields.c */

/* The day on which it is asked who the owners are: --at, else the plan's first. */
int64_t plan_owners_day(const struct args *, const struct plan *);
void plan_pages(const struct plan *, struct doc *out); /* links to the plan's other pages */
struct cell plan_members_cell(struct arena *, const struct owners *, size_t group); /* of a place in owners->group: who they are, by name */
struct cell plan_cell(const struct plan *); /* its title, leading to its code */
struct cell plan_flag_cell(str flag); /* "日本語 / English", or words of one language */
struct cell plan_state_cell(str state);     /* of an edition, in words; "draft" alone is a sheet's */
struct cell plan_kind_cell(str kind);
struct cell item_kind_cell(enum item_kind);

/* ---- fields.c ---- */
/* What an item holds, as fields of the act: field.title_ja … */
void plan_item_fields(struct doc *out, const struct plan_item *);

/* ---- measure.c ---- */
/* The form that changes an item; what is given stands in it, `was` is of what stands in the store. */
void plan_write_form(struct doc *out, const struct plan *, const struct plan_item *given, str was, bool folded);
str plan_item_print(struct work *w, const struct plan_item *); /* tells two states of an item apart */
/* What tells a measure again, and links to it: of the same edition, and of all plans in sight. */
struct plan_hanging {
    const struct plan_item *again; /* rows of the edition, */
    const size_t *again_at;        /* those that tell it again: places */
    size_t n_again;
    const struct plan_linked *linked;
    size_t n_linked;
};
enum err plan_hanging(struct work *w, const struct plan *, str key, struct plan_hanging *out) MUST_USE;

#endif
