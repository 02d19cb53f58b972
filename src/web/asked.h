/* A request understood: which entry, in which face, what was given, who asks in which post. The steps are apart because
 * the writer takes the last of them inside its transaction. */
#ifndef MEGURI_WEB_ASKED_H
#define MEGURI_WEB_ASKED_H

#include "account/account.h"
#include "web/exchange.h"
#include "web/page.h"

struct asked {
    const struct request *r;
    struct work *w;
    enum lang lang;
    const struct room *room;     /* NULL: no such address */
    const struct entry *entry;   /* NULL: the menu of a room */
    const struct format *format; /* NULL: a page */
    struct given *given;         /* of the address (views) or the body (acts); once, csrf, rehearse taken out */
    size_t n_given;
    str once, csrf, next, trial; /* the fields pages send beside; trial: a task whose fields and files are meant */
    bool rehearse;
    struct caller caller;
    bool known;                  /* somebody signed in */
    struct actor actor;
    struct post_held *posts;     /* what the person holds today */
    size_t n_posts;
};

/* Address, face and language; no store. */
void asked_address(struct work *, const struct request *, struct asked *out);
/* The names and values: INVALID with faults. */
enum err asked_given(struct asked *) MUST_USE;
/* Who it is: session, token, proxy. OK also when nobody is (known false). */
enum err asked_caller(struct asked *, const struct serving *) MUST_USE;
/* In which post; binds the work to its interval. A person without a post is DENIED. */
enum err asked_actor(struct asked *) MUST_USE;
/* A form came from a page of ours: INVALID with a fault otherwise. Tokens need none. */
enum err asked_ours(struct asked *, const struct serving *) MUST_USE;
/* The id under which the act is written once: of the form, of the client, or of the request. */
str asked_act_id(const struct asked *);

/* The frame of its page; choices run views of their own, so the store must be free for a snapshot when a page is made. */
enum err asked_frame(struct asked *, const struct serving *, const struct args *, struct page_frame *) MUST_USE;
str asked_bearer(const struct request *); /* the token of the Authorization header; empty: none */
bool asked_html(const struct asked *); /* the answer is for a person */

/* Refusals of every kind in the face that was asked for: page or JSON with the faults. */
void answer_refused(struct asked *, const struct serving *, const struct args *, enum err, struct reply *);
void answer_see_other(struct reply *, str url);

#endif
