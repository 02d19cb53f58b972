/* A staff list (職員名簿) beside what stands: who joins, leaves, moves, and what becomes of the posts. Pure: arrays in,
 * changes out.
 *
 * Organisations, duties and systems are numbers that the caller gives, 0 none. A person of the list stands among the
 * people whether they were known or not. A list says all of a person it names: what they hold within the organisation
 * and is not in it they give up. */
#ifndef MEGURI_REGISTRY_STAFF_DIFF_H
#define MEGURI_REGISTRY_STAFF_DIFF_H

#include "base/str.h"

enum { STAFF_NONE = -1 };

struct staff_seat {
    uint32_t org, duty, system; /* duty 0: only belongs there */
};

struct staff_person {
    str name_ja, name_en, mail;
    uint32_t org; /* where they belong */
    bool stands;  /* on the day, within reach */
    bool inside;  /* belongs to the organisation of the list or below it */
};

struct staff_post {
    str code;
    struct staff_seat seat;
    ptrdiff_t person; /* who stands and holds it; STAFF_NONE: vacant */
    bool inside;      /* of the organisation of the list or below it */
    bool ends;        /* when nobody holds it any more: one of a duty that everyone holds for themselves */
    bool deputy;      /* stands in for another: no list names it */
};

/* In the order of the file. */
struct staff_row {
    size_t person;
    struct staff_seat seat;
    bool further;               /* a concurrent post (併任); else the row that says where they belong */
    str name_ja, name_en, mail; /* of that row; name_en, mail empty: as known */
};

enum staff_kind {
    STAFF_JOIN,
    STAFF_LEAVE,
    STAFF_MOVE,    /* to another organisation or duty */
    STAFF_FURTHER, /* a concurrent post */
    STAFF_GIVEN_UP,
    STAFF_RENAMED,
    STAFF_MAIL,
    STAFF_VACATED, /* a post that nobody holds now */
    STAFF_KINDS,
};
struct staff_change {
    enum staff_kind kind;
    size_t person;
    struct staff_seat from, to; /* all zero: none */
    str was, became;            /* names, addresses; a post's code */
};

struct staff_lists {
    const struct staff_person *person;
    const struct staff_post *post;
    const struct staff_row *row;
    size_t n_people, n_posts, n_rows;
    bool whole; /* who is missing leaves */
};

/* What becomes of a post: of one that is there (post < n_posts), or of a new one. */
struct staff_post_change {
    size_t post;      /* n_posts and beyond: new */
    ptrdiff_t person; /* who holds it now */
    bool ends;        /* on the day before, with its person in it */
    struct staff_seat seat;
};
struct staff_diff {
    struct staff_change *change; /* by person in the order of the list, then who is missing, then vacancies */
    struct staff_post_change *post;
    bool *leaves, *changed; /* by person; changed: organisation, names or mail, or joins */
    size_t n_changes, n_posts, counts[STAFF_KINDS], unchanged, standing;
};
void staff_compare(struct arena *, const struct staff_lists *, struct staff_diff *out);

#endif
