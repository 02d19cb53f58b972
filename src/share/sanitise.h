/* Strikes out of a text what tells whose it is: names of an organisation, its people, systems and members, addresses,
 * numbers. Pure.
 *
 * It strikes rather too much than too little: what stands is read by a person before anybody is asked, what slipped
 * through cannot be called back. It knows only names it was told; so the operator reads the very text and agrees to it
 * (consent). */
#ifndef MEGURI_SHARE_SANITISE_H
#define MEGURI_SHARE_SANITISE_H

#include "base/str.h"

enum { SANITISE_NAMES_MAX = 20000 };

/* Names as they are looked for: folded, without blanks, with and without the legal form (株式会社), people also by their
 * family name where the name is parted by a blank, organisations and systems also without what stands in brackets
 * behind them. */
struct sanitise_names;
struct sanitise_names *sanitise_names_new(struct arena *);
void sanitise_name(struct sanitise_names *, str name, bool person);

/* Each run of what is struck becomes "■■". In full or half width, capitals or small, with blanks between the letters
 * all the same. Struck besides: mail addresses, addresses of pages, host names, IPv4 and IPv6, MAC, telephone numbers;
 * defanged ones ("[.]") too. n: how many runs; may be NULL. In `a`. */
str sanitise(struct arena *a, const struct sanitise_names *, str text, size_t *n);

#endif
