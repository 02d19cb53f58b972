/* A wire protocol others demand, served beside the pages: TAXII, feeds. A room lists its mounts (struct room); web/ hands a request whose path
 * begins with the mount's to it as it came, with who asks already known, and sends what is answered. Changes go through an act of the room, so
 * through the one door: the mount says which act with which parameters, and words the outcome in the protocol.
 *
 * Who asks proves it by a token of their account: as Bearer, or as the password of Basic with the person's code (or person/post) as the name, since
 * many programs know nothing else; a browser that is signed in may read. The password of an account is never taken here. */
#ifndef MEGURI_SURFACE_MOUNT_H
#define MEGURI_SURFACE_MOUNT_H

#include "surface/entry.h"

struct mount_ask {
    bool post;
    str path;  /* behind the mount's, not decoded; begins with a slash or is empty */
    str query; /* as sent, without '?' */
    str accept, content_type, body, if_none_match;
    str url;    /* of this program, as others reach it, without a slash at the end */
    str act_id; /* of a POST: unique, and the same again when it is asked once more */
    bool known; /* somebody proved who they are; w->actor is in their post. Else w->actor is NULL */
    enum lang lang;
};
enum { MOUNT_HEADERS = 4 };
struct mount_answer {
    int status;        /* of HTTP; 0 with OK is 200, 0 with a fault is what the err says: 404, 400, 403, 503 */
    const char *media; /* of the body */
    struct {
        const char *name;
        str value;
    } header[MOUNT_HEADERS]; /* ends with name NULL, or full */
    struct bytes_out *body;
};
void mount_header(struct mount_answer *, const char *name, str value);

/* The act a POST stands for: an entry of the same room (neither LONG nor LOCAL), its parameters; a file is given by its bytes. */
enum { MOUNT_GIVEN = 8 };
struct mount_act {
    const char *entry;
    struct given given[MOUNT_GIVEN];
    size_t n;
};
struct mount {
    const char *path; /* "/taxii2": the whole first segment or more; no other entry's address begins with it */
    const char *name; /* "share taxii": in log and metrics */
    str title;        /* message id */
    bool anybody;     /* also for who did not sign in; else they get 401 */
    unsigned right;   /* of who signed in: any of these bits, else 403; 0: any */
    size_t body_max;  /* of a POST, bytes */
    /* In a snapshot of the store. Not OK: refused, in the words of the first fault and with that status; what was written is thrown away. */
    enum err (*get)(struct work *, const struct mount_ask *, struct mount_answer *);
    /* Which act? In the writer's transaction, so quick: no store is read. NULL: nothing is taken here (405). */
    enum err (*post)(struct work *, const struct mount_ask *, struct mount_act *, struct mount_answer *);
    /* When the act stands in the store, now or by the same request before (did OK): the answer, read from there by act_id or what was given.
     * Else did is what the door said, w->faults why: may set a status and is refused with that. */
    enum err (*told)(struct work *, const struct mount_ask *, enum err did, struct mount_answer *);
    /* A refusal in the protocol's words, for whatever is refused, also by web/ itself (401, 403, 405, 413, 503). Pure. */
    str (*refusal)(struct arena *, int status, str says, const char **media);
};
/* Which the path belongs to: "/taxii2", "/taxii2/…"; NULL: none. rest: what stands behind it. */
const struct mount *mount_at(str path, const struct room **, str *rest);

#endif
