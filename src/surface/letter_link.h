/* What a link in a letter opens, for whoever has it and did not sign in: a page of facts with one button, and what pressing the button does. A room has at
 * most one (struct room); web/ serves it at PATH with the secret behind it. To look at it never does anything, since programs that look through mail
 * follow links; the press runs in the writer's transaction, and stays only where that is committed.
 *
 * Refused is with NOTFOUND and one fault, in the same words whatever was the matter: who finds a link learns nothing. `reason` says it for the log. */
#ifndef MEGURI_SURFACE_LETTER_LINK_H
#define MEGURI_SURFACE_LETTER_LINK_H

#include "surface/entry.h"

struct letter_link {
    const char *path; /* "/confirm/": no room is called so */
    const char *name; /* "share confirm-link": in the log and the journal */
    str button;       /* message id */
    enum err (*look)(struct work *, str secret, struct doc *out, str *reason);
    /* act_id: unique, and the same again when the same request is run once more, which then finds it done. */
    enum err (*press)(struct work *, str secret, str act_id, struct doc *out, str *reason);
};
/* Which a path belongs to; NULL: none. secret: what stands behind it. */
const struct letter_link *letter_link_at(str path, str *secret);

#endif
