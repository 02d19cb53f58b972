/* Exceptions granted by cases, in rounds that are open. */
#ifndef MEGURI_INSPECT_GRANTED_H
#define MEGURI_INSPECT_GRANTED_H

#include "inspect/inspect_store.h"

/* Makes the granted exceptions of a round those that hold on its base date, with the sums. What would touch a unit that
 * is closed is left as it stands, and told. The round is loaded whole. */
enum err granted_apply(struct work *w, const struct round *r, struct doc *out,
                       int64_t *told) MUST_USE; /* told: counted up */

/* ---- granted_store.c ---- */
extern const struct sql_set granted_sql_set;
enum err granted_on(struct work *w, int64_t day, struct granted **out, size_t *n) MUST_USE; /* in order of number */
enum err granted_put(struct work *w, const struct granted *) MUST_USE;
enum err granted_drop(struct work *w, str number) MUST_USE;
enum err granted_into(struct work *w, int64_t round, const struct exception *) MUST_USE;
enum err granted_out_of(struct work *w, int64_t round, str number) MUST_USE;
enum err rounds_open(struct work *w, str **out, size_t *n) MUST_USE; /* codes of those that have an edition */
enum err round_latest(struct work *w, str *code) MUST_USE; /* open before closed, by base date; NOTFOUND: none */

#endif
