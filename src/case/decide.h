/* Who may do what with a case: pure. The four eyes of a step are here, and nowhere else. */
#ifndef MEGURI_CASE_DECIDE_H
#define MEGURI_CASE_DECIDE_H

#include "case/case_store.h"

enum verdict {
    STEP_FITS,
    STEP_ELSEWHERE, /* not from the state the case is in */
    STEP_CLASS,     /* not for its class */
    STEP_RIGHT,     /* not for this post */
    STEP_OWN,       /* not by this person: another has to */
};
enum verdict step_judge(const struct kind_step *, const struct item *, const struct actor *,
                        const struct own_steps *own);
/* May a case of the kind be opened at the organisation that begins at lo? above_lo: of the one above it, at the top its
 * own, since above that there is nobody. */
bool may_open(const struct kind *, const struct actor *, int64_t lo, int64_t above_lo);
/* Is there a step that the case waits for on this day, and that this person may take? */
bool item_waits(const struct kind *, const struct item *, const struct actor *, const struct own_steps *, int64_t day);
/* Opener, owner, or the one it is about. */
bool item_mine(const struct item *, const struct actor *);
/* Personal fields and names: for those concerned, and posts that may see names where the case belongs. */
bool item_names(const struct item *, const struct actor *);
/* All but the public part is for those who read by right or are concerned. */
bool item_whole(const struct item *, const struct actor *);

/* The step by which a case of this class is opened; NULL: into the first state, without a step. *fits is false when
 * there are such steps and none fits. */
const struct kind_step *step_of_opening(const struct kind *, str class, bool *fits);

/* The middle of the numbers given, which are put in order; of an even number the mean of the two, halves upward. n > 0.
 */
int64_t median_days_of(int64_t *days, size_t n);

#endif
