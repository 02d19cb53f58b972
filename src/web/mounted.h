/* Protocols served beside the pages (surface/mount.h): where their requests go, who asks, what is answered. */
#ifndef MEGURI_WEB_MOUNTED_H
#define MEGURI_WEB_MOUNTED_H

#include "surface/mount.h"
#include "web/asked.h"

struct mounted {
    const struct mount *mount;
    const struct room *room;
    struct mount_ask ask;
    struct mount_answer answer;
    struct request as_token; /* the request, with what Basic said as a token */
    str name;                /* the name that Basic said; empty: none */
    struct asked q;
};
/* Is the address one of a mount? Then *out is where it goes first. Pure. */
bool mounted_place(const struct request *, enum place *out);
/* How much of a body is taken; pure. */
int64_t mounted_body_limit(const struct mount *, const struct request *);
/* The status of an err, as data and pages say it. */
int status_of_err(enum err);

/* True: the address is a mount's, and the reply stands. */
bool mounted_read(struct worker *, struct work *, const struct request *, struct reply *);

/* In the writer, step by step: NULL when the address is none. */
struct mounted *mounted_begin(struct work *, const struct request *, const struct serving *);
/* Who asks, and which act it is. */
enum err mounted_who(struct mounted *, const struct serving *) MUST_USE;
enum err mounted_act(struct mounted *, struct mount_act *) MUST_USE;
/* When the transaction is over. */
void mounted_told(struct mounted *, enum err did, struct reply *);

#endif
