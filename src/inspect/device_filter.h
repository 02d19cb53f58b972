/* Which systems and devices are meant: parameters org, kind, tag. For an act over them and for views of them. */
#ifndef MEGURI_INSPECT_DEVICE_FILTER_H
#define MEGURI_INSPECT_DEVICE_FILTER_H

#include "inspect/acts.h"

enum { TAGS_MAX = 8, TAG_KEY_MAX = 64, TAG_VALUE_MAX = 200 };

struct device_filter {
    size_t node;  /* where they stand, or below; the frame's top when no organisation is given */
    bool everywhere;
    str kind;     /* empty: both */
    size_t n_tags; /* all of them hold */
    struct {
        int64_t *id; /* the respondents that have it, ascending */
        size_t n, room;
    } tag[TAGS_MAX];
    str words;    /* "org=kou kind=device network=LAN", as it is recorded */
};
/* The round may be loaded as SEEN or ALL; NOTFOUND when the organisation is not in it. */
enum err device_filter_load(struct work *w, const struct args *in, const struct round *r,
                            struct device_filter *out) MUST_USE;
/* By kind and tags alone. */
bool device_filter_has(const struct device_filter *, int64_t respondent, str kind);

#endif
