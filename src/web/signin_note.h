/* What the processes of signing in share: notes, cookies, where one goes on. */
#ifndef MEGURI_WEB_SIGNIN_NOTE_H
#define MEGURI_WEB_SIGNIN_NOTE_H

#include "format/form.h"
#include "web/exchange.h"
#include "web/signin_page.h"

/* A note is lines: what, then its words. Values never hold a line end. */
str note_of(struct arena *, const str *words, size_t n);
#define NOTE(a, ...) note_of(a, (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))
enum { NOTE_WORDS = 8 };
size_t note_words(str note, str words[NOTE_WORDS]); /* the rest are empty */

struct signin_look look_of(struct work *, const struct serving *, const struct request *);
str field_of(const struct form_fields *, const char *name);
str next_of(str wanted); /* a local path, else empty */

/* name is completed with __Host- where the site is secure. age 0: until the browser closes; below 0: gone. */
str cookie_name(struct arena *, const char *name, bool secure);
void cookie_put(struct arena *, struct reply *, const char *name, str value, int age, bool secure);
void go_on(struct reply *, str url); /* 303 */

/* oidc_flow.c: /signin/oidc and /signin/oidc/back, where there is a network. */
void oidc_start(struct worker *, struct work *, const struct request *, struct reply *);
void oidc_back(struct worker *, struct work *, const struct request *, struct reply *);

#endif
