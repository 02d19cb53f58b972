/* Plans as the store has them. Who sees which plan is decided in the statements: those of organisations within the actor's
 * reach; those of the organisations above, unless they are drafts; and what is public. */
#ifndef MEGURI_PLAN_PLAN_STORE_H
#define MEGURI_PLAN_PLAN_STORE_H

#include "plan/plan.h"

extern const struct sql_set plan_sql_set, plan_items_sql_set, plan_owners_sql_set;

/* ---- a plan, with the edition that is looked at ---- */
struct plan {
    int64_t id, org, org_lo, org_hi;
    str code, kind, title_ja, title_en; /* kind: basic annual strategy */
    str org_code, org_ja, org_en;
    str basic;                          /* code of the basic plan; empty: none */
    str source_ja, source_en;
    int64_t since, until;               /* days; until is its last */
    int64_t edition, no, revision;      /* row id; 1 …; */
    str state, reason, meeting;         /* of the edition: draft consultation comment decided */
    int64_t decided;
    bool has_decided, is_public, is_last; /* is_last: the edition that stands */
    bool in_force;                        /* some edition of it was decided */
};
/* no 0: the last edition in sight (a new draft does not hide the one before it). NOTFOUND with a fault, the same words whether there is none or it is out of sight. */
enum err plan_find(struct work *w, str code, int64_t no, struct plan *out) MUST_USE;
/* The plan an entry is asked for: --plan CODE, else the annual plan of --year (fiscal) of the highest organisation in sight,
 * else the newest annual plan; with --edition. INVALID or NOTFOUND with a fault. */
enum err plan_wanted(struct work *w, const struct args *in, struct plan *out) MUST_USE;
/* All in sight, newest first, each with its last edition. */
enum err plan_all(struct work *w, struct plan **out, size_t *n) MUST_USE;
/* How much stands in each of these editions, in order of edition; those without items are left out. */
struct plan_count {
    int64_t edition, measures, relisted, items;
};
enum err plan_counts(struct work *w, struct plan_count **out, size_t *n) MUST_USE;
/* May the actor change its items, decide upon it, say what is published of it? */
bool plan_mine(const struct work *w, const struct plan *);
bool plan_org_mine(const struct work *w, int64_t lo, int64_t hi); /* the same of a plan that is not made yet */
/* For acts: DENIED with a fault unless it is the actor's to change. With still_open also CONFLICT when it is decided. */
enum err plan_to_change(struct work *w, const struct plan *, bool still_open) MUST_USE;
/* Makes the plan and its first edition, a draft; id, edition, no and revision are filled. */
enum err plan_add(struct work *w, struct plan *) MUST_USE;
enum err plan_change(struct work *w, const struct plan *) MUST_USE;    /* titles, period, basic, source */
enum err plan_edition_change(struct work *w, const struct plan *) MUST_USE; /* state, reason, decided, meeting, public */
/* The next edition as a copy of that one, a draft; edition, no, state, revision, reason of *plan are filled anew. */
enum err plan_edition_next(struct work *w, struct plan *, str reason) MUST_USE;

/* ---- items ---- */
enum item_kind {
    ITEM_HEADING, ITEM_MEASURE, ITEM_RELISTED, ITEM_DIRECTION, ITEM_POLICY, ITEM_AREA, ITEM_GOAL, ITEM_PICTURE, ITEM_TEXT,
    ITEM_KINDS
};
extern const char *const item_kinds[]; /* "heading" …, as files and the store write them; ends with NULL */
bool item_kind_named(str word, enum item_kind *out);

