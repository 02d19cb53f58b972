/* Two editions, or two plans, item by item: what was kept, changed, is new, is gone. Pure. */
#ifndef MEGURI_PLAN_COMPARE_H
#define MEGURI_PLAN_COMPARE_H

#include "plan/plan_store.h"

enum change { CHANGE_KEPT, CHANGE_CHANGED, CHANGE_NEW, CHANGE_GONE, CHANGES };
extern const char *const compare_changes[]; /* "kept" "changed" "new" "gone" */

enum change_of { OF_TITLE = 1, OF_TEXT = 2, OF_OWNERS = 4, OF_MILESTONES = 8, OF_AREA = 16, OF_CODE = 32 };
struct compared {
    enum change change;
    unsigned of;                       /* of CHANGED: bits of enum change_of */
    const struct plan_item *was, *is; /* NULL: was of NEW, is of GONE */
};
/* Editions of one plan match by key. Two plans: areas, goals and pictures by key; then by a link 'from' of the later one
 * ("measure:CODE/KEY", CODE that of the earlier plan; several may come from one, and one from several); then by kind and
 * equal title (folded: widths and blanks aside), each once, in order. Headings and what is told again are compared within
 * one plan only. Rows in the order of the later one, what is gone after it in its own. */
struct compared *plan_compared(struct arena *, bool same_plan, str was_code, const struct plan_item *was, size_t n_was,
                               const struct plan_item *is, size_t n_is, size_t *n);

#endif
