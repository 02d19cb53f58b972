#ifndef MEGURI_PLAN_PUBLISHED_IMPORT_H
#define MEGURI_PLAN_PUBLISHED_IMPORT_H

#include "plan/plan_store.h"

/* The work of `plan import --layout published`, in its transaction; the plan is the actor's to change. Parameters:
 * file, fill (may be absent), report (half year). */
enum err plan_import_published(struct work *w, const struct args *in, const struct plan *, struct doc *out) MUST_USE;

#endif
