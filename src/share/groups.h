/* Named circles of organisations. Who belongs to one is for its owner; members see each other only where it is open. A
 * notice goes to who is a member when it is sent: who comes later does not get what was sent before. groups_store.c. */
#ifndef MEGURI_SHARE_GROUPS_H
#define MEGURI_SHARE_GROUPS_H

#include "share/circle.h"

enum { GROUPS_MAX = 500 /* of one owner */, GROUP_MEMBERS_MAX = 20000, GROUP_NAME_MAX = 200 };

struct group_row {
    int64_t id, owner, owner_lo, until; /* until: its last day; 0: none */
    str code, uuid, name_ja, name_en;
    bool open;
    int64_t members, since; /* how many there are today; since when the party belongs to it, 0: it does not */
};
/* Those the party owns or belongs to; of a code: NOTFOUND with a fault, the same whether it is absent or not theirs. */
enum err groups_of(struct work *, int64_t party, struct group_row **out, size_t *n) MUST_USE;
enum err group_find(struct work *, int64_t party, str code, struct group_row *out) MUST_USE;
/* CONFLICT with a fault where the code is taken */
enum err group_insert(struct work *, const struct group_row *) MUST_USE;
enum err group_change(struct work *, const struct group_row *) MUST_USE;
struct group_member {
    int64_t org, lo, since;
};
enum err group_members(struct work *, int64_t group, struct group_member **out, size_t *n) MUST_USE;
/* one that is in it stays as it is */
enum err group_join(struct work *, int64_t group, int64_t org) MUST_USE;
enum err group_leave(struct work *, int64_t group, int64_t org) MUST_USE;

#endif
