/* A wire protocol others demand, served beside the pages: TAXII, feeds. A room lists its mounts (struct room); web/ hands a request whose path
 * begins with the mount's to it as it came, with who asks already known, and sends what is answered. Changes go through an act of the room, so
 * through the one door: the mount says which act with which parameters, and words the outcome in the protocol. */
#ifndef MEGURI_SURFACE_MOUNT_H
#define MEGURI_SURFACE_MOUNT_H

#include "surface/entry.h"

struct mount_ask {
    bool post;
    str path;  /* behind the mount's, not decoded; begins with a slash or is empty */
    str query; /* as sent, without '?' */
    str accept, content_type, body, if_none_match;
    str url;   /* of this program, as others reach it, without a slash at the end */
    bool known; /* somebody proved who they are; w->actor is in their post. Else w->actor is NULL */
};
enum { MOUNT_HEADERS = 4 };
struct mount_answer {
    int status;        /* of HTTP; 401 without a body: web/ asks for a name and a token */
    const char *media; /* of the body */
    struct {
        const char *name;
        str value;
    } header[MOUNT_HEADERS]; /* ends with name NULL */
    struct bytes_out *body;
};
/* The act a POST stands for: an entry of the same room, its parameters; a file is given by its bytes. */
enum { MOUNT_GIVEN = 8 };
struct mount_act {
    const char *entry;
    struct given given[MOUNT_GIVEN];
    size_t n;
};
struct mount {
    const char *path; /* "/taxii2": the whole first segment or more; no other entry's address begins with it */
    bool anybody;     /* also for who did not sign in */
    size_t body_max;  /* of a POST, bytes; 0: there is none */
    /* In a snapshot of the store. BUSY: no room; all else is said by the status. */
    enum err (*get)(struct work *, const struct mount_ask *, struct mount_answer *);
    /* No store: which act? Status 0 left: that one; else the answer is a refusal. */
    enum err (*post)(struct work *, const struct mount_ask *, struct mount_act *, struct mount_answer *);
    /* After the act: what it did stands in w->made of the act's work, as the act left it; err what the door said, w->faults why. */
    enum err (*told)(struct work *, const struct mount_ask *, enum err did, struct mount_answer *);
};

#endif
