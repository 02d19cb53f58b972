/* registry staff: the personnel list of an organisation, compared with what stands and taken over. Shared by staff.c
 * (the act), staff_known.c (what stands, in memory), staff_list.c (the file) and staff_write.c; no one else includes
 * this. */
#ifndef MEGURI_REGISTRY_STAFF_H
#define MEGURI_REGISTRY_STAFF_H

#include "registry/codes.h"
#include "registry/staff_diff.h"
#include "registry/staff_store.h"
#include "surface/entry.h"

/* Names as they stand on the day; the places of codes are the indexes of the arrays. */
struct staff_org {
    int64_t id;
    str ja, en;
    bool inside, current;
};
struct staff_duty {
    str ja, en;
    unsigned rights;
    bool many;
};
struct staff_system {
    int64_t id;
    str ja, en;
    uint32_t org; /* + 1, as in a seat */
};
struct staff_facts { /* of a person, beside what is compared */
    int64_t id;      /* 0: not stored yet */
    struct day since, until;
    bool elsewhere;        /* stands out of reach */
    bool from_elsewhere;   /* left an office out of reach */
    bool beyond;           /* holds more than the actor reaches */
    int64_t row, main_row; /* of the file, 0: not in it */
};
struct staff_post_facts {
    int64_t id;
    struct day since, until;
};
struct staff_line { /* beside struct staff_row: where it stands in the file */
    int64_t row;
};

struct staff_work {
    struct work *w;
    const struct file *file;
    struct staff_span span;
    bool whole, many;
    struct codes *orgs, *duties, *systems, *people;
    struct codes *titles; /* names of duties: id is the place + 1, 0 where two bear it */
    struct staff_org *org;
    struct staff_duty *duty;
    struct staff_system *system;
    struct staff_person *person;
    struct staff_facts *facts;
    struct staff_post *post;
    struct staff_post_facts *post_facts;
    struct staff_row *row;
    struct staff_line *line;
    size_t n_org, n_duty, n_system, n_people, n_posts, n_rows;
    size_t org_room, duty_room, system_room, people_room, posts_room, rows_room;
    int64_t strangers; /* posts held by people out of reach: left alone */
    ptrdiff_t at[9];   /* columns of the file */
};

/* Organisations, duties, systems, people. Then, once the file is read, the posts. */
enum err staff_load(struct staff_work *) MUST_USE;
enum err staff_load_posts(struct staff_work *) MUST_USE;
/* The place of a person, known or not: asks the store where it is not loaded. */
enum err staff_person_of(struct staff_work *, str code, size_t *out) MUST_USE;

/* Notes every fault of the file with row and column; OK also then (work_err tells). */
enum err staff_read(struct staff_work *) MUST_USE;
struct where staff_cell(const struct staff_work *, int64_t row, const char *field);

enum err staff_write(struct staff_work *, const struct staff_diff *) MUST_USE;

enum err registry_staff(struct work *w, const struct args *in, struct doc *out);

#endif
