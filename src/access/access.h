/* Who is asking, in which post, and how far that reaches.
 *
 * Rights come from duties (table duty, data) and hold within the place of the post: the half-open interval [lo, hi) of
 * the tree of organisations, numbered in official order, so that "within" is two comparisons. A person acts in one post
 * at a time. Scoped statements are bound to the interval by the store; may() is the question the door asks. */
#ifndef MEGURI_ACCESS_ACCESS_H
#define MEGURI_ACCESS_ACCESS_H

#include "base/clock.h"
#include "store/store.h"

enum right {
    MAY_ANYONE = 0,
    MAY_ANSWER = 1 << 0,     /* own sheets */
    MAY_CONFIRM = 1 << 1,    /* the unit's sheets, never one's own */
    MAY_NAMES = 1 << 2,      /* who answered what, own unit */
    MAY_RATES = 1 << 3,      /* counts and figures of the subtree */
    MAY_MANAGE = 1 << 4,     /* rounds, people and posts of the subtree */
    MAY_AUDIT = 1 << 5,      /* read all of the subtree, change nothing */
    MAY_CENTRE = 1 << 6,     /* figures of all, publish */
    MAY_ADMINISTER = 1 << 7, /* accounts and settings, no answers */
    MAY_APPROVE = 1 << 8,    /* the figures of the organisation, as the second of two who do */
    MAY_SHARE = 1 << 9,      /* exchange notices and reports for the organisation */
    MAY_LAST = MAY_SHARE,
    /* what entries ask for: any of these */
    MAY_READ_RATES = MAY_RATES | MAY_MANAGE | MAY_AUDIT | MAY_CENTRE,
    MAY_READ_NAMES = MAY_NAMES | MAY_MANAGE | MAY_AUDIT,
    MAY_FILE = MAY_MANAGE | MAY_CENTRE, /* file answers for an organisation */
};

/* The words of the rights as files and people write them: "answer confirm". */
extern const char *const right_words[]; /* right_words[i] is bit 1 << i; ends with NULL */
bool rights_parse(str words, unsigned *out); /* parted by blanks; false at an unknown or repeated word */
str rights_text(struct arena *, unsigned rights); /* in the order of the bits */

/* Who confirms and does not manage keeps one unit's sheets day by day; heads confirm too, but have units below them. */
static inline bool keeps_unit(unsigned rights) { return (rights & MAY_CONFIRM) != 0 && (rights & MAY_MANAGE) == 0; }

struct actor {
    int64_t person, post, org;  /* row ids; 0 for the owner of the database file */
    str person_code, name, name_en, post_code, duty, org_code; /* name: in Japanese */
    int64_t lo, hi;
    unsigned rights;            /* bits of enum right */
    str system_user;            /* who ran the program, as the system knows them */
};

/* "person" or "person/post" (codes may hold a slash themselves); a person with several current posts must name one (the
 * fault lists them).
 * w->now decides which posts are current. */
enum err actor_find(struct work *w, str as, str system_user, struct actor *out) MUST_USE;
/* The same, already parted; post empty: the only one. Codes hold slashes, so what is parted is never joined again. */
enum err actor_find_post(struct work *w, str person, str post, str system_user, struct actor *out) MUST_USE;
/* A post for a system reaches the organisation of the system. A deputy's post has the rights of its own duty. */
/* The posts a person holds today, in the order of their codes; names in both languages. */
struct post_held {
    str code, duty, duty_ja, duty_en, org, org_ja, org_en;
};
enum { POSTS_HELD_MAX = 64 };
enum err actor_posts(struct work *w, str person_code, struct post_held **out, size_t *n) MUST_USE;
/* The owner of the database: every right everywhere. Whoever can write the file could do it anyway. */
struct actor actor_owner(str system_user);

/* any: a bit set of rights of which one is enough, at the place that begins at lo. */
bool may(const struct actor *, unsigned any, int64_t lo);
/* Does the actor reach the whole tree, so that there may be an organisation beside every other? */
bool actor_unbounded(const struct actor *);
/* The code of who acts, or of their post, for a row that tells who did it: the system's user for the owner of the
 * database, empty where nobody acts. */
str acting_person(const struct work *);
str acting_post(const struct work *);
/* Days begin at midnight in Japan, as pages show them: due days, posts and stamps agree. Seconds since 1970 to days. */
int64_t japan_day(int64_t seconds);
int64_t today(const struct work *); /* that of w->now */

/* ---- the tree ---- */
struct org {
    int64_t id, parent; /* parent 0 at the top */
    str code, kind, name_ja, name_en;
    int64_t lo, hi, depth, ord;
};
/* Within the actor's scope; NOTFOUND with a fault otherwise (the same words whether absent or out of reach). */
enum err org_find(struct work *w, str code, struct org *out) MUST_USE;
enum err org_by_id(struct work *w, int64_t id, struct org *out) MUST_USE;
/* The way from the top of the reach down to the organisation itself, at most n of them. */
enum err org_path(struct work *w, const struct org *, struct org *out, size_t room, size_t *n) MUST_USE;
/* Today's organisations next below, in official order; parent NULL: the tops of the reach. */
enum err org_children(struct work *w, const struct org *parent, struct org **out, size_t *n) MUST_USE;
/* All current organisations in official order (by lo), scoped; for loading the tree into memory once per work. */
enum err org_all(struct work *w, struct org **out, size_t *n) MUST_USE;
/* For who reaches the whole tree: which of the organisations next below its top holds the place lo, since a bureau's name
 * alone does not say whose it is. NULL for the others, and for the top itself. `all` as org_all tells. */
const struct org *org_branch(const struct org *all, size_t n, int64_t lo);
/* Numbers the tree anew after a change: order among siblings by ord, then code. The first lo is 1. */
enum err org_renumber(struct work *w) MUST_USE;

/* The numbering itself, pure: nodes sorted by parent, then in order among siblings; of any depth. False when some node
 * is not reached from the top: the parents run in a circle, or one is missing. */
struct org_node {
    int64_t id, parent;
    int64_t lo, hi, depth; /* filled */
    size_t next;           /* scratch */
};
bool org_number(struct arena *, struct org_node *, size_t n);

extern const struct sql_set access_sql_set;

#endif
