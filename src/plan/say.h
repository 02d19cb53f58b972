/* A word about a measure, on its way in: who says it, what stands, what is to stand. */
#ifndef MEGURI_PLAN_SAY_H
#define MEGURI_PLAN_SAY_H

#include "plan/progress_store.h"
#include "surface/door.h"

struct saying {
    struct work *w;
    const struct args *in;
    str voice;
    struct plan p;
    struct plan_item item;
    struct owners owners;
    struct owners_org org; /* the owner; of the centre unused */
    struct said was, now;  /* was.no 0: nothing was said */
    str title;             /* of the form; empty: none */
    bool folded;
};
/* For the form of one owner; NULL: of the plan's organisation. */
enum err saying_of(struct work *w, const struct plan *, const struct plan_item *, str voice, const struct owners_org *, struct saying *out) MUST_USE;
/* From --plan or --year, --no and, of an owner, --owner. Faults: no such measure, a draft, told again, not one's own. */
enum err saying_load(struct work *w, const struct args *in, str voice, struct saying *out) MUST_USE;
bool owner_spoken_for(const struct work *w, const struct plan *, const struct owners_org *);
/* The form that says it, filled in with what is given, against the revision that stands. */
void saying_form(const struct saying *, const struct said *filled, struct doc *out);

/* Nothing is new: what was said stands for the coming report too. With --plan, --no and, perhaps, --owner. */
enum err saying_same(struct work *w, const struct args *in) MUST_USE;

#endif
