/* What became of the frame among people, posts and systems since the base date. Rows come as the structs below; nothing
 * here decides. */
#ifndef MEGURI_INSPECT_FRAME_STORE_H
#define MEGURI_INSPECT_FRAME_STORE_H

#include "inspect/inspect_store.h"

extern const struct sql_set inspect_frame_sql_set;

struct frame_name {
    str code, ja, en;
};
struct frame_span { /* nodes [lo, hi) of a round, looked at on a day */
    int64_t round, lo, hi, day;
};

/* A post's respondent whose holder of the base date no longer holds it; or that was vacant and is held. */
struct frame_seat {
    str code, duty, reason;
    struct frame_name org, then, now, where; /* where: the organisation they belong to today */
    int64_t org_id, where_id, where_lo;      /* of the respondent; of that */
    int sheet;                               /* state; -1 none */
    bool left, begun, mail;                  /* left the service; answered something; has an address */
};
typedef void frame_seat_fn(void *to, const struct frame_seat *);
enum err frame_seats(struct work *w, struct frame_span, frame_seat_fn *, void *to) MUST_USE; /* scoped */

/* Held or there today, and not asked: of a duty or kind that the round asks. Or asked, and there no more. */
struct frame_thing {
    str code, kind;              /* duty; system, device */
    struct frame_name org, name; /* who holds it; the system's name */
    int sheet;
};
typedef void frame_thing_fn(void *to, const struct frame_thing *);
enum err frame_new_posts(struct work *w, struct frame_span, frame_thing_fn *, void *to) MUST_USE;    /* scoped */
enum err frame_new_systems(struct work *w, struct frame_span, frame_thing_fn *, void *to) MUST_USE;  /* scoped */
enum err frame_gone_systems(struct work *w, struct frame_span, frame_thing_fn *, void *to) MUST_USE; /* scoped */

#endif
