/* A party among those it shares with: what contacts, groups and bodies ask first. */
#ifndef MEGURI_SHARE_CIRCLE_H
#define MEGURI_SHARE_CIRCLE_H

#include "share/party.h"
#include "share/route.h"

struct circle {
    struct party me;
    struct route_net net;
    int32_t at; /* the party in the net */
};
/* CONFLICT with a fault where the party is not one of today's organisations. */
enum err circle_of(struct work *, const struct args *, struct circle *out) MUST_USE;
/* The organisation a parameter names, or the party itself where it is not given; sees: which of them the party may ask
 * about. NOTFOUND with the same fault whether it is absent or not theirs. */
typedef bool circle_sees_fn(const struct circle *, int32_t org);
enum err circle_named(struct work *, const struct circle *, const struct args *, const char *param,
                      circle_sees_fn *sees, int32_t *out) MUST_USE;
enum err circle_code(struct work *, const struct circle *, str code, struct where, circle_sees_fn *sees,
                     int32_t *out) MUST_USE;

bool circle_keeps(const struct circle *, int32_t org);    /* itself, or one whose facts it keeps (route_keeps) */
bool circle_contacts(const struct circle *, int32_t org); /* itself, or one next below it, or any below a centre */
/* what a body is like: ministries, CEPTOARs, councils and centres to all; others to whom they concern */
bool circle_shows(const struct circle *, int32_t org);
/* it may write to it, even without any group: who may be put into one */
bool circle_reaches(const struct circle *, int32_t org);

/* Names in the order of the net; borrowed from w->a. */
struct circle_name {
    int64_t lo;
    str ja, en;
};
/* all today's that share, and sectors */
enum err circle_names(struct work *, struct circle_name **out, size_t *n) MUST_USE;
struct cell circle_cell(const struct circle *, const struct circle_name *, size_t n, int32_t org); /* C_NONE for -1 */

#endif
