/* What the room's acts need of come_in.c beside account.h. */
#ifndef MEGURI_ACCOUNT_COME_IN_H
#define MEGURI_ACCOUNT_COME_IN_H

#include "account/account_store.h"

#define TOKEN_PREFIX "meguri_" /* so that tools that look for leaked secrets know it */

str setup_code_new(struct arena *);                 /* ABCD-EFGH-… : 120 bits */
str setup_code_digest(struct arena *, str typed);   /* of capitals without strokes, however it was typed */

#endif