struct plan_owner {
    str owner; /* code of an organisation or a group */
    bool lead;
};
struct plan_milestone {
    int64_t since, until, done;
    bool has_since, has_done, derived;
    str title_ja, title_en;
};
struct plan_link {
    str relation, target; /* from about measured-by evidence see; "case:F-2026-0003" */
};
struct plan_item {
    int64_t id, ord, level;
    enum item_kind kind;
    str key, code, title_ja, title_en, text_ja, text_en, relists, area, flag;
    str owners; /* as read; what is written is made of `owner` */
    const struct plan_owner *owner;
    const struct plan_milestone *milestone;
    const struct plan_link *link;
    size_t n_owners, n_milestones, n_links;
    ptrdiff_t heading; /* place in the array of the nearest heading before it of a lower level; -1: none */
};
enum plan_with { WITH_TEXT = 1, WITH_OWNERS = 2, WITH_MILESTONES = 4, WITH_LINKS = 8, WITH_ALL = 15 };
/* Of the edition, in printed order, in w->a; what is not asked for is empty. */
enum err plan_items(struct work *w, int64_t edition, unsigned with, struct plan_item **out, size_t *n) MUST_USE;
/* One, whole. NOTFOUND with a fault; the second without one. */
enum err plan_item(struct work *w, const struct plan *, str key, struct plan_item *out) MUST_USE;
enum err plan_item_look(struct work *w, const struct plan *, str key, struct plan_item *out) MUST_USE;
/* In place of all that the edition has; ord is counted anew from 1, ids are new, the revision is raised. */
enum err plan_items_put(struct work *w, const struct plan *, const struct plan_item *, size_t n) MUST_USE;
/* One anew, by its key, in its place; the revision is raised. */
enum err plan_item_put(struct work *w, const struct plan *, const struct plan_item *) MUST_USE;
/* A new one at the place ord; those from there on move down. One less: id and ord are those it was read with. */
enum err plan_item_insert(struct work *w, const struct plan *, const struct plan_item *, int64_t ord) MUST_USE;
enum err plan_item_remove(struct work *w, const struct plan *, const struct plan_item *) MUST_USE;
/* The owners of items as one text, anew from plan_owner. */
enum err plan_rebuild(struct work *w) MUST_USE;
/* Fills `heading` of items whose levels are known. Pure. */
void items_headings(struct plan_item *, size_t n);

/* What links to a thing ("measure:sj2007/65"), from the last edition in sight of every plan, newest plan first. */
struct plan_linked {
    str plan, key, title_ja, title_en, relation;
    int64_t no;
    enum item_kind kind;
};
/* The title of a measure of the last edition in sight; both empty when there is none: no fault. */
enum err plan_named(struct work *w, str plan, str key, str *ja, str *en) MUST_USE;
enum err plan_linked(struct work *w, str target, struct plan_linked **out, size_t *n) MUST_USE;

/* ---- owners ---- */
struct owner_group {
    str code, name_ja, name_en, rule, value;
};
enum err owner_groups(struct work *w, struct owner_group **out, size_t *n) MUST_USE;
enum err owner_group_put(struct work *w, const struct owner_group *) MUST_USE;

/* Who the owners are on a day: organisations of the plan's tree and groups, found by code and by name. */
struct owners_org {
    int64_t id, lo, hi, depth;
    str code, name_ja, name_en, kind; /* names as of that day */
    bool exists;                      /* on that day; others are found, but are in no group */
};
struct owners_word { /* in order of text */
    str text;
    size_t org; /* place */
};
struct owners {
    const struct owners_org *org; /* the plan's organisation and all below it down to two levels, in official order; and its
                                   * links' ends */
    size_t n_orgs;
    const struct owner_group *group;
    size_t n_groups;
    const size_t *const *member; /* of each group: places in org */
    const size_t *n_members;
    const struct owners_word *by_code, *by_name; /* n_orgs; n_names, earlier names among them */
    size_t n_names;
    int64_t day;
};
enum err owners_load(struct work *w, const struct plan *, int64_t day, struct owners *out) MUST_USE;
ptrdiff_t owners_org(const struct owners *, str code);   /* place in org; -1 */
ptrdiff_t owners_group(const struct owners *, str code); /* place in group; -1 */
/* The organisations that own the item, each once, in official order: places in org. */
size_t owners_of(const struct owners *, const struct plan_item *, struct arena *, const size_t **out);
size_t owners_places(const struct owners *, const struct plan_item *, struct arena *, size_t *list); /* the same into room for n_orgs */
/* The lead: the organisation marked, else the first named that is no group; -1: none, the centre says how it stands. */
ptrdiff_t owners_lead(const struct owners *, const struct plan_item *);
str owner_name(enum lang, const struct owners *, str code); /* of an organisation or group; the code when it is neither */
/* "内閣官房 全府省庁", in the language. */
str owners_words(struct arena *, enum lang, const struct owners *, const struct plan_item *);
/* At most so many of them, and how many more there are: "内閣官房 総務省 ほか12". */
str owners_first(struct arena *, enum lang, const struct owners *, const struct plan_item *, size_t most);
/* Is one of the owners a body whose place begins in [lo, hi)? */
bool owners_within(const struct owners *, const struct plan_item *, int64_t lo, int64_t hi);
/* By a printed name, also an earlier one of an organisation; out: its code. False: nobody is called so. */
bool owners_named(const struct owners *, str name, str *code);

#endif
