/* What the pages of signing in look like. Faults of w are shown above the form. */
#ifndef MEGURI_WEB_SIGNIN_PAGE_H
#define MEGURI_WEB_SIGNIN_PAGE_H

#include "account/account.h"
#include "surface/letter_link.h"
#include "web/exchange.h"

struct demo_person { /* in demo mode, to click on */
    struct cell person, duty, org;
};
enum { DEMO_PEOPLE = 24 };

struct signin_look {
    const struct serving *serving;
    const struct request *request;
    struct work *w;
    enum err err;  /* why it was refused; OK: nothing was */
    str next;      /* local path to go to; empty: home */
    str user;      /* as typed, to be corrected */
    const struct demo_person *people;
    size_t n_people;
};
void page_signin(const struct signin_look *, struct reply *);
void page_link(const struct signin_look *, const struct sheet_link *, struct reply *);
/* What a link in a letter opens (NULL: no room has one), with its button; press: it was pressed. Not OK: a page that says what the fault says, and
 * nothing of what the link was for. */
enum err page_letter_link(const struct signin_look *, const struct letter_link *, str secret, bool press, str *reason, struct reply *) MUST_USE;
/* secret and box empty: asks for the set-up code alone. */
struct setup_look {
    struct setup who;
    str code, secret, box;
};
void page_setup(const struct signin_look *, const struct setup_look *, struct reply *);
/* A sentence and the way back to signing in. */
void page_signin_trouble(const struct signin_look *, struct reply *);

#endif
