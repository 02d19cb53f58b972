/* The one door. A view is asked: may this post see this here. An act: may it do this here, then one transaction with
 * the change and its line in the journal, together or not at all. */
#ifndef MEGURI_SURFACE_DOOR_H
#define MEGURI_SURFACE_DOOR_H

#include "surface/entry.h"

/* May the acting post do this, with these arguments? DENIED with a fault otherwise. */
enum err door_may(struct work *w, const struct entry *, const struct args *) MUST_USE;

/* A view runs in one snapshot of the store. DENIED with a fault that names the right and the place. */
enum err door_view(struct work *w, const struct room *, const struct entry *, const struct args *,
                   struct doc *) MUST_USE;
enum err door_file(struct work *w, const struct room *, const struct entry *, const struct args *,
                   struct bytes_out *) MUST_USE;

/* An act that answers OK but noted faults has failed: nothing is written. A stateless one has no journal and writes
 * nothing. rehearse: everything is done and shown, then rolled back (--dry-run). act_id: unique, from the edge; an act
 * already written under it answers CONFLICT without doing it twice. The journal line takes the entry's arguments
 * (files by name and hash) and what the act adds with act_noted. */
enum err door_act(struct work *w, const struct room *, const struct entry *, const struct args *, str act_id,
                  bool rehearse, struct doc *) MUST_USE;

/* Several acts in one transaction, each undone alone when it fails: what a server does with the acts that wait. Actor,
 * interval and arguments are those read inside the transaction. After the batch's commit failed none of them is done. */
enum err door_batch_begin(struct work *w) MUST_USE;
/* To be asked before door_batch_act, which relies on the answer no: was it written before? */
enum err door_batch_done(struct work *w, const struct entry *, str act_id, bool *out) MUST_USE;
enum err door_batch_act(struct work *w, const struct room *, const struct entry *, const struct args *, str act_id,
                        bool rehearse, struct doc *) MUST_USE;
/* A line that says who read what about named persons. */
enum err door_batch_reading(struct work *w, const struct room *, const struct entry *, const struct args *,
                            str act_id) MUST_USE;
/* The view's mark that it was read, in the batch; alone: in a transaction of its own. */
enum err door_batch_mark(struct work *w, const struct entry *, const struct args *) MUST_USE;
enum err door_mark(struct work *w, const struct entry *, const struct args *) MUST_USE;
enum err door_batch_commit(struct work *w) MUST_USE;
void door_batch_drop(struct work *w);

/* For an act: where a person goes on when it is done ("inspect sheet" with round and respondent); values are copied. A
 * page goes there, the command line says nothing of it. */
struct going_on {
    const char *to;
    struct form_given given[FORM_GIVEN]; /* ends with name NULL */
    str said; /* in words, what was done: translated; shown at the top of the page */
};
void act_next(struct work *w, const struct going_on *);

/* For an act, while it runs: a fact of what it did, for its journal line ("sheets", "20000"), where it stands as
 * "did.sheets"; a key told again becomes a list. Copied. */
void act_noted(struct work *w, str key, str value);

#endif
