/* Notices for those who did not ask for one: Atom, RSS and the MISP feed, as files and at /feeds. Each notice is asked
 * for by leave_may. */
#ifndef MEGURI_SHARE_FEED_H
#define MEGURI_SHARE_FEED_H

#include "share/stix.h"
#include "surface/mount.h"

enum { FEED_NEWEST = 50, FEED_MISP_NEWEST = 500 };

/* What is told of a notice in a feed. */
struct feed_item {
    struct notice notice;
    struct stix_with with;
    str first; /* uuid of the first of those that this one updates, as far back as they were told here too; else its own */
    str before;        /* uuid of the one it updates, empty: none, or not told here */
    int64_t published; /* when the first was sent */
};
/* The newest that may leave so, `most` at most. */
enum err feed_items(struct work *, enum route, enum receiver, int64_t most, struct feed_item **out, size_t *n) MUST_USE;
/* The one of that uuid or code; n 0: none that may. */
enum err feed_item(struct work *, enum route, enum receiver, str uuid_or_code, struct feed_item **out,
                   size_t *n) MUST_USE;

/* Pure. url: of this program. */
str feed_atom(struct arena *, str url, const struct feed_item *, size_t n);
str feed_rss(struct arena *, str url, const struct feed_item *, size_t n);
/* The files of a MISP feed. */
str feed_misp_manifest(struct arena *, const struct feed_item *, size_t n);
str feed_misp_hashes(struct arena *, const struct feed_item *, size_t n);
str feed_misp_event(struct arena *, const struct feed_item *);

/* /feeds/notices.atom, /feeds/notices.rss for anybody; /feeds/misp/: CLEAR for anybody, GREEN for who shares and proved
 * it. */
extern const struct mount feeds_mount;

/* ---- entries ---- */
enum err share_view_public(struct work *, const struct args *, struct doc *) MUST_USE;
extern const struct param share_public_params[];
enum err share_file_misp_feed(struct work *, const struct args *, struct bytes_out *) MUST_USE;

#endif
