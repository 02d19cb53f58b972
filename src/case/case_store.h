/* Cases as the store has them. What may be seen is decided in the statements: the cases of one's reach that the kind
 * lets these rights read, one's own, and what is shared with all. */
#ifndef MEGURI_CASE_CASE_STORE_H
#define MEGURI_CASE_CASE_STORE_H

#include "case/kind.h"

extern const struct sql_set case_sql_set;

struct someone {
    int64_t id; /* 0: nobody; of an opener: the owner of the database */
    str code, ja, en;
};
struct item {
    int64_t id, kind, org, org_lo, org_hi, above_lo; /* above_lo: of the organisation above; at the top its own */
    str number, state, title, respondent, clause, class, org_code, org_ja, org_en;
    str round, round_ja, round_en, edition; /* round, edition: codes; empty: none */
    int64_t edition_id;                     /* 0: none */
    int64_t entered, opened, due, ended;    /* days */
    bool has_due, has_ended, shared;
    bool within; /* read by right of the post; otherwise it is one's own, or shared */
    struct someone opener, owner, about;
};
struct item_filter {
    int64_t kind;   /* 0: all */
    str state;      /* empty: all */
    int64_t lo, hi; /* of the organisation of the case */
    bool open, mine, overdue;
    int64_t today;
};
enum err item_find(struct work *w, str number, struct item *out) MUST_USE; /* NOTFOUND with a fault */
enum err item_look(struct work *w, str number, struct item *out) MUST_USE; /* NOTFOUND without one */
/* At most `most` of them, the next due first. */
enum err items_find(struct work *w, const struct item_filter *, int64_t most, struct item **out, size_t *n) MUST_USE;
/* All of one kind in [lo, hi), a part at a time, in order of id: those behind `after`. */
enum err items_after(struct work *w, const struct item_filter *, int64_t after, int64_t most, struct item **out,
                     size_t *n) MUST_USE;
enum err item_insert(struct work *w, const struct item *, int64_t *id) MUST_USE;
enum err item_move(struct work *w, const struct item *) MUST_USE; /* state, entered, due, class, shared, ended */
enum err item_own(struct work *w, int64_t item, int64_t owner) MUST_USE;
enum err counter_next(struct work *w, str series, int64_t *n) MUST_USE;

struct item_value {
    int64_t item;
    str field, value;
};
enum err values_of(struct work *w, int64_t item, struct item_value **out, size_t *n) MUST_USE;
enum err value_put(struct work *w, int64_t item, str field, str value) MUST_USE;
str value_in(const struct item_value *, size_t n, str field); /* empty when absent */

struct event {
    int64_t at;
    struct someone by;
    str by_whom, step, was, became, text;
};
enum err event_add(struct work *w, int64_t item, str step, str was, str became, str text) MUST_USE;
enum err events_of(struct work *w, int64_t item, struct event **out, size_t *n) MUST_USE;
/* The steps the acting person took of any case, by item: who reported does not verify. */
struct own_step {
    int64_t item;
    str step;
};
struct own_steps {
    const struct own_step *all; /* in order of item */
    size_t n;
};
enum err own_steps_load(struct work *w, int64_t item, struct own_steps *out) MUST_USE; /* item 0: of all open cases */

struct adopted {
    str org, ja, en, text;
    int64_t at;
};
enum err adoptions_of(struct work *w, int64_t item, struct adopted **out, size_t *n) MUST_USE;
enum err adoption_near(struct work *w, int64_t item, const struct org *, str *org) MUST_USE; /* NOTFOUND: none */
enum err adoption_add(struct work *w, int64_t item, int64_t org, str text) MUST_USE;

/* A person within reach; a post, system or device within reach and in [lo, hi), and who holds it today. NOTFOUND
 * without a fault. */
enum err person_find(struct work *w, str code, struct someone *out) MUST_USE;
/* Those of an organisation and below, in official order; at most `most` and one, by which it shows that there are more.
 */
enum err people_of(struct work *w, int64_t lo, int64_t hi, int64_t most, struct someone **out, size_t *n) MUST_USE;
enum err respondent_look(struct work *w, str code, int64_t *org_lo, int64_t *person) MUST_USE;

/* ---- counts, all scoped and within [lo, hi); since, until: days the case was opened on ---- */
struct span_asked {
    int64_t kind, lo, hi, since, until, today;
};
struct count {
    int64_t kind, n, overdue;
    str state, org, ja, en;
};
enum err count_states(struct work *w, const struct span_asked *, struct count **out, size_t *n) MUST_USE;
enum err count_orgs(struct work *w, const struct span_asked *, struct count **out, size_t *n) MUST_USE;
/* Cases that ever stood in a state. */
enum err count_reached(struct work *w, const struct span_asked *, struct count **out, size_t *n) MUST_USE;
enum err count_adoptions(struct work *w, const struct span_asked *, struct count **out,
                         size_t *n) MUST_USE; /* by kind */
struct lasted {
    int64_t kind, opened, ended;
};
enum err ended_all(struct work *w, const struct span_asked *, struct lasted **out, size_t *n) MUST_USE;

#endif
