/* The owners of an item as one text, as the store keeps them beside plan_owner: codes in order, parted by blanks, a star before
 * the lead. Most items of a plan are owned alike, so a text that was read before is not read again. Pure. */
#ifndef MEGURI_PLAN_OWNER_LISTS_H
#define MEGURI_PLAN_OWNER_LISTS_H

#include "plan/plan_store.h"

struct owner_list {
    str text;
    const struct plan_owner *owner;
    size_t n;
};
enum { OWNER_CODES_KEPT = 512 };
struct owner_lists {
    struct arena *a;
    struct owner_list *list; /* each text once */
    size_t n, room;
    size_t *slot;            /* hash of the text to place + 1 */
    size_t n_slots;
    str code[OWNER_CODES_KEPT]; /* by hash: half a million owners are of some fifty bodies */
};
struct owner_lists *owner_lists_in(struct arena *);
size_t owner_lists_at(struct owner_lists *, str text); /* place in list; the text is copied where it is new */
str owner_list_text(struct arena *, const struct plan_owner *, size_t n);

#endif
