/* What registry_store.c offers the rest of the room: typed rows in, typed rows out. No one else includes this. */
#ifndef MEGURI_REGISTRY_REGISTRY_STORE_H
#define MEGURI_REGISTRY_REGISTRY_STORE_H

#include "registry/registry.h"
#include "registry/registry_csv.h"
#include "store/store.h"

extern const struct sql_set registry_sql_set;

/* ---- files ---- */

/* Every stored row of a kind, also out of the actor's reach: what an import has to compare with. Organisations come
 * parents first. within: the actor reaches it. Texts are borrowed until the next row. */
struct stored {
    int64_t id;
    bool within;
    struct record record;
};
typedef void stored_fn(void *to, const struct stored *);
enum err stored_each(struct work *w, enum kind_id, stored_fn *, void *to) MUST_USE;
enum err stored_one(struct work *w, enum kind_id, const struct record *key, bool *found, struct record *out) MUST_USE;

/* What a reference may name. */
struct referred {
    str code;
    str org;         /* of a system: where it belongs */
    int64_t id;
    unsigned rights; /* of a duty */
    bool within;
};
typedef void referred_fn(void *to, const struct referred *);
enum err referred_each(struct work *w, enum field_type, referred_fn *, void *to) MUST_USE;

enum put { PUT_ADD, PUT_CHANGE, PUT_LATE }; /* LATE: the reference to a row that the same file added */
enum err put_begin(struct work *w, enum kind_id, enum put, struct batch **out) MUST_USE;
enum err put_row(struct batch *, enum kind_id, enum put, unsigned mask, const struct record *) MUST_USE;

/* Is there an organisation out of the actor's reach? */
enum err reach_is_whole(struct work *w, bool *out) MUST_USE;
/* Posts stand where their system stands; how many had to move. */
enum err posts_follow_systems(struct work *w, int64_t *moved) MUST_USE;

/* Pairs of posts that one person may not hold at the same time, wherever they are. */
struct collision {
    str post, other, person;
    bool within, other_within;
};
typedef void collision_fn(void *to, const struct collision *);
enum err collisions_each(struct work *w, collision_fn *, void *to) MUST_USE;

/* Codes of people who hold, today or later, a post out of the actor's reach or with more of the rights *centre*,
 * *administer* and *approve* than the actor holds. The code is borrowed for the call. */
typedef void beyond_fn(void *to, str person);
enum err beyond_each(struct work *w, beyond_fn *, void *to) MUST_USE;
/* Pairs of people at the same time with one mail address, wherever they are: post and other are their codes, person the
 * address. */
enum err shared_mails_each(struct work *w, collision_fn *, void *to) MUST_USE;

/* Pairs of meetings of one council with one number. */
struct twice {
    str code, other, council_ja, council_en;
    int64_t number;
};
typedef void twice_fn(void *to, const struct twice *);
enum err meetings_twice_each(struct work *w, twice_fn *, void *to) MUST_USE;

/* In the order of an export; stops at the first err that fn answers with. */
typedef enum err export_fn(void *to, const struct record *);
enum err export_each(struct work *w, enum kind_id, export_fn *, void *to) MUST_USE;

/* ---- views ---- */

struct named {
    str code, ja, en;
};
struct day {
    bool given;
    int64_t date;
};
struct span { /* an interval of the tree to look at */
    int64_t lo, hi;
};

struct counts {
    int64_t orgs, people, posts, vacant, systems;
};
enum err registry_counts(struct work *w, int64_t at, struct counts *out) MUST_USE;

struct org_row {
    struct named org, parent;
    str kind;
    int64_t depth, ord;
    struct day since, until;
};
typedef void org_fn(void *to, const struct org_row *);
enum err orgs_each(struct work *w, int64_t at, struct span, int64_t deepest, org_fn *, void *to) MUST_USE;
/* Also of one that does not exist yet, or no more, on that day. */
enum err org_facts(struct work *w, int64_t org, int64_t at, struct org_row *out) MUST_USE;

struct name_row {
    str ja, en;
    struct day since, until;
};
typedef void name_fn(void *to, const struct name_row *);
enum err earlier_names_each(struct work *w, int64_t org, name_fn *, void *to) MUST_USE;

struct link_row {
    str kind;
    struct named from, to; /* names are empty where out of reach */
    struct day since, until;
};
typedef void link_fn(void *to, const struct link_row *);
enum err links_each(struct work *w, str kind, int64_t org, link_fn *, void *to) MUST_USE; /* '' and 0: all */

struct person_row {
    int64_t id;
    struct named person, org;
    str mail;
    struct day since, until;
    str lang; /* ja, en; empty: both */
};
typedef void person_fn(void *to, const struct person_row *);
enum err people_each(struct work *w, int64_t at, struct span, person_fn *, void *to) MUST_USE;
enum err person_facts(struct work *w, str code, bool *found, struct person_row *out) MUST_USE;

struct post_row {
    str code, deputy_of;
    struct named duty, org, system, person;
    struct day since, until;
};
typedef void post_fn(void *to, const struct post_row *);
struct post_filter {
    struct span span;
    str duty;    /* empty: any */
    bool vacant; /* only those without a person at the date */
};
enum err posts_each(struct work *w, int64_t at, const struct post_filter *, post_fn *, void *to) MUST_USE;
enum err posts_of_person(struct work *w, int64_t person, post_fn *, void *to) MUST_USE;

struct system_row {
    struct named system, org;
    str kind;
    struct day since, until;
    str tags; /* "network=LAN, os=…"; empty: none */
};
typedef void system_fn(void *to, const struct system_row *);
/* Those that have all the tags asked for. */
enum err systems_each(struct work *w, int64_t at, struct span, const struct tag_filter *, system_fn *, void *to) MUST_USE;
/* Tags and how many systems bear each, the most frequent first. */
typedef void tag_fn(void *to, str key, str value, int64_t n);
enum err tags_each(struct work *w, int64_t at, struct span, tag_fn *, void *to) MUST_USE;
/* Systems with more tags than SYSTEM_TAGS_MAX. */
typedef void tags_fn(void *to, str system, int64_t n);
enum err tags_too_many(struct work *w, tags_fn *, void *to) MUST_USE;

struct duty_row {
    struct named duty;
    str title_ja, title_en; /* of the edition asked for; empty when it has none of its own */
    unsigned rights;
};
typedef void duty_fn(void *to, const struct duty_row *);
enum err duties_each(struct work *w, str edition, duty_fn *, void *to) MUST_USE;

struct conflict_row {
    struct named person, duty, org, other_duty, other_org;
    str post, other_post, reason_ja, reason_en; /* the reason is empty for an audit of one's own */
    bool within, other_within;
};
typedef void conflict_fn(void *to, const struct conflict_row *);
/* forbidden: pairs of duty_forbidden; else auditors over an organisation where they are themselves audited. */
enum err conflicts_each(struct work *w, int64_t at, bool forbidden, conflict_fn *, void *to) MUST_USE;

#endif
