/* A doc as a page. One renderer for everything: what a room can tell, it can show. Everything is escaped; no script and
 * no style stands in a page; forms carry the session's key and an id that lets an act be done once. */
#ifndef MEGURI_WEB_PAGE_H
#define MEGURI_WEB_PAGE_H

#include "face/out.h"
#include "surface/door.h"

struct page_link { /* one of a few: crumbs, posts, languages */
    str url, label;
    bool current;
};
struct page_choice {
    str value, label;
};
/* A row of what data asks for (SHOW_FIELDS), in the reader's language. */
struct page_field {
    str name, choice, label, type, help, value;
    bool required;
};
/* What the page knows beside the doc. Made by web/answer.c; borrowed. */
struct page_frame {
    enum lang lang;
    const struct room *room;   /* NULL: a page of no room (sign-in, home has its room) */
    const struct entry *entry; /* NULL: none */
    const struct args *in;     /* understood; NULL before they were */
    const struct given *given; /* as sent, for fields of a refused form and for links to the same page */
    size_t n_given;
    str path, query;           /* of this page, decoded as sent */
    bool demo, signed_in;
    str person, post, org;     /* in words; who is signed in */
    size_t n_posts;            /* more than one: can switch */
    unsigned rights;           /* of the acting post: what menus offer */
    const struct page_link *crumbs;
    size_t n_crumbs;
    str csrf;                  /* hidden field of every form */
    str said;                  /* what was just done, shown at the top; empty: nothing */
    /* Choices of a parameter (param.choices, organisations by place), or 0 when there are too many to list. */
    size_t (*choices)(void *with, const struct param *, const struct page_choice **out);
    /* What a MAP with choices asks for now, by its view; 0: nothing, or not known yet. */
    size_t (*fields)(void *with, const struct param *, const struct page_field **out);
    void *with;
};
struct doc *page_begin(struct work *w, struct out *out, const struct page_frame *);
void page_end(struct doc *); /* everything is written now: the marks in the head are known at the end only */

/* A page that is the form of an act, empty or refused (w->faults then says why): page_begin, page_act_form, page_end. */
void page_act_form(struct doc *, const struct room *, const struct entry *);
void page_faults(struct doc *, enum err); /* of w->faults, with what to do */
/* The menu of a room: its views, files and acts the post may use. */
void page_menu(struct doc *, const struct room *);
/* Pages without a doc of a room: HTML comes from here alone. fields of sign-in are in web/signin_page.c. */

str room_label(enum lang, const struct room *); /* the word menus and crumbs have for a room */
str page_url(struct arena *, const struct room *, const struct entry *, const struct form_given *given); /* /inspect/rates?round=x */
void page_escape(struct buf *, str); /* & < > " ' */

#endif
