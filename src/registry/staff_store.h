/* What a staff list needs of the store: what stands within the organisation on a day, and the changes. No one but
 * staff*.c includes this. */
#ifndef MEGURI_REGISTRY_STAFF_STORE_H
#define MEGURI_REGISTRY_STAFF_STORE_H

#include "registry/registry_store.h"

extern const struct sql_set staff_sql_set;

struct staff_span { /* the organisation of the list on the day */
    int64_t day, lo, hi;
};

struct staff_org_row {
    int64_t id, lo;
    struct named org;
    bool current;
};
typedef void staff_org_fn(void *to, const struct staff_org_row *);
enum err staff_orgs(struct work *w, int64_t day, staff_org_fn *, void *to) MUST_USE; /* all within reach */

struct staff_duty_row {
    struct named duty;
    unsigned rights;
    bool many; /* several people of one organisation hold it, somewhere */
};
typedef void staff_duty_fn(void *to, const struct staff_duty_row *);
enum err staff_duties(struct work *w, int64_t day, staff_duty_fn *, void *to) MUST_USE;
typedef void staff_title_fn(void *to, str title, str duty);
enum err staff_titles(struct work *w, staff_title_fn *, void *to) MUST_USE; /* of any edition */

typedef void staff_system_fn(void *to, int64_t id, const struct named *system, str org);
enum err staff_systems(struct work *w, struct staff_span, staff_system_fn *, void *to) MUST_USE;

struct staff_person_row {
    int64_t id;
    str code, name_ja, name_en, mail, org;
    struct day since, until;
    bool within;
};
typedef void staff_person_fn(void *to, const struct staff_person_row *);
/* Who belongs there on the day, then who belongs elsewhere within reach and holds a post there. */
enum err staff_people(struct work *w, struct staff_span, staff_person_fn *, void *to) MUST_USE;
/* Wherever they are, whether they have left or not. */
enum err staff_person_find(struct work *w, str code, bool *found, struct staff_person_row *out) MUST_USE;

struct staff_post_row {
    int64_t id;
    str code, duty, org, system, person; /* person: empty when vacant */
    struct day since, until;
    bool deputy, left; /* left: its person has, before the day */
};
typedef void staff_post_fn(void *to, const struct staff_post_row *);
enum err staff_posts(struct work *w, struct staff_span, staff_post_fn *, void *to) MUST_USE; /* held there */
enum err staff_posts_out(struct work *w, struct staff_span, staff_post_fn *,
                         void *to) MUST_USE; /* by who belongs there */
enum err staff_posts_of(struct work *w, struct staff_span, str person, staff_post_fn *,
                        void *to) MUST_USE; /* elsewhere */
enum err staff_post_code_taken(struct work *w, str code, bool *out) MUST_USE;

enum staff_put { STAFF_PERSON_ADD, STAFF_PERSON_CHANGE, STAFF_PERSON_END, STAFF_POST_ADD, STAFF_POST_CHANGE };
enum err staff_put_begin(struct work *w, enum staff_put, struct batch **out) MUST_USE;
typedef void staff_id_fn(void *to, int64_t id, str code);
enum err staff_ids_after(struct work *w, int64_t last, staff_id_fn *, void *to) MUST_USE;

#endif
