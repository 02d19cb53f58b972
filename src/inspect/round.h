/* A round in memory: its rules, its edition, its tree as it stood when the round opened, and who is bound by what.
 * Loaded once per piece of work; small beside the sheets (a row per organisation, one per binding). */
#ifndef MEGURI_INSPECT_ROUND_H
#define MEGURI_INSPECT_ROUND_H

#include "inspect/inspect.h"
#include "inspect/way.h"
#include "standard/standard.h"
#include "tally/rates.h"

enum exceptions_rule {
    EXCEPTIONS_APART,    /* neither done nor not done: out of the clause, counted beside (default) */
    EXCEPTIONS_NOT_DONE, /* the duty arose and was not done */
    EXCEPTIONS_ANSWERED, /* the answer stands; counted beside */
};

/* A node of the round's tree. Nodes stand in official order: a subtree is a run of the array. */
struct node {
    int64_t org;
    ptrdiff_t up;      /* index of the parent among the nodes loaded, -1 for a top */
    int64_t lo, hi, depth;
    int64_t here;      /* lo in today's tree, which rights are held against */
    str code, kind, name_ja, name_en;
    int64_t adoption;
    bool aggregated, excluded;
    enum stage stage;  /* on the way of the figures upward */
    str excluded_why;
};

struct binding {
    int64_t id, adoption;
    size_t duty; /* index into round.duties */
    const uint8_t *mask;
};

struct round {
    int64_t id;
    str code, title_ja, title_en, state;
    int64_t frame, base, due;
    bool has_due, synthetic;
    str source_ja, source_en;
    str thresholds, grades_text, exceptions_text, unknown_out, rate_text; /* as recorded */
    enum exceptions_rule exceptions;
    struct rule rule;
    struct grades grades;
    int64_t frozen; /* latest edition of the figures, 0 before the first */

    bool has_edition;
    struct edition edition;
    str *duties;        /* that some clause binds, in order of first clause */
    size_t n_duties;
    size_t *clause_duty; /* per clause, index into duties */
    uint8_t *no_occasion; /* plane: clauses where "no occasion" may be answered */

    struct node *nodes;
    size_t n_nodes;
    bool near;             /* only some of the tree was loaded: round_load_near */
    struct { int64_t org; size_t node; } *by_org; /* sorted by org */
    const struct node **by_code;                  /* sorted by code */
    struct binding *bindings; /* sorted by id */
    size_t n_bindings;
};

/* SEEN: only the nodes within the actor's scope (views). ALL: the whole frame (acts, which keep the sums above). */
enum round_reach { ROUND_SEEN, ROUND_ALL };
/* As SEEN, for a view of so many levels below an organisation (NULL: below the top); depth below 0: all of them. */
enum err round_load_near(struct work *w, str code, const struct org *org, int64_t depth, struct round *out) MUST_USE;
enum err round_load(struct work *w, str code, enum round_reach, struct round *out) MUST_USE;

/* The rules alone; *edition is its row id, 0 none. NOTFOUND with a fault. Then as much of the tree as one respondent's
 * answers touch: the nodes from the frame's top down to where it stands. */
enum err round_rules(struct work *w, str code, struct round *out, int64_t *edition) MUST_USE;
enum err round_path(struct work *w, struct round *r, int64_t org) MUST_USE;
void round_duties(struct work *w, struct round *r); /* numbers them, once the edition is in */

/* Numbers duties and links the tree, once edition and nodes are in; for a round that is just being made. */
void round_link(struct work *w, struct round *r);
/* Steps below the frame's top, for the snapshot: whoever did not exist on the base date is no step. */
void round_depths(struct round *r);

ptrdiff_t round_node(const struct round *, int64_t org);          /* -1 when not in the frame, or not seen */
ptrdiff_t round_node_by_code(const struct round *, str code);
size_t round_node_end(const struct round *, size_t node);         /* one past the subtree */
ptrdiff_t round_duty(const struct round *, str duty);
const struct binding *round_binding(const struct round *, int64_t id);
bool round_leaves(const struct round *, str reason);              /* does the reason leave the denominator? */

/* "97.5" → 975 tenths of a percent; false when it is none from 0 to 100 with at most one decimal. */
bool percent_parse(str s, int32_t *tenths);
/* The texts of a rule, checked: "100 95 90"; "A:100 B:80 C:60 D:0" (percent, one decimal allowed). */
enum err thresholds_parse(struct work *w, str text, struct rule *out) MUST_USE;
enum err grades_parse(struct work *w, str text, struct grades *out) MUST_USE;

#endif
